//! What sort of slip an error is, for programs that do different things about different sorts.

use std::fmt;

use super::word::words;
use super::{UnknownWord, WordingError};

words! {
    /// What sort of slip an [`Error`](crate::Error) is.
    ///
    /// The words of an error are for people, and may be put better one day. Its kind is for programs.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, ErrorKind};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// let said = |value: &str, by: &str| Assertion::new("missing", value).by(by);
    /// let kinds = [said("3", "mayro"), said("many", "")].map(|said| flood.record(said).err().map(|error| error.kind()));
    /// assert_eq!(kinds, [Some(ErrorKind::UnknownReference); 2]); // nobody added the mayor
    ///
    /// assert_eq!(flood.add_claim(Claim::count("missing", "How many?")).map_err(|error| error.kind()), Err(ErrorKind::Duplicate));
    /// assert_eq!("duplicate".parse(), Ok(ErrorKind::Duplicate));
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    #[non_exhaustive]
    pub enum ErrorKind ("kind of error") {
        /// A file, or a line of it, isn't what it should be: JSON that isn't any, a quotation mark that is
        /// never closed, a row with too many cells, text in no known encoding; or reading it failed.
        Syntax = "syntax",
        /// A field or a column that records don't have.
        UnknownField = "unknown-field",
        /// A field, a column or a cell that there must be, and isn't.
        MissingField = "missing-field",
        /// A field of a file in JSON that holds another type than it takes.
        WrongType = "wrong-type",
        /// A word of no vocabulary, as in a column `stance`.
        UnknownWord = "unknown-word",
        /// An id that no record has, or a name that several may have.
        UnknownReference = "unknown-reference",
        /// Something that is there twice: an id, a field, a column, a file, a retraction.
        Duplicate = "duplicate",
        /// A value or a date that isn't understood.
        Wording = "wording",
        /// What can't be an id: it is empty, begins or ends with white space, or says that there is none
        /// (`N/A`).
        InvalidId = "invalid-id",
        /// Two places that say different things of one record.
        Conflict = "conflict",
        /// Records that lead back to themselves.
        Cycle = "cycle",
        /// Any other rule of the record that is broken, as by a correction of what another side said.
        Invalid = "invalid",
    }
}

/// What is wrong, and what sort of slip that is: an error without its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Diagnosis {
    pub(super) kind: ErrorKind,
    pub(super) text: Box<str>,
}

impl ErrorKind {
    /// A slip of this kind, in words.
    pub(crate) fn because(self, problem: impl fmt::Display) -> Diagnosis {
        Diagnosis { kind: self, text: problem.to_string().into() }
    }
}

impl Diagnosis {
    /// The same, with more to say.
    #[cfg(feature = "json")]
    pub(crate) fn and(self, more: impl fmt::Display) -> Self {
        self.kind.because(format_args!("{}{more}", self.text))
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<WordingError> for Diagnosis {
    fn from(error: WordingError) -> Self {
        ErrorKind::Wording.because(error)
    }
}

impl From<UnknownWord> for Diagnosis {
    fn from(error: UnknownWord) -> Self {
        ErrorKind::UnknownWord.because(error)
    }
}
