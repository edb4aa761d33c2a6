//! Laws that a reconciliation rule is held to, and strategies for property tests.
//!
//! A rule is property-tested in three lines, under `#[test]`:
//!
//! ```
//! use corroborate::{Reading, Resolver, Rule, Testimony, laws};
//!
//! /// A desk that takes nobody's word for what is only assessed.
//! #[derive(Debug)]
//! struct FactsOnly;
//!
//! impl Rule for FactsOnly {
//!     fn name(&self) -> &str {
//!         "facts only"
//!     }
//!
//!     fn read(&self, testimony: &Testimony<'_>) -> Reading {
//!         match testimony.claim().nature() {
//!             corroborate::Nature::Fact => Reading::as_said(),
//!             _ => Reading::set_aside("it is an assessment"),
//!         }
//!     }
//! }
//!
//! fn our_rule_keeps_the_laws() -> Result<(), laws::Broken> {
//!     laws::hold(&Resolver::standard().with_rule(FactsOnly))?;
//!     Ok(())
//! }
//! # laws::Laws::all().cases(8).hold(&Resolver::standard().with_rule(FactsOnly))?;
//! # Ok::<(), laws::Broken>(())
//! ```
//!
//! Where you test it takes a feature: `corroborate = { version = "0.1", features = ["proptest"] }` among your
//! `[dev-dependencies]`. A law that doesn't hold prints its name, what differed, what the law changed, and
//! the smallest dossier found, as JSON that `corroborate report` opens; [`Broken`] shows one. A rule that
//! never changed how anything was read keeps every other law in silence; that it acts is a law itself,
//! [`every_rule_acts`], and [`Held`] says how often.
//!
//! # One law alone
//!
//! Each law is a function of a resolver and a dossier. It tries whatever it changes on every assertion in
//! turn, so there is nothing to seed, and what shrinks is the dossier. In `proptest!` a `?` passes on what it
//! finds:
//!
//! ```
//! use corroborate::{Resolver, laws};
//! use proptest::prelude::*;
//!
//! proptest!(|(dossier in laws::dossiers())| {
//!     laws::echo_proof(&Resolver::standard(), &dossier)?;
//! });
//! ```
//!
//! [`Laws`] chooses among them. What the built-in rules keep is [`declared`], and tabulated in `docs/design.md`.
//!
//! # What the laws don't show
//!
//! They show what a rule can't be fooled by, on dossiers that were generated, and nothing about dossiers that
//! weren't. They don't show that a rule does what the desk meant. And a law only speaks of what it changes:
//! each function says what that is.
//!
//! # Strategies
//!
//! A strategy makes random records for [proptest](https://docs.rs/proptest), and shrinks whatever fails to
//! something small. There is one for everything that a caller can put in: what is said ([`wordings`],
//! [`values`]), when ([`dates`]), by whom ([`sources`]), where ([`documents`]), about what ([`claims`],
//! [`terms`], [`constraints`]),
//! [`assertions`], and whole [`dossiers`]; what values leave possible ([`intervals`], [`ranges`], [`answer_sets`]); and
//! [`rules`] and [`resolvers`]. Of a closed vocabulary take any: `proptest::sample::select(Kind::ALL)`.
//!
//! What fails is a dossier, which prints as the JSON that `corroborate report` opens.

mod aspects;
mod broken;
mod declared;
mod held;
mod live;
mod printing;
mod renamed;
mod resolver;
mod rules;
mod story;
mod strategies;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};

use crate::dossier::Dossier;
use crate::error::words;
use crate::resolve::Resolver;

pub use broken::Broken;
pub use declared::{Keeps, declared};
pub use held::{Held, every_rule_acts};
pub use live::live_is_from_scratch;
pub use printing::{credit_is_stated, print_is_backed};
pub use resolver::{
    echo_proof, monotone_in_agreement, order_of_records, relay_of_a_speaker_proof, relay_proof, same_report,
    sufficient_explanations, supersession_invisible, unattributed_proof,
};
pub use rules::{
    blind_to_irrelevant_claims, only_loosens, order_of_rules, reasons_given, repetition,
    stable_under_renaming,
};
pub use strategies::{
    Vocabulary, answer_sets, approximations, assertions, claims, constraints, dates, documents, dossiers,
    dossiers_of, dossiers_with, intervals, ranges, resolvers, rules, sources, terms, values, wordings,
};

