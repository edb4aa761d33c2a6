//! Text from outside as Markdown: it reads as it was written, and nothing of it becomes markup.

use std::fmt::Write as _;

use crate::report::outline::split_at_backticks;
use crate::report::words::in_line;

/// Text, with a backslash before whatever would be markup where it stands, and before nothing else: notes are read raw,
/// too.
///
/// It may stand anywhere within a line, and begin or end one.
pub(super) fn escaped(text: &str) -> String {
    let text: Vec<char> = text.chars().map(in_line).collect();
    let is = |c: Option<&char>, what: fn(char) -> bool| c.is_some_and(|c| what(*c));
    let ends_word = |c: Option<&char>| c.is_none_or(|c| c.is_whitespace());
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut only_digits = true;
    for (at, &c) in text.iter().enumerate() {
        let (before, after) = (at.checked_sub(1).and_then(|at| text.get(at)), text.get(at + 1));
        let begins = before.is_none();
        let is_markup = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' | '$' | '^' | '{' => true,
            '_' => !is(before, char::is_alphanumeric) || !is(after, char::is_alphanumeric),
            '#' => !is(before, char::is_alphanumeric),
            '&' => is(after, |c| c.is_ascii_alphanumeric() || c == '#'),
            // Highlights and comments, as some programs have them.
            '=' | '%' => before == Some(&c) || after == Some(&c),
            // What begins a quotation, a rule or a list.
            '>' => begins,
            '-' => begins && (ends_word(after) || after == Some(&'-')),
            '+' => begins && ends_word(after),
            ')' => only_digits && !begins && ends_word(after),
            '.' => only_digits && !begins && ends_word(after) || text[..at].ends_with(&['w', 'w', 'w']),
            // An address that isn't marked as a link is made one by some.
            ':' => after == Some(&'/'),
            _ => false,
        };
        only_digits &= c.is_ascii_digit();
        if c.is_whitespace() && (begins || after.is_none()) {
            // At an end of a line it would be taken away.
            let _ = write!(out, "&#{};", u32::from(c));
        } else {
            out.extend(is_markup.then_some('\\'));
            out.push(c);
        }
    }
    out
}

/// Text in which backticks set words apart, with quotation marks in their place.
pub(super) fn prose(text: &str) -> String {
    let parts = split_at_backticks(text).into_iter().enumerate();
    let parts =
        parts.map(|(n, part)| if n.is_multiple_of(2) { part.to_owned() } else { format!("“{part}”") });
    escaped(&parts.collect::<String>())
}

/// An id as code, within more backticks than it has in a row itself.
pub(super) fn code(id: &str) -> String {
    let id: String = id.chars().map(in_line).collect();
    let longest = id.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // One space at either end is taken away, as long as that isn't all.
    let padded = id.starts_with(['`', ' ']) || id.ends_with(['`', ' ']);
    let pad = if padded && !id.trim_matches(' ').is_empty() { " " } else { "" };
    format!("{fence}{pad}{id}{pad}{fence}")
}

/// The address of a link. What could end it, or mean something within it, is written in hexadecimal digits.
pub(super) fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#@!+,;=%'*".contains(&byte) {
            out.push(char::from(byte));
        } else if byte == b'&' {
            // It may begin the name of a character.
            out.push_str("\\&");
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
