//! Rows of a table that say no more than most: who said what in answer to which claim, when, and in which
//! document.
//!
//! They are looked at many at once, column by column, and taken in so. [`Batch::assertion`] takes all other
//! rows, and would take these alike.

use std::ops::Range;

use super::super::columns::{Columns, NONE, index};
use super::super::draft::KnownNumbers;
use super::super::interner::fast_lookup::{LOOKUP_BATCH, NEW, TextSpan};
use super::super::place::{FileForm, Place};
use super::{
    Batch, FactField, IdStatus, LookupColumn, Thing, raise_status, unnamed_claim, unnamed_document,
    unnamed_source,
};
use crate::model::date::PackedDate;
use crate::model::id;

impl LookupColumn {
    const ALL: [Self; 4] = [Self::Claim, Self::By, Self::Document, Self::Words];

    /// The names that are ids of things.
    fn of(thing: Thing) -> Option<Self> {
        match thing {
            Thing::Claim => Some(Self::Claim),
            Thing::Source => Some(Self::By),
            Thing::Document => Some(Self::Document),
            Thing::Term => None,
        }
    }
}

/// Which columns of a table say what plain rows say.
#[derive(Default)]
pub(crate) struct Plan {
    named: [Option<usize>; 4],
    /// When it was said.
    pub(crate) asserted: Option<usize>,
    /// Each field that is stated of a thing which the row names.
    pub(crate) facts: Vec<(usize, Thing, u32)>,
}

impl Plan {
    pub(crate) fn name(&mut self, named: LookupColumn, at: usize) {
        self.named[named as usize] = Some(at);
    }
}

/// What was found out about a block of rows.
#[derive(Default)]
pub(crate) struct RowLookup {
    /// Whether each row is plain.
    plain: Vec<bool>,
    /// Whether it states what wasn't stated before, or not so.
    states: Vec<bool>,
    /// The number of what each row names: [`NEW`] where it has none yet, [`NONE`] where the cell is empty.
    named: [Vec<u32>; 4],
    /// The rows in which it has none yet.
    new: [Vec<u32>; 4],
    /// The number of what each row states in each field, likewise.
    facts: Vec<Vec<u32>>,
    /// When it was said, if a column says so.
    dates: Vec<PackedDate>,
}

impl RowLookup {
    /// How many rows from one on are plain.
    pub(crate) fn plain(&self, row: usize) -> usize {
        self.plain.get(row..).unwrap_or_default().iter().take_while(|plain| **plain).count()
    }

    /// What is known of a row that isn't plain.
    pub(crate) fn known(&self, row: usize) -> KnownNumbers {
        let [claim, by, document, words] = LookupColumn::ALL.map(|name| {
            let found = self.named[name as usize].get(row).copied();
            found.filter(|number| *number != NEW).unwrap_or(NONE)
        });
        KnownNumbers { claim, by, document, words }
    }
}

/// Rows of a table, each with its line.
pub(crate) trait TableRows: Sync {
    fn cell(&self, row: usize, at: usize) -> &str;

    fn line(&self, row: usize) -> u32;
}

/// Consecutive plain rows of a block.
pub(crate) struct PlainRows<'l, R> {
    pub(crate) rows: &'l R,
    pub(crate) looked: &'l mut RowLookup,
    pub(crate) range: Range<usize>,
}

