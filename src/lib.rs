#![doc = include_str!("../docs/raid-span.data-uri")]
// Of two definitions of a link Markdown takes the first: these are for rustdoc, and the README's for
// elsewhere.
//! [guide-1]: crate::guide::chapter_1
//! [guide-2]: crate::guide::chapter_2
//! [guide-3]: crate::guide::chapter_3
//! [guide-4]: crate::guide::chapter_4
//! [guide-5]: crate::guide::chapter_5
//! [guide-6]: crate::guide::chapter_6
//! [guide-7]: crate::guide::chapter_7
//! [guide-8]: crate::guide::chapter_8
#![doc = include_str!("../README.md")]
//! # The names, in reading order
//!
//! 1. **Write down who said what.** A [`Dossier`] takes in a [`Source`], a [`Term`], a [`Document`], a
//!    [`Claim`], an [`Assertion`], a [`Retraction`] and a [`Constraint`], and grows by them. Their words are
//!    a claim's [`Kind`], [`Nature`] and way to [`Evolves`], and an assertion's [`Stance`].
//! 2. **What was said** is a [`Value`]. What it leaves possible is an [`AnswerSet`] of [`Ranges`], each an
//!    [`Interval`] of [`Point`]s. How far "about" reaches is the [`Approximation`]. A [`Date`] has a
//!    [`Precision`] and covers the time from one [`Moment`] to another.
//! 3. **Read it back**, through a [`SourceRef`], [`TermRef`], [`DocumentRef`], [`ClaimRef`] or
//!    [`AssertionRef`]; or walk the [`Graph`] of each [`Node`] and [`Edge`], by [`Relation`].
//! 4. **Reconcile it.** A [`Resolver`] applies rules: the [`BuiltIn`] ones, which are types in [`rules`], and
//!    each [`Rule`] of yours, which gives a [`Reading`] of a [`Testimony`].
//! 5. **Read what was found.** A [`Report`] has a [`Finding`] for each claim, with its [`Verdict`], the kind
//!    of [`Dispute`], each account as an [`AccountRef`], what was set aside as a [`SetAsideRef`], each notice
//!    as a [`NoticeRef`] of some [`NoticeKind`], and the [`Step`]s of the explanation. Between claims stand a
//!    [`ConstraintRef`] with its [`ConstraintKind`] and [`Status`], and a [`NotComparableRef`]. In a terminal
//!    a [`TextLayout`] says how wide it is written, and whether in colour.
//! 6. **Follow it through time.** A [`LiveReport`] is kept while the record grows, and answers each new word
//!    with an [`Update`]. A [`Timeline`] looks back on one claim: each [`TimelineEntry`] has the finding of its
//!    moment and what is a [`Change`].
//! 7. **What can go wrong** is an [`Error`] of some [`ErrorKind`], of one record, or all the [`Problems`] of a
//!    file; in words alone a [`WordingError`], an [`UnknownWord`] or an [`UnknownRule`].
//! 8. **Files for programs.** With the feature `json`, `exchange` has dossiers, reports, brief
//!    reports, findings and timelines as types that serde reads and writes. With `schema`, the module of that name has their JSON
//!    Schema. With `csv`, tables are read by an `Intake`, to which a `DecimalMark` and a `DateOrder` say how a
//!    table writes figures and dates. What was assumed, and what can be read in two ways, is a [`Lint`] of
//!    some [`LintKind`] and [`LintLevel`]. With both `csv` and `json`, a dossier comes apart into `Tables`:
//!    each `Table` in a `TableFormat`.
//! 9. **Laws for rules of your own** are in `laws`, with the feature `proptest`.
//!
//! Dates are chrono's, decimals rust_decimal's, and the graph implements petgraph's traits. [`chrono`],
//! [`rust_decimal`] and [`petgraph`] are exported, so that you name the versions that the library does.

// Labels on docs.rs say which feature an item needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod dossier;
mod error;
#[cfg(feature = "csv")]
mod format;
pub mod guide;
#[cfg(feature = "proptest")]
pub mod laws;
mod model;
mod outcome;
mod report;
mod resolve;
#[cfg(feature = "schema")]
pub mod schema;
mod wording;

