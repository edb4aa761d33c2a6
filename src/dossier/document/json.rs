//! JSON by hand, where it is plain: a text with no escapes in it is found many bytes at a time. All else
//! serde reads.

use serde::Deserialize;
use serde::de::IgnoredAny;

#[cfg(feature = "csv")]
use super::node::JsonNode;
use super::node::plain_length;

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
    pub(crate) fn node(&mut self) -> Option<JsonNode<'t>> {
        JsonNode::read(self.text, &mut self.at).ok()
    }

    /// Whatever stands there.
    pub(crate) fn value<T: Deserialize<'t>>(&mut self) -> Option<T> {
        let mut json = serde_json::Deserializer::from_str(self.text.get(self.at..)?);
        let value = T::deserialize(&mut json).ok()?;
        self.at += json.into_iter::<IgnoredAny>().byte_offset();
        Some(value)
    }
}
