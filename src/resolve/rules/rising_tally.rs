//! The rule `rising tally`.

use super::{Reading, Rule, Testimony};
use crate::model::claim::Evolves;
use crate::model::value::AnswerSet;
use crate::wording::sentences;

/// Reads an older figure of a growing toll as "at least". A standard rule; its name is `rising tally`.
///
/// On Monday one source counts 3 dead and on Wednesday another counts 8. Both were right, and nobody disputes
/// anything. A figure is older when the day that it describes, or else the day on which it was said, ends
/// before the newest begins.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Evolves, Resolver, Source, Verdict, rules};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_source(Source::new("brigade", "The fire brigade"))?;
/// flood.add_claim(Claim::count("dead", "How many people died?").evolves(Evolves::Rising))?;
/// flood.record(Assertion::new("dead", "3").by("mayor").asserted("2031-04-01"))?;
/// flood.record(Assertion::new("dead", "8").by("brigade").asserted("2031-04-03"))?;
///
/// let report = Resolver::without_rules().with_rule(rules::RisingTally).resolve(&flood);
/// let dead = report.finding("dead").ok_or("no such claim")?;
/// assert_eq!((dead.verdict(), dead.common_ground().as_deref()), (Verdict::Compatible, Some("8")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What it doesn't touch
///
/// Claims that don't [evolve](crate::Claim::evolves) by rising, whatever isn't a figure (a date, a term and a
/// text don't grow), undated figures, and the newest figure itself. A toll that somebody puts lower later is
/// a dispute, since tolls don't fall:
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Evolves, Resolver, Source, Verdict};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_source(Source::new("brigade", "The fire brigade"))?;
/// flood.add_claim(Claim::count("dead", "How many people died?").evolves(Evolves::Rising))?;
/// flood.record(Assertion::new("dead", "8").by("mayor").asserted("2031-04-01"))?;
/// flood.record(Assertion::new("dead", "3").by("brigade").asserted("2031-04-03"))?;
///
/// let report = Resolver::standard().resolve(&flood);
/// assert_eq!(report.finding("dead").ok_or("no such claim")?.verdict(), Verdict::Disputed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Limits
///
/// The newest figure is that of anybody who puts a name to one, however unlikely. Figures of one day are
/// compared as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RisingTally;

impl Rule for RisingTally {
    fn name(&self) -> &str {
        "rising tally"
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let (Some(said), Some(moment), Some(newest)) =
            (testimony.said(), testimony.moment(), testimony.newest_moment())
        else {
            return Reading::as_said();
        };
        let grows = matches!(said, AnswerSet::Counts(_) | AnswerSet::Quantities(_));
        if grows && testimony.claim().evolves() == Evolves::Rising && moment.last() < newest.first() {
            Reading::also(said.or_more(), sentences::COUNTED_AS_MINIMUM)
        } else {
            Reading::as_said()
        }
    }
}
