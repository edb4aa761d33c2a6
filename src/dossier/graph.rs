//! The dossier as a graph, for petgraph's algorithms to run on where it lies.
//!
//! What leaves a node is read from the columns, and so are the answers to a claim. What else arrives at a
//! node is indexed when somebody first asks.

pub(crate) mod relation_view;
mod visit;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::slice;
use std::sync::OnceLock;

use petgraph::visit::{EdgeCount, EdgeRef, IntoEdgeReferences, NodeCount, NodeRef};

use super::columns::{NONE, index};
use super::grouped::GroupedRow;
use super::{AssertionRef, ClaimRef, DocumentRef, Dossier, SourceRef, TermRef};
use crate::error::words;

words! {
    /// How one thing in a dossier bears on another: who said it, about what, in which document.
    ///
    /// Each relation runs one way, as its word reads: an assertion is `about` a claim and `by` a source, an
    /// office is `part-of` its state. Who published a document is no relation; ask
    /// [`DocumentRef::publisher`].
    ///
    /// To look at some relations only, filter the edges; every node stays in until the nodes are filtered
    /// too. Here, who belongs to whom, as a picture for Graphviz:
    ///
    /// ```
    /// use corroborate::{Claim, Dossier, Node, Relation, Source};
    /// use petgraph::dot::Dot;
    /// use petgraph::visit::{EdgeFiltered, NodeFiltered};
    ///
    /// let mut raid = Dossier::new("Raid in western Iraq");
    /// raid.add_source(Source::new("us", "United States"))?;
    /// raid.add_source(Source::new("centcom", "U.S. Central Command").part_of("us"))?;
    /// raid.add_source(Source::new("ryder", "Maj. Gen. Pat Ryder").part_of("centcom"))?;
    /// raid.add_claim(Claim::count("fighters-killed", "How many fighters were killed?"))?;
    ///
    /// let graph = raid.graph();
    /// let affiliation = EdgeFiltered::from_fn(&graph, |edge| edge.relation() == Relation::PartOf);
    /// let sources = NodeFiltered::from_fn(&affiliation, |node| matches!(node, Node::Source(_)));
    /// assert_eq!(Dot::new(&sources).to_string(), r#"digraph {
    ///     0 [ label = "us" ]
    ///     1 [ label = "centcom" ]
    ///     2 [ label = "ryder" ]
    ///     1 -> 0 [ label = "part-of" ]
    ///     2 -> 1 [ label = "part-of" ]
    /// }
    /// "#);
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    #[non_exhaustive]
    pub enum Relation ("relation") {
        /// From an assertion to the claim that it answers.
        About = "about",
        /// From an assertion to each source that it is credited to.
        By = "by",
        /// From an assertion to each relay that its words came through.
        Via = "via",
        /// From an assertion to each assertion that it repeats.
        DerivedFrom = "derived-from",
        /// From a source to the source that it belongs to.
        PartOf = "part-of",
        /// From an assertion to each assertion that it replaces.
        Supersedes = "supersedes",
        /// From an assertion to the document that it stands in.
        ReportedIn = "reported-in",
        /// From a term to the term that it falls under.
        Broader = "broader",
    }
}

