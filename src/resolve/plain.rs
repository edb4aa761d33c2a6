//! Plain claims: those on whose record nothing stands but answers, whose they are and when they were given.
//!
//! Most claims of a large dossier are plain: nothing was copied, withdrawn, replaced by name or counted in another unit, and
//! every answer leaves one stretch of whole steps possible. Then no rule but *latest word* has anything to say, every
//! answer is two numbers, and the finding comes of comparing them. It is the same finding: what `examine` does with
//! any claim is done here in numbers, in the same order, and the tests hold the two to each other.

use std::ops::{Bound, Range};

use super::accounts::{self, Given};
use super::examine::Bench;
use super::judge::{LISTED, states_zero};
use super::line::{COUNTS, DATES, Line, TERMS, TEXTS, YES_NO};
use crate::dossier::columns::{NONE, index};
use crate::model::assertion::Stance;
use crate::model::claim::{Evolves, Kind};
use crate::model::date::{Date, Moment};
use crate::model::interval::{Point, Ranges};
use crate::model::value::{Approximation, Content};
use crate::report::{Brief, BriefAccount, Briefs, Dispute, Put, Verdict, Words};

/// The ends of a stretch on any line of whole steps, both of them within it. The last number stands for no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    low: u64,
    high: u64,
}

impl Span {
    /// Stands for what isn't one stretch.
    const NOT_PLAIN: Self = Self { low: 1, high: 0 };
    const EVERYTHING: Self = Self { low: 0, high: u64::MAX };

    fn is_plain(self) -> bool {
        self.low <= self.high
    }

    fn of<P: Step>(set: &Ranges<P>) -> Self {
        match set.intervals() {
            [one] => {
                let low = match one.low() {
                    Bound::Included(point) => point.number(),
                    Bound::Unbounded => 0,
                    Bound::Excluded(_) => return Self::NOT_PLAIN,
                };
                let high = match one.high() {
                    Bound::Included(point) => point.number(),
                    Bound::Unbounded => u64::MAX,
                    Bound::Excluded(_) => return Self::NOT_PLAIN,
                };
                Self { low, high }
            }
            _ => Self::NOT_PLAIN,
        }
    }

    fn set<P: Step>(self) -> Ranges<P> {
        let low = if self.low == 0 { Bound::Unbounded } else { Bound::Included(P::at(self.low)) };
        let high = if self.high == u64::MAX { Bound::Unbounded } else { Bound::Included(P::at(self.high)) };
        (low, high).into()
    }

    fn holds(self, other: Self) -> bool {
        self.low <= other.low && other.high <= self.high
    }

