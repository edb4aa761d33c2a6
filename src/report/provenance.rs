//! Provenance: which source makes which statement, and who relays, copies or echoes whose words.
//!
//! The source graph and the charts for Graphviz and Mermaid are both drawn from it.

use indexmap::IndexMap;

use super::outline::publisher_of;
use super::{Finding, Report};
use crate::dossier::columns::Set;
use crate::dossier::{AssertionRef, Dossier, SourceRef};
use crate::model::assertion::Stance;
use crate::outcome::Notice;

type ByAssertion<V> = IndexMap<u32, V, foldhash::fast::FixedState>;

/// How words get from one source to another.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Transmission {
    Relayed,
    Copied,
    Echoed,
    Circular,
}

impl Transmission {
    /// The verb between the name of the source and the name of whoever passes its words on.
    pub(super) fn verb(self) -> &'static str {
        match self {
            Self::Relayed => "is relayed by",
            Self::Copied => "is copied by",
            Self::Echoed => "is echoed by",
            Self::Circular => "is cited in a circle by",
        }
    }
}

/// What an assertion counts as in the finding on its claim.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CountedAs<'r> {
    /// It counts as somebody's answer.
    Answer,
    /// It repeats what its origins say elsewhere too.
    Echo,
    /// Nobody put their name to it.
    Unattributed,
    /// Its source declines to say, or doesn't know.
    NoAnswer,
    /// The rule of this name set it aside.
    SetAside(&'r str),
}

/// One assertion with one of the sources that it is credited to.
#[derive(Clone, Copy)]
pub(super) struct CreditedStatement<'r> {
    /// Who is credited; else who relays it or publishes it, where that is known.
    pub(super) speaker: Option<u32>,
    pub(super) finding: Finding<'r>,
    pub(super) assertion: AssertionRef<'r>,
    pub(super) counted_as: CountedAs<'r>,
}

/// All statements and transmissions of a report or finding, in input order.
pub(super) struct Provenance<'r> {
    pub(super) dossier: &'r Dossier,
    pub(super) statements: Vec<CreditedStatement<'r>>,
    /// Whose words they are, who passes them on, and how.
    pub(super) transmissions: Set<(u32, u32, Transmission)>,
}

impl Report<'_> {
    pub(super) fn provenance(&self) -> Provenance<'_> {
        Provenance::of(self.dossier, self.findings())
    }
}

impl<'r> Finding<'r> {
    pub(super) fn provenance(self) -> Provenance<'r> {
        Provenance::of(self.dossier(), std::iter::once(self))
    }
}

impl<'r> Provenance<'r> {
    fn of(dossier: &'r Dossier, findings: impl Iterator<Item = Finding<'r>>) -> Self {
        let mut assertions: Vec<(AssertionRef<'r>, Finding<'r>)> = Vec::new();
        let mut not_counted: ByAssertion<CountedAs<'r>> = ByAssertion::default();
        let mut in_rings: ByAssertion<usize> = ByAssertion::default();
        let mut rings = 0;
        for finding in findings {
            assertions.extend(finding.known().map(move |assertion| (assertion, finding)));
            not_counted.extend(finding.echoes().map(|echo| (echo.index, CountedAs::Echo)));
            for aside in finding.set_aside() {
                not_counted.entry(aside.assertion().index).or_insert(CountedAs::SetAside(aside.rule()));
            }
            for ring in finding.details().notices.iter().filter_map(circular_sourcing) {
                rings += 1;
                in_rings.extend(ring.iter().map(|member| (*member, rings)));
            }
        }
        assertions.sort_by_key(|(assertion, _)| assertion.index);

        let mut provenance = Self { dossier, statements: Vec::new(), transmissions: Set::default() };
        for (assertion, finding) in assertions {
            let counted_as = match (not_counted.get(&assertion.index), assertion.stance()) {
                (Some(counted_as), _) => *counted_as,
                (None, Stance::Withholds | Stance::DoesNotKnow) => CountedAs::NoAnswer,
                (None, _) if !finding.unattributed_note(assertion).is_empty() => CountedAs::Unattributed,
                (None, _) => CountedAs::Answer,
            };
            let statement = |speaker| CreditedStatement { speaker, finding, assertion, counted_as };
            provenance.statements.extend(speakers(assertion).into_iter().map(statement));
            provenance.add_relays(assertion);
            for origin in assertion.derived_from() {
                let ring = in_rings.get(&assertion.index);
                provenance.add_copy(
                    assertion,
                    origin,
                    match counted_as {
                        _ if ring.is_some() && ring == in_rings.get(&origin.index) => Transmission::Circular,
                        CountedAs::Echo => Transmission::Echoed,
                        _ => Transmission::Copied,
                    },
                );
            }
        }
        provenance
    }

    /// From the speakers outwards: the innermost relay comes last.
    fn add_relays(&mut self, assertion: AssertionRef<'_>) {
        let relays: Vec<u32> = assertion.via().map(|source| source.index).collect();
        if let Some(innermost) = relays.last() {
            self.transmissions.extend(assertion.by().map(|by| (by.index, *innermost, Transmission::Relayed)));
        }
        self.transmissions
            .extend(relays.windows(2).rev().map(|pair| (pair[1], pair[0], Transmission::Relayed)));
    }

    fn add_copy(&mut self, copy: AssertionRef<'_>, origin: AssertionRef<'_>, transmission: Transmission) {
        let Some(from) = handling_sources(origin).next() else { return };
        // A copy may credit the source of its origin: then the copier is its relay or its publisher.
        let copier =
            handling_sources(copy).find(|source| *source != from).or_else(|| handling_sources(copy).next());
        if let Some(copier) =
            copier.filter(|copier| from != *copier || transmission == Transmission::Circular)
        {
            self.transmissions.insert((from, copier, transmission));
        }
    }

    /// These speakers, all who pass words on, and what each of them is part of, in input order.
    pub(super) fn sources(&self, speakers: impl Iterator<Item = u32>) -> impl Iterator<Item = SourceRef<'r>> {
        let mut found: Set<u32> = Set::default();
        for source in speakers.chain(self.transmissions.iter().flat_map(|(from, to, _)| [*from, *to])) {
            let mut at = Some(SourceRef { dossier: self.dossier, index: source });
            while let Some(source) = at.filter(|source| found.insert(source.index)) {
                at = source.part_of();
            }
        }
        self.dossier.sources().filter(move |source| found.contains(&source.index))
    }
}

/// The credited sources; else the innermost relay, else the publisher, else nobody known.
fn speakers(assertion: AssertionRef<'_>) -> Vec<Option<u32>> {
    let credited: Vec<Option<u32>> = assertion.by().map(|source| Some(source.index)).collect();
    if credited.is_empty() {
        let spokesman = assertion.via().last().or_else(|| publisher_of(assertion));
        vec![spokesman.map(|source| source.index)]
    } else {
        credited
    }
}

/// The sources through which an assertion reached its document: who is credited, the outermost relay, the publisher.
fn handling_sources(assertion: AssertionRef<'_>) -> impl Iterator<Item = u32> {
    let hands = [assertion.by().next(), assertion.via().next(), publisher_of(assertion)];
    hands.into_iter().flatten().map(|source| source.index)
}

fn circular_sourcing(notice: &Notice) -> Option<&[u32]> {
    match notice {
        Notice::CircularSourcing(ring) => Some(ring),
        _ => None,
    }
}
