//! A rule that answers otherwise whenever it is asked: a report is made once, and whatever is shown of it says the same.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use corroborate::exchange::{FindingDocument, ReportDocument};
use corroborate::{
    Assertion, Claim, Dossier, Finding, LiveReport, Reading, Report, Resolver, Retraction, Rule, Testimony,
    Timeline, Update, Verdict, laws,
};
use proptest::prelude::*;

use crate::{brief, strategies};

/// Sets aside, takes a name off, reads more loosely or keeps what was said, as it comes. It counts how often it is asked.
#[derive(Clone, Debug)]
struct Fickle {
    asked: Arc<AtomicU32>,
    from: u32,
}

impl Fickle {
    fn new(from: u32) -> Self {
        Self { asked: Arc::default(), from }
    }

    /// How often it was asked since somebody last wanted to know.
    fn asked(&self) -> usize {
        self.asked.swap(0, Ordering::Relaxed) as usize
    }
}

impl Rule for Fickle {
    fn name(&self) -> &str {
        "fickle"
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed);
        // Near numbers mustn't read alike, and far ones not in turn.
        let mixed = (asked + self.from).wrapping_mul(0x9E37_79B1).rotate_left(7);
        match (mixed % 6, testimony.said()) {
            (0, _) => Reading::set_aside(format!("it is the answer to question {asked}")),
            (1, _) => Reading::without(testimony.sources().take(1), "somebody has to be left out"),
            (2, Some(said)) => Reading::also(said.or_more(), "it may be more"),
            (3, Some(said)) => Reading::also(said.complement(), "it may be anything"),
            _ => Reading::as_said(),
        }
    }
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("memory takes it");
    String::from_utf8(bytes).expect("what is written is text")
}

/// All that can be made of a report, some of which explains.
fn pages(report: &Report<'_>) -> Vec<String> {
    vec![
        report.to_json(),
        report.to_text(),
        report.to_markdown(),
        report.to_html(),
        written(|to| report.write_timelines(to)),
        written(|to| report.findings().try_for_each(|found| found.write_explanation(&mut *to))),
    ]
}

/// What is made of a report without explaining it, or asking how it came about.
fn plain_pages(report: &Report<'_>) -> Vec<String> {
    vec![
        report.to_csv(),
        report.to_dot(),
        report.to_mermaid(),
        written(|to| report.write_brief_json(to)),
        written(|to| report.write_span_plots(to)),
        written(|to| report.write_side_matrix(to)),
        written(|to| report.write_source_graph(to)),
        report.constraints().map(|tied| format!("{}: {}", tied.status(), tied.why())).collect(),
        report.findings().map(|found| gist(found)).collect(),
    ]
}

/// A finding without its explanation.
fn gist(finding: Finding<'_>) -> String {
    let set_aside = finding.set_aside().map(|aside| format!("{} {}", aside.assertion().id(), aside.reason()));
    let accounts = finding.accounts().map(|account| {
        let said: Vec<String> = account.assertions().map(|said| said.id()).collect();
        format!("{} {said:?} {}", account.answer(), account.sides().count())
    });
    format!(
        "{} {} {} {:?} {:?} {:?}\n",
        finding.verdict(),
        finding.common_ground().unwrap_or_default(),
        finding.safe_wording().unwrap_or_default(),
        accounts.collect::<Vec<_>>(),
        set_aside.collect::<Vec<_>>(),
        finding.notices().map(|notice| notice.text()).collect::<Vec<_>>(),
    )
}

fn fickle(from: u32, narrated: bool) -> (Fickle, Resolver) {
    let rule = Fickle::new(from);
    let resolver = Resolver::standard().with_rule(rule.clone());
    (rule, if narrated { resolver.narration_is_publishers() } else { resolver })
}

/// The verdict with which a picture of how one claim moved ends.
fn ends_with(picture: &str) -> Option<&Verdict> {
    let words = picture.split("<desc").nth(1)?.split("</desc>").next()?;
    Verdict::ALL
        .iter()
        .filter_map(|verdict| Some((words.rfind(&format!(": {verdict}"))?, verdict)))
        .max_by_key(|at| at.0)
        .map(|at| at.1)
}

