//! What an author of rules sees, and what a rule may answer.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::context::DossierIndex;
use crate::dossier::columns::index;
use crate::dossier::shared::Shared;
use crate::dossier::{AssertionRef, ClaimRef, Dossier, SourceRef};
use crate::model::date::Date;
use crate::model::value::{AnswerSet, Content};

/// How testimony is read: kept as it was said, set aside, or read more loosely; always with a reason.
///
/// A rule sees one testimony at a time and never what another rule did with it. Everything that rules set
/// aside is set aside, and everything that they allow is allowed too; so neither their order nor repeating
/// one can matter, and a rule that only loosens can't make a dispute.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Reading, Resolver, Rule, Source, Testimony, Verdict};
///
/// /// A desk that doesn't print what the town gossip says.
/// #[derive(Debug)]
/// struct NoGossip;
///
/// impl Rule for NoGossip {
///     fn name(&self) -> &str {
///         "no gossip"
///     }
///
///     fn read(&self, testimony: &Testimony<'_>) -> Reading {
///         if testimony.sources().any(|source| source.kind() == Some("gossip")) {
///             Reading::set_aside("the desk doesn't print gossip")
///         } else {
///             Reading::as_said()
///         }
///     }
/// }
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_source(Source::new("barber", "The barber").kind("gossip"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "3").by("mayor"))?;
/// flood.record(Assertion::new("missing", "40").by("barber"))?;
///
/// let report = Resolver::standard().with_rule(NoGossip).resolve(&flood);
/// let missing = report.finding("missing").ok_or("no such claim")?;
/// assert_eq!(missing.verdict(), Verdict::SingleSource);
/// assert_eq!(missing.set_aside().next().ok_or("nothing")?.reason(), "the desk doesn't print gossip");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A rule behind a reference, a `Box` or an `Arc` is a rule. So a desk can keep its rules in one list, or
/// share them:
///
/// ```
/// use std::sync::Arc;
///
/// use corroborate::{BuiltIn, Resolver, Rule, rules};
///
/// let house: Vec<Box<dyn Rule>> = vec![Box::new(rules::NamedOnly), Box::new("tolerance=5%".parse::<BuiltIn>()?)];
/// let shared: Arc<dyn Rule> = Arc::new(rules::Rounding);
///
/// let resolver = house.into_iter().fold(Resolver::standard(), Resolver::with_rule).with_rule(Arc::clone(&shared));
/// assert_eq!(shared.name(), "rounding");
/// # let _ = resolver;
/// # Ok::<(), corroborate::UnknownRule>(())
/// ```
pub trait Rule: fmt::Debug + Send + Sync {
    /// Reads one testimony. It is asked once for each assertion, the unattributed and the silent ones too.
    ///
    /// The same testimony should always be read in the same way; then the same dossier gives the same report.
    fn read(&self, testimony: &Testimony<'_>) -> Reading;

    /// The rule's name, as reports give it beside what it set aside: a few words in lower case.
    ///
    /// Unless you give it one it is called by its type, as in `NoGossip`. Readers of reports see the name, so
    /// a rule that stays deserves one.
    fn name(&self) -> &str {
        let path = std::any::type_name::<Self>();
        // What stands in angle brackets has paths of its own.
        let plain = path.split('<').next().unwrap_or(path);
        plain.rsplit("::").next().unwrap_or(plain)
    }
}

impl<R: Rule + ?Sized> Rule for &R {
    fn name(&self) -> &str {
        (**self).name()
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        (**self).read(testimony)
    }
}

impl<R: Rule + ?Sized> Rule for Box<R> {
    fn name(&self) -> &str {
        (**self).name()
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        (**self).read(testimony)
    }
}

impl<R: Rule + ?Sized> Rule for Arc<R> {
    fn name(&self) -> &str {
        (**self).name()
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        (**self).read(testimony)
    }
}

/// What a rule makes of one testimony.
///
/// ```
/// use corroborate::{AnswerSet, Ranges, Reading};
///
/// let kept = Reading::as_said();
/// let dropped = Reading::set_aside("said before the second blast");
/// let loosened = Reading::also(AnswerSet::Counts(Ranges::from(14..)), "the toll was still growing");
/// assert!(kept != dropped && dropped != loosened);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading(pub(super) ReadingKind);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ReadingKind {
    AsSaid,
    SetAside { reason: Cow<'static, str> },
    Without { sources: Vec<u32>, reason: Cow<'static, str> },
    Also { answers: AnswerSet, reason: Cow<'static, str> },
}

impl Reading {
    /// Keeps the testimony as it was said. Most rules say so of most testimony.
    pub fn as_said() -> Self {
        Self(ReadingKind::AsSaid)
    }

    /// Sets the testimony aside. It is listed, with the rule and the reason.
    ///
    /// A copy all of whose origins are set aside falls with them.
    pub fn set_aside(reason: impl Into<Cow<'static, str>>) -> Self {
        Self(ReadingKind::SetAside { reason: reason.into() })
    }

    /// Takes some sources' word off it: a joint statement then stands for the others, and is set aside when
    /// nobody is left. Taking nobody's word off keeps it as it was said.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Reading, Resolver, Rule, Source, Testimony};
    ///
    /// /// A desk that doesn't take the barber's word.
    /// #[derive(Debug)]
    /// struct NotTheBarber;
    ///
    /// impl Rule for NotTheBarber {
    ///     fn name(&self) -> &str {
    ///         "not the barber"
    ///     }
    ///
    ///     fn read(&self, testimony: &Testimony<'_>) -> Reading {
    ///         Reading::without(testimony.sources().filter(|source| source.id() == "barber"), "he talks too much")
    ///     }
    /// }
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_source(Source::new("barber", "The barber"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "3").by_all(["mayor", "barber"]))?;
    ///
    /// let report = Resolver::standard().with_rule(NotTheBarber).resolve(&flood);
    /// let missing = report.finding("missing").ok_or("no such claim")?;
    /// assert_eq!(missing.sides().map(|side| side.id()).collect::<Vec<_>>(), ["mayor"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn without<'d>(
        sources: impl IntoIterator<Item = SourceRef<'d>>,
        reason: impl Into<Cow<'static, str>>,
    ) -> Self {
        let sources: Vec<u32> = sources.into_iter().map(|source| source.index).collect();
        if sources.is_empty() {
            Self::as_said()
        } else {
            Self(ReadingKind::Without { sources, reason: reason.into() })
        }
    }

    /// Reads it more loosely: these answers are possible too. Answers of another kind than the claim's add
    /// nothing.
    ///
    /// ```
    /// use corroborate::{AnswerSet, Assertion, Claim, Dossier, Ranges, Reading, Resolver, Rule, Source, Testimony, Verdict};
    ///
    /// /// Whoever counts from a helicopter misses some.
    /// #[derive(Debug)]
    /// struct FromTheAir;
    ///
    /// impl Rule for FromTheAir {
    ///     fn name(&self) -> &str {
    ///         "from the air"
    ///     }
    ///
    ///     fn read(&self, testimony: &Testimony<'_>) -> Reading {
    ///         match testimony.said() {
    ///             Some(said) if testimony.assertion().note() == Some("from the air") => {
    ///                 Reading::also(said.or_more(), "counted from the air")
    ///             }
    ///             _ => Reading::as_said(),
    ///         }
    ///     }
    /// }
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("pilot", "The pilot"))?;
    /// flood.add_source(Source::new("brigade", "The fire brigade"))?;
    /// flood.add_claim(Claim::count("roofs", "How many people were on the roofs?"))?;
    /// flood.record(Assertion::new("roofs", "20").by("pilot").note("from the air"))?;
    /// flood.record(Assertion::new("roofs", "26").by("brigade"))?;
    ///
    /// let verdict = |resolver: Resolver| resolver.resolve(&flood).finding("roofs").map(|found| found.verdict());
    /// assert_eq!(verdict(Resolver::standard()), Some(Verdict::Disputed));
    /// assert_eq!(verdict(Resolver::standard().with_rule(FromTheAir)), Some(Verdict::Compatible));
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    pub fn also(answers: AnswerSet, reason: impl Into<Cow<'static, str>>) -> Self {
        Self(ReadingKind::Also { answers, reason: reason.into() })
    }

    /// Whether it changes how this testimony is read.
    #[cfg(feature = "proptest")]
    pub(crate) fn acts_on(&self, testimony: &Testimony<'_>) -> bool {
        match &self.0 {
            ReadingKind::AsSaid => false,
            ReadingKind::SetAside { .. } => true,
            ReadingKind::Without { sources, .. } => {
                sources.iter().any(|gone| testimony.facts.sources.contains(gone))
            }
            ReadingKind::Also { answers, .. } => {
                testimony.said().is_some_and(|said| said.join(answers) != *said)
            }
        }
    }

    /// Why it isn't kept just as it was said, if it isn't.
    #[cfg(feature = "proptest")]
    pub(crate) fn reason(&self) -> Option<&str> {
        match &self.0 {
            ReadingKind::AsSaid => None,
            ReadingKind::SetAside { reason }
            | ReadingKind::Without { reason, .. }
            | ReadingKind::Also { reason, .. } => Some(reason),
        }
    }
}

/// How an assertion's unit stands to its claim's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnitFit {
    Same,
    Narrower,
    Broader,
    Unrelated,
}