words! {
    /// One of the laws. [`says`](Self::says) has it in a sentence, and the function of its name has its
    /// limits.
    ///
    /// ```
    /// use corroborate::{Dossier, Resolver, laws::Law};
    ///
    /// let law: Law = "relay-proof".parse()?;
    /// assert!(law.says().starts_with("passing an assertion through one more relay"));
    /// assert!(law.holds(&Resolver::standard(), &Dossier::new("Nothing yet")).is_ok());
    /// # Ok::<(), corroborate::UnknownWord>(())
    /// ```
    #[non_exhaustive]
    pub enum Law ("law") {
        /// [`every_rule_acts`]
        EveryRuleActs = "every-rule-acts",
        /// [`order_of_rules`]
        OrderOfRules = "order-of-rules",
        /// [`repetition`]
        Repetition = "repetition",
        /// [`only_loosens`]
        OnlyLoosens = "only-loosens",
        /// [`reasons_given`]
        ReasonsGiven = "reasons-given",
        /// [`stable_under_renaming`]
        StableUnderRenaming = "stable-under-renaming",
        /// [`blind_to_irrelevant_claims`]
        BlindToIrrelevantClaims = "blind-to-irrelevant-claims",
        /// [`order_of_records`]
        OrderOfRecords = "order-of-records",
        /// [`same_report`]
        SameReport = "same-report",
        /// [`echo_proof`]
        EchoProof = "echo-proof",
        /// [`relay_proof`]
        RelayProof = "relay-proof",
        /// [`relay_of_a_speaker_proof`]
        RelayOfASpeakerProof = "relay-of-a-speaker-proof",
        /// [`unattributed_proof`]
        UnattributedProof = "unattributed-proof",
        /// [`monotone_in_agreement`]
        MonotoneInAgreement = "monotone-in-agreement",
        /// [`supersession_invisible`]
        SupersessionInvisible = "supersession-invisible",
        /// [`sufficient_explanations`]
        SufficientExplanations = "sufficient-explanations",
        /// [`live_is_from_scratch`]
        LiveIsFromScratch = "live-is-from-scratch",
        /// [`credit_is_stated`]
        CreditIsStated = "credit-is-stated",
        /// [`print_is_backed`]
        PrintIsBacked = "print-is-backed",
    }
}