proptest! {
    #![proptest_config(strategies::config())]

    #[test]
    fn a_report_says_one_thing(dossier in laws::dossiers(), from in any::<u16>(), narrated in any::<bool>()) {
        let (rule, resolver) = fickle(from.into(), narrated);
        let report = resolver.resolve(&dossier);
        // Once for each assertion, on which everything else stands.
        prop_assert_eq!(rule.asked(), dossier.assertions().len());
        let plain = plain_pages(&report);
        prop_assert_eq!(rule.asked(), 0);
        let all = pages(&report);
        rule.asked();
        prop_assert_eq!(&all, &pages(&report));
        prop_assert_eq!(&plain, &plain_pages(&report));
        prop_assert_eq!(rule.asked(), 0);

        brief::hold(&report);
        let read: ReportDocument = serde_json::from_str(&all[0]).expect("a report");
        let findings: Vec<FindingDocument> = report.findings().map(FindingDocument::from).collect();
        prop_assert_eq!(&read.findings, &findings);
        for found in report.findings() {
            let again = report.finding(found.claim().id()).expect("it is there");
            prop_assert_eq!(FindingDocument::from(found), FindingDocument::from(again));
        }
        for verdict in Verdict::ALL {
            let counted = findings.iter().filter(|found| found.verdict == verdict.to_string()).count();
            prop_assert_eq!(report.tally(*verdict), counted);
            prop_assert_eq!(all[3].matches(&format!("data-verdict=\"{verdict}\"")).count(), counted);
            let row = format!(",{verdict},");
            prop_assert!(plain[0].matches(&row).count() >= counted, "{}", plain[0]);
        }
        for (constraint, (status, why)) in read.constraints.iter().zip(report.constraints().map(|c| (c.status(), c.why()))) {
            prop_assert_eq!((&constraint.status, &constraint.why), (&status.to_string(), &why));
        }
    }

    /// What a report has found is where the picture of how it moved ends.
    #[test]
    fn a_picture_ends_with_what_was_found(dossier in laws::dossiers(), from in any::<u16>()) {
        let (_, resolver) = fickle(from.into(), false);
        for claim in dossier.claims() {
            let mut alone = Dossier::from_json(&dossier.to_json()).expect("it was written");
            alone = only(alone, claim.id());
            let report = resolver.resolve(&alone);
            let picture = written(|to| report.write_timelines(to));
            if let Some(verdict) = ends_with(&picture) {
                prop_assert_eq!(report.tally(*verdict), 1, "{}", picture);
            }
        }
    }

    #[test]
    fn a_live_report_says_one_thing(dossier in laws::dossiers(), from in any::<u16>(), narrated in any::<bool>()) {
        let (rule, resolver) = fickle(from.into(), narrated);
        let mut live = LiveReport::new(dossier, resolver);
        prop_assert_eq!(rule.asked(), live.dossier().assertions().len());
        live.add_claim(Claim::count("new", "")).expect("a new id");
        let claims: Vec<String> = live.dossier().claims().map(|claim| claim.id().to_owned()).collect();
        let speaker = live.dossier().sources().next().map(|source| source.id().to_owned());
        for claim in claims.iter().chain(&claims) {
            let before = live.finding(claim).map(gist);
            let was = live.finding(claim).map(Finding::verdict);
            let kind = live.dossier().claim(claim).expect("it is there").kind();
            let said = match kind {
                corroborate::Kind::YesNo => "yes",
                corroborate::Kind::Date => "2024-09-01",
                _ => "14",
            };
            rule.asked();
            prop_assert_eq!(before, live.finding(claim).map(gist));
            prop_assert_eq!(rule.asked(), 0);
            let id = {
                let said = speaker.iter().fold(Assertion::new(claim, said), |said, by| said.by(by));
                let Ok(update) = live.record(said) else { continue };
                is_one(&rule, was, update)?;
                update.assertion().id()
            };
            let was = live.finding(claim).map(Finding::verdict);
            let now = live.finding(claim).map(gist);
            prop_assert_eq!(rule.asked(), 0);
            prop_assert_eq!(now, live.finding(claim).map(gist));
            if let Ok(update) = live.retract(Retraction::new(id)) {
                is_one(&rule, was, update)?;
            }
            for verdict in Verdict::ALL {
                let counted = claims.iter().filter(|claim| live.finding(claim).is_some_and(|found| found.verdict() == *verdict));
                prop_assert_eq!(live.tally(*verdict), counted.count());
            }
        }
    }

    #[test]
    fn a_moment_says_one_thing(dossier in laws::dossiers(), from in any::<u16>()) {
        let (rule, resolver) = fickle(from.into(), false);
        for claim in dossier.claims() {
            let timeline: Timeline<'_> = resolver.timeline(&dossier, claim.id()).expect("it is there");
            let entries: Vec<_> = timeline.entries().collect();
            rule.asked();
            for (at, entry) in entries.iter().enumerate() {
                let told = gist(entry.finding());
                let changes: Vec<_> = entry.changes().collect();
                if at > 0 {
                    prop_assert_eq!(gist(entry.before()), gist(entries[at - 1].finding()));
                }
                prop_assert_eq!(rule.asked(), 0);
                let document = FindingDocument::from(entry.finding());
                rule.asked();
                prop_assert_eq!(document, FindingDocument::from(entry.finding()));
                prop_assert_eq!(told, gist(entry.finding()));
                prop_assert_eq!(changes, entry.changes().collect::<Vec<_>>());
                let is_another = entry.before().verdict() != entry.finding().verdict();
                prop_assert_eq!(is_another, entry.changes().any(|change| change == corroborate::Change::Verdict));
                prop_assert_eq!(rule.asked(), 0);
            }
        }
    }
}

