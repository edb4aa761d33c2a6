//! What is said about one claim: who answers, who repeats whom, who takes what back.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;

use super::records::{UnitDraft, WINDOW, units, vague};
use super::vocabulary::{Vocabulary, one_of};
use super::wordings::{Saying, day, sayings};
use crate::laws::story::Story;
use crate::model::assertion::{Assertion, Stance};
use crate::model::claim::{Claim, Kind};
use crate::model::constraint::Retraction;
use crate::model::source::Source;
use crate::model::term::Term;

/// A generated assertion whose references aren't resolved yet: each [`Index`] picks one of the records there
/// are.
#[derive(Clone, Debug)]
pub(super) struct GeneratedAssertion {
    pub(super) content: GeneratedContent,
    by: Vec<Index>,
    via: Vec<Index>,
    document: Option<Index>,
    asserted: Option<String>,
    valid_at: Option<String>,
    derived_from: Vec<Index>,
    /// Says what the first of `derived_from` says, rather than something of its own.
    faithful: bool,
    /// Says again what another assertion says, credited to the same sources, on a day that is known vaguely.
    repeats: Option<(Index, String)>,
    supersedes: Option<Index>,
    retracted: Option<Option<u64>>,
    remarks: Remarks,
}

/// Words beside what was said, which move nothing unless a rule reads them.
#[derive(Clone, Debug)]
struct Remarks {
    locator: Option<String>,
    quote: Option<String>,
    note: Option<String>,
}

/// What is said, and in which unit.
#[derive(Clone, Debug)]
pub(super) struct GeneratedContent {
    stance: Stance,
    pub(super) saying: Saying,
    unit: Option<UnitDraft>,
}

fn contents(words: &Vocabulary) -> impl Strategy<Value = GeneratedContent> + use<> {
    let stance = prop_oneof![
        20 => Just(Stance::Affirms),
        3 => Just(Stance::Denies),
        2 => Just(Stance::Withholds),
        1 => Just(Stance::DoesNotKnow),
        2 => Just(Stance::NoEvidence),
    ];
    let number = prop_oneof![3 => 4..=6_u64, 1 => 0..=12_u64];
    (stance, sayings(number), option::weighted(0.25, units(words)))
        .prop_map(|(stance, saying, unit)| GeneratedContent { stance, saying, unit })
}

/// When something was said: mostly to the day, now and then to the year, to the month or to the minute.
fn moments() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (0..WINDOW).prop_map(day),
        2 => vague(),
        1 => (0..WINDOW, 0..24_u32).prop_map(|(offset, hour)| format!("{}T{hour:02}:30Z", day(offset))),
    ]
}

/// From zero to three picks, weighted.
fn picks(none: u32, one: u32, several: u32) -> impl Strategy<Value = Vec<Index>> {
    prop_oneof![
        none => vec(any::<Index>(), 0),
        one => vec(any::<Index>(), 1),
        several => vec(any::<Index>(), 2..=3),
    ]
}

pub(super) fn drafts(words: &Vocabulary) -> impl Strategy<Value = GeneratedAssertion> + use<> {
    let remarks = (one_of(&words.locators, 0.15), one_of(&words.quotes, 0.15), one_of(&words.notes, 0.15))
        .prop_map(|(locator, quote, note)| Remarks { locator, quote, note });
    (
        (contents(words), picks(2, 5, 2), picks(16, 2, 1), option::weighted(0.6, any::<Index>())),
        (option::weighted(0.4, moments()), option::weighted(0.15, moments())),
        (
            picks(6, 2, 1),
            prop::bool::weighted(0.7),
            option::weighted(0.1, (any::<Index>(), vague())),
            option::weighted(0.15, any::<Index>()),
            option::weighted(0.06, option::weighted(0.7, 0..WINDOW)),
        ),
        remarks,
    )
        .prop_map(
            |(
                (content, by, via, document),
                (asserted, valid_at),
                (derived_from, faithful, repeats, supersedes, retracted),
                remarks,
            )| {
                GeneratedAssertion {
                    content,
                    by,
                    via,
                    document,
                    asserted,
                    valid_at,
                    derived_from,
                    faithful,
                    repeats,
                    supersedes,
                    retracted,
                    remarks,
                }
            },
        )
}

