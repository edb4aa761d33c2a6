//! JSON Lines: a row as a JSON object on each line.

mod fields;

use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use std::ops::Range;
use std::sync::Arc;

use super::options::CellOptions;
use super::table::{LONGEST, TableOf, TableReader, not_utf8};
use super::unreadable;
use crate::dossier::batch::Batch;
use crate::dossier::batch::fast_rows::{self, RowLookup, TableRows as _};
use crate::dossier::columns::index;
use crate::dossier::document::node::{JsonContent, JsonField, JsonNode, JsonSyntaxError, position};
use crate::dossier::interner::fast_lookup::TextSpan;
use crate::dossier::place::{FileForm, Place};
use crate::error::{Error, ErrorKind, Shown};
use fields::{PlainLine, text_of};

/// What a line holds.
const EXAMPLE: &str = r#"{"claim": "injured", "value": "at least 7", "by": "mayor"}"#;

/// Lines, and bytes, that are read at a time.
const LINES: usize = 256;
const WINDOW: usize = 1 << 16;

/// Reads rows into a batch.
pub(super) fn read(batch: &mut Batch, name: &str, reader: impl BufRead, of: (TableOf, &CellOptions)) {
    read_lines(batch, name, reader, of, LineParsing::Plainly);
}

/// How lines are split into cells. Both ways come to the same, which a property test shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineParsing {
    /// Straight into cells, where each field is known and its text has no escapes.
    Plainly,
    #[cfg_attr(not(test), expect(dead_code, reason = "lines that are split plainly are held to it"))]
    ByName,
}

fn read_lines(
    batch: &mut Batch,
    name: &str,
    mut reader: impl BufRead,
    (what, options): (TableOf, &CellOptions),
    parsing: LineParsing,
) {
    let sheet = TableReader::new(batch.file(name, FileForm::Fields), what, options);
    sheet.begin(batch);
    let mut table = LinesTable { sheet, parsing, order: Vec::new(), looked: RowLookup::default() };
    let (mut text, mut ends) = (Vec::new(), Vec::new());
    let mut line = 1_u32;
    loop {
        text.clear();
        ends.clear();
        let read = fill(&mut reader, &mut text, &mut ends);
        table.take(batch, line, &text, &ends);
        line = line.saturating_add(index(ends.len()));
        let file = &table.sheet.file;
        batch.problems.push(match read {
            Ok(true) => continue,
            Ok(false) => return,
            Err(LineStop::Failed(error)) => unreadable(file, line, &error),
            Err(LineStop::TooLong) => {
                let most = LONGEST >> 20;
                let problem =
                    format!("this line is longer than {most} MB; write each row on a line of its own");
                file.problem_on_line(line, ErrorKind::Syntax.because(problem))
            }
        });
        return;
    }
}

/// Why the next line can't be read.
enum LineStop {
    Failed(io::Error),
    TooLong,
}

/// Reads some lines. False at the end of the file.
fn fill(reader: &mut impl BufRead, text: &mut Vec<u8>, ends: &mut Vec<usize>) -> Result<bool, LineStop> {
    while ends.len() < LINES && text.len() < WINDOW {
        match reader.take(LONGEST as u64 + 1).read_until(b'\n', text).map_err(LineStop::Failed)? {
            0 => return Ok(false),
            LONGEST.. => return Err(LineStop::TooLong),
            _ => ends.push(text.len()),
        }
    }
    Ok(true)
}

/// A table while its lines are read.
struct LinesTable {
    sheet: TableReader,
    parsing: LineParsing,
    /// The order of the fields in a line, as [`PlainLine`] has it.
    order: Vec<usize>,
    /// What was found in the rows that are read.
    looked: RowLookup,
}

/// The cells of some rows, concatenated, and for each row its line and the range of its cells.
#[derive(Default)]
struct LineRows<'t> {
    cells: Vec<Option<Cow<'t, str>>>,
    rows: Vec<(u32, Range<usize>)>,
}

impl fast_rows::TableRows for LineRows<'_> {
    fn cell(&self, row: usize, at: usize) -> &str {
        let cells = &self.cells[self.rows[row].1.clone()];
        cells.get(at).and_then(Option::as_deref).unwrap_or_default()
    }

    fn line(&self, row: usize) -> u32 {
        self.rows[row].0
    }
}

