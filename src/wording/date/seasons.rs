//! Stretches of time that have a name: centuries, decades, seasons, quarters, halves.

use super::super::Flaw;
use super::calendar_words::{ordinal, year};
use crate::model::date::Date;

pub(super) const NO_SUCH_YEAR: &str = "there is no such year in the calendar";

/// The northern hemisphere's, with the month that each begins in.
const SEASONS: [(&str, u32); 5] = [("spring", 3), ("summer", 6), ("autumn", 9), ("fall", 9), ("winter", 12)];

/// So many months of a year from one on, as dates; a winter of a year is the one that it begins or ends with.
fn months(year: i32, first: u32, count: i32) -> Option<Vec<(Date, Date)>> {
    let from = Date::month(year, first)?;
    let stretch = |from: Date| Some((from, from.shift(count - 1)?));
    match first {
        12 => Some(vec![stretch(from.shift(-12)?)?, stretch(from)?]),
        _ => Some(vec![stretch(from)?]),
    }
}

/// The stretches that EDTF's number for a part of a year may mean: 21 to 24 are seasons, 25 to 28 those of the
/// north, 29 to 32 of the south, then quarters, thirds and halves.
pub(super) fn of_code(year: i32, code: u32) -> Option<Vec<(Date, Date)>> {
    match code {
        21..=24 => months(year, (code - 20) * 3, 3),
        25..=28 => months(year, (code - 24) * 3, 3),
        29..=32 => months(year, [9, 12, 3, 6].get(code as usize - 29).copied()?, 3),
        33..=36 => months(year, (code - 33) * 3 + 1, 3),
        37..=39 => months(year, (code - 37) * 4 + 1, 4),
        40 | 41 => months(year, (code - 40) * 6 + 1, 6),
        _ => None,
    }
}

/// What a season's number stands for in English.
pub(super) fn name_of_code(code: u32) -> Option<&'static str> {
    ["spring", "summer", "autumn", "winter"].get((code as usize).checked_sub(21)?).copied()
}

/// The first month of a season.
fn season(word: &str) -> Option<u32> {
    SEASONS.iter().find(|(name, _)| *name == word).map(|(_, month)| *month)
}

/// `the 19th century`, `1990s`, `spring 2024`, `winter 2023/24`, `Q3 2024`, `the first half of 2024`: the
/// stretches of time that may be meant, mostly one. `before_christ` turns centuries round.
pub(super) fn read(words: &[&str], before_christ: bool) -> Option<Result<Vec<(Date, Date)>, Flaw>> {
    let found =
        |stretches: Option<Vec<(Date, Date)>>| Some(stretches.ok_or_else(|| Flaw::new(0, NO_SUCH_YEAR)));
    match words {
        [word] => {
            if let Some((number, "century")) = word.split_once('-') {
                return read(&[number, "century"], before_christ);
            }
            if let Some(decade) = decade(word, before_christ) {
                return Some(Ok(vec![decade]));
            }
            // "2024-Q3", "2024q3", "q3/2024"
            let (first, second) = match word.split_once(['-', '/']) {
                Some(parts) => parts,
                None => (word.get(..4)?, word.get(4..)?),
            };
            let (part, number) =
                if part_of_year(first).is_some() { (first, second) } else { (second, first) };
            let (first, count) = part_of_year(part)?;
            found(months(year(number)?, first, count))
        }
        [number, "century" | "centuries" | "c." | "c"] => {
            found(century(ordinal(number)?, 100, before_christ))
        }
        [number, "millennium"] => found(century(ordinal(number)?, 1000, before_christ)),
        [number, unit @ ("quarter" | "half"), of_year] => {
            let (number, year) = (u32::try_from(ordinal(number)?).ok()?, year(of_year)?);
            match *unit {
                "quarter" if number <= 4 => found(months(year, (number - 1) * 3 + 1, 3)),
                "half" if number <= 2 => found(months(year, (number - 1) * 6 + 1, 6)),
                _ => None,
            }
        }
        [a, b] => {
            let (name, number) = if year(a).is_some() { (b, a) } else { (a, b) };
            if let Some((first, count)) = part_of_year(name) {
                return found(months(year(number)?, first, count));
            }
            let first = season(name)?;
            if let Some((from, to)) = number.split_once(['/', '-', '–']) {
                return over_new_year(from, to, name, first);
            }
            found(months(year(number)?, first, 3))
        }
        _ => None,
    }
}

/// `winter 2023/24` begins in the first of the two years.
fn over_new_year(from: &str, to: &str, name: &str, first: u32) -> Option<Result<Vec<(Date, Date)>, Flaw>> {
    let from = year(from)?;
    if later_year(from, to) != Some(from + 1) {
        return None;
    }
    if first != 12 {
        let why = format!("{name} lies within one year; name that one");
        return Some(Err(Flaw::new(0, why)));
    }
    let december = Date::month(from, 12)?;
    Some(Ok(vec![(december, december.shift(2)?)]))
}

/// The later year in `1743/44`, `1743/4` and `1743/1744`: with the century of the first.
pub(super) fn later_year(from: i32, to: &str) -> Option<i32> {
    let digits = super::calendar_words::is_digits(to).then_some(to)?;
    let unit = match digits.len() {
        1 => 10,
        2 => 100,
        4 => return digits.parse().ok(),
        _ => return None,
    };
    let last: i32 = digits.parse().ok()?;
    let same = from / unit * unit + last;
    // "1899/00"
    Some(if same <= from { same + unit } else { same })
}

/// The quarter or half of `q3` and `h1`, as its first month and how many it has.
fn part_of_year(word: &str) -> Option<(u32, i32)> {
    match word {
        "q1" => Some((1, 3)),
        "q2" => Some((4, 3)),
        "q3" => Some((7, 3)),
        "q4" => Some((10, 3)),
        "h1" => Some((1, 6)),
        "h2" => Some((7, 6)),
        _ => None,
    }
}

/// There is no year 0: the first century is the years 1 to 100, and the first before Christ 100 to 1 BCE.
fn century(number: i32, length: i32, before_christ: bool) -> Option<Vec<(Date, Date)>> {
    let (first, last) = if before_christ {
        (1 - number * length, -(number - 1) * length)
    } else {
        ((number - 1) * length + 1, number * length)
    };
    if number < 1 {
        return None;
    }
    Some(vec![(Date::year(first)?, Date::year(last)?)])
}

/// `1990s`, and `1900s`, which is the century.
fn decade(word: &str, before_christ: bool) -> Option<(Date, Date)> {
    let first = year(word.strip_suffix('s').map(|word| word.strip_suffix('\'').unwrap_or(word))?)?;
    let length = match (first % 100, first % 10) {
        (0, _) => 100,
        (_, 0) => 10,
        _ => return None,
    };
    match before_christ {
        false => Some((Date::year(first)?, Date::year(first + length - 1)?)),
        true => None,
    }
}