/// What the record says of one assertion, all rules aside.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) assertion: u32,
    pub(super) date: Option<Date>,
    pub(super) moment: Option<Date>,
    /// As said, after its unit was put to the claim's; nothing for silence.
    pub(super) said: Option<AnswerSet>,
    pub(super) unit: UnitFit,
    pub(super) is_copy: bool,
    /// The assertions that its words come from: those that say as much, or all that it misquotes.
    pub(super) origins: Shared,
    /// Who those are credited to.
    pub(super) sources: Shared,
    pub(super) superseded_by: Option<u32>,
    pub(super) retracted: Option<usize>,
    /// The sources that have a later word, and the assertion that is it.
    pub(super) later_words: Vec<(u32, u32)>,
    /// Whether it is a copy that says what none of its origins does.
    pub(super) misquotes: bool,
}

/// One assertion with its origins and its claim's context: what a rule looks at.
///
/// ```
/// use corroborate::{Reading, Rule, Testimony};
///
/// /// Reads only what was said on the day itself.
/// #[derive(Debug)]
/// struct SameDay;
///
/// impl Rule for SameDay {
///     fn name(&self) -> &str {
///         "same day"
///     }
///
///     fn read(&self, testimony: &Testimony<'_>) -> Reading {
///         let same = match (testimony.date(), testimony.newest()) {
///             (Some(date), Some(newest)) => date.last() >= newest.first(),
///             _ => true, // undated testimony always stands
///         };
///         if same { Reading::as_said() } else { Reading::set_aside("said on an earlier day") }
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Testimony<'d> {
    pub(super) dossier: &'d Dossier,
    pub(super) index: &'d DossierIndex,
    pub(super) facts: &'d Facts,
    pub(super) context: &'d ClaimContext,
}

