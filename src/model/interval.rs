//! Answer sets over an ordered point: intervals and their canonical unions.

mod closing;

use std::fmt;
use std::ops::Bound;

use rust_decimal::Decimal;

pub(crate) use closing::Closing;

/// A point on an ordered line that an answer may fall on: a count, a decimal, a moment.
///
/// It is implemented for the points that values are made of, and is not meant to be implemented elsewhere. A
/// *discrete* point (a count, a moment to the microsecond) has a next and a previous one, so that `[0, 13]`
/// and `[14, 20]` are one stretch; a decimal has neither.
///
/// ```
/// use corroborate::{Point, rust_decimal::Decimal};
///
/// assert_eq!(Point::next(13_u64), Some(14));
/// assert_eq!(Point::next(Decimal::ONE), None); // between 1 and any other there are more
/// ```
pub trait Point: Copy + Ord + std::hash::Hash + fmt::Debug {
    /// The least point there is, where there is one: no count is below zero.
    const LEAST: Option<Self>;
    /// The greatest point there is, where there is one.
    const GREATEST: Option<Self>;
    /// Whether points follow one another, or lie dense.
    const DISCRETE: bool;

    /// The point right after this one; nothing on a dense line, or at the line's end.
    fn next(self) -> Option<Self>;

    /// The point right before this one; nothing on a dense line, or at the line's beginning.
    fn previous(self) -> Option<Self>;
}

macro_rules! discrete {
    ($($point:ty: $least:expr, $greatest:expr;)*) => {$(
        impl Point for $point {
            const LEAST: Option<Self> = $least;
            const GREATEST: Option<Self> = $greatest;
            const DISCRETE: bool = true;

            fn next(self) -> Option<Self> {
                self.checked_add(1)
            }

            fn previous(self) -> Option<Self> {
                self.checked_sub(1)
            }
        }
    )*};
}

discrete! {
    u64: Some(0), None;
    u32: Some(0), None;
}

impl Point for bool {
    const LEAST: Option<Self> = Some(false);
    const GREATEST: Option<Self> = Some(true);
    const DISCRETE: bool = true;

    fn next(self) -> Option<Self> {
        (!self).then_some(true)
    }

    fn previous(self) -> Option<Self> {
        self.then_some(false)
    }
}

impl Point for Decimal {
    const LEAST: Option<Self> = None;
    const GREATEST: Option<Self> = None;
    const DISCRETE: bool = false;

    fn next(self) -> Option<Self> {
        None
    }

    fn previous(self) -> Option<Self> {
        None
    }
}

/// An unbroken stretch of points, with open, closed or no ends; never empty.
///
/// On a discrete line an interval is kept in one form only: `more than 200` people is `[201, ∞)`.
///
/// ```
/// use corroborate::Interval;
///
/// // "between 10 and 15 trucks"
/// let trucks = Interval::new(10_u64..=15).ok_or("empty")?;
/// assert!(trucks.contains(12));
/// // 15 to 10 leaves nothing possible.
/// assert!(Interval::new((std::ops::Bound::Included(15_u64), std::ops::Bound::Included(10))).is_none());
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval<P> {
    low: Bound<P>,
    high: Bound<P>,
}

impl<P: Point> Interval<P> {
    /// The interval over a Rust range, or nothing when the range holds no point.
    pub fn new(range: impl std::ops::RangeBounds<P>) -> Option<Self> {
        let low = match range.start_bound().cloned() {
            Bound::Excluded(point) if P::DISCRETE => Bound::Included(point.next()?),
            stated => stated,
        };
        let high = match range.end_bound().cloned() {
            Bound::Excluded(point) if P::DISCRETE => Bound::Included(point.previous()?),
            stated => stated,
        };
        let void = match (low, high) {
            (Bound::Included(low), Bound::Included(high)) => low > high,
            (Bound::Included(low) | Bound::Excluded(low), Bound::Included(high) | Bound::Excluded(high)) => {
                low >= high
            }
            _ => false,
        };
        (!void).then(|| Self::canonical(low, high))
    }

