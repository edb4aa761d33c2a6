//! Reads the sources, and holds them to those rules of the design that text can show.

mod examples;
mod imports;
mod type_names;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::shown;

/// About as much code as fits a head: lines that aren't blank and aren't comments.
const MOST_LINES: usize = 600;

/// What only the command line may do.
const OUTSIDE_WORLD: [&str; 20] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "fs::",
    "env::",
    "SystemTime",
    "Instant",
    "Utc::now",
    "Local::now",
    "rand::",
    "RandomState",
    "stdin",
    "stdout",
    "stderr",
    "println!",
    "eprintln!",
    "env!",
];

/// One file of the repository, with its path there.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The lines that aren't comments, each with its number.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = (1..).zip(self.text.lines());
        lines.filter(|(_, line)| !line.trim_start().starts_with("//") && !line.trim().is_empty())
    }

    /// Where in its code one of these words stands, not within a longer one.
    fn naming<'f>(&'f self, words: &'f [&str]) -> impl Iterator<Item = String> + 'f {
        self.code().flat_map(move |(at, line)| {
            let named = words.iter().filter(move |word| names(line, word));
            named.map(move |word| format!("{}, line {at}: `{word}`", self.path))
        })
    }

    fn is_under(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }
}

/// Whether a line has the word, with no letter, digit or underscore grown on to it.
fn names(line: &str, word: &str) -> bool {
    let grown = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = word.starts_with(grown) && line[..at].ends_with(grown);
        let behind = word.ends_with(grown) && line[at + word.len()..].starts_with(grown);
        !before && !behind
    })
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, in order.
fn files(folder: &str) -> Vec<File> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).into_iter().flatten().flatten() {
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(entry.path()) {
                found.insert(path, text);
            }
        }
    }
    found.into_iter().map(|(path, text)| File { path, text }).collect()
}

fn sources() -> Vec<File> {
    files("src")
}

/// The library without the command line.
fn library() -> Vec<File> {
    let command_line =
        |path: &str| ["src/main.rs", "src/command.rs"].contains(&path) || path.starts_with("src/command/");
    sources().into_iter().filter(|file| !command_line(&file.path)).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_default()
}

fn none(what: &str, found: impl IntoIterator<Item = String>) {
    let found: Vec<String> = found.into_iter().collect();
    assert!(found.is_empty(), "{what}\n{}", found.join("\n"));
}

#[test]
fn words_are_found_whole() {
    assert!(
        names("use std::fs;", "std::fs") && names("fs::read(path)", "fs::") && names("env!(\"X\")", "env!")
    );
    assert!(
        !names("Cuffs::of(x)", "fs::")
            && !names("let instant = 1", "Instant")
            && !names("Instants", "Instant")
    );
}

#[test]
fn petgraph_is_named_under_the_dossier_only() {
    let elsewhere = sources().into_iter().filter(|file| !file.is_under("src/dossier/"));
    let named = elsewhere.flat_map(|file| {
        // The front exports the crate itself, so that callers name the same version.
        let exports = |(_, line): &(usize, &str)| file.path == "src/lib.rs" && *line == "pub use petgraph;";
        let lines = file.code().filter(|line| !exports(line) && names(line.1, "petgraph"));
        lines.map(|(at, _)| format!("{}, line {at}", file.path)).collect::<Vec<_>>()
    });
    none("petgraph is named outside src/dossier/:", named);
}

#[test]
fn the_library_reads_no_clock_no_file_no_environment_and_no_random_number() {
    let named = library().into_iter().flat_map(|file| file.naming(&OUTSIDE_WORLD).collect::<Vec<_>>());
    none("only src/main.rs and src/command/ may look at the outside world:", named);
}

