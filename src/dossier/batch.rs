//! Files on their way into a dossier: assertions go in as they are read, and what they point at may come
//! later.
//!
//! While files are read, an assertion's value is the number of its words. What kind of claim it answers may
//! be known only at the end, so values are read then, each distinct one once.

mod facts;
#[cfg(feature = "csv")]
pub(crate) mod fast_rows;
mod finish;
mod identity;
pub(crate) mod kinds;
mod proofs;
pub(crate) mod screen;
mod speakers;
mod year_spans;

use std::fmt;
use std::sync::Arc;

use super::columns::{AssertionRow, ClaimRow, DocumentRow, NONE, Set, SourceRow, TermRow, index};
#[cfg(feature = "json")]
use super::draft::KnownNumbers;
use super::draft::{AssertionDraft, DraftValue, Ids, Refs};
use super::interner::Interner;
#[cfg(feature = "json")]
use super::interner::fast_lookup::NEW;
use super::interner::fast_lookup::TextSpan;
use super::place::{FileForm, InputFile, PartNames, Place};
use super::{Dossier, boxed};
use crate::error::{Error, ErrorKind, Shown};
use crate::model::assertion::Stance;
use crate::model::claim::{Claim, Evolves, Kind, Nature};
use crate::model::constraint::{Constraint, Retraction};
use crate::model::hashing::FastMap;
use crate::model::id;
use crate::model::lint::Lint;
use crate::model::source::{Document, Source};
use crate::model::term::Term;
use proofs::Proofs;

/// Everything that files add, whatever the order of their references.
#[derive(Default)]
pub(crate) struct Batch {
    pub(super) dossier: Dossier,
    files: Vec<Arc<InputFile>>,
    /// The names that files were given by.
    names: Set<Box<str>>,
    /// Whether messages leave out the names of files in the end.
    pub(crate) nameless: bool,
    pub(crate) problems: Vec<Error>,

    // The records of dossiers in JSON, which must hold all that their assertions point at.
    sources: Vec<Declared<Source>>,
    terms: Vec<Declared<Term>>,
    documents: Vec<Declared<Document>>,
    claims: Vec<Declared<Claim>>,
    pub(crate) retractions: Vec<(Retraction, Place)>,
    pub(crate) constraints: Vec<(Constraint, Place)>,

    /// How each id came to be known.
    standing: [Vec<IdStatus>; 4],
    /// The records that other spellings of their names stand for.
    spellings: [FastMap<Box<str>, u32>; 4],
    /// What an entry points at before it is known.
    wanted: Vec<(Thing, u32, Place, &'static str)>,
    /// Whether some file lists all sources, or all claims.
    listed: [bool; 4],

    /// The words of values, and ranges in cells of their own; the latter are numbered from [`RANGES`] up.
    words: Interner,
    ranges: Set<RangeCells>,
    /// The rows that state `affirms` with words that may be no answer.
    affirmed: Set<u32>,
    /// Where rows say nothing.
    left_out: Vec<Place>,
    /// Cells that show how a file writes its dates and decimals.
    proofs: Proofs,
    /// The line of each assertion in its file, and the number of each entry there.
    lines: Runs,
    entries: Runs,
    /// The first assertion of each file.
    begins: Vec<(u32, Arc<InputFile>)>,
    /// The assertions that repeat or replace others, by the ids that those were named by.
    links: Vec<PendingLinks>,

    /// What tables state about sources, claims, documents and terms: each fact where it was first stated.
    facts: Vec<Fact>,
    fields: Vec<FactField>,
    /// What was assumed.
    pub(crate) lints: Vec<Lint>,
    /// What was looked for.
    #[cfg(feature = "json")]
    found: Vec<u32>,
}

/// A record of a dossier in JSON, with the number of its id.
struct Declared<Record> {
    at: u32,
    record: Record,
    place: Place,
}

/// The lower end, the best estimate and the upper end of a range, any of which may be empty.
type RangeCells = (Box<str>, Box<str>, Box<str>);

/// Where the numbers of ranges in cells of their own begin.
const RANGES: u32 = 1 << 31;

/// What has ids of its own, besides assertions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Thing {
    Source,
    Term,
    Document,
    Claim,
}

