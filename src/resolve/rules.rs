//! The built-in rules.

use std::borrow::Cow;
use std::ops::Bound;
use std::str::FromStr;
use std::sync::Arc;

use chrono::TimeDelta;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::rule::{Reading, Rule, Testimony, UnitFit};
use crate::error::{DidYouMean, Shown, nearest};
use crate::model::assertion::Stance;
use crate::model::claim::Evolves;
use crate::model::date::{Date, Moment};
use crate::model::interval::{Interval, Point, Ranges};
use crate::model::value::{AnswerSet, Content};

/// A rule that takes no argument: its name, what it does, and how it reads.
#[derive(Debug)]
struct Plain {
    name: &'static str,
    read: Read,
}

impl Rule for Plain {
    fn name(&self) -> &str {
        self.name
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        (self.read)(testimony)
    }
}

type Read = fn(&Testimony<'_>) -> Reading;

const PLAIN: [(&str, Read); 9] = [
    ("superseded", superseded),
    ("latest word", latest_word),
    ("retracted", retracted),
    ("unit differs", unit_differs),
    ("misquoted", misquoted),
    ("rising tally", rising_tally),
    ("rounding", rounding),
    ("named sources only", named_sources_only),
    ("first-hand only", first_hand_only),
];

/// How many of them, from the first, the standard resolver applies.
const STANDARD: usize = 6;

/// The names of the rules that take an argument.
const WITH_ARGUMENT: [&str; 3] = ["stale after", "tolerance", "exclude source"];

/// The rules of the standard resolver.
pub(super) fn standard() -> Vec<Arc<dyn Rule>> {
    PLAIN[..STANDARD].iter().map(|(name, read)| Arc::new(Plain { name, read: *read }) as Arc<dyn Rule>).collect()
}

/// A built-in rule, read from its name and argument: `rounding`, `tolerance=5%`, `stale-after=30d`.
///
/// Names are those of reports; hyphens may stand for their spaces.
///
/// ```
/// use corroborate::{BuiltIn, Resolver};
///
/// let tolerance: BuiltIn = "tolerance=5%".parse()?;
/// let resolver = Resolver::standard().with_rule(tolerance);
///
/// let error = "tolerence=5%".parse::<BuiltIn>().unwrap_err();
/// assert!(error.to_string().contains("did you mean `tolerance`?"));
/// # Ok::<(), corroborate::UnknownRule>(())
/// ```
///
/// | rule | what it does |
/// |---|---|
/// | `superseded` | sets aside what a later assertion says it replaces |
/// | `latest word` | sets aside a named source's earlier answer |
/// | `retracted` | sets aside what was withdrawn |
/// | `unit differs` | sets aside figures in a unit that neither equals the claim's nor falls under it or over it |
/// | `misquoted` | sets aside copies that say what none of their origins does |
/// | `rising tally` | reads an older figure of a growing toll as "at least" |
/// | `rounding` | reads a round figure as anything that rounds to it |
/// | `tolerance=5%`, `tolerance=2`, `tolerance=1d` | reads figures, or dates, as so much more or less |
/// | `stale after=30d` | sets aside what was said so many days before the newest answer, or the as-of date |
/// | `named sources only` | takes the word of anonymous sources off |
/// | `first-hand only` | sets aside what came through a relay or a copy |
/// | `exclude source=ID` | takes the word of a source, and of whoever is part of it, off |
#[derive(Clone, Debug)]
pub struct BuiltIn {
    rule: Arc<dyn Rule>,
    /// The source that it excludes, which whoever knows the dossier may want to look up.
    excludes: Option<Box<str>>,
}

impl Rule for BuiltIn {
    fn name(&self) -> &str {
        self.rule.name()
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        self.rule.read(testimony)
    }
}

/// A rule that isn't built in, or an argument that it doesn't take.
///
/// ```
/// use corroborate::BuiltIn;
///
/// let error = "tolerance".parse::<BuiltIn>().unwrap_err();
/// assert!(error.to_string().starts_with("the rule `tolerance` takes an argument"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct UnknownRule(Box<str>);

impl BuiltIn {
    /// The names of all built-in rules, as reports give them; those of the standard resolver come first.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        PLAIN.iter().map(|(name, _)| *name).chain(WITH_ARGUMENT)
    }

    /// The id of the source that the rule excludes, if it is that rule.
    ///
    /// A rule knows no dossier, so whoever has one may want to see whether there is such a source.
    ///
    /// ```
    /// use corroborate::BuiltIn;
    ///
    /// let rule: BuiltIn = "exclude-source=barber".parse()?;
    /// assert_eq!(rule.excluded_source(), Some("barber"));
    /// # Ok::<(), corroborate::UnknownRule>(())
    /// ```
    pub fn excluded_source(&self) -> Option<&str> {
        self.excludes.as_deref()
    }

    /// The name of a built-in rule as reports give it, from one whose spaces may be written as hyphens.
    ///
    /// ```
    /// use corroborate::BuiltIn;
    ///
    /// assert_eq!(BuiltIn::find_name("latest-word")?, "latest word");
    /// # Ok::<(), corroborate::UnknownRule>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When there is no such rule; the error says which one may have been meant.
    pub fn find_name(text: &str) -> Result<&'static str, UnknownRule> {
        let folded = |name: &str| name.replace('-', " ");
        let found = Self::names().find(|name| folded(name) == folded(text));
        found.ok_or_else(|| {
            let near = DidYouMean(nearest(text, Self::names())).and();
            let known: Vec<_> = Self::names().collect();
            UnknownRule(format!("there is no rule {}{near} expected one of: {}", Shown(text), known.join(", ")).into())
        })
    }
}

