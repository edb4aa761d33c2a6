//! Between claims: whether sums add up, whose figure doesn't fit, and which claims can't be compared at all.

use std::borrow::Cow;
use std::ops::Bound;

use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::context::Context;
use super::scopes::contained;
use super::sums::{self, sum};
use crate::dossier::columns::index;
use crate::model::constraint::Constraint;
use crate::model::date::{Date, Moment, Precision};
use crate::model::hashing::{FastMap, FixedState};
use crate::model::interval::{Interval, Point, Ranges, ends_before};
use crate::model::value::AnswerSet;
use crate::outcome::{
    AccountDetails, ConstraintOutcome, Details, NotComparable, RuledOut, Status, TiedClaims,
};

/// The details of each claim that a constraint names.
type DetailsByClaim<'k> = FastMap<u32, Cow<'k, Details>>;

/// How the constraints fare, those stated before those that scopes imply; and which claims can't be compared.
///
/// Claims whose details are kept aren't examined again.
pub(crate) fn between<'k>(
    context: &Context<'_>,
    kept: impl Fn(u32) -> Option<&'k Details>,
) -> (Vec<ConstraintOutcome>, Vec<NotComparable>) {
    let topics = topics(context);
    let claim = |id: &str| context.dossier.columns.claims.get_index_of(id).map(index);
    let claims = |ids: &[String]| ids.iter().filter_map(|id| claim(id)).collect();
    let stated = context.dossier.constraints.iter().filter_map(|constraint| {
        Some(match constraint {
            Constraint::Sum { whole, parts } => {
                TiedClaims::Sum { whole: claim(whole)?, parts: claims(parts) }
            }
            Constraint::AtMost { lesser, greater } => {
                TiedClaims::AtMost { lesser: claim(lesser)?, greater: claim(greater)? }
            }
            Constraint::Equal { claims: tied } => TiedClaims::Equal { claims: claims(tied) },
        })
    });
    let implied = topics.values().flat_map(|claims| contained(context, claims));
    let tied: Vec<(TiedClaims, bool)> =
        stated.map(|tied| (tied, false)).chain(implied.map(|tied| (tied, true))).collect();
    let mut found = DetailsByClaim::default();
    for claim in tied.iter().flat_map(|(tied, _)| tied.claims()) {
        found.entry(claim).or_insert_with(|| match kept(claim) {
            Some(details) => Cow::Borrowed(details),
            None => Cow::Owned(context.details(claim)),
        });
    }
    let outcomes = tied.into_iter().map(|(tied, is_implied)| outcome(context, &found, tied, is_implied));
    let outcomes = outcomes.collect();
    (
        outcomes,
        topics.into_iter().filter_map(|(topic, claims)| not_comparable(context, topic, claims)).collect(),
    )
}

/// Works out whether a constraint holds, and which accounts it rules out.
fn outcome(
    context: &Context<'_>,
    found: &DetailsByClaim<'_>,
    tied: TiedClaims,
    is_implied: bool,
) -> ConstraintOutcome {
    let claims: Vec<u32> = tied.claims().collect();
    // What can be true of a claim is the union of its accounts, or anything where nobody answers.
    let possible = |claim: &u32| {
        let kind = context.columns().claims[*claim as usize].kind;
        found[claim].possible.clone().unwrap_or_else(|| AnswerSet::everything_of(kind))
    };
    let sets: Vec<AnswerSet> = claims.iter().map(possible).collect();
    let status = status(&tied, &sets);
    let mut ruled_out = Vec::new();
    if status != Status::Fails {
        let accounts: Vec<&[AccountDetails]> = claims.iter().map(|claim| &*found[claim].accounts).collect();
        for (claim, fits) in claims.iter().zip(fitting(&tied, &sets, &accounts)) {
            let of = |fit: bool| (0..fits.len()).filter(|nth| fits[*nth] == fit).collect::<Vec<usize>>();
            let (fitting, unfitting) = (of(true), of(false));
            if !unfitting.is_empty() {
                ruled_out.push(RuledOut { claim: *claim, fitting, unfitting });
            }
        }
    }
    let total = match &tied {
        TiedClaims::Sum { .. } => numbers(&sets[1..]).map(|parts| {
            let are_counts = sets[1..].iter().all(|set| matches!(set, AnswerSet::Counts(_)));
            let total = sum(&parts);
            if are_counts { AnswerSet::Counts(whole_numbers(&total)) } else { AnswerSet::Quantities(total) }
        }),
        _ => None,
    };
    let several = claims.iter().zip(sets).filter(|(claim, _)| found[*claim].accounts.len() > 1);
    let possible = several.map(|(claim, set)| (*claim, set)).collect();
    ConstraintOutcome { tied, is_implied, status, possible, total, ruled_out }
}

