//! What a resolver found: of each claim a verdict, what can be printed, and why.

mod chart;
#[cfg(feature = "csv")]
mod csv;
#[cfg(feature = "json")]
pub(crate) mod document;
mod finding;
#[cfg(feature = "pages")]
mod html;
mod in_words;
mod live;
mod markdown;
mod outcome;
mod outline;
#[cfg(feature = "pages")]
mod picture;
mod provenance;
mod text;
pub(crate) mod timeline;
mod trace;
mod words;

use std::fmt;
use std::ops::Range;
#[cfg(feature = "pages")]
use std::sync::Arc;
use std::sync::OnceLock;

use crate::dossier::columns::index;
use crate::dossier::{ClaimRef, Dossier};
use crate::model::constraint::ConstraintKind;
use crate::model::value::AnswerSet;
use crate::outcome::{
    ConstraintOutcome, Details, NotComparable, Outcomes, RuledOut, Status, TiedClaims, Verdict,
};
use crate::resolve::constraints;
use crate::resolve::{CLAIMS_TOGETHER, Resolver, SharedContext};
use crate::wording::sentences;
pub(crate) use outcome::OutcomeRef;
#[cfg(all(test, feature = "proptest"))]
pub(crate) use trace::minimal_sufficient;

pub use finding::{AccountRef, Finding, NoticeRef, SetAsideRef};
pub use live::{LiveReport, Update};
pub use text::TextLayout;
pub use timeline::{Change, Timeline, TimelineEntry};
pub use trace::Step;

/// What a resolver found in a dossier.
///
/// # Order
///
/// Findings stand in the order in which the dossier has its claims. Within them all is in input order too,
/// but for accounts: those of most sides come first.
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
    pub(crate) shared: SharedContext<'d>,
    /// The claims whose findings it has: all, or one alone.
    pub(crate) claims: Range<u32>,
    /// What was found, of [`CLAIMS_TOGETHER`] claims in each but the last.
    pub(crate) outcomes: Vec<Outcomes>,
    /// The details on each claim, once somebody has asked.
    pub(crate) details: Vec<OnceLock<Box<Details>>>,
    pub(crate) constraints: Vec<ConstraintOutcome>,
    pub(crate) not_comparable: Vec<NotComparable>,
    /// How each finding moved, once somebody has asked; kept for a user's own rules alone.
    #[cfg(feature = "pages")]
    timelines: Vec<OnceLock<Option<Arc<picture::TimelinePlot>>>>,
}

impl Resolver {
    /// Reconciles a dossier: a finding for each claim, in the order of the claims.
    ///
    /// It takes a time that grows with the dossier and no faster. Words and explanations aren't made until
    /// they are read.
    ///
    /// With the feature `rayon` it uses all cores, or as many as `RAYON_NUM_THREADS` says. The report is the
    /// same. A rule of yours is then asked about several claims at once.
    pub fn resolve<'d>(&self, dossier: &'d Dossier) -> Report<'d> {
        let shared = SharedContext::new(dossier, self.clone());
        let (outcomes, details): (_, Vec<_>) = shared.context().examine_every_claim().into_iter().unzip();
        let details: Vec<_> = details.into_iter().flatten().collect();
        let kept = |claim: u32| Some(&**OnceLock::get(details.get(claim as usize)?)?);
        let (constraints, not_comparable) = constraints::between(&shared.context(), kept);
        Report {
            #[cfg(feature = "pages")]
            timelines: vec![OnceLock::new(); if self.asks_own_rules() { details.len() } else { 0 }],
            dossier,
            shared,
            claims: 0..index(details.len()),
            outcomes,
            details,
            constraints,
            not_comparable,
        }
    }

    /// Follows one claim through time: what was found at each moment at which something was said, and what
    /// changed. Nothing, where there is no claim of that id.
    ///
    /// Where an [`as_of`](Self::as_of) date is set, the timeline ends with it.
    ///
    /// Other claims aren't examined. It takes a time that grows with the dossier's sources and terms, once,
    /// and with the claim's moments times its assertions.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Retraction, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "30").by("mayor").asserted("2031-04-01"))?;
    /// flood.record(Assertion::new("missing", "12").by("mayor").asserted("2031-04-03"))?;
    /// flood.retract(Retraction::new("missing#2").on("2031-04-05").reason("a list was mislaid"))?;
    ///
    /// let timeline = Resolver::standard().timeline(&flood, "missing").ok_or("no such claim")?;
    /// let printed: Vec<String> = timeline.entries().filter_map(|entry| entry.finding().safe_wording()).collect();
    /// assert_eq!(printed, ["30", "12", "30"]); // what the withdrawn figure replaced stands again
    /// assert!(Resolver::standard().timeline(&flood, "found").is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn timeline<'d>(&self, dossier: &'d Dossier, claim: &str) -> Option<Timeline<'d>> {
        let claim = index(dossier.columns.claims.get_index_of(claim)?);
        Some(Timeline::new(SharedContext::new(dossier, self.clone()), claim))
    }
}

