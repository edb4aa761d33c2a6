//! How the finding on one claim changed as assertions came in.

#[cfg(feature = "json")]
pub(crate) mod document;
mod text;

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::finding::{AccountRef, Finding, SetAsideRef};
use crate::dossier::{AssertionRef, ClaimRef, SourceRef};
use crate::error::words;
use crate::model::date::Date;
use crate::model::value::AnswerSet;
use crate::outcome::{Details, SetAside};
use crate::resolve::{Arrival, Examined, SharedContext};

words! {
    /// What of a finding is another than it was the moment before.
    ///
    /// Each member is a field of the finding, and is written as files write that.
    ///
    /// ```
    /// use corroborate::{Assertion, Change, Claim, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "30").by("mayor").asserted("2031-04-01"))?;
    /// flood.record(Assertion::new("missing", "12").by("mayor").asserted("2031-04-03"))?;
    ///
    /// let timeline = Resolver::standard().timeline(&flood, "missing").ok_or("no such claim")?;
    /// let third = timeline.entries().last().ok_or("nothing was said")?;
    /// let changes: Vec<Change> = third.changes().collect();
    /// assert_eq!(changes, [Change::Accounts, Change::CommonGround, Change::SafeWording]);
    /// assert_eq!(Change::SafeWording.to_string(), "safe_wording");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[non_exhaustive]
    pub enum Change ("change of a finding") {
        /// The verdict.
        Verdict = "verdict",
        /// The kind of dispute, or that there is one.
        Dispute = "dispute",
        /// Who speaks.
        Sides = "sides",
        /// Whom to name for what one side alone says.
        Credit = "credit",
        /// The accounts: which there are, or which sides each satisfies.
        Accounts = "accounts",
        /// The words of the common ground.
        CommonGround = "common_ground",
        /// The words that can be printed.
        SafeWording = "safe_wording",
    }
}

/// How the finding on one claim changed: an entry for each moment at which something was said, or withdrawn.
///
/// Every entry is what [`Resolver::as_of`](crate::Resolver::as_of) finds on its date, so nothing that was said later is
/// seen: a correction that wasn't made yet corrects nothing. Between two entries the earlier one's finding stays, and
/// after the last it is that of [`Resolver::resolve`](crate::Resolver::resolve); unless a rule looks at the as-of date
/// itself. So `stale after=30d` counts from each entry's date, and what grows stale between two entries shows at the
/// next.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Verdict};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_source(Source::new("brigade", "The fire brigade"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "30").by("mayor").asserted("2031-04-01"))?;
/// flood.record(Assertion::new("missing", "12").by("brigade").asserted("2031-04-02"))?;
/// flood.record(Assertion::new("missing", "12").by("mayor").asserted("2031-04-03"))?;
///
/// let timeline = Resolver::standard().timeline(&flood, "missing").ok_or("no such claim")?;
/// let verdicts: Vec<Verdict> = timeline.entries().map(|entry| entry.finding().verdict()).collect();
/// assert_eq!(verdicts, [Verdict::SingleSource, Verdict::Disputed, Verdict::Agreed]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Moments
///
/// An assertion counts from its date: when it was said, else when its document was published; a copy has its origin's. A
/// retraction counts from its own, and not before what it withdraws. As with an as-of date, what is dated imprecisely
/// counts by its last moment: "in May" is an entry of 31 May. Where a time of day is stated the entry has it, so that
/// the figures of noon and of midnight are two. What isn't dated always stands, and makes a first entry without a date.
#[derive(Debug)]
pub struct Timeline<'d> {
    shared: SharedContext<'d>,
    claim: u32,
    arrivals: Vec<Arrival>,
    /// What a report has found of the claim already, with which the timeline ends.
    end: Option<Finding<'d>>,
}

impl<'d> Timeline<'d> {
    pub(crate) fn new(shared: SharedContext<'d>, claim: u32) -> Self {
        let arrivals = shared.context().arrivals(claim);
        Self { shared, claim, arrivals, end: None }
    }

    /// The timeline of a report's finding. A user's own rule isn't asked again for what the report says already, since it
    /// may answer otherwise.
    #[cfg(feature = "pages")]
    pub(super) fn up_to(finding: Finding<'d>, shared: SharedContext<'d>) -> Self {
        let end = shared.resolver.asks_own_rules().then_some(finding);
        Self { end, ..Self::new(shared, finding.claim_index()) }
    }

