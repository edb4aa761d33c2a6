//! Names of speakers that only rows have: those that name nobody, several, or somebody who has another name.
//!
//! What isn't known to be two is one: such a source is put on the side of the one that it may be.

use super::super::columns::{Set, SourceRow, index};
use super::super::place::Place;
use super::{Batch, IdStatus, Thing};
use crate::error::{ErrorKind, Shown};
use crate::model::hashing::FastMap;
use crate::wording::few_in_a_row;
use crate::wording::names::{
    Attribution, JoinedName, acronym_keys, attribution, fold_name, is_acronym_of, is_unnamed, joined_name,
    letters_of,
};

impl Batch {
    /// Looks at the name of every source that nobody declared.
    pub(super) fn check_speakers(&mut self) {
        let standing = &self.standing[Thing::Source as usize];
        let status = |at: u32| standing.get(at as usize).copied();
        let undeclared: Vec<u32> =
            (0..index(standing.len())).filter(|at| status(*at) == Some(IdStatus::Named)).collect();
        for (at, status) in standing.iter().enumerate() {
            self.dossier.columns.sources[at].declared = *status >= IdStatus::Listed;
        }
        if undeclared.is_empty() {
            return;
        }
        let (mut unnamed, mut holding) = (Vec::new(), Vec::new());
        let mut problems: Vec<(u32, String)> = Vec::new();
        // Names that fold to something else than themselves, by what they fold to, once a name may be joined.
        let mut folded: Option<FastMap<String, u32>> = None;
        for at in undeclared.iter().copied() {
            let name = self.id_of(Thing::Source, at);
            // Most names are one word, and the rest takes several.
            if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_') {
                if is_unnamed(name) {
                    unnamed.push(at);
                }
                continue;
            }
            if let Some(found) = attribution(name) {
                problems.push((at, attributed(name, &found)));
                continue;
            }
            let folded = folded.get_or_insert_with(|| self.folded_sources());
            match joined_name(name, |part| folded.get(part).is_some_and(|other| *other != at)) {
                Some(JoinedName::Several(parts)) => {
                    let parts = few_in_a_row(parts.iter(), "; ");
                    let problem = format!(
                        "found {}, which seems to be several names; separate them with semicolons (`{parts}`), or declare it in a table of sources",
                        Shown(name),
                    );
                    problems.push((at, problem));
                }
                Some(JoinedName::Holds(parts)) => {
                    let held = parts.first().and_then(|part| folded.get(&*fold_name(part)).copied());
                    holding.extend(held.map(|held| (at, held)));
                }
                None if is_unnamed(name) => unnamed.push(at),
                None => {}
            }
        }
        self.report_speakers(&problems);
        let mut placed = unnamed;
        placed.retain(|at| self.take_for_unnamed(*at));
        self.place_first(&placed);
        let acronyms = self.find_acronyms();
        for pairs in [holding, acronyms] {
            let taken = pairs.into_iter().filter(|(at, other)| self.take_for_part(*at, *other));
            let taken: Vec<u32> = taken.map(|(at, _)| at).collect();
            self.place_first(&taken);
        }
    }

    /// The sources by their folded names.
    fn folded_sources(&self) -> FastMap<String, u32> {
        let mut folded = FastMap::default();
        for (at, SourceRow { name, aliases, .. }) in (0..).zip(self.dossier.columns.sources.values()) {
            let names =
                [self.id_of(Thing::Source, at), name].into_iter().chain(aliases.iter().map(AsRef::as_ref));
            names.for_each(|name| {
                folded.entry(fold_name(name).into_owned()).or_insert(at);
            });
        }
        folded
    }

    /// Takes a source for people whom nobody names, unless a table says whether they are.
    fn take_for_unnamed(&mut self, at: u32) -> bool {
        let is_stated = self.place_of_stated(Thing::Source, at, "anonymous").is_some();
        self.dossier.columns.sources[at as usize].anonymous |= !is_stated;
        !is_stated
    }

    /// Puts a source on the side of the one that it may be, unless a table says whose it is, or that one is
    /// on its own side.
    fn take_for_part(&mut self, at: u32, of: u32) -> bool {
        let columns = &mut self.dossier.columns;
        let is_free = columns.sources[at as usize].part_of.is_none() && columns.side(of) != at;
        if is_free {
            let row = &mut columns.sources[at as usize];
            (row.part_of, row.is_part_assumed) = (Some(of), true);
        }
        is_free
    }

    fn report_speakers(&mut self, problems: &[(u32, String)]) {
        let wanted = problems.iter().map(|(at, _)| *at).collect();
        let mut places = self.first_mentions(Thing::Source, &wanted);
        for (at, problem) in problems {
            let place = places.remove(at);
            let (place, field) = place.unwrap_or_else(|| (Place::of(self.id_of(Thing::Source, *at)), "by"));
            self.problems.push(place.field(field, ErrorKind::UnknownReference.because(problem)));
        }
    }

    /// Remembers where the first of some sources stands, for the lint that will be about it.
    fn place_first(&mut self, sources: &[u32]) {
        let Some(first) = sources.first() else { return };
        let place =
            self.first_mentions(Thing::Source, &[*first].into_iter().collect::<Set<u32>>()).remove(first);
        let place = place.and_then(|(place, field)| self.place_of_lint(&place, field));
        self.dossier.lint_places.extend(place.map(|place| (*first, place)));
    }

    /// Pairs of sources one of which may be short for the other, and isn't declared; it comes first. Reports
    /// those that may be short for several that answer the same claims: on whose side they are can be read in
    /// two ways.
    fn find_acronyms(&mut self) -> Vec<(u32, u32)> {
        let sources = &self.dossier.columns.sources;
        let mut wholes: FastMap<String, Vec<u32>> = FastMap::default();
        for (at, row) in (0..).zip(sources.values()).filter(|(_, row)| !row.anonymous) {
            for key in acronym_keys(&row.name) {
                let same = wholes.entry(key).or_default();
                if !same.contains(&at) {
                    same.push(at);
                }
            }
        }
        let (mut pairs, mut several, mut problems) = (Vec::new(), Vec::new(), Vec::new());
        if wholes.is_empty() {
            return pairs;
        }
        for (at, row) in (0..).zip(sources.values()).filter(|(_, row)| !row.anonymous) {
            let Some(wholes) = letters_of(&row.name).and_then(|letters| wholes.get(&letters)) else {
                continue;
            };
            let may_be = |whole: &&u32| {
                let other = &sources[**whole as usize];
                !(row.declared && other.declared) && is_acronym_of(&row.name, &other.name)
            };
            let candidates: Vec<u32> = wholes.iter().filter(may_be).copied().collect();
            match candidates[..] {
                [] => {}
                [whole] => pairs.push(if row.declared { (whole, at) } else { (at, whole) }),
                _ => several.push((at, candidates)),
            }
        }
        let named = several.iter().flat_map(|(at, candidates)| candidates.iter().chain([at]));
        let claims = self.claims_of(&named.copied().collect());
        for (at, candidates) in several {
            let Some(own) = claims.get(&at) else { continue };
            let shares = |whole: &&u32| {
                claims.get(*whole).is_some_and(|theirs| own.iter().any(|at| theirs.contains(at)))
            };
            let mut sharing = candidates.iter().filter(shares).copied();
            match (sharing.next(), sharing.next()) {
                (Some(whole), None) if sources[at as usize].declared => pairs.push((whole, at)),
                (Some(whole), None) => pairs.push((at, whole)),
                (Some(one), Some(other)) => {
                    let [short, one, other] =
                        [at, one, other].map(|at| Shown(self.id_of(Thing::Source, at)).to_string());
                    problems.push((
                        at,
                        format!("{short} may be short for {one} or for {other}; write the name that is meant, or declare all of them in a table of sources"),
                    ));
                }
                (None, _) => {}
            }
        }
        self.report_speakers(&problems);
        pairs
    }

    /// The claims that each of some sources answers.
    fn claims_of(&self, sources: &Set<u32>) -> FastMap<u32, Set<u32>> {
        let columns = &self.dossier.columns;
        let mut claims: FastMap<u32, Set<u32>> = FastMap::default();
        for at in (0..columns.len()).filter(|_| !sources.is_empty()) {
            for source in columns.by(at).iter().filter(|source| sources.contains(*source)) {
                claims.entry(*source).or_default().insert(columns.claim[at as usize]);
            }
        }
        claims
    }
}

fn attributed(name: &str, found: &Attribution) -> String {
    let Attribution { speaker, relay } = found;
    match relay {
        Some(relay) => format!(
            "found {}, which says who passes it on; put `{speaker}` into `by`, and `{relay}` into `via`",
            Shown(name)
        ),
        None => format!(
            "found {}, which says whose word it is; put `{speaker}` alone into `by`, and whoever passes it on into `via`",
            Shown(name)
        ),
    }
}
