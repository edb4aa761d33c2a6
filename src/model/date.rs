//! Dates and times with the precision they were stated in, on the line of moments.

mod fast_iso;
mod packed;
mod parts;

use std::fmt;

use chrono::{
    DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc,
};

use super::interval::Point;

pub(crate) use packed::PackedDate;
pub(crate) use parts::DatePart;

/// A moment: a number of microseconds since 1970-01-01T00:00Z.
///
/// ```
/// use corroborate::Date;
///
/// // "On 29 August" leaves a whole day possible, from its first moment to its last.
/// let raid: Date = "2024-08-29".parse()?;
/// assert_eq!(format!("{:?}", raid.first()), "2024-08-29T00:00:00Z");
/// assert_eq!(format!("{:?}", raid.last()), "2024-08-29T23:59:59.999999Z");
/// # Ok::<(), corroborate::WordingError>(())
/// ```
///
/// It is made from chrono's types, and back:
///
/// ```
/// use corroborate::Moment;
/// use corroborate::chrono::{DateTime, Utc};
///
/// let strike: DateTime<Utc> = "2024-08-29T14:30:00Z".parse()?;
/// let moment = Moment::from(strike);
/// assert_eq!(moment.to_string(), "2024-08-29T14:30:00Z");
/// assert_eq!(DateTime::from(moment), strike);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

/// A day in microseconds.
const DAY: i64 = 86_400_000_000;

impl Moment {
    /// The moment as chrono has it, in UTC.
    ///
    /// ```
    /// use corroborate::Date;
    ///
    /// let raid: Date = "2024-08-29".parse()?;
    /// assert_eq!(raid.first().naive_utc().to_string(), "2024-08-29 00:00:00");
    /// # Ok::<(), corroborate::WordingError>(())
    /// ```
    pub fn naive_utc(self) -> NaiveDateTime {
        // No date lies beyond chrono's calendar; the moment after its last one does.
        let end = if self.0 < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
        DateTime::from_timestamp_micros(self.0).unwrap_or(end).naive_utc()
    }

    pub(crate) fn from_microseconds(microseconds: i64) -> Self {
        Self(microseconds)
    }

    /// The microseconds since 1970-01-01T00:00Z.
    pub(crate) fn microseconds(self) -> i64 {
        self.0
    }

    /// The whole days from the day of `earlier` to the day of this moment.
    pub(crate) fn days_since(self, earlier: Self) -> i64 {
        self.day() - earlier.day()
    }

    /// How many whole days lie between an earlier moment and this one, neither of them counted.
    pub(crate) fn whole_days_after(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).saturating_sub(1).div_euclid(DAY).max(0)
    }

    /// The day that the moment falls on, counted from 1970-01-01.
    pub(crate) fn day(self) -> i64 {
        self.0.div_euclid(DAY)
    }
}

/// As a [`Date`] is read: `2024-08-29T14:30:05Z`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.naive_utc().format("%Y-%m-%dT%H:%M:%S%.fZ"))
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<DateTime<Utc>> for Moment {
    /// Takes a time to the microsecond that it falls in.
    fn from(time: DateTime<Utc>) -> Self {
        Self(time.timestamp_micros())
    }
}

impl From<NaiveDateTime> for Moment {
    /// Takes a time without a zone as UTC.
    fn from(time: NaiveDateTime) -> Self {
        time.and_utc().into()
    }
}

impl From<Moment> for DateTime<Utc> {
    fn from(moment: Moment) -> Self {
        moment.naive_utc().and_utc()
    }
}

impl Point for Moment {
    const LEAST: Option<Self> = None;
    const GREATEST: Option<Self> = None;
    const DISCRETE: bool = true;

    fn next(self) -> Option<Self> {
        self.0.checked_add(1).map(Self)
    }

    fn previous(self) -> Option<Self> {
        self.0.checked_sub(1).map(Self)
    }
}

/// How finely a date was stated.
///
/// ```
/// use corroborate::{Date, Precision};
///
/// let flood: Date = "2024-08".parse()?;
/// assert_eq!(flood.precision(), Precision::Month);
/// assert!(Precision::Year < Precision::Month); // from coarse to fine
/// # Ok::<(), corroborate::WordingError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Precision {
    /// `2024`
    Year,
    /// `2024-08`
    Month,
    /// `2024-08-29`
    Day,
    /// `2024-08-29T14:30Z`
    Minute,
    /// `2024-08-29T14:30:05Z`
    Second,
    /// `2024-08-29T14:30:05.123456Z`
    Microsecond,
}

