//! Other people's formats: tables as spreadsheets and scripts write them, beside dossiers in JSON.

mod delimited;
mod encoding;
#[cfg(feature = "json")]
mod json_lines;
mod options;
mod recognise;
pub(crate) mod rows;
mod table;
#[cfg(feature = "json")]
mod tables;

use std::fmt;
use std::io::{self, Read};

use crate::dossier::Dossier;
use crate::dossier::batch::Batch;
use crate::error::{ErrorKind, Problems};
use crate::model::lint::{Lint, LintKind};
use options::CellOptions;
use recognise::Input;
use table::TableOf;

#[cfg(feature = "json")]
pub use tables::{Table, TableFormat, Tables};

pub use options::{DateOrder, DecimalMark};

/// Reads several files into one dossier: tables and dossiers in JSON, mixed as they come.
///
/// Its content says what a file is: a dossier in JSON, a table in CSV or TSV, or JSON Lines (a row as a JSON
/// object on each line). Tables are read row by row and never held in memory as a whole. The names of files
/// stand before the places of their problems; with one file only, an empty name is enough. Two files of one
/// name are a problem, since what has no id would count twice; a record that several files hold under one id,
/// with the same content, is one.
///
/// A table of assertions needs the columns `claim`, `value` and `by`. Ids first seen in it are made as they
/// come, and the kind of a claim is taken from its values unless a column `kind` gives it. Tables of sources,
/// terms and claims may say what it leaves out; read them first, so that they set the order.
///
/// ```
/// use corroborate::{Intake, Resolver, Verdict};
///
/// let sources = "id,name,part_of\n\
///                us,United States,\n\
///                centcom,U.S. Central Command,us\n";
/// let table = "claim,value,by\n\
///              fighters-killed,14,iraq\n\
///              fighters-killed,15,us\n\
///              fighters-killed,at least 14,\n\
///              soldiers-injured,7,us;centcom\n";
/// let (raid, lints) = Intake::new()
///     .sources("sources.csv", sources.as_bytes())
///     .file("raid.csv", table.as_bytes())
///     .finish()?;
///
/// let report = Resolver::standard().resolve(&raid);
/// let killed = report.finding("fighters-killed").ok_or("no such claim")?;
/// assert_eq!(killed.verdict(), Verdict::Disputed);
/// // What was assumed is said.
/// let said: Vec<String> = lints.iter().map(ToString::to_string).collect();
/// assert_eq!(said, [
///     "kinds taken from the values (counts: `fighters-killed`, `soldiers-injured`); add a column `kind` to change this",
///     "not in the table of sources, so taken as a new one: `iraq`",
/// ]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Default)]
pub struct Intake {
    batch: Batch,
    options: CellOptions,
}

impl Intake {
    /// Nothing read yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Leaves the names of files out of messages, as is right where there is one file only.
    #[must_use]
    pub fn without_names(mut self) -> Self {
        self.batch.nameless = true;
        self
    }

    /// Reads cells that say exactly this as empty, in the tables that follow: `nan`, `N/A`. Several marks add
    /// up.
    ///
    /// Such a mark is never read as the name of a source or as an answer. Without this setting it is a
    /// problem.
    ///
    /// ```
    /// use corroborate::{Intake, Resolver, Verdict};
    ///
    /// let table = "claim,value,by\nmissing,7,nan\nmissing,7,mayor\n";
    /// assert!(Intake::new().file("", table.as_bytes()).finish().is_err());
    /// let (flood, _) = Intake::new().null("nan").file("", table.as_bytes()).finish()?;
    /// let report = Resolver::standard().resolve(&flood);
    /// let verdict = report.finding("missing").map(|missing| missing.verdict());
    /// assert_eq!(verdict, Some(Verdict::SingleSource)); // one row is unattributed
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn null(mut self, mark: &str) -> Self {
        self.options.nulls.push((None, mark.to_owned()));
        self
    }

    /// The same for the cells of one column.
    ///
    /// ```
    /// use corroborate::Intake;
    ///
    /// let table = "claim,value,by,document\nmissing,7,NA,article\n";
    /// let (flood, _) = Intake::new().null_in("by", "NA").file("", table.as_bytes()).finish()?;
    /// assert_eq!(flood.sources().len(), 0);
    /// # Ok::<(), corroborate::Problems>(())
    /// ```
    #[must_use]
    pub fn null_in(mut self, column: &str, mark: &str) -> Self {
        self.options.nulls.push((Some(column.to_owned()), mark.to_owned()));
        self
    }

    /// Says what decimals stand behind in the figures of the tables that follow. The other sign groups
    /// thousands.
    ///
    /// ```
    /// use corroborate::{DecimalMark, Intake, Kind};
    ///
    /// let table = "claim;value;by\nrate;1,5;institute\nrate;1.234,5;ministry\n";
    /// let (rates, _) = Intake::new().decimal(DecimalMark::Comma).file("", table.as_bytes()).finish()?;
    /// assert_eq!(rates.assertion("rate#2").and_then(|rate| rate.said()).as_deref(), Some("1234.5"));
    /// # Ok::<(), corroborate::Problems>(())
    /// ```
    #[must_use]
    pub fn decimal(mut self, mark: DecimalMark) -> Self {
        self.options.decimal = Some(mark);
        self
    }

    /// Says in which order day, month and year stand in the dates of the tables that follow.
    ///
    /// Without it, a date whose year comes last is read where one reading exists: 29/8/2024, and not
    /// 8/9/2024.
    ///
    /// ```
    /// use corroborate::{DateOrder, Intake};
    ///
    /// let table = "claim,value,by\nsank,8/9/2024,port\n";
    /// let (ship, _) = Intake::new().date_order(DateOrder::DayFirst).file("", table.as_bytes()).finish()?;
    /// assert_eq!(ship.assertion("sank#1").and_then(|sank| sank.said()).as_deref(), Some("2024-09-08"));
    /// # Ok::<(), corroborate::Problems>(())
    /// ```
    #[must_use]
    pub fn date_order(mut self, order: DateOrder) -> Self {
        self.options.date_order = Some(order);
        self
    }

