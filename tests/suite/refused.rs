//! Whatever a dossier refuses leaves it as it was: it says the same, and every further call is answered as if the
//! refused one had never been made.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use corroborate::{
    Assertion, Claim, Constraint, Document, Dossier, Error, Kind, Nature, Resolver, Retraction, Source,
    Stance, Term, laws,
};
use petgraph::dot::Dot;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;

use crate::strategies;

/// A call that changes a dossier, or is refused.
#[derive(Clone, Debug)]
enum Call {
    Source(Source),
    Term(Term),
    Document(Document),
    Claim(Claim),
    Record(Assertion),
    Retract(Retraction),
    Constrain(Constraint),
}

impl Call {
    fn word(&self) -> &'static str {
        match self {
            Self::Source(_) => "add_source",
            Self::Term(_) => "add_term",
            Self::Document(_) => "add_document",
            Self::Claim(_) => "add_claim",
            Self::Record(_) => "record",
            Self::Retract(_) => "retract",
            Self::Constrain(_) => "add_constraint",
        }
    }

    /// Makes the call, and says what came back.
    fn make(self, dossier: &mut Dossier) -> Result<Option<String>, Error> {
        match self {
            Self::Source(source) => dossier.add_source(source),
            Self::Term(term) => dossier.add_term(term),
            Self::Document(document) => dossier.add_document(document),
            Self::Claim(claim) => dossier.add_claim(claim),
            Self::Record(assertion) => {
                return dossier.record(assertion).map(|read| Some(format!("{}: {read}", read.id())));
            }
            Self::Retract(retraction) => dossier.retract(retraction),
            Self::Constrain(constraint) => dossier.add_constraint(constraint),
        }
        .map(|()| None)
    }
}

/// One of these texts.
fn of(texts: &'static [&'static str]) -> impl Strategy<Value = String> + Clone {
    select(texts).prop_map(str::to_owned)
}

// Few names, so that they meet: with each other, and with those of a generated dossier.
const SOURCES: &[&str] = &["s0", "s0", "s1", "s2", "mayor", "police", "", " s0"];
const TERMS: &[&str] = &["t0", "Upper", "Lower", "Coast", "Port", "vessel", "Quay", "Quay", "a\nb"];
const LABELS: &[&str] = &["Shared", "Shared", "Term 0", "Upper", ""];
const DOCUMENTS: &[&str] = &["d0", "d1", "paper", ""];
const CLAIMS: &[&str] =
    &["c0", "c0", "c0", "c1", "c1", "c2", "where", "where", "why", "killed", "killed", "injured", ""];
const ASSERTIONS: &[&str] =
    &["c0-a0", "c0-a1", "c1-a0", "c0#1", "c0#1", "where#1", "where#2", "given", "c9#1", "c0#0"];
/// Ids that a record may be given; some are what another would be called.
const GIVEN: &[&str] = &["given", "c0-a0", "where#1", "where#2", ""];
const DATES: &[&str] = &["2024-08-29", "2024", "Thursday", "8/9/2024", "2024-02-30"];
const VALUES: &[&str] = &[
    "14",
    "15 to 10",
    "under 5 or 6",
    "at least 0",
    "at least 0",
    "yes",
    "2024-08-29",
    "Thursday",
    "Upper but not Lower",
    "Lower or Upper",
    "Lower",
    "Quay",
    "t0 but not t1",
    "t1 but not t0",
    "Shared",
    "Shared",
    "Shared or Lower",
    "anything but Upper",
    "anything but Upper but not Lower",
    "\"Upper",
    "the dam broke",
    "",
];

/// The record with an optional field, where there is one.
fn with<R, T>(record: R, field: Option<T>, put: impl FnOnce(R, T) -> R) -> R {
    match field {
        Some(field) => put(record, field),
        None => record,
    }
}

fn said() -> impl Strategy<Value = Assertion> {
    let stance = prop_oneof![1 => Just(Stance::Affirms), 2 => select(Stance::ALL)];
    prop_oneof![
        6 => (of(CLAIMS), of(VALUES)).prop_map(|(claim, value)| Assertion::new(claim, value)),
        2 => (of(CLAIMS), of(VALUES)).prop_map(|(claim, value)| Assertion::new(claim, value).denied()),
        1 => (of(CLAIMS), stance).prop_map(|(claim, stance)| Assertion::silent(claim, stance)),
    ]
}