    /// One form for each set of points: whatever reaches the end of the line says so in one way.
    ///
    /// A line with a declared end (no count is below zero) has it as a closed end. Where the line has none,
    /// but the numbers that points are kept in do, the last of them stands for all beyond.
    fn canonical(low: Bound<P>, high: Bound<P>) -> Self {
        let low = match (low, P::LEAST) {
            (Bound::Unbounded, Some(least)) => Bound::Included(least),
            (Bound::Included(point), None) if P::DISCRETE && point.previous().is_none() => Bound::Unbounded,
            _ => low,
        };
        let high = match (high, P::GREATEST) {
            (Bound::Unbounded, Some(greatest)) => Bound::Included(greatest),
            (Bound::Included(point), None) if P::DISCRETE && point.next().is_none() => Bound::Unbounded,
            _ => high,
        };
        Self { low, high }
    }

    /// The interval that holds one point.
    ///
    /// ```
    /// use corroborate::Interval;
    ///
    /// assert_eq!(Interval::exactly(14_u64).exact_point(), Some(14));
    /// ```
    pub fn exactly(point: P) -> Self {
        Self::canonical(Bound::Included(point), Bound::Included(point))
    }

    /// The interval that holds every point of the line.
    ///
    /// ```
    /// use corroborate::Interval;
    ///
    /// // No count is below zero.
    /// assert_eq!(Some(Interval::everything()), Interval::new(0_u64..));
    /// ```
    pub fn everything() -> Self {
        Self::canonical(Bound::Unbounded, Bound::Unbounded)
    }

    /// Where the interval begins.
    pub fn low(&self) -> Bound<P> {
        self.low
    }

    /// Where the interval ends.
    pub fn high(&self) -> Bound<P> {
        self.high
    }

    /// Whether the point lies within the interval.
    pub fn contains(&self, point: P) -> bool {
        let after = match self.low {
            Bound::Included(low) => low <= point,
            Bound::Excluded(low) => low < point,
            Bound::Unbounded => true,
        };
        let before = match self.high {
            Bound::Included(high) => point <= high,
            Bound::Excluded(high) => point < high,
            Bound::Unbounded => true,
        };
        after && before
    }

    /// The one point of the interval, where it has only one.
    pub fn exact_point(&self) -> Option<P> {
        match (self.low, self.high) {
            (Bound::Included(low), Bound::Included(high)) if low == high => Some(low),
            _ => None,
        }
    }

    /// What both intervals hold, or nothing.
    pub fn meet(&self, other: &Self) -> Option<Self> {
        Self::new((later(self.low, other.low), earlier(self.high, other.high)))
    }

    /// The smallest interval that covers both, with whatever lies between them.
    pub fn hull(&self, other: &Self) -> Self {
        let low = if begins_before(self.low, other.low) { self.low } else { other.low };
        let high = if ends_before(self.high, other.high) { other.high } else { self.high };
        Self { low, high }
    }

    /// Whether `next`, which doesn't begin before this one, overlaps it or follows it without a gap.
    fn reaches(&self, next: &Self) -> bool {
        match (self.high, next.low) {
            (Bound::Unbounded, _) | (_, Bound::Unbounded) => true,
            (Bound::Included(high), Bound::Included(low)) => low <= high || high.next() == Some(low),
            (Bound::Excluded(high), Bound::Excluded(low)) => low < high,
            (Bound::Included(high), Bound::Excluded(low)) | (Bound::Excluded(high), Bound::Included(low)) => {
                low <= high
            }
        }
    }
}

/// Whether an interval that begins at `a` begins strictly before one that begins at `b`.
pub(crate) fn begins_before<P: Ord>(a: Bound<P>, b: Bound<P>) -> bool {
    match (a, b) {
        (_, Bound::Unbounded) => false,
        (Bound::Unbounded, _) => true,
        (Bound::Included(a), Bound::Excluded(b)) => a <= b,
        (Bound::Included(a) | Bound::Excluded(a), Bound::Included(b) | Bound::Excluded(b)) => a < b,
    }
}

/// Whether an interval that ends at `a` ends strictly before one that ends at `b`.
pub(crate) fn ends_before<P: Ord>(a: Bound<P>, b: Bound<P>) -> bool {
    match (a, b) {
        (Bound::Unbounded, _) => false,
        (_, Bound::Unbounded) => true,
        (Bound::Excluded(a), Bound::Included(b)) => a <= b,
        (Bound::Included(a) | Bound::Excluded(a), Bound::Included(b) | Bound::Excluded(b)) => a < b,
    }
}

