//! The report for a terminal: disputes first, then what nobody put their name to, then the rest.

mod bars;

use std::collections::HashMap;
use std::io;

use unicode_width::UnicodeWidthChar;

use super::finding::Finding;
use super::in_words::where_and_when;
use super::outline::{SHOWN, question_or_id};
use super::words::{capital, counted, grouped, harmless};
use super::{Report, Verdict};
use crate::dossier::AssertionRef;
use crate::dossier::columns::Set;
use crate::model::hashing::FixedState;
use crate::wording::sentences::{self, sentence};

/// How a report is set for a terminal: how wide, and whether in colour.
///
/// The library looks at no terminal and no environment. Whoever knows them says so; the command does.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, TextLayout};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "12").by("mayor"))?;
///
/// let report = Resolver::standard().resolve(&flood);
/// let mut text = Vec::new();
/// report.write_text_as(TextLayout::default().width(40), &mut text)?;
/// assert_eq!(String::from_utf8(text)?, "\
/// Flood at Varn
/// 1 claim: 1 single-source
///
/// AT A GLANCE
///
///   Nothing is disputed, circular,
///     withdrawn or without a named source.
///
/// SINGLE-SOURCE
///
///   How many people are missing?
///     [missing]
///     Print: 12, says the mayor of Varn.
///     The mayor of Varn: 12 [missing#1]
/// ");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextLayout {
    width: usize,
    in_colour: bool,
    short: bool,
    details: bool,
}

impl Default for TextLayout {
    /// A hundred columns, without colour.
    fn default() -> Self {
        Self { width: 100, in_colour: false, short: false, details: false }
    }
}

impl TextLayout {
    /// Sets how many columns a line may take. A word that is longer than that stays whole, and below 20 none is kept.
    #[must_use]
    pub fn width(mut self, columns: usize) -> Self {
        self.width = columns.max(20);
        self
    }

    /// Keeps what an editor must not miss: what to check, what stands at a glance, and the disputes.
    ///
    /// ```
    /// use corroborate::{Claim, Dossier, Resolver, TextLayout};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// let mut text = Vec::new();
    /// Resolver::standard().resolve(&flood).write_text_as(TextLayout::default().short(), &mut text)?;
    /// assert!(!String::from_utf8(text)?.contains("How many people are missing?"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn short(mut self) -> Self {
        self.short = true;
        self
    }

    /// Puts the date, the document and the quotation beside each statement. Without it they stand where a claim's answers are
    /// of several dates.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, TextLayout};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "12").by("mayor").asserted("2031-04-01"))?;
    /// let mut text = Vec::new();
    /// Resolver::standard().resolve(&flood).write_text_as(TextLayout::default().details(), &mut text)?;
    /// assert!(String::from_utf8(text)?.contains("The mayor of Varn: 12, 1 April 2031 [missing#1]"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn details(mut self) -> Self {
        self.details = true;
        self
    }

    /// Sets verdicts in colour, and questions in bold, by the escape sequences that terminals know (ECMA-48, SGR).
    ///
    /// Colour never says what the words don't.
    #[must_use]
    pub fn in_colour(mut self) -> Self {
        self.in_colour = true;
        self
    }
}

