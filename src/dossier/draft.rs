//! An assertion on its way into a dossier, as a record, an entry or a row has it.

use super::columns::{self, AssertionRow, Extra, NONE, boxed};
use super::place::Place;
use super::{Dossier, date, find};
use crate::error::{Error, ErrorKind, Shown};
use crate::model::assertion::{Assertion, Stance};
use crate::model::date::Date;
use crate::model::id;

/// What an assertion says, in the words of whoever wrote it down: as a record, an entry or a row has it.
#[derive(Debug, Default)]
pub(crate) struct AssertionDraft<'a> {
    /// What is known already of the numbers of what it names.
    pub(crate) known: KnownNumbers,
    pub(crate) id: Option<&'a str>,
    pub(crate) claim: &'a str,
    pub(crate) value: Option<DraftValue<'a>>,
    pub(crate) stance: Option<Stance>,
    pub(crate) by: Ids<'a>,
    pub(crate) via: Ids<'a>,
    pub(crate) document: Option<&'a str>,
    pub(crate) locator: Option<&'a str>,
    pub(crate) unit: Option<&'a str>,
    pub(crate) asserted: Option<&'a str>,
    pub(crate) valid_at: Option<&'a str>,
    pub(crate) supersedes: Ids<'a>,
    pub(crate) derived_from: Ids<'a>,
    pub(crate) quote: Option<&'a str>,
    pub(crate) note: Option<&'a str>,
}

/// Numbers of what a draft names, [`NONE`] where they must be looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KnownNumbers {
    pub(crate) claim: u32,
    pub(crate) by: u32,
    pub(crate) document: u32,
    /// The words of the value.
    pub(crate) words: u32,
}

impl Default for KnownNumbers {
    fn default() -> Self {
        Self { claim: NONE, by: NONE, document: NONE, words: NONE }
    }
}

/// Several ids, as an entry lists them or as a cell has them.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ids<'a> {
    #[cfg_attr(
        not(feature = "json"),
        expect(dead_code, reason = "only entries of files have one without a list")
    )]
    One(&'a str),
    Listed(&'a [String]),
    /// Parted by semicolons.
    #[cfg_attr(not(feature = "csv"), expect(dead_code, reason = "only tables have cells"))]
    Cell(&'a str),
}

impl Default for Ids<'_> {
    fn default() -> Self {
        Self::Listed(&[])
    }
}

impl<'a> Ids<'a> {
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a str> {
        let (one, listed, cell) = match self {
            Self::One(id) => (Some(id), &[][..], ""),
            Self::Listed(ids) => (None, ids, ""),
            Self::Cell(cell) => (None, &[][..], cell),
        };
        let in_cell = cell.split(';').map(str::trim).filter(|id| !id.is_empty());
        one.into_iter().chain(listed.iter().map(String::as_str)).chain(in_cell)
    }

    /// The only one.
    pub(crate) fn one(self) -> Option<&'a str> {
        match self {
            Self::One(id) => Some(id),
            Self::Listed([id]) => Some(id),
            Self::Cell(cell) if !cell.contains(';') => Some(cell),
            _ => None,
        }
    }

    pub(crate) fn is_empty(self) -> bool {
        matches!(self, Self::Listed([])) || self.iter().next().is_none()
    }
}

/// The value of a draft.
#[derive(Clone, Copy, Debug)]
pub(crate) enum DraftValue<'a> {
    Said(&'a str),
    /// The cells `low`, `value` and `high` of a table: one end may be empty, and so may the best estimate
    /// within.
    #[cfg_attr(
        not(feature = "csv"),
        expect(dead_code, reason = "only tables have ranges in cells of their own")
    )]
    Range {
        low: &'a str,
        best: &'a str,
        high: &'a str,
    },
}

impl<'a> From<&'a Assertion> for AssertionDraft<'a> {
    fn from(a: &'a Assertion) -> Self {
        Self {
            known: KnownNumbers::default(),
            id: a.id.as_deref(),
            claim: &a.claim,
            value: a.value.as_deref().map(DraftValue::Said),
            stance: Some(a.stance),
            by: Ids::Listed(&a.by),
            via: Ids::Listed(&a.via),
            document: a.document.as_deref(),
            locator: a.locator.as_deref(),
            unit: a.unit.as_deref(),
            asserted: a.asserted.as_deref(),
            valid_at: a.valid_at.as_deref(),
            supersedes: Ids::Listed(&a.supersedes),
            derived_from: Ids::Listed(&a.derived_from),
            quote: a.quote.as_deref(),
            note: a.note.as_deref(),
        }
    }
}

/// What a draft points at, by number.
pub(crate) struct Refs {
    pub(crate) claim: u32,
    pub(crate) document: u32,
    /// As the column has it.
    pub(crate) by: u32,
    pub(crate) via: Box<[u32]>,
}

