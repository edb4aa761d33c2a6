//! The finding on one plain claim: what `src/resolve/judge.rs` comes to, in numbers.

mod standing;

use std::collections::HashMap;

use super::super::accounts::{self, Given};
use super::super::examine::Bench;
use super::super::judge::{LISTED, states_zero};
use super::super::line::DATES;
use super::span::{Span, Step};
use super::{Heard, Plain, Row, Voice};
use crate::dossier::columns::index;
use crate::model::assertion::Stance;
use crate::model::claim::Kind;
use crate::model::date::Moment;
use crate::model::interval::Ranges;
use crate::report::{Brief, BriefAccount, Briefs, Dispute, Few, Put, Verdict};
use crate::wording::Digits;
use standing::{Parties, Word};

/// A standing answer, in numbers.
#[derive(Clone, Copy, Debug)]
struct Answer {
    span: Span,
    /// Which of the claim's assertions it is.
    row: u32,
    value: u32,
    /// Who speaks: a stretch of the voices.
    from: u32,
    to: u32,
    stance: Stance,
}

impl Answer {
    fn voices<'v>(&self, voices: &'v [Voice]) -> &'v [Voice] {
        &voices[self.from as usize..self.to as usize]
    }
}

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
    /// Of up to 64 answers, a bit for each that is this one.
    rows: u64,
}

/// A largest set of answers that can all be true.
#[derive(Clone, Copy, Debug)]
struct Found {
    span: Span,
    /// Of up to 64 answers, a bit for each of the set.
    rows: u64,
}

/// What is used and forgotten with each claim, so that judging allocates nothing.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    /// What was said on some claims.
    heard: Vec<Heard>,
    voices: Vec<Voice>,
    /// The standing answers to one claim that somebody put their name to, and those that nobody did.
    attributed: Vec<Answer>,
    narrated: Vec<Answer>,
    /// The distinct answers among those that are weighed, in input order, and the answer of each.
    groups: Vec<Group>,
    group_of: Vec<u32>,
    accounts: Vec<Found>,
    marks: Marks,
    /// Whoever answers more than once, and the moments of their words.
    repeated: Vec<u32>,
    words: Vec<Word>,
    lows: Vec<u64>,
    highs: Vec<u64>,
    ranks: Vec<(usize, u64, Found)>,
    keys: Vec<u64>,
}

const RANKED: u32 = accounts::RANKED as u32;

/// So many answers have a bit each.
const BITS: usize = 64;

/// Judges claims, the plain ones in numbers.
pub(super) struct Judge<'j> {
    bench: Bench<'j>,
    plain: &'j Plain,
    lists: &'j mut Lists,
    /// What was said on the claim that is judged.
    rows: &'j [Row],
}

impl<'j> Judge<'j> {
    pub(super) fn new(bench: Bench<'j>, plain: &'j Plain, lists: &'j mut Lists) -> Self {
        lists.marks.at.resize(plain.voices.len(), (0, 0));
        Self { bench, plain, lists, rows: &[] }
    }

