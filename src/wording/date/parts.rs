//! Words for a part of a year, a month or a day: `late May`, `Tuesday night`, `overnight`.

use crate::model::date::DatePart;

/// What stands in front of the stretch that it is a part of.
const BEFORE: &[(&str, DatePart)] = &[
    ("early in", DatePart::Early),
    ("early on", DatePart::Early),
    ("early", DatePart::Early),
    ("the beginning of", DatePart::Early),
    ("beginning of", DatePart::Early),
    ("the start of", DatePart::Early),
    ("start of", DatePart::Early),
    ("middle of", DatePart::Mid),
    ("the middle of", DatePart::Mid),
    ("mid", DatePart::Mid),
    ("late in", DatePart::Late),
    ("late on", DatePart::Late),
    ("late", DatePart::Late),
    ("the end of", DatePart::Late),
    ("end of", DatePart::Late),
    ("the morning of", DatePart::Morning),
    ("morning of", DatePart::Morning),
    ("the afternoon of", DatePart::Afternoon),
    ("afternoon of", DatePart::Afternoon),
    ("the evening of", DatePart::Evening),
    ("evening of", DatePart::Evening),
    ("the night of", DatePart::Night),
    ("night of", DatePart::Night),
    ("overnight on", DatePart::Night),
    ("overnight", DatePart::Night),
    ("near noon of", DatePart::Noon),
    ("near midnight of", DatePart::Midnight),
    ("around noon on", DatePart::Noon),
    ("around noon of", DatePart::Noon),
    ("around midnight on", DatePart::Midnight),
    ("around midnight of", DatePart::Midnight),
];

/// What stands behind a day, or behind `this` and `yesterday`.
const BEHIND: &[(&str, DatePart)] = &[
    (" morning", DatePart::Morning),
    (" afternoon", DatePart::Afternoon),
    (" evening", DatePart::Evening),
    (" night", DatePart::Night),
    (" overnight", DatePart::Night),
    (", around noon", DatePart::Noon),
    (" around noon", DatePart::Noon),
    (", around midnight", DatePart::Midnight),
    (" around midnight", DatePart::Midnight),
];

/// Parts of a day that is named by the document's own.
const ALONE: &[(&str, &str, DatePart)] = &[
    ("overnight", "yesterday", DatePart::Night),
    ("last night", "yesterday", DatePart::Night),
    ("tonight", "today", DatePart::Night),
    ("this morning", "today", DatePart::Morning),
    ("this afternoon", "today", DatePart::Afternoon),
    ("this evening", "today", DatePart::Evening),
    ("around midnight", "today", DatePart::Midnight),
    ("around noon", "today", DatePart::Noon),
];

/// The part that a text names, what of, and where that begins in the text.
pub(super) fn read(text: &str) -> Option<(DatePart, &str, usize)> {
    if text.starts_with(|c: char| c.is_ascii_digit()) && text.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some((_, day, part)) = ALONE.iter().find(|(alone, ..)| *alone == text) {
        return Some((*part, *day, 0));
    }
    let behind = |(words, part): &(&str, DatePart)| {
        let day =
            text.strip_suffix(words).filter(|day| !day.is_empty() && *day != "last" && *day != "this")?;
        Some((*part, day, 0))
    };
    let before = |(words, part): &(&str, DatePart)| {
        let rest = text.strip_prefix(words)?;
        let rest = rest.strip_prefix([' ', '-']).filter(|rest| !rest.is_empty())?;
        Some((*part, rest, text.len() - rest.len()))
    };
    BEHIND.iter().find_map(behind).or_else(|| BEFORE.iter().find_map(before))
}
