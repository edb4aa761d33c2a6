//! One finding, to be read: numbers become words here.

use std::fmt;
use std::sync::OnceLock;

use super::outcome::OutcomeRef;
use crate::dossier::{AssertionRef, ClaimRef, DocumentRef, Dossier, SourceRef};
use crate::outcome::{
    Account, AnswerText, AsideBy, Details, Dispute, Notice, NoticeKind, SetAside, Speakers, Verdict, Words,
};
use crate::resolve::{Context, Examined};

/// What was found of one claim: the verdict, what can be printed, and why.
///
/// It borrows from its report. What can be kept, or written as JSON, is an `exchange::FindingDocument`, which is made
/// of a finding by `From`; it needs the feature `json`.
///
/// ```
/// use corroborate::{Assertion, Claim, Dispute, Dossier, Resolver, Source, Verdict};
///
/// let mut raid = Dossier::new("Raid");
/// raid.add_source(Source::new("iraq", "Iraq"))?;
/// raid.add_source(Source::new("us", "United States"))?;
/// raid.add_claim(Claim::count("killed", "How many fighters were killed?"))?;
/// raid.record(Assertion::new("killed", "14").by("iraq"))?;
/// raid.record(Assertion::new("killed", "15").by("us"))?;
///
/// let report = Resolver::standard().resolve(&raid);
/// let killed = report.finding("killed").ok_or("no such claim")?;
/// assert_eq!(killed.verdict(), Verdict::Disputed);
/// assert_eq!(killed.dispute(), Some(Dispute::Contrary));
/// assert_eq!(killed.common_ground().as_deref(), Some("14 to 15"));
/// assert_eq!(killed.gap(), Some("1"));
/// let answers: Vec<_> = killed.accounts().map(|account| account.answer()).collect();
/// assert_eq!(answers, ["14", "15"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Finding<'r> {
    pub(super) outcome: OutcomeRef<'r>,
    /// Found when somebody asks, and kept from then on.
    details: &'r OnceLock<Box<Details>>,
}

impl<'r> Finding<'r> {
    pub(super) fn new(outcome: OutcomeRef<'r>, details: &'r OnceLock<Box<Details>>) -> Self {
        Self { outcome, details }
    }

    pub(super) fn of(context: Context<'r>, claim: u32, examined: &'r Examined) -> Self {
        Self::new(OutcomeRef::new(context, &examined.outcomes, 0, claim), &examined.details)
    }

