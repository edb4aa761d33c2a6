//! A dossier into its file, entry by entry.

use std::borrow::Cow;
use std::io;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{
    AssertionEntry, ClaimEntry, ConstraintEntry, DocumentEntry, RetractionEntry, SCHEMA, SourceEntry,
    TermEntry, Text,
};
use crate::dossier::columns::{RetractionRow, Set};
use crate::dossier::{AssertionRef, ClaimRef, DocumentRef, Dossier, SourceRef, TermRef};
use crate::model::constraint::Constraint;
use crate::model::date::Date;

impl Dossier {
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
        serde_json::to_string_pretty(&StreamedDossier { dossier: self, only: None }).unwrap_or_default()
    }

    /// Writes the dossier as JSON, entry by entry.
    ///
    /// ```
    /// use corroborate::Dossier;
    ///
    /// let mut file = Vec::new();
    /// Dossier::new("Raid").write_json(&mut file)?;
    /// assert!(String::from_utf8(file)?.contains("corroborate/1"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_json(&self, to: impl io::Write) -> io::Result<()> {
        Ok(serde_json::to_writer_pretty(to, &StreamedDossier { dossier: self, only: None })?)
    }

    /// Writes what tables leave out as a dossier in JSON, to be read beside them.
    #[cfg(feature = "csv")]
    pub(crate) fn write_rest(&self, rest: &Rest, mut to: impl io::Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut to, &StreamedDossier { dossier: self, only: Some(rest) })?;
        to.write_all(b"\n")
    }
}

/// The records that tables leave out, by number; beside them the title, all retractions and all constraints.
#[derive(Debug)]
pub(crate) struct Rest {
    pub(crate) sources: Set<u32>,
    pub(crate) terms: Set<u32>,
    pub(crate) documents: Set<u32>,
    pub(crate) claims: Set<u32>,
}

#[cfg(feature = "csv")]
impl Rest {
    /// Whether tables leave nothing out.
    pub(crate) fn is_empty(&self, dossier: &Dossier) -> bool {
        let Self { sources, terms, documents, claims } = self;
        dossier.title().is_empty()
            && [sources, terms, documents, claims].into_iter().all(Set::is_empty)
            && dossier.columns.retractions.is_empty()
            && dossier.constraints().is_empty()
    }
}

/// Serializes a dossier entry by entry, without building a document: all of it, or only what tables leave
/// out.
struct StreamedDossier<'d> {
    dossier: &'d Dossier,
    only: Option<&'d Rest>,
}

/// A list that is serialized from an iterator, so that its entries are never all in memory.
pub(crate) struct StreamedList<F>(pub(crate) F);

impl<F, I> Serialize for StreamedList<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq((self.0)())
    }
}

impl Serialize for StreamedDossier<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self { dossier, only } = *self;
        let source = |source: &SourceRef<'_>| only.is_none_or(|rest| rest.sources.contains(&source.index));
        // What nobody declared comes back with the value that names it.
        let term =
            |term: &TermRef<'_>| only.map_or(term.is_declared(), |rest| rest.terms.contains(&term.index));
        let document =
            |document: &DocumentRef<'_>| only.is_none_or(|rest| rest.documents.contains(&document.index));
        let claim = |claim: &ClaimRef<'_>| only.is_none_or(|rest| rest.claims.contains(&claim.index));
        let assertions = if only.is_some() { 0 } else { usize::MAX };
        let mut file = to.serialize_struct("Dossier", 9)?;
        file.serialize_field("schema", SCHEMA)?;
        file.serialize_field("title", dossier.title())?;
        file.serialize_field(
            "sources",
            &StreamedList(|| dossier.sources().filter(source).map(SourceEntry::from)),
        )?;
        file.serialize_field("terms", &StreamedList(|| dossier.terms().filter(term).map(TermEntry::from)))?;
        file.serialize_field(
            "documents",
            &StreamedList(|| dossier.documents().filter(document).map(DocumentEntry::from)),
        )?;
        file.serialize_field(
            "claims",
            &StreamedList(|| dossier.claims().filter(claim).map(ClaimEntry::from)),
        )?;
        let assertions = || dossier.assertions().take(assertions).map(AssertionEntry::from);
        file.serialize_field("assertions", &StreamedList(assertions))?;
        let retraction = |row: &RetractionRow| RetractionEntry::of(dossier, row);
        file.serialize_field(
            "retractions",
            &StreamedList(|| dossier.columns.retractions.iter().map(retraction)),
        )?;
        file.serialize_field(
            "constraints",
            &StreamedList(|| dossier.constraints().iter().map(ConstraintEntry::from)),
        )?;
        file.end()
    }
}

impl RetractionEntry {
    pub(super) fn of(dossier: &Dossier, row: &RetractionRow) -> Self {
        Self {
            assertion: dossier.columns.assertion_id(row.assertion),
            on: row.on.map(|on| on.to_string()),
            reason: row.reason.as_deref().map(str::to_owned),
        }
    }
}

impl From<SourceRef<'_>> for SourceEntry {
    fn from(source: SourceRef<'_>) -> Self {
        Self {
            id: source.id().to_owned(),
            name: source.name().to_owned(),
            aliases: source.aliases().map(str::to_owned).collect(),
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
            aliases: term.aliases().map(str::to_owned).collect(),
            broader: term.broader().map(|above| above.id().to_owned()),
        }
    }
}

impl From<DocumentRef<'_>> for DocumentEntry {
    fn from(document: DocumentRef<'_>) -> Self {
        Self {
            id: document.id().to_owned(),
            title: document.title().unwrap_or_default().to_owned(),
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

impl<'d> From<AssertionRef<'d>> for AssertionEntry<'d> {
    fn from(assertion: AssertionRef<'d>) -> Self {
        let extra = assertion.dossier.columns.extra(assertion.index);
        let text = |text: &'d str| Text(text.into());
        let date = |date: Date| Text(date.to_string().into());
        Self {
            id: extra.and_then(|extra| extra.id.as_deref()).map(text),
            claim: assertion.claim().id().into(),
            // The words themselves, since "Thursday" is read anew against its document.
            value: assertion.said().map(Cow::from),
            stance: assertion.stance(),
            by: assertion.by().map(|source| source.id().into()).collect(),
            via: assertion.via().map(|source| source.id().to_owned()).collect(),
            document: assertion.document().map(|document| text(document.id())),
            locator: assertion.locator().map(text),
            unit: assertion.unit().map(text),
            asserted: assertion.asserted().map(date),
            valid_at: assertion.valid_at().map(date),
            supersedes: assertion.supersedes().map(|earlier| earlier.id().into()).collect(),
            derived_from: assertion.derived_from().map(|original| original.id().into()).collect(),
            quote: assertion.quote().map(text),
            note: assertion.note().map(text),
        }
    }
}

impl From<&Constraint> for ConstraintEntry {
    fn from(constraint: &Constraint) -> Self {
        let mut entry = Self {
            kind: constraint.kind().to_string(),
            whole: None,
            parts: None,
            lesser: None,
            greater: None,
            claims: None,
        };
        match constraint.clone() {
            Constraint::Sum { whole, parts } => (entry.whole, entry.parts) = (Some(whole), Some(parts)),
            Constraint::AtMost { lesser, greater } => {
                (entry.lesser, entry.greater) = (Some(lesser), Some(greater))
            }
            Constraint::Equal { claims } => entry.claims = Some(claims),
        }
        entry
    }
}
