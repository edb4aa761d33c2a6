//! A dossier as records that can be edited: what a law changes, leaves out or adds before it asks again.

use std::collections::HashMap;
use std::sync::Arc;

use crate::dossier::batch::Batch;
use crate::dossier::draft::AssertionDraft;
use crate::dossier::place::{FileForm, Place};
use crate::dossier::{AssertionRef, Dossier};
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

/// Another order of records.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Order {
    /// The last first.
    Reversed,
    /// The second half in between the first.
    Interleaved,
}

impl Order {
    fn of<T: Clone>(self, records: &[T]) -> Vec<T> {
        match self {
            Self::Reversed => records.iter().rev().cloned().collect(),
            Self::Interleaved => {
                let (first, second) = records.split_at(records.len() / 2);
                let pairs = second.iter().zip(first.iter().map(Some).chain([None]));
                pairs.flat_map(|(one, other)| std::iter::once(one).chain(other)).cloned().collect()
            }
        }
    }
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
                    scope: claim
                        .scope()
                        .map(|(dimension, value)| (dimension.to_owned(), value.to_owned()))
                        .collect(),
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
        let file = batch.file("", FileForm::Entries);
        batch.title(self.title);
        let entries = |list| {
            let file = Arc::clone(&file);
            (0..).map(move |nth| Place::Entry { file: Arc::clone(&file), list, nth, line: 0 })
        };
        self.sources
            .into_iter()
            .zip(entries("sources"))
            .for_each(|(source, place)| batch.source(source, place));
        self.terms.into_iter().zip(entries("terms")).for_each(|(term, place)| batch.term(term, place));
        self.documents
            .into_iter()
            .zip(entries("documents"))
            .for_each(|(document, place)| batch.document(document, place));
        self.claims.into_iter().zip(entries("claims")).for_each(|(claim, place)| batch.claim(claim, place));
        for (assertion, place) in self.assertions.iter().zip(entries("assertions")) {
            batch.assertion(&AssertionDraft::from(assertion), &place);
        }
        batch.retractions = self.retractions.into_iter().zip(entries("retractions")).collect();
        batch.constraints = self.constraints.into_iter().zip(entries("constraints")).collect();
        batch.finish().map(|(dossier, _)| dossier)
    }

    /// Every claim twice, with all that was said of it.
    pub(crate) fn with_twins(&self) -> Self {
        let twin = |id: &String| format!("{id}-twin");
        let mut story = self.clone();
        story.claims.extend(self.claims.iter().map(|claim| Claim { id: twin(&claim.id), ..claim.clone() }));
        story.assertions.extend(self.assertions.iter().map(|said| Assertion {
            id: said.id.as_ref().map(twin),
            claim: twin(&said.claim),
            supersedes: said.supersedes.iter().map(twin).collect(),
            derived_from: said.derived_from.iter().map(twin).collect(),
            ..said.clone()
        }));
        let twins =
            self.retractions.iter().map(|row| Retraction { assertion: twin(&row.assertion), ..row.clone() });
        story.retractions.extend(twins);
        story
    }

    /// One claim, and what was said of it.
    pub(crate) fn of_claim(&self, claim: &str) -> Self {
        self.keeping(claim, |_| true)
    }

    /// One claim on some of what was said of it; what isn't kept is repeated and replaced by nobody.
    pub(crate) fn keeping(&self, claim: &str, is_kept: impl Fn(&str) -> bool) -> Self {
        let mut story = self.clone();
        story.constraints.clear();
        story.claims.retain(|other| other.id == claim);
        story.assertions.retain(|said| said.claim == claim && said.id.as_deref().is_some_and(&is_kept));
        for said in &mut story.assertions {
            said.derived_from.retain(|id| is_kept(id));
            said.supersedes.retain(|id| is_kept(id));
        }
        let left: Vec<String> = story.assertions.iter().filter_map(|said| said.id.clone()).collect();
        story.retractions.retain(|row| left.contains(&row.assertion));
        story
    }

    /// The records in another order. Terms keep theirs, in which reports name them.
    pub(crate) fn reordered(&self, order: Order) -> Self {
        Self {
            title: self.title.clone(),
            sources: order.of(&self.sources),
            terms: self.terms.clone(),
            documents: order.of(&self.documents),
            claims: order.of(&self.claims),
            assertions: order.of(&self.assertions),
            retractions: order.of(&self.retractions),
            constraints: order.of(&self.constraints),
        }
    }

    /// An id that nothing of the dossier has.
    pub(crate) fn free_id(&self, wanted: &str) -> String {
        let sources = self.sources.iter().map(|source| &source.id);
        let documents = self.documents.iter().map(|document| &document.id);
        let assertions = self.assertions.iter().filter_map(|said| said.id.as_ref());
        let taken: Vec<&String> = sources.chain(documents).chain(assertions).collect();
        let mut id = wanted.to_owned();
        while taken.contains(&&id) {
            id.push('x');
        }
        id
    }

    /// Adds a source that nobody heard of before, and gives its id. It is of the nth kind that the dossier's sources are of.
    pub(crate) fn add_stranger(&mut self, nth: usize, id: &str, name: &str) -> String {
        let id = self.free_id(id);
        let kind = nth_of(self.sources.iter().map(|source| &source.kind), nth).cloned().flatten();
        self.sources.push(Source { kind, ..Source::new(&id, name) });
        id
    }

    /// Adds a document of a new outlet, published when that other one was, and gives its id. Its title is one of its own, or
    /// one that the dossier's documents have.
    pub(crate) fn add_outlet(&mut self, nth: usize, like: Option<&str>) -> String {
        let outlet = self.add_stranger(nth, "outlet", "Another outlet");
        let published = self.documents.iter().find(|document| Some(&*document.id) == like);
        let published = published.and_then(|document| document.published.clone());
        let id = self.free_id("outlet-page");
        let own = "Another page".to_owned();
        let titles = std::iter::once(&own).chain(self.documents.iter().map(|document| &document.title));
        let title = nth_of(titles, nth).cloned().unwrap_or_default();
        self.documents.push(Document { published, ..Document::new(&id, title).publisher(outlet) });
        id
    }

    /// The places of each claim's first assertion, then of each one's second, and so on: claims are islands, so one
    /// changed dossier can try something on each of them at once.
    pub(crate) fn ranks(&self) -> Vec<Vec<usize>> {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut ranks: Vec<Vec<usize>> = Vec::new();
        for (place, said) in self.assertions.iter().enumerate() {
            let rank = seen.entry(&said.claim).or_default();
            if *rank == ranks.len() {
                ranks.push(Vec::new());
            }
            ranks[*rank].push(place);
            *rank += 1;
        }
        ranks
    }
}

/// The nth of different things, beginning again after the last.
fn nth_of<T: PartialEq>(all: impl Iterator<Item = T>, nth: usize) -> Option<T> {
    let mut different: Vec<T> = Vec::new();
    for one in all {
        if !different.contains(&one) {
            different.push(one);
        }
    }
    let at = nth.checked_rem(different.len())?;
    Some(different.swap_remove(at))
}
