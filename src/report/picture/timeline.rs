//! The timeline: how an answer and its verdict moved, moment by moment.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use maud::{Markup, html};

use super::axis::{Axis, AxisSpan, spans};
use super::{
    Drawing, LINE, MARGIN, Mark, TEXT, WIDTH, fitting, heading, number, rows_of, width_of, write_alone,
};
use crate::report::outline::question_or_id;
use crate::report::words::{grouped, names};
use crate::report::{Finding, Report, Timeline, TimelineEntry, Verdict};
use crate::wording::sentences::sentence;

/// At most this many moments are drawn, the latest ones; the earlier ones are counted.
const MOST_ROWS: usize = 40;

/// A claim whose assertions times its moments are more than this gets no timeline in a report.
const EFFORT: usize = 250_000;

const ROW: f64 = 54.0;
const ROW_WITHOUT_LINE: f64 = 40.0;

/// How the finding on one claim moved, ready to be drawn.
#[derive(Debug)]
pub(in crate::report) struct TimelinePlot {
    title: String,
    rows: Vec<TimelineRow>,
    left_out: usize,
    /// Nothing for answers that have no place on a line.
    axis: Option<Axis>,
}

#[derive(Debug)]
struct TimelineRow {
    date: String,
    found: String,
    heard: String,
    lines: Vec<(Mark, Vec<AxisSpan>)>,
}

impl Timeline<'_> {
    /// The timeline as a picture in SVG: a row for each moment at which the finding changed, with what was heard, the
    /// verdict, and the accounts on one axis where they are figures or dates.
    ///
    /// Where there are more than forty such moments, the latest forty are drawn, and the picture says so.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "30").by("mayor").asserted("2031-04-01"))?;
    /// flood.record(Assertion::new("missing", "12").by("mayor").asserted("2031-04-03"))?;
    ///
    /// let timeline = Resolver::standard().timeline(&flood, "missing").ok_or("no such claim")?;
    /// assert!(timeline.to_svg().contains("2031-04-03: single-source: 12."));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_svg(&self) -> String {
        let drawing = TimelinePlot::of(self).draw(true);
        let mut svg = Vec::new();
        // Writing into memory doesn't fail, and what is written is text.
        let _ = write_alone(self.claim().question(), drawing.height, std::iter::once(drawing), &mut svg);
        String::from_utf8(svg).unwrap_or_default()
    }
}

impl Report<'_> {
    /// Writes the timelines of all claims on which the finding changed below each other, as one SVG document, in the order
    /// of the claims. [`Timeline::to_svg`] draws a single one.
    ///
    /// A claim of which very many things were said at very many moments is left out: its timeline takes a time that grows
    /// with both.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "12").by("mayor"))?;
    ///
    /// let mut picture = Vec::new();
    /// Resolver::standard().resolve(&flood).write_timelines(&mut picture)?;
    /// assert!(String::from_utf8(picture)?.starts_with("<svg"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_timelines(&self, mut to: impl io::Write) -> io::Result<()> {
        let drawings =
            || self.findings().filter_map(|found| self.timeline_of(found)).map(|plot| plot.draw(true));
        let total = drawings().map(|drawing| drawing.height).sum();
        write_alone(self.dossier.title(), total, drawings(), &mut to)
    }

    /// The timeline of a claim, where there is one to be seen. Where a user's own rules are asked it is kept, for they may
    /// answer otherwise the next time.
    pub(in crate::report) fn timeline_of(&self, finding: Finding<'_>) -> Option<Arc<TimelinePlot>> {
        let find = || self.find_timeline(finding.claim_index()).map(Arc::new);
        let kept = self.timelines.get(finding.claim_index() as usize);
        kept.map_or_else(find, |kept| kept.get_or_init(find).clone())
    }

    fn find_timeline(&self, claim: u32) -> Option<TimelinePlot> {
        // Most claims are answered at one moment, and that is seen at once.
        let assertions = self.dossier.columns.assertions_of(claim);
        let mut dates = assertions.clone().map(|assertion| self.dossier.columns.date(assertion));
        let first = dates.next()?;
        let has_retractions =
            assertions.clone().any(|assertion| self.dossier.columns.retracted.contains(&assertion));
        if dates.all(|date| date == first) && !has_retractions {
            return None;
        }
        let timeline = Timeline::up_to(self.finding_on(claim), self.shared.clone());
        if timeline.entries().len() * assertions.len() > EFFORT {
            return None;
        }
        Some(TimelinePlot::of(&timeline)).filter(|plot| plot.rows.len() > 1)
    }
}

