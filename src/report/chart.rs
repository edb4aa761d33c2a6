//! Who is part of whom, who says what and how words travel, as boxes and lines for programs that draw.
//!
//! What is drawn is decided here, once. How it is written for Graphviz and for Mermaid is their files' affair.

mod dot;
mod mermaid;

use std::io;

use super::outline::question_or_id;
use super::provenance::{CountedAs, CreditedStatement, Provenance, Transmission};
use super::{Finding, Report, Verdict};
use crate::dossier::SourceRef;
use crate::dossier::columns::Set;
use crate::model::claim::Nature;
use crate::wording::sentences;

/// The name of nobody's box.
const NOBODY: &str = "nobody";

/// What a box stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NodeShape {
    Source,
    /// A source that isn't named.
    Unnamed,
    /// Nobody who is known.
    Nobody,
    Claim,
    Disputed,
}

/// What a line stands for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum LinkStroke {
    Includes,
    PassedOn,
    /// Cited in a circle.
    Circular,
    Said,
    /// Said, and not counted.
    NotCounted,
}

struct ChartNode {
    name: String,
    shape: NodeShape,
    /// What is written into it, line by line.
    lines: Vec<String>,
}

#[derive(PartialEq, Eq, Hash)]
struct ChartLink {
    from: String,
    to: String,
    stroke: LinkStroke,
    words: String,
}

/// Boxes and the lines between them. Names are generated; only words come from outside.
struct Chart {
    title: String,
    nodes: Vec<ChartNode>,
    links: Set<ChartLink>,
}

impl Report<'_> {
    /// Writes the sources, what they say and how their words travel in the language of
    /// [Graphviz](https://graphviz.org/doc/info/lang.html), for people who draw elsewhere.
    ///
    /// Every claim is a box with its verdict and what can be printed. A line leads from each source to a claim that it
    /// speaks of, with what it said, from what an office is part of to the office, and from whose words they are to whoever
    /// passes them on. What is no answer of anybody's, is set aside or only an echo has a broken line, and its words say
    /// so. Who narrates is the publisher of the document, where that is known.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("iraq", "Iraq"))?;
    /// raid.add_claim(Claim::count("killed", "How many \"fighters\" were killed?"))?;
    /// raid.record(Assertion::new("killed", "14").by("iraq"))?;
    ///
    /// let dot = Resolver::standard().resolve(&raid).to_dot();
    /// assert!(dot.contains(r#"c0 [label="How many \"fighters\" were killed?\nsingle-source\nprint: 14, says Iraq""#));
    /// assert!(dot.contains(r#"s0 -> c0 [label="14"]"#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_dot(&self, mut to: impl io::Write) -> io::Result<()> {
        self.chart().write_dot(&mut to)
    }

    /// The same as one text.
    pub fn to_dot(&self) -> String {
        self.chart().to_dot()
    }

    /// Writes what [`write_dot`](Self::write_dot) does as a flowchart for [Mermaid](https://mermaid.js.org), which many
    /// places that show Markdown draw by themselves.
    ///
    /// Mermaid refuses texts of more than 50,000 characters and charts of more than 500 lines, unless whoever shows them
    /// allows for more. Of a long dossier, draw one claim: [`Finding::to_mermaid`].
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("iraq", "Iraq"))?;
    /// raid.add_claim(Claim::count("killed", "How many \"fighters\" were killed?"))?;
    /// raid.record(Assertion::new("killed", "14").by("iraq"))?;
    ///
    /// let mermaid = Resolver::standard().resolve(&raid).to_mermaid();
    /// assert!(mermaid.contains(r#"c0["How many #34;fighters#34; were killed?\nsingle-source\n"#));
    /// assert!(mermaid.contains(r#"s0 -->|"14"| c0"#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_mermaid(&self, mut to: impl io::Write) -> io::Result<()> {
        self.chart().write_mermaid(&mut to)
    }

    /// The same as one text.
    pub fn to_mermaid(&self) -> String {
        self.chart().to_mermaid()
    }

    fn chart(&self) -> Chart {
        Chart::of(self.title_for_people(), &self.provenance(), self.findings())
    }
}

impl Finding<'_> {
    /// This claim alone, with the sources that have to do with it, as [`Report::write_dot`] writes all of them.
    pub fn to_dot(self) -> String {
        self.chart().to_dot()
    }

    /// This claim alone, with the sources that have to do with it, as [`Report::write_mermaid`] writes all of them.
    pub fn to_mermaid(self) -> String {
        self.chart().to_mermaid()
    }

    fn chart(self) -> Chart {
        Chart::of(question_or_id(self.claim()), &self.provenance(), std::iter::once(self))
    }
}

