//! The end of reading: records, then what points at them, then values, then what ties assertions together.

use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::Arc;

use super::super::columns::{ClaimRow, Columns, DocumentRow, NONE, SourceRow, TermRow, index};
use super::super::draft::Ids;
use super::super::graph::Relation;
use super::super::graph::relation_view::RelationView;
use super::super::place::Place;
use super::super::values::deniable;
use super::super::{Dossier, date, lineage};
use super::kinds::{Figures, grouping, words_of};
use super::{Batch, Declared, RANGES, Thing, declared_twice};
use crate::error::{ErrorKind, Problems};
use crate::model::assertion::Stance;
use crate::model::claim::Kind;
use crate::model::constraint::{Constraint, Retraction};
use crate::model::date::Date;
use crate::model::hashing::FastMap;
use crate::model::id;
use crate::model::lint::Lint;
use crate::wording;

/// What some words were read as.
#[derive(Clone, Copy, Default)]
struct ValueReading {
    /// Of a claim of this kind.
    kind: Option<Kind>,
    value: u32,
    /// Whether a figure in them has one separator, which may stand before thousands or before decimals.
    is_grouped: bool,
}

/// The values of this many assertions are read one by one, by which time most words have been read; then
/// others are looked up, in parts of this size by several threads.
const PREFIX: usize = 1 << 13;

type ReadingKey = (Kind, u32, Option<Date>);

/// What was read. Nearly all words are read once, for claims of one kind.
struct ValueReadings {
    plain: Vec<ValueReading>,
    others: FastMap<ReadingKey, Result<ValueReading, String>>,
}

impl Batch {
    /// Makes a dossier of everything that was read, or says all that is wrong. Beside it, what was assumed.
    pub(crate) fn finish(self) -> Result<(Dossier, Vec<Lint>), Problems> {
        self.finish_in_parts(PREFIX)
    }

    /// The same, with another size in place of [`PREFIX`].
    pub(crate) fn finish_in_parts(mut self, part: usize) -> Result<(Dossier, Vec<Lint>), Problems> {
        self.unify_names();
        self.declare_sources_and_terms();
        self.declare_documents();
        let mut kinds = self.declare_claims();
        self.apply_facts(&mut kinds);
        self.check_wanted();
        self.check_rings();
        self.check_speakers();
        self.label_terms();
        self.refuse_nobody();
        self.find_proofs();
        self.screen_values(&kinds);
        self.infer_kinds(&mut kinds);
        self.read_values(&kinds, part);
        self.link_assertions();
        self.retract();
        self.constrain();
        if !self.problems.is_empty() {
            let names: Vec<Arc<str>> = self.files.iter().map(|file| (*file.name).into()).collect();
            for problem in &mut self.problems {
                let Some(name) = names.get(problem.file_number()) else { continue };
                if self.nameless {
                    problem.leave_out(name);
                }
                problem.name_file(Arc::clone(name));
            }
            return Err(Problems::new(self.problems));
        }
        self.lint_unlisted();
        self.lint_left_out();
        if self.nameless {
            let names: Vec<&str> = self.files.iter().map(|file| &*file.name).collect();
            self.lints.iter_mut().for_each(|lint| lint.leave_out(&names));
        }
        self.dossier.lints = std::mem::take(&mut self.lints);
        let lints = self.dossier.lints_of_reading();
        Ok((self.dossier, lints))
    }

    fn declare_sources_and_terms(&mut self) {
        let (sources, terms) = (std::mem::take(&mut self.sources), std::mem::take(&mut self.terms));
        let sources = self.distinct(Thing::Source, sources, |source| &source.id);
        let terms = self.distinct(Thing::Term, terms, |term| &term.id);
        for Declared { at, record, .. } in &sources {
            self.dossier.columns.sources[*at as usize] = SourceRow::of(record);
        }
        for Declared { at, record, .. } in &terms {
            self.dossier.columns.terms[*at as usize] = TermRow::of(record);
        }
        for Declared { at, record, place } in &sources {
            let Some(above) = &record.part_of else { continue };
            match self.find_known(Thing::Source, above, "part_of", place) {
                Ok(above) => self.dossier.columns.sources[*at as usize].part_of = Some(above),
                Err(problem) => self.problems.push(problem),
            }
        }
        for Declared { at, record, place } in &terms {
            let Some(above) = &record.broader else { continue };
            match self.find_known(Thing::Term, above, "broader", place) {
                Ok(above) => self.dossier.columns.terms[*at as usize].broader = Some(above),
                Err(problem) => self.problems.push(problem),
            }
        }
        (self.sources, self.terms) = (sources, terms);
    }

