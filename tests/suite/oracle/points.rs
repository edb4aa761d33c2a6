//! Words to points, as DESIGN 2.1 has it: every answer that could matter to a claim, and which of them a value leaves
//! possible.
//!
//! A point is a stretch of numbers that no value of the claim tells apart, with its first and its last: one figure, what
//! lies between two, or everything beyond them all. Terms and texts are numbered, and what nobody named is a point of
//! its own.

#![expect(clippy::panic, reason = "asked for what it has no points for, an oracle had better say so")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::Value;

use super::record::{list, name, optional};

pub(crate) type Point = (i64, i64);
pub(crate) type Points = BTreeSet<Point>;

/// Farther than any figure or day.
const BEYOND: i64 = 1_000_000_000_000_000;
/// A quantity of one. "More than 4" begins one step, which nobody names, above 4.
const ONE: i64 = 1_000_000;
/// All counts to this one are points, so that one can be told from the fraction beside it.
const COUNTED: i64 = 20;

/// All the answers that one claim could have.
pub(crate) struct Universe {
    pub(super) kind: String,
    pub(super) everything: Points,
    /// Each term with itself and all that it is narrower than, by id or label.
    taxonomy: BTreeMap<String, BTreeSet<String>>,
    labels: BTreeMap<String, String>,
    /// What is numbered: terms or texts.
    names: Vec<String>,
}

impl Universe {
    pub(super) fn new(dossier: &Value, claim: &Value) -> Self {
        let kind = name(&claim["kind"]);
        let terms = || list(&dossier["terms"]).iter();
        let broader: BTreeMap<String, String> =
            terms().filter_map(|term| Some((name(&term["id"]), optional(&term["broader"])?))).collect();
        let line = |id: String| {
            (id.clone(), std::iter::successors(Some(id), |id| broader.get(id).cloned()).collect())
        };
        let mut universe = Self {
            everything: Points::new(),
            taxonomy: terms().map(|term| line(name(&term["id"]))).collect(),
            labels: terms().map(|term| (name(&term["label"]), name(&term["id"]))).collect(),
            names: Vec::new(),
            kind,
        };
        let said = |of: &Value| -> Vec<String> {
            let of_claim = list(&dossier["assertions"]).iter().filter(|entry| entry["claim"] == of["id"]);
            of_claim.filter_map(|entry| optional(&entry["value"])).collect()
        };
        // Names have one number throughout a dossier.
        let alike = |other: &&Value| (universe.kind == "text") == (other["kind"] == "text");
        let words: Vec<String> = list(&dossier["claims"]).iter().filter(alike).flat_map(said).collect();
        universe.everything = match universe.kind.as_str() {
            "text" => universe.number(words.into_iter().collect()),
            "term" | "place" => {
                let is_named = |other: &&Value| other["kind"] == "term" || other["kind"] == "place";
                let words = list(&dossier["claims"]).iter().filter(is_named).flat_map(said);
                let named: BTreeSet<String> = words.flat_map(|words| universe.terms_in(&words)).collect();
                for id in named {
                    universe.taxonomy.entry(id.clone()).or_insert_with(|| BTreeSet::from([id]));
                }
                universe.number(universe.taxonomy.keys().cloned().collect())
            }
            "yes-no" => Points::from([(0, 0), (1, 1)]),
            _ => {
                let (least, counted) = if universe.kind == "count" { (0, COUNTED) } else { (-BEYOND, 0) };
                let ends =
                    said(claim).into_iter().flat_map(|words| universe.stretches(&words)).collect::<Vec<_>>();
                let begins = ends.into_iter().flat_map(|(first, last)| [first, last + 1]).chain(1..=counted);
                let begins =
                    begins.filter(|begin| (least + 1..BEYOND).contains(begin)).chain([least, BEYOND]);
                let begins: Vec<i64> = begins.collect::<BTreeSet<_>>().into_iter().collect();
                begins.windows(2).map(|pair| (pair[0], pair[1] - 1)).collect()
            }
        };
        universe
    }

    fn number(&mut self, names: BTreeSet<String>) -> Points {
        self.names = names.into_iter().collect();
        let something_else = (BEYOND, BEYOND + 1);
        (0..).zip(&self.names).map(|(number, _)| (number, number)).chain([something_else]).collect()
    }

