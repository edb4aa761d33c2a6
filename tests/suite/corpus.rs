//! Holds every dossier in `tests/corpus` to the verdicts that an editor expects of it.
//!
//! `NAME.json` is a dossier and `NAME.expected.json` what must come of it: for each run of `corroborate report` its
//! options, and the part of the report that the case is about. What an expectation leaves out may be anything.
//!
//! All differences over all files are collected, and the test fails once, with the whole list.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value};

const RUN_KEYS: [&str; 5] = ["args", "tally", "findings", "constraints", "not_comparable"];
const EXPECTED: &str = ".expected.json";
const TABLE: &str = "README.md";
const FEWEST: usize = 60;
const CLAIMS_OF_THE_RAID: usize = 44;

#[test]
fn every_dossier_gets_the_verdicts_that_an_editor_expects() {
    let mut differences = Differences::default();
    match names() {
        Ok(names) => {
            if !names.contains("raid") {
                differences.add("the raid is missing from the corpus".to_owned());
            }
            for name in &names {
                examine(name, &mut differences);
            }
        }
        Err(problem) => differences.add(problem),
    }
    let list = differences.0;
    assert!(list.is_empty(), "the corpus has {} differences:\n{}", list.len(), list.join("\n"));
}

#[test]
fn every_dossier_of_the_corpus_has_its_row_in_the_table_and_every_row_its_dossier() -> Result<(), String> {
    let (names, path) = (names()?, corpus().join(TABLE));
    let table = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut rows = BTreeSet::new();
    for row in table.lines().filter(|line| line.starts_with("| [")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let name = cells[0].trim_start_matches('[').split(']').next().unwrap_or_default();
        assert_eq!(cells[0], format!("[{name}]({name}.json)"), "a row names its dossier and links to it");
        assert!(
            cells.len() == 3 && cells.iter().all(|cell| !cell.is_empty()),
            "a row has three cells: {row}"
        );
        assert!(rows.insert(name.to_owned()), "two rows for `{name}`");
    }
    let odd: Vec<_> = names.symmetric_difference(&rows).collect();
    assert!(
        odd.is_empty(),
        "dossiers without a row in tests/corpus/{TABLE}, or rows without a dossier: {odd:?}"
    );
    assert!(names.len() >= FEWEST, "{} dossiers, and there were to be {FEWEST}", names.len());
    Ok(())
}

/// Everything that isn't as expected, in the order it was found.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn add(&mut self, difference: String) {
        self.0.push(difference);
    }

    fn expect_equal(&mut self, place: &str, expected: &Value, found: Option<&Value>) {
        if found != Some(expected) {
            self.add(format!("{place}: expected {}, found {}", shown(expected), shown_or_missing(found)));
        }
    }
}

/// One dossier with all its runs.
fn examine(name: &str, differences: &mut Differences) {
    let (dossier, expected) = match both(name) {
        Ok(both) => both,
        Err(problem) => return differences.add(problem),
    };
    if expected["about"].as_str().is_none_or(str::is_empty) {
        differences.add(format!("{name}{EXPECTED}: `about` doesn't say what the case is about"));
    }
    let runs = list(&expected["runs"]);
    if runs.is_empty() {
        differences.add(format!("{name}{EXPECTED}: no `runs`"));
    }
    if name == "raid" {
        expect_the_whole_raid(&dossier, &expected, differences);
    }
    for (number, run) in runs.iter().enumerate() {
        let place = format!("{name}.json, run {}", number + 1);
        for key in keys(run) {
            if !RUN_KEYS.contains(&key) {
                differences.add(format!("{place}: `{key}` is nothing that can be expected of a run"));
            }
        }
        match report(name, &run["args"]) {
            Ok(report) => compare(&place, run, &report, differences),
            Err(problem) => differences.add(format!("{place}: {problem}")),
        }
    }
}

