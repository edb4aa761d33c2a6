//! A second opinion: the semantics of DESIGN 2.1 to 2.4 once more, as slowly and plainly as they can be written.
//!
//! Every answer that could matter is a point, every answer set a set of points, and whatever the library works out with
//! intervals, sweeps and graphs is found here by trying all points. Nothing here uses the library but the test at the
//! foot, which holds the two against each other over generated dossiers.

#![expect(
    clippy::expect_used,
    clippy::unreachable,
    reason = "asked something that it has no points for, an oracle had better say so"
)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Months, NaiveDate};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::strategies::{FIRST_DAY, WINDOW};

/// The judgement on each claim of a dossier in the form `corroborate/1`, in the order of the claims.
pub(crate) fn judge(dossier: &Value) -> Vec<(String, Judgement)> {
    let world = World::new(dossier);
    list(&dossier["claims"])
        .iter()
        .map(|claim| (name(&claim["id"]), Case::new(&world, dossier, claim).judgement()))
        .collect()
}

/// What is to be found out about a claim. Lists are sets, since their order is nobody's business here.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Judgement {
    pub(crate) verdict: String,
    pub(crate) dispute: Option<String>,
    pub(crate) within_one_side: Option<bool>,
    pub(crate) sides: BTreeSet<String>,
    pub(crate) accounts: BTreeSet<BTreeSet<String>>,
    pub(crate) common_ground: Option<Points>,
    pub(crate) unattributed: BTreeSet<String>,
    pub(crate) withheld: BTreeSet<String>,
    pub(crate) does_not_know: BTreeSet<String>,
    pub(crate) echoes: BTreeSet<String>,
    /// Each with the rule that sets it aside, once for each rule.
    pub(crate) set_aside: BTreeSet<(String, String)>,
}

/// One possible answer.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Point {
    /// A count; or a day, counted from the first of the window.
    Number(i64),
    /// A text, yes or no, or what is the term and none of those narrower than it.
    Named(String),
    /// Whatever nobody named.
    SomethingElse,
}

pub(crate) type Points = BTreeSet<Point>;

fn meet<'s>(mut sets: impl Iterator<Item = &'s Points>, everything: &Points) -> Points {
    sets.try_fold(everything.clone(), |meet, set| Some(&meet & set)).unwrap_or_default()
}

fn join(sets: &[Points]) -> Points {
    sets.iter().flatten().cloned().collect()
}

// The points, and what words leave possible of them (2.1).

/// All the answers that one claim could have.
pub(crate) struct Universe {
    kind: String,
    everything: Points,
    /// Each term with itself and all that it is narrower than.
    taxonomy: BTreeMap<String, BTreeSet<String>>,
}

/// Beyond every count that a generated dossier can name, or that can follow from one.
const BEYOND: i64 = 41;

impl Universe {
    /// Counts to 40 and one beyond; the window's days, one before, one after; all that is named, and something else.
    pub(crate) fn new(dossier: &Value, claim: &Value) -> Self {
        let taxonomy = World::new(dossier).taxonomy;
        let kind = name(&claim["kind"]);
        let last_day = i64::try_from(WINDOW).expect("a short window");
        let named = |names: BTreeSet<String>| names.into_iter().map(Point::Named);
        let everything: Points = match kind.as_str() {
            "count" => (0..=BEYOND).map(Point::Number).collect(),
            "date" => (-1..=last_day).map(Point::Number).collect(),
            "yes-no" => named(["yes".to_owned(), "no".to_owned()].into()).collect(),
            "term" => named(taxonomy.keys().cloned().collect()).chain([Point::SomethingElse]).collect(),
            "text" => {
                let said = list(&dossier["assertions"]).iter().filter(|said| said["claim"] == claim["id"]);
                named(said.filter_map(|said| optional(&said["value"])).collect())
                    .chain([Point::SomethingElse])
                    .collect()
            }
            other => unreachable!("the oracle has no points for a claim of kind {other}"),
        };
        Self { kind, everything, taxonomy }
    }

    fn without(&self, excluded: &Points) -> Points {
        &self.everything - excluded
    }

    fn numbers(&self, within: impl Fn(i64) -> bool) -> Points {
        self.everything
            .iter()
            .filter(|point| matches!(point, Point::Number(number) if within(*number)))
            .cloned()
            .collect()
    }

