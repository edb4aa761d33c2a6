//! English to a value and back: what people say of figures, dates and terms, and the canonical text of each.

mod date;
mod hedge;
mod number;

use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::error::{Shown, WordingError};
use crate::model::claim::Kind;
use crate::model::date::Date;
use crate::model::term::Terms;
use crate::model::value::{Approximation, Content, Hedge, Said, Stretch};

/// Where a text stopped being understood, in bytes of the text that was being read, and why.
struct Flaw {
    at: usize,
    why: String,
}

impl Flaw {
    fn new(at: usize, why: impl Into<String>) -> Self {
        Self { at, why: why.into() }
    }

    fn trailing(at: usize, word: &str) -> Self {
        Self::new(at, format!("{} isn't part of a figure", Shown(word)))
    }

    fn shifted(self, by: usize) -> Self {
        Self { at: self.at + by, ..self }
    }
}

/// Reads what was said in answer to a claim of this kind.
///
/// `is_term` says whether a whole text names a term, so that names with `or` in them aren't taken apart.
pub(crate) fn read(
    kind: Kind,
    text: &str,
    published: Option<Date>,
    is_term: &dyn Fn(&str) -> bool,
) -> Result<Content<Box<str>>, WordingError> {
    let refuse = |flaw: Flaw| WordingError::new(text, flaw.at, &flaw.why);
    if text.trim().is_empty() {
        return Err(refuse(Flaw::new(0, "nothing was said; leave the assertion out, or give it a stance")));
    }
    let lead = text.len() - text.trim_start().len();
    // Lower case for English words only: ASCII, so that every byte keeps its place.
    let said = text.trim().to_ascii_lowercase();
    let content = match kind {
        Kind::Count => choice(&said, &count).map(Content::Count),
        Kind::Quantity => choice(&said, &quantity).map(Content::Quantity),
        Kind::Date => choice(&said, &|one| date::read(one, published)).map(Content::Date),
        Kind::Term | Kind::Place => terms(text.trim(), is_term).map(Content::Terms),
        Kind::YesNo => match said.as_str() {
            "yes" | "true" => Ok(Content::YesNo(true)),
            "no" | "false" => Ok(Content::YesNo(false)),
            _ => Err(Flaw::new(0, "expected `yes` or `no`")),
        },
        Kind::Text => Ok(Content::Text(text.split_whitespace().collect::<Vec<_>>().join(" ").into())),
    }
    .map_err(|flaw| refuse(flaw.shifted(lead)))?;
    if content.answers(Approximation::default()).is_some_and(|answers| answers.is_empty()) {
        return Err(refuse(Flaw::new(lead, "it leaves nothing possible")));
    }
    Ok(content)
}

/// A figure or several, from which one is to be chosen or which are all excluded.
fn choice<S: Stretch>(text: &str, one: &dyn Fn(&str) -> Result<Said<S>, Flaw>) -> Result<Said<S>, Flaw> {
    for words in hedge::ANYTHING_BUT {
        if hedge::begins_with(text, words) && !hedge::not_is_a_hedge(text) {
            let rest = text[words.len()..].trim_start();
            let said = choice(rest, one).map_err(|flaw| flaw.shifted(text.len() - rest.len()))?;
            return Ok(Said::AnythingBut(Box::new(said)));
        }
    }
    let parts = alternatives(text, &|_| false);
    for pair in parts.windows(2) {
        same_scale(pair[0].1, pair[1].1, pair[0].0)?;
    }
    let read = |(at, part): &(usize, &str)| one(part).map_err(|flaw| flaw.shifted(*at));
    match parts.as_slice() {
        [only] => read(only),
        several => several.iter().map(read).collect::<Result<_, _>>().map(Said::AnyOf),
    }
}

