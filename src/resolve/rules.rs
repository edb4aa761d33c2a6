//! The built-in rules: their list, and how one is named in text.

mod exclude_source;
mod first_hand_only;
mod latest_word;
mod misquoted;
mod named_only;
mod retracted;
mod rising_tally;
mod rounding;
mod stale_after;
mod superseded;
mod tolerance;
mod unit_differs;

use std::any::TypeId;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

pub use exclude_source::ExcludeSource;
pub use first_hand_only::FirstHandOnly;
pub use latest_word::LatestWord;
pub use misquoted::Misquoted;
pub use named_only::NamedOnly;
pub use retracted::Retracted;
pub use rising_tally::RisingTally;
pub use rounding::Rounding;
pub use stale_after::StaleAfter;
pub use superseded::Superseded;
pub use tolerance::Tolerance;
pub use unit_differs::UnitDiffers;

use super::rule::{Reading, Rule, Testimony, UnitFit};
use crate::error::{DidYouMean, Shown, nearest};

/// How many built-in rules there are.
const COUNT: usize = 12;

/// All built-in rules; those of the standard resolver come first.
static ALL: [Listed; COUNT] = [
    Listed::plain(&Superseded, "superseded", "sets aside what a later assertion says it replaces").standard(),
    Listed::plain(&LatestWord, "latest-word", "sets aside a named source's earlier answer").standard(),
    Listed::plain(&Retracted, "retracted", "sets aside what was withdrawn").standard(),
    Listed::plain(&UnitDiffers, "unit-differs", "sets aside figures in a unit unrelated to the claim's")
        .standard(),
    Listed::plain(&Misquoted, "misquoted", "sets aside copies that say what none of their origins does")
        .standard(),
    Listed::plain(&RisingTally, "rising-tally", "reads an older figure of a growing toll as \"at least\"")
        .standard(),
    Listed::plain(&Rounding, "rounding", "reads a round figure as anything that rounds to it"),
    Listed {
        spelling: "tolerance=5%",
        does: "reads figures, or dates, as so much more or less",
        made: Made::Of {
            name: Tolerance::NAME,
            takes: Tolerance::TAKES,
            read: |argument| Tolerance::from_argument(argument).map(BuiltIn::of),
        },
        standard: false,
    },
    Listed {
        spelling: "stale-after=30d",
        does: "sets aside what was said so long before the newest answer",
        made: Made::Of {
            name: StaleAfter::NAME,
            takes: "a number of days: `30d`",
            read: |argument| days(argument).map(StaleAfter::days).map(BuiltIn::of),
        },
        standard: false,
    },
    Listed::plain(&NamedOnly, "named-only", "takes the word of anonymous sources off"),
    Listed::plain(&FirstHandOnly, "first-hand-only", "sets aside what came through a relay or a copy"),
    Listed {
        spelling: "exclude=SOURCE",
        does: "takes the word of a source, and of its parts, off",
        made: Made::Of {
            name: ExcludeSource::NAME,
            takes: "the id of a source",
            read: |argument| (!argument.is_empty()).then(|| BuiltIn::excluding(argument)),
        },
        standard: false,
    },
];

/// The rules of the standard resolver.
pub(super) fn standard() -> Vec<Arc<dyn Rule>> {
    ALL.iter().filter(|rule| rule.standard).filter_map(|rule| Some(rule.make(None).ok()?.rule)).collect()
}

/// Whether a type is that of a built-in rule, which gives the same answer whenever it is asked.
pub(super) fn is_built_in<R: 'static>() -> bool {
    let types: [TypeId; COUNT + 1] = [
        TypeId::of::<BuiltIn>(),
        TypeId::of::<ExcludeSource>(),
        TypeId::of::<FirstHandOnly>(),
        TypeId::of::<LatestWord>(),
        TypeId::of::<Misquoted>(),
        TypeId::of::<NamedOnly>(),
        TypeId::of::<Retracted>(),
        TypeId::of::<RisingTally>(),
        TypeId::of::<Rounding>(),
        TypeId::of::<StaleAfter>(),
        TypeId::of::<Superseded>(),
        TypeId::of::<Tolerance>(),
        TypeId::of::<UnitDiffers>(),
    ];
    types.contains(&TypeId::of::<R>())
}

/// A built-in rule as a list of them has it: what it is called, what it does and what it takes.
///
/// `corroborate rules` prints these, each in lines that fit 80 columns: the text of [`to_string`](ToString).
///
/// ```
/// use corroborate::BuiltIn;
///
/// let standard = BuiltIn::all().filter(|rule| rule.is_standard());
/// let names: Vec<&str> = standard.map(|rule| rule.name()).collect();
/// assert_eq!(names, ["superseded", "latest word", "retracted", "unit differs", "misquoted", "rising tally"]);
///
/// let named = BuiltIn::all().find(|rule| rule.name() == "named sources only").ok_or("no such rule")?;
/// assert_eq!((named.spelling(), named.takes()), ("named-only", None));
/// assert_eq!(named.does(), "takes the word of anonymous sources off");
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug)]
pub struct Listed {
    spelling: &'static str,
    does: &'static str,
    made: Made,
    standard: bool,
}

