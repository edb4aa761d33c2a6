//! Numerals: figures with their digit grouping, English number words, and both together.

use rust_decimal::Decimal;

use super::Flaw;
use crate::error::Shown;

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
const SCALES: [(&str, i64); 9] = [
    ("dozen", 12),
    ("score", 20),
    ("hundred", 100),
    ("thousand", 1_000),
    ("lakh", 100_000),
    ("million", 1_000_000),
    ("crore", 10_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
];
/// Scales that stand behind digits only. `m` isn't among them: it may be a million or a metre.
const SHORT_SCALES: [(&str, i64); 4] =
    [("k", 1_000), ("mn", 1_000_000), ("bn", 1_000_000_000), ("tn", 1_000_000_000_000)];
/// Parts of one, behind a figure or alone.
const PARTS: [(char, &str); 3] = [('½', "0.5"), ('¼', "0.25"), ('¾', "0.75")];
/// What there is none of, where nobody was hurt.
const HARM: [&str; 20] = [
    "casualties",
    "casualty",
    "children",
    "civilians",
    "dead",
    "deaths",
    "death",
    "fatalities",
    "hurt",
    "injured",
    "injuries",
    "killed",
    "loss of life",
    "missing",
    "people",
    "survivors",
    "victims",
    "wounded",
    "were killed",
    "were hurt",
];
const NONE: [&str; 6] = ["none", "no", "nil", "nobody", "no one", "nothing"];
const CURRENCIES: [char; 7] = ['$', '€', '£', '¥', '₹', '₽', '₴'];

/// A numeral, and whether its point may have been meant to group thousands (`14.000`).
pub(super) struct Numeral {
    pub(super) figure: Decimal,
    pub(super) may_be_thousands: bool,
}

impl Numeral {
    fn plain(figure: Decimal) -> Self {
        Self { figure, may_be_thousands: false }
    }
}

/// A word of the text with where it begins.
type NumeralWord<'a> = (usize, &'a str);

/// Reads a whole text, in lower case, as one numeral.
pub(super) fn read(text: &str) -> Result<Numeral, Flaw> {
    let bare = text.trim();
    let of_harm = ["no ", "none "].iter().find_map(|none| bare.strip_prefix(none));
    if NONE.contains(&bare) || of_harm.is_some_and(|harm| HARM.contains(&harm)) {
        return Ok(Numeral::plain(Decimal::ZERO));
    }
    let behind_sign = ["-", "minus "].iter().find_map(|sign| bare.strip_prefix(sign));
    let unsigned = behind_sign.unwrap_or(bare).trim_start();
    let at = text.trim_end().len() - unsigned.len();
    let numeral = magnitude(unsigned).map_err(|flaw| flaw.shifted(at))?;
    // No figure is below zero and zero: -0 is plain 0.
    if behind_sign.is_some() && !numeral.figure.is_zero() {
        return Ok(Numeral { figure: -numeral.figure, ..numeral });
    }
    Ok(numeral)
}

fn magnitude(text: &str) -> Result<Numeral, Flaw> {
    let words = split(text);
    match words.first() {
        None => Err(Flaw::new(0, "a figure is missing")),
        Some((at, first)) if first.starts_with(|c: char| c.is_ascii_digit() || part(c).is_some()) => {
            in_parts(*at, first, &words[1..]).unwrap_or_else(|| in_figures(&words))
        }
        Some(_) => in_words(&words).map(Numeral::plain),
    }
}

/// Words, with hyphenated ones taken apart: `twenty-three`.
fn split(text: &str) -> Vec<NumeralWord<'_>> {
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

fn find(scales: &[(&str, i64)], word: &str) -> Option<i64> {
    scales.iter().find(|(name, _)| *name == word).map(|(_, scale)| *scale)
}

fn scale_behind_digits(word: &str) -> Option<i64> {
    find(&SCALES, word).or_else(|| find(&SHORT_SCALES, word))
}

