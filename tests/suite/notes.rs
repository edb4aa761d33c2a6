//! The report as Markdown: what is in it, and that no text becomes markup, whatever somebody types.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

use std::collections::BTreeSet;

use corroborate::{Assertion, Claim, Document, Dossier, Resolver, Source};
use expect_test::{expect, expect_file};
use proptest::prelude::*;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::pictures;
use crate::strategies::{self, config};

fn notes(dossier: &Dossier) -> String {
    Resolver::standard().resolve(dossier).to_markdown()
}

/// What Markdown holds once it is read: its headings, its list items and all of its text, without markup.
#[derive(Default)]
pub(crate) struct Read {
    pub(crate) claims: Vec<String>,
    pub(crate) items: Vec<String>,
    pub(crate) text: String,
    pub(crate) codes: Vec<String>,
    links: Vec<String>,
    anchors: Vec<String>,
}

/// Reads Markdown as whoever understands the most of it would, and refuses whatever no report has.
pub(crate) fn read(markdown: &str) -> Read {
    // Nothing of theirs is markup in any dialect. Quotation marks that are made round are none of it.
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    let mut read = Read::default();
    let (mut heading, mut in_items): (Option<String>, Vec<String>) = (None, Vec::new());
    for event in Parser::new_ext(markdown, options) {
        let mut say = |text: &str| {
            read.text.push_str(text);
            in_items.last_mut().into_iter().for_each(|item| item.push_str(text));
            heading.iter_mut().for_each(|heading| heading.push_str(text));
        };
        match event {
            Event::Text(text) => say(&text),
            Event::Code(code) => {
                say(&code);
                read.codes.push(code.to_string());
            }
            Event::InlineHtml(tag) if &*tag == "</a>" => {}
            Event::InlineHtml(tag) => {
                let id =
                    tag.strip_prefix("<a id=\"").and_then(|tag| tag.strip_suffix("\">")).expect("an anchor");
                assert!(id.chars().all(|c| c.is_alphanumeric() || "-_.~".contains(c)), "{id}");
                read.anchors.push(id.to_owned());
            }
            Event::Start(Tag::Heading { level: HeadingLevel::H3, .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(HeadingLevel::H3)) => read.claims.extend(heading.take()),
            Event::Start(Tag::Heading { id, .. }) => assert!(id.is_none(), "{id:?}"),
            Event::Start(Tag::Item) => in_items.push(String::new()),
            Event::End(TagEnd::Item) => read.items.extend(in_items.pop()),
            Event::Start(Tag::Link { dest_url, title, .. }) => {
                assert!(title.is_empty(), "{title}");
                read.links.push(dest_url.to_string());
            }
            Event::Start(Tag::List(first)) => assert_eq!(first, None, "no list has numbers"),
            Event::Start(
                Tag::Paragraph
                | Tag::Strong
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell,
            )
            | Event::End(_) => {
                if matches!(event, Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_))) {
                    read.text.push('\n');
                }
            }
            other => panic!("{other:?} in\n{markdown}"),
        }
    }
    read
}

/// A text as it is shown: within one line, and without what would drive a terminal or turn a line around.
pub(crate) fn shown(text: &str) -> String {
    let shown = |c: char| match c {
        '\t' | '\r' | '\n' => ' ',
        c if c.is_control() => '\u{fffd}',
        '\u{2028}'
        | '\u{2029}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fffe}'
        | '\u{ffff}' => '\u{fffd}',
        c => c,
    };
    text.chars().map(shown).collect()
}

/// Holds the Markdown of a dossier of texts to saying all of them as they were written, and to being ours otherwise.
fn assert_says_what_was_written(dossier: &Dossier, texts: &[&str]) {
    let markdown = notes(dossier);
    let read = read(&markdown);
    let questions: BTreeSet<String> =
        read.claims.iter().map(|claim| claim.trim_end_matches(' ').to_owned()).collect();
    for text in texts {
        let written = shown(text);
        let says = |item: &String| item.starts_with(&format!("{written}: "));
        assert!(read.items.iter().any(says), "nobody is called {written:?} in\n{markdown}");
        assert!(questions.contains(written.trim_end_matches(' ')), "nobody asks {written:?} in\n{markdown}");
        assert!(read.items.contains(&written), "nobody notes {written:?} in\n{markdown}");
        for what in [format!("“{written}”"), format!("Office: {written}")] {
            assert!(read.text.contains(&what), "{what:?} isn't said in\n{markdown}");
        }
    }
    assert_eq!(read.claims.len(), dossier.claims().len(), "a heading for each claim, and for nothing else");
    let claims = dossier.claims().map(|claim| claim.id().to_owned());
    let ids: BTreeSet<String> =
        claims.chain(dossier.assertions().map(|assertion| assertion.id())).map(|id| shown(&id)).collect();
    for code in &read.codes {
        assert!(ids.contains(code), "`{code}` is no id");
    }
    for to in &read.links {
        match to.strip_prefix('#') {
            Some(anchor) => assert!(read.anchors.iter().any(|other| other == anchor), "{to} leads nowhere"),
            None => {
                assert!(
                    ["http", "https"].iter().any(|web| to.to_lowercase().starts_with(&format!("{web}://"))),
                    "{to}"
                )
            }
        }
    }
    for marked in markdown.lines() {
        let linked = ["](https:", "](http:"].iter().any(|link| marked.contains(link));
        assert!(
            linked || !marked.replace("\\:", "\\").contains("://"),
            "some would make a link in: {marked}"
        );
    }
}

