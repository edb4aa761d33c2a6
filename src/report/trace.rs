//! Why: the steps from what was said to the verdict, premises before conclusions.
//!
//! The assertions that an explanation cites are *sufficient*: on them alone the verdict and the common ground are the
//! same. And they are few: none of them can be left out, unless there are so many that trying would take far longer than
//! judging the claim. Both are tested on the claim itself, not argued, but for assertions that alone leave something
//! possible or rule it out. For that a user's own rules are asked again, which may answer otherwise; what is cited must
//! suffice as it was read when the finding was made.

use super::Finding;
use super::in_words::own_voice;
use super::outcome::OutcomeRef;
use super::words;
use crate::dossier::columns::Set;
use crate::dossier::{AssertionRef, SourceRef};
use crate::model::assertion::Stance;
use crate::outcome::{Notice, NoticeKind, Outcomes, Verdict, Words};
use crate::wording::sentences::{self, sentence};

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
/// assert_eq!(steps[0].text(), "The mayor of Varn says 12 [missing#1]");
/// assert_eq!(steps[0].cites().next().map(|cited| cited.id()), Some("missing#1".to_owned()));
/// assert_eq!(steps[1].text(), "only the mayor of Varn says so");
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
        steps.push(Step { text: self.conclusion(), because: premises, cites: Vec::new() });
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
        let dispute = self.dispute_in_words().map_or(String::new(), |dispute| format!(": {dispute}"));
        writeln!(to, "{}{dispute}\n", self.verdict())?;
        to.write_all(self.explain().as_bytes())?;
        if let Some(print) = self.print_line() {
            writeln!(to, "\nPrint: {}", shown(&sentence(&print)))?;
        }
        for (what, remark) in self.remarks() {
            writeln!(to, "{}: {}", words::capital(what), shown(&remark))?;
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
    ///     "1. Iraq says 14 [killed#1].",
    ///     "2. United States says 15 [killed#2].",
    ///     "3. These can't both be true, so the claim is disputed. [1, 2]",
    ///     "4. “At least 14” is safe either way. [3]",
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
        let every: Vec<u32> = self.known_rows();
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
        if self.suffice(pivots) { pivots.clone() } else { self.known_rows() }
    }

    fn known_rows(self) -> Vec<u32> {
        self.known().map(|assertion| assertion.index).collect()
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

    /// Who says what, and when; how that is read; and under which id it stands.
    pub(super) fn premise(self, assertion: AssertionRef<'r>) -> String {
        let mut who: Vec<String> = words::few(assertion.by().map(SourceRef::name));
        if who.is_empty() {
            who.push(own_voice(assertion));
        }
        let said = match assertion.stance() {
            Stance::Withholds => format!("{} {}", words::listed(&who), sentences::DECLINED),
            Stance::DoesNotKnow => format!("{} {}", words::listed(&who), sentences::DOES_NOT_KNOW),
            _ => sentences::statement(&who, &assertion.for_people()),
        };
        let relays = words::names(assertion.via());
        let relayed = if relays.is_empty() { relays } else { format!(", {}", sentences::through(&relays)) };
        let date = assertion.date_for_people().map(|date| format!(" ({date})")).unwrap_or_default();
        format!("{said}{relayed}{date}{} [{}]", self.reading_note(assertion), assertion.id())
    }

    /// What follows from what was said.
    pub(super) fn conclusion(self) -> String {
        let in_words = |words: Option<Words>| words.map(|words| self.in_words(&words));
        let names = |sources: &mut dyn Iterator<Item = SourceRef<'r>>| -> Vec<String> {
            words::few(sources.map(SourceRef::name).collect::<Vec<_>>().iter())
        };
        let sides = || names(&mut self.sides());
        match self.verdict() {
            Verdict::Disputed => {
                let because = || sentences::disputed(self.accounts_total());
                self.dispute_in_words().unwrap_or_else(because).to_owned()
            }
            Verdict::Agreed if self.safe_words().is_none() => {
                format!("{}; {}", self.attributed(), sentences::NO_KNOWN_LINK)
            }
            Verdict::Agreed => {
                let stated = in_words(self.safe_words()).unwrap_or_default();
                let joint = self.details().notices.iter().find_map(|notice| match notice {
                    Notice::OneStatement(joint) => Some(self.assertion(*joint)),
                    _ => None,
                });
                match joint {
                    Some(joint) => {
                        let who = names(&mut joint.by().collect::<Vec<_>>().into_iter());
                        sentences::credited(&stated, &who, "", true)
                    }
                    None => {
                        let stating: Set<u32> = self.credit().map(|source| source.side().index).collect();
                        let mut agreeing = self.sides().filter(|side| stating.contains(&side.index));
                        format!(
                            "{}; {}",
                            sentences::agreement(&names(&mut agreeing), &stated),
                            sentences::NO_KNOWN_LINK
                        )
                    }
                }
            }
            Verdict::Compatible => {
                let common = in_words(self.common_words()).filter(|common| common != sentences::NO_EVIDENCE);
                let stating = self.accounts().next().map(|account| names(&mut account.stated_by()));
                match (stating, common) {
                    (_, None) if self.common_words().is_some() => sentences::NEVER_ZERO.to_owned(),
                    (Some(who), Some(common)) if !who.is_empty() => sentences::only_one_gives(&who, &common),
                    (_, common) => sentences::compatible(common.as_deref()),
                }
            }
            Verdict::SingleSource => {
                let side = words::listed(&sides());
                match self.notices().any(|notice| notice.kind() == NoticeKind::RelayAnswers) {
                    true => sentences::only_one_behind_relays(&side),
                    false => sentences::only_one_says(&side),
                }
            }
            Verdict::Unattributed if self.unattributed().any(|said| said.by().len() == 0) => {
                sentences::NO_NAMED_SOURCE.to_owned()
            }
            Verdict::Unattributed => sentences::NO_ORIGINAL_SOURCE.to_owned(),
            Verdict::Withheld => sentences::WITHHELD.to_owned(),
            Verdict::Unaddressed => sentences::NOBODY_ANSWERS.to_owned(),
        }
    }

    fn what_can_be_printed(self) -> Option<String> {
        let safe = self.safe_words().map(|words| self.in_words(&words));
        match (self.verdict(), safe) {
            (Verdict::Disputed, Some(safe)) => Some(sentences::safe_either_way(&safe, self.accounts_total())),
            (Verdict::Disputed, None) => Some(sentences::no_neutral_wording(self.accounts_total())),
            (Verdict::Compatible, Some(safe)) if self.is_derived() => {
                Some(sentences::two_sides_stand_behind(&safe))
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