impl Batch {
    /// Looks at rows, given which of them may be plain: each of their cells is bare, and none says what plain
    /// rows don't.
    pub(crate) fn classify_rows<'t, C: Iterator<Item = TextSpan<'t>>>(
        &self,
        plan: &Plan,
        looked: &mut RowLookup,
        plain: impl FnOnce(&mut Vec<bool>),
        cells: impl Fn(usize) -> C,
    ) {
        looked.plain.clear();
        plain(&mut looked.plain);
        let RowLookup { plain, states, named, new, dates, facts } = looked;
        for ((name, found), new) in LookupColumn::ALL.into_iter().zip(&mut *named).zip(new) {
            found.clear();
            new.clear();
            let Some(at) = plan.named[name as usize] else {
                found.resize(plain.len(), NONE);
                continue;
            };
            self.lookup_column(name, cells(at), found, |row| new.push(row));
            self.check(name, found, || cells(at), plain);
        }
        for name in [LookupColumn::Claim, LookupColumn::Words] {
            named[name as usize]
                .iter()
                .zip(&mut *plain)
                .for_each(|(number, plain)| *plain &= *number != NONE);
        }
        dates.clear();
        if let Some(at) = plan.asserted {
            dates.extend(cells(at).zip(&mut *plain).map(|(cell, plain)| {
                let date = PackedDate::parse_fast(cell.bytes());
                *plain &= date.is_some();
                date.unwrap_or(PackedDate::NONE)
            }));
        }
        states.clear();
        states.resize(plain.len(), false);
        facts.resize_with(plan.facts.len(), Vec::new);
        for ((at, thing, field), found) in plan.facts.iter().zip(facts) {
            let FactField { texts, said, .. } = &self.fields[*field as usize];
            found.clear();
            texts.lookup_many(cells(*at), found, |_| {});
            let Some(of) = LookupColumn::of(*thing).map(|name| &named[name as usize]) else { continue };
            for (((states, plain), text), of) in states.iter_mut().zip(&mut *plain).zip(&*found).zip(of) {
                let said = said.get(*of as usize).copied().unwrap_or(NONE);
                *states |= (*text != NONE) & (*text != said);
                *plain &= (*text == NONE) | (*of != NONE);
            }
        }
    }

    /// Finds out which rows name things as ids are named.
    fn check<'t, C: Iterator<Item = TextSpan<'t>>>(
        &self,
        name: LookupColumn,
        found: &[u32],
        cells: impl Fn() -> C,
        plain: &mut [bool],
    ) {
        let thing = match name {
            LookupColumn::Claim => Thing::Claim,
            LookupColumn::By => Thing::Source,
            LookupColumn::Document => Thing::Document,
            LookupColumn::Words => return,
        };
        for ((number, cell), plain) in found.iter().zip(cells()).zip(&mut *plain) {
            if *number == NEW {
                *plain &= id::refusal(cell.text()).is_none();
            }
        }
        if name == LookupColumn::By {
            // Those are several sources.
            plain.iter_mut().zip(cells()).for_each(|(plain, cell)| *plain &= !cell.holds(b';'));
        }
        // Only entries of dossiers point at what may not be there.
        if self.files.iter().any(|file| file.form == FileForm::Entries) {
            let is_sure =
                |number: u32| self.standing[thing as usize].get(number as usize) >= Some(&IdStatus::Named);
            let rows = found.iter().zip(plain);
            rows.for_each(|(number, plain)| *plain &= *number >= NEW || is_sure(*number));
        }
    }

    /// Whether plain rows can be taken as such: without regard to ids that were given to assertions.
    pub(crate) fn takes_plain(&self) -> bool {
        self.dossier.columns.ids.is_empty()
    }

