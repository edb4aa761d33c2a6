//! Timelines: each entry is what `as_of` finds on its date, and what is told between two entries leads from one to the
//! other.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use corroborate::exchange::{FindingDocument, TimelineDocument};
use corroborate::{
    AccountRef, Assertion, BuiltIn, Change, Claim, Date, Dossier, Finding, Resolver, Retraction, Source,
    Timeline, TimelineEntry, Verdict,
};
use expect_test::{expect, expect_file};
use proptest::prelude::*;
use serde_json::Value;

use crate::strategies::dossier;

/// The dates that generated dossiers name end within so many days from two before the first, "2024" among them.
const DAYS: u64 = WINDOW + 125;

/// The first day that a generated date can name, and how many there are.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2024, 8, 20).expect("a day of the calendar");
const WINDOW: u64 = 14;

fn config() -> ProptestConfig {
    crate::strategies::config()
}

fn read(document: &Value) -> Dossier {
    Dossier::from_json(&document.to_string()).expect("the strategy makes sound dossiers")
}

fn timeline<'d>(resolver: &Resolver, dossier: &'d Dossier, claim: &str) -> Timeline<'d> {
    resolver.timeline(dossier, claim).expect("the claim is there")
}

fn claims(dossier: &Dossier) -> Vec<String> {
    dossier.claims().map(|claim| claim.id().to_owned()).collect()
}

/// Everything that a file has of a finding, which is all that there is to see of it.
fn all_of(finding: Finding<'_>) -> FindingDocument {
    FindingDocument::from(finding)
}

/// The same without what the day that was asked about moves: the explanation. Which assertions suffice may depend on it, for
/// of a copy alone its own date counts.
fn all_but_the_day(finding: Finding<'_>) -> FindingDocument {
    let mut all = all_of(finding);
    all.why.clear();
    all
}

fn found_as_of(resolver: &Resolver, date: Date, dossier: &Dossier, claim: &str) -> FindingDocument {
    let report = resolver.clone().as_of(date).resolve(dossier);
    all_but_the_day(report.finding(claim).expect("the claim is there"))
}

fn ids<'a>(assertions: impl Iterator<Item = corroborate::AssertionRef<'a>>) -> BTreeSet<String> {
    assertions.map(|assertion| assertion.id()).collect()
}

/// What was heard and doesn't stand.
fn aside(finding: Finding<'_>) -> BTreeSet<String> {
    ids(finding.set_aside().map(|aside| aside.assertion()))
}

fn answers<'a>(accounts: impl Iterator<Item = AccountRef<'a>>) -> BTreeSet<BTreeSet<String>> {
    // By whom it satisfies: an answer's words can be another's with the same meaning.
    accounts.map(|account| ids(account.assertions())).collect()
}

fn resolvers() -> impl Strategy<Value = Resolver> {
    let rule = |text: &str| text.parse::<BuiltIn>().expect("a built-in rule");
    prop_oneof![
        4 => Just(Resolver::standard()),
        1 => Just(Resolver::without_rules()),
        1 => Just(Resolver::standard().narration_is_publishers()),
        1 => Just(Resolver::standard().with_rule(rule("tolerance=1")).with_rule(rule("first-hand only"))),
        1 => Just(["retracted", "latest word"].iter().fold(Resolver::standard(), |resolver, rule| {
            resolver.without_rule(rule).expect("a standard rule")
        })),
    ]
}

