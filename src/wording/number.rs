//! Numerals: figures with their digit grouping, English number words, and both together.

use rust_decimal::Decimal;

use super::Flaw;

const BELOW_TWENTY: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const SCALES: [(&str, i64); 13] = [
    ("hundred", 100),
    ("thousand", 1_000),
    ("k", 1_000),
    ("million", 1_000_000),
    ("mn", 1_000_000),
    ("billion", 1_000_000_000),
    ("bn", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
    ("tn", 1_000_000_000_000),
    ("dozen", 12),
    ("score", 20),
    ("couple", 2),
    ("pair", 2),
];
const NONE: [&str; 5] = ["none", "no", "nil", "nobody", "no one"];

/// A numeral, and whether its point may have been meant to group thousands (`14.000`).
pub(super) struct Numeral {
    pub(super) figure: Decimal,
    pub(super) may_be_thousands: bool,
}

/// A word of the text with where it begins.
type Word<'a> = (usize, &'a str);

/// Reads a whole text, in lower case, as one numeral.
pub(super) fn read(text: &str) -> Result<Numeral, Flaw> {
    let plain = |figure: Decimal| Numeral { figure, may_be_thousands: false };
    if NONE.contains(&text.trim()) {
        return Ok(plain(Decimal::ZERO));
    }
    let words = split(text);
    let Some((at, first)) = words.first().copied() else { return Err(Flaw::new(0, "a figure is missing")) };
    if let Some(half) = half(&words) {
        return Ok(plain(half));
    }
    if first.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '−' | '.')) {
        let (numeral, used) = figures(text, &words)?;
        return match &words[used..] {
            [] => Ok(numeral),
            [(at, scale)] => {
                let scale = scale_of(scale).ok_or_else(|| Flaw::trailing(*at, scale))?;
                Ok(plain(times(numeral.figure, scale, *at)?))
            }
            [(at, word), ..] if scale_of(word).is_none() => Err(Flaw::trailing(*at, word)),
            [_, (at, word), ..] => Err(Flaw::trailing(*at, word)),
        };
    }
    if !first.starts_with(char::is_alphabetic) {
        return Err(Flaw::new(at, "a figure is missing"));
    }
    in_words(&words).map(plain)
}

/// Words, with hyphenated ones taken apart: `twenty-three`. A minus sign stays with its figure.
fn split(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut begins = None;
    let mut previous = ' ';
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_whitespace() || (c == '-' && previous.is_alphabetic()) {
            if let Some(from) = begins.take() {
                words.push((from, &text[from..at]));
            }
        } else if begins.is_none() {
            begins = Some(at);
        }
        previous = c;
    }
    words
}

