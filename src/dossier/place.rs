//! Where a record comes from, for messages.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use crate::error::{Diagnosis, Error};

/// A file that is being read.
#[derive(Debug)]
pub(crate) struct InputFile {
    /// Its name; empty, where there is only one and its name says nothing.
    pub(crate) name: Box<str>,
    pub(crate) number: u32,
    pub(crate) form: FileForm,
    /// The columns of a table, or the lists of a dossier, in their order, as far as they were read.
    pub(crate) parts: PartNames,
}

/// Names that are added while others are looked up.
#[derive(Debug, Default)]
pub(crate) struct PartNames(RwLock<Vec<Box<str>>>);

impl PartNames {
    pub(crate) fn push(&self, name: &str) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).push(folded(name).into());
    }

    /// The number of a part, from one; zero, where it isn't known.
    fn number(&self, name: &str) -> u32 {
        let name = folded(name);
        let parts = self.0.read().unwrap_or_else(PoisonError::into_inner);
        parts.iter().zip(1..).find(|(part, _)| ***part == name).map_or(0, |(_, number)| number)
    }
}

/// A name as columns are compared: in lower case, with underscores.
pub(crate) fn folded(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

/// The fields of entries, in an order that is that of each format. Where they stood isn't known when an entry
/// is judged.
const FIELDS: [&str; 39] = [
    "id",
    "claim",
    "name",
    "label",
    "aliases",
    "title",
    "question",
    "kind",
    "value",
    "stance",
    "by",
    "via",
    "document",
    "locator",
    "unit",
    "topic",
    "scope",
    "nature",
    "evolves",
    "part_of",
    "anonymous",
    "broader",
    "publisher",
    "published",
    "url",
    "asserted",
    "valid_at",
    "supersedes",
    "derived_from",
    "quote",
    "note",
    "assertion",
    "on",
    "reason",
    "whole",
    "parts",
    "lesser",
    "greater",
    "claims",
];

/// What a file is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileForm {
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

impl InputFile {
    /// A place in the file: `raid.json: assertions[3]`, or what is left of it without a name.
    pub(crate) fn place(&self, within: impl fmt::Display) -> String {
        let separator = if self.name.is_empty() { "" } else { ": " };
        format!("{}{separator}{within}", self.name)
    }

    /// A problem with the file, at a place in it.
    pub(crate) fn problem(&self, within: impl fmt::Display, problem: Diagnosis) -> Error {
        Error::new(self.place(within), problem).in_file(self.number)
    }

    /// A problem with a line of it.
    pub(crate) fn problem_on_line(&self, line: u32, problem: Diagnosis) -> Error {
        self.problem(format_args!("line {line}"), problem).on_line(line as usize)
    }
}

/// Where one record comes from: an entry or a row of a file, or the id of a record given in code.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    Code(Box<str>),
    Entry { file: Arc<InputFile>, list: &'static str, nth: u32, line: u32 },
    Row { file: Arc<InputFile>, line: u32 },
}

impl Place {
    pub(crate) fn of(id: &str) -> Self {
        Self::Code(id.into())
    }

    /// A problem with one field of the record.
    pub(crate) fn field(&self, field: impl fmt::Display, problem: impl Into<Diagnosis>) -> Error {
        let (field, problem) = (field.to_string(), problem.into());
        let problem = match self {
            Self::Code(id) => Error::new(format_args!("{id}.{field}"), problem),
            Self::Entry { file, list, nth, line } => {
                file.problem(format_args!("{list}[{nth}].{field}"), problem).on_line(*line as usize)
            }
            Self::Row { file, line } => {
                let what = if file.form == FileForm::Fields { "" } else { "column " };
                let problem = file.problem(format_args!("line {line}, {what}`{field}`"), problem);
                problem.on_line(*line as usize).in_column(&field)
            }
        };
        problem.ordered(self.order(&field))
    }

    /// Where a field of the record is, as problems with it say.
    pub(crate) fn text(&self, field: &str) -> Option<String> {
        match self {
            Self::Code(_) => None,
            Self::Entry { file, list, nth, .. } => Some(file.place(format_args!("{list}[{nth}].{field}"))),
            Self::Row { file, line } => {
                let what = if file.form == FileForm::Fields { "" } else { "column " };
                Some(file.place(format_args!("line {line}, {what}`{field}`")))
            }
        }
    }

    /// A problem with the record as a whole.
    #[cfg(all(feature = "json", feature = "csv"))]
    pub(crate) fn problem(&self, problem: Diagnosis) -> Error {
        match self {
            Self::Code(id) => Error::new(id, problem),
            Self::Entry { file, list, nth, line } => {
                file.problem(format_args!("{list}[{nth}]"), problem).on_line(*line as usize)
            }
            Self::Row { file, line } => file.problem_on_line(*line, problem),
        }
    }

    /// Where a problem with a field of the record comes among others of its line.
    fn order(&self, field: &str) -> [u32; 3] {
        match self {
            Self::Code(_) => [0; 3],
            Self::Entry { .. } => {
                let name = field.split(['.', '[']).next().unwrap_or_default();
                let field = FIELDS.iter().zip(1..).find(|(known, _)| **known == name);
                self.nth_field(field.map_or(0, |(_, number)| number))
            }
            Self::Row { file, .. } => [0, 0, file.parts.number(field)],
        }
    }

    /// The same for the field of a number in its record.
    pub(crate) fn nth_field(&self, field: u32) -> [u32; 3] {
        match self {
            Self::Entry { file, list, nth, .. } => [file.parts.number(list), *nth, field],
            Self::Code(_) | Self::Row { .. } => [0, 0, field],
        }
    }

    pub(crate) fn file(&self) -> Option<&InputFile> {
        match self {
            Self::Code(_) => None,
            Self::Entry { file, .. } | Self::Row { file, .. } => Some(file),
        }
    }

    /// Where the record is, as somebody sees it who has all files: `line 3 of first.csv`.
    #[cfg(any(feature = "json", feature = "csv"))]
    pub(crate) fn among_files(&self) -> String {
        let within = self.seen_from(self);
        match self.file() {
            Some(file) if !file.name.is_empty() => format!("{within} of {}", file.name),
            _ => within,
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
