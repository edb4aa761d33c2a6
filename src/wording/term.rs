//! Terms as people list them: `falls or shrapnel`, `anything but Anbar`, `Anbar but not Al Hazimi`.
//!
//! A name is whatever stands between the words that join names. One that has such words in it stands in
//! quotation marks, its own marks doubled. Joining words are in lower case, since names often aren't: `Truth
//! Or Dare`.

use std::fmt;

use super::{Flaw, Length, fast_value, hedge, write_any};
use crate::model::id;
use crate::model::term::Terms;

/// What joins a name to the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Or,
    ButNot,
}

/// A stretch of the text that names something, in bytes.
struct TermPiece {
    joint: Joint,
    from: usize,
    to: usize,
}

/// Reads what was said in terms. `is_term` says whether a whole text names one.
pub(super) fn read(text: &str, is_term: &dyn Fn(&str) -> bool) -> Result<Terms<Box<str>>, Flaw> {
    let lead = text.len() - text.trim_start().len();
    let text = text.trim();
    if is_term(text) {
        return Ok(Terms { anything_but: false, any_of: [(text.into(), Box::default())].into() });
    }
    let excluded = hedge::anything_but_terms(text);
    let list = &text[excluded..];
    let any_of = any_of(list, is_term).map_err(|flaw| flaw.shifted(lead + excluded))?;
    Ok(Terms { anything_but: excluded > 0, any_of })
}

type AnyOf = Box<[(Box<str>, Box<[Box<str>]>)]>;

fn any_of(text: &str, is_term: &dyn Fn(&str) -> bool) -> Result<AnyOf, Flaw> {
    let mut any: Vec<(Box<str>, Vec<Box<str>>)> = Vec::new();
    let pieces = pieces(text);
    let mut left = pieces.as_slice();
    while let [first, ..] = left {
        // Names that are known are kept whole, joining words and all.
        const MOST_JOINED: usize = 4;
        let joined =
            (2..=left.len().min(MOST_JOINED)).rev().find(|n| is_term(&text[first.from..left[n - 1].to]));
        let taken = joined.unwrap_or(1);
        let raw = &text[first.from..left[taken - 1].to];
        let name =
            if is_term(raw) { raw.into() } else { name(raw).map_err(|flaw| flaw.shifted(first.from))? };
        match (first.joint, any.last_mut()) {
            (Joint::ButNot, Some((_, except))) => except.push(name),
            _ => any.push((name, Vec::new())),
        }
        left = &left[taken..];
    }
    Ok(any.into_iter().map(|(term, except)| (term, except.into())).collect())
}

/// Cuts a list at its joining words.
fn pieces(text: &str) -> Vec<TermPiece> {
    let words = words(text);
    let word = |n: usize| words.get(n).map_or("", |(from, to)| &text[*from..*to]);
    // Commas part names only ahead of an "or": "Anbar, Iraq" is one name.
    let last_or = (0..words.len()).rfind(|n| word(*n) == "or");
    let either = last_or.is_some() && word(0).eq_ignore_ascii_case("either");
    let mut n = usize::from(either);
    let begins = |n: usize| words.get(n).map_or(text.len(), |(from, _)| *from);
    let mut pieces = Vec::new();
    let mut open = TermPiece { joint: Joint::Or, from: begins(n), to: begins(n) };
    while n < words.len() {
        let comma = word(n).ends_with(',') && last_or.is_some_and(|or| n < or);
        let (joint, length) = match (word(n), word(n + 1)) {
            ("or", _) => (Some(Joint::Or), 1),
            ("but", "not") => (Some(Joint::ButNot), 2),
            ("and", "not") if open.joint == Joint::ButNot => (Some(Joint::ButNot), 2),
            // "red, blue, or green"
            (_, "or") if comma => (Some(Joint::Or), 2),
            _ if comma => (Some(Joint::Or), 1),
            _ => (None, 1),
        };
        if joint.is_none() || comma {
            open.to = words[n].1 - usize::from(comma);
        }
        n += length;
        if let Some(joint) = joint {
            pieces.push(std::mem::replace(&mut open, TermPiece { joint, from: begins(n), to: begins(n) }));
        }
    }
    pieces.push(open);
    pieces
}