impl TimelinePlot {
    fn of(timeline: &Timeline<'_>) -> Self {
        let mut marks: HashMap<u32, usize, foldhash::fast::FixedState> = HashMap::default();
        let mut line = None;
        let mut rows = Vec::new();
        for entry in timeline.entries() {
            if entry.changes().next().is_none() {
                continue;
            }
            let finding = entry.finding();
            let accounts = finding.accounts().zip(&finding.details().accounts);
            let lines = accounts.filter_map(|(view, account)| {
                let mut sides = view.sides().map(|side| side.index);
                let mark = match (sides.next(), sides.next()) {
                    (None, _) => Mark::Nobody,
                    (Some(one), None) => {
                        let next = marks.len();
                        Mark::Side(*marks.entry(one).or_insert(next))
                    }
                    _ => Mark::Several,
                };
                line.get_or_insert_with(|| account.answers.everything());
                spans(&account.answers).map(|spans| (mark, spans))
            });
            let lines = lines.collect();
            rows.push(TimelineRow {
                date: entry.date().map_or_else(|| "undated".to_owned(), |date| date.to_string()),
                found: found(entry.finding()),
                heard: heard(&entry),
                lines,
            });
        }
        let left_out = rows.len().saturating_sub(MOST_ROWS);
        rows.drain(..left_out);
        let drawn: Vec<AxisSpan> =
            rows.iter().flat_map(|row| &row.lines).flat_map(|(_, spans)| spans.iter().copied()).collect();
        let axis = line.filter(|line| spans(line).is_some()).map(|line| Axis::over(&line, &drawn));
        let claim = timeline.claim();
        let title = question_or_id(claim);
        Self { title: title.to_owned(), rows, left_out, axis }
    }

    /// Draws it, below its question or where that stands already.
    pub(in crate::report) fn draw(&self, with_question: bool) -> Drawing {
        let title = &*self.title;
        let (headings, top) = if with_question { heading(title) } else { (Markup::default(), MARGIN) };
        let height = if self.axis.is_some() { ROW } else { ROW_WITHOUT_LINE };
        let bottom = top + height * rows_of(self.rows.len()) + 4.0;
        let mut notes = Vec::new();
        if self.axis.as_ref().is_some_and(Axis::is_logarithmic) {
            notes.push("logarithmic scale".to_owned());
        }
        if self.left_out > 0 {
            notes.push(format!("{} earlier changes aren't drawn", self.left_out));
        }
        let below = if self.axis.is_some() { bottom + 34.0 } else { bottom + 12.0 };
        let shapes = html! {
            (headings)
            // The thread that the moments hang on.
            path.rule d={ "M" (number(MARGIN + 5.0)) " " (number(top + 10.0)) "V" (number(bottom - height + 8.0)) } {}
            @for (n, row) in self.rows.iter().enumerate() { (self.row(row, top + height * rows_of(n))) }
            @if let Some(axis) = &self.axis { (axis.draw(bottom)) }
            @for (n, words) in notes.iter().enumerate() {
                text.note x=(number(MARGIN)) y=(number(below + LINE * rows_of(n))) { (words) }
            }
        };
        Drawing {
            title: format!("How it moved: {title}"),
            description: self.in_words(),
            height: below - 12.0 + LINE * rows_of(notes.len()) + MARGIN,
            shapes,
        }
    }

    fn row(&self, row: &TimelineRow, top: f64) -> Markup {
        let room = WIDTH - 2.0 * MARGIN - 16.0;
        let date = fitting(&row.date, TEXT * 1.06, room * 0.5);
        let left = room - width_of(&date, TEXT * 1.06) - 10.0;
        html! {
            g.row {
                circle.knot cx=(number(MARGIN + 5.0)) cy=(number(top + 10.0)) r="3.2" {}
                text.value x=(number(MARGIN + 16.0)) y=(number(top + 14.5)) { (date) }
                text x=(number(WIDTH - MARGIN)) y=(number(top + 14.5)) text-anchor="end" { (fitting(&row.found, TEXT, left)) }
                text.note x=(number(MARGIN + 16.0)) y=(number(top + 31.0)) { (fitting(&row.heard, TEXT - 1.0, room)) }
                @if let Some(axis) = &self.axis {
                    @for (mark, spans) in &row.lines { (axis.bars(spans, *mark, false, top + 43.0)) }
                }
            }
        }
    }

    fn in_words(&self) -> String {
        let rows =
            self.rows.iter().map(|row| format!("{}: {}. {}", row.date, row.found, sentence(&row.heard)));
        rows.collect::<Vec<_>>().join(" ")
    }
}

/// The verdict, and what it leaves.
fn found(finding: Finding<'_>) -> String {
    match finding.common_words() {
        Some(ground) if finding.verdict() != Verdict::Unattributed => {
            format!("{}: {}", finding.verdict(), finding.in_words(&ground))
        }
        _ => finding.verdict().to_string(),
    }
}

/// What came in.
fn heard(entry: &TimelineEntry<'_>) -> String {
    let said = entry.heard().take(4).map(|assertion| {
        let who = names(assertion.by());
        let who = if who.is_empty() { "attributed to nobody".to_owned() } else { who };
        // The mark keeps a figure behind a name that is written from right to left from joining it.
        format!("{who}\u{200e}: {}", assertion.for_people())
    });
    let more = entry.heard().len().saturating_sub(4);
    let counted =
        |more: usize, what| (more > 0).then(|| format!("{what}{} more", grouped(&more.to_string())));
    let withdrawn =
        entry.withdrawn().take(4).map(|assertion| format!("withdrawn: {}", assertion.for_people()));
    let more_withdrawn = counted(entry.withdrawn().len().saturating_sub(4), "withdrawn: ");
    let all = said.chain(counted(more, "")).chain(withdrawn).chain(more_withdrawn);
    all.collect::<Vec<_>>().join("; ")
}
