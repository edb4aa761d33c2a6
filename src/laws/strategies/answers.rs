//! Dates, intervals, unions of intervals, and the answer sets of each kind.

use std::ops::Bound;

use chrono::{DateTime, Utc};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use super::wordings::FIRST_DAY;
use crate::model::claim::Kind;
use crate::model::date::{Date, Moment, Precision};
use crate::model::interval::{Interval, Point, Ranges};
use crate::model::value::{AnswerSet, Approximation};

/// Dates of each precision, from a year to a microsecond, a few years around 2024.
///
/// Shrinks to a day.
///
/// ```
/// use corroborate::{Date, laws};
/// use proptest::prelude::*;
///
/// proptest!(|(date in laws::dates())| {
///     prop_assert_eq!(date.to_string().parse::<Date>()?, date);
///     prop_assert!(date.first() <= date.last());
/// });
/// ```
pub fn dates() -> impl Strategy<Value = Date> {
    let precision = select(&[
        Precision::Day,
        Precision::Month,
        Precision::Year,
        Precision::Minute,
        Precision::Second,
        Precision::Microsecond,
    ]);
    const DAY: i64 = 24 * 60 * 60 * 1_000_000;
    let days = prop_oneof![-2..=20_i64, -1_000..=1_000_i64];
    (precision, days, 0..DAY).prop_map(|(precision, days, micros)| {
        let first = FIRST_DAY.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_micros();
        let time = DateTime::<Utc>::from_timestamp_micros(first + days * DAY + micros);
        Date::from(time.unwrap_or_default()).at(precision)
    })
}

/// How far "about" reaches: from one per cent to fifty.
///
/// ```
/// use corroborate::{Kind, Value, laws};
/// use proptest::prelude::*;
///
/// let troops = Value::read(Kind::Count, "about 2,500")?;
/// proptest!(|(approximation in laws::approximations())| {
///     prop_assert!(troops.answers(approximation).is_some_and(|answers| !answers.is_empty()));
/// });
/// # Ok::<(), corroborate::WordingError>(())
/// ```
pub fn approximations() -> impl Strategy<Value = Approximation> {
    (1..=50_u8).prop_filter_map("it is a percentage", |percent| format!("{percent}%").parse().ok())
}

/// Intervals whose ends are among these points: closed, open, and without end.
///
/// Shrinks to a single point.
///
/// ```
/// use corroborate::laws;
/// use proptest::prelude::*;
///
/// proptest!(|(one in laws::intervals(0..=20_u64), other in laws::intervals(0..=20_u64))| {
///     // Whatever both hold, their hull does.
///     prop_assert!(one.meet(&other).is_none_or(|meet| meet.hull(&one.hull(&other)) == one.hull(&other)));
/// });
/// ```
pub fn intervals<P: Point + 'static>(
    points: impl Strategy<Value = P> + Clone + 'static,
) -> impl Strategy<Value = Interval<P>> {
    let end = |points| {
        prop_oneof![
            3 => Strategy::prop_map(points, Bound::Included).boxed(),
            1 => Just(Bound::Unbounded).boxed(),
        ]
    };
    let open = (prop::bool::weighted(0.3), prop::bool::weighted(0.3));
    (points.clone(), end(points.clone()), end(points), prop::bool::weighted(0.7), open).prop_map(
        |(point, low, high, is_wide, (open_low, open_high))| {
            let opened = |end, open| match end {
                Bound::Included(point) if open => Bound::Excluded(point),
                end => end,
            };
            // What holds no point is the point itself.
            let wide = Interval::new((opened(low, open_low), opened(high, open_high))).filter(|_| is_wide);
            wide.unwrap_or_else(|| Interval::exactly(point))
        },
    )
}

/// Sets of points: unions of up to four such intervals, nothing and everything among them.
///
/// ```
/// use corroborate::{Ranges, laws};
/// use proptest::prelude::*;
///
/// proptest!(|(set in laws::ranges(0..=20_u64))| {
///     prop_assert!(set.meet(&set.complement()).is_empty());
///     prop_assert!(set.join(&set.complement()).is_everything());
/// });
/// ```
pub fn ranges<P: Point + 'static>(
    points: impl Strategy<Value = P> + Clone + 'static,
) -> impl Strategy<Value = Ranges<P>> {
    vec(intervals(points), 0..=4).prop_map(|intervals| intervals.into_iter().collect())
}

/// Answer sets of this kind, nothing and everything among them. Terms and texts are numbered from 0 to 9.
///
/// ```
/// use corroborate::{Kind, laws};
/// use proptest::prelude::*;
///
/// proptest!(|(one in laws::answer_sets(Kind::Date), other in laws::answer_sets(Kind::Date))| {
///     prop_assert!(one.entails(&one.join(&other)));
///     prop_assert_eq!(one.complement().complement(), one);
/// });
/// ```
pub fn answer_sets(kind: Kind) -> impl Strategy<Value = AnswerSet> {
    let names = || ranges(0..10_u32);
    match kind {
        Kind::Count => ranges(0..=20_u64).prop_map(AnswerSet::Counts).boxed(),
        Kind::Quantity => ranges(quantities()).prop_map(AnswerSet::Quantities).boxed(),
        Kind::Date => ranges(moments()).prop_map(AnswerSet::Dates).boxed(),
        Kind::YesNo => ranges(any::<bool>()).prop_map(AnswerSet::YesNo).boxed(),
        Kind::Term | Kind::Place => names().prop_map(AnswerSet::Terms).boxed(),
        Kind::Text => names().prop_map(AnswerSet::Texts).boxed(),
    }
}

fn quantities() -> impl Strategy<Value = Decimal> + Clone {
    (-20..=200_i64, 0..=2_u32).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

fn moments() -> impl Strategy<Value = Moment> + Clone {
    let date = std::sync::Arc::new(dates());
    (date, any::<bool>()).prop_map(|(date, last)| if last { date.last() } else { date.first() })
}