/// A dossier of what was heard by some moment, as if nothing had been said since.
fn without(document: &Value, unheard: &BTreeSet<String>, standing: &BTreeSet<String>) -> Value {
    let gone = |id: &Value| id.as_str().is_some_and(|id| unheard.contains(id));
    let mut left = document.clone();
    let assertions = left["assertions"].as_array_mut().expect("a list");
    assertions.retain(|assertion| !gone(&assertion["id"]));
    for assertion in assertions {
        for lineage in ["derived_from", "supersedes"] {
            match &mut assertion[lineage] {
                Value::Array(named) => named.retain(|id| !gone(id)),
                one if gone(one) => *one = Value::Null,
                _ => {}
            }
        }
        assertion
            .as_object_mut()
            .expect("an assertion")
            .retain(|_, field| !field.is_null() && *field != Value::from(Vec::<Value>::new()));
    }
    let retractions = left["retractions"].as_array_mut().expect("a list");
    retractions.retain(|retraction| {
        !gone(&retraction["assertion"])
            && !standing.contains(retraction["assertion"].as_str().expect("an id"))
    });
    left
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn each_entry_is_what_as_of_finds_on_its_date(document in dossier(), resolver in resolvers(), stale in any::<bool>()) {
        let dossier = read(&document);
        let resolver = if stale { resolver.with_rule("stale after=3d".parse::<BuiltIn>().expect("a rule")) } else { resolver };
        for claim in claims(&dossier) {
            for entry in timeline(&resolver, &dossier, &claim).entries() {
                let Some(date) = entry.date() else { continue };
                let report = resolver.clone().as_of(date).resolve(&dossier);
                prop_assert_eq!(all_of(entry.finding()), all_of(report.finding(&claim).expect("the claim")));
            }
        }
    }

    /// Day by day: before the first entry nobody has spoken, and then the last entry's finding stays until the next.
    #[test]
    fn nothing_changes_between_two_entries(document in dossier(), resolver in resolvers()) {
        let dossier = read(&document);
        for claim in claims(&dossier) {
            let timeline = timeline(&resolver, &dossier, &claim);
            let mut entries = timeline.entries().peekable();
            let mut found = None;
            for day in (0..DAYS).map(|day| Date::from(FIRST_DAY - Days::new(2) + Days::new(day))) {
                while let Some(entry) = entries.next_if(|entry| entry.date().is_none_or(|date| date.last() <= day.last())) {
                    prop_assert!(entry.date().is_none_or(|date| date.first() >= day.first()), "{:?} was overlooked", entry);
                    found = Some(all_but_the_day(entry.finding()));
                }
                let on_the_day = found_as_of(&resolver, day, &dossier, &claim);
                match &found {
                    Some(found) => prop_assert_eq!(found, &on_the_day, "on {}", day),
                    None => prop_assert_eq!(on_the_day.verdict.as_str(), "unaddressed"),
                }
            }
            prop_assert!(entries.next().is_none());
            let report = resolver.resolve(&dossier);
            let at_last = all_but_the_day(report.finding(&claim).expect("the claim"));
            match &found {
                Some(found) => prop_assert_eq!(found, &at_last, "with no date"),
                None => prop_assert_eq!(at_last.verdict.as_str(), "unaddressed"),
            }
        }
    }

    #[test]
    fn nothing_said_later_is_seen(document in dossier(), resolver in resolvers()) {
        let dossier = read(&document);
        for claim in claims(&dossier) {
            let timeline = timeline(&resolver, &dossier, &claim);
            let mut unheard: BTreeSet<String> = timeline.entries().flat_map(|entry| ids(entry.heard())).collect();
            let mut standing: BTreeSet<String> = timeline.entries().flat_map(|entry| ids(entry.withdrawn())).collect();
            let all = ids(dossier.claim(&claim).expect("the claim").assertions());
            prop_assert_eq!(&unheard, &all, "all are heard at some time");
            for entry in timeline.entries() {
                for heard in ids(entry.heard()) {
                    prop_assert!(unheard.remove(&heard), "{} is heard twice", heard);
                }
                standing = &standing - &ids(entry.withdrawn());
                let left = read(&without(&document, &unheard, &standing));
                let report = resolver.resolve(&left);
                let alone = report.finding(&claim).expect("the claim");
                prop_assert_eq!(all_but_the_day(entry.finding()), all_but_the_day(alone));
            }
            prop_assert!(unheard.is_empty() && standing.is_empty());
        }
    }

    /// Whoever follows what is newly set aside and stands again, and which accounts come and go, knows what there is.
    #[test]
    fn the_changes_lead_from_one_entry_to_the_next(document in dossier(), resolver in resolvers()) {
        let dossier = read(&document);
        for claim in claims(&dossier) {
            let timeline = timeline(&resolver, &dossier, &claim);
            let mut not_standing = BTreeSet::new();
            let mut before = None;
            for entry in timeline.entries() {
                let newly = ids(entry.newly_set_aside().map(|aside| aside.assertion()));
                let again = ids(entry.stands_again());
                prop_assert!(newly.is_disjoint(&not_standing), "{:?} were aside already", newly);
                prop_assert!(again.is_subset(&not_standing), "{:?} stood already", again);
                not_standing = &(&not_standing | &newly) - &again;
                prop_assert_eq!(&not_standing, &aside(entry.finding()));

                let (new, gone) = (answers(entry.new_accounts()), answers(entry.gone_accounts()));
                prop_assert!(new.is_subset(&answers(entry.finding().accounts())));
                prop_assert!(gone.is_subset(&answers(entry.before().accounts())));
                let kept = entry.before().accounts().len() - gone.len();
                prop_assert_eq!(kept + new.len(), entry.finding().accounts().len());

                let now = (entry.finding().verdict(), entry.finding().common_ground().unwrap_or_default(), entry.finding().safe_wording().unwrap_or_default());
                let (verdict, ground, safe) = before.unwrap_or((Verdict::Unaddressed, String::new(), String::new()));
                let changes: BTreeSet<Change> = entry.changes().collect();
                prop_assert_eq!(changes.contains(&Change::Verdict), verdict != now.0);
                prop_assert_eq!(changes.contains(&Change::CommonGround), ground != now.1);
                prop_assert_eq!(changes.contains(&Change::SafeWording), safe != now.2);
                prop_assert!(changes.contains(&Change::Accounts) || new.is_empty() && gone.is_empty());
                before = Some(now);
            }
        }
    }

    /// An as-of date ends a timeline, and changes nothing before.
    #[test]
    fn an_as_of_date_ends_a_timeline(document in dossier(), resolver in resolvers(), day in 0..WINDOW + 4) {
        let dossier = read(&document);
        let end = Date::from(FIRST_DAY - Days::new(2) + Days::new(day));
        for claim in claims(&dossier) {
            let all = timeline(&resolver, &dossier, &claim);
            let early: Vec<_> = all
                .entries()
                .filter(|entry| entry.date().is_none_or(|date| date.last() <= end.last()))
                .map(|entry| (entry.date(), all_but_the_day(entry.finding())))
                .collect();
            let ended = timeline(&resolver.clone().as_of(end), &dossier, &claim);
            let ended: Vec<_> = ended.entries().map(|entry| (entry.date(), all_but_the_day(entry.finding()))).collect();
            prop_assert_eq!(early, ended);
        }
    }

    #[test]
    fn a_timeline_survives_its_file(document in dossier()) {
        let dossier = read(&document);
        for claim in claims(&dossier) {
            let json = timeline(&Resolver::standard(), &dossier, &claim).to_json();
            let read: TimelineDocument = serde_json::from_str(&json).expect("what was written is read");
            prop_assert_eq!(serde_json::to_string_pretty(&read).expect("it is written"), json);
        }
    }
}

