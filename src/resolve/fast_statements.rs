//! What stands on plain claims, found quickly: those on whose record nothing is but answers, whose they are
//! and when they were given.
//!
//! Most claims of a large dossier are plain: nothing was copied, withdrawn, replaced by name or counted in
//! another unit, and every answer leaves one span of whole steps possible. Then no rule but *latest word* has
//! anything to say, and what stands is told from the claim's rows and two tables, many claims at once. It is
//! the same as what `src/resolve/examine.rs` finds of any claim, which tests hold it to; and the one judge
//! judges it.

use std::iter;
use std::ops::Range;
use std::sync::OnceLock;

#[cfg(feature = "rayon")]
use rayon::prelude::*;

use super::answers::{Line, LineStep, Span, Union, steps};
use super::context::Context;
use super::judge::{Judge, Parties, Scratch};
use super::statements::{Speaker, SpokenBy, Statement, Statements};
use super::succession::{Word, replaced, replaces};
use crate::dossier::columns::{ClaimRow, Extra, NONE, ValueRow, index, make_room};
use crate::dossier::grouped::GroupedRow;
use crate::dossier::row_set::{BITS, RowSet};
use crate::model::assertion::Stance;
use crate::model::claim::{Evolves, Kind};
use crate::model::hashing::{FastMap, FastSet};
use crate::model::term::Terms;
use crate::model::value::{Approximation, Content, Hedgeable, Said};
use crate::outcome::{Details, Outcome, Outcomes, Verdict};

/// How many claims are judged at once.
const JUDGED: usize = 64;

/// How many claims' outcomes are kept together.
pub(crate) const CLAIMS_TOGETHER: usize = 4096;

/// What the fast path needs of a dossier, found before it examines any claim.
#[derive(Clone, Debug)]
pub(crate) struct FastStatements {
    /// What each value leaves possible; nothing at all, where that isn't plain.
    spans: Vec<Span>,
    speakers: Vec<Speaker>,
    /// The kind of each plain claim; nothing, where more may be on its record than plain answers.
    kinds: Vec<Option<Kind>>,
    latest_word: bool,
    /// Whether any assertion is stated to describe another moment than when it was said.
    moments: bool,
    /// The sides that others were heard through, on the claims where that is so and none of them answers
    /// itself.
    relays: FastMap<u32, FastSet<u32>>,
}

/// What finding out what stands needs memory for, and judging it; kept from claim to claim so that neither
/// allocates.
#[derive(Debug, Default)]
pub(crate) struct FastScratch {
    /// What was said on some claims.
    all: Vec<Statement<Span>>,
    /// The speakers of joint statements on the claim that is examined.
    several: Vec<Speaker>,
    attributed: RowSet,
    narrated: RowSet,
    /// The sources that answer more than once, and the moments of their words.
    repeated: Vec<u32>,
    words: Vec<Word<u32, (u32, u32)>>,
    judge: Scratch<Span>,
    /// For claims that aren't plain.
    pub(super) general: Scratch<Union>,
}

impl FastStatements {
    /// Prepares for the plain claims of a dossier. Nothing, where the resolver asks more than the standard
    /// rules.
    pub(crate) fn of(context: &Context<'_>) -> Option<Self> {
        let resolver = &context.resolver;
        if !resolver.has_standard_rules_only() || resolver.as_of.is_some() || resolver.narration_is_publishers
        {
            return None;
        }
        let mut fast = Self {
            spans: Vec::new(),
            speakers: Vec::new(),
            kinds: Vec::new(),
            latest_word: resolver.rules.iter().any(|rule| rule.name() == "latest word"),
            moments: false,
            relays: FastMap::default(),
        };
        fast.catch_up(context);
        let columns = context.columns();
        let intricate = columns.extra.iter().filter(|(_, extra)| extra.is_intricate()).map(|(at, _)| *at);
        for assertion in intricate.chain(columns.retracted.iter().copied()) {
            fast.is_intricate(columns.claim[assertion as usize]);
        }
        fast.moments = columns.extra.iter().any(|(_, extra)| extra.valid_at.is_some());
        for (assertion, extra) in columns.extra.iter().filter(|(_, extra)| !extra.via.is_empty()) {
            let relays = fast.relays.entry(columns.claim[*assertion as usize]).or_default();
            relays.extend(extra.via.iter().map(|relay| context.side(*relay)));
        }
        let answering: Vec<u32> =
            fast.relays.keys().copied().filter(|claim| fast.a_relay_answers(context, *claim)).collect();
        answering.into_iter().for_each(|claim| fast.is_intricate(claim));
        Some(fast)
    }

