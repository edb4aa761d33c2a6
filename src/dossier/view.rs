//! What a dossier holds, to be read: small copyable views that live as long as it does.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::columns::{ClaimRow, DocumentRow, SourceRow, TermRow};
use super::{Dossier, columns};
use crate::model::assertion::Stance;
use crate::model::claim::{Evolves, Kind, Nature};
use crate::model::constraint::Constraint;
use crate::model::date::Date;
use crate::model::value::{Content, Value};
use crate::wording::{self, Length};

macro_rules! views {
    ($($(#[$doc:meta])* $view:ident { $rows:ident: $row:ident, $all:ident, $all_doc:literal, $one:ident, $one_doc:literal })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy)]
            pub struct $view<'d> {
                pub(crate) dossier: &'d Dossier,
                pub(crate) index: u32,
            }

            impl<'d> $view<'d> {
                /// A view is only made of a row that is there, and rows stay.
                fn row(self) -> &'d $row {
                    &self.dossier.columns.$rows[self.index as usize]
                }

                /// Its id, which files and messages name it by.
                pub fn id(self) -> &'d str {
                    self.dossier.columns.$rows.get_index(self.index as usize).map_or("", |(id, _)| id)
                }
            }
        )*

        impl Dossier {
            $(
                #[doc = $all_doc]
                pub fn $all(&self) -> impl ExactSizeIterator<Item = $view<'_>> {
                    (0..columns::index(self.columns.$rows.len())).map(|index| $view { dossier: self, index })
                }

                #[doc = $one_doc]
                pub fn $one(&self, id: &str) -> Option<$view<'_>> {
                    let index = columns::index(self.columns.$rows.get_index_of(id)?);
                    Some($view { dossier: self, index })
                }
            )*
        }
    };
}

views! {
    /// A source in a dossier: who speaks, and on whose side.
    ///
    /// ```
    /// use corroborate::{Dossier, Source};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("us", "United States").kind("government"))?;
    /// raid.add_source(Source::new("centcom", "U.S. Central Command").part_of("us"))?;
    /// raid.add_source(Source::new("kurilla", "Gen. Michael E. Kurilla").part_of("centcom"))?;
    ///
    /// let kurilla = raid.source("kurilla").ok_or("no such source")?;
    /// assert_eq!(kurilla.part_of().map(|above| above.id()), Some("centcom"));
    /// assert_eq!(Some(kurilla.side()), raid.source("us")); // the same source of the same dossier
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    SourceRef { sources: SourceRow, sources, "The sources, in input order.", source, "The source of that id." }
    /// A term in a dossier: a place, a cause, a unit, and what it falls under.
    ///
    /// ```
    /// use corroborate::{Dossier, Term};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_term(Term::new("iraq", "Iraq"))?;
    /// raid.add_term(Term::new("anbar", "Anbar").broader("iraq"))?;
    ///
    /// let anbar = raid.term("anbar").ok_or("no such term")?;
    /// assert_eq!(anbar.label(), "Anbar");
    /// assert_eq!(anbar.broader().map(|above| above.label()), Some("Iraq"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    TermRef { terms: TermRow, terms, "The terms, in input order; those that no value and nobody declared come last.", term, "The term of that id." }
    /// A document in a dossier: where things were said.
    ///
    /// ```
    /// use corroborate::{Document, Dossier, Source};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("newspaper", "The newspaper"))?;
    /// raid.add_document(Document::new("article", "A raid").publisher("newspaper").published("2024-09-03"))?;
    ///
    /// let article = raid.document("article").ok_or("no such document")?;
    /// assert_eq!(article.publisher().map(|publisher| publisher.name()), Some("The newspaper"));
    /// assert_eq!(article.published().map(|date| date.to_string()), Some("2024-09-03".to_owned()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    DocumentRef { documents: DocumentRow, documents, "The documents, in input order.", document, "The document of that id." }
    /// A claim in a dossier: the question, and all that was said in answer to it.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Source};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("iraq", "Iraq"))?;
    /// raid.add_claim(Claim::count("killed", "How many fighters were killed?").scope("place", "anbar"))?;
    /// raid.record(Assertion::new("killed", "14").by("iraq"))?;
    /// raid.record(Assertion::new("killed", "at least 14"))?;
    ///
    /// let killed = raid.claim("killed").ok_or("no such claim")?;
    /// assert_eq!(killed.scope().collect::<Vec<_>>(), [("place", "anbar")]);
    /// let said: Vec<_> = killed.assertions().map(|assertion| assertion.to_string()).collect();
    /// assert_eq!(said, ["14", "at least 14"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ClaimRef { claims: ClaimRow, claims, "The claims, in input order.", claim, "The claim of that id." }
}

