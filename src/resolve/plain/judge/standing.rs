//! What stands of what was said on a plain claim, and who speaks.

use super::{FEW, Judge, Lists};
use crate::dossier::columns::{Columns, NONE, index};
use crate::dossier::rows::BITS;
use crate::model::assertion::Stance;
use crate::model::claim::Kind;
use crate::report::{Brief, Briefs, Who};
use crate::resolve::plain::span::Span;
use crate::resolve::plain::{By, Row, Voice};

/// A word of somebody who has given several: its first and its last moment, and which of its row's voices says it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    source: u32,
    first: i64,
    last: i64,
    row: u32,
    nth: u32,
}

/// Whether a word was said after another one, or before it. Nothing, where their dates don't tell.
fn is_later(columns: &Columns, one: &Row, other: &Row) -> Option<bool> {
    let (one, other) = (columns.date_of(one)?, columns.date_of(other)?);
    match one.first() > other.last() {
        true => Some(true),
        false => (other.first() > one.last()).then_some(false),
    }
}

/// Counts who says nothing, and tells whether that is an answer all the same.
fn is_answer(stance: Stance, brief: &mut Brief) -> bool {
    match stance {
        Stance::Withholds => brief.withheld += 1,
        Stance::DoesNotKnow => brief.does_not_know += 1,
        _ => {}
    }
    stance.is_answer()
}

