//! Dates in figures, as ISO 8601 has them, and why those in another order aren't read.

use std::str::FromStr;

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::error::WordingError;
use crate::model::date::{Date, Moment, Precision};

/// The months as they are named in messages and texts.
pub(super) const MONTHS: [&str; 12] = [
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

impl FromStr for Date {
    type Err = WordingError;

    /// Reads `2024`, `2024-08`, `2024-08-29`, a day with a time (`2024-08-29T14:30Z`), and what people write in
    /// their place: `29 Aug 2024`, `Aug. 29, 2024, 2:30 p.m.`.
    ///
    /// A year has four digits, or a sign and at least four: `-0043-03-15` is the Ides of March of 44 BC.
    ///
    /// # Errors
    ///
    /// When the text is anything else; when it could be two dates, the error asks which.
    fn from_str(text: &str) -> Result<Self, WordingError> {
        match Self::parse_fast(text.as_bytes()) {
            Some(date) => Ok(date),
            None => Self::parse_any(text.trim()).or_else(|why| match super::one_date(text) {
                Some(read) => read,
                None => Err(WordingError::new(text, 0, &why)),
            }),
        }
    }
}

impl Date {
    /// Reads a date as [`from_str`](Self::from_str) does; the error says why it is none.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        match Self::parse_fast(text.as_bytes()) {
            Some(date) => Ok(date),
            None => Self::parse_any(text),
        }
    }

    /// Reads a date in any of the forms that dates may have.
    pub(crate) fn parse_any(text: &str) -> Result<Self, String> {
        let (day, time) = match text.split_once(['T', 't', ' ']) {
            Some((day, time)) => (day, Some(time.trim())),
            None => (text, None),
        };
        let date = match in_another_order(day) {
            Some(date) => date?.into(),
            None => {
                let Some((year, month, of_month)) = figures(day) else {
                    return Err(
                        "expected a date such as `2024`, `2024-08`, `2024-08-29` or `2024-08-29T14:30Z`"
                            .to_owned(),
                    );
                };
                let date = match (month, of_month) {
                    (None, _) => Self::year(year),
                    (Some(month), None) => Self::month(year, month),
                    (Some(month), Some(day)) => NaiveDate::from_ymd_opt(year, month, day).map(Self::from),
                };
                date.ok_or("there is no such day or month in the calendar")?
            }
        };
        match time {
            None => Ok(date),
            // A spreadsheet writes so of a day.
            Some(time) if !text.contains(['T', 't']) && is_midnight(time) => Ok(date),
            Some(_) if date.precision() != Precision::Day => {
                Err("a time needs its day, as in `2024-08-29T14:30Z`".to_owned())
            }
            Some(time) => clock(date.day(), time).ok_or_else(|| {
                "expected a time such as `14:30` or `14:30:05`, \
                 with `Z` or an offset such as `+03:00` behind it"
                    .to_owned()
            }),
        }
    }
}

/// The year of `2024-08-29`, and the month and day where they are given.
fn figures(text: &str) -> Option<(i32, Option<u32>, Option<u32>)> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => (-1, unsigned),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let most = if unsigned.len() < text.len() { 6 } else { 4 };
    let mut parts = unsigned.splitn(3, '-');
    let year = parts.next().filter(|year| (4..=most).contains(&year.len()) && is_digits(year))?;
    let mut two_digits = || match parts.next() {
        None => Some(None),
        Some(part) if part.len() == 2 && is_digits(part) => part.parse().ok().map(Some),
        Some(_) => None,
    };
    Some((sign * year.parse::<i32>().ok()?, two_digits()?, two_digits()?))
}

/// `00:00:00` and `00:00:00.000`
fn is_midnight(time: &str) -> bool {
    time.strip_prefix("00:00:00").is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix('.').is_some_and(|f| f.bytes().all(|b| b == b'0'))
    })
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// The first two figures and the year of a day that is written with its year last: `29/8/2024`, `29.08.2024`,
/// `29-08-2024`.
pub(crate) fn day_month_year(text: &str) -> Option<(u32, u32, u32)> {
    let separator = text.trim_start_matches(|c: char| c.is_ascii_digit()).chars().next()?;
    let mut parts = text.split(['/', '.', '-'].into_iter().find(|known| *known == separator)?);
    let mut number = |lengths: std::ops::RangeInclusive<usize>| {
        parts.next().filter(|part| lengths.contains(&part.len()) && is_digits(part))?.parse().ok()
    };
    let (first, second, year) = (number(1..=2)?, number(1..=2)?, number(4..=4)?);
    parts.next().is_none().then_some((first, second, year))
}

