//! A table's columns and rows, whatever they are written in.

mod columns;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::options::CellOptions;
use super::recognise::{folded, listed};
use crate::dossier::batch::fast_rows::{PlainRows, Plan, RowLookup, TableRows};
use crate::dossier::batch::screen::spreadsheet_slip;
use crate::dossier::batch::{Batch, IdStatus, LookupColumn, Thing};
use crate::dossier::columns::NONE;
use crate::dossier::draft::{AssertionDraft, DraftValue, Ids, KnownNumbers};
use crate::dossier::interner::fast_lookup::{NEW, TextSpan};
use crate::dossier::place::{FileForm, InputFile, Place};
use crate::error::{DidYouMean, ErrorKind, Shown, UnknownWord, nearest};
use crate::model::id;
use columns::{ALIASES, OF_ASSERTIONS, OF_CLAIMS, OF_SOURCES, OF_TERMS, STATED_WITH_ASSERTIONS, TableColumn};

/// A row longer than this is no row: 16 MiB.
pub(super) const LONGEST: usize = 1 << 24;

/// A table with more columns than this is none.
const MOST_COLUMNS: usize = 500;

/// What the rows of a table describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableOf {
    Assertions,
    Sources,
    Terms,
    Claims,
}

impl fmt::Display for TableOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Assertions => "assertion",
            Self::Sources => "source",
            Self::Terms => "term",
            Self::Claims => "claim",
        })
    }
}

/// A name of a column that no table has.
struct UnknownColumn {
    problem: String,
    expected: String,
    meant: Option<&'static str>,
}

/// A table while it is read.
pub(super) struct TableReader {
    pub(super) file: Arc<InputFile>,
    what: TableOf,
    options: CellOptions,
    columns: Vec<TableColumn>,
    /// The names of columns, as they were written.
    names: Vec<Box<str>>,
    /// Those of the columns that have no name.
    unnamed: Vec<usize>,
    /// How plain rows are read: the columns that state a field of a record, and those that name records.
    plan: Plan,
    /// The columns that say something of the row itself.
    own: Vec<(usize, TableColumn)>,
    /// Whether some column stands twice, so that no row is plain.
    twice: bool,
    /// The column of the dates on which documents were published.
    published: Option<usize>,
    /// The row that is read.
    place: Place,
}

impl TableReader {
    pub(super) fn new(file: Arc<InputFile>, what: TableOf, options: &CellOptions) -> Self {
        let (columns, names, unnamed, plan, own) = Default::default();
        let place = Place::Row { file: Arc::clone(&file), line: 0 };
        let options = options.clone();
        Self { file, what, options, columns, names, unnamed, plan, own, twice: false, published: None, place }
    }

    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// The names of columns, as they were written.
    #[cfg(feature = "json")]
    pub(super) fn names(&self) -> &[Box<str>] {
        &self.names
    }

    /// Records that this file lists all sources, or all claims.
    pub(super) fn begin(&self, batch: &mut Batch) {
        match self.what {
            TableOf::Sources => batch.lists(Thing::Source),
            TableOf::Claims => batch.lists(Thing::Claim),
            TableOf::Assertions | TableOf::Terms => {}
        }
    }