impl Dossier {
    /// Finds what a draft points at, and names everything that isn't there.
    pub(super) fn find_refs(
        &mut self,
        draft: &AssertionDraft<'_>,
        place: &Place,
        problems: &mut Vec<Error>,
    ) -> Option<Refs> {
        let mut keep =
            |result: Result<u32, Error>| result.map_err(|error| problems.push(error)).unwrap_or(NONE);
        let KnownNumbers { claim, by, .. } = draft.known;
        let claim = match claim {
            NONE => keep(find(&self.columns.claims, "claim", draft.claim, "claim", place)),
            known => known,
        };
        let document = draft.document;
        let document = document
            .map_or(NONE, |id| keep(find(&self.columns.documents, "document", id, "document", place)));
        let by = match draft.by {
            _ if by != NONE => by,
            Ids::Listed([one]) => keep(find(&self.columns.sources, "source", one, "by", place)),
            several => self.columns.intern_credit(&self.find_sources("by", several, place, problems)),
        };
        let via = self.find_sources("via", draft.via, place, problems).into();
        if !problems.is_empty() {
            return None;
        }
        Some(Refs { claim, document, by, via })
    }

    /// Reads all of a draft but its value and its lineage, and names every problem that it has. Whether its
    /// id is taken is the caller's to see.
    pub(crate) fn read_draft(
        &mut self,
        draft: &AssertionDraft<'_>,
        refs: Refs,
        place: &Place,
        problems: &mut Vec<Error>,
    ) -> AssertionRow {
        let mut when = |text: Option<&str>, field| match text.map(|text| Date::parse_fast(text.as_bytes())) {
            None => None,
            Some(Some(date)) => Some(date),
            Some(None) => date(text, field, place).map_err(|error| problems.push(error)).unwrap_or(None),
        };
        let (asserted, valid_at) = (when(draft.asserted, "asserted"), when(draft.valid_at, "valid_at"));
        let mut given = draft.id;
        if given.is_some() || !self.columns.ids.is_empty() {
            self.columns.group();
        }
        if let Some(id) = given {
            if let Some(why) = id::refusal(id) {
                problems.push(place.field("id", ErrorKind::InvalidId.because(why)));
                given = None;
            }
        } else if let (false, Some((id, _))) =
            (self.columns.ids.is_empty(), self.columns.claims.get_index(refs.claim as usize))
        {
            let own = id::of_assertion(id, self.columns.assertions_of(refs.claim).len() + 1);
            if self.columns.ids.contains_key(own.as_str()) {
                let problem =
                    format!("it would be called {}, as another assertion is; give it an id", Shown(&own));
                problems.push(place.field("id", ErrorKind::Duplicate.because(problem)));
            }
        }
        let stance = draft.stance.unwrap_or(Stance::Affirms);
        match (draft.value, stance.takes_value()) {
            (None, true) => {
                let problem = format!(
                    "nothing was said, but a source that {stance} something says a value; silence is a stance of its own: `withholds`, `does-not-know`, `no-evidence`"
                );
                problems.push(place.field("value", ErrorKind::MissingField.because(problem)));
            }
            (Some(words), false) => {
                let text = match words {
                    DraftValue::Said(text) => text.to_owned(),
                    DraftValue::Range { low, high, .. } => format!("{low} to {high}"),
                };
                let problem = format!(
                    "found {}, but the stance `{stance}` says no value; leave one of them out",
                    Shown(&text)
                );
                problems.push(place.field("value", ErrorKind::Invalid.because(problem)));
            }
            _ => {}
        }
        let Refs { claim, document, by, via } = refs;
        let rare = [given, draft.locator, draft.unit, draft.quote, draft.note];
        let has_more = !via.is_empty() || valid_at.is_some() || rare.iter().any(Option::is_some);
        let extra = has_more.then(|| {
            let [id, locator, unit, quote, note] = rare.map(|text| text.map(boxed));
            Box::new(Extra { id, via, locator, unit, valid_at, quote, note, ..Extra::default() })
        });
        AssertionRow { claim, value: NONE, stance, by, document, asserted, extra }
    }

    pub(super) fn find_sources(
        &self,
        field: &str,
        ids: Ids<'_>,
        place: &Place,
        problems: &mut Vec<Error>,
    ) -> Vec<u32> {
        if ids.is_empty() {
            return Vec::new();
        }
        let mut found: columns::Set<u32> = columns::Set::default();
        for id in ids.iter() {
            match find(&self.columns.sources, "source", id, field, place) {
                Ok(source) if !found.insert(source) => {
                    let problem = format_args!("{} is named twice; name each source once", Shown(id));
                    problems.push(place.field(field, ErrorKind::Duplicate.because(problem)));
                }
                Ok(_) => {}
                Err(error) => problems.push(error),
            }
        }
        found.into_iter().collect()
    }
}