/// The parts of `red, blue or green`, each with where it begins. What `keep` knows has its commas kept.
fn alternatives<'t>(text: &'t str, keep: &dyn Fn(&str) -> bool) -> Vec<(usize, &'t str)> {
    let bare = text.strip_prefix("either ").unwrap_or(text);
    let mut segments = Vec::new();
    let mut from = text.len() - bare.len();
    let mut search = from;
    while let Some(found) = text[search..].find(" or ") {
        let behind = search + found + " or ".len();
        if !hedge::or_is_a_hedge(&text[..search + found], &text[behind..]) {
            segments.push((from, &text[from..search + found]));
            from = behind;
        }
        search = behind - 1;
    }
    let last = (from, &text[from..]);
    let mut parts = Vec::new();
    for (mut at, segment) in segments {
        // Before the last "or", commas part alternatives too.
        if keep(segment.trim()) {
            parts.push((at, segment));
            continue;
        }
        for piece in segment.split_inclusive(", ") {
            let name = piece.trim_end_matches([',', ' ']);
            if !name.is_empty() {
                parts.push((at, name));
            }
            at += piece.len();
        }
    }
    parts.push(last);
    parts.into_iter().map(|(at, part)| (at + part.len() - part.trim_start().len(), part.trim())).collect()
}

/// Refuses `2 or 3 million`: is the first figure two, or two million?
fn same_scale(first: &str, second: &str, at: usize) -> Result<(), Flaw> {
    match number::scale_word(second) {
        Some(scale) if number::scale_word(first).is_none() => {
            let first = first.trim();
            Err(Flaw::new(at, format!("is that {first} or {first} {scale}? write the scale with both figures")))
        }
        _ => Ok(()),
    }
}

fn count(text: &str) -> Result<Said<u64>, Flaw> {
    figure(text, &|text| {
        let numeral = number::read(text)?;
        if numeral.may_be_thousands {
            let without = text.trim().replace('.', "");
            return Err(Flaw::new(0, format!("is that {} or {without}? a count has no decimals", numeral.figure)));
        }
        if numeral.figure.is_sign_negative() && !numeral.figure.is_zero() {
            return Err(Flaw::new(0, "a count can't be negative"));
        }
        if !numeral.figure.is_integer() {
            return Err(Flaw::new(0, "a count can't be fractional; declare the claim as a quantity if it may be"));
        }
        numeral.figure.to_u64().ok_or_else(|| Flaw::new(0, "the figure is too large for a count"))
    })
}

fn quantity(text: &str) -> Result<Said<Decimal>, Flaw> {
    figure(text, &|text| number::read(text).map(|numeral| numeral.figure))
}

/// One figure with its hedge, a range, or a word for an order of magnitude.
fn figure<S: Stretch>(text: &str, numeral: &dyn Fn(&str) -> Result<S, Flaw>) -> Result<Said<S>, Flaw> {
    let canonical = hedge::VAGUE_TOO.iter().find(|(word, _)| *word == text).map_or(text, |(_, vague)| vague);
    if let Some((_, low, high)) = hedge::VAGUE.iter().find(|(word, ..)| *word == canonical) {
        return Ok(Said::Vague(*low, *high));
    }
    if let Some((low, high)) = bounds(text, numeral)? {
        return Ok(Said::Both(low.0, low.1, high.0, high.1));
    }
    let (before, length) = hedge::before(text).unzip();
    let begins = length.unwrap_or(0);
    let (behind, ends) = hedge::behind(&text[begins..]).unzip();
    let inner = &text[begins..ends.map_or(text.len(), |at| begins + at)];
    let hedge = match (before, behind) {
        (Some(_), Some(_)) => {
            return Err(Flaw::new(begins + ends.unwrap_or(0), "this is a second hedge; keep the one that was meant"));
        }
        (Some(hedge), None) | (None, Some(hedge)) => hedge,
        (None, None) => Hedge::Exactly,
    };
    if let Some((low, high)) = range(inner, numeral).map_err(|flaw| flaw.shifted(begins))? {
        return match hedge {
            Hedge::Exactly => Ok(Said::Between(low, high)),
            Hedge::About => Ok(Said::AboutBetween(low, high)),
            _ => Err(Flaw::new(0, "a range takes no other hedge than `about`")),
        };
    }
    if hedge != Hedge::Exactly && hedge::before(inner).is_some() {
        return Err(Flaw::new(begins, "this is a second hedge; keep the one that was meant"));
    }
    numeral(inner).map(|figure| Said::Hedged(hedge, figure)).map_err(|flaw| flaw.shifted(begins))
}

type Bounded<S> = ((Hedge, S), (Hedge, S));

