//! The verdict on one claim: who speaks, what can all be true together, and what can be printed.
//!
//! This is the only judge. It takes what stands ([`Statements`]), however that was found, and answers in integers
//! ([`Answers`]): so it is the same for one claim whose record is intricate and for a million plain ones.

mod details;
mod echoes;
mod marks;
mod printable;
mod relays;
mod wording;

use std::cell::OnceCell;

use super::answers::{Answers, Line, Span};
use super::context::Context;
use super::fewest::count;
use super::statements::{Passed, Speaker, Statements};
use super::sweep::{FoundAccount, GroupSides, Sweep, speaking_too};
use crate::dossier::columns::index;
use crate::dossier::grouped::GroupedRow;
use crate::dossier::row_set::{BITS, bits};
use crate::model::claim::Kind;
use crate::model::date::Date;
use crate::model::hashing::{FastMap, FastSet};
use crate::outcome::{Account, AnswerText, Dispute, Outcome, Outcomes, SpeakerSet, Verdict};
pub(super) use marks::Marks;

/// How many accounts are listed at most. The verdict and the common ground use all.
const LISTED: usize = 64;

/// Answers that are the same.
#[derive(Clone, Debug)]
struct Group<A> {
    answers: A,
    /// Of up to 64 rows, a bit for each that gives them.
    rows: u64,
}

/// What judging a claim needs memory for, kept from claim to claim so that most allocate none.
#[derive(Debug)]
pub(super) struct Scratch<A> {
    /// The distinct answers that are weighed, in input order, and which of them each weighed row gives.
    groups: Vec<Group<A>>,
    group_of: Vec<u32>,
    accounts: Vec<FoundAccount<A>>,
    sweep: Sweep,
    pub(super) marks: Marks,
    /// The spans of all accounts' answers, in the order of the line, and the same with those joined that touch.
    line: Vec<Span>,
    possible: Vec<Span>,
    rows: Vec<u32>,
}

impl<A> Default for Scratch<A> {
    fn default() -> Self {
        Self {
            groups: Vec::new(),
            group_of: Vec::new(),
            accounts: Vec::new(),
            sweep: Sweep::default(),
            marks: Marks::default(),
            line: Vec::new(),
            possible: Vec::new(),
            rows: Vec::new(),
        }
    }
}

/// Who speaks on a claim, and whose word counts as a side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parties {
    sides: SpeakerSet,
    count: usize,
    /// Whether somebody affirms or denies; then having no evidence counts no side.
    answered: bool,
    unknown_speaks: bool,
    only_unknown: bool,
    /// Whether a known side is heard only through another one that answers too.
    hears_relays: bool,
    /// Whether each answer is one source's, whose known side gives no other; of at most 64 rows.
    one_each: bool,
}

impl Parties {
    /// Where each answer is one source's, whose known side gives no other: a bit for each row that is such an answer.
    pub(super) fn one_each(rows: u64) -> Self {
        Self {
            sides: SpeakerSet::of_rows(rows),
            count: rows.count_ones() as usize,
            answered: true,
            unknown_speaks: false,
            only_unknown: false,
            hears_relays: false,
            one_each: true,
        }
    }

