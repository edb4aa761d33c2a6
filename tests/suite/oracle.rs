//! A second opinion: the semantics of DESIGN 2.2 to 2.4 once more, as slowly and plainly as they can be written.
//!
//! An answer set is a set of points (see `points.rs`), and whatever the library works out with intervals, sweeps and
//! graphs is found here by trying all points; what lies between claims (2.5) is in `between.rs`. Nothing here uses the
//! library, nor does anything that it rests on.

mod between;
pub(crate) mod compare;
mod later;
mod points;
mod printed;
mod record;
mod sides;

pub(crate) use record::{list, names};

use std::collections::BTreeSet;

use points::{Point, Points};
use record::Case;

/// Each method is a sentence or two of the design. An assertion is its place among those of its claim.
impl Case {
    // 2.2 Sides, origins, echoes.

    /// A source's side is its root, which is unknown where that is anonymous.
    pub(super) fn side(&self, source: &str) -> (bool, String) {
        match self.part_of.get(source) {
            Some(whole) => self.side(whole),
            None => (!self.anonymous.contains(source), source.to_owned()),
        }
    }

    /// All originals that `derived_from` leads to. A ring with no way out leads to none: circular sourcing.
    pub(super) fn origins(&self, place: usize) -> Vec<usize> {
        let mut reached = BTreeSet::from([place]);
        let next = |reached: &BTreeSet<usize>| {
            let copies = reached.iter().filter(|&&at| self.is_copy(at));
            copies.flat_map(|&at| self.said[at].derived_from.clone()).collect()
        };
        while !BTreeSet::is_superset(&reached, &next(&reached)) {
            reached.extend(next(&reached));
        }
        reached.into_iter().filter(|&place| !self.is_copy(place)).collect()
    }

    /// The origins that a copy's words come from: those that say as much. When none does, it misquotes them all.
    pub(super) fn repeats(&self, place: usize) -> Vec<usize> {
        let (as_much, less): (Vec<_>, Vec<_>) =
            self.origins(place).iter().partition(|at| self.bears_out(**at, place));
        if as_much.is_empty() { less } else { as_much }
    }

    /// The date that succession and the as-of date go by: a copy was said from the later beginning to the later end of its
    /// own date and its origins'.
    pub(super) fn said_on(&self, place: usize) -> Option<Point> {
        let origins = if self.is_copy(place) { self.origins(place) } else { Vec::new() };
        let dates = origins.into_iter().chain([place]).filter_map(|at| self.said[at].own_date);
        dates.reduce(|one, other| (one.0.max(other.0), one.1.max(other.1)))
    }

    /// A copy has the date of the latest of its origins, if it has origins.
    pub(super) fn date(&self, place: usize) -> Option<Point> {
        let origins = Some(self.origins(place)).filter(|origins| !origins.is_empty()).unwrap_or(vec![place]);
        origins.into_iter().filter_map(|origin| self.said[origin].own_date).max_by_key(|date| date.1)
    }

    /// Whoever speaks in the origins that say as much and stand, whoever repeats it, less those who have a later word.
    pub(super) fn speakers(&self, place: usize) -> Vec<&String> {
        let standing = self.repeats(place).into_iter().filter(|&origin| self.stands(origin));
        let said =
            standing.flat_map(|origin| self.said[origin].by.iter().map(move |source| (source, origin)));
        said.filter(|(source, origin)| !self.has_later_word(source, *origin))
            .map(|(source, _)| source)
            .collect()
    }

    /// All of its origins also speak in another answer with the same set. Of echoes, the earliest counts.
    fn is_echo(&self, place: usize) -> bool {
        let voices = |place| self.speakers(place).into_iter().collect::<BTreeSet<_>>();
        let rank = |place| (self.date(place).map_or(i64::MAX, |date| date.1), self.is_copy(place), place);
        let repeats = |&other: &usize| {
            let earlier = voices(place) != voices(other) || rank(other) < rank(place);
            self.as_read(other) == self.as_read(place) && voices(place).is_subset(&voices(other)) && earlier
        };
        self.standing(true).contains(&place)
            && self.standing(true).iter().any(|other| *other != place && repeats(other))
    }

    // 2.3 Rules only set aside or loosen.

