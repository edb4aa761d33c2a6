//! `corroborate rules`: what each rule does and takes.

use clap::Args;
use corroborate::BuiltIn;

use super::failure::Failure;
use super::output::Output;

#[derive(Args)]
pub(crate) struct Rules;

impl Rules {
    pub(super) fn run(self) -> Result<(), Failure> {
        Output::STANDARD.write(|to| {
            writeln!(to, "STANDARD (--without-rule NAME leaves one out)\n")?;
            BuiltIn::all().filter(|rule| rule.is_standard()).try_for_each(|rule| writeln!(to, "{rule}"))?;
            writeln!(to, "\nMORE (--rule NAME adds one)\n")?;
            BuiltIn::all().filter(|rule| !rule.is_standard()).try_for_each(|rule| writeln!(to, "{rule}"))
        })
    }
}
