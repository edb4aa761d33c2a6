//! Dates as they are named, and which ones that are: by the calendar, or counted back from their document.

use chrono::{Datelike, Days, NaiveDate};

use super::super::Flaw;
use super::super::iso::{MONTHS, day_of_serial};
use super::DateContext;
use super::calendar_words::{
    WEEKDAYS, day_of_month, is_digits, month, small_number, weekday, words, year_beside_month,
};
use super::past;
use crate::error::Shown;
use crate::model::date::{Date, Precision};

/// Words for a part of a month or a year that nobody can find the ends of.
const PARTS: &[&str] =
    &["early", "mid", "late", "beginning", "start", "middle", "end", "weekend", "century", "turn", "decade"];
const SEASONS: &[&str] = &["spring", "summer", "autumn", "fall", "winter"];
const FISCAL: &[&str] = &["fy", "fiscal", "financial"];
const AHEAD: &[&str] = &["tomorrow", "next", "coming"];

pub(super) const NO_SUCH_DAY: &str = "there is no such day in the calendar";

/// A date as it was named, before it is known which one that is.
pub(super) enum NamedDate {
    /// `2024-08-29`; the first and the last day of `1690 (O.S.)`.
    Whole(Date, Date),
    Recurring(Recurring),
    Counted(Counted),
}

/// A date that comes again and again.
pub(super) enum Recurring {
    Weekday(u32),
    Month(u32),
    Day { month: u32, day: u32, weekday: Option<u32> },
}

/// A date that is counted from the day of its document.
pub(super) enum Counted {
    DaysAgo(u32),
    WeeksAgo(u32),
    UnitsAgo(Precision, i32),
    /// Strictly before that day.
    LastWeekday(u32),
    /// The Saturday and Sunday; the last one before it, or the one that it may be a day of.
    Weekend {
        before: bool,
    },
}

/// Where to look for the nearest of the days that come again and again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Back,
    On,
}

/// The first and the last of the dates that are meant, where it is known when their document was published.
pub(super) fn whole(named: &NamedDate, context: DateContext) -> Result<(Date, Date), Flaw> {
    let needed = match named {
        NamedDate::Whole(from, to) => return Ok((*from, *to)),
        NamedDate::Recurring(recurring) => recurring.precision(),
        NamedDate::Counted(Counted::UnitsAgo(precision, _)) => *precision,
        NamedDate::Counted(_) => Precision::Day,
    };
    if context.has_years && matches!(named, NamedDate::Recurring(_)) {
        return Err(Flaw::new(0, "write the year of this date too"));
    }
    let Some(published) = context.published else {
        let why = "it counts back from the day of its document; \
                       give the document's `published`, or write the date itself";
        return Err(Flaw::new(0, why));
    };
    if published.precision() < needed {
        let unit = if needed == Precision::Month { "month" } else { "day" };
        let why = format!(
            "its document is dated only `{published}`; \
                 give `published` to the {unit}, or write the date itself"
        );
        return Err(Flaw::new(0, why));
    }
    match named {
        NamedDate::Recurring(recurring) => {
            let date =
                recurring.near(published.day(), Direction::Back).ok_or_else(|| Flaw::new(0, NO_SUCH_DAY))?;
            recurring.checked(date).map(|date| (date, date))
        }
        NamedDate::Counted(counted) => counted.back_from(published).ok_or_else(|| Flaw::new(0, NO_SUCH_DAY)),
        NamedDate::Whole(from, to) => Ok((*from, *to)),
    }
}

