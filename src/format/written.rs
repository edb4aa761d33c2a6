//! The way back: a dossier's assertions as a table, and its sources, terms and claims as tables beside it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, Write};

use foldhash::fast::FixedState;
use indexmap::IndexSet;

use crate::dossier::{AssertionRef, ClaimRef, Dossier, SourceRef};
use crate::error::Shown;
use crate::model::assertion::Stance;
use crate::model::claim::{Evolves, Nature};

impl Dossier {
    /// Writes the assertions as a table in CSV, which reads back to the same assertions.
    ///
    /// The table has `claim`, `kind`, `value` and `by`, and of the other columns those that have something to say. What
    /// is to be known of a claim, of a source or of a document stands in the first row that names it. The rest of the
    /// dossier goes into tables of its own ([`write_sources_csv`](Self::write_sources_csv) and so on); retractions and
    /// constraints have none.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Source};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("us", "United States"))?;
    /// raid.add_source(Source::new("iraq", "Iraq"))?;
    /// raid.add_claim(Claim::count("killed", "How many fighters were killed?"))?;
    /// raid.record(Assertion::new("killed", "1,400").by_all(["us", "iraq"]))?;
    ///
    /// let mut table = Vec::new();
    /// raid.write_csv(&mut table)?;
    /// assert_eq!(String::from_utf8(table)?, "\
    /// claim,kind,value,by,question
    /// killed,count,\"1,400\",us;iraq,How many fighters were killed?
    /// ");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails, or an id holds a semicolon and stands in a list, which a table can't say.
    pub fn write_csv(&self, mut to: impl Write) -> io::Result<()> {
        let dimensions: IndexSet<&str> = self.claims().flat_map(|claim| claim.scope().map(|(name, _)| name)).collect();
        let names = || ASSERTION.iter().map(|(name, _)| Cow::from(*name));
        let names = names().chain(dimensions.iter().map(|dimension| format!("scope.{dimension}").into()));
        let mut used = vec![false; ASSERTION.len() + dimensions.len()];
        used[..ALWAYS].fill(true);
        let mut firsts = Firsts::default();
        for assertion in self.assertions() {
            let row = firsts.row(assertion);
            let cells = ASSERTION.iter().map(|(_, cell)| cell(&row).map(|cell| !cell.is_empty()));
            let scope = dimensions.iter().map(|dimension| Ok(!row.scope(dimension).is_empty()));
            for (used, says) in used.iter_mut().zip(cells.chain(scope)) {
                *used |= says?;
            }
        }
        write_row(&mut to, only(names.collect(), &used))?;
        let mut firsts = Firsts::default();
        for assertion in self.assertions() {
            let row = firsts.row(assertion);
            let cells = ASSERTION.iter().map(|(_, cell)| cell(&row));
            let scope = dimensions.iter().map(|dimension| Ok(row.scope(dimension).into()));
            write_row(&mut to, only(cells.chain(scope).collect::<io::Result<_>>()?, &used))?;
        }
        to.flush()
    }

