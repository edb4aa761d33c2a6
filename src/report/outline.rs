//! What every report for people says of a finding, and in which order: the renderings differ in how they set it.

use super::finding::Finding;
use super::{ConstraintRef, Report, Verdict};
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
    /// Of what is no fact: `, assessments`.
    pub(super) of: &'static str,
    pub(super) findings: Vec<Finding<'r>>,
}

impl<'d> Report<'d> {
    /// Facts before assessments and projections; among each, disputes first, then what is unattributed, then the rest.
    pub(super) fn sections(&self) -> impl Iterator<Item = Section<'_>> {
        let of_both = |nature: &'static Nature| ORDER.iter().map(move |verdict| (*nature, *verdict));
        Nature::ALL.iter().flat_map(of_both).filter_map(|(nature, verdict)| {
            let is_here = |found: &Finding<'_>| found.verdict() == verdict && found.claim().nature() == nature;
            let findings: Vec<Finding<'_>> = self.findings().filter(is_here).collect();
            let of = match nature {
                Nature::Fact => "",
                Nature::Assessment => ", assessments",
                Nature::Projection => ", projections",
            };
            (!findings.is_empty()).then_some(Section { nature, verdict, of, findings })
        })
    }

    pub(super) fn title_for_people(&self) -> &'d str {
        let title = self.dossier.title();
        if title.is_empty() { "Untitled dossier" } else { title }
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
