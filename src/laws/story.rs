//! A dossier as records that can be edited: what a law changes, leaves out or adds before it asks again.

use std::collections::HashMap;

use crate::dossier::Dossier;
pub(crate) use crate::dossier::document::lists::DossierDocument as Story;
use crate::error::Problems;
use crate::model::assertion::Assertion;
use crate::model::claim::Claim;
use crate::model::constraint::Retraction;
use crate::model::source::{Document, Source};

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
    /// The records that a dossier is made of, each assertion with its id spelled out, so that it keeps it
    /// wherever it stands.
    pub(crate) fn of(dossier: &Dossier) -> Self {
        let mut story = Self::from(dossier);
        for (said, view) in story.assertions.iter_mut().zip(dossier.assertions()) {
            said.id = Some(view.id());
        }
        story
    }

    /// The dossier that the records make.
    ///
    /// # Errors
    ///
    /// When they don't fit together: each problem is named by the list and the place in it.
    pub(crate) fn dossier(self) -> Result<Dossier, Problems> {
        self.try_into()
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
            ..Self::default()
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

    /// Adds a source that nobody heard of before, and gives its id. It is of the nth kind that the dossier's
    /// sources are of.
    pub(crate) fn add_stranger(&mut self, nth: usize, id: &str, name: &str) -> String {
        let id = self.free_id(id);
        let kind = nth_of(self.sources.iter().map(|source| &source.kind), nth).cloned().flatten();
        self.sources.push(Source { kind, ..Source::new(&id, name) });
        id
    }

    /// Adds a document of a new outlet, published when that other one was, and gives its id. Its title is one
    /// of its own, or one that the dossier's documents have.
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

    /// The places of each claim's first assertion, then of each one's second, and so on: claims are islands,
    /// so one changed dossier can try something on each of them at once.
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
