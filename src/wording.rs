//! English to a value and back: what people say of figures, dates and terms, and the canonical text of each.

mod date;
mod fast_value;
mod hedge;
mod iso;
mod list;
pub(crate) mod names;
mod number;
pub(crate) mod people;
pub(crate) mod sentences;
#[cfg(any(feature = "json", feature = "csv"))]
pub(crate) mod silence;
mod term;
mod value;
#[cfg(any(feature = "json", feature = "csv"))]
mod when;

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::error::WordingError;
use crate::model::claim::Kind;
use crate::model::date::Date;
use crate::model::value::{Approximation, Content, Hedge, Hedgeable, Said};

#[cfg(any(feature = "json", feature = "csv"))]
pub(crate) use date::may_count_back;
pub(crate) use fast_value::read as read_fast;
#[cfg(feature = "csv")]
pub(crate) use iso::day_month_year;
#[cfg(any(feature = "json", feature = "csv"))]
pub(crate) use iso::{day_of_serial, days_in_either_order};
pub(crate) use list::{Length, few, few_in_a_row, more, named};
pub(crate) use number::grouped;
#[cfg(any(feature = "json", feature = "csv"))]
pub(crate) use when::{asks_when, names_a_year};

/// Where a text stopped being understood, in bytes of the text that was being read, and why.
struct Flaw {
    at: usize,
    why: String,
}

impl Flaw {
    fn new(at: usize, why: impl Into<String>) -> Self {
        Self { at, why: why.into() }
    }

    fn shifted(self, by: usize) -> Self {
        Self { at: self.at + by, ..self }
    }
}

/// No figure, date or choice between terms is said in more bytes.
const LONGEST: usize = 10_000;

/// Reads what was said in answer to a claim of this kind.
///
/// `is_term` says whether a whole text names a term, so that names with `or` in them aren't taken apart.
pub(crate) fn read(
    kind: Kind,
    text: &str,
    published: Option<Date>,
    is_term: &dyn Fn(&str) -> bool,
) -> Result<Content<Box<str>>, WordingError> {
    match read_fast(kind, text, |name| Some(name.into())) {
        Some((content, _)) => Ok(content),
        None => read_any(kind, text, published, is_term),
    }
}

/// Reads as [`read`] does, and says whether what was read prints to the text that it was read from.
pub(crate) fn read_canonical(
    kind: Kind,
    text: &str,
    published: Option<Date>,
    is_term: &dyn Fn(&str) -> bool,
) -> Result<(Content<Box<str>>, bool), WordingError> {
    if let Some(plain) = read_fast(kind, text, |name| Some(name.into())) {
        return Ok(plain);
    }
    let content = read_any(kind, text, published, is_term)?;
    let mut canonical = String::new();
    let _ = write(&content, &mut canonical);
    Ok((content, canonical == text))
}

/// Reads what may be said in any words.
fn read_any(
    kind: Kind,
    text: &str,
    published: Option<Date>,
    is_term: &dyn Fn(&str) -> bool,
) -> Result<Content<Box<str>>, WordingError> {
    const NOTHING: &str = "nothing was said; leave the assertion out, or give it a stance";
    if kind != Kind::Text && text.len() > LONGEST {
        let why = format!("it is {} bytes long, and a {kind} is said in {LONGEST} at most", text.len());
        return Err(WordingError::new(text, 0, &why));
    }
    if let (Kind::Count | Kind::Quantity | Kind::Date, Some((range, best))) = (kind, split_best(text)) {
        return within_range(kind, (range, best), published, is_term);
    }
    // Terms and texts keep their letters and their spaces; all else is read folded.
    let content = match kind {
        Kind::Count | Kind::Quantity | Kind::Date | Kind::YesNo => {
            let said = folded(text).map(|(_, c)| c).collect::<String>();
            match (kind, said.trim_end()) {
                (_, "") => Err(Flaw::new(0, NOTHING)),
                (_, "anything" | "everything") => {
                    Err(Flaw::new(0, "it leaves everything possible; use the stance `no-evidence`"))
                }
                (Kind::Count, said) => choice(said, &count, &|_, _| true).map(Content::Count),
                (Kind::Quantity, said) => choice(said, &quantity, &|_, _| true).map(Content::Quantity),
                (Kind::Date, said) => {
                    let context = date::DateContext::new(said, published);
                    let read = |said: &str| choice(said, &|one| date::read(one, context), &date::is_parted);
                    let shared = date::spelled_out(said).and_then(|said| read(&said).ok());
                    shared.map_or_else(|| read(said), Ok).map(Content::Date)
                }
                (_, "yes" | "true") => Ok(Content::YesNo(true)),
                (_, "no" | "false") => Ok(Content::YesNo(false)),
                _ => Err(Flaw::new(0, "expected `yes` or `no`")),
            }
            .map_err(|flaw| Flaw { at: unfolded(text, flaw.at), ..flaw })
        }
        _ if text.trim().is_empty() => Err(Flaw::new(0, NOTHING)),
        Kind::Term | Kind::Place => term::read(text, is_term).map(Content::Terms),
        Kind::Text => Ok(Content::Text(text.split_whitespace().collect::<Vec<_>>().join(" ").into())),
    };
    content.map_err(|flaw| {
        // What isn't understood from its first word on isn't understood at all.
        let is_whole = text.get(..flaw.at).is_none_or(|ahead| ahead.trim().is_empty());
        WordingError::new(text, if is_whole { 0 } else { flaw.at }, &flaw.why)
    })
}

