//! Strategies for property tests, and the laws that every rule is held to.

mod story;
mod strategies;

pub use strategies::{
    answer_sets, approximations, assertions, claims, constraints, dates, documents, dossiers, dossiers_of, intervals,
    ranges, resolvers, rules, sources, terms, values, wordings,
};
