//! A dossier out of its file: every entry that is wrong is named, with its place.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    AssertionEntry, ClaimEntry, ConstraintEntry, DocumentEntry, File, OneOrMore, RetractionEntry, SCHEMA,
    SourceEntry, TermEntry, Text,
};
use crate::dossier::batch::{Batch, Standing, Thing};
use crate::dossier::draft::{Draft, Ids, Known, Words};
use crate::dossier::place::{File as Opened, Form, Place};
use crate::error::{DidYouMean, Error, Shown, nearest};
use crate::model::claim::Claim;
use crate::model::constraint::{Constraint, Retraction};
use crate::model::source::{Document, Source};
use crate::model::term::Term;

/// Reads a file whatever it is, and says all that is wrong with it.
pub(super) fn read_all(batch: &mut Batch, name: &str, json: &str) {
    let opened = batch.file(name, Form::Entries);
    let file: File<'_> = match serde_json::from_str(json) {
        Ok(file) => file,
        Err(error) => return batch.problems.push(misread(&opened, json, &error)),
    };
    if file.schema != SCHEMA {
        let problem = format!("found {}, expected `{SCHEMA}`", Shown(&file.schema));
        return batch.problems.push(opened.problem("schema", problem));
    }
    batch.title(file.title);
    let mut entries = Entries { file: opened, json, at: 0, line: 1 };
    entries.read::<SourceEntry>(batch, &file.sources);
    entries.read::<TermEntry>(batch, &file.terms);
    entries.read::<DocumentEntry>(batch, &file.documents);
    entries.read::<ClaimEntry>(batch, &file.claims);
    entries.read::<AssertionEntry<'_>>(batch, &file.assertions);
    entries.read::<RetractionEntry>(batch, &file.retractions);
    entries.read::<ConstraintEntry>(batch, &file.constraints);
}

/// What the lists of a file hold.
pub(super) trait Entry<'f>: Deserialize<'f> {
    const LIST: &'static str;

    /// Takes it into a batch.
    fn take(self, batch: &mut Batch, place: Place);
}

impl Entry<'_> for SourceEntry {
    const LIST: &'static str = "sources";

    fn take(self, batch: &mut Batch, place: Place) {
        let Self { id, name, kind, part_of, anonymous } = self;
        batch.source(Source { id, name, kind, part_of, anonymous }, place);
    }
}

impl Entry<'_> for TermEntry {
    const LIST: &'static str = "terms";

    fn take(self, batch: &mut Batch, place: Place) {
        let Self { id, label, broader } = self;
        batch.term(Term { id, label, broader }, place);
    }
}

impl Entry<'_> for DocumentEntry {
    const LIST: &'static str = "documents";

    fn take(self, batch: &mut Batch, place: Place) {
        let Self { id, title, publisher, published, url } = self;
        batch.document(Document { id, title, publisher, published, url }, place);
    }
}

impl Entry<'_> for ClaimEntry {
    const LIST: &'static str = "claims";

    fn take(self, batch: &mut Batch, place: Place) {
        let Self { id, question, kind, unit, topic, scope, nature, evolves } = self;
        batch.claim(Claim { id, question, kind, unit, topic, scope, nature, evolves }, place);
    }
}

impl<'f> Entry<'f> for AssertionEntry<'f> {
    const LIST: &'static str = "assertions";

    fn take(self, batch: &mut Batch, place: Place) {
        batch.assertion(&self.draft(Known::default()), &place);
    }
}

impl Entry<'_> for RetractionEntry {
    const LIST: &'static str = "retractions";

    fn take(self, batch: &mut Batch, place: Place) {
        let Self { assertion, on, reason } = self;
        batch.retractions.push((Retraction { assertion, on, reason }, place));
    }
}

impl Entry<'_> for ConstraintEntry {
    const LIST: &'static str = "constraints";

    fn take(self, batch: &mut Batch, place: Place) {
        match constraint(self) {
            Ok(constraint) => batch.constraints.push((constraint, place)),
            Err((field, problem)) => batch.problems.push(place.field(field, problem)),
        }
    }
}