/// Which accounts of each claim can be true, beside whatever is possible of the others; none are listed of a
/// claim that has but one.
fn fitting(tied: &TiedClaims, sets: &[AnswerSet], accounts: &[&[AccountDetails]]) -> Vec<Vec<bool>> {
    let accounts = accounts.iter().map(|accounts| if accounts.len() < 2 { &[][..] } else { accounts });
    let answers = accounts.map(|accounts| accounts.iter().map(|account| &account.answers));
    match tied {
        TiedClaims::Sum { .. } => {
            let each =
                |sets: &mut dyn Iterator<Item = &AnswerSet>| sets.filter_map(number).collect::<Vec<_>>();
            let accounts: Vec<Vec<_>> = answers.map(|mut answers| each(&mut answers)).collect();
            let sets = each(&mut sets.iter());
            let total = sum(&sets[1..]);
            let of_whole = accounts[0].iter().map(|account| account.overlaps(&total)).collect();
            let of_parts = sums::fitting(&sets[0], &sets[1..], &accounts[1..]);
            std::iter::once(of_whole).chain(of_parts).collect()
        }
        TiedClaims::AtMost { .. } => {
            let mut tried = sets.to_vec();
            let fitting = answers.enumerate().map(|(at, answers)| {
                let fits = |answer: &AnswerSet| {
                    tried[at] = answer.clone();
                    status(tied, &tried) != Status::Fails
                };
                let fitting = answers.map(fits).collect();
                tried[at] = sets[at].clone();
                fitting
            });
            fitting.collect()
        }
        // An account is within what is possible of its claim, so that what is common to all claims may be
        // asked.
        TiedClaims::Equal { .. } => {
            let fits: Box<dyn Fn(&AnswerSet) -> bool> = if let Some(sets) = moments(sets) {
                let common = Ranges::meet_all(&sets);
                Box::new(move |account| dates(account).is_some_and(|account| account.overlaps(&common)))
            } else if let Some(numbers) = numbers(sets) {
                let common = Ranges::meet_all(&numbers);
                // No count is 4.5, though a quantity may be.
                let is_count = sets.iter().any(|set| matches!(set, AnswerSet::Counts(_)));
                Box::new(move |account| {
                    number(account).is_some_and(|account| {
                        account.overlaps(&common) && (!is_count || has_a_whole_number(&account.meet(&common)))
                    })
                })
            } else if let Some(sets) = truths(sets) {
                let common = Ranges::meet_all(&sets);
                Box::new(move |account| truth(account).is_some_and(|account| account.overlaps(&common)))
            } else {
                let common = named(sets).map(|sets| Ranges::meet_all(&sets));
                Box::new(move |account| match (&common, named_of(account)) {
                    (Some(common), Some(account)) => account.overlaps(common),
                    _ => true,
                })
            };
            answers.map(|answers| answers.map(&fits).collect()).collect()
        }
    }
}

