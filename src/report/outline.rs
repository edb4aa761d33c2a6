//! What every report for people says of a finding, and in which order. Renderings differ only in markup.

use super::finding::Finding;
use super::trace::sentence;
use super::words::{
    assertion_for_people, assertion_in_full, counted, few, few_in_a_row, grouped, listed, names,
};
use super::{ConstraintRef, Report, Status, Verdict};
use crate::dossier::{AssertionRef, ClaimRef, DocumentRef, SourceRef};
use crate::model::assertion::Stance;
use crate::model::claim::{Kind, Nature};
use crate::model::constraint::ConstraintKind;
use crate::model::lint::{Lint, LintLevel};

/// At most this many disputes are named at the top of a page; the rest is counted.
pub(super) const AT_A_GLANCE: usize = 12;

/// At most this many statements are shown under one answer; the rest is counted.
pub(super) const SHOWN: usize = 200;

/// In which order an editor wants to see the verdicts.
pub(super) const ORDER: [Verdict; 7] = [
    Verdict::Disputed,
    Verdict::Unattributed,
    Verdict::Agreed,
    Verdict::Compatible,
    Verdict::SingleSource,
    Verdict::Withheld,
    Verdict::Unaddressed,
];

/// The findings of one verdict, on claims of one nature.
pub(super) struct Section<'r> {
    pub(super) nature: Nature,
    pub(super) verdict: Verdict,
    pub(super) findings: Vec<Finding<'r>>,
}

impl Section<'_> {
    /// What follows the verdict in a heading: `, assessments` or `, projections`; nothing for facts.
    pub(super) fn nature_suffix(&self) -> &'static str {
        match self.nature {
            Nature::Fact => "",
            Nature::Assessment => ", assessments",
            Nature::Projection => ", projections",
        }
    }
}

impl<'d> Report<'d> {
    /// Facts before assessments and projections; among each, disputes first, then what is unattributed, then the rest.
    pub(super) fn sections(&self) -> impl Iterator<Item = Section<'_>> {
        let of_both = |nature: &'static Nature| ORDER.iter().map(move |verdict| (*nature, *verdict));
        Nature::ALL.iter().flat_map(of_both).filter_map(|(nature, verdict)| {
            let is_here =
                |found: &Finding<'_>| found.verdict() == verdict && found.claim().nature() == nature;
            let findings: Vec<Finding<'_>> = self.findings().filter(is_here).collect();
            (!findings.is_empty()).then_some(Section { nature, verdict, findings })
        })
    }

    pub(super) fn title_for_people(&self) -> &'d str {
        let title = self.dossier.title();
        if title.is_empty() { "Untitled dossier" } else { title }
    }

    /// How much there is in the dossier, and the day that was asked about.
    pub(super) fn size(&self) -> String {
        let dossier = self.dossier;
        let counts = [
            counted(dossier.claims().len(), "claim"),
            counted(dossier.assertions().len(), "assertion"),
            counted(dossier.sources().len(), "source"),
        ];
        let as_of =
            self.shared.resolver.as_of.map(|as_of| format!(", as the record stood at the end of {as_of}"));
        format!("{}{}.", counts.join(", "), as_of.unwrap_or_default())
    }

    /// What a reader should look at before anything else. What was merely assumed isn't among it.
    pub(super) fn to_check(&self) -> Vec<Lint> {
        let mut lints = self.dossier.lints();
        lints.retain(|lint| lint.level() == LintLevel::Lint);
        lints
    }

    /// What is said at the top where no dispute is.
    pub(super) fn nothing_disputed(&self) -> Option<&'static str> {
        match (self.claims.len(), self.tally(Verdict::Disputed)) {
            (0, _) => Some("There are no claims in this dossier."),
            (_, 0) => Some("Nothing is disputed."),
            _ => None,
        }
    }

    /// How many claims and constraints there are, and how they fare; before that, the day that was asked about.
    pub(super) fn summary(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        lines.extend(self.shared.resolver.as_of.map(|as_of| format!("as of {as_of}")));
        let counts: Vec<String> = ORDER
            .iter()
            .filter(|verdict| self.tally(**verdict) > 0)
            .map(|verdict| format!("{} {verdict}", self.tally(*verdict)))
            .collect();
        let claims = self.claims.len();
        let total = format!("{claims} claim{}", if claims == 1 { "" } else { "s" });
        lines.push(if counts.is_empty() { total } else { format!("{total}: {}", counts.join(", ")) });
        // A sum that fails is news, and stands at the end: the beginning says so.
        lines.extend(self.constraints_in_short());
        lines
    }

    /// How many constraints there are, and how they fare; nothing where there are none.
    pub(super) fn constraints_in_short(&self) -> Option<String> {
        let faring = |status: Status| self.constraints().filter(|tie| tie.status() == status).count();
        let counts: Vec<String> = [
            (Status::Fails, "fail", "fails"),
            (Status::Open, "open", "open"),
            (Status::Holds, "hold", "holds"),
        ]
        .map(|(status, several, one)| (faring(status), several, one))
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, several, one)| format!("{count} {}", if count == 1 { one } else { several }))
        .collect();
        let ties = self.constraints().len();
        (ties > 0)
            .then(|| format!("{ties} constraint{}: {}", if ties == 1 { "" } else { "s" }, counts.join(", ")))
    }
}

