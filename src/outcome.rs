//! What is found of a claim, as data: the verdict, the accounts, whom to credit, what was set aside, the notices.
//!
//! The resolver fills it in, and reports read it. Most of an [`Outcome`] is numbers: which assertion, source, value or
//! stretch of the claim's line is meant. A report of a million claims holds one for each, and makes words of it when
//! somebody reads them. What only a closer look needs (lists of assertions, notices, reasons) is in [`Details`].

mod speakers;

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::dossier::columns::index;
use crate::dossier::shared::Shared;
use crate::error::words;
use crate::model::assertion::Stance;
use crate::model::term::Terms;
use crate::model::value::{AnswerSet, Content};

pub(crate) use speakers::{SpeakerSet, Speakers};

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
    /// What a notice is about. There may be more kinds in time.
    ///
    /// ```
    /// use corroborate::NoticeKind;
    ///
    /// let kind: NoticeKind = "circular-sourcing".parse()?;
    /// assert_eq!(kind, NoticeKind::CircularSourcing);
    /// assert_eq!(NoticeKind::UnknownSide.to_string(), "unknown-side");
    /// # Ok::<(), corroborate::UnknownWord>(())
    /// ```
    #[non_exhaustive]
    pub enum NoticeKind ("kind of notice") {
        /// Assertions that cite only each other count as unattributed.
        CircularSourcing = "circular-sourcing",
        /// A figure that nobody put their name to fits no account.
        UnattributedOutside = "unattributed-outside",
        /// Somebody has no evidence of what another answers.
        NoEvidenceBesideAnswer = "no-evidence-beside-answer",
        /// All that anybody says is that they don't know.
        OnlyDoesNotKnow = "only-does-not-know",
        /// Somebody no longer stands behind a joint statement.
        LeftJointStatement = "left-joint-statement",
        /// A word isn't in the list of terms, so that nobody can tell what it overlaps with.
        UndeclaredTerm = "undeclared-term",
        /// Nobody says whose side a source is on.
        UnknownSide = "unknown-side",
        /// Somebody passes on what another says, and says it too, which is no second source.
        RelayAnswers = "relay-answers",
        /// Several sides, all of them heard through one relay.
        OneChannel = "one-channel",
        /// Several sides, all of them heard in one document.
        OneDocument = "one-document",
        /// All who agree do so in one joint statement.
        OneStatement = "one-statement",
        /// Only unnamed people state what can be printed.
        RestsOnUnnamed = "rests-on-unnamed",
        /// A source says two things that can't both be true, and neither replaces the other.
        OnBothSides = "on-both-sides",
        /// Answers come in several units, and the claim states none.
        SeveralUnits = "several-units",
    }
}

words! {
    /// How a constraint fares, over all that its claims' accounts leave possible.
    ///
    /// Only what can't be otherwise *holds*. A claim that nobody answers could be anything, so it leaves its constraints
    /// open.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Constraint, Dossier, Resolver, Status};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// for (id, figure) in [("injured", "7"), ("returned-to-duty", "5"), ("flown-out", "3")] {
    ///     raid.add_claim(Claim::count(id, format!("How many: {id}?")))?;
    ///     raid.record(Assertion::new(id, figure))?;
    /// }
    /// raid.add_constraint(Constraint::sum("injured", ["returned-to-duty", "flown-out"]))?;
    ///
    /// let report = Resolver::standard().resolve(&raid);
    /// assert!(report.constraints().all(|sum| sum.status() == Status::Fails)); // 5 and 3 aren't 7
    /// # Ok::<(), corroborate::Error>(())
    /// ```
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

/// Part of a list: where it begins, and how long it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ListRange {
    from: u32,
    len: u32,
}

impl ListRange {
    fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.from as usize..(self.from + self.len) as usize).unwrap_or_default()
    }
}

/// Where the words of an answer come from, once somebody reads it.
///
/// Numbers of spans, unions and made words lead into the lists of the [`Outcomes`] that it is part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum AnswerText {
    #[default]
    Nothing,
    /// The words of an assertion that said just that.
    Assertion(u32),
    /// The words of a value.
    Value(u32),
    /// A figure.
    Figure(u32),
    /// Words made for a span of the claim's line.
    Span(u32),
    /// Words made for several spans.
    Union(u32),
    /// The name of a term.
    Term(u32),
    /// Words that are made already.
    Made(u32),
}

