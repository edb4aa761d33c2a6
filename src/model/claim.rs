//! The point at issue.

use crate::error::words;

words! {
    /// What sort of answer a claim takes, and so how what was said is read.
    ///
    /// ```
    /// use corroborate::{Kind, Value};
    ///
    /// // "2,024" is a number of trucks, and no year.
    /// assert_eq!(Value::read(Kind::Count, "2,024")?.to_string(), "2024");
    /// assert!(Value::read(Kind::Date, "2,024").is_err());
    /// # Ok::<(), corroborate::WordingError>(())
    /// ```
    #[non_exhaustive]
    pub enum Kind ("kind of claim") {
        /// Whole things counted: people, trucks, attacks. Never negative, never fractional.
        Count = "count",
        /// An exact decimal: kilometres, dollars, degrees.
        Quantity = "quantity",
        /// A date, a time, or a stretch of time.
        Date = "date",
        /// A term of the dossier's taxonomy: a cause, a colour, a rank.
        Term = "term",
        /// A place: a term whose broader terms are the places that it lies in.
        Place = "place",
        /// Yes or no.
        YesNo = "yes-no",
        /// Free text. Texts that differ are reported for comparing by hand.
        Text = "text",
    }
}

words! {
    /// Whether a claim is about what is, what somebody makes of it, or what will be.
    ///
    /// Opinions and forecasts get verdicts like facts, but sections of their own, and constraints leave them
    /// alone.
    ///
    /// ```
    /// use corroborate::{Claim, Constraint, Dossier, Nature};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_claim(Claim::count("attacks", "How many attacks were there?"))?;
    /// raid.add_claim(Claim::count("next-year", "How many will there be?").nature(Nature::Projection))?;
    /// assert!(raid.add_constraint(Constraint::at_most("attacks", "next-year")).is_err());
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    #[non_exhaustive]
    pub enum Nature ("nature of a claim") {
        /// Something that is so or isn't.
        Fact = "fact",
        /// A judgement or an opinion.
        Assessment = "assessment",
        /// A forecast.
        Projection = "projection",
    }
}

words! {
    /// How the true answer moves as time passes.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Evolves, Resolver, Source, Verdict};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_source(Source::new("brigade", "The fire brigade"))?;
    /// flood.add_claim(Claim::count("dead", "How many people died?").evolves(Evolves::Rising))?;
    /// flood.record(Assertion::new("dead", "10").by("mayor").asserted("2031-04-01"))?;
    /// flood.record(Assertion::new("dead", "25").by("brigade").asserted("2031-04-03"))?;
    ///
    /// // Ten on the first day is "at least ten" on the third.
    /// let report = Resolver::standard().resolve(&flood);
    /// assert_eq!(report.finding("dead").map(|dead| dead.verdict()), Some(Verdict::Compatible));
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    #[non_exhaustive]
    pub enum Evolves ("way in which a claim evolves") {
        /// It stays: the number killed in one raid.
        Fixed = "fixed",
        /// It only grows: a toll while bodies are still being found. An older figure is read as "at least".
        Rising = "rising",
    }
}

/// The point at issue: a question, with its topic and its scope.
///
/// With the feature `json` it implements serde's traits, in the shape of an entry of a dossier's file.
///
/// ```
/// use corroborate::{Claim, Dossier};
///
/// let mut raid = Dossier::new("Raid");
/// raid.add_claim(
///     Claim::count("fighters-killed", "How many fighters were killed?")
///         .unit("fighter")
///         .topic("raid-deaths")
///         .scope("place", "anbar")
///         .scope("period", "2024-08-29"),
/// )?;
/// # Ok::<(), corroborate::Error>(())
/// ```
///
/// ```
/// use corroborate::{Claim, Kind};
///
/// let killed = Claim::count("killed", "How many fighters were killed?").scope("place", "anbar");
/// assert_eq!((killed.get_kind(), killed.get_unit()), (Kind::Count, None));
/// assert_eq!(killed.get_scope().collect::<Vec<_>>(), [("place", "anbar")]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub(crate) id: String,
    pub(crate) question: String,
    pub(crate) kind: Kind,
    pub(crate) unit: Option<String>,
    pub(crate) topic: Option<String>,
    pub(crate) scope: indexmap::IndexMap<String, String, foldhash::fast::FixedState>,
    pub(crate) nature: Nature,
    pub(crate) evolves: Evolves,
}

