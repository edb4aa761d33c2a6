//! What the record alone says of each assertion, all rules aside.

use std::cmp::Reverse;

use super::context::Context;
use super::rule::{ClaimContext, Facts, UnitFit};
use super::succession::{SaidOn, Word, replaced};
use crate::dossier::columns::{Set, is_same_unit};
use crate::dossier::lineage::Lineage;
use crate::dossier::shared::{Shared, along, gather};
use crate::model::assertion::Stance;
use crate::model::date::{Date, Moment};
use crate::model::hashing::FastMap;
use crate::model::interval::Ranges;
#[cfg(feature = "proptest")]
use crate::model::term::Terms;
use crate::model::value::{AnswerSet, Content};

impl<'a> Context<'a> {
    /// What the record alone says of each assertion, once everything after the as-of date is out of it. That goes to `later`.
    pub(super) fn record(
        &self,
        claim: u32,
        assertions: &[u32],
        later: &mut Vec<u32>,
    ) -> (Vec<Facts>, ClaimContext, Vec<Vec<u32>>) {
        let (mut lineage, mut revisions) = self.lineage(claim, assertions);
        let mut said_on = self.said_on(&lineage, assertions);
        let mut known = assertions;
        let kept: Vec<u32>;
        if let Some(as_of) = self.resolver.as_of {
            let mut early = Vec::with_capacity(assertions.len());
            for (assertion, said) in assertions.iter().zip(&said_on) {
                let is_later = said.is_some_and(|said| said.last > as_of.last());
                if is_later { &mut *later } else { &mut early }.push(*assertion);
            }
            kept = early;
            if kept.len() < assertions.len() {
                known = &kept;
                (lineage, revisions) = self.lineage(claim, known);
                said_on = self.said_on(&lineage, known);
            }
        }
        let dates = self.dates(&lineage, known);
        let moments = self.moments(&lineage, known, &dates);
        let mut facts: Vec<Facts> = known
            .iter()
            .zip(dates.into_iter().zip(moments))
            .map(|(assertion, (date, moment))| self.facts(claim, *assertion, &lineage, date, moment))
            .collect();
        let position = |assertion: u32| known.binary_search(&assertion).ok();
        self.find_whose_words(&mut facts);
        for at in 0..facts.len() {
            if facts[at].retracted.is_none() {
                for target in self.columns().supersedes(facts[at].assertion) {
                    if let Some(target) = position(*target) {
                        facts[target].superseded_by = Some(facts[at].assertion);
                    }
                }
            }
        }
        self.find_later_words(claim, &lineage, &revisions, &said_on, &mut facts);
        let context = self.claim_context(&facts);
        (facts, context, lineage.rings)
    }

    /// What is to be said of one assertion by itself. Whose words a copy has is found for all copies
    /// together.
    fn facts(
        &self,
        claim: u32,
        assertion: u32,
        lineage: &Lineage,
        date: Option<Date>,
        moment: Option<Date>,
    ) -> Facts {
        let is_copy = lineage.is_copy(assertion);
        let unit = self.unit(claim, assertion);
        Facts {
            assertion,
            date,
            moment,
            said: self.said(claim, assertion, unit),
            unit,
            is_copy,
            origins: lineage.origins_of(assertion),
            sources: if is_copy { Shared::None } else { self.credited(assertion).into() },
            superseded_by: None,
            retracted: self.retracted(assertion),
            later_words: Vec::new(),
            misquotes: false,
        }
    }

