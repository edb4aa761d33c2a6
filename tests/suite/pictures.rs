//! Pictures: what is drawn, that it is sound XML whatever the text in it, and that no text becomes markup.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use corroborate::{Dossier, Report, Resolver};
use expect_test::expect_file;
use proptest::prelude::*;
use roxmltree::Document;

use crate::strategies;

/// What people may type, or paste, or be handed by somebody who means harm.
pub(crate) const HOSTILE: [&str; 30] = [
    "<script>alert(1)</script>",
    "</title></svg><img src=x onerror=alert(1)>",
    "\" onload=\"alert(1)",
    "' onmouseover='alert(1)",
    "]]><!--",
    "--><script>",
    "&lt;b&gt; &#x1b; &amp;amp;",
    "\u{202e}gnp.exe\u{2066}\u{2069}",
    "\u{1b}[31mred\u{1b}[0m\u{7}\u{0}\u{fffe}",
    "javascript:alert(1)",
    "{{7*7}} ${7*7} <%= 7 %>",
    "خدمات الطوارئ في فارن",
    "[x](javascript:alert(1)) ![i](javascript:alert(2)) [[wiki]] [^1]",
    "`code` ``` **b** *i* __b__ snake_case ~~s~~ ==h== $x$ ^a^",
    "1. one",
    "14.",
    "- - -",
    "---",
    "***",
    "===",
    "+",
    "# heading {#id} ##",
    "> quoted",
    "| a | b |",
    "https://varn.example www.varn.example <https://varn.example> a@varn.example",
    "\"] --> x[\"y #quot; #35;",
    "\\\" \\n \\N \\l C:\\new\\",
    "%%{init: {}}%% end subgraph ;click fa:fa-car ﬂ°°60¶ß",
    "  two spaces,  and a\ttab\nand a line  ",
    "&amp; &#60;b&#62; AT&T & sons",
];

/// A dossier with all of these texts in every place that takes one.
pub(crate) fn hostile_dossier() -> Dossier {
    dossier_of(&HOSTILE)
}

/// A dossier that has each of these texts in every place that takes one. There must be two of them.
pub(crate) fn dossier_of(texts: &[&str]) -> Dossier {
    use corroborate::{Assertion, Claim, Constraint, Document, Source, Term};
    let mut dossier = Dossier::new(texts.join(" "));
    for (n, text) in texts.iter().enumerate() {
        let id = |what: &str| format!("{what}-{n}");
        dossier.add_source(Source::new(id("source"), *text).kind(*text)).expect("a source");
        dossier
            .add_source(Source::new(id("office"), format!("Office: {text}")).part_of(id("source")))
            .expect("a part");
        dossier.add_term(Term::new(id("term"), *text)).expect("a term");
        let document =
            Document::new(id("document"), *text).publisher(id("source")).url(*text).published("2031-06-04");
        dossier.add_document(document).expect("a document");
        let scoped = Claim::count(id("count"), *text).unit(*text).topic("hostile").scope("place", *text);
        dossier.add_claim(scoped).expect("a claim");
        dossier.add_claim(Claim::text(id("text"), *text)).expect("a claim");
        dossier.add_claim(Claim::place(id("place"), *text)).expect("a claim");
        for (figure, by) in [("14", "source"), ("15", "office"), ("about 20", "source")] {
            let said = Assertion::new(id("count"), figure).by(id(by)).document(id("document"));
            dossier.record(said.quote(*text).note(*text).locator(*text)).expect("an assertion");
        }
        let relayed = Assertion::new(id("count"), "at least 3").by("source-0").via(id("office"));
        dossier.record(relayed).expect("an assertion");
        dossier.record(Assertion::new(id("text"), *text).by(id("source"))).expect("an assertion");
        dossier.record(Assertion::new(id("place"), id("term")).by(id("source"))).expect("an assertion");
        dossier.record(Assertion::new(id("place"), "term-0").by("source-0")).expect("an assertion");
    }
    dossier.add_constraint(Constraint::equal(["count-0", "count-1"])).expect("a constraint");
    dossier
}

