//! The page for browsers: what is on it, that it is well formed whatever the text in it, and that its links lead
//! somewhere. How it behaves in a browser is for `.ci/browser` to see.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::collections::BTreeSet;

use corroborate::{Assertion, Claim, Document, Dossier, Resolver, Source, Verdict};
use expect_test::expect_file;
use proptest::prelude::*;
use roxmltree::{Document as Xml, Node};

use crate::{pictures, strategies};

fn page(dossier: &Dossier) -> String {
    Resolver::standard().resolve(dossier).to_html()
}

/// The page as XML: the elements that HTML leaves open are closed, and what isn't markup is taken out.
pub(crate) fn as_xml(page: &str) -> String {
    let page = page.strip_prefix("<!DOCTYPE html>").expect("a page begins with its type");
    let (before, script) = page.split_once("<script>").expect("a script");
    let (script, after) = script.split_once("</script>").expect("its end");
    assert_eq!(script, include_str!("../../src/report/html/page.js"), "nothing gets into the script");
    assert!(!after.contains("<script"), "there is one script");
    let mut xml = String::new();
    let mut rest = before;
    while let Some((text, tag)) = rest.split_once('<') {
        let (tag, behind) = tag.split_once('>').expect("no text has an angle bracket");
        let is_void = ["meta ", "link ", "input "].iter().any(|name| tag.starts_with(name));
        xml.extend([text, "<", tag, if is_void { "/>" } else { ">" }]);
        rest = behind;
    }
    xml + rest + after
}

/// Holds a page to what must be true of any.
fn assert_is_sound(page: &str, claims: usize) {
    const ELEMENTS: &str = "html head meta title link style body a header h1 p nav ul li span main section h2 h3 h4 h5 \
        form label input select option button output article div svg g text rect circle path polygon desc figure figcaption bdi \
        strong em s q details summary ol code footer";
    let elements: BTreeSet<&str> = ELEMENTS.split_whitespace().collect();
    let xml = as_xml(page);
    let xml = Xml::parse(&xml).expect("a page without its script is XML");
    let nodes = || xml.descendants().filter(Node::is_element);
    let mut ids = BTreeSet::new();
    for node in nodes() {
        assert!(elements.contains(node.tag_name().name()), "<{}>", node.tag_name().name());
        for attribute in node.attributes() {
            assert!(!attribute.name().starts_with("on") && attribute.name() != "src", "{attribute:?}");
        }
        if let Some(id) = node.attribute("id") {
            assert!(ids.insert(id), "two elements are called {id}");
            assert!(!id.chars().any(char::is_whitespace), "{id:?}");
        }
    }
    for link in nodes().filter_map(|node| node.attribute("href")) {
        match link.strip_prefix('#') {
            Some(id) => assert!(ids.contains(id), "{link} leads nowhere"),
            None => assert!(
                link.starts_with("https://") || link.starts_with("http://") || link == "data:,",
                "{link}"
            ),
        }
    }
    let attributes = ["for", "aria-labelledby"]
        .into_iter()
        .flat_map(|name| nodes().filter_map(move |node| node.attribute(name)));
    attributes.flat_map(str::split_whitespace).for_each(|id| assert!(ids.contains(id), "{id} names nothing"));
    assert_eq!(nodes().filter(|node| node.has_tag_name("article")).count(), claims, "a card for each claim");
}

/// A page as its snapshot holds it: what stands on it, without the style sheets and the script that all pages have.
pub(crate) fn as_kept(page: &str) -> String {
    let (page, style) = pictures::without_style(page);
    let sheets = [include_str!("../../src/report/html/page.css"), pictures::STYLE];
    assert_eq!(style, sheets.concat(), "the page has its style sheets, whole");
    let script = format!("<script>{}</script>", include_str!("../../src/report/html/page.js"));
    assert_eq!(page.matches(&script).count(), 1, "the page has its script, whole");
    page.replace(&script, "<script></script>")
}

#[test]
fn the_raid_is_a_page() {
    let raid = Dossier::from_json(include_str!("../corpus/raid.json")).expect("the raid");
    let page = page(&raid);
    assert_is_sound(&page, 44);
    expect_file!["../snapshots/raid.html"].assert_eq(&as_kept(&page));
}

#[test]
fn no_text_becomes_markup_on_a_page() {
    let hostile = pictures::hostile_dossier();
    let page = page(&hostile);
    assert_is_sound(&page, hostile.claims().len());
    for hidden in ['\u{1b}', '\u{202e}', '\u{2066}', '\u{7}'] {
        assert!(!page.contains(hidden), "{hidden:?} is on the page");
    }
}

#[test]
fn an_empty_dossier_is_a_page() {
    let page = page(&Dossier::new(""));
    assert_is_sound(&page, 0);
    assert!(page.contains("Untitled dossier") && page.contains("There are no claims in this dossier."));
}

#[test]
fn a_claim_is_linked_to_whatever_its_id() {
    let mut dossier = Dossier::new("Ids");
    for id in ["two words", "two_words", "two~20words", "a/b?c#d%e", "ü", "x\u{202e}y", "x\u{2066}y"] {
        dossier.add_claim(Claim::count(id, "?")).expect("a claim");
    }
    let page = page(&dossier);
    assert_is_sound(&page, 7);
    assert!(page.contains("id=\"claim-two~20words\"") && page.contains("id=\"claim-ü\""));
}

