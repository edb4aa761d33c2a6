//! What terms are called, beside their ids: by labels, aliases, and in other spellings.

use super::{Interned, Set, TermRow, boxed, index};
use crate::model::hashing::FastMap;
use crate::wording::names::{fold_term, fold_unit};

/// Which term each name stands for; nothing where several do.
#[derive(Clone, Debug, Default)]
pub(crate) struct TermNames {
    labels: FastMap<Box<str>, Option<u32>>,
    aliases: FastMap<Box<str>, Option<u32>>,
    /// Ids, labels and aliases, folded. Declared terms come before those that values brought along.
    folded: FastMap<Box<str>, Option<u32>>,
    /// The names in values that were only alike: the spelling, and its term.
    alike: Set<(Box<str>, u32)>,
}

/// Notes that a name stands for a term. Another term of that name makes it stand for none.
fn add(names: &mut FastMap<Box<str>, Option<u32>>, name: &str, at: u32) {
    match names.get_mut(name) {
        Some(named) if *named != Some(at) => *named = None,
        Some(_) => {}
        None => drop(names.insert(name.into(), Some(at))),
    }
}

impl TermNames {
    /// Adds the names of a declared term.
    pub(crate) fn declare(&mut self, id: &str, row: &TermRow, at: u32) {
        add(&mut self.labels, &row.label, at);
        row.aliases.iter().for_each(|alias| add(&mut self.aliases, alias, at));
        for name in [id, &row.label].into_iter().chain(row.aliases.iter().map(AsRef::as_ref)) {
            add(&mut self.folded, &fold_term(name), at);
        }
    }

    /// Adds the name of a term that came with a value.
    pub(crate) fn bring(&mut self, id: &str, at: u32) {
        self.folded.entry(fold_term(id).into()).or_insert(Some(at));
    }

    /// The term that a name stands for: by its id, label or alias, else by one of these folded; nothing
    /// within, where several have it.
    pub(crate) fn find(&self, terms: &Interned<TermRow>, name: &str) -> Option<Option<u32>> {
        let known = self.find_exactly(terms, name);
        known.or_else(|| self.folded.get(&*fold_term(name)).copied())
    }

    /// The term that has a name as it is written.
    pub(crate) fn find_exactly(&self, terms: &Interned<TermRow>, name: &str) -> Option<Option<u32>> {
        let by_id = terms.get_index_of(name).map(|at| Some(index(at)));
        by_id.or_else(|| self.labels.get(name).or_else(|| self.aliases.get(name)).copied())
    }

    /// The term that a unit stands for. Symbols of measure are never folded.
    pub(crate) fn find_unit(&self, terms: &Interned<TermRow>, unit: &str) -> Option<u32> {
        let known = self.find_exactly(terms, unit);
        let folded = || {
            let term = fold_term(unit);
            (term == fold_unit(unit)).then(|| self.folded.get(&*term).copied()).flatten()
        };
        known.or_else(folded).flatten()
    }

    /// Notes that a value names a term in another spelling than its names have.
    pub(crate) fn mark_alike(&mut self, terms: &Interned<TermRow>, name: &str, at: u32) {
        if self.find_exactly(terms, name).is_none() {
            self.alike.insert((boxed(name), at));
        }
    }

    /// The names in values that were only alike, each with its term.
    pub(crate) fn alike(&self) -> impl ExactSizeIterator<Item = (&str, u32)> {
        self.alike.iter().map(|(name, at)| (&**name, *at))
    }
}

/// Whether two units are one: in any case and spacing, but for symbols of measure.
pub(crate) fn is_same_unit(one: &str, other: &str) -> bool {
    one == other || fold_unit(one) == fold_unit(other)
}
