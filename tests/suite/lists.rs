//! Whatever a sentence lists is cut after a few, with how many more there are: nobody reads 22 megabytes of ids.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use corroborate::{Dossier, Resolver};
use roxmltree::Document as Xml;
use serde_json::{Value, json};

use crate::oracle::list;
use crate::pages;

/// No sentence is longer than this, whatever it lists.
const LONGEST: usize = 3_000;

/// Of many, the first eight are named, and this is said of the others.
const MANY: usize = 1_500;
const MORE: &str = "1,492 more";

/// A dossier in which everything that a sentence can list is there so many times, on a claim for each.
fn dossier(many: usize) -> Value {
    let all = |of: &dyn Fn(usize) -> Value| (0..many).map(of).collect::<Vec<Value>>();
    let ids = |prefix: &str| all(&|n| json!(format!("{prefix}{n}")));
    // What is said in terms is 10,000 bytes long at most.
    let any_of = (0..many.min(1_000)).map(|n| format!("t{n}")).collect::<Vec<_>>().join(" or ");
    let mut sources = all(&|n| json!({"id": format!("s{n}"), "name": format!("Source {n}")}));
    sources.extend(all(&|n| json!({"id": format!("r{n}"), "name": format!("Relay {n}")})));
    sources.push(json!({"id": "one", "name": "Somebody"}));
    sources.push(json!({"id": "two", "name": "Somebody else"}));
    let mut claims: Vec<Value> = Vec::new();
    let mut said: Vec<Value> = Vec::new();
    let mut retractions: Vec<Value> = Vec::new();
    let mut constraints: Vec<Value> = Vec::new();
    let mut claim = |id: &str, kind: &str| claims.push(json!({"id": id, "question": "", "kind": kind}));
    let each = |said: &mut Vec<Value>, of: &dyn Fn(usize) -> Value| said.extend((0..many).map(of));

    claim("jointly", "count");
    said.push(json!({"claim": "jointly", "value": "5", "by": ids("s"), "via": ids("r")}));
    // A ring: each is heard only through all others, and all of them say so too.
    claim("each-other", "count");
    said.push(json!({"claim": "each-other", "value": "5", "by": ids("s"), "via": ids("s")}));
    said.push(json!({"claim": "each-other", "value": "5", "by": "one"}));
    claim("left", "count");
    let mut by = ids("s");
    by.push(json!("one"));
    said.push(json!({"claim": "left", "value": "5", "by": by, "asserted": "2031-04-01"}));
    each(
        &mut said,
        &|n| json!({"claim": "left", "value": "6", "by": format!("s{n}"), "asserted": "2031-04-02"}),
    );
    claim("all-left", "count");
    said.push(json!({"claim": "all-left", "value": "5", "by": ids("s"), "asserted": "2031-04-01"}));
    each(
        &mut said,
        &|n| json!({"claim": "all-left", "value": "6", "by": format!("s{n}"), "asserted": "2031-04-02"}),
    );
    claim("ring", "count");
    each(&mut said, &|n| {
        let next = format!("ring-{}", (n + 1) % many);
        json!({"id": format!("ring-{n}"), "claim": "ring", "value": "5", "by": "one", "derived_from": next})
    });
    for id in ["fallen", "misquoted"] {
        claim(id, "count");
        each(
            &mut said,
            &|n| json!({"id": format!("{id}-{n}"), "claim": id, "value": "5", "by": format!("s{n}")}),
        );
        let value = if id == "fallen" { "5" } else { "9" };
        said.push(json!({"claim": id, "value": value, "derived_from": ids(&format!("{id}-"))}));
    }
    retractions.extend(all(&|n| json!({"assertion": format!("fallen-{n}")})));
    claim("echoes", "count");
    said.push(json!({"id": "echoed", "claim": "echoes", "value": "5", "by": "one"}));
    said.push(json!({"claim": "echoes", "value": "6", "by": "two"}));
    each(
        &mut said,
        &|n| json!({"claim": "echoes", "value": "5", "derived_from": "echoed", "note": n.to_string()}),
    );
    claim("outside", "count");
    said.push(json!({"claim": "outside", "value": "5", "by": "one"}));
    each(&mut said, &|n| json!({"claim": "outside", "value": (100 + n).to_string()}));
    claim("no-evidence", "count");
    said.push(json!({"claim": "no-evidence", "value": "5", "by": "one"}));
    each(&mut said, &|n| json!({"claim": "no-evidence", "stance": "no-evidence", "by": format!("s{n}")}));
    claim("silent", "count");
    said.push(json!({"claim": "silent", "stance": "withholds", "by": ids("s")}));
    claim("terms", "term");
    said.push(json!({"claim": "terms", "value": any_of, "by": "one"}));
    said.push(json!({"claim": "terms", "value": "known", "by": "two"}));
    claim("alike", "term");
    said.push(json!({"claim": "alike", "value": any_of, "by": "one", "asserted": "2031-04-01"}));
    said.push(json!({"claim": "alike", "value": any_of, "by": "two", "stance": "denies"}));
    said.push(json!({"claim": "alike", "value": "t0", "by": "one", "asserted": "2031-04-02"}));
    claim("but-not", "term");
    let mut but_not = "all".to_owned();
    (0..many.min(700))
        .for_each(|n| but_not.push_str(&format!("{}not p{n}", if n == 0 { " but " } else { " and " })));
    said.push(json!({"claim": "but-not", "value": but_not, "by": "one"}));
    claim("texts", "text");
    each(&mut said, &|n| json!({"claim": "texts", "value": format!("text {n}"), "by": format!("s{n}")}));
    claim("counts", "count");
    each(
        &mut said,
        &|n| json!({"claim": "counts", "value": format!("{} or {}", 4 * n, 4 * n + 2), "by": format!("s{n}")}),
    );
    claim("whole", "count");
    said.push(json!({"claim": "whole", "value": "1", "by": ids("s")}));
    said.push(json!({"claim": "whole", "value": "2", "by": "one"}));
    for n in 0..many {
        claim(&format!("part-{n}"), "count");
        said.push(json!({"claim": format!("part-{n}"), "value": (n + 10).to_string(), "by": "one"}));
    }
    constraints.push(json!({"kind": "sum", "whole": "whole", "parts": ids("part-")}));
    constraints.push(json!({"kind": "equal", "claims": ids("part-")}));
    constraints.push(json!({"kind": "at-most", "lesser": "part-0", "greater": "whole"}));
    for n in 0..many {
        let scope = json!({"place": format!("Place {n}"), format!("dimension {n}"): "here"});
        claims.push(json!({"id": format!("scope-{n}"), "question": "", "kind": "count", "topic": "t", "scope": scope}));
    }
    let mut terms = all(&|n| json!({"id": format!("p{n}"), "label": format!("P {n}"), "broader": "all"}));
    terms.push(json!({"id": "all", "label": "All of them"}));
    terms.push(json!({"id": "known", "label": "Known"}));
    json!({
        "schema": "corroborate/1", "title": "Lists", "sources": sources, "terms": terms, "claims": claims,
        "assertions": said, "retractions": retractions, "constraints": constraints,
    })
}

