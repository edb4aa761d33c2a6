//! Small worlds in which every case of the semantics turns up often.
//!
//! What is made here is always sound: every reference resolves, nothing that must be acyclic has a ring, and
//! no value leaves nothing possible.

use proptest::collection::vec;
use proptest::prelude::*;

use super::assertions::{ClaimAssertions, GeneratedAssertion, drafts, plain_drafts, silences};
use super::constraints::{ConstraintDraft, constraint_drafts};
use super::records::{
    ClaimDraft, DocumentDraft, drafts_of_claims, drafts_of_documents, kinds, sources_with, terms,
};
use super::vocabulary::Vocabulary;
use crate::dossier::Dossier;
use crate::laws::story::Story;
use crate::model::claim::Kind;
use crate::model::source::Source;
use crate::model::term::Term;

/// Whole dossiers, sound and small: up to six sources, four claims, and seven assertions on each.
///
/// Sources are affiliated and anonymous, speak jointly, through relays and not at all; copies repeat
/// originals and other copies, go round in rings, and misquote; what was said is corrected, taken back and
/// said again, on a day or at some time in a month or a year. Figures come in units, terms in a taxonomy,
/// claims with a topic and a scope, and constraints tie them. Sources have kinds, documents titles, and
/// assertions locators, quotes and notes: those of a [`Vocabulary`]. Each verdict, each notice and each fate
/// of a constraint turns up in one dossier of two hundred at least, and a test holds each to a share of its
/// own.
///
/// What fails is shrunk to few sources, claims and assertions, plain figures and no dates. A dossier prints,
/// by `Debug`, as the JSON that `corroborate report` opens.
///
/// ```
/// use corroborate::{Resolver, Verdict, laws};
/// use proptest::prelude::*;
///
/// proptest!(|(dossier in laws::dossiers())| {
///     let report = Resolver::standard().resolve(&dossier);
///     for finding in report.findings().filter(|finding| finding.verdict() == Verdict::Disputed) {
///         prop_assert!(finding.accounts().len() > 1);
///     }
/// });
/// ```
pub fn dossiers() -> impl Strategy<Value = Dossier> {
    dossiers_with(&Vocabulary::default())
}

/// The same with words of your own, for a rule that looks for them; [`Vocabulary`] has an example.
///
/// ```
/// use corroborate::laws::{self, Vocabulary};
/// use proptest::prelude::*;
///
/// let words = Vocabulary::default().units(["fighter"]);
/// proptest!(|(dossier in laws::dossiers_with(&words))| {
///     let units = dossier.claims().filter_map(|claim| claim.unit()).collect::<Vec<_>>();
///     prop_assert!(units.iter().all(|unit| !unit.is_empty()));
/// });
/// ```
pub fn dossiers_with(words: &Vocabulary) -> impl Strategy<Value = Dossier> + use<> {
    made(stories(kinds(), words))
}

/// Dossiers whose claims are all of one kind.
///
/// ```
/// use corroborate::{Dispute, Kind, Resolver, laws};
/// use proptest::prelude::*;
///
/// proptest!(|(dossier in laws::dossiers_of(Kind::Text))| {
///     let report = Resolver::standard().resolve(&dossier);
///     prop_assert!(report.findings().all(|finding| finding.dispute() != Some(Dispute::Contrary)));
/// });
/// ```
pub fn dossiers_of(kind: Kind) -> impl Strategy<Value = Dossier> {
    made(stories(Just(kind), &Vocabulary::default()))
}

fn made<S: Strategy<Value = Story>>(stories: S) -> impl Strategy<Value = Dossier> + use<S> {
    stories.prop_filter_map("its records fit together", |story| story.dossier().ok())
}

