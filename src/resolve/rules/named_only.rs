//! The rule `named sources only`.

use super::{Reading, Rule, Testimony};

/// Takes the word of anonymous sources off. Its name is `named sources only`, for short `named-only`.
///
/// It is for desks that don't print what nobody stands behind.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Verdict, rules};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_source(Source::new("official", "An official").anonymous())?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "12").by("mayor"))?;
/// flood.record(Assertion::new("missing", "40").by("official"))?;
///
/// let report = Resolver::standard().with_rule(rules::NamedOnly).resolve(&flood);
/// let missing = report.finding("missing").ok_or("no such claim")?;
/// assert_eq!((missing.verdict(), missing.common_ground().as_deref()), (Verdict::SingleSource, Some("12")));
/// assert_eq!(missing.set_aside().next().ok_or("nothing")?.reason(), "the source isn't named");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What it doesn't touch
///
/// What is credited to nobody at all: that has no word to take off, and never makes a side. A joint statement
/// stands for those of its sources that are named:
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, rules};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_source(Source::new("official", "An official").anonymous())?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "12").by_all(["mayor", "official"]))?;
///
/// let report = Resolver::standard().with_rule(rules::NamedOnly).resolve(&flood);
/// let missing = report.finding("missing").ok_or("no such claim")?;
/// assert_eq!(missing.sides().map(|side| side.id()).collect::<Vec<_>>(), ["mayor"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Limits
///
/// Anonymous is who the dossier [says](crate::Source::anonymous) is. It looks at who said it first, and not
/// at who passed it on: a named paper that quotes an unnamed official falls with the official.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NamedOnly;

impl Rule for NamedOnly {
    fn name(&self) -> &str {
        "named sources only"
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        Reading::without(testimony.sources().filter(|source| source.is_anonymous()), "the source isn't named")
    }
}
