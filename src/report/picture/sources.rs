//! The source graph: who is part of whom, who speaks of what, and who passes on or copies whose words.
//!
//! Sources stand in rows, each below what it is part of, and arcs beside them show how words travel. Rows need no crossing
//! lines to be read, and a name is never in the way of another.

use std::io;

use indexmap::IndexMap;
use maud::{Markup, html};

use super::{Drawing, LINE, MARGIN, Mark, TEXT, fitting, heading, number, rows_of, write_alone};
use crate::dossier::SourceRef;
use crate::report::outline::question_or_id;
use crate::report::provenance::{Provenance, Transmission};
use crate::report::words::{grouped, listed};
use crate::report::{Finding, Report};

/// At most this many rows are drawn; the rest is counted.
const MOST_ROWS: usize = 60;

const ROW: f64 = 35.0;
const INDENT: f64 = 14.0;
/// Deeper rows are indented no further.
const DEEPEST: usize = 5;
/// Where arcs begin, right of all text.
const ARCS: f64 = 302.0;

impl Transmission {
    const ALL: [Self; 4] = [Self::Relayed, Self::Copied, Self::Echoed, Self::Circular];

    fn class(self) -> &'static str {
        match self {
            Self::Relayed => "way relayed",
            Self::Copied => "way copied",
            Self::Echoed => "way echoed",
            Self::Circular => "way circular",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Relayed => "relays",
            Self::Copied => "copies",
            Self::Echoed => "echoes: repeats, and doesn’t corroborate",
            Self::Circular => "circular: cite only each other",
        }
    }
}

/// The sources of a report, ready to be drawn.
pub(in crate::report) struct SourceGraph<'r> {
    title: &'r str,
    rows: Vec<SourceGraphRow<'r>>,
    left_out: usize,
    /// From one row to another.
    arcs: Vec<(usize, usize, Transmission)>,
}

struct SourceGraphRow<'r> {
    source: SourceRef<'r>,
    depth: usize,
    mark: Mark,
    /// The row of what it is part of.
    above: Option<usize>,
    speaks_of: Vec<&'r str>,
}

impl Report<'_> {
    /// Writes, as a picture in SVG, the sources: who is part of whom, what each asserts, and how words travel between them.
    ///
    /// An arc leads from whose words they are to whoever passes them on. Where a copy credits the source of its origin, the
    /// arc goes to its relay or to the publisher of its document. Echoes and circles have lines of their own. Sources of which no word is known aren't drawn, and of
    /// more than sixty the first are, and the picture says so.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("isis", "Islamic State"))?;
    /// raid.add_source(Source::new("us", "United States"))?;
    /// raid.add_source(Source::new("centcom", "Central Command").part_of("us"))?;
    /// raid.add_claim(Claim::count("attacks", "How many attacks did it claim?"))?;
    /// raid.record(Assertion::new("attacks", "153").by("isis").via("centcom"))?;
    ///
    /// let mut picture = Vec::new();
    /// Resolver::standard().resolve(&raid).write_source_graph(&mut picture)?;
    /// let picture = String::from_utf8(picture)?;
    /// assert!(picture.contains("Central Command, part of United States."));
    /// assert!(picture.contains("Islamic State is relayed by Central Command."));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_source_graph(&self, mut to: impl io::Write) -> io::Result<()> {
        SourceGraph::of(self.dossier.title(), &self.provenance()).write(&mut to)
    }
}

impl Finding<'_> {
    /// Draws, as a picture in SVG, the sources that have to do with this claim, as [`Report::write_source_graph`] draws
    /// all of them.
    pub fn source_graph(self) -> String {
        let mut picture = Vec::new();
        // Writing into memory doesn't fail, and what is written is text.
        let _ = SourceGraph::of(question_or_id(self.claim()), &self.provenance()).write(&mut picture);
        String::from_utf8(picture).unwrap_or_default()
    }
}

