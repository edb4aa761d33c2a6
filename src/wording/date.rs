//! Dates as people say them: ISO 8601, EDTF, English, and days that count back from the document's own.
//!
//! EDTF is the [Extended Date/Time Format](https://www.loc.gov/standards/datetime/) of ISO 8601-2:2019; of it
//! are read the approximate and uncertain date, the open and closed interval, the set of which one is meant,
//! and the decade.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};

use super::iso::MONTHS;
use super::{Flaw, Length, bounds, hedge, not_too_long, possible, write_any};
use crate::error::Shown;
use crate::model::date::{Date, Precision};
use crate::model::value::{Hedge, Said};

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// How weekdays are cut short, in the same order.
const CUT_SHORT: [&[&str]; 7] =
    [&["mon"], &["tue", "tues"], &["wed", "weds"], &["thu", "thur", "thurs"], &["fri"], &["sat"], &["sun"]];
/// Words for a part of a month or a year: nobody can say where that part ends.
const PARTS: &[&str] = &[
    "early",
    "mid",
    "late",
    "beginning",
    "start",
    "middle",
    "end",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "weekend",
    "century",
];
const AHEAD: &[&str] = &["tomorrow", "next", "coming"];

/// What is known of a date's surroundings.
#[derive(Clone, Copy)]
pub(super) struct DateContext {
    published: Option<Date>,
    /// Whether some of several dates say their year, so that those that don't can't be counted from the
    /// document.
    has_years: bool,
}

impl DateContext {
    pub(super) fn new(text: &str, published: Option<Date>) -> Self {
        let has_years = text.contains(" or ") && words(text).iter().any(|word| year(word).is_some());
        Self { published, has_years }
    }
}

/// Reads one date, stretch of dates, or hedged date; lower case.
pub(super) fn read(text: &str, context: DateContext) -> Result<Said<Date>, Flaw> {
    match text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(set) => members(set, context).map_err(|flaw| flaw.shifted(1)),
        None => one(text, context),
    }
}

/// Whether a comma between two words parts two dates: in `August 29, 2024` and `Thursday, 29 August` it parts
/// none.
pub(super) fn is_parted(before: &str, after: &str) -> bool {
    let of_a_weekday = weekday(before).is_some() && (month(after).is_some() || day_of_month(after).is_some());
    let of_a_year = year(after).is_some() && year(before).is_none();
    !of_a_weekday && !of_a_year
}

/// An EDTF set, of which one member is meant: dates, or runs of them as `1670..1672`, `..1983` or `1984..`.
fn members(set: &str, context: DateContext) -> Result<Said<Date>, Flaw> {
    let mut members = Vec::new();
    let mut at = 0;
    for member in set.split(',') {
        let bare = member.trim();
        let begins = at + member.len() - member.trim_start().len();
        let said = match bare.split_once("..") {
            Some((from, to)) => {
                not_too_long(bare).and_then(|()| stretch((0, from), (from.len() + "..".len(), to), context))
            }
            None => one(bare, context),
        };
        members.push(said.map_err(|flaw| flaw.shifted(begins))?);
        at += member.len() + 1;
    }
    match members.len() {
        1 => Ok(members.remove(0)),
        _ => Ok(Said::AnyOf(members.into())),
    }
}

fn one(text: &str, context: DateContext) -> Result<Said<Date>, Flaw> {
    not_too_long(text)?;
    // By far the commonest, and it needs no grammar.
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        && let Ok(date) = Date::parse(text)
    {
        return Ok(Said::Hedged(Hedge::Exactly, date));
    }
    let whole = |text: &str| match unhedged(text, context)? {
        Said::Hedged(Hedge::Exactly, date) => Ok(date),
        _ => Err(Flaw::new(0, "expected one date here")),
    };
    let said = match bounds(text, &hedge::before_date, &whole)? {
        Some(Said::Both(Hedge::AtLeast, from, Hedge::AtMost, to)) => Said::Between(from, to),
        Some(said) => said,
        None => hedged(text, context)?,
    };
    possible(said, |said, text| write(said, Length::Few, text))
}

