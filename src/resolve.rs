//! The resolver: from a dossier to a report, with a reason for everything.

mod affiliation;
mod answers;
pub(crate) mod constraints;
mod context;
mod examine;
mod fast_statements;
mod fewest;
mod judge;
mod moments;
mod record;
mod rule;
pub(crate) mod rules;
mod scopes;
mod statements;
mod succession;
mod sums;
mod sweep;
mod words;

use std::sync::Arc;

use crate::model::date::Date;
use crate::model::value::Approximation;
pub(crate) use context::{Context, DossierIndex, SharedContext};
pub(crate) use examine::Examined;
pub(crate) use fast_statements::{CLAIMS_TOGETHER, FastScratch, FastStatements};
pub(crate) use moments::Arrival;

pub use rule::{Reading, Rule, Testimony};
pub use rules::{BuiltIn, UnknownRule};

/// Reconciles a dossier: says of each claim where its sources agree, where they disagree, and why.
///
/// A resolver is a list of rules and a few settings. Resolving can't fail, and the same dossier always gives
/// the same report: a contradiction in the world is a finding, not an error. The order of rules doesn't
/// matter.
///
/// Setters chain, and a resolver can be used again and again:
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
/// assert_eq!(report.finding("missing").ok_or("no such claim")?.common_ground().as_deref(), Some("12"));
///
/// // ... and on the first evening that was still thirty.
/// let report = Resolver::standard().as_of("2031-04-01".parse()?).resolve(&flood);
/// assert_eq!(report.finding("missing").ok_or("no such claim")?.common_ground().as_deref(), Some("30"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Resolver {
    pub(crate) rules: Vec<Arc<dyn Rule>>,
    /// So many of the rules, the first ones, are standard as they come.
    pub(crate) standard: usize,
    /// Whether any rule isn't one of the library's, so that it may answer otherwise when it is asked again.
    asks_own_rules: bool,
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
    /// The resolver that most desks want: superseded, latest word, retracted, unit differs, misquoted, rising
    /// tally.
    ///
    /// Each has a page in [`rules`](crate::rules), where there are more.
    pub fn standard() -> Self {
        let rules = rules::standard();
        Self { standard: rules.len(), rules, ..Self::without_rules() }
    }

    /// A resolver that takes every word as it was said, withdrawn ones too.
    ///
    /// Sides and copies aren't rules: a copy still has its origin's side.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Retraction, Source, Verdict};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "30").by("mayor"))?;
    /// flood.retract(Retraction::new("missing#1"))?;
    ///
    /// let verdict = |resolver: Resolver| resolver.resolve(&flood).finding("missing").map(|found| found.verdict());
    /// assert_eq!(verdict(Resolver::standard()), Some(Verdict::Unaddressed));
    /// assert_eq!(verdict(Resolver::without_rules()), Some(Verdict::SingleSource));
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    pub fn without_rules() -> Self {
        Self {
            rules: Vec::new(),
            standard: 0,
            asks_own_rules: false,
            as_of: None,
            approximation: Approximation::default(),
            narration_is_publishers: false,
        }
    }

    /// Adds a rule, built in or of your own. Where it stands among the others doesn't matter.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Verdict, rules};
    ///
    /// let mut camps = Dossier::new("The camps");
    /// camps.add_source(Source::new("centcom", "U.S. Central Command"))?;
    /// camps.add_source(Source::new("census", "The census office"))?;
    /// camps.add_claim(Claim::count("population", "How many people live in the camps?"))?;
    /// camps.record(Assertion::new("population", "43,000").by("centcom"))?;
    /// camps.record(Assertion::new("population", "42,813").by("census"))?;
    ///
    /// let report = Resolver::standard().with_rule(rules::Rounding).resolve(&camps);
    /// let population = report.finding("population").ok_or("no such claim")?;
    /// assert_eq!(population.verdict(), Verdict::Compatible); // 43,000 may be 42,813, rounded
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_rule<R: Rule + 'static>(mut self, rule: R) -> Self {
        self.asks_own_rules |= !rules::is_built_in::<R>();
        self.rules.push(Arc::new(rule));
        self
    }

    /// Leaves out every rule of that name, as reports give it: `rising tally`.
    ///
    /// ```
    /// use corroborate::Resolver;
    ///
    /// let resolver = Resolver::standard().without_rule("latest word")?.without_rule("misquoted")?;
    ///
    /// let error = resolver.without_rule("rising-tally").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "the resolver has no rule `rising-tally`; did you mean `rising tally`? expected one of: superseded, retracted, \
    ///      unit differs, rising tally"
    /// );
    /// # Ok::<(), corroborate::UnknownRule>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the resolver has no rule of that name, so that leaving it out would change nothing.
    pub fn without_rule(mut self, name: &str) -> Result<Self, UnknownRule> {
        if !self.rules.iter().any(|rule| rule.name() == name) {
            return Err(UnknownRule::not_there(name, self.rules.iter().map(|rule| rule.name())));
        }
        self.standard = self.rules[..self.standard].iter().filter(|rule| rule.name() != name).count();
        self.rules.retain(|rule| rule.name() != name);
        Ok(self)
    }

    /// Whether a rule isn't one of the library's, so that it may answer otherwise when it is asked again.
    pub(crate) fn asks_own_rules(&self) -> bool {
        self.asks_own_rules
    }

    /// Whether whatever its rules do is known without asking them.
    pub(crate) fn has_standard_rules_only(&self) -> bool {
        self.standard == self.rules.len()
    }

    /// Asks what was known by the end of that day, UTC: everything later is set aside before anything else.
    ///
    /// So a correction that wasn't made yet corrects nothing. What is dated imprecisely counts by its last
    /// moment: what was said "in May" may have been said on the 31st. What isn't dated always stands.
    #[must_use]
    pub fn as_of(mut self, date: Date) -> Self {
        self.as_of = Some(date);
        self
    }

    /// Sets how far "about" and "nearly" reach; a tenth of the figure, unless set. Of a count it is one at
    /// least.
    #[must_use]
    pub fn approximation(mut self, approximation: Approximation) -> Self {
        self.approximation = approximation;
        self
    }

    /// Reads a document's own voice as its publisher's word. Then it is a side, and can corroborate and
    /// dispute.
    ///
    /// It credits somebody with what nobody was credited with, which no rule may; hence a setting. What
    /// stands in no document, or in one without a publisher, stays unattributed.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Document, Dossier, Resolver, Source, Verdict};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("courier", "The Varn Courier"))?;
    /// flood.add_document(Document::new("front-page", "The dam").publisher("courier"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "dozens").document("front-page"))?;
    ///
    /// let verdict = |resolver: Resolver| resolver.resolve(&flood).finding("missing").map(|found| found.verdict());
    /// assert_eq!(verdict(Resolver::standard()), Some(Verdict::Unattributed));
    /// assert_eq!(verdict(Resolver::standard().narration_is_publishers()), Some(Verdict::SingleSource));
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    #[must_use]
    pub fn narration_is_publishers(mut self) -> Self {
        self.narration_is_publishers = true;
        self
    }
}
