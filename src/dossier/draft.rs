//! An assertion on its way into a dossier, as a record, an entry or a row has it.

use super::columns::NONE;
use crate::model::assertion::{Assertion, Stance};

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
    /// The cells `low` and `high` of a table, of which one may be empty.
    #[cfg_attr(not(feature = "csv"), expect(dead_code, reason = "only tables have ranges in two cells"))]
    Range(&'a str, &'a str),
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
