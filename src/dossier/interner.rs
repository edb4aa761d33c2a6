//! Texts by number, in the order in which they came: ids, words, sayings.
//!
//! All texts lie behind one another, and a table of their hashes beside them finds each. That is a third of
//! what a map of owned texts takes, in memory and in time.

#[cfg(any(feature = "json", feature = "csv"))]
pub(crate) mod fast_lookup;

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher};
use std::ops::{Index, IndexMut};

use crate::model::hashing::FixedState;

use super::number::index;

/// A set of texts, each with its number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interner {
    text: String,
    /// Where each text ends, and the next begins.
    ends: Vec<usize>,
    /// A text stands in the group that its hash begins with, or in one behind it where that is full. There
    /// are as many groups as a power of two.
    groups: Vec<ProbeGroup>,
    /// The numbers of texts that found no place near to where their hash says. That happens only to texts
    /// that were made up to have the hash of many others, and finding them here takes no longer however many
    /// they are.
    crowded: BTreeMap<Box<str>, u32>,
}

/// How many groups are probed for a text before it counts as crowded.
const MAX_PROBES: usize = 64;

/// Four texts, side by side in a line of the processor's cache; in front of the others those that are there.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct ProbeGroup {
    first: [u32; 4],
    second: [u32; 4],
    third: [u32; 4],
    /// The number of each text, from one; zero where there is none.
    number: [u32; 4],
}

impl ProbeGroup {
    /// The number of a key, from one; zero where it isn't here. All four are compared, whichever it is.
    fn number_of(&self, InternKey([first, second, third]): InternKey) -> u32 {
        let mut number = self.number;
        for (at, number) in number.iter_mut().enumerate() {
            let other = (self.first[at] ^ first) | (self.second[at] ^ second) | (self.third[at] ^ third);
            *number &= u32::from(other == 0).wrapping_neg();
        }
        number[0] | number[1] | number[2] | number[3]
    }
}

/// A text in three words: a short one, as most ids are, is all in them, with its length behind it; a longer
/// one has its hash there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct InternKey([u32; 3]);

impl InternKey {
    /// Texts of up to this many bytes are short.
    const SHORT: usize = 11;
    /// Stands for the length of a text that is too long.
    const LONG: u32 = 0xff << 24;

    /// The key of up to eleven bytes, behind which stand zeros.
    fn short(low: u64, high: u32, len: usize) -> Self {
        Self([low as u32, (low >> 32) as u32, high | (len as u32) << 24])
    }

    fn of(text: &[u8]) -> Self {
        let eight = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
        let four = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
        let len = text.len();
        match (text, text.first_chunk(), text.last_chunk(), text.first_chunk(), text.last_chunk()) {
            _ if len > Self::SHORT => Self::long(text),
            // The last eight bytes overlap the first eight: shift out what they share.
            (_, Some(first), Some(last), ..) if len > 8 => {
                Self::short(eight(first), (eight(last) >> (8 * (16 - len))) as u32, len)
            }
            (_, Some(first), ..) => Self::short(eight(first), 0, len),
            (.., Some(first), Some(last)) => Self::short(four(first) | four(last) << (8 * (len - 4)), 0, len),
            ([a, .., b], ..) => {
                let middle = u64::from(text[len / 2]);
                Self::short(u64::from(*a) | middle << 8 | u64::from(*b) << (8 * (len - 1)), 0, len)
            }
            ([a], ..) => Self::short(u64::from(*a), 0, len),
            ([], ..) => Self::default(),
        }
    }

    fn long(text: &[u8]) -> Self {
        let mut hasher = FixedState::default().build_hasher();
        hasher.write(text);
        let hash = hasher.finish();
        Self([hash as u32, (hash >> 32) as u32, Self::LONG | text.len() as u32 & !Self::LONG])
    }

    fn is_long(self) -> bool {
        self.0[2] >= Self::LONG
    }

