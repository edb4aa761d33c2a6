//! Dates as people say them: ISO 8601, EDTF, English, and days that count back from the document's own.
//!
//! EDTF is the [Extended Date/Time Format](https://www.loc.gov/standards/datetime/) of ISO 8601-2:2019; of it are
//! read the approximate and uncertain date, the open and closed interval, the set of which one is meant, and the decade.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::{Flaw, joined};
use crate::model::date::{Date, Precision};
use crate::model::value::{Hedge, Said};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const BEFORE: &[(&str, Hedge)] = &[
    ("on or before ", Hedge::AtMost),
    ("no later than ", Hedge::AtMost),
    ("not later than ", Hedge::AtMost),
    ("until ", Hedge::AtMost),
    ("till ", Hedge::AtMost),
    ("by ", Hedge::AtMost),
    ("before ", Hedge::FewerThan),
    ("earlier than ", Hedge::FewerThan),
    ("prior to ", Hedge::FewerThan),
    ("on or after ", Hedge::AtLeast),
    ("no earlier than ", Hedge::AtLeast),
    ("not earlier than ", Hedge::AtLeast),
    ("since ", Hedge::AtLeast),
    ("after ", Hedge::MoreThan),
    ("later than ", Hedge::MoreThan),
    ("about ", Hedge::About),
    ("around ", Hedge::About),
    ("roughly ", Hedge::About),
    ("approximately ", Hedge::About),
    ("circa ", Hedge::About),
    ("ca. ", Hedge::About),
    ("c. ", Hedge::About),
    ("~", Hedge::About),
];

/// Reads one date, stretch of dates, or hedged date; lower case.
pub(super) fn read(text: &str, published: Option<Date>) -> Result<Said<Date>, Flaw> {
    if let Some(set) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let members: Result<Vec<_>, _> = set.split(',').map(|member| member_of_set(member.trim(), published)).collect();
        return Ok(match members?.as_slice() {
            [one] => one.clone(),
            several => Said::AnyOf(several.into()),
        });
    }
    if let Some((from, to)) = text.split_once('/')
        && !to.contains('/')
    {
        return interval(from.trim(), to.trim(), text, published);
    }
    if let Some((words, hedge)) = BEFORE.iter().find(|(words, _)| text.starts_with(words)) {
        let rest = &text[words.len()..];
        let said = read(rest, published).map_err(|flaw| flaw.shifted(words.len()))?;
        return match said {
            Said::Hedged(Hedge::Exactly, date) => Ok(Said::Hedged(*hedge, date)),
            Said::Between(from, to) => match hedge {
                Hedge::AtMost => Ok(Said::Hedged(Hedge::AtMost, to)),
                Hedge::FewerThan => Ok(Said::Hedged(Hedge::FewerThan, from)),
                Hedge::AtLeast => Ok(Said::Hedged(Hedge::AtLeast, from)),
                Hedge::MoreThan => Ok(Said::Hedged(Hedge::MoreThan, to)),
                _ => Ok(Said::AboutBetween(from, to)),
            },
            _ => Err(Flaw::new(words.len(), "this is a second hedge; keep the one that was meant")),
        };
    }
    for (opening, joint) in [("between ", " and "), ("from ", " to "), ("", " to "), ("", "–"), ("", " - ")] {
        if let Some((from, to)) = text.strip_prefix(opening).and_then(|rest| rest.split_once(joint)) {
            return interval(from.trim(), to.trim(), text, published);
        }
    }
    if let Some(stated) = text.strip_suffix(['~', '?', '%']) {
        return match stretch(stated.trim(), published)? {
            (from, to) if from == to => Ok(Said::Hedged(Hedge::About, from)),
            (from, to) => Ok(Said::AboutBetween(from, to)),
        };
    }
    Ok(match stretch(text, published)? {
        (from, to) if from == to => Said::Hedged(Hedge::Exactly, from),
        (from, to) => Said::Between(from, to),
    })
}

/// A member of an EDTF set: a date, or a run of them as `1670..1672`, `..1983` or `1984..`.
fn member_of_set(text: &str, published: Option<Date>) -> Result<Said<Date>, Flaw> {
    match text.split_once("..") {
        Some((from, to)) => {
            let end = |end: &str| if end.is_empty() { "..".to_owned() } else { end.to_owned() };
            interval(&end(from), &end(to), text, published)
        }
        None => read(text, published),
    }
}