impl<'d> Report<'d> {
    /// The dossier that it is about.
    pub fn dossier(&self) -> &'d Dossier {
        self.dossier
    }

    /// The findings, in the order of the claims.
    pub fn findings(&self) -> impl ExactSizeIterator<Item = Finding<'_>> {
        self.claims.clone().map(|claim| self.finding_on(claim))
    }

    /// The finding on the claim of that id.
    pub fn finding(&self, claim: &str) -> Option<Finding<'_>> {
        let claim = index(self.dossier.columns.claims.get_index_of(claim)?);
        self.claims.contains(&claim).then(|| self.finding_on(claim))
    }

    /// The same report of one claim alone: its finding, and the constraints and the topics that name it.
    /// Nothing, where there is no claim of that id.
    ///
    /// What was found of the claim stays as it is, since nothing that is said of other claims moves it.
    ///
    /// ```
    /// use corroborate::{Claim, Dossier, Resolver};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.add_claim(Claim::count("found", "How many people were found?"))?;
    /// let report = Resolver::standard().resolve(&flood).of_claim("found").ok_or("no such claim")?;
    /// assert_eq!(report.findings().map(|finding| finding.claim().id()).collect::<Vec<_>>(), ["found"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of_claim(mut self, claim: &str) -> Option<Self> {
        let claim = index(self.dossier.columns.claims.get_index_of(claim)?);
        if !self.claims.contains(&claim) {
            return None;
        }
        self.claims = claim..claim + 1;
        self.constraints.retain(|outcome| outcome.tied.claims().any(|tied| tied == claim));
        self.not_comparable.retain(|entry| entry.claims.contains(&claim));
        Some(self)
    }

    pub(crate) fn finding_on(&self, claim: u32) -> Finding<'_> {
        Finding::new(self.outcome_on(claim), &self.details[claim as usize])
    }

    pub(crate) fn outcome_on(&self, claim: u32) -> OutcomeRef<'_> {
        let (part, nth) = (claim as usize / CLAIMS_TOGETHER, claim as usize % CLAIMS_TOGETHER);
        OutcomeRef::new(self.shared.context(), &self.outcomes[part], nth, claim)
    }

    /// How many entries of the dossier came after the resolver's [`as_of`](Resolver::as_of) date: assertions on the claims that
    /// it reports, and retractions of what they said. Nothing else of them is shown anywhere.
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
    /// let first_day = Resolver::standard().as_of("2031-04-01".parse()?);
    /// assert_eq!(first_day.resolve(&flood).later(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn later(&self) -> usize {
        let all = self.outcomes.iter().flat_map(Outcomes::iter);
        let some = all.skip(self.claims.start as usize).take(self.claims.len());
        let assertions: usize = some.map(|outcome| outcome.later as usize).sum();
        let Some(as_of) = self.shared.resolver.as_of else { return 0 };
        let columns = &self.dossier.columns;
        let retractions = columns.retractions.iter().filter(|retraction| {
            let is_later = retraction.on.is_some_and(|on| on.last() > as_of.last());
            is_later && self.claims.contains(&columns.claim[retraction.assertion as usize])
        });
        assertions + retractions.count()
    }

    /// How many claims have this verdict. Over [`Verdict::ALL`] it adds up to all of them.
    pub fn tally(&self, verdict: Verdict) -> usize {
        self.verdicts().filter(|found| *found == verdict).count()
    }

    /// The verdict of each finding.
    pub(crate) fn verdicts(&self) -> impl Iterator<Item = Verdict> {
        let all = self.outcomes.iter().flat_map(Outcomes::iter).map(|outcome| outcome.verdict);
        all.skip(self.claims.start as usize).take(self.claims.len())
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
    /// assert_eq!(
    ///     sum.why(),
    ///     "the whole is 14 to 15, and the parts come to 9 + 5 = 14; \
    ///      of the answers to “How many fighters: killed?” only 14 (Iraq) fits",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn constraints(&self) -> impl ExactSizeIterator<Item = ConstraintRef<'_>> {
        self.constraints.iter().map(|outcome| ConstraintRef { report: self, outcome })
    }

    /// The topics whose claims differ in scope: each with its claims, and the dimensions in which they
    /// differ.
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
///
/// ```
/// use corroborate::{Assertion, Claim, Constraint, Dossier, Resolver};
///
/// let mut raid = Dossier::new("Raid");
/// raid.add_claim(Claim::count("iraqis", "How many Iraqis were injured?"))?;
/// raid.add_claim(Claim::count("injured", "How many were injured?"))?;
/// raid.add_constraint(Constraint::at_most("iraqis", "injured"))?;
///
/// let report = Resolver::standard().resolve(&raid);
/// let order = report.constraints().next().ok_or("no constraint")?;
/// assert_eq!(order.claims().map(|claim| claim.id()).collect::<Vec<_>>(), ["iraqis", "injured"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct ConstraintRef<'r> {
    report: &'r Report<'r>,
    outcome: &'r ConstraintOutcome,
}