fn hedged(text: &str, context: DateContext) -> Result<Said<Date>, Flaw> {
    // "from 2017 to 2019" is a stretch, and "from 2017" a hedge.
    let before = hedge::before_date(text).filter(|_| !(text.starts_with("from ") && text.contains(" to ")));
    let (hedge, inner) = hedge::around(before, text, hedge::behind_date)?;
    let begins = inner.start;
    if begins > 0 && hedge::before_date(&text[inner.clone()]).is_some() {
        return Err(hedge::second(begins));
    }
    match (hedge, unhedged(&text[inner], context).map_err(|flaw| flaw.shifted(begins))?) {
        (Hedge::Exactly, said) if before.is_none() || said.is_unhedged() => Ok(said),
        (hedge, Said::Hedged(Hedge::Exactly, date)) => Ok(Said::Hedged(hedge, date)),
        (Hedge::About, Said::Between(from, to)) => Ok(Said::AboutBetween(from, to)),
        (Hedge::AtMost | Hedge::MoreThan, Said::Between(_, to)) => Ok(Said::Hedged(hedge, to)),
        (_, Said::Between(from, _)) => Ok(Said::Hedged(hedge, from)),
        _ => Err(hedge::second(begins)),
    }
}

/// A date or a stretch of dates, with no words before it; EDTF has marks for an open and an approximate one.
fn unhedged(text: &str, context: DateContext) -> Result<Said<Date>, Flaw> {
    for (opening, joint) in [
        ("", "/"),
        ("between ", " and "),
        ("from ", " to "),
        ("", " to "),
        ("", "–"),
        ("", "—"),
        ("", " - "),
        ("", "-"),
    ] {
        let Some((from, to)) = text.strip_prefix(opening).and_then(|rest| rest.split_once(joint)) else {
            continue;
        };
        let is_parted = match joint {
            "/" => !to.contains('/'),
            // A hyphen parts "2019-2021" and "August 26-29", and joins the parts of "2024-08" and
            // "mid-August".
            "-" => are_years(from, to) || are_days(from, to),
            _ => true,
        };
        if is_parted {
            let behind = opening.len() + from.len() + joint.len();
            return stretch((opening.len(), from), (behind, to), context);
        }
    }
    let (date, loose) = text.strip_suffix(['~', '?', '%']).map_or((text, false), |date| (date, true));
    Ok(match (whole(&NamedDate::read(date)?, context)?, loose) {
        ((from, to), false) if from == to => Said::Hedged(Hedge::Exactly, from),
        ((from, to), true) if from == to => Said::Hedged(Hedge::About, from),
        ((from, to), false) => Said::Between(from, to),
        ((from, to), true) => Said::AboutBetween(from, to),
    })
}

fn are_years(from: &str, to: &str) -> bool {
    year(from).is_some() && year(to).is_some()
}

/// Whether these are two days of a month that one of them names.
fn are_days(from: &str, to: &str) -> bool {
    let (first, second) = (words(from), words(to));
    first.last().is_some_and(|word| day_of_month(word).is_some())
        && second.first().is_some_and(|word| day_of_month(word).is_some())
        && first.iter().chain(&second).any(|word| month(word).is_some())
}

/// An end of a stretch, with where it begins.
type DateEnd<'t> = (usize, &'t str);

/// The stretch from one date to another; nothing or `..` leaves an end open.
fn stretch(
    (from_at, from): DateEnd<'_>,
    (to_at, to): DateEnd<'_>,
    context: DateContext,
) -> Result<Said<Date>, Flaw> {
    let (from, to) = (from.trim(), to.trim());
    let is_open = |end: &str| end.is_empty() || end == "..";
    let (bare_from, bare_to) = (from.trim_end_matches('~'), to.trim_end_matches('~'));
    let fill = |named: NamedDate, at: usize| whole(&named, context).map_err(|flaw| flaw.shifted(at));
    let read = |end: &str, at: usize| NamedDate::read(end).map_err(|flaw| flaw.shifted(at));
    match (is_open(from), is_open(to)) {
        (true, true) => return Err(Flaw::new(0, "a stretch that is open at both ends says nothing")),
        (true, false) => return Ok(Said::Hedged(Hedge::AtMost, fill(read(to, to_at)?, to_at)?.1)),
        (false, true) => return Ok(Said::Hedged(Hedge::AtLeast, fill(read(from, from_at)?, from_at)?.0)),
        (false, false) => {}
    }
    let (full_from, full_to) = borrowed(bare_from, bare_to);
    let no_such_day = || Flaw::new(to_at, NO_SUCH_DAY);
    // "August 26, 2024 to September 2", "Monday to Thursday": the end that lacks its year goes by the other
    // one.
    let (first, last) = match (read(&full_from, from_at)?, read(&full_to, to_at)?) {
        (NamedDate::Whole(from, _), NamedDate::Recurring(to)) => {
            (from, to.near(from.day(), Direction::On).ok_or_else(no_such_day)?)
        }
        (NamedDate::Recurring(from), to) => {
            let (_, to) = fill(to, to_at)?;
            let until = to.last().naive_utc().date();
            let from =
                (to.precision() >= from.precision()).then(|| from.near(until, Direction::Back)).flatten();
            (from.ok_or_else(|| Flaw::new(from_at, "write the year of this date too"))?, to)
        }
        (from, to) => (fill(from, from_at)?.0, fill(to, to_at)?.1),
    };
    if first.first() > last.last() {
        return Err(Flaw::new(0, format!("the stretch runs backwards; write `{last}/{first}`")));
    }
    match (from == bare_from, to == bare_to) {
        (true, true) => Ok(Said::Between(first, last)),
        (false, false) => Ok(Said::AboutBetween(first, last)),
        _ => Err(Flaw::new(0, "only one end is approximate; put `~` to both or to none")),
    }
}

