//! Looking for many texts at once, as tables have them.

use std::hint::black_box;

use super::super::number::{NONE, index};
use super::{InternKey, Interned, Interner};

impl InternKey {
    fn is_empty(self) -> bool {
        self.0[2] == 0
    }
}

impl Interner {
    /// Finds the numbers of many texts: [`NEW`] of each that isn't there, [`NONE`] of each that is empty.
    /// Tells besides which are new.
    ///
    /// Waiting for memory is most of what looking up costs. In a loop that does nothing but touch it, the
    /// processor waits for many texts at once.
    pub(crate) fn lookup_many<'t>(
        &self,
        mut texts: impl Iterator<Item = TextSpan<'t>>,
        found: &mut Vec<u32>,
        mut new: impl FnMut(u32),
    ) {
        loop {
            let mut sought = [(TextSpan::default(), InternKey::default(), 0); LOOKUP_BATCH];
            let mut count = 0;
            for (slot, text) in sought.iter_mut().zip(&mut texts) {
                let key = text.key();
                *slot = (text, key, self.group(key));
                count += 1;
            }
            let (sought, begin) = (&sought[..count], found.len());
            let group = |at: usize| self.groups.get(at);
            black_box(
                sought.iter().fold(0, |all, (.., at)| all ^ group(*at).map_or(0, |group| group.number[0])),
            );
            let mut numbers = [0; LOOKUP_BATCH];
            for (number, (_, key, at)) in numbers.iter_mut().zip(sought) {
                *number = group(*at).map_or(0, |group| group.number_of(*key));
            }
            found.extend(numbers.iter().zip(sought).map(|(number, (_, key, _))| {
                let is_other = key.is_long() | key.is_empty();
                number.wrapping_sub(1) | u32::from(is_other).wrapping_neg()
            }));
            for ((number, (text, key, group)), at) in found[begin..].iter_mut().zip(sought).zip(begin..) {
                if *number == NONE && !text.is_empty() {
                    let group = self.groups.get(*group).copied().unwrap_or_default();
                    *number = match group.number_of(*key).checked_sub(1) {
                        Some(near) if self.get_index(near as usize) == Some(text.text()) => near,
                        // What isn't in a group with a free place isn't behind it, either.
                        None if group.number[3] == 0 => NEW,
                        _ => self.find(*key, text.text()).map_or(NEW, index),
                    };
                    if *number == NEW {
                        new(index(at));
                    }
                }
            }
            if count < LOOKUP_BATCH {
                return;
            }
        }
    }

    /// The number of each of some texts, of which those are taken in that aren't there.
    #[cfg(feature = "csv")]
    pub(crate) fn insert_many(&mut self, texts: &[&str], mut take: impl FnMut(u32)) {
        self.prefetch(texts);
        texts.iter().for_each(|text| take(self.insert(text)));
    }

    /// Reads where some texts would stand, so that they needn't be waited for one by one.
    #[cfg(feature = "csv")]
    fn prefetch(&self, texts: &[&str]) {
        let groups = texts.iter().map(|text| self.groups.get(self.group(InternKey::of(text.as_bytes()))));
        black_box(groups.fold(0, |all, group| all ^ group.map_or(0, |group| group.number[0])));
    }
}

impl<Row> Interned<Row> {
    /// Finds the numbers of many ids, as [`Interner::lookup_many`] does.
    pub(crate) fn lookup_many<'t>(
        &self,
        ids: impl Iterator<Item = TextSpan<'t>>,
        found: &mut Vec<u32>,
        new: impl FnMut(u32),
    ) {
        self.ids.lookup_many(ids, found, new);
    }

    /// The number of each of some ids, with new rows for those that aren't there.
    #[cfg(feature = "csv")]
    pub(crate) fn insert_many(&mut self, ids: &[&str], row: impl Fn(&str) -> Row, mut take: impl FnMut(u32)) {
        self.ids.prefetch(ids);
        ids.iter().for_each(|id| take(self.insert_with(id, || row(id))));
    }
}

/// Batch size for look-ups: 32 independent loads overlap their cache misses.
pub(crate) const LOOKUP_BATCH: usize = 32;

/// Stands for the number of a text that has none yet.
pub(crate) const NEW: u32 = NONE - 1;

/// A text within another.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TextSpan<'t> {
    all: &'t str,
    begin: u32,
    end: u32,
}

