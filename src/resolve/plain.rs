//! Plain claims: those on whose record nothing stands but answers, whose they are and when they were given.
//!
//! Most claims of a large dossier are plain: nothing was copied, withdrawn, replaced by name or counted in another unit, and
//! every answer leaves one stretch of whole steps possible. Then no rule but *latest word* has anything to say, every
//! answer is two numbers, and the finding comes of comparing them. It is the same finding: what `examine` does with
//! any claim is done here in numbers, in the same order, and the tests hold the two to each other.

mod judge;
mod span;

use std::ops::Range;
use std::{iter, slice};

#[cfg(feature = "rayon")]
use rayon::prelude::*;

use super::examine::Bench;
use crate::dossier::columns::{ClaimRow, Extra, NONE, ValueRow, index, make_room};
use crate::dossier::grouped::Row;
use crate::model::claim::{Evolves, Kind};
use crate::report::{Briefs, Verdict};
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

/// Whoever puts their name to an assertion, less those who have since said otherwise.
#[derive(Clone, Copy, Debug)]
enum By {
    Nobody,
    One(Voice),
    /// A stretch of a list of voices.
    Several(u32, u32),
}

impl By {
    /// The source and the side of one.
    fn one(&self) -> (u32, u32) {
        match self {
            Self::One(voice) => (voice.source, voice.side),
            _ => (NONE, NONE),
        }
    }

    fn voices<'v>(&'v self, several: &'v [Voice]) -> &'v [Voice] {
        match self {
            Self::Nobody => &[],
            Self::One(voice) => slice::from_ref(voice),
            Self::Several(from, to) => &several[*from as usize..*to as usize],
        }
    }
}

/// What an assertion says, and who does. Of several it isn't told yet who they are.
#[derive(Clone, Copy, Debug)]
struct Heard {
    span: Span,
    by: By,
}

/// What can be told of a dossier before any claim is looked at.
#[derive(Debug)]
pub(super) struct Plain {
    /// What each value leaves possible.
    spans: Vec<Span>,
    voices: Vec<Voice>,
    /// The kind of each plain claim; nothing, where more may stand on its record than plain answers.
    kinds: Vec<Option<Kind>>,
    latest_word: bool,
}

impl Plain {
    /// Prepares for the plain claims of a dossier. Nothing, where the resolver asks more than the standard rules.
    pub(super) fn of(bench: &Bench<'_>) -> Option<Self> {
        let resolver = &bench.resolver;
        if !resolver.has_standard_rules_only() || resolver.as_of.is_some() || resolver.narration_is_publishers
        {
            return None;
        }
        let mut plain = Self {
            spans: Vec::new(),
            voices: Vec::new(),
            kinds: Vec::new(),
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
        let span = |value: &ValueRow| span::span(bench, &value.content, bench.resolver.approximation);
        let new = |known: usize| columns.values.get(known..).unwrap_or_default();
        #[cfg(feature = "rayon")]
        if new(self.spans.len()).len() > CLAIMS_TOGETHER {
            self.spans.par_extend(new(self.spans.len()).par_iter().with_min_len(1024).map(span));
        }
        // Of few, or where there are no threads.
        self.spans.extend(new(self.spans.len()).iter().map(span));
        let is_plain = |claim: &ClaimRow| claim.evolves == Evolves::Fixed && claim.kind != Kind::Quantity;
        let new = (self.kinds.len()..columns.claims.len()).map(|claim| &columns.claims[claim]);
        self.kinds.extend(new.map(|claim| is_plain(claim).then_some(claim.kind)));
    }

    /// Makes room for so many more values.
    pub(super) fn make_room(&mut self, more: usize) {
        make_room(&mut self.spans, more, Span::EVERYTHING);
    }

    /// Notes that more stands on the record of a claim than plain answers.
    pub(super) fn is_intricate(&mut self, claim: u32) {
        self.kinds[claim as usize] = None;
    }

    /// Takes in a new assertion: what its value leaves possible, and what it does to its claim.
    pub(super) fn note(&mut self, bench: &Bench<'_>, assertion: u32) {
        let new = bench.columns().values.get(self.spans.len()..).unwrap_or_default();
        self.spans
            .extend(new.iter().map(|value| span::span(bench, &value.content, bench.resolver.approximation)));
        if bench.columns().extra(assertion).is_some_and(Extra::is_intricate) {
            self.is_intricate(bench.columns().claim[assertion as usize]);
        }
    }

    /// Finds what the assertions on a claim come to, and adds that to the findings.
    pub(super) fn find(
        &self,
        bench: &Bench<'_>,
        claim: u32,
        rows: &[Row],
        lists: &mut Lists,
        briefs: &mut Briefs,
    ) {
        Judge::new(*bench, self, lists).judge(iter::once((claim, rows)), briefs);
    }

    /// The verdict alone, which takes a part of the time. Nothing, where more stands on the claim's record than plain answers.
    pub(super) fn verdict(
        &self,
        bench: &Bench<'_>,
        claim: u32,
        rows: &[Row],
        lists: &mut Lists,
    ) -> Option<Verdict> {
        Judge::new(*bench, self, lists).verdict_on(claim, rows)
    }

    fn hear(&self, row: &Row) -> Heard {
        let span = self.spans.get(row.value as usize).copied().unwrap_or(Span::NOT_PLAIN);
        let by = self.voices.get(row.by as usize).map_or(By::Nobody, |voice| By::One(*voice));
        Heard { span, by }
    }
}

/// So many claims are judged at once.
const JUDGED: usize = 64;

/// So many claims' findings are kept together.
pub(crate) const CLAIMS_TOGETHER: usize = 4096;

impl Bench<'_> {
    /// What is found of every claim, so many together.
    pub(crate) fn briefs(&self) -> Vec<Briefs> {
        let claims = index(self.columns().claims.len());
        let together = (0..claims).step_by(CLAIMS_TOGETHER);
        let together = together.map(|from| from..claims.min(from + index(CLAIMS_TOGETHER)));
        let plain = Plain::of(self);
        let briefs_of = |lists: &mut Lists, claims| self.briefs_of(plain.as_ref(), claims, lists);
        #[cfg(feature = "rayon")]
        if together.len() > 1 {
            return together
                .collect::<Vec<_>>()
                .into_par_iter()
                .map_init(Lists::default, briefs_of)
                .collect();
        }
        let mut lists = Lists::default();
        together.map(|claims| briefs_of(&mut lists, claims)).collect()
    }