impl LinesTable {
    /// Reads lines into a batch; the first has this number.
    fn take(&mut self, batch: &mut Batch, first: u32, text: &[u8], ends: &[usize]) {
        let mut rows = LineRows::default();
        let mut begin = 0;
        for (end, line) in ends.iter().zip(first..) {
            let before = rows.cells.len();
            if self.split(batch, line, &text[begin..*end], &mut rows.cells) {
                rows.rows.push((line, before..rows.cells.len()));
            } else {
                rows.cells.truncate(before);
            }
            begin = *end;
        }
        let (looked, rows, many) = (&mut self.looked, &rows, rows.rows.len());
        let cells = |at| (0..many).map(move |row| TextSpan::whole(rows.cell(row, at)));
        self.sheet.find_plain_rows(batch, looked, std::iter::repeat_n(true, many), cells);
        let mut at = 0;
        while at < many {
            let plain = if batch.takes_plain() { looked.plain(at) } else { 0 };
            if plain > 0 {
                self.sheet.append_plain_rows(
                    batch,
                    &mut [fast_rows::PlainRows { rows, looked, range: at..at + plain }],
                );
                at += plain;
                continue;
            }
            self.sheet.read_row(batch, rows.line(at), |column| rows.cell(at, column), looked.known(at));
            at += 1;
        }
    }