/// Plain answers: no hedges, no copies, nothing taken back.
pub(super) fn plain_drafts(words: &Vocabulary) -> impl Strategy<Value = GeneratedAssertion> + use<> {
    drafts(words).prop_map(GeneratedAssertion::plain)
}

impl GeneratedAssertion {
    pub(super) fn plain(mut self) -> Self {
        self.content.saying.line = 0;
        let content = GeneratedContent { stance: Stance::Affirms, unit: None, ..self.content };
        Self { content, derived_from: Vec::new(), repeats: None, supersedes: None, retracted: None, ..self }
    }
}

/// Assertions that are no answers.
pub(super) fn silences(words: &Vocabulary) -> impl Strategy<Value = GeneratedAssertion> + use<> {
    (drafts(words), prop_oneof![2 => Just(Stance::Withholds), 1 => Just(Stance::DoesNotKnow)]).prop_map(
        |(draft, stance)| GeneratedAssertion {
            content: GeneratedContent { stance, ..draft.content },
            ..draft
        },
    )
}

/// The places in a list of this length that are picked, each once.
fn picked(picks: &[Index], length: usize) -> Vec<usize> {
    let mut places = Vec::new();
    for pick in picks.iter().filter(|_| length > 0) {
        let place = pick.index(length);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

/// The nth place but this one: whatever is left out of a list, what points at another goes on doing so.
fn skipping(place: usize, nth: usize) -> usize {
    nth + usize::from(nth >= place)
}

/// One claim's generated assertions, with the records that they can refer to.
pub(super) struct ClaimAssertions<'s> {
    pub(super) claim: &'s Claim,
    pub(super) drafts: &'s [GeneratedAssertion],
    pub(super) story: &'s Story,
}

impl ClaimAssertions<'_> {
    fn id(&self, place: usize) -> String {
        format!("{}-a{place}", self.claim.id)
    }

    fn derived_from(&self, place: usize) -> Vec<usize> {
        let originals = picked(&self.drafts[place].derived_from, self.drafts.len() - 1);
        originals.into_iter().map(|original| skipping(place, original)).collect()
    }

    /// What is said again here by whoever said it, and when.
    fn repeated(&self, place: usize) -> Option<(&GeneratedAssertion, &String)> {
        let (pick, when) = self.drafts[place].repeats.as_ref()?;
        let others = Some(self.drafts.len() - 1).filter(|others| *others > 0)?;
        let said = &self.drafts[skipping(place, pick.index(others))];
        self.derived_from(place).is_empty().then_some((said, when))
    }

    fn by(&self, place: usize) -> Vec<&Source> {
        let sources = &self.story.sources;
        let draft = self.repeated(place).map_or(&self.drafts[place], |(said, _)| said);
        picked(&draft.by, sources.len()).into_iter().map(|by| &sources[by]).collect()
    }

    fn content(&self, place: usize) -> &GeneratedContent {
        let draft = &self.drafts[place];
        match self.derived_from(place).first() {
            Some(original) if draft.faithful => &self.drafts[*original].content,
            _ => self.repeated(place).map_or(&draft.content, |(said, _)| &said.content),
        }
    }

    fn document(&self, place: usize) -> Option<usize> {
        let documents = self.story.documents.len();
        self.drafts[place].document.filter(|_| documents > 0).map(|pick| pick.index(documents))
    }

    /// Only the same source or side may supersede, or, between narrations, the same publisher.
    fn may_supersede(&self, place: usize, other: usize) -> bool {
        let sides = |place| -> Vec<&str> { self.by(place).into_iter().map(|by| self.side(by)).collect() };
        let (own, theirs) = (sides(place), sides(other));
        if own.is_empty() && theirs.is_empty() {
            let publisher = |place| self.story.documents[self.document(place)?].publisher.as_deref();
            return publisher(place).is_some() && publisher(place) == publisher(other);
        }
        own.iter().any(|side| theirs.contains(side))
    }

    fn side<'s>(&'s self, source: &'s Source) -> &'s str {
        let whole =
            source.part_of.as_ref().and_then(|whole| self.story.sources.iter().find(|s| s.id == *whole));
        whole.map_or(&source.id, |whole| self.side(whole))
    }

    /// Only an earlier place can be superseded, so that there is no ring; only an answer supersedes.
    fn superseded(&self, place: usize) -> Option<usize> {
        let pick = self.drafts[place].supersedes.filter(|_| self.content(place).stance.takes_value())?;
        let allowed: Vec<usize> = (0..place).filter(|other| self.may_supersede(place, *other)).collect();
        (!allowed.is_empty()).then(|| *pick.get(&allowed))
    }

    pub(super) fn assertions(&self) -> impl Iterator<Item = Assertion> {
        (0..self.drafts.len()).map(|place| self.assertion(place))
    }

    fn assertion(&self, place: usize) -> Assertion {
        let (draft, content) = (&self.drafts[place], self.content(place));
        let by: Vec<String> = self.by(place).into_iter().map(|source| source.id.clone()).collect();
        // A relay passes on what somebody else said.
        let relays = picked(&draft.via, if by.is_empty() { 0 } else { self.story.sources.len() });
        let relays = relays.into_iter().map(|relay| self.story.sources[relay].id.clone());
        let via = relays.filter(|relay| !by.contains(relay)).collect();
        let assertion = Assertion {
            id: Some(self.id(place)),
            via,
            by,
            document: self.document(place).map(|document| self.story.documents[document].id.clone()),
            asserted: self.repeated(place).map(|(_, when)| when).or(draft.asserted.as_ref()).cloned(),
            derived_from: self.derived_from(place).into_iter().map(|original| self.id(original)).collect(),
            supersedes: self.superseded(place).into_iter().map(|earlier| self.id(earlier)).collect(),
            locator: draft.remarks.locator.clone(),
            quote: draft.remarks.quote.clone(),
            note: draft.remarks.note.clone(),
            ..Assertion::silent(&self.claim.id, content.stance)
        };
        if !content.stance.takes_value() {
            return assertion;
        }
        let is_figure = matches!(self.claim.kind, Kind::Count | Kind::Quantity);
        Assertion {
            value: Some(content.saying.words(self.claim.kind, &self.story.terms)),
            unit: content.unit.as_ref().filter(|_| is_figure).and_then(|unit| unit.named(&self.story.terms)),
            valid_at: draft.valid_at.clone(),
            ..assertion
        }
    }

    pub(super) fn retractions(&self) -> impl Iterator<Item = Retraction> {
        let retracted =
            self.drafts.iter().enumerate().filter_map(|(place, draft)| Some((place, draft.retracted?)));
        retracted.map(|(place, on)| Retraction {
            on: on.map(day),
            reason: Some("withdrawn".to_owned()),
            ..Retraction::new(self.id(place))
        })
    }
}

