//! What people say, what it is read as, and what that leaves possible: DESIGN 2.1 as laws and as tables.
//!
//! The laws hold for whatever can be said; the tables say it row by row, with every message that an editor may meet.

#![expect(clippy::expect_used, reason = "a test that can't read what it made had better say so")]

mod dates;
mod figures;
mod tables;

use std::collections::BTreeSet;
use std::ops::Bound;
use std::time::{Duration, Instant};

use chrono::NaiveDateTime;
use corroborate::{AnswerSet, Approximation, Date, Interval, Kind, Moment, Point, Ranges, Value};
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

// Laws of wordings.

/// Figures as people write and say them. None is zero, since nothing is nearly zero.
fn figure() -> BoxedStrategy<String> {
    const WORDS: &[&str] = &[
        "one",
        "fourteen",
        "twenty-three",
        "a dozen",
        "two dozen",
        "half a dozen",
        "a hundred and five",
        "twelve hundred",
        "half a million",
        "two and a half million",
        "14k",
        "1.2 million",
        "a couple",
    ];
    prop_oneof![
        (1..100_000_u64).prop_map(|n| n.to_string()),
        (1..999_u32, 0..999_u32).prop_map(|(thousands, n)| format!("{thousands},{n:03}")),
        (1..999_u32, 0..999_u32).prop_map(|(thousands, n)| format!("{thousands}\u{a0}{n:03}")),
        select(WORDS).prop_map(str::to_owned),
    ]
    .boxed()
}

/// Figures that only a quantity takes.
fn decimal() -> BoxedStrategy<String> {
    prop_oneof![figure(), (-999..999_i32, 0..100_u32).prop_map(|(whole, part)| format!("{whole}.{part:02}"))]
        .boxed()
}

/// One figure with its hedge, or several.
fn figures(figure: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let before = select(
        &["", "at least ", "≥ ", "over ", "up to ", "fewer than ", "some ", "~", "nearly ", "just over "][..],
    );
    let behind = select(&[" or more", "+", " or fewer", " or so"][..]);
    let vague =
        select(&["dozens", "hundreds of thousands", "a few", "several hundred", "a couple of dozen"][..]);
    let one = prop_oneof![
        4 => (before, figure.clone()).prop_map(|(hedge, figure)| format!("{hedge}{figure}")),
        1 => (figure.clone(), behind).prop_map(|(figure, hedge)| format!("{figure}{hedge}")),
        2 => (select(&["", "about "][..]), 0..99_u32, 0..99_u32).prop_map(|(hedge, low, more)| format!("{hedge}{low} to {}", low + more)),
        1 => (1..99_u32, 2..99_u32).prop_map(|(low, more)| format!("more than {low} and fewer than {}", low + more)),
        1 => vague.prop_map(str::to_owned),
    ];
    several(one)
}

fn day() -> BoxedStrategy<String> {
    (0..=9999_i32, 1..=12_u32, 1..=28_u32)
        .prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}"))
        .boxed()
}

/// Dates of each precision, as ISO 8601 and English have them.
fn date() -> BoxedStrategy<String> {
    let time = (
        day(),
        0..24_u32,
        0..60_u32,
        select(&["", ":05", ":05.25"][..]),
        select(&["Z", "", "+05:30", "-11"][..]),
    );
    prop_oneof![
        (0..=9999_i32).prop_map(|year| format!("{year:04}")),
        day().prop_map(|day| day[..7].to_owned()),
        day(),
        time.prop_map(|(day, hour, minute, rest, zone)| format!("{day}T{hour:02}:{minute:02}{rest}{zone}")),
        select(
            &[
                "29 August 2024",
                "August 29, 2024",
                "Thursday, 29 August 2024",
                "Feb. 2024",
                "the 1990s",
                "-0043-03-15"
            ][..]
        )
        .prop_map(str::to_owned),
    ]
    .boxed()
}

/// Dates with what is put to them, in English and in EDTF.
fn dates() -> BoxedStrategy<String> {
    let hedge = select(&["", "before ", "after ", "since ", "by ", "no later than ", "about "][..]);
    let edtf = select(
        &["2024~", "2024-08?", "[1667,1668,1670..1672]", "[..1983]", "../1990", "1990/..", "1990~/1995~"][..],
    );
    let year = 1000..5000_u32;
    several(prop_oneof![
        (hedge, date()).prop_map(|(hedge, date)| format!("{hedge}{date}")),
        edtf.prop_map(str::to_owned),
        (year.clone(), 0..99_u32).prop_map(|(from, more)| format!("{from}/{}", from + more)),
        (year, 2..99_u32).prop_map(|(from, more)| format!("after {from} and before {}", from + more)),
    ])
}

