//! Accounts: the largest sets of answers that one single answer satisfies.
//!
//! A sweep along the claim's line finds every stretch to which no further answer could be added: some answer
//! begins with it, and some answer ends with it. Of single spans each such stretch is an account. A union
//! lies in several pieces, so that stretches may satisfy the same answers, which makes them one account, or
//! fewer than another does, which makes them none. Nothing is quadratic in the answers, unless most of them
//! are unions with many parts that overlap one another.

use crate::model::hashing::FastMap;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::answers::{Answers, Span};
use super::fewest::{Hearsay, count};

/// An account's rank depends on this many of its first answers.
const RANKED: usize = 8;

/// Up to this many spans, a set of answers is one word with a bit for each.
const FEW: usize = 64;

/// The sides behind one distinct answer, and those of them that are heard to give it only through others.
#[derive(Debug, Default)]
pub(super) struct GroupSides {
    pub(super) sides: Vec<u32>,
    pub(super) hearsay: Vec<Hearsay>,
}

/// Hearsay through relays that speak themselves in an account.
pub(super) fn speaking_too<'h>(
    hearsay: impl Iterator<Item = &'h Hearsay>,
    speaks: impl Fn(u32) -> bool,
) -> Vec<Hearsay> {
    let speaking = hearsay.map(|Hearsay { relays, sides }| Hearsay {
        relays: relays.iter().copied().filter(|relay| speaks(*relay)).collect(),
        sides: sides.clone(),
    });
    speaking.filter(|hearsay| !hearsay.relays.is_empty()).collect()
}

/// An account that was found.
#[derive(Clone, Debug)]
pub(super) struct FoundAccount<A> {
    pub(super) answer: A,
    /// How many sides stand behind the answers that it satisfies.
    pub(super) sides: usize,
    /// Of few answers, a bit for each that it satisfies.
    pub(super) satisfied: u64,
}

/// The buffers of a sweep, kept from claim to claim so that a sweep over few answers allocates nothing.
#[derive(Debug, Default)]
pub(super) struct Sweep {
    /// The spans in the order in which they begin, and where they end in that order; with the numbers of
    /// their answers.
    lows: Vec<(Span, u32)>,
    highs: Vec<(u64, u32)>,
    few: FewAnswers,
}

impl Sweep {
    /// Finds the accounts of some distinct answers that can't all be true: those of most sides first, then in
    /// the order of the answers that they satisfy, then in that of the line.
    ///
    /// `count_sides` counts the sides behind few answers, given as bits; `sides_of` lists those behind each
    /// of many. The spans of all accounts go into `line`, in its order.
    pub(super) fn accounts<'s, A: Answers + 's>(
        &mut self,
        answers: impl Iterator<Item = &'s A> + Clone,
        mut count_sides: impl FnMut(u64) -> usize,
        sides_of: impl FnOnce() -> Vec<GroupSides>,
        accounts: &mut Vec<FoundAccount<A>>,
        line: &mut Vec<Span>,
    ) {
        self.lows.clear();
        self.highs.clear();
        let mut count = 0;
        for (answer, nth) in answers.clone().zip(0..) {
            self.lows.extend(answer.spans().iter().map(|span| (*span, nth)));
            count = nth as usize + 1;
        }
        // The order of answers that begin, or end, at one place makes no difference, so an unstable sort will
        // do.
        self.lows.sort_unstable_by_key(|(span, _)| span.low);
        let are_single = self.lows.len() == count;
        let are_few = self.lows.len() <= FEW;
        let mut found = |satisfied, spans: &[Span]| FoundAccount {
            answer: A::of(spans),
            sides: count_sides(satisfied),
            satisfied,
        };
        if are_few && are_single && self.lows.windows(2).all(|two| two[0].0.high < two[1].0.low) {
            // Figures and terms that differ: each is an account.
            accounts.extend(self.lows.iter().map(|(span, nth)| found(1 << nth, &[*span])));
            line.extend(self.lows.iter().map(|(span, _)| *span));
            return rank(count, accounts);
        }
        self.highs.extend(self.lows.iter().map(|(span, nth)| (span.high, *nth)));
        self.highs.sort_unstable_by_key(|(high, _)| *high);
        if are_few && are_single {
            self.few.stretches.clear();
            walk(&self.lows, &self.highs, &mut self.few);
            let stretches = self.few.stretches.iter();
            accounts.extend(stretches.clone().map(|(satisfied, span)| found(*satisfied, &[*span])));
            line.extend(stretches.map(|(_, span)| *span));
            return rank(count, accounts);
        }
        if are_few {
            self.few.stretches.clear();
            walk(&self.lows, &self.highs, &mut self.few);
            accounts.extend(self.few.largest().iter().map(|(satisfied, spans)| found(*satisfied, spans)));
            rank(count, accounts);
        } else {
            let mut many = ManyAnswers::new(answers, sides_of());
            walk(&self.lows, &self.highs, &mut many);
            many.accounts(are_single, accounts);
        }
        // No two accounts hold the same point, so that their ends are in the order of their beginnings.
        line.extend(accounts.iter().flat_map(|found| found.answer.spans()));
        line.sort_unstable_by_key(|span| span.low);
    }
}

