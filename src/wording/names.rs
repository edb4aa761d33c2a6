//! Who is who, as far as names alone tell: which spellings are one name, which names name nobody, and which hold
//! or resemble another. Pure functions over text; the dossier decides what follows.
//!
//! Every answer here depends on the folded name alone, so that respelling a name can't change who it is.

mod alike;
#[cfg(any(feature = "json", feature = "csv"))]
mod attribution;
mod folding;
#[cfg(any(feature = "json", feature = "csv"))]
mod joined;
mod unnamed;

#[cfg(any(feature = "json", feature = "csv"))]
pub(crate) use alike::{acronym_keys, letters_of};
pub(crate) use alike::{is_acronym_of, is_near, near_keys};
#[cfg(any(feature = "json", feature = "csv"))]
pub(crate) use attribution::{Attribution, attribution};
pub(crate) use folding::{fold_name, fold_term, fold_unit};
#[cfg(any(feature = "json", feature = "csv"))]
pub(crate) use joined::{JoinedName, joined_name};
pub(crate) use unnamed::is_unnamed;

#[cfg(test)]
mod pairs;
