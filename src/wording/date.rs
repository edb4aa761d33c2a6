//! Dates as people say them: ISO 8601, EDTF, English, and days that count back from the document's own.
//!
//! EDTF is the [Extended Date/Time Format](https://www.loc.gov/standards/datetime/) of ISO 8601-2:2019. All of
//! its levels 0 to 2 is read, and what genealogists and annalists write.

mod calendar_words;
mod clock;
mod edtf;
mod named;
mod parts;
mod past;
mod seasons;

use std::fmt;
use std::ops::Bound;

use super::{Flaw, Length, bounds, hedge, not_too_long, possible, write_any};
use crate::model::date::{Date, DatePart, Precision};
use crate::model::value::{Approximation, Hedge, Said};
use calendar_words::{day_of_month, is_digits, month, weekday, words, year};
use clock::{NamedTime, TimedDate};
use named::{Direction, NO_SUCH_DAY, NamedDate, whole};

/// The marks that EDTF puts to what is uncertain, approximate, or both.
const MARKS: [char; 3] = ['~', '?', '%'];

/// What joins the ends of a stretch in words.
const JOINTS: [&str; 5] = [" to ", " and ", "–", "—", " - "];

/// Words of genealogists for how a date is known, which they put before its hedge too: `EST AFT 1731`.
const KNOWN_BY: [&str; 6] = ["est ", "est. ", "cal ", "cal. ", "estimated ", "calculated "];

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

/// Whether a text has a word that days are counted back by, or that a day of each week or year is named with.
#[cfg(any(feature = "json", feature = "csv"))]
pub(crate) fn may_count_back(text: &str) -> bool {
    const COUNTED: [&str; 16] = [
        "today",
        "yesterday",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "ago",
        "weekend",
        "overnight",
        "night",
        "tonight",
        "morning",
        "afternoon",
        "evening",
    ];
    let text = text.to_ascii_lowercase();
    let mut all = text.split(|c: char| !c.is_alphanumeric());
    all.any(|word| {
        !word.is_empty()
            && (weekday(word).is_some()
                || month(word).is_some()
                || matches!(word, "midnight" | "noon" | "midday")
                || COUNTED.contains(&word))
    })
}

/// Reads one date, stretch of dates, or hedged date; lower case.
pub(super) fn read(text: &str, context: DateContext) -> Result<Said<Date>, Flaw> {
    let within = |open: char, close: char| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    // Of `{…}` all are meant: as of a stretch of time, each may be the moment.
    match within('[', ']').or_else(|| within('{', '}')) {
        Some(set) => members(set, context).map_err(|flaw| flaw.shifted(1)),
        None => one(text, context),
    }
}

/// Whether a comma between two words parts two dates: in `August 29, 2024` and `Thursday, 29 August` it parts
/// none.
pub(super) fn is_parted(before: &str, after: &str) -> bool {
    let of_a_weekday = weekday(before).is_some() && (month(after).is_some() || day_of_month(after).is_some());
    let of_a_year = calendar_words::year_beside_month(after).is_some() && year(before).is_none();
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
    // A mark within a date is no hedge of all of it.
    if text.trim_matches(MARKS).contains(MARKS)
        && let Some(said) = edtf::read(text)
    {
        return said;
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
    if let Some(rest) = KNOWN_BY.iter().find_map(|word| text.strip_prefix(word))
        && hedge::before_date(rest).is_some()
    {
        return hedged(rest, context).map_err(|flaw| flaw.shifted(text.len() - rest.len()));
    }
    // "from 2017 to 2019" is a stretch, and "from 2017" a hedge; "around midnight" is a part of a day.
    let before = hedge::before_date(text).filter(|_| {
        let is_stretch = text.starts_with("from ") && text.contains(" to ");
        let is_part = ["around midnight", "around noon"].iter().any(|words| text.starts_with(words));
        !is_stretch && !is_part
    });
    // "c1850"
    let glued = ["ca", "c"].iter().find_map(|word| text.strip_prefix(word));
    let before = before.or_else(|| {
        let digits = glued.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))?;
        Some((Hedge::About, text.len() - digits.len()))
    });
    let (hedge, inner) = hedge::around(before, text, hedge::behind_date)?;
    let begins = inner.start;
    if begins > 0 && hedge::before_date(&text[inner.clone()]).is_some() {
        return Err(hedge::second(begins));
    }
    match (hedge, unhedged(&text[inner], context).map_err(|flaw| flaw.shifted(begins))?) {
        (Hedge::Exactly, said) if before.is_none() || said.is_unhedged() => Ok(said),
        (hedge, Said::Hedged(Hedge::Exactly, date)) => Ok(Said::Hedged(hedge, date)),
        (Hedge::About, Said::Between(from, to)) => Ok(Said::AboutBetween(from, to)),
        (Hedge::About, _) => Err(hedge::second(begins)),
        (Hedge::AtMost | Hedge::MoreThan, said) => {
            extent(&said).map(|(_, to)| Said::Hedged(hedge, to)).ok_or_else(|| hedge::second(begins))
        }
        (_, said) => {
            extent(&said).map(|(from, _)| Said::Hedged(hedge, from)).ok_or_else(|| hedge::second(begins))
        }
    }
}

