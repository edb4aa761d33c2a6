//! How few sides there may be, where some were heard only through others.

use crate::dossier::lineage::strong_components;
use crate::model::hashing::{FastMap, FastSet};

/// Sides that were heard only through these relays, of which each speaks itself and is another side than one
/// of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Hearsay {
    pub(super) relays: Vec<u32>,
    pub(super) sides: Vec<u32>,
}

/// How many sides count of some that all say what can be true together: those that no hearsay leads to, and
/// of relays that are heard only through one another one.
pub(super) fn count(sides: usize, hearsay: &[Hearsay]) -> usize {
    let relays: FastSet<u32> = hearsay.iter().flat_map(|hearsay| &hearsay.relays).copied().collect();
    sides - relays.len() + counted_rings(hearsay).len()
}

/// The rings of relays of which each is heard only through the others, and none through anybody else. They
/// count as one.
pub(super) fn counted_rings(hearsay: &[Hearsay]) -> Vec<Vec<u32>> {
    // An arc from each relay to the hearsay, and on to each side: so thousands that were heard together take
    // an arc each. Sides and hearsay are numbered from both ends; no dossier has two billion of either.
    let node = |nth: usize| u32::MAX - u32::try_from(nth).unwrap_or(u32::MAX / 2);
    let mut arcs = Vec::new();
    for (nth, Hearsay { relays, sides }) in hearsay.iter().enumerate() {
        if !relays.is_empty() {
            arcs.extend(relays.iter().map(|relay| (*relay, node(nth))));
            arcs.extend(sides.iter().map(|side| (node(nth), *side)));
        }
    }
    let is_relay: FastSet<u32> = hearsay.iter().flat_map(|hearsay| &hearsay.relays).copied().collect();
    let components = strong_components(&arcs);
    let mut of: FastMap<u32, usize> = FastMap::default();
    for (number, component) in components.iter().enumerate() {
        of.extend(component.iter().map(|at| (*at, number)));
    }
    let mut leaves = vec![false; components.len()];
    for (from, to) in &arcs {
        leaves[of[from]] |= of[from] != of[to];
    }
    let rings = components.into_iter().zip(leaves).filter(|(ring, leaves)| ring.len() > 1 && !leaves);
    let rings = rings.map(|(ring, _)| ring.into_iter().filter(|side| is_relay.contains(side)).collect());
    rings.collect()
}