impl Law {
    /// The law, in a sentence.
    pub const fn says(self) -> &'static str {
        match self {
            Self::EveryRuleActs => "every rule changes how something is read, on some dossier",
            Self::OrderOfRules => "the order of rules changes nothing",
            Self::Repetition => "a rule that is there twice does what it does once",
            Self::OnlyLoosens => "no rule makes a dispute where there was none without it",
            Self::ReasonsGiven => {
                "every rule has a name, and a reason for whatever it doesn't keep as it was said"
            }
            Self::StableUnderRenaming => "other ids for the same things change nothing but the ids",
            Self::BlindToIrrelevantClaims => "what is found of a claim doesn't depend on any other claim",
            Self::OrderOfRecords => {
                "the order of records changes nothing but the order in which they are named"
            }
            Self::SameReport => "the same dossier gives the same report",
            Self::EchoProof => {
                "a copy by somebody who hasn't answered, or an affiliate who repeats what stands, changes no verdict and no common ground, and adds no side"
            }
            Self::RelayProof => {
                "passing an assertion through one more relay, who doesn't answer, changes nothing but that all may have come through it"
            }
            Self::RelayOfASpeakerProof => {
                "a relay that says itself what was heard only through it changes no verdict and no common ground, and adds no side"
            }
            Self::UnattributedProof => {
                "what nobody puts their name to changes no verdict, no common ground and no side of a claim that somebody answers"
            }
            Self::MonotoneInAgreement => {
                "one more independent side that says what all answers have in common never lowers the verdict"
            }
            Self::SupersessionInvisible => {
                "whatever a superseded assertion said, verdict and common ground are the same"
            }
            Self::SufficientExplanations => {
                "on the assertions that an explanation cites verdict and common ground are the same, and on any fewer they aren't"
            }
            Self::LiveIsFromScratch => {
                "what is recorded word by word comes to the same as the whole record at once"
            }
            Self::CreditIsStated => "whoever is named beside an answer states it",
            Self::PrintIsBacked => {
                "what is printed without a name rests on two sides, and of a dispute holds whichever account is right"
            }
        }
    }

    /// Holds a resolver to the law on one dossier.
    ///
    /// [`EveryRuleActs`](Self::EveryRuleActs) is the one law that a resolver isn't meant to keep on every dossier.
    ///
    /// # Errors
    ///
    /// When it doesn't keep it.
    pub fn holds(self, resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
        let law = match self {
            Self::EveryRuleActs => every_rule_acts,
            Self::OrderOfRules => order_of_rules,
            Self::Repetition => repetition,
            Self::OnlyLoosens => only_loosens,
            Self::ReasonsGiven => reasons_given,
            Self::StableUnderRenaming => stable_under_renaming,
            Self::BlindToIrrelevantClaims => blind_to_irrelevant_claims,
            Self::OrderOfRecords => order_of_records,
            Self::SameReport => same_report,
            Self::EchoProof => echo_proof,
            Self::RelayProof => relay_proof,
            Self::RelayOfASpeakerProof => relay_of_a_speaker_proof,
            Self::UnattributedProof => unattributed_proof,
            Self::MonotoneInAgreement => monotone_in_agreement,
            Self::SupersessionInvisible => supersession_invisible,
            Self::SufficientExplanations => sufficient_explanations,
            Self::LiveIsFromScratch => live_is_from_scratch,
            Self::CreditIsStated => credit_is_stated,
            Self::PrintIsBacked => print_is_backed,
        };
        law(resolver, dossier)
    }
}

/// Holds a resolver to all laws, on 128 generated dossiers.
///
/// The same as `Laws::all().hold(resolver)`; see [`Laws`] for fewer laws, more cases and dossiers of your
/// own.
///
/// # Errors
///
/// When a law doesn't hold: with the smallest dossier found on which it doesn't. When a rule never acted.
pub fn hold(resolver: &Resolver) -> Result<Held, Broken> {
    Laws::all().hold(resolver)
}

/// Which laws to hold a resolver to, and on how many dossiers.
///
/// The dossiers are the same each time, so that a build that passed passes again. `PROPTEST_RNG_SEED=7` in
/// the environment tries others, and `PROPTEST_CASES=10000` more than 128. Nothing is written to disk. All
/// laws take less than 15 seconds in a build without optimization, unless the rule itself takes long.
///
/// ```
/// use corroborate::{BuiltIn, Resolver, laws::{Broken, Law, Laws}};
///
/// // Whoever reads only first-hand testimony means it to matter whether it was relayed.
/// let first_hand: BuiltIn = "first-hand only".parse()?;
/// Laws::all().but(Law::RelayProof).cases(8).hold(&Resolver::standard().with_rule(first_hand))?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Laws {
    laws: Vec<Law>,
    cases: Option<u32>,
}

/// How often a dossier that breaks a law is tried to be made smaller, unless the environment says otherwise.
const SHRINKING: u32 = 2_048;

/// How many dossiers the laws are held on, unless the environment or the caller says otherwise: a few
/// seconds' worth.
const CASES: u32 = 128;

/// How many cases proptest tries unless the environment says otherwise.
const PROPTESTS: u32 = 256;

/// On how many dossiers it is seen whether a rule acts, at least: that takes a moment, and some rules seldom
/// do.
const SEEN: u32 = 256;

impl Laws {
    /// All of them.
    pub fn all() -> Self {
        Self::of(Law::ALL.iter().copied())
    }

