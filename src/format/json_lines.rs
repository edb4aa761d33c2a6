//! JSON Lines: a row as a JSON object on each line.

use std::borrow::Cow;
use std::fmt;
use std::io::{BufRead, Read};
use std::sync::Arc;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::table::{LONGEST, Sheet, What, not_utf8};
use super::unreadable;
use crate::dossier::batch::Batch;
use crate::dossier::draft::Known;
use crate::dossier::place::{Form, Place};
use crate::error::Shown;

/// Reads rows into a batch.
pub(super) fn read(batch: &mut Batch, name: &str, mut reader: impl BufRead, what: What) {
    let mut sheet = Sheet::new(batch.file(name, Form::Fields), what);
    sheet.starts(batch);
    let mut bytes = Vec::new();
    let mut cells: Vec<String> = Vec::new();
    for line in 1.. {
        bytes.clear();
        match reader.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut bytes) {
            Ok(0) => break,
            Ok(_) if bytes.len() > LONGEST => {
                let problem =
                    format!("this line is longer than {} MB; write each row on a line of its own", LONGEST >> 20);
                batch.problems.push(sheet.file.problem_on_line(line, problem));
                break;
            }
            Ok(_) => {}
            Err(error) => {
                batch.problems.push(unreadable(&sheet.file, line, &error));
                break;
            }
        }
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text.trim(),
            Err(error) => {
                let problem = not_utf8(&bytes, error.valid_up_to());
                batch.problems.push(sheet.file.problem_on_line(line, problem));
                continue;
            }
        };
        if text.is_empty() {
            continue;
        }
        let fields = match serde_json::from_str(text) {
            Ok(Row(fields)) => fields,
            Err(_) if serde_json::from_str::<Value>(text).is_ok() => {
                let problem = format!("expected a JSON object such as `{}`, found {}", EXAMPLE, Shown(text));
                batch.problems.push(sheet.file.problem_on_line(line, problem));
                continue;
            }
            Err(error) => {
                let message = error.to_string();
                let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
                let message = message.replace("EOF while parsing", "the text ends within");
                let problem = format!("this isn't JSON: {message}, at character {} of {}", error.column(), Shown(text));
                batch.problems.push(sheet.file.problem_on_line(line, problem));
                continue;
            }
        };
        cells.iter_mut().for_each(String::clear);
        let mut sound = true;
        for (name, cell) in fields {
            let inner = match cell {
                Cell::Other(Value::Object(inner)) if name == "scope" => inner.into_iter(),
                cell => {
                    sound &= take(batch, &mut sheet, &mut cells, line, &name, cell);
                    continue;
                }
            };
            for (dimension, value) in inner {
                let cell = match value {
                    Value::String(text) => Cell::Text(text.into()),
                    value => Cell::Other(value),
                };
                sound &= take(batch, &mut sheet, &mut cells, line, &format!("scope.{dimension}"), cell);
            }
        }
        if sound {
            sheet.row(batch, line, |at| cells.get(at).map_or("", String::as_str), Known::default());
        }
    }
}

const EXAMPLE: &str = r#"{"claim": "injured", "value": "at least 7", "by": "mayor"}"#;

/// Takes one field into the cells of a row, or says what is wrong with it.
fn take(batch: &mut Batch, sheet: &mut Sheet, cells: &mut Vec<String>, line: u32, name: &str, cell: Cell<'_>) -> bool {
    let problem = match text_of(cell) {
        Ok(text) => match sheet.column(batch, name) {
            Ok(at) => {
                if cells.len() <= at {
                    cells.resize(at + 1, String::new());
                }
                cells[at].clear();
                cells[at].push_str(&text);
                return true;
            }
            Err(problem) => sheet.file.problem_on_line(line, problem),
        },
        Err(problem) => Place::Row { file: Arc::clone(&sheet.file), line }.field(name, problem),
    };
    batch.problems.push(problem);
    false
}

/// The fields of an object by name; of two with one name, the last.
struct Row<'t>(Vec<(Cow<'t, str>, Cell<'t>)>);

