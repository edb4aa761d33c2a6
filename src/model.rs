//! The nouns: what is said (values), of what (claims), by whom (sources), and where it stands (assertions).

pub(crate) mod assertion;
pub(crate) mod claim;
pub(crate) mod constraint;
pub(crate) mod date;
pub(crate) mod digits;
pub(crate) mod hashing;
pub(crate) mod id;
pub(crate) mod interval;
pub(crate) mod lint;
pub(crate) mod source;
pub(crate) mod term;
pub(crate) mod value;
