//! Answers in numbers: the two ends of a stretch.

use std::ops::Bound;

use super::super::examine::Bench;
use super::super::line::{COUNTS, DATES, Line, TERMS, TEXTS, YES_NO, whole_terms};
use crate::model::claim::Kind;
use crate::model::date::Moment;
use crate::model::interval::{Interval, Point, Ranges};
use crate::model::term::Terms;
use crate::model::value::{Approximation, Content, Said, Stretch};
use crate::report::Words;

/// The ends of a stretch on any line of whole steps, both of them within it. The last number stands for no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) low: u64,
    pub(super) high: u64,
}

impl Span {
    /// Stands for what isn't one stretch.
    pub(super) const NOT_PLAIN: Self = Self { low: 1, high: 0 };
    pub(super) const EVERYTHING: Self = Self { low: 0, high: u64::MAX };

    pub(super) fn is_plain(self) -> bool {
        self.low <= self.high
    }

    /// What some leave possible together.
    pub(super) fn meet(spans: impl Iterator<Item = Self>) -> Self {
        let meet =
            |one: Self, other: Self| Self { low: one.low.max(other.low), high: one.high.min(other.high) };
        spans.fold(Self::EVERYTHING, meet)
    }

    pub(super) fn of<P: Step>(set: &Ranges<P>) -> Self {
        match set.intervals() {
            [one] => {
                let low = match one.low() {
                    Bound::Included(point) => point.number(),
                    Bound::Unbounded => 0,
                    Bound::Excluded(_) => return Self::NOT_PLAIN,
                };
                let high = match one.high() {
                    Bound::Included(point) => point.number(),
                    Bound::Unbounded => u64::MAX,
                    Bound::Excluded(_) => return Self::NOT_PLAIN,
                };
                Self { low, high }
            }
            _ => Self::NOT_PLAIN,
        }
    }

    pub(super) fn set<P: Step>(self) -> Ranges<P> {
        self.interval().map_or_else(Ranges::empty, Ranges::from)
    }

    fn interval<P: Step>(self) -> Option<Interval<P>> {
        let low = if self.low == 0 { Bound::Unbounded } else { Bound::Included(P::at(self.low)) };
        let high = if self.high == u64::MAX { Bound::Unbounded } else { Bound::Included(P::at(self.high)) };
        Interval::new((low, high))
    }

    pub(super) fn holds(self, other: Self) -> bool {
        self.low <= other.low && other.high <= self.high
    }

    pub(super) fn overlaps(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// A point that has a number, in the order of the points.
pub(super) trait Step: Point {
    fn number(self) -> u64;
    fn at(number: u64) -> Self;
}

impl Step for u64 {
    fn number(self) -> u64 {
        self
    }

    fn at(number: u64) -> Self {
        number
    }
}

impl Step for u32 {
    fn number(self) -> u64 {
        self.into()
    }

    fn at(number: u64) -> Self {
        Self::try_from(number).unwrap_or(Self::MAX)
    }
}

impl Step for bool {
    fn number(self) -> u64 {
        self.into()
    }

    fn at(number: u64) -> Self {
        number > 0
    }
}

impl Step for Moment {
    /// The microseconds since the first moment that can be told.
    fn number(self) -> u64 {
        self.microseconds().cast_unsigned() ^ (1 << 63)
    }

    fn at(number: u64) -> Self {
        Self::from_microseconds((number ^ (1 << 63)).cast_signed())
    }
}

impl Bench<'_> {
    /// Words for stretches of the line that a claim's answers lie on, of which none overlaps another; nothing where there
    /// is nothing to say.
    pub(crate) fn say_stretches(
        &self,
        claim: u32,
        stretches: impl Iterator<Item = (u64, u64)> + Clone,
    ) -> Option<Words> {
        fn say<P: Step>(
            bench: &Bench<'_>,
            line: &Line<P>,
            stretches: impl Iterator<Item = (u64, u64)>,
        ) -> Option<Words> {
            let intervals = stretches.filter_map(|(low, high)| Span { low, high }.interval::<P>());
            (line.say)(bench, &intervals.collect())
        }
        match self.columns().claims[claim as usize].kind {
            Kind::Count => say(self, &COUNTS, stretches),
            Kind::Date => say(self, &DATES, stretches),
            Kind::YesNo => say(self, &YES_NO, stretches),
            Kind::Term | Kind::Place => {
                whole_terms(self, stretches.clone()).or_else(|| say(self, &TERMS, stretches))
            }
            Kind::Text => say(self, &TEXTS, stretches),
            Kind::Quantity => None,
        }
    }
}

/// What a value leaves possible. Only the plainest way of saying one figure, one day or one term is plain, so that it can
/// be told from its answers.
pub(super) fn span(bench: &Bench<'_>, content: &Content<u32>, approximation: Approximation) -> Span {
    fn told<S: Stretch>(said: &Said<S>, approximation: Approximation) -> Span
    where
        S::Point: Step,
    {
        let answers = said.answers(approximation);
        let described = Said::<S>::describing(&answers);
        if described.figure().is_some() && described != *said { Span::NOT_PLAIN } else { Span::of(&answers) }
    }
    match content {
        Content::Count(said) => match said.figure() {
            Some(figure) => Span { low: figure, high: figure },
            // Only one figure could be told from its answers, and it wasn't said as one.
            None => match Span::of(&said.answers(approximation)) {
                span if span.low == span.high => Span::NOT_PLAIN,
                span => span,
            },
        },
        Content::Date(said) => told(said, approximation),
        Content::YesNo(yes) => Span { low: yes.number(), high: yes.number() },
        Content::Terms(Terms { anything_but: false, any_of }) => match &**any_of {
            [(term, except)] if except.is_empty() => {
                let (from, to) = bench.ground.taxonomy.stretch_of(*term);
                Span { low: from.number(), high: to.number() - 1 }
            }
            _ => Span::NOT_PLAIN,
        },
        Content::Terms(_) => Span::NOT_PLAIN,
        Content::Text(text) => Span { low: text.number(), high: text.number() },
        Content::Quantity(_) => Span::NOT_PLAIN,
    }
}
