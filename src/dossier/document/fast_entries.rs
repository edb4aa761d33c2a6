//! The fast path of reading a dossier: in one go, for files in which nothing is wrong.
//!
//! It says nothing of what it can't read, and leaves that to the reader that can.

use std::borrow::Cow;
use std::mem::replace;
use std::sync::Arc;

use super::json::Json;
use super::read::{Entry, line_breaks};
use super::{
    AssertionEntry, ClaimEntry, ConstraintEntry, DocumentEntry, OneOrMore, RetractionEntry, SCHEMA,
    SourceEntry, TermEntry, Text, affirms,
};
use crate::dossier::batch::{Batch, LookupColumn};
use crate::dossier::draft::KnownNumbers;
use crate::dossier::place::{FileForm, InputFile, PartNames, Place};

/// Batch size for look-ups, over all names of an assertion.
const MANY: usize = 128;

/// Reads a file into a batch. False where there is more to it: then the batch is as it was.
pub(super) fn read(batch: &mut Batch, name: &str, json: &str) -> bool {
    if !batch.is_untouched() {
        // What was read before can't be told from half a file, so the file must be sound all through.
        let file = Arc::new(InputFile {
            name: name.into(),
            number: 0,
            form: FileForm::Entries,
            parts: PartNames::default(),
        });
        if Quick::new(json, file, None).file().is_none() {
            return false;
        }
    }
    let file = batch.file(name, FileForm::Entries);
    let read = Quick::new(json, file, Some(batch)).file().is_some();
    if !read {
        batch.begin_again();
    }
    read
}

/// A file while it is read.
struct Quick<'f, 'b> {
    text: &'f str,
    json: Json<'f>,
    /// Where lines were counted to, and how many there are.
    counted: (usize, u32),
    file: Arc<InputFile>,
    /// Where entries go; without it they are only read.
    batch: Option<&'b mut Batch>,
}

impl<'f, 'b> Quick<'f, 'b> {
    fn new(text: &'f str, file: Arc<InputFile>, batch: Option<&'b mut Batch>) -> Self {
        Self { text, json: Json::new(text), counted: (0, 1), file, batch }
    }

    /// Reads the whole file, if its lists stand in an order in which they can be taken.
    fn file(&mut self) -> Option<()> {
        self.json.eat(b'{')?;
        if self.json.key()? != "schema" || self.json.value::<Text<'f>>()?.as_str() != SCHEMA {
            return None;
        }
        let mut stood = Vec::new();
        while self.json.next()? == b',' {
            self.json.eat(b',')?;
            let key = self.json.key()?;
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
                    let title = self.json.value()?;
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
        self.json.eat(b'}')?;
        self.json.next().is_none().then_some(())
    }

    /// Reads a list, entry by entry.
    fn list<E: Entry<'f>>(&mut self) -> Option<()> {
        let mut next = self.first(E::LIST)?;
        for nth in 0.. {
            let Some(line) = next else { break };
            let entry: E = self.json.value()?;
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
        let mut next = self.first(AssertionEntry::LIST)?;
        while let Some(line) = next {
            let (begin, slot) = (self.json.at, gathered.slot(line));
            if self.plain(slot).is_none() {
                self.json.at = begin;
                *slot = self.json.value()?;
            }
            if gathered.is_full() {
                gathered.take(self.batch.as_deref_mut());
            }
            next = self.following()?;
        }
        gathered.take(self.batch.as_deref_mut());
        Some(())
    }

    /// Reads an assertion whose fields are all texts, written as they are. Making one and putting it there
    /// would take three times as long, so large is it.
    fn plain(&mut self, entry: &mut AssertionEntry<'f>) -> Option<()> {
        *entry = AssertionEntry::default();
        self.json.eat(b'{')?;
        loop {
            let field = self.json.key()?;
            let text = self.json.plain_text()?;
            if !put(entry, field, text) {
                return None;
            }
            if self.json.next()? != b',' {
                self.json.eat(b'}')?;
                return (!entry.claim.is_empty()).then_some(());
            }
            self.json.eat(b',')?;
        }
    }

    /// Reads up to the first entry of a list, and gives back its line, if there is one. Then the list is
    /// noted.
    fn first(&mut self, list: &str) -> Option<Option<u32>> {
        self.json.eat(b'[')?;
        if self.json.next()? == b']' {
            return self.json.eat(b']').map(|()| None);
        }
        self.file.parts.push(list);
        self.entry()
    }

    /// Reads up to the entry behind another, likewise.
    fn following(&mut self) -> Option<Option<u32>> {
        if self.json.next()? == b',' {
            self.json.eat(b',')?;
            self.entry()
        } else {
            self.json.eat(b']').map(|()| None)
        }
    }

    /// The line of an entry, which is an object: serde would take a list for an object's fields in their
    /// order.
    fn entry(&mut self) -> Option<Option<u32>> {
        (self.json.next()? == b'{').then(|| Some(self.line()))
    }

