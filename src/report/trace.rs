//! Why: the steps from what was said to the verdict, premises before conclusions.
//!
//! The assertions that an explanation cites are *sufficient*: on them alone the verdict and the common ground are the
//! same. And they are few: none of them can be left out. Both are tested on the claim itself, not argued, but for
//! assertions that alone leave something possible or rule it out.

use super::Finding;
use super::outcome::OutcomeRef;
use super::words;
use crate::dossier::AssertionRef;
use crate::dossier::columns::Set;
use crate::model::assertion::Stance;
use crate::model::claim::Kind;
use crate::outcome::{Dispute, Outcomes, Verdict, Words};

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
    /// The assertions cited are sufficient for the verdict and the common ground, and none of them can be left out.
    pub fn steps(self) -> Vec<Step<'r>> {
        let mut steps: Vec<Step<'r>> = Vec::new();
        let cited: Vec<AssertionRef<'r>> = self.cited().into_iter().map(|at| self.assertion(at)).collect();
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
                let because: Vec<String> = step.because().iter().map(ToString::to_string).collect();
                let _ = write!(note, " [{}]", because.join(", "));
            }
            note.push('\n');
        }
        note
    }

    /// Assertions on which verdict and common ground stay the same, and of which none can be left out.
    pub(crate) fn cited(self) -> Vec<u32> {
        let start = self.start();
        let needed = self.context().indispensable(self.claim_index(), &start);
        let others = start.into_iter().filter(|at| needed.binary_search(at).is_err()).collect();
        let with_needed = |others: &[u32]| {
            let mut all = [&*needed, others].concat();
            all.sort_unstable();
            all
        };
        let others = fewest(others, needed.len(), |others| self.suffice(&with_needed(others)));
        with_needed(&others)
    }

    /// The assertions that are likely to suffice, if they do; else all.
    pub(crate) fn start(self) -> Vec<u32> {
        let pivots = &self.details().pivots;
        if self.suffice(pivots) {
            pivots.clone()
        } else {
            self.dossier().columns.assertions_of(self.claim_index()).collect()
        }
    }

    /// Whether verdict and common ground are the same on these assertions alone.
    pub(crate) fn suffice(self, assertions: &[u32]) -> bool {
        let (claim, context) = (self.claim_index(), self.context());
        let mut outcomes = Outcomes::default();
        context.examine_briefly(claim, assertions, &mut Default::default(), &mut outcomes);
        let outcome = OutcomeRef::new(context, &outcomes, 0, claim);
        let ground = outcome.words(outcome.numbers().common_ground).map(|words| words.text(self.dossier()));
        outcome.numbers().verdict == self.verdict() && ground.unwrap_or_default() == self.common_ground()
    }

    /// Who says what.
    pub(super) fn premise(self, assertion: AssertionRef<'r>) -> String {
        let by: Vec<String> = assertion.by().map(|source| source.name().to_owned()).collect();
        let publisher = assertion.document().and_then(|document| document.publisher());
        let who = match (by.as_slice(), publisher) {
            ([], Some(publisher)) => format!("{}, in its own voice,", publisher.name()),
            ([], None) => "the document, in its own voice,".to_owned(),
            ([_], _) => words::listed(&by),
            _ => format!("{}, jointly,", words::listed(&by)),
        };
        let relays = words::names(assertion.via());
        let relayed = if relays.is_empty() { String::new() } else { format!(", as relayed by {relays},") };
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
        format!("{who}{relayed} {says} ({}){read}", assertion.id())
    }

    /// What follows from the premises.
    fn conclusion(self, cited: &[AssertionRef<'r>]) -> String {
        let sides = || words::names(self.sides());
        let unattributed = cited.iter().any(|assertion| assertion.by().len() == 0);
        let common = self.common_words().map(|words| words.for_people(self.dossier()));
        let common = common.unwrap_or_default();
        match self.verdict() {
            Verdict::Disputed => {
                let mut answers: Vec<String> =
                    self.accounts().take(4).map(|account| account.answer_for_people()).collect();
                let more = self.accounts_total().saturating_sub(answers.len());
                if more > 0 {
                    answers.push(format!("{more} more"));
                }
                let answers = words::listed(&answers);
                let clash = match self.dispute() {
                    Some(Dispute::Contradictory) => format!("{answers} can't both be true, and one of them is"),
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
                format!("{sides}, not known to be dependent, say {common}, so the claim is agreed")
            }
            Verdict::Compatible if common == "no evidence" => {
                "several sides have no evidence, which leaves everything possible: compatible, and never zero".to_owned()
            }
            Verdict::Compatible => {
                "all of this can be true together, but no two sides say the same, so the claim is compatible and not agreed".to_owned()
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

/// So much is looked at to shorten one explanation: every attempt, times the assertions that it examines.
const EFFORT: usize = 2_000_000;

/// Leaves out whatever can be left out, in ever smaller portions, until nothing more can; so many more are examined with
/// what is left.
///
/// Of many thousands of assertions that are nearly all needed some may stay that could go: trying each would take as
/// long as their number squared.
pub(crate) fn fewest(mut kept: Vec<u32>, beside: usize, holds: impl Fn(&[u32]) -> bool) -> Vec<u32> {
    let mut effort = 0;
    let mut portion = kept.len().div_ceil(2).max(1);
    loop {
        let before = kept.len();
        let mut at = 0;
        while at < kept.len() {
            effort += kept.len() + beside;
            if effort > EFFORT {
                return kept;
            }
            let to = (at + portion).min(kept.len());
            let without: Vec<u32> = kept[..at].iter().chain(&kept[to..]).copied().collect();
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
