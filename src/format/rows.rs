//! Rows on their way out, in CSV and TSV.

use std::io::{self, Write};

/// Writes a row, with those cells in quotation marks that would be misread without (RFC 4180).
pub(crate) fn write_row<C: AsRef<str>>(
    to: &mut impl Write,
    delimiter: char,
    cells: impl IntoIterator<Item = C>,
) -> io::Result<()> {
    for (n, cell) in cells.into_iter().enumerate() {
        if n > 0 {
            write!(to, "{delimiter}")?;
        }
        let cell = cell.as_ref();
        if cell.contains(['"', '\n', '\r', delimiter]) {
            write!(to, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            to.write_all(cell.as_bytes())?;
        }
    }
    to.write_all(b"\n")
}

/// Whether a spreadsheet would take a cell for a formula and run it, where it is text.
///
/// Figures aren't, with words between them or without: `-5`, `-8 to -5.5`.
pub(crate) fn is_formula(cell: &str) -> bool {
    let is_figure = |word: &str| {
        let digits = word.strip_prefix('-').unwrap_or(word);
        digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic());
    let figures = || {
        cell.split(' ').enumerate().all(|(n, part)| if n % 2 == 0 { is_figure(part) } else { is_word(part) })
    };
    begins_formula(cell) && !figures()
}

/// Whether a cell begins as formulas do, in either width: the beginnings that OWASP names under "CSV
/// Injection".
pub(crate) fn begins_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}
