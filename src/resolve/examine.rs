//! One claim: what the record says, what the rules leave standing, and the verdict on it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::Resolver;
use super::accounts::apart;
use super::line::{COUNTS, DATES, Line, QUANTITIES, TERMS, TEXTS, YES_NO};
use super::rule::{Context, Facts, Kept, Testimony};
use crate::dossier::Dossier;
use crate::dossier::columns::{Columns, Set, index};
use crate::model::assertion::Stance;
use crate::model::claim::Kind;
use crate::model::date::Date;
use crate::model::interval::{Point, Ranges};
use crate::model::term::Taxonomy;
use crate::model::value::{AnswerSet, Content};
use crate::report::{AsideBy, Notice, Outcome, SetAside};

type Fast<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// What every claim of a dossier is examined with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bench<'a> {
    pub(crate) dossier: &'a Dossier,
    pub(crate) resolver: &'a Resolver,
    pub(super) ground: &'a Ground,
}

/// The same, kept: a dossier, with the resolver that it is examined by and what was found of it as a whole.
#[derive(Clone, Debug)]
pub(crate) struct Desk<'d> {
    pub(crate) dossier: &'d Dossier,
    pub(crate) resolver: Resolver,
    ground: Arc<Ground>,
}

impl<'d> Desk<'d> {
    pub(crate) fn new(dossier: &'d Dossier, resolver: Resolver) -> Self {
        Self { dossier, resolver, ground: Arc::new(Ground::of(dossier)) }
    }

    pub(crate) fn bench(&self) -> Bench<'_> {
        Bench { dossier: self.dossier, resolver: &self.resolver, ground: &self.ground }
    }

    /// The same on another day. What the dossier says is shared, so that it costs nothing to speak of.
    pub(crate) fn as_of(&self, as_of: Option<Date>) -> Self {
        let mut other = self.clone();
        other.resolver.as_of = as_of;
        other
    }
}

/// What the dossier says of all its claims, whatever day is asked about.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) taxonomy: Taxonomy,
    /// The root of each source's affiliation.
    pub(super) sides: Vec<u32>,
    /// The row of each retracted assertion's retraction.
    pub(super) retractions: Fast<u32, usize>,
    /// Whether terms are declared at all, so that one that isn't stands out.
    declares_terms: bool,
}

/// A standing assertion: what is left of its sources, and the answers that it leaves possible.
pub(super) struct Standing<'f> {
    pub(super) facts: &'f Facts,
    pub(super) stance: Stance,
    pub(super) sources: Vec<u32>,
    /// As read, after every widening.
    pub(super) read: Option<AnswerSet>,
    /// Why it is read more loosely than it was said.
    pub(super) widened: Vec<Cow<'static, str>>,
}

/// An answer to a claim as a picture needs it.
pub(crate) struct Answer {
    pub(crate) assertion: u32,
    pub(crate) stands: bool,
    /// Who is left behind it; of what is set aside, who was.
    pub(crate) sources: Vec<u32>,
    /// What it leaves possible, as read; of what is set aside, as said.
    pub(crate) read: AnswerSet,
}

impl Ground {
    /// Takes in sources, and terms that nobody declared, which have come since.
    pub(super) fn catch_up(&mut self, dossier: &Dossier) {
        let columns = &dossier.columns;
        for source in self.sides.len()..columns.sources.len() {
            self.sides.push(columns.side(index(source)));
        }
        while self.taxonomy.len() < index(columns.terms.len()) {
            self.taxonomy.push();
        }
    }

    pub(super) fn of(dossier: &Dossier) -> Self {
        let columns = &dossier.columns;
        Self {
            taxonomy: Taxonomy::new(columns.terms.values().map(|term| term.broader).collect()),
            sides: columns.sides(),
            retractions: columns
                .retractions
                .iter()
                .enumerate()
                .map(|(at, row)| (row.assertion, at))
                .collect(),
            declares_terms: columns.terms.values().any(|term| term.declared),
        }
    }
}