    fn overlaps(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// A point that has a number, in the order of the points.
trait Step: Point {
    fn number(self) -> u64;
    fn at(number: u64) -> Self;
}

impl Step for u64 {
    fn number(self) -> u64 {
        self
    }

    fn at(number: u64) -> Self {
        number
    }
}

impl Step for u32 {
    fn number(self) -> u64 {
        self.into()
    }

    fn at(number: u64) -> Self {
        Self::try_from(number).unwrap_or(Self::MAX)
    }
}

impl Step for bool {
    fn number(self) -> u64 {
        self.into()
    }

    fn at(number: u64) -> Self {
        number > 0
    }
}

impl Step for Moment {
    /// The microseconds since the first moment that can be told.
    fn number(self) -> u64 {
        self.microseconds().cast_unsigned() ^ (1 << 63)
    }

    fn at(number: u64) -> Self {
        Self::from_microseconds((number ^ (1 << 63)).cast_signed())
    }
}

impl Bench<'_> {
    /// Words for stretches of the line that a claim's answers lie on; nothing where there is nothing to say.
    pub(crate) fn say_stretches(&self, claim: u32, stretches: impl IntoIterator<Item = (u64, u64)>) -> Option<Words> {
        fn say<P: Step>(
            bench: &Bench<'_>,
            line: &Line<P>,
            stretches: impl IntoIterator<Item = (u64, u64)>,
        ) -> Option<Words> {
            let sets = stretches.into_iter().map(|(low, high)| Span { low, high }.set::<P>());
            let set: Ranges<P> = sets.flat_map(|set| set.intervals().to_vec()).collect();
            (line.say)(bench, &set)
        }
        match self.columns().claims[claim as usize].kind {
            Kind::Count => say(self, &COUNTS, stretches),
            Kind::Date => say(self, &DATES, stretches),
            Kind::YesNo => say(self, &YES_NO, stretches),
            Kind::Term | Kind::Place => say(self, &TERMS, stretches),
            Kind::Text => say(self, &TEXTS, stretches),
            Kind::Quantity => None,
        }
    }
}

/// A source, as far as it matters whose word something is.
#[derive(Clone, Copy, Debug)]
struct Who {
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
    who: Vec<Who>,
    /// The one source of each list that assertions are credited to; nothing for a longer list, or an empty one.
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
        let span = |content: &Content<u32>| span(bench, content, resolver.approximation);
        let who = columns.sources.values().zip(&bench.ground.sides);
        let who = who.map(|(row, side)| Who {
            side: *side,
            is_anonymous: row.anonymous,
            is_unknown: bench.is_unknown(*side),
        });
        let one = |by: &[u32]| if let [one] = by { *one } else { NONE };
        let mut intricate = vec![false; columns.claims.len()];
        let ties = columns.extra.iter().filter(|(_, extra)| extra.is_intricate()).map(|(at, _)| *at);
        for assertion in ties.chain(columns.retracted.iter().copied()) {
            intricate[columns.claim[assertion as usize] as usize] = true;
        }
        Some(Self {
            intricate,
            spans: columns.values.iter().map(span).collect(),
            who: who.collect(),
            credits: columns.credits.iter().map(|by| one(by)).collect(),
            latest_word: resolver.rules.iter().any(|rule| rule.name() == "latest word"),
        })
    }
}

fn span(bench: &Bench<'_>, content: &Content<u32>, approximation: Approximation) -> Span {
    match content {
        Content::Count(said) => match said.figure() {
            Some(figure) => Span { low: figure, high: figure },
            None => Span::of(&said.answers(approximation)),
        },
        Content::Date(said) => Span::of(&said.answers(approximation)),
        Content::YesNo(yes) => Span { low: yes.number(), high: yes.number() },
        Content::Terms(terms) => Span::of(&bench.ground.taxonomy.answers(terms)),
        Content::Text(text) => Span { low: text.number(), high: text.number() },
        Content::Quantity(_) => Span::NOT_PLAIN,
    }
}

/// One assertion, in numbers.
#[derive(Clone, Copy, Debug)]
struct Row {
    span: Span,
    date: Option<Date>,
    /// The last moment of its date, or the end of time.
    last: i64,
    assertion: u32,
    value: u32,
    by: u32,
    /// Its sources: a stretch of the judge's list.
    from: u32,
    to: u32,
    stance: Stance,
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
    fn of(things: usize) -> Self {
        Self { at: vec![0; things], now: 0 }
    }

    fn forget(&mut self) {
        self.now = self.now.wrapping_add(1);
        if self.now == 0 {
            self.at.fill(0);
            self.now = 1;
        }
    }

    /// Whether it is seen for the first time.
    fn is_new(&mut self, thing: u32) -> bool {
        let mark = &mut self.at[thing as usize];
        std::mem::replace(mark, self.now) != self.now
    }
}

/// Judges one plain claim after the other. It keeps its lists, so that judging allocates nothing.
pub(super) struct Judge<'j> {
    bench: &'j Bench<'j>,
    plain: &'j Plain,
    /// All assertions of a few claims, and their sources.
    gathered: Vec<Row>,
    listed: Vec<u32>,
    sources: Vec<u32>,
    /// Those of one claim that stand.
    rows: Vec<Row>,
    /// The standing answers that somebody put their name to, and those that nobody did.
    attributed: Vec<Row>,
    narrated: Vec<Row>,
    /// The distinct answers, in input order.
    groups: Vec<Span>,
    group_of: Vec<u32>,
    marks: Marks,
    accounts: Vec<Span>,
    lows: Vec<u64>,
    highs: Vec<u64>,
    ranks: Vec<(usize, [u32; RANKED], u32)>,
    words: Vec<(u32, i64)>,
    sorted: Vec<(Span, u32)>,
}

