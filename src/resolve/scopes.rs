//! Scopes within scopes: of claims about one topic, which counts can be no more than which others.

use std::cmp::Reverse;
use std::ops::{Bound, Range};

use indexmap::IndexMap;

use super::context::Context;
use crate::dossier::columns::{ClaimRow, index};
use crate::model::claim::{Kind, Nature};
use crate::model::date::Moment;
use crate::model::hashing::{FastMap, FixedState};
use crate::model::interval::Ranges;
use crate::model::value::Content;
use crate::outcome::TiedClaims;
use crate::wording;

/// A claim's scope, as far as one can contain another.
#[derive(PartialEq, Eq, Hash)]
struct ClaimScope<'a> {
    place: Option<u32>,
    period: Option<Ranges<Moment>>,
    unit: Option<&'a str>,
    /// Every other dimension, which must be equal, and whether those two are stated.
    rest: Vec<(&'a str, &'a str)>,
}

impl<'a> ClaimScope<'a> {
    fn of(context: &Context<'_>, row: &'a ClaimRow) -> Self {
        let mut scope = Self { place: None, period: None, unit: row.unit(), rest: Vec::new() };
        for (dimension, value) in row.scope() {
            let place = || context.dossier.columns.terms.get_index_of(value).map(index);
            let period = || match wording::read(Kind::Date, value, None, &|_| false) {
                Ok(Content::Date(said)) => Some(said.answers(Default::default())),
                _ => None,
            };
            match &**dimension {
                "place" if place().is_some() => {
                    scope.place = place();
                    scope.rest.push(("place", ""));
                }
                "period" if period().is_some() => {
                    scope.period = period();
                    scope.rest.push(("period", ""));
                }
                _ => scope.rest.push((dimension, value)),
            }
        }
        scope.rest.sort_unstable();
        scope
    }

    /// Whether it lies within the other scope, and isn't the same.
    fn is_inside(&self, context: &Context<'_>, other: &Self) -> bool {
        let place = match (self.place, other.place) {
            (Some(ours), Some(theirs)) => context.index.taxonomy.is_within(ours, theirs),
            (ours, theirs) => ours == theirs,
        };
        let period = match (&self.period, &other.period) {
            (Some(ours), Some(theirs)) => ours.entails(theirs),
            (ours, theirs) => ours == theirs,
        };
        let same = self.place == other.place && self.period == other.period;
        place && period && !same && self.unit == other.unit && self.rest == other.rest
    }

    /// The first and the last moment of its period, and whether all between them belongs to it.
    fn bounds(&self) -> (i64, i64, bool) {
        let Some(span) = self.period.as_ref().and_then(Ranges::span) else {
            return (i64::MIN, i64::MAX, true);
        };
        let end = |bound: Bound<Moment>, none| match bound {
            Bound::Included(at) | Bound::Excluded(at) => at.microseconds(),
            Bound::Unbounded => none,
        };
        let in_one_piece = self.period.as_ref().is_none_or(|period| period.intervals().len() == 1);
        (end(span.low(), i64::MIN), end(span.high(), i64::MAX), in_one_piece)
    }
}

