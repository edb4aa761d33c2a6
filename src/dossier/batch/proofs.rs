//! What cells of a table show of how all of it is written: days first or months first, decimals behind a
//! comma or a point. And what may be behind a cell that isn't understood.

use chrono::Datelike;

use super::super::place::{FileForm, Place};
use super::Batch;
use crate::error::Shown;
use crate::model::claim::Kind;
use crate::wording;

/// A text that can be read in one way only, with the place of the first cell that says so.
type Proof = Option<(Box<str>, Place)>;

/// The first cell that shows each way of writing.
#[derive(Default)]
pub(super) struct Proofs {
    day_first: Proof,
    month_first: Proof,
    decimal_comma: Proof,
}

/// What a text shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    DayFirst,
    MonthFirst,
    DecimalComma,
}

impl Shows {
    fn of(text: &str) -> Option<Self> {
        const LONGEST: usize = 16;
        let bytes = text.as_bytes();
        if bytes.len() > LONGEST || !bytes.first().is_some_and(u8::is_ascii_digit) {
            return None;
        }
        if has_decimal_comma(text) {
            return Some(Self::DecimalComma);
        }
        let [.., b'/' | b'.' | b'-', _, _, _, _] = bytes else { return None };
        match wording::days_in_either_order(text)? {
            (Some(_), None) => Some(Self::DayFirst),
            (None, Some(_)) => Some(Self::MonthFirst),
            _ => None,
        }
    }
}

/// `1,5` or `1.234,5`: the comma can't group thousands.
fn has_decimal_comma(text: &str) -> bool {
    let Some((whole, decimals)) = text.split_once(',') else { return false };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(decimals) && whole.split('.').all(is_digits) && (decimals.len() != 3 || whole.contains('.'))
}

impl Batch {
    /// Finds the first cell for each way of writing. Each distinct text is tested once; nearly all show nothing.
    pub(super) fn find_proofs(&mut self) {
        let texts = (0..self.words.len()).filter_map(|at| self.words.get_index(at));
        let shows: Vec<Option<Shows>> = texts.map(Shows::of).collect();
        if shows.iter().all(Option::is_none) {
            return;
        }
        let mut proofs = Proofs::default();
        let columns = &self.dossier.columns;
        for at in (0..columns.len()).filter(|at| self.form_of(*at) != FileForm::Entries) {
            let words = columns.value[at as usize] as usize;
            let proof = match shows.get(words).copied().flatten() {
                None => continue,
                Some(Shows::DayFirst) => &mut proofs.day_first,
                Some(Shows::MonthFirst) => &mut proofs.month_first,
                Some(Shows::DecimalComma) => &mut proofs.decimal_comma,
            };
            if proof.is_none() {
                *proof = Some((self.words.get_index(words).unwrap_or_default().into(), self.place_of(at)));
            }
        }
        self.proofs = proofs;
    }

    /// What else to say of a cell that isn't understood as the answer to a claim of a kind.
    pub(super) fn hint(&self, at: u32, kind: Kind, text: &str) -> String {
        if self.form_of(at) == FileForm::Entries {
            return String::new();
        }
        let hint = match kind {
            Kind::Date => self.order_hint(at, text),
            Kind::Count | Kind::Quantity => range_behind(text)
                .map(|range| {
                    format!(
                        "a spreadsheet may have made {} of the range `{range}`; write `{}`",
                        Shown(text),
                        range.replace('-', " to ")
                    )
                })
                .or_else(|| self.decimal_hint(at, text)),
            _ => None,
        };
        hint.map_or_else(String::new, |hint| format!("; {hint}"))
    }

    fn order_hint(&self, at: u32, text: &str) -> Option<String> {
        let is_ambiguous = |word: &str| matches!(wording::days_in_either_order(word), Some((Some(one), Some(other))) if one != other);
        text.split_whitespace().find(|word| is_ambiguous(word))?;
        let cited = |(text, place): &(Box<str>, Place)| {
            format!("{} ({})", Shown(text), place.seen_from(&self.place_of(at)))
        };
        Some(match (&self.proofs.day_first, &self.proofs.month_first) {
            (Some(proof), None) => {
                format!("{} shows that days come first: pass `--date-order dmy`", cited(proof))
            }
            (None, Some(proof)) => {
                format!("{} shows that months come first: pass `--date-order mdy`", cited(proof))
            }
            (Some(one), Some(other)) => {
                format!("{} has the day first, and {} the month", cited(one), cited(other))
            }
            (None, None) => {
                "or pass `--date-order dmy` or `--date-order mdy`, whichever holds for all".to_owned()
            }
        })
    }

    /// What to say of a figure that may have its decimals behind a comma.
    pub(super) fn decimal_hint(&self, at: u32, text: &str) -> Option<String> {
        if text.split_whitespace().any(has_decimal_comma) {
            return Some("or pass `--decimal comma`, if all decimals of the table stand so".to_owned());
        }
        let (proof, place) = self.proofs.decimal_comma.as_ref().filter(|_| text.contains([',', '.']))?;
        let place = place.seen_from(&self.place_of(at));
        Some(format!("{} ({place}) has its decimals behind a comma: pass `--decimal comma`", Shown(proof)))
    }
}

/// The range that a spreadsheet may have made a day of: `10-15`, where it shows `15-Oct`.
pub(super) fn range_behind(text: &str) -> Option<String> {
    let (first, second) = text.trim().split_once('-')?;
    let day = |part: &str| part.parse::<u32>().ok().filter(|day| (1..=31).contains(day) && part.len() <= 2);
    let (day, name) = match (day(first), day(second)) {
        (Some(day), None) => (day, second),
        (None, Some(day)) => (day, first),
        _ => return None,
    };
    let date = wording::read(Kind::Date, &format!("{day} {name} 2024"), None, &|_| false).ok()?;
    let month = match (name.len(), date) {
        (3, crate::model::value::Content::Date(crate::model::value::Said::Hedged(_, date))) => {
            date.day().month()
        }
        _ => return None,
    };
    Some(format!("{}-{}", month.min(day), month.max(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_spreadsheets_made_is_told() {
        assert_eq!(range_behind("15-Oct").as_deref(), Some("10-15"));
        assert_eq!(range_behind("Oct-15").as_deref(), Some("10-15"));
        assert_eq!(range_behind("5-Mar").as_deref(), Some("3-5"));
        for other in ["15 Oct", "Oct", "15-October", "2024-10", "10-15", "Su-34"] {
            assert_eq!(range_behind(other), None, "{other}");
        }
        assert_eq!(wording::day_of_serial("45372").map(|day| day.to_string()).as_deref(), Some("2024-03-21"));
        assert_eq!(wording::day_of_serial("2024"), None);
    }

    #[test]
    fn decimals_behind_a_comma_show_themselves() {
        assert!(["1,5", "14,25", "1.234,5", "1.234,567"].into_iter().all(has_decimal_comma));
        assert!(["1,500", "1,500,000", "15", "1.5", ",5"].into_iter().all(|text| !has_decimal_comma(text)));
    }
}