/// Up to seven assertions about a claim, credited to these sources: `c0-a0`, `c0-a1` and so on, after the
/// claim.
///
/// Of the sources some speak jointly, some through relays, and some assertions are nobody's. Some repeat
/// others, in rings too, faithfully or not; some replace what the same side said before, and some say it
/// again, in a month or a year.
///
/// ```
/// use corroborate::{Claim, Dossier, Source, laws};
/// use proptest::prelude::*;
///
/// let sources = [Source::new("mayor", "The mayor of Varn"), Source::new("brigade", "The fire brigade")];
/// let missing = Claim::count("missing", "How many people are missing?");
/// proptest!(|(said in laws::assertions(&missing, &sources, &[]))| {
///     let mut flood = Dossier::new("Flood at Varn");
///     for source in sources.clone() {
///         flood.add_source(source)?;
///     }
///     flood.add_claim(missing.clone())?;
///     // In code a copy comes after what it repeats. So the first is recorded, unless it is a copy.
///     if let Some(first) = said.into_iter().next() {
///         match flood.record(first) {
///             Ok(first) => prop_assert_eq!(first.id(), "missing-a0"),
///             Err(error) => prop_assert!(error.to_string().contains("derived_from")),
///         }
///     }
/// });
/// ```
pub fn assertions(
    claim: &Claim,
    sources: &[Source],
    terms: &[Term],
) -> impl Strategy<Value = Vec<Assertion>> + use<> {
    let claim = claim.clone();
    let story = Story { sources: sources.to_vec(), terms: terms.to_vec(), ..Story::default() };
    vec(drafts(&Vocabulary::default()), 0..=7).prop_map(move |drafts| {
        let told = ClaimAssertions { claim: &claim, drafts: &drafts, story: &story };
        told.assertions().collect()
    })
}
