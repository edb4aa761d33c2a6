//! What answers leave possible, in integers: all that the judge needs of them.
//!
//! A claim's answers lie on a line: the counts, the moments, the taxonomy's numbers. All those lines are made of whole
//! steps, so that a stretch of one is two integers, and comparing answers takes no arithmetic of theirs. Quantities lie
//! dense. Of them the ends that a claim's answers have are numbered instead, in their order.

use std::ops::Bound;

use rust_decimal::Decimal;

use crate::model::claim::Kind;
use crate::model::date::Moment;
use crate::model::digits::Digits;
use crate::model::interval::{Interval, Point, Ranges};
use crate::model::value::AnswerSet;
use crate::outcome::Dispute;

/// A stretch of a claim's line, with both its ends.
///
/// Zero is the line's beginning, and the last integer stands for no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Span {
    pub(super) low: u64,
    pub(super) high: u64,
}

impl Span {
    /// No stretch at all.
    pub(super) const EMPTY: Self = Self { low: 1, high: 0 };
    pub(super) const EVERYTHING: Self = Self { low: 0, high: u64::MAX };

    pub(super) fn is_empty(self) -> bool {
        self.low > self.high
    }

    fn meet(self, other: Self) -> Self {
        Self { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    /// Whether all of the other lies within this one.
    pub(super) fn holds(self, other: Self) -> bool {
        self.low <= other.low && other.high <= self.high
    }

    pub(super) fn overlaps(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    fn interval<P: LineStep>(self) -> Option<Interval<P>> {
        let low = if self.low == 0 { Bound::Unbounded } else { Bound::Included(P::at(self.low)) };
        let high = if self.high == u64::MAX { Bound::Unbounded } else { Bound::Included(P::at(self.high)) };
        Interval::new((low, high))
    }
}

/// The answers that a statement leaves possible.
///
/// There are two ways to keep them: one [`Span`], as nearly all answers are, which takes no memory of its own; or a
/// [`Union`] of them.
pub(super) trait Answers: Clone + Eq + std::hash::Hash + std::fmt::Debug {
    /// The spans, in order. None touches the next.
    fn spans(&self) -> &[Span];

    /// Of spans in order, of which none touches the next.
    fn of(spans: &[Span]) -> Self;

    /// What all of some leave possible together; everything, where there are none.
    fn meet<'a>(all: impl Iterator<Item = &'a Self> + Clone) -> Self
    where
        Self: 'a;

    /// Whether these answers hold all of others: whoever leaves these possible doesn't exclude any of those.
    fn holds(&self, others: &Self) -> bool;

    /// Whether the two have an answer in common.
    fn overlaps(&self, others: &Self) -> bool;

    fn is_empty(&self) -> bool;
}

impl Answers for Span {
    fn spans(&self) -> &[Span] {
        std::slice::from_ref(self)
    }

    fn of(spans: &[Span]) -> Self {
        match spans {
            [one] => *one,
            _ => Self::EMPTY,
        }
    }

    fn meet<'a>(all: impl Iterator<Item = &'a Self> + Clone) -> Self {
        all.fold(Self::EVERYTHING, |meet, one| meet.meet(*one))
    }

    fn holds(&self, others: &Self) -> bool {
        Self::holds(*self, *others)
    }

    fn overlaps(&self, others: &Self) -> bool {
        Self::overlaps(*self, *others)
    }

    fn is_empty(&self) -> bool {
        Self::is_empty(*self)
    }
}

/// Answers of any number of spans. One is kept in place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Union {
    One(Span),
    Several(Box<[Span]>),
}

impl Union {
    pub(super) fn from_vec(spans: Vec<Span>) -> Self {
        match spans.as_slice() {
            [one] => Self::One(*one),
            _ => Self::Several(spans.into()),
        }
    }

    /// What two leave possible together.
    fn meet_of_two(&self, other: &Self) -> Self {
        let (mut ours, mut theirs) = (self.spans(), other.spans());
        let mut met = Vec::new();
        while let ([one, our_rest @ ..], [other, their_rest @ ..]) = (ours, theirs) {
            let both = one.meet(*other);
            if !both.is_empty() {
                met.push(both);
            }
            if one.high < other.high { ours = our_rest } else { theirs = their_rest }
        }
        Self::from_vec(met)
    }

    /// Two and two are met, so that none is gone through often.
    fn meet_of_many(all: &[&Self]) -> Self {
        match all {
            [] => Self::One(Span::EVERYTHING),
            [one] => (*one).clone(),
            _ => {
                let (left, right) = all.split_at(all.len() / 2);
                Self::meet_of_many(left).meet_of_two(&Self::meet_of_many(right))
            }
        }
    }

