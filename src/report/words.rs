//! How an answer is put: in canonical text for programs, and in words for people.

use std::fmt;

use crate::dossier::{AssertionRef, Dossier, SourceRef};
use crate::model::assertion::Stance;
use crate::model::value::{Content, Hedge, Said};
use crate::outcome::Words;
use crate::wording;

impl Words {
    /// The canonical text, which names terms by id.
    pub(crate) fn text(&self, dossier: &Dossier) -> String {
        let mut text = String::new();
        let _ = self.write(dossier, &mut text);
        text
    }

    /// Writes the canonical text.
    pub(crate) fn write(&self, dossier: &Dossier, to: &mut impl fmt::Write) -> fmt::Result {
        match self {
            Self::Of(assertion) => write!(to, "{}", AssertionRef { dossier, index: *assertion }),
            Self::Said(content) => dossier.write(content, to),
            Self::Texts { anything_but, texts } => to.write_str(&several(dossier, *anything_but, texts)),
            Self::Anything => to.write_str("anything"),
        }
    }

    /// The same for people: digits in groups, terms by their labels, dates in words.
    pub(crate) fn for_people(&self, dossier: &Dossier) -> String {
        match self {
            Self::Of(assertion) => assertion_for_people(AssertionRef { dossier, index: *assertion }),
            Self::Said(content) => content_for_people(dossier, content),
            Self::Texts { anything_but, texts } => several(dossier, *anything_but, texts),
            Self::Anything => "anything".to_owned(),
        }
    }
}

fn canonical(dossier: &Dossier, content: &Content<u32>) -> String {
    let mut text = String::new();
    let _ = dossier.write(content, &mut text);
    text
}

fn several(dossier: &Dossier, anything_but: bool, texts: &[u32]) -> String {
    let texts: Vec<&str> = texts
        .iter()
        .map(|at| dossier.columns.texts.get_index(*at as usize).map_or("", |text| text))
        .collect();
    format!("{}{}", if anything_but { "anything but " } else { "" }, texts.join(" or "))
}

/// What an assertion says, for people.
pub(crate) fn assertion_for_people(assertion: AssertionRef<'_>) -> String {
    match (assertion.dossier.columns.content(assertion.index), assertion.stance()) {
        (Some(_), Stance::Denies) | (None, _) => grouped_if_figures(assertion, &assertion.to_string()),
        (Some(content), _) => content_for_people(assertion.dossier, content),
    }
}

/// Who said what, under which id: `Iraq: 14 (killed#1)`.
pub(crate) fn said_by(assertion: AssertionRef<'_>) -> String {
    let (who, said) = (names(assertion.by()), assertion_for_people(assertion));
    let who = if who.is_empty() { who } else { format!("{who}: ") };
    format!("{who}{said} ({})", assertion.id())
}

fn grouped_if_figures(assertion: AssertionRef<'_>, text: &str) -> String {
    match assertion.dossier.columns.content(assertion.index) {
        Some(Content::Count(_) | Content::Quantity(_)) => grouped(text),
        Some(content @ Content::Terms(_)) => {
            format!("anything but {}", content_for_people(assertion.dossier, content))
        }
        _ => text.to_owned(),
    }
}

fn content_for_people(dossier: &Dossier, content: &Content<u32>) -> String {
    match content {
        Content::Count(_) | Content::Quantity(_) => grouped(&canonical(dossier, content)),
        Content::Date(Said::Between(from, to)) => format!("{from} to {to}"),
        Content::Date(Said::Hedged(Hedge::AtLeast, date)) => format!("{date} or later"),
        Content::Date(Said::Hedged(Hedge::AtMost, date)) => format!("{date} or earlier"),
        Content::Date(Said::Hedged(Hedge::About, date)) => format!("about {date}"),
        Content::Terms(_) => {
            let label = |term: &u32| {
                dossier.columns.terms.get_index(*term as usize).map_or("", |(_, row)| &*row.label)
            };
            let mut text = String::new();
            let _ = wording::write_named(content, label, &mut text);
            text
        }
        _ => canonical(dossier, content),
    }
}

/// Digits in groups of three: `2500` as `2,500`. What stands behind a point stays.
pub(crate) fn grouped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 3);
    let mut rest = text;
    while let Some(from) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = rest[from..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - from);
        let decimals = rest[..from].ends_with('.');
        out.push_str(&rest[..from]);
        for (n, digit) in rest[from..from + digits].char_indices() {
            if n > 0 && (digits - n) % 3 == 0 && !decimals {
                out.push(',');
            }
            out.push(digit);
        }
        rest = &rest[from + digits..];
    }
    out + rest
}

/// So many of something: `1 claim`, `2,500 claims`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{} {what}{}", grouped(&count.to_string()), if count == 1 { "" } else { "s" })
}

/// Text that begins with a capital letter.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

/// Names in a row: `Iraq, the United States and Syria`.
pub(crate) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// How many entries of a list are named, before only their number is.
const NAMED: usize = 8;

/// The first few entries of a list, and how many more there are.
pub(crate) fn few(entries: impl Iterator<Item = String>, count: usize) -> Vec<String> {
    // One more takes no more room than saying that there is one more.
    let named = if count > NAMED + 1 { NAMED } else { count };
    let mut few: Vec<String> = entries.take(named).collect();
    if count > named {
        few.push(format!("{} more", grouped(&(count - named).to_string())));
    }
    few
}

/// The names of sources in a row.
pub(crate) fn names<'d>(sources: impl Iterator<Item = SourceRef<'d>>) -> String {
    listed(&sources.map(|source| source.name().to_owned()).collect::<Vec<_>>())
}

/// A character as it may be shown: one that could drive a terminal, break a line or turn the direction of writing
/// around is replaced, and seen to be.
pub(crate) fn harmless(c: char) -> char {
    match c {
        // Line and paragraph separators, what embeds, overrides or isolates a direction (Unicode Annex 9), and what is
        // no character.
        '\u{2028}'
        | '\u{2029}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fffe}'
        | '\u{ffff}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

/// A character as it may be shown within a line: what ends one, or leads to its next stop, is a space.
pub(crate) fn in_line(c: char) -> char {
    if "\t\r\n".contains(c) { ' ' } else { harmless(c) }
}
