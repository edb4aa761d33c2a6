//! The quick way to read a dossier: in one go, for files in which nothing is wrong.
//!
//! It says nothing of what it can't read, and leaves that to the reader that can.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::read::{Entry, line_breaks};
use super::{
    AssertionEntry, ClaimEntry, ConstraintEntry, DocumentEntry, OneOrMore, RetractionEntry, SCHEMA, SourceEntry,
    TermEntry, Text, affirms, said, word,
};
use crate::dossier::batch::{Batch, Named};
use crate::dossier::draft::Known;
use crate::dossier::place::{File, Form, Place};
use crate::model::assertion::Stance;

/// So many assertions are looked up at once.
const MANY: usize = 128;

/// Reads a file into a batch. False where there is more to it: then the batch is as it was.
pub(super) fn read(batch: &mut Batch, name: &str, json: &str) -> bool {
    if !batch.is_untouched() {
        // What was read before can't be told from half a file, so the file must be sound all through.
        let file = Arc::new(File { name: name.into(), number: 0, form: Form::Entries });
        if Quick::new(json, file, None).file().is_none() {
            return false;
        }
    }
    let file = batch.file(name, Form::Entries);
    let read = Quick::new(json, file, Some(batch)).file().is_some();
    if !read {
        batch.begin_again();
    }
    read
}

/// A file while it is read.
struct Quick<'f, 'b> {
    json: &'f str,
    at: usize,
    /// Where lines were counted to, and how many there are.
    counted: (usize, u32),
    file: Arc<File>,
    /// Where entries go; without it they are only read.
    batch: Option<&'b mut Batch>,
}

impl<'f, 'b> Quick<'f, 'b> {
    fn new(json: &'f str, file: Arc<File>, batch: Option<&'b mut Batch>) -> Self {
        Self { json, at: 0, counted: (0, 1), file, batch }
    }

