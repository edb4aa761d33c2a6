//! Succession: which words of a source it has since replaced by another.

use crate::model::date::{Date, Moment};

/// A word of a source who may have given several.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<S, W> {
    /// Who speaks, and in what unit: words in different units replace nothing.
    source: S,
    first: Moment,
    last: Moment,
    /// What tells it from other words, in input order.
    word: W,
}

impl<S, W> Word<S, W> {
    pub(super) fn new(source: S, date: Date, word: W) -> Self {
        Self { source, first: date.first(), last: date.last(), word }
    }
}

/// Whether a word replaces another of its source: it was said later, whenever in their dates either was.
pub(super) fn replaces(word: Date, other: Date) -> bool {
    other.last() < word.first()
}

/// The words that their source has replaced, each with the latest, which replaced it: the one that begins last. Words whose
/// dates overlap with that stand beside it.
pub(super) fn replaced<S: Copy + Ord, W: Copy + Ord>(
    words: &mut [Word<S, W>],
) -> impl Iterator<Item = (W, W)> {
    words.sort_unstable_by_key(|word| (word.source, word.first, word.word));
    let of_each = words.chunk_by(|one, other| one.source == other.source);
    of_each.flat_map(|of_one| {
        let latest = of_one.last();
        of_one.iter().filter_map(move |word| {
            latest.filter(|latest| word.last < latest.first).map(|latest| (word.word, latest.word))
        })
    })
}
