//! The rule `exclude source`.

use super::{Reading, Rule, Testimony};

/// Takes the word of a source, and of whoever is part of it, off. Its name is `exclude source`, for short
/// `exclude`.
///
/// It answers "and without them?", and leaves the dossier as it is. Several sources take several rules.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Verdict, rules};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_source(Source::new("shop", "The barber's shop"))?;
/// flood.add_source(Source::new("apprentice", "The barber's apprentice").part_of("shop"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "3").by("mayor"))?;
/// flood.record(Assertion::new("missing", "40").by("apprentice"))?;
///
/// let report = Resolver::standard().with_rule(rules::ExcludeSource::new("shop")).resolve(&flood);
/// let missing = report.finding("missing").ok_or("no such claim")?;
/// assert_eq!((missing.verdict(), missing.common_ground().as_deref()), (Verdict::SingleSource, Some("3")));
/// assert_eq!(missing.set_aside().next().ok_or("nothing")?.reason(), "`shop` is excluded");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What it doesn't touch
///
/// What the source merely passed on. The word is the mayor's, whoever carried it:
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, rules};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_source(Source::new("shop", "The barber's shop"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "3").by("mayor").via("shop"))?;
///
/// let report = Resolver::standard().with_rule(rules::ExcludeSource::new("shop")).resolve(&flood);
/// assert_eq!(report.finding("missing").ok_or("no such claim")?.common_ground().as_deref(), Some("3"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Limits
///
/// A rule knows no dossier, so an id that no source has excludes nobody, and says nothing about it. The
/// command line does. Those above the source keep their word: without the spokesman, the ministry still
/// speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExcludeSource {
    source: Box<str>,
}

impl ExcludeSource {
    pub(super) const NAME: &'static str = "exclude source";

    /// Excludes the source of that id.
    pub fn new(source: impl Into<Box<str>>) -> Self {
        Self { source: source.into() }
    }

    /// The id of the source that it excludes.
    pub fn source(&self) -> &str {
        &self.source
    }
}

impl Rule for ExcludeSource {
    fn name(&self) -> &str {
        Self::NAME
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let excluded = testimony.sources_within(&self.source);
        Reading::without(excluded, format!("`{}` is excluded", self.source))
    }
}