    /// The claim.
    pub fn claim(&self) -> ClaimRef<'d> {
        ClaimRef { dossier: self.shared.dossier, index: self.claim }
    }

    /// The entries, earliest first; none where nobody said anything.
    ///
    /// Each is examined as it is asked for, in a time that grows with the claim's assertions. Of a thousand moments no
    /// more than two findings are in memory at once, unless entries are kept.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = TimelineEntry<'_>> {
        let (claim, shared) = (self.claim, self.shared.clone());
        let details = OnceLock::from(Box::new(Details::default()));
        let examined = Examined { details, ..Examined::default() };
        let mut before = Arc::new(MomentState { shared, claim, found: MomentFinding::Examined(examined) });
        let last = self.arrivals.len().saturating_sub(1);
        self.arrivals.iter().enumerate().map(move |(at, arrival)| {
            let shared = self.shared.as_of(arrival.as_of);
            let found = match self.end {
                Some(finding) if at == last => MomentFinding::Reported(finding),
                _ => MomentFinding::Examined(shared.context().examine_all(claim)),
            };
            let now = Arc::new(MomentState { shared, claim, found });
            TimelineEntry { arrival, before: std::mem::replace(&mut before, Arc::clone(&now)), now }
        })
    }
}

/// The finding on a claim at a moment, with what it takes to read it.
struct MomentState<'d> {
    shared: SharedContext<'d>,
    claim: u32,
    found: MomentFinding<'d>,
}

/// A finding that was examined for the timeline, or that the report has already.
enum MomentFinding<'d> {
    Examined(Examined),
    Reported(Finding<'d>),
}

impl MomentState<'_> {
    fn finding(&self) -> Finding<'_> {
        match &self.found {
            MomentFinding::Examined(examined) => Finding::of(self.shared.context(), self.claim, examined),
            MomentFinding::Reported(finding) => *finding,
        }
    }

    /// The assertions that were said by then and are set aside.
    fn set_aside(&self) -> HashSet<u32, foldhash::fast::FixedState> {
        self.finding().details().set_aside.iter().map(|aside| aside.assertion).collect()
    }
}

/// One moment of a timeline: what was heard, what is found then, and what changed.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "30").by("mayor").asserted("2031-04-01"))?;
/// flood.record(Assertion::new("missing", "12").by("mayor").asserted("2031-04-03"))?;
///
/// let timeline = Resolver::standard().timeline(&flood, "missing").ok_or("no such claim")?;
/// let third = timeline.entries().last().ok_or("nothing was said")?;
/// assert_eq!(third.date().map(|date| date.to_string()), Some("2031-04-03".to_owned()));
/// assert_eq!(third.heard().map(|said| said.id()).collect::<Vec<_>>(), ["missing#2"]);
/// assert_eq!((third.before().safe_wording(), third.finding().safe_wording()), (Some("30".to_owned()), Some("12".to_owned())));
///
/// let aside = third.newly_set_aside().next().ok_or("all stands")?;
/// assert_eq!((aside.assertion().id(), aside.rule()), ("missing#1".to_owned(), "latest word"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct TimelineEntry<'t> {
    arrival: &'t Arrival,
    before: Arc<MomentState<'t>>,
    now: Arc<MomentState<'t>>,
}

