//! Lints about what was said on claims: figures that may be a toll's, moments and spans that may be two
//! questions'.

use std::cmp::Ordering;

use chrono::{DateTime, TimeDelta, Utc};

use super::super::columns::{ClaimRow, Columns, NONE};
use super::super::grouped::GroupedRow;
use super::super::{AssertionRef, Dossier};
use super::{Examples, quoted};
use crate::model::assertion::Stance;
use crate::model::claim::{Evolves, Kind};
use crate::model::date::Date;
use crate::model::hashing::FastMap;
use crate::model::lint::{Lint, LintKind};
use crate::model::value::{Content, Said};
use crate::wording::{Length, few_in_a_row};

/// How many dated answers make a row of them. Of two figures the later is the higher one half of the time.
const IN_A_ROW: usize = 3;

/// A span of more than this may be the time that something lasted. A single year is how a date is often
/// given.
const YEAR: TimeDelta = TimeDelta::days(366);

/// What is worth a look on claims, kind by kind.
pub(super) fn lints(dossier: &Dossier) -> Vec<Lint> {
    let columns = &dossier.columns;
    let mut rises = Examples::of(
        LintKind::OnlyRises,
        "is this a growing toll? then set `evolves` of the claim to `rising`",
    );
    let mut moments = Examples::of(
        LintKind::TwoMoments,
        "if it changed between them, make a claim for each moment, with `scope.period`",
    );
    let mut spans = Examples::of(
        LintKind::TwoSpans,
        "if each is a time that lasted, ask for its start and its end in two claims",
    );
    let mut several = Examples::of(
        LintKind::MayAllBeTrue,
        "if they may all be true, ask of each in a claim of its own, to be answered yes or no",
    );
    let mut replaced = Examples::of(
        LintKind::LaterWords,
        "if none replaces another, resolve without the rule: `--without-rule latest-word`",
    );
    let mut undeclared = Examples::of(
        LintKind::UndeclaredTerms,
        "list them in a table of terms: `id,label,broader`, each under what it is narrower than",
    );
    let mut glance = ClaimScreen::at(columns);
    for (claim, (id, row)) in (0..).zip(columns.claims.keys().zip(columns.claims.values())) {
        if matches!(row.kind, Kind::Term | Kind::Place)
            && let Some(pair) = glance.undeclared_terms_that_differ(claim)
        {
            undeclared.add(|| {
                let said = pair.map(|index| AssertionRef { dossier, index }.in_words(Length::Few));
                let said = said.map(|said| format!("`{said}`"));
                let [one, other] = said;
                (None, format!("{one} and {other} on `{id}` aren't both in a list of terms, so nobody can tell whether they overlap"))
            });
        }
        if !glance.may_find(claim, row.kind) {
            continue;
        }
        let answers = FirstHandAnswers::of(columns, claim, row.kind, glance.has_copies);
        if answers.rows.len() < 2 {
            continue;
        }
        let place = || Some(format!("claim `{id}`"));
        if !matches!(row.kind, Kind::Count | Kind::Quantity)
            && let Some((source, times)) = answers.said_again_and_again()
        {
            replaced.add(|| {
                let again = format!("`{source}` answers `{id}` {times} times");
                (place(), format!("{again}, and the latest answer replaces the others"))
            });
        }
        match row.kind {
            Kind::Count | Kind::Quantity if row.evolves == Evolves::Fixed => {
                if let Some(figures) = answers.only_rise() {
                    rises.add(|| (place(), format!("later figures on `{id}` only rise: {figures}")));
                } else if let Some((one, other)) = answers.two_moments() {
                    moments.add(|| (place(), format!("`{id}` has figures of {one} and of {other}")));
                }
            }
            Kind::Date => {
                if let Some((one, other)) = answers.two_spans() {
                    spans
                        .add(|| (place(), format!("`{id}` has two spans of over a year, {one} and {other}")));
                }
            }
            Kind::Term | Kind::Place => {
                if let Some((source, terms)) = answers.several_terms() {
                    several.add(|| {
                        let terms =
                            quoted(terms.iter().map(|term| {
                                columns.terms.get_index(*term as usize).map_or("", |(id, _)| id)
                            }));
                        (place(), format!("`{source}` gives several answers to `{id}`: {terms}"))
                    });
                }
            }
            _ => {}
        }
    }
    let same = same_questions(columns);
    [rises, moments, spans, several, replaced, same, undeclared]
        .into_iter()
        .flat_map(Examples::lints)
        .collect()
}

