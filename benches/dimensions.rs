//! Everything that a dossier can have many of, each varied alone: time must grow with it in proportion, and no faster.

use std::fmt;

use corroborate::{
    Assertion, Claim, Constraint, Document, Dossier, Error, Evolves, Kind, Retraction, Source, Stance, Term,
};

use crate::newsroom::Newsroom;
use crate::numbers::Numbers;

/// One of them.
#[derive(Clone, Copy)]
pub(crate) struct Dimension {
    pub(crate) name: &'static str,
    make: fn(usize) -> Result<Dossier, Error>,
}

impl fmt::Debug for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Dimension {
    /// A dossier with so many.
    pub(crate) fn dossier(self, many: usize) -> Dossier {
        (self.make)(many).expect("a sound dossier")
    }
}

macro_rules! dimensions {
    ($($name:literal => $make:expr),* $(,)?) => {
        pub(crate) const DIMENSIONS: &[Dimension] = &[$(Dimension { name: $name, make: $make }),*];
    };
}

dimensions! {
    "assertions" => |many| Ok(Newsroom::new(many).dossier()),
    "claims without an assertion" => |many| {
        let mut dossier = desk(10)?;
        (0..many).try_for_each(|at| dossier.add_claim(Claim::count(format!("claim-{at}"), "How many?")))?;
        Ok(dossier)
    },
    "assertions on one claim" => |many| {
        let mut numbers = Numbers::new();
        on_one_claim(1_000, many, |_| Assertion::new("c", figure(&mut numbers, many)).by(any(&mut numbers, 1_000)))
    },
    "sides of one claim" => |many| {
        let mut numbers = Numbers::new();
        on_one_claim(many, many, |at| Assertion::new("c", figure(&mut numbers, 30)).by(source(at)))
    },
    "narrations on one claim" => |many| {
        let mut numbers = Numbers::new();
        on_one_claim(1, many, |_| Assertion::new("c", figure(&mut numbers, 30)))
    },
    "denials on one claim" => |many| {
        let mut numbers = Numbers::new();
        on_one_claim(1_000, many, |_| {
            Assertion::new("c", numbers.below(many).to_string()).by(any(&mut numbers, 1_000)).denied()
        })
    },
    "silences on one claim" => |many| {
        let stances = [Stance::Withholds, Stance::DoesNotKnow, Stance::NoEvidence];
        on_one_claim(1_000, many, |at| Assertion::silent("c", stances[at % 3]).by(source(at % 1_000)))
    },
    "later words of one source" => |many| {
        on_one_claim(2, many, |at| Assertion::new("c", (at % 30).to_string()).by(source(at % 2)).asserted(day(at)))
    },
    "figures of a rising toll" => |many| {
        let mut dossier = Dossier::new("A toll");
        sources(&mut dossier, 1_000)?;
        dossier.add_claim(Claim::count("c", "How many?").evolves(Evolves::Rising))?;
        for at in 0..many {
            let said = Assertion::new("c", (at / 3).to_string()).by(source(at % 1_000)).asserted(day(at));
            dossier.record(said)?;
        }
        Ok(dossier)
    },
    "sources in all" => |many| {
        let mut dossier = desk(many)?;
        assertions(&mut dossier, many)?;
        Ok(dossier)
    },
    "members of one source" => |many| {
        let mut dossier = Dossier::new("A state and its offices");
        dossier.add_source(Source::new("state", "The state"))?;
        (0..many).try_for_each(|at| dossier.add_source(Source::new(source(at), "").part_of("state")))?;
        claims(&mut dossier, 1_000)?;
        assertions(&mut dossier, many)?;
        Ok(dossier)
    },
    "depth of affiliation" => |many| {
        let mut dossier = Dossier::new("Offices of offices");
        dossier.add_source(Source::new(source(0), ""))?;
        (1..many).try_for_each(|at| dossier.add_source(Source::new(source(at), "").part_of(source(at - 1))))?;
        claims(&mut dossier, 1_000)?;
        assertions(&mut dossier, many)?;
        Ok(dossier)
    },
    "unnamed sources on one claim" => |many| {
        let mut dossier = Dossier::new("Officials");
        (0..many).try_for_each(|at| dossier.add_source(Source::new(source(at), "").anonymous()))?;
        dossier.add_claim(Claim::count("c", "How many?"))?;
        for at in 0..many {
            dossier.record(Assertion::new("c", (at % 30).to_string()).by(source(at)))?;
        }
        Ok(dossier)
    },
    "sources that speak jointly" => |many| {
        on_one_claim(many, 8, |at| Assertion::new("c", at.to_string()).by_all((0..many).map(source)))
    },
    "sources that speak jointly again" => |many| {
        let said = |at: usize| Assertion::new("c", (at / 2).to_string()).by_all((0..many).map(source));
        on_one_claim(many, 8, |at| said(at).asserted(day(at / 4)))
    },
    "joint statements" => |many| {
        let mut numbers = Numbers::new();
        on_one_claim(1_000, many, |_| {
            let by = [any(&mut numbers, 1_000), any(&mut numbers, 1_000), any(&mut numbers, 1_000)];
            Assertion::new("c", figure(&mut numbers, 30)).by_all(std::collections::BTreeSet::from(by))
        })
    },
    "relays" => |many| {
        on_one_claim(many + 8, 8, |at| {
            (0..many).map(source).fold(Assertion::new("c", at.to_string()).by(source(many + at)), Assertion::via)
        })
    },
    "copies of copies" => |many| {
        on_one_claim(many, many, |at| {
            let said = Assertion::new("c", "14").by(source(at));
            if at == 0 { said } else { said.derived_from(format!("c#{at}")) }
        })
    },
    "copies of one origin" => |many| {
        on_one_claim(many, many, |at| {
            let said = Assertion::new("c", "14").by(source(at));
            if at == 0 { said } else { said.derived_from("c#1") }
        })
    },
    "origins of one copy" => |many| {
        on_one_claim(many + 1, many + 1, |at| {
            let said = Assertion::new("c", "14").by(source(at));
            (0..if at == many { many } else { 0 }).fold(said, |said, origin| said.derived_from(format!("c#{}", origin + 1)))
        })
    },
    "copies of many on many" => |many| {
        // Each copies two that stand ten and eleven before it, so that origins are reached on very many ways.
        on_one_claim(many, many, |at| {
            let said = Assertion::new("c", "14").by(source(at));
            let origins = [10, 11].into_iter().filter_map(|back| (at + 1).checked_sub(back)).filter(|at| *at > 0);
            origins.fold(said, |said, origin| said.derived_from(format!("c#{origin}")))
        })
    },
    "corrections of corrections" => |many| {
        on_one_claim(1, many, |at| {
            let said = Assertion::new("c", at.to_string()).by(source(0));
            if at == 0 { said } else { said.supersedes(format!("c#{at}")) }
        })
    },
    "retractions" => |many| {
        let mut numbers = Numbers::new();
        let mut dossier =
            on_one_claim(1_000, many, |_| Assertion::new("c", figure(&mut numbers, 30)).by(any(&mut numbers, 1_000)))?;
        (1..=many).step_by(2).try_for_each(|at| dossier.retract(Retraction::new(format!("c#{at}"))))?;
        Ok(dossier)
    },
    "documents" => |many| {
        let mut dossier = desk(1_000)?;
        for at in 0..many {
            let document = Document::new(format!("d{at}"), "").publisher(source(at % 1_000)).published(day(at));
            dossier.add_document(document)?;
        }
        for at in 0..many {
            let said = Assertion::new(format!("c{}", at % 1_000), "14").by(source(at % 997)).document(format!("d{at}"));
            dossier.record(said)?;
        }
        Ok(dossier)
    },
    "terms of one claim" => |many| {
        let mut dossier = Dossier::new("Places");
        sources(&mut dossier, 1_000)?;
        dossier.add_claim(Claim::term("c", "Which?"))?;
        for at in 0..many {
            dossier.record(Assertion::new("c", format!("t{at}")).by(source(at % 1_000)))?;
        }
        Ok(dossier)
    },
    "depth of terms" => |many| {
        let mut dossier = Dossier::new("Places");
        sources(&mut dossier, 1_000)?;
        dossier.add_term(Term::new("t0", ""))?;
        (1..many).try_for_each(|at| dossier.add_term(Term::new(format!("t{at}"), "").broader(format!("t{}", at - 1))))?;
        dossier.add_claim(Claim::term("c", "Where?"))?;
        for at in 0..many {
            dossier.record(Assertion::new("c", format!("t{at}")).by(source(at % 1_000)))?;
        }
        Ok(dossier)
    },
    "words of free text" => |many| {
        let mut dossier = Dossier::new("What was said");
        sources(&mut dossier, 1_000)?;
        dossier.add_claim(Claim::new("c", Kind::Text, "What did they say?"))?;
        for at in 0..many {
            dossier.record(Assertion::new("c", format!("it was the {at}th of them")).by(source(at % 1_000)))?;
        }
        Ok(dossier)
    },
    "constraints" => |many| {
        let mut dossier = figures(many)?;
        for at in 2..many {
            let parts = [format!("c{}", at - 1), format!("c{}", at - 2)];
            dossier.add_constraint(Constraint::sum(format!("c{at}"), parts))?;
        }
        Ok(dossier)
    },
    "constraints on one claim" => |many| {
        let mut dossier = figures(many)?;
        (1..many).try_for_each(|at| dossier.add_constraint(Constraint::at_most(format!("c{at}"), "c0")))?;
        Ok(dossier)
    },
    "parts of a sum" => |many| {
        let mut dossier = figures(many)?;
        dossier.add_constraint(Constraint::sum("c0", (1..many).map(|at| format!("c{at}"))))?;
        Ok(dossier)
    },
    "accounts in a sum" => |many| {
        let mut dossier = Dossier::new("Sums");
        sources(&mut dossier, many)?;
        claims(&mut dossier, 3)?;
        for at in 0..many {
            for claim in 0..3 {
                let said = Assertion::new(format!("c{claim}"), (at * 3 + claim).to_string());
                dossier.record(said.by(source(at)))?;
            }
        }
        dossier.add_constraint(Constraint::sum("c2", ["c0", "c1"]))?;
        Ok(dossier)
    },
    "equal claims" => |many| {
        let mut dossier = figures(many)?;
        dossier.add_constraint(Constraint::equal((0..many).map(|at| format!("c{at}"))))?;
        Ok(dossier)
    },
    "places of one topic" => |many| {
        let mut dossier = Dossier::new("Places");
        dossier.add_source(Source::new(source(0), ""))?;
        for at in 0..many {
            let place = Term::new(format!("p{at}"), "");
            let place = if at == 0 { place } else { place.broader(format!("p{}", (at - 1) / 4)) };
            dossier.add_term(place)?;
            let claim = Claim::count(format!("c{at}"), "How many?").topic("deaths").scope("place", format!("p{at}"));
            dossier.add_claim(claim)?;
            dossier.record(Assertion::new(format!("c{at}"), "14").by(source(0)))?;
        }
        Ok(dossier)
    },
    "periods of one topic" => |many| {
        let mut dossier = Dossier::new("Periods");
        dossier.add_source(Source::new(source(0), ""))?;
        for at in 0..many {
            let claim = Claim::count(format!("c{at}"), "How many?").topic("deaths").scope("period", day(at));
            dossier.add_claim(claim)?;
            dossier.record(Assertion::new(format!("c{at}"), "14").by(source(0)))?;
        }
        Ok(dossier)
    },
}