/// One date in words, such as `29 Aug 2024`, where no other date is needed to tell which one that is; nothing
/// of a text in figures only.
fn one_date(text: &str) -> Option<Result<Date, WordingError>> {
    if !text.contains(|c: char| c.is_alphabetic()) {
        return None;
    }
    Some(match read_any(Kind::Date, text, None, &|_| false) {
        Ok(Content::Date(Said::Hedged(Hedge::Exactly, date))) => Ok(date),
        Ok(_) => {
            let why = "one date is needed here, such as `2024-08-29`, `29 August 2024` or `2024`";
            Err(WordingError::new(text, 0, why))
        }
        // What could be counted back from a document has none here.
        Err(_)
            if read_any(Kind::Date, text, NaiveDate::from_ymd_opt(2024, 9, 3).map(Date::from), &|_| {
                false
            })
            .is_ok() =>
        {
            let why =
                "there is no date here that it could count back from; write the date, as in `2024-08-29`";
            Err(WordingError::new(text, 0, why))
        }
        Err(error) => Err(error),
    })
}

/// What stands between a range and the best estimate within it, and behind that.
const BEST: (&str, &str) = (" (best estimate ", ")");

/// A range with the best estimate within it, in words: `3 to 5 (best estimate 4)`.
pub(crate) fn with_best(range: &str, best: &str) -> String {
    [range, BEST.0, best, BEST.1].concat()
}

/// Such a range and its best estimate.
pub(crate) fn split_best(text: &str) -> Option<(&str, &str)> {
    text.trim_end().strip_suffix(BEST.1)?.split_once(BEST.0)
}

/// Reads a range with a best estimate. The estimate is kept in the words, and narrows nothing: whoever states
/// it leaves the whole range possible.
fn within_range(
    kind: Kind,
    (range, best): (&str, &str),
    published: Option<Date>,
    is_term: &dyn Fn(&str) -> bool,
) -> Result<Content<Box<str>>, WordingError> {
    let content = read(kind, range, published, is_term)?;
    let estimate = read(kind, best, published, is_term)?;
    let answers = |content: &Content<Box<str>>| content.answers(Approximation::default());
    match (answers(&estimate), answers(&content)) {
        (Some(estimate), Some(range)) if estimate.entails(&range) => Ok(content),
        _ => Err(WordingError::new(best, 0, &format!("the best estimate lies outside its range, `{range}`"))),
    }
}

/// The characters of a text as figures and dates are read, each with where it stands in the text.
///
/// English words are in lower case (ASCII only, so that no letter becomes two), whatever space copying has
/// left behind is one plain space, the minus sign is a hyphen, and what nobody can see is gone.
fn folded(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut spaced = true;
    text.char_indices().filter_map(move |(at, c)| {
        let c = match c {
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => {
                return None;
            }
            '−' | '\u{2010}' | '\u{2011}' => '-',
            c if !c.is_ascii() && c.is_numeric() => digit(c).unwrap_or(c),
            c if c.is_whitespace() => ' ',
            c => c.to_ascii_lowercase(),
        };
        let doubled = c == ' ' && spaced;
        spaced = c == ' ';
        (!doubled).then_some((at, c))
    })
}

