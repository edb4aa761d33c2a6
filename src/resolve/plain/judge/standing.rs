//! What stands of what was said on a plain claim, and who speaks.

use super::{Answer, BITS, FEW, Judge, Lists};
use crate::dossier::columns::{Columns, NONE, index};
use crate::model::assertion::Stance;
use crate::model::claim::Kind;
use crate::report::{Brief, Briefs, Few};
use crate::resolve::plain::span::Span;
use crate::resolve::plain::{Heard, Row, Voice};

/// A word of somebody who has given several: its first and its last moment, and whose voice it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    source: u32,
    first: i64,
    last: i64,
    at: u32,
}

/// Whether a word was said after another one, or before it. Nothing, where their dates don't tell.
fn is_later(columns: &Columns, one: &Row, other: &Row) -> Option<bool> {
    let (one, other) = (columns.date_of(one)?, columns.date_of(other)?);
    match one.first() > other.last() {
        true => Some(true),
        false => (other.first() > one.last()).then_some(false),
    }
}

/// Takes some answers out, of which each is one source's: those whose bit is set.
fn take_out(some: u64, attributed: &mut Vec<Answer>, voices: &mut Vec<Voice>) {
    if some == 0 {
        return;
    }
    let mut to = 0;
    for from in 0..attributed.len() {
        (attributed[to], voices[to]) = (attributed[from], voices[from]);
        (attributed[to].from, attributed[to].to) = (index(to), index(to + 1));
        to += usize::from(some >> from & 1 == 0);
    }
    attributed.truncate(to);
    voices.truncate(to);
}