/// The stretch from one date to another; `..` leaves it open.
fn interval(from: &str, to: &str, text: &str, published: Option<Date>) -> Result<Said<Date>, Flaw> {
    let behind = text.len() - to.len();
    let end = |end: &str, at: usize| {
        let bare = end.strip_suffix('~');
        let (first, last) = stretch(bare.unwrap_or(end), published).map_err(|flaw| flaw.shifted(at))?;
        Ok((first, last, bare.is_some()))
    };
    match (from, to) {
        ("..", "..") => Err(Flaw::new(0, "an interval that is open on both ends says nothing")),
        ("..", to) => end(to, behind).map(|(_, to, _)| Said::Hedged(Hedge::AtMost, to)),
        (from, "..") => end(from, 0).map(|(from, ..)| Said::Hedged(Hedge::AtLeast, from)),
        (from, to) => {
            let ((from, _, about_from), (_, to, about_to)) = (end(from, 0)?, end(to, behind)?);
            if about_from && about_to {
                Ok(Said::AboutBetween(from, to))
            } else if about_from || about_to {
                Err(Flaw::new(0, "only one end is approximate; put `~` to both or to none"))
            } else {
                Ok(Said::Between(from, to))
            }
        }
    }
}

/// An unhedged date as the first and the last of a stretch; mostly one and the same.
fn stretch(text: &str, published: Option<Date>) -> Result<(Date, Date), Flaw> {
    if text.is_empty() {
        return Err(Flaw::new(0, "a date is missing; an open end is written `..`"));
    }
    let bare =
        ["on ", "in ", "the ", "during "].iter().fold(text, |text, word| text.strip_prefix(word).unwrap_or(text));
    if let Some(years) = decade(bare) {
        return Ok(years);
    }
    if let Some(date) = in_english(bare) {
        return date.map(|date| (date, date)).ok_or_else(|| Flaw::new(0, "there is no such day in the calendar"));
    }
    if let Some(back) = Back::read(bare) {
        let date = published.ok_or_else(|| {
            Flaw::new(0, "it counts back from the day of its document: give the document's `published`, or write the date itself")
        })?;
        return back.from(date).ok_or_else(|| {
            Flaw::new(
                0,
                format!("its document is only dated `{date}`: give `published` to the day, or write the date itself"),
            )
        });
    }
    let date: Date = bare.to_ascii_uppercase().parse().map_err(|error: crate::error::WordingError| {
        Flaw::new(0, error.to_string().split_once(": ").map_or_else(String::new, |(_, why)| why.to_owned()))
    })?;
    Ok((date, date))
}

/// `1990s` and EDTF's `199x`.
fn decade(text: &str) -> Option<(Date, Date)> {
    let digits = text.strip_suffix("0s").or_else(|| text.strip_suffix('x')).filter(|d| d.len() == 3)?;
    let first = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<i32>().ok())?? * 10;
    Some((Date::year(first)?, Date::year(first + 9)?))
}

fn month(word: &str) -> Option<u32> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let found = MONTHS
        .iter()
        .position(|name| *name == word || (name.starts_with(word) && (word.len() == 3 || word == "sept")))?;
    u32::try_from(found).ok().map(|n| n + 1)
}

fn day_of_month(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    (digits.len() <= 2 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())?
}

fn words(text: &str) -> Vec<&str> {
    text.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty() && *word != "of").collect()
}

/// `29 August 2024`, `August 29, 2024`, `August 2024`. The inner `None` is a day that doesn't exist.
fn in_english(text: &str) -> Option<Option<Date>> {
    let year = |word: &str| {
        (word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse::<i32>().ok()).flatten()
    };
    let words = words(text);
    match words.as_slice() {
        [a, b, y] => {
            let year = year(y)?;
            let (month, day) = month(b).zip(day_of_month(a)).or_else(|| month(a).zip(day_of_month(b)))?;
            Some(NaiveDate::from_ymd_opt(year, month, day).map(Date::from))
        }
        [m, y] => Some(Date::month(year(y)?, month(m)?)),
        _ => None,
    }
}

/// A date that counts back from the document's own.
enum Back {
    Days(u32),
    Weekday { weekday: u32, strictly_before: bool },
    Week(u32),
    Month { month: u32 },
    Day { month: u32, day: u32 },
    Units { precision: Precision, units: i32 },
}

