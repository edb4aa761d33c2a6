//! How a dossier is kept: every id interned once, a column for each thing that most assertions have.

#[cfg(any(feature = "csv", feature = "json"))]
pub(crate) mod renumber;
pub(crate) mod term_names;

use std::ops::Index;
use std::slice;

use indexmap::IndexSet;

use super::grouped::{Grouped, GroupedRow};
use super::interner::{Interned, Interner};
use crate::model::assertion::Stance;
use crate::model::claim::{Claim, Evolves, Kind, Nature};
use crate::model::date::{Date, PackedDate};
use crate::model::hashing::{FastMap, FixedState};
use crate::model::source::{Document, Source};
use crate::model::term::Term;
use crate::model::value::Content;

pub(crate) use term_names::{TermNames, is_same_unit};

pub(crate) use super::number::{NONE, index, make_room};

pub(crate) fn boxed(text: &str) -> Box<str> {
    text.into()
}

pub(crate) type Set<T> = IndexSet<T, FixedState>;

#[derive(Clone, Debug)]
pub(crate) struct SourceRow {
    pub(crate) name: Box<str>,
    pub(crate) kind: Option<Box<str>>,
    pub(crate) part_of: Option<u32>,
    pub(crate) anonymous: bool,
    pub(crate) aliases: Box<[Box<str>]>,
    /// Whether somebody declared it, or it came with the first row of a table that names it.
    pub(crate) declared: bool,
    /// Whether nobody said whose it is, but its name may be another one of that source's.
    pub(crate) is_part_assumed: bool,
}

