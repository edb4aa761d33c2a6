//! What can be printed of a claim as it stands, who states it, and how far its accounts are apart.
//!
//! An answer that excludes something is printed without a name only where at least two sides exclude that too. And no end of
//! it is a figure that only a convention made: whoever says "about 120" names 120, and neither 108 nor 132.

use super::{Answers, FastMap, FastSet, Judge, Parties, Speaker, Verdict};
use crate::model::assertion::Stance;
use crate::model::claim::Kind;
use crate::model::interval::Ranges;
use crate::model::value::{AnswerSet, Content, Hedge, Hedgeable, Said};
use crate::outcome::{AnswerText, Outcome, Outcomes, SpeakerSet};
use crate::resolve::answers::Span;
use crate::resolve::statements::{Passed, SpokenBy};

/// Known sides that speak in a row: two of them are enough to tell one from several.
type TwoSides = [Option<u32>; 2];

/// An end of what an answer leaves possible.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum End {
    Low(u64),
    High(u64),
}

/// Of at most so many spans, those who name an end are found by going through all rows.
const FEW: usize = 4;

impl<A: Answers> Judge<'_, A> {
    /// Finds what can be printed of an outcome whose common ground is known, and whom to credit. `hull` is what lies around
    /// the answers of several accounts.
    pub(super) fn conclude_printing(
        &mut self,
        parties: &Parties,
        hull: Option<Span>,
        outcome: &mut Outcome,
        outcomes: &mut Outcomes,
    ) {
        let Some(safe) = self.safe_answers(parties, hull, outcome.verdict) else { return };
        let common = self.scratch.accounts.first().filter(|_| outcome.accounts_total == 1);
        let is_common = common.is_some_and(|common| common.answer == safe);
        let said = self.said_by(&safe);
        let Some(printed) =
            (if said.is_some() { Some(safe.clone()) } else { self.with_named_ends(&safe, outcome.verdict) })
        else {
            return;
        };
        let broader = hull.filter(|_| matches!(self.line.kind, Kind::Term | Kind::Place));
        let broader =
            broader.and_then(|hull| self.context.index.taxonomy.nearest_broader(hull.low, hull.high));
        outcome.safe_wording = match (said, broader) {
            _ if is_common && printed == safe => outcome.common_ground,
            (Some(row), _) => self.words_of_row(row, &safe),
            (None, Some(term)) if outcome.verdict == Verdict::Disputed => AnswerText::Term(term),
            // Nobody says just this, so that there is no need to look for words again.
            (None, _) if printed == safe => self.made(printed.spans(), outcomes),
            (None, _) => self.text_of(&printed, printed.spans(), outcomes),
        };
        if outcome.safe_wording == AnswerText::Nothing {
            return;
        }
        outcome.credit = self.stated_by(&printed, parties, outcomes);
        let narrated = || self.statements.narrated.iter().any(|row| self.statements.states(row, &printed));
        outcome.derived = said.is_none() && outcome.credit.len() == 0 && !narrated();
    }

    /// Those who put their name to an answer, and don't merely fit it.
    pub(super) fn stated_by(
        &mut self,
        answers: &A,
        parties: &Parties,
        outcomes: &mut Outcomes,
    ) -> SpeakerSet {
        let statements = self.statements;
        if parties.one_each {
            let stating = self.scratch.groups.iter().find(|group| group.answers == *answers);
            let rows = stating.map_or(0, |group| group.rows);
            return SpeakerSet::of_rows(rows & statements.attributed.first_word());
        }
        self.sources_of(parties, |row| statements.states(*row, answers), outcomes)
    }

    /// What can be printed, whatever its words.
    fn safe_answers(&self, parties: &Parties, hull: Option<Span>, verdict: Verdict) -> Option<A> {
        let meet = || self.scratch.accounts.first().map(|only| &only.answer);
        let safe = match verdict {
            Verdict::Unattributed | Verdict::Withheld | Verdict::Unaddressed => return None,
            Verdict::SingleSource if parties.only_unknown => meet()?.clone(),
            Verdict::Agreed | Verdict::SingleSource => self.meet_of_the_known(meet()?, parties),
            Verdict::Compatible => self.not_ruled_out_by_two(parties),
            Verdict::Disputed => A::of(&[self.span_of_all(hull?)?]),
        };
        // What excludes nothing is printed only where somebody says just that: that they have no evidence.
        let is_everything = |answers: &A| *answers.spans() == [self.line.everything()];
        let all_say_so = || is_everything(meet()?).then(|| self.said_by(&safe)).flatten();
        if is_everything(&safe) && all_say_so().is_none() {
            return None;
        }
        Some(safe)
    }

    /// What takes no side between accounts that lie within these ends.
    fn span_of_all(&self, hull: Span) -> Option<Span> {
        match self.line.kind {
            Kind::Count if hull.low > 0 => Some(Span { high: u64::MAX, ..hull }),
            Kind::Count | Kind::Quantity | Kind::Date => {
                Some(hull).filter(|hull| *hull != self.line.everything())
            }
            Kind::Term | Kind::Place => {
                let taxonomy = &self.context.index.taxonomy;
                let (from, to) = taxonomy.stretch_of(taxonomy.nearest_broader(hull.low, hull.high)?);
                Some(Span { low: from.into(), high: u64::from(to) - 1 })
            }
            Kind::YesNo | Kind::Text => None,
        }
    }

    /// All answers but those that at least two known sides rule out. Sides are counted, as for the verdict, among those who
    /// rule out the same.
    fn not_ruled_out_by_two(&self, parties: &Parties) -> A {
        let statements = self.statements;
        let ruling = || statements.attributed.iter().filter(|row| parties.counts(&statements.rows[*row]));
        if parties.hears_relays {
            return self.sweep_what_is_ruled_out(ruling(), |rows| statements.fewest_sides(rows).len() > 1);
        }
        let mut seen = FastMap::default();
        if ruling().all(|row| statements.answers(row).spans().len() == 1) {
            // Of single spans it is what lies between the second highest lower end and the second lowest upper one.
            let (mut low, mut high) = (Second::new(0, u64::max), Second::new(u64::MAX, u64::min));
            for row in ruling() {
                let [span] = statements.answers(row).spans() else { continue };
                for side in self.two_sides(row, parties, &mut seen).into_iter().flatten() {
                    low.add(span.low, side);
                    high.add(span.high, side);
                }
            }
            return A::of(&[Span { low: low.second, high: high.second }]);
        }
        let sides: FastMap<usize, TwoSides> =
            ruling().map(|row| (row, self.two_sides(row, parties, &mut seen))).collect();
        let several = |rows: &[usize]| {
            let mut sides = rows.iter().flat_map(|row| sides[row]).flatten();
            let first = sides.next();
            sides.any(|side| Some(side) != first)
        };
        self.sweep_what_is_ruled_out(ruling(), several)
    }

    /// All answers but those that too many of some rows rule out.
    fn sweep_what_is_ruled_out(
        &self,
        ruling: impl Iterator<Item = usize>,
        are_too_many: impl Fn(&[usize]) -> bool,
    ) -> A {
        let everything = self.line.everything();
        // Where a row begins to rule answers out, and where it no longer does.
        let mut turns: Vec<(u64, bool, usize)> = Vec::new();
        for row in ruling {
            let mut low = Some(everything.low);
            for span in self.statements.answers(row).spans() {
                if let Some(low) = low.filter(|low| *low < span.low) {
                    turns.extend([(low, true, row), (span.low, false, row)]);
                }
                low = span.high.checked_add(1);
            }
            turns.extend(low.filter(|low| *low <= everything.high).map(|low| (low, true, row)));
        }
        turns.sort_unstable();
        let (mut rows, mut stays): (Vec<usize>, Vec<Span>) = (Vec::new(), Vec::new());
        let mut at = everything.low;
        let mut turns = turns.into_iter().peekable();
        loop {
            while let Some((_, begins, row)) = turns.next_if(|turn| turn.0 == at) {
                if begins {
                    rows.push(row);
                } else {
                    rows.retain(|other| *other != row);
                }
            }
            let next = turns.peek().map(|turn| turn.0);
            if !are_too_many(&rows) {
                let high = next.map_or(everything.high, |next| next - 1);
                match stays.last_mut().filter(|last| last.high.checked_add(1) == Some(at)) {
                    Some(last) => last.high = high,
                    None => stays.push(Span { low: at, high }),
                }
            }
            match next {
                Some(next) => at = next,
                None => return A::of(&stays),
            }
        }
    }

    /// Up to two known sides that speak in a row. Where each row is its own side, a row stands for it.
    fn two_sides(&self, row: usize, parties: &Parties, seen: &mut FastMap<u32, (u32, TwoSides)>) -> TwoSides {
        let statements = self.statements;
        if parties.one_each {
            return [u32::try_from(row).ok(), None];
        }
        let take = |[first, second]: TwoSides, side: u32| match first {
            None => [Some(side), None],
            Some(one) if second.is_none() && one != side => [first, Some(side)],
            _ => [first, second],
        };
        let known = |speakers: &[Speaker], from: TwoSides| {
            let sides = speakers.iter().filter(|speaker| !speaker.is_unknown).map(|speaker| speaker.side);
            let mut all = from;
            for side in sides {
                all = take(all, side);
                if all[1].is_some() {
                    break;
                }
            }
            all
        };
        let speakers = statements.speakers(row);
        match statements.all[row].by {
            // Lists that begin alike are gone through once, however many rows they stand behind.
            SpokenBy::Several(from, to) => {
                let (passed, sides) = seen.entry(from).or_insert((from, [None; 2]));
                if *passed <= to {
                    *sides = known(&speakers[(*passed - from) as usize..], *sides);
                    *passed = to;
                    return *sides;
                }
                known(speakers, [None; 2])
            }
            _ => known(speakers, [None; 2]),
        }
    }

    /// The same answers where each end is a figure or a date that somebody named. An end that only a rule's leeway made gives
    /// way to the figure that was said. Nothing, where an end is of the making of a hedge.
    fn with_named_ends(&self, safe: &A, verdict: Verdict) -> Option<A> {
        if !self.line.is_ordered() {
            return Some(safe.clone());
        }
        let rows = || self.statements.attributed.iter();
        if self.statements.exceptions.is_empty() {
            return self.with_ends_of(safe, rows); // nothing is read loosely
        }
        // Whoever says just this once it is read loosely is quoted, and nobody else's figures are mixed in.
        let mut stating = rows().filter(|row| self.is_widened(*row) && self.statements.answers(*row) == safe);
        let quoted = stating.next().filter(|_| verdict != Verdict::Disputed);
        if let Some(quoted) = quoted.and_then(|row| self.with_ends_of(safe, || std::iter::once(row))) {
            return Some(quoted);
        }
        let printed = self.with_ends_of(safe, rows)?;
        // A figure that stands for a widened end excludes nobody's word: 10, rounded, is no floor beside "about 4".
        (printed == *safe || rows().all(|row| self.said(row).overlaps(&printed))).then_some(printed)
    }

    /// The same answers where each end is one that some rows name, or the figure that was widened to it.
    fn with_ends_of<I: Iterator<Item = usize>>(&self, safe: &A, rows: impl Fn() -> I) -> Option<A> {
        let everything = self.line.everything();
        // Of very many spans the ends are looked up; of a few, the rows are gone through for each.
        let named = (safe.spans().len() > FEW).then(|| self.named_ends(rows()));
        let is_named = |end: End| match &named {
            Some(named) => named.contains(&end),
            None => rows().any(|row| self.names(row, end)),
        };
        let answers = |row| self.statements.answers(row).spans();
        let with_named_ends = |span: &Span| {
            let mut low = span.low;
            if low > everything.low && !is_named(End::Low(low)) {
                let widened = rows().filter(|row| {
                    self.is_widened(*row) && answers(*row).iter().any(|read| read.low == span.low)
                });
                let said = widened
                    .filter_map(|row| self.said(row).spans().iter().map(|s| s.low).find(|at| *at > span.low));
                low = said.min().filter(|low| is_named(End::Low(*low)))?;
            }
            let mut high = span.high;
            if high < everything.high && !is_named(End::High(high)) {
                let widened = rows().filter(|row| {
                    self.is_widened(*row) && answers(*row).iter().any(|read| read.high == span.high)
                });
                let said = widened.filter_map(|row| {
                    self.said(row).spans().iter().rev().map(|s| s.high).find(|at| *at < span.high)
                });
                high = said.max().filter(|high| is_named(End::High(*high)))?;
            }
            (low <= high).then_some(Span { low, high })
        };
        match safe.spans() {
            [one] => Some(A::of(&[with_named_ends(one)?])),
            spans => {
                let spans: Vec<Span> = spans.iter().map(with_named_ends).collect::<Option<_>>()?;
                Some(A::of(&spans))
            }
        }
    }

    /// What a row leaves possible as it was said. What counts in another unit is there only as it is read.
    fn said(&self, row: usize) -> &A {
        let said = self.statements.as_said(row);
        if said.is_empty() { self.statements.answers(row) } else { said }
    }

    fn is_widened(&self, row: usize) -> bool {
        self.statements.answers(row) != self.said(row)
    }

    /// The ends that some rows name.
    fn named_ends(&self, rows: impl Iterator<Item = usize>) -> FastSet<End> {
        let mut named = FastSet::default();
        rows.for_each(|row| self.for_each_end(row, |end| _ = named.insert(end)));
        named
    }

    /// Whether a row names an end of an answer.
    fn names(&self, row: usize, end: End) -> bool {
        let as_said = self.statements.as_said(row);
        // One figure or one range is hedged as a whole.
        if let Some((low, high)) = self.names_both_ends(row).filter(|_| !as_said.is_empty()) {
            let mut spans = as_said.spans().iter();
            return match end {
                End::Low(end) => low && spans.any(|span| span.low == end),
                End::High(end) => high && spans.any(|span| span.high == end),
            };
        }
        let mut is_named = false;
        self.for_each_end(row, |named| is_named |= named == end);
        is_named
    }

    /// Whether a row names the lower and the upper end of what it leaves possible, where the same is so of all of it.
    fn names_both_ends(&self, row: usize) -> Option<(bool, bool)> {
        let row = &self.statements.rows[row];
        let (low, high) = match &self.context.columns().values.get(row.value as usize)?.content {
            Content::Count(said) => names_ends(said),
            Content::Quantity(said) => names_ends(said),
            Content::Date(said) => names_ends(said),
            Content::YesNo(_) | Content::Terms(_) | Content::Text(_) => Some((false, false)),
        }?;
        Some(if row.stance == Stance::Denies { (high, low) } else { (low, high) })
    }

    /// Goes through the ends that a row names.
    fn for_each_end(&self, row: usize, mut add: impl FnMut(End)) {
        let row = &self.statements.rows[row];
        let Some(value) = self.context.columns().values.get(row.value as usize) else { return };
        let is_denied = row.stance == Stance::Denies;
        match &value.content {
            Content::Count(said) => self.for_each_end_of(said, AnswerSet::Counts, is_denied, &mut add),
            Content::Quantity(said) => self.for_each_end_of(said, AnswerSet::Quantities, is_denied, &mut add),
            Content::Date(said) => self.for_each_end_of(said, AnswerSet::Dates, is_denied, &mut add),
            Content::YesNo(_) | Content::Terms(_) | Content::Text(_) => {}
        }
    }

    fn for_each_end_of<S: Hedgeable>(
        &self,
        said: &Said<S>,
        set: fn(Ranges<S::Point>) -> AnswerSet,
        is_denied: bool,
        add: &mut dyn FnMut(End),
    ) {
        match said {
            Said::AnyOf(parts) => {
                parts.iter().for_each(|part| self.for_each_end_of(part, set, is_denied, add));
            }
            Said::AnythingBut(said) => self.for_each_end_of(said, set, !is_denied, add),
            said => {
                let answers = set(said.answers(self.context.resolver.approximation));
                let spans = self.line.spans(&answers);
                let (mut names_low, mut names_high) = names_ends(said).unwrap_or_default();
                // An end within what all rows leave possible has no place on the line, and is no end of anything printed.
                let on_line = self.line.answers(&spans);
                if on_line != answers {
                    names_low &= spans.len() == 1 && on_line.or_more() == answers.or_more();
                    names_high &= spans.len() == 1 && on_line.or_fewer() == answers.or_fewer();
                }
                for span in spans {
                    if names_low {
                        add(match is_denied {
                            true => End::High(span.low.saturating_sub(1)),
                            false => End::Low(span.low),
                        });
                    }
                    if names_high {
                        add(match is_denied {
                            true => End::Low(span.high.saturating_add(1)),
                            false => End::High(span.high),
                        });
                    }
                }
            }
        }
    }

    /// The sources behind the rows of which something is so, each once, in the order in which they first speak.
    pub(super) fn sources_of(
        &mut self,
        parties: &Parties,
        is_so: impl Fn(&usize) -> bool,
        outcomes: &mut Outcomes,
    ) -> SpeakerSet {
        let statements = self.statements;
        let rows = statements.attributed.iter().filter(is_so);
        if parties.one_each {
            return SpeakerSet::of_rows(rows.fold(0, |all, row| all | 1 << row));
        }
        let marks = &mut self.scratch.marks;
        marks.forget();
        let mut passed = Passed::default();
        let speakers = rows.flat_map(|row| statements.new_speakers(row, 0, &mut passed));
        let sources = speakers.map(|speaker| speaker.source);
        outcomes.add_speakers(sources.filter(|source| marks.is_new(*source)))
    }

    /// Writes how far the accounts are apart at least: the greatest lower end of their answers less the least upper one.
    pub(super) fn write_gap(&self, to: &mut String) {
        let accounts = || self.scratch.accounts.iter().map(|found| found.answer.spans());
        let lowest = accounts().filter_map(|spans| spans.first()).map(|span| span.low).max();
        let highest = accounts().filter_map(|spans| spans.last()).map(|span| span.high).min();
        if let (Some(low), Some(high)) = (lowest, highest)
            && high < low
        {
            self.line.write_gap(high, low, to);
        }
    }
}