/// The ends of `26–29 August 2024` and `August 26–29, 2024`, each with the month that it shares with the
/// other.
fn borrowed(from: &str, to: &str) -> (String, String) {
    let (first, second) = (words(from), words(to));
    let is_day = |word: &str| day_of_month(word).is_some();
    let is_month = |word: &str| month(word).is_some();
    let full = |one: &str, other: &str, rest: &[&str]| [&[one, other], rest].concat().join(" ");
    match (first.as_slice(), second.as_slice()) {
        ([day], [d, m, rest @ ..]) if is_day(day) && is_day(d) && is_month(m) => {
            (full(day, m, rest), to.to_owned())
        }
        ([day], [m, d, rest @ ..]) if is_day(day) && is_day(d) && is_month(m) => {
            (full(m, day, rest), to.to_owned())
        }
        ([m, d], [day, rest @ ..])
            if is_day(d) && is_day(day) && is_month(m) && !rest.iter().any(|w| is_month(w)) =>
        {
            (from.to_owned(), full(m, day, rest))
        }
        _ => (from.to_owned(), to.to_owned()),
    }
}

const NO_SUCH_DAY: &str = "there is no such day in the calendar";

/// A date as it was named, before it is known which one that is.
enum NamedDate {
    /// `2024-08-29`; the first and the last year of `the 1990s`.
    Whole(Date, Date),
    Recurring(Recurring),
    Counted(Counted),
}

/// A date that comes again and again.
enum Recurring {
    Weekday(u32),
    Month(u32),
    Day { month: u32, day: u32, weekday: Option<u32> },
}

/// A date that is counted from the day of its document.
enum Counted {
    DaysAgo(u32),
    WeeksAgo(u32),
    UnitsAgo(Precision, i32),
    /// Strictly before that day.
    LastWeekday(u32),
}

/// Where to look for the nearest of the days that come again and again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Back,
    On,
}

