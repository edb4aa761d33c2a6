//! A dossier into its file, entry by entry.

use std::io;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{
    AssertionEntry, ClaimEntry, ConstraintEntry, DocumentEntry, RetractionEntry, SCHEMA, SourceEntry, TermEntry,
};
use crate::dossier::columns::RetractionRow;
use crate::dossier::{AssertionRef, ClaimRef, DocumentRef, Dossier, SourceRef, TermRef};
use crate::model::constraint::Constraint;

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
