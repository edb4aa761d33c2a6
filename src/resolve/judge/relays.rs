//! Which sides count, where some were heard only through others that answer too.
//!
//! "The ministry says that the United Nations say yes", and the ministry's own yes, are one side: what is heard of the
//! United Nations may be no more than the ministry's word, and the ministry's word no more than theirs. So a relay's own
//! answers add no side beside an answer of another side that was heard only through it and can be true together with
//! them. What contradicts what it relays is its own word.

use std::cell::RefCell;

use super::{FastMap, FastSet};
use crate::resolve::answers::{Answers, Span, reach};
use crate::resolve::fewest::{Hearsay, counted_rings};
use crate::resolve::statements::{RelaySets, Statements};

/// Who speaks in some rows, as far as relays matter.
#[derive(Debug)]
pub(super) struct Speaking<'s, A> {
    /// The known sides, in the order in which they first speak.
    pub(super) sides: Vec<u32>,
    /// Answers that sides give which are heard of them only through relays that speak too.
    pub(super) hearsay: Vec<(&'s A, Hearsay)>,
}

impl<'s, A: Answers> Statements<'s, A> {
    /// Who speaks in some rows, and who of them is heard only through whom.
    pub(super) fn speaking(&self, rows: &[usize]) -> Speaking<'s, A> {
        let mut direct = RelaySets::default();
        let mut sets = self.relay_sets.map(RefCell::borrow_mut);
        let sets = sets.as_deref_mut().unwrap_or(&mut direct);
        let (mut sides, mut seen) = (Vec::new(), FastSet::default());
        // Through whom all was heard that a side says with these answers. One row heard directly, and it is nobody.
        let mut through: FastMap<(u32, &A), u32> = FastMap::default();
        for row in rows {
            for speaker in self.speakers(*row).iter().filter(|speaker| !speaker.is_unknown) {
                if seen.insert(speaker.side) {
                    sides.push(speaker.side);
                }
                let relays = self.relays(*row, speaker.side);
                let known = through.entry((speaker.side, self.answers(*row))).or_insert(relays);
                *known = sets.common(*known, relays);
            }
        }
        let mut alike: FastMap<(&A, u32), Vec<u32>> = FastMap::default();
        for ((side, answers), relays) in through {
            if relays != RelaySets::DIRECT {
                alike.entry((answers, relays)).or_default().push(side);
            }
        }
        let hearsay = alike.into_iter().filter_map(|((answers, relays), sides)| {
            let is_other = |relay: &u32| seen.contains(relay) && sides.iter().any(|side| side != relay);
            let relays: Vec<u32> = sets.get(relays).iter().copied().filter(is_other).collect();
            (!relays.is_empty()).then_some((answers, Hearsay { relays, sides }))
        });
        Speaking { sides, hearsay: hearsay.collect() }
    }

    /// The known sides that count among some rows, in the order in which they first speak: the fewest that what is known
    /// allows.
    pub(super) fn fewest_sides(&self, rows: &[usize]) -> Vec<u32> {
        let Speaking { sides, hearsay } = self.speaking(rows);
        if hearsay.is_empty() {
            return sides;
        }
        // What each relay says itself, and what is heard only through it.
        let mut own: FastMap<u32, Vec<Span>> = FastMap::default();
        let mut heard: FastMap<u32, Vec<Span>> = FastMap::default();
        for (answers, hearsay) in &hearsay {
            for relay in &hearsay.relays {
                heard.entry(*relay).or_default().extend(answers.spans());
                own.entry(*relay).or_default();
            }
        }
        for (row, side) in self.speaking_sides(rows) {
            if let Some(own) = own.get_mut(&side) {
                own.extend(self.answers(row).spans());
            }
        }
        own.values_mut().chain(heard.values_mut()).for_each(union);
        let fits = |answers: &A, all: &[Span]| answers.spans().iter().any(|span| reach(all, *span));
        let mut adds_none: FastSet<u32> = own.keys().copied().collect();
        for (row, side) in self.speaking_sides(rows) {
            if heard.get(&side).is_some_and(|heard| !fits(self.answers(row), heard)) {
                adds_none.remove(&side); // it contradicts all that was heard through it
            }
        }
        let fitting = hearsay.into_iter().map(|(answers, mut hearsay)| {
            hearsay.relays.retain(|relay| adds_none.contains(relay) && fits(answers, &own[relay]));
            hearsay
        });
        let rings = counted_rings(&fitting.collect::<Vec<_>>());
        if !rings.is_empty() {
            let first = self.first_words(rows);
            for ring in rings {
                if let Some(earliest) = ring.iter().min_by_key(|side| first.get(side)) {
                    adds_none.remove(earliest);
                }
            }
        }
        sides.into_iter().filter(|side| !adds_none.contains(side)).collect()
    }

    /// The side through which all was heard that other known sides say in some rows, if there is one.
    pub(super) fn only_channel(&self, rows: &[usize]) -> Option<u32> {
        let sets = self.relay_sets?.borrow();
        // Of each row and side: how often they were heard through the same relays, and how often each speaks.
        let (mut through, mut own, mut own_relay) =
            (FastMap::default(), FastMap::default(), FastMap::default());
        let mut all = 0;
        for row in rows {
            let known = self.speakers(*row).iter().filter(|speaker| !speaker.is_unknown);
            let sides: FastSet<u32> = known.map(|speaker| speaker.side).collect();
            for side in sides {
                let relays = self.relays(*row, side);
                *through.entry(relays).or_insert(0_usize) += 1;
                *own.entry(side).or_insert(0_usize) += 1;
                if sets.get(relays).binary_search(&side).is_ok() {
                    *own_relay.entry(side).or_insert(0_usize) += 1;
                }
                all += 1;
            }
        }
        let mut heard: FastMap<u32, usize> = FastMap::default();
        for (relays, times) in through {
            sets.get(relays).iter().for_each(|relay| *heard.entry(*relay).or_default() += times);
        }
        let of = |counts: &FastMap<u32, usize>, side: &u32| counts.get(side).copied().unwrap_or_default();
        let is_channel = |(relay, heard): &(u32, usize)| {
            let others = heard - of(&own_relay, relay);
            others > 0 && others + of(&own, relay) == all
        };
        heard.into_iter().filter(is_channel).map(|(relay, _)| relay).min()
    }

    /// Each row with each of its sides.
    fn speaking_sides(&self, rows: &[usize]) -> impl Iterator<Item = (usize, u32)> {
        rows.iter().flat_map(|row| self.speakers(*row).iter().map(|speaker| (*row, speaker.side)))
    }

    /// When each side first speaks in some rows: by date, undated last, then by input order.
    fn first_words(&self, rows: &[usize]) -> FastMap<u32, impl Ord + use<'s, A>> {
        let mut first = FastMap::default();
        for (nth, (row, side)) in self.speaking_sides(rows).enumerate() {
            // Whatever was relayed is exceptional, and has its date there.
            let date = self.exceptions.get(row).and_then(|exception| exception.date).map(|date| date.last());
            let word = (date.is_none(), date, self.rows[row].assertion, nth);
            let known = first.entry(side).or_insert(word);
            *known = word.min(*known);
        }
        first
    }
}

/// Puts spans in order, and together where they meet.
fn union(spans: &mut Vec<Span>) {
    spans.sort_unstable_by_key(|span| span.low);
    spans.dedup_by(|next, last| {
        let meets = next.low <= last.high;
        if meets {
            last.high = last.high.max(next.high);
        }
        meets
    });
}
