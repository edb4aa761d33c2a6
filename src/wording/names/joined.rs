//! Names that may be several in one cell: `SOHR, VDC` beside `SOHR`.

use super::fold_name;

/// What a name holds that may be several names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum JoinedName<'n> {
    /// It is several names: every part is a name in the file, or one is and all parts are single words.
    Several(Vec<&'n str>),
    /// It may be one name that holds another.
    Holds(Vec<&'n str>),
}

/// More parts than this are looked at only up to here. No cell that a person typed names more.
const MOST_PARTS: usize = 32;

/// What stands between names. A semicolon isn't among them: it separates names properly.
const WORDS: [&str; 13] = [
    "and",
    "&",
    "+",
    "und",
    "et",
    "y",
    "och",
    "og",
    "plus",
    "as well as",
    "along with",
    "together with",
    "|",
];

/// Takes apart a name that may be several. `is_name` says whether a folded text is a name in the file, and is
/// never asked for the whole.
pub(crate) fn joined_name<'n>(name: &'n str, is_name: impl Fn(&str) -> bool) -> Option<JoinedName<'n>> {
    let is_known = |part: &str| is_name(&fold_name(part));
    let pieces = pieces(name);
    if pieces.len() < 2 {
        return bracketed(name, is_known);
    }
    // A name in the file may hold a separator of its own, so the longest run of pieces that is a name is one part.
    let (mut parts, mut known, mut at) = (Vec::new(), Vec::new(), 0);
    while at < pieces.len() {
        let whole = |end: usize| &name[pieces[at].0..pieces[end - 1].1];
        let is_all = |end: usize| at == 0 && end == pieces.len();
        let end = (at + 1..=pieces.len()).rev().find(|end| !is_all(*end) && is_known(whole(*end)));
        let part = whole(end.unwrap_or(at + 1));
        if end.is_some() {
            known.push(part);
        }
        parts.push((part, end.is_some()));
        at = end.unwrap_or(at + 1);
    }
    if known.is_empty() {
        return None;
    }
    let are_single = parts.iter().all(|(part, is_known)| *is_known || part.split_whitespace().count() == 1);
    if known.len() == parts.len() || are_single && parts.iter().all(|(part, _)| !part.contains(' ')) {
        return Some(JoinedName::Several(parts.into_iter().map(|(part, _)| part).collect()));
    }
    Some(JoinedName::Holds(known))
}

/// A name with another one in brackets: `World Health Organization (WHO)`. Brackets explain more often than they
/// join, so it never is several.
fn bracketed<'n>(name: &'n str, is_known: impl Fn(&str) -> bool) -> Option<JoinedName<'n>> {
    let (outer, inner) = name.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let held: Vec<_> =
        [outer.trim(), inner.trim()].into_iter().filter(|part| !part.is_empty() && is_known(part)).collect();
    (!held.is_empty()).then_some(JoinedName::Holds(held))
}