    /// The smallest set without gaps that holds both ends of this one.
    fn hull(&self, points: &Points) -> Points {
        let Some((first, last)) = points.first().zip(points.last()) else {
            return Points::new();
        };
        self.everything.range(first.clone()..=last.clone()).cloned().collect()
    }

    /// What a value leaves possible: the table of 2.1, as far as generated dossiers and canonical wordings go.
    pub(crate) fn read(&self, value: &str) -> Points {
        if matches!(value, "no evidence" | "anything") {
            self.everything.clone()
        } else if let Some(excluded) = value.strip_prefix("anything but ") {
            self.without(&self.read(excluded))
        } else if let Some((one, others)) = value.split_once(" or ") {
            &self.read(one) | &self.read(others)
        } else {
            match self.kind.as_str() {
                "count" => self.count(value),
                "date" => self.date(value),
                "term" => self.term(value),
                _ => Points::from([Point::Named(value.to_owned())]),
            }
        }
    }

    fn count(&self, value: &str) -> Points {
        if let Some((low, high)) = value.split_once(" and ") {
            return &self.count(low) & &self.count(high);
        }
        let number = |digits: &str| digits.parse::<i64>().expect("a count");
        if let Some(least) = value.strip_prefix("at least ").map(number) {
            self.numbers(|count| count >= least)
        } else if let Some(most) = value.strip_prefix("at most ").map(number) {
            self.numbers(|count| count <= most)
        } else if let Some(below) = value.strip_prefix("more than ").map(number) {
            self.numbers(|count| count > below)
        } else if let Some(above) = value.strip_prefix("fewer than ").map(number) {
            self.numbers(|count| count < above)
        } else if let Some(middle) = value.strip_prefix("about ").map(number) {
            // Ten per cent, but at least one.
            self.numbers(|count| (count - middle).abs() <= 1 || (count - middle).abs() * 10 <= middle)
        } else if let Some((least, most)) = value.split_once(" to ") {
            let (least, most) = (number(least), number(most));
            self.numbers(|count| least <= count && count <= most)
        } else {
            let exactly = number(value);
            self.numbers(|count| count == exactly)
        }
    }

    fn date(&self, value: &str) -> Points {
        let number = |day: &str| {
            let day: NaiveDate = day.parse().expect("a day");
            day.signed_duration_since(FIRST_DAY).num_days()
        };
        if let Some(end) = value.strip_prefix("before ").map(number) {
            self.numbers(|day| day < end)
        } else if let Some(start) = value.strip_prefix("after ").map(number) {
            self.numbers(|day| day > start)
        } else if let Some(middle) = value.strip_suffix('~').or(value.strip_prefix("about ")).map(number) {
            self.numbers(|day| (day - middle).abs() <= 1)
        } else if let Some(last) = value.strip_prefix("../").map(number) {
            self.numbers(|day| day <= last)
        } else if let Some(first) = value.strip_suffix("/..").map(number) {
            self.numbers(|day| day >= first)
        } else if let Some((first, last)) = value.split_once('/') {
            let (first, last) = (number(first), number(last));
            self.numbers(|day| first <= day && day <= last)
        } else {
            let exactly = number(value);
            self.numbers(|day| day == exactly)
        }
    }

    /// A broader term leaves all narrower ones possible, but for those that are taken out by name.
    fn term(&self, value: &str) -> Points {
        let within = |term: &str| -> Points {
            let narrower = self.taxonomy.iter().filter(|(_, broader)| broader.contains(term));
            narrower.map(|(term, _)| Point::Named(term.clone())).collect()
        };
        let value = value.replace(" and not ", " but not ");
        let mut terms = value.split(" but not ").map(within);
        let whole = terms.next().unwrap_or_default();
        terms.fold(whole, |left, excluded| &left - &excluded)
    }
}

/// A stretch of time, from its first day to its last.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Moment {
    first: NaiveDate,
    last: NaiveDate,
}

impl Moment {
    /// A day, or a month.
    fn new(text: &str) -> Self {
        if let Ok(day) = text.parse() {
            return Self { first: day, last: day };
        }
        let first: NaiveDate = format!("{text}-01").parse().expect("a day or a month");
        Self { first, last: first + Months::new(1) - Days::new(1) }
    }

