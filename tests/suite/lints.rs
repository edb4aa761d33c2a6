//! What is worth a look in a sound record: each kind of lint where it is due, and nowhere else.

use std::fs;

use corroborate::{Dossier, Intake, Kind, LintKind, LintLevel};
use serde_json::{Value, json};

/// The kinds and texts of the lints of a dossier with one claim, whose sources are those that speak. That its terms are
/// undeclared, as all are here, has a test of its own.
fn lints(claim: Value, said: &[Value]) -> Vec<(LintKind, String)> {
    let mut found = all(claim, said);
    found.retain(|(kind, _)| *kind != LintKind::UndeclaredTerms);
    found
}

fn all(claim: Value, said: &[Value]) -> Vec<(LintKind, String)> {
    let mut by: Vec<&str> = said.iter().filter_map(|said| said["by"].as_str()).collect();
    by.sort_unstable();
    by.dedup();
    let sources: Vec<Value> = by.into_iter().map(|id| json!({"id": id, "name": id})).collect();
    let said: Vec<Value> = said
        .iter()
        .map(|said| {
            let mut said = said.clone();
            said["claim"] = claim["id"].clone();
            said
        })
        .collect();
    let file = json!({"schema": "corroborate/1", "sources": sources, "claims": [claim], "assertions": said});
    of(&file)
}

fn of(file: &Value) -> Vec<(LintKind, String)> {
    let dossier = Dossier::from_json(&file.to_string()).unwrap_or_default();
    assert!(!dossier.claims().len() == 0 || dossier.assertions().len() > 0, "not sound: {file}");
    dossier.lints().iter().map(|lint| (lint.kind(), lint.text().to_owned())).collect()
}

fn said(by: &str, value: &str, asserted: &str) -> Value {
    json!({"by": by, "value": value, "asserted": asserted})
}

#[test]
fn the_raid_has_no_lints() {
    let raid = fs::read_to_string("tests/corpus/raid.json").unwrap_or_default();
    let raid = Dossier::from_json(&raid).unwrap_or_default();
    assert!(raid.claims().len() > 40);
    assert_eq!(raid.lints(), []);
}

#[test]
fn figures_that_only_rise_may_be_a_toll() {
    let count = json!({"id": "dead", "question": "How many?", "kind": "count"});
    let week =
        [said("a", "3", "2031-04-01"), said("b", "at least 12", "2031-04-03"), said("c", "31", "2031-04-04")];
    let found = lints(count.clone(), &week);
    assert_eq!(found, [(LintKind::OnlyRises, "later figures on `dead` only rise: 3, 12, 31".to_owned())]);
    let twice = [&week[..], &[said("d", "14", "2031-04-03")]].concat();
    assert_eq!(lints(count.clone(), &twice).len(), 1, "figures of one day may differ");
    // One falls, one day has two, one isn't dated, two are too few, one source counts on.
    for other in [
        vec![said("a", "3", "2031-04-01"), said("b", "12", "2031-04-03"), said("c", "11", "2031-04-04")],
        vec![said("a", "3", "2031-04-01"), said("b", "12", "2031-04-03"), said("c", "31", "2031-04-03")],
        vec![week[0].clone(), week[1].clone(), json!({"by": "c", "value": "31"})],
        vec![week[0].clone(), week[1].clone()],
        vec![said("a", "3", "2031-04-01"), said("a", "12", "2031-04-03"), said("a", "31", "2031-04-04")],
    ] {
        assert_eq!(lints(count.clone(), &other), [], "{other:?}");
    }
    let rising = json!({"id": "dead", "question": "How many?", "kind": "count", "evolves": "rising"});
    assert_eq!(lints(rising, &week), []);
}

#[test]
fn figures_of_two_moments_may_be_two_questions() {
    let count = json!({"id": "troops", "question": "How many?", "kind": "count"});
    let of = |by: &str, value: &str, valid_at: &str| json!({"by": by, "value": value, "valid_at": valid_at});
    let found = lints(count.clone(), &[of("a", "170000", "2007"), of("b", "141100", "2006")]);
    assert_eq!(found, [(LintKind::TwoMoments, "`troops` has figures of 2006 and of 2007".to_owned())]);
    assert_eq!(lints(count.clone(), &[of("a", "170000", "2007"), of("b", "141100", "2007-05")]), []);
    assert_eq!(lints(count, &[of("a", "170000", "2007"), of("b", "170000", "2006")]), []);
}

#[test]
fn spans_that_lasted_are_two_questions() {
    let reign = json!({"id": "reign", "question": "When?", "kind": "date"});
    let of = |by: &str, value: &str| json!({"by": by, "value": value});
    let found = lints(reign.clone(), &[of("a", "1327/1377"), of("b", "1330/1377")]);
    let text = "`reign` has two spans of over a year, 1327 to 1377 and 1330 to 1377";
    assert_eq!(found, [(LintKind::TwoSpans, text.to_owned())]);
    for other in
        [["1327/1377", "1327/1377"], ["1327", "1330"], ["2024-08-01/2024-08-09", "2024-08-02/2024-08-09"]]
    {
        assert_eq!(lints(reign.clone(), &other.map(|value| of(value, value))), [], "{other:?}");
    }
}

