//! Writes brief reports. Its JSON is written by hand: most of it is ids, which are escaped once and then copied.

use std::io::{self, Write};
use std::ops::Range;
use std::{fmt, iter};

#[cfg(feature = "rayon")]
use rayon::prelude::*;
use serde::Serialize;

use super::super::Report;
use super::super::outcome::OutcomeRef;
use super::TallyDocument;
use crate::dossier::Dossier;
use crate::dossier::columns::{ClaimRow, index};
use crate::model::digits::Digits;
use crate::model::term::Terms;
use crate::model::value::Content;
use crate::outcome::{Account, AnswerText, Speakers, Words};

/// Claims for each piece of text. It divides `CLAIMS_TOGETHER`, so that the outcomes of a piece lie in one place.
const PIECE: usize = 64;

/// Writes a report with one field, or one entry of a list, on each line.
pub(super) fn write(report: &Report<'_>, to: &mut impl Write) -> io::Result<()> {
    to.write_all(&head(report))?;
    let (claims, columns) = (&report.claims, &report.dossier.columns);
    let sources = QuotedTexts::all(columns.sources.keys().map(|id| move |to: &mut String| to.push_str(id)));
    let terms = (0..index(columns.terms.len())).map(|term| {
        move |to: &mut String| {
            let _ = Words::term(term).write(report.dossier, to);
        }
    });
    let findings = BriefWriter { report, sources, terms: QuotedTexts::all(terms) };
    let make = |piece: usize, text: &mut Vec<u8>| {
        let first = claims.start as usize + piece * PIECE;
        findings.write(first..(first + PIECE).min(claims.end as usize), text)
    };
    write_pieces(claims.len().div_ceil(PIECE), make, to)?;
    to.write_all(&tail(report))
}

/// Makes and writes pieces of text in their order.
#[cfg(not(feature = "rayon"))]
fn write_pieces(pieces: usize, make: impl Fn(usize, &mut Vec<u8>), to: &mut impl Write) -> io::Result<()> {
    let mut text = Vec::new();
    (0..pieces).try_for_each(|piece| {
        text.clear();
        make(piece, &mut text);
        to.write_all(&text)
    })
}

/// Makes and writes pieces of text in their order. While one batch is written, the next is made on all cores.
#[cfg(feature = "rayon")]
fn write_pieces(
    pieces: usize,
    make: impl Fn(usize, &mut Vec<u8>) + Sync,
    to: &mut impl Write,
) -> io::Result<()> {
    const FOR_EACH_THREAD: usize = 16;
    let together = if pieces > 1 { FOR_EACH_THREAD * rayon::current_num_threads() } else { 1 };
    let (mut made, mut texts): (Vec<Vec<u8>>, Vec<Vec<u8>>) = (Vec::new(), Vec::new());
    for from in (0..pieces + together).step_by(together) {
        texts.resize_with(together.min(pieces.saturating_sub(from)), Vec::new);
        let make = |(at, text): (usize, &mut Vec<u8>)| {
            text.clear();
            make(from + at, text);
        };
        rayon::in_place_scope(|scope| {
            match texts.as_mut_slice() {
                [one] => make((0, one)), // and nobody needs to be woken
                texts => scope.spawn(move |_| texts.par_iter_mut().enumerate().for_each(make)),
            }
            made.iter().try_for_each(|text| to.write_all(text))
        })?;
        std::mem::swap(&mut made, &mut texts);
    }
    Ok(())
}

fn head(report: &Report<'_>) -> Vec<u8> {
    let tally = json(&TallyDocument::from(report)).replace('{', "{\n").replace(',', ",\n");
    let as_of = report.shared.resolver.as_of.map(|date| date.to_string());
    let (title, as_of) = (json(report.dossier.title()), json(&as_of));
    let schema = super::BRIEF_SCHEMA;
    format!("{{\n\"schema\":\"{schema}\",\n\"title\":{title},\n\"as_of\":{as_of},\n\"tally\":{tally},\n\"findings\":[")
        .into_bytes()
}