impl Report<'_> {
    /// Writes the report for people to read in a terminal, a hundred columns wide and without colour.
    ///
    /// Facts come before assessments and projections, and among each the disputes come first, then what is
    /// unattributed, then the rest. Whatever could drive a terminal or turn the direction of writing around is shown
    /// as `\u{fffd}`.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "12").by("mayor"))?;
    ///
    /// let mut text = Vec::new();
    /// Resolver::standard().resolve(&flood).write_text(&mut text)?;
    /// assert!(String::from_utf8(text)?.contains("Print: 12, says the mayor of Varn"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_text(&self, to: impl io::Write) -> io::Result<()> {
        self.write_text_as(TextLayout::default(), to)
    }

    /// Writes the report as [`write_text`](Self::write_text) does, in a layout of your own.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "12").by("mayor"))?;
    ///
    /// let layout = corroborate::TextLayout::default().width(60);
    /// let mut text = Vec::new();
    /// Resolver::standard().resolve(&flood).write_text_as(layout, &mut text)?;
    /// assert!(String::from_utf8(text)?.lines().all(|line| line.len() <= 60));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_text_as(&self, layout: TextLayout, mut to: impl io::Write) -> io::Result<()> {
        let mut page = TextPage { to: &mut to, layout };
        page.styled_line(0, &[(TextStyle::Strong, self.title_for_people())])?;
        for line in self.summary() {
            page.line(0, &line)?;
        }
        let to_check = self.to_check();
        if !to_check.is_empty() {
            page.heading(TextStyle::Strong, "PLEASE CHECK")?;
        }
        for lint in to_check {
            page.line(0, "")?;
            page.line(2, &lint.to_string())?;
        }
        self.glance_text(&mut page)?;
        for section in self.sections() {
            if layout.short && section.verdict != Verdict::Disputed {
                continue;
            }
            page.heading(
                TextStyle::of(section.verdict),
                &format!("{}{}", section.verdict.to_string().to_uppercase(), section.nature_suffix()),
            )?;
            for finding in section.findings {
                finding_text(finding, &mut page)?;
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

    /// What an editor must not miss, before all else.
    fn glance_text(&self, page: &mut TextPage<'_>) -> io::Result<()> {
        page.heading(TextStyle::Strong, "AT A GLANCE")?;
        let all = self.at_a_glance();
        if all.is_empty() {
            page.line(0, "")?;
            return page.line(2, self.nothing_to_miss());
        }
        for glance in all {
            page.line(0, "")?;
            let count = if glance.total > 1 {
                format!(" ({})", grouped(&glance.total.to_string()))
            } else {
                String::new()
            };
            page.styled_line(2, &[(TextStyle::Strong, glance.heading), (TextStyle::Strong, &count)])?;
            for (finding, line) in &glance.lines {
                let question = question_or_id(finding.claim());
                page.styled_line(
                    4,
                    &[(TextStyle::Plain, question), (TextStyle::Plain, " "), (TextStyle::Plain, line)],
                )?;
            }
            let more = glance.total - glance.lines.len();
            if more > 0 {
                page.line(4, &format!("and {} further down", grouped(&more.to_string())))?;
            }
        }
        Ok(())
    }

    fn between_claims(&self, page: &mut TextPage<'_>) -> io::Result<()> {
        if page.layout.short {
            return Ok(());
        }
        if self.constraints().len() > 0 {
            page.heading(TextStyle::Strong, "BETWEEN CLAIMS")?;
        }
        for constraint in self.constraints() {
            page.line(0, "")?;
            page.line(2, &constraint.in_words())?;
            page.line(4, &sentence(&constraint.why()))?;
        }
        if self.not_comparable().len() > 0 {
            page.heading(TextStyle::Strong, "NOT COMPARABLE")?;
        }
        for entry in self.not_comparable() {
            page.line(0, "")?;
            page.line(2, &sentence(&entry.in_words()))?;
        }
        Ok(())
    }
}

/// A label, then what it is about.
fn labelled(page: &mut TextPage<'_>, style: TextStyle, label: &str, text: &str) -> io::Result<()> {
    page.styled_line(4, &[(style, label), (style, ":"), (TextStyle::Plain, " "), (TextStyle::Plain, text)])
}

fn finding_text(finding: Finding<'_>, page: &mut TextPage<'_>) -> io::Result<()> {
    page.line(0, "")?;
    let id = format!("  [{}]", finding.claim().id());
    page.styled_line(2, &[(TextStyle::Strong, finding.claim().question()), (TextStyle::Faint, &id)])?;
    if let Some(print) = finding.print_line() {
        labelled(page, TextStyle::Strong, "Print", &sentence(&print))?;
    }
    for bar in bars::bars(finding, page.layout.width).into_iter().flatten() {
        page.preformatted_line(4, &bar)?;
    }
    statements_text(finding, page)?;
    for (silence, assertion) in finding.silences().take(SHOWN) {
        page.statement(4, assertion, &silence)?;
    }
    page.left_out(4, finding.withheld().len() + finding.does_not_know().len(), "more silence")?;
    // What can be printed of a dispute names who says what already.
    let why = finding
        .why_in_short()
        .filter(|_| finding.verdict() != Verdict::Disputed || finding.dispute_in_words().is_some());
    if let Some(why) = why {
        labelled(page, TextStyle::Faint, "Why", &why)?;
    }
    for (what, remark) in finding.remarks() {
        labelled(page, TextStyle::Faint, &capital(what), &remark)?;
    }
    Ok(())
}

/// Who says what, each once: under the answer of the one account that it is in, or behind all of them where it fits several.
fn statements_text(finding: Finding<'_>, page: &mut TextPage<'_>) -> io::Result<()> {
    if finding.accounts_total() < 2 {
        let mut all: Vec<AssertionRef<'_>> = finding.accounts().flat_map(|only| only.assertions()).collect();
        let fitting: Set<u32> = all.iter().map(|assertion| assertion.index).collect();
        all.extend(finding.unattributed().filter(|assertion| !fitting.contains(&assertion.index)));
        return page.statements(4, finding, &all);
    }
    let mut accounts_of: HashMap<u32, usize, FixedState> = HashMap::default();
    for account in finding.accounts() {
        account.assertions().for_each(|assertion| *accounts_of.entry(assertion.index).or_default() += 1);
    }
    let mut fits_several: Vec<AssertionRef<'_>> = Vec::new();
    for account in finding.accounts() {
        let (own, shared): (Vec<AssertionRef<'_>>, Vec<AssertionRef<'_>>) =
            account.assertions().partition(|assertion| accounts_of[&assertion.index] == 1);
        fits_several.extend(shared);
        let answer = account.answer_for_people();
        page.styled_line(4, &[(TextStyle::of(finding.verdict()), &answer)])?;
        page.statements(6, finding, &own)?;
        if own.is_empty() {
            // What all of its statements leave together, and none of them says alone.
            page.line(6, &sentences::fits(&finding.account_line(account).everybody()))?;
        }
    }
    fits_several.sort_unstable_by_key(|assertion| assertion.index);
    fits_several.dedup();
    fits_several
        .extend(finding.unattributed().filter(|assertion| !accounts_of.contains_key(&assertion.index)));
    let (outside, inside): (Vec<AssertionRef<'_>>, Vec<AssertionRef<'_>>) =
        fits_several.into_iter().partition(|assertion| !accounts_of.contains_key(&assertion.index));
    for (heading, some) in [(sentences::FITS_SEVERAL, inside), (sentences::FITS_NONE, outside)] {
        if !some.is_empty() && finding.accounts_left_out() == 0 {
            page.styled_line(4, &[(TextStyle::Faint, heading)])?;
            page.statements(6, finding, &some)?;
        }
    }
    match finding.accounts_left_out() {
        0 => Ok(()),
        more => page.line(4, &format!("and {}", counted(more, "more answer"))),
    }
}

/// How words are set, where there is colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextStyle {
    Plain,
    Strong,
    Faint,
    /// A colour of the terminal's own, by its number among the first eight.
    Colour(u8),
}