fn source(at: usize) -> String {
    format!("s{at}")
}

fn any(numbers: &mut Numbers, sources: usize) -> String {
    source(numbers.below(sources))
}

/// A day, each later than the one before, in years of 364.
fn day(at: usize) -> String {
    format!("{:04}-{:02}-{:02}", 1000 + at / 336 % 9_000, 1 + at / 28 % 12, 1 + at % 28)
}

/// A figure below a limit, one in ten with a hedge.
fn figure(numbers: &mut Numbers, limit: usize) -> String {
    let figure = numbers.below(limit);
    if numbers.percent(10) { format!("at least {figure}") } else { figure.to_string() }
}

fn sources(dossier: &mut Dossier, sources: usize) -> Result<(), Error> {
    (0..sources).try_for_each(|at| dossier.add_source(Source::new(source(at), "")))
}

fn claims(dossier: &mut Dossier, claims: usize) -> Result<(), Error> {
    (0..claims).try_for_each(|at| dossier.add_claim(Claim::count(format!("c{at}"), "How many?")))
}

/// A thousand claims, and so many sources, of which ten are one side.
fn desk(sources: usize) -> Result<Dossier, Error> {
    let mut dossier = Dossier::new("A desk");
    for at in 0..sources {
        let made = Source::new(source(at), "");
        dossier.add_source(if at % 10 == 0 { made } else { made.part_of(source(at / 10 * 10)) })?;
    }
    claims(&mut dossier, 1_000)?;
    Ok(dossier)
}