    /// Writes the sources as a table in CSV, as [`Intake::sources`](crate::Intake::sources) reads it.
    ///
    /// ```
    /// use corroborate::{Dossier, Source};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("us", "United States"))?;
    /// raid.add_source(Source::new("officials", "American officials").part_of("us").anonymous())?;
    ///
    /// let mut table = Vec::new();
    /// raid.write_sources_csv(&mut table)?;
    /// assert_eq!(String::from_utf8(table)?, "\
    /// id,name,kind,part_of,anonymous
    /// us,United States,,,
    /// officials,American officials,,us,yes
    /// ");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_sources_csv(&self, mut to: impl Write) -> io::Result<()> {
        write_row(&mut to, ["id", "name", "kind", "part_of", "anonymous"].map(Cow::from))?;
        for source in self.sources() {
            let part_of = source.part_of().map_or("", SourceRef::id);
            let anonymous = if source.is_anonymous() { "yes" } else { "" };
            let cells = [source.id(), source.name(), source.kind().unwrap_or_default(), part_of, anonymous];
            write_row(&mut to, cells.map(Cow::from))?;
        }
        to.flush()
    }

    /// Writes the terms that somebody declared as a table in CSV, as [`Intake::terms`](crate::Intake::terms) reads it.
    ///
    /// ```
    /// use corroborate::{Dossier, Term};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_term(Term::new("iraq", "Iraq"))?;
    /// raid.add_term(Term::new("anbar", "Anbar").broader("iraq"))?;
    ///
    /// let mut table = Vec::new();
    /// raid.write_terms_csv(&mut table)?;
    /// assert_eq!(String::from_utf8(table)?, "id,label,broader\niraq,Iraq,\nanbar,Anbar,iraq\n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_terms_csv(&self, mut to: impl Write) -> io::Result<()> {
        write_row(&mut to, ["id", "label", "broader"].map(Cow::from))?;
        for term in self.terms().filter(|term| self.columns.terms[term.index as usize].declared) {
            let broader = term.broader().map_or("", |broader| broader.id());
            write_row(&mut to, [term.id(), term.label(), broader].map(Cow::from))?;
        }
        to.flush()
    }

    /// Writes the claims as a table in CSV, as [`Intake::claims`](crate::Intake::claims) reads it.
    ///
    /// ```
    /// use corroborate::{Claim, Dossier};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_claim(Claim::count("killed", "How many were killed?").unit("fighter").scope("place", "anbar"))?;
    ///
    /// let mut table = Vec::new();
    /// raid.write_claims_csv(&mut table)?;
    /// assert_eq!(String::from_utf8(table)?, "\
    /// id,question,kind,unit,topic,nature,evolves,scope.place
    /// killed,How many were killed?,count,fighter,,fact,fixed,anbar
    /// ");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_claims_csv(&self, mut to: impl Write) -> io::Result<()> {
        let dimensions: IndexSet<&str> = self.claims().flat_map(|claim| claim.scope().map(|(name, _)| name)).collect();
        let names = ["id", "question", "kind", "unit", "topic", "nature", "evolves"].map(Cow::from).into_iter();
        write_row(&mut to, names.chain(dimensions.iter().map(|dimension| format!("scope.{dimension}").into())))?;
        for claim in self.claims() {
            let cells = [
                claim.id(),
                claim.question(),
                claim.kind().as_str(),
                claim.unit().unwrap_or_default(),
                claim.topic().unwrap_or_default(),
                claim.nature().as_str(),
                claim.evolves().as_str(),
            ];
            let scope = dimensions.iter().map(|dimension| scope(claim, dimension).into());
            write_row(&mut to, cells.map(Cow::from).into_iter().chain(scope))?;
        }
        to.flush()
    }
}

fn scope<'d>(claim: ClaimRef<'d>, dimension: &str) -> &'d str {
    claim.scope().find(|(name, _)| *name == dimension).map_or("", |(_, value)| value)
}

/// An assertion, and what it is the first to name.
struct Row<'d> {
    assertion: AssertionRef<'d>,
    claim: Option<ClaimRef<'d>>,
    source: Option<SourceRef<'d>>,
    document: Option<crate::DocumentRef<'d>>,
}

impl<'d> Row<'d> {
    fn scope(&self, dimension: &str) -> &'d str {
        self.claim.map_or("", |claim| scope(claim, dimension))
    }
}

#[derive(Default)]
struct Firsts {
    sources: HashSet<u32, FixedState>,
    documents: HashSet<u32, FixedState>,
}

impl Firsts {
    fn row<'d>(&mut self, assertion: AssertionRef<'d>) -> Row<'d> {
        let claim = assertion.claim();
        let first = claim.assertions().next().is_some_and(|first| first.index == assertion.index);
        let mut by = assertion.by();
        let source = by.next().filter(|_| by.len() == 0).filter(|source| self.sources.insert(source.index));
        let document = assertion.document().filter(|document| self.documents.insert(document.index));
        Row { assertion, claim: first.then_some(claim), source, document }
    }
}

type Cell = for<'r> fn(&'r Row<'_>) -> io::Result<Cow<'r, str>>;

/// So many columns of an assertion are always there.
const ALWAYS: usize = 4;

