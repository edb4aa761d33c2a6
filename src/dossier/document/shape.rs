//! What the fields of a file take, to say what is wrong with those that can't be read: in words of ours, with places.

use std::collections::HashSet;
use std::str::FromStr;

use super::node::{Content, Field, Node, figure};
use crate::error::{DidYouMean, Shown, UnknownWord, nearest};
use crate::model::assertion::Stance;
use crate::model::claim::{Evolves, Kind, Nature};

/// A field that an object may have, and whether it must.
pub(super) struct Known {
    name: &'static str,
    takes: Takes,
    required: bool,
}

/// What a field takes.
enum Takes {
    Text,
    TextOrNull,
    Flag,
    /// A word of a vocabulary, with what is wrong with one that isn't in it.
    Word(fn(&str) -> Option<UnknownWord>),
    /// An id, a list of ids, or nothing.
    Ids,
    /// A list of ids, or nothing.
    IdsListed,
    /// A list of texts.
    TextsListed,
    /// Texts by names of one's own.
    Texts,
    Said,
    Entries,
}

const fn must(name: &'static str, takes: Takes) -> Known {
    Known { name, takes, required: true }
}

const fn may(name: &'static str, takes: Takes) -> Known {
    Known { name, takes, required: false }
}

fn wrong<Word: FromStr<Err = UnknownWord>>(text: &str) -> Option<UnknownWord> {
    text.parse::<Word>().err()
}

pub(super) const FILE: &[Known] = &[
    must("schema", Takes::Text),
    may("title", Takes::Text),
    may("sources", Takes::Entries),
    may("terms", Takes::Entries),
    may("documents", Takes::Entries),
    may("claims", Takes::Entries),
    may("assertions", Takes::Entries),
    may("retractions", Takes::Entries),
    may("constraints", Takes::Entries),
];

pub(super) const SOURCE: &[Known] = &[
    must("id", Takes::Text),
    may("name", Takes::Text),
    may("aliases", Takes::TextsListed),
    may("kind", Takes::TextOrNull),
    may("part_of", Takes::TextOrNull),
    may("anonymous", Takes::Flag),
];

pub(super) const TERM: &[Known] = &[
    must("id", Takes::Text),
    may("label", Takes::Text),
    may("aliases", Takes::TextsListed),
    may("broader", Takes::TextOrNull),
];

pub(super) const DOCUMENT: &[Known] = &[
    must("id", Takes::Text),
    may("title", Takes::Text),
    may("publisher", Takes::TextOrNull),
    may("published", Takes::TextOrNull),
    may("url", Takes::TextOrNull),
];

pub(super) const CLAIM: &[Known] = &[
    must("id", Takes::Text),
    may("question", Takes::Text),
    must("kind", Takes::Word(wrong::<Kind>)),
    may("unit", Takes::TextOrNull),
    may("topic", Takes::TextOrNull),
    may("scope", Takes::Texts),
    may("nature", Takes::Word(wrong::<Nature>)),
    may("evolves", Takes::Word(wrong::<Evolves>)),
];

pub(super) const ASSERTION: &[Known] = &[
    may("id", Takes::TextOrNull),
    must("claim", Takes::Text),
    may("value", Takes::Said),
    may("stance", Takes::Word(wrong::<Stance>)),
    may("by", Takes::Ids),
    may("via", Takes::Ids),
    may("document", Takes::TextOrNull),
    may("locator", Takes::TextOrNull),
    may("unit", Takes::TextOrNull),
    may("asserted", Takes::TextOrNull),
    may("valid_at", Takes::TextOrNull),
    may("supersedes", Takes::Ids),
    may("derived_from", Takes::Ids),
    may("quote", Takes::TextOrNull),
    may("note", Takes::TextOrNull),
];

pub(super) const RETRACTION: &[Known] =
    &[must("assertion", Takes::Text), may("on", Takes::TextOrNull), may("reason", Takes::TextOrNull)];

