//! A large newsroom's table of assertions, as monitors of the web have them: what everything here is measured on.
//!
//! Eight assertions a claim, in no order. Ten thousand sources, few of which are heard often (Zipf's law), a fifth of them
//! part of one of two hundred others. Of the claims 70 % are counts, 25 % terms and 5 % dates; two thirds of all answers
//! are the same one, the others lie around it, and of the counts 15 % are hedged. 8 % are nobody's; 3 % are a later word
//! of a source on the same claim.

use std::fmt;
use std::io::{self, Write};

use chrono::{DateTime, NaiveDate};
use corroborate::{Dossier, Intake};

use crate::numbers::Numbers;

const SOURCES: usize = 10_000;
const PARENTS: usize = 200;
const TERMS: usize = 500;

/// The table.
pub(crate) struct Newsroom {
    /// Whom each source is part of.
    part_of: Vec<Option<u32>>,
    rows: Vec<Row>,
}

/// An assertion.
#[derive(Clone, Copy)]
struct Row {
    claim: u32,
    by: Option<u32>,
    /// In seconds since 1970.
    asserted: i64,
    said: Said,
}

/// What was said.
#[derive(Clone, Copy)]
enum Said {
    Figure(i64),
    AtLeast(i64),
    UpTo(i64),
    About(i64),
    Range(i64, i64),
    Term(u32),
    Day(i32),
}

/// What a claim is about.
#[derive(Clone, Copy)]
enum Truth {
    Figure(i64),
    Term(u32),
    Day(i32),
}

impl Newsroom {
    pub(crate) fn new(assertions: usize) -> Self {
        let mut numbers = Numbers::new();
        let mut names: Vec<u32> = (0..SOURCES as u32).collect();
        numbers.shuffle(&mut names);
        let (parents, others) = names.split_at(PARENTS);
        let mut part_of = vec![None; SOURCES];
        for member in &others[..SOURCES / 5] {
            part_of[*member as usize] = Some(parents[numbers.below(PARENTS)]);
        }
        let mut heard: Vec<f64> = Vec::with_capacity(SOURCES);
        for rank in 1..=SOURCES {
            heard.push(heard.last().unwrap_or(&0.0) + 1.0 / rank as f64);
        }
        numbers.shuffle(&mut names);
        let truths: Vec<Truth> = (0..(assertions / 8).max(1)).map(|_| Truth::any(&mut numbers)).collect();
        let later = assertions * 3 / 100;
        let mut rows: Vec<Row> = Vec::with_capacity(assertions);
        while rows.len() < assertions - later {
            let claim = numbers.below(truths.len());
            let share = numbers.fraction() * heard[SOURCES - 1];
            let source = names[heard.partition_point(|sum| *sum < share).min(SOURCES - 1)];
            let by = (!numbers.percent(8)).then_some(source);
            let asserted = 1_500_000_000 + numbers.below(200_000_000) as i64;
            rows.push(Row { claim: claim as u32, by, asserted, said: truths[claim].told(&mut numbers) });
        }
        let first = rows.len();
        while rows.len() < assertions {
            let Row { claim, by, asserted, .. } = rows[numbers.below(first)];
            if by.is_some() {
                let asserted = asserted + 86_400 + numbers.below(10_000_000) as i64;
                rows.push(Row { claim, by, asserted, said: truths[claim as usize].told(&mut numbers) });
            }
        }
        numbers.shuffle(&mut rows);
        Self { part_of, rows }
    }

    /// The table of assertions, as the command reads it.
    pub(crate) fn write_csv(&self, mut to: impl Write) -> io::Result<()> {
        writeln!(to, "claim,kind,value,by,asserted")?;
        for row in &self.rows {
            let Row { claim, said, .. } = row;
            writeln!(to, "c{claim:08},{},{said},{},{}", said.kind(), row.by(), row.moment())?;
        }
        to.flush()
    }

    /// The table of sources, as the command reads it.
    pub(crate) fn write_sources_csv(&self, mut to: impl Write) -> io::Result<()> {
        writeln!(to, "id,name,part_of")?;
        for (source, part_of) in self.part_of.iter().enumerate() {
            let part_of = part_of.map(|source| format!("s{source:05}")).unwrap_or_default();
            writeln!(to, "s{source:05},s{source:05},{part_of}")?;
        }
        to.flush()
    }

