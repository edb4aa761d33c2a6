//! Which assertions answer which claim.

use super::columns::index;

/// The assertions of each claim, in input order.
///
/// They lie claim by claim in one list. What comes later is put behind a claim's own, where there is room, or moves with
/// them to the end, where twice the room is made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grouped {
    stretches: Vec<Stretch>,
    assertions: Vec<u32>,
    /// So many assertions are in.
    count: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Stretch {
    begin: u32,
    len: u32,
    room: u32,
}

impl Grouped {
    /// The assertions of one claim.
    pub(crate) fn of(&self, claim: u32) -> &[u32] {
        let stretch = self.stretches.get(claim as usize).copied().unwrap_or_default();
        &self.assertions[stretch.begin as usize..][..stretch.len as usize]
    }

    /// Takes in the assertions that have come since, given the claims of all.
    pub(crate) fn catch_up(&mut self, claims: &[u32]) {
        let new = &claims[self.count..];
        if new.len() > self.count {
            self.begin_anew(claims);
        } else {
            for (claim, at) in new.iter().zip(index(self.count)..) {
                self.push(*claim, at);
            }
        }
        self.count = claims.len();
    }

    fn begin_anew(&mut self, claims: &[u32]) {
        self.stretches.iter_mut().for_each(|stretch| stretch.room = 0);
        for claim in claims {
            self.stretch(*claim).room += 1;
        }
        let mut begin = 0;
        for stretch in &mut self.stretches {
            *stretch = Stretch { begin, len: 0, room: stretch.room };
            begin += stretch.room;
        }
        self.assertions = vec![0; claims.len()];
        for (claim, at) in claims.iter().zip(0..) {
            let stretch = &mut self.stretches[*claim as usize];
            self.assertions[(stretch.begin + stretch.len) as usize] = at;
            stretch.len += 1;
        }
    }

    fn push(&mut self, claim: u32, at: u32) {
        let Stretch { begin, len, room } = *self.stretch(claim);
        if len < room {
            self.assertions[(begin + len) as usize] = at;
            self.stretch(claim).len += 1;
            return;
        }
        let moved = Stretch { begin: index(self.assertions.len()), len: len + 1, room: (len * 2).max(4) };
        self.assertions.extend_from_within(begin as usize..(begin + len) as usize);
        self.assertions.push(at);
        self.assertions.resize((moved.begin + moved.room) as usize, 0);
        *self.stretch(claim) = moved;
    }

    fn stretch(&mut self, claim: u32) -> &mut Stretch {
        let claim = claim as usize;
        if claim >= self.stretches.len() {
            self.stretches.resize(claim + 1, Stretch::default());
        }
        &mut self.stretches[claim]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn assertions_lie_claim_by_claim(files in prop::collection::vec(prop::collection::vec(0..9_u32, 0..30), 0..8)) {
            let (mut grouped, mut claims) = (Grouped::default(), Vec::new());
            for file in files {
                claims.extend(file);
                grouped.catch_up(&claims);
                for claim in 0..10 {
                    let own = claims.iter().zip(0..).filter(|(of, _)| **of == claim);
                    prop_assert_eq!(grouped.of(claim), own.map(|(_, at)| at).collect::<Vec<_>>());
                }
            }
        }
    }
}