    /// Whether somebody answers a claim whom others were heard through.
    fn a_relay_answers(&self, context: &Context<'_>, claim: u32) -> bool {
        let columns = context.columns();
        self.relays.get(&claim).is_some_and(|relays| {
            let mut by = columns.rows_of(claim).iter().flat_map(|row| columns.credited(&row.by));
            by.any(|source| relays.contains(&context.side(*source)))
        })
    }

    /// Adds what the dossier got since.
    pub(crate) fn catch_up(&mut self, context: &Context<'_>) {
        let columns = context.columns();
        let new = self.speakers.len()..columns.sources.len();
        self.speakers.extend(new.map(|source| context.speaker(index(source))));
        let span = |value: &ValueRow| span(context, &value.content, context.resolver.approximation);
        let new = |known: usize| columns.values.get(known..).unwrap_or_default();
        #[cfg(feature = "rayon")]
        if new(self.spans.len()).len() > CLAIMS_TOGETHER {
            self.spans.par_extend(new(self.spans.len()).par_iter().with_min_len(1024).map(span));
        }
        // Of few, or where there are no threads.
        self.spans.extend(new(self.spans.len()).iter().map(span));
        let is_plain = |claim: &ClaimRow| claim.evolves == Evolves::Fixed && claim.kind != Kind::Quantity;
        let new = (self.kinds.len()..columns.claims.len()).map(|claim| &columns.claims[claim]);
        self.kinds.extend(new.map(|claim| is_plain(claim).then_some(claim.kind)));
    }

    /// Reserves room for this many more values.
    pub(crate) fn make_room(&mut self, more: usize) {
        make_room(&mut self.spans, more, Span::EVERYTHING);
    }

    /// Records that a claim has more on its record than plain answers, so that it is examined the general way.
    pub(crate) fn is_intricate(&mut self, claim: u32) {
        self.kinds[claim as usize] = None;
    }

    /// Adds a new assertion: what its value leaves possible, and whether it makes its claim intricate.
    pub(crate) fn add(&mut self, context: &Context<'_>, assertion: u32) {
        let new = context.columns().values.get(self.spans.len()..).unwrap_or_default();
        self.spans
            .extend(new.iter().map(|value| span(context, &value.content, context.resolver.approximation)));
        let columns = context.columns();
        let (claim, extra) = (columns.claim[assertion as usize], columns.extra(assertion));
        if extra.is_some_and(Extra::is_intricate) {
            self.is_intricate(claim);
        }
        self.moments |= extra.is_some_and(|extra| extra.valid_at.is_some());
        let side = |source: &u32| context.side(*source);
        let via = extra.map_or(&[][..], |extra| &extra.via).iter().map(side);
        let mut known = self.relays.get(&claim);
        let answers =
            |known: &FastSet<u32>| columns.by(assertion).iter().any(|source| known.contains(&side(source)));
        let mut has_new = false;
        for relay in via {
            has_new |= self.relays.entry(claim).or_default().insert(relay);
            known = self.relays.get(&claim);
        }
        if known.is_some_and(answers) || (has_new && self.a_relay_answers(context, claim)) {
            self.is_intricate(claim);
        }
    }

    /// Examines one claim on some of its assertions, and adds the outcome to others.
    pub(crate) fn examine(
        &self,
        context: &Context<'_>,
        claim: u32,
        rows: &[GroupedRow],
        scratch: &mut FastScratch,
        outcomes: &mut Outcomes,
    ) {
        FastPath::new(*context, self, scratch).judge(iter::once((claim, rows)), outcomes);
    }

    /// The verdict alone, which takes a part of the time. Nothing, where the claim isn't plain.
    pub(crate) fn verdict(
        &self,
        context: &Context<'_>,
        claim: u32,
        rows: &[GroupedRow],
        scratch: &mut FastScratch,
    ) -> Option<Verdict> {
        FastPath::new(*context, self, scratch).verdict(claim, rows)
    }

    fn statement(&self, row: &GroupedRow) -> Statement<Span> {
        let answers = self.spans.get(row.value as usize).copied().unwrap_or(Span::EMPTY);
        let speaker = self.speakers.get(row.by as usize);
        Statement { answers, by: speaker.map_or(SpokenBy::Nobody, |speaker| SpokenBy::One(*speaker)) }
    }
}

