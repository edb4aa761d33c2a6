//! `corroborate schema`: JSON Schema of the files.

use clap::{Args, ValueEnum};
use corroborate::schema;

use super::failure::Failure;
use super::output::OutputOption;

#[derive(Args)]
pub(crate) struct SchemaArgs {
    /// Of which file; of all three, unless said
    of: Option<SchemaOf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum SchemaOf {
    /// Schema corroborate/1
    Dossier,
    /// Schema corroborate-report/2
    Report,
    /// Schema corroborate-timeline/1
    Timeline,
}

impl SchemaArgs {
    pub(super) fn run(self) -> Result<(), Failure> {
        let schema = match self.of {
            Some(SchemaOf::Dossier) => schema::dossier(),
            Some(SchemaOf::Report) => schema::report(),
            Some(SchemaOf::Timeline) => schema::timeline(),
            None => format!(
                "{{\n\"dossier\": {},\n\"report\": {},\n\"timeline\": {}\n}}",
                schema::dossier(),
                schema::report(),
                schema::timeline()
            ),
        };
        OutputOption::STANDARD.write(|to| writeln!(to, "{schema}"))
    }
}
