//! Tables: what they are recognised by, how they are read, and that no bytes are too strange for them.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use corroborate::{Dossier, Intake, Kind};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::strategies;

proptest! {
    #![proptest_config(strategies::config())]

    #[test]
    fn any_bytes_are_a_dossier_or_an_error(bytes in vec(any::<u8>(), 0..200), name in select(vec!["", "a.csv", "a.tsv", "a.jsonl", "a.json"])) {
        read_all_ways(name, &bytes);
    }

    #[test]
    fn any_table_is_a_dossier_or_an_error(pieces in vec(select(PIECES.to_vec()), 0..30)) {
        read_all_ways("a.csv", pieces.concat().as_bytes());
        read_all_ways("a.csv", format!("claim,value,by,low,high,kind,part_of,stance,supersedes,id\n{}", pieces.concat()).as_bytes());
        read_all_ways("a.jsonl", format!("{{\"claim\":\"a\",{}", pieces.concat()).as_bytes());
    }
}

const PIECES: &[&str] = &[
    "claim",
    "value",
    "by",
    ",",
    ",",
    ",",
    ";",
    "\t",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "\"",
    "\"",
    "14",
    "14,000",
    "14.000",
    "at least 3",
    "fourteen-ish",
    "yes",
    "2024-08-29",
    "Thursday",
    "8/9/2024",
    "us",
    "iraq",
    "us;us",
    "{",
    "}",
    "[",
    "]",
    ":",
    "null",
    "count",
    "cuont",
    "denies",
    "withholds",
    "a#1",
    "é",
    "\0",
    "\u{feff}",
    " ",
    "scope.place",
    "part_of",
    "kind",
    "low",
    "high",
    "id",
    "\"id\":",
    "\"value\":1e400",
];

fn read_all_ways(name: &str, bytes: &[u8]) {
    let problems = [
        Intake::new().file(name, bytes).finish(),
        Intake::new().sources(name, bytes).terms(name, bytes).claims(name, bytes).finish(),
        Intake::new().file(name, Drip(bytes)).file(name, bytes).finish(),
    ];
    for problems in problems.into_iter().filter_map(Result::err) {
        assert!(!problems.problems().is_empty());
        assert!(!problems.to_string().is_empty());
    }
}

/// A reader that gives a byte at a time.
struct Drip<'b>(&'b [u8]);

impl Read for Drip<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = into.len().min(1);
        self.0.read(&mut into[..count])
    }
}

fn csv(table: &str) -> Dossier {
    Dossier::from_csv(table.as_bytes()).unwrap_or_else(|problems| panic!("{problems}\n{table}"))
}

/// The assertions of a table, as what they say and who says it.
fn said(dossier: &Dossier) -> Vec<String> {
    let by = |a: corroborate::AssertionRef<'_>| {
        a.by().map(|source| source.id().to_owned()).collect::<Vec<_>>().join("+")
    };
    dossier.assertions().map(|a| format!("{} {a} by {}", a.id(), by(a))).collect()
}

#[test]
fn a_table_typed_by_hand_is_read() {
    let raid = csv("\
        claim, value, by, via, asserted\n\
        killed, 14, iraq, , 2024-08-30\n\
        killed, \"at least 14\", , , \n\
        \n\
        ,,,,\n\
        attacks, 153, isis, centcom; us, 2024-08-30\n\
        injured, 7, us ; iraq,,\n");
    assert_eq!(
        said(&raid),
        [
            "killed#1 14 by iraq",
            "killed#2 at least 14 by ",
            "attacks#1 153 by isis",
            "injured#1 7 by us+iraq"
        ]
    );
    let relays: Vec<&str> =
        raid.assertion("attacks#1").expect("read").via().map(|source| source.id()).collect();
    assert_eq!(relays, ["centcom", "us"]);
}

#[test]
fn columns_stand_in_any_order_and_case() {
    let raid = csv("By;VALID AT;Value;Claim\n\"us;iraq\";2024-08-29;7;injured\n");
    assert_eq!(said(&raid), ["injured#1 7 by us+iraq"]);
    let valid_at = raid.assertion("injured#1").and_then(|a| a.valid_at()).expect("a date");
    assert_eq!(valid_at.to_string(), "2024-08-29");
}

