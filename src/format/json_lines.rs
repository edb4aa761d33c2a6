//! JSON Lines: a row as a JSON object on each line.

use std::io::{BufRead, Read};
use std::sync::Arc;

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
        let object = match serde_json::from_str(text) {
            Ok(Value::Object(object)) => object,
            Ok(_) => {
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
        for (name, value) in object {
            let fields = match value {
                Value::Object(inner) if name == "scope" => {
                    inner.into_iter().map(|(dimension, value)| (format!("scope.{dimension}"), value)).collect()
                }
                value => vec![(name, value)],
            };
            for (name, value) in fields {
                let place = Place::Row { file: Arc::clone(&sheet.file), line };
                let read = match text_of(value) {
                    Ok(text) => {
                        let column = sheet.column(batch, &name).map(|at| (at, text));
                        column.map_err(|problem| sheet.file.problem_on_line(line, problem))
                    }
                    Err(problem) => Err(place.field(&name, problem)),
                };
                match read {
                    Ok((at, text)) => {
                        if cells.len() <= at {
                            cells.resize(at + 1, String::new());
                        }
                        cells[at] = text;
                    }
                    Err(problem) => {
                        sound = false;
                        batch.problems.push(problem);
                    }
                }
            }
        }
        if sound {
            sheet.row(batch, line, |at| cells.get(at).map_or("", String::as_str), Known::default());
        }
    }
}

const EXAMPLE: &str = r#"{"claim": "injured", "value": "at least 7", "by": "mayor"}"#;

/// The text of a cell: a list is joined as a table has it.
fn text_of(value: Value) -> Result<String, String> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) if text.contains('\0') => Err("found a NUL character, which stands in no text".to_owned()),
        Value::String(text) => Ok(text),
        Value::Bool(yes) => Ok(if yes { "yes" } else { "no" }.to_owned()),
        Value::Number(number) => {
            let text = number.to_string();
            // Beyond fifteen digits a binary number isn't the decimal that was written.
            if !(number.is_u64() || number.is_i64()) && text.bytes().filter(u8::is_ascii_digit).count() > 15 {
                return Err("the number has more digits than JSON keeps; write it as a text".to_owned());
            }
            Ok(text)
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
            Ok(joined)
        }
        Value::Object(_) => Err("expected a text, found an object".to_owned()),
    }
}
