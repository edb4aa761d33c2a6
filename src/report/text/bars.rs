//! The span bars: what each answer leaves possible, as a line of characters, one below the other.
//!
//! Their axis is one of order, not of distance: each end that somebody stated has a place of its own, in a row. So two
//! figures that are one apart are told apart as well as two that are thousands apart.

use std::ops::Bound;

use rust_decimal::Decimal;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Finding;
use crate::dossier::{AssertionRef, SourceRef};
use crate::model::date::Date;
use crate::model::interval::{Point, Ranges};
use crate::model::value::AnswerSet;
use crate::outcome::Verdict;
use crate::report::in_words::own_voice;
use crate::report::words::{few, grouped, listed};
use crate::wording::people::date_for_people;

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
/// None where the claim isn't about figures or dates, or all say the same. Where not all can be shown, those that nobody put
/// their name to go first, then the last ones.
pub(super) fn bars(finding: Finding<'_>, width: usize) -> Option<Vec<String>> {
    if !matches!(finding.verdict(), Verdict::Disputed | Verdict::Compatible) {
        return None;
    }
    let mut rows: Vec<Bar> = Vec::new();
    for answer in finding.details().answers.iter().filter(|answer| answer.stands) {
        let spans = spans(&answer.read)?;
        let who = answer
            .sources
            .iter()
            .map(|source| SourceRef { dossier: finding.dossier(), index: *source }.name().to_owned());
        let mut who: Vec<String> = who.collect();
        let is_named = !who.is_empty();
        if !is_named {
            who.push(own_voice(AssertionRef { dossier: finding.dossier(), index: answer.assertion }));
        }
        match rows.iter_mut().find(|row| row.spans == spans && row.is_named == is_named) {
            Some(row) => who.into_iter().for_each(|one| {
                if !row.who.contains(&one) {
                    row.who.push(one);
                }
            }),
            None => rows.push(Bar { who, is_named, spans }),
        }
    }
    let all = rows.len();
    // The ends are what the verdict is about.
    let low = |row: &Bar| row.spans.first().and_then(|(low, _)| low.as_ref().map(|end| end.at));
    let (least, most) = (rows.iter().filter_map(low).min(), rows.iter().filter_map(low).max());
    let rank = |row: &Bar| (!row.is_named, low(row) != least && low(row) != most);
    let mut order: Vec<usize> = (0..all).collect();
    order.sort_by_key(|nth| rank(&rows[*nth]));
    for kept in (2..=all.min(MOST)).rev() {
        let mut shown = order[..kept].to_vec();
        shown.sort_unstable();
        let shown: Vec<&Bar> = shown.into_iter().map(|nth| &rows[nth]).collect();
        if let Some(mut lines) = drawn(&shown, width) {
            if kept < all {
                lines.push(format!("({} more)", all - kept));
            }
            return Some(lines);
        }
    }
    None
}

/// An answer that some give, as a bar.
struct Bar {
    who: Vec<String>,
    is_named: bool,
    spans: Vec<BarSpan>,
}

/// The bars, where their ends fit side by side.
fn drawn(rows: &[&Bar], width: usize) -> Option<Vec<String>> {
    let spans = || rows.iter().flat_map(|row| &row.spans);
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
    if !(2..=MOST).contains(&labels.len()) {
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
    if length > width * 3 / 5 {
        return None;
    }
    let mut lines = vec![labels.iter().fold(String::new(), |line, label| {
        let before = step - label.width();
        let left = before.div_ceil(2);
        format!("{line}{:left$}{label}{:2$}", "", "", before - left)
    })];
    for row in rows {
        let mut line = vec![' '; length];
        for (low, high) in &row.spans {
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
        let who = cut(&listed(&few(row.who.iter())), width.saturating_sub(length + 6));
        lines.push(format!("{}  {who}", line.into_iter().collect::<String>()));
    }
    Some(lines.iter().map(|line| line.trim_end().to_owned()).collect())
}

/// A name in at most so many columns.
fn cut(name: &str, columns: usize) -> String {
    if name.width() <= columns {
        return name.to_owned();
    }
    let mut text = String::new();
    for c in name.chars() {
        if text.width() + c.width().unwrap_or(0) + 1 > columns {
            break;
        }
        text.push(c);
    }
    text.trim_end().to_owned() + "…"
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
            (moment.microseconds().into(), date_for_people(&date.to_string()))
        })),
        _ => None,
    }
}
