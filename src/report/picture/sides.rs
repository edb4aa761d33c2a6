//! Who agrees with whom: a matrix of sides, with counts of claims.

use std::io;

use maud::{Markup, html};

use super::{Drawing, LINE, MARGIN, TEXT, WIDTH, fitting, heading, number, rows_of, write_alone};
use crate::dossier::SourceRef;
use crate::dossier::columns::Set;
use crate::dossier::shared::along;
use crate::model::value::AnswerSet;
use crate::report::Report;

/// The matrix has room for this many sides: those that speak of most claims.
const MOST: usize = 8;

/// The width of the column of names, and the width and height of a cell.
const NAMES: f64 = 150.0;
const CELL: (f64, f64) = (29.0, 46.0);

/// In how many claims two sides agree, are compatible or dispute each other.
#[derive(Clone, Copy, Default)]
struct PairCounts {
    agreed: usize,
    compatible: usize,
    disputed: usize,
}

/// Sides against each other, ready to be drawn.
pub(in crate::report) struct SideMatrix<'r> {
    title: &'r str,
    sides: Vec<SourceRef<'r>>,
    left_out: usize,
    /// `counts[later][earlier]` is of two sides; `counts[side][side]` is where a side contradicts itself.
    counts: Vec<Vec<PairCounts>>,
}

impl Report<'_> {
    /// Writes, as a picture in SVG, who agrees with whom: for each two sides in how many claims they state the same, in how
    /// many they can both be right, and in how many they can't.
    ///
    /// What two sides say of a claim is *agreed* if both state the answer that is left when both are believed, *disputed*
    /// if none is left, and else *compatible*. On the diagonal stands in how many claims a side contradicts itself; those
    /// count nowhere else. A joint statement is one that all who make it agree on. What is set aside doesn't count, and neither does whoever has no evidence.
    ///
    /// Of more than eight sides those are drawn that answer most claims, and the picture says so.
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
    /// let mut picture = Vec::new();
    /// Resolver::standard().resolve(&raid).write_side_matrix(&mut picture)?;
    /// assert!(String::from_utf8(picture)?.contains("Iraq and United States: 1 disputed."));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_side_matrix(&self, mut to: impl io::Write) -> io::Result<()> {
        let drawing = SideMatrix::of(self).draw(true);
        write_alone(self.dossier.title(), drawing.height, std::iter::once(drawing), &mut to)
    }
}

impl<'r> SideMatrix<'r> {
    pub(in crate::report) fn of(report: &'r Report<'_>) -> Self {
        // A source of unknown side may belong to any of the others, so it is no side of its own here.
        let context = report.shared.context();
        let sides_of = |sources: &mut dyn Iterator<Item = u32>| {
            let sides = sources.map(|source| context.side(source));
            sides.filter(|side| !context.is_unknown(*side)).collect::<Set<u32>>()
        };
        let mut speaks = vec![0_usize; report.dossier.columns.sources.len()];
        for finding in report.findings() {
            let accounts = finding.accounts();
            let sides: Set<u32> = accounts
                .flat_map(|account| sides_of(&mut account.sources().map(|source| source.index)))
                .collect();
            sides.iter().for_each(|side| speaks[*side as usize] += 1);
        }
        let mut all: Vec<u32> =
            (0..).zip(&speaks).filter(|(_, claims)| **claims > 0).map(|(side, _)| side).collect();
        all.sort_by_key(|side| std::cmp::Reverse(speaks[*side as usize]));
        let left_out = all.len().saturating_sub(MOST);
        all.truncate(MOST);
        all.sort_unstable();
        let mut counts = vec![vec![PairCounts::default(); all.len()]; all.len()];
        for finding in report.findings() {
            let mut said: Vec<Option<SideAnswers>> = all.iter().map(|_| None).collect();
            // One bit for each of these sides that speaks in an answer. Lists of sources share their beginnings.
            let answers = &finding.details().answers;
            let mut speaking = vec![0_u32; answers.len()];
            along(
                answers.iter().enumerate().map(|(nth, answer)| (nth, &answer.sources)),
                || 0,
                |speaking, source| {
                    let at = all.binary_search(&context.side(source));
                    *speaking |= at.map_or(0, |at| 1 << at);
                },
                |nth, sides| speaking[nth] = *sides,
            );
            for (answer, speaking) in answers.iter().zip(speaking) {
                if !answer.stands || answer.read.is_everything() {
                    continue;
                }
                for (_, said) in said.iter_mut().enumerate().filter(|(at, _)| speaking >> at & 1 == 1) {
                    let said = said.get_or_insert_with(|| SideAnswers {
                        left: answer.read.everything(),
                        stated: Set::default(),
                    });
                    said.left = said.left.meet(&answer.read);
                    said.stated.insert(answer.read.clone());
                }
            }
            for (at, one) in said.iter().enumerate() {
                let Some(one) = one else { continue };
                if one.left.is_empty() {
                    counts[at][at].disputed += 1;
                    continue;
                }
                for (before, other) in said[..at].iter().enumerate() {
                    let Some(other) = other.as_ref().filter(|other| !other.left.is_empty()) else { continue };
                    let left = one.left.meet(&other.left);
                    let cell = &mut counts[at][before];
                    if left.is_empty() {
                        cell.disputed += 1;
                    } else if one.stated.contains(&left) && other.stated.contains(&left) {
                        cell.agreed += 1;
                    } else {
                        cell.compatible += 1;
                    }
                }
            }
        }
        let sides = all.into_iter().map(|index| SourceRef { dossier: report.dossier, index }).collect();
        Self { title: report.dossier.title(), sides, left_out, counts }
    }

