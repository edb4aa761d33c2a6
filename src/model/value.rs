//! What was said, with its hedge, and the answers that it leaves possible.

use std::fmt;
use std::hash::Hash;
use std::ops::Bound;

use rust_decimal::Decimal;

use super::claim::Kind;
use super::date::{Date, DatePart, Moment};
use super::digits::Digits;
use super::interval::{Interval, Point, Ranges};
use super::term::Terms;
use crate::error::WordingError;

/// What a value leaves possible: a set of points on the line that its kind of claim is about.
///
/// The points of [`Terms`](Self::Terms) and [`Texts`](Self::Texts) are numbers that mean something only
/// within one dossier: a term covers the stretch of its own number and those of all narrower terms, and the
/// numbers after the last term stand for "something else".
///
/// ```
/// use corroborate::{Approximation, Kind, Value};
///
/// let answers = |said: &str| Ok::<_, Box<dyn std::error::Error>>(
///     Value::read(Kind::Count, said)?.answers(Approximation::default()).ok_or("a count has answers")?,
/// );
/// let (iraq, us, newspaper) = (answers("14")?, answers("15")?, answers("at least 14")?);
/// assert!(iraq.entails(&newspaper) && us.entails(&newspaper)); // the floor fits both
/// assert!(!iraq.entails(&us));
/// assert_eq!(iraq.or_more(), newspaper);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A set is built from figures, dates and ranges as well, and prints to text that [`Value::read`] takes back:
///
/// ```
/// use corroborate::AnswerSet;
///
/// let floor = AnswerSet::at_least(14);
/// assert!(AnswerSet::count(15).entails(&floor));
/// assert_eq!(floor.meet(&AnswerSet::counts(..=20)), AnswerSet::counts(14..=20));
/// assert_eq!(AnswerSet::count(14).hull(&AnswerSet::count(15)).to_string(), "14 to 15");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AnswerSet {
    /// Whole numbers from zero up.
    Counts(Ranges<u64>),
    /// Exact decimals.
    Quantities(Ranges<Decimal>),
    /// Moments.
    Dates(Ranges<Moment>),
    /// No (`false`) and yes (`true`).
    YesNo(Ranges<bool>),
    /// Terms of the dossier's taxonomy.
    Terms(Ranges<u32>),
    /// Texts of the dossier.
    Texts(Ranges<u32>),
}

/// Runs the same code on whatever line a set is over.
macro_rules! on_each_line {
    ($set:expr, $ranges:ident => $body:expr) => {
        match $set {
            AnswerSet::Counts($ranges) => AnswerSet::Counts($body),
            AnswerSet::Quantities($ranges) => AnswerSet::Quantities($body),
            AnswerSet::Dates($ranges) => AnswerSet::Dates($body),
            AnswerSet::YesNo($ranges) => AnswerSet::YesNo($body),
            AnswerSet::Terms($ranges) => AnswerSet::Terms($body),
            AnswerSet::Texts($ranges) => AnswerSet::Texts($body),
        }
    };
}

/// Runs the same code on both sets of a pair that lie on one line, and other code on sets that don't.
macro_rules! on_one_line {
    ($one:expr, $other:expr, ($a:ident, $b:ident) => $body:expr, else $apart:expr) => {
        match ($one, $other) {
            (AnswerSet::Counts($a), AnswerSet::Counts($b)) => AnswerSet::Counts($body),
            (AnswerSet::Quantities($a), AnswerSet::Quantities($b)) => AnswerSet::Quantities($body),
            (AnswerSet::Dates($a), AnswerSet::Dates($b)) => AnswerSet::Dates($body),
            (AnswerSet::YesNo($a), AnswerSet::YesNo($b)) => AnswerSet::YesNo($body),
            (AnswerSet::Terms($a), AnswerSet::Terms($b)) => AnswerSet::Terms($body),
            (AnswerSet::Texts($a), AnswerSet::Texts($b)) => AnswerSet::Texts($body),
            _ => $apart,
        }
    };
}

/// Sets from figures, dates and ranges. Terms and texts are numbered by their dossier, so sets of them come
/// from there.
impl AnswerSet {
    /// Just this count.
    ///
    /// ```
    /// use corroborate::{AnswerSet, Approximation, Kind, Value};
    ///
    /// let iraq = Value::read(Kind::Count, "fourteen")?;
    /// assert_eq!(iraq.answers(Approximation::default()), Some(AnswerSet::count(14)));
    /// # Ok::<(), corroborate::WordingError>(())
    /// ```
    pub fn count(figure: u64) -> Self {
        Self::Counts(Ranges::exactly(figure))
    }