    pub(super) fn among<A: Answers>(
        statements: &Statements<'_, A>,
        marks: &mut Marks,
        outcomes: &mut Outcomes,
    ) -> Self {
        let Statements { rows, attributed, .. } = *statements;
        let mut parties = Self {
            sides: SpeakerSet::NOBODY,
            count: 0,
            answered: attributed.iter().any(|row| rows[row].stance.takes_value()),
            unknown_speaks: false,
            only_unknown: false,
            hears_relays: false,
            one_each: false,
        };
        let (mut first_unknown, mut passed) = (None, Passed::default());
        marks.forget();
        let speaking = attributed.iter().filter(|row| parties.counts(&rows[*row]));
        let counting: Vec<usize> =
            if statements.relayed.is_empty() { Vec::new() } else { speaking.clone().collect() };
        let known = speaking.flat_map(|row| statements.new_speakers(row, 0, &mut passed));
        let known = known.filter_map(|speaker| {
            if speaker.is_unknown {
                first_unknown = first_unknown.or(Some(speaker.side));
                return None;
            }
            marks.is_new(speaker.side).then_some(speaker.side)
        });
        if statements.relayed.is_empty() {
            parties.sides = outcomes.add_speakers(known);
        } else {
            known.for_each(drop); // which finds out whether unknown sides speak
            parties.hears_relays = !statements.speaking(&counting).hearsay.is_empty();
            parties.sides = outcomes.add_speakers(statements.fewest_sides(&counting));
        }
        parties.unknown_speaks = first_unknown.is_some();
        // The fewest sides that what is known allows: an unknown one may be anyone already heard.
        if let (0, Some(unknown)) = (parties.sides.len(), first_unknown) {
            parties.sides = outcomes.add_speakers([unknown]);
            parties.only_unknown = true;
        }
        parties.count = parties.sides.len();
        parties
    }

    /// Whether a standing answer's sides count.
    fn counts(&self, row: &GroupedRow) -> bool {
        !self.answered || row.stance.takes_value()
    }

    /// Whether a speaker's side is listed: an unknown one only when nobody else speaks.
    fn lists(&self, speaker: &Speaker) -> bool {
        self.only_unknown || !speaker.is_unknown
    }
}

/// The judge of one claim.
pub(super) struct Judge<'j, A> {
    pub(super) context: Context<'j>,
    pub(super) line: Line<'j>,
    pub(super) statements: &'j Statements<'j, A>,
    pub(super) scratch: &'j mut Scratch<A>,
}