/// Elements and attributes that a picture is made of. Nothing else may come out, whatever goes in.
fn assert_is_a_picture(svg: &str) {
    const ELEMENTS: [&str; 12] =
        ["svg", "title", "desc", "style", "g", "text", "tspan", "rect", "circle", "path", "polygon", "line"];
    let document = Document::parse(svg).expect("a picture is XML");
    for node in document.descendants() {
        assert!(!node.is_comment() && !node.is_pi(), "{svg}");
        if node.is_element() {
            assert!(ELEMENTS.contains(&node.tag_name().name()), "<{}>\n{svg}", node.tag_name().name());
            assert!(node.attributes().all(|attribute| !attribute.name().starts_with("on")), "{svg}");
            assert!(node.attribute("href").is_none(), "{svg}");
        }
    }
    let drawn =
        document.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "svg")));
    for svg in drawn.skip(1) {
        let told: Vec<&str> = svg
            .children()
            .filter_map(|child| Some(child.tag_name().name()).filter(|n| !n.is_empty()))
            .take(2)
            .collect();
        assert_eq!(told, ["title", "desc"], "who can't see a picture is told what it shows");
    }
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
}

fn all_pictures(dossier: &Dossier) -> Vec<String> {
    let resolver = Resolver::standard();
    let report = resolver.resolve(dossier);
    let mut pictures: Vec<String> = report.findings().filter_map(|finding| finding.span_plot()).collect();
    let timelines = dossier.claims().filter_map(|claim| resolver.timeline(dossier, claim.id()));
    pictures.extend(timelines.map(|timeline| timeline.to_svg()));
    pictures.extend(whole(&report));
    pictures
}

/// The pictures of a whole report.
fn whole(report: &Report<'_>) -> [String; 4] {
    let drawn = |write: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
        let mut picture = Vec::new();
        write(&mut picture).expect("memory");
        String::from_utf8(picture).expect("text")
    };
    [
        drawn(&|to| report.write_span_plots(to)),
        drawn(&|to| report.write_timelines(to)),
        drawn(&|to| report.write_source_graph(to)),
        drawn(&|to| report.write_side_matrix(to)),
    ]
}

/// What a picture says to those who can't see it.
fn told(svg: &str) -> String {
    let document = Document::parse(svg).expect("XML");
    let told =
        document.descendants().filter(|node| node.tag_name().name() == "desc").filter_map(|node| node.text());
    told.collect::<Vec<_>>().join("\n")
}

pub(crate) const STYLE: &str = include_str!("../../src/report/picture/picture.css");

/// A page or picture without its style sheet, and the style sheet: what is drawn shows in the snapshot of it alone.
pub(crate) fn without_style(page: &str) -> (String, &str) {
    let (before, rest) = page.split_once("<style>").expect("a style sheet");
    let (style, after) = rest.split_once("</style>").expect("its end");
    assert!(!after.contains("<style"), "there is one style sheet");
    (format!("{before}<style></style>{after}"), style)
}

/// A picture as its snapshot holds it.
pub(crate) fn drawing(picture: &str) -> String {
    let (drawing, style) = without_style(picture);
    assert_eq!(style, STYLE, "a picture has its style sheet, whole");
    drawing
}

#[test]
fn stories_are_drawn() {
    let read = |file: &str| Dossier::from_json(file).expect("a dossier of the corpus");
    let raid = read(include_str!("../corpus/raid.json"));
    let [_, _, sources, sides] = whole(&Resolver::standard().resolve(&raid));
    expect_file!["../snapshots/raid.sources.svg"].assert_eq(&drawing(&sources));
    expect_file!["../snapshots/raid.sides.svg"].assert_eq(&drawing(&sides));
    let rising = read(include_str!("../corpus/rising-toll.json"));
    let [_, timelines, ..] = whole(&Resolver::standard().resolve(&rising));
    expect_file!["../snapshots/rising-toll.timeline.svg"].assert_eq(&drawing(&timelines));
}

