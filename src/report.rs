//! What a resolver found: of each claim a verdict, what can be printed, and why.

mod brief;
mod chart;
#[cfg(feature = "csv")]
mod csv;
#[cfg(feature = "json")]
pub(crate) mod document;
mod finding;
#[cfg(feature = "pages")]
mod html;
mod markdown;
mod outline;
#[cfg(feature = "pages")]
mod picture;
mod text;
pub(crate) mod timeline;
mod trace;
mod ways;
mod words;

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use crate::dossier::Dossier;
use crate::dossier::columns::index;
use crate::model::value::AnswerSet;
use crate::model::words;
use crate::resolve::{CLAIMS_TOGETHER, Desk};

pub(crate) use brief::{Brief, BriefAccount, Briefs, Few, Put, Who};
pub use finding::{AccountRef, Finding, NoticeRef, SetAsideRef};
pub use text::TextLayout;
pub use timeline::{Change, Timeline, TimelineEntry};
pub use trace::Step;
pub(crate) use words::Words;

words! {
    /// What a report says of a claim: where its sources agree, where they disagree, and what nobody put their name to.
    ///
    /// It is exhaustive on purpose: whoever matches on it must decide about each.
    ///
    /// ```
    /// use corroborate::Verdict;
    ///
    /// let verdict: Verdict = "single-source".parse()?;
    /// assert_eq!(verdict, Verdict::SingleSource);
    /// assert_eq!(Verdict::Disputed.to_string(), "disputed");
    /// # Ok::<(), corroborate::UnknownWord>(())
    /// ```
    pub enum Verdict ("verdict") {
        /// Two sides or more say the same.
        Agreed = "agreed",
        /// Two sides or more can all be right, though they don't say the same.
        Compatible = "compatible",
        /// No single answer satisfies everybody who put their name to one.
        Disputed = "disputed",
        /// One side alone speaks.
        SingleSource = "single-source",
        /// Nobody put their name to an answer.
        Unattributed = "unattributed",
        /// Somebody declines to say, and nobody says.
        Withheld = "withheld",
        /// Nobody says anything, or only that they don't know.
        Unaddressed = "unaddressed",
    }
}

words! {
    /// In which way a claim is disputed.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dispute, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_source(Source::new("engineer", "The engineer"))?;
    /// flood.add_claim(Claim::yes_no("warned", "Was the town warned?"))?;
    /// flood.add_claim(Claim::text("cause", "Why did the dam break?"))?;
    /// flood.record(Assertion::new("warned", "yes").by("mayor"))?;
    /// flood.record(Assertion::new("warned", "no").by("engineer"))?;
    /// flood.record(Assertion::new("cause", "rain").by("mayor"))?;
    /// flood.record(Assertion::new("cause", "a week of storms").by("engineer"))?;
    ///
    /// let report = Resolver::standard().resolve(&flood);
    /// let dispute = |claim| report.finding(claim).and_then(|found| found.dispute());
    /// assert_eq!(dispute("warned"), Some(Dispute::Contradictory));
    /// assert_eq!(dispute("cause"), Some(Dispute::Wording)); // which may be no dispute at all
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    #[non_exhaustive]
    pub enum Dispute ("kind of dispute") {
        /// Both can't be true, and both may be false: 14 and 15.
        Contrary = "contrary",
        /// Exactly one of the two is true: yes and no.
        Contradictory = "contradictory",
        /// The texts differ: whether they say the same is for a reader to judge.
        Wording = "wording",
    }
}

words! {
    /// How a constraint fares, over all that its claims' accounts leave possible.
    ///
    /// Only what can't be otherwise *holds*. A claim that nobody answers could be anything, so it leaves its constraints
    /// open.
    #[non_exhaustive]
    pub enum Status ("status of a constraint") {
        /// Every combination of what is possible satisfies it.
        Holds = "holds",
        /// No combination does.
        Fails = "fails",
        /// Some do.
        Open = "open",
    }
}

/// What was found of one claim, in numbers; words are made of it when somebody reads it.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) claim: u32,
    pub(crate) verdict: Verdict,
    pub(crate) dispute: Option<Dispute>,
    pub(crate) within_one_side: Option<bool>,
    pub(crate) sides: Vec<u32>,
    pub(crate) credit: Vec<u32>,
    pub(crate) common_ground: Option<Words>,
    pub(crate) safe_wording: Option<Words>,
    pub(crate) spread: Option<Box<str>>,
    pub(crate) accounts: Vec<Account>,
    pub(crate) accounts_total: usize,
    /// The union of all accounts.
    pub(crate) possible: Option<AnswerSet>,
    pub(crate) unattributed: Vec<u32>,
    pub(crate) withheld: Vec<u32>,
    pub(crate) does_not_know: Vec<u32>,
    pub(crate) echoes: Vec<u32>,
    pub(crate) widened: Vec<Widened>,
    /// The assertions that an explanation starts from.
    pub(crate) pivots: Vec<u32>,
    pub(crate) set_aside: Vec<SetAside>,
    pub(crate) notices: Vec<Notice>,
}

