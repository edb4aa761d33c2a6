//! The rows of a table in CSV or TSV, each with the line that it begins on.
//!
//! Nearly every row is plain: its cells hold no quotation marks, or stand in them as a whole. Those are found where they
//! lie, many at once. csv_core reads every other row, and would read the plain ones alike.

use std::io::{self, BufRead, ErrorKind};

use csv_core::ReadRecordResult;

use crate::format::table::{LONGEST, not_utf8, nul};

/// Rows that were read together.
pub(super) struct Block<'b> {
    text: &'b str,
    cells: &'b [(u32, u32)],
    rows: &'b [(u32, u32)],
}

impl<'b> Block<'b> {
    /// Each row, with its line.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, Record<'b>)> {
        let Self { text, cells, rows } = *self;
        (0..rows.len()).map(move |n| {
            let (line, begin) = rows[n];
            let end = rows.get(n + 1).map_or(cells.len(), |(_, begin)| *begin as usize);
            (line, Record { text, cells: &cells[begin as usize..end] })
        })
    }
}

/// One row's cells.
#[derive(Clone, Copy)]
pub(super) struct Record<'r> {
    text: &'r str,
    /// Where each begins and ends.
    cells: &'r [(u32, u32)],
}

impl<'r> Record<'r> {
    pub(super) fn len(self) -> usize {
        self.cells.len()
    }

    pub(super) fn cell(self, at: usize) -> &'r str {
        let cell = self.cells.get(at).and_then(|(begin, end)| self.text.get(*begin as usize..*end as usize));
        cell.unwrap_or_default()
    }

    pub(super) fn cells(self) -> impl Iterator<Item = &'r str> {
        (0..self.len()).map(move |at| self.cell(at))
    }
}

/// Why reading stopped.
#[derive(Debug)]
pub(super) enum Stopped {
    Failed(io::Error),
    TooLong,
    Unclosed,
}

pub(super) struct Records<R> {
    reader: R,
    core: csv_core::Reader,
    /// Whether the first row was read, of which only csv_core knows what may stand before it.
    begun: bool,
    /// The cells of a row that isn't plain, one behind the other, and where each ends.
    buffer: Vec<u8>,
    written: usize,
    ends: Vec<usize>,
    count: usize,
    layout: Layout,
    lines: Lines,
    /// The line that the row begins on.
    begins: u32,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(reader: R, delimiter: u8) -> Self {
        Self {
            reader,
            core: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            begun: false,
            buffer: vec![0; 1 << 10],
            written: 0,
            ends: vec![0; 64],
            count: 0,
            layout: Layout { delimiter, ..Layout::default() },
            lines: Lines { line: 1, returned: false },
            begins: 1,
        }
    }

    /// The line of the row that was read last.
    pub(super) fn line(&self) -> u32 {
        self.begins
    }

