//! The finding on one plain claim: what `src/resolve/judge.rs` comes to, in numbers.

mod standing;

use std::cmp::Ordering;
use std::collections::HashMap;

use super::super::accounts::{self, Given, RANKED};
use super::super::examine::Bench;
use super::super::judge::{LISTED, states_zero};
use super::super::line::DATES;
use super::span::{Span, Step};
use super::{By, Heard, Plain, Row, Voice};
use crate::dossier::columns::index;
use crate::dossier::rows::{BITS, Rows, bits};
use crate::model::assertion::Stance;
use crate::model::claim::Kind;
use crate::model::date::Moment;
use crate::model::interval::Ranges;
use crate::report::{Brief, BriefAccount, Briefs, Dispute, Few, Put, Verdict, Who};
use crate::wording::Digits;
use standing::{Parties, Word};

/// Above so many, comparing each with each takes longer than sorting.
const FEW: usize = 32;

/// Things that were seen, by number; forgetting them all takes no time.
#[derive(Debug, Default)]
struct Marks {
    /// When each was seen last, and as which.
    at: Vec<(u32, u32)>,
    now: u32,
}

impl Marks {
    fn forget(&mut self) {
        self.now = self.now.wrapping_add(1);
        if self.now == 0 {
            self.at.fill((0, 0));
            self.now = 1;
        }
    }

    /// Whether it is seen for the first time.
    fn is_new(&mut self, thing: u32) -> bool {
        self.earlier(thing, 0).is_none()
    }

    /// Whether it was seen.
    fn knows(&self, thing: u32) -> bool {
        self.at[thing as usize].0 == self.now
    }

    /// Notes as which it is seen now, and gives back as which it was seen before.
    fn earlier(&mut self, thing: u32, nth: u32) -> Option<u32> {
        let (then, earlier) = std::mem::replace(&mut self.at[thing as usize], (self.now, nth));
        (then == self.now).then_some(earlier)
    }
}

/// An answer that somebody gave.
#[derive(Clone, Copy, Debug)]
struct Group {
    span: Span,
    /// Of up to 64 rows, a bit for each that is this answer.
    rows: u64,
}

/// A largest set of answers that can all be true.
#[derive(Clone, Copy, Debug)]
struct Found {
    span: Span,
    /// Of up to 64 rows, a bit for each of the set.
    rows: u64,
    /// The same for the distinct answers, of which the first few matter.
    groups: u64,
    sides: usize,
}

impl Found {
    /// How two are ordered: that of more sides is first, and among equals that of the earlier answers.
    fn in_order(&self, other: &Self) -> Ordering {
        let differ = self.groups ^ other.groups;
        let first = differ & differ.wrapping_neg();
        other.sides.cmp(&self.sides).then((other.groups & first).cmp(&(self.groups & first)))
    }
}

/// What is used and forgotten with each claim, so that judging allocates nothing.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    /// What was said on some claims.
    heard: Vec<Heard>,
    /// Whoever speaks jointly on the one that is judged.
    several: Vec<Voice>,
    /// The standing answers to it that somebody put their name to, and those that nobody did.
    attributed: Rows,
    narrated: Rows,
    /// The distinct answers among those that are weighed, in input order, and, where it matters, the answer of each.
    groups: Vec<Group>,
    group_of: Vec<u32>,
    accounts: Vec<Found>,
    marks: Marks,
    /// Whoever answers more than once, and the moments of their words.
    repeated: Vec<u32>,
    words: Vec<Word>,
    lows: Vec<u64>,
    highs: Vec<u64>,
    /// What the accounts leave possible, in the order of the line.
    line: Vec<Span>,
    keys: Vec<u64>,
}

/// Judges claims, the plain ones in numbers.
pub(super) struct Judge<'j> {
    bench: Bench<'j>,
    plain: &'j Plain,
    lists: &'j mut Lists,
    /// The claim's assertions, and where begins what was heard of them.
    rows: &'j [Row],
    from: usize,
}

impl<'j> Judge<'j> {
    pub(super) fn new(bench: Bench<'j>, plain: &'j Plain, lists: &'j mut Lists) -> Self {
        lists.marks.at.resize(plain.voices.len(), (0, 0));
        Self { bench, plain, lists, rows: &[], from: 0 }
    }

