//! The finding on one plain claim: what `src/resolve/judge.rs` comes to, in numbers.

use std::collections::HashMap;

use super::super::accounts::{self, Given};
use super::super::examine::Bench;
use super::super::judge::{LISTED, states_zero};
use super::super::line::{COUNTS, DATES};
use super::span::{Span, Step};
use super::{Plain, Row, Voice};
use crate::dossier::columns::{NONE, index};
use crate::model::assertion::Stance;
use crate::model::claim::{Evolves, Kind};
use crate::model::date::Moment;
use crate::model::interval::Ranges;
use crate::report::{Brief, BriefAccount, Briefs, Dispute, Few, Put, Verdict};

/// A standing answer, in numbers.
#[derive(Clone, Copy, Debug)]
struct Answer {
    span: Span,
    /// The last moment of its date, or the end of time.
    last: i64,
    assertion: u32,
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

    /// The order in which words are the earliest.
    fn order(&self) -> (i64, u32) {
        (self.last, self.assertion)
    }
}

/// Above so many, comparing each with each takes longer than sorting.
const FEW: usize = 32;

/// Things that were seen, by number; forgetting them all takes no time.
#[derive(Debug, Default)]
struct Marks {
    at: Vec<u32>,
    now: u32,
}

impl Marks {
    fn forget(&mut self) {
        self.now = self.now.wrapping_add(1);
        if self.now == 0 {
            self.at.fill(0);
            self.now = 1;
        }
    }

    /// Whether it is seen for the first time.
    fn is_new(&mut self, thing: u32) -> bool {
        std::mem::replace(&mut self.at[thing as usize], self.now) != self.now
    }
}

/// An answer that somebody gave, and whoever first said just that.
#[derive(Clone, Copy, Debug)]
struct Group {
    span: Span,
    earliest: (i64, u32),
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
    voices: Vec<Voice>,
    /// The standing answers to one claim that somebody put their name to, and those that nobody did.
    attributed: Vec<Answer>,
    narrated: Vec<Answer>,
    /// The distinct answers among those that are weighed, in input order, and the answer of each.
    groups: Vec<Group>,
    group_of: Vec<u32>,
    accounts: Vec<Found>,
    marks: Marks,
    words: Vec<(u32, i64)>,
    lows: Vec<u64>,
    highs: Vec<u64>,
    ranks: Vec<(usize, [u32; RANKED], Found)>,
    keys: Vec<u64>,
}

const RANKED: usize = accounts::RANKED;

/// So many answers have a bit each.
const BITS: usize = 64;

/// Judges claims, the plain ones in numbers.
pub(super) struct Judge<'j> {
    bench: Bench<'j>,
    plain: &'j Plain,
    lists: &'j mut Lists,
}

impl<'j> Judge<'j> {
    pub(super) fn new(bench: Bench<'j>, plain: &'j Plain, lists: &'j mut Lists) -> Self {
        lists.marks.at.resize(plain.voices.len(), 0);
        Self { bench, plain, lists }
    }

    /// Judges one claim on some of its assertions, which are in input order.
    pub(super) fn judge(&mut self, claim: u32, rows: &[Row], briefs: &mut Briefs) {
        let columns = self.bench.columns();
        let of_claim = &columns.claims[claim as usize];
        let is_many = rows.len() > FEW;
        let is_plain = !self.plain.intricate[claim as usize]
            && of_claim.evolves == Evolves::Fixed
            && of_claim.kind != Kind::Quantity
            // Among many joint statements, who is in which takes more care.
            && rows.iter().all(|row| row.span.is_plain() && !(is_many && columns.credited(&row.by).len() > 1));
        if !is_plain {
            let assertions: Vec<u32> = rows.iter().map(|row| row.assertion).collect();
            briefs.push(&self.bench.examine(claim, &assertions));
            return;
        }
        let mut brief = Brief::UNADDRESSED;
        self.take_standing(of_claim.kind, rows, &mut brief);
        let parties = self.parties(briefs);
        brief.sides = parties.sides;
        self.find_accounts(&parties);
        self.conclude(claim, of_claim.kind, &parties, brief, briefs);
    }