/// Ranks accounts of some of so many answers, which are in the order of the line: those of most sides first,
/// then by the first answer that one satisfies and the other doesn't.
fn rank<A>(count: usize, accounts: &mut [FoundAccount<A>]) {
    let first =
        |found: &FoundAccount<A>| if count > RANKED { first_few(found.satisfied) } else { found.satisfied };
    accounts.sort_by(|one, other| {
        let (ours, theirs) = (first(one), first(other));
        let differ = ours ^ theirs;
        let decisive = differ & differ.wrapping_neg();
        other.sides.cmp(&one.sides).then((theirs & decisive).cmp(&(ours & decisive)))
    });
}

/// The first few of a set of answers.
fn first_few(mut of: u64) -> u64 {
    while of.count_ones() as usize > RANKED {
        of &= !(1 << (63 - of.leading_zeros()));
    }
    of
}

/// The answers that hold at the place of the line that a sweep has come to.
trait ActiveAnswers {
    fn enter(&mut self, answer: u32);
    fn leave(&mut self, answer: u32);
    /// Records a stretch in which no further answer holds.
    fn add_stretch(&mut self, stretch: Span);
}

/// Sweeps along the line. Where an answer ends and another has begun since the last end, the answers that
/// hold are a largest set: to the left one of them hasn't begun, and to the right one has ended.
fn walk(lows: &[(Span, u32)], highs: &[(u64, u32)], active: &mut impl ActiveAnswers) {
    let mut lows = lows.iter().peekable();
    for (high, ends) in highs {
        let mut begun = None;
        while let Some((span, begins)) = lows.next_if(|(span, _)| span.low <= *high) {
            active.enter(*begins);
            begun = Some(span.low);
        }
        if let Some(low) = begun {
            active.add_stretch(Span { low, high: *high });
        }
        active.leave(*ends);
    }
}

/// FewAnswers answers, a bit for each.
#[derive(Debug, Default)]
struct FewAnswers {
    active: u64,
    stretches: Vec<(u64, Span)>,
}

impl ActiveAnswers for FewAnswers {
    fn enter(&mut self, answer: u32) {
        self.active |= 1 << answer;
    }

    fn leave(&mut self, answer: u32) {
        self.active &= !(1 << answer);
    }

    fn add_stretch(&mut self, stretch: Span) {
        self.stretches.push((self.active, stretch));
    }
}

impl FewAnswers {
    /// Merges stretches in which the same answers hold, and drops those whose answers are a subset of
    /// another's.
    fn largest(&self) -> Vec<(u64, Vec<Span>)> {
        let mut all: Vec<(u64, Vec<Span>)> = Vec::new();
        for (satisfied, span) in &self.stretches {
            match all.iter_mut().find(|(other, _)| other == satisfied) {
                Some((_, spans)) => spans.push(*span),
                None => all.push((*satisfied, vec![*span])),
            }
        }
        let sets: Vec<u64> = all.iter().map(|(satisfied, _)| *satisfied).collect();
        all.retain(|(one, _)| !sets.iter().any(|other| one != other && one & !other == 0));
        all
    }
}

/// ManyAnswers answers, in order, with the sides behind those that are satisfied.
struct ManyAnswers {
    shapes: Vec<AnswerShape>,
    sides_of: Vec<GroupSides>,
    active: BTreeSet<u32>,
    sides: FastMap<u32, usize>,
    /// Of the answers that are satisfied, those that sides are heard to give only through others.
    heard: BTreeSet<u32>,
    /// Where the answers that are satisfied begin, and where they end; denials aside.
    lows: BTreeMap<u64, usize>,
    highs: BTreeMap<u64, usize>,
    unions: BTreeSet<u32>,
    denied_by: BTreeSet<u32>,
    candidates: Vec<Candidate>,
}

