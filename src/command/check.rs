//! `corroborate check`: are the files sound?

use clap::Args;

use super::failure::Failure;
use super::input::Files;
use super::output::OutputOption;

#[derive(Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    files: Files,
}

impl CheckArgs {
    pub(super) fn run(self) -> Result<(), Failure> {
        let dossier = self.files.read()?;
        let counts = [
            (dossier.claims().len(), "claim"),
            (dossier.assertions().len(), "assertion"),
            (dossier.sources().len(), "source"),
        ];
        let counts = counts.map(|(n, what)| format!("{n} {what}{}", if n == 1 { "" } else { "s" }));
        OutputOption::STANDARD.write(|to| writeln!(to, "sound: {}", counts.join(", ")))
    }
}
