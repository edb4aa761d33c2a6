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

    /// What can be printed as it stands, each end of it a figure that somebody said.
    pub(super) fn safe_wording(&self) -> Option<Points> {
        let ground = self.common_ground()?;
        let safe = match (self.verdict(), self.universe.kind.as_str()) {
            ("agreed", _) => Some(self.meet_of_the_known()),
            ("compatible", _) => Some(self.not_ruled_out_by_two_sides()),
            ("single-source", _) => Some(self.meet_of_the_heard()),
            ("disputed", "quantity" | "date") => Some(ground.clone()),
            ("disputed", "count") if self.universe.is_above_zero(&ground) => {
                Some(self.universe.or_more(&ground))
            }
            ("disputed", "count") => Some(self.universe.or_fewer(&ground)),
            ("disputed", "term" | "place") => self.universe.nearest_broader(&ground),
            _ => None,
        };
        // What excludes nothing is printed where all say just that: that they have no evidence.
        let everything = &self.universe.everything;
        let all_say_so = self.meet(&self.standing(true)) == *everything && self.is_said_so(everything);
        let safe = safe.filter(|safe| safe != everything || all_say_so);
        safe.filter(|safe| self.is_said_so(safe) || self.has_stated_ends(safe))
    }

    /// What at most one side rules out. Sides are counted among those who rule the same answer out.
    fn not_ruled_out_by_two_sides(&self) -> Points {
        let rules_out = |at: &usize, point: &Point| self.as_read(*at).is_some_and(|set| !set.contains(point));
        let ruling = |point: &Point| -> Vec<usize> {
            self.standing(true).into_iter().filter(|at| rules_out(at, point)).collect()
        };
        let stays = |point: &&Point| self.fewest(&ruling(point)).len() < 2;
        self.universe.everything.iter().filter(stays).copied().collect()
    }

    /// What known sides' answers leave together; where only unknown ones answer, theirs.
    fn meet_of_the_heard(&self) -> Points {
        let (mut known, heard) = (self.counting(), self.counting());
        known.retain(|&place| self.sides_of(&[place]).iter().any(|(known, _)| *known));
        self.meet(if known.is_empty() { &heard } else { &known })
    }

    /// Whether somebody said just that, in words that can be quoted.
    fn is_said_so(&self, set: &Points) -> bool {
        let says_so = |at: &usize| {
            let said = &self.said[*at];
            let is_own_unit = self.unit.is_none() || said.unit == self.unit;
            said.stance != "denies" && is_own_unit && said.as_said.as_ref() == Some(set)
        };
        self.standing(true).iter().chain(&self.standing(false)).any(says_so)
    }

    /// Whether each end of a set of figures or dates is one that somebody named, and none that "about" reaches to.
    fn has_stated_ends(&self, set: &Points) -> bool {
        if !self.universe.has_ends() {
            return true;
        }
        let stated = self.standing(true).into_iter().map(|at| &self.said[at].ends);
        let (lows, highs): (Vec<_>, Vec<_>) = stated.map(|ends| (&ends.0, &ends.1)).unzip();
        let points: Vec<&Point> = self.universe.everything.iter().collect();
        points.windows(2).all(|pair| match (set.contains(pair[0]), set.contains(pair[1])) {
            (false, true) => lows.iter().any(|lows| lows.contains(pair[1])),
            (true, false) => highs.iter().any(|highs| highs.contains(pair[0])),
            _ => true,
        })
    }

    /// The standing assertions of some that state a set, as said or as read.
    fn stating(&self, set: &Points, among: Vec<usize>) -> Vec<usize> {
        let states = |at: &usize| {
            self.said[*at].as_said.as_ref() == Some(set) || self.as_read(*at).as_ref() == Some(set)
        };
        among.into_iter().filter(states).collect()
    }

    /// Those who state a set.
    pub(super) fn stated_by(&self, set: &Points) -> BTreeSet<String> {
        let stating = self.stating(set, self.standing(true));
        stating.iter().flat_map(|at| self.speakers(*at)).cloned().collect()
    }

    /// Whom to name: those who state the safe wording.
    pub(super) fn credit(&self) -> BTreeSet<String> {
        self.safe_wording().map(|safe| self.stated_by(&safe)).unwrap_or_default()
    }

    /// What excludes nothing isn't printed.
    pub(super) fn printed(&self, set: Option<Points>) -> Option<Points> {
        set.filter(|set| *set != self.universe.everything)
    }

    /// Whether nobody states the safe wording, not even in nobody's name.
    pub(super) fn is_derived(&self) -> bool {
        let everybody = [self.standing(true), self.standing(false)].concat();
        self.printed(self.safe_wording()).is_some_and(|safe| self.stating(&safe, everybody).is_empty())
    }

    /// How far apart the accounts are at least: the greatest lower end of their answers less the least upper end. Of days,
    /// how many lie between.
    pub(super) fn gap(&self) -> Option<f64> {
        let disputed = Some(self.accounts()).filter(|_| self.verdict() == "disputed")?;
        let answers: Vec<Points> = disputed.iter().map(|account| self.meet(account)).collect();
        let lowest = answers.iter().filter_map(|set| set.first()).map(|point| point.0).max()?;
        let highest = answers.iter().filter_map(|set| set.last()).map(|point| point.1).min()?;
        self.universe.distance(highest, lowest)
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
        let several = self.sides().len() > 1;
        let originals = |places: &[usize]| -> Vec<usize> {
            places.iter().copied().filter(|&at| !self.is_copy(at)).collect()
        };
        let documents: BTreeSet<_> =
            originals(&counted).into_iter().map(|at| self.said[at].document.clone()).collect();
        let agreeing = self.stating(&self.meet_of_the_known(), self.standing(true));
        let joint = originals(&agreeing);
        let adds_nobody = |at: &usize| {
            let joint: Vec<_> = joint.iter().flat_map(|&at| self.speakers(at)).collect();
            self.speakers(*at).iter().all(|source| joint.contains(source))
        };
        let credit = self.credit();
        let answers_twice = |source: &String| {
            let own: Vec<usize> = originals(&testimony)
                .into_iter()
                .filter(|&at| self.speakers(at).contains(&source) && !self.anonymous.contains(source))
                .collect();
            own.len() > 1 && self.meet(&own).is_empty()
        };
        let knows_not = |at: usize| self.said[at].stance == "does-not-know" && self.stands(at);
        let notices = [
            ("circular-sourcing", !self.which(|at| self.origins(at).is_empty()).is_empty()),
            ("unattributed-outside", !testimony.is_empty() && !narration.iter().all(fits)),
            ("no-evidence-beside-answer", self.counting().len() < testimony.len() && beside),
            ("only-does-not-know", self.verdict() == "unaddressed" && !self.which(knows_not).is_empty()),
            ("left-joint-statement", !self.which(left).is_empty()),
            ("unknown-side", answering.iter().any(|(known, _)| !known)),
            ("relay-answers", self.fewest(&counted).len() < known.len()),
            (
                "one-statement",
                self.verdict() == "agreed" && joint.len() == 1 && agreeing.iter().all(adds_nobody),
            ),
            (
                "one-document",
                several && documents.len() == 1 && documents.iter().all(|document| document.is_some()),
            ),
            ("rests-on-unnamed", !credit.is_empty() && credit.is_subset(&self.anonymous)),
            ("on-both-sides", testimony.iter().flat_map(|&at| self.speakers(at)).any(answers_twice)),
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
