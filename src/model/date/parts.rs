//! Parts of a stretch of time that have a name and no sharp ends: early, late, morning, night.

use super::{Date, Moment, Precision};
use crate::model::interval::Ranges;

/// A part of a year, a month or a day. Neighbouring ones overlap: nobody can say where one ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum DatePart {
    /// The first half.
    Early,
    /// The middle half.
    Mid,
    /// The second half.
    Late,
    /// Until noon.
    Morning,
    /// From noon to seven.
    Afternoon,
    /// From five to midnight.
    Evening,
    /// From six in the evening to six on the day after.
    Night,
    /// An hour to either side of noon.
    Noon,
    /// An hour to either side of the midnight that begins the day, or of the one that ends it.
    Midnight,
}

const HOUR: i64 = 3_600_000_000;

impl DatePart {
    /// Whether only days have it.
    pub(crate) fn is_of_day(self) -> bool {
        !matches!(self, Self::Early | Self::Mid | Self::Late)
    }

    /// The words that canonical text has in front of a part.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::Mid => "mid",
            Self::Late => "late",
            Self::Morning => "morning of",
            Self::Afternoon => "afternoon of",
            Self::Evening => "evening of",
            Self::Night => "night of",
            Self::Noon => "near noon of",
            Self::Midnight => "near midnight of",
        }
    }

    /// The moments of this part of the stretch from one date to another.
    pub(crate) fn of(self, from: Date, to: Date) -> Ranges<Moment> {
        let hours = |low: i64, high: i64| {
            let at = |hour: i64| Moment(from.first.0.saturating_add(hour * HOUR));
            Ranges::from(at(low)..at(high))
        };
        match self {
            Self::Early | Self::Mid | Self::Late => self.of_units(from, to),
            Self::Morning => hours(0, 12),
            Self::Afternoon => hours(12, 19),
            Self::Evening => hours(17, 24),
            Self::Night => hours(18, 30),
            Self::Noon => hours(11, 13),
            Self::Midnight => hours(-1, 1).join(&hours(23, 25)),
        }
    }

    /// Halves are counted in the units of the stretch, or where it is one unit only, in the next finer ones.
    fn of_units(self, from: Date, to: Date) -> Ranges<Moment> {
        let finer = match (from == to, from.precision) {
            (false, precision) => precision.min(Precision::Day),
            (true, Precision::Year) => Precision::Month,
            (true, Precision::Month) => Precision::Day,
            (true, _) => return self.of_hours(from),
        };
        let first = from.at(finer);
        let last = Date::containing(to.last(), finer);
        let units = match finer {
            Precision::Year => last.year_and_month().0 - first.year_and_month().0,
            Precision::Month => {
                let months = |(year, month): (i32, i32)| year * 12 + month;
                months(last.year_and_month()) - months(first.year_and_month())
            }
            _ => i32::try_from(last.first.days_since(first.first)).unwrap_or(i32::MAX - 1),
        } + 1;
        let (low, high) = self.halves(units);
        // The calendar's own end has no unit behind it.
        let begins = first.shift(low).unwrap_or(first).first;
        let ends = first.shift(high - 1).unwrap_or(last).last();
        (begins..=ends).into()
    }

    fn of_hours(self, day: Date) -> Ranges<Moment> {
        if day.precision != Precision::Day {
            return (day.first()..=day.last()).into();
        }
        let (low, high) = self.halves(24);
        let at = |hour: i32| Moment(day.first.0.saturating_add(i64::from(hour) * HOUR));
        (at(low)..at(high)).into()
    }

    /// Which of a stretch's units the part covers: early is the first half, mid the middle half, late the second half.
    fn halves(self, units: i32) -> (i32, i32) {
        match self {
            Self::Mid => (units / 4, units - units / 4),
            Self::Late => (units / 2, units),
            _ => (0, units - units / 2),
        }
    }
}
