//! The rule `misquoted`.

use super::{Reading, Rule, Testimony};
use crate::dossier::AssertionRef;
use crate::wording::{few_in_a_row, sentences};

/// Sets aside copies that say what none of their origins does. A standard rule; its name is `misquoted`.
///
/// A copy has its origin's side. Read as it stands, a misquotation would make a source contradict itself.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, rules};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_source(Source::new("courier", "The Varn Courier"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "12").by("mayor").id("speech"))?;
/// flood.record(Assertion::new("missing", "20").by("courier").derived_from("speech"))?;
///
/// let report = Resolver::without_rules().with_rule(rules::Misquoted).resolve(&flood);
/// let missing = report.finding("missing").ok_or("no such claim")?;
/// assert_eq!(missing.common_ground().as_deref(), Some("12"));
/// assert_eq!(missing.set_aside().next().ok_or("nothing")?.reason(), "says 20, where its source says 12");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What it doesn't touch
///
/// A copy that is only vaguer than its origin. Where somebody says 12, "more than 10" is no misquotation:
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_source(Source::new("courier", "The Varn Courier"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "12").by("mayor").id("speech"))?;
/// flood.record(Assertion::new("missing", "more than 10").by("courier").derived_from("speech"))?;
///
/// let report = Resolver::standard().resolve(&flood);
/// assert_eq!(report.finding("missing").ok_or("no such claim")?.set_aside().len(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Limits
///
/// It knows a copy only where the dossier says that it is one. It compares answers, and not the words of a
/// quotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Misquoted;

impl Rule for Misquoted {
    fn name(&self) -> &str {
        "misquoted"
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        if !testimony.misquotes() {
            return Reading::as_said();
        }
        let origins = few_in_a_row(testimony.origins().map(AssertionRef::for_people), " and ");
        Reading::set_aside(sentences::misquotes(&testimony.assertion().for_people(), &origins))
    }
}