/// `more than 10 and at most 15`.
fn bounds<S: Stretch>(text: &str, numeral: &dyn Fn(&str) -> Result<S, Flaw>) -> Result<Option<Bounded<S>>, Flaw> {
    for (at, and) in text.match_indices(" and ") {
        let (low, high) = (&text[..at], &text[at + and.len()..]);
        let (
            Some((low_hedge @ (Hedge::AtLeast | Hedge::MoreThan), from)),
            Some((high_hedge @ (Hedge::AtMost | Hedge::FewerThan), to)),
        ) = (hedge::before(low), hedge::before(high))
        else {
            continue;
        };
        let least = numeral(&low[from..]).map_err(|flaw| flaw.shifted(from))?;
        let most = numeral(&high[to..]).map_err(|flaw| flaw.shifted(at + and.len() + to))?;
        return Ok(Some(((low_hedge, least), (high_hedge, most))));
    }
    Ok(None)
}

/// `between 10 and 15`, `from 10 to 15`, `10 to 15`, `10–15`, `10-15`.
fn range<S: Stretch>(text: &str, numeral: &dyn Fn(&str) -> Result<S, Flaw>) -> Result<Option<(S, S)>, Flaw> {
    for (opening, joint) in
        [("between ", " and "), ("from ", " to "), ("", " to "), ("", "–"), ("", "—"), ("", " - "), ("", "-")]
    {
        let Some(rest) = text.strip_prefix(opening) else { continue };
        // A hyphen at the very beginning is a minus sign, and one between letters joins a word.
        let parting = rest.match_indices(joint).find(|(at, _)| {
            *at > 0 && (joint != "-" || rest[..*at].trim_end().ends_with(|c: char| c.is_ascii_digit()))
        });
        let Some((at, _)) = parting else { continue };
        let high_at = opening.len() + at + joint.len();
        // "one hundred and five" also has an "and": the last one that leaves two numerals parts them.
        if opening == "between " {
            let halves = rest.rmatch_indices(joint).find_map(|(at, _)| {
                let (low, high) = (&rest[..at], &rest[at + joint.len()..]);
                same_scale(low, high, 0).ok()?;
                let halves = (numeral(low), numeral(high));
                if let (Ok(low), Ok(high)) = halves { Some((low, high)) } else { None }
            });
            if halves.is_some() {
                return Ok(halves);
            }
        }
        same_scale(&rest[..at], &text[high_at..], opening.len())?;
        let low = numeral(&rest[..at]).map_err(|flaw| flaw.shifted(opening.len()))?;
        let high = numeral(&text[high_at..]).map_err(|flaw| flaw.shifted(high_at))?;
        return Ok(Some((low, high)));
    }
    Ok(None)
}

/// `falls or shrapnel`, `anything but Anbar`, `Anbar but not Al Hazimi`.
fn terms(text: &str, is_term: &dyn Fn(&str) -> bool) -> Result<Terms<Box<str>>, Flaw> {
    let single = |text: &str| Terms { anything_but: false, any_of: Box::new([(text.into(), Box::default())]) };
    if is_term(text) {
        return Ok(single(text));
    }
    let folded = text.to_ascii_lowercase();
    for words in hedge::ANYTHING_BUT_TERMS {
        if hedge::begins_with(&folded, words) {
            let rest = text[words.len()..].trim_start();
            let inner = terms(rest, is_term).map_err(|flaw| flaw.shifted(text.len() - rest.len()))?;
            if inner.anything_but {
                return Err(Flaw::new(0, "`anything but` stands twice"));
            }
            return Ok(Terms { anything_but: true, ..inner });
        }
    }
    let mut any_of = Vec::new();
    for (at, part) in quoted_alternatives(text, is_term) {
        let mut names = Vec::new();
        let mut left = part;
        while let Some((name, rest)) = part_at(left, if names.is_empty() { " but not " } else { " and not " }, is_term)
        {
            names.push(name);
            left = rest;
        }
        names.push(left);
        let mut bare = Vec::with_capacity(names.len());
        for name in names {
            let name = name.trim();
            let name = name.strip_prefix('"').and_then(|n| n.strip_suffix('"')).unwrap_or(name);
            if name.is_empty() {
                return Err(Flaw::new(at, "a term is missing"));
            }
            bare.push(name.into());
        }
        let mut bare = bare.into_iter();
        if let Some(term) = bare.next() {
            any_of.push((term, bare.collect()));
        }
    }
    Ok(Terms { anything_but: false, any_of: any_of.into() })
}