fn status(tied: &TiedClaims, sets: &[AnswerSet]) -> Status {
    match tied {
        TiedClaims::Sum { .. } => {
            numbers(sets).map_or(Status::Open, |sets| equal(&[sets[0].clone(), sum(&sets[1..])]))
        }
        TiedClaims::AtMost { .. } => match numbers(sets) {
            Some(sets) => at_most(&sets[0], &sets[1]),
            None => moments(sets).map_or(Status::Open, |sets| at_most(&sets[0], &sets[1])),
        },
        TiedClaims::Equal { .. } => {
            if let Some(numbers) = numbers(sets) {
                let is_count = sets.iter().any(|set| matches!(set, AnswerSet::Counts(_)));
                return match equal(&numbers) {
                    // No count is 4.5, though a quantity may be.
                    Status::Open if is_count && !has_a_whole_number(&Ranges::meet_all(&numbers)) => {
                        Status::Fails
                    }
                    status => status,
                };
            }
            if let Some(sets) = moments(sets) {
                return equal(&sets);
            }
            let named = || named(sets).map(|sets| equal(&sets));
            truths(sets).map(|sets| equal(&sets)).or_else(named).unwrap_or(Status::Open)
        }
    }
}

/// Holds when every choice of answers is one and the same; fails when no answer is common to all.
fn equal<P: Point>(sets: &[Ranges<P>]) -> Status {
    let Some((first, rest)) = sets.split_first() else { return Status::Open };
    if first.is_exact() && rest.iter().all(|set| set == first) {
        Status::Holds
    } else if Ranges::meet_all(sets).is_empty() {
        Status::Fails
    } else {
        Status::Open
    }
}

fn has_a_whole_number(set: &Ranges<Decimal>) -> bool {
    let first = |low| match low {
        Bound::Included(low) => Some(Decimal::ceil(&low)),
        Bound::Excluded(low) => Some(Decimal::floor(&low).saturating_add(Decimal::ONE)),
        Bound::Unbounded => None,
    };
    let last = |high| match high {
        Bound::Included(high) => Some(Decimal::floor(&high)),
        Bound::Excluded(high) => Some(Decimal::ceil(&high).saturating_sub(Decimal::ONE)),
        Bound::Unbounded => None,
    };
    let holds_one =
        |(first, last): (Option<Decimal>, Option<Decimal>)| first.zip(last).is_none_or(|(f, l)| f <= l);
    set.intervals().iter().any(|interval| holds_one((first(interval.low()), last(interval.high()))))
}

/// Holds when the greatest of the lesser is no greater than the least of the greater; fails when it never can
/// be.
fn at_most<P: Point>(lesser: &Ranges<P>, greater: &Ranges<P>) -> Status {
    let (Some(lesser), Some(greater)) = (lesser.span(), greater.span()) else { return Status::Open };
    let holds = match (lesser.high(), greater.low()) {
        (Bound::Included(high) | Bound::Excluded(high), Bound::Included(low) | Bound::Excluded(low)) => {
            high <= low
        }
        _ => false,
    };
    // All of the lesser lies behind all of the greater.
    let fails = match lesser.low() {
        Bound::Unbounded => false,
        Bound::Included(low) => ends_before(greater.high(), Bound::Included(low)),
        Bound::Excluded(low) => {
            ends_before(greater.high(), Bound::Included(low)) || greater.high() == Bound::Included(low)
        }
    };
    if holds {
        Status::Holds
    } else if fails {
        Status::Fails
    } else {
        Status::Open
    }
}

/// Counts and quantities on one line; nothing if other answers are among them.
///
/// Dates that are all known to the day are numbers too, so that one day equals itself.
fn numbers(sets: &[AnswerSet]) -> Option<Vec<Ranges<Decimal>>> {
    sets.iter().map(number).collect()
}

fn number(set: &AnswerSet) -> Option<Ranges<Decimal>> {
    match set {
        AnswerSet::Counts(set) => Some(each(set, Decimal::from)),
        AnswerSet::Quantities(set) => Some(set.clone()),
        AnswerSet::Dates(set) if to_the_day(set) => Some(each(set, |moment: Moment| moment.day().into())),
        _ => None,
    }
}

