//! A dossier comes apart into tables, and back together: nothing is lost, or it is named and nothing is written.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use corroborate::{
    Assertion, Claim, Dossier, Intake, Lint, LintKind, LintLevel, Problems, Resolver, Source, Table,
    TableFormat,
};
use expect_test::{expect, expect_file};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::strategies;

/// The files that a dossier needs, in a format.
fn files(dossier: &Dossier, format: TableFormat) -> Vec<(Table, String)> {
    let tables = dossier.tables(format).unwrap_or_else(|problems| panic!("{problems}"));
    let written = |table| {
        let mut text = Vec::new();
        tables.write(table, &mut text).expect("memory doesn't fail");
        (table, String::from_utf8(text).expect("UTF-8"))
    };
    tables.needed().map(written).collect()
}

/// Reads files as the command does: the tables beside a table of assertions before it.
fn from_files(files: &[(Table, String)]) -> Result<Dossier, Problems> {
    let mut intake = Intake::new();
    for (table, text) in files {
        intake = match table {
            Table::Sources => intake.sources("sources", text.as_bytes()),
            Table::Terms => intake.terms("terms", text.as_bytes()),
            Table::Claims => intake.claims("claims", text.as_bytes()),
            _ => intake,
        };
    }
    for (table, text) in files.iter().filter(|(table, _)| matches!(table, Table::Assertions | Table::Rest)) {
        intake = intake.file(table.as_str(), text.as_bytes());
    }
    intake.finish().map(|(dossier, lints)| {
        // What it says itself may be read in two ways; but nothing has to be assumed.
        let assumed = lints.iter().filter(|lint| {
            lint.level() == LintLevel::Note
                && ![LintKind::LaterWords, LintKind::UndeclaredTerms].contains(&lint.kind())
        });
        assert_eq!(assumed.collect::<Vec<_>>(), Vec::<&Lint>::new(), "nothing has to be assumed");
        dossier
    })
}

fn alone(dossier: &Dossier, format: TableFormat) -> String {
    let mut text = Vec::new();
    dossier.tables(format).expect("tables").write_alone(&mut text).expect("memory doesn't fail");
    String::from_utf8(text).expect("UTF-8")
}

/// A dossier as JSON, its documents in no order, since no table lists them, and its scopes in theirs.
fn facts(dossier: &Dossier) -> Value {
    let mut json: Value = serde_json::from_str(&dossier.to_json()).expect("a dossier writes JSON");
    json["documents"].as_array_mut().expect("a list").sort_by_key(|document| document["id"].to_string());
    json["scopes"] =
        dossier.claims().map(|claim| claim.scope().map(|(name, _)| name).collect::<Vec<_>>()).collect();
    json
}

fn report(dossier: &Dossier) -> String {
    Resolver::standard().resolve(dossier).to_json()
}

fn from_json(json: &Value) -> Dossier {
    Dossier::from_json(&json.to_string()).expect("a sound dossier")
}

/// Holds a dossier to coming back from its tables, in every format.
fn expect_back(dossier: &Dossier, name: &str) {
    for format in TableFormat::ALL {
        let files = files(dossier, *format);
        if files.is_empty() {
            assert_eq!(
                dossier.to_json(),
                Dossier::default().to_json(),
                "{name}: only of nothing there are no files"
            );
            continue;
        }
        let read =
            from_files(&files).unwrap_or_else(|problems| panic!("{name}, {format}: {problems}\n{files:?}"));
        assert_eq!(facts(&read), facts(dossier), "{name}, {format}: {files:?}");
        assert_eq!(report(&read), report(dossier), "{name}, {format}: {files:?}");
    }
    assert_eq!(Dossier::from_json(&dossier.to_json()).expect("sound").to_json(), dossier.to_json(), "{name}");
}

/// Words that CSV must quote, that look like something else, and that have spaces around them.
fn words() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "a", "b c", " ", " ", "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", "é", "—", "=1+1", "'", "#",
        "\u{feff}", "0", "14,000", "id", "\u{202e}", "\0", "{", "[",
    ]);
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// What a cell tells: it has a word in it.
fn told() -> impl Strategy<Value = String> {
    words()
        .prop_map(|words| words.replace('\0', ""))
        .prop_filter("a word", |words| !words.trim().trim_matches('"').trim().is_empty())
}

/// What stands in one line, and neither begins nor ends with a space.
fn name() -> impl Strategy<Value = String> {
    told()
        .prop_map(|words| words.replace(['\n', '\r', '\t', ';'], "").trim().to_owned())
        .prop_filter("a name", |name| !name.is_empty())
}