impl<A: Answers> Judge<'_, A> {
    /// Comes to the verdict and to what can be printed, and adds the outcome to others. What doesn't stand, and who is
    /// silent, is counted in it already.
    pub(super) fn judge(
        &mut self,
        parties: &Parties,
        mut outcome: Outcome,
        outcomes: &mut Outcomes,
    ) -> Outcome {
        (outcome.sides, outcome.by_rows) = (parties.sides, parties.one_each);
        outcome.unattributed = self.statements.narrated.len();
        let meet = self.find_accounts(parties);
        outcome.verdict = self.verdict(meet.as_ref(), parties, &outcome);
        self.conclude(parties, &mut outcome, outcomes);
        outcome
    }

    /// The verdict alone. No account needs to be found for it.
    pub(super) fn verdict_alone(&self, parties: &Parties, outcome: &Outcome) -> Verdict {
        let (statements, weighed) = (self.statements, self.statements.weighed());
        let meet = (!weighed.is_empty()).then(|| A::meet(weighed.iter().map(|row| statements.answers(row))));
        self.verdict(meet.as_ref(), parties, outcome)
    }

    /// What the answers come to that leave this much possible together, if there is any answer.
    fn verdict(&self, meet: Option<&A>, parties: &Parties, outcome: &Outcome) -> Verdict {
        match (meet, parties.count) {
            (None, _) if outcome.withheld > 0 => Verdict::Withheld,
            (None, _) => Verdict::Unaddressed,
            _ if self.statements.attributed.is_empty() => Verdict::Unattributed,
            (Some(meet), _) if meet.is_empty() => Verdict::Disputed,
            (_, 0 | 1) => Verdict::SingleSource,
            (Some(meet), _) if self.agree_on(&self.meet_of_the_known(meet, parties), parties) => {
                Verdict::Agreed
            }
            _ => Verdict::Compatible,
        }
    }

    /// What the answers of known sides leave possible together. Whoever isn't known to be on any side makes nothing of what
    /// they say more exact.
    fn meet_of_the_known(&self, meet: &A, parties: &Parties) -> A {
        if !parties.unknown_speaks {
            return meet.clone();
        }
        let statements = self.statements;
        let is_known = |row: &usize| statements.speakers(*row).iter().any(|speaker| !speaker.is_unknown);
        let known: Vec<&A> =
            statements.attributed.iter().filter(is_known).map(|row| statements.answers(row)).collect();
        A::meet(known.into_iter())
    }

    /// Whether at least two sides state what the answers of known sides have in common.
    fn agree_on(&self, meet: &A, parties: &Parties) -> bool {
        let statements = self.statements;
        let states =
            |row: &usize| statements.rows[*row].stance.takes_value() && statements.states(*row, meet);
        let stating = statements.attributed.iter().filter(states);
        if parties.hears_relays {
            return statements.fewest_sides(&stating.collect::<Vec<_>>()).len() > 1;
        }
        let mut passed = Passed::default();
        let speakers = stating.flat_map(|row| statements.new_speakers(row, 0, &mut passed));
        let mut sides = speakers.filter(|speaker| parties.lists(speaker)).map(|speaker| speaker.side);
        let first = sides.next();
        sides.any(|side| Some(side) != first)
    }

    /// Finds the largest sets of answers that can all be true, those of most sides first. What all leave possible
    /// together is what comes back, if there is any answer.
    fn find_accounts(&mut self, parties: &Parties) -> Option<A> {
        self.group(parties);
        let statements = self.statements;
        let Scratch { groups, group_of, accounts, sweep, marks, line, .. } = &mut *self.scratch;
        accounts.clear();
        line.clear();
        if groups.is_empty() {
            return None;
        }
        let meet = A::meet(groups.iter().map(|group| &group.answers));
        if !meet.is_empty() {
            line.extend(meet.spans());
            accounts.push(FoundAccount { answer: meet.clone(), sides: parties.count, satisfied: u64::MAX });
            return Some(meet);
        }
        let sides_of = || sides_by_group(statements, parties, group_of, groups.len());
        let of_many = OnceCell::new();
        let count_sides = |satisfied: u64| {
            if statements.rows.len() > BITS {
                let of_each: &Vec<GroupSides> = of_many.get_or_init(sides_of);
                marks.forget();
                let sides = bits(satisfied).flat_map(|group| &of_each[group].sides);
                let sides = sides.filter(|side| marks.is_new(**side)).count();
                let hearsay = bits(satisfied).flat_map(|group| &of_each[group].hearsay);
                return count(sides, &speaking_too(hearsay, |relay| marks.has(relay)));
            }
            let rows = rows_of(groups, satisfied);
            if parties.hears_relays {
                let counting = bits(rows)
                    .filter(|row| statements.attributed.has(*row) && parties.counts(&statements.rows[*row]));
                return statements.fewest_sides(&counting.collect::<Vec<_>>()).len();
            }
            if parties.one_each {
                return rows.count_ones() as usize;
            }
            marks.forget();
            let counting = bits(rows).filter(|row| parties.counts(&statements.rows[*row]));
            let speaking = counting.flat_map(|row| statements.speakers(row));
            speaking.filter(|speaker| parties.lists(speaker) && marks.is_new(speaker.side)).count()
        };
        sweep.accounts(groups.iter().map(|group| &group.answers), count_sides, sides_of, accounts, line);
        Some(meet)
    }

    /// Puts equal answers together.
    fn group(&mut self, parties: &Parties) {
        let (statements, weighed) = (self.statements, self.statements.weighed());
        let Scratch { groups, group_of, .. } = &mut *self.scratch;
        groups.clear();
        group_of.clear();
        if statements.rows.len() <= BITS {
            for row in bits(weighed.first_word()) {
                let answers = statements.answers(row);
                let known = groups.iter().position(|group| group.answers == *answers);
                let number = known.unwrap_or(groups.len());
                if known.is_none() {
                    groups.push(Group { answers: answers.clone(), rows: 0 });
                }
                groups[number].rows |= 1 << row;
                if !parties.one_each {
                    group_of.push(index(number));
                }
            }
            return;
        }
        let mut known: FastMap<&A, u32> = FastMap::default();
        for row in weighed.iter() {
            let answers = statements.answers(row);
            group_of.push(*known.entry(answers).or_insert_with(|| {
                groups.push(Group { answers: answers.clone(), rows: 0 });
                index(groups.len() - 1)
            }));
        }
    }

    /// Comes to what can be printed, and adds the outcome.
    fn conclude(&mut self, parties: &Parties, outcome: &mut Outcome, outcomes: &mut Outcomes) {
        let first_account = outcomes.account_count();
        let total = self.scratch.accounts.len();
        for nth in 0..total.min(LISTED) {
            self.list(nth, parties, outcomes);
        }
        outcome.accounts_total = index(total);
        outcome.echoes = if parties.one_each { 0 } else { index(self.echoes().len()) };
        let hull = match outcome.verdict {
            Verdict::Withheld | Verdict::Unaddressed => None,
            Verdict::Disputed => self.conclude_dispute(parties, outcome, outcomes),
            _ if total > 1 => self.common_ground_of_several(outcome, outcomes),
            _ => {
                if let Some(one) = self.scratch.accounts.first() {
                    outcome.common_ground = self.text_of(&one.answer, one.answer.spans(), outcomes);
                }
                None
            }
        };
        self.conclude_printing(parties, hull, outcome, outcomes);
        outcomes.push(*outcome, first_account);
    }

    /// Comes to the kind of a dispute and its common ground. What lies around all its answers comes back.
    fn conclude_dispute(
        &mut self,
        parties: &Parties,
        outcome: &mut Outcome,
        outcomes: &mut Outcomes,
    ) -> Option<Span> {
        let (total, line) = (self.scratch.accounts.len(), self.line);
        let hull = self.common_ground_of_several(outcome, outcomes)?;
        let is_everything = *self.scratch.possible == [line.everything()];
        let kind = if self.is_of_wording() { Dispute::Wording } else { line.dispute() };
        let is_contradictory =
            total == 2 && is_everything && (kind != Dispute::Wording || line.kind == Kind::Text);
        outcome.dispute = Some(if is_contradictory { Dispute::Contradictory } else { kind });
        let all_are_known = !parties.unknown_speaks && !parties.hears_relays;
        outcome.within_one_side = all_are_known.then_some(parties.count == 1);
        outcome.gap = outcomes.add_text(|to| self.write_gap(to));
        if is_everything || (line.is_ordered() && hull == line.everything()) {
            outcome.common_ground = AnswerText::Nothing;
        }
        Some(hull)
    }

    /// Finds the common ground of several accounts: of figures and dates the smallest single span over their answers, of
    /// terms all of their answers. It comes back with what lies around them all.
    fn common_ground_of_several(&mut self, outcome: &mut Outcome, outcomes: &mut Outcomes) -> Option<Span> {
        let Scratch { line, possible, .. } = &mut *self.scratch;
        possible.clear();
        for span in line.iter() {
            match possible.last_mut() {
                Some(last) if last.high.checked_add(1) == Some(span.low) => last.high = span.high,
                _ => possible.push(*span),
            }
        }
        let hull = Span { low: possible.first()?.low, high: possible.last()?.high };
        let common = if self.line.is_ordered() { &[hull][..] } else { &self.scratch.possible };
        outcome.common_ground = self.text_of(&A::of(common), common, outcomes);
        Some(hull)
    }

    /// Lists an account with the speakers whom it satisfies.
    fn list(&mut self, nth: usize, parties: &Parties, outcomes: &mut Outcomes) {
        let statements = self.statements;
        let Statements { rows, attributed, narrated, .. } = *statements;
        let answer = {
            let found = &self.scratch.accounts[nth].answer;
            self.text_of(found, found.spans(), outcomes)
        };
        let Scratch { groups, accounts, marks, rows: satisfied, .. } = &mut *self.scratch;
        let found = &accounts[nth];
        let (sources, sides, count);
        if parties.one_each {
            sources = SpeakerSet::of_rows(rows_of(groups, found.satisfied) & attributed.first_word());
            (sides, count) = (0, index(found.sides));
        } else {
            satisfied.clear();
            let satisfies = |row: &usize| statements.answers(*row).holds(&found.answer);
            satisfied.extend(attributed.iter().filter(satisfies).map(index));
            let satisfied = || satisfied.iter().map(|row| *row as usize);
            marks.forget();
            let mut passed = Passed::default();
            let named = satisfied().flat_map(|row| statements.new_speakers(row, 0, &mut passed));
            let named = named.map(|speaker| speaker.source);
            sources = outcomes.add_speakers(named.filter(|source| marks.is_new(*source)));
            marks.forget();
            let speaking = satisfied().filter(|row| parties.counts(&rows[*row]));
            if parties.hears_relays {
                let speaking: Vec<usize> = speaking.collect();
                sides = index(outcomes.add_speakers(statements.fewest_sides(&speaking)).len());
            } else {
                let speaking = speaking.flat_map(|row| statements.new_speakers(row, 1, &mut passed));
                let speaking =
                    speaking.filter(|speaker| parties.lists(speaker) && marks.is_new(speaker.side));
                sides = index(outcomes.add_speakers(speaking.map(|speaker| speaker.side)).len());
            }
            count = index(satisfied().count());
        }
        // What nobody put their name to is listed where it fits, and narrows nothing.
        let fitting = narrated.iter().filter(|row| statements.answers(*row).overlaps(&found.answer)).count();
        let assertions = count + index(fitting);
        let given = self.scratch.accounts[nth].answer.clone();
        let stated_by = self.stated_by(&given, parties, outcomes);
        outcomes.add_account(Account { answer, sources, sides, stated_by, assertions });
    }

    /// Where the words of answers come from: the earliest that said just them, else words made for these spans.
    #[inline]
    fn text_of(&self, answers: &A, spans: &[Span], outcomes: &mut Outcomes) -> AnswerText {
        let is_plain = self.statements.exceptions.is_empty();
        if let [Span { low, high }] = spans
            && (low, self.line.kind, is_plain) == (high, Kind::Count, true)
            && let Ok(figure) = u32::try_from(*low)
        {
            return AnswerText::Figure(figure); // which needn't be looked up
        }
        match self.said_by(answers) {
            Some(row) => self.words_of_row(row, answers),
            None => self.made(spans, outcomes),
        }
    }

    /// The row that was the first to say just these answers, in words that can be quoted for them.
    fn said_by(&self, answers: &A) -> Option<usize> {
        let statements = self.statements;
        let Statements { rows, attributed, narrated, exceptions, .. } = *statements;
        if exceptions.is_empty() && rows.len() <= BITS {
            // Whoever is weighed is in a group with all others that say the same.
            let same = self.scratch.groups.iter().find(|group| group.answers == *answers);
            let beside = narrated.iter().filter(|row| statements.answers(*row) == answers);
            let beside = beside.fold(0, |all, row| all | 1 << row);
            return self.earliest(bits(same.map_or(0, |group| group.rows) | beside));
        }
        let says_so = |row: &usize| {
            statements.as_said(*row) == answers
                && exceptions.get(*row).is_none_or(|exception| exception.says_so)
        };
        self.earliest(attributed.iter().chain(narrated.iter()).filter(says_so))
    }

    /// The row of some that was said first; in input order, where dates don't tell. Undated words come last.
    fn earliest(&self, mut saying: impl Iterator<Item = usize> + Clone) -> Option<usize> {
        let Statements { rows, exceptions, .. } = *self.statements;
        let first = saying.next()?;
        // Nearly always it was said in the same words: then dates needn't be looked up.
        if exceptions.is_empty() && saying.clone().all(|row| rows[row].value == rows[first].value) {
            return Some(first);
        }
        let order = |row: usize| {
            let date = self.date(row).map(Date::last);
            (date.is_none(), date, rows[row].assertion)
        };
        Some(saying.fold(first, |one, other| if order(other) < order(one) { other } else { one }))
    }

    /// The words of a row that says these answers.
    fn words_of_row(&self, row: usize, answers: &A) -> AnswerText {
        let Statements { rows, exceptions, .. } = *self.statements;
        let row = &rows[row];
        match (self.line.kind, answers.spans()) {
            // A plain value that leaves one span of terms possible is the term that the span begins with.
            (Kind::Term | Kind::Place, [span]) if exceptions.is_empty() && row.stance.takes_value() => {
                let term = self.context.index.taxonomy.beginning_at(span.low);
                term.map_or(AnswerText::Nothing, AnswerText::Term)
            }
            _ if row.stance.takes_value() => AnswerText::Value(row.value),
            _ => AnswerText::Assertion(row.assertion),
        }
    }

    /// Words to be made for some spans; nothing where there is nothing to say.
    fn made(&self, spans: &[Span], outcomes: &mut Outcomes) -> AnswerText {
        match spans {
            [] => AnswerText::Nothing,
            [one] if *one == self.line.everything() => AnswerText::Nothing,
            // What its integers stand for is known only here.
            _ if self.line.kind == Kind::Quantity => {
                let words = self.context.words_for(&self.line.answers(spans));
                words.map_or(AnswerText::Nothing, |words| outcomes.add_words(words))
            }
            [one] => AnswerText::Span(outcomes.add_span(one.low, one.high)),
            several => {
                AnswerText::Union(outcomes.add_union(several.iter().map(|span| (span.low, span.high))))
            }
        }
    }

    /// When a row was said; of a copy, when its origins were.
    fn date(&self, row: usize) -> Option<Date> {
        match self.statements.exceptions.get(row) {
            Some(exception) => exception.date,
            None => self.context.columns().date_of(&self.statements.rows[row]),
        }
    }
}