/// The first and the last of the dates that are meant, where it is known when their document was published.
fn whole(named: &NamedDate, context: DateContext) -> Result<(Date, Date), Flaw> {
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
    fn read(text: &str) -> Result<Self, Flaw> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Flaw::new(0, "a date is missing; an open end is written `..`"));
        }
        let bare = ["on ", "in ", "the ", "during "]
            .iter()
            .fold(text, |text, word| text.strip_prefix(word).unwrap_or(text));
        if let Some((first, last)) = decade(bare) {
            return Ok(Self::Whole(first, last));
        }
        // "29-Aug-2024"
        let hyphened =
            bare.split('-').nth(1).is_some_and(|word| month(word).is_some()).then(|| bare.replace('-', " "));
        let words = words(hyphened.as_deref().unwrap_or(bare));
        let (of_week, rest) = match words.as_slice() {
            [first, rest @ ..] if !rest.is_empty() => {
                weekday(first).map_or((None, &words[..]), |w| (Some(w), rest))
            }
            all => (None, all),
        };
        let named = match Self::in_english(rest, of_week) {
            Some(named) => named,
            None => match Date::parse(&rest.join(" ")) {
                Ok(date) => Ok(Self::Whole(date, date)),
                Err(why) => Err(unknown_word(bare).unwrap_or(Flaw::new(0, why))),
            },
        };
        named
            .and_then(|named| match (&named, of_week) {
                (Self::Whole(date, _), Some(weekday)) if date.precision() >= Precision::Day => {
                    on_weekday(*date, weekday).map(|_| named)
                }
                (Self::Recurring(Recurring::Day { .. }), _) | (_, None) => Ok(named),
                _ => Err(Flaw::new(0, "a weekday stands alone, or before its day and month")),
            })
            .map_err(|flaw| flaw.shifted(text.len() - bare.len()))
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
                let ((month, day), year) = month_and_day(a, b).zip(year(y))?;
                Some(whole(NaiveDate::from_ymd_opt(year, month, day).map(Date::from)))
            }
            [a, b] => match (month_and_day(a, b), month(a).zip(year(b))) {
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
    fn precision(&self) -> Precision {
        if matches!(self, Self::Month(_)) { Precision::Month } else { Precision::Day }
    }

    /// The nearest such day or month that isn't after the day, or isn't before it.
    fn near(&self, day: NaiveDate, direction: Direction) -> Option<Date> {
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
            ["last", day] => weekday(day).map(Self::LastWeekday),
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

/// The word that makes a text no date.
fn unknown_word(text: &str) -> Option<Flaw> {
    let known = |word: &str| {
        month(word).is_some()
            || weekday(word).is_some()
            || ["last", "this", "week", "month", "year", "today", "yesterday"].contains(&word)
    };
    let word = *words(text).iter().find(|word| word.starts_with(char::is_alphabetic) && !known(word))?;
    let begins = word.split('-').next().unwrap_or(word);
    let why = if AHEAD.contains(&word) {
        format!("{} counts forward; write the date itself", Shown(word))
    } else if PARTS.contains(&begins) {
        format!(
            "nobody can say where {} begins and ends; write the stretch, as in `2024-08-01/2024-08-10`",
            Shown(begins)
        )
    } else {
        format!(
            "{} isn't part of a date; \
             expected one such as `2024-08-29`, `29 August 2024`, `August 2024` or `2024`",
            Shown(word)
        )
    };
    Some(Flaw::new(text.find(word).unwrap_or(0), why))
}

/// `1990s`, and `199x` as EDTF has it.
fn decade(text: &str) -> Option<(Date, Date)> {
    let tens = text.strip_suffix("0s").or_else(|| text.strip_suffix('x'))?;
    let first = year(&format!("{tens}0"))?;
    Some((Date::year(first)?, Date::year(first + 9)?))
}

fn month(word: &str) -> Option<u32> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let is_month = |name: &&str| {
        name.eq_ignore_ascii_case(word)
            || ((word.len() == 3 || word == "sept") && name.to_ascii_lowercase().starts_with(word))
    };
    MONTHS.iter().position(is_month).and_then(|n| u32::try_from(n + 1).ok())
}

/// Counted from Monday.
fn weekday(word: &str) -> Option<u32> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let found = WEEKDAYS
        .iter()
        .zip(CUT_SHORT)
        .position(|(name, short)| name.eq_ignore_ascii_case(word) || short.contains(&word));
    found.and_then(|n| u32::try_from(n).ok())
}

fn year(word: &str) -> Option<i32> {
    (word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse().ok()).flatten()
}

fn day_of_month(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    let is_short = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_short.then(|| digits.parse().ok()).flatten()
}

/// The words of a date in English: `the 29th of August, 2024` has three.
fn words(text: &str) -> Vec<&str> {
    text.split([' ', ',']).filter(|word| !word.is_empty() && !matches!(*word, "of" | "the")).collect()
}

/// Writes a date's canonical text: ISO 8601 and EDTF, with words where those have none.
pub(super) fn write(said: &Said<Date>, length: Length, f: &mut dyn fmt::Write) -> fmt::Result {
    let word = |hedge: Hedge| match hedge {
        Hedge::AtLeast => "since",
        Hedge::MoreThan => "after",
        Hedge::AtMost => "until",
        _ => "before",
    };
    match said {
        Said::Hedged(hedge, date) => match hedge {
            Hedge::AtLeast => write!(f, "{date}/.."),
            Hedge::AtMost => write!(f, "../{date}"),
            Hedge::MoreThan | Hedge::FewerThan => write!(f, "{} {date}", word(*hedge)),
            Hedge::About => write!(f, "{date}~"),
            Hedge::Exactly | Hedge::Nearly | Hedge::JustOver => write!(f, "{date}"),
        },
        Said::Between(from, to) => write!(f, "{from}/{to}"),
        Said::AboutBetween(from, to) => write!(f, "{from}~/{to}~"),
        Said::Both(low, from, high, to) => write!(f, "{} {from} and {} {to}", word(*low), word(*high)),
        Said::AnyOf(said) => write_any(said, length, f, |before, one, f| {
            // In "before 2020 or 2022" it would be open whether the hedge is meant for both; EDTF's marks are
            // one date's.
            let in_words =
                matches!(before, Some(Said::Hedged(Hedge::MoreThan | Hedge::FewerThan, _) | Said::Both(..)));
            if in_words && one.is_unhedged() {
                f.write_str("exactly ")?;
            }
            write(one, length, f)
        }),
        Said::AnythingBut(said) => {
            f.write_str("anything but ")?;
            write(said, length, f)
        }
        Said::Vague(..) | Said::Anything => f.write_str("anything"),
    }
}
