//! Sums of what is possible: every sum of one figure from each set, and which answers to one part can add up
//! at all.

use std::ops::Bound;

use rust_decimal::Decimal;

use crate::model::interval::{Interval, Ranges, begins_before};

/// Beyond this many intervals a sum is computed over their span. That can only turn "fails" into "open".
const MOST_INTERVALS: usize = 4096;

/// So many steps are taken beyond those that are few, to find out which accounts of one sum add up; then
/// whatever isn't too far off does.
const EFFORT: usize = 1 << 24;

/// Every sum of one figure from each of several sets.
#[derive(Clone)]
struct Sum {
    figures: Ranges<Decimal>,
    /// Whether it never had so many intervals that their span was used instead.
    is_exact: bool,
}

impl Sum {
    fn of_none() -> Self {
        Self { figures: Ranges::exactly(Decimal::ZERO), is_exact: true }
    }

    fn and(&self, part: &Ranges<Decimal>) -> Self {
        let sum = |left: &[Interval<Decimal>], right: &[Interval<Decimal>]| {
            left.iter().flat_map(|a| right.iter().filter_map(move |b| sum_of_two(a, b))).collect()
        };
        if self.figures.intervals().len() * part.intervals().len() <= MOST_INTERVALS {
            return Self {
                figures: sum(self.figures.intervals(), part.intervals()),
                is_exact: self.is_exact,
            };
        }
        Self { figures: sum(self.figures.span().as_slice(), part.span().as_slice()), is_exact: false }
    }

    /// How much work it is to add a set.
    fn effort(&self, part: &Ranges<Decimal>) -> usize {
        (self.figures.intervals().len() * part.intervals().len()).min(MOST_INTERVALS)
    }
}

fn sum_of_two(a: &Interval<Decimal>, b: &Interval<Decimal>) -> Option<Interval<Decimal>> {
    // A sum too large to be kept is no end at all, which can only turn "fails" into "open".
    let end = |a, b| match (a, b) {
        (Bound::Unbounded, _) | (_, Bound::Unbounded) => Bound::Unbounded,
        (Bound::Included(a), Bound::Included(b)) => {
            Decimal::checked_add(a, b).map_or(Bound::Unbounded, Bound::Included)
        }
        (Bound::Included(a) | Bound::Excluded(a), Bound::Included(b) | Bound::Excluded(b)) => {
            Decimal::checked_add(a, b).map_or(Bound::Unbounded, Bound::Excluded)
        }
    };
    Interval::new((end(a.low(), b.low()), end(a.high(), b.high())))
}

/// Every sum of one figure from each set.
pub(super) fn sum(parts: &[Ranges<Decimal>]) -> Ranges<Decimal> {
    parts.iter().fold(Sum::of_none(), |sum, part| sum.and(part)).figures
}

/// Of the accounts of each part, which can be true: what the other parts leave possible makes them add up to
/// the whole.
///
/// For each part the sum of those before it is taken, and of those after it, so that no sum is begun anew.
/// Those before are remembered for a stretch of parts at a time: their sums may have thousands of intervals
/// each.
pub(super) fn fitting(
    whole: &Ranges<Decimal>,
    parts: &[Ranges<Decimal>],
    accounts: &[Vec<Ranges<Decimal>>],
) -> Vec<Vec<bool>> {
    let stretch = parts.len().isqrt().max(1);
    let mut begins = Vec::new();
    let mut before = Sum::of_none();
    for parts in parts.chunks(stretch) {
        begins.push(before.clone());
        before = parts.iter().fold(before, |sum, part| sum.and(part));
    }
    let mut fitting = vec![Vec::new(); parts.len()];
    let mut after = Sum::of_none();
    let mut effort = 0;
    for (number, begin) in begins.into_iter().enumerate().rev() {
        let from = number * stretch;
        let to = (from + stretch).min(parts.len());
        let mut befores = vec![begin];
        for part in &parts[from..to - 1] {
            befores.extend(befores.last().map(|sum| sum.and(part)));
        }
        for (at, before) in (from..to).zip(&befores).rev() {
            let rest = &parts[at + 1..];
            let fits = |account: &Ranges<Decimal>| adds_up(whole, before, account, &after, rest, &mut effort);
            fitting[at] = accounts[at].iter().map(fits).collect();
            after = after.and(&parts[at]);
        }
    }
    fitting
}

/// Whether an account, with what the parts before and after it come to, can be the whole.
fn adds_up(
    whole: &Ranges<Decimal>,
    before: &Sum,
    account: &Ranges<Decimal>,
    after: &Sum,
    rest: &[Ranges<Decimal>],
    effort: &mut usize,
) -> bool {
    let (a, b) = (before.figures.intervals(), after.figures.intervals());
    let at_once = a.len() * b.len() * account.intervals().len();
    let in_steps = whole.intervals().len() * account.intervals().len() * (a.len() + b.len());
    let mut take = |steps: usize| {
        *effort += if steps > MOST_INTERVALS { steps } else { 0 };
        *effort <= EFFORT
    };
    let fits = if at_once <= in_steps.min(MOST_INTERVALS) {
        before.and(account).and(&after.figures).figures.overlaps(whole)
    } else if take(in_steps) {
        let targets =
            || account.intervals().iter().flat_map(|part| whole.intervals().iter().map(move |w| (part, w)));
        targets().any(|(part, target)| some_two_reach(a, part, b, target))
    } else {
        let spans = [&before.figures, account, &after.figures]
            .map(|set| set.span().map_or(Ranges::empty(), Ranges::from));
        sum(&spans).overlaps(whole)
    };
    if !fits || after.is_exact || !before.is_exact {
        return fits;
    }
    // From this end it may have fewer intervals than from the other.
    let mut sum = before.and(account);
    for part in rest {
        if !take(MOST_INTERVALS + sum.effort(part)) {
            return true;
        }
        sum = sum.and(part);
    }
    sum.figures.overlaps(whole)
}

