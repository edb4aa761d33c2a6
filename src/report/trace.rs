//! Why: the steps from what was said to the verdict, premises before conclusions.
//!
//! The assertions that an explanation cites are *sufficient*: on them alone the verdict and the common ground are the
//! same. And they are few: none of them can be left out, unless there are so many that trying would take far longer than
//! judging the claim. Both are tested on the claim itself, not argued, but for assertions that alone leave something
//! possible or rule it out. For that a user's own rules are asked again, which may answer otherwise; what is cited must
//! suffice as it was read when the finding was made.

use super::Finding;
use super::outcome::OutcomeRef;
use super::words;
use crate::dossier::AssertionRef;
use crate::dossier::columns::Set;
use crate::model::assertion::Stance;
use crate::model::claim::Kind;
use crate::outcome::{Dispute, NoticeKind, Outcomes, Verdict, Words};

/// One step of an explanation.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "12").by("mayor"))?;
///
/// let report = Resolver::standard().resolve(&flood);
/// let steps = report.finding("missing").ok_or("no such claim")?.steps();
/// assert_eq!(steps[0].text(), "The mayor of Varn said 12 (missing#1)");
/// assert_eq!(steps[0].cites().next().map(|cited| cited.id()), Some("missing#1".to_owned()));
/// assert_eq!(steps[1].text(), "one side alone speaks, The mayor of Varn, so the claim rests on a single source");
/// assert_eq!(steps[1].because(), [1]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Step<'r> {
    text: String,
    because: Vec<usize>,
    cites: Vec<AssertionRef<'r>>,
}

impl<'r> Step<'r> {
    /// What it says, in a sentence.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The numbers of the steps that it follows from, counted from one; all of them come before it.
    pub fn because(&self) -> &[usize] {
        &self.because
    }

    /// The assertions that it rests on.
    pub fn cites(&self) -> impl ExactSizeIterator<Item = AssertionRef<'r>> {
        self.cites.iter().copied()
    }
}

