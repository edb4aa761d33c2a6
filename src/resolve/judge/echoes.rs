//! Echoes: whoever says again, alone or in smaller company, what they say in another statement with the same answers.
//!
//! A statement is all that the same sources say with the same answers. It is within a larger one when all its sources
//! take part in that. Only statements that are within no other are kept to look in, and of lists of sources that begin
//! alike the shorter is within the longer at a glance: so copies of copies, each with one more source behind it, aren't
//! compared source by source.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::hash::BuildHasher;

use super::{Answers, Judge};
use crate::dossier::shared::{Shared, along};
use crate::model::date::Date;
use crate::model::hashing::{FastMap, FixedState};

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
        let is_repeated = |row: usize| {
            // Lists that are shared may be long, and aren't gone through.
            let is_shared = !statements.exceptions.is_empty();
            is_shared || statements.speakers(row).iter().any(|speaker| marks.has(speaker.source))
        };
        let answering = statements.attributed.iter().zip(group_of).filter(|(row, _)| is_repeated(*row));
        let answering: Vec<(usize, u32, Shared)> =
            answering.map(|(row, group)| (row, *group, statements.sources(row))).collect();
        // When it was said, undated last; the original before its copies; then input order.
        let order = |row: usize| {
            let date = self.date(row).map(Date::last);
            (date.is_none(), date, statements.is_copy(row), row)
        };
        let spoken = answering.iter().map(|(row, group, sources)| Spoken {
            group: *group,
            sources,
            order: order(*row),
            row: *row,
        });
        echoes(&spoken.collect::<Vec<_>>())
    }
}

/// What some sources say, in one row.
struct Spoken<'s, O> {
    /// Which answers.
    group: u32,
    /// Who says so, each source once.
    sources: &'s Shared,
    /// Of several that say the same, the least one counts.
    order: O,
    row: usize,
}

/// All that the same sources say with the same answers.
struct StatementGroup<'s> {
    group: u32,
    sources: &'s Shared,
    /// The number of the one that counts.
    counts: usize,
}