impl<'r> ConstraintRef<'r> {
    /// Which kind it is of.
    pub fn kind(self) -> ConstraintKind {
        match self.outcome.tied {
            TiedClaims::Sum { .. } => ConstraintKind::Sum,
            TiedClaims::AtMost { .. } => ConstraintKind::AtMost,
            TiedClaims::Equal { .. } => ConstraintKind::Equal,
        }
    }

    /// The claims that it ties: the whole before its parts, the lesser before the greater.
    pub fn claims(self) -> impl Iterator<Item = ClaimRef<'r>> {
        let dossier = self.report.dossier;
        self.outcome.tied.claims().map(move |index| ClaimRef { dossier, index })
    }

    /// Whether it holds, fails or stays open.
    pub fn status(self) -> Status {
        self.outcome.status
    }

    /// Why, in a sentence, and which accounts it rules out.
    pub fn why(self) -> String {
        let mut parts = vec![self.summary()];
        parts.extend(self.outcome.is_implied.then(|| sentences::SCOPE_WITHIN.to_owned()));
        for RuledOut { claim, fitting, unfitting } in &self.outcome.ruled_out {
            let finding = self.report.finding_on(*claim);
            let name = |nth: &usize| {
                let account = AccountRef { finding, nth: *nth };
                finding.account_line(account).in_words()
            };
            let question = outline::question_or_id(finding.claim());
            parts.push(match fitting.as_slice() {
                [fits] => sentences::only_fits(question, &name(fits)),
                _ => sentences::cannot_be(question, &words::listed(&words::few(unfitting.iter().map(name)))),
            });
        }
        parts.join("; ")
    }

    /// What is possible of its claims.
    fn summary(self) -> String {
        let claims: Vec<u32> = self.outcome.tied.claims().collect();
        let context = self.report.shared.context();
        let in_words = |claim: u32, answers: &AnswerSet| {
            let words = context.words_for(answers);
            let words = words.map(|words| self.report.finding_on(claim).in_words(&words));
            words.unwrap_or_else(|| sentences::UNKNOWN.to_owned())
        };
        let possible = |claim: &u32| {
            let mut accounts = self.report.finding_on(*claim).accounts();
            let several = self.outcome.possible.iter().find(|(other, _)| other == claim);
            match (accounts.next(), several) {
                (_, Some((_, answers))) => in_words(*claim, answers),
                (Some(one), None) => one.answer_for_people(),
                (None, None) => sentences::UNKNOWN.to_owned(),
            }
        };
        match &self.outcome.tied {
            TiedClaims::Sum { whole, .. } => {
                let parts = words::few(claims[1..].iter().map(possible)).join(" + ");
                let total =
                    self.outcome.total.as_ref().map(|total| in_words(*whole, total)).unwrap_or_default();
                sentences::sum(&possible(whole), &parts, &total)
            }
            TiedClaims::AtMost { lesser, greater } => sentences::order(&possible(lesser), &possible(greater)),
            TiedClaims::Equal { .. } => {
                sentences::equality(&words::few_in_a_row(claims.iter().map(possible), " and "))
            }
        }
    }
}

impl fmt::Debug for ConstraintRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.outcome.fmt(f)
    }
}

/// Claims with one topic that can't be compared, since they differ in scope. [`Report::not_comparable`] shows
/// some.
///
/// ```
/// use corroborate::{Claim, Dossier, Resolver};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_claim(Claim::count("in-town", "How many fled?").topic("fled").scope("place", "Varn"))?;
/// flood.add_claim(Claim::count("in-april", "How many fled?").topic("fled").scope("period", "2031-04"))?;
///
/// let report = Resolver::standard().resolve(&flood);
/// let entry = report.not_comparable().next().ok_or("all are comparable")?;
/// assert_eq!(entry.differs_in().collect::<Vec<_>>(), ["place", "period"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
    pub fn claims(self) -> impl ExactSizeIterator<Item = ClaimRef<'r>> {
        self.entry.claims.iter().map(move |index| ClaimRef { dossier: self.dossier, index: *index })
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