    /// Reads the first row. False where no row can be read without a better one.
    pub(super) fn read_header(
        &mut self,
        batch: &mut Batch,
        line: u32,
        names: &[&str],
        delimiter: &str,
    ) -> bool {
        self.begin(batch);
        if names.len() > MOST_COLUMNS {
            let problem = format!(
                "found {} columns separated by {delimiter}, expected {MOST_COLUMNS} at most; is this a table?",
                names.len()
            );
            batch.problems.push(self.file.problem_on_line(line, ErrorKind::Syntax.because(problem)));
            return false;
        }
        let mut problems = Vec::new();
        let (mut known, mut guessed) = (false, false);
        for name in names {
            let column = match self.find_column(batch, name) {
                _ if name.trim().is_empty() => TableColumn::None,
                Ok(column) => column,
                Err(unknown) => {
                    // All that may stand there is listed once, and what was meant is read on to find what
                    // else is wrong.
                    let expected = if guessed { "" } else { &*unknown.expected };
                    problems.push(ErrorKind::UnknownField.because(unknown.problem + expected));
                    guessed = true;
                    let meant =
                        unknown.meant.filter(|meant| !names.iter().any(|name| folded(name) == *meant));
                    let meant = meant.and_then(|meant| self.find_column(batch, meant).ok());
                    meant.filter(|meant| !self.columns.contains(meant)).unwrap_or(TableColumn::None)
                }
            };
            known |= column != TableColumn::None;
            if column != TableColumn::None && self.columns.contains(&column) {
                let problem =
                    format_args!("the column {} stands twice; take one of them out", Shown(name.trim()));
                problems.push(ErrorKind::Duplicate.because(problem));
            }
            self.add_column(column, name.trim());
        }
        let found = listed(names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()));
        if !known {
            let example = if self.what == TableOf::Assertions { "claim,value,by" } else { "id,name" };
            let problem = format!(
                "the first row must name the columns, as in `{example}`; found, separated by {delimiter}: {found}"
            );
            batch.problems.push(self.file.problem_on_line(line, ErrorKind::Syntax.because(problem)));
            return false;
        }
        let required: &[(&str, &[TableColumn], &str)] = if self.what == TableOf::Assertions {
            &[
                ("claim", &[TableColumn::Claim], "name the column that says which claim a row answers"),
                (
                    "value",
                    &[TableColumn::Value, TableColumn::Low, TableColumn::High, TableColumn::Stance],
                    "name the column that holds what was said",
                ),
                (
                    "by",
                    &[TableColumn::By],
                    "name the column that says who is credited; its cells may be empty",
                ),
            ]
        } else {
            &[("id", &[TableColumn::Id], "each row needs one")]
        };
        let mut readable = true;
        for (name, columns, todo) in required {
            if columns.iter().any(|column| self.columns.contains(column)) {
                continue;
            }
            // Without a `by` the rest can still be read, and looked through.
            readable &= *name == "by";
            problems.push(ErrorKind::MissingField.because(format_args!(
                "there is no column `{name}`; {todo} (found, separated by {delimiter}: {found})"
            )));
        }
        batch.problems.extend(problems.into_iter().map(|problem| self.file.problem_on_line(line, problem)));
        readable
    }

    /// The number of a field's column, where rows name their fields themselves.
    #[cfg(feature = "json")]
    pub(super) fn column_of_field(&mut self, batch: &mut Batch, name: &str) -> Result<usize, String> {
        if let Some(at) = self.names.iter().position(|known| known.as_ref() == name) {
            return Ok(at);
        }
        let column = self.find_column(batch, name).map_err(|unknown| unknown.problem + &unknown.expected)?;
        if let Some(at) = self.columns.iter().position(|known| *known == column) {
            return Ok(at);
        }
        if self.columns.len() == MOST_COLUMNS {
            return Err(format!(
                "found one more field, {}, than the {MOST_COLUMNS} that a table may have",
                Shown(name)
            ));
        }
        self.add_column(column, name);
        Ok(self.columns.len() - 1)
    }

    fn add_column(&mut self, column: TableColumn, name: &str) {
        let at = self.columns.len();
        self.twice |= column != TableColumn::None && self.columns.contains(&column);
        match column {
            TableColumn::None if name.is_empty() => self.unnamed.push(at),
            TableColumn::None => {}
            TableColumn::Fact(thing, field) => {
                self.plan.facts.push((at, thing, field));
                if folded(name) == "published" {
                    self.published = Some(at);
                }
            }
            _ => self.own.push((at, column)),
        }
        match column {
            TableColumn::Claim => self.plan.name(LookupColumn::Claim, at),
            TableColumn::By => self.plan.name(LookupColumn::By, at),
            TableColumn::Document => self.plan.name(LookupColumn::Document, at),
            TableColumn::Value => self.plan.name(LookupColumn::Words, at),
            TableColumn::Asserted => self.plan.asserted = Some(at),
            _ => {}
        }
        self.columns.push(column);
        self.names.push(name.into());
        self.file.parts.push(name);
    }

    /// The column of that name.
    fn find_column(&self, batch: &mut Batch, name: &str) -> Result<TableColumn, UnknownColumn> {
        let folded = folded(name);
        let facts = match self.what {
            TableOf::Assertions => STATED_WITH_ASSERTIONS,
            TableOf::Sources => OF_SOURCES,
            TableOf::Terms => OF_TERMS,
            TableOf::Claims => OF_CLAIMS,
        };
        let own = if self.what == TableOf::Assertions { OF_ASSERTIONS } else { &[("id", TableColumn::Id)] };
        if let Some((_, column)) = own.iter().find(|(known, _)| *known == folded) {
            return Ok(*column);
        }
        if let Some((known, thing)) = facts.iter().find(|(known, _)| *known == folded) {
            return Ok(TableColumn::Fact(*thing, batch.field(*thing, known)));
        }
        let scoped = matches!(self.what, TableOf::Assertions | TableOf::Claims);
        if scoped && folded.starts_with("scope.") {
            let dimension = name.trim().get("scope.".len()..).unwrap_or_default().trim();
            if dimension.is_empty() {
                let problem = "`scope.` names no dimension".to_owned();
                let expected = "; expected `scope.place`, `scope.period`, or one of your own".to_owned();
                return Err(UnknownColumn { problem, expected, meant: None });
            }
            return Ok(TableColumn::Fact(
                Thing::Claim,
                batch.field(Thing::Claim, &format!("scope.{dimension}")),
            ));
        }
        let known = || own.iter().map(|(name, _)| *name).chain(facts.iter().map(|(name, _)| *name));
        let scope = if scoped { &["scope.place", "scope.period"][..] } else { &[] };
        let alias =
            ALIASES.iter().find(|(alias, real)| *alias == folded && known().any(|known| known == *real));
        let meant =
            alias.map(|(_, real)| *real).or_else(|| nearest(&folded, known().chain(scope.iter().copied())));
        let columns: Vec<&str> = known().chain(scope.iter().copied()).collect();
        let word = if self.file.form == FileForm::Fields { "field" } else { "column" };
        Err(UnknownColumn {
            problem: format!(
                "there is no {word} {} in a table of {}s{} rename it or take it out",
                Shown(name.trim()),
                self.what,
                DidYouMean(meant).and(),
            ),
            expected: format!("; expected any of: {}", columns.join(", ")),
            meant,
        })
    }

    /// Finds out which of many rows are plain, given which have as many cells as there are columns, and each
    /// column's cells.
    pub(super) fn find_plain_rows<'t, C: Iterator<Item = TextSpan<'t>>>(
        &self,
        batch: &Batch,
        looked: &mut RowLookup,
        whole: impl Iterator<Item = bool>,
        cells: impl Fn(usize) -> C,
    ) {
        if self.what != TableOf::Assertions || self.twice {
            return;
        }
        let plain = |plain: &mut Vec<bool>| {
            plain.extend(whole);
            for (at, column) in self.columns.iter().enumerate() {
                if self.is_rewritten(at, *column) {
                    cells(at)
                        .zip(&mut *plain)
                        .for_each(|(cell, plain)| *plain &= !self.rewrites(at, *column, cell.text()));
                }
                let cells = cells(at).zip(&mut *plain);
                match column {
                    TableColumn::None if !self.unnamed.contains(&at) => {}
                    TableColumn::Claim
                    | TableColumn::By
                    | TableColumn::Document
                    | TableColumn::Value
                    | TableColumn::Asserted
                    | TableColumn::Fact(..) => cells.for_each(|(cell, plain)| *plain &= is_bare(cell)),
                    _ => cells.for_each(|(cell, plain)| *plain &= is_blank(cell.text())),
                }
            }
        };
        batch.classify_rows(&self.plan, looked, plain, &cells);
    }

    /// Whether cells of a column may be rewritten. Without options none is, so none is checked.
    fn is_rewritten(&self, at: usize, column: TableColumn) -> bool {
        self.options.has_nulls()
            || (column == TableColumn::Value && self.options.rewrites_values())
            || (self.published == Some(at) && self.options.date_order.is_some())
    }

    /// Whether a cell is rewritten, or may be refused for how it is written.
    fn rewrites(&self, at: usize, column: TableColumn, text: &str) -> bool {
        let is_as_it_was =
            |rewritten: Result<Cow<'_, str>, String>| matches!(rewritten, Ok(Cow::Borrowed(_)));
        self.options.is_null(&self.names[at], text)
            || (column == TableColumn::Value && !is_as_it_was(self.options.value(text)))
            || (self.published == Some(at) && !is_as_it_was(self.options.date(text)))
    }

    /// Appends plain rows.
    pub(super) fn append_plain_rows(
        &mut self,
        batch: &mut Batch,
        rows: &mut [PlainRows<'_, impl TableRows>],
    ) {
        batch.take(&self.plan, rows, &mut self.place);
    }

    /// Reads a row. `known` has the numbers that were looked up already.
    pub(super) fn read_row<'r>(
        &mut self,
        batch: &mut Batch,
        line: u32,
        cell: impl Fn(usize) -> &'r str,
        known: KnownNumbers,
    ) {
        if let Place::Row { line: place, .. } = &mut self.place {
            *place = line;
        }
        let place = &self.place;
        for at in self.unnamed.iter().copied() {
            if !is_blank(cell(at)) {
                let problem = format!(
                    "found {} in a column without a name; name it in the first row, or empty it",
                    Shown(cell(at))
                );
                let order = place.nth_field(u32::try_from(at + 1).unwrap_or(u32::MAX));
                let problem = ErrorKind::UnknownField.because(problem);
                batch.problems.push(self.file.problem_on_line(line, problem).ordered(order));
            }
        }
        let refs = match self.what {
            TableOf::Assertions => self.read_assertion(batch, place, &cell, known),
            TableOf::Sources => self.read_record(batch, Thing::Source, place, &cell),
            TableOf::Terms => self.read_record(batch, Thing::Term, place, &cell),
            TableOf::Claims => self.read_record(batch, Thing::Claim, place, &cell),
        };
        let Some(refs) = refs else { return };
        for (at, thing, field) in self.plan.facts.iter().copied() {
            let text = self.cell(at, cell(at));
            if text.is_empty() {
                continue;
            }
            let dated =
                if self.published == Some(at) { self.options.date_alone(text) } else { Ok(text.into()) };
            let text = match dated {
                Ok(dated) => dated,
                Err(problem) => {
                    batch.problems.push(place.field(&self.names[at], ErrorKind::Wording.because(problem)));
                    continue;
                }
            };
            let text = &*text;
            match refs.of(thing) {
                Ok(of) => batch.record_fact(field, of, text, NEW, place),
                Err(why) => {
                    let problem = format_args!("found {}, but {why}", Shown(text));
                    batch.problems.push(place.field(&self.names[at], ErrorKind::Invalid.because(problem)));
                }
            }
        }
    }

    /// The record that a row of its own sort is about.
    fn read_record<'r>(
        &self,
        batch: &mut Batch,
        thing: Thing,
        place: &Place,
        cell: &impl Fn(usize) -> &'r str,
    ) -> Option<RowRefs> {
        let at = self.columns.iter().position(|column| *column == TableColumn::Id);
        let id = at.map_or("", |at| self.cell(at, cell(at)));
        if let Some(why) = id::refusal(id) {
            let what = self.what;
            let problem =
                if id.is_empty() { format!("it is empty; every {what} needs an id") } else { why.to_owned() };
            let kind = if id.is_empty() { ErrorKind::MissingField } else { ErrorKind::InvalidId };
            batch.problems.push(place.field("id", kind.because(problem)));
            return None;
        }
        let at = batch.intern_id(thing, id, IdStatus::Listed);
        Some(RowRefs { record: Some((thing, at)), ..RowRefs::default() })
    }

    fn read_assertion<'r>(
        &self,
        batch: &mut Batch,
        place: &Place,
        cell: &impl Fn(usize) -> &'r str,
        known: KnownNumbers,
    ) -> Option<RowRefs> {
        let before = batch.problems.len();
        let mut said = SaidCells::default();
        let draft = self.draft(batch, place, cell, known, &mut said);
        if draft.claim.is_empty() {
            let problem = "it is empty; every row names the claim that it answers";
            batch.problems.push(place.field("claim", ErrorKind::MissingField.because(problem)));
        }
        let dated = |cell: &'_ Cow<'r, str>| (!cell.is_empty()).then_some(());
        let draft = AssertionDraft {
            value: said.value(),
            asserted: dated(&said.asserted).map(|()| &*said.asserted),
            valid_at: dated(&said.valid_at).map(|()| &*said.valid_at),
            ..draft
        };
        if batch.problems.len() > before {
            return None;
        }
        if draft.value.is_none() && draft.stance.is_none() {
            batch.leave_out(place);
            return None;
        }
        let at = batch.assertion(&draft, place);
        let (claim, document, by) = batch.refs(at);
        let source = match by {
            [one] => Ok(*one),
            [] => Err("the row credits nobody; say it in a table of sources, or leave it out"),
            _ => Err("the row credits several sources; say it in a table of sources"),
        };
        Some(RowRefs { claim: Some(claim), source: Some(source), document, record: None })
    }

    /// What the cells of a row say of its assertion. Its value and its dates may have to be rewritten, and go
    /// into `said`.
    fn draft<'r>(
        &self,
        batch: &mut Batch,
        place: &Place,
        cell: &impl Fn(usize) -> &'r str,
        known: KnownNumbers,
        said: &mut SaidCells<'r>,
    ) -> AssertionDraft<'r> {
        let mut draft = AssertionDraft::default();
        for (at, column) in self.own.iter().copied() {
            let text = cell(at);
            let trimmed = self.cell(at, text);
            if trimmed.is_empty() {
                continue;
            }
            let mut rewrite =
                |slot: &mut Cow<'r, str>, rewritten: Result<Cow<'r, str>, String>| match rewritten {
                    Ok(text) => *slot = text,
                    Err(problem) => {
                        let problem = ErrorKind::Wording.because(problem);
                        batch.problems.push(place.field(&self.names[at], problem));
                    }
                };
            let is_screened_later = matches!(
                column,
                TableColumn::Value
                    | TableColumn::Low
                    | TableColumn::High
                    | TableColumn::Claim
                    | TableColumn::By
                    | TableColumn::Via
                    | TableColumn::Document
            );
            if !is_screened_later && let Some(slip) = spreadsheet_slip(trimmed) {
                batch.problems.push(place.field(&self.names[at], ErrorKind::Wording.because(slip)));
                continue;
            }
            // Numbers were looked up for whole cells, so a cell with white space around it has none.
            let is_bare = trimmed.len() == text.len();
            let ids = Ids::Cell(trimmed);
            match column {
                TableColumn::None | TableColumn::Fact(..) => {}
                TableColumn::Id => draft.id = Some(trimmed),
                TableColumn::Claim => {
                    draft.claim = trimmed;
                    draft.known.claim = if is_bare { known.claim } else { NONE };
                }
                TableColumn::Value => {
                    rewrite(&mut said.value, self.options.value(trimmed));
                    let is_known = is_bare && matches!(said.value, Cow::Borrowed(_));
                    draft.known.words = if is_known { known.words } else { NONE };
                }
                TableColumn::Low => rewrite(&mut said.low, self.options.value(trimmed)),
                TableColumn::High => rewrite(&mut said.high, self.options.value(trimmed)),
                TableColumn::By => {
                    draft.by = ids;
                    draft.known.by = if is_bare { known.by } else { NONE };
                }
                TableColumn::Via => draft.via = ids,
                TableColumn::Document => {
                    draft.document = Some(trimmed);
                    draft.known.document = if is_bare { known.document } else { NONE };
                }
                TableColumn::Locator => draft.locator = Some(text),
                TableColumn::Unit => draft.unit = Some(trimmed),
                TableColumn::Asserted => rewrite(&mut said.asserted, self.options.date_alone(trimmed)),
                TableColumn::ValidAt => rewrite(&mut said.valid_at, self.options.date_alone(trimmed)),
                TableColumn::Supersedes => draft.supersedes = ids,
                TableColumn::DerivedFrom => draft.derived_from = ids,
                TableColumn::Quote => draft.quote = Some(text),
                TableColumn::Note => draft.note = Some(text),
                TableColumn::Stance => match trimmed.parse() {
                    Ok(stance) => draft.stance = Some(stance),
                    Err(error) => {
                        let error: UnknownWord = error;
                        batch.problems.push(place.field("stance", error));
                    }
                },
            }
        }
        draft
    }

    /// A cell without what surrounds it; empty, where it says no more than a mark of empty cells.
    fn cell<'r>(&self, at: usize, cell: &'r str) -> &'r str {
        let text = bare(cell);
        if self.options.has_nulls() && self.options.is_null(&self.names[at], text) { "" } else { text }
    }
}