    /// What lies between these and around them.
    fn gaps(&self) -> impl Iterator<Item = Span> {
        let spans = self.spans();
        let begins = std::iter::once(Some(0)).chain(spans.iter().map(|span| span.high.checked_add(1)));
        let ends = spans.iter().map(|span| span.low.checked_sub(1)).chain([Some(u64::MAX)]);
        let gaps = begins.zip(ends).filter_map(|(low, high)| Some(Span { low: low?, high: high? }));
        gaps.filter(|gap| !gap.is_empty())
    }
}

impl Answers for Union {
    fn spans(&self) -> &[Span] {
        match self {
            Self::One(span) => std::slice::from_ref(span),
            Self::Several(spans) => spans,
        }
    }

    fn of(spans: &[Span]) -> Self {
        Self::from_vec(spans.to_vec())
    }

    fn meet<'a>(all: impl Iterator<Item = &'a Self> + Clone) -> Self {
        Self::meet_of_many(&all.collect::<Vec<_>>())
    }

    fn holds(&self, others: &Self) -> bool {
        // Whichever are fewer are looked up in the other.
        if self.spans().len() < others.spans().len() {
            return !self.gaps().any(|gap| reach(others.spans(), gap));
        }
        others.spans().iter().all(|other| {
            let spans = self.spans();
            let around = spans.get(spans.partition_point(|one| one.high < other.low));
            around.is_some_and(|one| Span::holds(*one, *other))
        })
    }

    fn overlaps(&self, others: &Self) -> bool {
        let (few, many) =
            if self.spans().len() <= others.spans().len() { (self, others) } else { (others, self) };
        few.spans().iter().any(|span| reach(many.spans(), *span))
    }

    fn is_empty(&self) -> bool {
        self.spans().iter().all(|span| span.is_empty())
    }
}

/// Whether a span has anything in common with some in order. It takes one look-up, however many there are.
pub(super) fn reach(spans: &[Span], span: Span) -> bool {
    let first = spans.partition_point(|one| one.high < span.low);
    spans.get(first).is_some_and(|one| Span::overlaps(*one, span))
}

/// A point of a line of whole steps, which has a number in the order of the line.
pub(super) trait LineStep: Point {
    fn number(self) -> u64;
    fn at(number: u64) -> Self;
}

impl LineStep for u64 {
    fn number(self) -> u64 {
        self
    }

    fn at(number: u64) -> Self {
        number
    }
}

impl LineStep for u32 {
    fn number(self) -> u64 {
        self.into()
    }

    fn at(number: u64) -> Self {
        Self::try_from(number).unwrap_or(Self::MAX)
    }
}

impl LineStep for bool {
    fn number(self) -> u64 {
        self.into()
    }

    fn at(number: u64) -> Self {
        number > 0
    }
}

impl LineStep for Moment {
    /// The microseconds since the first moment that there is a number for.
    fn number(self) -> u64 {
        self.microseconds().cast_unsigned() ^ (1 << 63)
    }

    fn at(number: u64) -> Self {
        Self::from_microseconds((number ^ (1 << 63)).cast_signed())
    }
}

/// The spans of a set on a line of whole steps.
pub(super) fn steps<P: LineStep>(set: &Ranges<P>) -> impl Iterator<Item = Span> {
    set.intervals().iter().map(|interval| {
        // On such a line no interval has an open end.
        let low = match interval.low() {
            Bound::Included(point) | Bound::Excluded(point) => point.number(),
            Bound::Unbounded => 0,
        };
        let high = match interval.high() {
            Bound::Included(point) | Bound::Excluded(point) => point.number(),
            Bound::Unbounded => u64::MAX,
        };
        Span { low, high }
    })
}

/// The line that a claim's answers lie on: what its integers stand for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'p> {
    pub(super) kind: Kind,
    /// The ends of a claim's quantities, in order. The integer of the `n`th is `2n + 1`, and that of what lies between it
    /// and the one before is `2n`.
    points: &'p [Decimal],
}

impl<'p> Line<'p> {
    /// The line of a claim that isn't of kind quantity.
    pub(super) fn of_steps(kind: Kind) -> Self {
        Self { kind, points: &[] }
    }

    /// The line of quantities whose ends are these points, in order.
    pub(super) fn of_quantities(points: &'p [Decimal]) -> Self {
        Self { kind: Kind::Quantity, points }
    }