/// One answer, several of which one is meant, or none of those.
fn several(one: impl Strategy<Value = String> + 'static) -> BoxedStrategy<String> {
    let one = one.boxed();
    prop_oneof![
        6 => one.clone(),
        2 => prop::collection::vec(one.clone(), 2..4).prop_map(|all| all.join(" or ")),
        1 => one.prop_map(|one| format!("anything but {one}")),
    ]
    .boxed()
}

/// Ids that are hard to tell from what stands between ids.
fn name() -> BoxedStrategy<String> {
    const AWKWARD: &[&str] = &[
        "this or that",
        "not known",
        "X but not Y",
        "X and not Y",
        "Anbar, Iraq",
        "Anbar,",
        "Mike \"The Knife\" Smith",
        "\"quoted\"",
        "\"",
        "a\" or \"b",
        "or",
        "but",
        "and",
        "not",
        "anything",
        "anything but",
        "Either or",
        "two  spaces",
        "a\u{a0}space",
        "14",
        "Al Ḥazīmī",
        "but not",
    ];
    prop_oneof![
        select(AWKWARD).prop_map(str::to_owned),
        "[a-c\", ]{1,9}".prop_map(|name| name.trim().to_owned())
    ]
    .prop_filter("an id says something", |name| !name.is_empty())
    .boxed()
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Terms with what is left out of them, all in quotation marks.
fn terms() -> BoxedStrategy<String> {
    let one = (name(), prop::collection::vec(name(), 0..3)).prop_map(|(term, except)| {
        let mut text = quoted(&term);
        for (n, narrower) in except.iter().enumerate() {
            text += if n == 0 { " but not " } else { " and not " };
            text += &quoted(narrower);
        }
        text
    });
    several(one)
}

/// Something that is much like English.
fn babble() -> BoxedStrategy<String> {
    const WORDS: &[&str] = &[
        "about",
        "at",
        "least",
        "more",
        "than",
        "or",
        "and",
        "to",
        "between",
        "from",
        "not",
        "but",
        "anything",
        "fourteen",
        "hundred",
        "million",
        "half",
        "a",
        "dozen",
        "dozens",
        "few",
        "no",
        "one",
        "14",
        "1,5",
        "2.5",
        "-",
        "–",
        "/",
        "..",
        "~",
        "[",
        "]",
        ",",
        "+",
        "%",
        "$",
        "≥",
        "−",
        "\"",
        "\u{a0}",
        "\u{200b}",
        "١",
        "é",
        "2024",
        "2024-08",
        "08-29",
        "T14:30",
        "Z",
        "+03:00",
        "Thursday",
        "last",
        "week",
        "August",
        "29th",
        "of",
        "since",
        "before",
        "0",
        "9999",
        "18446744073709551615",
        "79228162514264337593543950335",
    ];
    prop::collection::vec((select(WORDS), select(&["", " ", " ", " "][..])), 0..8)
        .prop_map(|words| words.into_iter().map(|(word, space)| format!("{word}{space}")).collect())
        .boxed()
}

fn assert_reads_back(kind: Kind, value: &Value) -> Result<(), TestCaseError> {
    let text = value.to_string();
    let again = Value::read(kind, &text);
    prop_assert_eq!(again.as_ref(), Ok(value), "from `{}`", &text);
    prop_assert_eq!(again.map(|again| again.to_string()).ok(), Some(text));
    Ok(())
}

fn is_empty(value: &Value, percent: &str) -> bool {
    let approximation: Approximation = percent.parse().expect("a percentage");
    value.answers(approximation).is_some_and(|answers| answers.is_empty())
}

proptest! {
    /// Whatever percentage is taken reaches beyond the figure itself, however small it is.
    #[test]
    fn an_approximation_reaches_somewhere(whole in 0..100_u8, zeros in 0..40_usize, digits in "[0-9]{0,4}") {
        let percent = format!("{whole}.{}{digits}%", "0".repeat(zeros));
        let is_zero = !percent.contains(|c: char| ('1'..='9').contains(&c));
        let exactly = Value::read(Kind::Quantity, "1").expect("a figure");
        let about = Value::read(Kind::Quantity, "about 1").expect("a figure");
        match percent.parse::<Approximation>() {
            Ok(approximation) => {
                prop_assert!(!is_zero);
                prop_assert_ne!(about.answers(approximation), exactly.answers(approximation));
            }
            Err(error) => {
                let many = error.to_string().contains("too many digits");
                prop_assert!(is_zero || (many && zeros + digits.len() > 24), "{}", error);
            }
        }
    }

    #[test]
    fn counts_read_back(text in figures(figure())) {
        let several = text.contains(" or ");
        match Value::read(Kind::Count, &text) {
            Ok(value) => assert_reads_back(Kind::Count, &value)?,
            // "some 4 or 6" and "2 or 3 million" are asked about.
            Err(error) => prop_assert!(several, "{}", error),
        }
    }

    #[test]
    fn quantities_read_back(text in figures(decimal())) {
        let may_be_asked = ["or ", "nearly", "just over", "-"].iter().any(|word| text.contains(word));
        match Value::read(Kind::Quantity, &text) {
            Ok(value) => assert_reads_back(Kind::Quantity, &value)?,
            Err(error) => prop_assert!(may_be_asked, "{}", error),
        }
    }

    #[test]
    fn dates_read_back(text in dates()) {
        match Value::read(Kind::Date, &text) {
            Ok(value) => assert_reads_back(Kind::Date, &value)?,
            // "before 2020 or 2022" is asked about.
            Err(error) => prop_assert!(
                text.contains(" or ") && error.to_string().contains("is the hedge meant for both"),
                "{}",
                error
            ),
        }
    }

    #[test]
    fn terms_read_back(text in terms()) {
        let value = Value::read(Kind::Term, &text);
        prop_assert!(value.is_ok(), "{:?}", value);
        assert_reads_back(Kind::Term, &value.expect("just looked"))?;
    }

    #[test]
    fn a_quoted_name_is_one_term(name in name()) {
        let value = Value::read(Kind::Place, &quoted(&name)).expect("a name");
        let text = value.to_string();
        prop_assert!(text == name || text == quoted(&name), "{}", text);
    }

    #[test]
    fn whatever_is_said_is_read_or_refused(text in prop_oneof![babble(), any::<String>()], published in date()) {
        for kind in Kind::ALL {
            let on = published.parse::<Date>().ok();
            for value in [Some(Value::read(*kind, &text)), on.map(|on| Value::read_on(*kind, &text, on))].into_iter().flatten() {
                match value {
                    Ok(value) => {
                        assert_reads_back(*kind, &value)?;
                        for percent in ["0.0000000000000000000000001%", "10%", "99%"] {
                            prop_assert!(!is_empty(&value, percent), "{:?} at {}", value, percent);
                        }
                    }
                    Err(error) => {
                        prop_assert_eq!(error.text(), &text);
                        prop_assert!(error.at() <= text.chars().count());
                    }
                }
            }
        }
    }

    #[test]
    fn an_approximate_count_is_near_and_a_near_one_is_another(figure in 1..u64::MAX - 1) {
        let holds = |hedge: &str| {
            let value = Value::read(Kind::Count, &format!("{hedge} {figure}")).expect("a hedged figure");
            match value.answers(Approximation::default()) {
                Some(AnswerSet::Counts(counts)) => counts.contains(figure),
                _ => false,
            }
        };
        prop_assert!(holds("about") && !holds("nearly") && !holds("just over"));
    }

    #[test]
    fn an_approximate_quantity_is_near_and_a_near_one_is_another(digits in 1..=i64::MAX, scale in 0..=28_u32) {
        let figure = Decimal::new(digits, scale);
        let holds = |hedge: &str| {
            let value = Value::read(Kind::Quantity, &format!("{hedge} {figure}")).expect("a hedged figure");
            match value.answers(Approximation::default()) {
                Some(AnswerSet::Quantities(quantities)) => quantities.contains(figure),
                _ => false,
            }
        };
        prop_assert!(holds("about") && !holds("nearly") && !holds("just over"));
        for hedge in ["about", "nearly", "just over"] {
            let value = Value::read(Kind::Quantity, &format!("{hedge} {figure}")).expect("a hedged figure");
            prop_assert!(!is_empty(&value, "0.0000000000000000000000001%"), "{}", value);
        }
    }

    #[test]
    fn an_approximate_date_holds_its_neighbours(date in date()) {
        let answers = |text: &str| match Value::read(Kind::Date, text).expect("a date").answers(Approximation::default()) {
            Some(AnswerSet::Dates(dates)) => dates,
            _ => Ranges::empty(),
        };
        let (exact, about) = (answers(&date), answers(&format!("about {date}")));
        prop_assert!(exact.entails(&about) && !about.entails(&exact));
    }
}

/// A share of nothing would leave nothing possible of "nearly 200", and one of a whole would reach zero.
#[test]
fn an_approximation_is_more_than_nothing_and_less_than_all() {
    let is_one = |text: &str| text.parse::<Approximation>().is_ok();
    assert!(["0.1%", "10%", " 99.9 % "].into_iter().all(is_one));
    assert!(!["0%", "-5%", "100%", "120%", "10", "%", ""].into_iter().any(is_one));
}

/// No date lies beyond the calendar, but the moments beside its ends do.
#[test]
fn the_moments_beyond_the_calendar_are_its_ends() {
    let date = |text: &str| text.parse::<Date>().expect("a date");
    let (before, after) = (date("-262143-01-01").first().previous(), date("+262142-12-31").last().next());
    assert_eq!(before.map(Moment::naive_utc), Some(NaiveDateTime::MIN));
    assert_eq!(after.map(Moment::naive_utc), Some(NaiveDateTime::MAX));
}

/// What has more than a few words for one figure costs time in proportion to its length, and no more.
#[test]
fn long_texts_take_no_time() {
    const LENGTH: usize = 100_000;
    const PIECES: &[&str] = &[
        "1",
        "1,000,",
        "0.",
        "one ",
        "one and ",
        "and ",
        "about ",
        "not ",
        "anything but ",
        "1 or ",
        "1, ",
        "at least 1 and ",
        "between 1 and ",
        "more than 1 and fewer than ",
        "1-",
        "1–",
        "a ",
        "\"",
        "\" ",
        "\"a\" or ",
        "a or ",
        "a, ",
        "a but not ",
        "a and not ",
        "[",
        "[1,",
        "[2001, 2002] or ",
        "2024/",
        "2024-",
        "by ",
        "Thursday ",
        "2024 or ",
        "é",
        "\u{200b}",
        " ",
    ];
    for piece in PIECES {
        let long = piece.repeat(LENGTH / piece.len());
        let texts = [
            (Kind::Count, format!("between {long} or 1")),
            (Kind::Date, format!("[{long}]")),
            (Kind::Date, long.clone()),
            (Kind::Term, format!("anything but \"{long}")),
            (Kind::Term, long.clone()),
            (Kind::Count, long),
        ];
        for (kind, text) in texts {
            let begun = Instant::now();
            let _ = Value::read(kind, &text).map(|value| value.to_string());
            assert!(begun.elapsed() < Duration::from_secs(5), "a {kind} of {piece:?}, again and again");
        }
    }
}

// Laws of answer sets, against sets of points.

/// A set of points that stand for all the others between the ends that are tried.
type Points<P> = BTreeSet<P>;

type Ends<P> = Vec<(Bound<P>, Bound<P>)>;

fn ends<P: Point + 'static>(points: &'static [P]) -> impl Strategy<Value = Ends<P>> {
    let end = || {
        prop_oneof![
            3 => select(points).prop_map(Bound::Included),
            2 => select(points).prop_map(Bound::Excluded),
            1 => Just(Bound::Unbounded),
        ]
    };
    prop::collection::vec((end(), end()), 0..4)
}

