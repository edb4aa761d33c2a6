//! The dossier's file as a value: its records, list by list.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{AssertionEntry, ClaimEntry, DocumentEntry, RetractionEntry, SCHEMA, SourceEntry, TermEntry};
use crate::dossier::batch::Batch;
use crate::dossier::draft::AssertionDraft;
use crate::dossier::place::{FileForm, Place};
use crate::dossier::{AssertionRef, ClaimRef, DocumentRef, Dossier, SourceRef, TermRef};
use crate::error::{Error, ErrorKind, Problems};
use crate::model::assertion::Assertion;
use crate::model::claim::Claim;
use crate::model::constraint::{Constraint, Retraction};
use crate::model::source::{Document, Source};
use crate::model::term::Term;

/// A dossier as its JSON file has it, schema `corroborate/1`: its records, list by list, which a program may
/// edit.
///
/// A dossier only grows, and its views are read only. This is the way to take something out of one, to merge
/// records from elsewhere, or to read a file of which something isn't sound yet. Nothing is checked until it
/// becomes a
/// [`Dossier`], and the order of records never matters to references between them.
///
/// ```
/// use corroborate::exchange::DossierDocument;
/// use corroborate::{Assertion, Claim, Dossier, Source};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "30").by("mayor"))?;
///
/// let mut document = DossierDocument::from(&flood);
/// document.assertions.push(Assertion::new("missing", "12").by("brigade"));
/// let problems = Dossier::try_from(document.clone()).unwrap_err();
/// assert!(problems.to_string().starts_with("assertions[1].by: "));
///
/// document.sources.push(Source::new("brigade", "The fire brigade"));
/// assert_eq!(Dossier::try_from(document)?.assertions().len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// It is read and written by serde, in any format that serde knows:
///
/// ```
/// use corroborate::exchange::DossierDocument;
///
/// let file = r#"{"schema": "corroborate/1", "sources": [{"id": "mayor", "name": "The mayor of Varn"}]}"#;
/// let document: DossierDocument = serde_json::from_str(file)?;
/// assert_eq!(document.sources[0].get_name(), "The mayor of Varn");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DossierDocument {
    /// The schema that it is of: `corroborate/1`.
    pub schema: String,
    /// What it is about.
    #[serde(default)]
    pub title: String,
    /// Who speaks.
    #[serde(default)]
    pub sources: Vec<Source>,
    /// What answers, units and scopes may name.
    #[serde(default)]
    pub terms: Vec<Term>,
    /// What assertions stand in.
    #[serde(default)]
    pub documents: Vec<Document>,
    /// The points at issue.
    #[serde(default)]
    pub claims: Vec<Claim>,
    /// The answers.
    #[serde(default)]
    pub assertions: Vec<Assertion>,
    /// What was withdrawn.
    #[serde(default)]
    pub retractions: Vec<Retraction>,
    /// What ties claims together.
    #[serde(default)]
    pub constraints: Vec<Constraint>,
}

impl Default for DossierDocument {
    fn default() -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            title: String::new(),
            sources: Vec::new(),
            terms: Vec::new(),
            documents: Vec::new(),
            claims: Vec::new(),
            assertions: Vec::new(),
            retractions: Vec::new(),
            constraints: Vec::new(),
        }
    }
}

impl From<&Dossier> for DossierDocument {
    fn from(dossier: &Dossier) -> Self {
        let retractions = dossier.columns.retractions.iter();
        Self {
            title: dossier.title().to_owned(),
            sources: dossier.sources().map(Source::from).collect(),
            // What nobody declared comes back with the value that names it.
            terms: dossier.terms().filter(|term| term.is_declared()).map(Term::from).collect(),
            documents: dossier.documents().map(Document::from).collect(),
            claims: dossier.claims().map(Claim::from).collect(),
            assertions: dossier.assertions().map(Assertion::from).collect(),
            retractions: retractions.map(|row| RetractionEntry::of(dossier, row).into()).collect(),
            constraints: dossier.constraints().to_vec(),
            ..Self::default()
        }
    }
}

/// # Errors
///
/// As [`Dossier::from_json`]: every problem is named by the list and the place in it.
impl TryFrom<DossierDocument> for Dossier {
    type Error = Problems;

    fn try_from(document: DossierDocument) -> Result<Self, Problems> {
        let mut batch = Batch::default();
        let file = batch.file("", FileForm::Entries);
        if document.schema != SCHEMA {
            let problem = format!("found `{}`, expected `{SCHEMA}`", document.schema);
            batch.problems.push(Error::new("schema", ErrorKind::UnknownWord.because(problem)));
        }
        batch.title(document.title);
        let entries = |list| {
            let file = Arc::clone(&file);
            (0..).map(move |nth| Place::Entry { file: Arc::clone(&file), list, nth, line: 0 })
        };
        for (source, place) in document.sources.into_iter().zip(entries("sources")) {
            batch.source(source, place);
        }
        for (term, place) in document.terms.into_iter().zip(entries("terms")) {
            batch.term(term, place);
        }
        for (of, place) in document.documents.into_iter().zip(entries("documents")) {
            batch.document(of, place);
        }
        for (claim, place) in document.claims.into_iter().zip(entries("claims")) {
            batch.claim(claim, place);
        }
        for (assertion, place) in document.assertions.iter().zip(entries("assertions")) {
            batch.assertion(&AssertionDraft::from(assertion), &place);
        }
        batch.retractions = document.retractions.into_iter().zip(entries("retractions")).collect();
        batch.constraints = document.constraints.into_iter().zip(entries("constraints")).collect();
        batch.finish().map(|(dossier, _)| dossier)
    }
}

/// Views become the records that they show, with the fields that the file has.
macro_rules! record_of_view {
    ($($view:ident => $entry:ident => $record:ident;)*) => {$(
        impl From<$view<'_>> for $record {
            fn from(view: $view<'_>) -> Self {
                $entry::from(view).into()
            }
        }
    )*};
}

record_of_view! {
    SourceRef => SourceEntry => Source;
    TermRef => TermEntry => Term;
    DocumentRef => DocumentEntry => Document;
    ClaimRef => ClaimEntry => Claim;
    AssertionRef => AssertionEntry => Assertion;
}
