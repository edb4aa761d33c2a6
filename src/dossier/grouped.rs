//! Which assertions answer which claim, with what most findings need of them.

use super::number::{NONE, index, make_room};
use crate::model::assertion::Stance;
use crate::model::date::PackedDate;

/// An assertion in numbers: what most findings need of it, so that they needn't look for it all over the
/// columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GroupedRow {
    pub(crate) assertion: u32,
    pub(crate) value: u32,
    pub(crate) by: u32,
    pub(crate) stance: Stance,
    pub(crate) asserted: PackedDate,
}

impl GroupedRow {
    /// Stands where there is room for more.
    const ROOM: Self =
        Self { assertion: NONE, value: NONE, by: NONE, stance: Stance::Affirms, asserted: PackedDate::NONE };
}

/// The assertions on each claim, in input order.
///
/// They lie claim by claim in one list. What comes later is put behind a claim's own, where there is room, or
/// moves with them to the end, where twice the room is made. That is the state that each claim is judged by:
/// it grows by an assertion at a time, and however assertions are parted, grouping the parts and merging them
/// comes to the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grouped {
    stretches: Vec<ClaimRange>,
    rows: Vec<GroupedRow>,
    /// How many assertions are grouped.
    count: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct ClaimRange {
    begin: u32,
    len: u32,
    room: u32,
}

impl Grouped {
    /// The assertions on one claim.
    pub(crate) fn of(&self, claim: u32) -> &[GroupedRow] {
        let stretch = self.stretches.get(claim as usize).copied().unwrap_or_default();
        &self.rows[stretch.begin as usize..][..stretch.len as usize]
    }

    /// Adds the assertions that were recorded since, given the claims of all.
    pub(crate) fn catch_up(&mut self, claims: &[u32], row: impl Fn(u32) -> GroupedRow + Sync) {
        let threads = threads_worth(claims.len() - self.count);
        self.catch_up_on(threads, claims, row);
    }

    fn catch_up_on(&mut self, threads: usize, claims: &[u32], row: impl Fn(u32) -> GroupedRow + Sync) {
        let (new, from) = (&claims[self.count..], index(self.count));
        // An eighth more is worth going over all that there is.
        if new.len() > self.count.max(self.stretches.len()) / 8 {
            let part = Self::grouping(new, &|at| row(from + at), threads);
            *self = if self.count == 0 { part } else { self.merge(&part) };
        } else {
            for (claim, at) in new.iter().zip(from..) {
                self.push(*claim, row(at));
            }
            self.count = claims.len();
        }
    }

    /// Groups assertions: counts first how many each claim has, so that each can be put to its place at once.
    fn grouping(claims: &[u32], row: &(impl Fn(u32) -> GroupedRow + Sync), threads: usize) -> Self {
        let mut ends = counts(claims, threads);
        let mut begin = 0;
        let stretches = ends.iter_mut().map(|end| {
            let len = std::mem::replace(end, begin);
            let stretch = ClaimRange { begin, len, room: len };
            begin += len;
            stretch
        });
        let (stretches, mut rows) = (stretches.collect(), room(claims.len(), threads));
        Scatter { first: 0, begin: 0, ends: &mut ends, rows: &mut rows }.fill(claims, row, threads);
        Self { stretches, rows, count: claims.len() }
    }

    /// Puts all assertions of two parts together.
    pub(crate) fn merge(&self, other: &Self) -> Self {
        let claims = self.stretches.len().max(other.stretches.len());
        let (mut stretches, mut rows) =
            (Vec::with_capacity(claims), Vec::with_capacity(self.count + other.count));
        for claim in 0..index(claims) {
            let (some, others, begin) = (self.of(claim), other.of(claim), rows.len());
            rows.extend_from_slice(some);
            rows.extend_from_slice(others);
            if some.last().zip(others.first()).is_some_and(|(one, other)| one.assertion > other.assertion) {
                rows[begin..].sort_unstable_by_key(|row| row.assertion);
            }
            let (begin, len) = (index(begin), index(some.len() + others.len()));
            stretches.push(ClaimRange { begin, len, room: len });
        }
        Self { stretches, rows, count: self.count + other.count }
    }

    /// Lays all out anew with some room behind each claim's own, so that few must move when more is said.
    pub(crate) fn make_room(&mut self) {
        let room = |len: u32| len + (len / 4).max(2);
        let all: usize = self.stretches.iter().map(|stretch| room(stretch.len) as usize).sum();
        let mut rows = Vec::with_capacity(all + all / 16);
        for ClaimRange { begin, len, room: own } in &mut self.stretches {
            let moved = index(rows.len());
            rows.extend_from_slice(&self.rows[*begin as usize..][..*len as usize]);
            (*begin, *own) = (moved, room(*len));
            rows.resize((moved + *own) as usize, GroupedRow::ROOM);
        }
        // Those that must move all the same go behind the others.
        make_room(&mut rows, all / 16, GroupedRow::ROOM);
        self.rows = rows;
    }

