//! Who is who in tables: spelling never corroborates, and whatever can be read in two ways is read the cautious way and
//! reported, or refused with what to write.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::process::Command;

use corroborate::{Dispute, Dossier, Intake, Lint, LintKind, LintLevel, Problems, Resolver, Verdict};
use proptest::prelude::*;

use crate::strategies::config;

fn read(table: &str) -> Result<Dossier, Problems> {
    Dossier::from_csv(table.as_bytes())
}

fn sound(table: &str) -> Dossier {
    read(table).expect("a sound table")
}

fn with_sources(sources: &str, table: &str) -> Result<Dossier, Problems> {
    let intake = Intake::new().sources("sources.csv", sources.as_bytes());
    intake.file("table.csv", table.as_bytes()).finish().map(|(dossier, _)| dossier)
}

fn verdict(dossier: &Dossier, claim: &str) -> Verdict {
    let report = Resolver::standard().resolve(dossier);
    report.finding(claim).expect("a claim of that id").verdict()
}

fn kinds(dossier: &Dossier) -> Vec<LintKind> {
    let lints = dossier.lints();
    lints.iter().filter(|lint| lint.level() == LintLevel::Lint).map(Lint::kind).collect()
}

fn problem(table: &str) -> String {
    read(table).err().map(|problems| problems.to_string()).expect("a problem")
}

#[test]
fn one_source_in_three_cases_is_one_source() {
    let told = sound("claim,value,by\nkilled,4,police\nkilled,4,Police\nkilled,4,POLICE\n");
    assert_eq!(verdict(&told, "killed"), Verdict::SingleSource);
    assert_eq!(told.sources().map(|source| source.id().to_owned()).collect::<Vec<_>>(), ["police"]);
    assert_eq!(kinds(&told), [LintKind::LookAlike]);
    let lint = told.lints().remove(0);
    assert_eq!(lint.place(), Some("line 3, column `by`"));
    assert!(lint.text().ends_with("`police` (also `Police`, `POLICE`)"), "{lint}");
}

#[test]
fn two_spellings_of_one_question_are_one_claim() {
    let told = sound("claim,value,by\nDeaths,3,police\ndeaths,4,ministry\n");
    assert_eq!(verdict(&told, "Deaths"), Verdict::Disputed);
    assert_eq!((told.claims().len(), kinds(&told)), (1, vec![LintKind::LookAlike]));
}

#[test]
fn case_never_disputes_and_words_that_nobody_declared_are_a_dispute_of_wording() {
    let told = sound("claim,value,by\ncause,airstrike,A\ncause,Airstrike,B\ncause,air strike,C\n");
    let report = Resolver::standard().resolve(&told);
    let cause = report.finding("cause").expect("a finding");
    assert_eq!((cause.verdict(), cause.dispute()), (Verdict::Disputed, Some(Dispute::Wording)));
    assert_eq!(cause.accounts_total(), 2);
    let told = sound("claim,value,by\ncause,airstrike,A\ncause,Airstrike,B\n");
    assert_eq!(verdict(&told, "cause"), Verdict::Agreed);
    assert_eq!(kinds(&told), [LintKind::LookAlike]);
}

#[test]
fn several_names_in_one_cell_are_refused() {
    let problem = problem(
        "claim,value,by\nkilled,7,\"SOHR, VDC\"\nkilled,7,SOHR\nhurt,9,police and hospital\nhurt,9,police\n",
    );
    assert!(problem.contains("line 2, column `by`: found `SOHR, VDC`"), "{problem}");
    assert!(problem.contains("(`police; hospital`)"), "{problem}");
    // Whoever declares the name has said that it is one.
    let declared =
        with_sources("id\n\"SOHR, VDC\"\n", "claim,value,by\nkilled,7,\"SOHR, VDC\"\nkilled,7,SOHR\n");
    assert_eq!(verdict(&declared.expect("a sound table"), "killed"), Verdict::Agreed);
}

#[test]
fn a_name_that_holds_another_one_adds_no_side() {
    let told = sound("claim,value,by\nkilled,7,\"SOHR, Ministry of Health\"\nkilled,7,SOHR\n");
    assert_eq!(verdict(&told, "killed"), Verdict::SingleSource);
    assert_eq!(kinds(&told), [LintKind::JoinedName]);
    let alone = sound("claim,value,by\nkilled,7,Bosnia and Herzegovina\nkilled,7,Marks & Spencer\n");
    assert_eq!((verdict(&alone, "killed"), kinds(&alone)), (Verdict::Agreed, vec![]));
}

#[test]
fn an_attribution_is_no_speaker() {
    let problem = problem("claim,value,by\nkilled,7,AFP citing Reuters\n");
    assert!(problem.contains("put `reuters` into `by`, and `afp` into `via`"), "{problem}");
}

