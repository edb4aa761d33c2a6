//! What every report for people says of a whole dossier, and in which order. Renderings differ only in markup.

use super::finding::{AccountRef, Finding, SetAsideRef};
use super::words::{capital, counted, few};
use super::{ConstraintRef, Report, Status, Verdict};
use crate::dossier::{AssertionRef, ClaimRef, DocumentRef, SourceRef};
use crate::model::assertion::Stance;
use crate::model::claim::Nature;
use crate::model::constraint::ConstraintKind;
use crate::model::date::Date;
use crate::model::lint::{Lint, LintLevel};
use crate::outcome::{NoticeKind, Outcomes};
use crate::wording::people::date_for_people;
use crate::wording::sentences::{self, sentence};

/// At most this many answers are named in one line; the rest is counted.
pub(super) const NAMED: usize = 4;

/// At most this many claims are named under each heading at the top of a report; the rest is counted.
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

/// Things of one sort that an editor must not miss.
pub(super) struct Glance<'r> {
    pub(super) heading: &'static str,
    /// The first few: the claim, and what is said of it.
    pub(super) lines: Vec<(Finding<'r>, String)>,
    pub(super) total: usize,
}

impl<'r> Glance<'r> {
    const HEADINGS: [&'static str; 5] =
        ["Disputed", "Circular sourcing", "Withdrawn or corrected", "Doesn't add up", "No named source"];

    fn add(&mut self, finding: Finding<'r>, line: impl FnOnce() -> String) {
        self.total += 1;
        if self.lines.len() < AT_A_GLANCE {
            self.lines.push((finding, sentence(&line())));
        }
    }
}

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
        let later: usize =
            self.outcomes.iter().flat_map(Outcomes::iter).map(|outcome| outcome.later as usize).sum();
        let counts = [
            counted(dossier.claims().len(), "claim"),
            counted(dossier.assertions().len() - later, "assertion"),
            counted(dossier.sources().len(), "source"),
        ];
        let as_of = self.as_of_in_words().map(|as_of| format!(", as the record stood at the end of {as_of}"));
        format!("{}{}.", counts.join(", "), as_of.unwrap_or_default())
    }

    /// What a reader should look at before anything else. What was merely assumed isn't among it.
    pub(super) fn to_check(&self) -> Vec<Lint> {
        let mut lints = self.dossier.lints();
        lints.retain(|lint| lint.level() == LintLevel::Lint);
        lints
    }

    /// What an editor must not miss: disputes, circular sourcing, what was withdrawn or corrected, what doesn't add up, and
    /// answers without a named source. Each with its heading and the claim that it is about.
    pub(super) fn at_a_glance(&self) -> Vec<Glance<'_>> {
        let mut all = Glance::HEADINGS.map(|heading| Glance { heading, lines: Vec::new(), total: 0 });
        let [disputed, circular, withdrawn, unequal, unsourced] = &mut all;
        for finding in self.findings() {
            let details = finding.details();
            match finding.verdict() {
                Verdict::Disputed => disputed.add(finding, || {
                    let accounts = finding
                        .accounts()
                        .take(NAMED)
                        .map(|account| finding.account_line(account).in_words());
                    let accounts: Vec<String> = accounts.collect();
                    let accounts = sentences::dispute(&accounts, finding.accounts_total() - accounts.len());
                    match finding.printed() {
                        Some(safe) => format!("{}. Print: {safe}", accounts),
                        None => format!(
                            "{accounts}. {}",
                            capital(&sentences::no_neutral_wording(finding.accounts_total()))
                        ),
                    }
                }),
                Verdict::Unattributed => unsourced.add(finding, || {
                    let answers = finding.accounts().take(NAMED).map(AccountRef::answer_for_people);
                    sentences::dispute(
                        &answers.collect::<Vec<_>>(),
                        finding.accounts_total().saturating_sub(NAMED),
                    )
                }),
                _ => {}
            }
            for notice in finding.notices() {
                match notice.kind() {
                    NoticeKind::CircularSourcing => circular.add(finding, || notice.text()),
                    NoticeKind::UnattributedOutside => unsourced.add(finding, || notice.text()),
                    _ => {}
                }
            }
            let gone = |aside: &SetAsideRef<'_>| matches!(aside.rule(), "retracted" | "superseded");
            if !details.set_aside.is_empty() {
                for aside in finding.set_aside().filter(gone) {
                    withdrawn.add(finding, || {
                        format!("{}: {}", aside.assertion().dated_statement(), aside.reason())
                    });
                }
            }
        }
        for constraint in self.constraints().filter(|constraint| constraint.status() == Status::Fails) {
            let Some(claim) = constraint.claims().next() else { continue };
            unequal.add(self.finding_on(claim.index), || {
                format!("{}. {}", constraint.in_words(), capital(&constraint.why()))
            });
        }
        all.into_iter().filter(|glance| glance.total > 0).collect()
    }

    /// What is said at the top where there is nothing not to miss.
    pub(super) fn nothing_to_miss(&self) -> &'static str {
        if self.claims.is_empty() { sentences::NO_CLAIMS } else { sentences::NOTHING_TO_MISS }
    }

    /// The documents that were there by the as-of date.
    pub(super) fn documents_known(&self) -> impl Iterator<Item = DocumentRef<'d>> {
        let as_of = self.shared.resolver.as_of;
        let is_later = move |date: Date| as_of.is_some_and(|as_of| date.last() > as_of.last());
        self.dossier.documents().filter(move |document| !document.published().is_some_and(is_later))
    }

    /// The one document in which everything stands, if there is one.
    pub(super) fn only_document(&self) -> Option<String> {
        let mut documents = self.dossier.documents();
        let one = documents.next().filter(|_| documents.next().is_none())?;
        let published = one.published().map(|date| format!(" ({})", date_for_people(&date.to_string())));
        let all_stand_in_it = self.dossier.assertions().all(|assertion| assertion.document() == Some(one));
        let title = format!("{}{}", document_title(one), published.unwrap_or_default());
        all_stand_in_it.then(|| sentences::all_in_one_document(&title))
    }

    /// The day that was asked about, and how much came later.
    fn as_of_in_words(&self) -> Option<String> {
        let as_of = date_for_people(&self.shared.resolver.as_of?.to_string());
        let later = match self.later() {
            0 => String::new(),
            later => format!("; {}", sentences::later(later)),
        };
        Some(format!("{as_of}{later}"))
    }

    /// How many claims and constraints there are, and how they fare; before that, the day that was asked about.
    pub(super) fn summary(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        lines.extend(self.as_of_in_words().map(|as_of| format!("As of {as_of}")));
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
        lines.extend(self.only_document());
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

impl ConstraintRef<'_> {
    /// What it asks, by the questions of its claims, and the formula for commands; then how it fares.
    pub(super) fn in_words(self) -> String {
        let questions: Vec<String> = self.claims().map(|claim| question_or_id(claim).to_owned()).collect();
        let quoted = |questions: &[String]| few(questions.iter().map(|question| sentences::quoted(question)));
        let asks = match (self.kind(), questions.as_slice()) {
            (ConstraintKind::Sum, [whole, parts @ ..]) => sentences::is_sum(whole, &quoted(parts)),
            (ConstraintKind::AtMost, [lesser, greater]) => sentences::is_at_most(lesser, greater),
            (_, questions) => sentences::are_equal(&quoted(questions)),
        };
        format!("{asks} [{}]: {}", self.formula(str::to_owned), self.fares())
    }

    /// How it fares, in a word or two.
    pub(super) fn fares(self) -> &'static str {
        match self.status() {
            Status::Holds => sentences::fares::HOLDS,
            Status::Fails => sentences::fares::FAILS,
            Status::Open => sentences::fares::OPEN,
        }
    }

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
        Verdict::Disputed => sentences::meaning::DISPUTED,
        Verdict::Unattributed => sentences::meaning::UNATTRIBUTED,
        Verdict::Agreed => sentences::meaning::AGREED,
        Verdict::Compatible => sentences::meaning::COMPATIBLE,
        Verdict::SingleSource => sentences::meaning::SINGLE_SOURCE,
        Verdict::Withheld => sentences::meaning::WITHHELD,
        Verdict::Unaddressed => sentences::meaning::UNADDRESSED,
    }
}

/// Who published the document that an assertion stands in.
pub(super) fn publisher_of(assertion: AssertionRef<'_>) -> Option<SourceRef<'_>> {
    assertion.document().and_then(|document| document.publisher())
}

/// What was literally said, where it was put in other words than those that are shown, or shown in part.
pub(super) fn literal_words(assertion: AssertionRef<'_>) -> Option<String> {
    let shown = assertion.for_people_in_full();
    let said = assertion.said().filter(|said| assertion.stance() == Stance::Affirms && *said != shown);
    // A term's id was said by nobody.
    said.filter(|said| *said != assertion.to_string() && said.replace(',', "") != shown.replace(',', ""))
}

/// A document's title, or its id where it has none.
pub(super) fn document_title(document: DocumentRef<'_>) -> &str {
    document.title().unwrap_or(document.id())
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