fn tail(report: &Report<'_>) -> Vec<u8> {
    let constraints = lines(report.constraints().map(super::ConstraintDocument::from));
    let not_comparable = lines(report.not_comparable().map(super::NotComparableDocument::from));
    format!("],\n\"constraints\":[{constraints}],\n\"not_comparable\":[{not_comparable}]\n}}").into_bytes()
}

/// An entry on each line.
fn lines(entries: impl Iterator<Item = impl Serialize>) -> String {
    entries.map(|entry| format!("\n{}", json(&entry))).collect::<Vec<_>>().join(",")
}

fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).unwrap_or_default() // texts, numbers and lists can't fail to be written
}

/// Writes a text in quotation marks.
fn quote(text: &str, to: &mut Vec<u8>) {
    if needs_escape(text.as_bytes()) {
        to.extend_from_slice(json(text).as_bytes());
    } else {
        to.push(b'"');
        to.extend_from_slice(text.as_bytes());
        to.push(b'"');
    }
}

/// Whether a text has control characters, quotation marks or backslashes in it. Compares eight bytes at a time.
fn needs_escape(text: &[u8]) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // Of bytes below 128 that are less than another, the highest bit; bytes from 128 up are beyond a text's escapes.
    let below = |eight: u64, than: u8| eight.wrapping_sub(EACH * u64::from(than)) & !eight;
    let such = |eight: u64| {
        let is = |byte: u8| below(eight ^ (EACH * u64::from(byte)), 1);
        (below(eight, b' ') | is(b'"') | is(b'\\')) & EACH << 7 != 0
    };
    let (eights, rest) = text.as_chunks();
    let mut last = [b' '; 8];
    last[..rest.len()].copy_from_slice(rest);
    eights.iter().chain([&last]).any(|eight| such(u64::from_le_bytes(*eight)))
}

/// Texts by number, each escaped and quoted, with the comma of a list behind it.
struct QuotedTexts {
    text: Vec<u8>,
    /// Where each ends, and the next begins.
    ends: Vec<usize>,
    /// Each short one once more, with its length behind it; of a long one that is zero.
    short: Vec<[u8; COPIED]>,
}

/// Short texts are copied as a block of this constant size, which is faster than a copy of variable length; then
/// the surplus is cut off.
const COPIED: usize = 16;

impl QuotedTexts {
    /// Escapes all of some texts.
    fn all(texts: impl Iterator<Item = impl FnOnce(&mut String)>) -> Self {
        let (mut quoted, mut plain) =
            (Self { text: Vec::new(), ends: Vec::new(), short: Vec::new() }, String::new());
        for write in texts {
            plain.clear();
            write(&mut plain);
            let from = quoted.text.len();
            quote(&plain, &mut quoted.text);
            quoted.text.push(b',');
            let (text, mut short) = (&quoted.text[from..], [0; COPIED]);
            if let [room @ .., length] = &mut short
                && let Some(room) = room.get_mut(..text.len())
            {
                room.copy_from_slice(text);
                *length = text.len() as u8;
            }
            quoted.short.push(short);
            quoted.ends.push(quoted.text.len());
        }
        quoted
    }

    fn get(&self, at: u32) -> &[u8] {
        let at = at as usize;
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[from..self.ends[at]]
    }

    /// A text as it stands between its quotation marks.
    fn bare(&self, at: u32) -> &[u8] {
        match self.get(at) {
            [b'"', bare @ .., b'"', b','] => bare,
            _ => &[],
        }
    }

    #[inline]
    fn copy(&self, at: u32, to: &mut Vec<u8>) {
        let short = &self.short[at as usize];
        match usize::from(short[COPIED - 1]) {
            0 => to.extend_from_slice(self.get(at)),
            length => {
                let end = to.len() + length;
                to.extend_from_slice(short);
                to.truncate(end);
            }
        }
    }
}

