//! Holds the corpus to telling no story twice: each dossier shows something that no other one does.
//!
//! Two claims are the same case when they differ in names only: of sources, terms, documents and assertions, and in how
//! large a figure or how late a date is, as long as their order is kept.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::corpus;

#[test]
fn no_dossier_of_the_corpus_shows_only_what_another_shows() -> Result<(), String> {
    let names = corpus::names()?;
    let cases = names.iter().map(|name| Ok((name, Case::read(name)?))).collect::<Result<Vec<_>, String>>()?;
    let mut told_twice = Vec::new();
    for (name, case) in &cases {
        let again = cases.iter().filter(|(other, larger)| other != name && case.is_within(larger));
        told_twice.extend(again.map(|(other, _)| format!("{name} shows nothing that {other} doesn't")));
    }
    assert!(told_twice.is_empty(), "{}", told_twice.join("\n"));
    Ok(())
}

#[test]
fn the_same_story_under_other_names_is_recognised() -> Result<(), String> {
    let (dossier, expected) = corpus::both("orders-of-magnitude")?;
    let other_names = dossier.to_string().replace("marchers", "runners").replace("town", "village");
    let renamed: Value = serde_json::from_str(&other_names).map_err(|error| error.to_string())?;
    assert_ne!(dossier, renamed);
    assert!(Case::of(&renamed, &expected).is_within(&Case::of(&dossier, &expected)));
    // What was said is another matter.
    let other_words = dossier.to_string().replace("tens of thousands", "dozens");
    let reworded: Value = serde_json::from_str(&other_words).map_err(|error| error.to_string())?;
    assert!(!Case::of(&reworded, &expected).is_within(&Case::of(&dossier, &expected)));
    Ok(())
}

/// What a dossier shows.
struct Case {
    claims: BTreeSet<String>,
    runs: BTreeSet<String>,
    /// Whether it also shows something between its claims, which makes it one of a kind.
    ties_claims: bool,
}

impl Case {
    fn read(name: &str) -> Result<Self, String> {
        let (dossier, expected) = corpus::both(name)?;
        Ok(Self::of(&dossier, &expected))
    }

    fn of(dossier: &Value, expected: &Value) -> Self {
        let claims = corpus::list(&dossier["claims"]);
        Self {
            claims: claims.iter().map(|claim| Plain::new(dossier, claim).told(claim)).collect(),
            runs: corpus::list(&expected["runs"]).iter().map(|run| run["args"].to_string()).collect(),
            ties_claims: dossier.get("constraints").is_some()
                || claims.iter().any(|claim| claim.get("topic").is_some()),
        }
    }

    fn is_within(&self, other: &Self) -> bool {
        !self.ties_claims && self.claims.is_subset(&other.claims) && self.runs.is_subset(&other.runs)
    }
}

/// A claim's story, told without names.
struct Plain<'d> {
    dossier: &'d Value,
    assertions: Vec<&'d Value>,
    /// Numbers for names, in the order in which they come up.
    numbers: BTreeMap<String, usize>,
    dates: BTreeSet<&'d str>,
    figures: BTreeSet<u64>,
}

impl<'d> Plain<'d> {
    fn new(dossier: &'d Value, claim: &Value) -> Self {
        let all = corpus::list(&dossier["assertions"]);
        let assertions: Vec<&Value> = all.iter().filter(|said| said["claim"] == claim["id"]).collect();
        let mut plain = Self {
            dossier,
            assertions,
            numbers: BTreeMap::new(),
            dates: BTreeSet::new(),
            figures: BTreeSet::new(),
        };
        for said in plain.assertions.clone() {
            let document = entry(dossier, "documents", &said["document"]);
            let retraction = plain.retraction(said);
            let dates = [&said["asserted"], &said["valid_at"], &document["published"], &retraction["on"]];
            plain.dates.extend(dates.into_iter().filter_map(Value::as_str));
            plain
                .figures
                .extend(figures(said["value"].as_str().unwrap_or_default()).filter_map(|(_, figure)| figure));
        }
        plain
    }

    fn told(mut self, claim: &Value) -> String {
        let told: Vec<Value> = self.assertions.clone().into_iter().map(|said| self.assertion(said)).collect();
        let about = ["kind", "unit", "nature", "evolves"].map(|field| claim[field].clone());
        json!([about, told]).to_string()
    }

    fn assertion(&mut self, said: &Value) -> Value {
        let document = entry(self.dossier, "documents", &said["document"]);
        let retraction = self.retraction(said);
        let each =
            |value: &Value| if value.is_array() { corpus::list(value).to_vec() } else { vec![value.clone()] };
        let mut named = |list: &str, above: &str, ids: &Value| {
            each(ids).iter().map(|id| self.name(list, above, id)).collect::<Vec<_>>()
        };
        let sources = ["by", "via"].map(|field| named("sources", "part_of", &said[field]));
        let from = ["id", "derived_from", "supersedes"].map(|field| named("assertions", "", &said[field]));
        let others =
            [named("terms", "broader", &said["unit"]), named("sources", "part_of", &document["publisher"])];
        let dates = [&said["asserted"], &said["valid_at"], &document["published"], &retraction["on"]];
        let dates = dates
            .map(|date| date.as_str().and_then(|date| self.dates.iter().position(|known| *known == date)));
        json!([
            sources,
            from,
            others,
            dates,
            retraction.is_null(),
            said["stance"],
            self.value(&said["value"])
        ])
    }

    fn retraction(&self, said: &Value) -> &'d Value {
        let retractions = corpus::list(&self.dossier["retractions"]);
        retractions.iter().find(|retraction| retraction["assertion"] == said["id"]).unwrap_or(&Value::Null)
    }

    /// A number instead of a name, with what it is part of, and whether it is a name that nobody gives.
    fn name(&mut self, list: &str, above: &str, id: &Value) -> String {
        let Some(text) = id.as_str() else { return String::new() };
        let next = self.numbers.len();
        let number = *self.numbers.entry(format!("{list} {text}")).or_insert(next);
        let entry = entry(self.dossier, list, id);
        let unnamed = if entry["anonymous"] == true { "?" } else { "" };
        format!("{number}{unnamed} {}", self.name(list, above, &entry[above]))
    }

    /// What was said: a term by number, figures by their rank, all other words as they are.
    fn value(&mut self, value: &Value) -> String {
        if !entry(self.dossier, "terms", value).is_null() {
            return self.name("terms", "broader", value);
        }
        let parts = figures(value.as_str().unwrap_or_default()).map(|(text, figure)| match figure {
            Some(figure) => format!("#{}", self.figures.range(..figure).count()),
            None => text.to_owned(),
        });
        parts.collect()
    }
}

/// The entry with an id; null where there is none.
fn entry<'d>(dossier: &'d Value, list: &str, id: &Value) -> &'d Value {
    let found = corpus::list(&dossier[list]).iter().find(|entry| !id.is_null() && entry["id"] == *id);
    found.unwrap_or(&Value::Null)
}

/// A text in parts: runs of digits, with their figure, and what is between them.
fn figures(text: &str) -> impl Iterator<Item = (&str, Option<u64>)> {
    let parts = text.split_inclusive(|c: char| !c.is_ascii_digit());
    parts.flat_map(|part| {
        let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit());
        [(digits, digits.parse().ok()), (&part[digits.len()..], None)]
    })
}