    /// Every reason of the standard resolver to set an assertion aside.
    fn set_aside_by(&self, place: usize) -> Vec<&'static str> {
        let (said, repeats) = (&self.said[place], self.repeats(place));
        let supersedes =
            |other: usize| self.said[other].supersedes.contains(&place) && !self.said[other].retracted;
        let units = said.unit.as_ref().zip(self.unit.as_ref()).filter(|(own, of_claim)| own != of_claim);
        let related =
            |own, other| self.universe.is_narrower(own, other) || self.universe.is_narrower(other, own);
        let is_copy = self.is_copy(place) && !repeats.is_empty();
        let borne_out = repeats.iter().any(|&origin| self.bears_out(origin, place));
        let reasons = [
            ("superseded", !self.which(supersedes).is_empty()),
            (
                "latest word",
                !said.by.is_empty() && said.by.iter().all(|source| self.has_later_word(source, place)),
            ),
            ("retracted", said.retracted),
            ("unit differs", units.is_some_and(|(own, of_claim)| !related(own, of_claim))),
            ("misquoted", is_copy && said.as_said.is_some() && !borne_out),
            ("origin set aside", is_copy && !repeats.iter().any(|&origin| self.stands(origin))),
        ];
        reasons.into_iter().filter(|(_, applies)| *applies).map(|(rule, _)| rule).collect()
    }

    pub(super) fn stands(&self, place: usize) -> bool {
        self.set_aside_by(place).is_empty()
    }

    /// Rising tally: a figure that ends before the newest attributed, affirmed, unretracted first-hand one begins may also
    /// be a floor. The newest is the one that begins latest.
    pub(super) fn as_read(&self, place: usize) -> Option<Points> {
        let said = self.said[place].as_said.clone()?;
        let own = |place: usize| self.said[place].valid_at.or(self.said[place].own_date);
        let theirs = |place| self.origins(place).into_iter().filter_map(own).max_by_key(|moment| moment.1);
        let moment =
            |place: usize| self.said[place].valid_at.or_else(|| theirs(place)).or_else(|| self.date(place));
        let is_credited = |place: usize| !self.is_copy(place) && !self.said[place].by.is_empty();
        let counts =
            |place| is_credited(place) && self.said[place].stance == "affirms" && !self.said[place].retracted;
        let newest = self.which(counts).into_iter().filter_map(moment).max_by_key(|newest| newest.0);
        let is_older =
            self.is_rising && newest.zip(moment(place)).is_some_and(|(newest, own)| own.1 < newest.0);
        Some(if is_older { &said | &self.universe.or_more(&said) } else { said })
    }

    // 2.4 The verdict.

    /// The standing answers, attributed (S) or not (U).
    pub(super) fn standing(&self, attributed: bool) -> Vec<usize> {
        let is_answer = |place: usize| self.said[place].as_said.is_some() && self.stands(place);
        self.which(|place| is_answer(place) && self.speakers(place).is_empty() != attributed)
    }

    pub(super) fn meet(&self, places: &[usize]) -> Points {
        let sets = places.iter().filter_map(|&place| self.as_read(place));
        sets.fold(self.universe.everything.clone(), |meet, set| &meet & &set)
    }

    /// Beside an answer, no-evidence counts no side.
    pub(super) fn counting(&self) -> Vec<usize> {
        let (testimony, names) = (self.standing(true), |&place: &usize| self.said[place].names_an_answer());
        if testimony.iter().any(names) { testimony.into_iter().filter(names).collect() } else { testimony }
    }

    pub(super) fn sides_of(&self, places: &[usize]) -> Vec<(bool, String)> {
        places.iter().flat_map(|&place| self.speakers(place)).map(|source| self.side(source)).collect()
    }

    /// What the known sides say, jointly with others or alone, leaves this possible together.
    fn meet_of_the_known(&self) -> Points {
        let mut known = self.standing(true);
        known.retain(|&place| self.sides_of(&[place]).iter().any(|(known, _)| *known));
        self.meet(&known)
    }

    /// Whether at least two sides state the meet of what the known sides say, as said or as read.
    fn is_agreed(&self) -> bool {
        let meet = Some(self.meet_of_the_known());
        let states = |place: usize| self.said[place].as_said == meet || self.as_read(place) == meet;
        let mut stating = self.standing(true);
        stating.retain(|&place| self.said[place].names_an_answer() && states(place));
        self.fewest(&stating).len() >= 2
    }

    /// The table, first row that holds.
    pub(super) fn verdict(&self) -> &'static str {
        let withholds = |place: usize| self.said[place].stance == "withholds" && self.stands(place);
        match self.sides().len() {
            1.. if self.meet(&self.standing(true)).is_empty() => "disputed",
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
        let kind = if self.is_of_wording() { "wording" } else { "contrary" };
        let is_text = self.universe.kind == "text";
        let is_contradictory = one_must_be_true && (is_text || !self.is_of_wording());
        (self.verdict() == "disputed").then_some(if is_contradictory { "contradictory" } else { kind })
    }

    fn within_one_side(&self) -> Option<bool> {
        let all_known = self.sides_of(&self.counting()).iter().all(|(known, _)| *known);
        let all_known = all_known && self.hearsay(&self.counting()).is_empty();
        (self.verdict() == "disputed" && all_known).then(|| self.sides().len() == 1)
    }

    /// Of all sets of testimony that one answer satisfies, those that are part of no other. Without testimony, of
    /// narration.
    fn accounts(&self) -> BTreeSet<Vec<usize>> {
        let heard = Some(self.standing(true))
            .filter(|heard| !heard.is_empty())
            .unwrap_or_else(|| self.standing(false));
        let sets: Vec<(usize, Points)> =
            heard.into_iter().filter_map(|at| Some((at, self.as_read(at)?))).collect();
        let satisfied =
            |point| sets.iter().filter(move |(_, set)| set.contains(point)).map(|(at, _)| *at).collect();
        let all: BTreeSet<Vec<usize>> = self.universe.everything.iter().map(satisfied).collect();
        let is_part =
            |one: &Vec<usize>, other: &Vec<usize>| one != other && one.iter().all(|at| other.contains(at));
        all.iter()
            .filter(|one| !one.is_empty() && !all.iter().any(|other| is_part(one, other)))
            .cloned()
            .collect()
    }

    /// What is possible of a claim: any account's answer, or anything where nobody answers.
    fn possible(&self) -> Points {
        let answers = self.accounts().into_iter().flat_map(|account| self.meet(&account)).collect();
        if self.accounts().is_empty() { self.universe.everything.clone() } else { answers }
    }
}
