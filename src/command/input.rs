//! The files that a command reads, as one dossier.

use std::collections::HashMap;
use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::PathBuf;

use clap::Args;
use corroborate::{Dossier, Intake};

use super::failure::{Failure, tell};
use super::progress;

#[derive(Args)]
pub(super) struct Files {
    /// Dossiers in JSON and tables in CSV, TSV or JSON Lines, read as one; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    beside: Beside,
}

/// One file, and the claim that is asked about.
#[derive(Args)]
pub(super) struct OneClaim {
    /// A dossier in JSON, or a table of assertions in CSV, TSV or JSON Lines; `-` reads standard input
    file: PathBuf,
    /// The claim's id
    pub(super) claim: String,
    #[command(flatten)]
    beside: Beside,
}

/// Tables that say what a table of assertions leaves out.
#[derive(Args)]
struct Beside {
    /// A table of sources: `id`, `name`, `kind`, `part_of`, `anonymous`
    #[arg(long, value_name = "FILE")]
    sources: Option<PathBuf>,
    /// A table of terms: `id`, `label`, `broader`
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
    /// A table of claims: `id`, `question`, `kind`, `unit`, `topic`, `nature`, `evolves`, `scope.place`, …
    #[arg(long, value_name = "FILE")]
    claims: Option<PathBuf>,
}

impl Files {
    pub(super) fn read(&self) -> Result<Dossier, Failure> {
        read(&self.files, &self.beside)
    }
}

impl OneClaim {
    pub(super) fn read(&self) -> Result<Dossier, Failure> {
        read(std::slice::from_ref(&self.file), &self.beside)
    }
}

/// Reads files as one dossier, the tables beside them first, and says on standard error what was assumed.
fn read(files: &[PathBuf], beside: &Beside) -> Result<Dossier, Failure> {
    type Reads = fn(Intake, &str, &mut dyn Read) -> Intake;
    let sides: [(&Option<PathBuf>, Reads); 3] = [
        (&beside.sources, |intake, name, reader| intake.sources(name, reader)),
        (&beside.terms, |intake, name, reader| intake.terms(name, reader)),
        (&beside.claims, |intake, name, reader| intake.claims(name, reader)),
    ];
    let sides = sides.into_iter().filter_map(|(path, reads)| Some((path.as_ref()?, reads)));
    let files = files.iter().map(|path| (path, (|intake, name, reader| intake.file(name, reader)) as Reads));
    let inputs: Vec<_> = sides.chain(files).collect();
    let mut intake = Intake::new();
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
    for lint in lints {
        tell(&lint.to_string());
    }
    Ok(dossier)
}