impl Thing {
    fn word(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Term => "term",
            Self::Document => "document",
            Self::Claim => "claim",
        }
    }
}

/// What a row or an entry names, and is looked for many at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LookupColumn {
    Claim,
    By,
    Document,
    Words,
}

/// How an id came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum IdStatus {
    /// An entry points at it.
    Wanted,
    /// It is an entry that couldn't be read.
    Broken,
    /// A row of a table names it.
    Named,
    /// A table of its own kind lists it.
    Listed,
    /// It is an entry of a dossier in JSON.
    Declared,
}

/// Something that a table states: a field of a record.
#[derive(Clone, Copy, Debug)]
struct Fact {
    of: u32,
    field: u32,
    text: u32,
    file: u32,
    line: u32,
}

/// A field that tables state of records of one sort.
struct FactField {
    thing: Thing,
    name: Box<str>,
    /// What was stated.
    texts: Interner,
    /// For each record which of them, ...
    said: Vec<u32>,
    /// ... and the fact that stated it.
    stated: Vec<u32>,
}

/// A number for each assertion, which mostly is one more than that of the assertion before.
#[derive(Default)]
struct Runs {
    /// Where it isn't. The first run begins with the first assertion, at zero.
    begins: Vec<(u32, u32)>,
    next: (u32, u32),
}

impl Runs {
    fn push(&mut self, at: u32, number: u32) {
        if (at, number) != self.next {
            self.begins.push((at, number));
        }
        self.next = (at + 1, number.wrapping_add(1));
    }

    /// Appends the numbers of several assertions, in order.
    #[cfg(feature = "csv")]
    fn extend(
        &mut self,
        at: u32,
        mut numbers: impl ExactSizeIterator<Item = u32> + DoubleEndedIterator + Clone,
    ) {
        let count = index(numbers.len());
        match (numbers.clone().next(), numbers.clone().next_back()) {
            (Some(first), Some(last)) if last - first == count - 1 => {
                self.push(at, first);
                self.next = (at + count, last.wrapping_add(1));
            }
            _ => (at..).zip(&mut numbers).for_each(|(at, number)| self.push(at, number)),
        }
    }

    fn get(&self, at: u32) -> u32 {
        let run = self.begins.partition_point(|(begin, _)| *begin <= at).checked_sub(1);
        let (begin, number) = run.map_or((0, 0), |run| self.begins[run]);
        number + (at - begin)
    }
}

struct PendingLinks {
    at: u32,
    place: Place,
    derived_from: Vec<String>,
    supersedes: Vec<String>,
}

/// At most this many ids are compared with mistaken ones, over all problems: more would take too long.
const COMPARED: usize = 2_000_000;

impl Batch {
    /// Whether a file of this name may be read: not, where one was. A file without a name can't be told from
    /// others.
    pub(crate) fn is_new(&mut self, name: &str) -> bool {
        let is_new = name.is_empty() || self.names.insert(boxed(name));
        if !is_new {
            let file = self.file(name, FileForm::Entries);
            self.problems.push(
                Error::new(name, ErrorKind::Duplicate.because("it is given twice; give each file once"))
                    .in_file(file.number),
            );
        }
        is_new
    }

    /// Begins a file.
    pub(crate) fn file(&mut self, name: &str, form: FileForm) -> Arc<InputFile> {
        let file = Arc::new(InputFile {
            name: name.into(),
            number: index(self.files.len()),
            form,
            parts: PartNames::default(),
        });
        self.files.push(Arc::clone(&file));
        self.begins.push((self.dossier.columns.len(), Arc::clone(&file)));
        file
    }

    /// Whether no file has been begun.
    pub(crate) fn is_untouched(&self) -> bool {
        self.files.is_empty()
    }

    /// Forgets all files.
    pub(crate) fn begin_again(&mut self) {
        let names = std::mem::take(&mut self.names);
        *self = Self { nameless: self.nameless, names, ..Self::default() };
    }