#[test]
fn echoes_and_circles_are_drawn_apart() {
    let ways = |file: &str| {
        let dossier = Dossier::from_json(file).expect("a dossier of the corpus");
        let [_, _, sources, _] = whole(&Resolver::standard().resolve(&dossier));
        let document = Document::parse(&sources).expect("XML");
        let class = |node: roxmltree::Node<'_, '_>| node.attribute("class").unwrap_or_default().to_owned();
        let drawn: std::collections::BTreeSet<String> =
            document.descendants().map(class).filter(|class| class.starts_with("way ")).collect();
        (drawn.into_iter().collect::<Vec<_>>().join(", "), told(&sources))
    };
    let (drawn, told) = ways(include_str!("../corpus/wire-copy.json"));
    assert_eq!(drawn, "way echoed");
    assert!(told.contains("Meridian Wire is echoed by Varn Courier."), "{told}");
    let (drawn, told) = ways(include_str!("../corpus/circular-sourcing.json"));
    assert!(drawn.contains("way circular"), "{drawn}");
    assert!(told.contains("Varn Courier is cited in a circle by Lumeria Post."), "{told}");
}

#[test]
fn sides_are_counted_claim_by_claim() {
    use corroborate::{Assertion, Claim, Source};
    let mut dossier = Dossier::new("Sides");
    for id in ["a", "b", "c"] {
        dossier.add_source(Source::new(id, id)).expect("a source");
    }
    dossier.add_source(Source::new("officials", "officials").anonymous()).expect("a source");
    let mut claim = |id: &str, said: &[(&str, &str)]| {
        dossier.add_claim(Claim::count(id, "?")).expect("a claim");
        for (by, value) in said {
            dossier.record(Assertion::new(id, *value).by(*by)).expect("an assertion");
        }
    };
    claim("same", &[("a", "14"), ("b", "14"), ("officials", "14")]);
    claim("fits", &[("a", "at least 14"), ("b", "20"), ("c", "20")]);
    claim("clash", &[("a", "14"), ("b", "15")]);
    claim("itself", &[("a", "14"), ("a", "15"), ("b", "14")]);
    dossier.add_claim(Claim::count("jointly", "?")).expect("a claim");
    dossier.record(Assertion::new("jointly", "more than 200").by("a").by("c")).expect("an assertion");
    let [.., sides] = whole(&Resolver::standard().resolve(&dossier));
    // Officials may be anybody, and what a contradicts itself about is no dispute with b.
    assert_eq!(
        told(&sides),
        "a contradicts itself: 1. a and b: 1 agreed, 1 compatible, 1 disputed. a and c: 1 agreed, 1 compatible. b and c: 1 agreed."
    );
}

#[test]
fn the_raid_is_drawn_as_the_readme_shows_it() {
    let raid = Dossier::from_json(include_str!("../corpus/raid.json")).expect("the raid");
    let report = Resolver::standard().resolve(&raid);
    let drawn = report.finding("fighters-killed").and_then(|finding| finding.span_plot()).expect("a picture");
    expect_file!["../../docs/raid-span.svg"].assert_eq(&drawn);
    // On rustdoc's front page there is no file beside it, so the picture is in the link itself.
    let mut link = "[raid-span]: data:image/svg+xml,".to_owned();
    for byte in drawn.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => link.push(char::from(byte)),
            byte if b"-_.~/:;,=?&@+*!$".contains(&byte) => link.push(char::from(byte)),
            byte => link.push_str(&format!("%{byte:02X}")),
        }
    }
    expect_file!["../../docs/raid-span.data-uri"].assert_eq(&(link + "\n"));
}

#[test]
fn no_text_becomes_markup_in_a_picture() {
    for svg in all_pictures(&hostile_dossier()) {
        assert_is_a_picture(&svg);
    }
}

#[test]
fn where_there_is_nothing_to_draw_the_picture_says_so() {
    for svg in &whole(&Resolver::standard().resolve(&Dossier::new("Empty")))[..2] {
        assert_is_a_picture(svg);
        assert_eq!(told(svg), "There is nothing to draw.");
    }
}

