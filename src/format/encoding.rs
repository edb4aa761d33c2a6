//! Files that aren't in UTF-8: UTF-16, and the code pages that spreadsheets still save.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// The form of UTF-16 that a file is in, by its byte order mark or, without one, by its zero bytes.
///
/// Of text with Latin letters and separators one byte in two is zero, always the same one of a pair. No other
/// text has zero bytes.
pub(super) fn utf_16(head: &[u8]) -> Option<&'static Encoding> {
    const FEWEST: usize = 8;
    const MOST: usize = 1 << 10;
    if head.starts_with(b"\xff\xfe") {
        return Some(UTF_16LE);
    } else if head.starts_with(b"\xfe\xff") {
        return Some(UTF_16BE);
    }
    // Without a zero byte near its beginning, it is no such text.
    let (pairs, _) = head[..head.len().min(MOST)].as_chunks::<2>();
    let zeros = |at: usize| pairs.iter().filter(|pair| pair[at] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    match (first * 2 > pairs.len(), second * 2 > pairs.len()) {
        _ if pairs.len() < FEWEST => None,
        (false, true) if first == 0 => Some(UTF_16LE),
        (true, false) if second == 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// The text of a file in an encoding, without its byte order mark. Nothing, where some of it isn't in that
/// encoding.
pub(super) fn decode(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    let bytes = match encoding.name() {
        "UTF-16LE" => bytes.strip_prefix(b"\xff\xfe").unwrap_or(bytes),
        "UTF-16BE" => bytes.strip_prefix(b"\xfe\xff").unwrap_or(bytes),
        _ => bytes,
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    // A code page has letters for nearly all bytes. Control characters show that it isn't the one.
    let is_text = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    text.chars().all(is_text).then(|| text.into_owned())
}

/// The code page that a file which isn't UTF-8 is most likely in.
///
/// Nothing, where much of it is UTF-8: such a file was put together from several or is damaged, and either
/// reading would garble some of it. By chance, few letters of a code page look like UTF-8.
pub(super) fn code_page(bytes: &[u8]) -> Option<&'static Encoding> {
    const FOR_EACH_THAT_LOOKS_LIKE_UTF_8: usize = 4;
    let (mut of_utf_8, mut others) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        of_utf_8 += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        others += chunk.invalid().len();
    }
    if of_utf_8 * FOR_EACH_THAT_LOOKS_LIKE_UTF_8 >= others {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Some(detector.guess(None, Utf8Detection::Deny))
}

/// The name of an encoding, as people write it.
pub(super) fn name_of(encoding: &'static Encoding) -> String {
    encoding.name().replace("windows", "Windows")
}
