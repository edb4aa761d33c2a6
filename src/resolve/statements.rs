//! What stands on a claim, as the judge takes it: who says which answers.

use std::cell::RefCell;
use std::slice;

use indexmap::IndexSet;

use super::answers::Answers;
use crate::dossier::columns::index;
use crate::dossier::grouped::GroupedRow;
use crate::dossier::row_set::RowSet;
use crate::dossier::shared::Shared;
use crate::model::date::Date;
use crate::model::hashing::{FastMap, FixedState};

/// A source behind a statement, as far as it matters whose word that is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Speaker {
    pub(super) source: u32,
    pub(super) side: u32,
    /// Whether no later word replaces an earlier one of it.
    pub(super) is_anonymous: bool,
    /// Whether its side may be one already heard.
    pub(super) is_unknown: bool,
}

/// The sources that put their name to a statement and still stand by it.
#[derive(Clone, Copy, Debug)]
pub(super) enum SpokenBy {
    Nobody,
    One(Speaker),
    /// From one place of a list of speakers to another.
    Several(u32, u32),
}

impl SpokenBy {
    pub(super) fn speakers<'s>(&'s self, several: &'s [Speaker]) -> &'s [Speaker] {
        match self {
            Self::Nobody => &[],
            Self::One(speaker) => slice::from_ref(speaker),
            Self::Several(from, to) => &several[*from as usize..*to as usize],
        }
    }
}

/// What an assertion says, as it is read, and who says it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statement<A> {
    pub(super) answers: A,
    pub(super) by: SpokenBy,
}

/// What nearly all statements have no need to say: they are read as they were said, in words of their own,
/// and have their row's date.
#[derive(Clone, Debug)]
pub(super) struct Exception<A> {
    pub(super) as_said: A,
    /// Whether its words say these answers of the claim: a denial's say what isn't so, those of another unit
    /// something else.
    pub(super) says_so: bool,
    pub(super) date: Option<Date>,
    pub(super) is_copy: bool,
    /// The sources that its speakers are.
    pub(super) sources: Shared,
}

/// Through whom a side was heard in a row: all of what it says there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Relayed {
    pub(super) row: u32,
    pub(super) side: u32,
    /// The number of its relays among the [`RelaySets`].
    pub(super) relays: u32,
}

/// Sets of relays' sides, each kept once. A joint statement of thousands has the same relays for all of them.
#[derive(Debug)]
pub(super) struct RelaySets {
    /// Each in order. The first is empty.
    sets: IndexSet<Box<[u32]>, FixedState>,
    /// What those have in common that were asked about.
    common: FastMap<(u32, u32), u32>,
}

impl Default for RelaySets {
    fn default() -> Self {
        Self { sets: [Box::default()].into_iter().collect(), common: FastMap::default() }
    }
}

impl RelaySets {
    /// Nobody: it was heard directly.
    pub(super) const DIRECT: u32 = 0;

    pub(super) fn intern(&mut self, relays: impl Iterator<Item = u32>) -> u32 {
        let mut relays: Vec<u32> = relays.collect();
        relays.sort_unstable();
        relays.dedup();
        index(self.sets.insert_full(relays.into()).0)
    }

    pub(super) fn get(&self, relays: u32) -> &[u32] {
        self.sets.get_index(relays as usize).map_or(&[], |relays| relays)
    }

    /// The relays that are in both of two sets.
    pub(super) fn common(&mut self, one: u32, other: u32) -> u32 {
        if one == other {
            return one;
        }
        let pair = (one.min(other), one.max(other));
        if let Some(known) = self.common.get(&pair) {
            return *known;
        }
        let others = self.get(other);
        let both: Vec<u32> =
            self.get(one).iter().copied().filter(|relay| others.binary_search(relay).is_ok()).collect();
        let both = self.intern(both.into_iter());
        self.common.insert(pair, both);
        both
    }
}

/// How much of each list of speakers has been passed, on each of several ways through them. Statements of
/// copies of copies share the beginnings of theirs.
#[derive(Debug, Default)]
pub(super) struct Passed(FastMap<(u32, u32), u32>);

/// A claim's assertions, and what stands of them.
#[derive(Debug)]
pub(super) struct Statements<'s, A> {
    /// In input order.
    pub(super) rows: &'s [GroupedRow],
    /// One for each row.
    pub(super) all: &'s [Statement<A>],
    /// One for each row too, or none where no statement is exceptional.
    pub(super) exceptions: &'s [Exception<A>],
    /// What [`SpokenBy::Several`] leads to.
    pub(super) several: &'s [Speaker],
    /// The rows of standing answers that somebody put their name to, and of those that nobody did.
    pub(super) attributed: &'s RowSet,
    pub(super) narrated: &'s RowSet,
    /// The sources that answer more than once.
    pub(super) repeated: &'s [u32],
    /// Who was heard through whom, by row and side.
    pub(super) relayed: &'s [Relayed],
    /// What [`Relayed::relays`] leads to, where anybody was heard through somebody.
    pub(super) relay_sets: Option<&'s RefCell<RelaySets>>,
}

impl<'s, A: Answers> Statements<'s, A> {
    pub(super) fn speakers(&self, row: usize) -> &'s [Speaker] {
        self.all[row].by.speakers(self.several)
    }

    /// The speakers of a row that haven't been passed on that way. From now on they have.
    pub(super) fn new_speakers(&self, row: usize, way: u32, passed: &mut Passed) -> &'s [Speaker] {
        match self.all[row].by {
            SpokenBy::Several(from, to) if !self.exceptions.is_empty() => {
                let passed = passed.0.entry((way, from)).or_insert(from);
                let rest = &self.several[(*passed).min(to) as usize..to as usize];
                *passed = to.max(*passed);
                rest
            }
            _ => self.speakers(row),
        }
    }

    /// The relays through which a side was heard in a row.
    pub(super) fn relays(&self, row: usize, side: u32) -> u32 {
        let at =
            self.relayed.binary_search_by_key(&(row, side), |relayed| (relayed.row as usize, relayed.side));
        at.map_or(RelaySets::DIRECT, |at| self.relayed[at].relays)
    }

    /// The sources that the speakers of a row are.
    pub(super) fn sources(&self, row: usize) -> Shared {
        match (self.exceptions.get(row), self.speakers(row)) {
            (Some(exception), _) => exception.sources.clone(),
            (None, speakers) => speakers.iter().map(|speaker| speaker.source).collect(),
        }
    }

    pub(super) fn answers(&self, row: usize) -> &'s A {
        &self.all[row].answers
    }

    /// What a row leaves possible as it was said.
    pub(super) fn as_said(&self, row: usize) -> &'s A {
        self.exceptions.get(row).map_or(&self.all[row].answers, |exception| &exception.as_said)
    }

    /// Whether a row says just these answers, as it was said or as it is read.
    pub(super) fn states(&self, row: usize, answers: &A) -> bool {
        self.answers(row) == answers || (!self.exceptions.is_empty() && self.as_said(row) == answers)
    }

    pub(super) fn is_copy(&self, row: usize) -> bool {
        self.exceptions.get(row).is_some_and(|exception| exception.is_copy)
    }

    /// The answers that count: those that somebody put their name to, or, where there are none, the others.
    pub(super) fn weighed(&self) -> &'s RowSet {
        if self.attributed.is_empty() { self.narrated } else { self.attributed }
    }
}