impl<'d> SourceRef<'d> {
    /// The name that people read.
    pub fn name(self) -> &'d str {
        &self.row().name
    }

    /// What else it is called.
    pub fn aliases(self) -> impl ExactSizeIterator<Item = &'d str> {
        self.row().aliases.iter().map(AsRef::as_ref)
    }

    /// What sort of source it is, in the words of whoever made the dossier. Rules may read it; verdicts
    /// don't.
    pub fn kind(self) -> Option<&'d str> {
        self.row().kind.as_deref()
    }

    /// The source that it belongs to, one step up; [`side`](Self::side) goes all the way.
    pub fn part_of(self) -> Option<Self> {
        self.row().part_of.map(|index| Self { index, ..self })
    }

    /// Whether it isn't named.
    pub fn is_anonymous(self) -> bool {
        self.row().anonymous
    }

    /// The root of its affiliation: the source itself, when it is part of nobody.
    ///
    /// Where the root is anonymous, the side is unknown: it may be anyone's already heard.
    ///
    /// ```
    /// use corroborate::{Dossier, Source};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("officials", "officials").anonymous())?;
    /// let officials = raid.source("officials").ok_or("no such source")?;
    /// assert!(officials.side().is_anonymous()); // nobody says whose they are
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn side(self) -> Self {
        Self { index: self.dossier.columns.side(self.index), ..self }
    }
}

impl<'d> TermRef<'d> {
    /// Whether somebody declared it, or it came with the first value that names it.
    #[cfg(feature = "json")]
    pub(crate) fn is_declared(self) -> bool {
        self.row().declared
    }

    /// The label that people read.
    pub fn label(self) -> &'d str {
        &self.row().label
    }

    /// What else it is called.
    pub fn aliases(self) -> impl ExactSizeIterator<Item = &'d str> {
        self.row().aliases.iter().map(AsRef::as_ref)
    }

    /// The term that it falls under.
    pub fn broader(self) -> Option<Self> {
        self.row().broader.map(|index| Self { index, ..self })
    }
}

impl<'d> DocumentRef<'d> {
    /// Its title, where it has one.
    pub fn title(self) -> Option<&'d str> {
        Some(&*self.row().title).filter(|title| !title.is_empty())
    }

    /// Who published it. Nobody speaks by publishing: what it says without crediting anybody is unattributed.
    pub fn publisher(self) -> Option<SourceRef<'d>> {
        self.row().publisher.map(|index| SourceRef { dossier: self.dossier, index })
    }

    /// When it was published, no more precisely than it was stated. `Thursday` within it counts back from
    /// here.
    pub fn published(self) -> Option<Date> {
        self.row().published
    }

    /// Where it can be read.
    pub fn url(self) -> Option<&'d str> {
        self.row().url.as_deref()
    }
}

impl<'d> ClaimRef<'d> {
    /// The question in words.
    pub fn question(self) -> &'d str {
        self.row().question().unwrap_or(self.id())
    }

    /// The kind of answer that it takes.
    pub fn kind(self) -> Kind {
        self.row().kind
    }

    /// What it is counted or measured in.
    pub fn unit(self) -> Option<&'d str> {
        self.row().unit()
    }

    /// What it is about. Claims with one topic and different scope aren't comparable.
    pub fn topic(self) -> Option<&'d str> {
        self.row().topic()
    }

    /// What it is narrowed to, dimension by dimension: `("place", "anbar")`.
    pub fn scope(self) -> impl Iterator<Item = (&'d str, &'d str)> {
        self.row().scope().iter().map(|(dimension, value)| (dimension.as_ref(), value.as_ref()))
    }

    /// Whether it is a fact, an assessment or a projection.
    pub fn nature(self) -> Nature {
        self.row().nature
    }

    /// How the true answer moves as time passes: not at all, or upwards only.
    pub fn evolves(self) -> Evolves {
        self.row().evolves
    }

    /// Its assertions, in input order.
    pub fn assertions(self) -> impl ExactSizeIterator<Item = AssertionRef<'d>> {
        self.dossier
            .columns
            .assertions_of(self.index)
            .map(move |index| AssertionRef { dossier: self.dossier, index })
    }
}