impl SourceRow {
    /// The row of a source. Whom it is part of is for the caller to look up.
    pub(crate) fn of(source: &Source) -> Self {
        Self {
            name: boxed(if source.name.is_empty() { &source.id } else { &source.name }),
            kind: source.kind.as_deref().map(boxed),
            part_of: None,
            anonymous: source.anonymous,
            aliases: source.aliases.iter().map(|alias| boxed(alias)).collect(),
            declared: true,
            is_part_assumed: false,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct TermRow {
    pub(crate) label: Box<str>,
    pub(crate) broader: Option<u32>,
    pub(crate) aliases: Box<[Box<str>]>,
    /// Whether somebody declared it, or it came with the first value that names it.
    pub(crate) declared: bool,
}

impl TermRow {
    /// The row of a term that is declared. Which it falls under is for the caller to look up.
    pub(crate) fn of(term: &Term) -> Self {
        let label = boxed(if term.label.is_empty() { &term.id } else { &term.label });
        let aliases = term.aliases.iter().map(|alias| boxed(alias)).collect();
        Self { label, broader: None, aliases, declared: true }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct DocumentRow {
    pub(crate) title: Box<str>,
    pub(crate) publisher: Option<u32>,
    pub(crate) published: Option<Date>,
    pub(crate) url: Option<Box<str>>,
}

impl DocumentRow {
    /// The row of a document. Its publisher and its date are for the caller to look up.
    pub(crate) fn of(document: &Document) -> Self {
        let url = document.url.as_deref().map(boxed);
        Self { title: boxed(&document.title), publisher: None, published: None, url }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct ClaimRow {
    pub(crate) kind: Kind,
    pub(crate) nature: Nature,
    pub(crate) evolves: Evolves,
    /// Nothing, where nothing else is known, as of most claims of a large table.
    pub(crate) particulars: Option<Box<Particulars>>,
}

impl ClaimRow {
    /// The row of a claim. A question that is its id goes without saying.
    pub(crate) fn of(claim: &Claim) -> Self {
        let question = Some(claim.question.as_str()).filter(|text| !text.is_empty() && *text != claim.id);
        let particulars = Particulars {
            question: question.map(boxed),
            unit: claim.unit.as_deref().map(boxed),
            topic: claim.topic.as_deref().map(boxed),
            scope: claim.scope.iter().map(|(dimension, value)| (boxed(dimension), boxed(value))).collect(),
        };
        let particulars = (particulars != Particulars::default()).then(|| Box::new(particulars));
        Self { kind: claim.kind, nature: claim.nature, evolves: claim.evolves, particulars }
    }
}

impl ClaimRow {
    /// The question in words, where those aren't the id.
    pub(crate) fn question(&self) -> Option<&str> {
        self.particulars.as_ref()?.question.as_deref()
    }

    pub(crate) fn unit(&self) -> Option<&str> {
        self.particulars.as_ref()?.unit.as_deref()
    }

    pub(crate) fn topic(&self) -> Option<&str> {
        self.particulars.as_ref()?.topic.as_deref()
    }

    pub(crate) fn scope(&self) -> &[(Box<str>, Box<str>)] {
        self.particulars.as_ref().map_or(&[], |particulars| &particulars.scope)
    }

    #[cfg(any(feature = "csv", feature = "json"))]
    pub(crate) fn particulars_mut(&mut self) -> &mut Particulars {
        self.particulars.get_or_insert_default()
    }
}

/// What else may be known of a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Particulars {
    pub(crate) question: Option<Box<str>>,
    pub(crate) unit: Option<Box<str>>,
    pub(crate) topic: Option<Box<str>>,
    pub(crate) scope: Box<[(Box<str>, Box<str>)]>,
}

/// What was said, once for all who said it in the same words.
#[derive(Clone, Debug)]
pub(crate) struct ValueRow {
    pub(crate) content: Content<u32>,
    /// What was literally said, where that isn't the canonical text.
    pub(crate) said: u32,
}

/// What few assertions have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Extra {
    pub(crate) id: Option<Box<str>>,
    pub(crate) via: Box<[u32]>,
    pub(crate) locator: Option<Box<str>>,
    pub(crate) unit: Option<Box<str>>,
    pub(crate) valid_at: Option<Date>,
    pub(crate) supersedes: Box<[u32]>,
    pub(crate) derived_from: Box<[u32]>,
    pub(crate) quote: Option<Box<str>>,
    pub(crate) note: Option<Box<str>>,
}

impl Extra {
    /// Whether it ties the assertion to others, or to another unit.
    pub(crate) fn is_intricate(&self) -> bool {
        self.unit.is_some() || !self.supersedes.is_empty() || !self.derived_from.is_empty()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct RetractionRow {
    pub(crate) assertion: u32,
    pub(crate) on: Option<Date>,
    pub(crate) reason: Option<Box<str>>,
}

/// One assertion, before it is taken apart into the columns.
pub(crate) struct AssertionRow {
    pub(crate) claim: u32,
    pub(crate) value: u32,
    pub(crate) stance: Stance,
    pub(crate) by: u32,
    pub(crate) document: u32,
    pub(crate) asserted: Option<Date>,
    pub(crate) extra: Option<Box<Extra>>,
}

/// One thing of every assertion; behind the last that differs, all have the same, which takes no memory.
#[derive(Clone, Debug)]
pub(crate) struct TrimmedColumn<T> {
    rows: Vec<T>,
    rest: T,
}

impl<T: Clone + PartialEq> TrimmedColumn<T> {
    const fn new(rest: T) -> Self {
        Self { rows: Vec::new(), rest }
    }

    fn set(&mut self, at: usize, value: T) {
        if value != self.rest {
            self.rows.resize(at, self.rest.clone());
            self.rows.push(value);
        }
    }

    /// Changes what an assertion has.
    #[cfg(any(feature = "json", feature = "csv"))]
    pub(crate) fn replace(&mut self, at: usize, value: T) {
        if self.rows.len() <= at {
            self.rows.resize(at + 1, self.rest.clone());
        }
        self.rows[at] = value;
    }

    /// Appends what several assertions have, given how many there are before them.
    #[cfg(feature = "csv")]
    pub(crate) fn extend(&mut self, at: usize, values: &[T]) {
        if values.iter().any(|value| *value != self.rest) {
            self.rows.resize(at, self.rest.clone());
            self.rows.extend_from_slice(values);
        }
    }
}

impl<T> Index<usize> for TrimmedColumn<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        self.rows.get(at).unwrap_or(&self.rest)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Columns {
    pub(crate) sources: Interned<SourceRow>,
    pub(crate) terms: Interned<TermRow>,
    pub(crate) term_names: TermNames,
    pub(crate) documents: Interned<DocumentRow>,
    pub(crate) claims: Interned<ClaimRow>,
    pub(crate) texts: Interner,
    pub(crate) values: Vec<ValueRow>,
    /// What was literally said, where that isn't the canonical text.
    pub(crate) sayings: Interner,
    /// Lists of sources that assertions are jointly credited to.
    credits: Set<Box<[u32]>>,
    /// Which assertion was given which id.
    pub(crate) ids: FastMap<Box<str>, u32>,

    pub(crate) claim: Vec<u32>,
    grouped: Grouped,
    pub(crate) value: Vec<u32>,
    pub(crate) stance: TrimmedColumn<Stance>,
    /// The source that it is credited to; from [`JOINT`] up, the list of them.
    pub(crate) by: Vec<u32>,
    pub(crate) document: TrimmedColumn<u32>,
    pub(crate) asserted: TrimmedColumn<PackedDate>,
    /// The dates that are too precise to be packed.
    precise: Set<Date>,
    pub(crate) extra: FastMap<u32, Box<Extra>>,

    pub(crate) retractions: Vec<RetractionRow>,
    pub(crate) retracted: Set<u32>,
}

/// Where the numbers of lists of sources begin.
pub(crate) const JOINT: u32 = 1 << 31;

impl Default for Columns {
    fn default() -> Self {
        Self {
            sources: Interned::default(),
            terms: Interned::default(),
            term_names: TermNames::default(),
            documents: Interned::default(),
            claims: Interned::default(),
            texts: Interner::default(),
            values: Vec::new(),
            sayings: Interner::default(),
            credits: Set::default(),
            ids: FastMap::default(),
            claim: Vec::new(),
            grouped: Grouped::default(),
            value: Vec::new(),
            stance: TrimmedColumn::new(Stance::Affirms),
            by: Vec::new(),
            document: TrimmedColumn::new(NONE),
            asserted: TrimmedColumn::new(PackedDate::NONE),
            precise: Set::default(),
            extra: FastMap::default(),
            retractions: Vec::new(),
            retracted: Set::default(),
        }
    }
}

impl Columns {
    /// How many assertions there are.
    pub(crate) fn len(&self) -> u32 {
        index(self.claim.len())
    }

    /// Appends an assertion. Its claim has it once [`group`](Self::group) is called.
    pub(crate) fn push(&mut self, row: AssertionRow) -> u32 {
        let at = self.claim.len();
        self.claim.push(row.claim);
        self.value.push(row.value);
        self.stance.set(at, row.stance);
        self.by.push(row.by);
        self.document.set(at, row.document);
        if let Some(date) = row.asserted {
            let packed =
                PackedDate::of(date).unwrap_or_else(|| PackedDate::row(self.precise.insert_full(date).0));
            self.asserted.set(at, packed);
        }
        if let Some(extra) = row.extra {
            if let Some(id) = &extra.id {
                self.ids.insert(id.clone(), index(at));
            }
            self.extra.insert(index(at), extra);
        }
        index(at)
    }

    /// Whether an assertion was pushed as such a row.
    #[cfg(any(feature = "csv", feature = "json"))]
    pub(crate) fn is_as(&self, at: u32, row: &AssertionRow) -> bool {
        let AssertionRow { claim, value, stance, by, document, asserted, extra } = row;
        let n = at as usize;
        (self.claim[n], self.value[n], self.stance[n]) == (*claim, *value, *stance)
            && (self.by[n], self.document[n], self.asserted(at)) == (*by, *document, *asserted)
            && self.extra(at) == extra.as_deref()
    }

    /// Puts every assertion to its claim's others. What asks for those of a claim, or for one by its id,
    /// needs it before.
    pub(crate) fn group(&mut self) {
        let Self { grouped, claim, value, by, stance, asserted, .. } = self;
        grouped.catch_up(claim, |assertion| {
            let at = assertion as usize;
            GroupedRow { assertion, value: value[at], by: by[at], stance: stance[at], asserted: asserted[at] }
        });
    }

    /// The same for assertions some of which have got another value since.
    #[cfg(any(feature = "csv", feature = "json"))]
    pub(crate) fn group_anew(&mut self) {
        self.grouped = Grouped::default();
        self.group();
    }

    /// Makes room for an eighth more assertions that come one by one.
    pub(crate) fn make_room(&mut self) {
        let more = self.claim.len() / 8;
        let Self { claim, value, by, asserted, values, grouped, .. } = self;
        for column in [claim, value, by] {
            make_room(column, more, NONE);
        }
        make_room(&mut asserted.rows, more, PackedDate::NONE);
        make_room(values, more, ValueRow { content: Content::YesNo(true), said: NONE });
        grouped.make_room();
    }

    /// An assertion in numbers, as its claim has it.
    pub(crate) fn row(&self, assertion: u32) -> GroupedRow {
        let at = assertion as usize;
        let (value, by) = (self.value[at], self.by[at]);
        GroupedRow { assertion, value, by, stance: self.stance[at], asserted: self.asserted[at] }
    }

    /// A claim's assertions in numbers, in input order.
    pub(crate) fn rows_of(&self, claim: u32) -> &[GroupedRow] {
        self.grouped.of(claim)
    }

    /// A claim's assertions, in input order.
    pub(crate) fn assertions_of(&self, claim: u32) -> impl ExactSizeIterator<Item = u32> + Clone {
        self.rows_of(claim).iter().map(|row| row.assertion)
    }

    pub(crate) fn content(&self, assertion: u32) -> Option<&Content<u32>> {
        self.values.get(self.value[assertion as usize] as usize).map(|value| &value.content)
    }

    /// What was literally said, where that isn't the canonical text.
    pub(crate) fn said(&self, assertion: u32) -> Option<&str> {
        let value = self.values.get(self.value[assertion as usize] as usize)?;
        self.sayings.get_index(value.said as usize)
    }

    /// The sources that an assertion is credited to.
    pub(crate) fn by(&self, assertion: u32) -> &[u32] {
        self.credited(&self.by[assertion as usize])
    }

    /// The sources behind a number of the column `by`.
    pub(crate) fn credited<'a>(&'a self, by: &'a u32) -> &'a [u32] {
        match *by {
            NONE => &[],
            JOINT.. => self.credits.get_index((by - JOINT) as usize).map_or(&[], |by| by),
            _ => slice::from_ref(by),
        }
    }

    /// The number of a list of sources for the column `by`.
    pub(crate) fn intern_credit(&mut self, sources: &[u32]) -> u32 {
        match sources {
            [] => NONE,
            [one] => *one,
            several => match self.credits.get_index_of(several) {
                Some(at) => JOINT | index(at),
                None => JOINT | index(self.credits.insert_full(several.into()).0),
            },
        }
    }

    /// How many lists of sources there are that assertions are jointly credited to.
    pub(crate) fn joint(&self) -> usize {
        self.credits.len()
    }

    /// Truncates the joint credits to this many, where no recorded assertion has one of the others.
    pub(crate) fn forget_joint(&mut self, but: usize) {
        self.credits.truncate(but);
    }

    pub(crate) fn document_of(&self, assertion: u32) -> Option<&DocumentRow> {
        self.documents.get_index(self.document[assertion as usize] as usize).map(|(_, row)| row)
    }

    pub(crate) fn extra(&self, assertion: u32) -> Option<&Extra> {
        self.extra.get(&assertion).map(AsRef::as_ref)
    }

    /// Whether it is stated which moment an assertion describes.
    pub(crate) fn describes_a_moment(&self, assertion: u32) -> bool {
        !self.extra.is_empty() && self.extra(assertion).is_some_and(|extra| extra.valid_at.is_some())
    }

    pub(crate) fn derived_from(&self, assertion: u32) -> &[u32] {
        self.extra(assertion).map_or(&[], |extra| &extra.derived_from)
    }

    pub(crate) fn supersedes(&self, assertion: u32) -> &[u32] {
        self.extra(assertion).map_or(&[], |extra| &extra.supersedes)
    }

    /// When it was said: as stated, else when its document was published.
    pub(crate) fn date(&self, assertion: u32) -> Option<Date> {
        self.asserted(assertion).or_else(|| self.document_of(assertion)?.published)
    }

    /// The day that `Thursday` counts back from: its document's, else that on which it was said.
    #[cfg(any(feature = "json", feature = "csv"))]
    pub(crate) fn counts_back_from(&self, assertion: u32) -> Option<Date> {
        self.document_of(assertion)
            .and_then(|document| document.published)
            .or_else(|| self.asserted(assertion))
    }

    /// The same, told from a row.
    pub(crate) fn date_of(&self, row: &GroupedRow) -> Option<Date> {
        self.unpacked(row.asserted).or_else(|| self.document_of(row.assertion)?.published)
    }

    /// When it was said, where that was stated.
    pub(crate) fn asserted(&self, assertion: u32) -> Option<Date> {
        self.unpacked(self.asserted[assertion as usize])
    }

    fn unpacked(&self, packed: PackedDate) -> Option<Date> {
        match packed.date() {
            Ok(date) => date,
            Err(row) => self.precise.get_index(row).copied(),
        }
    }

    pub(crate) fn assertion_id(&self, assertion: u32) -> String {
        if let Some(id) = self.extra(assertion).and_then(|extra| extra.id.as_deref()) {
            return id.to_owned();
        }
        let claim = self.claim[assertion as usize];
        let number = self
            .rows_of(claim)
            .binary_search_by_key(&assertion, |row| row.assertion)
            .map_or(0, |before| before + 1);
        crate::model::id::of_assertion(self.claims.get_index(claim as usize).map_or("", |(id, _)| id), number)
    }

    /// The assertion of that id, whether it was given or comes from its claim and number.
    pub(crate) fn assertion(&self, id: &str) -> Option<u32> {
        if let Some(found) = self.ids.get(id) {
            return Some(*found);
        }
        let (claim, number) = id.rsplit_once('#')?;
        let claim = index(self.claims.get_index_of(claim)?);
        let number: usize = number.parse().ok().filter(|_| !number.starts_with(['0', '+']))?;
        let found = self.rows_of(claim).get(number.checked_sub(1)?)?.assertion;
        self.extra(found).is_none_or(|extra| extra.id.is_none()).then_some(found)
    }

    /// The source of that id, where rows of a table have named it and nobody has declared it.
    pub(crate) fn undeclared_source(&self, id: &str) -> Option<u32> {
        let at = self.sources.get_index_of(id)?;
        (!self.sources[at].declared).then(|| index(at))
    }

    /// The root of every source's affiliation. However long a chain is, each source is passed once.
    pub(crate) fn sides(&self) -> Vec<u32> {
        let mut sides = vec![NONE; self.sources.len()];
        let mut way = Vec::new();
        for source in 0..index(self.sources.len()) {
            let mut at = source;
            while let (NONE, Some(above)) = (sides[at as usize], self.sources[at as usize].part_of) {
                way.push(at);
                at = above;
            }
            if sides[at as usize] == NONE {
                sides[at as usize] = at;
            }
            for passed in way.drain(..) {
                sides[passed as usize] = sides[at as usize];
            }
        }
        sides
    }

    /// The root of one source's affiliation.
    pub(crate) fn side(&self, source: u32) -> u32 {
        let mut side = source;
        while let Some(above) = self.sources[side as usize].part_of {
            side = above;
        }
        side
    }
}
