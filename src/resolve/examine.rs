//! One claim: what the record says, what the rules leave standing, and what the judge finds.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::OnceLock;

use super::answers::{Answers, Line, Union};
use super::context::Context;
use super::fast_statements::FastScratch;
use super::judge::{Judge, Parties, Scratch};
use super::rule::{ClaimContext, Facts, ReadingKind, Testimony, UnitFit};
use super::statements::{Exception, RelaySets, Relayed, Speaker, SpokenBy, Statement, Statements};
use crate::dossier::columns::{Set, index};
use crate::dossier::grouped::GroupedRow;
use crate::dossier::row_set::RowSet;
use crate::dossier::shared::{Shared, along, gather};
use crate::model::assertion::Stance;
use crate::model::claim::Kind;
use crate::model::hashing::FastMap;
use crate::model::value::{AnswerSet, Content};
use crate::outcome::{Answer, AsideBy, Details, Notice, Outcome, Outcomes, SetAside, Widened, Words};
use crate::wording::sentences;

/// All that is found of one claim.
#[derive(Debug, Default)]
pub(crate) struct Examined {
    /// The outcome on this claim alone.
    pub(crate) outcomes: Outcomes,
    /// Found when somebody asks, unless they are here already.
    pub(crate) details: OnceLock<Box<Details>>,
}

/// A standing assertion: what is left of its sources, and the answers that it leaves possible.
struct StandingAssertion<'f> {
    facts: &'f Facts,
    sources: Shared,
    /// As read, after every widening.
    read: Option<AnswerSet>,
    /// Why it is read more loosely than it was said.
    widened: Vec<Cow<'static, str>>,
}

/// The statements that stand on a claim, owned: [`Statements`], which the judge takes, borrows from it.
#[derive(Debug, Default)]
struct OwnedStatements {
    rows: Vec<GroupedRow>,
    all: Vec<Statement<Union>>,
    exceptions: Vec<Exception<Union>>,
    several: Vec<Speaker>,
    attributed: RowSet,
    narrated: RowSet,
    repeated: Vec<u32>,
    relayed: Vec<Relayed>,
    relay_sets: RefCell<RelaySets>,
}

impl OwnedStatements {
    fn statements(&self) -> Statements<'_, Union> {
        Statements {
            rows: &self.rows,
            all: &self.all,
            exceptions: &self.exceptions,
            several: &self.several,
            attributed: &self.attributed,
            narrated: &self.narrated,
            repeated: &self.repeated,
            relayed: &self.relayed,
            relay_sets: Some(&self.relay_sets),
        }
    }
}

impl<'a> Context<'a> {
    /// Examines one claim on all of its assertions.
    pub(crate) fn examine_all(&self, claim: u32) -> Examined {
        self.examine(claim, &self.columns().assertions_of(claim).collect::<Vec<_>>())
    }

    /// Examines one claim on some of its assertions, which are in input order.
    pub(crate) fn examine(&self, claim: u32, assertions: &[u32]) -> Examined {
        let mut outcomes = Outcomes::default();
        let details = self.find(claim, assertions, true, &mut Scratch::default(), &mut outcomes);
        Examined { outcomes, details: OnceLock::from(Box::new(details)) }
    }

    /// The details of what is found of one claim.
    pub(crate) fn details(&self, claim: u32) -> Details {
        let assertions: Vec<u32> = self.columns().assertions_of(claim).collect();
        self.find(claim, &assertions, true, &mut Scratch::default(), &mut Outcomes::default())
    }

    /// The same without the details. The outcome is added to others.
    pub(crate) fn examine_briefly(
        &self,
        claim: u32,
        assertions: &[u32],
        scratch: &mut FastScratch,
        outcomes: &mut Outcomes,
    ) {
        self.find(claim, assertions, false, &mut scratch.general, outcomes);
    }

    /// With details or, where nobody asks for them yet, without.
    pub(super) fn find(
        &self,
        claim: u32,
        assertions: &[u32],
        with_details: bool,
        scratch: &mut Scratch<Union>,
        outcomes: &mut Outcomes,
    ) -> Details {
        let mut found = Details::default();
        let (facts, context, rings) = self.record(claim, assertions, &mut found.later);
        let (standing, is_aside) = self.apply_rules(&facts, &context, &mut found);
        let mut counted = Outcome::UNADDRESSED;
        (counted.set_aside, counted.later) = (index(found.set_aside.len()), index(found.later.len()));
        let Some(details) = self.judge(claim, &standing, counted, with_details, scratch, outcomes) else {
            return found;
        };
        found.notices.extend(rings.into_iter().map(Notice::CircularSourcing));
        self.notice_undeclared(&standing, &mut found);
        found.notices.extend(details.notices);
        found.set_aside.sort_by_key(|aside| aside.assertion);
        Details {
            answers: answers(&facts, &standing, &is_aside),
            widened: standing.iter().filter_map(|one| self.widened(one)).collect(),
            set_aside: found.set_aside,
            later: found.later,
            notices: found.notices,
            ..details
        }
    }