    /// Reads the next rows, one at least, or says on which line one is that isn't text. False at the end of the file, and
    /// where no more rows are wanted.
    pub(super) fn next(
        &mut self,
        take: &mut impl FnMut(Result<Block<'_>, (u32, String)>) -> bool,
    ) -> Result<bool, Stopped> {
        if self.begun {
            let buffer = fill(&mut self.reader)?;
            let mut window = &buffer[..buffer.len().min(WINDOW)];
            let mut end = self.layout.split(window, self.lines);
            let text = std::str::from_utf8(&window[..end]).unwrap_or_else(|error| {
                window = &window[..error.valid_up_to()];
                end = self.layout.split(window, self.lines);
                std::str::from_utf8(&window[..end]).unwrap_or_default()
            });
            if end > 0 {
                let block = self.layout.block(text);
                let goes_on = block.rows.is_empty() || take(Ok(block));
                self.lines = self.layout.lines;
                self.reader.consume(end);
                return Ok(goes_on);
            }
        }
        self.begun = true;
        if !self.advance()? {
            return Ok(false);
        }
        let cells = &self.ends[..self.count];
        let begins = std::iter::once(0).chain(cells.iter().copied());
        self.layout.cells.clear();
        self.layout.cells.extend(begins.zip(cells).map(|(begin, end)| (number(begin), number(*end))));
        self.layout.rows.clear();
        self.layout.rows.push((self.begins, 0));
        Ok(take(match std::str::from_utf8(&self.buffer[..self.written]) {
            // NUL bytes can't be seen in an editor, and stand in no text.
            Ok(text) if text.contains('\0') => Err((self.begins, nul())),
            Ok(text) => Ok(self.layout.block(text)),
            Err(error) => Err((self.begins, self.not_utf8(error.valid_up_to()))),
        }))
    }

    /// What to say of a row that isn't UTF-8, from this byte on.
    fn not_utf8(&self, at: usize) -> String {
        let cell = self.ends[..self.count].partition_point(|end| *end <= at);
        let begins = cell.checked_sub(1).map_or(0, |before| self.ends[before]);
        let ends = self.ends.get(cell).map_or(self.written, |end| *end);
        not_utf8(&self.buffer[begins..ends], at - begins)
    }

    /// Reads one row, whatever is in it; false at the end of the file.
    fn advance(&mut self) -> Result<bool, Stopped> {
        (self.written, self.count) = (0, 0);
        // Blank lines belong to no row, so that the next one begins on its own line.
        loop {
            let input = fill(&mut self.reader)?;
            let blank = input.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            if blank == 0 {
                if input.is_empty() {
                    return Ok(false);
                }
                break;
            }
            self.lines.count(&input[..blank]);
            self.reader.consume(blank);
        }
        self.begins = self.lines.line;
        let mut length = 0;
        loop {
            let input = fill(&mut self.reader)?;
            let at_end = input.is_empty();
            let input = if at_end { b"\n" } else { input };
            let (result, read, written, cells) =
                self.core.read_record(input, &mut self.buffer[self.written..], &mut self.ends[self.count..]);
            self.lines.count(&input[..read]);
            if !at_end {
                self.reader.consume(read);
            }
            length += read;
            self.written += written;
            self.count += cells;
            match result {
                ReadRecordResult::Record => return Ok(true),
                ReadRecordResult::End => return Ok(false),
                // Only within quotation marks does a line end not end the row.
                ReadRecordResult::InputEmpty if at_end => return Err(Stopped::Unclosed),
                _ if length > LONGEST => return Err(Stopped::TooLong),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.buffer.resize(self.buffer.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
            }
        }
    }
}

/// More of the file, or nothing at its end.
fn fill(reader: &mut impl BufRead) -> Result<&[u8], Stopped> {
    loop {
        match reader.fill_buf() {
            Ok(_) => break,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(Stopped::Failed(error)),
        }
    }
    reader.fill_buf().map_err(Stopped::Failed)
}

/// Lines end at a line feed, a carriage return, or both.
#[derive(Clone, Copy, Default)]
struct Lines {
    line: u32,
    /// Whether the last byte was a carriage return, whose line feed begins no second line.
    returned: bool,
}

impl Lines {
    fn count(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'\n' if self.returned => {}
                b'\n' | b'\r' => self.line = self.line.saturating_add(1),
                _ => {}
            }
            self.returned = *byte == b'\r';
        }
    }
}

/// So much is looked through for plain rows at a time: what lies in it stays near to the processor.
const WINDOW: usize = 1 << 12;

/// Where plain rows and their cells lie in a text.
#[derive(Default)]
struct Layout {
    delimiter: u8,
    marks: Vec<u32>,
    /// Where each cell begins and ends.
    cells: Vec<(u32, u32)>,
    /// The line of each row, and its first cell.
    rows: Vec<(u32, u32)>,
    /// The lines behind those rows.
    lines: Lines,
}

impl Layout {
    fn block<'b>(&'b self, text: &'b str) -> Block<'b> {
        Block { text, cells: &self.cells, rows: &self.rows }
    }

    /// Finds the rows at the beginning of a text that are plain and whole, and gives back where they end.
    fn split(&mut self, text: &[u8], lines: Lines) -> usize {
        self.cells.clear();
        self.rows.clear();
        self.lines = lines;
        self.mark(text);
        // Where the cell begins, where the row's cells do, and where the rows end that are whole.
        let (mut begin, mut first, mut end) = (0, 0, 0);
        let mut marks = self.marks.iter().copied();
        while let Some(mut mark) = marks.next() {
            let mut cell = (begin, mark);
            let mut byte = text[mark as usize];
            if byte == b'"' && mark == begin {
                // A cell in quotation marks must end at the second one, and on its own line.
                let closing = marks.find(|mark| text[*mark as usize] != self.delimiter);
                let behind = marks.next();
                match (closing, behind) {
                    (Some(closing), Some(behind)) if text[closing as usize] == b'"' && behind == closing + 1 => {
                        (cell, mark, byte) = ((begin + 1, closing), behind, text[behind as usize]);
                    }
                    _ => break,
                }
                if byte != self.delimiter && !matches!(byte, b'\n' | b'\r') {
                    break; // it was written twice, or more of the cell stands behind it
                }
            }
            if byte == self.delimiter {
                self.cells.push(cell);
            } else if matches!(byte, b'\n' | b'\r') {
                // Blank lines belong to no row.
                if self.cells.len() > first || mark > begin {
                    self.cells.push(cell);
                    self.rows.push((self.lines.line, number(first)));
                    first = self.cells.len();
                    self.lines.returned = false;
                }
                self.lines.count(&[byte]);
                end = mark as usize + 1;
            } else if byte == 0 {
                break;
            } else {
                continue; // within a cell they are letters like any others
            }
            begin = mark + 1;
        }
        self.cells.truncate(first);
        end
    }

