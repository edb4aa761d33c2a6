//! Dates as old records have them: years before the common era, the Julian calendar, years that began in March.

use chrono::{Datelike, Days, NaiveDate};

use super::super::Flaw;
use super::calendar_words::{is_digits, month, year};
use super::seasons::later_year;
use crate::model::date::{Date, Precision};

/// What marks a date of the Julian calendar, and one that is known not to be.
const JULIAN: [&str; 8] =
    ["(o.s.)", "o.s.", "(os)", "(old style)", "old style", "(julian calendar)", "(julian)", "julian"];
const GREGORIAN: [&str; 7] =
    ["(n.s.)", "n.s.", "(ns)", "(new style)", "new style", "(gregorian)", "gregorian"];

/// The last country whose years began in March gave that up by then.
const MARCH_YEARS_ENDED: i32 = 1800;

/// A text without the words that say which calendar it goes by, and whether that is the Julian one.
pub(super) fn without_style(text: &str) -> (&str, bool) {
    let behind = |marks: &[&str]| {
        marks
            .iter()
            .find_map(|mark| text.strip_suffix(mark))
            .filter(|rest| rest.ends_with(' '))
            .map(str::trim_end)
    };
    if let Some(rest) = text.strip_prefix("@#djulian@ ").or_else(|| text.strip_prefix("o.s. ")) {
        return (rest, true);
    }
    if let Some(rest) = text.strip_prefix("@#dgregorian@ ").or_else(|| text.strip_prefix("n.s. ")) {
        return (rest, false);
    }
    match (behind(&JULIAN), behind(&GREGORIAN)) {
        (Some(rest), _) => (rest, true),
        (_, Some(rest)) => (rest, false),
        _ => (text, false),
    }
}

/// The Gregorian dates of a stretch in the Julian calendar, whose year begins on 1 January.
pub(super) fn from_julian((from, to): (Date, Date)) -> Result<(Date, Date), Flaw> {
    let last = to.at(Precision::Day);
    let last = if to.precision() >= Precision::Day { last } else { Date::ending(to.last()) };
    let first = Date::containing(from.first(), Precision::Day);
    if from.precision() > Precision::Day {
        return Err(Flaw::new(0, "a time of day has no old style; write the date of today's calendar"));
    }
    let shifted = |date: Date| gregorian(date.day()).map(Date::from);
    shifted(first).zip(shifted(last)).ok_or_else(|| Flaw::new(0, "there is no such day in the calendar"))
}

/// The day of the Gregorian calendar that the Julian one called so.
fn gregorian(day: NaiveDate) -> Option<NaiveDate> {
    // Centuries that the Julian calendar gives a leap day, and the Gregorian doesn't.
    let year = if day.month() <= 2 { day.year() - 1 } else { day.year() };
    let centuries = year.div_euclid(100);
    let days = centuries - centuries.div_euclid(4) - 2;
    match u64::try_from(days) {
        Ok(days) => day.checked_add_days(Days::new(days)),
        Err(_) => day.checked_sub_days(Days::new(days.unsigned_abs().into())),
    }
}

/// Whether years are counted before Christ, or after, by a word at the end or at the beginning.
pub(super) fn era(word: &str) -> Option<bool> {
    match word {
        "bc" | "bce" | "b.c." | "b.c.e." | "b.c" | "b.c.e" => Some(true),
        "ad" | "ce" | "a.d." | "c.e." | "a.d" | "c.e" => Some(false),
        _ => None,
    }
}

/// The words of a date without its era, and whether that is the one before Christ. A year has four digits
/// then, or a sign and four: `44 bc` is `-0043`.
pub(super) fn without_era(words: &[&str]) -> Result<Option<(Vec<String>, bool)>, Flaw> {
    let at = words.iter().position(|word| era(word).is_some());
    let Some((at, before)) = at.and_then(|at| Some((at, era(words.get(at)?)?))) else { return Ok(None) };
    let mut rest: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    rest.remove(at);
    // `44 bc`, and `ad 79`
    let beside = if at > 0 && at == words.len() - 1 { at - 1 } else { at };
    let Some(word) = rest.get_mut(beside) else {
        return Err(Flaw::new(0, "an era needs its year, as in `44 BCE`"));
    };
    if is_digits(word) && word.len() <= 4 {
        let number: i32 = word.parse().unwrap_or_default();
        if number == 0 {
            return Err(Flaw::new(0, "there is no year 0: 1 CE comes after 1 BCE"));
        }
        *word = match before {
            true => signed(1 - number),
            false => format!("{number:04}"),
        };
    }
    Ok(Some((rest, before)))
}

fn signed(year: i32) -> String {
    if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") }
}

/// Whether a text is a date of one year that was counted in two ways: `15 jan 1743/44`.
pub(super) fn is_dual(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    let is_two = last
        .split_once('/')
        .is_some_and(|(from, to)| year(from).is_some_and(|from| from < MARCH_YEARS_ENDED) && is_digits(to));
    is_two && text.split([' ', '-']).any(|word| month(word).is_some())
}

/// Writes the year of such a date as it is counted now, from January on.
pub(super) fn in_new_count(words: &mut [String]) -> Result<(), Flaw> {
    let is_early = words.iter().filter_map(|word| month(word)).any(|month| month <= 3);
    let Some(last) = words.last_mut() else { return Ok(()) };
    let Some((from, to)) = last.split_once('/') else { return Ok(()) };
    let Some(old) = year(from) else { return Ok(()) };
    if later_year(old, to) != Some(old + 1) || !is_early {
        let why = format!(
            "a year is written twice only where it began in March: January to March, as in `15 Jan {old}/{:02}`",
            (old + 1).rem_euclid(100)
        );
        return Err(Flaw::new(0, why));
    }
    *last = format!("{:04}", old + 1);
    Ok(())
}