    /// Reads a dossier in JSON or a table of assertions.
    #[must_use]
    pub fn file(self, name: &str, reader: impl Read) -> Self {
        self.read(name, reader, TableOf::Assertions)
    }

    /// Reads a table of sources: `id`, and any of `name`, `kind`, `part_of` and `anonymous`.
    #[must_use]
    pub fn sources(self, name: &str, reader: impl Read) -> Self {
        self.read(name, reader, TableOf::Sources)
    }

    /// Reads a table of terms: `id`, and any of `label` and `broader`.
    #[must_use]
    pub fn terms(self, name: &str, reader: impl Read) -> Self {
        self.read(name, reader, TableOf::Terms)
    }

    /// Reads a table of claims: `id`, and any of `question`, `kind`, `unit`, `topic`, `nature`, `evolves` and
    /// `scope.place`, `scope.period`, `scope.` whatever else.
    #[must_use]
    pub fn claims(self, name: &str, reader: impl Read) -> Self {
        self.read(name, reader, TableOf::Claims)
    }

    /// The dossier of everything that was read, and a [`Lint`] for each thing that was assumed.
    ///
    /// # Errors
    ///
    /// When something in a file isn't sound. Every problem of every file is named, with its place.
    pub fn finish(self) -> Result<(Dossier, Vec<Lint>), Problems> {
        self.batch.finish()
    }

    fn read(mut self, name: &str, reader: impl Read, what: TableOf) -> Self {
        let Self { batch, options } = &mut self;
        if !batch.is_new(name) {
            return self;
        }
        let opened = recognise::open(name, reader, &mut |encoding| {
            let place = if batch.nameless || name.is_empty() { None } else { Some(name.to_owned()) };
            let lint = Lint::new(LintKind::Encoding, place, format_args!("read as {encoding}"));
            batch.lints.push(lint.with_advice("save it as UTF-8 to be sure"));
        });
        match opened {
            Ok(Input::Delimited { delimiter, reader }) => {
                delimited::read(batch, name, delimiter, reader, (what, options))
            }
            #[cfg(feature = "json")]
            Ok(Input::Lines(reader)) => json_lines::read(batch, name, reader, (what, options)),
            #[cfg(feature = "json")]
            Ok(Input::Dossier(reader)) => dossier(batch, name, reader, what),
            Err(refusal) => {
                let file = batch.file(name, crate::dossier::place::FileForm::Entries);
                batch.problems.push(match refusal {
                    recognise::Refusal::Unreadable(error) => unreadable(&file, 1, &error),
                    recognise::Refusal::Unsuited(problem) => {
                        file.problem_on_line(1, ErrorKind::Syntax.because(problem))
                    }
                });
            }
        }
        self
    }
}

impl fmt::Debug for Intake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intake").finish_non_exhaustive()
    }
}

impl Dossier {
    /// Reads a table of assertions: CSV or TSV, and with the feature `json` also JSON Lines.
    ///
    /// The columns `claim`, `value` and `by` are enough, in any order; an empty `by` is the document's own
    /// voice. To read several files, or tables of sources, terms and claims beside this one, see [`Intake`].
    ///
    /// ```
    /// use corroborate::{Dossier, Kind};
    ///
    /// let table = "claim,value,by\n\
    ///              fighters-killed,14,iraq\n\
    ///              fighters-killed,15,us\n";
    /// let raid = Dossier::from_csv(table.as_bytes())?;
    /// let killed = raid.claim("fighters-killed").ok_or("no such claim")?;
    /// assert_eq!(killed.kind(), Kind::Count); // all its values are
    /// assert_eq!(killed.assertions().len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When rows aren't sound: each is named with its line and column.
    pub fn from_csv(reader: impl Read) -> Result<Self, Problems> {
        Intake::new().file("", reader).finish().map(|(dossier, _)| dossier)
    }
}

/// What to say of a file that can't be read on.
fn unreadable(file: &crate::dossier::place::InputFile, line: u32, error: &io::Error) -> crate::error::Error {
    let problem = format_args!("the file can't be read on from here: {error}");
    file.problem_on_line(line, ErrorKind::Syntax.because(problem))
}

/// Reads a dossier in JSON, which is held as a text while it is read.
#[cfg(feature = "json")]
fn dossier(batch: &mut Batch, name: &str, mut reader: impl Read, what: TableOf) {
    use crate::dossier::place::FileForm;

    let mut bytes = Vec::new();
    let read = reader.read_to_end(&mut bytes);
    let problem = match (read, what) {
        (Err(error), _) => unreadable(&batch.file(name, FileForm::Entries), 1, &error),
        (_, TableOf::Assertions) => match String::from_utf8(bytes) {
            Ok(json) => return crate::dossier::document::read(batch, name, &json),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let bytes = error.as_bytes();
                let line = bytes[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
                let problem = table::not_utf8(bytes, valid);
                batch.file(name, FileForm::Entries).problem_on_line(
                    u32::try_from(line).unwrap_or(u32::MAX),
                    ErrorKind::Syntax.because(problem),
                )
            }
        },
        (_, what) => {
            let problem =
                format!("expected a table of {what}s, whose first row names its columns; found JSON");
            batch.file(name, FileForm::Entries).problem_on_line(1, ErrorKind::Syntax.because(problem))
        }
    };
    batch.problems.push(problem);
}
