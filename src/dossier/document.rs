//! The dossier as a file: schema `corroborate/1`, with types of its own.

use std::fmt;
use std::io;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::batch::{Batch, Standing, Thing};
use super::columns::RetractionRow;
use super::place::{File as Opened, Form, Place};
use super::{AssertionRef, ClaimRef, DocumentRef, Dossier, Draft, SourceRef, TermRef};
use crate::error::{DidYouMean, Error, Problems, Shown, nearest};
use crate::model::assertion::{Assertion, Stance};
use crate::model::claim::{Claim, Evolves, Kind, Nature};
use crate::model::constraint::{Constraint, Retraction};
use crate::model::source::{Document, Source};
use crate::model::term::Term;

/// What the first field of a file must say.
const SCHEMA: &str = "corroborate/1";

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
    #[cfg_attr(feature = "schema", schemars(with = "Kind"))]
    #[serde(with = "word")]
    kind: Kind,
    /// What is counted or measured in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    /// What it is about. Claims with one topic and different scope are not comparable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    topic: Option<String>,
    /// What it is narrowed to: `place`, `period`, or dimensions of your own.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    scope: IndexMap<String, String, foldhash::fast::FixedState>,
    /// Whether it is a fact, an assessment or a projection; a fact, unless given.
    #[cfg_attr(feature = "schema", schemars(with = "Nature"))]
    #[serde(default = "fact", with = "word", skip_serializing_if = "is_fact")]
    nature: Nature,
    /// How the true answer moves as time passes; `fixed`, unless given.
    #[cfg_attr(feature = "schema", schemars(with = "Evolves"))]
    #[serde(default = "fixed", with = "word", skip_serializing_if = "is_fixed")]
    evolves: Evolves,
}

/// One answer to one claim, as it stands in one document.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct AssertionEntry {
    /// What other entries and reports call it by; its claim's id, `#` and its number there, unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// The claim that it answers.
    claim: String,
    /// What was said, in its words: `at least 14`. Only silence has none.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Said"))]
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    value: Option<String>,
    /// What the speaker does with the question; `affirms`, unless given.
    #[cfg_attr(feature = "schema", schemars(with = "Stance"))]
    #[serde(default = "affirms", with = "word", skip_serializing_if = "is_affirmed")]
    stance: Stance,
    /// The source, or the sources jointly, that it is credited to. Without one it is the document's own voice.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::OneOrMore"))]
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_more")]
    by: Vec<String>,
    /// The relays that it came through, outermost first.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::OneOrMore"))]
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_more::deserialize")]
    via: Vec<String>,
    /// The document that it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<String>,
    /// Where in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    locator: Option<String>,
    /// What it counts or measures in, where that isn't the claim's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    /// When it was said, as an ISO 8601 date; its document's date, unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asserted: Option<String>,
    /// The moment that the figure describes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    valid_at: Option<String>,
    /// Earlier assertions of the same source or side that it replaces.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::OneOrMore"))]
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_more")]
    supersedes: Vec<String>,
    /// Assertions about the same claim that it repeats.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::OneOrMore"))]
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "one_or_more")]
    derived_from: Vec<String>,
    /// The words themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quote: Option<String>,
    /// A remark of your own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
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
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::ConstraintKind"))]
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

/// A dossier: everything that sources said about some claims. The order of entries never matters to references.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[schemars(deny_unknown_fields, title = "corroborate dossier", inline)]
#[expect(dead_code, reason = "it is there for its schema")]
pub(crate) struct WholeFile {
    /// The version of this format.
    #[schemars(with = "crate::schema::Version")]
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
    assertions: Vec<AssertionEntry>,
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

/// A member of a closed vocabulary, as its word.
mod word {
    use std::fmt::Display;
    use std::str::FromStr;

    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(word: &impl Display, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(word)
    }