    fn declare_documents(&mut self) {
        let documents = std::mem::take(&mut self.documents);
        for Declared { at, record, place } in
            self.distinct(Thing::Document, documents, |document| &document.id)
        {
            let mut row = DocumentRow::of(&record);
            if let Some(publisher) = &record.publisher {
                match self.find_known(Thing::Source, publisher, "publisher", &place) {
                    Ok(publisher) => row.publisher = Some(publisher),
                    Err(problem) => self.problems.push(problem),
                }
            }
            match date(record.published.as_deref(), "published", &place) {
                Ok(published) => row.published = published,
                Err(problem) => self.problems.push(problem),
            }
            self.dossier.columns.documents[at as usize] = row;
        }
    }

    /// Declares claims, and gives back the kind of each that has one.
    fn declare_claims(&mut self) -> Vec<Option<Kind>> {
        let mut kinds = vec![None; self.dossier.columns.claims.len()];
        let claims = std::mem::take(&mut self.claims);
        for Declared { at, record, .. } in self.distinct(Thing::Claim, claims, |claim| &claim.id) {
            self.dossier.columns.claims[at as usize] = ClaimRow::of(&record);
            kinds[at as usize] = Some(record.kind);
        }
        kinds
    }

    /// Leaves one of each record that several files hold alike, and refuses a second one that differs.
    fn distinct<T: PartialEq>(
        &mut self,
        thing: Thing,
        mut records: Vec<Declared<T>>,
        id: impl Fn(&T) -> &str,
    ) -> Vec<Declared<T>> {
        let mut firsts = vec![NONE; self.standing[thing as usize].len()];
        let mut others = Vec::new();
        for (second, nth) in records.iter().zip(0..) {
            let Declared { at, record, place } = second;
            if let Some(why) = id::refusal(id(record)) {
                self.problems.push(place.field("id", ErrorKind::InvalidId.because(why)));
                others.push(nth);
                continue;
            }
            let first = &mut firsts[*at as usize];
            let Some(first) = records.get(*first as usize) else {
                *first = nth;
                continue;
            };
            others.push(nth);
            let alike = first.record == *record;
            let what = format_args!("a {}", thing.word());
            self.problems.extend(declared_twice(what, ("id", id(record)), alike, place, &first.place));
        }
        if !others.is_empty() {
            let (mut nth, mut others) = (0..index(records.len()), others.into_iter().peekable());
            records.retain(|_| others.next_if_eq(&nth.next().unwrap_or(NONE)).is_none());
        }
        records
    }

    /// Refuses rings of affiliations and of broader terms, and takes them apart, so that nothing below runs
    /// on one.
    fn check_rings(&mut self) {
        let columns = &self.dossier.columns;
        let rings_of = |relation, thing, field, count| {
            let view = RelationView::new(columns, relation, 0..index(count), |_| true);
            let rings = lineage::rings(&view, |at| self.id_of(thing, at).to_owned());
            rings.into_iter().map(move |ring| (thing, field, ring))
        };
        let sources = rings_of(Relation::PartOf, Thing::Source, "part_of", columns.sources.len());
        let terms = rings_of(Relation::Broader, Thing::Term, "broader", columns.terms.len());
        let rings: Vec<_> = sources.chain(terms).collect();
        if rings.is_empty() {
            return;
        }
        let sources = self.sources.iter().map(|source| ((Thing::Source, source.at), &source.place));
        let terms = self.terms.iter().map(|term| ((Thing::Term, term.at), &term.place));
        let declared: FastMap<_, _> = sources.chain(terms).collect();
        let mut problems = Vec::new();
        for (thing, field, (at, path)) in rings {
            let id = self.id_of(thing, at);
            let declared = || declared.get(&(thing, at)).map(|place| Place::clone(place));
            let place = self.place_of_stated(thing, at, field).or_else(declared);
            let problem = format!("it leads back to itself: {path}; take one of the steps out");
            problems
                .push(place.unwrap_or_else(|| Place::of(id)).field(field, ErrorKind::Cycle.because(problem)));
        }
        self.problems.extend(problems);
        let columns = &mut self.dossier.columns;
        columns.sources.values_mut().for_each(|source| source.part_of = None);
        columns.terms.values_mut().for_each(|term| term.broader = None);
    }

    fn label_terms(&mut self) {
        let Columns { terms, term_names, .. } = &mut self.dossier.columns;
        for ((id, row), at) in terms.keys().zip(terms.values()).zip(0..) {
            term_names.declare(id, row, at);
        }
    }

