//! A second opinion: the semantics of DESIGN 2.2 to 2.5 once more, as slowly and plainly as they can be written.
//!
//! An answer set is a set of points (see `points.rs`), and whatever the library works out with intervals, sweeps and
//! graphs is found here by trying all points. Nothing here uses the library.

pub(crate) mod compare;
mod points;
mod record;

use std::collections::BTreeSet;

use points::{Point, Points, date};
use record::{Case, Said};

fn join<'p>(sets: impl IntoIterator<Item = &'p Points>) -> Points {
    sets.into_iter().flatten().copied().collect()
}

impl Said {
    fn names_an_answer(&self) -> bool {
        matches!(self.stance.as_str(), "affirms" | "denies")
    }
}

/// Each method is a sentence or two of the design. An assertion is its place among those of its claim.
impl Case {
    fn which(&self, chosen: impl Fn(usize) -> bool) -> Vec<usize> {
        (0..self.said.len()).filter(|&place| chosen(place)).collect()
    }

    // 2.2 Sides, origins, echoes.

    /// A source's side is its root, which is unknown where that is anonymous.
    fn side(&self, source: &str) -> (bool, String) {
        match self.part_of.get(source) {
            Some(whole) => self.side(whole),
            None => (!self.anonymous.contains(source), source.to_owned()),
        }
    }

    /// All originals that `derived_from` leads to. A ring with no way out leads to none: circular sourcing.
    fn origins(&self, place: usize) -> Vec<usize> {
        let mut reached = BTreeSet::from([place]);
        let next =
            |reached: &BTreeSet<usize>| reached.iter().flat_map(|&at| self.said[at].derived_from.clone()).collect();
        while !BTreeSet::is_superset(&reached, &next(&reached)) {
            reached.extend(next(&reached));
        }
        reached.into_iter().filter(|&place| !self.is_copy(place)).collect()
    }

    fn is_copy(&self, place: usize) -> bool {
        !self.said[place].derived_from.is_empty()
    }

    /// A copy has the date of the latest of its origins, if it has origins.
    fn date(&self, place: usize) -> Option<Point> {
        let origins = Some(self.origins(place)).filter(|origins| !origins.is_empty()).unwrap_or(vec![place]);
        origins.into_iter().filter_map(|origin| self.said[origin].own_date).max_by_key(|date| date.1)
    }

    /// Whoever speaks in the origins that stand, whoever repeats it, less those who have a later word.
    fn speakers(&self, place: usize) -> Vec<&String> {
        let standing = self.origins(place).into_iter().filter(|&origin| self.stands(origin));
        let said = standing.flat_map(|origin| self.said[origin].by.iter().map(move |source| (source, origin)));
        said.filter(|(source, origin)| !self.has_later_word(source, *origin)).map(|(source, _)| source).collect()
    }

    /// All of its origins also speak in another answer with the same set. Of echoes, the earliest counts.
    fn is_echo(&self, place: usize) -> bool {
        let voices = |place| self.speakers(place).into_iter().collect::<BTreeSet<_>>();
        let date = |place| self.date(place).map(|date| date.1);
        let rank = |place| (date(place).is_none(), date(place), self.is_copy(place), place);
        let repeats = |&other: &usize| {
            let earlier = voices(place) != voices(other) || rank(other) < rank(place);
            self.as_read(other) == self.as_read(place) && voices(place).is_subset(&voices(other)) && earlier
        };
        self.testimony().contains(&place) && self.testimony().iter().any(|other| *other != place && repeats(other))
    }

    // 2.3 Rules only set aside or loosen.

    /// A later answer replaces an earlier one of the same named source, in the same unit, when both affirm or deny,
    /// neither is retracted, and their dates don't overlap.
    fn has_later_word(&self, source: &String, place: usize) -> bool {
        let is_word = |place: usize| {
            let said = &self.said[place];
            said.names_an_answer() && !said.retracted && said.by.contains(source) && !self.is_copy(place)
        };
        let is_later = |other| self.date(other).zip(self.date(place)).is_some_and(|(later, date)| later.0 > date.1);
        let replaces =
            |other: usize| is_word(other) && is_later(other) && self.said[other].unit == self.said[place].unit;
        is_word(place) && !self.anonymous.contains(source) && !self.which(replaces).is_empty()
    }

