//! What tables state about sources, claims, documents and terms, row by row.

use super::super::columns::{NONE, index};
use super::super::interner::fast_lookup::NEW;
use super::super::place::Place;
use super::super::{boxed, missing};
use super::identity::in_cell;
use super::{Batch, Fact, FactField, IdStatus, Thing, screen};
use crate::error::{Diagnosis, Error, ErrorKind, Shown, nearest};
use crate::model::claim::Kind;
use crate::model::date::Date;
use crate::model::lint::{Lint, LintKind};
use crate::wording::names::fold_name;

impl Batch {
    /// The number of a field of records of one sort.
    pub(crate) fn field(&mut self, thing: Thing, name: &str) -> u32 {
        let known = self.fields.iter().position(|field| field.thing == thing && *field.name == *name);
        index(known.unwrap_or_else(|| {
            let (texts, said, stated) = Default::default();
            self.fields.push(FactField { thing, name: boxed(name), texts, said, stated });
            self.fields.len() - 1
        }))
    }

    /// Says that a file lists all records of a sort.
    pub(crate) fn lists(&mut self, thing: Thing) {
        self.listed[thing as usize] = true;
    }

    /// States a field of a record, in a text whose number may be known. The same again is nothing new;
    /// something else is a problem.
    pub(crate) fn record_fact(&mut self, field: u32, of: u32, text: &str, known: u32, place: &Place) {
        let FactField { name, texts, said, stated, .. } = &mut self.fields[field as usize];
        if stated.len() <= of as usize {
            said.resize(of as usize + 1, NONE);
            stated.resize(of as usize + 1, NONE);
        }
        let (said, stated) = (&mut said[of as usize], &mut stated[of as usize]);
        if *stated == NONE {
            let (Some(file), Place::Row { line, .. }) = (place.file().map(|file| file.number), place) else {
                return;
            };
            let text = if known == NEW { texts.insert(text) } else { known };
            (*said, *stated) = (text, index(self.facts.len()));
            self.facts.push(Fact { of, field, text, file, line: *line });
        } else if texts.get_index(*said as usize) != Some(text) {
            // Another spelling of a name is the same source.
            let before = texts.get_index(*said as usize).unwrap_or_default();
            if matches!(&**name, "part_of" | "publisher") && fold_name(before) == fold_name(text) {
                return;
            }
            let (said, fact) = (*said, self.facts[*stated as usize]);
            let FactField { thing, name, texts, .. } = &self.fields[field as usize];
            let problem = format!(
                "found {}, but {} says {}; {} {} has one `{name}`, so make the rows agree",
                Shown(text),
                self.place_of_fact(fact).seen_from(place),
                Shown(texts.get_index(said as usize).unwrap_or_default()),
                thing.word(),
                Shown(self.id_of(*thing, of)),
            );
            let problem = place.field(name, ErrorKind::Conflict.because(problem));
            self.problems.push(problem);
        }
    }

    pub(super) fn place_of_fact(&self, fact: Fact) -> Place {
        let file = self.files.get(fact.file as usize);
        file.map_or_else(|| Place::of(""), |file| Place::Row { file: file.clone(), line: fact.line })
    }

    /// Where a table states a field of a record.
    pub(super) fn place_of_stated(&self, thing: Thing, of: u32, field: &str) -> Option<Place> {
        let mut fields = self.fields.iter().filter(|known| known.thing == thing && *known.name == *field);
        let fact = fields.find_map(|field| field.stated.get(of as usize))?;
        self.facts.get(*fact as usize).map(|fact| self.place_of_fact(*fact))
    }

    /// Puts what tables state into the records, and notes which claims have a kind.
    pub(super) fn apply_facts(&mut self, kinds: &mut [Option<Kind>]) {
        let (facts, fields) = (std::mem::take(&mut self.facts), std::mem::take(&mut self.fields));
        for fact in &facts {
            let FactField { thing, name: field, texts, .. } = &fields[fact.field as usize];
            let text = texts.get_index(fact.text as usize).unwrap_or_default();
            let declared = self.standing[*thing as usize].get(fact.of as usize) == Some(&IdStatus::Declared);
            if let Some(slip) = screen::spreadsheet_slip(text) {
                self.problems.push(self.place_of_fact(*fact).field(field, ErrorKind::Wording.because(slip)));
                continue;
            }
            let result = match thing {
                Thing::Source => self.apply_to_source(fact.of, field, text, declared),
                Thing::Term => self.apply_to_term(fact.of, field, text, declared),
                Thing::Document => self.apply_to_document(fact.of, field, text, declared),
                Thing::Claim => self.apply_to_claim(fact.of, field, text, declared, kinds),
            };
            if let Err(problem) = result {
                self.problems.push(self.place_of_fact(*fact).field(field, problem));
            }
        }
        // Where they were stated may still be asked.
        (self.facts, self.fields) = (facts, fields);
    }