    /// Takes what stands: not what its own sources have since said otherwise, and not silence.
    fn take_standing(&mut self, kind: Kind, rows: &[Row], brief: &mut Brief) {
        let Lists { voices, words, attributed, narrated, .. } = &mut *self.lists;
        let (plain, columns) = (self.plain, self.bench.columns());
        let has_word = |row: &&Row| row.stance.takes_value() && row.first != i64::MIN;
        words.clear();
        if plain.latest_word {
            for row in rows.iter().filter(has_word) {
                words.extend(columns.credited(&row.by).iter().map(|source| (*source, row.first)));
            }
        }
        let is_sorted = words.len() > FEW;
        if is_sorted {
            words.sort_unstable();
        }
        let repeats = is_sorted
            || (1..words.len()).any(|at| words[..at].iter().fold(false, |is, (by, _)| is | (*by == words[at].0)));
        let has_later = |voice: &Voice, last: i64| {
            if voice.is_anonymous {
                return false;
            }
            if !is_sorted {
                return words.iter().any(|(by, first)| *by == voice.source && *first > last);
            }
            let end = words.partition_point(|(by, _)| *by <= voice.source);
            end.checked_sub(1).is_some_and(|latest| words[latest].0 == voice.source && words[latest].1 > last)
        };
        let everything = if kind == Kind::YesNo { Span { low: 0, high: 1 } } else { Span::EVERYTHING };
        attributed.clear();
        narrated.clear();
        voices.clear();
        for row in rows {
            match row.stance {
                Stance::Withholds => brief.withheld += 1,
                Stance::DoesNotKnow => brief.does_not_know += 1,
                _ => {
                    let from = voices.len();
                    let by = columns.credited(&row.by);
                    voices.extend(by.iter().map(|source| plain.voices[*source as usize]));
                    if repeats && has_word(&row) {
                        let mut to = from;
                        for at in from..voices.len() {
                            if !has_later(&voices[at], row.last) {
                                voices[to] = voices[at];
                                to += 1;
                            }
                        }
                        voices.truncate(to);
                    }
                    let Row { span, last, assertion, value, stance, .. } = *row;
                    let span = if value == NONE { everything } else { span };
                    let answer =
                        Answer { span, last, assertion, value, stance, from: index(from), to: index(voices.len()) };
                    match (answer.from == answer.to, by.is_empty()) {
                        (true, true) => narrated.push(answer),
                        (true, false) => brief.set_aside += 1,
                        (false, _) => attributed.push(answer),
                    }
                }
            }
        }
        brief.unattributed = index(narrated.len());
    }