macro_rules! nodes {
    (
        $(#[$meta:meta])*
        pub enum $node:ident {
            $($(#[$kind_meta:meta])* $kind:ident($view:ident) in $rows:ident,)*
        }
    ) => {
        $(#[$meta])*
        pub enum $node<'d> {
            $($(#[$kind_meta])* $kind($view<'d>),)*
        }

        $(
            impl<'d> From<$view<'d>> for $node<'d> {
                fn from(view: $view<'d>) -> Self {
                    Self::$kind(view)
                }
            }
        )*

        /// The kinds of nodes, in the order in which a graph lists them.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        enum NodeKind {
            $($kind,)*
        }

        impl NodeKind {
            const ALL: &[Self] = &[$(Self::$kind,)*];

            /// How many nodes of this kind a dossier holds.
            fn count(self, dossier: &Dossier) -> usize {
                match self {
                    $(Self::$kind => dossier.columns.$rows.len(),)*
                }
            }

            fn node(self, dossier: &Dossier, index: u32) -> $node<'_> {
                match self {
                    $(Self::$kind => $node::$kind($view { dossier, index }),)*
                }
            }
        }

        impl<'d> $node<'d> {
            fn parts(self) -> (&'d Dossier, NodeKind, u32) {
                match self {
                    $(Self::$kind(view) => (view.dossier, NodeKind::$kind, view.index),)*
                }
            }
        }
    };
}

nodes! {
    /// One thing in a dossier: a source, a claim, an assertion, a document or a term.
    ///
    /// A node is the view that the dossier gives out, so there is nothing to look up: take it apart, or make
    /// one of a view. It displays as its id. A source and a claim may share an id and are two nodes all the
    /// same.
    ///
    /// Nodes compare as they were put in: sources, claims, assertions, documents, terms, each in input order.
    /// Nodes of two dossiers are never equal, and which of them is less may differ from run to run.
    ///
    /// ```
    /// use corroborate::{Dossier, Node, Source};
    ///
    /// let mut raid = Dossier::new("Raid in western Iraq");
    /// raid.add_source(Source::new("centcom", "U.S. Central Command"))?;
    ///
    /// let node = Node::from(raid.source("centcom").ok_or("no such source")?);
    /// assert_eq!(node.to_string(), "centcom");
    /// let Node::Source(source) = node else { return Err("not a source".into()) };
    /// assert_eq!(source.name(), "U.S. Central Command");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Clone, Copy, Debug)]
    #[non_exhaustive]
    pub enum Node {
        /// Who speaks.
        Source(SourceRef) in sources,
        /// A point at issue.
        Claim(ClaimRef) in claims,
        /// One answer to one claim.
        Assertion(AssertionRef) in claim,
        /// A document that assertions stand in.
        Document(DocumentRef) in documents,
        /// A term of the taxonomy.
        Term(TermRef) in terms,
    }
}

impl Relation {
    /// The kinds of nodes that it leads from and to.
    fn ends(self) -> (NodeKind, NodeKind) {
        match self {
            Self::About => (NodeKind::Assertion, NodeKind::Claim),
            Self::By | Self::Via => (NodeKind::Assertion, NodeKind::Source),
            Self::DerivedFrom | Self::Supersedes => (NodeKind::Assertion, NodeKind::Assertion),
            Self::PartOf => (NodeKind::Source, NodeKind::Source),
            Self::ReportedIn => (NodeKind::Assertion, NodeKind::Document),
            Self::Broader => (NodeKind::Term, NodeKind::Term),
        }
    }
}

impl<'d> Node<'d> {
    /// What makes it itself: its place in its dossier, and only then which dossier that is.
    fn key(self) -> (NodeKind, u32, *const Dossier) {
        let (dossier, kind, index) = self.parts();
        (kind, index, dossier)
    }

    /// Its number among all nodes of its dossier.
    fn number(self) -> usize {
        let (dossier, kind, index) = self.parts();
        let before = NodeKind::ALL.iter().take_while(|other| **other < kind);
        before.map(|other| other.count(dossier)).sum::<usize>() + index as usize
    }

    /// The node of that number.
    fn at(dossier: &'d Dossier, number: usize) -> Self {
        let (mut kind, mut row) = (NodeKind::Source, number);
        for next in &NodeKind::ALL[1..] {
            let Some(rest) = row.checked_sub(kind.count(dossier)) else { break };
            (kind, row) = (*next, rest);
        }
        kind.node(dossier, index(row))
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Node<'_> {}

impl Hash for Node<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (_, kind, index) = self.parts();
        (kind, index).hash(state);
    }
}

impl Ord for Node<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Node<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Node<'_> {
    /// The id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(source) => f.pad(source.id()),
            Self::Claim(claim) => f.pad(claim.id()),
            Self::Assertion(assertion) => f.pad(&assertion.id()),
            Self::Document(document) => f.pad(document.id()),
            Self::Term(term) => f.pad(term.id()),
        }
    }
}