impl Outcome {
    /// A claim of which nothing is known.
    pub(crate) fn unaddressed(claim: u32) -> Self {
        Self {
            claim,
            verdict: Verdict::Unaddressed,
            dispute: None,
            within_one_side: None,
            sides: Vec::new(),
            credit: Vec::new(),
            common_ground: None,
            safe_wording: None,
            spread: None,
            accounts: Vec::new(),
            accounts_total: 0,
            possible: None,
            unattributed: Vec::new(),
            withheld: Vec::new(),
            does_not_know: Vec::new(),
            echoes: Vec::new(),
            widened: Vec::new(),
            pivots: Vec::new(),
            set_aside: Vec::new(),
            notices: Vec::new(),
        }
    }
}

/// A largest set of assertions that one answer satisfies.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) answer: Words,
    pub(crate) answers: AnswerSet,
    pub(crate) sides: Vec<u32>,
    pub(crate) sources: Vec<u32>,
    pub(crate) assertions: Vec<u32>,
}

/// An assertion that a rule set aside, and why.
#[derive(Clone, Debug)]
pub(crate) struct SetAside {
    pub(crate) assertion: u32,
    pub(crate) by: AsideBy,
    pub(crate) reason: Cow<'static, str>,
}

/// A standing assertion that is read more loosely than it was said.
#[derive(Clone, Debug)]
pub(crate) struct Widened {
    pub(crate) assertion: u32,
    pub(crate) read: Words,
    pub(crate) reason: Cow<'static, str>,
}

/// What set an assertion aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AsideBy {
    /// The resolver's rule of that number.
    Rule(usize),
    /// It was said after the day that was asked about.
    AsOf,
    /// It repeats what is set aside.
    Origin,
}

/// Something that an editor should see, though it moves no verdict.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Notice {
    CircularSourcing(Vec<u32>),
    UnattributedOutside(Vec<u32>),
    NoEvidenceBesideAnswer(Vec<u32>),
    OnlyDoesNotKnow,
    LeftJointStatement { assertion: u32, sources: Vec<u32> },
    UndeclaredTerms(Vec<u32>),
    UnknownSide(Vec<u32>),
    SeveralUnits,
}

/// A constraint in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tied {
    Sum { whole: u32, parts: Vec<u32> },
    AtMost { lesser: u32, greater: u32 },
    Equal { claims: Vec<u32> },
}

impl Tied {
    pub(crate) fn claims(&self) -> impl Iterator<Item = u32> {
        let (first, rest) = match self {
            Self::Sum { whole, parts } => (Some(*whole), parts.as_slice()),
            Self::AtMost { lesser, greater } => (Some(*lesser), std::slice::from_ref(greater)),
            Self::Equal { claims } => (None, claims.as_slice()),
        };
        first.into_iter().chain(rest.iter().copied())
    }

    /// How many claims it ties.
    #[cfg(feature = "pages")]
    fn len(&self) -> usize {
        match self {
            Self::Sum { parts, .. } => parts.len() + 1,
            Self::AtMost { .. } => 2,
            Self::Equal { claims } => claims.len(),
        }
    }
}

/// How a constraint fares, and why.
#[derive(Clone, Debug)]
pub(crate) struct Tie {
    pub(crate) tied: Tied,
    pub(crate) status: Status,
    pub(crate) why: String,
}

/// Claims with one topic that differ in scope.
#[derive(Clone, Debug)]
pub(crate) struct NotComparable {
    pub(crate) topic: Box<str>,
    pub(crate) claims: Vec<u32>,
    pub(crate) differs_in: Vec<Box<str>>,
}

/// What a resolver found in a dossier.
///
/// # Order
///
/// Findings stand in the order in which the dossier has its claims. Within them all is in input order too, but for
/// accounts: those of most sides come first.
///
/// ```
/// use corroborate::{Claim, Dossier, Resolver, Verdict};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// let report = Resolver::standard().resolve(&flood);
/// assert_eq!(report.tally(Verdict::Unaddressed), 1);
/// # Ok::<(), corroborate::Error>(())
/// ```
#[derive(Debug)]
pub struct Report<'d> {
    pub(crate) dossier: &'d Dossier,
    pub(crate) desk: Desk<'d>,
    /// The findings, so many claims in each but the last.
    pub(crate) briefs: Vec<Briefs>,
    /// All that was found of a claim, once somebody has asked.
    pub(crate) late: Vec<OnceLock<Box<Outcome>>>,
    pub(crate) ties: Vec<Tie>,
    pub(crate) not_comparable: Vec<NotComparable>,
}

