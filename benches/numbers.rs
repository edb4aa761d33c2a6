//! Numbers that look random, and are the same in every run and on every machine.

/// A generator of them.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new() -> Self {
        Self(7)
    }

    /// Any number.
    ///
    /// The steps are those of *SplitMix64* (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
    fn any(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From nought to this, without it.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        ((u128::from(self.any()) * limit as u128) >> 64) as usize
    }

    /// From nought to one, without it.
    pub(crate) fn fraction(&mut self) -> f64 {
        (self.any() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(crate) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// Around nought, as errors are: the normal distribution, by the method of Box and Muller.
    pub(crate) fn normal(&mut self) -> f64 {
        let (from, turn) = (1.0 - self.fraction(), self.fraction());
        (-2.0 * from.ln()).sqrt() * (std::f64::consts::TAU * turn).cos()
    }

    /// Puts things in any order.
    pub(crate) fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            things.swap(at, self.below(at + 1));
        }
    }
}
