//! The columns of each table that is written, and what stands in their cells.

use std::borrow::Cow;

use super::{OutRow, Table};
use crate::dossier::batch::Batch;
use crate::dossier::{AssertionRef, ClaimRef, DocumentRef, SourceRef, TermRef};
use crate::format::table::bare;
use crate::model::assertion::Stance;
use crate::model::claim::{Evolves, Nature};
use crate::model::date::Date;

pub(super) type OutCell<'r> = Cow<'r, str>;

pub(super) struct OutColumn {
    pub(super) name: &'static str,
    /// Whether its cells hold ids, separated by semicolons.
    pub(super) is_list: bool,
    /// Whether the tables beside say it: what rows of assertions state of claims and of sources.
    pub(super) is_beside: bool,
    pub(super) cell: for<'r> fn(&'r OutRow<'_>) -> OutCell<'r>,
}

const fn column(name: &'static str, cell: for<'r> fn(&'r OutRow<'_>) -> OutCell<'r>) -> OutColumn {
    OutColumn { name, is_list: false, is_beside: false, cell }
}

const fn list(name: &'static str, cell: for<'r> fn(&'r OutRow<'_>) -> OutCell<'r>) -> OutColumn {
    OutColumn { is_list: true, ..column(name, cell) }
}

const fn beside(name: &'static str, cell: for<'r> fn(&'r OutRow<'_>) -> OutCell<'r>) -> OutColumn {
    OutColumn { is_beside: true, ..column(name, cell) }
}

/// The columns of a table, before those of scopes.
pub(super) fn columns(table: Table) -> &'static [OutColumn] {
    match table {
        Table::Assertions => ASSERTION,
        Table::Sources => SOURCE,
        Table::Terms => TERM,
        Table::Claims => CLAIM,
        Table::Rest => &[],
    }
}

/// Whether a cell gives a text back as it is: cells are read without the spaces around them, and one without
/// a word says nothing.
pub(super) fn is_told(text: &str) -> bool {
    !text.is_empty() && bare(text) == text && !text.contains('\0')
}

/// A text where a cell tells it. Where none does, the rest has it.
pub(super) fn told(text: Option<&str>) -> OutCell<'_> {
    text.filter(|text| is_told(text)).unwrap_or_default().into()
}

fn plain<'r>(text: Option<impl Into<OutCell<'r>>>) -> OutCell<'r> {
    text.map(Into::into).unwrap_or_default()
}

fn yes(is_so: bool) -> OutCell<'static> {
    if is_so { "yes" } else { "" }.into()
}

/// What a claim is narrowed to, in one dimension.
pub(super) fn scope<'d>(claim: Option<ClaimRef<'d>>, dimension: &str) -> OutCell<'d> {
    told(claim.and_then(|claim| claim.scope().find(|(name, _)| *name == dimension)).map(|(_, value)| value))
}

fn ids(ids: Option<impl Iterator<Item = String>>) -> OutCell<'static> {
    let mut ids = ids.into_iter().flatten();
    let mut cell = ids.next().unwrap_or_default();
    for id in ids {
        cell += ";";
        cell += &id;
    }
    cell.into()
}

fn texts<'d>(texts: Option<impl Iterator<Item = &'d str>>) -> OutCell<'static> {
    ids(texts.map(|texts| texts.filter(|text| is_listed(text)).map(str::to_owned)))
}

/// Whether a cell gives a text back that stands among others.
pub(super) fn is_listed(text: &str) -> bool {
    is_told(text) && !text.contains(';')
}

fn source_ids<'d>(sources: Option<impl Iterator<Item = SourceRef<'d>>>) -> OutCell<'static> {
    ids(sources.map(|sources| sources.map(|source| source.id().to_owned())))
}

fn assertion_ids<'d>(assertions: Option<impl Iterator<Item = AssertionRef<'d>>>) -> OutCell<'static> {
    ids(assertions.map(|assertions| assertions.map(AssertionRef::id)))
}

fn date(date: Option<Date>) -> OutCell<'static> {
    plain(date.map(|date| date.to_string()))
}

/// This many columns of assertions are always written, unless another table has them.
pub(super) const ALWAYS: usize = 4;