    /// Reads the whole file, if its lists stand in an order in which they can be taken.
    fn file(&mut self) -> Option<()> {
        self.eat(b'{')?;
        if self.key()? != "schema" || self.value::<Text<'f>>()?.as_str() != SCHEMA {
            return None;
        }
        let mut stood = Vec::new();
        while self.next()? == b',' {
            self.eat(b',')?;
            let key = self.key()?;
            // What assertions name stands before them, and nothing stands twice.
            let behind: &[&str] = match key {
                "retractions" => &["constraints"],
                "constraints" => &[],
                "assertions" => &["retractions", "constraints"],
                _ => &["assertions", "retractions", "constraints"],
            };
            if stood.contains(&key) || behind.iter().any(|list| stood.contains(list)) {
                return None;
            }
            stood.push(key);
            match key {
                "title" => {
                    let title = self.value()?;
                    self.batch.iter_mut().for_each(|batch| batch.title(String::clone(&title)));
                }
                SourceEntry::LIST => self.list::<SourceEntry>()?,
                TermEntry::LIST => self.list::<TermEntry>()?,
                DocumentEntry::LIST => self.list::<DocumentEntry>()?,
                ClaimEntry::LIST => self.list::<ClaimEntry>()?,
                AssertionEntry::LIST => self.assertions()?,
                RetractionEntry::LIST => self.list::<RetractionEntry>()?,
                ConstraintEntry::LIST => self.list::<ConstraintEntry>()?,
                _ => return None,
            }
        }
        self.eat(b'}')?;
        self.next().is_none().then_some(())
    }

    /// Reads a list, entry by entry.
    fn list<E: Entry<'f>>(&mut self) -> Option<()> {
        let mut next = self.first()?;
        for nth in 0.. {
            let Some(line) = next else { break };
            let entry: E = self.value()?;
            let place = Place::Entry { file: Arc::clone(&self.file), list: E::LIST, nth, line };
            if let Some(batch) = &mut self.batch
                && let Err((field, problem)) = entry.take(batch, place.clone())
            {
                batch.problems.push(place.field(field, problem));
            }
            next = self.following()?;
        }
        Some(())
    }

    /// Reads the list of assertions, and looks up what many of them name at once.
    fn assertions(&mut self) -> Option<()> {
        let mut gathered = Gathered::new(&self.file);
        let mut next = self.first()?;
        while let Some(line) = next {
            self.seed(Fill(gathered.slot(line)))?;
            if gathered.is_full() {
                gathered.take(self.batch.as_deref_mut());
            }
            next = self.following()?;
        }
        gathered.take(self.batch.as_deref_mut());
        Some(())
    }

    /// Reads up to the first entry of a list, and gives back its line, if there is one.
    fn first(&mut self) -> Option<Option<u32>> {
        self.eat(b'[')?;
        if self.next()? == b']' { self.eat(b']').map(|()| None) } else { self.entry() }
    }

    /// Reads up to the entry behind another, likewise.
    fn following(&mut self) -> Option<Option<u32>> {
        if self.next()? == b',' {
            self.eat(b',')?;
            self.entry()
        } else {
            self.eat(b']').map(|()| None)
        }
    }

    /// The line of an entry, which is an object: serde would take a list for an object's fields in their order.
    fn entry(&mut self) -> Option<Option<u32>> {
        (self.next()? == b'{').then(|| Some(self.line()))
    }

    /// The next byte that isn't white space, which is read up to.
    fn next(&mut self) -> Option<u8> {
        let rest = &self.json.as_bytes()[self.at..];
        let space = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count();
        self.at += space;
        rest.get(space).copied()
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then(|| self.at += 1)
    }

    /// The name of a field, which is written as it is, and its colon.
    fn key(&mut self) -> Option<&'f str> {
        self.eat(b'"')?;
        let rest = self.json.get(self.at..)?;
        let (key, _) = rest.split_once('"')?;
        self.at += key.len() + 1;
        self.eat(b':')?;
        Some(key)
    }

    fn value<T: Deserialize<'f>>(&mut self) -> Option<T> {
        self.seed(PhantomData)
    }

    fn seed<S: DeserializeSeed<'f>>(&mut self, seed: S) -> Option<S::Value> {
        let mut json = serde_json::Deserializer::from_str(self.json.get(self.at..)?);
        let value = seed.deserialize(&mut json).ok()?;
        self.at += json.into_iter::<IgnoredAny>().byte_offset();
        Some(value)
    }

    /// The line that is read.
    fn line(&mut self) -> u32 {
        let (counted, line) = self.counted;
        let more = line_breaks(&self.json.as_bytes()[counted..self.at]);
        self.counted = (self.at, line.saturating_add(u32::try_from(more).unwrap_or(u32::MAX)));
        self.counted.1
    }
}

/// Assertions that are looked up together.
struct Gathered<'f> {
    file: Arc<File>,
    /// The number of the next entry.
    nth: u32,
    /// Entries and their lines; behind the last that was read there may be old ones.
    entries: Vec<(AssertionEntry<'f>, u32)>,
    len: usize,
    known: Vec<Known>,
}

impl<'f> Gathered<'f> {
    fn new(file: &Arc<File>) -> Self {
        Self { file: Arc::clone(file), nth: 0, entries: Vec::new(), len: 0, known: Vec::new() }
    }

    fn is_full(&self) -> bool {
        self.len == MANY
    }

