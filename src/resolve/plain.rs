//! Plain claims: those on whose record nothing stands but answers, whose they are and when they were given.
//!
//! Most claims of a large dossier are plain: nothing was copied, withdrawn, replaced by name or counted in another unit, and
//! every answer leaves one stretch of whole steps possible. Then no rule but *latest word* has anything to say, every
//! answer is two numbers, and the finding comes of comparing them. It is the same finding: what `examine` does with
//! any claim is done here in numbers, in the same order, and the tests hold the two to each other.

mod judge;
mod span;

use std::hint::black_box;
use std::ops::Range;

use super::examine::Bench;
use crate::dossier::columns::{Columns, Extra, index};
use crate::model::assertion::Stance;
use crate::report::Briefs;
use judge::Judge;
pub(crate) use judge::Lists;
use span::Span;

/// A source behind an assertion, as far as it matters whose word that is.
#[derive(Clone, Copy, Debug)]
struct Voice {
    source: u32,
    side: u32,
    /// Whether no later word replaces an earlier one of it.
    is_anonymous: bool,
    /// Whether its side may be one already heard.
    is_unknown: bool,
}

/// What can be told of a dossier before any claim is looked at.
#[derive(Debug)]
pub(super) struct Plain {
    /// What each value leaves possible.
    spans: Vec<Span>,
    voices: Vec<Voice>,
    /// The claims on whose record more stands than plain answers.
    intricate: Vec<bool>,
    latest_word: bool,
}

impl Plain {
    /// Prepares for the plain claims of a dossier. Nothing, where the resolver asks more than the standard rules.
    pub(super) fn of(bench: &Bench<'_>) -> Option<Self> {
        let resolver = &bench.resolver;
        if !resolver.has_standard_rules_only() || resolver.as_of.is_some() || resolver.narration_is_publishers {
            return None;
        }
        let mut plain = Self {
            spans: Vec::new(),
            voices: Vec::new(),
            intricate: Vec::new(),
            latest_word: resolver.rules.iter().any(|rule| rule.name() == "latest word"),
        };
        plain.catch_up(bench);
        let columns = bench.columns();
        let ties = columns.extra.iter().filter(|(_, extra)| extra.is_intricate()).map(|(at, _)| *at);
        for assertion in ties.chain(columns.retracted.iter().copied()) {
            plain.is_intricate(columns.claim[assertion as usize]);
        }
        Some(plain)
    }

    /// Takes in what the dossier has got since.
    pub(super) fn catch_up(&mut self, bench: &Bench<'_>) {
        let columns = bench.columns();
        let new = self.voices.len()..columns.sources.len();
        self.voices.extend(new.map(|source| {
            let side = bench.ground.sides[source];
            let (is_anonymous, is_unknown) = (columns.sources[source].anonymous, bench.is_unknown(side));
            Voice { source: index(source), side, is_anonymous, is_unknown }
        }));
        let new = columns.values.get(self.spans.len()..).unwrap_or_default().iter();
        self.spans.extend(new.map(|value| span::span(bench, &value.content, bench.resolver.approximation)));
        self.intricate.resize(columns.claims.len(), false);
    }

    /// Notes that more stands on the record of a claim than plain answers.
    pub(super) fn is_intricate(&mut self, claim: u32) {
        self.intricate[claim as usize] = true;
    }

    /// Notes what a new assertion does to its claim.
    pub(super) fn note(&mut self, bench: &Bench<'_>, assertion: u32) {
        if bench.columns().extra(assertion).is_some_and(Extra::is_intricate) {
            self.is_intricate(bench.columns().claim[assertion as usize]);
        }
    }
}

/// One assertion, in numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    span: Span,
    /// The first and the last moment of its date, or the ends of time.
    first: i64,
    last: i64,
    assertion: u32,
    value: u32,
    by: u32,
    stance: Stance,
}

/// What was said on one claim, as far as its finding needs it, in input order.
///
/// However its assertions are parted, the parts can be gathered apart and put together: it comes to the same finding.
#[derive(Clone, Debug, Default)]
pub(crate) struct State(Vec<Row>);

impl State {
    /// Adds an assertion.
    pub(super) fn push(&mut self, row: Row) {
        let at = self.0.partition_point(|other| other.assertion < row.assertion);
        self.0.insert(at, row);
    }

    /// Adds all of another state of the same claim.
    #[cfg(test)]
    pub(super) fn merge(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self.0.sort_by_key(|row| row.assertion);
        self
    }

    /// Finds what it comes to, and adds that to the findings.
    pub(super) fn find(&self, bench: &Bench<'_>, plain: &Plain, claim: u32, lists: &mut Lists, briefs: &mut Briefs) {
        Judge::new(*bench, plain, lists).judge(claim, &self.0, briefs);
    }
}

/// So many claims' assertions are gathered at once.
const GATHERED: u32 = 128;

/// So many claims' findings are kept together.
pub(crate) const CLAIMS_TOGETHER: usize = 4096;

