//! What a dossier's JSON says of one claim, with words turned into points.

#![expect(clippy::panic, reason = "what isn't a dossier is no matter for an oracle")]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::points::{Point, Points, Universe, minutes};

/// One claim with everything said about it.
pub(crate) struct Case {
    pub(super) id: String,
    pub(crate) universe: Universe,
    pub(super) unit: Option<String>,
    pub(super) is_rising: bool,
    pub(super) is_fact: bool,
    pub(super) topic: Option<String>,
    pub(super) scope: BTreeMap<String, String>,
    pub(super) said: Vec<Said>,
    /// What was said after the day that is asked about.
    pub(super) too_late: Vec<String>,
    /// The terms that nobody declared.
    pub(super) undeclared: BTreeSet<Point>,
    /// Assertions that exclude what their own source said where they were derived from.
    pub(super) revisions: BTreeSet<usize>,
    pub(super) part_of: BTreeMap<String, String>,
    pub(super) anonymous: BTreeSet<String>,
}

/// The settings of a resolver.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    /// The day that is asked about.
    pub(crate) as_of: Option<String>,
    pub(crate) narration_is_publishers: bool,
}

/// One assertion; others of its claim are named by their place among the claim's own.
pub(super) struct Said {
    pub(super) id: String,
    pub(super) stance: String,
    /// What it leaves possible, where it is an answer, in the claim's own unit.
    pub(super) as_said: Option<Points>,
    pub(super) unit: Option<String>,
    pub(super) states_unit: bool,
    pub(super) names_undeclared: bool,
    /// The ends of what it leaves possible that it names: the first points of stretches, and the last ones.
    pub(super) ends: (Points, Points),
    pub(super) document: Option<String>,
    pub(super) by: Vec<String>,
    /// Through whom it was heard.
    pub(super) via: Vec<String>,
    pub(super) derived_from: Vec<usize>,
    pub(super) supersedes: Vec<usize>,
    /// When it was said, and which moment it describes: the first and the last minute.
    pub(super) own_date: Option<Point>,
    pub(super) valid_at: Option<Point>,
    pub(super) retracted: bool,
}

impl Case {
    pub(super) fn new(dossier: &Value, claim: &Value, settings: &Settings) -> Self {
        let universe = Universe::new(dossier, claim);
        let entries: Vec<&Value> =
            list(&dossier["assertions"]).iter().filter(|entry| entry["claim"] == claim["id"]).collect();
        let of_claim = optional(&claim["unit"]);
        let places = |ids: &Value| -> Vec<usize> {
            let ids = names(ids);
            (0..entries.len()).filter(|&place| ids.contains(&name(&entries[place]["id"]))).collect()
        };
        let as_of = settings.as_of.as_ref().map(|day| minutes(day).1);
        let is_later = |date: Option<Point>| date.zip(as_of).is_some_and(|(date, as_of)| date.1 > as_of);
        let retraction = |taken: &&Value| !is_later(optional(&taken["on"]).map(|on| minutes(&on)));
        let retractions: Vec<&Value> = list(&dossier["retractions"]).iter().filter(retraction).collect();
        let declared: BTreeSet<String> =
            list(&dossier["terms"]).iter().map(|term| name(&term["id"])).collect();
        let said = entries.iter().map(|entry| {
            let (own, value) = (optional(&entry["unit"]), optional(&entry["value"]));
            let stance = optional(&entry["stance"]).unwrap_or_else(|| "affirms".to_owned());
            let literally = literally(&universe, &stance, value.as_deref());
            let named = value.as_deref().filter(|_| universe.has_ends());
            let ends = named.map(|words| universe.named_ends(words)).unwrap_or_default();
            let ends = if stance == "denies" { universe.beside(&ends) } else { ends };
            let is_term = universe.kind == "term" || universe.kind == "place";
            let is_undeclared =
                |words: String| universe.terms_in(&words).iter().any(|term| !declared.contains(term));
            let document =
                list(&dossier["documents"]).iter().find(|document| document["id"] == entry["document"]);
            let publisher = document.map(|document| names(&document["publisher"])).unwrap_or_default();
            let by = names(&entry["by"]);
            let published = document.and_then(|document| optional(&document["published"]));
            Said {
                id: name(&entry["id"]),
                as_said: literally.map(|said| in_unit(&universe, said, own.as_deref(), of_claim.as_deref())),
                states_unit: own.is_some(),
                ends,
                document: optional(&entry["document"]),
                names_undeclared: is_term && !declared.is_empty() && value.is_some_and(is_undeclared),
                unit: own.or(of_claim.clone()),
                by: if by.is_empty() && settings.narration_is_publishers { publisher } else { by },
                via: names(&entry["via"]),
                derived_from: places(&entry["derived_from"]),
                supersedes: places(&entry["supersedes"]),
                own_date: optional(&entry["asserted"]).or(published).map(|date| minutes(&date)),
                valid_at: optional(&entry["valid_at"]).map(|date| minutes(&date)),
                retracted: retractions.iter().any(|taken| taken["assertion"] == entry["id"]),
                stance,
            }
        });
        let said: Vec<Said> = said.collect();
        let undeclared = universe.others_than(&declared);
        let sources = || list(&dossier["sources"]).iter();
        let part_of = |source: &Value| Some((name(&source["id"]), optional(&source["part_of"])?));
        let scope = claim["scope"].as_object().into_iter().flatten();
        let mut case = Self {
            id: name(&claim["id"]),
            is_rising: claim["evolves"] == "rising",
            is_fact: claim["nature"].is_null() || claim["nature"] == "fact",
            topic: optional(&claim["topic"]),
            scope: scope.map(|(dimension, value)| (dimension.clone(), name(value))).collect(),
            part_of: sources().filter_map(part_of).collect(),
            anonymous: sources()
                .filter(|source| source["anonymous"] == true)
                .map(|s| name(&s["id"]))
                .collect(),
            unit: of_claim,
            universe,
            said,
            too_late: Vec::new(),
            undeclared,
            revisions: BTreeSet::new(),
        };
        case.find_revisions();
        // Everything later is out of the record before anything else, and so is what repeats it (2.3).
        let late = case.which(|place| is_later(case.said_on(place)));
        let early = case.which(|place| !late.contains(&place));
        let renumbered = |places: &[usize]| -> Vec<usize> {
            places.iter().filter_map(|place| early.iter().position(|other| other == place)).collect()
        };
        for said in &mut case.said {
            said.derived_from = renumbered(&said.derived_from);
            said.supersedes = renumbered(&said.supersedes);
        }
        case.too_late = late.iter().map(|place| case.said[*place].id.clone()).collect();
        case.said.retain(|said| !case.too_late.contains(&said.id));
        case.find_revisions();
        case
    }
}

