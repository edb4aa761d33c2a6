//! CSV and TSV, row by row.

mod fast_layout;
mod records;
mod text;

use std::io::Read;

use super::options::CellOptions;
use super::recognise::delimiter_word;
use super::table::{LONGEST, TableOf, TableReader, is_blank};
use super::unreadable;
use crate::dossier::batch::Batch;
use crate::dossier::batch::fast_rows::{PlainRows, RowLookup, TableRows};
use crate::dossier::draft::KnownNumbers;
use crate::dossier::place::FileForm;
use crate::error::{ErrorKind, Shown};
use fast_layout::{RowBlock, RowCells};
use records::{ReadStop, RecordReader, RowSink};

/// Reads a table into a batch.
pub(super) fn read(
    batch: &mut Batch,
    name: &str,
    delimiter: u8,
    reader: impl Read,
    of: (TableOf, &CellOptions),
) {
    read_rows(batch, name, delimiter, RecordReader::new(reader, delimiter), of);
}

fn read_rows(
    batch: &mut Batch,
    name: &str,
    delimiter: u8,
    mut records: RecordReader<impl Read, RowLookup>,
    (what, options): (TableOf, &CellOptions),
) {
    let file = batch.file(name, FileForm::Columns { decimal_comma: delimiter == b';' });
    let sheet = TableReader::new(file, what, options);
    let mut table = DelimitedTable { batch, sheet, delimiter, rows: 0, stage: Stage::Header };
    loop {
        let stopped = match records.next(&mut table) {
            Ok(true) => continue,
            Ok(false) => break,
            Err(stopped) => stopped,
        };
        let (file, line) = (&table.sheet.file, records.line());
        let problem = match stopped {
            ReadStop::Failed(error) => unreadable(file, line, &error),
            ReadStop::TooLong => {
                let problem = format_args!(
                    "this row is longer than {} MB; was a quotation mark (`\"`) opened in it and never closed?",
                    LONGEST >> 20
                );
                file.problem_on_line(line, ErrorKind::Syntax.because(problem))
            }
            ReadStop::Unclosed => {
                let problem = "a quotation mark (`\"`) opens in this row and is never closed; close it, or write it twice (`\"\"`) where it belongs to the text";
                file.problem_on_line(line, ErrorKind::Syntax.because(problem))
            }
        };
        table.batch.problems.push(problem);
        return; // without row ends the rest can't be separated into rows
    }
    if table.rows == 0 && table.stage == Stage::Rows && what == TableOf::Assertions {
        let problem = "there are no assertions: only the first row, which names the columns";
        let problem = ErrorKind::MissingField.because(problem);
        table.batch.problems.push(table.sheet.file.problem_on_line(1, problem));
    }
}

/// How far a table has been read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Header,
    Rows,
    /// The first row is such that no other can be read.
    Unreadable,
}

/// A table while its rows are read.
struct DelimitedTable<'b> {
    batch: &'b mut Batch,
    sheet: TableReader,
    delimiter: u8,
    rows: usize,
    stage: Stage,
}

impl TableRows for RowBlock<'_> {
    fn cell(&self, row: usize, at: usize) -> &str {
        self.row(row).1.cell(at)
    }

    fn line(&self, row: usize) -> u32 {
        self.row(row).0
    }
}

