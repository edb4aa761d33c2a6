//! Whether each public type, trait, module, constructor and fallible function is shown in use.

use std::collections::{BTreeMap, BTreeSet};

use super::{File, library, none};

/// A reason to do without an example, and the items that it is true of.
type Exception = (&'static str, fn(&Item) -> bool);

/// What needs no example of its own, each with the reason.
const EXCEPTIONS: &[Exception] = &[
    ("a part of a file, which the example of the whole file reads", |item| {
        const WHOLE: [&str; 2] = ["ReportDocument", "TimelineDocument"];
        item.what == "struct"
            && item.name.ends_with("Document")
            && item.page == "src/report"
            && !WHOLE.contains(&&*item.name)
    }),
    ("a law, called as the example of `laws` calls one", |item| {
        item.page == "src/laws" && item.what == "fn" && item.gives.ends_with("Result<(), Broken>")
    }),
    ("modules of the guide are prose, whose code runs", |item| item.file == "src/guide.rs"),
];

/// Something public, and what its documentation shows.
struct Item {
    file: String,
    line: usize,
    what: &'static str,
    name: String,
    /// The type whose page it stands on, or `src/report` and the like for what has a page of its own.
    page: String,
    gives: String,
    takes_self: bool,
    docs: String,
}

impl Item {
    /// Whether it is a type, a trait, a module, a function of a module, a constructor, or something that may fail.
    fn needs_example(&self) -> bool {
        let is_constructor = !self.takes_self && (self.gives.contains("Self") || self.gives == self.page);
        self.what != "fn" || self.is_alone() || is_constructor || self.gives.contains("Result<")
    }

    fn is_alone(&self) -> bool {
        self.page.starts_with("src/")
    }

    /// Whether it has an example, or one on the page that it stands on calls it.
    fn is_shown(&self, pages: &BTreeMap<String, String>) -> bool {
        let call = match self.takes_self {
            true => format!(".{}(", self.name),
            false => format!("{}::{}(", self.page, self.name),
        };
        let is_called = |docs: &String| code(docs).any(|line| line.contains(&call));
        code(&self.docs).next().is_some() || !self.is_alone() && pages.get(&self.page).is_some_and(is_called)
    }
}

/// The lines of the examples of some documentation.
fn code(docs: &str) -> impl Iterator<Item = &str> {
    docs.split("```").skip(1).step_by(2).flat_map(str::lines).skip(1)
}

/// The word that a text begins with, after one of these.
fn word_after<'t>(text: &'t str, before: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(before)?;
    rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().filter(|word| !word.is_empty())
}

/// The type that an `impl` is for.
fn implemented(line: &str) -> Option<&str> {
    let mut rest = line.strip_prefix("impl")?;
    if rest.starts_with('<') {
        let mut depth = 0;
        let end = rest.find(|c| {
            depth += i32::from(c == '<') - i32::from(c == '>');
            depth == 0
        })?;
        rest = &rest[end + 1..];
    }
    let name = rest.rsplit(" for ").next().unwrap_or(rest).trim_start();
    let name = name.split(' ').find(|word| !word.starts_with('&'))?;
    name.split(['<', '{']).next()?.rsplit("::").next()
}

/// The public items of a file, and all documentation by the type on whose page it stands.
fn items(file: &File, pages: &mut BTreeMap<String, String>) -> Vec<Item> {
    const KINDS: [&str; 5] = ["struct", "enum", "trait", "type", "mod"];
    let stage = file.path.trim_end_matches(".rs").splitn(3, '/').take(2).collect::<Vec<_>>().join("/");
    let (mut found, mut docs, mut of) = (Vec::new(), String::new(), None);
    let mut lines = (1..).zip(file.text.lines()).peekable();
    let mut open = 0_i32;
    while let Some((at, line)) = lines.next() {
        let text = line.trim();
        if let Some(doc) = text.strip_prefix("///") {
            docs.push_str(doc.strip_prefix(' ').unwrap_or(doc));
            docs.push('\n');
            continue;
        }
        // An example that needs a feature begins with an attribute.
        if text.starts_with("#[cfg_attr(feature") && text.ends_with("doc = \"```\")]") {
            docs.push_str("```\n");
            continue;
        }
        // An attribute, of one line or of several, stands between an item and its documentation.
        if open > 0 || text.starts_with("#[") {
            open += text.chars().map(|c| i32::from(c == '[') - i32::from(c == ']')).sum::<i32>();
            continue;
        }
        if line.starts_with("#[cfg(test)]") || line.starts_with("mod tests") {
            break;
        }
        if line.starts_with("impl") {
            of = implemented(line).map(str::to_owned);
        }
        let named = KINDS
            .into_iter()
            .find_map(|kind| Some((kind, word_after(text, &format!("pub {kind} "))?.to_owned())));
        let function = ["pub fn ", "pub const fn "].into_iter().find_map(|before| word_after(text, before));
        let is_inside = line.starts_with(' ') && of.is_some();
        if let Some((what, name)) = named {
            pages.entry(name.clone()).or_default().push_str(&docs);
            let (page, gives) = (stage.clone(), String::new());
            let file = file.path.clone();
            found.push(Item {
                file,
                line: at,
                what,
                name,
                page,
                gives,
                takes_self: false,
                docs: docs.clone(),
            });
        } else if let Some(name) = function {
            let mut signature = text.to_owned();
            while !signature.contains('{') && lines.peek().is_some() {
                signature.extend(lines.next().map(|(_, line)| line.trim()));
            }
            let signature = signature.split('{').next().unwrap_or_default();
            let gives = signature.split_once("->").map_or("", |(_, gives)| gives.trim()).to_owned();
            let takes = signature.split_once('(').map_or("", |(_, takes)| takes);
            let takes = takes.split([',', ')', ':']).next().unwrap_or_default();
            let takes_self = takes.split([' ', '&']).any(|word| word == "self");
            let page = of.clone().filter(|_| is_inside).unwrap_or_else(|| stage.clone());
            let (file, name) = (file.path.clone(), name.to_owned());
            found.push(Item {
                file,
                line: at,
                what: "fn",
                name,
                page,
                gives,
                takes_self,
                docs: docs.clone(),
            });
        }
        if is_inside {
            pages.entry(of.clone().unwrap_or_default()).or_default().push_str(&docs);
        }
        docs.clear();
    }
    found
}