    fn parties(&mut self, briefs: &mut Briefs) -> Parties {
        let Lists { attributed, voices, marks, .. } = &mut *self.lists;
        let answered = attributed.iter().any(|row| row.stance.takes_value());
        let mut parties = Parties { answered, ..Parties::default() };
        let mut first_unknown = None;
        marks.forget();
        let speaking = attributed.iter().filter(|row| parties.counts(row)).flat_map(|row| row.voices(voices));
        parties.sides = briefs.who(speaking.filter_map(|voice| {
            if voice.is_unknown {
                first_unknown = first_unknown.or(Some(voice.side));
                return None;
            }
            marks.is_new(voice.side).then_some(voice.side)
        }));
        parties.unknown_speaks = first_unknown.is_some();
        if let (0, Some(unknown)) = (parties.sides.len(), first_unknown) {
            parties.sides = briefs.who([unknown]);
            parties.only_unknown = true;
        }
        parties
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
                let known = groups.iter().position(|group| group.span == row.span);
                let group = known.unwrap_or_else(|| {
                    groups.push(Group { span: row.span, earliest: row.order(), rows: 0 });
                    groups.len() - 1
                });
                group_of.push(index(group));
                let group = &mut groups[group];
                group.rows |= 1 << at;
                group.earliest = group.earliest.min(row.order());
            }
            return;
        }
        let mut known: HashMap<(u64, u64), u32, foldhash::fast::FixedState> = HashMap::default();
        for row in weighed {
            let group = *known.entry((row.span.low, row.span.high)).or_insert_with(|| {
                groups.push(Group { span: row.span, earliest: row.order(), rows: 0 });
                index(groups.len() - 1)
            });
            group_of.push(group);
            let group = &mut groups[group as usize];
            group.earliest = group.earliest.min(row.order());
        }
    }

    /// Sweeps over the ends of a few answers that can't all be true.
    fn sweep(&mut self, parties: &Parties) {
        let Lists { attributed, narrated, groups, lows, highs, accounts, ranks, marks, voices, .. } = &mut *self.lists;
        let weighed = if attributed.is_empty() { narrated } else { attributed };
        lows.clear();
        lows.extend(groups.iter().map(|group| group.span.low));
        lows.sort_unstable();
        highs.clear();
        highs.extend(groups.iter().map(|group| group.span.high));
        highs.sort_unstable();
        ranks.clear();
        // Where an answer ends that another began in, no more can be added: those two ends are an account's.
        let (mut low, mut high) = (0, 0);
        while low < lows.len() {
            let begun = low;
            while low < lows.len() && lows[low] <= highs[high] {
                low += 1;
            }
            if low > begun {
                let mut found = Found { span: Span { low: lows[low - 1], high: highs[high] }, rows: 0 };
                let mut first = [u32::MAX; RANKED];
                let mut slots = first.iter_mut();
                for (group, number) in groups.iter().zip(0..) {
                    if group.span.holds(found.span) {
                        found.rows |= group.rows;
                        if let Some(slot) = slots.next() {
                            *slot = number;
                        }
                    }
                }
                marks.forget();
                let mut sides = 0;
                for row in bits(found.rows).map(|at| &weighed[at]).filter(|row| parties.counts(row)) {
                    for voice in row.voices(voices).iter().filter(|voice| parties.lists(voice)) {
                        sides += usize::from(marks.is_new(voice.side));
                    }
                }
                ranks.push((usize::MAX - sides, first, found));
            }
            high += 1;
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
        self.lists.accounts.extend(found.iter().map(|answer| Found { span: Span::of(answer), rows: 0 }));
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
        brief.echoes = self.echoes();
        if total == 1 {
            brief.common_ground = self.put(kind, first.span);
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
        let Lists { accounts, lows, highs, .. } = &mut *self.lists;
        lows.clear();
        lows.extend(accounts.iter().map(|found| found.span.low));
        lows.sort_unstable();
        highs.clear();
        highs.extend(accounts.iter().map(|found| found.span.high));
        highs.sort_unstable();
        let hull = Span { low: lows[0], high: highs[total - 1] };
        let is_ordered = matches!(kind, Kind::Count | Kind::Date);
        let is_gapless = highs.iter().zip(&lows[1..]).all(|(high, next)| high + 1 == *next);
        let everything = if kind == Kind::YesNo { Span { low: 0, high: 1 } } else { Span::EVERYTHING };
        // What lies between two accounts is common ground of figures and dates only.
        brief.common_ground = match is_ordered || is_gapless {
            true => self.put(kind, hull),
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
            brief.safe_wording = self.safe(kind, hull);
        }
        briefs.briefs.push(brief);
    }

    /// Lists an account with whomever it satisfies.
    fn list(&mut self, kind: Kind, found: Found, parties: &Parties, briefs: &mut Briefs) {
        let answer = self.put(kind, found.span);
        let Lists { attributed, narrated, voices, marks, keys, .. } = &mut *self.lists;
        // By number: of few there are bits, of many each is looked at.
        keys.clear();
        if attributed.len() <= BITS {
            let among = if attributed.len() == BITS { u64::MAX } else { (1 << attributed.len()) - 1 };
            keys.extend(bits(found.rows & among).map(|at| at as u64));
        } else {
            let holding = attributed.iter().zip(0..).filter(|(row, _)| row.span.holds(found.span));
            keys.extend(holding.map(|(_, at)| at));
        }
        let satisfied = || keys.iter().map(|at| &attributed[*at as usize]);
        marks.forget();
        let speaking = satisfied().filter(|row| parties.counts(row)).flat_map(|row| row.voices(voices));
        let speaking = speaking.filter(|voice| parties.lists(voice) && marks.is_new(voice.side));
        let sides = briefs.who(speaking.map(|voice| voice.side));
        marks.forget();
        let named = satisfied().flat_map(|row| row.voices(voices)).filter(|voice| marks.is_new(voice.source));
        let sources = briefs.who(named.map(|voice| voice.source));
        let fitting = narrated.iter().filter(|row| row.span.overlaps(found.span)).count();
        let (low, high) = (found.span.low, found.span.high);
        briefs.account(BriefAccount { answer, low, high, sides, sources, assertions: index(keys.len() + fitting) });
    }

    /// How to put a stretch: in the earliest words that said just that.
    fn put(&self, kind: Kind, span: Span) -> Put {
        // Who said it in those words needn't be looked up.
        if kind == Kind::Count && span.low == span.high {
            return Put::Span(span.low, span.high);
        }
        let weighed = self.lists.groups.iter().find(|group| group.span == span).map(|group| group.earliest);
        let beside = if self.lists.attributed.is_empty() { &[] } else { &*self.lists.narrated };
        let beside = beside.iter().filter(|row| row.span == span).map(Answer::order).min();
        match weighed.into_iter().chain(beside).min() {
            Some(_) if matches!(kind, Kind::Term | Kind::Place) && span != Span::EVERYTHING => {
                self.bench.ground.taxonomy.beginning_at(span.low).map_or(Put::Nothing, Put::Term)
            }
            Some((_, assertion)) => Put::Of(assertion),
            None => Put::Span(span.low, span.high),
        }
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
        let difference: fn(u64, u64) -> Option<String> = match kind {
            Kind::Count => |most, least| Some((COUNTS.difference?)(most, least)),
            Kind::Date => |most, least| Some((DATES.difference?)(Moment::at(most), Moment::at(least))),
            _ => return Few::default(),
        };
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
        briefs.text(|texts| texts.push_str(&difference(most, least).unwrap_or_default()))
    }

    /// What can be printed when everything within this stretch is disputed.
    fn safe(&self, kind: Kind, hull: Span) -> Put {
        match kind {
            Kind::Count if hull.low > 0 => self.put(kind, Span { high: u64::MAX, ..hull }),
            Kind::Count if hull.high < u64::MAX => self.put(kind, Span { low: 0, ..hull }),
            Kind::Date if hull != Span::EVERYTHING => self.put(kind, hull),
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
        let Lists { attributed, group_of, voices, keys, .. } = &mut *self.lists;
        if attributed.iter().all(|row| row.to == row.from + 1) {
            // All but one of each source's that are the same.
            keys.clear();
            let key =
                |(row, group): (&Answer, &u32)| u64::from(*group) << 32 | u64::from(voices[row.from as usize].source);
            if attributed.len() <= FEW {
                let mut echoes = 0;
                for pair in attributed.iter().zip(&*group_of) {
                    let key = key(pair);
                    echoes += u32::from(keys.contains(&key));
                    keys.push(key);
                }
                return echoes;
            }
            keys.extend(attributed.iter().zip(&*group_of).map(key));
            keys.sort_unstable();
            keys.dedup();
            return index(attributed.len() - keys.len());
        }
        let is_among = |few: &[Voice], many: &[Voice]| {
            few.iter().all(|voice| many.iter().any(|other| other.source == voice.source))
        };
        let is_echo = |row: &&Answer| {
            attributed.iter().any(|other| {
                let (own, others) = (row.voices(voices), other.voices(voices));
                other.span == row.span
                    && (others.len() > own.len() || (others.len() == own.len() && other.order() < row.order()))
                    && is_among(own, others)
            })
        };
        index(attributed.iter().filter(is_echo).count())
    }
}

/// The numbers of the bits that are set.
fn bits(of: u64) -> impl Iterator<Item = usize> {
    let mut left = of;
    std::iter::from_fn(move || {
        let at = left.trailing_zeros() as usize;
        left &= left.wrapping_sub(1);
        (at < BITS).then_some(at)
    })
}

/// Who speaks on a claim, and whose word counts as a side.
#[derive(Clone, Copy, Debug, Default)]
struct Parties {
    sides: Few,
    answered: bool,
    unknown_speaks: bool,
    only_unknown: bool,
}

impl Parties {
    /// Whether a standing answer's sides count.
    fn counts(&self, row: &Answer) -> bool {
        !self.answered || row.stance.takes_value()
    }

    /// Whether a side is listed: an unknown one only when nobody else speaks.
    fn lists(&self, voice: &Voice) -> bool {
        self.only_unknown || !voice.is_unknown
    }
}