impl TimelineEntry<'_> {
    /// The date that ends with this moment: a day, or a time where one was stated. Nothing for what isn't dated.
    ///
    /// It is the date to give to [`Resolver::as_of`](crate::Resolver::as_of), which finds the same.
    pub fn date(&self) -> Option<Date> {
        self.arrival.date
    }

    /// What is found at this moment, with its reasons.
    pub fn finding(&self) -> Finding<'_> {
        self.now.finding()
    }

    /// What was found the moment before. Before the first one nobody had spoken, so the claim is unaddressed.
    pub fn before(&self) -> Finding<'_> {
        self.before.finding()
    }

    /// What was said at this moment, in input order.
    pub fn heard(&self) -> impl ExactSizeIterator<Item = AssertionRef<'_>> {
        self.each(&self.arrival.heard)
    }

    /// What was withdrawn at this moment. Whether it is set aside is for the rules to say.
    pub fn withdrawn(&self) -> impl ExactSizeIterator<Item = AssertionRef<'_>> {
        self.each(&self.arrival.withdrawn)
    }

    /// What stood before, or wasn't heard, and is set aside now: each assertion with the rule and its reason.
    pub fn newly_set_aside(&self) -> impl Iterator<Item = SetAsideRef<'_>> {
        let before = self.before.set_aside();
        let is_new = move |aside: &&SetAside| !before.contains(&aside.assertion);
        let finding = self.finding();
        finding.details().set_aside.iter().filter(is_new).map(move |aside| SetAsideRef { finding, aside })
    }

    /// What was set aside before and stands now, such as a figure whose correction was withdrawn.
    pub fn stands_again(&self) -> impl Iterator<Item = AssertionRef<'_>> {
        let now = self.now.set_aside();
        let mut before: Vec<u32> =
            self.before.set_aside().into_iter().filter(|assertion| !now.contains(assertion)).collect();
        before.sort_unstable();
        before.into_iter().map(|index| self.finding().assertion(index))
    }

    /// The accounts whose answer no account had before. None, where more than 64 were there before, and weren't all listed.
    pub fn new_accounts(&self) -> impl Iterator<Item = AccountRef<'_>> {
        self.now.accounts_missing_from(&self.before)
    }

    /// The accounts, as they were, whose answer no account has any more. None, where more than 64 are there now.
    pub fn gone_accounts(&self) -> impl Iterator<Item = AccountRef<'_>> {
        self.before.accounts_missing_from(&self.now)
    }

    /// What of the finding is another than before. None, when an echo comes in, say: then nothing changes.
    pub fn changes(&self) -> impl Iterator<Item = Change> {
        let (before, now) = (self.before(), self.finding());
        Change::ALL.iter().copied().filter(move |change| match change {
            Change::Verdict => before.verdict() != now.verdict(),
            Change::Dispute => before.dispute() != now.dispute(),
            Change::Sides => sorted(before.sides()) != sorted(now.sides()),
            Change::Credit => sorted(before.credit()) != sorted(now.credit()),
            Change::Accounts => !same_accounts(before, now),
            Change::CommonGround => before.common_ground() != now.common_ground(),
            Change::SafeWording => before.safe_wording() != now.safe_wording(),
        })
    }

    fn each<'t>(&'t self, assertions: &'t [u32]) -> impl ExactSizeIterator<Item = AssertionRef<'t>> {
        assertions.iter().map(|index| self.finding().assertion(*index))
    }
}

impl fmt::Debug for TimelineEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TimelineEntry").field("date", &self.date()).field("finding", &self.finding()).finish()
    }
}

impl MomentState<'_> {
    /// The accounts listed here whose answer no account has in the other state. None where the other doesn't list all.
    fn accounts_missing_from<'t>(&'t self, other: &'t Self) -> impl Iterator<Item = AccountRef<'t>> {
        let (finding, other) = (self.finding(), other.finding());
        let all_are_listed = other.accounts().len() == other.accounts_total();
        let known = move |nth: usize| {
            let others = other.details().accounts.iter();
            others.map(|account| &account.answers).any(|answers| Some(answers) == answers_of(finding, nth))
        };
        let missing = (0..finding.accounts().len()).filter(move |nth| all_are_listed && !known(*nth));
        missing.map(move |nth| AccountRef { finding, nth })
    }
}

fn answers_of(finding: Finding<'_>, account: usize) -> Option<&AnswerSet> {
    finding.details().accounts.get(account).map(|account| &account.answers)
}

/// Whether two findings have the same accounts with the same sides, in whatever order.
fn same_accounts(before: Finding<'_>, now: Finding<'_>) -> bool {
    let all = |finding: Finding<'_>| {
        let accounts = finding.accounts().enumerate();
        let accounts =
            accounts.map(|(nth, account)| (answers_of(finding, nth).cloned(), sorted(account.sides())));
        accounts.collect::<Vec<_>>()
    };
    let (before_all, now_all) = (all(before), all(now));
    before.accounts_total() == now.accounts_total() && before_all.iter().all(|one| now_all.contains(one))
}

fn sorted<'d>(sources: impl Iterator<Item = SourceRef<'d>>) -> Vec<u32> {
    let mut sources: Vec<u32> = sources.map(|source| source.index).collect();
    sources.sort_unstable();
    sources
}
