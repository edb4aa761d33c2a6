//! A timeline for people: what changed stands first, then who changed it, then what can be printed and why.

use std::collections::{HashMap, HashSet};
use std::io;

use super::{Change, Timeline, TimelineEntry};
use crate::dossier::{AssertionRef, SourceRef};
use crate::outcome::{Notice, Verdict, Words};
use crate::report::finding;
use crate::report::finding::Finding;
use crate::report::text::{TextLayout, TextPage, TextStyle};
use crate::report::words::{few, listed};
use crate::wording::people::date_for_people;
use crate::wording::sentences::{self, sentence};

/// So many accounts are listed before the rest is counted.
const SHOWN: usize = 8;

impl Timeline<'_> {
    /// Writes the timeline for people to read in a terminal.
    ///
    /// Each entry's first line says what changed and from what to what: the verdict and the common ground. Below stand
    /// who was heard, what no longer counts, what can be printed now, and why.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "12").by("mayor"))?;
    ///
    /// let timeline = Resolver::standard().timeline(&flood, "missing").ok_or("no such claim")?;
    /// let mut text = Vec::new();
    /// timeline.write_text(&mut text)?;
    /// assert!(String::from_utf8(text)?.starts_with("How many people are missing?  [missing]"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_text(&self, to: impl io::Write) -> io::Result<()> {
        self.write_text_as(TextLayout::default(), to)
    }

    /// Writes the timeline as [`write_text`](Self::write_text) does, in a layout of your own.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "12").by("mayor"))?;
    ///
    /// let timeline = Resolver::standard().timeline(&flood, "missing").ok_or("no such claim")?;
    /// let layout = corroborate::TextLayout::default().width(60);
    /// let mut text = Vec::new();
    /// timeline.write_text_as(layout, &mut text)?;
    /// assert!(String::from_utf8(text)?.lines().all(|line| line.len() <= 60));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_text_as(&self, layout: TextLayout, mut to: impl io::Write) -> io::Result<()> {
        let mut page = TextPage { to: &mut to, layout };
        let id = format!("  [{}]", self.claim().id());
        page.styled_line(0, &[(TextStyle::Strong, self.claim().question()), (TextStyle::Faint, &id)])?;
        if let Some(as_of) = self.shared.resolver.as_of {
            page.line(0, &format!("As of {}", date_for_people(&as_of.to_string())))?;
        }
        let mut entries = self.entries().peekable();
        if entries.peek().is_none() {
            page.line(0, "")?;
            page.line(0, "Nobody has said anything.")?;
        }
        for (number, entry) in entries.enumerate() {
            page.line(0, "")?;
            entry.text(number == 0, &mut page)?;
        }
        Ok(())
    }

    /// The timeline for people, as one text.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "30").by("mayor").asserted("2031-04-01"))?;
    /// flood.record(Assertion::new("missing", "12").by("mayor").asserted("2031-04-03"))?;
    ///
    /// let timeline = Resolver::standard().timeline(&flood, "missing").ok_or("no such claim")?;
    /// assert!(timeline.to_text().contains("3 April 2031  single-source, 30 → 12\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_text(&self) -> String {
        let mut text = Vec::new();
        // Writing into memory doesn't fail, and what is written is text.
        let _ = self.write_text(&mut text);
        String::from_utf8(text).unwrap_or_default()
    }
}

