//! The way back: a dossier as tables, and as JSON what no table says.

mod cells;
mod left_out;

use std::io::{self, Write};

use indexmap::IndexSet;

use super::rows::{is_formula, write_row};
use crate::dossier::columns::Set;
use crate::dossier::document::Rest;
use crate::dossier::{AssertionRef, ClaimRef, DocumentRef, Dossier, SourceRef, TermRef};
use crate::error::Problems;
use crate::error::words;
use cells::{OutCell, OutColumn};

words! {
    /// How a table is written.
    ///
    /// The word of each is what its files end in, and what `corroborate convert --to` takes.
    ///
    /// ```
    /// use corroborate::TableFormat;
    ///
    /// let format: TableFormat = "tsv".parse()?;
    /// assert_eq!(format, TableFormat::Tsv);
    /// # Ok::<(), corroborate::UnknownWord>(())
    /// ```
    #[non_exhaustive]
    pub enum TableFormat ("format of tables") {
        /// Cells separated by commas.
        Csv = "csv",
        /// Cells separated by tabs.
        Tsv = "tsv",
        /// JSON Lines: a row as a JSON object on each line.
        JsonLines = "jsonl",
    }
}

words! {
    /// One of the files that a dossier comes apart into. The word of each is the stem of its name.
    ///
    /// ```
    /// use corroborate::{Table, TableFormat};
    ///
    /// let name = format!("{}.{}", Table::Sources, TableFormat::Csv);
    /// assert_eq!(name, "sources.csv");
    /// ```
    #[non_exhaustive]
    pub enum Table ("table") {
        /// The assertions, with what is to be known of a document in the first row that names it.
        Assertions = "assertions",
        /// All sources, as [`Intake::sources`](crate::Intake::sources) reads them.
        Sources = "sources",
        /// The terms that somebody declared, as [`Intake::terms`](crate::Intake::terms) reads them.
        Terms = "terms",
        /// All claims, as [`Intake::claims`](crate::Intake::claims) reads them.
        Claims = "claims",
        /// No table but a dossier in JSON of schema `corroborate/1`, to be read beside them: the title,
        /// retractions, constraints, documents that no assertion stands in, and the few records that no row
        /// can say.
        Rest = "rest",
    }
}

/// A dossier as tables. [`Dossier::tables`] makes them.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Table, TableFormat};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "30"))?;
///
/// let mut rows = Vec::new();
/// flood.tables(TableFormat::Csv)?.write(Table::Assertions, &mut rows)?;
/// assert!(String::from_utf8(rows)?.contains("missing,30"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Tables<'d> {
    dossier: &'d Dossier,
    format: TableFormat,
    /// The dimensions of scopes that have a column.
    dimensions: Vec<&'d str>,
    /// Which columns of the table of assertions have something to say.
    used: Vec<bool>,
    rest: Rest,
    has_formulas: bool,
}

impl Dossier {
    /// The dossier as tables of one format, which read back to the same dossier, with the same reports.
    ///
    /// Nothing is lost: what no table says is written as JSON beside them. Each of the
    /// [`needed`](Tables::needed) files is written by [`Tables::write`] and read by
    /// [`Intake`](crate::Intake), the tables of sources, terms and claims first. Documents come back in the
    /// order in which assertions name them, which no report shows.
    ///
    /// A table of assertions [alone](Tables::write_alone) is a whole dossier only where nothing is
    /// [`left_out`](Tables::left_out) of it.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Intake, Source, Table, TableFormat};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("us", "United States"))?;
    /// raid.add_source(Source::new("iraq", "Iraq"))?;
    /// raid.add_claim(Claim::count("killed", "How many fighters were killed?"))?;
    /// raid.record(Assertion::new("killed", "1,400").by_all(["us", "iraq"]))?;
    ///
    /// let tables = raid.tables(TableFormat::Csv)?;
    /// assert_eq!(tables.left_out(), ["the title", "2 sources, in part or in whole (`us`, `iraq`)"]);
    ///
    /// let written = |table| {
    ///     let mut text = Vec::new();
    ///     tables.write(table, &mut text).map(|()| text)
    /// };
    /// let assertions = written(Table::Assertions)?;
    /// assert_eq!(std::str::from_utf8(&assertions)?, "claim,value,by\nkilled,\"1,400\",us;iraq\n");
    /// assert_eq!(tables.needed().collect::<Vec<_>>(), [Table::Assertions, Table::Sources, Table::Claims, Table::Rest]);
    ///
    /// let (again, _) = Intake::new()
    ///     .sources("sources.csv", written(Table::Sources)?.as_slice())
    ///     .claims("claims.csv", written(Table::Claims)?.as_slice())
    ///     .file("assertions.csv", assertions.as_slice())
    ///     .file("rest.json", written(Table::Rest)?.as_slice())
    ///     .finish()?;
    /// assert_eq!(again.to_json(), raid.to_json());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When an assertion says what no row can, since its place among the others is in the rows: each is named
    /// with the field. An id with a semicolon can't be told from two ids, and a cell has no spaces around its
    /// words.
    pub fn tables(&self, format: TableFormat) -> Result<Tables<'_>, Problems> {
        left_out::check(self, format)?;
        let dimensions = self.dimensions(format);
        let rest = left_out::rest(self, &dimensions);
        let mut tables =
            Tables { dossier: self, format, dimensions, used: Vec::new(), rest, has_formulas: false };
        tables.find_used_columns();
        Ok(tables)
    }

    /// The dimensions of scopes that can have a column, in the order in which a reader meets them.
    fn dimensions(&self, format: TableFormat) -> Vec<&str> {
        // More columns than these aren't taken for a table.
        const MOST: usize = 400;
        let mut names: IndexSet<&str> = IndexSet::new();
        let mut before = vec![Set::<usize>::default(); MOST];
        for claim in self.claims() {
            // What parts cells may part no name, or the first row isn't known for what it is.
            let parts = |name: &str| name.contains([';', '\t', '\n', '\r']);
            let told = claim
                .scope()
                .filter(|(name, value)| cells::is_told(name) && cells::is_told(value) && !parts(name));
            let mut told: Vec<&str> = told.map(|(name, _)| name).collect();
            if format == TableFormat::JsonLines {
                // The fields of an object are read in the order of their names.
                told.sort_unstable();
            }
            let mut last = None;
            for name in told {
                if names.len() == MOST && !names.contains(name) {
                    break;
                }
                let at = names.insert_full(name).0;
                before[at].extend(last.replace(at));
            }
        }
        if format != TableFormat::JsonLines {
            // A column stands behind those that stand before it in some claim's scope, as far as claims
            // agree.
            let mut left = vec![true; names.len()];
            let mut ordered = IndexSet::new();
            while ordered.len() < names.len() {
                let is_free = |at: &usize| left[*at] && before[*at].iter().all(|before| !left[*before]);
                let next = (0..names.len()).find(is_free).or_else(|| left.iter().position(|left| *left));
                let next = next.unwrap_or_default(); // some are left
                left[next] = false;
                ordered.insert(names[next]);
            }
            names = ordered;
        }
        names.into_iter().collect()
    }
}

