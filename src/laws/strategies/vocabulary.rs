//! The words of generated dossiers where any words may stand.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// The words that generated dossiers use where any words may stand: kinds of sources, units, topics, titles
/// of documents, locators, quotes and notes.
///
/// A rule that looks for a word acts only on dossiers in which that word turns up. Give them yours:
///
/// ```
/// use corroborate::{Reading, Resolver, Rule, Testimony, laws::{self, Law, Laws, Vocabulary}};
///
/// #[derive(Debug)]
/// struct NoGossip;
///
/// impl Rule for NoGossip {
///     fn name(&self) -> &str {
///         "no gossip"
///     }
///
///     fn read(&self, testimony: &Testimony<'_>) -> Reading {
///         let gossip = testimony.sources().filter(|source| source.kind() == Some("gossip"));
///         Reading::without(gossip, "the desk doesn't print gossip")
///     }
/// }
///
/// let desk = Resolver::standard().with_rule(NoGossip);
/// // As they come, no source of a generated dossier is a gossip, and the laws say so.
/// let idle = Laws::all().cases(8).hold(&desk).unwrap_err();
/// assert_eq!(idle.law(), Law::EveryRuleActs);
///
/// let dossiers = laws::dossiers_with(&Vocabulary::default().kinds(["gossip", "official"]));
/// let held = Laws::all().cases(8).hold_on(&desk, &dossiers)?;
/// let (_, times) = held.acts().find(|(rule, _)| *rule == "no gossip").ok_or("no such rule")?;
/// assert!(times > held.dossiers() / 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Each list takes the place of the one that was there; an empty one leaves the words out. Whatever fails
/// shrinks towards dossiers without them.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    pub(super) kinds: Vec<String>,
    pub(super) units: Vec<String>,
    pub(super) topics: Vec<String>,
    pub(super) titles: Vec<String>,
    pub(super) locators: Vec<String>,
    pub(super) quotes: Vec<String>,
    pub(super) notes: Vec<String>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            kinds: words(["government", "military", "official", "newspaper", "witness"]),
            units: words(["vessel"]),
            topics: words(["topic-0", "topic-1"]),
            titles: words(["Morning edition", "Press briefing", "Live blog"]),
            locators: words(["paragraph 3", "page 1", "00:12:40"]),
            quotes: words(["we counted them ourselves", "there may be more"]),
            notes: words(["heard by telephone", "translated", "a preliminary figure"]),
        }
    }
}

fn words<W: Into<String>>(words: impl IntoIterator<Item = W>) -> Vec<String> {
    words.into_iter().map(Into::into).collect()
}

impl Vocabulary {
    /// What kinds sources are of.
    #[must_use]
    pub fn kinds<W: Into<String>>(self, kinds: impl IntoIterator<Item = W>) -> Self {
        Self { kinds: words(kinds), ..self }
    }

    /// What units figures come in, beside the terms that a dossier declares.
    #[must_use]
    pub fn units<W: Into<String>>(self, units: impl IntoIterator<Item = W>) -> Self {
        Self { units: words(units), ..self }
    }

    /// What topics claims are on, the first above all.
    #[must_use]
    pub fn topics<W: Into<String>>(self, topics: impl IntoIterator<Item = W>) -> Self {
        Self { topics: words(topics), ..self }
    }

    /// What documents are called that aren't just numbered.
    #[must_use]
    pub fn titles<W: Into<String>>(self, titles: impl IntoIterator<Item = W>) -> Self {
        Self { titles: words(titles), ..self }
    }

    /// Where in a document something stands.
    #[must_use]
    pub fn locators<W: Into<String>>(self, locators: impl IntoIterator<Item = W>) -> Self {
        Self { locators: words(locators), ..self }
    }

    /// What is quoted beside what was said.
    #[must_use]
    pub fn quotes<W: Into<String>>(self, quotes: impl IntoIterator<Item = W>) -> Self {
        Self { quotes: words(quotes), ..self }
    }

    /// What whoever wrote it down remarks.
    #[must_use]
    pub fn notes<W: Into<String>>(self, notes: impl IntoIterator<Item = W>) -> Self {
        Self { notes: words(notes), ..self }
    }
}

/// One of these words with this chance, or none.
pub(super) fn one_of(words: &[String], chance: f64) -> BoxedStrategy<Option<String>> {
    option::weighted(chance, any_of(words)).prop_map(Option::flatten).boxed()
}

/// One of these words, or none where there are none.
pub(super) fn any_of(words: &[String]) -> BoxedStrategy<Option<String>> {
    if words.is_empty() { Just(None).boxed() } else { select(words.to_vec()).prop_map(Some).boxed() }
}
