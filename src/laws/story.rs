//! A dossier as records that can be edited: what a law changes, leaves out or adds before it asks again.

use std::sync::Arc;

use crate::dossier::batch::{Batch, Standing, Thing};
use crate::dossier::place::{Form, Place};
use crate::dossier::{AssertionRef, Dossier, Draft};
use crate::error::Problems;
use crate::model::assertion::Assertion;
use crate::model::claim::Claim;
use crate::model::constraint::{Constraint, Retraction};
use crate::model::source::{Document, Source};
use crate::model::term::Term;

/// The records of a dossier, in any order: a reference may point forwards.
#[derive(Clone, Debug, Default)]
pub(crate) struct Story {
    pub(crate) title: String,
    pub(crate) sources: Vec<Source>,
    pub(crate) terms: Vec<Term>,
    pub(crate) documents: Vec<Document>,
    pub(crate) claims: Vec<Claim>,
    /// Each with its id spelled out, so that it keeps it wherever it stands.
    pub(crate) assertions: Vec<Assertion>,
    pub(crate) retractions: Vec<Retraction>,
    pub(crate) constraints: Vec<Constraint>,
}

impl Story {
    /// The records that a dossier is made of.
    pub(crate) fn of(dossier: &Dossier) -> Self {
        let text = |text: &str| text.to_owned();
        let columns = &dossier.columns;
        Self {
            title: dossier.title().to_owned(),
            sources: dossier
                .sources()
                .map(|source| Source {
                    id: source.id().to_owned(),
                    name: source.name().to_owned(),
                    kind: source.kind().map(text),
                    part_of: source.part_of().map(|above| above.id().to_owned()),
                    anonymous: source.is_anonymous(),
                })
                .collect(),
            terms: dossier
                .terms()
                // What nobody declared comes back with the value that names it.
                .filter(|term| columns.terms[term.index as usize].declared)
                .map(|term| Term {
                    id: term.id().to_owned(),
                    label: term.label().to_owned(),
                    broader: term.broader().map(|above| above.id().to_owned()),
                })
                .collect(),
            documents: dossier
                .documents()
                .map(|document| Document {
                    id: document.id().to_owned(),
                    title: document.title().to_owned(),
                    publisher: document.publisher().map(|publisher| publisher.id().to_owned()),
                    published: document.published().map(|date| date.to_string()),
                    url: document.url().map(text),
                })
                .collect(),
            claims: dossier
                .claims()
                .map(|claim| Claim {
                    id: claim.id().to_owned(),
                    question: claim.question().to_owned(),
                    kind: claim.kind(),
                    unit: claim.unit().map(text),
                    topic: claim.topic().map(text),
                    scope: claim.scope().map(|(dimension, value)| (dimension.to_owned(), value.to_owned())).collect(),
                    nature: claim.nature(),
                    evolves: claim.evolves(),
                })
                .collect(),
            assertions: dossier
                .assertions()
                .map(|assertion| Assertion {
                    id: Some(assertion.id()),
                    claim: assertion.claim().id().to_owned(),
                    // The words themselves, since "Thursday" is read anew against its document.
                    value: assertion.said(),
                    stance: assertion.stance(),
                    by: assertion.by().map(|source| source.id().to_owned()).collect(),
                    via: assertion.via().map(|source| source.id().to_owned()).collect(),
                    document: assertion.document().map(|document| document.id().to_owned()),
                    locator: assertion.locator().map(text),
                    unit: assertion.unit().map(text),
                    asserted: assertion.asserted().map(|date| date.to_string()),
                    valid_at: assertion.valid_at().map(|date| date.to_string()),
                    supersedes: assertion.supersedes().map(AssertionRef::id).collect(),
                    derived_from: assertion.derived_from().map(AssertionRef::id).collect(),
                    quote: assertion.quote().map(text),
                    note: assertion.note().map(text),
                })
                .collect(),
            retractions: columns
                .retractions
                .iter()
                .map(|row| Retraction {
                    assertion: columns.assertion_id(row.assertion),
                    on: row.on.map(|on| on.to_string()),
                    reason: row.reason.as_deref().map(text),
                })
                .collect(),
            constraints: dossier.constraints().to_vec(),
        }
    }

    /// The dossier that the records make.
    ///
    /// # Errors
    ///
    /// When they don't fit together: each problem is named by the list and the place in it.
    pub(crate) fn dossier(self) -> Result<Dossier, Problems> {
        let mut batch = Batch::default();
        let file = batch.file("", Form::Entries);
        batch.title(self.title);
        let entries = |list| {
            let file = Arc::clone(&file);
            (0..).map(move |nth| Place::Entry { file: Arc::clone(&file), list, nth, line: 0 })
        };
        let ids = (self.sources.iter().map(|source| (Thing::Source, &source.id)))
            .chain(self.terms.iter().map(|term| (Thing::Term, &term.id)))
            .chain(self.documents.iter().map(|document| (Thing::Document, &document.id)))
            .chain(self.claims.iter().map(|claim| (Thing::Claim, &claim.id)));
        for (thing, id) in ids {
            batch.know(thing, id, Standing::Declared);
        }
        batch.sources = self.sources.into_iter().zip(entries("sources")).collect();
        batch.terms = self.terms.into_iter().zip(entries("terms")).collect();
        batch.documents = self.documents.into_iter().zip(entries("documents")).collect();
        batch.claims = self.claims.into_iter().zip(entries("claims")).collect();
        for (assertion, place) in self.assertions.iter().zip(entries("assertions")) {
            batch.assertion(&Draft::from(assertion), &place);
        }
        batch.retractions = self.retractions.into_iter().zip(entries("retractions")).collect();
        batch.constraints = self.constraints.into_iter().zip(entries("constraints")).collect();
        batch.finish().map(|(dossier, _)| dossier)
    }
}