    /// Takes a title, unless there is one.
    pub(crate) fn title(&mut self, title: String) {
        if self.dossier.title.is_empty() {
            self.dossier.title = title.into();
        }
    }

    /// The number of an id, which is added if it isn't known.
    pub(crate) fn intern_id(&mut self, thing: Thing, id: &str, standing: IdStatus) -> u32 {
        let columns = &mut self.dossier.columns;
        let at = match thing {
            Thing::Source => columns.sources.insert_with(id, || unnamed_source(id)),
            Thing::Term => columns.terms.insert_with(id, || unnamed_term(id)),
            Thing::Document => columns.documents.insert_with(id, unnamed_document),
            Thing::Claim => columns.claims.insert_with(id, unnamed_claim),
        };
        raise_status(&mut self.standing[thing as usize], at, standing)
    }

    /// Adds a source of a dossier in JSON.
    pub(crate) fn source(&mut self, record: Source, place: Place) {
        let at = self.intern_id(Thing::Source, &record.id, IdStatus::Declared);
        self.sources.push(Declared { at, record, place });
    }

    /// Adds a term of a dossier in JSON.
    pub(crate) fn term(&mut self, record: Term, place: Place) {
        let at = self.intern_id(Thing::Term, &record.id, IdStatus::Declared);
        self.terms.push(Declared { at, record, place });
    }

    /// Adds a document of a dossier in JSON.
    pub(crate) fn document(&mut self, record: Document, place: Place) {
        let at = self.intern_id(Thing::Document, &record.id, IdStatus::Declared);
        self.documents.push(Declared { at, record, place });
    }

    /// Adds a claim of a dossier in JSON.
    pub(crate) fn claim(&mut self, record: Claim, place: Place) {
        let at = self.intern_id(Thing::Claim, &record.id, IdStatus::Declared);
        self.claims.push(Declared { at, record, place });
    }

