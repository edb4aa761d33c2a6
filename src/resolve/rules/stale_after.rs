//! The rule `stale after`.

use super::{Reading, Rule, Testimony};

/// Sets aside what was said so many days before the newest answer, or before the as-of date. Its name is
/// `stale after`.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Verdict, rules};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_source(Source::new("brigade", "The fire brigade"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "30").by("mayor").asserted("2031-04-01"))?;
/// flood.record(Assertion::new("missing", "12").by("brigade").asserted("2031-04-05"))?;
///
/// let report = Resolver::standard().with_rule(rules::StaleAfter::days(3)).resolve(&flood);
/// let missing = report.finding("missing").ok_or("no such claim")?;
/// assert_eq!((missing.verdict(), missing.common_ground().as_deref()), (Verdict::SingleSource, Some("12")));
/// let aside = missing.set_aside().next().ok_or("nothing")?;
/// assert_eq!(aside.reason(), "said 4 days before 2031-04-05, and the limit is 3");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What it doesn't touch
///
/// What isn't dated, and what is exactly as old as the limit. A claim that nobody has spoken of since is as
/// fresh as its newest answer, unless a day was asked about:
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Verdict, rules};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "30").by("mayor").asserted("2031-04-01"))?;
///
/// let strict = Resolver::standard().with_rule(rules::StaleAfter::days(3));
/// let verdict = |resolver: &Resolver| resolver.resolve(&flood).finding("missing").map(|found| found.verdict());
/// assert_eq!(verdict(&strict), Some(Verdict::SingleSource));
/// assert_eq!(verdict(&strict.as_of("2031-05-01".parse()?)), Some(Verdict::Unaddressed));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Limits
///
/// It knows no today: give the resolver an [`as_of`](crate::Resolver::as_of) date for that. A copy is as old
/// as its origin. What may still be fresh isn't set aside: what was said "in May" is as old as 31 May, and
/// where the newest answer itself is "in May", others are as old as on 1 May. Whoever said the newest answer
/// makes the others stale, so one late voice can leave a claim with a single source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaleAfter {
    days: u32,
}

impl StaleAfter {
    pub(super) const NAME: &'static str = "stale after";

    /// Stale once it is older than this. With 0, only the newest day's answers stand.
    pub const fn days(days: u32) -> Self {
        Self { days }
    }
}

impl Rule for StaleAfter {
    fn name(&self) -> &str {
        Self::NAME
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        // The day that is asked about is over, while a newest answer may be of the first moment that its date
        // allows.
        let asked = testimony.as_of().map(|day| (day, day.last()));
        let now = asked.or_else(|| testimony.newest().map(|newest| (newest, newest.first())));
        let (Some(date), Some((now, moment))) = (testimony.date(), now) else {
            return Reading::as_said();
        };
        let age = moment.days_since(date.last());
        if age > i64::from(self.days) {
            Reading::set_aside(format!("said {age} days before {now}, and the limit is {}", self.days))
        } else {
            Reading::as_said()
        }
    }
}