/// The records of such dossiers.
fn stories<S: Strategy<Value = Kind>>(kind: S, words: &Vocabulary) -> impl Strategy<Value = Story> + use<S> {
    let said = prop_oneof![
        4 => vec(plain_drafts(words), 0..=2),
        12 => vec(drafts(words), 0..=7),
        1 => vec(silences(words), 1..=3),
    ];
    let alike = prop::bool::weighted(0.5);
    let world = (sources_with(words), terms(), drafts_of_documents(words));
    let bystanders = prop::bool::weighted(0.2);
    let claims = (vec((drafts_of_claims(kind, words), said), 1..=4), alike);
    (world, claims, vec(constraint_drafts(), 0..=3), bystanders, any::<bool>()).prop_map(
        |((sources, terms, documents), (mut claims, alike), ties, bystanders, backwards)| {
            if alike {
                // Only claims of one kind can be tied, and of one unit compared.
                let (first, rest) = claims.split_at_mut(1);
                rest.iter_mut().for_each(|(claim, _)| claim.be_like(&first[0].0));
            }
            let mut story = story_of(sources, terms, &documents, claims, &ties);
            if !bystanders {
                leave_out_bystanders(&mut story);
            }
            if backwards {
                // Nothing may depend on whether a reference points forwards or back.
                story.sources.reverse();
                story.terms.reverse();
                story.assertions.reverse();
            }
            story
        },
    )
}

fn story_of(
    sources: Vec<Source>,
    terms: Vec<Term>,
    documents: &[DocumentDraft],
    mut claims: Vec<(ClaimDraft, Vec<GeneratedAssertion>)>,
    ties: &[ConstraintDraft],
) -> Story {
    let records = claims.iter().enumerate().map(|(place, (claim, _))| claim.claim(place, &terms)).collect();
    let documents =
        documents.iter().enumerate().map(|(place, document)| document.document(place, &sources)).collect();
    let title = "A small world".to_owned();
    let mut story = Story { title, sources, terms, documents, claims: records, ..Story::default() };
    for tie in ties {
        if let Some(tied) = tie.tied(&story.claims) {
            tie.fit(&tied, &mut claims);
            story.constraints.push(tie.constraint(&tied, &story.claims));
        }
    }
    for (claim, (_, drafts)) in story.claims.iter().zip(&claims) {
        let told = ClaimAssertions { claim, drafts, story: &story };
        let (assertions, retractions): (Vec<_>, Vec<_>) =
            (told.assertions().collect(), told.retractions().collect());
        story.assertions.extend(assertions);
        story.retractions.extend(retractions);
    }
    story
}

/// Leaves out the sources, terms and documents that nothing needs, so that what fails is soon small.
fn leave_out_bystanders(story: &mut Story) {
    let Story { sources, terms, documents, claims, assertions, .. } = story;
    documents.retain(|document| assertions.iter().any(|said| said.document.as_ref() == Some(&document.id)));
    let speakers = assertions.iter().flat_map(|said| said.by.iter().chain(&said.via));
    let mut needed: Vec<String> =
        speakers.chain(documents.iter().filter_map(|d| d.publisher.as_ref())).cloned().collect();
    // The whole stands before its parts, so what is part of it has been seen.
    for source in sources.iter().rev() {
        if needed.contains(&source.id) {
            needed.extend(source.part_of.clone());
        }
    }
    sources.retain(|source| needed.contains(&source.id));
    let units = claims.iter().filter_map(|claim| claim.unit.as_ref());
    let units = units.chain(assertions.iter().filter_map(|said| said.unit.as_ref()));
    let words: Vec<&String> = units
        .chain(claims.iter().flat_map(|claim| claim.scope.values()))
        .chain(assertions.iter().filter_map(|said| said.value.as_ref()))
        .collect();
    let mut needed: Vec<String> = Vec::new();
    for term in terms.iter().rev() {
        let is_named = words.iter().any(|words| words.contains(&term.id) || words.contains(&term.label));
        if is_named || needed.contains(&term.id) {
            needed.push(term.id.clone());
            needed.extend(term.broader.clone());
        }
    }
    terms.retain(|term| needed.contains(&term.id));
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        /// A refusal is a bug, either in the strategy or in the dossier.
        #[test]
        fn what_is_made_is_sound(story in stories(kinds(), &Vocabulary::default())) {
            if let Err(problems) = story.dossier() {
                return Err(TestCaseError::fail(problems.to_string()));
            }
        }
    }
}