    /// Whether two sides speak of one claim.
    pub(in crate::report) fn says_something(&self) -> bool {
        self.pairs().next().is_some()
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize, PairCounts)> {
        let all = self
            .counts
            .iter()
            .enumerate()
            .flat_map(|(at, row)| (0..=at).map(move |other| (at, other, row[other])));
        all.filter(|(_, _, counts)| counts.agreed + counts.compatible + counts.disputed > 0)
    }

    /// Draws it, below its title or where that stands already.
    pub(in crate::report) fn draw(&self, with_title: bool) -> Drawing {
        let (headings, top) =
            if with_title { heading("Who agrees with whom") } else { (Markup::default(), MARGIN) };
        let left = MARGIN + NAMES;
        let x = |n: usize| left + CELL.0 * rows_of(n);
        let y = |n: usize| top + LINE + CELL.1 * rows_of(n);
        let bottom = y(self.sides.len());
        let mut notes = vec![
            "in how many claims: = agreed, ~ compatible, × disputed".to_owned(),
            "on the diagonal: × contradicts itself".to_owned(),
        ];
        if self.left_out > 0 {
            notes.push(format!("{} more sides speak of fewer claims", self.left_out));
        }
        let shapes = html! {
            (headings)
            @for (n, side) in self.sides.iter().enumerate() {
                text.value x=(number(x(n) + CELL.0 / 2.0)) y=(number(top + 13.0)) text-anchor="middle" { (letter(n)) }
                text.value x=(number(MARGIN)) y=(number(y(n) + CELL.1 / 2.0 + 4.0)) { (letter(n)) }
                text x=(number(MARGIN + 16.0)) y=(number(y(n) + CELL.1 / 2.0 + 4.0)) {
                    (fitting(side.name(), TEXT, NAMES - 20.0))
                }
                @for other in 0..=n { (cell(x(other), y(n), n == other, self.counts[n][other])) }
            }
            @for (n, words) in notes.iter().enumerate() {
                text.note x=(number(MARGIN)) y=(number(bottom + LINE * rows_of(n + 1))) {
                    (fitting(words, TEXT - 1.0, WIDTH - 2.0 * MARGIN))
                }
            }
        };
        Drawing {
            title: format!("Who agrees with whom: {}", self.title),
            description: self.in_words(),
            height: bottom + LINE * rows_of(notes.len()) + MARGIN,
            shapes,
        }
    }

    fn in_words(&self) -> String {
        let name = |n: usize| self.sides.get(n).map_or("", |side| side.name());
        let pairs = self.pairs().map(|(at, other, counts)| {
            if at == other {
                return format!("{} contradicts itself: {}.", name(at), counts.disputed);
            }
            let counts =
                [(counts.agreed, "agreed"), (counts.compatible, "compatible"), (counts.disputed, "disputed")];
            let counts = counts
                .into_iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, what)| format!("{count} {what}"));
            format!("{} and {}: {}.", name(other), name(at), counts.collect::<Vec<_>>().join(", "))
        });
        let pairs: Vec<String> = pairs.collect();
        if pairs.is_empty() { "No two sides speak of one claim.".to_owned() } else { pairs.join(" ") }
    }
}

/// A side's answers on one claim: their intersection, and each answer that it stated.
struct SideAnswers {
    left: AnswerSet,
    stated: Set<AnswerSet>,
}

fn letter(n: usize) -> String {
    char::from_u32(u32::from('A') + u32::try_from(n).unwrap_or(0)).map(String::from).unwrap_or_default()
}

/// The counts of one pair, one below the other, without zeros.
fn cell(x: f64, y: f64, own: bool, counts: PairCounts) -> Markup {
    let all_counts = [
        ("agrees", "=", counts.agreed),
        ("fits", "~", counts.compatible),
        ("disputes", "×", counts.disputed),
    ];
    let class = match counts {
        _ if own => "cell own",
        PairCounts { disputed: 1.., .. } => "cell clash",
        PairCounts { agreed: 0, compatible: 0, disputed: 0 } => "cell",
        _ => "cell met",
    };
    let shown: Vec<_> = all_counts.into_iter().filter(|(_, _, count)| *count > 0).collect();
    let first = y + CELL.1 / 2.0 + 4.5 - 7.0 * (rows_of(shown.len()) - 1.0);
    html! {
        rect class=(class) x=(number(x + 0.5)) y=(number(y + 0.5)) width=(number(CELL.0 - 1.0)) height=(number(CELL.1 - 1.0)) {}
        @for (n, (class, sign, count)) in shown.iter().enumerate() {
            text class={ "count " (*class) } x=(number(x + CELL.0 / 2.0)) y=(number(first + 14.0 * rows_of(n))) text-anchor="middle" {
                (sign) " " (short(*count))
            }
        }
    }
}

/// A count in four characters at most.
fn short(count: usize) -> String {
    match count {
        0..1_000 => count.to_string(),
        1_000..1_000_000 => format!("{}k", count / 1_000),
        _ => format!("{}m", count / 1_000_000),
    }
}
