//! The report as Markdown, for a story's notes: headings, lists and one table, which read well raw too.
//!
//! The form is CommonMark, with a table as GitHub has them. Text from outside goes through `escaped` or `prose`, ids
//! through `code` or `claim_anchor`, and addresses through `address`. Nothing else of theirs gets in.

mod escape;

use std::fmt::Write as _;
use std::io;

use super::outline::{
    ORDER, SHOWN, Section, claim_anchor, document_title, literal_words, meaning, question_or_id, web_address,
};
use super::words::{capital, counted, grouped};
use super::{ConstraintRef, Finding, NotComparableRef, Report};
use crate::dossier::columns::Set;
use crate::dossier::{AssertionRef, DocumentRef};
use crate::wording::people::date_for_people;
use crate::wording::sentences::sentence;
use escape::{address, code, escaped, prose};

impl Report<'_> {
    /// Writes the report as Markdown, for a story's notes.
    ///
    /// First how many claims have which verdict, and the disputes at a glance; then each claim under a heading, facts
    /// before assessments and projections, and among each the disputes first; then what ties claims together, and the
    /// documents. A claim is linked to as `#claim-ID`, as it is in [`write_html`](Self::write_html), where raw HTML is
    /// let through.
    ///
    /// It is CommonMark with one table, as GitHub and most others read it. No name, question or quotation becomes
    /// markup; what some programs make of text that is no markup, such as links of mail addresses, is theirs.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("iraq", "Iraq"))?;
    /// raid.add_claim(Claim::count("killed", "How many *fighters* were killed?"))?;
    /// raid.record(Assertion::new("killed", "14").by("iraq"))?;
    ///
    /// let notes = Resolver::standard().resolve(&raid).to_markdown();
    /// assert!(notes.starts_with("# Raid\n"));
    /// assert!(notes.contains(r"### How many \*fighters\* were killed?"));
    /// assert!(notes.contains("**Print:** 14, says Iraq.\n\n- Iraq: 14 (`killed#1`)\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_markdown(&self, mut to: impl io::Write) -> io::Result<()> {
        MarkdownWriter { report: self, to: &mut to }.write()
    }

    /// The report as Markdown, as one text.
    pub fn to_markdown(&self) -> String {
        let mut notes = Vec::new();
        // Writing into memory doesn't fail, and what is written is text.
        let _ = self.write_markdown(&mut notes);
        String::from_utf8(notes).unwrap_or_default()
    }
}

/// The notes, which are written block by block, with a blank line before each.
struct MarkdownWriter<'w> {
    report: &'w Report<'w>,
    to: &'w mut dyn io::Write,
}