impl Precision {
    /// How many microseconds a date of this precision covers; years and months differ.
    const fn length(self) -> Option<i64> {
        match self {
            Self::Year | Self::Month => None,
            Self::Day => Some(86_400_000_000),
            Self::Minute => Some(60_000_000),
            Self::Second => Some(1_000_000),
            Self::Microsecond => Some(1),
        }
    }
}

const PRECISIONS: [Precision; 6] = [
    Precision::Year,
    Precision::Month,
    Precision::Day,
    Precision::Minute,
    Precision::Second,
    Precision::Microsecond,
];

/// A date or time, no more precise than it was stated: `2024-08` is the whole month.
///
/// Dates are read as in ISO 8601: year, month, day and time in falling order. A time without an offset is
/// read as UTC, and one with an offset is turned into UTC. Two dates are compared through the stretches of
/// time that they cover, so there is no `Ord`: is `2024` before `2024-08`?
///
/// ```
/// use corroborate::Date;
///
/// let month: Date = "2024-08".parse()?;
/// let day: Date = "2024-08-29".parse()?;
/// assert!(month.first() < day.first() && day.last() < month.last());
/// assert_eq!("2024-08-29T14:30+03:00".parse::<Date>()?.to_string(), "2024-08-29T11:30Z");
///
/// let error = "8/9/2024".parse::<Date>().unwrap_err();
/// assert!(error.to_string().contains("August or September"));
/// # Ok::<(), corroborate::WordingError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    first: Moment,
    precision: Precision,
}

impl Date {
    /// The first moment of the stretch that the date covers.
    pub fn first(self) -> Moment {
        self.first
    }

    /// The last moment of the stretch that the date covers.
    pub fn last(self) -> Moment {
        let end = || Moment::from(NaiveDateTime::MAX);
        match self.precision.length() {
            // The calendar's own last day ends with it.
            Some(length) => Moment(self.first.0.saturating_add(length - 1)).min(end()),
            None => self.shift(1).map_or_else(end, |next| Moment(next.first.0 - 1)),
        }
    }

    /// How finely the date was stated.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// The date, cut to a coarser precision: the month of a day.
    pub(crate) fn at(self, precision: Precision) -> Self {
        Self::containing(self.first, precision)
    }

    /// The year, month, day, minute, second or microsecond that a moment falls in.
    pub(crate) fn containing(moment: Moment, precision: Precision) -> Self {
        let naive = moment.naive_utc();
        let day = naive.date();
        let first = match precision {
            Precision::Year => NaiveDate::from_ymd_opt(day.year(), 1, 1).and_then(|d| d.and_hms_opt(0, 0, 0)),
            Precision::Month => day.with_day(1).and_then(|d| d.and_hms_opt(0, 0, 0)),
            Precision::Day => day.and_hms_opt(0, 0, 0),
            Precision::Minute => naive.with_second(0).and_then(|n| n.with_nanosecond(0)),
            Precision::Second => naive.with_nanosecond(0),
            Precision::Microsecond => Some(naive),
        };
        Self { first: first.map_or(moment, Moment::from), precision }
    }

