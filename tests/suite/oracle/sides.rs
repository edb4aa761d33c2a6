//! Whose side counts, where some are heard only through others (2.2).

use std::collections::BTreeSet;

use super::record::Case;

impl Case {
    /// The sides that something was heard only through where a side speaks in an assertion; of a copy, in all of its
    /// origins in which that side speaks.
    pub(super) fn relays(&self, place: usize, side: &(bool, String)) -> BTreeSet<(bool, String)> {
        let origins = self.repeats(place).into_iter().filter(|&origin| self.stands(origin));
        let speaks = |origin: &usize| self.sides_of(&[*origin]).contains(side);
        let relays = |origin: usize| -> BTreeSet<_> {
            self.said[origin].via.iter().map(|relay| self.side(relay)).collect()
        };
        let each = origins.filter(speaks).map(relays);
        each.reduce(|one, other| &one & &other).unwrap_or_default()
    }

    /// Of some assertions, each known side that is heard only through another one that speaks in them too: the relay, the
    /// side, and where.
    pub(super) fn hearsay(&self, places: &[usize]) -> Vec<(String, String, usize)> {
        let known: BTreeSet<_> = self.sides_of(places).into_iter().filter(|side| side.0).collect();
        let mut hearsay = Vec::new();
        for (relay, side) in known.iter().flat_map(|relay| known.iter().map(move |side| (relay, side))) {
            let speaks = |&&place: &&usize| self.sides_of(&[place]).contains(side);
            for &place in places.iter().filter(speaks) {
                let same = |other: &&&usize| self.as_read(***other) == self.as_read(place);
                let mut told = places.iter().filter(speaks).filter(|other| same(&other));
                if relay != side && told.all(|&other| self.relays(other, side).contains(relay)) {
                    hearsay.push((relay.1.clone(), side.1.clone(), place));
                }
            }
        }
        hearsay
    }

    /// The known sides that count among some assertions: the smallest number that what is known allows. A relay's own
    /// words add no side beside what was heard only through it and can be true together with them; of a ring of relays
    /// the earliest counts.
    pub(super) fn fewest(&self, places: &[usize]) -> BTreeSet<String> {
        let known: BTreeSet<String> =
            self.sides_of(places).into_iter().filter(|side| side.0).map(|side| side.1).collect();
        let own = |side: &String| -> Vec<usize> {
            let speaks = |&place: &usize| self.sides_of(&[place]).contains(&(true, side.clone()));
            places.iter().copied().filter(speaks).collect()
        };
        let fit = |one: usize, other: usize| {
            let sets = self.as_read(one).zip(self.as_read(other));
            sets.is_some_and(|(one, other)| !one.is_disjoint(&other))
        };
        let hearsay = self.hearsay(places);
        let adds_none = |relay: &String| {
            let heard = |own: &usize| hearsay.iter().any(|(of, _, place)| of == relay && fit(*own, *place));
            own(relay).iter().all(heard)
        };
        let leads_to = |relay: &String| -> BTreeSet<String> {
            let fits = |place: usize| own(relay).into_iter().any(|own| fit(own, place));
            let theirs = hearsay.iter().filter(|(of, _, place)| of == relay && adds_none(of) && fits(*place));
            theirs.map(|(_, side, _)| side.clone()).collect()
        };
        let reached = |side: &String| {
            let mut reached = BTreeSet::from([side.clone()]);
            loop {
                let next: BTreeSet<String> = reached.iter().flat_map(leads_to).collect();
                if next.is_subset(&reached) {
                    return reached;
                }
                reached.extend(next);
            }
        };
        let rank = |side: &String| {
            let rank = |place: usize| {
                let speakers = self.speakers(place);
                let at = speakers.iter().position(|source| self.side(source).1 == *side);
                (self.date(place).map_or(i64::MAX, |date| date.1), place, at)
            };
            own(side).into_iter().map(rank).min()
        };
        let counts = |side: &String| {
            let ring = reached(side);
            ring.iter().all(|other| reached(other).contains(side))
                && ring.iter().min_by_key(|one| rank(one)) == Some(side)
        };
        known.iter().filter(|side| counts(side)).cloned().collect()
    }

    /// An unknown side counts only when no other speaks, and then one of them.
    pub(super) fn sides(&self) -> BTreeSet<String> {
        let known = self.fewest(&self.counting());
        if !known.is_empty() {
            return known;
        }
        self.sides_of(&self.counting()).into_iter().take(1).map(|(_, side)| side).collect()
    }
}