#[test]
fn only_the_web_is_linked_to() {
    let mut dossier = Dossier::new("Links");
    dossier.add_claim(Claim::count("c", "?")).expect("a claim");
    for (n, url) in [
        "https://varn.example/dam",
        "HTTP://varn.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "//varn.example",
        "file:///dam",
        "https:dam",
    ]
    .iter()
    .enumerate()
    {
        dossier
            .add_document(Document::new(format!("d{n}"), format!("Document {n}")).url(*url))
            .expect("a document");
        dossier.record(Assertion::new("c", "3").document(format!("d{n}"))).expect("an assertion");
    }
    let page = page(&dossier);
    assert!(
        page.contains("href=\"https://varn.example/dam\"") && page.contains("href=\"HTTP://varn.example\"")
    );
    assert!(
        !page.contains("javascript:")
            && !page.contains("data:text")
            && !page.contains("file:")
            && !page.contains("https:dam")
            && !page.contains("\"//varn")
    );
}

#[test]
fn what_an_editor_needs_is_on_the_card() {
    let mut flood = Dossier::new("Flood at Varn");
    flood.add_source(Source::new("city", "The city of Varn")).expect("a source");
    flood.add_source(Source::new("mayor", "The mayor").part_of("city")).expect("a source");
    flood.add_source(Source::new("union", "The firefighters’ union")).expect("a source");
    flood.add_source(Source::new("agency", "The agency")).expect("a source");
    flood.add_claim(Claim::count("missing", "How many people are missing?")).expect("a claim");
    flood.record(Assertion::new("missing", "30").by("mayor").asserted("2031-04-01")).expect("an assertion");
    flood
        .record(Assertion::new("missing", "12").by("mayor").asserted("2031-04-03").via("agency"))
        .expect("an assertion");
    flood.record(Assertion::new("missing", "Some 2,500").by("union")).expect("an assertion");
    let page = page(&flood);
    assert_is_sound(&page, 1);
    let xml = as_xml(&page);
    let xml = Xml::parse(&xml).expect("XML");
    let card = xml.descendants().find(|node| node.has_tag_name("article")).expect("a card");
    let text: String = card.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
    for said in [
        "disputed · 2,238 apart",
        "Print At least 12. Or: The mayor says 12; The firefighters’ union says some 2,500.",
        "The mayor (The city of Varn), relayed by The agency: 12",
        "The firefighters’ union: some 2,500",
        "The mayor (The city of Varn): 30 — latest word: replaced by its 12 (3 April 2031)",
        "Why, step by step",
        "From steps 1 to 2.",
    ] {
        assert!(text.contains(said), "`{said}` isn't in: {text}");
    }
    assert!(
        card.descendants().any(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "svg"))),
        "figures that differ are drawn"
    );
}

#[test]
fn a_documents_own_voice_may_be_its_publishers() {
    let mut flood = Dossier::new("Flood at Varn");
    flood.add_source(Source::new("courier", "The Varn Courier")).expect("a source");
    flood.add_document(Document::new("front-page", "The dam").publisher("courier")).expect("a document");
    flood.add_claim(Claim::count("missing", "How many people are missing?")).expect("a claim");
    flood.record(Assertion::new("missing", "14").document("front-page")).expect("an assertion");
    flood.record(Assertion::new("missing", "15").document("front-page")).expect("an assertion");
    let page = |resolver: Resolver| resolver.resolve(&flood).to_html();
    let narrated = page(Resolver::standard());
    assert!(narrated.contains("The Varn Courier itself") && narrated.contains("no source named"));
    let credited = page(Resolver::standard().narration_is_publishers());
    assert!(credited.contains("The Varn Courier itself") && !credited.contains("no source named"));
}

#[test]
fn long_lists_stay_in_proportion() {
    let size = |claims: usize| {
        let mut dossier = Dossier::new("A long sum");
        dossier.add_source(Source::new("census", "The census")).expect("a source");
        let ids: Vec<String> = (0..claims).map(|n| format!("part-{n}")).collect();
        for id in &ids {
            dossier.add_claim(Claim::count(id, "?").topic("parts").scope("place", id)).expect("a claim");
            dossier.record(Assertion::new(id, "1").by("census")).expect("an assertion");
        }
        let (whole, parts) = ids.split_first().expect("claims");
        dossier
            .add_constraint(corroborate::Constraint::sum(whole, parts.iter().cloned()))
            .expect("a constraint");
        let page = page(&dossier);
        assert_is_sound(&page, claims);
        page.len()
    };
    let (some, more) = (size(200), size(800));
    assert!(more < some * 4, "four times the claims make {some} bytes {more}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_dossier_is_a_sound_page(dossier in strategies::dossier()) {
        let dossier = Dossier::from_json(&dossier.to_string()).expect("a sound dossier");
        let report = Resolver::standard().resolve(&dossier);
        let page = report.to_html();
        assert_is_sound(&page, report.findings().len());
        for finding in report.findings().filter(|finding| finding.verdict() == Verdict::SingleSource) {
            prop_assert!(finding.credit().all(|source| page.contains(source.name())));
        }
    }
}
