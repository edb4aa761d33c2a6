//! What is said of files that aren't sound. The snapshot is there to be read as a journalist would read it.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use corroborate::{Claim, Dossier, ErrorKind, Intake, Kind, Value};
use expect_test::expect_file;
use proptest::prelude::*;

/// A slip, and files with it: a name and a content each.
type Slip = (&'static str, &'static [(&'static str, &'static [u8])]);

const SLIPS: &[Slip] = &[
    ("an empty file", &[("a.csv", b"")]),
    ("an empty dossier", &[("a.json", b" \n")]),
    ("not JSON", &[("a.json", b"{\"schema\": \"corroborate/1\",\n \"claims\": [{\"id\": \"killed\" \"kind\": \"count\"}]}\n")]),
    ("another text, named JSON", &[("a.json", b"claim,value,by\n")]),
    ("a list", &[("a.json", b"[{\"claim\": \"killed\"}]")]),
    ("a wrong schema", &[("a.json", b"{\"schema\": \"corroborate/2\"}")]),
    ("no schema", &[("a.json", b"{\"claims\": []}")]),
    ("an unknown field, a wrong type, a missing field", &[("a.json", br#"{"schema": "corroborate/1",
        "claims": [
            {"id": "a", "kind": "count", "colour": "red"},
            {"id": "b", "kind": "count", "knid": "red"},
            {"id": "c", "kind": 3},
            {"id": "d"}
        ],
        "assertions": [{"claim": "a", "value": ["14"], "by": "us"}, {"claim": "a", "value": "1", "by": {"id": "us"}}]}"#)]),
    ("fields that stand twice", &[("a.json", br#"{"schema": "corroborate/1", "title": "A", "title": "B", "claims": [], "claims": []}"#)]),
    ("fields of entries that stand twice", &[("a.json", br#"{"schema": "corroborate/1",
        "claims": [{"id": "a", "kind": "count", "kind": "date"},
            {"id": "b", "kind": "count", "scope": {"place": "x",
                "place": "y"}}],
        "assertions": [{"claim": "b", "value": "1", "claim": "b"}],
        "constraints": [{"kind": "equal", "claims": ["a", "b"], "claims": ["b", "a"]}]}"#)]),
    ("fields of lines that stand twice", &[("a.jsonl", br#"{"claim": "a", "value": "1", "by": "us", "value": "2"}
{"claim": "a", "value": "1", "by": "us", "Value": "2"}
{"claim": "a", "value": "1", "by": "us", "scope": {"place": "x", "place": "y"}}
{"claim": "a", "value": "1", "by": "us", "scope.place": "x", "scope": {"place": "x"}}
"#)]),
    ("columns that stand twice", &[("a.csv", b"claim,value,by,scope.place,Valid At,scope.place,valid_at\na,1,us,x,,y,\n")]),
    ("slips in JSON", &[("a.jsonl", br#"{"claim": 'a'}
{"claim": "a",}
{"claim": "a", "value": 014}
{"claim": "a", "value": .5}
{"claim": "a", "value": None}
{"claim": "C:\data"}
{"claim": "\ud800"}
{"claim": "a" "value": 1}
{"claim" "a"}
{claim: "a"}
{"claim": "a", "by": ["us",]}
{"claim": "a"} {"claim": "b"}
{"claim": "a", "value": 1e999}
{"claim": "a
"#)]),
    ("ids that stand twice", &[("a.json", br#"{"schema": "corroborate/1",
        "sources": [
            {"id": "us", "name": "United States"},
            {"id": "us", "name": "America"}
        ],
        "claims": [{"id": "a", "kind": "count"}, {"id": "a", "kind": "count"}],
        "assertions": [{"id": "x", "claim": "a", "value": "1"}, {"id": "x", "claim": "a", "value": "2"}]}"#)]),
    ("references to nothing", &[("a.json", br#"{"schema": "corroborate/1",
        "sources": [{"id": "centcom", "part_of": "uss"}, {"id": "us"}],
        "claims": [{"id": "killed", "kind": "count"}],
        "assertions": [
            {"claim": "kiled", "value": "14", "by": "us"},
            {"claim": "killed", "value": "14", "by": "iraq", "document": "paper"},
            {"claim": "killed", "value": "15", "by": "us", "supersedes": "killed#9"}
        ],
        "constraints": [{"kind": "sum", "whole": "killed", "parts": ["killde"]}]}"#)]),
    ("rings", &[("a.json", br#"{"schema": "corroborate/1",
        "sources": [{"id": "us", "part_of": "centcom"}, {"id": "centcom", "part_of": "us"}],
        "terms": [{"id": "anbar", "broader": "anbar"}],
        "claims": [{"id": "a", "kind": "count"}],
        "assertions": [
            {"claim": "a", "value": "1", "by": "us", "supersedes": "a#2"},
            {"claim": "a", "value": "2", "by": "us", "supersedes": "a#1"}
        ]}"#)]),
    ("a ring in a table", &[("a.csv", b"claim,value,by,part_of\nkilled,14,us,centcom\nkilled,14,centcom,us\n")]),
    ("values that aren't understood", &[("a.csv", "claim,kind,value,by\nkilled,count,-3,us\nkilled,,fourteen-ish,us\nkilled,,14.5,us\nkilled,,14 or so many,us\nkilled,,15 to 10,us\nwhen,date,8/9/2024,us\nwhen,,2024-13-01,us\nwhen,,Thursday,us\nguilty,yes-no,perhaps,us\nfar,quantity,twelve miles,us\n".as_bytes())]),
    ("figures beside words, where no kind is given", &[("a.csv", b"claim,value,by\nkilled,14,us\nkilled,fourteen-ish,iraq\nkilled,15,eu\naircraft,A320,us\naircraft,Boeing,iraq\naircraft,737,eu\nlost,fourteen-ish,us\nfound,14 people,us\n")]),
    ("a spreadsheet's own thousands", &[("a.csv", b"claim,value,by,kind\nkilled,\"14,000\",us,count\nkilled,14.000,iraq,\ncost,\"14,000\",us,quantity\ncost,14.000,iraq,\nlost,14.000,us,\n")]),
    ("decimal commas", &[("a.csv", b"claim;value;by;kind\nfar;14,5;us;\nkilled;1,500;us;\ncost;1,500;us;quantity\nwide;1.234,5;us;\n")]),
    ("only the first row", &[("a.csv", b"claim,value,by\n")]),
    ("missing columns", &[("a.csv", b"claim,figure,source\nkilled,14,us\n")]),
    ("no columns named", &[("a.csv", b"killed,14,us\nkilled,15,iraq\n")]),
    ("a column too many", &[("a.csv", b"claim,value,by,vai,reporter,by\nkilled,14,us,,Ann,\n")]),
    ("a cell under no name", &[("a.csv", b"claim,value,by,,\nkilled,14,us,,\nkilled,15,iraq,,check!\n")]),
    ("rows too long and too short", &[("a.csv", b"claim,value,by\nkilled,14\nkilled,1,500,us\nkilled, \"1,500\", us\nkilled\n")]),
    ("an unclosed quotation mark", &[("a.csv", b"claim,value,by\nkilled,14,us\nkilled,\"15,iraq\nkilled,16,eu\n")]),
    ("Windows-1252 and UTF-8", &[("a.csv", b"claim,value,by\nkilled,14,us\nplace,Orl\xe9ans,us\nplace,\xc3\x8ele-de-France,us\n")]),
    ("Windows-1252 and UTF-8 in JSON", &[("a.json", b"{\"schema\": \"corroborate/1\",\n \"title\": \"Orl\xe9ans, \xc3\x8ele-de-France\"}")]),
    ("UTF-16 that is cut off", &[("a.csv", b"\xff\xfec\0l\0a\0i\0m\0\0\xd8")]),
    ("a spreadsheet", &[("a.xlsx", b"PK\x03\x04\x14\0\x06\0")]),
    ("a web page", &[("a.csv", b"<!DOCTYPE html>\n<html>")]),
    ("NUL bytes", &[("a.csv", b"claim,value,by\nkilled,1\x004,us\n")]),
    ("empty cells", &[("a.csv", b"claim,value,by,stance\n,14,us,\nkilled,,us,\nkilled,14,us,withholds\nkilled,,us,withholds\n")]),
    ("unknown words", &[("a.csv", b"claim,value,by,stance,kind,nature,anonymous\nkilled,14,us,denys,,,\nlost,14,us,,cuont,opinion,maybe\n")]),
    ("a value beside a range", &[("a.csv", b"claim,value,low,high,by\nkilled,24,10,20,us\nkilled,,20,10,us\nkilled,,ten-ish,,us\n")]),
    ("rows that contradict each other", &[("a.csv", b"claim,value,by,kind,part_of,topic\nkilled,14,centcom,count,us,raid\nkilled,15,us,quantity,,\nkilled,16,centcom,,eu,deaths\n")]),
    ("a fact about nobody", &[("a.csv", b"claim,value,by,part_of,published\nkilled,14,,us,\nkilled,14,us;iraq,un,\nkilled,14,us,,2024-09-03\n")]),
    ("lists with slips", &[("a.csv", b"claim,value,by,derived_from,supersedes\nkilled,14,us;us,,\nkilled,14,iraq,killed#7;lost#1,\nlost,14,eu,,killed#1\nlost,13,us,,lost#1\n")]),
    ("JSON Lines", &[("a.jsonl", b"{\"claim\": \"killed\", \"value\": 14, \"by\": \"us\"}\n{\"claim\": \"killed\", \"value\": 15, \"by\": \n\"killed\"\n{\"claim\": \"killed\", \"valeu\": 16, \"by\": {\"id\": \"us\"}}\n{\"value\": 16, \"by\": [\"a;b\"]}\n{\"claim\": \"killed\", \"value\": \"fourteen-ish\", \"by\": \"us\"}\n")]),
    ("records in two files", &[
        ("a.json", br#"{"schema": "corroborate/1", "claims": [{"id": "killed", "kind": "count"}],
            "assertions": [{"id": "x", "claim": "killed", "value": "14"}, {"id": "y", "claim": "killed", "value": "15"}],
            "retractions": [{"assertion": "x"}, {"assertion": "y", "on": "2024-05-06"}]}"#),
        ("b.json", br#"{"schema": "corroborate/1",
            "assertions": [{"id": "x", "claim": "killed", "value": "14"}, {"id": "y", "claim": "killed", "value": "16"}],
            "retractions": [{"assertion": "x"}, {"assertion": "y", "on": "2024-05-07"}]}"#),
        ("a.json", b"claim,value,by\nkilled,14,\n"),
    ]),
    ("several files", &[
        ("raid.json", br#"{"schema": "corroborate/1", "sources": [{"id": "us", "name": "United States"}],
            "claims": [{"id": "killed", "kind": "count"}], "assertions": [{"claim": "killed", "value": "x"}]}"#),
        ("more.json", br#"{"schema": "corroborate/1", "sources": [{"id": "us", "name": "America"}]}"#),
        ("more.csv", b"claim,kind,value,by,part_of\nkilled,quantity,14,us,nato\nkilled,,14,nato,us\n"),
    ]),
];

#[test]
fn every_message_says_where_what_and_what_to_do() {
    let mut page = String::new();
    for (slip, files) in SLIPS {
        let intake = if files.len() == 1 { Intake::new().without_names() } else { Intake::new() };
        let read = files.iter().fold(intake, |intake, (name, content)| intake.file(name, *content)).finish();
        let Err(problems) = read else { panic!("{slip} goes unnoticed") };
        let _ = writeln!(page, "# {slip}\n");
        for (name, content) in *files {
            let shown = String::from_utf8_lossy(content)
                .replace(['\0', '\u{3}', '\u{4}', '\u{6}', '\u{14}'], "\u{fffd}");
            let _ = writeln!(page, "    {name}: {}", shown.trim_end().replace('\n', "\n    "));
        }
        let _ = writeln!(page, "\n{problems}\n");
    }
    expect_file!["../snapshots/messages.txt"].assert_eq(&page);
}

/// The id that a message asks about: did you mean that?
fn suggested(ids: &[String], asked: &str) -> Option<String> {
    let mut dossier = Dossier::new("");
    for id in ids {
        // One that is no id, or stands there twice, isn't taken.
        let _ = dossier.add_claim(Claim::count(id, ""));
    }
    let said = dossier.no_such_claim(asked);
    let (_, meant) = said.split_once("; did you mean `")?;
    Some(meant.strip_suffix("`?").expect("an id").to_owned())
}

proptest! {
    /// What is asked about has more letters in common with what was written than not.
    #[test]
    fn what_may_have_been_meant_is_near(ids in proptest::collection::vec("[a-cA-C-]{1,6}", 0..12), asked in "[a-c-]{1,6}") {
        if let Some(meant) = suggested(&ids, &asked) {
            let letters = |text: &str| {
                let mut letters: Vec<char> = text.to_lowercase().chars().collect();
                letters.sort_unstable();
                letters
            };
            let (mut left, asked) = (letters(&meant), letters(&asked));
            let longer = left.len().max(asked.len());
            let common = asked.iter().filter(|letter| {
                left.iter().position(|other| other == *letter).map(|at| left.remove(at)).is_some()
            });
            prop_assert!(common.count() * 2 > longer, "{} for {:?}", meant, asked);
        }
    }

    /// One slip in an id of three letters or more is always asked about.
    #[test]
    fn one_slip_is_asked_about(id in "[a-z]{3,12}", at in any::<prop::sample::Index>(), slip in 0..3_u8) {
        let mut letters: Vec<char> = id.chars().collect();
        let at = at.index(letters.len());
        match slip {
            0 => letters[at] = 'X',
            1 => letters.insert(at, 'X'),
            _ => drop(letters.remove(at)),
        }
        let asked: String = letters.into_iter().collect();
        prop_assert_eq!(suggested(std::slice::from_ref(&id), &asked), Some(id));
    }
}

/// What is cited in a message, with its line: `14` (line 2).
fn cited(message: &str) -> Option<(String, usize)> {
    let (before, behind) = message.split_once("` (line ")?;
    let (_, text) = before.rsplit_once('`')?;
    Some((text.to_owned(), behind.split_once(')')?.0.parse().ok()?))
}

/// A kind that a message names, behind these words.
fn kind_behind(message: &str, words: &str) -> Option<Kind> {
    let (_, behind) = message.split_once(words)?;
    behind.split([' ', ',', ':']).next()?.parse().ok()
}

proptest! {
    /// A cell that is refused is set against another one, which shows the kind that it is held to.
    #[test]
    fn no_cell_is_its_own_reason(
        values in proptest::collection::vec(
            prop::sample::select(vec!["yes", "no", "none", "14", "7", "14.5", "2024", "2024-05-06", "Anbar", "falls", "14-ish"]),
            2..7,
        ),
    ) {
        let table: String = values.iter().map(|value| format!("a,{value},us\n")).collect();
        let Err(problems) = Dossier::from_csv(format!("claim,value,by\n{table}").as_bytes()) else { return Ok(()) };
        for problem in problems.problems() {
            let (said, line) = (problem.problem(), problem.line().expect("a line"));
            let own = values[line - 2];
            let reads = |kind: Kind, value: &str| Value::read(kind, value).is_ok();
            if let Some((other, there)) = cited(said) {
                prop_assert_ne!(there, line, "{}", said);
                prop_assert_eq!(values[there - 2], other.as_str());
                match (kind_behind(said, " reads as a "), kind_behind(said, " is taken for a ")) {
                    (Some(kind), None) => prop_assert!(reads(kind, own) && !reads(kind, &other), "{}", said),
                    (None, Some(kind)) => prop_assert!(reads(kind, &other) && !reads(kind, own), "{}", said),
                    _ => prop_assert!(false, "no kind in {}", said),
                }
            }
        }
    }

    /// Whatever the order of columns is, the problems of a line come in it.
    #[test]
    fn problems_come_by_line_and_column(
        columns in Just(vec!["claim", "value", "by", "stance", "kind", "asserted", "Valid At", "nature", "anonymous", "", "via"]).prop_shuffle(),
        rows in proptest::collection::vec(prop::bits::u16::ANY, 1..5),
        as_lines in any::<bool>(),
    ) {
        let bad = |column: &str, row: usize| match column {
            "claim" => " ".to_owned(),
            "by" | "via" => "us;us".to_owned(),
            _ => format!("no-{row}"),
        };
        let good = |column: &str, row: usize| match column {
            "claim" => format!("c{row}"),
            "value" => "14".to_owned(),
            "kind" => "count".to_owned(),
            "by" => "us".to_owned(),
            _ => String::new(),
        };
        let columns: Vec<&str> = columns.into_iter().filter(|column| !as_lines || !column.is_empty()).collect();
        let cells = rows.iter().zip(0..).map(|(bits, row)| {
            let cell = columns.iter().zip(0..).map(|(column, at)| {
                if bits & (1 << at) != 0 { bad(column, row) } else { good(column, row) }
            });
            cell.collect::<Vec<_>>()
        });
        let lines = cells.map(|cells| {
            let fields = columns.iter().zip(&cells).map(|(column, cell)| format!("\"{column}\": \"{cell}\""));
            if as_lines { format!("{{{}}}\n", fields.collect::<Vec<_>>().join(", ")) } else { cells.join(",") + "\n" }
        });
        let lines: String = lines.collect();
        let table = if as_lines { lines } else { format!("{}\n{lines}", columns.join(",")) };
        let Err(problems) = Dossier::from_csv(table.as_bytes()) else { return Ok(()) };
        let places: Vec<(usize, usize)> = problems
            .problems()
            .iter()
            .map(|problem| {
                let name = problem.place().split('`').nth(1).unwrap_or_default();
                let column = |column: &&str| column.to_lowercase().replace(' ', "_") == name.to_lowercase().replace(' ', "_");
                (problem.line().unwrap_or(0), columns.iter().position(column).unwrap_or(0))
            })
            .collect();
        let mut sorted = places.clone();
        sorted.sort();
        prop_assert_eq!(places, sorted, "{}\n{}", table, problems);
    }
}

#[test]
fn problems_of_a_dossier_on_one_line_come_in_its_order() {
    let file = r#"{"schema": "corroborate/1", "claims": [{"id": "c", "kind": "count"}], "assertions": [{"claim": "x", "by": "y", "value": "no-14"}, {"claim": "c", "value": "no-14", "by": "z"}], "sources": [{"id": "s", "part_of": "t"}]}"#;
    let problems = Dossier::from_json(file).expect_err("unsound");
    let places: Vec<&str> = problems.problems().iter().map(corroborate::Error::place).collect();
    let expected = [
        "assertions[0].claim",
        "assertions[0].by",
        "assertions[1].value",
        "assertions[1].by",
        "sources[0].part_of",
    ];
    assert_eq!(places, expected);
}

/// For each kind of slip a row that has it in one of its columns; what concerns the whole file has none.
#[test]
fn every_kind_of_slip_is_one_that_a_table_can_have() {
    let tables = [
        (ErrorKind::Syntax, "claim,value,by\nkilled,14,us,iraq\n", None),
        (ErrorKind::UnknownField, "claim,value,by,colour\nkilled,14,us,red\n", None),
        (ErrorKind::MissingField, "claim,value,by\n,14,us\n", Some("claim")),
        (ErrorKind::UnknownWord, "claim,value,by,stance\nkilled,14,us,denis\n", Some("stance")),
        (
            ErrorKind::UnknownReference,
            "claim,value,by,supersedes\nkilled,14,us,killed#9\n",
            Some("supersedes"),
        ),
        (ErrorKind::Duplicate, "claim,value,by\nkilled,14,us;us\n", Some("by")),
        (ErrorKind::Wording, "claim,value,by,kind\nkilled,many-ish,us,count\n", Some("value")),
        (ErrorKind::InvalidId, "claim,value,by\nkilled,14,N/A\n", Some("by")),
        (
            ErrorKind::Conflict,
            "claim,value,by,kind\nkilled,14,us,count\nkilled,14,us,quantity\n",
            Some("kind"),
        ),
        (
            ErrorKind::Cycle,
            "claim,value,by,part_of\nkilled,14,us,centcom\nkilled,14,centcom,us\n",
            Some("part_of"),
        ),
        (ErrorKind::Invalid, "claim,value,by,stance\nkilled,14,us,withholds\n", Some("value")),
    ];
    for (kind, table, column) in tables {
        let problems = Dossier::from_csv(table.as_bytes()).expect_err(table);
        let found: Vec<_> =
            problems.problems().iter().map(|problem| (problem.kind(), problem.column())).collect();
        assert_eq!(found, [(kind, column)], "{table}{problems}");
    }
    let json = r#"{"schema": "corroborate/1", "claims": [{"id": "a", "kind": 3}]}"#;
    let problems = Dossier::from_json(json).expect_err("a kind is a text");
    let found: Vec<_> =
        problems.problems().iter().map(|problem| (problem.kind(), problem.column())).collect();
    assert_eq!(found, [(ErrorKind::WrongType, None)]);
    let shown = tables.iter().map(|(kind, ..)| *kind).chain([ErrorKind::WrongType]);
    assert!(
        ErrorKind::ALL.iter().all(|kind| shown.clone().any(|shown| shown == *kind)),
        "a kind has no table"
    );
}

#[test]
fn tables_beside_have_messages_of_their_own() {
    let read = Intake::new()
        .sources("sources.csv", "id,name,partof\nus,United States,\nus,America,\n,Nobody,\n".as_bytes())
        .terms("terms.csv", "term,label\nanbar,Anbar\n".as_bytes())
        .claims("claims.csv", "{\"schema\": \"corroborate/1\"}".as_bytes())
        .file("raid.csv", "claim,value,by\nkilled,14,us\n".as_bytes())
        .finish();
    let problems = read.expect_err("unsound").to_string();
    expect_test::expect![[r#"
        sources.csv: line 1: there is no column `partof` in a table of sources; did you mean `part_of`? rename it or take it out; expected any of: id, name, aliases, kind, part_of, anonymous
        sources.csv: line 3, column `name`: found `America`, but line 2 says `United States`; source `us` has one `name`, so make the rows agree
        sources.csv: line 4, column `id`: it is empty; every source needs an id
        terms.csv: line 1: there is no column `term` in a table of terms; rename it or take it out; expected any of: id, label, aliases, broader
        terms.csv: line 1: there is no column `id`; each row needs one (found, separated by commas: `term`, `label`)
        claims.csv: line 1: expected a table of claims, whose first row names its columns; found JSON"#]].assert_eq(&problems);
}

#[test]
fn thousands_of_problems_are_grouped() {
    let mut table = "claim,kind,value,by\n".to_owned();
    for row in 0..5_000 {
        let _ = writeln!(
            table,
            "killed,count,{},us",
            if row % 2 == 0 { format!("{row}-ish") } else { format!("-{row}") }
        );
    }
    let problems = Dossier::from_csv(table.as_bytes()).expect_err("unsound");
    assert_eq!(problems.problems().len(), 5_000);
    let printed = problems.to_string();
    let printed: Vec<&str> = printed.lines().collect();
    assert_eq!(printed.len(), 42);
    expect_test::expect![[r#"
        line 41, column `value`: `-39` isn't understood: a count can't be negative; declare the claim as a quantity if it may be
        … and 2480 more of this sort, from here on: line 42, column `value`: `40-ish` isn't understood from character 4 on: expected a figure, found `ish`
        … and 2480 more of this sort, from here on: line 43, column `value`: `-41` isn't understood: a count can't be negative; declare the claim as a quantity if it may be"#]].assert_eq(&printed[39..].join("\n"));
}

/// Neither is read into memory as a whole; the time that they take says so.
#[test]
fn a_line_of_a_hundred_megabytes_is_refused() {
    let row = |before: &[u8], fill: u8| [before, &vec![fill; 100 << 20]].concat();
    for (name, content) in [
        ("a.csv", row(b"claim,value,by\nkilled,14,us\nkilled,", b'1')),
        ("a.csv", row(b"claim,value,by\nkilled,14,us\nkilled,\"", b'\n')),
        ("a.csv", row(b"claim,value,by", b',')),
        ("a.jsonl", row(b"{\"claim\": \"killed\", \"value\": 14}\n{\"claim\": \"", b'k')),
    ] {
        let problems = Intake::new()
            .without_names()
            .file(name, content.as_slice())
            .finish()
            .expect_err("unsound")
            .to_string();
        assert!(problems.contains("longer than 16 MB"), "{problems}");
    }
}

#[test]
fn the_command_lists_all_problems_and_ends_with_two() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("messages");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("raid.csv"), "claim,value,by\nkilled,14\nkilled,fourteen-ish,us\n")
        .expect("a file");
    let run = |arguments: &[&str]| {
        let command =
            Command::new(env!("CARGO_BIN_EXE_corroborate")).args(arguments).current_dir(&folder).output();
        let output = command.expect("the command runs");
        (String::from_utf8(output.stderr).expect("text"), output.stdout.len(), output.status.code())
    };
    let alone = run(&["check", "raid.csv"]);
    expect_test::expect![[r#"
        line 2: found 2 cells, the last of them `14`, where the first row has 3; leave a cell empty where there is nothing to say
        line 3, column `value`: `fourteen-ish` isn't understood from character 10 on: `ish` isn't part of a figure; if it says what is counted, put it into `unit`; `killed` is taken for a count: correct the value, or say another kind in a column `kind`
        2 problems
    "#]].assert_eq(&alone.0);
    assert_eq!((alone.1, alone.2), (0, Some(2)));
    fs::copy(folder.join("raid.csv"), folder.join("more.csv")).expect("a copy");
    let two = run(&["report", "raid.csv", "more.csv", "--rule", "rounding"]);
    assert!(two.0.starts_with("raid.csv: line 2: "), "{}", two.0);
    for (arguments, meant) in [
        (&["report", "raid.csv", "--rule", "ronding"][..], "`rounding`"),
        (&["report", "raid.csv", "--fail-on", "dispuetd"], "`disputed`"),
        (&["report", "raid.cvs"], "raid.cvs: "),
        (&["check", "."], "this is a folder"),
    ] {
        let (said, _, status) = run(arguments);
        assert!(said.contains(meant), "{said}");
        assert_eq!(status, Some(2));
    }
}