fn flood(says: impl IntoIterator<Item = Assertion>) -> Dossier {
    let mut flood = Dossier::new("Flood at Varn");
    for (id, name) in
        [("mayor", "The mayor of Varn"), ("brigade", "The fire brigade"), ("post", "The Varn Post")]
    {
        flood.add_source(Source::new(id, name)).expect("a new source");
    }
    flood.add_claim(Claim::count("missing", "How many people are missing?")).expect("a new claim");
    for said in says {
        flood.record(said).expect("a sound assertion");
    }
    flood
}

fn said(value: &str, by: &str, on: &str) -> Assertion {
    Assertion::new("missing", value).by(by).asserted(on)
}

/// Dates, verdicts and common ground, one line an entry.
fn lines(dossier: &Dossier) -> String {
    let line = |entry: TimelineEntry<'_>| {
        let date = entry.date().map_or("undated".to_owned(), |date| date.to_string());
        format!(
            "{date}: {} {}\n",
            entry.finding().verdict(),
            entry.finding().common_ground().unwrap_or_default()
        )
    };
    timeline(&Resolver::standard(), dossier, "missing").entries().map(line).collect()
}

#[test]
fn nobody_said_anything() {
    let nothing = flood([]);
    let timeline = timeline(&Resolver::standard(), &nothing, "missing");
    assert_eq!(timeline.entries().len(), 0);
    assert_eq!(timeline.to_text(), "How many people are missing?  [missing]\n\nNobody has said anything.\n");
    assert!(Resolver::standard().timeline(&nothing, "found").is_none());
}

