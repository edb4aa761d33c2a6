//! The append-only record: who said what about which claim, where, and on whose word.

#[cfg(any(feature = "json", feature = "csv"))]
#[cfg_attr(
    not(all(feature = "json", feature = "csv")),
    expect(dead_code, reason = "dossiers in JSON and tables each need a part of it")
)]
pub(crate) mod batch;
pub(crate) mod columns;
#[cfg(feature = "json")]
pub(crate) mod document;
#[cfg_attr(
    not(any(feature = "json", feature = "csv")),
    expect(dead_code, reason = "files are read in one go")
)]
pub(crate) mod draft;
mod for_people;
mod graph;
pub(crate) mod grouped;
pub(crate) mod interner;
#[cfg_attr(
    not(any(feature = "json", feature = "csv")),
    expect(dead_code, reason = "only files can hold rings")
)]
pub(crate) mod lineage;
mod lints;
pub(crate) mod number;
#[cfg_attr(not(any(feature = "json", feature = "csv")), expect(dead_code, reason = "only files have places"))]
pub(crate) mod place;
pub(crate) mod row_set;
pub(crate) mod shared;
mod succession;
mod values;
mod view;

use std::fmt;

use crate::error::{Diagnosis, DidYouMean, Error, ErrorKind, Shown, nearest};
use crate::model::assertion::Assertion;
use crate::model::claim::{Claim, Kind, Nature};
use crate::model::constraint::{Constraint, Retraction};
use crate::model::date::Date;
use crate::model::hashing::FastMap;
use crate::model::id;
use crate::model::lint::Lint;
use crate::model::source::{Document, Source};
use crate::model::term::Term;
use columns::{ClaimRow, Columns, DocumentRow, RetractionRow, SourceRow, TermRow, boxed, index};
use draft::{AssertionDraft, DraftValue, KnownNumbers};
use interner::Interned;
use place::Place;

pub use graph::{Edge, Graph, Node, Relation};
pub use view::{AssertionRef, ClaimRef, DocumentRef, SourceRef, TermRef};

/// Everything that sources said about some claims: a record that only grows.
///
/// A dossier takes in sources, terms, documents, claims and assertions, and refuses what contradicts itself: an
/// unknown id, a second record of one id, a value that isn't understood. Corrections and retractions are records
/// too; nothing is ever taken out. Reconciling it is a [`Resolver`](crate::Resolver)'s work.
///
/// Methods that begin with `add_` refuse what is there already. [`record`](Self::record) appends: a source may say the
/// same thing twice, and the record has it twice. Whatever refuses leaves the dossier as it was.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Verdict};
///
/// let mut raid = Dossier::new("Raid in western Iraq");
/// raid.add_source(Source::new("iraq", "Iraq"))?;
/// raid.add_source(Source::new("us", "United States"))?;
/// raid.add_claim(Claim::count("fighters-killed", "How many fighters were killed?"))?;
/// raid.record(Assertion::new("fighters-killed", "14").by("iraq"))?;
/// raid.record(Assertion::new("fighters-killed", "15").by("us"))?;
/// raid.record(Assertion::new("fighters-killed", "at least 14"))?; // in the newspaper's own voice
///
/// let report = Resolver::standard().resolve(&raid);
/// let killed = report.finding("fighters-killed").ok_or("no such claim")?;
/// assert_eq!(killed.verdict(), Verdict::Disputed);
/// assert_eq!(killed.safe_wording().as_deref(), Some("at least 14"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Order
///
/// Everything comes back in the order in which it was put in. In code a record may name only what is there already; in a
/// file references may point forwards.
///
/// # Ids
///
/// Ids are texts of yours: no line breaks, no space at either end. Sources, terms, documents, claims and assertions are
/// named apart, so that a source and a term may both be `iraq`.
///
/// # In a failing test
///
/// With the feature `json` a dossier prints by `Debug` as its JSON, which `corroborate report` opens. So whatever a
/// failing test shows can be saved as a file, and read as a story.
///
/// ```
/// # #[cfg(feature = "json")] {
/// use corroborate::Dossier;
///
/// let flood = Dossier::new("Flood at Varn");
/// assert_eq!(format!("{flood:?}"), flood.to_json());
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Dossier {
    title: Box<str>,
    pub(crate) columns: Columns,
    pub(crate) constraints: Vec<Constraint>,
    /// What was worth a look in the files that it was read from.
    pub(crate) lints: Vec<Lint>,
    /// Where some sources are first named that lints are about.
    pub(crate) lint_places: FastMap<u32, String>,
}