    fn hash(self) -> u32 {
        let Self([first, second, third]) = self;
        let (low, high) = (u64::from(first) | u64::from(second) << 32, u64::from(third));
        // Each bit of the two words moves half of the middle bits of their product; the digits of pi keep
        // both from zero.
        let product = u128::from(low ^ 0x243f_6a88_85a3_08d3) * u128::from(high ^ 0x1319_8a2e_0370_7344);
        let mixed = (product as u64 ^ (product >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 32) as u32
    }
}

impl Interner {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of that number.
    pub(crate) fn get_index(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)?;
        let begin = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(begin..end)
    }

    /// The number of a text.
    pub(crate) fn get_index_of(&self, text: &str) -> Option<usize> {
        let key = InternKey::of(text.as_bytes());
        // Nearly every text is short, and stands where its hash says.
        match self.groups.get(self.group(key)).map_or(0, |group| group.number_of(key)) {
            number if number > 0 && !key.is_long() => Some(number as usize - 1),
            _ => self.find(key, text).ok(),
        }
    }

    /// The number of a text, which is added if it isn't there.
    pub(crate) fn insert(&mut self, text: &str) -> u32 {
        let key = InternKey::of(text.as_bytes());
        match self.find(key, text) {
            Ok(at) => index(at),
            Err(mut place) => {
                // A third of the places stay free, so that nearly every text stands where its hash says.
                if (self.len() + 1) * 3 > self.groups.len() * 8 {
                    self.grow();
                    place = self.find_free(key);
                }
                self.text.push_str(text);
                self.ends.push(self.text.len());
                let number = index(self.len());
                match place {
                    Some(place) => self.place(place, key, number),
                    None => drop(self.crowded.insert(text.into(), number)),
                }
                number - 1
            }
        }
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|at| self.get_index(at).unwrap_or_default())
    }

    /// The number of a text, or the free place where it would stand, if there is one near: a group, and one
    /// of its four.
    fn find(&self, key: InternKey, text: &str) -> Result<usize, Option<(usize, usize)>> {
        for at in self.near(key) {
            let group = &self.groups[at];
            for (place, number) in group.number.into_iter().enumerate() {
                if number == 0 {
                    return Err(Some((at, place)));
                }
                let is_it = InternKey([group.first[place], group.second[place], group.third[place]]) == key;
                let number = number as usize - 1;
                if is_it && (!key.is_long() || self.get_index(number) == Some(text)) {
                    return Ok(number);
                }
            }
        }
        self.crowded.get(text).map(|number| *number as usize - 1).ok_or(None)
    }

    /// The nearest free place for a text that isn't there.
    fn find_free(&self, key: InternKey) -> Option<(usize, usize)> {
        let place = |at: usize| self.groups[at].number.iter().position(|number| *number == 0);
        self.near(key).find_map(|at| Some((at, place(at)?)))
    }

    /// The groups that a text may stand in.
    fn near(&self, key: InternKey) -> impl Iterator<Item = usize> + use<> {
        let (first, count) = (self.group(key), self.groups.len());
        (first..first + MAX_PROBES.min(count)).map(move |at| at & (count - 1))
    }

    /// The group that a key's hash begins with.
    fn group(&self, key: InternKey) -> usize {
        if self.groups.is_empty() {
            return 0;
        }
        (u64::from(key.hash()) << self.groups.len().trailing_zeros() >> 32) as usize
    }

    fn place(
        &mut self,
        (group, place): (usize, usize),
        InternKey([first, second, third]): InternKey,
        number: u32,
    ) {
        let ProbeGroup { first: firsts, second: seconds, third: thirds, number: numbers } =
            &mut self.groups[group];
        (firsts[place], seconds[place], thirds[place], numbers[place]) = (first, second, third, number);
    }

    fn grow(&mut self) {
        let grown = vec![ProbeGroup::default(); (self.groups.len() * 2).max(2)];
        for ProbeGroup { first, second, third, number } in std::mem::replace(&mut self.groups, grown) {
            for at in (0..4).take_while(|at| number[*at] > 0) {
                self.reinsert(InternKey([first[at], second[at], third[at]]), number[at]);
            }
        }
        for (text, number) in std::mem::take(&mut self.crowded) {
            self.reinsert(InternKey::of(text.as_bytes()), number);
        }
    }

    /// Gives a text its place among others.
    fn reinsert(&mut self, key: InternKey, number: u32) {
        match self.find_free(key) {
            Some(place) => self.place(place, key, number),
            None => {
                let text = self.get_index(number as usize - 1).unwrap_or_default().into();
                self.crowded.insert(text, number);
            }
        }
    }
}

