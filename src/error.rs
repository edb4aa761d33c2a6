//! What a caller can get wrong, and how it is said: where, what was found, what was expected, what to do.

mod kind;
mod word;

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;

pub(crate) use kind::Diagnosis;
pub use kind::ErrorKind;
#[cfg(feature = "json")]
pub(crate) use word::deserialize_word;
pub(crate) use word::words;

/// Words that weren't understood as a value: what they were, where, and what was expected.
///
/// ```
/// use corroborate::{Kind, Value};
///
/// let error = Value::read(Kind::Count, "fourteen-ish").unwrap_err();
/// assert_eq!(error.text(), "fourteen-ish");
/// assert_eq!(error.at(), 9); // the character where understanding ended
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct WordingError {
    text: Box<str>,
    at: usize,
    why: Box<str>,
}

impl WordingError {
    /// `at` is the number of the byte where understanding ended.
    pub(crate) fn new(text: &str, at: usize, why: &str) -> Self {
        let at = text.char_indices().take_while(|(byte, _)| *byte < at).count();
        Self { text: text.into(), at, why: why.into() }
    }

    /// The whole text, in which something wasn't understood.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The number of the character where understanding ended, counted from zero.
    pub fn at(&self) -> usize {
        self.at
    }

    fn message(&self) -> String {
        let text = Shown(&self.text);
        match self.at {
            0 => format!("{text} isn't understood: {}", self.why),
            at => format!("{text} isn't understood from character {} on: {}", at + 1, self.why),
        }
    }
}

/// User input within a message: in backticks, and cut when it is long.
pub(crate) struct Shown<'a>(pub(crate) &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 60;
        f.write_str("`")?;
        for c in self.0.chars().take(MOST) {
            if c.is_control() {
                write!(f, "{}", c.escape_default())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        f.write_str(if self.0.chars().nth(MOST).is_some() { "…`" } else { "`" })
    }
}

/// A word that isn't in the vocabulary it should come from.
///
/// ```
/// use corroborate::Kind;
///
/// let error = "cuont".parse::<Kind>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`cuont` is no kind of claim; did you mean `count`? expected one of: count, quantity, date, term, place, yes-no, text"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{} is no {what}{} expected one of: {}",
    Shown(.word),
    DidYouMean(.meant.as_deref()).and(),
    .known.join(", ")
)]
pub struct UnknownWord {
    what: &'static str,
    word: Box<str>,
    meant: Option<Box<str>>,
    known: Vec<&'static str>,
}

impl UnknownWord {
    pub(crate) fn new(
        what: &'static str,
        word: &str,
        known: impl Iterator<Item = &'static str> + Clone,
    ) -> Self {
        let meant = nearest(word, known.clone()).map(Into::into);
        Self { what, word: word.into(), meant, known: known.collect() }
    }
}

/// `; did you mean …?`, where there is something to mean.
pub(crate) struct DidYouMean<'a>(pub(crate) Option<&'a str>);

impl DidYouMean<'_> {
    /// The same, or a semicolon, before what else there is to say.
    pub(crate) fn and(self) -> String {
        if self.0.is_some() { self.to_string() } else { ";".to_owned() }
    }
}

impl fmt::Display for DidYouMean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |meant| write!(f, "; did you mean `{meant}`?"))
    }
}

/// The known word that is nearest to a mistaken one, if any is near: most letters of the longer one are in
/// both, and in a long word no more than every third is wrong.
pub(crate) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if word.chars().nth(100).is_some() {
        return None;
    }
    let folded = word.to_lowercase();
    let length = folded.chars().count();
    let distance = |known: &str| {
        let known = known.to_lowercase();
        let distance = strsim::osa_distance(&folded, &known);
        let is_near = distance <= (length.max(3) + 1) / 3 && distance * 2 < length.max(known.chars().count());
        (is_near || distance == 0).then_some(distance)
    };
    known.filter_map(|known| Some((distance(known)?, known))).min().map(|(_, meant)| meant)
}

