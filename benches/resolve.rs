//! How long resolving takes as a dossier grows: `cargo bench --bench resolve`.
//!
//! The figures to look at are those per item: they must not grow with the dossier. Sizes stand beside each other in
//! one run, so that the ratios hold on any machine.

#![expect(clippy::expect_used, reason = "a benchmark builds what it knows to be sound")]

use corroborate::{Assertion, Claim, Dossier, Kind, Resolver, Source, Value};
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// A small generator of numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// So many assertions by a thousand sources, a fifth of them on a hundred sides, about `claims` claims.
fn dossier(assertions: usize, claims: usize) -> Dossier {
    let mut numbers = Numbers(7);
    let mut dossier = Dossier::new("A year of figures");
    for source in 0..1_000 {
        let id = format!("s{source}");
        let made = Source::new(&id, &id);
        let made = if source >= 100 && source % 5 == 0 { made.part_of(format!("s{}", source % 100)) } else { made };
        dossier.add_source(made).expect("a new source");
    }
    for claim in 0..claims {
        dossier.add_claim(Claim::count(format!("c{claim}"), "How many?")).expect("a new claim");
    }
    for _ in 0..assertions {
        let claim = numbers.below(claims);
        let figure = 100 + claim + numbers.below(3) * numbers.below(30);
        let value = match numbers.below(12) {
            0 => format!("at least {figure}"),
            1 => format!("about {figure}"),
            2 => format!("{figure} to {}", figure + 10),
            _ => figure.to_string(),
        };
        let assertion = Assertion::new(format!("c{claim}"), value);
        let assertion =
            if numbers.below(12) == 0 { assertion } else { assertion.by(format!("s{}", numbers.below(1_000))) };
        dossier.record(assertion).expect("a sound assertion");
    }
    dossier
}

/// Eight assertions a claim, as a desk has them.
#[divan::bench(args = SIZES, sample_count = 10)]
fn many_claims(bencher: Bencher<'_, '_>, assertions: usize) {
    let dossier = dossier(assertions, assertions / 8);
    bencher.counter(ItemsCount::new(assertions)).bench(|| Resolver::standard().resolve(&dossier).findings().len());
}

/// All assertions on one claim, most of them contrary.
#[divan::bench(args = SIZES, sample_count = 10)]
fn one_claim(bencher: Bencher<'_, '_>, assertions: usize) {
    let mut one = Dossier::new("One claim");
    one.add_claim(Claim::count("c", "How many?")).expect("a new claim");
    let mut numbers = Numbers(7);
    for source in 0..1_000 {
        one.add_source(Source::new(format!("s{source}"), "")).expect("a new source");
    }
    for _ in 0..assertions {
        let figure = numbers.below(assertions);
        let value = if numbers.below(10) == 0 { format!("at least {figure}") } else { figure.to_string() };
        one.record(Assertion::new("c", value).by(format!("s{}", numbers.below(1_000)))).expect("a sound assertion");
    }
    bencher.counter(ItemsCount::new(assertions)).bench(|| Resolver::standard().resolve(&one).findings().len());
}

/// The explanation of every finding.
#[divan::bench(args = SIZES, sample_count = 5)]
fn explanations(bencher: Bencher<'_, '_>, assertions: usize) {
    let dossier = dossier(assertions, assertions / 8);
    let report = Resolver::standard().resolve(&dossier);
    bencher
        .counter(ItemsCount::new(assertions))
        .bench(|| report.findings().map(|finding| finding.steps().len()).sum::<usize>());
}

/// One claim, whose assertions are spread over three hundred days.
fn over_three_hundred_days(assertions: usize) -> Dossier {
    let mut one = Dossier::new("One claim");
    one.add_claim(Claim::count("c", "How many?")).expect("a new claim");
    let mut numbers = Numbers(7);
    for source in 0..1_000 {
        one.add_source(Source::new(format!("s{source}"), "")).expect("a new source");
    }
    let days: Vec<String> = (0..300).map(|day| format!("2031-{:02}-{:02}", 1 + day / 28, 1 + day % 28)).collect();
    for at in 0..assertions {
        let figure = 100 + numbers.below(30);
        let value = if numbers.below(10) == 0 { format!("at least {figure}") } else { figure.to_string() };
        let said = Assertion::new("c", value).by(format!("s{}", numbers.below(1_000))).asserted(&*days[at % 300]);
        one.record(said).expect("a sound assertion");
    }
    one
}

/// The timeline of one claim, whose assertions are spread over three hundred days: moments times assertions.
#[divan::bench(args = [100, 1_000, 10_000], sample_count = 3, sample_size = 1)]
fn timeline_of_one_claim(bencher: Bencher<'_, '_>, assertions: usize) {
    let one = over_three_hundred_days(assertions);
    let found = || {
        let timeline = Resolver::standard().timeline(&one, "c").expect("the claim is there");
        timeline.entries().map(|entry| entry.changes().count()).sum::<usize>()
    };
    bencher.counter(ItemsCount::new(assertions)).bench(found);
}

/// The same, written for people: with the explanation of each change.
#[divan::bench(args = [100, 1_000, 10_000], sample_count = 1, sample_size = 1)]
fn timeline_in_words(bencher: Bencher<'_, '_>, assertions: usize) {
    let one = over_three_hundred_days(assertions);
    let words = || Resolver::standard().timeline(&one, "c").expect("the claim is there").to_text().len();
    bencher.counter(ItemsCount::new(assertions)).bench(words);
}

/// One timeline of few assertions, in a dossier of very many claims: those aren't examined.
#[divan::bench(args = SIZES, sample_count = 10)]
fn timeline_among_many_claims(bencher: Bencher<'_, '_>, claims: usize) {
    let dossier = dossier(claims * 8, claims);
    let entries = || Resolver::standard().timeline(&dossier, "c7").expect("the claim is there").entries().count();
    bencher.counter(ItemsCount::new(claims)).bench(entries);
}

/// The wordings of one figure.
#[divan::bench(args = ["14", "at least 14", "1.2 million", "between 2,000 and 2,500", "twenty-three", "dozens"])]
fn wording(text: &str) -> bool {
    Value::read(Kind::Count, text).is_ok()
}
