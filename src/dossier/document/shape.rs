//! What the fields of a file take, to say what is wrong with those that can't be read: in words of ours, with
//! places.

use std::collections::HashSet;
use std::str::FromStr;

use super::node::{JsonContent, JsonField, JsonNode, figure};
use crate::error::{Diagnosis, DidYouMean, ErrorKind, Shown, UnknownWord, nearest};
use crate::model::assertion::Stance;
use crate::model::claim::{Evolves, Kind, Nature};

/// A field that an object may have, and whether it must.
pub(super) struct FieldSpec {
    name: &'static str,
    takes: FieldType,
    required: bool,
}

/// What a field takes.
enum FieldType {
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

const fn required(name: &'static str, takes: FieldType) -> FieldSpec {
    FieldSpec { name, takes, required: true }
}

const fn optional(name: &'static str, takes: FieldType) -> FieldSpec {
    FieldSpec { name, takes, required: false }
}

fn wrong<Word: FromStr<Err = UnknownWord>>(text: &str) -> Option<UnknownWord> {
    text.parse::<Word>().err()
}

pub(super) const FILE: &[FieldSpec] = &[
    required("schema", FieldType::Text),
    optional("title", FieldType::Text),
    optional("sources", FieldType::Entries),
    optional("terms", FieldType::Entries),
    optional("documents", FieldType::Entries),
    optional("claims", FieldType::Entries),
    optional("assertions", FieldType::Entries),
    optional("retractions", FieldType::Entries),
    optional("constraints", FieldType::Entries),
];

pub(super) const SOURCE: &[FieldSpec] = &[
    required("id", FieldType::Text),
    optional("name", FieldType::Text),
    optional("aliases", FieldType::TextsListed),
    optional("kind", FieldType::TextOrNull),
    optional("part_of", FieldType::TextOrNull),
    optional("anonymous", FieldType::Flag),
];

pub(super) const TERM: &[FieldSpec] = &[
    required("id", FieldType::Text),
    optional("label", FieldType::Text),
    optional("aliases", FieldType::TextsListed),
    optional("broader", FieldType::TextOrNull),
];

pub(super) const DOCUMENT: &[FieldSpec] = &[
    required("id", FieldType::Text),
    optional("title", FieldType::Text),
    optional("publisher", FieldType::TextOrNull),
    optional("published", FieldType::TextOrNull),
    optional("url", FieldType::TextOrNull),
];

pub(super) const CLAIM: &[FieldSpec] = &[
    required("id", FieldType::Text),
    optional("question", FieldType::Text),
    required("kind", FieldType::Word(wrong::<Kind>)),
    optional("unit", FieldType::TextOrNull),
    optional("topic", FieldType::TextOrNull),
    optional("scope", FieldType::Texts),
    optional("nature", FieldType::Word(wrong::<Nature>)),
    optional("evolves", FieldType::Word(wrong::<Evolves>)),
];

pub(super) const ASSERTION: &[FieldSpec] = &[
    optional("id", FieldType::TextOrNull),
    required("claim", FieldType::Text),
    optional("value", FieldType::Said),
    optional("stance", FieldType::Word(wrong::<Stance>)),
    optional("by", FieldType::Ids),
    optional("via", FieldType::Ids),
    optional("document", FieldType::TextOrNull),
    optional("locator", FieldType::TextOrNull),
    optional("unit", FieldType::TextOrNull),
    optional("asserted", FieldType::TextOrNull),
    optional("valid_at", FieldType::TextOrNull),
    optional("supersedes", FieldType::Ids),
    optional("derived_from", FieldType::Ids),
    optional("quote", FieldType::TextOrNull),
    optional("note", FieldType::TextOrNull),
];

pub(super) const RETRACTION: &[FieldSpec] = &[
    required("assertion", FieldType::Text),
    optional("on", FieldType::TextOrNull),
    optional("reason", FieldType::TextOrNull),
];

pub(super) const CONSTRAINT: &[FieldSpec] = &[
    required("kind", FieldType::Text),
    optional("whole", FieldType::TextOrNull),
    optional("parts", FieldType::IdsListed),
    optional("lesser", FieldType::TextOrNull),
    optional("greater", FieldType::TextOrNull),
    optional("claims", FieldType::IdsListed),
];

/// Something that is wrong: at which byte, the way to it from the object, and what it is.
pub(super) struct FieldProblem {
    pub(super) at: usize,
    pub(super) path: String,
    pub(super) problem: Diagnosis,
}

/// All that is wrong with the fields of an object, in their order; what is missing comes first, since it is
/// nowhere.
pub(super) fn find_problems(object: &JsonNode<'_>, known: &[FieldSpec]) -> Vec<FieldProblem> {
    let JsonContent::Object(fields) = &object.content else {
        let problem = format!("{}, expected an object, as in `{{\"…\": \"…\"}}`", object.found());
        let problem = ErrorKind::WrongType.because(problem);
        return vec![FieldProblem { at: object.at, path: String::new(), problem }];
    };
    let missing =
        known.iter().filter(|known| known.required && !fields.iter().any(|field| field.name == known.name));
    let missing = missing.map(|known| {
        let problem = ErrorKind::MissingField.because(format_args!("the field `{}` is missing", known.name));
        FieldProblem { at: object.at, path: String::new(), problem }
    });
    let mut all: Vec<FieldProblem> = missing.collect();
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
                let problem = ErrorKind::UnknownField.because(format_args!(
                    "there is no field {}{near} expected one of: {names}",
                    Shown(&field.name)
                ));
                all.push(FieldProblem { at: field.at, path: field.name.to_string(), problem });
            }
        }
    }
    all
}

fn twice(field: &JsonField<'_>, path: String) -> FieldProblem {
    let problem = ErrorKind::Duplicate
        .because(format_args!("the field {} stands twice; take one of them out", Shown(&field.name)));
    FieldProblem { at: field.at, path, problem }
}

impl FieldType {
    fn check(&self, node: &JsonNode<'_>, path: &str, all: &mut Vec<FieldProblem>) {
        let problem = match (self, &node.content) {
            (Self::Text | Self::TextOrNull | Self::Ids | Self::Said, JsonContent::Text(_))
            | (Self::TextOrNull | Self::Ids | Self::IdsListed | Self::Said, JsonContent::Null)
            | (Self::Flag | Self::Said, JsonContent::Bool(_))
            | (Self::Entries, JsonContent::List(_)) => return,
            (Self::Word(wrong), JsonContent::Text(text)) => match wrong(text) {
                Some(wrong) => wrong.into(),
                None => return,
            },
            (Self::Said, JsonContent::Number(number)) => match figure(number) {
                Err(problem) => ErrorKind::Wording.because(problem),
                Ok(_) => return,
            },
            (Self::Ids | Self::IdsListed | Self::TextsListed, JsonContent::List(nodes)) => {
                for (node, nth) in nodes.iter().zip(0..) {
                    Self::Text.check(node, &format!("{path}[{nth}]"), all);
                }
                return;
            }
            (Self::Texts, JsonContent::Object(fields)) => {
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
            _ => ErrorKind::WrongType.because(format_args!("{}, expected {}", node.found(), self.expected())),
        };
        all.push(FieldProblem { at: node.at, path: path.to_owned(), problem });
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
    fn object(known: &'static [FieldSpec]) -> impl Strategy<Value = String> {
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

    fn holds(text: &str, known: &[FieldSpec], is_read: bool) -> Result<(), TestCaseError> {
        let wrong = match JsonNode::parse(text) {
            Ok(node) => find_problems(&node, known),
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
