//! The traits through which petgraph's algorithms see a dossier's graph.
//!
//! A node's number is its place among all nodes: those of one kind follow those of another, each in input
//! order, so that numbers are compact and both ways take a few subtractions.

use std::iter::{FlatMap, Map};
use std::ops::Range;

use petgraph::visit::{
    Data, EdgeCount, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoEdgesDirected, IntoNeighbors,
    IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences, NodeCompactIndexable, NodeCount,
    NodeIndexable, VisitMap, Visitable,
};
use petgraph::{Directed, Direction};

use super::{Edge, Edges, Graph, Incoming, Node, NodeKind, Relation};
use crate::dossier::Dossier;

/// The nodes of a dossier, in order.
#[derive(Clone)]
pub struct Nodes<'d> {
    dossier: &'d Dossier,
    numbers: Range<usize>,
}

impl<'d> Iterator for Nodes<'d> {
    type Item = Node<'d>;

    fn next(&mut self) -> Option<Node<'d>> {
        Some(Node::at(self.dossier, self.numbers.next()?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.numbers.size_hint()
    }
}

/// Which nodes of a dossier an algorithm has been to.
#[derive(Clone, Debug)]
pub struct Visited(Vec<bool>);

impl VisitMap<Node<'_>> for Visited {
    fn visit(&mut self, node: Node<'_>) -> bool {
        self.0.get_mut(node.number()).is_some_and(|visited| !std::mem::replace(visited, true))
    }

    fn is_visited(&self, node: &Node<'_>) -> bool {
        self.0.get(node.number()).is_some_and(|visited| *visited)
    }

    fn unvisit(&mut self, node: Node<'_>) -> bool {
        self.0.get_mut(node.number()).is_some_and(std::mem::take)
    }
}

impl<'d> GraphBase for Graph<'d> {
    type NodeId = Node<'d>;
    type EdgeId = Edge<'d>;
}

impl GraphProp for Graph<'_> {
    type EdgeType = Directed;
}

impl<'d> Data for Graph<'d> {
    type NodeWeight = Node<'d>;
    type EdgeWeight = Relation;
}

impl NodeCount for Graph<'_> {
    fn node_count(&self) -> usize {
        NodeKind::ALL.iter().map(|kind| kind.count(self.dossier)).sum()
    }
}

impl EdgeCount for Graph<'_> {
    /// Counts the edges, in a time that grows with the dossier.
    fn edge_count(&self) -> usize {
        self.edge_references().count()
    }
}

impl<'d> NodeIndexable for Graph<'d> {
    fn node_bound(&self) -> usize {
        self.node_count()
    }

    fn to_index(&self, node: Node<'d>) -> usize {
        node.number()
    }

    fn from_index(&self, number: usize) -> Node<'d> {
        Node::at(self.dossier, number)
    }
}

impl NodeCompactIndexable for Graph<'_> {}

impl Visitable for Graph<'_> {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited(vec![false; self.node_count()])
    }

    fn reset_map(&self, map: &mut Visited) {
        map.0.clear();
        map.0.resize(self.node_count(), false);
    }
}

impl<'d> IntoNodeIdentifiers for &Graph<'d> {
    type NodeIdentifiers = Nodes<'d>;

    fn node_identifiers(self) -> Nodes<'d> {
        Nodes { dossier: self.dossier, numbers: 0..self.node_count() }
    }
}

impl<'d> IntoNodeReferences for &Graph<'d> {
    type NodeRef = Node<'d>;
    type NodeReferences = Nodes<'d>;

    fn node_references(self) -> Nodes<'d> {
        self.node_identifiers()
    }
}

impl<'g, 'd> IntoEdgeReferences for &'g Graph<'d> {
    type EdgeRef = Edge<'d>;
    type EdgeReferences = FlatMap<Nodes<'d>, Edges<'g, 'd>, fn(Node<'d>) -> Edges<'g, 'd>>;

    fn edge_references(self) -> Self::EdgeReferences {
        self.node_identifiers().flat_map(Edges::leaving)
    }
}

impl<'g, 'd> IntoEdges for &'g Graph<'d> {
    type Edges = Edges<'g, 'd>;

    fn edges(self, node: Node<'d>) -> Edges<'g, 'd> {
        if self.holds(node) { Edges::leaving(node) } else { Edges::none(node) }
    }
}

impl<'g, 'd> IntoEdgesDirected for &'g Graph<'d> {
    type EdgesDirected = Edges<'g, 'd>;

    fn edges_directed(self, node: Node<'d>, direction: Direction) -> Edges<'g, 'd> {
        match direction {
            Direction::Outgoing => self.edges(node),
            Direction::Incoming if self.holds(node) => {
                if let (dossier, NodeKind::Claim, row) = node.parts() {
                    return Edges { answers: dossier.columns.rows_of(row).iter(), ..Edges::none(node) };
                }
                let incoming = self.incoming.get_or_init(|| Incoming::of(self));
                Edges { arrivals: incoming.at(node.number()).iter(), ..Edges::none(node) }
            }
            Direction::Incoming => Edges::none(node),
        }
    }
}

impl<'g, 'd> IntoNeighbors for &'g Graph<'d> {
    type Neighbors = Map<Edges<'g, 'd>, fn(Edge<'d>) -> Node<'d>>;

    fn neighbors(self, node: Node<'d>) -> Self::Neighbors {
        self.edges(node).map(Edge::to)
    }
}

impl<'g, 'd> IntoNeighborsDirected for &'g Graph<'d> {
    type NeighborsDirected = Map<Edges<'g, 'd>, fn(Edge<'d>) -> Node<'d>>;

    fn neighbors_directed(self, node: Node<'d>, direction: Direction) -> Self::NeighborsDirected {
        let far_end = match direction {
            Direction::Outgoing => Edge::to,
            Direction::Incoming => Edge::from,
        };
        self.edges_directed(node, direction).map(far_end)
    }
}
