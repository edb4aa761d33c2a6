//! The rule `tolerance`.

use std::borrow::Cow;
use std::ops::Bound;

use chrono::TimeDelta;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Reading, Rule, Testimony, UnknownRule, days};
use crate::model::date::{Date, Moment};
use crate::model::interval::{Interval, Point, Ranges};
use crate::model::value::{AnswerSet, share};

/// Reads figures, or dates, as so much more or less. Its name is `tolerance`.
///
/// It reaches as far as a share of each figure, as a fixed figure, or as a number of days. Both ends of a
/// range are moved apart; what has no end keeps none. No count goes below zero.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Verdict, rules};
///
/// let mut march = Dossier::new("The march on Varn");
/// march.add_source(Source::new("police", "The police"))?;
/// march.add_source(Source::new("union", "The union"))?;
/// march.add_claim(Claim::count("marchers", "How many people marched?"))?;
/// march.record(Assertion::new("marchers", "1,000").by("police"))?;
/// march.record(Assertion::new("marchers", "1,080").by("union"))?;
///
/// let verdict = |tolerance: rules::Tolerance| {
///     let report = Resolver::standard().with_rule(tolerance).resolve(&march);
///     report.finding("marchers").map(|marchers| marchers.verdict())
/// };
/// assert_eq!(verdict(rules::Tolerance::share("0.05".parse()?)?), Some(Verdict::Compatible)); // 1,026 to 1,050
/// assert_eq!(verdict(rules::Tolerance::figure(10.into())?), Some(Verdict::Disputed));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What it doesn't touch
///
/// Terms, texts, yes and no. A share or a figure leaves dates alone, and days leave figures alone:
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Verdict, rules};
///
/// let mut march = Dossier::new("The march on Varn");
/// march.add_source(Source::new("police", "The police"))?;
/// march.add_source(Source::new("union", "The union"))?;
/// march.add_claim(Claim::date("day", "On which day was it?"))?;
/// march.record(Assertion::new("day", "2031-04-03").by("police"))?;
/// march.record(Assertion::new("day", "2031-04-04").by("union"))?;
///
/// let verdict = |tolerance: rules::Tolerance| {
///     let report = Resolver::standard().with_rule(tolerance).resolve(&march);
///     report.finding("day").map(|day| day.verdict())
/// };
/// assert_eq!(verdict(rules::Tolerance::figure(1.into())?), Some(Verdict::Disputed));
/// assert_ne!(verdict(rules::Tolerance::days(1)), Some(Verdict::Disputed));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Limits
///
/// It is applied to everybody, so two figures may lie twice as far apart as it reaches. A share of zero is
/// nothing. Denials are stretched too: with a tolerance of 1, "not 5" leaves anything possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tolerance {
    reach: Reach,
}

/// How far a tolerance reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Share(Decimal),
    Figure(Decimal),
    Days(u32),
}

impl Tolerance {
    pub(super) const NAME: &'static str = "tolerance";
    pub(super) const TAKES: &'static str = "a share, a figure or days from zero up: `5%`, `2`, `1d`";

    /// So large a share of each figure: 0.05 is five per cent.
    ///
    /// # Errors
    ///
    /// When the share is below zero. No rule may narrow what was said.
    pub fn share(share: Decimal) -> Result<Self, UnknownRule> {
        Self::reaching(share, Reach::Share)
    }

    /// So much, of any figure.
    ///
    /// # Errors
    ///
    /// When the figure is below zero.
    pub fn figure(figure: Decimal) -> Result<Self, UnknownRule> {
        Self::reaching(figure, Reach::Figure)
    }

    /// So many days of 24 hours, of any date.
    pub const fn days(days: u32) -> Self {
        Self { reach: Reach::Days(days) }
    }

    fn reaching(so_far: Decimal, reach: impl FnOnce(Decimal) -> Reach) -> Result<Self, UnknownRule> {
        if so_far < Decimal::ZERO {
            return Err(UnknownRule::argument(Self::NAME, Self::TAKES, &so_far.to_string()));
        }
        Ok(Self { reach: reach(so_far) })
    }

    /// `5%`, `2`, `1d`.
    pub(super) fn from_argument(text: &str) -> Option<Self> {
        if let Some(percent) = text.strip_suffix('%') {
            return Self::share(share(percent.trim())?).ok();
        }
        match Decimal::from_str_exact(text) {
            Ok(figure) => Self::figure(figure).ok(),
            Err(_) => days(text).map(Self::days),
        }
    }
}

impl Reach {
    fn of(self, figure: Decimal) -> Decimal {
        match self {
            Self::Share(share) => figure.abs().saturating_mul(share),
            Self::Figure(reach) => reach,
            Self::Days(_) => Decimal::ZERO,
        }
    }
}

impl Rule for Tolerance {
    fn name(&self) -> &str {
        Self::NAME
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let reach = self.reach;
        let below = |figure: Decimal| figure.saturating_sub(reach.of(figure));
        let above = |figure: Decimal| figure.saturating_add(reach.of(figure));
        let loosened = match (testimony.said(), reach) {
            (Some(AnswerSet::Counts(said)), Reach::Share(_) | Reach::Figure(_)) => {
                AnswerSet::Counts(stretched(
                    said,
                    |low| below(low.into()).ceil().to_u64(),
                    |high| above(high.into()).floor().to_u64(),
                ))
            }
            (Some(AnswerSet::Quantities(said)), Reach::Share(_) | Reach::Figure(_)) => {
                AnswerSet::Quantities(stretched(said, |low| Some(below(low)), |high| Some(above(high))))
            }
            (Some(AnswerSet::Dates(said)), Reach::Days(days)) => {
                let days = i64::from(days);
                AnswerSet::Dates(stretched(said, |low| later(low, -days), |high| later(high, days)))
            }
            _ => return Reading::as_said(),
        };
        let reach = match reach {
            Reach::Share(share) => {
                Cow::from(format!("{}%", share.saturating_mul(Decimal::ONE_HUNDRED).normalize()))
            }
            Reach::Figure(figure) => figure.to_string().into(),
            Reach::Days(days) => format!("{days} days").into(),
        };
        Reading::also(loosened, format!("read with a tolerance of {reach}"))
    }
}

/// The moment this many days later, unless the calendar ends before.
fn later(moment: Moment, days: i64) -> Option<Moment> {
    let moved = moment.naive_utc().checked_add_signed(TimeDelta::try_days(days)?)?;
    Some(Date::from(moved.and_utc()).first())
}

/// Every interval of a set with its ends moved apart; an end that would leave the line is none.
fn stretched<P: Point>(
    set: &Ranges<P>,
    below: impl Fn(P) -> Option<P>,
    above: impl Fn(P) -> Option<P>,
) -> Ranges<P> {
    let low = |bound| match bound {
        Bound::Included(low) => below(low).map_or(Bound::Unbounded, Bound::Included),
        Bound::Excluded(low) => below(low).map_or(Bound::Unbounded, Bound::Excluded),
        Bound::Unbounded => Bound::Unbounded,
    };
    let high = |bound| match bound {
        Bound::Included(high) => above(high).map_or(Bound::Unbounded, Bound::Included),
        Bound::Excluded(high) => above(high).map_or(Bound::Unbounded, Bound::Excluded),
        Bound::Unbounded => Bound::Unbounded,
    };
    set.intervals().iter().filter_map(|i| Interval::new((low(i.low()), high(i.high())))).collect()
}
