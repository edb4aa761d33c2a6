//! JSON by hand, where it is plain: a text with no escapes in it is found many bytes at a time. All else serde reads.

use serde::Deserialize;
use serde::de::IgnoredAny;

#[cfg(feature = "csv")]
use super::node::Node;

/// A text of JSON, and how far it was read. What isn't there, or needs a closer look, is `None`.
pub(crate) struct Json<'t> {
    text: &'t str,
    pub(crate) at: usize,
}

impl<'t> Json<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next byte that isn't white space, which is read up to.
    #[inline]
    pub(crate) fn next(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        let space = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count();
        self.at += space;
        rest.get(space).copied()
    }

    /// Reads one byte that must be there.
    #[inline]
    pub(crate) fn eat(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then(|| self.at += 1)
    }

    /// The name of a field, and its colon.
    #[inline]
    pub(crate) fn key(&mut self) -> Option<&'t str> {
        let key = self.plain_text()?;
        self.eat(b':')?;
        Some(key)
    }

    /// A text that is written as it is.
    #[inline]
    pub(crate) fn plain_text(&mut self) -> Option<&'t str> {
        self.eat(b'"')?;
        let length = plain_length(&self.text.as_bytes()[self.at..]);
        let text = self.text.get(self.at..self.at + length)?;
        self.at += length;
        (self.text.as_bytes().get(self.at) == Some(&b'"')).then(|| self.at += 1)?;
        Some(text)
    }

    /// Whatever stands there, as it stands there.
    #[cfg(feature = "csv")]
    pub(crate) fn node(&mut self) -> Option<Node<'t>> {
        Node::read(self.text, &mut self.at).ok()
    }

    /// Whatever stands there.
    pub(crate) fn value<T: Deserialize<'t>>(&mut self) -> Option<T> {
        let mut json = serde_json::Deserializer::from_str(self.text.get(self.at..)?);
        let value = T::deserialize(&mut json).ok()?;
        self.at += json.into_iter::<IgnoredAny>().byte_offset();
        Some(value)
    }
}

/// How much of a text is written as it is, up to its quotation mark or the first byte that is more than that.
#[inline]
pub(super) fn plain_length(text: &[u8]) -> usize {
    const LOW: u64 = u64::MAX / 255;
    const HIGH: u64 = LOW << 7;

    let (words, rest) = text.as_chunks();
    for (word, nth) in words.iter().zip(0..) {
        let word = u64::from_le_bytes(*word);
        // Subtracting sets the high bit of a byte that is too small, and maybe of those above it.
        let below = |word: u64, least: u64| word.wrapping_sub(LOW * least) & !word & HIGH;
        let same = |byte: u8| below(word ^ (LOW * u64::from(byte)), 1);
        let found = below(word, 0x20) | same(b'"') | same(b'\\');
        if found != 0 {
            return nth * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let is_plain = |byte: &&u8| **byte >= 0x20 && **byte != b'"' && **byte != b'\\';
    words.len() * 8 + rest.iter().take_while(is_plain).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_are_plain_up_to_what_is_not(text in "[a-z\u{e9}\u{7f}\u{80}]{0,20}[\u{0}-\u{7f}]{0,12}") {
            let is_more = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
            let length = text.bytes().position(is_more).unwrap_or(text.len());
            prop_assert_eq!(plain_length(text.as_bytes()), length);
        }
    }
}
