//! The report as a file: schema `corroborate-report/2`, with types of its own.

pub(crate) mod brief;
mod fast_brief;

use std::io::{self, BufWriter, Write};
use std::sync::OnceLock;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::{AccountRef, ConstraintRef, Finding, NotComparableRef, NoticeRef, Report, SetAsideRef, Step};
use crate::dossier::document::write::StreamedList;
use crate::dossier::{AssertionRef, SourceRef};
use crate::model::constraint::ConstraintKind;
use crate::model::lint::Lint;
use crate::outcome::{Dispute, NoticeKind, TiedClaims, Verdict};

/// What the first field of a report says.
const SCHEMA: &str = "corroborate-report/2";
#[cfg(feature = "schema")]
crate::dossier::document::json_schema::field! {
    /// The version of a report's schema.
    ReportVersion: schemars::json_schema!({"const": SCHEMA});
}
/// What it says when the report is brief.
const BRIEF_SCHEMA: &str = "corroborate-report-brief/2";

/// A report as a file has it: schema `corroborate-report/2`, its words already made.
///
/// [`Report::to_json`] writes one; this type is for programs that read reports back. It is also made of a [`Report`]
/// itself, and then borrows nothing.
///
/// ```
/// use corroborate::exchange::ReportDocument;
/// use corroborate::{Claim, Dossier, Resolver};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// let json = Resolver::standard().resolve(&flood).to_json();
///
/// let report: ReportDocument = serde_json::from_str(&json)?;
/// assert_eq!(report.findings[0].verdict, "unaddressed");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ReportDocument {
    /// `corroborate-report/2`.
    #[cfg_attr(feature = "schema", schemars(with = "ReportVersion"))]
    pub schema: String,
    /// The dossier's title.
    pub title: String,
    /// The day that the resolver was asked about.
    pub as_of: Option<String>,
    /// How many entries of the dossier came after that day. They aren't in the report.
    pub later: usize,
    /// What can be read in two ways and was read in the cautious one, and what was assumed.
    pub lints: Vec<Lint>,
    /// How many claims have each verdict.
    pub tally: TallyDocument,
    /// A finding for each claim, in the dossier's order.
    pub findings: Vec<FindingDocument>,
    /// How the constraints fare.
    pub constraints: Vec<ConstraintDocument>,
    /// Topics whose claims differ in scope.
    pub not_comparable: Vec<NotComparableDocument>,
}

impl From<&Report<'_>> for ReportDocument {
    fn from(report: &Report<'_>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            title: report.dossier.title().to_owned(),
            as_of: report.shared.resolver.as_of.map(|date| date.to_string()),
            later: report.later(),
            lints: report.dossier.lints(),
            tally: report.into(),
            findings: report.findings().map(Into::into).collect(),
            constraints: report.constraints().map(Into::into).collect(),
            not_comparable: report.not_comparable().map(Into::into).collect(),
        }
    }
}

/// How many claims have each verdict, as a file has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct TallyDocument {
    /// Two sides or more say the same.
    pub agreed: usize,
    /// Two sides or more can all be right.
    pub compatible: usize,
    /// No single answer satisfies everybody.
    pub disputed: usize,
    /// One side alone speaks.
    pub single_source: usize,
    /// Nobody put their name to an answer.
    pub unattributed: usize,
    /// Somebody declines to say.
    pub withheld: usize,
    /// Nobody says anything.
    pub unaddressed: usize,
}

impl From<&Report<'_>> for TallyDocument {
    fn from(report: &Report<'_>) -> Self {
        let mut tally = Self::default();
        for verdict in report.verdicts() {
            *match verdict {
                Verdict::Agreed => &mut tally.agreed,
                Verdict::Compatible => &mut tally.compatible,
                Verdict::Disputed => &mut tally.disputed,
                Verdict::SingleSource => &mut tally.single_source,
                Verdict::Unattributed => &mut tally.unattributed,
                Verdict::Withheld => &mut tally.withheld,
                Verdict::Unaddressed => &mut tally.unaddressed,
            } += 1;
        }
        tally
    }
}

