//! EDTF beyond plain dates: digits that aren't known, marks on parts of a date, seasons, long years.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::super::Flaw;
use super::calendar_words::is_digits;
use super::seasons;
use crate::model::date::{Date, Precision};
use crate::model::value::{Hedge, Said};

/// At most so many separate days or months are meant by one date.
const MOST: usize = 100;

const MARKS: [char; 3] = ['~', '?', '%'];

/// A date with what isn't known of it, as `1984-1x`, `2004-06-~11`, `2001-21`, `y-50000`; nothing of all else.
pub(super) fn read(text: &str) -> Option<Result<Said<Date>, Flaw>> {
    // Nearly all dates are told from these by their letters.
    if text.contains(|c: char| !c.is_ascii_digit() && !"-xyes".contains(c) && !MARKS.contains(&c)) {
        return None;
    }
    if let Some(years) = long_year(text) {
        return Some(years.map(|(from, to)| stretch(from, to, false)));
    }
    MarkedDate::read(text)?.said().transpose()
}

fn stretch(from: Date, to: Date, is_loose: bool) -> Said<Date> {
    match (from == to, is_loose) {
        (true, false) => Said::Hedged(Hedge::Exactly, from),
        (true, true) => Said::Hedged(Hedge::About, from),
        (false, false) => Said::Between(from, to),
        (false, true) => Said::AboutBetween(from, to),
    }
}

/// `y170000`, `y-17e4`, and years of which some digits only are significant: `1950s2`.
fn long_year(text: &str) -> Option<Result<(Date, Date), Flaw>> {
    let (year, significant) = match text.split_once('s') {
        Some((year, digits)) if is_digits(digits) => (year, Some(digits.parse::<u32>().ok()?)),
        Some(_) => return None,
        None => (text, None),
    };
    let (signed, is_long) = match year.strip_prefix('y') {
        Some(signed) => (signed, true),
        None => (year, false),
    };
    if !is_long && significant.is_none() {
        return None;
    }
    let (digits, zeros) = signed.split_once('e').unwrap_or((signed, ""));
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    if !is_digits(unsigned) || (signed.contains('e') && !is_digits(zeros)) {
        return None;
    }
    let beyond = || {
        Flaw::new(
            0,
            "the year lies beyond the calendar, which has the years -262143 to 262142; leave the date out",
        )
    };
    let whole = || {
        let power = 10_i64.checked_pow(if zeros.is_empty() { 0 } else { zeros.parse().ok()? })?;
        let year = unsigned.parse::<i64>().ok()?.checked_mul(power)?;
        let unit = significant.map_or(Some(1), |digits| {
            let all = u32::try_from(year.to_string().len()).ok()?;
            10_i64.checked_pow(all.saturating_sub(digits))
        })?;
        let (low, high) = (year / unit * unit, year / unit * unit + unit - 1);
        let (low, high) = if digits.starts_with('-') { (-high, -low) } else { (low, high) };
        let date = |year: i64| Date::year(i32::try_from(year).ok()?);
        Some((date(low)?, date(high)?))
    };
    Some(whole().ok_or_else(beyond))
}

/// The parts of a date: year, month and day, with the marks that stand beside them.
struct MarkedDate<'t> {
    parts: Vec<MarkedPart<'t>>,
    text: &'t str,
}

struct MarkedPart<'t> {
    digits: &'t str,
    before: bool,
    behind: bool,
}

impl<'t> MarkedDate<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let bare = text.trim_matches(MARKS);
        if text.len() - text.trim_start_matches(MARKS).len() > 1
            || text.len() - text.trim_end_matches(MARKS).len() > 1
        {
            return None;
        }
        let is_negative = bare.starts_with('-');
        let mut parts = Vec::with_capacity(3);
        let mut at = 0;
        for (n, part) in text.split('-').enumerate() {
            let whole = match (n, is_negative) {
                (0, true) => {
                    at += part.len() + 1;
                    continue;
                }
                (1, true) => &text[..at + part.len()],
                _ => part,
            };
            at += part.len() + 1;
            let digits = whole.trim_matches(MARKS);
            parts.push(MarkedPart {
                digits,
                before: whole.starts_with(MARKS),
                behind: whole.ends_with(MARKS),
            });
        }
        let is_part = |digits: &str, length: usize| {
            digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit() || b == b'x')
        };
        let are_parts = parts.iter().enumerate().all(|(n, part)| match n {
            0 => is_part(part.digits.strip_prefix('-').unwrap_or(part.digits), 4),
            _ => is_part(part.digits, 2),
        });
        ((1..=3).contains(&parts.len()) && are_parts).then_some(Self { parts, text })
    }

    /// What is meant; nothing, where it is a plain date, which is read elsewhere.
    fn said(&self) -> Result<Option<Said<Date>>, Flaw> {
        let digits = |n: usize| self.parts.get(n).map(|part| part.digits);
        let last = self.parts.len() - 1;
        let is_loose = self.parts.get(last).is_some_and(|part| part.before || part.behind);
        let year = digits(0).unwrap_or_default();
        let has_gaps = self.text.contains('x');
        let inner: Vec<usize> =
            (0..last).filter(|n| self.parts.get(*n).is_some_and(|p| p.before || p.behind)).collect();
        if let (Some(season), None, false) = (digits(1).and_then(season_of), digits(2), has_gaps) {
            return self.season(year, season, is_loose || !inner.is_empty()).map(Some);
        }
        if !has_gaps {
            if inner.is_empty() && !self.parts.get(last).is_some_and(|part| part.before && last > 0) {
                return Ok(None);
            }
            let bare: Vec<&str> = self.parts.iter().map(|part| part.digits).collect();
            let date = Date::parse(&bare.join("-")).map_err(|why| Flaw::new(0, why))?;
            return Ok(Some(varied(date, &inner, is_loose)));
        }
        if !inner.is_empty() {
            let why = "a date with `X` in it takes `~`, `?` or `%` at its very end only";
            return Err(Flaw::new(0, why));
        }
        let runs = runs(year, digits(1), digits(2))?;
        let mut said: Vec<Said<Date>> = runs.into_iter().map(|(a, b)| stretch(a, b, is_loose)).collect();
        Ok(Some(if said.len() == 1 { said.remove(0) } else { Said::AnyOf(said.into()) }))
    }

    fn season(&self, year: &str, code: u32, is_loose: bool) -> Result<Said<Date>, Flaw> {
        let year: i32 = year.parse().map_err(|_| Flaw::new(0, "a season needs its year"))?;
        if i32::try_from(code) == Ok((year + 1).rem_euclid(100)) && !is_loose && year > 0 {
            let name = seasons::name_of_code(code);
            let or = name.map_or_else(String::new, |name| format!(", or `{name} {year:04}` for the season"));
            let why =
                format!("is that two years or a season? write `{year:04}/{:04}` for the years{or}", year + 1);
            return Err(Flaw::new(0, why));
        }
        let stretches = seasons::of_code(year, code).ok_or_else(|| Flaw::new(0, seasons::NO_SUCH_YEAR))?;
        Ok(any_of(stretches, is_loose))
    }
}