/// Dossiers with strange words wherever there is room for them.
fn strange() -> impl Strategy<Value = Value> {
    let assertion =
        (option::of(told()), option::of(told()), option::of(told()), name(), option::of(name()), 0..3_usize);
    let claim = (words(), option::of(words()), option::of(words()), vec((words(), words()), 0..3));
    (vec(assertion, 0..6), claim, words(), option::of(words()), words()).prop_map(
        |(rows, (question, unit, topic, scope), label, kind, title)| {
            let rows: Vec<Value> = rows.iter().map(|(quote, note, locator, value, by, document)| json!({
                "claim": "what, \"exactly\"", "value": value, "by": by, "document": format!("d{document}"),
                "quote": quote, "note": note, "locator": locator,
            })).collect();
            let mut sources: Vec<&str> = rows.iter().filter_map(|row| row["by"].as_str()).collect();
            sources.sort_unstable();
            sources.dedup();
            let scope: serde_json::Map<String, Value> =
                scope.into_iter().map(|(dimension, value)| (dimension, value.into())).collect();
            json!({
                "schema": "corroborate/1",
                "title": title,
                "sources": sources.iter().map(|id| json!({"id": id, "name": label, "kind": kind})).collect::<Vec<_>>(),
                "terms": [{"id": "t;", "label": label}],
                "documents": (0..3).map(|n| json!({"id": format!("d{n}"), "title": title, "url": kind})).collect::<Vec<_>>(),
                "claims": [
                    {"id": "what, \"exactly\"", "question": question, "kind": "text", "unit": unit, "topic": topic, "scope": scope},
                    {"id": "who?", "question": question, "kind": "text", "scope": {"place": "a\nb", "holder": "c"}},
                ],
                "assertions": rows,
            })
        },
    )
}

proptest! {
    #![proptest_config(strategies::config())]

    #[test]
    fn every_dossier_comes_back_from_its_tables_with_the_same_report(json in strategies::dossier()) {
        expect_back(&from_json(&json), "any");
    }

    #[test]
    fn no_words_are_too_strange_to_come_back(json in strange()) {
        expect_back(&from_json(&json), "strange");
    }

    /// What the one table says comes back, and what it leaves out is named.
    #[test]
    fn a_table_alone_is_the_whole_dossier_or_says_what_it_leaves_out(json in strategies::dossier()) {
        let dossier = from_json(&json);
        let left_out = |dossier: &Dossier| dossier.tables(TableFormat::Csv).expect("tables").left_out();
        let named = !left_out(&dossier).is_empty();
        let table = alone(&dossier, TableFormat::Csv);
        // A table without rows is refused, and one without its sources may let a stranger replace what another said.
        let Ok(read) = Dossier::from_csv(table.as_bytes()) else {
            prop_assert!(named, "{}", table);
            return Ok(());
        };
        prop_assert!(named || facts(&read) == facts(&dossier), "{}\n{}", table, dossier.to_json());
        // What came out of one table goes back into one, of whatever format.
        prop_assert_eq!(left_out(&read), [""; 0], "{}", table);
        for format in TableFormat::ALL {
            // The scopes of several claims may be in an order that JSON Lines haven't got.
            let left_out = read.tables(*format).expect("tables").left_out();
            prop_assert!(left_out.is_empty() || *format == TableFormat::JsonLines, "{}", format);
            if !left_out.is_empty() {
                continue;
            }
            let again = Dossier::from_csv(alone(&read, *format).as_bytes()).expect("sound");
            prop_assert_eq!(facts(&again), facts(&read));
            prop_assert_eq!(report(&again), report(&read));
        }
    }

    /// Spreadsheets have other ends of lines, and other separators.
    #[test]
    fn the_same_facts_give_the_same_report_however_cells_are_parted(json in strategies::dossier()) {
        let dossier = from_json(&json);
        let mut files = files(&dossier, TableFormat::Csv);
        prop_assume!(files.iter().any(|(table, _)| *table == Table::Assertions));
        let csv = files[0].1.clone();
        let crlf = format!("\u{feff}{}", csv.replace('\n', "\r\n"));
        // No cell of these dossiers holds a quotation mark.
        let semicolons = csv.replace(';', "¶").replace(',', ";").lines()
            .map(|line| line.split(';').map(|cell| if cell.contains('¶') { format!("\"{}\"", cell.replace('¶', ";")) } else { cell.to_owned() }).collect::<Vec<_>>().join(";"))
            .collect::<Vec<_>>().join("\n");
        for table in [crlf, semicolons] {
            files[0].1 = table;
            let read = from_files(&files).unwrap_or_else(|problems| panic!("{problems}\n{files:?}"));
            prop_assert_eq!(report(&read), report(&dossier), "{}", files[0].1);
        }
    }
}