    /// Adds plain rows. Names are numbered in the order of the rows, whatever other threads do at the
    /// same time.
    pub(crate) fn take<R: TableRows>(
        &mut self,
        plan: &Plan,
        pieces: &mut [PlainRows<'_, R>],
        place: &mut Place,
    ) {
        let mut at = self.dossier.columns.len();
        self.append(plan, pieces);
        for PlainRows { rows, looked, range } in pieces {
            self.lines.extend(at, range.clone().map(|row| rows.line(row)));
            at += index(range.len());
            for row in range.clone().filter(|row| looked.states[*row]) {
                if let Place::Row { line, .. } = place {
                    *line = rows.line(row);
                }
                for ((at, thing, field), found) in plan.facts.iter().zip(&looked.facts) {
                    if let Some(name) = LookupColumn::of(*thing).filter(|_| found[row] != NONE) {
                        let of = looked.named[name as usize][row];
                        self.record_fact(*field, of, rows.cell(row, *at), found[row], place);
                    }
                }
            }
        }
    }

    /// Gives numbers to the names that have none yet, and appends the rows to the columns.
    fn append<R: TableRows>(&mut self, plan: &Plan, pieces: &mut [PlainRows<'_, R>]) {
        let Columns { claims, sources, documents, claim, value, by, document, asserted, .. } =
            &mut self.dossier.columns;
        let ([of_sources, _, of_documents, of_claims], words) = (&mut self.standing, &mut self.words);
        let (named, several) = (IdStatus::Named, pieces.len() > 1);
        let (mut of_claim, mut others) = (Vec::with_capacity(pieces.len()), Vec::with_capacity(pieces.len()));
        for PlainRows { rows, looked, range } in pieces {
            let RowLookup { named, new, dates, .. } = &mut **looked;
            let within = |rows: &'_ Vec<u32>| {
                let at = |row: usize| rows.partition_point(|new| (*new as usize) < row);
                at(range.start)..at(range.end)
            };
            let [claim, by, document, words] = named.each_mut();
            let [new_claim, new_by, new_document, new_words] = new.each_ref().map(|rows| &rows[within(rows)]);
            of_claim.push((*rows, range.clone(), (claim, new_claim)));
            let dates = dates.get(range.clone()).unwrap_or_default();
            others.push((
                *rows,
                range.clone(),
                [(by, new_by), (document, new_document), (words, new_words)],
                dates,
            ));
        }
        let mut at = claim.len();
        let claims = || {
            for (rows, range, (found, new)) in of_claim {
                number(rows, (found, new), plan.named[LookupColumn::Claim as usize], |ids, take| {
                    claims.insert_many(
                        ids,
                        |_| unnamed_claim(),
                        |at| take(raise_status(of_claims, at, named)),
                    );
                });
                claim.extend_from_slice(&found[range]);
            }
        };
        let others = || {
            for (rows, range, [(said_by, new_by), (said_in, new_document), (said, new_words)], dates) in
                others
            {
                number(rows, (said_by, new_by), plan.named[LookupColumn::By as usize], |ids, take| {
                    sources.insert_many(ids, unnamed_source, |at| take(raise_status(of_sources, at, named)));
                });
                number(
                    rows,
                    (said_in, new_document),
                    plan.named[LookupColumn::Document as usize],
                    |ids, take| {
                        documents.insert_many(
                            ids,
                            |_| unnamed_document(),
                            |at| take(raise_status(of_documents, at, named)),
                        );
                    },
                );
                number(rows, (said, new_words), plan.named[LookupColumn::Words as usize], |texts, take| {
                    words.insert_many(texts, take);
                });
                by.extend_from_slice(&said_by[range.clone()]);
                document.extend(at, &said_in[range.clone()]);
                value.extend_from_slice(&said[range.clone()]);
                asserted.extend(at, dates);
                at += range.len();
            }
        };
        both(several, claims, others);
    }
}

/// Does both, at the same time if it is worth it and there are threads for it.
fn both(is_much: bool, one: impl FnOnce() + Send, other: impl FnOnce() + Send) {
    #[cfg(feature = "rayon")]
    if is_much {
        rayon::join(one, other);
        return;
    }
    let _ = is_much;
    one();
    other();
}

/// Gives numbers to what some rows name in a column, many at a time.
fn number(
    rows: &impl TableRows,
    (found, new): (&mut Vec<u32>, &[u32]),
    at: Option<usize>,
    mut insert: impl FnMut(&[&str], &mut dyn FnMut(u32)),
) {
    let Some(at) = at else { return };
    for new in new.chunks(LOOKUP_BATCH) {
        let mut texts = [""; LOOKUP_BATCH];
        texts.iter_mut().zip(new).for_each(|(text, row)| *text = rows.cell(*row as usize, at));
        let mut new = new.iter();
        insert(&texts[..new.len()], &mut |number| {
            if let Some(row) = new.next() {
                found[*row as usize] = number;
            }
        });
    }
}