/// The scale that two numerals may share: in `2 or 3 million`, is the first one two, or two million?
///
/// In `800,000 to 1 million` it isn't shared, and neither is it in `ten to a hundred`.
pub(super) fn shared_scale<'t>(first: &str, second: &'t str) -> Option<&'t str> {
    // `15k` is a figure with its scale too.
    fn letters(word: &str) -> &str {
        word.trim_start_matches(|c: char| !c.is_alphabetic())
    }
    let scale = letters(second.rsplit(|c: char| c.is_whitespace() || c == '-').next()?);
    let has_its_own = split(first).iter().any(|(_, word)| scale_behind_digits(letters(word)).is_some());
    if scale_behind_digits(scale).is_none() || has_its_own {
        return None;
    }
    let last = |text: &str| text.split_whitespace().next_back().and_then(|word| read(word).ok());
    let (low, high) = (last(first)?, last(second.strip_suffix(scale)?)?);
    (low.figure < high.figure).then_some(scale)
}

/// Multiplies, or refuses where the product can't be kept to the last digit.
fn times(figure: Decimal, scale: i64, at: usize) -> Result<Decimal, Flaw> {
    let figure = figure.normalize();
    let product = figure.mantissa().checked_mul(scale.into());
    product
        .and_then(|digits| Decimal::try_from_i128_with_scale(digits, figure.scale()).ok())
        .map(|product| product.normalize())
        .ok_or_else(|| Flaw::new(at, "the figure has too many digits to be kept exactly"))
}

/// What stands where a figure should end.
pub(super) fn stray(at: usize, word: &str) -> Flaw {
    let is_exponent = |rest: &str| rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit());
    let why = if let Some(currency) = word.chars().next().filter(|c| CURRENCIES.contains(c)) {
        format!("`{currency}` isn't part of a figure; put the currency into `unit`")
    } else if word.starts_with('%') || matches!(word, "percent" | "per") {
        format!("{} isn't part of a figure; put `%` into `unit`", Shown(word))
    } else if word.strip_prefix('e').is_some_and(is_exponent) {
        "exponents aren't read; write the figure out, as in `1 million` or `0.001`".to_owned()
    } else if word == "b" {
        "is `b` a billion or a part of a name? write `billion`, or say that the claim is of kind `term`"
            .to_owned()
    } else if word == "m" {
        "is `m` a million or a unit? write `million`, or put the unit into `unit`".to_owned()
    } else if word.starts_with(['\'', '’', '_']) {
        "group thousands with commas, as in `1,000`".to_owned()
    } else if scale_behind_digits(word).is_some() {
        format!("a figure has {} once at most, and never behind a smaller scale", Shown(word))
    } else if matches!(word, "and" | "or" | "to") {
        format!("what follows {} is no figure; if it says what is counted, put it into `unit`", Shown(word))
    } else if word.starts_with(char::is_alphabetic) {
        format!("{} isn't part of a figure; if it says what is counted, put it into `unit`", Shown(word))
    } else {
        format!("{} isn't part of a figure", Shown(word))
    };
    Flaw::new(at, why)
}

/// What stands where a figure should begin.
fn no_figure(at: usize, word: &str) -> Flaw {
    let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    if word.starts_with(CURRENCIES) || word.starts_with('%') {
        return stray(at, word);
    }
    Flaw::new(
        at,
        match word.chars().next() {
            Some('.') if digit(&word[1..]) => format!("write a zero before the point, as in `0{word}`"),
            Some('+') if digit(&word[1..]) => {
                format!("leave the sign out, or write `{}+` for at least that many", &word[1..])
            }
            Some('–' | '—') => "write a minus sign as `-`".to_owned(),
            _ => format!("expected a figure, found {}", Shown(word)),
        },
    )
}

