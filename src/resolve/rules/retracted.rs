//! The rule `retracted`.

use super::{Reading, Rule, Testimony};
use crate::wording::people::date_for_people;
use crate::wording::sentences;

/// Sets aside what was withdrawn. A standard rule; its name is `retracted`.
///
/// Withdrawn is what a [`Retraction`](crate::Retraction) names. Where that gives a reason, so does the
/// report.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Retraction, Source, rules};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_source(Source::new("brigade", "The fire brigade"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "30").by("mayor"))?;
/// flood.record(Assertion::new("missing", "12").by("brigade"))?;
/// flood.retract(Retraction::new("missing#1").reason("a list was counted twice"))?;
///
/// let report = Resolver::without_rules().with_rule(rules::Retracted).resolve(&flood);
/// let missing = report.finding("missing").ok_or("no such claim")?;
/// assert_eq!(missing.common_ground().as_deref(), Some("12"));
/// assert_eq!(missing.set_aside().next().ok_or("nothing")?.reason(), "withdrawn: “a list was counted twice”");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What it doesn't touch
///
/// Whoever said the same on their own account. And as of a day before the withdrawal, nothing was withdrawn:
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Retraction, Source};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "30").by("mayor").asserted("2031-04-01"))?;
/// flood.retract(Retraction::new("missing#1").on("2031-04-03"))?;
///
/// let report = Resolver::standard().as_of("2031-04-02".parse()?).resolve(&flood);
/// assert_eq!(report.finding("missing").ok_or("no such claim")?.common_ground().as_deref(), Some("30"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Limits
///
/// A copy falls with its origin only once all of its origins are set aside. A source that says something new
/// hasn't withdrawn the old: that is [`LatestWord`](super::LatestWord).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retracted;

impl Rule for Retracted {
    fn name(&self) -> &str {
        "retracted"
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        match testimony.retracted() {
            None => Reading::as_said(),
            Some(reason) => {
                let on = testimony.retracted_on().map(|on| date_for_people(&on.to_string()));
                Reading::set_aside(sentences::withdrawn(on.as_deref(), reason))
            }
        }
    }
}
