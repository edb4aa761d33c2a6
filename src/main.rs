//! The command line: reads files, resolves, prints. Everything that thinks is in the library.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use clap::{Args, Parser, Subcommand, ValueEnum};
use corroborate::{
    Approximation, BuiltIn, Date, Dossier, Intake, Problems, Report, Resolver, Table, TableFormat, Tables,
    TextLayout, Verdict, schema,
};

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
        /// Which picture to draw in SVG
        #[arg(long, value_enum, value_name = "WHICH")]
        picture: Option<Picture>,
        /// Draw only the claim of this id
        #[arg(long, value_name = "ID")]
        claim: Option<String>,
        /// Exit with status 1 when a claim has one of these verdicts: `disputed,unattributed`
        #[arg(long, value_name = "VERDICTS", value_delimiter = ',')]
        fail_on: Vec<Verdict>,
        #[command(flatten)]
        output: Output,
    },
    /// Says why one finding is what it is
    Explain {
        /// A dossier in JSON, or a table of assertions in CSV, TSV or JSON Lines; `-` reads standard input
        file: PathBuf,
        /// The claim's id
        claim: String,
        #[command(flatten)]
        beside: Beside,
        #[command(flatten)]
        settings: Settings,
        #[command(flatten)]
        output: Output,
    },
    /// Says how one finding changed as assertions came in
    Timeline {
        /// A dossier in JSON, or a table of assertions in CSV, TSV or JSON Lines; `-` reads standard input
        file: PathBuf,
        /// The claim's id
        claim: String,
        #[command(flatten)]
        beside: Beside,
        #[command(flatten)]
        settings: Settings,
        /// How to print it
        #[arg(long, value_enum, default_value_t = TimelineFormat::Text)]
        format: TimelineFormat,
        #[command(flatten)]
        output: Output,
    },
    /// Says whether files are sound, and names every problem with its place
    Check {
        #[command(flatten)]
        files: Files,
    },
    /// Writes files anew, as one dossier in JSON or as tables that read back to the same
    ///
    /// A table of assertions says little of sources and claims, and nothing of constraints. So a dossier comes apart into
    /// several files, with --into: tables of assertions, sources, terms and claims, as far as there are some, and
    /// `rest.json` for what no table says. Without it, what the one table would leave out is named, and nothing is
    /// written.
    Convert {
        #[command(flatten)]
        files: Files,
        /// What to write
        #[arg(long, value_enum, value_name = "FORMAT")]
        to: ConvertTo,
        #[command(flatten)]
        output: Output,
        /// Write all tables into this folder, which is made; whole or not at all
        #[arg(long, value_name = "FOLDER", conflicts_with = "output")]
        into: Option<PathBuf>,
    },
    /// Prints the JSON Schema of a dossier, of a report, of a timeline, or of all three
    Schema {
        /// Of which file; of all three, unless said
        of: Option<SchemaOf>,
    },
    /// Lists the rules: what each does, what it takes, and which are standard
    Rules,
}

