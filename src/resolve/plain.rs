//! Plain claims: those on whose record nothing stands but answers, whose they are and when they were given.
//!
//! Most claims of a large dossier are plain: nothing was copied, withdrawn, replaced by name or counted in another unit, and
//! every answer leaves one stretch of whole steps possible. Then no rule but *latest word* has anything to say, every
//! answer is two numbers, and the finding comes of comparing them. It is the same finding: what `examine` does with
//! any claim is done here in numbers, in the same order, and the tests hold the two to each other.

mod judge;
mod span;

use std::ops::Range;

use super::examine::Bench;
use crate::dossier::columns::{NONE, index};
use crate::model::assertion::Stance;
use crate::model::value::Content;
use crate::report::Briefs;
use judge::Judge;
pub(crate) use judge::Lists;
use span::Span;

/// A source behind an assertion, as far as it matters whose word that is.
#[derive(Clone, Copy, Debug)]
struct Voice {
    source: u32,
    side: u32,
    /// Whether no later word replaces an earlier one of it.
    is_anonymous: bool,
    /// Whether its side may be one already heard.
    is_unknown: bool,
}

/// What can be told of a dossier before any claim is looked at.
#[derive(Debug)]
pub(super) struct Plain {
    /// What each value leaves possible.
    spans: Vec<Span>,
    voices: Vec<Voice>,
    /// The one source of each list that assertions are credited to; [`JOINT`] for a longer list, nothing for an empty one.
    credits: Vec<u32>,
    /// The claims on whose record more stands than plain answers.
    intricate: Vec<bool>,
    latest_word: bool,
}

impl Plain {
    /// Prepares for the plain claims of a dossier. Nothing, where the resolver asks more than the standard rules.
    pub(super) fn of(bench: &Bench<'_>) -> Option<Self> {
        let resolver = &bench.resolver;
        if !resolver.has_standard_rules_only() || resolver.as_of.is_some() || resolver.narration_is_publishers {
            return None;
        }
        let columns = bench.columns();
        let span = |content: &Content<u32>| span::span(bench, content, resolver.approximation);
        let voices = columns.sources.values().zip(&bench.ground.sides).zip(0..);
        let voices = voices.map(|((row, side), source)| Voice {
            source,
            side: *side,
            is_anonymous: row.anonymous,
            is_unknown: bench.is_unknown(*side),
        });
        let mut intricate = vec![false; columns.claims.len()];
        let ties = columns.extra.iter().filter(|(_, extra)| extra.is_intricate()).map(|(at, _)| *at);
        for assertion in ties.chain(columns.retracted.iter().copied()) {
            intricate[columns.claim[assertion as usize] as usize] = true;
        }
        Some(Self {
            spans: columns.values.iter().map(span).collect(),
            voices: voices.collect(),
            credits: columns.credits.iter().map(|by| credit(by)).collect(),
            intricate,
            latest_word: resolver.rules.iter().any(|rule| rule.name() == "latest word"),
        })
    }
}

/// Stands in the place of one source for several.
const JOINT: u32 = NONE - 1;

fn credit(by: &[u32]) -> u32 {
    match by {
        [] => NONE,
        [one] => *one,
        _ => JOINT,
    }
}

/// One assertion, in numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    span: Span,
    /// The first and the last moment of its date, or the ends of time.
    first: i64,
    last: i64,
    assertion: u32,
    value: u32,
    by: u32,
    stance: Stance,
}

/// So many claims' assertions are gathered at once.
const GATHERED: u32 = 128;

/// So many claims' findings are kept together.
pub(crate) const CLAIMS_TOGETHER: usize = 4096;

impl Bench<'_> {
    /// What is found of every claim, so many together.
    pub(crate) fn briefs(&self) -> Vec<Briefs> {
        let claims = index(self.columns().claims.len());
        let together = (0..claims).step_by(CLAIMS_TOGETHER);
        let together = together.map(|from| from..claims.min(from + index(CLAIMS_TOGETHER)));
        let plain = Plain::of(self);
        let mut lists = Lists::default();
        together.map(|claims| self.briefs_of(plain.as_ref(), claims, &mut lists)).collect()
    }

    fn briefs_of(&self, plain: Option<&Plain>, claims: Range<u32>, lists: &mut Lists) -> Briefs {
        let mut briefs = Briefs::with_capacity(claims.len());
        let Some(plain) = plain else {
            claims.for_each(|claim| briefs.push(&self.examine_all(claim)));
            return briefs;
        };
        let (mut judge, mut rows) = (Judge::new(*self, plain, lists), Vec::new());
        for from in claims.clone().step_by(GATHERED as usize) {
            let some = from..claims.end.min(from + GATHERED);
            let assertions = some.clone().flat_map(|claim| self.columns().assertions_of(claim)).copied();
            plain.gather(self, assertions, &mut rows);
            let mut left = rows.as_slice();
            for claim in some {
                let (own, others) = left.split_at(self.columns().assertions_of(claim).len());
                judge.judge(claim, own, &mut briefs);
                left = others;
            }
        }
        briefs
    }
}

impl Plain {
    /// Takes assertions together, as numbers.
    ///
    /// They lie far apart, and waiting for memory would take most of the time. So nothing here waits for what was read
    /// just before: what can be read at once is read in one loop, and what follows from it in the next.
    fn gather(&self, bench: &Bench<'_>, assertions: impl Iterator<Item = u32>, rows: &mut Vec<Row>) {
        let columns = bench.columns();
        rows.clear();
        rows.extend(assertions.map(|assertion| {
            let at = assertion as usize;
            let date = columns.asserted[at];
            Row {
                span: Span::EVERYTHING,
                first: date.map_or(i64::MIN, |date| date.first().microseconds()),
                last: date.map_or(i64::MAX, |date| date.last().microseconds()),
                assertion,
                value: columns.value[at],
                by: columns.by[at],
                stance: columns.stance[at],
            }
        }));
        for row in rows {
            if let Some(span) = self.spans.get(row.value as usize) {
                row.span = if row.stance == Stance::Affirms { *span } else { Span::NOT_PLAIN };
            }
            if row.first == i64::MIN
                && let Some(date) = columns.date(row.assertion)
            {
                (row.first, row.last) = (date.first().microseconds(), date.last().microseconds());
            }
        }
    }
}