    /// The ends of some quantities, as [`of_quantities`](Self::of_quantities) takes them.
    pub(super) fn points<'s>(sets: impl Iterator<Item = &'s AnswerSet>) -> Vec<Decimal> {
        let mut points = Vec::new();
        for set in sets {
            let AnswerSet::Quantities(set) = set else { continue };
            for end in set.intervals().iter().flat_map(|interval| [interval.low(), interval.high()]) {
                if let Bound::Included(point) | Bound::Excluded(point) = end {
                    points.push(point);
                }
            }
        }
        points.sort_unstable();
        points.dedup();
        points
    }

    pub(super) fn everything(self) -> Span {
        if self.kind == Kind::YesNo { Span { low: 0, high: 1 } } else { Span::EVERYTHING }
    }

    /// Whether what lies between two answers lies between them in the world too.
    pub(super) fn is_ordered(self) -> bool {
        matches!(self.kind, Kind::Count | Kind::Quantity | Kind::Date)
    }

    /// What a dispute is, unless one of two answers must be true.
    pub(super) fn dispute(self) -> Dispute {
        if self.kind == Kind::Text { Dispute::Wording } else { Dispute::Contrary }
    }

    /// A set on the line, in integers.
    pub(super) fn spans(self, set: &AnswerSet) -> Vec<Span> {
        match set {
            AnswerSet::Counts(set) => steps(set).collect(),
            AnswerSet::Quantities(set) => {
                let number =
                    |point: Decimal| 2 * self.points.partition_point(|other| *other < point) as u64 + 1;
                let spans = set.intervals().iter().map(|interval| Span {
                    low: match interval.low() {
                        Bound::Included(point) => number(point),
                        Bound::Excluded(point) => number(point) + 1,
                        Bound::Unbounded => 0,
                    },
                    high: match interval.high() {
                        Bound::Included(point) => number(point),
                        Bound::Excluded(point) => number(point) - 1,
                        Bound::Unbounded => u64::MAX,
                    },
                });
                spans.collect()
            }
            AnswerSet::Dates(set) => steps(set).collect(),
            AnswerSet::YesNo(set) => steps(set).collect(),
            AnswerSet::Terms(set) | AnswerSet::Texts(set) => steps(set).collect(),
        }
    }

    /// A set of integers on the line, as what they stand for.
    pub(super) fn answers(self, spans: &[Span]) -> AnswerSet {
        fn set<P: LineStep>(spans: &[Span]) -> Ranges<P> {
            match spans {
                [one] => one.interval().map_or_else(Ranges::empty, Ranges::from),
                several => several.iter().filter_map(|span| span.interval()).collect(),
            }
        }
        match self.kind {
            Kind::Count => AnswerSet::Counts(set(spans)),
            Kind::Quantity => {
                let interval = |span: &Span| {
                    let [low, high] = self.ends(*span).map(|end| end.and_then(|nth| self.point(nth)));
                    let low = match low {
                        Some(point) if span.low % 2 == 1 => Bound::Included(point),
                        Some(point) => Bound::Excluded(point),
                        None => Bound::Unbounded,
                    };
                    let high = match high {
                        Some(point) if span.high % 2 == 1 => Bound::Included(point),
                        Some(point) => Bound::Excluded(point),
                        None => Bound::Unbounded,
                    };
                    Interval::new((low, high))
                };
                AnswerSet::Quantities(spans.iter().filter_map(interval).collect())
            }
            Kind::Date => AnswerSet::Dates(set(spans)),
            Kind::YesNo => AnswerSet::YesNo(set(spans)),
            Kind::Term | Kind::Place => AnswerSet::Terms(set(spans)),
            Kind::Text => AnswerSet::Texts(set(spans)),
        }
    }

    fn point(self, nth: u64) -> Option<Decimal> {
        self.points.get(usize::try_from(nth).ok()?).copied()
    }

    /// Where a span begins and where it ends, as numbers that can be compared: of quantities, those of its points. Where
    /// the line itself begins or ends there is none, but for a count of zero, which can be stated.
    pub(super) fn ends(self, span: Span) -> [Option<u64>; 2] {
        let is_bounded = span.high < u64::MAX;
        match self.kind {
            Kind::Quantity => {
                [span.low.checked_sub(1).map(|low| low / 2), is_bounded.then_some(span.high / 2)]
            }
            Kind::Count => [Some(span.low), is_bounded.then_some(span.high)],
            _ => [(span.low > 0).then_some(span.low), is_bounded.then_some(span.high)],
        }
    }

    /// Writes how far the beginning of one span lies above the end of another, where it does: of figures the difference, of
    /// dates the number of whole days between.
    pub(super) fn write_gap(self, high: u64, low: u64, to: &mut String) {
        use std::fmt::Write as _;
        let _ = match self.kind {
            Kind::Count => to.write_str(Digits::of(low - high).as_str()),
            Kind::Date => match Moment::at(low).whole_days_after(Moment::at(high)) {
                0 => Ok(()), // the days touch
                days => write!(to, "{days}"),
            },
            Kind::Quantity => {
                let point = |end: Option<u64>| end.and_then(|nth| self.point(nth)).unwrap_or_default();
                let [low, high] =
                    [self.ends(Span { low, high: low })[0], self.ends(Span { low: high, high })[1]]
                        .map(point);
                let gap = low.saturating_sub(high).normalize();
                if gap.is_zero() { Ok(()) } else { write!(to, "{gap}") }
            }
            _ => Ok(()),
        };
    }
}