/// `half a dozen`, `half a million`.
fn half(words: &[Word<'_>]) -> Option<Decimal> {
    match words {
        [(_, "half"), (_, "a"), (_, scale)] => Some(Decimal::from(scale_of(scale)?) / Decimal::TWO),
        _ => None,
    }
}

fn scale_of(word: &str) -> Option<i64> {
    SCALES.iter().find(|(name, _)| *name == word).map(|(_, scale)| *scale)
}

/// The scale, a thousand or more, that a numeral ends in; of one in figures also "hundred" and "dozen".
pub(super) fn scale_word(numeral: &str) -> Option<&str> {
    let word = numeral.trim().rsplit(|c: char| c.is_whitespace() || c.is_ascii_digit() || c == '-').next()?;
    scale_of(word).map(|_| word)
}

fn times(figure: Decimal, scale: i64, at: usize) -> Result<Decimal, Flaw> {
    let product =
        figure.checked_mul(scale.into()).ok_or_else(|| Flaw::new(at, "the figure is too large to be kept exactly"));
    product.map(|p| p.normalize())
}

/// Figures, and how many words they take: groups of thousands may stand apart (`43 000`).
fn figures(text: &str, words: &[Word<'_>]) -> Result<(Numeral, usize), Flaw> {
    let (at, first) = words[0];
    let end = at + first.find(|c: char| c.is_alphabetic() || c == '%' || c == '$').unwrap_or(first.len());
    if end < at + first.len() {
        // `14k`: the scale is put to the figure.
        let (figure, scale) = (&text[at..end], &text[end..at + first.len()]);
        let Some(scale) = scale_of(scale) else { return Err(Flaw::trailing(end, scale)) };
        let numeral = decimal(figure, at)?;
        let product = times(numeral.figure, scale, at)?;
        return Ok((Numeral { figure: product, may_be_thousands: false }, 1));
    }
    let is_group = |word: &str| word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit());
    let digits = first.trim_start_matches(['-', '−']);
    let mut used = 1;
    let mut joined = first.to_owned();
    if (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
        for (_, group) in words[1..].iter().take_while(|(_, word)| is_group(word)) {
            joined.push_str(group);
            used += 1;
        }
    }
    Ok((decimal(&joined, at)?, used))
}

fn decimal(text: &str, at: usize) -> Result<Numeral, Flaw> {
    let unsigned = text.trim_start_matches(['-', '−']);
    let sign = &text[..text.len() - unsigned.len()];
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if fraction.is_some_and(|f| f.contains('.')) {
        return Err(Flaw::new(
            at,
            "a point stands before decimals only; group thousands with commas, as in `1,000,000`",
        ));
    }
    if fraction.is_some_and(|f| f.contains(',')) {
        return Err(Flaw::new(
            at,
            "a comma after the point: group thousands with commas and put decimals behind a point, as in `1,000.5`",
        ));
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped =
        groups.len() == 1 || ((1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3));
    if !grouped {
        return Err(Flaw::new(at, "a comma groups thousands, as in `1,500`; put decimals behind a point, as in `1.5`"));
    }
    if sign.chars().count() > 1
        || !groups.iter().all(|g| all_digits(g))
        || groups.iter().all(|g| g.is_empty())
        || fraction.is_some_and(|f| f.is_empty() || !all_digits(f))
    {
        return Err(Flaw::new(at, "this isn't a figure"));
    }
    let mut plain = if sign.is_empty() { String::new() } else { "-".to_owned() };
    plain.extend(groups.iter().copied());
    if let Some(fraction) = fraction {
        plain.push('.');
        plain.push_str(fraction);
    }
    let figure = Decimal::from_str_exact(&plain)
        .map_err(|_| Flaw::new(at, "the figure has too many digits to be kept exactly"))?
        .normalize();
    let figure = if figure.is_zero() { Decimal::ZERO } else { figure };
    let may_be_thousands =
        groups.len() == 1 && fraction.is_some_and(|f| f.len() == 3) && (1..=3).contains(&whole.len()) && whole != "0";
    Ok(Numeral { figure, may_be_thousands })
}

/// `twenty-three`, `one hundred and five`, `two dozen`, `a million`, `fourteen thousand two hundred`.
fn in_words(words: &[Word<'_>]) -> Result<Decimal, Flaw> {
    let words = if let [(_, "a" | "an"), rest @ ..] = words {
        match rest {
            [(_, next), ..] if scale_of(next).is_some() => rest,
            [(at, next), ..] => return Err(Flaw::trailing(*at, next)),
            [] => return Err(Flaw::new(words[0].0, "a figure is missing")),
        }
    } else {
        words
    };
    if let [.., (_, "of")] = words {
        return Err(Flaw::trailing(words[words.len() - 1].0, "of"));
    }
    let mut total = Decimal::ZERO;
    let mut scale_before = i64::MAX;
    let mut left = words;
    while !left.is_empty() {
        let (group, rest) = below_thousand(left)?;
        let (scale, rest) = match rest {
            [(_, word), rest @ ..] if scale_of(word).is_some_and(|s| s != 100) => (scale_of(word).unwrap_or(1), rest),
            _ => (1, rest),
        };
        if scale >= scale_before {
            return Err(Flaw::trailing(left[0].0, left[0].1));
        }
        total += times(group.into(), scale, left[0].0)?;
        // Dozens and scores end a figure: nobody says "two dozen five".
        if matches!(scale, 2 | 12 | 20) || scale == 1 {
            if let [(at, word), ..] = rest {
                return Err(Flaw::trailing(*at, word));
            }
        }
        scale_before = scale;
        left = match rest {
            [(_, "and"), more @ ..] if !more.is_empty() => more,
            _ => rest,
        };
    }
    Ok(total)
}

/// The words of a figure below a thousand (or of `twelve hundred`), and what is left behind them.
fn below_thousand<'w, 't>(words: &'w [Word<'t>]) -> Result<(i64, &'w [Word<'t>]), Flaw> {
    let (figure, rest) = match below_hundred(words) {
        Some(found) => found,
        None => match words {
            // "a hundred", "a dozen": the scale stands for one of itself.
            [(_, word), ..] if scale_of(word).is_some() => (1, words),
            [(at, word), ..] => return Err(Flaw::trailing(*at, word)),
            [] => return Err(Flaw::new(0, "a figure is missing")),
        },
    };
    let [(_, "hundred"), rest @ ..] = rest else { return Ok((figure, rest)) };
    let behind = match rest {
        [(_, "and"), more @ ..] => more,
        _ => rest,
    };
    match below_hundred(behind) {
        Some((more, rest)) => Ok((figure * 100 + more, rest)),
        None => Ok((figure * 100, rest)),
    }
}

fn below_hundred<'w, 't>(words: &'w [Word<'t>]) -> Option<(i64, &'w [Word<'t>])> {
    let place = |list: &[&str], word: &str| list.iter().position(|w| *w == word).and_then(|n| i64::try_from(n).ok());
    let ((_, first), rest) = words.split_first()?;
    if let Some(n) = place(&BELOW_TWENTY, first) {
        return Some((n, rest));
    }
    let tens = (place(&TENS, first)? + 2) * 10;
    match rest.split_first() {
        Some(((_, unit), rest)) if place(&BELOW_TWENTY[..10], unit).is_some_and(|n| n > 0) => {
            Some((tens + place(&BELOW_TWENTY, unit)?, rest))
        }
        _ => Some((tens, rest)),
    }
}