impl<'r> Finding<'r> {
    /// What can be printed without taking a side, and whom to credit; nothing where there is no answer to print.
    pub(super) fn printable_with_credit(self) -> Option<String> {
        let print = self.printable()?;
        // Each of them is credited, however many they are.
        let credit = listed(&self.credit().map(|source| source.name().to_owned()).collect::<Vec<_>>());
        Some(if credit.is_empty() { print } else { format!("{print}, crediting {credit}") })
    }

    /// The same without the credit.
    pub(super) fn printable(self) -> Option<String> {
        let safe = self.safe_words().map(|words| words.for_people(self.dossier()));
        match (self.verdict(), safe) {
            (Verdict::Unattributed | Verdict::Withheld | Verdict::Unaddressed, _) => None,
            (_, Some(safe)) => Some(safe),
            (Verdict::SingleSource, None) => Some("only what was said".to_owned()),
            (_, None) => Some("nothing that takes no side; name who says what".to_owned()),
        }
    }

    /// How far the accounts are apart: `1 apart`, `3 days apart`.
    pub(super) fn apart(self) -> Option<String> {
        let gap = self.gap()?;
        Some(match (self.claim().kind(), gap) {
            (Kind::Date, "1") => "1 day apart".to_owned(),
            (Kind::Date, days) => format!("{} days apart", grouped(days)),
            _ => format!("{} apart", grouped(gap)),
        })
    }

    /// The answer as it was said, and as it was read where that differs; for silence, words that say so.
    pub(super) fn answer_as_read(self, assertion: AssertionRef<'_>) -> String {
        match assertion.stance() {
            Stance::Withholds => return "declined to say".to_owned(),
            Stance::DoesNotKnow => return "don't know".to_owned(),
            _ => {}
        }
        let said = assertion_for_people(assertion);
        let widened = &self.details().widened;
        match widened.binary_search_by_key(&assertion.index, |widened| widened.assertion) {
            Ok(at) => format!("{said}, read as {}", widened[at].read.for_people(self.dossier())),
            Err(_) => said,
        }
    }

