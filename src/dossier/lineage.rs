//! Where words come from: rings, and the origins behind copies of copies.
//!
//! petgraph's non-recursive algorithms do the walking, so that no chain is too long for the stack.

use crate::model::hashing::FastMap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::columns::Columns;
use super::shared::{Growing, Shared, Start};

/// The rings among records that each point at one other at most: where each is found, and its path.
pub(crate) fn rings(records: &[(&str, Option<u32>)]) -> Vec<(usize, String)> {
    let arcs: Vec<(u32, u32)> =
        (0..).zip(records).filter_map(|(at, (_, above))| above.map(|above| (at, above))).collect();
    let name = |at: u32| records[at as usize].0.to_owned();
    let mut found = paths(&arcs, name);
    found.sort();
    found.into_iter().map(|(at, path)| (at as usize, path)).collect()
}

/// The first ring that arcs between records make, if they make one: a record on it, and its path.
pub(crate) fn ring(arcs: &[(u32, u32)], name: impl Fn(u32) -> String) -> Option<(u32, String)> {
    paths(arcs, name).into_iter().min()
}

/// A way around each ring: a record on it, and its path.
fn paths(arcs: &[(u32, u32)], name: impl Fn(u32) -> String) -> Vec<(u32, String)> {
    let components = strong_components(arcs);
    let mut component: FastMap<u32, usize> = FastMap::default();
    for (number, records) in components.iter().enumerate() {
        component.extend(records.iter().map(|record| (*record, number)));
    }
    // Where a ring can be gone on along; a record that isn't on one can't.
    let mut next: FastMap<u32, u32> = FastMap::default();
    for (from, to) in arcs.iter().filter(|(from, to)| component[from] == component[to]) {
        next.entry(*from).or_insert(*to);
    }
    let rings =
        components.iter().filter_map(|ring| ring.iter().min()).filter(|first| next.contains_key(first));
    rings.map(|first| path(*first, &next, &name)).collect()
}

/// The components in which each record leads to each; a record pointed at comes before those that point at it.
fn strong_components(arcs: &[(u32, u32)]) -> Vec<Vec<u32>> {
    let mut records: Vec<u32> = arcs.iter().flat_map(|(from, to)| [*from, *to]).collect();
    records.sort_unstable();
    records.dedup();
    let node = |record: u32| NodeIndex::new(records.binary_search(&record).unwrap_or_default());
    let mut graph = DiGraph::<(), ()>::with_capacity(records.len(), arcs.len());
    for _ in &records {
        graph.add_node(());
    }
    for (from, to) in arcs {
        graph.add_edge(node(*from), node(*to), ());
    }
    let components = kosaraju_scc(&graph).into_iter();
    components.map(|component| component.into_iter().map(|node| records[node.index()]).collect()).collect()
}

/// At most so many names stand in a path: a ring of thousands is told by its beginning.
const NAMED: usize = 12;

/// The way around a ring from one of its records: `a → b → a`.
fn path(first: u32, next: &FastMap<u32, u32>, name: &impl Fn(u32) -> String) -> (u32, String) {
    let mut at = first;
    let mut way = Vec::new();
    let mut seen: FastMap<u32, usize> = FastMap::default();
    while seen.insert(at, way.len()).is_none() {
        way.push(at);
        at = next.get(&at).copied().unwrap_or(at);
    }
    // The way may lead into the ring before it goes around: it begins where it first came by.
    let begins = way.iter().position(|record| *record == at).unwrap_or_default();
    let around = &way[begins..];
    let mut names: Vec<String> = around.iter().take(NAMED).map(|record| name(*record)).collect();
    if around.len() > NAMED {
        names.push(format!("… {} more", around.len() - NAMED));
    }
    names.push(name(at));
    (at, names.join(" → "))
}

/// What copies of one claim go back to.
#[derive(Debug, Default)]
pub(crate) struct Lineage {
    /// The origins of each copy, in input order; none for a ring that nothing outside leads into.
    origins: FastMap<u32, Shared>,
    /// Rings of copies, each in input order.
    pub(crate) rings: Vec<Vec<u32>>,
}

impl Lineage {
    /// Follows the copies among some assertions of one claim back to their origins.
    ///
    /// What isn't among those assertions isn't followed: a copy of nothing known is an origin. Where origins grow along a
    /// chain of copies, each further on in the input, all their lists are the beginnings of one.
    pub(crate) fn of(columns: &Columns, assertions: &[u32]) -> Self {
        let known = |at: &u32| assertions.binary_search(at).is_ok();
        let arcs: Vec<(u32, u32)> = assertions
            .iter()
            .filter(|_| !columns.extra.is_empty())
            .flat_map(|at| columns.derived_from(*at).iter().copied().filter(known).map(|from| (*at, from)))
            .collect();
        let mut lineage = Self::default();
        if arcs.is_empty() {
            return lineage;
        }
        let mut behind: FastMap<u32, Vec<u32>> = Default::default();
        for (copy, from) in &arcs {
            behind.entry(*copy).or_default().push(*from);
        }
        let mut growing = Growing::default();
        let mut origins: FastMap<u32, Start> = FastMap::default();
        // Components come with what they were copied from first, so the origins behind are known by then.
        for mut component in strong_components(&arcs) {
            component.sort_unstable();
            let outside = component.iter().flat_map(|at| behind.get(at).into_iter().flatten());
            let outside: Vec<u32> =
                outside.copied().filter(|from| component.binary_search(from).is_err()).collect();
            let ring = component.len() > 1
                || behind.get(&component[0]).is_some_and(|from| from.contains(&component[0]));
            if outside.is_empty() && !ring {
                continue; // an origin
            }
            let behind = outside.iter().map(|from| origins.get(from).copied().unwrap_or(Start::One(*from)));
            let all = growing.union(behind);
            origins.extend(component.iter().map(|at| (*at, all)));
            if ring && outside.is_empty() {
                lineage.rings.push(component);
            }
        }
        lineage.rings.sort();
        let finished = growing.finish();
        lineage.origins = origins.into_iter().map(|(copy, start)| (copy, finished(start))).collect();
        lineage
    }

    /// The assertions where this one's words come from: itself, unless it is a copy.
    pub(crate) fn origins_of(&self, assertion: u32) -> Shared {
        self.origins.get(&assertion).cloned().unwrap_or(Shared::One(assertion))
    }

    /// The origins of each copy, in no order.
    pub(crate) fn copies(&self) -> impl Iterator<Item = (u32, &Shared)> {
        self.origins.iter().map(|(copy, origins)| (*copy, origins))
    }

    /// Whether the assertion repeats another.
    pub(crate) fn is_copy(&self, assertion: u32) -> bool {
        self.origins.contains_key(&assertion)
    }
}