/// Every sentence of a report in JSON: what stands in a field that people read.
fn sentences(report: &Value, found: &mut Vec<String>) {
    match report {
        Value::Array(list) => list.iter().for_each(|one| sentences(one, found)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if ["text", "reason", "why"].contains(&&**name) => {
                        found.push(text.clone())
                    }
                    _ => sentences(value, found),
                }
            }
        }
        _ => {}
    }
}

fn sentences_of(report: &Value) -> Vec<String> {
    let mut found = Vec::new();
    sentences(report, &mut found);
    found
}

#[test]
fn no_sentence_lists_all_of_many() {
    let dossier = Dossier::from_json(&dossier(MANY).to_string()).expect("a sound dossier");
    let report = Resolver::standard().resolve(&dossier);
    let json: Value = serde_json::from_str(&report.to_json()).expect("JSON");
    let all = sentences_of(&json);
    let longest = all.iter().max_by_key(|text| text.len()).expect("a report has sentences");
    assert!(longest.len() <= LONGEST, "{} bytes: {longest:.400}", longest.len());
    let claims = ["jointly", "left", "misquoted", "outside", "no-evidence"];
    let terms = [("terms", "992 more"), ("alike", "992 more"), ("but-not", "692 more")];
    for (claim, more) in claims.map(|claim| (claim, MORE)).into_iter().chain(terms) {
        let found = list(&json["findings"]).iter().find(|finding| finding["claim"] == claim);
        let told = sentences_of(found.expect("a finding"));
        assert!(told.iter().any(|text| text.contains(more)), "{claim}: {told:.2000?}");
    }
    for constraint in &list(&json["constraints"])[..2] {
        assert!(constraint["why"].as_str().expect("a text").contains(MORE), "{}", constraint["why"]);
    }
    for explained in report.findings() {
        let note = explained.explain();
        let longest = note.lines().map(str::len).max().unwrap_or(0);
        assert!(longest <= LONGEST, "{}: {longest} bytes", explained.claim().id());
    }
    // What programs read is whole.
    let found = |claim: &str| list(&json["findings"]).iter().find(|finding| finding["claim"] == claim);
    let terms = found("terms").expect("a finding");
    assert!(
        list(&terms["accounts"]).iter().any(|one| one["answer"].as_str().is_some_and(|a| a.contains("t999")))
    );
    assert_eq!(list(&found("echoes").expect("a finding")["echoes"]).len(), MANY);

    for (form, text) in [("text", report.to_text()), ("markdown", report.to_markdown())] {
        let longest = text.lines().max_by_key(|line| line.len()).expect("a report has lines");
        assert!(longest.len() <= LONGEST, "{form}, {} bytes: {longest:.400}", longest.len());
        // All claims of the topic differ, and so many of them are left out of the sentence.
        assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains("1,492 more"), "{form}");
    }
    let page = pages::as_xml(&report.to_html());
    let page = Xml::parse(&page).expect("a page without its script is XML");
    let blocks =
        page.descendants().filter(|node| ["p", "li", "h4", "h5", "text"].contains(&node.tag_name().name()));
    for block in blocks {
        // A menu of all sources is no sentence.
        let text: String = block
            .descendants()
            .filter(|node| node.is_text() && !node.ancestors().any(|above| above.has_tag_name("option")))
            .filter_map(|node| node.text())
            .collect();
        assert!(text.len() <= LONGEST, "html, {} bytes: {text:.400}", text.len());
    }
}