    /// The words behind an answer that nobody put their name to; nothing behind others.
    pub(super) fn unattributed_note(self, assertion: AssertionRef<'_>) -> &'static str {
        match (self.details().unattributed.binary_search(&assertion.index), assertion.by().len()) {
            (Ok(_), 0) => ", attributed to nobody",
            (Ok(_), _) => ", which goes back to nobody",
            (Err(_), _) => "",
        }
    }

    /// A source with its side, where the name doesn't say it: `the Iraqi military (Iraq)`.
    pub(super) fn name_with_side(self, source: SourceRef<'_>) -> String {
        let side = self.source(self.context().side(source.index));
        if side.index == source.index {
            source.name().to_owned()
        } else {
            format!("{} ({})", source.name(), side.name())
        }
    }

    /// One line for a statement, without its id: who said what, as said and as read. `called` names a speaker.
    pub(super) fn statement_line(
        self,
        assertion: AssertionRef<'r>,
        called: impl Fn(SourceRef<'r>) -> String,
    ) -> String {
        let (said, unattributed_note) = (self.answer_as_read(assertion), self.unattributed_note(assertion));
        let mut who = listed(&few(assertion.by().map(called)));
        if assertion.by().len() > 1 {
            who.push_str(" (jointly)");
        }
        if let (true, "", Some(publisher)) = (who.is_empty(), unattributed_note, publisher_of(assertion)) {
            who = format!("{}, in its own voice", publisher.name());
        }
        let via = names(assertion.via());
        match (who.is_empty(), via.is_empty()) {
            (_, true) => {}
            (true, false) => who = format!("relayed by {via}"),
            (false, false) => who = format!("{who} (relayed by {via})"),
        }
        let colon = if who.is_empty() { "" } else { ": " };
        format!("{who}{colon}{said}{unattributed_note}")
    }

    /// Who declined to say, and who doesn't know, each with the assertion.
    pub(super) fn silences(self) -> impl Iterator<Item = (String, AssertionRef<'r>)> {
        let silent = move |assertion: AssertionRef<'r>| {
            let who = names(assertion.by());
            (
                format!(
                    "{}: {}",
                    if who.is_empty() { "the document" } else { &who },
                    self.answer_as_read(assertion)
                ),
                assertion,
            )
        };
        self.withheld().chain(self.does_not_know()).map(silent)
    }

    /// Why the verdict is what it is, where the verdict alone doesn't say so.
    pub(super) fn why_in_short(self) -> Option<String> {
        matches!(self.verdict(), Verdict::Disputed | Verdict::Agreed | Verdict::Compatible).then(|| {
            let steps = self.steps();
            let conclusions = steps.iter().filter(|step| !step.because().is_empty());
            conclusions.map(|step| sentence(step.text())).collect::<Vec<_>>().join(" ")
        })
    }

    /// What else an editor should see, each under its heading: what was set aside, echoes and notices.
    pub(super) fn remarks(self) -> Vec<(&'static str, String)> {
        let mut remarks: Vec<(&str, String)> =
            self.set_aside().take(SHOWN).map(|aside| ("set aside", aside.in_words())).collect();
        let left_out = self.set_aside().len().saturating_sub(SHOWN);
        remarks.extend((left_out > 0).then(|| ("set aside", counted(left_out, "more statement"))));
        if self.echoes().len() > 0 {
            let echoes = few_in_a_row(self.echoes().map(AssertionRef::id), ", ");
            remarks.push(("echo", format!("{echoes}, which repeats and doesn't corroborate")));
        }
        remarks.extend(self.notices().map(|notice| ("note", notice.text())));
        remarks
    }

    /// How many accounts aren't listed.
    pub(super) fn accounts_left_out(self) -> usize {
        self.accounts_total() - self.accounts().len()
    }
}

impl ConstraintRef<'_> {
    /// `us-injured = returned-to-duty + flown-to-germany`, with what each claim is called by.
    pub(super) fn formula(self, called: impl Fn(&str) -> String) -> String {
        let claims: Vec<ClaimRef<'_>> = self.claims().collect();
        let called = |claim: &ClaimRef<'_>| called(claim.id());
        match (self.kind(), claims.as_slice()) {
            (ConstraintKind::Sum, [whole, parts @ ..]) => {
                format!("{} = {}", called(whole), few(parts.iter().map(called)).join(" + "))
            }
            (ConstraintKind::AtMost, claims) => few(claims.iter().map(called)).join(" ≤ "),
            (_, claims) => few(claims.iter().map(called)).join(" = "),
        }
    }
}

/// What a verdict means, for a reader who sees it for the first time.
pub(super) fn meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Disputed => "No single answer fits everybody who put their name to one.",
        Verdict::Unattributed => "There is an answer, and nobody's name is on it.",
        Verdict::Agreed => "Two sides or more say the same.",
        Verdict::Compatible => "Two sides or more can all be right, though they don't say the same.",
        Verdict::SingleSource => "One side alone speaks. Print it with its credit.",
        Verdict::Withheld => "Somebody declines to say, and nobody says.",
        Verdict::Unaddressed => "Nobody says, or only that they don't know.",
    }
}

/// Who published the document that an assertion stands in.
pub(super) fn publisher_of(assertion: AssertionRef<'_>) -> Option<SourceRef<'_>> {
    assertion.document().and_then(|document| document.publisher())
}

/// What was literally said, where it was put in other words than those that are shown, or shown in part.
pub(super) fn literal_words(assertion: AssertionRef<'_>) -> Option<String> {
    let shown = assertion_in_full(assertion);
    let said = assertion.said().filter(|said| assertion.stance() == Stance::Affirms && *said != shown);
    // A term's id was said by nobody.
    said.filter(|said| *said != assertion.to_string() && said.replace(',', "") != shown.replace(',', ""))
}

/// A document's title, or its id where it has none.
pub(super) fn document_title(document: DocumentRef<'_>) -> &str {
    if document.title().is_empty() { document.id() } else { document.title() }
}

/// A document's address, where it is one of the web. Nothing else is linked to: an address may be a script.
pub(super) fn web_address(document: DocumentRef<'_>) -> Option<&str> {
    document.url().filter(|url| {
        let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
        scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
    })
}

/// A claim's question, or its id where it has none.
pub(super) fn question_or_id(claim: ClaimRef<'_>) -> &str {
    if claim.question().is_empty() { claim.id() } else { claim.question() }
}

/// Where on a page the claim of this id stands. An id may have spaces in it, and the name of a place on a page may not.
pub(super) fn claim_anchor(id: &str) -> String {
    use std::fmt::Write as _;
    let mut anchor = "claim-".to_owned();
    for c in id.chars() {
        if c.is_alphanumeric() || "-_.".contains(c) {
            anchor.push(c);
        } else {
            let _ = write!(anchor, "~{:x}", u32::from(c));
        }
    }
    anchor
}

/// Splits a text at its backticks: every second part stood between two of them. With an odd one, the whole text.
pub(super) fn split_at_backticks(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) { vec![text] } else { parts }
}
