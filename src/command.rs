//! The commands, each in a file of its own, and what they share: files in, settings, files out.

mod check;
mod completions;
mod convert;
mod explain;
pub(crate) mod failure;
mod input;
mod man;
mod output;
mod progress;
mod report;
mod rules;
mod schema;
mod settings;
mod timeline;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use failure::Failure;

/// Says where sources agree, where they disagree, and what goes unattributed.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Reconciles dossiers and prints the report
    Report(report::ReportArgs),
    /// Says why one finding is what it is
    Explain(explain::ExplainArgs),
    /// Says how one finding changed as assertions came in
    Timeline(timeline::TimelineArgs),
    /// Says whether files are sound, and names every problem with its place
    Check(check::CheckArgs),
    /// Writes files anew, as one dossier in JSON or as tables that read back to the same
    ///
    /// A table of assertions says little of sources and claims, and nothing of constraints. So a dossier comes apart into
    /// several files, with --into: tables of assertions, sources, terms and claims, as far as there are some, and
    /// `rest.json` for what no table says. Without it, what the one table would leave out is named, and nothing is
    /// written.
    Convert(convert::ConvertArgs),
    /// Prints the JSON Schema of a dossier, of a report, of a timeline, or of all three
    Schema(schema::SchemaArgs),
    /// Lists the rules: what each does, what it takes, and which are standard
    Rules(rules::RulesArgs),
    /// Prints a script that completes commands, options and their values in a shell
    Completions(completions::CompletionsArgs),
    /// Prints the manual page, in roff: all commands and all their options
    Man(man::ManArgs),
}

impl CommandLine {
    /// Does what it says, and gives back the status to exit with.
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        match self.command {
            Command::Report(report) => return report.run(),
            Command::Explain(explain) => explain.run(),
            Command::Timeline(timeline) => timeline.run(),
            Command::Check(check) => return check.run(),
            Command::Convert(convert) => convert.run(),
            Command::Schema(schema) => schema.run(),
            Command::Rules(rules) => rules.run(),
            Command::Completions(completions) => completions.run(Self::command()),
            Command::Man(man) => man.run(Self::command()),
        }?;
        Ok(ExitCode::SUCCESS)
    }
}
