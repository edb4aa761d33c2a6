//! How long resolving takes, and reading what was found.

use std::io;

use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
use divan::Bencher;
use divan::counter::ItemsCount;

use crate::newsroom::Newsroom;
use crate::numbers::Numbers;
use crate::sizes;

/// Eight assertions a claim, as a newsroom has them.
#[divan::bench(args = sizes([1_000, 10_000, 100_000, 1_000_000]), sample_count = 10, sample_size = 1)]
fn newsroom(bencher: Bencher<'_, '_>, assertions: usize) {
    let dossier = Newsroom::new(assertions).dossier();
    bencher
        .counter(ItemsCount::new(assertions))
        .bench(|| Resolver::standard().resolve(&dossier).findings().len());
}

/// The raid: 44 claims.
#[divan::bench]
fn raid(bencher: Bencher<'_, '_>) {
    let raid = Dossier::from_json(include_str!("../tests/corpus/raid.json")).expect("the raid is sound");
    bencher.bench(|| Resolver::standard().resolve(&raid).findings().len());
}

/// The brief report of a newsroom.
#[divan::bench(args = sizes([1_000, 10_000, 100_000, 1_000_000]), sample_count = 10, sample_size = 1)]
fn brief_json(bencher: Bencher<'_, '_>, assertions: usize) {
    let dossier = Newsroom::new(assertions).dossier();
    let report = Resolver::standard().resolve(&dossier);
    bencher.counter(ItemsCount::new(assertions)).bench(|| report.write_brief_json(io::sink()));
}

/// The explanation of every finding.
#[divan::bench(args = sizes([1_000, 10_000, 100_000]), sample_count = 5, sample_size = 1)]
fn explanations(bencher: Bencher<'_, '_>, assertions: usize) {
    let dossier = Newsroom::new(assertions).dossier();
    let report = Resolver::standard().resolve(&dossier);
    bencher
        .counter(ItemsCount::new(assertions))
        .bench(|| report.findings().map(|finding| finding.steps().len()).sum::<usize>());
}

/// One claim, whose assertions are spread over three hundred days.
fn over_three_hundred_days(assertions: usize) -> Dossier {
    let mut one = Dossier::new("One claim");
    one.add_claim(Claim::count("c", "How many?")).expect("a new claim");
    let mut numbers = Numbers::new();
    for source in 0..1_000 {
        one.add_source(Source::new(format!("s{source}"), "")).expect("a new source");
    }
    let days: Vec<String> =
        (0..300).map(|day| format!("2031-{:02}-{:02}", 1 + day / 28, 1 + day % 28)).collect();
    for at in 0..assertions {
        let figure = 100 + numbers.below(30);
        let value = if numbers.percent(10) { format!("at least {figure}") } else { figure.to_string() };
        let said =
            Assertion::new("c", value).by(format!("s{}", numbers.below(1_000))).asserted(&*days[at % 300]);
        one.record(said).expect("a sound assertion");
    }
    one
}

/// The timeline of one claim, whose assertions are spread over three hundred days: moments times assertions.
#[divan::bench(args = sizes([100, 1_000, 10_000]), sample_count = 3, sample_size = 1)]
fn timeline_of_one_claim(bencher: Bencher<'_, '_>, assertions: usize) {
    let one = over_three_hundred_days(assertions);
    let found = || {
        let timeline = Resolver::standard().timeline(&one, "c").expect("the claim is there");
        timeline.entries().map(|entry| entry.changes().count()).sum::<usize>()
    };
    bencher.counter(ItemsCount::new(assertions)).bench(found);
}

/// The same, written for people: with the explanation of each change.
#[divan::bench(args = sizes([100, 1_000, 10_000]), sample_count = 1, sample_size = 1)]
fn timeline_in_words(bencher: Bencher<'_, '_>, assertions: usize) {
    let one = over_three_hundred_days(assertions);
    let words = || Resolver::standard().timeline(&one, "c").expect("the claim is there").to_text().len();
    bencher.counter(ItemsCount::new(assertions)).bench(words);
}

/// One timeline of few assertions, in a dossier of very many claims: those aren't examined.
#[divan::bench(args = sizes([1_000, 10_000, 100_000]), sample_count = 10, sample_size = 1)]
fn timeline_among_many_claims(bencher: Bencher<'_, '_>, claims: usize) {
    let dossier = Newsroom::new(claims * 8).dossier();
    let claim = dossier.claims().next().expect("there are claims").id();
    let entries =
        || Resolver::standard().timeline(&dossier, claim).expect("the claim is there").entries().count();
    bencher.counter(ItemsCount::new(claims)).bench(entries);
}
