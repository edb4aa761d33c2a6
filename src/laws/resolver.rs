//! The laws of a resolver under its rules: what may move a verdict, and what mustn't.

use std::sync::{Arc, Mutex, PoisonError};

use super::broken::{Broken, difference, same};
use super::rules::unsound;
use super::story::{Order, Story};
use super::{Law, aspects};
use crate::dossier::{AssertionRef, Dossier};
use crate::model::assertion::{Assertion, Stance};
use crate::model::claim::Kind;
use crate::model::value::Approximation;
use crate::outcome::{Notice, Verdict, Words};
use crate::report::{Finding, Report};
use crate::resolve::{Reading, Resolver, Rule, Testimony};

/// The order of records changes nothing but the order in which they are named.
///
/// Sources, documents, claims, assertions, retractions and constraints are reversed, and interleaved. Terms
/// keep their order, in which reports name them. Of several wordings of one answer the earliest is printed,
/// and where dates don't tell, the first; so answers are compared for what they leave possible. Of several
/// unknown sides that speak alone, and of a ring of relays, the first is listed; so they are counted.
///
/// # Errors
///
/// When a finding differs in more than that.
pub fn order_of_records(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let (law, story, report) = (Law::OrderOfRecords, Story::of(dossier), resolver.resolve(dossier));
    for order in [Order::Reversed, Order::Interleaved] {
        let other = story.reordered(order).dossier().map_err(|problems| unsound(law, dossier, &problems))?;
        same(law, aspects::unordered, &report, &resolver.resolve(&other)).map_err(|broken| {
            let how = format!("{order:?}").to_lowercase();
            broken.with(format!("the records are {how}"))
        })?;
    }
    Ok(())
}

/// The same dossier gives the same report, to the letter.
///
/// It is resolved twice, and once more after its records were taken out and made a dossier anew.
///
/// # Errors
///
/// When the reports differ as JSON or as text.
pub fn same_report(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let law = Law::SameReport;
    let anew = Story::of(dossier).dossier().map_err(|problems| unsound(law, dossier, &problems))?;
    let pages = |dossier: &Dossier| {
        let report = resolver.resolve(dossier);
        report.to_json() + &report.to_text()
    };
    let first = pages(dossier);
    for (again, what) in [(dossier, "it is resolved again"), (&anew, "its records are made a dossier anew")] {
        let second = pages(again);
        if first != second {
            let differs =
                first.lines().zip(second.lines()).find(|(one, other)| one != other).unwrap_or_default();
            return Err(Broken::new(law, dossier, differs.0.trim(), differs.1.trim()).with(what));
        }
    }
    Ok(())
}

/// A copy by somebody who hasn't answered, or an affiliate who repeats what stands, changes no verdict and no
/// common ground, and adds no side.
///
/// So an echo never turns disputed or single-source into agreed. Whatever was said first-hand is copied into
/// another outlet, by a source of its own that says whom it repeats. (Whoever has answered and then repeats
/// somebody else's answer as their own no longer stands by theirs.) And whoever stands behind an answer gets
/// an affiliate, new to the dossier, who says the same in the same document, at the same time. An affiliate
/// who says what *another* side says is no echo: then both sides state it.
///
/// # Errors
///
/// When verdict, common ground or sides differ. Words may: what is printed is the earliest's.
pub fn echo_proof(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let (law, story, report) = (Law::EchoProof, Story::of(dossier), resolver.resolve(dossier));
    let standing = standing(&report);
    for (nth, rank) in story.ranks().into_iter().enumerate() {
        let mut copied = story.clone();
        let copyist = copied.add_stranger(nth, "copyist", "Another outlet's reporter");
        let mut affiliated = story.clone();
        for at in rank {
            let said = &story.assertions[at];
            if !said.derived_from.is_empty() {
                continue;
            }
            let outlet = copied.add_outlet(nth, said.document.as_deref());
            copied.assertions.push(Assertion {
                id: Some(story.free_id(&format!("{}-copy", said.claim))),
                by: vec![copyist.clone()],
                via: Vec::new(),
                valid_at: None,
                document: Some(outlet),
                supersedes: Vec::new(),
                derived_from: said.id.clone().into_iter().collect(),
                ..said.clone()
            });
            let Some(speaker) = said.by.iter().find(|source| standing[at].contains(source)) else { continue };
            let affiliate = affiliated.add_stranger(nth, "affiliate", "An affiliate");
            affiliated.sources.iter_mut().filter(|source| source.id == affiliate).for_each(|source| {
                source.part_of = Some(speaker.clone());
            });
            affiliated.assertions.push(Assertion {
                id: Some(story.free_id(&format!("{}-affiliate", said.claim))),
                by: vec![affiliate],
                supersedes: Vec::new(),
                ..said.clone()
            });
        }
        let changed = [copied, affiliated].into_iter();
        for changed in changed.filter(|changed| changed.assertions.len() > story.assertions.len()) {
            let changed = changed.dossier().map_err(|problems| unsound(law, dossier, &problems))?;
            same(law, aspects::essentials, &report, &resolver.resolve(&changed))
                .map_err(|broken| broken.with_records_of(&changed))?;
        }
    }
    Ok(())
}