    /// Only these.
    pub fn of(laws: impl IntoIterator<Item = Law>) -> Self {
        Self { laws: laws.into_iter().collect(), cases: None }
    }

    /// Without this one. Say in a comment why your rule needn't keep it.
    #[must_use]
    pub fn but(mut self, law: Law) -> Self {
        self.laws.retain(|other| *other != law);
        self
    }

    /// On so many dossiers each, whatever the environment says.
    #[must_use]
    pub fn cases(mut self, cases: u32) -> Self {
        self.cases = Some(cases);
        self
    }

    /// Holds a resolver to the laws on generated dossiers.
    ///
    /// # Errors
    ///
    /// When a law doesn't hold: with the smallest dossier found on which it doesn't. When a rule never acted,
    /// and
    /// [`EveryRuleActs`](Law::EveryRuleActs) is among the laws.
    pub fn hold(&self, resolver: &Resolver) -> Result<Held, Broken> {
        self.hold_on(resolver, &dossiers())
    }

    /// Holds a resolver to the laws on dossiers of your own making.
    ///
    /// # Errors
    ///
    /// When a law doesn't hold: with the smallest dossier found on which it doesn't. When a rule never acted,
    /// and
    /// [`EveryRuleActs`](Law::EveryRuleActs) is among the laws.
    pub fn hold_on(
        &self,
        resolver: &Resolver,
        dossiers: &impl Strategy<Value = Dossier>,
    ) -> Result<Held, Broken> {
        // A rule that answers differently each time may keep the law when it is asked again.
        let smallest: RefCell<Option<Broken>> = RefCell::new(None);
        let ran = TestRunner::new(self.config()).run(dossiers, |dossier| {
            // Each dossier is made once for all laws. Once one is broken, what becomes smaller is what breaks
            // that one.
            let found = smallest.borrow().as_ref().map(Broken::law);
            let laws = self.laws.iter().filter(|law| **law != Law::EveryRuleActs);
            for law in laws.filter(|law| found.is_none_or(|found| found == **law)) {
                if let Err(broken) = law.holds(resolver, &dossier) {
                    return Err(smallest.borrow_mut().insert(broken).clone().into());
                }
            }
            Ok(())
        });
        match (ran, smallest.into_inner(), self.laws.first()) {
            (Err(_), Some(broken), _) => Err(broken),
            (Err(TestError::Abort(why)), None, Some(law)) => Err(none_to_try(*law, why.message())),
            _ => self.see(resolver, dossiers),
        }
    }

    /// Sees how often each rule acts; where that is among the laws, each must.
    fn see(&self, resolver: &Resolver, dossiers: &impl Strategy<Value = Dossier>) -> Result<Held, Broken> {
        let held = RefCell::new(Held::by(resolver));
        let mut config = self.config();
        config.cases = config.cases.max(SEEN);
        let ran = TestRunner::new(config).run(dossiers, |dossier| {
            held.borrow_mut().see(resolver, &dossier);
            Ok(())
        });
        let (law, held) = (Law::EveryRuleActs, held.into_inner());
        if !self.laws.contains(&law) {
            return Ok(held);
        }
        match (ran, held.idle()) {
            (Err(TestError::Abort(why)), _) => Err(none_to_try(law, why.message())),
            (_, Some(idle)) => Err(Broken::on_all(law, held::EXPECTED, idle)),
            _ => Ok(held),
        }
    }

    fn config(&self) -> Config {
        let mut config = Config { failure_persistence: None, ..Config::default() };
        let cases = if config.cases == PROPTESTS { CASES } else { config.cases };
        config.cases = self.cases.unwrap_or(cases);
        if config.rng_seed == RngSeed::Random {
            config.rng_seed = RngSeed::Fixed(0);
        }
        if config.max_shrink_iters == u32::MAX {
            config.max_shrink_iters = SHRINKING;
        }
        config
    }
}

fn none_to_try(law: Law, why: &str) -> Broken {
    Broken::new(law, &Dossier::default(), "dossiers to try", why)
}
