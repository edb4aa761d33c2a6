//! Folding: what is left of a name once the ways of typing it are taken off. Names that fold alike are one name.

use std::borrow::Cow;

use unicase::UniCase;
use unicode_normalization::UnicodeNormalization;

/// Folds the name of a speaker, a claim or a document: NFKC, any case, white space of any kind as one space,
/// without quotation marks, a leading `the` and a final stop. Never to nothing.
///
/// Folding a folded name changes nothing.
pub(crate) fn fold_name(name: &str) -> Cow<'_, str> {
    if is_folded_ascii(name) && !begins_with_the(name) {
        return Cow::Borrowed(name);
    }
    let spaced = fold_words(name, true);
    Cow::Owned(without_article(&spaced).to_owned())
}

/// Folds a term: NFC, any case, white space of any kind as one space, without quotation marks and a final stop.
/// Never to nothing. (`x²` isn't `x2`, and an article is part of a term.)
pub(crate) fn fold_term(term: &str) -> Cow<'_, str> {
    if is_folded_ascii(term) {
        return Cow::Borrowed(term);
    }
    Cow::Owned(fold_words(term, false))
}

/// Folds the word of a unit as [`fold_term`] does, but for symbols of measure, where case tells metres from
/// megametres.
pub(crate) fn fold_unit(unit: &str) -> Cow<'_, str> {
    let trimmed = unit.trim();
    if is_symbol_of_measure(trimmed) {
        return if trimmed.is_ascii() { Cow::Borrowed(trimmed) } else { trimmed.nfc().collect() };
    }
    fold_term(unit)
}

/// Whether nothing but a leading article could be folded. Most names in tables are ids, and pass here.
fn is_folded_ascii(name: &str) -> bool {
    let mut before = b' ';
    for byte in name.bytes() {
        let is_plain = match byte {
            b' ' => before != b' ',
            b'"' | b'\'' | b'`' => false,
            b'!'..=b'~' => !byte.is_ascii_uppercase(),
            _ => false,
        };
        if !is_plain {
            return false;
        }
        before = byte;
    }
    // An empty name, too, is sent to the slow way by the space that was put before it.
    before != b' ' && before != b'.'
}

/// All of folding but the article.
fn fold_words(text: &str, is_compatible: bool) -> String {
    let mut folded = spaced(text);
    // Case folding may undo a normal form and the other way round, so both are done until neither changes
    // anything. That takes two rounds at most on any text known; the third is there to be sure to end.
    for _ in 0..3 {
        let next = if folded.is_ascii() {
            folded.to_ascii_lowercase()
        } else {
            let normal: String = if is_compatible { folded.nfkc().collect() } else { folded.nfc().collect() };
            UniCase::new(normal.as_str()).to_folded_case()
        };
        // A normal form can bring forth spaces and quotation marks that weren't there before.
        let next = spaced(&next);
        let is_stable = next == folded;
        folded = next;
        if is_stable {
            break;
        }
    }
    if !folded.is_ascii() {
        folded = if is_compatible { folded.nfkc().collect() } else { folded.nfc().collect() };
    }
    folded
}

/// The text with single spaces, without what isn't seen, quotation marks and a final stop, unless nothing is
/// left then.
fn spaced(text: &str) -> String {
    let kept = |keeps_marks: bool| {
        let mut spaced = String::with_capacity(text.len());
        let mut is_due = false;
        for character in text.chars() {
            if character.is_whitespace() {
                is_due = !spaced.is_empty();
            } else if !is_invisible(character) && (keeps_marks || !is_quotation_mark(character)) {
                if std::mem::take(&mut is_due) {
                    spaced.push(' ');
                }
                // A hyphen that doesn't break, and the one that Unicode meant for text, look like any other.
                spaced.push(if matches!(character, '\u{2010}' | '\u{2011}') { '-' } else { character });
            }
        }
        let len = spaced.trim_end_matches(['.', ' ']).len();
        if len > 0 {
            spaced.truncate(len);
        }
        spaced
    };
    let without = kept(false);
    if without.is_empty() {
        let with = kept(true);
        return if with.is_empty() { text.to_owned() } else { with };
    }
    without
}

/// What takes no room: soft hyphens, joiners, marks of direction, selectors of a form.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Quotation marks, and apostrophes, which nobody types alike.
fn is_quotation_mark(character: char) -> bool {
    matches!(character, '"' | '\'' | '`' | '\u{b4}' | '\u{ab}' | '\u{bb}' | '\u{2bb}' | '\u{2bc}'
        | '\u{2018}'..='\u{201f}' | '\u{2039}' | '\u{203a}' | '\u{300c}'..='\u{300f}' | '\u{301d}'..='\u{301f}'
        | '\u{ff02}' | '\u{ff07}' | '\u{ff40}')
}

fn begins_with_the(name: &str) -> bool {
    name.len() > 4 && name.is_char_boundary(4) && name[..4].eq_ignore_ascii_case("the ")
}

/// The name without its article. Of `the the` nothing is taken, since an article before an article is a name.
fn without_article(name: &str) -> &str {
    match name.strip_prefix("the ") {
        Some(rest) if !rest.is_empty() && rest != "the" && !rest.starts_with("the ") => rest,
        _ => name,
    }
}