    /// As numbers that can be added: a count of one is a quantity of one.
    pub(super) fn numbers(&self, points: &Points) -> Vec<Point> {
        let one = if self.kind == "count" { ONE } else { 1 };
        let number = |end: i64| end.saturating_mul(one).clamp(-100 * BEYOND, 100 * BEYOND);
        points.iter().map(|(first, last)| (number(*first), number(*last))).collect()
    }

    /// The smallest set without gaps that holds both ends of this one.
    pub(super) fn hull(&self, points: &Points) -> Points {
        let Some((first, last)) = points.first().zip(points.last()) else { return Points::new() };
        self.everything.range(*first..=*last).copied().collect()
    }

    pub(super) fn or_more(&self, points: &Points) -> Points {
        points.first().map(|first| self.everything.range(*first..).copied().collect()).unwrap_or_default()
    }

    pub(super) fn or_fewer(&self, points: &Points) -> Points {
        points.last().map(|last| self.everything.range(..=*last).copied().collect()).unwrap_or_default()
    }

    /// Whether the lower end of a set of figures is above zero. A stretch that begins behind zero ends at zero.
    pub(super) fn is_above_zero(&self, points: &Points) -> bool {
        points.first().is_some_and(|(first, _)| *first > i64::from(self.kind == "quantity"))
    }

    pub(super) fn is_narrower(&self, term: &str, other: &str) -> bool {
        term != other && self.taxonomy.get(term).is_some_and(|line| line.contains(other))
    }

    /// The narrowest term that covers the whole set.
    pub(super) fn nearest_broader(&self, points: &Points) -> Option<Points> {
        let covers =
            self.taxonomy.keys().map(|term| self.within(term)).filter(|term| term.is_superset(points));
        covers.min_by_key(Points::len)
    }

    /// What a value leaves possible.
    pub(crate) fn read(&self, words: &str) -> Points {
        if matches!(words, "no evidence" | "anything") {
            return self.everything.clone();
        }
        match (self.kind.as_str(), words.strip_prefix("anything but ")) {
            (_, Some(excluded)) => &self.everything - &self.read(excluded),
            ("text", _) => words.split(" or ").flat_map(|text| self.named(text)).collect(),
            ("yes-no", _) => Points::from([if words == "yes" { (1, 1) } else { (0, 0) }]),
            ("term" | "place", _) => words.split(" or ").flat_map(|words| self.term(words)).collect(),
            _ => {
                let stretches = self.stretches(words);
                let holds = |(first, last): &Point, (from, to): &Point| {
                    let overlaps = first <= to && from <= last;
                    assert!(
                        !overlaps || (from <= first && last <= to),
                        "`{words}` ends where nobody's answer does"
                    );
                    overlaps
                };
                let is_in = |point: &&Point| stretches.iter().any(|stretch| holds(point, stretch));
                self.everything.iter().filter(is_in).copied().collect()
            }
        }
    }

    /// Whether answers are stretches of figures or days.
    pub(super) fn has_ends(&self) -> bool {
        matches!(self.kind.as_str(), "count" | "quantity" | "date")
    }

    /// The first points of the stretches that a value names, and the last ones, where it names their figures: "about 40" names
    /// neither end, and "nearly 40" names the upper one.
    pub(super) fn named_ends(&self, words: &str) -> (Points, Points) {
        if let Some(excluded) = words.strip_prefix("anything but ") {
            return self.beside(&self.named_ends(excluded));
        }
        let conventions = |part: &str| match part.split(' ').next() {
            Some("about" | "some" | "a" | "dozens" | "hundreds" | "late") => (true, true),
            Some("nearly") => (true, false),
            Some("just") => (false, true),
            _ => (part.ends_with('~'), part.ends_with('~')),
        };
        let exact = |part: &str| matches!(part, "a dozen" | "anything" | "no evidence");
        let parts: Vec<&str> =
            words.split(" or ").filter(|part| !matches!(*part, "more" | "fewer")).collect();
        let one = words.ends_with(" or more").then_some(words);
        let parts = one.map_or(parts, |one| vec![one]);
        let (mut lows, mut highs) = (Points::new(), Points::new());
        for part in parts {
            let (low, high) = match part.split_once(" and ").filter(|_| !part.starts_with("between ")) {
                Some((low, high)) => (conventions(low).0, conventions(high).1),
                None => conventions(part),
            };
            let set = self.read(part);
            lows.extend(set.first().filter(|_| !low || exact(part)));
            highs.extend(set.last().filter(|_| !high || exact(part)));
        }
        (lows, highs)
    }

