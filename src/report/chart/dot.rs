//! A chart in the language of Graphviz.

use std::io;

use super::{Chart, LinkStroke, NodeShape};
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
            writeln!(to, "  {} [label=\"{}\"{}]", node.name, lines.join("\\n"), node_attributes(node.shape))?;
        }
        for link in &self.links {
            let (words, look) = (quoted(&link.words), link_attributes(link.stroke));
            writeln!(to, "  {} -> {} [label={words}{look}]", link.from, link.to)?;
        }
        writeln!(to, "}}")
    }
}

fn node_attributes(shape: NodeShape) -> &'static str {
    match shape {
        NodeShape::Source => "",
        NodeShape::Unnamed => ", style=\"rounded,dashed\"",
        NodeShape::Nobody => ", shape=plaintext, style=solid",
        NodeShape::Claim => ", shape=note, style=solid",
        NodeShape::Disputed => ", shape=note, style=bold, color=\"#b3261e\"",
    }
}

fn link_attributes(stroke: LinkStroke) -> &'static str {
    match stroke {
        LinkStroke::Includes => ", color=\"#777777\", arrowhead=diamond",
        LinkStroke::PassedOn => ", style=bold",
        LinkStroke::Circular => ", style=bold, color=\"#b3261e\"",
        LinkStroke::Said => "",
        LinkStroke::NotCounted => ", style=dashed, color=\"#777777\"",
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
