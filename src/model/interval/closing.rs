//! A meet that sets are added to one by one.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Bound;

use super::{Interval, Point, Ranges, after, before, begins_before, ends_before};

/// A meet that sets are added to one by one, to learn which of them bring it closer.
///
/// Its intervals are kept in order, and what a set excludes is cut out of them. So adding a set takes little,
/// however many intervals the meet has come to: each of them is found by its beginning, and cut out once.
pub(crate) struct Closing<P> {
    /// Invariant: each interval stands under its own lower end, and none touches the next, as in [`Ranges`].
    left: BTreeMap<LowerEnd<P>, Interval<P>>,
}

impl<P: Point> Closing<P> {
    pub(crate) fn new() -> Self {
        let everything = Interval::everything();
        Self { left: BTreeMap::from([(LowerEnd(everything.low), everything)]) }
    }

    /// Adds a set, and says whether less is possible since.
    pub(crate) fn add(&mut self, set: &Ranges<P>) -> bool {
        set.complement().intervals().iter().fold(false, |is_less, gap| self.cut(gap) | is_less)
    }

    /// Takes an interval out, and says whether anything of it was there.
    fn cut(&mut self, gap: &Interval<P>) -> bool {
        // Intervals don't touch, so of those that begin before the gap only the last can reach into it. The
        // search starts there and ends at the first that lies behind: each interval is visited only if it is
        // cut.
        let first =
            self.left.range(..=LowerEnd(gap.low)).next_back().map_or(LowerEnd(gap.low), |(low, _)| *low);
        let within = self.left.range(first..).map(|(_, interval)| *interval);
        let within = within
            .skip_while(|interval| begins_before(interval.low, gap.low) && interval.meet(gap).is_none());
        let within: Vec<Interval<P>> = within.take_while(|interval| interval.meet(gap).is_some()).collect();
        for interval in &within {
            // What of it sticks out on either side of the gap stays, as one interval or as two.
            self.left.remove(&LowerEnd(interval.low));
            let begins = before(gap.low)
                .filter(|_| begins_before(interval.low, gap.low))
                .map(|high| (interval.low, high));
            let ends = after(gap.high)
                .filter(|_| ends_before(gap.high, interval.high))
                .map(|low| (low, interval.high));
            let rest = [begins, ends].into_iter().flatten().filter_map(Interval::new);
            self.left.extend(rest.map(|interval| (LowerEnd(interval.low), interval)));
        }
        !within.is_empty()
    }
}

/// Where an interval begins, in the order of beginnings.
#[derive(Clone, Copy)]
struct LowerEnd<P>(Bound<P>);

impl<P: Copy + Ord> Ord for LowerEnd<P> {
    fn cmp(&self, other: &Self) -> Ordering {
        if begins_before(self.0, other.0) {
            Ordering::Less
        } else if begins_before(other.0, self.0) {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }
}

impl<P: Copy + Ord> PartialOrd for LowerEnd<P> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<P: Copy + Ord> PartialEq for LowerEnd<P> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<P: Copy + Ord> Eq for LowerEnd<P> {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{decimals, set};
    use super::*;

    proptest! {
        #[test]
        fn a_meet_closes_as_when_it_is_met_one_by_one(sets in prop::collection::vec(set(), 0..20)) {
            let (mut closing, mut meet) = (Closing::new(), Ranges::everything());
            let (mut dense, mut dense_meet) = (Closing::new(), Ranges::everything());
            for set in &sets {
                let closer = meet.meet(set);
                prop_assert_eq!(closing.add(set), closer != meet);
                meet = closer;
                prop_assert_eq!(closing.left.values().copied().collect::<Ranges<u64>>(), meet.clone());
                let set = &decimals(set);
                let closer = dense_meet.meet(set);
                prop_assert_eq!(dense.add(set), closer != dense_meet);
                dense_meet = closer;
            }
        }
    }
}
