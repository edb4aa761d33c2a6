//! The rows of a table in CSV or TSV, each with the line that it begins on.
//!
//! Nearly every row is plain: its cells hold no quotation marks, or stand in them as a whole. Those are found where they
//! lie, many at once. csv_core reads every other row, and would read the plain ones alike.

use std::io::{self, BufRead, ErrorKind};

use csv_core::ReadRecordResult;

use crate::dossier::names::look::Within;
use crate::format::table::{LONGEST, not_utf8, nul};

/// Rows that were read together.
pub(super) struct Block<'b> {
    text: &'b str,
    cells: &'b [(u32, u32)],
    rows: &'b [(u32, u32)],
    /// The line before those that rows are counted on.
    before: u32,
}

impl<'b> Block<'b> {
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// A row, with its line.
    pub(super) fn row(&self, n: usize) -> (u32, Record<'b>) {
        let (line, begin) = self.rows[n];
        let end = self.rows.get(n + 1).map_or(self.cells.len(), |(_, begin)| *begin as usize);
        let record = Record { text: self.text, cells: &self.cells[begin as usize..end] };
        (self.before.saturating_add(line), record)
    }

    /// Whether each row has so many cells.
    pub(super) fn are(&self, width: usize) -> impl Iterator<Item = bool> {
        (0..self.len()).map(move |n| self.row(n).1.len() == width)
    }

