//! The shipped laws, held to the resolver and to every built-in rule; and each of them broken, so that none is idle.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

use std::cmp;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use corroborate::laws::{self, Broken, Keeps, Law, Laws, Vocabulary, declared, dossiers};
use corroborate::{
    AnswerSet, Assertion, BuiltIn, Claim, Dossier, Finding, NoticeKind, Reading, Resolver, Rule, Source,
    Testimony,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;
use proptest::test_runner::{RngSeed, TestRunner};
use serde_json::Value;

/// Every rule beside the standard ones, with an argument that generated dossiers answer to.
const RULES: [&str; 9] = [
    "rounding",
    "tolerance=1",
    "tolerance=20%",
    "tolerance=2d",
    "stale after=3d",
    "named sources only",
    "first-hand only",
    "exclude source=s0",
    "exclude source=s1",
];

fn rule(text: &str) -> BuiltIn {
    text.parse().expect("a built-in rule")
}

fn with(text: &str) -> Resolver {
    Resolver::standard().with_rule(rule(text))
}

fn name(text: &str) -> &str {
    text.split('=').next().unwrap_or(text)
}

fn config() -> ProptestConfig {
    let config = crate::strategies::config();
    if config.rng_seed == RngSeed::Random {
        ProptestConfig { rng_seed: RngSeed::Fixed(1), ..config }
    } else {
        config
    }
}

#[test]
fn the_standard_resolver_keeps_the_laws() -> Result<(), Broken> {
    Laws::all().cases(config().cases).hold(&Resolver::standard())?;
    Ok(())
}

/// On a day in the middle of what is dated, so that much is set aside.
#[test]
fn the_standard_resolver_keeps_the_laws_on_a_day_in_the_past() -> Result<(), Broken> {
    let day = "2024-08-26".parse().expect("a day");
    Laws::all().cases(config().cases / 4).hold(&Resolver::standard().as_of(day))?;
    Ok(())
}

/// Alone and together: what each of some rules keeps, all of them keep.
#[test]
fn rules_keep_the_laws_that_they_always_keep() {
    for law in Law::ALL.iter().filter(|law| **law != Law::EveryRuleActs) {
        let rules: Vec<&str> =
            RULES.into_iter().filter(|rule| declared(name(rule), *law) == Some(Keeps::Always)).collect();
        let some = subsequence(rules, 1..=3);
        let ran = TestRunner::new(config()).run(&(dossiers(), some), |(dossier, some)| {
            let resolver =
                some.iter().fold(Resolver::standard(), |resolver, text| resolver.with_rule(rule(text)));
            Ok(law.holds(&resolver, &dossier)?)
        });
        assert_eq!(ran.map_err(|error| error.to_string()), Ok(()), "{law}");
    }
}

/// What no generated dossier exercises, no law says anything of.
#[test]
fn every_rule_acts_on_generated_dossiers() -> Result<(), Broken> {
    let all = RULES.into_iter().fold(Resolver::standard(), |resolver, text| resolver.with_rule(rule(text)));
    let held = Laws::of([Law::EveryRuleActs]).cases(1).hold(&all)?;
    assert_eq!((held.acts().len(), held.dossiers()), (6 + RULES.len(), 256));
    let idle: Vec<_> = held.acts().filter(|(_, times)| *times == 0).collect();
    assert_eq!(idle, [], "{held}");
    Ok(())
}

/// Looks for one word, wherever a dossier may have it.
#[derive(Debug)]
struct Looks(fn(&Testimony<'_>) -> Option<&'static str>, &'static str);

impl Rule for Looks {
    fn name(&self) -> &str {
        self.1
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        (self.0)(testimony).map_or_else(Reading::as_said, Reading::set_aside)
    }
}

/// Of everything that a record may say, a word turns up, as it comes and as a vocabulary has it.
#[test]
fn rules_that_look_for_a_word_act_once_dossiers_have_it() -> Result<(), Broken> {
    let looks: [fn(&Testimony<'_>) -> Option<&'static str>; 7] = [
        |said| said.sources().any(|source| source.kind() == Some("barber")).then_some("a kind"),
        |said| (said.assertion().document()?.title() == Some("barber")).then_some("a title"),
        |said| (said.assertion().unit()? == "barber").then_some("a unit"),
        |said| (said.claim().topic()? == "barber").then_some("a topic"),
        |said| (said.assertion().locator()? == "barber").then_some("a locator"),
        |said| (said.assertion().quote()? == "barber").then_some("a quote"),
        |said| (said.assertion().note()? == "barber").then_some("a note"),
    ];
    let word = || ["barber"];
    let words = Vocabulary::default().kinds(word()).titles(word()).units(word()).topics(word());
    let words = words.locators(word()).quotes(word()).notes(word());
    for look in looks {
        let desk = Resolver::standard().with_rule(Looks(look, "looks"));
        let laws = Laws::of([Law::EveryRuleActs, Law::EchoProof]).cases(16);
        let idle = laws.hold(&desk).expect_err("nobody says so");
        assert_eq!(idle.law(), Law::EveryRuleActs);
        assert_eq!(idle.dossier_json(), None);
        assert!(idle.to_string().contains("the rule `looks` doesn't, on any of 256 dossiers"), "{idle}");
        let held = laws.hold_on(&desk, &laws::dossiers_with(&words))?;
        assert!(held.acts().any(|(name, times)| name == "looks" && times > 10), "{held}");
        // Whoever leaves the law out means it.
        laws.clone().but(Law::EveryRuleActs).hold(&desk)?;
    }
    Ok(())
}

/// What a law brings in is of the kinds that the dossier has, or a rule on kinds would never read it.
#[test]
fn a_law_that_a_rule_on_kinds_breaks_is_broken() {
    // Takes nobody's word beside that of a witness, who may be a newcomer.
    let only_witness = Looks(
        |said| {
            let is_witness = |said: corroborate::AssertionRef<'_>| {
                said.by().any(|source| source.kind() == Some("witness"))
            };
            let heard = said.claim().assertions().any(is_witness);
            (heard && !is_witness(said.assertion())).then_some("a witness speaks")
        },
        "witnesses first",
    );
    let desk = Resolver::standard().with_rule(only_witness);
    let broken = Laws::of([Law::MonotoneInAgreement])
        .cases(2_000)
        .hold(&desk)
        .expect_err("a newcomer who is a witness");
    assert!(broken.changes().any(|change| change.contains(r#""kind": "witness""#)), "{broken}");
}

#[test]
fn rules_keep_some_laws_on_a_condition() {
    for text in RULES {
        for law in Law::ALL {
            match declared(name(text), *law).expect("a built-in rule") {
                Keeps::Always => {}
                Keeps::When(condition) => {
                    let fits = match name(text) {
                        "rounding" | "tolerance" => fitted("claims", &["evolves"]),
                        "stale after" => fitted("assertions", &["asserted", "valid_at", "document"]),
                        other => panic!("no dossiers that fit `{other}` when {condition}"),
                    };
                    let kept = Laws::of([*law]).cases(config().cases).hold_on(&with(text), &fits);
                    kept.unwrap_or_else(|broken| panic!("{text}, when {condition}: {broken}"));
                }
                Keeps::No(_) => {
                    Laws::of([*law]).cases(2_000).hold(&with(text)).expect_err("what isn't kept is broken");
                }
            }
        }
    }
    // Days of tolerance aren't for growing tolls, which are figures.
    for text in ["rounding", "tolerance=1", "stale after=3d"] {
        // What breaks it is rare, and the first such dossier ends the search.
        let broken = Laws::of([Law::MonotoneInAgreement]).cases(20_000).hold(&with(text));
        broken.expect_err(&format!("{text}: a condition that isn't needed isn't one"));
    }
}

/// Generated dossiers without some fields of their claims or assertions; those that make no dossier then are left out.
fn fitted(list: &'static str, without: &'static [&'static str]) -> impl Strategy<Value = Dossier> {
    dossiers().prop_filter_map("it fits no more", move |dossier| {
        let mut json: Value = serde_json::from_str(&dossier.to_json()).expect("JSON");
        for entry in json[list].as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            entry.retain(|field, _| !without.contains(&field.as_str()));
        }
        Dossier::from_json(&json.to_string()).ok()
    })
}

#[test]
fn the_table_in_the_design_is_what_the_tests_hold() {
    let mut table = String::from("| law | says that |\n|---|---|\n");
    for law in Law::ALL {
        table += &format!("| `{law}` | {} |\n", law.says());
    }
    table += "\n| rule | keeps always | and |\n|---|---|---|\n";
    for name in BuiltIn::names() {
        let rest: Vec<String> = Law::ALL
            .iter()
            .filter_map(|law| match declared(name, *law)? {
                Keeps::Always => None,
                Keeps::When(condition) => Some(format!("`{law}` when {condition}")),
                Keeps::No(why) => Some(format!("not `{law}`: {why}")),
            })
            .collect();
        let all = Law::ALL.len();
        let many = if rest.is_empty() { "all".to_owned() } else { format!("{} of {all}", all - rest.len()) };
        table += &format!("| `{name}` | {many} | {} |\n", rest.join("; "));
    }
    let (begin, end) = ("<!-- laws, written by tests/suite/laws.rs -->\n\n", "\n<!-- end of laws -->");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/design.md");
    let text = fs::read_to_string(&path).expect("the design");
    let (before, rest) = text.split_once(begin).expect("a place for the table");
    let (shown, after) = rest.split_once(end).expect("an end of the table");
    if std::env::var_os("UPDATE_EXPECT").is_some() && shown != table {
        fs::write(&path, format!("{before}{begin}{table}{end}{after}")).expect("the design is written");
        return;
    }
    assert_eq!(shown, table, "UPDATE_EXPECT=1 writes it anew");
}

/// A rule that remembers: it sets aside every third thing that it is asked about, whatever that is.
#[derive(Debug, Default)]
struct EveryThird(AtomicUsize);

impl Rule for EveryThird {
    fn name(&self) -> &str {
        "every third"
    }

    fn read(&self, _: &Testimony<'_>) -> Reading {
        let asked = self.0.fetch_add(1, Ordering::Relaxed);
        if asked % 3 == 2 { Reading::set_aside("it is the third") } else { Reading::as_said() }
    }
}

/// Rules that read what they shouldn't.
#[derive(Debug)]
enum Bad {
    /// Gives no reason.
    Silent,
    /// Has no name.
    Nameless,
    /// Takes only what stands first in the file.
    FirstCome,
    /// Takes only what more than one outlet carries.
    CarriedElsewhere,
    /// Takes nothing that stands alone.
    Lonely,
    /// Takes nothing that came through somebody who says something too.
    Relayed,
}

impl Rule for Bad {
    fn name(&self) -> &str {
        if matches!(self, Self::Nameless) { " " } else { "bad" }
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let said = testimony.assertion();
        let bad = match self {
            Self::Silent => return Reading::set_aside(""),
            Self::Nameless => false,
            Self::FirstCome => {
                testimony.claim().assertions().next().is_some_and(|first| first.id() != said.id())
            }
            Self::CarriedElsewhere => {
                let same =
                    testimony.claim().assertions().filter(|other| other.to_string() == said.to_string());
                let outlets = same.filter_map(|other| Some(other.document()?.publisher()?.id()));
                outlets.collect::<BTreeSet<_>>().len() < 2
            }
            Self::Lonely => testimony.claim().assertions().len() < 2,
            Self::Relayed => {
                let speaking: BTreeSet<_> =
                    testimony.claim().assertions().flat_map(|other| other.by()).map(|by| by.id()).collect();
                said.via().any(|relay| speaking.contains(relay.id()))
            }
        };
        if bad { Reading::set_aside("a bad rule says so") } else { Reading::as_said() }
    }
}

/// A law that nothing breaks proves nothing.
#[test]
fn every_law_can_be_broken() {
    let standard = Resolver::standard;
    for law in Law::ALL {
        let resolver = match law {
            Law::OrderOfRules
            | Law::Repetition
            | Law::OnlyLoosens
            | Law::BlindToIrrelevantClaims
            | Law::SameReport => standard().with_rule(EveryThird::default()),
            Law::EveryRuleActs => standard().with_rule(Bad::Nameless),
            Law::ReasonsGiven => standard().with_rule(Bad::Silent),
            Law::StableUnderRenaming => with("exclude source=s0"),
            Law::OrderOfRecords => standard().with_rule(Bad::FirstCome),
            Law::EchoProof => standard().with_rule(Bad::CarriedElsewhere),
            Law::RelayProof => with("first-hand only"),
            Law::RelayOfASpeakerProof => standard().with_rule(Bad::Relayed),
            Law::UnattributedProof => standard().narration_is_publishers(),
            Law::MonotoneInAgreement => with("stale after=3d"),
            Law::SupersessionInvisible => standard().without_rule("superseded").expect("a standard rule"),
            Law::SufficientExplanations => standard().with_rule(Bad::Lonely),
            Law::LiveIsFromScratch => standard().with_rule(EveryThird::default()),
            // No rule can break what the judge keeps by itself: these hold the library.
            Law::CreditIsStated | Law::PrintIsBacked => continue,
            other => panic!("nothing breaks {other}"),
        };
        let broken = Laws::of([*law]).cases(2_000).hold(&resolver);
        let broken = broken.err().unwrap_or_else(|| panic!("{law} isn't broken"));
        assert_eq!(broken.law(), *law);
        assert_ne!(broken.before(), broken.after(), "{broken}");
        assert_eq!(broken.to_string(), format!("{broken:?}"));
    }
    assert!(laws::reasons_given(&standard().with_rule(Bad::Nameless), &one_figure()).is_err());
    assert!(laws::every_rule_acts(&standard().with_rule(Bad::Nameless), &one_figure()).is_err());
    assert!(laws::every_rule_acts(&standard().with_rule(Bad::Lonely), &one_figure()).is_ok());
}

fn one_figure() -> Dossier {
    let mut flood = Dossier::new("Flood at Varn");
    flood.add_source(Source::new("mayor", "The mayor of Varn")).expect("a source");
    flood.add_claim(Claim::count("missing", "How many people are missing?")).expect("a claim");
    flood.record(Assertion::new("missing", "12").by("mayor")).expect("an assertion");
    flood
}

#[test]
fn a_broken_law_prints_a_dossier_that_the_command_opens() {
    let broken = Laws::of([Law::EchoProof]).hold(&Resolver::standard().with_rule(Bad::CarriedElsewhere));
    let printed = broken.expect_err("copies defeat it").to_string();
    let json = &printed[printed.find("\n{\n").expect("a dossier")..];
    let dossier = Dossier::from_json(json).expect("a sound one");
    assert_eq!(dossier.assertions().len(), 1, "a small story: {json}");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("story.json"), json).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
    let output = command.args(["report", "story.json"]).current_dir(folder.path()).output().expect("it runs");
    assert!(output.status.success() && !output.stdout.is_empty());
}

#[test]
fn the_same_dossiers_are_tried_each_time() {
    let broken = || Laws::of([Law::RelayProof]).hold(&with("first-hand only")).expect_err("it is broken");
    assert_eq!(broken(), broken());
}

/// Reads some assertions more loosely: everything is possible, or everything above, or everything else.
#[derive(Clone, Copy, Debug)]
struct Loosen(u64);

impl Rule for Loosen {
    fn name(&self) -> &str {
        "loosen"
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let Some(said) = testimony.said() else { return Reading::as_said() };
        let id = testimony.assertion().id();
        let chosen = id.bytes().fold(self.0, |hash, byte| hash.rotate_left(7) ^ u64::from(byte));
        let loosened: Option<AnswerSet> = match chosen % 4 {
            0 => Some(said.everything()),
            1 => Some(said.or_more()),
            2 => Some(said.complement()),
            _ => None,
        };
        loosened.map_or_else(Reading::as_said, |answers| Reading::also(answers, "a test loosens it"))
    }
}

proptest! {
    #![proptest_config(config())]

    /// Whatever is loosened: a law is called on its own, and `?` passes on what it says.
    #[test]
    fn a_rule_that_loosens_makes_no_dispute_and_moves_no_side(dossier in dossiers(), seed in any::<u64>()) {
        let loosened = Resolver::standard().with_rule(Loosen(seed));
        laws::only_loosens(&loosened, &dossier)?;
        let (before, after) = (Resolver::standard().resolve(&dossier), loosened.resolve(&dossier));
        for (before, after) in before.findings().zip(after.findings()) {
            // What contradicts what it relays is its own word, until it is read so that it doesn't.
            // And what is read alike is one answer: whoever gave it directly too no longer speaks through a relay alone.
            let relays = |found: &Finding<'_>| {
                found.notices().any(|notice| notice.kind() == NoticeKind::RelayAnswers)
            };
            let (sides, were) = (after.sides().count(), before.sides().count());
            let is_sound = match sides.cmp(&were) {
                cmp::Ordering::Less => relays(&after),
                cmp::Ordering::Equal => true,
                cmp::Ordering::Greater => relays(&before),
            };
            prop_assert!(is_sound, "{after:?}");
        }
    }

    /// To the letter, reasons and notices included: no list stands in the order in which somebody typed rules.
    #[test]
    fn reports_are_the_same_under_any_order_and_repetition_of_rules(
        dossier in dossiers(),
        (rules, other) in vec(laws::rules(), 2..=5).prop_flat_map(|rules| {
            let repeated: Vec<BuiltIn> = rules.iter().chain(&rules[..1]).cloned().collect();
            (Just(rules), Just(repeated).prop_shuffle())
        }),
    ) {
        let standard = || BuiltIn::all().filter(|rule| rule.is_standard()).map(|listed| rule(listed.spelling()));
        let under = |rules: Vec<BuiltIn>| {
            let resolver = rules.into_iter().fold(Resolver::without_rules(), Resolver::with_rule);
            resolver.resolve(&dossier).to_json()
        };
        let first = under(standard().chain(rules).collect());
        let second = under(other.into_iter().chain(standard()).chain(standard().take(1)).collect());
        prop_assert_eq!(first, second);
    }
}