/// Finds what stands on claims, the plain ones quickly, and has it judged.
struct FastPath<'j> {
    context: Context<'j>,
    fast: &'j FastStatements,
    scratch: &'j mut FastScratch,
    /// The rows of the claim that is examined, and where their answers begin.
    rows: &'j [GroupedRow],
    from: usize,
}

impl<'j> FastPath<'j> {
    fn new(context: Context<'j>, fast: &'j FastStatements, scratch: &'j mut FastScratch) -> Self {
        scratch.judge.marks.make_places(fast.speakers.len());
        Self { context, fast, scratch, rows: &[], from: 0 }
    }

    /// Judges some claims, each on some of its assertions, which are in input order.
    ///
    /// What they say and who speaks lies all over two tables. It is read for all claims at once, so that the
    /// processor waits for many places in memory at the same time.
    fn judge(
        &mut self,
        claims: impl Iterator<Item = (u32, &'j [GroupedRow])> + Clone,
        outcomes: &mut Outcomes,
    ) {
        self.scratch.all.clear();
        for (_, rows) in claims.clone() {
            self.scratch.all.extend(rows.iter().map(|row| self.fast.statement(row)));
        }
        self.from = 0;
        for (claim, rows) in claims {
            self.rows = rows;
            self.judge_one(claim, outcomes);
            self.from += rows.len();
        }
    }

    fn judge_one(&mut self, claim: u32, outcomes: &mut Outcomes) {
        let mut outcome = Outcome::UNADDRESSED;
        match self.take_standing(claim, &mut outcome, outcomes) {
            Some((kind, parties)) => {
                let (context, line) = (self.context, Line::of_steps(kind));
                let (statements, scratch) = self.standing();
                Judge { context, line, statements: &statements, scratch }.judge(&parties, outcome, outcomes);
            }
            None => {
                let assertions: Vec<u32> = self.rows.iter().map(|row| row.assertion).collect();
                self.context.examine_briefly(claim, &assertions, self.scratch, outcomes);
            }
        }
    }

    fn verdict(&mut self, claim: u32, rows: &'j [GroupedRow]) -> Option<Verdict> {
        self.scratch.all.clear();
        self.scratch.all.extend(rows.iter().map(|row| self.fast.statement(row)));
        (self.rows, self.from) = (rows, 0);
        let mut outcome = Outcome::UNADDRESSED;
        let (kind, parties) = self.take_standing(claim, &mut outcome, &mut Outcomes::default())?;
        let (context, line) = (self.context, Line::of_steps(kind));
        let (statements, scratch) = self.standing();
        Some(Judge { context, line, statements: &statements, scratch }.verdict_alone(&parties, &outcome))
    }

    /// What stands, and the memory for judging it.
    fn standing(&mut self) -> (Statements<'_, Span>, &mut Scratch<Span>) {
        let FastScratch { all, several, attributed, narrated, repeated, judge, .. } = &mut *self.scratch;
        let all = &all[self.from..][..self.rows.len()];
        let statements = Statements {
            rows: self.rows,
            all,
            exceptions: &[],
            several,
            attributed,
            narrated,
            repeated,
            relayed: &[],
            relay_sets: None,
        };
        (statements, judge)
    }

    /// Finds what stands and who speaks. Nothing, where the claim isn't plain.
    fn take_standing(
        &mut self,
        claim: u32,
        outcome: &mut Outcome,
        outcomes: &mut Outcomes,
    ) -> Option<(Kind, Parties)> {
        let kind = self.fast.kinds[claim as usize]?;
        if let Some(named) = self.take_one_each(outcome) {
            return Some((kind, Parties::one_each(named)));
        }
        *outcome = Outcome::UNADDRESSED;
        self.take_answers(kind, outcome)?;
        let (statements, scratch) = self.standing();
        Some((kind, Parties::among(&statements, &mut scratch.marks, outcomes)))
    }

    /// Takes what stands, where each answer is one source's, whose known side gives no other: a bit for each
    /// row that is one. So it is on nearly all claims. Nothing, where it isn't so.
    #[inline]
    fn take_one_each(&mut self, outcome: &mut Outcome) -> Option<u64> {
        let FastScratch { all, attributed, narrated, repeated, judge, .. } = &mut *self.scratch;
        if self.rows.len() > BITS {
            return None;
        }
        let (columns, latest_word, all) = (self.context.columns(), self.fast.latest_word, &all[self.from..]);
        // A bit for each answer that somebody gave, that nobody did, and that its source has replaced by
        // another.
        let (mut named, mut nobodys, mut replaced) = (0_u64, 0_u64, 0_u64);
        judge.marks.forget();
        repeated.clear();
        for ((at, row), said) in self.rows.iter().enumerate().zip(all) {
            if row.value == NONE && !outcome.count_silence(row.stance) {
                continue;
            }
            if row.stance != Stance::Affirms || said.answers.is_empty() {
                return None;
            }
            let speaker = match &said.by {
                SpokenBy::One(speaker) if !speaker.is_unknown => speaker,
                SpokenBy::Nobody if row.by == NONE => {
                    nobodys |= 1 << at;
                    continue;
                }
                _ => return None,
            };
            named |= 1 << at;
            let Some(earlier) = judge.marks.replace(speaker.side, index(at)) else { continue };
            let is_its_own = self.rows[earlier as usize].by == row.by;
            if !latest_word || !is_its_own || speaker.is_anonymous {
                return None;
            }
            let (other, date) = (&self.rows[earlier as usize], columns.date_of(row)?);
            let has_moment = |row: &&GroupedRow| columns.describes_a_moment(row.assertion);
            if self.fast.moments && [row, other].iter().any(has_moment) {
                return None; // which may be before what an earlier word is about
            }
            let other = columns.date_of(other)?;
            if replaces(date, other) {
                replaced |= 1 << earlier;
            } else if replaces(other, date) {
                replaced |= 1 << at;
                judge.marks.replace(speaker.side, earlier);
            } else {
                return None;
            }
        }
        attributed.set_first_word(named & !replaced);
        narrated.set_first_word(nobodys);
        outcome.set_aside = replaced.count_ones();
        (named != 0).then_some(named & !replaced)
    }

    /// Takes the answers that stand: not what their own sources have since said otherwise, and not silence.
    /// Nothing, where some answer isn't plain.
    fn take_answers(&mut self, kind: Kind, outcome: &mut Outcome) -> Option<()> {
        let FastScratch { all, several, attributed, narrated, repeated, judge, .. } = &mut *self.scratch;
        let (fast, columns, marks) = (self.fast, self.context.columns(), &mut judge.marks);
        attributed.clear_for(self.rows.len());
        narrated.clear_for(self.rows.len());
        several.clear();
        for ((at, row), said) in self.rows.iter().enumerate().zip(&mut all[self.from..]) {
            if row.value == NONE {
                if !outcome.count_silence(row.stance) {
                    continue;
                }
                said.answers = Line::of_steps(kind).everything();
            } else if row.stance != Stance::Affirms || said.answers.is_empty() {
                return None;
            }
            if let (SpokenBy::Nobody, by @ [_, ..]) = (said.by, columns.credited(&row.by)) {
                let from = several.len();
                several.extend(by.iter().map(|source| fast.speakers[*source as usize]));
                said.by = SpokenBy::Several(index(from), index(several.len()));
            }
            match said.by {
                SpokenBy::Nobody => narrated.add(at),
                _ => attributed.add(at),
            }
        }
        let speakers = attributed.iter().flat_map(|at| all[self.from + at].by.speakers(several));
        marks.forget();
        repeated.clear();
        repeated.extend(speakers.map(|speaker| speaker.source).filter(|source| !marks.is_new(*source)));
        if fast.latest_word && !repeated.is_empty() {
            let mut rows = attributed.iter().map(|at| self.rows[at].assertion);
            if fast.moments && rows.any(|assertion| columns.describes_a_moment(assertion)) {
                return None;
            }
            self.take_latest_words(outcome);
        }
        Some(())
    }

    /// Takes the speakers out of each answer that have since given another one, and answers that nobody is
    /// left behind.
    fn take_latest_words(&mut self, outcome: &mut Outcome) {
        let FastScratch { all, several, repeated, words, attributed, .. } = &mut *self.scratch;
        let (rows, columns, all) = (self.rows, self.context.columns(), &mut all[self.from..]);
        repeated.sort_unstable();
        repeated.dedup();
        words.clear();
        for at in attributed.iter().filter(|at| rows[*at].stance.takes_value()) {
            for (speaker, nth) in all[at].by.speakers(several).iter().zip(0..) {
                if !speaker.is_anonymous
                    && repeated.binary_search(&speaker.source).is_ok()
                    && let Some(date) = columns.date_of(&rows[at])
                {
                    words.push(Word::new(speaker.source, date, (index(at), nth)));
                }
            }
        }
        for ((row, nth), _) in replaced(words) {
            match &mut all[row as usize].by {
                SpokenBy::Several(from, _) => several[(*from + nth) as usize].source = NONE,
                by => *by = SpokenBy::Nobody,
            }
        }
        // A row at a time, since many of its speakers may have words of their own.
        for at in (0..rows.len()).filter(|at| rows[*at].stance.takes_value()) {
            if let SpokenBy::Several(from, to) = &mut all[at].by {
                let everybody = *from..*to;
                *to = *from;
                for nth in everybody {
                    let speaker = several[nth as usize];
                    several[*to as usize] = speaker;
                    *to += u32::from(speaker.source != NONE);
                }
            }
            if attributed.has(at) && all[at].by.speakers(several).is_empty() {
                attributed.remove(at);
                outcome.set_aside += 1;
            }
        }
    }
}

/// What a value leaves possible. Only the plainest way of saying one figure, one day or one term is plain, so
/// that its words can be made again from its answers.
fn span(context: &Context<'_>, content: &Content<u32>, approximation: Approximation) -> Span {
    fn of<S: Hedgeable<Point: LineStep>>(said: &Said<S>, approximation: Approximation) -> Span {
        let answers = said.answers(approximation);
        let described = Said::<S>::describing(&answers);
        let mut spans = steps(&answers);
        match (spans.next(), spans.next()) {
            _ if described.figure().is_some() && described != *said => Span::EMPTY,
            (Some(one), None) => one,
            _ => Span::EMPTY,
        }
    }
    match content {
        Content::Count(said) => match said.figure() {
            Some(figure) => Span { low: figure, high: figure },
            None => of(said, approximation),
        },
        Content::Date(said) => of(said, approximation),
        Content::YesNo(yes) => Span { low: (*yes).into(), high: (*yes).into() },
        Content::Terms(Terms { anything_but: false, any_of }) => match &**any_of {
            [(term, except)] if except.is_empty() => {
                let (from, to) = context.index.taxonomy.stretch_of(*term);
                Span { low: from.into(), high: u64::from(to) - 1 }
            }
            _ => Span::EMPTY,
        },
        Content::Text(text) => Span { low: (*text).into(), high: (*text).into() },
        Content::Terms(_) | Content::Quantity(_) => Span::EMPTY,
    }
}

/// The outcomes on some claims, and the details that must be kept.
pub(crate) type ExaminedClaims = (Outcomes, Vec<OnceLock<Box<Details>>>);

impl Context<'_> {
    /// What is found of every claim, in parts of [`CLAIMS_TOGETHER`] claims.
    ///
    /// Where rules of a user's own are asked, the details are kept. Asked again, such a rule may answer
    /// otherwise, and the report would contradict itself.
    pub(crate) fn examine_every_claim(&self) -> Vec<ExaminedClaims> {
        let claims = index(self.columns().claims.len());
        let parts = (0..claims).step_by(CLAIMS_TOGETHER);
        let parts = parts.map(|from| from..claims.min(from + index(CLAIMS_TOGETHER)));
        let fast = FastStatements::of(self);
        let found = |scratch: &mut FastScratch, claims| self.examine_some(fast.as_ref(), claims, scratch);
        #[cfg(feature = "rayon")]
        if parts.len() > 1 {
            let parts: Vec<Range<u32>> = parts.collect();
            return parts.into_par_iter().map_init(FastScratch::default, found).collect();
        }
        let mut scratch = FastScratch::default();
        parts.map(|claims| found(&mut scratch, claims)).collect()
    }

    fn examine_some(
        &self,
        fast: Option<&FastStatements>,
        claims: Range<u32>,
        scratch: &mut FastScratch,
    ) -> ExaminedClaims {
        let assertions = claims.clone().map(|claim| self.columns().rows_of(claim).len()).sum();
        let mut outcomes = Outcomes::with_capacity(claims.len(), assertions);
        let mut details: Vec<OnceLock<Box<Details>>> = Vec::with_capacity(claims.len());
        let Some(fast) = fast else {
            for claim in claims {
                let assertions: Vec<u32> = self.columns().assertions_of(claim).collect();
                let (general, with_details) = (&mut scratch.general, self.resolver.asks_own_rules);
                let found = self.find(claim, &assertions, with_details, general, &mut outcomes);
                details.push(if with_details { Box::new(found).into() } else { OnceLock::new() });
            }
            return (outcomes, details);
        };
        let mut judge = FastPath::new(*self, fast, scratch);
        for from in claims.clone().step_by(JUDGED) {
            let some = from..claims.end.min(from + index(JUDGED));
            judge.judge(some.map(|claim| (claim, self.columns().rows_of(claim))), &mut outcomes);
        }
        details.resize_with(claims.len(), OnceLock::new);
        (outcomes, details)
    }
}
