//! The dossier as a file: schema `corroborate/1`, with types of its own.

mod fast_entries;
pub(crate) mod json;
#[cfg(feature = "schema")]
pub(crate) mod json_schema;
pub(crate) mod lists;
pub(crate) mod node;
mod read;
mod records;
mod shape;
pub(crate) mod write;

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::dossier::Dossier;
use crate::dossier::batch::Batch;
use crate::error::Problems;
use crate::model::assertion::Stance;
use crate::model::claim::{Evolves, Kind, Nature};

#[cfg(feature = "csv")]
pub(crate) use write::Rest;

/// What the first field of a file must say.
const SCHEMA: &str = "corroborate/1";

impl Dossier {
    /// Reads a dossier from a JSON file of schema `corroborate/1`.
    ///
    /// The order of entries never matters to references between them.
    ///
    /// ```
    /// use corroborate::Dossier;
    ///
    /// let raid = Dossier::from_json(r#"{
    ///   "schema": "corroborate/1",
    ///   "title": "Raid",
    ///   "sources": [{"id": "iraq", "name": "Iraq"}],
    ///   "claims": [{"id": "killed", "question": "How many fighters were killed?", "kind": "count"}],
    ///   "assertions": [{"claim": "killed", "value": "14", "by": "iraq"}]
    /// }"#)?;
    /// assert_eq!(raid.assertions().len(), 1);
    /// # Ok::<(), corroborate::Problems>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the text isn't JSON or isn't such a dossier. Every entry that is wrong is named with its place.
    pub fn from_json(json: &str) -> Result<Self, Problems> {
        Self::from_json_files([("", json)])
    }

    /// Reads several JSON files as one dossier.
    ///
    /// Each comes with its name, which stands before the places of its problems. The same id with the same
    /// content is one record; with other content it is a problem, and so is one name twice. Retractions and
    /// constraints, which have no ids, are one record where several files hold them alike. The first title
    /// counts.
    ///
    /// ```
    /// use corroborate::Dossier;
    ///
    /// let monday = r#"{"schema": "corroborate/1", "claims": [{"id": "missing", "question": "How many?", "kind": "count"}]}"#;
    /// let tuesday = r#"{"schema": "corroborate/1", "assertions": [{"claim": "missing", "value": "30"}]}"#;
    /// let flood = Dossier::from_json_files([("monday.json", monday), ("tuesday.json", tuesday)])?;
    /// assert_eq!(flood.assertions().len(), 1);
    /// # Ok::<(), corroborate::Problems>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`from_json`](Self::from_json).
    pub fn from_json_files<'f>(
        files: impl IntoIterator<Item = (&'f str, &'f str)>,
    ) -> Result<Self, Problems> {
        let mut batch = Batch::default();
        for (name, json) in files {
            if batch.is_new(name) {
                read(&mut batch, name, json);
            }
        }
        batch.finish().map(|(dossier, _)| dossier)
    }
}

/// Reads one file into a batch.
pub(crate) fn read(batch: &mut Batch, name: &str, json: &str) {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    if !fast_entries::read(batch, name, json) {
        read::read_all(batch, name, json);
    }
}

/// A file with its entries still unread, so that every one that is wrong can be named.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'f> {
    schema: String,
    #[serde(default)]
    title: String,
    #[serde(default, borrow)]
    sources: Vec<&'f RawValue>,
    #[serde(default, borrow)]
    terms: Vec<&'f RawValue>,
    #[serde(default, borrow)]
    documents: Vec<&'f RawValue>,
    #[serde(default, borrow)]
    claims: Vec<&'f RawValue>,
    #[serde(default, borrow)]
    assertions: Vec<&'f RawValue>,
    #[serde(default, borrow)]
    retractions: Vec<&'f RawValue>,
    #[serde(default, borrow)]
    constraints: Vec<&'f RawValue>,
}

/// Who speaks.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct SourceEntry {
    /// What other entries call the source by.
    id: String,
    /// The name that people read; the id, unless given.
    #[serde(default)]
    name: String,
    /// What else it is called. Tables may name it so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    /// What sort of source it is, in words of your own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    /// The source that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    part_of: Option<String>,
    /// Whether it isn't named.
    #[serde(default, skip_serializing_if = "is_false")]
    anonymous: bool,
}

/// A term that answers, units and scopes may name.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct TermEntry {
    /// What other entries and reports call the term by.
    id: String,
    /// The label that people read; the id, unless given. A value may name the term by it.
    #[serde(default)]
    label: String,
    /// What else it is called. Values may name it so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    /// The term that it falls under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    broader: Option<String>,
}

