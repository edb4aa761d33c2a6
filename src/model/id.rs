//! Ids: what sources, claims, assertions, documents and terms are called in files.

/// Why a text can't be an id, if it can't.
///
/// Ids stand in cells, in lists and in printed reasons, so they hold no line break and no space at either
/// end.
pub(crate) fn refusal(id: &str) -> Option<&'static str> {
    if id.is_empty() {
        Some("expected an id, found an empty text")
    } else if id.trim() != id {
        Some("an id has no space at its beginning or end")
    } else if id.chars().any(char::is_control) {
        Some("an id has no line breaks and no control characters")
    } else {
        None
    }
}

/// The id of an assertion that was given none: its claim's, and how many came before it there.
pub(crate) fn of_assertion(claim: &str, number: usize) -> String {
    format!("{claim}#{number}")
}
