//! The text of a file, some of which is there, while more of it can be read.

use std::io::{self, Read};

/// What is there of a file, from a place on, and what comes behind it.
pub(super) struct Text<R> {
    now: Vec<u8>,
    at: usize,
    /// Where the last line feed stands that was read; what is behind it belongs to what comes.
    end: usize,
    coming: Coming<R>,
}

impl<R: Read> Text<R> {
    /// A file of which so much is read at a time.
    pub(super) fn new(reader: R, many: usize) -> Self {
        let coming = Coming { reader, many, text: Vec::new(), is_there: false, is_last: false, failed: None };
        Self { now: Vec::new(), at: 0, end: 0, coming }
    }

    /// What is there, which is nothing at the end of the file only. It ends with a line feed, if one is in it.
    pub(super) fn there(&mut self) -> io::Result<&[u8]> {
        if self.at == self.end {
            self.coming.read(&self.now[self.end..]);
            std::mem::swap(&mut self.now, &mut self.coming.text);
            self.coming.is_there = false;
            self.at = 0;
            self.end = self.now.iter().rposition(|byte| *byte == b'\n').map_or(self.now.len(), |at| at + 1);
            if self.now.is_empty()
                && let Some(error) = self.coming.failed.take()
            {
                return Err(error);
            }
        }
        Ok(&self.now[self.at..self.end])
    }

    /// Leaves so much behind.
    pub(super) fn pass(&mut self, many: usize) {
        self.at = self.end.min(self.at + many);
    }

    /// What is there, and what comes once all that was left behind.
    pub(super) fn both(&mut self) -> (&[u8], Ahead<'_, R>) {
        let (there, tail) = self.now.split_at(self.end);
        (&there[self.at..], Ahead { coming: &mut self.coming, tail })
    }
}

/// What is read next.
struct Coming<R> {
    reader: R,
    /// So much is read at a time.
    many: usize,
    text: Vec<u8>,
    /// Whether it was read.
    is_there: bool,
    /// Whether nothing comes behind it, and why, if the file couldn't be read on.
    is_last: bool,
    failed: Option<io::Error>,
}

impl<R: Read> Coming<R> {
    /// Reads, unless it did, what is to stand behind a text without a line feed.
    fn read(&mut self, tail: &[u8]) {
        if std::mem::replace(&mut self.is_there, true) {
            return;
        }
        self.text.clear();
        self.text.extend_from_slice(tail);
        if !self.is_last {
            let many = self.many.saturating_sub(tail.len()).max(1);
            self.text.reserve_exact(many);
            match self.reader.by_ref().take(many as u64).read_to_end(&mut self.text) {
                Ok(read) => self.is_last = read < many,
                Err(error) => (self.is_last, self.failed) = (true, Some(error)),
            }
        }
    }
}

/// What comes behind a text that is there.
pub(super) struct Ahead<'t, R> {
    coming: &'t mut Coming<R>,
    tail: &'t [u8],
}

impl<R: Read> Ahead<'_, R> {
    /// Reads it.
    pub(super) fn read(self) {
        self.coming.read(self.tail);
    }
}