    /// Adds an assertion.
    pub(crate) fn push(&mut self, claim: u32, row: GroupedRow) {
        let ClaimRange { begin, len, room } = *self.stretch(claim);
        if len < room {
            self.rows[(begin + len) as usize] = row;
            self.stretch(claim).len += 1;
            return;
        }
        let moved = ClaimRange { begin: index(self.rows.len()), len: len + 1, room: (len * 2).max(4) };
        self.rows.extend_from_within(begin as usize..(begin + len) as usize);
        self.rows.push(row);
        self.rows.resize((moved.begin + moved.room) as usize, GroupedRow::ROOM);
        *self.stretch(claim) = moved;
    }

    fn stretch(&mut self, claim: u32) -> &mut ClaimRange {
        let claim = claim as usize;
        if claim >= self.stretches.len() {
            self.stretches.resize(claim + 1, ClaimRange::default());
        }
        &mut self.stretches[claim]
    }
}

/// How many of the assertions are on each claim.
fn counts(claims: &[u32], threads: usize) -> Vec<u32> {
    #[cfg(feature = "rayon")]
    if threads > 1 {
        let (some, others) = claims.split_at(claims.len() / 2);
        let (mut one, mut other) =
            rayon::join(|| counts(some, threads / 2), || counts(others, threads - threads / 2));
        one.resize(one.len().max(other.len()), 0);
        other.resize(one.len(), 0);
        one.iter_mut().zip(other).for_each(|(one, other)| *one += other);
        return one;
    }
    let _ = threads;
    let mut counts = vec![0; claims.iter().max().map_or(0, |last| *last as usize + 1)];
    for claim in claims {
        counts[*claim as usize] += 1;
    }
    counts
}

/// A list for this many assertions, whose memory several threads fill where there are any.
fn room(count: usize, threads: usize) -> Vec<GroupedRow> {
    #[cfg(feature = "rayon")]
    if threads > 1 {
        use rayon::iter::ParallelIterator;

        // Fresh memory takes as long to get as to fill.
        return rayon::iter::repeat_n(GroupedRow::ROOM, count).collect();
    }
    let _ = threads;
    vec![GroupedRow::ROOM; count]
}

/// Where the assertions on some claims belong.
struct Scatter<'p> {
    /// The first of the claims.
    first: u32,
    /// Where its assertions begin among all.
    begin: u32,
    /// Where the next one on each claim belongs.
    ends: &'p mut [u32],
    rows: &'p mut [GroupedRow],
}

impl Scatter<'_> {
    /// Puts each assertion on these claims to its place. Several threads have some of the claims each.
    fn fill(self, claims: &[u32], row: &(impl Fn(u32) -> GroupedRow + Sync), threads: usize) {
        let Self { first, begin, ends, rows } = self;
        let count = index(ends.len());
        #[cfg(feature = "rayon")]
        if threads > 1 {
            let share = rows.len() * (threads / 2) / threads;
            let many = ends.partition_point(|end| ((end - begin) as usize) < share);
            let middle = ends.get(many).map_or(begin + index(rows.len()), |end| *end);
            let (some_ends, other_ends) = ends.split_at_mut(many);
            let (some, others) = rows.split_at_mut((middle - begin) as usize);
            let some = Scatter { first, begin, ends: some_ends, rows: some };
            let others =
                Scatter { first: first + index(many), begin: middle, ends: other_ends, rows: others };
            rayon::join(
                || some.fill(claims, row, threads / 2),
                || others.fill(claims, row, threads - threads / 2),
            );
            return;
        }
        let _ = threads;
        let mut put = |own: &[u32]| {
            for at in own {
                let end = &mut ends[(claims[*at as usize] - first) as usize];
                rows[(*end - begin) as usize] = row(*at);
                *end += 1;
            }
        };
        // A branch for each assertion, whether it is on these claims, would be guessed wrong as often as
        // right.
        let mut own = [0; 1 << 10];
        for (some, from) in claims.chunks(own.len()).zip((0..).step_by(own.len())) {
            let mut found = 0;
            for (claim, at) in some.iter().zip(from..) {
                own[found] = at;
                found += usize::from(claim.wrapping_sub(first) < count);
            }
            put(&own[..found]);
        }
    }
}

/// How many threads to group this many assertions on: one, where sharing would take longer.
fn threads_worth(assertions: usize) -> usize {
    #[cfg(feature = "rayon")]
    if assertions > 1 << 16 {
        return rayon::current_num_threads();
    }
    let _ = assertions;
    1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn assertions_lie_claim_by_claim(
            files in prop::collection::vec((prop::collection::vec(0..9_u32, 0..30), any::<bool>()), 0..8),
            threads in 1..4_usize,
        ) {
            let (mut grouped, mut claims) = (Grouped::default(), Vec::new());
            for (file, with_room) in files {
                if with_room {
                    grouped.make_room();
                }
                claims.extend(file);
                grouped.catch_up_on(threads, &claims, |assertion| GroupedRow { assertion, ..GroupedRow::ROOM });
                for claim in 0..10 {
                    let own = claims.iter().zip(0..).filter(|(of, _)| **of == claim);
                    let own: Vec<GroupedRow> = own.map(|(_, assertion)| GroupedRow { assertion, ..GroupedRow::ROOM }).collect();
                    prop_assert_eq!(grouped.of(claim), own);
                }
            }
        }
    }
}
