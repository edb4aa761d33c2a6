//! What an answer leaves possible as a shape on an axis: a mark, a line with its ends, an arrow, a tapering bar.

use maud::{Markup, html};

use super::axis::{Axis, AxisEnd, AxisSpan};
use super::{MARGIN, Mark, TEXT, WIDTH, number};

/// What an arrow needs beyond the axis.
const ARROW: f64 = 16.0;

impl Axis {
    /// The spans of one answer, joined by a faint line where there are several. What is `soft` tapers off.
    pub(super) fn bars(&self, spans: &[AxisSpan], mark: Mark, soft: bool, y: f64) -> Markup {
        let ends: Vec<(f64, f64)> = spans.iter().map(|one| self.ends(one)).collect();
        html! {
            g class=(mark.class()) {
                @if let [(first, _), .., (_, last)] = ends.as_slice() && ends.len() > 1 {
                    path.faint d={ "M" (number(*first)) " " (number(y)) "H" (number(*last)) } {}
                }
                @for span in spans { (self.bar(span, mark, soft, y)) }
            }
        }
    }

    /// From where to where a span reaches in the picture.
    pub(super) fn ends(&self, span: &AxisSpan) -> (f64, f64) {
        let end = |end: Option<AxisEnd>, open: f64| end.map_or(open, |end| place(self.at(end.at)));
        (end(span.low, MARGIN), end(span.high, WIDTH - MARGIN))
    }

    fn bar(&self, span: &AxisSpan, mark: Mark, soft: bool, y: f64) -> Markup {
        let (from, to) = self.ends(span);
        let (low, high) = (number(y - 3.0), number(y + 3.0));
        match span {
            // Whatever is possible.
            AxisSpan { low: None, high: None } => html! {
                path.faint d={ "M" (number(from)) " " (number(y)) "H" (number(to)) } {}
                (arrow(from, y, -1.0))
                (arrow(to, y, 1.0))
            },
            AxisSpan { low: Some(_), high: Some(_) } if to - from < (if soft { 5.0 } else { 8.0 }) => {
                mark.shape((from + to) / 2.0, y)
            }
            AxisSpan { low: Some(_), high: Some(_) } if soft => {
                let taper = ((to - from) / 3.0).min(40.0);
                html! {
                    path.soft d={
                        "M" (number(from)) " " (number(y)) "L" (number(from + taper)) " " (low)
                        "H" (number(to - taper)) "L" (number(to)) " " (number(y))
                        "L" (number(to - taper)) " " (high) "H" (number(from + taper)) "Z"
                    } {}
                }
            }
            _ => html! {
                @let bar_from = if span.low.is_none() { from + 6.0 } else { from };
                @let bar_to = if span.high.is_none() { to - 6.0 } else { to };
                rect.bar x=(number(bar_from)) y=(number(y - 2.0)) width=(number((bar_to - bar_from).max(0.0))) height="4" {}
                @match span.low { Some(end) => (cap(from, y, end.closed)), None => (arrow(from, y, -1.0)) }
                @match span.high { Some(end) => (cap(to, y, end.closed)), None => (arrow(to, y, 1.0)) }
            },
        }
    }

    /// The axis itself, with its figures below it.
    pub(super) fn draw(&self, y: f64) -> Markup {
        html! {
            path.rule d={ "M" (number(MARGIN)) " " (number(y)) "H" (number(WIDTH - MARGIN)) } {}
            @for (at, middle, label) in self.ticks(WIDTH - 2.0 * (MARGIN + ARROW), ARROW, TEXT - 1.0) {
                path.rule d={ "M" (number(place(at))) " " (number(y)) "v4" } {}
                text.tick x=(number(MARGIN + ARROW + middle)) y=(number(y + 17.0)) text-anchor="middle" { (label) }
            }
        }
    }
}

/// From a place on the axis to a place in the picture.
fn place(at: f64) -> f64 {
    MARGIN + ARROW + at * (WIDTH - 2.0 * (MARGIN + ARROW))
}

/// A closed end is a stroke across the line; an end that is itself left out is a ring.
fn cap(x: f64, y: f64, closed: bool) -> Markup {
    html! {
        @if closed { rect.bar x=(number(x - 1.0)) y=(number(y - 6.0)) width="2" height="12" {} }
        @else { circle.hollow cx=(number(x)) cy=(number(y)) r="3.4" {} }
    }
}

fn arrow(x: f64, y: f64, way: f64) -> Markup {
    let back = number(x - way * 9.0);
    html! { polygon.mark points={ (number(x)) "," (number(y)) " " (back) "," (number(y - 5.0)) " " (back) "," (number(y + 5.0)) } {} }
}
