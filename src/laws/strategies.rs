//! Strategies for everything public: from what is said to whole dossiers, in which every case turns up often.

mod assertions;
mod dossiers;
mod records;
mod wordings;

pub use assertions::assertions;
pub use dossiers::{dossiers, dossiers_of};
pub use records::{claims, documents, sources, terms};
pub use wordings::{values, wordings};