fn records() -> impl Strategy<Value = Assertion> {
    let who =
        (vec(of(SOURCES), 0..=3), option::weighted(0.2, of(SOURCES)), option::weighted(0.4, of(DOCUMENTS)));
    let when = (option::weighted(0.1, of(DATES)), option::weighted(0.1, of(DATES)));
    let target = || option::weighted(0.15, of(ASSERTIONS));
    (said(), who, when, option::weighted(0.2, of(GIVEN)), target(), target()).prop_map(
        |(said, (by, via, document), (asserted, valid_at), id, supersedes, derived_from)| {
            let said = with(said.by_all(by), via, Assertion::via);
            let said = with(said, document, Assertion::document);
            let said = with(with(said, asserted, Assertion::asserted), valid_at, Assertion::valid_at);
            let said = with(with(said, id, Assertion::id), supersedes, Assertion::supersedes);
            with(said, derived_from, Assertion::derived_from)
        },
    )
}

fn constraints() -> impl Strategy<Value = Constraint> {
    prop_oneof![
        (of(CLAIMS), vec(of(CLAIMS), 0..=3)).prop_map(|(whole, parts)| Constraint::sum(whole, parts)),
        (of(CLAIMS), of(CLAIMS)).prop_map(|(lesser, greater)| Constraint::at_most(lesser, greater)),
        vec(of(CLAIMS), 0..=3).prop_map(Constraint::equal),
    ]
}

/// Calls that are refused in some dossiers, for reasons that seldom turn up by chance.
fn seldom() -> Vec<Call> {
    let replaced = Assertion::new("where", "Coast").supersedes("why#1");
    vec![
        Call::Record(Assertion::new("killed", "at least 0").denied()),
        Call::Record(replaced.clone().by("mayor")),
        Call::Record(replaced),
        Call::Record(Assertion::new("why", "a storm")),
        Call::Record(Assertion::new("where", "Lower or Shared")),
        Call::Record(Assertion::new("where", "Lower")),
        Call::Record(Assertion::new("where", "Lower but not Upper").by_all(["mayor", "police"])),
        Call::Record(Assertion::new("killed", "14").derived_from("why#1")),
        Call::Retract(Retraction::new("why#1")),
        Call::Term(Term::new("Lower", "Lower Varn")),
        Call::Constrain(Constraint::at_most("killed", "injured")),
    ]
}

fn calls() -> impl Strategy<Value = Call> {
    let source = (of(SOURCES), option::weighted(0.3, of(SOURCES)))
        .prop_map(|(id, part_of)| with(Source::new(id, ""), part_of, Source::part_of));
    let term = (of(TERMS), of(LABELS), option::weighted(0.4, of(TERMS)))
        .prop_map(|(id, label, broader)| with(Term::new(id, label), broader, Term::broader));
    let document = (of(DOCUMENTS), option::weighted(0.5, of(SOURCES)), option::weighted(0.5, of(DATES)));
    let document = document.prop_map(|(id, publisher, published)| {
        with(with(Document::new(id, ""), publisher, Document::publisher), published, Document::published)
    });
    let kind = prop_oneof![1 => Just(Kind::Count), 1 => Just(Kind::Place), 2 => select(Kind::ALL)];
    let nature = prop_oneof![4 => Just(Nature::Fact), 1 => Just(Nature::Assessment)];
    let claim =
        (of(CLAIMS), kind, nature).prop_map(|(id, kind, nature)| Claim::new(id, kind, "").nature(nature));
    let retraction = (of(ASSERTIONS), option::weighted(0.3, of(DATES)))
        .prop_map(|(assertion, on)| with(Retraction::new(assertion), on, Retraction::on));
    prop_oneof![
        4 => select(seldom()),
        2 => source.prop_map(Call::Source),
        4 => term.prop_map(Call::Term),
        1 => document.prop_map(Call::Document),
        3 => claim.prop_map(Call::Claim),
        8 => records().prop_map(Call::Record),
        3 => retraction.prop_map(Call::Retract),
        3 => constraints().prop_map(Call::Constrain),
    ]
}

/// Two terms of one label, two claims that can be tied, and an assertion that is called as the first on another claim
/// would be.
fn flood() -> Result<Dossier, Error> {
    let mut flood = Dossier::new("Flood at Varn");
    flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    flood.add_source(Source::new("police", "The police of Varn"))?;
    flood.add_term(Term::new("Coast", "Shared"))?;
    flood.add_term(Term::new("Port", "Shared"))?;
    flood.add_claim(Claim::place("where", "Where did the dam break?"))?;
    flood.add_claim(Claim::text("why", "Why did it break?"))?;
    flood.add_claim(Claim::count("killed", "How many were killed?"))?;
    flood.add_claim(Claim::count("injured", "How many were injured?"))?;
    flood.record(Assertion::new("where", "Coast").id("why#1"))?;
    Ok(flood)
}