    /// What is found of some claims.
    fn briefs_of(&self, plain: Option<&Plain>, claims: Range<u32>, lists: &mut Lists) -> Briefs {
        let assertions = claims.clone().map(|claim| self.columns().rows_of(claim).len()).sum();
        let mut briefs = Briefs::with_room(claims.len(), assertions);
        let Some(plain) = plain else {
            claims.for_each(|claim| briefs.push_found(&self.examine_all(claim)));
            return briefs;
        };
        let mut judge = Judge::new(*self, plain, lists);
        for from in claims.clone().step_by(JUDGED) {
            let some = from..claims.end.min(from + index(JUDGED));
            judge.judge(some.map(|claim| (claim, self.columns().rows_of(claim))), &mut briefs);
        }
        briefs
    }
}

#[cfg(all(test, feature = "proptest"))]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dossier::grouped::Grouped;
    use crate::laws::dossiers;
    use crate::resolve::{Desk, Resolver};

    /// Merges parts two by two, in an order given by numbers.
    fn together(mut parts: Vec<Grouped>, order: &[prop::sample::Index]) -> Grouped {
        for pick in order.iter().cycle() {
            if parts.len() < 2 {
                break;
            }
            let one = parts.swap_remove(pick.index(parts.len()));
            let other = parts.swap_remove(pick.index(parts.len()));
            parts.push(one.merge(&other));
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
            let claims = 0..index(dossier.columns.claims.len());
            let mut parts = vec![Grouped::default(); 6];
            let rows = claims.clone().flat_map(|claim| dossier.columns.rows_of(claim).iter().map(move |row| (claim, *row)));
            for ((claim, row), part) in rows.zip(part_of.iter().cycle()) {
                parts[*part].push(claim, row);
            }
            let (merged, mut lists) = (together(parts, &order), Lists::default());
            for claim in claims {
                let (mut whole, mut parted) = (Briefs::default(), Briefs::default());
                whole.push_found(&bench.examine_all(claim));
                plain.find(&bench, claim, merged.of(claim), &mut lists, &mut parted);
                prop_assert_eq!(whole.on(bench, claim, 0).shown(), parted.on(bench, claim, 0).shown());
                if let Some(verdict) = plain.verdict(&bench, claim, merged.of(claim), &mut lists) {
                    prop_assert_eq!(verdict, whole.briefs[0].verdict);
                }
            }
        }
    }
}
