//! What the record alone says of each assertion, all rules aside.

use super::context::Context;
use super::rule::{ClaimContext, Facts, UnitFit};
use super::succession::{Word, replaced};
use crate::dossier::columns::Set;
use crate::dossier::lineage::Lineage;
use crate::model::assertion::Stance;
use crate::model::date::Date;
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
        let mut facts: Vec<Facts> =
            known.iter().map(|assertion| self.facts(claim, *assertion, &lineage)).collect();
        let position = |assertion: u32| known.binary_search(&assertion).ok();
        // The words of a copy come from those of its origins that say as much; when none does, it misquotes them all.
        let mut borne_out = Vec::new();
        for (at, fact) in facts.iter().enumerate() {
            let Some(said) = fact.said.as_ref().filter(|_| fact.is_copy && !fact.origins.is_empty()) else {
                continue;
            };
            let says_as_much = |origin: &u32| {
                let origin = position(*origin).and_then(|at| facts[at].said.as_ref());
                origin.is_some_and(|origin| origin.entails(said))
            };
            let origins: Box<[u32]> = fact.origins.iter().copied().filter(says_as_much).collect();
            if origins.len() < fact.origins.len() {
                borne_out.push((at, origins));
            }
        }
        for (at, origins) in borne_out {
            if origins.is_empty() {
                facts[at].misquotes = true;
            } else {
                facts[at].sources = self.sources(&origins);
                facts[at].origins = origins;
            }
        }
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

    fn facts(&self, claim: u32, assertion: u32, lineage: &Lineage) -> Facts {
        let origins: Box<[u32]> = lineage.origins_of(&assertion).into();
        let sources = self.sources(&origins);
        let date = self.date(lineage, assertion);
        let unit = self.unit(claim, assertion);
        Facts {
            assertion,
            date,
            moment: self.moment(lineage, assertion),
            said: self.said(claim, assertion, unit),
            unit,
            is_copy: lineage.is_copy(assertion),
            origins,
            sources,
            superseded_by: None,
            retracted: self.retracted(assertion),
            later_words: Vec::new(),
            misquotes: false,
        }
    }

    /// Who origins are credited to.
    fn sources(&self, origins: &[u32]) -> Box<[u32]> {
        match origins {
            [one] => self.credited(*one).into(),
            several => {
                let each = several.iter().flat_map(|origin| self.credited(*origin));
                each.copied().collect::<Set<u32>>().into_iter().collect()
            }
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

    /// When it was said; of a copy, when the last of its origins was. Without origins its own date is all there is.
    pub(super) fn date(&self, lineage: &Lineage, assertion: u32) -> Option<Date> {
        match lineage.origins_of(&assertion) {
            [] => self.columns().date(assertion),
            origins => origins
                .iter()
                .filter_map(|origin| self.columns().date(*origin))
                .max_by_key(|date| date.last()),
        }
    }

    /// The moment that it describes, else when it was said; a copy that states none describes what its origins do.
    fn moment(&self, lineage: &Lineage, assertion: u32) -> Option<Date> {
        let own = |of: u32| self.columns().extra(of).and_then(|extra| extra.valid_at);
        let of_origins = || {
            let moments =
                lineage.origins_of(&assertion).iter().filter_map(|at| own(*at).or(self.columns().date(*at)));
            moments.max_by_key(|moment| moment.last())
        };
        own(assertion).or_else(of_origins).or_else(|| self.date(lineage, assertion))
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
    fn claim_context(&self, facts: &[Facts]) -> ClaimContext {
        let answers = facts.iter().filter(|fact| {
            let affirms = self.columns().stance[fact.assertion as usize] == Stance::Affirms;
            affirms && !fact.is_copy && fact.retracted.is_none() && !fact.sources.is_empty()
        });
        let newest = |date: fn(&Facts) -> Option<Date>| {
            answers.clone().filter_map(date).max_by_key(|date| (date.last(), date.first()))
        };
        ClaimContext {
            as_of: self.resolver.as_of,
            newest: newest(|fact| fact.date),
            newest_moment: newest(|fact| fact.moment),
        }
    }
}
