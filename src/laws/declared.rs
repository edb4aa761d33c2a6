//! Which laws the built-in rules keep, and under which conditions.

use super::Law;
use crate::resolve::BuiltIn;

/// How far a rule keeps a law.
///
/// ```
/// use corroborate::laws::{Keeps, Law, declared};
///
/// // Why a rule isn't meant to keep a law.
/// let kept = declared("exclude source", Law::StableUnderRenaming);
/// assert_eq!(kept, Some(Keeps::No("it goes by the id")));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeps {
    /// On every dossier.
    Always,
    /// On dossiers of which this is true.
    When(&'static str),
    /// It doesn't, for this reason, and isn't meant to.
    No(&'static str),
}

/// What isn't kept always. Whatever isn't here is.
const EXCEPTIONS: [(&str, Law, Keeps); 5] = [
    ("rounding", Law::MonotoneInAgreement, Keeps::When(NO_RISING)),
    ("tolerance", Law::MonotoneInAgreement, Keeps::When(NO_RISING)),
    (
        "stale after",
        Law::MonotoneInAgreement,
        Keeps::When("nothing is dated: a newer answer makes the others old"),
    ),
    ("first-hand only", Law::RelayProof, Keeps::No("whether it was relayed is what the rule asks")),
    ("exclude source", Law::StableUnderRenaming, Keeps::No("it goes by the id")),
];

const NO_RISING: &str =
    "no toll is growing: a newer answer makes floors of the others, and what they say together another";

/// How far a built-in rule, beside those of the standard resolver, keeps a law. Nothing for other names.
///
/// The tests hold every one of these answers to be true: what is always kept is kept on hundreds of dossiers,
/// a condition is met by dossiers that keep the law and missed by some that don't, and what isn't kept is
/// broken.
///
/// ```
/// use corroborate::laws::{Keeps, Law, declared};
///
/// assert_eq!(declared("first-hand only", Law::EchoProof), Some(Keeps::Always));
/// assert!(matches!(declared("first-hand only", Law::RelayProof), Some(Keeps::No(_))));
/// ```
pub fn declared(rule: &str, law: Law) -> Option<Keeps> {
    let name = BuiltIn::find_name(rule).ok()?;
    let exception = EXCEPTIONS.iter().find(|(other, broken, _)| *other == name && *broken == law);
    Some(exception.map_or(Keeps::Always, |(_, _, keeps)| *keeps))
}