#[test]
fn far_away_figures_and_dates_are_drawn_too() {
    use corroborate::{Assertion, Claim, Source};
    let cases: [(Claim, &[&str]); 7] = [
        (Claim::count("c", "?"), &["0", "18446744073709551615", "at least 1"]),
        (Claim::count("c", "?"), &["18446744073709551614", "18446744073709551615"]),
        (Claim::count("c", "?"), &["0"]),
        (
            Claim::quantity("c", "?"),
            &[
                "-79228162514264337593543950335",
                "79228162514264337593543950335",
                "0.0000000000000000000000000001",
            ],
        ),
        (Claim::quantity("c", "?"), &["0.0000000000000000000000000001", "0.0000000000000000000000000002"]),
        (Claim::date("c", "?"), &["-9999", "9999", "2024-08-29T14:30:05.123456Z"]),
        (Claim::date("c", "?"), &["2024-08-29T14:30:05.123456Z", "2024-08-29T14:30:05.123457Z"]),
    ];
    for (claim, said) in cases {
        let mut dossier = Dossier::new("Far away");
        dossier.add_claim(claim).expect("a claim");
        for (n, said) in said.iter().enumerate() {
            dossier.add_source(Source::new(format!("s{n}"), "Somebody")).expect("a source");
            dossier.record(Assertion::new("c", *said).by(format!("s{n}"))).expect("an assertion");
        }
        let pictures = all_pictures(&dossier);
        assert!(!pictures.is_empty());
        pictures.iter().for_each(|svg| assert_is_a_picture(svg));
        let document = Document::parse(&pictures[0]).expect("XML");
        let ticks = document.descendants().filter(|node| node.attribute("class") == Some("tick")).count();
        assert!((1..=8).contains(&ticks), "{ticks} figures below {said:?}");
    }
}

#[test]
fn what_is_about_so_tapers_and_what_has_no_end_is_an_arrow() {
    use corroborate::{Assertion, Claim, Source};
    let drawn = |said: &str| {
        let mut dossier = Dossier::new("Shapes");
        dossier.add_source(Source::new("mayor", "The mayor")).expect("a source");
        dossier.add_claim(Claim::quantity("c", "?")).expect("a claim");
        dossier.record(Assertion::new("c", said).by("mayor")).expect("an assertion");
        dossier.record(Assertion::new("c", "100 to 200").by("mayor")).expect("an assertion");
        let report = Resolver::standard().resolve(&dossier);
        let svg = report.finding("c").and_then(|found| found.span_plot()).expect("a picture");
        let document = Document::parse(&svg).expect("XML");
        let row = document.descendants().find(|node| node.attribute("class") == Some("row")).expect("a row");
        let line = row.last_element_child().expect("what is drawn below the words");
        let classes: Vec<&str> = line.children().filter_map(|shape| shape.attribute("class")).collect();
        classes.join(" ")
    };
    assert_eq!(drawn("150"), "mark");
    assert_eq!(drawn("about 150"), "soft");
    assert_eq!(drawn("120 to 180"), "bar bar bar"); // the line and two closed ends
    assert_eq!(drawn("more than 150"), "bar hollow mark"); // an end that is left out, and an arrow
    assert_eq!(drawn("at most 150"), "bar mark bar");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_dossier_is_drawn_in_sound_xml(dossier in strategies::dossier()) {
        let dossier = Dossier::from_json(&dossier.to_string()).expect("a sound dossier");
        all_pictures(&dossier).iter().for_each(|svg| assert_is_a_picture(svg));
    }
}

/// What stands below an axis of dates is round: halves of years, and noons, wherever the dates themselves begin.
#[test]
fn the_dates_below_an_axis_are_round() {
    use corroborate::{Assertion, Claim, Source};
    let below = |first: &str, last: &str| {
        let mut siren = Dossier::new("The siren at Varn");
        siren.add_claim(Claim::date("siren", "When did it sound?")).expect("a new claim");
        for (source, said) in [("mayor", first), ("school", last)] {
            siren.add_source(Source::new(source, source)).expect("a new source");
            siren.record(Assertion::new("siren", said).by(source)).expect("a sound assertion");
        }
        let report = Resolver::standard().resolve(&siren);
        let plot = report.finding("siren").and_then(|siren| siren.span_plot()).expect("a picture");
        let ticks = plot.split("class=\"tick\"").skip(1).filter_map(|tick| tick.split(['>', '<']).nth(1));
        ticks.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(below("2031-02-10", "2032-05-20"), ["2031-07", "2032-01"]);
    assert_eq!(below("1969-05-10", "1971-02-20"), ["1969-07", "1970-01", "1970-07", "1971-01"]);
    assert_eq!(below("2031-04-02T10:07Z", "2031-04-02T11:48Z"), ["2031-04-01T12:00Z", "2031-04-02T12:00Z"]);
}
