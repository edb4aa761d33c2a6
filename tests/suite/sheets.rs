//! The report as a table: a row for each finding, which says what the report in JSON says.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::fs;
use std::path::Path;

use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
use expect_test::expect_file;
use proptest::prelude::*;
use serde_json::Value;

use crate::strategies;

/// Rows of cells, as RFC 4180 has them.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut cells, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut chars) = (false, csv.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                cells.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut cells));
            }
            c => cell.push(c),
        }
    }
    assert!(!quoted && cell.is_empty() && cells.is_empty(), "the last row ends");
    rows
}

fn report(dossier: &Dossier) -> (Value, String) {
    let report = Resolver::standard().resolve(dossier);
    let json = serde_json::from_str(&report.to_json()).expect("a report is JSON");
    (json, report.to_csv())
}

/// What a cell must say of a field in JSON.
fn cell(field: &str, value: &Value) -> String {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let list =
        |value: &Value| value.as_array().expect("a list").iter().map(text).collect::<Vec<_>>().join(";");
    let each = |say: &dyn Fn(&Value) -> String| {
        value.as_array().expect("a list").iter().map(say).collect::<Vec<_>>().join(" | ")
    };
    match field {
        "set_aside" => each(&|aside| {
            format!("{} {}: {}", text(&aside["assertion"]), text(&aside["rule"]), text(&aside["reason"]))
        }),
        "notices" => each(&|notice| text(&notice["text"])),
        _ if value.is_array() => list(value),
        _ => text(value),
    }
}

fn expect_same(dossier: &Dossier) {
    let (json, csv) = report(dossier);
    let rows = rows(&csv);
    let (columns, rows) = rows.split_first().expect("a first row");
    let findings = json["findings"].as_array().expect("a list");
    assert_eq!(rows.len(), findings.len());
    for (row, finding) in rows.iter().zip(findings) {
        assert_eq!(row.len(), columns.len());
        for (column, found) in columns.iter().zip(row) {
            if let Some(ids) =
                column.strip_suffix("_names").map(|of| if of == "side" { "sides" } else { "credit" })
            {
                assert_eq!(found.is_empty(), finding[ids] == serde_json::json!([]), "{column}");
                continue;
            }
            assert!(finding.get(column).is_some(), "`{column}` is a field in JSON");
            if column == "accounts" && finding["accounts_total"].as_u64() > Some(64) {
                assert!(found.ends_with(" more"), "{found}");
                continue;
            }
            if column == "accounts" {
                // An answer in words, with whoever states it.
                for account in finding["accounts"].as_array().expect("a list") {
                    for id in account["stated_by"].as_array().expect("a list").iter().take(1) {
                        let name = dossier.source(id.as_str().expect("an id")).expect("a source").name();
                        assert!(found.contains(name), "{name}: {found}");
                    }
                }
                continue;
            }
            let expected = cell(column, &finding[column]);
            // What begins below zero and isn't a figure alone has an apostrophe before it.
            let found = if expected.starts_with('-') { found.trim_start_matches('\'') } else { found };
            assert_eq!(*found, expected, "{column}");
        }
        let fields = finding.as_object().expect("an object").keys();
        let missing: Vec<_> = fields.filter(|field| !columns.contains(field)).collect();
        assert_eq!(missing, ["why"], "all else has a column");
    }
}

proptest! {
    #![proptest_config(strategies::config())]

    #[test]
    fn cells_say_what_the_fields_say(json in strategies::dossier()) {
        expect_same(&Dossier::from_json(&json.to_string()).expect("sound"));
    }
}

#[test]
fn cells_say_what_the_fields_say_of_the_corpus() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    for entry in fs::read_dir(corpus).expect("the corpus") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        // Hostile words are made harmless, which is another test.
        if name.ends_with(".json") && !name.ends_with(".expected.json") && name != "hostile-text.json" {
            expect_same(&Dossier::from_json(&fs::read_to_string(&path).expect("text")).expect("sound"));
        }
    }
    let raid = Dossier::from_json(include_str!("../corpus/raid.json")).expect("sound");
    expect_file!["../snapshots/raid.report.csv"].assert_eq(&report(&raid).1);
}

/// Words do nothing, and ids can be found again.
#[test]
fn hostile_text_does_nothing_in_a_sheet() {
    let hostile = Dossier::from_json(include_str!("../corpus/hostile-text.json")).expect("sound");
    let (json, csv) = report(&hostile);
    expect_file!["../snapshots/hostile-text.report.csv"].assert_eq(&csv);
    for (row, finding) in rows(&csv)[1..].iter().zip(json["findings"].as_array().expect("a list")) {
        assert_eq!(
            row[0].trim_start_matches('\''),
            finding["claim"].as_str().expect("an id").trim_start_matches('\'')
        );
        let active = |c: char| {
            c.is_control() && !"\t\r\n".contains(c)
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        for words in [&row[1], &row[8], &row[9], &row[12], &row[17], &row[18]] {
            assert!(!words.contains(active), "{words:?}");
        }
    }
}

#[test]
fn no_cell_is_a_formula_and_figures_stay_figures() {
    let mut sheet = Dossier::new("");
    sheet.add_source(Source::new("@mayor", "the mayor")).expect("new");
    for (id, question) in [
        ("a", "=HYPERLINK(\"http://example.org\")"),
        ("b", "+1"),
        ("c", "-1+cmd|' /C calc'!A0"),
        ("d", "\t=1"),
        ("e", "\r=1"),
        ("f", "'=1"),
        ("g", "＝1"),
        ("h", "'tis so"),
        ("=i", "what, \"exactly\"?\nand when"),
    ] {
        let claim = if id == "d" { Claim::text(id, question) } else { Claim::quantity(id, question) };
        sheet.add_claim(claim).expect("new");
    }
    sheet.record(Assertion::new("a", "-5").by("@mayor")).expect("sound");
    sheet.record(Assertion::new("b", "-5 to 3").by("@mayor")).expect("sound");
    sheet.record(Assertion::new("c", "-8 to -5.25")).expect("sound");
    sheet.record(Assertion::new("d", "-1 -1").by("@mayor")).expect("sound");
    let rows = rows(&report(&sheet).1);
    let column = |at: usize| rows[1..].iter().map(|row| row[at].as_str()).collect::<Vec<_>>();
    assert_eq!(column(0), ["a", "b", "c", "d", "e", "f", "g", "h", "'=i"]);
    assert_eq!(
        column(1),
        [
            "'=HYPERLINK(\"http://example.org\")",
            "'+1",
            "'-1+cmd|' /C calc'!A0",
            "'\t=1",
            "'\r=1",
            "''=1",
            "'＝1",
            "'tis so",
            "what, \"exactly\"?\nand when"
        ]
    );
    assert_eq!(column(6)[..2], ["'@mayor", "'@mayor"]);
    assert_eq!(column(10)[..4], ["-5", "-5 to 3", "-8 to -5.25", "'-1 -1"]);
    assert_eq!(column(17)[..3], ["'-5 (the mayor)", "'-5 to 3 (the mayor)", "-8 to -5.25"]);
}

#[test]
fn an_empty_dossier_has_the_first_row_only() {
    let (_, csv) = report(&Dossier::default());
    assert_eq!(rows(&csv).len(), 1);
}
