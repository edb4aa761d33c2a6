//! One claim: what the record says, what the rules leave standing, and the verdict on it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Bound;

use super::Resolver;
use super::accounts::{self, Given};
use super::line::{COUNTS, DATES, Line, QUANTITIES, TERMS, TEXTS, YES_NO};
use super::rule::{Context, Facts, Kept, Testimony, UnitFit};
use crate::dossier::Dossier;
use crate::dossier::columns::{Columns, Set};
use crate::dossier::lineage::Lineage;
use crate::model::assertion::Stance;
use crate::model::claim::Kind;
use crate::model::date::{Date, Moment};
use crate::model::interval::{Point, Ranges, begins_before};
use crate::model::term::Taxonomy;
use crate::model::value::{AnswerSet, Content, Hedge, Said};
use crate::report::{Account, AsideBy, Dispute, Notice, Outcome, SetAside, Verdict, Widened, Words};

/// At most so many accounts are listed; the verdict and the common ground use all.
const LISTED: usize = 64;

type Fast<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// What every claim of a dossier is examined with.
#[derive(Debug)]
pub(crate) struct Bench<'a> {
    pub(super) dossier: &'a Dossier,
    pub(crate) resolver: Resolver,
    pub(super) taxonomy: Taxonomy,
    /// The root of each source's affiliation.
    sides: Vec<u32>,
    retractions: Fast<u32, usize>,
    /// Whether terms are declared at all, so that one that isn't stands out.
    declares_terms: bool,
}

/// A standing assertion: what is left of its sources, and the answers that it leaves possible.
struct Standing<'f> {
    facts: &'f Facts,
    stance: Stance,
    sources: Vec<u32>,
    /// As read, after every widening.
    read: Option<AnswerSet>,
    /// Why it is read more loosely than it was said.
    widened: Vec<Cow<'static, str>>,
}

impl<'a> Bench<'a> {
    pub(crate) fn new(dossier: &'a Dossier, resolver: Resolver) -> Self {
        let columns = &dossier.columns;
        let in_force = |on: Option<Date>| match (on, resolver.as_of) {
            (Some(on), Some(as_of)) => on.last() <= as_of.last(),
            _ => true,
        };
        let retractions = columns.retractions.iter().enumerate().filter(|(_, row)| in_force(row.on));
        let retractions = retractions.map(|(at, row)| (row.assertion, at)).collect();
        Self {
            dossier,
            resolver,
            taxonomy: Taxonomy::new(columns.terms.values().map(|term| term.broader).collect()),
            sides: columns.sides(),
            retractions,
            declares_terms: columns.terms.values().any(|term| term.declared),
        }
    }