    /// The date of that precision that holds so many seconds since 1970; nothing beyond the calendar.
    #[cfg(feature = "pages")]
    pub(crate) fn holding(seconds: f64, precision: Precision) -> Option<Self> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a float beyond the range becomes its end, which isn't a date"
        )]
        let moment = DateTime::from_timestamp(seconds.floor() as i64, 0)?;
        Some(Self::containing(Moment::from(moment.naive_utc()), precision))
    }

    /// How many months of its year, and minutes of its day, have passed when the date begins.
    #[cfg(feature = "pages")]
    pub(crate) fn months_and_minutes(self) -> (i32, i32) {
        let naive = self.first.naive_utc();
        let whole = |number: u32| i32::try_from(number).unwrap_or_default();
        (whole(naive.month0()), whole(naive.hour() * 60 + naive.minute()))
    }

    /// The date so many of its own units later, or earlier: the month after August.
    pub(crate) fn shift(self, units: i32) -> Option<Self> {
        let naive = self.first.naive_utc();
        let far = units.unsigned_abs();
        let months = |n: u32| {
            if units < 0 {
                naive.checked_sub_months(Months::new(n))
            } else {
                naive.checked_add_months(Months::new(n))
            }
        };
        let moved = match self.precision {
            Precision::Year => months(far.checked_mul(12)?),
            Precision::Month => months(far),
            Precision::Day if units < 0 => naive.checked_sub_days(Days::new(far.into())),
            Precision::Day => naive.checked_add_days(Days::new(far.into())),
            Precision::Minute => naive.checked_add_signed(TimeDelta::minutes(units.into())),
            Precision::Second => naive.checked_add_signed(TimeDelta::seconds(units.into())),
            Precision::Microsecond => naive.checked_add_signed(TimeDelta::microseconds(units.into())),
        }?;
        Some(Self { first: Moment::from(moved), precision: self.precision })
    }

    /// The date moved by a number of years or months, with its precision kept. Nothing where the calendar has no such
    /// day, as a year after 29 February.
    pub(crate) fn moved(self, unit: Precision, by: i32) -> Option<Self> {
        let moved = Self { precision: unit, ..self }.shift(by)?;
        let same_day = moved.day().day() == self.day().day();
        same_day.then_some(Self { precision: self.precision, ..moved })
    }

    /// The day as chrono has it: the first one of the stretch.
    pub(crate) fn day(self) -> NaiveDate {
        self.first.naive_utc().date()
    }

    fn year_and_month(self) -> (i32, i32) {
        let day = self.day();
        (day.year(), i32::try_from(day.month0()).unwrap_or_default())
    }

    pub(crate) fn year(year: i32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, 1, 1).map(|day| Self { precision: Precision::Year, ..Self::from(day) })
    }

    pub(crate) fn month(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, 1)
            .map(|day| Self { precision: Precision::Month, ..Self::from(day) })
    }

    /// The two dates, equally precise and as coarse as can be, that a stretch runs from and to.
    pub(crate) fn spanning(first: Moment, last: Moment) -> (Self, Self) {
        for precision in PRECISIONS {
            let (from, to) = (Self::containing(first, precision), Self::containing(last, precision));
            if from.first == first && to.last() == last {
                return (from, to);
            }
        }
        (Self::containing(first, Precision::Microsecond), Self::containing(last, Precision::Microsecond))
    }

    /// The coarsest date, a day or finer, that begins at this moment.
    pub(crate) fn beginning(first: Moment) -> Self {
        let found =
            PRECISIONS[2..].iter().map(|p| Self::containing(first, *p)).find(|date| date.first == first);
        found.unwrap_or(Self { first, precision: Precision::Microsecond })
    }

    /// The coarsest date, a day or finer, that ends at this moment.
    pub(crate) fn ending(last: Moment) -> Self {
        let found =
            PRECISIONS[2..].iter().map(|p| Self::containing(last, *p)).find(|date| date.last() == last);
        found.unwrap_or(Self { first: last, precision: Precision::Microsecond })
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self { first: Moment::from(day.and_time(NaiveTime::MIN)), precision: Precision::Day }
    }
}

impl From<DateTime<Utc>> for Date {
    fn from(time: DateTime<Utc>) -> Self {
        Self { first: time.into(), precision: Precision::Microsecond }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let naive = self.first.naive_utc();
        if let (year @ 0..=9999, Precision::Day) = (naive.year(), self.precision) {
            return write_day([year.unsigned_abs(), naive.month(), naive.day()], f);
        }
        // Beyond four digits a year has its sign, so that it reads back.
        match naive.year() {
            year @ 0..=9999 => write!(f, "{year:04}")?,
            year => write!(f, "{year:+05}")?,
        }
        if self.precision >= Precision::Month {
            write!(f, "-{:02}", naive.month())?;
        }
        if self.precision >= Precision::Day {
            write!(f, "-{:02}", naive.day())?;
        }
        let (hour, minute, second) = (naive.hour(), naive.minute(), naive.second());
        match self.precision {
            Precision::Year | Precision::Month | Precision::Day => Ok(()),
            Precision::Minute => write!(f, "T{hour:02}:{minute:02}Z"),
            Precision::Second => write!(f, "T{hour:02}:{minute:02}:{second:02}Z"),
            Precision::Microsecond => {
                write!(f, "T{hour:02}:{minute:02}:{second:02}.{:06}Z", naive.nanosecond() / 1_000)
            }
        }
    }
}

/// Writes a day with a year of four digits, as most dates are.
fn write_day([year, month, day]: [u32; 3], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let digit = |number: u32| (number % 10) as u8 + b'0';
    let [year, month, day] =
        [year, month, day].map(|number| [number / 1000, number / 100, number / 10, number].map(digit));
    let text = [year[0], year[1], year[2], year[3], b'-', month[2], month[3], b'-', day[2], day[3]];
    f.write_str(str::from_utf8(&text).unwrap_or_default())
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests;