impl Case {
    /// The assertions of which something is so.
    pub(super) fn which(&self, chosen: impl Fn(usize) -> bool) -> Vec<usize> {
        (0..self.said.len()).filter(|&place| chosen(place)).collect()
    }

    /// Whether an origin says at least as much as its copy.
    pub(super) fn bears_out(&self, origin: usize, copy: usize) -> bool {
        let (origin, copy) = (self.said[origin].as_said.as_ref(), self.said[copy].as_said.as_ref());
        origin.zip(copy).is_some_and(|(origin, copy)| origin.is_subset(copy))
    }

    pub(super) fn is_copy(&self, place: usize) -> bool {
        !self.said[place].derived_from.is_empty() && !self.revisions.contains(&place)
    }

    /// Whether two assertions can't both be true, as they were said.
    pub(super) fn exclude_each_other(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.said[one].as_said.as_ref(), self.said[other].as_said.as_ref());
        one.zip(other).is_some_and(|(one, other)| one.is_disjoint(other))
    }

    /// A source whose answer excludes its own origin's has revised it. What it says is its own from then on, and what
    /// was derived from that may be a revision in turn.
    fn find_revisions(&mut self) {
        self.revisions.clear();
        loop {
            let new = self.which(|place| self.is_copy(place) && self.is_revision(place));
            if new.is_empty() {
                return;
            }
            self.revisions.extend(new);
        }
    }

    fn is_revision(&self, place: usize) -> bool {
        let (said, origins) = (&self.said[place], self.origins(place));
        let by_its_own = |origin: &usize| self.said[*origin].by.iter().any(|source| said.by.contains(source));
        let speaks_there = |source| origins.iter().any(|origin| self.said[*origin].by.contains(source));
        said.names_an_answer()
            && !said.by.is_empty()
            && said.by.iter().all(|source| !self.anonymous.contains(source) && speaks_there(source))
            && origins.iter().all(|origin| !self.bears_out(*origin, place))
            && origins
                .iter()
                .filter(|origin| by_its_own(origin))
                .all(|origin| self.exclude_each_other(*origin, place))
    }
}

impl Said {
    pub(super) fn names_an_answer(&self) -> bool {
        matches!(self.stance.as_str(), "affirms" | "denies")
    }
}

/// Affirms leaves the value's set; denies leaves everything else; no-evidence leaves everything (2.1).
fn literally(universe: &Universe, stance: &str, value: Option<&str>) -> Option<Points> {
    let value = value.map(|words| universe.read(words));
    match stance {
        "affirms" => value,
        "denies" => value.map(|denied| &universe.everything - &denied),
        "no-evidence" => Some(universe.everything.clone()),
        _ => None,
    }
}

/// A figure in a narrower unit is read as at least that, in a broader one as at most that (2.1).
fn in_unit(universe: &Universe, said: Points, own: Option<&str>, of_claim: Option<&str>) -> Points {
    match own.zip(of_claim) {
        Some((own, of_claim)) if universe.is_narrower(own, of_claim) => universe.or_more(&said),
        Some((own, of_claim)) if universe.is_narrower(of_claim, own) => universe.or_fewer(&said),
        _ => said,
    }
}

// Small readings of JSON.

pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub(crate) fn optional(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

pub(crate) fn name(value: &Value) -> String {
    optional(value).unwrap_or_else(|| panic!("{value} is no text"))
}

/// None, one or a list.
pub(crate) fn names(value: &Value) -> Vec<String> {
    optional(value).into_iter().chain(list(value).iter().map(name)).collect()
}