    pub(super) fn deserialize<'de, D, T>(from: D) -> Result<T, D::Error>
    where
        D: Deserializer<'de>,
        T: FromStr<Err: Display>,
    {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// A text or a list of texts.
mod one_or_more {
    use serde::de::{SeqAccess, Visitor};
    use serde::{Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(texts: &[String], to: S) -> Result<S::Ok, S::Error> {
        match texts {
            [one] => to.serialize_str(one),
            several => several.serialize(to),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
        struct OneOrMore;

        impl<'de> Visitor<'de> for OneOrMore {
            type Value = Vec<String>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an id or a list of ids")
            }

            fn visit_str<E>(self, text: &str) -> Result<Vec<String>, E> {
                Ok(vec![text.to_owned()])
            }

            fn visit_unit<E>(self) -> Result<Vec<String>, E> {
                Ok(Vec::new())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<String>, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = list.next_element()? {
                    texts.push(text);
                }
                Ok(texts)
            }
        }

        from.deserialize_any(OneOrMore)
    }
}

/// A value as a text, or as a plain JSON number or truth value, which say the same.
fn said<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    struct Said;

    impl serde::de::Visitor<'_> for Said {
        type Value = Option<String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("what was said, as a text such as \"at least 14\"")
        }

        fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
            Ok(Some(text.to_owned()))
        }

        fn visit_bool<E>(self, yes: bool) -> Result<Self::Value, E> {
            Ok(Some(if yes { "yes" } else { "no" }.to_owned()))
        }

        fn visit_u64<E>(self, figure: u64) -> Result<Self::Value, E> {
            Ok(Some(figure.to_string()))
        }

        fn visit_i64<E>(self, figure: i64) -> Result<Self::Value, E> {
            Ok(Some(figure.to_string()))
        }

        fn visit_f64<E: serde::de::Error>(self, figure: f64) -> Result<Self::Value, E> {
            let text = figure.to_string();
            // Beyond fifteen digits a binary number isn't the decimal that was written.
            if text.bytes().filter(u8::is_ascii_digit).count() > 15 {
                return Err(E::custom("the number has more digits than JSON keeps; write it as a text"));
            }
            Ok(Some(text))
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }

    from.deserialize_any(Said)
}

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
    /// Each comes with its name, which stands before the places of its problems. The same id with the same content
    /// is one record; with other content it is a problem. The first title counts.
    ///
    /// # Errors
    ///
    /// As [`from_json`](Self::from_json).
    pub fn from_json_files<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self, Problems> {
        let mut batch = Batch::default();
        for (name, json) in files {
            read(&mut batch, name, json);
        }
        batch.finish().map(|(dossier, _)| dossier)
    }

    /// The dossier as JSON of schema `corroborate/1`, which reads back to the same dossier.
    ///
    /// ```
    /// use corroborate::{Claim, Dossier};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// let json = flood.to_json();
    /// assert_eq!(Dossier::from_json(&json)?.to_json(), json);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_json(&self) -> String {
        // Texts, numbers and lists can't fail to be written.
        serde_json::to_string_pretty(&Written(self)).unwrap_or_default()
    }

    /// Writes the dossier as JSON, entry by entry.
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_json(&self, to: impl io::Write) -> io::Result<()> {
        Ok(serde_json::to_writer_pretty(to, &Written(self))?)
    }
}

/// A dossier on its way into a file, entry by entry.
struct Written<'d>(&'d Dossier);

/// A list whose entries are made as they are written.
struct List<F>(F);

impl<F, I> Serialize for List<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq((self.0)())
    }
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let dossier = self.0;
        let mut file = to.serialize_struct("Dossier", 9)?;
        file.serialize_field("schema", SCHEMA)?;
        file.serialize_field("title", dossier.title())?;
        file.serialize_field("sources", &List(|| dossier.sources().map(SourceEntry::from)))?;
        // What nobody declared comes back with the value that names it.
        let declared = |term: &TermRef<'_>| dossier.columns.terms[term.index as usize].declared;
        file.serialize_field("terms", &List(|| dossier.terms().filter(declared).map(TermEntry::from)))?;
        file.serialize_field("documents", &List(|| dossier.documents().map(DocumentEntry::from)))?;
        file.serialize_field("claims", &List(|| dossier.claims().map(ClaimEntry::from)))?;
        file.serialize_field("assertions", &List(|| dossier.assertions().map(AssertionEntry::from)))?;
        let retraction = |row: &RetractionRow| RetractionEntry {
            assertion: dossier.columns.assertion_id(row.assertion),
            on: row.on.map(|on| on.to_string()),
            reason: row.reason.as_deref().map(str::to_owned),
        };
        file.serialize_field("retractions", &List(|| dossier.columns.retractions.iter().map(retraction)))?;
        file.serialize_field("constraints", &List(|| dossier.constraints().iter().map(ConstraintEntry::from)))?;
        file.end()
    }
}

impl From<SourceRef<'_>> for SourceEntry {
    fn from(source: SourceRef<'_>) -> Self {
        Self {
            id: source.id().to_owned(),
            name: source.name().to_owned(),
            kind: source.kind().map(str::to_owned),
            part_of: source.part_of().map(|above| above.id().to_owned()),
            anonymous: source.is_anonymous(),
        }
    }
}

