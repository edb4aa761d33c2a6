//! `corroborate check`: are the files sound?

use std::process::ExitCode;

use clap::Args;
use corroborate::LintLevel;

use super::failure::Failure;
use super::input::Files;
use super::output::OutputOption;

#[derive(Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    files: Files,
    /// Exit with 1 when something can be read in two ways
    #[arg(long)]
    strict: bool,
}

impl CheckArgs {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let dossier = self.files.read_without_lints()?;
        let mut lints = dossier.lints();
        lints.retain(|lint| lint.level() == LintLevel::Lint);
        let counts = [
            (dossier.claims().len(), "claim"),
            (dossier.assertions().len(), "assertion"),
            (dossier.sources().len(), "source"),
        ];
        let counts = counts.map(|(n, what)| format!("{n} {what}{}", if n == 1 { "" } else { "s" }));
        OutputOption::STANDARD.write(|to| {
            for lint in &lints {
                writeln!(to, "please check: {lint}")?;
            }
            writeln!(to, "sound: {}", counts.join(", "))
        })?;
        Ok(if self.strict && !lints.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}