/// A finding as a file has it. Every field is always there; `null` or an empty list where it doesn't apply.
///
/// It is made of a [`Finding`] of a report or a [`LiveReport`](crate::LiveReport), and borrows nothing.
///
/// ```
/// use corroborate::exchange::FindingDocument;
/// use corroborate::{Assertion, Claim, Dossier, LiveReport, Resolver};
///
/// let mut flood = LiveReport::new(Dossier::new("Flood at Varn"), Resolver::standard());
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// let heard: Assertion = serde_json::from_str(r#"{"claim": "missing", "value": "at least 12"}"#)?;
///
/// let finding = FindingDocument::from(flood.record(heard)?.finding());
/// let json = serde_json::to_string(&finding)?;
/// assert!(json.contains(r#""verdict":"unattributed""#));
/// assert_eq!(serde_json::from_str::<FindingDocument>(&json)?, finding);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct FindingDocument {
    /// The claim's id.
    pub claim: String,
    /// The question in words.
    pub question: String,
    /// `fact`, `assessment` or `projection`.
    #[cfg_attr(feature = "schema", schemars(with = "crate::model::claim::Nature"))]
    pub nature: String,
    /// The verdict, in one word.
    #[cfg_attr(feature = "schema", schemars(with = "Verdict"))]
    pub verdict: String,
    /// The kind of dispute: `contrary`, `contradictory` or `wording`.
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::outcome::Dispute>"))]
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
    /// What can be printed, ready for a page: with its unit, and whom to credit.
    pub print: Option<String>,
    /// Whether nobody says what can be printed, so that it only follows from what several say.
    pub derived: bool,
    /// How far the accounts are apart at least: of figures the difference, of dates the number of whole days between.
    pub gap: Option<String>,
    /// The claim's unit.
    pub unit: Option<String>,
    /// How many accounts there are, listed or not.
    pub accounts_total: usize,
    /// The accounts, 64 at most.
    pub accounts: Vec<AccountDocument>,
    /// The ids of the standing answers that nobody put their name to.
    pub unattributed: Vec<String>,
    /// The ids of the assertions that decline to say.
    pub withheld: Vec<String>,
    /// The ids of the assertions that say they don't know.
    pub does_not_know: Vec<String>,
    /// The ids of the assertions that repeat what their origins say elsewhere.
    pub echoes: Vec<String>,
    /// What rules set aside.
    pub set_aside: Vec<SetAsideDocument>,
    /// What an editor should see.
    pub notices: Vec<NoticeDocument>,
    /// The explanation.
    pub why: Vec<StepDocument>,
}

/// An account as a file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AccountDocument {
    /// The answer, in canonical text.
    pub answer: String,
    /// The ids of the sources that state it.
    pub stated_by: Vec<String>,
    /// The ids of the sides that it satisfies.
    pub sides: Vec<String>,
    /// The ids of the sources that it satisfies.
    pub sources: Vec<String>,
    /// The ids of the assertions that it satisfies, and of the unattributed ones that fit.
    pub assertions: Vec<String>,
}

/// An assertion set aside, as a file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SetAsideDocument {
    /// The assertion's id.
    pub assertion: String,
    /// The rule.
    pub rule: String,
    /// Its reason.
    pub reason: String,
}

/// A notice as a file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct NoticeDocument {
    /// What it is, in one word that programs can tell it by.
    pub kind: NoticeKind,
    /// What it says.
    pub text: String,
}

/// A step of an explanation, as a file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StepDocument {
    /// Its number, from one.
    pub step: usize,
    /// What it says.
    pub text: String,
    /// The numbers of the steps that it follows from.
    pub because: Vec<usize>,
}

/// A constraint as a file has it: of the claims, those that its kind names are there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ConstraintDocument {
    /// `sum`, `at-most` or `equal`.
    pub kind: ConstraintKind,
    /// Of a sum, the claim about all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<String>,
    /// Of a sum, the claims about the parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<Vec<String>>,
    /// Of an order, the claim with the lesser answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesser: Option<String>,
    /// Of an order, the claim with the greater answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greater: Option<String>,
    /// Of an equality, the claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<Vec<String>>,
    /// `holds`, `fails` or `open`.
    #[cfg_attr(feature = "schema", schemars(with = "super::Status"))]
    pub status: String,
    /// Why, and which accounts it rules out.
    pub why: String,
}

/// A topic whose claims differ in scope, as a file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct NotComparableDocument {
    /// The topic.
    pub topic: String,
    /// The ids of all its claims.
    pub claims: Vec<String>,
    /// The dimensions in which they differ.
    pub differs_in: Vec<String>,
}

fn source_ids<'r>(sources: impl Iterator<Item = SourceRef<'r>>) -> Vec<String> {
    sources.map(|source| source.id().to_owned()).collect()
}

fn assertion_ids<'r>(assertions: impl Iterator<Item = AssertionRef<'r>>) -> Vec<String> {
    assertions.map(AssertionRef::id).collect()
}

impl From<SetAsideRef<'_>> for SetAsideDocument {
    fn from(aside: SetAsideRef<'_>) -> Self {
        Self {
            assertion: aside.assertion().id(),
            rule: aside.rule().to_owned(),
            reason: aside.reason().to_owned(),
        }
    }
}

impl From<NoticeRef<'_>> for NoticeDocument {
    fn from(notice: NoticeRef<'_>) -> Self {
        Self { kind: notice.kind(), text: notice.text() }
    }
}