/// An assertion in a dossier: who said what, where and when.
///
/// It displays as what it says, in canonical text: its value, `anything but` the value that it denies, or its
/// stance.
///
/// ```
/// use corroborate::{Assertion, Claim, Document, Dossier, Source};
///
/// let mut raid = Dossier::new("Raid");
/// raid.add_source(Source::new("us", "United States"))?;
/// raid.add_document(Document::new("article", "A raid").published("2024-09-03"))?;
/// raid.add_claim(Claim::count("at-large", "How many fighters are still at large?"))?;
/// let at_large = raid.record(Assertion::new("at-large", "Some 2,500").by("us").document("article"))?;
///
/// assert_eq!(at_large.id(), "at-large#1");
/// assert_eq!(at_large.to_string(), "about 2500"); // as it was read
/// assert_eq!(at_large.said(), Some("Some 2,500".to_owned())); // as it was said
/// assert_eq!(at_large.date().map(|date| date.to_string()), Some("2024-09-03".to_owned())); // its document's
/// assert!(at_large.asserted().is_none()); // it states none of its own
/// # Ok::<(), corroborate::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct AssertionRef<'d> {
    pub(crate) dossier: &'d Dossier,
    pub(crate) index: u32,
}

impl Dossier {
    /// The assertions, in input order.
    pub fn assertions(&self) -> impl ExactSizeIterator<Item = AssertionRef<'_>> {
        (0..self.columns.len()).map(|index| AssertionRef { dossier: self, index })
    }

    /// The assertion of that id, given or made of its claim and number: `fighters-killed#2`.
    ///
    /// Numbers count a claim's assertions in input order from one, those with ids of their own too. So an id
    /// stays when a file grows at its end.
    pub fn assertion(&self, id: &str) -> Option<AssertionRef<'_>> {
        self.columns.assertion(id).map(|index| AssertionRef { dossier: self, index })
    }

    /// The constraints, in input order.
    pub fn constraints(&self) -> &[Constraint] {
        &self.constraints
    }

    /// A value as the dossier keeps it, with the ids of its terms put back.
    pub(crate) fn content(&self, content: &Content<u32>) -> Content<Box<str>> {
        match content {
            Content::Text(_) => {
                content.map(|text| self.columns.texts.get_index(*text as usize).unwrap_or_default().into())
            }
            _ => content.map(|term| self.term_id(*term).into()),
        }
    }

    /// Writes the canonical text of a value.
    pub(crate) fn write(&self, content: &Content<u32>, f: &mut impl fmt::Write) -> fmt::Result {
        self.write_as(content, Length::Whole, f)
    }

    /// Writes the canonical text of a value, or a few of the many that it lists.
    pub(crate) fn write_as(
        &self,
        content: &Content<u32>,
        length: Length,
        f: &mut impl fmt::Write,
    ) -> fmt::Result {
        let is_text = matches!(content, Content::Text(_));
        let name = |at: &u32| match is_text {
            true => self.columns.texts.get_index(*at as usize).map_or("", |text| text),
            false => self.term_id(*at),
        };
        wording::write_named(content, name, length, f)
    }

    pub(crate) fn term_id(&self, term: u32) -> &str {
        self.columns.terms.get_index(term as usize).map_or("", |(id, _)| id)
    }
}

impl<'d> AssertionRef<'d> {
    /// Its id: the one that it was given, else its claim's with its number there.
    pub fn id(self) -> String {
        self.dossier.columns.assertion_id(self.index)
    }

    /// Whether it was given an id of its own.
    #[cfg(all(feature = "csv", feature = "json"))]
    pub(crate) fn is_named(self) -> bool {
        self.dossier.columns.extra(self.index).is_some_and(|extra| extra.id.is_some())
    }

