//! Dates and times with the precision they were stated in, on the line of moments.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Timelike};

use super::interval::Point;
use crate::error::WordingError;

/// A moment: a number of microseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    fn of(naive: NaiveDateTime) -> Self {
        Self(naive.and_utc().timestamp_micros())
    }

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
        DateTime::from_timestamp_micros(self.0).unwrap_or_default().naive_utc()
    }

    /// The whole days from the day of `earlier` to the day of this moment.
    pub(crate) fn days_since(self, earlier: Self) -> i64 {
        self.day() - earlier.day()
    }

    /// The whole minutes from `earlier` to this moment.
    pub(crate) fn minutes_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).div_euclid(60_000_000)
    }

    /// The day that the moment falls on, counted from 1970-01-01.
    pub(crate) fn day(self) -> i64 {
        self.0.div_euclid(86_400_000_000)
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

const PRECISIONS: [Precision; 6] =
    [Precision::Year, Precision::Month, Precision::Day, Precision::Minute, Precision::Second, Precision::Microsecond];

/// A date or time, no more precise than it was stated: `2024-08` is the whole month.
///
/// Dates are read as in ISO 8601: year, month, day and time in falling order. A time without an offset is read as
/// UTC, and one with an offset is turned into UTC. Two dates are compared through the stretches of time that they
/// cover, so there is no `Ord`: is `2024` before `2024-08`?
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
        let after = self.shift(1).map_or(i64::MAX, |next| next.first.0);
        Moment(after - 1)
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
    fn containing(moment: Moment, precision: Precision) -> Self {
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
        Self { first: first.map_or(moment, Moment::of), precision }
    }

    /// The date so many of its own units later, or earlier: the month after August.
    pub(crate) fn shift(self, units: i32) -> Option<Self> {
        let naive = self.first.naive_utc();
        let far = u32::try_from(units.unsigned_abs()).ok()?;
        let months = |n: u32| {
            if units < 0 { naive.checked_sub_months(Months::new(n)) } else { naive.checked_add_months(Months::new(n)) }
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
        Some(Self { first: Moment::of(moved), precision: self.precision })
    }

    /// The day as chrono has it: the first one of the stretch.
    pub(crate) fn day(self) -> NaiveDate {
        self.first.naive_utc().date()
    }

    pub(crate) fn year(year: i32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, 1, 1).map(|day| Self { precision: Precision::Year, ..Self::from(day) })
    }

    pub(crate) fn month(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, 1).map(|day| Self { precision: Precision::Month, ..Self::from(day) })
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
        let found = PRECISIONS[2..].iter().map(|p| Self::containing(first, *p)).find(|date| date.first == first);
        found.unwrap_or(Self { first, precision: Precision::Microsecond })
    }

    /// The coarsest date, a day or finer, that ends at this moment.
    pub(crate) fn ending(last: Moment) -> Self {
        let found = PRECISIONS[2..].iter().map(|p| Self::containing(last, *p)).find(|date| date.last() == last);
        found.unwrap_or(Self { first: last, precision: Precision::Microsecond })
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self { first: Moment::of(day.and_time(chrono::NaiveTime::MIN)), precision: Precision::Day }
    }
}