fn holds<P: Point>((low, high): &(Bound<P>, Bound<P>), point: &P) -> bool {
    let above = match low {
        Bound::Included(low) => low <= point,
        Bound::Excluded(low) => low < point,
        Bound::Unbounded => true,
    };
    above
        && match high {
            Bound::Included(high) => point <= high,
            Bound::Excluded(high) => point < high,
            Bound::Unbounded => true,
        }
}

/// The set twice: as the library has it, and point by point.
fn both<P: Point>(ends: &Ends<P>, universe: &[P]) -> (Ranges<P>, Points<P>) {
    let ranges = ends.iter().filter_map(|ends| Interval::new(*ends)).collect();
    (ranges, universe.iter().filter(|point| ends.iter().any(|ends| holds(ends, point))).copied().collect())
}

fn points<P: Point>(ranges: &Ranges<P>, universe: &[P]) -> Points<P> {
    universe.iter().filter(|point| ranges.contains(**point)).copied().collect()
}

/// `universe` has a point for each stretch that the ends which are tried can tell apart.
fn assert_laws<P: Point>(
    universe: &[P],
    sets: [Ends<P>; 3],
    lines: &[fn(Ranges<P>) -> AnswerSet],
) -> Result<(), TestCaseError> {
    let [(a, a_points), (b, b_points), (c, _)] = sets.map(|ends| both(&ends, universe));
    let all: Points<P> = universe.iter().copied().collect();
    let of = |ranges: &Ranges<P>| points(ranges, universe);

    prop_assert_eq!(of(&a), a_points.clone());
    prop_assert_eq!(of(&a.meet(&b)), &a_points & &b_points);
    prop_assert_eq!(of(&a.join(&b)), &a_points | &b_points);
    prop_assert_eq!(of(&a.complement()), &all - &a_points);
    prop_assert_eq!(a.entails(&b), a_points.is_subset(&b_points));
    prop_assert_eq!(a == b, a_points == b_points, "equal sets are equal values: {:?}, {:?}", a, b);
    prop_assert_eq!(a.is_empty(), a_points.is_empty());
    prop_assert_eq!(a.is_everything(), a_points == all);
    prop_assert_eq!(a.is_exact(), a.exact_point().is_some());
    if let Some(point) = a.exact_point() {
        prop_assert_eq!(&a, &Ranges::exactly(point));
    }

    let hull = a.hull(&b);
    let joined = &a_points | &b_points;
    let covered =
        joined.first().zip(joined.last()).map(|(first, last)| all.range(*first..=*last).copied().collect());
    prop_assert_eq!(of(&hull), covered.unwrap_or_default());
    prop_assert!(hull.intervals().len() <= 1);

    prop_assert_eq!(a.meet(&b), b.meet(&a));
    prop_assert_eq!(a.join(&b), b.join(&a));
    prop_assert_eq!(a.meet(&b).meet(&c), a.meet(&b.meet(&c)));
    prop_assert_eq!(a.join(&b).join(&c), a.join(&b.join(&c)));
    prop_assert_eq!(a.meet(&a), a.clone());
    prop_assert_eq!(a.join(&a), a.clone());
    prop_assert_eq!(a.meet(&a.join(&b)), a.clone());
    prop_assert_eq!(a.join(&a.meet(&b)), a.clone());
    prop_assert_eq!(a.meet(&b.join(&c)), a.meet(&b).join(&a.meet(&c)));
    prop_assert_eq!(a.complement().complement(), a.clone());
    prop_assert_eq!(a.meet(&b).complement(), a.complement().join(&b.complement()));
    prop_assert_eq!(a.join(&b).complement(), a.complement().meet(&b.complement()));
    prop_assert!(a.meet(&a.complement()).is_empty());
    prop_assert!(a.join(&a.complement()).is_everything());
    prop_assert_eq!(a.intervals().iter().copied().collect::<Ranges<P>>(), a.clone());
    lines.iter().try_for_each(|line| assert_a_set_is_its_ranges(*line, &a, &b))
}

