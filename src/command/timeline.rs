//! `corroborate timeline`: how one finding changed as assertions came in.

use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::input::FilesAndClaim;
use super::output::OutputOption;
use super::settings::Settings;

#[derive(Args)]
pub(crate) struct TimelineArgs {
    #[command(flatten)]
    files: FilesAndClaim,
    #[command(flatten)]
    settings: Settings,
    /// How to print it
    #[arg(long, value_enum, default_value_t = TimelineFormat::Text)]
    format: TimelineFormat,
    #[command(flatten)]
    output: OutputOption,
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

impl TimelineArgs {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { files, settings, format, output } = self;
        let (dossier, claim) = files.read()?;
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
        })
    }
}