impl From<DateTime<chrono::Utc>> for Date {
    fn from(time: DateTime<chrono::Utc>) -> Self {
        Self { first: Moment(time.timestamp_micros()), precision: Precision::Microsecond }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let naive = self.first.naive_utc();
        let pattern = match self.precision {
            Precision::Year => return write!(f, "{:04}", naive.year()),
            Precision::Month => return write!(f, "{:04}-{:02}", naive.year(), naive.month()),
            Precision::Day => return write!(f, "{}", naive.date()),
            Precision::Minute => "%Y-%m-%dT%H:%MZ",
            Precision::Second => "%Y-%m-%dT%H:%M:%SZ",
            Precision::Microsecond => "%Y-%m-%dT%H:%M:%S%.6fZ",
        };
        write!(f, "{}", naive.format(pattern))
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Date {
    type Err = WordingError;

    /// Reads `2024`, `2024-08`, `2024-08-29`, or a day with a time (`2024-08-29T14:30Z`).
    ///
    /// # Errors
    ///
    /// When the text is anything else; when it could be two dates, the error asks which.
    fn from_str(text: &str) -> Result<Self, WordingError> {
        let trimmed = text.trim();
        let refuse = |why: &str| Err(WordingError::new(text, 0, why));
        if let Some(why) = ambiguous(trimmed) {
            return refuse(&why);
        }
        let (day, time) = match trimmed.split_once(['T', 't', ' ']) {
            Some((day, time)) => (day, Some(time.trim())),
            None => (trimmed, None),
        };
        let mut parts = [None; 3];
        for (n, part) in day.split('-').enumerate() {
            let digits = if n == 0 { 4 } else { 2 };
            let good = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
            match parts.get_mut(n) {
                Some(slot) if good => *slot = part.parse::<u32>().ok(),
                _ => return refuse("expected a date as `2024`, `2024-08`, `2024-08-29` or `2024-08-29T14:30Z`"),
            }
        }
        let year = parts[0].and_then(|y| i32::try_from(y).ok());
        let date = match (year, parts[1], parts[2]) {
            (Some(y), None, None) => Self::year(y),
            (Some(y), Some(m), None) => Self::month(y, m),
            (Some(y), Some(m), Some(d)) => NaiveDate::from_ymd_opt(y, m, d).map(Self::from),
            _ => None,
        };
        let Some(date) = date else { return refuse("there is no such day or month in the calendar") };
        match time {
            None => Ok(date),
            Some(_) if date.precision != Precision::Day => refuse("a time needs its day, as in `2024-08-29T14:30Z`"),
            Some(time) => clock(date.day(), time).map_or_else(
                || refuse("expected the time as `14:30`, `14:30:05`, with `Z` or an offset as `+03:00` behind it"),
                Ok,
            ),
        }
    }
}

/// Why a date written with slashes or dots isn't read: the same figures are two dates in two countries.
fn ambiguous(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['/', '.']).collect();
    let figures: Option<Vec<u32>> = parts.iter().map(|p| if p.len() > 4 { None } else { p.parse().ok() }).collect();
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let name = |n: u32| usize::try_from(n).ok().and_then(|n| MONTHS.get(n.checked_sub(1)?).copied());
    match figures?.as_slice() {
        [a, b, year] if parts[2].len() == 4 || parts[2].len() == 2 => Some(match (name(*a), name(*b)) {
            (Some(first), Some(second)) if a != b => format!(
                "is that {first} or {second}? write the year first: `{year:04}-{a:02}-{b:02}` or `{year:04}-{b:02}-{a:02}`"
            ),
            _ => "write the year first, as in `2024-08-29`".to_owned(),
        }),
        [year, _, _] if *year > 999 => Some("write it with hyphens, as in `2024-08-29`".to_owned()),
        _ => None,
    }
}

/// A day with a time of day, its offset taken off.
fn clock(day: NaiveDate, time: &str) -> Option<Date> {
    let (clock, offset) = match time.strip_suffix(['Z', 'z']) {
        Some(clock) => (clock, 0),
        None => match time.rfind(['+', '-', '−']) {
            Some(at) => (&time[..at], minutes_of_offset(&time[at..])?),
            None => (time, 0),
        },
    };
    let (whole, fraction) = match clock.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (clock, None),
    };
    let digits =
        |part: &str| (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u32>().ok())?;
    let fields: Option<Vec<u32>> = whole.trim().split(':').map(digits).collect();
    let micros = match fraction {
        None => 0,
        Some(f) if (1..=9).contains(&f.len()) && f.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{f:0<6}")[..6].parse().ok()?
        }
        Some(_) => return None,
    };
    let (hour, minute, second, precision) = match (fields?.as_slice(), fraction) {
        ([h, m], None) => (*h, *m, 0, Precision::Minute),
        ([h, m, s], None) => (*h, *m, *s, Precision::Second),
        ([h, m, s], Some(_)) => (*h, *m, *s, Precision::Microsecond),
        _ => return None,
    };
    let naive = day.and_hms_micro_opt(hour, minute, second, micros)?;
    let utc = naive.checked_sub_signed(TimeDelta::minutes(offset))?;
    Some(Date { first: Moment::of(utc), precision })
}

/// An offset from UTC as `+03:00`, `+0300` or `+03`, in minutes.
fn minutes_of_offset(text: &str) -> Option<i64> {
    let sign = if text.starts_with('+') { 1 } else { -1 };
    let figures: String = text.chars().skip(1).filter(|c| *c != ':').collect();
    if !matches!(figures.len(), 2 | 4) || !figures.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hours: i64 = figures[..2].parse().ok()?;
    let minutes: i64 = figures.get(2..).filter(|m| !m.is_empty()).map_or(Some(0), |m| m.parse().ok())?;
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}