impl Bench<'_> {
    /// What is found of every claim, so many together.
    pub(crate) fn briefs(&self) -> Vec<Briefs> {
        let claims = index(self.columns().claims.len());
        let together = (0..claims).step_by(CLAIMS_TOGETHER);
        let together = together.map(|from| from..claims.min(from + index(CLAIMS_TOGETHER)));
        let plain = Plain::of(self);
        let mut lists = Lists::default();
        let mut all: Vec<Briefs> = Vec::with_capacity(together.len());
        for claims in together {
            let briefs = all.last().map_or_else(Briefs::default, Briefs::of_the_size);
            all.push(self.briefs_of(plain.as_ref(), claims, briefs, &mut lists));
        }
        all
    }

    /// Adds what is found of some claims.
    fn briefs_of(&self, plain: Option<&Plain>, claims: Range<u32>, mut briefs: Briefs, lists: &mut Lists) -> Briefs {
        let Some(plain) = plain else {
            claims.for_each(|claim| briefs.push(&self.examine_all(claim)));
            return briefs;
        };
        let (mut judge, mut rows) = (Judge::new(*self, plain, lists), Vec::new());
        for from in claims.clone().step_by(GATHERED as usize) {
            let some = from..claims.end.min(from + GATHERED);
            let assertions = some.clone().flat_map(|claim| self.columns().assertions_of(claim)).copied();
            plain.gather(self, assertions, &mut rows);
            let mut left = rows.as_slice();
            for claim in some {
                let (own, others) = left.split_at(self.columns().assertions_of(claim).len());
                judge.judge(claim, own, &mut briefs);
                left = others;
            }
        }
        briefs
    }
}

impl Plain {
    /// The states of all claims.
    pub(super) fn states(&self, bench: &Bench<'_>) -> Vec<State> {
        let claims = 0..index(bench.columns().claims.len());
        let state = |claim| {
            let mut rows = Vec::new();
            self.gather(bench, bench.columns().assertions_of(claim).iter().copied(), &mut rows);
            State(rows)
        };
        claims.map(state).collect()
    }

    /// One assertion, in numbers.
    pub(super) fn row(&self, bench: &Bench<'_>, assertion: u32) -> Row {
        let mut row = Row::read(bench.columns(), assertion);
        self.complete(bench.columns(), &mut row);
        row
    }

    /// Takes assertions together, as numbers.
    ///
    /// They lie far apart, and waiting for memory would take most of the time. So each column is touched first, in a loop
    /// that does nothing else: then the processor waits for many at once.
    fn gather(&self, bench: &Bench<'_>, assertions: impl Iterator<Item = u32> + Clone, rows: &mut Vec<Row>) {
        let columns = bench.columns();
        columns.touch(assertions.clone());
        rows.clear();
        rows.extend(assertions.map(|assertion| Row::read(columns, assertion)));
        black_box(rows.iter().fold(0, |all, row| all ^ self.spans.get(row.value as usize).map_or(0, |span| span.low)));
        rows.iter_mut().for_each(|row| self.complete(columns, row));
    }

    /// Adds what follows from what was read of an assertion.
    fn complete(&self, columns: &Columns, row: &mut Row) {
        if let Some(span) = self.spans.get(row.value as usize) {
            row.span = if row.stance == Stance::Affirms { *span } else { Span::NOT_PLAIN };
        }
        if row.first == i64::MIN
            && let Some(date) = columns.date(row.assertion)
        {
            (row.first, row.last) = (date.first().microseconds(), date.last().microseconds());
        }
    }
}

impl Row {
    fn read(columns: &Columns, assertion: u32) -> Self {
        let at = assertion as usize;
        let date = columns.asserted(assertion);
        Self {
            span: Span::EVERYTHING,
            first: date.map_or(i64::MIN, |date| date.first().microseconds()),
            last: date.map_or(i64::MAX, |date| date.last().microseconds()),
            assertion,
            value: columns.value[at],
            by: columns.by[at],
            stance: columns.stance[at],
        }
    }
}

#[cfg(all(test, feature = "proptest"))]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::laws::dossiers;
    use crate::resolve::{Desk, Resolver};

    /// Puts parts together two by two, in an order given by numbers.
    fn together(mut parts: Vec<State>, order: &[prop::sample::Index]) -> State {
        for pick in order.iter().cycle() {
            if parts.len() < 2 {
                break;
            }
            let one = parts.swap_remove(pick.index(parts.len()));
            let other = parts.swap_remove(pick.index(parts.len()));
            parts.push(one.merge(other));
        }
        parts.pop().unwrap_or_default()
    }

    proptest! {
        #[test]
        fn however_a_claim_is_parted_it_comes_to_the_same(
            dossier in dossiers(),
            part_of in prop::collection::vec(0..6_usize, 1..40),
            order in prop::collection::vec(any::<prop::sample::Index>(), 1..8),
        ) {
            let desk = Desk::new(&dossier, Resolver::standard());
            let bench = desk.bench();
            let plain = Plain::of(&bench).ok_or_else(|| TestCaseError::fail("only standard rules are asked"))?;
            let mut lists = Lists::default();
            for claim in 0..index(dossier.columns.claims.len()) {
                let mut parts = vec![State::default(); 6];
                let assertions = dossier.columns.assertions_of(claim);
                for (assertion, part) in assertions.iter().zip(part_of.iter().cycle()) {
                    parts[*part].push(plain.row(&bench, *assertion));
                }
                let (mut whole, mut parted) = (Briefs::default(), Briefs::default());
                whole.push(&bench.examine(claim, assertions));
                together(parts, &order).find(&bench, &plain, claim, &mut lists, &mut parted);
                prop_assert_eq!(whole.shown(&bench, claim), parted.shown(&bench, claim));
            }
        }
    }
}
