//! The rule `unit differs`.

use super::{Reading, Rule, Testimony, UnitFit};
use crate::wording::people::plural;
use crate::wording::sentences;

/// Sets aside figures in a unit that has nothing to do with the claim's. A standard rule; its name is `unit
/// differs`.
///
/// Somebody asks for people and is told of families. That answers another question, and would only look like
/// a dispute.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Verdict, rules};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_source(Source::new("parish", "The parish"))?;
/// flood.add_claim(Claim::count("homeless", "How many lost their homes?").unit("people"))?;
/// flood.record(Assertion::new("homeless", "400").by("mayor"))?;
/// flood.record(Assertion::new("homeless", "90").by("parish").unit("families"))?;
///
/// let report = Resolver::without_rules().with_rule(rules::UnitDiffers).resolve(&flood);
/// let homeless = report.finding("homeless").ok_or("no such claim")?;
/// assert_eq!(homeless.verdict(), Verdict::SingleSource);
/// assert_eq!(homeless.set_aside().next().ok_or("nothing")?.reason(), "counts families, not people");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What it doesn't touch
///
/// A unit that falls under the claim's, or over it. Fighters are people, so 30 fighters are at least 30
/// people:
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Term};
///
/// let mut raid = Dossier::new("Raid on Karsova");
/// raid.add_source(Source::new("army", "The army"))?;
/// raid.add_term(Term::new("people", "people"))?;
/// raid.add_term(Term::new("fighters", "fighters").broader("people"))?;
/// raid.add_claim(Claim::count("killed", "How many people were killed?").unit("people"))?;
/// raid.record(Assertion::new("killed", "30").by("army").unit("fighters"))?;
///
/// let report = Resolver::standard().resolve(&raid);
/// assert_eq!(report.finding("killed").ok_or("no such claim")?.common_ground().as_deref(), Some("at least 30"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Limits
///
/// It converts nothing: kilometres and miles are two units, and families aren't so many people each. Units
/// are related only through the dossier's terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnitDiffers;

impl Rule for UnitDiffers {
    fn name(&self) -> &str {
        "unit differs"
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        if testimony.unit() != UnitFit::Unrelated {
            return Reading::as_said();
        }
        let assertion = testimony.assertion();
        let (theirs, ours) =
            (assertion.unit().unwrap_or_default(), testimony.claim().unit().unwrap_or_default());
        let called = |unit: &str| plural(&assertion.dossier.unit_for_people(unit)).into_owned();
        Reading::set_aside(sentences::counts_another(&called(theirs), &called(ours)))
    }
}
