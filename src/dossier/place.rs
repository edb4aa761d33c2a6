//! Where a record comes from, for messages.

use std::fmt;
use std::sync::Arc;

use crate::error::Error;

/// A file that is being read.
#[derive(Debug)]
pub(crate) struct File {
    /// Its name; empty, where there is only one and its name says nothing.
    pub(crate) name: Box<str>,
    pub(crate) number: u32,
    pub(crate) form: Form,
}

/// What a file is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Lists of entries: a dossier in JSON.
    Entries,
    /// Rows with columns. Where commas are decimal, semicolons part the cells.
    #[cfg_attr(
        all(feature = "json", not(feature = "csv")),
        expect(dead_code, reason = "only tables have rows")
    )]
    Columns { decimal_comma: bool },
    /// Rows with named fields: JSON Lines.
    Fields,
}

impl File {
    /// A place in the file: `raid.json: assertions[3]`, or what is left of it without a name.
    pub(crate) fn place(&self, within: impl fmt::Display) -> String {
        let separator = if self.name.is_empty() { "" } else { ": " };
        format!("{}{separator}{within}", self.name)
    }

    /// A problem with the file, at a place in it.
    pub(crate) fn problem(&self, within: impl fmt::Display, problem: impl fmt::Display) -> Error {
        Error::new(self.place(within), problem).in_file(self.number)
    }

    /// A problem with a line of it.
    pub(crate) fn problem_on_line(&self, line: u32, problem: impl fmt::Display) -> Error {
        self.problem(format_args!("line {line}"), problem).on_line(line as usize)
    }
}

/// Where one record comes from: an entry or a row of a file, or the id of a record given in code.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    Code(Box<str>),
    Entry { file: Arc<File>, list: &'static str, nth: u32, line: u32 },
    Row { file: Arc<File>, line: u32 },
}

impl Place {
    pub(crate) fn of(id: &str) -> Self {
        Self::Code(id.into())
    }

    /// A problem with one field of the record.
    pub(crate) fn field(&self, field: impl fmt::Display, problem: impl fmt::Display) -> Error {
        match self {
            Self::Code(id) => Error::new(format_args!("{id}.{field}"), problem),
            Self::Entry { file, list, nth, line } => {
                file.problem(format_args!("{list}[{nth}].{field}"), problem).on_line(*line as usize)
            }
            Self::Row { file, line } => {
                let what = if file.form == Form::Fields { "" } else { "column " };
                file.problem(format_args!("line {line}, {what}`{field}`"), problem).on_line(*line as usize)
            }
        }
    }

    pub(crate) fn file(&self) -> Option<&File> {
        match self {
            Self::Code(_) => None,
            Self::Entry { file, .. } | Self::Row { file, .. } => Some(file),
        }
    }

    /// Where the record is, as seen from another: `line 3`, `sources[0] of first.json`.
    pub(crate) fn seen_from(&self, other: &Self) -> String {
        let within = match self {
            Self::Code(id) => id.to_string(),
            Self::Entry { list, nth, .. } => format!("{list}[{nth}]"),
            Self::Row { line, .. } => format!("line {line}"),
        };
        match (self.file(), other.file()) {
            (Some(file), Some(others)) if file.number != others.number && !file.name.is_empty() => {
                format!("{within} of {}", file.name)
            }
            _ => within,
        }
    }
}
