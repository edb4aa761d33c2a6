//! What generated dossiers say of the library's own parts: those tests stand here, where both are known.

use std::sync::atomic::{AtomicU32, Ordering};

use proptest::prelude::*;

use super::live::{Call, LiveQuery, calls, replay};
use super::story::Story;
use super::{dossiers, resolvers};
use crate::dossier::Dossier;
use crate::dossier::columns::index;
use crate::dossier::grouped::Grouped;
use crate::outcome::Outcomes;
use crate::report::{LiveReport, OutcomeRef, minimal_sufficient};
use crate::resolve::{FastScratch, FastStatements, Reading, Resolver, Rule, SharedContext, Testimony};

/// Merges parts two by two, in an order given by numbers.
fn together(mut parts: Vec<Grouped>, order: &[prop::sample::Index]) -> Grouped {
    for pick in order.iter().cycle() {
        if parts.len() < 2 {
            break;
        }
        let one = parts.swap_remove(pick.index(parts.len()));
        let other = parts.swap_remove(pick.index(parts.len()));
        parts.push(one.merge(&other));
    }
    parts.pop().unwrap_or_default()
}

/// All that an outcome says, in text.
fn shown(outcome: OutcomeRef<'_>) -> String {
    let text = |answer| outcome.words(answer).map(|words| words.text(outcome.context.dossier));
    let accounts = outcome.accounts().iter().map(|account| {
        let (sides, sources) = (outcome.sides_of(account), outcome.sources_of(account));
        (text(account.answer), sides.collect::<Vec<_>>(), sources.collect::<Vec<_>>(), account.assertions)
    });
    let numbers = outcome.numbers();
    format!(
        "{} {:?} {:?} {} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        numbers.verdict,
        numbers.dispute,
        numbers.within_one_side,
        numbers.accounts_total,
        (numbers.unattributed, numbers.withheld, numbers.does_not_know, numbers.echoes, numbers.set_aside),
        accounts.collect::<Vec<_>>(),
        outcome.sides().collect::<Vec<_>>(),
        outcome.credit().collect::<Vec<_>>(),
        text(numbers.common_ground),
        text(numbers.safe_wording),
        outcome.gap(),
    )
}

/// A rule of a user's own that always reads the same testimony alike, and does everything that a rule may.
#[derive(Debug)]
struct Own;

impl Rule for Own {
    fn name(&self) -> &str {
        "own"
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        match (testimony.assertion().index % 5, testimony.said()) {
            (0, _) => Reading::set_aside("one in five is left out"),
            (1, _) => Reading::without(testimony.sources().take(1), "whoever is named first is left out"),
            (2, Some(said)) => Reading::also(said.or_more(), "it may be more"),
            _ => Reading::as_said(),
        }
    }
}

/// A rule of a user's own that answers otherwise whenever it is asked.
#[derive(Debug)]
struct Fickle(AtomicU32);

impl Rule for Fickle {
    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let asked = self.0.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B1).rotate_left(7);
        match (asked % 6, testimony.said()) {
            (0, _) => Reading::set_aside("this time"),
            (1, _) => Reading::without(testimony.sources().take(1), "this time"),
            (2, Some(said)) => Reading::also(said.or_more(), "this time"),
            (3, Some(said)) => Reading::also(said.complement(), "this time"),
            _ => Reading::as_said(),
        }
    }
}

/// A live report on nothing or on some dossier, and calls in any order: the records of that dossier, and of
/// another that goes by the same ids, so that many are refused.
fn grown() -> impl Strategy<Value = (Dossier, Vec<Call>)> {
    let start = (dossiers(), dossiers(), any::<[bool; 3]>());
    start.prop_flat_map(|(one, other, [begun, backwards, named])| {
        let mut all = calls(Story::of(&one));
        let mut story = Story::of(&other);
        if !named {
            story.assertions.iter_mut().for_each(|said| said.id = None);
        }
        all.extend(calls(story));
        if backwards {
            all.reverse();
        }
        let start = if begun { one } else { Dossier::new("") };
        (Just(start), Just(all.clone()).boxed().prop_union(Just(all).prop_shuffle().boxed()))
    })
}

