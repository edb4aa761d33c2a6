//! The report for a terminal, at any width.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use corroborate::{Dossier, Report, Resolver, TextLayout, laws};
use expect_test::expect;
use proptest::prelude::*;

use crate::strategies::config;

fn at_width(report: &Report<'_>, layout: TextLayout) -> String {
    let mut text = Vec::new();
    report.write_text_as(layout, &mut text).expect("memory has room");
    String::from_utf8(text).expect("text")
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_report_is_set_at_any_width(dossier in laws::dossiers(), width in 0..400_usize) {
        let report = Resolver::standard().resolve(&dossier);
        let text = at_width(&report, TextLayout::default().width(width));
        for line in text.lines().filter(|line| line.is_ascii()) {
            prop_assert_eq!(line.trim_end(), line);
            // A word that is wider than the page has a line of its own.
            prop_assert!(line.len() <= width.max(20) || line.split_whitespace().count() == 1, "{}", line);
        }
    }
}

/// A time lies between the two ends of its day, and so does its mark; a day is one mark where nothing lies within it.
#[test]
fn a_bar_reaches_from_the_beginning_of_a_day_to_its_end() {
    let siren = r#"{"schema": "corroborate/1", "title": "The siren at Varn",
        "sources": [{"id": "mayor"}, {"id": "school"}, {"id": "wire"}],
        "claims": [{"id": "siren", "question": "When did the siren sound?", "kind": "date"}],
        "assertions": [
            {"claim": "siren", "value": "2031-04-02", "by": "mayor"},
            {"claim": "siren", "value": "2031-04-02T10:00Z/2031-04-02", "by": "school"},
            {"claim": "siren", "value": "../2031-04-03", "by": "wire"}
        ]}"#;
    let siren = Dossier::from_json(siren).expect("a sound dossier");
    let report = Resolver::standard().resolve(&siren);
    let text = at_width(&report, TextLayout::default().width(300));
    let bars: Vec<&str> =
        text.lines().filter(|line| line.contains("2031-04-03") || !line.is_ascii()).take(4).collect();
    expect![[r#"
        the siren
                         ├─────────────────────────────────────────────────┤                                                   mayor
                                                  ├────────────────────────┤                                                   school
            ◀───────────────────────────────────────────────────────────────────────────────────────┤                          wire
    "#]]
    .assert_eq(&format!("the siren\n{}\n", bars.join("\n")));
}
