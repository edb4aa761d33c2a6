//! Accounts: the largest sets of assertions that one single answer satisfies.
//!
//! A sweep over the ends of all answer sets. Between two ends every point satisfies the same sets, so each such
//! *segment* is a candidate, and an account is a candidate that no other contains. Nothing is quadratic in the sets,
//! unless most of them are unions with many parts that overlap one another.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;

use crate::model::interval::{Interval, Point, Ranges, begins_before};

/// One distinct answer set, with the sides that gave it.
pub(super) struct Given<'s, P> {
    pub(super) answers: &'s Ranges<P>,
    pub(super) sides: &'s [u32],
}

/// How many of an account's first answer sets its rank looks at.
pub(super) const RANKED: usize = 8;

/// The answers that satisfy each account, those of most sides first, then in the order of the sets given.
///
/// The sets must be distinct, not empty, and in input order.
pub(super) fn accounts<P: Point>(given: &[Given<'_, P>]) -> Vec<Ranges<P>> {
    if given.is_empty() {
        return Vec::new();
    }
    let sets: Vec<&Ranges<P>> = given.iter().map(|given| given.answers).collect();
    let meet = Ranges::meet_all(&sets);
    if meet.is_empty() { Sweep::over(given).accounts(given) } else { vec![meet] }
}

/// A maximal run of segments that satisfy the same sets.
struct Cell {
    segments: Vec<usize>,
    /// How many sets it satisfies.
    size: usize,
    sides: usize,
    /// The first of those sets.
    first: Vec<usize>,
    key: Key,
}

/// What tells the segments of two cells apart, and whether one cell's sets are among another's.
///
/// Sets of one interval all hold within the window exactly if they hold at any point that the window is made of, so
/// the window stands for them. Of the others the few that matter are listed: small unions that hold, and unions that
/// run to both ends (denials) and don't.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    /// The first segment, and the one after the last, that all the sets of one interval hold in.
    window: (usize, usize),
    unions: Vec<usize>,
    denied_by: Vec<usize>,
}

impl Key {
    /// Whether the sets of this cell are all among those of another, which begins at that segment.
    fn is_within(&self, other: &Self, segment: usize) -> bool {
        let subset = |few: &[usize], many: &[usize]| few.iter().all(|set| many.binary_search(set).is_ok());
        (self.window.0..self.window.1).contains(&segment)
            && subset(&self.unions, &other.unions)
            && subset(&other.denied_by, &self.denied_by)
    }
}

struct Sweep<P> {
    cells: Vec<Cell>,
    /// Where each segment begins.
    cuts: Vec<Bound<P>>,
}

/// What happens to a set where a segment begins.
struct Event {
    cut: usize,
    set: usize,
    enters: bool,
}

