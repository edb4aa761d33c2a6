//! The library's own strategies, held to what they promise.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use corroborate::laws;
use proptest::prelude::*;
use serde_json::Value;

/// 256 cases, or as many as the environment variable `PROPTEST_CASES` says, and time to shrink what fails.
pub(crate) fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default() }
}

/// A whole dossier as JSON of schema `corroborate/1`, for tests that edit it.
pub(crate) fn dossier() -> impl Strategy<Value = Value> {
    laws::dossiers().prop_map(|dossier| serde_json::from_str(&dossier.to_json()).expect("a dossier is JSON"))
}
