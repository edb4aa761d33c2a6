//! What every rendering of a report has in common, whatever its form.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

use corroborate::{
    Assertion, Claim, Document, Dossier, Finding, Report, Resolver, Source, Term, Verdict, laws,
};
use proptest::prelude::*;
use roxmltree::Document as Xml;

use crate::notes::shown;
use crate::strategies::config;
use crate::{charts, notes, pages};

/// What somebody reads in a rendering of the report, without its markup and in one line, by the name of its form.
fn renderings(report: &Report<'_>) -> [(&'static str, String); 5] {
    let page = pages::as_xml(&report.to_html());
    let page = Xml::parse(&page).expect("a page without its script is XML");
    let page: Vec<&str> =
        page.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect();
    let chart =
        |read: charts::Read| read.nodes.into_iter().map(|(_, words)| words + "\n").collect::<String>();
    [
        ("text", report.to_text()),
        ("markdown", notes::read(&report.to_markdown()).text),
        ("html", page.concat()),
        ("dot", chart(charts::read_dot(&report.to_dot()))),
        ("mermaid", chart(charts::read_mermaid(&report.to_mermaid()))),
    ]
    .map(|(form, text)| (form, words(&text)))
}

/// The words of a text, whatever stands between them.
fn words(text: &str) -> String {
    shown(text).replace('\u{fffd}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How a report for people is ordered: by nature, then by verdict, then as the claims came in.
fn place(finding: &Finding<'_>) -> (usize, usize) {
    const ORDER: [Verdict; 7] = [
        Verdict::Disputed,
        Verdict::Unattributed,
        Verdict::Agreed,
        Verdict::Compatible,
        Verdict::SingleSource,
        Verdict::Withheld,
        Verdict::Unaddressed,
    ];
    let verdict = ORDER.iter().position(|verdict| *verdict == finding.verdict()).expect("a verdict");
    (finding.claim().nature() as usize, verdict)
}

/// Holds every rendering to having every finding where it belongs, and below each what one side alone says with whom to
/// credit.
fn assert_nothing_is_left_out(report: &Report<'_>) {
    for (form, text) in renderings(report) {
        let mut findings: Vec<Finding<'_>> = report.findings().collect();
        if !["dot", "mermaid"].contains(&form) {
            findings.sort_by_key(place);
        }
        let mut rest = text.as_str();
        for finding in findings {
            let claim = finding.claim();
            let mut expected =
                vec![if claim.question().is_empty() { claim.id() } else { claim.question() }.to_owned()];
            expected.extend(finding.credit().take(3).map(|source| source.name().to_owned()));
            for expected in expected {
                let expected = words(&expected);
                let at = rest.find(&expected).unwrap_or_else(|| {
                    panic!("{expected:?} of `{}` isn't in {form}, or stands elsewhere:\n{text}", claim.id())
                });
                rest = &rest[at + expected.len()..];
            }
        }
    }
}

#[test]
fn every_rendering_of_the_raid_has_every_finding() {
    let raid = Dossier::from_json(include_str!("../corpus/raid.json")).expect("the raid");
    assert_nothing_is_left_out(&Resolver::standard().resolve(&raid));
}

/// A document's own voice, where it is read as its publisher's word, is its publisher's in every rendering.
#[test]
fn a_publishers_word_is_credited_in_every_rendering() {
    let mut flood = Dossier::new("Flood at Varn");
    flood.add_source(Source::new("courier", "The Varn Courier")).expect("a source");
    flood.add_document(Document::new("front-page", "The dam").publisher("courier")).expect("a document");
    flood.add_claim(Claim::count("missing", "How many people are missing?")).expect("a claim");
    flood.record(Assertion::new("missing", "14").document("front-page")).expect("an assertion");
    let report = Resolver::standard().narration_is_publishers().resolve(&flood);
    assert_nothing_is_left_out(&report);
    for (form, text) in renderings(&report) {
        assert!(!text.contains("no source named"), "{form}: {text}");
    }
    for text in [report.to_text(), report.to_markdown()] {
        assert!(text.contains("The Varn Courier itself: 14 "), "{text}");
    }
}

/// At least four service members may be any number of soldiers. Nothing of that can be printed but what was said, and that
/// is somebody's all the same.
#[test]
fn what_says_nothing_of_the_question_is_credited_too() {
    let mut raid = Dossier::new("Raid");
    raid.add_source(Source::new("army", "The army")).expect("a source");
    raid.add_term(Term::new("service-member", "service member")).expect("a term");
    raid.add_term(Term::new("soldier", "soldier").broader("service-member")).expect("a term");
    raid.add_claim(Claim::count("hurt", "How many soldiers were hurt?").unit("soldier")).expect("a claim");
    raid.record(Assertion::new("hurt", "at least 4").by("army").unit("service-member"))
        .expect("an assertion");
    let report = Resolver::standard().resolve(&raid);
    let hurt = report.finding("hurt").expect("a finding");
    assert_eq!((hurt.verdict(), hurt.safe_wording()), (Verdict::SingleSource, None));
    assert_nothing_is_left_out(&report);
    assert!(report.to_text().contains("Print: The army says at least 4 service members."));
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_rendering_has_every_finding(dossier in laws::dossiers()) {
        assert_nothing_is_left_out(&Resolver::standard().resolve(&dossier));
    }
}