/// The raid is the oracle: each of its claims is expected to get some verdict, in its first run.
fn expect_the_whole_raid(dossier: &Value, expected: &Value, differences: &mut Differences) {
    let claims: BTreeSet<&str> =
        list(&dossier["claims"]).iter().filter_map(|claim| claim["id"].as_str()).collect();
    if claims.len() != CLAIMS_OF_THE_RAID {
        differences.add(format!("raid.json: expected {CLAIMS_OF_THE_RAID} claims, found {}", claims.len()));
    }
    let findings = &expected["runs"][0]["findings"];
    for claim in claims {
        if findings[claim]["verdict"].is_null() {
            differences.add(format!("raid{EXPECTED}: no verdict is expected of {claim}"));
        }
    }
}

/// One run's expectations against the report that came of it.
fn compare(place: &str, run: &Value, report: &Value, differences: &mut Differences) {
    for (verdict, count) in entries(&run["tally"]) {
        differences.expect_equal(&format!("{place}, tally: {verdict}"), count, report["tally"].get(verdict));
    }
    for (claim, expected) in entries(&run["findings"]) {
        let place = format!("{place}, {claim}");
        match list(&report["findings"]).iter().find(|finding| finding["claim"] == claim.as_str()) {
            Some(finding) => compare_finding(&place, expected, finding, differences),
            None => differences.add(format!("{place}: not in the report")),
        }
    }
    if let Some(expected) = run.get("constraints") {
        compare_constraints(&format!("{place}, constraints"), expected, &report["constraints"], differences);
    }
    if let Some(expected) = run.get("not_comparable") {
        differences.expect_equal(&format!("{place}, not_comparable"), expected, report.get("not_comparable"));
    }
}

/// Field by field. Accounts are compared in order, each with what is expected of it; of notices the kinds, in any order;
/// of what is set aside only which assertion and by which rule, in any order.
fn compare_finding(place: &str, expected: &Value, finding: &Value, differences: &mut Differences) {
    for (field, expected) in entries(expected) {
        let place = format!("{place}: {field}");
        let found = finding.get(field);
        match field.as_str() {
            "accounts" => compare_accounts(&place, expected, found, differences),
            "notices" => {
                let mut wanted = list(expected).to_vec();
                let mut got: Vec<Value> =
                    list(&finding["notices"]).iter().map(|notice| notice["kind"].clone()).collect();
                wanted.sort_by_key(Value::to_string);
                got.sort_by_key(Value::to_string);
                differences.expect_equal(&place, &wanted.into(), Some(&got.into()));
            }
            "set_aside" => {
                let (wanted, got) =
                    (assertions_and_rules(expected), assertions_and_rules(&finding["set_aside"]));
                if wanted != got {
                    let (wanted, got) = (wanted.join(", "), got.join(", "));
                    differences.add(format!("{place}: expected [{wanted}], found [{got}]"));
                }
            }
            _ => differences.expect_equal(&place, expected, found),
        }
    }
}

/// All of them in order, or, of a long list, how many are `listed` and those that stand at some numbers.
fn compare_accounts(place: &str, expected: &Value, found: Option<&Value>, differences: &mut Differences) {
    let found = found.map_or(&[][..], list);
    let length = expected["listed"].as_u64().unwrap_or(list(expected).len() as u64);
    if length != found.len() as u64 {
        let answers = shown_list(found.iter().map(|account| &account["answer"]));
        return differences.add(format!("{place}: expected {length} of them, found {answers}"));
    }
    let numbered = (1_usize..).zip(list(expected));
    let picked = entries(expected).filter_map(|(number, account)| Some((number.parse().ok()?, account)));
    for (number, expected) in numbered.chain(picked) {
        for (field, value) in entries(expected) {
            let found = found.get(number.saturating_sub(1)).and_then(|found| found.get(field));
            differences.expect_equal(&format!("{place}, number {number}: {field}"), value, found);
        }
    }
}