impl<'d> Report<'d> {
    /// The dossier that it is about.
    pub fn dossier(&self) -> &'d Dossier {
        self.dossier
    }

    /// The findings, in the order of the claims.
    pub fn findings(&self) -> impl ExactSizeIterator<Item = Finding<'_>> {
        (0..self.late.len()).map(|at| self.finding_on(at))
    }

    /// The finding on the claim of that id.
    pub fn finding(&self, claim: &str) -> Option<Finding<'_>> {
        let at = self.dossier.columns.claims.get_index_of(claim)?;
        Some(self.finding_on(at))
    }

    fn finding_on(&self, claim: usize) -> Finding<'_> {
        let briefs = &self.briefs[claim / CLAIMS_TOGETHER];
        Finding::brief(briefs.on(self.desk.bench(), index(claim), claim % CLAIMS_TOGETHER), &self.late[claim])
    }

    /// How many claims have this verdict. Over [`Verdict::ALL`] it adds up to all of them.
    pub fn tally(&self, verdict: Verdict) -> usize {
        self.briefs.iter().flat_map(|briefs| &briefs.briefs).filter(|brief| brief.verdict == verdict).count()
    }

    /// How the constraints fare: those of the dossier, then those that scopes imply.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Constraint, Dossier, Resolver, Source, Status};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("iraq", "Iraq"))?;
    /// raid.add_source(Source::new("us", "United States"))?;
    /// for id in ["killed", "in-the-camp", "on-the-road"] {
    ///     raid.add_claim(Claim::count(id, format!("How many fighters: {id}?")))?;
    /// }
    /// raid.record(Assertion::new("killed", "14").by("iraq"))?;
    /// raid.record(Assertion::new("killed", "15").by("us"))?;
    /// raid.record(Assertion::new("in-the-camp", "9").by("us"))?;
    /// raid.record(Assertion::new("on-the-road", "5").by("us"))?;
    /// raid.add_constraint(Constraint::sum("killed", ["in-the-camp", "on-the-road"]))?;
    ///
    /// let report = Resolver::standard().resolve(&raid);
    /// let sum = report.constraints().next().ok_or("no constraint")?;
    /// assert_eq!(sum.status(), Status::Open); // it may be 14, and it may be 15
    /// assert_eq!(sum.why(), "9 + 5 come to 14, and the whole is 14 to 15; of killed only 14 (Iraq) fits");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn constraints(&self) -> impl ExactSizeIterator<Item = ConstraintRef<'_>> {
        self.ties.iter().map(|tie| ConstraintRef { dossier: self.dossier, tie })
    }

    /// The topics whose claims differ in scope: each with its claims, and the dimensions in which they differ.
    ///
    /// ```
    /// use corroborate::{Claim, Dossier, Resolver};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_claim(Claim::count("in-iraq", "How many troops?").topic("troops").scope("place", "Iraq"))?;
    /// raid.add_claim(Claim::count("in-syria", "How many troops?").topic("troops").scope("place", "Syria"))?;
    ///
    /// let report = Resolver::standard().resolve(&raid);
    /// let entry = report.not_comparable().next().ok_or("all are comparable")?;
    /// assert_eq!(entry.topic(), "troops");
    /// assert_eq!(entry.claims().map(|claim| claim.id()).collect::<Vec<_>>(), ["in-iraq", "in-syria"]);
    /// assert_eq!(entry.differs_in().collect::<Vec<_>>(), ["place"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn not_comparable(&self) -> impl ExactSizeIterator<Item = NotComparableRef<'_>> {
        self.not_comparable.iter().map(|entry| NotComparableRef { dossier: self.dossier, entry })
    }
}

/// How one constraint fares. [`Report::constraints`] shows one.
#[derive(Clone, Copy)]
pub struct ConstraintRef<'r> {
    dossier: &'r Dossier,
    tie: &'r Tie,
}

impl<'r> ConstraintRef<'r> {
    /// `sum`, `at-most` or `equal`.
    pub fn kind(self) -> &'static str {
        match self.tie.tied {
            Tied::Sum { .. } => "sum",
            Tied::AtMost { .. } => "at-most",
            Tied::Equal { .. } => "equal",
        }
    }

    /// The claims that it ties: the whole before its parts, the lesser before the greater.
    pub fn claims(self) -> impl Iterator<Item = crate::ClaimRef<'r>> {
        self.tie.tied.claims().map(move |index| crate::ClaimRef { dossier: self.dossier, index })
    }

    /// Whether it holds, fails or stays open.
    pub fn status(self) -> Status {
        self.tie.status
    }

    /// Why, in a sentence, and which accounts it rules out: "of killed only 14 (Iraq) fits".
    pub fn why(self) -> &'r str {
        &self.tie.why
    }
}

impl fmt::Debug for ConstraintRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tie.fmt(f)
    }
}

/// Claims with one topic that can't be compared, since they differ in scope. [`Report::not_comparable`] shows some.
#[derive(Clone, Copy)]
pub struct NotComparableRef<'r> {
    dossier: &'r Dossier,
    entry: &'r NotComparable,
}

impl<'r> NotComparableRef<'r> {
    /// What they are all about.
    pub fn topic(self) -> &'r str {
        &self.entry.topic
    }

    /// The claims.
    pub fn claims(self) -> impl ExactSizeIterator<Item = crate::ClaimRef<'r>> {
        self.entry.claims.iter().map(move |index| crate::ClaimRef { dossier: self.dossier, index: *index })
    }

    /// The dimensions of scope in which they differ. One that only some state is a difference.
    pub fn differs_in(self) -> impl ExactSizeIterator<Item = &'r str> {
        self.entry.differs_in.iter().map(AsRef::as_ref)
    }
}

impl fmt::Debug for NotComparableRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entry.fmt(f)
    }
}
