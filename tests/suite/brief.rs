//! Brief reports in JSON are written by hand. They are held to serde, and to the whole report.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use corroborate::exchange::{BriefReportDocument, ReportDocument};
use corroborate::{Assertion, Claim, Constraint, Dossier, Report, Resolver, Source, Stance, Term, laws};
use proptest::prelude::*;
use serde::Serialize;

/// The file: a line for each field, and for each entry of a list.
fn laid_out(brief: &BriefReportDocument) -> String {
    fn json(value: &impl Serialize) -> String {
        serde_json::to_string(value).expect("memory takes it")
    }
    fn lines(entries: &[impl Serialize]) -> String {
        entries.iter().map(|entry| format!("\n{}", json(entry))).collect::<Vec<_>>().join(",")
    }
    let tally = json(&brief.tally).replace('{', "{\n").replace(',', ",\n");
    format!(
        "{{\n\"schema\":{},\n\"title\":{},\n\"as_of\":{},\n\"tally\":{tally},\n\"findings\":[{}],\n\
             \"constraints\":[{}],\n\"not_comparable\":[{}]\n}}",
        json(&brief.schema),
        json(&brief.title),
        json(&brief.as_of),
        lines(&brief.findings),
        lines(&brief.constraints),
        lines(&brief.not_comparable),
    )
}

pub(crate) fn hold(report: &Report<'_>) {
    let mut json = Vec::new();
    report.write_brief_json(&mut json).expect("memory takes it");
    let whole: ReportDocument = serde_json::from_str(&report.to_json()).expect("a report");
    let json = String::from_utf8(json).expect("text");
    assert_eq!(whole, ReportDocument::from(report));
    let brief = BriefReportDocument::from(whole);
    assert_eq!(json, laid_out(&brief));
    assert_eq!(serde_json::from_str::<BriefReportDocument>(&json).expect("a brief report"), brief);
}

proptest! {
    #![proptest_config(crate::strategies::config())]

    #[test]
    fn a_brief_report_says_what_the_whole_one_says(dossier in laws::dossiers()) {
        hold(&Resolver::standard().resolve(&dossier));
        hold(&Resolver::standard().as_of("2024-08-30".parse()?).resolve(&dossier));
    }

    #[test]
    fn a_report_of_one_claim_has_its_finding_and_what_names_it(dossier in laws::dossiers(), nth: prop::sample::Index) {
        let report = Resolver::standard().resolve(&dossier);
        let whole: ReportDocument = serde_json::from_str(&report.to_json()).expect("a report");
        prop_assume!(!whole.findings.is_empty());
        let finding = nth.get(&whole.findings).clone();
        let narrowed = report.of_claim(&finding.claim).expect("the dossier has the claim");
        hold(&narrowed);
        let one: ReportDocument = serde_json::from_str(&narrowed.to_json()).expect("a report");
        let total: usize = corroborate::Verdict::ALL.iter().map(|verdict| narrowed.tally(*verdict)).sum();
        prop_assert_eq!(total, 1);
        prop_assert_eq!(narrowed.findings().len(), 1);
        for other in whole.findings.iter().filter(|other| other.claim != finding.claim) {
            prop_assert!(narrowed.finding(&other.claim).is_none());
        }
        // A formula names all its claims, in either report.
        let about: Vec<_> = whole.constraints.iter().filter(|tie| one.constraints.contains(tie)).collect();
        prop_assert_eq!(about.len(), one.constraints.len());
        let entries = whole.not_comparable.iter().filter(|entry| entry.claims.contains(&finding.claim));
        prop_assert_eq!(&one.not_comparable, &entries.cloned().collect::<Vec<_>>());
        prop_assert_eq!(one.findings, [finding]);
        prop_assert!(narrowed.of_claim("no such claim").is_none());
    }

    #[test]
    fn any_text_is_escaped_as_serde_escapes_it(
        title in any::<String>(),
        ids in prop::collection::btree_set("[a\"\\\\/é\u{7f}😀\u{2028}]{1,40}|[^\\pC\\s]{1,20}", 1..12),
        said in prop::collection::vec((any::<prop::sample::Index>(), "[a\"\\\\\n\t\u{1}é ]{1,12}|[0-9]{1,3}"), 0..20),
    ) {
        let mut dossier = Dossier::new(title);
        let ids: Vec<String> = ids.into_iter().filter(|id| dossier.add_source(Source::new(id, "")).is_ok()).collect();
        for id in &ids {
            prop_assert!(dossier.add_claim(Claim::text(id, "")).is_ok());
        }
        for (who, what) in said {
            if let Some(id) = ids.get(who.index(12)) {
                let _ = dossier.record(Assertion::new(id, what).by(&ids[who.index(ids.len())]));
            }
        }
        let _ = dossier.add_constraint(Constraint::equal(ids));
        hold(&Resolver::standard().resolve(&dossier));
    }
}

