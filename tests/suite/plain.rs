//! What stands on plain claims, found the fast way, held to the general one: whatever a brief report prints is the same.

use corroborate::laws::dossiers;
use corroborate::{
    Assertion, Claim, Dossier, Kind, Reading, Resolver, Rule, Source, Stance, Term, Testimony,
};
use proptest::prelude::*;

/// A rule that does nothing, which the resolver can't know: so it asks every rule about every assertion.
#[derive(Debug)]
struct Idle;

impl Rule for Idle {
    fn read(&self, _: &Testimony<'_>) -> Reading {
        Reading::as_said()
    }
}

fn brief(resolver: &Resolver, dossier: &Dossier) -> Result<String, TestCaseError> {
    let mut json = Vec::new();
    resolver.resolve(dossier).write_brief_json(&mut json)?;
    String::from_utf8(json).map_err(|error| TestCaseError::fail(error.to_string()))
}

fn agree(dossier: &Dossier) -> Result<(), TestCaseError> {
    let without = |rule: &str| {
        Resolver::standard().without_rule(rule).map_err(|error| TestCaseError::fail(error.to_string()))
    };
    for resolver in [Resolver::standard(), without("latest word")?, without("misquoted")?] {
        prop_assert_eq!(brief(&resolver, dossier)?, brief(&resolver.clone().with_rule(Idle), dossier)?);
    }
    Ok(())
}

/// A source, a wording of its kind, a stance, and a day; all by number.
type Said = (usize, usize, u8, Option<u8>);

/// One claim that very many answer, so that answers meet, repeat and replace each other.
fn crowd() -> impl Strategy<Value = Dossier> {
    let kind = prop::sample::select(vec![Kind::Count, Kind::Date, Kind::Term, Kind::YesNo, Kind::Text]);
    let said = (0..16_usize, 0..40_usize, 0..12_u8, prop::option::of(0..20_u8));
    (kind, 1..40_usize, prop::collection::vec(said, 0..120))
        .prop_filter_map("a sound dossier", |(kind, spread, said)| tell(kind, spread, &said).ok())
}

fn tell(kind: Kind, spread: usize, said: &[Said]) -> Result<Dossier, corroborate::Error> {
    let mut dossier = Dossier::new("A crowd");
    for source in 0..12 {
        let made = Source::new(format!("s{source}"), "");
        let made = if source % 3 == 2 { made.part_of(format!("s{}", source / 3)) } else { made };
        dossier.add_source(if source % 5 == 4 { made.anonymous() } else { made })?;
    }
    for term in 0..20 {
        let made = Term::new(format!("t{term}"), "");
        dossier.add_term(if term % 4 > 0 { made.broader(format!("t{}", term / 4)) } else { made })?;
    }
    dossier.add_claim(Claim::new("c", kind, "What?"))?;
    for (who, what, stance, day) in said {
        let what = what % spread;
        let words = match kind {
            Kind::Count => match what % 5 {
                0 => format!("at least {what}"),
                1 => format!("up to {what}"),
                2 => format!("{what} to {}", what + 7),
                _ => what.to_string(),
            },
            Kind::Date => match what % 4 {
                0 => format!("2031-{:02}", 1 + what % 12),
                1 => format!("2031-04-{:02}/..", 1 + what % 28),
                _ => format!("2031-04-{:02}", 1 + what % 28),
            },
            Kind::YesNo => (if what.is_multiple_of(2) { "yes" } else { "no" }).to_owned(),
            Kind::Text => format!("for reason {what}"),
            _ => format!("t{}", what % 24),
        };
        let told = match stance {
            0 => Assertion::silent("c", Stance::Withholds),
            1 => Assertion::silent("c", Stance::DoesNotKnow),
            2 => Assertion::silent("c", Stance::NoEvidence),
            _ => Assertion::new("c", words),
        };
        let told = match who {
            0..12 => told.by(format!("s{who}")),
            12 if said.len().is_multiple_of(2) => {
                told.by_all(["s1".to_owned(), format!("s{}", 2 + what % 6)])
            }
            _ => told,
        };
        dossier.record(match day {
            Some(day) => told.asserted(format!("2031-05-{:02}", 1 + day)),
            None => told,
        })?;
    }
    Ok(dossier)
}

/// Who, what and when, all by number; the last is how precise the time is.
type Again = (usize, usize, Option<u8>, u8);

/// One claim that a few answer again and again, in words that say the same or nearly.
fn few() -> impl Strategy<Value = Dossier> {
    let kind = prop::sample::select(vec![Kind::Count, Kind::Date, Kind::Term]);
    let said = (0..8_usize, 0..12_usize, prop::option::weighted(0.9, 1..5_u8), 0..4_u8);
    (kind, 1..12_usize, prop::collection::vec(said, 0..14))
        .prop_filter_map("a sound dossier", |(kind, spread, said)| repeat(kind, spread, &said).ok())
}