    fn is_after(self, other: Self) -> bool {
        self.first > other.last
    }

    /// An imprecise date counts by its last moment (2.3).
    fn latest(moments: impl Iterator<Item = Self>) -> Option<Self> {
        moments.max_by_key(|moment| (moment.last, moment.first))
    }
}

// The record, taken from the JSON document as it is.

/// What all claims of a dossier share.
struct World {
    part_of: BTreeMap<String, String>,
    anonymous: BTreeSet<String>,
    published: BTreeMap<String, Moment>,
    taxonomy: BTreeMap<String, BTreeSet<String>>,
    retracted: BTreeSet<String>,
}

impl World {
    fn new(dossier: &Value) -> Self {
        let pairs = |entries: &str, field: &str| -> BTreeMap<String, String> {
            let entries = list(&dossier[entries]).iter();
            entries.filter_map(|entry| Some((name(&entry["id"]), optional(&entry[field])?))).collect()
        };
        let sources = list(&dossier["sources"]).iter();
        let broader = pairs("terms", "broader");
        let line = |term: String| std::iter::successors(Some(term), |term| broader.get(term).cloned()).collect();
        Self {
            part_of: pairs("sources", "part_of"),
            anonymous: sources.filter(|source| source["anonymous"] == true).map(|source| name(&source["id"])).collect(),
            published: pairs("documents", "published").into_iter().map(|(id, date)| (id, Moment::new(&date))).collect(),
            taxonomy: list(&dossier["terms"]).iter().map(|term| (name(&term["id"]), line(name(&term["id"])))).collect(),
            retracted: list(&dossier["retractions"]).iter().map(|entry| name(&entry["assertion"])).collect(),
        }
    }

    fn is_narrower(&self, term: &str, other: &str) -> bool {
        term != other && self.taxonomy.get(term).is_some_and(|line| line.contains(other))
    }
}

/// One assertion; others of its claim are named by their place among the claim's own.
struct Said {
    id: String,
    stance: String,
    value: Option<String>,
    unit: Option<String>,
    by: Vec<String>,
    derived_from: Vec<usize>,
    supersedes: Vec<usize>,
    asserted: Option<Moment>,
    published: Option<Moment>,
    valid_at: Option<Moment>,
    retracted: bool,
}

impl Said {
    /// Withheld and does-not-know are no answers (2.1).
    fn is_answer(&self) -> bool {
        self.names_an_answer() || self.stance == "no-evidence"
    }

    fn names_an_answer(&self) -> bool {
        matches!(self.stance.as_str(), "affirms" | "denies")
    }

    fn is_copy(&self) -> bool {
        !self.derived_from.is_empty()
    }
}

/// A claim with everything said about it. Each method below is a sentence or two of the design.
struct Case<'w> {
    world: &'w World,
    universe: Universe,
    unit: Option<String>,
    is_text: bool,
    is_rising: bool,
    said: Vec<Said>,
}

impl<'w> Case<'w> {
    fn new(world: &'w World, dossier: &Value, claim: &Value) -> Self {
        let entries: Vec<&Value> =
            list(&dossier["assertions"]).iter().filter(|entry| entry["claim"] == claim["id"]).collect();
        let unit = optional(&claim["unit"]);
        let places = |ids: &Value| -> Vec<usize> {
            let ids = names(ids);
            (0..entries.len()).filter(|&place| ids.contains(&name(&entries[place]["id"]))).collect()
        };
        let said = entries.iter().map(|entry| Said {
            id: name(&entry["id"]),
            stance: optional(&entry["stance"]).unwrap_or_else(|| "affirms".to_owned()),
            value: optional(&entry["value"]),
            unit: optional(&entry["unit"]).or(unit.clone()),
            by: names(&entry["by"]),
            derived_from: places(&entry["derived_from"]),
            supersedes: places(&entry["supersedes"]),
            asserted: optional(&entry["asserted"]).map(|date| Moment::new(&date)),
            published: optional(&entry["document"]).and_then(|document| world.published.get(&document).copied()),
            valid_at: optional(&entry["valid_at"]).map(|date| Moment::new(&date)),
            retracted: world.retracted.contains(&name(&entry["id"])),
        });
        Self {
            world,
            universe: Universe::new(dossier, claim),
            is_text: claim["kind"] == "text",
            is_rising: claim["evolves"] == "rising",
            said: said.collect(),
            unit,
        }
    }