    /// A place for the next entry.
    fn slot(&mut self, line: u32) -> &mut AssertionEntry<'f> {
        if self.len == self.entries.len() {
            self.entries.push(Default::default());
        }
        let (entry, their_line) = &mut self.entries[self.len];
        *their_line = line;
        self.len += 1;
        entry
    }

    fn take(&mut self, batch: Option<&mut Batch>) {
        let gathered = &self.entries[..std::mem::take(&mut self.len)];
        let Some(batch) = batch else { return };
        let entries = || gathered.iter().map(|(entry, _)| entry);
        let known = &mut self.known;
        known.clear();
        known.resize(gathered.len(), Known::default());
        batch.look(Named::Claim, entries().map(|entry| &*entry.claim), known);
        batch.look(Named::By, entries().map(|entry| entry.by.ids().one().unwrap_or_default()), known);
        if entries().any(|entry| entry.document.is_some()) {
            let documents = entries().map(|entry| entry.document.as_ref().map_or("", Text::as_str));
            batch.look(Named::Document, documents, known);
        }
        batch.look(Named::Words, entries().map(|entry| entry.value.as_deref().unwrap_or_default()), known);
        let mut place = Place::Entry { file: Arc::clone(&self.file), list: AssertionEntry::LIST, nth: 0, line: 0 };
        for ((entry, their_line), known) in gathered.iter().zip(&self.known) {
            if let Place::Entry { nth, line, .. } = &mut place {
                (*nth, *line) = (self.nth, *their_line);
            }
            batch.assertion(&entry.draft(*known), &place);
            self.nth += 1;
        }
    }
}

impl Default for AssertionEntry<'_> {
    fn default() -> Self {
        Self {
            id: None,
            claim: Cow::default(),
            value: None,
            stance: affirms(),
            by: OneOrMore::default(),
            via: Vec::new(),
            document: None,
            locator: None,
            unit: None,
            asserted: None,
            valid_at: None,
            supersedes: OneOrMore::default(),
            derived_from: OneOrMore::default(),
            quote: None,
            note: None,
        }
    }
}

/// Reads an assertion into an old one. To make one and put it there takes three times as long, so large is it.
struct Fill<'r, 'f>(&'r mut AssertionEntry<'f>);

#[derive(Clone, Copy, Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Field {
    Id,
    Claim,
    Value,
    Stance,
    By,
    Via,
    Document,
    Locator,
    Unit,
    Asserted,
    ValidAt,
    Supersedes,
    DerivedFrom,
    Quote,
    Note,
}

impl<'f> DeserializeSeed<'f> for Fill<'_, 'f> {
    type Value = ();

    fn deserialize<D: Deserializer<'f>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'f> Visitor<'f> for Fill<'_, 'f> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an assertion")
    }

    fn visit_map<M: MapAccess<'f>>(self, mut object: M) -> Result<(), M::Error> {
        let Self(entry) = self;
        *entry = AssertionEntry::default();
        let mut stood = 0_u32;
        while let Some(field) = object.next_key()? {
            let bit = 1 << field as u32;
            if stood & bit != 0 {
                return Err(M::Error::custom("a field that stands twice"));
            }
            stood |= bit;
            match field {
                Field::Id => entry.id = object.next_value()?,
                Field::Claim => entry.claim = object.next_value::<Text<'f>>()?.0,
                Field::Value => entry.value = object.next_value::<Said<'f>>()?.0,
                Field::Stance => entry.stance = object.next_value::<Stands>()?.0,
                Field::By => entry.by = object.next_value()?,
                Field::Via => entry.via = object.next_value::<OneOrMore<'f>>()?.into(),
                Field::Document => entry.document = object.next_value()?,
                Field::Locator => entry.locator = object.next_value()?,
                Field::Unit => entry.unit = object.next_value()?,
                Field::Asserted => entry.asserted = object.next_value()?,
                Field::ValidAt => entry.valid_at = object.next_value()?,
                Field::Supersedes => entry.supersedes = object.next_value()?,
                Field::DerivedFrom => entry.derived_from = object.next_value()?,
                Field::Quote => entry.quote = object.next_value()?,
                Field::Note => entry.note = object.next_value()?,
            }
        }
        if stood & 1 << Field::Claim as u32 == 0 {
            return Err(M::Error::missing_field("claim"));
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(transparent)]
struct Said<'f>(#[serde(borrow, deserialize_with = "said")] Option<Cow<'f, str>>);

#[derive(Deserialize)]
#[serde(transparent)]
struct Stands(#[serde(with = "word")] Stance);
