//! `2011-12` beside `2011/2012`: a month, or two years?

use chrono::Datelike;

use super::super::columns::{NONE, ValueRow, index};
use super::Batch;
use crate::error::{ErrorKind, Shown};
use crate::model::date::{Date, Precision};
use crate::model::hashing::FastMap;
use crate::model::value::{Content, Hedge, Said};
use crate::wording::people::date_for_people;

/// The month in figures that is the year after its year as well: `2011-12`.
fn doubtful_month(row: &ValueRow) -> Option<Date> {
    match &row.content {
        Content::Date(Said::Hedged(Hedge::Exactly, date))
            if date.precision() == Precision::Month && row.said == NONE =>
        {
            let day = date.day();
            (i64::from(day.month()) == i64::from(day.year() + 1).rem_euclid(100)).then_some(*date)
        }
        _ => None,
    }
}

/// Whether a value is a span of whole years.
fn is_span_of_years(row: &ValueRow) -> bool {
    match &row.content {
        Content::Date(Said::Between(from, to)) => {
            from.precision() == Precision::Year && to.precision() == Precision::Year
        }
        _ => false,
    }
}

impl Batch {
    /// Refuses months in figures that may be two years, on claims of which another cell shows spans of years.
    pub(super) fn check_spans_of_years(&mut self) {
        let columns = &self.dossier.columns;
        if !columns.values.iter().any(|row| doubtful_month(row).is_some()) {
            return;
        }
        let value = |at: u32| columns.values.get(columns.value[at as usize] as usize);
        let mut spans: FastMap<u32, u32> = FastMap::default();
        let all = || 0..index(columns.value.len());
        for at in all().filter(|at| value(*at).is_some_and(is_span_of_years)) {
            spans.entry(columns.claim[at as usize]).or_insert(at);
        }
        let doubtful = all().filter_map(|at| {
            let month = doubtful_month(value(at)?)?;
            let span = *spans.get(&columns.claim[at as usize])?;
            let (year, place) = (month.day().year(), self.place_of(at));
            let shown = columns.values.get(columns.value[span as usize] as usize);
            let shown = shown.and_then(|row| match &row.content {
                Content::Date(Said::Between(from, to)) => Some(format!("{from}/{to}")),
                _ => None,
            })?;
            let month = month.to_string();
            let problem = format!(
                "is {} {} or the years {year} to {}? {} on {} is a span of years; write `{year}/{}` or `{}`",
                Shown(&month),
                date_for_people(&month),
                year + 1,
                Shown(&shown),
                self.place_of(span).seen_from(&place),
                year + 1,
                date_for_people(&month),
            );
            Some(place.field("value", ErrorKind::Wording.because(problem)))
        });
        let doubtful: Vec<_> = doubtful.collect();
        self.problems.extend(doubtful);
    }
}
