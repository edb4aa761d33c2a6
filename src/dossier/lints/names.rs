//! What is worth a look in names: spellings, misspellings, and what was assumed of those that nobody
//! declared.

use std::borrow::Cow;

use crate::dossier::Dossier;
use crate::dossier::columns::{Set, index};
use crate::error::Shown;
use crate::model::hashing::FastMap;
use crate::model::lint::{Lint, LintKind};
use crate::wording::few_in_a_row;
use crate::wording::names::{fold_name, is_acronym_of, is_near, is_unnamed, near_keys};

impl Dossier {
    /// What came up while files were read.
    #[cfg(any(feature = "json", feature = "csv"))]
    pub(crate) fn lints_of_reading(&self) -> Vec<Lint> {
        let mut lints = self.assumed_of_speakers();
        lints.extend(self.lints.iter().cloned());
        lints
    }

    /// What was read of names in the cautious way.
    pub(super) fn lints_of_names(&self) -> Vec<Lint> {
        let mut lints = self.assumed_of_speakers();
        lints.extend(self.look_alike_sources());
        lints.extend(self.look_alike_claims());
        lints.extend(self.look_alike_terms());
        lints.extend(self.near_names());
        lints
    }

    /// What was assumed of sources that nobody declared, from their names alone.
    fn assumed_of_speakers(&self) -> Vec<Lint> {
        let sources = &self.columns.sources;
        let (mut unnamed, mut joined, mut acronyms) = (Vec::new(), Vec::new(), Vec::new());
        for (row, at) in sources.values().zip(0..) {
            if row.is_part_assumed {
                let whole = row.part_of.map_or("", |of| &sources[of as usize].name);
                let is_acronym = is_acronym_of(&row.name, whole) || is_acronym_of(whole, &row.name);
                if is_acronym { &mut acronyms } else { &mut joined }.push(at);
            } else if row.anonymous && !row.declared && is_unnamed(&row.name) {
                unnamed.push(at);
            }
        }
        let kinds = [
            (LintKind::UnnamedPeople, unnamed),
            (LintKind::JoinedName, joined),
            (LintKind::Acronym, acronyms),
        ];
        kinds.into_iter().filter_map(|(kind, sources)| self.assumed_of(kind, &sources)).collect()
    }

    fn assumed_of(&self, kind: LintKind, sources: &[u32]) -> Option<Lint> {
        let first = *sources.first()?;
        let id = |at: u32| self.columns.sources.get_index(at as usize).map_or("", |(id, _)| id);
        let other = |at: u32| id(self.columns.sources[at as usize].part_of.unwrap_or(at));
        let listed = sources.iter().map(|at| match kind {
            LintKind::UnnamedPeople => Shown(id(*at)).to_string(),
            LintKind::JoinedName => format!("{} beside {}", Shown(id(*at)), Shown(other(*at))),
            _ => format!("{} and {}", Shown(id(*at)), Shown(other(*at))),
        });
        let listed = few_in_a_row(listed.collect::<Vec<_>>().iter(), ", ");
        let row = cell(id(first));
        let (text, advice) = match kind {
            LintKind::UnnamedPeople => (
                format!(
                    "taken for people whom nobody names, who add no side where somebody named speaks: {listed}"
                ),
                format!("declare them in a table of sources: `id,anonymous`, then `{row},yes`, or `no`"),
            ),
            LintKind::JoinedName => (
                format!("a name that holds another one adds no side beside it: {listed}"),
                format!(
                    "separate names with semicolons, or declare it in a table of sources: `id`, then `{row}`"
                ),
            ),
            _ => {
                let [one, other] = [id(first), other(first)];
                let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
                let (short, long) = (cell(short), cell(long));
                (
                    format!("one may be short for the other, so they are one side: {listed}"),
                    format!(
                        "declare one in a table of sources: `id,aliases`, then `{long},{short}`; or both, if they are two"
                    ),
                )
            }
        };
        let place = self.lint_places.get(&first).cloned();
        Some(Lint::new(kind, place, text).with_advice(advice))
    }

    /// Sources with names of their own that fold alike. Those of tables were taken for one, unless they are
    /// declared.
    fn look_alike_sources(&self) -> Option<Lint> {
        let sources = &self.columns.sources;
        let mut firsts: FastMap<Cow<'_, str>, u32> = FastMap::default();
        let mut pairs: Set<(u32, u32)> = Set::default();
        for ((id, row), at) in sources.keys().zip(sources.values()).zip(0..) {
            let names = if *row.name == *id { &[id][..] } else { &[id, &*row.name] };
            for name in names {
                match firsts.get(&fold_name(name)) {
                    Some(first) if *first != at => drop(pairs.insert((*first, at))),
                    Some(_) => {}
                    None => drop(firsts.insert(fold_name(name), at)),
                }
            }
        }
        let id = |at: u32| sources.get_index(at as usize).map_or("", |(id, _)| id);
        may_be_one("sources that may be one, since their names", &pairs, id).map(|lint| {
            lint.with_advice("if they are one, make one record of them; an alias keeps the other name")
        })
    }

