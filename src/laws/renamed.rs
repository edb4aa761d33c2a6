//! A dossier under other ids, and the way back.

use std::collections::HashMap;

use super::story::Story;
use crate::dossier::Dossier;
use crate::model::constraint::Constraint;
use crate::model::value::{Content, Value};

/// Replaces the new ids in a text by the old ones.
pub(super) struct OldIds {
    mark: String,
    old: HashMap<String, String>,
}

impl OldIds {
    pub(super) fn restore(&self, text: &str) -> String {
        let mut put = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(&self.mark) {
            put.push_str(&rest[..at]);
            let end = rest[at..]
                .find(|c: char| c != '-' && !c.is_ascii_alphanumeric())
                .map_or(rest.len(), |to| at + to);
            let id = &rest[at..end];
            put.push_str(self.old.get(id).map_or(id, |old| old));
            rest = &rest[end..];
        }
        (put + rest).replace('"', "")
    }
}

/// New ids for one kind of thing, in the opposite alphabetical order. All are of one length.
fn new_ids<'i>(mark: &str, what: &str, ids: impl Iterator<Item = &'i String>) -> HashMap<String, String> {
    let mut ids: Vec<&String> = ids.collect();
    ids.sort_unstable();
    let width = ids.len().to_string().len();
    let new = |place: usize| format!("{mark}{what}-{:0width$}", ids.len() - place);
    ids.iter().enumerate().map(|(place, id)| ((*id).clone(), new(place))).collect()
}

/// The same records under other ids.
pub(super) fn renamed(dossier: &Dossier) -> (Story, OldIds) {
    let mut story = Story::of(dossier);
    let mut mark = "renamed-".to_owned();
    while dossier.to_json().contains(&mark) {
        mark.insert_str(0, "re");
    }
    let sources = new_ids(&mark, "source", story.sources.iter().map(|source| &source.id));
    let terms = new_ids(&mark, "term", story.terms.iter().map(|term| &term.id));
    let documents = new_ids(&mark, "document", story.documents.iter().map(|document| &document.id));
    let claims = new_ids(&mark, "claim", story.claims.iter().map(|claim| &claim.id));
    let assertions = new_ids(&mark, "assertion", story.assertions.iter().filter_map(|said| said.id.as_ref()));
    let rename = |ids: &HashMap<String, String>, id: &mut String| {
        if let Some(new) = ids.get(id) {
            id.clone_from(new);
        }
    };

    for source in &mut story.sources {
        rename(&sources, &mut source.id);
        source.part_of.iter_mut().for_each(|id| rename(&sources, id));
    }
    for term in &mut story.terms {
        rename(&terms, &mut term.id);
        term.broader.iter_mut().for_each(|id| rename(&terms, id));
    }
    for document in &mut story.documents {
        rename(&documents, &mut document.id);
        document.publisher.iter_mut().for_each(|id| rename(&sources, id));
    }
    for claim in &mut story.claims {
        rename(&claims, &mut claim.id);
        claim.unit.iter_mut().for_each(|unit| rename(&terms, unit));
        let places = claim.scope.iter_mut().filter(|(dimension, _)| *dimension == "place");
        places.for_each(|(_, place)| rename(&terms, place));
    }
    for (said, view) in story.assertions.iter_mut().zip(dossier.assertions()) {
        said.id.iter_mut().for_each(|id| rename(&assertions, id));
        rename(&claims, &mut said.claim);
        said.by.iter_mut().chain(&mut said.via).for_each(|id| rename(&sources, id));
        said.document.iter_mut().for_each(|id| rename(&documents, id));
        said.unit.iter_mut().for_each(|unit| rename(&terms, unit));
        said.supersedes.iter_mut().chain(&mut said.derived_from).for_each(|id| rename(&assertions, id));
        if let Some(Value(content @ Content::Terms(_))) = view.value() {
            let content = content
                .map(|term| terms.get(&**term).map_or_else(|| term.clone(), |new| new.as_str().into()));
            said.value = Some(Value(content).to_string());
        }
    }
    for retraction in &mut story.retractions {
        rename(&assertions, &mut retraction.assertion);
    }
    for constraint in &mut story.constraints {
        match constraint {
            Constraint::Sum { whole, parts } => {
                rename(&claims, whole);
                parts.iter_mut().for_each(|claim| rename(&claims, claim));
            }
            Constraint::AtMost { lesser, greater } => {
                [lesser, greater].into_iter().for_each(|claim| rename(&claims, claim))
            }
            Constraint::Equal { claims: equal } => equal.iter_mut().for_each(|claim| rename(&claims, claim)),
        }
    }
    let old =
        [sources, terms, documents, claims, assertions].into_iter().flatten().map(|(old, new)| (new, old));
    (story, OldIds { mark, old: old.collect() })
}