/// The hull of an answer, whether it is a union, and whether it is one that runs to both ends of the line, as
/// a denial does.
struct AnswerShape {
    outer: Span,
    is_union: bool,
    is_denial: bool,
}

/// A candidate for an account: the stretches in which the same answers hold.
struct Candidate {
    stretches: Vec<Span>,
    /// How many answers it satisfies.
    size: usize,
    sides: usize,
    /// The first of those answers.
    first: Vec<u32>,
    key: CandidateKey,
}

/// Identifies the answers of a candidate, and tells whether they are a subset of another's, without listing
/// them all.
///
/// The window is the intersection of all single spans that hold, so it stands for them. Of the other answers
/// only those are listed that matter: small unions that hold, and denials that don't.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct CandidateKey {
    /// The stretch of the line in which all the single spans hold.
    window: Span,
    unions: Vec<u32>,
    denied_by: Vec<u32>,
}

impl CandidateKey {
    /// Whether the answers of this candidate are all among those of another, which begins there.
    fn is_within(&self, other: &Self, begin: u64) -> bool {
        let subset = |few: &[u32], many: &[u32]| few.iter().all(|set| many.binary_search(set).is_ok());
        (self.window.low..=self.window.high).contains(&begin)
            && subset(&self.unions, &other.unions)
            && subset(&other.denied_by, &self.denied_by)
    }
}

fn add_one<K: Ord>(counts: &mut BTreeMap<K, usize>, key: K) {
    *counts.entry(key).or_default() += 1;
}

fn take_one<K: Ord>(counts: &mut BTreeMap<K, usize>, key: K) {
    if let Some(count) = counts.get_mut(&key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(&key);
        }
    }
}

impl ActiveAnswers for ManyAnswers {
    fn enter(&mut self, answer: u32) {
        self.active.insert(answer);
        for side in &self.sides_of[answer as usize].sides {
            *self.sides.entry(*side).or_default() += 1;
        }
        if !self.sides_of[answer as usize].hearsay.is_empty() {
            self.heard.insert(answer);
        }
        let AnswerShape { outer, is_union, is_denial } = self.shapes[answer as usize];
        if is_denial {
            self.denied_by.remove(&answer);
            return;
        }
        if is_union {
            self.unions.insert(answer);
        }
        add_one(&mut self.lows, outer.low);
        add_one(&mut self.highs, outer.high);
    }

    fn leave(&mut self, answer: u32) {
        self.active.remove(&answer);
        for side in &self.sides_of[answer as usize].sides {
            if let Some(count) = self.sides.get_mut(side) {
                *count -= 1;
                if *count == 0 {
                    self.sides.remove(side);
                }
            }
        }
        self.heard.remove(&answer);
        let AnswerShape { outer, is_union, is_denial } = self.shapes[answer as usize];
        if is_denial {
            self.denied_by.insert(answer);
            return;
        }
        if is_union {
            self.unions.remove(&answer);
        }
        take_one(&mut self.lows, outer.low);
        take_one(&mut self.highs, outer.high);
    }

    fn add_stretch(&mut self, stretch: Span) {
        let low = self.lows.last_key_value().map_or(0, |(low, _)| *low);
        let high = self.highs.first_key_value().map_or(u64::MAX, |(high, _)| *high);
        let key = CandidateKey {
            window: Span { low, high },
            unions: self.unions.iter().copied().collect(),
            denied_by: self.denied_by.iter().copied().collect(),
        };
        let first = self.active.iter().copied().take(RANKED).collect();
        let hearsay = self.heard.iter().flat_map(|answer| &self.sides_of[*answer as usize].hearsay);
        let hearsay = speaking_too(hearsay, |relay| self.sides.contains_key(&relay));
        let (size, sides) = (self.active.len(), count(self.sides.len(), &hearsay));
        self.candidates.push(Candidate { stretches: vec![stretch], size, sides, first, key });
    }
}

