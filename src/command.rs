//! The commands, each in a file of its own, and what they share: files in, settings, files out.

mod check;
mod convert;
mod explain;
pub(crate) mod failure;
mod input;
mod output;
mod progress;
mod report;
mod rules;
mod schema;
mod settings;
mod timeline;

use std::process::ExitCode;

use clap::Subcommand;
use failure::Failure;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Reconciles dossiers and prints the report
    Report(report::Report),
    /// Says why one finding is what it is
    Explain(explain::Explain),
    /// Says how one finding changed as assertions came in
    Timeline(timeline::Timeline),
    /// Says whether files are sound, and names every problem with its place
    Check(check::Check),
    /// Writes files anew, as one dossier in JSON or as tables that read back to the same
    ///
    /// A table of assertions says little of sources and claims, and nothing of constraints. So a dossier comes apart into
    /// several files, with --into: tables of assertions, sources, terms and claims, as far as there are some, and
    /// `rest.json` for what no table says. Without it, what the one table would leave out is named, and nothing is
    /// written.
    Convert(convert::Convert),
    /// Prints the JSON Schema of a dossier, of a report, of a timeline, or of all three
    Schema(schema::Schema),
    /// Lists the rules: what each does, what it takes, and which are standard
    Rules(rules::Rules),
}

impl Command {
    /// Does what it says, and gives back the status to exit with.
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Report(report) => return report.run(),
            Self::Explain(explain) => explain.run(),
            Self::Timeline(timeline) => timeline.run(),
            Self::Check(check) => check.run(),
            Self::Convert(convert) => convert.run(),
            Self::Schema(schema) => schema.run(),
            Self::Rules(rules) => rules.run(),
        }?;
        Ok(ExitCode::SUCCESS)
    }
}