fn repeat(kind: Kind, spread: usize, said: &[Again]) -> Result<Dossier, corroborate::Error> {
    const COUNTS: [&str; 12] = [
        "14",
        "at least 15",
        "more than 14",
        "15",
        "up to 14",
        "fewer than 15",
        "15 to 20",
        "13",
        "at least 13",
        "16",
        "up to 0",
        "0",
    ];
    const DATES: [&str; 12] = [
        "2031-04",
        "2031-04-01/2031-04-30",
        "2031-04-05",
        "5 April 2031",
        "2031-04-06",
        "2031-04-05/..",
        "../2031-04-04",
        "before 2031-04-05",
        "2031",
        "2031-04-07",
        "2031-04-05T10:00Z",
        "2031-05",
    ];
    let mut dossier = Dossier::new("A few");
    dossier.add_source(Source::new("government", ""))?;
    for source in 0..5 {
        dossier.add_source(Source::new(format!("s{source}"), ""))?;
    }
    dossier.add_source(Source::new("an-official", "").part_of("government").anonymous())?;
    for term in 0..12 {
        let made = Term::new(format!("t{term}"), "");
        dossier.add_term(if term % 3 == 2 { made.broader(format!("t{}", term - 1)) } else { made })?;
    }
    dossier.add_claim(Claim::new("c", kind, "What?"))?;
    for (who, what, day, precision) in said {
        let what = what % spread;
        let told = Assertion::new(
            "c",
            match kind {
                Kind::Count => COUNTS[what].to_owned(),
                Kind::Date => DATES[what].to_owned(),
                _ => format!("t{what}"),
            },
        );
        let told = match who {
            0..5 => told.by(format!("s{who}")),
            5 | 6 => told.by("an-official"),
            _ => told,
        };
        let time = ["", "T10:00Z", "T10:00:00Z", "T10:00:00.000001Z"][usize::from(*precision)];
        dossier.record(match day {
            Some(day) => told.asserted(format!("2031-05-0{day}{time}")),
            None => told,
        })?;
    }
    Ok(dossier)
}

proptest! {
    #[test]
    fn so_it_does_where_a_few_speak_again_and_again(dossier in few()) {
        agree(&dossier)?;
    }

    #[test]
    fn whatever_is_on_record_the_quick_way_finds_what_the_general_one_does(dossier in dossiers()) {
        agree(&dossier)?;
    }

    #[test]
    fn so_it_does_where_many_speak(dossier in crowd()) {
        agree(&dossier)?;
    }
}

/// Answers to one claim, each with whoever gives it.
fn told(answers: &[(&str, Option<&str>)]) -> Result<Dossier, corroborate::Error> {
    let mut dossier = Dossier::new("One claim");
    dossier.add_claim(Claim::count("c", "How many?"))?;
    for source in answers.iter().filter_map(|(_, by)| *by) {
        dossier.add_source(Source::new(source, ""))?;
    }
    for (answer, by) in answers {
        let said = Assertion::new("c", *answer);
        dossier.record(match by {
            Some(by) => said.by(*by),
            None => said,
        })?;
    }
    Ok(dossier)
}

#[test]
fn accounts_that_share_their_first_eight_answers_are_in_the_order_of_the_line() -> Result<(), TestCaseError> {
    let floors: Vec<(String, String)> =
        (1..9).map(|floor| (format!("at least {floor}"), format!("s{floor}"))).collect();
    let mut answers: Vec<_> = floors.iter().map(|(floor, by)| (floor.as_str(), Some(by.as_str()))).collect();
    answers.extend([("40", Some("mayor")), ("30", Some("brigade"))]);
    let dossier = told(&answers)?;
    agree(&dossier)?;
    let report = Resolver::standard().resolve(&dossier);
    let found = report.finding("c").ok_or_else(|| TestCaseError::fail("no such claim"))?;
    assert_eq!(found.accounts().map(|account| account.answer()).collect::<Vec<_>>(), ["30", "40"]);
    Ok(())
}

#[test]
fn common_ground_is_in_the_words_of_whoever_said_just_that_without_a_name() -> Result<(), TestCaseError> {
    let dossier = told(&[("12", Some("mayor")), ("14", Some("brigade")), ("about 13", None)])?;
    agree(&dossier)?;
    let report = Resolver::standard().resolve(&dossier);
    assert_eq!(
        report.finding("c").ok_or_else(|| TestCaseError::fail("no such claim"))?.common_ground().as_deref(),
        Some("about 13")
    );
    Ok(())
}
