//! `corroborate rules`: what each rule does and takes.

use clap::Args;
use corroborate::BuiltIn;

use super::failure::Failure;
use super::output::OutputOption;

#[derive(Args)]
pub(crate) struct RulesArgs;

impl RulesArgs {
    pub(super) fn run(self) -> Result<(), Failure> {
        OutputOption::STANDARD.write(|to| {
            writeln!(to, "STANDARD (--without-rule NAME leaves one out)\n")?;
            BuiltIn::all().filter(|rule| rule.is_standard()).try_for_each(|rule| writeln!(to, "{rule}"))?;
            writeln!(to, "\nMORE (--rule NAME adds one)\n")?;
            BuiltIn::all().filter(|rule| !rule.is_standard()).try_for_each(|rule| writeln!(to, "{rule}"))
        })
    }
}