#[derive(Args)]
struct Files {
    /// Dossiers in JSON and tables in CSV, TSV or JSON Lines, read as one; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
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

#[derive(Args)]
struct Settings {
    /// Say what was known by the end of this day, UTC
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Add a rule to the standard ones: `rounding`, `tolerance=5%`; `corroborate rules` lists them
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
    /// For a story's notes
    Markdown,
    /// Schema corroborate-report/1
    Json,
    /// A page for browsers, in one file
    Html,
    /// A table with a row for each finding, for spreadsheets and pipelines
    Csv,
    /// A picture, by --picture; else what each answer about a figure or a date leaves possible
    Svg,
    /// Who says what, and whose words are whose, for Graphviz
    Dot,
    /// The same for Mermaid
    Mermaid,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Picture {
    /// What each answer about a figure or a date leaves possible
    Span,
    /// How the findings moved as assertions came in
    Timeline,
    /// Who is part of whom, and whose words are whose
    Sources,
    /// Who agrees with whom, in how many claims
    Sides,
}

#[derive(Clone, Copy, ValueEnum)]
enum TimelineFormat {
    /// For a terminal
    Text,
    /// Schema corroborate-timeline/1
    Json,
    /// A picture
    Svg,
}

#[derive(Clone, Copy, ValueEnum)]
enum ConvertTo {
    /// One dossier, schema corroborate/1
    Json,
    /// Tables with cells parted by commas
    Csv,
    /// Tables with cells parted by tabs
    Tsv,
    /// JSON Lines: a row as a JSON object on each line
    Jsonl,
}

#[derive(Clone, Copy, ValueEnum)]
enum SchemaOf {
    /// Schema corroborate/1
    Dossier,
    /// Schema corroborate-report/1
    Report,
    /// Schema corroborate-timeline/1
    Timeline,
}

impl Settings {
    fn resolver(self, dossier: &Dossier) -> Result<Resolver, Failure> {
        let mut resolver = Resolver::standard().approximation(self.approximation);
        for rule in self.rules {
            if let Some(source) = rule.excluded_source()
                && dossier.source(source).is_none()
            {
                return Err(Failure::new(format_args!(
                    "--rule exclude={source}: there is no source `{source}`"
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
            tell(&message);
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Report { files, settings, format, brief, picture, claim, fail_on, output } => {
            if brief && format != Format::Json {
                return Err(Failure::new("--brief goes with --format json"));
            }
            if picture.is_some() && format != Format::Svg {
                return Err(Failure::new("--picture goes with --format svg"));
            }
            if claim.is_some() && !matches!(format, Format::Svg | Format::Dot | Format::Mermaid) {
                return Err(Failure::new("--claim goes with --format svg, dot or mermaid"));
            }
            if claim.is_some() && picture == Some(Picture::Sides) {
                return Err(Failure::new("--claim goes with --picture span, timeline or sources"));
            }
            let dossier = read(&files.files, &files.beside)?;
            let resolver = settings.resolver(&dossier)?;
            let report = progress::during("reconciling", &dossier, || resolver.resolve(&dossier));
            let drawn = match claim {
                Some(claim) if picture == Some(Picture::Timeline) => {
                    let timeline = resolver.timeline(&dossier, &claim);
                    Some(timeline.ok_or_else(|| Failure::new(dossier.no_such_claim(&claim)))?.to_svg())
                }
                Some(claim) => Some(drawing_of(&report, &claim, format, picture)?),
                None => None,
            };
            output.write(|to| match format {
                Format::Text => report.write_text_as(output.layout(), to),
                Format::Markdown => report.write_markdown(to),
                Format::Html => report.write_html(to),
                Format::Csv => report.write_csv(to),
                Format::Json => write_json(&report, brief, to),
                Format::Svg | Format::Dot | Format::Mermaid => {
                    match (drawn, format, picture.unwrap_or(Picture::Span)) {
                        (Some(drawn), ..) => to.write_all(drawn.as_bytes()),
                        (None, Format::Dot, _) => report.write_dot(to),
                        (None, Format::Mermaid, _) => report.write_mermaid(to),
                        (None, _, Picture::Span) => report.write_span_plots(to),
                        (None, _, Picture::Timeline) => report.write_timelines(to),
                        (None, _, Picture::Sources) => report.write_source_graph(to),
                        (None, _, Picture::Sides) => report.write_side_matrix(to),
                    }
                }
            })?;
            let fails: BTreeSet<Verdict> =
                fail_on.into_iter().filter(|verdict| report.tally(*verdict) > 0).collect();
            Ok(if fails.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
        }
        Command::Explain { file, claim, beside, settings, output } => {
            let dossier = read(&[file], &beside)?;
            let resolver = settings.resolver(&dossier)?;
            let report = progress::during("reconciling", &dossier, || resolver.resolve(&dossier));
            let Some(finding) = report.finding(&claim) else {
                return Err(Failure::new(dossier.no_such_claim(&claim)));
            };
            output.write(|to| finding.write_explanation(to))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Timeline { file, claim, beside, settings, format, output } => {
            let dossier = read(&[file], &beside)?;
            let Some(timeline) = settings.resolver(&dossier)?.timeline(&dossier, &claim) else {
                return Err(Failure::new(dossier.no_such_claim(&claim)));
            };
            output.write(|to| match format {
                TimelineFormat::Text => timeline.write_text_as(output.layout(), to),
                TimelineFormat::Svg => to.write_all(timeline.to_svg().as_bytes()),
                TimelineFormat::Json => {
                    timeline.write_json(&mut *to)?;
                    to.write_all(b"\n")
                }
            })?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Check { files } => {
            let dossier = read(&files.files, &files.beside)?;
            let counts = [
                (dossier.claims().len(), "claim"),
                (dossier.assertions().len(), "assertion"),
                (dossier.sources().len(), "source"),
            ];
            let counts = counts.map(|(n, what)| format!("{n} {what}{}", if n == 1 { "" } else { "s" }));
            Output { output: None }.write(|to| writeln!(to, "sound: {}", counts.join(", ")))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Convert { files, to, output, into } => {
            let dossier = read(&files.files, &files.beside)?;
            let format = match to {
                ConvertTo::Json if into.is_some() => {
                    return Err(Failure::new(
                        "--into goes with --to csv, tsv or jsonl; JSON is one file, for --output",
                    ));
                }
                ConvertTo::Json => {
                    output.write(|to| {
                        dossier.write_json(&mut *to)?;
                        to.write_all(b"\n")
                    })?;
                    return Ok(ExitCode::SUCCESS);
                }
                ConvertTo::Csv => TableFormat::Csv,
                ConvertTo::Tsv => TableFormat::Tsv,
                ConvertTo::Jsonl => TableFormat::JsonLines,
            };
            let tables = dossier.tables(format)?;
            match (into, tables.left_out().as_slice()) {
                _ if tables.needed().next().is_none() => {
                    return Err(Failure::new(
                        "there is nothing in this dossier, and a table of nothing can't be read back",
                    ));
                }
                (Some(folder), _) => write_folder(&folder, &tables, format)?,
                (None, []) => output.write(|to| tables.write_alone(to))?,
                (None, left_out) => {
                    return Err(Failure::new(format_args!(
                        "nothing is written, since a table of assertions alone leaves out: {}; --into FOLDER writes what it takes to read it all back",
                        left_out.join("; ")
                    )));
                }
            }
            if tables.has_formulas() {
                tell(
                    "some cells begin as a formula does (`=`, `+`, `-`, `@`); where you open this in a spreadsheet, import its columns as text",
                );
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Schema { of } => {
            let schema = match of {
                Some(SchemaOf::Dossier) => schema::dossier(),
                Some(SchemaOf::Report) => schema::report(),
                Some(SchemaOf::Timeline) => schema::timeline(),
                None => format!(
                    "{{\n\"dossier\": {},\n\"report\": {},\n\"timeline\": {}\n}}",
                    schema::dossier(),
                    schema::report(),
                    schema::timeline()
                ),
            };
            Output { output: None }.write(|to| writeln!(to, "{schema}"))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Rules => {
            Output { output: None }.write(|to| {
                writeln!(to, "STANDARD (--without-rule NAME leaves one out)\n")?;
                BuiltIn::all()
                    .filter(|rule| rule.is_standard())
                    .try_for_each(|rule| writeln!(to, "{rule}"))?;
                writeln!(to, "\nMORE (--rule NAME adds one)\n")?;
                BuiltIn::all().filter(|rule| !rule.is_standard()).try_for_each(|rule| writeln!(to, "{rule}"))
            })?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// One claim alone, drawn.
fn drawing_of(
    report: &Report<'_>,
    claim: &str,
    format: Format,
    picture: Option<Picture>,
) -> Result<String, Failure> {
    let finding = report.finding(claim).ok_or_else(|| Failure::new(report.dossier().no_such_claim(claim)))?;
    match (format, picture) {
        (Format::Dot, _) => Ok(finding.to_dot()),
        (Format::Mermaid, _) => Ok(finding.to_mermaid()),
        (_, Some(Picture::Sources)) => Ok(finding.source_graph()),
        _ => finding.span_plot().ok_or_else(|| {
            Failure::new(format_args!(
                "there is nothing to draw of `{claim}`: it needs an answer, and to be a count, a quantity or a date"
            ))
        }),
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

/// Reads files as one dossier, the tables beside them first, and says on standard error what was taken for granted.
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
            reads(intake, &name, &mut progress::reading(&name, file, Some(metadata.len())))
        } else if io::stdin().is_terminal() {
            return Err(fail(io::Error::other("nothing is piped in")));
        } else if std::mem::replace(&mut piped, true) {
            return Err(fail(io::Error::other("it can be read only once")));
        } else {
            reads(intake, &name, &mut progress::reading(&name, io::stdin().lock(), None))
        };
    }
    let (dossier, remarks) = intake.finish()?;
    for remark in remarks {
        tell(&remark);
    }
    Ok(dossier)
}

/// Says something on standard error, about which nothing can be done when it is closed.
fn tell(message: &str) {
    let shown = message.replace(|c: char| c.is_control() && c != '\n', "\u{fffd}");
    let _ = writeln!(io::stderr(), "{shown}");
}

impl Output {
    /// As wide as the terminal, up to what reads well, and in colour where the reader wants it; plain elsewhere.
    fn layout(&self) -> TextLayout {
        const WIDEST: u16 = 100;
        let layout = TextLayout::default();
        if self.output.is_some() {
            return layout;
        }
        let layout = match terminal_size::terminal_size_of(io::stdout()) {
            Some((width, _)) => layout.width(width.0.min(WIDEST).into()),
            None => layout,
        };
        // It knows of NO_COLOR, CLICOLOR, CLICOLOR_FORCE and terminals that have no colour.
        match anstream::AutoStream::choice(&io::stdout()) {
            anstream::ColorChoice::Never => layout,
            _ => layout.in_colour(),
        }
    }

    /// Writes to a file, whole or not at all, or to standard output.
    fn write(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        let Some(path) = &self.output else {
            let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
            return match write(&mut out).and_then(|()| out.flush()) {
                // Whoever read the pipe has seen enough.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                result => result.map_err(|error| Failure(format!("standard output: {error}"))),
            };
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let fail = |error: &io::Error| Failure::at(path, error);
        let file = tempfile::Builder::new()
            .prefix(".corroborate-")
            .tempfile_in(folder)
            .map_err(|error| fail(&error))?;
        let unfinished = Unfinished::new(file.path());
        let mut out = io::BufWriter::with_capacity(1 << 16, file);
        write(&mut out).map_err(|error| fail(&error))?;
        let file = out.into_inner().map_err(|error| fail(error.error()))?;
        let permissions = fs::metadata(path).map(|metadata| metadata.permissions());
        let file = file.persist(path).map_err(|error| fail(&error.error))?;
        drop(unfinished);
        if let Ok(permissions) = permissions {
            file.set_permissions(permissions).map_err(|error| fail(&error))?;
        }
        Ok(())
    }
}

/// Writes the files of a dossier into a folder that isn't there yet or is empty, all of them or none.
fn write_folder(folder: &Path, tables: &Tables<'_>, format: TableFormat) -> Result<(), Failure> {
    let fail = |error: io::Error| Failure::at(folder, &error);
    let there = fs::read_dir(folder).map(|mut entries| entries.next().is_some());
    if there.as_ref().is_ok_and(|filled| *filled) {
        return Err(fail(io::Error::other("there are files in this folder; name one that is new or empty")));
    }
    let beside = folder.parent().filter(|beside| !beside.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let hidden = tempfile::Builder::new().prefix(".corroborate-").tempdir_in(beside).map_err(fail)?;
    let unfinished = Unfinished::new(hidden.path());
    // What is made for the moment is closed to others; what is in it is as open as the user's other files.
    let made = hidden.path().join("made");
    fs::create_dir(&made).map_err(fail)?;
    for table in tables.needed() {
        let extension = if table == Table::Rest { "json" } else { format.as_str() };
        let mut out =
            io::BufWriter::new(fs::File::create(made.join(format!("{table}.{extension}"))).map_err(fail)?);
        tables.write(table, &mut out).map_err(fail)?;
    }
    if there.is_ok() {
        fs::remove_dir(folder).map_err(fail)?;
    }
    fs::rename(&made, folder).map_err(fail)?;
    drop(unfinished);
    Ok(())
}

/// A file or a folder that is being written, to be taken away when the command is interrupted.
struct Unfinished;

static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

impl Unfinished {
    fn new(path: &Path) -> Self {
        Self::note(Some(path.to_owned()));
        // Where signals can't be caught, an interruption leaves a hidden file behind, and never one with the real name.
        let _ = ctrlc::set_handler(|| {
            if let Some(path) = Self::note(None) {
                let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            }
            std::process::exit(130);
        });
        Self
    }

    fn note(path: Option<PathBuf>) -> Option<PathBuf> {
        std::mem::replace(&mut *UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner), path)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        Self::note(None);
    }
}

/// What a terminal sees of long work; nothing goes to a pipe or a file, and nothing is said of short work.
mod progress {
    use std::io::{self, IsTerminal, Read};
    use std::time::Duration;

    use corroborate::Dossier;
    use indicatif::{ProgressBar, ProgressStyle};

    /// Reading so much takes no time to speak of.
    const SHORT: u64 = 8 << 20;

    pub(super) fn reading<R: Read>(name: &str, reader: R, bytes: Option<u64>) -> impl Read {
        let bar = match bytes {
            Some(bytes) if bytes <= SHORT => ProgressBar::hidden(),
            Some(bytes) => styled(
                ProgressBar::new(bytes),
                "reading {msg} {wide_bar} {bytes} of {total_bytes}, {eta} left",
            ),
            None => styled(ProgressBar::no_length(), "reading {msg}: {bytes}"),
        };
        bar.with_message(name.to_owned()).wrap_read(reader)
    }

    pub(super) fn during<T>(what: &'static str, dossier: &Dossier, work: impl FnOnce() -> T) -> T {
        let assertions = dossier.assertions().len();
        let bar = if assertions < 100_000 {
            ProgressBar::hidden()
        } else {
            styled(ProgressBar::no_length(), "{spinner} {msg} ({elapsed})")
        };
        bar.set_message(format!("{what} {assertions} assertions"));
        bar.enable_steady_tick(Duration::from_millis(200));
        let done = work();
        bar.finish_and_clear();
        done
    }

    fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
        if !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style).with_finish(indicatif::ProgressFinish::AndClear),
            Err(_) => ProgressBar::hidden(),
        }
    }
}
