//! What the report prints beside the verdict: common ground, safe wording, and what an editor should see.

use std::collections::BTreeSet;

use super::points::{Point, Points};
use super::record::Case;

impl Case {
    /// Whether all answers could be true if undeclared terms meant whatever they might, each the same in every answer.
    pub(super) fn is_of_wording(&self) -> bool {
        if !matches!(self.universe.kind.as_str(), "term" | "place") {
            return self.universe.kind == "text";
        }
        let sets: Vec<Points> = self.standing(true).into_iter().filter_map(|at| self.as_read(at)).collect();
        let matters = |term: &&Point| {
            let is_named =
                |set: &Points| set.contains(*term) != set.contains(&self.universe.something_else());
            sets.iter().any(is_named)
        };
        let terms: Vec<Point> = self.undeclared.iter().filter(matters).copied().collect();
        let others: Vec<Point> = self.universe.everything.difference(&self.undeclared).copied().collect();
        // Each undeclared term is true of the answer or isn't; of the declared ones it is one, or something else.
        (0..1_u32 << terms.len()).any(|truth| {
            let is_true =
                |term: &Point| terms.iter().position(|at| at == term).is_some_and(|at| truth >> at & 1 == 1);
            let holds = |set: &Points, answer: &Point| {
                if set.contains(&self.universe.something_else()) {
                    set.contains(answer) && !terms.iter().any(|term| !set.contains(term) && is_true(term))
                } else {
                    set.contains(answer) || set.iter().any(is_true)
                }
            };
            others.iter().any(|answer| sets.iter().all(|set| holds(set, answer)))
        })
    }

    /// One account: its answer. Several: the smallest interval over their answers, for what has no order their union.
    pub(super) fn common_ground(&self) -> Option<Points> {
        let is_ordered = matches!(self.universe.kind.as_str(), "count" | "quantity" | "date");
        let several = self.accounts().len() > 1 && is_ordered;
        let ground = if several { self.universe.hull(&self.possible()) } else { self.possible() };
        (!self.accounts().is_empty()).then_some(ground)
    }

    /// What takes no side: the common ground; disputed, a lower end above zero, else the upper end.
    pub(super) fn safe_wording(&self) -> Option<Points> {
        let ground = self.common_ground()?;
        match (self.verdict(), self.universe.kind.as_str()) {
            ("agreed", _) => Some(self.meet_of_the_known()),
            ("compatible" | "single-source", _) | ("disputed", "date") => Some(ground),
            ("disputed", "count" | "quantity") if self.universe.is_above_zero(&ground) => {
                Some(self.universe.or_more(&ground))
            }
            ("disputed", "count" | "quantity") => Some(self.universe.or_fewer(&ground)),
            ("disputed", "term" | "place") => self.universe.nearest_broader(&ground),
            _ => None,
        }
    }

    /// Whom to name for what one side says: those who state it, or all who speak.
    pub(super) fn credit(&self) -> BTreeSet<String> {
        let testimony = if self.verdict() == "single-source" { self.standing(true) } else { Vec::new() };
        let meet = Some(self.meet(&testimony));
        let states = |at: &usize| self.said[*at].as_said == meet || self.as_read(*at) == meet;
        let stating: Vec<usize> = testimony.iter().copied().filter(states).collect();
        let named = if stating.is_empty() { testimony } else { stating };
        named.iter().flat_map(|at| self.speakers(*at)).cloned().collect()
    }

    /// Each kind of notice, and when it is given (2.2 and 2.4, and the readings in docs/design.md).
    pub(super) fn notices(&self) -> BTreeSet<&'static str> {
        let (testimony, narration) = (self.standing(true), self.standing(false));
        let silent = testimony
            .iter()
            .filter(|at| self.said[**at].stance == "no-evidence")
            .copied()
            .collect::<Vec<_>>();
        let answering = self.sides_of(&self.counting()).into_iter().collect::<BTreeSet<_>>();
        // Of several unknown sides that answer alone one is counted, and each is heard.
        let known = answering.iter().any(|side| side.0);
        let heard =
            answering.iter().filter(|side| side.0 == known).map(|(_, side)| side).collect::<BTreeSet<_>>();
        let elsewhere = |(_, side): &(bool, String)| heard.len() > 1 || !heard.contains(side);
        let beside = self.sides_of(&silent).iter().any(elsewhere);
        let fits = |at: &usize| self.as_read(*at).is_some_and(|said| !said.is_disjoint(&self.possible()));
        let units = testimony.iter().chain(&narration).filter(|at| self.said[**at].states_unit);
        let units: BTreeSet<_> = units.map(|at| &self.said[*at].unit).collect();
        let left = |at: usize| {
            self.stands(at) && self.said[at].by.iter().any(|source| self.has_later_word(source, at))
        };
        let counted = self.counting();
        let known: BTreeSet<_> = self.sides_of(&counted).into_iter().filter(|side| side.0).collect();
        let relays = counted.iter().flat_map(|&at| known.iter().map(move |side| (at, side)));
        let relays = relays.filter(|(at, side)| self.sides_of(&[*at]).contains(side));
        let relays: Vec<_> = relays.map(|(at, side)| (side, self.relays(at, side))).collect();
        let is_channel = |relay: &(bool, String)| {
            let mut others = relays.iter().filter(|(side, _)| *side != relay).peekable();
            others.peek().is_some() && others.all(|(_, through)| through.contains(relay))
        };
        let has_channel = relays.iter().flat_map(|(_, through)| through).any(is_channel);
        let knows_not = |at: usize| self.said[at].stance == "does-not-know" && self.stands(at);
        let notices = [
            ("circular-sourcing", !self.which(|at| self.origins(at).is_empty()).is_empty()),
            ("unattributed-outside", !testimony.is_empty() && !narration.iter().all(fits)),
            ("no-evidence-beside-answer", self.counting().len() < testimony.len() && beside),
            ("only-does-not-know", self.verdict() == "unaddressed" && !self.which(knows_not).is_empty()),
            ("left-joint-statement", !self.which(left).is_empty()),
            ("unknown-side", answering.iter().any(|(known, _)| !known)),
            ("relay-answers", self.fewest(&counted).len() < known.len()),
            ("one-channel", self.sides().len() > 1 && has_channel),
            ("several-units", self.unit.is_none() && units.len() > 1),
            (
                "undeclared-term",
                !self.which(|at| self.said[at].names_undeclared && self.stands(at)).is_empty(),
            ),
        ];
        notices.into_iter().filter(|(_, applies)| *applies).map(|(kind, _)| kind).collect()
    }
}
