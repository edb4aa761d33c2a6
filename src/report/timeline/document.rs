//! The timeline as a file: schema `corroborate-timeline/1`, with types of its own.

use std::io;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::{Change, Timeline, TimelineEntry};
use crate::dossier::AssertionRef;
use crate::dossier::document::write::StreamedList;
use crate::report::document::{FindingDocument, SetAsideDocument, StreamedFinding};

/// What the first field of a timeline says.
const SCHEMA: &str = "corroborate-timeline/1";
#[cfg(feature = "schema")]
crate::dossier::document::json_schema::field! {
    /// The version of a timeline's schema.
    TimelineVersion: schemars::json_schema!({"const": SCHEMA});
}

/// A timeline as a file has it: schema `corroborate-timeline/1`, its words already made.
///
/// [`Timeline::to_json`] writes one; this type is for programs that read timelines back.
///
/// ```
/// use corroborate::exchange::TimelineDocument;
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "30").by("mayor").asserted("2031-04-01"))?;
/// let json = Resolver::standard().timeline(&flood, "missing").ok_or("no such claim")?.to_json();
///
/// let timeline: TimelineDocument = serde_json::from_str(&json)?;
/// assert_eq!(timeline.entries[0].heard, ["missing#1"]);
/// assert_eq!(timeline.entries[0].finding.verdict, "single-source");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TimelineDocument {
    /// `corroborate-timeline/1`.
    #[cfg_attr(feature = "schema", schemars(with = "TimelineVersion"))]
    pub schema: String,
    /// The dossier's title.
    pub title: String,
    /// The day that the resolver was asked about, with which the timeline ends.
    pub as_of: Option<String>,
    /// The claim's id.
    pub claim: String,
    /// An entry for each moment, earliest first.
    pub entries: Vec<TimelineEntryDocument>,
}

/// One moment of a timeline, as a file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TimelineEntryDocument {
    /// The date that ends with the moment; `null` for what isn't dated.
    pub date: Option<String>,
    /// The ids of the assertions said then.
    pub heard: Vec<String>,
    /// The ids of the assertions withdrawn then.
    pub withdrawn: Vec<String>,
    /// What is set aside from then on.
    pub newly_set_aside: Vec<SetAsideDocument>,
    /// The ids of the assertions that were set aside and stand again.
    pub stands_again: Vec<String>,
    /// The answers of the accounts that are new.
    pub new_accounts: Vec<String>,
    /// The answers of the accounts that are gone.
    pub gone_accounts: Vec<String>,
    /// The fields of the finding that are others than the moment before.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<super::Change>"))]
    pub changes: Vec<String>,
    /// What is found then.
    pub finding: FindingDocument,
}

impl From<TimelineEntry<'_>> for TimelineEntryDocument {
    fn from(entry: TimelineEntry<'_>) -> Self {
        Self {
            date: entry.date().map(|date| date.to_string()),
            heard: entry.heard().map(AssertionRef::id).collect(),
            withdrawn: entry.withdrawn().map(AssertionRef::id).collect(),
            newly_set_aside: entry.newly_set_aside().map(SetAsideDocument::from).collect(),
            stands_again: entry.stands_again().map(AssertionRef::id).collect(),
            new_accounts: entry.new_accounts().map(|account| account.answer()).collect(),
            gone_accounts: entry.gone_accounts().map(|account| account.answer()).collect(),
            changes: entry.changes().map(|change| change.to_string()).collect(),
            finding: entry.finding().into(),
        }
    }
}

/// Serializes a timeline as [`TimelineDocument`] has it, one entry at a time.
struct StreamedTimeline<'t>(&'t Timeline<'t>);

struct StreamedEntries<'t>(&'t Timeline<'t>);

impl Serialize for StreamedEntries<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.entries().map(StreamedEntry))
    }
}

/// Serializes an entry as [`TimelineEntryDocument`] has it, without building one.
struct StreamedEntry<'t>(TimelineEntry<'t>);

impl Serialize for StreamedEntry<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(entry) = self;
        let mut file = to.serialize_struct("Entry", 9)?;
        file.serialize_field("date", &entry.date().map(|date| date.to_string()))?;
        file.serialize_field("heard", &StreamedList(|| entry.heard().map(AssertionRef::id)))?;
        file.serialize_field("withdrawn", &StreamedList(|| entry.withdrawn().map(AssertionRef::id)))?;
        let newly_set_aside = || entry.newly_set_aside().map(SetAsideDocument::from);
        file.serialize_field("newly_set_aside", &StreamedList(newly_set_aside))?;
        file.serialize_field("stands_again", &StreamedList(|| entry.stands_again().map(AssertionRef::id)))?;
        file.serialize_field("new_accounts", &StreamedList(|| entry.new_accounts().map(|new| new.answer())))?;
        file.serialize_field(
            "gone_accounts",
            &StreamedList(|| entry.gone_accounts().map(|gone| gone.answer())),
        )?;
        file.serialize_field("changes", &StreamedList(|| entry.changes().map(Change::as_str)))?;
        file.serialize_field("finding", &StreamedFinding(entry.finding()))?;
        file.end()
    }
}

impl Serialize for StreamedTimeline<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(timeline) = self;
        let mut file = to.serialize_struct("Timeline", 5)?;
        file.serialize_field("schema", SCHEMA)?;
        file.serialize_field("title", timeline.shared.dossier.title())?;
        file.serialize_field("as_of", &timeline.shared.resolver.as_of.map(|date| date.to_string()))?;
        file.serialize_field("claim", timeline.claim().id())?;
        file.serialize_field("entries", &StreamedEntries(timeline))?;
        file.end()
    }
}

impl Timeline<'_> {
    /// The timeline as JSON of schema `corroborate-timeline/1`.
    ///
    /// It is all held in memory; [`write_json`](Self::write_json) doesn't.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(&StreamedTimeline(self)).unwrap_or_default() // texts and lists can't fail to be written
    }

    /// Writes the timeline as JSON, entry by entry.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
    /// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
    /// flood.record(Assertion::new("missing", "12").by("mayor"))?;
    ///
    /// let timeline = Resolver::standard().timeline(&flood, "missing").ok_or("no such claim")?;
    /// let mut file = Vec::new();
    /// timeline.write_json(&mut file)?;
    /// assert!(String::from_utf8(file)?.contains("corroborate-timeline/1"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_json(&self, to: impl io::Write) -> io::Result<()> {
        Ok(serde_json::to_writer_pretty(to, &StreamedTimeline(self))?)
    }
}
