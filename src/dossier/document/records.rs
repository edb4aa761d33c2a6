//! serde of the records, in the shape that the entries of a dossier's file have.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::read::constraint_from_entry;
use super::{
    AssertionEntry, ClaimEntry, ConstraintEntry, DocumentEntry, OneOrMore, RetractionEntry, SourceEntry,
    TermEntry, Text,
};
use crate::model::assertion::Assertion;
use crate::model::claim::Claim;
use crate::model::constraint::{Constraint, Retraction};
use crate::model::source::{Document, Source};
use crate::model::term::Term;

/// Reads an entry from a map only: serde's derive would also take a list, as the fields in their order.
struct EntryVisitor<E>(PhantomData<E>);

impl<'de, E: Deserialize<'de>> Visitor<'de> for EntryVisitor<E> {
    type Value = E;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, as an entry of a dossier is")
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<E, A::Error> {
        E::deserialize(MapAccessDeserializer::new(fields))
    }
}

/// Converts a record to its entry and back. Both sides name every field, so a field that is added to one of
/// them doesn't compile until it is here too.
macro_rules! same_fields {
    ($($record:ident = $entry:ident { $($field:ident),* };)*) => {$(
        impl From<$entry> for $record {
            fn from(entry: $entry) -> Self {
                let $entry { $($field),* } = entry;
                Self { $($field),* }
            }
        }

        impl From<$record> for $entry {
            fn from(record: $record) -> Self {
                let $record { $($field),* } = record;
                Self { $($field),* }
            }
        }
    )*};
}

same_fields! {
    Source = SourceEntry { id, name, aliases, kind, part_of, anonymous };
    Term = TermEntry { id, label, aliases, broader };
    Document = DocumentEntry { id, title, publisher, published, url };
    Claim = ClaimEntry { id, question, kind, unit, topic, scope, nature, evolves };
    Retraction = RetractionEntry { assertion, on, reason };
}

impl From<AssertionEntry<'_>> for Assertion {
    fn from(entry: AssertionEntry<'_>) -> Self {
        let owned = |text: Option<Text<'_>>| text.map(|Text(text)| text.into_owned());
        Self {
            id: owned(entry.id),
            claim: entry.claim.into_owned(),
            value: entry.value.map(Cow::into_owned),
            stance: entry.stance,
            by: entry.by.into(),
            via: entry.via,
            document: owned(entry.document),
            locator: owned(entry.locator),
            unit: owned(entry.unit),
            asserted: owned(entry.asserted),
            valid_at: owned(entry.valid_at),
            supersedes: entry.supersedes.into(),
            derived_from: entry.derived_from.into(),
            quote: owned(entry.quote),
            note: owned(entry.note),
        }
    }
}

impl From<Assertion> for AssertionEntry<'static> {
    fn from(assertion: Assertion) -> Self {
        let text = |text: Option<String>| text.map(|text| Text(text.into()));
        let ids = |ids: Vec<String>| ids.into_iter().map(Cow::from).collect::<OneOrMore<'_>>();
        Self {
            id: text(assertion.id),
            claim: assertion.claim.into(),
            value: assertion.value.map(Cow::from),
            stance: assertion.stance,
            by: ids(assertion.by),
            via: assertion.via,
            document: text(assertion.document),
            locator: text(assertion.locator),
            unit: text(assertion.unit),
            asserted: text(assertion.asserted),
            valid_at: text(assertion.valid_at),
            supersedes: ids(assertion.supersedes),
            derived_from: ids(assertion.derived_from),
            quote: text(assertion.quote),
            note: text(assertion.note),
        }
    }
}

impl TryFrom<ConstraintEntry> for Constraint {
    type Error = String;

    fn try_from(entry: ConstraintEntry) -> Result<Self, String> {
        constraint_from_entry(entry).map_err(|(field, problem)| format!("{field}: {problem}"))
    }
}

impl From<Constraint> for ConstraintEntry {
    fn from(constraint: Constraint) -> Self {
        Self::from(&constraint)
    }
}