    /// Every reason of the standard resolver to set an assertion aside.
    fn set_aside_by(&self, place: usize) -> Vec<&'static str> {
        let (said, origins) = (&self.said[place], self.origins(place));
        let supersedes = |other: usize| self.said[other].supersedes.contains(&place) && !self.said[other].retracted;
        let left = |source| self.has_later_word(source, place);
        let units = said.unit.as_ref().zip(self.unit.as_ref()).filter(|(own, of_claim)| own != of_claim);
        let related = |own, other| self.universe.is_narrower(own, other) || self.universe.is_narrower(other, own);
        let is_copy = self.is_copy(place) && !origins.is_empty();
        let says_more = |copied: &Points| {
            !origins.iter().any(|at| self.said[*at].as_said.as_ref().is_some_and(|o| o.is_subset(copied)))
        };
        let reasons = [
            ("superseded", !self.which(supersedes).is_empty()),
            ("latest word", !said.by.is_empty() && said.by.iter().all(left)),
            ("retracted", said.retracted),
            ("unit differs", units.is_some_and(|(own, of_claim)| !related(own, of_claim))),
            ("misquoted", is_copy && said.as_said.as_ref().is_some_and(says_more)),
            ("origin set aside", is_copy && !origins.iter().any(|&origin| self.stands(origin))),
        ];
        reasons.into_iter().filter(|(_, applies)| *applies).map(|(rule, _)| rule).collect()
    }

    fn stands(&self, place: usize) -> bool {
        self.set_aside_by(place).is_empty()
    }

    /// Rising tally: a figure older than the newest attributed, affirmed, unretracted first-hand one may also be a floor.
    fn as_read(&self, place: usize) -> Option<Points> {
        let said = self.said[place].as_said.clone()?;
        let own_moment = |place: usize| self.said[place].valid_at.or(self.said[place].own_date);
        let of_origins = |place| self.origins(place).into_iter().filter_map(own_moment).max_by_key(|moment| moment.1);
        let moment =
            |place: usize| self.said[place].valid_at.or_else(|| of_origins(place)).or_else(|| self.date(place));
        let is_first_hand = |place: usize| !self.is_copy(place) && !self.said[place].by.is_empty();
        let counts =
            |place: usize| is_first_hand(place) && self.said[place].stance == "affirms" && !self.said[place].retracted;
        let newest = self.which(counts).into_iter().filter_map(moment).max_by_key(|newest| (newest.1, newest.0));
        let is_older = self.is_rising && newest.zip(moment(place)).is_some_and(|(newest, own)| own.1 < newest.0);
        Some(if is_older { &said | &self.universe.or_more(&said) } else { said })
    }

    // 2.4 The verdict.

    /// The standing answers, attributed (S) or not (U).
    fn standing(&self, attributed: bool) -> Vec<usize> {
        let is_answer = |place: usize| self.said[place].as_said.is_some() && self.stands(place);
        self.which(|place| is_answer(place) && self.speakers(place).is_empty() != attributed)
    }

    fn testimony(&self) -> Vec<usize> {
        self.standing(true)
    }

    fn meet(&self, places: &[usize]) -> Points {
        let sets = places.iter().filter_map(|&place| self.as_read(place));
        sets.fold(self.universe.everything.clone(), |meet, set| &meet & &set)
    }

    /// Beside an answer, no-evidence counts no side.
    fn counting(&self) -> Vec<usize> {
        let (testimony, names) = (self.testimony(), |&place: &usize| self.said[place].names_an_answer());
        if testimony.iter().any(names) { testimony.into_iter().filter(names).collect() } else { testimony }
    }

    fn sides_of(&self, places: &[usize]) -> Vec<(bool, String)> {
        places.iter().flat_map(|&place| self.speakers(place)).map(|source| self.side(source)).collect()
    }

    /// The smallest number that what is known allows: an unknown side counts only when no other speaks.
    fn sides(&self) -> BTreeSet<String> {
        let (known, unknown): (Vec<_>, Vec<_>) = self.sides_of(&self.counting()).into_iter().partition(|side| side.0);
        let sides = if known.is_empty() { unknown.into_iter().take(1).collect() } else { known };
        sides.into_iter().map(|(_, side)| side).collect()
    }

    /// Whether at least two sides state the meet itself, as said or as read.
    fn is_agreed(&self) -> bool {
        let meet = Some(self.meet(&self.testimony()));
        let states = |place: usize| self.said[place].as_said == meet || self.as_read(place) == meet;
        let mut stating = self.testimony();
        stating.retain(|&place| self.said[place].names_an_answer() && states(place));
        self.sides_of(&stating).into_iter().filter(|(known, _)| *known).collect::<BTreeSet<_>>().len() >= 2
    }

    /// The table, first row that holds.
    fn verdict(&self) -> &'static str {
        let withholds = |place: usize| self.said[place].stance == "withholds" && self.stands(place);
        match self.sides().len() {
            1.. if self.meet(&self.testimony()).is_empty() => "disputed",
            1 => "single-source",
            2.. if self.is_agreed() => "agreed",
            2.. => "compatible",
            0 if !self.standing(false).is_empty() => "unattributed",
            0 if !self.which(withholds).is_empty() => "withheld",
            0 => "unaddressed",
        }
    }

    /// Contradictory where exactly one of two accounts must be true.
    fn dispute(&self) -> Option<&'static str> {
        let one_must_be_true = self.accounts().len() == 2 && self.possible() == self.universe.everything;
        let kind = if self.universe.kind == "text" { "wording" } else { "contrary" };
        (self.verdict() == "disputed").then_some(if one_must_be_true { "contradictory" } else { kind })
    }

    fn within_one_side(&self) -> Option<bool> {
        let all_known = self.sides_of(&self.counting()).iter().all(|(known, _)| *known);
        (self.verdict() == "disputed" && all_known).then(|| self.sides().len() == 1)
    }

    /// Of all sets of testimony that one answer satisfies, those that are part of no other. Without testimony, of
    /// narration.
    fn accounts(&self) -> BTreeSet<Vec<usize>> {
        let heard = Some(self.testimony()).filter(|heard| !heard.is_empty()).unwrap_or_else(|| self.standing(false));
        let sets: Vec<(usize, Points)> = heard.into_iter().filter_map(|at| Some((at, self.as_read(at)?))).collect();
        let satisfied = |point| sets.iter().filter(move |(_, set)| set.contains(point)).map(|(at, _)| *at).collect();
        let all: BTreeSet<Vec<usize>> = self.universe.everything.iter().map(satisfied).collect();
        let is_part = |one: &Vec<usize>, other: &Vec<usize>| one != other && one.iter().all(|at| other.contains(at));
        all.iter().filter(|one| !one.is_empty() && !all.iter().any(|other| is_part(one, other))).cloned().collect()
    }

    fn answers(&self) -> Vec<Points> {
        self.accounts().iter().map(|account| self.meet(account)).collect()
    }

    /// What is possible of a claim: any account's answer, or anything where nobody answers.
    fn possible(&self) -> Points {
        if self.accounts().is_empty() { self.universe.everything.clone() } else { join(&self.answers()) }
    }

    /// One account: its answer. Several: the smallest interval over their answers, for what has no order their union.
    fn common_ground(&self) -> Option<Points> {
        let is_ordered = matches!(self.universe.kind.as_str(), "count" | "quantity" | "date");
        let several = self.accounts().len() > 1 && is_ordered;
        let ground = if several { self.universe.hull(&self.possible()) } else { self.possible() };
        (!self.accounts().is_empty()).then_some(ground)
    }

    /// What takes no side: the common ground; disputed, a lower end above zero, else the upper end.
    fn safe_wording(&self) -> Option<Points> {
        let ground = self.common_ground()?;
        match (self.verdict(), self.universe.kind.as_str()) {
            ("agreed" | "compatible" | "single-source", _) | ("disputed", "date") => Some(ground),
            ("disputed", "count" | "quantity") if self.universe.is_above_zero(&ground) => {
                Some(self.universe.or_more(&ground))
            }
            ("disputed", "count" | "quantity") => Some(self.universe.or_fewer(&ground)),
            ("disputed", "term" | "place") => self.universe.nearest_broader(&ground),
            _ => None,
        }
    }

    fn notices(&self) -> BTreeSet<&'static str> {
        let (testimony, narration) = (self.testimony(), self.standing(false));
        let silent = testimony.iter().filter(|at| self.said[**at].stance == "no-evidence").copied().collect::<Vec<_>>();
        let answering = self.sides_of(&self.counting()).into_iter().collect::<BTreeSet<_>>();
        // Of several unknown sides that answer alone one is counted, and each is heard.
        let known = answering.iter().any(|side| side.0);
        let heard = answering.iter().filter(|side| side.0 == known).map(|(_, side)| side).collect::<BTreeSet<_>>();
        let elsewhere = |(_, side): &(bool, String)| heard.len() > 1 || !heard.contains(side);
        let beside = self.sides_of(&silent).iter().any(elsewhere);
        let fits = |at: &usize| self.as_read(*at).is_some_and(|said| !said.is_disjoint(&self.possible()));
        let units = testimony.iter().chain(&narration).filter(|at| self.said[**at].states_unit);
        let units: BTreeSet<_> = units.map(|at| &self.said[*at].unit).collect();
        let left = |at: usize| self.stands(at) && self.said[at].by.iter().any(|source| self.has_later_word(source, at));
        let knows_not = |at: usize| self.said[at].stance == "does-not-know" && self.stands(at);
        let notices = [
            ("circular-sourcing", !self.which(|at| self.origins(at).is_empty()).is_empty()),
            ("unattributed-outside", !testimony.is_empty() && !narration.iter().all(fits)),
            ("no-evidence-beside-answer", self.counting().len() < testimony.len() && beside),
            ("only-does-not-know", self.verdict() == "unaddressed" && !self.which(knows_not).is_empty()),
            ("left-joint-statement", !self.which(left).is_empty()),
            ("unknown-side", answering.iter().any(|(known, _)| !known)),
            ("several-units", self.unit.is_none() && units.len() > 1),
            ("undeclared-term", !self.which(|at| self.said[at].names_undeclared && self.stands(at)).is_empty()),
        ];
        notices.into_iter().filter(|(_, applies)| *applies).map(|(kind, _)| kind).collect()
    }

    // 2.5 Between claims.

    /// Whether this claim's scope lies within another's: places by `broader`, periods by inclusion, all else equal.
    fn is_inside(&self, other: &Self) -> bool {
        let within = |(dimension, own): (&String, &String)| {
            other.scope.get(dimension).is_some_and(|theirs| match dimension.as_str() {
                "place" => own == theirs || self.universe.is_narrower(own, theirs),
                "period" => date(theirs).0 <= date(own).0 && date(own).1 <= date(theirs).1,
                _ => own == theirs,
            })
        };
        let alike = self.topic == other.topic && self.unit == other.unit && self.scope.len() == other.scope.len();
        alike && self.scope != other.scope && self.scope.iter().all(within)
    }
}