pub(super) const CONSTRAINT: &[Known] = &[
    must("kind", Takes::Text),
    may("whole", Takes::TextOrNull),
    may("parts", Takes::IdsListed),
    may("lesser", Takes::TextOrNull),
    may("greater", Takes::TextOrNull),
    may("claims", Takes::IdsListed),
];

/// Something that is wrong: at which byte, the way to it from the object, and what it is.
pub(super) struct Wrong {
    pub(super) at: usize,
    pub(super) path: String,
    pub(super) problem: String,
}

/// All that is wrong with the fields of an object, in their order; what is missing comes first, since it is nowhere.
pub(super) fn wrong_with(object: &Node<'_>, known: &[Known]) -> Vec<Wrong> {
    let Content::Object(fields) = &object.content else {
        let problem = format!("{}, expected an object, as in `{{\"…\": \"…\"}}`", object.found());
        return vec![Wrong { at: object.at, path: String::new(), problem }];
    };
    let missing =
        known.iter().filter(|known| known.required && !fields.iter().any(|field| field.name == known.name));
    let missing = missing.map(|known| {
        let problem = format!("the field `{}` is missing", known.name);
        Wrong { at: object.at, path: String::new(), problem }
    });
    let mut all: Vec<Wrong> = missing.collect();
    let mut seen = HashSet::new();
    for field in fields {
        if !seen.insert(&field.name) {
            all.push(twice(field, field.name.to_string()));
            continue;
        }
        match known.iter().find(|known| field.name == known.name) {
            Some(known) => known.takes.check(&field.value, &field.name, &mut all),
            None => {
                let names = known.iter().map(|known| known.name);
                let near = DidYouMean(nearest(&field.name, names.clone())).and();
                let names = names.collect::<Vec<_>>().join(", ");
                let problem =
                    format!("there is no field {}{near} expected one of: {names}", Shown(&field.name));
                all.push(Wrong { at: field.at, path: field.name.to_string(), problem });
            }
        }
    }
    all
}

fn twice(field: &Field<'_>, path: String) -> Wrong {
    let problem = format!("the field {} stands twice; take one of them out", Shown(&field.name));
    Wrong { at: field.at, path, problem }
}

impl Takes {
    fn check(&self, node: &Node<'_>, path: &str, all: &mut Vec<Wrong>) {
        let problem = match (self, &node.content) {
            (Self::Text | Self::TextOrNull | Self::Ids | Self::Said, Content::Text(_))
            | (Self::TextOrNull | Self::Ids | Self::IdsListed | Self::Said, Content::Null)
            | (Self::Flag | Self::Said, Content::Bool(_))
            | (Self::Entries, Content::List(_)) => return,
            (Self::Word(wrong), Content::Text(text)) => match wrong(text) {
                Some(wrong) => wrong.to_string(),
                None => return,
            },
            (Self::Said, Content::Number(number)) => match figure(number) {
                Err(problem) => problem,
                Ok(_) => return,
            },
            (Self::Ids | Self::IdsListed | Self::TextsListed, Content::List(nodes)) => {
                for (node, nth) in nodes.iter().zip(0..) {
                    Self::Text.check(node, &format!("{path}[{nth}]"), all);
                }
                return;
            }
            (Self::Texts, Content::Object(fields)) => {
                let mut seen = HashSet::new();
                for field in fields {
                    let path = format!("{path}.{}", field.name);
                    if seen.insert(&field.name) {
                        Self::Text.check(&field.value, &path, all);
                    } else {
                        all.push(twice(field, path));
                    }
                }
                return;
            }
            _ => format!("{}, expected {}", node.found(), self.expected()),
        };
        all.push(Wrong { at: node.at, path: path.to_owned(), problem });
    }