    fn columns(&self) -> &'a Columns {
        &self.dossier.columns
    }

    /// Whether nobody says whose a side is: it may be one already heard.
    fn is_unknown(&self, side: u32) -> bool {
        self.columns().sources[side as usize].anonymous
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

    /// What the record alone says of each assertion, once everything after the as-of date is out of it.
    fn record(
        &self,
        claim: u32,
        assertions: &[u32],
        set_aside: &mut Vec<SetAside>,
    ) -> (Vec<Facts>, Context, Vec<Vec<u32>>) {
        let mut lineage = Lineage::of(self.columns(), assertions);
        let mut known = assertions;
        let kept: Vec<u32>;
        if let Some(as_of) = self.resolver.as_of {
            let mut early = Vec::with_capacity(assertions.len());
            for assertion in assertions {
                match self.date(&lineage, *assertion) {
                    Some(date) if date.last() > as_of.last() => set_aside.push(SetAside {
                        assertion: *assertion,
                        by: AsideBy::AsOf,
                        reason: format!("said on {date}, after {as_of}").into(),
                    }),
                    _ => early.push(*assertion),
                }
            }
            kept = early;
            if kept.len() < assertions.len() {
                known = &kept;
                lineage = Lineage::of(self.columns(), known);
            }
        }
        let mut facts: Vec<Facts> = known.iter().map(|assertion| self.facts(claim, *assertion, &lineage)).collect();
        let position = |assertion: u32| known.binary_search(&assertion).ok();
        let mut misquotes = Vec::new();
        for (at, fact) in facts.iter().enumerate() {
            let Some(said) = fact.said.as_ref().filter(|_| fact.is_copy && !fact.origins.is_empty()) else { continue };
            let mut origins = fact.origins.iter().filter_map(|origin| facts[position(*origin)?].said.as_ref());
            if !origins.any(|origin| origin.entails(said)) {
                misquotes.push(at);
            }
        }
        misquotes.into_iter().for_each(|at| facts[at].misquotes = true);
        for at in 0..facts.len() {
            if facts[at].retracted.is_none() {
                for target in self.columns().supersedes(facts[at].assertion) {
                    if let Some(target) = position(*target) {
                        facts[target].superseded_by = Some(facts[at].assertion);
                    }
                }
            }
        }
        self.find_later_words(claim, &mut facts);
        let context = self.context(&facts);
        (facts, context, lineage.rings)
    }

    fn facts(&self, claim: u32, assertion: u32, lineage: &Lineage) -> Facts {
        let columns = self.columns();
        let origins: Box<[u32]> = lineage.origins_of(&assertion).into();
        let mut sources: Vec<u32> = Vec::new();
        for source in origins.iter().flat_map(|origin| self.credited(*origin)) {
            if !sources.contains(source) {
                sources.push(*source);
            }
        }
        let date = self.date(lineage, assertion);
        let unit = self.unit(claim, assertion);
        Facts {
            assertion,
            date,
            moment: columns.extra(assertion).and_then(|extra| extra.valid_at).or(date),
            said: self.said(claim, assertion, unit),
            unit,
            is_copy: lineage.is_copy(assertion),
            origins,
            sources: sources.into(),
            superseded_by: None,
            retracted: self.retractions.get(&assertion).copied(),
            later_words: Vec::new(),
            misquotes: false,
        }
    }

    /// Who an assertion is credited to; its own voice may be set to be its publisher's word.
    fn credited(&self, assertion: u32) -> &'a [u32] {
        let by = self.columns().by(assertion);
        if !by.is_empty() || !self.resolver.narration_is_publishers {
            return by;
        }
        let publisher = self.columns().document_of(assertion).and_then(|document| document.publisher.as_ref());
        publisher.map_or(&[], std::slice::from_ref)
    }

    /// When it was said; of a copy, when the last of its origins was. Without origins its own date is all there is.
    fn date(&self, lineage: &Lineage, assertion: u32) -> Option<Date> {
        match lineage.origins_of(&assertion) {
            [] => self.columns().date(assertion),
            origins => origins.iter().filter_map(|origin| self.columns().date(*origin)).max_by_key(|date| date.last()),
        }
    }

    fn unit(&self, claim: u32, assertion: u32) -> UnitFit {
        let columns = self.columns();
        let theirs = columns.extra(assertion).and_then(|extra| extra.unit.as_deref());
        let (Some(theirs), Some(ours)) = (theirs, columns.claims[claim as usize].unit.as_deref()) else {
            return UnitFit::Same;
        };
        if theirs == ours {
            return UnitFit::Same;
        }
        let term = |unit| columns.terms.get_index_of(unit).map(crate::dossier::columns::index);
        match term(theirs).zip(term(ours)) {
            Some((theirs, ours)) if self.taxonomy.is_within(theirs, ours) => UnitFit::Narrower,
            Some((theirs, ours)) if self.taxonomy.is_within(ours, theirs) => UnitFit::Broader,
            _ => UnitFit::Unrelated,
        }
    }

    /// The answers that an assertion leaves possible, in the claim's own unit.
    fn said(&self, claim: u32, assertion: u32, unit: UnitFit) -> Option<AnswerSet> {
        let stance = self.columns().stance[assertion as usize];
        if !stance.is_answer() {
            return None;
        }
        let Some(content) = self.columns().content(assertion) else {
            return Some(match self.columns().claims[claim as usize].kind {
                Kind::Count => AnswerSet::Counts(Ranges::everything()),
                Kind::Quantity => AnswerSet::Quantities(Ranges::everything()),
                Kind::Date => AnswerSet::Dates(Ranges::everything()),
                Kind::YesNo => AnswerSet::YesNo(Ranges::everything()),
                Kind::Term | Kind::Place => AnswerSet::Terms(Ranges::everything()),
                Kind::Text => AnswerSet::Texts(Ranges::everything()),
            });
        };
        let affirmed = match content {
            Content::Terms(terms) => AnswerSet::Terms(self.taxonomy.answers(terms)),
            Content::Text(text) => AnswerSet::Texts(Ranges::exactly(*text)),
            _ => content.answers(self.resolver.approximation)?,
        };
        let said = if stance == Stance::Denies { affirmed.complement() } else { affirmed };
        Some(match unit {
            UnitFit::Narrower => said.or_more(),
            UnitFit::Broader => said.or_fewer(),
            UnitFit::Same | UnitFit::Unrelated => said,
        })
    }

    /// Finds which named sources have since said something else, from the record alone.
    fn find_later_words(&self, claim: u32, facts: &mut [Facts]) {
        let columns = self.columns();
        let own = columns.claims[claim as usize].unit.as_deref();
        let counts = |fact: &Facts| {
            columns.stance[fact.assertion as usize].takes_value() && !fact.is_copy && fact.retracted.is_none()
        };
        let unit = |fact: &Facts| columns.extra(fact.assertion).and_then(|extra| extra.unit.as_deref()).or(own);
        let mut latest: Fast<(u32, Option<&str>), (Moment, u32)> = Fast::default();
        for fact in facts.iter().filter(|fact| counts(fact)) {
            let Some(date) = fact.date else { continue };
            for source in &fact.sources {
                let word = (date.first(), fact.assertion);
                latest.entry((*source, unit(fact))).and_modify(|last| *last = (*last).max(word)).or_insert(word);
            }
        }
        for fact in facts {
            let Some(date) = fact.date.filter(|_| counts(fact)) else { continue };
            for source in &fact.sources {
                match latest.get(&(*source, unit(fact))) {
                    Some((first, word)) if *first > date.last() && !columns.sources[*source as usize].anonymous => {
                        fact.later_words.push((*source, *word));
                    }
                    _ => {}
                }
            }
        }
    }

    fn context(&self, facts: &[Facts]) -> Context {
        let answers = facts.iter().filter(|fact| {
            let affirms = self.columns().stance[fact.assertion as usize] == Stance::Affirms;
            affirms && fact.retracted.is_none() && !fact.sources.is_empty()
        });
        let newest = |date: fn(&Facts) -> Option<Date>| {
            answers.clone().filter_map(date).max_by_key(|date| (date.last(), date.first()))
        };
        Context {
            as_of: self.resolver.as_of,
            newest: newest(|fact| fact.date),
            newest_moment: newest(|fact| fact.moment),
        }
    }

    /// Lets every rule read every testimony, and lists what they set aside.
    fn apply_rules<'f>(&self, facts: &'f [Facts], context: &Context, outcome: &mut Outcome) -> Vec<Standing<'f>> {
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
                        let by = AsideBy::Rule(number);
                        outcome.set_aside.push(SetAside { assertion: fact.assertion, by, reason });
                    }
                    Kept::Without { sources, reason } => left.push((number, sources, reason)),
                    Kept::Also { answers, reason } => {
                        let joined = read.as_ref().map(|read| read.join(&answers));
                        if joined != read {
                            read = joined;
                            widened.push(reason);
                        }
                    }
                }
            }
            let gone = |source: &u32| left.iter().any(|(_, sources, _)| sources.contains(source));
            let sources: Vec<u32> = fact.sources.iter().copied().filter(|source| !gone(source)).collect();
            if !left.is_empty() && sources.is_empty() {
                aside[at] = true;
                outcome.set_aside.extend(left.into_iter().map(|(number, _, reason)| SetAside {
                    assertion: fact.assertion,
                    by: AsideBy::Rule(number),
                    reason,
                }));
            } else if sources.len() < fact.sources.len() && !aside[at] {
                let who = fact.sources.iter().copied().filter(gone).collect();
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
                let repeated: Vec<String> =
                    origins.iter().map(|origin| self.columns().assertion_id(facts[*origin].assertion)).collect();
                outcome.set_aside.push(SetAside {
                    assertion: fact.assertion,
                    by: AsideBy::Origin,
                    reason: format!("it repeats {}, which is set aside", repeated.join(" and ")).into(),
                });
                continue;
            }
            let speaks = |source: &u32| stands.iter().any(|origin| standing[*origin].sources.contains(source));
            let sources = standing[at].sources.iter().copied().filter(speaks).collect();
            standing[at].sources = sources;
        }
    }

    fn notice_undeclared(&self, standing: &[Standing<'_>], outcome: &mut Outcome) {
        if !self.declares_terms {
            return;
        }
        let mut undeclared: Vec<u32> = Vec::new();
        for one in standing {
            let Some(Content::Terms(terms)) = self.columns().content(one.facts.assertion) else { continue };
            for term in terms.any_of.iter().flat_map(|(term, except)| std::iter::once(term).chain(except)) {
                if !self.columns().terms[*term as usize].declared && !undeclared.contains(term) {
                    undeclared.push(*term);
                }
            }
        }
        if !undeclared.is_empty() {
            outcome.notices.push(Notice::UndeclaredTerms(undeclared));
        }
    }

    /// Comes to the verdict, and to what can be printed.
    fn judge<P: Point>(&self, line: &Line<P>, standing: &[Standing<'_>], outcome: &mut Outcome) {
        for one in standing {
            let assertion = one.facts.assertion;
            match (one.stance, one.sources.is_empty()) {
                (Stance::Withholds, _) => outcome.withheld.push(assertion),
                (Stance::DoesNotKnow, _) => outcome.does_not_know.push(assertion),
                (_, true) => outcome.unattributed.push(assertion),
                (_, false) => {}
            }
        }
        let answers = |one: &&Standing<'_>| one.stance.is_answer();
        let attributed: Vec<&Standing<'_>> =
            standing.iter().filter(answers).filter(|s| !s.sources.is_empty()).collect();
        let narrated: Vec<&Standing<'_>> = standing.iter().filter(answers).filter(|s| s.sources.is_empty()).collect();
        let parties = Parties::among(&attributed, self);
        outcome.sides = parties.sides.clone();

        let weighed = if attributed.is_empty() { &narrated } else { &attributed };
        let groups = Group::of(line, weighed, &parties, self);
        let given: Vec<_> = groups.iter().map(|g| Given { answers: g.answers, sides: &g.sides }).collect();
        let accounts = accounts::accounts(&given);
        let wordings = Wordings::of(standing);
        let say =
            |answers: &Ranges<P>| wordings.exactly(&(line.wrap)(answers.clone())).or_else(|| (line.say)(self, answers));
        self.list_accounts(line, &accounts, &attributed, &narrated, &parties, &say, outcome);

        let common = match accounts.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            [first, rest @ ..] if line.is_ordered => {
                Some(rest.iter().fold(first.clone(), |hull, next| hull.hull(next)))
            }
            several => Some(several.iter().flat_map(|answer| answer.intervals().to_vec()).collect()),
        };
        outcome.common_ground = common.as_ref().and_then(say);
        outcome.possible = accounts.iter().map(|a| (line.wrap)(a.clone())).reduce(|all, next| all.join(&next));

        let disputed = accounts.len() > 1 && !attributed.is_empty();
        outcome.verdict = match (attributed.is_empty(), parties.sides.len()) {
            (false, _) if disputed => Verdict::Disputed,
            (false, 0 | 1) => Verdict::SingleSource,
            (false, _) if parties.agree_on(line, &attributed, &accounts[0], self) => Verdict::Agreed,
            (false, _) => Verdict::Compatible,
            (true, _) if !narrated.is_empty() => Verdict::Unattributed,
            (true, _) if !outcome.withheld.is_empty() => Verdict::Withheld,
            (true, _) => Verdict::Unaddressed,
        };
        match outcome.verdict {
            Verdict::Disputed => {
                let everything = common.as_ref().is_some_and(Ranges::is_everything);
                let covered: Ranges<P> = accounts.iter().flat_map(|answer| answer.intervals().to_vec()).collect();
                outcome.dispute = Some(match accounts.len() {
                    2 if covered.is_everything() => Dispute::Contradictory,
                    _ => line.dispute,
                });
                outcome.within_one_side = (!parties.unknown_speaks).then_some(parties.sides.len() == 1);
                outcome.spread = self.spread(line, &attributed, &accounts);
                if everything {
                    outcome.common_ground = None;
                }
                outcome.safe_wording =
                    common.as_ref().and_then(|common| (line.safe)(self, common)).and_then(|a| say(&a));
            }
            Verdict::SingleSource => {
                outcome.safe_wording = outcome.common_ground.clone();
                outcome.credit = credit(line, &attributed, &accounts[0]);
            }
            Verdict::Agreed | Verdict::Compatible => outcome.safe_wording = outcome.common_ground.clone(),
            Verdict::Unattributed | Verdict::Withheld | Verdict::Unaddressed => {}
        }
        outcome.echoes = echoes(&attributed);
        for one in standing {
            let read = one.read.as_ref().and_then(line.of).and_then(|read| (line.say)(self, read));
            let unit = match one.facts.unit {
                UnitFit::Narrower => Some(Cow::from("it counts a narrower unit")),
                UnitFit::Broader => Some(Cow::from("it counts a broader unit")),
                UnitFit::Same | UnitFit::Unrelated => None,
            };
            let reasons: Vec<Cow<'static, str>> = unit.into_iter().chain(one.widened.iter().cloned()).collect();
            if !reasons.is_empty() {
                let read = read.unwrap_or(Words::Anything);
                outcome.widened.push(Widened {
                    assertion: one.facts.assertion,
                    read,
                    reason: reasons.join("; ").into(),
                });
            }
        }
        let weighed = if attributed.is_empty() { &narrated } else { &attributed };
        outcome.pivots = self.pivots(line, weighed, &accounts, &parties, outcome);
        self.notices(line, &attributed, &narrated, &accounts, &parties, outcome);
    }

    #[expect(clippy::too_many_arguments, reason = "one step of the judgement, taken out to be read on its own")]
    fn list_accounts<P: Point>(
        &self,
        line: &Line<P>,
        accounts: &[Ranges<P>],
        attributed: &[&Standing<'_>],
        narrated: &[&Standing<'_>],
        parties: &Parties,
        say: &dyn Fn(&Ranges<P>) -> Option<Words>,
        outcome: &mut Outcome,
    ) {
        outcome.accounts_total = accounts.len();
        for answer in accounts.iter().take(LISTED) {
            let mut account = Account {
                answer: say(answer).unwrap_or(Words::Anything),
                answers: (line.wrap)(answer.clone()),
                sides: Vec::new(),
                sources: Vec::new(),
                assertions: Vec::new(),
            };
            for one in attributed {
                if answers_of(line, one).is_some_and(|said| answer.entails(said)) {
                    account.assertions.push(one.facts.assertion);
                    push_new(&mut account.sources, one.sources.iter().copied());
                    if parties.counts(one) {
                        push_new(&mut account.sides, parties.sides_of(one, self));
                    }
                }
            }
            // What nobody put their name to is listed where it fits, and narrows nothing.
            for one in narrated {
                if answers_of(line, one).is_some_and(|said| !answer.meet(said).is_empty()) {
                    account.assertions.push(one.facts.assertion);
                }
            }
            account.assertions.sort_unstable();
            outcome.accounts.push(account);
        }
    }

    /// The largest less the smallest end of the accounts' answers that somebody stated.
    fn spread<P: Point>(
        &self,
        line: &Line<P>,
        attributed: &[&Standing<'_>],
        accounts: &[Ranges<P>],
    ) -> Option<Box<str>> {
        let difference = line.difference?;
        let mut stated: Set<P> = Set::default();
        for one in attributed.iter().filter(|one| one.stance == Stance::Affirms) {
            let states_zero = self.columns().content(one.facts.assertion).is_some_and(states_zero);
            let as_said = one.facts.said.as_ref().and_then(line.of);
            for set in [as_said, answers_of(line, one)].into_iter().flatten() {
                stated.extend(ends(set).filter(|end| states_zero || Some(*end) != P::LEAST));
            }
        }
        let ends = || accounts.iter().flat_map(ends).filter(|end| stated.contains(end));
        let (least, most) = (ends().min()?, ends().max()?);
        (least < most).then(|| difference(most, least).into())
    }

    /// The assertions that make the verdict and the common ground what they are, mostly.
    ///
    /// An explanation starts from these, tests whether they suffice, and looks further if they don't.
    fn pivots<P: Point>(
        &self,
        line: &Line<P>,
        weighed: &[&Standing<'_>],
        accounts: &[Ranges<P>],
        parties: &Parties,
        outcome: &Outcome,
    ) -> Vec<u32> {
        let lowest = accounts.iter().reduce(|a, b| if below(b, a) { b } else { a });
        let highest = accounts.iter().reduce(|a, b| if below(a, b) { b } else { a });
        let needed: Vec<&Ranges<P>> = match accounts.len() {
            0 | 1 => accounts.iter().collect(),
            _ if line.is_ordered => lowest.into_iter().chain(highest).collect(),
            _ => accounts.iter().collect(),
        };
        let mut pivots: Vec<u32> = match &outcome.common_ground {
            Some(Words::Of(assertion)) => vec![*assertion],
            _ => Vec::new(),
        };
        let originals = || weighed.iter().filter(|one| !one.facts.is_copy);
        for answer in needed {
            if let Some(one) = originals().find(|one| states(line, one, answer)) {
                pivots.push(one.facts.assertion);
                continue;
            }
            let mut meet = Ranges::everything();
            for one in originals() {
                let Some(said) = answers_of(line, one).filter(|said| answer.entails(said)) else { continue };
                let closer = meet.meet(said);
                if closer != meet {
                    pivots.push(one.facts.assertion);
                    meet = closer;
                }
            }
        }
        if parties.sides.len() > 1 {
            // One for each of two sides: of those who state the answer, if that is what the verdict rests on.
            let agreed = outcome.verdict == Verdict::Agreed;
            let speaks = originals().filter(|one| parties.counts(one) && (!agreed || states(line, one, &accounts[0])));
            let mut sides = Vec::new();
            for one in speaks {
                let before = sides.len();
                push_new(&mut sides, parties.sides_of(one, self));
                if sides.len() > before {
                    pivots.push(one.facts.assertion);
                }
                if sides.len() > 1 {
                    break;
                }
            }
        }
        pivots.extend(outcome.withheld.iter().take(usize::from(outcome.verdict == Verdict::Withheld)));
        pivots.sort_unstable();
        pivots.dedup();
        pivots
    }

    fn notices<P: Point>(
        &self,
        line: &Line<P>,
        attributed: &[&Standing<'_>],
        narrated: &[&Standing<'_>],
        accounts: &[Ranges<P>],
        parties: &Parties,
        outcome: &mut Outcome,
    ) {
        if !attributed.is_empty() {
            let possible: Ranges<P> = accounts.iter().flat_map(|answer| answer.intervals().to_vec()).collect();
            let outside =
                narrated.iter().filter(|one| answers_of(line, one).is_some_and(|said| said.meet(&possible).is_empty()));
            let outside: Vec<u32> = outside.map(|one| one.facts.assertion).collect();
            if !outside.is_empty() {
                outcome.notices.push(Notice::UnattributedOutside(outside));
            }
        }
        if parties.answered {
            let beside = attributed.iter().filter(|one| {
                let elsewhere = || parties.sides_of(one, self).all(|side| !parties.sides.contains(&side));
                one.stance == Stance::NoEvidence && (elsewhere() || parties.sides.len() > 1)
            });
            let beside: Vec<u32> = beside.map(|one| one.facts.assertion).collect();
            if !beside.is_empty() {
                outcome.notices.push(Notice::NoEvidenceBesideAnswer(beside));
            }
        }
        if parties.unknown_speaks {
            let unknown = attributed.iter().filter(|one| parties.counts(one)).flat_map(|one| &one.sources);
            let mut sources = Vec::new();
            push_new(&mut sources, unknown.copied().filter(|source| self.is_unknown(self.sides[*source as usize])));
            outcome.notices.push(Notice::UnknownSide(sources));
        }
        if outcome.verdict == Verdict::Unaddressed && !outcome.does_not_know.is_empty() {
            outcome.notices.push(Notice::OnlyDoesNotKnow);
        }
        let mut units: Vec<Option<&str>> = Vec::new();
        if self.columns().claims[outcome.claim as usize].unit.is_none() {
            let unit = |one: &&&Standing<'_>| self.columns().extra(one.facts.assertion).and_then(|e| e.unit.as_deref());
            push_new(
                &mut units,
                attributed.iter().chain(narrated).filter(|one| unit(one).is_some()).map(|one| unit(&one)),
            );
        }
        if units.len() > 1 {
            outcome.notices.push(Notice::SeveralUnits);
        }
    }
}

/// Who speaks on a claim, and whose word counts as a side.
#[derive(Default)]
struct Parties {
    /// The sides counted, in the order in which they first speak.
    sides: Vec<u32>,
    /// Whether somebody affirms or denies; then having no evidence counts no side.
    answered: bool,
    unknown_speaks: bool,
}

impl Parties {
    fn among(attributed: &[&Standing<'_>], bench: &Bench<'_>) -> Self {
        let mut parties = Self { answered: attributed.iter().any(|one| one.stance.takes_value()), ..Self::default() };
        let counting = attributed.iter().filter(|one| parties.counts(one));
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        let mut seen: Set<u32> = Set::default();
        for source in counting.flat_map(|one| &one.sources) {
            let side = bench.sides[*source as usize];
            if seen.insert(side) {
                if bench.is_unknown(side) { unknown.push(side) } else { known.push(side) }
            }
        }
        parties.unknown_speaks = !unknown.is_empty();
        // The fewest sides that what is known allows: an unknown one may be anyone already heard.
        parties.sides = if known.is_empty() { unknown.into_iter().take(1).collect() } else { known };
        parties
    }

    /// Whether a standing assertion's sides count.
    fn counts(&self, one: &Standing<'_>) -> bool {
        !self.answered || one.stance.takes_value()
    }

    /// The sides that an account or an answer set is listed under: an unknown one only when nobody else speaks.
    fn sides_of<'s>(&self, one: &'s Standing<'_>, bench: &'s Bench<'_>) -> impl Iterator<Item = u32> + 's {
        let only_unknown = self.sides.first().is_some_and(|side| bench.is_unknown(*side));
        let sides = one.sources.iter().map(|source| bench.sides[*source as usize]);
        sides.filter(move |side| only_unknown || !bench.is_unknown(*side))
    }

    /// Whether at least two sides state what everybody's answers have in common.
    fn agree_on<P: Point>(
        &self,
        line: &Line<P>,
        attributed: &[&Standing<'_>],
        meet: &Ranges<P>,
        bench: &Bench<'_>,
    ) -> bool {
        let stating = attributed.iter().filter(|one| one.stance.takes_value() && states(line, one, meet));
        let mut sides = stating.flat_map(|one| self.sides_of(one, bench));
        let first = sides.next();
        sides.any(|side| Some(side) != first)
    }
}

/// Whether an assertion says just these answers, as it was said or as it is read.
fn states<P: Point>(line: &Line<P>, one: &Standing<'_>, answers: &Ranges<P>) -> bool {
    let as_said = one.facts.said.as_ref().and_then(line.of);
    as_said == Some(answers) || answers_of(line, one) == Some(answers)
}

fn answers_of<'s, P: Point>(line: &Line<P>, one: &'s Standing<'_>) -> Option<&'s Ranges<P>> {
    one.read.as_ref().and_then(line.of)
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, more: impl Iterator<Item = T>) {
    for one in more {
        if !list.contains(&one) {
            list.push(one);
        }
    }
}

/// The standing assertions that leave the same answers possible.
struct Group<'s, P> {
    answers: &'s Ranges<P>,
    /// Their sides, as far as they count.
    sides: Vec<u32>,
}

impl<'s, P: Point> Group<'s, P> {
    fn of(line: &Line<P>, standing: &[&'s Standing<'_>], parties: &Parties, bench: &Bench<'_>) -> Vec<Self> {
        let mut groups: indexmap::IndexMap<&Ranges<P>, Set<u32>, foldhash::fast::FixedState> = Default::default();
        for one in standing {
            let Some(answers) = answers_of(line, one) else { continue };
            let sides = groups.entry(answers).or_default();
            if parties.counts(one) {
                sides.extend(parties.sides_of(one, bench));
            }
        }
        groups.into_iter().map(|(answers, sides)| Self { answers, sides: sides.into_iter().collect() }).collect()
    }
}

/// The words in which standing assertions said their answers, the earliest's for each set.
struct Wordings<'s>(Fast<&'s AnswerSet, (Option<Moment>, u32)>);

impl<'s> Wordings<'s> {
    fn of(standing: &'s [Standing<'_>]) -> Self {
        let mut wordings: Fast<&AnswerSet, (Option<Moment>, u32)> = Fast::default();
        for one in standing {
            // A denial's words say what isn't so, and those of another unit count something else.
            if one.stance == Stance::Denies || one.facts.unit != UnitFit::Same {
                continue;
            }
            let Some(said) = &one.facts.said else { continue };
            let word = (one.facts.date.map(Date::last), one.facts.assertion);
            let earliest = wordings.entry(said).or_insert(word);
            // Undated words come after dated ones.
            if (word.0.is_none(), word) < (earliest.0.is_none(), *earliest) {
                *earliest = word;
            }
        }
        Self(wordings)
    }

    fn exactly(&self, answers: &AnswerSet) -> Option<Words> {
        self.0.get(answers).map(|(_, assertion)| Words::Of(*assertion))
    }
}

/// Whom to name for what one side says: those who state it, else all who speak.
fn credit<P: Point>(line: &Line<P>, attributed: &[&Standing<'_>], answers: &Ranges<P>) -> Vec<u32> {
    let mut sources: Set<u32> = Set::default();
    sources.extend(attributed.iter().filter(|one| states(line, one, answers)).flat_map(|one| &one.sources));
    if sources.is_empty() {
        sources.extend(attributed.iter().flat_map(|one| &one.sources));
    }
    sources.into_iter().collect()
}

/// The assertions all of whose origins also speak in another one with the same answers; the earliest counts.
fn echoes(attributed: &[&Standing<'_>]) -> Vec<u32> {
    // When it was said, undated last; the original before its copies; then input order.
    let order = |one: &Standing<'_>| {
        let date = one.facts.date.map(Date::last);
        (date.is_none(), date, one.facts.is_copy, one.facts.assertion)
    };
    let mut by_answers: Fast<&AnswerSet, Fast<Vec<u32>, &Standing<'_>>> = Fast::default();
    let speakers = |one: &Standing<'_>| {
        let mut sources = one.sources.clone();
        sources.sort_unstable();
        sources
    };
    for one in attributed {
        let Some(read) = &one.read else { continue };
        let first = by_answers.entry(read).or_default().entry(speakers(one)).or_insert(one);
        if order(one) < order(first) {
            *first = one;
        }
    }
    // For each source the joint statements it is part of: the only ones that can hold all of somebody's origins.
    let mut joint: Fast<(&AnswerSet, u32), Vec<&Vec<u32>>> = Fast::default();
    for (answers, groups) in &by_answers {
        for group in groups.keys().filter(|group| group.len() > 1) {
            group.iter().for_each(|source| joint.entry((answers, *source)).or_default().push(group));
        }
    }
    let is_echo = |one: &&&Standing<'_>| {
        let Some(read) = &one.read else { return false };
        let sources = speakers(one);
        let earliest = by_answers.get(read).and_then(|groups| groups.get(&sources));
        let larger = || {
            let mut candidates = sources.first().and_then(|first| joint.get(&(read, *first))).into_iter().flatten();
            candidates.any(|group| group.len() > sources.len() && sources.iter().all(|s| group.contains(s)))
        };
        earliest.is_some_and(|first| first.facts.assertion != one.facts.assertion) || larger()
    };
    attributed.iter().filter(is_echo).map(|one| one.facts.assertion).collect()
}

/// Whether one account's answers begin below another's.
fn below<P: Point>(a: &Ranges<P>, b: &Ranges<P>) -> bool {
    match (a.span(), b.span()) {
        (Some(a), Some(b)) => begins_before(a.low(), b.low()),
        _ => false,
    }
}

/// The finite ends of a set.
fn ends<P: Point>(set: &Ranges<P>) -> impl Iterator<Item = P> {
    set.intervals().iter().flat_map(|interval| [interval.low(), interval.high()]).filter_map(|end| match end {
        Bound::Included(point) | Bound::Excluded(point) => Some(point),
        Bound::Unbounded => None,
    })
}

/// Whether a count names zero itself, and doesn't merely stop there: `0`, `0 to 10`, but not `at most 10`.
fn states_zero(content: &Content<u32>) -> bool {
    match content {
        Content::Count(Said::Hedged(Hedge::Exactly | Hedge::AtLeast, 0) | Said::Between(0, _)) => true,
        Content::Count(Said::AnyOf(parts)) => parts.iter().any(|part| states_zero(&Content::Count(part.clone()))),
        Content::Count(_) => false,
        _ => true,
    }
}