impl<'r> Finding<'r> {
    /// Why the finding is what it is, step by step: first who said what, then what follows.
    ///
    /// The assertions cited are sufficient for the verdict and the common ground. None of them can be left out, where the
    /// claim has at most 64; of more some may be cited that could be left out, since trying all would take too long.
    pub fn steps(self) -> Vec<Step<'r>> {
        let mut steps: Vec<Step<'r>> = Vec::new();
        let cited: Vec<AssertionRef<'r>> = self.cited().iter().map(|at| self.assertion(*at)).collect();
        for assertion in &cited {
            let text = self.premise(*assertion);
            steps.push(Step { text, because: Vec::new(), cites: vec![*assertion] });
        }
        let premises: Vec<usize> = (1..=steps.len()).collect();
        steps.push(Step { text: self.conclusion(&cited), because: premises, cites: Vec::new() });
        if let Some(text) = self.what_can_be_printed() {
            steps.push(Step { text, because: vec![steps.len()], cites: Vec::new() });
        }
        steps
    }

    /// Writes the question, the verdict and the explanation, and what an editor should see beside it.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "12").by("mayor"))?;
    ///
    /// let report = Resolver::standard().resolve(&flood);
    /// let mut text = Vec::new();
    /// report.finding("missing").ok_or("no such claim")?.write_explanation(&mut text)?;
    /// assert!(String::from_utf8(text)?.starts_with("How many people are missing?  [missing]"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_explanation(self, mut to: impl std::io::Write) -> std::io::Result<()> {
        let shown = |text: &str| text.chars().map(words::harmless).collect::<String>();
        writeln!(to, "{}  [{}]", shown(self.claim().question()), self.claim().id())?;
        let dispute = self.dispute().map_or(String::new(), |dispute| format!(" ({dispute})"));
        writeln!(to, "{}{dispute}\n", self.verdict())?;
        to.write_all(self.explain().as_bytes())?;
        if self.set_aside().len() + self.notices().len() > 0 {
            writeln!(to)?;
        }
        for aside in self.set_aside() {
            writeln!(to, "set aside: {}", shown(&aside.in_words()))?;
        }
        for notice in self.notices() {
            writeln!(to, "note: {}", shown(&notice.text()))?;
        }
        Ok(())
    }

    /// The explanation as an editor's note, its steps numbered. What a step follows from stands behind it in brackets.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("iraq", "Iraq"))?;
    /// raid.add_source(Source::new("us", "United States"))?;
    /// raid.add_claim(Claim::count("killed", "How many fighters were killed?"))?;
    /// raid.record(Assertion::new("killed", "14").by("iraq"))?;
    /// raid.record(Assertion::new("killed", "15").by("us"))?;
    ///
    /// let report = Resolver::standard().resolve(&raid);
    /// let killed = report.finding("killed").ok_or("no such claim")?;
    /// assert_eq!(killed.explain().lines().collect::<Vec<_>>(), [
    ///     "1. Iraq said 14 (killed#1).",
    ///     "2. United States said 15 (killed#2).",
    ///     "3. 14 and 15 can't both be true, so the claim is disputed. [1, 2]",
    ///     "4. Whichever of them is right, the answer is 14 to 15, so `at least 14` takes no side. [3]",
    /// ]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn explain(self) -> String {
        use std::fmt::Write as _;
        let mut note = String::new();
        for (n, step) in self.steps().iter().enumerate() {
            let _ = write!(note, "{}. ", n + 1);
            note.extend(sentence(step.text()).chars().map(words::harmless));
            if !step.because().is_empty() {
                let _ = write!(note, " [{}]", words::few_in_a_row(step.because().iter(), ", "));
            }
            note.push('\n');
        }
        note
    }

    /// Assertions on which verdict and common ground stay the same, and of which none can be left out, as far as the
    /// effort goes. They are found once, so that whatever shows the finding cites the same.
    pub(crate) fn cited(self) -> &'r [u32] {
        self.details().cited.get_or_init(|| self.find_cited())
    }

    fn find_cited(self) -> Vec<u32> {
        let start = self.sufficient_start();
        let needed = self.context().indispensable(self.claim_index(), &start);
        let others = start.into_iter().filter(|at| needed.binary_search(at).is_err()).collect();
        let with_needed = |others: &[u32]| {
            let mut all = [&*needed, others].concat();
            all.sort_unstable();
            all
        };
        let all = self.claim().assertions().len();
        let others = minimal_sufficient(others, needed.len(), examination_budget(all), |others| {
            self.suffice(&with_needed(others))
        });
        let cited = with_needed(&others);
        if !self.context().resolver.asks_own_rules() || self.suffice_as_read(&cited) {
            return cited;
        }
        // On some of the assertions a rule of the user's own reads them otherwise, or it does whenever it is asked again.
        let set_aside = &self.details().set_aside;
        let stands = |at: &u32| set_aside.binary_search_by_key(at, |aside| aside.assertion).is_err();
        let every: Vec<u32> = self.known_assertions();
        let standing: Vec<u32> = every.iter().copied().filter(stands).collect();
        let suffices = |some: &[u32]| self.suffice_as_read(some) && self.suffice(some);
        let found = [&standing, &every].into_iter().find(|some| suffices(some)).cloned();
        match found {
            Some(some) => minimal_sufficient(some, all, examination_budget(all), suffices),
            // Asked again, it never says the same. What stands suffices as it was read.
            None => standing,
        }
    }

    /// Assertions from which to begin shortening: those likely to suffice, if they do, else all of the claim.
    pub(crate) fn sufficient_start(self) -> Vec<u32> {
        let pivots = &self.details().pivots;
        if self.suffice(pivots) { pivots.clone() } else { self.known_assertions() }
    }

    /// The claim's assertions that were there by the as-of date.
    fn known_assertions(self) -> Vec<u32> {
        let later = &self.details().later;
        let all = self.dossier().columns.assertions_of(self.claim_index());
        all.filter(|at| later.binary_search(at).is_err()).collect()
    }

    /// Whether verdict and common ground are the same on these assertions alone.
    pub(crate) fn suffice(self, assertions: &[u32]) -> bool {
        let (claim, context) = (self.claim_index(), self.context());
        let mut outcomes = Outcomes::default();
        context.examine_briefly(claim, assertions, &mut Default::default(), &mut outcomes);
        self.is_as_in(&outcomes)
    }

    /// Whether they are the same on these assertions alone, each read as it was on all of the claim.
    pub(crate) fn suffice_as_read(self, assertions: &[u32]) -> bool {
        let mut outcomes = Outcomes::default();
        self.context().examine_as_read(self.claim_index(), assertions, self.details(), &mut outcomes);
        self.is_as_in(&outcomes)
    }

    /// Whether verdict and common ground are those of the one outcome.
    fn is_as_in(self, outcomes: &Outcomes) -> bool {
        let outcome = OutcomeRef::new(self.context(), outcomes, 0, self.claim_index());
        let ground = outcome.words(outcome.numbers().common_ground).map(|words| words.text(self.dossier()));
        let ground = ground.filter(|text| !text.is_empty());
        outcome.numbers().verdict == self.verdict() && ground == self.common_ground()
    }

    /// Who says what.
    pub(super) fn premise(self, assertion: AssertionRef<'r>) -> String {
        let publisher = assertion.document().and_then(|document| document.publisher());
        let who = match (assertion.by().len(), publisher) {
            (0, Some(publisher)) => format!("{}, in its own voice", publisher.name()),
            (0, None) => "the document, in its own voice".to_owned(),
            (1, _) => words::names(assertion.by()),
            _ => format!("{}, jointly", words::names(assertion.by())),
        };
        let relays = words::names(assertion.via());
        let relayed = if relays.is_empty() { relays } else { format!(", as relayed by {relays}") };
        let comma = if assertion.by().len() == 1 && relayed.is_empty() { "" } else { "," };
        let said = words::assertion_for_people(assertion);
        // In the past tense one verb fits Iraq and Iraqi officials alike.
        let says = match assertion.stance() {
            Stance::Denies if assertion.claim().kind() != Kind::YesNo => {
                format!("denied that it is {}", said.trim_start_matches("anything but "))
            }
            Stance::Affirms | Stance::Denies => format!("said {said}"),
            Stance::NoEvidence => "had no evidence".to_owned(),
            Stance::Withholds => "declined to say".to_owned(),
            Stance::DoesNotKnow => "said that they don't know".to_owned(),
        };
        let widened = &self.details().widened;
        let read = widened.binary_search_by_key(&assertion.index, |widened| widened.assertion);
        let read = read.map_or(String::new(), |at| {
            let widened = &widened[at];
            format!("; read as {}, because {}", widened.read.for_people(self.dossier()), widened.reason)
        });
        format!("{who}{relayed}{comma} {says} ({}){read}", assertion.id())
    }

    /// What follows from the premises.
    fn conclusion(self, cited: &[AssertionRef<'r>]) -> String {
        let sides = || words::names(self.sides());
        let unattributed = cited.iter().any(|assertion| assertion.by().len() == 0);
        let common = self.common_words().map(|words| words.for_people(self.dossier()));
        let common = common.unwrap_or_default();
        match self.verdict() {
            Verdict::Disputed => {
                let answers = self.disputed_answers();
                let clash = match self.dispute() {
                    Some(Dispute::Contradictory) => format!("{answers} can't both be true, and one of them is"),
                    Some(Dispute::Wording) if self.claim().kind() != Kind::Text => {
                        format!("{answers} may mean the same or overlap, for not all of these words are in the list of terms; whether they do is for a reader to judge")
                    }
                    Some(Dispute::Wording) => {
                        format!("the texts differ ({answers}), and whether they say the same is for a reader to judge")
                    }
                    _ if self.accounts_total() > 2 => format!("no two of {answers} can both be true"),
                    _ => format!("{answers} can't both be true"),
                };
                let within = match self.within_one_side() {
                    Some(true) => format!(" within one side, {}", sides()),
                    _ => String::new(),
                };
                format!("{clash}, so the claim is disputed{within}")
            }
            Verdict::Agreed => {
                let counted: Set<u32> = self.sides().map(|side| side.index).collect();
                let stating = cited.iter().flat_map(|assertion| assertion.by()).map(|source| source.side().index);
                let stating: Set<u32> = stating.filter(|side| counted.contains(side)).collect();
                let sides = words::names(stating.into_iter().map(|side| self.source(side)));
                let stated = self.safe_words().map(|words| words.for_people(self.dossier())).unwrap_or(common);
                format!("{sides}, not known to be dependent, say {stated}, so the claim is agreed")
            }
            Verdict::Compatible if common == "no evidence" => {
                "several sides have no evidence, which leaves everything possible: compatible, and never zero".to_owned()
            }
            Verdict::Compatible => {
                "all of this can be true together, but no two sides say the same, so the claim is compatible and not agreed".to_owned()
            }
            Verdict::SingleSource if self.notices().any(|notice| notice.kind() == NoticeKind::RelayAnswers) => {
                format!("nobody beside those who pass on its word says so but {}, so the claim rests on a single source", sides())
            }
            Verdict::SingleSource => format!("one side alone speaks, {}, so the claim rests on a single source", sides()),
            Verdict::Unattributed if unattributed || cited.is_empty() => {
                "nobody put their name to it, so the claim is unattributed".to_owned()
            }
            Verdict::Unattributed => "what this goes back to is credited to nobody, so the claim is unattributed".to_owned(),
            Verdict::Withheld => "nobody else says, so the claim is withheld".to_owned(),
            Verdict::Unaddressed => "nobody answers, so the claim is unaddressed".to_owned(),
        }
    }

    /// The answers of the accounts, or of the first few.
    fn disputed_answers(self) -> String {
        let mut answers: Vec<String> =
            self.accounts().take(4).map(|account| account.answer_for_people()).collect();
        if answers.iter().collect::<Set<_>>().len() < answers.len() {
            // Where long answers begin alike, what is cut off is what tells them apart.
            return words::counted(self.accounts_total(), "answer");
        }
        let more = self.accounts_total().saturating_sub(answers.len());
        answers.extend((more > 0).then(|| format!("{} more", words::grouped(&more.to_string()))));
        words::listed(&answers)
    }

    fn what_can_be_printed(self) -> Option<String> {
        let people = |words: Option<Words>| words.map(|words| words.for_people(self.dossier()));
        let (common, safe) = (people(self.common_words()), people(self.safe_words()));
        match (self.verdict(), common, safe) {
            (Verdict::Disputed, Some(common), Some(safe)) if common == safe => Some(format!(
                "whichever of them is right, the answer is {common}, and saying so takes no side"
            )),
            (Verdict::Disputed, Some(common), Some(safe)) => {
                Some(format!("whichever of them is right, the answer is {common}, so `{safe}` takes no side"))
            }
            (Verdict::Disputed, Some(common), None) => {
                Some(format!("whichever of them is right, the answer is {common}"))
            }
            (Verdict::Disputed, None, Some(safe)) => Some(format!("`{safe}` takes no side")),
            (Verdict::Compatible, Some(common), _) if common != "no evidence" => {
                Some(format!("together they leave {common}"))
            }
            _ => None,
        }
    }
}

