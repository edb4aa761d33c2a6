//! What ties the answers to several claims together.

use crate::error::words;

words! {
    /// Which of the three kinds a [`Constraint`] is of.
    ///
    /// ```
    /// use corroborate::{Constraint, ConstraintKind};
    ///
    /// let injured = Constraint::sum("injured", ["returned-to-duty", "flown-out"]);
    /// assert_eq!(injured.kind(), ConstraintKind::Sum);
    /// assert_eq!("at-most".parse(), Ok(ConstraintKind::AtMost));
    /// ```
    #[non_exhaustive]
    pub enum ConstraintKind ("constraint") {
        /// The parts add up to the whole.
        Sum = "sum",
        /// One answer is no greater than another.
        AtMost = "at-most",
        /// All answers are the same.
        Equal = "equal",
    }
}

/// What must hold between the answers to several claims: a sum, an order, an equality.
///
/// Constraints tie facts only: assessments and projections are kept out of the arithmetic.
///
/// ```
/// use corroborate::{Claim, Constraint, Dossier};
///
/// let mut raid = Dossier::new("Raid");
/// for id in ["injured", "returned-to-duty", "flown-out"] {
///     raid.add_claim(Claim::count(id, format!("How many soldiers: {id}?")))?;
/// }
/// raid.add_constraint(Constraint::sum("injured", ["returned-to-duty", "flown-out"]))?;
/// # Ok::<(), corroborate::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Constraint {
    /// The parts add up to the whole.
    Sum {
        /// The claim about all of them.
        whole: String,
        /// The claims about the parts.
        parts: Vec<String>,
    },
    /// One answer is no greater than another; of dates, no later.
    AtMost {
        /// The claim with the lesser answer.
        lesser: String,
        /// The claim with the greater answer.
        greater: String,
    },
    /// All have the same answer.
    Equal {
        /// The claims.
        claims: Vec<String>,
    },
}

impl Constraint {
    /// The parts add up to the whole: 5 who returned to duty and 2 flown out are the 7 injured.
    ///
    /// Nobody is corroborated by arithmetic. And floors don't add up to a total: of "at least 5" the sum
    /// stays open.
    pub fn sum<S: Into<String>>(whole: impl Into<String>, parts: impl IntoIterator<Item = S>) -> Self {
        Self::Sum { whole: whole.into(), parts: parts.into_iter().map(Into::into).collect() }
    }

    /// The answer to the first claim is at most that to the second: fewer soldiers of one army than of both.
    /// Of two dates, the first is no later.
    ///
    /// ```
    /// use corroborate::Constraint;
    ///
    /// let order = Constraint::at_most("iraqis-injured", "injured");
    /// assert!(matches!(order, Constraint::AtMost { lesser, .. } if lesser == "iraqis-injured"));
    /// ```
    pub fn at_most(lesser: impl Into<String>, greater: impl Into<String>) -> Self {
        Self::AtMost { lesser: lesser.into(), greater: greater.into() }
    }

    /// All the claims have one answer, of one kind: two questions that are the same question.
    ///
    /// ```
    /// use corroborate::Constraint;
    ///
    /// let same = Constraint::equal(["killed-in-raid", "fighters-killed"]);
    /// assert!(matches!(same, Constraint::Equal { claims } if claims.len() == 2));
    /// ```
    pub fn equal<S: Into<String>>(claims: impl IntoIterator<Item = S>) -> Self {
        Self::Equal { claims: claims.into_iter().map(Into::into).collect() }
    }

    /// The claims that it ties, with the name of the field that each stands in.
    pub(crate) fn claims(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::Sum { whole, parts } => std::iter::once(("whole", whole.as_str()))
                .chain(parts.iter().map(|p| ("parts", p.as_str())))
                .collect(),
            Self::AtMost { lesser, greater } => vec![("lesser", lesser), ("greater", greater)],
            Self::Equal { claims } => claims.iter().map(|c| ("claims", c.as_str())).collect(),
        }
    }

    /// Which kind it is of.
    pub fn kind(&self) -> ConstraintKind {
        match self {
            Self::Sum { .. } => ConstraintKind::Sum,
            Self::AtMost { .. } => ConstraintKind::AtMost,
            Self::Equal { .. } => ConstraintKind::Equal,
        }
    }
}

/// That an assertion was withdrawn. It stays in the dossier, and is shown as set aside.
///
/// With the feature `json` it implements serde's traits, in the shape of an entry of a dossier's file.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Retraction, Source};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "30").by("mayor"))?;
/// flood.retract(Retraction::new("missing#1").on("2031-04-02").reason("a slip of the tongue"))?;
/// # Ok::<(), corroborate::Error>(())
/// ```
///
/// ```
/// use corroborate::Retraction;
///
/// let slip = Retraction::new("missing#1").reason("a slip of the tongue");
/// assert_eq!((slip.get_assertion(), slip.get_on()), ("missing#1", None));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Retraction {
    pub(crate) assertion: String,
    pub(crate) on: Option<String>,
    pub(crate) reason: Option<String>,
}

impl Retraction {
    /// The retraction of the assertion of that id.
    pub fn new(assertion: impl Into<String>) -> Self {
        Self { assertion: assertion.into(), on: None, reason: None }
    }

    /// Says when it was withdrawn, as a [`Date`](crate::Date) is written.
    #[must_use]
    pub fn on(mut self, date: impl Into<String>) -> Self {
        self.on = Some(date.into());
        self
    }

    /// Says why, in words that are shown.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// The id of the assertion that was withdrawn.
    pub fn get_assertion(&self) -> &str {
        &self.assertion
    }

    /// When it was withdrawn, as it was written.
    pub fn get_on(&self) -> Option<&str> {
        self.on.as_deref()
    }

    /// Why, where that was said.
    pub fn get_reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}
