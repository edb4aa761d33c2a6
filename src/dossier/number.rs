//! Numbers of rows, which stand for what the rows hold.

/// Stands in a column for "none".
pub(crate) const NONE: u32 = u32::MAX;

/// Reserves room for this many more things, and uses it once: a page of memory takes microseconds when it is used
/// first.
pub(crate) fn make_room<T: Clone>(list: &mut Vec<T>, more: usize, any: T) {
    let len = list.len();
    list.resize(len + more, any);
    list.truncate(len);
}

/// A row's number. Four billion rows are more than memory holds, so that the last number is never reached.
pub(crate) fn index(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(NONE)
}
