//! Several files are one dossier: what stands in two of them counts once, and the order of the calls decides nothing.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use corroborate::{Dossier, Intake, Problems, Resolver};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::strategies::{config, dossier};

const LISTS: [&str; 7] =
    ["sources", "terms", "documents", "claims", "assertions", "retractions", "constraints"];

fn list<'d>(document: &'d Value, list: &str) -> &'d [Value] {
    document[list].as_array().map_or(&[], Vec::as_slice)
}

/// A dossier whose assertions all have ids, so that they can be told from each other.
fn named() -> impl Strategy<Value = Value> {
    dossier().prop_map(|document| {
        let mut document: Value = serde_json::from_str(
            &Dossier::from_json(&document.to_string()).expect("a sound dossier").to_json(),
        )
        .expect("JSON");
        for (assertion, nth) in document["assertions"].as_array_mut().into_iter().flatten().zip(0..) {
            if assertion["id"].is_null() {
                assertion["id"] = json!(format!("assertion {nth}"));
            }
        }
        document
    })
}

fn read(files: &[(&str, &Value)]) -> Result<Dossier, Problems> {
    let files: Vec<(&str, String)> = files.iter().map(|(name, file)| (*name, file.to_string())).collect();
    Dossier::from_json_files(files.iter().map(|(name, file)| (*name, file.as_str())))
}

/// A dossier in which the order of records doesn't show.
fn sorted(dossier: &Dossier) -> Value {
    let mut document: Value = serde_json::from_str(&dossier.to_json()).expect("JSON");
    for list in LISTS {
        if let Some(records) = document[list].as_array_mut() {
            records.sort_by_key(Value::to_string);
        }
    }
    document
}

proptest! {
    #![proptest_config(config())]

    /// A dossier beside itself, and beside each of its lists alone, is the dossier.
    #[test]
    fn what_two_files_hold_alike_is_one_record(document in named(), order in any::<bool>()) {
        // It may refer to an assertion by its number, which it hasn't got any more.
        let Ok(alone) = read(&[("a", &document)]) else { return Ok(()) };
        let twice = if order { [("b", &document), ("a", &document)] } else { [("a", &document), ("b", &document)] };
        let twice = read(&twice).map_err(|problems| TestCaseError::fail(problems.to_string()))?;
        prop_assert_eq!(alone.to_json(), twice.to_json());
        let resolver = Resolver::standard();
        prop_assert_eq!(resolver.resolve(&alone).to_json(), resolver.resolve(&twice).to_json());
        for name in LISTS {
            let part = json!({"schema": "corroborate/1", name: document[name].as_array().cloned().unwrap_or_default()});
            let both = if order { [("b", &part), ("a", &document)] } else { [("a", &document), ("b", &part)] };
            let both = read(&both).map_err(|problems| TestCaseError::fail(problems.to_string()))?;
            prop_assert_eq!(sorted(&alone), sorted(&both), "{}", name);
        }
    }

    /// One word of one record differs in a second file: that is a problem, which names both places.
    #[test]
    fn what_two_files_hold_otherwise_is_refused(document in named(), at in any::<prop::sample::Index>(), order in any::<bool>()) {
        let changes = [
            ("sources", "name"), ("terms", "label"), ("documents", "title"), ("claims", "question"),
            ("assertions", "note"), ("assertions", "value"), ("assertions", "derived_from"), ("retractions", "reason"),
        ];
        let records = changes.iter().flat_map(|(name, field)| {
            (0..list(&document, name).len()).map(move |nth| (*name, nth, *field))
        });
        let records: Vec<_> = records.collect();
        prop_assume!(!records.is_empty() && read(&[("a", &document)]).is_ok());
        let (name, nth, field) = records[at.index(records.len())];
        let mut other = document.clone();
        let record = &mut other[name][nth];
        prop_assume!(field != "value" || record[field].is_string());
        record[field] = match field {
            "value" => json!(format!("{} ", record[field].as_str().unwrap_or_default())),
            "derived_from" => {
                let mut ids = record[field].as_array().cloned().unwrap_or_default();
                ids.push(json!("assertion 0"));
                json!(ids)
            }
            _ => json!(format!("not {}", record[field])),
        };
        let (first, second) = if order { (&other, &document) } else { (&document, &other) };
        let problems = read(&[("a", first), ("b", second)]).expect_err("they differ");
        let (place, there) = (format!("b: {name}[{nth}]."), format!("{name}[{nth}] of a"));
        prop_assert!(
            problems.problems().iter().any(|one| one.place().starts_with(&place) && one.problem().contains(&there)),
            "{} is missing in {}", there, problems
        );
    }

    /// Tables, dossiers and settings in any order: the same records, or the same places of problems.
    #[test]
    fn the_order_of_calls_decides_nothing((inputs, shuffled) in orders(), named in any::<bool>(), at in 0..5_usize) {
        let (one, other) = (intake(&inputs, named, 0), intake(&shuffled, named, at));
        match (one, other) {
            (Ok(one), Ok(other)) => prop_assert_eq!(sorted(&one), sorted(&other)),
            (Err(one), Err(other)) => {
                let places = |problems: &Problems| {
                    let mut places: Vec<_> = problems.problems().iter().map(|one| one.place().to_owned()).collect();
                    places.sort();
                    places
                };
                prop_assert_eq!(places(&one), places(&other), "{} \n\n {}", one, other);
            }
            (one, other) => prop_assert!(false, "{:?} \n\n {:?}", one, other),
        }
    }
}

