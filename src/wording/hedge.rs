//! The English words around a figure. Another language is another set of these tables.

use crate::model::value::Hedge;

/// What stands before a figure. Where two begin alike, the longer one is meant.
const BEFORE: &[(&str, Hedge)] = &[
    ("at least", Hedge::AtLeast),
    ("no fewer than", Hedge::AtLeast),
    ("not fewer than", Hedge::AtLeast),
    ("no less than", Hedge::AtLeast),
    ("not less than", Hedge::AtLeast),
    ("a minimum of", Hedge::AtLeast),
    ("minimum of", Hedge::AtLeast),
    ("minimum", Hedge::AtLeast),
    (">=", Hedge::AtLeast),
    ("≥", Hedge::AtLeast),
    ("more than", Hedge::MoreThan),
    ("greater than", Hedge::MoreThan),
    ("well over", Hedge::MoreThan),
    ("well above", Hedge::MoreThan),
    ("over", Hedge::MoreThan),
    ("above", Hedge::MoreThan),
    ("upwards of", Hedge::MoreThan),
    ("upward of", Hedge::MoreThan),
    ("in excess of", Hedge::MoreThan),
    ("exceeding", Hedge::MoreThan),
    (">", Hedge::MoreThan),
    ("at most", Hedge::AtMost),
    ("at the most", Hedge::AtMost),
    ("up to", Hedge::AtMost),
    ("no more than", Hedge::AtMost),
    ("not more than", Hedge::AtMost),
    ("as many as", Hedge::AtMost),
    ("as much as", Hedge::AtMost),
    ("a maximum of", Hedge::AtMost),
    ("maximum of", Hedge::AtMost),
    ("maximum", Hedge::AtMost),
    ("<=", Hedge::AtMost),
    ("≤", Hedge::AtMost),
    ("fewer than", Hedge::FewerThan),
    ("less than", Hedge::FewerThan),
    ("under", Hedge::FewerThan),
    ("below", Hedge::FewerThan),
    ("<", Hedge::FewerThan),
    ("about", Hedge::About),
    ("some", Hedge::About),
    ("around", Hedge::About),
    ("roughly", Hedge::About),
    ("approximately", Hedge::About),
    ("approx.", Hedge::About),
    ("approx", Hedge::About),
    ("circa", Hedge::About),
    ("ca.", Hedge::About),
    ("c.", Hedge::About),
    ("an estimated", Hedge::About),
    ("estimated", Hedge::About),
    ("in the region of", Hedge::About),
    ("~", Hedge::About),
    ("≈", Hedge::About),
    ("nearly", Hedge::Nearly),
    ("almost", Hedge::Nearly),
    ("close to", Hedge::Nearly),
    ("approaching", Hedge::Nearly),
    ("just under", Hedge::Nearly),
    ("just below", Hedge::Nearly),
    ("just over", Hedge::JustOver),
    ("just above", Hedge::JustOver),
    ("slightly over", Hedge::JustOver),
    ("slightly more than", Hedge::JustOver),
    ("a little over", Hedge::JustOver),
    ("exactly", Hedge::Exactly),
    ("precisely", Hedge::Exactly),
    ("a total of", Hedge::Exactly),
    ("only", Hedge::Exactly),
    ("just", Hedge::Exactly),
];

/// What stands behind a figure.
const BEHIND: &[(&str, Hedge)] = &[
    (" or more", Hedge::AtLeast),
    (" and more", Hedge::AtLeast),
    (" or above", Hedge::AtLeast),
    (" and above", Hedge::AtLeast),
    (" or over", Hedge::AtLeast),
    (" and over", Hedge::AtLeast),
    (" or higher", Hedge::AtLeast),
    (" or greater", Hedge::AtLeast),
    (" and counting", Hedge::AtLeast),
    (" at least", Hedge::AtLeast),
    ("+", Hedge::AtLeast),
    (" or fewer", Hedge::AtMost),
    (" or less", Hedge::AtMost),
    (" or under", Hedge::AtMost),
    (" or below", Hedge::AtMost),
    (" or lower", Hedge::AtMost),
    (" at most", Hedge::AtMost),
    (" at the most", Hedge::AtMost),
    (" or so", Hedge::About),
    (" or thereabouts", Hedge::About),
    ("-odd", Hedge::About),
    (" odd", Hedge::About),
];