fn later<P: Point>(a: Bound<P>, b: Bound<P>) -> Bound<P> {
    if begins_before(a, b) { b } else { a }
}

fn earlier<P: Point>(a: Bound<P>, b: Bound<P>) -> Bound<P> {
    if ends_before(a, b) { a } else { b }
}

/// Where the stretch after `high` begins.
fn after<P: Point>(high: Bound<P>) -> Option<Bound<P>> {
    match high {
        Bound::Included(point) => Some(Bound::Excluded(point)),
        Bound::Excluded(point) => Some(Bound::Included(point)),
        Bound::Unbounded => None,
    }
}

impl<P: fmt::Debug> fmt::Debug for Interval<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.low {
            Bound::Included(low) => write!(f, "[{low:?}, ")?,
            Bound::Excluded(low) => write!(f, "({low:?}, ")?,
            Bound::Unbounded => f.write_str("(-∞, ")?,
        }
        match &self.high {
            Bound::Included(high) => write!(f, "{high:?}]"),
            Bound::Excluded(high) => write!(f, "{high:?})"),
            Bound::Unbounded => f.write_str("∞)"),
        }
    }
}

/// A set of points: the canonical union of intervals that don't touch, in order; nearly always of one.
///
/// This is what a value *leaves possible*. Two sets are equal exactly when they hold the same points, and the
/// lattice laws hold: `meet` and `join` are commutative, associative, idempotent, and absorb each other.
///
/// ```
/// use corroborate::Ranges;
///
/// let iraq = Ranges::exactly(14_u64);
/// let us = Ranges::exactly(15_u64);
/// let newspaper = Ranges::from(14_u64..);
///
/// assert!(iraq.meet(&us).is_empty()); // both can't be true
/// assert!(iraq.entails(&newspaper) && us.entails(&newspaper)); // the floor fits both
/// assert_eq!(iraq.hull(&us), Ranges::from(14..=15)); // common ground
///
/// // Who denies 14 leaves 13, and 15. Nothing is left of 14 then, and with 14 everything is.
/// let denial = iraq.complement();
/// assert_eq!(denial.intervals().len(), 2);
/// assert_eq!(denial.meet(&iraq), Ranges::empty());
/// assert_eq!(denial.join(&iraq), Ranges::everything());
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Ranges<P>(Repr<P>);

/// One interval is kept in place: it is by far the commonest case, and needs no allocation.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr<P> {
    Empty,
    One(Interval<P>),
    Many(Box<[Interval<P>]>),
}

impl<P: Point> Ranges<P> {
    /// The set that holds nothing. No value denotes it; a meet may.
    pub fn empty() -> Self {
        Self(Repr::Empty)
    }

    /// The set that holds every point.
    pub fn everything() -> Self {
        Self(Repr::One(Interval::everything()))
    }

    /// The set that holds one point.
    pub fn exactly(point: P) -> Self {
        Self(Repr::One(Interval::exactly(point)))
    }

    /// The set's intervals, in order, none touching the next.
    pub fn intervals(&self) -> &[Interval<P>] {
        match &self.0 {
            Repr::Empty => &[],
            Repr::One(interval) => std::slice::from_ref(interval),
            Repr::Many(intervals) => intervals,
        }
    }

    fn from_canonical(intervals: Vec<Interval<P>>) -> Self {
        match intervals.as_slice() {
            [] => Self(Repr::Empty),
            [one] => Self(Repr::One(*one)),
            _ => Self(Repr::Many(intervals.into_boxed_slice())),
        }
    }

    /// Whether nothing is possible.
    pub fn is_empty(&self) -> bool {
        matches!(self.0, Repr::Empty)
    }

    /// Whether everything is possible.
    pub fn is_everything(&self) -> bool {
        matches!(&self.0, Repr::One(interval) if *interval == Interval::everything())
    }

    /// The one point of the set, where it has only one.
    pub fn exact_point(&self) -> Option<P> {
        match &self.0 {
            Repr::One(interval) => interval.exact_point(),
            _ => None,
        }
    }

