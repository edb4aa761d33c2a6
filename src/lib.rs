//! corroborate

mod dossier;
mod error;
#[cfg(feature = "csv")]
mod format;
mod model;
mod report;
mod resolve;
#[cfg(feature = "schema")]
pub mod schema;
mod wording;

pub use dossier::{AssertionRef, ClaimRef, DocumentRef, Dossier, Edge, Graph, Node, Relation, SourceRef, TermRef};
pub use error::{Error, Problems, UnknownWord, WordingError};
#[cfg(feature = "csv")]
pub use format::Intake;
pub use model::assertion::{Assertion, Stance};
pub use model::claim::{Claim, Evolves, Kind, Nature};
pub use model::constraint::{Constraint, Retraction};
pub use model::date::{Date, Moment, Precision};
pub use model::interval::{Interval, Point, Ranges};
pub use model::source::{Document, Source};
pub use model::term::Term;
pub use model::value::{AnswerSet, Approximation, Value};
pub use report::{
    AccountRef, ConstraintRef, Dispute, Finding, NotComparableRef, NoticeRef, Report, SetAsideRef, Status, Step,
    Verdict,
};
pub use resolve::{BuiltIn, Reading, Resolver, Rule, Testimony, UnknownRule};

/// The formats of files, as types that programs read and write.
#[cfg(feature = "json")]
pub mod exchange {
    pub use crate::report::document::{
        AccountDocument, ConstraintDocument, FindingDocument, NotComparableDocument, NoticeDocument, ReportDocument,
        SetAsideDocument, StepDocument,
    };
}
