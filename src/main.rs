//! The command line: reads files, resolves, prints. Everything that thinks is in the library.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use corroborate::{Approximation, BuiltIn, Date, Dossier, Problems, Report, Resolver, Verdict, schema};

/// Says where sources agree, where they disagree, and what goes unattributed.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Reconciles dossiers and prints the report
    Report {
        #[command(flatten)]
        files: Files,
        #[command(flatten)]
        settings: Settings,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Leave explanations, notices and questions out of JSON, and count assertions
        #[arg(long)]
        brief: bool,
        /// Exit with status 1 when a claim has one of these verdicts: `disputed,unattributed`
        #[arg(long, value_name = "VERDICTS", value_delimiter = ',')]
        fail_on: Vec<Verdict>,
        #[command(flatten)]
        output: Output,
    },
    /// Says why one finding is what it is
    Explain {
        /// A dossier in JSON; `-` reads standard input
        file: PathBuf,
        /// The claim's id
        claim: String,
        #[command(flatten)]
        settings: Settings,
        #[command(flatten)]
        output: Output,
    },
    /// Says whether files are sound, and names every problem with its place
    Check {
        #[command(flatten)]
        files: Files,
    },
    /// Prints the JSON Schema of a dossier, of a report, or of both
    Schema {
        /// Of which file; of both, unless said
        of: Option<SchemaOf>,
    },
}