impl ManyAnswers {
    fn new<'s, A: Answers + 's>(answers: impl Iterator<Item = &'s A>, sides_of: Vec<GroupSides>) -> Self {
        let shape = |answer: &A| {
            let spans = answer.spans();
            let (low, high) =
                (spans.first().map_or(0, |span| span.low), spans.last().map_or(0, |span| span.high));
            let (outer, is_union) = (Span { low, high }, spans.len() > 1);
            AnswerShape { outer, is_union, is_denial: is_union && outer == Span::EVERYTHING }
        };
        let shapes: Vec<AnswerShape> = answers.map(shape).collect();
        let denied_by = (0..).zip(&shapes).filter(|(_, shape)| shape.is_denial).map(|(nth, _)| nth).collect();
        Self {
            shapes,
            sides_of,
            denied_by,
            active: BTreeSet::new(),
            sides: FastMap::default(),
            heard: BTreeSet::new(),
            lows: BTreeMap::new(),
            highs: BTreeMap::new(),
            unions: BTreeSet::new(),
            candidates: Vec::new(),
        }
    }

    fn accounts<A: Answers>(mut self, are_single: bool, accounts: &mut Vec<FoundAccount<A>>) {
        if !are_single {
            self.keep_largest();
        }
        self.candidates
            .sort_by(|one, other| other.sides.cmp(&one.sides).then_with(|| one.first.cmp(&other.first)));
        let found = |candidate: Candidate| FoundAccount {
            answer: A::of(&candidate.stretches),
            sides: candidate.sides,
            satisfied: 0,
        };
        accounts.extend(self.candidates.into_iter().map(found));
    }

    /// Puts candidates together that satisfy the same answers, and leaves out those whose answers are among
    /// another's.
    fn keep_largest(&mut self) {
        let begins: Vec<u64> = self.candidates.iter().map(|candidate| candidate.stretches[0].low).collect();
        let mut known: FastMap<CandidateKey, usize> = FastMap::default();
        let mut candidates: Vec<Candidate> = Vec::new();
        for candidate in std::mem::take(&mut self.candidates) {
            match known.get(&candidate.key) {
                Some(same) => candidates[*same].stretches.extend(candidate.stretches),
                None => {
                    known.insert(candidate.key.clone(), candidates.len());
                    candidates.push(candidate);
                }
            }
        }
        // A candidate can only be within one that satisfies more answers, so the largest are accounts for
        // certain.
        candidates.sort_by_key(|candidate| (Reverse(candidate.size), candidate.stretches[0].low));
        let mut accepted: BTreeMap<u64, Candidate> = BTreeMap::new();
        let mut holding: Vec<Vec<u64>> = vec![Vec::new(); self.shapes.len()];
        for candidate in candidates {
            let Span { low, high } = candidate.key.window;
            let is_within = |(begin, other): (&u64, &Candidate)| candidate.key.is_within(&other.key, *begin);
            // Only those that hold its unions need be looked at, where they are fewer than those in its
            // window.
            let in_window = begins.partition_point(|at| *at <= high) - begins.partition_point(|at| *at < low);
            let held_by = candidate.key.unions.iter().map(|union| &holding[*union as usize]);
            let rarest = held_by.min_by_key(|held_by| held_by.len());
            let is_inside = match rarest.filter(|held_by| held_by.len() < in_window) {
                Some(held_by) => held_by.iter().filter_map(|at| accepted.get_key_value(at)).any(is_within),
                None => accepted.range(low..=high).any(is_within),
            };
            if !is_inside {
                let begin = candidate.stretches[0].low;
                candidate.key.unions.iter().for_each(|union| holding[*union as usize].push(begin));
                accepted.insert(begin, candidate);
            }
        }
        self.candidates = accepted.into_values().collect();
    }
}

/// Whether a set holds what no other does, and whether it holds anything that another does too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Apart {
    pub(super) holds_its_own: bool,
    pub(super) shares: bool,
}

