//! The report as a table: a row for each finding, for spreadsheets and for programs that read nothing else.

use std::io::{self, Write};

use super::words::harmless;
use super::{Finding, Report};
use crate::dossier::{AssertionRef, SourceRef};
use crate::format::rows::{begins_formula, is_formula, write_row};

/// The names of the columns, which are those of the fields in JSON.
const COLUMNS: [&str; 24] = [
    "claim",
    "question",
    "nature",
    "verdict",
    "dispute",
    "within_one_side",
    "sides",
    "side_names",
    "credit",
    "credit_names",
    "common_ground",
    "safe_wording",
    "print",
    "derived",
    "gap",
    "unit",
    "accounts_total",
    "accounts",
    "unattributed",
    "withheld",
    "does_not_know",
    "echoes",
    "set_aside",
    "notices",
];

impl Report<'_> {
    /// The report as a table in CSV, with a row for each finding.
    ///
    /// It is all held in memory; [`write_csv`](Self::write_csv) doesn't, and says what stands in the cells.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("iraq", "Iraq"))?;
    /// raid.add_source(Source::new("us", "United States"))?;
    /// raid.add_claim(Claim::count("killed", "How many fighters were killed?"))?;
    /// raid.record(Assertion::new("killed", "14").by("iraq"))?;
    /// raid.record(Assertion::new("killed", "15").by("us"))?;
    /// raid.record(Assertion::new("killed", "at least 14"))?;
    ///
    /// let table = Resolver::standard().resolve(&raid).to_csv();
    /// let (columns, killed) = table.split_once('\n').ok_or("no rows")?;
    /// assert!(columns.starts_with("claim,question,nature,verdict,dispute,within_one_side,sides,"));
    /// assert_eq!(
    ///     killed,
    ///     "killed,How many fighters were killed?,fact,disputed,contrary,false,iraq;us,Iraq;United States,,,14 to 15,\
    ///      at least 14,at least 14,false,1,,2,14 (Iraq) | 15 (United States),killed#3,,,,,\n"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_csv(&self) -> String {
        let mut table = Vec::new();
        // Writing into memory can't fail.
        let _ = self.write_csv(&mut table);
        String::from_utf8(table).unwrap_or_default()
    }

    /// Writes the report as a table in CSV, finding by finding.
    ///
    /// Columns have the names of the fields in JSON. Ids in one cell are parted by `;`, as in the tables that are read,
    /// and what is said in words by ` | `: an account is its answer with those who state it (`14 (Iraq) | 15 (United States)`),
    /// and what was set aside is its id, the rule and the reason. What stands between claims (constraints, and what can't be
    /// compared) belongs to no row, and is left out; so are the title and the explanations.
    ///
    /// The text is UTF-8 without a byte-order mark, in the quotation marks of RFC 4180, with `\n` behind each row.
    ///
    /// # Formulas
    ///
    /// A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`, whoever wrote it. In such a cell an apostrophe
    /// stands in front, so that it is text. Figures stay figures: `-5`, `-8 to -5.5`. Where a text has apostrophes in front of
    /// such a sign itself, one is added too, so that a program which takes one away before such a sign has the text back.
    ///
    /// # Characters that do something
    ///
    /// In words, what could drive a terminal or turn the direction of writing around is replaced by `\u{fffd}`, as in
    /// the other reports for people; line breaks and tabs stay. The ids of claims, sources and assertions are written as
    /// they are, in the columns that hold nothing else, since they must be found again. No control character can stand
    /// in one.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "12").by("mayor"))?;
    ///
    /// let mut table = Vec::new();
    /// Resolver::standard().resolve(&flood).write_csv(&mut table)?;
    /// assert!(String::from_utf8(table)?.contains("single-source"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_csv(&self, mut to: impl Write) -> io::Result<()> {
        write_row(&mut to, ',', COLUMNS)?;
        for finding in self.findings() {
            write_row(&mut to, ',', row(finding).into_iter().map(guarded))?;
        }
        to.flush()
    }
}

fn row(finding: Finding<'_>) -> [String; COLUMNS.len()] {
    let claim = finding.claim();
    let more = finding.accounts_total().saturating_sub(finding.accounts().len());
    let more = (more > 0).then(|| format!("{more} more"));
    let aside = finding.set_aside().map(|a| format!("{} {}: {}", a.assertion().id(), a.rule(), a.reason()));
    [
        claim.id().to_owned(),
        legible(claim.question()),
        claim.nature().to_string(),
        finding.verdict().to_string(),
        finding.dispute().map(|dispute| dispute.to_string()).unwrap_or_default(),
        finding.within_one_side().map(|within| within.to_string()).unwrap_or_default(),
        sources(finding.sides()),
        names(finding.sides()),
        sources(finding.credit()),
        names(finding.credit()),
        legible(&finding.common_ground().unwrap_or_default()),
        legible(&finding.safe_wording().unwrap_or_default()),
        legible(&finding.print().unwrap_or_default()),
        finding.is_derived().to_string(),
        finding.gap().unwrap_or_default().to_owned(),
        legible(claim.unit().unwrap_or_default()),
        finding.accounts_total().to_string(),
        in_words(finding.accounts().map(|account| finding.account_line(account).in_words()).chain(more)),
        assertions(finding.unattributed()),
        assertions(finding.withheld()),
        assertions(finding.does_not_know()),
        assertions(finding.echoes()),
        in_words(aside),
        in_words(finding.notices().map(|notice| notice.text())),
    ]
}

fn sources<'r>(sources: impl Iterator<Item = SourceRef<'r>>) -> String {
    sources.map(SourceRef::id).collect::<Vec<_>>().join(";")
}

fn names<'r>(sources: impl Iterator<Item = SourceRef<'r>>) -> String {
    legible(&sources.map(SourceRef::name).collect::<Vec<_>>().join(";"))
}

fn assertions<'r>(assertions: impl Iterator<Item = AssertionRef<'r>>) -> String {
    assertions.map(AssertionRef::id).collect::<Vec<_>>().join(";")
}

fn in_words(words: impl Iterator<Item = String>) -> String {
    legible(&words.collect::<Vec<_>>().join(" | "))
}

fn legible(text: &str) -> String {
    text.chars().map(|c| if "\t\r\n".contains(c) { c } else { harmless(c) }).collect()
}

/// A cell that no spreadsheet takes for a formula, and that can be told from one that began with an apostrophe anyway.
fn guarded(cell: String) -> String {
    let guard = match cell.strip_prefix('\'') {
        Some(rest) => begins_formula(rest.trim_start_matches('\'')),
        None => is_formula(&cell),
    };
    if guard { format!("'{cell}") } else { cell }
}
