//! The span bars: what each answer leaves possible, as a line of characters, one below the other.
//!
//! Their axis is one of order, not of distance: each end that somebody stated has a place of its own, in a row. So two
//! figures that are one apart are told apart as well as two that are thousands apart.

use std::ops::Bound;

use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr;

use super::Finding;
use crate::dossier::{AssertionRef, SourceRef};
use crate::model::date::Date;
use crate::model::interval::{Point, Ranges};
use crate::model::value::AnswerSet;
use crate::outcome::Verdict;
use crate::report::words::{grouped, names};

/// At most this many answers, and this many ends, fit one picture that is read at a glance.
const MOST: usize = 8;

/// An end of a span: where it is, what stands above it, and whether it belongs to the span itself.
#[derive(Clone, PartialEq)]
struct BarEnd {
    at: Decimal,
    label: String,
    closed: bool,
}

/// A span, from its low end to its high end; an end that isn't there is open.
type BarSpan = (Option<BarEnd>, Option<BarEnd>);

/// The bars of a finding whose answers differ: above them the ends that somebody stated, behind each who said it.
///
/// None where the claim isn't about figures or dates, where all say the same, or where there is too much to show.
pub(super) fn bars(finding: Finding<'_>, width: usize) -> Option<Vec<String>> {
    if !matches!(finding.verdict(), Verdict::Disputed | Verdict::Compatible) {
        return None;
    }
    if finding.claim().assertions().len() > 4 * MOST {
        return None;
    }
    let answers = &finding.details().answers;
    let rows: Vec<(String, Vec<BarSpan>)> = answers
        .iter()
        .filter(|answer| answer.stands)
        .map(|answer| Some((who(finding, answer.assertion, &answer.sources), spans(&answer.read)?)))
        .collect::<Option<_>>()?;
    let spans = || rows.iter().flat_map(|(_, all)| all);
    let (lows, highs) =
        (spans().filter_map(|(low, _)| low.as_ref()), spans().filter_map(|(_, high)| high.as_ref()));
    let mut ends: Vec<(Decimal, bool, &str)> = lows
        .map(|end| (end.at, false, end.label.as_str()))
        .chain(highs.map(|end| (end.at, true, end.label.as_str())))
        .collect();
    ends.sort_unstable();
    ends.dedup();
    // The beginning and the end of a day are one place on the axis, unless something lies between them.
    let mut labels: Vec<&str> = ends.iter().map(|(_, _, label)| *label).collect();
    labels.dedup();
    if rows.len() > MOST || !(2..=MOST).contains(&labels.len()) {
        return None;
    }
    let step = labels.iter().map(|label| label.width()).max()? + 2;
    let place = |at: Decimal, is_high: bool| {
        let before = ends.iter().take_while(|end| (end.0, end.1) < (at, is_high)).count();
        // As many places come before it as there are other labels on the way.
        let nth = ends[..=before.min(ends.len() - 1)].windows(2).filter(|two| two[0].2 != two[1].2).count();
        (nth + 1) * step - step / 2
    };
    let length = (labels.len() + 1) * step - step / 2;
    if length > width / 2 {
        return None;
    }
    let mut lines = vec![labels.iter().fold(String::new(), |line, label| {
        let before = step - label.width();
        let left = before.div_ceil(2);
        format!("{line}{:left$}{label}{:2$}", "", "", before - left)
    })];
    for (who, spans) in &rows {
        let mut line = vec![' '; length];
        for (low, high) in spans {
            let from = low.as_ref().map_or(0, |end| place(end.at, false));
            let to = high.as_ref().map_or(length - 1, |end| place(end.at, true));
            line[from..=to].fill('─');
            let cap = |end: &Option<BarEnd>, closed, open, unbounded| match end {
                Some(end) if end.closed => closed,
                Some(_) => open,
                None => unbounded,
            };
            if from == to {
                line[from] = '●';
            } else {
                line[from] = cap(low, '├', '○', '◀');
                line[to] = cap(high, '┤', '○', '▶');
            }
        }
        lines.push(format!("{}  {who}", line.into_iter().collect::<String>()));
    }
    Some(lines.iter().map(|line| line.trim_end().to_owned()).collect())
}

fn who(finding: Finding<'_>, assertion: u32, sources: &[u32]) -> String {
    let assertion = AssertionRef { dossier: finding.dossier(), index: assertion };
    let who = names(sources.iter().map(|source| SourceRef { dossier: finding.dossier(), index: *source }));
    format!("{} ({})", if who.is_empty() { "nobody" } else { &who }, assertion.id())
}

/// The spans of figures or dates, each from its low end to its high end; nothing of what has no order.
fn spans(set: &AnswerSet) -> Option<Vec<BarSpan>> {
    fn of<P: Point>(ranges: &Ranges<P>, end: impl Fn(P, bool) -> (Decimal, String)) -> Vec<BarSpan> {
        let made = |bound, is_low| {
            let (point, closed) = match bound {
                Bound::Included(point) => (point, true),
                Bound::Excluded(point) => (point, false),
                Bound::Unbounded => return None,
            };
            let (at, label) = end(point, is_low);
            Some(BarEnd { at, label, closed })
        };
        ranges.intervals().iter().map(|one| (made(one.low(), true), made(one.high(), false))).collect()
    }
    match set {
        // No end is a zero that counts can't go below.
        AnswerSet::Counts(ranges) => Some(of(ranges, |count, _| (count.into(), grouped(&count.to_string())))),
        AnswerSet::Quantities(ranges) => {
            Some(of(ranges, |figure, _| (figure, grouped(&figure.normalize().to_string()))))
        }
        AnswerSet::Dates(ranges) => Some(of(ranges, |moment, is_low| {
            let date = if is_low { Date::beginning(moment) } else { Date::ending(moment) };
            (moment.microseconds().into(), date.to_string())
        })),
        _ => None,
    }
}
