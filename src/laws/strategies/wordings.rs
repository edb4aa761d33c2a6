//! What people say in answer to a claim: a line for every hedge, canonical texts and plain English mixed.
//!
//! In a line `{n}` stands for the figure, `{p}` for a figure that isn't zero, `{m}` for a greater one; `{d}`
//! and `{e}` for a day and a later one; `{t}` and `{u}` for two terms, `{v}` for one below the first,
//! `{label}` for its label. The first line of each table is the plain one, and whatever fails is shrunk
//! towards it.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::model::claim::Kind;
use crate::model::term::Term;
use crate::model::value::Value;

/// Hedges of counts and quantities.
const FIGURES: &[&str] = &[
    "{n}",
    "at least {p}",
    "{p} or more",
    "no fewer than {p}",
    "more than {n}",
    "over {n}",
    "at most {n}",
    "up to {n}",
    "fewer than {p}",
    "under {p}",
    "{n} to {m}",
    "between {n} and {m}",
    "about {p}",
    "some {p}",
    "nearly {p}",
    "just over {p}",
    "about {p} to {m}",
    "more than {n} and at most {m}",
    "{n} or {m}",
    "anything but {n}",
];

/// What is said of counts only.
const COUNTED: &[&str] = &["none", "a few", "a dozen", "dozens", "hundreds"];

/// What is said of quantities only.
const MEASURED: &[&str] = &["-{p}", "about -{p}"];

const DATES: &[&str] = &[
    "{d}",
    "{d}/..",
    "since {d}",
    "../{d}",
    "until {d}",
    "before {d}",
    "after {d}",
    "{d}/{e}",
    "between {d} and {e}",
    "{d}~",
    "about {d}",
    "{d} or {e}",
    "anything but {d}",
    "2024-08",
    "September 2024",
    "2024-08~",
    "2024",
    "late 2024-08",
    "autumn 2024",
];

const TERMS: &[&str] = &["{t}", "{t} or {u}", "{t} but not {v}", "anything but {t}", "{label}"];

const TEXTS: &[&str] = &["all quiet", "a steady decline", "a full recovery"];

/// What nobody declares, though people name it.
const UNDECLARED: &[&str] = &["Varn", "Karsova", "Lumeria"];

/// More of what people say, in letters, groups and marks, for whoever reads words.
fn everyday(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Count | Kind::Quantity => &[
            "fourteen",
            "half a dozen",
            "two dozen",
            "43,000",
            "1.2 million",
            "no less than 14",
            "a minimum of 14",
            "14+",
            "upwards of 200",
            "a maximum of 20",
            "no more than 20",
            "less than 20",
            "an estimated 2,500",
            "roughly 2,500",
            "~2,500",
            "2,500 or so",
            "almost 200",
            "close to 200",
            "between ten and fifteen",
            "10–15",
            "4, 5 or 6",
            "anything except 14",
            "zero",
            "a couple",
            "several",
            "a handful",
            "scores",
            "a few hundred",
            "thousands",
            "tens of thousands",
        ],
        Kind::Date => &[
            "29 August 2024",
            "August 29, 2024",
            "August 2024",
            "2024-08-29T14:30Z",
            "2024-08-29T14:30+03:00",
            "in or after 2017",
            "no later than August 2024",
            "prior to 2024-08-29",
            "circa 1990",
            "from 2017 to 2019",
            "../1990",
            "[1667,1668]",
            "1990s",
            "2024-08-28 or 2024-08-29",
            "ABT 1850",
            "EST AFT 1731",
            "BET 1850 AND 1855",
            "15 Jan 1743/44",
            "15 March 1690 (O.S.)",
            "44 BCE",
            "2 April 742 or 747",
            "the 19th century",
            "1900s",
            "winter 2024",
            "winter 2023/24",
            "Q3 2024",
            "mid-2024",
            "the night of 29 August 2024",
            "around midnight on 29 August 2024",
            "29 August 2024, 2:30 p.m.",
            "1984-1X",
            "156X-12-25",
            "2004-06-~11",
            "2004?-06-11",
            "1984~/2004-06",
            "2001-21",
            "{1667,1668,1670..1672}",
        ],
        Kind::Term | Kind::Place => &[
            "falls or shrapnel",
            "red, blue or green",
            "anything but Anbar",
            "either Varn or Karsova",
            "\"Truth or Dare\"",
        ],
        Kind::YesNo => &["yes", "no"],
        Kind::Text => &["on track to double", "all-time low"],
    }
}

/// The first day that a strategy names.
pub(super) const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(2024, 8, 20) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The day this many days after the first, as ISO 8601 writes it.
pub(super) fn day(offset: u64) -> String {
    (FIRST_DAY + Days::new(offset)).to_string()
}

/// What is said, whatever the kind of the claim: each kind takes what it needs of this.
#[derive(Clone, Debug)]
pub(super) struct Saying {
    /// Which line of its table it is said in.
    pub(super) line: usize,
    pub(super) number: u64,
    /// Something else than `number`, by so much.
    pub(super) further: u64,
    /// Whether a quantity has a fraction.
    pub(super) half: bool,
    pub(super) pick: Index,
    pub(super) other: Index,
}