/// On whatever line they lie, answers are joined and compared as their ranges are.
fn assert_a_set_is_its_ranges<P: Point>(
    line: fn(Ranges<P>) -> AnswerSet,
    a: &Ranges<P>,
    b: &Ranges<P>,
) -> Result<(), TestCaseError> {
    let (one, other) = (line(a.clone()), line(b.clone()));
    prop_assert_eq!(one.join(&other), line(a.join(b)));
    prop_assert_eq!(one.meet(&other), line(a.meet(b)));
    prop_assert_eq!(one.hull(&other), line(a.hull(b)));
    prop_assert_eq!(one.is_exact(), a.exact_point().is_some());
    prop_assert_eq!(one.is_everything(), a.is_everything());
    prop_assert_eq!(one.entails(&other), a.entails(b));
    prop_assert_eq!(one.complement(), line(a.complement()));
    prop_assert_eq!(one.everything(), line(Ranges::everything()));
    prop_assert_eq!(one.is_empty(), a.is_empty());
    let without = |upwards: bool| match a.span() {
        Some(span) if upwards => (span.low(), Bound::Unbounded).into(),
        Some(span) => (Bound::Unbounded, span.high()).into(),
        None => Ranges::empty(),
    };
    prop_assert_eq!((one.or_more(), one.or_fewer()), (line(without(true)), line(without(false))));
    for elsewhere in [AnswerSet::YesNo(Ranges::everything()), AnswerSet::Counts(Ranges::everything())] {
        if one.everything() != elsewhere {
            prop_assert_eq!(one.join(&elsewhere), one.clone());
            prop_assert_eq!(one.hull(&elsewhere), one.clone());
            prop_assert_eq!(one.meet(&elsewhere), line(Ranges::empty()));
            prop_assert!(!one.entails(&elsewhere));
        }
    }
    Ok(())
}