/// A slip in what was given to a dossier: where, what was found, what was expected, what to do.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Source};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
///
/// let error = flood.record(Assertion::new("missing", "3").by("mayro")).unwrap_err();
/// assert_eq!(error.place(), "missing#1.by");
/// assert_eq!(
///     error.to_string(),
///     "missing#1.by: there is no source `mayro`; did you mean `mayor`? add the source first, or correct the id"
/// );
/// # Ok::<(), corroborate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}{}: {diagnosis}", LineSuffix(self))]
pub struct Error {
    /// The number of the file among those that were read together.
    file_number: u32,
    /// Its name, shared among all that is wrong with it.
    file: Option<Arc<str>>,
    place: Box<str>,
    line: Option<usize>,
    column: Option<Box<str>>,
    /// Where it comes among others of its line: the list, the entry there, and the field or the column.
    order: [u32; 3],
    diagnosis: Diagnosis,
}

/// ` (line 12)`, where the line is known and the place doesn't say it.
struct LineSuffix<'e>(&'e Error);

impl fmt::Display for LineSuffix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.line {
            Some(line) if !self.0.place.contains(&format!("line {line}")) => write!(f, " (line {line})"),
            _ => Ok(()),
        }
    }
}

impl Error {
    pub(crate) fn new(place: impl fmt::Display, diagnosis: Diagnosis) -> Self {
        let place = place.to_string().into();
        Self { file_number: 0, file: None, place, line: None, column: None, order: [0; 3], diagnosis }
    }

    /// The same slip, in the column of that name.
    #[must_use]
    pub(crate) fn in_column(self, column: &str) -> Self {
        Self { column: Some(column.into()), ..self }
    }

    /// The same slip, in a file whose entry begins on this line; on line 0, where it never was in a file.
    #[must_use]
    pub(crate) fn on_line(self, line: usize) -> Self {
        Self { line: Some(line).filter(|line| *line > 0), ..self }
    }

    /// The same slip, which comes there among others of its line.
    #[must_use]
    pub(crate) fn ordered(self, order: [u32; 3]) -> Self {
        Self { order, ..self }
    }

    /// The same slip, in the file of that number.
    #[must_use]
    pub(crate) fn in_file(self, file_number: u32) -> Self {
        Self { file_number, ..self }
    }

    /// The number of its file.
    #[cfg(any(feature = "json", feature = "csv"))]
    pub(crate) fn file_number(&self) -> usize {
        self.file_number as usize
    }

    /// Says which file it is in.
    #[cfg(any(feature = "json", feature = "csv"))]
    pub(crate) fn name_file(&mut self, name: Arc<str>) {
        self.file = Some(name).filter(|name| !name.is_empty());
    }

    /// Leaves the name of its file out of its place.
    #[cfg(any(feature = "json", feature = "csv"))]
    pub(crate) fn leave_out(&mut self, name: &str) {
        if let Some(within) = self.place.strip_prefix(name).and_then(|rest| rest.strip_prefix(": ")) {
            self.place = within.into();
        }
    }

    /// Where it is: `assertions[3].by` in JSON, ``line 4, column `by` `` in a table, `missing#1.by` of a
    /// record given in code; behind the name of the file, where several were read.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The name of the file that it is in, where the file was given with one.
    ///
    #[cfg_attr(feature = "json", doc = "```")]
    #[cfg_attr(not(feature = "json"), doc = "```ignore")]
    /// use corroborate::Dossier;
    ///
    /// let sources = r#"{"schema": "corroborate/1", "sources": [{"id": "mayor"}]}"#;
    /// let flood = r#"{"schema": "corroborate/1",
    ///   "claims": [{"id": "missing", "kind": "cuont"}]}"#;
    /// let files = [("sources.json", sources), ("flood.json", flood)];
    /// let problems = Dossier::from_json_files(files).unwrap_err();
    /// let [problem] = problems.problems() else { panic!("one problem is expected") };
    /// assert_eq!((problem.file(), problem.line()), (Some("flood.json"), Some(2)));
    /// assert_eq!(problem.place(), "flood.json: claims[0].kind");
    /// assert_eq!(problem.place_in_file(), "claims[0].kind");
    /// ```
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The place without the name of the file before it: `assertions[3].by`.
    pub fn place_in_file(&self) -> &str {
        let within = self.file().and_then(|file| self.place.strip_prefix(file)?.strip_prefix(": "));
        within.unwrap_or(&self.place)
    }