const RANKED: usize = accounts::RANKED;

impl<'j> Judge<'j> {
    pub(super) fn new(bench: &'j Bench<'j>, plain: &'j Plain) -> Self {
        Self {
            bench,
            plain,
            gathered: Vec::new(),
            listed: Vec::new(),
            sources: Vec::new(),
            rows: Vec::new(),
            attributed: Vec::new(),
            narrated: Vec::new(),
            groups: Vec::new(),
            group_of: Vec::new(),
            marks: Marks::of(plain.who.len()),
            accounts: Vec::new(),
            lows: Vec::new(),
            highs: Vec::new(),
            ranks: Vec::new(),
            words: Vec::new(),
            sorted: Vec::new(),
        }
    }

    /// Judges the claims of a stretch, the plain ones in numbers.
    fn judge(&mut self, claims: Range<u32>, briefs: &mut Briefs) {
        self.gather(claims.clone());
        let mut from = 0;
        for claim in claims {
            let to = from + self.bench.columns().assertions_of(claim).len();
            self.judge_one(claim, from..to, briefs);
            from = to;
        }
    }

    /// Takes the assertions of some claims together, as numbers.
    ///
    /// They lie far apart, and waiting for memory would take most of the time. So nothing here waits for what was read
    /// just before: what can be read at once is read in one loop, and what follows from it in the next.
    fn gather(&mut self, claims: Range<u32>) {
        let columns = self.bench.columns();
        let Self { gathered, listed, sources, plain, .. } = self;
        listed.clear();
        listed.extend(claims.flat_map(|claim| columns.assertions_of(claim)));
        gathered.clear();
        gathered.extend(listed.iter().map(|&assertion| {
            let at = assertion as usize;
            Row {
                span: Span::EVERYTHING,
                date: columns.asserted[at],
                last: i64::MAX,
                assertion,
                value: columns.value[at],
                by: columns.by[at],
                from: 0,
                to: 0,
                stance: columns.stance[at],
            }
        }));
        sources.clear();
        for row in gathered.iter_mut() {
            if let Some(span) = plain.spans.get(row.value as usize) {
                row.span = if row.stance == Stance::Affirms { *span } else { Span::NOT_PLAIN };
            }
            if row.date.is_none() {
                row.date = columns.date(row.assertion);
            }
            if let Some(date) = row.date {
                row.last = date.last().microseconds();
            }
            row.from = index(sources.len());
            match plain.credits[row.by as usize] {
                NONE => sources.extend(columns.by(row.assertion)),
                one => sources.push(one),
            }
            row.to = index(sources.len());
        }
    }

    /// Judges one claim on so many of the gathered assertions.
    fn judge_one(&mut self, claim: u32, gathered: Range<usize>, briefs: &mut Briefs) {
        let row = &self.bench.columns().claims[claim as usize];
        let rows = &self.gathered[gathered];
        let is_many = rows.len() > FEW;
        let is_plain = !self.plain.intricate[claim as usize]
            && row.evolves == Evolves::Fixed
            && row.kind != Kind::Quantity
            // Among many joint statements, who is in which takes more care.
            && rows.iter().all(|row| row.span.is_plain() && !(is_many && row.to > row.from + 1));
        if !is_plain {
            briefs.push(&self.bench.examine_all(claim));
            return;
        }
        let everything = if row.kind == Kind::YesNo { Span { low: 0, high: 1 } } else { Span::EVERYTHING };
        self.rows.clear();
        self.rows
            .extend(rows.iter().map(|row| if row.value == NONE { Row { span: everything, ..*row } } else { *row }));
        let mut brief = Brief::UNADDRESSED;
        self.take_latest_words(&mut brief);
        self.part(&mut brief);
        let parties = self.parties(briefs);
        brief.sides = parties.sides;
        self.find_accounts(&parties);
        self.conclude(claim, row.kind, &parties, brief, briefs);
    }

