//! How a dossier is kept: every id interned once, a column for each thing that most assertions have.

use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};

use crate::model::assertion::Stance;
use crate::model::claim::{Evolves, Kind, Nature};
use crate::model::date::Date;
use crate::model::value::Content;

pub(crate) type Interned<Row> = IndexMap<Box<str>, Row, foldhash::fast::FixedState>;
pub(crate) type Set<T> = IndexSet<T, foldhash::fast::FixedState>;

/// Stands in a column for "none".
pub(crate) const NONE: u32 = u32::MAX;

#[derive(Clone, Debug)]
pub(crate) struct SourceRow {
    pub(crate) name: Box<str>,
    pub(crate) kind: Option<Box<str>>,
    pub(crate) part_of: Option<u32>,
    pub(crate) anonymous: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct TermRow {
    pub(crate) label: Box<str>,
    pub(crate) broader: Option<u32>,
    /// Whether somebody declared it, or it came with the first value that names it.
    pub(crate) declared: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct DocumentRow {
    pub(crate) title: Box<str>,
    pub(crate) publisher: Option<u32>,
    pub(crate) published: Option<Date>,
    pub(crate) url: Option<Box<str>>,
}

#[derive(Clone, Debug)]
pub(crate) struct ClaimRow {
    pub(crate) question: Box<str>,
    pub(crate) kind: Kind,
    pub(crate) unit: Option<Box<str>>,
    pub(crate) topic: Option<Box<str>>,
    pub(crate) scope: Box<[(Box<str>, Box<str>)]>,
    pub(crate) nature: Nature,
    pub(crate) evolves: Evolves,
    /// The claim's assertions, in input order.
    pub(crate) assertions: Vec<u32>,
}

/// What few assertions have.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extra {
    pub(crate) id: Option<Box<str>>,
    pub(crate) via: Box<[u32]>,
    pub(crate) locator: Option<Box<str>>,
    pub(crate) unit: Option<Box<str>>,
    pub(crate) valid_at: Option<Date>,
    pub(crate) supersedes: Box<[u32]>,
    pub(crate) derived_from: Box<[u32]>,
    pub(crate) quote: Option<Box<str>>,
    pub(crate) note: Option<Box<str>>,
}

impl Extra {
    /// Whether it ties the assertion to others, or to another unit.
    pub(crate) fn is_intricate(&self) -> bool {
        self.unit.is_some() || !self.supersedes.is_empty() || !self.derived_from.is_empty()
    }

