//! The span plot: what each assertion leaves possible, on one axis. At a glance one sees where answers meet.

use std::collections::HashMap;
use std::io;

use maud::{Markup, html};

use super::axis::{Axis, AxisSpan, spans};
use super::{
    Drawing, LINE, MARGIN, Mark, TEXT, WIDTH, fitting, heading, number, rows_of, width_of, write_alone,
};
use crate::dossier::AssertionRef;
use crate::model::value::{Content, Hedge, Said};
use crate::outcome::Answer;
use crate::report::outline::question_or_id;
use crate::report::words::names;
use crate::report::{Finding, Report, Verdict};
use crate::wording::sentences::sentence;

/// At most this many rows are drawn; the rest is counted.
const MOST_ROWS: usize = 40;

const ROW: f64 = 36.0;

/// The answers to one claim, ready to be drawn.
pub(in crate::report) struct SpanPlot<'r> {
    finding: Finding<'r>,
    rows: Vec<SpanRow<'r>>,
    left_out: usize,
    ground: Vec<AxisSpan>,
    axis: Axis,
}

struct SpanRow<'r> {
    assertion: AssertionRef<'r>,
    mark: Mark,
    stands: bool,
    soft: bool,
    spans: Vec<AxisSpan>,
}

impl<'r> Finding<'r> {
    /// The answers to the claim as a picture in SVG: of each assertion what it leaves possible, on one axis. Nothing
    /// where the claim isn't about figures or dates, or nobody answers.
    ///
    /// An end that isn't there is an arrow, and one that is only about so tapers off. Each side has a colour and a mark,
    /// and its name and words stand beside them, so that nobody needs the colour. The common ground is shaded. What is set
    /// aside stands below the rest, in broken lines.
    ///
    /// The text is a whole SVG document, which follows the reader's choice of light or dark.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("iraq", "Iraq"))?;
    /// raid.add_source(Source::new("us", "United States"))?;
    /// raid.add_claim(Claim::count("killed", "How many fighters were killed?"))?;
    /// raid.record(Assertion::new("killed", "14").by("iraq"))?;
    /// raid.record(Assertion::new("killed", "15").by("us"))?;
    ///
    /// let report = Resolver::standard().resolve(&raid);
    /// let picture = report.finding("killed").and_then(|killed| killed.span_plot()).ok_or("nothing to draw")?;
    /// assert!(picture.starts_with("<svg"));
    /// assert!(picture.contains("Iraq: 14. United States: 15. Common ground: 14 to 15."));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn span_plot(self) -> Option<String> {
        let drawing = SpanPlot::of(self)?.draw(true);
        let mut svg = Vec::new();
        // Writing into memory doesn't fail, and what is written is text.
        let _ = write_alone(self.claim().question(), drawing.height, std::iter::once(drawing), &mut svg);
        String::from_utf8(svg).ok()
    }
}

impl Report<'_> {
    /// Writes the span plots of all claims that have one below each other, as one SVG document, in the order of the
    /// claims. [`Finding::span_plot`] draws a single one.
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
    /// Resolver::standard().resolve(&flood).write_span_plots(&mut picture)?;
    /// assert!(String::from_utf8(picture)?.starts_with("<svg"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_span_plots(&self, mut to: impl io::Write) -> io::Result<()> {
        let drawings = || self.findings().filter_map(SpanPlot::of).map(|plot| plot.draw(true));
        // Drawn twice, the first time for their height, so that they needn't all be kept.
        let total = drawings().map(|drawing| drawing.height).sum();
        write_alone(self.dossier.title(), total, drawings(), &mut to)
    }
}

/// The mark of each answer to a claim.
pub(in crate::report) type Marks = HashMap<u32, Mark, foldhash::fast::FixedState>;

/// Gives each side of a claim a mark, in the order in which they speak, so that the picture and what stands beside it
/// have the same.
pub(in crate::report) fn marks(finding: Finding<'_>, answers: &[Answer]) -> Marks {
    let mut sides: HashMap<u32, usize, foldhash::fast::FixedState> = HashMap::default();
    let mut mark = |answer: &Answer| {
        let mut heard = answer.sources.iter().map(|source| finding.context().side(*source));
        let Some(side) = heard.next() else { return Mark::Nobody };
        if heard.any(|other| other != side) {
            return Mark::Several;
        }
        let next = sides.len();
        Mark::Side(*sides.entry(side).or_insert(next))
    };
    answers.iter().map(|answer| (answer.assertion, mark(answer))).collect()
}