    /// Reads every value, each distinct one once.
    fn read_values(&mut self, kinds: &[Option<Kind>], part: usize) {
        let mut readings = ValueReadings {
            plain: vec![ValueReading::default(); self.words.len()],
            others: FastMap::default(),
        };
        let (mut figures, mut done) = (Figures::default(), 0);
        let count = self.dossier.columns.value.len();
        while done < count {
            // Each part is as long as all before it, whose words have been read: nearly all of its own are among them.
            let some = done..(done * 2).max(part).min(count);
            done = some.end;
            for at in self.give_values(some, kinds, &readings, part) {
                let value = self.value_of(at, kinds, &mut readings, &mut figures);
                self.dossier.columns.value[at as usize] = value;
            }
        }
        let mixed = figures.mixed(self);
        self.problems.extend(mixed);
        self.check_spans_of_years();
        (self.words, self.ranges) = Default::default();
    }

    /// Gives some assertions the values that their words were read as, and returns those whose words weren't
    /// read yet.
    fn give_values(
        &mut self,
        some: Range<usize>,
        kinds: &[Option<Kind>],
        readings: &ValueReadings,
        part: usize,
    ) -> Vec<u32> {
        let Columns { value, claim, stance, .. } = &mut self.dossier.columns;
        #[cfg(not(feature = "rayon"))]
        let _ = part;
        let give = |values: &mut [u32], from: usize| {
            let mut others = Vec::new();
            for (value, at) in values.iter_mut().zip(from..) {
                match readings.plain.get(*value as usize) {
                    Some(plain)
                        if plain.kind.is_some()
                            && kinds.get(claim[at] as usize) == Some(&plain.kind)
                            && !plain.is_grouped
                            && stance[at] == Stance::Affirms =>
                    {
                        *value = plain.value;
                    }
                    _ => others.push(index(at)),
                }
            }
            others
        };
        let (from, values) = (some.start, &mut value[some]);
        #[cfg(feature = "rayon")]
        if values.len() > part {
            use rayon::iter::{IndexedParallelIterator, ParallelIterator};
            use rayon::slice::ParallelSliceMut;

            let shares = values.par_chunks_mut(part).enumerate();
            return shares.flat_map_iter(|(nth, values)| give(values, from + nth * part)).collect();
        }
        give(values, from)
    }

    /// The value of an assertion.
    fn value_of(
        &mut self,
        at: u32,
        kinds: &[Option<Kind>],
        readings: &mut ValueReadings,
        figures: &mut Figures,
    ) -> u32 {
        let Columns { value, claim, .. } = &self.dossier.columns;
        let (words, claim) = (value[at as usize], claim[at as usize]);
        let (Some(Some(kind)), false) = (kinds.get(claim as usize), words == NONE) else { return NONE };
        let read = self.read_value(at, words, *kind, readings).and_then(|reading| {
            if reading.is_grouped && matches!(kind, Kind::Count | Kind::Quantity) {
                let text = words_of(&self.words, &self.ranges, words, *kind);
                figures.check(*kind, claim, (at, words), &text, self.form_of(at))?;
            }
            Ok(reading.value)
        });
        read.unwrap_or_else(|problem| {
            let text = words_of(&self.words, &self.ranges, words, *kind);
            // Where the range alone can be read, the best estimate is what is wrong.
            let is_of_range = words >= RANGES
                && wording::split_best(&text)
                    .is_none_or(|(range, _)| wording::read(*kind, range, None, &|_| false).is_err());
            let field = if is_of_range { "low" } else { "value" };
            let hint = self.hint(at, *kind, &text);
            let problem =
                self.place_of(at).field(field, ErrorKind::Wording.because(format_args!("{problem}{hint}")));
            self.problems.push(problem);
            NONE
        })
    }

    /// Reads one value, unless it was read before.
    fn read_value(
        &mut self,
        at: u32,
        words: u32,
        kind: Kind,
        readings: &mut ValueReadings,
    ) -> Result<ValueReading, String> {
        let plain = readings.plain.get(words as usize).copied().unwrap_or_default();
        let reading =
            if plain.kind == Some(kind) { Ok(plain) } else { self.read_words(at, words, kind, readings) }?;
        if self.dossier.columns.stance[at as usize] == Stance::Denies
            && let Some(value) = self.dossier.columns.values.get(reading.value as usize)
        {
            deniable(&value.content, &words_of(&self.words, &self.ranges, words, kind))?;
        }
        Ok(reading)
    }

