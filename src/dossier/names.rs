//! Texts by number, in the order in which they came: ids, words, sayings.
//!
//! All texts lie behind one another, and a table of their hashes beside them finds each. That is a third of what a map
//! of owned texts takes, in memory and in time.

use std::hash::{BuildHasher, Hasher};
use std::ops::{Index, IndexMut};

use foldhash::fast::FixedState;

use super::columns::{NONE, index};

/// A set of texts, each with its number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    text: String,
    /// Where each text ends, and the next begins.
    ends: Vec<usize>,
    /// A text stands at the place that its hash begins with, or behind it.
    slots: Vec<Slot>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Key,
    /// The upper half of the hash.
    hash: u32,
    /// The number of the text, from one; zero where there is none.
    number: u32,
}

/// A text in two words: a short one, as most ids are, is all in them, with its length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Key(u64, u64);

impl Key {
    /// Stands for the length of a text that is too long.
    const LONG: u64 = 0xff << 56;

    fn of(text: &[u8]) -> Self {
        let eight = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
        let four = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
        let len = text.len() as u64;
        match text {
            [] => Self(0, 0),
            [a] => Self(u64::from(*a), len << 56),
            [a, .., b] if len < 4 => {
                let middle = u64::from(text[text.len() / 2]);
                Self(u64::from(*a) | middle << 8 | u64::from(*b) << 16, len << 56)
            }
            _ => match (text.first_chunk(), text.last_chunk(), text.first_chunk(), text.last_chunk()) {
                (Some(first), Some(last), ..) if len < 16 => {
                    // The last eight bytes overlap the first, but for so many.
                    let behind = if len == 8 { 0 } else { eight(last) >> (8 * (16 - len)) };
                    Self(eight(first), behind | len << 56)
                }
                (None, _, Some(first), Some(last)) => Self(four(first) | four(last) << (8 * (len - 4)), len << 56),
                (first, ..) => Self(first.map_or(0, eight), Self::LONG | len & !Self::LONG),
            },
        }
    }

    fn hash(self, text: &[u8]) -> u32 {
        if self.1 >= Self::LONG {
            let mut hasher = FixedState::default().build_hasher();
            hasher.write(text);
            return (hasher.finish() >> 32) as u32;
        }
        // Each bit of the two words moves half of the middle bits of their product; the digits of pi keep both from zero.
        let product = u128::from(self.0 ^ 0x243f_6a88_85a3_08d3) * u128::from(self.1 ^ 0x1319_8a2e_0370_7344);
        let mixed = (product as u64 ^ (product >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 32) as u32
    }
}

impl Names {
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
        let key = Key::of(text.as_bytes());
        self.find(key, key.hash(text.as_bytes()), text).ok()
    }

    /// The number of a text, which is taken in if it isn't there.
    pub(crate) fn insert(&mut self, text: &str) -> u32 {
        let key = Key::of(text.as_bytes());
        let hash = key.hash(text.as_bytes());
        match self.find(key, hash, text) {
            Ok(at) => index(at),
            Err(mut slot) => {
                // A third of the places stay free, so that nearly every text stands where its hash says.
                if (self.len() + 1) * 3 > self.slots.len() * 2 {
                    self.grow();
                    slot = self.find(key, hash, text).unwrap_or_else(|slot| slot);
                }
                self.text.push_str(text);
                self.ends.push(self.text.len());
                self.slots[slot] = Slot { key, hash, number: index(self.len()) };
                index(self.len() - 1)
            }
        }
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|at| self.get_index(at).unwrap_or_default())
    }

    /// Where a text stands, or the free place where it would.
    fn find(&self, key: Key, hash: u32, text: &str) -> Result<usize, usize> {
        let mut place = self.place(hash);
        loop {
            match self.slots.get(place) {
                None if self.slots.is_empty() => return Err(0),
                None => place = 0,
                Some(slot) if slot.number == 0 => return Err(place),
                Some(slot) => {
                    let at = slot.number as usize - 1;
                    if slot.key == key && (key.1 < Key::LONG || (slot.hash == hash && self.get_index(at) == Some(text)))
                    {
                        return Ok(at);
                    }
                    place += 1;
                }
            }
        }
    }

    /// The place that a hash begins with; there are as many as a power of two.
    fn place(&self, hash: u32) -> usize {
        if self.slots.is_empty() { 0 } else { (u64::from(hash) << self.slots.len().trailing_zeros() >> 32) as usize }
    }

    fn grow(&mut self) {
        let grown = vec![Slot::default(); (self.slots.len() * 2).max(16)];
        for slot in std::mem::replace(&mut self.slots, grown) {
            if slot.number > 0 {
                let mut place = self.place(slot.hash);
                while self.slots[place].number > 0 {
                    place = (place + 1) % self.slots.len();
                }
                self.slots[place] = slot;
            }
        }
    }

    /// Finds the numbers of many texts, [`NONE`] of each that takes more than a look.
    ///
    /// Waiting for memory is most of what looking up costs. In a loop that does nothing else, and needn't guess what it
    /// will find, the processor waits for many texts at once.
    pub(crate) fn look<'t>(&self, texts: impl Iterator<Item = &'t str>, sought: &mut Vec<Sought>) {
        sought.clear();
        sought.extend(texts.map(|text| {
            let key = Key::of(text.as_bytes());
            Sought { key, found: key.hash(text.as_bytes()) }
        }));
        for Sought { key, found } in sought {
            *found = self.slots.get(self.place(*found)).map_or(NONE, |slot| {
                let differs = (slot.key.0 ^ key.0) | (slot.key.1 ^ key.1);
                let is_elsewhere = (differs != 0) | (key.1 >= Key::LONG);
                slot.number.wrapping_sub(1) | u32::from(is_elsewhere).wrapping_neg()
            });
        }
    }
}

/// A text that is looked for: its hash at first, then its number.
#[derive(Clone, Copy)]
pub(crate) struct Sought {
    key: Key,
    pub(crate) found: u32,
}

/// Rows by id and by number, in the order in which they came.
#[derive(Clone, Debug)]
pub(crate) struct Interned<Row> {
    ids: Names,
    rows: Vec<Row>,
}

impl<Row> Default for Interned<Row> {
    fn default() -> Self {
        Self { ids: Names::default(), rows: Vec::new() }
    }
}

impl<Row> Interned<Row> {
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Finds the numbers of many ids, as [`Names::look`] does.
    pub(crate) fn look<'t>(&self, ids: impl Iterator<Item = &'t str>, sought: &mut Vec<Sought>) {
        self.ids.look(ids, sought);
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

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Row)> {
        self.ids.iter().zip(&self.rows)
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
    use indexmap::IndexSet;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn names_are_numbered_as_they_come(texts in prop::collection::vec("[ab\\u{e9}]{0,4}(c{8}|[a-c]{4,20})?", 0..400)) {
            let (mut names, mut plain) = (Names::default(), IndexSet::new());
            for text in &texts {
                prop_assert_eq!(names.get_index_of(text), plain.get_index_of(text));
                prop_assert_eq!(names.insert(text) as usize, plain.insert_full(text.clone()).0);
            }
            prop_assert!(names.iter().eq(plain.iter().map(String::as_str)));
            {
                let mut sought = Vec::new();
                names.look(texts.iter().map(String::as_str), &mut sought);
                let is_right = |(one, text): (&Sought, &String)| {
                    one.found == NONE || names.get_index(one.found as usize) == Some(text)
                };
                prop_assert!(sought.iter().zip(&texts).all(is_right));
            }
        }
    }
}