    /// Whether the set holds just one point.
    pub fn is_exact(&self) -> bool {
        self.exact_point().is_some()
    }

    /// Whether the point is possible.
    pub fn contains(&self, point: P) -> bool {
        match &self.0 {
            Repr::Empty => false,
            Repr::One(interval) => interval.contains(point),
            Repr::Many(intervals) => {
                let at = intervals.partition_point(|i| ends_before(i.high, Bound::Included(point)));
                intervals.get(at).is_some_and(|i| i.contains(point))
            }
        }
    }

    /// What both sets hold: the answers that satisfy both speakers.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Self {
        if let (Repr::One(a), Repr::One(b)) = (&self.0, &other.0) {
            return a.meet(b).map_or(Self::empty(), |i| Self(Repr::One(i)));
        }
        let (mut left, mut right) = (self.intervals(), other.intervals());
        let mut met = Vec::new();
        while let ([a, more_left @ ..], [b, more_right @ ..]) = (left, right) {
            met.extend(a.meet(b));
            if ends_before(a.high, b.high) {
                left = more_left;
            } else {
                right = more_right;
            }
        }
        Self::from_canonical(met)
    }

    /// What all sets hold; everything, where there are none. Two and two are met, so that none is gone
    /// through often.
    pub(crate) fn meet_all<S: std::borrow::Borrow<Self>>(sets: &[S]) -> Self {
        match sets {
            [] => Self::everything(),
            [one] => one.borrow().clone(),
            _ => {
                let (left, right) = sets.split_at(sets.len() / 2);
                Self::meet_all(left).meet(&Self::meet_all(right))
            }
        }
    }

    /// Whether the sets have a point in common. It looks at few intervals of the longer one.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let (a, b) = (self.intervals(), other.intervals());
        let (few, many) = if a.len() <= b.len() { (self, other) } else { (other, self) };
        few.intervals().iter().any(|one| many.within(one).next().is_some())
    }

    /// What the set holds of an interval.
    fn within(&self, interval: &Interval<P>) -> impl Iterator<Item = Interval<P>> {
        let all = self.intervals();
        let before = |one: &Interval<P>| begins_before(one.low, interval.low) && one.meet(interval).is_none();
        all[all.partition_point(before)..].iter().map_while(|one| one.meet(interval))
    }

    /// What either set holds.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        self.intervals().iter().chain(other.intervals()).copied().collect()
    }

    /// Everything that the set doesn't hold: what a denial leaves possible.
    #[must_use]
    pub fn complement(&self) -> Self {
        let mut gaps = Vec::new();
        let mut from = Some(Interval::<P>::everything().low);
        for interval in self.intervals() {
            if let (Some(low), Some(high)) = (from, before(interval.low)) {
                gaps.extend(Interval::new((low, high)));
            }
            from = after(interval.high);
        }
        if let Some(low) = from {
            gaps.extend(Interval::new((low, Bound::Unbounded)));
        }
        Self::from_canonical(gaps)
    }

    /// Whether whatever this set leaves possible, the other does too: it says at least as much.
    pub fn entails(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.intervals(), other.intervals());
        if ours.len() > theirs.len() {
            return !self.overlaps(&other.complement());
        }
        ours.iter().all(|one| {
            let reaches = |other: &Interval<P>| !ends_before(other.high, one.high);
            let around = theirs.get(theirs.partition_point(|other| !reaches(other)));
            around.is_some_and(|other| !begins_before(one.low, other.low))
        })
    }

    /// The smallest single interval over both sets, gaps included.
    ///
    /// For common ground only: it is no lattice join, since it lets in what nobody said.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        match (self.span(), other.span()) {
            (Some(a), Some(b)) => Self(Repr::One(a.hull(&b))),
            (Some(one), None) | (None, Some(one)) => Self(Repr::One(one)),
            (None, None) => Self::empty(),
        }
    }

    /// The smallest single interval over the set, gaps included; nothing for the empty set.
    pub fn span(&self) -> Option<Interval<P>> {
        let (first, last) = (self.intervals().first()?, self.intervals().last()?);
        Some(Interval { low: first.low, high: last.high })
    }
}