/// What is known of a claim as a whole.
#[derive(Debug, Default)]
pub(super) struct ClaimContext {
    pub(super) as_of: Option<Date>,
    pub(super) newest: Option<Date>,
    /// As `newest`, by the moment that a figure describes where one is stated.
    pub(super) newest_moment: Option<Date>,
}

impl<'d> Testimony<'d> {
    fn view(&self, assertion: u32) -> AssertionRef<'d> {
        AssertionRef { dossier: self.dossier, index: assertion }
    }

    fn source(&self, source: u32) -> SourceRef<'d> {
        SourceRef { dossier: self.dossier, index: source }
    }

    /// The assertion itself.
    pub fn assertion(&self) -> AssertionRef<'d> {
        self.view(self.facts.assertion)
    }

    /// The claim that it answers.
    pub fn claim(&self) -> ClaimRef<'d> {
        self.assertion().claim()
    }

    /// The answers that it leaves possible, as it was said; nothing for silence.
    ///
    /// A figure in a narrower or broader unit than the claim's has been read as at least or at most that.
    pub fn said(&self) -> Option<&'d AnswerSet> {
        self.facts.said.as_ref()
    }

    /// The assertions where its words come from, once copies are followed back; itself, unless it is a copy.
    ///
    /// Copies that go back only to each other have none.
    pub fn origins(&self) -> impl ExactSizeIterator<Item = AssertionRef<'d>> {
        self.facts.origins.iter().map(|origin| self.view(*origin))
    }

    /// Whether it repeats another assertion.
    pub fn is_copy(&self) -> bool {
        self.facts.is_copy
    }

    /// Who it goes back to: the sources that its origins are credited to. None, when it is unattributed.
    pub fn sources(&self) -> impl ExactSizeIterator<Item = SourceRef<'d>> {
        self.facts.sources.iter().map(|source| self.source(*source))
    }

    /// The sides of those sources, each once.
    pub fn sides(&self) -> impl Iterator<Item = SourceRef<'d>> {
        let mut sides: Vec<u32> = self.facts.sources.iter().map(|source| self.index.side(*source)).collect();
        sides.sort_unstable();
        sides.dedup();
        sides.into_iter().map(|side| self.source(side))
    }

    /// When it was said; of a copy, when its origins said it. Undated testimony has none.
    pub fn date(&self) -> Option<Date> {
        self.facts.date
    }

    /// The moment that its figure describes, else when it was said.
    pub fn moment(&self) -> Option<Date> {
        self.facts.moment
    }

    /// The day that the resolver was asked about, if it was.
    pub fn as_of(&self) -> Option<Date> {
        self.context.as_of
    }

    /// The newest date of an attributed, affirmed, unretracted first-hand answer to the claim: the one that
    /// begins latest.
    ///
    /// Compare with its [`first`](Date::first) moment, so that an answer dated "in September" makes nothing
    /// old that was said in September.
    pub fn newest(&self) -> Option<Date> {
        self.context.newest
    }

    /// As [`newest`](Self::newest), by the moments that figures describe where those are stated.
    pub fn newest_moment(&self) -> Option<Date> {
        self.context.newest_moment
    }

    /// The assertion that replaces it, where one says so and wasn't retracted.
    pub fn superseded_by(&self) -> Option<AssertionRef<'d>> {
        self.facts.superseded_by.map(|by| self.view(by))
    }

    /// Whether it was withdrawn by the as-of date, and why where that was said.
    ///
    /// Nothing where it wasn't; `Some(None)` where it was without a reason.
    pub fn retracted(&self) -> Option<Option<&'d str>> {
        let row = self.dossier.columns.retractions.get(self.facts.retracted?)?;
        Some(row.reason.as_deref())
    }

    /// When it was withdrawn, where that was said.
    pub fn retracted_on(&self) -> Option<Date> {
        self.dossier.columns.retractions.get(self.facts.retracted?)?.on
    }

    /// The named sources among its own that have since said something else of the claim, each with its later
    /// word.
    pub fn later_words(&self) -> impl ExactSizeIterator<Item = (SourceRef<'d>, AssertionRef<'d>)> {
        self.facts.later_words.iter().map(|(source, word)| (self.source(*source), self.view(*word)))
    }

    /// Whether it is a copy whose answers hold none of its origins'.
    pub fn misquotes(&self) -> bool {
        self.facts.misquotes
    }

    /// Those of the sources that are the one of that id, or part of it.
    pub(super) fn sources_within(&self, id: &str) -> impl Iterator<Item = SourceRef<'d>> {
        let columns = &self.dossier.columns;
        let whole = columns.sources.get_index_of(id).map(index);
        self.sources().filter(move |source| {
            whole.is_some_and(|whole| self.index.is_within(columns, source.index, whole))
        })
    }

    pub(super) fn unit(&self) -> UnitFit {
        self.facts.unit
    }

    pub(super) fn content(&self) -> Option<&'d Content<u32>> {
        self.dossier.columns.content(self.facts.assertion)
    }
}
