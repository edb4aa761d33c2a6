//! Who speaks, as a report holds it: of most claims, which rows answer.

use std::slice;

use crate::dossier::grouped::GroupedRow;
use crate::dossier::row_set::{Ones, bits};

/// Some sides or sources, in the order in which they first speak.
///
/// Where each answer is one source's, whose side gives no other, it is a bit for each of its claim's rows; the rows tell
/// whose they are. Else it is a stretch of a list. Its finding knows which of the two it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SpeakerSet(u64);

impl SpeakerSet {
    pub(crate) const NOBODY: Self = Self(0);

    /// Those who gave the answers whose bits are set.
    pub(crate) fn of_rows(rows: u64) -> Self {
        Self(rows)
    }

    pub(crate) fn listed(from: u32, len: u32) -> Self {
        Self(u64::from(from) << 32 | u64::from(len))
    }

    fn stretch(self) -> (u32, u32) {
        ((self.0 >> 32) as u32, self.0 as u32)
    }

    /// How many of a list.
    pub(crate) fn len(self) -> usize {
        self.stretch().1 as usize
    }

    /// So many that are listed behind these.
    pub(crate) fn behind(self, len: u32) -> Self {
        let (from, before) = self.stretch();
        Self::listed(from + before, len)
    }

    pub(crate) fn on(self, list: &[u32]) -> Speakers<'_> {
        let (from, len) = self.stretch();
        Speakers::Listed(list.get(from as usize..(from + len) as usize).unwrap_or_default().iter())
    }

    /// Whether each who gave these answers is a side of their own.
    #[cfg(feature = "json")]
    pub(crate) fn are_their_own_sides(self, rows: &[GroupedRow], sides: &[u32]) -> bool {
        bits(self.0).all(|row| sides[rows[row].by as usize] == rows[row].by)
    }

    pub(crate) fn answering(self, rows: &[GroupedRow]) -> Speakers<'_> {
        Speakers::Answering { which: bits(self.0), rows, sides: None }
    }
}

/// Sides or sources, by number.
#[derive(Clone, Debug)]
pub(crate) enum Speakers<'r> {
    Listed(slice::Iter<'r, u32>),
    /// The sources behind some rows, or their sides.
    Answering {
        which: Ones<'r>,
        rows: &'r [GroupedRow],
        sides: Option<&'r [u32]>,
    },
}

impl<'r> Speakers<'r> {
    /// Of the sources behind rows, their sides; what is listed is listed as it is.
    pub(crate) fn sides(mut self, of: &'r [u32]) -> Self {
        if let Self::Answering { sides, .. } = &mut self {
            *sides = Some(of);
        }
        self
    }
}

impl Iterator for Speakers<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        match self {
            Self::Listed(list) => list.next().copied(),
            Self::Answering { which, rows, sides } => {
                let source = rows[which.next()?].by;
                Some(sides.map_or(source, |sides| sides[source as usize]))
            }
        }
    }

    #[inline]
    fn fold<B, F: FnMut(B, u32) -> B>(self, all: B, mut with: F) -> B {
        match self {
            Self::Listed(list) => list.copied().fold(all, with),
            Self::Answering { which, rows, sides: None } => {
                which.fold(all, |all, row| with(all, rows[row].by))
            }
            Self::Answering { which, rows, sides: Some(sides) } => {
                which.fold(all, |all, row| with(all, sides[rows[row].by as usize]))
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::Listed(list) => list.size_hint(),
            Self::Answering { which, .. } => which.size_hint(),
        }
    }
}

impl ExactSizeIterator for Speakers<'_> {}