/// Of one topic's counts, which scopes contain which, between nearest ones.
///
/// Each scope is looked for once at each place around its own. What is found there is what is nearest, unless
/// periods are in several pieces: those are gone through.
pub(super) fn contained(context: &Context<'_>, claims: &[u32]) -> Vec<TiedClaims> {
    let rows = &context.dossier.columns.claims;
    let counted = |claim: &&u32| {
        let row = &rows[**claim as usize];
        row.kind == Kind::Count && row.nature == Nature::Fact
    };
    let mut scopes: IndexMap<ClaimScope<'_>, Vec<u32>, FixedState> = IndexMap::default();
    let mut scope_of = Vec::new();
    for claim in claims.iter().filter(counted) {
        let entry = scopes.entry(ClaimScope::of(context, &rows[*claim as usize]));
        scope_of.push((*claim, entry.index()));
        entry.or_default().push(*claim);
    }
    // Only scopes that have everything but place and period in common lie within one another.
    type ScopeGroup<'s, 'a> = (Option<u32>, Option<&'a str>, &'s [(&'a str, &'a str)]);
    let mut at_place: FastMap<ScopeGroup<'_, '_>, Vec<(usize, &ClaimScope<'_>)>> = FastMap::default();
    for (number, scope) in scopes.keys().enumerate() {
        at_place.entry((scope.place, scope.unit, &scope.rest)).or_default().push((number, scope));
    }
    let at_place: FastMap<ScopeGroup<'_, '_>, Periods> =
        at_place.into_iter().map(|(around, scopes)| (around, Periods::of(&scopes))).collect();
    let broader = |place: &Option<u32>| {
        let above = context.dossier.columns.terms[(*place)? as usize].broader;
        above.map(Some)
    };
    let scope_at = |number: usize| scopes.get_index(number).map(|(scope, _)| scope);
    let is_inside = |one: usize, other: usize| {
        scope_at(one).zip(scope_at(other)).is_some_and(|(one, other)| one.is_inside(context, other))
    };
    let nearest = |(number, scope): (usize, &ClaimScope<'_>)| {
        let mut nearest: Vec<usize> = Vec::new();
        for place in std::iter::successors(Some(scope.place), broader) {
            let Some(periods) = at_place.get(&(place, scope.unit, &*scope.rest)) else { continue };
            let around = periods.around(scope, place == scope.place);
            let in_pieces = periods.in_pieces.iter().copied().filter(|other| is_inside(number, *other));
            let found: Vec<usize> = around.chain(in_pieces).collect();
            // Those in one piece have been held to one another.
            let beside = if periods.in_pieces.is_empty() { &[][..] } else { &found };
            let between = || nearest.iter().chain(beside);
            let is_nearest = |other: &&usize| !between().any(|between| is_inside(*between, **other));
            let found: Vec<usize> = found.iter().filter(is_nearest).copied().collect();
            nearest.extend(found);
        }
        let claims = nearest.into_iter().filter_map(|other| scopes.get_index(other));
        let mut claims: Vec<u32> = claims.flat_map(|(_, claims)| claims.iter().copied()).collect();
        claims.sort_unstable();
        claims
    };
    let nearest: Vec<Vec<u32>> = scopes.keys().enumerate().map(nearest).collect();
    let tied = scope_of
        .iter()
        .flat_map(|(lesser, scope)| nearest[*scope].iter().map(move |greater| (*lesser, *greater)));
    tied.map(|(lesser, greater)| TiedClaims::AtMost { lesser, greater }).collect()
}

/// The periods of scopes that are equal in everything else.
struct Periods {
    /// Those in one piece, in the order in which they begin, then end: their first and last moments, and
    /// whose they are.
    stretches: Vec<(i64, i64, usize)>,
    /// When they end, and their place in that order: sorted in blocks of one, of two, of four, and so on (a
    /// merge sort tree), so that a range is made of few sorted blocks.
    ends: Vec<Vec<(i64, Reverse<usize>)>>,
    /// Scopes whose periods are in several pieces.
    in_pieces: Vec<usize>,
}

impl Periods {
    fn of(scopes: &[(usize, &ClaimScope<'_>)]) -> Self {
        let (mut stretches, mut in_pieces) = (Vec::new(), Vec::new());
        for (number, scope) in scopes {
            match scope.bounds() {
                (first, last, true) => stretches.push((first, last, *number)),
                _ => in_pieces.push(*number),
            }
        }
        stretches.sort_unstable();
        let mut portion: Vec<_> =
            stretches.iter().zip(0..).map(|((_, last, _), at)| (*last, Reverse(at))).collect();
        let mut ends = vec![portion.clone()];
        while 1 << ends.len() <= portion.len() {
            portion.chunks_mut(1 << ends.len()).for_each(<[_]>::sort);
            ends.push(portion.clone());
        }
        Self { stretches, ends, in_pieces }
    }

    /// The first that ends, of some in their order, among those that don't before a moment; of several the
    /// shortest.
    fn ends_first(&self, mut among: Range<usize>, not_before: i64) -> Option<usize> {
        let mut first: Option<(i64, Reverse<usize>)> = None;
        while !among.is_empty() {
            let level = among.start.trailing_zeros().min(among.len().ilog2());
            let to = among.start + (1 << level);
            let portion = &self.ends[level as usize][among.start..to];
            let found = portion.get(portion.partition_point(|(last, _)| *last < not_before));
            first = first.into_iter().chain(found.copied()).min();
            among.start = to;
        }
        first.map(|(_, Reverse(at))| at)
    }

    /// Of those in one piece, the scopes whose periods contain a scope's, but for those that contain another
    /// such.
    ///
    /// Where it stands among them it isn't found itself.
    fn around(&self, scope: &ClaimScope<'_>, is_among: bool) -> impl Iterator<Item = usize> {
        let (first, last, in_one_piece) = scope.bounds();
        let begun = |by: i64| self.stretches.partition_point(|(first, ..)| *first < by);
        let same = begun(first);
        let beginning_so = same..same + self.stretches[same..].partition_point(|(other, ..)| *other == first);
        let longer = if is_among && in_one_piece { last.checked_add(1) } else { Some(last) };
        let beside = longer.and_then(|longer| self.ends_first(beginning_so, longer));
        let mut from = 0;
        let before = std::iter::from_fn(move || {
            let at = self.ends_first(from..same, last)?;
            let (first, ends, _) = self.stretches[at];
            from = at + self.stretches[at..].partition_point(|(other, ..)| *other == first);
            beside.is_none_or(|beside| ends < self.stretches[beside].1).then_some(at)
        });
        before.chain(beside).map(|at| self.stretches[at].2)
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "what is made is sound")]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::model::claim::Claim;
    use crate::model::term::Term;
    use crate::resolve::SharedContext;
    use crate::{Dossier, Resolver};

    fn period() -> impl Strategy<Value = String> {
        let from_to =
            |(from, length): (u32, u32)| format!("2031-01-{from:02}/2031-01-{:02}", (from + length).min(31));
        prop_oneof![
            6 => (1..32_u32, 0..9_u32).prop_map(from_to),
            1 => (1..14_u32, 15..31_u32).prop_map(|(one, other)| format!("[2031-01-{one:02},2031-01-{other:02}]")),
            1 => select(vec!["2031-01", "2031", "../2031-01-20", "the flood"]).prop_map(str::to_owned),
        ]
    }

    fn topic() -> impl Strategy<Value = Dossier> {
        let place = prop::option::weighted(0.8, 0..4_usize);
        prop::collection::vec((place, prop::option::weighted(0.9, period())), 1..30).prop_map(|claims| {
            let mut dossier = Dossier::new("A flood");
            for (place, broader) in [
                ("varn", None),
                ("old-town", Some("varn")),
                ("harbour", Some("varn")),
                ("quay", Some("harbour")),
            ] {
                let term = Term::new(place, "");
                let term = if let Some(broader) = broader { term.broader(broader) } else { term };
                dossier.add_term(term).expect("a sound term");
            }
            for (at, (place, period)) in claims.into_iter().enumerate() {
                let mut claim = Claim::count(format!("c{at}"), "How many?").topic("deaths");
                if let Some(place) = place {
                    claim = claim.scope("place", ["varn", "old-town", "harbour", "quay"][place]);
                }
                if let Some(period) = period {
                    claim = claim.scope("period", period);
                }
                dossier.add_claim(claim).expect("a sound claim");
            }
            dossier
        })
    }

    #[test]
    fn periods_in_pieces_are_among_them() {
        let claim =
            Claim::count("c0", "How many?").topic("deaths").scope("period", "[2031-01-05,2031-01-20]");
        let mut dossier = Dossier::new("A flood");
        dossier.add_claim(claim).expect("a sound claim");
        let desk = SharedContext::new(&dossier, Resolver::standard());
        assert!(!ClaimScope::of(&desk.context(), &dossier.columns.claims[0]).bounds().2);
    }

    proptest! {
        #[test]
        fn scopes_are_nearest_as_when_each_is_held_to_each(dossier in topic()) {
            let desk = SharedContext::new(&dossier, Resolver::standard());
            let context = desk.context();
            let claims: Vec<u32> = (0..index(dossier.columns.claims.len())).collect();
            let scopes: Vec<ClaimScope<'_>> = dossier.columns.claims.values().map(|row| ClaimScope::of(&context, row)).collect();
            let is_inside = |one: u32, other: u32| scopes[one as usize].is_inside(&context, &scopes[other as usize]);
            let is_nearest = |one: u32, other: u32| {
                is_inside(one, other) && !claims.iter().any(|c| is_inside(one, *c) && is_inside(*c, other))
            };
            let found = contained(&context, &claims).into_iter().filter_map(|tied| match tied {
                TiedClaims::AtMost { lesser, greater } => Some((lesser, greater)),
                _ => None,
            });
            let pairs = claims.iter().flat_map(|one| claims.iter().map(|other| (*one, *other)));
            let expected: Vec<(u32, u32)> = pairs.filter(|(one, other)| is_nearest(*one, *other)).collect();
            prop_assert_eq!(found.collect::<Vec<_>>(), expected);
        }
    }
}