/// An answer in words, or what they are made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Words {
    /// The words of an assertion that said just that.
    Of(u32),
    /// The words of a value.
    Value(u32),
    /// Words made for it.
    Said(Content<u32>),
    /// One of several texts, or anything but them.
    Texts { anything_but: bool, texts: Vec<u32> },
    /// Nothing is excluded.
    Anything,
}

impl Words {
    /// The name of a term.
    pub(crate) fn term(term: u32) -> Self {
        Self::Said(Content::Terms(Terms { anything_but: false, any_of: Box::new([(term, Box::default())]) }))
    }
}

/// What is found of one claim: all that a brief report prints.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    pub(crate) verdict: Verdict,
    pub(crate) dispute: Option<Dispute>,
    pub(crate) within_one_side: Option<bool>,
    pub(crate) common_ground: AnswerText,
    pub(crate) safe_wording: AnswerText,
    /// Whether speakers are kept as rows of the claim rather than as lists of sources.
    pub(crate) by_rows: bool,
    pub(crate) sides: SpeakerSet,
    pub(crate) credit: SpeakerSet,
    accounts: ListRange,
    /// How far its accounts are apart, in figures.
    pub(crate) gap: ListRange,
    /// Whether nobody states the safe wording, so that it follows from what several say.
    pub(crate) derived: bool,
    pub(crate) accounts_total: u32,
    pub(crate) unattributed: u32,
    pub(crate) withheld: u32,
    pub(crate) does_not_know: u32,
    pub(crate) echoes: u32,
    pub(crate) set_aside: u32,
    /// How many assertions came after the as-of date, and count for nothing.
    pub(crate) later: u32,
}

impl Outcome {
    /// Of a claim of which nothing is known.
    pub(crate) const UNADDRESSED: Self = Self {
        verdict: Verdict::Unaddressed,
        dispute: None,
        within_one_side: None,
        common_ground: AnswerText::Nothing,
        safe_wording: AnswerText::Nothing,
        by_rows: false,
        sides: SpeakerSet::NOBODY,
        credit: SpeakerSet::NOBODY,
        accounts: ListRange { from: 0, len: 0 },
        gap: ListRange { from: 0, len: 0 },
        derived: false,
        accounts_total: 0,
        unattributed: 0,
        withheld: 0,
        does_not_know: 0,
        echoes: 0,
        set_aside: 0,
        later: 0,
    };

    /// Counts an assertion that is no answer. Whether it is one all the same is what the result says: having no evidence
    /// is.
    pub(crate) fn count_silence(&mut self, stance: Stance) -> bool {
        match stance {
            Stance::Withholds => self.withheld += 1,
            Stance::DoesNotKnow => self.does_not_know += 1,
            Stance::Affirms | Stance::Denies | Stance::NoEvidence => {}
        }
        stance.is_answer()
    }
}

/// One of a claim's accounts: a largest set of assertions that one answer satisfies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account {
    pub(crate) answer: AnswerText,
    pub(crate) sources: SpeakerSet,
    /// How many sides are listed right behind its sources; where speakers are rows, the sides are those of its sources.
    pub(crate) sides: u32,
    /// Those of its sources that state its answer.
    pub(crate) stated_by: SpeakerSet,
    #[cfg_attr(not(feature = "json"), expect(dead_code, reason = "only files count them"))]
    pub(crate) assertions: u32,
}

/// The outcomes of some claims that follow one another, with the lists that they share.
#[derive(Debug, Default)]
pub(crate) struct Outcomes {
    outcomes: Vec<Outcome>,
    accounts: Vec<Account>,
    /// Sides and sources, where they aren't kept as rows.
    speakers: Vec<u32>,
    /// Spans of their claims' lines.
    spans: Vec<(u64, u64)>,
    unions: Vec<ListRange>,
    texts: String,
    words: Vec<Words>,
}

impl Outcomes {
    /// None yet, with room for as many as most dossiers need.
    pub(crate) fn with_capacity(claims: usize, assertions: usize) -> Self {
        Self {
            outcomes: Vec::with_capacity(claims),
            accounts: Vec::with_capacity(assertions / 2),
            speakers: Vec::new(),
            spans: Vec::with_capacity(claims * 2),
            unions: Vec::new(),
            texts: String::with_capacity(claims * 4),
            words: Vec::new(),
        }
    }

    pub(crate) fn get(&self, nth: usize) -> Option<&Outcome> {
        self.outcomes.get(nth)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter()
    }