/// Where a rule comes from when somebody names it.
#[derive(Debug)]
enum Made {
    /// It takes no argument.
    Plain(&'static dyn Rule),
    /// What it takes, in words, and the rule of an argument that is one.
    Of { name: &'static str, takes: &'static str, read: fn(&str) -> Option<BuiltIn> },
}

impl Listed {
    const fn plain(rule: &'static dyn Rule, spelling: &'static str, does: &'static str) -> Self {
        Self { spelling, does, made: Made::Plain(rule), standard: false }
    }

    const fn standard(self) -> Self {
        Self { standard: true, ..self }
    }

    /// The rule's name, as reports give it: `named sources only`.
    pub fn name(&self) -> &'static str {
        match self.made {
            Made::Plain(rule) => rule.name(),
            Made::Of { name, .. } => name,
        }
    }

    /// How it is written in text, with an argument where it takes one: `named-only`, `tolerance=5%`.
    pub fn spelling(&self) -> &'static str {
        self.spelling
    }

    /// What it does, in a few words: `sets aside what was withdrawn`.
    pub fn does(&self) -> &'static str {
        self.does
    }

    /// What it takes, in words, where it takes an argument.
    pub fn takes(&self) -> Option<&'static str> {
        match self.made {
            Made::Plain(_) => None,
            Made::Of { takes, .. } => Some(takes),
        }
    }

    /// Whether the standard resolver applies it.
    pub fn is_standard(&self) -> bool {
        self.standard
    }

    /// The spelling without its argument.
    fn short(&self) -> &'static str {
        self.spelling.split('=').next().unwrap_or(self.spelling)
    }

    fn make(&self, argument: Option<&str>) -> Result<BuiltIn, UnknownRule> {
        match (&self.made, argument) {
            (Made::Plain(rule), None) => Ok(BuiltIn::of(*rule)),
            (Made::Plain(_), Some(_)) => Err(UnknownRule(
                format!("the rule `{}` takes no argument; write `{}`", self.name(), self.short()).into(),
            )),
            (Made::Of { name, takes, read }, Some(argument)) => {
                read(argument).ok_or_else(|| UnknownRule::argument(name, takes, argument))
            }
            (Made::Of { name, takes, .. }, None) => {
                let spelling = self.spelling;
                Err(UnknownRule(
                    format!("the rule `{name}` takes an argument, {takes}; write `{spelling}`").into(),
                ))
            }
        }
    }
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  {:<WIDTH$}{}", self.spelling, self.does)?;
        if let Some(takes) = self.takes() {
            write!(f, "\n  {:WIDTH$}takes {takes}", "")?;
        }
        if folded(self.name()) != folded(self.short()) {
            write!(f, "\n  {:WIDTH$}in reports: {}", "", self.name())?;
        }
        Ok(())
    }
}

/// The column that spellings stand in.
const WIDTH: usize = 17;

/// A name in which hyphens don't matter.
fn folded(name: &str) -> String {
    name.replace('-', " ")
}

/// A built-in rule, read from its name and argument: `rounding`, `tolerance=5%`, `stale-after=30d`.
///
/// A rule goes by the name that reports give it, and by a short one for typing. Hyphens may stand for spaces
/// in either. In Rust, each rule is also a type of its own, in [`rules`](crate::rules).
///
/// ```
/// use corroborate::{BuiltIn, Resolver, Rule};
///
/// let tolerance: BuiltIn = "tolerance=5%".parse()?;
/// let resolver = Resolver::standard().with_rule(tolerance);
///
/// let (short, long): (BuiltIn, BuiltIn) = ("named-only".parse()?, "named sources only".parse()?);
/// assert_eq!(short.name(), long.name());
///
/// let error = "tolerence=5%".parse::<BuiltIn>().unwrap_err();
/// assert!(error.to_string().contains("did you mean `tolerance`?"));
/// # Ok::<(), corroborate::UnknownRule>(())
/// ```
///
/// | in text | in Rust | in reports |
/// |---|---|---|
/// | `superseded` | [`Superseded`] | superseded |
/// | `latest-word` | [`LatestWord`] | latest word |
/// | `retracted` | [`Retracted`] | retracted |
/// | `unit-differs` | [`UnitDiffers`] | unit differs |
/// | `misquoted` | [`Misquoted`] | misquoted |
/// | `rising-tally` | [`RisingTally`] | rising tally |
/// | `rounding` | [`Rounding`] | rounding |
/// | `tolerance=5%`, `tolerance=2`, `tolerance=1d` | [`Tolerance`] | tolerance |
/// | `stale-after=30d` | [`StaleAfter`] | stale after |
/// | `named-only` | [`NamedOnly`] | named sources only |
/// | `first-hand-only` | [`FirstHandOnly`] | first-hand only |
/// | `exclude=SOURCE` | [`ExcludeSource`] | exclude source |
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