/// Of each assertion the sources that stand behind it; nobody, where it isn't first-hand or is set aside.
fn standing(report: &Report<'_>) -> Vec<Vec<String>> {
    let mut standing = vec![Vec::new(); report.dossier().assertions().len()];
    for finding in report.findings() {
        for said in finding.accounts().flat_map(|account| account.assertions().collect::<Vec<_>>()) {
            if said.derived_from().len() > 0 {
                continue;
            }
            let left = finding.details().notices.iter().flat_map(|notice| match notice {
                Notice::LeftJointStatement { assertion, sources } if *assertion == said.index => {
                    sources.as_slice()
                }
                _ => &[],
            });
            let left: Vec<u32> = left.copied().collect();
            let stays = said.by().filter(|source| !left.contains(&source.index));
            standing[said.index as usize] = stays.map(|source| source.id().to_owned()).collect();
        }
    }
    standing
}

/// Passing an assertion through one more relay, who doesn't answer, changes nothing but that all may have
/// come through it.
///
/// # Errors
///
/// When a finding differs in anything but the explanation and the notice `one-channel`, which name the relay.
pub fn relay_proof(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let (law, story, report) = (Law::RelayProof, Story::of(dossier), resolver.resolve(dossier));
    for (nth, mut rank) in story.ranks().into_iter().enumerate() {
        rank.retain(|at| !story.assertions[*at].by.is_empty());
        if rank.is_empty() {
            continue;
        }
        let mut relayed = story.clone();
        let relay = relayed.add_stranger(nth, "relay", "A news agency");
        for at in rank {
            relayed.assertions[at].via.insert(0, relay.clone());
        }
        let relayed = relayed.dossier().map_err(|problems| unsound(law, dossier, &problems))?;
        same(law, aspects::all_but_channels, &report, &resolver.resolve(&relayed))
            .map_err(|broken| broken.with_records_of(&relayed))?;
    }
    Ok(())
}