impl<'r> SpanPlot<'r> {
    pub(in crate::report) fn of(finding: Finding<'r>) -> Option<Self> {
        let answers = &finding.details().answers;
        Self::drawing(finding, answers, &marks(finding, answers))
    }

    /// The same, of answers and marks that are known already.
    pub(in crate::report) fn drawing(
        finding: Finding<'r>,
        answers: &'r [Answer],
        marks: &Marks,
    ) -> Option<Self> {
        let line = answers.first().map(|answer| answer.read.everything())?;
        spans(&line)?;
        let left_out = answers.len().saturating_sub(MOST_ROWS);
        let mark = |answer: &Answer| marks.get(&answer.assertion).copied().unwrap_or(Mark::Nobody);
        // Those that count first, side by side; then what nobody put their name to, then what doesn't count.
        let mut answers: Vec<&Answer> = answers.iter().collect();
        answers.sort_by_key(|answer| (!answer.stands, mark(answer).rank()));
        answers.truncate(MOST_ROWS);
        let rows: Vec<SpanRow<'r>> = answers
            .iter()
            .map(|answer| SpanRow {
                assertion: finding.assertion(answer.assertion),
                mark: mark(answer),
                stands: answer.stands,
                soft: finding.dossier().columns.content(answer.assertion).is_some_and(is_soft),
                spans: match spans(&answer.read) {
                    _ if answer.read == line => vec![AxisSpan { low: None, high: None }],
                    spans => spans.unwrap_or_default(),
                },
            })
            .collect();
        // One voice alone shares no ground.
        let shared = matches!(finding.verdict(), Verdict::Agreed | Verdict::Compatible | Verdict::Disputed);
        let ground = match (finding.common_words(), &finding.details().possible) {
            (Some(_), Some(possible)) if shared => spans(possible).unwrap_or_default(),
            _ => Vec::new(),
        };
        let ground = match (ground.first(), ground.last()) {
            (Some(first), Some(last)) => vec![AxisSpan { low: first.low, high: last.high }],
            _ => Vec::new(),
        };
        let drawn: Vec<AxisSpan> = rows.iter().flat_map(|row| row.spans.iter().copied()).collect();
        Some(Self { finding, left_out, ground, axis: Axis::over(&line, &drawn), rows })
    }

    /// Whether there is something to be seen: two answers that differ.
    pub(in crate::report) fn says_something(&self) -> bool {
        self.rows.iter().any(|row| row.spans != self.rows[0].spans)
    }

    /// Draws it, below its question or where that stands already.
    pub(in crate::report) fn draw(&self, with_question: bool) -> Drawing {
        let title = question_or_id(self.finding.claim());
        let (headings, mut y) = if with_question { heading(title) } else { (Markup::default(), MARGIN) };
        let ground = self.ground_words();
        if ground.is_some() {
            y += LINE;
        }
        let key = y - 5.0;
        let top = y + 2.0;
        let bottom = top + ROW * rows_of(self.rows.len()) + 4.0;
        let notes = self.notes();
        let note = |n: usize| bottom + 34.0 + LINE * rows_of(n);
        let height = bottom + 22.0 + LINE * rows_of(notes.len()) + MARGIN;
        let shapes = html! {
            (headings)
            @if let Some(words) = &ground {
                @for span in &self.ground { (self.shade(span, top, bottom)) }
                rect.ground x=(number(MARGIN)) y=(number(key - 10.0)) width="14" height="12" {}
                path.edge d={ "M" (number(MARGIN)) " " (number(key - 10.0)) "v12M" (number(MARGIN + 14.0)) " " (number(key - 10.0)) "v12" } {}
                text.note x=(number(MARGIN + 20.0)) y=(number(key)) {
                    (fitting(words, TEXT - 1.0, WIDTH - 2.0 * MARGIN - 20.0))
                }
            }
            @for (n, row) in self.rows.iter().enumerate() { (self.row(row, top + ROW * rows_of(n))) }
            (self.axis.draw(bottom))
            @for (n, words) in notes.iter().enumerate() {
                text.note x=(number(MARGIN)) y=(number(note(n))) { (fitting(words, TEXT - 1.0, WIDTH - 2.0 * MARGIN)) }
            }
        };
        Drawing { title: title.to_owned(), description: self.in_words(), height, shapes }
    }

    /// The common ground in words, where it is shaded.
    fn ground_words(&self) -> Option<String> {
        let words = self.finding.common_words().filter(|_| !self.ground.is_empty())?;
        Some(format!("common ground: {}", self.finding.in_words(&words)))
    }