/// Up to this many assertions, the explanation of a claim is as short as possible.
const SMALL: usize = 64;

/// How many assertions may be examined to shorten an explanation, over all attempts, on a claim with this many.
///
/// They are a multiple of the claim's own, so that explaining it costs so many times what judging it does, whatever an
/// assertion costs: 32 times for thousands, 4 times for hundreds of thousands. The multiple falls where it would be felt.
fn examination_budget(assertions: usize) -> usize {
    if assertions <= SMALL {
        return usize::MAX;
    }
    let (least, most) = (assertions.saturating_mul(4), assertions.saturating_mul(32));
    SMALL.pow(3).clamp(least, most.max(4 * SMALL.pow(2)))
}

/// Leaves out what can be left out, in ever smaller portions, until nothing more can or the effort is spent. `beside` is
/// how many more assertions each attempt examines.
///
/// Whatever is left out is left out for good, so that what is kept suffices whenever it stops.
pub(crate) fn minimal_sufficient(
    mut kept: Vec<u32>,
    beside: usize,
    mut effort: usize,
    holds: impl Fn(&[u32]) -> bool,
) -> Vec<u32> {
    let mut portion = kept.len().div_ceil(2).max(1);
    loop {
        let before = kept.len();
        let mut at = 0;
        while at < kept.len() {
            let to = (at + portion).min(kept.len());
            let without: Vec<u32> = kept[..at].iter().chain(&kept[to..]).copied().collect();
            match effort.checked_sub(without.len() + beside) {
                Some(left) => effort = left,
                None => return kept,
            }
            if holds(&without) {
                kept = without;
            } else {
                at = to;
            }
        }
        if portion == 1 && kept.len() == before {
            return kept;
        }
        portion = if portion == 1 { 1 } else { portion.div_ceil(2) };
    }
}