#[test]
fn moments_are_as_fine_as_dates_are_stated() {
    let noon_and_night = flood([
        said("30", "mayor", "2031-04-01T12:00Z"),
        said("12", "mayor", "2031-04-02T01:30+03:00"),
        said("12", "brigade", "2031-04-01"),
        said("10", "brigade", "2031-04"),
        Assertion::new("missing", "dozens"),
    ]);
    expect![[r#"
        undated: unattributed dozens
        2031-04-01T12:00Z: single-source 30
        2031-04-01T22:30Z: single-source 12
        2031-04-01: agreed 12
        2031-04-30: disputed 10 to 12
    "#]]
    .assert_eq(&lines(&noon_and_night));
}

#[test]
fn what_was_withdrawn_before_it_was_said_never_stands() {
    let mut early = flood([said("30", "mayor", "2031-04-03"), Assertion::new("missing", "9").by("brigade")]);
    early.retract(Retraction::new("missing#1").on("2031-04-01")).expect("it was said");
    early.retract(Retraction::new("missing#2")).expect("it was said");
    expect![[r#"
        undated: unaddressed 
        2031-04-03: unaddressed 
    "#]]
    .assert_eq(&lines(&early));
}

/// The mayor's figure is four days old on the 5th, though nobody says anything that day. It shows on the 9th.
#[test]
fn what_grows_stale_between_two_entries_shows_at_the_next() {
    let slow = flood([said("30", "mayor", "2031-04-01"), said("at least 12", "brigade", "2031-04-09")]);
    let resolver = Resolver::standard().with_rule("stale after=3d".parse::<BuiltIn>().expect("a rule"));
    let timeline = timeline(&resolver, &slow, "missing");
    let entries: Vec<_> = timeline
        .entries()
        .map(|entry| (entry.finding().common_ground().unwrap_or_default(), aside(entry.finding())))
        .collect();
    let stale = BTreeSet::from(["missing#1".to_owned()]);
    assert_eq!(entries, [("30".to_owned(), BTreeSet::new()), ("at least 12".to_owned(), stale)]);
    let between = found_as_of(&resolver, "2031-04-05".parse().expect("a date"), &slow, "missing");
    assert_eq!(between.verdict, "unaddressed");
}

/// Each cites the other, so the first cites what nobody had said yet. When the second speaks, the ring is seen.
#[test]
fn a_ring_of_copies_closes_when_its_last_member_speaks() {
    let ring = r#"{"schema": "corroborate/1", "claims": [{"id": "missing", "kind": "count"}],
        "sources": [{"id": "mayor"}, {"id": "brigade"}],
        "assertions": [
            {"claim": "missing", "value": "12", "by": "mayor", "asserted": "2031-04-01", "derived_from": ["missing#2"]},
            {"claim": "missing", "value": "12", "by": "brigade", "asserted": "2031-04-02", "derived_from": ["missing#1"]}]}"#;
    let ring = Dossier::from_json(ring).expect("a sound dossier");
    expect![[r#"
        2031-04-01: single-source 12
        2031-04-02: unattributed 12
    "#]]
    .assert_eq(&lines(&ring));
}

#[test]
fn a_thousand_moments_are_a_thousand_entries() {
    let day = |n: u64| (FIRST_DAY + Days::new(n)).to_string();
    let long =
        flood((0..1_000).map(|n| said(&(n / 2).to_string(), ["mayor", "brigade"][n as usize % 2], &day(n))));
    let timeline = timeline(&Resolver::standard(), &long, "missing");
    assert_eq!(timeline.entries().len(), 1_000);
    let agreed = timeline.entries().filter(|entry| entry.finding().verdict() == Verdict::Agreed).count();
    assert_eq!(agreed, 500, "every second day the brigade says what the mayor said");
    assert_eq!(timeline.entries().map(|entry| entry.newly_set_aside().count()).sum::<usize>(), 998);
}

/// Of more than 64 accounts some aren't listed, and what isn't listed can't be told to be new or gone.
#[test]
fn accounts_that_are_not_listed_neither_come_nor_go() {
    let mut many = flood([]);
    for (n, day) in (0..66_u32).map(|n| (n, 1 + n / 60 + n / 65)) {
        many.add_source(Source::new(format!("s{n}"), "")).expect("a new source");
        let on = format!("2031-04-{day:02}");
        many.record(said(&(100 + n).to_string(), &format!("s{n}"), &on)).expect("a sound assertion");
    }
    let timeline = timeline(&Resolver::standard(), &many, "missing");
    let counted: Vec<_> = timeline
        .entries()
        .map(|entry| {
            (entry.finding().accounts_total(), entry.new_accounts().count(), entry.gone_accounts().count())
        })
        .collect();
    assert_eq!(counted, [(60, 60, 0), (65, 4, 0), (66, 0, 0)]);
    assert!(timeline.to_text().contains("\n  and 58 more accounts\n"));
    // The last to speak is left off the list, and the first withdraws: somebody else is listed who isn't new.
    many.retract(Retraction::new("missing#1").on("2031-04-09")).expect("it was said");
    let timeline = Resolver::standard().timeline(&many, "missing").expect("the claim is there");
    let last = timeline.entries().last().expect("an entry");
    assert_eq!(
        (last.finding().accounts_total(), last.new_accounts().count(), last.gone_accounts().count()),
        (65, 0, 0)
    );
}

#[test]
fn an_undated_entry_looks_before_the_first_day_of_the_calendar() {
    let ancient = flood([Assertion::new("missing", "9").by("mayor"), said("12", "brigade", "-262143-01-01")]);
    expect![[r#"
        undated: single-source 9
        -262143-01-01: disputed 9 to 12
    "#]]
    .assert_eq(&lines(&ancient));
}

#[test]
fn a_story_is_told_for_people_and_for_programs() {
    let story = include_str!("../corpus/toll-over-a-week.json");
    let story = Dossier::from_json(story).expect("a sound dossier");
    let timeline = timeline(&Resolver::standard(), &story, "dead");
    expect_file!["../snapshots/timeline.txt"].assert_eq(&timeline.to_text());
    expect_file!["../snapshots/timeline.json"].assert_eq(&(timeline.to_json() + "\n"));
}