/// Where the words of a text begin and end; what stands in quotation marks is one word.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut may_be_quoted = true;
    let mut at = 0;
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        let rest = &text[at..];
        if rest.is_empty() {
            return words;
        }
        let mut quoted = 0;
        if may_be_quoted && rest.starts_with('"') {
            // A mark that nothing closes is looked for once: it closes none of those behind it either.
            quoted = closing(rest).unwrap_or(0);
            may_be_quoted = quoted > 0;
        }
        let end = rest[quoted..].find(char::is_whitespace).map_or(text.len(), |space| at + quoted + space);
        words.push((at, end));
        at = end;
    }
}

/// How long the quotation is that a text begins with. A mark closes it at the end of a word; two stand for
/// one within.
fn closing(text: &str) -> Option<usize> {
    let mut marks = text.strip_prefix('"')?.char_indices().map(|(at, c)| (at + 1, c)).peekable();
    while let Some((at, c)) = marks.next() {
        if c == '"' && marks.next_if(|(_, next)| *next == '"').is_none() {
            let ends = marks.peek().is_none_or(|(_, next)| next.is_whitespace() || *next == ',');
            if ends {
                return Some(at + 1);
            }
        }
    }
    None
}

/// One name, its quotation marks taken off, and the space within it as one writes it.
fn name(text: &str) -> Result<Box<str>, Flaw> {
    let name = match text.strip_prefix('"') {
        Some(rest) => match closing(text) {
            Some(length) if length == text.len() => rest[..rest.len() - 1].replace("\"\"", "\""),
            Some(_) => spaced(text),
            None => return Err(Flaw::new(0, "the quotation mark isn't closed")),
        },
        None if hedge::anything_but_terms(text) > 0 => {
            return Err(Flaw::new(
                0,
                "an exclusion stands at the very beginning, and excludes all that follows",
            ));
        }
        None => spaced(text),
    };
    match id::refusal(&name) {
        _ if name.is_empty() => Err(Flaw::new(0, "a term is missing")),
        Some(why) => Err(Flaw::new(0, why)),
        None => Ok(name.into()),
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a name must stand in quotation marks to be read back as one name.
fn needs_quotes(name: &str) -> bool {
    let words = || name.split_whitespace();
    let first = words().next().unwrap_or_default();
    let has_a_joint = || {
        words().any(|word| word == "or" || word.ends_with(','))
            || words().zip(words().skip(1)).any(|pair| matches!(pair, ("but" | "and", "not")))
    };
    let is_loosely_spaced =
        || name.split(' ').any(|word| word.is_empty() || word.contains(char::is_whitespace));
    // `Mike "The Knife" Smith` keeps its marks, and `"Mike"` would lose them.
    let has_loose_marks = || {
        let quotations = self::words(name).into_iter().map(|(from, to)| &name[from..to]);
        closing(name) == Some(name.len())
            || quotations.filter(|w| w.starts_with('"')).any(|w| closing(w).is_none())
    };
    ["anything", "either"].iter().any(|word| first.eq_ignore_ascii_case(word))
        || has_a_joint()
        || is_loosely_spaced()
        || (name.contains('"') && has_loose_marks())
}

/// Writes the canonical text of what was said in terms.
pub(super) fn write<'n, T>(
    terms: &'n Terms<T>,
    name: impl Fn(&'n T) -> &'n str,
    length: Length,
    f: &mut dyn fmt::Write,
) -> fmt::Result {
    if terms.anything_but {
        f.write_str("anything but ")?;
    }
    write_any(&terms.any_of, length, f, |_, (term, except), f| {
        write_name(name(term), f)?;
        let (written, more) = length.of(except.len());
        for (n, narrower) in except.iter().take(written).enumerate() {
            f.write_str(if n == 0 { " but not " } else { " and not " })?;
            write_name(name(narrower), f)?;
        }
        more.map_or(Ok(()), |more| write!(f, " and not {more}"))
    })
}

fn write_name(name: &str, f: &mut dyn fmt::Write) -> fmt::Result {
    if !fast_value::is_name(name) && needs_quotes(name) {
        write!(f, "\"{}\"", name.replace('"', "\"\""))
    } else {
        f.write_str(name)
    }
}