    /// Splits a line into cells. False where there is no row to read.
    fn split<'t>(
        &mut self,
        batch: &mut Batch,
        line: u32,
        bytes: &'t [u8],
        cells: &mut Vec<Option<Cow<'t, str>>>,
    ) -> bool {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.trim(),
            Err(error) => {
                let problem = not_utf8(bytes, error.valid_up_to());
                let problem = ErrorKind::Syntax.because(problem);
                batch.problems.push(self.sheet.file.problem_on_line(line, problem));
                return false;
            }
        };
        if text.is_empty() {
            return false;
        }
        let (before, width) = (cells.len(), self.sheet.width());
        if self.parsing == LineParsing::Plainly {
            self.order.resize(width + 1, 0);
            cells.resize(before + width, None);
            let (names, order) = (self.sheet.names(), self.order.as_mut_slice());
            if (PlainLine { names, order, cells: &mut cells[before..] }).split(text) {
                return true;
            }
            cells.truncate(before);
        }
        let problem = match JsonNode::parse(text) {
            Ok(JsonNode { content: JsonContent::Object(fields), .. }) => {
                return self.split_by_name(batch, line, fields, before, cells);
            }
            Ok(_) => format!("expected a JSON object such as `{EXAMPLE}`, found {}", Shown(text)),
            Err(JsonSyntaxError { at, problem }) => {
                let (_, character) = position(text, at);
                format!("this isn't JSON: {problem}, at character {character} of {}", Shown(text))
            }
        };
        batch.problems.push(self.sheet.file.problem_on_line(line, ErrorKind::Syntax.because(problem)));
        false
    }

    /// Puts fields into the cells of a row, which begin at `begin`.
    fn split_by_name<'t>(
        &mut self,
        batch: &mut Batch,
        line: u32,
        fields: Vec<JsonField<'t>>,
        begin: usize,
        cells: &mut Vec<Option<Cow<'t, str>>>,
    ) -> bool {
        let mut sound = true;
        let place = Place::Row { file: Arc::clone(&self.sheet.file), line };
        let mut nth = 0;
        let mut take = |name: &str, cell| {
            nth += 1;
            let (at, text) = match self.cell(batch, &place, name, cell) {
                Ok(found) => found,
                Err(problem) => {
                    // Problems come in the order of the line's own fields.
                    batch.problems.push(problem.ordered(place.nth_field(nth)));
                    return sound = false;
                }
            };
            cells.resize(cells.len().max(begin + at + 1), None);
            if cells[begin + at].replace(text).is_some() {
                let problem = ErrorKind::Duplicate
                    .because(format_args!("the field {} stands twice; take one of them out", Shown(name)));
                batch.problems.push(place.field(name, problem).ordered(place.nth_field(nth)));
                sound = false;
            }
        };
        for JsonField { name, value, .. } in fields {
            match value {
                JsonNode { content: JsonContent::Object(inner), .. } if name == "scope" => {
                    for JsonField { name: dimension, value, .. } in inner {
                        take(&format!("scope.{dimension}"), value);
                    }
                }
                cell => take(&name, cell),
            }
        }
        sound
    }

    /// The column of a field, and its text. Or what is wrong with it.
    fn cell<'t>(
        &mut self,
        batch: &mut Batch,
        place: &Place,
        name: &str,
        cell: JsonNode<'t>,
    ) -> Result<(usize, Cow<'t, str>), Error> {
        let text =
            text_of(cell).map_err(|problem| place.field(name, ErrorKind::WrongType.because(problem)))?;
        let column = self.sheet.column_of_field(batch, name);
        column.map(|at| (at, text)).map_err(|problem| place.problem(ErrorKind::UnknownField.because(problem)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// What lines come to: the dossier and the lints, or all problems.
    fn outcome(lines: &str, what: TableOf, parsing: LineParsing) -> String {
        let mut batch = Batch::default();
        read_lines(&mut batch, "a.jsonl", lines.as_bytes(), (what, &CellOptions::default()), parsing);
        batch.finish().map_or_else(
            |problems| format!("{:?}", problems.problems()),
            |(dossier, lints)| format!("{}{lints:?}", dossier.to_json()),
        )
    }

    /// A field as it stands in a line, which needn't be one.
    fn fields() -> impl Strategy<Value = String> {
        let names = vec![
            "claim",
            "value",
            "by",
            "kind",
            "asserted",
            "via",
            "scope.place",
            "note",
            "stance",
            "id",
            "low",
        ];
        let odd =
            vec!["Claim", "source", "", "valeu", "cl\\u0061im", "scope", "scope. place", "scope.", "\\ud800"];
        let name = prop_oneof![9 => prop::sample::select(names), 1 => prop::sample::select(odd)];
        let cells = vec![
            "\"a\"",
            "\"b\"",
            "\"14\"",
            "\"at least 3\"",
            "\" a \"",
            "\"a;b\"",
            "\"\"",
            "14",
            "-3",
            "1.5",
            "0.1234567890123456789",
            "1e999",
            "true",
            "null",
            "[]",
            "[\"a\",\"b\"]",
            "[\"a;b\"]",
            "[1]",
            "{\"place\":\"x\"}",
            "{\"place\":[]}",
            "{}",
            "\"2031-04-05\"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "\"\\\"q\\\" \\n\"",
            "\"é\"",
            "\"\u{1}\"",
            "nul",
            "\"a",
            "",
        ];
        (name, prop::sample::select(cells)).prop_map(|(name, cell)| format!("\"{name}\":{cell}"))
    }

    fn sound() -> impl Strategy<Value = String> {
        (0..4_u8, 0..9_u8, "[ab]", 0..4_u8).prop_map(|(claim, value, by, shape)| match shape {
            0 => format!("{{\"by\":\"{by}\",\"value\":{value},\"claim\":\"c{claim}\"}}"),
            1 => format!(
                " {{\"claim\": \"c{claim}\", \"kind\":\"count\", \"value\": \"{value}\", \"by\":\"{by}\\u0063\"}} "
            ),
            _ => format!("{{\"claim\":\"c{claim}\",\"value\":\"{value}\",\"by\":\"{by}\"}}"),
        })
    }

    fn lines() -> impl Strategy<Value = String> {
        let odd = vec(fields(), 0..6).prop_map(|fields| format!("{{{}}}", fields.join(",")));
        let broken =
            (vec(fields(), 0..4), "[{}\\[\\],:\" x]{0,4}").prop_map(|(fields, end)| fields.join(",") + &end);
        let line = prop_oneof![6 => sound(), 3 => odd, 1 => broken, 1 => Just(String::new())];
        prop_oneof![vec(sound(), 0..600), vec(line, 0..12)].prop_map(|lines| lines.join("\n"))
    }

    proptest! {
        #[test]
        fn lines_are_split_plainly_as_they_are_by_name(
            lines in lines(),
            what in prop::sample::select(vec![TableOf::Assertions, TableOf::Sources, TableOf::Claims]),
        ) {
            prop_assert_eq!(outcome(&lines, what, LineParsing::Plainly), outcome(&lines, what, LineParsing::ByName), "{}", lines);
        }
    }
}
