//! An axis: where a figure or a date stands on a line, and which of them are written below it.

use std::ops::Bound;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::width_of;
use crate::model::date::{Date, Moment, Precision};
use crate::model::interval::{Point, Ranges};
use crate::model::value::AnswerSet;
use crate::report::words::grouped;

/// From this ratio of the largest end to the smallest on, the axis is logarithmic.
const FAR_APART: f64 = 100.0;

/// At most this many numbers below an axis.
const MOST_TICKS: f64 = 5.0;

/// One unbroken span of an answer set, as positions; an end that isn't there has none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct AxisSpan {
    pub(super) low: Option<AxisEnd>,
    pub(super) high: Option<AxisEnd>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct AxisEnd {
    pub(super) at: f64,
    /// Whether the end itself belongs to the span.
    pub(super) closed: bool,
}

/// The spans of a set over figures or dates; nothing of what has no place on an axis.
pub(super) fn spans(set: &AnswerSet) -> Option<Vec<AxisSpan>> {
    fn of<P: Point>(ranges: &Ranges<P>, place: impl Fn(P) -> f64) -> Vec<AxisSpan> {
        let end = |bound: Bound<P>| match bound {
            Bound::Included(point) => Some(AxisEnd { at: place(point), closed: true }),
            Bound::Excluded(point) => Some(AxisEnd { at: place(point), closed: false }),
            Bound::Unbounded => None,
        };
        ranges.intervals().iter().map(|one| AxisSpan { low: end(one.low()), high: end(one.high()) }).collect()
    }
    match set {
        #[expect(clippy::cast_precision_loss, reason = "a picture has fewer pixels than a float has digits")]
        AnswerSet::Counts(ranges) => Some(of(ranges, |count| count as f64)),
        AnswerSet::Quantities(ranges) => Some(of(ranges, |figure| figure.to_f64().unwrap_or_default())),
        AnswerSet::Dates(ranges) => Some(of(ranges, Moment::seconds)),
        _ => None,
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Scale {
    Linear {
        whole: bool,
    },
    /// By the logarithm of a figure and of so much more.
    Logarithmic {
        above: f64,
    },
    Time,
}

/// An axis that has room for every end of some spans.
#[derive(Debug)]
pub(super) struct Axis {
    from: f64,
    to: f64,
    scale: Scale,
}

impl Axis {
    /// An axis for figures that are counted or measured, or for dates.
    pub(super) fn over(set: &AnswerSet, spans: &[AxisSpan]) -> Self {
        let ends = || spans.iter().flat_map(|one| [one.low, one.high]).flatten().map(|end| end.at);
        let least = ends().fold(f64::INFINITY, f64::min);
        let most = ends().fold(f64::NEG_INFINITY, f64::max);
        let smallest = ends().filter(|end| *end > 0.0).fold(f64::INFINITY, f64::min);
        let (least, most) = if least <= most { (least, most) } else { (0.0, 1.0) };
        let scale = match set {
            AnswerSet::Dates(_) => Scale::Time,
            // A count may be nought, whose logarithm there isn't: it is taken of the next number.
            AnswerSet::Counts(_) if most / smallest >= FAR_APART => Scale::Logarithmic { above: 1.0 },
            _ if least > 0.0 && most / least >= FAR_APART => Scale::Logarithmic { above: 0.0 },
            AnswerSet::Counts(_) => Scale::Linear { whole: true },
            _ => Scale::Linear { whole: false },
        };
        let mut axis = Self { from: scale.bend(least), to: scale.bend(most), scale };
        axis.make_room(spans);
        axis
    }

    /// So that one figure alone stands in the middle, and an open end has a way to go.
    fn make_room(&mut self, spans: &[AxisSpan]) {
        let (least, most, reach) = (self.from, self.to, self.to - self.from);
        let smallest = match self.scale {
            Scale::Time => 86_400.0,
            Scale::Linear { whole: true } => 1.0,
            Scale::Linear { whole: false } if least == 0.0 => 1.0,
            Scale::Linear { whole: false } => least.abs() * 0.1,
            Scale::Logarithmic { .. } => 0.1,
        };
        // Where floats lie further apart than that, so much more.
        let smallest = smallest.max(most.abs() * 1e-9).max(f64::MIN_POSITIVE);
        // Few days or people apart, both ends stand free too.
        let stepwise = matches!(self.scale, Scale::Time | Scale::Linear { whole: true });
        if reach < smallest || (stepwise && reach < 4.0 * smallest) {
            self.from -= smallest;
            self.to += smallest;
        }
        let reach = self.to - self.from;
        let bend = |end: AxisEnd| self.scale.bend(end.at);
        let upwards = spans
            .iter()
            .any(|one| one.high.is_none() && one.low.is_some_and(|end| bend(end) > most - reach * 0.25));
        let downwards = spans
            .iter()
            .any(|one| one.low.is_none() && one.high.is_some_and(|end| bend(end) < least + reach * 0.25));
        if upwards {
            self.to += reach * 0.25;
        }
        if downwards {
            self.from -= reach * 0.25;
        }
        if matches!(self.scale, Scale::Linear { whole: true } | Scale::Logarithmic { above: 1.0 }) {
            self.from = self.from.max(0.0);
        }
    }

    /// Whether figures are spaced by how many times they are larger.
    pub(super) fn is_logarithmic(&self) -> bool {
        matches!(self.scale, Scale::Logarithmic { .. })
    }

    /// Where something stands, from 0 to 1.
    pub(super) fn at(&self, value: f64) -> f64 {
        ((self.scale.bend(value) - self.from) / (self.to - self.from)).clamp(0.0, 1.0)
    }

    /// The figures or dates to be written below an axis of that length, each with its place from 0 to 1 and with the
    /// middle of its text. Texts don't touch each other, nor reach further than `beyond` over either end.
    pub(super) fn ticks(&self, length: f64, beyond: f64, size: f64) -> Vec<(f64, f64, String)> {
        let all = match self.scale {
            Scale::Linear { whole } => self.linear(whole),
            Scale::Logarithmic { above } => self.logarithmic(above),
            Scale::Time => self.dates(),
        };
        let mut free = f64::NEG_INFINITY;
        let mut ticks = Vec::new();
        for (value, label) in all {
            let at = self.at(value);
            let half = width_of(&label, size) / 2.0;
            let middle = (at * length).min(length + beyond - half).max(half - beyond);
            if middle - half >= free {
                free = middle + half + size / 2.0;
                ticks.push((at, middle, label));
            }
        }
        ticks
    }

    fn linear(&self, whole: bool) -> Vec<(f64, String)> {
        let rough = (self.to - self.from) / MOST_TICKS;
        let magnitude = 10f64.powf(rough.log10().floor());
        let step =
            [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * magnitude).find(|step| *step >= rough);
        let step = step.unwrap_or(rough).max(if whole { 1.0 } else { f64::MIN_POSITIVE });
        multiples(self.from, self.to, step).map(|value| (value, figure(value, step))).collect()
    }

    fn logarithmic(&self, above: f64) -> Vec<(f64, String)> {
        let (first, last) = (self.from.floor(), self.to.ceil());
        let every = ((last - first) / MOST_TICKS).ceil().max(1.0);
        let powers = multiples(first, last, every).map(|power| 10f64.powf(power));
        // In between, two and five where there are few.
        let between: &[f64] = if last - first <= 3.0 { &[1.0, 2.0, 5.0] } else { &[1.0] };
        let all = powers.flat_map(|power| between.iter().map(move |times| times * power));
        let zero = (above > 0.0).then_some(0.0);
        let within = |value: &f64| (self.from - 1e-9..=self.to + 1e-9).contains(&self.scale.bend(*value));
        zero.into_iter().chain(all).filter(within).map(|value| (value, figure(value, value))).collect()
    }

    fn dates(&self) -> Vec<(f64, String)> {
        const UNITS: [(Precision, f64, &[i32]); 4] = [
            (Precision::Minute, 60.0, &[1, 5, 15, 60, 180, 360, 720]),
            (Precision::Day, 86_400.0, &[1, 2, 7, 14]),
            (Precision::Month, 2_629_800.0, &[1, 3, 6]),
            (Precision::Year, 31_557_600.0, &[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000]),
        ];
        let reach = self.to - self.from;
        let steps = UNITS
            .iter()
            .flat_map(|(unit, seconds, steps)| steps.iter().map(move |step| (*unit, *seconds, *step)));
        let chosen =
            steps.into_iter().find(|(_, seconds, step)| reach / (seconds * f64::from(*step)) <= MOST_TICKS);
        let Some((unit, seconds, step)) = chosen else { return Vec::new() };
        let Some(mut date) = Date::holding(self.from, unit) else { return Vec::new() };
        let mut ticks = Vec::new();
        // Years and the hours of a day are counted from a round one.
        let round = match unit {
            Precision::Year => date.to_string().parse::<i32>().unwrap_or_default().rem_euclid(step),
            Precision::Month => date.months_and_minutes().0.rem_euclid(step),
            Precision::Minute => date.months_and_minutes().1.rem_euclid(step),
            _ => 0,
        };
        date = date.shift(-round).unwrap_or(date);
        for _ in 0..(reach / (seconds * f64::from(step))).ceil() as usize + 2 {
            let at = date.first().seconds();
            if (self.from..=self.to).contains(&at) {
                ticks.push((at, date.to_string()));
            }
            match date.shift(step) {
                Some(next) => date = next,
                None => break,
            }
        }
        ticks
    }
}

impl Scale {
    /// A value on the line that is drawn evenly.
    fn bend(self, value: f64) -> f64 {
        match self {
            Self::Logarithmic { above } => (value + above).log10(),
            _ => value,
        }
    }
}

/// The multiples of a step from one number to another.
fn multiples(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    let first = (from / step - 1e-9).ceil();
    (0..=2 * MOST_TICKS as u32)
        .map(move |n| (first + f64::from(n)) * step)
        .take_while(move |value| *value <= to + step * 1e-9)
}

/// A figure as it is written below an axis: no finer than the step between them, in words where it is long.
fn figure(value: f64, step: f64) -> String {
    const LONG: [(f64, &str); 3] = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")];
    let value = if value.abs() < step * 1e-6 { 0.0 } else { value };
    if value.abs() >= 1e15 || (value != 0.0 && step < 1e-6) {
        return format!("{value:e}");
    }
    for (size, name) in LONG {
        if value.abs() >= size && step >= size / 10.0 {
            return format!("{} {name}", plain(value / size, step / size));
        }
    }
    plain(value, step)
}

fn plain(value: f64, step: f64) -> String {
    let decimals = (0..=7).find(|decimals| (step * 10f64.powi(*decimals)).fract().abs() < 1e-6).unwrap_or(7);
    let text = format!("{value:.*}", usize::try_from(decimals).unwrap_or(0));
    let text =
        if text.starts_with("-0") && text.chars().all(|c| "-0.".contains(c)) { &text[1..] } else { &text };
    grouped(text).replace('-', "−")
}

impl Moment {
    /// Seconds since 1970, as a picture has them.
    fn seconds(self) -> f64 {
        Decimal::from(self.microseconds()).to_f64().unwrap_or_default() / 1e6
    }
}
