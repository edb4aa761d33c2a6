//! The JSON Schemas, against every file of the corpus and against what the reader really accepts.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::fs;
use std::path::Path;

use corroborate::{Dossier, Resolver, schema};
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use crate::files::{broken, paths};
use crate::strategies::{config, dossier};

fn validator(schema: &str) -> Validator {
    let schema: Value = serde_json::from_str(schema).expect("a schema is JSON");
    jsonschema::draft202012::meta::validate(&schema).expect("a schema is one");
    jsonschema::validator_for(&schema).expect("a schema is understood")
}

#[test]
fn every_file_of_the_corpus_fits_the_schema() {
    let (dossiers, reports) = (validator(&schema::dossier()), validator(&schema::report()));
    let timelines = validator(&schema::timeline());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut seen = 0;
    for entry in fs::read_dir(folder).expect("the corpus") {
        let path = entry.expect("an entry").path();
        let name = path.to_string_lossy().into_owned();
        if !name.ends_with(".json") || name.ends_with(".expected.json") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a file");
        let file: Value = serde_json::from_str(&text).expect("JSON");
        assert!(dossiers.is_valid(&file), "{name}: {:?}", dossiers.iter_errors(&file).next());
        let dossier = Dossier::from_json(&text).expect("a sound dossier");
        let written: Value = serde_json::from_str(&dossier.to_json()).expect("JSON");
        assert!(dossiers.is_valid(&written), "{name}, written: {:?}", dossiers.iter_errors(&written).next());
        let report: Value =
            serde_json::from_str(&Resolver::standard().resolve(&dossier).to_json()).expect("JSON");
        assert!(reports.is_valid(&report), "{name}, its report: {:?}", reports.iter_errors(&report).next());
        for claim in dossier.claims() {
            let timeline = Resolver::standard().timeline(&dossier, claim.id()).expect("the claim is there");
            let timeline: Value = serde_json::from_str(&timeline.to_json()).expect("JSON");
            assert!(
                timelines.is_valid(&timeline),
                "{name}, {claim:?}: {:?}",
                timelines.iter_errors(&timeline).next()
            );
        }
        seen += 1;
    }
    assert!(seen > 20, "only {seen} files");
}

#[test]
fn the_schema_refuses_what_no_file_may_have() {
    let dossiers = validator(&schema::dossier());
    let file = |claim: Value| json!({"schema": "corroborate/1", "claims": [claim]});
    assert!(dossiers.is_valid(&file(json!({"id": "missing", "kind": "count"}))));
    assert!(!dossiers.is_valid(&file(json!({"id": "missing", "kind": "cuont"}))));
    assert!(!dossiers.is_valid(&file(json!({"id": "missing"}))));
    assert!(!dossiers.is_valid(&file(json!({"id": "missing", "kind": "count", "colour": "red"}))));
    assert!(!dossiers.is_valid(&json!({"schema": "corroborate/2"})));
}

/// Every field that a schema names stands in docs/schema.md.
#[test]
fn every_field_is_described() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema.md")).expect("the page");
    let mut missing = Vec::new();
    for schema in [schema::dossier(), schema::report(), schema::timeline()] {
        let schema: Value = serde_json::from_str(&schema).expect("JSON");
        let own = std::iter::once(&schema);
        let definitions =
            schema["$defs"].as_object().into_iter().flat_map(|definitions| definitions.values());
        for fields in own.chain(definitions).filter_map(|part| part["properties"].as_object()) {
            missing.extend(fields.keys().filter(|field| !page.contains(&format!("`{field}`"))).cloned());
        }
    }
    assert!(missing.is_empty(), "docs/schema.md says nothing of {missing:?}");
}

proptest! {
    #![proptest_config(config())]

    /// What the reader accepts, the schema does; so what the schema refuses, the reader does too.
    #[test]
    fn the_reader_accepts_no_more_than_the_schema(document in dossier(), at in any::<Index>(), with in broken()) {
        let dossiers = validator(&schema::dossier());
        prop_assert!(dossiers.is_valid(&document));
        let mut places = Vec::new();
        paths(&document, String::new(), &mut places);
        let mut changed = document;
        *changed.pointer_mut(&places[at.index(places.len())]).expect("a path of its own") = with;
        if Dossier::from_json(&changed.to_string()).is_ok() {
            prop_assert!(dossiers.is_valid(&changed), "{:?}", dossiers.iter_errors(&changed).next());
        }
    }
}
