//! Times of day in English beside their day: `29 Aug 2024 14:30`, `2:30 p.m. on Thursday`.

use super::super::Flaw;
use super::calendar_words::is_digits;

/// A time of day as it was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamedTime {
    /// Hour, minute, second.
    Clock(u32, Option<u32>, Option<u32>),
    Noon,
    Midnight,
}

/// A text that names a time of day, taken apart.
pub(super) struct TimedDate {
    /// What names the day.
    pub(super) day: String,
    pub(super) time: NamedTime,
    /// The offset from UTC in a form that ISO 8601 has, where one is stated.
    pub(super) offset: String,
    /// Whether the time is only about so.
    pub(super) is_about: bool,
}

/// Names of zones that stand for one offset only.
const ZONES: [(&str, &str); 4] = [("utc", "Z"), ("gmt", "Z"), ("z", "Z"), ("zulu", "Z")];

/// Names of zones that say too little: several zones share them, or they move with the season.
const UNCLEAR: &str = "est edt cst cdt mst mdt pst pdt bst ist cet cest eet eest msk ast et ct mt pt wat eat \
                       cat sast jst kst hkt aest aedt trt irst";

/// The time of day in a text and what is left of it; nothing, where it names none.
pub(super) fn split(text: &str) -> Option<Result<TimedDate, Flaw>> {
    let words: Vec<&str> =
        text.split(' ').map(|word| word.trim_matches(',')).filter(|w| !w.is_empty()).collect();
    let (at, length, time) =
        (0..words.len()).find_map(|at| read(&words[at..]).map(|(length, time)| (at, length, time)))?;
    let mut from = at;
    let mut is_about = false;
    let before = |from: usize| from.checked_sub(1).and_then(|n| words.get(n)).copied();
    if let Some("about" | "around" | "approximately" | "roughly" | "circa" | "~") = before(from) {
        is_about = true;
        from -= 1;
    }
    if before(from) == Some("at") {
        from -= 1;
    }
    let mut to = at + length;
    let mut offset = String::new();
    if let Some(zone) = words.get(to) {
        let zone = zone.trim_matches(['(', ')']);
        match offset_of(zone) {
            Some(found) => (offset, to) = (found, to + 1),
            None if UNCLEAR.split_whitespace().any(|name| name == zone) => {
                let why = format!(
                    "`{}` names several zones, or moves with the season; write the offset, as in `14:30+03:00`",
                    zone.to_uppercase()
                );
                return Some(Err(Flaw::new(0, why)));
            }
            None if *zone == *"local" => {
                to += 1 + usize::from(words.get(to + 1) == Some(&"time"));
            }
            None => {}
        }
    }
    let rest = words[..from].iter().chain(words.get(to..).unwrap_or_default());
    let mut rest: Vec<&str> = rest.copied().collect();
    if rest.first() == Some(&"on") {
        rest.remove(0);
    }
    Some(Ok(TimedDate { day: rest.join(" "), time, offset, is_about }))
}

/// `utc`, `utc+3`, `+03:00` as ISO 8601 has them.
fn offset_of(zone: &str) -> Option<String> {
    if let Some((_, offset)) = ZONES.iter().find(|(name, _)| *name == zone) {
        return Some((*offset).to_owned());
    }
    let signed = zone.strip_prefix("utc").or_else(|| zone.strip_prefix("gmt")).unwrap_or(zone);
    let sign = signed.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let figures = &signed[1..];
    let (hours, minutes) = match figures.split_once(':') {
        Some(parts) => parts,
        None if figures.len() == 4 => figures.split_at_checked(2)?,
        None => (figures, "00"),
    };
    let fits = is_digits(hours) && hours.len() <= 2 && is_digits(minutes) && minutes.len() == 2;
    fits.then(|| format!("{sign}{hours:0>2}:{minutes}"))
}

/// The time that some words begin with, and how many they are.
fn read(words: &[&str]) -> Option<(usize, NamedTime)> {
    let first = *words.first()?;
    match first {
        "noon" | "midday" => return Some((1, NamedTime::Noon)),
        "midnight" => return Some((1, NamedTime::Midnight)),
        _ => {}
    }
    let second = words.get(1).copied();
    // "2:30pm", "2:30 p.m.", "2 pm"
    let glued = ["a.m.", "p.m.", "a.m", "p.m", "am", "pm"]
        .iter()
        .find_map(|half| first.strip_suffix(half).filter(|f| !f.is_empty()).map(|figures| (figures, *half)));
    let apart = second.filter(|word| half_of_day(word).is_some()).map(|half| (first, half));
    if let Some(((figures, half), length)) = glued.map(|g| (g, 1)).or(apart.map(|a| (a, 2))) {
        let (hour, minute, second) = figures_of(figures, true)?;
        let is_late = half_of_day(half)?;
        let hour = (1..=12).contains(&hour).then_some(hour % 12 + if is_late { 12 } else { 0 })?;
        return Some((length, NamedTime::Clock(hour, minute, second)));
    }
    // "1430 hrs", "14:30", "14h30"
    if second.is_some_and(|word| matches!(word, "hrs" | "hours" | "h")) {
        let plain = first.len() == 4 && is_digits(first);
        let (hour, minute) = if plain { first.split_at_checked(2)? } else { first.split_once([':', '.'])? };
        return checked(hour.parse().ok()?, minute.parse().ok(), None).map(|time| (2, time));
    }
    if let Some((hour, minute)) = first.split_once('h')
        && is_digits(hour)
        && is_digits(minute)
        && minute.len() == 2
    {
        return checked(hour.parse().ok()?, minute.parse().ok(), None).map(|time| (1, time));
    }
    let (hour, minute, second) = figures_of(first, false)?;
    checked(hour, minute, second).map(|time| (1, time))
}

fn checked(hour: u32, minute: Option<u32>, second: Option<u32>) -> Option<NamedTime> {
    let fits = hour < 24 && minute.is_none_or(|m| m < 60) && second.is_none_or(|s| s < 60);
    fits.then_some(NamedTime::Clock(hour, minute, second))
}

/// Whether it is the second half of the day.
fn half_of_day(word: &str) -> Option<bool> {
    match word {
        "am" | "a.m." | "a.m" => Some(false),
        "pm" | "p.m." | "p.m" => Some(true),
        _ => None,
    }
}

/// `14:30`, `14:30:05`; and before `p.m.` also `2` and `2.30`.
fn figures_of(text: &str, has_half: bool) -> Option<(u32, Option<u32>, Option<u32>)> {
    let number =
        |part: &str| (is_digits(part) && part.len() <= 2).then(|| part.parse::<u32>().ok()).flatten();
    let separator = if has_half && !text.contains(':') { '.' } else { ':' };
    let mut parts = text.split(separator);
    let hour = number(parts.next()?)?;
    let mut next = || match parts.next() {
        None => Some(None),
        Some(part) if part.len() == 2 => number(part).filter(|n| *n < 60).map(Some),
        Some(_) => None,
    };
    let (minute, second) = (next()?, next()?);
    (parts.next().is_none() && (has_half || minute.is_some())).then_some((hour, minute, second))
}
