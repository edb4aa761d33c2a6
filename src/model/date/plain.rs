//! Dates as nearly all files have them, read without a calendar.

use super::{Date, Moment, Precision};

impl Date {
    /// Reads what nearly all files hold, `2024-08-29`, `2024-08-29T14:30Z` and `2024-08-29T14:30:05Z`, and nothing else.
    pub(crate) fn plain(text: &[u8]) -> Option<Self> {
        let (day, behind) = text.split_first_chunk::<10>()?;
        let days = plain_day(*day)?;
        let (precision, seconds) = match *behind {
            [] => (Precision::Day, 0),
            [b'T', h, i, b':', m, n, b'Z'] => (Precision::Minute, plain_clock([[h, i], [m, n], *b"00"])?),
            [b'T', h, i, b':', m, n, b':', s, t, b'Z'] => (Precision::Second, plain_clock([[h, i], [m, n], [s, t]])?),
            _ => return None,
        };
        let first = Moment((i64::from(days) * 86_400 + i64::from(seconds)) * 1_000_000);
        Some(Self { first, precision })
    }
}

/// A figure of two digits.
fn two_digits([tens, ones]: [u8; 2]) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then_some(u32::from(tens) * 10 + u32::from(ones))
}

/// The days from 1970-01-01 to a day such as `2024-08-29`.
fn plain_day(text: [u8; 10]) -> Option<i32> {
    const DAYS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let [c, d, y, z, b'-', m, n, b'-', e, f] = text else { return None };
    let (year, month, day) =
        (two_digits([c, d])? * 100 + two_digits([y, z])?, two_digits([m, n])?, two_digits([e, f])?);
    let is_leap = || year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = *DAYS.get(month.wrapping_sub(1) as usize)? + u32::from(month == 2 && is_leap());
    if day == 0 || day > days {
        return None;
    }
    // A year that begins in March has its leap day at its end, and months of 30.6 days on average. Year 0 begins in one
    // that is counted as 399, four centuries of 146,097 days earlier.
    let (years, months) = if month > 2 { (year + 400, month - 3) } else { (year + 399, month + 9) };
    let days = years * 365 + years / 4 - years / 100 + years / 400 + (months * 153 + 2) / 5 + day - 1;
    i32::try_from(days).ok().map(|days| days - 146_097 - 719_468)
}

/// The seconds of a day that have passed at an hour, a minute and a second.
fn plain_clock([hour, minute, second]: [[u8; 2]; 3]) -> Option<u32> {
    let (hour, minute, second) = (two_digits(hour)?, two_digits(minute)?, two_digits(second)?);
    (hour < 24 && minute < 60 && second < 60).then_some((hour * 60 + minute) * 60 + second)
}