/// As many as expected, in any order, each with everything that is expected of it.
fn compare_constraints(place: &str, expected: &Value, found: &Value, differences: &mut Differences) {
    let (expected, mut left) = (list(expected), list(found).iter().collect::<Vec<_>>());
    for wanted in expected {
        match left
            .iter()
            .position(|found| entries(wanted).all(|(field, value)| found.get(field) == Some(value)))
        {
            Some(index) => {
                left.remove(index);
            }
            None => differences.add(format!("{place}: none like {wanted}, in {}", without_reasons(found))),
        }
    }
    if list(found).len() != expected.len() {
        differences.add(format!("{place}: expected {}, found {}", expected.len(), list(found).len()));
    }
}

/// What `corroborate report` says of a dossier, as JSON.
fn report(name: &str, args: &Value) -> Result<Value, String> {
    let output = Command::new(env!("CARGO_BIN_EXE_corroborate"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("report")
        .arg(format!("tests/corpus/{name}.json"))
        .args(["--format", "json"])
        .args(list(args).iter().filter_map(Value::as_str))
        .output()
        .map_err(|error| format!("corroborate can't be run: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("corroborate ended with {}: {}", output.status, said.trim()));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("the report isn't JSON: {error}"))
}

/// The names in the corpus, sorted; each must have both its files.
pub(crate) fn names() -> Result<BTreeSet<String>, String> {
    let (mut dossiers, mut expectations) = (BTreeSet::new(), BTreeSet::new());
    let unreadable = |error| format!("{}: {error}", corpus().display());
    for entry in fs::read_dir(corpus()).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
        if let Some(name) = file.strip_suffix(EXPECTED) {
            expectations.insert(name.to_owned());
        } else if let Some(name) = file.strip_suffix(".json") {
            dossiers.insert(name.to_owned());
        } else if file != TABLE {
            return Err(format!("tests/corpus/{file}: neither a dossier nor what is expected of one"));
        }
    }
    match dossiers.symmetric_difference(&expectations).next() {
        Some(name) if dossiers.contains(name) => {
            Err(format!("tests/corpus/{name}.json has no {name}{EXPECTED}"))
        }
        Some(name) => Err(format!("tests/corpus/{name}{EXPECTED} has no {name}.json")),
        None => Ok(dossiers),
    }
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// A dossier, and what is expected of it.
pub(crate) fn both(name: &str) -> Result<(Value, Value), String> {
    Ok((read(&corpus().join(format!("{name}.json")))?, read(&corpus().join(format!("{name}{EXPECTED}")))?))
}

fn read(path: &Path) -> Result<Value, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// A list's items; of anything else, none.
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// An object's entries; of anything else, none.
fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

fn keys(value: &Value) -> impl Iterator<Item = &str> {
    entries(value).map(|(key, _)| key.as_str())
}

/// What was set aside and by which rule, sorted, as `assertion (rule)`.
fn assertions_and_rules(set_aside: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
    let mut rows: Vec<String> = list(set_aside)
        .iter()
        .map(|row| format!("{} ({})", text(&row["assertion"]), text(&row["rule"])))
        .collect();
    rows.sort();
    rows
}

/// Constraints as the report has them, less their explanations.
fn without_reasons(constraints: &Value) -> String {
    let mut constraints = constraints.clone();
    for constraint in constraints.as_array_mut().into_iter().flatten() {
        if let Some(fields) = constraint.as_object_mut() {
            fields.remove("why");
        }
    }
    constraints.to_string()
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        other => other.to_string(),
    }
}

fn shown_or_missing(value: Option<&Value>) -> String {
    value.map_or_else(|| "no such field".to_owned(), shown)
}

fn shown_list<'a>(values: impl IntoIterator<Item = &'a Value>) -> String {
    let shown: Vec<String> = values.into_iter().map(shown).collect();
    format!("[{}]", shown.join(", "))
}
