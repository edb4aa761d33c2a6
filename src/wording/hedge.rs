//! The English words around figures and dates. Another language is another set of these tables.

use std::borrow::Cow;

use super::Flaw;
use crate::model::value::{Approximation, Hedge, Hedgeable, Said};

/// Words and what they mean. They are in lower case, as texts are when they get here, and none is empty.
type HedgeTable = [(&'static str, Hedge)];

/// What stands before a figure. Where two begin alike, the longer one is meant.
const BEFORE: &HedgeTable = &[
    ("at least", Hedge::AtLeast),
    ("no fewer than", Hedge::AtLeast),
    ("not fewer than", Hedge::AtLeast),
    ("no less than", Hedge::AtLeast),
    ("not less than", Hedge::AtLeast),
    ("a minimum of", Hedge::AtLeast),
    ("minimum of", Hedge::AtLeast),
    ("minimum", Hedge::AtLeast),
    ("min.", Hedge::AtLeast),
    ("min", Hedge::AtLeast),
    (">=", Hedge::AtLeast),
    ("≥", Hedge::AtLeast),
    ("more than", Hedge::MoreThan),
    ("greater than", Hedge::MoreThan),
    ("well over", Hedge::MoreThan),
    ("well above", Hedge::MoreThan),
    ("over", Hedge::MoreThan),
    ("above", Hedge::MoreThan),
    ("north of", Hedge::MoreThan),
    ("upwards of", Hedge::MoreThan),
    ("upward of", Hedge::MoreThan),
    ("in excess of", Hedge::MoreThan),
    ("exceeding", Hedge::MoreThan),
    (">", Hedge::MoreThan),
    ("at most", Hedge::AtMost),
    ("at the most", Hedge::AtMost),
    ("up to", Hedge::AtMost),
    ("no more than", Hedge::AtMost),
    ("not more than", Hedge::AtMost),
    ("as many as", Hedge::AtMost),
    ("as much as", Hedge::AtMost),
    ("a maximum of", Hedge::AtMost),
    ("maximum of", Hedge::AtMost),
    ("maximum", Hedge::AtMost),
    ("max.", Hedge::AtMost),
    ("max", Hedge::AtMost),
    ("<=", Hedge::AtMost),
    ("≤", Hedge::AtMost),
    ("fewer than", Hedge::FewerThan),
    ("less than", Hedge::FewerThan),
    ("well under", Hedge::FewerThan),
    ("well below", Hedge::FewerThan),
    ("under", Hedge::FewerThan),
    ("below", Hedge::FewerThan),
    ("<", Hedge::FewerThan),
    ("about", Hedge::About),
    ("some", Hedge::About),
    ("around", Hedge::About),
    ("roughly", Hedge::About),
    ("approximately", Hedge::About),
    ("approx.", Hedge::About),
    ("approx", Hedge::About),
    ("circa", Hedge::About),
    ("ca.", Hedge::About),
    ("c.", Hedge::About),
    ("an estimated", Hedge::About),
    ("estimated", Hedge::About),
    ("est.", Hedge::About),
    ("in the region of", Hedge::About),
    ("~", Hedge::About),
    ("≈", Hedge::About),
    ("nearly", Hedge::Nearly),
    ("almost", Hedge::Nearly),
    ("close to", Hedge::Nearly),
    ("approaching", Hedge::Nearly),
    ("just shy of", Hedge::Nearly),
    ("just under", Hedge::Nearly),
    ("just below", Hedge::Nearly),
    ("just over", Hedge::JustOver),
    ("just above", Hedge::JustOver),
    ("slightly over", Hedge::JustOver),
    ("slightly more than", Hedge::JustOver),
    ("a little over", Hedge::JustOver),
    ("exactly", Hedge::Exactly),
    ("precisely", Hedge::Exactly),
    ("a total of", Hedge::Exactly),
    ("only", Hedge::Exactly),
    ("just", Hedge::Exactly),
];

/// What stands behind a figure.
const BEHIND: &HedgeTable = &[
    (" or more", Hedge::AtLeast),
    (" and more", Hedge::AtLeast),
    (" or above", Hedge::AtLeast),
    (" and above", Hedge::AtLeast),
    (" or over", Hedge::AtLeast),
    (" and over", Hedge::AtLeast),
    (" or higher", Hedge::AtLeast),
    (" or greater", Hedge::AtLeast),
    (" and counting", Hedge::AtLeast),
    (" and rising", Hedge::AtLeast),
    (" so far", Hedge::AtLeast),
    (" confirmed", Hedge::AtLeast),
    (" at least", Hedge::AtLeast),
    ("+", Hedge::AtLeast),
    (" or fewer", Hedge::AtMost),
    (" or less", Hedge::AtMost),
    (" or under", Hedge::AtMost),
    (" or below", Hedge::AtMost),
    (" or lower", Hedge::AtMost),
    (" at most", Hedge::AtMost),
    (" at the most", Hedge::AtMost),
    (" or so", Hedge::About),
    (" or thereabouts", Hedge::About),
    ("-odd", Hedge::About),
    (" odd", Hedge::About),
];

/// What stands before a date.
const BEFORE_DATE: &HedgeTable = &[
    ("since", Hedge::AtLeast),
    ("from", Hedge::AtLeast),
    ("on or after", Hedge::AtLeast),
    ("in or after", Hedge::AtLeast),
    ("no earlier than", Hedge::AtLeast),
    ("not earlier than", Hedge::AtLeast),
    ("not before", Hedge::AtLeast),
    ("not until", Hedge::AtLeast),
    ("not till", Hedge::AtLeast),
    ("after", Hedge::MoreThan),
    ("later than", Hedge::MoreThan),
    ("on or before", Hedge::AtMost),
    ("in or before", Hedge::AtMost),
    ("no later than", Hedge::AtMost),
    ("not later than", Hedge::AtMost),
    ("not after", Hedge::AtMost),
    ("until", Hedge::AtMost),
    ("till", Hedge::AtMost),
    ("to", Hedge::AtMost),
    ("by", Hedge::AtMost),
    ("aft", Hedge::MoreThan),
    ("aft.", Hedge::MoreThan),
    ("before", Hedge::FewerThan),
    ("bef", Hedge::FewerThan),
    ("bef.", Hedge::FewerThan),
    ("earlier than", Hedge::FewerThan),
    ("prior to", Hedge::FewerThan),
    ("abt", Hedge::About),
    ("abt.", Hedge::About),
    ("cal", Hedge::About),
    ("cal.", Hedge::About),
    ("calculated", Hedge::About),
    ("est", Hedge::About),
    ("est.", Hedge::About),
    ("estimated", Hedge::About),
    ("on or about", Hedge::About),
    ("on or around", Hedge::About),
    ("in or around", Hedge::About),
    ("about", Hedge::About),
    ("around", Hedge::About),
    ("roughly", Hedge::About),
    ("approximately", Hedge::About),
    ("circa", Hedge::About),
    ("ca.", Hedge::About),
    ("ca", Hedge::About),
    ("c", Hedge::About),
    ("c.", Hedge::About),
    ("~", Hedge::About),
    ("exactly", Hedge::Exactly),
];

/// What stands behind a date.
const BEHIND_DATE: &HedgeTable = &[
    (" or later", Hedge::AtLeast),
    (" or after", Hedge::AtLeast),
    (" and after", Hedge::AtLeast),
    (" onward", Hedge::AtLeast),
    (" onwards", Hedge::AtLeast),
    (" at the earliest", Hedge::AtLeast),
    (" or earlier", Hedge::AtMost),
    (" or before", Hedge::AtMost),
    (" at the latest", Hedge::AtMost),
    (" or so", Hedge::About),
    (" or thereabouts", Hedge::About),
];

/// Words for a figure that say only its order of magnitude, and what it takes to contradict them.
const VAGUE: &[(&str, u64, u64)] = &[
    ("a few", 3, 9),
    ("tens", 20, 999),
    ("dozens", 24, 999),
    ("scores", 40, 999),
    ("hundreds", 200, 9_999),
    ("thousands", 2_000, 99_999),
    ("tens of thousands", 20_000, 999_999),
    ("hundreds of thousands", 200_000, 9_999_999),
    ("millions", 2_000_000, 99_999_999),
    ("tens of millions", 20_000_000, 999_999_999),
    ("hundreds of millions", 200_000_000, 9_999_999_999),
    ("billions", 2_000_000_000, 99_999_999_999),
    ("tens of billions", 20_000_000_000, 999_999_999_999),
    ("hundreds of billions", 200_000_000_000, 9_999_999_999_999),
    ("trillions", 2_000_000_000_000, 99_999_999_999_999),
];

/// Other words for the first of those.
const A_FEW: &[&str] = &["a few", "few", "several", "a handful", "handful"];

/// Whoever says `many hundreds` says no more than `hundreds`.
const MANY: &str = "many ";

/// What several of are said: `a few hundred`.
const UNITS: &[(&str, u64)] = &[
    ("dozen", 12),
    ("score", 20),
    ("hundred", 100),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
    ("tens of thousands", 10_000),
    ("hundreds of thousands", 100_000),
    ("tens of millions", 10_000_000),
    ("hundreds of millions", 100_000_000),
    ("tens of billions", 10_000_000_000),
    ("hundreds of billions", 100_000_000_000),
];

/// How many of them: from twice up to below three or ten times.
const MULTIPLES: &[(&str, u64)] = &[
    ("a couple of ", 3),
    ("a couple ", 3),
    ("couple of ", 3),
    ("a few ", 10),
    ("few ", 10),
    ("several ", 10),
    ("a handful of ", 10),
    ("handful of ", 10),
];

/// What excludes an answer.
const ANYTHING_BUT: &[&str] =
    &["anything but", "anything except", "anything other than", "other than", "not"];

/// Why words that deny a figure aren't read, with what to write: "not one" is none, and "not a few" are many.
pub(super) fn says_how_many_not(text: &str) -> Option<&'static str> {
    const NONE: [&str; 4] = ["not one", "not a one", "not a single", "not even one"];
    const MANY: [&str; 3] = ["not a few", "not few", "quite a few"];
    let begins = |words: &&str| begins_with(text, words);
    if NONE.iter().any(begins) {
        return Some("does that say that there was none? write `0`, or `anything but 1`");
    }
    MANY.iter().any(begins).then_some("say at least how many, as in `at least 10`")
}

/// What excludes a term. Fewer words than for figures: terms such as "not known" have names of their own.
const ANYTHING_BUT_TERMS: &[&str] = &["anything but", "anything except", "anything other than"];

/// What is excluded, where anything is.
pub(super) fn anything_but(text: &str) -> Option<&str> {
    let words = ANYTHING_BUT.iter().find(|words| begins_with(text, words))?;
    // `not more than`, `not before`
    let is_a_hedge = before(text).is_some() || before_date(text).is_some();
    (!is_a_hedge).then(|| text[words.len()..].trim_start())
}

/// How many bytes of a text of terms, whose letters may be of either case, say that what follows is excluded.
pub(super) fn anything_but_terms(text: &str) -> usize {
    let begin = |words: &&&str| {
        let begin = text.get(..words.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(words));
        begin && !text[words.len()..].starts_with(|c: char| !c.is_whitespace())
    };
    let words = ANYTHING_BUT_TERMS.iter().find(begin);
    words.map_or(0, |words| text.len() - text[words.len()..].trim_start().len())
}

/// Whether the ` or ` between two texts joins a hedge (`14 or more`, `on or before Friday`), and names no
/// second answer.
pub(super) fn or_is_a_hedge(ahead: &str, behind: &str) -> bool {
    let before_a_date = BEFORE_DATE.iter().filter_map(|(words, _)| words.split_once(" or "));
    let ends_with =
        |word: &str| ahead.strip_suffix(word).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
    if before_a_date.into_iter().any(|(one, other)| ends_with(one) && begins_with(behind, other)) {
        return true;
    }
    // "14 or over" is a hedge, and "14 or over 20" are two answers: what decides is whether a figure follows.
    let figure = before(behind).or_else(|| before_date(behind)).map(|(_, begins)| &behind[begins..]);
    if figure
        .is_some_and(|figure| !figure.is_empty() && !figure.starts_with("or ") && !figure.starts_with(','))
    {
        return false;
    }
    let mut behind_figures =
        BEHIND.iter().chain(BEHIND_DATE).filter_map(|(words, _)| words.strip_prefix(" or "));
    behind_figures
        .any(|words| behind.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// One of several answers: its words, and what they were read as.
pub(super) type ReadAnswer<'t, S> = (&'t str, Said<S>);

/// Whether an answer has no hedge that could be meant for others beside it, nor a word that keeps theirs off.
fn is_bare<S>((text, said): &ReadAnswer<'_, S>) -> bool {
    said.is_unhedged() && before(text).is_none() && before_date(text).is_none()
}

/// Whether the hedge in front of one answer may be meant for the next one too: `under 5 or 6`.
pub(super) fn may_hold_for_next<S>(answer: &ReadAnswer<'_, S>, next: &ReadAnswer<'_, S>) -> bool {
    let hedge = before(answer.0).or_else(|| before_date(answer.0)).map(|(hedge, _)| hedge);
    !answer.1.is_unhedged() && hedge.is_some_and(|hedge| hedge != Hedge::Exactly) && is_bare(next)
}

/// Whether the hedge behind the last of some answers may be meant for those before it, and it makes a
/// difference: `4 or 6 or more`. Of a count `5 or 6 or more` is the same either way.
pub(super) fn may_hold_for_earlier<S: Hedgeable>(answers: &[ReadAnswer<'_, S>]) -> bool {
    let Some(((text, said @ Said::Hedged(hedge, _)), earlier)) = answers.split_last() else { return false };
    let behind = behind(text).or_else(|| behind_date(text)).map(|(_, at)| &text[at..]);
    // Marks are put to one figure: `4 or 6+`. A hedge in front, too, keeps the one behind to its own figure.
    if !behind.is_some_and(|words| words.starts_with(' '))
        || before(text).or_else(|| before_date(text)).is_some()
    {
        return false;
    }
    // Compare the two ways to read it: with the hedge on the last answer only, and on every bare one before
    // it.
    let approximation = Approximation::default();
    let alike: Vec<&Said<S>> =
        earlier.iter().rev().take_while(|a| is_bare(a)).map(|(_, said)| said).collect();
    let as_read = alike.iter().map(|said| said.answers(approximation));
    let as_read = as_read.fold(said.answers(approximation), |all, one| all.join(&one));
    let ends = alike.iter().flat_map(|said| match said {
        Said::Between(low, high) => vec![*low, *high],
        said => said.figure().into_iter().collect(),
    });
    ends.map(|end| Said::Hedged(*hedge, end).answers(approximation)).any(|meant| !meant.entails(&as_read))
}

/// The ends of a figure that says only its order of magnitude.
pub(super) fn vague(text: &str) -> Option<(u64, u64)> {
    let find = |word: &str| VAGUE.iter().find(|(name, ..)| *name == word).map(|(_, low, high)| (*low, *high));
    if A_FEW.contains(&text) {
        return find(A_FEW[0]);
    }
    if let Some(scale) = text.strip_prefix(MANY) {
        return find(&format!("{}s", scale.strip_suffix('s').unwrap_or(scale)));
    }
    // "In the hundreds" says that it has three digits or more.
    if let Some(scale) = text.strip_prefix("in the ") {
        return find(scale).filter(|_| scale.ends_with('s')).map(|(low, high)| (low / 2, high));
    }
    let multiple = MULTIPLES.iter().find_map(|(words, below)| Some((text.strip_prefix(words)?, *below)));
    match multiple {
        Some((unit, below)) => {
            let (_, unit) =
                UNITS.iter().find(|(name, _)| unit == *name || unit.strip_suffix('s') == Some(name))?;
            Some((2 * unit, below * unit - 1))
        }
        None => find(text),
    }
}

/// Where a text goes on that begins with an order of magnitude: `dozens of fighters`.
pub(super) fn behind_vague(text: &str) -> Option<usize> {
    let (at, _) = text.rmatch_indices(' ').find(|(at, _)| vague(&text[..*at]).is_some())?;
    let behind = &text[at + 1..];
    Some(text.len() - behind.strip_prefix("of ").unwrap_or(behind).len())
}

/// The words for an order of magnitude.
pub(super) fn vague_words(low: u64, high: u64) -> Option<Cow<'static, str>> {
    if let Some((word, ..)) = VAGUE.iter().find(|(_, l, h)| (*l, *h) == (low, high)) {
        return Some((*word).into());
    }
    if let Some((word, ..)) = VAGUE.iter().find(|(_, l, h)| (*l / 2, *h) == (low, high)) {
        return Some(format!("in the {word}").into());
    }
    let (name, unit) = UNITS.iter().find(|(_, unit)| 2 * unit == low)?;
    let (words, _) = MULTIPLES.iter().find(|(_, below)| below * unit - 1 == high)?;
    Some(format!("{words}{name}").into())
}

/// The hedge at the beginning of a text in lower case, and its length with the space behind it.
pub(super) fn before(text: &str) -> Option<(Hedge, usize)> {
    first(BEFORE, text)
}

/// The hedge at the beginning of a date.
pub(super) fn before_date(text: &str) -> Option<(Hedge, usize)> {
    first(BEFORE_DATE, text)
}

/// The hedge at the end of a text in lower case, and where it begins.
pub(super) fn behind(text: &str) -> Option<(Hedge, usize)> {
    last(BEHIND, text)
}

/// The hedge at the end of a date.
pub(super) fn behind_date(text: &str) -> Option<(Hedge, usize)> {
    last(BEHIND_DATE, text)
}

fn first(table: &HedgeTable, text: &str) -> Option<(Hedge, usize)> {
    // No hedge begins in a digit, and most texts do.
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let begins = table.iter().filter(|(words, _)| begins_with(text, words));
    let (words, hedge) = begins.max_by_key(|(words, _)| words.len())?;
    Some((*hedge, text.len() - text[words.len()..].trim_start().len()))
}

fn last(table: &HedgeTable, text: &str) -> Option<(Hedge, usize)> {
    if text.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let ends = table.iter().filter(|(words, _)| text.ends_with(words));
    let (words, hedge) = ends.max_by_key(|(words, _)| words.len())?;
    Some((*hedge, text.len() - words.len()))
}

/// The hedge of a text, and the stretch of it that is left when its words are taken off.
pub(super) fn around(
    before: Option<(Hedge, usize)>,
    text: &str,
    behind: impl Fn(&str) -> Option<(Hedge, usize)>,
) -> Result<(Hedge, std::ops::Range<usize>), Flaw> {
    let begins = before.map_or(0, |(_, begins)| begins);
    let behind = behind(&text[begins..]);
    let ends = behind.map_or(text.len(), |(_, ends)| begins + ends);
    match (before, behind) {
        // "some 2,500 or so" says it twice, and says one thing.
        (Some((one, _)), Some((other, _))) if one != other => Err(second(ends)),
        (Some((hedge, _)), _) | (None, Some((hedge, _))) => Ok((hedge, begins..ends)),
        (None, None) => Ok((Hedge::Exactly, begins..ends)),
    }
}

/// Two hedges of one figure.
pub(super) fn second(at: usize) -> Flaw {
    Flaw::new(at, "this is a second hedge; keep the one that was meant")
}

/// Whether a text begins with these words, and not merely with their letters.
fn begins_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| {
        !words.ends_with(char::is_alphanumeric) || rest.is_empty() || rest.starts_with(char::is_whitespace)
    })
}

