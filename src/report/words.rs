//! How an answer is put: in canonical text for programs, and in words for people, who see a few of very many.

use std::fmt;

use crate::dossier::{AssertionRef, Dossier, SourceRef};
use crate::outcome::Words;
use crate::wording::Length;
pub(crate) use crate::wording::people::{capital, listed};
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
            Self::Value(value) => match dossier.columns.values.get(*value as usize) {
                Some(value) => dossier.write(&value.content, to),
                None => Ok(()),
            },
            Self::Said(content) => dossier.write(content, to),
            Self::Texts { anything_but, texts } => {
                let texts: Vec<&str> = texts.iter().map(|at| text(dossier, *at)).collect();
                write!(to, "{}{}", if *anything_but { "anything but " } else { "" }, texts.join(" or "))
            }
            Self::Anything => to.write_str("anything"),
        }
    }

    /// The same for people: in the words of whoever said it, with the unit, digits in groups, terms by their labels, dates in
    /// words, and of a long list the first few.
    pub(crate) fn for_people(&self, dossier: &Dossier, unit: Option<&str>) -> String {
        match self {
            Self::Of(assertion) => AssertionRef { dossier, index: *assertion }.for_people(),
            // What several state, some as "12" and some as "a dozen", is printed as the figure.
            Self::Value(value) => match dossier.columns.values.get(*value as usize) {
                Some(row) if row.content.is_one_figure() => {
                    dossier.content_for_people(&row.content, unit, Length::Few)
                }
                _ => dossier.value_for_people(*value, unit, Length::Few),
            },
            Self::Said(content) => dossier.content_for_people(content, unit, Length::Few),
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

/// So many of something: `1 claim`, `2,500 claims`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{} {what}{}", grouped(&count.to_string()), if count == 1 { "" } else { "s" })
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
