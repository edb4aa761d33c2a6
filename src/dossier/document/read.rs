//! A dossier out of its file: every entry that is wrong is named, with its place.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::node::{JsonNode, position};
use super::shape::{self, FieldProblem, FieldSpec};
use super::{
    AssertionEntry, ClaimEntry, ConstraintEntry, DocumentEntry, File, OneOrMore, RetractionEntry, SCHEMA,
    SourceEntry, TermEntry, Text,
};
use crate::dossier::batch::{Batch, IdStatus, Thing};
use crate::dossier::draft::{self, AssertionDraft, DraftValue, Ids};
use crate::dossier::place::{FileForm, InputFile as Opened, Place};
use crate::error::{Diagnosis, DidYouMean, Error, ErrorKind, Shown, nearest};
use crate::model::constraint::{Constraint, ConstraintKind};

/// Reads a file whatever it is, and says all that is wrong with it.
pub(super) fn read_all(batch: &mut Batch, name: &str, json: &str) {
    let opened = batch.file(name, FileForm::Entries);
    let file: File<'_> = match serde_json::from_str(json) {
        Ok(file) => file,
        Err(_) => return batch.problems.extend(misread(&opened, json)),
    };
    if file.schema != SCHEMA {
        let problem = format!("found {}, expected `{SCHEMA}`", Shown(&file.schema));
        return batch.problems.push(opened.problem("schema", ErrorKind::UnknownWord.because(problem)));
    }
    batch.title(file.title);
    let lists = [
        (SourceEntry::LIST, &file.sources),
        (TermEntry::LIST, &file.terms),
        (DocumentEntry::LIST, &file.documents),
        (ClaimEntry::LIST, &file.claims),
        (AssertionEntry::LIST, &file.assertions),
        (RetractionEntry::LIST, &file.retractions),
        (ConstraintEntry::LIST, &file.constraints),
    ];
    let begins =
        lists.into_iter().filter_map(|(list, entries)| Some((entries.first()?.get().as_ptr(), list)));
    let mut begins: Vec<_> = begins.collect();
    begins.sort_unstable();
    begins.iter().for_each(|(_, list)| opened.parts.push(list));
    let mut entries = EntryReader { file: opened, json, at: 0, line: 1 };
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
    /// What its fields take, to say what is wrong with one that can't be read.
    const FIELDS: &'static [FieldSpec];

    /// Takes it into a batch.
    fn take(self, batch: &mut Batch, place: Place);
}

impl Entry<'_> for SourceEntry {
    const LIST: &'static str = "sources";
    const FIELDS: &'static [FieldSpec] = shape::SOURCE;

    fn take(self, batch: &mut Batch, place: Place) {
        batch.source(self.into(), place);
    }
}

impl Entry<'_> for TermEntry {
    const LIST: &'static str = "terms";
    const FIELDS: &'static [FieldSpec] = shape::TERM;

    fn take(self, batch: &mut Batch, place: Place) {
        batch.term(self.into(), place);
    }
}

impl Entry<'_> for DocumentEntry {
    const LIST: &'static str = "documents";
    const FIELDS: &'static [FieldSpec] = shape::DOCUMENT;

    fn take(self, batch: &mut Batch, place: Place) {
        batch.document(self.into(), place);
    }
}

impl Entry<'_> for ClaimEntry {
    const LIST: &'static str = "claims";
    const FIELDS: &'static [FieldSpec] = shape::CLAIM;

    fn take(self, batch: &mut Batch, place: Place) {
        batch.claim(self.into(), place);
    }
}

impl<'f> Entry<'f> for AssertionEntry<'f> {
    const LIST: &'static str = "assertions";
    const FIELDS: &'static [FieldSpec] = shape::ASSERTION;

    fn take(self, batch: &mut Batch, place: Place) {
        batch.assertion(&self.draft(draft::KnownNumbers::default()), &place);
    }
}

impl Entry<'_> for RetractionEntry {
    const LIST: &'static str = "retractions";
    const FIELDS: &'static [FieldSpec] = shape::RETRACTION;

    fn take(self, batch: &mut Batch, place: Place) {
        batch.retractions.push((self.into(), place));
    }
}