impl FromStr for BuiltIn {
    type Err = UnknownRule;

    fn from_str(text: &str) -> Result<Self, UnknownRule> {
        let (name, argument) = match text.split_once('=') {
            Some((name, argument)) => (name.trim(), Some(argument.trim())),
            None => (text.trim(), None),
        };
        let name = Self::find_name(name)?;
        let plain = PLAIN.iter().find(|(plain, _)| *plain == name);
        let needs = |what: &str| UnknownRule(format!("the rule `{name}` takes {what}").into());
        let rule: Arc<dyn Rule> = match (plain, argument) {
            (Some((name, read)), None) => Arc::new(Plain { name, read: *read }),
            (Some(_), Some(_)) => return Err(needs(&format!("no argument; write `{name}`"))),
            (None, None) => {
                return Err(needs("an argument, as in `stale after=30d`, `tolerance=5%`, `exclude source=ID`"));
            }
            (None, Some(argument)) => match name {
                "stale after" => {
                    let days = days(argument).ok_or_else(|| needs("a number of days, as in `stale after=30d`"))?;
                    Arc::new(StaleAfter { days })
                }
                "tolerance" => {
                    let reach = Reach::read(argument);
                    let reach = reach.ok_or_else(|| needs("a share, a figure or days: `5%`, `2`, `1d`"))?;
                    Arc::new(Tolerance { reach })
                }
                _ => Arc::new(ExcludeSource { source: argument.into() }),
            },
        };
        let excludes = argument.filter(|_| name == WITH_ARGUMENT[2]).map(Into::into);
        Ok(Self { rule, excludes })
    }
}

/// `30d`, `30 days`, `30`.
fn days(text: &str) -> Option<i64> {
    let figure = ["days", "day", "d"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text);
    figure.trim().parse::<u32>().ok().map(i64::from)
}

fn superseded(testimony: &Testimony<'_>) -> Reading {
    testimony
        .superseded_by()
        .map_or_else(Reading::as_said, |by| Reading::set_aside(format!("replaced by {}, which says {by}", by.id())))
}

fn latest_word(testimony: &Testimony<'_>) -> Reading {
    let mut words = testimony.later_words();
    let Some((source, word)) = words.next() else { return Reading::as_said() };
    let others: String = words.map(|(source, _)| format!(" and {}", source.name())).collect();
    let reason = format!("{}{others} said {word} later ({})", source.name(), word.id());
    Reading::without(testimony.later_words().map(|(source, _)| source), reason)
}

