//! Which words of a source it has since replaced (2.3).

use std::collections::BTreeSet;

use super::record::Case;

impl Case {
    /// Whether an assertion is a source's own word, or a copy by which it takes over somebody else's.
    pub(super) fn is_word_of(&self, place: usize, source: &String) -> bool {
        let said = &self.said[place];
        let of_another = |origin: usize| {
            let origin = &self.said[origin];
            !origin.retracted && !origin.by.is_empty() && !origin.by.contains(source)
        };
        let repeats = || self.repeats(place);
        let takes_over =
            || repeats().iter().any(|&at| self.bears_out(at, place)) && repeats().into_iter().any(of_another);
        said.names_an_answer()
            && !said.retracted
            && said.by.contains(source)
            && (!self.is_copy(place) || takes_over())
    }

    /// A later answer replaces an earlier one of the same named source, in the same unit, when both affirm or deny,
    /// neither is retracted, and their dates don't overlap; unless it is of a moment before the earlier one's. A copy
    /// replaces what it excludes.
    pub(super) fn has_later_word(&self, source: &String, place: usize) -> bool {
        let time = |place: usize| self.said[place].valid_at.or(self.said[place].own_date);
        let described = |place: usize| {
            let origins = if self.is_copy(place) { self.origins(place) } else { Vec::new() };
            let theirs = origins.into_iter().filter_map(|at| self.said[at].valid_at).max_by_key(|at| at.1);
            self.said[place].valid_at.or(theirs)
        };
        let is_of_before =
            |other| described(other).zip(time(place)).is_some_and(|(described, time)| described.1 < time.0);
        let dates = |other| self.said_on(other).zip(self.said_on(place));
        let is_later = |other| dates(other).is_some_and(|(later, date)| later.0 > date.1);
        let revises = |other| {
            self.revisions.contains(&other)
                && self.unrevised(other).contains(&place)
                && dates(other).is_none_or(|(revision, date)| revision.1 >= date.0)
        };
        let replaces = |other: usize| {
            self.is_word_of(other, source)
                && (is_later(other) || revises(other))
                && !is_of_before(other)
                && (!self.is_copy(other) || self.exclude_each_other(other, place))
                && self.said[other].unit == self.said[place].unit
        };
        !self.is_copy(place)
            && self.is_word_of(place, source)
            && !self.anonymous.contains(source)
            && !self.which(replaces).is_empty()
    }

    /// The origins that a revision was derived from, had it not revised them.
    pub(super) fn unrevised(&self, place: usize) -> BTreeSet<usize> {
        self.said[place].derived_from.iter().flat_map(|&from| self.origins(from)).collect()
    }
}
