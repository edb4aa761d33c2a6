//! The command line as its users meet it: what goes where, and with which exit status.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use corroborate::{Dossier, Resolver};
use expect_test::{expect, expect_file};

use crate::pages::as_kept;
use crate::pictures::drawing;

const RAID: &str = "tests/corpus/raid.json";

fn corroborate(arguments: &[&str]) -> Output {
    command(arguments).stdin(Stdio::null()).output().expect("the command runs")
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

fn piped(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    // The command may refuse its arguments before it reads.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("the command ends")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("the command ends by itself")
}

/// A folder of its own for each test.
fn folder(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn the_raid_is_reported_for_a_terminal() {
    let report = corroborate(&["report", RAID]);
    assert_eq!((status(&report), err(&report).as_str()), (0, ""));
    expect_file!["../snapshots/raid.txt"].assert_eq(&out(&report));
}

/// Colour is for terminals and for those who ask for it, and says nothing that the words don't.
#[test]
fn the_report_is_in_colour_only_where_that_is_wanted() {
    let plain = out(&corroborate(&["report", RAID]));
    let wanted = out(&command(&["report", RAID])
        .env("CLICOLOR_FORCE", "1")
        .env_remove("NO_COLOR")
        .output()
        .expect("it runs"));
    assert!(wanted.contains("\u{1b}[1;31mDISPUTED\u{1b}[0m\n"), "{wanted}");
    let mut without = String::new();
    for (nth, part) in wanted.split("\u{1b}[").enumerate() {
        without += if nth == 0 { part } else { part.split_once('m').expect("a whole sequence").1 };
    }
    assert_eq!(without, plain);
    let refused = command(&["report", RAID]).env("NO_COLOR", "1").output().expect("it runs");
    assert_eq!(out(&refused), plain);
}

/// Nobody's name drives a terminal or turns a line around.
#[test]
fn hostile_text_is_seen_and_does_nothing() {
    let hostile = "tests/corpus/hostile-text.json";
    let dossier = fs::read_to_string(hostile).expect("the dossier");
    let claim = serde_json::from_str::<serde_json::Value>(&dossier).expect("JSON")["claims"][0]["id"].clone();
    let claim = claim.as_str().expect("an id");
    for arguments in [&["report", hostile][..], &["explain", hostile, claim], &["timeline", hostile, claim]] {
        let shown = out(&corroborate(arguments));
        let active = |c: char| {
            c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!shown.contains(active), "{arguments:?}: {shown:?}");
    }
    assert!(out(&corroborate(&["report", hostile])).contains('\u{fffd}'));
}

#[test]
fn the_raid_is_reported_in_json() {
    let report = corroborate(&["report", RAID, "--format", "json"]);
    assert_eq!((status(&report), err(&report).as_str()), (0, ""));
    expect_file!["../snapshots/raid.report.json"].assert_eq(&out(&report));
    let brief = corroborate(&["report", RAID, "--format", "json", "--brief"]);
    let brief: serde_json::Value = serde_json::from_slice(&brief.stdout).expect("JSON");
    assert_eq!(brief["findings"][0]["accounts"][0]["assertions"], 2);
    assert_eq!(brief["findings"][0]["why"], serde_json::Value::Null);
}

#[test]
fn the_raid_is_a_page_and_pictures() {
    let printed = |arguments: &[&str]| {
        let output = corroborate(arguments);
        assert_eq!((status(&output), err(&output).as_str()), (0, ""), "{arguments:?}");
        out(&output)
    };
    expect_file!["../snapshots/raid.html"]
        .assert_eq(&as_kept(&printed(&["report", RAID, "--format", "html"])));
    let svg = |more: &[&str]| printed(&[&["report", RAID, "--format", "svg"], more].concat());
    expect_file!["../../docs/raid-span.svg"].assert_eq(&svg(&["--claim", "fighters-killed"]));
    expect_file!["../snapshots/raid.sources.svg"].assert_eq(&drawing(&svg(&["--picture", "sources"])));
    expect_file!["../snapshots/raid.sides.svg"].assert_eq(&drawing(&svg(&["--picture", "sides"])));
    assert_eq!(svg(&[]), svg(&["--picture", "span"]));
    const TOLL: &str = "tests/corpus/rising-toll.json";
    let timelines = printed(&["report", TOLL, "--format", "svg", "--picture", "timeline"]);
    expect_file!["../snapshots/rising-toll.timeline.svg"].assert_eq(&drawing(&timelines));
    let one = printed(&["timeline", TOLL, "dead", "--format", "svg"]);
    assert_eq!(
        one,
        printed(&["report", TOLL, "--format", "svg", "--picture", "timeline", "--claim", "dead"])
    );

    expect_file!["../snapshots/raid.md"].assert_eq(&printed(&["report", RAID, "--format", "markdown"]));
    expect_file!["../snapshots/raid.dot"].assert_eq(&printed(&["report", RAID, "--format", "dot"]));
    expect_file!["../snapshots/raid.mmd"].assert_eq(&printed(&["report", RAID, "--format", "mermaid"]));
    let raid = Dossier::from_json(&fs::read_to_string(RAID).expect("the raid")).expect("a sound dossier");
    let report = Resolver::standard().resolve(&raid);
    let killed = report.finding("fighters-killed").expect("a finding");
    for (form, drawn) in [
        (&["dot"][..], killed.to_dot()),
        (&["mermaid"], killed.to_mermaid()),
        (&["svg", "--picture", "sources"], killed.source_graph()),
    ] {
        let one = [&["report", RAID, "--claim", "fighters-killed", "--format"], form].concat();
        assert_eq!(printed(&one), drawn, "{form:?}");
    }

    let refused = |more: &[&str]| {
        let output = corroborate(&[&["report", RAID], more].concat());
        assert_eq!((status(&output), out(&output).as_str()), (2, ""));
        err(&output).trim_end().to_owned()
    };
    assert_eq!(refused(&["--picture", "sources", "--format", "dot"]), "--picture goes with --format svg");
    assert_eq!(refused(&["--brief", "--format", "markdown"]), "--brief goes with --format json");
    assert_eq!(
        refused(&["--format", "svg", "--claim", "target-killed"]),
        "there is nothing to draw of `target-killed`: it needs an answer, and to be a count, a quantity or a date"
    );
}

#[test]
fn a_finding_is_explained() {
    let explained = corroborate(&["explain", RAID, "fighters-killed"]);
    assert_eq!(status(&explained), 0);
    expect![[r#"
        How many Islamic State fighters were killed in the raid?  [fighters-killed]
        disputed

        1. Iraq says 14 fighters (3 September 2024) [fighters-killed#1].
        2. United States says 15 fighters (3 September 2024) [fighters-killed#2].
        3. These can't both be true, so the claim is disputed. [1, 2]
        4. “At least 14 fighters” is safe either way. [3]

        Print: At least 14 fighters. Or: Iraq says 14 fighters; United States says 15 fighters.
    "#]]
    .assert_eq(&out(&explained));

    let explained = corroborate(&["explain", "tests/corpus/rising-toll.json", "dead"]);
    expect![[r#"
        How many people died?  [dead]
        compatible

        1. Karsova interior ministry says 10 (1 February 2025); counted as a minimum, since the toll has grown [dead#1].
        2. Varn Hospital says 25 (3 February 2025) [dead#2].
        3. Only Varn Hospital gives 25; nobody contradicts it, and nobody confirms it. [1, 2]

        Print: At least 10, says Karsova interior ministry.
    "#]]
    .assert_eq(&out(&explained));

    let unknown = corroborate(&["explain", RAID, "fighters-kiled"]);
    assert_eq!(status(&unknown), 2);
    expect![[r#"
        there is no claim `fighters-kiled`; did you mean `fighters-killed`?
    "#]]
    .assert_eq(&err(&unknown));
}

#[test]
fn every_format_is_narrowed_to_a_claim() {
    let formats = ["text", "markdown", "html", "json", "csv", "svg", "dot", "mermaid"];
    for format in formats {
        let arguments = |claim: &'static str| ["report", RAID, "--format", format, "--claim", claim];
        let one = corroborate(&arguments("us-injured"));
        assert_eq!((status(&one), err(&one).as_str()), (0, ""), "{format}");
        let one = out(&one);
        assert!(one.contains("How many American soldiers were injured"), "{format}: {one}");
        assert!(!one.contains("How many Islamic State fighters were killed"), "{format}: {one}");
        let unknown = corroborate(&arguments("fighters-kiled"));
        assert_eq!(
            (status(&unknown), err(&unknown).as_str()),
            (2, "there is no claim `fighters-kiled`; did you mean `fighters-killed`?\n"),
            "{format}"
        );
    }
    // What ties the claim to others stays.
    let text = out(&corroborate(&["report", RAID, "--claim", "us-injured"]));
    assert!(text.contains("BETWEEN CLAIMS") && text.contains("1 claim:"), "{text}");
    let brief = corroborate(&["report", RAID, "--format", "json", "--brief", "--claim", "us-injured"]);
    let brief: serde_json::Value = serde_json::from_slice(&brief.stdout).expect("JSON");
    assert_eq!(brief["findings"].as_array().map(Vec::len), Some(1));
    assert_eq!(status(&corroborate(&["report", RAID, "--claim", "us-injured", "--fail-on", "disputed"])), 0);
    assert_eq!(
        status(&corroborate(&["report", RAID, "--claim", "fighters-killed", "--fail-on", "disputed"])),
        1
    );
}

#[test]
fn one_claim_of_several_files_is_explained_and_followed() {
    let folder = folder("one-claim");
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).expect("a file");
        path.to_str().expect("a path in UTF-8").to_owned()
    };
    let sources = write("sources.csv", "id,name\nmayor,The mayor of Varn\n");
    let monday = write("monday.csv", "claim,value,by,asserted\nmissing,30,mayor,2031-04-01\n");
    let tuesday = write("tuesday.csv", "claim,value,by,asserted\nmissing,12,mayor,2031-04-02\n");
    let files = [monday.as_str(), &tuesday, "--sources", &sources];
    for command in ["explain", "timeline"] {
        let with_option = corroborate(&[&[command][..], &files, &["--claim", "missing"]].concat());
        assert_eq!(status(&with_option), 0, "{}", err(&with_option));
        let said = out(&with_option);
        assert!(said.contains("The mayor of Varn") && said.contains("30") && said.contains("12"), "{said}");
        let behind = corroborate(&[&[command][..], &files[..2], &["missing"], &files[2..]].concat());
        assert_eq!(out(&behind), said);
        let refused = |arguments: &[&str]| {
            let refused = corroborate(arguments);
            assert_eq!((status(&refused), out(&refused).as_str()), (2, ""));
            err(&refused).lines().last().unwrap_or_default().to_owned()
        };
        assert_eq!(refused(&[command, &monday]), "which claim? name it with --claim ID, or behind the file");
        assert_eq!(
            refused(&[command, &monday, &tuesday]),
            format!("there is no claim `{tuesday}`, which is a file; name the claim with --claim ID")
        );
        assert_eq!(
            refused(&[command, &monday, "--claim", "mising"]),
            "there is no claim `mising`; did you mean `missing`?"
        );
    }
}

#[test]
fn a_pipeline_fails_on_the_verdicts_that_it_names() {
    assert_eq!(status(&corroborate(&["report", RAID, "--fail-on", "agreed,disputed"])), 1);
    assert_eq!(status(&corroborate(&["report", RAID, "--fail-on", "compatible"])), 0);
    let wrong = corroborate(&["report", RAID, "--fail-on", "contested"]);
    assert_eq!(status(&wrong), 2);
    assert!(err(&wrong).contains("`contested` is no verdict"), "{}", err(&wrong));
}

#[test]
fn standard_input_is_a_file_too() {
    let raid = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(RAID)).expect("the raid");
    let piped = piped(&["report", "-"], &raid);
    assert_eq!(out(&piped), out(&corroborate(&["report", RAID])));
}

#[test]
fn settings_change_what_is_known_and_how_it_is_read() {
    let flood = br#"{"schema": "corroborate/1", "title": "Flood at Varn",
        "sources": [{"id": "mayor", "name": "The mayor of Varn"}, {"id": "post", "name": "The Varn Post"}],
        "documents": [{"id": "d", "title": "Flood", "publisher": "post", "published": "2031-04-02"}],
        "claims": [{"id": "missing", "question": "How many people are missing?", "kind": "count"}],
        "assertions": [
            {"claim": "missing", "value": "30", "by": "mayor", "asserted": "2031-04-01"},
            {"claim": "missing", "value": "12", "by": "mayor", "asserted": "2031-04-03"},
            {"claim": "missing", "value": "about 14", "document": "d"}]}"#;
    let finding = |arguments: &[&str]| {
        let all = [&["report", "-", "--format", "json"], arguments].concat();
        let output = piped(&all, flood);
        assert_eq!(status(&output), 0, "{}", err(&output));
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let finding = &report["findings"][0];
        format!("{} {}", finding["verdict"], finding["common_ground"])
    };
    assert_eq!(finding(&[]), r#""single-source" "12""#);
    assert_eq!(finding(&["--as-of", "2031-04-01"]), r#""single-source" "30""#);
    assert_eq!(finding(&["--as-of", "2031-03"]), r#""unaddressed" null"#);
    assert_eq!(finding(&["--without-rule", "latest-word"]), r#""disputed" "12 to 30""#);
    assert_eq!(finding(&["--narration", "publisher"]), r#""disputed" "12 to 15""#);
    assert_eq!(finding(&["--narration", "publisher", "--approximation", "20%"]), r#""compatible" "12""#);
    assert_eq!(finding(&["--narration", "publisher", "--rule", "tolerance=1"]), r#""compatible" "12 to 13""#);
    for exclude in ["exclude=mayor", "exclude-source=mayor", "exclude source=mayor"] {
        assert_eq!(finding(&["--rule", exclude]), r#""unattributed" "about 14""#);
        assert_eq!(finding(&["--rule", exclude, "--without-rule", "exclude"]), r#""single-source" "12""#);
    }
}

#[test]
fn arguments_are_refused_in_words() {
    let refused = |arguments: &[&str]| {
        let output = corroborate(arguments);
        assert_eq!((status(&output), out(&output).as_str()), (2, ""));
        err(&output).lines().next().unwrap_or_default().to_owned()
    };
    expect!["error: invalid value 'tolerence=5%' for '--rule <NAME[=ARG]>': there is no rule `tolerence`; did you mean `tolerance`? expected one of: superseded, latest-word, retracted, unit-differs, misquoted, rising-tally, rounding, tolerance, stale-after, named-only, first-hand-only, exclude (see `corroborate rules`)"]
        .assert_eq(&refused(&["report", RAID, "--rule", "tolerence=5%"]));
    expect!["error: invalid value 'stale-after' for '--rule <NAME[=ARG]>': the rule `stale after` takes an argument, a number of days: `30d`; write `stale-after=30d`"]
        .assert_eq(&refused(&["report", RAID, "--rule", "stale-after"]));
    expect!["error: invalid value 'typo' for '--without-rule <NAME>': there is no rule `typo`; expected one of: superseded, latest-word, retracted, unit-differs, misquoted, rising-tally, rounding, tolerance, stale-after, named-only, first-hand-only, exclude (see `corroborate rules`)"]
        .assert_eq(&refused(&["report", RAID, "--without-rule", "typo"]));
    expect!["--without-rule rounding: the resolver has no rule `rounding`; expected one of: superseded, latest word, retracted, unit differs, misquoted, rising tally"]
        .assert_eq(&refused(&["report", RAID, "--without-rule", "rounding"]));
    let twice = ["report", RAID, "--without-rule", "misquoted", "--without-rule", "misquoted"];
    assert_eq!(status(&corroborate(&twice)), 0);
    let tiny = "0.000000000000000000000000001%";
    expect!["error: invalid value '0.000000000000000000000000001%' for '--approximation <PERCENT>': `0.000000000000000000000000001%` isn't understood: the percentage has too many digits to be kept exactly; write fewer, as in `0.1%`"].assert_eq(&refused(&["report", RAID, "--approximation", tiny]));
    expect!["--rule exclude=usa: there is no source `usa`"].assert_eq(&refused(&[
        "report",
        RAID,
        "--rule",
        "exclude-source=usa",
    ]));
    expect![[r#"error: invalid value '8/9/2024' for '--as-of <DATE>': `8/9/2024` isn't understood: is that August or September? write the year first: `2024-08-09` or `2024-09-08`"#]]
        .assert_eq(&refused(&["report", RAID, "--as-of", "8/9/2024"]));
    expect![[r#"no-such-file.json: No such file or directory (os error 2)"#]]
        .assert_eq(&refused(&["report", "no-such-file.json"]));
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = folder("output");
    let path = folder.join("report.txt");
    let path = path.to_str().expect("a path");
    let written = corroborate(&["report", RAID, "--output", path]);
    assert_eq!((status(&written), out(&written).as_str()), (0, ""));
    assert_eq!(fs::read_to_string(path).expect("a report"), out(&corroborate(&["report", RAID])));

    // Bad input leaves the earlier report as it was.
    let failed = corroborate(&["report", "Cargo.toml", "--output", path]);
    assert_eq!(status(&failed), 2);
    assert_eq!(fs::read_to_string(path).expect("a report"), out(&corroborate(&["report", RAID])));
    assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 1, "nothing half-written is left behind");

    let nowhere = folder.join("nowhere/report.txt");
    assert_eq!(status(&corroborate(&["report", RAID, "--output", nowhere.to_str().expect("a path")])), 2);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child =
        command(&["report", RAID, "--format", "json"]).stdout(Stdio::piped()).spawn().expect("it runs");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn check_names_every_problem_with_its_place() {
    assert_eq!(out(&corroborate(&["check", RAID])), "sound: 44 claims, 50 assertions, 21 sources\n");
    let broken = br#"{"schema": "corroborate/1",
      "sources": [{"id": "us", "part_of": "centcom"}, {"id": "centcom", "part_of": "us"}, {"id": "us"}],
      "claims": [{"id": "killed", "kind": "count", "colour": "red"}, {"id": "hurt", "kind": "cuont"}, {"id": "lost", "kind": "count"}],
      "assertions": [
        {"claim": "lost", "value": "-3"},
        {"claim": "lsot", "value": "3", "by": "uss"},
        {"claim": "lost", "value": "fourteen-ish"},
        {"claim": "lost", "stance": "denies"}]}"#;
    let checked = piped(&["check", "-"], broken);
    assert_eq!((status(&checked), out(&checked).as_str()), (2, ""));
    expect![[r#"
        sources[0].part_of (line 2): it leads back to itself: us → centcom → us; take one of the steps out
        sources[2].id (line 2): there already is a source `us` with other content, in sources[0]; give one of them another id, or make them agree
        claims[0].colour (line 3): there is no field `colour`; expected one of: id, question, kind, unit, topic, scope, nature, evolves
        claims[1].kind (line 3): `cuont` is no kind of claim; did you mean `count`? expected one of: count, quantity, date, term, place, yes-no, text
        assertions[0].value (line 5): `-3` isn't understood: a count can't be negative; declare the claim as a quantity if it may be
        assertions[1].claim (line 6): there is no claim `lsot`; did you mean `lost`? add the claim first, or correct the id
        assertions[1].by (line 6): there is no source `uss`; did you mean `us`? add the source first, or correct the id
        assertions[2].value (line 7): `fourteen-ish` isn't understood from character 10 on: `ish` isn't part of a figure; if it says what is counted, put it into `unit`
        assertions[3].value (line 8): nothing was said, but a source that denies something says a value; silence is a stance of its own: `withholds`, `does-not-know`, `no-evidence`
        9 problems
    "#]]
    .assert_eq(&err(&checked));
}

#[test]
fn a_timeline_is_told_for_people_and_for_programs() {
    const TOLL: &str = "tests/corpus/toll-over-a-week.json";
    let told = corroborate(&["timeline", TOLL, "dead"]);
    assert_eq!((status(&told), err(&told).as_str()), (0, ""));
    expect_file!["../snapshots/timeline.txt"].assert_eq(&out(&told));
    let json = corroborate(&["timeline", TOLL, "dead", "--format", "json"]);
    expect_file!["../snapshots/timeline.json"].assert_eq(&out(&json));

    let ended = corroborate(&[
        "timeline",
        TOLL,
        "dead",
        "--as-of",
        "2025-02-02",
        "--rule",
        "exclude-source=ministry",
    ]);
    expect![[r#"
        How many people died?  [dead]
        As of 2 February 2025

        1 February 2025  nothing changes: unaddressed
          Karsova interior ministry says 10 (1 February 2025) [dead#1].
          set aside: Karsova interior ministry: 10 (1 February 2025): `ministry` is excluded [exclude
            source]
    "#]]
    .assert_eq(&out(&ended));
    let kept =
        corroborate(&["timeline", TOLL, "dead", "--as-of", "2025-02-08", "--without-rule", "retracted"]);
    let last = out(&kept);
    expect![[r#"
        8 February 2025  nothing changes: agreed, 31
          withdrawn: Varn Hospital: 31 (6 February 2025), and no rule sets it aside
          stands again: Varn Hospital: 25 (3 February 2025)
          Varn Hospital: 25 (3 February 2025); counted as a minimum, since the toll has grown.
    "#]]
    .assert_eq(&last[last.find("8 February 2025  ").expect("an entry")..]);

    let folder = folder("timeline");
    let path = folder.join("toll.txt");
    let written = corroborate(&["timeline", TOLL, "dead", "--output", path.to_str().expect("a path")]);
    assert_eq!((status(&written), out(&written).as_str()), (0, ""));
    assert_eq!(fs::read_to_string(path).expect("a timeline"), out(&told));

    let unknown = corroborate(&["timeline", TOLL, "daed"]);
    assert_eq!((status(&unknown), out(&unknown).as_str()), (2, ""));
    expect![[r#"
        there is no claim `daed`; did you mean `dead`?
    "#]]
    .assert_eq(&err(&unknown));
}

#[test]
fn tables_have_timelines_too() {
    let table = "claim,value,by,asserted\nvermisst,30,Bürgermeisterin Öztürk,2031-04-01\nvermisst,12,消防署,2031-04-02\n";
    let told = piped(&["timeline", "-", "vermisst"], table.as_bytes());
    expect![[r#"
        vermisst  [vermisst]

        1 April 2031  single-source, 30
          Bürgermeisterin Öztürk says 30 (1 April 2031) [vermisst#1].
          print: 30, says Bürgermeisterin Öztürk

        2 April 2031  single-source → disputed, 30 → 12 to 30
          消防署 says 12 (2 April 2031) [vermisst#2].
          either 30 (Bürgermeisterin Öztürk)
          either 12 (消防署; new)
          print: at least 12. Or: Bürgermeisterin Öztürk says 30; 消防署 says 12 (until now: 30)
          why: Bürgermeisterin Öztürk says 30; 消防署 says 12. “At least 12” is safe either way.
    "#]]
    .assert_eq(&out(&told));
}

/// What `--help` lists: the subcommands, and the long options of each. An empty name stands for the command itself.
fn listed() -> Vec<(String, Vec<String>)> {
    let help = |arguments: &[&str]| {
        let help = corroborate(arguments);
        assert_eq!((status(&help), err(&help).as_str()), (0, ""), "{arguments:?}");
        out(&help)
    };
    let options = |help: &str| -> Vec<String> {
        let lines = help.lines().map(str::trim_start);
        // `-h, --help` or `--output <PATH>`; a value of an option stands behind `- `.
        let lines = lines.filter(|line| line.starts_with('-') && !line.starts_with("- "));
        let words = lines.filter_map(|line| {
            line.split_whitespace().find(|word| word.starts_with("--")).map(str::to_owned)
        });
        words.collect()
    };
    let front = help(&["--help"]);
    let commands = front.split("Commands:\n").nth(1).expect("a list").lines();
    let commands = commands.take_while(|line| !line.is_empty()).filter(|line| line.starts_with("  "));
    let names = commands.filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next());
    let names = names.filter(|name| *name != "help" && name.starts_with(|c: char| c.is_alphabetic()));
    let mut listed = vec![(String::new(), options(&front))];
    listed.extend(names.map(|name| (name.to_owned(), options(&help(&[name, "--help"])))));
    for command in ["report", "explain", "check", "convert", "completions", "man"] {
        assert!(listed.iter().any(|(name, _)| name == command), "`{command}` isn't listed:\n{front}");
    }
    assert!(listed.iter().any(|(_, options)| options.contains(&"--fail-on".to_owned())), "{listed:?}");
    listed
}

#[test]
fn every_shell_is_told_every_command_and_option() {
    let listed = listed();
    let folder = folder("completions");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = corroborate(&["completions", shell]);
        assert_eq!((status(&script), err(&script).as_str()), (0, ""), "{shell}");
        let script = out(&script);
        for (name, options) in &listed {
            assert!(script.contains(name.as_str()), "{shell}: `{name}` is missing");
            for option in options {
                // Fish writes an option's name behind `-l`.
                let named = if shell == "fish" { option.replacen("--", "-l ", 1) } else { option.clone() };
                assert!(script.contains(&named), "{shell}: `{name} {option}` is missing");
            }
        }
        let path = folder.join(shell);
        let written = corroborate(&["completions", shell, "--output", path.to_str().expect("text")]);
        assert_eq!((status(&written), out(&written).as_str()), (0, ""), "{shell}");
        assert_eq!(fs::read_to_string(path).expect("a file"), script, "{shell}");
    }
}

#[test]
fn a_shell_that_is_unknown_gets_no_script() {
    for arguments in [&["completions"][..], &["completions", "csh"]] {
        let refused = corroborate(arguments);
        assert_eq!((status(&refused), out(&refused).as_str()), (2, ""), "{arguments:?}");
        assert!(err(&refused).contains("<SHELL>"), "{arguments:?}: {}", err(&refused));
    }
    assert!(err(&corroborate(&["completions", "csh"])).contains("bash, elvish, fish, powershell, zsh"));
}

#[test]
fn the_manual_page_has_every_command_with_its_options() {
    let page = corroborate(&["man"]);
    assert_eq!((status(&page), err(&page).as_str()), (0, ""));
    // Hyphens are escaped in roff, so that they can be copied.
    let text = out(&page).replace("\\-", "-");
    assert_eq!(text.matches("\n.TH ").count(), 1, "one page:\n{text}");
    assert_eq!(text.matches(".ie ").count(), 1, "what the apostrophe is, is said once:\n{text}");
    for (name, options) in listed() {
        let heading = format!("\n.SH \"CORROBORATE {}\"\n", name.to_uppercase());
        let heading = if name.is_empty() { "\n.SH SYNOPSIS\n" } else { &heading };
        let section = text.split(heading).nth(1).and_then(|rest| rest.split("\n.SH \"").next());
        let section = section.expect(heading);
        for option in options {
            assert!(section.contains(&format!("\\fB{option}\\fR")), "`{name}` lacks `{option}`:\n{section}");
        }
    }
    let path = folder("man").join("corroborate.1");
    let written = corroborate(&["man", "--output", path.to_str().expect("text")]);
    assert_eq!((status(&written), out(&written).as_str()), (0, ""));
    assert_eq!(fs::read_to_string(path).expect("a file"), out(&page));
}
