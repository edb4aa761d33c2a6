//! A law that doesn't hold, as an error for the author of a rule.

use std::fmt;

use super::{Law, aspects};
use crate::dossier::Dossier;
use crate::report::{Finding, Report};

/// A law that a resolver doesn't keep, with the dossier on which it doesn't.
///
/// It prints the law, what differed, the records that the law put in, and the dossier as JSON that
/// `corroborate report` opens. `Debug` prints the same, so that a test that returns it reads well. In
/// `proptest!` a `?` passes it on.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, laws, laws::Law};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "12").by("mayor"))?;
///
/// let first_hand: corroborate::BuiltIn = "first-hand only".parse()?;
/// let broken = laws::relay_proof(&Resolver::standard().with_rule(first_hand), &flood).unwrap_err();
/// assert_eq!(broken.law(), Law::RelayProof);
/// assert_eq!(broken.before(), "single-source 12 (The mayor of Varn)");
/// assert_eq!(broken.after(), "unaddressed");
/// assert!(broken.dossier_json().is_some_and(|json| Dossier::from_json(json).is_ok()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Broken(Box<Parts>);

#[derive(Clone, PartialEq, Eq)]
struct Parts {
    law: Law,
    claim: String,
    question: String,
    before: String,
    after: String,
    changes: Vec<String>,
    dossier: String,
}

impl Broken {
    pub(super) fn new(
        law: Law,
        dossier: &Dossier,
        before: impl Into<String>,
        after: impl Into<String>,
    ) -> Self {
        let mut broken = Self::on_all(law, before, after);
        broken.0.dossier = folded(&dossier.to_json());
        broken
    }

    /// What isn't so on any of the dossiers that were tried, so that there is none to show.
    pub(super) fn on_all(law: Law, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            law,
            claim: String::new(),
            question: String::new(),
            before: before.into(),
            after: after.into(),
            changes: Vec::new(),
            dossier: String::new(),
        }))
    }

    /// Two findings on one claim, which look different through these lines.
    pub(super) fn between(
        law: Law,
        before: Finding<'_>,
        after: Finding<'_>,
        differs: Option<[aspects::Aspect; 2]>,
    ) -> Self {
        let mut headlines = [before, after].map(aspects::headline);
        // What the headline shows needn't be said again.
        let is_told =
            |lines: &[aspects::Aspect; 2]| ["verdict", "common ground", "sides"].contains(&lines[0].0);
        if let Some(lines) = differs.filter(|lines| headlines[0] == headlines[1] || !is_told(lines)) {
            for (headline, (name, text)) in headlines.iter_mut().zip(lines) {
                let text = if text.is_empty() { "nothing".to_owned() } else { text };
                *headline = format!("{headline}; {name}: {text}");
            }
        }
        let [told, then] = headlines;
        Self::new(law, before.context().dossier, told, then).about(before)
    }

    pub(super) fn about(mut self, finding: Finding<'_>) -> Self {
        self.0.claim = finding.claim().id().to_owned();
        self.0.question = finding.claim().question().to_owned();
        self
    }

    /// Says what the law did.
    pub(super) fn with(mut self, change: impl Into<String>) -> Self {
        self.0.changes.push(change.into());
        self
    }

    /// Says which records the law put in or changed.
    pub(super) fn with_records_of(mut self, other: &Dossier) -> Self {
        let theirs = folded(&other.to_json());
        let ours: Vec<&str> = self.0.dossier.lines().map(|line| line.trim_end_matches(',')).collect();
        let is_record = |line: &&str| line.starts_with("    {");
        let new = theirs.lines().filter(is_record).map(|line| line.trim_end_matches(','));
        let new: Vec<String> =
            new.filter(|line| !ours.contains(line)).map(|line| line.trim().to_owned()).collect();
        self.0.changes.extend(new);
        self
    }

    /// The law.
    pub fn law(&self) -> Law {
        self.0.law
    }

    /// The id of the claim whose finding breaks it; none where the law is about the report as a whole.
    pub fn claim(&self) -> Option<&str> {
        Some(&*self.0.claim).filter(|claim| !claim.is_empty())
    }

    /// What was found before the law changed anything, in a few words.
    pub fn before(&self) -> &str {
        &self.0.before
    }

    /// What was found afterwards.
    pub fn after(&self) -> &str {
        &self.0.after
    }

    /// What the law changed: records as JSON, or a few words.
    pub fn changes(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.changes.iter().map(AsRef::as_ref)
    }

    /// The dossier before the change, as JSON of schema `corroborate/1`; none where it isn't one dossier that
    /// breaks the law.
    pub fn dossier_json(&self) -> Option<&str> {
        Some(&*self.0.dossier).filter(|dossier| !dossier.is_empty())
    }
}

/// What to do where no dossier has what a rule looks for.
const ADVICE: &str =
    "All other laws hold of a rule that changes nothing. Generate what it looks for: words with
`laws::dossiers_with`, anything with a strategy of your own, and `Laws::hold_on`.";

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = &*self.0;
        writeln!(f, "the law `{}` doesn't hold: {}", parts.law, parts.law.says())?;
        if !parts.claim.is_empty() {
            writeln!(f, "{}  [{}]", parts.question, parts.claim)?;
        }
        if parts.dossier.is_empty() {
            writeln!(f, "  expected: {}\n  found:    {}", parts.before, parts.after)?;
            return write!(f, "{ADVICE}");
        }
        writeln!(f, "  before: {}\n  after:  {}", parts.before, parts.after)?;
        for change in &parts.changes {
            writeln!(f, "  changed: {change}")?;
        }
        write!(f, "The smallest dossier found:\n{}", parts.dossier)
    }
}

impl fmt::Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Broken {}

/// Holds every finding of the first report to the one on the same claim in the second, as far as a view
/// shows.
pub(super) fn same(
    law: Law,
    view: aspects::View,
    before: &Report<'_>,
    after: &Report<'_>,
) -> Result<(), Broken> {
    for finding in before.findings() {
        let Some(other) = after.finding(finding.claim().id()) else { continue };
        if let Some(lines) = difference(view(finding), view(other)) {
            return Err(Broken::between(law, finding, other, Some(lines)));
        }
    }
    Ok(())
}

/// The first line that differs.
pub(super) fn difference(
    before: Vec<aspects::Aspect>,
    after: Vec<aspects::Aspect>,
) -> Option<[aspects::Aspect; 2]> {
    before
        .into_iter()
        .zip(after)
        .find(|(before, after)| before != after)
        .map(|(before, after)| [before, after])
}

/// A dossier's JSON with a line for each record, and without its empty lists.
fn folded(json: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in json.lines() {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        if text.ends_with(": []") || text.ends_with(": [],") {
            continue;
        }
        match lines.last_mut() {
            Some(last) if indent > 4 || (indent == 4 && text.starts_with('}')) => {
                if !last.ends_with(['{', '[']) && !text.starts_with(['}', ']']) {
                    last.push(' ');
                }
                last.push_str(text);
            }
            Some(last) if indent == 0 => {
                last.truncate(last.trim_end_matches(',').len());
                lines.push(line.to_owned());
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}