impl NamedDate {
    pub(super) fn read(text: &str) -> Result<Self, Flaw> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Flaw::new(0, "a date is missing; an open end is written `..`"));
        }
        let (bare, is_julian) = past::without_style(bare(text));
        Self::read_bare(bare, is_julian).map_err(|flaw| flaw.shifted(text.find(bare).unwrap_or(0)))
    }

    fn read_bare(bare: &str, is_julian: bool) -> Result<Self, Flaw> {
        // "29-Aug-2024"
        let hyphened =
            bare.split('-').nth(1).is_some_and(|word| month(word).is_some()).then(|| bare.replace('-', " "));
        let all = words(hyphened.as_deref().unwrap_or(bare));
        let (of_week, rest) = match all.as_slice() {
            [first, rest @ ..] if !rest.is_empty() => {
                weekday(first).map_or((None, &all[..]), |w| (Some(w), rest))
            }
            all => (None, all),
        };
        let rewritten = match past::without_era(rest)? {
            Some((words, _)) => Some(words),
            None if past::is_dual(bare) => {
                let mut words: Vec<String> = rest.iter().map(|word| (*word).to_owned()).collect();
                past::in_new_count(&mut words)?;
                Some(words)
            }
            None => None,
        };
        let rewritten: Option<Vec<&str>> =
            rewritten.as_ref().map(|words| words.iter().map(String::as_str).collect());
        let rest = rewritten.as_deref().unwrap_or(rest);
        let named = match Self::in_english(rest, of_week) {
            Some(named) => named,
            None => match Date::parse(&rest.join(" ")) {
                Ok(date) => Ok(Self::Whole(date, date)),
                Err(why) => {
                    Err(unknown_word(bare).unwrap_or_else(|| Flaw::new(0, in_figures(bare).unwrap_or(why))))
                }
            },
        }?;
        let named = match named {
            Self::Whole(from, to) if is_julian => {
                let (from, to) = past::from_julian((from, to))?;
                Self::Whole(from, to)
            }
            _ if is_julian => return Err(Flaw::new(0, "a date in the old style needs its year")),
            named => named,
        };
        match (&named, of_week) {
            (Self::Whole(date, _), Some(weekday)) if date.precision() >= Precision::Day => {
                on_weekday(*date, weekday).map(|_| named)
            }
            (Self::Recurring(Recurring::Day { .. }), _) | (_, None) => Ok(named),
            _ => Err(Flaw::new(0, "a weekday stands alone, or before its day and month")),
        }
    }

    /// `29 August 2024`, `August 29, 2024`, `29 August`, `August 2024`, `August`, `Thursday`, `last week`.
    fn in_english(words: &[&str], of_week: Option<u32>) -> Option<Result<Self, Flaw>> {
        let month_and_day =
            |a: &str, b: &str| month(b).zip(day_of_month(a)).or_else(|| month(a).zip(day_of_month(b)));
        let whole =
            |date: Option<Date>| date.map(|d| Self::Whole(d, d)).ok_or_else(|| Flaw::new(0, NO_SUCH_DAY));
        if let Some(counted) = Counted::read(words) {
            return Some(Ok(Self::Counted(counted)));
        }
        match words {
            [a, b, y] => {
                let ((month, day), year) = match month_and_day(a, b).zip(year_beside_month(y)) {
                    Some(found) => found,
                    None if month_and_day(a, b).is_some() && is_short_year(y) => {
                        return Some(Err(Flaw::new(0, "write the year in full, as in `29 August 2024`")));
                    }
                    None => return None,
                };
                Some(whole(NaiveDate::from_ymd_opt(year, month, day).map(Date::from)))
            }
            [a, b] => match (month_and_day(a, b), month(a).zip(year_beside_month(b))) {
                (_, Some((month, year))) => Some(whole(Date::month(year, month))),
                (Some((month, day)), _) => {
                    Some(Ok(Self::Recurring(Recurring::Day { month, day, weekday: of_week })))
                }
                (None, None) => None,
            },
            [word] => {
                let recurring =
                    weekday(word).map(Recurring::Weekday).or_else(|| month(word).map(Recurring::Month));
                recurring.map(|recurring| Ok(Self::Recurring(recurring)))
            }
            _ => None,
        }
    }
}

impl Recurring {
    pub(super) fn precision(&self) -> Precision {
        if matches!(self, Self::Month(_)) { Precision::Month } else { Precision::Day }
    }