    /// Sets aside what its own source has since said otherwise.
    fn take_latest_words(&mut self, brief: &mut Brief) {
        if !self.plain.latest_word {
            return;
        }
        let Self { rows, sources, words, plain, .. } = self;
        words.clear();
        for row in rows.iter().filter(|row| row.stance.takes_value()) {
            let Some(date) = row.date else { continue };
            let first = date.first().microseconds();
            words.extend(sources[row.from as usize..row.to as usize].iter().map(|source| (*source, first)));
        }
        let is_sorted = words.len() > FEW;
        if is_sorted {
            words.sort_unstable();
        }
        let has_later = |source: u32, last: i64| {
            if plain.who[source as usize].is_anonymous {
                return false;
            }
            if !is_sorted {
                return words.iter().any(|(other, first)| *other == source && *first > last);
            }
            let end = words.partition_point(|(other, _)| *other <= source);
            end.checked_sub(1).is_some_and(|latest| words[latest].0 == source && words[latest].1 > last)
        };
        rows.retain_mut(|row| {
            if !row.stance.takes_value() || row.date.is_none() {
                return true;
            }
            let (from, mut to) = (row.from as usize, row.from as usize);
            for at in from..row.to as usize {
                if !has_later(sources[at], row.last) {
                    sources[to] = sources[at];
                    to += 1;
                }
            }
            let stands = to > from || row.to == row.from;
            row.to = to as u32;
            brief.set_aside += u32::from(!stands);
            stands
        });
    }

    /// Parts what stands into answers with and without a name, and silence.
    fn part(&mut self, brief: &mut Brief) {
        self.attributed.clear();
        self.narrated.clear();
        for row in &self.rows {
            let is_attributed = row.to > row.from;
            match row.stance {
                Stance::Withholds => brief.withheld += 1,
                Stance::DoesNotKnow => brief.does_not_know += 1,
                _ if is_attributed => self.attributed.push(*row),
                _ => self.narrated.push(*row),
            }
        }
        brief.unattributed = self.narrated.len() as u32;
    }

    fn parties(&mut self, briefs: &mut Briefs) -> Parties {
        let answered = self.attributed.iter().any(|row| row.stance.takes_value());
        let mut parties = Parties { answered, ..Parties::default() };
        self.marks.forget();
        let Self { attributed, sources, marks, plain, .. } = self;
        let mut first_unknown = None;
        let counting = attributed.iter().filter(|row| parties.counts(row));
        let speaking = counting.flat_map(|row| &sources[row.from as usize..row.to as usize]);
        parties.sides = briefs.who(speaking.filter_map(|source| {
            let who = plain.who[*source as usize];
            if who.is_unknown {
                first_unknown = first_unknown.or(Some(who.side));
                return None;
            }
            marks.is_new(who.side).then_some(who.side)
        }));
        parties.unknown_speaks = first_unknown.is_some();
        if let (0, Some(unknown)) = (parties.sides.len(), first_unknown) {
            parties.sides = briefs.who([unknown]);
            parties.only_unknown = true;
        }
        parties
    }

    /// Finds the largest sets of answers that can all be true, those of most sides first.
    fn find_accounts(&mut self, parties: &Parties) {
        let Self { attributed, narrated, groups, group_of, accounts, sorted, .. } = self;
        let weighed = if attributed.is_empty() { &*narrated } else { &*attributed };
        accounts.clear();
        groups.clear();
        group_of.clear();
        if weighed.is_empty() {
            return;
        }
        let meet = weighed.iter().fold(Span::EVERYTHING, |meet, row| Span {
            low: meet.low.max(row.span.low),
            high: meet.high.min(row.span.high),
        });
        if meet.is_plain() {
            accounts.push(meet);
            return;
        }
        if weighed.len() <= FEW {
            for row in weighed {
                let group = groups.iter().position(|span| *span == row.span).unwrap_or_else(|| {
                    groups.push(row.span);
                    groups.len() - 1
                });
                group_of.push(group as u32);
            }
        } else {
            sorted.clear();
            sorted.extend(weighed.iter().map(|row| row.span).zip(0..));
            sorted.sort_unstable_by_key(|(span, at)| (span.low, span.high, *at));
            // The first of each run, back in input order, numbers the group.
            group_of.resize(weighed.len(), 0);
            let mut firsts: Vec<(u32, usize)> = Vec::new();
            for (n, (span, at)) in sorted.iter().enumerate() {
                if n == 0 || sorted[n - 1].0 != *span {
                    firsts.push((*at, n));
                }
            }
            let ends: Vec<usize> = firsts.iter().skip(1).map(|(_, n)| *n).chain([sorted.len()]).collect();
            let mut order: Vec<usize> = (0..firsts.len()).collect();
            order.sort_unstable_by_key(|run| firsts[*run].0);
            for (group, run) in order.iter().enumerate() {
                groups.push(sorted[firsts[*run].1].0);
                for (_, at) in &sorted[firsts[*run].1..ends[*run]] {
                    group_of[*at as usize] = group as u32;
                }
            }
        }
        if groups.len() <= FEW { self.sweep(parties) } else { self.sweep_many(parties) }
    }

