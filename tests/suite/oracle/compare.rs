//! The library's report held against the oracle's, over generated dossiers.

use std::collections::{BTreeMap, BTreeSet};

use corroborate::{Dossier, Resolver, laws};
use proptest::prelude::*;
use serde_json::Value;

use super::between::{differs_in, implied, status};
use super::points::Points;
use super::record::{Case, Settings, list, name, names, optional};
use crate::strategies::config;

/// What is to be found out about a claim. Lists are sets, since their order is nobody's business here.
#[derive(Debug, PartialEq)]
struct Judgement {
    verdict: String,
    dispute: Option<String>,
    within_one_side: Option<bool>,
    sides: BTreeSet<String>,
    credit: BTreeSet<String>,
    /// The assertions of each, its answer, and who states that.
    accounts: BTreeSet<(BTreeSet<String>, Points, BTreeSet<String>)>,
    common_ground: Option<Points>,
    safe_wording: Option<Points>,
    derived: bool,
    gap: Option<String>,
    unattributed: BTreeSet<String>,
    withheld: BTreeSet<String>,
    does_not_know: BTreeSet<String>,
    echoes: BTreeSet<String>,
    /// Each with the rule that sets it aside, once for each rule.
    set_aside: BTreeSet<(String, String)>,
    notices: BTreeSet<String>,
}

/// What is to be found out between claims.
#[derive(Debug, PartialEq)]
struct Between {
    /// The kind, the claims that are tied, and the status.
    constraints: Vec<(String, Vec<String>, String)>,
    /// By topic, the claims and the dimensions in which they differ.
    not_comparable: BTreeMap<String, (Vec<String>, BTreeSet<String>)>,
}

fn set<T: ToString>(items: impl IntoIterator<Item = T>) -> BTreeSet<String> {
    items.into_iter().map(|item| item.to_string()).collect()
}

/// The oracle's judgement.
fn judged(case: &Case) -> Judgement {
    let ids = |places: Vec<usize>| set(places.into_iter().map(|place| &case.said[place].id));
    let standing = |stance| case.which(|place| case.said[place].stance == stance && case.stands(place));
    let narration = case.standing(false);
    let listed = |account: &Vec<usize>| {
        // Narration is listed with the accounts that it fits, and narrows nothing.
        let answer = case.meet(account);
        let fits = |place: &usize| case.as_read(*place).is_some_and(|set| !set.is_disjoint(&answer));
        (
            ids(account.iter().chain(narration.iter().filter(|place| fits(place))).copied().collect()),
            answer.clone(),
            case.stated_by(&answer),
        )
    };
    let rules = |place: usize| {
        case.set_aside_by(place).into_iter().map(move |rule| (case.said[place].id.clone(), rule.to_owned()))
    };
    Judgement {
        verdict: case.verdict().to_owned(),
        dispute: case.dispute().map(str::to_owned),
        within_one_side: case.within_one_side(),
        sides: case.sides(),
        credit: case.credit(),
        accounts: case.accounts().iter().map(listed).collect(),
        common_ground: case.printed(case.common_ground()),
        safe_wording: case.printed(case.safe_wording()),
        derived: case.is_derived(),
        gap: case.gap().map(|gap| gap.to_string()),
        unattributed: ids(case.standing(false)),
        withheld: ids(standing("withholds")),
        does_not_know: ids(standing("does-not-know")),
        echoes: ids(case.which(|place| case.is_echo(place))),
        set_aside: case.which(|_| true).into_iter().flat_map(rules).collect(),
        notices: set(case.notices()),
    }
}

/// What a finding of a report comes to, its words turned back into points.
fn found(case: &Case, finding: &Value) -> Judgement {
    let ids = |field: &str| set(names(&finding[field]));
    let points = |field: &str| optional(&finding[field]).map(|words| case.universe.read(&words));
    Judgement {
        verdict: name(&finding["verdict"]),
        dispute: optional(&finding["dispute"]),
        within_one_side: finding["within_one_side"].as_bool(),
        sides: ids("sides"),
        credit: ids("credit"),
        accounts: list(&finding["accounts"])
            .iter()
            .map(|account| {
                (
                    set(names(&account["assertions"])),
                    case.universe.read(&name(&account["answer"])),
                    set(names(&account["stated_by"])),
                )
            })
            .collect(),
        common_ground: case.printed(points("common_ground")),
        safe_wording: case.printed(points("safe_wording")),
        derived: finding["derived"] == true,
        gap: optional(&finding["gap"]),
        unattributed: ids("unattributed"),
        withheld: ids("withheld"),
        does_not_know: ids("does_not_know"),
        echoes: ids("echoes"),
        set_aside: list(&finding["set_aside"])
            .iter()
            .map(|a| (name(&a["assertion"]), name(&a["rule"])))
            .collect(),
        notices: set(list(&finding["notices"]).iter().map(|notice| name(&notice["kind"]))),
    }
}

