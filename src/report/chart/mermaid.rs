//! A chart as a flowchart for Mermaid.

use std::fmt::Write as _;
use std::io;

use super::{Chart, LinkStroke, NodeShape};
use crate::report::words::in_line;

impl Chart {
    pub(super) fn write_mermaid(&self, to: &mut dyn io::Write) -> io::Result<()> {
        // A title of Mermaid's own shows `&` as `&amp;`. That of a group is a label like others.
        writeln!(to, "flowchart LR\n  subgraph whole [\"{}\"]\n    direction LR", escaped(&self.title))?;
        for node in &self.nodes {
            let lines: Vec<String> = node.lines.iter().map(|line| escaped(line)).collect();
            let words = lines.join("\\n");
            match node.shape {
                NodeShape::Source => writeln!(to, "    {}([\"{words}\"])", node.name)?,
                NodeShape::Unnamed => writeln!(to, "    {}([\"{words}\"]):::unnamed", node.name)?,
                NodeShape::Nobody => writeln!(to, "    {}([\"{words}\"]):::nobody", node.name)?,
                NodeShape::Claim => writeln!(to, "    {}[\"{words}\"]", node.name)?,
                NodeShape::Disputed => writeln!(to, "    {}[\"{words}\"]:::disputed", node.name)?,
            }
        }
        for link in &self.links {
            let line = match link.stroke {
                LinkStroke::Includes => "--o",
                LinkStroke::PassedOn | LinkStroke::Circular => "==>",
                LinkStroke::Said => "-->",
                LinkStroke::NotCounted => "-.->",
            };
            writeln!(to, "    {} {line}|\"{}\"| {}", link.from, escaped(&link.words), link.to)?;
        }
        writeln!(to, "  end\n  style whole fill:none,stroke:none")?;
        writeln!(to, "  classDef unnamed stroke-dasharray:4 3")?;
        writeln!(to, "  classDef nobody fill:none,stroke:none")?;
        writeln!(to, "  classDef disputed stroke:#b3261e,stroke-width:3px")
    }
}

/// Text of a label, within quotation marks. A character that might mean something, to Mermaid or to the Markdown and
/// HTML that it makes of labels, is written as its number.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut only_digits = true;
    let mut letters = text.chars().map(in_line).enumerate().peekable();
    while let Some((at, c)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let plain = match c {
            '.' | ')' => !only_digits, // it would make a list
            '-' => at > 0,
            ':' => next == Some(' '), // else of an address or an icon
            c => !c.is_ascii() || c.is_ascii_alphanumeric() || " ,;?!'(".contains(c),
        };
        only_digits &= c.is_ascii_digit();
        if c == 'ﬂ' && next == Some('°') {
            // So Mermaid begins the number of a character while it works, and nobody else does.
            out.push('\u{fffd}');
        } else if plain {
            out.push(c);
        } else {
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
    out
}