#[derive(Args)]
struct Files {
    /// Dossiers in JSON, read as one; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Args)]
struct Settings {
    /// Say what was known by the end of this day, UTC
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Add a rule to the standard ones: `rounding`, `tolerance=5%`
    #[arg(long = "rule", value_name = "NAME[=ARG]")]
    rules: Vec<BuiltIn>,
    /// Leave a standard rule out
    #[arg(long = "without-rule", value_name = "NAME", value_parser = BuiltIn::find_name)]
    without: Vec<&'static str>,
    /// How far "about" reaches
    #[arg(long, value_name = "PERCENT", default_value = "10%")]
    approximation: Approximation,
    /// Read a document's own voice as its publisher's word
    #[arg(long, value_enum, value_name = "WHOSE")]
    narration: Option<Narration>,
}

#[derive(Args)]
struct Output {
    /// Write to this file, whole or not at all, instead of standard output
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Narration {
    /// The word of whoever published the document
    Publisher,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// Schema corroborate-report/1
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum SchemaOf {
    /// Schema corroborate/1
    Dossier,
    /// Schema corroborate-report/1
    Report,
}

impl Settings {
    fn resolver(self, dossier: &Dossier) -> Result<Resolver, Failure> {
        let mut resolver = Resolver::standard().approximation(self.approximation);
        for rule in self.rules {
            if let Some(source) = rule.excluded_source()
                && dossier.source(source).is_none()
            {
                return Err(Failure::new(format_args!(
                    "--rule exclude-source={source}: there is no source `{source}`"
                )));
            }
            resolver = resolver.with_rule(rule);
        }
        for name in self.without {
            resolver = resolver.without_rule(name);
        }
        if let Some(date) = self.as_of {
            resolver = resolver.as_of(date);
        }
        Ok(match self.narration {
            Some(Narration::Publisher) => resolver.narration_is_publishers(),
            None => resolver,
        })
    }
}

/// What is said on standard error before the command ends with status 2.
struct Failure(String);

impl Failure {
    fn new(message: impl Display) -> Self {
        Self(message.to_string())
    }

    fn at(path: &Path, error: &io::Error) -> Self {
        Self(format!("{}: {error}", path.display()))
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        let count = problems.problems().len();
        Self(format!("{problems}\n{count} problem{}", if count == 1 { "" } else { "s" }))
    }
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(status) => status,
        Err(Failure(message)) => {
            // Nothing can be done about a standard error that is closed.
            let _ = writeln!(io::stderr(), "{}", message.replace(|c: char| c.is_control() && c != '\n', "\u{fffd}"));
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Report { files, settings, format, brief, fail_on, output } => {
            if brief && format != Format::Json {
                return Err(Failure::new("--brief goes with --format json"));
            }
            let dossier = read(&files.files)?;
            let report = settings.resolver(&dossier)?.resolve(&dossier);
            output.write(|to| match format {
                Format::Text => report.write_text(to),
                Format::Json => write_json(&report, brief, to),
            })?;
            let fails: BTreeSet<Verdict> = fail_on.into_iter().filter(|verdict| report.tally(*verdict) > 0).collect();
            Ok(if fails.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
        }
        Command::Explain { file, claim, settings, output } => {
            let dossier = read(&[file])?;
            let report = settings.resolver(&dossier)?.resolve(&dossier);
            let Some(finding) = report.finding(&claim) else {
                return Err(Failure::new(dossier.no_such_claim(&claim)));
            };
            output.write(|to| finding.write_explanation(to))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Check { files } => {
            let dossier = read(&files.files)?;
            let counts = [
                (dossier.claims().len(), "claim"),
                (dossier.assertions().len(), "assertion"),
                (dossier.sources().len(), "source"),
            ];
            let counts = counts.map(|(n, what)| format!("{n} {what}{}", if n == 1 { "" } else { "s" }));
            Output { output: None }.write(|to| writeln!(to, "sound: {}", counts.join(", ")))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Schema { of } => {
            let schema = match of {
                Some(SchemaOf::Dossier) => schema::dossier(),
                Some(SchemaOf::Report) => schema::report(),
                None => format!("{{\n\"dossier\": {},\n\"report\": {}\n}}", schema::dossier(), schema::report()),
            };
            Output { output: None }.write(|to| writeln!(to, "{schema}"))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn write_json(report: &Report<'_>, brief: bool, to: &mut dyn Write) -> io::Result<()> {
    if brief {
        report.write_brief_json(&mut *to)?
    } else {
        report.write_json(&mut *to)?
    }
    to.write_all(b"\n")
}

/// Reads files as one dossier.
fn read(paths: &[PathBuf]) -> Result<Dossier, Failure> {
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let (name, bytes) = if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            let read = if io::stdin().is_terminal() {
                Err(io::Error::other("nothing is piped in"))
            } else {
                io::stdin().read_to_end(&mut bytes)
            };
            (String::from("standard input"), read.map(|_| bytes))
        } else {
            (path.display().to_string(), fs::read(path))
        };
        let bytes = bytes.map_err(|error| Failure(format!("{name}: {error}")))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
            Failure(format!("{name}: line {line}: the file isn't UTF-8 text from byte {valid} on; save it as UTF-8"))
        })?;
        files.push((name, text));
    }
    // With one file its name says nothing that the user doesn't know.
    let alone = files.len() == 1;
    let named = files.iter().map(|(name, text)| (if alone { "" } else { name.as_str() }, text.as_str()));
    Ok(Dossier::from_json_files(named)?)
}

impl Output {
    /// Writes to a file, whole or not at all, or to standard output.
    fn write(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        let Some(path) = &self.output else {
            let mut out = io::BufWriter::new(io::stdout().lock());
            return match write(&mut out).and_then(|()| out.flush()) {
                // Whoever read the pipe has seen enough.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                result => result.map_err(|error| Failure(format!("standard output: {error}"))),
            };
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let fail = |error: &io::Error| Failure::at(path, error);
        let file =
            tempfile::Builder::new().prefix(".corroborate-").tempfile_in(folder).map_err(|error| fail(&error))?;
        let mut out = io::BufWriter::new(file);
        write(&mut out).map_err(|error| fail(&error))?;
        let file = out.into_inner().map_err(|error| fail(error.error()))?;
        let permissions = fs::metadata(path).map(|metadata| metadata.permissions());
        let file = file.persist(path).map_err(|error| fail(&error.error))?;
        if let Ok(permissions) = permissions {
            file.set_permissions(permissions).map_err(|error| fail(&error))?;
        }
        Ok(())
    }
}
