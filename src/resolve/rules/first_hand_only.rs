//! The rule `first-hand only`.

use super::{Reading, Rule, Testimony};

/// Sets aside what came through a relay, or repeats another assertion. Its name is `first-hand only`.
///
/// It is for desks that ring the source up before they print.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Verdict, rules};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_source(Source::new("brigade", "The fire brigade"))?;
/// flood.add_source(Source::new("courier", "The Varn Courier"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "12").by("mayor"))?;
/// flood.record(Assertion::new("missing", "12").by("brigade").via("courier"))?;
///
/// let verdict = |resolver: Resolver| resolver.resolve(&flood).finding("missing").map(|found| found.verdict());
/// assert_eq!(verdict(Resolver::standard()), Some(Verdict::Agreed));
/// assert_eq!(verdict(Resolver::standard().with_rule(rules::FirstHandOnly)), Some(Verdict::SingleSource));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What it doesn't touch
///
/// A document's publisher relays nothing by printing. Who is quoted in it, with no relay named, is
/// first-hand:
///
/// ```
/// use corroborate::{Assertion, Claim, Document, Dossier, Resolver, Source, rules};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_source(Source::new("courier", "The Varn Courier"))?;
/// flood.add_document(Document::new("front-page", "The dam").publisher("courier"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "12").by("mayor").document("front-page"))?;
///
/// let report = Resolver::standard().with_rule(rules::FirstHandOnly).resolve(&flood);
/// assert_eq!(report.finding("missing").ok_or("no such claim")?.common_ground().as_deref(), Some("12"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Limits
///
/// It doesn't know who saw anything. A minister who says what he was told is first-hand, as long as the
/// dossier names nobody between him and the desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FirstHandOnly;

impl Rule for FirstHandOnly {
    fn name(&self) -> &str {
        "first-hand only"
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        if testimony.is_copy() || testimony.assertion().via().len() > 0 {
            Reading::set_aside("it isn't first-hand: it came through a relay or repeats another")
        } else {
            Reading::as_said()
        }
    }
}