    /// Adds sides or sources.
    pub(crate) fn add_speakers(&mut self, speakers: impl IntoIterator<Item = u32>) -> SpeakerSet {
        let from = self.speakers.len();
        self.speakers.extend(speakers);
        SpeakerSet::listed(index(from), index(self.speakers.len() - from))
    }

    pub(crate) fn speakers(&self) -> &[u32] {
        &self.speakers
    }

    /// Adds a span of its claim's line.
    pub(crate) fn add_span(&mut self, low: u64, high: u64) -> u32 {
        self.spans.push((low, high));
        index(self.spans.len() - 1)
    }

    pub(crate) fn span(&self, at: u32) -> Option<(u64, u64)> {
        self.spans.get(at as usize).copied()
    }

    /// Adds several spans.
    pub(crate) fn add_union(&mut self, spans: impl Iterator<Item = (u64, u64)>) -> u32 {
        let from = self.spans.len();
        self.spans.extend(spans);
        self.unions.push(ListRange { from: index(from), len: index(self.spans.len() - from) });
        index(self.unions.len() - 1)
    }

    pub(crate) fn union(&self, at: u32) -> &[(u64, u64)] {
        self.unions.get(at as usize).copied().unwrap_or_default().of(&self.spans)
    }

    /// Adds an account to those of the outcome that is pushed next.
    pub(crate) fn add_account(&mut self, account: Account) {
        self.accounts.push(account);
    }

    /// Adds the outcome that the accounts from this one on belong to.
    pub(crate) fn push(&mut self, mut outcome: Outcome, first_account: usize) {
        let len = index(self.accounts.len() - first_account);
        outcome.accounts = ListRange { from: index(first_account), len };
        self.outcomes.push(outcome);
    }

    pub(crate) fn account_count(&self) -> usize {
        self.accounts.len()
    }

    pub(crate) fn accounts_of(&self, outcome: &Outcome) -> &[Account] {
        outcome.accounts.of(&self.accounts)
    }

    /// Adds a text.
    pub(crate) fn add_text(&mut self, write: impl FnOnce(&mut String)) -> ListRange {
        let from = self.texts.len();
        write(&mut self.texts);
        ListRange { from: index(from), len: index(self.texts.len() - from) }
    }

    pub(crate) fn text(&self, ListRange { from, len }: ListRange) -> Option<&str> {
        self.texts.get(from as usize..(from + len) as usize).filter(|text| !text.is_empty())
    }

    /// Adds words that are made already.
    pub(crate) fn add_words(&mut self, words: Words) -> AnswerText {
        self.words.push(words);
        AnswerText::Made(index(self.words.len() - 1))
    }

    pub(crate) fn words(&self, at: u32) -> Option<&Words> {
        self.words.get(at as usize)
    }
}

/// What a closer look at one claim needs beside its outcome. Lists of assertions are in input order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Details {
    /// Of each account that is listed.
    pub(crate) accounts: Vec<AccountDetails>,
    /// What some account leaves possible; nothing where nobody answers.
    pub(crate) possible: Option<AnswerSet>,
    /// Every answer, whether it stands or not.
    pub(crate) answers: Vec<Answer>,
    pub(crate) unattributed: Vec<u32>,
    pub(crate) withheld: Vec<u32>,
    pub(crate) does_not_know: Vec<u32>,
    pub(crate) echoes: Vec<u32>,
    pub(crate) widened: Vec<Widened>,
    /// The assertions that an explanation starts from.
    pub(crate) pivots: Vec<u32>,
    /// The assertions that it cites, once somebody has asked.
    pub(crate) cited: OnceLock<Vec<u32>>,
    pub(crate) set_aside: Vec<SetAside>,
    /// What came after the as-of date.
    pub(crate) later: Vec<u32>,
    pub(crate) notices: Vec<Notice>,
}

/// What an account's answer leaves possible, and the assertions that it satisfies.
#[derive(Clone, Debug)]
pub(crate) struct AccountDetails {
    pub(crate) answers: AnswerSet,
    pub(crate) assertions: Vec<u32>,
}

/// An answer to a claim, as pictures show it. What came after the as-of date is none.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) assertion: u32,
    pub(crate) stands: bool,
    /// The sources that still stand behind it; of what is set aside, those that did.
    pub(crate) sources: Shared,
    /// What it leaves possible, as read; of what is set aside, as said.
    pub(crate) read: AnswerSet,
}