    fn places(&self) -> impl Iterator<Item = usize> {
        0..self.said.len()
    }

    fn ids(&self, chosen: impl Fn(usize) -> bool) -> BTreeSet<String> {
        self.places().filter(|&place| chosen(place)).map(|place| self.said[place].id.clone()).collect()
    }

    // 2.1 A value denotes a set of possible answers.

    /// Affirms leaves the value's set; denies leaves everything else; no-evidence leaves everything.
    fn literally(&self, place: usize) -> Option<Points> {
        let said = &self.said[place];
        let value = || self.universe.read(said.value.as_deref().expect("an answer has a value"));
        match said.stance.as_str() {
            "affirms" => Some(value()),
            "denies" => Some(self.universe.without(&value())),
            "no-evidence" => Some(self.universe.everything.clone()),
            _ => None,
        }
    }

    /// A figure in a narrower unit is read as at least that, in a broader one as at most that.
    fn as_said(&self, place: usize) -> Option<Points> {
        let literally = self.literally(place)?;
        let everything = &self.universe.everything;
        let Some((of_claim, own)) = self.unit.as_deref().zip(self.said[place].unit.as_deref()) else {
            return Some(literally);
        };
        if self.world.is_narrower(own, of_claim) {
            let least = literally.first()?.clone();
            Some(everything.range(least..).cloned().collect())
        } else if self.world.is_narrower(of_claim, own) {
            let greatest = literally.last()?.clone();
            Some(everything.range(..=greatest).cloned().collect())
        } else {
            Some(literally)
        }
    }

    // 2.2 Sides, origins, echoes.

    /// A source's side is its root; whether it is known depends on whether that root is named.
    fn side(&self, source: &str) -> (bool, String) {
        let root =
            std::iter::successors(Some(source.to_owned()), |source| self.world.part_of.get(source).cloned()).last();
        let root = root.expect("a source is in its own line");
        (!self.world.anonymous.contains(&root), root)
    }

    /// All originals that `derived_from` leads to. A ring with no way out leads to none: circular sourcing.
    fn origins(&self, place: usize) -> BTreeSet<usize> {
        let mut reached = BTreeSet::from([place]);
        while let Some(next) =
            reached.iter().flat_map(|&place| &self.said[place].derived_from).find(|next| !reached.contains(next))
        {
            reached.insert(*next);
        }
        reached.into_iter().filter(|&place| !self.said[place].is_copy()).collect()
    }

    /// An assertion's date is its own, else its document's; a copy has its origins' latest, if it has origins.
    fn date(&self, place: usize) -> Option<Moment> {
        let own = |place: usize| self.said[place].asserted.or(self.said[place].published);
        let origins = self.origins(place);
        if origins.is_empty() { own(place) } else { Moment::latest(origins.into_iter().filter_map(own)) }
    }

    /// Whoever speaks in the origins that stand, first to last, less those who have a later word.
    fn speakers(&self, place: usize) -> Vec<&String> {
        let standing = self.origins(place).into_iter().filter(|&origin| self.stands(origin));
        standing
            .flat_map(|origin| self.said[origin].by.iter().filter(move |source| !self.has_later_word(source, origin)))
            .collect()
    }

    /// An assertion has the sides of its origins, whoever repeats it; without any, it is unattributed.
    fn is_attributed(&self, place: usize) -> bool {
        !self.speakers(place).is_empty()
    }

    /// A copy whose answer set contains none of its origins' is misquoted.
    fn is_misquoted(&self, place: usize) -> bool {
        let (Some(copied), true) = (self.as_said(place), self.said[place].is_copy()) else {
            return false;
        };
        let origins = self.origins(place);
        let contains = |&origin: &usize| self.as_said(origin).is_some_and(|original| copied.is_superset(&original));
        !origins.is_empty() && !origins.iter().any(contains)
    }

    /// A copy all of whose origins are set aside falls with them.
    fn falls_with_origins(&self, place: usize) -> bool {
        let origins = self.origins(place);
        self.said[place].is_copy() && !origins.is_empty() && !origins.into_iter().any(|origin| self.stands(origin))
    }

