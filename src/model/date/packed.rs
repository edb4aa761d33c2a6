//! Dates in eight bytes, as a dossier keeps them.

use super::{Date, Moment, Precision};

/// A date that is there or isn't, in eight bytes: its seconds, and how precise it is. One more precise is a
/// row elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PackedDate(i64);

impl PackedDate {
    /// All bits set: 7 in the three lowest, which is no precision and no row.
    pub(crate) const NONE: Self = Self(-1);
    /// In the three lowest bits: the rest is the number of a row elsewhere.
    const ROW: i64 = 5;

    pub(crate) fn of(date: Date) -> Option<Self> {
        let precision = match date.precision {
            Precision::Year => 0,
            Precision::Month => 1,
            Precision::Day => 2,
            Precision::Minute => 3,
            Precision::Second => 4,
            Precision::Microsecond => return None,
        };
        // A date this coarse begins on a whole second, before and after 1970, so the division loses nothing.
        // Microseconds fit 64 bits, so that seconds fit 44, and the shift loses nothing either.
        Some(Self((date.first.0 / 1_000_000) << 3 | precision))
    }

    /// Reads what [`Date::parse_fast`] reads; nothing is no date.
    #[cfg(feature = "csv")]
    pub(crate) fn parse_fast(text: &[u8]) -> Option<Self> {
        if text.is_empty() { Some(Self::NONE) } else { Self::of(Date::parse_fast(text)?) }
    }

    pub(crate) fn row(row: usize) -> Self {
        Self(i64::try_from(row).unwrap_or(i64::MAX >> 3) << 3 | Self::ROW)
    }

    /// The date, or the row that has it.
    pub(crate) fn date(self) -> Result<Option<Date>, usize> {
        let precision = match self.0 & 7 {
            0 => Precision::Year,
            1 => Precision::Month,
            2 => Precision::Day,
            3 => Precision::Minute,
            4 => Precision::Second,
            Self::ROW => return Err(usize::try_from(self.0 >> 3).unwrap_or(usize::MAX)),
            _ => return Ok(None),
        };
        Ok(Some(Date { first: Moment((self.0 >> 3) * 1_000_000), precision }))
    }
}
