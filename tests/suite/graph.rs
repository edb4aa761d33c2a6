//! The dossier as a graph: petgraph's algorithms run on it, and its two directions tell the same story.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use corroborate::{Assertion, Claim, Document, Dossier, Edge, Node, Relation, Source, Term};
use expect_test::expect;
use petgraph::Direction::{Incoming, Outgoing};
use petgraph::algo::{connected_components, dijkstra, has_path_connecting, kosaraju_scc, toposort};
use petgraph::dot::Dot;
use petgraph::visit::{
    EdgeCount, EdgeFiltered, EdgeRef, IntoEdgeReferences, IntoEdges, IntoEdgesDirected, IntoNeighbors,
    IntoNeighborsDirected, IntoNodeIdentifiers, NodeCount, NodeIndexable, Reversed, VisitMap, Visitable,
};
use proptest::prelude::*;
use serde_json::json;

use crate::strategies;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A raid with one of each kind of node and of each relation.
fn raid() -> Result<Dossier, corroborate::Error> {
    let mut raid = Dossier::new("Raid in western Iraq");
    raid.add_source(Source::new("us", "United States"))?;
    raid.add_source(Source::new("centcom", "U.S. Central Command").part_of("us"))?;
    raid.add_source(Source::new("paper", "The \"paper\" of record"))?;
    raid.add_term(Term::new("western-iraq", "western Iraq"))?;
    raid.add_term(Term::new("anbar", "Anbar").broader("western-iraq"))?;
    raid.add_document(Document::new("article", "Raid").publisher("paper"))?;
    raid.add_claim(Claim::count("killed", "How many fighters were killed?"))?;
    raid.record(Assertion::new("killed", "14").by("centcom"))?;
    raid.record(Assertion::new("killed", "15").by_all(["us", "centcom"]).supersedes("killed#1"))?;
    raid.record(
        Assertion::new("killed", "15").id("copy").derived_from("killed#2").via("paper").document("article"),
    )?;
    Ok(raid)
}

fn names<'d>(nodes: impl IntoIterator<Item = Node<'d>>) -> Vec<String> {
    nodes.into_iter().map(|node| node.to_string()).collect()
}

fn source<'d>(dossier: &'d Dossier, id: &str) -> Result<Node<'d>, String> {
    dossier.source(id).map(Node::from).ok_or_else(|| format!("no source {id}"))
}

fn assertion<'d>(dossier: &'d Dossier, id: &str) -> Result<Node<'d>, String> {
    dossier.assertion(id).map(Node::from).ok_or_else(|| format!("no assertion {id}"))
}