/// Whether a unit is a symbol that another case of it would make another unit: `m` and `M`, `mW` and `MW`,
/// `kb` and `kB`.
fn is_symbol_of_measure(unit: &str) -> bool {
    /// What prefixes are put before.
    const BASES: [&str; 28] = [
        "m", "g", "s", "a", "k", "l", "w", "v", "j", "n", "b", "t", "c", "f", "h", "hz", "pa", "bq", "sv",
        "gy", "wh", "ev", "cd", "lm", "lx", "wb", "mol", "bar",
    ];
    let mut letters = unit.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => return only.is_alphabetic(),
        (Some(_), Some(_)) if unit.len() <= 4 && unit.is_ascii() => {}
        _ => return false,
    }
    let lower = unit.to_ascii_lowercase();
    let (prefix, base) = lower.split_at(1);
    match prefix {
        // Milli and mega, pico and peta, zepto and zetta, yocto and yotta.
        "m" | "p" | "z" | "y" => BASES.contains(&base),
        // Bits and bytes.
        "k" | "g" | "t" => base == "b",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_fold_to_what_they_are() {
        for (name, folded) in [
            ("reuters", "reuters"),
            ("Reuters", "reuters"),
            ("  REUTERS\u{a0}\t", "reuters"),
            ("The  Guardian", "guardian"),
            ("the\u{2003}Guardian.", "guardian"),
            ("\u{201c}Guardian\u{201d}", "guardian"),
            ("U.S. Army", "u.s. army"),
            ("U.S.", "u.s"),
            ("The", "the"),
            ("The The", "the the"),
            ("The The Times", "the the times"),
            ("Theodore", "theodore"),
            ("A.", "a"),
            (".", "."),
            ("\"", "\""),
            ("The .", "the"),
            ("O\u{2019}Brien", "obrien"),
            ("\u{ff32}euters", "reuters"),
            ("Caf\u{e9}", "caf\u{e9}"),
            ("Cafe\u{301}", "caf\u{e9}"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("al\u{2011}Jazeera", "al-jazeera"),
            ("Reu\u{ad}ters\u{200b}", "reuters"),
            ("ministry of defence", "ministry of defence"),
        ] {
            assert_eq!(fold_name(name), folded, "{name:?}");
        }
    }

    #[test]
    fn a_name_that_is_folded_is_borrowed() {
        for name in ["reuters", "ministry of defence", "unit 12", "al-jazeera", "u.s"] {
            assert!(matches!(fold_name(name), Cow::Borrowed(_)), "{name}");
        }
    }

    #[test]
    fn terms_keep_their_articles_and_their_figures() {
        for (term, folded) in [
            ("Airstrike", "airstrike"),
            ("Air  Strike", "air strike"),
            ("the Wall", "the wall"),
            ("x\u{b2}", "x\u{b2}"),
            ("FALSE", "false"),
            ("Mostly false.", "mostly false"),
            ("\u{201c}fire\u{201d}", "fire"),
        ] {
            assert_eq!(fold_term(term), folded, "{term:?}");
        }
    }

    #[test]
    fn symbols_of_measure_are_kept_exactly() {
        for symbol in ["m", "M", "g", "G", "K", "k", "mW", "MW", "kb", "kB", "Mm", "mm", "MPa", "mPa"] {
            assert_eq!(fold_unit(symbol), symbol);
        }
        for (word, folded) in [("Soldiers", "soldiers"), ("KM", "km"), ("People", "people"), ("USD", "usd")] {
            assert_eq!(fold_unit(word), folded);
        }
    }

    /// Text of the sort that is typed, and of the sort that isn't.
    fn any_name() -> impl Strategy<Value = String> {
        prop_oneof![
            "(the |The )?[A-Za-z.'\" -]{1,12}",
            "[a-zA-Z\u{e9}\u{df}\u{130}\u{1c5}\u{3c2}\u{fb01}\u{345}\u{301}\u{2019}\u{a0}\u{3000}.]{1,10}",
            "\\PC{1,12}",
            ".{1,12}",
        ]
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(name in any_name()) {
            let folded = fold_name(&name);
            prop_assert_eq!(fold_name(&folded), folded.as_ref());
            let folded = fold_term(&name);
            prop_assert_eq!(fold_term(&folded), folded.as_ref());
            let folded = fold_unit(&name);
            prop_assert_eq!(fold_unit(&folded), folded.as_ref());
        }

        #[test]
        fn nothing_folds_to_nothing(name in any_name()) {
            prop_assert!(!fold_name(&name).is_empty());
            prop_assert!(!fold_term(&name).is_empty());
        }

        #[test]
        fn the_fast_way_is_the_slow_way(name in "[a-z0-9.' -]{1,12}") {
            let slow = fold_words(&name, true);
            prop_assert_eq!(fold_name(&name), without_article(&slow));
            prop_assert_eq!(fold_term(&name), fold_words(&name, false));
        }

        #[test]
        fn respelled_names_fold_alike(
            words in prop::collection::vec("[A-Za-z\u{e9}\u{fc}\u{df}\u{3c9}]{2,8}", 1..4),
            upper in any::<bool>(),
            decomposed in any::<bool>(),
            spaces in "[ \u{a0}\u{2003}\t]{1,3}",
            article in "(the |The |THE )?",
            stop in "[.]?",
        ) {
            let name = words.join(" ");
            prop_assume!(!begins_with_the(&format!("{name} ")));
            let respelled = words.join(&spaces);
            let respelled = if upper { respelled.to_uppercase() } else { respelled.to_lowercase() };
            let respelled: String = if decomposed { respelled.nfd().collect() } else { respelled };
            let respelled = format!(" {article}{respelled}{stop}");
            prop_assert_eq!(fold_name(&respelled), fold_name(&name));
        }
    }
}