    /// Comes to the outcome on some assertions as rules have read them on all of the claim, without asking
    /// any rule again.
    pub(crate) fn examine_as_read(
        &self,
        claim: u32,
        assertions: &[u32],
        details: &Details,
        outcomes: &mut Outcomes,
    ) {
        let all: Vec<u32> = self.columns().assertions_of(claim).collect();
        let (facts, _, _) = self.record(claim, &all, &mut Vec::new());
        let is_left = |facts: &&Facts| {
            let by_assertion = |aside: &SetAside| aside.assertion;
            assertions.binary_search(&facts.assertion).is_ok()
                && details.set_aside.binary_search_by_key(&facts.assertion, by_assertion).is_err()
        };
        let standing = facts.iter().filter(is_left).map(|facts| {
            let Facts { assertion, said, sources, .. } = facts;
            let answer = details.answers.binary_search_by_key(assertion, |answer| answer.assertion).ok();
            let (sources, read) = match answer.map(|at| &details.answers[at]) {
                Some(answer) => (answer.sources.iter().copied().collect(), Some(answer.read.clone())),
                None => (sources.clone(), said.clone()),
            };
            StandingAssertion { facts, sources, read, widened: Vec::new() }
        });
        let standing: Vec<StandingAssertion<'_>> = standing.collect();
        self.judge(claim, &standing, Outcome::UNADDRESSED, false, &mut Scratch::default(), outcomes);
    }