/// A node stands for itself: what petgraph calls its weight is the node again.
impl<'d> NodeRef for Node<'d> {
    type NodeId = Self;
    type Weight = Self;

    fn id(&self) -> Self {
        *self
    }

    fn weight(&self) -> &Self {
        self
    }
}

/// An arrow between two things in a dossier: this assertion is by that source.
///
/// petgraph calls its ends `source` and `target`. Since a source is somebody who speaks, they are
/// [`from`](Self::from) and [`to`](Self::to) here. An edge displays as a sentence of ids.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Node, Relation, Source};
/// use petgraph::Direction;
/// use petgraph::visit::{IntoEdges, IntoEdgesDirected};
///
/// let mut raid = Dossier::new("Raid in western Iraq");
/// raid.add_source(Source::new("isis", "Islamic State"))?;
/// raid.add_source(Source::new("centcom", "U.S. Central Command"))?;
/// raid.add_claim(Claim::count("attacks", "How many attacks did it claim?"))?;
/// raid.record(Assertion::new("attacks", "153").by("isis").via("centcom"))?;
///
/// let graph = raid.graph();
/// let said = raid.assertion("attacks#1").ok_or("no such assertion")?;
/// let edges: Vec<_> = graph.edges(said.into()).map(|edge| edge.to_string()).collect();
/// assert_eq!(edges, ["attacks#1 about attacks", "attacks#1 by isis", "attacks#1 via centcom"]);
///
/// let relay = raid.source("centcom").ok_or("no such source")?;
/// let relayed = graph.edges_directed(relay.into(), Direction::Incoming).next().ok_or("nothing relayed")?;
/// assert_eq!(relayed.from(), Node::from(said));
/// assert_eq!(relayed.relation(), Relation::Via);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge<'d> {
    from: Node<'d>,
    relation: Relation,
    /// Its place among the edges of that relation from that node, since a file may name one origin twice.
    nth: u32,
    to: Node<'d>,
}

impl<'d> Edge<'d> {
    /// Where it starts: at the assertion, in most relations.
    pub fn from(self) -> Node<'d> {
        self.from
    }

    /// Where it leads: to the claim, the source, the document.
    pub fn to(self) -> Node<'d> {
        self.to
    }

    /// How the one bears on the other.
    pub fn relation(self) -> Relation {
        self.relation
    }
}

impl fmt::Display for Edge<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.from, self.relation, self.to)
    }
}

/// An edge is its own id.
impl<'d> EdgeRef for Edge<'d> {
    type NodeId = Node<'d>;
    type EdgeId = Self;
    type Weight = Relation;

    fn source(&self) -> Node<'d> {
        self.from
    }

    fn target(&self) -> Node<'d> {
        self.to
    }

    fn weight(&self) -> &Relation {
        &self.relation
    }

    fn id(&self) -> Self {
        *self
    }
}

