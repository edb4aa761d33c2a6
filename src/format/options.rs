//! What is said of a whole table, since no cell can say it: its marks of empty cells, and how it writes
//! figures and dates.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::recognise::folded;
use crate::error::Shown;
use crate::error::words;
use crate::model::date::Date;
use crate::wording;

words! {
    /// The sign that decimals stand behind in a table: `1.5` or `1,5`. The other one groups thousands.
    ///
    /// [`Intake::decimal`](crate::Intake::decimal) takes one.
    ///
    /// ```
    /// use corroborate::{DecimalMark, Intake};
    ///
    /// let table = "claim,value,by\nrate,\"1,5\",institute\n";
    /// assert!(Intake::new().file("", table.as_bytes()).finish().is_err());
    /// assert!(Intake::new().decimal(DecimalMark::Comma).file("", table.as_bytes()).finish().is_ok());
    /// ```
    pub enum DecimalMark ("decimal mark") {
        /// `1,234.5`
        Point = "point",
        /// `1.234,5`
        Comma = "comma",
    }
}

words! {
    /// The order of day, month and year in a table's dates.
    ///
    /// [`Intake::date_order`](crate::Intake::date_order) takes one.
    ///
    /// ```
    /// use corroborate::{DateOrder, Intake};
    ///
    /// let table = "claim,value,by\nsank,8/9/2024,port\n";
    /// assert!(Intake::new().file("", table.as_bytes()).finish().is_err());
    /// assert!(Intake::new().date_order("dmy".parse()?).file("", table.as_bytes()).finish().is_ok());
    /// # let _ = DateOrder::DayFirst;
    /// # Ok::<(), corroborate::UnknownWord>(())
    /// ```
    pub enum DateOrder ("order of dates") {
        /// 29/8/2024
        DayFirst = "dmy",
        /// 8/29/2024
        MonthFirst = "mdy",
        /// 2024/8/29
        YearFirst = "ymd",
    }
}

/// How the cells of a table are read.
#[derive(Clone, Debug, Default)]
pub(super) struct CellOptions {
    /// Texts of empty cells, each with the only column that it is one in, if there is one.
    pub(super) nulls: Vec<(Option<String>, String)>,
    pub(super) decimal: Option<DecimalMark>,
    pub(super) date_order: Option<DateOrder>,
}

impl CellOptions {
    /// Whether a cell of a column is to be read as empty.
    pub(super) fn is_null(&self, column: &str, cell: &str) -> bool {
        self.nulls.iter().any(|(only, mark)| {
            mark == cell && only.as_deref().is_none_or(|only| folded(only) == folded(column))
        })
    }

    pub(super) fn has_nulls(&self) -> bool {
        !self.nulls.is_empty()
    }

    /// Whether values must be rewritten, so that each needs to be checked.
    pub(super) fn rewrites_values(&self) -> bool {
        self.decimal.is_some() || self.date_order.is_some()
    }

    /// A value with its figures and dates as they are read everywhere. Or what is wrong with it.
    pub(super) fn value<'c>(&self, cell: &'c str) -> Result<Cow<'c, str>, String> {
        let dated = self.date(cell)?;
        let Some(mark) = self.decimal else { return Ok(dated) };
        let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let begins_with_figure = wording::begins_with_figure(cell);
        let rewritten = rewrite(&dated, is_figure, |figure| match in_plain_digits(figure, mark) {
            Err(()) if !begins_with_figure => Ok(None),
            Err(()) => Err(format!(
                "{} isn't written with decimals behind a {mark}, as this table was said to be; write it so, or leave `--decimal {mark}` out",
                Shown(cell)
            )),
            Ok(plain) => Ok(plain),
        })?;
        Ok(match rewritten {
            Some(text) => text.into(),
            None => dated,
        })
    }

    /// The text of a cell that holds a date and nothing else. Or what is wrong with it.
    pub(super) fn date_alone<'c>(&self, cell: &'c str) -> Result<Cow<'c, str>, String> {
        let date = self.date(cell)?;
        match wording::days_in_either_order(&date) {
            Some((Some(one), Some(other))) if one != other => {
                let error = date.parse::<Date>().err().map_or_else(String::new, |error| error.to_string());
                Err(format!(
                    "{error}; or pass `--date-order dmy` or `--date-order mdy`, whichever holds for all"
                ))
            }
            _ => Ok(date),
        }
    }

    /// A text with its dates as ISO 8601 has them. Or what is wrong with it.
    pub(super) fn date<'c>(&self, cell: &'c str) -> Result<Cow<'c, str>, String> {
        let Some(order) = self.date_order else { return Ok(cell.into()) };
        let is_date = |c: char| c.is_ascii_digit() || matches!(c, '.' | '/' | '-');
        let rewritten = rewrite(cell, is_date, |text| {
            let Some((first, second, year)) = wording::day_month_year(text) else { return Ok(None) };
            let (day, month) = match order {
                DateOrder::DayFirst => (first, second),
                DateOrder::MonthFirst => (second, first),
                DateOrder::YearFirst => {
                    return Err(format!(
                        "{} has its year last, and this table was said to have it first",
                        Shown(cell)
                    ));
                }
            };
            match i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day)) {
                Some(_) => Ok(Some(format!("{year:04}-{month:02}-{day:02}"))),
                None => Err(format!(
                    "{} is no date with `--date-order {order}`: there is no such day or month in the calendar",
                    Shown(cell)
                )),
            }
        })?;
        Ok(rewritten.map_or(cell.into(), Cow::from))
    }
}