    /// It repeats: all of its origins also speak in another answer with the same set. Of echoes, the earliest counts.
    fn is_echo(&self, place: usize) -> bool {
        let voices = |place: usize| self.speakers(place).into_iter().collect::<BTreeSet<_>>();
        let rank = |place: usize| {
            let date = self.date(place).map(|date| date.last);
            (date.is_none(), date, self.said[place].is_copy(), place)
        };
        let echoes = |&other: &usize| {
            let (own, others) = (voices(place), voices(other));
            let earlier = rank(other) < rank(place);
            self.as_read(other) == self.as_read(place) && own.is_subset(&others) && (own != others || earlier)
        };
        let testimony = self.testimony();
        testimony.contains(&place) && testimony.iter().filter(|&&other| other != place).any(echoes)
    }

    // 2.3 Rules only set aside or loosen.

    /// Superseded, by an assertion that isn't itself withdrawn.
    fn is_superseded(&self, place: usize) -> bool {
        self.said.iter().any(|other| other.supersedes.contains(&place) && !other.retracted)
    }

    /// A later answer replaces an earlier one of the same named source, in the same unit, when both affirm or deny,
    /// neither is retracted, and their dates don't overlap. Copies are nobody's word of their own.
    fn has_later_word(&self, source: &String, place: usize) -> bool {
        let is_word = |place: usize| {
            let said = &self.said[place];
            !said.is_copy() && said.names_an_answer() && !said.retracted && said.by.contains(source)
        };
        let is_later =
            |other: usize| self.date(other).zip(self.date(place)).is_some_and(|(later, date)| later.is_after(date));
        let replaces =
            |other: usize| is_word(other) && is_later(other) && self.said[other].unit == self.said[place].unit;
        !self.world.anonymous.contains(source) && is_word(place) && self.places().any(replaces)
    }

    /// A source leaves a joint assertion when it has a later word; the assertion is set aside when nobody is left.
    fn is_abandoned(&self, place: usize) -> bool {
        let by = &self.said[place].by;
        !by.is_empty() && by.iter().all(|source| self.has_later_word(source, place))
    }

    /// Units that are neither equal nor related by `broader` can't be compared.
    fn differs_in_unit(&self, place: usize) -> bool {
        let said = &self.said[place];
        let unrelated = |of_claim: &str, own: &str| {
            of_claim != own && !self.world.is_narrower(own, of_claim) && !self.world.is_narrower(of_claim, own)
        };
        let units = self.unit.as_deref().zip(said.unit.as_deref());
        said.names_an_answer() && units.is_some_and(|(of_claim, own)| unrelated(of_claim, own))
    }