    /// Notes where a cell or a row may end, and whatever else is as rare.
    fn mark(&mut self, text: &[u8]) {
        // Eight bytes at a time, the highest bit of each for what is found out about it.
        const LOW: u64 = u64::MAX / 255;
        const HIGH: u64 = LOW << 7;
        let zeros = |bytes: u64| !(((bytes & !HIGH) + !HIGH) | bytes | !HIGH);
        let (delimiters, quotes) = (LOW * u64::from(self.delimiter), LOW * u64::from(b'"'));
        let marks = |bytes: [u8; 8]| {
            let bytes = u64::from_le_bytes(bytes);
            // Line ends, and bytes that stand in no text, are less than this.
            let controls = !(((bytes & !HIGH) + LOW * (0x80 - u64::from(b'\r' + 1))) | bytes) & HIGH;
            controls | zeros(bytes ^ delimiters) | zeros(bytes ^ quotes)
        };
        self.marks.clear();
        let (eights, rest) = text.as_chunks();
        let mut last = [b' '; 8];
        last[..rest.len()].copy_from_slice(rest);
        for (bytes, at) in eights.iter().chain([&last]).zip((0..).step_by(8)) {
            let mut marks = marks(*bytes);
            while marks != 0 {
                self.marks.push(at + marks.trailing_zeros() / 8);
                marks &= marks - 1;
            }
        }
    }
}

/// A place within a row or a window, neither of which is longer than four billion bytes.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use proptest::prelude::*;

    use super::*;

    type Row = Result<(u32, Vec<String>), (u32, String)>;

    /// All rows of a table, and how reading ended.
    fn read(text: &[u8], delimiter: u8, capacity: usize) -> (Vec<Row>, String) {
        let mut records = Records::new(BufReader::with_capacity(capacity, text), delimiter);
        let mut rows = Vec::new();
        loop {
            let next = records.next(&mut |block| {
                match block {
                    Ok(block) => rows.extend(
                        block.rows().map(|(line, record)| Ok((line, record.cells().map(str::to_owned).collect()))),
                    ),
                    Err(flaw) => rows.push(Err(flaw)),
                }
                true
            });
            match next {
                Ok(true) => {}
                Ok(false) => return (rows, "the end".to_owned()),
                Err(stopped) => return (rows, format!("{stopped:?} on line {}", records.line())),
            }
        }
    }

    proptest! {
        /// No row is whole in a buffer of one byte, so that csv_core reads them all.
        #[test]
        fn plain_rows_are_read_as_csv_core_reads_them(
            parts in prop::collection::vec(prop_oneof![
                4 => "[a-z0-9 .]{0,12}".prop_map(String::into_bytes),
                4 => Just(b",".to_vec()),
                1 => prop_oneof![Just(b";".to_vec()), Just(b"\t".to_vec())],
                3 => Just(b"\n".to_vec()),
                1 => prop_oneof![Just(b"\r\n".to_vec()), Just(b"\r".to_vec()), Just(b"\n\n".to_vec())],
                1 => "\"[a-z,;\n]{0,6}(\"\")?\"".prop_map(String::into_bytes),
                1 => Just(b"\"".to_vec()),
                1 => "\\PC{1,3}".prop_map(String::into_bytes),
                1 => prop_oneof![Just(b"\0".to_vec()), Just(b"\xe9".to_vec()), Just(b"\xef\xbb\xbf".to_vec())],
            ], 0..60),
            delimiter in prop::sample::select(vec![b',', b';', b'\t']),
        ) {
            // What may stand before the first row is csv_core's to know, in one piece.
            let text = [b"a\n".to_vec(), parts.concat()].concat();
            let slow = read(&text, delimiter, 1);
            for capacity in [7, 64, 1 << 20] {
                prop_assert_eq!(read(&text, delimiter, capacity), slow.clone(), "{:?}", text);
            }
        }
    }
}