/// Rows by id and by number, in the order in which they came.
#[derive(Clone, Debug)]
pub(crate) struct Interned<Row> {
    ids: Interner,
    rows: Vec<Row>,
}

impl<Row> Default for Interned<Row> {
    fn default() -> Self {
        Self { ids: Interner::default(), rows: Vec::new() }
    }
}

impl<Row> Interned<Row> {
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn get_index(&self, at: usize) -> Option<(&str, &Row)> {
        Some((self.ids.get_index(at)?, self.rows.get(at)?))
    }

    pub(crate) fn get_index_of(&self, id: &str) -> Option<usize> {
        self.ids.get_index_of(id)
    }

    pub(crate) fn contains_key(&self, id: &str) -> bool {
        self.get_index_of(id).is_some()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Row> {
        self.rows.get(self.get_index_of(id)?)
    }

    /// The number of an id, with a new row if it isn't there.
    pub(crate) fn insert_with(&mut self, id: &str, row: impl FnOnce() -> Row) -> u32 {
        let at = self.ids.insert(id);
        if at as usize == self.rows.len() {
            self.rows.push(row());
        }
        at
    }

    pub(crate) fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.ids.iter()
    }

    pub(crate) fn values(&self) -> impl ExactSizeIterator<Item = &Row> {
        self.rows.iter()
    }

    pub(crate) fn values_mut(&mut self) -> impl ExactSizeIterator<Item = &mut Row> {
        self.rows.iter_mut()
    }
}

impl<Row> Index<usize> for Interned<Row> {
    type Output = Row;

    fn index(&self, at: usize) -> &Row {
        &self.rows[at]
    }
}

impl<Row> IndexMut<usize> for Interned<Row> {
    fn index_mut(&mut self, at: usize) -> &mut Row {
        &mut self.rows[at]
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use indexmap::IndexSet;
    use proptest::prelude::*;

    use super::*;

    /// More texts than are probed for, short and long ones, that all belong into the first group of a table
    /// of up to 1,024 groups. Their table has 512.
    pub(super) fn crowd() -> Vec<String> {
        static CROWD: LazyLock<Vec<String>> = LazyLock::new(|| {
            let is_first = |text: &String| InternKey::of(text.as_bytes()).hash() >> 22 == 0;
            let crowd = |text: fn(u32) -> String| (0..).map(text).filter(is_first).take(400);
            crowd(|nth| nth.to_string()).chain(crowd(|nth| format!("{nth} of many people"))).collect()
        });
        CROWD.clone()
    }

    proptest! {
        #[test]
        fn names_are_numbered_as_they_come(
            some in prop::collection::vec("[ab\\u{e9}]{0,4}(c{8}|[a-c]{4,20})?", 0..400),
            is_crowded in prop::bool::weighted(0.1),
        ) {
            let (mut names, mut plain) = (Interner::default(), IndexSet::new());
            let texts = if is_crowded { [crowd(), some].concat() } else { some };
            for text in &texts {
                prop_assert_eq!(names.get_index_of(text), plain.get_index_of(text));
                prop_assert_eq!(names.insert(text) as usize, plain.insert_full(text.clone()).0);
            }
            prop_assert!(names.iter().eq(plain.iter().map(String::as_str)));
            prop_assert_eq!(names.crowded.is_empty(), !is_crowded);
        }
    }
}