/// Words for a figure that say only its order of magnitude, and what it takes to contradict them.
pub(super) const VAGUE: &[(&str, u64, u64)] = &[
    ("a few", 3, 9),
    ("tens", 20, 999),
    ("dozens", 24, 999),
    ("scores", 40, 999),
    ("hundreds", 200, 9_999),
    ("thousands", 2_000, 99_999),
    ("tens of thousands", 20_000, 999_999),
    ("hundreds of thousands", 200_000, 9_999_999),
    ("millions", 2_000_000, 99_999_999),
    ("tens of millions", 20_000_000, 999_999_999),
    ("hundreds of millions", 200_000_000, 9_999_999_999),
    ("billions", 2_000_000_000, 99_999_999_999),
];

/// Other words for some of those.
pub(super) const VAGUE_TOO: &[(&str, &str)] = &[
    ("few", "a few"),
    ("several", "a few"),
    ("a handful", "a few"),
    ("handful", "a few"),
    ("many dozens", "dozens"),
    ("several dozen", "dozens"),
    ("several hundred", "hundreds"),
    ("several thousand", "thousands"),
    ("many hundreds", "hundreds"),
    ("many thousands", "thousands"),
];

/// What excludes an answer.
pub(super) const ANYTHING_BUT: &[&str] =
    &["anything but", "anything except", "anything other than", "other than", "not"];

/// What excludes a term. Fewer words than for figures: terms such as "not known" have names of their own.
pub(super) const ANYTHING_BUT_TERMS: &[&str] = &["anything but", "anything except", "anything other than"];

/// Whether the ` or ` between two texts joins a hedge (`14 or more`, `on or before Friday`), and names no second answer.
pub(super) fn or_is_a_hedge(ahead: &str, behind: &str) -> bool {
    let mut hedges = BEHIND.iter().filter_map(|(words, _)| words.strip_prefix(" or "));
    let behind_a_figure =
        hedges.any(|words| behind.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)));
    let of_a_date = ahead.trim_end() == "on" && ["before ", "after "].iter().any(|word| behind.starts_with(word));
    behind_a_figure || of_a_date
}

/// Whether a text that begins with `not` begins with a hedge: `not more than`, `not later than`.
pub(super) fn not_is_a_hedge(text: &str) -> bool {
    before(text).is_some() || ["not later than ", "not earlier than "].iter().any(|words| text.starts_with(words))
}

/// The hedge at the beginning of a text in lower case, and its length with the space behind it.
pub(super) fn before(text: &str) -> Option<(Hedge, usize)> {
    let begins = BEFORE.iter().filter(|(words, _)| begins_with(text, words));
    let (words, hedge) = begins.max_by_key(|(words, _)| words.len())?;
    let space = text[words.len()..].len() - text[words.len()..].trim_start().len();
    Some((*hedge, words.len() + space))
}

/// The hedge at the end of a text in lower case, and where it begins.
pub(super) fn behind(text: &str) -> Option<(Hedge, usize)> {
    let ends = BEHIND.iter().filter(|(words, _)| text.ends_with(words));
    let (words, hedge) = ends.max_by_key(|(words, _)| words.len())?;
    Some((*hedge, text.len() - words.len()))
}

/// Whether a text begins with these words, and not merely with their letters.
pub(super) fn begins_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| {
        !words.ends_with(char::is_alphanumeric) || rest.is_empty() || rest.starts_with(char::is_whitespace)
    })
}

/// The hedge as canonical text has it, to be put before the figure.
pub(super) fn words(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::Exactly => "",
        Hedge::AtLeast => "at least ",
        Hedge::MoreThan => "more than ",
        Hedge::AtMost => "at most ",
        Hedge::FewerThan => "fewer than ",
        Hedge::About => "about ",
        Hedge::Nearly => "nearly ",
        Hedge::JustOver => "just over ",
    }
}