    /// The nearest such day or month that isn't after the day, or isn't before it.
    pub(super) fn near(&self, day: NaiveDate, direction: Direction) -> Option<Date> {
        let years_away =
            |years: i32| if direction == Direction::Back { day.year() - years } else { day.year() + years };
        match *self {
            Self::Weekday(weekday) => {
                let from = day.weekday().num_days_from_monday();
                match direction {
                    Direction::Back => day.checked_sub_days(Days::new(((from + 7 - weekday) % 7).into())),
                    Direction::On => day.checked_add_days(Days::new(((weekday + 7 - from) % 7).into())),
                }
                .map(Date::from)
            }
            Self::Month(month) => {
                let is_this_year =
                    if direction == Direction::Back { month <= day.month() } else { month >= day.month() };
                Date::month(years_away(if is_this_year { 0 } else { 1 }), month)
            }
            Self::Day { month, day: of_month, .. } => {
                // 29 February may be up to eight years away.
                let mut found =
                    (0..=8).filter_map(|years| NaiveDate::from_ymd_opt(years_away(years), month, of_month));
                found
                    .find(|date| if direction == Direction::Back { *date <= day } else { *date >= day })
                    .map(Date::from)
            }
        }
    }

    /// The date, unless it fell on another weekday than was said.
    fn checked(&self, date: Date) -> Result<Date, Flaw> {
        match self {
            Self::Day { weekday: Some(weekday), .. } => on_weekday(date, *weekday),
            _ => Ok(date),
        }
    }
}

