//! Situations of real desks, `tests/trials`: what comes of each, beside what is right.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::fmt::Write as _;
use std::process::Command;

use expect_test::expect_file;
use serde_json::Value;

use crate::oracle::{list, names};

/// The options that a trial's message or table of options leads to, and the run that they make. Each file is run without
/// options as well.
const SETTLED: [(&str, &[&str]); 8] = [
    ("08-unknown.csv", &["--null", "N/A"]),
    ("09-none.csv", &["--null", "None"]),
    ("13-levels.csv", &[]),
    ("21-census.csv", &["--without-rule", "latest-word"]),
    ("40-day-first.csv", &["--date-order", "dmy"]),
    ("41-decimal-comma.csv", &["--decimal", "comma"]),
    ("44-excel-errors.csv", &["--null", "#N/A"]),
    ("62-nobody-typed-out.csv", &["--null", "nan"]),
];

/// What comes of a file: a line a finding and a line a lint, or the messages.
fn comes(file: &str, options: &[&str]) -> String {
    let command = Command::new(env!("CARGO_BIN_EXE_corroborate"))
        .current_dir("tests/trials")
        .args(["report", "--format", "json", file])
        .args(options)
        .output()
        .expect("the command runs");
    let mut text = String::new();
    if !command.status.success() {
        text.push_str(&String::from_utf8_lossy(&command.stderr));
        return text;
    }
    let report: Value = serde_json::from_slice(&command.stdout).expect("JSON");
    for lint in list(&report["lints"]) {
        let _ = writeln!(text, "{} {}: {}", word(&lint["level"]), word(&lint["kind"]), word(&lint["text"]));
    }
    for finding in list(&report["findings"]) {
        let _ = write!(text, "{}: {}", word(&finding["claim"]), word(&finding["verdict"]));
        if let Some(dispute) = finding["dispute"].as_str() {
            let _ = write!(text, " ({dispute})");
        }
        for (about, field) in [("", "common_ground"), ("safe ", "safe_wording")] {
            if let Some(words) = finding[field].as_str() {
                let _ = write!(text, ", {about}{words}");
            }
        }
        let _ = write!(text, "; sides: {}", names(&finding["sides"]).join(", "));
        for aside in list(&finding["set_aside"]) {
            let _ = write!(text, "; set aside {} by {}", word(&aside["assertion"]), word(&aside["rule"]));
        }
        for field in ["unattributed", "withheld", "does_not_know"] {
            if !list(&finding[field]).is_empty() {
                let _ = write!(text, "; {}: {}", field.replace('_', " "), names(&finding[field]).join(", "));
            }
        }
        text.push('\n');
    }
    for constraint in list(&report["constraints"]) {
        let _ = writeln!(text, "{}: {}", word(&constraint["kind"]), word(&constraint["status"]));
    }
    text
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or("-")
}

/// The rows of the table: number, situation, files, what is right, what it waits for.
fn rows() -> Vec<[&'static str; 5]> {
    let table = include_str!("../trials/README.md").lines().filter(|line| line.starts_with("| "));
    let cells = table.map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect::<Vec<_>>());
    let rows = cells.filter_map(|cells| <[&str; 5]>::try_from(cells).ok());
    rows.filter(|row| row[0] != "no").collect()
}

#[test]
fn what_comes_of_each_is_on_record() {
    let mut all = String::new();
    for [number, situation, files, right, waits] in rows() {
        let _ = writeln!(all, "{number}. {situation}\n   right: {right}");
        if !waits.is_empty() {
            let _ = writeln!(all, "   waits for: {waits}");
        }
        for file in files.split(", ").map(|file| file.trim_matches('`')) {
            let settled = SETTLED.iter().filter(|(other, _)| *other == file).map(|(_, options)| *options);
            for options in std::iter::once(&[][..]).chain(settled.filter(|options| !options.is_empty())) {
                let _ = writeln!(all, "   {}", [&[file], options].concat().join(" "));
                for line in comes(file, options).lines() {
                    let _ = writeln!(all, "      {line}");
                }
            }
        }
        all.push('\n');
    }
    assert_eq!(rows().len(), 52);
    expect_file!["../trials/comes.txt"].assert_eq(&all);
}
