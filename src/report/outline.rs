//! What every report for people says of a finding, and in which order: the renderings differ in how they set it.

use super::finding::Finding;
use super::trace::sentence;
use super::words::{assertion_for_people, names};
use super::{ConstraintRef, Report, Status, Verdict};
use crate::dossier::AssertionRef;
use crate::model::claim::Nature;

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
    /// What stands behind the verdict in a heading. Of what is no fact: `, assessments`.
    pub(super) fn of(&self) -> &'static str {
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
            let is_here = |found: &Finding<'_>| found.verdict() == verdict && found.claim().nature() == nature;
            let findings: Vec<Finding<'_>> = self.findings().filter(is_here).collect();
            (!findings.is_empty()).then_some(Section { nature, verdict, findings })
        })
    }

    pub(super) fn title_for_people(&self) -> &'d str {
        let title = self.dossier.title();
        if title.is_empty() { "Untitled dossier" } else { title }
    }

    /// How many claims and constraints there are, and how they fare; before that, the day that was asked about.
    pub(super) fn summary(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        lines.extend(self.desk.resolver.as_of.map(|as_of| format!("as of {as_of}")));
        let counts: Vec<String> = ORDER
            .iter()
            .filter(|verdict| self.tally(**verdict) > 0)
            .map(|verdict| format!("{} {verdict}", self.tally(*verdict)))
            .collect();
        let claims = self.late.len();
        let total = format!("{claims} claim{}", if claims == 1 { "" } else { "s" });
        lines.push(if counts.is_empty() { total } else { format!("{total}: {}", counts.join(", ")) });
        // A sum that fails is news, and stands at the end: the beginning says so.
        let ties = self.constraints().len();
        if ties > 0 {
            let faring = |status: Status| self.constraints().filter(|tie| tie.status() == status).count();
            let counts: Vec<String> =
                [(Status::Fails, "fail", "fails"), (Status::Open, "open", "open"), (Status::Holds, "hold", "holds")]
                    .map(|(status, several, one)| (faring(status), several, one))
                    .into_iter()
                    .filter(|(count, ..)| *count > 0)
                    .map(|(count, several, one)| format!("{count} {}", if count == 1 { one } else { several }))
                    .collect();
            lines.push(format!("{ties} constraint{}: {}", if ties == 1 { "" } else { "s" }, counts.join(", ")));
        }
        lines
    }
}

impl<'r> Finding<'r> {
    /// What can be printed without taking a side, and whom to credit; nothing where there is no answer to print.
    pub(super) fn print(self) -> Option<String> {
        let safe = self.outcome().safe_wording.as_ref().map(|words| words.for_people(self.dossier()));
        match (self.verdict(), safe) {
            (Verdict::Unattributed | Verdict::Withheld | Verdict::Unaddressed, _) => None,
            (Verdict::SingleSource, Some(safe)) => Some(format!("{safe}, crediting {}", names(self.credit()))),
            (_, Some(safe)) => Some(safe),
            (_, None) => Some("nothing that takes no side; name who says what".to_owned()),
        }
    }

    /// Who said what, as said and as read, without its id.
    pub(super) fn who_said(self, assertion: AssertionRef<'_>) -> String {
        let unattributed = self.outcome().unattributed.contains(&assertion.index);
        let mut who = names(assertion.by());
        if assertion.by().len() > 1 {
            who.push_str(" (jointly)");
        }
        let via = names(assertion.via());
        if !via.is_empty() {
            who = format!("{who} (relayed by {via})");
        }
        let mut said = assertion_for_people(assertion);
        if let Some(widened) = self.outcome().widened.iter().find(|widened| widened.assertion == assertion.index) {
            said = format!("{said}, read as {}", widened.read.for_people(self.dossier()));
        }
        match (unattributed, who.is_empty()) {
            (true, true) => format!("{said}, attributed to nobody"),
            (true, false) => format!("{who}: {said}, which goes back to nobody"),
            _ => format!("{who}: {said}"),
        }
    }

    /// Who declined to say, and who doesn't know, each with the assertion.
    pub(super) fn silences(self) -> impl Iterator<Item = (String, AssertionRef<'r>)> {
        let silent = |assertion: AssertionRef<'r>, says: &str| {
            let who = names(assertion.by());
            (format!("{}: {says}", if who.is_empty() { "the document" } else { &who }), assertion)
        };
        let withheld = self.withheld().map(move |assertion| silent(assertion, "declined to say"));
        withheld.chain(self.does_not_know().map(move |assertion| silent(assertion, "don't know")))
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
        let mut remarks: Vec<(&str, String)> = self.set_aside().map(|aside| ("set aside", aside.in_words())).collect();
        let echoes: Vec<String> = self.echoes().map(|echo| echo.id()).collect();
        if !echoes.is_empty() {
            remarks.push(("echo", format!("{}, which repeats and doesn't corroborate", echoes.join(", "))));
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
        let claims: Vec<String> = self.claims().map(|claim| called(claim.id())).collect();
        match (self.kind(), claims.as_slice()) {
            ("sum", [whole, parts @ ..]) => format!("{whole} = {}", parts.join(" + ")),
            ("at-most", claims) => claims.join(" ≤ "),
            (_, claims) => claims.join(" = "),
        }
    }
}
