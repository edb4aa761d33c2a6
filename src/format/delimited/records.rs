//! The rows of a table in CSV or TSV, each with the line that it begins on.
//!
//! Nearly every row is plain: each of its cells either holds no quotation mark, or stands in a pair of them
//! as a whole. The fast path finds such rows in the text, a window at a time. csv_core parses all others, and
//! would parse the plain ones to the same cells; a property test holds the two together.

use std::io::{self, Read};

use csv_core::ReadRecordResult;

use super::fast_layout::{LineCounter, RowBlock, RowLayout, number};
use super::text::TextWindow;
use crate::format::recognise::nul;
use crate::format::table::{LONGEST, not_utf8};

/// Why reading stopped.
#[derive(Debug)]
pub(super) enum ReadStop {
    Failed(io::Error),
    TooLong,
    Unclosed,
}

/// What receives rows as they are read.
pub(super) trait RowSink: Send + Sync {
    /// What is found out about rows before the rows above them are accepted, as several threads do.
    type Inspected: Default + Send;

    /// Inspects rows, without changing anything else.
    fn inspect(&self, block: &RowBlock<'_>, inspected: &mut Self::Inspected);

    /// Accepts consecutive rows. All were inspected, except a row that comes alone. False to stop reading.
    fn accept(&mut self, blocks: &mut [(RowBlock<'_>, &mut Self::Inspected)]) -> bool;

    /// Accepts what is wrong with a row that isn't text, and the line that it begins on. False to stop
    /// reading.
    fn refuse(&mut self, line: u32, problem: &str) -> bool;
}

pub(super) struct RecordReader<R, L> {
    text: TextWindow<R>,
    core: csv_core::Reader,
    /// Whether the first row was read. csv_core parses it, since only it handles what may stand before that
    /// row.
    begun: bool,
    /// The cells of a row that isn't plain, concatenated, and the end of each.
    buffer: Vec<u8>,
    written: usize,
    ends: Vec<usize>,
    count: usize,
    delimiter: u8,
    reach: Lookahead,
    chunks: Vec<RowChunk<L>>,
    lines: LineCounter,
    /// The line that the row begins on.
    begins: u32,
}

impl<R: Read, L: Default + Send> RecordReader<R, L> {
    pub(super) fn new(reader: R, delimiter: u8) -> Self {
        Self::with_sizes(reader, delimiter, ReadSizes::new())
    }

    pub(super) fn with_sizes(reader: R, delimiter: u8, sizes: ReadSizes) -> Self {
        Self {
            text: TextWindow::new(reader, sizes.chunk),
            core: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            begun: false,
            buffer: vec![0; 1 << 10],
            written: 0,
            ends: vec![0; 64],
            count: 0,
            delimiter,
            reach: Lookahead::new(sizes),
            chunks: Vec::new(),
            lines: LineCounter { line: 1, returned: false },
            begins: 1,
        }
    }

    /// The line of the row that was read last, or couldn't be.
    pub(super) fn line(&self) -> u32 {
        self.begins
    }

    /// Reads the next rows, one at least. False at the end of the file, and where no more rows are wanted.
    pub(super) fn next(&mut self, sink: &mut impl RowSink<Inspected = L>) -> Result<bool, ReadStop> {
        if self.begun
            && let Some(goes_on) = self.plain(sink)?
        {
            return Ok(goes_on);
        }
        self.begun = true;
        if !self.advance()? {
            return Ok(false);
        }
        let text = match std::str::from_utf8(&self.buffer[..self.written]) {
            // NUL bytes can't be seen in an editor, and stand in no text.
            Ok(text) if text.contains('\0') => return Ok(sink.refuse(self.begins, &nul())),
            Ok(text) => text,
            Err(error) => return Ok(sink.refuse(self.begins, &self.not_utf8(error.valid_up_to()))),
        };
        let cells = &self.ends[..self.count];
        let begins = std::iter::once(0).chain(cells.iter().copied());
        let cells: Vec<_> = begins.zip(cells).map(|(begin, end)| (number(begin), number(*end))).collect();
        let block = RowBlock::one(text, &cells, self.begins);
        Ok(sink.accept(&mut [(block, &mut L::default())]))
    }

    /// Reads the next rows if they are plain, and gives back whether more are wanted.
    fn plain(&mut self, sink: &mut impl RowSink<Inspected = L>) -> Result<Option<bool>, ReadStop> {
        self.begins = self.lines.line;
        let there = self.text.there().map_err(ReadStop::Failed)?.len();
        let (text, ahead) = self.text.both();
        let texts = self.reach.chunks(text);
        let rows = inspect(&mut self.chunks, &texts, self.lines.returned, self.delimiter, sink);
        let (mut end, mut is_plain, mut blocks) = (0, true, Vec::new());
        for ((RowChunk { layout, inspected }, text), rows) in self.chunks.iter_mut().zip(texts).zip(rows) {
            blocks.push((layout.block(rows, self.lines.line), inspected));
            self.lines.line = self.lines.line.saturating_add(layout.lines.line);
            self.lines.returned = layout.lines.returned;
            end += rows.len();
            // Text without a line feed at its end was cut by the window, and that is no odd row.
            is_plain = rows.len() == text.len() || !text.ends_with(b"\n");
            if !is_plain {
                break;
            }
        }
        self.reach.goes_on(is_plain);
        if end == 0 {
            return Ok(None);
        }
        let mut accept = || sink.accept(&mut blocks);
        let is_last = end == there && self.reach.is_shared;
        let goes_on = if is_last { accept_while_reading(accept, || ahead.read()) } else { accept() };
        self.text.pass(end);
        Ok(Some(goes_on))
    }

    /// What to say of a row that isn't UTF-8, from this byte on.
    fn not_utf8(&self, at: usize) -> String {
        let cell = self.ends[..self.count].partition_point(|end| *end <= at);
        let begins = cell.checked_sub(1).map_or(0, |before| self.ends[before]);
        let ends = self.ends.get(cell).map_or(self.written, |end| *end);
        not_utf8(&self.buffer[begins..ends], at - begins)
    }

    /// Reads one row, whatever is in it; false at the end of the file.
    fn advance(&mut self) -> Result<bool, ReadStop> {
        (self.written, self.count) = (0, 0);
        // Blank lines belong to no row, so that the next one begins on its own line.
        loop {
            self.begins = self.lines.line;
            let input = self.text.there().map_err(ReadStop::Failed)?;
            let blank = input.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            if blank == 0 {
                if input.is_empty() {
                    return Ok(false);
                }
                break;
            }
            self.lines.count(&input[..blank]);
            self.text.pass(blank);
        }
        let mut length = 0;
        loop {
            let input = self.text.there().map_err(ReadStop::Failed)?;
            let at_end = input.is_empty();
            let input = if at_end { b"\n" } else { input };
            let (result, read, written, cells) =
                self.core.read_record(input, &mut self.buffer[self.written..], &mut self.ends[self.count..]);
            self.lines.count(&input[..read]);
            if !at_end {
                self.text.pass(read);
            }
            length += read;
            self.written += written;
            self.count += cells;
            match result {
                _ if length > LONGEST => return Err(ReadStop::TooLong),
                ReadRecordResult::Record => return Ok(true),
                ReadRecordResult::End => return Ok(false),
                // Only within quotation marks does a line end not end the row.
                ReadRecordResult::InputEmpty if at_end => return Err(ReadStop::Unclosed),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.buffer.resize(self.buffer.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
            }
        }
    }
}

/// Consecutive plain rows, and what was found out about them.
struct RowChunk<L> {
    layout: RowLayout,
    inspected: L,
}

impl<L> RowChunk<L> {
    /// Finds plain rows and inspects them. Returns the text that they lie in.
    fn inspect<'t>(&mut self, text: &'t [u8], returned: bool, sink: &impl RowSink<Inspected = L>) -> &'t str {
        let rows = self.layout.find(text, returned);
        sink.inspect(&self.layout.block(rows, 0), &mut self.inspected);
        rows
    }
}

/// Inspects consecutive chunks of a table, and returns the plain text of each.
fn inspect<'t, L: Default + Send>(
    chunks: &mut Vec<RowChunk<L>>,
    texts: &[&'t [u8]],
    returned: bool,
    delimiter: u8,
    sink: &impl RowSink<Inspected = L>,
) -> Vec<&'t str> {
    let new = || RowChunk { layout: RowLayout::new(delimiter), inspected: L::default() };
    chunks.resize_with(chunks.len().max(texts.len()), new);
    // All but the first begin behind a line feed.
    let returned = |at| at == 0 && returned;
    #[cfg(feature = "rayon")]
    if texts.len() > 1 {
        use rayon::iter::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};

        let chunks = chunks.par_iter_mut().zip(texts).enumerate();
        return chunks.map(|(at, (chunk, text))| chunk.inspect(text, returned(at), sink)).collect();
    }
    let chunks = chunks.iter_mut().zip(texts).enumerate();
    chunks.map(|(at, (chunk, text))| chunk.inspect(text, returned(at), sink)).collect()
}

/// Accepts rows on another thread, if there is one, and reads the next part of the file at the same time.
fn accept_while_reading(accept: impl FnOnce() -> bool + Send, read: impl FnOnce()) -> bool {
    #[cfg(feature = "rayon")]
    {
        let mut goes_on = false;
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| goes_on = accept());
            read();
        });
        goes_on
    }
    #[cfg(not(feature = "rayon"))]
    {
        let goes_on = accept();
        read();
        goes_on
    }
}