impl OneOrMore<'_> {
    pub(super) fn ids(&self) -> Ids<'_> {
        match self {
            Self::One(id) => Ids::One(id),
            Self::Listed(ids) => Ids::Listed(ids),
        }
    }
}

impl AssertionEntry<'_> {
    /// The assertion, of which some is known already.
    pub(super) fn draft(&self, known: Known) -> Draft<'_> {
        Draft {
            known,
            id: self.id.as_ref().map(Text::as_str),
            claim: &self.claim,
            value: self.value.as_deref().map(Words::Said),
            stance: Some(self.stance),
            by: self.by.ids(),
            via: Ids::Listed(&self.via),
            document: self.document.as_ref().map(Text::as_str),
            locator: self.locator.as_ref().map(Text::as_str),
            unit: self.unit.as_ref().map(Text::as_str),
            asserted: self.asserted.as_ref().map(Text::as_str),
            valid_at: self.valid_at.as_ref().map(Text::as_str),
            supersedes: self.supersedes.ids(),
            derived_from: self.derived_from.ids(),
            quote: self.quote.as_ref().map(Text::as_str),
            note: self.note.as_ref().map(Text::as_str),
        }
    }
}

/// The lists of a file, read entry by entry, with the line of each counted on the way.
struct Entries<'f> {
    file: Arc<Opened>,
    json: &'f str,
    at: usize,
    line: usize,
}

impl<'f> Entries<'f> {
    fn read<E: Entry<'f>>(&mut self, batch: &mut Batch, entries: &[&'f RawValue]) {
        let list = E::LIST;
        for (raw, nth) in entries.iter().zip(0..) {
            let text = raw.get();
            let line = self.line_of(text);
            let file = Arc::clone(&self.file);
            let place = Place::Entry { file, list, nth, line: u32::try_from(line).unwrap_or(u32::MAX) };
            if !text.starts_with('{') {
                // serde would take a list for an object's fields in their order.
                let problem = format!("found {}, expected an object, as in `{{\"…\": \"…\"}}`", Shown(text));
                let problem = self.file.problem(format_args!("{list}[{nth}]"), problem);
                batch.problems.push(problem.on_line(line));
                continue;
            }
            // Only what is wrong is worth the time that noting the way to it takes.
            let read = serde_json::from_str::<E>(text).or_else(|_| {
                let mut reader = serde_json::Deserializer::from_str(text);
                serde_path_to_error::deserialize::<_, E>(&mut reader)
            });
            match read {
                Ok(read) => read.take(batch, place),
                Err(error) => {
                    let path = error.path().to_string();
                    let path = if path == "." { String::new() } else { format!(".{path}") };
                    let inner = error.into_inner();
                    let problem = self.file.problem(format_args!("{list}[{nth}]{path}"), reworded(&inner));
                    batch.problems.push(problem.on_line(line + inner.line().saturating_sub(1)));
                    keep_id(batch, list, text);
                }
            }
        }
    }

    /// The line of an entry, counted on from the one before: entries come in the order of the file, mostly.
    fn line_of(&mut self, entry: &str) -> usize {
        let offset =
            (entry.as_ptr() as usize).saturating_sub(self.json.as_ptr() as usize).min(self.json.len());
        if offset < self.at {
            (self.at, self.line) = (0, 1);
        }
        let between = &self.json.as_bytes()[self.at..offset];
        self.line += line_breaks(between);
        self.at = offset;
        self.line
    }
}

/// How many lines end in a text. Many bytes are counted at once, as long as a byte can hold how many.
pub(super) fn line_breaks(text: &[u8]) -> usize {
    let few = |text: &[u8]| text.iter().fold(0_u8, |count, byte| count + u8::from(*byte == b'\n'));
    text.chunks(255).map(|text| usize::from(few(text))).sum()
}

/// Knows the id of an entry that couldn't be read, so that whatever points at it isn't a second problem.
fn keep_id(batch: &mut Batch, list: &str, entry: &str) {
    let thing = match list {
        "sources" => Thing::Source,
        "terms" => Thing::Term,
        "documents" => Thing::Document,
        "claims" => Thing::Claim,
        _ => return,
    };
    let entry: Option<serde_json::Value> = serde_json::from_str(entry).ok();
    if let Some(id) = entry.as_ref().and_then(|entry| entry.get("id")?.as_str()) {
        batch.know(thing, id, Standing::Broken);
    }
}