/// The digit of another script, or of full width, as ours.
fn digit(c: char) -> Option<char> {
    // Where the ten digits of Arabic, Persian, Devanagari, Bengali, Thai, Khmer, Burmese and full width begin.
    const ZEROS: [u32; 8] = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0x17e0, 0x1040, 0xff10];
    let nth = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|nth| *nth < 10))?;
    char::from_digit(nth, 10)
}

/// The words of a range whose ends stand in cells of their own, so that neither lacks its thousands.
#[cfg(any(feature = "json", feature = "csv"))]
pub(crate) fn range_of(low: &str, high: &str) -> String {
    let figure = |text| number::read(text).ok().map(|numeral| numeral.figure);
    match figure(low).zip(figure(high)) {
        Some((least, most)) if Decimal::may_be_elided(least, most) => {
            format!("at least {low} and at most {high}")
        }
        _ => format!("{low} to {high}"),
    }
}

/// Where in the text the byte `at` of its folded form stands.
fn unfolded(text: &str, at: usize) -> usize {
    let mut bytes = 0;
    let behind = folded(text).find(|(_, c)| {
        bytes += c.len_utf8();
        bytes > at
    });
    behind.map_or(text.len(), |(at, _)| at)
}

type ReadOne<'r, S> = &'r dyn Fn(&str) -> Result<Said<S>, Flaw>;

/// Whether a text begins as a figure does, behind its hedge: `14 people`, `fourteen-ish`; not `1st
/// Battalion`, nor `One World Trade Center`.
#[cfg(any(feature = "json", feature = "csv"))]
pub(crate) fn begins_with_figure(text: &str) -> bool {
    let said = text.trim().to_ascii_lowercase();
    let begins = hedge::before(&said).map_or(0, |(_, length)| length);
    let Some(rest) = text.trim().get(begins..) else { return false };
    let first = rest.split_whitespace().next().unwrap_or_default();
    if first.contains(|c: char| c.is_ascii_digit()) {
        return first.chars().all(|c| c.is_ascii_digit() || ".,-+%$€£–~/".contains(c));
    }
    let Some((word, behind)) = rest.split_once(|c: char| c == '-' || c.is_whitespace()) else { return false };
    let figure = count(&word.to_ascii_lowercase()).ok().and_then(|said| said.figure());
    figure.is_some_and(|figure| figure > 0) && !behind.starts_with(char::is_uppercase)
}

/// One answer, several of which one is meant, or whatever is none of those.
///
/// `is_parted` says of a comma, by the words before and behind it, whether it stands between two answers.
fn choice<S: Hedgeable>(
    text: &str,
    one: ReadOne<'_, S>,
    is_parted: &dyn Fn(&str, &str) -> bool,
) -> Result<Said<S>, Flaw> {
    if let Some(why) = hedge::says_how_many_not(text) {
        return Err(Flaw::new(0, why));
    }
    let Some(excluded) = hedge::anything_but(text) else { return any_of(text, one, is_parted) };
    let said = any_of(excluded, one, is_parted).map_err(|flaw| flaw.shifted(text.len() - excluded.len()))?;
    if said.answers(Approximation::default()).is_everything() {
        return Err(Flaw::new(0, "it leaves nothing possible: every answer is excluded"));
    }
    Ok(Said::AnythingBut(Box::new(said)))
}