impl Counted {
    fn read(words: &[&str]) -> Option<Self> {
        match words {
            ["today"] => Some(Self::DaysAgo(0)),
            ["yesterday"] => Some(Self::DaysAgo(1)),
            ["this", "week"] => Some(Self::WeeksAgo(0)),
            ["last", "week"] => Some(Self::WeeksAgo(1)),
            ["this", "month"] => Some(Self::UnitsAgo(Precision::Month, 0)),
            ["last", "month"] => Some(Self::UnitsAgo(Precision::Month, 1)),
            ["this", "year"] => Some(Self::UnitsAgo(Precision::Year, 0)),
            ["last", "year"] => Some(Self::UnitsAgo(Precision::Year, 1)),
            ["weekend"] | ["this", "weekend"] => Some(Self::Weekend { before: false }),
            ["last", "weekend"] => Some(Self::Weekend { before: true }),
            ["day", "before", "yesterday"] => Some(Self::DaysAgo(2)),
            ["last", day] => weekday(day).map(Self::LastWeekday),
            [number, unit, "ago"] => {
                let number = small_number(number)?;
                match *unit {
                    "day" | "days" => Some(Self::DaysAgo(number)),
                    "week" | "weeks" => Some(Self::WeeksAgo(number)),
                    "fortnight" | "fortnights" => Some(Self::WeeksAgo(number * 2)),
                    "month" | "months" => Some(Self::UnitsAgo(Precision::Month, number.cast_signed())),
                    "year" | "years" => Some(Self::UnitsAgo(Precision::Year, number.cast_signed())),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn back_from(&self, published: Date) -> Option<(Date, Date)> {
        let day = published.day();
        let back = |days: u32| day.checked_sub_days(Days::new(days.into())).map(Date::from);
        match *self {
            Self::DaysAgo(days) => back(days).map(|date| (date, date)),
            Self::WeeksAgo(weeks) => {
                let monday = back(day.weekday().num_days_from_monday() + 7 * weeks)?;
                Some((monday, monday.shift(6)?))
            }
            Self::UnitsAgo(precision, units) => {
                published.at(precision).shift(-units).map(|date| (date, date))
            }
            Self::Weekend { before } => {
                // From Saturday on it may be the weekend that has begun.
                let weekday = day.weekday().num_days_from_monday();
                let since = if before && weekday >= 5 { weekday + 2 } else { (weekday + 2) % 7 };
                let saturday = back(since)?;
                Some((saturday, saturday.shift(1)?))
            }
            Self::LastWeekday(weekday) => {
                Recurring::Weekday(weekday).near(day.pred_opt()?, Direction::Back).map(|date| (date, date))
            }
        }
    }
}

/// Refuses `Friday, 29 August 2024`, which was a Thursday.
fn on_weekday(date: Date, weekday: u32) -> Result<Date, Flaw> {
    let name = |n: u32| usize::try_from(n).ok().and_then(|n| WEEKDAYS.get(n)).copied().unwrap_or_default();
    let actual = date.day().weekday().num_days_from_monday();
    if actual == weekday {
        return Ok(date);
    }
    Err(Flaw::new(
        0,
        format!("`{date}` is a {}, not a {}; leave one of them out", name(actual), name(weekday)),
    ))
}

/// A date without the words in front that only join it to its sentence.
pub(super) fn bare(text: &str) -> &str {
    ["on ", "in ", "at ", "over ", "the ", "during ", "the "]
        .iter()
        .fold(text, |text, word| text.strip_prefix(word).unwrap_or(text))
}

/// A year cut to two digits: `24`, `'24`.
fn is_short_year(word: &str) -> bool {
    let digits = word.strip_prefix(['\'', '’']).unwrap_or(word);
    digits.len() == 2 && is_digits(digits)
}

/// What to write in place of figures that are no date as they stand.
fn in_figures(text: &str) -> Option<String> {
    if !is_digits(text) {
        return match text.split_once(['-', '.']) {
            Some((year, month))
                if is_digits(year) && year.len() == 4 && month.len() == 1 && is_digits(month) =>
            {
                Some(format!("months have two digits: write `{year}-0{month}`"))
            }
            _ => None,
        };
    }
    if let Some(day) = day_of_serial(text) {
        let words = format!("{} {} {}", day.day(), month_name(day), day.year());
        return Some(format!("it is a spreadsheet's serial number, which stands for {words}; write `{day}`"));
    }
    match text.len() {
        1..=3 => {
            Some(format!("years have four digits: write `{text:0>4}`, or `{text} CE` (or `{text} BCE`)"))
        }
        8 => {
            let (year, rest) = text.split_at_checked(4)?;
            let (month, day) = rest.split_at_checked(2)?;
            let date: Date = Date::parse(&format!("{year}-{month}-{day}")).ok()?;
            Some(format!("write it with hyphens: `{date}`"))
        }
        // From 2001 on, they have ten.
        10 | 13 => {
            let seconds = text.get(..10)?.parse().ok()?;
            let time = chrono::DateTime::from_timestamp(seconds, 0)?.format("%Y-%m-%dT%H:%M:%SZ");
            Some(format!("if it counts seconds since 1970, write `{time}`"))
        }
        _ => None,
    }
}

fn month_name(day: NaiveDate) -> &'static str {
    MONTHS.get(day.month0() as usize).copied().unwrap_or_default()
}

/// The word that makes a text no date.
fn unknown_word(text: &str) -> Option<Flaw> {
    let known = |word: &str| {
        month(word).is_some()
            || weekday(word).is_some()
            || ["last", "this", "week", "month", "year", "today", "yesterday", "ago"].contains(&word)
    };
    let word = *words(text).iter().find(|word| word.starts_with(char::is_alphabetic) && !known(word))?;
    let begins = word.split('-').next().unwrap_or(word);
    let why = if AHEAD.contains(&word) {
        format!("{} counts forward; write the date itself", Shown(word))
    } else if SEASONS.contains(&begins) {
        format!("{} needs its year, as in `{begins} 2024`", Shown(begins))
    } else if PARTS.contains(&begins) {
        format!(
            "nobody can say where {} begins and ends; write the stretch, as in `2024-08-01/2024-08-10`",
            Shown(begins)
        )
    } else if FISCAL.contains(&begins.trim_end_matches(|c: char| c.is_ascii_digit())) {
        format!(
            "{} begins in another month in each country; write its months, as in `2023-07/2024-06`",
            Shown(begins)
        )
    } else if text.ends_with("hours ago") || text.ends_with("minutes ago") {
        "nobody can say from when it counts back; write the day, or the day and the time".to_owned()
    } else {
        format!(
            "{} isn't part of a date; \
             expected one such as `2024-08-29`, `29 August 2024`, `August 2024` or `2024`",
            Shown(word)
        )
    };
    Some(Flaw::new(text.find(word).unwrap_or(0), why))
}