    /// The counts in a range, such as `14..=20`; none where the range runs backwards.
    ///
    /// ```
    /// use corroborate::AnswerSet;
    ///
    /// assert_eq!(AnswerSet::counts(14..=20).to_string(), "14 to 20");
    /// assert_eq!(AnswerSet::counts(..20), AnswerSet::counts(0..=19)); // fewer than 20
    /// ```
    pub fn counts(range: impl Into<Ranges<u64>>) -> Self {
        Self::Counts(range.into())
    }

    /// This count and all above it.
    ///
    /// ```
    /// use corroborate::AnswerSet;
    ///
    /// assert_eq!(AnswerSet::at_least(14).to_string(), "at least 14");
    /// ```
    pub fn at_least(figure: u64) -> Self {
        Self::counts(figure..)
    }

    /// This count and all below it, down to none.
    ///
    /// ```
    /// use corroborate::AnswerSet;
    ///
    /// assert_eq!(AnswerSet::at_most(20).to_string(), "at most 20");
    /// ```
    pub fn at_most(figure: u64) -> Self {
        Self::counts(..=figure)
    }

    /// Just this quantity. `10.70` and `10.7` are the same one.
    ///
    /// ```
    /// use corroborate::{AnswerSet, rust_decimal::Decimal};
    ///
    /// let billions = AnswerSet::quantity(Decimal::new(107, 1));
    /// assert_eq!(billions.to_string(), "10.7");
    /// ```
    pub fn quantity(figure: Decimal) -> Self {
        Self::Quantities(Ranges::exactly(figure))
    }

    /// The quantities in a range.
    ///
    /// ```
    /// use corroborate::{AnswerSet, rust_decimal::Decimal};
    ///
    /// let kilometres = AnswerSet::quantities(Decimal::ONE..Decimal::TEN);
    /// assert_eq!(kilometres.to_string(), "at least 1 and fewer than 10");
    /// ```
    pub fn quantities(range: impl Into<Ranges<Decimal>>) -> Self {
        Self::Quantities(range.into())
    }

    /// All moments that a date covers: `2024-08` is the whole month.
    ///
    /// ```
    /// use corroborate::AnswerSet;
    ///
    /// let month = AnswerSet::date("2024-08".parse()?);
    /// assert!(AnswerSet::date("2024-08-29".parse()?).entails(&month));
    /// # Ok::<(), corroborate::WordingError>(())
    /// ```
    pub fn date(date: Date) -> Self {
        Self::dates(date.first()..=date.last())
    }

    /// The moments in a range.
    ///
    /// ```
    /// use corroborate::{AnswerSet, Date};
    ///
    /// let (raid, funeral): (Date, Date) = ("2024-08-29".parse()?, "2024-09-03".parse()?);
    /// let between = AnswerSet::dates(raid.first()..=funeral.last());
    /// assert_eq!(between.to_string(), "2024-08-29/2024-09-03");
    /// # Ok::<(), corroborate::WordingError>(())
    /// ```
    pub fn dates(range: impl Into<Ranges<Moment>>) -> Self {
        Self::Dates(range.into())
    }

    /// Yes (`true`) or no (`false`).
    ///
    /// ```
    /// use corroborate::AnswerSet;
    ///
    /// assert_eq!(AnswerSet::yes_no(true).complement(), AnswerSet::yes_no(false));
    /// ```
    pub fn yes_no(answer: bool) -> Self {
        Self::YesNo(Ranges::exactly(answer))
    }

    /// Everything that a claim of this kind can be answered with.
    pub(crate) fn everything_of(kind: Kind) -> Self {
        match kind {
            Kind::Count => Self::Counts(Ranges::everything()),
            Kind::Quantity => Self::Quantities(Ranges::everything()),
            Kind::Date => Self::Dates(Ranges::everything()),
            Kind::YesNo => Self::YesNo(Ranges::everything()),
            Kind::Term | Kind::Place => Self::Terms(Ranges::everything()),
            Kind::Text => Self::Texts(Ranges::everything()),
        }
    }
}