    /// Sweeps over the ends of a few answers that can't all be true.
    fn sweep(&mut self, parties: &Parties) {
        let Self { groups, group_of, lows, highs, accounts, ranks, marks, plain, sources, .. } = self;
        let weighed = if self.attributed.is_empty() { &*self.narrated } else { &*self.attributed };
        lows.clear();
        lows.extend(groups.iter().map(|span| span.low));
        lows.sort_unstable();
        highs.clear();
        highs.extend(groups.iter().map(|span| span.high));
        highs.sort_unstable();
        // Where an answer ends that another began in, no more can be added: those two ends are an account's.
        let (mut low, mut high) = (0, 0);
        while low < lows.len() {
            let begun = low;
            while low < lows.len() && lows[low] <= highs[high] {
                low += 1;
            }
            if low > begun {
                accounts.push(Span { low: lows[low - 1], high: highs[high] });
            }
            high += 1;
        }
        ranks.clear();
        for (at, answer) in accounts.iter().enumerate() {
            let mut first = [u32::MAX; RANKED];
            let holding = (0u32..).zip(&*groups).filter(|(_, span)| span.holds(*answer));
            first.iter_mut().zip(holding).for_each(|(slot, (group, _))| *slot = group);
            let mut sides = 0;
            marks.forget();
            for (row, group) in weighed.iter().zip(&*group_of) {
                if parties.counts(row) && groups[*group as usize].holds(*answer) {
                    for source in &sources[row.from as usize..row.to as usize] {
                        let who = plain.who[*source as usize];
                        if parties.lists(who) && marks.is_new(who.side) {
                            sides += 1;
                        }
                    }
                }
            }
            ranks.push((usize::MAX - sides, first, at as u32));
        }
        ranks.sort_unstable();
        lows.clear();
        lows.extend(accounts.iter().map(|answer| answer.low));
        highs.clear();
        highs.extend(accounts.iter().map(|answer| answer.high));
        for ((_, _, at), answer) in ranks.iter().zip(accounts) {
            *answer = Span { low: lows[*at as usize], high: highs[*at as usize] };
        }
    }