impl<P: Point> Sweep<P> {
    fn over(given: &[Given<'_, P>]) -> Self {
        let intervals = || {
            given.iter().enumerate().flat_map(|(set, g)| g.answers.intervals().iter().map(move |i| (set, i)))
        };
        let mut cuts: Vec<Bound<P>> =
            intervals().flat_map(|(_, i)| [Some(i.low()), begins_after(i)]).flatten().collect();
        cuts.sort_by(|a, b| compare(*a, *b));
        cuts.dedup();
        let position = |low: Bound<P>| cuts.partition_point(|cut| begins_before(*cut, low));
        let mut events = Vec::new();
        let mut spans = vec![(usize::MAX, 0); given.len()];
        for (set, interval) in intervals() {
            let from = position(interval.low());
            let to = begins_after(interval).map_or(cuts.len(), position);
            spans[set] = (spans[set].0.min(from), spans[set].1.max(to));
            events.push(Event { cut: from, set, enters: true });
            events.push(Event { cut: to, set, enters: false });
        }
        events.sort_by_key(|event| (event.cut, event.enters, event.set));

        let everything = Interval::<P>::everything();
        let to_both_ends = |set: usize| {
            let span = given[set].answers.span();
            given[set].answers.intervals().len() > 1 && span == Some(everything)
        };
        let is_union = |set: usize| given[set].answers.intervals().len() > 1;
        let mut active = BTreeSet::new();
        let mut sides: HashMap<u32, usize, foldhash::fast::FixedState> = HashMap::default();
        let (mut lows, mut highs): (BTreeMap<usize, usize>, BTreeMap<usize, usize>) = Default::default();
        let mut unions = BTreeSet::new();
        let mut denied_by: BTreeSet<usize> = (0..given.len()).filter(|set| to_both_ends(*set)).collect();
        let mut cells: Vec<Cell> = Vec::new();
        let mut known: HashMap<Key, usize, foldhash::fast::FixedState> = HashMap::default();
        let mut events = events.into_iter().peekable();
        for segment in 0..cuts.len() {
            while let Some(Event { set, enters, .. }) = events.next_if(|event| event.cut == segment) {
                if enters {
                    active.insert(set);
                    given[set].sides.iter().for_each(|side| *sides.entry(*side).or_default() += 1);
                } else {
                    active.remove(&set);
                    given[set].sides.iter().for_each(|side| decrease(&mut sides, side));
                }
                if to_both_ends(set) {
                    if enters {
                        denied_by.remove(&set)
                    } else {
                        denied_by.insert(set)
                    };
                    continue;
                }
                if is_union(set) {
                    if enters {
                        unions.insert(set)
                    } else {
                        unions.remove(&set)
                    };
                }
                let (from, to) = spans[set];
                if enters {
                    *lows.entry(from).or_default() += 1;
                    *highs.entry(to).or_default() += 1;
                } else {
                    decrease_ordered(&mut lows, from);
                    decrease_ordered(&mut highs, to);
                }
            }
            if active.is_empty() {
                continue;
            }
            let window = (
                lows.last_key_value().map_or(0, |(low, _)| *low),
                highs.first_key_value().map_or(cuts.len(), |(high, _)| *high),
            );
            let key = Key {
                window,
                unions: unions.iter().copied().collect(),
                denied_by: denied_by.iter().copied().collect(),
            };
            match known.get(&key) {
                Some(cell) => cells[*cell].segments.push(segment),
                None => {
                    known.insert(key.clone(), cells.len());
                    let first = active.iter().copied().take(RANKED).collect();
                    cells.push(Cell {
                        segments: vec![segment],
                        size: active.len(),
                        sides: sides.len(),
                        first,
                        key,
                    });
                }
            }
        }
        Self { cells, cuts }
    }

    fn accounts(mut self, given: &[Given<'_, P>]) -> Vec<Ranges<P>> {
        debug_assert!(given.len() > 1, "one set makes one account");
        // A cell can only be within one that satisfies more sets, so the largest are accounts for certain.
        self.cells.sort_by_key(|cell| (Reverse(cell.size), cell.segments[0]));
        let mut accepted: BTreeMap<usize, Cell> = BTreeMap::new();
        let mut holding: Vec<Vec<usize>> = vec![Vec::new(); given.len()];
        for cell in std::mem::take(&mut self.cells) {
            let (from, to) = cell.key.window;
            let is_within = |(segment, other): (&usize, &Cell)| cell.key.is_within(&other.key, *segment);
            // Only those that hold its unions need be looked at, where they are fewer than those in its window.
            let rarest =
                cell.key.unions.iter().map(|union| &holding[*union]).min_by_key(|held_by| held_by.len());
            let inside = match rarest.filter(|held_by| held_by.len() < to.saturating_sub(from)) {
                Some(held_by) => {
                    held_by.iter().filter_map(|segment| accepted.get_key_value(segment)).any(is_within)
                }
                None => accepted.range(from..to).any(is_within),
            };
            if !inside {
                cell.key.unions.iter().for_each(|union| holding[*union].push(cell.segments[0]));
                accepted.insert(cell.segments[0], cell);
            }
        }
        let mut accounts: Vec<Cell> = accepted.into_values().collect();
        accounts.sort_by(|a, b| b.sides.cmp(&a.sides).then_with(|| a.first.cmp(&b.first)));
        accounts
            .iter()
            .map(|cell| cell.segments.iter().filter_map(|segment| self.segment(*segment)).collect())
            .collect()
    }

    fn segment(&self, segment: usize) -> Option<Interval<P>> {
        let high = match self.cuts.get(segment + 1) {
            Some(Bound::Included(next)) => Bound::Excluded(*next),
            Some(Bound::Excluded(next)) => Bound::Included(*next),
            Some(Bound::Unbounded) | None => Bound::Unbounded,
        };
        Interval::new((self.cuts[segment], high))
    }
}

/// Whether a set holds what no other does, and whether it holds anything that another does too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Apart {
    pub(super) holds_its_own: bool,
    pub(super) shares: bool,
}

/// What each set has to itself, and whether it shares the rest: in one sweep, as above.
pub(super) fn apart<P: Point>(sets: &[Ranges<P>]) -> Vec<Apart> {
    let mut ends: Vec<(Bound<P>, bool, usize)> = Vec::new();
    for (set, ranges) in sets.iter().enumerate() {
        for interval in ranges.intervals() {
            ends.push((interval.low(), true, set));
            ends.extend(begins_after(interval).map(|after| (after, false, set)));
        }
    }
    ends.sort_by(|a, b| compare(a.0, b.0).then(a.1.cmp(&b.1)));
    let mut apart = vec![Apart::default(); sets.len()];
    // How many sets hold the segment, the sum of their numbers, and those of them that share nothing yet.
    let (mut active, mut sum, mut unshared) = (0, 0, Vec::new());
    for segment in ends.chunk_by(|a, b| compare(a.0, b.0).is_eq()) {
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

fn decrease(counts: &mut HashMap<u32, usize, foldhash::fast::FixedState>, key: &u32) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

fn decrease_ordered(counts: &mut BTreeMap<usize, usize>, key: usize) {
    if let Some(count) = counts.get_mut(&key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(&key);
        }
    }
}

/// Where the stretch behind an interval begins; nothing where the interval runs on for ever.
fn begins_after<P: Point>(interval: &Interval<P>) -> Option<Bound<P>> {
    match interval.high() {
        Bound::Included(point) if P::DISCRETE => point.next().map(Bound::Included),
        Bound::Included(point) => Some(Bound::Excluded(point)),
        Bound::Excluded(point) => Some(Bound::Included(point)),
        Bound::Unbounded => None,
    }
}

fn compare<P: Point>(a: Bound<P>, b: Bound<P>) -> Ordering {
    begins_before(b, a).cmp(&begins_before(a, b))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The last point that is looked at; it stands for all beyond.
    const LAST: u64 = 40;

    fn points(set: &Ranges<u64>) -> Vec<u64> {
        (0..=LAST).filter(|at| set.contains(*at)).collect()
    }

    fn interval(at: u64) -> Interval<u64> {
        let from_here_on = Interval::new(at..).unwrap_or(Interval::everything());
        if at == LAST { from_here_on } else { Interval::exactly(at) }
    }

    /// A few sets of points below 34, some in pieces, some denied.
    fn sets() -> impl Strategy<Value = Vec<Ranges<u64>>> {
        let set = prop::collection::vec((0..30_u64, 0..4_u64), 0..4).prop_map(|pieces| {
            pieces
                .into_iter()
                .filter_map(|(low, more)| Interval::new(low..=low + more))
                .collect::<Ranges<u64>>()
        });
        let set = (set, prop::bool::weighted(0.3));
        prop::collection::vec(
            set.prop_map(|(set, denied)| if denied { set.complement() } else { set }),
            0..10,
        )
    }

    proptest! {
        #[test]
        fn accounts_are_the_largest_sets_that_a_point_satisfies(sets in sets()) {
            let sets: BTreeSet<Vec<u64>> = sets.iter().filter(|set| !set.is_empty()).map(points).collect();
            let of = |points: &Vec<u64>| points.iter().map(|at| interval(*at)).collect::<Ranges<u64>>();
            let ranges: Vec<Ranges<u64>> = sets.iter().map(of).collect();
            let given: Vec<Given<'_, u64>> = ranges.iter().map(|answers| Given { answers, sides: &[] }).collect();
            let found: BTreeSet<Vec<u64>> = accounts(&given).iter().map(points).collect();
            let satisfied = |at: u64| (0..ranges.len()).filter(|set| ranges[*set].contains(at)).collect::<BTreeSet<_>>();
            let all: BTreeSet<BTreeSet<usize>> = (0..=LAST).map(satisfied).filter(|set| !set.is_empty()).collect();
            let largest = all.iter().filter(|set| !all.iter().any(|other| *set != other && set.is_subset(other)));
            let expected = largest.map(|set| (0..=LAST).filter(|at| satisfied(*at) == *set).collect());
            prop_assert_eq!(found, expected.collect::<BTreeSet<Vec<u64>>>());
        }

        #[test]
        fn what_sets_have_to_themselves_is_what_the_others_leave(sets in sets()) {
            for (at, found) in apart(&sets).into_iter().enumerate() {
                let others = sets.iter().enumerate().filter(|(other, _)| *other != at);
                let others = others.fold(Ranges::empty(), |all, (_, set)| all.join(set));
                let (holds_its_own, shares) = (!sets[at].entails(&others), !sets[at].meet(&others).is_empty());
                prop_assert_eq!(found, Apart { holds_its_own, shares });
            }
        }
    }
}