/// The algebra. Two sets over different lines, such as a count and a date, have nothing in common.
impl AnswerSet {
    /// Everything that the set doesn't hold.
    #[must_use]
    pub fn complement(&self) -> Self {
        on_each_line!(self, ranges => ranges.complement())
    }

    /// Everything that there is on the same line.
    #[must_use]
    pub fn everything(&self) -> Self {
        on_each_line!(self, ranges => { let _ = ranges; Ranges::everything() })
    }

    /// What both sets hold: the answers with which both speakers are right. Nothing of sets over two lines.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Self {
        on_one_line!(self, other, (a, b) => a.meet(b), else {
            on_each_line!(self, ranges => { let _ = ranges; Ranges::empty() })
        })
    }

    /// What either set holds. A set over another line adds nothing.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        on_one_line!(self, other, (a, b) => a.join(b), else self.clone())
    }

    /// The smallest single interval over both sets, gaps included. A set over another line adds nothing.
    ///
    /// For common ground only: it is no lattice join, since it lets in what nobody said.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        on_one_line!(self, other, (a, b) => a.hull(b), else self.clone())
    }

    /// Whether it leaves just one answer possible.
    ///
    /// ```
    /// use corroborate::AnswerSet;
    ///
    /// assert!(AnswerSet::count(14).is_exact());
    /// // A day is many moments.
    /// assert!(!AnswerSet::date("2024-08-29".parse()?).is_exact());
    /// # Ok::<(), corroborate::WordingError>(())
    /// ```
    pub fn is_exact(&self) -> bool {
        match self {
            Self::Counts(set) => set.is_exact(),
            Self::Quantities(set) => set.is_exact(),
            Self::Dates(set) => set.is_exact(),
            Self::YesNo(set) => set.is_exact(),
            Self::Terms(set) | Self::Texts(set) => set.is_exact(),
        }
    }

    /// Whether everything on its line is possible, so that it says nothing.
    pub fn is_everything(&self) -> bool {
        match self {
            Self::Counts(set) => set.is_everything(),
            Self::Quantities(set) => set.is_everything(),
            Self::Dates(set) => set.is_everything(),
            Self::YesNo(set) => set.is_everything(),
            Self::Terms(set) | Self::Texts(set) => set.is_everything(),
        }
    }

    /// Whether whatever this set leaves possible, the other does too. Sets over two lines never do.
    pub fn entails(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Counts(a), Self::Counts(b)) => a.entails(b),
            (Self::Quantities(a), Self::Quantities(b)) => a.entails(b),
            (Self::Dates(a), Self::Dates(b)) => a.entails(b),
            (Self::YesNo(a), Self::YesNo(b)) => a.entails(b),
            (Self::Terms(a), Self::Terms(b)) | (Self::Texts(a), Self::Texts(b)) => a.entails(b),
            _ => false,
        }
    }

    /// The set with every upper end taken away: "at least that".
    #[must_use]
    pub fn or_more(&self) -> Self {
        on_each_line!(self, ranges => widened(ranges, true))
    }

    /// The set with every lower end taken away: "at most that".
    #[must_use]
    pub fn or_fewer(&self) -> Self {
        on_each_line!(self, ranges => widened(ranges, false))
    }

    /// Whether nothing is possible.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Counts(r) => r.is_empty(),
            Self::Quantities(r) => r.is_empty(),
            Self::Dates(r) => r.is_empty(),
            Self::YesNo(r) => r.is_empty(),
            Self::Terms(r) | Self::Texts(r) => r.is_empty(),
        }
    }
}

fn widened<P: Point>(ranges: &Ranges<P>, upwards: bool) -> Ranges<P> {
    match ranges.span() {
        None => Ranges::empty(),
        Some(span) if upwards => (span.low(), Bound::Unbounded).into(),
        Some(span) => (Bound::Unbounded, span.high()).into(),
    }
}

/// How far "about" reaches, as a share of the figure: a tenth, unless set otherwise.
///
/// "Nearly" and "just over" reach as far, to one side. Of a count each reaches one at least, so that "about
/// 3" is 2 to 4; a date goes by the precision that it was stated in instead, so that "about August" is July
/// to September.
///
/// ```
/// use corroborate::{Approximation, Kind, Value};
///
/// let strict: Approximation = "5%".parse()?;
/// let troops = Value::read(Kind::Count, "about 2,500")?;
/// assert_eq!(format!("{:?}", troops.answers(strict)), "Some(Counts([2375, 2625]))");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Approximation(Decimal);