#[test]
fn an_acronym_adds_no_side_until_both_are_declared() {
    let table = "claim,value,by\nkilled,7,WHO\nkilled,7,World Health Organization\n";
    let told = sound(table);
    assert_eq!(verdict(&told, "killed"), Verdict::SingleSource);
    assert_eq!(kinds(&told), [LintKind::Acronym]);
    let one =
        with_sources("id,aliases\nWorld Health Organization,WHO;W.H.O.\n", table).expect("a sound table");
    assert_eq!(
        (one.sources().len(), verdict(&one, "killed"), kinds(&one)),
        (1, Verdict::SingleSource, vec![])
    );
    let two = with_sources("id\nWorld Health Organization\nWHO\n", table).expect("a sound table");
    assert_eq!((two.sources().len(), verdict(&two, "killed"), kinds(&two)), (2, Verdict::Agreed, vec![]));
}

#[test]
fn an_acronym_of_two_names_is_refused() {
    let table =
        "claim,value,by\na,7,WHO\na,7,World Health Organization\nb,9,WHO\nb,9,Western Harbour Office\n";
    let found = problem(table);
    assert!(
        found.contains("`WHO` may be short for `World Health Organization` or for `Western Harbour Office`"),
        "{found}"
    );
    let declared =
        with_sources("id,aliases\nWorld Health Organization,\nWestern Harbour Office,WHO\n", table);
    assert_eq!(verdict(&declared.expect("a sound table"), "b"), Verdict::SingleSource);
    // A name that never stands beside it on a claim is no reason to ask.
    let apart = "claim,value,by\na,7,WHO\na,7,World Health Organization\nb,9,Western Harbour Office\n";
    assert_eq!(verdict(&sound(apart), "a"), Verdict::SingleSource);
}

#[test]
fn people_whom_nobody_names_add_no_side() {
    let told = sound(
        "claim,value,by\nkilled,7,senior Iraqi officials\nkilled,7,ministry\nhurt,3,witnesses\nhurt,3,Officials\n",
    );
    assert_eq!(verdict(&told, "killed"), Verdict::SingleSource);
    assert_ne!(verdict(&told, "hurt"), Verdict::Agreed);
    assert_eq!(kinds(&told), [LintKind::UnnamedPeople]);
    let named = with_sources(
        "id,anonymous\nofficials,no\n",
        "claim,value,by\nkilled,7,officials\nkilled,7,ministry\n",
    );
    let named = named.expect("a sound table");
    assert_eq!((verdict(&named, "killed"), kinds(&named)), (Verdict::Agreed, vec![]));
}

#[test]
fn a_reference_names_an_id_a_name_or_an_alias() {
    let sources = "id,name,aliases\nr,Reuters,Thomson Reuters; RTRS\nafp,Agence France-Presse,\n";
    let table = "claim,value,by\nkilled,7,r\nkilled,7,Reuters\nkilled,7,RTRS\nkilled,7,thomson reuters\n";
    let told = with_sources(sources, table).expect("a sound table");
    assert_eq!((told.sources().len(), verdict(&told, "killed")), (2, Verdict::SingleSource));
    assert_eq!(kinds(&told), [LintKind::LookAlike], "{:?}", told.lints());
}

#[test]
fn a_name_of_two_declared_records_must_be_exact() {
    let sources = "id\nReuters\nreuters\n";
    let told =
        with_sources(sources, "claim,value,by\nkilled,7,Reuters\nkilled,7,reuters\n").expect("exact names");
    assert_eq!(told.sources().len(), 2);
    let problems = with_sources(sources, "claim,value,by\nkilled,7,REUTERS\n").expect_err("two may be meant");
    let problems = problems.to_string();
    assert!(problems.contains("may be the source `Reuters` or the source `reuters`"), "{problems}");
}

#[test]
fn what_two_spellings_state_must_agree() {
    let table = "claim,value,by,part_of\nkilled,7,Reuters,press\nkilled,7,reuters,wires\n";
    let problem = problem(table);
    assert!(
        problem.contains("line 3, column `part_of`: found `wires`, but line 2 says `press`"),
        "{problem}"
    );
    let told = sound("claim,value,by,part_of\nkilled,7,Centcom,US\nkilled,7,us,\nkilled,7,centcom,us\n");
    assert_eq!(verdict(&told, "killed"), Verdict::SingleSource);
}

#[test]
fn a_term_has_aliases() {
    let dossier = Dossier::from_json(
        r#"{"schema": "corroborate/1", "sources": [{"id": "a"}, {"id": "b"}, {"id": "c"}],
            "terms": [{"id": "fallujah", "label": "Fallujah", "aliases": ["Falluja", "Al-Fallujah"]}],
            "claims": [{"id": "where", "kind": "place"}],
            "assertions": [{"claim": "where", "value": "Falluja", "by": "a"},
                           {"claim": "where", "value": "FALLUJAH", "by": "b"},
                           {"claim": "where", "value": "Al-Fallujah", "by": "c"}]}"#,
    );
    let dossier = dossier.expect("a sound dossier");
    assert_eq!(verdict(&dossier, "where"), Verdict::Agreed);
    assert_eq!(kinds(&dossier), [LintKind::LookAlike]);
    let again = Dossier::from_json(&dossier.to_json()).expect("what was written");
    let fallujah = again.term("fallujah").expect("a term");
    assert_eq!(fallujah.aliases().collect::<Vec<_>>(), ["Falluja", "Al-Fallujah"]);
}