/// How many bytes are read, and inspected, at a time. Tests set sizes that their tables exceed many times.
#[derive(Clone, Copy)]
pub(super) struct ReadSizes {
    /// Bytes of the file that are read at a time.
    pub(super) chunk: usize,
    /// Bytes searched for plain rows at a time; a window this small stays in the processor's first cache.
    pub(super) window: usize,
    /// Bytes that each thread searches at a time.
    pub(super) share: usize,
}

impl ReadSizes {
    fn new() -> Self {
        // A single thread's chunk stays in its cache; several threads need enough work between two
        // synchronizations.
        let chunk = if has_threads() { 1 << 20 } else { 1 << 17 };
        Self { chunk, window: 1 << 12, share: 1 << 16 }
    }
}

/// Whether several threads inspect rows.
fn has_threads() -> bool {
    #[cfg(feature = "rayon")]
    return rayon::current_num_threads() > 1;
    #[cfg(not(feature = "rayon"))]
    false
}

/// How far ahead rows are inspected. It grows while all rows are plain, so that little inspection is thrown
/// away.
struct Lookahead {
    sizes: ReadSizes,
    is_shared: bool,
    reach: usize,
}

impl Lookahead {
    fn new(sizes: ReadSizes) -> Self {
        Self { sizes, is_shared: has_threads(), reach: sizes.window }
    }

