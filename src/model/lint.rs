//! What is worth a look in a record that is sound: lints, and notes on what was assumed.

use std::fmt;

use crate::error::words;

words! {
    /// How much a [`Lint`] matters.
    ///
    /// ```
    /// use corroborate::{LintKind, LintLevel};
    ///
    /// assert_eq!(LintKind::LookAlike.level(), LintLevel::Lint);
    /// assert_eq!(LintKind::KindsFromValues.level(), LintLevel::Note);
    /// ```
    #[non_exhaustive]
    pub enum LintLevel ("level of a lint") {
        /// It can be read in two ways, and was read in the cautious one.
        Lint = "lint",
        /// Something was assumed that is usually right.
        Note = "note",
    }
}

words! {
    /// What a [`Lint`] is about.
    ///
    /// ```
    /// use corroborate::LintKind;
    ///
    /// assert_eq!("near-name".parse(), Ok(LintKind::NearName));
    /// assert_eq!(LintKind::SpreadsheetDate.to_string(), "spreadsheet-date");
    /// ```
    #[non_exhaustive]
    pub enum LintKind ("kind of lint") {
        /// Names that differ only in case, white space or the like, and were taken for one.
        LookAlike = "look-alike",
        /// A name that holds another name: `SOHR, VDC` beside `SOHR`.
        JoinedName = "joined-name",
        /// A name that may be short for another one.
        Acronym = "acronym",
        /// Names that differ in a letter or two.
        NearName = "near-name",
        /// A source that was taken as anonymous, since its name names nobody: `senior officials`.
        UnnamedPeople = "unnamed-people",
        /// Answers about different moments, on a claim that is said not to change.
        TwoMoments = "two-moments",
        /// Later figures that only rise, on a claim that isn't said to be a growing toll.
        OnlyRises = "only-rises",
        /// A date where figures stand, which a spreadsheet may have made of a range.
        SpreadsheetDate = "spreadsheet-date",
        /// Differing spans of over a year, each of which may be the time that something lasted.
        TwoSpans = "two-spans",
        /// A source that gives one answer after the other, of which only the latest counts.
        LaterWords = "later-words",
        /// Claims that ask the same question.
        SameQuestion = "same-question",
        /// Answers that may all be true.
        MayAllBeTrue = "may-all-be-true",
        /// Years that were taken as dates and not as figures.
        YearsAsDates = "years-as-dates",
        /// Terms that nobody declared, so that nobody can say whether they exclude one another.
        UndeclaredTerms = "undeclared-terms",
        /// Kinds of claims that were taken from their values.
        KindsFromValues = "kinds-from-values",
        /// Records that the table of their sort doesn't list.
        Unlisted = "unlisted",
        /// `unknown`, `no comment` and the like in a cell for a value, which were read as stances.
        SilenceAsStance = "silence-as-stance",
        /// Rows that say nothing, and were left out.
        RowWithoutValue = "row-without-value",
        /// A file that isn't in UTF-8.
        Encoding = "encoding",
    }
}

impl LintKind {
    /// Whether it is a lint, or merely a note.
    pub fn level(self) -> LintLevel {
        match self {
            Self::UndeclaredTerms
            | Self::KindsFromValues
            | Self::Unlisted
            | Self::LaterWords
            | Self::SilenceAsStance
            | Self::RowWithoutValue
            | Self::Encoding => LintLevel::Note,
            _ => LintLevel::Lint,
        }
    }
}

/// Something in the record that can be read in two ways and was read in the cautious one, or something that
/// was assumed.
///
/// It is printed as a line: the place, what is there, and what to do.
///
#[cfg_attr(feature = "csv", doc = "```")]
#[cfg_attr(not(feature = "csv"), doc = "```ignore")]
/// use corroborate::{Intake, LintKind, LintLevel};
///
/// let table = "claim,value,by\nmissing,30,mayor\n";
/// let (_flood, lints) = Intake::new().file("", table.as_bytes()).finish()?;
/// let [lint] = lints.as_slice() else { return Err("expected one lint".into()) };
/// assert_eq!((lint.level(), lint.kind()), (LintLevel::Note, LintKind::KindsFromValues));
/// assert_eq!((lint.place(), lint.text()), (None, "kinds taken from the values (counts: `missing`)"));
/// assert_eq!(lint.advice(), Some("add a column `kind` to change this"));
/// assert_eq!(lint.to_string(), format!("{}; {}", lint.text(), lint.advice().unwrap_or_default()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "json", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Lint {
    level: LintLevel,
    kind: LintKind,
    place: Option<Box<str>>,
    text: Box<str>,
    advice: Option<Box<str>>,
}

impl Lint {
    /// A lint of the level that its kind has, about something there.
    pub(crate) fn new(kind: LintKind, place: Option<String>, text: impl fmt::Display) -> Self {
        let (place, text) = (place.map(Into::into), text.to_string().into());
        Self { level: kind.level(), kind, place, text, advice: None }
    }

    /// The same lint, with what to do.
    #[must_use]
    pub(crate) fn with_advice(self, advice: impl fmt::Display) -> Self {
        Self { advice: Some(advice.to_string().into()), ..self }
    }

    /// Leaves the name of its file out of its place.
    #[cfg(any(feature = "json", feature = "csv"))]
    pub(crate) fn leave_out(&mut self, files: &[&str]) {
        let within = self
            .place
            .as_deref()
            .and_then(|place| files.iter().find_map(|name| place.strip_prefix(name)?.strip_prefix(": ")));
        if let Some(within) = within {
            self.place = Some(within.into());
        }
    }

    /// Whether it is a lint, or merely a note.
    pub fn level(&self) -> LintLevel {
        self.level
    }

    /// What it is about.
    pub fn kind(&self) -> LintKind {
        self.kind
    }

    /// Where it is, as errors name places; none, where it is about a whole file or several.
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    /// What is there, and how it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What to do, so that it need not be guessed.
    pub fn advice(&self) -> Option<&str> {
        self.advice.as_deref()
    }
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.text)?;
        match &self.advice {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
        }
    }
}

#[cfg(all(test, feature = "json"))]
mod tests {
    use super::*;

    #[test]
    fn lints_are_written_as_reports_have_them() {
        let lint = Lint::new(LintKind::LookAlike, Some("line 3, column `by`".to_owned()), "`AFP` and `afp`");
        let json = r#"{"level":"lint","kind":"look-alike","place":"line 3, column `by`","text":"`AFP` and `afp`","advice":null}"#;
        assert_eq!(serde_json::to_string(&lint).ok().as_deref(), Some(json));
        assert_eq!(serde_json::from_str(json).ok(), Some(lint.clone()));
        let advised = lint.with_advice("declare both in a table of sources");
        assert_eq!(
            advised.to_string(),
            "line 3, column `by`: `AFP` and `afp`; declare both in a table of sources"
        );
    }
}