macro_rules! of_kind {
    ($($(#[$doc:meta])* $name:ident = $kind:ident;)*) => {$(
        $(#[$doc])*
        pub fn $name(id: impl Into<String>, question: impl Into<String>) -> Self {
            Self::new(id, Kind::$kind, question)
        }
    )*};
}

impl Claim {
    /// A claim with its id, the kind of answer it takes, and the question in words.
    ///
    /// The functions below do the same for each kind.
    ///
    /// ```
    /// use corroborate::{Claim, Kind};
    ///
    /// let killed = Claim::new("killed", Kind::Count, "How many fighters were killed?");
    /// assert_eq!(killed, Claim::count("killed", "How many fighters were killed?"));
    /// ```
    pub fn new(id: impl Into<String>, kind: Kind, question: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            question: question.into(),
            kind,
            unit: None,
            topic: None,
            scope: indexmap::IndexMap::default(),
            nature: Nature::Fact,
            evolves: Evolves::Fixed,
        }
    }

    of_kind! {
        /// A claim answered by counting: how many?
        count = Count;
        /// A claim answered by an exact decimal: how much, how far?
        quantity = Quantity;
        /// A claim answered by a date: when?
        date = Date;
        /// A claim answered by a term: what, which?
        term = Term;
        /// A claim answered by a place: where?
        place = Place;
        /// A claim answered by yes or no.
        yes_no = YesNo;
        /// A claim answered in free text.
        text = Text;
    }

    /// Says what is counted or measured in. A unit that is a term may be narrower or broader than another.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// Says what the claim is about. Claims with one topic and different scope are reported as not
    /// comparable.
    #[must_use]
    pub fn topic(mut self, topic: impl Into<String>) -> Self {
        self.topic = Some(topic.into());
        self
    }

    /// Narrows the claim in one dimension: `place`, `period`, or one of your own. Saying it again replaces
    /// it.
    ///
    /// A place is a term's id and a period a date or a stretch of time. Of two counts with one topic, the one
    /// whose scope lies within the other's can't be greater, and the report says whether that holds.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Status, Term};
    ///
    /// let mut flight = Dossier::new("Flight from Varn");
    /// flight.add_source(Source::new("relief", "The relief group"))?;
    /// flight.add_term(Term::new("karsova", "Karsova"))?;
    /// flight.add_term(Term::new("varn", "Varn").broader("karsova"))?;
    /// for (id, place, figure) in [("fled-town", "varn", "300"), ("fled-country", "karsova", "250")] {
    ///     let fled = Claim::count(id, format!("How many fled {place}?"));
    ///     flight.add_claim(fled.topic("fled").scope("place", place))?;
    ///     flight.record(Assertion::new(id, figure).by("relief"))?;
    /// }
    ///
    /// let report = Resolver::standard().resolve(&flight);
    /// let part = report.constraints().next().ok_or("no constraint")?;
    /// assert_eq!(part.status(), Status::Fails); // more fled the town than the whole country
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn scope(mut self, dimension: impl Into<String>, value: impl Into<String>) -> Self {
        self.scope.insert(dimension.into(), value.into());
        self
    }

    /// Says whether it is a fact, an assessment or a projection; a fact, unless said.
    #[must_use]
    pub fn nature(mut self, nature: Nature) -> Self {
        self.nature = nature;
        self
    }

    /// Says how the true answer moves as time passes; not at all, unless said.
    #[must_use]
    pub fn evolves(mut self, evolves: Evolves) -> Self {
        self.evolves = evolves;
        self
    }

    /// The id that other records name it by.
    pub fn get_id(&self) -> &str {
        &self.id
    }

    /// The question in words.
    pub fn get_question(&self) -> &str {
        &self.question
    }

    /// The kind of answer that it takes.
    pub fn get_kind(&self) -> Kind {
        self.kind
    }

    /// What it is counted or measured in, where that was said.
    pub fn get_unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }

    /// What it is about, where that was said.
    pub fn get_topic(&self) -> Option<&str> {
        self.topic.as_deref()
    }

    /// What it is narrowed to, dimension by dimension: `("place", "anbar")`.
    pub fn get_scope(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.scope.iter().map(|(dimension, value)| (dimension.as_str(), value.as_str()))
    }

    /// Whether it is a fact, an assessment or a projection.
    pub fn get_nature(&self) -> Nature {
        self.nature
    }

    /// How the true answer moves as time passes.
    pub fn get_evolves(&self) -> Evolves {
        self.evolves
    }
}