#[test]
fn a_few_are_all_named() {
    let dossier = Dossier::from_json(&dossier(3).to_string()).expect("a sound dossier");
    let report = Resolver::standard().resolve(&dossier);
    let json: Value = serde_json::from_str(&report.to_json()).expect("JSON");
    for text in sentences_of(&json) {
        assert!(!text.contains(" more"), "{text}");
    }
    let of = |claim: &str, what: &str| {
        let found = list(&json["findings"]).iter().find(|finding| finding["claim"] == claim);
        sentences_of(&found.expect("a finding")[what]).join("\n")
    };
    for (claim, what, words) in [
        (
            "jointly",
            "why",
            "Source 0, Source 1 and Source 2 say 5, according to Relay 0, Relay 1 and Relay 2",
        ),
        ("left", "notices", "Source 0, Source 1 and Source 2 no longer stand by the joint statement, 5"),
        ("all-left", "set_aside", "replaced by their 6"),
        ("ring", "notices", "3 statements by Somebody quote only one another"),
        ("fallen", "set_aside", "repeats what its source has since withdrawn"),
        ("misquoted", "set_aside", "where its source says 5 and 5 and 5"),
        (
            "outside",
            "notices",
            "the document itself says 100; the document itself says 101; the document itself says 102; no named",
        ),
        ("no-evidence", "notices", "Source 0, Source 1 and Source 2 say they have no evidence"),
        (
            "each-other",
            "notices",
            "Source 1 and Source 2 also pass on what others say, so they aren't counted beside them",
        ),
        ("terms", "notices", "`t0`, `t1` and `t2` aren't in your list of terms"),
        ("but-not", "why", "All of them but not P 0 and not P 1 and not P 2"),
    ] {
        let told = of(claim, what);
        assert!(told.contains(words), "{claim}: {told}");
    }
}

#[test]
fn whoever_is_to_be_credited_is_named() {
    let sources: Vec<Value> = (0..40)
        .map(|n| json!({"id": format!("s{n}"), "name": format!("Office {n}"), "part_of": (n > 0).then_some("s0")}))
        .collect();
    let said: Vec<Value> =
        (0..40).map(|n| json!({"claim": "c", "value": "5", "by": format!("s{n}")})).collect();
    let claims = json!([{"id": "c", "question": "How many?", "kind": "count"}]);
    let file = json!({"schema": "corroborate/1", "title": "", "sources": sources, "claims": claims, "assertions": said});
    let dossier = Dossier::from_json(&file.to_string()).expect("a sound dossier");
    let report = Resolver::standard().resolve(&dossier);
    let (print, html) = (report.to_markdown(), report.to_html());
    let print = print.lines().find(|line| line.starts_with("**Print:**")).expect("what can be printed");
    let credit =
        html.split("class=\"print").nth(1).and_then(|rest| rest.split("</p>").next()).expect("a credit");
    // Nobody is left out without a word.
    for name in ["Office 0", "Office 1", "more"] {
        assert!(print.contains(name) && credit.contains(name), "{name}: {print}, {credit}");
    }
    assert_eq!(report.finding("c").map(|finding| finding.credit().len()), Some(40));
}
