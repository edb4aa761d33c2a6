//! Strategies for property tests, and the laws that every rule is held to.
//!
//! A strategy makes random records for [proptest](https://docs.rs/proptest), and shrinks whatever fails to something
//! small. There is one for everything that a caller can put in: what is said ([`wordings`], [`values`]), when
//! ([`dates`]), by whom ([`sources`]), where ([`documents`]), about what ([`claims`], [`terms`], [`constraints`]),
//! [`assertions`], and whole [`dossiers`]; what values leave possible ([`intervals`], [`ranges`], [`answer_sets`]); and
//! [`rules`] and [`resolvers`]. Of a closed vocabulary take any: `proptest::sample::select(Kind::ALL)`.
//!
//! What fails is a dossier, which prints as the JSON that `corroborate report` opens.

mod story;
mod strategies;

pub use strategies::{
    answer_sets, approximations, assertions, claims, constraints, dates, documents, dossiers, dossiers_of, intervals,
    ranges, resolvers, rules, sources, terms, values, wordings,
};
