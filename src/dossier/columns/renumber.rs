//! Sources, claims and documents under other numbers, once several spellings are known to name one.

use super::{Columns, JOINT, NONE, Set};
use crate::dossier::interner::Interned;

/// For each number the new one. Several old numbers may have one new number; those of the first of them are
/// in order.
pub(crate) struct Renumbering {
    pub(crate) to: Vec<u32>,
}

impl Renumbering {
    /// Counts anew those that are named by `first` as themselves; the others get the number of the one named.
    pub(crate) fn of(first: &[u32]) -> Self {
        let mut to = vec![NONE; first.len()];
        let mut next = 0;
        for (at, named) in first.iter().enumerate().filter(|(at, named)| *at == **named as usize) {
            to[at] = next;
            next += u32::from(*named != NONE);
        }
        for (at, named) in first.iter().enumerate() {
            to[at] = to[*named as usize];
        }
        Self { to }
    }

    pub(crate) fn get(&self, number: u32) -> u32 {
        self.to.get(number as usize).copied().unwrap_or(number)
    }

    /// The rows of the first of those that have one new number.
    fn rows<Row: Clone>(&self, rows: &mut Interned<Row>) {
        let mut kept = Interned::default();
        for (at, to) in self.to.iter().enumerate().filter(|(_, to)| **to != NONE) {
            if let Some((id, row)) = rows.get_index(at)
                && *to as usize == kept.len()
            {
                kept.insert_with(id, || row.clone());
            }
        }
        *rows = kept;
    }

    /// A list of numbers, each named once.
    fn list(&self, numbers: &[u32]) -> Box<[u32]> {
        numbers.iter().map(|number| self.get(*number)).collect::<Set<u32>>().into_iter().collect()
    }
}

impl Columns {
    pub(crate) fn renumber_sources(&mut self, new: &Renumbering) {
        new.rows(&mut self.sources);
        let credits = std::mem::take(&mut self.credits);
        let joint: Vec<u32> = credits.iter().map(|list| self.intern_credit(&new.list(list))).collect();
        for by in self.by.iter_mut().filter(|by| **by != NONE) {
            *by = if *by >= JOINT { joint[(*by - JOINT) as usize] } else { new.get(*by) };
        }
        for extra in self.extra.values_mut().filter(|extra| !extra.via.is_empty()) {
            extra.via = new.list(&extra.via);
        }
    }

    pub(crate) fn renumber_claims(&mut self, new: &Renumbering) {
        new.rows(&mut self.claims);
        self.claim.iter_mut().for_each(|claim| *claim = new.get(*claim));
    }

    pub(crate) fn renumber_documents(&mut self, new: &Renumbering) {
        new.rows(&mut self.documents);
        self.document.rows.iter_mut().for_each(|document| *document = new.get(*document));
    }
}