fn any_of<S: Hedgeable>(
    text: &str,
    one: ReadOne<'_, S>,
    is_parted: &dyn Fn(&str, &str) -> bool,
) -> Result<Said<S>, Flaw> {
    let parts = alternatives(text, is_parted);
    let is_open = |at| {
        let why = "is the hedge meant for both? write it with each, or `exactly` with the other";
        Err(Flaw::new(at, why))
    };
    let mut read: Vec<hedge::ReadAnswer<'_, S>> = Vec::with_capacity(parts.len());
    for (n, (at, part)) in parts.iter().enumerate() {
        if hedge::anything_but(part).is_some() {
            return Err(Flaw::new(
                *at,
                "an exclusion stands at the very beginning, and excludes all that follows",
            ));
        }
        if let Some((_, next)) = parts.get(n + 1) {
            same_scale(part, next).map_err(|flaw| flaw.shifted(*at))?;
        }
        let answer = (*part, one(part).map_err(|flaw| flaw.shifted(*at))?);
        if read.last().is_some_and(|before| hedge::may_hold_for_next(before, &answer)) {
            return is_open(parts[n - 1].0);
        }
        read.push(answer);
    }
    if hedge::may_hold_for_earlier(&read) {
        return is_open(parts[0].0);
    }
    if read.len() == 1 {
        return Ok(read.remove(0).1);
    }
    // EDTF has sets of its own.
    let flat = read.into_iter().flat_map(|(_, said)| match said {
        Said::AnyOf(set) => set.into_vec(),
        said => vec![said],
    });
    Ok(Said::AnyOf(flat.collect()))
}

/// The parts of `2, 3 or 4`, each with where it begins.
fn alternatives<'t>(text: &'t str, is_parted: &dyn Fn(&str, &str) -> bool) -> Vec<(usize, &'t str)> {
    const OR: &str = " or ";
    let mut from = text.len() - text.strip_prefix("either ").unwrap_or(text).len();
    let ors: Vec<usize> = (text.match_indices(OR).map(|(at, _)| at))
        .filter(|at| *at >= from && !hedge::or_is_a_hedge(&text[from..*at], &text[at + OR.len()..]))
        .collect();
    let mut parts = Vec::new();
    for or in ors {
        // Before the last "or", commas part alternatives too.
        let (mut segment, mut at, mut in_a_set) = (from, from, false);
        for between in text[from..or].split(", ") {
            let end = at + between.len();
            in_a_set = between.rfind(['[', ']']).map_or(in_a_set, |mark| between[mark..].starts_with('['));
            let before = between.rsplit(' ').next().unwrap_or_default();
            let after =
                text[end..or].trim_start_matches([',', ' ']).split([' ', ',']).next().unwrap_or_default();
            if end < or && !in_a_set && is_parted(before, after) {
                parts.push((segment, &text[segment..end]));
                segment = end + 2;
            }
            at = end + 2;
        }
        // "2, 3, or 4"
        parts.push((segment, text[segment..or].trim_end_matches(',')));
        from = or + OR.len();
    }
    parts.push((from, &text[from..]));
    parts
}

/// Refuses `2 or 3 million`: is the first figure two, or two million?
fn same_scale(first: &str, second: &str) -> Result<(), Flaw> {
    number::shared_scale(first, second).map_or(Ok(()), |scale| {
        let first = first.trim();
        // "10k", but "10 million"
        let space = if scale.len() > 2 { " " } else { "" };
        Err(Flaw::new(
            0,
            format!("is that {first} or {first}{space}{scale}? write the scale with both figures"),
        ))
    })
}

fn count(text: &str) -> Result<Said<u64>, Flaw> {
    figure(text, &|text| {
        // Nobody counts metres: `1.2m` are millions of something. A quantity's `m` is asked about.
        let millions = text
            .trim()
            .strip_suffix('m')
            .filter(|figure| figure.contains('.') && figure.ends_with(|c: char| c.is_ascii_digit()));
        let numeral = match millions {
            Some(figure) => number::read(&format!("{figure} million"))?,
            None => number::read(text)?,
        };
        if numeral.may_be_thousands {
            let thousands = text.trim().replace('.', "");
            return Err(Flaw::new(
                0,
                format!(
                    "is that {} or {thousands}? a count has no decimals, and commas group thousands",
                    numeral.figure
                ),
            ));
        }
        if numeral.figure < Decimal::ZERO {
            return Err(Flaw::new(
                0,
                "a count can't be negative; declare the claim as a quantity if it may be",
            ));
        }
        if !numeral.figure.is_integer() {
            return Err(Flaw::new(
                0,
                "a count can't be fractional; declare the claim as a quantity if it may be",
            ));
        }
        numeral.figure.to_u64().ok_or_else(|| Flaw::new(0, "the figure is too large for a count"))
    })
}