/// The dates that what was said lies between, where no hedge leaves that open.
fn extent(said: &Said<Date>) -> Option<(Date, Date)> {
    match said {
        Said::Hedged(Hedge::Exactly, date) => Some((*date, *date)),
        Said::Between(from, to) => Some((*from, *to)),
        Said::AnyOf(parts) => Some((extent(parts.first()?)?.0, extent(parts.last()?)?.1)),
        Said::Part(..) => {
            let answers = said.answers(Approximation::default());
            let (first, last) = (answers.intervals().first()?, answers.intervals().last()?);
            match (first.low(), last.high()) {
                (Bound::Included(first), Bound::Included(last)) => Some(Date::spanning(first, last)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// What has a grammar of its own: EDTF beyond plain dates, times of day, parts of a stretch, named stretches.
fn special(text: &str, context: DateContext) -> Option<Result<Said<Date>, Flaw>> {
    let text = text.trim();
    if let Some(said) = edtf::read(text) {
        return Some(said);
    }
    if let Some(month) = month_and_year(text) {
        return Some(Ok(Said::Hedged(Hedge::Exactly, month)));
    }
    if let Some((part, of, at)) = parts::read(text)
        && !JOINTS.iter().any(|joint| of.contains(joint))
    {
        return Some(part_of(part, of, context).map_err(|flaw| flaw.shifted(at)));
    }
    if !JOINTS.iter().any(|joint| text.contains(joint))
        && let Some(timed) = clock::split(text)
    {
        return Some(timed.and_then(|timed| at_time(&timed, context)));
    }
    let bare = named::bare(text);
    let words = words(bare);
    let named = match past::without_era(&words) {
        Ok(Some((without, before_christ))) => {
            let without: Vec<&str> = without.iter().map(String::as_str).collect();
            seasons::read(&without, before_christ)
        }
        _ => seasons::read(&words, false),
    }?;
    Some(named.map(|stretches| edtf::any_of(stretches, false)))
}

/// `08/2024`: years have four digits, and no other reading is left.
fn month_and_year(text: &str) -> Option<Date> {
    let (month, year) = text.split_once(['/', '.'])?;
    let is_month = (1..=2).contains(&month.len()) && is_digits(month);
    Date::month(self::year(year)?, is_month.then(|| month.parse().ok()).flatten()?)
}

fn part_of(part: DatePart, of: &str, context: DateContext) -> Result<Said<Date>, Flaw> {
    let said = unhedged(of, context)?;
    let (from, to) = match &said {
        Said::Hedged(Hedge::Exactly, date) => (*date, *date),
        Said::Between(from, to) => (*from, *to),
        _ => return Err(Flaw::new(0, "expected one date or one stretch of time behind it")),
    };
    let is_day = from == to && from.precision() == Precision::Day;
    if part.is_of_day() && !is_day || !part.is_of_day() && from.precision() > Precision::Day {
        return Err(Flaw::new(0, "there is no such part of it; write the stretch of time"));
    }
    Ok(Said::Part(part, from, to))
}

/// A time of day on the day that stands beside it.
fn at_time(timed: &TimedDate, context: DateContext) -> Result<Said<Date>, Flaw> {
    if timed.day.is_empty() {
        return Err(Flaw::new(0, "a time needs its day, as in `29 August 2024, 14:30`"));
    }
    let (day, last) = whole(&NamedDate::read(&timed.day)?, context)?;
    if day != last || day.precision() != Precision::Day {
        return Err(Flaw::new(0, "a time needs its day, as in `29 August 2024, 14:30`"));
    }
    let at = |day: Date, clock: &str| {
        Date::parse_any(&format!("{day}T{clock}{}", timed.offset)).map_err(|why| Flaw::new(0, why))
    };
    let (from, to) = match timed.time {
        NamedTime::Noon if timed.is_about => return Ok(Said::Part(DatePart::Noon, day, day)),
        NamedTime::Midnight if timed.is_about => return Ok(Said::Part(DatePart::Midnight, day, day)),
        NamedTime::Noon => (at(day, "12:00")?, at(day, "12:00")?),
        NamedTime::Midnight => {
            // It may begin the day or end it.
            let next = day.shift(1).ok_or_else(|| Flaw::new(0, NO_SUCH_DAY))?;
            let both = [at(day, "00:00")?, at(next, "00:00")?];
            return Ok(Said::AnyOf(both.map(|date| Said::Hedged(Hedge::Exactly, date)).into()));
        }
        NamedTime::Clock(hour, None, _) => {
            (at(day, &format!("{hour:02}:00"))?, at(day, &format!("{hour:02}:59"))?)
        }
        NamedTime::Clock(hour, Some(minute), None) => {
            let date = at(day, &format!("{hour:02}:{minute:02}"))?;
            (date, date)
        }
        NamedTime::Clock(hour, Some(minute), Some(second)) => {
            let date = at(day, &format!("{hour:02}:{minute:02}:{second:02}"))?;
            (date, date)
        }
    };
    Ok(match (from == to, timed.is_about) {
        (true, false) => Said::Hedged(Hedge::Exactly, from),
        (true, true) => Said::Hedged(Hedge::About, from),
        (false, false) => Said::Between(from, to),
        (false, true) => Said::AboutBetween(from, to),
    })
}

/// A date or a stretch of dates, with no words before it; EDTF has marks for an open and an approximate one.
fn unhedged(text: &str, context: DateContext) -> Result<Said<Date>, Flaw> {
    if text.starts_with(|c: char| c.is_ascii_digit())
        && let Ok(date) = Date::parse(text)
    {
        return Ok(Said::Hedged(Hedge::Exactly, date));
    }
    if let Some(said) = special(text, context) {
        return said;
    }
    if let Some(why) = two_years(text) {
        return Err(Flaw::new(0, why));
    }
    for (opening, joint) in [
        ("", "/"),
        ("between ", " and "),
        ("bet ", " and "),
        ("bet. ", " and "),
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
            "/" => !to.contains('/') && !past::is_dual(text),
            // A hyphen parts "2019-2021" and "August 26-29", and joins the parts of "2024-08" and
            // "mid-August".
            "-" => are_years(from, to) || are_days(from, to) || are_years_of_an_era(from, to),
            _ => true,
        };
        if is_parted {
            let behind = opening.len() + from.len() + joint.len();
            return stretch((opening.len(), from), (behind, to), context);
        }
    }
    let (date, loose) = text.strip_suffix(MARKS).map_or((text, false), |date| (date, true));
    if loose && let Some(said) = special(date, context) {
        return match said? {
            Said::Hedged(Hedge::Exactly, date) => Ok(Said::Hedged(Hedge::About, date)),
            Said::Between(from, to) => Ok(Said::AboutBetween(from, to)),
            _ => Err(hedge::second(date.len())),
        };
    }
    Ok(match (whole(&NamedDate::read(date)?, context)?, loose) {
        ((from, to), false) if from == to => Said::Hedged(Hedge::Exactly, from),
        ((from, to), true) if from == to => Said::Hedged(Hedge::About, from),
        ((from, to), false) => Said::Between(from, to),
        ((from, to), true) => Said::AboutBetween(from, to),
    })
}

/// `264-146 bc`
fn are_years_of_an_era(from: &str, to: &str) -> bool {
    is_digits(from)
        && to.split_once(' ').is_some_and(|(year, era)| is_digits(year) && past::era(era).is_some())
}

/// What to write for `2011/12` and `1914-18`, which may be years or months.
fn two_years(text: &str) -> Option<String> {
    let (from, to) = text.split_once(['/', '-'])?;
    let first = year(from).filter(|_| from.len() == 4)?;
    let number: i32 = (to.len() == 2 && is_digits(to)).then(|| to.parse().ok()).flatten()?;
    let last = seasons::later_year(first, to)?;
    match (text.contains('/'), number) {
        (true, 1..=12) => Some(format!(
            "is that {first}-{to} or {first} to {last}? write `{first}-{to}` or `{first}/{last}`"
        )),
        (false, 13..) if last - first < 100 && last / 100 == first / 100 => {
            Some(format!("there is no such month; write `{first}/{last}` for the years"))
        }
        _ => None,
    }
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
    let (unmarked_from, unmarked_to) = (edtf::without_mark_of_last(from), edtf::without_mark_of_last(to));
    let (bare_from, bare_to) = (&*unmarked_from, &*unmarked_to);
    let fill = |named: NamedDate, at: usize| whole(&named, context).map_err(|flaw| flaw.shifted(at));
    if (is_open(from) && bare_to != to) || (is_open(to) && bare_from != from) {
        let why = "an open stretch has no approximate end; leave the mark out, or close the stretch";
        return Err(Flaw::new(0, why));
    }
    let read = |end: &str, at: usize| {
        let own = || match special(end, context) {
            Some(said) => {
                let why = "an end of a stretch is one date, as in `2024-08-01/2024-08-10`";
                let (from, to) = extent(&said?).ok_or_else(|| Flaw::new(0, why))?;
                Ok(NamedDate::Whole(from, to))
            }
            None => NamedDate::read(end),
        };
        own().map_err(|flaw: Flaw| flaw.shifted(at))
    };
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
        (false, true) => Ok(Said::Both(Hedge::About, first, Hedge::AtMost, last)),
        (true, false) => Ok(Said::Both(Hedge::AtLeast, first, Hedge::About, last)),
    }
}

/// The ends of `26–29 August 2024` and `August 26–29, 2024`, each with the month that it shares with the
/// other.
fn borrowed(from: &str, to: &str) -> (String, String) {
    let (first, second) = (words(from), words(to));
    let is_day = |word: &str| day_of_month(word).is_some();
    let is_month = |word: &str| month(word).is_some();
    let full = |one: &str, other: &str, rest: &[&str]| [&[one, other], rest].concat().join(" ");
    // "264 to 146 BC", "1914–18"
    if let ([year], [_, era]) = (first.as_slice(), second.as_slice())
        && is_digits(year)
        && past::era(era).is_some()
    {
        return (format!("{year} {era}"), to.to_owned());
    }
    if let ([from], [last]) = (first.as_slice(), second.as_slice())
        && let Some(first) = year(from)
        && last.len() == 2
        && let Some(later) = seasons::later_year(first, last)
    {
        return ((*from).to_owned(), format!("{later:04}"));
    }
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

/// A choice between dates that share words, with the words of each: `2 April 742 or 747`, `28 or 29 August 2024`.
pub(super) fn spelled_out(text: &str) -> Option<String> {
    let (first, second) = text.split_once(" or ").filter(|(_, second)| !second.contains(" or "))?;
    let (one, other) = (words(first), words(second));
    let is_day = |word: &str| day_of_month(word).is_some();
    let is_year = |word: &str| calendar_words::year_beside_month(word).is_some();
    match (one.as_slice(), other.as_slice()) {
        ([a, b, y], [z]) if is_year(y) && is_year(z) && (month(a).is_some() || month(b).is_some()) => {
            Some(format!("{first} or {a} {b} {z}"))
        }
        ([a, y], [z]) if is_year(y) && is_year(z) && month(a).is_some() => {
            Some(format!("{first} or {a} {z}"))
        }
        ([day], [d, m, rest @ ..]) if is_day(day) && is_day(d) && month(m).is_some() => {
            Some(format!("{day} {m} {} or {second}", rest.join(" ")))
        }
        ([m, day], [d, rest @ ..]) if month(m).is_some() && is_day(day) && is_day(d) => {
            Some(format!("{m} {day} {0} or {m} {d} {0}", rest.join(" ")))
        }
        _ => None,
    }
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
        // EDTF marks the end that is approximate.
        Said::Both(low, from, high, to) if [low, high].contains(&&Hedge::About) => {
            let mark = |hedge: &Hedge| if *hedge == Hedge::About { "~" } else { "" };
            write!(f, "{from}{}/{to}{}", mark(low), mark(high))
        }
        Said::Part(part, from, to) if from == to => write!(f, "{} {from}", part.words()),
        Said::Part(part, from, to) => write!(f, "{} {from}/{to}", part.words()),
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