    /// Every rule of the standard resolver that sets an assertion aside. That its origins are, is found from theirs.
    fn set_aside_by(&self, place: usize) -> BTreeSet<&'static str> {
        [
            ("superseded", self.is_superseded(place)),
            ("latest word", self.is_abandoned(place)),
            ("retracted", self.said[place].retracted),
            ("unit differs", self.differs_in_unit(place)),
            ("misquoted", self.is_misquoted(place)),
            ("origin set aside", self.falls_with_origins(place)),
        ]
        .into_iter()
        .filter_map(|(rule, applies)| applies.then_some(rule))
        .collect()
    }

    fn stands(&self, place: usize) -> bool {
        self.set_aside_by(place).is_empty()
    }

    /// The moment that a figure of a growing toll describes.
    fn moment(&self, place: usize) -> Option<Moment> {
        self.said[place].valid_at.or_else(|| self.date(place))
    }

    /// The newest moment of an attributed, affirmed, unretracted answer, from the record alone: never what a rule did.
    fn newest(&self) -> Option<Moment> {
        let is_heard = |&place: &usize| {
            let attributed = self.origins(place).into_iter().any(|origin| !self.said[origin].by.is_empty());
            attributed && self.said[place].stance == "affirms" && !self.said[place].retracted
        };
        Moment::latest(self.places().filter(is_heard).filter_map(|place| self.moment(place)))
    }

    /// Rising tally: an older figure is also allowed to be a floor.
    fn as_read(&self, place: usize) -> Option<Points> {
        let said = self.as_said(place)?;
        let is_older = self.newest().zip(self.moment(place)).is_some_and(|(newest, moment)| newest.is_after(moment));
        if self.is_rising && is_older {
            let least = said.first()?.clone();
            return Some(&said | &self.universe.everything.range(least..).cloned().collect::<Points>());
        }
        Some(said)
    }

    // 2.4 The verdict.

    /// S: the standing, attributed answers.
    fn testimony(&self) -> Vec<usize> {
        self.places()
            .filter(|&place| self.said[place].is_answer() && self.stands(place) && self.is_attributed(place))
            .collect()
    }

    /// U: the standing, unattributed ones.
    fn narration(&self) -> Vec<usize> {
        self.places()
            .filter(|&place| self.said[place].is_answer() && self.stands(place) && !self.is_attributed(place))
            .collect()
    }

    fn answers(&self, places: &[usize]) -> Points {
        let sets: Vec<Points> = places.iter().filter_map(|&place| self.as_read(place)).collect();
        meet(sets.iter(), &self.universe.everything)
    }

    /// Beside another's answer, no-evidence counts no side.
    fn counting(&self) -> Vec<usize> {
        let naming: Vec<usize> =
            self.testimony().into_iter().filter(|&place| self.said[place].names_an_answer()).collect();
        if naming.is_empty() { self.testimony() } else { naming }
    }

    /// The smallest number of sides that what is known allows: an unknown one is a side only when no other speaks.
    fn sides(&self) -> BTreeSet<String> {
        let heard = self.counting().into_iter().flat_map(|place| self.speakers(place)).map(|source| self.side(source));
        let (known, unknown): (Vec<_>, Vec<_>) = heard.partition(|(known, _)| *known);
        let sides = if known.is_empty() { unknown.into_iter().take(1).collect() } else { known };
        sides.into_iter().map(|(_, side)| side).collect()
    }

    /// At least two sides state the meet itself, as said or as read.
    fn is_agreed(&self) -> bool {
        let meet = self.answers(&self.testimony());
        let states =
            |place: usize| self.as_said(place).as_ref() == Some(&meet) || self.as_read(place).as_ref() == Some(&meet);
        let stating = self.testimony().into_iter().filter(|&place| self.said[place].names_an_answer() && states(place));
        let sides = stating.flat_map(|place| self.speakers(place)).map(|source| self.side(source));
        sides.filter(|(known, _)| *known).collect::<BTreeSet<_>>().len() >= 2
    }

    /// The table, first row that holds.
    fn verdict(&self) -> &'static str {
        let testimony = self.testimony();
        let withheld = self.places().any(|place| self.said[place].stance == "withholds" && self.stands(place));
        match (self.sides().len(), self.is_agreed()) {
            _ if !testimony.is_empty() && self.answers(&testimony).is_empty() => "disputed",
            (1, _) => "single-source",
            (2.., true) => "agreed",
            (2.., false) => "compatible",
            _ if !self.narration().is_empty() => "unattributed",
            _ if withheld => "withheld",
            _ => "unaddressed",
        }
    }

    /// Contradictory: two accounts, exactly one of which must be true. Else contrary; free text differs in wording.
    fn dispute(&self) -> Option<&'static str> {
        let answers = self.account_answers();
        let one_must_be_true = answers.len() == 2 && join(&answers) == self.universe.everything;
        let kind = if self.is_text { "wording" } else { "contrary" };
        (self.verdict() == "disputed").then_some(if one_must_be_true { "contradictory" } else { kind })
    }

    /// Whether a dispute runs within one side: unknown where an unknown side takes part.
    fn within_one_side(&self) -> Option<bool> {
        let mut speakers = self.counting().into_iter().flat_map(|place| self.speakers(place));
        let all_known = speakers.all(|source| self.side(source).0);
        (self.verdict() == "disputed" && all_known).then(|| self.sides().len() == 1)
    }

    /// The maximal jointly satisfiable sets of testimony: of all sets that one answer satisfies, those that are part of
    /// no other. Without testimony, of narration.
    fn accounts(&self) -> BTreeSet<BTreeSet<usize>> {
        let heard =
            Some(self.testimony()).filter(|testimony| !testimony.is_empty()).unwrap_or_else(|| self.narration());
        let sets: Vec<(usize, Points)> =
            heard.into_iter().filter_map(|place| Some((place, self.as_read(place)?))).collect();
        let satisfied = |point: &Point| -> BTreeSet<usize> {
            sets.iter().filter(|(_, set)| set.contains(point)).map(|(place, _)| *place).collect()
        };
        let satisfiable: BTreeSet<BTreeSet<usize>> = self.universe.everything.iter().map(satisfied).collect();
        let is_maximal =
            |set: &BTreeSet<usize>| !satisfiable.iter().any(|other| other != set && other.is_superset(set));
        satisfiable.iter().filter(|set| !set.is_empty() && is_maximal(set)).cloned().collect()
    }

    /// An account's answer is the meet of its assertions.
    fn account_answer(&self, account: &BTreeSet<usize>) -> Points {
        self.answers(&account.iter().copied().collect::<Vec<_>>())
    }

    fn account_answers(&self) -> Vec<Points> {
        self.accounts().iter().map(|account| self.account_answer(account)).collect()
    }

    /// Narration is listed with the accounts that it fits, and narrows nothing.
    fn listed(&self, account: &BTreeSet<usize>) -> BTreeSet<String> {
        let answer = self.account_answer(account);
        let fits = |place: usize| self.as_read(place).is_some_and(|set| !set.is_disjoint(&answer));
        let narration = self.narration();
        self.ids(|place| account.contains(&place) || (narration.contains(&place) && fits(place)))
    }

    /// One account: its answer. Several: the smallest interval over their answers, for what has no order their union.
    fn common_ground(&self) -> Option<Points> {
        let answers = self.account_answers();
        match answers.as_slice() {
            [] => None,
            [answer] => Some(answer.clone()),
            _ => Some(match self.universe.kind.as_str() {
                "count" | "date" => self.universe.hull(&join(&answers)),
                _ => join(&answers),
            }),
        }
    }

    fn judgement(&self) -> Judgement {
        let with_stance = |stance: &str| self.ids(|place| self.said[place].stance == stance && self.stands(place));
        let narration = self.narration();
        let rules = |place: usize| {
            self.set_aside_by(place).into_iter().map(move |rule| (self.said[place].id.clone(), rule.to_owned()))
        };
        Judgement {
            verdict: self.verdict().to_owned(),
            dispute: self.dispute().map(str::to_owned),
            within_one_side: self.within_one_side(),
            sides: self.sides(),
            accounts: self.accounts().iter().map(|account| self.listed(account)).collect(),
            common_ground: self.common_ground(),
            unattributed: self.ids(|place| narration.contains(&place)),
            withheld: with_stance("withholds"),
            does_not_know: with_stance("does-not-know"),
            echoes: self.ids(|place| self.is_echo(place)),
            set_aside: self.places().flat_map(rules).collect(),
        }
    }
}

