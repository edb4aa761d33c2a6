//! The resolver: from a dossier to a report, with a reason for everything.

mod accounts;
mod constraints;
mod examine;
mod judge;
mod line;
mod record;
mod rule;
mod rules;

use std::sync::Arc;

use crate::dossier::Dossier;
use crate::model::date::Date;
use crate::model::value::Approximation;
use crate::report::Report;
pub(crate) use examine::Bench;

pub use rule::{Reading, Rule, Testimony};
pub use rules::{BuiltIn, UnknownRule};

/// Reconciles a dossier: says of each claim where its sources agree, where they disagree, and why.
///
/// A resolver is a list of rules and a few settings. Resolving can't fail, and the same dossier always gives the same
/// report: a contradiction in the world is a finding, not an error. The order of rules doesn't matter.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Verdict};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "30").by("mayor").asserted("2031-04-01"))?;
/// flood.record(Assertion::new("missing", "12").by("mayor").asserted("2031-04-03"))?;
///
/// // The mayor's latest word counts ...
/// let report = Resolver::standard().resolve(&flood);
/// assert_eq!(report.finding("missing").ok_or("no such claim")?.common_ground(), "12");
///
/// // ... and on the first evening that was still thirty.
/// let report = Resolver::standard().as_of("2031-04-01".parse()?).resolve(&flood);
/// assert_eq!(report.finding("missing").ok_or("no such claim")?.common_ground(), "30");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Resolver {
    pub(crate) rules: Vec<Arc<dyn Rule>>,
    pub(crate) as_of: Option<Date>,
    pub(crate) approximation: Approximation,
    pub(crate) narration_is_publishers: bool,
}

impl Default for Resolver {
    fn default() -> Self {
        Self::standard()
    }
}

impl Resolver {
    /// The resolver that most desks want: superseded, latest word, retracted, unit differs, misquoted, rising tally.
    pub fn standard() -> Self {
        Self { rules: rules::standard(), ..Self::without_rules() }
    }

    /// A resolver that takes every word as it was said.
    pub fn without_rules() -> Self {
        Self { rules: Vec::new(), as_of: None, approximation: Approximation::default(), narration_is_publishers: false }
    }

    /// Adds a rule. Adding one twice changes nothing.
    #[must_use]
    pub fn with_rule(mut self, rule: impl Rule + 'static) -> Self {
        self.rules.push(Arc::new(rule));
        self
    }

    /// Leaves out every rule of that name. A name that no rule has changes nothing.
    #[must_use]
    pub fn without_rule(mut self, name: &str) -> Self {
        self.rules.retain(|rule| rule.name() != name);
        self
    }

    /// Asks what was known by the end of that day, UTC: everything later is set aside before anything else.
    #[must_use]
    pub fn as_of(mut self, date: Date) -> Self {
        self.as_of = Some(date);
        self
    }

    /// Sets how far "about" reaches; a tenth of the figure, unless set.
    #[must_use]
    pub fn approximation(mut self, approximation: Approximation) -> Self {
        self.approximation = approximation;
        self
    }

    /// Reads a document's own voice as its publisher's word.
    ///
    /// It credits somebody with what nobody was credited with, which no rule may; hence a setting.
    #[must_use]
    pub fn narration_is_publishers(mut self) -> Self {
        self.narration_is_publishers = true;
        self
    }

    /// Reconciles a dossier.
    pub fn resolve<'d>(&self, dossier: &'d Dossier) -> Report<'d> {
        let bench = Bench::new(dossier, self.clone());
        let claims = dossier.columns.claims.values().zip(0..);
        let outcomes: Vec<_> = claims.map(|(row, claim)| bench.examine(claim, &row.assertions)).collect();
        let (ties, not_comparable) = constraints::between(&bench, &outcomes);
        Report { dossier, bench, outcomes, ties, not_comparable }
    }
}
