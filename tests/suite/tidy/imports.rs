//! Which file of the library imports from which: data flows one way, and so do imports.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::{File, none, sources};

/// The stages, in the order in which data flows. A file imports from its own stage and from those before it; `schema` and
/// the front (`lib`, `main`, the guide) are above all of them, and nothing imports from the front.
const STAGES: &[&str] =
    &["error", "model", "wording", "dossier", "format", "outcome", "resolve", "report", "laws", "schema"];

/// Something of another file that is named in one.
struct Import {
    from: String,
    line: usize,
    path: String,
    to: String,
}

impl Import {
    /// The stages that it runs between, where it runs up.
    fn runs_up(&self) -> Option<(&str, &str)> {
        let rank = |stage| STAGES.iter().position(|known| *known == stage).unwrap_or(STAGES.len());
        let (from, to) = (stage(&self.from), stage(&self.to));
        (rank(from) < rank(to)).then_some((from, to))
    }
}

/// `dossier`, of `src/dossier.rs` and of every file below `src/dossier/`.
fn stage(file: &str) -> &str {
    file.trim_start_matches("src/").trim_end_matches(".rs").split('/').next().unwrap_or_default()
}

/// `["dossier", "batch"]`, of `src/dossier/batch.rs`; nothing of the root.
fn module(file: &str) -> Vec<&str> {
    let module = file.trim_start_matches("src/").trim_end_matches(".rs");
    if matches!(module, "lib" | "main") { Vec::new() } else { module.split('/').collect() }
}

/// The code of a file, all else replaced by spaces: comments, and what is compiled for tests only. Texts stay, for some
/// attributes name paths in them.
pub(super) fn code(text: &str) -> String {
    let (mut code, mut bare) = (text.to_owned().into_bytes(), text.to_owned().into_bytes());
    let blank = |bytes: &mut [u8]| bytes.iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = b' ');
    let mut at = 0;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        let find = |end: &str, from: usize| {
            text.get(at + from..)
                .and_then(|rest| rest.find(end))
                .map_or(rest.len(), |found| from + found + end.len())
        };
        let hashes = rest.iter().skip(1).take_while(|b| **b == b'#').count();
        let (length, is_comment) = match rest {
            [b'/', b'/', ..] => (find("\n", 0).saturating_sub(1).max(2), true),
            [b'/', b'*', ..] => (find("*/", 2), true),
            [b'r', ..] if rest.get(1 + hashes) == Some(&b'"') => {
                (find(&format!("\"{}", "#".repeat(hashes)), 2 + hashes), false)
            }
            [b'"', ..] => {
                let mut end = 1;
                while end < rest.len() && rest[end] != b'"' {
                    end += if rest[end] == b'\\' { 2 } else { 1 };
                }
                (end + 1, false)
            }
            // A character; a lifetime has no second mark.
            [b'\'', b'\\', ..] => (find("'", 3), false),
            [b'\'', _, b'\'', ..] => (3, false),
            _ => {
                at += 1;
                continue;
            }
        };
        let stretch = at..(at + length).min(text.len());
        blank(&mut bare[stretch.clone()]);
        if is_comment {
            blank(&mut code[stretch.clone()]);
        }
        at = stretch.end;
    }
    let bare = String::from_utf8_lossy(&bare).into_owned();
    let for_tests = ["#[cfg(test)]", "#[cfg(all(test,"].into_iter().flat_map(|mark| bare.match_indices(mark));
    for (begins, _) in for_tests {
        let mut depth = 0;
        let item = bare[begins..].char_indices().find(|(_, c)| {
            depth += i32::from(*c == '{') - i32::from(*c == '}');
            depth == 0 && matches!(c, '}' | ';')
        });
        blank(&mut code[begins..item.map_or(bare.len(), |(end, _)| begins + end)]);
    }
    String::from_utf8_lossy(&code).into_owned()
}

/// The paths that a piece of code goes on with, each as its segments: of `a::{b, c::d}` both.
fn paths(code: &str) -> (Vec<Vec<&str>>, &str) {
    let code = code.trim_start();
    if let Some(mut rest) = code.strip_prefix('{') {
        let mut all = Vec::new();
        loop {
            let (found, behind) = paths(rest);
            all.extend(found);
            // Behind a path may stand another name for it.
            let Some(end) = behind.find([',', '}']) else { return (all, "") };
            rest = &behind[end + 1..];
            if behind[end..].starts_with('}') {
                return (all, rest);
            }
        }
    }
    let end = code.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(code.len());
    let (segment, rest) = code.split_at(end);
    match rest.strip_prefix("::") {
        Some(more) if !segment.is_empty() => {
            let (found, rest) = paths(more);
            let with = |path: Vec<_>| [segment].into_iter().chain(path).collect();
            (found.into_iter().map(with).collect(), rest)
        }
        _ => (vec![if segment.is_empty() { Vec::new() } else { vec![segment] }], rest),
    }
}