/// An assertion that was set aside, and why.
#[derive(Clone, Debug)]
pub(crate) struct SetAside {
    pub(crate) assertion: u32,
    pub(crate) by: AsideBy,
    pub(crate) reason: Cow<'static, str>,
}

/// What set an assertion aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AsideBy {
    /// The resolver's rule of that number.
    Rule(usize),
    /// It repeats what is set aside.
    Origin,
}

/// A standing assertion that is read more loosely than it was said.
#[derive(Clone, Debug)]
pub(crate) struct Widened {
    pub(crate) assertion: u32,
    pub(crate) read: Words,
    pub(crate) reason: Cow<'static, str>,
}

/// Something that an editor should see, though it moves no verdict.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Notice {
    CircularSourcing(Vec<u32>),
    UnattributedOutside(Vec<u32>),
    NoEvidenceBesideAnswer(Vec<u32>),
    OnlyDoesNotKnow,
    LeftJointStatement {
        assertion: u32,
        sources: Vec<u32>,
    },
    UndeclaredTerms(Vec<u32>),
    UnknownSide(Vec<u32>),
    /// These sides answer too, and were what others were heard through.
    RelayAnswers(Vec<u32>),
    /// Everything came through this side.
    OneChannel(u32),
    /// All of it stands in this document.
    OneDocument(u32),
    /// This is the one joint statement.
    OneStatement(u32),
    /// These unnamed sources state what can be printed.
    RestsOnUnnamed(Vec<u32>),
    OnBothSides(Vec<u32>),
    SeveralUnits,
}

impl Notice {
    pub(crate) fn kind(&self) -> NoticeKind {
        match self {
            Self::CircularSourcing(_) => NoticeKind::CircularSourcing,
            Self::UnattributedOutside(_) => NoticeKind::UnattributedOutside,
            Self::NoEvidenceBesideAnswer(_) => NoticeKind::NoEvidenceBesideAnswer,
            Self::OnlyDoesNotKnow => NoticeKind::OnlyDoesNotKnow,
            Self::LeftJointStatement { .. } => NoticeKind::LeftJointStatement,
            Self::UndeclaredTerms(_) => NoticeKind::UndeclaredTerm,
            Self::UnknownSide(_) => NoticeKind::UnknownSide,
            Self::RelayAnswers(_) => NoticeKind::RelayAnswers,
            Self::OneChannel(_) => NoticeKind::OneChannel,
            Self::OneDocument(_) => NoticeKind::OneDocument,
            Self::OneStatement(_) => NoticeKind::OneStatement,
            Self::RestsOnUnnamed(_) => NoticeKind::RestsOnUnnamed,
            Self::OnBothSides(_) => NoticeKind::OnBothSides,
            Self::SeveralUnits => NoticeKind::SeveralUnits,
        }
    }
}

/// Claims that a constraint ties together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TiedClaims {
    Sum { whole: u32, parts: Vec<u32> },
    AtMost { lesser: u32, greater: u32 },
    Equal { claims: Vec<u32> },
}

impl TiedClaims {
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
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Sum { parts, .. } => parts.len() + 1,
            Self::AtMost { .. } => 2,
            Self::Equal { claims } => claims.len(),
        }
    }
}

/// How a constraint fares.
#[derive(Clone, Debug)]
pub(crate) struct ConstraintOutcome {
    pub(crate) tied: TiedClaims,
    /// Whether the scopes of its claims imply it, and nobody stated it.
    pub(crate) is_implied: bool,
    pub(crate) status: Status,
    /// What is possible of the claims that have several accounts.
    pub(crate) possible: Vec<(u32, AnswerSet)>,
    /// What the parts of a sum come to.
    pub(crate) total: Option<AnswerSet>,
    /// The claims of which it rules out some account.
    pub(crate) ruled_out: Vec<RuledOut>,
}

/// Which accounts of a claim a constraint leaves, and which it doesn't; by their numbers among those listed.
#[derive(Clone, Debug)]
pub(crate) struct RuledOut {
    pub(crate) claim: u32,
    pub(crate) fitting: Vec<usize>,
    pub(crate) unfitting: Vec<usize>,
}

/// Claims with one topic that differ in scope.
#[derive(Clone, Debug)]
pub(crate) struct NotComparable {
    pub(crate) topic: Box<str>,
    pub(crate) claims: Vec<u32>,
    pub(crate) differs_in: Vec<Box<str>>,
}