/// What each set has to itself, and whether it shares the rest: in one sweep, as above. The spans of each are
/// in order.
pub(super) fn apart(sets: &[Vec<Span>]) -> Vec<Apart> {
    let mut ends: Vec<(u64, bool, usize)> = Vec::new();
    for (set, spans) in sets.iter().enumerate() {
        for span in spans {
            ends.push((span.low, true, set));
            ends.extend(span.high.checked_add(1).map(|after| (after, false, set)));
        }
    }
    ends.sort_unstable();
    let mut apart = vec![Apart::default(); sets.len()];
    // How many sets hold the segment, the sum of their numbers, and those of them that share nothing yet.
    let (mut active, mut sum, mut unshared) = (0, 0, Vec::new());
    for segment in ends.chunk_by(|one, other| one.0 == other.0) {
        for (_, enters, set) in segment {
            if *enters {
                (active, sum) = (active + 1, sum + set);
                unshared.push(*set);
            } else {
                (active, sum) = (active - 1, sum - set);
                unshared.retain(|other| other != set);
            }
        }
        match active {
            0 => {}
            1 => apart[sum].holds_its_own = true,
            _ => unshared.drain(..).for_each(|set| apart[set].shares = true),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::answers::Union;
    use super::*;

    /// The last point that is looked at; it stands for all beyond.
    const LAST: u64 = 40;

    fn spans(points: impl Iterator<Item = u64>) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for at in points {
            let high = if at == LAST { u64::MAX } else { at };
            match spans.last_mut() {
                Some(last) if last.high + 1 == at => last.high = high,
                _ => spans.push(Span { low: at, high }),
            }
        }
        spans
    }

    fn points(spans: &[Span]) -> Vec<u64> {
        (0..=LAST).filter(|at| spans.iter().any(|span| (span.low..=span.high).contains(at))).collect()
    }

    /// A few sets of points below 34, some in pieces, some denied.
    fn sets(pieces: usize, most: usize) -> impl Strategy<Value = Vec<Vec<u64>>> {
        let piece = (0..30_u64, 0..4_u64);
        let set = (prop::collection::vec(piece, 0..=pieces), prop::bool::weighted(0.3));
        let set = set.prop_map(move |(made, is_denied)| {
            let within = |at: &u64| made.iter().any(|(low, more)| (*low..=low + more).contains(at));
            (0..=LAST).filter(|at| within(at) != (is_denied && pieces > 1)).collect()
        });
        prop::collection::vec(set, 0..=most)
    }

    /// The accounts of some sets must be the largest sets of them that a point satisfies.
    fn assert_accounts<A: Answers>(sets: &[Vec<u64>]) -> Result<(), TestCaseError> {
        let sets: BTreeSet<&Vec<u64>> = sets.iter().filter(|set| !set.is_empty()).collect();
        let answers: Vec<A> = sets.iter().map(|set| A::of(&spans(set.iter().copied()))).collect();
        if !A::meet(answers.iter()).is_empty() {
            return Ok(());
        }
        let mut accounts = Vec::new();
        let sides_of = || {
            (0..)
                .take(answers.len())
                .map(|nth| GroupSides { sides: vec![nth], hearsay: Vec::new() })
                .collect()
        };
        let count_sides = |few: u64| few.count_ones() as usize;
        let mut line = Vec::new();
        Sweep::default().accounts(answers.iter(), count_sides, sides_of, &mut accounts, &mut line);
        prop_assert!(line.is_sorted_by_key(|span| span.low));
        let held: usize = accounts.iter().map(|found| found.answer.spans().len()).sum();
        prop_assert_eq!(held, line.len());
        let satisfied =
            |at: u64| sets.iter().copied().filter(|set| set.contains(&at)).collect::<BTreeSet<_>>();
        let all: BTreeSet<_> = (0..=LAST).map(satisfied).filter(|set| !set.is_empty()).collect();
        let largest = all.iter().filter(|set| !all.iter().any(|other| *set != other && set.is_subset(other)));
        let expected = largest.map(|set| (0..=LAST).filter(|at| satisfied(*at) == *set).collect());
        let found: BTreeSet<Vec<u64>> = accounts.iter().map(|found| points(found.answer.spans())).collect();
        prop_assert_eq!(found, expected.collect::<BTreeSet<Vec<u64>>>());
        for found in accounts {
            prop_assert_eq!(found.sides, satisfied(points(found.answer.spans())[0]).len());
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn accounts_are_the_largest_sets_that_a_point_satisfies(
            few in sets(4, 10),
            many in sets(4, 60),
            single in sets(1, 90),
        ) {
            assert_accounts::<Union>(&few)?;
            assert_accounts::<Union>(&many)?;
            assert_accounts::<Union>(&single)?;
            assert_accounts::<Span>(&single)?;
            assert_accounts::<Span>(&single[..single.len().min(20)])?;
        }

        #[test]
        fn what_sets_have_to_themselves_is_what_the_others_leave(sets in sets(4, 10)) {
            let all: Vec<Vec<Span>> = sets.iter().map(|set| spans(set.iter().copied())).collect();
            for (nth, found) in apart(&all).into_iter().enumerate() {
                let is_elsewhere =
                    |at: &&u64| sets.iter().enumerate().any(|(other, set)| other != nth && set.contains(at));
                let shared = sets[nth].iter().filter(is_elsewhere).count();
                let expected = Apart { holds_its_own: shared < sets[nth].len(), shares: shared > 0 };
                prop_assert_eq!(found, expected);
            }
        }
    }
}