/// The rows all of whose sources also speak in another one with the same answers. The first of them counts, unless a
/// larger statement says it too.
fn echoes<O: Ord>(spoken: &[Spoken<'_, O>]) -> Vec<usize> {
    let mut statements: Vec<StatementGroup<'_>> = Vec::new();
    let mut like: FastMap<(u32, usize, u64), Vec<usize>> = FastMap::default();
    for (number, hash) in sums(spoken).into_iter().enumerate() {
        let Spoken { group, sources, order, .. } = &spoken[number];
        let alike = like.entry((*group, sources.len(), hash)).or_default();
        match alike.iter().find(|at| same(statements[**at].sources, sources)) {
            Some(at) => {
                let counts = &mut statements[*at].counts;
                if *order < spoken[*counts].order {
                    *counts = number;
                }
            }
            None => {
                alike.push(statements.len());
                statements.push(StatementGroup { group: *group, sources, counts: number });
            }
        }
    }
    let mut is_echo = vec![true; spoken.len()];
    let mut larger = Larger::default();
    // The largest first; what is as large as another isn't within it, since they differ.
    let several = statements.iter().any(|statement| statement.sources.len() > 1);
    if several {
        statements.sort_by_key(|statement| Reverse(statement.sources.len()));
    }
    for statement in &statements {
        let is_within = several && larger.hold(statement);
        is_echo[statement.counts] = is_within;
        if several && !is_within {
            larger.keep(statement);
        }
    }
    let mut echoes: Vec<usize> =
        spoken.iter().zip(is_echo).filter(|(_, is_echo)| *is_echo).map(|(one, _)| one.row).collect();
    echoes.sort_unstable();
    echoes
}

/// For each list of sources a number that doesn't depend on their order.
fn sums<O>(spoken: &[Spoken<'_, O>]) -> Vec<u64> {
    let hash = |source: u32| FixedState::default().hash_one(source);
    let mut sums: Vec<u64> =
        spoken.iter().map(|one| one.sources.first().map_or(0, |one| hash(*one))).collect();
    let longer = spoken.iter().enumerate().filter(|(_, one)| one.sources.len() > 1);
    along(
        longer.map(|(number, one)| (number, one.sources)),
        || 0_u64,
        |sum, source| *sum = sum.wrapping_add(hash(source)),
        |number, sum| sums[number] = *sum,
    );
    sums
}

/// Whether two lists of one length have the same sources.
fn same(one: &Shared, other: &Shared) -> bool {
    std::ptr::eq(one.as_ptr(), other.as_ptr()) || **one == **other || sorted(one) == sorted(other)
}

fn sorted(sources: &Shared) -> Vec<u32> {
    let mut sorted = sources.to_vec();
    sorted.sort_unstable();
    sorted
}

/// Statements that are within no other.
#[derive(Default)]
struct Larger {
    joint: Vec<Vec<u32>>,
    /// Those that each source takes part in, with each answer.
    of_each: FastMap<(u32, u32), Vec<usize>>,
    /// How long the longest of those is that begin at the same place in memory.
    beginning: FastMap<(u32, *const u32), usize>,
}

impl Larger {
    /// Whether one of them has all the sources of a statement, and more.
    fn hold(&self, statement: &StatementGroup<'_>) -> bool {
        let StatementGroup { group, sources, .. } = statement;
        if self.beginning.get(&(*group, sources.as_ptr())).is_some_and(|len| *len > sources.len()) {
            return true;
        }
        let of_each =
            sources.iter().map(|source| self.of_each.get(&(*group, *source)).map_or(&[][..], Vec::as_slice));
        let mut fewest: Option<&[usize]> = None;
        for candidates in of_each {
            if candidates.is_empty() {
                return false;
            }
            if fewest.is_none_or(|fewest| candidates.len() < fewest.len()) {
                fewest = Some(candidates);
            }
        }
        let holds = |joint: &Vec<u32>| {
            joint.len() > sources.len() && sources.iter().all(|source| joint.binary_search(source).is_ok())
        };
        fewest.into_iter().flatten().any(|candidate| holds(&self.joint[*candidate]))
    }

    fn keep(&mut self, statement: &StatementGroup<'_>) {
        let StatementGroup { group, sources, .. } = statement;
        if sources.len() < 2 {
            return; // nothing is smaller
        }
        let number = self.joint.len();
        self.joint.push(sorted(sources));
        for source in *sources {
            self.of_each.entry((*group, *source)).or_default().push(number);
        }
        if let Entry::Vacant(first) = self.beginning.entry((*group, sources.as_ptr())) {
            first.insert(sources.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Lists of sources, some of them beginnings of others, with their answers.
    fn spoken() -> impl Strategy<Value = Vec<(u32, Shared)>> {
        let sources =
            prop::collection::btree_set(0..6_u32, 1..6).prop_map(|set| set.into_iter().collect::<Vec<_>>());
        let sources = sources.prop_shuffle().prop_map(Shared::from);
        let several = prop::collection::vec((0..2_u32, sources, any::<prop::sample::Index>()), 0..8);
        several.prop_map(|several| {
            let begins = |(group, sources, at): &(u32, Shared, prop::sample::Index)| match sources {
                Shared::Beginning(rows, len) => (*group, Shared::beginning(rows, 1 + at.index(*len))),
                short => (*group, short.clone()),
            };
            let shorter: Vec<(u32, Shared)> = several.iter().map(begins).collect();
            several.into_iter().map(|(group, sources, _)| (group, sources)).chain(shorter).collect()
        })
    }

    proptest! {
        #[test]
        fn an_echo_says_nothing_that_another_statement_does_not(spoken in spoken(), order in prop::collection::vec(0..3_u8, 16)) {
            let all: Vec<Spoken<'_, (u8, usize)>> = (0..)
                .zip(&spoken)
                .zip(order)
                .map(|((row, (group, sources)), order)| Spoken { group: *group, sources, order: (order, row), row })
                .collect();
            let is_echo = |one: &&Spoken<'_, (u8, usize)>| {
                all.iter().any(|other| {
                    let holds = one.sources.iter().all(|source| other.sources.contains(source));
                    let earlier = other.sources.len() > one.sources.len() || other.order < one.order;
                    one.group == other.group && holds && earlier
                })
            };
            let expected: Vec<usize> = all.iter().filter(is_echo).map(|one| one.row).collect();
            prop_assert_eq!(echoes(&all), expected);
        }
    }
}