/// The at-most constraints that the scopes of counts imply, between nearest ones.
fn implied(cases: &[Case]) -> Vec<(&Case, &Case)> {
    let counts: Vec<&Case> =
        cases.iter().filter(|c| c.universe.kind == "count" && c.is_fact && c.topic.is_some()).collect();
    let is_nearest = |one: &Case, other: &Case| !counts.iter().any(|c| one.is_inside(c) && c.is_inside(other));
    let pairs = counts.iter().flat_map(|one| counts.iter().map(move |other| (*one, *other)));
    pairs.filter(|(one, other)| one.is_inside(other) && is_nearest(one, other)).collect()
}

/// Whether every choice of an answer to each claim satisfies a constraint, none does, or some do.
fn status(kind: &str, tied: &[&Case]) -> &'static str {
    let sets = tied.iter().map(|case| case.universe.numbers(&case.possible()));
    let choices: Vec<Vec<Point>> = sets.fold(vec![vec![]], |choices, set| {
        choices.iter().flat_map(|choice| set.iter().map(|point| [&choice[..], &[*point]].concat())).collect()
    });
    // What is said of the first and the rest: of the least and the greatest of each stretch.
    let ends = |choice: &[Point]| match kind {
        "sum" => vec![choice[0], choice[1..].iter().fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1))],
        _ => choice.to_vec(),
    };
    let may = |choice: &Vec<Point>| match (kind, ends(choice)) {
        ("at-most", ends) => ends[0].0 <= ends[1].1,
        (_, ends) => ends.iter().map(|end| end.0).max() <= ends.iter().map(|end| end.1).min(),
    };
    let must = |choice: &Vec<Point>| match (kind, ends(choice)) {
        ("at-most", ends) => ends[0].1 <= ends[1].0,
        (_, ends) => ends.iter().all(|end| end.0 == end.1 && *end == ends[0]),
    };
    match (choices.iter().all(must), choices.iter().any(may)) {
        (true, _) => "holds",
        (_, false) => "fails",
        _ => "open",
    }
}

/// The dimensions in which the claims of one topic differ, or that only some of them state.
fn differs_in(cases: &[&Case]) -> BTreeSet<String> {
    let stated = cases.iter().flat_map(|case| case.scope.keys());
    stated
        .filter(|dimension| cases.iter().any(|c| c.scope.get(*dimension) != cases[0].scope.get(*dimension)))
        .cloned()
        .collect()
}
