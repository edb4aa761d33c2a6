//! Views of a dossier: two are equal exactly when they show the same record of the same dossier.

use std::collections::{HashMap, HashSet};
use std::fmt::Debug;
use std::hash::Hash;

use corroborate::Dossier;
use proptest::prelude::*;

use crate::strategies;

type Outcome = Result<(), TestCaseError>;

/// Equality, hash and `Debug` of all views of one kind, got twice from a dossier and once from a copy of it.
fn told_apart<V: Copy + Eq + Hash + Debug>(
    name: &str,
    views: &[V],
    again: &[V],
    copied: &[V],
    id: impl Fn(V) -> String,
) -> Outcome {
    let numbers: HashMap<V, usize> = views.iter().copied().zip(0..).collect();
    prop_assert_eq!(numbers.len(), views.len(), "two records are one view");
    for (at, view) in again.iter().enumerate() {
        prop_assert_eq!(numbers.get(view), Some(&at));
        prop_assert_eq!(format!("{view:?}"), format!("{name}({:?})", id(*view)));
    }
    let both: HashSet<V> = views.iter().chain(again).chain(copied).copied().collect();
    prop_assert_eq!(both.len(), 2 * views.len(), "a record of a copy isn't that of the original");
    Ok(())
}

macro_rules! told_apart {
    ($dossier:ident, $copy:ident: $($view:ident in $all:ident;)*) => {$({
        let all = |dossier| Dossier::$all(dossier).collect::<Vec<_>>();
        told_apart(stringify!($view), &all(&$dossier), &all(&$dossier), &all(&$copy), |view| view.id().to_string())?;
    })*};
}

proptest! {
    #![proptest_config(strategies::config())]

    #[test]
    fn a_view_is_equal_to_itself_alone(file in strategies::dossier()) {
        let dossier = Dossier::from_json(&file.to_string())?;
        let copy = dossier.clone();
        told_apart! {
            dossier, copy:
            SourceRef in sources;
            TermRef in terms;
            DocumentRef in documents;
            ClaimRef in claims;
            AssertionRef in assertions;
        }
    }

    #[test]
    fn a_view_is_equal_however_it_is_reached(file in strategies::dossier()) {
        let dossier = Dossier::from_json(&file.to_string())?;
        for assertion in dossier.assertions() {
            prop_assert_eq!(dossier.assertion(&assertion.id()), Some(assertion));
            prop_assert_eq!(dossier.claim(assertion.claim().id()), Some(assertion.claim()));
            prop_assert!(assertion.claim().assertions().any(|other| other == assertion));
            for source in assertion.by() {
                prop_assert_eq!(dossier.source(source.id()), Some(source));
                prop_assert_eq!(source.side().side(), source.side());
            }
        }
    }
}
