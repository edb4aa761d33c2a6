//! The report for a terminal: disputes first, then what nobody put their name to, then the rest.

use std::io;

use super::finding::Finding;
use super::trace::sentence;
use super::words::{assertion_for_people, names};
use super::{Report, Status, Verdict};
use crate::model::claim::Nature;

/// In which order an editor wants to see the verdicts.
const ORDER: [Verdict; 7] = [
    Verdict::Disputed,
    Verdict::Unattributed,
    Verdict::Agreed,
    Verdict::Compatible,
    Verdict::SingleSource,
    Verdict::Withheld,
    Verdict::Unaddressed,
];

/// How wide lines may be.
const WIDTH: usize = 100;

impl Report<'_> {
    /// Writes the report for people to read in a terminal.
    ///
    /// Facts come before assessments and projections, and among each the disputes come first, then what is
    /// unattributed, then the rest.
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_text(&self, mut to: impl io::Write) -> io::Result<()> {
        let mut page = Page { to: &mut to };
        self.heading(&mut page)?;
        for nature in Nature::ALL {
            for verdict in ORDER {
                let mut findings =
                    self.findings().filter(|f| f.verdict() == verdict && f.claim().nature() == *nature).peekable();
                if findings.peek().is_none() {
                    continue;
                }
                let of = match nature {
                    Nature::Fact => "",
                    Nature::Assessment => ", assessments",
                    Nature::Projection => ", projections",
                };
                page.line(0, "")?;
                page.line(0, &format!("{}{of}", verdict.to_string().to_uppercase()))?;
                for finding in findings {
                    self.finding_text(finding, &mut page)?;
                }
            }
        }
        self.between_claims(&mut page)
    }

    /// The report for people, as one text.
    pub fn to_text(&self) -> String {
        let mut text = Vec::new();
        // Writing into memory doesn't fail, and what is written is text.
        let _ = self.write_text(&mut text);
        String::from_utf8(text).unwrap_or_default()
    }

    fn heading(&self, page: &mut Page<'_>) -> io::Result<()> {
        let title = self.dossier.title();
        page.line(0, if title.is_empty() { "Untitled dossier" } else { title })?;
        if let Some(as_of) = self.bench.resolver.as_of {
            page.line(0, &format!("as of {as_of}"))?;
        }
        let counts: Vec<String> = ORDER
            .iter()
            .filter(|verdict| self.tally(**verdict) > 0)
            .map(|verdict| format!("{} {verdict}", self.tally(*verdict)))
            .collect();
        let claims = self.outcomes.len();
        let total = format!("{claims} claim{}", if claims == 1 { "" } else { "s" });
        page.line(0, &if counts.is_empty() { total } else { format!("{total}: {}", counts.join(", ")) })?;
        // A sum that fails is news, and stands at the end: the beginning says so.
        let ties = self.constraints().len();
        if ties > 0 {
            let faring = |status: Status| self.constraints().filter(|tie| tie.status() == status).count();
            let counts =
                [(Status::Fails, "fail", "fails"), (Status::Open, "open", "open"), (Status::Holds, "hold", "holds")]
                    .map(|(status, several, one)| (faring(status), several, one))
                    .into_iter()
                    .filter(|(count, ..)| *count > 0)
                    .map(|(count, several, one)| format!("{count} {}", if count == 1 { one } else { several }));
            let counts: Vec<String> = counts.collect();
            page.line(0, &format!("{ties} constraint{}: {}", if ties == 1 { "" } else { "s" }, counts.join(", ")))?;
        }
        Ok(())
    }

    fn finding_text(&self, finding: Finding<'_>, page: &mut Page<'_>) -> io::Result<()> {
        page.line(0, "")?;
        page.line(2, &format!("{}  [{}]", finding.claim().question(), finding.claim().id()))?;
        if let Some(print) = finding.print_text() {
            page.line(4, &print)?;
        }
        self.accounts_text(finding, page)?;
        for withheld in finding.withheld() {
            let who = names(withheld.by());
            let who = if who.is_empty() { "the document".to_owned() } else { who };
            page.line(4, &format!("{who}: declined to say ({})", withheld.id()))?;
        }
        for silent in finding.does_not_know() {
            page.line(4, &format!("{}: don't know ({})", names(silent.by()), silent.id()))?;
        }
        if let Some(why) = finding.why_text() {
            page.line(4, &why)?;
        }
        for aside in finding.set_aside() {
            page.line(4, &format!("set aside: {}", aside.in_words()))?;
        }
        let echoes: Vec<String> = finding.echoes().map(|echo| echo.id()).collect();
        if !echoes.is_empty() {
            page.line(4, &format!("echo: {}, which repeats and doesn't corroborate", echoes.join(", ")))?;
        }
        for notice in finding.notices() {
            page.line(4, &format!("note: {}", notice.text()))?;
        }
        Ok(())
    }

    fn accounts_text(&self, finding: Finding<'_>, page: &mut Page<'_>) -> io::Result<()> {
        let several = finding.accounts_total() > 1;
        for account in finding.accounts() {
            if several {
                page.line(4, &format!("either {}", account.answer_for_people()))?;
            }
            for assertion in account.assertions() {
                self.said_text(finding, assertion, if several { 6 } else { 4 }, page)?;
            }
        }
        let listed = finding.accounts().len();
        if listed < finding.accounts_total() {
            page.line(4, &format!("and {} more accounts", finding.accounts_total() - listed))?;
        }
        Ok(())
    }

    fn said_text(
        &self,
        finding: Finding<'_>,
        assertion: crate::AssertionRef<'_>,
        indent: usize,
        page: &mut Page<'_>,
    ) -> io::Result<()> {
        let unattributed = finding.outcome.unattributed.contains(&assertion.index);
        let mut who = names(assertion.by());
        if assertion.by().len() > 1 {
            who.push_str(" (jointly)");
        }
        let via = names(assertion.via());
        if !via.is_empty() {
            who = format!("{who} (relayed by {via})");
        }
        let mut said = assertion_for_people(assertion);
        if let Some(widened) = finding.outcome.widened.iter().find(|widened| widened.assertion == assertion.index) {
            said = format!("{said}, read as {}", widened.read.for_people(self.dossier));
        }
        let id = assertion.id();
        match (unattributed, who.is_empty()) {
            (true, true) => page.line(indent, &format!("{said}, attributed to nobody ({id})")),
            (true, false) => page.line(indent, &format!("{who}: {said}, which goes back to nobody ({id})")),
            _ => page.line(indent, &format!("{who}: {said} ({id})")),
        }
    }

    fn between_claims(&self, page: &mut Page<'_>) -> io::Result<()> {
        if self.constraints().len() > 0 {
            page.line(0, "")?;
            page.line(0, "BETWEEN CLAIMS")?;
        }
        for constraint in self.constraints() {
            let ids: Vec<&str> = constraint.claims().map(|claim| claim.id()).collect();
            let formula = match (constraint.kind(), ids.as_slice()) {
                ("sum", [whole, parts @ ..]) => format!("{whole} = {}", parts.join(" + ")),
                ("at-most", ids) => ids.join(" ≤ "),
                (_, ids) => ids.join(" = "),
            };
            page.line(0, "")?;
            page.line(2, &format!("{formula}: {}", constraint.status()))?;
            page.line(4, constraint.why())?;
        }
        if self.not_comparable().len() > 0 {
            page.line(0, "")?;
            page.line(0, "NOT COMPARABLE")?;
        }
        for entry in self.not_comparable() {
            let ids: Vec<&str> = entry.claims().map(|claim| claim.id()).collect();
            let differs: Vec<&str> = entry.differs_in().collect();
            page.line(0, "")?;
            page.line(2, &format!("{}: {} differ in {}", entry.topic(), ids.join(", "), differs.join(", ")))?;
        }
        Ok(())
    }
}