impl fmt::Debug for Dossier {
    #[cfg(feature = "json")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json())
    }

    #[cfg(not(feature = "json"))]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { title, columns, constraints, lints: _, lint_places: _ } = self;
        let mut fields = f.debug_struct("Dossier");
        fields.field("title", title).field("columns", columns).field("constraints", constraints).finish()
    }
}

impl Dossier {
    /// An empty dossier with a title, which stands at the head of its report.
    pub fn new(title: impl Into<String>) -> Self {
        let title: String = title.into();
        Self { title: title.into(), ..Self::default() }
    }

    /// What the dossier is about.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Adds a source. Whatever it is part of must be there already, so no ring can arise.
    ///
    /// ```
    /// use corroborate::{Dossier, Source};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("us", "United States"))?;
    /// raid.add_source(Source::new("centcom", "U.S. Central Command").part_of("us"))?;
    ///
    /// let twice = raid.add_source(Source::new("us", "The United States of America")).unwrap_err();
    /// assert_eq!(twice.to_string(), "us.id: there already is a source `us`");
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When its id isn't one or is taken, or it is part of a source that isn't there.
    pub fn add_source(&mut self, source: Source) -> Result<(), Error> {
        let place = Place::of(&source.id);
        let part_of = self.link_source(&source, &place)?;
        if let Some(at) = self.columns.undeclared_source(&source.id) {
            return self.declare_source(at, &source, part_of, &place);
        }
        let at = self.admit_source(&source, &place)?;
        self.columns.sources[at].part_of = part_of;
        Ok(())
    }

    /// Adds a term: a place, a cause, a unit.
    ///
    /// Declare terms before values name them: a place that nobody declared is taken as a place of its own, and can't be
    /// put into another afterwards.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Term};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_claim(Claim::place("breach", "Where did the dam break?"))?;
    /// flood.record(Assertion::new("breach", "upper Varn"))?;
    ///
    /// let late = flood.add_term(Term::new("upper Varn", "Upper Varn")).unwrap_err();
    /// assert!(late.problem().contains("declare terms before values name them"));
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When its id isn't one or is taken, its broader term isn't there, or a value has named it already.
    pub fn add_term(&mut self, term: Term) -> Result<(), Error> {
        let place = Place::of(&term.id);
        let broader = self.link_term(&term, &place)?;
        let at = self.admit_term(&term, &place)?;
        self.columns.terms[at].broader = broader;
        Ok(())
    }

    /// Adds a document that assertions can stand in.
    ///
    /// Its date is the date of whatever is said in it, unless an assertion states its own.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Document, Dossier};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_document(Document::new("article", "Raid in western Iraq").published("2024-09-03"))?;
    /// raid.add_claim(Claim::date("when", "When was the raid?"))?;
    /// let said = raid.record(Assertion::new("when", "Thursday").document("article"))?;
    /// assert_eq!(said.to_string(), "2024-08-29"); // the Thursday before it was published
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When its id isn't one or is taken, its publisher isn't there, or its date isn't a date.
    pub fn add_document(&mut self, document: Document) -> Result<(), Error> {
        let place = Place::of(&document.id);
        self.admit_document(&document, &place)
    }

    /// Adds a claim: a question that can be answered.
    ///
    /// A claim without assertions is worth adding. Its finding is that nobody says.
    ///
    /// # Errors
    ///
    /// When its id isn't one or is taken.
    pub fn add_claim(&mut self, claim: Claim) -> Result<(), Error> {
        let place = Place::of(&claim.id);
        self.admit_claim(&claim, &place)
    }

