//! How fast dossiers are read, and written.

use corroborate::{Assertion, Dossier, Intake, Kind, Value};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

use crate::newsroom::{self, Newsroom};
use crate::sizes;

/// A table in CSV, beside one of sources.
#[divan::bench(args = sizes([1_000, 10_000, 100_000, 1_000_000]), sample_count = 5, sample_size = 1)]
fn csv(bencher: Bencher<'_, '_>, assertions: usize) {
    let (mut table, mut sources) = (Vec::new(), Vec::new());
    let newsroom = Newsroom::new(assertions);
    newsroom.write_csv(&mut table).expect("memory takes it");
    newsroom.write_sources_csv(&mut sources).expect("memory takes it");
    bencher
        .counter(ItemsCount::new(assertions))
        .counter(BytesCount::new(table.len()))
        .bench(|| newsroom::read(&sources, &table));
}

/// The same in JSON Lines.
#[divan::bench(args = sizes([1_000, 10_000, 100_000]), sample_count = 5, sample_size = 1)]
fn json_lines(bencher: Bencher<'_, '_>, assertions: usize) {
    let lines = crate::measure::json_lines(&Newsroom::new(assertions).dossier());
    bencher
        .counter(ItemsCount::new(assertions))
        .counter(BytesCount::new(lines.len()))
        .bench(|| Intake::new().file("", lines.as_slice()).finish().expect("sound lines"));
}

/// The same as a dossier in JSON.
#[divan::bench(args = sizes([1_000, 10_000, 100_000]), sample_count = 5, sample_size = 1)]
fn json(bencher: Bencher<'_, '_>, assertions: usize) {
    let json = Newsroom::new(assertions).dossier().to_json();
    bencher
        .counter(ItemsCount::new(assertions))
        .counter(BytesCount::new(json.len()))
        .bench(|| Dossier::from_json(&json).expect("what was written"));
}

/// One by one, in code.
#[divan::bench(args = sizes([1_000, 10_000, 100_000]), sample_count = 5, sample_size = 1)]
fn record(bencher: Bencher<'_, '_>, assertions: usize) {
    let whole = Newsroom::new(assertions).dossier();
    let said = |assertion: corroborate::AssertionRef<'_>| {
        let said = Assertion::new(assertion.claim().id(), assertion.said().unwrap_or_default());
        said.by_all(assertion.by().map(|source| source.id()))
    };
    let again = || {
        let said: Vec<Assertion> = whole.assertions().map(said).collect();
        (Dossier::from_json(&claims_and_sources(&whole)).expect("sound records"), said)
    };
    bencher.counter(ItemsCount::new(assertions)).with_inputs(again).bench_values(|(mut dossier, said)| {
        for said in said {
            dossier.record(said).expect("a sound assertion");
        }
        dossier
    });
}

/// A dossier without its assertions.
fn claims_and_sources(whole: &Dossier) -> String {
    let sources = whole.sources().map(|source| serde_json::json!({"id": source.id(), "name": source.name()}));
    let claims = whole.claims().map(
        |claim| serde_json::json!({"id": claim.id(), "question": claim.question(), "kind": claim.kind().to_string()}),
    );
    serde_json::json!({
        "schema": "corroborate/1",
        "title": whole.title(),
        "sources": sources.collect::<Vec<_>>(),
        "claims": claims.collect::<Vec<_>>(),
    })
    .to_string()
}

/// The wordings of one figure.
#[divan::bench(args = ["14", "at least 14", "1.2 million", "between 2,000 and 2,500", "twenty-three", "dozens"])]
fn wording(text: &str) -> bool {
    Value::read(Kind::Count, text).is_ok()
}