impl<'d> Tables<'d> {
    /// The files that the dossier needs: of a sort of records that it hasn't got, there is no table.
    pub fn needed(&self) -> impl Iterator<Item = Table> {
        Table::ALL.iter().copied().filter(|table| match table {
            Table::Assertions => self.dossier.assertions().len() > 0,
            Table::Sources => self.dossier.sources().len() > 0,
            Table::Terms => self.declared_terms().next().is_some(),
            Table::Claims => self.dossier.claims().len() > 0,
            Table::Rest => !self.rest.is_empty(self.dossier),
        })
    }

    /// What the table of assertions alone leaves out, in words; nothing, where it is the whole dossier.
    ///
    /// ```
    /// use corroborate::{Dossier, TableFormat};
    ///
    /// let flood = Dossier::from_csv("claim,value,by,part_of\nmissing,30,mayor,varn\n".as_bytes())?;
    /// let tables = flood.tables(TableFormat::JsonLines)?;
    /// assert!(tables.left_out().is_empty());
    ///
    /// let mut lines = Vec::new();
    /// tables.write_alone(&mut lines)?;
    /// assert_eq!(
    ///     String::from_utf8(lines)?,
    ///     r#"{"claim":"missing","kind":"count","value":"30","by":"mayor","part_of":"varn"}"#.to_owned() + "\n"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn left_out(&self) -> Vec<String> {
        left_out::of_assertions(self)
    }

    /// Whether a spreadsheet would take cells of CSV or TSV for formulas, as it does where one begins with
    /// `=`, `+`, `-` or `@`.
    ///
    /// They are written as they are, so that they read back as they were; let a spreadsheet import their
    /// columns as text. [`Report::write_csv`](crate::Report::write_csv), which is written to be opened, makes
    /// them harmless.
    pub fn has_formulas(&self) -> bool {
        self.has_formulas
    }

    /// Writes one of the files. Each says what the others don't, so that whoever mends a name does it in one
    /// place.
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write(&self, table: Table, to: impl Write) -> io::Result<()> {
        self.write_table(table, false, to)
    }

    /// Writes the table of assertions for those who have it alone: what is to be known of a claim or a source
    /// stands in the first row that names it. What it says of them isn't all: see
    /// [`left_out`](Self::left_out).
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_alone(&self, to: impl Write) -> io::Result<()> {
        self.write_table(Table::Assertions, true, to)
    }

    fn write_table(&self, table: Table, alone: bool, mut to: impl Write) -> io::Result<()> {
        if table == Table::Rest {
            self.dossier.write_rest(&self.rest, &mut to)?;
            return to.flush();
        }
        let columns = cells::columns(table);
        let names: Vec<OutCell<'_>> = columns
            .iter()
            .map(|column| column.name.into())
            .chain(self.dimensions_of(table).map(|dimension| format!("scope.{dimension}").into()))
            .collect();
        let written = |at: &usize| {
            let is_beside = columns.get(*at).is_none_or(|column| column.is_beside);
            table != Table::Assertions || (self.used[*at] && (alone || !is_beside))
        };
        let written: Vec<usize> = (0..names.len()).filter(written).collect();
        let delimiter = match self.format {
            TableFormat::Csv => Some(','),
            TableFormat::Tsv => Some('\t'),
            TableFormat::JsonLines => None,
        };
        if let Some(delimiter) = delimiter {
            write_row(&mut to, delimiter, written.iter().map(|at| &names[*at]))?;
        }
        for row in self.rows(table) {
            let cells: Vec<OutCell<'_>> = self.cells(table, &row).collect();
            match delimiter {
                Some(delimiter) => write_row(&mut to, delimiter, written.iter().map(|at| &cells[*at]))?,
                None => {
                    write_line(&mut to, columns, written.iter().map(|at| (*at, &names[*at], &cells[*at])))?
                }
            }
        }
        to.flush()
    }

    fn declared_terms(&self) -> impl Iterator<Item = TermRef<'d>> + use<'d> {
        self.dossier.terms().filter(|term| term.is_declared())
    }

    fn dimensions_of(&self, table: Table) -> impl Iterator<Item = &'d str> {
        let has_scope = matches!(table, Table::Assertions | Table::Claims);
        self.dimensions.iter().copied().filter(move |_| has_scope)
    }

    fn rows(&self, table: Table) -> Box<dyn Iterator<Item = OutRow<'d>> + 'd> {
        let dossier = self.dossier;
        match table {
            Table::Assertions => {
                let mut firsts = FirstMentions::default();
                Box::new(dossier.assertions().map(move |assertion| firsts.row(assertion)))
            }
            Table::Sources => {
                Box::new(dossier.sources().map(|source| OutRow { source: Some(source), ..OutRow::default() }))
            }
            Table::Terms => {
                Box::new(self.declared_terms().map(|term| OutRow { term: Some(term), ..OutRow::default() }))
            }
            Table::Claims => {
                Box::new(dossier.claims().map(|claim| OutRow { claim: Some(claim), ..OutRow::default() }))
            }
            Table::Rest => Box::new(std::iter::empty()),
        }
    }

    /// The cells of a row: those of its columns, then its scope.
    fn cells<'r>(&'r self, table: Table, row: &'r OutRow<'d>) -> impl Iterator<Item = OutCell<'r>> {
        let scope = self.dimensions_of(table).map(|dimension| cells::scope(row.claim, dimension));
        cells::columns(table).iter().map(|column| (column.cell)(row)).chain(scope)
    }

    /// Looks through all rows for what is in them.
    fn find_used_columns(&mut self) {
        let mut used = vec![false; cells::columns(Table::Assertions).len() + self.dimensions.len()];
        used[..cells::ALWAYS].fill(true);
        let mut has_formulas = false;
        for table in Table::ALL {
            for row in self.rows(*table) {
                for (at, cell) in self.cells(*table, &row).enumerate() {
                    used[at] |= *table == Table::Assertions && !cell.is_empty();
                    has_formulas |= is_formula(&cell);
                }
            }
        }
        self.has_formulas = has_formulas && self.format != TableFormat::JsonLines;
        self.used = used;
    }
}

