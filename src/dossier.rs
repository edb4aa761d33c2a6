//! The append-only record: who said what about which claim, where, and on whose word.

pub(crate) mod columns;
#[cfg(feature = "json")]
pub(crate) mod document;
mod graph;
pub(crate) mod lineage;
mod view;

use std::fmt;

use crate::error::{DidYouMean, Error, Problems, Shown, nearest};
use crate::model::assertion::Assertion;
use crate::model::claim::{Claim, Kind, Nature};
use crate::model::constraint::{Constraint, Retraction};
use crate::model::date::Date;
use crate::model::id;
use crate::model::source::{Document, Source};
use crate::model::term::Term;
use crate::model::value::{Approximation, Content};
use crate::wording;
use columns::{
    AssertionRow, ClaimRow, Columns, DocumentRow, Extra, Interned, NONE, RetractionRow, SourceRow, TermRow, index,
};

pub use graph::{Edge, Graph, Node, Relation};
pub use view::{AssertionRef, ClaimRef, DocumentRef, SourceRef, TermRef};

/// Everything that sources said about some claims: a record that only grows.
///
/// A dossier takes in sources, terms, documents, claims and assertions, and refuses what contradicts itself: an
/// unknown id, a second record of one id, a value that isn't understood. Corrections and retractions are records
/// too; nothing is ever taken out. Reconciling it is a [`Resolver`](crate::Resolver)'s work.
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
/// assert_eq!(killed.safe_wording(), "at least 14");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Dossier {
    title: Box<str>,
    pub(crate) columns: Columns,
    pub(crate) constraints: Vec<Constraint>,
}

/// Everything that a file adds, in the order of the file; references may point forwards.
#[derive(Default)]
pub(crate) struct Batch {
    pub(crate) sources: Vec<(Source, Place)>,
    pub(crate) terms: Vec<(Term, Place)>,
    pub(crate) documents: Vec<(Document, Place)>,
    pub(crate) claims: Vec<(Claim, Place)>,
    pub(crate) assertions: Vec<(Assertion, Place)>,
    pub(crate) retractions: Vec<(Retraction, Place)>,
    pub(crate) constraints: Vec<(Constraint, Place)>,
}

/// Where a record comes from, for messages: `assertions[3]` and its line, or the id of a record given in code.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) entry: Box<str>,
    pub(crate) line: Option<usize>,
}

impl Place {
    fn of(id: &str) -> Self {
        Self { entry: id.into(), line: None }
    }

    /// A problem with one field of the record.
    fn field(&self, field: impl fmt::Display, problem: impl fmt::Display) -> Error {
        let error = Error::new(format_args!("{}.{field}", self.entry), problem);
        self.line.map_or(error.clone(), |line| error.on_line(line))
    }
}

impl Dossier {
    /// An empty dossier with a title.
    pub fn new(title: impl Into<String>) -> Self {
        let title: String = title.into();
        Self { title: title.into(), ..Self::default() }
    }

    /// What the dossier is about.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Adds a source.
    ///
    /// # Errors
    ///
    /// When its id isn't one or is taken, or it is part of a source that isn't there.
    pub fn add_source(&mut self, source: Source) -> Result<(), Error> {
        let place = Place::of(&source.id);
        let part_of = self.link_source(&source, &place)?;
        let at = self.admit_source(&source, &place)?;
        self.columns.sources[at].part_of = part_of;
        Ok(())
    }

    /// Adds a term.
    ///
    /// Declare terms before values name them: a place that nobody declared is taken as a place of its own.
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

    /// Adds a document.
    ///
    /// # Errors
    ///
    /// When its id isn't one or is taken, its publisher isn't there, or its date isn't a date.
    pub fn add_document(&mut self, document: Document) -> Result<(), Error> {
        let place = Place::of(&document.id);
        self.admit_document(&document, &place)
    }