/// Figures, with what may stand behind them: further groups of thousands (`43 000`), `and a half`, a scale.
fn in_figures(words: &[NumeralWord<'_>]) -> Result<Numeral, Flaw> {
    let (at, first) = words[0];
    // `1'200` and `1’200` group as commas do.
    let marked = first.replace(['\'', '’'], ",");
    let groups =
        |text: &str| text.split(',').skip(1).all(|group| group.len() == 3 && group.parse::<u16>().is_ok());
    if marked != *first && groups(&marked) && !first.contains(',') {
        let mut words = words.to_vec();
        words[0] = (at, &marked);
        return in_figures(&words);
    }
    let end = first.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(first.len());
    let (figures, glued) = first.split_at(end);
    let mut joined = figures.to_owned();
    let mut used = 1;
    if glued.is_empty() && joined.len() <= 3 && joined.bytes().all(|b| b.is_ascii_digit()) {
        for (_, group) in words[1..].iter().take_while(|(_, word)| is_group(word)) {
            joined.push_str(group);
            used += 1;
        }
    }
    let numeral = decimal(&joined, at)?;
    let mut behind = Vec::new();
    behind.extend((!glued.is_empty()).then_some((at + end, glued)));
    behind.extend_from_slice(&words[used..]);
    // Nobody numbers hulls, or counts metres, in decimals.
    if let [(_, "b")] = behind.as_slice()
        && joined.contains('.')
    {
        return times(numeral.figure, 1_000_000_000, at).map(Numeral::plain);
    }
    match behind.as_slice() {
        [] => Ok(numeral),
        [(_, "and"), (_, "a"), (_, "half"), rest @ ..] => {
            and_a_half(numeral.figure, at, rest).map(Numeral::plain)
        }
        rest => scaled(numeral.figure, at, rest).map(Numeral::plain),
    }
}

/// `½`, `1½ million`; nothing where no part of one is written so.
fn in_parts(at: usize, first: &str, behind: &[NumeralWord<'_>]) -> Option<Result<Numeral, Flaw>> {
    let (whole, glyph) = first.char_indices().find_map(|(at, c)| Some((&first[..at], part(c)?)))?;
    let rest = first.split_once(|c| part(c).is_some()).map_or("", |(_, rest)| rest);
    if !rest.is_empty() {
        return Some(Err(stray(at + first.len() - rest.len(), rest)));
    }
    let whole = if whole.is_empty() { Ok(Numeral::plain(Decimal::ZERO)) } else { decimal(whole, at) };
    let figure = whole.and_then(|whole| {
        let sum = whole.figure.checked_add(glyph).filter(|_| whole.figure.is_integer());
        sum.ok_or_else(|| Flaw::new(at, "only a whole figure takes a part of one"))
    });
    Some(figure.and_then(|figure| scaled(figure, at, behind)).map(Numeral::plain))
}

/// What a sign such as `½` stands for.
fn part(c: char) -> Option<Decimal> {
    let (_, figure) = PARTS.iter().find(|(sign, _)| *sign == c)?;
    Decimal::from_str_exact(figure).ok()
}

fn is_group(word: &str) -> bool {
    let (whole, fraction) = word.split_once('.').unwrap_or((word, "0"));
    whole.len() == 3 && [whole, fraction].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
}

/// A figure with one scale behind it, or none.
fn scaled(figure: Decimal, at: usize, behind: &[NumeralWord<'_>]) -> Result<Decimal, Flaw> {
    match behind {
        [] => Ok(figure),
        [(scale_at, word), rest @ ..] => match (scale_behind_digits(word), rest) {
            (Some(scale), []) => times(figure, scale, at),
            (Some(_), [(stray_at, word), ..]) => Err(stray(*stray_at, word)),
            (None, _) => Err(stray(*scale_at, word)),
        },
    }
}

fn and_a_half(figure: Decimal, at: usize, behind: &[NumeralWord<'_>]) -> Result<Decimal, Flaw> {
    let half = figure.is_integer().then(|| figure.checked_add(Decimal::new(5, 1))).flatten();
    scaled(half.ok_or_else(|| Flaw::new(at, "only a whole figure takes `and a half`"))?, at, behind)
}

/// Digits with points and commas, and nothing else.
fn decimal(text: &str, at: usize) -> Result<Numeral, Flaw> {
    let refuse = |why: &str| Err(Flaw::new(at, why));
    let (whole, fraction) =
        text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    if fraction.is_some_and(|f| f.contains('.')) {
        return refuse("a point stands before decimals only; group thousands with commas, as in `1,000,000`");
    }
    if fraction.is_some_and(|f| f.contains(',')) {
        return refuse(
            "a comma after the point: group thousands with commas \
             and put decimals behind a point, as in `1,000.5`",
        );
    }
    if text.ends_with(['.', ',']) {
        return refuse("the figure breaks off; end it with a digit, and part alternatives with `or`");
    }
    let groups: Vec<&str> = whole.split(',').collect();
    // Nobody groups thousands as `0,500`: that is a decimal comma.
    let grouped = (1..=3).contains(&groups[0].len())
        && !groups[0].starts_with('0')
        && groups[1..].iter().all(|group| group.len() == 3);
    // As in India: `12,34,567`.
    let in_lakhs = groups.len() > 2
        && (1..=2).contains(&groups[0].len())
        && !groups[0].starts_with('0')
        && groups[1..groups.len() - 1].iter().all(|group| group.len() == 2)
        && groups[groups.len() - 1].len() == 3;
    if groups.len() > 1 && !grouped && !in_lakhs {
        return refuse("a comma groups thousands, as in `1,500`; put decimals behind a point, as in `1.5`");
    }
    let mut plain = groups.concat();
    if let Some(fraction) = fraction {
        plain.push('.');
        plain.push_str(fraction.trim_end_matches('0'));
    }
    let figure = Decimal::from_str_exact(plain.trim_end_matches('.'))
        .map_err(|_| Flaw::new(at, "the figure has too many digits to be kept exactly"))?;
    let may_be_thousands = groups.len() == 1
        && fraction.is_some_and(|f| f.len() == 3)
        && (1..=3).contains(&whole.len())
        && !whole.starts_with('0');
    Ok(Numeral { figure: figure.normalize(), may_be_thousands })
}

/// `half a million`, `two and a half million`, `a couple`, or a whole number in words.
fn in_words(words: &[NumeralWord<'_>]) -> Result<Decimal, Flaw> {
    match words {
        [(at, "half"), (_, "a" | "an"), behind @ ..]
        | [(_, "a"), (at, "half"), behind @ ..]
        | [(at, "half"), behind @ ..]
            if !behind.is_empty() =>
        {
            return scaled(Decimal::new(5, 1), *at, behind);
        }
        [(at, "a" | "one"), (_, "quarter"), behind @ ..] | [(at, "quarter"), behind @ ..]
            if !behind.is_empty() =>
        {
            return scaled(Decimal::new(25, 2), *at, of_a(behind));
        }
        [(at, "three"), (_, "quarters"), (_, "of"), behind @ ..] if !behind.is_empty() => {
            return scaled(Decimal::new(75, 2), *at, of_a(behind));
        }
        [(_, "a"), (_, "couple" | "pair"), rest @ ..] | [(_, "couple" | "pair"), rest @ ..] => {
            return match rest {
                [] => Ok(Decimal::TWO),
                [(_, "of"), (at, word), ..] | [(at, word), ..] => Err(stray(*at, word)),
            };
        }
        _ => {}
    }
    if let Some(n) = words.iter().position(|(_, word)| *word == "point").filter(|n| *n > 0) {
        return with_decimals(&words[..n], &words[n + 1..]);
    }
    let half = words.windows(3).position(|w| matches!(w, [(_, "and"), (_, "a"), (_, "half")]));
    match half {
        Some(n) if n > 0 => and_a_half(whole_number(&words[..n])?, words[0].0, &words[n + 3..]),
        _ => whole_number(words),
    }
}

/// `million`, of `of a million`.
fn of_a<'w, 't>(words: &'w [NumeralWord<'t>]) -> &'w [NumeralWord<'t>] {
    match words {
        [(_, "of"), (_, "a"), behind @ ..] | [(_, "of" | "a"), behind @ ..] => behind,
        _ => words,
    }
}

/// `one point two million`: each word behind the point is a digit.
fn with_decimals(whole: &[NumeralWord<'_>], behind: &[NumeralWord<'_>]) -> Result<Decimal, Flaw> {
    let digit = |word: &str| BELOW_TWENTY[..10].iter().position(|name| *name == word);
    let digits: Vec<usize> = behind.iter().map_while(|(_, word)| digit(word)).collect();
    let at = behind.first().map_or(0, |(at, _)| *at);
    if digits.is_empty() {
        return Err(Flaw::new(at, "expected digits in words behind `point`, as in `one point two million`"));
    }
    let figure: String = digits.iter().map(usize::to_string).collect();
    let figure = Decimal::from_str_exact(&format!("{}.{figure}", whole_number(whole)?));
    let figure = figure.map_err(|_| Flaw::new(at, "the figure has too many digits to be kept exactly"))?;
    scaled(figure, at, &behind[digits.len()..])
}

/// `twenty-three`, `one hundred and five`, `two dozen`, `a million`, `fourteen thousand two hundred`.
fn whole_number(words: &[NumeralWord<'_>]) -> Result<Decimal, Flaw> {
    let mut left = match words {
        [(_, "a" | "an"), (at, next), ..] if find(&SCALES, next).is_none() => {
            return Err(no_figure(*at, next));
        }
        [(_, "a" | "an"), rest @ ..] => rest,
        _ => words,
    };
    if left.is_empty() {
        return Err(Flaw::new(0, "a figure is missing"));
    }
    let mut total = Decimal::ZERO;
    let mut scale_before = i64::MAX;
    while let Some((at, _)) = left.first().copied() {
        let (group, rest) = below_thousand(left, scale_before == i64::MAX)?;
        let scale = rest.first().and_then(|(_, word)| find(&SCALES, word)).filter(|scale| *scale != 100);
        let rest = if scale.is_some() { &rest[1..] } else { rest };
        let scale = scale.unwrap_or(1);
        if scale >= scale_before {
            return Err(stray(at, left[0].1));
        }
        total = total.saturating_add(times(group.into(), scale, at)?);
        // Dozens and scores end a figure: nobody says "two dozen five".
        if scale < 100
            && let [(at, word), ..] = rest
        {
            return Err(stray(*at, word));
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
fn below_thousand<'w, 't>(
    words: &'w [NumeralWord<'t>],
    first: bool,
) -> Result<(i64, &'w [NumeralWord<'t>]), Flaw> {
    let (figure, rest) = match (below_hundred(words), words) {
        (Some(found), _) => found,
        // "a hundred", "a dozen": the scale stands for one of itself.
        (None, [(_, word), ..]) if find(&SCALES, word).is_some() => (1, words),
        (None, [(at, word), ..]) => return Err(if first { no_figure(*at, word) } else { stray(*at, word) }),
        (None, []) => return Err(Flaw::new(0, "a figure is missing")),
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

fn below_hundred<'w, 't>(words: &'w [NumeralWord<'t>]) -> Option<(i64, &'w [NumeralWord<'t>])> {
    let place =
        |list: &[&str], word: &str| list.iter().position(|w| *w == word).and_then(|n| i64::try_from(n).ok());
    let ((_, first), rest) = words.split_first()?;
    if let Some(n) = place(&BELOW_TWENTY, first) {
        return Some((n, rest));
    }
    let tens = (place(&TENS, first)? + 2) * 10;
    let unit = rest.first().and_then(|(_, unit)| place(&BELOW_TWENTY[..10], unit)).filter(|unit| *unit > 0);
    Some(unit.map_or((tens, rest), |unit| (tens + unit, &rest[1..])))
}

/// Digits in groups of three: `2500` as `2,500`. What stands behind a point stays.
pub(crate) fn grouped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 3);
    let mut rest = text;
    while let Some(from) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = rest[from..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - from);
        let decimals = rest[..from].ends_with('.');
        out.push_str(&rest[..from]);
        for (n, digit) in rest[from..from + digits].char_indices() {
            if n > 0 && (digits - n) % 3 == 0 && !decimals {
                out.push(',');
            }
            out.push(digit);
        }
        rest = &rest[from + digits..];
    }
    out + rest
}
