//! Things that were seen, by number.

use crate::model::hashing::FastMap;

/// Things that were seen, by number. Forgetting them all takes no time.
///
/// Where many claims are judged one after the other there is a place for each number that there may be; else only those
/// that were seen take memory.
#[derive(Debug, Default)]
pub(in crate::resolve) struct Marks {
    /// In which round each was seen last, and as which.
    places: Vec<(u32, u32)>,
    elsewhere: FastMap<u32, (u32, u32)>,
    round: u32,
}

impl Marks {
    /// Makes places for the numbers below this one.
    pub(in crate::resolve) fn make_places(&mut self, numbers: usize) {
        self.places.resize(numbers, (0, 0));
    }

    pub(in crate::resolve) fn forget(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.places.fill((0, 0));
            self.elsewhere.clear();
            self.round = 1;
        }
    }

    /// Whether it is seen for the first time.
    #[inline]
    pub(in crate::resolve) fn is_new(&mut self, thing: u32) -> bool {
        self.replace(thing, 0).is_none()
    }

    /// Whether it was seen.
    pub(in crate::resolve) fn has(&self, thing: u32) -> bool {
        let seen = self.places.get(thing as usize).or_else(|| self.elsewhere.get(&thing));
        seen.is_some_and(|(round, _)| *round == self.round)
    }

    /// Takes down as which it is seen now, and gives back as which it was seen before.
    #[inline]
    pub(in crate::resolve) fn replace(&mut self, thing: u32, nth: u32) -> Option<u32> {
        let place = match self.places.get_mut(thing as usize) {
            Some(place) => place,
            None => self.elsewhere.entry(thing).or_default(),
        };
        let (round, earlier) = std::mem::replace(place, (self.round, nth));
        (round == self.round).then_some(earlier)
    }
}