impl MarkdownWriter<'_> {
    fn write(&mut self) -> io::Result<()> {
        writeln!(self.to, "# {}", escaped(self.report.title_for_people()))?;
        self.block(&self.report.size())?;
        if self.report.findings().len() > 0 {
            self.tally()?;
        }
        self.please_check()?;
        self.at_a_glance()?;
        for section in self.report.sections() {
            self.section(section)?;
        }
        self.between_claims()?;
        self.documents()
    }

    fn block(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.to, "\n{text}")
    }

    fn heading(&mut self, text: &str) -> io::Result<()> {
        self.block(&format!("## {text}"))
    }

    fn list(&mut self, items: &[String]) -> io::Result<()> {
        if items.is_empty() { Ok(()) } else { self.block(&items.join("\n")) }
    }

    /// How many claims have which verdict, and what that means: the one table, and all of its words are ours.
    fn tally(&mut self) -> io::Result<()> {
        self.block("| Verdict       | Claims | What it says |\n|:--------------|-------:|:-------------|")?;
        for verdict in ORDER {
            let count = self.report.tally(verdict);
            if count > 0 {
                let (name, count) = (verdict.to_string(), grouped(&count.to_string()));
                writeln!(self.to, "| {name:<13} | {count:>6} | {} |", meaning(verdict))?;
            }
        }
        Ok(())
    }

    fn please_check(&mut self) -> io::Result<()> {
        let lints = self.report.to_check();
        if lints.is_empty() {
            return Ok(());
        }
        self.heading("Please check")?;
        self.list(&lints.iter().map(|lint| format!("- {}", escaped(&lint.to_string()))).collect::<Vec<_>>())
    }

    fn at_a_glance(&mut self) -> io::Result<()> {
        self.heading("At a glance")?;
        let all = self.report.at_a_glance();
        if all.is_empty() {
            self.block(self.report.nothing_to_miss())?;
        }
        for glance in all {
            self.block(&format!("**{}**", glance.heading))?;
            let line = |(finding, line): &(Finding<'_>, String)| {
                let claim = finding.claim();
                let question = escaped(question_or_id(claim));
                format!("- [{question}](#{}): {}", claim_anchor(claim.id()), prose(line))
            };
            let mut lines: Vec<String> = glance.lines.iter().map(line).collect();
            let left_out = glance.total - glance.lines.len();
            lines.extend(
                (left_out > 0).then(|| format!("- And {} further down.", grouped(&left_out.to_string()))),
            );
            self.list(&lines)?;
        }
        match self.report.constraints_in_short() {
            Some(ties) => {
                self.block(&format!("{}. They stand [between claims](#between-claims).", capital(&ties)))
            }
            None => Ok(()),
        }
    }

    fn section(&mut self, section: Section<'_>) -> io::Result<()> {
        self.heading(&format!("{}{}", capital(&section.verdict.to_string()), section.nature_suffix()))?;
        section.findings.into_iter().try_for_each(|finding| self.finding(finding))
    }

    fn finding(&mut self, finding: Finding<'_>) -> io::Result<()> {
        let claim = finding.claim();
        self.block(&format!(
            "### {} <a id=\"{}\"></a>",
            escaped(question_or_id(claim)),
            claim_anchor(claim.id())
        ))?;
        let mut particulars = vec![format!("**{}**", capital(&finding.verdict().to_string()))];
        particulars.extend(finding.dispute_in_words().map(str::to_owned));
        particulars.extend((finding.within_one_side() == Some(true)).then(|| "within one side".to_owned()));
        particulars.extend(finding.apart().map(|apart| escaped(&apart)));
        particulars.extend(claim.scope().map(|(dimension, value)| escaped(&format!("{dimension} {value}"))));
        particulars.push(code(claim.id()));
        self.block(&particulars.join(" · "))?;
        if let Some(print) = finding.print_line() {
            self.block(&format!("**Print:** {}", escaped(&sentence(&print))))?;
        }
        self.list(&voices(finding))?;
        if let Some(why) = finding.why_in_short() {
            self.block(&format!("**Why:** {}", prose(&why)))?;
        }
        for (what, remark) in finding.remarks() {
            self.block(&format!("**{}:** {}", capital(what), prose(&remark)))?;
        }
        Ok(())
    }

    fn between_claims(&mut self) -> io::Result<()> {
        if self.report.constraints().len() > 0 {
            self.heading("Between claims <a id=\"between-claims\"></a>")?;
            let lines: Vec<String> = self.report.constraints().map(constraint).collect();
            self.list(&lines)?;
        }
        if self.report.not_comparable().len() > 0 {
            self.heading("Not comparable")?;
            let entry = |entry: NotComparableRef<'_>| format!("- {}", escaped(&sentence(&entry.in_words())));
            let lines: Vec<String> = self.report.not_comparable().map(entry).collect();
            self.list(&lines)?;
        }
        Ok(())
    }

    /// Where it all stands.
    fn documents(&mut self) -> io::Result<()> {
        let lines: Vec<String> = self.report.documents_known().map(document).collect();
        if !lines.is_empty() {
            self.heading("Documents")?;
        }
        self.list(&lines)
    }
}

