//! A report that is kept while the record grows: of each new word only its own claim is examined again.

use std::fmt;
use std::hint::black_box;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{Finding, Report};
use crate::dossier::columns::{NONE, index};
use crate::dossier::draft::KnownNumbers;
use crate::dossier::{AssertionRef, ClaimRef, Dossier};
use crate::error::Error;
use crate::model::assertion::Assertion;
use crate::model::claim::Claim;
use crate::model::constraint::{Constraint, Retraction};
use crate::model::source::{Document, Source};
use crate::model::term::Term;
use crate::outcome::{Outcomes, Verdict};
use crate::resolve::{Context, DossierIndex, Examined, FastScratch, FastStatements, Resolver};

/// A dossier and what is found of it, kept up to date word by word.
///
/// It owns both. What is recorded goes into the dossier, its claim alone is examined again, and the caller is told what
/// that changed. Claims are islands, so it is the same finding that [`Resolver::resolve`] would come to on the whole
/// dossier; the law [`live_is_from_scratch`](https://docs.rs/corroborate/latest/corroborate/laws/) holds it to that.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, LiveReport, Resolver, Source, Verdict};
///
/// let mut desk = LiveReport::new(Dossier::new("Flood at Varn"), Resolver::standard());
/// desk.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// desk.add_source(Source::new("brigade", "The fire brigade"))?;
/// desk.add_claim(Claim::count("missing", "How many people are missing?"))?;
///
/// let first = desk.record(Assertion::new("missing", "12").by("mayor"))?;
/// assert_eq!(first.change(), Some((Verdict::Unaddressed, Verdict::SingleSource)));
///
/// let second = desk.record(Assertion::new("missing", "14").by("brigade"))?;
/// assert_eq!(second.change(), Some((Verdict::SingleSource, Verdict::Disputed)));
/// assert_eq!(second.finding().safe_wording().as_deref(), Some("at least 12"));
///
/// let third = desk.record(Assertion::new("missing", "about 13"))?; // nobody's word moves no verdict
/// assert_eq!(third.change(), None);
/// assert_eq!(desk.tally(Verdict::Disputed), 1);
/// # Ok::<(), corroborate::Error>(())
/// ```
///
/// It can be sent to other threads, and shared. [`chapter_8`](crate::guide::chapter_8) of the guide builds a service
/// around one, and says how to keep what was recorded.
///
/// # How long it takes
///
/// [`record`](Self::record) and [`retract`](Self::retract) take a time that grows with the assertions of the claim alone.
/// They come to the verdict; accounts and what can be printed are found when [`Update::finding`] is asked for.
/// Adding a source, a document or a claim takes no time to speak of. A term under a broader one moves the place of others,
/// so that [`add_term`](Self::add_term) takes as long as beginning anew, and so may the first term: declare terms first. Constraints are looked
/// at when [`report`](Self::report) is asked for.
///
/// It begins with room for two more assertions on each claim, and an eighth more in all, so that few must wait for memory
/// that was never used.
pub struct LiveReport {
    dossier: Dossier,
    resolver: Resolver,
    index: DossierIndex,
    /// What the fast path needs; nothing, where the resolver asks more than the standard rules.
    fast: Option<FastStatements>,
    claims: Vec<LiveClaim>,
    /// Memory for judging.
    scratch: Mutex<FastScratch>,
}

/// What a live report holds of a claim.
#[derive(Clone)]
struct LiveClaim {
    verdict: Verdict,
    /// The whole finding, made when it is first asked for.
    found: OnceLock<Arc<Examined>>,
}

impl LiveClaim {
    fn new(verdict: Verdict) -> Self {
        Self { verdict, found: OnceLock::new() }
    }

    /// Takes over a finding that was made already.
    fn with_finding(examined: Examined) -> Self {
        let verdict = examined.outcomes.get(0).map_or(Verdict::Unaddressed, |outcome| outcome.verdict);
        Self { verdict, found: OnceLock::from(Arc::new(examined)) }
    }
}

impl LiveReport {
    /// Takes over a dossier, and examines all of it once.
    pub fn new(dossier: Dossier, resolver: Resolver) -> Self {
        let index = DossierIndex::of(&dossier);
        let (fast, claims, scratch) = (None, Vec::new(), Mutex::default());
        let mut live = Self { dossier, resolver, index, fast, claims, scratch };
        live.rebuild();
        live
    }