    /// The claim that it answers.
    pub fn claim(self) -> ClaimRef<'d> {
        ClaimRef { dossier: self.dossier, index: self.dossier.columns.claim[self.index as usize] }
    }

    /// What was said, as it was read; nothing where the stance says no value. Of a denial, what is denied.
    pub fn value(self) -> Option<Value> {
        self.dossier.columns.content(self.index).map(|content| Value(self.dossier.content(content)))
    }

    /// What was literally said, in the words of the file or the call.
    pub fn said(self) -> Option<String> {
        let said = self.dossier.columns.said(self.index).map(str::to_owned);
        said.or_else(|| self.value().map(|value| value.to_string()))
    }

    /// What the speaker does with the question.
    pub fn stance(self) -> Stance {
        self.dossier.columns.stance[self.index as usize]
    }

    /// The sources that it is credited to; none for the document's own voice.
    ///
    /// This is what the record says. On whose word it counts in the end, once copies are followed back, is
    /// [`Testimony::sources`](crate::Testimony::sources).
    pub fn by(self) -> impl ExactSizeIterator<Item = SourceRef<'d>> {
        self.dossier
            .columns
            .by(self.index)
            .iter()
            .map(move |index| SourceRef { dossier: self.dossier, index: *index })
    }

    /// The relays that it came through, outermost first.
    pub fn via(self) -> impl ExactSizeIterator<Item = SourceRef<'d>> {
        let via = self.dossier.columns.extra(self.index).map_or(&[][..], |extra| &extra.via);
        via.iter().map(move |index| SourceRef { dossier: self.dossier, index: *index })
    }

    /// The document that it stands in.
    pub fn document(self) -> Option<DocumentRef<'d>> {
        let index = self.dossier.columns.document[self.index as usize];
        (index != columns::NONE).then_some(DocumentRef { dossier: self.dossier, index })
    }

    /// When it was said: as stated, else when its document was published. Of a copy, when it was copied.
    pub fn date(self) -> Option<Date> {
        self.dossier.columns.date(self.index)
    }

    /// When it was said, where that was stated.
    pub fn asserted(self) -> Option<Date> {
        self.dossier.columns.asserted(self.index)
    }

    /// The moment that its figure describes, where that was stated: a toll given today may be yesterday's.
    pub fn valid_at(self) -> Option<Date> {
        self.dossier.columns.extra(self.index)?.valid_at
    }

    /// The unit that it was said in, where that was stated.
    pub fn unit(self) -> Option<&'d str> {
        self.dossier.columns.extra(self.index)?.unit.as_deref()
    }

    /// Where in its document it stands.
    pub fn locator(self) -> Option<&'d str> {
        self.dossier.columns.extra(self.index)?.locator.as_deref()
    }

    /// The words themselves, which are kept and never read.
    pub fn quote(self) -> Option<&'d str> {
        self.dossier.columns.extra(self.index)?.quote.as_deref()
    }

    /// The remark of whoever made the dossier. It is kept, and moves nothing.
    pub fn note(self) -> Option<&'d str> {
        self.dossier.columns.extra(self.index)?.note.as_deref()
    }

    /// The assertions that it repeats, one step back; none for an original.
    pub fn derived_from(self) -> impl ExactSizeIterator<Item = Self> {
        self.dossier.columns.derived_from(self.index).iter().map(move |index| Self { index: *index, ..self })
    }

    /// The assertions that it replaces.
    pub fn supersedes(self) -> impl ExactSizeIterator<Item = Self> {
        self.dossier.columns.supersedes(self.index).iter().map(move |index| Self { index: *index, ..self })
    }
}

impl AssertionRef<'_> {
    /// What the assertion says, as it is displayed; or a few of the many that it lists.
    pub(crate) fn in_words(self, length: Length) -> String {
        let mut words = String::new();
        let _ = self.write(length, &mut words); // a string takes whatever is written
        words
    }

    fn write(self, length: Length, f: &mut impl fmt::Write) -> fmt::Result {
        match (self.dossier.columns.content(self.index), self.stance()) {
            (Some(Content::YesNo(yes)), Stance::Denies) => f.write_str(if *yes { "no" } else { "yes" }),
            (Some(content), Stance::Denies) => {
                f.write_str("anything but ")?;
                self.dossier.write_as(content, length, f)
            }
            (Some(content), _) => self.dossier.write_as(content, length, f),
            (None, Stance::NoEvidence) => f.write_str("no evidence"),
            (None, stance) => f.write_str(stance.as_str()),
        }
    }
}

impl fmt::Display for AssertionRef<'_> {
    /// What the assertion says: its value, `anything but` it when it is denied, or the stance.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(Length::Whole, f)
    }
}

/// Compares views by which record of which dossier they show, and prints them by its id.
///
/// Two dossiers may hold records of one id that say different things, so an id alone isn't enough. The hash
/// leaves the dossier's address out, so that it is the same in every run.
macro_rules! identity {
    ($($view:ident)*) => {$(
        impl PartialEq for $view<'_> {
            fn eq(&self, other: &Self) -> bool {
                std::ptr::eq(self.dossier, other.dossier) && self.index == other.index
            }
        }

        impl Eq for $view<'_> {}

        impl Hash for $view<'_> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.index.hash(state);
            }
        }

        impl fmt::Debug for $view<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($view)).field(&self.id()).finish()
            }
        }
    )*};
}

identity!(SourceRef TermRef DocumentRef ClaimRef AssertionRef);
