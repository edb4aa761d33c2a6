//! How a dossier is reconciled: rules and settings.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};
use corroborate::{Approximation, BuiltIn, Date, Dossier, Resolver};

use super::failure::Failure;

#[derive(Args)]
pub(super) struct Settings {
    /// Say what was known by the end of this day, UTC
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Add a rule to the standard ones: `rounding`, `tolerance=5%`; `corroborate rules` lists them
    #[arg(long = "rule", value_name = "NAME[=ARG]")]
    rules: Vec<BuiltIn>,
    /// Leave a standard rule out
    #[arg(long = "without-rule", value_name = "NAME", value_parser = BuiltIn::find_name)]
    without: Vec<&'static str>,
    /// How far "about" reaches
    #[arg(long, value_name = "PERCENT", default_value = "10%")]
    approximation: Approximation,
    /// Read a document's own voice as its publisher's word
    #[arg(long, value_enum, value_name = "WHOSE")]
    narration: Option<Narration>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Narration {
    /// The word of whoever published the document
    Publisher,
}

impl Settings {
    pub(super) fn resolver(self, dossier: &Dossier) -> Result<Resolver, Failure> {
        let mut resolver = Resolver::standard().approximation(self.approximation);
        for rule in self.rules {
            if let Some(source) = rule.excluded_source()
                && dossier.source(source).is_none()
            {
                return Err(Failure::new(format_args!(
                    "--rule exclude={source}: there is no source `{source}`"
                )));
            }
            resolver = resolver.with_rule(rule);
        }
        for name in BTreeSet::from_iter(self.without) {
            let without = resolver.without_rule(name);
            resolver =
                without.map_err(|error| Failure::new(format_args!("--without-rule {name}: {error}")))?;
        }
        if let Some(date) = self.as_of {
            resolver = resolver.as_of(date);
        }
        Ok(match self.narration {
            Some(Narration::Publisher) => resolver.narration_is_publishers(),
            None => resolver,
        })
    }
}