// Small readings of JSON.

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn optional(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn name(value: &Value) -> String {
    optional(value).expect("a text")
}

/// None, one or a list.
pub(crate) fn names(value: &Value) -> Vec<String> {
    optional(value).into_iter().chain(list(value).iter().map(name)).collect()
}

/// The oracle itself, held to what an editor expects of the story that the design starts from.
#[test]
fn the_oracle_knows_the_raid() {
    let dossier = json!({
        "sources": [
            {"id": "us"},
            {"id": "us-officials", "part_of": "us", "anonymous": true},
            {"id": "iraq"},
            {"id": "iraqi-officials", "part_of": "iraq", "anonymous": true},
            {"id": "military-officials", "anonymous": true},
            {"id": "nbc"},
        ],
        "terms": [
            {"id": "western-iraq"},
            {"id": "anbar", "broader": "western-iraq"},
            {"id": "al-hazimi", "broader": "anbar"},
        ],
        "claims": [
            {"id": "fighters-killed", "kind": "count"},
            {"id": "us-injured", "kind": "count"},
            {"id": "place", "kind": "term"},
            {"id": "civilian-casualties", "kind": "count"},
        ],
        "assertions": [
            {"id": "k1", "claim": "fighters-killed", "value": "14", "by": "iraq"},
            {"id": "k2", "claim": "fighters-killed", "value": "15", "by": "us"},
            {"id": "k3", "claim": "fighters-killed", "value": "at least 14"},
            {"id": "i1", "claim": "us-injured", "value": "7", "by": ["us-officials", "iraqi-officials"]},
            {"id": "i2", "claim": "us-injured", "value": "7", "by": "military-officials"},
            {"id": "i3", "claim": "us-injured", "value": "at least 1", "by": "nbc"},
            {"id": "p1", "claim": "place", "value": "western-iraq"},
            {"id": "p2", "claim": "place", "value": "al-hazimi", "by": "iraqi-officials"},
            {"id": "c1", "claim": "civilian-casualties", "stance": "no-evidence", "by": "us"},
        ],
    });
    let judgements: BTreeMap<String, Judgement> = judge(&dossier).into_iter().collect();
    let set = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<String>>();
    let numbers = |numbers: std::ops::RangeInclusive<i64>| Some(numbers.map(Point::Number).collect::<Points>());

    let killed = &judgements["fighters-killed"];
    assert_eq!((killed.verdict.as_str(), killed.dispute.as_deref()), ("disputed", Some("contrary")));
    assert_eq!((&killed.sides, killed.within_one_side), (&set(&["iraq", "us"]), Some(false)));
    assert_eq!(killed.accounts, BTreeSet::from([set(&["k1", "k3"]), set(&["k2", "k3"])]));
    assert_eq!(killed.common_ground, numbers(14..=15));

    let injured = &judgements["us-injured"];
    assert_eq!((injured.verdict.as_str(), &injured.sides), ("agreed", &set(&["iraq", "nbc", "us"])));
    assert_eq!(injured.common_ground, numbers(7..=7));

    let place = &judgements["place"];
    assert_eq!((place.verdict.as_str(), &place.sides), ("single-source", &set(&["iraq"])));
    assert_eq!(place.common_ground, Some(Points::from([Point::Named("al-hazimi".to_owned())])));

    let casualties = &judgements["civilian-casualties"];
    assert_eq!(casualties.verdict, "single-source");
    assert_eq!(casualties.common_ground, numbers(0..=BEYOND), "never 0");
}

/// What a finding of a report, schema `corroborate-report/1`, comes to, its words turned back into points.
fn finding(dossier: &Value, claim: &Value, finding: &Value) -> Judgement {
    let universe = Universe::new(dossier, claim);
    let ids = |field: &str| names(&finding[field]).into_iter().collect::<BTreeSet<_>>();
    let set_aside = |entry: &Value| (name(&entry["assertion"]), name(&entry["rule"]));
    // A ground that excludes nothing isn't printed, though there are accounts.
    let unsaid = (!list(&finding["accounts"]).is_empty()).then(|| universe.everything.clone());
    Judgement {
        verdict: name(&finding["verdict"]),
        dispute: optional(&finding["dispute"]),
        within_one_side: finding["within_one_side"].as_bool(),
        sides: ids("sides"),
        accounts: list(&finding["accounts"])
            .iter()
            .map(|account| names(&account["assertions"]).into_iter().collect())
            .collect(),
        common_ground: optional(&finding["common_ground"]).map(|words| universe.read(&words)).or(unsaid),
        unattributed: ids("unattributed"),
        withheld: ids("withheld"),
        does_not_know: ids("does_not_know"),
        echoes: ids("echoes"),
        set_aside: list(&finding["set_aside"]).iter().map(set_aside).collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_resolver_agrees_with_the_oracle(dossier in crate::strategies::dossier()) {
        let read = corroborate::Dossier::from_json(&dossier.to_string());
        let read = read.map_err(|problems| TestCaseError::fail(format!("refused: {problems}\n{dossier:#}")))?;
        let report = corroborate::Resolver::standard().resolve(&read).to_json();
        let report: Value = serde_json::from_str(&report).expect("a report is JSON");

        let judgements = judge(&dossier);
        let findings = list(&report["findings"]);
        prop_assert_eq!(findings.len(), judgements.len());
        for (claim, (id, judgement)) in list(&dossier["claims"]).iter().zip(judgements) {
            let found = findings.iter().find(|finding| finding["claim"] == id.as_str());
            let found = finding(&dossier, claim, found.expect("a finding for every claim"));
            prop_assert_eq!(found, judgement, "left is the library's, on {} in {:#}", id, dossier);
        }
    }
}