    /// Finds the origins of each copy that say as much as it does, and who those are credited to. When none
    /// does, it misquotes them all.
    fn find_whose_words(&self, facts: &mut [Facts]) {
        // Copies that say the same are borne out by the same origins.
        let mut saying: FastMap<&AnswerSet, Vec<(usize, &Shared)>> = FastMap::default();
        let copies = || facts.iter().enumerate().filter(|(_, fact)| fact.is_copy);
        for (at, fact) in copies() {
            if let Some(said) = &fact.said {
                saying.entry(said).or_default().push((at, &fact.origins));
            }
        }
        // The originals that say just what some copy does.
        let mut same: FastMap<&AnswerSet, Vec<u32>> = saying.keys().map(|said| (*said, Vec::new())).collect();
        for fact in facts.iter().filter(|fact| !saying.is_empty() && !fact.is_copy) {
            let same = fact.said.as_ref().and_then(|said| same.get_mut(said));
            same.into_iter().for_each(|same| same.push(fact.assertion));
        }
        let mut borne_out: Vec<(usize, Shared)> = Vec::new();
        for (said, copies) in saying {
            let same = same.get(said).map_or(&[][..], Vec::as_slice);
            let longest = copies.iter().map(|(_, origins)| origins.len()).max().unwrap_or_default();
            if said.is_exact() && copies.len() * same.len() <= longest {
                // No other set says as much as one answer: so few needn't be looked for among many.
                borne_out.extend(copies.into_iter().map(|(at, origins)| {
                    let among = |one: &u32| origins.binary_search(one).is_ok();
                    (at, same.iter().copied().filter(among).collect())
                }));
                continue;
            }
            let says_as_much = |origin: &u32| {
                let origin = facts.binary_search_by_key(origin, |fact| fact.assertion).ok();
                origin.and_then(|at| facts[at].said.as_ref()).is_some_and(|origin| origin.entails(said))
            };
            borne_out.extend(gather(copies, |origin| Some(origin).filter(says_as_much)));
        }
        for (at, origins) in borne_out {
            let fact = &mut facts[at];
            fact.misquotes = origins.is_empty() && !fact.origins.is_empty();
            if !origins.is_empty() && origins.len() < fact.origins.len() {
                fact.origins = origins;
            }
        }
        let copies = facts.iter().enumerate().filter(|(_, fact)| fact.is_copy);
        let credited = |origin| self.credited(origin).iter().copied();
        for (at, sources) in gather(copies.map(|(at, fact)| (at, &fact.origins)), credited) {
            facts[at].sources = sources;
        }
    }

    /// The row of an assertion's retraction, if that is in force.
    fn retracted(&self, assertion: u32) -> Option<usize> {
        let row = *self.index.retractions.get(&assertion)?;
        match (self.columns().retractions[row].on, self.resolver.as_of) {
            (Some(on), Some(as_of)) if on.last() > as_of.last() => None,
            _ => Some(row),
        }
    }