/// The three days that dates are tried on: their first and their last moments, and a moment between those.
static DAYS: std::sync::LazyLock<(Vec<Moment>, Vec<Moment>)> = std::sync::LazyLock::new(|| {
    let date = |text: &str| text.parse::<Date>().expect("a date");
    let days = ["2024-02-28", "2024-02-29", "2024-03-01"];
    let ends: Vec<Moment> =
        days.iter().map(|day| date(day)).flat_map(|day| [day.first(), day.last()]).collect();
    let between = days.map(|day| date(&format!("{day}T12:00Z")).first());
    let beyond = [date("2024-02-27").first(), date("2024-03-02").first(), date("2024-03-02").last()];
    let mut universe: Vec<Moment> = ends.iter().copied().chain(between).chain(beyond).collect();
    universe.sort_unstable();
    (ends, universe)
});

proptest! {
    #[test]
    fn counts_are_a_lattice(a in ends(&[0, 1, 2, 3, 5]), b in ends(&[0, 1, 2, 3, 5]), c in ends(&[0, 1, 2, 3, 5])) {
        assert_laws(&[0_u64, 1, 2, 3, 4, 5, 6], [a, b, c], &[AnswerSet::Counts])?;
    }

    #[test]
    fn counts_are_a_lattice_to_their_end(
        a in ends(&[0, 2, u64::MAX - 1, u64::MAX]),
        b in ends(&[0, 2, u64::MAX - 1, u64::MAX]),
        c in ends(&[0, 2, u64::MAX - 1, u64::MAX]),
    ) {
        assert_laws(&[0, 1, 2, 3, u64::MAX - 2, u64::MAX - 1, u64::MAX], [a, b, c], &[AnswerSet::Counts])?;
    }

    #[test]
    fn quantities_are_a_lattice(a in ends(TENTHS), b in ends(TENTHS), c in ends(TENTHS)) {
        let universe: Vec<Decimal> = (-30..=30).map(|n| Decimal::new(n * 5, 2)).collect();
        assert_laws(&universe, [a, b, c], &[AnswerSet::Quantities])?;
    }

    #[test]
    fn yes_and_no_are_a_lattice(a in ends(&[false, true]), b in ends(&[false, true]), c in ends(&[false, true])) {
        assert_laws(&[false, true], [a, b, c], &[AnswerSet::YesNo])?;
    }

    #[test]
    fn terms_and_texts_are_a_lattice(a in ends(&[0, 1, 2, 3, 5]), b in ends(&[0, 1, 2, 3, 5]), c in ends(&[0, 1, 2, 3, 5])) {
        assert_laws(&[0_u32, 1, 2, 3, 4, 5, 6], [a, b, c], &[AnswerSet::Terms, AnswerSet::Texts])?;
    }

    #[test]
    fn dates_are_a_lattice(a in ends(&DAYS.0), b in ends(&DAYS.0), c in ends(&DAYS.0)) {
        assert_laws(&DAYS.1, [a, b, c], &[AnswerSet::Dates])?;
    }
}

const TENTHS: &[Decimal] = &[
    Decimal::NEGATIVE_ONE,
    Decimal::from_parts(5, 0, 0, true, 1),
    Decimal::ZERO,
    Decimal::ONE,
    Decimal::from_parts(11, 0, 0, false, 1),
];

#[test]
fn a_decimal_has_no_neighbours() {
    assert_eq!((Decimal::ONE.next(), Decimal::ONE.previous()), (None, None));
}

/// Debugging shows what was said, as `Display` does.
#[test]
fn a_date_is_debugged_as_it_is_written() {
    let day: Date = "2024-08-29".parse().expect("a day");
    assert_eq!(format!("{day:?}"), "2024-08-29");
}