    /// Has what stands judged, beside what is counted already. With details or, where nobody asks for them, without.
    fn judge(
        &self,
        claim: u32,
        standing: &[StandingAssertion<'_>],
        mut outcome: Outcome,
        with_details: bool,
        scratch: &mut Scratch<Union>,
        outcomes: &mut Outcomes,
    ) -> Option<Details> {
        let (kind, points) = self.line_of(claim, standing);
        let line = line(kind, &points);
        let record = self.statements(line, standing);
        for row in &record.rows {
            outcome.count_silence(row.stance);
        }
        let statements = record.statements();
        let parties = Parties::among(&statements, &mut scratch.marks, outcomes);
        let mut judge = Judge { context: *self, line, statements: &statements, scratch };
        let judged = judge.judge(&parties, outcome, outcomes);
        with_details.then(|| judge.details(&parties, &judged, outcomes))
    }

    /// Of some assertions on a claim those without which the common ground is another, whatever else is left
    /// out too.
    ///
    /// It takes one look at each. There may be more, which only leaving them out would show. Where a rule has
    /// a say in what stands, or words come from one another, that would be the only way for all; then none
    /// are found.
    pub(crate) fn indispensable(&self, claim: u32, assertions: &[u32]) -> Vec<u32> {
        let mut found = Details::default();
        let (facts, context, _) = self.record(claim, assertions, &mut found.later);
        let (standing, _) = self.apply_rules(&facts, &context, &mut found);
        let depends = |one: &StandingAssertion<'_>| one.facts.is_copy || !one.widened.is_empty();
        if !found.later.is_empty()
            || !found.set_aside.is_empty()
            || !found.notices.is_empty()
            || standing.iter().any(depends)
        {
            return Vec::new();
        }
        let (kind, points) = self.line_of(claim, &standing);
        let line = line(kind, &points);
        let record = self.statements(line, &standing);
        let (statements, mut scratch) = (record.statements(), Scratch::default());
        Judge { context: *self, line, statements: &statements, scratch: &mut scratch }.indispensable()
    }

    /// The kind of a claim, and the ends of what stands if that is quantities.
    fn line_of(&self, claim: u32, standing: &[StandingAssertion<'_>]) -> (Kind, Vec<rust_decimal::Decimal>) {
        let sets = standing.iter().flat_map(|one| [one.facts.said.as_ref(), one.read.as_ref()]).flatten();
        (self.columns().claims[claim as usize].kind, Line::points(sets))
    }

    /// What stands, in integers.
    fn statements(&self, line: Line<'_>, standing: &[StandingAssertion<'_>]) -> OwnedStatements {
        let mut record = OwnedStatements::default();
        record.attributed.clear_for(standing.len());
        record.narrated.clear_for(standing.len());
        let union = |set: &AnswerSet| Union::from_vec(line.spans(set));
        // Of lists that begin alike the longest is kept, and the others are its beginnings.
        let mut longest: FastMap<*const u32, &Shared> = FastMap::default();
        for one in standing.iter().filter(|one| one.sources.len() > 1) {
            let longest = longest.entry(one.sources.as_ptr()).or_insert(&one.sources);
            if longest.len() < one.sources.len() {
                *longest = &one.sources;
            }
        }
        let mut begins: FastMap<*const u32, u32> = FastMap::default();
        let (mut seen, mut repeated) = (Set::<u32>::default(), Set::<u32>::default());
        let mut passed: FastMap<*const u32, usize> = FastMap::default();
        for (row, one) in standing.iter().enumerate() {
            let columns = self.columns();
            record.rows.push(columns.row(one.facts.assertion));
            let by = match (&*one.sources, longest.get(&one.sources.as_ptr())) {
                ([], _) => SpokenBy::Nobody,
                ([source], _) => SpokenBy::One(self.speaker(*source)),
                (several, all) => {
                    let from = *begins.entry(several.as_ptr()).or_insert_with(|| {
                        let all = all.map_or(several, |longest| longest);
                        record.several.extend(all.iter().map(|source| self.speaker(*source)));
                        index(record.several.len() - all.len())
                    });
                    SpokenBy::Several(from, from + index(several.len()))
                }
            };
            let read = one.read.as_ref().map(union);
            let said = one.facts.said.as_ref().map(union);
            record.all.push(Statement { answers: read.unwrap_or_else(|| Union::of(&[])), by });
            record.exceptions.push(Exception {
                says_so: said.is_some()
                    && one.stance(self) != Stance::Denies
                    && one.facts.unit == UnitFit::Same,
                as_said: said.unwrap_or_else(|| Union::of(&[])),
                date: one.facts.date,
                is_copy: one.facts.is_copy,
                sources: one.sources.clone(),
            });
            if one.stance(self).is_answer() {
                match by {
                    SpokenBy::Nobody => record.narrated.add(row),
                    _ => {
                        record.attributed.add(row);
                        // Who is in the beginning of a list again has been seen there before.
                        let passed = passed.entry(one.sources.as_ptr()).or_default();
                        repeated.extend(one.sources.first().filter(|_| *passed > 0));
                        let new = one.sources.get(*passed..).unwrap_or_default();
                        repeated.extend(new.iter().filter(|source| !seen.insert(**source)));
                        *passed += new.len();
                    }
                }
            }
        }
        record.repeated = repeated.into_iter().collect();
        record.relayed = self.relayed(standing, record.relay_sets.get_mut());
        record
    }

    /// Who was heard only through whom where they speak, by row and side. A copy has it from its origins that
    /// stand.
    fn relayed(&self, standing: &[StandingAssertion<'_>], sets: &mut RelaySets) -> Vec<Relayed> {
        let columns = self.columns();
        let via = |assertion: u32| columns.extra(assertion).map_or(&[][..], |extra| &extra.via);
        let is_relayed =
            |one: &StandingAssertion<'_>| !one.facts.is_copy && !via(one.facts.assertion).is_empty();
        let mut relayed: Vec<Relayed> = Vec::new();
        if columns.extra.is_empty() || !standing.iter().any(is_relayed) {
            return relayed;
        }
        let mut copies = Vec::new();
        let mut through: Vec<u32> = Vec::with_capacity(standing.len());
        for (row, one) in standing.iter().enumerate() {
            if one.facts.is_copy {
                copies.push((row, &one.facts.origins));
                through.push(RelaySets::DIRECT);
                continue;
            }
            let relays = sets.intern(via(one.facts.assertion).iter().map(|relay| self.side(*relay)));
            through.push(relays);
            if relays != RelaySets::DIRECT {
                let sides: Set<u32> = one.sources.iter().map(|source| self.side(*source)).collect();
                relayed.extend(sides.into_iter().map(|side| Relayed { row: index(row), side, relays }));
            }
        }
        let position = |origin: u32| standing.binary_search_by_key(&origin, |one| one.facts.assertion).ok();
        let step = |heard: &mut FastMap<u32, u32>, origin| {
            let Some(at) = position(origin) else { return };
            for source in &standing[at].sources {
                let known = heard.entry(self.side(*source)).or_insert(through[at]);
                *known = sets.common(*known, through[at]);
            }
        };
        along(copies, FastMap::default, step, |row: usize, heard| {
            let sides: Set<u32> = standing[row].sources.iter().map(|source| self.side(*source)).collect();
            let heard = sides.into_iter().filter_map(|side| Some((side, *heard.get(&side)?)));
            let heard = heard.filter(|(_, relays)| *relays != RelaySets::DIRECT);
            relayed.extend(heard.map(|(side, relays)| Relayed { row: index(row), side, relays }));
        });
        relayed.sort_unstable();
        relayed
    }

    pub(super) fn speaker(&self, source: u32) -> Speaker {
        let side = self.side(source);
        let is_anonymous = self.columns().sources[source as usize].anonymous;
        Speaker { source, side, is_anonymous, is_unknown: self.is_unknown(side) }
    }

    /// Why an assertion is read more loosely than it was said, if it is.
    fn widened(&self, one: &StandingAssertion<'_>) -> Option<Widened> {
        let unit = match one.facts.unit {
            UnitFit::Narrower => Some(Cow::from(sentences::NARROWER_UNIT)),
            UnitFit::Broader => Some(Cow::from(sentences::BROADER_UNIT)),
            UnitFit::Same | UnitFit::Unrelated => None,
        };
        let reasons: Vec<Cow<'static, str>> = unit.into_iter().chain(one.widened.iter().cloned()).collect();
        let read = || one.read.as_ref().and_then(|read| self.words_for(read)).unwrap_or(Words::Anything);
        let assertion = one.facts.assertion;
        (!reasons.is_empty()).then(|| Widened { assertion, read: read(), reason: reasons.join("; ").into() })
    }

    /// Lets every rule read every testimony, and lists what they set aside. What stands comes back, and of
    /// all that the record has whether it is set aside.
    fn apply_rules<'f>(
        &self,
        facts: &'f [Facts],
        context: &ClaimContext,
        found: &mut Details,
    ) -> (Vec<StandingAssertion<'f>>, Vec<bool>) {
        let mut standing: Vec<StandingAssertion<'f>> = Vec::with_capacity(facts.len());
        let mut aside = vec![false; facts.len()];
        for (at, fact) in facts.iter().enumerate() {
            let testimony = Testimony { dossier: self.dossier, index: self.index, facts: fact, context };
            let mut read = fact.said.clone();
            let (mut against, mut left, mut looser) = (Vec::new(), Vec::new(), Vec::new());
            for (number, rule) in self.resolver.rules.iter().enumerate() {
                match rule.read(&testimony).0 {
                    ReadingKind::AsSaid => {}
                    ReadingKind::SetAside { reason } => against.push((rule.name(), reason, number)),
                    ReadingKind::Without { sources, reason } => {
                        left.push((sources, (rule.name(), reason, number)))
                    }
                    ReadingKind::Also { answers, reason } => {
                        // Whether it says more is asked of what was said, so that no rule hides another's
                        // reason.
                        if fact.said.as_ref().is_some_and(|said| said.join(&answers) != *said) {
                            read = read.map(|read| read.join(&answers));
                            looser.push((rule.name(), reason));
                        }
                    }
                }
            }
            let gone: Set<u32> = left.iter().flat_map(|(sources, _)| sources).copied().collect();
            let sources: Shared = if gone.is_empty() {
                fact.sources.clone()
            } else {
                fact.sources.iter().copied().filter(|source| !gone.contains(source)).collect()
            };
            if sources.is_empty() && !fact.sources.is_empty() {
                against.extend(left.into_iter().map(|(_, why)| why));
            } else if sources.len() < fact.sources.len() && against.is_empty() {
                let who = fact.sources.iter().copied().filter(|source| gone.contains(source)).collect();
                found.notices.push(Notice::LeftJointStatement { assertion: fact.assertion, sources: who });
            }
            // By name and reason, so that neither the order of rules shows, nor that one is there twice.
            against.sort_unstable();
            against.dedup_by(|one, other| (one.0, &one.1) == (other.0, &other.1));
            aside[at] = !against.is_empty();
            let entry =
                |(_, reason, rule)| SetAside { assertion: fact.assertion, by: AsideBy::Rule(rule), reason };
            found.set_aside.extend(against.into_iter().map(entry));
            looser.sort_unstable();
            let mut widened = Vec::new();
            looser.into_iter().for_each(|(_, reason)| push_new(&mut widened, reason));
            standing.push(StandingAssertion { facts: fact, sources, read, widened });
        }
        self.follow_origins(facts, &mut standing, &mut aside, found);
        let mut stands = aside.iter();
        standing.retain(|_| stands.next().is_none_or(|is_aside| !is_aside));
        (standing, aside)
    }

    /// A copy falls with its origins, and has the sources of those that stand.
    fn follow_origins(
        &self,
        facts: &[Facts],
        standing: &mut [StandingAssertion<'_>],
        aside: &mut [bool],
        found: &mut Details,
    ) {
        let copies = || facts.iter().enumerate().filter(|(_, fact)| fact.is_copy && !fact.origins.is_empty());
        let position = |origin: u32| facts.binary_search_by_key(&origin, |fact| fact.assertion).ok();
        let mut falls: Vec<usize> = Vec::new();
        let is_aside = |origin| position(origin).is_none_or(|at| aside[at]);
        along(
            copies().map(|(at, fact)| (at, &fact.origins)),
            || true,
            |falls, origin| *falls &= is_aside(origin),
            |at, fall| falls.extend(fall.then_some(at)),
        );
        falls.sort_unstable();
        let stands = |at: &usize| falls.binary_search(at).is_err();
        // In the order of the origins that stand: one that doesn't has no say in who speaks first.
        let speak = |origin| {
            let origin = position(origin).filter(|at| !aside[*at]);
            origin.map_or(&[][..], |at| &standing[at].sources).iter().copied()
        };
        let stand = copies().filter(|(at, _)| stands(at)).map(|(at, fact)| (at, &fact.origins));
        for (at, sources) in gather(stand, speak) {
            let one = &mut standing[at];
            one.sources = if one.sources.len() == one.facts.sources.len() {
                sources
            } else {
                let own: Set<u32> = one.sources.iter().copied().collect();
                sources.iter().copied().filter(|source| own.contains(source)).collect()
            };
        }
        let by_rules = found.set_aside.len();
        for at in falls {
            let fact = &facts[at];
            aside[at] = true;
            let fell = fact.origins.first().and_then(|origin| {
                let by_rules = &found.set_aside[..by_rules];
                let first = by_rules.binary_search_by_key(origin, |aside| aside.assertion).ok()?;
                match by_rules[first].by {
                    AsideBy::Rule(number) => self.resolver.rules.get(number).map(|rule| rule.name()),
                    AsideBy::Origin => None,
                }
            });
            let reason = sentences::copies_what(fell).into();
            found.set_aside.push(SetAside { assertion: fact.assertion, by: AsideBy::Origin, reason });
        }
    }

    fn notice_undeclared(&self, standing: &[StandingAssertion<'_>], found: &mut Details) {
        if !self.index.declares_terms {
            return;
        }
        let mut undeclared: Set<u32> = Set::default();
        for one in standing {
            let Some(Content::Terms(terms)) = self.columns().content(one.facts.assertion) else { continue };
            undeclared.extend(terms.each().filter(|term| !self.columns().terms[**term as usize].declared));
        }
        if !undeclared.is_empty() {
            found.notices.push(Notice::UndeclaredTerms(undeclared.into_iter().collect()));
        }
    }
}

impl StandingAssertion<'_> {
    fn stance(&self, context: &Context<'_>) -> Stance {
        context.columns().stance[self.facts.assertion as usize]
    }
}

/// Every answer, in input order: what stands as it is read, and the rest as it was said.
fn answers(facts: &[Facts], standing: &[StandingAssertion<'_>], is_aside: &[bool]) -> Vec<Answer> {
    let mut standing = standing.iter();
    let mut answers = Vec::new();
    for (fact, is_aside) in facts.iter().zip(is_aside) {
        let stands = if *is_aside { None } else { standing.next() };
        let (sources, read) = match stands {
            Some(one) => (one.sources.clone(), one.read.clone()),
            None => (fact.sources.clone(), fact.said.clone()),
        };
        let answer = |read| Answer { assertion: fact.assertion, stands: stands.is_some(), sources, read };
        answers.extend(read.map(answer));
    }
    answers
}

/// The line of a claim of that kind, whose quantities have these ends.
fn line(kind: Kind, points: &[rust_decimal::Decimal]) -> Line<'_> {
    if kind == Kind::Quantity { Line::of_quantities(points) } else { Line::of_steps(kind) }
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if !list.contains(&one) {
        list.push(one);
    }
}
