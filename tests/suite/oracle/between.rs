//! Between claims, as DESIGN 2.5 has it: every choice of answers is tried, and every scope held against every other.

use std::collections::BTreeSet;

use super::points::{Point, date};
use super::record::Case;

impl Case {
    /// Whether this claim's scope lies within another's: places by `broader`, periods by inclusion, all else equal.
    fn is_inside(&self, other: &Self) -> bool {
        let within = |(dimension, own): (&String, &String)| {
            other.scope.get(dimension).is_some_and(|theirs| match dimension.as_str() {
                "place" => own == theirs || self.universe.is_narrower(own, theirs),
                "period" => date(theirs).0 <= date(own).0 && date(own).1 <= date(theirs).1,
                _ => own == theirs,
            })
        };
        let alike =
            self.topic == other.topic && self.unit == other.unit && self.scope.len() == other.scope.len();
        alike && self.scope != other.scope && self.scope.iter().all(within)
    }
}

/// The at-most constraints that the scopes of counts imply, between nearest ones.
pub(super) fn implied(cases: &[Case]) -> Vec<(&Case, &Case)> {
    let counts: Vec<&Case> =
        cases.iter().filter(|c| c.universe.kind == "count" && c.is_fact && c.topic.is_some()).collect();
    let is_nearest =
        |one: &Case, other: &Case| !counts.iter().any(|c| one.is_inside(c) && c.is_inside(other));
    let pairs = counts.iter().flat_map(|one| counts.iter().map(move |other| (*one, *other)));
    pairs.filter(|(one, other)| one.is_inside(other) && is_nearest(one, other)).collect()
}

/// Whether every choice of an answer to each claim satisfies a constraint, none does, or some do.
pub(super) fn status(kind: &str, tied: &[&Case]) -> &'static str {
    let sets = tied.iter().map(|case| case.universe.numbers(&case.possible()));
    let choices: Vec<Vec<Point>> = sets.fold(vec![vec![]], |choices, set| {
        choices.iter().flat_map(|choice| set.iter().map(|point| [&choice[..], &[*point]].concat())).collect()
    });
    // A sum ties the whole to the sum of its parts, and of what is equal the greatest is at most the least.
    let tied = |choice: &[Point]| match kind {
        "sum" => {
            vec![choice[0], choice[1..].iter().fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1))]
        }
        _ => choice.to_vec(),
    };
    let greatest = |choice: Vec<Point>| choice.iter().fold(choice[0], |a, b| (a.0.max(b.0), a.1.max(b.1)));
    let least = |choice: Vec<Point>| choice.iter().fold(choice[0], |a, b| (a.0.min(b.0), a.1.min(b.1)));
    let ordered = |choice: &Vec<Point>| match kind {
        "at-most" => (choice[0], choice[1]),
        _ => (greatest(tied(choice)), least(tied(choice))),
    };
    let must = |(lesser, greater): (Point, Point)| lesser.1 <= greater.0;
    let may = |(lesser, greater): (Point, Point)| lesser.0 <= greater.1;
    match (choices.iter().map(ordered).all(must), choices.iter().map(ordered).any(may)) {
        (true, _) => "holds",
        (_, false) => "fails",
        _ => "open",
    }
}

/// The dimensions in which the claims of one topic differ, or that only some of them state.
pub(super) fn differs_in(cases: &[&Case]) -> BTreeSet<String> {
    let differs =
        |dimension: &&String| cases.iter().any(|c| c.scope.get(*dimension) != cases[0].scope.get(*dimension));
    cases.iter().flat_map(|case| case.scope.keys()).filter(differs).cloned().collect()
}