/// Who says what, answer by answer, then what fits none of them, and who says nothing.
fn voices(finding: Finding<'_>) -> Vec<String> {
    let several = finding.accounts_total() > 1;
    let indent = if several { "  " } else { "" };
    let line = |indent: &str, said: &str, assertion| {
        format!("{indent}- {}{}", escaped(said), citation(assertion, indent))
    };
    let voice = |indent, assertion| {
        line(indent, &finding.statement_line(assertion, |by| finding.name_with_side(by), ""), assertion)
    };
    let mut lines = Vec::new();
    let mut fitting: Set<u32> = Set::default();
    for (n, account) in finding.accounts().enumerate() {
        if several {
            let either = if n == 0 { "Either" } else { "Or" };
            lines.push(format!("- {either} **{}**", escaped(&account.answer_for_people())));
        }
        fitting.extend(account.assertions().map(|assertion| assertion.index));
        lines.extend(account.assertions().take(SHOWN).map(|assertion| voice(indent, assertion)));
        let more = left_out(account.assertions().len(), "more statement");
        lines.extend(more.map(|more| format!("{indent}{more}")));
    }
    match finding.accounts_left_out() {
        0 => {
            let outside = finding.unattributed().filter(|assertion| !fitting.contains(&assertion.index));
            let outside: Vec<AssertionRef<'_>> = outside.collect();
            lines.extend(outside.iter().take(SHOWN).map(|assertion| voice("", *assertion)));
            lines.extend(left_out(outside.len(), "more statement"));
        }
        more => lines.push(format!("- And {}", counted(more, "more account"))),
    }
    lines.extend(finding.silences().take(SHOWN).map(|(silence, assertion)| line("", &silence, assertion)));
    lines.extend(left_out(finding.withheld().len() + finding.does_not_know().len(), "more silence"));
    if finding.known().next().is_none() {
        lines.push("- Nobody says.".to_owned());
    }
    lines
}

/// How many of so many there are beyond those that are shown.
fn left_out(all: usize, what: &str) -> Option<String> {
    let more = all.saturating_sub(SHOWN);
    (more > 0).then(|| format!("- and {}", counted(more, what)))
}

/// The assertion's id, how it was put, when and where; below it the quotation and the note.
fn citation(assertion: AssertionRef<'_>, indent: &str) -> String {
    let mut parts = vec![code(&assertion.id())];
    parts.extend(literal_words(assertion).map(|said| format!("in the words “{}”", escaped(&said))));
    parts.extend(assertion.asserted().map(|date| date_for_people(&date.to_string())));
    parts.extend(assertion.valid_at().map(|date| format!("as of {}", date_for_people(&date.to_string()))));
    parts.extend(assertion.unit().map(|unit| format!("in {}", escaped(unit))));
    // Of a single document its name needn't be said each time.
    let several = assertion.dossier.documents().len() > 1;
    parts.extend(assertion.document().filter(|_| several).map(|document| escaped(document_title(document))));
    parts.extend(assertion.locator().map(escaped));
    let mut words = format!(" ({})", parts.join(", "));
    if let Some(quote) = assertion.quote() {
        let _ = write!(words, "\n{indent}  - “{}”", escaped(quote));
    }
    if let Some(note) = assertion.note() {
        let _ = write!(words, "\n{indent}  - {}", escaped(note));
    }
    words
}

fn constraint(constraint: ConstraintRef<'_>) -> String {
    format!(
        "- {}: **{}**. {}",
        constraint.formula(link),
        constraint.status(),
        prose(&sentence(&constraint.why()))
    )
}

fn link(claim: &str) -> String {
    format!("[{}](#{})", code(claim), claim_anchor(claim))
}

fn document(document: DocumentRef<'_>) -> String {
    let title = escaped(document_title(document));
    let mut parts = vec![match web_address(document) {
        Some(url) => format!("[{title}]({})", address(url)),
        None => title,
    }];
    parts.extend(document.publisher().map(|publisher| escaped(publisher.name())));
    parts.extend(document.published().map(|date| date_for_people(&date.to_string())));
    format!("- {}", parts.join(", "))
}
