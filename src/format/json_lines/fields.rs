//! The fields of a line, and the texts that cells have for them.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::dossier::document::json::Json;
use crate::error::Shown;

/// Parts a line whose fields all have a column into the cells of its row. Whatever else it may be is for [`Row`] to tell.
pub(super) struct Plain<'r, 't> {
    /// The names of columns.
    pub(super) names: &'r [Box<str>],
    /// The column that came behind each in the line before; first the one that came first.
    pub(super) order: &'r mut [usize],
    pub(super) cells: &'r mut [Option<Cow<'t, str>>],
}

impl<'t> Plain<'_, 't> {
    /// Whether the line is such a one.
    pub(super) fn part(self, line: &'t str) -> bool {
        self.fields(&mut Json::new(line)).is_some()
    }

    fn fields(self, json: &mut Json<'t>) -> Option<()> {
        let Self { names, order, cells } = self;
        let mut before = 0;
        json.eat(b'{')?;
        loop {
            let (name, likely) = (json.key()?, order[before]);
            // Nearly all lines have their fields in one order.
            let is_likely = names.get(likely).is_some_and(|known| **known == *name);
            let at = if is_likely { likely } else { names.iter().position(|known| **known == *name)? };
            let begin = json.at;
            let text = json.plain_text().map(Cow::Borrowed).or_else(|| {
                json.at = begin;
                text_of(json.value()?).ok()
            })?;
            if cells[at].replace(text).is_some() {
                return None; // the same again
            }
            order[before] = at;
            before = at + 1;
            if json.next()? != b',' {
                json.eat(b'}')?;
                return json.next().is_none().then_some(());
            }
            json.eat(b',')?;
        }
    }
}

/// The fields of an object by name; of two with one name, the last.
pub(super) struct Row<'t>(pub(super) Vec<(Cow<'t, str>, Cell<'t>)>);

/// What a field holds. Nearly all are texts, which lie in the line.
pub(super) enum Cell<'t> {
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
pub(super) fn text_of(cell: Cell<'_>) -> Result<Cow<'_, str>, String> {
    let value = match cell {
        // JSON has NUL as an escape only, so that it isn't in a text that lies in the line.
        Cell::Text(Cow::Owned(text)) if text.contains('\0') => {
            return Err("found a NUL character, which stands in no text".to_owned());
        }
        Cell::Text(text) => return Ok(text),
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