fn numbered((step, taken): (usize, &Step<'_>)) -> StepDocument {
    StepDocument { step, text: taken.text().to_owned(), because: taken.because().to_vec() }
}

impl From<Finding<'_>> for FindingDocument {
    fn from(finding: Finding<'_>) -> Self {
        let steps = finding.steps();
        Self {
            claim: finding.claim().id().to_owned(),
            question: finding.claim().question().to_owned(),
            nature: finding.claim().nature().to_string(),
            verdict: finding.verdict().to_string(),
            dispute: finding.dispute().map(|dispute| dispute.to_string()),
            within_one_side: finding.within_one_side(),
            sides: source_ids(finding.sides()),
            credit: source_ids(finding.credit()),
            common_ground: finding.common_ground(),
            safe_wording: finding.safe_wording(),
            print: finding.print(),
            derived: finding.is_derived(),
            gap: finding.gap().map(str::to_owned),
            unit: finding.claim().unit().map(str::to_owned),
            accounts_total: finding.accounts_total(),
            accounts: finding
                .accounts()
                .map(|account| AccountDocument {
                    answer: account.answer(),
                    stated_by: source_ids(account.stated_by()),
                    sides: source_ids(account.sides()),
                    sources: source_ids(account.sources()),
                    assertions: assertion_ids(account.assertions()),
                })
                .collect(),
            unattributed: assertion_ids(finding.unattributed()),
            withheld: assertion_ids(finding.withheld()),
            does_not_know: assertion_ids(finding.does_not_know()),
            echoes: assertion_ids(finding.echoes()),
            set_aside: finding.set_aside().map(SetAsideDocument::from).collect(),
            notices: finding.notices().map(NoticeDocument::from).collect(),
            why: (1..).zip(&steps).map(numbered).collect(),
        }
    }
}

impl From<ConstraintRef<'_>> for ConstraintDocument {
    fn from(constraint: ConstraintRef<'_>) -> Self {
        let mut ids = constraint.claims().map(|claim| claim.id().to_owned());
        let mut document = Self {
            kind: constraint.kind(),
            whole: None,
            parts: None,
            lesser: None,
            greater: None,
            claims: None,
            status: constraint.status().to_string(),
            why: constraint.why(),
        };
        match constraint.outcome.tied {
            TiedClaims::Sum { .. } => {
                document.whole = ids.next();
                document.parts = Some(ids.collect());
            }
            TiedClaims::AtMost { .. } => {
                document.lesser = ids.next();
                document.greater = ids.next();
            }
            TiedClaims::Equal { .. } => document.claims = Some(ids.collect()),
        }
        document
    }
}

impl From<NotComparableRef<'_>> for NotComparableDocument {
    fn from(entry: NotComparableRef<'_>) -> Self {
        Self {
            topic: entry.topic().to_owned(),
            claims: entry.claims().map(|claim| claim.id().to_owned()).collect(),
            differs_in: entry.differs_in().map(str::to_owned).collect(),
        }
    }
}

/// Serializes a finding field by field, as [`FindingDocument`] has them, without building one: each id is made when it
/// is written. One finding may list each of 200,000 assertions in 64 accounts.
pub(super) struct StreamedFinding<'r>(pub(super) Finding<'r>);

impl Serialize for StreamedFinding<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(finding) = *self;
        let (claim, steps) = (finding.claim(), finding.steps());
        let mut file = to.serialize_struct("Finding", 23)?;
        file.serialize_field("claim", claim.id())?;
        file.serialize_field("question", claim.question())?;
        file.serialize_field("nature", claim.nature().as_str())?;
        file.serialize_field("verdict", finding.verdict().as_str())?;
        file.serialize_field("dispute", &finding.dispute().map(Dispute::as_str))?;
        file.serialize_field("within_one_side", &finding.within_one_side())?;
        file.serialize_field("sides", &StreamedList(|| finding.sides().map(SourceRef::id)))?;
        file.serialize_field("credit", &StreamedList(|| finding.credit().map(SourceRef::id)))?;
        file.serialize_field("common_ground", &finding.common_ground())?;
        file.serialize_field("safe_wording", &finding.safe_wording())?;
        file.serialize_field("print", &finding.print())?;
        file.serialize_field("derived", &finding.is_derived())?;
        file.serialize_field("gap", &finding.gap())?;
        file.serialize_field("unit", &finding.claim().unit())?;
        file.serialize_field("accounts_total", &finding.accounts_total())?;
        file.serialize_field("accounts", &StreamedList(|| finding.accounts().map(StreamedAccount)))?;
        file.serialize_field("unattributed", &StreamedList(|| finding.unattributed().map(AssertionRef::id)))?;
        file.serialize_field("withheld", &StreamedList(|| finding.withheld().map(AssertionRef::id)))?;
        file.serialize_field(
            "does_not_know",
            &StreamedList(|| finding.does_not_know().map(AssertionRef::id)),
        )?;
        file.serialize_field("echoes", &StreamedList(|| finding.echoes().map(AssertionRef::id)))?;
        file.serialize_field("set_aside", &StreamedList(|| finding.set_aside().map(SetAsideDocument::from)))?;
        file.serialize_field("notices", &StreamedList(|| finding.notices().map(NoticeDocument::from)))?;
        file.serialize_field("why", &StreamedList(|| (1..).zip(&steps).map(numbered)))?;
        file.end()
    }
}