/// The hedge as canonical text has it, to be put before the figure.
pub(super) fn words(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::Exactly => "",
        Hedge::AtLeast => "at least ",
        Hedge::MoreThan => "more than ",
        Hedge::AtMost => "at most ",
        Hedge::FewerThan => "fewer than ",
        Hedge::About => "about ",
        Hedge::Nearly => "nearly ",
        Hedge::JustOver => "just over ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::WordingError;
    use crate::model::claim::Kind;
    use crate::model::value::AnswerSet;

    const KINDS: &[Kind] = &[Kind::Count, Kind::Quantity, Kind::Date];

    /// The tables of a kind, and three figures or dates for it: the first two next to each other, the third
    /// apart.
    fn tables(kind: Kind) -> (&'static HedgeTable, &'static HedgeTable, [&'static str; 3]) {
        match kind {
            Kind::Date => (BEFORE_DATE, BEHIND_DATE, ["2020", "2021", "2023"]),
            _ => (BEFORE, BEHIND, ["5", "6", "8"]),
        }
    }

    fn answers(kind: Kind, text: &str) -> Result<AnswerSet, String> {
        let read = super::super::read(kind, text, None, &|_| false);
        let content = read.map_err(|error: WordingError| error.to_string())?;
        content.answers(Approximation::default()).ok_or_else(|| "it stands on its own".to_owned())
    }

    /// That one is meant and the other, each as it is said alone.
    fn assert_either(kind: Kind, text: &str, one: &str, other: &str) {
        let both = answers(kind, one).and_then(|one| Ok(one.join(&answers(kind, other)?)));
        assert_eq!(answers(kind, text), both, "a {kind}: {text}");
    }

    fn assert_asked(kind: Kind, text: &str) {
        let why = answers(kind, text).err().unwrap_or_default();
        assert!(why.contains("is the hedge meant for both?"), "a {kind}: `{text}`: {why:?}");
    }

    #[test]
    fn no_hedge_in_front_is_taken_for_one_of_two_alone() {
        for kind in KINDS.iter().copied() {
            let (before, _, [a, next, c]) = tables(kind);
            for (words, hedge) in before {
                let hedged = format!("{words} {a}");
                for other in [next, c] {
                    let (open, told) =
                        (format!("{hedged} or {other}"), format!("{hedged} or exactly {other}"));
                    if *hedge == Hedge::Exactly {
                        assert_either(kind, &open, a, other);
                    } else {
                        assert_asked(kind, &open);
                        assert_asked(kind, &format!("{other}, {hedged} or {other}"));
                    }
                    assert_either(kind, &told, &hedged, other);
                    assert_either(kind, &format!("{other} or {hedged}"), &hedged, other);
                    assert_either(
                        kind,
                        &format!("{hedged} or {words} {other}"),
                        &hedged,
                        &format!("{words} {other}"),
                    );
                }
            }
        }
    }

    #[test]
    fn no_hedge_behind_is_taken_for_one_of_two_alone_where_that_makes_a_difference() {
        for kind in KINDS.iter().copied() {
            let (_, behind, [a, next, c]) = tables(kind);
            for (words, hedge) in behind {
                for (one, other) in [(a, next), (next, a), (a, c), (c, a)] {
                    let hedged = format!("{other}{words}");
                    let open = format!("{one} or {hedged}");
                    // Between two figures of a count, and between two years, lies nothing.
                    let is_gapless = [one, other].contains(&next) && kind != Kind::Quantity;
                    let makes_none = match hedge {
                        Hedge::AtLeast => is_gapless || one == c || one == next,
                        Hedge::AtMost => is_gapless || one == a,
                        _ => false,
                    };
                    // A mark is put to one figure.
                    if makes_none || !words.starts_with(' ') {
                        assert_either(kind, &open, one, &hedged);
                    } else {
                        assert_asked(kind, &open);
                    }
                    assert_either(kind, &format!("exactly {open}"), one, &hedged);
                    assert_either(kind, &format!("{hedged} or {one}"), one, &hedged);
                }
            }
        }
    }
}