    /// Looks for what some texts name, and notes its numbers.
    #[cfg(feature = "json")]
    pub(crate) fn lookup_many<'t>(
        &mut self,
        named: LookupColumn,
        texts: impl Iterator<Item = &'t str>,
        known: &mut [KnownNumbers],
    ) {
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        self.lookup_column(named, texts.map(TextSpan::whole), &mut found, |_| {});
        for (known, found) in known.iter_mut().zip(&found) {
            let found = if *found == NEW { NONE } else { *found };
            match named {
                LookupColumn::Claim => known.claim = found,
                LookupColumn::By => known.by = found,
                LookupColumn::Document => known.document = found,
                LookupColumn::Words => known.words = found,
            }
        }
        self.found = found;
    }

    /// Finds the numbers of what many texts name, and tells which are new.
    fn lookup_column<'t>(
        &self,
        named: LookupColumn,
        texts: impl Iterator<Item = TextSpan<'t>>,
        found: &mut Vec<u32>,
        new: impl FnMut(u32),
    ) {
        let columns = &self.dossier.columns;
        match named {
            LookupColumn::Claim => columns.claims.lookup_many(texts, found, new),
            LookupColumn::By => columns.sources.lookup_many(texts, found, new),
            LookupColumn::Document => columns.documents.lookup_many(texts, found, new),
            LookupColumn::Words => self.words.lookup_many(texts, found, new),
        }
    }

    fn is_known(&self, thing: Thing, at: u32) -> bool {
        self.standing[thing as usize].get(at as usize).is_some_and(|standing| *standing > IdStatus::Wanted)
    }

    /// The number of what a row or an entry points at. A row makes it; an entry must find it, now or later.
    fn resolve_ref(&mut self, thing: Thing, id: &str, known: u32, field: &'static str, place: &Place) -> u32 {
        if self.standing[thing as usize]
            .get(known as usize)
            .is_some_and(|standing| *standing >= IdStatus::Named)
        {
            return known;
        }
        let at = self.intern_id(thing, id, IdStatus::Wanted);
        if let Place::Row { .. } = place {
            // A row makes what it names, unless it is there. An entry that points at it doesn't look at its
            // id.
            let standings = &mut self.standing[thing as usize];
            if standings[at as usize] < IdStatus::Named
                && let Some(why) = id::refusal(id)
            {
                let problem = format_args!("{} can't be an id: {why}", Shown(id));
                self.problems.push(place.field(field, ErrorKind::InvalidId.because(problem)));
            }
            raise_status(standings, at, IdStatus::Named);
        }
        if !self.is_known(thing, at) {
            self.wanted.push((thing, at, place.clone(), field));
        }
        at
    }

    /// Adds an assertion, and returns its number.
    pub(crate) fn assertion(&mut self, draft: &AssertionDraft<'_>, place: &Place) -> u32 {
        let claim = self.resolve_ref(Thing::Claim, draft.claim, draft.known.claim, "claim", place);
        let known = draft.known.document;
        let document =
            draft.document.map_or(NONE, |id| self.resolve_ref(Thing::Document, id, known, "document", place));
        let by = match draft.by.one() {
            Some(id) => self.resolve_ref(Thing::Source, id, draft.known.by, "by", place),
            None => {
                let by = self.resolve_sources("by", draft.by, place);
                self.dossier.columns.intern_credit(&by)
            }
        };
        let via = self.resolve_sources("via", draft.via, place);
        let refs = Refs { claim, document, by, via };
        let mut row = self.dossier.read_draft(draft, refs, place, &mut self.problems);
        if row.stance.takes_value()
            && let Some(words) = draft.value
        {
            row.value = match words {
                DraftValue::Said(_) if draft.known.words != NONE => draft.known.words,
                DraftValue::Said(text) => self.words.insert(text),
                DraftValue::Range { low, best, high } => {
                    RANGES | index(self.ranges.insert_full((boxed(low), boxed(best), boxed(high))).0)
                }
            };
        }
        if let Some(first) = draft.id.and_then(|id| self.dossier.columns.assertion(id)) {
            if self.is_again(first, &row, draft, place) {
                return first;
            }
            // It is read on without the id, to find what else is wrong.
            if let Some(extra) = &mut row.extra {
                extra.id = None;
            }
        }
        let at = self.dossier.columns.push(row);
        if let (Some(Stance::Affirms), Some(DraftValue::Said(text)), Place::Row { .. }) =
            (draft.stance, draft.value, place)
            && Self::may_be_no_answer(text)
        {
            self.affirmed.insert(at);
        }
        match place {
            Place::Code(_) => {}
            Place::Entry { nth, line, .. } => {
                self.entries.push(at, *nth);
                self.lines.push(at, *line);
            }
            Place::Row { line, .. } => self.lines.push(at, *line),
        }
        if !draft.derived_from.is_empty() || !draft.supersedes.is_empty() {
            let texts = |ids: Ids<'_>| ids.iter().map(str::to_owned).collect();
            let (derived_from, supersedes) = (texts(draft.derived_from), texts(draft.supersedes));
            self.links.push(PendingLinks { at, place: place.clone(), derived_from, supersedes });
        }
        at
    }

    /// Leaves out a row that says nothing, and counts it.
    pub(crate) fn leave_out(&mut self, place: &Place) {
        self.left_out.push(place.clone());
    }

    /// Whether an assertion is one that another file holds under the same id. Or says what is wrong with it.
    fn is_again(
        &mut self,
        first: u32,
        row: &AssertionRow,
        draft: &AssertionDraft<'_>,
        place: &Place,
    ) -> bool {
        let there = self.place_of(first);
        let links = self.links.binary_search_by_key(&first, |link| link.at).ok().map(|at| &self.links[at]);
        let is_alike = |ids: Ids<'_>, others: Option<&Vec<String>>| {
            ids.iter().eq(others.into_iter().flatten().map(String::as_str))
        };
        let alike = self.dossier.columns.is_as(first, row)
            && is_alike(draft.derived_from, links.map(|link| &link.derived_from))
            && is_alike(draft.supersedes, links.map(|link| &link.supersedes));
        let problem =
            declared_twice("an assertion", ("id", draft.id.unwrap_or_default()), alike, place, &there);
        problem.map(|problem| self.problems.push(problem)).is_none()
    }

    fn resolve_sources(&mut self, field: &'static str, ids: Ids<'_>, place: &Place) -> Box<[u32]> {
        if ids.is_empty() {
            return Box::default();
        }
        let mut found: Set<u32> = Set::default();
        for id in ids.iter() {
            if !found.insert(self.resolve_ref(Thing::Source, id, NONE, field, place)) {
                let problem = format!("{} is named twice; name each source once", Shown(id));
                self.problems.push(place.field(field, ErrorKind::Duplicate.because(problem)));
            }
        }
        found.into_iter().collect()
    }

    /// The claim of an assertion, its document, and the sources that it is credited to.
    pub(crate) fn refs(&self, assertion: u32) -> (u32, Option<u32>, &[u32]) {
        let columns = &self.dossier.columns;
        let document = columns.document[assertion as usize];
        (columns.claim[assertion as usize], (document != NONE).then_some(document), columns.by(assertion))
    }

    /// Where an assertion comes from.
    fn place_of(&self, assertion: u32) -> Place {
        let line = self.lines.get(assertion);
        let file = self.begins.partition_point(|(first, _)| *first <= assertion).checked_sub(1);
        match file.and_then(|file| self.begins.get(file)) {
            Some((_, file)) if file.form == FileForm::Entries => {
                let nth = self.entries.get(assertion);
                Place::Entry { file: Arc::clone(file), list: "assertions", nth, line }
            }
            Some((_, file)) => Place::Row { file: Arc::clone(file), line },
            None => Place::of(""),
        }
    }

    /// Whether what was meant may be searched for among this many ids: the budget is [`COMPARED`].
    fn suggests(&self, among: usize) -> bool {
        self.problems.len().saturating_mul(among.max(COMPARED / 100)) < COMPARED
    }

    fn id_of(&self, thing: Thing, at: u32) -> &str {
        let (columns, at) = (&self.dossier.columns, at as usize);
        match thing {
            Thing::Source => columns.sources.get_index(at).map(|(id, _)| id),
            Thing::Term => columns.terms.get_index(at).map(|(id, _)| id),
            Thing::Document => columns.documents.get_index(at).map(|(id, _)| id),
            Thing::Claim => columns.claims.get_index(at).map(|(id, _)| id),
        }
        .unwrap_or_default()
    }
}

