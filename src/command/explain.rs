//! `corroborate explain`: one finding with its steps.

use clap::Args;

use super::failure::Failure;
use super::input::FilesAndClaim;
use super::output::OutputOption;
use super::progress;
use super::settings::Settings;

#[derive(Args)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    files: FilesAndClaim,
    #[command(flatten)]
    settings: Settings,
    #[command(flatten)]
    output: OutputOption,
}

impl ExplainArgs {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { files, settings, output } = self;
        let (dossier, claim) = files.read()?;
        let resolver = settings.resolver(&dossier)?;
        let report = progress::during("reconciling", &dossier, || resolver.resolve(&dossier));
        let Some(finding) = report.finding(&claim) else {
            return Err(Failure::new(dossier.no_such_claim(&claim)));
        };
        output.write(|to| finding.write_explanation(to))
    }
}