impl RowSink for DelimitedTable<'_> {
    type Inspected = RowLookup;

    fn inspect(&self, block: &RowBlock<'_>, looked: &mut RowLookup) {
        self.sheet.find_plain_rows(self.batch, looked, block.are(self.sheet.width()), |at| block.column(at));
    }

    fn accept(&mut self, blocks: &mut [(RowBlock<'_>, &mut RowLookup)]) -> bool {
        let mut at = 0;
        while at < blocks.len() && self.stage != Stage::Unreadable {
            let is_plain = |(rows, looked): &&(RowBlock<'_>, &mut RowLookup)| looked.plain(0) == rows.len();
            let plain =
                if self.batch.takes_plain() { blocks[at..].iter().take_while(is_plain).count() } else { 0 };
            if plain == 0 {
                let (rows, looked) = &mut blocks[at];
                self.one_by_one(rows, looked);
                at += 1;
                continue;
            }
            let together = blocks[at..at + plain].iter_mut();
            let together = together.map(|(rows, looked)| PlainRows { range: 0..rows.len(), rows, looked });
            let mut together: Vec<PlainRows<'_, RowBlock<'_>>> = together.collect();
            self.rows += together.iter().map(|rows| rows.range.len()).sum::<usize>();
            self.sheet.append_plain_rows(self.batch, &mut together);
            at += plain;
        }
        self.stage != Stage::Unreadable
    }

    fn refuse(&mut self, line: u32, problem: &str) -> bool {
        self.rows += 1;
        let is_header = self.stage == Stage::Header;
        let of_header = if is_header { "; the first row can't be read, so no other was" } else { "" };
        let problem = ErrorKind::Syntax.because(format_args!("{problem}{of_header}"));
        let problem = self.sheet.file.problem_on_line(line, problem);
        self.batch.problems.push(problem);
        self.stage = if is_header { Stage::Unreadable } else { self.stage };
        self.stage != Stage::Unreadable
    }
}

impl DelimitedTable<'_> {
    /// Reads rows of which some may be plain: runs of plain ones together, the others each by itself.
    fn one_by_one(&mut self, rows: &RowBlock<'_>, looked: &mut RowLookup) {
        let mut at = 0;
        while at < rows.len() && self.stage != Stage::Unreadable {
            let plain = if self.batch.takes_plain() { looked.plain(at) } else { 0 };
            if plain > 0 {
                self.sheet
                    .append_plain_rows(self.batch, &mut [PlainRows { rows, looked, range: at..at + plain }]);
                self.rows += plain;
                at += plain;
                continue;
            }
            let (line, record) = rows.row(at);
            match self.stage {
                Stage::Header => {
                    let names: Vec<&str> = record.cells().collect();
                    let readable =
                        self.sheet.read_header(self.batch, line, &names, &delimiter_word(self.delimiter));
                    self.stage = if readable { Stage::Rows } else { Stage::Unreadable };
                }
                _ => self.row(line, record, looked.known(at)),
            }
            at += 1;
        }
    }

    fn row(&mut self, line: u32, record: RowCells<'_>, known: KnownNumbers) {
        let (found, expected) = (record.len(), self.sheet.width());
        if record.cells().all(is_blank) {
            return; // as spreadsheets leave them behind
        }
        self.rows += 1;
        let over = record.cells().skip(expected).find(|cell| !is_blank(cell));
        if found >= expected && over.is_none() {
            return self.sheet.read_row(self.batch, line, |at| record.cell(at), known);
        }
        let spaced = record.cells().any(|cell| cell.starts_with(' ') && cell.trim_start().starts_with('"'));
        let problem = match over {
            Some(_) if spaced => format!(
                "found {found} cells, where the first row has {expected}: a quotation mark opens a cell only as its first character; take out the space before it"
            ),
            Some(over) => format!(
                "found {found} cells, where the first row has {expected}, and the first too many is {}; put a cell that holds {} in quotation marks, as in `{}`",
                Shown(over),
                delimiter_word(self.delimiter),
                match self.delimiter {
                    b';' => "\"us;iraq\"",
                    b'\t' => "\"a tab\tin it\"",
                    _ => "\"1,500\"",
                }
            ),
            None => format!(
                "found {found} cell{}, the last of them {}, where the first row has {expected}; leave a cell empty where there is nothing to say",
                if found == 1 { "" } else { "s" },
                Shown(record.cell(found.saturating_sub(1)))
            ),
        };
        let problem = ErrorKind::Syntax.because(problem);
        self.batch.problems.push(self.sheet.file.problem_on_line(line, problem));
    }
}

#[cfg(all(test, feature = "json"))]
mod tests {
    use proptest::prelude::*;

    use super::records::ReadSizes;
    use super::*;

    /// A cell of one column, and now and then something odd.
    fn cell(usual: &'static str, odd: &'static [&'static str]) -> impl Strategy<Value = String> {
        prop_oneof![60 => usual.prop_map(|cell: String| cell), 1 => prop::sample::select(odd).prop_map(str::to_owned)]
    }

    fn row() -> impl Strategy<Value = String> {
        let cells = (
            cell("(long-claim-)?[a-h]", &["", " a", "a ", "a\u{1}", "\u{e9}", "\"a\"", "\"a\"\"\""]),
            cell("[0-9]{1,2}", &["", "about 5", "at least 1,000", "\"1,000\"", "1.000", "five", "%"]),
            cell("(s[0-9]{0,2})?", &["x;y", "s1;", " s1", "\u{1}", "a source with a long name"]),
            cell("(2024-0[1-9]-1[0-9](T10:11:12Z)?)?", &["2024", "May 2024", "2024-02-30", "no day"]),
            cell("(d[0-9])?", &["\u{7f}", "d1 "]),
            cell("", &["a note", " ", "\"two\nlines\""]),
            prop_oneof![3 => Just("count"), 6 => Just(""), 1 => prop::sample::select(vec!["term", "no kind", " count"])],
            cell("", &["p", "q"]),
            cell("", &["a#2", "b#1", "said"]),
            prop_oneof![60 => Just("\n"), 1 => prop::sample::select(vec!["\r\n", "\r", "\n\n", ",x\n", ",\n", "\0\n"])],
        );
        cells.prop_map(|(claim, value, by, asserted, document, note, kind, part_of, id, end)| {
            [claim, value, by, asserted, document, note, kind.to_owned(), part_of, id].join(",") + end
        })
    }

    /// What a table is read as in chunks of a size, and whatever is to be said of it.
    fn read_with(chunk: usize, text: impl Read) -> Result<(String, Vec<crate::model::lint::Lint>), String> {
        let mut batch = Batch::default();
        read_rows(
            &mut batch,
            "table.csv",
            b',',
            RecordReader::with_sizes(text, b',', ReadSizes { chunk, window: 1 << 6, share: 1 << 8 }),
            (TableOf::Assertions, &CellOptions::default()),
        );
        // Rows that are read one by one have their values read one by one, too.
        let read = batch.finish_in_parts(if chunk == 1 { usize::MAX } else { 4 });
        let read = read.map(|(dossier, lints)| (dossier.to_json(), lints));
        read.map_err(|problems| problems.to_string())
    }

    /// A file that can't be read.
    struct Failing;

    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("it is gone"))
        }
    }

    proptest! {
        /// In chunks of one byte each row is read by itself.
        #[test]
        fn rows_are_taken_together_as_one_by_one(rows in prop::collection::vec(row(), 1..120)) {
            let text = format!("claim,value,by,asserted,document,note,kind,part_of,id\n{}", rows.concat());
            let slow = read_with(1, text.as_bytes());
            let chunks = [50, 333, 1000, 1 << 20];
            for chunk in chunks {
                prop_assert_eq!(read_with(chunk, text.as_bytes()), slow.clone(), "{}", text);
            }
            #[cfg(feature = "rayon")]
            {
                let threads = rayon::ThreadPoolBuilder::new().num_threads(3).build();
                let threads = threads.map_err(|error| TestCaseError::fail(error.to_string()))?;
                for chunk in [333, 1 << 20] {
                    let read = threads.install(|| read_with(chunk, text.as_bytes()));
                    prop_assert_eq!(read, slow.clone(), "{}", text);
                }
            }
        }

        #[test]
        fn where_a_file_fails_is_told_whatever_was_read_at_once(rows in prop::collection::vec(row(), 1..20), end in 0..400_usize) {
            let text = format!("claim,value,by,asserted,document,note,kind,part_of,id\n{}", rows.concat());
            let read = |chunk| read_with(chunk, text.as_bytes().take(end as u64).chain(Failing));
            let slow = read(1);
            for chunk in [50, 333, 1 << 20] {
                prop_assert_eq!(read(chunk), slow.clone(), "{}", text);
            }
        }
    }
}