    /// Who an assertion is credited to; its own voice may be set to be its publisher's word.
    fn credited(&self, assertion: u32) -> &'a [u32] {
        let by = self.columns().by(assertion);
        if !by.is_empty() || !self.resolver.narration_is_publishers {
            return by;
        }
        let publisher =
            self.columns().document_of(assertion).and_then(|document| document.publisher.as_ref());
        publisher.map_or(&[], std::slice::from_ref)
    }

    /// When each was said; of a copy, when the last of its origins was. Without origins its own date is all
    /// there is.
    pub(super) fn dates(&self, lineage: &Lineage, assertions: &[u32]) -> Vec<Option<Date>> {
        let mut dates: Vec<Option<Date>> = assertions.iter().map(|at| self.columns().date(*at)).collect();
        of_origins(
            lineage,
            assertions,
            |of| self.columns().date(of),
            later_date,
            |at, last| dates[at] = last,
        );
        dates
    }

    /// When each was said, as far as that matters for what came first: a copy no earlier than its origins.
    pub(super) fn said_on(&self, lineage: &Lineage, assertions: &[u32]) -> Vec<Option<SaidOn>> {
        let date = |of: u32| self.columns().date(of).map(SaidOn::on);
        let mut said: Vec<Option<SaidOn>> = assertions.iter().map(|at| date(*at)).collect();
        of_origins(lineage, assertions, date, SaidOn::and, |at, theirs| {
            said[at] = match (said[at], theirs) {
                (Some(own), Some(theirs)) => Some(own.and(theirs)),
                (own, theirs) => own.or(theirs),
            };
        });
        said
    }

    /// The moment that each was stated to describe; a copy that states none describes what its origins do.
    fn described(&self, lineage: &Lineage, facts: &[Facts]) -> Vec<Option<Date>> {
        let stated = |of: u32| self.columns().extra(of).and_then(|extra| extra.valid_at);
        let assertions: Vec<u32> = facts.iter().map(|fact| fact.assertion).collect();
        let mut described: Vec<Option<Date>> = assertions.iter().map(|at| stated(*at)).collect();
        if described.iter().any(Option::is_some) {
            of_origins(lineage, &assertions, stated, later_date, |at, last| {
                described[at] = described[at].or(last)
            });
        }
        described
    }

    /// Whether an origin is somebody else's word that still holds: credited, not withdrawn, and not by this
    /// source.
    fn is_anothers(&self, origin: u32, source: u32) -> bool {
        let by = self.credited(origin);
        !by.is_empty() && !by.contains(&source) && self.retracted(origin).is_none()
    }

    /// The moment that each describes, else when it was said; a copy that states none describes what its
    /// origins do.
    fn moments(&self, lineage: &Lineage, assertions: &[u32], dates: &[Option<Date>]) -> Vec<Option<Date>> {
        let own = |of: u32| self.columns().extra(of).and_then(|extra| extra.valid_at);
        let mut moments: Vec<Option<Date>> =
            assertions.iter().zip(dates).map(|(at, date)| own(*at).or(*date)).collect();
        of_origins(
            lineage,
            assertions,
            |origin| own(origin).or(self.columns().date(origin)),
            later_date,
            |at, last| moments[at] = own(assertions[at]).or(last).or(dates[at]),
        );
        moments
    }

    fn unit(&self, claim: u32, assertion: u32) -> UnitFit {
        let columns = self.columns();
        let theirs = columns.extra(assertion).and_then(|extra| extra.unit.as_deref());
        let (Some(theirs), Some(ours)) = (theirs, columns.claims[claim as usize].unit()) else {
            return UnitFit::Same;
        };
        if is_same_unit(theirs, ours) {
            return UnitFit::Same;
        }
        let term = |unit| columns.term_names.find_unit(&columns.terms, unit);
        match term(theirs).zip(term(ours)) {
            Some((theirs, ours)) if theirs == ours => UnitFit::Same,
            Some((theirs, ours)) if self.index.taxonomy.is_within(theirs, ours) => UnitFit::Narrower,
            Some((theirs, ours)) if self.index.taxonomy.is_within(ours, theirs) => UnitFit::Broader,
            _ => UnitFit::Unrelated,
        }
    }

    /// What an assertion leaves possible as it was said, in the claim's own unit; nothing where it is silence.
    #[cfg(feature = "proptest")]
    pub(crate) fn said_set(&self, claim: u32, assertion: u32) -> Option<AnswerSet> {
        self.said(claim, assertion, self.unit(claim, assertion))
    }

    /// The answers that terms leave possible.
    #[cfg(feature = "proptest")]
    pub(crate) fn term_set(&self, terms: &Terms<u32>) -> Ranges<u32> {
        self.index.taxonomy.answers(terms)
    }

    /// The answers that an assertion leaves possible, in the claim's own unit.
    fn said(&self, claim: u32, assertion: u32, unit: UnitFit) -> Option<AnswerSet> {
        let stance = self.columns().stance[assertion as usize];
        if !stance.is_answer() {
            return None;
        }
        let Some(content) = self.columns().content(assertion) else {
            return Some(AnswerSet::everything_of(self.columns().claims[claim as usize].kind));
        };
        let affirmed = match content {
            Content::Terms(terms) => AnswerSet::Terms(self.index.taxonomy.answers(terms)),
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

    /// Where the words of some assertions on a claim come from, and which of them are revisions: whoever
    /// excludes what they said themselves where their words are derived from doesn't misquote it, but has
    /// come to say something else.
    pub(super) fn lineage(&self, claim: u32, assertions: &[u32]) -> (Lineage, Set<u32>) {
        let mut revisions = Set::default();
        loop {
            let lineage = Lineage::of(self.columns(), assertions, &revisions);
            let new = self.new_revisions(claim, assertions, &lineage);
            if new.is_empty() {
                return (lineage, revisions);
            }
            // What was derived from a revision goes back to that, and may be the next one.
            revisions.extend(new);
        }
    }

    /// The copies that exclude what their own sources said, and that no origin bears out.
    fn new_revisions(&self, claim: u32, assertions: &[u32], lineage: &Lineage) -> Vec<u32> {
        if lineage.copies().next().is_none() {
            return Vec::new();
        }
        let originals = assertions.iter().filter(|assertion| !lineage.is_copy(**assertion));
        let speaking: Set<u32> = originals.flat_map(|origin| self.credited(*origin)).copied().collect();
        let columns = self.columns();
        let may_revise =
            |source: &u32| !columns.sources[*source as usize].anonymous && speaking.contains(source);
        let said = |assertion: u32| self.said(claim, assertion, self.unit(claim, assertion));
        let is_revision = |(copy, origins): &(u32, &Shared)| {
            let by = self.credited(*copy);
            if by.is_empty() || !columns.stance[*copy as usize].takes_value() || !by.iter().all(may_revise) {
                return false;
            }
            let Some(copy) = said(*copy) else { return false };
            let mut speaking_there: Set<u32> = Set::default();
            let contradicts = |origin: &u32| {
                let own = self.credited(*origin).iter().filter(|source| by.contains(source));
                let is_own = own.clone().next().is_some();
                speaking_there.extend(own.copied());
                match said(*origin) {
                    Some(origin) if is_own => origin.meet(&copy).is_empty(),
                    Some(origin) => !origin.entails(&copy),
                    None => !is_own,
                }
            };
            origins.iter().all(contradicts) && speaking_there.len() == by.len()
        };
        lineage.copies().filter(is_revision).map(|(copy, _)| copy).collect()
    }

    /// Finds which named sources have since said something else, from the record alone.
    ///
    /// That is their own later word, or a later copy by which they take over what somebody else says and they
    /// excluded.
    fn find_later_words(
        &self,
        claim: u32,
        lineage: &Lineage,
        revisions: &Set<u32>,
        said_on: &[Option<SaidOn>],
        facts: &mut [Facts],
    ) {
        let mut search = LaterWords {
            context: *self,
            lineage,
            unit: self.columns().claims[claim as usize].unit(),
            said_on,
            described: self.described(lineage, facts),
            facts,
            later: FastMap::default(),
        };
        let (mut words, mut copied) = search.words();
        search.add_take_overs(&words, &mut copied);
        search.add_own_words(&mut words);
        search.add_revisions(revisions);
        let mut later: Vec<_> = search.later.into_iter().collect();
        later.sort_unstable();
        for ((at, nth), (_, latest)) in later {
            let word = (facts[at].sources[nth], facts[latest].assertion);
            facts[at].later_words.push(word);
        }
    }

    /// What is newest is told first-hand. A copy is no newer than its origin, and falls with it when that is
    /// withdrawn.
    ///
    /// The newest date is the one that begins latest, for nothing that has begun by then is known to be
    /// older: "in September" may be before or after the 6th. Of several that begin together it is the one
    /// that ends first.
    fn claim_context(&self, facts: &[Facts]) -> ClaimContext {
        let answers = facts.iter().filter(|fact| {
            let affirms = self.columns().stance[fact.assertion as usize] == Stance::Affirms;
            affirms && !fact.is_copy && fact.retracted.is_none() && !fact.sources.is_empty()
        });
        let newest = |date: fn(&Facts) -> Option<Date>| {
            answers.clone().filter_map(date).max_by_key(|date| (date.first(), Reverse(date.last())))
        };
        ClaimContext {
            as_of: self.resolver.as_of,
            newest: newest(|fact| fact.date),
            newest_moment: newest(|fact| fact.moment),
        }
    }
}

/// A word of a source on a claim: who speaks and in what unit, and the place of the fact with that of the
/// source in it.
type SourceWord<'a> = Word<(u32, Option<&'a str>), (usize, usize)>;