impl TextStyle {
    pub(super) fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Disputed => Self::Colour(1),
            Verdict::Unattributed => Self::Colour(3),
            Verdict::Agreed => Self::Colour(2),
            Verdict::Compatible => Self::Colour(6),
            Verdict::SingleSource => Self::Colour(4),
            Verdict::Withheld => Self::Colour(5),
            Verdict::Unaddressed => Self::Faint,
        }
    }
}

/// A page of text, whose lines are broken where they grow too long.
pub(super) struct TextPage<'w> {
    pub(super) to: &'w mut dyn io::Write,
    pub(super) layout: TextLayout,
}

impl TextPage<'_> {
    fn heading(&mut self, style: TextStyle, text: &str) -> io::Result<()> {
        self.line(0, "")?;
        self.styled_line(0, &[(style, text)])
    }

    /// Statements, each on a line of its own; of very many the first.
    fn statements<'r>(
        &mut self,
        indent: usize,
        finding: Finding<'r>,
        all: &[AssertionRef<'r>],
    ) -> io::Result<()> {
        for assertion in all.iter().take(SHOWN) {
            let with_details = self.layout.details || finding.has_several_dates();
            let place = if with_details { where_and_when(*assertion) } else { String::new() };
            let line = finding.statement_line(*assertion, |source| source.name().to_owned(), &place);
            self.statement(indent, *assertion, &line)?;
            if let Some(quote) = assertion.quote().filter(|_| with_details) {
                self.line(indent + 2, &format!("“{quote}”"))?;
            }
        }
        self.left_out(indent, all.len(), "more statement")
    }

    /// One statement, and its id for commands.
    fn statement(&mut self, indent: usize, assertion: AssertionRef<'_>, line: &str) -> io::Result<()> {
        let id = format!(" [{}]", assertion.id());
        self.styled_line(indent, &[(TextStyle::Plain, line), (TextStyle::Faint, &id)])
    }

    /// How many of so many there are beyond those that are shown.
    fn left_out(&mut self, indent: usize, all: usize, what: &str) -> io::Result<()> {
        match all.saturating_sub(SHOWN) {
            0 => Ok(()),
            more => self.line(indent, &format!("and {}", counted(more, what))),
        }
    }

    pub(super) fn line(&mut self, indent: usize, text: &str) -> io::Result<()> {
        self.styled_line(indent, &[(TextStyle::Plain, text)])
    }

    /// A line that is never broken, for what stands in columns.
    fn preformatted_line(&mut self, indent: usize, text: &str) -> io::Result<()> {
        let legible: String = text.chars().map(harmless).collect();
        writeln!(self.to, "{:indent$}{legible}", "")
    }

    /// A line of parts, each in an style of its own, broken at spaces.
    pub(super) fn styled_line(&mut self, indent: usize, parts: &[(TextStyle, &str)]) -> io::Result<()> {
        // A word may be made of several parts, between which there is no space.
        let mut words: Vec<Vec<(TextStyle, &str)>> = vec![Vec::new()];
        for (style, text) in parts {
            for (nth, piece) in text.split(' ').enumerate() {
                if nth > 0 {
                    words.push(Vec::new());
                }
                if let Some(word) = words.last_mut().filter(|_| !piece.is_empty()) {
                    word.push((*style, piece));
                }
            }
        }
        let (mut column, mut gap) = (0, 0);
        let mut style = TextStyle::Plain;
        for (nth, word) in words.iter().enumerate() {
            gap += usize::from(nth > 0);
            if word.is_empty() {
                continue;
            }
            let length: usize = word.iter().flat_map(|(_, piece)| piece.chars()).map(columns).sum();
            if column == 0 {
                write!(self.to, "{:indent$}", "")?;
                column = indent;
            } else if column > indent && column + gap + length > self.layout.width {
                self.change_style(&mut style, TextStyle::Plain)?;
                write!(self.to, "\n{:1$}", "", indent + 2)?;
                column = indent + 2;
            } else {
                write!(self.to, "{:gap$}", "")?;
                column += gap;
            }
            gap = 0;
            for (wanted, piece) in word {
                self.change_style(&mut style, *wanted)?;
                for c in piece.chars() {
                    write!(self.to, "{}", harmless(c))?;
                }
            }
            column += length;
        }
        self.change_style(&mut style, TextStyle::Plain)?;
        self.to.write_all(b"\n")
    }

    /// Sets what follows in another style, where there is colour.
    fn change_style(&mut self, from: &mut TextStyle, to: TextStyle) -> io::Result<()> {
        if !self.layout.in_colour || *from == to {
            return Ok(());
        }
        if *from != TextStyle::Plain {
            self.to.write_all(b"\x1b[0m")?;
        }
        *from = to;
        match to {
            TextStyle::Plain => Ok(()),
            TextStyle::Strong => self.to.write_all(b"\x1b[1m"),
            TextStyle::Faint => self.to.write_all(b"\x1b[2m"),
            TextStyle::Colour(number) => write!(self.to, "\x1b[1;3{number}m"),
        }
    }
}

/// How many columns a character takes: two for most of East Asia's, none for what combines with the one before.
fn columns(c: char) -> usize {
    harmless(c).width().unwrap_or(1)
}
