//! What files come to: what was written is read back, and what is broken is an error.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use corroborate::{Dossier, Resolver};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use crate::strategies::{config, dossier};

fn read(document: &Value) -> Dossier {
    Dossier::from_json(&document.to_string()).expect("the strategy makes sound dossiers")
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_dossier_survives_its_file(document in dossier()) {
        let dossier = read(&document);
        let again = Dossier::from_json(&dossier.to_json()).expect("what was written is read");
        prop_assert_eq!(dossier.to_json(), again.to_json());
        let resolver = Resolver::standard();
        prop_assert_eq!(resolver.resolve(&dossier).to_json(), resolver.resolve(&again).to_json());
    }

    #[test]
    fn a_report_survives_its_file(document in dossier()) {
        let dossier = read(&document);
        let json = Resolver::standard().resolve(&dossier).to_json();
        let report: corroborate::exchange::ReportDocument = serde_json::from_str(&json).expect("what was written is read");
        prop_assert_eq!(serde_json::to_string_pretty(&report).expect("it is written"), json);
    }

    #[test]
    fn any_text_is_a_dossier_or_an_error(text in ".{0,200}") {
        let _ = Dossier::from_json(&text);
    }

    /// Sound dossiers with one thing broken: closer to what people write than noise is.
    #[test]
    fn a_broken_dossier_is_an_error_and_never_a_panic(document in dossier(), at in any::<Index>(), with in broken()) {
        let mut places = Vec::new();
        paths(&document, String::new(), &mut places);
        let mut broken = document.clone();
        *broken.pointer_mut(&places[at.index(places.len())]).expect("a path of its own") = with;
        match Dossier::from_json(&broken.to_string()) {
            Ok(dossier) => drop(Resolver::standard().resolve(&dossier).to_text()),
            Err(problems) => {
                prop_assert!(!problems.problems().is_empty());
                prop_assert!(problems.problems().iter().all(|problem| !problem.place().is_empty()));
            }
        }
    }

    #[test]
    fn a_cut_dossier_is_an_error(document in dossier(), at in any::<Index>()) {
        let text = document.to_string();
        let cut = at.index(text.len() - 1);
        prop_assume!(text.is_char_boundary(cut));
        prop_assert!(Dossier::from_json(&text[..cut]).is_err());
    }
}

/// The JSON pointers of everything in a document.
pub(crate) fn paths(value: &Value, at: String, into: &mut Vec<String>) {
    match value {
        Value::Array(entries) => {
            entries.iter().enumerate().for_each(|(n, entry)| paths(entry, format!("{at}/{n}"), into))
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| paths(field, format!("{at}/{name}"), into))
        }
        _ => {}
    }
    into.push(at);
}

/// What people put in the wrong place.
pub(crate) fn broken() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!([])),
        Just(json!({})),
        Just(json!(-1)),
        Just(json!(1e300)),
        Just(json!("")),
        Just(json!("s0")),
        Just(json!("c0-a0")),
        Just(json!(["c0-a0", "c0-a0"])),
        Just(json!("15 to 10")),
        Just(json!("Thursday")),
        Just(json!("at least \u{0}")),
        ".{0,12}".prop_map(Value::from),
    ]
}