/// Serializes an account as [`AccountDocument`] has it, without building one.
struct StreamedAccount<'r>(AccountRef<'r>);

impl Serialize for StreamedAccount<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(account) = *self;
        let mut file = to.serialize_struct("Account", 5)?;
        file.serialize_field("answer", &account.answer())?;
        file.serialize_field("stated_by", &StreamedList(|| account.stated_by().map(SourceRef::id)))?;
        file.serialize_field("sides", &StreamedList(|| account.sides().map(SourceRef::id)))?;
        file.serialize_field("sources", &StreamedList(|| account.sources().map(SourceRef::id)))?;
        file.serialize_field("assertions", &StreamedList(|| account.assertions().map(AssertionRef::id)))?;
        file.end()
    }
}

/// Serializes a report as [`ReportDocument`] has it, one finding at a time.
struct StreamedReport<'r>(&'r Report<'r>);

/// Serializes one finding of a report. Details that the report holds already are used; others are made and dropped.
struct StreamedReportFinding<'r>(&'r Report<'r>, u32);

impl Serialize for StreamedReportFinding<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(report, claim) = *self;
        let (kept, dropped) = (&report.details[claim as usize], OnceLock::new());
        let details = if kept.get().is_some() { kept } else { &dropped };
        StreamedFinding(Finding::new(report.outcome_on(claim), details)).serialize(to)
    }
}

impl Serialize for StreamedReport<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(report) = *self;
        let claims = report.claims.clone();
        let mut file = to.serialize_struct("Report", 9)?;
        file.serialize_field("schema", SCHEMA)?;
        file.serialize_field("title", report.dossier.title())?;
        file.serialize_field("as_of", &report.shared.resolver.as_of.map(|date| date.to_string()))?;
        file.serialize_field("later", &report.later())?;
        file.serialize_field("lints", &report.dossier.lints())?;
        file.serialize_field("tally", &TallyDocument::from(report))?;
        file.serialize_field(
            "findings",
            &StreamedList(|| claims.clone().map(|claim| StreamedReportFinding(report, claim))),
        )?;
        file.serialize_field(
            "constraints",
            &StreamedList(|| report.constraints().map(ConstraintDocument::from)),
        )?;
        file.serialize_field(
            "not_comparable",
            &StreamedList(|| report.not_comparable().map(NotComparableDocument::from)),
        )?;
        file.end()
    }
}

/// So many bytes are written at once: serde writes a word at a time, and a writer may take a while for each.
const BUFFERED: usize = 1 << 16;

impl Report<'_> {
    /// The report as JSON of schema `corroborate-report/2`.
    ///
    /// It is all held in memory; [`write_json`](Self::write_json) doesn't.
    pub fn to_json(&self) -> String {
        let written = serde_json::to_string_pretty(&StreamedReport(self));
        written.unwrap_or_default() // texts, numbers and lists can't fail to be written
    }

    /// Writes the report as JSON, finding by finding. A writer needn't have a buffer of its own.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "12").by("mayor"))?;
    ///
    /// let mut file = Vec::new();
    /// Resolver::standard().resolve(&flood).write_json(&mut file)?;
    /// assert!(String::from_utf8(file)?.contains("corroborate-report/2"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_json(&self, to: impl Write) -> io::Result<()> {
        let mut to = BufWriter::with_capacity(BUFFERED, to);
        serde_json::to_writer_pretty(&mut to, &StreamedReport(self))?;
        to.flush()
    }

    /// Writes the report as JSON without explanations, notices and questions, and with counts in place of lists of
    /// assertions. Its schema is `corroborate-report-brief/2`.
    ///
    /// It is written some findings at a time, so that a writer needn't have a buffer of its own. With the feature `rayon`
    /// some are made on all cores while others are written.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "12").by("mayor"))?;
    ///
    /// let mut file = Vec::new();
    /// Resolver::standard().resolve(&flood).write_brief_json(&mut file)?;
    /// assert!(String::from_utf8(file)?.contains("corroborate-report-brief/2"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_brief_json(&self, to: impl Write) -> io::Result<()> {
        let mut to = to;
        fast_brief::write(self, &mut to)?;
        to.flush()
    }
}