/// Cells of a row whose figures and dates may be rewritten.
#[derive(Default)]
struct SaidCells<'r> {
    value: Cow<'r, str>,
    low: Cow<'r, str>,
    high: Cow<'r, str>,
    asserted: Cow<'r, str>,
    valid_at: Cow<'r, str>,
}

impl SaidCells<'_> {
    /// What was said: a value, or a range with the best estimate within it, if there is one.
    fn value(&self) -> Option<DraftValue<'_>> {
        match (&*self.value, &*self.low, &*self.high) {
            ("", "", "") => None,
            (value, "", "") => Some(DraftValue::Said(value)),
            (value, low, high) if value == low && low == high => Some(DraftValue::Said(value)),
            (best, low, high) => Some(DraftValue::Range { low, best, high }),
        }
    }
}

/// Whether a cell holds nothing that can be seen.
pub(super) fn is_blank(cell: &str) -> bool {
    !cell.starts_with(|c: char| c.is_ascii_graphic()) && cell.trim().is_empty()
}

/// A cell without the spaces around it; and without its quotation marks, where a space before them made them
/// its own.
pub(super) fn bare(cell: &str) -> &str {
    // Nearly every cell has letters or digits at both ends.
    if let [b'!'..=b'~', .., b'!'..=b'~'] | [b'!'..=b'~'] | [] = cell.as_bytes() {
        return cell;
    }
    let trimmed = cell.trim();
    let inner = trimmed.strip_prefix('"').and_then(|inner| inner.strip_suffix('"'));
    match inner {
        Some(inner) if cell.starts_with(' ') && !inner.contains('"') => inner.trim(),
        _ => trimmed,
    }
}