#[test]
fn names_that_differ_in_a_letter_are_a_lint_alone() {
    let told = sound("claim,value,by\nkilled,7,Reuters\nkilled,7,Reuter\nkilled,7,Unit 1\nkilled,7,Unit 2\n");
    assert_eq!((verdict(&told, "killed"), kinds(&told)), (Verdict::Agreed, vec![LintKind::NearName]));
    let apart = sound("claim,value,by\nkilled,7,Reuters\nhurt,7,Reuter\n");
    assert_eq!(kinds(&apart), []);
}

#[test]
fn the_raid_has_no_lints() {
    let raid = include_str!("../corpus/raid.json");
    assert_eq!(Dossier::from_json(raid).expect("the raid").lints(), []);
}

#[test]
fn a_report_begins_with_what_to_check() {
    let told = sound("claim,value,by\nkilled,4,police\nkilled,4,Police\n");
    let report = Resolver::standard().resolve(&told);
    let text = report.to_text();
    let place = |what: &str| text.find(what).expect("it is said");
    assert!(place("PLEASE CHECK") < place("SINGLE-SOURCE"), "{text}");
    let page = report.to_html();
    assert!(page.find("Please check").expect("it is said") < page.find("At a glance").expect("it is said"));
    assert!(
        report.to_markdown().contains("## Please check\n\n- line 3, column "),
        "{}",
        report.to_markdown()
    );
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).expect("JSON");
    assert_eq!(
        (&json["schema"], &json["lints"][0]["kind"]),
        (&"corroborate-report/2".into(), &"look-alike".into())
    );
}

#[test]
fn a_strict_check_fails_where_there_are_lints() {
    let folder = tempfile::tempdir().expect("a folder");
    let check = |table: &str, strict: &[&str]| {
        let path = folder.path().join("table.csv");
        std::fs::write(&path, table).expect("a file");
        let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
        let output = command.arg("check").args(strict).arg(path).output().expect("the command runs");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (two, one) =
        ("claim,value,by\nkilled,4,police\nkilled,4,Police\n", "claim,value,by\nkilled,4,police\n");
    let (code, said) = check(two, &["--strict"]);
    assert_eq!(code, Some(1));
    assert!(said.starts_with("please check: line 3, column `by`: "), "{said}");
    assert_eq!((check(two, &[]).0, check(one, &["--strict"]).0), (Some(0), Some(0)));
}

/// Ways of typing one name.
fn respelled(name: &str, how: u8) -> String {
    let upper = name.to_uppercase();
    match how % 6 {
        0 => name.to_owned(),
        1 => upper,
        2 => format!("The {name}"),
        3 => format!("{}.", name.replace(' ', "\u{a0}")),
        4 => format!("\u{201c}{name}\u{201d}"),
        _ => name.replace('e', "e\u{ad}").replace(' ', "  "),
    }
}

proptest! {
    #![proptest_config(config())]

    /// Respelling names moves no verdict.
    #[test]
    fn spelling_proof(
        rows in prop::collection::vec((0..3_usize, 0..4_u8, 0..7_usize, 0..8_usize, any::<[u8; 3]>()), 1..12),
    ) {
        const CLAIMS: [&str; 3] = ["killed in the raid", "hurt", "missing"];
        const SOURCES: [&str; 7] =
            ["police", "Ministry of Health", "mayor", "local officials", "WHO", "World Health Organization", ""];
        let table = |is_respelled: bool| {
            let mut table = "claim,value,by,via\n".to_owned();
            for (claim, value, by, via, [first, second, third]) in &rows {
                let name = |name: &str, how: u8| {
                    let name = if is_respelled && !name.is_empty() { respelled(name, how) } else { name.to_owned() };
                    format!("\"{name}\"")
                };
                let (claim, by) = (name(CLAIMS[*claim], *first), name(SOURCES[*by], *second));
                let via = name(SOURCES.get(*via).copied().unwrap_or_default(), *third);
                table += &format!("{claim},{value},{by},{via}\n");
            }
            table
        };
        let verdicts = |dossier: &Dossier| {
            let report = Resolver::standard().resolve(dossier);
            let found = report.findings().map(|finding| (finding.verdict(), finding.common_ground(), finding.sides().len()));
            found.collect::<Vec<_>>()
        };
        match (read(&table(false)), read(&table(true))) {
            (Ok(plain), Ok(other)) => prop_assert_eq!(verdicts(&plain), verdicts(&other)),
            (Err(plain), Err(other)) => prop_assert_eq!(plain.to_string().lines().count(), other.to_string().lines().count()),
            (plain, other) => prop_assert!(false, "{:?} {:?}", plain.err(), other.err()),
        }
    }
}