/// Writes a row as an object on a line, without what is empty.
fn write_line<'r>(
    to: &mut impl Write,
    columns: &[OutColumn],
    cells: impl Iterator<Item = (usize, &'r OutCell<'r>, &'r OutCell<'r>)>,
) -> io::Result<()> {
    let mut before = "{";
    for (at, name, cell) in cells.filter(|(_, _, cell)| !cell.is_empty()) {
        write!(to, "{before}{}:", serde_json::to_string(name)?)?;
        before = ",";
        // No id in a list holds a semicolon.
        if columns.get(at).is_some_and(|column| column.is_list) && cell.contains(';') {
            serde_json::to_writer(&mut *to, &cell.split(';').collect::<Vec<_>>())?;
        } else {
            serde_json::to_writer(&mut *to, cell)?;
        }
    }
    to.write_all(b"}\n")
}

/// What a row is about: a record, or an assertion with what it is the first to name.
#[derive(Clone, Copy, Default)]
struct OutRow<'d> {
    assertion: Option<AssertionRef<'d>>,
    claim: Option<ClaimRef<'d>>,
    source: Option<SourceRef<'d>>,
    document: Option<DocumentRef<'d>>,
    term: Option<TermRef<'d>>,
}

/// What has been named so far.
#[derive(Default)]
struct FirstMentions {
    sources: Set<u32>,
    documents: Set<u32>,
}

impl FirstMentions {
    fn row<'d>(&mut self, assertion: AssertionRef<'d>) -> OutRow<'d> {
        let claim = assertion.claim();
        let first = claim.assertions().next().is_some_and(|first| first.index == assertion.index);
        let mut by = assertion.by();
        let source = by.next().filter(|_| by.len() == 0).filter(|source| self.sources.insert(source.index));
        let document = assertion.document().filter(|document| self.documents.insert(document.index));
        OutRow { assertion: Some(assertion), claim: first.then_some(claim), source, document, term: None }
    }
}