/// Sayings about these figures; a plain figure as often as not.
pub(super) fn sayings(numbers: impl Strategy<Value = u64>) -> impl Strategy<Value = Saying> {
    let line = prop_oneof![5 => Just(0), 6 => 0..240_usize];
    (line, numbers, 1..=4_u64, prop::bool::weighted(0.2), any::<Index>(), any::<Index>()).prop_map(
        |(line, number, further, half, pick, other)| Saying { line, number, further, half, pick, other },
    )
}

impl Saying {
    /// The words of it in answer to a claim of this kind, where these terms are declared.
    pub(super) fn words(&self, kind: Kind, terms: &[Term]) -> String {
        match kind {
            Kind::Count => self.figure(&[FIGURES, COUNTED].concat(), ""),
            Kind::Quantity => self.figure(&[FIGURES, MEASURED].concat(), if self.half { ".5" } else { "" }),
            Kind::Date => {
                let line = DATES[self.line % DATES.len()];
                line.replace("{d}", &day(self.number)).replace("{e}", &day(self.number + self.further))
            }
            Kind::Term | Kind::Place => self.term(terms),
            Kind::YesNo => ["yes", "no"][self.pick.index(2)].to_owned(),
            Kind::Text => TEXTS[self.pick.index(TEXTS.len())].to_owned(),
        }
    }

    fn figure(&self, lines: &[&str], fraction: &str) -> String {
        let above_zero = self.number.max(1);
        lines[self.line % lines.len()]
            .replace("{n}", &format!("{}{fraction}", self.number))
            .replace("{p}", &format!("{above_zero}{fraction}"))
            .replace("{m}", &(above_zero + self.further).to_string())
    }

    fn term(&self, terms: &[Term]) -> String {
        let undeclared = || UNDECLARED[self.pick.index(UNDECLARED.len())].to_owned();
        // Now and then somebody names what isn't declared.
        if terms.is_empty() || self.line % 16 == 15 {
            return undeclared();
        }
        let (term, other) = (self.pick.get(terms), self.other.get(terms));
        let narrower: Vec<&Term> =
            terms.iter().filter(|below| below.broader.as_ref() == Some(&term.id)).collect();
        match TERMS[self.line % TERMS.len()] {
            line if line.contains("{u}") && other != term => {
                line.replace("{t}", &term.id).replace("{u}", &other.id)
            }
            line if line.contains("{v}") && !narrower.is_empty() => {
                line.replace("{t}", &term.id).replace("{v}", &self.other.get(&narrower).id)
            }
            line if line.contains("{u}") || line.contains("{v}") => term.id.clone(),
            line => line.replace("{t}", &term.id).replace("{label}", &term.label),
        }
    }
}

/// What people say in answer to a claim of this kind: every hedge, in canonical text and in plain English.
///
/// All of it is understood. Shrinks to a plain figure, day, term or text.
///
/// ```
/// use corroborate::{Kind, Value, laws};
/// use proptest::prelude::*;
///
/// proptest!(|(said in laws::wordings(Kind::Count))| {
///     let value = Value::read(Kind::Count, &said)?;
///     prop_assert_eq!(Value::read(Kind::Count, &value.to_string())?, value);
/// });
/// ```
pub fn wordings(kind: Kind) -> impl Strategy<Value = String> {
    let numbers = prop_oneof![0..=40_u64, 0..=3_000_000_u64];
    let said = sayings(numbers).prop_map(move |mut saying| {
        if kind == Kind::Date {
            saying.number %= 40_000; // a century or so
        }
        saying.words(kind, &[])
    });
    prop_oneof![2 => said, 1 => select(everyday(kind)).prop_map(str::to_owned)]
}

/// Values of this kind, with every hedge. Terms among them are names that stand for themselves.
///
/// ```
/// use corroborate::{Approximation, Kind, laws};
/// use proptest::prelude::*;
///
/// proptest!(|(value in laws::values(Kind::Quantity))| {
///     let answers = value.answers(Approximation::default());
///     prop_assert!(answers.is_some_and(|answers| !answers.is_empty()));
/// });
/// ```
pub fn values(kind: Kind) -> impl Strategy<Value = Value> {
    wordings(kind).prop_filter_map("it is understood", move |said| Value::read(kind, &said).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_people_say_is_understood() {
        for kind in Kind::ALL {
            let refused = everyday(*kind).iter().filter_map(|said| Value::read(*kind, said).err());
            assert_eq!(refused.collect::<Vec<_>>(), []);
        }
    }

    proptest! {
        #[test]
        fn every_line_is_understood(kind in select(Kind::ALL), saying in sayings(0..=40_u64)) {
            let said = saying.words(kind, &[]);
            if let Err(error) = Value::read(kind, &said) {
                return Err(TestCaseError::fail(error.to_string()));
            }
        }
    }
}
