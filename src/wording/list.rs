//! A few names in a row, and how many more there are.
//!
//! Whatever a sentence lists is cut here, and nowhere else: names, ids, answers, parts. What can't do without
//! any of its names is no sentence of this kind: the credit that is printed, and what programs read.

use std::fmt::Display;

use super::grouped;

/// At most so many names stand in a sentence. A list of thousands is told by its beginning.
const NAMED: usize = 8;

/// How many entries of a list are named, before only the number of the others is.
pub(crate) fn named(count: usize) -> usize {
    // One more takes no more room than saying that there is one more.
    if count > NAMED + 1 { NAMED } else { count }
}

/// How many more entries there are than are named: `1,492 more`.
pub(crate) fn more(count: usize) -> Option<String> {
    let more = count - named(count);
    (more > 0).then(|| format!("{} more", grouped(&more.to_string())))
}

/// The first few entries of a list, and as its last one how many more there are.
///
/// It takes as long as the entries that it shows.
pub(crate) fn few<T: Display>(entries: impl ExactSizeIterator<Item = T>) -> Vec<String> {
    let count = entries.len();
    entries.take(named(count)).map(|entry| entry.to_string()).chain(more(count)).collect()
}

/// The first few entries of a list with something between them, and how many more there are: `a, b, c and
/// 1,492 more`.
pub(crate) fn few_in_a_row<T: Display>(entries: impl ExactSizeIterator<Item = T>, between: &str) -> String {
    let count = entries.len();
    let row = entries.take(named(count)).map(|entry| entry.to_string()).collect::<Vec<_>>().join(between);
    match more(count) {
        Some(more) => format!("{row} and {more}"),
        None => row,
    }
}

/// How much is written of what lists many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Length {
    /// All of it, for programs.
    Whole,
    /// A few of many, for people.
    Few,
}

impl Length {
    /// How many of so many parts are written, and what stands for the others.
    pub(super) fn of(self, count: usize) -> (usize, Option<String>) {
        match self {
            Self::Whole => (count, None),
            Self::Few => (named(count), more(count)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_told_by_its_beginning() {
        let list = |names: usize| {
            let row = few_in_a_row(0..names, " and ");
            assert_eq!(few(0..names).join(" and "), row);
            row
        };
        assert_eq!((list(0), list(1), list(2)), (String::new(), "0".to_owned(), "0 and 1".to_owned()));
        assert_eq!(list(8), "0 and 1 and 2 and 3 and 4 and 5 and 6 and 7");
        assert_eq!(list(9), "0 and 1 and 2 and 3 and 4 and 5 and 6 and 7 and 8");
        assert_eq!(list(10), "0 and 1 and 2 and 3 and 4 and 5 and 6 and 7 and 2 more");
        assert_eq!(list(1500), "0 and 1 and 2 and 3 and 4 and 5 and 6 and 7 and 1,492 more");
    }
}