    /// The line that is read.
    fn line(&mut self) -> u32 {
        let (counted, line) = self.counted;
        let more = line_breaks(&self.text.as_bytes()[counted..self.json.at]);
        self.counted = (self.json.at, line.saturating_add(u32::try_from(more).unwrap_or(u32::MAX)));
        self.counted.1
    }
}

/// Assertions that are looked up together.
struct Gathered<'f> {
    file: Arc<InputFile>,
    /// The number of the next entry.
    nth: u32,
    /// Entries and their lines; behind the last that was read there may be old ones.
    entries: Vec<(AssertionEntry<'f>, u32)>,
    len: usize,
    known: Vec<KnownNumbers>,
}

impl<'f> Gathered<'f> {
    fn new(file: &Arc<InputFile>) -> Self {
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
        let gathered = &self.entries[..replace(&mut self.len, 0)];
        let Some(batch) = batch else { return };
        let entries = || gathered.iter().map(|(entry, _)| entry);
        let known = &mut self.known;
        known.clear();
        known.resize(gathered.len(), KnownNumbers::default());
        batch.lookup_many(LookupColumn::Claim, entries().map(|entry| &*entry.claim), known);
        batch.lookup_many(
            LookupColumn::By,
            entries().map(|entry| entry.by.ids().one().unwrap_or_default()),
            known,
        );
        if entries().any(|entry| entry.document.is_some()) {
            let documents = entries().map(|entry| entry.document.as_ref().map_or("", Text::as_str));
            batch.lookup_many(LookupColumn::Document, documents, known);
        }
        batch.lookup_many(
            LookupColumn::Words,
            entries().map(|entry| entry.value.as_deref().unwrap_or_default()),
            known,
        );
        let mut place =
            Place::Entry { file: Arc::clone(&self.file), list: AssertionEntry::LIST, nth: 0, line: 0 };
        for ((entry, their_line), known) in gathered.iter().zip(&self.known) {
            if let Place::Entry { nth, line, .. } = &mut place {
                (*nth, *line) = (self.nth, *their_line);
            }
            batch.assertion(&entry.draft(*known), &place);
            self.nth += 1;
        }
    }
}

