//! Who speaks.

/// Who speaks: a state, an office, a named person, unnamed officials, an outlet.
///
/// A source that is `part_of` another is on its side: Central Command and General Ryder are one side, the
/// United States. An anonymous source with no stated affiliation may be anyone already heard.
///
/// With the feature `json` it implements serde's traits, in the shape of an entry of a dossier's file.
///
/// ```
/// use corroborate::{Dossier, Source};
///
/// let mut raid = Dossier::new("Raid");
/// raid.add_source(Source::new("us", "United States").kind("government"))?;
/// raid.add_source(Source::new("centcom", "U.S. Central Command").kind("military").part_of("us"))?;
/// raid.add_source(Source::new("us-officials", "American officials").part_of("us").anonymous())?;
/// raid.add_source(Source::new("officials", "Officials").anonymous())?; // nobody says whose
/// # Ok::<(), corroborate::Error>(())
/// ```
///
/// Methods that fill a record in have the plain names, so those that read it back begin with `get_`:
///
/// ```
/// use corroborate::Source;
///
/// let centcom = Source::new("centcom", "U.S. Central Command").part_of("us");
/// assert_eq!((centcom.get_id(), centcom.get_part_of()), ("centcom", Some("us")));
/// assert_eq!(centcom.get_kind(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) kind: Option<String>,
    pub(crate) part_of: Option<String>,
    pub(crate) anonymous: bool,
}

impl Source {
    /// A named source with its id and the name that people read. It is a side of its own until it is part of
    /// another.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            aliases: Vec::new(),
            kind: None,
            part_of: None,
            anonymous: false,
        }
    }

    /// Says what else it is called: `WHO`. Tables may name it so.
    ///
    /// ```
    /// use corroborate::Source;
    ///
    /// let who = Source::new("who", "World Health Organization").alias("WHO").alias("W.H.O.");
    /// assert_eq!(who.get_aliases(), ["WHO", "W.H.O."]);
    /// ```
    #[must_use]
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.aliases.push(alias.into());
        self
    }

    /// Says what sort of source it is, in words of your own: `government`, `military`, `outlet`.
    ///
    /// It is kept and shown, and moves no verdict.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// Says which source this one belongs to. That one must be in the dossier already.
    #[must_use]
    pub fn part_of(mut self, source: impl Into<String>) -> Self {
        self.part_of = Some(source.into());
        self
    }

    /// Says that the source isn't named: "officials", "a person with knowledge of the matter".
    #[must_use]
    pub fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// The id that other records name it by.
    pub fn get_id(&self) -> &str {
        &self.id
    }

    /// The name that people read.
    pub fn get_name(&self) -> &str {
        &self.name
    }

    /// What else it is called.
    pub fn get_aliases(&self) -> &[String] {
        &self.aliases
    }

    /// What sort of source it is, where that was said.
    pub fn get_kind(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    /// The id of the source that it belongs to.
    pub fn get_part_of(&self) -> Option<&str> {
        self.part_of.as_deref()
    }

    /// Whether it isn't named.
    pub fn is_anonymous(&self) -> bool {
        self.anonymous
    }
}

/// A document that assertions stand in: an article, a communiqué, a transcript.
///
/// ```
/// use corroborate::{Document, Dossier, Source};
///
/// let mut raid = Dossier::new("Raid");
/// raid.add_source(Source::new("newspaper", "The newspaper"))?;
/// let article = Document::new("article", "Raid in western Iraq");
/// raid.add_document(article.publisher("newspaper").published("2024-09-03"))?;
/// # Ok::<(), corroborate::Error>(())
/// ```
///
/// ```
/// use corroborate::Document;
///
/// let article = Document::new("article", "Raid in western Iraq").published("2024-09-03");
/// assert_eq!(article.get_title(), Some("Raid in western Iraq"));
/// assert_eq!(article.get_published(), Some("2024-09-03"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Document {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) publisher: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) url: Option<String>,
}

impl Document {
    /// A document with its id and its title.
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), publisher: None, published: None, url: None }
    }

    /// Says which source published it. That makes nothing in it the publisher's word, unless the resolver is
    /// [set to read it so](crate::Resolver::narration_is_publishers).
    #[must_use]
    pub fn publisher(mut self, source: impl Into<String>) -> Self {
        self.publisher = Some(source.into());
        self
    }

    /// Says when it was published, as a [`Date`](crate::Date) is written. `Thursday` within it counts back
    /// from here.
    #[must_use]
    pub fn published(mut self, date: impl Into<String>) -> Self {
        self.published = Some(date.into());
        self
    }

    /// Says where it can be read. Nothing is ever fetched.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// The id that other records name it by.
    pub fn get_id(&self) -> &str {
        &self.id
    }

    /// Its title, where it has one.
    pub fn get_title(&self) -> Option<&str> {
        Some(&*self.title).filter(|title| !title.is_empty())
    }

    /// The id of the source that published it.
    pub fn get_publisher(&self) -> Option<&str> {
        self.publisher.as_deref()
    }

    /// When it was published, as it was written. Nothing is checked until a dossier adds it.
    pub fn get_published(&self) -> Option<&str> {
        self.published.as_deref()
    }

    /// Where it can be read.
    pub fn get_url(&self) -> Option<&str> {
        self.url.as_deref()
    }
}