/// A bit for each row that gives one of some answers, of which there is a bit for each.
fn rows_of<A>(groups: &[Group<A>], answers: u64) -> u64 {
    match answers {
        u64::MAX => u64::MAX,
        some => bits(some).fold(0, |rows, group| rows | groups[group].rows),
    }
}

/// The sides behind each distinct answer.
fn sides_by_group<A: Answers>(
    statements: &Statements<'_, A>,
    parties: &Parties,
    group_of: &[u32],
    groups: usize,
) -> Vec<GroupSides> {
    let mut of_each: Vec<GroupSides> = Vec::new();
    of_each.resize_with(groups, GroupSides::default);
    let mut passed = Passed::default();
    let of_rows = statements.weighed().iter().zip(group_of);
    let counting = of_rows.filter(|(row, _)| parties.counts(&statements.rows[*row]));
    for (row, group) in counting.clone() {
        let speakers = statements.new_speakers(row, *group, &mut passed).iter();
        let speakers = speakers.filter(|speaker| parties.lists(speaker));
        of_each[*group as usize].sides.extend(speakers.map(|speaker| speaker.side));
    }
    if parties.hears_relays {
        let groups: FastMap<&A, u32> =
            counting.clone().map(|(row, group)| (statements.answers(row), *group)).collect();
        let rows: Vec<usize> = counting.map(|(row, _)| row).collect();
        for (answers, hearsay) in statements.speaking(&rows).hearsay {
            if let Some(group) = groups.get(answers) {
                of_each[*group as usize].hearsay.push(hearsay);
            }
        }
    }
    for GroupSides { sides, .. } in &mut of_each {
        sides.sort_unstable();
        sides.dedup();
    }
    of_each
}
