//! One answer to one claim, as it stands in one document.

use crate::error::words;

words! {
    /// What a speaker does with the question: affirms, denies, or one of three silences.
    ///
    /// None of the silences is zero, and none of them takes back what its speaker said before.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Stance};
    ///
    /// let stance: Stance = "no-evidence".parse()?;
    /// assert_eq!(stance, Stance::NoEvidence);
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_claim(Claim::count("civilians", "How many civilians were hurt?"))?;
    /// let silent = raid.record(Assertion::silent("civilians", stance))?;
    /// assert_eq!(silent.to_string(), "no evidence");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[non_exhaustive]
    pub enum Stance ("stance") {
        /// Says that the value is so.
        Affirms = "affirms",
        /// Says that the value isn't so: everything else stays possible.
        Denies = "denies",
        /// Declines to say. No answer.
        Withholds = "withholds",
        /// Says that they don't know. No answer.
        DoesNotKnow = "does-not-know",
        /// Has "no indication of" it. Leaves everything possible, and never means zero.
        NoEvidence = "no-evidence",
    }
}

impl Stance {
    /// Whether it answers the question with a value.
    pub(crate) fn takes_value(self) -> bool {
        matches!(self, Self::Affirms | Self::Denies)
    }

    /// Whether it leaves some set of answers possible.
    pub(crate) fn is_answer(self) -> bool {
        matches!(self, Self::Affirms | Self::Denies | Self::NoEvidence)
    }
}

/// One answer to one claim, as it stands in one document: a value, a stance, an attribution.
///
/// Credited to nobody, it is the document's own voice. Of its ids, only the claim's is needed. Nothing is
/// checked until a [`Dossier`](crate::Dossier) records it.
///
/// With the feature `json` it implements serde's traits, in the shape of an entry of a dossier's file.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Source, Stance};
///
/// let mut raid = Dossier::new("Raid");
/// raid.add_source(Source::new("us", "United States"))?;
/// raid.add_source(Source::new("iraq", "Iraq"))?;
/// raid.add_source(Source::new("centcom", "U.S. Central Command").part_of("us"))?;
/// raid.add_source(Source::new("isis", "Islamic State"))?;
/// raid.add_claim(Claim::count("injured", "How many soldiers were injured?"))?;
/// raid.add_claim(Claim::text("target", "Who was the target?"))?;
/// raid.add_claim(Claim::count("attacks", "How many attacks did it claim?"))?;
///
/// raid.record(Assertion::new("injured", "7").by_all(["us", "iraq"]))?; // jointly
/// raid.record(Assertion::new("injured", "at least 5"))?; // in the newspaper's own voice
/// raid.record(Assertion::silent("target", Stance::Withholds).by("us"))?;
/// raid.record(Assertion::new("attacks", "153").by("isis").via("centcom"))?; // the words are ISIS's
/// # Ok::<(), corroborate::Error>(())
/// ```
///
/// ```
/// use corroborate::{Assertion, Stance};
///
/// let injured = Assertion::new("injured", "7").by_all(["us", "iraq"]);
/// assert_eq!((injured.get_value(), injured.get_stance()), (Some("7"), Stance::Affirms));
/// assert_eq!(injured.get_by(), ["us", "iraq"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Assertion {
    pub(crate) id: Option<String>,
    pub(crate) claim: String,
    pub(crate) value: Option<String>,
    pub(crate) stance: Stance,
    pub(crate) by: Vec<String>,
    pub(crate) via: Vec<String>,
    pub(crate) document: Option<String>,
    pub(crate) locator: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) asserted: Option<String>,
    pub(crate) valid_at: Option<String>,
    pub(crate) supersedes: Vec<String>,
    pub(crate) derived_from: Vec<String>,
    pub(crate) quote: Option<String>,
    pub(crate) note: Option<String>,
}

macro_rules! optional {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name(mut self, $name: impl Into<String>) -> Self {
            self.$name = Some($name.into());
            self
        }
    )*};
}

macro_rules! listed {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name(mut self, $name: impl Into<String>) -> Self {
            self.$name.push($name.into());
            self
        }
    )*};
}

