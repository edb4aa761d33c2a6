//! What holds of every dossier and every rule, whatever was said.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::collections::BTreeSet;

use corroborate::{AnswerSet, BuiltIn, Dossier, Reading, Resolver, Rule, Testimony, Verdict};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use crate::strategies::{config, dossier};

fn read(document: &Value) -> Dossier {
    Dossier::from_json(&document.to_string()).expect("the strategy makes sound dossiers")
}

fn resolve(resolver: &Resolver, document: &Value) -> Value {
    let dossier = read(document);
    serde_json::from_str(&resolver.resolve(&dossier).to_json()).expect("a report is JSON")
}

fn list<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    value[field].as_array().map_or(&[], Vec::as_slice)
}

fn texts(value: &Value, field: &str) -> BTreeSet<String> {
    list(value, field).iter().map(Value::to_string).collect()
}

/// A finding without everything that the order of input may move.
fn unordered(finding: &Value) -> Value {
    let accounts: BTreeSet<String> = list(finding, "accounts")
        .iter()
        .map(|account| format!("{:?} {:?}", texts(account, "assertions"), texts(account, "sources")))
        .collect();
    let aside: BTreeSet<_> =
        list(finding, "set_aside").iter().map(|aside| format!("{} {}", aside["assertion"], aside["rule"])).collect();
    json!({
        "claim": finding["claim"],
        "verdict": finding["verdict"],
        "dispute": finding["dispute"],
        "within_one_side": finding["within_one_side"],
        // Of two unknown sides that speak alone the first to speak is listed.
        "sides": list(finding, "sides").len(),
        "credit": texts(finding, "credit"),
        "spread": finding["spread"],
        "accounts": accounts,
        "unattributed": texts(finding, "unattributed"),
        "withheld": texts(finding, "withheld"),
        "echoes": list(finding, "echoes").len(),
        "set_aside": aside,
        "grounded": finding["common_ground"].is_null(),
        "safe": finding["safe_wording"].is_null(),
    })
}

fn unordered_report(report: &Value) -> Vec<Value> {
    let mut findings: Vec<Value> = list(report, "findings").iter().map(unordered).collect();
    findings.sort_by_key(|finding| finding["claim"].to_string());
    findings
}

fn shuffled(list: &mut Value, order: &[Index]) {
    if let Some(entries) = list.as_array_mut() {
        for (at, index) in order.iter().enumerate().take(entries.len()) {
            let other = index.index(entries.len());
            entries.swap(at, other);
        }
    }
}

fn order() -> impl Strategy<Value = Vec<Index>> {
    proptest::collection::vec(any::<Index>(), 12)
}

/// Reads some assertions more loosely: everything is possible, or everything above.
#[derive(Debug)]
struct Loosen(u64);

impl Rule for Loosen {
    fn name(&self) -> &str {
        "loosen"
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let Some(said) = testimony.said() else { return Reading::as_said() };
        let chosen =
            testimony.assertion().id().bytes().fold(self.0, |hash, byte| hash.rotate_left(7) ^ u64::from(byte));
        let loosened: Option<AnswerSet> = match chosen % 4 {
            0 => Some(said.everything()),
            1 => Some(said.or_more()),
            2 => Some(said.complement()),
            _ => None,
        };
        loosened.map_or_else(Reading::as_said, |answers| Reading::also(answers, "a test loosens it"))
    }
}

const WIDENING: [&str; 4] = ["rounding", "tolerance=50%", "tolerance=3", "tolerance=2d"];
const ALL_RULES: [&str; 10] = [
    "superseded",
    "latest word",
    "retracted",
    "unit differs",
    "misquoted",
    "rising tally",
    "rounding",
    "tolerance=1",
    "named sources only",
    "first-hand only",
];