macro_rules! serde_as_entry {
    ($($record:ident as $entry:ty;)*) => {$(
        impl Serialize for $record {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                <$entry>::from(self.clone()).serialize(to)
            }
        }

        impl<'de> Deserialize<'de> for $record {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let entry = from.deserialize_map(EntryVisitor::<$entry>(PhantomData))?;
                Self::try_from(entry).map_err(D::Error::custom)
            }
        }
    )*};
}

serde_as_entry! {
    Source as SourceEntry;
    Term as TermEntry;
    Document as DocumentEntry;
    Claim as ClaimEntry;
    Assertion as AssertionEntry<'_>;
    Retraction as RetractionEntry;
    Constraint as ConstraintEntry;
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails where a record is refused, or isn't")]

    use serde::de::DeserializeOwned;

    use super::*;

    fn round_trips<R: Serialize + DeserializeOwned + PartialEq + fmt::Debug>(record: &R, json: &str) {
        assert_eq!(serde_json::to_string(record).unwrap(), json);
        assert_eq!(&serde_json::from_str::<R>(json).unwrap(), record);
        // Through a tree too, where texts can't be borrowed.
        let tree = serde_json::to_value(record).unwrap();
        assert_eq!(&serde_json::from_value::<R>(tree).unwrap(), record);
        assert_eq!(&serde_json::from_reader::<_, R>(json.as_bytes()).unwrap(), record);
    }

    #[test]
    fn records_have_the_shape_of_entries() {
        round_trips(
            &Source::new("centcom", "U.S. Central Command").part_of("us"),
            r#"{"id":"centcom","name":"U.S. Central Command","part_of":"us"}"#,
        );
        round_trips(
            &Term::new("anbar", "Anbar").broader("iraq"),
            r#"{"id":"anbar","label":"Anbar","broader":"iraq"}"#,
        );
        round_trips(
            &Document::new("paper", "The paper").published("2024-09-03"),
            r#"{"id":"paper","title":"The paper","published":"2024-09-03"}"#,
        );
        round_trips(
            &Claim::count("killed", "How many?").scope("place", "anbar"),
            r#"{"id":"killed","question":"How many?","kind":"count","scope":{"place":"anbar"}}"#,
        );
        round_trips(
            &Assertion::new("killed", "at least 14").by("iraq").quote("\"at least\" 14"),
            r#"{"claim":"killed","value":"at least 14","by":"iraq","quote":"\"at least\" 14"}"#,
        );
        round_trips(
            &Assertion::new("killed", "14").by_all(["iraq", "us"]),
            r#"{"claim":"killed","value":"14","by":["iraq","us"]}"#,
        );
        round_trips(
            &Retraction::new("killed#1").reason("misheard"),
            r#"{"assertion":"killed#1","reason":"misheard"}"#,
        );
        round_trips(
            &Constraint::sum("injured", ["returned", "flown"]),
            r#"{"kind":"sum","whole":"injured","parts":["returned","flown"]}"#,
        );
        round_trips(
            &Constraint::at_most("killed", "present"),
            r#"{"kind":"at-most","lesser":"killed","greater":"present"}"#,
        );
        round_trips(&Constraint::equal(["a", "b"]), r#"{"kind":"equal","claims":["a","b"]}"#);
    }

    #[test]
    fn what_is_no_entry_is_refused() {
        let refused = |json: &str| serde_json::from_str::<Source>(json).unwrap_err().to_string();
        assert!(refused(r#"["iraq","Iraq"]"#).contains("expected an object"));
        assert!(refused(r#"{"id":"iraq","naem":"Iraq"}"#).contains("unknown field `naem`"));
        assert!(refused(r#"{"id":"iraq","id":"iraq"}"#).contains("duplicate field `id`"));
        let twice = r#"{"id":"a","kind":"count","scope":{"place":"b","place":"c"}}"#;
        assert!(serde_json::from_str::<Claim>(twice).is_err());
        let mixed = serde_json::from_str::<Constraint>(r#"{"kind":"sum","claims":["a","b"]}"#);
        assert!(mixed.unwrap_err().to_string().contains("a `sum` takes `whole` and `parts`"));
    }
}