proptest! {
    #[test]
    fn whatever_comes_in_between_the_findings_are_those_of_the_whole_record(
        (start, calls) in grown(),
        resolver in prop_oneof![
            3 => Just(Resolver::standard()),
            1 => Just(Resolver::without_rules()),
            3 => resolvers(),
            2 => resolvers().prop_map(|resolver| resolver.with_rule(Own)),
        ],
        asked in prop::collection::vec(
            prop::sample::select(vec![LiveQuery::Nothing, LiveQuery::Verdicts, LiveQuery::Everything]), 1..20),
    ) {
        let asked = asked.into_iter().cycle();
        replay(&resolver, LiveReport::new(start, resolver.clone()), calls, asked)?;
    }

    #[test]
    fn what_stands_is_the_same_however_it_is_found_and_a_claim_is_parted(
        dossier in dossiers(),
        part_of in prop::collection::vec(0..6_usize, 1..40),
        order in prop::collection::vec(any::<prop::sample::Index>(), 1..8),
    ) {
        let shared = SharedContext::new(&dossier, Resolver::standard());
        let context = shared.context();
        let fast = FastStatements::of(&context);
        let fast = fast.ok_or_else(|| TestCaseError::fail("only standard rules are asked"))?;
        let claims = 0..index(dossier.columns.claims.len());
        let mut parts = vec![Grouped::default(); 6];
        let rows = |claim| dossier.columns.rows_of(claim).iter().map(move |row| (claim, *row));
        for ((claim, row), part) in claims.clone().flat_map(rows).zip(part_of.iter().cycle()) {
            parts[*part].push(claim, row);
        }
        let (merged, mut scratch) = (together(parts, &order), FastScratch::default());
        for claim in claims {
            let (examined, mut parted) = (context.examine_all(claim), Outcomes::default());
            fast.examine(&context, claim, merged.of(claim), &mut scratch, &mut parted);
            let whole = OutcomeRef::new(context, &examined.outcomes, 0, claim);
            prop_assert_eq!(shown(whole), shown(OutcomeRef::new(context, &parted, 0, claim)));
            if let Some(verdict) = fast.verdict(&context, claim, merged.of(claim), &mut scratch) {
                prop_assert_eq!(verdict, whole.numbers().verdict);
            }
        }
    }

    #[test]
    fn what_is_indispensable_no_attempt_leaves_out(dossier in dossiers()) {
        let report = Resolver::standard().resolve(&dossier);
        for finding in report.findings() {
            let attempted = minimal_sufficient(finding.sufficient_start(), 0, usize::MAX, |some| finding.suffice(some));
            let needed = finding.context().indispensable(finding.claim_index(), &finding.sufficient_start());
            prop_assert!(needed.iter().all(|at| attempted.contains(at)), "{needed:?} {attempted:?}");
            // There may be several sets that nothing can be left out of, and not all need be of one size.
            let cited = finding.cited();
            prop_assert!(finding.suffice(cited), "{cited:?}");
            for at in 0..cited.len() {
                let without: Vec<u32> = [&cited[..at], &cited[at + 1..]].concat();
                prop_assert!(!finding.suffice(&without), "{cited:?} without {at}");
            }
        }
    }

    #[test]
    fn what_is_cited_suffices_as_it_was_read(dossier in dossiers(), from in any::<u16>()) {
        let report = Resolver::standard().with_rule(Fickle(u32::from(from).into())).resolve(&dossier);
        for finding in report.findings() {
            prop_assert!(finding.suffice_as_read(finding.cited()), "{finding:?} {:?}", finding.cited());
        }
        let (own, standard) = (Resolver::standard().with_rule(Own), Resolver::standard());
        for report in [own.resolve(&dossier), standard.resolve(&dossier)] {
            for finding in report.findings() {
                let all: Vec<u32> = finding.claim().assertions().map(|said| said.index).collect();
                prop_assert!(finding.suffice_as_read(&all));
                prop_assert!(finding.suffice(finding.cited()));
            }
        }
    }
}
