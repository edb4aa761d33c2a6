//! One relation of a dossier's graph, for algorithms that need no more.

use std::slice;

use petgraph::Direction;
use petgraph::graph::DiGraph;
use petgraph::visit::{GraphBase, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, Visitable};

use super::Relation;
use crate::dossier::columns::{Columns, NONE, Set, index};

impl Columns {
    /// What a record points at in one relation, wherever that is kept.
    pub(crate) fn targets(&self, relation: Relation, from: u32) -> &[u32] {
        let at = from as usize;
        match relation {
            Relation::About => self.claim.get(at).map_or(&[][..], slice::from_ref),
            Relation::By => self.by(from),
            Relation::Via => self.extra(from).map_or(&[][..], |extra| &extra.via[..]),
            Relation::DerivedFrom => self.derived_from(from),
            Relation::Supersedes => self.supersedes(from),
            Relation::ReportedIn if self.document[at] == NONE => &[],
            Relation::ReportedIn => slice::from_ref(&self.document[at]),
            Relation::PartOf => {
                self.sources.get_index(at).map_or(&[][..], |(_, source)| source.part_of.as_slice())
            }
            Relation::Broader => {
                self.terms.get_index(at).map_or(&[][..], |(_, term)| term.broader.as_slice())
            }
        }
    }
}

/// One relation among records of one kind, on those records alone that have it.
///
/// A node is a record's place in [`records`](Self::records), so that what an algorithm keeps for each node
/// grows with the relation, not with the dossier. What a node points at is read from the columns; only the
/// way back is indexed.
pub(crate) struct RelationView<'d> {
    columns: &'d Columns,
    /// Records whose own edges are left out.
    cut: Option<&'d Set<u32>>,
    relation: Relation,
    /// The numbers of the records at either end of an edge, sorted, each once.
    records: Vec<u32>,
    /// Where each node's incoming edges begin in `sources`; one more than there are nodes.
    begins: Vec<u32>,
    /// The nodes that edges come from, by the node that they lead to.
    sources: Vec<u32>,
}

impl<'d> RelationView<'d> {
    /// The relation on some records. Edges to records that aren't `followed` are left out.
    #[cfg(any(feature = "json", feature = "csv"))]
    pub(crate) fn new(
        columns: &'d Columns,
        relation: Relation,
        from: impl IntoIterator<Item = u32>,
        followed: impl Fn(&u32) -> bool,
    ) -> Self {
        Self::cutting(columns, relation, from, followed, None)
    }

    /// The same without the edges that begin at some records.
    pub(crate) fn cutting(
        columns: &'d Columns,
        relation: Relation,
        from: impl IntoIterator<Item = u32>,
        followed: impl Fn(&u32) -> bool,
        cut: Option<&'d Set<u32>>,
    ) -> Self {
        let mut records = Vec::new();
        for from in from.into_iter().filter(|from| !cut.is_some_and(|cut| cut.contains(from))) {
            let before = records.len();
            records.extend(columns.targets(relation, from).iter().copied().filter(&followed));
            if records.len() > before {
                records.push(from);
            }
        }
        records.sort_unstable();
        records.dedup();
        let mut view = Self { columns, cut, relation, records, begins: Vec::new(), sources: Vec::new() };
        // A counting sort by target: first how many edges lead to each node, then each to its place.
        let mut ends = vec![0; view.records.len() + 1];
        for node in 0..index(view.records.len()) {
            view.outgoing(node).for_each(|to| ends[to as usize] += 1);
        }
        let mut edges = 0;
        for end in &mut ends {
            edges += *end;
            *end = edges;
        }
        let mut sources = vec![0; edges as usize];
        for node in (0..index(view.records.len())).rev() {
            for to in view.outgoing(node) {
                let end = &mut ends[to as usize];
                *end -= 1;
                sources[*end as usize] = node;
            }
        }
        // Each end has moved down to where its node's edges begin.
        (view.begins, view.sources) = (ends, sources);
        view
    }

    /// Whether no record has the relation.
    pub(crate) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The record that a node stands for.
    pub(crate) fn record(&self, node: u32) -> u32 {
        self.records[node as usize]
    }

    /// What a node points at. A target that isn't among the records wasn't to be followed.
    pub(crate) fn outgoing(&self, node: u32) -> RelationNeighbors<'_, 'd> {
        let record = self.record(node);
        let is_cut = self.cut.is_some_and(|cut| cut.contains(&record));
        let targets = if is_cut { &[] } else { self.columns.targets(self.relation, record) };
        RelationNeighbors::Outgoing(&self.records, targets.iter())
    }

    fn incoming(&self, node: u32) -> &[u32] {
        let at = node as usize;
        &self.sources[self.begins[at] as usize..self.begins[at + 1] as usize]
    }
}

impl GraphBase for RelationView<'_> {
    type NodeId = u32;
    type EdgeId = ();
}

impl Visitable for RelationView<'_> {
    /// A bit for each node, as petgraph's own graphs have it.
    type Map = <DiGraph<(), ()> as Visitable>::Map;

    fn visit_map(&self) -> Self::Map {
        Self::Map::with_capacity(self.records.len())
    }

    fn reset_map(&self, map: &mut Self::Map) {
        map.clear();
        map.grow(self.records.len());
    }
}

impl IntoNodeIdentifiers for &RelationView<'_> {
    type NodeIdentifiers = std::ops::Range<u32>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        0..index(self.records.len())
    }
}

/// The nodes at the other ends of a node's edges.
pub(crate) enum RelationNeighbors<'v, 'd> {
    /// Targets as the columns have them, and the records to find their nodes by.
    Outgoing(&'v [u32], slice::Iter<'d, u32>),
    Incoming(slice::Iter<'v, u32>),
}

impl Iterator for RelationNeighbors<'_, '_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        match self {
            Self::Outgoing(records, targets) => {
                targets.find_map(|to| records.binary_search(to).ok().map(index))
            }
            Self::Incoming(nodes) => nodes.next().copied(),
        }
    }
}

impl<'v, 'd> IntoNeighbors for &'v RelationView<'d> {
    type Neighbors = RelationNeighbors<'v, 'd>;

    fn neighbors(self, node: u32) -> Self::Neighbors {
        self.outgoing(node)
    }
}

impl<'v, 'd> IntoNeighborsDirected for &'v RelationView<'d> {
    type NeighborsDirected = RelationNeighbors<'v, 'd>;

    fn neighbors_directed(self, node: u32, direction: Direction) -> Self::NeighborsDirected {
        match direction {
            Direction::Outgoing => self.neighbors(node),
            Direction::Incoming => RelationNeighbors::Incoming(self.incoming(node).iter()),
        }
    }
}