    pub(crate) fn is_empty(&self) -> bool {
        let Self { id, via, locator, unit, valid_at, supersedes, derived_from, quote, note } = self;
        id.is_none()
            && via.is_empty()
            && locator.is_none()
            && unit.is_none()
            && valid_at.is_none()
            && supersedes.is_empty()
            && derived_from.is_empty()
            && quote.is_none()
            && note.is_none()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct RetractionRow {
    pub(crate) assertion: u32,
    pub(crate) on: Option<Date>,
    pub(crate) reason: Option<Box<str>>,
}

/// One assertion, before it is taken apart into the columns.
pub(crate) struct AssertionRow {
    pub(crate) claim: u32,
    pub(crate) value: u32,
    /// What was literally said, where that isn't the canonical text.
    pub(crate) said: u32,
    pub(crate) stance: Stance,
    pub(crate) by: u32,
    pub(crate) document: u32,
    pub(crate) asserted: Option<Date>,
    pub(crate) extra: Extra,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    pub(crate) sources: Interned<SourceRow>,
    pub(crate) terms: Interned<TermRow>,
    /// Which term a label names; nothing where two terms share it.
    pub(crate) labels: HashMap<Box<str>, Option<u32>, foldhash::fast::FixedState>,
    pub(crate) documents: Interned<DocumentRow>,
    pub(crate) claims: Interned<ClaimRow>,
    pub(crate) texts: Set<Box<str>>,
    pub(crate) values: Set<Content<u32>>,
    /// What was literally said, where that isn't the canonical text.
    pub(crate) sayings: Set<Box<str>>,
    /// Lists of sources that assertions are credited to.
    pub(crate) credits: Set<Box<[u32]>>,
    /// Which assertion was given which id.
    pub(crate) ids: HashMap<Box<str>, u32, foldhash::fast::FixedState>,

    pub(crate) claim: Vec<u32>,
    /// The assertion's number among those of its claim, from one.
    pub(crate) number: Vec<u32>,
    pub(crate) value: Vec<u32>,
    pub(crate) said: Vec<u32>,
    pub(crate) stance: Vec<Stance>,
    pub(crate) by: Vec<u32>,
    pub(crate) document: Vec<u32>,
    pub(crate) asserted: Vec<Option<Date>>,
    pub(crate) extra: HashMap<u32, Extra, foldhash::fast::FixedState>,

    pub(crate) retractions: Vec<RetractionRow>,
    pub(crate) retracted: Set<u32>,
}

impl Columns {
    /// How many assertions there are.
    pub(crate) fn len(&self) -> u32 {
        index(self.claim.len())
    }

    pub(crate) fn push(&mut self, row: AssertionRow) -> u32 {
        let at = self.len();
        if let Some(id) = &row.extra.id {
            self.ids.insert(id.clone(), at);
        }
        let claim = &mut self.claims[row.claim as usize];
        claim.assertions.push(at);
        self.number.push(index(claim.assertions.len()));
        self.claim.push(row.claim);
        self.value.push(row.value);
        self.said.push(row.said);
        self.stance.push(row.stance);
        self.by.push(row.by);
        self.document.push(row.document);
        self.asserted.push(row.asserted);
        if !row.extra.is_empty() {
            self.extra.insert(at, row.extra);
        }
        at
    }

    /// A claim's assertions, in input order.
    pub(crate) fn assertions_of(&self, claim: u32) -> &[u32] {
        self.claims.get_index(claim as usize).map_or(&[], |(_, row)| &row.assertions)
    }

    pub(crate) fn content(&self, assertion: u32) -> Option<&Content<u32>> {
        self.values.get_index(self.value[assertion as usize] as usize)
    }

    pub(crate) fn by(&self, assertion: u32) -> &[u32] {
        self.sources_of(self.by[assertion as usize])
    }

    /// The sources of a list that assertions are credited to.
    pub(crate) fn sources_of(&self, credit: u32) -> &[u32] {
        self.credits.get_index(credit as usize).map_or(&[], |by| by)
    }

    pub(crate) fn document_of(&self, assertion: u32) -> Option<&DocumentRow> {
        self.documents.get_index(self.document[assertion as usize] as usize).map(|(_, row)| row)
    }

    pub(crate) fn extra(&self, assertion: u32) -> Option<&Extra> {
        self.extra.get(&assertion)
    }

    pub(crate) fn derived_from(&self, assertion: u32) -> &[u32] {
        self.extra(assertion).map_or(&[], |extra| &extra.derived_from)
    }

    pub(crate) fn supersedes(&self, assertion: u32) -> &[u32] {
        self.extra(assertion).map_or(&[], |extra| &extra.supersedes)
    }

    /// When it was said: as stated, else when its document was published.
    pub(crate) fn date(&self, assertion: u32) -> Option<Date> {
        self.asserted[assertion as usize].or_else(|| self.document_of(assertion)?.published)
    }

    pub(crate) fn assertion_id(&self, assertion: u32) -> String {
        if let Some(id) = self.extra(assertion).and_then(|extra| extra.id.as_deref()) {
            return id.to_owned();
        }
        let claim = self.claims.get_index(self.claim[assertion as usize] as usize).map_or("", |(id, _)| id);
        crate::model::id::of_assertion(claim, self.number[assertion as usize] as usize)
    }

    /// The assertion of that id, whether it was given or comes from its claim and number.
    pub(crate) fn assertion(&self, id: &str) -> Option<u32> {
        if let Some(found) = self.ids.get(id) {
            return Some(*found);
        }
        let (claim, number) = id.rsplit_once('#')?;
        let row = self.claims.get(claim)?;
        let number: usize = number.parse().ok().filter(|_| !number.starts_with(['0', '+']))?;
        let found = *row.assertions.get(number.checked_sub(1)?)?;
        self.extra(found).is_none_or(|extra| extra.id.is_none()).then_some(found)
    }

    /// The root of every source's affiliation. However long a chain is, each source is passed once.
    pub(crate) fn sides(&self) -> Vec<u32> {
        let mut sides = vec![NONE; self.sources.len()];
        let mut way = Vec::new();
        for source in 0..index(self.sources.len()) {
            let mut at = source;
            while let (NONE, Some(above)) = (sides[at as usize], self.sources[at as usize].part_of) {
                way.push(at);
                at = above;
            }
            if sides[at as usize] == NONE {
                sides[at as usize] = at;
            }
            for passed in way.drain(..) {
                sides[passed as usize] = sides[at as usize];
            }
        }
        sides
    }

    /// The root of one source's affiliation.
    pub(crate) fn side(&self, source: u32) -> u32 {
        let mut side = source;
        while let Some(above) = self.sources[side as usize].part_of {
            side = above;
        }
        side
    }
}

/// A row's number. Four billion rows are more than memory holds, so that the last number is never reached.
pub(crate) fn index(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(NONE)
}