/// A rule that isn't built in, an argument that it doesn't take, or a rule that a resolver hasn't got.
///
/// ```
/// use corroborate::BuiltIn;
///
/// let error = "tolerance=-5%".parse::<BuiltIn>().unwrap_err();
/// let expected = "the rule `tolerance` takes a share, a figure or days from zero up: `5%`, `2`, `1d`; found `-5%`";
/// assert_eq!(error.to_string(), expected);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct UnknownRule(Box<str>);

impl UnknownRule {
    fn argument(name: &str, takes: &str, found: &str) -> Self {
        let found = if found.is_empty() { "nothing".to_owned() } else { Shown(found).to_string() };
        Self(format!("the rule `{name}` takes {takes}; found {found}").into())
    }

    /// What to say of a rule that isn't among those of a resolver.
    pub(super) fn not_there<'r>(name: &str, among: impl Iterator<Item = &'r str>) -> Self {
        let among: Vec<&str> = among.collect();
        let near = DidYouMean(nearest(name, among.iter().copied()));
        let name = Shown(name);
        Self(
            match among.as_slice() {
                [] => format!("the resolver has no rule {name}, nor any other"),
                among => {
                    format!(
                        "the resolver has no rule {name}{} expected one of: {}",
                        near.and(),
                        among.join(", ")
                    )
                }
            }
            .into(),
        )
    }
}

impl BuiltIn {
    fn of(rule: impl Rule + 'static) -> Self {
        Self { rule: Arc::new(rule), excludes: None }
    }

    fn excluding(source: &str) -> Self {
        Self { excludes: Some(source.into()), ..Self::of(ExcludeSource::new(source)) }
    }

    /// All built-in rules, as a list has them; those of the standard resolver come first.
    pub fn all() -> impl ExactSizeIterator<Item = &'static Listed> + Clone {
        ALL.iter()
    }

    /// The names of all built-in rules, as reports give them; those of the standard resolver come first.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        Self::all().map(Listed::name)
    }

    /// The id of the source that the rule excludes, if it is that rule.
    ///
    /// A rule knows no dossier, so whoever has one may want to see whether there is such a source.
    ///
    /// ```
    /// use corroborate::BuiltIn;
    ///
    /// let rule: BuiltIn = "exclude=barber".parse()?;
    /// assert_eq!(rule.excluded_source(), Some("barber"));
    /// # Ok::<(), corroborate::UnknownRule>(())
    /// ```
    pub fn excluded_source(&self) -> Option<&str> {
        self.excludes.as_deref()
    }

    /// The name of a built-in rule as reports give it, from that or its short name; hyphens may stand for
    /// spaces.
    ///
    /// ```
    /// use corroborate::BuiltIn;
    ///
    /// assert_eq!(BuiltIn::find_name("latest-word")?, "latest word");
    /// assert_eq!(BuiltIn::find_name("named-only")?, "named sources only");
    /// # Ok::<(), corroborate::UnknownRule>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When there is no such rule; the error says which one may have been meant.
    pub fn find_name(text: &str) -> Result<&'static str, UnknownRule> {
        Self::find(text).map(Listed::name)
    }

    fn find(text: &str) -> Result<&'static Listed, UnknownRule> {
        let sought = folded(text);
        let found = Self::all()
            .find(|rule| [rule.name(), rule.short()].into_iter().any(|name| folded(name) == sought));
        found.ok_or_else(|| {
            // Reports name it where they name rules, so somebody will look for it here.
            if ["as of", "as of date"].contains(&sought.as_str()) {
                let message =
                    "the as-of date is a setting, and no rule: `Resolver::as_of`, or `--as-of DATE`";
                return UnknownRule(message.into());
            }
            let short = Self::all().map(Listed::short);
            let near =
                DidYouMean(nearest(text, short.clone()).or_else(|| nearest(text, Self::names()))).and();
            let known = short.collect::<Vec<_>>().join(", ");
            let text = Shown(text);
            UnknownRule(
                format!("there is no rule {text}{near} expected one of: {known} (see `corroborate rules`)")
                    .into(),
            )
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
        Self::find(name)?.make(argument)
    }
}

/// `30d`, `30 days`, `30`.
fn days(text: &str) -> Option<u32> {
    let figure = ["days", "day", "d"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text);
    figure.trim().parse().ok()
}
