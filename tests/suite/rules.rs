//! Holds the built-in rules to what they promise, whichever way they are given to a resolver.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use corroborate::{
    Assertion, BuiltIn, Claim, Dossier, Evolves, NoticeKind, Reading, Resolver, Rule, Source, Term,
    Testimony, Verdict, laws, rules,
};
use proptest::prelude::*;
use proptest::sample::select;

fn config() -> ProptestConfig {
    crate::strategies::config()
}

/// A rule as it is named in text, and as its type.
type Named = (String, Arc<dyn Rule>);

/// Every built-in rule under each of its names, with arguments of every sort.
fn named() -> impl Strategy<Value = Named> {
    let plain: [(&[&str], Arc<dyn Rule>); 9] = [
        (&["superseded"], Arc::new(rules::Superseded)),
        (&["latest word", "latest-word"], Arc::new(rules::LatestWord)),
        (&["retracted"], Arc::new(rules::Retracted)),
        (&["unit differs", "unit-differs"], Arc::new(rules::UnitDiffers)),
        (&["misquoted"], Arc::new(rules::Misquoted)),
        (&["rising tally", "rising-tally"], Arc::new(rules::RisingTally)),
        (&["rounding"], Arc::new(rules::Rounding)),
        (
            &["named sources only", "named-sources-only", "named-only", "named only"],
            Arc::new(rules::NamedOnly),
        ),
        (&["first-hand only", "first-hand-only", "first hand only"], Arc::new(rules::FirstHandOnly)),
    ];
    let plain: Vec<Named> = plain
        .into_iter()
        .flat_map(|(names, rule)| names.iter().map(move |name| ((*name).to_owned(), Arc::clone(&rule))))
        .collect();
    let stale = (select(vec!["stale after", "stale-after"]), 0..60_u32, select(vec!["d", "", " days"]))
        .prop_map(|(name, days, unit)| -> Named {
            (format!("{name}={days}{unit}"), Arc::new(rules::StaleAfter::days(days)))
        });
    let exclude = (select(vec!["exclude", "exclude source", "exclude-source"]), 0..6_usize).prop_map(
        |(name, source)| -> Named {
            let source = format!("s{source}");
            (format!("{name}={source}"), Arc::new(rules::ExcludeSource::new(source)))
        },
    );
    prop_oneof![4 => select(plain), 4 => tolerances(), 1 => stale, 1 => exclude]
}

fn tolerances() -> impl Strategy<Value = Named> {
    let share = (0..2_000_i64).prop_map(|thousandths| {
        let share =
            rules::Tolerance::share(rust_decimal::Decimal::new(thousandths, 3)).expect("not below zero");
        (
            format!("tolerance={}%", rust_decimal::Decimal::new(thousandths, 1)),
            Arc::new(share) as Arc<dyn Rule>,
        )
    });
    let figure = (0..100_u32).prop_map(|figure| {
        let tolerance = rules::Tolerance::figure(figure.into()).expect("not below zero");
        (format!("tolerance={figure}"), Arc::new(tolerance) as Arc<dyn Rule>)
    });
    let days = (0..400_u32).prop_map(|days| {
        (format!("tolerance={days}d"), Arc::new(rules::Tolerance::days(days)) as Arc<dyn Rule>)
    });
    prop_oneof![share, figure, days]
}

/// The rules that read more loosely and set nothing aside.
fn widening() -> impl Strategy<Value = Arc<dyn Rule>> {
    let plain: [Arc<dyn Rule>; 2] = [Arc::new(rules::Rounding), Arc::new(rules::RisingTally)];
    prop_oneof![select(plain.to_vec()), tolerances().prop_map(|(_, rule)| rule)]
}