    /// The cells of one column; of rows that are longer or shorter than others, any cells.
    pub(super) fn column(&self, at: usize) -> impl Iterator<Item = Within<'b>> {
        let Self { text, cells, .. } = *self;
        self.rows.iter().map(move |(_, first)| {
            let (begin, end) = cells.get(*first as usize + at).copied().unwrap_or_default();
            Within::new(text, begin, end)
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

/// Who takes rows in.
pub(super) trait Taker: Sync {
    /// What can be found out about rows before those above them are taken in.
    type Looked: Default + Send;

    /// Looks at rows.
    fn look(&self, block: &Block<'_>, looked: &mut Self::Looked);

    /// Takes in rows that lie behind one another, and were looked at but for a row alone. False where no more are wanted.
    fn take(&mut self, blocks: &mut [(Block<'_>, &mut Self::Looked)]) -> bool;

    /// Takes in what is wrong with a row that isn't text, which begins on a line. False where no more are wanted.
    fn refuse(&mut self, line: u32, problem: &str) -> bool;
}

pub(super) struct Records<R, L> {
    reader: R,
    core: csv_core::Reader,
    /// Whether the first row was read, of which only csv_core knows what may stand before it.
    begun: bool,
    /// The cells of a row that isn't plain, one behind the other, and where each ends.
    buffer: Vec<u8>,
    written: usize,
    ends: Vec<usize>,
    count: usize,
    delimiter: u8,
    ahead: Ahead,
    pieces: Vec<Piece<L>>,
    lines: Lines,
    /// The line that the row begins on.
    begins: u32,
}

impl<R: BufRead, L: Default + Send> Records<R, L> {
    pub(super) fn new(reader: R, delimiter: u8) -> Self {
        Self {
            reader,
            core: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            begun: false,
            buffer: vec![0; 1 << 10],
            written: 0,
            ends: vec![0; 64],
            count: 0,
            delimiter,
            ahead: Ahead::new(),
            pieces: Vec::new(),
            lines: Lines { line: 1, returned: false },
            begins: 1,
        }
    }

    /// The line of the row that was read last.
    pub(super) fn line(&self) -> u32 {
        self.begins
    }

    /// Reads the next rows, one at least. False at the end of the file, and where no more rows are wanted.
    pub(super) fn next(&mut self, taker: &mut impl Taker<Looked = L>) -> Result<bool, Stopped> {
        if self.begun {
            let buffer = fill(&mut self.reader)?;
            let texts = self.ahead.pieces(buffer);
            let rows = look(&mut self.pieces, &texts, self.lines, self.delimiter, taker);
            let (mut end, mut is_plain, mut blocks) = (0, true, Vec::new());
            for ((Piece { layout, looked }, text), rows) in self.pieces.iter_mut().zip(texts).zip(rows) {
                blocks.push((layout.block(rows, self.lines.line), looked));
                self.lines.line = self.lines.line.saturating_add(layout.lines.line);
                self.lines.returned = layout.lines.returned;
                end += rows.len();
                // What ends elsewhere was cut there for want of a line feed.
                is_plain = rows.len() == text.len() || !text.ends_with(b"\n");
                if !is_plain {
                    break;
                }
            }
            self.ahead.goes_on(is_plain);
            if end > 0 {
                let goes_on = taker.take(&mut blocks);
                self.reader.consume(end);
                return Ok(goes_on);
            }
        }
        self.begun = true;
        if !self.advance()? {
            return Ok(false);
        }
        let text = match std::str::from_utf8(&self.buffer[..self.written]) {
            // NUL bytes can't be seen in an editor, and stand in no text.
            Ok(text) if text.contains('\0') => return Ok(taker.refuse(self.begins, &nul())),
            Ok(text) => text,
            Err(error) => return Ok(taker.refuse(self.begins, &self.not_utf8(error.valid_up_to()))),
        };
        let cells = &self.ends[..self.count];
        let begins = std::iter::once(0).chain(cells.iter().copied());
        let cells: Vec<_> = begins.zip(cells).map(|(begin, end)| (number(begin), number(*end))).collect();
        let block = Block { text, cells: &cells, rows: &[(0, 0)], before: self.begins };
        Ok(taker.take(&mut [(block, &mut L::default())]))
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

/// Plain rows that lie behind one another, and what a look at them found.
#[derive(Default)]
struct Piece<L> {
    layout: Layout,
    looked: L,
}

impl<L> Piece<L> {
    /// Finds plain rows, and looks at them. Gives back the text that they lie in.
    fn look<'t>(&mut self, text: &'t [u8], returned: bool, taker: &impl Taker<Looked = L>) -> &'t str {
        let lines = Lines { line: 0, returned };
        let rows = std::str::from_utf8(&text[..self.layout.split(text, lines)]).unwrap_or_else(|error| {
            let valid = self.layout.split(&text[..error.valid_up_to()], lines);
            std::str::from_utf8(&text[..valid]).unwrap_or_default()
        });
        taker.look(&self.layout.block(rows, 0), &mut self.looked);
        rows
    }
}

/// Looks at pieces of a table that lie behind one another. Gives back the text of each.
fn look<'t, L: Default + Send>(
    pieces: &mut Vec<Piece<L>>,
    texts: &[&'t [u8]],
    lines: Lines,
    delimiter: u8,
    taker: &impl Taker<Looked = L>,
) -> Vec<&'t str> {
    let new = || Piece { layout: Layout { delimiter, ..Layout::default() }, ..Piece::default() };
    pieces.resize_with(pieces.len().max(texts.len()), new);
    // All but the first begin behind a line feed.
    let returned = |at| at == 0 && lines.returned;
    #[cfg(feature = "rayon")]
    if texts.len() > 1 {
        use rayon::iter::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};

        let pieces = pieces.par_iter_mut().zip(texts).enumerate();
        return pieces.map(|(at, (piece, text))| piece.look(text, returned(at), taker)).collect();
    }
    let pieces = pieces.iter_mut().zip(texts).enumerate();
    pieces.map(|(at, (piece, text))| piece.look(text, returned(at), taker)).collect()
}

/// So much is looked through for plain rows at a time: what lies in it stays near to the processor.
const WINDOW: usize = if cfg!(test) { 1 << 6 } else { 1 << 12 };

/// So much each thread looks through at a time.
const SHARE: usize = if cfg!(test) { 1 << 8 } else { 1 << 16 };

/// How far ahead is looked: further the longer all rows are plain, so that little is looked at in vain.
struct Ahead {
    reach: usize,
    most: usize,
}

impl Ahead {
    fn new() -> Self {
        #[cfg(feature = "rayon")]
        if rayon::current_num_threads() > 1 {
            return Self { reach: WINDOW, most: crate::format::recognise::CHUNK };
        }
        Self { reach: WINDOW, most: WINDOW }
    }

    fn goes_on(&mut self, is_plain: bool) {
        self.reach = if is_plain { self.most.min(self.reach * 2) } else { WINDOW };
    }

    /// The pieces that are looked at together. Where they are several, each ends with a line feed.
    fn pieces<'t>(&self, buffer: &'t [u8]) -> Vec<&'t [u8]> {
        let mut pieces = Vec::new();
        let mut left = &buffer[..buffer.len().min(self.reach)];
        while self.most > WINDOW
            && let Some(end) = left[..left.len().min(SHARE)].iter().rposition(|byte| *byte == b'\n')
        {
            let (piece, rest) = left.split_at(end + 1);
            pieces.push(piece);
            left = rest;
        }
        if pieces.is_empty() {
            pieces.push(&buffer[..buffer.len().min(WINDOW)]);
        }
        pieces
    }
}

/// Where plain rows and their cells lie in a text.
#[derive(Default)]
struct Layout {
    delimiter: u8,
    /// Where each cell begins and ends.
    cells: Vec<(u32, u32)>,
    /// The line of each row, and its first cell.
    rows: Vec<(u32, u32)>,
    /// The lines behind those rows.
    lines: Lines,
}

impl Layout {
    fn block<'b>(&'b self, text: &'b str, before: u32) -> Block<'b> {
        Block { text, cells: &self.cells, rows: &self.rows, before }
    }

    /// Finds the rows at the beginning of a text that are plain and whole, and gives back where they end.
    fn split(&mut self, text: &[u8], lines: Lines) -> usize {
        self.cells.clear();
        self.rows.clear();
        self.lines = lines;
        // Where the cell begins, and where it ends if it stands in quotation marks.
        let (mut begin, mut is_open, mut closed) = (0, false, None);
        // The row's first cell, and where the rows end that are whole.
        let (mut first, mut end) = (0, 0);
        let marks = Marks { delimiter: self.delimiter };
        let (many, rest) = text.as_chunks();
        let mut last = [b' '; 64];
        last[..rest.len()].copy_from_slice(rest);
        'rows: for (bytes, at) in many.iter().chain([&last]).zip((0..).step_by(64)) {
            let mut found = marks.among(bytes);
            while found != 0 {
                let mark = at + found.trailing_zeros();
                found &= found - 1;
                let byte = text[mark as usize];
                if byte == self.delimiter && !is_open && closed.is_none() {
                    self.cells.push((begin, mark));
                    begin = mark + 1;
                    continue;
                }
                let ends_row = matches!(byte, b'\n' | b'\r');
                if is_open {
                    match byte {
                        b'"' => (is_open, closed) = (false, Some(mark)),
                        // csv_core counts the lines within a cell.
                        b'\n' | b'\r' | 0 => break 'rows,
                        _ => {}
                    }
                } else if byte == self.delimiter || ends_row {
                    let cell = match closed.take() {
                        None => (begin, mark),
                        Some(closed) if mark == closed + 1 => (begin + 1, closed),
                        Some(_) => break 'rows, // more of the cell stands behind its quotation marks
                    };
                    // Blank lines belong to no row.
                    if !ends_row || self.cells.len() > first || mark > begin {
                        self.cells.push(cell);
                    }
                    begin = mark + 1;
                    if ends_row {
                        if self.cells.len() > first {
                            self.rows.push((self.lines.line, number(first)));
                            first = self.cells.len();
                            self.lines.returned = false;
                        }
                        self.lines.count(&[byte]);
                        end = begin as usize;
                    }
                } else if byte == b'"' && mark == begin {
                    is_open = true;
                } else if byte == 0 || closed.is_some() {
                    break 'rows;
                }
            }
        }
        self.cells.truncate(first);
        end
    }
}

/// Where a cell or a row may end, and whatever else is as rare.
struct Marks {
    delimiter: u8,
}

impl Marks {
    /// Looks at sixty-four bytes, and gives back a bit for each mark.
    fn among(&self, bytes: &[u8; 64]) -> u64 {
        // Line ends, and bytes that stand in no text, are no greater than a carriage return.
        let is_mark = |byte: u8| (byte == self.delimiter) | (byte == b'"') | (byte <= b'\r');
        let marks = bytes.map(|byte| u8::from(is_mark(byte)));
        let (eights, _) = marks.as_chunks();
        eights.iter().rev().fold(0, |bits, eight| {
            // The lowest bits of eight bytes, each moved to its place in the highest byte.
            bits << 8 | u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56
        })
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

    /// Holds the rows of a table.
    #[derive(Default)]
    struct Rows(Vec<Row>);

    impl Taker for Rows {
        type Looked = Vec<String>;

        fn look(&self, block: &Block<'_>, looked: &mut Vec<String>) {
            looked.clear();
            looked.extend((0..block.len()).map(|n| format!("{:?}", block.row(n).1.cells().collect::<Vec<_>>())));
        }

        fn take(&mut self, blocks: &mut [(Block<'_>, &mut Vec<String>)]) -> bool {
            for (block, looked) in blocks {
                for n in 0..block.len() {
                    let (line, record) = block.row(n);
                    let cells: Vec<String> = record.cells().map(str::to_owned).collect();
                    assert!(looked.is_empty() || looked[n] == format!("{cells:?}"));
                    self.0.push(Ok((line, cells)));
                }
            }
            true
        }

        fn refuse(&mut self, line: u32, problem: &str) -> bool {
            self.0.push(Err((line, problem.to_owned())));
            true
        }
    }

    /// All rows of a table, and how reading ended.
    fn read(text: &[u8], delimiter: u8, capacity: usize) -> (Vec<Row>, String) {
        let mut records = Records::new(BufReader::with_capacity(capacity, text), delimiter);
        let mut rows = Rows::default();
        loop {
            match records.next(&mut rows) {
                Ok(true) => {}
                Ok(false) => return (rows.0, "the end".to_owned()),
                Err(stopped) => return (rows.0, format!("{stopped:?} on line {}", records.line())),
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