    /// Examines every claim anew.
    fn rebuild(&mut self) {
        self.dossier.columns.make_room();
        self.index = DossierIndex::of(&self.dossier);
        self.fast = FastStatements::of(&self.context());
        if let Some(fast) = &mut self.fast {
            fast.make_room(self.dossier.columns.claim.len() / 8);
        }
        self.claims = if self.resolver.asks_own_rules() {
            let claims = 0..index(self.dossier.columns.claims.len());
            claims.map(|claim| LiveClaim::with_finding(self.context().examine_all(claim))).collect()
        } else {
            let parts = self.context().examine_every_claim();
            parts
                .iter()
                .flat_map(|(outcomes, _)| outcomes.iter())
                .map(|outcome| LiveClaim::new(outcome.verdict))
                .collect()
        };
    }

    fn context(&self) -> Context<'_> {
        Context { dossier: &self.dossier, resolver: &self.resolver, index: &self.index }
    }

    /// The record so far.
    pub fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    /// Gives the record back.
    pub fn into_dossier(self) -> Dossier {
        self.dossier
    }

    /// The finding on the claim of that id.
    pub fn finding(&self, claim: &str) -> Option<Finding<'_>> {
        let claim = self.dossier.columns.claims.get_index_of(claim)?;
        Some(self.finding_on(index(claim)))
    }

    fn finding_on(&self, claim: u32) -> Finding<'_> {
        let context = self.context();
        let found = self.claims[claim as usize].found.get_or_init(|| {
            let Some(fast) = &self.fast else { return Arc::new(context.examine_all(claim)) };
            let mut scratch = self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
            let mut examined = Examined::default();
            let rows = context.columns().rows_of(claim);
            fast.examine(&context, claim, rows, &mut scratch, &mut examined.outcomes);
            Arc::new(examined)
        });
        Finding::of(context, claim, found)
    }

    /// What is found of every claim, in the order of the claims. Each is found when it is asked for.
    ///
    /// ```
    /// use corroborate::{Claim, Dossier, LiveReport, Resolver, Verdict};
    ///
    /// let mut desk = LiveReport::new(Dossier::new("Flood at Varn"), Resolver::standard());
    /// desk.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// let open = desk.findings().filter(|finding| finding.verdict() == Verdict::Unaddressed);
    /// assert_eq!(open.map(|finding| finding.claim().id()).collect::<Vec<_>>(), ["missing"]);
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    pub fn findings(&self) -> impl ExactSizeIterator<Item = Finding<'_>> {
        (0..self.claims.len()).map(|claim| self.finding_on(index(claim)))
    }

    /// How many claims have this verdict.
    pub fn tally(&self, verdict: Verdict) -> usize {
        self.claims.iter().filter(|kept| kept.verdict == verdict).count()
    }

    /// The whole report, with how the constraints fare. It takes as long as [`Resolver::resolve`].
    pub fn report(&self) -> Report<'_> {
        self.resolver.resolve(&self.dossier)
    }

    /// Adds a source. See [`Dossier::add_source`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn add_source(&mut self, source: Source) -> Result<(), Error> {
        let is_named = self.dossier.columns.undeclared_source(&source.id).is_some();
        self.dossier.add_source(source)?;
        if is_named {
            // Whose side it is on may be another now, on every claim that names it.
            self.rebuild();
            return Ok(());
        }
        self.index.catch_up(&self.dossier);
        self.catch_up();
        Ok(())
    }

    /// Adds a term, and begins anew if it may change what is found. See [`Dossier::add_term`].
    ///
    /// A new term that falls under no other, and that no value or unit has named, changes nothing. Others do, and so
    /// does the first of all, where values have named terms that nobody declared: each such value is noticed from
    /// then on.
    ///
    /// ```
    /// use corroborate::{Dossier, LiveReport, Resolver, Term};
    ///
    /// let mut raid = LiveReport::new(Dossier::new("Raid"), Resolver::standard());
    /// raid.add_term(Term::new("iraq", "Iraq"))?;
    /// raid.add_term(Term::new("anbar", "Anbar").broader("iraq"))?;
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As there.
    pub fn add_term(&mut self, term: Term) -> Result<(), Error> {
        let changes = self.index.is_changed_by(&term, &self.dossier.columns);
        self.dossier.add_term(term)?;
        if changes {
            self.rebuild();
        } else {
            self.index.catch_up(&self.dossier);
        }
        Ok(())
    }

    /// Adds a document. See [`Dossier::add_document`].
    ///
    /// ```
    /// use corroborate::{Document, Dossier, LiveReport, Resolver};
    ///
    /// let mut raid = LiveReport::new(Dossier::new("Raid"), Resolver::standard());
    /// raid.add_document(Document::new("article", "Raid in western Iraq").published("2024-09-03"))?;
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As there.
    pub fn add_document(&mut self, document: Document) -> Result<(), Error> {
        self.dossier.add_document(document)
    }

    /// Adds a claim. See [`Dossier::add_claim`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn add_claim(&mut self, claim: Claim) -> Result<(), Error> {
        self.dossier.add_claim(claim)?;
        self.catch_up();
        Ok(())
    }

    /// Ties claims together. It moves no verdict; see [`Dossier::add_constraint`].
    ///
    /// ```
    /// use corroborate::{Claim, Constraint, Dossier, LiveReport, Resolver};
    ///
    /// let mut raid = LiveReport::new(Dossier::new("Raid"), Resolver::standard());
    /// raid.add_claim(Claim::count("iraqis", "How many Iraqis were injured?"))?;
    /// raid.add_claim(Claim::count("injured", "How many were injured?"))?;
    /// raid.add_constraint(Constraint::at_most("iraqis", "injured"))?;
    /// assert_eq!(raid.report().constraints().count(), 1);
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As there.
    pub fn add_constraint(&mut self, constraint: Constraint) -> Result<(), Error> {
        self.dossier.add_constraint(constraint)
    }

    /// Records an assertion, and examines its claim again.
    ///
    /// # Errors
    ///
    /// As [`Dossier::record`]. Then nothing changes.
    pub fn record(&mut self, assertion: Assertion) -> Result<Update<'_>, Error> {
        let known = self.fast_prefetch(&assertion);
        let at = self.dossier.enter(&assertion, known)?;
        self.index.catch_up(&self.dossier);
        let claim = self.dossier.columns.claim[at as usize];
        if let Some(fast) = &mut self.fast {
            let context = Context { dossier: &self.dossier, resolver: &self.resolver, index: &self.index };
            fast.add(&context, at);
        }
        Ok(self.examine(claim, at))
    }

    /// Records that an assertion was withdrawn, and examines its claim again.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, LiveReport, Resolver, Retraction, Source, Verdict};
    ///
    /// let mut desk = LiveReport::new(Dossier::new("Flood at Varn"), Resolver::standard());
    /// desk.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// desk.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// desk.record(Assertion::new("missing", "30").by("mayor"))?;
    ///
    /// let update = desk.retract(Retraction::new("missing#1").reason("a slip of the tongue"))?;
    /// assert_eq!(update.change(), Some((Verdict::SingleSource, Verdict::Unaddressed)));
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Dossier::retract`]. Then nothing changes.
    pub fn retract(&mut self, retraction: Retraction) -> Result<Update<'_>, Error> {
        self.dossier.retract(retraction)?;
        let columns = &self.dossier.columns;
        let row = columns.retractions.len() - 1;
        let at = columns.retractions[row].assertion;
        let claim = columns.claim[at as usize];
        self.index.retract(at, row);
        if let Some(fast) = &mut self.fast {
            fast.is_intricate(claim);
        }
        Ok(self.examine(claim, at))
    }

    /// Looks up the claim and the source of an assertion, and loads into the cache what will be read of the claim. It lies
    /// scattered in memory; these loads don't depend on each other, so that their misses overlap.
    fn fast_prefetch(&self, assertion: &Assertion) -> KnownNumbers {
        let columns = &self.dossier.columns;
        let claim = columns.claims.get_index_of(&assertion.claim);
        let by = match &*assertion.by {
            [one] => columns.sources.get_index_of(one),
            _ => None,
        };
        if let Some(claim) = claim {
            black_box(columns.claims[claim].kind);
            black_box(self.claims[claim].verdict);
            let rows = columns.rows_of(index(claim));
            let row = |at: usize| rows.get(at.min(rows.len().wrapping_sub(1))).map_or(0, |row| row.by);
            // Two or three rows fit a cache line: this covers as many rows as most claims have.
            black_box(row(0) ^ row(3) ^ row(6) ^ row(9) ^ row(12));
        }
        let [claim, by] = [claim, by].map(|found| found.map_or(NONE, index));
        KnownNumbers { claim, by, ..KnownNumbers::default() }
    }

    /// Makes room for what the dossier has now.
    fn catch_up(&mut self) {
        if let Some(fast) = &mut self.fast {
            fast.catch_up(&Context { dossier: &self.dossier, resolver: &self.resolver, index: &self.index });
        }
        self.claims.resize_with(self.dossier.columns.claims.len(), || LiveClaim::new(Verdict::Unaddressed));
    }

    /// Finds the verdict on a claim alone; the rest of the finding is made when it is asked for. Where rules of the user's
    /// own were asked, all of it is kept, since they may answer otherwise the next time.
    fn examine(&mut self, claim: u32, at: u32) -> Update<'_> {
        let context = Context { dossier: &self.dossier, resolver: &self.resolver, index: &self.index };
        let scratch = self.scratch.get_mut().unwrap_or_else(PoisonError::into_inner);
        let rows = context.columns().rows_of(claim);
        let verdict = self.fast.as_ref().and_then(|fast| fast.verdict(&context, claim, rows, scratch));
        let now = match verdict {
            Some(verdict) => LiveClaim::new(verdict),
            None if self.resolver.asks_own_rules() => LiveClaim::with_finding(context.examine_all(claim)),
            None => {
                let assertions: Vec<u32> = rows.iter().map(|row| row.assertion).collect();
                let mut outcomes = Outcomes::default();
                context.examine_briefly(claim, &assertions, scratch, &mut outcomes);
                LiveClaim::new(outcomes.get(0).map_or(Verdict::Unaddressed, |outcome| outcome.verdict))
            }
        };
        let before = std::mem::replace(&mut self.claims[claim as usize], now).verdict;
        Update { live: self, claim, at, before }
    }
}

/// A copy of the record and of all that was found of it, as for trying out what a record would change. Findings that
/// were made already are shared between the two.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, LiveReport, Resolver, Verdict};
///
/// let mut desk = LiveReport::new(Dossier::new("Flood at Varn"), Resolver::standard());
/// desk.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// let mut draft = desk.clone();
/// draft.record(Assertion::new("missing", "12"))?;
/// assert_eq!((desk.tally(Verdict::Unaddressed), draft.tally(Verdict::Unaddressed)), (1, 0));
/// # Ok::<(), corroborate::Error>(())
/// ```
impl Clone for LiveReport {
    fn clone(&self) -> Self {
        Self {
            dossier: self.dossier.clone(),
            resolver: self.resolver.clone(),
            index: self.index.clone(),
            fast: self.fast.clone(),
            claims: self.claims.clone(),
            scratch: Mutex::default(),
        }
    }
}

