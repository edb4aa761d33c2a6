//! What embedders build on: values made without text, printed and read again, and shared among threads.

#![expect(clippy::expect_used, reason = "a test that can't read what it made had better say so")]

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime, Utc};
use corroborate::{AnswerSet, Approximation, Date, Kind, Moment, Ranges, Value};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// Asserts when it is compiled that each of these types may be sent to, and shared by, other threads. Names them.
macro_rules! shared {
    ($($(#[$cfg:meta])* $($segment:ident)::+ $(<$($argument:tt),+>)?;)*) => {{
        fn is_shared<T: Send + Sync>() {}
        [$($(#[$cfg])* {
            is_shared::<corroborate::$($segment)::+ $(<$($argument),+>)?>();
            stringify!($($segment)::+)
        }),*]
    }};
}

#[test]
#[cfg(all(feature = "csv", feature = "json", feature = "proptest"))]
fn every_public_type_can_be_shared_among_threads() {
    let shared = shared! {
        Dossier; Source; Term; Document; Claim; Assertion; Retraction; Constraint;
        Kind; Nature; Evolves; Stance; Verdict; Dispute; Status; Relation; Precision; BuiltIn;
        NoticeKind; ConstraintKind; Lint; LintKind; LintLevel; DateOrder; DecimalMark;
        Value; AnswerSet; Approximation; Date; Moment; Ranges<u64>; Interval<u64>;
        SourceRef<'static>; TermRef<'static>; DocumentRef<'static>; ClaimRef<'static>; AssertionRef<'static>;
        Graph<'static>; Node; Edge; Resolver; Reading; Testimony<'static>; Report<'static>; LiveReport;
        Finding<'static>; AccountRef<'static>; SetAsideRef<'static>; NoticeRef<'static>; Step<'static>;
        ConstraintRef<'static>; NotComparableRef<'static>; Timeline<'static>; TimelineEntry<'static>; Change;
        Update<'static>; TextLayout; Error; ErrorKind; Problems; WordingError; UnknownWord; UnknownRule;
        Intake; DateOrder; DecimalMark; Table; TableFormat; Tables<'static>;
    };
    let shared: BTreeSet<String> = shared.iter().map(|name| name.replace(' ', "")).collect();
    // Whatever else the front exports is a trait, a module, or a type of a file, which holds nothing but texts.
    let front = include_str!("../../src/lib.rs");
    let exports = front.lines().skip_while(|line| !line.starts_with("pub use dossier"));
    let exports =
        exports.take_while(|line| !line.starts_with("pub mod")).filter(|line| !line.starts_with("///"));
    let exports: String = exports.collect();
    let names = exports.split(|c: char| !c.is_alphanumeric());
    let types =
        names.filter(|name| name.starts_with(char::is_uppercase) && !["Rule", "Point"].contains(name));
    let missing: Vec<&str> = types.filter(|name| !shared.contains(*name)).collect();
    assert!(missing.is_empty(), "not asserted: {missing:?}");
}

proptest! {
    #[test]
    fn what_is_built_is_what_is_read(low in any::<u64>(), high in any::<u64>()) {
        let read = |text: String| {
            Value::read(Kind::Count, &text).ok().and_then(|value| value.answers(Approximation::default()))
        };
        prop_assert_eq!(read(low.to_string()), Some(AnswerSet::count(low)));
        prop_assert_eq!(read(format!("at least {low}")), Some(AnswerSet::at_least(low)));
        prop_assert_eq!(read(format!("at most {low}")), Some(AnswerSet::at_most(low)));
        let range = AnswerSet::counts(low..=high);
        prop_assert_eq!(range.is_empty(), low > high);
        if low <= high {
            prop_assert_eq!(read(format!("{low} to {high}")), Some(range.clone()));
            prop_assert_eq!(AnswerSet::count(low).hull(&AnswerSet::count(high)), range.clone());
            prop_assert_eq!(AnswerSet::at_least(low).meet(&AnswerSet::at_most(high)), range);
        }
    }

    #[test]
    fn approximations_print_as_they_are_read(digits in -100..20_000_i64, scale in 0..3_u32) {
        let percent = Decimal::new(digits, scale);
        let made = Approximation::percent(percent);
        let is_one = percent > Decimal::ZERO && percent < Decimal::ONE_HUNDRED;
        prop_assert_eq!(made.is_ok(), is_one, "{}", percent);
        prop_assert_eq!(format!("{percent}%").parse::<Approximation>().ok(), made.as_ref().ok().copied());
        if let Ok(made) = made {
            prop_assert_eq!(made.to_percent(), percent);
            prop_assert_eq!(made.to_string().parse(), Ok(made));
        }
    }

    #[test]
    fn moments_are_chronos_and_print_as_dates_are_read(
        micros in prop_oneof![any::<i32>().prop_map(i64::from), -99_999_999_999_999_999..=99_999_999_999_999_999_i64],
    ) {
        let time = DateTime::<Utc>::from_timestamp_micros(micros).expect("a time of the calendar");
        let moment = Moment::from(time);
        prop_assert_eq!(DateTime::from(moment), time);
        prop_assert_eq!(Moment::from(time.naive_utc()), moment);
        let date: Date = moment.to_string().parse().expect("a date");
        prop_assert_eq!(date.first(), moment);
        prop_assert_eq!(AnswerSet::date(time.into()), AnswerSet::dates(moment..=moment));
    }
}

#[test]
fn what_has_no_words_is_no_value() {
    let nothing = AnswerSet::count(14).meet(&AnswerSet::count(15));
    assert_eq!(nothing.to_string(), "nothing");
    assert_eq!(AnswerSet::yes_no(true).everything().to_string(), "anything");
    assert_eq!(nothing.complement().to_string(), "anything");
    assert_eq!(AnswerSet::yes_no(false).to_string(), "no");
    // Terms and texts are numbers of a dossier, and sets over two lines have nothing in common.
    let terms = AnswerSet::Terms(Ranges::exactly(3));
    assert_eq!(terms.to_string(), "terms [3, 3]");
    assert_eq!(terms.meet(&AnswerSet::Texts(Ranges::exactly(3))).to_string(), "nothing");
    assert!(!terms.entails(&AnswerSet::count(3)));
    // A set of counts that leaves out just one is what a denial leaves.
    assert_eq!(AnswerSet::count(14).complement().to_string(), "anything but 14");
    assert_eq!(Moment::from(NaiveDateTime::MIN).naive_utc(), NaiveDateTime::MIN);
}
