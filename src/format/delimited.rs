//! CSV and TSV, row by row.

use std::io::{self, BufRead, ErrorKind};

use csv_core::ReadRecordResult;

use super::recognise::delimiter_word;
use super::table::{LONGEST, Sheet, What, not_utf8, nul};
use super::unreadable;
use crate::dossier::batch::Batch;
use crate::dossier::place::Form;
use crate::error::Shown;

/// Reads a table into a batch.
pub(super) fn read(batch: &mut Batch, name: &str, delimiter: u8, reader: impl BufRead, what: What) {
    let file = batch.file(name, Form::Columns { decimal_comma: delimiter == b';' });
    let mut records = Records::new(reader, delimiter);
    let mut sheet = Sheet::new(file, what);
    let mut header = true;
    let mut rows = 0usize;
    loop {
        let stopped = match records.advance() {
            Ok(true) => None,
            Ok(false) => break,
            Err(stopped) => Some(stopped),
        };
        if let Some(stopped) = stopped {
            let problem = match stopped {
                Stopped::Failed(error) => unreadable(&sheet.file, records.begins, &error),
                Stopped::TooLong => sheet.file.problem_on_line(
                    records.begins,
                    format_args!(
                        "this row is longer than {} MB; was a quotation mark (`\"`) opened in it and never closed?",
                        LONGEST >> 20
                    ),
                ),
                Stopped::Unclosed => sheet.file.problem_on_line(
                    records.begins,
                    "a quotation mark (`\"`) opens in this row and is never closed; close it, or write it twice (`\"\"`) where it belongs to the text",
                ),
            };
            batch.problems.push(problem);
            return; // whatever else there is can't be told apart
        }
        let line = records.begins;
        let record = match std::str::from_utf8(records.text()) {
            // NUL bytes can't be seen in an editor, and stand in no text.
            Ok(text) if !text.contains('\0') => Ok(Record { text, ends: &records.ends[..records.cells] }),
            Ok(_) => Err(nul()),
            Err(error) => Err(records.not_utf8(error.valid_up_to())),
        };
        match record {
            Err(problem) => {
                rows += 1;
                let of_header = if header { "; the first row can't be read, so no other was" } else { "" };
                batch.problems.push(sheet.file.problem_on_line(line, format_args!("{problem}{of_header}")));
                if header {
                    return;
                }
            }
            Ok(record) if header => {
                let names: Vec<&str> = record.cells().collect();
                if !sheet.header(batch, line, &names, delimiter_word(delimiter)) {
                    return;
                }
            }
            Ok(record) => {
                let (found, expected) = (record.ends.len(), sheet.width());
                let blank = record.cells().all(|cell| cell.trim().is_empty());
                let over = record.cells().skip(expected).find(|cell| !cell.trim().is_empty());
                if blank {
                    continue; // as spreadsheets leave them behind
                }
                rows += 1;
                if found < expected || over.is_some() {
                    let spaced = record.cells().any(|cell| cell.starts_with(' ') && cell.trim_start().starts_with('"'));
                    let problem = match over {
                        Some(_) if spaced => format!(
                            "found {found} cells, where the first row has {expected}: a quotation mark opens a cell only as its first character; take out the space before it"
                        ),
                        Some(over) => format!(
                            "found {found} cells, where the first row has {expected}, and the first too many is {}; put a cell that holds {} in quotation marks, as in `{}`",
                            Shown(over),
                            delimiter_word(delimiter),
                            match delimiter {
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
                    batch.problems.push(sheet.file.problem_on_line(line, problem));
                    continue;
                }
                sheet.row(batch, line, |at| record.cell(at));
            }
        }
        header = false;
    }
    if rows == 0 && !header && what == What::Assertions {
        let problem = "there are no assertions: only the first row, which names the columns";
        batch.problems.push(sheet.file.problem_on_line(1, problem));
    }
}

/// One row's cells.
struct Record<'r> {
    text: &'r str,
    ends: &'r [usize],
}

impl<'r> Record<'r> {
    fn cell(&self, at: usize) -> &'r str {
        let begins = at.checked_sub(1).map_or(0, |before| self.ends.get(before).copied().unwrap_or(0));
        self.ends.get(at).and_then(|end| self.text.get(begins..*end)).unwrap_or_default()
    }

    fn cells(&self) -> impl Iterator<Item = &'r str> {
        (0..self.ends.len()).map(|at| self.cell(at))
    }
}

/// Why reading stopped.
enum Stopped {
    Failed(io::Error),
    TooLong,
    Unclosed,
}

/// The rows of a table, each with the line that it begins on.
struct Records<R> {
    reader: R,
    core: csv_core::Reader,
    /// The cells of the row, one behind the other, and where each ends.
    buffer: Vec<u8>,
    written: usize,
    ends: Vec<usize>,
    cells: usize,
    /// The line that the row begins on.
    begins: u32,
    line: u32,
    /// Whether the last byte was a carriage return, whose line feed begins no second line.
    returned: bool,
}

impl<R: BufRead> Records<R> {
    fn new(reader: R, delimiter: u8) -> Self {
        Self {
            reader,
            core: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            buffer: vec![0; 1 << 10],
            written: 0,
            ends: vec![0; 64],
            cells: 0,
            begins: 1,
            line: 1,
            returned: false,
        }
    }

    /// What to say of a row that isn't UTF-8, from this byte on.
    fn not_utf8(&self, at: usize) -> String {
        let cell = self.ends[..self.cells].partition_point(|end| *end <= at);
        let begins = cell.checked_sub(1).map_or(0, |before| self.ends[before]);
        let ends = self.ends.get(cell).map_or(self.written, |end| *end);
        not_utf8(&self.text()[begins..ends], at - begins)
    }

    fn text(&self) -> &[u8] {
        &self.buffer[..self.written]
    }

    /// Reads the next row; false at the end of the file.
    fn advance(&mut self) -> Result<bool, Stopped> {
        (self.written, self.cells) = (0, 0);
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
            (self.line, self.returned) = count_lines(&input[..blank], self.line, self.returned);
            self.reader.consume(blank);
        }
        self.begins = self.line;
        let mut length = 0;
        loop {
            let input = fill(&mut self.reader)?;
            let at_end = input.is_empty();
            let input = if at_end { b"\n" } else { input };
            let (result, read, written, cells) =
                self.core.read_record(input, &mut self.buffer[self.written..], &mut self.ends[self.cells..]);
            (self.line, self.returned) = count_lines(&input[..read], self.line, self.returned);
            if !at_end {
                self.reader.consume(read);
            }
            length += read;
            self.written += written;
            self.cells += cells;
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

/// Counts the lines that end in some bytes: at a line feed, a carriage return, or both.
fn count_lines(bytes: &[u8], mut line: u32, mut returned: bool) -> (u32, bool) {
    for byte in bytes {
        match byte {
            b'\n' if returned => {}
            b'\n' | b'\r' => line = line.saturating_add(1),
            _ => {}
        }
        returned = *byte == b'\r';
    }
    (line, returned)
}