    /// Adds a claim.
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
        let number = self.columns.claims.get(assertion.claim.as_str()).map_or(1, |claim| claim.assertions.len() + 1);
        let place = Place {
            entry: assertion.id.clone().unwrap_or_else(|| id::of_assertion(&assertion.claim, number)).into(),
            line: None,
        };
        let mut problems = Vec::new();
        let row = self.read_assertion(&assertion, &place, &mut problems);
        if let Some(mut row) = row {
            let lineage = self.link_assertion(&assertion, row.claim, &place, &mut problems);
            row.extra.derived_from = lineage.0.iter().map(|(_, target)| *target).collect();
            row.extra.supersedes = lineage.1.iter().map(|(_, target)| *target).collect();
            self.check_supersedes(row.by, row.document, &lineage.1, &place, &mut problems);
            if problems.is_empty() {
                let at = self.columns.push(row);
                return Ok(AssertionRef { dossier: self, index: at });
            }
        }
        Err(problems.swap_remove(0))
    }

    /// Records that an assertion was withdrawn.
    ///
    /// # Errors
    ///
    /// When there is no such assertion, it was retracted already, or the date isn't a date.
    pub fn retract(&mut self, retraction: Retraction) -> Result<(), Error> {
        self.admit_retraction(&retraction, &Place::of(&retraction.assertion))
    }

    /// Ties the answers to several claims together.
    ///
    /// # Errors
    ///
    /// When a claim isn't there, isn't about a fact, or is of a kind that can't be tied so.
    pub fn add_constraint(&mut self, constraint: Constraint) -> Result<(), Error> {
        self.admit_constraint(constraint, &Place::of("constraint"))
    }

    /// Makes a dossier of everything in a file, whatever the order of its references; or says all that is wrong.
    pub(crate) fn from_batch(title: &str, batch: Batch, mut problems: Vec<Error>) -> Result<Self, Problems> {
        let mut dossier = Self::new(title);
        for (source, place) in &batch.sources {
            problems.extend(dossier.admit_source(source, place).err());
        }
        for (term, place) in &batch.terms {
            problems.extend(dossier.admit_term(term, place).err());
        }
        for (source, place) in &batch.sources {
            match dossier.link_source(source, place) {
                Ok(part_of) => {
                    if let Some(row) = dossier.columns.sources.get_mut(source.id.as_str()) {
                        row.part_of = part_of;
                    }
                }
                Err(error) => problems.push(error),
            }
        }
        for (term, place) in &batch.terms {
            match dossier.link_term(term, place) {
                Ok(broader) => {
                    if let Some(row) = dossier.columns.terms.get_mut(term.id.as_str()) {
                        row.broader = broader;
                    }
                }
                Err(error) => problems.push(error),
            }
        }
        // A ring would never end for whoever follows it, so nothing below runs on one.
        let affiliations =
            dossier.columns.sources.iter().map(|(id, row)| (id.as_ref(), row.part_of)).collect::<Vec<_>>();
        let broader = dossier.columns.terms.iter().map(|(id, row)| (id.as_ref(), row.broader)).collect::<Vec<_>>();
        let rings = lineage::rings(&affiliations).into_iter().map(|ring| ("sources", "part_of", ring));
        for (list, field, (at, path)) in
            rings.chain(lineage::rings(&broader).into_iter().map(|ring| ("terms", "broader", ring)))
        {
            let problem = format!("it leads back to itself: {path}; take one of the steps out");
            problems.push(Error::new(format_args!("{list}[{at}].{field}"), problem));
        }
        if !problems.is_empty() {
            for source in dossier.columns.sources.values_mut() {
                source.part_of = None;
            }
            for term in dossier.columns.terms.values_mut() {
                term.broader = None;
            }
        }
        for (document, place) in &batch.documents {
            problems.extend(dossier.admit_document(document, place).err());
        }
        for (claim, place) in &batch.claims {
            problems.extend(dossier.admit_claim(claim, place).err());
        }
        let mut linked = Vec::new();
        for (assertion, place) in batch.assertions {
            if let Some(row) = dossier.read_assertion(&assertion, &place, &mut problems) {
                let at = dossier.columns.push(row);
                if !assertion.derived_from.is_empty() || !assertion.supersedes.is_empty() {
                    linked.push((at, assertion, place));
                }
            }
        }
        dossier.link_batch(&linked, &mut problems);
        for (retraction, place) in &batch.retractions {
            problems.extend(dossier.admit_retraction(retraction, place).err());
        }
        for (constraint, place) in batch.constraints {
            problems.extend(dossier.admit_constraint(constraint, &place).err());
        }
        if problems.is_empty() { Ok(dossier) } else { Err(Problems::new(problems)) }
    }

    fn link_batch(&mut self, linked: &[(u32, Assertion, Place)], problems: &mut Vec<Error>) {
        for (at, assertion, place) in linked {
            let claim = self.columns.claim[*at as usize];
            let (derived_from, supersedes) = self.link_assertion(assertion, claim, place, problems);
            let (by, document) = (self.columns.by[*at as usize], self.columns.document[*at as usize]);
            self.check_supersedes(by, document, &supersedes, place, problems);
            let extra = self.columns.extra.entry(*at).or_default();
            extra.derived_from = derived_from.iter().map(|(_, target)| *target).collect();
            extra.supersedes = supersedes.iter().map(|(_, target)| *target).collect();
        }
        let ids = |at: u32| self.columns.assertion_id(at);
        let arcs = linked.iter().flat_map(|(at, ..)| self.columns.supersedes(*at).iter().map(|to| (*at, *to)));
        if let Some((at, path)) = lineage::ring(&arcs.collect::<Vec<_>>(), ids) {
            let place = linked.iter().find(|(linked, ..)| *linked == at).map(|(_, _, place)| place);
            let problem = format!("it leads back to itself: {path}; take one of the steps out");
            problems.extend(place.map(|place| place.field("supersedes", problem)));
        }
    }

    fn admit_source(&mut self, source: &Source, place: &Place) -> Result<usize, Error> {
        check_new(&self.columns.sources, "source", &source.id, place)?;
        let row = SourceRow {
            name: boxed(if source.name.is_empty() { &source.id } else { &source.name }),
            kind: source.kind.as_deref().map(boxed),
            part_of: None,
            anonymous: source.anonymous,
        };
        Ok(self.columns.sources.insert_full(boxed(&source.id), row).0)
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
            let problem =
                format!("a value has named {} already; declare terms before values name them", Shown(&term.id));
            return Err(place.field("id", problem));
        }
        check_new(&self.columns.terms, "term", &term.id, place)?;
        let label = boxed(if term.label.is_empty() { &term.id } else { &term.label });
        let at = index(self.columns.terms.len());
        self.columns.labels.entry(label.clone()).and_modify(|named| *named = None).or_insert(Some(at));
        let row = TermRow { label, broader: None, declared: true };
        Ok(self.columns.terms.insert_full(boxed(&term.id), row).0)
    }

    fn link_term(&self, term: &Term, place: &Place) -> Result<Option<u32>, Error> {
        term.broader.as_deref().map(|above| find(&self.columns.terms, "term", above, "broader", place)).transpose()
    }

    fn admit_document(&mut self, document: &Document, place: &Place) -> Result<(), Error> {
        check_new(&self.columns.documents, "document", &document.id, place)?;
        let publisher = document.publisher.as_deref();
        let publisher =
            publisher.map(|by| find(&self.columns.sources, "source", by, "publisher", place)).transpose()?;
        let row = DocumentRow {
            title: boxed(&document.title),
            publisher,
            published: date(document.published.as_deref(), "published", place)?,
            url: document.url.as_deref().map(boxed),
        };
        self.columns.documents.insert(boxed(&document.id), row);
        Ok(())
    }

    fn admit_claim(&mut self, claim: &Claim, place: &Place) -> Result<(), Error> {
        check_new(&self.columns.claims, "claim", &claim.id, place)?;
        let row = ClaimRow {
            question: boxed(if claim.question.is_empty() { &claim.id } else { &claim.question }),
            kind: claim.kind,
            unit: claim.unit.as_deref().map(boxed),
            topic: claim.topic.as_deref().map(boxed),
            scope: claim.scope.iter().map(|(dimension, value)| (boxed(dimension), boxed(value))).collect(),
            nature: claim.nature,
            evolves: claim.evolves,
            assertions: Vec::new(),
        };
        self.columns.claims.insert(boxed(&claim.id), row);
        Ok(())
    }

    fn admit_retraction(&mut self, retraction: &Retraction, place: &Place) -> Result<(), Error> {
        let id = &retraction.assertion;
        let Some(assertion) = self.columns.assertion(id) else {
            return Err(place.field("assertion", self.no_such_assertion(id)));
        };
        if self.columns.retracted.contains(&assertion) {
            return Err(place.field("assertion", format!("{} was retracted already", Shown(id))));
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
        for (n, (field, id)) in tied.iter().enumerate() {
            let at = find(&self.columns.claims, "claim", id, field, place)?;
            let row = &self.columns.claims[at as usize];
            if row.nature != Nature::Fact {
                let problem = format!("{} is about a matter of {}; constraints tie facts only", Shown(id), row.nature);
                return Err(place.field(field, problem));
            }
            if tied[..n].iter().any(|(_, other)| other == id) {
                return Err(place.field(field, format!("{} is tied to itself; name each claim once", Shown(id))));
            }
            kinds.push((*field, *id, row.kind));
        }
        let needed = if matches!(constraint, Constraint::Sum { .. } | Constraint::AtMost { .. }) { 2 } else { 0 };
        if kinds.len() < needed.max(2) {
            let field = if needed == 2 { "parts" } else { "claims" };
            return Err(place.field(field, "expected at least two claims to tie together"));
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
                return Err(place.field(field, format!("{} is answered by a {kind}; {what}", Shown(id))));
            }
        }
        self.constraints.push(constraint);
        Ok(())
    }

    /// Reads all of an assertion but its lineage, and names every problem that it has.
    fn read_assertion(&mut self, a: &Assertion, place: &Place, problems: &mut Vec<Error>) -> Option<AssertionRow> {
        let before = problems.len();
        let mut keep = |result: Result<u32, Error>| result.map_err(|error| problems.push(error)).unwrap_or(NONE);
        let claim = keep(find(&self.columns.claims, "claim", &a.claim, "claim", place));
        let document = a.document.as_deref();
        let document =
            document.map_or(NONE, |id| keep(find(&self.columns.documents, "document", id, "document", place)));
        let by = self.find_sources("by", &a.by, place, problems);
        let via = self.find_sources("via", &a.via, place, problems);
        let mut when = |text: &Option<String>, field| {
            date(text.as_deref(), field, place).map_err(|error| problems.push(error)).unwrap_or(None)
        };
        let (asserted, valid_at) = (when(&a.asserted, "asserted"), when(&a.valid_at, "valid_at"));
        if let Some(given) = &a.id {
            if let Some(why) = id::refusal(given) {
                problems.push(place.field("id", why));
            } else if self.columns.assertion(given).is_some() {
                problems.push(place.field("id", format!("there already is an assertion {}", Shown(given))));
            }
        } else if let Some((id, row)) = self.columns.claims.get_index(claim as usize) {
            let own = id::of_assertion(id, row.assertions.len() + 1);
            if self.columns.ids.contains_key(own.as_str()) {
                let problem = format!("it would be called {}, as another assertion is; give it an id", Shown(&own));
                problems.push(place.field("id", problem));
            }
        }
        let mut extra = Extra {
            id: a.id.as_deref().map(boxed),
            via: via.into(),
            locator: a.locator.as_deref().map(boxed),
            unit: a.unit.as_deref().map(boxed),
            valid_at,
            quote: a.quote.as_deref().map(boxed),
            note: a.note.as_deref().map(boxed),
            ..Extra::default()
        };
        let mut value = NONE;
        match (&a.value, a.stance.takes_value()) {
            (Some(text), true) if claim != NONE => match self.read_value(a, text, claim, document, place) {
                Ok((read, said)) => {
                    value = read;
                    extra.said = said;
                }
                Err(error) => problems.push(error),
            },
            (None, true) => {
                let problem = format!(
                    "a source that {} something needs the value; silence is a stance of its own: `withholds`, `does-not-know`, `no-evidence`",
                    a.stance
                );
                problems.push(place.field("value", problem));
            }
            (Some(text), false) => {
                let problem = format!(
                    "found {}, but the stance `{}` says no value; leave one of them out",
                    Shown(text),
                    a.stance
                );
                problems.push(place.field("value", problem));
            }
            _ => {}
        }
        if problems.len() > before {
            return None;
        }
        let by = index(self.columns.credits.insert_full(by.into()).0);
        Some(AssertionRow { claim, value, stance: a.stance, by, document, asserted, extra })
    }

    fn find_sources(&self, field: &str, ids: &[String], place: &Place, problems: &mut Vec<Error>) -> Vec<u32> {
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            match find(&self.columns.sources, "source", id, field, place) {
                Ok(source) if found.contains(&source) => {
                    problems.push(place.field(field, format!("{} is named twice; name each source once", Shown(id))));
                }
                Ok(source) => found.push(source),
                Err(error) => problems.push(error),
            }
        }
        found
    }

    /// Reads a value, and keeps the words where they aren't the canonical text.
    fn read_value(
        &mut self,
        a: &Assertion,
        text: &str,
        claim: u32,
        document: u32,
        place: &Place,
    ) -> Result<(u32, Option<Box<str>>), Error> {
        let refuse = |problem: &dyn fmt::Display| place.field("value", problem);
        let columns = &self.columns;
        let kind = columns.claims[claim as usize].kind;
        let published = columns.documents.get_index(document as usize).and_then(|(_, row)| row.published);
        let is_term = |name: &str| columns.terms.contains_key(name) || columns.labels.contains_key(name);
        let content = wording::read(kind, text, published, &is_term).map_err(|error| refuse(&error))?;
        if let (crate::Stance::Denies, Some(answers)) = (a.stance, content.answers(Approximation::default()))
            && answers.complement().is_empty()
        {
            return Err(refuse(&format!("denying {} leaves nothing possible", Shown(text))));
        }
        let mut canonical = String::new();
        let _ = wording::write(&content, &mut canonical);
        let said = (canonical != text).then(|| boxed(text));
        let content = self.intern(&content).map_err(|error| refuse(&error))?;
        Ok((index(self.columns.values.insert_full(content).0), said))
    }

    /// Replaces the names in a value by numbers, taking terms in that nobody declared.
    fn intern(&mut self, content: &Content<Box<str>>) -> Result<Content<u32>, String> {
        if matches!(content, Content::Text(_)) {
            return Ok(content.map(|text| index(self.columns.texts.insert_full(text.clone()).0)));
        }
        let Content::Terms(terms) = content else { return Ok(content.map(|_| NONE)) };
        let columns = &mut self.columns;
        let mut ambiguous = None;
        let content = content.map(|name| {
            let found = columns.terms.get_index_of(name).map(index).or_else(|| {
                columns.labels.get(name).copied().and_then(|labelled| {
                    ambiguous = ambiguous.take().or_else(|| labelled.is_none().then(|| name.clone()));
                    labelled
                })
            });
            found.unwrap_or_else(|| {
                let row = TermRow { label: name.clone(), broader: None, declared: false };
                index(columns.terms.insert_full(name.clone(), row).0)
            })
        });
        if let Some(label) = ambiguous {
            return Err(format!("several terms are labelled {}; name one by its id", Shown(&label)));
        }
        if let Content::Terms(read) = &content {
            for ((term, except), (said, said_except)) in read.any_of.iter().zip(&terms.any_of) {
                for (narrower, said_narrower) in except.iter().zip(said_except) {
                    let above = |term: &u32| self.columns.terms[*term as usize].broader;
                    let within = std::iter::successors(above(narrower), above).any(|above| above == *term);
                    if !within {
                        return Err(format!(
                            "{} doesn't fall under {}, so it can't be left out of it",
                            Shown(said_narrower),
                            Shown(said)
                        ));
                    }
                }
            }
        }
        Ok(content)
    }

    /// The assertions that this one repeats and replaces, each with the id it was named by.
    #[expect(clippy::type_complexity, reason = "two lists of one kind, taken apart at once")]
    fn link_assertion<'a>(
        &self,
        a: &'a Assertion,
        claim: u32,
        place: &Place,
        problems: &mut Vec<Error>,
    ) -> (Vec<(&'a str, u32)>, Vec<(&'a str, u32)>) {
        let mut link = |field: &str, ids: &'a [String]| {
            let mut targets: Vec<(&str, u32)> = Vec::with_capacity(ids.len());
            for id in ids {
                match self.columns.assertion(id) {
                    None => problems.push(place.field(field, self.no_such_assertion(id))),
                    Some(target) if self.columns.claim[target as usize] != claim => {
                        let other = self.columns.claims.get_index(self.columns.claim[target as usize] as usize);
                        let problem = format!(
                            "{} answers another claim, {}; name an assertion of {}",
                            Shown(id),
                            Shown(other.map_or("", |(id, _)| id)),
                            Shown(&a.claim)
                        );
                        problems.push(place.field(field, problem));
                    }
                    Some(target) => targets.push((id, target)),
                }
            }
            targets
        };
        (link("derived_from", &a.derived_from), link("supersedes", &a.supersedes))
    }

    /// Only the same source, side or publisher may replace what it said.
    fn check_supersedes(
        &self,
        by: u32,
        document: u32,
        targets: &[(&str, u32)],
        place: &Place,
        problems: &mut Vec<Error>,
    ) {
        let columns = &self.columns;
        let sides = |by: &[u32]| by.iter().map(|source| columns.side(*source)).collect::<Vec<_>>();
        let publisher =
            |document: u32| columns.documents.get_index(document as usize).and_then(|(_, row)| row.publisher);
        let own = sides(columns.credits.get_index(by as usize).map_or(&[], |by| by));
        for (id, target) in targets {
            let theirs = sides(columns.by(*target));
            let their_document = columns.document[*target as usize];
            let narrations = own.is_empty() && theirs.is_empty();
            let same_publisher = (document != NONE && document == their_document)
                || (publisher(document).is_some() && publisher(document) == publisher(their_document));
            let may = if narrations { same_publisher } else { own.iter().any(|side| theirs.contains(side)) };
            if !may {
                let problem = if narrations {
                    "the two stand in documents that aren't known to have one publisher; only its own publisher can replace what a document says"
                } else {
                    "the two are credited to different sides; only the same source or side can replace what it said, and a contradiction by another is a dispute"
                };
                problems.push(place.field("supersedes", format!("it can't replace {}: {problem}", Shown(id))));
            }
        }
    }

    /// What to say to somebody who asked for a claim that isn't there.
    pub fn no_such_claim(&self, id: &str) -> String {
        let near = nearest(id, self.columns.claims.keys().map(AsRef::as_ref));
        format!("there is no claim {}{}", Shown(id), DidYouMean(near))
    }

    fn no_such_assertion(&self, id: &str) -> String {
        let near = nearest(id, self.columns.ids.keys().map(AsRef::as_ref));
        let problem = match id.rsplit_once('#') {
            Some((claim, _)) if near.is_none() => match self.columns.claims.get(claim) {
                Some(row) => format!("; {} has {} assertions so far", Shown(claim), row.assertions.len()),
                None => String::new(),
            },
            _ => DidYouMean(near).to_string(),
        };
        format!("there is no assertion {}{problem}", Shown(id))
    }
}

fn boxed(text: &str) -> Box<str> {
    text.into()
}

/// Refuses an id that isn't one, or is taken.
fn check_new<Row>(rows: &Interned<Row>, what: &str, id: &str, place: &Place) -> Result<(), Error> {
    if let Some(why) = id::refusal(id) {
        return Err(place.field("id", why));
    }
    if rows.contains_key(id) {
        return Err(place.field("id", format!("there already is a {what} {}", Shown(id))));
    }
    Ok(())
}

/// The number of an id that must be there.
fn find<Row>(rows: &Interned<Row>, what: &str, id: &str, field: &str, place: &Place) -> Result<u32, Error> {
    rows.get_index_of(id).map(index).ok_or_else(|| {
        let near = nearest(id, rows.keys().map(AsRef::as_ref));
        let todo = format!("add the {what} first, or correct the id");
        let todo = near.map_or(format!("; {todo}"), |_| format!(" {todo}"));
        place.field(field, format!("there is no {what} {}{}{todo}", Shown(id), DidYouMean(near)))
    })
}

fn date(text: Option<&str>, field: &str, place: &Place) -> Result<Option<Date>, Error> {
    text.map(|text| text.parse().map_err(|error: crate::error::WordingError| place.field(field, error))).transpose()
}