/// Screens out the claims that can't have lints, which are nearly all: a few steps a row, and no memory of
/// its own.
struct ClaimScreen<'c> {
    columns: &'c Columns,
    /// The claim on which each source was seen last, and what it said there first.
    seen_on: Vec<(u32, u32)>,
    has_moments: bool,
    has_spans: bool,
    has_copies: bool,
    has_undeclared: bool,
}

impl<'c> ClaimScreen<'c> {
    fn at(columns: &'c Columns) -> Self {
        let is_span = |content: &Content<u32>| matches!(content, Content::Date(Said::Between(..)));
        Self {
            columns,
            seen_on: vec![(NONE, NONE); columns.sources.len()],
            has_undeclared: columns.terms.values().any(|term| !term.declared),
            has_copies: columns.extra.values().any(|extra| !extra.derived_from.is_empty()),
            has_moments: columns.extra.values().any(|extra| extra.valid_at.is_some()),
            has_spans: columns.values.iter().any(|value| is_span(&value.content)),
        }
    }

    /// Two assertions that affirm different terms on a claim, of which nobody declared all.
    fn undeclared_terms_that_differ(&self, claim: u32) -> Option<[u32; 2]> {
        if !self.has_undeclared {
            return None;
        }
        let affirms = |row: &&GroupedRow| row.stance == Stance::Affirms && row.value != NONE;
        let mut rows = self.columns.rows_of(claim).iter().filter(affirms);
        let first = rows.next()?;
        // One answer may be spelled in two ways.
        let content = |row: &GroupedRow| self.columns.content(row.assertion);
        let other = rows.find(|row| row.value != first.value && content(row) != content(first))?;
        let names_undeclared = |row: &GroupedRow| match self.columns.content(row.assertion) {
            Some(Content::Terms(said)) => {
                said.each().any(|term| !self.columns.terms[*term as usize].declared)
            }
            _ => false,
        };
        (names_undeclared(first) || names_undeclared(other)).then_some([first.assertion, other.assertion])
    }

    /// Whether two rows by somebody show figures that can't be among those that only rise: one isn't dated,
    /// or is less than one of an earlier moment.
    fn falls(&self, row: &GroupedRow, later: &GroupedRow) -> bool {
        let counts = |row: &GroupedRow| row.stance == Stance::Affirms && row.by != NONE && row.value != NONE;
        let said = |row: &GroupedRow| figure(self.columns.content(row.assertion)?);
        // Repeated or withdrawn figures aren't compared, so where there are any nothing can be screened out.
        if !counts(row) || !counts(later) || self.has_copies || !self.columns.retracted.is_empty() {
            return false;
        }
        let dates = self.columns.date_of(row).zip(self.columns.date_of(later));
        let Some((date, after)) = dates else { return true };
        date.last() < after.first() && said(row).zip(said(later)).is_some_and(|(one, other)| one > other)
    }

    fn may_find(&mut self, claim: u32, kind: Kind) -> bool {
        let rows = self.columns.rows_of(claim);
        if matches!(kind, Kind::Count | Kind::Quantity) {
            // Two figures next to each other in the file mostly tell that they don't only rise.
            let falls = |two: &[GroupedRow]| self.falls(&two[0], &two[1]) || self.falls(&two[1], &two[0]);
            return self.has_moments || (rows.len() >= IN_A_ROW && !rows.windows(2).any(falls));
        }
        let says_something_else = |row: &GroupedRow| match self.seen_on.get_mut(row.by as usize) {
            Some((on, value)) if *on == claim => *value != row.value,
            Some(seen) => {
                *seen = (claim, row.value);
                false
            }
            None => false,
        };
        (kind == Kind::Date && self.has_spans) || rows.iter().any(says_something_else)
    }
}