    pub(crate) fn context(self) -> Context<'r> {
        self.outcome.context
    }

    pub(crate) fn details(self) -> &'r Details {
        self.details.get_or_init(|| Box::new(self.context().details(self.outcome.claim)))
    }

    pub(crate) fn claim_index(self) -> u32 {
        self.outcome.claim
    }

    /// The words of the common ground, if there are any.
    pub(crate) fn common_words(self) -> Option<Words> {
        self.outcome.words(self.outcome.numbers().common_ground)
    }

    /// The words of the safe wording, if there are any.
    pub(crate) fn safe_words(self) -> Option<Words> {
        self.outcome.words(self.outcome.numbers().safe_wording)
    }

    /// Sides or sources.
    fn sources(self, speakers: Speakers<'r>) -> impl ExactSizeIterator<Item = SourceRef<'r>> {
        speakers.map(move |source| self.source(source))
    }

    pub(super) fn dossier(self) -> &'r Dossier {
        self.context().dossier
    }

    pub(super) fn source(self, index: u32) -> SourceRef<'r> {
        SourceRef { dossier: self.context().dossier, index }
    }

    pub(super) fn document(self, index: u32) -> DocumentRef<'r> {
        DocumentRef { dossier: self.context().dossier, index }
    }

    pub(crate) fn assertion(self, index: u32) -> AssertionRef<'r> {
        AssertionRef { dossier: self.context().dossier, index }
    }

    fn each(self, assertions: &'r [u32]) -> impl ExactSizeIterator<Item = AssertionRef<'r>> {
        assertions.iter().map(move |index| self.assertion(*index))
    }

    fn text(self, words: Option<Words>) -> Option<String> {
        words.map(|words| words.text(self.dossier())).filter(|text| !text.is_empty())
    }

    /// The claim.
    pub fn claim(self) -> ClaimRef<'r> {
        ClaimRef { dossier: self.dossier(), index: self.claim_index() }
    }

    /// Where its sources agree, where they disagree, and what goes unattributed.
    pub fn verdict(self) -> Verdict {
        self.outcome.numbers().verdict
    }

    /// In which way it is disputed, if it is.
    pub fn dispute(self) -> Option<Dispute> {
        self.outcome.numbers().dispute
    }

    /// Whether one side contradicts itself. Nothing where there is no dispute, or an unknown side takes part in it.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Verdict};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("ministry", "The ministry"))?;
    /// flood.add_source(Source::new("press-office", "Its press office").part_of("ministry"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "5").by("ministry"))?;
    /// flood.record(Assertion::new("missing", "7").by("press-office"))?;
    ///
    /// let report = Resolver::standard().resolve(&flood);
    /// let missing = report.finding("missing").ok_or("no such claim")?;
    /// assert_eq!(missing.verdict(), Verdict::Disputed);
    /// assert_eq!(missing.within_one_side(), Some(true));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn within_one_side(self) -> Option<bool> {
        self.outcome.numbers().within_one_side
    }

    /// The sides that speak, in the order in which they first do.
    ///
    /// Their number is the smallest that what is known allows: a source of unknown side may be anyone already heard,
    /// and is listed only when nobody else speaks.
    pub fn sides(self) -> impl ExactSizeIterator<Item = SourceRef<'r>> {
        self.sources(self.outcome.sides())
    }

    /// Whom to name beside what can be printed: those who state it. Nobody, where nobody says just that.
    pub fn credit(self) -> impl ExactSizeIterator<Item = SourceRef<'r>> {
        self.sources(self.outcome.credit())
    }

    /// The tightest statement that holds whichever account is right, where there is one.
    ///
    /// It is canonical text: terms by id, no commas in figures. Where somebody said just that, in their words.
    pub fn common_ground(self) -> Option<String> {
        self.text(self.common_words())
    }

    /// What can be printed without taking a side, where something can.
    ///
    /// Of what one side alone says, print it with its [`credit`](Self::credit). Of a dispute over figures it is the floor,
    /// `at least 14`, or the ceiling where the floor is zero; of dates the span; of places the nearest that holds all of
    /// them. An unattributed finding has none, whatever its common ground.
    pub fn safe_wording(self) -> Option<String> {
        self.text(self.safe_words())
    }

    /// What can be printed, ready for a page: with its unit, figures and dates as people write them, and whom to credit.
    ///
    /// Nothing where nothing can be printed without naming who says what: see [`safe_wording`](Self::safe_wording).
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?").unit("person"))?;
    /// flood.record(Assertion::new("missing", "some 1200").by("mayor"))?;
    ///
    /// let report = Resolver::standard().resolve(&flood);
    /// let missing = report.finding("missing").ok_or("no such claim")?;
    /// assert_eq!(missing.print().as_deref(), Some("some 1,200 people, says the mayor of Varn"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn print(self) -> Option<String> {
        self.printed()
    }

    /// Whether nobody says what can be printed, so that it only follows from what several say. Print it in neutral words.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// for (id, name) in [("mayor", "The mayor"), ("brigade", "The fire brigade"), ("army", "The army")] {
    ///     flood.add_source(Source::new(id, name))?;
    /// }
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "10 to 20").by("mayor"))?;
    /// flood.record(Assertion::new("missing", "12 or more").by("brigade"))?;
    /// flood.record(Assertion::new("missing", "at most 18").by("army"))?;
    ///
    /// let report = Resolver::standard().resolve(&flood);
    /// let missing = report.finding("missing").ok_or("no such claim")?;
    /// // Two of them rule out what is below 10, and two what is above 20.
    /// assert_eq!(missing.safe_wording().as_deref(), Some("10 to 20"));
    /// assert!(!missing.is_derived()); // the mayor says just that
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn is_derived(self) -> bool {
        self.outcome.numbers().derived
    }

    /// How far the accounts are apart at least: the greatest lower end of their answers less the least upper end. Of dates it
    /// is the number of whole days between. Nothing where they touch, or aren't figures or dates.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_source(Source::new("brigade", "The fire brigade"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "about 300").by("mayor"))?;
    /// flood.record(Assertion::new("missing", "187").by("brigade"))?;
    ///
    /// let report = Resolver::standard().resolve(&flood);
    /// let missing = report.finding("missing").ok_or("no such claim")?;
    /// assert_eq!(missing.gap(), Some("83")); // about 300 is at least 270
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn gap(self) -> Option<&'r str> {
        self.outcome.gap()
    }

    /// The largest sets of assertions that one answer satisfies, those of most sides first; 64 at most.
    pub fn accounts(self) -> impl ExactSizeIterator<Item = AccountRef<'r>> {
        (0..self.outcome.accounts().len()).map(move |nth| AccountRef { finding: self, nth })
    }

    /// How many accounts there are, listed or not.
    pub fn accounts_total(self) -> usize {
        self.outcome.numbers().accounts_total as usize
    }

    /// The standing answers that nobody put their name to.
    pub fn unattributed(self) -> impl ExactSizeIterator<Item = AssertionRef<'r>> {
        self.each(&self.details().unattributed)
    }

    /// Who declined to say.
    pub fn withheld(self) -> impl ExactSizeIterator<Item = AssertionRef<'r>> {
        self.each(&self.details().withheld)
    }

    /// Who said that they don't know.
    pub fn does_not_know(self) -> impl ExactSizeIterator<Item = AssertionRef<'r>> {
        self.each(&self.details().does_not_know)
    }

    /// The assertions that repeat what their origins say elsewhere too, and so corroborate nothing.
    pub fn echoes(self) -> impl ExactSizeIterator<Item = AssertionRef<'r>> {
        self.each(&self.details().echoes)
    }

    /// What rules set aside, each with the rule and its reason. Two rules that set one assertion aside are two entries.
    pub fn set_aside(self) -> impl ExactSizeIterator<Item = SetAsideRef<'r>> {
        self.details().set_aside.iter().map(move |aside| SetAsideRef { finding: self, aside })
    }

    /// How many assertions on the claim came after the as-of date. They aren't in the finding, nor listed anywhere in it.
    pub fn later(self) -> usize {
        self.outcome.numbers().later as usize
    }

    /// The claim's assertions that were there by the as-of date.
    pub(super) fn known(self) -> impl Iterator<Item = AssertionRef<'r>> {
        let later = &self.details().later;
        self.claim().assertions().filter(|assertion| later.binary_search(&assertion.index).is_err())
    }

    /// What an editor should see, though it moves no verdict.
    pub fn notices(self) -> impl ExactSizeIterator<Item = NoticeRef<'r>> {
        self.details().notices.iter().map(move |notice| NoticeRef { finding: self, notice })
    }
}