/// Cuts a text at the first joint that stands outside quotation marks, unless the whole text is a term.
fn part_at<'t>(text: &'t str, joint: &str, is_term: &dyn Fn(&str) -> bool) -> Option<(&'t str, &'t str)> {
    if is_term(text.trim()) {
        return None;
    }
    let outside = |at: usize| text[..at].matches('"').count() % 2 == 0;
    let (at, _) = text.match_indices(joint).find(|(at, _)| outside(*at))?;
    Some((&text[..at], &text[at + joint.len()..]))
}

/// Alternatives between terms, where what stands in quotation marks is one term whatever its words.
fn quoted_alternatives<'t>(text: &'t str, is_term: &dyn Fn(&str) -> bool) -> Vec<(usize, &'t str)> {
    if !text.contains('"') {
        return alternatives(text, is_term);
    }
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some((part, rest)) = part_at(&text[at..], " or ", is_term) {
        parts.push((at, part));
        at = text.len() - rest.len();
    }
    parts.push((at, &text[at..]));
    parts
}

/// Whether a term's id must stand in quotation marks to be read back as one term.
fn needs_quotes(term: &str) -> bool {
    let folded = term.to_ascii_lowercase();
    term.contains('"')
        || term.contains(", ")
        || folded.starts_with("either ")
        || [" or ", " but not ", " and not "].iter().any(|joint| folded.contains(joint))
        || hedge::ANYTHING_BUT_TERMS.iter().any(|words| hedge::begins_with(&folded, words))
}

/// Writes the canonical text of a value.
pub(crate) fn write<T: AsRef<str>>(content: &Content<T>, f: &mut impl fmt::Write) -> fmt::Result {
    match content {
        Content::Count(said) => write_figures(said, f),
        Content::Quantity(said) => write_figures(said, f),
        Content::Date(said) => date::write(said, f),
        Content::YesNo(yes) => f.write_str(if *yes { "yes" } else { "no" }),
        Content::Terms(terms) => write_terms(terms, f),
        Content::Text(text) => f.write_str(text.as_ref()),
    }
}

/// Writes parts with a word between them.
fn joined<I>(
    parts: &[I],
    joint: &str,
    f: &mut dyn fmt::Write,
    mut part: impl FnMut(&I, &mut dyn fmt::Write) -> fmt::Result,
) -> fmt::Result {
    for (n, one) in parts.iter().enumerate() {
        if n > 0 {
            f.write_str(joint)?;
        }
        part(one, f)?;
    }
    Ok(())
}

fn write_figures<S: Stretch>(said: &Said<S>, mut f: &mut dyn fmt::Write) -> fmt::Result {
    match said {
        Said::Hedged(hedge, figure) => write!(f, "{}{figure}", hedge::words(*hedge)),
        Said::Between(low, high) => write!(f, "{low} to {high}"),
        Said::AboutBetween(low, high) => write!(f, "about {low} to {high}"),
        Said::Both(low_hedge, low, high_hedge, high) => {
            write!(f, "{}{low} and {}{high}", hedge::words(*low_hedge), hedge::words(*high_hedge))
        }
        Said::Vague(low, high) => {
            let word = hedge::VAGUE.iter().find(|(_, l, h)| (l, h) == (low, high)).map(|(word, ..)| *word);
            match word {
                Some(word) => f.write_str(word),
                None => write!(f, "{low} to {high}"),
            }
        }
        Said::AnyOf(said) => joined(said, " or ", &mut f, |one, f| write_figures(one, f)),
        Said::AnythingBut(said) => {
            f.write_str("anything but ")?;
            write_figures(said, f)
        }
        Said::Anything => f.write_str("anything"),
    }
}

fn write_terms<T: AsRef<str>>(terms: &Terms<T>, mut f: &mut dyn fmt::Write) -> fmt::Result {
    let name = |term: &T, f: &mut dyn fmt::Write| match term.as_ref() {
        term if needs_quotes(term) => write!(f, "\"{term}\""),
        term => f.write_str(term),
    };
    if terms.anything_but {
        f.write_str("anything but ")?;
    }
    joined(&terms.any_of, " or ", &mut f, |(term, except), f| {
        name(term, f)?;
        for (n, narrower) in except.iter().enumerate() {
            f.write_str(if n == 0 { " but not " } else { " and not " })?;
            name(narrower, f)?;
        }
        Ok(())
    })
}