    /// The ends of what lies beside some stretches.
    pub(super) fn beside(&self, (lows, highs): &(Points, Points)) -> (Points, Points) {
        let points: Vec<&Point> = self.everything.iter().collect();
        let pairs = || points.windows(2);
        let behind = pairs().filter(|pair| highs.contains(pair[0])).map(|pair| *pair[1]);
        let before = pairs().filter(|pair| lows.contains(pair[1])).map(|pair| *pair[0]);
        (behind.collect(), before.collect())
    }

    /// How far a figure is above another, and how many days lie between two; nothing where they touch, or one has no end.
    pub(super) fn distance(&self, from: i64, to: i64) -> Option<f64> {
        let between = to - from;
        let distance = match self.kind.as_str() {
            "count" => between as f64,
            // An open end is one step off.
            "quantity" => ((between as f64) / 10.0).round() / (ONE as f64 / 10.0),
            "date" => (between - 1) as f64,
            _ => return None,
        };
        (from < BEYOND - 1 && to > -BEYOND && distance > 0.0).then_some(distance)
    }

    /// All names but these.
    pub(super) fn others_than(&self, declared: &BTreeSet<String>) -> Points {
        self.names.iter().filter(|name| !declared.contains(*name)).flat_map(|name| self.named(name)).collect()
    }

    /// What nobody named, which denials leave possible and plain answers don't.
    pub(super) fn something_else(&self) -> Point {
        (BEYOND, BEYOND + 1)
    }

    fn named(&self, name: &str) -> Option<Point> {
        (0..).zip(&self.names).find(|(_, known)| *known == name).map(|(number, _)| (number, number))
    }

    fn within(&self, term: &str) -> Points {
        let narrower = self.taxonomy.iter().filter(|(_, line)| line.contains(term));
        narrower.filter_map(|(narrower, _)| self.named(narrower)).collect()
    }

    /// A broader term leaves all narrower ones possible, but for those that are taken out by name.
    fn term(&self, words: &str) -> Points {
        let terms = self.terms_in(words);
        terms[1..].iter().fold(self.within(&terms[0]), |left, excluded| &left - &self.within(excluded))
    }

    /// The ids of the terms that words name, by id or label.
    pub(super) fn terms_in(&self, words: &str) -> Vec<String> {
        let words = words.strip_prefix("anything but ").unwrap_or(words).replace(" and not ", " but not ");
        let id = |name: &str| self.labels.get(name).map_or(name, String::as_str).to_owned();
        words.split(" or ").flat_map(|one| one.split(" but not ")).map(id).collect()
    }

    /// The stretches of figures or days that words name, whichever are excluded.
    fn stretches(&self, words: &str) -> Vec<Point> {
        let words = words.strip_prefix("anything but ").unwrap_or(words);
        if let Some(least) = words.strip_suffix(" or more") {
            return vec![(self.figure(least), BEYOND)];
        }
        let one = |words| if self.kind == "date" { date(words) } else { self.figures(words) };
        words.split(" or ").map(one).collect()
    }

