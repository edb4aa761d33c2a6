//! Who is part of whom, for chains of any length: a skew-binary jump pointer for each source.

use crate::dossier::columns::{Columns, NONE, index};

/// For each source how deep it is below its root, and somebody far above it.
///
/// Leaps are as long as the powers of two that a depth is made of allow, so that anybody above is found in as
/// many steps as the depth has digits. A source's leap depends on those above it alone: more sources can
/// come.
#[derive(Clone, Debug, Default)]
pub(super) struct Affiliation {
    above: Vec<Above>,
}

#[derive(Clone, Copy, Debug)]
struct Above {
    depth: u32,
    part_of: u32,
    leap: u32,
}

const UNKNOWN: Above = Above { depth: NONE, part_of: NONE, leap: NONE };

impl Affiliation {
    pub(super) fn of(columns: &Columns) -> Self {
        let mut affiliation = Self::default();
        affiliation.catch_up(columns);
        affiliation
    }

    /// Adds the sources that were declared since. No source becomes part of another later on.
    pub(super) fn catch_up(&mut self, columns: &Columns) {
        let known = self.above.len();
        self.above.resize(columns.sources.len(), UNKNOWN);
        let mut way = Vec::new();
        for source in index(known)..index(columns.sources.len()) {
            let mut at = source;
            while self.above[at as usize].depth == NONE {
                way.push(at);
                at = columns.sources[at as usize].part_of.unwrap_or(at);
                if way.last() == Some(&at) {
                    break; // a root
                }
            }
            while let Some(at) = way.pop() {
                self.above[at as usize] = match columns.sources[at as usize].part_of {
                    None => Above { depth: 0, part_of: at, leap: at },
                    Some(part_of) => self.below(part_of),
                };
            }
        }
    }

    /// What is known of a source that is part of this one.
    fn below(&self, part_of: u32) -> Above {
        let above = |source: u32| self.above[source as usize];
        let first = above(part_of);
        let second = above(first.leap);
        let equally_long = first.depth - second.depth == second.depth - above(second.leap).depth;
        let leap = if equally_long { second.leap } else { part_of };
        Above { depth: first.depth + 1, part_of, leap }
    }

    /// Whether a source is another one, or part of it at any remove.
    pub(super) fn is_within(&self, source: u32, other: u32) -> bool {
        let depth = self.above[other as usize].depth;
        let mut at = source;
        while self.above[at as usize].depth > depth {
            let Above { part_of, leap, .. } = self.above[at as usize];
            at = if self.above[leap as usize].depth < depth { part_of } else { leap };
        }
        at == other
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Dossier, Source};

    proptest! {
        #[test]
        fn whoever_is_reached_by_going_up_is_above(
            parts in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 1..80),
            known in any::<prop::sample::Index>(),
        ) {
            // Mostly chains: each is part of the one before it, of any one, or of nobody.
            let mut dossier = Dossier::new("");
            let known = known.index(parts.len());
            let mut affiliation = Affiliation::default();
            for (at, (any, choice)) in parts.iter().enumerate() {
                let source = Source::new(at.to_string(), "");
                let part_of = match choice {
                    _ if at == 0 => None,
                    0 => None,
                    1 => Some(any.index(at)),
                    _ => Some(at - 1),
                };
                let source = match part_of {
                    Some(part_of) => source.part_of(part_of.to_string()),
                    None => source,
                };
                dossier.add_source(source).map_err(|error| TestCaseError::fail(error.to_string()))?;
                if at == known {
                    affiliation.catch_up(&dossier.columns);
                }
            }
            affiliation.catch_up(&dossier.columns);
            for source in 0..index(parts.len()) {
                let up = |source: &u32| dossier.columns.sources[*source as usize].part_of;
                let above: Vec<u32> = std::iter::successors(Some(source), up).collect();
                for other in 0..index(parts.len()) {
                    prop_assert_eq!(affiliation.is_within(source, other), above.contains(&other));
                }
            }
        }
    }
}
