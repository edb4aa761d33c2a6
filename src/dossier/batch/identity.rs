//! Who is who in tables: which of the names that rows have are one source, one claim or one document.
//!
//! Names are compared once, when all files are read: a row may name what a table says only later, and each
//! distinct name is folded once, however many rows have it.

use std::borrow::Cow;

use super::super::columns::renumber::Renumbering;
use super::super::columns::{Set, boxed, index};
use super::super::place::Place;
use super::{Batch, IdStatus, Thing};
use crate::error::{ErrorKind, Shown};
use crate::model::hashing::FastMap;
use crate::model::lint::{Lint, LintKind};
use crate::wording::few_in_a_row;
use crate::wording::names::fold_name;

/// Which declared record has a name.
#[derive(Clone, Copy)]
enum NameOwner {
    One(u32),
    Several(u32, u32),
}

impl NameOwner {
    fn and(&mut self, other: u32) {
        match *self {
            Self::One(one) if one != other => *self = Self::Several(one, other),
            _ => {}
        }
    }
}

/// The names of the records of one sort that are declared.
#[derive(Default)]
struct DeclaredNames<'b> {
    /// As they are written: names and labels, ...
    names: FastMap<&'b str, NameOwner>,
    /// ... and aliases.
    aliases: FastMap<&'b str, NameOwner>,
    /// All of them, and ids, folded.
    folded: FastMap<Cow<'b, str>, NameOwner>,
}

impl<'b> DeclaredNames<'b> {
    fn add_folded(&mut self, name: &'b str, at: u32) {
        self.folded.entry(fold_name(name)).and_modify(|owner| owner.and(at)).or_insert(NameOwner::One(at));
    }

    fn add_name(&mut self, name: &'b str, at: u32) {
        self.names.entry(name).and_modify(|owner| owner.and(at)).or_insert(NameOwner::One(at));
        self.add_folded(name, at);
    }

    fn add_alias(&mut self, alias: &'b str, at: u32) {
        self.aliases.entry(alias).and_modify(|owner| owner.and(at)).or_insert(NameOwner::One(at));
        self.add_folded(alias, at);
    }
}

/// The spellings of the names of one sort of record.
struct Spellings {
    /// For each number that of the record which it names: its own, for most.
    named: Vec<u32>,
    /// Those that were only alike: the other spelling, and the record.
    alike: Vec<(u32, u32)>,
    /// Those that two declared records may be.
    unclear: Vec<(u32, [u32; 2])>,
}

/// The field of a row that names records of this sort.
fn field_of(thing: Thing) -> &'static str {
    match thing {
        Thing::Source => "by",
        Thing::Claim => "claim",
        Thing::Document => "document",
        Thing::Term => "value",
    }
}

/// Takes the names in a cell apart.
pub(super) fn in_cell(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|name| !name.is_empty())
}

impl Batch {
    /// Makes one of what has several spellings.
    pub(super) fn unify_names(&mut self) {
        if !self.standing.iter().any(|standing| standing.contains(&IdStatus::Named)) && self.facts.is_empty()
        {
            return;
        }
        self.name_in_facts();
        let mut is_changed = false;
        for thing in [Thing::Source, Thing::Claim, Thing::Document] {
            let Some(spellings) = self.find_spellings(thing) else { continue };
            self.report_unclear(thing, &spellings.unclear);
            self.lint_look_alikes(thing, &spellings.alike);
            if spellings.named.iter().zip(0..).any(|(named, at)| *named != at) {
                self.renumber(thing, &spellings.named);
                is_changed = true;
            }
        }
        if is_changed {
            self.restate_facts();
        }
    }

    /// Adds the sources that tables state others to be part of, or to publish.
    fn name_in_facts(&mut self) {
        let mut named: Set<(u32, u32)> = Set::default();
        for fact in &self.facts {
            if matches!(&*self.fields[fact.field as usize].name, "part_of" | "publisher") {
                named.insert((fact.field, fact.text));
            }
        }
        for (field, text) in named {
            let texts = &self.fields[field as usize].texts;
            let name = texts.get_index(text as usize).unwrap_or_default().to_owned();
            if crate::model::id::refusal(&name).is_none() {
                self.intern_id(Thing::Source, &name, IdStatus::Named);
            }
        }
    }

