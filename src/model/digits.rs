//! Whole numbers in digits, without the machinery of formatting.

/// A whole number in digits.
pub(crate) struct Digits {
    room: [u8; 20],
    from: usize,
}

impl Digits {
    pub(crate) fn of(number: u64) -> Self {
        let (mut room, mut from, mut left) = ([b'0'; 20], 19, number);
        while left > 9 {
            room[from] += (left % 10) as u8;
            (from, left) = (from - 1, left / 10);
        }
        room[from] += left as u8;
        Self { room, from }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.room[self.from..]
    }

    pub(crate) fn as_str(&self) -> &str {
        str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}
