//! Holds everything that the README and the documents show of the command line to what it really prints.
//!
//! A `console` block is a session at a terminal. `$ corroborate …` and `$ cargo run … -- …` run the command, and what
//! stands below is what they must print. `$ cat FILE` shows a file of the repository, or makes a file of what stands
//! below it, for the commands that follow in the same document; one in a folder that a command has made is what that
//! command wrote. `$ echo $?` shows the last exit status. A line of `…`
//! stands for any lines.
//!
//! With `UPDATE_EXPECT=1` in the environment, blocks that differ are written anew, unless a `…` stands in their middle.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use corroborate::Dossier;

/// The languages that blocks may be in. Rust is run by rustdoc and looks for the text behind it, sessions and dossiers
/// are run here, and the rest shows no output.
const LANGUAGES: [&str; 6] = ["rust", "console", "json", "sh", "toml", "text"];

/// What the Rust before a block of text has in it: it looks itself whether the document shows what it came to.
const LOOKS: &str = "chapter.contains(&format!(\"```text";

/// Where Rust in documents is run, since the front page and the guide are mounted there.
const MOUNTED: [&str; 2] = ["README.md", "docs/guide/"];

const ANY_LINES: &str = "…";

#[test]
fn what_is_shown_is_what_is_printed() {
    let mut differences = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(root().join(&document)).unwrap_or_default();
        let mended = check(&document, &text, &mut differences);
        if std::env::var_os("UPDATE_EXPECT").is_some()
            && mended != text
            && let Err(error) = fs::write(root().join(&document), mended)
        {
            differences.push(format!("{document}: {error}"));
        }
    }
    assert!(differences.is_empty(), "{} differences:\n\n{}", differences.len(), differences.join("\n\n"));
}

#[test]
fn the_readme_has_a_command_for_the_main_job_and_one_for_the_tests() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap_or_default();
    let lines: BTreeSet<&str> = readme.lines().map(|line| line.trim_start_matches("$ ")).collect();
    for command in ["cargo run --features cli -- report tests/corpus/raid.json", "cargo test --all-features"]
    {
        assert!(lines.contains(command), "`{command}` is nowhere in the README");
    }
}