/// A document that assertions stand in.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct DocumentEntry {
    /// What other entries call the document by.
    id: String,
    /// Its title.
    #[serde(default)]
    title: String,
    /// The source that published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    /// When it was published, as an ISO 8601 date. `Thursday` within it counts back from here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// The point at issue.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct ClaimEntry {
    /// What other entries call the claim by.
    id: String,
    /// The question in words; the id, unless given.
    #[serde(default)]
    question: String,
    /// What sort of answer it takes.
    kind: Kind,
    /// What is counted or measured in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    /// What it is about. Claims with one topic and different scope are not comparable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    topic: Option<String>,
    /// What it is narrowed to: `place`, `period`, or dimensions of your own.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty", deserialize_with = "each_once")]
    scope: IndexMap<String, String, foldhash::fast::FixedState>,
    /// Whether it is a fact, an assessment or a projection; a fact, unless given.
    #[serde(default = "fact", skip_serializing_if = "is_fact")]
    nature: Nature,
    /// How the true answer moves as time passes; `fixed`, unless given.
    #[serde(default = "fixed", skip_serializing_if = "is_fixed")]
    evolves: Evolves,
}

/// One answer to one claim, as it stands in one document.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct AssertionEntry<'t> {
    /// What other entries and reports call it by; its claim's id, `#` and its number there, unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<Text<'t>>,
    /// The claim that it answers.
    #[serde(borrow)]
    claim: Cow<'t, str>,
    /// What was said, in its words: `at least 14`. Only silence has none.
    #[cfg_attr(feature = "schema", schemars(with = "json_schema::SaidSchema"))]
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    value: Option<Cow<'t, str>>,
    /// What the speaker does with the question; `affirms`, unless given.
    #[serde(default = "affirms", skip_serializing_if = "is_affirmed")]
    stance: Stance,
    /// The source, or the sources jointly, that it is credited to. Without one it is the document's own
    /// voice.
    #[cfg_attr(feature = "schema", schemars(with = "json_schema::OneOrMoreSchema"))]
    #[serde(default, skip_serializing_if = "OneOrMore::is_empty")]
    by: OneOrMore<'t>,
    /// The relays that it came through, outermost first.
    #[cfg_attr(feature = "schema", schemars(with = "json_schema::OneOrMoreSchema"))]
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_more")]
    via: Vec<String>,
    /// The document that it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<Text<'t>>,
    /// Where in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    locator: Option<Text<'t>>,
    /// What it counts or measures in, where that isn't the claim's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<Text<'t>>,
    /// When it was said, as an ISO 8601 date; its document's date, unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asserted: Option<Text<'t>>,
    /// The moment that the figure describes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    valid_at: Option<Text<'t>>,
    /// Earlier assertions of the same source or side that it replaces.
    #[cfg_attr(feature = "schema", schemars(with = "json_schema::OneOrMoreSchema"))]
    #[serde(default, skip_serializing_if = "OneOrMore::is_empty")]
    supersedes: OneOrMore<'t>,
    /// Assertions about the same claim that it repeats.
    #[cfg_attr(feature = "schema", schemars(with = "json_schema::OneOrMoreSchema"))]
    #[serde(default, skip_serializing_if = "OneOrMore::is_empty")]
    derived_from: OneOrMore<'t>,
    /// The words themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quote: Option<Text<'t>>,
    /// A remark of your own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<Text<'t>>,
}

/// That an assertion was withdrawn.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct RetractionEntry {
    /// The assertion.
    assertion: String,
    /// When, as an ISO 8601 date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// What must hold between the answers to several claims.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct ConstraintEntry {
    /// `sum` (with `whole` and `parts`), `at-most` (with `lesser` and `greater`) or `equal` (with `claims`).
    #[cfg_attr(feature = "schema", schemars(with = "crate::model::constraint::ConstraintKind"))]
    kind: String,
    /// Of a sum, the claim about all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    whole: Option<String>,
    /// Of a sum, the claims about the parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parts: Option<Vec<String>>,
    /// Of an order, the claim with the lesser answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lesser: Option<String>,
    /// Of an order, the claim with the greater answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    greater: Option<String>,
    /// Of an equality, the claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    claims: Option<Vec<String>>,
}

/// A dossier: everything that sources said about some claims. The order of entries never matters to
/// references.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[schemars(deny_unknown_fields, title = "corroborate dossier", inline)]
#[expect(dead_code, reason = "it is there for its schema")]
pub(crate) struct WholeFile {
    /// The version of this format.
    #[schemars(with = "json_schema::DossierVersion")]
    schema: String,
    /// What the dossier is about.
    #[serde(default)]
    title: String,
    /// Who speaks.
    #[serde(default)]
    sources: Vec<SourceEntry>,
    /// Terms that answers, units and scopes name.
    #[serde(default)]
    terms: Vec<TermEntry>,
    /// Where assertions stand.
    #[serde(default)]
    documents: Vec<DocumentEntry>,
    /// The points at issue.
    #[serde(default)]
    claims: Vec<ClaimEntry>,
    /// The answers.
    #[serde(default)]
    assertions: Vec<AssertionEntry<'static>>,
    /// What was withdrawn.
    #[serde(default)]
    retractions: Vec<RetractionEntry>,
    /// What ties claims together.
    #[serde(default)]
    constraints: Vec<ConstraintEntry>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde calls")]
fn is_false(flag: &bool) -> bool {
    !flag
}

fn fact() -> Nature {
    Nature::Fact
}

fn is_fact(nature: &Nature) -> bool {
    *nature == Nature::Fact
}

fn fixed() -> Evolves {
    Evolves::Fixed
}

fn is_fixed(evolves: &Evolves) -> bool {
    *evolves == Evolves::Fixed
}

fn affirms() -> Stance {
    Stance::Affirms
}

fn is_affirmed(stance: &Stance) -> bool {
    *stance == Stance::Affirms
}

/// A text, which lies in the file where it can.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
struct Text<'t>(#[serde(borrow)] Cow<'t, str>);