/// Of several stretches, one is meant.
pub(super) fn any_of(stretches: Vec<(Date, Date)>, is_loose: bool) -> Said<Date> {
    let mut said: Vec<Said<Date>> =
        stretches.into_iter().map(|(from, to)| stretch(from, to, is_loose)).collect();
    if said.len() == 1 { said.remove(0) } else { Said::AnyOf(said.into()) }
}

/// An end of a stretch without the mark that says that it is approximate: `2004-06-~01`, `2004-06~`.
pub(super) fn without_mark_of_last(end: &str) -> Cow<'_, str> {
    let bare = end.trim_end_matches(MARKS);
    match bare.rsplit_once(['~', '?', '%']) {
        Some((before, last)) if is_digits(last) && before.ends_with('-') => format!("{before}{last}").into(),
        _ => bare.into(),
    }
}

/// The number of a season: 21 to 41.
fn season_of(digits: &str) -> Option<u32> {
    digits.parse().ok().filter(|code| (21..=41).contains(code))
}

/// A date of which the year or the month is approximate, and what is finer isn't: the same day of the
/// neighbouring ones too.
fn varied(date: Date, inner: &[usize], is_loose: bool) -> Said<Date> {
    let mut dates = vec![date];
    for part in inner {
        let precision = if *part == 0 { Precision::Year } else { Precision::Month };
        let moved = |date: Date, by: i32| date.moved(precision, by);
        dates = dates.iter().flat_map(|date| (-1..=1).filter_map(|by| moved(*date, by))).collect();
    }
    dates.sort_by_key(|date| date.first());
    dates.dedup();
    any_of(dates.into_iter().map(|date| (date, date)).collect(), is_loose)
}

/// All numbers that some digits may be, of which `x` may be any.
fn matching(pattern: &str, numbers: std::ops::RangeInclusive<u32>) -> Vec<u32> {
    let fits = |number: &u32| {
        let digits = format!("{number:0width$}", width = pattern.len());
        digits.bytes().zip(pattern.bytes()).all(|(digit, place)| place == b'x' || place == digit)
    };
    numbers.filter(fits).collect()
}

/// The dates that such digits may be, those that follow one another as one stretch.
fn runs(year: &str, month: Option<&str>, day: Option<&str>) -> Result<Vec<(Date, Date)>, Flaw> {
    // Of a month or a day that may be any, nothing is said.
    let day = day.filter(|day| *day != "xx");
    let month = month.filter(|month| *month != "xx" || day.is_some());
    if year.ends_with("xxxx") {
        return Err(Flaw::new(0, "no digit of the year is known; leave the date out"));
    }
    let (sign, unsigned) = year.strip_prefix('-').map_or((1, year), |unsigned| (-1, unsigned));
    let mut years: Vec<i32> = matching(unsigned, 0..=9999)
        .into_iter()
        .filter_map(|y| i32::try_from(y).ok())
        .map(|y| sign * y)
        .collect();
    years.sort_unstable();
    let months = month.map_or_else(|| vec![0], |month| matching(month, 1..=12));
    let days = day.map_or_else(|| vec![0], |day| matching(day, 1..=31));
    let many = || {
        Flaw::new(
            0,
            format!("it leaves more than {MOST} dates apart from one another; write the stretch of time"),
        )
    };
    let mut runs: Vec<(Date, Date)> = Vec::new();
    for year in years {
        for month in &months {
            for day in &days {
                let date = match (month, day) {
                    (0, _) => Date::year(year),
                    (month, 0) => Date::month(year, *month),
                    (month, day) => NaiveDate::from_ymd_opt(year, *month, *day).map(Date::from),
                };
                let Some(date) = date else { continue };
                match runs.last_mut().filter(|(_, to)| to.shift(1) == Some(date)) {
                    Some((_, to)) => *to = date,
                    None => runs.push((date, date)),
                }
                if runs.len() > MOST {
                    return Err(many());
                }
            }
        }
    }
    if runs.is_empty() {
        return Err(Flaw::new(0, "there is no such day or month in the calendar"));
    }
    Ok(runs)
}