#[test]
fn every_dossier_of_the_corpus_comes_back_from_its_tables() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let (mut count, mut refused) = (0, String::new());
    for entry in fs::read_dir(corpus).expect("the corpus") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if !name.ends_with(".json") || name.ends_with(".expected.json") {
            continue;
        }
        count += 1;
        let dossier = Dossier::from_json(&fs::read_to_string(&path).expect("text")).expect("sound");
        match dossier.tables(TableFormat::Csv) {
            Ok(_) => expect_back(&dossier, &name),
            Err(problems) => refused += &format!("{name}: {problems}\n"),
        }
    }
    expect![[r#"
        three-texts.json: gift#2.value: found ` a  model\n ship `, and a cell is read without the spaces around it; take them out, or keep the dossier in JSON
    "#]].assert_eq(&refused);
    assert!(count > 60, "{count}");
}

#[test]
fn the_raid_comes_apart_into_tables() {
    let raid = Dossier::from_json(include_str!("../corpus/raid.json")).expect("sound");
    let mut shown = String::new();
    for (table, text) in files(&raid, TableFormat::Csv) {
        shown += &format!("== {table}\n{text}");
    }
    expect_file!["../snapshots/raid.tables.txt"].assert_eq(&shown);
}

/// A term may be named by its label, and whoever did so is quoted so.
#[test]
fn what_was_said_stays_as_it_was_said() {
    let json = json!({
        "schema": "corroborate/1",
        "terms": [{"id": "merrow", "label": "Lake Merrow"}],
        "claims": [{"id": "where", "kind": "place"}],
        "assertions": [{"claim": "where", "value": "Lake Merrow"}, {"claim": "where", "value": "merrow"}],
    });
    let ferry = from_json(&json);
    let said: Vec<_> = ferry.assertions().filter_map(|assertion| assertion.said()).collect();
    assert_eq!(said, ["Lake Merrow", "merrow"]);
    assert!(ferry.assertions().all(|assertion| assertion.to_string() == "merrow"));
    expect_back(&ferry, "ferry");
}

/// An id keeps its number, so that whatever names it still does.
#[test]
fn numbers_of_assertions_stay() {
    let mut flood = Dossier::new("");
    flood.add_source(Source::new("mayor", "mayor")).expect("new");
    for claim in ["missing", "dead"] {
        flood.add_claim(Claim::count(claim, claim)).expect("new");
    }
    for (claim, figure) in [("dead", "1"), ("missing", "30"), ("dead", "2"), ("missing", "32")] {
        flood.record(Assertion::new(claim, figure).by("mayor")).expect("sound");
    }
    flood.record(Assertion::new("dead", "3").by("mayor").supersedes("dead#2")).expect("sound");
    let tables = flood.tables(TableFormat::Csv).expect("tables");
    assert_eq!(tables.left_out(), ["the order of the claims"]);
    expect![[r#"
        claim,value,by,supersedes
        dead,1,mayor,
        missing,30,mayor,
        dead,2,mayor,
        missing,32,mayor,
        dead,3,mayor,dead#2
    "#]]
    .assert_eq(&files(&flood, TableFormat::Csv)[0].1);
    expect_back(&flood, "flood");
}

#[test]
fn nothing_comes_back_as_nothing() {
    let empty = Dossier::default();
    let tables = empty.tables(TableFormat::Csv).expect("tables");
    assert_eq!((tables.needed().count(), tables.left_out().len(), tables.has_formulas()), (0, 0, false));
    expect_back(&empty, "empty");
    expect_back(&Dossier::new("Flood at Varn"), "a title");
}

/// What an assertion says that no row gives back is refused, with its place.
#[test]
fn what_no_row_can_say_is_refused() {
    let json = json!({
        "schema": "corroborate/1",
        "sources": [{"id": "a;b"}, {"id": "c"}],
        "claims": [{"id": "killed", "kind": "count"}, {"id": "cost", "kind": "quantity"}, {"id": "why;", "kind": "text"}],
        "assertions": [
            {"claim": "killed", "value": "14", "by": "a;b", "via": ["c", "a;b"]},
            {"claim": "killed", "value": "15 ", "unit": "", "quote": "\n", "note": "a\u{0}b"},
            {"claim": "cost", "value": "14,000", "by": "c"},
            {"claim": "cost", "value": "14.000", "by": "c"},
            {"claim": "why;", "value": "rain", "by": "c"},
            {"claim": "why;", "value": "storms", "by": "c", "derived_from": "why;#1"},
        ],
    });
    let dossier = from_json(&json);
    let problems = dossier.tables(TableFormat::Csv).expect_err("refused");
    expect![[r#"
        killed#1.by: the id `a;b` holds a semicolon, and in a table it parts two ids; give it another id, or keep the dossier in JSON
        killed#1.via: the id `a;b` holds a semicolon, and in a table it parts two ids; give it another id, or keep the dossier in JSON
        killed#2.value: found `15 `, and a cell is read without the spaces around it; take them out, or keep the dossier in JSON
        killed#2.unit: found ``, and an empty cell says nothing at all; leave the field out
        killed#2.quote: found `\n`, and an empty cell says nothing at all; leave the field out
        killed#2.note: `a\u{0}b` holds a NUL character, which stands in no table; take it out
        cost#2.value: `14.000` stands beside `14,000` in `cost`, and in a table one of them is taken for a slip; write figures alike, or keep the dossier in JSON or JSON Lines
        why;#2.derived_from: the id `why;#1` holds a semicolon, and in a table it parts two ids; give it another id, or keep the dossier in JSON"#]].assert_eq(&problems.to_string());
    // JSON Lines have no trouble with figures.
    let problems = dossier.tables(TableFormat::JsonLines).expect_err("refused");
    assert!(!problems.to_string().contains("cost"), "{problems}");
}

const RAID: &str = "tests/corpus/raid.json";

fn corroborate(arguments: &[&str]) -> Output {
    let root = env!("CARGO_MANIFEST_DIR");
    Command::new(env!("CARGO_BIN_EXE_corroborate"))
        .args(arguments)
        .current_dir(root)
        .output()
        .expect("the command runs")
}

/// What a command prints, which succeeds and says nothing beside it.
fn printed(arguments: &[&str]) -> String {
    let output = corroborate(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// What a command says that refuses, and prints nothing.
fn refused(arguments: &[&str]) -> String {
    let output = corroborate(arguments);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
    String::from_utf8(output.stderr).expect("text")
}

/// A folder of its own for each test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("convert-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_raid_goes_into_a_folder_and_reports_the_same_byte_for_byte() {
    let folder = folder("raid");
    for format in ["csv", "tsv", "jsonl"] {
        let into = folder.join(format);
        let at = |file: &str| into.join(file).display().to_string();
        printed(&["convert", RAID, "--to", format, "--into", &into.display().to_string()]);
        let tables = ["assertions", "claims", "sources", "terms"].map(|table| format!("{table}.{format}"));
        let [assertions, claims, sources, terms] = &tables;
        assert_eq!(names(&into), [assertions, claims, "rest.json", sources, terms]);
        let (assertions, rest) = (at(assertions), at("rest.json"));
        let (claims, sources, terms) = (at(claims), at(sources), at(terms));
        let read = [&assertions, &rest, "--sources", &sources, "--terms", &terms, "--claims", &claims];
        for shown in [["--format", "text"], ["--format", "json"], ["--format", "html"], ["--format", "csv"]] {
            assert_eq!(
                printed(&[&["report"][..], &read, &shown].concat()),
                printed(&[&["report", RAID][..], &shown].concat())
            );
        }
        assert_eq!(
            printed(&[&["convert", "--to", "json"][..], &read].concat()),
            printed(&["convert", RAID, "--to", "json"])
        );
    }
    assert_eq!(names(&folder), ["csv", "jsonl", "tsv"], "nothing unfinished is left behind");
}

#[test]
fn what_would_be_lost_is_named_and_nothing_is_written() {
    let folder = folder("lost");
    let output = folder.join("raid.csv").display().to_string();
    expect![[r#"
        nothing is written, since a table of assertions alone leaves out: the title; 21 sources, in part or in whole (`us`, `centcom`, `ryder`, 18 more); 13 terms (`al-hazimi`, `anbar`, `western-iraq`, 10 more); 9 claims, in part or in whole (`fighters-killed`, `us-injured`, `returned-to-duty`, 6 more); 3 constraints (`sum`, `sum`, `at-most`); --into FOLDER writes what it takes to read it all back
    "#]].assert_eq(&refused(&["convert", RAID, "--to", "csv", "--output", &output]));
    assert_eq!(names(&folder), [""; 0]);
}

#[test]
fn tables_become_tables_of_another_format() {
    let folder = folder("formats");
    let at = |file: &str| folder.join(file).display().to_string();
    fs::write(at("ferry.csv"), "claim,kind,value,by,via,anonymous\naboard,count,\"1,340\",harbour;line,a;b,\nmissing,count,at least 7,crew,,yes\n").expect("a file");
    let lines = printed(&["convert", &at("ferry.csv"), "--to", "jsonl"]);
    expect![[r#"
        {"claim":"aboard","kind":"count","value":"1,340","by":["harbour","line"],"via":["a","b"]}
        {"claim":"missing","kind":"count","value":"at least 7","by":"crew","anonymous":"yes"}
    "#]]
    .assert_eq(&lines);
    fs::write(at("ferry.jsonl"), &lines).expect("a file");
    printed(&["convert", &at("ferry.jsonl"), "--to", "tsv", "--output", &at("ferry.tsv")]);
    expect![[r#"
        claim	kind	value	by	via	anonymous
        aboard	count	1,340	harbour;line	a;b	
        missing	count	at least 7	crew		yes
    "#]]
    .assert_eq(&fs::read_to_string(at("ferry.tsv")).expect("a file"));
    printed(&["convert", &at("ferry.tsv"), "--to", "json", "--output", &at("ferry.json")]);
    let csv = printed(&["convert", &at("ferry.json"), "--to", "csv"]);
    assert_eq!(csv, fs::read_to_string(at("ferry.csv")).expect("a file"));
    let reports = ["ferry.csv", "ferry.jsonl", "ferry.tsv", "ferry.json"]
        .map(|file| printed(&["report", &at(file), "--format", "json"]));
    assert!(reports.iter().all(|report| *report == reports[0]));
}

/// Nobody's files are overwritten, and what can't be done is refused before anything is.
#[test]
fn a_folder_with_files_in_it_is_left_alone() {
    let folder = folder("there");
    let at = |file: &str| folder.join(file).display().to_string();
    fs::create_dir(at("full")).expect("a folder");
    fs::write(at("full/mine.txt"), "mine").expect("a file");
    let said = refused(&["convert", RAID, "--to", "csv", "--into", &at("full")]);
    assert_eq!(
        said,
        format!("{}: there are files in this folder; name one that is new or empty\n", at("full"))
    );
    assert_eq!(names(&folder.join("full")), ["mine.txt"]);
    let said = refused(&["convert", RAID, "--to", "csv", "--into", &at("full/mine.txt")]);
    assert!(said.starts_with(&at("full/mine.txt")), "{said}");
    assert_eq!(fs::read_to_string(at("full/mine.txt")).expect("mine"), "mine");
    let said = refused(&["convert", RAID, "--to", "csv", "--into", &at("no/such/folder")]);
    assert!(said.starts_with(&at("no/such/folder")), "{said}");

    fs::create_dir(at("empty")).expect("a folder");
    printed(&["convert", RAID, "--to", "csv", "--into", &at("empty")]);
    assert_eq!(names(&folder.join("empty")).len(), 5);
    assert_eq!(names(&folder), ["empty", "full"]);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let folder = folder("nonsense");
    let at = |file: &str| folder.join(file).display().to_string();
    let said = refused(&["convert", RAID, "--to", "json", "--into", &at("raid")]);
    assert_eq!(said, "--into goes with --to csv, tsv or jsonl; JSON is one file, for --output\n");
    let said = refused(&["convert", RAID, "--to", "csv", "--into", &at("raid"), "--output", &at("raid.csv")]);
    assert!(said.contains("cannot be used with"), "{said}");
    fs::write(at("empty.json"), r#"{"schema": "corroborate/1"}"#).expect("a file");
    for more in [&[][..], &["--into", &at("raid")]] {
        let said = refused(&[&["convert", &at("empty.json"), "--to", "csv"], more].concat());
        assert_eq!(said, "there is nothing in this dossier, and a table of nothing can't be read back\n");
    }
    assert_eq!(names(&folder), ["empty.json"]);
}

/// Cells go out as they came in, so that they can come in again; who opens them in a spreadsheet is told.
#[test]
fn formulas_are_kept_and_remarked_on() {
    let folder = folder("formulas");
    let at = |file: &str| folder.join(file).display().to_string();
    let table = "claim,kind,value,by,quote\ncost,quantity,-5,mayor,=1+1\ncost,quantity,-5 to 3,clerk,\"=HYPERLINK(\"\"http://example.org\"\")\"\n";
    fs::write(at("cost.csv"), table).expect("a file");
    let output = corroborate(&["convert", &at("cost.csv"), "--to", "csv"]);
    assert_eq!(String::from_utf8(output.stdout).expect("text"), table);
    assert_eq!(
        String::from_utf8(output.stderr).expect("text"),
        "some cells begin as a formula does (`=`, `+`, `-`, `@`); where you open this in a spreadsheet, import its columns as text\n"
    );
    printed(&["convert", &at("cost.csv"), "--to", "jsonl"]);
}