    fn goes_on(&mut self, is_plain: bool) {
        let grows = is_plain && self.is_shared;
        self.reach = if grows { self.reach.saturating_mul(4) } else { self.sizes.window };
    }

    /// The chunks that are inspected together. Where there are several, each ends with a line feed.
    fn chunks<'t>(&self, buffer: &'t [u8]) -> Vec<&'t [u8]> {
        let mut chunks = Vec::new();
        let mut left = &buffer[..buffer.len().min(self.reach)];
        while self.is_shared
            && let Some(end) =
                left[..left.len().min(self.sizes.share)].iter().rposition(|byte| *byte == b'\n')
        {
            let (chunk, rest) = left.split_at(end + 1);
            chunks.push(chunk);
            left = rest;
        }
        if chunks.is_empty() {
            chunks.push(&buffer[..buffer.len().min(self.sizes.window)]);
        }
        chunks
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Row = Result<(u32, Vec<String>), (u32, String)>;

    /// Holds the rows of a table.
    #[derive(Default)]
    struct Rows(Vec<Row>);

    impl RowSink for Rows {
        type Inspected = Vec<String>;

        fn inspect(&self, block: &RowBlock<'_>, inspected: &mut Vec<String>) {
            inspected.clear();
            inspected.extend(
                (0..block.len()).map(|n| format!("{:?}", block.row(n).1.cells().collect::<Vec<_>>())),
            );
        }

        fn accept(&mut self, blocks: &mut [(RowBlock<'_>, &mut Vec<String>)]) -> bool {
            for (block, inspected) in blocks {
                for n in 0..block.len() {
                    let (line, record) = block.row(n);
                    let cells: Vec<String> = record.cells().map(str::to_owned).collect();
                    assert!(inspected.is_empty() || inspected[n] == format!("{cells:?}"));
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
        let sizes = ReadSizes { chunk: capacity, window: 1 << 6, share: 1 << 8 };
        let mut records = RecordReader::with_sizes(text, delimiter, sizes);
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
        /// No row is whole in a chunk of one byte, so that csv_core reads them all.
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
            // What may stand before the first row is csv_core's to know, in one chunk.
            let text = [b"a\n".to_vec(), parts.concat()].concat();
            let slow = read(&text, delimiter, 1);
            for capacity in [7, 64, 1 << 20] {
                prop_assert_eq!(read(&text, delimiter, capacity), slow.clone(), "{:?}", text);
            }
        }
    }
}
