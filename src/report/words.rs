//! How an answer is put: in canonical text for programs, and in words for people, who see a few of very many.

use std::fmt;

use crate::dossier::{AssertionRef, Dossier, SourceRef};
use crate::model::assertion::Stance;
use crate::model::value::{Content, Hedge, Said};
use crate::outcome::Words;
use crate::wording::{self, Length, split_best, with_best};
pub(crate) use crate::wording::{few, few_in_a_row, grouped};

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
            Self::Texts { anything_but, texts } => {
                let texts: Vec<&str> = texts.iter().map(|at| text(dossier, *at)).collect();
                write!(to, "{}{}", if *anything_but { "anything but " } else { "" }, texts.join(" or "))
            }
            Self::Anything => to.write_str("anything"),
        }
    }

    /// The same for people: digits in groups, terms by their labels, dates in words, and of a long list the first few.
    pub(crate) fn for_people(&self, dossier: &Dossier) -> String {
        match self {
            Self::Of(assertion) => assertion_for_people(AssertionRef { dossier, index: *assertion }),
            Self::Said(content) => content_for_people(dossier, content, Length::Few),
            Self::Texts { anything_but, texts } => {
                let texts = few(texts.iter().map(|at| text(dossier, *at))).join(" or ");
                format!("{}{texts}", if *anything_but { "anything but " } else { "" })
            }
            Self::Anything => "anything".to_owned(),
        }
    }
}

fn text(dossier: &Dossier, at: u32) -> &str {
    dossier.columns.texts.get_index(at as usize).unwrap_or_default()
}

/// What an assertion says, for people.
pub(crate) fn assertion_for_people(assertion: AssertionRef<'_>) -> String {
    for_people(assertion, Length::Few)
}

/// The same, with all that it lists.
pub(crate) fn assertion_in_full(assertion: AssertionRef<'_>) -> String {
    for_people(assertion, Length::Whole)
}

fn for_people(assertion: AssertionRef<'_>, length: Length) -> String {
    let dossier = assertion.dossier;
    match (dossier.columns.content(assertion.index), assertion.stance()) {
        (Some(Content::Count(_) | Content::Quantity(_)), Stance::Denies) => {
            grouped(&assertion.in_words(length))
        }
        (Some(content @ Content::Terms(_)), Stance::Denies) => {
            format!("anything but {}", content_for_people(dossier, content, length))
        }
        (Some(_), Stance::Denies) | (None, _) => assertion.in_words(length),
        (Some(content), _) => {
            let text = content_for_people(dossier, content, length);
            match dossier.columns.said(assertion.index).and_then(split_best) {
                Some((_, best)) => with_best(&text, &grouped(best)),
                None => text,
            }
        }
    }
}

/// Who said what, under which id: `Iraq: 14 (killed#1)`.
pub(crate) fn said_by(assertion: AssertionRef<'_>) -> String {
    let (who, said) = (names(assertion.by()), assertion_for_people(assertion));
    let who = if who.is_empty() { who } else { format!("{who}: ") };
    format!("{who}{said} ({})", assertion.id())
}

fn content_for_people(dossier: &Dossier, content: &Content<u32>, length: Length) -> String {
    let canonical = || {
        let mut text = String::new();
        let _ = dossier.write_as(content, length, &mut text);
        text
    };
    match content {
        Content::Count(_) | Content::Quantity(_) => grouped(&canonical()),
        Content::Date(Said::Between(from, to)) => format!("{from} to {to}"),
        Content::Date(Said::Hedged(Hedge::AtLeast, date)) => format!("{date} or later"),
        Content::Date(Said::Hedged(Hedge::AtMost, date)) => format!("{date} or earlier"),
        Content::Date(Said::Hedged(Hedge::About, date)) => format!("about {date}"),
        Content::Terms(_) => {
            let label = |term: &u32| {
                dossier.columns.terms.get_index(*term as usize).map_or("", |(_, row)| &*row.label)
            };
            let mut text = String::new();
            let _ = wording::write_named(content, label, length, &mut text);
            text
        }
        _ => canonical(),
    }
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

/// The names of sources in a row; of many the first few, and how many more there are.
///
/// Whom to credit is no such list: every name of it is printed.
pub(crate) fn names<'d>(sources: impl ExactSizeIterator<Item = SourceRef<'d>>) -> String {
    listed(&few(sources.map(SourceRef::name)))
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
