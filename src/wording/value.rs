//! A value from the words in which it was said, and its canonical text.

use std::fmt;

use crate::error::WordingError;
use crate::model::claim::Kind;
use crate::model::date::Date;
use crate::model::value::{AnswerSet, Content, Said, Value};

impl Value {
    /// Reads what was said in answer to a claim of this kind.
    ///
    /// Days without a date (`Thursday`, `last week`) need [`read_on`](Self::read_on).
    ///
    /// ```
    /// use corroborate::{Kind, Value};
    ///
    /// assert_eq!(Value::read(Kind::Count, "some 2,500")?.to_string(), "about 2500");
    /// let backwards = Value::read(Kind::Count, "15 to 10").unwrap_err();
    /// assert!(backwards.to_string().contains("write `10 to 15`"));
    /// # Ok::<(), corroborate::WordingError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the text isn't understood, can't be an answer to such a claim (a negative count), or leaves
    /// nothing possible (`15 to 10`). The error says where.
    pub fn read(kind: Kind, text: &str) -> Result<Self, WordingError> {
        super::read(kind, text, None, &|_| false).map(Self)
    }

    /// Reads what was said in a document published on this day, which `Thursday` and `last week` count back
    /// from.
    ///
    /// ```
    /// use corroborate::{Kind, Value};
    ///
    /// let raid = Value::read_on(Kind::Date, "Thursday", "2024-09-03".parse()?)?;
    /// assert_eq!(raid.to_string(), "2024-08-29");
    /// # Ok::<(), corroborate::WordingError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read), and when the publication date isn't known to the day that the text needs.
    pub fn read_on(kind: Kind, text: &str, published: Date) -> Result<Self, WordingError> {
        super::read(kind, text, Some(published), &|_| false).map(Self)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::write(&self.0, f)
    }
}

/// The shortest words for the set: `14 to 20`, `at least 14`, `anything but 2024-08-29`.
///
/// [`Value::read`] takes them back to the same set, except for `nothing` and `anything`, which no value says,
/// and for sets of terms and texts, whose numbers have names in their dossier only.
impl fmt::Display for AnswerSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing");
        }
        let content: Content<Box<str>> = match self {
            Self::Counts(set) => Content::Count(Said::describing(set)),
            Self::Quantities(set) => Content::Quantity(Said::describing(set)),
            Self::Dates(set) => Content::Date(Said::describing(set)),
            Self::YesNo(set) => match set.exact_point() {
                Some(answer) => Content::YesNo(answer),
                None => return f.write_str("anything"),
            },
            Self::Terms(set) | Self::Texts(set) if set.is_everything() => return f.write_str("anything"),
            Self::Terms(set) => return write!(f, "terms {set:?}"),
            Self::Texts(set) => return write!(f, "texts {set:?}"),
        };
        super::write(&content, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use std::ops::Bound;

    use rust_decimal::Decimal;

    use super::*;
    use crate::model::date::Moment;
    use crate::model::interval::{Interval, Point, Ranges};
    use crate::model::value::{Approximation, Hedgeable};

    /// What is put into words reads back to the same set, though nobody said it.
    fn assert_says_itself<S: Hedgeable>(
        kind: Kind,
        set: &Ranges<S::Point>,
        content: fn(Said<S>) -> Content<Box<str>>,
        wrap: fn(Ranges<S::Point>) -> AnswerSet,
    ) -> Result<(), TestCaseError> {
        // Neither is ever a value: nothing possible, and everything.
        if set.is_empty() || set.is_everything() {
            return Ok(());
        }
        let value = Value(content(Said::describing(set)));
        let text = value.to_string();
        prop_assert_eq!(&wrap(set.clone()).to_string(), &text);
        let again = Value::read(kind, &text);
        let answers = again.as_ref().ok().and_then(|again| again.answers(Approximation::default()));
        prop_assert_eq!(answers, Some(wrap(set.clone())), "`{}` is {:?}", &text, &again);
        // Figures are said in one way only. A stretch of dates may be: `2024/2025` of two years,
        // `2024-01/2025-12`.
        prop_assert!(again.is_ok_and(|again| again.to_string() == text));
        Ok(())
    }

    fn sets<P: Point + 'static>(
        point: impl Strategy<Value = P> + Clone + 'static,
    ) -> impl Strategy<Value = Ranges<P>> {
        let end = prop_oneof![
            2 => point.clone().prop_map(Bound::Included),
            2 => point.prop_map(Bound::Excluded),
            1 => Just(Bound::Unbounded),
        ];
        prop::collection::vec((end.clone(), end), 1..5)
            .prop_map(|ends| ends.into_iter().filter_map(Interval::new).collect())
    }

    fn decimals() -> impl Strategy<Value = Decimal> + Clone {
        prop_oneof![
            (-30..30_i64, 0..3_u32).prop_map(|(digits, scale)| Decimal::new(digits, scale)),
            (any::<i64>(), 0..=28_u32).prop_map(|(digits, scale)| Decimal::new(digits, scale)),
            select(vec![Decimal::MIN, Decimal::MAX]),
        ]
    }

    fn moments() -> impl Strategy<Value = Moment> + Clone {
        const DATES: &[&str] = &[
            "2024",
            "2024-02",
            "2024-02-29",
            "2024-08-29",
            "2024-08-29T14:30Z",
            "2024-08-29T14:30:05Z",
            "2024-08-29T14:30:05.000001Z",
            "2025",
            "0000",
            "9999",
            "-0043-03-15",
            "+10000",
        ];
        let date = select(DATES).prop_filter_map("a date", |text| text.parse::<Date>().ok());
        (date, any::<bool>()).prop_map(|(date, first)| if first { date.first() } else { date.last() })
    }

    proptest! {
        #[test]
        fn described_counts_read_back(set in sets(prop_oneof![0..20_u64, Just(u64::MAX), any::<u64>()])) {
            assert_says_itself(Kind::Count, &set, Content::Count, AnswerSet::Counts)?;
        }

        #[test]
        fn described_quantities_read_back(set in sets(decimals())) {
            assert_says_itself(Kind::Quantity, &set, Content::Quantity, AnswerSet::Quantities)?;
        }

        #[test]
        fn described_dates_read_back(set in sets(moments())) {
            assert_says_itself(Kind::Date, &set, Content::Date, AnswerSet::Dates)?;
        }
    }
}