#[test]
fn terms_are_written_whatever_their_names_and_what_is_left_out_of_them() {
    let mut dossier = Dossier::new("");
    let terms = [
        "coast",
        "harbour",
        "quay",
        "varn or tolm",
        "say \"no\"",
        "anything goes",
        "a very long name of a place",
    ];
    for (n, term) in terms.into_iter().enumerate() {
        let term = Term::new(term, "");
        // The harbour lies on the coast, and the quay in the harbour.
        let term = if n == 1 || n == 2 { term.broader(terms[n - 1]) } else { term };
        dossier.add_term(term).expect("a term");
        dossier.add_source(Source::new(format!("s{n}"), "")).expect("a source");
    }
    let answers = [
        "coast",
        "quay",
        "coast but not harbour",
        "harbour but not quay",
        "quay or \"varn or tolm\"",
        "coast but not quay or \"anything goes\"",
        "\"say \"\"no\"\"\"",
        "\"anything goes\" or a very long name of a place",
        "anything but coast",
        "anything but quay or say \"no\"",
        "elsewhere",
    ];
    for (n, first) in answers.iter().enumerate() {
        for (other, second) in answers.iter().enumerate() {
            let id = format!("c{n}-{other}");
            dossier.add_claim(Claim::place(&id, "")).expect("a claim");
            for (source, said) in
                [first, second, first, &"quay"].into_iter().enumerate().take(2 + (n + other) % 3)
            {
                dossier.record(Assertion::new(&id, *said).by(format!("s{source}"))).expect("an assertion");
            }
        }
    }
    hold(&Resolver::standard().resolve(&dossier));
}

#[test]
fn figures_and_dates_of_any_length_are_written() {
    let mut dossier = Dossier::new("");
    let (many, most) = (u64::MAX - 1, u64::MAX);
    let of_counts = [
        "0",
        "9",
        "10",
        "at least 1",
        "at most 7",
        "at least 3 and at most 1000000",
        "more than 99",
        "anything but 4",
    ];
    let of_counts =
        of_counts.map(str::to_owned).into_iter().chain([many.to_string(), format!("at most {most}")]);
    let of_dates = [
        "2024",
        "-0043-03-15",
        "+12024-08",
        "2024-08-29",
        "2024-08-29T04:03Z",
        "2024-08-29T04:03:02Z",
        "0007~",
        "2024-08-29T04:03:02.000100Z",
        "2024-08/2024-09",
        "../2024-08-29",
        "since 2024",
    ];
    for source in 0..20 {
        dossier.add_source(Source::new(format!("s{source}"), "")).expect("a source");
    }
    let answers = of_counts.map(|said| (said, true)).chain(of_dates.map(|said| (said.to_owned(), false)));
    let answers: Vec<_> = answers.collect();
    for (n, (first, is_count)) in answers.iter().enumerate() {
        for (other, (second, _)) in answers.iter().enumerate().filter(|(_, (_, is))| is == is_count) {
            let id = format!("c{n}-{other}");
            let claim = if *is_count { Claim::count(&id, "") } else { Claim::date(&id, "") };
            dossier.add_claim(claim).expect("a claim");
            for (source, said) in [first, second].into_iter().enumerate() {
                dossier.record(Assertion::new(&id, said).by(format!("s{source}"))).expect("an assertion");
            }
        }
    }
    // More than ten of one thing, and more claims than are written or kept together.
    dossier.add_claim(Claim::count("crowd", "")).expect("a claim");
    for source in 0..20 {
        dossier.record(Assertion::new("crowd", "1").by(format!("s{source}"))).expect("an assertion");
        dossier.record(Assertion::silent("crowd", Stance::DoesNotKnow)).expect("an assertion");
    }
    for claim in 0..9_000 {
        dossier.add_claim(Claim::count(format!("more-{claim}"), "")).expect("a claim");
    }
    hold(&Resolver::standard().resolve(&dossier));
}

#[test]
fn a_report_of_nothing_has_its_lines() {
    hold(&Resolver::standard().resolve(&Dossier::new("\"\\\u{1}\n")));
}
