//! Where words come from: rings, and the origins behind copies of copies.
//!
//! petgraph's non-recursive algorithms do the walking, so that no chain is too long for the stack.

use crate::model::hashing::{FastMap, FastSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::columns::{Columns, Set};
use super::graph::Relation;
use super::graph::relation_view::RelationView;
use super::shared::{Growing, Shared, Start};

/// The rings that a relation makes, in input order: for each a record on it, and its path.
pub(crate) fn rings(view: &RelationView<'_>, name: impl Fn(u32) -> String) -> Vec<(u32, String)> {
    let components = kosaraju_scc(view);
    let nodes = components.iter().map(Vec::len).sum();
    let mut component = vec![0; nodes];
    for (number, members) in components.iter().enumerate() {
        members.iter().for_each(|node| component[*node as usize] = number);
    }
    // One step from each node within its component. A node of a component of its own has none, unless it
    // points at itself: so those that have one are exactly those on rings.
    let step = |node: u32| view.outgoing(node).find(|to| component[*to as usize] == component[node as usize]);
    let mut found: Vec<(u32, String)> = components
        .iter()
        .filter_map(|ring| ring.iter().min())
        .filter(|first| step(**first).is_some())
        .map(|first| path(view, *first, step, &name))
        .collect();
    found.sort();
    found
}

/// The components in which each of some numbers leads to each, along arcs between them; what an arc leads to
/// comes before what it comes from.
pub(crate) fn strong_components(arcs: &[(u32, u32)]) -> Vec<Vec<u32>> {
    let mut numbers: Vec<u32> = arcs.iter().flat_map(|(from, to)| [*from, *to]).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let node = |number: u32| NodeIndex::new(numbers.binary_search(&number).unwrap_or_default());
    let mut graph = DiGraph::<(), ()>::with_capacity(numbers.len(), arcs.len());
    for _ in &numbers {
        graph.add_node(());
    }
    for (from, to) in arcs {
        graph.add_edge(node(*from), node(*to), ());
    }
    let components = kosaraju_scc(&graph).into_iter();
    components.map(|component| component.into_iter().map(|node| numbers[node.index()]).collect()).collect()
}

/// How many names a path shows at most: a ring of thousands is told by its beginning.
const NAMED: usize = 12;

/// The way around a ring from one of its nodes: `a → b → a`.
fn path(
    view: &RelationView<'_>,
    first: u32,
    step: impl Fn(u32) -> Option<u32>,
    name: &impl Fn(u32) -> String,
) -> (u32, String) {
    let mut at = first;
    let mut way = Vec::new();
    let mut seen = FastSet::default();
    while seen.insert(at) {
        way.push(at);
        at = step(at).unwrap_or(at);
    }
    // The way may lead into the ring before it goes around: it begins where it first came by.
    let begins = way.iter().position(|node| *node == at).unwrap_or_default();
    let around = &way[begins..];
    let mut names: Vec<String> = around.iter().take(NAMED).map(|node| name(view.record(*node))).collect();
    if around.len() > NAMED {
        names.push(format!("… {} more", around.len() - NAMED));
    }
    names.push(name(view.record(at)));
    (view.record(at), names.join(" → "))
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
    /// What isn't among those assertions isn't followed: a copy of nothing known is an origin, and so is a
    /// revision, which says what its own source has since come to say. Where origins grow along a chain of
    /// copies, each further on in the input, all their lists are the beginnings of one.
    pub(crate) fn of(columns: &Columns, assertions: &[u32], revisions: &Set<u32>) -> Self {
        let mut lineage = Self::default();
        if columns.extra.is_empty() {
            return lineage;
        }
        let is_known = |at: &u32| assertions.binary_search(at).is_ok();
        let view = RelationView::cutting(
            columns,
            Relation::DerivedFrom,
            assertions.iter().copied(),
            is_known,
            Some(revisions),
        );
        if view.is_empty() {
            return lineage;
        }
        let mut growing = Growing::default();
        let mut origins: FastMap<u32, Start> = FastMap::default();
        // Components come in the order of their edges, each after those that it was copied from: so the
        // origins of all that is outside a component are known by then, and none of them is looked for twice.
        for mut component in kosaraju_scc(&view) {
            component.sort_unstable();
            let outside: Vec<u32> = component
                .iter()
                .flat_map(|at| view.outgoing(*at))
                .filter(|from| component.binary_search(from).is_err())
                .collect();
            let is_ring = component.len() > 1 || view.outgoing(component[0]).any(|from| from == component[0]);
            if outside.is_empty() && !is_ring {
                continue; // an origin
            }
            // Nodes are numbered as their records are, so records come out in input order.
            let records = |nodes: &[u32]| nodes.iter().map(|node| view.record(*node)).collect::<Vec<_>>();
            let (component, outside) = (records(&component), records(&outside));
            let behind = outside.iter().map(|from| origins.get(from).copied().unwrap_or(Start::One(*from)));
            let all = growing.union(behind);
            origins.extend(component.iter().map(|at| (*at, all)));
            if is_ring && outside.is_empty() {
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