/// The search for the later words of sources on one claim.
struct LaterWords<'f, 'a> {
    context: Context<'a>,
    lineage: &'f Lineage,
    /// The claim's own unit.
    unit: Option<&'a str>,
    facts: &'f [Facts],
    said_on: &'f [Option<SaidOn>],
    /// The moment that each fact was stated to describe, where one was.
    described: Vec<Option<Date>>,
    /// For each replaced word the place of the latest fact that replaces it, with when that begins.
    later: FastMap<(usize, usize), (Option<Moment>, usize)>,
}

impl<'a> LaterWords<'_, 'a> {
    /// Whether a fact replaces others, and can be replaced: it says something, and wasn't withdrawn.
    fn counts(&self, fact: &Facts) -> bool {
        self.context.columns().stance[fact.assertion as usize].takes_value() && fact.retracted.is_none()
    }

    /// The unit that a fact is stated in; the claim's own, however it is spelled.
    fn unit(&self, fact: &Facts) -> Option<&'a str> {
        let stated = self.context.columns().extra(fact.assertion).and_then(|extra| extra.unit.as_deref());
        stated.filter(|stated| self.unit.is_none_or(|own| !is_same_unit(stated, own))).or(self.unit)
    }

    fn valid_at(&self, fact: &Facts) -> Option<Date> {
        self.context.columns().extra(fact.assertion).and_then(|extra| extra.valid_at)
    }

    fn describes_until(&self, at: usize) -> Option<Moment> {
        self.described.get(at).copied().flatten().map(Date::last)
    }

    fn word(&self, at: usize, said: SaidOn, source: u32, nth: usize) -> SourceWord<'a> {
        let fact = &self.facts[at];
        Word {
            source: (source, self.unit(fact)),
            first: said.first,
            last: said.last,
            about_from: self.valid_at(fact).map_or(said.first, Date::first),
            describes_until: self.describes_until(at),
            word: (at, nth),
        }
    }

    /// The words of named sources, and the copies by which they repeat what others say.
    fn words(&self) -> (Vec<SourceWord<'a>>, Vec<SourceWord<'a>>) {
        let columns = self.context.columns();
        let is_named = |source: &&u32| !columns.sources[**source as usize].anonymous;
        let (mut words, mut copied) = (Vec::new(), Vec::new());
        for ((at, fact), said) in self.facts.iter().enumerate().zip(self.said_on) {
            let Some(said) = said.filter(|_| self.counts(fact)) else { continue };
            if !fact.is_copy {
                for (nth, source) in fact.sources.iter().enumerate().filter(|(_, source)| is_named(source)) {
                    words.push(self.word(at, said, *source, nth));
                }
            } else if !fact.misquotes && !fact.origins.is_empty() {
                for source in self.context.credited(fact.assertion).iter().filter(is_named) {
                    if fact.origins.iter().any(|origin| self.context.is_anothers(*origin, *source)) {
                        copied.push(self.word(at, said, *source, 0));
                    }
                }
            }
        }
        (words, copied)
    }

    /// A source that repeats later what another says, and what it excluded itself, takes that over.
    fn add_take_overs(&mut self, words: &[SourceWord<'a>], copied: &mut [SourceWord<'a>]) {
        copied.sort_unstable_by_key(|word| (word.source, word.first, word.word));
        for word in words.iter().filter(|_| !copied.is_empty()) {
            let from = copied.partition_point(|copy| (copy.source, copy.first) <= (word.source, word.last));
            let to = copied.partition_point(|copy| copy.source <= word.source);
            let excludes = |copy: &&SourceWord<'_>| {
                let sets = self.facts[word.word.0].said.as_ref().zip(self.facts[copy.word.0].said.as_ref());
                !word.is_about_later_than(copy) && sets.is_some_and(|(one, other)| one.meet(other).is_empty())
            };
            if let Some(copy) = copied[from..to].iter().rev().find(excludes) {
                self.later.insert(word.word, (Some(copy.first), copy.word.0));
            }
        }
    }

    /// A source's own later word replaces its earlier one; of that and a take-over, the later counts.
    fn add_own_words(&mut self, words: &mut [SourceWord<'a>]) {
        for (replaced, (latest, _)) in replaced(words) {
            let Some(said) = self.said_on[latest] else { continue };
            let latest = (Some(said.first), latest);
            let known = self.later.entry(replaced).or_insert(latest);
            *known = latest.max(*known);
        }
    }

    /// What a revision was derived from it replaces without dates too, unless they show that it came first.
    fn add_revisions(&mut self, revisions: &Set<u32>) {
        let facts = self.facts;
        let position = |assertion: u32| facts.binary_search_by_key(&assertion, |fact| fact.assertion).ok();
        let places = revisions.iter().filter_map(|revision| position(*revision));
        let mut places: Vec<usize> = places.filter(|at| self.counts(&facts[*at])).collect();
        // The latest is named as the one that replaces what both revise, in whatever order they were found.
        places.sort_unstable_by_key(|at| Reverse((self.said_on[*at].map(|said| said.first), *at)));
        for at in places {
            let from = self.context.columns().derived_from(facts[at].assertion).iter();
            let origins: Vec<usize> = from
                .flat_map(|from| self.lineage.origins_of(*from).to_vec())
                .filter_map(position)
                .filter(|origin| self.counts(&facts[*origin]))
                .collect();
            for origin in origins {
                let dates = self.said_on[origin].zip(self.said_on[at]);
                let about = self.valid_at(&facts[origin]).map(Date::first);
                let about = about.or(self.said_on[origin].map(|said| said.first));
                if dates.is_some_and(|(origin, revision)| revision.is_before(origin))
                    || self.describes_until(at).zip(about).is_some_and(|(ends, about)| ends < about)
                    || self.unit(&facts[origin]) != self.unit(&facts[at])
                {
                    continue;
                }
                for (nth, source) in facts[origin].sources.iter().enumerate() {
                    if facts[at].sources.contains(source) {
                        self.later.entry((origin, nth)).or_insert((None, at));
                    }
                }
            }
        }
    }
}

/// Goes through the origins of each copy that has any, and gives what is known of some of them, put together,
/// to `read`.
fn of_origins<T: Copy>(
    lineage: &Lineage,
    assertions: &[u32],
    known: impl Fn(u32) -> Option<T>,
    and: impl Fn(T, T) -> T,
    mut read: impl FnMut(usize, Option<T>),
) {
    let copies = lineage.copies().filter(|(_, origins)| !origins.is_empty());
    let copies = copies.filter_map(|(copy, origins)| Some((assertions.binary_search(&copy).ok()?, origins)));
    let step = |all: &mut Option<T>, origin| {
        *all = match (*all, known(origin)) {
            (Some(all), Some(one)) => Some(and(all, one)),
            (all, one) => all.or(one),
        };
    };
    along(copies, || None, step, |at, all| read(at, *all));
}

/// Of two dates the one that ends last.
fn later_date(one: Date, other: Date) -> Date {
    if other.last() >= one.last() { other } else { one }
}