fn quantity(text: &str) -> Result<Said<Decimal>, Flaw> {
    let said = figure(text, &|text| number::read(text).map(|numeral| numeral.figure))?;
    match said {
        Said::Hedged(hedge @ (Hedge::Nearly | Hedge::JustOver), figure) if figure < Decimal::ZERO => {
            Err(Flaw::new(
                0,
                format!("is `{}{figure}` above or below {figure}? write the range", hedge::words(hedge)),
            ))
        }
        _ => Ok(said),
    }
}

/// Refuses what nobody says of one figure or one date, before time is spent on every way to read it.
fn not_too_long(text: &str) -> Result<(), Flaw> {
    const MOST: usize = 200;
    if text.len() > MOST { Err(Flaw::new(0, "this is too long for one figure or one date")) } else { Ok(()) }
}

type ReadNumeral<'r, S> = &'r dyn Fn(&str) -> Result<S, Flaw>;

/// One figure with its hedge, a range, or a word for an order of magnitude.
fn figure<S: Hedgeable>(text: &str, numeral: ReadNumeral<'_, S>) -> Result<Said<S>, Flaw> {
    not_too_long(text)?;
    // By far the commonest, and it needs no grammar.
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return numeral(text).map(|figure| Said::Hedged(Hedge::Exactly, figure));
    }
    if let Some((low, high)) = hedge::vague(text) {
        return Ok(Said::Vague(low, high));
    }
    let said = match bounds(text, &hedge::before, numeral)? {
        Some(said) => said,
        None => hedged(text, numeral)?,
    };
    possible(said, |said, text| write_figures(said, Length::Few, text))
}

fn hedged<S: Hedgeable>(text: &str, numeral: ReadNumeral<'_, S>) -> Result<Said<S>, Flaw> {
    let (hedge, inner) = hedge::around(hedge::before(text), text, hedge::behind)?;
    let begins = inner.start;
    let inner = &text[inner];
    if let Some((low, high)) = hedge::vague(inner) {
        return match hedge {
            Hedge::Exactly | Hedge::About => Ok(Said::Vague(low, high)),
            _ => Err(Flaw::new(begins, "this is vague already, and takes no other hedge")),
        };
    }
    if begins > 0 && hedge::before(inner).is_some() {
        return Err(hedge::second(begins));
    }
    if let Some(at) = hedge::behind_vague(inner) {
        let word = inner[at..].split(' ').next().unwrap_or_default();
        return Err(number::stray(begins + at, word));
    }
    if let Some((low, high)) = plus_or_minus(inner, numeral).map_err(|flaw| flaw.shifted(begins))? {
        return match hedge {
            Hedge::Exactly => Ok(Said::Between(low, high)),
            Hedge::About => Ok(Said::AboutBetween(low, high)),
            _ => Err(Flaw::new(0, "a range takes no other hedge than `about`")),
        };
    }
    match range(inner, numeral).map_err(|flaw| flaw.shifted(begins))? {
        Some((low, high)) if hedge == Hedge::Exactly => Ok(Said::Between(low, high)),
        Some((low, high)) if hedge == Hedge::About => Ok(Said::AboutBetween(low, high)),
        Some(_) => Err(Flaw::new(0, "a range takes no other hedge than `about`")),
        None => numeral(inner).map(|figure| Said::Hedged(hedge, figure)).map_err(|flaw| flaw.shifted(begins)),
    }
}

/// `more than 10 and at most 15`, whichever comes first.
fn bounds<S: Hedgeable>(
    text: &str,
    before: &dyn Fn(&str) -> Option<(Hedge, usize)>,
    one: ReadNumeral<'_, S>,
) -> Result<Option<Said<S>>, Flaw> {
    let joints = [" and ", " but "].into_iter().flat_map(|joint| text.match_indices(joint));
    for (at, joint) in joints {
        let (first, second) = (&text[..at], &text[at + joint.len()..]);
        let (Some((hedge, begins)), Some((other, other_begins))) = (before(first), before(second)) else {
            continue;
        };
        let is_floor = |hedge| matches!(hedge, Hedge::AtLeast | Hedge::MoreThan);
        let is_ceiling = |hedge| matches!(hedge, Hedge::AtMost | Hedge::FewerThan);
        if !(is_floor(hedge) && is_ceiling(other) || is_ceiling(hedge) && is_floor(other)) {
            continue;
        }
        let figure = one(&first[begins..]).map_err(|flaw| flaw.shifted(begins))?;
        let other_figure =
            one(&second[other_begins..]).map_err(|flaw| flaw.shifted(at + joint.len() + other_begins))?;
        return Ok(Some(if is_floor(hedge) {
            Said::Both(hedge, figure, other, other_figure)
        } else {
            Said::Both(other, other_figure, hedge, figure)
        }));
    }
    Ok(None)
}