    /// The same for many answers, which is worth the general sweep's keeping count.
    fn sweep_many(&mut self, parties: &Parties) {
        let weighed = if self.attributed.is_empty() { &self.narrated } else { &self.attributed };
        let sets: Vec<Ranges<u64>> = self.groups.iter().map(|span| span.set()).collect();
        let mut pairs: Vec<(u32, u32, u32)> = Vec::new();
        for (row, group) in weighed.iter().zip(&self.group_of).filter(|(row, _)| parties.counts(row)) {
            for source in &self.sources[row.from as usize..row.to as usize] {
                let who = self.plain.who[*source as usize];
                if parties.lists(who) {
                    pairs.push((*group, who.side, 0));
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let sides: Vec<u32> = pairs.iter().map(|(_, side, _)| *side).collect();
        let mut from = 0;
        let given: Vec<Given<'_, u64>> = (0u32..)
            .zip(&sets)
            .map(|(group, answers)| {
                let to = from + pairs[from..].partition_point(|(other, _, _)| *other <= group);
                let given = Given { answers, sides: &sides[from..to] };
                from = to;
                given
            })
            .collect();
        self.accounts.extend(accounts::accounts(&given).iter().map(Span::of));
    }

    /// Comes to the verdict and to what can be printed, and adds the finding.
    fn conclude(&mut self, claim: u32, kind: Kind, parties: &Parties, mut brief: Brief, briefs: &mut Briefs) {
        let is_ordered = matches!(kind, Kind::Count | Kind::Date);
        let everything = if kind == Kind::YesNo { Span { low: 0, high: 1 } } else { Span::EVERYTHING };
        let accounts_from = briefs.accounts_so_far();
        brief.accounts_total = self.accounts.len() as u32;
        for at in 0..self.accounts.len().min(LISTED) {
            self.list(self.accounts[at], parties, briefs);
        }
        brief.accounts = briefs.accounts_since(accounts_from);

        let disputed = self.accounts.len() > 1 && !self.attributed.is_empty();
        let sides = parties.sides.len();
        let first = self.accounts.first().copied();
        brief.verdict = match (first, sides) {
            (None, _) if brief.withheld > 0 => Verdict::Withheld,
            (None, _) => Verdict::Unaddressed,
            (Some(_), _) if self.attributed.is_empty() => Verdict::Unattributed,
            (Some(_), _) if disputed => Verdict::Disputed,
            (Some(_), 0 | 1) => Verdict::SingleSource,
            (Some(meet), _) if self.agree_on(meet, parties) => Verdict::Agreed,
            (Some(_), _) => Verdict::Compatible,
        };
        let hull =
            self.accounts.iter().copied().reduce(|a, b| Span { low: a.low.min(b.low), high: a.high.max(b.high) });
        let Some(hull) = hull else {
            briefs.briefs.push(brief);
            return;
        };
        // What is possible beside the accounts lies within the common ground of figures and dates only.
        let is_one = is_ordered || self.accounts.len() == 1;
        let gapless = if is_one { None } else { Some(self.is_gapless(hull)) };
        brief.common_ground = match gapless {
            None | Some(true) => self.put(hull),
            Some(false) if self.accounts.len() <= LISTED => Put::Union,
            Some(false) => {
                let stretches = self.accounts.iter().map(|answer| (answer.low, answer.high));
                let words = self.bench.say_stretches(claim, stretches);
                words.map_or(Put::Nothing, |words| briefs.words(words))
            }
        };
        match brief.verdict {
            Verdict::Disputed => {
                let all = self.is_gapless(hull) && hull == everything;
                brief.dispute = Some(match self.accounts.len() {
                    2 if all => Dispute::Contradictory,
                    _ if kind == Kind::Text => Dispute::Wording,
                    _ => Dispute::Contrary,
                });
                brief.within_one_side = (!parties.unknown_speaks).then_some(sides == 1);
                brief.spread = self.spread(kind, briefs);
                if hull == everything && (is_ordered || all) {
                    brief.common_ground = Put::Nothing;
                }
                brief.safe_wording = self.safe(kind, hull);
            }
            Verdict::SingleSource => {
                brief.safe_wording = brief.common_ground;
                brief.credit = self.credit(hull, briefs);
            }
            Verdict::Agreed | Verdict::Compatible => brief.safe_wording = brief.common_ground,
            Verdict::Unattributed | Verdict::Withheld | Verdict::Unaddressed => {}
        }
        brief.echoes = self.echoes();
        briefs.briefs.push(brief);
    }

    /// Lists an account with whomever it satisfies.
    fn list(&mut self, answer: Span, parties: &Parties, briefs: &mut Briefs) {
        let Self { attributed, narrated, sources, marks, plain, .. } = self;
        let satisfied = || attributed.iter().filter(|row| row.span.holds(answer));
        let of = |row: &Row| &sources[row.from as usize..row.to as usize];
        marks.forget();
        let speaking = satisfied().filter(|row| parties.counts(row)).flat_map(of);
        let listed = speaking.map(|source| plain.who[*source as usize]).filter(|who| parties.lists(*who));
        let sides = briefs.who(listed.filter(|who| marks.is_new(who.side)).map(|who| who.side));
        marks.forget();
        let who = briefs.who(satisfied().flat_map(of).copied().filter(|source| marks.is_new(*source)));
        let fitting = narrated.iter().filter(|row| row.span.overlaps(answer)).count();
        briefs.account(BriefAccount {
            answer: self.put(answer),
            low: answer.low,
            high: answer.high,
            sides,
            sources: who,
            assertions: (satisfied_count(&self.attributed, answer) + fitting) as u32,
        });
    }

    /// How to put a stretch: in the earliest words that said just that.
    fn put(&self, span: Span) -> Put {
        let said = self.rows.iter().filter(|row| row.span == span && says(row));
        let earliest = said.min_by_key(|row| (row.last, row.assertion));
        earliest.map_or(Put::Span(span.low, span.high), |row| Put::Of(row.assertion))
    }

    /// Whether the accounts leave no gap between them.
    fn is_gapless(&self, hull: Span) -> bool {
        let mut stretches: Vec<(u64, u64)> = self.accounts.iter().map(|answer| (answer.low, answer.high)).collect();
        stretches.sort_unstable();
        let mut reached = hull.low;
        stretches.into_iter().all(|(low, high)| {
            let is_next = low <= reached.saturating_add(1) || low == hull.low;
            reached = reached.max(high);
            is_next
        })
    }

    /// Whether at least two sides state what everybody's answers have in common.
    fn agree_on(&self, meet: Span, parties: &Parties) -> bool {
        let stating = self.attributed.iter().filter(|row| row.stance.takes_value() && row.span == meet);
        let who = stating.flat_map(|row| &self.sources[row.from as usize..row.to as usize]);
        let who = who.map(|source| self.plain.who[*source as usize]);
        let mut sides = who.filter(|who| parties.lists(*who)).map(|who| who.side);
        let first = sides.next();
        sides.any(|side| Some(side) != first)
    }

    /// The largest less the smallest end of the accounts' answers that somebody stated.
    fn spread(&mut self, kind: Kind, briefs: &mut Briefs) -> crate::report::Few {
        if !matches!(kind, Kind::Count | Kind::Date) {
            return crate::report::Few::default();
        }
        let columns = self.bench.columns();
        let Self { attributed, accounts, lows, .. } = self;
        // The ends of a stretch are none where its line has none.
        let is_end = |end: u64, is_low: bool| if is_low { kind == Kind::Count || end > 0 } else { end < u64::MAX };
        let ends = |span: Span| {
            [(span.low, true), (span.high, false)]
                .into_iter()
                .filter(move |(end, is_low)| is_end(*end, *is_low))
                .map(|(end, _)| end)
        };
        lows.clear();
        for row in attributed.iter().filter(|row| row.stance == Stance::Affirms) {
            let says_zero = || columns.values.get_index(row.value as usize).is_some_and(states_zero);
            lows.extend(ends(row.span).filter(|end| kind != Kind::Count || *end > 0 || says_zero()));
        }
        let is_sorted = lows.len() > FEW;
        if is_sorted {
            lows.sort_unstable();
        }
        let is_stated = |end: &u64| if is_sorted { lows.binary_search(end).is_ok() } else { lows.contains(end) };
        let stated = || accounts.iter().flat_map(|answer| ends(*answer)).filter(is_stated);
        let (Some(least), Some(most)) = (stated().min(), stated().max()) else { return crate::report::Few::default() };
        if least >= most {
            return crate::report::Few::default();
        }
        briefs.text(|texts| {
            let far = match kind {
                Kind::Count => COUNTS.difference.map(|far| far(most, least)),
                _ => DATES.difference.map(|far| far(Moment::at(most), Moment::at(least))),
            };
            texts.push_str(&far.unwrap_or_default());
        })
    }

    /// What can be printed when everything within this stretch is disputed.
    fn safe(&self, kind: Kind, hull: Span) -> Put {
        match kind {
            Kind::Count if hull.low > 0 => self.put(Span { high: u64::MAX, ..hull }),
            Kind::Count if hull.high < u64::MAX => self.put(Span { low: 0, ..hull }),
            Kind::Date if hull != Span::EVERYTHING => self.put(hull),
            Kind::Term | Kind::Place => {
                let broader = self.bench.ground.taxonomy.nearest_broader(&hull.set());
                broader.map_or(Put::Nothing, |term| {
                    let (from, to) = self.bench.ground.taxonomy.stretch_of(term);
                    match self.put(Span { low: from.number(), high: to.number() - 1 }) {
                        Put::Of(assertion) => Put::Of(assertion),
                        _ => Put::Term(term),
                    }
                })
            }
            _ => Put::Nothing,
        }
    }

    /// Whom to name for what one side says: those who state it, else all who speak.
    fn credit(&mut self, answer: Span, briefs: &mut Briefs) -> crate::report::Few {
        let Self { attributed, sources, marks, .. } = self;
        let states = attributed.iter().any(|row| row.span == answer);
        marks.forget();
        let naming = attributed.iter().filter(|row| !states || row.span == answer);
        let naming = naming.flat_map(|row| &sources[row.from as usize..row.to as usize]).copied();
        briefs.who(naming.filter(|source| marks.is_new(*source)))
    }

    /// How many answers repeat what all their sources say in another one, of which the earliest counts.
    fn echoes(&self) -> u32 {
        let order = |row: &Row| (row.last, row.assertion);
        let of = |row: &Row| &self.sources[row.from as usize..row.to as usize];
        let are_among = |few: &[u32], many: &[u32]| few.iter().all(|source| many.contains(source));
        if self.attributed.len() <= FEW {
            let is_echo = |row: &&Row| {
                self.attributed.iter().any(|other| {
                    let (own, others) = (of(row), of(other));
                    other.span == row.span
                        && others.len() >= own.len()
                        && (others.len() > own.len() || order(other) < order(row))
                        && are_among(own, others)
                })
            };
            return self.attributed.iter().filter(is_echo).count() as u32;
        }
        // Of many that each have one source, all but the first of each source and answer.
        let mut said: Vec<(u64, u64, u32)> = self
            .attributed
            .iter()
            .flat_map(|row| of(row).iter().map(|source| (row.span.low, row.span.high, *source)))
            .collect();
        let all = said.len();
        said.sort_unstable();
        said.dedup();
        (all - said.len()) as u32
    }
}

fn satisfied_count(attributed: &[Row], answer: Span) -> usize {
    attributed.iter().filter(|row| row.span.holds(answer)).count()
}

/// Whether an assertion puts its answers in words.
fn says(row: &Row) -> bool {
    matches!(row.stance, Stance::Affirms | Stance::NoEvidence)
}

/// Who speaks on a claim, and whose word counts as a side.
#[derive(Clone, Copy, Debug, Default)]
struct Parties {
    sides: crate::report::Few,
    answered: bool,
    unknown_speaks: bool,
    only_unknown: bool,
}

impl Parties {
    /// Whether a standing answer's sides count.
    fn counts(&self, row: &Row) -> bool {
        !self.answered || row.stance.takes_value()
    }

    /// Whether a side is listed: an unknown one only when nobody else speaks.
    fn lists(&self, who: Who) -> bool {
        self.only_unknown || !who.is_unknown
    }
}

/// So many claims' assertions are gathered at once.
const GATHERED: usize = 128;

/// So many claims' findings are kept together.
pub(crate) const CLAIMS_TOGETHER: usize = 4096;

impl Bench<'_> {
    /// What is found of every claim, so many together.
    pub(crate) fn briefs(&self) -> Vec<Briefs> {
        let claims = index(self.columns().claims.len());
        let stretches =
            (0..claims).step_by(CLAIMS_TOGETHER).map(|from| from..claims.min(from + CLAIMS_TOGETHER as u32));
        let Some(plain) = Plain::of(self) else {
            let examine = |claims: Range<u32>| {
                let mut briefs = Briefs::with_capacity(claims.len());
                claims.for_each(|claim| briefs.push(&self.examine_all(claim)));
                briefs
            };
            return stretches.map(examine).collect();
        };
        let mut judge = Judge::new(self, &plain);
        let examine = |claims: Range<u32>| {
            let mut briefs = Briefs::with_capacity(claims.len());
            for from in claims.clone().step_by(GATHERED) {
                judge.judge(from..claims.end.min(from + GATHERED as u32), &mut briefs);
            }
            briefs
        };
        stretches.map(examine).collect()
    }
}
