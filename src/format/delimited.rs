//! CSV and TSV, row by row.

mod records;

use std::io::BufRead;

use super::recognise::delimiter_word;
use super::table::{LONGEST, Sheet, What};
use super::unreadable;
use crate::dossier::batch::Batch;
use crate::dossier::place::Form;
use crate::error::Shown;
use records::{Block, Record, Records, Stopped};

/// Reads a table into a batch.
pub(super) fn read(batch: &mut Batch, name: &str, delimiter: u8, reader: impl BufRead, what: What) {
    let file = batch.file(name, Form::Columns { decimal_comma: delimiter == b';' });
    let mut records = Records::new(reader, delimiter);
    let mut table = Table { sheet: Sheet::new(file, what), delimiter, rows: 0, stage: Stage::Header };
    loop {
        let stopped = match records.next(&mut |block| table.take(batch, block)) {
            Ok(true) => continue,
            Ok(false) => break,
            Err(stopped) => stopped,
        };
        let (file, line) = (&table.sheet.file, records.line());
        batch.problems.push(match stopped {
            Stopped::Failed(error) => unreadable(file, line, &error),
            Stopped::TooLong => file.problem_on_line(
                line,
                format_args!(
                    "this row is longer than {} MB; was a quotation mark (`\"`) opened in it and never closed?",
                    LONGEST >> 20
                ),
            ),
            Stopped::Unclosed => file.problem_on_line(
                line,
                "a quotation mark (`\"`) opens in this row and is never closed; close it, or write it twice (`\"\"`) where it belongs to the text",
            ),
        });
        return; // whatever else there is can't be told apart
    }
    if table.rows == 0 && table.stage == Stage::Rows && what == What::Assertions {
        let problem = "there are no assertions: only the first row, which names the columns";
        batch.problems.push(table.sheet.file.problem_on_line(1, problem));
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
struct Table {
    sheet: Sheet,
    delimiter: u8,
    rows: usize,
    stage: Stage,
}

impl Table {
    /// Takes rows into a batch, or what is wrong with one. False where no more can be read.
    fn take(&mut self, batch: &mut Batch, block: Result<Block<'_>, (u32, String)>) -> bool {
        match (block, self.stage) {
            (Err((line, problem)), stage) => {
                self.rows += 1;
                let is_header = stage == Stage::Header;
                let of_header = if is_header { "; the first row can't be read, so no other was" } else { "" };
                let problem = self.sheet.file.problem_on_line(line, format_args!("{problem}{of_header}"));
                batch.problems.push(problem);
                self.stage = if is_header { Stage::Unreadable } else { stage };
            }
            (Ok(block), Stage::Header) => {
                for (line, record) in block.rows() {
                    let names: Vec<&str> = record.cells().collect();
                    let readable = self.sheet.header(batch, line, &names, delimiter_word(self.delimiter));
                    self.stage = if readable { Stage::Rows } else { Stage::Unreadable };
                }
            }
            (Ok(block), _) => {
                self.sheet.expect(batch, || block.rows().map(|(_, record)| move |at| record.cell(at)));
                for (line, record) in block.rows() {
                    self.row(batch, line, record);
                }
            }
        }
        self.stage != Stage::Unreadable
    }

    fn row(&mut self, batch: &mut Batch, line: u32, record: Record<'_>) {
        let (found, expected) = (record.len(), self.sheet.width());
        if record.cells().all(|cell| cell.trim().is_empty()) {
            return; // as spreadsheets leave them behind
        }
        self.rows += 1;
        let over = record.cells().skip(expected).find(|cell| !cell.trim().is_empty());
        if found >= expected && over.is_none() {
            return self.sheet.row(batch, line, |at| record.cell(at));
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
        batch.problems.push(self.sheet.file.problem_on_line(line, problem));
    }
}
