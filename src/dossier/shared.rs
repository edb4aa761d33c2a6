//! Lists of rows that begin alike, kept once: the origins of copies of copies, and who speaks in them.

use std::ops::Deref;
use std::sync::Arc;

use super::columns::Set;

/// A list of rows that shares its memory with the longer lists that begin with it.
#[derive(Clone, Debug, Default)]
pub(crate) enum Shared {
    #[default]
    None,
    One(u32),
    /// The first `usize` of these rows.
    Beginning(Arc<Vec<u32>>, usize),
}

impl Deref for Shared {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        match self {
            Self::None => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::Beginning(rows, len) => rows.get(..*len).unwrap_or_default(),
        }
    }
}

impl From<&[u32]> for Shared {
    fn from(rows: &[u32]) -> Self {
        match rows {
            [] => Self::None,
            [one] => Self::One(*one),
            several => several.to_vec().into(),
        }
    }
}

impl From<Vec<u32>> for Shared {
    fn from(rows: Vec<u32>) -> Self {
        match rows.as_slice() {
            [] => Self::None,
            [one] => Self::One(*one),
            _ => {
                let len = rows.len();
                Self::Beginning(Arc::new(rows), len)
            }
        }
    }
}

impl FromIterator<u32> for Shared {
    fn from_iter<I: IntoIterator<Item = u32>>(rows: I) -> Self {
        rows.into_iter().collect::<Vec<u32>>().into()
    }
}

impl<'s> IntoIterator for &'s Shared {
    type Item = &'s u32;
    type IntoIter = std::slice::Iter<'s, u32>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Shared {
    /// The first `len` of some rows.
    pub(crate) fn beginning(rows: &Arc<Vec<u32>>, len: usize) -> Self {
        match rows.get(..len).unwrap_or_default() {
            [] => Self::None,
            [one] => Self::One(*one),
            _ => Self::Beginning(Arc::clone(rows), len),
        }
    }
}

/// Folds the rows of many lists, visiting rows that several lists share only once.
///
/// `step` adds a row to the state; `read` gets the key of a list and the state after its last row. Lists come
/// in no particular order.
pub(crate) fn along<'s, K: Copy, S>(
    lists: impl IntoIterator<Item = (K, &'s Shared)>,
    begin: impl Fn() -> S,
    mut step: impl FnMut(&mut S, u32),
    mut read: impl FnMut(K, &S),
) {
    for alike in Alike::among(lists).each() {
        let (mut state, mut passed) = (begin(), 0);
        for (key, list) in alike {
            list[passed..].iter().for_each(|row| step(&mut state, *row));
            passed = list.len();
            read(*key, &state);
        }
    }
}

/// Maps the rows of each list to other rows, each kept once, in order. Lists that share their beginning map
/// to lists that share theirs.
pub(crate) fn gather<'s, K: Copy, I: IntoIterator<Item = u32>>(
    lists: impl IntoIterator<Item = (K, &'s Shared)>,
    leads_to: impl Fn(u32) -> I,
) -> Vec<(K, Shared)> {
    let mut gathered = Vec::new();
    for alike in Alike::among(lists).each() {
        if let [(key, Shared::One(row))] = alike {
            gathered.push((*key, leads_to(*row).into_iter().collect()));
            continue;
        }
        let (mut all, mut passed) = (Set::<u32>::default(), 0);
        let mut reached = Vec::with_capacity(alike.len());
        for (key, list) in alike {
            list[passed..].iter().for_each(|row| all.extend(leads_to(*row)));
            passed = list.len();
            reached.push((*key, all.len()));
        }
        let all = Arc::new(all.into_iter().collect());
        gathered.extend(reached.into_iter().map(|(key, len)| (key, Shared::beginning(&all, len))));
    }
    gathered
}

/// Lists sorted so that those which share memory are neighbours, the shortest first.
struct Alike<'s, K>(Vec<(K, &'s Shared)>);

