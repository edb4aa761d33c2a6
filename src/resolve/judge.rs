//! The verdict on one claim: who speaks, what can all be true together, and what can be printed.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Bound;

use super::accounts::{self, Given};
use super::examine::{Bench, Standing};
use super::line::Line;
use super::rule::UnitFit;
use crate::dossier::columns::Set;
use crate::model::assertion::Stance;
use crate::model::date::{Date, Moment};
use crate::model::interval::{Closing, Point, Ranges, begins_before};
use crate::model::value::{AnswerSet, Content, Hedge, Said};
use crate::report::{Account, Dispute, Notice, Outcome, Verdict, Widened, Words};

/// At most so many accounts are listed; the verdict and the common ground use all.
pub(super) const LISTED: usize = 64;

type Fast<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

impl Bench<'_> {
    /// Comes to the verdict, and to what can be printed.
    pub(super) fn judge<P: Point>(&self, line: &Line<P>, standing: &[Standing<'_>], outcome: &mut Outcome) {
        for one in standing {
            let assertion = one.facts.assertion;
            match (one.stance, one.sources.is_empty()) {
                (Stance::Withholds, _) => outcome.withheld.push(assertion),
                (Stance::DoesNotKnow, _) => outcome.does_not_know.push(assertion),
                (_, true) => outcome.unattributed.push(assertion),
                (_, false) => {}
            }
        }
        let answers = |one: &&Standing<'_>| one.stance.is_answer();
        let attributed: Vec<&Standing<'_>> =
            standing.iter().filter(answers).filter(|s| !s.sources.is_empty()).collect();
        let narrated: Vec<&Standing<'_>> =
            standing.iter().filter(answers).filter(|s| s.sources.is_empty()).collect();
        let parties = Parties::among(&attributed, self);
        outcome.sides = parties.sides.clone();

        let weighed = if attributed.is_empty() { &narrated } else { &attributed };
        let (groups, group_of) = Group::of(line, weighed, &parties, self);
        let given: Vec<_> = groups.iter().map(|g| Given { answers: g.answers, sides: &g.sides }).collect();
        let accounts = accounts::accounts(&given);
        let wordings = Wordings::of(standing);
        let say = |answers: &Ranges<P>| {
            wordings.exactly(&(line.wrap)(answers.clone())).or_else(|| (line.say)(self, answers))
        };
        self.list_accounts(line, &accounts, &attributed, &narrated, &parties, &say, outcome);

        let possible: Ranges<P> =
            accounts.iter().flat_map(|answer| answer.intervals().iter().copied()).collect();
        let common = match accounts.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            _ if line.is_ordered => possible.span().map(Ranges::from),
            _ => Some(possible.clone()),
        };
        outcome.common_ground = common.as_ref().and_then(say);
        outcome.possible = (!accounts.is_empty()).then(|| (line.wrap)(possible.clone()));

        let disputed = accounts.len() > 1 && !attributed.is_empty();
        outcome.verdict = match (attributed.is_empty(), parties.sides.len()) {
            (false, _) if disputed => Verdict::Disputed,
            (false, 0 | 1) => Verdict::SingleSource,
            (false, _) if parties.agree_on(line, &attributed, &accounts[0], self) => Verdict::Agreed,
            (false, _) => Verdict::Compatible,
            (true, _) if !narrated.is_empty() => Verdict::Unattributed,
            (true, _) if !outcome.withheld.is_empty() => Verdict::Withheld,
            (true, _) => Verdict::Unaddressed,
        };
        match outcome.verdict {
            Verdict::Disputed => {
                let everything = common.as_ref().is_some_and(Ranges::is_everything);
                outcome.dispute = Some(match accounts.len() {
                    2 if possible.is_everything() => Dispute::Contradictory,
                    _ => line.dispute,
                });
                outcome.within_one_side = (!parties.unknown_speaks).then_some(parties.sides.len() == 1);
                outcome.spread = self.spread(line, &attributed, &accounts);
                if everything {
                    outcome.common_ground = None;
                }
                outcome.safe_wording =
                    common.as_ref().and_then(|common| (line.safe)(self, common)).and_then(|a| say(&a));
            }
            Verdict::SingleSource => {
                outcome.safe_wording = outcome.common_ground.clone();
                outcome.credit = credit(line, &attributed, &accounts[0]);
            }
            Verdict::Agreed | Verdict::Compatible => outcome.safe_wording = outcome.common_ground.clone(),
            Verdict::Unattributed | Verdict::Withheld | Verdict::Unaddressed => {}
        }
        outcome.echoes = echoes(&attributed, &group_of);
        for one in standing {
            let read = one.read.as_ref().and_then(line.of).and_then(|read| (line.say)(self, read));
            let unit = match one.facts.unit {
                UnitFit::Narrower => Some(Cow::from("it counts a narrower unit")),
                UnitFit::Broader => Some(Cow::from("it counts a broader unit")),
                UnitFit::Same | UnitFit::Unrelated => None,
            };
            let reasons: Vec<Cow<'static, str>> =
                unit.into_iter().chain(one.widened.iter().cloned()).collect();
            if !reasons.is_empty() {
                let read = read.unwrap_or(Words::Anything);
                outcome.widened.push(Widened {
                    assertion: one.facts.assertion,
                    read,
                    reason: reasons.join("; ").into(),
                });
            }
        }
        let weighed = if attributed.is_empty() { &narrated } else { &attributed };
        outcome.pivots = self.pivots(line, weighed, &accounts, &parties, outcome);
        self.notices(line, &attributed, &narrated, &possible, &parties, outcome);
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one step of the judgement, taken out to be read on its own"
    )]
    fn list_accounts<P: Point>(
        &self,
        line: &Line<P>,
        accounts: &[Ranges<P>],
        attributed: &[&Standing<'_>],
        narrated: &[&Standing<'_>],
        parties: &Parties,
        say: &dyn Fn(&Ranges<P>) -> Option<Words>,
        outcome: &mut Outcome,
    ) {
        outcome.accounts_total = accounts.len();
        for answer in accounts.iter().take(LISTED) {
            let (mut sides, mut sources) = (Set::<u32>::default(), Set::<u32>::default());
            let mut assertions = Vec::new();
            for one in attributed {
                if answers_of(line, one).is_some_and(|said| answer.entails(said)) {
                    assertions.push(one.facts.assertion);
                    sources.extend(&one.sources);
                    if parties.counts(one) {
                        sides.extend(parties.sides_of(one, self));
                    }
                }
            }
            // What nobody put their name to is listed where it fits, and narrows nothing.
            for one in narrated {
                if answers_of(line, one).is_some_and(|said| answer.overlaps(said)) {
                    assertions.push(one.facts.assertion);
                }
            }
            assertions.sort_unstable();
            outcome.accounts.push(Account {
                answer: say(answer).unwrap_or(Words::Anything),
                answers: (line.wrap)(answer.clone()),
                sides: sides.into_iter().collect(),
                sources: sources.into_iter().collect(),
                assertions,
            });
        }
    }

    /// The largest less the smallest end of the accounts' answers that somebody stated.
    fn spread<P: Point>(
        &self,
        line: &Line<P>,
        attributed: &[&Standing<'_>],
        accounts: &[Ranges<P>],
    ) -> Option<Box<str>> {
        let difference = line.difference?;
        let mut stated: Set<P> = Set::default();
        for one in attributed.iter().filter(|one| one.stance == Stance::Affirms) {
            let states_zero = self.columns().content(one.facts.assertion).is_some_and(states_zero);
            let as_said = one.facts.said.as_ref().and_then(line.of);
            for set in [as_said, answers_of(line, one)].into_iter().flatten() {
                stated.extend(ends(set).filter(|end| states_zero || Some(*end) != P::LEAST));
            }
        }
        let ends = || accounts.iter().flat_map(ends).filter(|end| stated.contains(end));
        let (least, most) = (ends().min()?, ends().max()?);
        (least < most).then(|| difference(most, least).into())
    }

    /// The assertions that make the verdict and the common ground what they are, mostly.
    ///
    /// An explanation starts from these, tests whether they suffice, and looks further if they don't.
    fn pivots<P: Point>(
        &self,
        line: &Line<P>,
        weighed: &[&Standing<'_>],
        accounts: &[Ranges<P>],
        parties: &Parties,
        outcome: &Outcome,
    ) -> Vec<u32> {
        let lowest = accounts.iter().reduce(|a, b| if below(b, a) { b } else { a });
        let highest = accounts.iter().reduce(|a, b| if below(a, b) { b } else { a });
        let needed: Vec<&Ranges<P>> = match accounts.len() {
            0 | 1 => accounts.iter().collect(),
            _ if line.is_ordered => lowest.into_iter().chain(highest).collect(),
            _ => accounts.iter().collect(),
        };
        let mut pivots: Vec<u32> = match &outcome.common_ground {
            Some(Words::Of(assertion)) => vec![*assertion],
            _ => Vec::new(),
        };
        let originals = || weighed.iter().filter(|one| !one.facts.is_copy);
        // The first that states each of them.
        let mut stating: Fast<&Ranges<P>, Option<u32>> =
            needed.iter().map(|answer| (*answer, None)).collect();
        for one in originals() {
            let as_said = one.facts.said.as_ref().and_then(line.of);
            for said in as_said.into_iter().chain(answers_of(line, one)) {
                if let Some(first) = stating.get_mut(said) {
                    first.get_or_insert(one.facts.assertion);
                }
            }
        }
        for (number, answer) in needed.into_iter().enumerate() {
            if let Some(Some(assertion)) = stating.get(answer) {
                pivots.push(*assertion);
                continue;
            }
            if number >= LISTED {
                continue; // whoever asks why looks for what is missing
            }
            let mut meet = Closing::new();
            for one in originals() {
                if answers_of(line, one).is_some_and(|said| answer.entails(said) && meet.add(said)) {
                    pivots.push(one.facts.assertion);
                }
            }
        }
        if parties.sides.len() > 1 {
            // One for each of two sides: of those who state the answer, if that is what the verdict rests on.
            let agreed = outcome.verdict == Verdict::Agreed;
            let speaks =
                originals().filter(|one| parties.counts(one) && (!agreed || states(line, one, &accounts[0])));
            let mut sides: Set<u32> = Set::default();
            for one in speaks {
                let before = sides.len();
                sides.extend(parties.sides_of(one, self));
                if sides.len() > before {
                    pivots.push(one.facts.assertion);
                }
                if sides.len() > 1 {
                    break;
                }
            }
        }
        pivots.extend(outcome.withheld.iter().take(usize::from(outcome.verdict == Verdict::Withheld)));
        pivots.sort_unstable();
        pivots.dedup();
        pivots
    }

    fn notices<P: Point>(
        &self,
        line: &Line<P>,
        attributed: &[&Standing<'_>],
        narrated: &[&Standing<'_>],
        possible: &Ranges<P>,
        parties: &Parties,
        outcome: &mut Outcome,
    ) {
        if !attributed.is_empty() {
            let outside = narrated
                .iter()
                .filter(|one| answers_of(line, one).is_some_and(|said| !said.overlaps(possible)));
            let outside: Vec<u32> = outside.map(|one| one.facts.assertion).collect();
            if !outside.is_empty() {
                outcome.notices.push(Notice::UnattributedOutside(outside));
            }
        }
        if parties.answered {
            let beside = attributed.iter().filter(|one| {
                // One of several who jointly have none may be the only one that answers.
                let elsewhere = || {
                    one.sources
                        .iter()
                        .any(|source| !parties.heard.contains(&self.ground.sides[*source as usize]))
                };
                one.stance == Stance::NoEvidence && (parties.heard.len() > 1 || elsewhere())
            });
            let beside: Vec<u32> = beside.map(|one| one.facts.assertion).collect();
            if !beside.is_empty() {
                outcome.notices.push(Notice::NoEvidenceBesideAnswer(beside));
            }
        }
        if parties.unknown_speaks {
            let unknown = attributed.iter().filter(|one| parties.counts(one)).flat_map(|one| &one.sources);
            let sources: Set<u32> = unknown
                .copied()
                .filter(|source| self.is_unknown(self.ground.sides[*source as usize]))
                .collect();
            outcome.notices.push(Notice::UnknownSide(sources.into_iter().collect()));
        }
        if outcome.verdict == Verdict::Unaddressed && !outcome.does_not_know.is_empty() {
            outcome.notices.push(Notice::OnlyDoesNotKnow);
        }
        if self.columns().claims[outcome.claim as usize].unit().is_none() {
            let unit = |one: &&Standing<'_>| self.columns().extra(one.facts.assertion)?.unit.as_deref();
            let mut units = attributed.iter().chain(narrated).filter_map(unit);
            if let Some(first) = units.next()
                && units.any(|unit| unit != first)
            {
                outcome.notices.push(Notice::SeveralUnits);
            }
        }
    }
}

/// Who speaks on a claim, and whose word counts as a side.
#[derive(Default)]
struct Parties {
    /// The sides counted, in the order in which they first speak.
    sides: Vec<u32>,
    /// The same, with all unknown ones where only such speak: which of them is counted is a matter of input order.
    heard: Vec<u32>,
    /// Whether somebody affirms or denies; then having no evidence counts no side.
    answered: bool,
    unknown_speaks: bool,
}

impl Parties {
    fn among(attributed: &[&Standing<'_>], bench: &Bench<'_>) -> Self {
        let mut parties =
            Self { answered: attributed.iter().any(|one| one.stance.takes_value()), ..Self::default() };
        let counting = attributed.iter().filter(|one| parties.counts(one));
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        let mut seen: Set<u32> = Set::default();
        for source in counting.flat_map(|one| &one.sources) {
            let side = bench.ground.sides[*source as usize];
            if seen.insert(side) {
                if bench.is_unknown(side) { unknown.push(side) } else { known.push(side) }
            }
        }
        parties.unknown_speaks = !unknown.is_empty();
        // The fewest sides that what is known allows: an unknown one may be anyone already heard.
        let counted = if known.is_empty() { 1 } else { known.len() };
        parties.heard = if known.is_empty() { unknown } else { known };
        parties.sides = parties.heard.iter().copied().take(counted).collect();
        parties
    }

    /// Whether a standing assertion's sides count.
    fn counts(&self, one: &Standing<'_>) -> bool {
        !self.answered || one.stance.takes_value()
    }

    /// The sides that an account or an answer set is listed under: an unknown one only when nobody else speaks.
    fn sides_of<'s>(&self, one: &'s Standing<'_>, bench: &'s Bench<'_>) -> impl Iterator<Item = u32> + 's {
        let only_unknown = self.sides.first().is_some_and(|side| bench.is_unknown(*side));
        let sides = one.sources.iter().map(|source| bench.ground.sides[*source as usize]);
        sides.filter(move |side| only_unknown || !bench.is_unknown(*side))
    }

    /// Whether at least two sides state what everybody's answers have in common.
    fn agree_on<P: Point>(
        &self,
        line: &Line<P>,
        attributed: &[&Standing<'_>],
        meet: &Ranges<P>,
        bench: &Bench<'_>,
    ) -> bool {
        let stating = attributed.iter().filter(|one| one.stance.takes_value() && states(line, one, meet));
        let mut sides = stating.flat_map(|one| self.sides_of(one, bench));
        let first = sides.next();
        sides.any(|side| Some(side) != first)
    }
}

/// Whether an assertion says just these answers, as it was said or as it is read.
fn states<P: Point>(line: &Line<P>, one: &Standing<'_>, answers: &Ranges<P>) -> bool {
    let as_said = one.facts.said.as_ref().and_then(line.of);
    as_said == Some(answers) || answers_of(line, one) == Some(answers)
}

fn answers_of<'s, P: Point>(line: &Line<P>, one: &'s Standing<'_>) -> Option<&'s Ranges<P>> {
    one.read.as_ref().and_then(line.of)
}

/// The standing assertions that leave the same answers possible.
struct Group<'s, P> {
    answers: &'s Ranges<P>,
    /// Their sides, as far as they count.
    sides: Vec<u32>,
}

impl<'s, P: Point> Group<'s, P> {
    /// All groups, and which of them each assertion is in.
    fn of(
        line: &Line<P>,
        standing: &[&'s Standing<'_>],
        parties: &Parties,
        bench: &Bench<'_>,
    ) -> (Vec<Self>, Vec<Option<usize>>) {
        let mut groups: indexmap::IndexMap<&Ranges<P>, Set<u32>, foldhash::fast::FixedState> =
            Default::default();
        let group_of = standing.iter().map(|one| {
            let group = groups.entry(answers_of(line, one)?);
            let number = group.index();
            let sides = group.or_default();
            if parties.counts(one) {
                sides.extend(parties.sides_of(one, bench));
            }
            Some(number)
        });
        let group_of = group_of.collect();
        let groups = groups.into_iter();
        (
            groups.map(|(answers, sides)| Self { answers, sides: sides.into_iter().collect() }).collect(),
            group_of,
        )
    }
}

/// The words in which standing assertions said their answers, the earliest's for each set.
struct Wordings<'s>(Fast<&'s AnswerSet, (Option<Moment>, u32)>);

impl<'s> Wordings<'s> {
    fn of(standing: &'s [Standing<'_>]) -> Self {
        let mut wordings: Fast<&AnswerSet, (Option<Moment>, u32)> = Fast::default();
        for one in standing {
            // A denial's words say what isn't so, and those of another unit count something else.
            if one.stance == Stance::Denies || one.facts.unit != UnitFit::Same {
                continue;
            }
            let Some(said) = &one.facts.said else { continue };
            let word = (one.facts.date.map(Date::last), one.facts.assertion);
            let earliest = wordings.entry(said).or_insert(word);
            // Undated words come after dated ones.
            if (word.0.is_none(), word) < (earliest.0.is_none(), *earliest) {
                *earliest = word;
            }
        }
        Self(wordings)
    }

    fn exactly(&self, answers: &AnswerSet) -> Option<Words> {
        self.0.get(answers).map(|(_, assertion)| Words::Of(*assertion))
    }
}

/// Whom to name for what one side says: those who state it, else all who speak.
fn credit<P: Point>(line: &Line<P>, attributed: &[&Standing<'_>], answers: &Ranges<P>) -> Vec<u32> {
    let mut sources: Set<u32> = Set::default();
    sources.extend(attributed.iter().filter(|one| states(line, one, answers)).flat_map(|one| &one.sources));
    if sources.is_empty() {
        sources.extend(attributed.iter().flat_map(|one| &one.sources));
    }
    sources.into_iter().collect()
}

/// The assertions all of whose origins also speak in another one with the same answers; the earliest counts.
fn echoes(attributed: &[&Standing<'_>], group_of: &[Option<usize>]) -> Vec<u32> {
    fn speakers<'s>(one: &'s Standing<'_>) -> Cow<'s, [u32]> {
        let mut sources = Cow::from(&one.sources);
        if !sources.is_sorted() {
            sources.to_mut().sort_unstable();
        }
        sources
    }
    // When it was said, undated last; the original before its copies; then input order.
    let order = |one: &Standing<'_>| {
        let date = one.facts.date.map(Date::last);
        (date.is_none(), date, one.facts.is_copy, one.facts.assertion)
    };
    let answering = attributed.iter().zip(group_of);
    let mut all: Vec<_> =
        answering.filter_map(|(one, group)| Some(((*group)?, speakers(one), *one))).collect();
    all.sort_unstable_by(|(group, sources, one), (other_group, other_sources, other)| {
        (group, sources).cmp(&(other_group, other_sources)).then_with(|| order(one).cmp(&order(other)))
    });
    // For each source the joint statements it is part of: the only ones that can hold all of somebody's origins.
    let mut joint: Fast<(usize, u32), Vec<&[u32]>> = Fast::default();
    let statements = || all.chunk_by(|one, other| (one.0, &one.1) == (other.0, &other.1));
    for (group, sources, _) in statements().map(|same| &same[0]).filter(|(_, sources, _)| sources.len() > 1) {
        sources.iter().for_each(|source| joint.entry((*group, *source)).or_default().push(sources));
    }
    let is_within_larger = |group: usize, sources: &[u32]| {
        let of_each =
            sources.iter().map(|source| joint.get(&(group, *source)).map_or(&[][..], Vec::as_slice));
        let mut candidates = of_each.min_by_key(|larger| larger.len()).into_iter().flatten();
        let is_within = |larger: &[u32]| sources.iter().all(|source| larger.binary_search(source).is_ok());
        candidates.any(|larger| larger.len() > sources.len() && is_within(larger))
    };
    let mut echoes = Vec::new();
    for same in statements() {
        let (group, sources, _) = &same[0];
        // The earliest counts, unless a larger statement says it too.
        let counting = usize::from(!is_within_larger(*group, sources));
        echoes.extend(same[counting..].iter().map(|(.., one)| one.facts.assertion));
    }
    echoes.sort_unstable();
    echoes
}

/// Whether one account's answers begin below another's.
fn below<P: Point>(a: &Ranges<P>, b: &Ranges<P>) -> bool {
    match (a.span(), b.span()) {
        (Some(a), Some(b)) => begins_before(a.low(), b.low()),
        _ => false,
    }
}

/// The finite ends of a set.
fn ends<P: Point>(set: &Ranges<P>) -> impl Iterator<Item = P> {
    set.intervals().iter().flat_map(|interval| [interval.low(), interval.high()]).filter_map(
        |end| match end {
            Bound::Included(point) | Bound::Excluded(point) => Some(point),
            Bound::Unbounded => None,
        },
    )
}

/// Whether a count names zero itself, and doesn't merely stop there: `0`, `0 to 10`, but not `at most 10`.
pub(super) fn states_zero(content: &Content<u32>) -> bool {
    match content {
        Content::Count(Said::Hedged(Hedge::Exactly | Hedge::AtLeast, 0) | Said::Between(0, _)) => true,
        Content::Count(Said::AnyOf(parts)) => {
            parts.iter().any(|part| states_zero(&Content::Count(part.clone())))
        }
        Content::Count(_) => false,
        _ => true,
    }
}