impl Judge<'_> {
    /// Takes what stands, where each answer is one source's, whose known side gives no other. So it is on nearly all
    /// claims: most look no further. False, where it isn't so.
    #[inline]
    pub(super) fn take_one_each(&mut self, brief: &mut Brief) -> bool {
        let Lists { heard, marks, attributed, narrated, .. } = &mut *self.lists;
        if self.rows.len() > BITS {
            return false;
        }
        let (columns, latest_word) = (self.bench.columns(), self.plain.latest_word);
        let heard = &heard[self.from..][..self.rows.len()];
        // A bit for each answer that somebody gave, that nobody did, and whose source has since given another.
        let (mut named, mut nobodys, mut replaced) = (0, 0, 0);
        marks.forget();
        for ((at, row), said) in self.rows.iter().enumerate().zip(heard) {
            if row.value == NONE && !is_answer(row.stance, brief) {
                continue;
            }
            if row.stance != Stance::Affirms || !said.span.is_plain() {
                return false;
            }
            let voice = match &said.by {
                By::One(voice) if !voice.is_unknown => voice,
                By::Nobody if row.by == NONE => {
                    nobodys |= 1 << at;
                    continue;
                }
                _ => return false,
            };
            named |= 1 << at;
            let Some(earlier) = marks.earlier(voice.side, index(at)) else { continue };
            let is_its_own =
                matches!(heard[earlier as usize].by, By::One(other) if other.source == voice.source);
            if !latest_word || !is_its_own || voice.is_anonymous {
                return false;
            }
            match is_later(columns, row, &self.rows[earlier as usize]) {
                Some(true) => replaced |= 1 << earlier,
                Some(false) => {
                    replaced |= 1 << at;
                    marks.earlier(voice.side, earlier);
                }
                None => return false,
            }
        }
        attributed.are(named & !replaced);
        narrated.are(nobodys);
        brief.set_aside = replaced.count_ones();
        brief.unattributed = nobodys.count_ones();
        named != 0
    }

    /// Takes what stands: not what its own sources have since said otherwise, and not silence. False, where some answer
    /// isn't plain.
    pub(super) fn take_standing(&mut self, kind: Kind, brief: &mut Brief) -> bool {
        let Lists { heard, several, marks, attributed, narrated, repeated, .. } = &mut *self.lists;
        let (plain, columns) = (self.plain, self.bench.columns());
        let everything = if kind == Kind::YesNo { Span { low: 0, high: 1 } } else { Span::EVERYTHING };
        attributed.are_none_of(self.rows.len());
        narrated.are_none_of(self.rows.len());
        several.clear();
        for ((at, row), said) in self.rows.iter().enumerate().zip(&mut heard[self.from..]) {
            if row.value == NONE {
                if !is_answer(row.stance, brief) {
                    continue;
                }
                said.span = everything;
            } else if row.stance != Stance::Affirms || !said.span.is_plain() {
                return false;
            }
            if let (By::Nobody, by @ [_, ..]) = (said.by, columns.credited(&row.by)) {
                if self.rows.len() > FEW {
                    return false; // among many joint statements, who is in which takes more care
                }
                let from = several.len();
                several.extend(by.iter().map(|source| plain.voices[*source as usize]));
                said.by = By::Several(index(from), index(several.len()));
            }
            let whose = if matches!(said.by, By::Nobody) { &mut *narrated } else { &mut *attributed };
            whose.add(at);
        }
        let voices = || attributed.iter().flat_map(|at| heard[self.from + at].by.voices(several));
        marks.forget();
        repeated.clear();
        repeated.extend(voices().map(|voice| voice.source).filter(|source| !marks.is_new(*source)));
        if plain.latest_word && !repeated.is_empty() {
            self.take_latest_words(brief);
        }
        brief.unattributed = self.lists.narrated.len();
        true
    }

    /// Takes the voices out of each answer that have since given another one, and answers that nobody is left behind.
    fn take_latest_words(&mut self, brief: &mut Brief) {
        let Lists { heard, several, repeated, words, attributed, .. } = &mut *self.lists;
        let (rows, columns, heard) = (self.rows, self.bench.columns(), &mut heard[self.from..]);
        repeated.sort_unstable();
        repeated.dedup();
        words.clear();
        for at in attributed.iter().filter(|at| rows[*at].stance.takes_value()) {
            for (voice, nth) in heard[at].by.voices(several).iter().zip(0..) {
                let Voice { source, is_anonymous, .. } = *voice;
                if !is_anonymous
                    && repeated.binary_search(&source).is_ok()
                    && let Some(date) = columns.date_of(&rows[at])
                {
                    let (first, last) = (date.first().microseconds(), date.last().microseconds());
                    words.push(Word { source, first, last, row: index(at), nth });
                }
            }
        }
        words.sort_unstable_by_key(|word| (word.source, word.first));
        let latest = |of_one: &[Word]| of_one.last().map_or(i64::MIN, |latest| latest.first);
        let of_each = words.chunk_by(|one, other| one.source == other.source);
        let ended = of_each.flat_map(|of_one| of_one.iter().filter(move |word| word.last < latest(of_one)));
        for Word { row, nth, .. } in ended {
            match &mut heard[*row as usize].by {
                By::Several(from, _) => several[(*from + nth) as usize].source = NONE,
                by => *by = By::Nobody,
            }
        }
        // A row at a time, since many of its voices may have words of their own.
        for at in (0..rows.len()).filter(|at| rows[*at].stance.takes_value()) {
            if let By::Several(from, to) = &mut heard[at].by {
                let all = *from..*to;
                *to = *from;
                for nth in all {
                    let voice = several[nth as usize];
                    several[*to as usize] = voice;
                    *to += u32::from(voice.source != NONE);
                }
            }
            if attributed.has(at) && heard[at].by.voices(several).is_empty() {
                attributed.remove(at);
                brief.set_aside += 1;
            }
        }
    }

    /// By speaks, where each answer is one source's, whose known side gives no other.
    pub(super) fn one_each(&self) -> Parties {
        let named = self.lists.attributed.few();
        let (sides, count) = (Who::of_rows(named), named.count_ones() as usize);
        Parties { sides, count, answered: true, one_each: true, ..Parties::NONE }
    }

    pub(super) fn parties(&mut self, briefs: &mut Briefs) -> Parties {
        let Lists { heard, several, attributed, marks, .. } = &mut *self.lists;
        let (rows, heard) = (self.rows, &heard[self.from..]);
        let answered = attributed.iter().any(|at| rows[at].stance.takes_value());
        let mut parties = Parties { answered, ..Parties::NONE };
        let mut first_unknown = None;
        marks.forget();
        let speaking = attributed.iter().filter(|at| parties.counts(&rows[*at]));
        parties.sides =
            briefs.who(speaking.flat_map(|at| heard[at].by.voices(several)).filter_map(|voice| {
                if voice.is_unknown {
                    first_unknown = first_unknown.or(Some(voice.side));
                    return None;
                }
                marks.is_new(voice.side).then_some(voice.side)
            }));
        parties.unknown_speaks = first_unknown.is_some();
        if let (0, Some(unknown)) = (parties.sides.len(), first_unknown) {
            parties.sides = briefs.who([unknown]);
            parties.only_unknown = true;
        }
        parties.count = parties.sides.len();
        parties
    }
}

/// By speaks on a claim, and whose word counts as a side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parties {
    pub(super) sides: Who,
    pub(super) count: usize,
    answered: bool,
    pub(super) unknown_speaks: bool,
    only_unknown: bool,
    /// Whether each of up to 64 answers is one source's, whose known side gives no other.
    pub(super) one_each: bool,
}

impl Parties {
    const NONE: Self = Self {
        sides: Who::NOBODY,
        count: 0,
        answered: false,
        unknown_speaks: false,
        only_unknown: false,
        one_each: false,
    };

    /// Whether a standing answer's sides count.
    pub(super) fn counts(&self, row: &Row) -> bool {
        !self.answered || row.stance.takes_value()
    }

    /// Whether a side is listed: an unknown one only when nobody else speaks.
    pub(super) fn lists(&self, voice: &Voice) -> bool {
        self.only_unknown || !voice.is_unknown
    }
}
