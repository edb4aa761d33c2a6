//! The library's own strategies, held to what they promise: everything turns up often, and what fails shrinks to a
//! small story.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

use std::collections::{BTreeMap, BTreeSet};

use corroborate::{
    ConstraintKind, Dispute, Dossier, Kind, Nature, Report, Resolver, Stance, Status, Verdict, laws,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestError, TestRunner};
use serde_json::Value;

use crate::oracle::{list, names};

/// 64 cases, with `CORROBORATE_LONG=1` in the environment 256, or as many as `PROPTEST_CASES` says there; and time to
/// shrink what fails.
pub(crate) fn config() -> ProptestConfig {
    let config = ProptestConfig::default();
    let is_said = std::env::var_os("PROPTEST_CASES").is_some();
    let cases = if is_said || is_long() { config.cases } else { config.cases.div_ceil(4) };
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 20_000, ..config }
}

/// Whether there is time for everything: `CORROBORATE_LONG=1` in the environment says so, as `.ci/run` does.
pub(crate) fn is_long() -> bool {
    std::env::var_os("CORROBORATE_LONG").is_some_and(|long| !long.is_empty() && long != "0")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("what was written is JSON")
}

/// A whole dossier as JSON of schema `corroborate/1`, for tests that edit it.
pub(crate) fn dossier() -> impl Strategy<Value = Value> {
    laws::dossiers().prop_map(|dossier| json(&dossier.to_json()))
}

/// What a dossier and its report are examples of.
fn features(dossier: &Dossier) -> BTreeSet<String> {
    let report = json(&Resolver::standard().resolve(dossier).to_json());
    let dossier = json(&dossier.to_json());
    let mut features = BTreeSet::new();
    let mut add = |feature: String| {
        features.insert(feature);
    };
    for finding in list(&report["findings"]) {
        add(format!("verdict {}", said(&finding["verdict"])));
        if finding["verdict"] == "disputed" {
            add(format!("dispute {}", said(&finding["dispute"])));
            add(format!("within one side {}", finding["within_one_side"]));
        }
        list(&finding["notices"]).iter().for_each(|notice| add(format!("notice {}", said(&notice["kind"]))));
        list(&finding["set_aside"])
            .iter()
            .for_each(|aside| add(format!("set aside {}", said(&aside["rule"]))));
        if list(&finding["accounts"]).len() > 2 {
            add("more than two accounts".to_owned());
        }
        if !list(&finding["echoes"]).is_empty() {
            add("an echo".to_owned());
        }
        if list(&finding["why"]).iter().any(|step| said(&step["text"]).contains("since the toll has grown")) {
            add("read by rising tally".to_owned());
        }
    }
    for constraint in list(&report["constraints"]) {
        add(format!("{} {}", said(&constraint["kind"]), said(&constraint["status"])));
    }
    if list(&report["constraints"]).len() > list(&dossier["constraints"]).len() {
        add("at-most implied by scopes".to_owned());
    }
    if !list(&report["not_comparable"]).is_empty() {
        add("not comparable".to_owned());
    }
    let mut add_words = |what: &str, records: &str, fields: &[&str]| {
        for record in list(&dossier[records]) {
            let given = fields.iter().filter(|field| !record[**field].is_null());
            given.for_each(|field| add(format!("{what} with {field}")));
        }
    };
    add_words("a source", "sources", &["kind"]);
    add_words("a claim", "claims", &["unit", "topic"]);
    add_words("an assertion", "assertions", &["unit", "locator", "quote", "note"]);
    if list(&dossier["documents"]).iter().any(|document| !said(&document["title"]).starts_with("Document ")) {
        add("a document with a title".to_owned());
    }
    for claim in list(&dossier["claims"]) {
        add(format!("kind {}", said(&claim["kind"])));
        add(format!("nature {}", claim["nature"].as_str().unwrap_or("fact")));
        if claim["evolves"] == "rising" {
            add("a rising toll".to_owned());
        }
    }
    let assertions = list(&dossier["assertions"]);
    let with = |field: &str, value: &Value| list(&dossier[field]).iter().find(|entry| entry["id"] == *value);
    for assertion in assertions {
        add(format!("stance {}", assertion["stance"].as_str().unwrap_or("affirms")));
        let by = names(&assertion["by"]);
        match by.len() {
            0 => add("by nobody".to_owned()),
            1 => {}
            _ => add("by several jointly".to_owned()),
        }
        let is_anonymous =
            |id: &String| with("sources", &Value::from(id.clone())).is_some_and(|s| s["anonymous"] == true);
        if by.iter().any(is_anonymous) {
            add("by somebody anonymous".to_owned());
        }
        if by
            .iter()
            .any(|id| with("sources", &Value::from(id.clone())).is_some_and(|s| !s["part_of"].is_null()))
        {
            add("by a part of a side".to_owned());
        }
        match names(&assertion["via"]).len() {
            0 => {}
            1 => add("through a relay".to_owned()),
            _ => add("through several relays".to_owned()),
        }
        let is_copy = |id: &String| {
            with("assertions", &Value::from(id.clone())).is_some_and(|a| !a["derived_from"].is_null())
        };
        if names(&assertion["derived_from"]).iter().any(is_copy) {
            add("a copy of a copy".to_owned());
        }
        let is_vague = |date: &Value| date.as_str().is_some_and(|date| date.len() <= "2024-08".len());
        if is_vague(&assertion["asserted"]) {
            let same = |other: &&Value| {
                let fields = ["claim", "value", "stance", "by", "unit"];
                other["id"] != assertion["id"]
                    && fields.iter().all(|field| other[*field] == assertion[*field])
            };
            match assertions.iter().find(same) {
                _ if !assertion["derived_from"].is_null() => add("a copy of some month or year".to_owned()),
                Some(_) => add("said again in some month or year".to_owned()),
                None => {}
            }
        }
        if let Some(document) = with("documents", &assertion["document"]) {
            for field in ["publisher", "published"] {
                add(format!(
                    "document {} {field}",
                    if document[field].is_null() { "without" } else { "with" }
                ));
            }
        }
    }
    features
}

