//! The rule `rounding`.

use std::ops::Bound;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Reading, Rule, Testimony};
use crate::model::assertion::Stance;
use crate::model::value::{AnswerSet, Content};

/// Reads a round figure as anything that rounds to it: 43,000 as 42,500 up to, but not, 43,500. Its name is
/// `rounding`.
///
/// How round a figure is shows in its last digit that isn't zero: half of that digit's place to either side.
/// 12.5 is read as 12.45 up to 12.55, and 7 people are 7 people.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Verdict, rules};
///
/// let mut camps = Dossier::new("The camps of Lumeria");
/// camps.add_source(Source::new("army", "The army"))?;
/// camps.add_source(Source::new("census", "The census office"))?;
/// camps.add_claim(Claim::count("population", "How many people live in the camps?"))?;
/// camps.record(Assertion::new("population", "43,000").by("army"))?;
/// camps.record(Assertion::new("population", "42,813").by("census"))?;
///
/// let report = Resolver::standard().with_rule(rules::Rounding).resolve(&camps);
/// let population = report.finding("population").ok_or("no such claim")?;
/// assert_eq!((population.verdict(), population.common_ground().as_deref()), (Verdict::Compatible, Some("42813")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What it doesn't touch
///
/// Denials, zero, dates, and figures that come with a hedge: whoever says "more than 43,000" has said how it
/// is meant. A figure that rounds to another number is still another number:
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Verdict, rules};
///
/// let mut camps = Dossier::new("The camps of Lumeria");
/// camps.add_source(Source::new("army", "The army"))?;
/// camps.add_source(Source::new("census", "The census office"))?;
/// camps.add_claim(Claim::count("population", "How many people live in the camps?"))?;
/// camps.record(Assertion::new("population", "43,000").by("army"))?;
/// camps.record(Assertion::new("population", "43,512").by("census"))?; // which rounds up
///
/// let report = Resolver::standard().with_rule(rules::Rounding).resolve(&camps);
/// assert_eq!(report.finding("population").ok_or("no such claim")?.verdict(), Verdict::Disputed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Limits
///
/// It can't tell a counted 400 from a rounded one, and reads both as 350 up to 449. It never rounds twice,
/// and knows no habit of rounding to fives or dozens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rounding;

impl Rule for Rounding {
    fn name(&self) -> &str {
        "rounding"
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let figure = match (testimony.content(), testimony.assertion().stance()) {
            (Some(Content::Count(said)), Stance::Affirms) => said.figure().map(Decimal::from),
            (Some(Content::Quantity(said)), Stance::Affirms) => said.figure(),
            _ => None,
        };
        let Some(figure) = figure.filter(|figure| !figure.is_zero()) else { return Reading::as_said() };
        let half = last_place(figure) / Decimal::TWO;
        let (low, high) = (figure.saturating_sub(half), figure.saturating_add(half));
        let rounded = match testimony.said() {
            Some(AnswerSet::Counts(_)) => {
                let low = low.ceil().to_u64().map_or(Bound::Unbounded, Bound::Included);
                let high = high.ceil().to_u64().map_or(Bound::Unbounded, Bound::Excluded);
                AnswerSet::Counts((low, high).into())
            }
            _ => AnswerSet::Quantities((low..high).into()),
        };
        Reading::also(rounded, "a round figure, read as anything that rounds to it")
    }
}

/// The place of the last digit that isn't zero: 1,000 of 43,000, and 0.1 of 12.5.
fn last_place(figure: Decimal) -> Decimal {
    if !figure.is_integer() {
        return Decimal::new(1, figure.normalize().scale());
    }
    let mut place = Decimal::ONE;
    while let Some(next) = place.checked_mul(Decimal::TEN).filter(|next| (figure / next).is_integer()) {
        place = next;
    }
    place
}