impl Default for Approximation {
    fn default() -> Self {
        Self(Decimal::new(1, 1))
    }
}

const PERCENTAGE: &str = "expected a percentage above 0% and below 100%, such as `10%` \
                          (at 0% `nearly 200` would leave nothing possible)";

impl Approximation {
    /// So many hundredths of the figure.
    ///
    /// ```
    /// use corroborate::Approximation;
    ///
    /// assert_eq!(Approximation::percent(10)?, Approximation::default());
    /// assert!(Approximation::percent(100).is_err());
    /// # Ok::<(), corroborate::WordingError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When it isn't above 0 and below 100, or has too many digits to be kept exactly.
    pub fn percent(percent: impl Into<Decimal>) -> Result<Self, WordingError> {
        let percent = percent.into();
        Self::of_share(&percent.to_string(), share_of(percent))
    }

    /// The hundredths of the figure that it reaches: 10, unless set otherwise.
    ///
    /// ```
    /// use corroborate::{Approximation, rust_decimal::Decimal};
    ///
    /// let strict: Approximation = "2.5%".parse()?;
    /// assert_eq!(strict.to_percent(), Decimal::new(25, 1));
    /// # Ok::<(), corroborate::WordingError>(())
    /// ```
    pub fn to_percent(self) -> Decimal {
        (self.0 * Decimal::ONE_HUNDRED).normalize()
    }

    /// Checks the share that a percentage is; `None` is one that can't be kept exactly.
    fn of_share(percentage: &str, share: Option<Decimal>) -> Result<Self, WordingError> {
        match share {
            Some(share) if share > Decimal::ZERO && share < Decimal::ONE => Ok(Self(share)),
            Some(_) => Err(WordingError::new(percentage, 0, PERCENTAGE)),
            None => {
                let why = "the percentage has too many digits to be kept exactly; write fewer, as in `0.1%`";
                Err(WordingError::new(percentage, 0, why))
            }
        }
    }

    fn reach(self, figure: Decimal) -> Decimal {
        figure.abs().saturating_mul(self.0).normalize()
    }
}

/// As it is read: `10%`.
impl fmt::Display for Approximation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.to_percent())
    }
}

impl std::str::FromStr for Approximation {
    type Err = WordingError;

    /// Reads a percentage above 0 and below 100, such as `10%`.
    fn from_str(text: &str) -> Result<Self, WordingError> {
        let percent = text.trim().strip_suffix('%').map(str::trim).unwrap_or_default();
        if percent.parse::<Decimal>().is_err() {
            return Err(WordingError::new(text, 0, PERCENTAGE));
        }
        Self::of_share(text, share(percent))
    }
}

/// The share that a percentage is, if it is one and the share can be kept exactly: else it might come to
/// zero.
pub(crate) fn share(percent: &str) -> Option<Decimal> {
    share_of(Decimal::from_str_exact(percent).ok()?)
}

fn share_of(percent: Decimal) -> Option<Decimal> {
    let share = percent / Decimal::ONE_HUNDRED;
    (share.checked_mul(Decimal::ONE_HUNDRED) == Some(percent)).then_some(share)
}

/// The hedge before or after a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Hedge {
    Exactly,
    AtLeast,
    MoreThan,
    AtMost,
    FewerThan,
    About,
    Nearly,
    JustOver,
}

/// What was said of a figure or a date, in no language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Said<S> {
    Hedged(Hedge, S),
    Between(S, S),
    AboutBetween(S, S),
    /// A lower hedge with its figure, and an upper one: `more than 10 and at most 15`. `About` is an end that
    /// is approximate beside one that isn't: `1984~/2004-06`.
    Both(Hedge, S, Hedge, S),
    /// `late 2024-05`: a part of the stretch from one date to another.
    Part(DatePart, S, S),
    /// `dozens`: the ends stand for the word.
    Vague(u64, u64),
    AnyOf(Box<[Self]>),
    AnythingBut(Box<Self>),
    /// Printed only: no value says it.
    Anything,
}

/// A figure or a date: what hedges are put to.
pub(crate) trait Hedgeable: Copy + Eq + Hash + fmt::Display {
    type Point: Point;