#[test]
fn any_lines_stand_for_any_lines() {
    let printed = ["one", "two", "three", "four"];
    for shown in
        [&["one", "two", "three", "four"][..], &["one", "…"], &["…", "four"], &["one", "…", "three", "…"]]
    {
        assert!(matches(shown, &printed), "{shown:?}");
    }
    for shown in
        [&["one", "two"][..], &["two", "…"], &["one", "…", "three"], &["one", "…", "two", "…", "two", "…"]]
    {
        assert!(!matches(shown, &printed), "{shown:?}");
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The READMEs and every document, by path in the repository.
pub(crate) fn documents() -> BTreeSet<String> {
    let mut documents =
        BTreeSet::from(["README.md", "CHANGELOG.md", "tests/corpus/README.md"].map(str::to_owned));
    let mut folders = vec![PathBuf::from("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).into_iter().flatten().flatten() {
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                documents.insert(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    documents
}

/// Runs what a document shows, and gives the document back as it should be.
fn check(document: &str, text: &str, differences: &mut Vec<String>) -> String {
    let mut session = Session::new();
    let mut mended: Vec<String> = Vec::new();
    let mut lines = (1..).zip(text.lines());
    let mut looks = false;
    while let Some((at, line)) = lines.next() {
        mended.push(line.to_owned());
        let Some(info) = line.trim_start().strip_prefix("```") else { continue };
        let block: Vec<&str> =
            lines.by_ref().map(|(_, line)| line).take_while(|line| line.trim() != "```").collect();
        let place = format!("{document}, line {at}");
        let language = info.split([',', ' ']).next().unwrap_or_default();
        if !LANGUAGES.contains(&language) {
            differences.push(format!("{place}: a block of `{language}`; what nothing checks can't be shown"));
        }
        match language {
            "console" => mended.extend(session.run(&place, &block, differences)),
            _ => mended.extend(block.iter().map(|line| (*line).to_owned())),
        }
        if language == "json"
            && let Err(problems) = Dossier::from_json(&block.join("\n"))
        {
            differences.push(format!("{place}: a dossier that isn't one: {problems}"));
        }
        if language == "text" && !looks {
            differences.push(format!("{place}: text that the Rust before it doesn't look for"));
        }
        looks = language == "rust" && block.iter().any(|line| line.contains(LOOKS));
        if language == "rust" && !MOUNTED.iter().any(|path| document.starts_with(path)) {
            differences
                .push(format!("{place}: Rust that nothing runs; only the README and the guide are doctests"));
        }
        mended.push("```".to_owned());
    }
    mended.join("\n") + "\n"
}

/// A terminal in a folder of its own.
struct Session {
    folder: Option<tempfile::TempDir>,
    status: i32,
}

impl Session {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().ok(), status: 0 }
    }

    /// Runs a block's commands, and gives the block back as it should be.
    fn run(&mut self, place: &str, block: &[&str], differences: &mut Vec<String>) -> Vec<String> {
        let mut mended = Vec::new();
        let starts: Vec<usize> = (0..block.len()).filter(|at| block[*at].starts_with("$ ")).collect();
        if starts.first() != Some(&0) {
            differences
                .push(format!("{place}: a session begins with a command, as in `$ corroborate check FILE`"));
            return block.iter().map(|line| (*line).to_owned()).collect();
        }
        for (n, start) in starts.iter().enumerate() {
            let end = starts.get(n + 1).copied().unwrap_or(block.len());
            let (command, shown) = (&block[*start]["$ ".len()..], &block[start + 1..end]);
            mended.push(block[*start].to_owned());
            let printed = match self.answer(command, shown) {
                Ok(printed) => printed,
                Err(problem) => {
                    differences.push(format!("{place}: `{command}`: {problem}"));
                    shown.join("\n")
                }
            };
            let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
            if matches(shown, &printed) {
                mended.extend(shown.iter().map(|line| (*line).to_owned()));
                continue;
            }
            differences.push(format!(
                "{place}: `{command}` prints something else.\n--- shown\n{}\n--- printed\n{}",
                shown.join("\n"),
                printed.join("\n")
            ));
            let any_lines = shown.iter().filter(|line| **line == ANY_LINES).count();
            match shown.iter().position(|line| *line == ANY_LINES) {
                None => mended.extend(printed.iter().map(|line| (*line).to_owned())),
                Some(cut) if any_lines == 1 && cut + 1 == shown.len() => {
                    mended.extend(printed.iter().take(cut).map(|line| (*line).to_owned()));
                    mended.push(ANY_LINES.to_owned());
                }
                Some(_) => mended.extend(shown.iter().map(|line| (*line).to_owned())),
            }
        }
        mended
    }

    /// What a command prints.
    fn answer(&mut self, command: &str, shown: &[&str]) -> Result<String, String> {
        let words = words(command)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["cat", file] => self.show(file, shown),
            ["echo", "$?"] => Ok(self.status.to_string()),
            ["corroborate", arguments @ ..] => self.corroborate(arguments),
            ["cargo", "run", rest @ ..] => {
                match rest.split(|word| *word == "--").collect::<Vec<_>>().as_slice() {
                    [_, arguments] => self.corroborate(arguments),
                    _ => Err("expected ` -- ` and the arguments behind it".to_owned()),
                }
            }
            _ => Err("the test can't run this; see the top of tests/suite/shown.rs".to_owned()),
        }
    }

    fn folder(&self) -> Result<&Path, String> {
        self.folder
            .as_ref()
            .map(tempfile::TempDir::path)
            .ok_or_else(|| "there is no folder to run it in".to_owned())
    }

    fn show(&self, file: &str, shown: &[&str]) -> Result<String, String> {
        if let Ok(text) = fs::read_to_string(root().join(file)) {
            return Ok(text);
        }
        // A session makes files in its own folder, and only a command makes a folder.
        if file.contains('/') {
            return fs::read_to_string(self.folder()?.join(file)).map_err(|error| error.to_string());
        }
        let text = shown.join("\n") + "\n";
        fs::write(self.folder()?.join(file), &text).map_err(|error| error.to_string())?;
        Ok(text)
    }

    /// Runs the command, both its outputs together as a terminal has them.
    fn corroborate(&mut self, arguments: &[&str]) -> Result<String, String> {
        let failed = |error: std::io::Error| error.to_string();
        let folder = self.folder()?.to_owned();
        for argument in arguments {
            // Files of the repository are found where the reader would find them.
            let (from, to) = (root().join(argument), folder.join(argument));
            if from.is_file() && !to.exists() {
                fs::create_dir_all(to.parent().unwrap_or(&folder)).map_err(failed)?;
                fs::copy(from, to).map_err(failed)?;
            }
        }
        let (mut reader, writer) = std::io::pipe().map_err(failed)?;
        let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
        command.args(arguments).current_dir(folder).stdin(std::process::Stdio::null());
        command.stdout(writer.try_clone().map_err(failed)?).stderr(writer);
        let mut child = command.spawn().map_err(failed)?;
        drop(command); // it holds the pipe open
        let mut printed = String::new();
        reader.read_to_string(&mut printed).map_err(failed)?;
        self.status = child.wait().map_err(failed)?.code().unwrap_or(-1);
        Ok(printed)
    }
}

/// A command's words; quotation marks, single or double, hold one together.
fn words(command: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in command.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    if quote.is_some() { Err("a quotation mark is left open".to_owned()) } else { Ok(words) }
}

/// Whether lines are those shown, where `…` stands for any lines.
fn matches(shown: &[&str], printed: &[&str]) -> bool {
    let parts: Vec<&[&str]> = shown.split(|line| *line == ANY_LINES).collect();
    let [first, middle @ .., last] = parts.as_slice() else { return shown == printed };
    let Some(mut rest) = printed.strip_prefix(*first) else { return false };
    for part in middle.iter().filter(|part| !part.is_empty()) {
        let Some(at) = rest.windows(part.len()).position(|lines| lines == *part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}