/// Notes how an id came to be known, which may be new.
fn raise_status(standings: &mut Vec<IdStatus>, at: u32, standing: IdStatus) -> u32 {
    match standings.get_mut(at as usize) {
        Some(known) => *known = standing.max(*known),
        None => standings.push(standing),
    }
    at
}

/// What is wrong with a record that names in a field what another names there. Nothing, where two files hold
/// the same.
fn declared_twice(
    what: impl fmt::Display,
    (field, id): (&str, &str),
    alike: bool,
    place: &Place,
    there: &Place,
) -> Option<Error> {
    let elsewhere = place.file().map(|file| file.number) != there.file().map(|file| file.number);
    let (with, todo) = match (alike, field) {
        (true, _) if elsewhere => return None,
        (true, _) => ("", "take one of them out"),
        (false, "id") => (" with other content", "give one of them another id, or make them agree"),
        (false, _) => (" with other content", "take one of them out, or make them agree"),
    };
    let there = there.seen_from(place);
    let problem = format!("there already is {what} {}{with}, in {there}; {todo}", Shown(id));
    Some(place.field(field, ErrorKind::Duplicate.because(problem)))
}

fn unnamed_source(id: &str) -> SourceRow {
    SourceRow {
        name: boxed(id),
        kind: None,
        part_of: None,
        anonymous: false,
        aliases: Box::default(),
        declared: false,
        is_part_assumed: false,
    }
}

fn unnamed_term(id: &str) -> TermRow {
    TermRow { label: boxed(id), broader: None, aliases: Box::default(), declared: true }
}

fn unnamed_document() -> DocumentRow {
    DocumentRow { title: Box::default(), publisher: None, published: None, url: None }
}

fn unnamed_claim() -> ClaimRow {
    ClaimRow { kind: Kind::Term, nature: Nature::Fact, evolves: Evolves::Fixed, particulars: None }
}