/// The claims that a constraint ties: the whole before its parts, the lesser before the greater.
fn tied(constraint: &Value) -> Vec<String> {
    ["whole", "parts", "lesser", "greater", "claims"]
        .iter()
        .flat_map(|field| names(&constraint[*field]))
        .collect()
}

fn judged_between(dossier: &Value, cases: &[Case]) -> Between {
    let stated =
        list(&dossier["constraints"]).iter().map(|constraint| (name(&constraint["kind"]), tied(constraint)));
    let implied = implied(cases).into_iter();
    let implied =
        implied.map(|(lesser, greater)| ("at-most".to_owned(), vec![lesser.id.clone(), greater.id.clone()]));
    let mut constraints: Vec<(String, Vec<String>, String)> = Vec::new();
    for (kind, ids) in stated.chain(implied) {
        let tied: Vec<&Case> =
            ids.iter().flat_map(|id| cases.iter().filter(move |case| case.id == *id)).collect();
        let fate = status(&kind, &tied).to_owned();
        constraints.push((kind, ids, fate));
    }
    constraints.sort();
    let mut topics: BTreeMap<String, Vec<&Case>> = BTreeMap::new();
    for case in cases {
        case.topic.iter().for_each(|topic| topics.entry(topic.clone()).or_default().push(case));
    }
    let entry = |(topic, cases): (String, Vec<&Case>)| {
        let claims = cases.iter().map(|case| case.id.clone()).collect();
        Some((topic, (claims, differs_in(&cases)))).filter(|(_, (_, differs_in))| !differs_in.is_empty())
    };
    Between { constraints, not_comparable: topics.into_iter().filter_map(entry).collect() }
}

fn found_between(report: &Value) -> Between {
    let constraint = |entry: &Value| (name(&entry["kind"]), tied(entry), name(&entry["status"]));
    let mut constraints: Vec<_> = list(&report["constraints"]).iter().map(constraint).collect();
    constraints.sort();
    let entry =
        |entry: &Value| (name(&entry["topic"]), (names(&entry["claims"]), set(names(&entry["differs_in"]))));
    Between { constraints, not_comparable: list(&report["not_comparable"]).iter().map(entry).collect() }
}

/// Holds a report against the oracle's judgement of its dossier.
fn compare(dossier: &Dossier, settings: &Settings) -> Result<(), TestCaseError> {
    let json = |text: String| {
        serde_json::from_str::<Value>(&text).map_err(|error| TestCaseError::fail(error.to_string()))
    };
    let mut resolver = Resolver::standard();
    if let Some(day) = &settings.as_of {
        resolver = resolver.as_of(day.parse()?);
    }
    if settings.narration_is_publishers {
        resolver = resolver.narration_is_publishers();
    }
    let report = json(resolver.resolve(dossier).to_json())?;
    let dossier = json(dossier.to_json())?;
    let cases: Vec<Case> =
        list(&dossier["claims"]).iter().map(|claim| Case::new(&dossier, claim, settings)).collect();
    let findings = list(&report["findings"]);
    prop_assert_eq!(findings.len(), cases.len());
    for (case, finding) in cases.iter().zip(findings) {
        prop_assert_eq!(&finding["claim"], case.id.as_str());
        prop_assert_eq!(found(case, finding), judged(case), "left is the library's, on {}", case.id);
    }
    prop_assert_eq!(found_between(&report), judged_between(&dossier, &cases), "left is the library's");
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_resolver_agrees_with_the_oracle(dossier in laws::dossiers()) {
        compare(&dossier, &Settings::default())?;
    }

    #[test]
    fn the_resolver_agrees_with_the_oracle_under_its_settings(
        dossier in laws::dossiers(),
        day in prop::option::weighted(0.8, 20..=31_u8),
        narration_is_publishers in any::<bool>(),
    ) {
        let as_of = day.map(|day| format!("2024-08-{day}"));
        compare(&dossier, &Settings { as_of, narration_is_publishers })?;
    }
}

/// An oracle that nobody reads through is no oracle.
#[test]
fn the_oracle_stays_short() {
    let code = include_str!("../oracle.rs").lines().map(str::trim);
    assert!(code.filter(|line| !line.is_empty() && !line.starts_with("//")).count() <= 175);
}