    /// The assertions for query engines: every figure and date in two columns besides, so that no wording is to be read.
    pub(crate) fn write_peers_csv(&self, mut to: impl Write) -> io::Result<()> {
        writeln!(to, "claim,source,value,lo,hi,ts")?;
        let end = |end: Option<i64>| end.map(|end| end.to_string()).unwrap_or_default();
        for row in &self.rows {
            let Row { claim, said, asserted, .. } = row;
            let (low, high) = said.ends();
            writeln!(to, "c{claim:08},{},{said},{},{},{asserted}", row.by(), end(low), end(high))?;
        }
        to.flush()
    }

    /// The same, read.
    pub(crate) fn dossier(&self) -> Dossier {
        let (mut sources, mut assertions) = (Vec::new(), Vec::new());
        self.write_sources_csv(&mut sources).expect("memory takes it");
        self.write_csv(&mut assertions).expect("memory takes it");
        read(&sources, &assertions)
    }
}

/// The dossier of both tables.
pub(crate) fn read(sources: &[u8], assertions: &[u8]) -> Dossier {
    let intake = Intake::new().sources("sources.csv", sources).file("assertions.csv", assertions);
    intake.finish().expect("sound tables").0
}

impl Row {
    fn by(&self) -> String {
        self.by.map(|source| format!("s{source:05}")).unwrap_or_default()
    }

    fn moment(&self) -> impl fmt::Display {
        DateTime::from_timestamp(self.asserted, 0).unwrap_or_default().format("%Y-%m-%dT%H:%M:%SZ")
    }
}

impl Truth {
    fn any(numbers: &mut Numbers) -> Self {
        match numbers.below(100) {
            0..70 => Self::Figure(((6.0 + 2.0 * numbers.normal()).exp() as i64).max(1)),
            70..95 => Self::Term(numbers.below(TERMS) as u32),
            _ => Self::Day(14_610 + numbers.below(5_390) as i32),
        }
    }

    /// As somebody tells it, who may be wrong.
    fn told(self, numbers: &mut Numbers) -> Said {
        let is_true = numbers.percent(65);
        match self {
            Self::Figure(figure) if is_true => Said::hedged(figure, numbers),
            Self::Figure(figure) => {
                Said::hedged((figure as f64 * (0.25 * numbers.normal()).exp()) as i64, numbers)
            }
            Self::Term(term) if is_true => Said::Term(term),
            Self::Term(term) => Said::Term((term + 1 + numbers.below(5) as u32) % TERMS as u32),
            Self::Day(day) if is_true => Said::Day(day),
            Self::Day(day) => Said::Day(day - 5 + numbers.below(11) as i32),
        }
    }
}

impl Said {
    fn hedged(figure: i64, numbers: &mut Numbers) -> Self {
        let margin = (figure / 10).max(1);
        match if numbers.percent(15) { numbers.below(4) } else { 4 } {
            0 => Self::AtLeast(figure),
            1 => Self::UpTo(figure),
            2 => Self::About(figure),
            3 => Self::Range((figure - margin).max(0), figure + margin),
            _ => Self::Figure(figure),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Term(_) => "term",
            Self::Day(_) => "date",
            _ => "count",
        }
    }

    /// The least and the most that it leaves possible, as far as it is a number.
    fn ends(&self) -> (Option<i64>, Option<i64>) {
        match *self {
            Self::Figure(figure) => (Some(figure), Some(figure)),
            Self::AtLeast(figure) => (Some(figure), None),
            Self::UpTo(figure) => (Some(0), Some(figure)),
            Self::About(figure) => (Some(figure - (figure / 10).max(1)), Some(figure + (figure / 10).max(1))),
            Self::Range(low, high) => (Some(low), Some(high)),
            Self::Term(_) => (None, None),
            Self::Day(day) => (Some(day.into()), Some(day.into())),
        }
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Figure(figure) => write!(f, "{figure}"),
            Self::AtLeast(figure) => write!(f, "at least {figure}"),
            Self::UpTo(figure) => write!(f, "up to {figure}"),
            Self::About(figure) => write!(f, "about {figure}"),
            Self::Range(low, high) => write!(f, "{low} to {high}"),
            Self::Term(term) => write!(f, "term-{term}"),
            Self::Day(day) => write!(f, "{}", NaiveDate::from_epoch_days(*day).unwrap_or_default()),
        }
    }
}