/// A step's text as a sentence.
pub(super) fn sentence(text: &str) -> String {
    words::capital(text) + "."
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Resolver;

    /// What each claim of many assertions says; nothing short suffices for any of them.
    fn large(what: &str, assertions: usize) -> Result<crate::Dossier, crate::Error> {
        use crate::{Assertion, Claim, Source};
        let mut dossier = crate::Dossier::new(what);
        dossier.add_claim(Claim::term("term", ""))?;
        dossier.add_claim(Claim::count("count", ""))?;
        for at in 0..assertions {
            let by = at.to_string();
            dossier.add_source(Source::new(&*by, ""))?;
            let overlapping = format!("t{at} or t{} or t{}", at * 7 % assertions, at * 13 % assertions);
            dossier.record(match what {
                "terms that overlap" => Assertion::new("term", overlapping).by(by),
                "terms half denied" if at % 2 == 0 => {
                    Assertion::new("term", format!("t{at}")).by(by).denied()
                }
                "terms half denied" => Assertion::new("term", format!("t{at}")).by(by),
                "copies of copies" if at > 0 => {
                    Assertion::new("count", "5").id(by).derived_from((at - 1).to_string())
                }
                "copies of copies" => Assertion::new("count", "5").id(by.clone()).by(by),
                _ if at % 2 == 0 => Assertion::new("count", format!("at least {at}")).by(by),
                _ => Assertion::new("count", format!("at most {}", 9 * assertions - at)).by(by),
            })?;
        }
        Ok(dossier)
    }

    #[test]
    fn an_explanation_that_is_not_shortest_suffices() -> Result<(), crate::Error> {
        for what in ["terms that overlap", "terms half denied", "copies of copies", "ever narrower"] {
            for assertions in [60, 70, 500] {
                let dossier = large(what, assertions)?;
                let report = Resolver::standard().resolve(&dossier);
                for finding in report.findings() {
                    assert!(finding.suffice(finding.cited()), "{what}, {assertions}");
                }
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn what_is_kept_suffices_whatever_the_effort(
            all in 0..300_usize,
            needed in prop::collection::btree_set(0..300_u32, 0..20),
            effort in 0..20_000_usize,
        ) {
            let needed: Vec<u32> = needed.into_iter().filter(|at| (*at as usize) < all).collect();
            let examined = std::cell::Cell::new(0);
            let holds = |some: &[u32]| {
                examined.set(examined.get() + some.len());
                needed.iter().all(|at| some.binary_search(at).is_ok())
            };
            let everything: Vec<u32> = (0..300).take(all).collect();
            let kept = minimal_sufficient(everything.clone(), 0, effort, holds);
            prop_assert!(needed.iter().all(|at| kept.contains(at)), "{kept:?}");
            prop_assert!(examined.get() <= effort);
            prop_assert_eq!(minimal_sufficient(everything, 0, usize::MAX, holds), needed);
        }

        #[test]
        fn explaining_costs_a_multiple_of_judging(assertions in SMALL + 1..=1 << 30) {
            // What small claims may take is a constant, and the multiple falls.
            prop_assert!(examination_budget(assertions) <= (32 * assertions).max(4 * SMALL * SMALL));
            prop_assert!(examination_budget(assertions) >= 4 * assertions);
            prop_assert!(assertions < SMALL.pow(3) || examination_budget(assertions) == 4 * assertions);
        }
    }
}