impl Entry<'_> for ConstraintEntry {
    const LIST: &'static str = "constraints";
    const FIELDS: &'static [FieldSpec] = shape::CONSTRAINT;

    fn take(self, batch: &mut Batch, place: Place) {
        match constraint_from_entry(self) {
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
    pub(super) fn draft(&self, known: draft::KnownNumbers) -> AssertionDraft<'_> {
        AssertionDraft {
            known,
            id: self.id.as_ref().map(Text::as_str),
            claim: &self.claim,
            value: self.value.as_deref().map(DraftValue::Said),
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
struct EntryReader<'f> {
    file: Arc<Opened>,
    json: &'f str,
    at: usize,
    line: usize,
}

impl<'f> EntryReader<'f> {
    fn read<E: Entry<'f>>(&mut self, batch: &mut Batch, entries: &[&'f RawValue]) {
        let list = E::LIST;
        for (raw, nth) in entries.iter().zip(0..) {
            let text = raw.get();
            let line = self.line_of(text);
            let file = Arc::clone(&self.file);
            let place = Place::Entry { file, list, nth, line: u32::try_from(line).unwrap_or(u32::MAX) };
            // serde would take a list for an object's fields in their order.
            match serde_json::from_str::<E>(text).ok().filter(|_| text.starts_with('{')) {
                Some(read) => read.take(batch, place),
                None => {
                    for (FieldProblem { at, path, problem }, field) in
                        what_is_wrong(text, E::FIELDS).into_iter().zip(0..)
                    {
                        let order = place.nth_field(field);
                        let path = if path.is_empty() { path } else { format!(".{path}") };
                        let problem = self.file.problem(format_args!("{list}[{nth}]{path}"), problem);
                        let line = line + line_breaks(&text.as_bytes()[..at]);
                        batch.problems.push(problem.on_line(line).ordered(order));
                    }
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
        batch.intern_id(thing, id, IdStatus::Broken);
    }
}

/// A constraint from its fields, of which each kind takes its own and no others.
pub(super) fn constraint_from_entry(entry: ConstraintEntry) -> Result<Constraint, (&'static str, Diagnosis)> {
    let ConstraintEntry { kind, whole, parts, lesser, greater, claims } = entry;
    let takes = |problem: &str| Err(("kind", ErrorKind::Invalid.because(problem)));
    let made = match (kind.as_str(), whole, parts, lesser, greater, claims) {
        ("sum", Some(whole), Some(parts), None, None, None) => Constraint::Sum { whole, parts },
        ("at-most", None, None, Some(lesser), Some(greater), None) => Constraint::AtMost { lesser, greater },
        ("equal", None, None, None, None, Some(claims)) => Constraint::Equal { claims },
        ("sum", ..) => return takes("a `sum` takes `whole` and `parts`, and nothing else"),
        ("at-most", ..) => return takes("an `at-most` takes `lesser` and `greater`, and nothing else"),
        ("equal", ..) => return takes("an `equal` takes `claims`, and nothing else"),
        _ => {
            let near = DidYouMean(nearest(&kind, ConstraintKind::ALL.iter().map(|kind| kind.as_str()))).and();
            let problem =
                format_args!("{} is no constraint{near} expected one of: sum, at-most, equal", Shown(&kind));
            return Err(("kind", ErrorKind::UnknownWord.because(problem)));
        }
    };
    Ok(made)
}

/// All that is wrong with an entry, or with what it is no JSON for.
fn what_is_wrong(entry: &str, fields: &[FieldSpec]) -> Vec<FieldProblem> {
    let wrong =
        JsonNode::parse(entry).map(|entry| shape::find_problems(&entry, fields)).unwrap_or_else(|slip| {
            let problem = ErrorKind::Syntax.because(format_args!("this isn't JSON: {}", slip.problem));
            vec![FieldProblem { at: slip.at, path: String::new(), problem }]
        });
    if wrong.is_empty() {
        let problem = ErrorKind::Syntax.because("this can't be read; compare it with `corroborate schema`");
        return vec![FieldProblem { at: 0, path: String::new(), problem }];
    }
    wrong
}

/// What is wrong with a whole file that couldn't be read.
fn misread(file: &Opened, json: &str) -> Vec<Error> {
    let begins = json.trim_start();
    let problem = |at: usize, problem: Diagnosis| {
        let (line, character) = position(json, at);
        file.problem(format_args!("line {line}, character {character}"), problem).on_line(line)
    };
    let syntax = |problem: &str| ErrorKind::Syntax.because(problem);
    if begins.is_empty() {
        let problem = "the file is empty; expected a JSON object with `\"schema\": \"corroborate/1\"`";
        return vec![file.problem_on_line(1, syntax(problem))];
    }
    let read = JsonNode::parse(json);
    if !begins.starts_with('{') {
        if read.is_ok() {
            let problem = "expected a JSON object with `\"schema\": \"corroborate/1\"`; it begins otherwise";
            return vec![file.problem_on_line(1, syntax(problem))];
        }
        let first = begins.lines().next().unwrap_or_default();
        return vec![problem(
            json.len() - begins.len(),
            ErrorKind::Syntax.because(format_args!(
                "expected a dossier, which begins with `{{`; found {}; a table is named `.csv` or `.tsv`",
                Shown(first)
            )),
        )];
    }
    let wrong = match read {
        Ok(node) => shape::find_problems(&node, shape::FILE),
        Err(slip) => {
            let found = ErrorKind::Syntax.because(format_args!("this isn't JSON: {}", slip.problem));
            return vec![problem(slip.at, found)];
        }
    };
    let all = wrong.into_iter().map(|wrong| {
        let todo =
            if wrong.path.is_empty() { "; begin the file with `\"schema\": \"corroborate/1\"`" } else { "" };
        problem(wrong.at, wrong.problem.and(todo))
    });
    let all: Vec<Error> = all.collect();
    if all.is_empty() {
        return vec![
            file.problem_on_line(1, syntax("this can't be read; compare it with `corroborate schema`")),
        ];
    }
    all
}
