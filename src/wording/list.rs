//! A few names in a row, and how many more there are.

use std::fmt::{Display, Write as _};

/// At most so many names stand in a sentence. A list of thousands is told by its beginning.
const NAMED: usize = 8;

/// The first names with `and` between them, and the number of the others: `a and b`, `a and b and … and 1492 more`.
///
/// It takes as long as the names that it shows.
pub(crate) fn few<T: Display>(mut names: impl ExactSizeIterator<Item = T>) -> String {
    let mut list = String::new();
    for name in names.by_ref().take(NAMED) {
        let and = if list.is_empty() { "" } else { " and " };
        let _ = write!(list, "{and}{name}"); // a string takes whatever is written
    }
    if names.len() > 0 {
        let _ = write!(list, " and {} more", names.len());
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_told_by_its_beginning() {
        let list = |names: usize| few((1..=names).collect::<Vec<_>>().iter());
        assert_eq!((list(0), list(1), list(2)), (String::new(), "1".to_owned(), "1 and 2".to_owned()));
        assert_eq!(list(8), "1 and 2 and 3 and 4 and 5 and 6 and 7 and 8");
        assert_eq!(list(1500), "1 and 2 and 3 and 4 and 5 and 6 and 7 and 8 and 1492 more");
    }
}