/// The version of chrono whose dates and times appear in signatures, so that callers name the same one.
pub use chrono;
/// The version of petgraph that a [`Graph`] implements the traits of, so that callers name the same one.
pub use petgraph;
/// The version of rust_decimal whose `Decimal` appears in signatures, so that callers name the same one.
pub use rust_decimal;

pub use dossier::{
    AssertionRef, ClaimRef, DocumentRef, Dossier, Edge, Graph, Node, Relation, SourceRef, TermRef,
};
pub use error::{Error, ErrorKind, Problems, UnknownWord, WordingError};
#[cfg(feature = "csv")]
pub use format::{DateOrder, DecimalMark, Intake};
#[cfg(all(feature = "csv", feature = "json"))]
pub use format::{Table, TableFormat, Tables};
pub use model::assertion::{Assertion, Stance};
pub use model::claim::{Claim, Evolves, Kind, Nature};
pub use model::constraint::{Constraint, ConstraintKind, Retraction};
pub use model::date::{Date, Moment, Precision};
pub use model::interval::{Interval, Point, Ranges};
pub use model::lint::{Lint, LintKind, LintLevel};
pub use model::source::{Document, Source};
pub use model::term::Term;
pub use model::value::{AnswerSet, Approximation, Value};
pub use outcome::{Dispute, NoticeKind, Status, Verdict};
pub use report::{
    AccountRef, Change, ConstraintRef, Finding, LiveReport, NotComparableRef, NoticeRef, Report, SetAsideRef,
    Step, TextLayout, Timeline, TimelineEntry, Update,
};
pub use resolve::{BuiltIn, Reading, Resolver, Rule, Testimony, UnknownRule};

/// The built-in rules, each a type with a page of its own: what it does, what it leaves alone, and where it
/// ends.
///
/// Some set testimony aside, and [`RisingTally`](rules::RisingTally), [`Rounding`](rules::Rounding) and
/// [`Tolerance`](rules::Tolerance) read it more loosely. The first six are standard. Give any of them to
/// [`Resolver::with_rule`], or read one from text as a [`BuiltIn`].
///
/// ```
/// use corroborate::{Resolver, rules};
///
/// let strict = Resolver::standard().with_rule(rules::NamedOnly).with_rule(rules::StaleAfter::days(30));
/// let plain = Resolver::without_rules().with_rule(rules::Retracted);
/// # let _ = (strict, plain);
/// ```
///
/// The **as-of date** isn't among them. It is a setting of the resolver, [`Resolver::as_of`], and acts before
/// all rules, so that what wasn't said yet replaces and withdraws nothing. Reports say how much came later, and
/// nothing else of it.
pub mod rules {
    pub use crate::resolve::rules::{
        ExcludeSource, FirstHandOnly, LatestWord, Listed, Misquoted, NamedOnly, Retracted, RisingTally,
        Rounding, StaleAfter, Superseded, Tolerance, UnitDiffers,
    };
}

/// The formats of files, as types that programs read and write.
///
/// A report that was written by [`Report::to_json`] is read back as a
/// [`ReportDocument`](exchange::ReportDocument). Types of files are apart from the types that the library
/// works with, so that either can change without the other.
///
/// ```
/// use corroborate::exchange::ReportDocument;
/// use corroborate::{Claim, Dossier, Resolver};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// let json = Resolver::standard().resolve(&flood).to_json();
///
/// let report: ReportDocument = serde_json::from_str(&json)?;
/// assert_eq!(report.tally.unaddressed, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "json")]
pub mod exchange {
    pub use crate::dossier::document::lists::DossierDocument;
    pub use crate::report::document::brief::{
        BriefAccountDocument, BriefFindingDocument, BriefReportDocument,
    };
    pub use crate::report::document::{
        AccountDocument, ConstraintDocument, FindingDocument, NotComparableDocument, NoticeDocument,
        ReportDocument, SetAsideDocument, StepDocument, TallyDocument,
    };
    pub use crate::report::timeline::document::{TimelineDocument, TimelineEntryDocument};
}
