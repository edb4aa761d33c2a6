//! Sources with their affiliations, terms with their broader ones, documents and claims.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::vocabulary::{Vocabulary, any_of, one_of};
use super::wordings::day;
use crate::model::claim::{Claim, Evolves, Kind, Nature};
use crate::model::source::{Document, Source};
use crate::model::term::Term;

/// How many days a generated dossier goes on.
pub(super) const WINDOW: u64 = 14;

/// One of what came before the record at this place, so that no ring arises.
fn earlier(place: usize, pick: Option<Index>) -> Option<usize> {
    pick.filter(|_| place > 0).map(|pick| pick.index(place))
}

/// Sources `s0`, `s1` and so on: some part of one that stands before them, some anonymous, some of a kind.
///
/// Shrinks to fewer, each named and on a side of its own.
///
/// ```
/// use corroborate::{Dossier, laws};
/// use proptest::prelude::*;
///
/// proptest!(|(sources in laws::sources())| {
///     let mut dossier = Dossier::new("Flood at Varn");
///     for source in sources {
///         dossier.add_source(source)?;
///     }
///     prop_assert!(dossier.sources().any(|source| source.part_of().is_none()));
/// });
/// ```
pub fn sources() -> impl Strategy<Value = Vec<Source>> {
    sources_with(&Vocabulary::default())
}

pub(super) fn sources_with(words: &Vocabulary) -> impl Strategy<Value = Vec<Source>> + use<> {
    let source =
        (option::weighted(0.35, any::<Index>()), prop::bool::weighted(0.25), one_of(&words.kinds, 0.6));
    vec(source, 1..=6).prop_map(|sources| {
        let source = |(place, (part_of, anonymous, kind)): (usize, (Option<Index>, bool, _))| Source {
            kind,
            part_of: earlier(place, part_of).map(|whole| format!("s{whole}")),
            anonymous,
            ..Source::new(format!("s{place}"), format!("Source {place}"))
        };
        sources.into_iter().enumerate().map(source).collect()
    })
}

/// Terms `t0`, `t1` and so on, labelled `Term 0`: some below one that stands before them. There may be none.
///
/// ```
/// use corroborate::{Dossier, laws};
/// use proptest::prelude::*;
///
/// proptest!(|(terms in laws::terms())| {
///     let mut dossier = Dossier::new("Flood at Varn");
///     for term in terms {
///         dossier.add_term(term)?;
///     }
///     prop_assert!(dossier.terms().all(|term| term.label().starts_with("Term ")));
/// });
/// ```
pub fn terms() -> impl Strategy<Value = Vec<Term>> {
    vec(option::weighted(0.6, any::<Index>()), 0..=5).prop_map(|terms| {
        let term = |(place, broader): (usize, Option<Index>)| Term {
            broader: earlier(place, broader).map(|above| format!("t{above}")),
            ..Term::new(format!("t{place}"), format!("Term {place}"))
        };
        terms.into_iter().enumerate().map(term).collect()
    })
}

/// Documents `d0`, `d1` and so on, with and without a title of their own, a date, and a publisher, which is
/// one of these sources.
///
/// ```
/// use corroborate::{Dossier, Source, laws};
/// use proptest::prelude::*;
///
/// let courier = Source::new("courier", "The Varn Courier");
/// proptest!(|(documents in laws::documents(&[courier.clone()]))| {
///     let mut dossier = Dossier::new("Flood at Varn");
///     dossier.add_source(courier.clone())?;
///     for document in documents {
///         dossier.add_document(document)?;
///     }
/// });
/// ```
pub fn documents(sources: &[Source]) -> impl Strategy<Value = Vec<Document>> + use<> {
    let sources = sources.to_vec();
    drafts_of_documents(&Vocabulary::default()).prop_map(move |drafts| {
        drafts.into_iter().enumerate().map(|(place, draft)| draft.document(place, &sources)).collect()
    })
}

/// A document before it is known who there is to publish it.
#[derive(Clone, Debug)]
pub(super) struct DocumentDraft {
    title: Option<String>,
    published: Option<String>,
    publisher: Option<Index>,
}

pub(super) fn drafts_of_documents(words: &Vocabulary) -> impl Strategy<Value = Vec<DocumentDraft>> + use<> {
    let published = prop_oneof![12 => (0..WINDOW).prop_map(day), 1 => vague()];
    let draft =
        (one_of(&words.titles, 0.5), option::weighted(0.6, published), option::weighted(0.7, any::<Index>()))
            .prop_map(|(title, published, publisher)| DocumentDraft { title, published, publisher });
    vec(draft, 1..=3)
}

/// A month, or a year, that many of the days lie in.
pub(super) fn vague() -> impl Strategy<Value = String> {
    select(&["2024-08", "2024-09", "2024"]).prop_map(str::to_owned)
}

impl DocumentDraft {
    pub(super) fn document(&self, place: usize, sources: &[Source]) -> Document {
        let publisher =
            self.publisher.filter(|_| !sources.is_empty()).map(|pick| pick.get(sources).id.clone());
        let title = self.title.clone().unwrap_or_else(|| format!("Document {place}"));
        Document { publisher, published: self.published.clone(), ..Document::new(format!("d{place}"), title) }
    }
}

/// Kinds of claims, counts above all.
pub(super) fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![
        4 => Just(Kind::Count),
        2 => Just(Kind::Quantity),
        2 => Just(Kind::Date),
        2 => Just(Kind::Term),
        1 => Just(Kind::Place),
        1 => Just(Kind::YesNo),
        1 => Just(Kind::Text),
    ]
}