    /// Appends an assertion and gives it back as it was read.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_claim(Claim::count("troops", "How many troops took part?"))?;
    /// let troops = raid.record(Assertion::new("troops", "some 2,500"))?;
    /// assert_eq!(troops.id(), "troops#1");
    /// assert_eq!(troops.to_string(), "about 2500");
    /// assert_eq!(troops.said(), Some("some 2,500".to_owned()));
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When it refers to what isn't there, its value isn't understood, or it supersedes what it may not. The
    /// dossier stays as it was.
    pub fn record(&mut self, assertion: Assertion) -> Result<AssertionRef<'_>, Error> {
        let at = self.enter(&assertion, KnownNumbers::default())?;
        Ok(AssertionRef { dossier: self, index: at })
    }

    /// Appends an assertion of which some numbers may be known.
    pub(crate) fn enter(&mut self, assertion: &Assertion, known: KnownNumbers) -> Result<u32, Error> {
        let mut draft = AssertionDraft::from(assertion);
        draft.known = known;
        // What it is called is put together only to say what is wrong with it.
        self.admit(&draft, &Place::of("")).or_else(|_| {
            let claim = self.columns.claims.get_index_of(draft.claim);
            let number = claim.map_or(1, |claim| self.columns.assertions_of(index(claim)).len() + 1);
            let id = assertion.id.clone().unwrap_or_else(|| id::of_assertion(draft.claim, number));
            self.admit(&draft, &Place::of(&id))
        })
    }

    fn admit(&mut self, draft: &AssertionDraft<'_>, place: &Place) -> Result<u32, Error> {
        let mut problems = Vec::new();
        let joint = self.columns.joint();
        if let Some(refs) = self.find_refs(draft, place, &mut problems) {
            let claim = refs.claim;
            let mut row = self.read_draft(draft, refs, place, &mut problems);
            if let Some(id) = draft.id
                && self.columns.assertion(id).is_some()
            {
                let problem =
                    format!("there already is an assertion {}; give this one another id", Shown(id));
                problems.push(place.field("id", ErrorKind::Duplicate.because(problem)));
            }
            if !(draft.derived_from.is_empty() && draft.supersedes.is_empty()) {
                let derived_from =
                    self.link("derived_from", draft.derived_from, claim, place, true, &mut problems);
                let supersedes = self.link("supersedes", draft.supersedes, claim, place, true, &mut problems);
                let side = |source| self.columns.side(source);
                self.check_supersedes(row.by, row.document, &supersedes, side, place, &mut problems);
                let extra = row.extra.get_or_insert_default();
                extra.derived_from = derived_from.iter().map(|(_, target)| *target).collect();
                extra.supersedes = supersedes.iter().map(|(_, target)| *target).collect();
            }
            if let (Some(DraftValue::Said(text)), true) = (draft.value, problems.is_empty()) {
                let kind = self.columns.claims[claim as usize].kind;
                let published = self.columns.documents.get_index(row.document as usize);
                let published = published.and_then(|(_, row)| row.published).or(row.asserted);
                match self.read_value(kind, text, published, row.stance) {
                    Ok(value) => row.value = value,
                    Err(problem) => problems.push(place.field("value", ErrorKind::Wording.because(problem))),
                }
            }
            if problems.is_empty() {
                let at = self.columns.push(row);
                self.columns.group();
                return Ok(at);
            }
        }
        self.columns.forget_joint(joint);
        Err(problems.swap_remove(0))
    }

    /// Records that an assertion was withdrawn. It stays, and is shown as set aside.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Retraction, Source, Verdict};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "30").by("mayor"))?;
    /// flood.retract(Retraction::new("missing#1").reason("a slip of the tongue"))?;
    ///
    /// let report = Resolver::standard().resolve(&flood);
    /// let missing = report.finding("missing").ok_or("no such claim")?;
    /// assert_eq!(missing.verdict(), Verdict::Unaddressed);
    /// assert_eq!(missing.set_aside().next().map(|aside| aside.reason()), Some("withdrawn: “a slip of the tongue”"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When there is no such assertion, it was retracted already, or the date isn't a date.
    pub fn retract(&mut self, retraction: Retraction) -> Result<(), Error> {
        self.admit_retraction(&retraction, &Place::of(&retraction.assertion))
    }

    /// Ties the answers to several claims together: a sum, an order, an equality.
    ///
    /// It moves no verdict. The [`Report`](crate::Report) says whether it holds, and whose answer doesn't fit.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Constraint, Dossier, Resolver, Source, Status};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("ryder", "Maj. Gen. Patrick Ryder"))?;
    /// for (id, figure) in [("injured", "7"), ("returned", "5"), ("flown-out", "2")] {
    ///     raid.add_claim(Claim::count(id, format!("How many soldiers: {id}?")))?;
    ///     raid.record(Assertion::new(id, figure).by("ryder"))?;
    /// }
    /// raid.add_constraint(Constraint::sum("injured", ["returned", "flown-out"]))?;
    ///
    /// let report = Resolver::standard().resolve(&raid);
    /// let sum = report.constraints().next().ok_or("no constraint")?;
    /// assert_eq!(sum.status(), Status::Holds);
    /// assert_eq!(sum.why(), "the whole is 7, and the parts come to 5 + 2 = 7");
    ///
    /// // One claim twice is a slip.
    /// assert!(raid.add_constraint(Constraint::equal(["injured", "injured"])).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When a claim isn't there, isn't about a fact, or is of a kind that can't be tied so.
    pub fn add_constraint(&mut self, constraint: Constraint) -> Result<(), Error> {
        self.admit_constraint(constraint, &Place::of("constraint"))
    }

    /// Declares a source that rows of a table have named. What was assumed of it gives way to what is said.
    fn declare_source(
        &mut self,
        at: u32,
        source: &Source,
        part_of: Option<u32>,
        place: &Place,
    ) -> Result<(), Error> {
        let columns = &mut self.columns;
        let mut above = part_of;
        while let Some(one) = above {
            if one == at {
                let problem =
                    format!("it leads back to {}; a source isn't part of itself", Shown(&source.id));
                return Err(place.field("part_of", ErrorKind::Cycle.because(problem)));
            }
            above = columns.sources[one as usize].part_of;
        }
        let before = std::mem::replace(&mut columns.sources[at as usize], SourceRow::of(source));
        // Of two names one of which may stand for the other, both must be declared to be two.
        let assumed = before.part_of.filter(|other| {
            before.is_part_assumed && part_of.is_none() && !columns.sources[*other as usize].declared
        });
        let row = &mut columns.sources[at as usize];
        (row.part_of, row.is_part_assumed) = (part_of.or(assumed), assumed.is_some());
        for row in columns.sources.values_mut() {
            if row.is_part_assumed && row.declared && row.part_of == Some(at) {
                (row.part_of, row.is_part_assumed) = (None, false);
            }
        }
        Ok(())
    }

    fn admit_source(&mut self, source: &Source, place: &Place) -> Result<usize, Error> {
        check_new(&self.columns.sources, "source", &source.id, place)?;
        Ok(self.columns.sources.insert_with(&source.id, || SourceRow::of(source)) as usize)
    }

    fn link_source(&self, source: &Source, place: &Place) -> Result<Option<u32>, Error> {
        source
            .part_of
            .as_deref()
            .map(|above| find(&self.columns.sources, "source", above, "part_of", place))
            .transpose()
    }

    fn admit_term(&mut self, term: &Term, place: &Place) -> Result<usize, Error> {
        if self.columns.terms.get(term.id.as_str()).is_some_and(|row| !row.declared) {
            let problem = format!(
                "a value has named {} already; declare terms before values name them",
                Shown(&term.id)
            );
            return Err(place.field("id", ErrorKind::Invalid.because(problem)));
        }
        check_new(&self.columns.terms, "term", &term.id, place)?;
        let at = index(self.columns.terms.len());
        let row = TermRow::of(term);
        self.columns.term_names.declare(&term.id, &row, at);
        Ok(self.columns.terms.insert_with(&term.id, || row) as usize)
    }

    fn link_term(&self, term: &Term, place: &Place) -> Result<Option<u32>, Error> {
        term.broader
            .as_deref()
            .map(|above| find(&self.columns.terms, "term", above, "broader", place))
            .transpose()
    }

    fn admit_document(&mut self, document: &Document, place: &Place) -> Result<(), Error> {
        check_new(&self.columns.documents, "document", &document.id, place)?;
        let publisher = document.publisher.as_deref();
        let publisher =
            publisher.map(|by| find(&self.columns.sources, "source", by, "publisher", place)).transpose()?;
        let published = date(document.published.as_deref(), "published", place)?;
        let row = DocumentRow { publisher, published, ..DocumentRow::of(document) };
        self.columns.documents.insert_with(&document.id, || row);
        Ok(())
    }

    fn admit_claim(&mut self, claim: &Claim, place: &Place) -> Result<(), Error> {
        check_new(&self.columns.claims, "claim", &claim.id, place)?;
        self.columns.claims.insert_with(&claim.id, || ClaimRow::of(claim));
        Ok(())
    }

    fn admit_retraction(&mut self, retraction: &Retraction, place: &Place) -> Result<(), Error> {
        let id = &retraction.assertion;
        let Some(assertion) = self.columns.assertion(id) else {
            let problem = ErrorKind::UnknownReference.because(self.no_such_assertion(id, true));
            return Err(place.field("assertion", problem));
        };
        if self.columns.retracted.contains(&assertion) {
            let problem = format_args!("{} was retracted already", Shown(id));
            return Err(place.field("assertion", ErrorKind::Duplicate.because(problem)));
        }
        let row = RetractionRow {
            assertion,
            on: date(retraction.on.as_deref(), "on", place)?,
            reason: retraction.reason.as_deref().map(boxed),
        };
        self.columns.retractions.push(row);
        self.columns.retracted.insert(assertion);
        Ok(())
    }

    fn admit_constraint(&mut self, constraint: Constraint, place: &Place) -> Result<(), Error> {
        let tied = constraint.claims();
        let mut kinds = Vec::with_capacity(tied.len());
        let mut seen = columns::Set::default();
        for (field, id) in &tied {
            let at = find(&self.columns.claims, "claim", id, field, place)?;
            let row = &self.columns.claims[at as usize];
            if row.nature != Nature::Fact {
                let problem =
                    format!("{} is about a matter of {}; constraints tie facts only", Shown(id), row.nature);
                return Err(place.field(field, ErrorKind::Invalid.because(problem)));
            }
            if !seen.insert(at) {
                let problem = format_args!("{} is tied to itself; name each claim once", Shown(id));
                return Err(place.field(field, ErrorKind::Duplicate.because(problem)));
            }
            kinds.push((*field, *id, row.kind));
        }
        let needed =
            if matches!(constraint, Constraint::Sum { .. } | Constraint::AtMost { .. }) { 2 } else { 0 };
        if kinds.len() < needed.max(2) {
            let field = if needed == 2 { "parts" } else { "claims" };
            let problem = ErrorKind::MissingField.because("expected at least two claims to tie together");
            return Err(place.field(field, problem));
        }
        let number = |kind: Kind| matches!(kind, Kind::Count | Kind::Quantity);
        let first = kinds[0].2;
        for (field, id, kind) in &kinds {
            let fits = match constraint {
                Constraint::Sum { .. } => number(*kind),
                Constraint::AtMost { .. } => {
                    (number(*kind) && number(first)) || (*kind == Kind::Date && first == Kind::Date)
                }
                Constraint::Equal { .. } => *kind == first || (number(*kind) && number(first)),
            };
            if !fits {
                let what = match constraint {
                    Constraint::Sum { .. } => "a sum ties counts and quantities",
                    Constraint::AtMost { .. } => "an order ties counts and quantities, or dates",
                    Constraint::Equal { .. } => "an equality ties claims of one kind",
                };
                let problem = format_args!("{} is answered by a {kind}; {what}", Shown(id));
                return Err(place.field(field, ErrorKind::Invalid.because(problem)));
            }
        }
        self.constraints.push(constraint);
        Ok(())
    }

    /// What to say to somebody who asked for a claim that isn't there: which one they may have meant.
    ///
    /// ```
    /// use corroborate::{Claim, Dossier};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// assert_eq!(flood.no_such_claim("mising"), "there is no claim `mising`; did you mean `missing`?");
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    pub fn no_such_claim(&self, id: &str) -> String {
        let near = nearest(id, self.columns.claims.keys());
        format!("there is no claim {}{}", Shown(id), DidYouMean(near))
    }

    fn no_such_assertion(&self, id: &str, suggest: bool) -> String {
        let near = suggest.then(|| nearest(id, self.columns.ids.keys().map(AsRef::as_ref))).flatten();
        let problem = match id.rsplit_once('#') {
            Some((claim, _)) if near.is_none() => match self.columns.claims.get_index_of(claim) {
                Some(at) => match self.columns.assertions_of(index(at)).len() {
                    1 => format!("; {} has one assertion", Shown(claim)),
                    n => format!("; {} has {n} assertions", Shown(claim)),
                },
                None => String::new(),
            },
            _ => DidYouMean(near).to_string(),
        };
        format!("there is no assertion {}{problem}", Shown(id))
    }
}