#[test]
fn words_that_nobody_listed_are_noted_where_they_differ() {
    let cause = json!({"id": "cause", "question": "What?", "kind": "term"});
    let of = |by: &str, value: &str| json!({"by": by, "value": value});
    let found = all(cause.clone(), &[of("a", "air strike"), of("b", "bomb"), of("c", "mine")]);
    let text = "`air strike` and `bomb` on `cause` aren't both in a list of terms, so nobody can tell whether they overlap";
    assert_eq!(found, [(LintKind::UndeclaredTerms, text.to_owned())]);
    assert_eq!(LintKind::UndeclaredTerms.level(), LintLevel::Note);
    let spelled = all(cause, &[of("a", "bomb"), of("b", "Bomb"), of("c", "BOMB")]);
    assert!(spelled.iter().all(|(kind, _)| *kind == LintKind::LookAlike), "{spelled:?}");
}

#[test]
fn a_source_that_gives_several_answers_may_mean_them_all() {
    let nationality = json!({"id": "nationality", "question": "Which?", "kind": "term"});
    let of = |by: &str, value: &str| json!({"by": by, "value": value});
    let found = lints(nationality.clone(), &[of("a", "ru"), of("b", "cy"), of("b", "ru")]);
    let text = "`b` gives several answers to `nationality`: `cy`, `ru`";
    assert_eq!(found, [(LintKind::MayAllBeTrue, text.to_owned())]);
    assert_eq!(lints(nationality.clone(), &[of("a", "ru"), of("b", "cy")]), []);
    // A later word isn't a second one.
    assert_eq!(lints(nationality, &[said("b", "cy", "2031-04-01"), said("b", "ru", "2031-04-02")]), []);
}

#[test]
fn answers_of_one_source_that_replace_each_other_are_said() {
    let born = json!({"id": "born", "question": "Where?", "kind": "place"});
    let census = |values: [&str; 3]| {
        let years = ["1880", "1905", "1910"];
        values.iter().zip(years).map(|(value, year)| said("clara", value, year)).collect::<Vec<_>>()
    };
    let found = lints(born.clone(), &census(["Virginia", "Wisconsin", "Virginia"]));
    let text = "`clara` answers `born` 3 times, and the latest answer replaces the others";
    assert_eq!(found, [(LintKind::LaterWords, text.to_owned())]);
    assert_eq!(LintKind::LaterWords.level(), LintLevel::Note);
    assert_eq!(lints(born, &census(["Virginia"; 3])), []);
    let count = json!({"id": "sick", "question": "How many?", "kind": "count"});
    assert_eq!(lints(count, &census(["3", "12", "9"])), []);
}

#[test]
fn claims_that_ask_the_same_are_named() {
    let claim = |id: &str, question: &str, scope: Value| json!({"id": id, "question": question, "kind": "count", "scope": scope});
    let file = |one: Value, other: Value| {
        let said = json!([{"claim": one["id"], "value": "1"}]);
        json!({"schema": "corroborate/1", "claims": [one, other], "assertions": said})
    };
    let found =
        of(&file(claim("dead", "How many died?", json!({})), claim("killed", "how many  died", json!({}))));
    assert_eq!(found, [(LintKind::SameQuestion, "`dead`, `killed` ask the same question".to_owned())]);
    let apart = |one: &str, other: &str| json!([{"place": one}, {"place": other}]);
    let scopes = apart("Varn", "Selk");
    let scoped = file(
        claim("dead", "How many died?", scopes[0].clone()),
        claim("killed", "How many died?", scopes[1].clone()),
    );
    assert_eq!(of(&scoped), []);
}

#[test]
fn of_very_many_a_few_are_shown() {
    let claims: Vec<Value> =
        (0..1_000).map(|n| json!({"id": format!("n{n}"), "question": "Which?", "kind": "term"})).collect();
    let said: Vec<Value> = (0..1_000)
        .flat_map(|n| ["ru", "cy"].map(|value| json!({"claim": format!("n{n}"), "by": "b", "value": value})))
        .collect();
    let file = json!({"schema": "corroborate/1", "sources": [{"id": "b", "name": "B"}], "claims": claims, "assertions": said});
    let found = of(&file);
    let mut several = found.iter().filter(|(kind, _)| *kind == LintKind::MayAllBeTrue);
    assert_eq!(several.clone().count(), 9);
    assert_eq!(several.next_back().map(|(_, text)| text.as_str()), Some("992 more like these"));
}

#[test]
fn years_that_answer_when_are_dates() {
    let kinds = |table: &str| {
        let (dossier, lints) = Intake::new().file("", table.as_bytes()).finish().unwrap_or_default();
        let kind = dossier.claims().next().map(|claim| claim.kind());
        (kind, lints.iter().any(|lint| lint.kind() == LintKind::YearsAsDates))
    };
    assert_eq!(kinds("claim,value,by\nborn,1956,census\nborn,about 1955,parish\n"), (Some(Kind::Date), true));
    let asked = "claim,question,value,by\nmill,When was the mill built?,1880,survey\n";
    assert_eq!(kinds(asked), (Some(Kind::Date), true));
    for other in [
        "claim,value,by\nkilled,1956,army\n",
        "claim,value,by\nborn,1956,census\nborn,19,parish\n",
        "claim,kind,value,by\nborn,count,1956,census\n",
        "claim,question,value,by\nborn,How many were born?,1956,census\n",
    ] {
        assert_eq!(kinds(other), (Some(Kind::Count), false), "{other}");
    }
    // What only reads as a date needs no such guess.
    assert_eq!(
        kinds("claim,value,by\nborn,1956,census\nborn,1955-03-22,parish\n"),
        (Some(Kind::Date), false)
    );
}
