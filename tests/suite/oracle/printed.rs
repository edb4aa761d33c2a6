//! What the report prints beside the verdict: common ground, safe wording, and what an editor should see.

use std::collections::BTreeSet;

use super::points::Points;
use super::record::Case;

impl Case {
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
            ("agreed" | "compatible" | "single-source", _) | ("disputed", "date") => Some(ground),
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
        let knows_not = |at: usize| self.said[at].stance == "does-not-know" && self.stands(at);
        let notices = [
            ("circular-sourcing", !self.which(|at| self.origins(at).is_empty()).is_empty()),
            ("unattributed-outside", !testimony.is_empty() && !narration.iter().all(fits)),
            ("no-evidence-beside-answer", self.counting().len() < testimony.len() && beside),
            ("only-does-not-know", self.verdict() == "unaddressed" && !self.which(knows_not).is_empty()),
            ("left-joint-statement", !self.which(left).is_empty()),
            ("unknown-side", answering.iter().any(|(known, _)| !known)),
            ("several-units", self.unit.is_none() && units.len() > 1),
            (
                "undeclared-term",
                !self.which(|at| self.said[at].names_undeclared && self.stands(at)).is_empty(),
            ),
        ];
        notices.into_iter().filter(|(_, applies)| *applies).map(|(kind, _)| kind).collect()
    }
}