#[test]
fn the_raid_is_in_the_notes() {
    let raid = Dossier::from_json(include_str!("../corpus/raid.json")).expect("the raid");
    expect_file!["../snapshots/raid.md"].assert_eq(&notes(&raid));
    assert_says_what_was_written(&raid, &[]);
}

#[test]
fn no_text_becomes_markup_in_notes() {
    let dossier = pictures::hostile_dossier();
    assert_says_what_was_written(&dossier, &pictures::HOSTILE);
    let hostile =
        Dossier::from_json(include_str!("../corpus/hostile-text.json")).expect("the hostile dossier");
    expect_file!["../snapshots/hostile-text.md"].assert_eq(&notes(&hostile));
    assert_says_what_was_written(&hostile, &[]);
}

#[test]
fn an_empty_dossier_has_notes_too() {
    expect![[r#"
        # Untitled dossier

        0 claims, 0 assertions, 0 sources.

        ## At a glance

        There are no claims in this dossier.
    "#]]
    .assert_eq(&notes(&Dossier::new("")));
}

#[test]
fn notes_say_what_an_editor_needs() {
    let mut flood = Dossier::new("Flood at Varn");
    for source in [
        Source::new("city", "The city of Varn"),
        Source::new("mayor", "The mayor").part_of("city"),
        Source::new("union", "The firefighters' union"),
        Source::new("agency", "The agency"),
        Source::new("courier", "Varn Courier"),
    ] {
        flood.add_source(source).expect("a source");
    }
    let paper =
        Document::new("front-page", "The dam (and [who] knew)").publisher("courier").published("2031-04-04");
    flood.add_document(paper.url("https://varn.example/a_b?x=1&copy=(2)")).expect("a document");
    flood.add_document(Document::new("leaflet", "").url("javascript:alert(1)")).expect("a document");
    flood
        .add_claim(Claim::count("missing", "How many people are missing?").scope("place", "Varn"))
        .expect("a claim");
    flood.add_claim(Claim::count("houses", "How many houses?")).expect("a claim");
    for said in [
        Assertion::new("missing", "30").by("mayor").asserted("2031-04-01"),
        Assertion::new("missing", "12").by("mayor").asserted("2031-04-03").via("agency"),
        Assertion::new("missing", "Some 2,500").by("union").document("front-page").locator("page 2"),
        Assertion::new("missing", "40")
            .document("front-page")
            .quote("Forty, says a *neighbour*.")
            .note("Ask her."),
        Assertion::new("houses", "3").by("mayor").document("leaflet"),
        Assertion::new("houses", "3").by("courier").id("copy").derived_from("houses#1"),
    ] {
        flood.record(said).expect("an assertion");
    }
    expect_file!["../snapshots/notes.md"].assert_eq(&notes(&flood));
}

#[test]
fn notes_stay_in_proportion() {
    let size = |claims: usize| {
        let mut dossier = Dossier::new("Many disputes");
        dossier.add_source(Source::new("a", "The mayor")).expect("a source");
        dossier.add_source(Source::new("b", "The agency")).expect("a source");
        let ids: Vec<String> = (0..claims).map(|n| format!("claim-{n}")).collect();
        for id in &ids {
            dossier.add_claim(Claim::count(id, "?").topic("all").scope("place", id)).expect("a claim");
            dossier.record(Assertion::new(id, "1").by("a")).expect("an assertion");
            dossier.record(Assertion::new(id, "2").by("b")).expect("an assertion");
        }
        let (whole, parts) = ids.split_first().expect("claims");
        dossier
            .add_constraint(corroborate::Constraint::sum(whole, parts.iter().cloned()))
            .expect("a constraint");
        let markdown = notes(&dossier);
        assert_eq!(read(&markdown).claims.len(), claims);
        markdown.len()
    };
    let (some, more) = (size(100), size(400));
    assert!(more < some * 45 / 10, "four times the claims make {some} bytes {more}");
}

/// What is markup somewhere, in pieces, between letters and spaces.
pub(crate) fn markup() -> impl Strategy<Value = String> {
    const PIECES: [&str; 60] = [
        "*", "**", "_", "__", "`", "```", "[", "]", "(", ")", "![", "](", "<", ">", "</a>", "<b>", "<!--",
        "-->", "#", "##", " ", "  ", "-", "--", "---", "+", "1.", "1)", "|", "\\", "\\n", "\\\"", "&",
        "&amp;", "&#35;", "#quot;", "#35;", "!", "~", "~~", "$", "{", "}", "=", "==", "%%", "^", ":", "://",
        "http", "www.", "a", "é", "7", "\n", "\t", "\u{a0}", "\"", "ﬂ°", "\u{202e}",
    ];
    prop_oneof![
        prop::collection::vec(prop::sample::select(&PIECES[..]), 1..12).prop_map(|pieces| pieces.concat()),
        ".*"
    ]
    .prop_filter("a name", |text: &String| !text.trim().is_empty())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_reads_in_notes_as_it_was_written(one in markup(), two in markup()) {
        let texts = [one.as_str(), two.as_str()];
        assert_says_what_was_written(&pictures::dossier_of(&texts), &texts);
    }

    #[test]
    fn any_id_reads_in_notes_as_it_was_written(id in markup()) {
        let mut dossier = Dossier::new("Ids");
        // Not everything is an id.
        if dossier.add_claim(Claim::count(&id, "How many?")).is_ok() {
            let read = read(&notes(&dossier));
            prop_assert_eq!(read.codes, [shown(&id)]);
        }
    }

    #[test]
    fn any_dossier_has_sound_notes(dossier in strategies::dossier()) {
        let dossier = Dossier::from_json(&dossier.to_string()).expect("a sound dossier");
        assert_says_what_was_written(&dossier, &[]);
    }
}