const ASSERTION: &[OutColumn] = &[
    column("claim", |row| plain(row.assertion.map(|a| a.claim().id()))),
    beside("kind", |row| plain(row.assertion.map(|a| a.claim().kind().as_str()))),
    column("value", |row| plain(row.assertion.and_then(AssertionRef::said))),
    list("by", |row| source_ids(row.assertion.map(AssertionRef::by))),
    list("via", |row| source_ids(row.assertion.map(AssertionRef::via))),
    column("document", |row| plain(row.assertion.and_then(AssertionRef::document).map(DocumentRef::id))),
    column("locator", |row| plain(row.assertion.and_then(AssertionRef::locator))),
    column("stance", |row| {
        // `unknown` as an answer would be read back as silence.
        let is_told = |said: &AssertionRef<'_>| {
            said.stance() != Stance::Affirms || said.said().is_some_and(|text| Batch::may_be_no_answer(&text))
        };
        plain(row.assertion.filter(is_told).map(|said| said.stance().as_str()))
    }),
    column("unit", |row| plain(row.assertion.and_then(AssertionRef::unit))),
    column("asserted", |row| date(row.assertion.and_then(AssertionRef::asserted))),
    column("valid_at", |row| date(row.assertion.and_then(AssertionRef::valid_at))),
    column("id", |row| plain(row.assertion.filter(|a| a.is_named()).map(AssertionRef::id))),
    list("supersedes", |row| assertion_ids(row.assertion.map(AssertionRef::supersedes))),
    list("derived_from", |row| assertion_ids(row.assertion.map(AssertionRef::derived_from))),
    column("quote", |row| plain(row.assertion.and_then(AssertionRef::quote))),
    column("note", |row| plain(row.assertion.and_then(AssertionRef::note))),
    beside("question", |row| {
        told(row.claim.filter(|claim| claim.question() != claim.id()).map(ClaimRef::question))
    }),
    beside("topic", |row| told(row.claim.and_then(ClaimRef::topic))),
    beside("nature", |row| {
        let nature = row.claim.map(ClaimRef::nature).filter(|nature| *nature != Nature::Fact);
        plain(nature.map(Nature::as_str))
    }),
    beside("evolves", |row| {
        let evolves = row.claim.map(ClaimRef::evolves).filter(|evolves| *evolves != Evolves::Fixed);
        plain(evolves.map(Evolves::as_str))
    }),
    beside("part_of", |row| plain(row.source.and_then(SourceRef::part_of).map(SourceRef::id))),
    beside("anonymous", |row| yes(row.source.is_some_and(SourceRef::is_anonymous))),
    column("title", |row| told(row.document.and_then(DocumentRef::title))),
    column("publisher", |row| plain(row.document.and_then(DocumentRef::publisher).map(SourceRef::id))),
    column("published", |row| date(row.document.and_then(DocumentRef::published))),
    column("url", |row| told(row.document.and_then(DocumentRef::url))),
];

const SOURCE: &[OutColumn] = &[
    column("id", |row| plain(row.source.map(SourceRef::id))),
    column("name", |row| told(row.source.map(SourceRef::name))),
    list("aliases", |row| texts(row.source.map(SourceRef::aliases))),
    column("kind", |row| told(row.source.and_then(SourceRef::kind))),
    column("part_of", |row| plain(row.source.and_then(SourceRef::part_of).map(SourceRef::id))),
    column("anonymous", |row| yes(row.source.is_some_and(SourceRef::is_anonymous))),
];

const TERM: &[OutColumn] = &[
    column("id", |row| plain(row.term.map(TermRef::id))),
    column("label", |row| told(row.term.map(TermRef::label))),
    list("aliases", |row| texts(row.term.map(TermRef::aliases))),
    column("broader", |row| plain(row.term.and_then(TermRef::broader).map(TermRef::id))),
];

const CLAIM: &[OutColumn] = &[
    column("id", |row| plain(row.claim.map(ClaimRef::id))),
    column("question", |row| told(row.claim.map(ClaimRef::question))),
    column("kind", |row| plain(row.claim.map(|claim| claim.kind().as_str()))),
    column("unit", |row| told(row.claim.and_then(ClaimRef::unit))),
    column("topic", |row| told(row.claim.and_then(ClaimRef::topic))),
    column("nature", |row| plain(row.claim.map(|claim| claim.nature().as_str()))),
    column("evolves", |row| plain(row.claim.map(|claim| claim.evolves().as_str()))),
];
