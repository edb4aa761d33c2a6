//! A file's text, a buffer at a time; the next buffer can be read while this one is processed.

use std::io::{self, Read};

/// The current buffer of a file, and the next one.
pub(super) struct TextWindow<R> {
    now: Vec<u8>,
    at: usize,
    /// Behind the last line feed of the buffer. What follows is the beginning of a row, and is moved to the
    /// next buffer.
    end: usize,
    coming: NextChunk<R>,
}

impl<R: Read> TextWindow<R> {
    /// A file that is read in buffers of this many bytes.
    pub(super) fn new(reader: R, many: usize) -> Self {
        let coming =
            NextChunk { reader, many, text: Vec::new(), is_there: false, is_last: false, failed: None };
        Self { now: Vec::new(), at: 0, end: 0, coming }
    }

    /// What is left of the buffer, or the next one; empty at the end of the file only. It ends with a line
    /// feed, unless there is none in it.
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

    /// Advances by this many bytes.
    pub(super) fn pass(&mut self, many: usize) {
        self.at = self.end.min(self.at + many);
    }

    /// What is left of the buffer, and a handle by which the next one can be read meanwhile.
    pub(super) fn both(&mut self) -> (&[u8], ReadAhead<'_, R>) {
        let (there, tail) = self.now.split_at(self.end);
        (&there[self.at..], ReadAhead { coming: &mut self.coming, tail })
    }
}

/// The next buffer.
struct NextChunk<R> {
    reader: R,
    /// Bytes to read at a time.
    many: usize,
    text: Vec<u8>,
    /// Whether it was read.
    is_there: bool,
    /// Whether the file ends with it, and the error, if reading failed.
    is_last: bool,
    failed: Option<io::Error>,
}

impl<R: Read> NextChunk<R> {
    /// Reads the buffer, unless it was read, and puts the row that the one before broke off in front of it.
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

/// Reads the next buffer while the current one is borrowed.
pub(super) struct ReadAhead<'t, R> {
    coming: &'t mut NextChunk<R>,
    tail: &'t [u8],
}

impl<R: Read> ReadAhead<'_, R> {
    /// Reads it.
    pub(super) fn read(self) {
        self.coming.read(self.tail);
    }
}