const ASSERTION: &[(&str, Cell)] = &[
    ("claim", |row| Ok(row.assertion.claim().id().into())),
    ("kind", |row| Ok(row.assertion.claim().kind().as_str().into())),
    ("value", |row| Ok(row.assertion.said().unwrap_or_default().into())),
    ("by", |row| ids(row.assertion.by().map(|source| source.id().into()))),
    ("via", |row| ids(row.assertion.via().map(|source| source.id().into()))),
    ("document", |row| Ok(row.assertion.document().map_or("", |document| document.id()).into())),
    ("locator", |row| Ok(row.assertion.locator().unwrap_or_default().into())),
    ("stance", |row| match row.assertion.stance() {
        Stance::Affirms => Ok("".into()),
        stance => Ok(stance.as_str().into()),
    }),
    ("unit", |row| Ok(row.assertion.unit().unwrap_or_default().into())),
    ("asserted", |row| Ok(row.assertion.asserted().map(|date| date.to_string()).unwrap_or_default().into())),
    ("valid_at", |row| Ok(row.assertion.valid_at().map(|date| date.to_string()).unwrap_or_default().into())),
    ("id", |row| Ok(if row.assertion.is_named() { row.assertion.id().into() } else { "".into() })),
    ("supersedes", |row| ids(row.assertion.supersedes().map(|other| other.id().into()))),
    ("derived_from", |row| ids(row.assertion.derived_from().map(|other| other.id().into()))),
    ("quote", |row| Ok(row.assertion.quote().unwrap_or_default().into())),
    ("note", |row| Ok(row.assertion.note().unwrap_or_default().into())),
    ("question", |row| {
        let question = row.claim.filter(|claim| claim.question() != claim.id()).map(ClaimRef::question);
        Ok(question.unwrap_or_default().into())
    }),
    ("topic", |row| Ok(row.claim.and_then(ClaimRef::topic).unwrap_or_default().into())),
    ("nature", |row| {
        let nature = row.claim.map(ClaimRef::nature).filter(|nature| *nature != Nature::Fact);
        Ok(nature.map_or("", Nature::as_str).into())
    }),
    ("evolves", |row| {
        let evolves = row.claim.map(ClaimRef::evolves).filter(|evolves| *evolves != Evolves::Fixed);
        Ok(evolves.map_or("", Evolves::as_str).into())
    }),
    ("part_of", |row| Ok(row.source.and_then(SourceRef::part_of).map_or("", SourceRef::id).into())),
    ("anonymous", |row| Ok(if row.source.is_some_and(SourceRef::is_anonymous) { "yes" } else { "" }.into())),
    ("title", |row| Ok(row.document.map_or("", |document| document.title()).into())),
    ("publisher", |row| Ok(row.document.and_then(|document| document.publisher()).map_or("", SourceRef::id).into())),
    ("published", |row| {
        let published = row.document.and_then(|document| document.published());
        Ok(published.map(|date| date.to_string()).unwrap_or_default().into())
    }),
    ("url", |row| Ok(row.document.and_then(|document| document.url()).unwrap_or_default().into())),
];

/// The cells of those columns that are used.
fn only<'r>(cells: Vec<Cow<'r, str>>, used: &[bool]) -> impl Iterator<Item = Cow<'r, str>> {
    cells.into_iter().zip(used).filter(|(_, used)| **used).map(|(cell, _)| cell)
}

/// Ids in one cell.
fn ids<'r>(ids: impl Iterator<Item = Cow<'r, str>>) -> io::Result<Cow<'r, str>> {
    let mut cell: Cow<'r, str> = Cow::default();
    for id in ids {
        if id.contains(';') {
            let problem = format!("the id {} holds a semicolon, which parts the ids of a table", Shown(&id));
            return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
        }
        if cell.is_empty() {
            cell = id;
        } else {
            cell += ";";
            cell += id;
        }
    }
    Ok(cell)
}

/// Writes a row, with those cells in quotation marks that would be misread without.
fn write_row<'r>(to: &mut impl Write, cells: impl IntoIterator<Item = Cow<'r, str>>) -> io::Result<()> {
    for (n, cell) in cells.into_iter().enumerate() {
        if n > 0 {
            to.write_all(b",")?;
        }
        if cell.contains('\0') {
            let problem = format!("{} holds a NUL character, which stands in no table", Shown(&cell));
            return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            write!(to, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            to.write_all(cell.as_bytes())?;
        }
    }
    to.write_all(b"\n")
}