    /// A source that another record names: made here, if need be, since the row names it too.
    fn source_at(&mut self, id: &str) -> Result<u32, Diagnosis> {
        if let Some(why) = crate::model::id::refusal(id) {
            return Err(ErrorKind::InvalidId.because(format_args!("{} can't be an id: {why}", Shown(id))));
        }
        self.refuse_mark(Thing::Source, id).map_err(|why| ErrorKind::InvalidId.because(why))?;
        let spelled = self.spelled(Thing::Source, id);
        Ok(spelled.unwrap_or_else(|| self.intern_id(Thing::Source, id, IdStatus::Named)))
    }

    fn apply_to_source(&mut self, of: u32, field: &str, text: &str, declared: bool) -> Result<(), Diagnosis> {
        if field == "part_of" {
            let above = self.source_at(text)?;
            let there = self.dossier.columns.sources[of as usize].part_of;
            if let Some(there) = there.filter(|there| *there != above) {
                return Err(clash(text, self.id_of(Thing::Source, there)));
            }
            self.dossier.columns.sources[of as usize].part_of = Some(above);
            return Ok(());
        }
        let row = &mut self.dossier.columns.sources[of as usize];
        match field {
            "name" => fill(&mut row.name, text, declared),
            "kind" => fill_in(&mut row.kind, text),
            "aliases" => fill_aliases(&mut row.aliases, text, declared),
            _ => {
                let anonymous = yes_or_no(text)?;
                if declared && row.anonymous != anonymous {
                    return Err(clash(text, if row.anonymous { "yes" } else { "no" }));
                }
                row.anonymous = anonymous;
                Ok(())
            }
        }
    }

    fn apply_to_term(&mut self, of: u32, field: &str, text: &str, declared: bool) -> Result<(), Diagnosis> {
        let row = &mut self.dossier.columns.terms[of as usize];
        match field {
            "label" => return fill(&mut row.label, text, declared),
            "aliases" => return fill_aliases(&mut row.aliases, text, declared),
            _ => {}
        }
        if let Some(why) = crate::model::id::refusal(text) {
            return Err(ErrorKind::InvalidId.because(format_args!("{} can't be an id: {why}", Shown(text))));
        }
        self.refuse_mark(Thing::Term, text).map_err(|why| ErrorKind::InvalidId.because(why))?;
        let above = self.intern_id(Thing::Term, text, IdStatus::Named);
        let there = self.dossier.columns.terms[of as usize].broader;
        if let Some(there) = there.filter(|there| *there != above) {
            return Err(clash(text, self.id_of(Thing::Term, there)));
        }
        self.dossier.columns.terms[of as usize].broader = Some(above);
        Ok(())
    }

    fn apply_to_document(
        &mut self,
        of: u32,
        field: &str,
        text: &str,
        declared: bool,
    ) -> Result<(), Diagnosis> {
        if field == "publisher" {
            let publisher = self.source_at(text)?;
            let there = self.dossier.columns.documents[of as usize].publisher;
            if let Some(there) = there.filter(|there| *there != publisher) {
                return Err(clash(text, self.id_of(Thing::Source, there)));
            }
            self.dossier.columns.documents[of as usize].publisher = Some(publisher);
            return Ok(());
        }
        let row = &mut self.dossier.columns.documents[of as usize];
        let titled = declared && !row.title.is_empty();
        match field {
            "title" => fill(&mut row.title, text, titled),
            "url" => fill_in(&mut row.url, text),
            _ => {
                let date = text.parse::<Date>()?;
                if let Some(there) = row.published.filter(|there| *there != date) {
                    return Err(clash(text, &there.to_string()));
                }
                row.published = Some(date);
                Ok(())
            }
        }
    }

    fn apply_to_claim(
        &mut self,
        of: u32,
        field: &str,
        text: &str,
        declared: bool,
        kinds: &mut [Option<Kind>],
    ) -> Result<(), Diagnosis> {
        let id = if field == "question" { self.id_of(Thing::Claim, of).to_owned() } else { String::new() };
        let row = &mut self.dossier.columns.claims[of as usize];
        let differs = |there: &str| if declared && there != text { Err(clash(text, there)) } else { Ok(()) };
        match field {
            "question" => {
                differs(row.question().unwrap_or(&id))?;
                let question = Some(text).filter(|text| **text != *id).map(boxed);
                if question.as_deref() != row.question() {
                    row.particulars_mut().question = question;
                }
                Ok(())
            }
            "unit" => fill_in(&mut row.particulars_mut().unit, text),
            "topic" => fill_in(&mut row.particulars_mut().topic, text),
            "kind" => {
                let kind: Kind = text.parse()?;
                differs(row.kind.as_str())?;
                row.kind = kind;
                kinds[of as usize] = Some(kind);
                Ok(())
            }
            "nature" => {
                let nature = text.parse()?;
                differs(row.nature.as_str())?;
                row.nature = nature;
                Ok(())
            }
            "evolves" => {
                let evolves = text.parse()?;
                differs(row.evolves.as_str())?;
                row.evolves = evolves;
                Ok(())
            }
            _ => {
                let dimension = field.strip_prefix("scope.").unwrap_or(field);
                let scope = &mut row.particulars_mut().scope;
                match scope.iter().find(|(there, _)| there.as_ref() == dimension) {
                    Some((_, value)) if value.as_ref() != text => Err(clash(text, value)),
                    Some(_) => Ok(()),
                    None => {
                        let known = std::mem::take(scope).into_vec().into_iter();
                        *scope = known.chain([(boxed(dimension), boxed(text))]).collect();
                        Ok(())
                    }
                }
            }
        }
    }