    fn expected(&self) -> &'static str {
        match self {
            Self::Text | Self::TextOrNull | Self::Word(_) => "a text",
            Self::Flag => "`true` or `false`",
            Self::Ids => "an id or a list of ids",
            Self::IdsListed => "a list of ids",
            Self::TextsListed => "a list of texts",
            Self::Texts => "an object with texts, as in `{\"place\": \"anbar\"}`",
            Self::Said => "what was said, as a text such as \"at least 14\"",
            Self::Entries => "a list",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::DeserializeOwned;

    use super::super::{ClaimEntry, ConstraintEntry, DocumentEntry, RetractionEntry, SourceEntry, TermEntry};
    use super::*;

    /// Objects of some fields, most of which there are, with values that some of them take.
    fn object(known: &'static [Known]) -> impl Strategy<Value = String> {
        let values = vec![
            "\"a\"",
            "\"a\"",
            "\"count\"",
            "\"fact\"",
            "\"fixed\"",
            "\"affirms\"",
            "\"denies\"",
            "\"\\u0061\"",
            "null",
            "true",
            "3",
            "1.5",
            "-0",
            "1e999",
            "0.1234567890123456789",
            "[]",
            "[\"a\"]",
            "[\"a\", 1]",
            "[[]]",
            "{}",
            "{\"a\": \"b\"}",
            "{\"a\": \"b\", \"a\": \"b\"}",
            "{\"a\": 1}",
            "\"\\ud800\"",
        ];
        let names: Vec<&str> = known.iter().map(|known| known.name).chain(["knid"]).collect();
        let field = (prop::sample::select(names), prop::sample::select(values));
        // One that must be there mostly is, with a text that fits.
        let must: Vec<String> = known
            .iter()
            .filter(|known| known.required)
            .map(|known| {
                format!("\"{}\": \"{}\"", known.name, if known.name == "kind" { "count" } else { "a" })
            })
            .collect();
        let must = prop::sample::subsequence(must.clone(), must.len().saturating_sub(1)..=must.len());
        (must, prop::collection::vec(field, 0..4)).prop_map(|(mut fields, more)| {
            fields.extend(more.iter().map(|(name, value)| format!("\"{name}\": {value}")));
            format!("{{{}}}", fields.join(", "))
        })
    }

    fn holds(text: &str, known: &[Known], is_read: bool) -> Result<(), TestCaseError> {
        let wrong = match Node::parse(text) {
            Ok(node) => wrong_with(&node, known),
            Err(_) => {
                prop_assert!(!is_read, "{}", text);
                return Ok(());
            }
        };
        prop_assert_eq!(
            wrong.is_empty(),
            is_read,
            "{}: {:?}",
            text,
            wrong.iter().map(|wrong| &wrong.problem).collect::<Vec<_>>()
        );
        prop_assert!(wrong.iter().all(|wrong| text.is_char_boundary(wrong.at)));
        Ok(())
    }

    fn read<T: DeserializeOwned>(text: &str) -> bool {
        serde_json::from_str::<T>(text).is_ok()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        /// Something is wrong with exactly what isn't read.
        #[test]
        fn what_is_not_read_is_named(
            source in object(SOURCE), term in object(TERM), document in object(DOCUMENT), claim in object(CLAIM),
            assertion in object(ASSERTION), retraction in object(RETRACTION), constraint in object(CONSTRAINT),
        ) {
            holds(&source, SOURCE, read::<SourceEntry>(&source))?;
            holds(&term, TERM, read::<TermEntry>(&term))?;
            holds(&document, DOCUMENT, read::<DocumentEntry>(&document))?;
            holds(&claim, CLAIM, read::<ClaimEntry>(&claim))?;
            holds(&assertion, ASSERTION, serde_json::from_str::<super::super::AssertionEntry<'_>>(&assertion).is_ok())?;
            holds(&retraction, RETRACTION, read::<RetractionEntry>(&retraction))?;
            holds(&constraint, CONSTRAINT, read::<ConstraintEntry>(&constraint))?;
        }
    }
}
