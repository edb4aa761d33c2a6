//! The law of a report that is kept while the record grows.

use super::broken::{Broken, difference};
use super::rules::unsound;
use super::story::Story;
use super::{Law, aspects};
use crate::dossier::Dossier;
use crate::error::Error;
use crate::model::assertion::Assertion;
use crate::model::claim::Claim;
use crate::model::constraint::{Constraint, Retraction};
use crate::model::source::{Document, Source};
use crate::model::term::Term;
use crate::outcome::Verdict;
use crate::report::{Finding, LiveReport, Update};
use crate::resolve::Resolver;

/// What is recorded word by word comes to the same as the whole record at once.
///
/// A [`LiveReport`] is begun with the records, but for the assertions at the end that nothing points forwards
/// to. Those are recorded one by one, and what withdraws them after them. Another is begun with nothing, and
/// takes in sources, terms, documents, claims, assertions, retractions and constraints in turn; whatever is
/// refused is tried again once there is more. Every finding that they hand out on the way, and how many have
/// each verdict, is what a resolver finds on the record so far.
///
/// # Errors
///
/// When one of the findings differs from that, or the verdict that an update says was there before.
pub fn live_is_from_scratch(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let (law, mut story) = (Law::LiveIsFromScratch, Story::of(dossier));
    let position = |id: &String| story.assertions.iter().position(|said| said.id.as_ref() == Some(id));
    let points_at = |said: &Assertion| {
        said.derived_from.iter().chain(&said.supersedes).filter_map(position).max().unwrap_or_default()
    };
    // In code a record may name only what is there already.
    let furthest = story.assertions.iter().enumerate().map(|(at, said)| (at, points_at(said)));
    let from = furthest.filter(|(at, to)| to >= at).map(|(_, to)| to + 1).max().unwrap_or_default();
    let later = story.assertions.split_off(from.min(story.assertions.len()));
    let is_later = |id: &String| later.iter().any(|said| said.id.as_ref() == Some(id));
    let (withdrawn, kept) =
        story.retractions.drain(..).partition::<Vec<_>, _>(|one| is_later(&one.assertion));
    story.retractions = kept;
    let begun = story.dossier().map_err(|problems| unsound(law, dossier, &problems))?;
    let words = later.into_iter().map(Call::Record).chain(withdrawn.into_iter().map(Call::Retract));
    let asked = [LiveQuery::Everything].into_iter().cycle();
    replay(resolver, LiveReport::new(begun, resolver.clone()), words.collect(), asked)?;
    let nothing = LiveReport::new(Dossier::new(dossier.title()), resolver.clone());
    let asked = [LiveQuery::Verdicts, LiveQuery::Nothing, LiveQuery::Everything].into_iter().cycle();
    replay(resolver, nothing, calls(Story::of(dossier)), asked)
}

/// A call that adds a record.
#[derive(Clone, Debug)]
pub(super) enum Call {
    Source(Source),
    Term(Term),
    Document(Document),
    Claim(Claim),
    Record(Assertion),
    Retract(Retraction),
    Constrain(Constraint),
}

/// What is asked of the report after a call. It keeps what it has found, and mustn't keep it for too long.
#[derive(Clone, Copy, Debug)]
pub(super) enum LiveQuery {
    Nothing,
    /// The verdicts, which it may know without its accounts.
    Verdicts,
    /// All of every finding.
    Everything,
}

/// The records of a story as calls, one of each sort in turn.
pub(super) fn calls(story: Story) -> Vec<Call> {
    let Story {
        schema: _,
        title: _,
        sources,
        terms,
        documents,
        claims,
        assertions,
        retractions,
        constraints,
    } = story;
    let mut sorts: [Box<dyn Iterator<Item = Call>>; 7] = [
        Box::new(claims.into_iter().map(Call::Claim)),
        Box::new(sources.into_iter().map(Call::Source)),
        Box::new(assertions.into_iter().map(Call::Record)),
        Box::new(documents.into_iter().map(Call::Document)),
        Box::new(retractions.into_iter().map(Call::Retract)),
        Box::new(terms.into_iter().map(Call::Term)),
        Box::new(constraints.into_iter().map(Call::Constrain)),
    ];
    let mut calls = Vec::new();
    loop {
        let before = calls.len();
        calls.extend(sorts.iter_mut().filter_map(Iterator::next));
        if calls.len() == before {
            return calls;
        }
    }
}