/// What was affirmed on a claim first-hand by somebody, and hasn't been withdrawn.
struct FirstHandAnswers<'c> {
    columns: &'c Columns,
    rows: Vec<&'c GroupedRow>,
    /// The same, where sources answer again: source by source, each in input order.
    by_source: Vec<&'c GroupedRow>,
}

impl<'c> FirstHandAnswers<'c> {
    fn of(columns: &'c Columns, claim: u32, kind: Kind, has_copies: bool) -> Self {
        let has_retractions = !columns.retracted.is_empty();
        let counts = |row: &&GroupedRow| {
            row.stance == Stance::Affirms
                && row.by != NONE
                && row.value != NONE
                && (!has_copies || columns.derived_from(row.assertion).is_empty())
                && !(has_retractions && columns.retracted.contains(&row.assertion))
        };
        let rows: Vec<&GroupedRow> = columns.rows_of(claim).iter().filter(counts).collect();
        let is_figure = matches!(kind, Kind::Count | Kind::Quantity);
        let mut by_source = if is_figure { Vec::new() } else { rows.clone() };
        by_source.sort_unstable_by_key(|row| (row.by, row.assertion));
        Self { columns, rows, by_source }
    }

    fn content(&self, row: &GroupedRow) -> Option<&'c Content<u32>> {
        self.columns.values.get(row.value as usize).map(|value| &value.content)
    }

    fn valid_at(&self, row: &GroupedRow) -> Option<Date> {
        self.columns.extra(row.assertion).and_then(|extra| extra.valid_at)
    }

    /// The figures in the order of their moments, where several sources give some of three moments or more,
    /// one after the other, and none is less than any of a moment before. Those of one moment may differ.
    fn only_rise(&self) -> Option<String> {
        let mut figures = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let moment = self.valid_at(row).or_else(|| self.columns.date_of(row))?;
            figures.push((moment, figure(self.content(row)?)?, row.by));
        }
        figures.sort_by(|(one, less, _), (other, more, _)| {
            let moments = (one.first(), one.last()).cmp(&(other.first(), other.last()));
            moments.then(less.partial_cmp(more).unwrap_or(Ordering::Equal))
        });
        let follow = |two: &[(Date, Figure, u32)]| {
            let ((one, less, _), (other, more, _)) = (&two[0], &two[1]);
            less <= more && (one == other || one.last() < other.first())
        };
        if !figures.windows(2).all(follow) {
            return None;
        }
        let several = figures.iter().any(|(_, _, by)| *by != figures[0].2);
        figures.dedup_by_key(|(moment, ..)| *moment);
        let rises =
            figures.first().map(|(_, figure, _)| figure) < figures.last().map(|(_, figure, _)| figure);
        let figures = figures.iter().map(|(_, figure, _)| figure);
        (several && rises && figures.len() >= IN_A_ROW).then(|| few_in_a_row(figures, ", "))
    }

    /// Two moments that differing figures are stated to describe.
    fn two_moments(&self) -> Option<(Date, Date)> {
        let mut stated = self.rows.iter().filter_map(|row| Some((self.valid_at(row)?, row.value)));
        let (first, value) = stated.next()?;
        let apart = |date: &Date| date.last() < first.first() || first.last() < date.first();
        let (other, _) = stated.find(|(date, other)| *other != value && apart(date))?;
        Some(if other.first() < first.first() { (other, first) } else { (first, other) })
    }

    /// Two spans of over a year that differ.
    fn two_spans(&self) -> Option<(String, String)> {
        let span = |row: &&GroupedRow| match self.content(row)? {
            Content::Date(Said::Between(from, to)) => {
                let time = |moment| DateTime::<Utc>::from(moment);
                (time(to.last()) - time(from.first()) > YEAR).then_some((*from, *to))
            }
            _ => None,
        };
        let mut spans = self.rows.iter().filter_map(span);
        let first = spans.next()?;
        let other = spans.find(|other| *other != first)?;
        let words = |(from, to): (Date, Date)| format!("{from} to {to}");
        Some((words(first), words(other)))
    }

    /// The answers of each source that gives several which aren't all the same, in input order.
    fn of_repeating(&self) -> Vec<&[&'c GroupedRow]> {
        let of_each = self.by_source.chunk_by(|one, other| one.by == other.by);
        let differ = |of_one: &&[&GroupedRow]| {
            let is_other = |row: &&GroupedRow| self.content(row) != self.content(of_one[0]);
            of_one.iter().any(is_other)
        };
        let mut of_each: Vec<_> = of_each.filter(differ).collect();
        of_each.sort_by_key(|of_one| of_one[0].assertion);
        of_each
    }

    /// A source that gives several terms at once, of which none falls under another.
    fn several_terms(&self) -> Option<(&'c str, Vec<u32>)> {
        let term = |row: &GroupedRow| match self.content(row)? {
            Content::Terms(said) if !said.anything_but => match &*said.any_of {
                [(term, except)] if except.is_empty() => Some(*term),
                _ => None,
            },
            _ => None,
        };
        self.of_repeating().into_iter().find_map(|of_one| {
            let (source, _) = self.columns.sources.get_index(of_one[0].by as usize)?;
            let mut terms = of_one.iter().filter_map(|row| Some((term(row)?, self.columns.date_of(row))));
            let (first, date) = terms.next()?;
            let is_other = |(term, when): &(u32, Option<Date>)| {
                let at_once = when
                    .zip(date)
                    .is_none_or(|(one, other)| one.first() <= other.last() && other.first() <= one.last());
                at_once && !self.is_under(*term, first) && !self.is_under(first, *term)
            };
            let mut others: Vec<u32> = terms.filter(is_other).map(|(term, _)| term).collect();
            others.dedup();
            others.insert(0, first);
            (others.len() > 1).then_some((source, others))
        })
    }

    /// A named source that gives three or more dated answers which aren't all the same, and how many they
    /// are.
    fn said_again_and_again(&self) -> Option<(&'c str, usize)> {
        self.of_repeating().into_iter().find_map(|of_one| {
            let (id, source) = self.columns.sources.get_index(of_one[0].by as usize)?;
            let dated = of_one.iter().filter(|row| self.columns.date_of(row).is_some()).count();
            (dated >= IN_A_ROW && dated == of_one.len() && !source.anonymous).then_some((id, dated))
        })
    }

    /// Whether a term is another one, or falls under it.
    fn is_under(&self, term: u32, other: u32) -> bool {
        let broader = |term: &u32| self.columns.terms.get_index(*term as usize)?.1.broader;
        std::iter::successors(Some(term), broader).any(|term| term == other)
    }
}

