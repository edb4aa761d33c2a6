//! Pictures as SVG: what they are drawn with, and how they stand alone.
//!
//! A picture is drawn twice the same: within the page, whose style sheet it shares, and alone, with its own. Its shapes
//! take their colour from a class, so that light and dark are the style sheet's affair. Whatever text comes from outside
//! goes through maud, which escapes it; what XML can't hold at all is replaced by [`legible`], once, on the way out.

mod axis;
mod bar;
mod sides;
mod sources;
mod span;
mod timeline;

use std::borrow::Cow;
use std::io;

pub(super) use sides::SideMatrix;
pub(super) use sources::SourceGraph;
pub(super) use span::{Marks, SpanPlot, marks};
pub(super) use timeline::TimelinePlot;

use maud::{Markup, PreEscaped, html};

use super::words::harmless;

/// How wide a picture is, in its own units. On a small telephone one of them is a little less than a pixel.
const WIDTH: f64 = 400.0;

/// The height of text, and of a line of it.
const TEXT: f64 = 13.0;
const LINE: f64 = 19.0;

/// What is left free all around.
const MARGIN: f64 = 8.0;

/// The colours and strokes of pictures. The page has them once for all of its pictures.
pub(super) const STYLE: &str = include_str!("picture/picture.css");

/// How many colours and how many shapes there are. They have no divisor in common, so that many sides differ in one.
const COLOURS: usize = 6;
const SHAPES: usize = 5;

/// A drawing with its height, and what it says to those who can't see it.
pub(super) struct Drawing {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) height: f64,
    pub(super) shapes: Markup,
}

impl Drawing {
    /// The drawing as an element, `down` units below the top of what holds it.
    pub(super) fn element(&self, down: f64) -> Markup {
        html! {
            svg.picture xmlns="http://www.w3.org/2000/svg" y=[(down > 0.0).then(|| number(down))]
                viewBox={ "0 0 " (number(WIDTH)) " " (number(self.height)) }
                width=(number(WIDTH)) height=(number(self.height)) role="img" aria-label=(self.title) {
                title { (self.title) }
                desc { (self.description) }
                (self.shapes)
            }
        }
    }
}

/// Writes drawings below each other, as one picture with its own style sheet. `total` is the height of all of them.
fn write_alone(
    title: &str,
    total: f64,
    drawings: impl Iterator<Item = Drawing>,
    to: &mut dyn io::Write,
) -> io::Result<()> {
    let nothing = (total <= 0.0).then(|| {
        let words = "There is nothing to draw.";
        let shapes = html! { text.note x=(number(MARGIN)) y=(number(MARGIN + LINE)) { (words) } };
        Drawing {
            title: title.to_owned(),
            description: words.to_owned(),
            height: 2.0 * (MARGIN + LINE),
            shapes,
        }
    });
    let total = nothing.as_ref().map_or(total, |nothing| nothing.height);
    let (width, height) = (number(WIDTH), number(total));
    let (shown_width, shown_height) = (number(WIDTH * 1.5), number(total * 1.5));
    // An element that is closed further down is the one thing that maud can't write: it closes what it opens.
    write_markup(
        to,
        &format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"alone\" viewBox=\"0 0 {width} {height}\" width=\"{shown_width}\" height=\"{shown_height}\">\n"
        ),
    )?;
    write_markup(
        to,
        &html! {
            title { (title) }
            style { (PreEscaped(STYLE)) }
            rect.paper width=(width) height=(height) {}
        }
        .0,
    )?;
    let mut down = 0.0;
    for drawing in nothing.into_iter().chain(drawings) {
        write_markup(to, "\n")?;
        write_markup(to, &drawing.element(down).0)?;
        down += drawing.height;
    }
    write_markup(to, "\n</svg>\n")
}

/// Writes markup, legibly.
pub(super) fn write_markup(to: &mut dyn io::Write, markup: &str) -> io::Result<()> {
    to.write_all(legible(markup).as_bytes())
}

/// Text without what a page can't hold or a reader can't see: control characters, and those that turn the direction of
/// the text around them. They are shown as replacement characters.
///
/// Our own markup has none of them, so that whole pages can be passed through.
fn legible(text: &str) -> Cow<'_, str> {
    let legible = |c: char| if "\t\r\n".contains(c) { c } else { harmless(c) };
    match text.find(|c| legible(c) != c) {
        None => Cow::Borrowed(text),
        Some(_) => Cow::Owned(text.chars().map(legible).collect()),
    }
}