impl TimelineEntry<'_> {
    fn text(&self, is_first: bool, page: &mut TextPage<'_>) -> io::Result<()> {
        let changes: HashSet<Change> = self.changes().collect();
        let changed = |any_of: &[Change]| any_of.iter().any(|change| changes.contains(change));
        let (before, now) = (self.before(), self.finding());
        let style = if changes.is_empty() { TextStyle::Faint } else { TextStyle::of(now.verdict()) };
        let headline = self.headline(is_first, changes.is_empty());
        page.styled_line(
            0,
            &[(TextStyle::Strong, &self.label()), (TextStyle::Plain, "  "), (style, &headline)],
        )?;
        for heard in self.heard() {
            page.line(2, &self.heard_text(heard))?;
        }
        let aside: HashSet<u32> = now.details().set_aside.iter().map(|aside| aside.assertion).collect();
        for withdrawn in self.withdrawn().filter(|withdrawn| !aside.contains(&withdrawn.index)) {
            page.line(2, &format!("withdrawn: {}, and no rule sets it aside", withdrawn.dated_statement()))?;
        }
        for aside in self.newly_set_aside() {
            let (assertion, reason) = (aside.assertion(), aside.reason());
            page.line(
                2,
                &format!("set aside: {}: {reason} [{}]", assertion.dated_statement(), aside.rule()),
            )?;
        }
        for again in self.stands_again() {
            page.line(2, &format!("stands again: {}", again.dated_statement()))?;
        }
        self.loosened_text(page)?;
        self.echoes_text(page)?;
        if changed(&[Change::Accounts]) && (before.accounts_total() > 1 || now.accounts_total() > 1) {
            self.accounts_text(page)?;
        }
        if changed(&[Change::Sides]) && matches!(now.verdict(), Verdict::Agreed | Verdict::Compatible) {
            page.line(2, &format!("sides: {}", shortened(now.sides().map(SourceRef::name))))?;
        }
        if let Some(print) =
            now.print_line().filter(|_| changed(&[Change::SafeWording, Change::Credit, Change::Verdict]))
        {
            let until_now = before.safe_words().filter(|_| changed(&[Change::SafeWording]));
            let until_now = until_now.map(|words| format!(" (until now: {})", before.in_words(&words)));
            page.line(2, &format!("print: {print}{}", until_now.unwrap_or_default()))?;
        }
        if let Some(why) =
            now.why_in_short().filter(|_| changed(&[Change::Verdict, Change::Dispute, Change::CommonGround]))
        {
            page.line(2, &format!("why: {why}"))?;
        }
        let known: HashSet<&Notice> = before.details().notices.iter().collect();
        for notice in now.details().notices.iter().filter(|notice| !known.contains(notice)) {
            page.line(2, &format!("note: {}", finding::NoticeRef { finding: now, notice }.text()))?;
        }
        Ok(())
    }

    fn label(&self) -> String {
        self.date().map_or_else(|| "Undated".to_owned(), |date| date_for_people(&date.to_string()))
    }

    /// The verdict and the common ground, from what to what: `single-source → disputed, 30 → 25 to 30`.
    fn headline(&self, is_first: bool, nothing_changes: bool) -> String {
        let (before, now) = (self.before(), self.finding());
        let ground = |finding: Finding<'_>| {
            let words = finding.common_words();
            words.map(|words| finding.in_words(&words))
        };
        let verdicts = if is_first || before.verdict() == now.verdict() {
            now.verdict().to_string()
        } else {
            format!("{} → {}", before.verdict(), now.verdict())
        };
        let none = || "no common ground".to_owned();
        let grounds = match (ground(before), ground(now)) {
            (None, None) => String::new(),
            (before, Some(now)) if is_first || before.as_ref() == Some(&now) => format!(", {now}"),
            (None, Some(now)) => format!(", {now}"),
            (Some(before), now) => format!(", {before} → {}", now.unwrap_or_else(none)),
        };
        format!("{}{verdicts}{grounds}", if nothing_changes { "nothing changes: " } else { "" })
    }

    /// Who said what; and when, where that isn't the date above.
    fn heard_text(&self, heard: AssertionRef<'_>) -> String {
        let mut text = self.finding().premise(heard);
        let repeated = shortened(heard.derived_from().map(AssertionRef::id));
        if !repeated.is_empty() {
            text.push_str(&format!("; it repeats {repeated}"));
        }
        if let Some(date) = heard.date().filter(|date| Some(*date) != self.date()) {
            text.push_str(&format!("; it is dated {date}"));
        }
        sentence(&text)
    }

    /// What was heard before and is read more loosely from now on.
    fn loosened_text(&self, page: &mut TextPage<'_>) -> io::Result<()> {
        let heard: HashSet<u32> = self.arrival.heard.iter().copied().collect();
        let before = self.before().details().widened.iter();
        let before: HashMap<u32, &Words> = before.map(|widened| (widened.assertion, &widened.read)).collect();
        let now = self.finding();
        for widened in &now.details().widened {
            if !heard.contains(&widened.assertion) && before.get(&widened.assertion) != Some(&&widened.read) {
                let assertion = now.assertion(widened.assertion);
                page.line(
                    2,
                    &sentence(&format!("{}{}", assertion.dated_statement(), now.reading_note(assertion))),
                )?;
            }
        }
        Ok(())
    }

    fn echoes_text(&self, page: &mut TextPage<'_>) -> io::Result<()> {
        let before: HashSet<u32> = self.before().details().echoes.iter().copied().collect();
        let now = self.finding();
        let echoes = now.echoes().filter(|echo| !before.contains(&echo.index));
        let echoes = shortened(echoes.map(AssertionRef::dated_statement));
        if echoes.is_empty() {
            return Ok(());
        }
        page.line(2, &format!("not a second source: {echoes}"))
    }

    /// The accounts there are, who stands behind each, and which are new or gone.
    fn accounts_text(&self, page: &mut TextPage<'_>) -> io::Result<()> {
        let now = self.finding();
        let new: HashSet<String> = self.new_accounts().map(|account| account.answer()).collect();
        for account in now.accounts().take(SHOWN).filter(|_| now.accounts_total() > 1) {
            let who = shortened(account.sources().map(SourceRef::name));
            let who = if who.is_empty() { sentences::NO_SOURCE_NAMED.to_owned() } else { who };
            let is_new = if new.contains(&account.answer()) { "; new" } else { "" };
            page.line(2, &format!("either {} ({who}{is_new})", account.answer_for_people()))?;
        }
        if now.accounts_total() > SHOWN {
            page.line(2, &format!("and {} more accounts", now.accounts_total() - SHOWN))?;
        }
        let gone = shortened(self.gone_accounts().map(|account| account.answer_for_people()));
        if gone.is_empty() { Ok(()) } else { page.line(2, &format!("no longer: {gone}")) }
    }
}

/// Names in a row; of many the first, and how many there are besides.
fn shortened(names: impl Iterator<Item = impl Into<String>>) -> String {
    let names: Vec<String> = names.map(Into::into).collect();
    listed(&few(names.into_iter()))
}