fn retracted(testimony: &Testimony<'_>) -> Reading {
    match testimony.retracted() {
        None => Reading::as_said(),
        Some(None) => Reading::set_aside("withdrawn"),
        Some(Some(reason)) => Reading::set_aside(format!("withdrawn: {reason}")),
    }
}

fn unit_differs(testimony: &Testimony<'_>) -> Reading {
    if testimony.unit() != UnitFit::Unrelated {
        return Reading::as_said();
    }
    let assertion = testimony.assertion();
    let (theirs, ours) = (assertion.unit().unwrap_or_default(), testimony.claim().unit().unwrap_or_default());
    Reading::set_aside(format!("it counts `{theirs}`, and the claim `{ours}`"))
}

fn misquoted(testimony: &Testimony<'_>) -> Reading {
    if !testimony.misquotes() {
        return Reading::as_said();
    }
    let said: Vec<String> = testimony.origins().map(|origin| format!("{origin} ({})", origin.id())).collect();
    Reading::set_aside(format!("it says {}, and what it repeats says {}", testimony.assertion(), said.join(" and ")))
}

fn rising_tally(testimony: &Testimony<'_>) -> Reading {
    let (Some(said), Some(moment), Some(newest)) = (testimony.said(), testimony.moment(), testimony.newest_moment())
    else {
        return Reading::as_said();
    };
    if testimony.claim().evolves() == Evolves::Rising && moment.last() < newest.first() {
        Reading::also(said.or_more(), format!("an older figure of a growing toll: the newest is of {newest}"))
    } else {
        Reading::as_said()
    }
}

/// Half of the last digit's place to either side, the upper end left out: 43,000 is [42,500, 43,500).
fn rounding(testimony: &Testimony<'_>) -> Reading {
    let figure = match (testimony.content(), testimony.assertion().stance()) {
        (Some(Content::Count(said)), Stance::Affirms) => said.figure().map(Decimal::from),
        (Some(Content::Quantity(said)), Stance::Affirms) => said.figure(),
        _ => None,
    };
    let Some(figure) = figure.filter(|figure| !figure.is_zero()) else { return Reading::as_said() };
    let mut place = Decimal::ONE;
    while figure.is_integer() && (figure / (place * Decimal::TEN)).is_integer() {
        place *= Decimal::TEN;
    }
    if !figure.is_integer() {
        place = Decimal::new(1, figure.normalize().scale());
    }
    let half = place / Decimal::TWO;
    let (low, high) = (figure.saturating_sub(half), figure.saturating_add(half));
    let rounded = match testimony.said() {
        Some(AnswerSet::Counts(_)) => {
            let (low, high) = (low.ceil().to_u64().unwrap_or(0), high.ceil().to_u64().unwrap_or(u64::MAX));
            AnswerSet::Counts((low..high).into())
        }
        _ => AnswerSet::Quantities((low..high).into()),
    };
    Reading::also(rounded, "a round figure, read as anything that rounds to it")
}

fn named_sources_only(testimony: &Testimony<'_>) -> Reading {
    Reading::without(testimony.sources().filter(|source| source.is_anonymous()), "the source isn't named")
}

fn first_hand_only(testimony: &Testimony<'_>) -> Reading {
    if testimony.is_copy() || testimony.assertion().via().len() > 0 {
        Reading::set_aside("it isn't first-hand: it came through a relay or repeats another")
    } else {
        Reading::as_said()
    }
}

/// Sets aside what was said long before the newest answer, or before the day that was asked about.
#[derive(Debug)]
struct StaleAfter {
    days: i64,
}

impl Rule for StaleAfter {
    fn name(&self) -> &str {
        WITH_ARGUMENT[0]
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let (Some(date), Some(now)) = (testimony.date(), testimony.as_of().or(testimony.newest())) else {
            return Reading::as_said();
        };
        let age = now.last().days_since(date.last());
        if age > self.days {
            Reading::set_aside(format!("said {age} days before {now}, and the limit is {}", self.days))
        } else {
            Reading::as_said()
        }
    }
}