/// A relay that says itself what was heard only through it adds no side, and changes no verdict and no common
/// ground.
///
/// A new relay passes on all that is said of a claim, and then says in its own name what one of those says
/// who are known to be on a side.
///
/// # Errors
///
/// When verdict, common ground or sides differ.
pub fn relay_of_a_speaker_proof(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let (law, story) = (Law::RelayOfASpeakerProof, Story::of(dossier));
    let mut relayed = story.clone();
    let relay = relayed.add_stranger(0, "relay", "A news agency");
    for said in relayed.assertions.iter_mut().filter(|said| !said.by.is_empty()) {
        said.via.insert(0, relay.clone());
    }
    let before = relayed.clone().dossier().map_err(|problems| unsound(law, dossier, &problems))?;
    let report = resolver.resolve(&before);
    let standing = standing(&report);
    let is_known = |id: &String| before.source(id).is_some_and(|source| !source.side().is_anonymous());
    for mut rank in story.ranks() {
        rank.retain(|at| standing[*at].iter().any(is_known));
        if rank.is_empty() {
            continue;
        }
        let mut speaking = relayed.clone();
        for at in rank {
            let said = &relayed.assertions[at];
            speaking.assertions.push(Assertion {
                id: Some(story.free_id(&format!("{}-relay", said.claim))),
                by: vec![relay.clone()],
                via: Vec::new(),
                supersedes: Vec::new(),
                ..said.clone()
            });
        }
        let speaking = speaking.dossier().map_err(|problems| unsound(law, dossier, &problems))?;
        same(law, aspects::essentials, &report, &resolver.resolve(&speaking))
            .map_err(|broken| broken.with_records_of(&speaking))?;
    }
    Ok(())
}

/// What nobody puts their name to changes no verdict, no common ground and no side of a claim that somebody
/// answers.
///
/// A new outlet says in its own voice whatever was said, and denies it. A resolver that reads narration as
/// the publisher's word doesn't keep this, and isn't meant to: for it, an outlet is somebody.
///
/// # Errors
///
/// When verdict, common ground or sides differ. Words may: what is printed is the earliest's.
pub fn unattributed_proof(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let (law, story, report) = (Law::UnattributedProof, Story::of(dossier), resolver.resolve(dossier));
    let deniable: Vec<bool> = dossier
        .assertions()
        .map(|said| {
            let answers = said.value().map(|value| value.answers(Approximation::default()));
            answers.is_some_and(|answers| answers.is_none_or(|answers| !answers.complement().is_empty()))
        })
        .collect();
    for (nth, rank) in story.ranks().into_iter().enumerate() {
        for denied in [false, true] {
            let mut narrated = story.clone();
            for at in &rank {
                let said = &story.assertions[*at];
                if !said.stance.is_answer() || (denied && !(said.stance == Stance::Affirms && deniable[*at]))
                {
                    continue;
                }
                let outlet = narrated.add_outlet(nth, said.document.as_deref());
                narrated.assertions.push(Assertion {
                    id: Some(story.free_id(&format!("{}-narrated", said.claim))),
                    stance: if denied { Stance::Denies } else { said.stance },
                    by: Vec::new(),
                    via: Vec::new(),
                    document: Some(outlet),
                    supersedes: Vec::new(),
                    derived_from: Vec::new(),
                    ..said.clone()
                });
            }
            if narrated.assertions.len() == story.assertions.len() {
                continue;
            }
            let narrated = narrated.dossier().map_err(|problems| unsound(law, dossier, &problems))?;
            let after = resolver.resolve(&narrated);
            for finding in report.findings().filter(|finding| finding.sides().len() > 0) {
                let Some(other) = after.finding(finding.claim().id()) else { continue };
                if let Some(lines) = difference(aspects::essentials(finding), aspects::essentials(other)) {
                    return Err(Broken::between(law, finding, other, Some(lines)).with_records_of(&narrated));
                }
            }
        }
    }
    Ok(())
}

