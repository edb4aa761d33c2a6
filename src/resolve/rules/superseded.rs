//! The rule `superseded`.

use super::{Reading, Rule, Testimony};
use crate::wording::sentences;

/// Sets aside what a later assertion says it replaces. A standard rule; its name is `superseded`.
///
/// It goes by the record: an assertion [supersedes](crate::Assertion::supersedes) another because whoever
/// wrote the dossier says so. It needs no dates.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, rules};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "30").by("mayor").id("first"))?;
/// flood.record(Assertion::new("missing", "12").by("mayor").supersedes("first"))?;
///
/// let report = Resolver::without_rules().with_rule(rules::Superseded).resolve(&flood);
/// let missing = report.finding("missing").ok_or("no such claim")?;
/// assert_eq!(missing.common_ground().as_deref(), Some("12"));
/// assert_eq!(missing.set_aside().next().ok_or("nothing")?.reason(), "corrected to 12");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What it doesn't touch
///
/// What was merely said earlier: that is for [`LatestWord`](super::LatestWord). And a correction that was
/// itself withdrawn replaces nothing, so that the old answer stands again:
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Retraction, Source};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "30").by("mayor").id("first"))?;
/// flood.record(Assertion::new("missing", "12").by("mayor").supersedes("first").id("second"))?;
/// flood.retract(Retraction::new("second"))?;
///
/// let report = Resolver::standard().resolve(&flood);
/// assert_eq!(report.finding("missing").ok_or("no such claim")?.common_ground().as_deref(), Some("30"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Limits
///
/// An assertion can replace only what the same source or side said, or the same publisher's own voice. The
/// dossier refuses anything else, so nobody corrects a rival away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Superseded;

impl Rule for Superseded {
    fn name(&self) -> &str {
        "superseded"
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        testimony.superseded_by().map_or_else(Reading::as_said, |by| {
            Reading::set_aside(sentences::corrected_to(&by.for_people(), by.date_for_people().as_deref()))
        })
    }
}