impl fmt::Debug for Finding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finding")
            .field("claim", &self.claim().id())
            .field("verdict", &self.verdict())
            .finish()
    }
}

/// One account: an answer, and everybody whom it satisfies.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
///
/// let mut raid = Dossier::new("Raid");
/// raid.add_source(Source::new("iraq", "Iraq"))?;
/// raid.add_source(Source::new("us", "United States"))?;
/// raid.add_claim(Claim::count("killed", "How many fighters were killed?"))?;
/// raid.record(Assertion::new("killed", "14").by("iraq"))?;
/// raid.record(Assertion::new("killed", "15").by("us"))?;
/// raid.record(Assertion::new("killed", "at least 14"))?;
///
/// let report = Resolver::standard().resolve(&raid);
/// let account = report.finding("killed").and_then(|killed| killed.accounts().next()).ok_or("no account")?;
/// assert_eq!(account.answer(), "14");
/// assert_eq!(account.sides().map(|side| side.name()).collect::<Vec<_>>(), ["Iraq"]);
/// // The newspaper's floor fits too. It is listed, and is no side.
/// assert_eq!(account.assertions().map(|said| said.id()).collect::<Vec<_>>(), ["killed#1", "killed#3"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct AccountRef<'r> {
    pub(super) finding: Finding<'r>,
    pub(super) nth: usize,
}

impl<'r> AccountRef<'r> {
    /// The answer, in canonical text.
    pub fn answer(self) -> String {
        self.words().text(self.finding.dossier())
    }