/// Where the pieces between separators begin and end. Empty ones are left out.
fn pieces(name: &str) -> Vec<(usize, usize)> {
    let lower = name.to_ascii_lowercase();
    // The address of a page is one name.
    let has_slashes = !lower.contains("://") && !lower.split('/').next().is_some_and(is_host);
    let (mut pieces, mut begin, mut at) = (Vec::new(), 0, 0);
    let add = |pieces: &mut Vec<(usize, usize)>, begin: usize, end: usize| {
        let piece = &name[begin..end];
        let from = begin + piece.len() - piece.trim_start().len();
        let to = begin + piece.trim_end().len();
        if from < to && pieces.len() < MOST_PARTS {
            pieces.push((from, to));
        }
    };
    while let Some(rest) = lower.get(at..).filter(|rest| !rest.is_empty()) {
        let len = match rest.as_bytes()[0] {
            b',' | b'|' => 1,
            b'/' if has_slashes => 1,
            first if first.is_ascii_whitespace() || at == 0 => word_between(rest, at == 0),
            _ => 0,
        };
        if len > 0 {
            add(&mut pieces, begin, at);
            (begin, at) = (at + len, at + len);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    add(&mut pieces, begin, name.len());
    pieces
}

/// How long a word that separates is, with the white space before it; the white space behind it stays, since it
/// may stand before another one. At the start of a name, or behind a comma, it needs none before it.
fn word_between(rest: &str, is_start: bool) -> usize {
    let trimmed = rest.trim_start();
    if is_start || trimmed.len() == rest.len() {
        return 0;
    }
    let lead = rest.len() - trimmed.len();
    let found = WORDS.iter().filter(|word| {
        trimmed.strip_prefix(**word).is_some_and(|behind| behind.starts_with(char::is_whitespace))
    });
    found.map(|word| lead + word.len()).max().unwrap_or(0)
}

/// Whether a text looks like the name of a host: `t.me`, `example.org`.
fn is_host(text: &str) -> bool {
    !text.contains(char::is_whitespace)
        && text.split('.').count() > 1
        && text.split('.').all(|label| {
            !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
        && text.rsplit('.').next().is_some_and(|last| last.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined<'n>(name: &'n str, names: &[&str]) -> Option<JoinedName<'n>> {
        joined_name(name, |part| names.iter().any(|known| fold_name(known) == part))
    }

    #[test]
    fn several_names_in_one_cell_are_told() {
        use JoinedName::{Holds, Several};
        for (name, names, expected) in [
            ("SOHR, VDC", &["SOHR"][..], Some(Several(vec!["SOHR", "VDC"]))),
            ("SOHR and VDC", &["sohr"], Some(Several(vec!["SOHR", "VDC"]))),
            ("AFP/Reuters", &["Reuters"], Some(Several(vec!["AFP", "Reuters"]))),
            ("AFP, Reuters, and AP", &["AP"], Some(Several(vec!["AFP", "Reuters", "AP"]))),
            ("Police & Hospital", &["police"], Some(Several(vec!["Police", "Hospital"]))),
            ("police + hospital", &["hospital"], Some(Several(vec!["police", "hospital"]))),
            ("Polizei und Feuerwehr", &["Polizei"], Some(Several(vec!["Polizei", "Feuerwehr"]))),
            ("SOHR, Ministry of Health", &["SOHR"], Some(Holds(vec!["SOHR"]))),
            (
                "SOHR, Ministry of Health",
                &["SOHR", "ministry of health"],
                Some(Several(vec!["SOHR", "Ministry of Health"])),
            ),
            (
                "Ministry of Defence and Security",
                &["Ministry of Defence"],
                Some(Holds(vec!["Ministry of Defence"])),
            ),
            ("Ministry of Defence and Security", &["Ministry", "Reuters"], None),
            ("Bosnia and Herzegovina", &["Serbia"], None),
            (
                "Bosnia and Herzegovina, Serbia",
                &["Bosnia and Herzegovina", "Serbia"],
                Some(Several(vec!["Bosnia and Herzegovina", "Serbia"])),
            ),
            ("Marks & Spencer", &[], None),
            ("World Health Organization (WHO)", &["WHO"], Some(Holds(vec!["WHO"]))),
            ("World Health Organization (WHO)", &["UN"], None),
            ("t.me/channel", &["channel"], None),
            ("https://example.org/channel", &["channel"], None),
            ("Anderson", &["ers", "and"], None),
            ("SOHR", &["SOHR"], None),
            ("SOHR,", &["SOHR"], None),
            ("a and", &["a"], None),
            ("", &[], None),
        ] {
            assert_eq!(joined(name, names), expected, "{name} beside {names:?}");
        }
    }

    #[test]
    fn any_text_can_be_looked_at() {
        for name in
            [",", "/", " and ", "é, ü", "\u{3000}and\u{3000}", "and and and", "(", "()", "x ()", "|,|"]
        {
            let _ = joined(name, &["é", "and"]);
        }
    }
}