impl<'s, K> Alike<'s, K> {
    fn among(lists: impl IntoIterator<Item = (K, &'s Shared)>) -> Self {
        let mut lists: Vec<(K, &Shared)> = lists.into_iter().collect();
        lists.sort_by_key(|(_, list)| (list.as_ptr(), list.len()));
        Self(lists)
    }

    fn each(&self) -> impl Iterator<Item = &[(K, &'s Shared)]> {
        self.0.chunk_by(|(_, one), (_, other)| std::ptr::eq(one.as_ptr(), other.as_ptr()))
    }
}

/// Builds sorted lists as unions of one another. A list that extends another one reuses its memory.
#[derive(Default)]
pub(crate) struct Growing(Vec<Vec<u32>>);

/// A list under construction: the beginning of one of the builder's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    None,
    One(u32),
    /// The first `len` rows of a list of the builder's.
    Of {
        list: usize,
        len: usize,
    },
}

impl Growing {
    /// The union of some lists. Where all other rows come after the last of the longest list, and nobody has
    /// extended that one yet, it is extended in place; else it is copied.
    pub(crate) fn union(&mut self, lists: impl Iterator<Item = Start> + Clone) -> Start {
        let longest = lists.clone().max_by_key(|start| self.rows(start).len()).unwrap_or(Start::None);
        let is_beginning = |start: &Start| match (*start, longest) {
            (Start::Of { list, .. }, Start::Of { list: other, .. }) => list == other,
            (start, longest) => start == longest,
        };
        let known = self.rows(&longest);
        let mut more: Vec<u32> = Vec::new();
        for start in lists.filter(|start| !is_beginning(start)) {
            let rows = self.rows(&start).iter();
            more.extend(rows.filter(|row| known.binary_search(row).is_err()));
        }
        more.sort_unstable();
        more.dedup();
        let Some(first) = more.first() else { return longest };
        if let Start::Of { list, len } = longest
            && self.0[list].len() == len
            && self.0[list].last() < Some(first)
        {
            self.0[list].append(&mut more);
            return Start::Of { list, len: self.0[list].len() };
        }
        if known.is_empty() && more.len() == 1 {
            return Start::One(*first);
        }
        let mut all = [known, &more].concat();
        all.sort(); // merges two runs that are sorted
        self.0.push(all);
        Start::Of { list: self.0.len() - 1, len: self.0.last().map_or(0, Vec::len) }
    }

    fn rows<'a>(&'a self, start: &'a Start) -> &'a [u32] {
        match start {
            Start::None => &[],
            Start::One(one) => std::slice::from_ref(one),
            Start::Of { list, len } => &self.0[*list][..*len],
        }
    }

    /// Turns lists under construction into shared lists.
    pub(crate) fn finish(self) -> impl Fn(Start) -> Shared {
        let lists: Vec<Arc<Vec<u32>>> = self.0.into_iter().map(Arc::new).collect();
        move |start| match start {
            Start::None => Shared::None,
            Start::One(one) => Shared::One(one),
            Start::Of { list, len } => Shared::beginning(&lists[list], len),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::dossier::columns::index;

    /// Lists, each made of earlier ones and of rows of its own, which mostly come after theirs.
    fn lists() -> impl Strategy<Value = Vec<(Vec<prop::sample::Index>, Vec<u32>)>> {
        let rows = prop::collection::vec(0..60_u32, 0..3);
        prop::collection::vec((prop::collection::vec(any::<prop::sample::Index>(), 0..3), rows), 1..24)
    }

    proptest! {
        #[test]
        fn lists_put_together_hold_what_their_parts_hold(lists in lists()) {
            let mut growing = Growing::default();
            let (mut starts, mut expected): (Vec<Start>, Vec<BTreeSet<u32>>) = Default::default();
            for (number, (parts, rows)) in lists.iter().enumerate() {
                let parts: Vec<usize> = parts.iter().filter(|_| number > 0).map(|part| part.index(number)).collect();
                // Half of the rows are new to all, and come after them.
                let rows = rows.iter().map(|row| if row % 2 == 0 { *row } else { 60 + index(number) });
                let rows: Vec<u32> = rows.collect();
                let all = parts.iter().flat_map(|part| &expected[*part]).chain(&rows).copied().collect();
                let behind: Vec<Start> =
                    parts.iter().map(|part| starts[*part]).chain(rows.iter().map(|row| Start::One(*row))).collect();
                starts.push(growing.union(behind.iter().copied()));
                expected.push(all);
            }
            let finished = growing.finish();
            let lists: Vec<Shared> = starts.into_iter().map(finished).collect();
            for (list, expected) in lists.iter().zip(&expected) {
                prop_assert_eq!(list.to_vec(), expected.iter().copied().collect::<Vec<_>>());
            }
            let numbered = || lists.iter().enumerate();
            // Rows lead to several, some of them to none.
            let leads_to = |row: u32| (row % 7..row % 7 + row % 3).rev();
            for (number, gathered) in gather(numbered(), leads_to) {
                let each = lists[number].iter().flat_map(|row| leads_to(*row));
                let expected: Set<u32> = each.collect();
                prop_assert_eq!(gathered.to_vec(), expected.into_iter().collect::<Vec<_>>());
            }
            let mut sums = vec![None; lists.len()];
            along(numbered(), || 0, |sum, row| *sum += row, |number, sum| sums[number] = Some(*sum));
            let expected: Vec<Option<u32>> = lists.iter().map(|list| Some(list.iter().sum())).collect();
            prop_assert_eq!(sums, expected);
        }
    }

    #[test]
    fn a_chain_of_lists_that_grow_is_one_list() {
        let mut growing = Growing::default();
        let mut starts = vec![Start::One(0)];
        for row in 1..1_000 {
            let last = starts[starts.len() - 1];
            starts.push(growing.union([Start::One(row), last].into_iter()));
        }
        assert_eq!(growing.0.len(), 1);
        assert_eq!(growing.0[0].len(), 1_000);
        assert_eq!(starts[999], Start::Of { list: 0, len: 1_000 });
    }
}
