//! What leads back to itself is refused, and the message names a way around that is there.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::collections::BTreeSet;

use corroborate::Dossier;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::strategies::config;

/// Steps from one of `count` records to another, some of them around one long ring.
fn steps(count: usize) -> impl Strategy<Value = Vec<BTreeSet<usize>>> {
    let any_steps =
        proptest::collection::vec(proptest::collection::vec((0..count, any::<bool>()), 0..3), count);
    (any_steps, 0..=count, any::<bool>()).prop_map(|(steps, long, only_down)| {
        let ahead = |from: usize, to: usize| !only_down || to < from;
        let mut steps: Vec<BTreeSet<usize>> = steps
            .into_iter()
            .enumerate()
            .map(|(from, to)| {
                to.into_iter().filter(|(to, kept)| *kept && ahead(from, *to)).map(|(to, _)| to).collect()
            })
            .collect();
        (0..long).filter(|_| !only_down).for_each(|at| steps[at] = BTreeSet::from([(at + 1) % long]));
        steps
    })
}

/// The records that steps lead from back to themselves.
fn on_rings(steps: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let leads_back = |start: &usize| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![*start]);
        while let Some(at) = open.pop() {
            open.extend(steps[at].iter().filter(|to| seen.insert(**to)));
        }
        seen.contains(start)
    };
    (0..steps.len()).filter(leads_back).collect()
}

/// Holds a message on a ring to the steps that it names: each is there, and those left out are counted.
fn assert_goes_around(message: &str, steps: &[BTreeSet<usize>]) -> Result<BTreeSet<usize>, TestCaseError> {
    let path = message.split("leads back to itself: ").nth(1).and_then(|rest| rest.split(';').next());
    let mut names: Vec<&str> = path.expect("a path").split(" → ").collect();
    let number = |name: &&str| name[1..].parse::<usize>().expect("a number");
    let more = names.iter().position(|name| name.starts_with('…'));
    prop_assert_eq!(names.first(), names.last(), "{}", message);
    if let Some(at) = more {
        prop_assert_eq!(at, 12, "twelve are named: {}", message);
        let left_out: usize =
            names.remove(at)["… ".len()..].split(' ').next().expect("a word").parse().expect("a number");
        prop_assert!(left_out > 0 && left_out + 12 <= steps.len(), "{}", message);
        // From a ring that nothing leads out of, the way along is known.
        let mut at = number(&names[11]);
        if (0..=left_out).all(|_| {
            steps[at].len() == 1
                && steps[at].first().is_some_and(|to| {
                    at = *to;
                    true
                })
        }) {
            prop_assert_eq!(at, number(&names[12]), "{}", message);
        }
    }
    prop_assert!(names.len() <= 13, "{}", message);
    let around: Vec<usize> = names.iter().map(number).collect();
    for (n, pair) in around.windows(2).enumerate() {
        prop_assert!((more.is_some() && n == 11) || steps[pair[0]].contains(&pair[1]), "{}", message);
    }
    Ok(around.into_iter().collect())
}

proptest! {
    #![proptest_config(config())]

    /// What replaces what may branch; one ring is told, and it is one.
    #[test]
    fn a_ring_of_corrections_is_told_step_by_step(steps in (1..20_usize).prop_flat_map(steps)) {
        let named = |at: &usize| format!("a{at}");
        let assertions: Vec<Value> = steps.iter().enumerate().map(|(at, to)| {
            json!({"id": named(&at), "claim": "missing", "value": "30", "by": "mayor", "supersedes": to.iter().map(named).collect::<Vec<_>>()})
        }).collect();
        let file = json!({
            "schema": "corroborate/1",
            "sources": [{"id": "mayor"}],
            "claims": [{"id": "missing", "kind": "count"}],
            "assertions": assertions,
        });
        let rings = on_rings(&steps);
        match Dossier::from_json(&file.to_string()) {
            Ok(_) => prop_assert!(rings.is_empty(), "{:?}", rings),
            Err(problems) => {
                prop_assert_eq!(problems.problems().len(), 1, "{}", problems);
                let around = assert_goes_around(&problems.to_string(), &steps)?;
                prop_assert!(around.is_subset(&rings), "{:?} {}", rings, problems);
            }
        }
    }

    /// What is part of what doesn't branch, so that each ring is told, and nothing else.
    #[test]
    fn each_ring_of_affiliations_is_told_once(steps in (1..20_usize).prop_flat_map(steps)) {
        let steps: Vec<BTreeSet<usize>> = steps.iter().map(|to| to.first().copied().into_iter().collect()).collect();
        let sources: Vec<Value> =
            steps.iter().enumerate().map(|(at, to)| json!({"id": format!("s{at}"), "part_of": to.first().map(|to| format!("s{to}"))})).collect();
        let mut rings = on_rings(&steps);
        let told = match Dossier::from_json(&json!({"schema": "corroborate/1", "sources": sources}).to_string()) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.problems().iter().map(ToString::to_string).collect(),
        };
        for message in &told {
            let around = assert_goes_around(message, &steps)?;
            let first = *around.first().expect("a ring has a record");
            prop_assert!(message.contains(&format!("sources[{first}].part_of")), "{}", message);
            let mut at = first;
            while rings.remove(&at) {
                at = *steps[at].first().expect("a ring goes on");
            }
            prop_assert_eq!(at, first, "a ring is told once: {}", message);
        }
        prop_assert!(rings.is_empty(), "{:?} aren't told: {:?}", rings, told);
    }
}