/// A dossier as arrows between things: who said what about which claim, where, and on whose word.
///
/// It implements the `visit` traits of petgraph 0.8, so that petgraph's algorithms, its filters and its `Dot`
/// run on it. Nothing is copied: what leaves a node is read from the dossier itself. What arrives at a node
/// is worked out once for the whole graph, by the first algorithm that walks backwards; keep the graph for
/// the next one.
///
/// ```
/// use corroborate::{Dossier, Node, Relation, Source};
/// use petgraph::algo::toposort;
/// use petgraph::visit::{Dfs, EdgeFiltered, Walker};
///
/// let mut raid = Dossier::new("Raid in western Iraq");
/// raid.add_source(Source::new("us", "United States"))?;
/// raid.add_source(Source::new("iraq", "Iraq"))?;
/// raid.add_source(Source::new("centcom", "U.S. Central Command").part_of("us"))?;
/// raid.add_source(Source::new("ryder", "Maj. Gen. Pat Ryder").part_of("centcom"))?;
///
/// let graph = raid.graph();
/// let affiliation = EdgeFiltered::from_fn(&graph, |edge| edge.relation() == Relation::PartOf);
///
/// // From an office up to its state.
/// let ryder = Node::from(raid.source("ryder").ok_or("no such source")?);
/// let up: Vec<_> = Dfs::new(&affiliation, ryder).iter(&affiliation).map(|node| node.to_string()).collect();
/// assert_eq!(up, ["ryder", "centcom", "us"]);
///
/// // Every office before its state.
/// let order = toposort(&affiliation, None).map_err(|_| "a ring, which a dossier refuses")?;
/// let order: Vec<_> = order.iter().map(Node::to_string).collect();
/// assert_eq!(order, ["ryder", "centcom", "iraq", "us"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Order
///
/// Nodes come as they were put in: sources, claims, assertions, documents, terms. Edges come by the node that
/// they start from, then relation by relation, then as they were named. What an algorithm returns in a hash
/// map, as `dijkstra` does, has no order: nodes can be sorted.
///
/// # Surprises
///
/// - Ask a graph about nodes of its own dossier only. To it, others have no edges, and their numbers mean
///   nothing.
/// - petgraph's numbers for nodes hold for one state of the dossier. Write down ids.
/// - Claims and documents are ends: nothing leaves them. To ask what hangs together, walk both ways, with
///   `connected_components` or `UndirectedAdaptor`.
/// - `is_cyclic_directed` and `tarjan_scc` recurse, and overflow the stack on long chains. `toposort` and
///   `kosaraju_scc` answer the same questions and don't.
#[derive(Clone)]
pub struct Graph<'d> {
    dossier: &'d Dossier,
    incoming: OnceLock<Incoming>,
}

impl Dossier {
    /// The dossier as a graph of sources, claims, assertions, documents and terms.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Source};
    /// use petgraph::algo::has_path_connecting;
    ///
    /// let mut raid = Dossier::new("Raid in western Iraq");
    /// raid.add_source(Source::new("us", "United States"))?;
    /// raid.add_source(Source::new("iraq", "Iraq"))?;
    /// raid.add_source(Source::new("centcom", "U.S. Central Command").part_of("us"))?;
    /// raid.add_claim(Claim::count("fighters-killed", "How many fighters were killed?"))?;
    /// raid.record(Assertion::new("fighters-killed", "15").id("communiqué").by("centcom"))?;
    /// raid.record(Assertion::new("fighters-killed", "15").id("blog").derived_from("communiqué"))?;
    ///
    /// // Whose word does the blog's figure go back to?
    /// let graph = raid.graph();
    /// let blog = raid.assertion("blog").ok_or("no such assertion")?;
    /// let us = raid.source("us").ok_or("no such source")?;
    /// let iraq = raid.source("iraq").ok_or("no such source")?;
    /// assert!(has_path_connecting(&graph, blog.into(), us.into(), None));
    /// assert!(!has_path_connecting(&graph, blog.into(), iraq.into(), None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn graph(&self) -> Graph<'_> {
        Graph { dossier: self, incoming: OnceLock::new() }
    }
}

impl Graph<'_> {
    fn holds(&self, node: Node<'_>) -> bool {
        std::ptr::eq(node.parts().0, self.dossier)
    }
}

impl fmt::Debug for Graph<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (nodes, edges) = (self.node_count(), self.edge_count());
        f.debug_struct("Graph").field("nodes", &nodes).field("edges", &edges).finish()
    }
}

/// What arrives at each node but claims: the arrivals of one node after those of another, and where each
/// node's begin.
#[derive(Clone)]
struct Incoming {
    begins: Vec<usize>,
    arrivals: Vec<IncomingEdge>,
}

/// An edge as seen from the node that it leads to.
#[derive(Clone, Copy)]
struct IncomingEdge {
    relation: Relation,
    from: u32,
    nth: u32,
}