macro_rules! get_optional {
    ($($(#[$doc:meta])* $get:ident = $name:ident;)*) => {$(
        $(#[$doc])*
        pub fn $get(&self) -> Option<&str> {
            self.$name.as_deref()
        }
    )*};
}

macro_rules! get_listed {
    ($($(#[$doc:meta])* $get:ident = $name:ident;)*) => {$(
        $(#[$doc])*
        pub fn $get(&self) -> &[String] {
            &self.$name
        }
    )*};
}

impl Assertion {
    /// An answer to a claim, in the words in which it was said: `at least 14`, `last week`, `Anbar`.
    pub fn new(claim: impl Into<String>, value: impl Into<String>) -> Self {
        Self { value: Some(value.into()), ..Self::silent(claim, Stance::Affirms) }
    }

    /// A stance that comes without a value: withholds, does not know, no evidence. The others need one, and
    /// are refused.
    pub fn silent(claim: impl Into<String>, stance: Stance) -> Self {
        Self {
            id: None,
            claim: claim.into(),
            value: None,
            stance,
            by: Vec::new(),
            via: Vec::new(),
            document: None,
            locator: None,
            unit: None,
            asserted: None,
            valid_at: None,
            supersedes: Vec::new(),
            derived_from: Vec::new(),
            quote: None,
            note: None,
        }
    }

    /// Says that the value isn't so. Everything else stays possible: denying 14 leaves 13, and 15.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_claim(Claim::count("killed", "How many fighters were killed?"))?;
    /// let denial = raid.record(Assertion::new("killed", "14").denied())?;
    /// assert_eq!(denial.to_string(), "anything but 14");
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    #[must_use]
    pub fn denied(mut self) -> Self {
        self.stance = Stance::Denies;
        self
    }

    /// Credits several sources jointly: each of them speaks, and so does each of their sides.
    #[must_use]
    pub fn by_all<S: Into<String>>(mut self, sources: impl IntoIterator<Item = S>) -> Self {
        self.by.extend(sources.into_iter().map(Into::into));
        self
    }

    listed! {
        /// Credits a source; one more makes it a joint statement.
        by;
        /// Names a relay that the words came through. Several: outermost first, so the newspaper before the
        /// agency that it quotes. The speaker belongs in `by`. Relays add no side.
        via;
        /// Names an earlier assertion that this one replaces, of the same claim and the same source or side;
        /// between narrations, of the same publisher. A later word of a named source replaces its earlier one
        /// without being told to, where both are dated.
        supersedes;
        /// Names an assertion about the same claim that this one repeats. It then counts as its origin's
        /// word, whoever `by` names. Several: it draws on all of them.
        derived_from;
    }

    optional! {
        /// Gives it an id. Without one it is called after its claim, with its number there:
        /// `fighters-killed#1`.
        id;
        /// Says which document it stands in.
        document;
        /// Says where in the document: `paragraph 13`.
        locator;
        /// Says what it counts or measures in, where that isn't the claim's own unit. Nothing is converted: a
        /// narrower unit makes a floor, a broader one a ceiling, and any other is set aside.
        unit;
        /// Says when it was said, as a [`Date`](crate::Date) is written; else its document's date is taken.
        /// Without either, it always stands: no later word replaces it.
        asserted;
        /// Says which moment the figure describes, which may be long before it was said. A growing toll goes
        /// by it.
        valid_at;
        /// Keeps the words themselves. They are never read; the value is.
        quote;
        /// Keeps a remark of yours.
        note;
    }

    /// The id of the claim that it answers.
    pub fn get_claim(&self) -> &str {
        &self.claim
    }

    /// What was said, in its words; nothing where the stance says no value. Of a denial, what is denied.
    pub fn get_value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// What the speaker does with the question.
    pub fn get_stance(&self) -> Stance {
        self.stance
    }

    get_listed! {
        /// The ids of the sources that it is credited to; none for the document's own voice.
        get_by = by;
        /// The ids of the relays that it came through, outermost first.
        get_via = via;
        /// The ids of the earlier assertions that it replaces.
        get_supersedes = supersedes;
        /// The ids of the assertions that it repeats.
        get_derived_from = derived_from;
    }

    get_optional! {
        /// Its own id, where it was given one.
        get_id = id;
        /// The id of the document that it stands in.
        get_document = document;
        /// Where in its document it stands.
        get_locator = locator;
        /// The unit that it was said in, where that isn't the claim's own.
        get_unit = unit;
        /// When it was said, as it was written; nothing where its document's date is taken.
        get_asserted = asserted;
        /// The moment that its figure describes, as it was written.
        get_valid_at = valid_at;
        /// The words themselves.
        get_quote = quote;
        /// The remark of whoever made it.
        get_note = note;
    }
}