    /// Judges some claims, each on some of its assertions, which are in input order.
    ///
    /// What they say and who speaks lies all over two tables. It is read for all claims at once, so that the processor
    /// waits for many places in memory at the same time.
    pub(super) fn judge(&mut self, claims: impl Iterator<Item = (u32, &'j [Row])> + Clone, briefs: &mut Briefs) {
        let mut heard = std::mem::take(&mut self.lists.heard);
        heard.clear();
        for (_, rows) in claims.clone() {
            heard.extend(rows.iter().map(|row| self.plain.hear(row)));
        }
        let mut left = heard.as_slice();
        for (claim, rows) in claims {
            let (own, others) = left.split_at(rows.len());
            left = others;
            self.rows = rows;
            self.judge_one(claim, own, briefs);
        }
        self.lists.heard = heard;
    }

    fn judge_one(&mut self, claim: u32, heard: &[Heard], briefs: &mut Briefs) {
        let mut brief = Brief::UNADDRESSED;
        let standing = self.plain.kinds[claim as usize].and_then(|kind| self.take_standing(kind, heard, &mut brief));
        let Some((kind, one_each)) = standing else {
            let assertions: Vec<u32> = self.rows.iter().map(|row| row.assertion).collect();
            briefs.push(&self.bench.examine(claim, &assertions));
            return;
        };
        let parties = if one_each { self.one_each(briefs) } else { self.parties(briefs) };
        brief.sides = parties.sides;
        self.find_accounts(&parties);
        self.conclude(claim, kind, &parties, brief, briefs);
    }

    fn weighed(&self) -> &[Answer] {
        if self.lists.attributed.is_empty() { &self.lists.narrated } else { &self.lists.attributed }
    }

    /// Finds the largest sets of answers that can all be true, those of most sides first.
    fn find_accounts(&mut self, parties: &Parties) {
        self.group();
        self.lists.accounts.clear();
        let Some(first) = self.lists.groups.first() else { return };
        let meet = self.lists.groups.iter().fold(first.span, |meet, group| Span {
            low: meet.low.max(group.span.low),
            high: meet.high.min(group.span.high),
        });
        if meet.is_plain() {
            self.lists.accounts.push(Found { span: meet, rows: u64::MAX });
        } else if self.lists.group_of.len() <= BITS {
            self.sweep(parties);
        } else {
            self.sweep_many(parties);
        }
    }

    /// Puts equal answers together.
    fn group(&mut self) {
        let Lists { attributed, narrated, groups, group_of, .. } = &mut *self.lists;
        let weighed = if attributed.is_empty() { &*narrated } else { &*attributed };
        groups.clear();
        group_of.clear();
        if weighed.len() <= BITS {
            for (at, row) in weighed.iter().enumerate() {
                match groups.iter_mut().zip(0..).find(|(group, _)| group.span == row.span) {
                    Some((group, number)) => {
                        group.rows |= 1 << at;
                        group_of.push(number);
                    }
                    None => {
                        group_of.push(index(groups.len()));
                        groups.push(Group { span: row.span, rows: 1 << at });
                    }
                }
            }
            return;
        }
        let mut known: HashMap<(u64, u64), u32, foldhash::fast::FixedState> = HashMap::default();
        for row in weighed {
            let group = *known.entry((row.span.low, row.span.high)).or_insert_with(|| {
                groups.push(Group { span: row.span, rows: 0 });
                index(groups.len() - 1)
            });
            group_of.push(group);
        }
    }

    /// Sweeps over the ends of a few answers that can't all be true.
    fn sweep(&mut self, parties: &Parties) {
        let Lists { attributed, narrated, groups, lows, highs, accounts, ranks, marks, voices, .. } = &mut *self.lists;
        let weighed = if attributed.is_empty() { narrated } else { attributed };
        let mut sides_of = |rows: u64| {
            if parties.one_each {
                return rows.count_ones() as usize;
            }
            marks.forget();
            let counting = bits(rows).map(|at| &weighed[at]).filter(|row| parties.counts(row));
            let speaking = counting.flat_map(|row| row.voices(voices)).filter(|voice| parties.lists(voice));
            speaking.filter(|voice| marks.is_new(voice.side)).count()
        };
        lows.clear();
        lows.extend(groups.iter().map(|group| group.span.low));
        lows.sort_unstable();
        ranks.clear();
        // Figures and terms that differ can't both be true: each is an account.
        if groups.iter().all(|group| group.span.low == group.span.high) {
            ranks.extend(groups.iter().enumerate().map(|(number, group)| {
                let found = Found { span: group.span, rows: group.rows };
                (usize::MAX - sides_of(group.rows), in_order(1 << number), found)
            }));
            highs.clone_from(lows);
        } else {
            highs.clear();
            highs.extend(groups.iter().map(|group| group.span.high));
            highs.sort_unstable();
            // Where an answer ends that another began in, no more can be added: those two ends are an account's.
            let (mut low, mut high) = (0, 0);
            while low < lows.len() {
                let begun = low;
                while low < lows.len() && lows[low] <= highs[high] {
                    low += 1;
                }
                if low > begun {
                    let mut found = Found { span: Span { low: lows[low - 1], high: highs[high] }, rows: 0 };
                    let mut satisfied = 0;
                    for (number, group) in groups.iter().enumerate() {
                        // Whether an answer is satisfied can't be foreseen: so nothing is to hang on it.
                        let holds = u64::from(group.span.holds(found.span));
                        found.rows |= group.rows & holds.wrapping_neg();
                        satisfied |= holds << number;
                    }
                    ranks.push((usize::MAX - sides_of(found.rows), in_order(satisfied), found));
                }
                high += 1;
            }
            lows.clear();
            lows.extend(ranks.iter().map(|(_, _, found)| found.span.low));
            highs.clear();
            highs.extend(ranks.iter().map(|(_, _, found)| found.span.high));
        }
        // Where they are equal, in the order of the line.
        ranks.sort_by_key(|(sides, first, _)| (*sides, *first));
        accounts.extend(ranks.iter().map(|(_, _, found)| *found));
    }

    /// The same for many answers, which is worth the general sweep's keeping count.
    fn sweep_many(&mut self, parties: &Parties) {
        let sets: Vec<Ranges<u64>> = self.lists.groups.iter().map(|group| group.span.set()).collect();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for (row, group) in self.weighed().iter().zip(&self.lists.group_of).filter(|(row, _)| parties.counts(row)) {
            let voices = row.voices(&self.lists.voices).iter().filter(|voice| parties.lists(voice));
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
        let Lists { accounts, lows, highs, .. } = &mut *self.lists;
        accounts.extend(found.iter().map(|answer| Found { span: Span::of(answer), rows: 0 }));
        lows.clear();
        lows.extend(accounts.iter().map(|found| found.span.low));
        lows.sort_unstable();
        highs.clear();
        highs.extend(accounts.iter().map(|found| found.span.high));
        highs.sort_unstable();
    }

    /// Comes to the verdict and to what can be printed, and adds the finding.
    fn conclude(&mut self, claim: u32, kind: Kind, parties: &Parties, mut brief: Brief, briefs: &mut Briefs) {
        let Some(first) = self.lists.accounts.first().copied() else {
            brief.verdict = if brief.withheld > 0 { Verdict::Withheld } else { Verdict::Unaddressed };
            briefs.briefs.push(brief);
            return;
        };
        let total = self.lists.accounts.len();
        let from = briefs.accounts_so_far();
        for at in 0..total.min(LISTED) {
            self.list(kind, self.lists.accounts[at], parties, briefs);
        }
        brief.accounts = briefs.accounts_since(from);
        brief.accounts_total = index(total);
        let sides = parties.sides.len();
        brief.verdict = match sides {
            _ if self.lists.attributed.is_empty() => Verdict::Unattributed,
            _ if total > 1 => Verdict::Disputed,
            0 | 1 => Verdict::SingleSource,
            _ if self.agree_on(first.span, parties) => Verdict::Agreed,
            _ => Verdict::Compatible,
        };
        brief.echoes = if parties.one_each { 0 } else { self.echoes() };
        if total == 1 {
            brief.common_ground = self.put(kind, first.span, Put::Stretch);
            if brief.verdict != Verdict::Unattributed {
                brief.safe_wording = brief.common_ground;
            }
            if brief.verdict == Verdict::SingleSource {
                brief.credit = self.credit(first.span, briefs);
            }
            briefs.briefs.push(brief);
            return;
        }
        // Accounts of plain answers don't overlap: in the order of the line their ends are in order too.
        let Lists { lows, highs, .. } = &*self.lists;
        let hull = Span { low: lows[0], high: highs[total - 1] };
        let is_ordered = matches!(kind, Kind::Count | Kind::Date);
        let is_gapless = highs.iter().zip(&lows[1..]).all(|(high, next)| high + 1 == *next);
        let everything = if kind == Kind::YesNo { Span { low: 0, high: 1 } } else { Span::EVERYTHING };
        // What lies between two accounts is common ground of figures and dates only.
        brief.common_ground = match is_ordered || is_gapless {
            true => {
                let made = self.made(claim, hull, Put::Stretch, briefs);
                self.put(kind, hull, made)
            }
            false if total <= LISTED => Put::Union,
            false => {
                let stretches = self.lists.accounts.iter().map(|found| (found.span.low, found.span.high));
                let words = self.bench.say_stretches(claim, stretches);
                words.map_or(Put::Nothing, |words| briefs.words(words))
            }
        };
        if brief.verdict == Verdict::Disputed {
            brief.dispute = Some(match total {
                2 if is_gapless && hull == everything => Dispute::Contradictory,
                _ if kind == Kind::Text => Dispute::Wording,
                _ => Dispute::Contrary,
            });
            brief.within_one_side = (!parties.unknown_speaks).then_some(sides == 1);
            brief.spread = self.spread(kind, briefs);
            if hull == everything && (is_ordered || is_gapless) {
                brief.common_ground = Put::Nothing;
            }
            brief.safe_wording = self.safe(claim, kind, hull, briefs);
        }
        briefs.briefs.push(brief);
    }

    /// Lists an account with whomever it satisfies.
    fn list(&mut self, kind: Kind, found: Found, parties: &Parties, briefs: &mut Briefs) {
        let answer = self.put(kind, found.span, Put::Stretch);
        let Lists { attributed, narrated, voices, marks, keys, .. } = &mut *self.lists;
        // By number: of few there are bits, of many each is looked at.
        let among = if attributed.len() >= BITS { u64::MAX } else { (1 << attributed.len()) - 1 };
        let satisfied = found.rows & among;
        let (sides, sources, count);
        if parties.one_each {
            let speaking = || bits(satisfied).map(|at| &voices[at]);
            // Most sources are a side of their own.
            let mut are_sides = true;
            sources = briefs.who(speaking().map(|voice| {
                are_sides &= voice.side == voice.source;
                voice.source
            }));
            sides = if are_sides { sources } else { briefs.who(speaking().map(|voice| voice.side)) };
            count = satisfied.count_ones();
        } else {
            keys.clear();
            if attributed.len() <= BITS {
                keys.extend(bits(satisfied).map(|at| at as u64));
            } else {
                let holding = attributed.iter().zip(0..).filter(|(row, _)| row.span.holds(found.span));
                keys.extend(holding.map(|(_, at)| at));
            }
            let satisfied = || keys.iter().map(|at| &attributed[*at as usize]);
            marks.forget();
            let speaking = satisfied().filter(|row| parties.counts(row)).flat_map(|row| row.voices(voices));
            let speaking = speaking.filter(|voice| parties.lists(voice) && marks.is_new(voice.side));
            sides = briefs.who(speaking.map(|voice| voice.side));
            marks.forget();
            let named = satisfied().flat_map(|row| row.voices(voices)).filter(|voice| marks.is_new(voice.source));
            sources = briefs.who(named.map(|voice| voice.source));
            count = index(keys.len());
        }
        let fitting = narrated.iter().filter(|row| row.span.overlaps(found.span)).count();
        let (low, high) = (found.span.low, found.span.high);
        briefs.account(BriefAccount { answer, low, high, sides, sources, assertions: count + index(fitting) });
    }

    /// Words for a stretch that all accounts together make: made now, where not all of them are listed.
    fn made(&self, claim: u32, span: Span, later: Put, briefs: &mut Briefs) -> Put {
        if self.lists.accounts.len() <= LISTED {
            return later;
        }
        let words = self.bench.say_stretches(claim, [(span.low, span.high)]);
        words.map_or(Put::Nothing, |words| briefs.words(words))
    }

    /// How to put a stretch: in the earliest words that said just that, else as it is said here.
    fn put(&self, kind: Kind, span: Span, made: Put) -> Put {
        // Who said it in those words needn't be looked up.
        if kind == Kind::Count && span.low == span.high {
            return made;
        }
        let Lists { attributed, narrated, .. } = &*self.lists;
        let beside = if attributed.is_empty() { &[] } else { &**narrated };
        let mut same = self.weighed().iter().chain(beside).filter(|row| row.span == span);
        let Some(first) = same.next() else { return made };
        if matches!(kind, Kind::Term | Kind::Place) && span != Span::EVERYTHING {
            return self.bench.ground.taxonomy.beginning_at(span.low).map_or(Put::Nothing, Put::Term);
        }
        // Nearly always it was said in the same words: then dates needn't be looked up.
        let earliest = match same.clone().all(|row| row.value == first.value) {
            true => first,
            false => same.fold(first, |one, other| if self.order(other) < self.order(one) { other } else { one }),
        };
        if earliest.stance.takes_value() {
            Put::Value(earliest.value)
        } else {
            Put::Of(self.rows[earliest.row as usize].assertion)
        }
    }

    /// The order in which words are the earliest.
    fn order(&self, row: &Answer) -> (i64, u32) {
        let said = &self.rows[row.row as usize];
        let date = self.bench.columns().date_of(said);
        (date.map_or(i64::MAX, |date| date.last().microseconds()), said.assertion)
    }

    /// Whether at least two sides state what everybody's answers have in common.
    fn agree_on(&self, meet: Span, parties: &Parties) -> bool {
        let stating = self.lists.attributed.iter().filter(|row| row.stance.takes_value() && row.span == meet);
        let voices = stating.flat_map(|row| row.voices(&self.lists.voices));
        let mut sides = voices.filter(|voice| parties.lists(voice)).map(|voice| voice.side);
        let first = sides.next();
        sides.any(|side| Some(side) != first)
    }

    /// The largest less the smallest end of the accounts' answers that somebody stated; those ends are in order.
    fn spread(&self, kind: Kind, briefs: &mut Briefs) -> Few {
        if !matches!(kind, Kind::Count | Kind::Date) {
            return Few::default();
        }
        let columns = self.bench.columns();
        // A count's zero is stated by whoever names it, and not by "at most 10".
        let states = |row: &Answer, end: u64| {
            row.stance == Stance::Affirms
                && (row.span.low == end || row.span.high == end)
                && (kind != Kind::Count
                    || end > 0
                    || columns.values.get(row.value as usize).is_some_and(|value| states_zero(&value.content)))
        };
        let is_end = |end: u64| end != u64::MAX && (end > 0 || kind == Kind::Count);
        let is_stated = |end: &u64| is_end(*end) && self.lists.attributed.iter().any(|row| states(row, *end));
        let ends = || self.lists.lows.iter().zip(&self.lists.highs).flat_map(|(low, high)| [*low, *high]);
        let (Some(least), Some(most)) = (ends().find(is_stated), ends().rev().find(is_stated)) else {
            return Few::default();
        };
        if least >= most {
            return Few::default();
        }
        briefs.text(|texts| match (kind, DATES.difference) {
            (Kind::Date, Some(difference)) => texts.push_str(&difference(Moment::at(most), Moment::at(least))),
            _ => texts.push_str(Digits::of(most - least).as_str()),
        })
    }

    /// What can be printed when everything within this stretch is disputed.
    fn safe(&self, claim: u32, kind: Kind, hull: Span, briefs: &mut Briefs) -> Put {
        let mut put = |span, made| {
            let made = self.made(claim, span, made, briefs);
            self.put(kind, span, made)
        };
        match kind {
            Kind::Count if hull.low > 0 => put(Span { high: u64::MAX, ..hull }, Put::From),
            Kind::Count if hull.high < u64::MAX => put(Span { low: 0, ..hull }, Put::UpTo),
            Kind::Date if hull != Span::EVERYTHING => put(hull, Put::Stretch),
            Kind::Term | Kind::Place => {
                self.bench.ground.taxonomy.nearest_broader(&hull.set()).map_or(Put::Nothing, Put::Term)
            }
            _ => Put::Nothing,
        }
    }

    /// Whom to name for what one side says: those who state it, else all who speak.
    fn credit(&mut self, answer: Span, briefs: &mut Briefs) -> Few {
        let Lists { attributed, voices, marks, .. } = &mut *self.lists;
        let states = attributed.iter().any(|row| row.span == answer);
        marks.forget();
        let naming = attributed.iter().filter(|row| !states || row.span == answer);
        let naming = naming.flat_map(|row| row.voices(voices)).filter(|voice| marks.is_new(voice.source));
        briefs.who(naming.map(|voice| voice.source))
    }

    /// How many answers repeat what all their sources say in another one, of which the earliest counts.
    fn echoes(&mut self) -> u32 {
        let Lists { attributed, group_of, voices, keys, repeated, .. } = &mut *self.lists;
        if repeated.is_empty() {
            return 0;
        }
        if attributed.iter().all(|row| row.to == row.from + 1) {
            // All but one of each source's that are the same.
            keys.clear();
            keys.extend(
                attributed
                    .iter()
                    .zip(&*group_of)
                    .map(|(row, group)| u64::from(*group) << 32 | u64::from(voices[row.from as usize].source)),
            );
            keys.sort_unstable();
            keys.dedup();
            return index(attributed.len() - keys.len());
        }
        let Lists { attributed, voices, .. } = &*self.lists;
        let is_among = |few: &[Voice], many: &[Voice]| {
            few.iter().all(|voice| many.iter().any(|other| other.source == voice.source))
        };
        let is_echo = |row: &&Answer| {
            attributed.iter().any(|other| {
                let (own, others) = (row.voices(voices), other.voices(voices));
                other.span == row.span
                    && (others.len() > own.len() || (others.len() == own.len() && self.order(other) < self.order(row)))
                    && is_among(own, others)
            })
        };
        index(attributed.iter().filter(is_echo).count())
    }
}

/// A number by which sets of numbers are in the order of their first few numbers.
fn in_order(mut of: u64) -> u64 {
    while of.count_ones() > RANKED {
        of &= !(1 << (63 - of.leading_zeros()));
    }
    !of.reverse_bits()
}

/// The numbers of the bits that are set.
fn bits(of: u64) -> impl Iterator<Item = usize> {
    let mut left = of;
    (0..of.count_ones()).map(move |_| {
        let at = left.trailing_zeros() as usize;
        left &= left.wrapping_sub(1);
        at
    })
}