/// One more independent side that says what all answers have in common never lowers the verdict.
///
/// Where sides agree, that is what they agree on: somebody on no known side may have said more.
///
/// The newcomer says it without a date, and a day after everything that is dated, with the locator, quote and
/// note that the first to answer has. Where several accounts contradict one another there is nothing to say,
/// nor where everything is possible.
///
/// # Errors
///
/// When the verdict is a lower one, of: agreed, compatible, single-source, unattributed, disputed.
pub fn monotone_in_agreement(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let (law, story, report) = (Law::MonotoneInAgreement, Story::of(dossier), resolver.resolve(dossier));
    for dated in [false, true] {
        let mut joined = story.clone();
        let newcomer = joined.add_stranger(usize::from(dated), "newcomer", "A newcomer");
        for finding in report.findings().filter(|finding| finding.accounts_total() == 1) {
            let Some((value, stance)) = meet(finding) else { continue };
            let claim = finding.claim();
            let newest = claim.assertions().filter_map(|said| said.date()).map(|date| date.last()).max();
            let next = newest.and_then(|newest| newest.naive_utc().date().succ_opt());
            let remarks = story.assertions.iter().find(|said| said.claim == claim.id());
            joined.assertions.push(Assertion {
                id: Some(story.free_id(&format!("{}-newcomer", claim.id()))),
                value: Some(value),
                asserted: next.filter(|_| dated).map(|date| date.to_string()),
                locator: remarks.and_then(|said| said.locator.clone()),
                quote: remarks.and_then(|said| said.quote.clone()),
                note: remarks.and_then(|said| said.note.clone()),
                ..Assertion::silent(claim.id(), stance).by(&newcomer)
            });
        }
        let joined = joined.dossier().map_err(|problems| unsound(law, dossier, &problems))?;
        let after = resolver.resolve(&joined);
        for (before, after) in report.findings().zip(after.findings()) {
            if rank(after.verdict()) < rank(before.verdict()) {
                return Err(Broken::between(law, before, after, None).with_records_of(&joined));
            }
        }
    }
    Ok(())
}

/// What a finding's only account says, in words that can be said again.
fn meet(finding: Finding<'_>) -> Option<(String, Stance)> {
    let words =
        if finding.verdict() == Verdict::Agreed { finding.safe_words() } else { finding.common_words() };
    match words? {
        words @ (Words::Said(_) | Words::Value(_)) => {
            Some((words.text(finding.context().dossier), Stance::Affirms))
        }
        Words::Of(assertion) => {
            let said = finding.assertion(assertion);
            Some((said.value()?.to_string(), said.stance()))
        }
        Words::Texts { anything_but, texts } => {
            let ([text], stance) =
                (texts.as_slice(), if anything_but { Stance::Denies } else { Stance::Affirms })
            else {
                return None;
            };
            let said = finding.context().dossier.columns.texts.get_index(*text as usize)?;
            Some((said.to_string(), stance))
        }
        Words::Anything => None,
    }
}

/// How much stands behind a verdict.
fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Disputed => 0,
        Verdict::Unaddressed => 1,
        Verdict::Withheld => 2,
        Verdict::Unattributed => 3,
        Verdict::SingleSource => 4,
        Verdict::Compatible => 5,
        Verdict::Agreed => 6,
    }
}

/// Whatever a superseded assertion said, verdict and common ground are the same.
///
/// That is: one that another says it replaces, or all of whose sources have a later word. It is made to say
/// something that nobody said, and what the next assertion says. Left out is what somebody repeats, or
/// revises, or takes a later word for from somebody else: whether they misquote, revise or contradict it is
/// asked of what it says.
///
/// # Errors
///
/// When verdict, common ground or sides differ.
pub fn supersession_invisible(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let (law, story) = (Law::SupersessionInvisible, Story::of(dossier));
    let notes = ReplacementRecorder::default();
    drop(resolver.clone().with_rule(notes.clone()).resolve(dossier));
    let (report, superseded) = (resolver.resolve(dossier), notes.superseded());
    for mut rank in story.ranks() {
        rank.retain(|at| superseded.contains(at));
        // What isn't changed is found again.
        for borrowed in [false, true].into_iter().filter(|_| !rank.is_empty()) {
            let mut changed = story.clone();
            for at in rank.iter().copied() {
                let said = &mut changed.assertions[at];
                said.value = if borrowed {
                    let later = dossier.assertions().skip(at + 1);
                    let affirmed = |other: &AssertionRef<'_>| {
                        other.claim().id() == said.claim
                            && other.stance() == Stance::Affirms
                            && said.stance == Stance::Affirms
                    };
                    later.filter(affirmed).find_map(|other| other.value()).map(|value| value.to_string())
                } else {
                    dossier
                        .claim(&said.claim)
                        .map(|claim| unusual_value(claim.kind(), said.value.as_deref()).to_owned())
                }
                .or_else(|| said.value.clone());
            }
            let changed = changed.dossier().map_err(|problems| unsound(law, dossier, &problems))?;
            same(law, aspects::essentials, &report, &resolver.resolve(&changed))
                .map_err(|broken| broken.with_records_of(&changed))?;
        }
    }
    Ok(())
}