/// What a field holds. Nearly all are texts, which lie in the line.
enum Cell<'t> {
    Text(Cow<'t, str>),
    Other(Value),
}

impl<'t> Deserialize<'t> for Row<'t> {
    fn deserialize<D: Deserializer<'t>>(from: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'t> Visitor<'t> for Fields {
            type Value = Row<'t>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'t>>(self, mut object: M) -> Result<Row<'t>, M::Error> {
                let mut fields: Vec<(Cow<'t, str>, Cell<'t>)> = Vec::with_capacity(8);
                while let Some(name) = object.next_key()? {
                    let cell = object.next_value()?;
                    let name = match name {
                        Cell::Text(name) => name,
                        Cell::Other(name) => name.to_string().into(),
                    };
                    match fields.binary_search_by(|(known, _)| known.cmp(&name)) {
                        Ok(at) => fields[at].1 = cell,
                        Err(at) => fields.insert(at, (name, cell)),
                    }
                }
                Ok(Row(fields))
            }
        }

        from.deserialize_map(Fields)
    }
}

impl<'t> Deserialize<'t> for Cell<'t> {
    fn deserialize<D: Deserializer<'t>>(from: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'t> Visitor<'t> for Any {
            type Value = Cell<'t>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_borrowed_str<E>(self, text: &'t str) -> Result<Cell<'t>, E> {
                Ok(Cell::Text(text.into()))
            }

            fn visit_str<E>(self, text: &str) -> Result<Cell<'t>, E> {
                Ok(Cell::Text(text.to_owned().into()))
            }

            fn visit_unit<E>(self) -> Result<Cell<'t>, E> {
                Ok(Cell::Other(Value::Null))
            }

            fn visit_bool<E>(self, yes: bool) -> Result<Cell<'t>, E> {
                Ok(Cell::Other(yes.into()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Cell<'t>, E> {
                Ok(Cell::Other(number.into()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Cell<'t>, E> {
                Ok(Cell::Other(number.into()))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Cell<'t>, E> {
                Ok(Cell::Other(number.into()))
            }

            fn visit_seq<S: SeqAccess<'t>>(self, list: S) -> Result<Cell<'t>, S::Error> {
                Value::deserialize(SeqAccessDeserializer::new(list)).map(Cell::Other)
            }

            fn visit_map<M: MapAccess<'t>>(self, object: M) -> Result<Cell<'t>, M::Error> {
                Value::deserialize(MapAccessDeserializer::new(object)).map(Cell::Other)
            }
        }

        from.deserialize_any(Any)
    }
}

/// The text of a cell: a list is joined as a table has it.
fn text_of(cell: Cell<'_>) -> Result<Cow<'_, str>, String> {
    let value = match cell {
        Cell::Text(text) => {
            let is_text = !text.contains('\0');
            return is_text.then_some(text).ok_or_else(|| "found a NUL character, which stands in no text".to_owned());
        }
        Cell::Other(value) => value,
    };
    match value {
        Value::Null => Ok(Cow::default()),
        Value::String(text) => Ok(text.into()),
        Value::Bool(yes) => Ok(if yes { "yes" } else { "no" }.into()),
        Value::Number(number) => {
            let text = number.to_string();
            // Beyond fifteen digits a binary number isn't the decimal that was written.
            if !(number.is_u64() || number.is_i64()) && text.bytes().filter(u8::is_ascii_digit).count() > 15 {
                return Err("the number has more digits than JSON keeps; write it as a text".to_owned());
            }
            Ok(text.into())
        }
        Value::Array(list) => {
            let mut joined = String::new();
            for item in list {
                match item {
                    Value::String(id) if id.contains(';') => {
                        return Err(format!("found {}, but `;` parts the ids of a table", Shown(&id)));
                    }
                    Value::String(id) => {
                        if !joined.is_empty() {
                            joined.push(';');
                        }
                        joined.push_str(&id);
                    }
                    other => return Err(format!("expected an id, found {}", Shown(&other.to_string()))),
                }
            }
            Ok(joined.into())
        }
        Value::Object(_) => Err("expected a text, found an object".to_owned()),
    }
}