    fn first(self) -> Self::Point;
    fn last(self) -> Self::Point;
    fn about(self, approximation: Approximation) -> Ranges<Self::Point>;
    fn nearly(self, approximation: Approximation) -> Ranges<Self::Point>;
    fn just_over(self, approximation: Approximation) -> Ranges<Self::Point>;
    fn vague(low: u64, high: u64) -> Ranges<Self::Point>;
    /// The part of a stretch of time; figures have none.
    fn part(part: DatePart, low: Self, high: Self) -> Ranges<Self::Point> {
        let _ = (part, low, high);
        Ranges::empty()
    }
    /// What to call an interval that nobody put a word to.
    fn describe(interval: &Interval<Self::Point>) -> Said<Self>;

    /// Whether the first figure of a range may lack its thousands, as in `10 to 15,000`. It is asked about, where
    /// somebody writes it, and printed as `at least 10 and at most 15000`.
    fn may_be_elided(_low: Self, _high: Self) -> bool {
        false
    }

    /// Writes it as it is displayed.
    fn write(self, f: &mut dyn fmt::Write) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl<S> Said<S> {
    /// Whether it is a figure or a range, and no hedge is put to it.
    pub(crate) fn is_unhedged(&self) -> bool {
        matches!(self, Self::Hedged(Hedge::Exactly, _) | Self::Between(..))
    }

    /// Whether a hedge is put to it.
    pub(crate) fn is_hedged(&self) -> bool {
        let has_hedge =
            matches!(self, Self::Hedged(..) | Self::AboutBetween(..) | Self::Both(..) | Self::Part(..));
        has_hedge && !self.is_unhedged()
    }
}

impl<S: Hedgeable> Said<S> {
    /// The points that it leaves possible.
    pub(crate) fn answers(&self, approximation: Approximation) -> Ranges<S::Point> {
        match self {
            Self::Hedged(hedge, figure) => {
                let (first, last) = (figure.first(), figure.last());
                match hedge {
                    Hedge::Exactly => (first..=last).into(),
                    Hedge::AtLeast => (first..).into(),
                    Hedge::MoreThan => (Bound::Excluded(last), Bound::Unbounded).into(),
                    Hedge::AtMost => (..=last).into(),
                    Hedge::FewerThan => (..first).into(),
                    Hedge::About => figure.about(approximation),
                    Hedge::Nearly => figure.nearly(approximation),
                    Hedge::JustOver => figure.just_over(approximation),
                }
            }
            Self::Between(low, high) => (low.first()..=high.last()).into(),
            Self::AboutBetween(low, high) => low.about(approximation).hull(&high.about(approximation)),
            Self::Both(low_hedge, low, high_hedge, high) => {
                let from = Self::Hedged(*low_hedge, *low).answers(approximation);
                let to = Self::Hedged(*high_hedge, *high).answers(approximation);
                let from = if *low_hedge == Hedge::About { widened(&from, true) } else { from };
                from.meet(&if *high_hedge == Hedge::About { widened(&to, false) } else { to })
            }
            Self::Part(part, low, high) => S::part(*part, *low, *high),
            Self::Vague(low, high) => S::vague(*low, *high),
            Self::AnyOf(said) => {
                said.iter().flat_map(|s| s.answers(approximation).intervals().to_vec()).collect()
            }
            Self::AnythingBut(said) => said.answers(approximation).complement(),
            Self::Anything => Ranges::everything(),
        }
    }

    /// Words for a set that nobody put words to.
    pub(crate) fn describing(set: &Ranges<S::Point>) -> Self {
        let everything = Interval::<S::Point>::everything();
        match set.intervals() {
            [one] if *one == everything => Self::Anything,
            [one] => S::describe(one),
            [first, .., last] if first.low() == everything.low() && last.high() == everything.high() => {
                Self::AnythingBut(Box::new(Self::describing(&set.complement())))
            }
            several => Self::AnyOf(several.iter().map(S::describe).collect()),
        }
    }