    pub(super) fn answer_for_people(self) -> String {
        self.finding.in_words(&self.words())
    }

    fn words(self) -> Words {
        let answer = self.account().map_or(AnswerText::Nothing, |account| account.answer);
        self.finding.outcome.words(answer).unwrap_or(Words::Anything)
    }

    fn account(self) -> Option<&'r Account> {
        self.finding.outcome.accounts().get(self.nth)
    }

    /// Sides or sources.
    fn sources_by(
        self,
        of: fn(OutcomeRef<'r>, &Account) -> Speakers<'r>,
    ) -> impl ExactSizeIterator<Item = SourceRef<'r>> {
        let nobody = || Speakers::Listed([].iter());
        self.finding.sources(self.account().map_or_else(nobody, |account| of(self.finding.outcome, account)))
    }

    /// The sides that it satisfies.
    pub fn sides(self) -> impl ExactSizeIterator<Item = SourceRef<'r>> {
        self.sources_by(OutcomeRef::sides_of)
    }

    /// The sources that it satisfies.
    pub fn sources(self) -> impl ExactSizeIterator<Item = SourceRef<'r>> {
        self.sources_by(OutcomeRef::sources_of)
    }

    /// The sources that state the answer itself, as it was said or as it is read. Whoever merely fits it isn't among them: name
    /// nobody beside an answer that they don't state.
    pub fn stated_by(self) -> impl ExactSizeIterator<Item = SourceRef<'r>> {
        self.sources_by(OutcomeRef::stated_by)
    }

    /// The assertions that it satisfies, and the unattributed ones that fit it.
    pub fn assertions(self) -> impl ExactSizeIterator<Item = AssertionRef<'r>> {
        let account = self.finding.details().accounts.get(self.nth);
        self.finding.each(account.map_or(&[][..], |account| &account.assertions))
    }
}

impl fmt::Debug for AccountRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AccountRef").field(&self.answer()).finish()
    }
}

/// An assertion that a rule set aside, the rule, and its reason.
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
/// let report = Resolver::standard().resolve(&flood);
/// let aside = report.finding("missing").and_then(|found| found.set_aside().next()).ok_or("nothing set aside")?;
/// assert_eq!(aside.assertion().id(), "missing#1");
/// assert_eq!(aside.rule(), "latest word");
/// assert_eq!(aside.reason(), "replaced by its 12 (3 April 2031)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct SetAsideRef<'r> {
    pub(super) finding: Finding<'r>,
    pub(super) aside: &'r SetAside,
}

impl<'r> SetAsideRef<'r> {
    /// The assertion.
    pub fn assertion(self) -> AssertionRef<'r> {
        self.finding.assertion(self.aside.assertion)
    }

    /// The name of the rule; `origin set aside` for a copy that fell with its origins.
    pub fn rule(self) -> &'r str {
        match self.aside.by {
            AsideBy::Rule(number) => {
                self.finding.context().resolver.rules.get(number).map_or("", |rule| rule.name())
            }
            AsideBy::Origin => "origin set aside",
        }
    }

    /// Why, in a few words.
    pub fn reason(self) -> &'r str {
        &self.aside.reason
    }
}

impl fmt::Debug for SetAsideRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SetAsideRef").field(&self.assertion().id()).field(&self.rule()).finish()
    }
}

/// Something that an editor should see, though it moves no verdict.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, NoticeKind, Resolver, Source};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "12").by("mayor"))?;
/// flood.record(Assertion::new("missing", "40"))?;
///
/// let report = Resolver::standard().resolve(&flood);
/// let notice = report.finding("missing").and_then(|found| found.notices().next()).ok_or("no notice")?;
/// assert_eq!(notice.kind(), NoticeKind::UnattributedOutside);
/// assert_eq!(notice.text(), "the document itself says 40; no named source says so");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct NoticeRef<'r> {
    pub(super) finding: Finding<'r>,
    pub(super) notice: &'r Notice,
}

impl NoticeRef<'_> {
    /// Which kind it is of, for programs to tell it by.
    pub fn kind(self) -> NoticeKind {
        self.notice.kind()
    }
}

impl fmt::Debug for NoticeRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("NoticeRef").field(&self.kind()).field(&self.text()).finish()
    }
}
