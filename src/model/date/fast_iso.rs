//! Dates as nearly all files have them, read without a calendar.

use super::{Date, Moment, Precision};

impl Date {
    /// Reads what nearly all files hold, `2024-08-29`, `2024-08-29T14:30Z` and `2024-08-29T14:30:05Z`, and
    /// nothing else.
    pub(crate) fn parse_fast(text: &[u8]) -> Option<Self> {
        const DAY: IsoPattern = IsoPattern::of(*b"0000-00-");
        const TIME: IsoPattern = IsoPattern::of(*b"00T00:00");
        let (first, behind) = text.split_first_chunk()?;
        let (precision, next, [s, t]) = match (behind.split_first_chunk(), behind) {
            (Some((next, [b':', s, t, b'Z'])), _) => (Precision::Second, *next, [*s, *t]),
            (Some((next, b"Z")), _) => (Precision::Minute, *next, *b"00"),
            (None, [d, e]) => (Precision::Day, [*d, *e, b'T', b'0', b'0', b':', b'0', b'0'], *b"00"),
            _ => return None,
        };
        let (figures, times) = (DAY.figures(*first)?, TIME.figures(next)?);
        let [century, year, month] = [0, 2, 5].map(|at| figure(figures, at));
        let [day, hour, minute] = [0, 3, 6].map(|at| figure(times, at));
        let second =
            figure(IsoPattern::of([b'0'; 8]).figures([s, t, b'0', b'0', b'0', b'0', b'0', b'0'])?, 0);
        let days = days(century * 100 + year, month, day)?;
        if hour >= 24 || minute >= 60 || second >= 60 {
            return None;
        }
        let seconds = i64::from((hour * 60 + minute) * 60 + second);
        Some(Self { first: Moment((i64::from(days) * 86_400 + seconds) * 1_000_000), precision })
    }
}

/// A pattern of eight bytes, which has zeros for digits.
struct IsoPattern {
    bytes: u64,
    /// This takes what is more than nine, or more than nothing, beyond the lower seven bits of a byte.
    beyond: u64,
}

impl IsoPattern {
    const fn of(form: [u8; 8]) -> Self {
        let mut beyond = [0x7f; 8];
        let mut at = 0;
        while at < 8 {
            if form[at] == b'0' {
                beyond[at] -= 9;
            }
            at += 1;
        }
        Self { bytes: u64::from_le_bytes(form), beyond: u64::from_le_bytes(beyond) }
    }

    /// The figure of each two bytes of a text in this pattern.
    #[inline]
    fn figures(&self, text: [u8; 8]) -> Option<u64> {
        const HIGH: u64 = (u64::MAX / 255) << 7;
        let digits = u64::from_le_bytes(text) ^ self.bytes;
        // A digit differs from `0` by 0 to 9, and any other character from itself by 0. Adding `beyond` to
        // the lower seven bits of each byte sets its highest bit where there is more, and never carries into
        // the next byte.
        let is_so = (((digits & !HIGH) + self.beyond) | digits) & HIGH == 0;
        is_so.then(|| digits * 10 + (digits >> 8))
    }
}

/// The figure of the two bytes from one on.
#[inline]
fn figure(figures: u64, at: u32) -> u32 {
    u32::from((figures >> (8 * at)) as u8)
}

/// The days from 1970-01-01 to a day.
#[inline]
fn days(year: u32, month: u32, day: u32) -> Option<i32> {
    const DAYS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let is_leap = || year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = *DAYS.get(month.wrapping_sub(1) as usize)? + u32::from(month == 2 && is_leap());
    if day == 0 || day > days {
        return None;
    }
    // A year that begins in March has its leap day at its end, and months of 30.6 days on average. Year 0
    // begins in one that is counted as 399, four centuries of 146,097 days earlier.
    let (years, months) = if month > 2 { (year + 400, month - 3) } else { (year + 399, month + 9) };
    let days = years * 365 + years / 4 - years / 100 + years / 400 + (months * 153 + 2) / 5 + day - 1;
    i32::try_from(days).ok().map(|days| days - 146_097 - 719_468)
}