impl From<TermRef<'_>> for TermEntry {
    fn from(term: TermRef<'_>) -> Self {
        Self {
            id: term.id().to_owned(),
            label: term.label().to_owned(),
            broader: term.broader().map(|above| above.id().to_owned()),
        }
    }
}

impl From<DocumentRef<'_>> for DocumentEntry {
    fn from(document: DocumentRef<'_>) -> Self {
        Self {
            id: document.id().to_owned(),
            title: document.title().to_owned(),
            publisher: document.publisher().map(|publisher| publisher.id().to_owned()),
            published: document.published().map(|date| date.to_string()),
            url: document.url().map(str::to_owned),
        }
    }
}

impl From<ClaimRef<'_>> for ClaimEntry {
    fn from(claim: ClaimRef<'_>) -> Self {
        Self {
            id: claim.id().to_owned(),
            question: claim.question().to_owned(),
            kind: claim.kind(),
            unit: claim.unit().map(str::to_owned),
            topic: claim.topic().map(str::to_owned),
            scope: claim.scope().map(|(dimension, value)| (dimension.to_owned(), value.to_owned())).collect(),
            nature: claim.nature(),
            evolves: claim.evolves(),
        }
    }
}

impl From<AssertionRef<'_>> for AssertionEntry {
    fn from(assertion: AssertionRef<'_>) -> Self {
        let extra = assertion.dossier.columns.extra(assertion.index);
        Self {
            id: extra.and_then(|extra| extra.id.as_deref()).map(str::to_owned),
            claim: assertion.claim().id().to_owned(),
            // The words themselves, since "Thursday" is read anew against its document.
            value: assertion.said(),
            stance: assertion.stance(),
            by: assertion.by().map(|source| source.id().to_owned()).collect(),
            via: assertion.via().map(|source| source.id().to_owned()).collect(),
            document: assertion.document().map(|document| document.id().to_owned()),
            locator: assertion.locator().map(str::to_owned),
            unit: assertion.unit().map(str::to_owned),
            asserted: assertion.asserted().map(|date| date.to_string()),
            valid_at: assertion.valid_at().map(|date| date.to_string()),
            supersedes: assertion.supersedes().map(AssertionRef::id).collect(),
            derived_from: assertion.derived_from().map(AssertionRef::id).collect(),
            quote: assertion.quote().map(str::to_owned),
            note: assertion.note().map(str::to_owned),
        }
    }
}

impl From<&Constraint> for ConstraintEntry {
    fn from(constraint: &Constraint) -> Self {
        let mut entry = Self {
            kind: constraint.kind().to_owned(),
            whole: None,
            parts: None,
            lesser: None,
            greater: None,
            claims: None,
        };
        match constraint.clone() {
            Constraint::Sum { whole, parts } => (entry.whole, entry.parts) = (Some(whole), Some(parts)),
            Constraint::AtMost { lesser, greater } => (entry.lesser, entry.greater) = (Some(lesser), Some(greater)),
            Constraint::Equal { claims } => entry.claims = Some(claims),
        }
        entry
    }
}