impl fmt::Debug for LiveReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveReport")
            .field("dossier", &self.dossier)
            .field("resolver", &self.resolver)
            .finish()
    }
}

/// What one new record changed. [`LiveReport`] shows some.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, LiveReport, Resolver, Source, Verdict};
///
/// let mut flood = LiveReport::new(Dossier::new("Flood at Varn"), Resolver::standard());
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// let update = flood.record(Assertion::new("missing", "12").by("mayor"))?;
/// assert_eq!(update.change(), Some((Verdict::Unaddressed, Verdict::SingleSource)));
/// # Ok::<(), corroborate::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Update<'l> {
    live: &'l LiveReport,
    claim: u32,
    at: u32,
    before: Verdict,
}

impl<'l> Update<'l> {
    /// The assertion that was recorded, or withdrawn.
    pub fn assertion(self) -> AssertionRef<'l> {
        AssertionRef { dossier: &self.live.dossier, index: self.at }
    }

    /// Its claim, the only one that was examined again.
    pub fn claim(self) -> ClaimRef<'l> {
        ClaimRef { dossier: &self.live.dossier, index: self.claim }
    }

    /// The verdict before and now; nothing where it is the same. What can be printed may have changed all the same.
    pub fn change(self) -> Option<(Verdict, Verdict)> {
        let now = self.live.claims[self.claim as usize].verdict;
        (now != self.before).then_some((self.before, now))
    }

    /// What is found of the claim now.
    ///
    /// It is found when it is asked for: for the verdict alone, no accounts need to be told apart.
    pub fn finding(self) -> Finding<'l> {
        self.live.finding_on(self.claim)
    }
}

impl fmt::Debug for Update<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("Update");
        fields.field("assertion", &self.assertion().id()).field("before", &self.before);
        fields.field("now", &self.finding().verdict()).finish()
    }
}
