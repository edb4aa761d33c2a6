//! What a file is: its content says, and its name where the content could be either.

use std::borrow::Cow;
#[cfg(feature = "json")]
use std::io::BufReader;
use std::io::{self, Chain, Cursor, ErrorKind, Read};

use super::encoding;
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

/// Bytes that are searched for one that isn't ASCII, to tell in which encoding a file is.
const ENCODING_HEAD: usize = 1 << 20;

/// Recognises a file by its beginning. Where it isn't in UTF-8, it is decoded as a whole, and `decoded_from`
/// is told in which encoding it was.
pub(super) fn open<R: Read>(
    name: &str,
    mut reader: R,
    decoded_from: &mut dyn FnMut(String),
) -> Result<Input<R>, Refusal> {
    let mut head = Vec::new();
    // The first line that says anything is enough to recognise a file by.
    read_until(&mut head, &mut reader, HEAD, |head| {
        let start = head.iter().position(|byte| !byte.is_ascii_whitespace());
        start.is_some_and(|start| head[start..].contains(&b'\n'))
    })?;
    let is_other = head.starts_with(b"\x1f\x8b") || is_archive(&head);
    if !is_other && let Some((encoding, text)) = decoded(&mut head, &mut reader)? {
        decoded_from(encoding);
        head = text.into_bytes();
    }
    let skipped = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let text = String::from_utf8_lossy(&head[skipped..head.len().min(HEAD)]).into_owned();
    let name = name.to_ascii_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if let Some(problem) = unsuited(&head, text.trim_start(), ends(&[".json"])) {
        return Err(Refusal::Unsuited(problem));
    }
    let first = text.lines().next().unwrap_or_default();
    // Spreadsheets that save this line read it, too. What is left of it, its line end, is a blank line.
    let named = separator_line(first).map_err(Refusal::Unsuited)?;
    let header = if named.is_some() { text.lines().nth(1).unwrap_or_default() } else { first };
    let header =
        if header.trim().is_empty() { text.trim_start().lines().next().unwrap_or_default() } else { header };
    let delimiter = named.unwrap_or_else(|| delimiter(header, ends(&[".tsv", ".tab"])));
    let json = text.trim_start().starts_with('{');
    let lines = json && is_lines(text.trim_start(), ends(&[".jsonl", ".ndjson"]));
    let dossier = !lines && (json || ends(&[".json"]));
    let mut head = Cursor::new(head);
    head.set_position((skipped + if named.is_some() { first.len() } else { 0 }) as u64);
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

/// Reads on until a condition is met, this many bytes are there, or the file ends.
fn read_until(
    head: &mut Vec<u8>,
    reader: &mut impl Read,
    most: usize,
    is_enough: impl Fn(&[u8]) -> bool,
) -> Result<(), Refusal> {
    while head.len() < most && !is_enough(head) {
        let before = head.len();
        // Small steps at first: whatever comes through a pipe is taken as it comes.
        head.resize((before * 2).clamp(before + (1 << 12), before + (1 << 16)), 0);
        let read = match reader.read(&mut head[before..]) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {
                head.truncate(before);
                continue;
            }
            read => read,
        };
        head.truncate(before + *read.as_ref().unwrap_or(&0));
        if read.map_err(Refusal::Unreadable)? == 0 {
            break;
        }
    }
    Ok(())
}

/// The whole text of a file that isn't in UTF-8, and the name of its encoding. Nothing, where it is, or where
/// it can't be told; then the rows that aren't UTF-8 are refused one by one.
///
/// In a large file only the beginning is looked through, so that one in UTF-8 is still read as it streams in.
fn decoded(head: &mut Vec<u8>, reader: &mut impl Read) -> Result<Option<(String, String)>, Refusal> {
    let encoding = match encoding::utf_16(head) {
        Some(encoding) => {
            reader.read_to_end(head).map_err(Refusal::Unreadable)?;
            Some(encoding)
        }
        None => {
            let mut ascii = 0;
            loop {
                let before = head.len();
                if !head[ascii..].is_ascii() {
                    ascii += head[ascii..].iter().take_while(|byte| byte.is_ascii()).count();
                    break;
                }
                ascii = before;
                if before >= ENCODING_HEAD {
                    break;
                }
                read_until(head, reader, before + (1 << 16), |head| head.len() > before)?;
                if head.len() == before {
                    break;
                }
            }
            let is_cut_off = |head: &[u8]| {
                std::str::from_utf8(&head[ascii..]).is_err_and(|error| error.error_len().is_none())
            };
            let before = head.len();
            if is_cut_off(head) {
                read_until(head, reader, before + (1 << 12), |head| head.len() > before)?;
            }
            // A letter that ends with what was read is one of UTF-8 only where the file goes on.
            let is_utf_8 =
                std::str::from_utf8(&head[ascii..]).is_ok() || (is_cut_off(head) && head.len() > before);
            if is_utf_8 || head.contains(&0) {
                return Ok(None);
            }
            reader.read_to_end(head).map_err(Refusal::Unreadable)?;
            encoding::code_page(head)
        }
    };
    let decoded =
        encoding.and_then(|encoding| Some((encoding::name_of(encoding), encoding::decode(head, encoding)?)));
    Ok(decoded)
}

/// The separator that a first line such as `sep=;` names.
fn separator_line(line: &str) -> Result<Option<u8>, String> {
    let line = line.trim_end_matches(['\r', ' ']).trim_matches('"');
    let Some(named) = line.get(..4).filter(|begin| begin.eq_ignore_ascii_case("sep=")).map(|_| &line[4..])
    else {
        return Ok(None);
    };
    match named.as_bytes() {
        [separator] if separator.is_ascii_punctuation() && *separator != b'"' || *separator == b'\t' => {
            Ok(Some(*separator))
        }
        _ => Err(format!("{} names no separator of cells; expected one sign, as in `sep=;`", Shown(line))),
    }
}

/// Whether a file is an archive, as spreadsheets save, or an older spreadsheet's own file.
fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xd0\xcf\x11\xe0")
}

/// What to say of a file that is neither a table nor a dossier.
fn unsuited(head: &[u8], text: &str, named_json: bool) -> Option<String> {
    let problem = if text.is_empty() {
        "the file is empty; expected a dossier in JSON, or a table whose first row names its columns, such as `claim,value,by`"
    } else if is_archive(head) {
        "this is a spreadsheet's own file or an archive, not text; save the sheet as CSV (UTF-8) and give that file"
    } else if encoding::utf_16(head).is_some() {
        "the file is UTF-16, and damaged; save it as CSV (UTF-8)"
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
pub(super) fn delimiter_word(delimiter: u8) -> Cow<'static, str> {
    match delimiter {
        b'\t' => "tabs".into(),
        b';' => "semicolons".into(),
        b',' => "commas".into(),
        _ => format!("`{}`", char::from(delimiter)).into(),
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