/// Puts the text of a field into an entry. False where there is more to it: where it stood there before, say.
fn put<'f>(entry: &mut AssertionEntry<'f>, field: &str, text: &'f str) -> bool {
    let put = |to: &mut Option<Text<'f>>| to.replace(Text(text.into())).is_none();
    let put_one = |to: &mut OneOrMore<'f>| replace(to, OneOrMore::One(text.into())).is_empty();
    match field {
        "claim" => !text.is_empty() && replace(&mut entry.claim, text.into()).is_empty(),
        "value" => entry.value.replace(text.into()).is_none(),
        "by" => put_one(&mut entry.by),
        "document" => put(&mut entry.document),
        "asserted" => put(&mut entry.asserted),
        "locator" => put(&mut entry.locator),
        "quote" => put(&mut entry.quote),
        "note" => put(&mut entry.note),
        "id" => put(&mut entry.id),
        "unit" => put(&mut entry.unit),
        "valid_at" => put(&mut entry.valid_at),
        "supersedes" => put_one(&mut entry.supersedes),
        "derived_from" => put_one(&mut entry.derived_from),
        // What stands there unless given can't be told from what was given.
        "stance" => match text.parse() {
            Ok(stance) if stance != affirms() => replace(&mut entry.stance, stance) == affirms(),
            _ => false,
        },
        _ => false,
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::super::read;
    use super::super::read::read_all;
    use super::*;

    /// What files come to: the dossier and the lints, or all problems.
    fn outcome(files: &[&str], read: impl Fn(&mut Batch, &str, &str)) -> String {
        let mut batch = Batch::default();
        for (file, nth) in files.iter().zip(0..) {
            read(&mut batch, &format!("{nth}.json"), file);
        }
        batch.finish().map_or_else(
            |problems| format!("{:?}", problems.problems()),
            |(dossier, lints)| format!("{}{lints:?}", dossier.to_json()),
        )
    }

    /// An object of some fields, each of which is one of the texts behind its name.
    fn object(fields: &'static [(&'static str, &'static [&'static str])]) -> impl Strategy<Value = String> {
        let field = |(name, cells): &(&'static str, &'static [&'static str])| {
            let name = *name;
            (select(cells.to_vec()), any::<Index>()).prop_map(move |(cell, at)| {
                (at.index(1 << 20), (!cell.is_empty()).then(|| format!("\"{name}\": {cell}")))
            })
        };
        fields.iter().map(field).collect::<Vec<_>>().prop_map(|mut fields| {
            fields.sort();
            format!(
                "{{{}}}",
                fields.into_iter().filter_map(|(_, field)| field).collect::<Vec<_>>().join(", ")
            )
        })
    }

    fn assertion() -> impl Strategy<Value = String> {
        const SOURCES: &[&str] =
            &["\"s0\"", "\"s1\"", "\"s\\u0030\"", "[]", "[\"s0\", \"s1\"]", "null", "", "", "\"s0\""];
        object(&[
            ("id", &["\"a\"", "", "", "", "", "", "", ""]),
            ("claim", &["\"c0\"", "\"c1\"", "\"c0\"", "\"c1\"", "\"c0\"", "\"c1\"", "\"c\\u0030\""]),
            ("value", &["\"14\"", "\"at least 3\"", "15", "\"up to \\u0039\"", "\"7\"", "\"8\""]),
            ("by", SOURCES),
            ("via", &["\"s0\"", "[\"s1\"]", "", "", "", "", "", ""]),
            ("stance", &["\"denies\"", "\"affirms\"", "", "", "", ""]),
            ("document", &["\"d\"", "", ""]),
            ("asserted", &["\"2031-04-05\"", "null", "", "\"2031-04-05T06:07:08Z\""]),
            ("quote", &["\"He said: \\\"14\\\"\"", "\"\u{e9}\"", "", "", ""]),
            ("note", &["\"\"", "\"seen\"", "", "", ""]),
        ])
    }

    /// A dossier that nearly always is sound.
    fn dossier() -> impl Strategy<Value = String> {
        let assertions = prop::collection::vec(assertion(), 0..6);
        let many = prop::collection::vec(assertion(), MANY - 2..MANY * 2);
        let assertions = prop_oneof![9 => assertions, 1 => many];
        (assertions, select(vec!["\n", "", "\r\n  "]), select((0..24).collect::<Vec<_>>())).prop_map(
            |(assertions, space, order)| {
                let mut lists = vec![
                    "\"title\": \"A \\u0041\"".to_owned(),
                    format!(r#""sources": [{space}{{"id": "s0", "name": "S"}},{space} {{"id": "s1", "part_of": "s0"}}]"#),
                    r#""documents": [{"id": "d", "published": "2031-04-06"}]"#.to_owned(),
                    format!(r#""claims": [{{"id": "c0", "kind": "count"}},{space}{{"id": "c1", "kind": "count", "scope": {{}}}}]"#),
                    format!("\"assertions\": [{space}{}]", assertions.join(&format!("{space},{space}"))),
                    r#""constraints": [{"kind": "at-most", "lesser": "c0", "greater": "c1"}]"#.to_owned(),
                ];
                if order < 8 {
                    lists.swap(order % 6, order / 2);
                }
                lists.insert(if order == 9 { 1 } else { 0 }, "\"schema\": \"corroborate/1\"".to_owned());
                format!("{{{}{space}}}{space}", lists.join(&format!(",{space}")))
            },
        )
    }

    /// What is put into a text, and how much it replaces.
    fn slip() -> impl Strategy<Value = (Index, usize, &'static str)> {
        let texts = vec![
            "",
            ",",
            "\"",
            "{",
            "}",
            "[",
            "]",
            ":",
            " ",
            "\n",
            "\\",
            "\\u0000",
            "\\ud800",
            "\u{1}",
            "\u{e9}",
            "null",
            "1e999",
            "x",
            "{}",
            "[]",
            "\"id\": \"s0\", ",
            "\"claim\": \"\", ",
            "\"stance\": \"affirms\", ",
            "\"value\": 0.12345678901234567, ",
            "\"id\": \"\", ",
            "\"cliam\": \"c0\", ",
            "[\"c0\"], ",
            ", \"assertions\": []",
            "\"by\": \"nobody\", ",
        ];
        (any::<Index>(), select(vec![0, 0, 0, 1, 1, 2, 30, 1000]), select(texts))
    }

    fn changed(text: &str, slips: &[(Index, usize, &str)]) -> String {
        let mut text = text.to_owned();
        for (at, length, slip) in slips.iter().filter(|_| !text.is_empty()).collect::<Vec<_>>() {
            // Mostly where a token begins, so that what comes of it is near to a dossier.
            let places: Vec<usize> =
                text.match_indices(['{', '"', ',', '}', ':']).map(|(at, _)| at).collect();
            let Some(at) = places.get(at.index(places.len().max(1))).map(|place| place + at.index(2)) else {
                break;
            };
            let end = (at + length).min(text.len());
            if text.is_char_boundary(at) && text.is_char_boundary(end) {
                text.replace_range(at..end, slip);
            }
        }
        text
    }

    proptest! {
        #[test]
        fn the_quick_way_comes_to_the_same(
            first in dossier(),
            second in dossier(),
            slips in (prop::collection::vec(slip(), 0..3), prop::collection::vec(slip(), 0..2)),
        ) {
            let (first, second) = (changed(&first, &slips.0), changed(&second, &slips.1));
            for files in [&[&*first][..], &[&first, &second], &[&second, &first]] {
                prop_assert_eq!(outcome(files, read), outcome(files, read_all), "{:?}", files);
            }
        }
    }

    /// The strategy above says something only if the fast path is often taken.
    #[test]
    fn sound_dossiers_are_read_the_quick_way() {
        let json = r#"{"schema": "corroborate/1", "claims": [{"id": "c", "kind": "count"}],
            "assertions": [{"claim": "c", "value": "14"}, {"claim": "c", "value": 15, "by": []}]}"#;
        let mut batch = Batch::default();
        assert!(super::read(&mut batch, "", json) && super::read(&mut batch, "", json));
    }
}