impl Judge<'_> {
    /// Takes what stands: not what its own sources have since said otherwise, and not silence. Nothing, where some answer
    /// isn't plain. Beside the kind, whether each of a few answers is one source's, whose known side gives no other.
    pub(super) fn take_standing(&mut self, kind: Kind, heard: &[Heard], brief: &mut Brief) -> Option<(Kind, bool)> {
        let Lists { voices, marks, attributed, narrated, repeated, .. } = &mut *self.lists;
        let (plain, columns) = (self.plain, self.bench.columns());
        let everything = if kind == Kind::YesNo { Span { low: 0, high: 1 } } else { Span::EVERYTHING };
        attributed.clear();
        narrated.clear();
        voices.clear();
        repeated.clear();
        marks.forget();
        let mut one_each = self.rows.len() <= BITS;
        // A bit for each answer whose source has since given another.
        let mut replaced = 0;
        for ((row, Heard { span, voice }), nth) in self.rows.iter().zip(heard).zip(0..) {
            let mut span = *span;
            if row.value == NONE {
                match row.stance {
                    Stance::Withholds => brief.withheld += 1,
                    Stance::DoesNotKnow => brief.does_not_know += 1,
                    _ => {}
                }
                if !row.stance.is_answer() {
                    continue;
                }
                one_each = false;
                span = everything;
            } else if row.stance != Stance::Affirms || !span.is_plain() {
                return None;
            }
            let from = index(voices.len());
            let answer = |to| Answer { span, row: nth, value: row.value, from, to, stance: row.stance };
            if voice.source != NONE {
                if one_each {
                    one_each = !voice.is_unknown
                        && match marks.earlier(voice.side, from) {
                            None => true,
                            Some(earlier) if plain.latest_word && voices[earlier as usize].source == voice.source => {
                                let other = &self.rows[attributed[earlier as usize].row as usize];
                                match is_later(columns, row, other).filter(|_| !voice.is_anonymous) {
                                    Some(true) => replaced |= 1 << earlier,
                                    Some(false) => {
                                        replaced |= 1 << from;
                                        marks.earlier(voice.side, earlier);
                                    }
                                    None => one_each = false,
                                }
                                one_each
                            }
                            Some(_) => false,
                        };
                }
                voices.push(*voice);
                attributed.push(answer(from + 1));
            } else {
                let by = columns.credited(&row.by);
                if by.is_empty() {
                    narrated.push(answer(from));
                } else if self.rows.len() > FEW {
                    return None; // among many joint statements, who is in which takes more care
                } else {
                    one_each = false;
                    voices.extend(by.iter().map(|source| plain.voices[*source as usize]));
                    attributed.push(answer(index(voices.len())));
                }
            }
        }
        if one_each {
            take_out(replaced, attributed, voices);
            brief.set_aside = replaced.count_ones();
        } else {
            marks.forget();
            repeated.extend(voices.iter().map(|voice| voice.source).filter(|source| !marks.is_new(*source)));
            if plain.latest_word && !repeated.is_empty() {
                self.take_latest_words(brief);
            }
            one_each = self.is_one_each();
        }
        brief.unattributed = index(self.lists.narrated.len());
        Some((kind, one_each && !self.lists.attributed.is_empty()))
    }

    /// Takes the voices out of each answer that have since given another one, and answers that nobody is left behind.
    fn take_latest_words(&mut self, brief: &mut Brief) {
        let Lists { voices, repeated, words, attributed, .. } = &mut *self.lists;
        let (rows, columns) = (self.rows, self.bench.columns());
        repeated.sort_unstable();
        repeated.dedup();
        words.clear();
        for row in attributed.iter().filter(|row| row.stance.takes_value()) {
            for at in row.from..row.to {
                let Voice { source, is_anonymous, .. } = voices[at as usize];
                if !is_anonymous
                    && repeated.binary_search(&source).is_ok()
                    && let Some(date) = columns.date_of(&rows[row.row as usize])
                {
                    let (first, last) = (date.first().microseconds(), date.last().microseconds());
                    words.push(Word { source, first, last, at });
                }
            }
        }
        words.sort_unstable_by_key(|word| (word.source, word.first));
        let mut some_end = false;
        for of_one in words.chunk_by(|one, other| one.source == other.source) {
            let latest = of_one.last();
            for word in of_one.iter().filter(|word| latest.is_some_and(|latest| word.last < latest.first)) {
                voices[word.at as usize] = Voice::NONE;
                some_end = true;
            }
        }
        if !some_end {
            return;
        }
        let (before, mut to) = (attributed.len(), 0);
        attributed.retain_mut(|row| {
            let begin = to;
            for at in row.from..row.to {
                voices[to as usize] = voices[at as usize];
                to += u32::from(voices[at as usize].source != NONE);
            }
            (row.from, row.to) = (begin, to);
            begin < to
        });
        voices.truncate(to as usize);
        brief.set_aside = index(before - attributed.len());
    }

    /// Whether each of a few answers is one source's, whose known side gives no other.
    fn is_one_each(&mut self) -> bool {
        let Lists { attributed, voices, marks, .. } = &mut *self.lists;
        marks.forget();
        attributed.len() <= BITS
            && voices.len() == attributed.len()
            && attributed.iter().all(|row| row.stance.takes_value())
            && voices.iter().all(|voice| !voice.is_unknown && marks.is_new(voice.side))
    }

    /// Who speaks, where each answer is one source's, whose known side gives no other.
    pub(super) fn one_each(&self, briefs: &mut Briefs) -> Parties {
        let Lists { attributed, voices, .. } = &*self.lists;
        let sides = briefs.who(voices.iter().map(|voice| voice.side));
        Parties { sides, answered: !attributed.is_empty(), one_each: true, ..Parties::default() }
    }

    pub(super) fn parties(&mut self, briefs: &mut Briefs) -> Parties {
        let Lists { attributed, voices, marks, .. } = &mut *self.lists;
        let answered = attributed.iter().any(|row| row.stance.takes_value());
        let mut parties = Parties { answered, ..Parties::default() };
        let mut first_unknown = None;
        marks.forget();
        let speaking = attributed.iter().filter(|row| parties.counts(row)).flat_map(|row| row.voices(voices));
        parties.sides = briefs.who(speaking.filter_map(|voice| {
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
        parties
    }
}

/// Who speaks on a claim, and whose word counts as a side.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parties {
    pub(super) sides: Few,
    answered: bool,
    pub(super) unknown_speaks: bool,
    only_unknown: bool,
    /// Whether each of up to 64 answers is one source's, whose known side gives no other.
    pub(super) one_each: bool,
}

impl Parties {
    /// Whether a standing answer's sides count.
    pub(super) fn counts(&self, row: &Answer) -> bool {
        !self.answered || row.stance.takes_value()
    }

    /// Whether a side is listed: an unknown one only when nobody else speaks.
    pub(super) fn lists(&self, voice: &Voice) -> bool {
        self.only_unknown || !voice.is_unknown
    }
}