fn rule(text: &str) -> BuiltIn {
    text.parse().expect("a built-in rule")
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_order_of_input_changes_nothing_but_order(document in dossier(), assertions in order(), sources in order()) {
        let mut other = document.clone();
        shuffled(&mut other["assertions"], &assertions);
        shuffled(&mut other["sources"], &sources);
        shuffled(&mut other["claims"], &sources);
        let resolver = Resolver::standard();
        prop_assert_eq!(unordered_report(&resolve(&resolver, &document)), unordered_report(&resolve(&resolver, &other)));
    }

    #[test]
    fn the_order_and_the_number_of_rules_changes_nothing(document in dossier(), order in order(), twice in 0..ALL_RULES.len()) {
        let mut names: Vec<&str> = ALL_RULES.to_vec();
        let with = |names: &[&str]| names.iter().fold(Resolver::without_rules(), |resolver, name| resolver.with_rule(rule(name)));
        let first = resolve(&with(&names), &document);
        for (at, index) in order.iter().enumerate().take(names.len()) {
            let other = index.index(names.len());
            names.swap(at, other);
        }
        let second = resolve(&with(&names), &document);
        prop_assert_eq!(unordered_report(&first), unordered_report(&second));
        prop_assert_eq!(first["tally"].clone(), second["tally"].clone());
        // A rule that is there twice says twice why it sets something aside, and that is all.
        names.push(ALL_RULES[twice]);
        let third = resolve(&with(&names), &document);
        prop_assert_eq!(unordered_report(&second), unordered_report(&third));
    }

    #[test]
    fn a_rule_left_out_is_as_if_it_had_never_been_added(document in dossier(), out in 0..ALL_RULES.len(), order in order()) {
        let mut names = ALL_RULES.to_vec();
        for (at, index) in order.iter().enumerate().take(names.len()) {
            names.swap(at, index.index(ALL_RULES.len()));
        }
        let with = |names: &[&str]| names.iter().fold(Resolver::without_rules(), |resolver, name| resolver.with_rule(rule(name)));
        let all = with(&names);
        let gone = rule(names[out]).name().to_owned();
        names.remove(out);
        prop_assert_eq!(resolve(&all.without_rule(&gone), &document), resolve(&with(&names), &document));
    }

    #[test]
    fn the_same_dossier_gives_the_same_report(document in dossier()) {
        let resolver = Resolver::standard();
        let (first, second) = (read(&document), read(&document));
        prop_assert_eq!(resolver.resolve(&first).to_json(), resolver.resolve(&second).to_json());
        prop_assert_eq!(resolver.resolve(&first).to_text(), resolver.resolve(&second).to_text());
    }

    #[test]
    fn repeating_an_assertion_changes_no_verdict(document in dossier(), which in any::<Index>()) {
        let before = resolve(&Resolver::standard(), &document);
        let aside: BTreeSet<String> =
            list(&before, "findings").iter().flat_map(|f| list(f, "set_aside")).map(|a| a["assertion"].to_string()).collect();
        let standing: Vec<&Value> =
            list(&document, "assertions").iter().filter(|assertion| !aside.contains(&assertion["id"].to_string())).collect();
        prop_assume!(!standing.is_empty());
        let mut again = standing[which.index(standing.len())].clone();
        again["id"] = json!("repeated");
        let mut repeated = document.clone();
        repeated["assertions"].as_array_mut().expect("a list").push(again);
        let after = resolve(&Resolver::standard(), &repeated);
        let grounds = |report: &Value| -> Vec<(Value, Value)> {
            list(report, "findings").iter().map(|f| (f["verdict"].clone(), f["common_ground"].clone())).collect()
        };
        prop_assert_eq!(grounds(&before), grounds(&after));
    }

    #[test]
    fn a_rule_that_loosens_never_makes_a_dispute(document in dossier(), seed in any::<u64>(), named in proptest::option::of(0..WIDENING.len())) {
        let dossier = read(&document);
        let loosened = match named {
            Some(name) => Resolver::standard().with_rule(rule(WIDENING[name])),
            None => Resolver::standard().with_rule(Loosen(seed)),
        };
        let (before, after) = (Resolver::standard().resolve(&dossier), loosened.resolve(&dossier));
        for (before, after) in before.findings().zip(after.findings()) {
            prop_assert!(before.verdict() == Verdict::Disputed || after.verdict() != Verdict::Disputed, "{:?}", after);
            prop_assert_eq!(before.sides().count(), after.sides().count());
        }
    }

    #[test]
    fn an_explanation_is_sufficient_and_short(document in dossier()) {
        let dossier = read(&document);
        let report = Resolver::standard().resolve(&dossier);
        for finding in report.findings() {
            let steps = finding.steps();
            for (at, step) in steps.iter().enumerate() {
                prop_assert!(step.because().iter().all(|premise| (1..=at).contains(premise)), "premises come first");
            }
            let cited: Vec<String> = steps.iter().flat_map(|step| step.cites()).map(|cited| cited.id()).collect();
            let target = (finding.verdict(), finding.common_ground());
            prop_assert_eq!(&on_alone(&document, finding.claim().id(), &cited), &target, "on {:?} alone", cited);
            for left_out in 0..cited.len() {
                let mut fewer = cited.clone();
                let id = fewer.remove(left_out);
                prop_assert_ne!(&on_alone(&document, finding.claim().id(), &fewer), &target, "without {}", id);
            }
        }
    }

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

/// Steps from one of `count` records to another, some of them around one long ring.
fn steps(count: usize) -> impl Strategy<Value = Vec<BTreeSet<usize>>> {
    let any_steps = proptest::collection::vec(proptest::collection::vec((0..count, any::<bool>()), 0..3), count);
    (any_steps, 0..=count, any::<bool>()).prop_map(|(steps, long, only_down)| {
        let ahead = |from: usize, to: usize| !only_down || to < from;
        let mut steps: Vec<BTreeSet<usize>> = steps
            .into_iter()
            .enumerate()
            .map(|(from, to)| to.into_iter().filter(|(to, kept)| *kept && ahead(from, *to)).map(|(to, _)| to).collect())
            .collect();
        (0..long).filter(|_| !only_down).for_each(|at| steps[at] = BTreeSet::from([(at + 1) % long]));
        steps
    })
}

/// The records that steps lead from back to themselves.
fn on_rings(steps: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let leads_back = |start: &usize| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![*start]);
        while let Some(at) = open.pop() {
            open.extend(steps[at].iter().filter(|to| seen.insert(**to)));
        }
        seen.contains(start)
    };
    (0..steps.len()).filter(leads_back).collect()
}