fn said(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// How many dossiers in a hundred show each of these, at least.
const SHARES: &[(&str, f64)] = &[
    ("verdict agreed", 7.0),
    ("verdict compatible", 3.0),
    ("verdict disputed", 20.0),
    ("verdict single-source", 40.0),
    ("verdict unaddressed", 20.0),
    ("verdict unattributed", 10.0),
    ("verdict withheld", 7.0),
    ("dispute contradictory", 3.0),
    ("dispute contrary", 15.0),
    ("dispute wording", 2.0),
    ("within one side false", 6.0),
    ("within one side null", 8.0),
    ("within one side true", 5.0),
    ("more than two accounts", 2.0),
    ("an echo", 20.0),
    ("set aside latest word", 6.0),
    ("set aside misquoted", 10.0),
    ("set aside origin set aside", 6.0),
    ("set aside retracted", 15.0),
    ("set aside superseded", 10.0),
    ("set aside unit differs", 3.0),
    ("read by rising tally", 1.0),
    ("notice circular-sourcing", 3.0),
    ("notice left-joint-statement", 1.0),
    ("notice no-evidence-beside-answer", 5.0),
    ("notice only-does-not-know", 1.0),
    ("notice several-units", 1.0),
    ("notice unattributed-outside", 10.0),
    ("notice undeclared-term", 1.0),
    ("notice unknown-side", 20.0),
    ("sum fails", 1.0),
    ("sum holds", 2.0),
    ("sum open", 3.0),
    ("equal fails", 2.0),
    ("equal holds", 2.0),
    ("equal open", 4.0),
    ("at-most fails", 0.5),
    ("at-most holds", 3.0),
    ("at-most implied by scopes", 0.5),
    ("at-most open", 3.0),
    ("not comparable", 15.0),
    ("stance affirms", 50.0),
    ("stance denies", 15.0),
    ("stance does-not-know", 10.0),
    ("stance no-evidence", 15.0),
    ("stance withholds", 15.0),
    ("by a part of a side", 25.0),
    ("by nobody", 40.0),
    ("by several jointly", 25.0),
    ("by somebody anonymous", 25.0),
    ("through a relay", 15.0),
    ("through several relays", 4.0),
    ("a copy of a copy", 15.0),
    ("a copy of some month or year", 5.0),
    ("said again in some month or year", 15.0),
    ("a source with kind", 50.0),
    ("a claim with unit", 20.0),
    ("a claim with topic", 50.0),
    ("a document with a title", 40.0),
    ("an assertion with unit", 20.0),
    ("an assertion with locator", 30.0),
    ("an assertion with quote", 30.0),
    ("an assertion with note", 30.0),
    ("document with published", 35.0),
    ("document with publisher", 40.0),
    ("document without published", 25.0),
    ("document without publisher", 20.0),
    ("kind count", 25.0),
    ("kind date", 10.0),
    ("kind place", 7.0),
    ("kind quantity", 15.0),
    ("kind term", 10.0),
    ("kind text", 7.0),
    ("kind yes-no", 7.0),
    ("nature assessment", 9.0),
    ("nature fact", 55.0),
    ("nature projection", 9.0),
    ("a rising toll", 15.0),
];

/// Every case is an everyday matter here, or the laws held against these dossiers would be idle talk.
#[test]
fn everything_turns_up_in_its_share_of_dossiers() {
    const MADE: u32 = 2_000;
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeMap::<String, u32>::new();
    for _ in 0..MADE {
        let dossier = laws::dossiers().new_tree(&mut runner).expect("nothing is rejected").current();
        features(&dossier).into_iter().for_each(|feature| *seen.entry(feature).or_default() += 1);
    }
    let share = |feature: &str| f64::from(seen.get(feature).copied().unwrap_or(0)) * 100.0 / f64::from(MADE);
    let rare = SHARES.iter().filter(|(feature, least)| share(feature) < *least);
    let rare: Vec<String> = rare
        .map(|(feature, least)| format!("{feature}: expected {least} %, found {} %", share(feature)))
        .collect();
    assert!(rare.is_empty(), "too rare:\n{}", rare.join("\n"));
}

/// Nothing that the library can answer is left out of the table by mistake.
#[test]
fn the_table_of_shares_names_every_word_of_a_report() {
    let named = |feature: String| SHARES.iter().any(|(listed, _)| *listed == feature);
    let words = Verdict::ALL.iter().map(|word| format!("verdict {word}"));
    let words = words.chain(Dispute::ALL.iter().map(|word| format!("dispute {word}")));
    let words = words.chain(Stance::ALL.iter().map(|word| format!("stance {word}")));
    let words = words.chain(Kind::ALL.iter().map(|word| format!("kind {word}")));
    let words = words.chain(Nature::ALL.iter().map(|word| format!("nature {word}")));
    let ties = ["sum", "equal", "at-most"];
    let words =
        words.chain(ties.iter().flat_map(|tie| Status::ALL.iter().map(move |word| format!("{tie} {word}"))));
    let unnamed: Vec<String> = words.filter(|word| !named(word.clone())).collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
}

/// The smallest dossier, as shrinking has it, of which something is true that a law says can't be. What is left out can't be
/// left out later, so one run in a few ends before it is as small as could be.
fn smallest(is_so: impl Fn(&Report<'_>) -> bool) -> Value {
    let mut seeds = TestRunner::deterministic();
    let dossiers = (0..4).map(|_| {
        let config = ProptestConfig { cases: 256, ..config() };
        let found = TestRunner::new_with_rng(config, seeds.new_rng()).run(&laws::dossiers(), |dossier| {
            prop_assert!(!is_so(&Resolver::standard().resolve(&dossier)));
            Ok(())
        });
        match found {
            Err(TestError::Fail(_, dossier)) => json(&dossier.to_json()),
            other => panic!("expected a dossier of which it is so, found {other:?}"),
        }
    });
    let records = |dossier: &Value| size(dossier).iter().sum::<usize>() + list(&dossier["constraints"]).len();
    dossiers.min_by_key(records).expect("several")
}

#[test]
fn a_failing_test_shows_a_dossier_that_can_be_opened() {
    let mut runner = TestRunner::new_with_rng(config(), TestRunner::deterministic().new_rng());
    let found = runner.run(&laws::dossiers(), |dossier| {
        prop_assert!(dossier.claims().len() < 2);
        Ok(())
    });
    let shown = found.expect_err("some dossier has two claims").to_string();
    let json = &shown[shown.find('{').expect("it begins")..=shown.rfind('}').expect("it ends")];
    let dossier = Dossier::from_json(json).expect("what is shown is a file");
    assert_eq!((dossier.claims().len(), dossier.assertions().len()), (2, 0), "{shown}");
}

/// How many sources, terms, documents, claims and assertions there are.
fn size(dossier: &Value) -> [usize; 5] {
    ["sources", "terms", "documents", "claims", "assertions"].map(|entries| list(&dossier[entries]).len())
}

#[test]
fn a_dispute_shrinks_to_two_plain_answers() {
    let dossier = smallest(|report| report.tally(Verdict::Disputed) > 0);
    assert_eq!(size(&dossier)[1..], [0, 0, 1, 2], "{dossier:#}");
    assert!(size(&dossier)[0] <= 2, "{dossier:#}");
    for assertion in list(&dossier["assertions"]) {
        assert!(said(&assertion["id"]).starts_with("c0-a"), "{dossier:#}");
        assert!(said(&assertion["value"]).bytes().all(|digit| digit.is_ascii_digit()), "{dossier:#}");
        assert!(assertion["asserted"].is_null() && assertion["via"].is_null(), "{dossier:#}");
    }
}

#[test]
fn agreement_shrinks_to_two_sources_with_one_answer() {
    let dossier = smallest(|report| report.tally(Verdict::Agreed) > 0);
    let [sources, .., assertions] = size(&dossier);
    assert_eq!((sources, list(&dossier["claims"]).len()), (2, 1), "{dossier:#}");
    assert!(assertions <= 2, "{dossier:#}");
}

#[test]
fn a_misquotation_shrinks_to_an_original_and_its_copy() {
    let is_misquoted = |report: &Report<'_>| {
        report.findings().any(|finding| finding.set_aside().any(|aside| aside.rule() == "misquoted"))
    };
    let dossier = smallest(is_misquoted);
    assert_eq!(size(&dossier)[3..], [1, 2], "{dossier:#}");
    assert!(size(&dossier)[0] <= 1, "{dossier:#}");
}

#[test]
fn a_sum_that_fails_shrinks_to_a_few_answers() {
    let fails = |report: &Report<'_>| {
        report.constraints().any(|tie| tie.kind() == ConstraintKind::Sum && tie.status() == Status::Fails)
    };
    let dossier = smallest(fails);
    assert_eq!(list(&dossier["constraints"]).len(), 1, "{dossier:#}");
    assert!(size(&dossier)[3] <= 3 && size(&dossier)[4] <= 4, "{dossier:#}");
}