impl Chart {
    fn of<'r>(title: &str, provenance: &Provenance<'r>, findings: impl Iterator<Item = Finding<'r>>) -> Self {
        let mut chart = Self { title: title.to_owned(), nodes: Vec::new(), links: Set::default() };
        let findings: Vec<Finding<'r>> = findings.collect();
        let sources: Vec<SourceRef<'r>> = provenance
            .sources(provenance.statements.iter().filter_map(|statement| statement.speaker))
            .collect();
        // Boxes are numbered as they come, and never named by text from outside.
        let speakers: Set<u32> = sources.iter().map(|source| source.index).collect();
        let claims: Set<u32> = findings.iter().map(|finding| finding.claim_index()).collect();
        let number = |among: &Set<u32>, index: u32| among.get_index_of(&index).unwrap_or_default();
        let named = |source: u32| format!("s{}", number(&speakers, source));
        let asked = |finding: Finding<'r>| format!("c{}", number(&claims, finding.claim_index()));
        for source in sources {
            let mut lines = vec![source.name().to_owned()];
            lines.extend(source.is_anonymous().then(|| "not named".to_owned()));
            let shape = if source.is_anonymous() { NodeShape::Unnamed } else { NodeShape::Source };
            chart.add_node(named(source.index), shape, lines);
            if let Some(whole) = source.part_of() {
                chart.add_link(
                    named(whole.index),
                    named(source.index),
                    LinkStroke::Includes,
                    "includes".to_owned(),
                );
            }
        }
        if provenance.statements.iter().any(|statement| statement.speaker.is_none()) {
            chart.add_node(
                NOBODY.to_owned(),
                NodeShape::Nobody,
                vec![sentences::THE_PAPER_ITSELF.to_owned()],
            );
        }
        for finding in findings {
            let claim = finding.claim();
            let of =
                if claim.nature() == Nature::Fact { String::new() } else { format!(", {}", claim.nature()) };
            let mut lines = vec![question_or_id(claim).to_owned(), format!("{}{of}", finding.verdict())];
            lines.extend(finding.print_line().map(|print| format!("print: {print}")));
            let shape =
                if finding.verdict() == Verdict::Disputed { NodeShape::Disputed } else { NodeShape::Claim };
            chart.add_node(asked(finding), shape, lines);
        }
        for (from, to, transmission) in &provenance.transmissions {
            let stroke = if *transmission == Transmission::Circular {
                LinkStroke::Circular
            } else {
                LinkStroke::PassedOn
            };
            chart.add_link(named(*from), named(*to), stroke, transmission.verb().to_owned());
        }
        for statement in &provenance.statements {
            let stroke = if statement.counted_as == CountedAs::Answer {
                LinkStroke::Said
            } else {
                LinkStroke::NotCounted
            };
            let speaker = statement.speaker.map_or_else(|| NOBODY.to_owned(), named);
            chart.add_link(speaker, asked(statement.finding), stroke, statement.words());
        }
        if chart.nodes.is_empty() {
            chart.add_node(NOBODY.to_owned(), NodeShape::Nobody, vec!["Nobody speaks.".to_owned()]);
        }
        chart
    }

    fn add_node(&mut self, name: String, shape: NodeShape, lines: Vec<String>) {
        self.nodes.push(ChartNode { name, shape, lines });
    }

    fn add_link(&mut self, from: String, to: String, stroke: LinkStroke, words: String) {
        self.links.insert(ChartLink { from, to, stroke, words });
    }

    fn to_dot(&self) -> String {
        to_text(|to| self.write_dot(to))
    }

    fn to_mermaid(&self) -> String {
        to_text(|to| self.write_mermaid(to))
    }
}

fn to_text(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> String {
    let mut text = Vec::new();
    // Writing into memory doesn't fail, and what is written is text.
    let _ = write(&mut text);
    String::from_utf8(text).unwrap_or_default()
}

impl CreditedStatement<'_> {
    /// What was said, and why it doesn't count where it doesn't.
    fn words(&self) -> String {
        let said = self.finding.answer_as_read(self.assertion);
        match self.counted_as {
            CountedAs::Answer | CountedAs::NoAnswer => said,
            CountedAs::Echo => format!("{said}, an echo"),
            CountedAs::Unattributed => format!("{said}{}", self.finding.unattributed_note(self.assertion)),
            CountedAs::SetAside(rule) => format!("{said}, set aside: {rule}"),
        }
    }
}