/// All that a file names of others of the crate.
fn imports(file: &File, files: &BTreeSet<Vec<&str>>) -> Vec<Import> {
    let code = code(&file.text);
    let mut found = Vec::new();
    for begin in ["crate::", "super::"] {
        for (at, _) in code.match_indices(begin) {
            // The second `super` of two belongs to the first.
            if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') || code[..at].ends_with("::") {
                continue;
            }
            for path in paths(&code[at..]).0 {
                let ups = path.iter().filter(|segment| **segment == "super").count();
                let mut target = if begin == "super::" { module(&file.path) } else { Vec::new() };
                target.truncate(target.len().saturating_sub(ups));
                for segment in path.iter().skip(ups.max(1)) {
                    target.push(segment);
                    if !files.contains(&target) {
                        target.pop();
                        break;
                    }
                }
                let to = if target.is_empty() { "lib".to_owned() } else { target.join("/") };
                found.push(Import {
                    from: file.path.clone(),
                    line: code[..at].matches('\n').count() + 1,
                    path: path.join("::"),
                    to: format!("src/{to}.rs"),
                });
            }
        }
    }
    found
}

/// All imports of the library, those of its tests left out.
fn all() -> Vec<Import> {
    let sources: Vec<File> = sources();
    let is_tests = |path: &str| path.ends_with("/tests.rs");
    let modules = sources.iter().map(|file| module(&file.path)).filter(|module| !module.is_empty()).collect();
    sources.iter().filter(|file| !is_tests(&file.path)).flat_map(|file| imports(file, &modules)).collect()
}

#[test]
fn imports_are_found() {
    let file = |text: &str| File { path: "src/a/b.rs".to_owned(), text: text.to_owned() };
    let modules: BTreeSet<Vec<&str>> = [vec!["a"], vec!["a", "b"], vec!["a", "c"], vec!["d"]].into();
    let named = |text: &str| -> Vec<String> {
        imports(&file(text), &modules).iter().map(|i| format!("{}: {} of {}", i.line, i.path, i.to)).collect()
    };
    assert_eq!(
        named("use super::c::{X, Y};"),
        ["1: super::c::X of src/a/c.rs", "1: super::c::Y of src/a/c.rs"]
    );
    assert_eq!(named("\nuse super::super::d;"), ["2: super::super::d of src/d.rs"]);
    assert_eq!(
        named("use crate::{d::{self as e, Z}, a::c::*};"),
        ["1: crate::d::self of src/d.rs", "1: crate::d::Z of src/d.rs", "1: crate::a::c of src/a/c.rs"]
    );
    assert_eq!(named("fn f() { let x = crate::d::g(1); }"), ["1: crate::d::g of src/d.rs"]);
    assert_eq!(named("#[schemars(with = \"crate::d::S\")]"), ["1: crate::d::S of src/d.rs"]);
    assert_eq!(named("use crate::Error;"), ["1: crate::Error of src/lib.rs"]);
    assert_eq!(named("// crate::d\n/* crate::d */ /// crate::d"), [""; 0]);
    assert_eq!(
        named("#[cfg(test)]\nmod tests {\n    use crate::d; // }\n}\nuse super::c;"),
        ["5: super::c of src/a/c.rs"]
    );
    assert_eq!(
        named("let quote = ['\"', '\\'']; // crate::d\nlet url = \"https://\"; use super::c;"),
        ["2: super::c of src/a/c.rs"]
    );
}

#[test]
fn imports_run_one_way() {
    let found = all().into_iter().filter_map(|import| {
        let (from, to) = import.runs_up()?;
        Some(format!("{}, line {}: {from} → {to}, by `{}`", import.from, import.line, import.path))
    });
    none("an import runs up, against the order of stages:", found);
}

#[test]
fn no_files_import_each_other_in_a_ring() {
    // Below each file, its children: one imports from another where any file of its own does. A file and those below it
    // may import from each other.
    let mut folders: BTreeMap<String, BTreeMap<(String, String), String>> = BTreeMap::new();
    for import in all() {
        let (from, to) = (module(&import.from), module(&import.to));
        let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        if let (Some(one), Some(other)) = (from.get(shared), to.get(shared)) {
            let folder = ["src"].iter().chain(&from[..shared]).copied().collect::<Vec<_>>().join("/");
            let place = format!("{}, line {}: `{}`", import.from, import.line, import.path);
            folders
                .entry(folder)
                .or_default()
                .entry(((*one).to_owned(), (*other).to_owned()))
                .or_insert(place);
        }
    }
    let mut rings = BTreeMap::new();
    for (folder, edges) in &folders {
        let names: BTreeSet<&String> = edges.keys().flat_map(|(one, other)| [one, other]).collect();
        let names: Vec<&String> = names.into_iter().collect();
        let number = |name: &String| names.binary_search(&name).unwrap_or_default() as u32;
        let numbers = edges.keys().map(|(one, other)| (number(one), number(other)));
        let graph = DiGraph::<(), ()>::from_edges(numbers);
        for ring in kosaraju_scc(&graph).into_iter().filter(|ring| ring.len() > 1) {
            let within = |name: &String| ring.iter().any(|node| names[node.index()] == name);
            let edges = edges.iter().filter(|((one, other), _)| within(one) && within(other));
            let lines = edges.map(|((one, other), place)| format!("  {one} → {other}: {place}"));
            let lines = lines.collect::<Vec<_>>().join("\n");
            rings.entry(folder.as_str()).or_insert_with(Vec::new).push(format!("in {folder}/:\n{lines}"));
        }
    }
    none("files import each other in a ring:", rings.into_values().flatten());
}
