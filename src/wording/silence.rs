//! What is written where nobody says anything: marks of empty cells, and words of silence in a cell for a
//! value.

use crate::model::assertion::Stance;

/// What programs and people write into a cell that holds nothing, in lower case.
const NOBODY: [&str; 36] = [
    "-",
    "--",
    "---",
    "–",
    "—",
    "?",
    "??",
    "n/a",
    "n.a.",
    "n.a",
    "na",
    "<na>",
    "#n/a",
    "#n/a n/a",
    "nan",
    "-nan",
    "nat",
    "null",
    "(null)",
    "nil",
    "none",
    "undefined",
    "tba",
    "tbc",
    "tbd",
    "unknown",
    "not known",
    "not stated",
    "not given",
    "not specified",
    "unspecified",
    "not available",
    "not applicable",
    "not provided",
    "nobody",
    "no one",
];

/// Those that are read in a cell for a value: there they are an answer, or silence that is read as a stance.
const NOT_IN_VALUES: [&str; 7] = ["?", "nil", "none", "unknown", "not known", "nobody", "no one"];

/// Whether a text in a cell for an id stands for no record.
pub(crate) fn is_nobody(text: &str) -> bool {
    // Nearly all texts are longer, or begin with another letter.
    begins_so(text) && text.len() <= 16 && {
        let folded = text.to_lowercase();
        // `na` may be somebody's short name, and `NA` is what statistics programs write.
        NOBODY.contains(&&*folded) && (folded != "na" || text == "NA")
    }
}

/// Whether a text in a cell for a value stands for none.
pub(crate) fn is_no_value(text: &str) -> bool {
    // Scripts write `None`; `none` is zero, where figures are asked for.
    text == "None" || (is_nobody(text) && !NOT_IN_VALUES.contains(&&*text.to_lowercase()))
}

fn begins_so(text: &str) -> bool {
    const DASH: u8 = 0xe2; // the first byte of `–` and `—`
    let first = text.bytes().next().unwrap_or_default();
    matches!(first, b'-' | DASH | b'?' | b'<' | b'(' | b'#' | b'n' | b'N' | b't' | b'T' | b'u' | b'U')
}

/// The stance of somebody whose value is said to be this: `unknown`, `no comment`. Nothing, where it is an
/// answer.
pub(crate) fn stance_of(text: &str) -> Option<Stance> {
    const LONGEST: usize = 20;
    let first = text.bytes().next().unwrap_or_default();
    if first.is_ascii_digit() || text.len() > LONGEST {
        return None;
    }
    let folded = text.to_lowercase();
    Some(match folded.trim_end_matches('.') {
        "unknown" | "not known" | "unclear" | "under investigation" | "?" => Stance::DoesNotKnow,
        "no comment" | "declined to say" => Stance::Withholds,
        "no evidence" | "none reported" => Stance::NoEvidence,
        _ => return None,
    })
}

/// The error that a spreadsheet shows in place of a cell's value: `#REF!`, `#DIV/0!`.
pub(crate) fn is_spreadsheet_error(text: &str) -> bool {
    const ERRORS: [&str; 11] = [
        "#REF!",
        "#DIV/0!",
        "#VALUE!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#ERROR!",
        "#N/A",
    ];
    text.starts_with('#') && ERRORS.iter().any(|error| text.eq_ignore_ascii_case(error))
}

/// `########`, which a column shows that is too narrow for its figures.
pub(crate) fn is_too_wide(text: &str) -> bool {
    text.len() > 2 && text.bytes().all(|byte| byte == b'#')
}

/// Whether a text is a spreadsheet's formula, and not its result: `=3+4`.
pub(crate) fn is_formula(text: &str) -> bool {
    let Some(formula) = text.strip_prefix('=') else { return false };
    formula
        .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '-' | '+' | '$' | '"' | '\'' | '@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_nothing_is_no_answer() {
        for text in ["nan", "NaN", "NULL", "None", "N/A", "n/a", "-", "—", "TBC", "NA", "<NA>"] {
            assert!(is_nobody(text) && is_no_value(text), "{text}");
        }
        for text in ["none", "unknown", "Nobody", "?"] {
            assert!(is_nobody(text) && !is_no_value(text), "{text}");
        }
        for text in ["Nana", "na", "Tbilisi", "-5", "Nate", "NAT Agency", "7", "Unknown Soldier", "0", "no"] {
            assert!(!is_nobody(text) && !is_no_value(text), "{text}");
        }
        assert!(NOBODY.iter().all(|mark| begins_so(mark) && mark.len() <= 16));
    }

    #[test]
    fn silence_is_a_stance() {
        assert_eq!(stance_of("Under investigation"), Some(Stance::DoesNotKnow));
        assert_eq!(stance_of("No comment."), Some(Stance::Withholds));
        assert_eq!(stance_of("none reported"), Some(Stance::NoEvidence));
        for answer in ["none", "no", "7", "unknown gunmen", "an unclear number"] {
            assert_eq!(stance_of(answer), None, "{answer}");
        }
    }

    #[test]
    fn spreadsheets_errors_and_formulas_are_told_from_names() {
        assert!(["#REF!", "#n/a"].into_iter().all(is_spreadsheet_error) && is_too_wide("#######"));
        assert!(["#MeToo", "#1", "##"].into_iter().all(|text| !is_spreadsheet_error(text)));
        assert!(["=3+4", "=SUM(A1:A3)", "=-1"].into_iter().all(is_formula));
        assert!(["=", "= x", "a=b", "3"].into_iter().all(|text| !is_formula(text)));
    }
}
