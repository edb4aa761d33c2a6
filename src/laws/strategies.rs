//! Strategies for everything public: from what is said to whole dossiers, in which every case turns up often.

mod answers;
mod assertions;
mod constraints;
mod dossiers;
mod records;
mod resolvers;
mod vocabulary;
mod wordings;

pub use answers::{answer_sets, approximations, dates, intervals, ranges};
pub use assertions::assertions;
pub use constraints::constraints;
pub use dossiers::{dossiers, dossiers_of, dossiers_with};
pub use records::{claims, documents, sources, terms};
pub use resolvers::{resolvers, rules};
pub use vocabulary::Vocabulary;
pub use wordings::{values, wordings};