/// A claim before it is known which terms there are.
#[derive(Clone, Debug)]
pub(super) struct ClaimDraft {
    pub(super) kind: Kind,
    nature: Nature,
    rising: bool,
    unit: Option<UnitDraft>,
    topic: Option<ScopeDraft>,
}

/// A topic, and where, when and for whom it is asked about.
#[derive(Clone, Debug)]
struct ScopeDraft {
    topic: String,
    place: Option<Index>,
    period: Option<&'static str>,
    holder: bool,
}

/// Days, a month and a stretch within it, and a year: one contains another, or doesn't.
const PERIODS: &[&str] = &["2024-08", "2024", "2024-08-20/2024-08-29", "2024-08-29", "2024-09"];

pub(super) fn drafts_of_claims<S: Strategy<Value = Kind>>(
    kind: S,
    words: &Vocabulary,
) -> impl Strategy<Value = ClaimDraft> + use<S> {
    let nature =
        prop_oneof![12 => Just(Nature::Fact), 1 => Just(Nature::Assessment), 1 => Just(Nature::Projection)];
    let place = option::weighted(0.6, any::<Index>());
    let first = any_of(words.topics.get(..1).unwrap_or_default());
    let topic = (
        prop_oneof![3 => first, 2 => any_of(&words.topics)],
        place,
        option::weighted(0.6, select(PERIODS)),
        prop::bool::weighted(0.1),
    );
    let topic = topic.prop_map(|(topic, place, period, holder)| {
        topic.map(|topic| ScopeDraft { topic, place, period, holder })
    });
    let topic = option::weighted(0.6, topic).prop_map(Option::flatten);
    (kind, nature, prop::bool::weighted(0.35), option::weighted(0.4, units(words)), topic)
        .prop_map(|(kind, nature, rising, unit, topic)| ClaimDraft { kind, nature, rising, unit, topic })
}

/// A term as a unit, or what no term describes.
#[derive(Clone, Debug)]
pub(super) struct UnitDraft {
    pick: Index,
    undeclared: Option<String>,
}

pub(super) fn units(words: &Vocabulary) -> impl Strategy<Value = UnitDraft> + use<> {
    (any::<Index>(), any_of(&words.units)).prop_map(|(pick, undeclared)| UnitDraft { pick, undeclared })
}

impl UnitDraft {
    /// Nothing, where there are neither terms nor other units.
    pub(super) fn named(&self, terms: &[Term]) -> Option<String> {
        let others = usize::from(self.undeclared.is_some());
        let at = (terms.len() + others > 0).then(|| self.pick.index(terms.len() + others))?;
        terms.get(at).map(|term| term.id.clone()).or_else(|| self.undeclared.clone())
    }
}

/// A term as a place, or one that nobody declared.
fn place_named(pick: Index, terms: &[Term]) -> String {
    terms.get(pick.index(terms.len() + 1)).map_or_else(|| "Varn".to_owned(), |term| term.id.clone())
}

impl ClaimDraft {
    /// Asks in the same kind and unit, and where both have a scope, in the same dimensions.
    pub(super) fn be_like(&mut self, other: &Self) {
        (self.kind, self.unit) = (other.kind, other.unit.clone());
        if let (Some(own), Some(theirs)) = (&mut self.topic, &other.topic) {
            own.place = theirs.place.and(own.place.or(theirs.place));
            own.period = theirs.period.and(own.period.or(theirs.period));
            (own.topic, own.holder) = (theirs.topic.clone(), theirs.holder);
        }
    }

    pub(super) fn claim(&self, place: usize, terms: &[Term]) -> Claim {
        let is_figure = matches!(self.kind, Kind::Count | Kind::Quantity);
        let mut claim = Claim {
            nature: self.nature,
            evolves: if self.rising && is_figure { Evolves::Rising } else { Evolves::Fixed },
            unit: self.unit.as_ref().filter(|_| is_figure).and_then(|unit| unit.named(terms)),
            ..Claim::new(format!("c{place}"), self.kind, format!("Question {place}?"))
        };
        if let Some(ScopeDraft { topic, place, period, holder }) = &self.topic {
            claim = claim.topic(topic);
            if let Some(place) = place {
                claim = claim.scope("place", place_named(*place, terms));
            }
            if let Some(period) = period {
                claim = claim.scope("period", *period);
            }
            if *holder {
                claim = claim.scope("holder", "the town");
            }
        }
        claim
    }
}

/// A claim of this kind, called `c0`, with and without a unit, a topic with its scope, any nature; a toll may
/// be rising.
///
/// Units and places are among these terms, or are declared nowhere. Shrinks to a fact with nothing else to
/// it.
///
/// ```
/// use corroborate::{Dossier, Kind, laws};
/// use proptest::prelude::*;
///
/// proptest!(|(claim in laws::claims(Kind::Count, &[]))| {
///     let mut dossier = Dossier::new("Flood at Varn");
///     dossier.add_claim(claim)?;
///     prop_assert_eq!(dossier.claims().map(|claim| claim.id()).collect::<Vec<_>>(), ["c0"]);
/// });
/// ```
pub fn claims(kind: Kind, terms: &[Term]) -> impl Strategy<Value = Claim> + use<> {
    let terms = terms.to_vec();
    drafts_of_claims(Just(kind), &Vocabulary::default()).prop_map(move |draft| draft.claim(0, &terms))
}
