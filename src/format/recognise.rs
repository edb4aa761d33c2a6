//! What a file is: its content says, and its name where the content could be either.

#[cfg(feature = "json")]
use std::io::BufReader;
use std::io::{self, Chain, Cursor, ErrorKind, Read};

pub(super) use crate::dossier::place::folded;
use crate::error::Shown;

/// A file with what was read of it put back in front.
pub(super) type Reader<R> = Chain<Cursor<Vec<u8>>, R>;

/// A file that was recognised.
pub(super) enum Input<R> {
    Delimited {
        delimiter: u8,
        reader: Reader<R>,
    },
    #[cfg(feature = "json")]
    Lines(BufReader<Reader<R>>),
    #[cfg(feature = "json")]
    Dossier(Reader<R>),
}

/// Why a file isn't read at all.
pub(super) enum Refusal {
    Unreadable(io::Error),
    Unsuited(String),
}

/// Bytes of a file that are examined to recognise it.
const HEAD: usize = 1 << 16;

/// Bytes of a file of lines that are read at a time.
#[cfg(feature = "json")]
const CHUNK: usize = 1 << 20;

/// Recognises a file by its beginning.
pub(super) fn open<R: Read>(name: &str, mut reader: R) -> Result<Input<R>, Refusal> {
    let mut head = Vec::new();
    loop {
        let before = head.len();
        head.resize(before + 4096, 0);
        let read = match reader.read(&mut head[before..]) {
            Err(error) if error.kind() == ErrorKind::Interrupted => Ok(0),
            Ok(0) => {
                head.truncate(before);
                break;
            }
            read => read,
        };
        head.truncate(before + read.map_err(Refusal::Unreadable)?);
        // The first line that says anything is enough.
        let start = head.iter().position(|byte| !byte.is_ascii_whitespace());
        if head.len() >= HEAD || start.is_some_and(|start| head[start..].contains(&b'\n')) {
            break;
        }
    }
    let skipped = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let text = String::from_utf8_lossy(&head[skipped..]).into_owned();
    let name = name.to_ascii_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if let Some(problem) = unsuited(&head, text.trim_start(), ends(&[".json"])) {
        return Err(Refusal::Unsuited(problem));
    }
    let delimiter = delimiter(text.trim_start().lines().next().unwrap_or_default(), ends(&[".tsv", ".tab"]));
    let json = text.trim_start().starts_with('{');
    let lines = json && is_lines(text.trim_start(), ends(&[".jsonl", ".ndjson"]));
    let dossier = !lines && (json || ends(&[".json"]));
    let mut head = Cursor::new(head);
    head.set_position(skipped as u64);
    let reader = head.chain(reader);
    #[cfg(feature = "json")]
    if lines {
        return Ok(Input::Lines(BufReader::with_capacity(CHUNK, reader)));
    } else if dossier {
        return Ok(Input::Dossier(reader));
    }
    if lines || dossier {
        return Err(Refusal::Unsuited("this is JSON, which this program was built without".to_owned()));
    }
    Ok(Input::Delimited { delimiter, reader })
}

/// What to say of a file that is neither a table nor a dossier.
fn unsuited(head: &[u8], text: &str, named_json: bool) -> Option<String> {
    let problem = if text.is_empty() {
        "the file is empty; expected a dossier in JSON, or a table whose first row names its columns, such as `claim,value,by`"
    } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xd0\xcf\x11\xe0") {
        "this is a spreadsheet's own file or an archive, not text; save the sheet as CSV (UTF-8) and give that file"
    } else if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        "the file is UTF-16, which spreadsheets call Unicode text; save it as CSV (UTF-8)"
    } else if head.starts_with(b"\x1f\x8b") {
        "the file is compressed; unpack it first"
    } else if text.starts_with('<') {
        "this is a web page or XML, not a table; save the table as CSV (UTF-8)"
    } else if text.starts_with('[') && !text.starts_with("[[") {
        "found a JSON list; expected a dossier (a JSON object with `\"schema\": \"corroborate/1\"`), or rows as JSON objects, one on each line"
    } else if text.lines().next().is_some_and(|line| line.contains('\0')) && !named_json {
        return Some(nul());
    } else {
        return None;
    };
    Some(problem.to_owned())
}

/// Whether a text that begins with a brace holds an object on each line, and not a dossier.
fn is_lines(text: &str, named_so: bool) -> bool {
    let first = text.lines().next().unwrap_or_default().trim_end();
    #[cfg(feature = "json")]
    if let Ok(serde_json::Value::Object(object)) = serde_json::from_str(first) {
        return !object.contains_key("schema")
            && (named_so || object.contains_key("claim") || object.contains_key("id"));
    }
    named_so && !first.contains("\"schema\"")
}

/// The separator of a header's cells: the one that occurs most often outside quotation marks.
fn delimiter(header: &str, tabs: bool) -> u8 {
    let count = |delimiter: char| {
        header.split('"').step_by(2).map(|part| part.matches(delimiter).count()).sum::<usize>()
    };
    let (commas, semicolons, tabbed) = (count(','), count(';'), count('\t'));
    if tabbed > commas.max(semicolons) || (tabs && tabbed > 0) {
        b'\t'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    }
}

/// The separator of cells, in words.
pub(super) fn delimiter_word(delimiter: u8) -> &'static str {
    match delimiter {
        b'\t' => "tabs",
        b';' => "semicolons",
        _ => "commas",
    }
}

/// Names in a message.
pub(super) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<String> = names.map(|name| Shown(name).to_string()).collect();
    let more = names.len().saturating_sub(12);
    names.truncate(12);
    if more > 0 {
        names.push(format!("{more} more"));
    }
    names.join(", ")
}

/// What to say of NUL bytes.
pub(super) fn nul() -> String {
    "found a NUL byte, which stands in no text; is this another program's own file? save it as CSV (UTF-8)"
        .to_owned()
}
