//! What is said on standard error.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

use corroborate::Problems;

/// What is said before the command ends with status 2.
pub(crate) struct Failure(pub(crate) String);

impl Failure {
    pub(super) fn new(message: impl Display) -> Self {
        Self(message.to_string())
    }

    pub(super) fn at(path: &Path, problem: impl Display) -> Self {
        Self(format!("{}: {problem}", path.display()))
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        let count = problems.problems().len();
        Self(format!("{problems}\n{count} problem{}", if count == 1 { "" } else { "s" }))
    }
}

/// Prints a message on standard error. Where that is closed, nobody is there to be told.
pub(crate) fn print_message(message: &str) {
    let shown = message.replace(|c: char| c.is_control() && c != '\n', "\u{fffd}");
    let _ = writeln!(io::stderr(), "{shown}");
}
