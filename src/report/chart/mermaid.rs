//! A chart as a flowchart for Mermaid.

use std::fmt::Write as _;
use std::io;

use super::{Chart, Shape, Stroke};
use crate::report::words::in_line;

impl Chart {
    pub(super) fn write_mermaid(&self, to: &mut dyn io::Write) -> io::Result<()> {
        writeln!(to, "---\ntitle: \"{}\"\n---", in_yaml(&self.title))?;
        writeln!(to, "flowchart LR")?;
        for node in &self.nodes {
            let lines: Vec<String> = node.lines.iter().map(|line| escaped(line)).collect();
            let words = lines.join("<br>");
            match node.shape {
                Shape::Source => writeln!(to, "  {}([\"{words}\"])", node.name)?,
                Shape::Unnamed => writeln!(to, "  {}([\"{words}\"]):::unnamed", node.name)?,
                Shape::Nobody => writeln!(to, "  {}([\"{words}\"]):::nobody", node.name)?,
                Shape::Claim => writeln!(to, "  {}[\"{words}\"]", node.name)?,
                Shape::Disputed => writeln!(to, "  {}[\"{words}\"]:::disputed", node.name)?,
            }
        }
        for link in &self.links {
            let line = match link.stroke {
                Stroke::PartOf => "--o",
                Stroke::PassedOn | Stroke::Circular => "==>",
                Stroke::Said => "-->",
                Stroke::NotCounted => "-.->",
            };
            writeln!(to, "  {} {line}|\"{}\"| {}", link.from, escaped(&link.words), link.to)?;
        }
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
    for (at, c) in text.chars().map(in_line).enumerate() {
        let plain = match c {
            '.' | ')' => !only_digits, // it would make a list
            '-' => at > 0,
            // Mermaid writes numbers of characters with this one while it works.
            'ﬂ' => false,
            c => !c.is_ascii() || c.is_ascii_alphanumeric() || " ,?!'(".contains(c),
        };
        only_digits &= c.is_ascii_digit();
        if plain {
            out.push(c);
        } else {
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
    out
}

/// Text of a title, as YAML has it within quotation marks.
fn in_yaml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars().map(in_line) {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && !" .,?!'()-".contains(c) {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}