/// Reads one file into a batch.
pub(crate) fn read(batch: &mut Batch, name: &str, json: &str) {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let opened = batch.file(name, Form::Entries);
    let file: File<'_> = match serde_json::from_str(json) {
        Ok(file) => file,
        Err(error) => return batch.problems.push(misread(&opened, json, &error)),
    };
    if file.schema != SCHEMA {
        let problem = format!("found {}, expected `{SCHEMA}`", Shown(&file.schema));
        return batch.problems.push(opened.problem("schema", problem));
    }
    batch.title(file.title);
    let mut entries = Entries { file: opened, json, at: 0, line: 1 };
    entries.read(batch, "sources", &file.sources, |batch, entry: SourceEntry, place| {
        let SourceEntry { id, name, kind, part_of, anonymous } = entry;
        batch.know(Thing::Source, &id, Standing::Declared);
        batch.sources.push((Source { id, name, kind, part_of, anonymous }, place));
        Ok(())
    });
    entries.read(batch, "terms", &file.terms, |batch, entry: TermEntry, place| {
        let TermEntry { id, label, broader } = entry;
        batch.know(Thing::Term, &id, Standing::Declared);
        batch.terms.push((Term { id, label, broader }, place));
        Ok(())
    });
    entries.read(batch, "documents", &file.documents, |batch, entry: DocumentEntry, place| {
        let DocumentEntry { id, title, publisher, published, url } = entry;
        batch.know(Thing::Document, &id, Standing::Declared);
        batch.documents.push((Document { id, title, publisher, published, url }, place));
        Ok(())
    });
    entries.read(batch, "claims", &file.claims, |batch, entry: ClaimEntry, place| {
        let ClaimEntry { id, question, kind, unit, topic, scope, nature, evolves } = entry;
        batch.know(Thing::Claim, &id, Standing::Declared);
        batch.claims.push((Claim { id, question, kind, unit, topic, scope, nature, evolves }, place));
        Ok(())
    });
    entries.read(batch, "assertions", &file.assertions, |batch, entry: AssertionEntry, place| {
        batch.assertion(&Draft::from(&Assertion::from(entry)), &place);
        Ok(())
    });
    entries.read(batch, "retractions", &file.retractions, |batch, entry: RetractionEntry, place| {
        let RetractionEntry { assertion, on, reason } = entry;
        batch.retractions.push((Retraction { assertion, on, reason }, place));
        Ok(())
    });
    entries.read(batch, "constraints", &file.constraints, |batch, entry: ConstraintEntry, place| {
        batch.constraints.push((constraint(entry)?, place));
        Ok(())
    });
}

/// The lists of a file, read entry by entry, with the line of each counted on the way.
struct Entries<'f> {
    file: Arc<Opened>,
    json: &'f str,
    at: usize,
    line: usize,
}

