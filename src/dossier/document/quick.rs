//! The quick way to read a dossier: in one go, for files in which nothing is wrong.
//!
//! It says nothing of what it can't read, and leaves that to the reader that can.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::read::{Entry, line_breaks};
use super::{
    AssertionEntry, ClaimEntry, ConstraintEntry, DocumentEntry, OneOrMore, RetractionEntry, SCHEMA, SourceEntry,
    TermEntry, Text, affirms,
};
use crate::dossier::batch::{Batch, Named};
use crate::dossier::draft::Known;
use crate::dossier::place::{File, Form, Place};

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
            if let Some(batch) = &mut self.batch {
                entry.take(batch, place);
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
            let (begin, slot) = (self.at, gathered.slot(line));
            if self.plain(slot).is_none() {
                self.at = begin;
                *slot = self.value()?;
            }
            if gathered.is_full() {
                gathered.take(self.batch.as_deref_mut());
            }
            next = self.following()?;
        }
        gathered.take(self.batch.as_deref_mut());
        Some(())
    }

    /// Reads an assertion whose fields are all texts, written as they are. Making one and putting it there would take
    /// three times as long, so large is it.
    fn plain(&mut self, entry: &mut AssertionEntry<'f>) -> Option<()> {
        *entry = AssertionEntry::default();
        self.eat(b'{')?;
        let mut stood = 0;
        loop {
            let field = self.key()?;
            let text = self.text()?;
            put(entry, field, text, &mut stood)?;
            if self.next()? != b',' {
                self.eat(b'}')?;
                return (stood & CLAIM != 0).then_some(());
            }
            self.eat(b',')?;
        }
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

    /// The name of a field, and its colon.
    fn key(&mut self) -> Option<&'f str> {
        let key = self.text()?;
        self.eat(b':')?;
        Some(key)
    }

    /// A text that is written as it is.
    fn text(&mut self) -> Option<&'f str> {
        self.eat(b'"')?;
        let length = plain_length(&self.json.as_bytes()[self.at..]);
        let text = self.json.get(self.at..self.at + length)?;
        self.at += length;
        (self.json.as_bytes().get(self.at) == Some(&b'"')).then(|| self.at += 1)?;
        Some(text)
    }

    /// Whatever stands there.
    fn value<T: Deserialize<'f>>(&mut self) -> Option<T> {
        let mut json = serde_json::Deserializer::from_str(self.json.get(self.at..)?);
        let value = T::deserialize(&mut json).ok()?;
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

/// How much of a text is written as it is, up to its quotation mark or the first byte that is more than that.
fn plain_length(text: &[u8]) -> usize {
    const LOW: u64 = u64::MAX / 255;
    const HIGH: u64 = LOW << 7;

    let (words, rest) = text.as_chunks();
    for (word, nth) in words.iter().zip(0..) {
        let word = u64::from_le_bytes(*word);
        // Subtracting sets the high bit of a byte that is too small, and maybe of those above it.
        let below = |word: u64, least: u64| word.wrapping_sub(LOW * least) & !word & HIGH;
        let found =
            below(word, 0x20) | below(word ^ LOW * u64::from(b'"'), 1) | below(word ^ LOW * u64::from(b'\\'), 1);
        if found != 0 {
            return nth * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let is_plain = |byte: &&u8| **byte >= 0x20 && **byte != b'"' && **byte != b'\\';
    words.len() * 8 + rest.iter().take_while(is_plain).count()
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

/// Puts the text of a field into an entry. None where the entry needs to be looked at more closely.
fn put<'f>(entry: &mut AssertionEntry<'f>, field: &str, text: &'f str, stood: &mut u32) -> Option<()> {
    let some = || Some(Text(text.into()));
    let bit = match field {
        "claim" => {
            entry.claim = text.into();
            CLAIM
        }
        "value" => {
            entry.value = Some(text.into());
            1 << 1
        }
        "by" => {
            entry.by = OneOrMore::One(text.into());
            1 << 2
        }
        "document" => {
            entry.document = some();
            1 << 3
        }
        "asserted" => {
            entry.asserted = some();
            1 << 4
        }
        "locator" => {
            entry.locator = some();
            1 << 5
        }
        "quote" => {
            entry.quote = some();
            1 << 6
        }
        "note" => {
            entry.note = some();
            1 << 7
        }
        "id" => {
            entry.id = some();
            1 << 8
        }
        "unit" => {
            entry.unit = some();
            1 << 9
        }
        "valid_at" => {
            entry.valid_at = some();
            1 << 10
        }
        "stance" => {
            entry.stance = text.parse().ok()?;
            1 << 11
        }
        "derived_from" => {
            entry.derived_from = OneOrMore::One(text.into());
            1 << 12
        }
        "supersedes" => {
            entry.supersedes = OneOrMore::One(text.into());
            1 << 13
        }
        _ => return None,
    };
    let stands_twice = *stood & bit != 0;
    *stood |= bit;
    (!stands_twice).then_some(())
}

/// The bit of the one field that every assertion has.
const CLAIM: u32 = 1;

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
