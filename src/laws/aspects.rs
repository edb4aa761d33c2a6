//! What a law compares: the aspects of a finding as lines of text, which can be shown.

use crate::dossier::SourceRef;
use crate::model::claim::Kind;
use crate::model::interval::Ranges;
use crate::model::value::AnswerSet;
use crate::outcome::{NoticeKind, Words};
use crate::report::Finding;

/// One aspect of a finding: its name, and what the finding says of it.
pub(super) type Aspect = (&'static str, String);

/// The aspects of a finding that a law compares.
pub(super) type View = fn(Finding<'_>) -> Vec<Aspect>;

/// Verdict, sides, and the common ground whatever words it is put in.
pub(super) fn essentials(finding: Finding<'_>) -> Vec<Aspect> {
    let ground = finding.details().possible.as_ref().map(|possible| answers(finding, &span(possible)));
    vec![
        ("verdict", finding.verdict().to_string()),
        ("common ground", ground.unwrap_or_default()),
        ("sides", sorted(finding.sides().map(SourceRef::id))),
    ]
}

/// Everything that the order of records mustn't move.
///
/// It may move more: what is listed stands in input order, the earliest of equal words are the ones printed,
/// of several unknown sides that speak alone, and of a ring of relays, the first is listed, and of two echoes
/// of one date the later in the file is it.
pub(super) fn unordered(finding: Finding<'_>) -> Vec<Aspect> {
    // Of relays that are heard only through each other the earliest is listed.
    let is_of_relays = finding.notices().any(|notice| notice.kind() == NoticeKind::RelayAnswers);
    let known = finding.sides().filter(|side| !side.is_anonymous() && !is_of_relays);
    let accounts = finding.details().accounts.iter().zip(finding.accounts()).map(|(account, view)| {
        let assertions = sorted(view.assertions().map(|said| said.id()));
        let sources = sorted(view.sources().map(SourceRef::id));
        format!("{} ({sources}; {assertions})", answers(finding, &account.answers))
    });
    let set_aside =
        finding.set_aside().map(|aside| format!("{} by {}", aside.assertion().id(), aside.rule()));
    let widened = finding.details().widened.iter().map(|widened| finding.assertion(widened.assertion).id());
    let mut lines = essentials(finding);
    lines.truncate(2); // all but the sides
    lines.extend([
        ("number of sides", finding.sides().len().to_string()),
        ("sides", sorted(known.map(SourceRef::id))),
        ("kind of dispute", finding.dispute().map(|dispute| dispute.to_string()).unwrap_or_default()),
        ("within one side", format!("{:?}", finding.within_one_side())),
        ("credit", sorted(finding.credit().map(SourceRef::id))),
        ("can be printed", finding.safe_wording().is_some().to_string()),
        ("gap", finding.gap().unwrap_or_default().to_owned()),
        ("accounts", sorted(accounts)),
        ("unattributed", sorted(finding.unattributed().map(|said| said.id()))),
        ("withheld", sorted(finding.withheld().map(|said| said.id()))),
        ("doesn't know", sorted(finding.does_not_know().map(|said| said.id()))),
        ("number of echoes", finding.echoes().len().to_string()),
        ("set aside", sorted(set_aside)),
        ("read more loosely", sorted(widened)),
        ("notices", sorted(finding.notices().map(|notice| notice.kind().to_string()))),
    ]);
    lines
}

/// Everything that a report says of a claim, but for the explanation.
pub(super) fn all(finding: Finding<'_>) -> Vec<Aspect> {
    let accounts = finding.accounts().map(|account| {
        let assertions = listed(account.assertions().map(|said| said.id()));
        let (sides, sources) =
            (listed(account.sides().map(SourceRef::id)), listed(account.sources().map(SourceRef::id)));
        format!("{} ({sides}; {sources}; {assertions})", account.answer())
    });
    let set_aside = finding
        .set_aside()
        .map(|aside| format!("{} by {}: {}", aside.assertion().id(), aside.rule(), aside.reason()));
    let widened = finding.details().widened.iter().map(|widened| {
        let (id, read) = (finding.assertion(widened.assertion).id(), in_words(finding, &widened.read));
        format!("{id} as {read}: {}", widened.reason)
    });
    vec![
        ("verdict", finding.verdict().to_string()),
        ("kind of dispute", finding.dispute().map(|dispute| dispute.to_string()).unwrap_or_default()),
        ("within one side", format!("{:?}", finding.within_one_side())),
        ("sides", listed(finding.sides().map(SourceRef::id))),
        ("credit", listed(finding.credit().map(SourceRef::id))),
        ("common ground", finding.common_ground().unwrap_or_default()),
        ("safe wording", finding.safe_wording().unwrap_or_default()),
        ("gap", finding.gap().unwrap_or_default().to_owned()),
        ("accounts", listed(accounts)),
        ("number of accounts", finding.accounts_total().to_string()),
        ("unattributed", listed(finding.unattributed().map(|said| said.id()))),
        ("withheld", listed(finding.withheld().map(|said| said.id()))),
        ("doesn't know", listed(finding.does_not_know().map(|said| said.id()))),
        ("echoes", listed(finding.echoes().map(|said| said.id()))),
        ("set aside", listed(set_aside)),
        ("read more loosely", listed(widened)),
        ("notices", listed(finding.notices().map(|notice| notice.text()))),
    ]
}

/// The same without the channels that it came through.
pub(super) fn all_but_channels(finding: Finding<'_>) -> Vec<Aspect> {
    let mut lines = all(finding);
    let notices = finding.notices().filter(|notice| notice.kind() != NoticeKind::OneChannel);
    let notices = listed(notices.map(|notice| notice.text()));
    lines.retain(|(about, _)| *about != "notices");
    lines.push(("notices", notices));
    lines
}

/// Everything that a report says of a claim, and the explanation.
pub(super) fn whole(finding: Finding<'_>) -> Vec<Aspect> {
    let mut lines = all(finding);
    lines.push(("explanation", Finding::explain(finding)));
    lines
}

/// The finding in a few words: `single-source 14 (Iraq)`.
pub(super) fn headline(finding: Finding<'_>) -> String {
    let mut text = finding.verdict().to_string();
    let ground = finding.common_ground().unwrap_or_default();
    if !ground.is_empty() {
        text = format!("{text} {ground}");
    }
    let sides = listed(finding.sides().map(SourceRef::name));
    if sides.is_empty() { text } else { format!("{text} ({sides})") }
}

fn in_words(finding: Finding<'_>, words: &Words) -> String {
    words.text(finding.context().dossier)
}

/// The words that the set itself is put in, whoever said what of it. Terms may come in any order.
fn answers(finding: Finding<'_>, set: &AnswerSet) -> String {
    let text = finding
        .context()
        .words_for(set)
        .map_or_else(|| "anything".to_owned(), |words| in_words(finding, &words));
    if !matches!(finding.claim().kind(), Kind::Term | Kind::Place) {
        return text;
    }
    let mut words: Vec<&str> = text.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

/// The smallest stretch of figures or dates that covers a set. Other answers have no between.
fn span(set: &AnswerSet) -> AnswerSet {
    match set {
        AnswerSet::Counts(set) => AnswerSet::Counts(set.span().map_or_else(Ranges::empty, Into::into)),
        AnswerSet::Quantities(set) => {
            AnswerSet::Quantities(set.span().map_or_else(Ranges::empty, Into::into))
        }
        AnswerSet::Dates(set) => AnswerSet::Dates(set.span().map_or_else(Ranges::empty, Into::into)),
        set => set.clone(),
    }
}

fn listed<T: Into<String>>(items: impl Iterator<Item = T>) -> String {
    items.map(Into::into).collect::<Vec<String>>().join(", ")
}

fn sorted<T: Into<String>>(items: impl Iterator<Item = T>) -> String {
    let mut items: Vec<String> = items.map(Into::into).collect();
    items.sort_unstable();
    items.join(", ")
}