/// Ten thousand assertions on a thousand claims, by so many sources.
fn assertions(dossier: &mut Dossier, sources: usize) -> Result<(), Error> {
    let mut numbers = Numbers::new();
    for at in 0..10_000 {
        let said = Assertion::new(format!("c{}", at % 1_000), figure(&mut numbers, 30))
            .by(any(&mut numbers, sources));
        dossier.record(said)?;
    }
    Ok(())
}

/// So many claims, with a figure or two each.
fn figures(many: usize) -> Result<Dossier, Error> {
    let mut dossier = Dossier::new("Figures");
    sources(&mut dossier, 2)?;
    claims(&mut dossier, many)?;
    for at in 0..many {
        dossier.record(Assertion::new(format!("c{at}"), "14").by(source(0)))?;
        if at % 3 == 0 {
            dossier.record(Assertion::new(format!("c{at}"), "at least 15").by(source(1)))?;
        }
    }
    Ok(dossier)
}

/// The claim `c`, so many sources, and so many assertions by them.
fn on_one_claim(
    many_sources: usize,
    assertions: usize,
    mut assertion: impl FnMut(usize) -> Assertion,
) -> Result<Dossier, Error> {
    let mut dossier = Dossier::new("One claim");
    sources(&mut dossier, many_sources)?;
    dossier.add_claim(Claim::count("c", "How many?"))?;
    (0..assertions).try_for_each(|at| dossier.record(assertion(at)).map(drop))?;
    Ok(dossier)
}