#[test]
fn kinds_are_taken_from_all_values_of_a_claim() {
    let kinds = |table: &str| {
        csv(table).claims().map(|claim| (claim.id().to_owned(), claim.kind())).collect::<Vec<_>>()
    };
    let found = kinds(
        "claim,value,by\n\
         guilty,yes,a\nguilty,no,b\n\
         killed,14,a\nkilled,dozens,b\nkilled,none,c\n\
         founded,1990,a\nplaces,1990,a\n\
         depth,14,a\ndepth,14.5,b\n\
         raid,2024-08-29,a\nraid,August 2024,b\n\
         cause,falls or shrapnel,a\ncause,none,b\n",
    );
    let expected = [
        ("guilty", Kind::YesNo),
        ("killed", Kind::Count),
        ("founded", Kind::Date),
        ("places", Kind::Count),
        ("depth", Kind::Quantity),
        ("raid", Kind::Date),
        ("cause", Kind::Term),
    ];
    assert_eq!(found, expected.map(|(claim, kind)| (claim.to_owned(), kind)));
    // Names that have figures in them are names.
    let named = kinds(
        "claim,value,by\nunit,1st Battalion,a\nsite,One World Trade Center,a\nplane,A320,a\nplane,MiG-29,b\n",
    );
    assert!(named.iter().all(|(_, kind)| *kind == Kind::Term), "{named:?}");
    // Given in any row, it holds for all.
    assert_eq!(kinds("claim,value,by,kind\na,1990,x,\na,1991,y,date\n"), [("a".to_owned(), Kind::Date)]);
}

#[test]
fn ends_in_two_cells_stand_for_a_range() {
    let table = "claim,value,low,high,by\nkilled,,10,15,a\nkilled,,10,,b\nkilled,,,15,c\nkilled,,15,15,d\nkilled,14,,,e\nkilled,14,14,14,f\n";
    let killed: Vec<String> = csv(table).assertions().map(|a| a.to_string()).collect();
    assert_eq!(killed, ["10 to 15", "at least 10", "at most 15", "15", "14", "14"]);
    let dates =
        "claim,kind,low,high,by\nraid,date,2024-08-29,2024-08-30,a\nraid,,2024,,b\nraid,,,2024-09,c\n";
    let dates: Vec<String> = csv(dates).assertions().map(|a| a.to_string()).collect();
    assert_eq!(dates, ["2024-08-29/2024-08-30", "2024/..", "../2024-09"]);
}

#[test]
fn facts_about_claims_sources_and_documents_may_stand_in_any_row() {
    let raid = csv("\
        claim,value,by,part_of,anonymous,topic,scope.place,document,published,publisher\n\
        when,Thursday,ryder,centcom,,raids,anbar,paper,2024-09-03,newspaper\n\
        when,Thursday,officials,,yes,,,paper,,\n\
        where,Anbar,centcom,us,,,,,,\n");
    assert_eq!(raid.assertion("when#2").expect("read").to_string(), "2024-08-29");
    assert_eq!(raid.source("ryder").expect("made").side().id(), "us");
    assert!(raid.source("officials").expect("made").is_anonymous());
    let when = raid.claim("when").expect("made");
    assert_eq!((when.topic(), when.scope().next()), (Some("raids"), Some(("place", "anbar"))));
    assert_eq!(raid.document("paper").and_then(|paper| paper.publisher()).map(|p| p.id()), Some("newspaper"));
}