/// A figure as it is compared, whatever hedge stands before it.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
enum Figure {
    Count(u64),
    Quantity(rust_decimal::Decimal),
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Count(figure) => figure.fmt(f),
            Self::Quantity(figure) => figure.fmt(f),
        }
    }
}

/// The one figure that was said, if it was one.
fn figure(content: &Content<u32>) -> Option<Figure> {
    match content {
        Content::Count(Said::Hedged(_, figure)) => Some(Figure::Count(*figure)),
        Content::Quantity(Said::Hedged(_, figure)) => Some(Figure::Quantity(*figure)),
        _ => None,
    }
}

/// Claims that ask in the same words, in one scope and of one kind.
fn same_questions(columns: &Columns) -> Examples {
    let mut asked: FastMap<(String, Kind), Vec<u32>> = FastMap::default();
    let unscoped = |row: &ClaimRow| row.scope().is_empty() && row.topic().is_none();
    for (claim, row) in (0..).zip(columns.claims.values()) {
        let Some(question) = row.question().filter(|_| unscoped(row)) else { continue };
        let words = question.trim_end_matches(['?', '.', ' ']).to_lowercase();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        asked.entry((words, row.kind)).or_default().push(claim);
    }
    let mut same: Vec<Vec<u32>> = asked.into_values().filter(|claims| claims.len() > 1).collect();
    same.sort_unstable();
    let id = |claim: &u32| columns.claims.get_index(*claim as usize).map_or("", |(id, _)| id);
    let mut found = Examples::of(
        LintKind::SameQuestion,
        "if they are one question, use one id; if not, say in `scope` where they differ",
    );
    for claims in same {
        found.add(|| {
            let place = claims.first().map(|first| format!("claim `{}`", id(first)));
            (place, format!("{} ask the same question", quoted(claims.iter().map(id))))
        });
    }
    found
}