/// Why a range isn't read whose first figure may lack its thousands.
fn elided<S: Hedgeable>(low: S, high: S) -> Flaw {
    let [low, high] = [low, high].map(|end| grouped(&end.to_string()));
    let meant = number::read(&low).ok().and_then(|numeral| numeral.figure.checked_mul(Decimal::ONE_THOUSAND));
    let meant = meant.map_or_else(String::new, |figure| grouped(&figure.normalize().to_string()));
    Flaw::new(
        0,
        format!(
            "is the first figure {low} or {meant}? write `{meant} to {high}`, or `at least {low} and at most {high}`"
        ),
    )
}

/// `20 ± 2`: the figures two below and two above.
fn plus_or_minus<S: Hedgeable>(text: &str, numeral: ReadNumeral<'_, S>) -> Result<Option<(S, S)>, Flaw> {
    const MARKS: [&str; 3] = ["±", "+/-", "plus/minus"];
    let Some((at, mark)) = MARKS.iter().find_map(|mark| Some((text.find(mark)?, mark))) else {
        return Ok(None);
    };
    let behind = at + mark.len();
    let middle = number::read(&text[..at])?.figure;
    let reach = number::read(&text[behind..]).map_err(|flaw| flaw.shifted(behind))?.figure;
    let ends = middle.checked_sub(reach).zip(middle.checked_add(reach)).filter(|_| reach >= Decimal::ZERO);
    let Some((low, high)) = ends else {
        return Err(Flaw::new(behind, "expected how far the figure may be off, as in `20 ± 2`"));
    };
    let (low, high) = (numeral(&low.to_string())?, numeral(&high.to_string())?);
    if S::may_be_elided(low, high) {
        return Err(elided(low, high));
    }
    Ok(Some((low, high)))
}

/// `between 10 and 15`, `from 10 to 15`, `10 to 15`, `10–15`, `10-15`.
fn range<S: Hedgeable>(text: &str, numeral: ReadNumeral<'_, S>) -> Result<Option<(S, S)>, Flaw> {
    for (opening, joint) in
        [("between ", " and "), ("from ", " to "), ("", " to "), ("", "–"), ("", "—"), ("", " - "), ("", "-")]
    {
        let Some(rest) = text.strip_prefix(opening) else { continue };
        let mut found = None;
        let mut flaw = None;
        for (at, _) in rest.match_indices(joint) {
            let (low, high) = (&rest[..at], &rest[at + joint.len()..]);
            // A hyphen at the very beginning is a minus sign, and one between letters joins a word.
            if low.is_empty() || (joint == "-" && !low.trim_end().ends_with(|c: char| c.is_ascii_digit())) {
                continue;
            }
            let high_at = opening.len() + at + joint.len();
            // "2 to 3 million" are both millions.
            let scaled = number::shared_scale(low, high).map(|scale| format!("{} {scale}", low.trim()));
            let low_end = numeral(scaled.as_deref().unwrap_or(low));
            let ends = low_end.map_err(|flaw| flaw.shifted(opening.len()));
            let ends = ends.and_then(|low| Ok((low, numeral(high).map_err(|flaw| flaw.shifted(high_at))?)));
            // "one hundred and five" has an "and" of its own, which parts nothing.
            match (ends, found) {
                (Ok(_), Some(_)) => {
                    return Err(Flaw::new(0, "it can be parted in two ways; write both ends in digits"));
                }
                (Ok(ends), None) => found = Some(ends),
                (Err(why), _) => flaw = flaw.or(Some(why)),
            }
        }
        match (found, flaw) {
            (Some((low, high)), _) if low.first() > high.last() => {
                return Err(Flaw::new(0, format!("the range runs backwards; write `{high} to {low}`")));
            }
            (Some((low, high)), _) if S::may_be_elided(low, high) => return Err(elided(low, high)),
            (Some(ends), _) => return Ok(Some(ends)),
            (None, Some(flaw)) => return Err(flaw),
            (None, None) if !opening.is_empty() => {
                return Err(Flaw::new(0, format!("expected two figures, as in `{opening}10{joint}15`")));
            }
            (None, None) => {}
        }
    }
    Ok(None)
}