/// The second greatest, or the second least, of the ends that different sides put to an answer.
struct Second {
    first: Option<(u64, u32)>,
    second: u64,
    further: fn(u64, u64) -> u64,
}

impl Second {
    fn new(nobodys: u64, further: fn(u64, u64) -> u64) -> Self {
        Self { first: None, second: nobodys, further }
    }

    fn add(&mut self, end: u64, side: u32) {
        let Some((first, of)) = &mut self.first else { return self.first = Some((end, side)) };
        let is_further = (self.further)(*first, end) != *first;
        match (*of == side, is_further) {
            (true, _) => *first = (self.further)(*first, end),
            // What came first is at least as far as what came second, whoever said that.
            (false, true) => (self.second, *first, *of) = (*first, end, side),
            (false, false) => self.second = (self.further)(self.second, end),
        }
    }
}

/// Whether words name the lower and the upper end of what they leave possible: "about 40" names neither, since how far it
/// reaches is a convention. Nothing of several figures, each of which may have a hedge of its own.
fn names_ends<S>(said: &Said<S>) -> Option<(bool, bool)> {
    let of_hedge = |hedge: Hedge| match hedge {
        Hedge::Exactly | Hedge::AtLeast | Hedge::MoreThan | Hedge::AtMost | Hedge::FewerThan => (true, true),
        Hedge::About => (false, false),
        Hedge::Nearly => (false, true),
        Hedge::JustOver => (true, false),
    };
    Some(match said {
        Said::Hedged(hedge, _) => of_hedge(*hedge),
        Said::Between(..) => (true, true),
        Said::Both(low, _, high, _) => (of_hedge(*low).0, of_hedge(*high).1),
        Said::AboutBetween(..) | Said::Vague(..) | Said::Part(..) | Said::Anything => (false, false),
        Said::AnyOf(_) | Said::AnythingBut(_) => return None,
    })
}