/// A constraint from its fields, of which each kind takes its own and no others.
fn constraint(entry: ConstraintEntry) -> Result<Constraint, (&'static str, String)> {
    let ConstraintEntry { kind, whole, parts, lesser, greater, claims } = entry;
    let made = match (kind.as_str(), whole, parts, lesser, greater, claims) {
        ("sum", Some(whole), Some(parts), None, None, None) => Constraint::Sum { whole, parts },
        ("at-most", None, None, Some(lesser), Some(greater), None) => Constraint::AtMost { lesser, greater },
        ("equal", None, None, None, None, Some(claims)) => Constraint::Equal { claims },
        ("sum", ..) => {
            return Err(("kind", "a `sum` takes `whole` and `parts`, and nothing else".to_owned()));
        }
        ("at-most", ..) => {
            return Err(("kind", "an `at-most` takes `lesser` and `greater`, and nothing else".to_owned()));
        }
        ("equal", ..) => return Err(("kind", "an `equal` takes `claims`, and nothing else".to_owned())),
        _ => {
            let near = DidYouMean(nearest(&kind, ["sum", "at-most", "equal"].into_iter())).and();
            return Err((
                "kind",
                format!("{} is no constraint{near} expected one of: sum, at-most, equal", Shown(&kind)),
            ));
        }
    };
    Ok(made)
}

/// A whole file that couldn't be read.
fn misread(file: &Opened, json: &str, error: &serde_json::Error) -> Error {
    if json.trim().is_empty() {
        return file.problem_on_line(
            1,
            "the file is empty; expected a JSON object with `\"schema\": \"corroborate/1\"`",
        );
    }
    if error.is_data() && !json.trim_start().starts_with('{') {
        return file.problem_on_line(
            1,
            "expected a JSON object with `\"schema\": \"corroborate/1\"`; it begins otherwise",
        );
    }
    let at = format!("line {}, character {}", error.line(), error.column());
    let problem = if error.is_data() {
        reworded(error)
    } else if !json.trim_start().starts_with('{') {
        let first = json.trim_start().lines().next().unwrap_or_default();
        format!(
            "expected a dossier, which begins with `{{`; found {}; a table is named `.csv` or `.tsv`",
            Shown(first)
        )
    } else {
        format!("this isn't JSON: {}", bare(error).replace("EOF while parsing", "the text ends within"))
    };
    file.problem(at, problem).on_line(error.line())
}

/// serde's message, in the words that users know.
fn reworded(error: &serde_json::Error) -> String {
    let message = bare(error);
    if let Some(rest) = message.strip_prefix("unknown field `")
        && let Some((field, rest)) = rest.split_once('`')
    {
        let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
        let near = DidYouMean(nearest(field, known.iter().copied())).and();
        return format!("there is no field {}{near} expected one of: {}", Shown(field), known.join(", "));
    }
    if let Some(field) = message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        let todo =
            if field == "schema" { "; begin the file with `\"schema\": \"corroborate/1\"`" } else { "" };
        return format!("the field `{field}` is missing{todo}");
    }
    if let Some(field) = message.strip_prefix("duplicate field `").and_then(|rest| rest.strip_suffix('`')) {
        return format!("the field `{field}` stands twice");
    }
    message
        .replace("invalid type: sequence", "found a list")
        .replace("invalid type: map", "found an object")
        .replace("invalid type: integer", "found the number")
        .replace("invalid type: floating point", "found the number")
        .replace("invalid type: string", "found the text")
        .replace("invalid type: boolean", "found")
        .replace("expected a string", "expected a text")
        .replace("expected a sequence", "expected a list")
        .replace("expected a map", "expected an object")
        .replace("expected a boolean", "expected `true` or `false`")
        .replace("invalid type: ", "found ")
        .replace("invalid value: ", "found ")
        .replace("found map", "found an object")
        .replace("expected a map", "expected an object")
        .replace("found sequence", "found a list")
        .replace("expected a sequence", "expected a list")
}

/// serde_json's message without its place, which is said elsewhere.
fn bare(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.clone(), |(message, _)| message.to_owned())
}