fn built_in(text: &str) -> BuiltIn {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn json(resolver: Resolver, dossier: &Dossier) -> String {
    resolver.resolve(dossier).to_json()
}

/// Reads as another rule does, and keeps what it said.
#[derive(Debug)]
struct Heard(Arc<dyn Rule>, Arc<Mutex<Vec<Reading>>>);

impl Rule for Heard {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let reading = self.0.read(testimony);
        self.1.lock().expect("nobody panicked").push(reading.clone());
        reading
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_rule_named_in_text_reads_as_its_type((text, rule) in named(), dossier in laws::dossiers()) {
        // Both behind an `Arc`: whether a rule is one of the library's decides how an explanation is shortened.
        let read: Arc<dyn Rule> = Arc::new(built_in(&text));
        prop_assert_eq!(read.name(), rule.name());
        let (read, typed) = (Resolver::without_rules().with_rule(read), Resolver::without_rules().with_rule(rule));
        prop_assert_eq!(json(read, &dossier), json(typed, &dossier));
    }

    #[test]
    fn a_rule_left_out_is_as_if_it_had_never_been_added(
        rules in proptest::collection::vec(named(), 1..5),
        out in any::<proptest::sample::Index>(),
        dossier in laws::dossiers(),
    ) {
        let (_, gone) = out.get(&rules);
        let with = |is_in: &dyn Fn(&str) -> bool| {
            let kept = rules.iter().filter(|(_, rule)| is_in(rule.name()));
            kept.fold(Resolver::without_rules(), |resolver, (text, _)| resolver.with_rule(built_in(text)))
        };
        let (all, others) = (with(&|_| true), with(&|name| name != gone.name()));
        prop_assert_eq!(json(all.without_rule(gone.name()).expect("it is there"), &dossier), json(others, &dossier));
    }

    /// A name that no rule has is refused, whether it is mistyped or the name of a rule that isn't there.
    #[test]
    fn a_rule_that_is_not_there_cannot_be_left_out(
        rules in proptest::collection::vec(named(), 0..5),
        name in prop_oneof![select(BuiltIn::names().collect::<Vec<_>>()).prop_map(str::to_owned), ".{0,12}"],
    ) {
        let is_there = rules.iter().any(|(_, rule)| rule.name() == name);
        let resolver = rules.iter().fold(Resolver::without_rules(), |resolver, (text, _)| resolver.with_rule(built_in(text)));
        match resolver.without_rule(&name) {
            Ok(without) => {
                prop_assert!(is_there);
                let again = without.without_rule(&name).expect_err("it is gone").to_string();
                prop_assert!(again.starts_with("the resolver has no rule `"), "{}", again);
            }
            Err(error) => {
                prop_assert!(!is_there);
                prop_assert!(rules.iter().all(|(_, rule)| error.to_string().contains(rule.name())), "{}", error);
            }
        }
    }

    #[test]
    fn a_rule_behind_a_pointer_reads_as_the_rule((_, rule) in named(), dossier in laws::dossiers()) {
        let expected = json(Resolver::standard().with_rule(Arc::clone(&rule)), &dossier);
        let boxed: Box<dyn Rule> = Box::new(Arc::clone(&rule));
        prop_assert_eq!(boxed.name(), rule.name());
        prop_assert_eq!(&expected, &json(Resolver::standard().with_rule(boxed), &dossier));
        let twice: Box<Arc<Box<dyn Rule>>> = Box::new(Arc::new(Box::new(rule)));
        prop_assert_eq!(&expected, &json(Resolver::standard().with_rule(twice), &dossier));
    }

    #[test]
    fn a_rule_that_widens_makes_no_dispute_and_takes_no_side_away_but_a_relays(
        rule in widening(),
        dossier in laws::dossiers(),
        resolver in laws::resolvers(),
    ) {
        let loosened = resolver.clone().with_rule(rule);
        let (before, after) = (resolver.resolve(&dossier), loosened.resolve(&dossier));
        for (before, after) in before.findings().zip(after.findings()) {
            prop_assert!(before.verdict() == Verdict::Disputed || after.verdict() != Verdict::Disputed, "{:?}", after);
            // What contradicts what it relays is its own word, until it is read so that it doesn't.
            let relays = after.notices().any(|notice| notice.kind() == NoticeKind::RelayAnswers);
            let (sides, were) = (after.sides().count(), before.sides().count());
            prop_assert!(sides == were || (sides < were && relays), "{after:?}");
            prop_assert_eq!(before.set_aside().len(), after.set_aside().len());
        }
    }

    #[test]
    fn a_rule_always_gives_a_reason((_, rule) in named(), dossier in laws::dossiers()) {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let report = Resolver::without_rules().with_rule(Heard(rule, Arc::clone(&heard))).resolve(&dossier);
        for aside in report.findings().flat_map(|finding| finding.set_aside()) {
            prop_assert!(!aside.reason().trim().is_empty() && !aside.rule().is_empty());
        }
        for reading in heard.lock().expect("nobody panicked").iter() {
            prop_assert!(!format!("{reading:?}").contains("reason: \"\""), "{:?}", reading);
        }
    }

    #[test]
    fn no_argument_makes_a_rule_panic(
        rule in select(BuiltIn::all().map(|rule| rule.spelling()).collect::<Vec<_>>()),
        argument in prop_oneof![r"\PC{0,12}", r"-?[0-9]{0,30}(\.[0-9]{0,30})?(%|d| days)?"],
        dossier in laws::dossiers(),
    ) {
        let name = rule.split('=').next().unwrap_or_default();
        match format!("{name}={argument}").parse::<BuiltIn>() {
            Ok(rule) => prop_assert!(!json(Resolver::standard().with_rule(rule), &dossier).is_empty()),
            Err(error) => {
                let known = BuiltIn::find_name(name).expect("a spelling is a name");
                prop_assert!(error.to_string().starts_with(&format!("the rule `{known}` takes ")), "{}", error);
            }
        }
    }

    #[test]
    fn no_text_makes_reading_a_rule_panic(text in r"\PC*") {
        if let Err(error) = text.parse::<BuiltIn>() {
            prop_assert!(error.to_string().contains('`'), "{}", error);
        }
    }
}

#[test]
fn every_rule_is_listed_with_its_names() {
    let mut names = BTreeSet::new();
    for rule in BuiltIn::all() {
        let short = rule.spelling().split('=').next().unwrap_or_default();
        assert_eq!(BuiltIn::find_name(rule.name()).as_deref(), Ok(rule.name()));
        assert_eq!(BuiltIn::find_name(short).as_deref(), Ok(rule.name()));
        assert_eq!(built_in(rule.spelling()).name(), rule.name(), "what is shown can be typed");
        assert_eq!(rule.takes().is_some(), rule.spelling().contains('='));
        assert!(names.insert(rule.name()) && !rule.does().is_empty());
        for line in rule.to_string().lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
    assert_eq!(names.len(), 12);
}

#[test]
fn arguments_are_refused_with_what_was_found_and_what_is_taken() {
    let refused = |text: &str| text.parse::<BuiltIn>().expect_err(text).to_string();
    let takes = "the rule `tolerance` takes a share, a figure or days from zero up: `5%`, `2`, `1d`";
    for argument in ["-5%", "abc", "-1", "-1d", "5%%", "d", "%", "1h", "99999999999d"] {
        assert_eq!(refused(&format!("tolerance={argument}")), format!("{takes}; found `{argument}`"));
    }
    assert_eq!(refused("tolerance="), format!("{takes}; found nothing"));
    assert_eq!(
        refused("stale-after="),
        "the rule `stale after` takes a number of days: `30d`; found nothing"
    );
    assert_eq!(refused("stale-after=-3"), "the rule `stale after` takes a number of days: `30d`; found `-3`");
    assert_eq!(refused("exclude= "), "the rule `exclude source` takes the id of a source; found nothing");
    assert_eq!(refused("rounding=5"), "the rule `rounding` takes no argument; write `rounding`");
    assert_eq!(
        refused("named sources only="),
        "the rule `named sources only` takes no argument; write `named-only`"
    );
    let needs = "the rule `exclude source` takes an argument, the id of a source; write `exclude=SOURCE`";
    assert_eq!(refused("exclude"), needs);
    for (text, meant) in
        [("roundng", "rounding"), ("stale_after=3", "stale-after"), ("names-only", "named-only")]
    {
        let error = refused(text);
        assert!(
            error.contains(&format!("did you mean `{meant}`?")) && error.contains("`corroborate rules`"),
            "{error}"
        );
    }
    assert!(!refused("").contains("did you mean"));
    for setting in ["as-of", "as-of date=2031-04-01"] {
        assert_eq!(
            refused(setting),
            "the as-of date is a setting, and no rule: `Resolver::as_of`, or `--as-of DATE`"
        );
    }
}

#[test]
fn no_tolerance_is_below_zero() {
    let error = rules::Tolerance::share(rust_decimal::Decimal::NEGATIVE_ONE).expect_err("below zero");
    assert!(error.to_string().ends_with("found `-1`"), "{error}");
    rules::Tolerance::figure(rust_decimal::Decimal::new(-1, 1)).expect_err("below zero");
    rules::Tolerance::figure(rust_decimal::Decimal::ZERO).expect("zero is no less than zero");
}

/// What is left possible by one figure alone, once a rule has read it.
fn reads(rule: &str, claim: Claim, assertion: Assertion) -> String {
    let mut flood = Dossier::new("Flood at Varn");
    flood.add_source(Source::new("mayor", "The mayor of Varn")).expect("a source");
    for term in [Term::new("people", "people"), Term::new("children", "children").broader("people")] {
        flood.add_term(term).expect("a term");
    }
    flood.add_claim(claim.unit("people")).expect("a claim");
    flood.record(assertion.by("mayor")).expect("an assertion");
    let report = Resolver::without_rules().with_rule(built_in(rule)).resolve(&flood);
    report.finding("it").expect("a finding").common_ground().unwrap_or_default()
}

#[test]
fn figures_are_loosened_as_their_pages_say() {
    let count = |rule: &str, said: Assertion| reads(rule, Claim::count("it", "How many?"), said);
    let quantity = |rule: &str, said: Assertion| reads(rule, Claim::quantity("it", "How much?"), said);
    let it = |value: &str| Assertion::new("it", value);
    let counts = [
        ("rounding", it("43,000"), "42500 to 43499"),
        ("rounding", it("7"), "7"),
        ("rounding", it("10"), "5 to 14"),
        ("rounding", it("0"), "0"),
        ("rounding", it("about 100"), "about 100"),
        ("rounding", it("at least 100"), "at least 100"),
        ("rounding", it("90 to 100"), "90 to 100"),
        ("rounding", it("100").denied(), "anything but 100"),
        ("rounding", it("100").unit("children"), "at least 50"),
        ("rounding", it("18,446,744,073,709,551,615"), "18446744073709551615"),
        ("rounding", it("18,446,744,073,709,551,600"), "at least 18446744073709551550"),
        ("tolerance=5%", it("1,000"), "950 to 1050"),
        ("tolerance=5%", it("10"), "10"),
        ("tolerance=5%", it("0"), "0"),
        ("tolerance=0", it("10"), "10"),
        ("tolerance=0.5", it("10"), "10"),
        ("tolerance=2", it("1"), "at most 3"),
        ("tolerance=200%", it("5"), "at most 15"),
        ("tolerance=2", it("at least 10"), "at least 8"),
        ("tolerance=2", it("more than 10"), "at least 9"),
        ("tolerance=2", it("at most 10"), "at most 12"),
        ("tolerance=2", it("10 to 20"), "8 to 22"),
        ("tolerance=2", it("10 or 20"), "8 to 12 or 18 to 22"),
        ("tolerance=2", it("10 or 13"), "8 to 15"),
        ("tolerance=2", it("10").unit("children"), "at least 8"),
        ("tolerance=1", it("5").denied(), ""), // anything, so there is nothing to say
        ("tolerance=5%", it("5").denied(), "anything but 5"),
        ("tolerance=2d", it("10"), "10"),
    ];
    let quantities = [
        ("rounding", it("0.5"), "at least 0.45 and fewer than 0.55"),
        ("rounding", it("12.50"), "at least 12.45 and fewer than 12.55"),
        ("rounding", it("10"), "at least 5 and fewer than 15"),
        ("rounding", it("0"), "0"),
        ("tolerance=0.5", it("10"), "9.5 to 10.5"),
        ("tolerance=10%", it("0.5"), "0.45 to 0.55"),
        ("tolerance=2", it("1"), "-1 to 3"),
        ("tolerance=1", it("less than 10"), "fewer than 11"),
    ];
    let dates = [
        ("tolerance=1d", it("2031-04-03"), "2031-04-02/2031-04-04"),
        ("tolerance=4000000000d", it("2031-04-03"), ""), // any day, so there is nothing to say
        ("tolerance=1", it("2031-04-03"), "2031-04-03"),
        ("tolerance=50%", it("2031-04-03"), "2031-04-03"),
        ("rounding", it("2030"), "2030"),
    ];
    let date = |rule: &str, said: Assertion| reads(rule, Claim::date("it", "When?"), said);
    let mut wrong = Vec::new();
    let mut hold = |rule: &str, said: &Assertion, found: String, expected: &str| {
        if found != expected {
            wrong.push(format!("{rule} of {said:?}: expected {expected}, found {found}"));
        }
    };
    for (rule, said, expected) in counts {
        hold(rule, &said, count(rule, said.clone()), expected);
    }
    for (rule, said, expected) in quantities {
        hold(rule, &said, quantity(rule, said.clone()), expected);
    }
    for (rule, said, expected) in dates {
        hold(rule, &said, date(rule, said.clone()), expected);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Two posts with one time stamp, to the microsecond: neither is older, so neither is read as a floor.
#[test]
fn a_figure_of_the_same_instant_is_not_older() {
    let mut ferry = Dossier::new("Ferry off Varn");
    ferry
        .add_claim(Claim::count("dead", "How many people died?").evolves(Evolves::Rising))
        .expect("a new claim");
    for (source, figure) in [("coastguard", "3"), ("ferry-line", "8")] {
        ferry.add_source(Source::new(source, source)).expect("a new source");
        let said = Assertion::new("dead", figure).by(source).asserted("2031-04-02T10:00:00.000001Z");
        ferry.record(said).expect("a sound assertion");
    }
    let report = Resolver::standard().resolve(&ferry);
    assert_eq!(report.finding("dead").map(|dead| dead.verdict()), Some(Verdict::Disputed));
}

/// What is printed under a rule that loosens has the figures that were said, and excludes nobody's word.
#[test]
fn what_is_read_loosely_is_printed_as_it_was_said() {
    let printed = |rule: &str, said: &[(&str, &str)]| {
        let mut fire = Dossier::new("Fire at Varn");
        fire.add_claim(Claim::count("hurt", "How many people were hurt?")).expect("a claim");
        for source in ["mayor", "brigade"] {
            fire.add_source(Source::new(source, source)).expect("a source");
        }
        fire.add_source(Source::new("neighbours", "neighbours").anonymous()).expect("a source");
        for (by, value) in said {
            fire.record(Assertion::new("hurt", *value).by(*by)).expect("an answer");
        }
        let rule: BuiltIn = rule.parse().expect("a built-in rule");
        let report = Resolver::standard().with_rule(rule).resolve(&fire);
        let found = report.finding("hurt").expect("the claim");
        (found.verdict(), found.safe_wording(), found.credit().map(|source| source.id().to_owned()).collect())
    };
    let expected = |verdict, safe: Option<&str>, credit: &[&str]| {
        (verdict, safe.map(str::to_owned), credit.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>())
    };
    // Both say 10, and neighbours' 5 fits that, rounded: nobody says "5 to 10".
    assert_eq!(
        printed("rounding", &[("mayor", "10"), ("brigade", "10"), ("neighbours", "5")]),
        expected(Verdict::Agreed, Some("10"), &["mayor", "brigade"])
    );
    // 10, rounded, may be 5; it is no floor beside "about 4".
    assert_eq!(
        printed("rounding", &[("mayor", "10"), ("mayor", "12"), ("brigade", "about 4")]),
        expected(Verdict::Disputed, None, &[])
    );
    // What is left of both statements is what one of them says.
    assert_eq!(
        printed("tolerance=1", &[("mayor", "5"), ("mayor", "at least 4")]),
        expected(Verdict::SingleSource, Some("5"), &["mayor"])
    );
}
