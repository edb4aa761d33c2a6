//! `corroborate completions`: scripts by which shells complete what is typed.

use clap::{Args, Command};
use clap_complete::{Shell, generate};

use super::failure::Failure;
use super::output::OutputOption;

#[derive(Args)]
pub(crate) struct CompletionsArgs {
    /// The shell that reads the script
    shell: Shell,
    #[command(flatten)]
    output: OutputOption,
}

impl CompletionsArgs {
    /// Prints the script for a whole command line.
    pub(super) fn run(self, mut whole: Command) -> Result<(), Failure> {
        let name = whole.get_name().to_owned();
        // The generator panics where writing fails, and in memory it doesn't fail.
        let mut script = Vec::new();
        generate(self.shell, &mut whole, name, &mut script);
        self.output.write(|to| to.write_all(&script))
    }
}
