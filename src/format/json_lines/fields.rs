//! The fields of a line, and the texts that cells have for them.

use std::borrow::Cow;

use crate::dossier::document::json::Json;
use crate::dossier::document::node::{JsonContent, JsonNode, figure};
use crate::error::Shown;

/// Splits a line into the cells of its row, where all its fields have a column. Any other line is parsed by
/// [`JsonNode`].
pub(super) struct PlainLine<'r, 't> {
    /// The names of columns.
    pub(super) names: &'r [Box<str>],
    /// For each column the one that followed it in the line before, and at the beginning the one that came
    /// first.
    pub(super) order: &'r mut [usize],
    pub(super) cells: &'r mut [Option<Cow<'t, str>>],
}

impl<'t> PlainLine<'_, 't> {
    /// False where it isn't such a line.
    pub(super) fn split(self, line: &'t str) -> bool {
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
                text_of(json.node()?).ok()
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

/// The text of a cell: a list is joined as a table has it.
pub(super) fn text_of(cell: JsonNode<'_>) -> Result<Cow<'_, str>, String> {
    match cell.content {
        // JSON has NUL as an escape only, so that it isn't in a text that lies in the line.
        JsonContent::Text(Cow::Owned(text)) if text.contains('\0') => {
            Err("found a NUL character, which stands in no text".to_owned())
        }
        JsonContent::Text(text) => Ok(text),
        JsonContent::Null => Ok(Cow::default()),
        JsonContent::Bool(yes) => Ok(if yes { "yes" } else { "no" }.into()),
        JsonContent::Number(number) => figure(number).map(Cow::from),
        JsonContent::List(list) => {
            let mut joined = String::new();
            for item in list {
                match item.content {
                    JsonContent::Text(id) if id.contains(';') => {
                        return Err(format!("found {}, but `;` separates the ids of a table", Shown(&id)));
                    }
                    JsonContent::Text(id) => {
                        if !joined.is_empty() {
                            joined.push(';');
                        }
                        joined.push_str(&id);
                    }
                    _ => return Err(format!("expected an id, {}", item.found())),
                }
            }
            Ok(joined.into())
        }
        JsonContent::Object(_) => Err("expected a text, found an object".to_owned()),
    }
}