/// How far a tolerance reaches.
#[derive(Clone, Copy, Debug)]
enum Reach {
    Share(Decimal),
    Figure(Decimal),
    Days(i64),
}

impl Reach {
    fn read(text: &str) -> Option<Self> {
        if let Some(percent) = text.strip_suffix('%') {
            let percent: Decimal = percent.trim().parse().ok()?;
            return (percent >= Decimal::ZERO).then(|| Self::Share(percent / Decimal::ONE_HUNDRED));
        }
        if let Ok(figure) = text.parse::<Decimal>() {
            return (figure >= Decimal::ZERO).then_some(Self::Figure(figure));
        }
        days(text).map(Self::Days)
    }

    fn of(self, figure: Decimal) -> Decimal {
        match self {
            Self::Share(share) => figure.abs().saturating_mul(share),
            Self::Figure(reach) => reach,
            Self::Days(_) => Decimal::ZERO,
        }
    }
}

/// Reads figures, or dates, as so much more or less.
#[derive(Debug)]
struct Tolerance {
    reach: Reach,
}

impl Rule for Tolerance {
    fn name(&self) -> &str {
        WITH_ARGUMENT[1]
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let reach = self.reach;
        let below = |figure: Decimal| figure.saturating_sub(reach.of(figure));
        let above = |figure: Decimal| figure.saturating_add(reach.of(figure));
        let loosened = match (testimony.said(), reach) {
            (Some(AnswerSet::Counts(said)), Reach::Share(_) | Reach::Figure(_)) => AnswerSet::Counts(stretched(
                said,
                |low| below(low.into()).ceil().to_u64().unwrap_or(0),
                |high| above(high.into()).floor().to_u64().unwrap_or(u64::MAX),
            )),
            (Some(AnswerSet::Quantities(said)), Reach::Share(_) | Reach::Figure(_)) => {
                AnswerSet::Quantities(stretched(said, below, above))
            }
            (Some(AnswerSet::Dates(said)), Reach::Days(days)) => {
                AnswerSet::Dates(stretched(said, |low| later(low, -days), |high| later(high, days)))
            }
            _ => return Reading::as_said(),
        };
        let reach = match reach {
            Reach::Share(share) => Cow::from(format!("{}%", (share * Decimal::ONE_HUNDRED).normalize())),
            Reach::Figure(figure) => figure.to_string().into(),
            Reach::Days(days) => format!("{days} days").into(),
        };
        Reading::also(loosened, format!("read with a tolerance of {reach}"))
    }
}

fn later(moment: Moment, days: i64) -> Moment {
    let moved = TimeDelta::try_days(days).and_then(|days| moment.naive_utc().checked_add_signed(days));
    moved.map_or(moment, |moved| Date::from(moved.and_utc()).first())
}

/// Every interval of a set with its ends moved apart.
fn stretched<P: Point>(set: &Ranges<P>, below: impl Fn(P) -> P, above: impl Fn(P) -> P) -> Ranges<P> {
    let low = |bound| match bound {
        Bound::Included(low) => Bound::Included(below(low)),
        Bound::Excluded(low) => Bound::Excluded(below(low)),
        Bound::Unbounded => Bound::Unbounded,
    };
    let high = |bound| match bound {
        Bound::Included(high) => Bound::Included(above(high)),
        Bound::Excluded(high) => Bound::Excluded(above(high)),
        Bound::Unbounded => Bound::Unbounded,
    };
    set.intervals().iter().filter_map(|i| Interval::new((low(i.low()), high(i.high())))).collect()
}

/// Takes the word of a source, and of whoever is part of it, off.
#[derive(Debug)]
struct ExcludeSource {
    source: Box<str>,
}

impl Rule for ExcludeSource {
    fn name(&self) -> &str {
        WITH_ARGUMENT[2]
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let belongs = |source: &crate::dossier::SourceRef<'_>| {
            std::iter::successors(Some(*source), |source| source.part_of()).any(|above| above.id() == &*self.source)
        };
        Reading::without(testimony.sources().filter(belongs), format!("`{}` is excluded", self.source))
    }
}