    /// Judges some claims, each on some of its assertions, which are in input order.
    ///
    /// What they say and who speaks lies all over two tables. It is read for all claims at once, so that the processor
    /// waits for many places in memory at the same time.
    pub(super) fn judge(
        &mut self,
        claims: impl Iterator<Item = (u32, &'j [Row])> + Clone,
        briefs: &mut Briefs,
    ) {
        self.lists.heard.clear();
        for (_, rows) in claims.clone() {
            self.hear(rows);
        }
        self.from = 0;
        for (claim, rows) in claims {
            self.rows = rows;
            self.judge_one(claim, briefs);
            self.from += rows.len();
        }
    }

    fn hear(&mut self, rows: &[Row]) {
        self.lists.heard.extend(rows.iter().map(|row| self.plain.hear(row)));
    }

    fn judge_one(&mut self, claim: u32, briefs: &mut Briefs) {
        let mut brief = Brief::UNADDRESSED;
        if let Some(kind) = self.plain.kinds[claim as usize] {
            if self.take_one_each(&mut brief) {
                return self.weigh(kind, &self.one_each(), brief, briefs);
            }
            brief = Brief::UNADDRESSED;
            if self.take_standing(kind, &mut brief) {
                let parties = self.parties(briefs);
                return self.weigh(kind, &parties, brief, briefs);
            }
        }
        let assertions: Vec<u32> = self.rows.iter().map(|row| row.assertion).collect();
        briefs.push_found(&self.bench.examine(claim, &assertions));
    }

    fn weigh(&mut self, kind: Kind, parties: &Parties, mut brief: Brief, briefs: &mut Briefs) {
        (brief.sides, brief.by_rows) = (parties.sides, parties.one_each);
        brief.verdict = self.find_accounts(parties, &brief);
        self.conclude(kind, parties, brief, briefs);
    }

    /// The verdict on a claim, for which no account needs to be found. Nothing, where the claim isn't plain.
    pub(super) fn verdict_on(&mut self, claim: u32, rows: &'j [Row]) -> Option<Verdict> {
        self.lists.heard.clear();
        self.hear(rows);
        (self.rows, self.from) = (rows, 0);
        let (kind, mut brief) = (self.plain.kinds[claim as usize]?, Brief::UNADDRESSED);
        let parties = if self.take_one_each(&mut brief) {
            self.one_each()
        } else {
            brief = Brief::UNADDRESSED;
            if !self.take_standing(kind, &mut brief) {
                return None;
            }
            self.parties(&mut Briefs::default())
        };
        let (weighed, heard) = (self.weighed(), self.heard());
        let meet = Span::meet(weighed.iter().map(|at| heard[at].span));
        Some(self.verdict((!weighed.is_empty()).then_some(meet), &parties, &brief))
    }

    /// What the answers come to that leave this much possible together, if there is any.
    fn verdict(&self, meet: Option<Span>, parties: &Parties, brief: &Brief) -> Verdict {
        match (meet, parties.count) {
            (None, _) if brief.withheld > 0 => Verdict::Withheld,
            (None, _) => Verdict::Unaddressed,
            _ if self.lists.attributed.is_empty() => Verdict::Unattributed,
            (Some(meet), _) if !meet.is_plain() => Verdict::Disputed,
            (_, 0 | 1) => Verdict::SingleSource,
            (Some(meet), _) if self.agree_on(meet, parties) => Verdict::Agreed,
            _ => Verdict::Compatible,
        }
    }

    fn weighed(&self) -> &Rows {
        if self.lists.attributed.is_empty() { &self.lists.narrated } else { &self.lists.attributed }
    }

    /// What was heard on the claim that is judged.
    fn heard(&self) -> &[Heard] {
        &self.lists.heard[self.from..][..self.rows.len()]
    }

    fn voices(&self, at: usize) -> &[Voice] {
        self.heard()[at].by.voices(&self.lists.several)
    }

    /// Finds the largest sets of answers that can all be true, those of most sides first, and the verdict.
    fn find_accounts(&mut self, parties: &Parties, brief: &Brief) -> Verdict {
        self.group(parties);
        self.lists.accounts.clear();
        let meet = Span::meet(self.lists.groups.iter().map(|group| group.span));
        let meet = (!self.lists.groups.is_empty()).then_some(meet);
        match meet {
            None => {}
            Some(span) if span.is_plain() => {
                self.lists.accounts.push(Found {
                    span,
                    rows: u64::MAX,
                    groups: u64::MAX,
                    sides: parties.count,
                });
            }
            _ if self.rows.len() <= BITS => self.sweep(parties),
            _ => self.sweep_many(parties),
        }
        self.verdict(meet, parties, brief)
    }

    /// Puts equal answers together.
    fn group(&mut self, parties: &Parties) {
        let Lists { heard, attributed, narrated, groups, group_of, .. } = &mut *self.lists;
        let heard = &heard[self.from..][..self.rows.len()];
        let weighed = if attributed.is_empty() { &*narrated } else { &*attributed };
        groups.clear();
        group_of.clear();
        if self.rows.len() <= BITS {
            for at in bits(weighed.few()) {
                let span = heard[at].span;
                let known = groups.iter().position(|group| group.span == span);
                let number = known.unwrap_or(groups.len());
                if known.is_none() {
                    groups.push(Group { span, rows: 0 });
                }
                groups[number].rows |= 1 << at;
                if !parties.one_each {
                    group_of.push(index(number));
                }
            }
            return;
        }
        let mut known: HashMap<(u64, u64), u32, foldhash::fast::FixedState> = HashMap::default();
        for span in weighed.iter().map(|at| heard[at].span) {
            let group = *known.entry((span.low, span.high)).or_insert_with(|| {
                groups.push(Group { span, rows: 0 });
                index(groups.len() - 1)
            });
            group_of.push(group);
        }
    }

    /// Sweeps over the ends of a few answers that can't all be true.
    fn sweep(&mut self, parties: &Parties) {
        let Lists { heard, several, groups, lows, highs, line, accounts, marks, .. } = &mut *self.lists;
        let (all, heard) = (self.rows, &heard[self.from..]);
        let mut sides_of = |rows: u64| {
            if parties.one_each {
                return rows.count_ones() as usize;
            }
            marks.forget();
            let counting = bits(rows).filter(|at| parties.counts(&all[*at]));
            let speaking =
                counting.flat_map(|at| heard[at].by.voices(several)).filter(|voice| parties.lists(voice));
            speaking.filter(|voice| marks.is_new(voice.side)).count()
        };
        line.clear();
        // Figures and terms that differ can't both be true: each is an account.
        if groups.iter().all(|group| group.span.low == group.span.high) {
            line.extend(groups.iter().map(|group| group.span));
            line.sort_unstable_by_key(|span| span.low);
            for (number, Group { span, rows }) in groups.iter().enumerate() {
                accounts.push(Found {
                    span: *span,
                    rows: *rows,
                    groups: 1 << number,
                    sides: sides_of(*rows),
                });
            }
        } else {
            lows.clear();
            lows.extend(groups.iter().map(|group| group.span.low));
            lows.sort_unstable();
            highs.clear();
            highs.extend(groups.iter().map(|group| group.span.high));
            highs.sort_unstable();
            // Where an answer ends that another began in, no more can be added: those two ends are an account's.
            let mut low = 0;
            for end in highs {
                let begun = low;
                while low < lows.len() && lows[low] <= *end {
                    low += 1;
                }
                if low == begun {
                    continue;
                }
                let span = Span { low: lows[low - 1], high: *end };
                let (mut rows, mut satisfied) = (0, 0);
                for (number, group) in groups.iter().enumerate() {
                    // Whether an answer is satisfied can't be foreseen: so nothing is to hang on it.
                    let holds = u64::from(group.span.holds(span));
                    rows |= group.rows & holds.wrapping_neg();
                    satisfied |= holds << number;
                }
                line.push(span);
                let groups = if groups.len() > RANKED { first_few(satisfied) } else { satisfied };
                accounts.push(Found { span, rows, groups, sides: sides_of(rows) });
            }
        }
        // Where they are equal, in the order of the line.
        accounts.sort_by(Found::in_order);
    }

    /// The same for many answers, which is worth the general sweep's keeping count.
    fn sweep_many(&mut self, parties: &Parties) {
        let sets: Vec<Ranges<u64>> = self.lists.groups.iter().map(|group| group.span.set()).collect();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let counting =
            self.weighed().iter().zip(&self.lists.group_of).filter(|(at, _)| parties.counts(&self.rows[*at]));
        for (at, group) in counting {
            let voices = self.voices(at).iter().filter(|voice| parties.lists(voice));
            pairs.extend(voices.map(|voice| (*group, voice.side)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let sides: Vec<u32> = pairs.iter().map(|(_, side)| *side).collect();
        let mut from = 0;
        let of_group = |(answers, group)| {
            let to = from + pairs[from..].partition_point(|(other, _)| *other <= group);
            let given = Given { answers, sides: &sides[from..to] };
            from = to;
            given
        };
        let given: Vec<Given<'_, u64>> = sets.iter().zip(0..).map(of_group).collect();
        let found = accounts::accounts(&given);
        let Lists { accounts, line, .. } = &mut *self.lists;
        accounts.extend(found.iter().map(|answer| Found {
            span: Span::of(answer),
            rows: 0,
            groups: 0,
            sides: 0,
        }));
        line.clear();
        line.extend(accounts.iter().map(|found| found.span));
        line.sort_unstable_by_key(|span| span.low);
    }

    /// Comes to what can be printed, and adds the finding.
    fn conclude(&mut self, kind: Kind, parties: &Parties, mut brief: Brief, briefs: &mut Briefs) {
        let from = briefs.accounts_so_far();
        let Some(first) = self.lists.accounts.first().copied() else {
            briefs.push(brief, from);
            return;
        };
        let total = self.lists.accounts.len();
        for at in 0..total.min(LISTED) {
            self.list(kind, self.lists.accounts[at], parties, briefs);
        }
        brief.accounts_total = index(total);
        brief.echoes = if parties.one_each { 0 } else { self.echoes() };
        if total == 1 {
            brief.common_ground = self.put(kind, first.span, briefs);
            if brief.verdict != Verdict::Unattributed {
                brief.safe_wording = brief.common_ground;
            }
            if brief.verdict == Verdict::SingleSource {
                brief.credit = self.credit(first.span, parties, briefs);
            }
            briefs.push(brief, from);
            return;
        }
        // Accounts of plain answers don't overlap: in the order of the line their ends are in order too.
        let line = &self.lists.line;
        let hull = Span { low: line[0].low, high: line[total - 1].high };
        let is_ordered = matches!(kind, Kind::Count | Kind::Date);
        let is_gapless = line.windows(2).all(|two| two[0].high + 1 == two[1].low);
        let everything = if kind == Kind::YesNo { Span { low: 0, high: 1 } } else { Span::EVERYTHING };
        // What lies between two accounts is common ground of figures and dates only.
        let stretch;
        if is_ordered || is_gapless {
            stretch = briefs.stretch(hull.low, hull.high);
            brief.common_ground = self.said(kind, hull).unwrap_or(Put::Stretch(stretch));
        } else {
            let stretches = line.iter().map(|span| briefs.stretch(span.low, span.high));
            stretch = stretches.fold(u32::MAX, u32::min);
            brief.common_ground = Put::Union(stretch);
        }
        if brief.verdict == Verdict::Disputed {
            brief.dispute = Some(match total {
                2 if is_gapless && hull == everything => Dispute::Contradictory,
                _ if kind == Kind::Text => Dispute::Wording,
                _ => Dispute::Contrary,
            });
            brief.within_one_side = (!parties.unknown_speaks).then_some(parties.count == 1);
            brief.spread = self.spread(kind, parties, briefs);
            if hull == everything && (is_ordered || is_gapless) {
                brief.common_ground = Put::Nothing;
            }
            brief.safe_wording = self.safe(kind, hull, stretch);
        }
        briefs.push(brief, from);
    }

    /// Lists an account with whomever it satisfies.
    fn list(&mut self, kind: Kind, found: Found, parties: &Parties, briefs: &mut Briefs) {
        let answer = self.put(kind, found.span, briefs);
        let Lists { heard, several, attributed, narrated, marks, keys, .. } = &mut *self.lists;
        let (rows, heard) = (self.rows, &heard[self.from..][..self.rows.len()]);
        let (sources, sides, count);
        if parties.one_each {
            let satisfied = found.rows & attributed.few();
            (sources, sides, count) = (Who::of_rows(satisfied), 0, index(found.sides));
        } else {
            keys.clear();
            keys.extend(attributed.iter().filter(|at| heard[*at].span.holds(found.span)).map(|at| at as u64));
            let satisfied = || keys.iter().map(|at| *at as usize);
            marks.forget();
            let named = satisfied().flat_map(|at| heard[at].by.voices(several));
            sources = briefs.who(named.filter(|voice| marks.is_new(voice.source)).map(|voice| voice.source));
            marks.forget();
            let speaking = satisfied().filter(|at| parties.counts(&rows[*at]));
            let speaking = speaking.flat_map(|at| heard[at].by.voices(several));
            let speaking = speaking.filter(|voice| parties.lists(voice) && marks.is_new(voice.side));
            sides = index(briefs.who(speaking.map(|voice| voice.side)).len());
            count = index(keys.len());
        }
        let fitting = narrated.iter().filter(|at| heard[*at].span.overlaps(found.span)).count();
        briefs.account(BriefAccount { answer, sources, sides, assertions: count + index(fitting) });
    }

    /// How to put a stretch: in the earliest words that said just that, else in words made for it.
    fn put(&self, kind: Kind, span: Span, briefs: &mut Briefs) -> Put {
        // By said a figure needn't be looked up.
        match u32::try_from(span.low) {
            Ok(figure) if kind == Kind::Count && span.low == span.high => Put::Figure(figure),
            _ => self.said(kind, span).unwrap_or_else(|| Put::Stretch(briefs.stretch(span.low, span.high))),
        }
    }

    /// The earliest words that said just this stretch, if somebody did.
    fn said(&self, kind: Kind, span: Span) -> Option<Put> {
        let Lists { groups, attributed, narrated, .. } = &*self.lists;
        let (heard, is_beside) = (self.heard(), !attributed.is_empty());
        let beside = narrated.iter().filter(|at| is_beside && heard[*at].span == span);
        if self.rows.len() <= BITS {
            let same = groups.iter().find(|group| group.span == span).map_or(0, |group| group.rows);
            self.earliest(kind, span, bits(same).chain(beside))
        } else {
            self.earliest(
                kind,
                span,
                self.weighed().iter().filter(|at| heard[*at].span == span).chain(beside),
            )
        }
    }

    /// The earliest words among those of some rows that say the same.
    fn earliest(&self, kind: Kind, span: Span, mut same: impl Iterator<Item = usize> + Clone) -> Option<Put> {
        let first = same.next()?;
        if matches!(kind, Kind::Term | Kind::Place) && span != Span::EVERYTHING {
            return Some(self.bench.ground.taxonomy.beginning_at(span.low).map_or(Put::Nothing, Put::Term));
        }
        // Nearly always it was said in the same words: then dates needn't be looked up.
        let value = self.rows[first].value;
        let earliest = match same.clone().all(|at| self.rows[at].value == value) {
            true => first,
            false => {
                same.fold(first, |one, other| if self.order(other) < self.order(one) { other } else { one })
            }
        };
        let earliest = &self.rows[earliest];
        Some(if earliest.stance.takes_value() {
            Put::Value(earliest.value)
        } else {
            Put::Of(earliest.assertion)
        })
    }

    /// The order in which words are the earliest.
    fn order(&self, at: usize) -> (i64, u32) {
        let said = &self.rows[at];
        let date = self.bench.columns().date_of(said);
        (date.map_or(i64::MAX, |date| date.last().microseconds()), said.assertion)
    }

    /// Whether at least two sides state what everybody's answers have in common.
    fn agree_on(&self, meet: Span, parties: &Parties) -> bool {
        let (rows, heard) = (self.rows, self.heard());
        let stating = self
            .lists
            .attributed
            .iter()
            .filter(|at| rows[*at].stance.takes_value() && heard[*at].span == meet);
        let voices = stating.flat_map(|at| self.voices(at));
        let mut sides = voices.filter(|voice| parties.lists(voice)).map(|voice| voice.side);
        let first = sides.next();
        sides.any(|side| Some(side) != first)
    }

    /// The largest less the smallest end of the accounts' answers that somebody stated; those ends are in order.
    fn spread(&self, kind: Kind, parties: &Parties, briefs: &mut Briefs) -> Few {
        if !matches!(kind, Kind::Count | Kind::Date) {
            return Few::default();
        }
        let Lists { attributed, line, .. } = &*self.lists;
        let (columns, heard) = (self.bench.columns(), self.heard());
        // A count's zero is stated by whoever names it, and not by "at most 10".
        let states = |at: usize, end: u64| {
            let (row, span) = (&self.rows[at], heard[at].span);
            row.stance == Stance::Affirms
                && (span.low == end || span.high == end)
                && (kind != Kind::Count
                    || end > 0
                    || columns
                        .values
                        .get(row.value as usize)
                        .is_some_and(|value| states_zero(&value.content)))
        };
        let is_end = |end: u64| end != u64::MAX && (end > 0 || kind == Kind::Count);
        // Every end of an account is one of an answer's: so where all answers were affirmed, all but zero are stated.
        let is_stated = |end: &u64| {
            is_end(*end) && ((parties.one_each && *end > 0) || attributed.iter().any(|at| states(at, *end)))
        };
        let ends = || line.iter().flat_map(|span| [span.low, span.high]);
        let (Some(least), Some(most)) = (ends().find(is_stated), ends().rev().find(is_stated)) else {
            return Few::default();
        };
        if least >= most {
            return Few::default();
        }
        briefs.text(|texts| match (kind, DATES.difference) {
            (Kind::Date, Some(difference)) => {
                texts.push_str(&difference(Moment::at(most), Moment::at(least)))
            }
            _ => texts.push_str(Digits::of(most - least).as_str()),
        })
    }

    /// What can be printed when everything within this stretch is disputed.
    fn safe(&self, kind: Kind, hull: Span, stretch: u32) -> Put {
        let put = |span, made| self.said(kind, span).unwrap_or(made);
        match kind {
            Kind::Count if hull.low > 0 => put(Span { high: u64::MAX, ..hull }, Put::From(stretch)),
            Kind::Count | Kind::Date if hull != Span::EVERYTHING => put(hull, Put::Stretch(stretch)),
            Kind::Term | Kind::Place => {
                self.bench.ground.taxonomy.nearest_broader(&hull.set()).map_or(Put::Nothing, Put::Term)
            }
            _ => Put::Nothing,
        }
    }

    /// Whom to name for what one side says: those who state it, else all who speak.
    fn credit(&mut self, answer: Span, parties: &Parties, briefs: &mut Briefs) -> Who {
        let Lists { heard, several, attributed, marks, .. } = &mut *self.lists;
        let heard = &heard[self.from..];
        let states = attributed.iter().any(|at| heard[at].span == answer);
        let naming = attributed.iter().filter(|at| !states || heard[*at].span == answer);
        if parties.one_each {
            return Who::of_rows(naming.fold(0, |all, at| all | 1 << at));
        }
        marks.forget();
        let naming =
            naming.flat_map(|at| heard[at].by.voices(several)).filter(|voice| marks.is_new(voice.source));
        briefs.who(naming.map(|voice| voice.source))
    }

    /// How many answers repeat what all their sources say in another one, of which the earliest counts.
    fn echoes(&mut self) -> u32 {
        let Lists { heard, attributed, group_of, keys, repeated, .. } = &mut *self.lists;
        if repeated.is_empty() {
            return 0;
        }
        let heard = &heard[self.from..];
        if attributed.iter().all(|at| matches!(heard[at].by, By::One(_))) {
            // All but one of each source's that are the same.
            let sources = attributed.iter().map(|at| heard[at].by.one().0);
            keys.clear();
            keys.extend(
                sources.zip(&*group_of).map(|(source, group)| u64::from(*group) << 32 | u64::from(source)),
            );
            keys.sort_unstable();
            keys.dedup();
            return attributed.len() - index(keys.len());
        }
        let mut marks = std::mem::take(&mut self.lists.marks);
        let (attributed, heard) = (&self.lists.attributed, self.heard());
        // Very many may speak jointly: so each list is gone over once, and not once for each of the other.
        let mut is_among = |few: &[Voice], many: &[Voice]| {
            marks.forget();
            many.iter().for_each(|voice| _ = marks.is_new(voice.source));
            few.iter().all(|voice| marks.knows(voice.source))
        };
        let is_echo = |at: &usize| {
            attributed.iter().any(|other| {
                let (own, others) = (self.voices(*at), self.voices(other));
                heard[other].span == heard[*at].span
                    && (others.len() > own.len()
                        || (others.len() == own.len() && self.order(other) < self.order(*at)))
                    && is_among(own, others)
            })
        };
        let echoes = index(attributed.iter().filter(is_echo).count());
        self.lists.marks = marks;
        echoes
    }
}

/// The first few numbers of a set, by which sets are ordered.
fn first_few(mut of: u64) -> u64 {
    while of.count_ones() as usize > RANKED {
        of &= !(1 << (63 - of.leading_zeros()));
    }
    of
}