#[test]
fn a_whole_dossier_prints_as_dot() -> Outcome {
    expect![[r#"
        digraph {
            0 [ label = "us" ]
            1 [ label = "centcom" ]
            2 [ label = "paper" ]
            3 [ label = "killed" ]
            4 [ label = "killed#1" ]
            5 [ label = "killed#2" ]
            6 [ label = "copy" ]
            7 [ label = "article" ]
            8 [ label = "western-iraq" ]
            9 [ label = "anbar" ]
            1 -> 0 [ label = "part-of" ]
            4 -> 3 [ label = "about" ]
            4 -> 1 [ label = "by" ]
            5 -> 3 [ label = "about" ]
            5 -> 0 [ label = "by" ]
            5 -> 1 [ label = "by" ]
            5 -> 4 [ label = "supersedes" ]
            6 -> 3 [ label = "about" ]
            6 -> 2 [ label = "via" ]
            6 -> 5 [ label = "derived-from" ]
            6 -> 7 [ label = "reported-in" ]
            9 -> 8 [ label = "broader" ]
        }
    "#]]
    .assert_eq(&Dot::new(&raid()?.graph()).to_string());
    Ok(())
}

#[test]
fn what_arrives_comes_in_input_order() -> Outcome {
    let raid = raid()?;
    let graph = raid.graph();
    let arrivals =
        |node| graph.edges_directed(node, Incoming).map(|edge| edge.to_string()).collect::<Vec<_>>();
    assert_eq!(
        arrivals(source(&raid, "centcom")?),
        ["killed#1 by centcom", "killed#2 by centcom"],
        "in the order of the record"
    );
    assert_eq!(
        arrivals(source(&raid, "us")?),
        ["centcom part-of us", "killed#2 by us"],
        "sources before assertions"
    );
    assert_eq!(arrivals(assertion(&raid, "copy")?), [""; 0]);
    assert_eq!(names(graph.neighbors_directed(source(&raid, "us")?, Incoming)), ["centcom", "killed#2"]);
    Ok(())
}

#[test]
fn a_node_gives_its_view_and_is_made_of_it() -> Outcome {
    let raid = raid()?;
    let kinds = raid.graph().node_identifiers().map(|node| match node {
        Node::Source(source) => (format!("source {}", source.name()), Node::from(source) == node),
        Node::Claim(claim) => (format!("claim {}", claim.question()), Node::from(claim) == node),
        Node::Assertion(assertion) => (format!("assertion {assertion}"), Node::from(assertion) == node),
        Node::Document(document) => {
            (format!("document {}", document.title().unwrap_or_default()), Node::from(document) == node)
        }
        Node::Term(term) => (format!("term {}", term.label()), Node::from(term) == node),
        _ => (format!("unknown {node}"), false),
    });
    let (described, same): (Vec<_>, Vec<_>) = kinds.unzip();
    assert_eq!(same, vec![true; described.len()]);
    expect![[r#"
        source United States
        source U.S. Central Command
        source The "paper" of record
        claim How many fighters were killed?
        assertion 14
        assertion 15
        assertion 15
        document Raid
        term western Iraq
        term Anbar"#]]
    .assert_eq(&described.join("\n"));
    Ok(())
}

#[test]
fn one_id_may_name_nodes_of_two_kinds() -> Outcome {
    let mut dossier = Dossier::new("Mexico");
    dossier.add_source(Source::new("mexico", "Mexico"))?;
    dossier.add_term(Term::new("mexico", "Mexico"))?;
    let graph = dossier.graph();
    let nodes: Vec<_> = graph.node_identifiers().collect();
    assert_eq!(names(nodes.iter().copied()), ["mexico", "mexico"]);
    assert_ne!(nodes[0], nodes[1]);
    Ok(())
}

#[test]
fn nodes_of_two_dossiers_differ() -> Outcome {
    let (one, other) = (raid()?, raid()?);
    assert_eq!(source(&one, "us")?, source(&one, "us")?);
    assert_ne!(source(&one, "us")?, source(&other, "us")?);
    assert_ne!(source(&one, "us")?.cmp(&source(&other, "us")?), Ordering::Equal);

    let (graph, stranger) = (one.graph(), source(&other, "us")?);
    assert_eq!(graph.edges_directed(stranger, Incoming).count(), 0);
    assert_eq!(graph.edges(source(&other, "centcom")?).count(), 0);
    assert!(!has_path_connecting(&graph, source(&one, "centcom")?, stranger, None));
    Ok(())
}

#[test]
fn an_empty_dossier_is_an_empty_graph() {
    let dossier = Dossier::new("Nothing yet");
    let graph = dossier.graph();
    assert_eq!((graph.node_count(), graph.edge_count(), graph.node_bound()), (0, 0, 0));
    assert_eq!(connected_components(&graph), 0);
    assert_eq!(Dot::new(&graph).to_string(), "digraph {\n}\n");
}

#[test]
fn a_graph_is_debugged_by_its_size() -> Outcome {
    assert_eq!(format!("{:?}", raid()?.graph()), "Graph { nodes: 10, edges: 12 }");
    Ok(())
}

#[test]
fn relations_are_written_as_one_word() -> Outcome {
    let words: Vec<_> = Relation::ALL.iter().map(Relation::to_string).collect();
    let expected = ["about", "by", "via", "derived-from", "part-of", "supersedes", "reported-in", "broader"];
    assert_eq!(words, expected);
    for relation in Relation::ALL {
        assert_eq!(relation.as_str().parse::<Relation>()?, *relation);
    }
    Ok(())
}

#[test]
fn a_ring_of_copies_is_a_strong_component() -> Outcome {
    let copy =
        |id: &str, of: &[&str]| json!({"id": id, "claim": "killed", "value": "14", "derived_from": of});
    let rumour = json!({
        "schema": "corroborate/1",
        "title": "A rumour",
        "sources": [{"id": "iraq", "name": "Iraq"}],
        "claims": [{"id": "killed", "question": "How many were killed?", "kind": "count"}],
        "assertions": [
            copy("blog", &["wire"]),
            copy("forum", &["blog"]),
            copy("wire", &["forum"]),
            copy("late", &["wire", "ministry"]),
            {"id": "ministry", "claim": "killed", "value": "14", "by": "iraq"},
        ],
    });
    let rumour = Dossier::from_json(&rumour.to_string())?;
    let components = kosaraju_scc(&rumour.graph());
    let mut rings: Vec<Vec<Node<'_>>> =
        components.into_iter().filter(|component| component.len() > 1).collect();
    rings.iter_mut().for_each(|ring| ring.sort());
    assert_eq!(rings.into_iter().map(names).collect::<Vec<_>>(), [["blog", "forum", "wire"]]);
    Ok(())
}

#[test]
fn one_origin_named_twice_is_two_edges() -> Outcome {
    let mut dossier = Dossier::new("Twice");
    dossier.add_claim(Claim::count("killed", "How many were killed?"))?;
    dossier.record(Assertion::new("killed", "14").id("wire"))?;
    let twice = Assertion::new("killed", "14").id("blog").derived_from("wire").derived_from("wire");
    if dossier.record(twice).is_err() {
        return Ok(()); // a dossier may just as well refuse it
    }
    let graph = dossier.graph();
    let wire = assertion(&dossier, "wire")?;
    let ids: Vec<Edge<'_>> = graph.edges_directed(wire, Incoming).map(|edge| edge.id()).collect();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1]);
    Ok(())
}

#[test]
fn offices_come_before_their_states() -> Outcome {
    let raid = raid()?;
    let graph = raid.graph();
    let affiliation = EdgeFiltered::from_fn(&graph, |edge| edge.relation() == Relation::PartOf);
    let order = toposort(&affiliation, None).map_err(|cycle| cycle.node_id().to_string())?;
    let place = |id| Ok::<_, String>(order.iter().position(|node| Ok(*node) == source(&raid, id)));
    assert!(place("centcom")? < place("us")?);
    assert_eq!(order.len(), graph.node_count());
    Ok(())
}

#[test]
fn two_stories_are_two_components() -> Outcome {
    let mut dossier = Dossier::new("Two stories");
    for (source, claim) in [("iraq", "killed"), ("mayor", "cost")] {
        dossier.add_source(Source::new(source, source))?;
        dossier.add_claim(Claim::count(claim, "How many?"))?;
        dossier.record(Assertion::new(claim, "14").by(source))?;
    }
    assert_eq!(connected_components(&dossier.graph()), 2);
    dossier.record(Assertion::new("cost", "14").by("iraq"))?;
    assert_eq!(connected_components(&dossier.graph()), 1);
    Ok(())
}

#[test]
fn steps_are_counted_forwards_and_backwards() -> Outcome {
    let raid = raid()?;
    let graph = raid.graph();
    let (copy, us) = (assertion(&raid, "copy")?, source(&raid, "us")?);
    assert_eq!(dijkstra(&graph, copy, None, |_| 1).get(&us), Some(&2), "derived-from, by");
    let by_office = |edge: Edge<'_>| if edge.relation() == Relation::By { 10 } else { 1 };
    assert_eq!(dijkstra(&graph, copy, Some(us), by_office).get(&us), Some(&11));
    assert_eq!(dijkstra(Reversed(&graph), us, None, |_| 1).get(&copy), Some(&2));
    assert!(has_path_connecting(&graph, copy, us, None));
    assert!(!has_path_connecting(&graph, us, copy, None));
    assert!(has_path_connecting(Reversed(&graph), us, copy, None));
    Ok(())
}

#[test]
fn a_chain_of_200_000_affiliates_fits_the_stack() -> Outcome {
    const LENGTH: usize = 200_000;
    // 77,777 and the length have no common divisor, so that this takes each once, in no order that helps.
    let sources: Vec<_> = (0..LENGTH)
        .map(|n| (n * 77_777) % LENGTH)
        .map(|n| match n {
            0 => json!({"id": "s0", "name": "The state"}),
            _ => json!({"id": format!("s{n}"), "name": "An office", "part_of": format!("s{}", n - 1)}),
        })
        .collect();
    let chain = json!({"schema": "corroborate/1", "title": "Long", "sources": sources}).to_string();
    let chain = Dossier::from_json(&chain)?;
    let graph = chain.graph();
    let (state, last) = (source(&chain, "s0")?, source(&chain, "s199999")?);

    let order = toposort(&graph, None).map_err(|cycle| cycle.node_id().to_string())?;
    assert_eq!((order.len(), order.first(), order.last()), (LENGTH, Some(&last), Some(&state)));
    assert_eq!(kosaraju_scc(&graph).len(), LENGTH);
    assert_eq!(connected_components(&graph), 1);
    assert_eq!(dijkstra(&graph, last, None, |_| 1).get(&state), Some(&(LENGTH - 1)));
    assert!(has_path_connecting(Reversed(&graph), state, last, None));
    Ok(())
}

/// The ids in a field of a file, whether it is written as one or as a list.
fn ids(field: &serde_json::Value) -> Vec<&str> {
    field
        .as_str()
        .into_iter()
        .chain(field.as_array().into_iter().flatten().filter_map(|id| id.as_str()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_directions_list_the_same_edges(file in strategies::dossier()) {
        let dossier = Dossier::from_json(&file.to_string())?;
        let graph = dossier.graph();
        let all: Vec<Edge<'_>> = graph.edge_references().collect();
        prop_assert_eq!(graph.edge_count(), all.len());

        let nodes = || graph.node_identifiers();
        let outgoing: Vec<_> = nodes().flat_map(|node| graph.edges(node)).collect();
        prop_assert_eq!(&outgoing, &all);
        for node in nodes() {
            for (direction, end) in [(Outgoing, Edge::from as fn(_) -> _), (Incoming, Edge::to)] {
                let there: Vec<_> = graph.edges_directed(node, direction).collect();
                let expected: Vec<_> = all.iter().copied().filter(|edge| end(*edge) == node).collect();
                prop_assert_eq!(there, expected, "{:?} of {}", direction, node);
            }
            let neighbors: Vec<_> = graph.neighbors(node).collect();
            prop_assert_eq!(neighbors, graph.edges(node).map(|edge| edge.target()).collect::<Vec<_>>());
            let neighbors: Vec<_> = graph.neighbors_directed(node, Incoming).collect();
            let expected: Vec<_> = graph.edges_directed(node, Incoming).map(|edge| edge.source()).collect();
            prop_assert_eq!(neighbors, expected);
        }
    }

    #[test]
    fn an_edge_is_told_from_every_other(file in strategies::dossier()) {
        let dossier = Dossier::from_json(&file.to_string())?;
        let graph = dossier.graph();
        let all: Vec<Edge<'_>> = graph.edge_references().map(|edge| edge.id()).collect();
        let mut distinct = all.clone();
        distinct.sort();
        distinct.dedup();
        prop_assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn nodes_are_numbered_in_order_without_holes(file in strategies::dossier()) {
        let dossier = Dossier::from_json(&file.to_string())?;
        let graph = dossier.graph();
        let nodes: Vec<_> = graph.node_identifiers().collect();
        prop_assert_eq!(nodes.len(), graph.node_count());
        prop_assert_eq!(nodes.len(), graph.node_bound());
        for (number, node) in nodes.iter().enumerate() {
            prop_assert_eq!(graph.to_index(*node), number);
            prop_assert_eq!(graph.from_index(number), *node);
        }
        prop_assert!(nodes.is_sorted_by(|one, other| one < other));

        let mut visited = graph.visit_map();
        for node in nodes {
            prop_assert!(!visited.is_visited(&node));
            prop_assert!(visited.visit(node));
            prop_assert!(!visited.visit(node));
            prop_assert!(visited.is_visited(&node));
        }
    }

    /// The edges are those of the file, read by someone who knows nothing of columns.
    #[test]
    fn edges_are_those_of_the_file(file in strategies::dossier()) {
        let mut expected: BTreeMap<String, usize> = BTreeMap::new();
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let mut expect = |from: &str, relation: &str, to: Vec<&str>| {
            for to in to {
                *expected.entry(format!("{from} {relation} {to}")).or_default() += 1;
            }
        };
        let list = |name: &str| file[name].as_array().into_iter().flatten();
        for source in list("sources") {
            expect(&ids(&source["id"]).concat(), "part-of", ids(&source["part_of"]));
        }
        for term in list("terms") {
            expect(&ids(&term["id"]).concat(), "broader", ids(&term["broader"]));
        }
        for assertion in list("assertions") {
            let claim = assertion["claim"].as_str().unwrap_or_default();
            let number = numbers.entry(claim).or_default();
            *number += 1;
            let id = assertion["id"].as_str().map_or_else(|| format!("{claim}#{number}"), str::to_owned);
            expect(&id, "about", vec![claim]);
            for (relation, field) in [
                ("by", "by"),
                ("via", "via"),
                ("derived-from", "derived_from"),
                ("supersedes", "supersedes"),
                ("reported-in", "document"),
            ] {
                expect(&id, relation, ids(&assertion[field]));
            }
        }
        let dossier = Dossier::from_json(&file.to_string())?;
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        for edge in dossier.graph().edge_references() {
            *found.entry(edge.to_string()).or_default() += 1;
        }
        prop_assert_eq!(found, expected);
    }
}