/// Rewrites each run of some characters that isn't part of a word. Nothing, where none is rewritten.
fn rewrite(
    text: &str,
    is_part: impl Fn(char) -> bool,
    each: impl Fn(&str) -> Result<Option<String>, String>,
) -> Result<Option<String>, String> {
    let mut rewritten: Option<String> = None;
    let (mut rest, mut before) = (text, ' ');
    let mut done = 0;
    while let Some(begin) = rest.find(&is_part) {
        before = rest[..begin].chars().next_back().unwrap_or(before);
        let end = rest[begin..].find(|c| !is_part(c)).map_or(rest.len(), |end| begin + end);
        let run = rest[begin..end].trim_end_matches(['.', ',', '-', '/']);
        let at = text.len() - rest.len() + begin;
        if !before.is_alphanumeric()
            && let Some(new) = each(run)?
        {
            let so_far = rewritten.get_or_insert_default();
            so_far.push_str(&text[done..at]);
            so_far.push_str(&new);
            done = at + run.len();
        }
        before = rest[..end].chars().next_back().unwrap_or(before);
        rest = &rest[end..];
    }
    if let Some(rewritten) = &mut rewritten {
        rewritten.push_str(&text[done..]);
    }
    Ok(rewritten)
}

/// A figure without separators of thousands, and with decimals behind a point. Nothing, where it is so
/// already, or where it is no figure; an error where it is written with the other mark.
fn in_plain_digits(figure: &str, mark: DecimalMark) -> Result<Option<String>, ()> {
    let (decimal, group) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    if !figure.contains([decimal, group]) {
        return Ok(None);
    }
    let parts: Vec<&str> = figure.split(['.', ',']).collect();
    let is_digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    // `29.8.2024` is a date.
    let is_date = parts.len() == 3 && !figure.contains(',') && parts[2].len() == 4;
    if is_date || !parts.iter().all(is_digits) {
        return Ok(None);
    }
    let (whole, decimals) = match figure.split_once(decimal) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (figure, None),
    };
    let mut groups = whole.split(group);
    let first = groups.next().unwrap_or_default();
    let mut others = groups.peekable();
    let is_grouped = others.peek().is_none() || first.len() <= 3;
    if !is_grouped
        || !others.all(|part| part.len() == 3)
        || decimals.is_some_and(|d| d.contains([decimal, group]))
    {
        return Err(());
    }
    let mut plain = whole.replace(group, "");
    if let Some(decimals) = decimals {
        plain.push('.');
        // With three decimals it would be asked whether the point groups thousands.
        let short = decimals.trim_end_matches('0');
        plain.push_str(match (decimals.len(), short.len()) {
            (3, 0) => "0",
            (3, 1 | 2) => short,
            _ => decimals,
        });
        if decimals.len() == 3 && short.len() == 3 {
            plain.push('0');
        }
    }
    Ok(Some(plain).filter(|plain| plain != figure))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_by_their_decimal_mark() {
        let comma = CellOptions { decimal: Some(DecimalMark::Comma), ..CellOptions::default() };
        for (cell, read) in [
            ("1,5", "1.5"),
            ("1.234,5", "1234.5"),
            ("14.000", "14000"),
            ("1.234.567", "1234567"),
            ("about 1,500", "about 1.5"),
            ("1,234", "1.2340"),
            ("2, 3 or 4", "2, 3 or 4"),
            ("at least 14", "at least 14"),
            ("1,5 to 2,5", "1.5 to 2.5"),
            ("29.8.2024", "29.8.2024"),
            ("route v1.5", "route v1.5"),
        ] {
            assert_eq!(comma.value(cell).as_deref(), Ok(read), "{cell}");
        }
        assert!(comma.value("1.5").is_err() && comma.value("1,500,000").is_err());
        let point = CellOptions { decimal: Some(DecimalMark::Point), ..CellOptions::default() };
        assert_eq!(point.value("14,000").as_deref(), Ok("14000"));
        assert_eq!(point.value("14.000").as_deref(), Ok("14.0"));
        assert!(point.value("1,5").is_err());
    }

    #[test]
    fn dates_are_read_in_their_order() {
        let order = |order| CellOptions { date_order: Some(order), ..CellOptions::default() };
        let (dmy, mdy, ymd) =
            (order(DateOrder::DayFirst), order(DateOrder::MonthFirst), order(DateOrder::YearFirst));
        assert_eq!(dmy.value("8/9/2024").as_deref(), Ok("2024-09-08"));
        assert_eq!(mdy.value("8/9/2024").as_deref(), Ok("2024-08-09"));
        assert_eq!(
            dmy.value("before 14.12.2020, or 29-08-2024").as_deref(),
            Ok("before 2020-12-14, or 2024-08-29")
        );
        assert_eq!(dmy.value("2024-08-29 to 3").as_deref(), Ok("2024-08-29 to 3"));
        assert!(mdy.value("29/8/2024").is_err() && ymd.value("8/9/2024").is_err());
    }

    #[test]
    fn marks_are_of_all_columns_or_of_one() {
        let nulls = vec![(None, "nan".to_owned()), (Some("By".to_owned()), "-".to_owned())];
        let options = CellOptions { nulls, ..CellOptions::default() };
        assert!(options.is_null("value", "nan") && options.is_null("by", "-"));
        assert!(!options.is_null("value", "-") && !options.is_null("by", "NaN"));
    }
}