    /// The figure, where it was said without a hedge.
    pub(crate) fn figure(&self) -> Option<S> {
        match self {
            Self::Hedged(Hedge::Exactly, figure) => Some(*figure),
            _ => None,
        }
    }
}

/// Words for an interval over figures.
fn describe_figures<S: Hedgeable<Point = S> + Point>(interval: &Interval<S>) -> Said<S> {
    if let Some(figure) = interval.exact_point() {
        return Said::Hedged(Hedge::Exactly, figure);
    }
    let low =
        if Some(interval.low()) == S::LEAST.map(Bound::Included) { Bound::Unbounded } else { interval.low() };
    let from = match low {
        Bound::Included(low) => Some((Hedge::AtLeast, low)),
        Bound::Excluded(low) => Some((Hedge::MoreThan, low)),
        Bound::Unbounded => None,
    };
    let to = match interval.high() {
        Bound::Included(high) => Some((Hedge::AtMost, high)),
        Bound::Excluded(high) => Some((Hedge::FewerThan, high)),
        Bound::Unbounded => None,
    };
    match (from, to) {
        (Some((Hedge::AtLeast, low)), Some((Hedge::AtMost, high))) if !S::may_be_elided(low, high) => {
            Said::Between(low, high)
        }
        (Some((hedge, low)), Some((high_hedge, high))) => Said::Both(hedge, low, high_hedge, high),
        (Some((hedge, figure)), None) | (None, Some((hedge, figure))) => Said::Hedged(hedge, figure),
        (None, None) => Said::Anything,
    }
}

impl Hedgeable for u64 {
    type Point = Self;

    fn first(self) -> Self {
        self
    }

    fn last(self) -> Self {
        self
    }

    fn about(self, approximation: Approximation) -> Ranges<Self> {
        Ranges::exactly(self).hull(&self.nearly(approximation)).hull(&self.just_over(approximation))
    }

    /// Below the figure, within the approximation, and at least one off.
    fn nearly(self, approximation: Approximation) -> Ranges<Self> {
        let Some(below) = self.checked_sub(1) else { return Ranges::empty() };
        let reach = Decimal::from(self).saturating_sub(approximation.reach(self.into())).ceil();
        (below.min(u64::try_from(reach).unwrap_or(0))..=below).into()
    }

    /// Above the figure, within the approximation, and at least one off.
    fn just_over(self, approximation: Approximation) -> Ranges<Self> {
        let Some(above) = self.checked_add(1) else { return Ranges::empty() };
        let reach = Decimal::from(self).saturating_add(approximation.reach(self.into())).floor();
        (above..=above.max(u64::try_from(reach).unwrap_or(u64::MAX))).into()
    }

    fn vague(low: u64, high: u64) -> Ranges<Self> {
        (low..=high).into()
    }

    fn describe(interval: &Interval<Self>) -> Said<Self> {
        describe_figures(interval)
    }

    fn may_be_elided(low: Self, high: Self) -> bool {
        low > 1 && high.is_multiple_of(1_000) && high / 1_000 >= low
    }

    fn write(self, f: &mut dyn fmt::Write) -> fmt::Result {
        f.write_str(Digits::of(self).as_str())
    }
}

impl Hedgeable for Decimal {
    type Point = Self;

    fn first(self) -> Self {
        self
    }

    fn last(self) -> Self {
        self
    }

    fn about(self, approximation: Approximation) -> Ranges<Self> {
        let reach = approximation.reach(self);
        (self.saturating_sub(reach).normalize()..=self.saturating_add(reach).normalize()).into()
    }

    /// Below the figure, within the approximation; down to zero where that is too small to be told from
    /// nothing.
    fn nearly(self, approximation: Approximation) -> Ranges<Self> {
        let low = self.saturating_sub(approximation.reach(self)).normalize();
        (if low < self { low } else { Self::ZERO }..self).into()
    }

    /// Above the figure, within the approximation; without end where that is too small to be told from
    /// nothing.
    fn just_over(self, approximation: Approximation) -> Ranges<Self> {
        let high = self.saturating_add(approximation.reach(self)).normalize();
        match (self.is_zero(), high > self) {
            (true, _) => Ranges::empty(),
            (false, true) => (Bound::Excluded(self), Bound::Included(high)).into(),
            (false, false) => (Bound::Excluded(self), Bound::Unbounded).into(),
        }
    }

    fn vague(low: u64, high: u64) -> Ranges<Self> {
        (Self::from(low)..=Self::from(high)).into()
    }

    fn describe(interval: &Interval<Self>) -> Said<Self> {
        // What was worked out may have picked up zeros: 0.25 and 0.75 make 1.00.
        let plain = |end: Bound<Self>| end.map(|figure| figure.normalize());
        Interval::new((plain(interval.low()), plain(interval.high())))
            .as_ref()
            .map_or(Said::Anything, describe_figures)
    }

    fn may_be_elided(low: Self, high: Self) -> bool {
        let thousands = high / Self::ONE_THOUSAND;
        low > Self::ZERO && low != Self::ONE && thousands.is_integer() && thousands >= low
    }
}

impl Hedgeable for Date {
    type Point = Moment;

