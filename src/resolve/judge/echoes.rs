//! Echoes: standing assertions that repeat what their origins say elsewhere too.

use super::{Answers, FastMap, Judge};
use crate::model::date::Date;

/// A standing answer as one of those that may echo each other.
struct Candidate {
    group: u32,
    /// Its sources, in the order of their numbers.
    sources: Vec<u32>,
    row: usize,
}

impl<A: Answers> Judge<'_, A> {
    /// The rows all of whose origins also speak in another standing one with the same answers; the earliest counts.
    pub(super) fn echoes(&mut self) -> Vec<usize> {
        let statements = self.statements;
        if statements.repeated.is_empty() {
            return Vec::new();
        }
        // Only who speaks more than once can be echoed.
        let marks = &mut self.scratch.marks;
        marks.forget();
        statements.repeated.iter().for_each(|source| _ = marks.is_new(*source));
        let (marks, group_of) = (&self.scratch.marks, &self.scratch.group_of);
        let answering = statements.attributed.iter().zip(group_of);
        let candidates = answering.filter_map(|(row, group)| {
            let speakers = statements.speakers(row);
            if !speakers.iter().any(|speaker| marks.has(speaker.source)) {
                return None;
            }
            let mut sources: Vec<u32> = speakers.iter().map(|speaker| speaker.source).collect();
            sources.sort_unstable();
            Some(Candidate { group: *group, sources, row })
        });
        let mut all: Vec<Candidate> = candidates.collect();
        // When it was said, undated last; the original before its copies; then input order.
        let order = |row: usize| {
            let date = self.date(row).map(Date::last);
            (date.is_none(), date, statements.is_copy(row), row)
        };
        all.sort_unstable_by(|one, other| {
            let same = (one.group, &one.sources).cmp(&(other.group, &other.sources));
            same.then_with(|| order(one.row).cmp(&order(other.row)))
        });
        let statements =
            || all.chunk_by(|one, other| (one.group, &one.sources) == (other.group, &other.sources));
        // For each source the joint statements it is part of: the only ones that can hold all of somebody's origins.
        let mut joint: FastMap<(u32, u32), Vec<&[u32]>> = FastMap::default();
        for Candidate { group, sources, .. } in statements().map(|same| &same[0]) {
            if sources.len() > 1 {
                sources.iter().for_each(|source| joint.entry((*group, *source)).or_default().push(sources));
            }
        }
        let is_within_larger = |group: u32, sources: &[u32]| {
            let of_each =
                sources.iter().map(|source| joint.get(&(group, *source)).map_or(&[][..], Vec::as_slice));
            let mut larger = of_each.min_by_key(|joint| joint.len()).into_iter().flatten();
            let holds_all =
                |larger: &[u32]| sources.iter().all(|source| larger.binary_search(source).is_ok());
            larger.any(|larger| larger.len() > sources.len() && holds_all(larger))
        };
        let mut echoes = Vec::new();
        for same in statements() {
            // The earliest counts, unless a larger statement says it too.
            let counting = usize::from(!is_within_larger(same[0].group, &same[0].sources));
            echoes.extend(same[counting..].iter().map(|candidate| candidate.row));
        }
        echoes.sort_unstable();
        echoes
    }
}