impl Call {
    /// Makes the call. What it says of a claim is that of the record before and after it.
    fn make(self, resolver: &Resolver, live: &mut LiveReport) -> Result<Result<(), Broken>, Error> {
        let before = |live: &LiveReport, claim: &str| {
            resolver.resolve(live.dossier()).finding(claim).map(Finding::verdict)
        };
        let said = match self {
            Self::Source(source) => return live.add_source(source).map(Ok),
            Self::Term(term) => return live.add_term(term).map(Ok),
            Self::Document(document) => return live.add_document(document).map(Ok),
            Self::Claim(claim) => return live.add_claim(claim).map(Ok),
            Self::Constrain(constraint) => return live.add_constraint(constraint).map(Ok),
            Self::Record(said) => (before(live, &said.claim), live.record(said)?),
            Self::Retract(retraction) => {
                let said = live.dossier().assertion(&retraction.assertion);
                let claim = said.map_or("", |said| said.claim().id()).to_owned();
                (before(live, &claim), live.retract(retraction)?)
            }
        };
        Ok(check_update(resolver, said.0, said.1))
    }
}

/// Checks that an update has the right verdict before and after it.
fn check_update(resolver: &Resolver, before: Option<Verdict>, update: Update<'_>) -> Result<(), Broken> {
    let dossier = update.claim().dossier;
    let report = resolver.resolve(dossier);
    let Some(found) = report.finding(update.claim().id()) else { return Ok(()) };
    let change = before.map(|before| (before, found.verdict())).filter(|(before, now)| before != now);
    if update.change() == change {
        return Ok(());
    }
    let said = |change: Option<(Verdict, Verdict)>| format!("the verdict goes {change:?}");
    Err(Broken::new(Law::LiveIsFromScratch, dossier, said(change), said(update.change())).about(found))
}

/// Makes the calls, those that are refused again once another was taken, and asks something after each.
pub(super) fn replay(
    resolver: &Resolver,
    mut live: LiveReport,
    mut calls: Vec<Call>,
    mut asked: impl Iterator<Item = LiveQuery>,
) -> Result<(), Broken> {
    let mut left = calls.len() + 1;
    while calls.len() < left {
        left = calls.len();
        for call in std::mem::take(&mut calls) {
            match call.clone().make(resolver, &mut live) {
                Err(_) => calls.push(call),
                Ok(told) => told?,
            }
            check_from_scratch(resolver, &live, asked.next().unwrap_or(LiveQuery::Everything), aspects::all)?;
        }
    }
    check_from_scratch(resolver, &live, LiveQuery::Everything, aspects::whole)
}

/// Checks that a live report has the findings of a resolver on the same record.
fn check_from_scratch(
    resolver: &Resolver,
    live: &LiveReport,
    asked: LiveQuery,
    view: aspects::View,
) -> Result<(), Broken> {
    let law = Law::LiveIsFromScratch;
    let view = match asked {
        LiveQuery::Nothing => return Ok(()),
        LiveQuery::Verdicts => |finding: Finding<'_>| vec![("verdict", finding.verdict().to_string())],
        LiveQuery::Everything => view,
    };
    let report = resolver.resolve(live.dossier());
    for found in report.findings() {
        let Some(kept) = live.finding(found.claim().id()) else {
            return Err(Broken::new(law, live.dossier(), "a finding", "none").about(found));
        };
        if let differs @ Some(_) = difference(view(found), view(kept)) {
            return Err(Broken::between(law, found, kept, differs));
        }
    }
    for verdict in Verdict::ALL {
        let counted = [report.tally(*verdict), live.tally(*verdict)];
        if counted[0] != counted[1] {
            let [told, kept] = counted.map(|count| format!("{count} claims are {verdict}"));
            return Err(Broken::new(law, live.dossier(), told, kept));
        }
    }
    Ok(())
}