impl Back {
    fn read(text: &str) -> Option<Self> {
        let weekday = |word: &str| {
            let found = WEEKDAYS.iter().position(|name| {
                *name == word || (word.len() >= 3 && word.len() <= 5 && name.starts_with(word.trim_end_matches('.')))
            })?;
            u32::try_from(found).ok()
        };
        match words(text).as_slice() {
            ["today"] => Some(Self::Days(0)),
            ["yesterday"] => Some(Self::Days(1)),
            ["this", "week"] => Some(Self::Week(0)),
            ["last", "week"] => Some(Self::Week(1)),
            ["this", "month"] => Some(Self::Units { precision: Precision::Month, units: 0 }),
            ["last", "month"] => Some(Self::Units { precision: Precision::Month, units: -1 }),
            ["this", "year"] => Some(Self::Units { precision: Precision::Year, units: 0 }),
            ["last", "year"] => Some(Self::Units { precision: Precision::Year, units: -1 }),
            ["last", day] if weekday(day).is_some() => {
                weekday(day).map(|weekday| Self::Weekday { weekday, strictly_before: true })
            }
            [word] => match (weekday(word), month(word)) {
                (Some(weekday), _) => Some(Self::Weekday { weekday, strictly_before: false }),
                (None, Some(month)) => Some(Self::Month { month }),
                (None, None) => None,
            },
            [a, b] => {
                let (month, day) = month(b).zip(day_of_month(a)).or_else(|| month(a).zip(day_of_month(b)))?;
                Some(Self::Day { month, day })
            }
            _ => None,
        }
    }

    /// The date meant in a document of that date, where it is precise enough to tell.
    fn from(&self, published: Date) -> Option<(Date, Date)> {
        let needed = match self {
            Self::Units { precision, .. } => *precision,
            Self::Month { .. } => Precision::Month,
            _ => Precision::Day,
        };
        if published.precision() < needed {
            return None;
        }
        let day = published.day();
        let back = |days: u32| day.checked_sub_days(chrono::Days::new(days.into())).map(Date::from);
        let one = |date: Date| (date, date);
        match *self {
            Self::Days(days) => back(days).map(one),
            Self::Weekday { weekday, strictly_before } => {
                let days = (day.weekday().num_days_from_monday() + 7 - weekday) % 7;
                back(if days == 0 && strictly_before { 7 } else { days }).map(one)
            }
            Self::Week(weeks) => {
                let monday = back(day.weekday().num_days_from_monday() + 7 * weeks)?;
                Some((monday, monday.shift(6)?))
            }
            Self::Month { month } => {
                let year = if month > day.month() { day.year() - 1 } else { day.year() };
                Date::month(year, month).map(one)
            }
            Self::Day { month, day: of_month } => {
                // 29 February may be up to eight years back.
                let years = (0..=8).filter_map(|years| NaiveDate::from_ymd_opt(day.year() - years, month, of_month));
                years.into_iter().find(|date| *date <= day).map(|date| one(date.into()))
            }
            Self::Units { precision, units } => published.at(precision).shift(units).map(one),
        }
    }
}

/// Writes a date's canonical text: ISO 8601 and EDTF, with words where those have none.
pub(super) fn write(said: &Said<Date>, f: &mut dyn fmt::Write) -> fmt::Result {
    match said {
        Said::Hedged(hedge, date) => match hedge {
            Hedge::AtLeast => write!(f, "{date}/.."),
            Hedge::AtMost => write!(f, "../{date}"),
            Hedge::MoreThan => write!(f, "after {date}"),
            Hedge::FewerThan => write!(f, "before {date}"),
            Hedge::About => write!(f, "{date}~"),
            Hedge::Exactly | Hedge::Nearly | Hedge::JustOver => write!(f, "{date}"),
        },
        Said::Between(from, to) => write!(f, "{from}/{to}"),
        Said::AboutBetween(from, to) => write!(f, "{from}~/{to}~"),
        Said::Both(_, from, _, to) => write!(f, "{from}/{to}"),
        Said::AnyOf(said) => joined(said, " or ", f, |one, f| write(one, f)),
        Said::AnythingBut(said) => {
            f.write_str("anything but ")?;
            write(said, f)
        }
        Said::Vague(..) | Said::Anything => f.write_str("anything"),
    }
}