/// The days that such a day may be: with the day first, and with the month first.
pub(crate) fn days_in_either_order(text: &str) -> Option<(Option<NaiveDate>, Option<NaiveDate>)> {
    let (first, second, year) = day_month_year(text)?;
    let day = |month, day| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
    Some((day(second, first), day(first, second)))
}

/// A day whose figures stand in another order or have other separators than ISO 8601 has. It is read where
/// there is one reading only: the same figures may be two dates in two countries.
fn in_another_order(text: &str) -> Option<Result<NaiveDate, String>> {
    if let Some(days) = days_in_either_order(text) {
        let name = |day: NaiveDate| MONTHS.get(day.month0() as usize).copied().unwrap_or_default();
        return Some(match days {
            (Some(day_first), Some(month_first)) if day_first != month_first => Err(format!(
                "is that {} or {}? write the year first: `{month_first}` or `{day_first}`",
                name(month_first),
                name(day_first)
            )),
            (Some(day), _) | (_, Some(day)) => Ok(day),
            (None, None) => Err("write the year first, as in `2024-08-29`".to_owned()),
        });
    }
    let (first, rest) = text.split_once(['/', '.'])?;
    let (second, third) = rest.split_once(['/', '.'])?;
    let number =
        |part: &str| (part.len() <= 4 && is_digits(part)).then(|| part.parse::<u32>().ok()).flatten();
    let [year, month, day] = [number(first)?, number(second)?, number(third)?];
    if first.len() != 4 {
        return Some(Err("write the year in full, and first, as in `2024-08-29`".to_owned()));
    }
    let date = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
    Some(date.ok_or_else(|| "write it with hyphens, as in `2024-08-29`".to_owned()))
}

/// The day that spreadsheets show for a number: they count days from the end of 1899.
pub(crate) fn day_of_serial(text: &str) -> Option<NaiveDate> {
    // From 1927 to 2119, so that no year and no small figure is taken for one.
    const SERIALS: std::ops::Range<i64> = 10_000..80_000;
    let serial = text.trim().parse::<i64>().ok().filter(|serial| SERIALS.contains(serial))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(TimeDelta::days(serial))
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
    let (whole, fraction) = match clock.trim_end().split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (clock.trim_end(), None),
    };
    let micros = match fraction {
        None => 0,
        Some(f) if (1..=9).contains(&f.len()) && is_digits(f) => format!("{f:0<6}").get(..6)?.parse().ok()?,
        Some(_) => return None,
    };
    let mut fields = whole
        .splitn(3, ':')
        .map(|part| (part.len() == 2 && is_digits(part)).then(|| part.parse::<u32>().ok()).flatten());
    let (hour, minute, second) = (fields.next()??, fields.next()??, fields.next());
    let (second, precision) = match (second, fraction) {
        (None, None) => (0, Precision::Minute),
        (Some(second), None) => (second?, Precision::Second),
        (Some(second), Some(_)) => (second?, Precision::Microsecond),
        (None, Some(_)) => return None,
    };
    let naive = day.and_hms_micro_opt(hour, minute, second, micros)?;
    let utc = naive.checked_sub_signed(TimeDelta::minutes(offset))?;
    Some(Date::containing(Moment::from(utc), precision))
}

/// An offset from UTC as `+03:00`, `+0300` or `+03`, in minutes.
fn minutes_of_offset(text: &str) -> Option<i64> {
    let sign = if text.starts_with('+') { 1 } else { -1 };
    let figures = text.strip_prefix(['+', '-', '−'])?;
    let (hours, minutes) = match figures.split_once(':') {
        Some(parts) => parts,
        None if figures.len() == 2 => (figures, "00"),
        None => (figures.get(..2)?, figures.get(2..)?),
    };
    let number =
        |part: &str| (part.len() == 2 && is_digits(part)).then(|| part.parse::<i64>().ok()).flatten();
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}
