//! What a closer look at a claim needs: lists of assertions, notices, and where an explanation begins.

use std::ops::Bound;

use super::{Answers, FastMap, FastSet, Judge, LISTED, Parties};
use crate::dossier::columns::NONE;
use crate::model::assertion::Stance;
use crate::model::interval::{Closing, Interval, Ranges};
use crate::outcome::{AccountDetails, AnswerText, Details, Notice, Outcome, Outcomes, Verdict};
use crate::resolve::answers::{Span, reach};
use crate::resolve::statements::Passed;
use crate::resolve::sweep::apart;

impl<A: Answers> Judge<'_, A> {
    /// The details of the outcome that was just judged, which is the last of `outcomes`. What doesn't stand and what is read more loosely is for the caller
    /// to add.
    pub(in crate::resolve) fn details(
        &mut self,
        parties: &Parties,
        outcome: &Outcome,
        outcomes: &Outcomes,
    ) -> Details {
        let statements = self.statements;
        let rows = statements.rows;
        let silent =
            |stance: Stance| rows.iter().filter(move |row| row.stance == stance).map(|row| row.assertion);
        let mut details = Details {
            unattributed: statements.narrated.iter().map(|row| rows[row].assertion).collect(),
            withheld: silent(Stance::Withholds).collect(),
            does_not_know: silent(Stance::DoesNotKnow).collect(),
            echoes: self.echoes().into_iter().map(|row| rows[row].assertion).collect(),
            ..Details::default()
        };
        for found in self.scratch.accounts.iter().take(LISTED) {
            let satisfied =
                statements.attributed.iter().filter(|row| statements.answers(*row).holds(&found.answer));
            let fitting =
                statements.narrated.iter().filter(|row| statements.answers(*row).overlaps(&found.answer));
            let mut assertions: Vec<u32> = satisfied.chain(fitting).map(|row| rows[row].assertion).collect();
            assertions.sort_unstable();
            let answers = self.line.answers(found.answer.spans());
            details.accounts.push(AccountDetails { answers, assertions });
        }
        if let [one] = &*self.scratch.accounts {
            self.scratch.possible.clear();
            self.scratch.possible.extend(one.answer.spans());
        }
        if !self.scratch.accounts.is_empty() {
            details.possible = Some(self.line.answers(&self.scratch.possible));
            self.add_pivots(parties, outcome, &mut details);
            self.add_notices(parties, outcome, outcomes, &mut details);
        }
        if outcome.verdict == Verdict::Withheld {
            details.pivots.extend(details.withheld.first());
        }
        if outcome.verdict == Verdict::Unaddressed && !details.does_not_know.is_empty() {
            details.notices.push(Notice::OnlyDoesNotKnow);
        }
        self.notice_several_units(outcome, &mut details);
        details
    }

    /// The assertions that make the verdict and the common ground what they are, mostly.
    ///
    /// An explanation starts from these, tests whether they suffice, and looks further if they don't.
    fn add_pivots(&self, parties: &Parties, outcome: &Outcome, details: &mut Details) {
        let statements = self.statements;
        let accounts = &self.scratch.accounts;
        let begins = |nth: &usize| accounts[*nth].answer.spans().first().map(|span| span.low);
        let (lowest, highest) =
            ((0..accounts.len()).min_by_key(begins), (0..accounts.len()).max_by_key(begins));
        let needed: Vec<&A> = match accounts.len() {
            0 | 1 => accounts.iter().map(|found| &found.answer).collect(),
            _ if self.line.is_ordered() => {
                lowest.into_iter().chain(highest).map(|nth| &accounts[nth].answer).collect()
            }
            _ => accounts.iter().map(|found| &found.answer).collect(),
        };
        let mut pivots: Vec<usize> = Vec::new();
        if matches!(outcome.common_ground, AnswerText::Value(_) | AnswerText::Assertion(_)) {
            let hull = self.scratch.possible.first().zip(self.scratch.possible.last());
            let hull = hull.map(|(first, last)| [Span { low: first.low, high: last.high }]);
            let common = match &hull {
                Some(hull) if accounts.len() > 1 && self.line.is_ordered() => &hull[..],
                _ => &self.scratch.possible,
            };
            pivots.extend(self.said_by(&A::of(common)));
        }
        let originals = || statements.weighed().iter().filter(|row| !statements.is_copy(*row));
        // The first that states each of them.
        let mut stating: FastMap<&A, Option<usize>> = needed.iter().map(|answer| (*answer, None)).collect();
        for row in originals() {
            for said in [statements.as_said(row), statements.answers(row)] {
                if let Some(first) = stating.get_mut(said) {
                    first.get_or_insert(row);
                }
            }
        }
        for (number, answer) in needed.into_iter().enumerate() {
            if let Some(Some(row)) = stating.get(answer) {
                pivots.push(*row);
                continue;
            }
            if number >= LISTED {
                continue; // whoever asks why looks for what is missing
            }
            let around = || originals().filter(|row| statements.answers(*row).holds(answer));
            // Of single spans those suffice that begin and end where the answer does; then come all others.
            let low = |row: &usize| statements.answers(*row).spans().first().map(|span| span.low);
            let high = |row: &usize| statements.answers(*row).spans().last().map(|span| span.high);
            let begins = around().find(|row| low(row) == answer.spans().first().map(|span| span.low));
            let ends = around().find(|row| high(row) == answer.spans().last().map(|span| span.high));
            let mut meet = Closing::new();
            let narrowing = begins.into_iter().chain(ends).chain(around());
            pivots.extend(narrowing.filter(|row| meet.add(&ranges(statements.answers(*row).spans()))));
        }
        if parties.count > 1 {
            // One for each of two sides: of those who state the answer, if that is what the verdict rests on.
            let agreed = (outcome.verdict == Verdict::Agreed).then(|| &accounts[0].answer);
            let speaks = originals().filter(|row| {
                parties.counts(&statements.rows[*row])
                    && agreed.is_none_or(|answer| statements.states(*row, answer))
            });
            let mut sides: FastSet<u32> = FastSet::default();
            let mut passed = Passed::default();
            for row in speaks {
                let before = sides.len();
                let speakers = statements.new_speakers(row, 0, &mut passed).iter();
                let speakers = speakers.filter(|speaker| parties.lists(speaker));
                sides.extend(speakers.map(|speaker| speaker.side));
                if sides.len() > before {
                    pivots.push(row);
                }
                if sides.len() > 1 {
                    break;
                }
            }
        }
        details.pivots = pivots.into_iter().map(|row| statements.rows[row].assertion).collect();
        details.pivots.sort_unstable();
        details.pivots.dedup();
    }

    fn add_notices(&self, parties: &Parties, outcome: &Outcome, outcomes: &Outcomes, details: &mut Details) {
        let statements = self.statements;
        let rows = statements.rows;
        if !statements.attributed.is_empty() {
            let overlaps = |row: &usize| {
                statements.answers(*row).spans().iter().any(|span| reach(&self.scratch.possible, *span))
            };
            let outside = statements.narrated.iter().filter(|row| !overlaps(row));
            let outside: Vec<u32> = outside.map(|row| rows[row].assertion).collect();
            if !outside.is_empty() {
                details.notices.push(Notice::UnattributedOutside(outside));
            }
        }
        if parties.answered {
            // The sides heard, with all unknown ones where only such speak: which of them is counted is a matter of
            // input order.
            let counting = || statements.attributed.iter().filter(|row| parties.counts(&rows[*row]));
            let mut passed = Passed::default();
            let speakers = counting().flat_map(|row| statements.new_speakers(row, 0, &mut passed));
            let heard: FastSet<u32> =
                speakers.filter(|speaker| parties.lists(speaker)).map(|speaker| speaker.side).collect();
            let beside = statements.attributed.iter().filter(|row| {
                // One of several who jointly have none may be the only one that answers.
                let elsewhere =
                    || statements.speakers(*row).iter().any(|speaker| !heard.contains(&speaker.side));
                rows[*row].stance == Stance::NoEvidence && (heard.len() > 1 || elsewhere())
            });
            let beside: Vec<u32> = beside.map(|row| rows[row].assertion).collect();
            if !beside.is_empty() {
                details.notices.push(Notice::NoEvidenceBesideAnswer(beside));
            }
        }
        self.notice_relays(parties, details);
        self.notice_one_origin(parties, outcome, outcomes, details);
        self.notice_both_sides(outcome, details);
        if parties.unknown_speaks {
            let counting = statements.attributed.iter().filter(|row| parties.counts(&rows[*row]));
            let mut passed = Passed::default();
            let unknown = counting.flat_map(|row| statements.new_speakers(row, 0, &mut passed));
            let unknown = unknown.filter(|speaker| speaker.is_unknown);
            let mut sources: Vec<u32> = Vec::new();
            let mut seen: FastSet<u32> = FastSet::default();
            sources.extend(unknown.map(|speaker| speaker.source).filter(|source| seen.insert(*source)));
            details.notices.push(Notice::UnknownSide(sources));
        }
    }

    /// Notices relays that answer themselves and add no side, and one relay that all sides were heard through.
    fn notice_relays(&self, parties: &Parties, details: &mut Details) {
        let statements = self.statements;
        if statements.relayed.is_empty() {
            return;
        }
        let counting = statements.attributed.iter().filter(|row| parties.counts(&statements.rows[*row]));
        let counting: Vec<usize> = counting.collect();
        if parties.hears_relays {
            let counted: FastSet<u32> = statements.fewest_sides(&counting).into_iter().collect();
            let sides = statements.speaking(&counting).sides.into_iter();
            let relays: Vec<u32> = sides.filter(|side| !counted.contains(side)).collect();
            details.notices.extend((!relays.is_empty()).then_some(Notice::RelayAnswers(relays)));
        }
        if parties.count > 1 {
            details.notices.extend(statements.only_channel(&counting).map(Notice::OneChannel));
        }
    }

    /// Notices several sides that were all heard in one document, an agreement that is one joint statement, and what only
    /// unnamed people state.
    fn notice_one_origin(
        &self,
        parties: &Parties,
        outcome: &Outcome,
        outcomes: &Outcomes,
        details: &mut Details,
    ) {
        let (statements, columns) = (self.statements, self.context.columns());
        let assertion = |row: usize| statements.rows[row].assertion;
        if parties.count > 1 {
            let counting = statements.attributed.iter().filter(|row| parties.counts(&statements.rows[*row]));
            let originals = counting.filter(|row| !statements.is_copy(*row));
            let mut documents = originals.map(|row| columns.document[assertion(row) as usize]);
            if let Some(first) = documents.next().filter(|first| *first != NONE)
                && documents.all(|document| document == first)
            {
                details.notices.push(Notice::OneDocument(first));
            }
        }
        if let (Verdict::Agreed, Some(one)) = (outcome.verdict, self.scratch.accounts.first()) {
            let agreed = self.meet_of_the_known(&one.answer, parties);
            let stating = || statements.attributed.iter().filter(|row| statements.states(*row, &agreed));
            let mut originals = stating().filter(|row| !statements.is_copy(*row));
            if let (Some(joint), None) = (originals.next(), originals.next()) {
                // A copy adds a name where it repeats somebody else's words too.
                let sources: FastSet<u32> =
                    statements.speakers(joint).iter().map(|speaker| speaker.source).collect();
                let mut passed = Passed::default();
                let mut named = stating().flat_map(|row| statements.new_speakers(row, 0, &mut passed));
                if named.all(|speaker| sources.contains(&speaker.source)) {
                    details.notices.push(Notice::OneStatement(assertion(joint)));
                }
            }
        }
        let is_unnamed = |source: &u32| columns.sources[*source as usize].anonymous;
        let credit: Vec<u32> = outcome.credit.on(outcomes.speakers()).collect();
        if !credit.is_empty() && credit.iter().all(is_unnamed) {
            details.notices.push(Notice::RestsOnUnnamed(credit));
        }
    }

    /// Notices named sources that say what can't all be true.
    fn notice_both_sides(&self, outcome: &Outcome, details: &mut Details) {
        let statements = self.statements;
        if outcome.verdict != Verdict::Disputed || statements.repeated.is_empty() {
            return;
        }
        let mut own: FastMap<u32, Vec<usize>> =
            statements.repeated.iter().map(|source| (*source, Vec::new())).collect();
        for row in statements.attributed.iter().filter(|row| !statements.is_copy(*row)) {
            for speaker in statements.speakers(row).iter().filter(|speaker| !speaker.is_anonymous) {
                if let Some(rows) = own.get_mut(&speaker.source) {
                    rows.push(row);
                }
            }
        }
        let mut sources: Vec<(usize, u32)> = Vec::new();
        for (source, rows) in own {
            if rows.len() > 1 && A::meet(rows.iter().map(|row| statements.answers(*row))).is_empty() {
                sources.push((rows[0], source));
            }
        }
        sources.sort_unstable();
        if !sources.is_empty() {
            details
                .notices
                .push(Notice::OnBothSides(sources.into_iter().map(|(_, source)| source).collect()));
        }
    }

    fn notice_several_units(&self, outcome: &Outcome, details: &mut Details) {
        let columns = self.context.columns();
        let Some(first) = self.statements.rows.first() else { return };
        let claim = columns.claim[first.assertion as usize];
        if outcome.accounts_total == 0 || columns.claims[claim as usize].unit().is_some() {
            return;
        }
        let answers = self.statements.attributed.iter().chain(self.statements.narrated.iter());
        let unit = |row: usize| columns.extra(self.statements.rows[row].assertion)?.unit.as_deref();
        let mut units = answers.filter_map(unit);
        if let Some(first) = units.next()
            && units.any(|unit| unit != first)
        {
            details.notices.push(Notice::SeveralUnits);
        }
    }

    /// Of the assertions on the claim those without which the common ground is another, whatever else is left out too.
    pub(in crate::resolve) fn indispensable(&self) -> Vec<u32> {
        let (statements, weighed) = (self.statements, self.statements.weighed());
        let sets = || weighed.iter().map(|row| statements.answers(row));
        let needed: Vec<bool> = if !A::meet(sets()).is_empty() {
            // What only one of them rules out is possible without it.
            let everything = ranges(&[self.line.everything()]);
            let ruled_out = |set: &A| spans(&everything.meet(&ranges(set.spans()).complement()));
            apart(&sets().map(ruled_out).collect::<Vec<_>>())
                .iter()
                .map(|apart| apart.holds_its_own)
                .collect()
        } else if !self.line.is_ordered() {
            // What shares nothing with any other is an account of its own, and part of the common ground.
            let sets: Vec<Vec<Span>> = sets().map(|set| set.spans().to_vec()).collect();
            apart(&sets).iter().map(|apart| !apart.shares).collect()
        } else {
            Vec::new()
        };
        let needed = weighed.iter().zip(needed).filter(|(_, needed)| *needed);
        needed.map(|(row, _)| statements.rows[row].assertion).collect()
    }
}

/// Spans as a set of integers.
fn ranges(spans: &[Span]) -> Ranges<u64> {
    let interval = |span: &Span| {
        let high = if span.high == u64::MAX { Bound::Unbounded } else { Bound::Included(span.high) };
        Interval::new((Bound::Included(span.low), high))
    };
    spans.iter().filter_map(interval).collect()
}

fn spans(set: &Ranges<u64>) -> Vec<Span> {
    let end = |bound, none| match bound {
        Bound::Included(at) | Bound::Excluded(at) => at,
        Bound::Unbounded => none,
    };
    let span =
        |interval: &Interval<u64>| Span { low: end(interval.low(), 0), high: end(interval.high(), u64::MAX) };
    set.intervals().iter().map(span).collect()
}