/// A file: how it is taken in, its name and its content.
type Input = (fn(Intake, &str, &[u8]) -> Intake, &'static str, String);

/// Reads files in their order. Where messages are to have no names, that is said before the file of that number.
fn intake(inputs: &[Input], named: bool, at: usize) -> Result<Dossier, Problems> {
    let set = |intake: Intake| if named { intake } else { intake.without_names() };
    let (before, behind) = inputs.split_at(at.min(inputs.len()));
    let take = |intake, (take, name, content): &Input| take(intake, name, content.as_bytes());
    let intake = before.iter().fold(Intake::new(), take);
    behind.iter().fold(set(intake), take).finish().map(|(dossier, _)| dossier)
}

fn orders() -> impl Strategy<Value = (Vec<Input>, Vec<Input>)> {
    inputs().prop_flat_map(|inputs| (Just(inputs.clone()), Just(inputs).prop_shuffle()))
}

/// Files that don't contradict each other, but may be wrong by themselves.
fn inputs() -> impl Strategy<Value = Vec<Input>> {
    // What is no id is refused where a row names it first, so that no two tables name the same.
    let id = |none: &'static str| prop_oneof![12 => "[a-d]".prop_map(|id| id), 1 => Just(none.to_owned())];
    let value = || {
        prop_oneof![
            9 => "[1-9]".prop_map(|value| value),
            1 => prop::sample::select(vec!["at least 3", "yes", "x", "2024-05-06", "-4"]).prop_map(str::to_owned),
        ]
    };
    let rows = |none| prop::collection::vec((id(none), value(), id(none)), 1..5);
    let table = |rows: Vec<(String, String, String)>| {
        rows.iter().fold("claim,value,by\n".to_owned(), |mut table, (claim, value, by)| {
            let _ = writeln!(table, "{claim},{value},{by}");
            table
        })
    };
    let entries = |rows: Vec<(String, String, String)>| {
        let assertions: Vec<Value> = rows
            .iter()
            .zip(0..)
            .map(|((claim, value, by), nth)| json!({"id": format!("e{nth}"), "claim": claim, "value": value, "by": by}))
            .collect();
        let schema = "corroborate/1";
        json!({"schema": schema, "sources": [{"id": "a", "kind": "office"}], "assertions": assertions})
            .to_string()
    };
    let sources = prop::collection::vec(id("c\u{1}"), 0..4).prop_map(|ids| {
        ids.iter().fold("id,kind\n".to_owned(), |table, id| {
            table + id + if id == "a" { ",office\n" } else { ",\n" }
        })
    });
    let claims = prop::collection::vec((id("d\u{1}"), any::<bool>()), 0..4).prop_map(|ids| {
        ids.iter().fold("id,kind\n".to_owned(), |table, (id, counts)| {
            table + id + if *counts { ",count\n" } else { ",\n" }
        })
    });
    let file: fn(Intake, &str, &[u8]) -> Intake = |intake, name, content| intake.file(name, content);
    (rows("a\u{1}"), rows("b\u{1}"), rows("a\u{1}"), sources, claims, 0..32_u8).prop_map(
        move |(one, two, three, sources, claims, which)| {
            let all: [Input; 5] = [
                (|intake, name, content| intake.sources(name, content), "sources.csv", sources),
                (|intake, name, content| intake.claims(name, content), "claims.csv", claims),
                (file, "one.csv", table(one)),
                (file, "two.csv", table(two)),
                (file, "three.json", entries(three)),
            ];
            let some = all.into_iter().zip(0..).filter(|(_, nth)| which & (1 << nth) != 0);
            some.map(|(input, _)| input).collect()
        },
    )
}

#[test]
fn a_file_that_is_given_twice_is_refused() {
    let table = "claim,value,by\nkilled,14,us\n".as_bytes();
    let twice = Intake::new().file("a.csv", table).file("b.csv", table).file("a.csv", table).finish();
    assert_eq!(twice.expect_err("twice").to_string(), "a.csv: it is given twice; give each file once");
    let as_another = Intake::new().sources("a.csv", "id\nus\n".as_bytes()).file("a.csv", table).finish();
    assert_eq!(as_another.expect_err("twice").to_string(), "a.csv: it is given twice; give each file once");
    let empty = r#"{"schema": "corroborate/1"}"#;
    let json = Dossier::from_json_files([("a", empty), ("a", empty)]);
    assert_eq!(json.expect_err("twice").to_string(), "a: it is given twice; give each file once");
    // What has no name can't be told apart, and what two files say without ids was said twice.
    let (dossier, _) = Intake::new().file("", table).file("", table).finish().expect("two files");
    assert_eq!(dossier.assertions().len(), 2);
    let (dossier, _) = Intake::new().file("a.csv", table).file("b.csv", table).finish().expect("two files");
    assert_eq!(dossier.assertions().len(), 2);
}

#[test]
fn the_command_knows_a_file_by_whatever_way_leads_to_it() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("several");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("inner")).expect("a folder");
    fs::write(folder.join("a.csv"), "claim,value,by\nkilled,14,us\n").expect("a file");
    let check = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
        let output = command.arg("check").args(arguments).current_dir(&folder).output().expect("it runs");
        (output.status.code(), String::from_utf8(output.stderr).expect("text").trim_end().to_owned())
    };
    let absolute = folder.join("a.csv").display().to_string();
    for again in ["a.csv", "./a.csv", "inner/../a.csv", &absolute] {
        let said = format!("{again}: this is `a.csv` again; name each file once");
        assert_eq!(check(&["a.csv", again]), (Some(2), said.clone()));
        assert_eq!(check(&["--sources", "a.csv", again]), (Some(2), said));
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("a.csv", folder.join("link.csv")).expect("a link");
        let said = "a.csv: this is `link.csv` again; name each file once".to_owned();
        assert_eq!(check(&["link.csv", "a.csv"]), (Some(2), said));
    }
    let (status, said) = check(&["-", "-"]);
    assert_eq!(status, Some(2), "{said}");
    fs::copy(folder.join("a.csv"), folder.join("b.csv")).expect("a copy");
    assert_eq!(check(&["a.csv", "b.csv"]).0, Some(0));
}