impl Incoming {
    fn of(graph: &Graph<'_>) -> Self {
        // The dossier has the answers to each claim already.
        let edges_in = || graph.edge_references().filter(|edge| edge.relation != Relation::About);
        let mut begins = vec![0; graph.node_count() + 1];
        for edge in edges_in() {
            begins[edge.to.number() + 1] += 1;
        }
        let mut edges = 0;
        for begin in &mut begins {
            edges += *begin;
            *begin = edges;
        }
        let mut next = begins.clone();
        let mut arrivals = vec![IncomingEdge { relation: Relation::By, from: NONE, nth: 0 }; edges];
        for edge in edges_in() {
            let next = &mut next[edge.to.number()];
            let (_, _, from) = edge.from.parts();
            arrivals[*next] = IncomingEdge { relation: edge.relation, from, nth: edge.nth };
            *next += 1;
        }
        Self { begins, arrivals }
    }

    fn at(&self, node: usize) -> &[IncomingEdge] {
        match self.begins.get(node..).unwrap_or_default() {
            [begin, end, ..] => &self.arrivals[*begin..*end],
            _ => &[],
        }
    }
}

/// The edges that leave a node, or those that arrive at it, in order.
#[derive(Clone)]
pub struct Edges<'g, 'd> {
    node: Node<'d>,
    /// What it points at, relation by relation, where the edges leave it.
    lists: [(Relation, &'d [u32]); 6],
    list: usize,
    nth: u32,
    /// What points at it, where they arrive.
    arrivals: slice::Iter<'g, IncomingEdge>,
    /// What answers it, where it is a claim at which they arrive.
    answers: slice::Iter<'d, GroupedRow>,
}

impl<'g, 'd> Edges<'g, 'd> {
    fn none(node: Node<'d>) -> Self {
        Self {
            node,
            lists: [(Relation::About, &[]); 6],
            list: 0,
            nth: 0,
            arrivals: [].iter(),
            answers: [].iter(),
        }
    }

    /// Those that leave a node, read from the columns.
    fn leaving(node: Node<'d>) -> Self {
        let mut edges = Self::none(node);
        let (dossier, kind, row) = node.parts();
        let columns = &dossier.columns;
        let at = row as usize;
        match kind {
            NodeKind::Source => edges.lists[0] = (Relation::PartOf, columns.targets(Relation::PartOf, row)),
            NodeKind::Term => edges.lists[0] = (Relation::Broader, columns.targets(Relation::Broader, row)),
            NodeKind::Assertion => {
                edges.lists[0] = (Relation::About, slice::from_ref(&columns.claim[at]));
                edges.lists[1] = (Relation::By, columns.by(row));
                // Three relations are kept together, so they are looked up once and not one by one.
                if let Some(extra) = columns.extra(row) {
                    edges.lists[2] = (Relation::Via, &extra.via);
                    edges.lists[3] = (Relation::DerivedFrom, &extra.derived_from);
                    edges.lists[4] = (Relation::Supersedes, &extra.supersedes);
                }
                if columns.document[at] != NONE {
                    edges.lists[5] = (Relation::ReportedIn, slice::from_ref(&columns.document[at]));
                }
            }
            NodeKind::Claim | NodeKind::Document => {}
        }
        edges
    }
}

impl<'d> Iterator for Edges<'_, 'd> {
    type Item = Edge<'d>;

    fn next(&mut self) -> Option<Edge<'d>> {
        let (dossier, ..) = self.node.parts();
        while let Some((relation, list)) = self.lists.get(self.list) {
            if let Some(to) = list.get(self.nth as usize) {
                let (from, to) = (self.node, relation.ends().1.node(dossier, *to));
                let edge = Edge { from, relation: *relation, nth: self.nth, to };
                self.nth += 1;
                return Some(edge);
            }
            (self.list, self.nth) = (self.list + 1, 0);
        }
        let answer =
            |row: &GroupedRow| IncomingEdge { relation: Relation::About, from: row.assertion, nth: 0 };
        let IncomingEdge { relation, from, nth } =
            self.arrivals.next().copied().or_else(|| self.answers.next().map(answer))?;
        Some(Edge { from: relation.ends().0.node(dossier, from), relation, nth, to: self.node })
    }
}