impl Text<'_> {
    fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text or a list of texts.
enum OneOrMore<'t> {
    One(Cow<'t, str>),
    Listed(Vec<String>),
}

impl Default for OneOrMore<'_> {
    fn default() -> Self {
        Self::Listed(Vec::new())
    }
}

impl OneOrMore<'_> {
    fn is_empty(&self) -> bool {
        matches!(self, Self::Listed(texts) if texts.is_empty())
    }
}

impl From<OneOrMore<'_>> for Vec<String> {
    fn from(texts: OneOrMore<'_>) -> Self {
        match texts {
            OneOrMore::One(text) => vec![text.into_owned()],
            OneOrMore::Listed(texts) => texts,
        }
    }
}

impl<'t> FromIterator<Cow<'t, str>> for OneOrMore<'t> {
    fn from_iter<I: IntoIterator<Item = Cow<'t, str>>>(texts: I) -> Self {
        let mut texts = texts.into_iter();
        match (texts.next(), texts.next()) {
            (Some(one), None) => Self::One(one),
            (first, second) => {
                Self::Listed(first.into_iter().chain(second).chain(texts).map(Cow::into_owned).collect())
            }
        }
    }
}

impl Serialize for OneOrMore<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(text) => to.serialize_str(text),
            Self::Listed(texts) => texts.serialize(to),
        }
    }
}

impl<'de: 't, 't> Deserialize<'de> for OneOrMore<'t> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct OneOrMoreVisitor;

        impl<'de> Visitor<'de> for OneOrMoreVisitor {
            type Value = OneOrMore<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id or a list of ids")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(OneOrMore::One(text.into()))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(OneOrMore::One(text.to_owned().into()))
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(OneOrMore::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = list.next_element()? {
                    texts.push(text);
                }
                Ok(OneOrMore::Listed(texts))
            }
        }

        from.deserialize_any(OneOrMoreVisitor)
    }
}

/// Texts by name, each name once.
fn each_once<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<IndexMap<String, String, foldhash::fast::FixedState>, D::Error> {
    struct UniqueKeysVisitor;

    impl<'de> Visitor<'de> for UniqueKeysVisitor {
        type Value = IndexMap<String, String, foldhash::fast::FixedState>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("texts by name")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
            let mut texts = Self::Value::default();
            while let Some((name, text)) = object.next_entry()? {
                if texts.insert(name, text).is_some() {
                    return Err(serde::de::Error::custom("a name stands twice"));
                }
            }
            Ok(texts)
        }
    }

    from.deserialize_map(UniqueKeysVisitor)
}

/// Several texts, of which one needs no list.
fn one_or_more<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    OneOrMore::deserialize(from).map(Vec::from)
}

/// A value as a text, or as a plain JSON number or truth value, which say the same.
fn said<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Cow<'de, str>>, D::Error> {
    struct SaidVisitor;

    impl<'de> Visitor<'de> for SaidVisitor {
        type Value = Option<Cow<'de, str>>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("what was said, as a text such as \"at least 14\"")
        }

        fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
            Ok(Some(text.into()))
        }

        fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
            Ok(Some(text.to_owned().into()))
        }

        fn visit_bool<E>(self, yes: bool) -> Result<Self::Value, E> {
            Ok(Some(if yes { "yes" } else { "no" }.into()))
        }

        fn visit_u64<E>(self, figure: u64) -> Result<Self::Value, E> {
            Ok(Some(figure.to_string().into()))
        }

        fn visit_i64<E>(self, figure: i64) -> Result<Self::Value, E> {
            Ok(Some(figure.to_string().into()))
        }

        fn visit_f64<E: serde::de::Error>(self, figure: f64) -> Result<Self::Value, E> {
            let text = figure.to_string();
            // Beyond fifteen digits a binary number isn't the decimal that was written.
            if text.bytes().filter(u8::is_ascii_digit).count() > 15 {
                return Err(E::custom("the number has more digits than JSON keeps; write it as a text"));
            }
            Ok(Some(text.into()))
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }

    from.deserialize_any(SaidVisitor)
}
