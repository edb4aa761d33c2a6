//! Succession: which words of a source it has since replaced by another.

use crate::model::date::{Date, Moment};

/// When something was said: no earlier than one moment, and no later than another.
///
/// That is nearly always a date. A copy was said from the later beginning to the later end of its own date
/// and its origins', since nobody repeats what hasn't been said yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SaidOn {
    pub(super) first: Moment,
    pub(super) last: Moment,
    /// The date that ends with the last of these moments.
    pub(super) date: Date,
}

impl SaidOn {
    pub(super) fn on(date: Date) -> Self {
        Self { first: date.first(), last: date.last(), date }
    }

    /// The same, said again later or earlier.
    pub(super) fn and(self, other: Self) -> Self {
        let ends_last = if other.last > self.last { other } else { self };
        Self { first: self.first.max(other.first), ..ends_last }
    }

    /// Whether something was said after this, whenever in their dates either was.
    pub(super) fn is_before(self, other: Self) -> bool {
        self.last < other.first
    }
}

/// A word of a source who may have given several.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<S, W> {
    /// Who speaks, and in what unit: words in different units replace nothing.
    pub(super) source: S,
    pub(super) first: Moment,
    pub(super) last: Moment,
    /// Where the time begins that it is about: the moment that it describes where one is stated, else when it
    /// was said.
    pub(super) about_from: Moment,
    /// Where the moment ends that it was stated to describe.
    pub(super) describes_until: Option<Moment>,
    /// What tells it from other words, in input order.
    pub(super) word: W,
}

impl<S, W> Word<S, W> {
    /// A word that describes no other moment than when it was said.
    pub(super) fn new(source: S, date: Date, word: W) -> Self {
        let (first, last) = (date.first(), date.last());
        Self { source, first, last, about_from: first, describes_until: None, word }
    }

    /// Whether a word of the same source may replace this one: it was said later, whenever in their dates
    /// either was, and isn't about an earlier time ("on the 3rd it was 40").
    pub(super) fn may_be_replaced_by(&self, other: &Self) -> bool {
        self.last < other.first && !self.is_about_later_than(other)
    }

    /// Whether another word is stated to be about a time that ended before that of this one began.
    pub(super) fn is_about_later_than(&self, other: &Self) -> bool {
        other.describes_until.is_some_and(|until| until < self.about_from)
    }
}

/// Whether a word replaces another of its source: it was said later, whenever in their dates either was.
pub(super) fn replaces(word: Date, other: Date) -> bool {
    other.last() < word.first()
}

/// The words that their source has replaced, each with the latest that replaces it: the one that begins last.
/// Words whose dates overlap with that stand beside it.
pub(super) fn replaced<S: Copy + Ord, W: Copy + Ord>(
    words: &mut [Word<S, W>],
) -> impl Iterator<Item = (W, W)> {
    words.sort_unstable_by_key(|word| (word.source, word.first, word.word));
    let of_each = words.chunk_by(|one, other| one.source == other.source);
    of_each.flat_map(|of_one| {
        let latest = latest_by_description(of_one);
        of_one.iter().filter_map(move |word| {
            // The latest word is asked first. Only where it is about an earlier time may one before it
            // replace more.
            let at = latest.partition_point(|latest| word.is_about_later_than(latest));
            let latest = latest.get(at).filter(|latest| word.may_be_replaced_by(latest))?;
            Some((word.word, latest.word))
        })
    })
}

/// Of words in the order in which they begin, the last; then the last that describes a later time than that;
/// and so on, to the last that isn't stated to describe any other time than its own. So no word is missed
/// that may replace another.
fn latest_by_description<S: Copy, W: Copy>(words: &[Word<S, W>]) -> Vec<Word<S, W>> {
    let mut latest: Vec<Word<S, W>> = Vec::new();
    for word in words.iter().rev() {
        let describes_later =
            latest.last().is_none_or(|last| match (last.describes_until, word.describes_until) {
                (None, _) => false,
                (Some(_), None) => true,
                (Some(last), Some(until)) => until > last,
            });
        if describes_later {
            latest.push(*word);
        }
        if word.describes_until.is_none() {
            break;
        }
    }
    latest
}