    /// The line of the file on which the entry begins, counted from one, where it came from a file.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// The name of the column, or in JSON Lines of the field, where it came from a cell of a table.
    ///
    #[cfg_attr(feature = "csv", doc = "```")]
    #[cfg_attr(not(feature = "csv"), doc = "```ignore")]
    /// use corroborate::{Dossier, ErrorKind};
    ///
    /// let table = "claim,value,by,stance\nmissing,3,mayor,denis\n";
    /// let problems = Dossier::from_csv(table.as_bytes()).unwrap_err();
    /// let [problem] = problems.problems() else { panic!("one problem is expected") };
    /// assert_eq!((problem.line(), problem.column()), (Some(2), Some("stance")));
    /// assert_eq!(problem.kind(), ErrorKind::UnknownWord);
    /// ```
    pub fn column(&self) -> Option<&str> {
        self.column.as_deref()
    }

    /// What sort of slip it is, for programs.
    pub fn kind(&self) -> ErrorKind {
        self.diagnosis.kind
    }

    /// What is wrong there, and what to do.
    pub fn problem(&self) -> &str {
        &self.diagnosis.text
    }
}

/// All that is wrong with a file: every problem with its place, in the order of the file: by line, and within
/// a line by column. The fields of an entry of a dossier come as the format has them.
///
#[cfg_attr(feature = "json", doc = "```")]
#[cfg_attr(not(feature = "json"), doc = "```ignore")]
/// use corroborate::Dossier;
///
/// let file = r#"{
///   "schema": "corroborate/1",
///   "claims": [{"id": "missing", "question": "How many are missing?", "kind": "cuont"}],
///   "assertions": [{"claim": "missing", "value": "3", "by": "mayor"}]
/// }"#;
/// let problems = Dossier::from_json(file).unwrap_err();
/// let places: Vec<_> = problems.problems().iter().map(|problem| problem.place()).collect();
/// assert_eq!(places, ["claims[0].kind", "assertions[0].by"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(Vec<Error>);

/// So many problems of each sort are printed, of thousands.
const PRINTED: usize = 20;

impl Problems {
    #[cfg(any(feature = "json", feature = "csv"))]
    pub(crate) fn new(mut problems: Vec<Error>) -> Self {
        problems.sort_by_key(|problem| (problem.file_number, problem.line, problem.order));
        Self(problems)
    }

    /// The problems, each with its place; never none.
    pub fn problems(&self) -> &[Error] {
        &self.0
    }
}

impl Error {
    /// What sort of slip it is: its words, less what was found and what to do.
    fn sort(&self) -> String {
        let words = self.diagnosis.text.split('`').step_by(2).collect::<String>();
        let first = words.split(';').next().unwrap_or_default();
        first.chars().filter(|c| !c.is_ascii_digit()).collect()
    }
}

impl fmt::Display for Problems {
    /// A line for each problem; of a sort with very many, the first twenty, and how many more there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sorts: IndexMap<String, (usize, Option<&Error>)> = IndexMap::new();
        let mut printed = 0;
        for problem in &self.0 {
            // Few problems are all printed, and needn't be sorted.
            if self.0.len() > PRINTED {
                let (count, next) = sorts.entry(problem.sort()).or_default();
                *count += 1;
                if *count > PRINTED {
                    next.get_or_insert(problem);
                    continue;
                }
            }
            if printed > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
            printed += 1;
        }
        for (count, next) in sorts.values() {
            if let Some(next) = next {
                write!(f, "\n… and {} more of this sort, from here on: {next}", count - PRINTED)?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

impl From<Error> for Problems {
    fn from(error: Error) -> Self {
        Self(vec![error])
    }
}