/// Holds a message on a ring to the steps that it names: each is there, and those left out are counted.
fn assert_goes_around(message: &str, steps: &[BTreeSet<usize>]) -> Result<BTreeSet<usize>, TestCaseError> {
    let path = message.split("leads back to itself: ").nth(1).and_then(|rest| rest.split(';').next());
    let mut names: Vec<&str> = path.expect("a path").split(" → ").collect();
    let number = |name: &&str| name[1..].parse::<usize>().expect("a number");
    let more = names.iter().position(|name| name.starts_with('…'));
    prop_assert_eq!(names.first(), names.last(), "{}", message);
    if let Some(at) = more {
        prop_assert_eq!(at, 12, "twelve are named: {}", message);
        let left_out: usize =
            names.remove(at)["… ".len()..].split(' ').next().expect("a word").parse().expect("a number");
        prop_assert!(left_out > 0 && left_out + 12 <= steps.len(), "{}", message);
        // From a ring that nothing leads out of, the way along is known.
        let mut at = number(&names[11]);
        if (0..=left_out).all(|_| {
            steps[at].len() == 1
                && steps[at].first().is_some_and(|to| {
                    at = *to;
                    true
                })
        }) {
            prop_assert_eq!(at, number(&names[12]), "{}", message);
        }
    }
    prop_assert!(names.len() <= 13, "{}", message);
    let around: Vec<usize> = names.iter().map(number).collect();
    for (n, pair) in around.windows(2).enumerate() {
        prop_assert!((more.is_some() && n == 11) || steps[pair[0]].contains(&pair[1]), "{}", message);
    }
    Ok(around.into_iter().collect())
}