/// Whether an interval of the one list and one of the other, with a third, come to something within the
/// target.
///
/// Both lists are in order, so that whichever interval is too low or too high for the other is so for all
/// that are left.
fn some_two_reach(
    left: &[Interval<Decimal>],
    third: &Interval<Decimal>,
    right: &[Interval<Decimal>],
    target: &Interval<Decimal>,
) -> bool {
    let (mut left, mut right) = (left, right);
    while let ([low, higher @ ..], [lower @ .., high]) = (left, right) {
        let Some(sum) = sum_of_two(low, third).and_then(|sum| sum_of_two(&sum, high)) else { return false };
        if sum.meet(target).is_some() {
            return true;
        }
        if begins_before(sum.low(), target.low()) {
            left = higher;
        } else {
            right = lower;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A set of figures around a hundred, of an interval or several.
    fn figures(most: usize) -> impl Strategy<Value = Ranges<Decimal>> {
        let end = |at: i64| {
            prop_oneof![Just(Bound::Included(at)), Just(Bound::Excluded(at)), Just(Bound::Unbounded)]
        };
        let interval = (0..100_i64, 0..4_i64).prop_flat_map(move |(low, length)| {
            let exact = Just((Bound::Included(low), Bound::Included(low)));
            prop_oneof![3 => exact, 1 => (end(low), Just(Bound::Included(low + length)))]
        });
        prop::collection::vec(interval, 1..=most).prop_filter_map("nothing is possible", |intervals| {
            let intervals = intervals
                .into_iter()
                .filter_map(|(low, high)| Interval::new((low.map(Decimal::from), high.map(Decimal::from))));
            Some(intervals.collect::<Ranges<Decimal>>()).filter(|set| !set.is_empty())
        })
    }

    /// What the accounts are asked one by one.
    fn each_anew(
        whole: &Ranges<Decimal>,
        parts: &[Ranges<Decimal>],
        accounts: &[Vec<Ranges<Decimal>>],
        sum: impl Fn(&[Ranges<Decimal>]) -> Ranges<Decimal>,
    ) -> Vec<Vec<bool>> {
        let fits = |at: usize, account: &Ranges<Decimal>| {
            let mut parts = parts.to_vec();
            parts[at] = account.clone();
            !sum(&parts).meet(whole).is_empty()
        };
        accounts
            .iter()
            .enumerate()
            .map(|(at, accounts)| accounts.iter().map(|one| fits(at, one)).collect())
            .collect()
    }

    fn accounts_of(parts: &[Ranges<Decimal>]) -> Vec<Vec<Ranges<Decimal>>> {
        parts.iter().map(|part| part.intervals().iter().map(|one| Ranges::from(*one)).collect()).collect()
    }

    proptest! {
        #[test]
        fn accounts_add_up_as_when_each_is_asked_anew(
            whole in figures(3),
            parts in prop::collection::vec(figures(3), 1..7),
        ) {
            let accounts = accounts_of(&parts);
            prop_assert_eq!(fitting(&whole, &parts, &accounts), each_anew(&whole, &parts, &accounts, sum));
        }

        #[test]
        fn of_many_intervals_nothing_that_adds_up_is_ruled_out(
            whole in figures(2),
            parts in prop::collection::vec(figures(9), 4..7),
        ) {
            let accounts = accounts_of(&parts);
            let found = fitting(&whole, &parts, &accounts);
            let without_limit = |parts: &[Ranges<Decimal>]| {
                parts.iter().fold(Ranges::exactly(Decimal::ZERO), |sum, part| {
                    let pairs = sum.intervals().iter().flat_map(|a| part.intervals().iter().map(move |b| (a, b)));
                    pairs.filter_map(|(a, b)| sum_of_two(a, b)).collect()
                })
            };
            let (limited, exact) = (
                each_anew(&whole, &parts, &accounts, sum),
                each_anew(&whole, &parts, &accounts, without_limit),
            );
            for ((found, limited), exact) in found.iter().flatten().zip(limited.iter().flatten()).zip(exact.iter().flatten()) {
                // Never wrong, and no vaguer than with one sum after the other.
                prop_assert!(*found >= *exact && *found <= *limited, "{found} {limited} {exact}");
            }
        }
    }

    #[test]
    fn two_hundred_parts_are_told_apart() {
        // All parts but one are 3 or 5, and that is 4 or 7. The whole is odd, so 4 fits.
        let one_of = |figures: [u32; 2]| figures.into_iter().map(|at| Interval::exactly(at.into())).collect();
        let mut parts: Vec<Ranges<Decimal>> = vec![one_of([3, 5]); 199];
        parts.push(one_of([4, 7]));
        let whole = Ranges::exactly(Decimal::from(701));
        let accounts = accounts_of(&parts);
        assert_eq!(fitting(&whole, &parts, &accounts)[199], [true, false]);
        assert_eq!(fitting(&whole, &parts, &accounts), each_anew(&whole, &parts, &accounts, sum));
    }
}
