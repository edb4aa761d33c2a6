//! How often each rule acts: a law says nothing of a rule that never comes into it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Broken, Law};
use crate::dossier::Dossier;
use crate::resolve::{BuiltIn, Reading, Resolver, Rule, Testimony};

/// What a resolver was held to laws on: how many dossiers, and on how many of them each of its rules acted.
///
/// A rule acts where it sets something aside, takes somebody's word off it, or reads it more loosely than it
/// was said. It prints as a table.
///
/// ```
/// use corroborate::{Resolver, laws::{Broken, Law, Laws}, rules};
///
/// let held = Laws::of([Law::Repetition]).hold(&Resolver::standard().with_rule(rules::NamedOnly))?;
/// let (name, times) = held.acts().last().ok_or("no rules")?;
/// assert_eq!(name, "named sources only");
/// assert!(times > held.dossiers() / 3);
/// assert!(held.to_string().contains(&format!("named sources only  {times} of {}", held.dossiers())));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    dossiers: u32,
    /// In the order of the resolver's rules.
    acts: Vec<(String, u32)>,
}

impl Held {
    pub(super) fn by(resolver: &Resolver) -> Self {
        let acts = resolver.rules.iter().map(|rule| (rule.name().to_owned(), 0)).collect();
        Self { dossiers: 0, acts }
    }

    pub(super) fn see(&mut self, resolver: &Resolver, dossier: &Dossier) {
        self.dossiers += 1;
        for ((_, times), acts) in self.acts.iter_mut().zip(acting(resolver, dossier)) {
            *times += u32::from(acts);
        }
    }

    /// How many dossiers there were.
    pub fn dossiers(&self) -> u32 {
        self.dossiers
    }

    /// Each rule by its name, and the number of dossiers on which it acted.
    pub fn acts(&self) -> impl ExactSizeIterator<Item = (&str, u32)> {
        self.acts.iter().map(|(name, times)| (name.as_str(), *times))
    }

    /// The rules that never acted, in words.
    pub(super) fn idle(&self) -> Option<String> {
        let acted: Vec<bool> = self.acts.iter().map(|(_, times)| *times > 0).collect();
        let idle = idle(self.acts().map(|(name, _)| name), &acted)?;
        Some(format!("{idle}, on any of {} dossiers", self.dossiers))
    }
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.acts().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
        for (name, times) in self.acts() {
            writeln!(f, "{name:width$}  {times} of {}", self.dossiers)?;
        }
        Ok(())
    }
}

/// Every rule sets something aside, or reads it more loosely, on some dossier.
///
/// On one dossier this asks that each rule acts on that one: write a story in which yours should.
/// [`Laws`](super::Laws) ask that it acts on one of those that are generated, since all other laws hold of a
/// rule that never does. The rules of the standard resolver needn't, for the library's own tests see to them.
///
/// # Errors
///
/// When a rule keeps everything as it was said.
pub fn every_rule_acts(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let idle = idle(resolver.rules.iter().map(|rule| rule.name()), &acting(resolver, dossier));
    idle.map_or(Ok(()), |idle| Err(Broken::new(Law::EveryRuleActs, dossier, EXPECTED, idle)))
}

pub(super) const EXPECTED: &str = "each rule changes how something is read";

/// Of these rules those that didn't act, in words. One rule of each standard name is the standard one.
fn idle<'r>(names: impl Iterator<Item = &'r str>, acted: &[bool]) -> Option<String> {
    let mut standard: Vec<&str> =
        BuiltIn::all().filter(|rule| rule.is_standard()).map(|rule| rule.name()).collect();
    let mut idle = Vec::new();
    for (name, acted) in names.zip(acted) {
        if let Some(at) = standard.iter().position(|other| *other == name) {
            standard.remove(at);
        } else if !acted {
            idle.push(format!("`{name}`"));
        }
    }
    match idle.as_slice() {
        [] => None,
        [one] => Some(format!("the rule {one} doesn't")),
        several => Some(format!("the rules {} don't", several.join(", "))),
    }
}

/// Which of a resolver's rules act on a dossier.
fn acting(resolver: &Resolver, dossier: &Dossier) -> Vec<bool> {
    let mut watched = resolver.clone();
    let mut acted = Vec::new();
    for rule in &mut watched.rules {
        let acts = Arc::new(AtomicBool::new(false));
        acted.push(Arc::clone(&acts));
        *rule = Arc::new(ActivityRecorder { rule: Arc::clone(rule), acts });
    }
    drop(watched.resolve(dossier));
    acted.into_iter().map(|acts| acts.load(Ordering::Relaxed)).collect()
}

/// Wraps a rule, and records whether it ever acts.
#[derive(Debug)]
struct ActivityRecorder {
    rule: Arc<dyn Rule>,
    acts: Arc<AtomicBool>,
}

impl Rule for ActivityRecorder {
    fn name(&self) -> &str {
        self.rule.name()
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let reading = self.rule.read(testimony);
        if reading.acts_on(testimony) {
            self.acts.store(true, Ordering::Relaxed);
        }
        reading
    }
}
