//! `corroborate schema`: JSON Schema of the files.

use clap::{Args, ValueEnum};
use corroborate::schema;

use super::failure::Failure;
use super::output::Output;

#[derive(Args)]
pub(crate) struct Schema {
    /// Of which file; of all three, unless said
    of: Option<Of>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Of {
    /// Schema corroborate/1
    Dossier,
    /// Schema corroborate-report/1
    Report,
    /// Schema corroborate-timeline/1
    Timeline,
}

impl Schema {
    pub(super) fn run(self) -> Result<(), Failure> {
        let schema = match self.of {
            Some(Of::Dossier) => schema::dossier(),
            Some(Of::Report) => schema::report(),
            Some(Of::Timeline) => schema::timeline(),
            None => format!(
                "{{\n\"dossier\": {},\n\"report\": {},\n\"timeline\": {}\n}}",
                schema::dossier(),
                schema::report(),
                schema::timeline()
            ),
        };
        Output::STANDARD.write(|to| writeln!(to, "{schema}"))
    }
}