#[test]
fn tables_and_dossiers_in_json_are_read_as_one() {
    let dossier = r#"{"schema": "corroborate/1", "title": "Raid",
        "sources": [{"id": "us", "name": "United States"}],
        "claims": [{"id": "killed", "question": "How many?", "kind": "count"}],
        "assertions": [{"claim": "killed", "value": "15", "by": "us"}]}"#;
    let table = "claim,value,by,part_of,supersedes\nkilled,14,centcom,us,killed#1\n";
    let (raid, lints) = Intake::new()
        .file("raid.json", dossier.as_bytes())
        .file("more.csv", table.as_bytes())
        .finish()
        .expect("sound");
    assert_eq!((raid.title(), lints.len()), ("Raid", 0));
    assert_eq!(raid.claim("killed").expect("declared").question(), "How many?");
    assert_eq!(said(&raid), ["killed#1 15 by us", "killed#2 14 by centcom"]);
    assert_eq!(raid.source("centcom").expect("made").side().name(), "United States");

    // An entry may point at what a table, or a dossier behind it, has.
    let (more, _) = Intake::new()
        .file(
            "a.json",
            r#"{"schema": "corroborate/1", "assertions": [{"claim": "killed", "value": "14", "by": "eu"}]}"#
                .as_bytes(),
        )
        .file("raid.json", dossier.as_bytes())
        .file("more.csv", "claim,value,by\nkilled,14,eu\n".as_bytes())
        .finish()
        .expect("sound");
    assert_eq!(said(&more), ["killed#1 14 by eu", "killed#2 15 by us", "killed#3 14 by eu"]);
}

#[test]
fn content_tells_what_a_file_is() {
    let rows = r#"{"claim": "killed", "value": 14, "by": ["us", "iraq"], "scope": {"place": "anbar"}, "note": null}"#;
    for (name, text) in [
        ("a.txt", rows),
        ("a.jsonl", rows),
        ("", "claim\tvalue\tby\tscope.place\nkilled\t14\tus;iraq\tanbar\n"),
        ("a.csv", "claim;value;by;scope.place\nkilled;14;\"us;iraq\";anbar"),
        (
            "a.csv",
            "\u{feff}\"claim\",\"value\",\"by\",\"scope.place\"\r\n\"killed\",\"14\",\"us;iraq\",\"anbar\"\r\n",
        ),
        ("a.csv", "claim,value,by,scope.place\rkilled,14,us;iraq,anbar\r"),
    ] {
        let (raid, _) = Intake::new()
            .file(name, text.as_bytes())
            .finish()
            .unwrap_or_else(|problems| panic!("{text}: {problems}"));
        assert_eq!(said(&raid), ["killed#1 14 by us+iraq"], "{text}");
        assert_eq!(
            raid.claims().next().and_then(|claim| claim.scope().next()),
            Some(("place", "anbar")),
            "{text}"
        );
    }
}

/// A folder of its own for each test, with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("tables-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    for (name, content) in files {
        fs::write(folder.join(name), content).expect("a file");
    }
    folder
}

/// What the command prints in a folder: its standard output, its standard error and its exit status.
fn run(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_corroborate"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the command runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn the_command_line_reads_tables_beside_each_other() {
    let folder = folder(
        "beside",
        &[
            (
                "raid.csv",
                "claim,value,by\nfighters-killed,14,iraq\nfighters-killed,15,centcom\nplace,anbar,us\n",
            ),
            ("more.tsv", "claim\tvalue\tby\nplace\twestern-iraq\tiarq\n"),
            (
                "sources.csv",
                "id,name,part_of\nus,United States,\ncentcom,U.S. Central Command,us\niraq,Iraq,\n",
            ),
            ("terms.csv", "id,label,broader\nwestern-iraq,western Iraq,\nanbar,Anbar,western-iraq\n"),
            (
                "claims.csv",
                "id,question,kind\nfighters-killed,How many fighters were killed?,count\nplace,Where was the raid?,place\n",
            ),
        ],
    );
    let beside = ["--sources", "sources.csv", "--terms", "terms.csv", "--claims", "claims.csv"];
    let (out, err, status) = run(&folder, &[&["check", "raid.csv", "more.tsv"][..], &beside].concat());
    assert_eq!(out, "sound: 2 claims, 4 assertions, 4 sources\n");
    assert_eq!(err, "not in the table of sources, so taken as a new one: `iarq` (did you mean `iraq`?)\n");
    assert_eq!(status, Some(0));

    let (out, err, status) = run(&folder, &["report", "raid.csv", "--format", "json"]);
    let report: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((&report["findings"][0]["verdict"], status), (&json!("disputed"), Some(0)));
    assert_eq!(
        err,
        "kinds taken from the values (counts: `fighters-killed`; terms: `place`); add a column `kind` to change this\n"
    );
    let (out, ..) = run(&folder, &[&["explain", "raid.csv", "place"][..], &beside].concat());
    assert!(out.contains("Where was the raid?"), "{out}");
}