    fn read_words(
        &mut self,
        at: u32,
        words: u32,
        kind: Kind,
        readings: &mut ValueReadings,
    ) -> Result<ValueReading, String> {
        if words >= RANGES && !matches!(kind, Kind::Count | Kind::Quantity | Kind::Date) {
            return Err(format!(
                "a claim about a {kind} has no `low` and `high`; put what was said into `value`"
            ));
        }
        let undated = self.read_once((kind, words, None), readings);
        // Only days without a date depend on their document, and can't be read without it.
        if kind == Kind::Date
            && undated.is_err()
            && let Some(published) = self.dossier.columns.counts_back_from(at)
        {
            return self.read_once((kind, words, Some(published)), readings);
        }
        undated
    }

    fn read_once(&mut self, key: ReadingKey, readings: &mut ValueReadings) -> Result<ValueReading, String> {
        if let Some(read) = readings.others.get(&key) {
            return read.clone();
        }
        let (kind, words, published) = key;
        let (text, dossier) = (words_of(&self.words, &self.ranges, words, kind), &mut self.dossier);
        let read = dossier.read_value(kind, &text, published, Stance::Affirms).map(|value| ValueReading {
            kind: Some(kind),
            value,
            is_grouped: grouping(&text).is_some(),
        });
        match (&read, readings.plain.get_mut(words as usize)) {
            (Ok(reading), Some(plain)) if published.is_none() && plain.kind.is_none() => *plain = *reading,
            _ => drop(readings.others.insert(key, read.clone())),
        }
        read
    }

    fn link_assertions(&mut self) {
        self.dossier.columns.group_anew();
        let links = std::mem::take(&mut self.links);
        let sides = if links.is_empty() { Vec::new() } else { self.dossier.columns.sides() };
        for link in &links {
            let (at, place) = (link.at as usize, &link.place);
            let suggest = self.suggests(self.dossier.columns.ids.len());
            let Self { dossier, problems, .. } = self;
            let claim = dossier.columns.claim[at];
            let from = dossier.link(
                "derived_from",
                Ids::Listed(&link.derived_from),
                claim,
                place,
                suggest,
                problems,
            );
            let to =
                dossier.link("supersedes", Ids::Listed(&link.supersedes), claim, place, suggest, problems);
            let (by, document) = (dossier.columns.by[at], dossier.columns.document[at]);
            dossier.check_supersedes(by, document, &to, |source| sides[source as usize], place, problems);
            let extra = dossier.columns.extra.entry(link.at).or_default();
            extra.derived_from = from.iter().map(|(_, target)| *target).collect();
            extra.supersedes = to.iter().map(|(_, target)| *target).collect();
        }
        let columns = &self.dossier.columns;
        let from = links.iter().map(|link| link.at);
        let view = RelationView::new(columns, Relation::Supersedes, from, |_| true);
        // One ring is enough: another may be the same mistake.
        if let Some((at, path)) = lineage::rings(&view, |at| columns.assertion_id(at)).into_iter().next() {
            let place = links.iter().find(|link| link.at == at).map(|link| &link.place);
            let problem = format!("it leads back to itself: {path}; take one of the steps out");
            self.problems
                .extend(place.map(|place| place.field("supersedes", ErrorKind::Cycle.because(&problem))));
        }
    }

    /// Records what was withdrawn: once, where several files say the same.
    fn retract(&mut self) {
        let retractions = std::mem::take(&mut self.retractions);
        let mut firsts = FastMap::<&str, &(Retraction, Place)>::default();
        for one in &retractions {
            let (retraction, place) = one;
            let id = retraction.assertion.as_str();
            let problem = match firsts.entry(id) {
                Entry::Vacant(first) => {
                    first.insert(one);
                    self.dossier.admit_retraction(retraction, place).err()
                }
                Entry::Occupied(first) => {
                    let (first, there) = first.get();
                    let alike = first == retraction;
                    declared_twice("a retraction of", ("assertion", id), alike, place, there)
                }
            };
            self.problems.extend(problem);
        }
    }

    /// Ties claims together. What several files say alike is said as often as in the one that says it most
    /// often.
    fn constrain(&mut self) {
        let constraints = std::mem::take(&mut self.constraints);
        let (mut kept, mut in_file) = (FastMap::<&Constraint, u32>::default(), FastMap::<_, u32>::default());
        for (constraint, place) in &constraints {
            let here = in_file.entry((place.file().map(|file| file.number), constraint)).or_default();
            let kept = kept.entry(constraint).or_default();
            *here += 1;
            if here > kept {
                *kept = *here;
                self.problems.extend(self.dossier.admit_constraint(constraint.clone(), place).err());
            }
        }
    }
}
