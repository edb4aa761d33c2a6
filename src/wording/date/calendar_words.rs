//! The words of the calendar: months, weekdays, years, days of a month, ordinals.

use super::super::iso::MONTHS;

pub(super) const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// How weekdays are cut short, in the same order.
const CUT_SHORT: [&[&str]; 7] =
    [&["mon"], &["tue", "tues"], &["wed", "weds"], &["thu", "thur", "thurs"], &["fri"], &["sat"], &["sun"]];

const ORDINALS: [&str; 21] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
];

const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

pub(super) fn month(word: &str) -> Option<u32> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let is_month = |name: &&str| {
        name.eq_ignore_ascii_case(word)
            || ((word.len() == 3 || word == "sept") && name.to_ascii_lowercase().starts_with(word))
    };
    MONTHS.iter().position(is_month).and_then(|n| u32::try_from(n + 1).ok())
}

/// Counted from Monday.
pub(super) fn weekday(word: &str) -> Option<u32> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let found = WEEKDAYS
        .iter()
        .zip(CUT_SHORT)
        .position(|(name, short)| name.eq_ignore_ascii_case(word) || short.contains(&word));
    found.and_then(|n| u32::try_from(n).ok())
}

/// A year in four digits, or in a sign and four.
pub(super) fn year(word: &str) -> Option<i32> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    (digits.len() == 4 && is_digits(digits)).then(|| word.parse().ok()).flatten()
}

/// A year beside its month, where three digits are unmistakable too: `2 April 742`.
pub(super) fn year_beside_month(word: &str) -> Option<i32> {
    let is_short = word.len() == 3 && is_digits(word) && !word.starts_with('0');
    if is_short { word.parse().ok() } else { year(word) }
}

pub(super) fn day_of_month(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    ((1..=2).contains(&digits.len()) && is_digits(digits)).then(|| digits.parse().ok()).flatten()
}

/// `19th`, `nineteenth`.
pub(super) fn ordinal(word: &str) -> Option<i32> {
    match ORDINALS.iter().position(|name| *name == word) {
        Some(at) => i32::try_from(at + 1).ok(),
        None => {
            let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end))?;
            ((1..=2).contains(&digits.len()) && is_digits(digits)).then(|| digits.parse().ok()).flatten()
        }
    }
}

/// `two`, `2`, and `a`.
pub(super) fn small_number(word: &str) -> Option<u32> {
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    match NUMBERS.iter().position(|name| *name == word) {
        Some(at) => u32::try_from(at + 1).ok(),
        None => ((1..=4).contains(&word.len()) && is_digits(word)).then(|| word.parse().ok()).flatten(),
    }
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The words of a date in English: `the 29th of August, 2024` has three.
pub(super) fn words(text: &str) -> Vec<&str> {
    text.split([' ', ',']).filter(|word| !word.is_empty() && !matches!(*word, "of" | "the")).collect()
}