/// Whether a cell has nothing around it that isn't its own.
fn is_bare(cell: TextSpan<'_>) -> bool {
    let is_seen = |byte: u8| byte.wrapping_sub(b'!') <= b'~' - b'!';
    // Without a branch for what differs from cell to cell.
    let is_plain =
        cell.ends().is_some_and(|(first, last)| (is_seen(first) & is_seen(last)) | cell.is_empty());
    is_plain || bare(cell.text()).len() == cell.bytes().len()
}

/// What a row is about, so that it can state more of it.
#[derive(Default)]
struct RowRefs {
    record: Option<(Thing, u32)>,
    claim: Option<u32>,
    source: Option<Result<u32, &'static str>>,
    document: Option<u32>,
}

impl RowRefs {
    fn of(&self, thing: Thing) -> Result<u32, &'static str> {
        match (self.record, thing) {
            (Some((_, at)), _) => Ok(at),
            (None, Thing::Claim) => self.claim.ok_or("the row names no claim"),
            (None, Thing::Source) => self.source.unwrap_or(Err("the row credits nobody")),
            (None, Thing::Document) => {
                self.document.ok_or("the row names no document; fill in the column `document`")
            }
            (None, Thing::Term) => Err("the row names no term"),
        }
    }
}

/// What to say of a text that isn't UTF-8, from this byte on.
pub(super) fn not_utf8(text: &[u8], at: usize) -> String {
    let byte = text.get(at).copied().unwrap_or_default();
    let Some(letter) = windows_1252(byte) else {
        return format!("the text isn't UTF-8 (byte {byte:#04X}); save the file as UTF-8");
    };
    let of_word = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte >= 0x80;
    let before = text[..at].iter().rev().take_while(of_word).count().min(30);
    let after = text[at..].iter().take_while(of_word).count().min(30);
    let word: String = text[at - before..at + after].iter().filter_map(|byte| windows_1252(*byte)).collect();
    format!(
        "the text isn't UTF-8: {} seems to be in Windows-1252, where byte {byte:#04X} is {}; save the file as UTF-8",
        Shown(&word),
        Shown(&letter.to_string())
    )
}

/// The letter of a byte in the encoding that spreadsheets on Windows still save.
fn windows_1252(byte: u8) -> Option<char> {
    const FROM_80: [u16; 32] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
        0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0, 0x017E, 0x0178,
    ];
    match byte {
        0x80..=0x9F => char::from_u32(FROM_80[usize::from(byte - 0x80)].into()).filter(|c| *c != '\0'),
        _ => Some(char::from(byte)),
    }
}