#[test]
fn types_in_memory_know_nothing_of_files() {
    // Formats of files are types of their own: the crate's in `document`, other people's under `format`, and what
    // describes them in `schema.rs`. Closed vocabularies are the same words in memory and in files, so the macro that
    // declares them all implements serde for each, and so are lints; the dossier, its views and reports don't.
    let is_format = |path: &str| path.contains("/document.rs") || path.contains("/document/");
    let inside = library().into_iter().filter(|file| !is_format(&file.path) && !file.is_under("src/format"));
    let inside = inside
        .filter(|file| !["src/schema.rs", "src/error/word.rs", "src/model/lint.rs"].contains(&&*file.path));
    let words = ["serde", "serde_json", "Serialize", "Deserialize"];
    none(
        "only a type that is a file's may derive serde:",
        inside.flat_map(|f| f.naming(&words).collect::<Vec<_>>()),
    );
}

#[test]
fn files_are_named_for_what_they_hold() {
    let vague = ["mod.rs", "util.rs", "utils.rs", "helpers.rs", "common.rs", "prelude.rs", "misc.rs"];
    let named = sources().into_iter().map(|file| file.path);
    none(
        "no name for a file:",
        named.filter(|path| vague.iter().any(|name| path.ends_with(&format!("/{name}")))),
    );
}

#[test]
fn files_stay_short() {
    let lengths = sources().into_iter().map(|file| (file.code().count(), file.path));
    let long = lengths.filter(|(lines, _)| *lines > MOST_LINES);
    none("too much code for one file:", long.map(|(lines, path)| format!("{path}: {lines} lines")));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = sources().into_iter().chain(files("tests")).filter(|file| file.path.ends_with(".rs"));
    let silent = silent.filter(|file| !file.text.starts_with("//!") && !file.text.starts_with("#![doc"));
    none("a file begins with a `//!` line:", silent.map(|file| file.path));
}

#[test]
fn nothing_is_unsafe_unfinished_or_waved_through() {
    let words = ["unsafe", "todo!", "unimplemented!", "dbg!", "#[allow", "#![allow"];
    let code = sources().into_iter().chain(files("benches")).chain(files("tests"));
    let code = code.filter(|file| file.path.ends_with(".rs") && file.path != "tests/suite/tidy.rs");
    none("to be mended, or expected with a reason:", code.flat_map(|f| f.naming(&words).collect::<Vec<_>>()));
}

#[test]
fn examples_pass_errors_on() {
    let examples = library().into_iter().flat_map(|file| {
        let lines = (1..).zip(file.text.lines()).filter(|(_, line)| line.trim_start().starts_with("///"));
        let found = lines.filter(|(_, line)| line.contains(".unwrap()") || line.contains(".expect("));
        found.map(|(at, _)| format!("{}, line {at}", file.path)).collect::<Vec<_>>()
    });
    none("an example uses `?`:", examples);
}

#[test]
fn no_path_leads_to_somebodys_machine() {
    // In two pieces, so that this file isn't found.
    let folders: Vec<String> =
        ["home", "root", "Users", "work", "tmp"].map(|name| format!("/{name}/")).into();
    let documents = shown::documents().into_iter().chain(["Cargo.toml".to_owned()]);
    let documents = documents.map(|path| File { text: read(&path), path });
    let all = sources().into_iter().chain(files("tests")).chain(files("benches")).chain(documents);
    let found = all.flat_map(|file| {
        let lines = (1..).zip(file.text.lines());
        let lines = lines.filter(|(_, line)| folders.iter().any(|folder| starts_a_path(line, folder)));
        lines.map(|(at, _)| format!("{}, line {at}", file.path)).collect::<Vec<_>>()
    });
    none("a path of one machine:", found);
}

/// Whether a line has a path that begins with this folder, and doesn't merely lead through one of that name.
fn starts_a_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder)
        .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "/._-".contains(c)))
}

/// The names that code exports with `pub use`, in order.
fn exports(code: &str) -> Vec<String> {
    let code: String =
        code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let exports = code.split("pub use ").skip(1).filter_map(|rest| rest.split(';').next());
    let names = exports.flat_map(|export| {
        let list = export.rsplit_once('{').map_or_else(
            || export.rsplit("::").next().unwrap_or_default().to_owned(),
            |(_, list)| list.trim_end_matches('}').to_owned(),
        );
        list.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect::<Vec<_>>()
    });
    names.collect()
}

#[test]
fn each_public_name_is_exported_once() {
    let mut seen = BTreeSet::new();
    let names = exports(&read("src/lib.rs")).into_iter();
    none("exported twice:", names.filter(|name| !seen.insert(name.clone())));
}

