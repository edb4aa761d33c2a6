//! The files that a command reads, as one dossier.

use std::collections::HashMap;
use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::PathBuf;

use clap::Args;
use corroborate::{DateOrder, DecimalMark, Dossier, Intake, LintLevel};

use super::failure::{Failure, print_message};
use super::progress;

#[derive(Args)]
pub(super) struct Files {
    /// Dossiers in JSON and tables in CSV, TSV or JSON Lines, read as one; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    tables: TableOptions,
}

/// Files, and the claim that is asked about.
#[derive(Args)]
pub(super) struct FilesAndClaim {
    /// Dossiers in JSON and tables in CSV, TSV or JSON Lines, read as one; `-` reads standard input. Without
    /// --claim the last one is the claim's id
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The claim's id
    #[arg(long, value_name = "ID")]
    claim: Option<String>,
    #[command(flatten)]
    tables: TableOptions,
}

/// Tables that say what a table of assertions leaves out.
#[derive(Args)]
struct TableOptions {
    /// A table of sources: `id`, `name`, `kind`, `part_of`, `anonymous`
    #[arg(long, value_name = "FILE")]
    sources: Option<PathBuf>,
    /// A table of terms: `id`, `label`, `broader`
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
    /// A table of claims: `id`, `question`, `kind`, `unit`, `topic`, `nature`, `evolves`, `scope.place`, …
    #[arg(long, value_name = "FILE")]
    claims: Option<PathBuf>,
    /// Read cells of tables that say exactly this as empty: `nan`, `by=N/A`; may be given several times
    #[arg(long, value_name = "[COLUMN=]MARK")]
    null: Vec<String>,
    /// What decimals stand behind in tables, comma or point; the other one groups thousands
    #[arg(long, value_name = "MARK")]
    decimal: Option<DecimalMark>,
    /// The order of day, month and year in tables: dmy, mdy or ymd
    #[arg(long, value_name = "ORDER")]
    date_order: Option<DateOrder>,
}

impl TableOptions {
    /// An intake that reads cells as the options say.
    fn intake(&self) -> Intake {
        let is_name =
            |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || " ._-".contains(c));
        let intake = self.null.iter().fold(Intake::new(), |intake, null| match null.split_once('=') {
            Some((column, mark)) if is_name(column) => intake.null_in(column, mark),
            _ => intake.null(null),
        });
        let intake = self.decimal.into_iter().fold(intake, Intake::decimal);
        self.date_order.into_iter().fold(intake, Intake::date_order)
    }
}

impl Files {
    pub(super) fn read(&self) -> Result<Dossier, Failure> {
        let dossier = read(&self.files, &self.tables)?;
        print_lints(&dossier);
        Ok(dossier)
    }

    /// The same, for whoever shows lints otherwise.
    pub(super) fn read_without_lints(&self) -> Result<Dossier, Failure> {
        read(&self.files, &self.tables)
    }
}

impl FilesAndClaim {
    /// The files as one dossier, and the claim's id, which it may not have.
    pub(super) fn read(self) -> Result<(Dossier, String), Failure> {
        let Self { mut files, claim, tables } = self;
        // A lone argument is a file: whoever names one thing means what to read.
        let last = if claim.is_none() && files.len() > 1 { files.pop() } else { None };
        let claim = claim.or_else(|| last.as_deref().map(|last| last.to_string_lossy().into_owned()));
        let Some(claim) = claim else {
            return Err(Failure::new("which claim? name it with --claim ID, or behind the file"));
        };
        let dossier = read(&files, &tables)?;
        print_lints(&dossier);
        if dossier.claim(&claim).is_none()
            && let Some(file) = last.filter(|last| last.is_file())
        {
            return Err(Failure::new(format_args!(
                "there is no claim `{}`, which is a file; name the claim with --claim ID",
                file.display()
            )));
        }
        Ok((dossier, claim))
    }
}

/// Reads files as one dossier, the tables beside them first, and says on standard error what was assumed.
fn read(files: &[PathBuf], tables: &TableOptions) -> Result<Dossier, Failure> {
    type ReadFn = fn(Intake, &str, &mut dyn Read) -> Intake;
    let sides: [(&Option<PathBuf>, ReadFn); 3] = [
        (&tables.sources, |intake, name, reader| intake.sources(name, reader)),
        (&tables.terms, |intake, name, reader| intake.terms(name, reader)),
        (&tables.claims, |intake, name, reader| intake.claims(name, reader)),
    ];
    let sides = sides.into_iter().filter_map(|(path, reads)| Some((path.as_ref()?, reads)));
    let files = files.iter().map(|path| (path, (|intake, name, reader| intake.file(name, reader)) as ReadFn));
    let inputs: Vec<_> = sides.chain(files).collect();
    let mut intake = tables.intake();
    if inputs.len() == 1 {
        // One file's name says nothing that the user doesn't know.
        intake = intake.without_names();
    }
    let mut piped = false;
    let mut opened = HashMap::new();
    for (path, reads) in inputs {
        let name =
            if path.as_os_str() == "-" { "standard input".to_owned() } else { path.display().to_string() };
        let fail = |error| Failure(format!("{name}: {error}"));
        intake = if path.as_os_str() != "-" {
            let file = fs::File::open(path).map_err(fail)?;
            let metadata = file.metadata().map_err(fail)?;
            if metadata.is_dir() {
                return Err(fail(io::Error::other("this is a folder; name the files in it")));
            }
            // Where a path can't be made out, as of a pipe that has none, it is another file.
            if metadata.is_file()
                && let Some(first) = fs::canonicalize(path).ok().and_then(|file| opened.insert(file, path))
            {
                let again = format!("this is `{}` again; name each file once", first.display());
                return Err(fail(io::Error::other(again)));
            }
            reads(intake, &name, &mut progress::reading(&name, file, Some(metadata.len())))
        } else if io::stdin().is_terminal() {
            return Err(fail(io::Error::other("nothing is piped in")));
        } else if std::mem::replace(&mut piped, true) {
            return Err(fail(io::Error::other("it can be read only once")));
        } else {
            reads(intake, &name, &mut progress::reading(&name, io::stdin().lock(), None))
        };
    }
    let (dossier, lints) = intake.finish()?;
    for note in lints.iter().filter(|lint| lint.level() == LintLevel::Note) {
        print_message(&note.to_string());
    }
    Ok(dossier)
}

/// Says on standard error what should be looked at.
fn print_lints(dossier: &Dossier) {
    for lint in dossier.lints().iter().filter(|lint| lint.level() == LintLevel::Lint) {
        print_message(&format!("please check: {lint}"));
    }
}
