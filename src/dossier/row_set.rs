//! Sets of a claim's rows.

/// How many rows fit into one word. Claims with no more, as nearly all are, are judged on a single `u64`.
pub(crate) const BITS: usize = 64;

/// Some of a claim's rows: a bit for each. There is always at least one word once it was set or cleared,
/// so the first can be read without asking.
#[derive(Debug, Default)]
pub(crate) struct RowSet(Vec<u64>);

impl RowSet {
    /// Holds those of up to 64 rows whose bits are set, and no others.
    pub(crate) fn set_first_word(&mut self, few: u64) {
        self.0.clear();
        self.0.push(few);
    }

    /// Empties the set and makes room for that many rows.
    pub(crate) fn clear_for(&mut self, rows: usize) {
        self.0.clear();
        self.0.resize(rows.div_ceil(BITS).max(1), 0);
    }

    pub(crate) fn add(&mut self, row: usize) {
        self.0[row / BITS] |= 1 << (row % BITS);
    }

    pub(crate) fn remove(&mut self, row: usize) {
        self.0[row / BITS] &= !(1 << (row % BITS));
    }

    pub(crate) fn has(&self, row: usize) -> bool {
        self.0[row / BITS] >> (row % BITS) & 1 == 1
    }

    /// Of up to 64 rows, the bits.
    pub(crate) fn first_word(&self) -> u64 {
        self.0[0]
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|some| *some == 0)
    }

    pub(crate) fn len(&self) -> u32 {
        self.0.iter().map(|some| some.count_ones()).sum()
    }

    pub(crate) fn iter(&self) -> Ones<'_> {
        let (first, rest) = self.0.split_first().map_or((0, &[][..]), |(first, rest)| (*first, rest));
        Ones { left: first, from: 0, rest }
    }
}

/// The numbers of the bits that are set.
pub(crate) fn bits(of: u64) -> Ones<'static> {
    Ones { left: of, from: 0, rest: &[] }
}

/// The numbers of the bits that are set, in order.
#[derive(Clone, Debug)]
pub(crate) struct Ones<'r> {
    /// Of the bits from this one on, those that are left.
    left: u64,
    from: usize,
    rest: &'r [u64],
}

impl Iterator for Ones<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            let (next, rest) = self.rest.split_first()?;
            (self.left, self.rest) = (*next, rest);
            self.from += BITS;
        }
        let at = self.from + self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        Some(at)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let rest: u32 = self.rest.iter().map(|some| some.count_ones()).sum();
        let left = (self.left.count_ones() + rest) as usize;
        (left, Some(left))
    }
}
