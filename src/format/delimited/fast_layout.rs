//! Where rows and cells are in a text: their byte ranges.

use crate::dossier::interner::fast_lookup::TextSpan;

/// Rows that were found together.
pub(super) struct RowBlock<'b> {
    text: &'b str,
    cells: &'b [(u32, u32)],
    rows: &'b [(u32, u32)],
    /// The number that is added to the line of each row.
    before: u32,
}

impl<'b> RowBlock<'b> {
    /// A row that was read by itself.
    pub(super) fn one(text: &'b str, cells: &'b [(u32, u32)], line: u32) -> Self {
        Self { text, cells, rows: &[(0, 0)], before: line }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// A row, with its line.
    pub(super) fn row(&self, n: usize) -> (u32, RowCells<'b>) {
        let (line, begin) = self.rows[n];
        let end = self.rows.get(n + 1).map_or(self.cells.len(), |(_, begin)| *begin as usize);
        let record = RowCells { text: self.text, cells: &self.cells[begin as usize..end] };
        (self.before.saturating_add(line), record)
    }

    /// Whether each row has this many cells.
    pub(super) fn are(&self, width: usize) -> impl Iterator<Item = bool> {
        let begins = self.rows.iter().map(|(_, first)| *first as usize);
        let ends = begins.clone().skip(1).chain([self.cells.len()]);
        begins.zip(ends).map(move |(begin, end)| end - begin == width)
    }

    /// The cells of one column; of rows that are longer or shorter than others, any cells.
    pub(super) fn column(&self, at: usize) -> impl Iterator<Item = TextSpan<'b>> {
        let Self { text, cells, .. } = *self;
        self.rows.iter().map(move |(_, first)| {
            let (begin, end) = cells.get(*first as usize + at).copied().unwrap_or_default();
            TextSpan::new(text, begin, end)
        })
    }
}

/// One row's cells.
#[derive(Clone, Copy)]
pub(super) struct RowCells<'r> {
    text: &'r str,
    /// Where each begins and ends.
    cells: &'r [(u32, u32)],
}

impl<'r> RowCells<'r> {
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

/// Lines end at a line feed, a carriage return, or both.
#[derive(Clone, Copy, Default)]
pub(super) struct LineCounter {
    pub(super) line: u32,
    /// Whether the last byte was a carriage return, whose line feed begins no second line.
    pub(super) returned: bool,
}

impl LineCounter {
    pub(super) fn count(&mut self, bytes: &[u8]) {
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

/// The byte ranges of plain rows and their cells in a text.
#[derive(Default)]
pub(super) struct RowLayout {
    delimiter: u8,
    /// Where each cell begins and ends.
    cells: Vec<(u32, u32)>,
    /// The line of each row, and its first cell.
    rows: Vec<(u32, u32)>,
    /// The lines behind those rows.
    pub(super) lines: LineCounter,
}

impl RowLayout {
    pub(super) fn new(delimiter: u8) -> Self {
        Self { delimiter, ..Self::default() }
    }

    /// The rows that were found in a text.
    pub(super) fn block<'b>(&'b self, text: &'b str, before: u32) -> RowBlock<'b> {
        RowBlock { text, cells: &self.cells, rows: &self.rows, before }
    }

    /// Finds the rows at the beginning of some bytes that are plain and whole, and returns their text.
    /// `returned` says that a carriage return stands before them.
    pub(super) fn find<'t>(&mut self, text: &'t [u8], returned: bool) -> &'t str {
        let lines = LineCounter { line: 0, returned };
        std::str::from_utf8(&text[..self.split(text, lines)]).unwrap_or_else(|error| {
            let valid = self.split(&text[..error.valid_up_to()], lines);
            std::str::from_utf8(&text[..valid]).unwrap_or_default()
        })
    }

    /// Finds them, whether they are UTF-8 or not, and returns where they end.
    fn split(&mut self, text: &[u8], lines: LineCounter) -> usize {
        self.cells.clear();
        self.rows.clear();
        self.lines = lines;
        // Where the cell begins, and where it ends if it stands in quotation marks.
        let (mut begin, mut is_open, mut closed) = (0, false, None);
        // The row's first cell, and where the rows end that are whole.
        let (mut first, mut end) = (0, 0);
        let marks = MarkFinder { delimiter: self.delimiter };
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

/// Finds bytes at which a cell or a row may end, and others that are as rare.
struct MarkFinder {
    delimiter: u8,
}

impl MarkFinder {
    /// A bit for each of sixty-four bytes that is such a mark.
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
pub(super) fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