    fn first(self) -> Moment {
        Self::first(self)
    }

    fn last(self) -> Moment {
        Self::last(self)
    }

    /// One unit of the date's own precision to either side.
    fn about(self, _: Approximation) -> Ranges<Moment> {
        let before = self.shift(-1).unwrap_or(self);
        let after = self.shift(1).unwrap_or(self);
        (before.first()..=after.last()).into()
    }

    fn nearly(self, _: Approximation) -> Ranges<Moment> {
        Ranges::empty()
    }

    fn just_over(self, _: Approximation) -> Ranges<Moment> {
        Ranges::empty()
    }

    fn vague(_: u64, _: u64) -> Ranges<Moment> {
        Ranges::empty()
    }

    fn part(part: DatePart, low: Self, high: Self) -> Ranges<Moment> {
        part.of(low, high)
    }

    fn describe(interval: &Interval<Moment>) -> Said<Self> {
        match (interval.low(), interval.high()) {
            (Bound::Included(first), Bound::Included(last)) => match Self::spanning(first, last) {
                (from, to) if from == to => Said::Hedged(Hedge::Exactly, from),
                (from, to) => Said::Between(from, to),
            },
            (Bound::Included(first), _) => Said::Hedged(Hedge::AtLeast, Self::beginning(first)),
            (_, Bound::Included(last)) => Said::Hedged(Hedge::AtMost, Self::ending(last)),
            _ => Said::Anything,
        }
    }
}

/// A value as it was read, its terms and texts named by `T`: by id outside a dossier, by number inside.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Content<T> {
    Count(Said<u64>),
    Quantity(Said<Decimal>),
    Date(Said<Date>),
    YesNo(bool),
    Terms(Terms<T>),
    Text(T),
}

impl<T> Content<T> {
    pub(crate) fn map<U>(&self, name: impl FnMut(&T) -> U) -> Content<U> {
        let mut name = name;
        match self {
            Self::Count(said) => Content::Count(said.clone()),
            Self::Quantity(said) => Content::Quantity(said.clone()),
            Self::Date(said) => Content::Date(said.clone()),
            Self::YesNo(yes) => Content::YesNo(*yes),
            Self::Terms(terms) => Content::Terms(terms.map(name)),
            Self::Text(text) => Content::Text(name(text)),
        }
    }

    /// Whether it is a figure without a hedge.
    pub(crate) fn is_one_figure(&self) -> bool {
        match self {
            Self::Count(said) => said.figure().is_some(),
            Self::Quantity(said) => said.figure().is_some(),
            _ => false,
        }
    }

    /// The answers of a value that stands on its own: terms and texts need their dossier.
    pub(crate) fn answers(&self, approximation: Approximation) -> Option<AnswerSet> {
        match self {
            Self::Count(said) => Some(AnswerSet::Counts(said.answers(approximation))),
            Self::Quantity(said) => Some(AnswerSet::Quantities(said.answers(approximation))),
            Self::Date(said) => Some(AnswerSet::Dates(said.answers(approximation))),
            Self::YesNo(yes) => Some(AnswerSet::YesNo(Ranges::exactly(*yes))),
            Self::Terms(_) | Self::Text(_) => None,
        }
    }
}

/// What was said in answer to a claim, with its hedge: `14`, `at least 14`, `2024-08`, `Anbar`.
///
/// A value denotes the set of answers that it leaves possible, and prints to one canonical text that reads
/// back to the same value and keeps the hedge.
///
/// ```
/// use corroborate::{Kind, Value};
///
/// let newspaper = Value::read(Kind::Count, "More than two dozen")?;
/// assert_eq!(newspaper.to_string(), "more than 24");
/// assert_eq!(Value::read(Kind::Count, "more than 24")?, newspaper);
///
/// // What isn't understood is refused, never read as zero.
/// assert!(Value::read(Kind::Count, "fourteen-ish").is_err());
/// # Ok::<(), corroborate::WordingError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Value(pub(crate) Content<Box<str>>);

impl Value {
    /// The answers that the value leaves possible when it is affirmed.
    ///
    /// Nothing for terms and texts: what a place leaves possible depends on the places that its dossier
    /// knows.
    pub fn answers(&self, approximation: Approximation) -> Option<AnswerSet> {
        self.0.answers(approximation)
    }
}
