//! Strategies for property tests, and the laws that every rule is held to.

mod story;
mod strategies;

pub use strategies::{assertions, claims, documents, dossiers, dossiers_of, sources, terms, values, wordings};