    /// Claims whose ids fold alike.
    fn look_alike_claims(&self) -> Option<Lint> {
        let claims = &self.columns.claims;
        let mut others: Vec<(Cow<'_, str>, u32)> = Vec::new();
        for (id, at) in claims.keys().zip(0..) {
            if let folded @ Cow::Owned(_) = fold_name(id) {
                others.push((folded, at));
            }
        }
        let mut firsts: FastMap<Cow<'_, str>, u32> = FastMap::default();
        let mut pairs: Set<(u32, u32)> = Set::default();
        for (folded, at) in others {
            let plain = claims.get_index_of(&folded).map(index);
            match plain.or_else(|| firsts.get(&folded).copied()) {
                Some(first) => drop(pairs.insert((first.min(at), first.max(at)))),
                None => drop(firsts.insert(folded, at)),
            }
        }
        let id = |at: u32| claims.get_index(at as usize).map_or("", |(id, _)| id);
        may_be_one("claims that may be one, since their ids", &pairs, id)
            .map(|lint| lint.with_advice("if they ask one question, make one claim of them"))
    }

    /// Words in values that were taken for a term whose names are spelled otherwise.
    fn look_alike_terms(&self) -> Option<Lint> {
        let names = &self.columns.term_names;
        let pairs =
            names.alike().map(|(name, term)| format!("{} (also {})", Shown(self.term_id(term)), Shown(name)));
        let pairs: Vec<String> = pairs.collect();
        if pairs.is_empty() {
            return None;
        }
        let text = format!(
            "spellings taken for one term, since they differ only in case, spaces and the like: {}",
            few_in_a_row(pairs.iter(), "; "),
        );
        let (name, term) = names.alike().next()?;
        let advice = format!(
            "write each in one way, or declare it in a table of terms: `id,aliases`, then `{},{name}`",
            self.term_id(term)
        );
        Some(Lint::new(LintKind::LookAlike, None, text).with_advice(advice))
    }

    /// Sources that answer one claim, aren't both declared, and may be one whose name was mistyped.
    fn near_names(&self) -> Option<Lint> {
        let sources = &self.columns.sources;
        if sources.values().all(|row| row.declared) {
            return None;
        }
        let mut keys: FastMap<u64, Vec<u32>> = FastMap::default();
        for (row, at) in sources.values().zip(0..) {
            for key in near_keys(&row.name) {
                let same = keys.entry(key).or_default();
                // Names that thousands share the letters of aren't misspellings of each other.
                if same.len() < 8 && same.last() != Some(&at) {
                    same.push(at);
                }
            }
        }
        let mut pairs: Set<(u32, u32)> = Set::default();
        for same in keys.values().filter(|same| same.len() > 1) {
            for (nth, one) in same.iter().enumerate() {
                for other in &same[nth + 1..] {
                    let [first, second] = [one, other].map(|at| &sources[*at as usize]);
                    if !(first.declared && second.declared) && is_near(&first.name, &second.name) {
                        pairs.insert((*one.min(other), *one.max(other)));
                    }
                }
            }
        }
        // Hash order is never seen.
        pairs.sort_unstable();
        let pairs: Set<(u32, u32)> = self.answering_together(pairs);
        let id = |at: u32| sources.get_index(at as usize).map_or("", |(id, _)| id);
        let first = *pairs.first()?;
        let listed =
            pairs.iter().map(|(one, other)| format!("{} and {}", Shown(id(*one)), Shown(id(*other))));
        let text = format!(
            "sources that answer one claim, whose names differ in a letter or two: {}",
            few_in_a_row(listed.collect::<Vec<_>>().iter(), "; ")
        );
        let advice = format!(
            "if they are one, write it in one way; if they are two, declare both in a table of sources: `id`, then `{}` and `{}`",
            id(first.0),
            id(first.1)
        );
        Some(Lint::new(LintKind::NearName, None, text).with_advice(advice))
    }

    /// Of pairs of sources those that answer one claim.
    fn answering_together(&self, pairs: Set<(u32, u32)>) -> Set<(u32, u32)> {
        if pairs.is_empty() {
            return pairs;
        }
        let of_pairs: Set<u32> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
        let mut claims: FastMap<u32, Set<u32>> = FastMap::default();
        for row in 0..self.columns.len() {
            for by in self.columns.by(row).iter().filter(|by| of_pairs.contains(*by)) {
                claims.entry(*by).or_default().insert(self.columns.claim[row as usize]);
            }
        }
        let answered = |source: &u32| claims.get(source);
        pairs
            .into_iter()
            .filter(|(one, other)| {
                let both = answered(one).zip(answered(other));
                both.is_some_and(|(one, other)| one.iter().any(|claim| other.contains(claim)))
            })
            .collect()
    }
}

/// A cell of a row to be pasted.
fn cell(text: &str) -> String {
    if text.contains([',', '"', ';']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// A lint on records that nothing but their spelling tells apart.
fn may_be_one<'d>(what: &str, pairs: &Set<(u32, u32)>, id: impl Fn(u32) -> &'d str) -> Option<Lint> {
    if pairs.is_empty() {
        return None;
    }
    let listed = pairs.iter().map(|(one, other)| format!("{} and {}", Shown(id(*one)), Shown(id(*other))));
    let listed = few_in_a_row(listed.collect::<Vec<_>>().iter(), "; ");
    let text = format!("{what} differ only in case, spaces and the like: {listed}");
    Some(Lint::new(LintKind::LookAlike, None, text))
}