/// A number as SVG has it: with one decimal, where it has any.
fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// About how wide a text is, in the widest of the common typefaces: what is placed by this never overlaps.
fn width_of(text: &str, size: f64) -> f64 {
    let em = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | '(' | ')' => 0.4,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' | '…' => 1.0,
        _ if c.is_ascii_lowercase() || c.is_ascii_digit() => 0.6,
        _ if u32::from(c) < 0x1100 => 0.72,
        _ => 1.1,
    };
    text.chars().map(em).sum::<f64>() * size
}

/// The text, or as much of its beginning as fits.
fn fitting(text: &str, size: f64, room: f64) -> Cow<'_, str> {
    if width_of(text, size) <= room {
        return Cow::Borrowed(text);
    }
    let mut left = room - width_of("…", size);
    let fits = |c: &char| {
        left -= width_of(c.encode_utf8(&mut [0; 4]), size);
        left >= 0.0
    };
    Cow::Owned(text.chars().take_while(fits).collect::<String>().trim_end().to_owned() + "…")
}

/// The text in lines that fit, broken between words; at most three of them.
fn lines(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if lines_fit(line, word, size, room) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > 3 {
        let rest = lines.split_off(2).join(" ");
        lines.push(rest);
    }
    lines.iter().map(|line| fitting(line, size, room).into_owned()).collect()
}

fn lines_fit(line: &str, word: &str, size: f64, room: f64) -> bool {
    width_of(line, size) + width_of(" ", size) + width_of(word, size) <= room
}

/// A heading in as many lines as it needs, and where what follows may begin.
fn heading(text: &str) -> (Markup, f64) {
    let lines = lines(text, TEXT + 1.0, (WIDTH - 2.0 * MARGIN) * 0.94);
    let end = MARGIN + LINE * rows_of(lines.len());
    let shapes = html! {
        @for (n, line) in lines.iter().enumerate() {
            text.heading x=(number(MARGIN)) y=(number(MARGIN + LINE * rows_of(n + 1) - 4.0)) { (line) }
        }
    };
    (shapes, end)
}

/// So many rows, to be measured in units.
fn rows_of(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::MAX, f64::from)
}

/// The mark of an answer says who gives it: one of the sides by number, several of them together, or nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Side(usize),
    Several,
    Nobody,
}

impl Mark {
    /// In which order marks stand below each other.
    pub(super) fn rank(self) -> usize {
        match self {
            Self::Several => 0,
            Self::Side(number) => number + 1,
            Self::Nobody => usize::MAX,
        }
    }

    /// The class that gives its colour.
    pub(super) fn class(self) -> String {
        match self {
            Self::Side(number) => format!("side-{}", number % COLOURS),
            Self::Several => "several".to_owned(),
            Self::Nobody => "nobody".to_owned(),
        }
    }

    /// Its shape around a point, so that nobody needs the colour: circle, square, diamond, triangle, cross; of nobody a
    /// ring.
    pub(super) fn shape(self, x: f64, y: f64) -> Markup {
        let polygon = |corners: &[(f64, f64)]| {
            let corners: Vec<String> =
                corners.iter().map(|(dx, dy)| format!("{},{}", number(x + dx), number(y + dy))).collect();
            html! { polygon.mark points=(corners.join(" ")) {} }
        };
        match self {
            Self::Nobody => html! { circle.mark.hollow cx=(number(x)) cy=(number(y)) r="4.2" {} },
            Self::Several => html! {
                circle.mark cx=(number(x)) cy=(number(y)) r="3" {}
                circle.line cx=(number(x)) cy=(number(y)) r="5.6" {}
            },
            Self::Side(side) => match side % SHAPES {
                0 => html! { circle.mark cx=(number(x)) cy=(number(y)) r="4.8" {} },
                1 => polygon(&[(-4.5, -4.5), (4.5, -4.5), (4.5, 4.5), (-4.5, 4.5)]),
                2 => polygon(&[(0.0, -6.0), (6.0, 0.0), (0.0, 6.0), (-6.0, 0.0)]),
                3 => polygon(&[(0.0, -5.6), (5.6, 4.6), (-5.6, 4.6)]),
                _ => polygon(&[
                    (-1.8, -5.4),
                    (1.8, -5.4),
                    (1.8, -1.8),
                    (5.4, -1.8),
                    (5.4, 1.8),
                    (1.8, 1.8),
                    (1.8, 5.4),
                    (-1.8, 5.4),
                    (-1.8, 1.8),
                    (-5.4, 1.8),
                    (-5.4, -1.8),
                    (-1.8, -1.8),
                ]),
            },
        }
    }
}
