//! Which assertions answer which claim, with what most findings need of them.

use super::columns::{NONE, index, make_room};
use crate::model::assertion::Stance;
use crate::model::date::Packed;

/// An assertion in numbers: what most findings need of it, so that they needn't look for it all over the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) assertion: u32,
    pub(crate) value: u32,
    pub(crate) by: u32,
    pub(crate) stance: Stance,
    pub(crate) asserted: Packed,
}

impl Row {
    /// Stands where there is room for more.
    const ROOM: Self = Self { assertion: NONE, value: NONE, by: NONE, stance: Stance::Affirms, asserted: Packed::NONE };
}

/// The assertions on each claim, in input order.
///
/// They lie claim by claim in one list. What comes later is put behind a claim's own, where there is room, or moves with
/// them to the end, where twice the room is made. That is the state that each claim is judged by: it grows by an assertion
/// at a time, and however assertions are parted, grouping the parts and merging them comes to the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grouped {
    stretches: Vec<Stretch>,
    rows: Vec<Row>,
    /// So many assertions are in.
    count: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Stretch {
    begin: u32,
    len: u32,
    room: u32,
}

impl Grouped {
    /// The assertions on one claim.
    pub(crate) fn of(&self, claim: u32) -> &[Row] {
        let stretch = self.stretches.get(claim as usize).copied().unwrap_or_default();
        &self.rows[stretch.begin as usize..][..stretch.len as usize]
    }

    /// Takes in the assertions that have come since, given the claims of all.
    pub(crate) fn catch_up(&mut self, claims: &[u32], row: impl Fn(u32) -> Row + Sync) {
        let new = &claims[self.count..];
        if new.len() > self.count {
            *self = Self::grouping(claims, 0, &row, threads_worth(claims.len()));
        } else {
            for (claim, at) in new.iter().zip(index(self.count)..) {
                self.push(*claim, row(at));
            }
            self.count = claims.len();
        }
    }

    /// Groups assertions from one on: counts first how many each claim has, so that each can be put to its place at once.
    fn grouping(claims: &[u32], from: u32, row: &(impl Fn(u32) -> Row + Sync), threads: usize) -> Self {
        #[cfg(feature = "rayon")]
        if threads > 1 {
            let (some, others) = claims.split_at(claims.len() / 2);
            let (one, other) = rayon::join(
                || Self::grouping(some, from, row, threads / 2),
                || Self::grouping(others, from + index(some.len()), row, threads - threads / 2),
            );
            return one.merge(&other);
        }
        let _ = threads;
        let count = claims.iter().max().map_or(0, |last| *last as usize + 1);
        let mut ends = vec![0; count];
        for claim in claims {
            ends[*claim as usize] += 1;
        }
        let mut begin = 0;
        let stretches = ends.iter_mut().map(|end| {
            let len = std::mem::replace(end, begin);
            let stretch = Stretch { begin, len, room: len };
            begin += len;
            stretch
        });
        let (stretches, mut rows) = (stretches.collect(), vec![Row::ROOM; claims.len()]);
        for (claim, at) in claims.iter().zip(from..) {
            let end = &mut ends[*claim as usize];
            rows[*end as usize] = row(at);
            *end += 1;
        }
        Self { stretches, rows, count: claims.len() }
    }

    /// Puts all assertions of two parts together.
    #[cfg(any(test, feature = "rayon"))]
    pub(crate) fn merge(&self, other: &Self) -> Self {
        let claims = self.stretches.len().max(other.stretches.len());
        let (mut stretches, mut rows) = (Vec::with_capacity(claims), Vec::with_capacity(self.count + other.count));
        for claim in 0..index(claims) {
            let (some, others, begin) = (self.of(claim), other.of(claim), rows.len());
            rows.extend_from_slice(some);
            rows.extend_from_slice(others);
            if some.last().zip(others.first()).is_some_and(|(one, other)| one.assertion > other.assertion) {
                rows[begin..].sort_unstable_by_key(|row| row.assertion);
            }
            let (begin, len) = (index(begin), index(some.len() + others.len()));
            stretches.push(Stretch { begin, len, room: len });
        }
        Self { stretches, rows, count: self.count + other.count }
    }

    /// Lays all out anew with some room behind each claim's own, so that few must move when more is said.
    pub(crate) fn make_room(&mut self) {
        let room = |len: u32| len + (len / 4).max(2);
        let all: usize = self.stretches.iter().map(|stretch| room(stretch.len) as usize).sum();
        let mut rows = Vec::with_capacity(all + all / 16);
        for Stretch { begin, len, room: own } in &mut self.stretches {
            let moved = index(rows.len());
            rows.extend_from_slice(&self.rows[*begin as usize..][..*len as usize]);
            (*begin, *own) = (moved, room(*len));
            rows.resize((moved + *own) as usize, Row::ROOM);
        }
        // Those that must move all the same go behind the others.
        make_room(&mut rows, all / 16, Row::ROOM);
        self.rows = rows;
    }

    /// Adds an assertion.
    pub(crate) fn push(&mut self, claim: u32, row: Row) {
        let Stretch { begin, len, room } = *self.stretch(claim);
        if len < room {
            self.rows[(begin + len) as usize] = row;
            self.stretch(claim).len += 1;
            return;
        }
        let moved = Stretch { begin: index(self.rows.len()), len: len + 1, room: (len * 2).max(4) };
        self.rows.extend_from_within(begin as usize..(begin + len) as usize);
        self.rows.push(row);
        self.rows.resize((moved.begin + moved.room) as usize, Row::ROOM);
        *self.stretch(claim) = moved;
    }

    fn stretch(&mut self, claim: u32) -> &mut Stretch {
        let claim = claim as usize;
        if claim >= self.stretches.len() {
            self.stretches.resize(claim + 1, Stretch::default());
        }
        &mut self.stretches[claim]
    }
}

/// How many threads so many assertions are worth, of those that there are.
fn threads_worth(assertions: usize) -> usize {
    #[cfg(feature = "rayon")]
    if assertions > if cfg!(test) { 8 } else { 1 << 16 } {
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
        ) {
            let (mut grouped, mut claims) = (Grouped::default(), Vec::new());
            for (file, with_room) in files {
                if with_room {
                    grouped.make_room();
                }
                claims.extend(file);
                grouped.catch_up(&claims, |assertion| Row { assertion, ..Row::ROOM });
                for claim in 0..10 {
                    let own = claims.iter().zip(0..).filter(|(of, _)| **of == claim);
                    let own: Vec<Row> = own.map(|(_, assertion)| Row { assertion, ..Row::ROOM }).collect();
                    prop_assert_eq!(grouped.of(claim), own);
                }
            }
        }
    }
}