/// Refuses an id that isn't one, or is taken.
fn check_new<Row>(rows: &Interned<Row>, what: &str, id: &str, place: &Place) -> Result<(), Error> {
    if let Some(why) = id::refusal(id) {
        return Err(place.field("id", ErrorKind::InvalidId.because(why)));
    }
    if rows.contains_key(id) {
        let problem = format_args!("there already is a {what} {}", Shown(id));
        return Err(place.field("id", ErrorKind::Duplicate.because(problem)));
    }
    Ok(())
}

/// The number of an id that must be there.
fn find<Row>(rows: &Interned<Row>, what: &str, id: &str, field: &str, place: &Place) -> Result<u32, Error> {
    rows.get_index_of(id).map(index).ok_or_else(|| {
        let near = nearest(id, rows.keys());
        place.field(field, missing(what, id, near))
    })
}

/// What to say of an id that isn't there.
fn missing(what: &str, id: &str, near: Option<&str>) -> Diagnosis {
    ErrorKind::UnknownReference.because(format_args!(
        "there is no {what} {}{} add the {what} first, or correct the id",
        Shown(id),
        DidYouMean(near).and()
    ))
}

fn date(text: Option<&str>, field: &str, place: &Place) -> Result<Option<Date>, Error> {
    let Some(text) = text else { return Ok(None) };
    text.parse().map(Some).map_err(|error: crate::error::WordingError| place.field(field, error))
}