    /// Names every entry that points at what no file has.
    pub(super) fn check_wanted(&mut self) {
        for (thing, at, place, field) in std::mem::take(&mut self.wanted) {
            if self.is_known(thing, at) {
                continue;
            }
            let id = self.id_of(thing, at);
            let near = self.near(thing, id);
            let problem = missing(thing.word(), id, near);
            self.problems.push(place.field(field, problem));
        }
    }

    /// The known id that is nearest to a mistaken one.
    fn near(&self, thing: Thing, id: &str) -> Option<&str> {
        let among = self.standing[thing as usize].len();
        if self.suggests(among) { nearest(id, self.known_ids(thing)) } else { None }
    }

    fn known_ids(&self, thing: Thing) -> impl Iterator<Item = &str> {
        let count = index(self.standing[thing as usize].len());
        (0..count).filter(move |at| self.is_known(thing, *at)).map(move |at| self.id_of(thing, at))
    }

    /// Finds a source or a term that an entry names.
    pub(super) fn find_known(
        &self,
        thing: Thing,
        id: &str,
        field: &str,
        place: &Place,
    ) -> Result<u32, Error> {
        let columns = &self.dossier.columns;
        let at = match thing {
            Thing::Source => columns.sources.get_index_of(id),
            Thing::Term => columns.terms.get_index_of(id),
            Thing::Document => columns.documents.get_index_of(id),
            Thing::Claim => columns.claims.get_index_of(id),
        };
        at.map(index).filter(|at| self.is_known(thing, *at)).ok_or_else(|| {
            let near = self.near(thing, id);
            place.field(field, missing(thing.word(), id, near))
        })
    }

    /// Notes ids that a table names and the table of all sources, or claims, doesn't list.
    pub(super) fn lint_unlisted(&mut self) {
        for thing in [Thing::Source, Thing::Claim] {
            if !self.listed[thing as usize] {
                continue;
            }
            let standings = self.standing[thing as usize].iter().zip(0u32..);
            let unlisted: Vec<u32> =
                standings.filter(|(standing, _)| **standing == IdStatus::Named).map(|(_, at)| at).collect();
            let listed =
                || self.known_ids(thing).zip(0u32..).filter(|(_, at)| unlisted.binary_search(at).is_err());
            let some = unlisted.iter().take(5).map(|at| {
                let id = self.id_of(thing, *at);
                match nearest(id, listed().map(|(id, _)| id)) {
                    Some(near) => format!("{} (did you mean `{near}`?)", Shown(id)),
                    None => Shown(id).to_string(),
                }
            });
            let mut some: Vec<String> = some.collect();
            if unlisted.len() > some.len() {
                some.push(format!("{} more", unlisted.len() - some.len()));
            }
            let (word, list) = (thing.word(), some.join(", "));
            let taken_as = match unlisted.len() {
                0 => continue,
                1 => "a new one",
                _ => "new ones",
            };
            let text = format!("not in the table of {word}s, so taken as {taken_as}: {list}");
            self.lints.push(Lint::new(LintKind::Unlisted, None, text));
        }
    }
}

fn clash(found: &str, there: &str) -> Diagnosis {
    ErrorKind::Conflict.because(format_args!(
        "found {}, but it is declared with {}; make the files agree",
        Shown(found),
        Shown(there)
    ))
}

fn fill(slot: &mut Box<str>, text: &str, declared: bool) -> Result<(), Diagnosis> {
    if declared && slot.as_ref() != text {
        return Err(clash(text, slot));
    }
    *slot = boxed(text);
    Ok(())
}

/// Fills in what else a record is called.
fn fill_aliases(slot: &mut Box<[Box<str>]>, text: &str, declared: bool) -> Result<(), Diagnosis> {
    let aliases: Box<[Box<str>]> = in_cell(text).map(boxed).collect();
    if declared && **slot != *aliases {
        return Err(clash(text, &slot.join("; ")));
    }
    *slot = aliases;
    Ok(())
}

fn fill_in(slot: &mut Option<Box<str>>, text: &str) -> Result<(), Diagnosis> {
    match slot {
        Some(there) if there.as_ref() != text => Err(clash(text, there)),
        _ => {
            *slot = Some(boxed(text));
            Ok(())
        }
    }
}

fn yes_or_no(text: &str) -> Result<bool, Diagnosis> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => {
            let problem = format_args!("{} isn't understood: expected `yes` or `no`", Shown(text));
            Err(ErrorKind::UnknownWord.because(problem))
        }
    }
}