/// Writes findings: the report, and the texts that many findings share.
struct BriefWriter<'r> {
    report: &'r Report<'r>,
    sources: QuotedTexts,
    terms: QuotedTexts,
}

impl BriefWriter<'_> {
    /// Writes the findings on some claims whose outcomes lie in one place.
    fn write(&self, claims: Range<usize>, to: &mut Vec<u8>) {
        let on = |claim: usize| self.report.outcome_on(index(claim));
        let mut words = String::new();
        for claim in claims {
            let Some((id, row)) = self.report.dossier.columns.claims.get_index(claim) else { continue };
            to.extend_from_slice(if claim == self.report.claims.start as usize { b"\n" } else { b",\n" });
            BriefFindingWriter { all: self, on: on(claim), row, to: &mut *to, words: &mut words }.write(id);
        }
    }
}

/// Writes one finding, without its texts and with counts in place of lists of assertions.
struct BriefFindingWriter<'r> {
    all: &'r BriefWriter<'r>,
    on: OutcomeRef<'r>,
    row: &'r ClaimRow,
    to: &'r mut Vec<u8>,
    /// Room for the words of an answer.
    words: &'r mut String,
}

impl BriefFindingWriter<'_> {
    fn write(mut self, id: &str) {
        let (on, brief) = (self.on, self.on.numbers());
        self.raw("{\"claim\":");
        quote(id, self.to);
        self.raw(",\"nature\":\"");
        self.raw(self.row.nature.as_str());
        self.raw("\",\"verdict\":\"");
        self.raw(brief.verdict.as_str());
        match brief.dispute {
            None => self.raw("\",\"dispute\":null,\"within_one_side\":"),
            Some(dispute) => {
                self.raw("\",\"dispute\":\"");
                self.raw(dispute.as_str());
                self.raw("\",\"within_one_side\":");
            }
        }
        self.raw(match brief.within_one_side {
            None => "null",
            Some(true) => "true",
            Some(false) => "false",
        });
        self.raw(",\"sides\":");
        self.speakers(on.sides());
        self.raw(",\"credit\":");
        self.speakers(on.credit());
        self.raw(",\"common_ground\":");
        self.answer(brief.common_ground, "null");
        self.raw(",\"safe_wording\":");
        self.answer(brief.safe_wording, "null");
        self.raw(if brief.derived { ",\"derived\":true,\"gap\":" } else { ",\"derived\":false,\"gap\":" });
        match on.gap() {
            Some(gap) => self.plain(gap.as_bytes()),
            None => self.raw("null"),
        }
        self.raw(",\"unit\":");
        match self.row.unit() {
            Some(unit) => quote(unit, self.to),
            None => self.raw("null"),
        }
        self.raw(",\"accounts_total\":");
        self.count(brief.accounts_total);
        self.raw(",\"accounts\":[");
        for (n, account) in on.accounts().iter().enumerate() {
            if n > 0 {
                self.raw(",");
            }
            self.account(account);
        }
        self.raw("],\"unattributed\":");
        self.count(brief.unattributed);
        self.raw(",\"withheld\":");
        self.count(brief.withheld);
        self.raw(",\"does_not_know\":");
        self.count(brief.does_not_know);
        self.raw(",\"echoes\":");
        self.count(brief.echoes);
        self.raw(",\"set_aside\":");
        self.count(brief.set_aside);
        self.raw("}");
    }

    fn account(&mut self, account: &Account) {
        self.raw("{\"answer\":");
        self.answer(account.answer, "\"anything\"");
        self.raw(",\"stated_by\":");
        self.speakers(self.on.stated_by(account));
        self.raw(",\"sides\":");
        let from = self.to.len();
        self.speakers(self.on.sides_of(account));
        let to = self.to.len();
        self.raw(",\"sources\":");
        // Most sources are a side of their own.
        match self.on.sources_are_sides(account) {
            true => self.to.extend_from_within(from..to),
            false => self.speakers(self.on.sources_of(account)),
        }
        self.raw(",\"assertions\":");
        self.count(account.assertions);
        self.raw("}");
    }

    #[inline]
    fn raw(&mut self, text: &str) {
        self.to.extend_from_slice(text.as_bytes());
    }

    /// Writes a text that needs no escape.
    fn plain(&mut self, text: &[u8]) {
        self.to.push(b'"');
        self.to.extend_from_slice(text);
        self.to.push(b'"');
    }

    fn count(&mut self, count: u32) {
        match u8::try_from(count) {
            Ok(few @ 0..10) => self.to.push(b'0' + few),
            _ => self.to.extend_from_slice(Digits::of(count.into()).as_bytes()),
        }
    }

    fn speakers(&mut self, who: Speakers<'_>) {
        self.to.push(b'[');
        let empty = self.to.len();
        who.for_each(|source| self.all.sources.copy(source, self.to));
        if self.to.len() > empty {
            self.to.pop();
        }
        self.to.push(b']');
    }

    /// Writes an answer in words, or what stands where there is none.
    fn answer(&mut self, text: AnswerText, nothing: &str) {
        let words = match text {
            AnswerText::Figure(figure) => return self.plain(Digits::of(figure.into()).as_bytes()),
            AnswerText::Term(term) => {
                self.all.terms.copy(term, self.to);
                self.to.pop();
                return;
            }
            AnswerText::Value(value) => {
                return self.content(&self.all.report.dossier.columns.values[value as usize].content);
            }
            _ => self.on.words(text),
        };
        match words {
            None => self.raw(nothing),
            Some(Words::Said(content)) => self.content(&content),
            Some(words) => self.quoted(|dossier, to| words.write(dossier, to)),
        }
    }

    /// Writes the words of an answer.
    fn content(&mut self, content: &Content<u32>) {
        match content {
            // No escape is needed in them.
            Content::Count(_) | Content::Quantity(_) | Content::Date(_) | Content::YesNo(_) => {
                self.raw("\"");
                let _ = self.all.report.dossier.write(content, &mut UnescapedText(self.to));
                self.raw("\"");
            }
            Content::Terms(Terms { anything_but: false, any_of })
                if any_of.iter().all(|(_, but)| but.is_empty()) =>
            {
                for ((term, _), before) in any_of.iter().zip(iter::once("\"").chain(iter::repeat(" or "))) {
                    self.raw(before);
                    self.to.extend_from_slice(self.all.terms.bare(*term));
                }
                self.raw("\"");
            }
            _ => self.quoted(|dossier, to| dossier.write(content, to)),
        }
    }

    /// Writes a text that may need escapes.
    fn quoted(&mut self, write: impl FnOnce(&Dossier, &mut String) -> fmt::Result) {
        self.words.clear();
        let _ = write(self.all.report.dossier, self.words); // a text can't fail to be written
        quote(self.words, self.to);
    }
}

/// Writes text that needs no escapes.
struct UnescapedText<'t>(&'t mut Vec<u8>);

impl fmt::Write for UnescapedText<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_in_quotation_marks_is_what_serde_writes(text in "[ -~]{0,20}|\\PC{0,20}|.{0,20}|[\"\\\\\u{1f}a]{0,9}") {
            let mut quoted = Vec::new();
            quote(&text, &mut quoted);
            prop_assert_eq!(quoted, json(&text).into_bytes());
        }

        #[test]
        fn long_or_short_a_text_is_copied_as_serde_writes_it(texts in prop::collection::vec("[ -~]{0,20}|\\PC{0,12}", 0..9)) {
            let quoted = QuotedTexts::all(texts.iter().map(|text| move |to: &mut String| to.push_str(text)));
            for (text, at) in texts.iter().zip(0..) {
                let (mut copied, bare) = (Vec::new(), [b"\"", quoted.bare(at), b"\""].concat());
                quoted.copy(at, &mut copied);
                prop_assert_eq!(copied, format!("{},", json(text)).into_bytes());
                prop_assert_eq!(bare, json(text).into_bytes());
            }
        }
    }
}