impl Finding<'_> {
    /// What can be printed, and whom to credit; nothing where nobody put their name to an answer.
    pub(super) fn print_text(self) -> Option<String> {
        let safe = self.outcome.safe_wording.as_ref().map(|words| words.for_people(self.dossier()));
        match (self.verdict(), safe) {
            (Verdict::Unattributed | Verdict::Withheld | Verdict::Unaddressed, _) => None,
            (Verdict::SingleSource, Some(safe)) => Some(format!("print: {safe}, crediting {}", names(self.credit()))),
            (_, Some(safe)) => Some(format!("print: {safe}")),
            (_, None) => Some("print: nothing that takes no side; name who says what".to_owned()),
        }
    }

    /// What the explanation concludes, where the verdict alone doesn't say why.
    pub(super) fn why_text(self) -> Option<String> {
        if !matches!(self.verdict(), Verdict::Disputed | Verdict::Agreed | Verdict::Compatible) {
            return None;
        }
        let steps = self.steps();
        let conclusions = steps.iter().filter(|step| !step.because().is_empty());
        let why: Vec<String> = conclusions.map(|step| sentence(step.text())).collect();
        Some(format!("why: {}", why.join(" ")))
    }
}

/// A page of text, whose lines are broken where they grow too long.
pub(super) struct Page<'w> {
    pub(super) to: &'w mut dyn io::Write,
}

impl Page<'_> {
    pub(super) fn line(&mut self, indent: usize, text: &str) -> io::Result<()> {
        let mut width = 0;
        for word in text.split(' ') {
            let length = word.chars().count();
            if width > 0 && width + 1 + length > WIDTH {
                write!(self.to, "\n{:1$}", "", indent + 2)?;
                width = indent + 2;
            } else if width > 0 {
                self.to.write_all(b" ")?;
                width += 1;
            } else if !text.is_empty() {
                write!(self.to, "{:indent$}", "")?;
                width = indent;
            }
            for c in word.chars() {
                // A control character in somebody's text must not drive the reader's terminal.
                write!(self.to, "{}", if c.is_control() { '\u{fffd}' } else { c })?;
            }
            width += length;
        }
        self.to.write_all(b"\n")
    }
}