/// A value that generated dossiers hardly ever have, and that isn't this one.
fn unusual_value(kind: Kind, said: Option<&str>) -> &'static str {
    match kind {
        Kind::Count | Kind::Quantity => "900001",
        Kind::Date => "1815-06-18",
        Kind::YesNo if said == Some("yes") => "no",
        Kind::YesNo => "yes",
        Kind::Term | Kind::Place => "elsewhere",
        Kind::Text => "something else entirely",
    }
}

/// A rule that changes nothing and records which assertions are replaced, and which others depend on.
#[derive(Clone, Debug, Default)]
struct ReplacementRecorder(Arc<Mutex<(Vec<usize>, Vec<usize>)>>);

impl Rule for ReplacementRecorder {
    fn name(&self) -> &str {
        "notes"
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let (replaced, shared) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let index = |assertion: AssertionRef<'_>| assertion.index as usize;
        let later = testimony.later_words().len();
        let speaks = testimony.assertion().stance().takes_value();
        if speaks
            && (testimony.superseded_by().is_some() || (later > 0 && later == testimony.sources().len()))
        {
            replaced.push(testimony.assertion().index as usize);
        }
        let assertion = testimony.assertion();
        shared.extend(
            assertion
                .derived_from()
                .map(index)
                .chain((assertion.derived_from().len() > 0).then_some(index(assertion))),
        );
        if testimony.is_copy() {
            shared.extend(testimony.origins().map(index));
        }
        let taken_over = testimony.later_words().any(|(_, word)| word.derived_from().len() > 0);
        shared.extend(taken_over.then_some(index(assertion)));
        Reading::as_said()
    }
}

impl ReplacementRecorder {
    fn superseded(&self) -> Vec<usize> {
        let (replaced, shared) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner);
        replaced.iter().copied().filter(|at| !shared.contains(at)).collect()
    }
}

/// On the assertions that an explanation cites alone, verdict and common ground are the same; on any fewer
/// they aren't.
///
/// # Errors
///
/// When a claim comes to something else on what is cited, or to the same without some of it.
pub fn sufficient_explanations(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let (law, story, report) = (Law::SufficientExplanations, Story::of(dossier), resolver.resolve(dossier));
    for finding in report.findings() {
        let steps = finding.steps();
        let cited: Vec<String> = steps.iter().flat_map(|step| step.cites()).map(|cited| cited.id()).collect();
        let claim = finding.claim().id();
        let on = |kept: &dyn Fn(&str) -> bool| {
            let alone =
                story.keeping(claim, kept).dossier().map_err(|problems| unsound(law, dossier, &problems))?;
            let report = resolver.resolve(&alone);
            let found = report
                .finding(claim)
                .map(|found| (found.verdict(), found.common_ground(), aspects::headline(found)));
            found.ok_or_else(|| unsound(law, dossier, &"the claim is gone"))
        };
        let is_same = |found: &(Verdict, Option<String>, String)| {
            found.0 == finding.verdict() && found.1 == finding.common_ground()
        };
        let broken =
            |after: String| Broken::new(law, dossier, aspects::headline(finding), after).about(finding);
        let alone = on(&|id| cited.iter().any(|cited| cited == id))?;
        if !is_same(&alone) {
            return Err(broken(alone.2).with(format!("only what is cited is left: {}", cited.join(", "))));
        }
        for idle in &cited {
            let fewer = on(&|id| id != idle && cited.iter().any(|cited| cited == id))?;
            if is_same(&fewer) {
                return Err(broken(fewer.2).with(format!("{idle} is left out, though it is cited")));
            }
        }
    }
    Ok(())
}