/// Where the stretch before `low` ends.
fn before<P: Point>(low: Bound<P>) -> Option<Bound<P>> {
    match low {
        Bound::Included(point) => Some(Bound::Excluded(point)),
        Bound::Excluded(point) => Some(Bound::Included(point)),
        Bound::Unbounded => None,
    }
}

impl<P: Point> FromIterator<Interval<P>> for Ranges<P> {
    fn from_iter<I: IntoIterator<Item = Interval<P>>>(intervals: I) -> Self {
        let mut all: Vec<_> = intervals.into_iter().collect();
        all.sort_by(|a, b| {
            if begins_before(a.low, b.low) {
                std::cmp::Ordering::Less
            } else if begins_before(b.low, a.low) {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        });
        all.dedup_by(|interval, last| {
            let reaches = last.reaches(interval);
            if reaches {
                *last = last.hull(interval);
            }
            reaches
        });
        Self::from_canonical(all)
    }
}

impl<'r, P: Point> IntoIterator for &'r Ranges<P> {
    type Item = &'r Interval<P>;
    type IntoIter = std::slice::Iter<'r, Interval<P>>;

    fn into_iter(self) -> Self::IntoIter {
        self.intervals().iter()
    }
}

impl<P: Point> From<Interval<P>> for Ranges<P> {
    fn from(interval: Interval<P>) -> Self {
        Self(Repr::One(interval))
    }
}

macro_rules! from_range {
    ($($range:ty),*) => {$(
        impl<P: Point> From<$range> for Ranges<P> {
            fn from(range: $range) -> Self {
                Interval::new(range).map_or(Self::empty(), Self::from)
            }
        }
    )*};
}

from_range!(
    std::ops::Range<P>,
    std::ops::RangeFrom<P>,
    std::ops::RangeInclusive<P>,
    std::ops::RangeTo<P>,
    std::ops::RangeToInclusive<P>,
    (Bound<P>, Bound<P>)
);

impl<P: fmt::Debug + Point> fmt::Debug for Ranges<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.intervals() {
            [] => f.write_str("{}"),
            [first, rest @ ..] => {
                write!(f, "{first:?}")?;
                rest.iter().try_for_each(|interval| write!(f, " ∪ {interval:?}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn interval() -> impl Strategy<Value = Interval<u64>> {
        let end = |at| {
            prop_oneof![
                3 => Just(Bound::Included(at)),
                1 => Just(Bound::Excluded(at)),
                1 => Just(Bound::Unbounded),
            ]
        };
        let ends = (0..40_u64, 0..6_u64).prop_flat_map(move |(low, more)| (end(low), end(low + more)));
        ends.prop_filter_map("nothing is in it", Interval::new)
    }

    pub(super) fn set() -> impl Strategy<Value = Ranges<u64>> {
        let some =
            prop::collection::vec(interval(), 0..5).prop_map(|intervals| intervals.into_iter().collect());
        some.prop_flat_map(|set: Ranges<u64>| prop_oneof![Just(set.complement()), Just(set)])
    }

    pub(super) fn decimals(set: &Ranges<u64>) -> Ranges<Decimal> {
        let end = |bound: Bound<u64>| bound.map(Decimal::from);
        set.intervals().iter().filter_map(|i| Interval::new((end(i.low), end(i.high)))).collect()
    }

    proptest! {
        #[test]
        fn what_is_looked_up_is_what_the_meet_says(a in set(), b in set()) {
            prop_assert_eq!(a.entails(&b), a.meet(&b) == a);
            prop_assert_eq!(a.overlaps(&b), !a.meet(&b).is_empty());
            prop_assert!(a.meet(&b).entails(&b) && a.entails(&a.join(&b)));
            let (a, b) = (decimals(&a), decimals(&b).complement());
            prop_assert_eq!(a.entails(&b), a.meet(&b) == a);
            prop_assert_eq!(a.overlaps(&b), !a.meet(&b).is_empty());
            prop_assert!(a.meet(&b).entails(&b) && a.entails(&a.join(&b)));
        }

        #[test]
        fn all_are_met_as_one_by_one(sets in prop::collection::vec(set(), 0..20)) {
            let one_by_one = sets.iter().fold(Ranges::everything(), |meet, set| meet.meet(set));
            prop_assert_eq!(Ranges::meet_all(&sets), one_by_one);
        }
    }
}
