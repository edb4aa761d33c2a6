//! How words travel: who says what of which claim, and who relays, copies or echoes whose words.
//!
//! The picture of the sources and the charts for other programs show the same of it.

use indexmap::IndexMap;

use super::outline::publisher_of;
use super::{Finding, Report};
use crate::dossier::columns::Set;
use crate::dossier::{AssertionRef, Dossier, SourceRef};
use crate::model::assertion::Stance;
use crate::outcome::Notice;

type Map<V> = IndexMap<u32, V, foldhash::fast::FixedState>;

/// How words get from one source to another.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Way {
    Relayed,
    Copied,
    Echoed,
    Circular,
}

impl Way {
    /// What happens to the words of the one, by the other.
    pub(super) fn verb(self) -> &'static str {
        match self {
            Self::Relayed => "is relayed by",
            Self::Copied => "is copied by",
            Self::Echoed => "is echoed by",
            Self::Circular => "is cited in a circle by",
        }
    }
}

/// How an assertion counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing<'r> {
    /// It counts as somebody's answer.
    Stands,
    /// It repeats what its origins say elsewhere too.
    Echo,
    /// Nobody put their name to it.
    Nobodys,
    /// It answers nothing.
    Silent,
    /// A rule of this name set it aside.
    SetAside(&'r str),
}

/// One assertion, from the mouth of one source.
#[derive(Clone, Copy)]
pub(super) struct Voice<'r> {
    /// Who is credited; else who relays it or publishes it, where that is known.
    pub(super) speaker: Option<u32>,
    pub(super) finding: Finding<'r>,
    pub(super) assertion: AssertionRef<'r>,
    pub(super) standing: Standing<'r>,
}

/// Who says what, and how it travels, in input order.
pub(super) struct Ways<'r> {
    pub(super) dossier: &'r Dossier,
    pub(super) voices: Vec<Voice<'r>>,
    /// From whose words they are to whoever passes them on.
    pub(super) passed_on: Set<(u32, u32, Way)>,
}

impl Report<'_> {
    pub(super) fn ways(&self) -> Ways<'_> {
        Ways::of(self.dossier, self.findings())
    }
}

impl<'r> Finding<'r> {
    pub(super) fn ways(self) -> Ways<'r> {
        Ways::of(self.dossier(), std::iter::once(self))
    }
}

impl<'r> Ways<'r> {
    fn of(dossier: &'r Dossier, findings: impl Iterator<Item = Finding<'r>>) -> Self {
        let mut assertions: Vec<(AssertionRef<'r>, Finding<'r>)> = Vec::new();
        let mut not_counted: Map<Standing<'r>> = Map::default();
        let mut in_rings: Map<usize> = Map::default();
        let mut rings = 0;
        for finding in findings {
            assertions.extend(finding.claim().assertions().map(|assertion| (assertion, finding)));
            not_counted.extend(finding.echoes().map(|echo| (echo.index, Standing::Echo)));
            for aside in finding.set_aside() {
                not_counted.entry(aside.assertion().index).or_insert(Standing::SetAside(aside.rule()));
            }
            for ring in finding.details().notices.iter().filter_map(ring) {
                rings += 1;
                in_rings.extend(ring.iter().map(|member| (*member, rings)));
            }
        }
        assertions.sort_by_key(|(assertion, _)| assertion.index);

        let mut ways = Self { dossier, voices: Vec::new(), passed_on: Set::default() };
        for (assertion, finding) in assertions {
            let standing = match (not_counted.get(&assertion.index), assertion.stance()) {
                (Some(standing), _) => *standing,
                (None, Stance::Withholds | Stance::DoesNotKnow) => Standing::Silent,
                (None, _) if !finding.nobodys(assertion).is_empty() => Standing::Nobodys,
                (None, _) => Standing::Stands,
            };
            let voice = |speaker| Voice { speaker, finding, assertion, standing };
            ways.voices.extend(speakers(assertion).into_iter().map(voice));
            ways.relayed(assertion);
            for origin in assertion.derived_from() {
                let ring = in_rings.get(&assertion.index);
                ways.copied(
                    assertion,
                    origin,
                    match standing {
                        _ if ring.is_some() && ring == in_rings.get(&origin.index) => Way::Circular,
                        Standing::Echo => Way::Echoed,
                        _ => Way::Copied,
                    },
                );
            }
        }
        ways
    }

    /// From the speakers outwards: the innermost relay comes last.
    fn relayed(&mut self, assertion: AssertionRef<'_>) {
        let relays: Vec<u32> = assertion.via().map(|source| source.index).collect();
        if let Some(innermost) = relays.last() {
            self.passed_on.extend(assertion.by().map(|by| (by.index, *innermost, Way::Relayed)));
        }
        self.passed_on.extend(relays.windows(2).rev().map(|pair| (pair[1], pair[0], Way::Relayed)));
    }

    fn copied(&mut self, copy: AssertionRef<'_>, origin: AssertionRef<'_>, way: Way) {
        let Some(from) = hands_of(origin).next() else { return };
        // Whoever copies may credit the origin's own source.
        let copier = hands_of(copy).find(|source| *source != from).or_else(|| hands_of(copy).next());
        if let Some(copier) = copier.filter(|copier| from != *copier || way == Way::Circular) {
            self.passed_on.insert((from, copier, way));
        }
    }

    /// Those who speak or pass words on among these, and whatever they are part of, in input order.
    pub(super) fn sources(&self, speakers: impl Iterator<Item = u32>) -> impl Iterator<Item = SourceRef<'r>> {
        let mut found: Set<u32> = Set::default();
        for source in speakers.chain(self.passed_on.iter().flat_map(|(from, to, _)| [*from, *to])) {
            let mut at = Some(SourceRef { dossier: self.dossier, index: source });
            while let Some(source) = at.filter(|source| found.insert(source.index)) {
                at = source.part_of();
            }
        }
        self.dossier.sources().filter(move |source| found.contains(&source.index))
    }
}

/// Whoever is credited; else the innermost relay, else the publisher, else nobody that is known.
fn speakers(assertion: AssertionRef<'_>) -> Vec<Option<u32>> {
    let credited: Vec<Option<u32>> = assertion.by().map(|source| Some(source.index)).collect();
    if credited.is_empty() {
        let spokesman = assertion.via().last().or_else(|| publisher_of(assertion));
        vec![spokesman.map(|source| source.index)]
    } else {
        credited
    }
}

/// In whose hands words are where an assertion stands: who is credited, its outermost relay, its document's publisher.
fn hands_of(assertion: AssertionRef<'_>) -> impl Iterator<Item = u32> {
    let hands = [assertion.by().next(), assertion.via().next(), publisher_of(assertion)];
    hands.into_iter().flatten().map(|source| source.index)
}

fn ring(notice: &Notice) -> Option<&[u32]> {
    match notice {
        Notice::CircularSourcing(ring) => Some(ring),
        _ => None,
    }
}
