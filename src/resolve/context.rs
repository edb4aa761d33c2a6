//! What every claim of a dossier is examined with.

use std::sync::{Arc, OnceLock};

use super::Resolver;
use super::affiliation::Affiliation;
use crate::dossier::Dossier;
use crate::dossier::columns::{ClaimRow, Columns, index, is_same_unit};
use crate::model::date::Date;
use crate::model::hashing::FastMap;
use crate::model::term::{Taxonomy, Term};

/// What every claim of a dossier is examined with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) dossier: &'a Dossier,
    pub(crate) resolver: &'a Resolver,
    pub(crate) index: &'a DossierIndex,
}

/// The same, kept: a dossier, with the resolver that it is examined by and what was found of it as a whole.
#[derive(Clone, Debug)]
pub(crate) struct SharedContext<'d> {
    pub(crate) dossier: &'d Dossier,
    pub(crate) resolver: Resolver,
    index: Arc<DossierIndex>,
}

impl<'d> SharedContext<'d> {
    pub(crate) fn new(dossier: &'d Dossier, resolver: Resolver) -> Self {
        Self { dossier, resolver, index: Arc::new(DossierIndex::of(dossier)) }
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context { dossier: self.dossier, resolver: &self.resolver, index: &self.index }
    }

    /// The same on another day. What the dossier says is shared, so that it costs nothing to speak of.
    pub(crate) fn as_of(&self, as_of: Option<Date>) -> Self {
        let mut other = self.clone();
        other.resolver.as_of = as_of;
        other
    }
}

/// What a dossier says of all its claims, whatever day is asked about.
#[derive(Clone, Debug)]
pub(crate) struct DossierIndex {
    pub(super) taxonomy: Taxonomy,
    /// The root of each source's affiliation.
    sides: Vec<u32>,
    /// Who is part of whom, once a rule has asked.
    affiliation: OnceLock<Affiliation>,
    /// The row of each retracted assertion's retraction.
    pub(super) retractions: FastMap<u32, usize>,
    /// Whether terms are declared at all, so that one that isn't stands out.
    pub(super) declares_terms: bool,
    /// The taxonomy's numbers of the terms that nobody declared, in order. Nothing falls under such a term.
    pub(super) undeclared: Vec<u64>,
}

impl DossierIndex {
    pub(crate) fn of(dossier: &Dossier) -> Self {
        let columns = &dossier.columns;
        let taxonomy = Taxonomy::new(columns.terms.values().map(|term| term.broader).collect());
        let undeclared = (0..).zip(columns.terms.values()).filter(|(_, term)| !term.declared);
        let mut undeclared: Vec<u64> =
            undeclared.map(|(term, _)| u64::from(taxonomy.stretch_of(term).0)).collect();
        undeclared.sort_unstable();
        Self {
            taxonomy,
            undeclared,
            sides: columns.sides(),
            affiliation: OnceLock::new(),
            retractions: columns
                .retractions
                .iter()
                .enumerate()
                .map(|(at, row)| (row.assertion, at))
                .collect(),
            declares_terms: columns.terms.values().any(|term| term.declared),
        }
    }

    /// Whether a term that comes next changes what is found of claims: it falls under another, or values have
    /// named it already, or it is the first that is declared, so that those that nobody declared stand out; or a
    /// unit has its name.
    pub(crate) fn is_changed_by(&self, term: &Term, columns: &Columns) -> bool {
        let is_named = columns.terms.contains_key(term.id.as_str());
        let is_first = !(self.declares_terms || self.taxonomy.len() == 0);
        is_named || term.broader.is_some() || is_first || names_a_unit(term, columns)
    }

    /// Adds sources, and terms without a broader one, that were declared since.
    pub(crate) fn catch_up(&mut self, dossier: &Dossier) {
        let columns = &dossier.columns;
        for source in self.sides.len()..columns.sources.len() {
            self.sides.push(columns.side(index(source)));
        }
        if let Some(affiliation) = self.affiliation.get_mut() {
            affiliation.catch_up(columns);
        }
        while self.taxonomy.len() < index(columns.terms.len()) {
            let is_declared = columns.terms[self.taxonomy.len() as usize].declared;
            self.declares_terms |= is_declared;
            self.undeclared.extend((!is_declared).then_some(u64::from(self.taxonomy.len())));
            self.taxonomy.push();
        }
    }

    /// The side that a source is on.
    pub(super) fn side(&self, source: u32) -> u32 {
        self.sides[source as usize]
    }

    /// Whether a source is another one, or part of it at any remove.
    pub(super) fn is_within(&self, columns: &Columns, source: u32, other: u32) -> bool {
        // Most sources are on another side altogether.
        self.side(source) == self.side(other)
            && self.affiliation.get_or_init(|| Affiliation::of(columns)).is_within(source, other)
    }

    /// Records that an assertion was retracted, by the retraction of that row.
    pub(crate) fn retract(&mut self, assertion: u32, row: usize) {
        self.retractions.insert(assertion, row);
    }
}

/// Whether a term has the name of a unit of a claim or of an assertion: what counts in it, and what it is called.
fn names_a_unit(term: &Term, columns: &Columns) -> bool {
    let of_claims = columns.claims.values().filter_map(ClaimRow::unit);
    let of_assertions = columns.extra.values().filter_map(|extra| extra.unit.as_deref());
    of_claims.chain(of_assertions).any(|unit| {
        let names = [&term.id, &term.label].into_iter().chain(&term.aliases);
        names.into_iter().any(|name| is_same_unit(name, unit))
    })
}

impl<'a> Context<'a> {
    pub(crate) fn columns(&self) -> &'a Columns {
        &self.dossier.columns
    }

    /// The root of each source's affiliation.
    pub(crate) fn sides(&self) -> &'a [u32] {
        &self.index.sides
    }

    /// The side that a source is on, which [`SourceRef::side`](crate::SourceRef::side) would walk to.
    pub(crate) fn side(&self, source: u32) -> u32 {
        self.index.sides[source as usize]
    }

    /// Whether nobody says whose a side is: it may be one already heard.
    pub(crate) fn is_unknown(&self, side: u32) -> bool {
        self.columns().sources[side as usize].anonymous
    }
}
