//! What the record alone says of each assertion, all rules aside.

use std::cmp::Reverse;

use super::context::Context;
use super::rule::{ClaimContext, Facts, UnitFit};
use super::succession::{Word, replaced};
use crate::dossier::lineage::Lineage;
use crate::dossier::shared::{Shared, along, gather};
use crate::model::assertion::Stance;
use crate::model::date::Date;
use crate::model::hashing::FastMap;
use crate::model::interval::Ranges;
use crate::model::value::{AnswerSet, Content};
use crate::outcome::{AsideBy, SetAside};

impl<'a> Context<'a> {
    /// What the record alone says of each assertion, once everything after the as-of date is out of it.
    pub(super) fn record(
        &self,
        claim: u32,
        assertions: &[u32],
        set_aside: &mut Vec<SetAside>,
    ) -> (Vec<Facts>, ClaimContext, Vec<Vec<u32>>) {
        let mut lineage = Lineage::of(self.columns(), assertions);
        let mut known = assertions;
        let kept: Vec<u32>;
        if let Some(as_of) = self.resolver.as_of {
            let mut early = Vec::with_capacity(assertions.len());
            for (assertion, date) in assertions.iter().zip(self.dates(&lineage, assertions)) {
                match date {
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
        self.find_later_words(claim, &mut facts);
        let context = self.claim_context(&facts);
        (facts, context, lineage.rings)
    }

    /// What is to be said of one assertion by itself. Whose words a copy has is found for all copies together.
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

    /// Finds the origins of each copy that say as much as it does, and who those are credited to. When none does, it
    /// misquotes them all.
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

    /// When each was said; of a copy, when the last of its origins was. Without origins its own date is all there is.
    pub(super) fn dates(&self, lineage: &Lineage, assertions: &[u32]) -> Vec<Option<Date>> {
        let mut dates: Vec<Option<Date>> = assertions.iter().map(|at| self.columns().date(*at)).collect();
        of_origins(lineage, assertions, |origin| self.columns().date(origin), |at, last| dates[at] = last);
        dates
    }

    /// The moment that each describes, else when it was said; a copy that states none describes what its origins do.
    fn moments(&self, lineage: &Lineage, assertions: &[u32], dates: &[Option<Date>]) -> Vec<Option<Date>> {
        let own = |of: u32| self.columns().extra(of).and_then(|extra| extra.valid_at);
        let mut moments: Vec<Option<Date>> =
            assertions.iter().zip(dates).map(|(at, date)| own(*at).or(*date)).collect();
        of_origins(
            lineage,
            assertions,
            |origin| own(origin).or(self.columns().date(origin)),
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
        if theirs == ours {
            return UnitFit::Same;
        }
        let term = |unit| columns.terms.get_index_of(unit).map(crate::dossier::columns::index);
        match term(theirs).zip(term(ours)) {
            Some((theirs, ours)) if self.index.taxonomy.is_within(theirs, ours) => UnitFit::Narrower,
            Some((theirs, ours)) if self.index.taxonomy.is_within(ours, theirs) => UnitFit::Broader,
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

    /// Finds which named sources have since said something else, from the record alone.
    fn find_later_words(&self, claim: u32, facts: &mut [Facts]) {
        let columns = self.columns();
        let own = columns.claims[claim as usize].unit();
        let counts = |fact: &Facts| {
            columns.stance[fact.assertion as usize].takes_value() && !fact.is_copy && fact.retracted.is_none()
        };
        let unit =
            |fact: &Facts| columns.extra(fact.assertion).and_then(|extra| extra.unit.as_deref()).or(own);
        let mut words = Vec::new();
        for (at, fact) in facts.iter().enumerate().filter(|(_, fact)| counts(fact)) {
            let Some(date) = fact.date else { continue };
            for (nth, source) in fact.sources.iter().enumerate() {
                if !columns.sources[*source as usize].anonymous {
                    words.push(Word::new((*source, unit(fact)), date, (at, nth)));
                }
            }
        }
        let mut later: Vec<_> = replaced(&mut words).collect();
        later.sort_unstable();
        for ((at, nth), (latest, _)) in later {
            let word = (facts[at].sources[nth], facts[latest].assertion);
            facts[at].later_words.push(word);
        }
    }

    /// What is newest is told first-hand. A copy is no newer than its origin, and falls with it when that is withdrawn.
    ///
    /// The newest date is the one that begins latest, for nothing that has begun by then is known to be older: "in
    /// September" may be before or after the 6th. Of several that begin together it is the one that ends first.
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

/// Tells of each copy that has origins which of their dates ends last.
fn of_origins(
    lineage: &Lineage,
    assertions: &[u32],
    date: impl Fn(u32) -> Option<Date>,
    mut tell: impl FnMut(usize, Option<Date>),
) {
    let copies = lineage.copies().filter(|(_, origins)| !origins.is_empty());
    let copies = copies.filter_map(|(copy, origins)| Some((assertions.binary_search(&copy).ok()?, origins)));
    let later = |last: &mut Option<Date>, origin| {
        *last = [*last, date(origin)].into_iter().flatten().max_by_key(|date| date.last());
    };
    along(copies, || None, later, |at, last| tell(at, *last));
}