/// All that a dossier says: its records, and its nodes and edges.
fn told(dossier: &Dossier) -> (String, String) {
    (dossier.to_json(), Dot::new(&dossier.graph()).to_string())
}

/// What some refusals say. Each must turn up, so that the law isn't held on a few of them only.
const REFUSALS: &[&str] = &[
    "there already is a source",
    "there already is a term",
    "there already is a claim",
    "there already is a document",
    "there already is an assertion",
    "it would be called",
    "there is no source",
    "there is no term",
    "there is no claim",
    "there is no document",
    "there is no assertion",
    "a value has named",
    "is named twice",
    "several terms are called",
    "doesn't fall under",
    "leaves nothing possible",
    "isn't understood",
    "nothing was said",
    "answers another claim",
    "it can't replace",
    "was retracted already",
    "is tied to itself",
    "at least two claims",
    "constraints tie facts only",
    "ties",
];

#[test]
fn whatever_is_refused_leaves_the_dossier_as_it_was() {
    let outcomes: RefCell<BTreeMap<(&str, bool), usize>> = RefCell::default();
    let seen: RefCell<BTreeSet<&str>> = RefCell::default();
    let flood = flood().expect("its records fit together");
    let start =
        prop_oneof![3 => laws::dossiers(), 2 => Just(flood), 1 => Just(Dossier::new("Flood at Varn"))];
    let held = TestRunner::new(ProptestConfig {
        cases: strategies::config().cases.max(256),
        ..strategies::config()
    })
    .run(&(start, vec(calls(), 1..60)), |(mut dossier, calls)| {
        // No refused call is ever made on this one.
        let mut twin = dossier.clone();
        let mut before = told(&dossier);
        for call in calls {
            let word = call.word();
            let mut asked = twin.clone();
            let expected = call.clone().make(&mut asked);
            let found = call.make(&mut dossier);
            prop_assert_eq!(&found, &expected, "{}", word);
            *outcomes.borrow_mut().entry((word, found.is_ok())).or_default() += 1;
            match found {
                Ok(_) => (twin, before) = (asked, told(&dossier)),
                Err(error) => {
                    prop_assert_eq!(&told(&dossier), &before, "{}: {}", word, error);
                    let said = error.to_string();
                    seen.borrow_mut().extend(REFUSALS.iter().filter(|refusal| said.contains(**refusal)));
                }
            }
        }
        prop_assert_eq!(before, told(&twin));
        let report = |dossier: &Dossier| Resolver::standard().resolve(dossier).to_json();
        prop_assert_eq!(report(&dossier), report(&twin));
        Ok(())
    });
    assert!(held.is_ok(), "{}", held.err().map(|error| error.to_string()).unwrap_or_default());
    let (outcomes, seen) = (outcomes.into_inner(), seen.into_inner());
    let rare: Vec<_> =
        ["add_source", "add_term", "add_document", "add_claim", "record", "retract", "add_constraint"]
            .into_iter()
            .flat_map(|word| [(word, true), (word, false)])
            .filter(|outcome| outcomes.get(outcome).is_none_or(|count| *count < 5))
            .collect();
    assert!(rare.is_empty(), "calls that hardly turn up, and whether they were taken: {rare:?}");
    let unseen: Vec<_> = REFUSALS.iter().filter(|refusal| !seen.contains(**refusal)).collect();
    assert!(unseen.is_empty(), "refusals that never turned up: {unseen:?}");
}

#[test]
fn terms_of_a_refused_value_can_be_declared() -> Result<(), Error> {
    let mut flood = Dossier::new("Flood at Varn");
    flood.add_claim(Claim::place("breach", "Where did the dam break?"))?;
    assert!(flood.record(Assertion::new("breach", "Upper but not Lower")).is_err());
    assert_eq!(flood.terms().count(), 0);
    flood.add_term(Term::new("Upper", "Upper Varn"))?;
    flood.add_term(Term::new("Lower", "Lower Varn").broader("Upper"))?;
    assert_eq!(
        flood.record(Assertion::new("breach", "Upper but not Lower"))?.to_string(),
        "Upper but not Lower"
    );
    Ok(())
}
