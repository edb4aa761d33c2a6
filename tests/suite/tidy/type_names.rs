//! No two types of the crate share a name, so that a name is enough to know which one is meant.

use std::collections::BTreeMap;

use super::imports::code;
use super::{none, sources};

/// Associated types, which each implementation of a trait must name as the trait does.
const PRESCRIBED: [&str; 15] = [
    "Edges",
    "EdgeId",
    "Err",
    "Error",
    "Inspected",
    "IntoIter",
    "Item",
    "Map",
    "Neighbors",
    "NeighborsDirected",
    "NodeId",
    "NodeIdentifiers",
    "Output",
    "Value",
    "Weight",
];

/// The keyword and the name of the type that a line defines, if it does: `Row` of `pub(super) struct Row<'r>
/// {`.
fn defined(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split_whitespace().skip_while(|word| word.starts_with("pub"));
    let keyword = words.next().filter(|word| ["struct", "enum", "trait", "union", "type"].contains(word))?;
    let name = words.next()?.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
    name.starts_with(char::is_uppercase).then_some((keyword, name))
}

/// The names that several types have, with the places of all of them.
fn shared_names<'f>(files: impl Iterator<Item = (&'f str, &'f str)>) -> Vec<String> {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in files {
        for (at, line) in (1..).zip(code(text).lines()) {
            let defined = defined(line).filter(|(keyword, name)| {
                // An associated type stands within a block. It is a name of its trait's, and no type of its
                // own.
                !(*keyword == "type" && line.starts_with(' ') && is_prescribed(name))
            });
            if let Some((_, name)) = defined {
                places.entry(name.to_owned()).or_default().push(format!("{path}, line {at}"));
            }
        }
    }
    let shared = places.into_iter().filter(|(_, places)| places.len() > 1);
    shared.map(|(name, places)| format!("{name}: {}", places.join("; "))).collect()
}

fn is_prescribed(name: &str) -> bool {
    PRESCRIBED.contains(&name) || name == "Point" // of `Hedgeable`, besides the trait itself
}

#[test]
fn no_two_types_share_a_name() {
    let sources = sources();
    let files = sources.iter().filter(|file| file.path.ends_with(".rs"));
    none("a name of its own for each:", shared_names(files.map(|file| (&*file.path, &*file.text))));
}

#[test]
fn a_name_that_two_types_share_is_found() {
    let one = "pub struct Row<'r> {\n}\nimpl Iterator for Row<'_> {\n    type Item = u32;\n}\n";
    let other = "/// struct Row\nmod inner {\n    pub(super) enum Row {}\n    type Item = u8;\n}\n";
    let tests = "#[cfg(test)]\nmod tests {\n    struct Row;\n}\n";
    let found = |files: &[(&'static str, &'static str)]| shared_names(files.iter().copied());
    assert_eq!(found(&[("a.rs", one), ("b.rs", tests)]), Vec::<String>::new());
    assert_eq!(found(&[("a.rs", one), ("b.rs", other)]), ["Row: a.rs, line 1; b.rs, line 3"]);
    assert_eq!(found(&[("a.rs", "struct Item;\n"), ("b.rs", "enum Item {}\n")]).len(), 1);
}