/// The names that the front and the modules behind it export.
fn exported(files: &[File]) -> BTreeSet<&str> {
    let fronts = files
        .iter()
        .filter(|file| ["src/lib.rs", "src/laws.rs", "src/laws/strategies.rs"].contains(&&*file.path));
    let exports =
        fronts.flat_map(|file| file.text.split("pub use ").skip(1).filter_map(|rest| rest.split(';').next()));
    exports.flat_map(|names| names.split(|c: char| !c.is_alphanumeric() && c != '_')).collect()
}

#[test]
fn what_is_public_is_shown_in_use() {
    let files = library();
    let exported = exported(&files);
    let mut pages = BTreeMap::new();
    let all: Vec<Item> = files.iter().flat_map(|file| items(file, &mut pages)).collect();
    let is_public = |item: &&Item| {
        let on = if item.is_alone() { &item.name } else { &item.page };
        // A module of the front is public where it is declared, and so is what stands in it.
        exported.contains(&**on) || ["src/lib.rs", "src/laws.rs", "src/schema.rs"].contains(&&*item.file)
    };
    let public: Vec<&Item> = all.iter().filter(is_public).filter(|item| item.needs_example()).collect();
    assert!(public.len() > 150, "only {} public items were found", public.len());
    let shown = |item: &Item| item.is_shown(&pages) || item.what == "mod" && has_inner_docs(item, &files);
    for (reason, excepts) in EXCEPTIONS {
        assert!(all.iter().any(excepts), "no longer needed: {reason}");
    }
    let bare = public
        .into_iter()
        .filter(|item| !shown(item) && !EXCEPTIONS.iter().any(|(_, excepts)| excepts(item)));
    none(
        "these lack an example in their documentation:",
        bare.map(|item| format!("{}, line {}: {} {}", item.file, item.line, item.what, item.name)),
    );
}

/// Whether a module's own file begins with documentation; that of `schema` and `guide` is on their functions.
fn has_inner_docs(item: &Item, files: &[File]) -> bool {
    files.iter().any(|file| file.path == format!("src/{}.rs", item.name) && file.text.starts_with("//!"))
}

#[test]
fn items_are_found_with_their_examples() {
    let text = "/// A raid.\n///\n/// ```\n/// Raid::new();\n/// ```\n#[derive(\n    Debug,\n)]\npub struct Raid;\n\
                impl<'d> Raid {\n    /// One.\n    pub fn new(\n        id: u8,\n    ) -> Self {\n    }\n\
                    /// May fail.\n    pub fn load(&self) -> Result<(), Error> {}\n}\n";
    let file = File { path: "src/model/raid.rs".to_owned(), text: text.to_owned() };
    let mut pages = BTreeMap::new();
    let found = items(&file, &mut pages);
    let told = |item: &Item| (item.name.clone(), item.needs_example(), item.is_shown(&pages));
    let expected = [("Raid", true, true), ("new", true, true), ("load", true, false)];
    assert_eq!(
        found.iter().map(told).collect::<Vec<_>>(),
        expected.map(|(name, a, b)| (name.to_owned(), a, b))
    );
    assert_eq!(implemented("impl<'l, P: Point> IntoIterator for &'l Ranges<P> {"), Some("Ranges"));
    assert_eq!(implemented("impl<P: Point> Ranges<P> {"), Some("Ranges"));
}