proptest! {
    #![proptest_config(config())]

    /// What replaces what may branch; one ring is told, and it is one.
    #[test]
    fn a_ring_of_corrections_is_told_step_by_step(steps in (1..20_usize).prop_flat_map(steps)) {
        let named = |at: &usize| format!("a{at}");
        let assertions: Vec<Value> = steps.iter().enumerate().map(|(at, to)| {
            json!({"id": named(&at), "claim": "missing", "value": "30", "by": "mayor", "supersedes": to.iter().map(named).collect::<Vec<_>>()})
        }).collect();
        let file = json!({
            "schema": "corroborate/1",
            "sources": [{"id": "mayor"}],
            "claims": [{"id": "missing", "kind": "count"}],
            "assertions": assertions,
        });
        let rings = on_rings(&steps);
        match Dossier::from_json(&file.to_string()) {
            Ok(_) => prop_assert!(rings.is_empty(), "{:?}", rings),
            Err(problems) => {
                prop_assert_eq!(problems.problems().len(), 1, "{}", problems);
                let around = assert_goes_around(&problems.to_string(), &steps)?;
                prop_assert!(around.is_subset(&rings), "{:?} {}", rings, problems);
            }
        }
    }

    /// What is part of what doesn't branch, so that each ring is told, and nothing else.
    #[test]
    fn each_ring_of_affiliations_is_told_once(steps in (1..20_usize).prop_flat_map(steps)) {
        let steps: Vec<BTreeSet<usize>> = steps.iter().map(|to| to.first().copied().into_iter().collect()).collect();
        let sources: Vec<Value> =
            steps.iter().enumerate().map(|(at, to)| json!({"id": format!("s{at}"), "part_of": to.first().map(|to| format!("s{to}"))})).collect();
        let mut rings = on_rings(&steps);
        let told = match Dossier::from_json(&json!({"schema": "corroborate/1", "sources": sources}).to_string()) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.problems().iter().map(ToString::to_string).collect(),
        };
        for message in &told {
            let around = assert_goes_around(message, &steps)?;
            let first = *around.first().expect("a ring has a record");
            prop_assert!(message.contains(&format!("sources[{first}].part_of")), "{}", message);
            let mut at = first;
            while rings.remove(&at) {
                at = *steps[at].first().expect("a ring goes on");
            }
            prop_assert_eq!(at, first, "a ring is told once: {}", message);
        }
        prop_assert!(rings.is_empty(), "{:?} aren't told: {:?}", rings, told);
    }
}

/// Verdict and common ground of a claim on some of its assertions alone.
fn on_alone(document: &Value, claim: &str, kept: &[String]) -> (Verdict, String) {
    let is_kept = |id: &Value| id.as_str().is_some_and(|id| kept.iter().any(|kept| kept == id));
    let mut alone = document.clone();
    for assertion in alone["assertions"].as_array_mut().expect("a list") {
        for lineage in ["derived_from", "supersedes"] {
            match &mut assertion[lineage] {
                Value::Array(ids) => ids.retain(is_kept),
                one @ Value::String(_) if !is_kept(one) => *one = Value::Null,
                _ => {}
            }
        }
        let fields = assertion.as_object_mut().expect("an assertion");
        fields.retain(|_, value| !value.is_null());
    }
    alone["assertions"].as_array_mut().expect("a list").retain(|assertion| is_kept(&assertion["id"]));
    if let Some(retractions) = alone["retractions"].as_array_mut() {
        retractions.retain(|retraction| is_kept(&retraction["assertion"]));
    }
    let dossier = read(&alone);
    let report = Resolver::standard().resolve(&dossier);
    let finding = report.finding(claim).expect("the claim is still there");
    (finding.verdict(), finding.common_ground())
}

/// The JSON pointers of everything in a document.
pub(crate) fn paths(value: &Value, at: String, into: &mut Vec<String>) {
    match value {
        Value::Array(entries) => {
            entries.iter().enumerate().for_each(|(n, entry)| paths(entry, format!("{at}/{n}"), into))
        }
        Value::Object(fields) => fields.iter().for_each(|(name, field)| paths(field, format!("{at}/{name}"), into)),
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
