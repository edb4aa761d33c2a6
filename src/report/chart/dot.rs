//! A chart in the language of Graphviz.

use std::io;

use super::{Chart, Shape, Stroke};
use crate::report::words::in_line;

/// So many characters of a text stand in one line.
const COLUMNS: usize = 36;

impl Chart {
    pub(super) fn write_dot(&self, to: &mut dyn io::Write) -> io::Result<()> {
        writeln!(to, "digraph {{")?;
        writeln!(
            to,
            "  graph [label={}, labelloc=t, fontsize=18, rankdir=LR, ranksep=1.2]",
            quoted(&self.title)
        )?;
        writeln!(to, "  graph [fontname=\"Helvetica\"]")?;
        writeln!(to, "  node [fontname=\"Helvetica\", fontsize=11, shape=box, style=rounded]")?;
        writeln!(to, "  edge [fontname=\"Helvetica\", fontsize=10]")?;
        for node in &self.nodes {
            let lines: Vec<String> = node.lines.iter().map(|line| escaped(line)).collect();
            writeln!(to, "  {} [label=\"{}\"{}]", node.name, lines.join("\\n"), look_of(node.shape))?;
        }
        for link in &self.links {
            let (words, look) = (quoted(&link.words), line_of(link.stroke));
            writeln!(to, "  {} -> {} [label={words}{look}]", link.from, link.to)?;
        }
        writeln!(to, "}}")
    }
}

fn look_of(shape: Shape) -> &'static str {
    match shape {
        Shape::Source => "",
        Shape::Unnamed => ", style=\"rounded,dashed\"",
        Shape::Nobody => ", shape=plaintext, style=solid",
        Shape::Claim => ", shape=note, style=solid",
        Shape::Disputed => ", shape=note, style=bold, color=\"#b3261e\"",
    }
}

fn line_of(stroke: Stroke) -> &'static str {
    match stroke {
        Stroke::Includes => ", color=\"#777777\", arrowhead=diamond",
        Stroke::PassedOn => ", style=bold",
        Stroke::Circular => ", style=bold, color=\"#b3261e\"",
        Stroke::Said => "",
        Stroke::NotCounted => ", style=dashed, color=\"#777777\"",
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// Text within quotation marks, in lines that aren't long: a space that begins a new one is written as its end.
///
/// In labels a backslash means something, and so does a name between `&` and `;`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut column = 0;
    let mut letters = text.chars().map(in_line).peekable();
    while let Some(c) = letters.next() {
        column += 1;
        match c {
            ' ' if column > COLUMNS => {
                out.push_str("\\n");
                column = 0;
            }
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' if letters.peek().is_some_and(|c| c.is_ascii_alphanumeric() || *c == '#') => {
                out.push_str("&amp;")
            }
            c => out.push(c),
        }
    }
    out
}