impl<'r> SourceGraph<'r> {
    pub(in crate::report) fn of(title: &'r str, provenance: &Provenance<'r>) -> Self {
        let mut speaks_of: IndexMap<u32, Vec<&'r str>, foldhash::fast::FixedState> = IndexMap::default();
        for statement in provenance.statements.iter().filter(|statement| statement.assertion.by().len() > 0) {
            let Some(speaker) = statement.speaker else { continue };
            let claims = speaks_of.entry(speaker).or_default();
            let claim = statement.assertion.claim().id();
            if claims.last() != Some(&claim) {
                claims.push(claim);
            }
        }
        let (mut rows, left_out) = Self::rows(provenance, &speaks_of);
        let at: IndexMap<u32, usize, foldhash::fast::FixedState> =
            rows.iter().enumerate().map(|(n, row)| (row.source.index, n)).collect();
        for row in &mut rows {
            row.above = row.source.part_of().and_then(|above| at.get(&above.index).copied());
        }
        let arcs = provenance
            .transmissions
            .iter()
            .filter_map(|(from, to, transmission)| Some((*at.get(from)?, *at.get(to)?, *transmission)))
            .collect();
        Self { title, rows, left_out, arcs }
    }

    /// The sources that have something to do with words, each below what it is part of.
    fn rows(
        provenance: &Provenance<'r>,
        speaks_of: &IndexMap<u32, Vec<&'r str>, foldhash::fast::FixedState>,
    ) -> (Vec<SourceGraphRow<'r>>, usize) {
        let mut below: IndexMap<Option<u32>, Vec<SourceRef<'r>>, foldhash::fast::FixedState> =
            IndexMap::default();
        let mut shown = 0;
        for source in provenance.sources(speaks_of.keys().copied()) {
            shown += 1;
            below.entry(source.part_of().map(|above| above.index)).or_default().push(source);
        }
        let mut waiting: Vec<(SourceRef<'r>, usize)> = Vec::new();
        let push = |above: Option<u32>, depth: usize, waiting: &mut Vec<(SourceRef<'r>, usize)>| {
            waiting.extend(below.get(&above).into_iter().flatten().rev().map(|source| (*source, depth)));
        };
        push(None, 0, &mut waiting);
        let (mut rows, mut sides) = (Vec::new(), 0);
        while let Some((source, depth)) = waiting.pop() {
            if rows.len() == MOST_ROWS {
                break;
            }
            sides += usize::from(depth == 0);
            rows.push(SourceGraphRow {
                source,
                depth: depth.min(DEEPEST),
                mark: Mark::Side(sides - 1),
                above: None,
                speaks_of: speaks_of.get(&source.index).cloned().unwrap_or_default(),
            });
            push(Some(source.index), depth + 1, &mut waiting);
        }
        let left_out = shown - rows.len();
        (rows, left_out)
    }

    fn write(&self, to: &mut dyn io::Write) -> io::Result<()> {
        let drawing = self.draw(true);
        write_alone(self.title, drawing.height, std::iter::once(drawing), to)
    }

    /// Whether there is more to be seen than names.
    pub(in crate::report) fn says_something(&self) -> bool {
        !self.arcs.is_empty() || self.rows.iter().any(|row| row.above.is_some())
    }

    /// Draws it, below its title or where that stands already.
    pub(in crate::report) fn draw(&self, with_title: bool) -> Drawing {
        let (headings, top) = if with_title {
            heading("Who speaks, and whose words they are")
        } else {
            (Markup::default(), MARGIN)
        };
        let bottom = top + ROW * rows_of(self.rows.len());
        let keys: Vec<Transmission> = Transmission::ALL
            .into_iter()
            .filter(|transmission| self.arcs.iter().any(|arc| arc.2 == *transmission))
            .collect();
        let left_out = match self.left_out {
            0 => self.rows.is_empty().then(|| "nobody speaks".to_owned()),
            more => Some(format!("{more} more sources aren’t drawn")),
        };
        let below = |n: usize| bottom + LINE * rows_of(n) + 14.0;
        let shapes = html! {
            (headings)
            @for (n, row) in self.rows.iter().enumerate() { (self.row(row, n, top)) }
            @for (from, to, transmission) in &self.arcs { (arc(middle(top, *from), middle(top, *to), *transmission, bottom - top)) }
            @for (n, transmission) in keys.iter().enumerate() {
                path class=(transmission.class()) d={ "M" (number(MARGIN)) " " (number(below(n) - 4.0)) "h26" } {}
                text.note x=(number(MARGIN + 34.0)) y=(number(below(n))) { (transmission.key()) }
            }
            @if let Some(words) = &left_out {
                text.note x=(number(MARGIN)) y=(number(below(keys.len()))) { (words) }
            }
        };
        Drawing {
            title: format!("Who speaks, and whose words they are: {}", self.title),
            description: self.in_words(),
            height: bottom + LINE * rows_of(keys.len() + usize::from(left_out.is_some())) + MARGIN,
            shapes,
        }
    }

    fn row(&self, row: &SourceGraphRow<'r>, n: usize, top: f64) -> Markup {
        let x = MARGIN + 6.0 + INDENT * rows_of(row.depth);
        let y = middle(top, n);
        let room = ARCS - 8.0 - x - 12.0;
        html! {
            @if let Some(above) = row.above {
                // Down from what it is part of, and across to it.
                path.rule d={ "M" (number(x - INDENT)) " " (number(middle(top, above) + 7.0)) "V" (number(y)) "H" (number(x - 6.0)) } {}
            }
            g class=(row.mark.class()) { (row.mark.shape(x, y)) }
            text.value x=(number(x + 12.0)) y=(number(y + 4.5)) { (fitting(row.source.name(), TEXT * 1.06, room)) }
            @let words = row.words();
            @if !words.is_empty() {
                text.note x=(number(x + 12.0)) y=(number(y + 18.5)) { (fitting(&words, TEXT - 1.0, room)) }
            }
        }
    }

    fn in_words(&self) -> String {
        let rows = self.rows.iter().map(|row| {
            let part =
                row.source.part_of().map(|above| format!(", part of {}", above.name())).unwrap_or_default();
            let words = row.words();
            let words = if words.is_empty() { words } else { format!(": {words}") };
            format!("{}{part}{words}.", row.source.name())
        });
        let name = |row: usize| self.rows.get(row).map_or("", |row| row.source.name());
        let arcs = self.arcs.iter().map(|(from, to, transmission)| {
            format!("{} {} {}.", name(*from), transmission.verb(), name(*to))
        });
        // There can be as many arcs as pairs of rows; the description lists no more than there can be rows.
        let more = self.arcs.len().saturating_sub(MOST_ROWS);
        let more = (more > 0).then(|| format!("{} more arcs are drawn.", grouped(&more.to_string())));
        let words: Vec<String> = rows.chain(arcs.take(MOST_ROWS)).chain(more).collect();
        if words.is_empty() { "Nobody speaks.".to_owned() } else { words.join(" ") }
    }
}

impl SourceGraphRow<'_> {
    /// What it speaks of.
    fn words(&self) -> String {
        const NAMED: usize = 2;
        let anonymous = self.source.is_anonymous().then(|| "not named".to_owned());
        let mut claims: Vec<String> =
            self.speaks_of.iter().take(NAMED).map(|claim| (*claim).to_owned()).collect();
        let more = self.speaks_of.len().saturating_sub(NAMED);
        if more > 0 {
            claims.push(format!("{more} more"));
        }
        let claims = (!claims.is_empty()).then(|| format!("on {}", listed(&claims)));
        anonymous.into_iter().chain(claims).collect::<Vec<_>>().join(", ")
    }
}

fn middle(top: f64, row: usize) -> f64 {
    top + ROW * rows_of(row) + 11.0
}

/// An arc right of the rows, the wider the longer; to itself a small loop.
fn arc(from: f64, to: f64, transmission: Transmission, height: f64) -> Markup {
    let (start, end) = if from == to { (from - 5.0, to + 5.0) } else { (from, to) };
    let reach = 20.0 + 95.0 * (start - end).abs() / height.max(1.0);
    html! {
        path class=(transmission.class()) d={
            "M" (number(ARCS)) " " (number(start)) "C" (number(ARCS + reach)) " " (number(start)) " "
            (number(ARCS + reach)) " " (number(end)) " " (number(ARCS + 5.0)) " " (number(end))
        } {}
        polygon.head points={
            (number(ARCS)) "," (number(end)) " " (number(ARCS + 8.0)) "," (number(end - 4.0)) " "
            (number(ARCS + 8.0)) "," (number(end + 4.0))
        } {}
    }
}