/// Refuses what leaves nothing possible: `nearly 0`, `more than 15 and fewer than 10`.
fn possible<S: Hedgeable>(
    said: Said<S>,
    write: impl Fn(&Said<S>, &mut dyn fmt::Write) -> fmt::Result,
) -> Result<Said<S>, Flaw> {
    if !said.answers(Approximation::default()).is_empty() {
        return Ok(said);
    }
    let mut text = String::new();
    let _ = write(&said, &mut text);
    Err(Flaw::new(0, format!("it leaves nothing possible: no answer is {text}")))
}

/// Writes the canonical text of a value.
pub(crate) fn write<T: AsRef<str>>(content: &Content<T>, f: &mut impl fmt::Write) -> fmt::Result {
    write_named(content, AsRef::as_ref, Length::Whole, f)
}

/// Writes the canonical text of a value whose terms and texts are named otherwise, or a few of many.
pub(crate) fn write_named<'n, T>(
    content: &'n Content<T>,
    name: impl Fn(&'n T) -> &'n str,
    length: Length,
    f: &mut impl fmt::Write,
) -> fmt::Result {
    match content {
        Content::Count(said) => write_figures(said, length, f),
        Content::Quantity(said) => write_figures(said, length, f),
        Content::Date(said) => date::write(said, length, f),
        Content::YesNo(yes) => f.write_str(if *yes { "yes" } else { "no" }),
        Content::Terms(terms) => term::write(terms, name, length, f),
        Content::Text(text) => f.write_str(name(text)),
    }
}

/// Writes parts with `or` between them.
fn write_any<'i, I>(
    parts: &'i [I],
    length: Length,
    f: &mut dyn fmt::Write,
    mut write: impl FnMut(Option<&'i I>, &'i I, &mut dyn fmt::Write) -> fmt::Result,
) -> fmt::Result {
    let (written, more) = length.of(parts.len());
    for (n, part) in parts.iter().take(written).enumerate() {
        let before = n.checked_sub(1).map(|n| &parts[n]);
        if before.is_some() {
            f.write_str(" or ")?;
        }
        write(before, part, f)?;
    }
    more.map_or(Ok(()), |more| write!(f, " or {more}"))
}

fn write_figures<S: Hedgeable>(said: &Said<S>, length: Length, f: &mut dyn fmt::Write) -> fmt::Result {
    match said {
        Said::Hedged(hedge, figure) => {
            f.write_str(hedge::words(*hedge))?;
            figure.write(f)
        }
        Said::Between(low, high) => {
            low.write(f)?;
            f.write_str(" to ")?;
            high.write(f)
        }
        Said::AboutBetween(low, high) => write!(f, "about {low} to {high}"),
        Said::Both(low_hedge, low, high_hedge, high) => {
            write!(f, "{}{low} and {}{high}", hedge::words(*low_hedge), hedge::words(*high_hedge))
        }
        Said::Vague(low, high) => match hedge::vague_words(*low, *high) {
            Some(words) => f.write_str(&words),
            None => write!(f, "{low} to {high}"),
        },
        // Of dates only.
        Said::Part(_, low, high) => write!(f, "{low} to {high}"),
        Said::AnyOf(said) => write_any(said, length, f, |before, one, f| {
            // In "under 5 or 6" it would be open whether the 6 is exact.
            if before.is_some_and(Said::is_hedged) && one.is_unhedged() {
                f.write_str("exactly ")?;
            }
            write_figures(one, length, f)
        }),
        Said::AnythingBut(said) => {
            f.write_str("anything but ")?;
            write_figures(said, length, f)
        }
        Said::Anything => f.write_str("anything"),
    }
}
