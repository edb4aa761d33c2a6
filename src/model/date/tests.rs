//! Dates against the calendar that chrono has.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// Any date of the calendar, those at its ends oftener than the others.
fn dates() -> impl Strategy<Value = Date> {
    let (least, greatest) = (Moment::from(NaiveDateTime::MIN).0, Moment::from(NaiveDateTime::MAX).0);
    const DAYS: i64 = 40 * 86_400_000_000;
    let moment = prop_oneof![
        least..=greatest,
        least..=least + DAYS,
        greatest - DAYS..=greatest,
        -70_000_000_000_000_000..=250_000_000_000_000_000_i64,
    ];
    (moment, select(&PRECISIONS)).prop_map(|(moment, precision)| Date::containing(Moment(moment), precision))
}

proptest! {
    #[test]
    fn packed_dates_are_the_same(date in dates(), row in 0..usize::MAX >> 4) {
        prop_assert_eq!(PackedDate::row(row).date(), Err(row));
        prop_assert_eq!(PackedDate::NONE.date(), Ok(None));
        match PackedDate::of(date) {
            Some(packed) => prop_assert_eq!(packed.date(), Ok(Some(date))),
            None => prop_assert_eq!(date.precision, Precision::Microsecond),
        }
    }

    #[test]
    fn a_date_ends_where_the_next_one_begins(date in dates()) {
        let next = date.shift(1).map_or(Moment::from(NaiveDateTime::MAX), |next| Moment(next.first.0 - 1));
        prop_assert_eq!(date.last(), next);
    }

    #[test]
    fn plain_dates_are_read_as_all_others_are(
        date in dates(),
        text in "[0-9]{3}[0-9-]-[0-3][0-9]-[0-3][0-9](T[0-2][0-9]:[0-6][0-9](:[0-6][0-9])?Z)?",
        nearly in "\\PC{0,3}[0-9]{4}[-0-9/]?[0-9]{2}[-é]?[0-9]{2}([T t][0-9]{2}[:0-9]?[0-9]{2}([:Z.][0-9]{2})?(Z|z|[+][0-9]{2})?)?\\PC{0,2}",
    ) {
        for text in [date.to_string(), text, nearly] {
            if let Some(plain) = Date::parse_fast(text.as_bytes()) {
                prop_assert_eq!(Date::parse_any(&text), Ok(plain), "{}", text);
            }
        }
        let text = date.to_string();
        let is_plain = !text.starts_with(['+', '-'])
            && matches!(date.precision, Precision::Day | Precision::Minute | Precision::Second);
        prop_assert_eq!(Date::parse_fast(text.as_bytes()), is_plain.then_some(date), "{}", text);
    }

    #[test]
    fn the_days_of_a_year_are_plain(year in 0..10_000_i32, month in 1..13_u32, day in 1..32_u32) {
        let text = format!("{year:04}-{month:02}-{day:02}");
        let found = NaiveDate::from_ymd_opt(year, month, day).map(Date::from);
        prop_assert_eq!(Date::parse_fast(text.as_bytes()), found);
    }
}