fn dates(set: &AnswerSet) -> Option<&Ranges<Moment>> {
    if let AnswerSet::Dates(set) = set { Some(set) } else { None }
}

fn truth(set: &AnswerSet) -> Option<&Ranges<bool>> {
    if let AnswerSet::YesNo(set) = set { Some(set) } else { None }
}

/// A term or a text, by number.
fn named_of(set: &AnswerSet) -> Option<&Ranges<u32>> {
    if let AnswerSet::Terms(set) | AnswerSet::Texts(set) = set { Some(set) } else { None }
}

fn moments(sets: &[AnswerSet]) -> Option<Vec<Ranges<Moment>>> {
    sets.iter().map(|set| dates(set).cloned()).collect()
}

fn truths(sets: &[AnswerSet]) -> Option<Vec<Ranges<bool>>> {
    sets.iter().map(|set| truth(set).cloned()).collect()
}

fn named(sets: &[AnswerSet]) -> Option<Vec<Ranges<u32>>> {
    sets.iter().map(|set| named_of(set).cloned()).collect()
}

fn to_the_day(set: &Ranges<Moment>) -> bool {
    let day = |date: Date| date.precision() == Precision::Day;
    set.intervals().iter().all(|interval| {
        let low = if let Bound::Included(low) = interval.low() { day(Date::beginning(low)) } else { true };
        let high = if let Bound::Included(high) = interval.high() { day(Date::ending(high)) } else { true };
        low && high
    })
}

fn each<P: Point, Q: Point>(set: &Ranges<P>, point: impl Fn(P) -> Q) -> Ranges<Q> {
    let end = |bound| match bound {
        Bound::Included(at) => Bound::Included(point(at)),
        Bound::Excluded(at) => Bound::Excluded(point(at)),
        Bound::Unbounded => Bound::Unbounded,
    };
    set.intervals().iter().filter_map(|i| Interval::new((end(i.low()), end(i.high())))).collect()
}

fn whole_numbers(set: &Ranges<Decimal>) -> Ranges<u64> {
    use rust_decimal::prelude::ToPrimitive;
    let end = |bound, none| match bound {
        Bound::Included(at) => Decimal::to_u64(&at).map_or(none, Bound::Included),
        Bound::Excluded(at) => Decimal::to_u64(&at).map_or(none, Bound::Excluded),
        Bound::Unbounded => Bound::Unbounded,
    };
    let intervals = set.intervals().iter();
    intervals
        .filter_map(|i| Interval::new((end(i.low(), Bound::Included(0)), end(i.high(), Bound::Unbounded))))
        .collect()
}

/// The claims of each topic, both in input order.
fn topics<'a>(context: &Context<'a>) -> IndexMap<&'a str, Vec<u32>, FixedState> {
    let mut topics: IndexMap<&str, Vec<u32>, FixedState> = IndexMap::default();
    for (claim, row) in (0..).zip(context.dossier.columns.claims.values()) {
        if let Some(topic) = row.topic() {
            topics.entry(topic).or_default().push(claim);
        }
    }
    topics
}

/// The entry for a topic whose claims differ in scope.
fn not_comparable(context: &Context<'_>, topic: &str, claims: Vec<u32>) -> Option<NotComparable> {
    let scope = |claim: &u32| context.dossier.columns.claims[*claim as usize].scope();
    let mut stated: IndexMap<&str, (&str, usize, bool), FixedState> = IndexMap::default();
    for claim in &claims {
        for (dimension, value) in scope(claim) {
            let (first, times, differs) = stated.entry(dimension).or_insert((value, 0, false));
            *times += 1;
            *differs |= *first != &**value;
        }
    }
    let differ = stated.iter().filter(|(_, (_, times, differs))| *differs || *times < claims.len());
    let differs_in: Vec<Box<str>> = differ.map(|(dimension, _)| (*dimension).into()).collect();
    (!differs_in.is_empty()).then(|| NotComparable { topic: topic.into(), claims, differs_in })
}