impl<'f> Entries<'f> {
    fn read<E: DeserializeOwned>(
        &mut self,
        batch: &mut Batch,
        list: &'static str,
        entries: &[&'f RawValue],
        take: impl Fn(&mut Batch, E, Place) -> Result<(), (&'static str, String)>,
    ) {
        for (raw, nth) in entries.iter().zip(0..) {
            let text = raw.get();
            let line = self.line_of(text);
            let file = Arc::clone(&self.file);
            let place = Place::Entry { file, list, nth, line: u32::try_from(line).unwrap_or(u32::MAX) };
            if !text.starts_with('{') {
                // serde would take a list for an object's fields in their order.
                let problem = format!("found {}, expected an object, as in `{{\"…\": \"…\"}}`", Shown(text));
                let problem = self.file.problem(format_args!("{list}[{nth}]"), problem);
                batch.problems.push(problem.on_line(line));
                continue;
            }
            let mut reader = serde_json::Deserializer::from_str(text);
            let read: Result<E, _> = serde_path_to_error::deserialize(&mut reader);
            match read {
                Ok(read) => {
                    if let Err((field, problem)) = take(batch, read, place.clone()) {
                        batch.problems.push(place.field(field, problem));
                    }
                }
                Err(error) => {
                    let path = error.path().to_string();
                    let path = if path == "." { String::new() } else { format!(".{path}") };
                    let inner = error.into_inner();
                    let problem = self.file.problem(format_args!("{list}[{nth}]{path}"), reworded(&inner));
                    batch.problems.push(problem.on_line(line + inner.line().saturating_sub(1)));
                    keep_id(batch, list, text);
                }
            }
        }
    }

    /// The line of an entry, counted on from the one before: entries come in the order of the file, mostly.
    fn line_of(&mut self, entry: &str) -> usize {
        let offset = (entry.as_ptr() as usize).saturating_sub(self.json.as_ptr() as usize).min(self.json.len());
        if offset < self.at {
            (self.at, self.line) = (0, 1);
        }
        let between = &self.json.as_bytes()[self.at..offset];
        self.line += between.iter().filter(|byte| **byte == b'\n').count();
        self.at = offset;
        self.line
    }
}

/// Knows the id of an entry that couldn't be read, so that whatever points at it isn't a second problem.
fn keep_id(batch: &mut Batch, list: &str, entry: &str) {
    let thing = match list {
        "sources" => Thing::Source,
        "terms" => Thing::Term,
        "documents" => Thing::Document,
        "claims" => Thing::Claim,
        _ => return,
    };
    let entry: Option<serde_json::Value> = serde_json::from_str(entry).ok();
    if let Some(id) = entry.as_ref().and_then(|entry| entry.get("id")?.as_str()) {
        batch.know(thing, id, Standing::Broken);
    }
}

impl From<AssertionEntry> for Assertion {
    fn from(entry: AssertionEntry) -> Self {
        let AssertionEntry {
            id,
            claim,
            value,
            stance,
            by,
            via,
            document,
            locator,
            unit,
            asserted,
            valid_at,
            supersedes,
            derived_from,
            quote,
            note,
        } = entry;
        Self {
            id,
            claim,
            value,
            stance,
            by,
            via,
            document,
            locator,
            unit,
            asserted,
            valid_at,
            supersedes,
            derived_from,
            quote,
            note,
        }
    }
}

/// A constraint from its fields, of which each kind takes its own and no others.
fn constraint(entry: ConstraintEntry) -> Result<Constraint, (&'static str, String)> {
    let ConstraintEntry { kind, whole, parts, lesser, greater, claims } = entry;
    let made = match (kind.as_str(), whole, parts, lesser, greater, claims) {
        ("sum", Some(whole), Some(parts), None, None, None) => Constraint::Sum { whole, parts },
        ("at-most", None, None, Some(lesser), Some(greater), None) => Constraint::AtMost { lesser, greater },
        ("equal", None, None, None, None, Some(claims)) => Constraint::Equal { claims },
        ("sum", ..) => return Err(("kind", "a `sum` takes `whole` and `parts`, and nothing else".to_owned())),
        ("at-most", ..) => {
            return Err(("kind", "an `at-most` takes `lesser` and `greater`, and nothing else".to_owned()));
        }
        ("equal", ..) => return Err(("kind", "an `equal` takes `claims`, and nothing else".to_owned())),
        _ => {
            let near = DidYouMean(nearest(&kind, ["sum", "at-most", "equal"].into_iter())).and();
            return Err((
                "kind",
                format!("{} is no constraint{near} expected one of: sum, at-most, equal", Shown(&kind)),
            ));
        }
    };
    Ok(made)
}

/// A whole file that couldn't be read.
fn misread(file: &Opened, json: &str, error: &serde_json::Error) -> Error {
    if json.trim().is_empty() {
        return file
            .problem_on_line(1, "the file is empty; expected a JSON object with `\"schema\": \"corroborate/1\"`");
    }
    if error.is_data() && !json.trim_start().starts_with('{') {
        return file
            .problem_on_line(1, "expected a JSON object with `\"schema\": \"corroborate/1\"`; it begins otherwise");
    }
    let at = format!("line {}, character {}", error.line(), error.column());
    let problem = if error.is_data() {
        reworded(error)
    } else if !json.trim_start().starts_with('{') {
        let first = json.trim_start().lines().next().unwrap_or_default();
        format!("expected a dossier, which begins with `{{`; found {}; a table is named `.csv` or `.tsv`", Shown(first))
    } else {
        format!("this isn't JSON: {}", bare(error).replace("EOF while parsing", "the text ends within"))
    };
    file.problem(at, problem).on_line(error.line())
}

/// serde's message, in the words that users know.
fn reworded(error: &serde_json::Error) -> String {
    let message = bare(error);
    if let Some(rest) = message.strip_prefix("unknown field `")
        && let Some((field, rest)) = rest.split_once('`')
    {
        let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
        let near = DidYouMean(nearest(field, known.iter().copied())).and();
        return format!("there is no field {}{near} expected one of: {}", Shown(field), known.join(", "));
    }
    if let Some(field) = message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        let todo = if field == "schema" { "; begin the file with `\"schema\": \"corroborate/1\"`" } else { "" };
        return format!("the field `{field}` is missing{todo}");
    }
    if let Some(field) = message.strip_prefix("duplicate field `").and_then(|rest| rest.strip_suffix('`')) {
        return format!("the field `{field}` stands twice");
    }
    message
        .replace("invalid type: sequence", "found a list")
        .replace("invalid type: map", "found an object")
        .replace("invalid type: integer", "found the number")
        .replace("invalid type: floating point", "found the number")
        .replace("invalid type: string", "found the text")
        .replace("invalid type: boolean", "found")
        .replace("expected a string", "expected a text")
        .replace("expected a sequence", "expected a list")
        .replace("expected a map", "expected an object")
        .replace("expected a boolean", "expected `true` or `false`")
        .replace("invalid type: ", "found ")
        .replace("invalid value: ", "found ")
        .replace("found map", "found an object")
        .replace("expected a map", "expected an object")
        .replace("found sequence", "found a list")
        .replace("expected a sequence", "expected a list")
}

/// serde_json's message without its place, which is said elsewhere.
fn bare(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.clone(), |(message, _)| message.to_owned())
}