impl<'a> Bench<'a> {
    pub(crate) fn columns(&self) -> &'a Columns {
        &self.dossier.columns
    }

    /// The root of each source's affiliation.
    pub(crate) fn sides(&self) -> &'a [u32] {
        &self.ground.sides
    }

    /// Whether nobody says whose a side is: it may be one already heard.
    pub(crate) fn is_unknown(&self, side: u32) -> bool {
        self.columns().sources[side as usize].anonymous
    }

    /// Examines one claim on all of its assertions.
    pub(crate) fn examine_all(&self, claim: u32) -> Outcome {
        self.examine(claim, &self.columns().assertions_of(claim).collect::<Vec<_>>())
    }

    /// Examines one claim on some of its assertions, which are in input order.
    pub(crate) fn examine(&self, claim: u32, assertions: &[u32]) -> Outcome {
        let mut outcome = Outcome::unaddressed(claim);
        let (facts, context, rings) = self.record(claim, assertions, &mut outcome.set_aside);
        let standing = self.apply_rules(&facts, &context, &mut outcome);
        outcome.notices.extend(rings.into_iter().map(Notice::CircularSourcing));
        self.notice_undeclared(&standing, &mut outcome);
        match self.columns().claims[claim as usize].kind {
            Kind::Count => self.judge(&COUNTS, &standing, &mut outcome),
            Kind::Quantity => self.judge(&QUANTITIES, &standing, &mut outcome),
            Kind::Date => self.judge(&DATES, &standing, &mut outcome),
            Kind::YesNo => self.judge(&YES_NO, &standing, &mut outcome),
            Kind::Term | Kind::Place => self.judge(&TERMS, &standing, &mut outcome),
            Kind::Text => self.judge(&TEXTS, &standing, &mut outcome),
        }
        outcome.set_aside.sort_by_key(|aside| aside.assertion);
        outcome
    }

    /// The side that a source is on, which [`SourceRef::side`](crate::SourceRef::side) would walk to.
    pub(crate) fn side(&self, source: u32) -> u32 {
        self.ground.sides[source as usize]
    }

    /// What each answer to a claim leaves possible, in input order, and whether it stands: what pictures show.
    ///
    /// What came after the day that was asked about isn't among them.
    pub(crate) fn answers(&self, claim: u32) -> Vec<Answer> {
        let mut outcome = Outcome::unaddressed(claim);
        let assertions: Vec<u32> = self.columns().assertions_of(claim).collect();
        let (facts, context, _) = self.record(claim, &assertions, &mut outcome.set_aside);
        let mut standing = self.apply_rules(&facts, &context, &mut outcome).into_iter().peekable();
        let mut answers = Vec::new();
        for fact in &facts {
            let stands = standing.next_if(|one| one.facts.assertion == fact.assertion);
            let (sources, read) = match &stands {
                Some(one) => (one.sources.clone(), one.read.clone()),
                None => (fact.sources.to_vec(), fact.said.clone()),
            };
            if let Some(read) = read {
                answers.push(Answer { assertion: fact.assertion, stands: stands.is_some(), sources, read });
            }
        }
        answers
    }

    /// Of some assertions on a claim those without which the common ground is another, whatever else is left out too.
    ///
    /// It takes one look at each. There may be more, which only leaving them out would show. Where a rule has a say in what
    /// stands, or words come from one another, that would be the only way for all; then none are found.
    pub(crate) fn indispensable(&self, claim: u32, assertions: &[u32]) -> Vec<u32> {
        let mut outcome = Outcome::unaddressed(claim);
        let (facts, context, _) = self.record(claim, assertions, &mut outcome.set_aside);
        let standing = self.apply_rules(&facts, &context, &mut outcome);
        let depends = |one: &Standing<'_>| one.facts.is_copy || !one.widened.is_empty();
        if !outcome.set_aside.is_empty() || !outcome.notices.is_empty() || standing.iter().any(depends) {
            return Vec::new();
        }
        match self.columns().claims[claim as usize].kind {
            Kind::Count => COUNTS.indispensable(&standing),
            Kind::Quantity => QUANTITIES.indispensable(&standing),
            Kind::Date => DATES.indispensable(&standing),
            Kind::YesNo => YES_NO.indispensable(&standing),
            Kind::Term | Kind::Place => TERMS.indispensable(&standing),
            Kind::Text => TEXTS.indispensable(&standing),
        }
    }

    /// Lets every rule read every testimony, and lists what they set aside.
    fn apply_rules<'f>(
        &self,
        facts: &'f [Facts],
        context: &Context,
        outcome: &mut Outcome,
    ) -> Vec<Standing<'f>> {
        let mut standing: Vec<Standing<'f>> = Vec::with_capacity(facts.len());
        let mut aside = vec![false; facts.len()];
        for (at, fact) in facts.iter().enumerate() {
            let testimony = Testimony { dossier: self.dossier, facts: fact, context };
            let mut read = fact.said.clone();
            let mut left: Vec<(usize, Vec<u32>, _)> = Vec::new();
            let mut widened = Vec::new();
            for (number, rule) in self.resolver.rules.iter().enumerate() {
                match rule.read(&testimony).0 {
                    Kept::AsSaid => {}
                    Kept::SetAside { reason } => {
                        aside[at] = true;
                        self.set_aside(fact.assertion, number, reason, outcome);
                    }
                    Kept::Without { sources, reason } => left.push((number, sources, reason)),
                    Kept::Also { answers, reason } => {
                        // Whether it says more is asked of what was said, so that no rule hides another's reason.
                        if fact.said.as_ref().is_some_and(|said| said.join(&answers) != *said) {
                            read = read.map(|read| read.join(&answers));
                            push_new(&mut widened, reason);
                        }
                    }
                }
            }
            let gone: Set<u32> = left.iter().flat_map(|(_, sources, _)| sources).copied().collect();
            let sources: Vec<u32> =
                fact.sources.iter().copied().filter(|source| !gone.contains(source)).collect();
            if sources.is_empty() && !fact.sources.is_empty() {
                aside[at] = true;
                for (number, _, reason) in left {
                    self.set_aside(fact.assertion, number, reason, outcome);
                }
            } else if sources.len() < fact.sources.len() && !aside[at] {
                let who = fact.sources.iter().copied().filter(|source| gone.contains(source)).collect();
                outcome.notices.push(Notice::LeftJointStatement { assertion: fact.assertion, sources: who });
            }
            let stance = self.columns().stance[fact.assertion as usize];
            standing.push(Standing { facts: fact, stance, sources, read, widened });
        }
        self.follow_origins(facts, &mut standing, &mut aside, outcome);
        let mut aside = aside.into_iter();
        standing.retain(|_| !aside.next().unwrap_or(false));
        standing
    }

    /// Lists what a rule set aside; a rule that is there twice says it once.
    fn set_aside(&self, assertion: u32, rule: usize, reason: Cow<'static, str>, outcome: &mut Outcome) {
        let rules = &self.resolver.rules;
        let said = outcome.set_aside.iter().rev().take_while(|aside| aside.assertion == assertion).any(|aside| {
            matches!(aside.by, AsideBy::Rule(other) if rules[other].name() == rules[rule].name() && aside.reason == reason)
        });
        if !said {
            outcome.set_aside.push(SetAside { assertion, by: AsideBy::Rule(rule), reason });
        }
    }

    /// A copy falls with its origins, and has the sources of those that stand.
    fn follow_origins(
        &self,
        facts: &[Facts],
        standing: &mut [Standing<'_>],
        aside: &mut [bool],
        outcome: &mut Outcome,
    ) {
        for (at, fact) in facts.iter().enumerate() {
            if !fact.is_copy || fact.origins.is_empty() {
                continue;
            }
            let position = |origin: &u32| facts.binary_search_by_key(origin, |fact| fact.assertion).ok();
            let origins: Vec<usize> = fact.origins.iter().filter_map(position).collect();
            let stands: Vec<usize> = origins.iter().copied().filter(|origin| !aside[*origin]).collect();
            if stands.is_empty() {
                aside[at] = true;
                let repeated: Vec<String> = origins
                    .iter()
                    .map(|origin| self.columns().assertion_id(facts[*origin].assertion))
                    .collect();
                outcome.set_aside.push(SetAside {
                    assertion: fact.assertion,
                    by: AsideBy::Origin,
                    reason: format!("it repeats {}, which is set aside", repeated.join(" and ")).into(),
                });
                continue;
            }
            // In the order of the origins that stand: one that doesn't has no say in who speaks first.
            let own: Set<u32> = standing[at].sources.iter().copied().collect();
            let speak = stands.iter().flat_map(|origin| &standing[*origin].sources).copied();
            let sources: Set<u32> = speak.filter(|source| own.contains(source)).collect();
            standing[at].sources = sources.into_iter().collect();
        }
    }

    fn notice_undeclared(&self, standing: &[Standing<'_>], outcome: &mut Outcome) {
        if !self.ground.declares_terms {
            return;
        }
        let mut undeclared: Set<u32> = Set::default();
        for one in standing {
            let Some(Content::Terms(terms)) = self.columns().content(one.facts.assertion) else { continue };
            for term in terms.any_of.iter().flat_map(|(term, except)| std::iter::once(term).chain(except)) {
                if !self.columns().terms[*term as usize].declared {
                    undeclared.insert(*term);
                }
            }
        }
        if !undeclared.is_empty() {
            outcome.notices.push(Notice::UndeclaredTerms(undeclared.into_iter().collect()));
        }
    }
}

impl<P: Point> Line<P> {
    fn indispensable(&self, standing: &[Standing<'_>]) -> Vec<u32> {
        let is_attributed = standing.iter().any(|one| one.stance.is_answer() && !one.sources.is_empty());
        let weighed = standing.iter().filter(|one| one.sources.is_empty() != is_attributed);
        let read =
            weighed.filter_map(|one| Some((one.facts.assertion, one.read.as_ref().and_then(self.of)?)));
        let (assertions, sets): (Vec<u32>, Vec<&Ranges<P>>) = read.unzip();
        let needed: Vec<bool> = if !Ranges::meet_all(&sets).is_empty() {
            // What only one of them rules out is possible without it.
            let ruled_out: Vec<Ranges<P>> = sets.iter().map(|set| set.complement()).collect();
            apart(&ruled_out).iter().map(|apart| apart.holds_its_own).collect()
        } else if !self.is_ordered {
            // What shares nothing with any other is an account of its own, and part of the common ground.
            let sets: Vec<Ranges<P>> = sets.into_iter().cloned().collect();
            apart(&sets).iter().map(|apart| !apart.shares).collect()
        } else {
            Vec::new()
        };
        assertions
            .into_iter()
            .zip(needed)
            .filter(|(_, needed)| *needed)
            .map(|(assertion, _)| assertion)
            .collect()
    }
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if !list.contains(&one) {
        list.push(one);
    }
}