    /// A figure, in counts or in small parts of a quantity.
    fn figure(&self, digits: &str) -> i64 {
        let (sign, digits) = digits.strip_prefix('-').map_or((1, digits), |digits| (-1, digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let number =
            |digits: &str| digits.parse::<i64>().unwrap_or_else(|_| panic!("`{digits}` is no figure"));
        if self.kind == "count" {
            return number(digits);
        }
        sign * (number(whole) * ONE + number(&format!("{fraction:0<6}")))
    }

    fn figures(&self, words: &str) -> Point {
        let words = words.strip_prefix("exactly ").unwrap_or(words);
        let figure = |digits: &str| self.figure(digits);
        let about = |middle: i64| (middle - reach(middle), middle + reach(middle));
        let between = |(least, most): (&str, &str)| (figure(least), figure(most));
        let said = |hedges: &[&str]| hedges.iter().find_map(|hedge| words.strip_prefix(hedge));
        if let Some((low, high)) = said(&["between "]).and_then(|words| words.split_once(" and ")) {
            between((low, high))
        } else if let Some((low, high)) = words.split_once(" and ") {
            (self.figures(low).0, self.figures(high).1)
        } else if let Some((low, high)) = said(&["about "]).and_then(|words| words.split_once(" to ")) {
            (about(figure(low)).0, about(figure(high)).1)
        } else if let Some(least) = said(&["at least ", "no fewer than "]) {
            (figure(least), BEYOND)
        } else if let Some(below) = said(&["more than ", "over "]) {
            (figure(below) + 1, BEYOND)
        } else if let Some(most) = said(&["at most ", "up to "]) {
            (-BEYOND, figure(most))
        } else if let Some(above) = said(&["fewer than ", "under "]) {
            (-BEYOND, figure(above) - 1)
        } else if let Some(middle) = said(&["about ", "some "]) {
            about(figure(middle))
        } else if let Some(above) = said(&["nearly "]).map(figure) {
            (above - reach(above), above - 1)
        } else if let Some(below) = said(&["just over "]).map(figure) {
            (below + 1, below + reach(below))
        } else if let Some(ends) = words.split_once(" to ") {
            between(ends)
        } else {
            match words {
                "none" => (0, 0),
                "a few" => (3, 9),
                "a dozen" => (12, 12),
                "dozens" => (24, 999),
                "hundreds" => (200, 9_999),
                exactly => (figure(exactly), figure(exactly)),
            }
        }
    }
}

/// Ten per cent, but at least one: of a quantity, one too small to matter.
fn reach(figure: i64) -> i64 {
    (figure.abs() / 10).max(1)
}

/// A stretch of days.
pub(super) fn date(words: &str) -> Point {
    let said = |hedges: &[&str]| hedges.iter().find_map(|hedge| words.strip_prefix(hedge));
    if let Some(month) = said(&["late "]) {
        // The second half, to the day.
        let (first, last) = date(month);
        (first + (last - first + 1) / 2, last)
    } else if words == "autumn 2024" {
        (date("2024-09").0, date("2024-11").1)
    } else if let Some((from, to)) = said(&["between "]).and_then(|words| words.split_once(" and ")) {
        (date(from).0, date(to).1)
    } else if let Some(end) = said(&["before "]) {
        (-BEYOND, date(end).0 - 1)
    } else if let Some(start) = said(&["after "]) {
        (date(start).1 + 1, BEYOND)
    } else if let Some(first) = said(&["since "]).or(words.strip_suffix("/..")) {
        (date(first).0, BEYOND)
    } else if let Some(last) = said(&["until ", "../"]) {
        (-BEYOND, date(last).1)
    } else if let Some((from, to)) = words.split_once('/') {
        (date(from).0, date(to).1)
    } else if let Some(middle) = said(&["about "]).or(words.strip_suffix('~')) {
        // One unit of its precision to either side.
        let (first, last) = stretch(middle);
        let before = (first - Days::new(1)).format(&"%Y-%m-%d"[..precision(middle)]).to_string();
        let after = (last + Days::new(1)).format(&"%Y-%m-%d"[..precision(middle)]).to_string();
        (date(&before).0, date(&after).1)
    } else {
        let (first, last) = stretch(&words.replace("September 2024", "2024-09"));
        (i64::from(first.num_days_from_ce()), i64::from(last.num_days_from_ce()))
    }
}

/// How much of `%Y-%m-%d` a date states.
fn precision(words: &str) -> usize {
    2 + 3 * words.matches('-').count()
}

/// The first and the last day of a year, a month or a day.
fn stretch(words: &str) -> (NaiveDate, NaiveDate) {
    let full = format!("{words}{}", &"-01-01"[words.len().min(10) - 4..]);
    let first: NaiveDate = full.parse().unwrap_or_else(|_| panic!("`{words}` is no date"));
    let next = match precision(words) {
        2 => first + Months::new(12),
        5 => first + Months::new(1),
        _ => first + Days::new(1),
    };
    (first, next - Days::new(1))
}

/// When something was said: its first and its last minute.
pub(super) fn minutes(words: &str) -> Point {
    let day = 24 * 60;
    match words.split_once('T') {
        Some((of, time)) => {
            let minute =
                |digits: &str| digits.parse::<i64>().unwrap_or_else(|_| panic!("`{words}` is no time"));
            let at = date(of).0 * day + minute(&time[..2]) * 60 + minute(&time[3..5]);
            (at, at)
        }
        None => (date(words).0 * day, date(words).1 * day + day - 1),
    }
}