    /// The names of what is declared, in a dossier in JSON or in a table of its own sort.
    fn declared_names(&self, thing: Thing) -> DeclaredNames<'_> {
        let mut declared = DeclaredNames::default();
        let standing = &self.standing[thing as usize];
        let is_listed = |at: u32| standing.get(at as usize) == Some(&IdStatus::Listed);
        for (status, at) in standing.iter().zip(0..) {
            if *status >= IdStatus::Listed {
                declared.add_folded(self.id_of(thing, at), at);
            }
        }
        for fact in self.facts.iter().filter(|fact| is_listed(fact.of)) {
            let field = &self.fields[fact.field as usize];
            let text = || field.texts.get_index(fact.text as usize).unwrap_or_default();
            match (field.thing == thing, &*field.name) {
                (true, "name" | "label" | "title" | "question") => declared.add_name(text(), fact.of),
                (true, "aliases") => in_cell(text()).for_each(|alias| declared.add_alias(alias, fact.of)),
                _ => {}
            }
        }
        let names: Vec<(&str, u32)> = match thing {
            Thing::Source => self.sources.iter().map(|one| (one.record.name.as_str(), one.at)).collect(),
            Thing::Claim => self.claims.iter().map(|one| (one.record.question.as_str(), one.at)).collect(),
            Thing::Document => self.documents.iter().map(|one| (one.record.title.as_str(), one.at)).collect(),
            Thing::Term => self.terms.iter().map(|one| (one.record.label.as_str(), one.at)).collect(),
        };
        names
            .into_iter()
            .filter(|(name, _)| !name.is_empty())
            .for_each(|(name, at)| declared.add_name(name, at));
        if thing == Thing::Source {
            for one in &self.sources {
                one.record.aliases.iter().for_each(|alias| declared.add_alias(alias, one.at));
            }
        }
        declared
    }

    /// What each name that only rows have comes to. Nothing, where there is no such name.
    fn find_spellings(&self, thing: Thing) -> Option<Spellings> {
        let standing = &self.standing[thing as usize];
        if !standing.contains(&IdStatus::Named) {
            return None;
        }
        let declared = self.declared_names(thing);
        // The first of undeclared names that fold to something other than themselves. One that is its own
        // folding is found among the ids.
        let mut firsts: FastMap<Box<str>, u32> = FastMap::default();
        let mut found =
            Spellings { named: (0..index(standing.len())).collect(), alike: vec![], unclear: vec![] };
        for (_, at) in standing.iter().zip(0..).filter(|(status, _)| **status == IdStatus::Named) {
            let id = self.id_of(thing, at);
            match declared.names.get(id).or_else(|| declared.aliases.get(id)) {
                Some(NameOwner::One(owner)) => {
                    found.named[at as usize] = *owner;
                    continue;
                }
                Some(NameOwner::Several(one, other)) => {
                    found.unclear.push((at, [*one, *other]));
                    continue;
                }
                None => {}
            }
            let folded = fold_name(id);
            let owner = if declared.folded.is_empty() { None } else { declared.folded.get(&folded) };
            let first = match (owner, &folded) {
                (Some(NameOwner::One(owner)), _) => Some(*owner),
                (Some(NameOwner::Several(one, other)), _) => {
                    found.unclear.push((at, [*one, *other]));
                    continue;
                }
                (None, Cow::Borrowed(own)) if firsts.is_empty() || own.len() != id.len() => None,
                (None, Cow::Borrowed(own)) => firsts.get(*own).copied(),
                (None, Cow::Owned(folded)) => {
                    let plain = self.number_of(thing, folded).filter(|plain| *plain < at);
                    let plain = plain.filter(|plain| standing[*plain as usize] == IdStatus::Named);
                    firsts.get(folded.as_str()).copied().or(plain)
                }
            };
            match (first, folded) {
                (Some(first), _) => {
                    found.named[at as usize] = first;
                    found.alike.push((at, first));
                }
                (None, Cow::Owned(folded)) => drop(firsts.insert(folded.into(), at)),
                (None, Cow::Borrowed(_)) => {}
            }
        }
        Some(found)
    }

    fn number_of(&self, thing: Thing, id: &str) -> Option<u32> {
        let columns = &self.dossier.columns;
        let at = match thing {
            Thing::Source => columns.sources.get_index_of(id),
            Thing::Term => columns.terms.get_index_of(id),
            Thing::Document => columns.documents.get_index_of(id),
            Thing::Claim => columns.claims.get_index_of(id),
        };
        at.map(index)
    }

    /// Where each of some names stands first in a row, and in which of its fields.
    pub(super) fn first_mentions(
        &self,
        thing: Thing,
        wanted: &Set<u32>,
    ) -> FastMap<u32, (Place, &'static str)> {
        let mut places = FastMap::default();
        if wanted.is_empty() {
            return places;
        }
        let columns = &self.dossier.columns;
        let mut mention = |at: u32, assertion: u32, field: &'static str| {
            if wanted.contains(&at) {
                places.entry(at).or_insert_with(|| (self.place_of(assertion), field));
            }
        };
        for assertion in 0..columns.len() {
            match thing {
                Thing::Claim => mention(columns.claim[assertion as usize], assertion, "claim"),
                Thing::Document => mention(columns.document[assertion as usize], assertion, "document"),
                Thing::Source | Thing::Term => {
                    columns.by(assertion).iter().for_each(|by| mention(*by, assertion, "by"));
                    let via = columns.extra(assertion).map_or(&[][..], |extra| &extra.via);
                    via.iter().for_each(|relay| mention(*relay, assertion, "via"));
                }
            }
        }
        // What no row names, another record does.
        for fact in &self.facts {
            let field = &self.fields[fact.field as usize];
            let name = match &*field.name {
                "part_of" if thing == Thing::Source => "part_of",
                "publisher" if thing == Thing::Source => "publisher",
                _ => continue,
            };
            let named =
                field.texts.get_index(fact.text as usize).and_then(|text| self.number_of(thing, text));
            if let Some(at) = named.filter(|at| wanted.contains(at)) {
                places.entry(at).or_insert_with(|| (self.place_of_fact(*fact), name));
            }
        }
        places
    }

    /// Refuses names that two declared records may be.
    fn report_unclear(&mut self, thing: Thing, unclear: &[(u32, [u32; 2])]) {
        let wanted = unclear.iter().map(|(at, _)| *at).collect();
        let mut places = self.first_mentions(thing, &wanted);
        for (at, [one, other]) in unclear {
            let problem = format!(
                "found {}, which may be the {word} {} or the {word} {}; name one of them by its id",
                Shown(self.id_of(thing, *at)),
                Shown(self.id_of(thing, *one)),
                Shown(self.id_of(thing, *other)),
                word = thing.word(),
            );
            let (place, field) =
                places.remove(at).unwrap_or_else(|| (Place::of(self.id_of(thing, *at)), field_of(thing)));
            self.problems.push(place.field(field, ErrorKind::UnknownReference.because(problem)));
        }
    }

    /// Where a lint is, as problems name places.
    pub(super) fn place_of_lint(&self, place: &Place, field: &str) -> Option<String> {
        let name = place.file().filter(|_| self.nameless).map_or("", |file| &file.name);
        let text = place.text(field)?;
        let within = text.strip_prefix(name).map(|within| within.trim_start_matches(": "));
        Some(within.unwrap_or(&text).to_owned())
    }

    /// Says which spellings were taken for one.
    fn lint_look_alikes(&mut self, thing: Thing, alike: &[(u32, u32)]) {
        let Some((first, _)) = alike.first() else { return };
        let mut spellings: FastMap<u32, Vec<u32>> = FastMap::default();
        let mut order = Vec::new();
        for (other, named) in alike {
            spellings.entry(*named).or_insert_with(|| (order.push(*named), Vec::new()).1).push(*other);
        }
        let shown = |at: u32| Shown(self.id_of(thing, at)).to_string();
        let listed = order.iter().map(|named| {
            let others = spellings.get(named).into_iter().flatten().map(|at| shown(*at));
            let others = others.collect::<Vec<_>>();
            format!("{} (also {})", shown(*named), few_in_a_row(others.iter(), ", "))
        });
        let word = thing.word();
        let text = format!(
            "spellings taken for one {word}, since they differ only in case, spaces and the like: {}",
            few_in_a_row(listed.collect::<Vec<_>>().iter(), "; "),
        );
        let place = self.first_mentions(thing, &[*first].into_iter().collect()).remove(first);
        let place = place.and_then(|(place, field)| self.place_of_lint(&place, field));
        let named = order.first().copied().unwrap_or_default();
        let example = spellings.get(&named).into_iter().flatten().map(|at| self.id_of(thing, *at));
        let example = example.take(3).collect::<Vec<_>>().join("; ");
        let lint = Lint::new(LintKind::LookAlike, place, text);
        let lint = match thing {
            Thing::Source => lint.with_advice(format_args!(
                "write each in one way, or declare it in a table of sources: `id,aliases`, then `{},{example}`",
                self.id_of(thing, named),
            )),
            _ => lint.with_advice("write each in one way"),
        };
        self.lints.push(lint);
    }

    /// Gives each record its new number, wherever it is named.
    fn renumber(&mut self, thing: Thing, named: &[u32]) {
        let new = Renumbering::of(named);
        for (at, first) in named.iter().enumerate().filter(|(at, first)| *at != **first as usize) {
            let spelling = boxed(self.id_of(thing, index(at)));
            self.spellings[thing as usize].insert(spelling, new.get(*first));
        }
        let columns = &mut self.dossier.columns;
        match thing {
            Thing::Source => columns.renumber_sources(&new),
            Thing::Claim => columns.renumber_claims(&new),
            Thing::Document => columns.renumber_documents(&new),
            Thing::Term => {}
        }
        let mut kept = named.iter().zip(0..).map(|(first, at)| *first == at);
        self.standing[thing as usize].retain(|_| kept.next().unwrap_or(true));
        match thing {
            Thing::Source => self.sources.iter_mut().for_each(|one| one.at = new.get(one.at)),
            Thing::Claim => self.claims.iter_mut().for_each(|one| one.at = new.get(one.at)),
            Thing::Document => self.documents.iter_mut().for_each(|one| one.at = new.get(one.at)),
            Thing::Term => self.terms.iter_mut().for_each(|one| one.at = new.get(one.at)),
        }
        for (_, at, ..) in self.wanted.iter_mut().filter(|(wanted, ..)| *wanted == thing) {
            *at = new.get(*at);
        }
        for fact in self.facts.iter_mut().filter(|fact| self.fields[fact.field as usize].thing == thing) {
            fact.of = new.get(fact.of);
        }
    }

    /// States again what was stated of records under their old numbers, and refuses what differs between
    /// spellings.
    fn restate_facts(&mut self) {
        for field in &mut self.fields {
            field.said.clear();
            field.stated.clear();
        }
        for fact in std::mem::take(&mut self.facts) {
            let texts = &self.fields[fact.field as usize].texts;
            let text = texts.get_index(fact.text as usize).unwrap_or_default().to_owned();
            let place = self.place_of_fact(fact);
            self.record_fact(fact.field, fact.of, &text, fact.text, &place);
        }
    }

    /// The number of what a name came to be a spelling of.
    pub(super) fn spelled(&self, thing: Thing, name: &str) -> Option<u32> {
        self.spellings[thing as usize].get(name).copied()
    }
}
