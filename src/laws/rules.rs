//! The laws of rules: what a resolver's rules must keep to, each and together.

use std::sync::{Arc, Mutex, PoisonError};

use super::broken::{Broken, difference, same};
use super::story::Story;
use super::{Law, aspects, renamed};
use crate::dossier::Dossier;
use crate::outcome::Verdict;
use crate::resolve::{Reading, Resolver, Rule, Testimony};

/// The order of a resolver's rules changes nothing.
///
/// A rule that reads each testimony by itself keeps this by construction. One that remembers what it read
/// before, or counts, doesn't.
///
/// # Errors
///
/// When a finding differs, its explanation included, once the rules are in reverse order.
pub fn order_of_rules(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let mut reversed = resolver.clone();
    reversed.rules.reverse();
    let names: Vec<&str> = reversed.rules.iter().map(|rule| rule.name()).collect();
    let said = || format!("the rules in reverse order: {}", names.join(", "));
    same(Law::OrderOfRules, aspects::whole, &resolver.resolve(dossier), &reversed.resolve(dossier))
        .map_err(|broken| broken.with(said()))
}

/// A rule that is there twice does what it does once.
///
/// # Errors
///
/// When a finding differs, its explanation included, once every rule is there twice.
pub fn repetition(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let mut twice = resolver.clone();
    twice.rules.extend(resolver.rules.iter().cloned());
    same(Law::Repetition, aspects::whole, &resolver.resolve(dossier), &twice.resolve(dossier))
        .map_err(|broken| broken.with("every rule is there twice"))
}

/// No rule makes a dispute where there was none without it.
///
/// What a rule sets aside can't contradict, and what it allows only adds to what is possible. So a rule that
/// reads the same testimony always alike keeps this by construction.
///
/// # Errors
///
/// When a claim is disputed, and isn't without one of the resolver's rules.
pub fn only_loosens(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let full = resolver.resolve(dossier);
    for (number, rule) in resolver.rules.iter().enumerate() {
        let mut without = resolver.clone();
        without.rules.remove(number);
        let base = without.resolve(dossier);
        for (before, after) in base.findings().zip(full.findings()) {
            if before.verdict() != Verdict::Disputed && after.verdict() == Verdict::Disputed {
                let broken = Broken::between(Law::OnlyLoosens, before, after, None);
                return Err(broken.with(format!("the rule `{}` is added", rule.name())));
            }
        }
    }
    Ok(())
}

/// Every rule has a name, and gives a reason for whatever it doesn't keep as it was said.
///
/// # Errors
///
/// When a name or a reason is blank.
pub fn reasons_given(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let silent = Arc::new(Mutex::new(None));
    let mut watched = resolver.clone();
    for rule in &mut watched.rules {
        *rule = Arc::new(ReasonChecker { rule: Arc::clone(rule), silent: Arc::clone(&silent) });
    }
    drop(watched.resolve(dossier));
    let found = silent.lock().unwrap_or_else(PoisonError::into_inner).take();
    found.map_or(Ok(()), |what| Err(Broken::new(Law::ReasonsGiven, dossier, "a reason for everything", what)))
}

/// Wraps a rule, and records the first time that it gives no name or no reason.
#[derive(Debug)]
struct ReasonChecker {
    rule: Arc<dyn Rule>,
    silent: Arc<Mutex<Option<String>>>,
}

impl Rule for ReasonChecker {
    fn name(&self) -> &str {
        self.rule.name()
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let reading = self.rule.read(testimony);
        let what = if self.name().trim().is_empty() {
            format!("a rule without a name reads {}", testimony.assertion().id())
        } else if reading.reason().is_some_and(|reason| reason.trim().is_empty()) {
            format!(
                "the rule `{}` gives no reason for what it does to {}",
                self.name(),
                testimony.assertion().id()
            )
        } else {
            return reading;
        };
        self.silent.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(what);
        reading
    }
}

/// Other ids for the same things change nothing but the ids.
///
/// All sources, documents, claims, assertions and declared terms get other ids, whose alphabetical order is
/// another one, too. Names, labels and what was said stay. A term that nobody declared has no id but its
/// name, so it keeps that.
///
/// # Errors
///
/// When a finding differs, its reasons and its explanation included, once the old ids are put old_ids into
/// it.
pub fn stable_under_renaming(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let (other, old_ids) = renamed::renamed(dossier);
    let law = Law::StableUnderRenaming;
    let other = other.dossier().map_err(|problems| unsound(law, dossier, &problems))?;
    let (before, after) = (resolver.resolve(dossier), resolver.resolve(&other));
    for (finding, renamed) in before.findings().zip(after.findings()) {
        let lines = |finding, old_ids: &dyn Fn(&str) -> String| {
            aspects::whole(finding).into_iter().map(|(name, text)| (name, old_ids(&text))).collect()
        };
        // Whether a term's id stands in quotation marks depends on what it looks like.
        let (told, again) =
            (lines(finding, &|text| text.replace('"', "")), lines(renamed, &|text| old_ids.restore(text)));
        if let Some(differs) = difference(told, again) {
            return Err(Broken::between(law, finding, renamed, Some(differs)).with("every id is another one"));
        }
    }
    Ok(())
}

/// What is found of a claim doesn't depend on any other claim.
///
/// Each claim is asked about without the others, and beside a twin of each: the same question once more,
/// answered by the same sources in the same words.
///
/// # Errors
///
/// When a finding differs.
pub fn blind_to_irrelevant_claims(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let law = Law::BlindToIrrelevantClaims;
    let story = Story::of(dossier);
    let report = resolver.resolve(dossier);
    let mut worlds = vec![(story.with_twins(), "every claim has a twin")];
    if story.claims.len() > 1 {
        worlds.extend(story.claims.iter().map(|claim| (story.of_claim(&claim.id), "the claim stands alone")));
    }
    for (world, what) in worlds {
        let world = world.dossier().map_err(|problems| unsound(law, dossier, &problems))?;
        same(law, aspects::all, &report, &resolver.resolve(&world)).map_err(|broken| broken.with(what))?;
    }
    Ok(())
}

/// A law that changed a dossier into one that isn't sound: the fault is the law's own, and it says so.
pub(super) fn unsound(law: Law, dossier: &Dossier, problems: &dyn std::fmt::Display) -> Broken {
    Broken::new(
        law,
        dossier,
        "a sound dossier",
        format!("the law changed it into one that is refused: {problems}"),
    )
}