/// An update came of asking once for each assertion of its claim, and says what its finding does.
fn is_one(rule: &Fickle, was: Option<Verdict>, update: Update<'_>) -> Result<(), TestCaseError> {
    prop_assert_eq!(rule.asked(), update.claim().assertions().len());
    let now = update.finding().verdict();
    let change = was.map(|was| (was, now)).filter(|(was, now)| was != now);
    prop_assert_eq!(update.change(), change);
    prop_assert_eq!(gist(update.finding()), gist(update.finding()));
    prop_assert_eq!(rule.asked(), 0);
    Ok(())
}

/// The dossier with one claim alone.
fn only(dossier: Dossier, claim: &str) -> Dossier {
    let mut json: serde_json::Value = serde_json::from_str(&dossier.to_json()).expect("JSON");
    let ids: Vec<String> =
        dossier.claim(claim).expect("it is there").assertions().map(|said| said.id()).collect();
    let retain = |json: &mut serde_json::Value, list: &str, field: &str, kept: &dyn Fn(&str) -> bool| {
        if let Some(list) = json[list].as_array_mut() {
            list.retain(|entry| entry[field].as_str().is_some_and(kept));
        }
    };
    retain(&mut json, "claims", "id", &|id| id == claim);
    retain(&mut json, "assertions", "claim", &|id| id == claim);
    retain(&mut json, "retractions", "assertion", &|id| ids.iter().any(|other| other == id));
    json["constraints"] = serde_json::json!([]);
    Dossier::from_json(&json.to_string()).expect("its records fit together")
}

/// What a program may share among threads.
#[test]
fn reports_can_be_shared_among_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Dossier>();
    is_shared::<Resolver>();
    is_shared::<LiveReport>();
    is_shared::<Report<'_>>();
    is_shared::<Finding<'_>>();
    is_shared::<Update<'_>>();
    is_shared::<Timeline<'_>>();
    is_shared::<corroborate::TimelineEntry<'_>>();
    is_shared::<corroborate::ConstraintRef<'_>>();
    is_shared::<corroborate::Step<'_>>();
    is_shared::<Testimony<'_>>();
    is_shared::<corroborate::Error>();
}
