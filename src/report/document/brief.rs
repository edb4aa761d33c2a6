//! A brief report as a program reads it back.

use serde::{Deserialize, Serialize};

use super::{
    AccountDocument, BRIEF_SCHEMA, ConstraintDocument, FindingDocument, NotComparableDocument,
    ReportDocument, TallyDocument,
};

/// A brief report as a file has it: schema `corroborate-report-brief/2`.
///
/// [`Report::write_brief_json`](crate::Report::write_brief_json) writes one; this type is for programs that read brief
/// reports back. One can also be made of a whole [`ReportDocument`].
///
/// ```
/// use corroborate::exchange::{BriefReportDocument, ReportDocument};
/// use corroborate::{Assertion, Claim, Dossier, Resolver};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "12"))?;
/// let report = Resolver::standard().resolve(&flood);
///
/// let mut file = Vec::new();
/// report.write_brief_json(&mut file)?;
/// let brief: BriefReportDocument = serde_json::from_slice(&file)?;
/// assert_eq!((brief.findings[0].verdict.as_str(), brief.findings[0].unattributed), ("unattributed", 1));
/// assert_eq!(brief, ReportDocument::from(&report).into());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BriefReportDocument {
    /// `corroborate-report-brief/2`.
    pub schema: String,
    /// The dossier's title.
    pub title: String,
    /// The day that the resolver was asked about.
    pub as_of: Option<String>,
    /// How many claims have each verdict.
    pub tally: TallyDocument,
    /// A finding for each claim, in the dossier's order.
    pub findings: Vec<BriefFindingDocument>,
    /// How the constraints fare.
    pub constraints: Vec<ConstraintDocument>,
    /// Topics whose claims differ in scope.
    pub not_comparable: Vec<NotComparableDocument>,
}

/// A finding as a brief report has it: without its texts, and with counts in place of lists of assertions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BriefFindingDocument {
    /// The claim's id.
    pub claim: String,
    /// `fact`, `assessment` or `projection`.
    pub nature: String,
    /// The verdict, in one word.
    pub verdict: String,
    /// The kind of dispute: `contrary`, `contradictory` or `wording`.
    pub dispute: Option<String>,
    /// Whether one side contradicts itself.
    pub within_one_side: Option<bool>,
    /// The ids of the sides that speak.
    pub sides: Vec<String>,
    /// The ids of the sources that state what can be printed, and are named beside it.
    pub credit: Vec<String>,
    /// The tightest statement that holds whichever account is right, in canonical text.
    pub common_ground: Option<String>,
    /// What can be printed as it stands, in canonical text.
    pub safe_wording: Option<String>,
    /// Whether nobody says what can be printed, so that it only follows from what several say.
    pub derived: bool,
    /// How far the accounts are apart at least: of figures the difference, of dates the number of whole days between.
    pub gap: Option<String>,
    /// The claim's unit.
    pub unit: Option<String>,
    /// How many accounts there are, listed or not.
    pub accounts_total: usize,
    /// The accounts, 64 at most.
    pub accounts: Vec<BriefAccountDocument>,
    /// How many standing answers nobody put their name to.
    pub unattributed: usize,
    /// How many assertions decline to say.
    pub withheld: usize,
    /// How many assertions say that they don't know.
    pub does_not_know: usize,
    /// How many assertions repeat what their origins say elsewhere.
    pub echoes: usize,
    /// How many assertions rules set aside.
    pub set_aside: usize,
}

/// An account as a brief report has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BriefAccountDocument {
    /// The answer, in canonical text.
    pub answer: String,
    /// The ids of the sources that state it.
    pub stated_by: Vec<String>,
    /// The ids of the sides that it satisfies.
    pub sides: Vec<String>,
    /// The ids of the sources that it satisfies.
    pub sources: Vec<String>,
    /// How many assertions it satisfies, with the unattributed ones that fit.
    pub assertions: usize,
}

impl From<ReportDocument> for BriefReportDocument {
    fn from(report: ReportDocument) -> Self {
        Self {
            schema: BRIEF_SCHEMA.to_owned(),
            title: report.title,
            as_of: report.as_of,
            tally: report.tally,
            findings: report.findings.into_iter().map(Into::into).collect(),
            constraints: report.constraints,
            not_comparable: report.not_comparable,
        }
    }
}

impl From<FindingDocument> for BriefFindingDocument {
    fn from(finding: FindingDocument) -> Self {
        Self {
            claim: finding.claim,
            nature: finding.nature,
            verdict: finding.verdict,
            dispute: finding.dispute,
            within_one_side: finding.within_one_side,
            sides: finding.sides,
            credit: finding.credit,
            common_ground: finding.common_ground,
            safe_wording: finding.safe_wording,
            derived: finding.derived,
            gap: finding.gap,
            unit: finding.unit,
            accounts_total: finding.accounts_total,
            accounts: finding.accounts.into_iter().map(Into::into).collect(),
            unattributed: finding.unattributed.len(),
            withheld: finding.withheld.len(),
            does_not_know: finding.does_not_know.len(),
            echoes: finding.echoes.len(),
            set_aside: finding.set_aside.len(),
        }
    }
}

impl From<AccountDocument> for BriefAccountDocument {
    fn from(account: AccountDocument) -> Self {
        let AccountDocument { answer, stated_by, sides, sources, assertions } = account;
        Self { answer, stated_by, sides, sources, assertions: assertions.len() }
    }
}