    fn notes(&self) -> Vec<String> {
        let more = (self.left_out > 0).then(|| match self.left_out {
            1 => "1 more assertion isn't drawn".to_owned(),
            several => format!("{several} more assertions aren't drawn"),
        });
        let unit = self.finding.claim().unit().map(|unit| format!("unit: {unit}"));
        let scale = self.axis.is_logarithmic().then(|| "logarithmic scale".to_owned());
        let below: Vec<String> = unit.into_iter().chain(scale).collect();
        let below = (!below.is_empty()).then(|| below.join(" · "));
        below.into_iter().chain(more).collect()
    }

    fn shade(&self, span: &AxisSpan, top: f64, bottom: f64) -> Markup {
        let (mut from, mut to) = self.axis.ends(span);
        if to - from < 12.0 {
            (from, to) = ((from + to) / 2.0 - 6.0, (from + to) / 2.0 + 6.0);
        }
        // Its edges are drawn where the lines are and not through names.
        let strips = || (0..self.rows.len()).map(|n| number(top + ROW * rows_of(n) + 18.0));
        html! {
            rect.ground x=(number(from)) y=(number(top)) width=(number(to - from)) height=(number(bottom - top)) {}
            path.edge d={
                @for strip in strips() {
                    @if span.low.is_some() { "M" (number(from)) " " (strip) "v16" }
                    @if span.high.is_some() { "M" (number(to)) " " (strip) "v16" }
                }
            } {}
        }
    }

    fn row(&self, row: &SpanRow<'r>, top: f64) -> Markup {
        let (said, who) = (self.said(row), row.who());
        let room = WIDTH - 2.0 * MARGIN - 16.0;
        // The words come first, and the name has what they leave.
        let said = fitting(&said, TEXT * 1.06, room * 0.6).into_owned();
        let left = room - width_of(&said, TEXT * 1.06) - 10.0;
        let class = if row.stands { "row" } else { "row aside" };
        html! {
            g class=(class) {
                g class=(row.mark.class()) { (row.mark.shape(MARGIN + 6.0, top + 10.0)) }
                text x=(number(MARGIN + 16.0)) y=(number(top + 14.5)) { (fitting(&who, TEXT, left)) }
                text.value x=(number(WIDTH - MARGIN)) y=(number(top + 14.5)) text-anchor="end" { (said) }
                (self.axis.bars(&row.spans, row.mark, row.soft, top + 26.0))
            }
        }
    }

    /// What a row says, and how it is read where that is looser.
    fn said(&self, row: &SpanRow<'r>) -> String {
        let said = row.assertion.for_people();
        let read =
            self.finding.details().widened.iter().find(|widened| widened.assertion == row.assertion.index);
        match read {
            _ if !row.stands => format!("{said}, set aside"),
            Some(widened) => format!("{said}, read as {}", self.finding.in_words(&widened.read)),
            None => said,
        }
    }

    /// The whole picture in words.
    fn in_words(&self) -> String {
        let rows = self.rows.iter().map(|row| format!("{}: {}.", row.who(), self.said(row)));
        let ground = self.ground_words().map(|words| sentence(&words));
        rows.chain(ground).collect::<Vec<_>>().join(" ")
    }
}

impl SpanRow<'_> {
    fn who(&self) -> String {
        let who = names(self.assertion.by());
        match self.assertion.document().and_then(|document| document.publisher()) {
            _ if !who.is_empty() => who,
            // Its own voice is read as its publisher's word.
            Some(publisher) if self.mark != Mark::Nobody => publisher.name().to_owned(),
            _ => "attributed to nobody".to_owned(),
        }
    }
}

/// Whether what was said is only about so.
fn is_soft(content: &Content<u32>) -> bool {
    fn of<S>(said: &Said<S>) -> bool {
        match said {
            Said::Hedged(hedge, _) => matches!(hedge, Hedge::About | Hedge::Nearly | Hedge::JustOver),
            Said::AboutBetween(..) | Said::Vague(..) | Said::Part(..) => true,
            Said::Both(low, _, high, _) => [low, high].contains(&&Hedge::About),
            Said::AnyOf(several) => several.iter().any(of),
            _ => false,
        }
    }
    match content {
        Content::Count(said) => of(said),
        Content::Quantity(said) => of(said),
        Content::Date(said) => of(said),
        _ => false,
    }
}
