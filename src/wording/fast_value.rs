//! What nearly all values are: figures in digits, days, and names of one word. They need no grammar.

use rust_decimal::Decimal;

use super::hedge;
use crate::model::claim::Kind;
use crate::model::date::Date;
use crate::model::term::Terms;
use crate::model::value::{Content, Hedge, Hedgeable as _, Said};

/// What is said as everybody would write it, and whether it is the canonical text; nothing of all else, nor
/// of a name that `term` knows nothing of.
///
/// The grammar reads the same in it.
pub(crate) fn read<T>(
    kind: Kind,
    text: &str,
    term: impl FnOnce(&str) -> Option<T>,
) -> Option<(Content<T>, bool)> {
    match kind {
        Kind::Count => figures(text).map(|(said, is_canonical)| (Content::Count(said), is_canonical)),
        Kind::Quantity => {
            let (said, is_canonical) = figures(text)?;
            let said = match said {
                Said::Hedged(hedge, figure) => Said::Hedged(hedge, Decimal::from(figure)),
                Said::Between(low, high) => Said::Between(low.into(), high.into()),
                _ => return None,
            };
            Some((Content::Quantity(said), is_canonical))
        }
        Kind::Date if text.len() == 10 => {
            let day = Date::parse_fast(text.as_bytes())?;
            Some((Content::Date(Said::Hedged(Hedge::Exactly, day)), true))
        }
        Kind::YesNo => matches!(text, "yes" | "no").then_some((Content::YesNo(text == "yes"), true)),
        Kind::Term | Kind::Place if is_name(text) => {
            let terms = Terms { anything_but: false, any_of: [(term(text)?, Box::default())].into() };
            Some((Content::Terms(terms), true))
        }
        _ => None,
    }
}

/// `14`, `at least 14`, `10 to 15`.
fn figures(text: &str) -> Option<(Said<u64>, bool)> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        if let Some(figure) = figure(text) {
            return Some((Said::Hedged(Hedge::Exactly, figure), true));
        }
        let (low, high) = text.split_once(" to ")?;
        let (low, high) = (figure(low)?, figure(high)?);
        let is_asked_about = low > high || u64::may_be_elided(low, high);
        return (!is_asked_about).then_some((Said::Between(low, high), true));
    }
    // The words for these never leave nothing possible.
    const HEDGES: [Hedge; 4] = [Hedge::AtLeast, Hedge::MoreThan, Hedge::AtMost, Hedge::About];
    if let Some(figures) = text.strip_prefix("up to ") {
        return Some((Said::Hedged(Hedge::AtMost, figure(figures)?), false));
    }
    HEDGES.iter().find_map(|hedge| {
        let figures = text.strip_prefix(hedge::words(*hedge))?;
        Some((Said::Hedged(*hedge, figure(figures)?), true))
    })
}

/// A figure in digits, as it is printed again.
fn figure(text: &str) -> Option<u64> {
    let digits = text.as_bytes();
    if digits.len() > 18 || matches!(digits, [] | [b'0', _, ..]) {
        return None;
    }
    digits.iter().try_fold(0, |figure, digit| match digit {
        b'0'..=b'9' => Some(figure * 10 + u64::from(digit - b'0')),
        _ => None,
    })
}

/// Whether a text is one word, and none that joins or excludes others.
pub(super) fn is_name(text: &str) -> bool {
    let begins = |word: &str| {
        text.as_bytes().get(..word.len()).is_some_and(|b| b.eq_ignore_ascii_case(word.as_bytes()))
    };
    let is_of_a_name = |byte: u8| matches!(byte, b'!'..=b'~') && byte != b'"' && byte != b',';
    !text.is_empty()
        && text.bytes().all(is_of_a_name)
        && text != "or"
        && !begins("anything")
        && !begins("either")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    proptest! {
        #[test]
        fn what_is_plain_is_read_as_the_grammar_reads_it(
            text in prop_oneof![
                "[0-9]{1,20}",
                "(at least|more than|at most|up to|about|fewer than|not|only|At least|nearly) ?[0-9]{1,3}",
                "[0-9]{1,3} (to|or|and|-) [0-9]{1,3}( to [0-9])?",
                "[0-9]{4}-[01][0-9]-[0-3][0-9]",
                "(or|but|not|and|either|anything|Anything|yes|no|none|YES|no one)?[a-z0-9.\",;#/-]{0,6}",
                "\\PC{0,6}",
            ],
            kind in select(Kind::ALL),
            named in any::<bool>(),
        ) {
            if let Some((content, is_canonical)) = read(kind, &text, |name| Some(name.into())) {
                let read = super::super::read_any(kind, &text, None, &|_| named);
                prop_assert_eq!(read.as_ref().ok(), Some(&content), "{} {}", kind, &text);
                let mut written = String::new();
                let _ = super::super::write(&content, &mut written);
                prop_assert_eq!(written == text, is_canonical, "{} {} {}", kind, &text, &written);
            }
        }
    }
}