impl<'t> TextSpan<'t> {
    /// What stands between two places of a text.
    #[cfg(feature = "csv")]
    pub(crate) fn new(all: &'t str, begin: u32, end: u32) -> Self {
        Self { all, begin, end }
    }

    /// A text by itself.
    #[cfg(feature = "json")]
    pub(crate) fn whole(all: &'t str) -> Self {
        Self { all, begin: 0, end: index(all.len()) }
    }

    pub(crate) fn text(self) -> &'t str {
        self.all.get(self.begin as usize..self.end as usize).unwrap_or_default()
    }

    pub(crate) fn bytes(self) -> &'t [u8] {
        self.all.as_bytes().get(self.begin as usize..self.end as usize).unwrap_or_default()
    }

    /// The bytes of a short text as two integers, if twelve bytes can be read from its beginning on; bytes behind
    /// its end are zero.
    fn short(self) -> Option<(u64, u32)> {
        /// `FIRST[n]` masks the first `n` of eight bytes.
        const FIRST: [u64; 12] = {
            let mut masks = [u64::MAX; 12];
            let mut at = 0;
            while at < 8 {
                masks[at] = (1 << (8 * at)) - 1;
                at += 1;
            }
            masks
        };
        /// `NEXT[n]` masks the bytes nine to `n` in the four behind those.
        const NEXT: [u32; 12] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xffff, 0xff_ffff];
        let len = self.end.wrapping_sub(self.begin) as usize;
        let bytes: &[u8; 12] = self.all.as_bytes().get(self.begin as usize..)?.first_chunk()?;
        let [a, b, c, d, e, f, g, h, i, j, k, l] = *bytes;
        let first = u64::from_le_bytes([a, b, c, d, e, f, g, h]) & FIRST.get(len)?;
        Some((first, u32::from_le_bytes([i, j, k, l]) & NEXT.get(len)?))
    }

    /// The first byte and the last, or those around an empty text; nothing where there are none.
    #[cfg(feature = "csv")]
    pub(crate) fn ends(self) -> Option<(u8, u8)> {
        let at = |at: u32| self.all.as_bytes().get(at as usize).copied();
        Some((at(self.begin)?, at(self.end.wrapping_sub(1))?))
    }

    pub(crate) fn is_empty(self) -> bool {
        self.begin >= self.end
    }

    /// Whether some byte is this one.
    #[cfg(feature = "csv")]
    pub(crate) fn holds(self, byte: u8) -> bool {
        const LOW: u64 = u64::MAX / 255;
        match self.short() {
            Some((first, next)) => {
                let is_in = |bytes: u64| {
                    let zeros = bytes ^ (LOW * u64::from(byte));
                    zeros.wrapping_sub(LOW) & !zeros & (LOW << 7)
                };
                is_in(first) | is_in(u64::from(next)) != 0
            }
            None => self.bytes().contains(&byte),
        }
    }

    fn key(self) -> InternKey {
        match self.short() {
            Some((first, next)) => InternKey::short(first, next, (self.end - self.begin) as usize),
            None => InternKey::of(self.bytes()),
        }
    }
}

#[cfg(all(test, feature = "csv"))]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::crowd;
    use super::*;

    proptest! {
        #[test]
        fn many_texts_are_found_as_one_is(
            some in prop::collection::vec("[ab\\u{e9}]{0,4}(c{8}|[a-c]{4,20})?", 0..400),
            is_crowded in prop::bool::weighted(0.1),
        ) {
            let texts = if is_crowded { [crowd(), some].concat() } else { some };
            let mut names = Interner::default();
            for text in &texts {
                names.insert(text);
            }
            let absent = ["", "d", "ddddddddddddddddddd"].map(str::to_owned);
            let sought: Vec<&String> = texts.iter().chain(&absent).collect();
            let all: String = sought.iter().map(|text| text.as_str()).collect();
            let mut end = 0;
            let within = sought.iter().map(|text| {
                let begin = end;
                end += index(text.len());
                TextSpan::new(&all, begin, end)
            });
            let mut found = Vec::new();
            let mut new = Vec::new();
            names.lookup_many(within, &mut found, |at| new.push(at));
            let are_new = (0..).zip(&found).filter(|(_, number)| **number == NEW).map(|(at, _)| at);
            prop_assert!(are_new.eq(new));
            let expected = |text: &&String| match names.get_index_of(text) {
                _ if text.is_empty() => NONE,
                at => at.map_or(NEW, index),
            };
            prop_assert_eq!(found, sought.iter().map(expected).collect::<Vec<_>>());
        }
    }
}