#[test]
fn the_front_page_has_every_public_name_in_reading_order() {
    let front = read("src/lib.rs");
    let order = front.split("# The names, in reading order").nth(1).unwrap_or_default();
    let order: String = order.lines().skip(1).take_while(|line| line.starts_with("//!")).collect();
    // Exports come before the modules `rules` and `exchange`, whose own pages list what is in them.
    let top = front.split("\npub mod ").find(|part| part.contains("pub use chrono")).unwrap_or_default();
    let modules = front.lines().filter_map(|line| line.strip_prefix("pub mod ")?.split([';', ' ']).next());
    let modules = modules.filter(|module| *module != "guide").map(str::to_owned);
    let names: Vec<String> = exports(top).into_iter().chain(modules).collect();
    assert!(names.len() > 60, "too few names are found in src/lib.rs: {names:?}");
    none("not on the front page:", names.into_iter().filter(|name| !order.contains(&format!("`{name}`"))));
}

#[test]
fn the_glossary_names_what_is_public() {
    let public = exports(&read("src/lib.rs"));
    let library = library();
    let is_public = |name: &str| match name.split_once("::") {
        None => public.iter().any(|export| export == name),
        Some(("rules", rule)) => public.iter().any(|export| export == rule),
        Some((_, method)) => library.iter().any(|file| file.text.contains(&format!("pub fn {method}("))),
    };
    let glossary = read("docs/guide/7-words.md");
    let rows = glossary.lines().filter(|line| line.starts_with('|'));
    let names: Vec<&str> = rows.flat_map(|row| row.split('`').skip(1).step_by(2)).collect();
    assert!(names.len() > 50, "too few names are found: {names:?}");
    // Fields of files are written in lower case.
    let names = names.into_iter().filter(|name| name.contains("::") || name.starts_with(char::is_uppercase));
    none("not public:", names.filter(|name| !is_public(name)).map(str::to_owned));
}

#[test]
fn documents_name_files_that_are_there() {
    let folders = ["src/", "tests/", "docs/", "benches/", ".ci/"];
    let missing = shown::documents().into_iter().flat_map(|document| {
        let text = read(&document);
        let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut missing = Vec::new();
        // Paths of the repository, in backticks.
        for name in text.split('`').skip(1).step_by(2) {
            let is_path = folders.iter().any(|folder| name.starts_with(folder))
                && !name.contains([' ', '*', '…', '\n']);
            if is_path && !root().join(name).exists() {
                missing.push(format!("{document}: `{name}`"));
            }
        }
        // Targets of links, which start from the document.
        let inline = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let defined = text
            .lines()
            .filter(|line| line.starts_with('['))
            .filter_map(|line| Some(line.split_once("]: ")?.1));
        for target in inline.chain(defined) {
            let (path, _) = target.split_once('#').unwrap_or((target, ""));
            let outside = path.contains("://") || path.starts_with("crate::") || path.is_empty();
            if !outside && !root().join(folder).join(path).exists() {
                missing.push(format!("{document}: {target}"));
            }
        }
        missing
    });
    none("a document names a file that isn't there:", missing);
}

#[test]
fn the_map_of_the_code_is_complete() {
    let map = read("docs/architecture.md");
    let unnamed = sources().into_iter().filter(|file| !map.contains(&format!("`{}`", file.path)));
    none("docs/architecture.md doesn't say what these are for:", unnamed.map(|file| file.path));
}

#[test]
fn the_readme_lists_every_feature() {
    let manifest = read("Cargo.toml");
    let features =
        manifest.split("[features]").nth(1).and_then(|rest| rest.split("\n[").next()).unwrap_or_default();
    let features = features.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.trim());
    let features: BTreeSet<&str> =
        features.filter(|name| *name != "default" && !name.starts_with('#')).collect();
    let readme = read("README.md");
    let table =
        readme.split("## Features").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap_or_default();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    assert_eq!(rows.collect::<BTreeSet<&str>>(), features, "left is the README's table, right Cargo.toml");
}
