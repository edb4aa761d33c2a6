//! Terms and their taxonomy: places within places, soldiers among service members.

use std::iter;

use std::ops::Bound;

use super::interval::{Interval, Ranges};

/// A term that answers may name: a place, a cause, a unit; with the broader term that it falls under.
///
/// After the [Simple Knowledge Organization System](https://www.w3.org/TR/skos-reference/) of the W3C, of
/// which it takes the label and `broader`: one broader term at most, so that a taxonomy is a tree.
///
/// With the feature `json` it implements serde's traits, in the shape of an entry of a dossier's file.
///
/// ```
/// use corroborate::{Dossier, Term};
///
/// let mut raid = Dossier::new("Raid");
/// raid.add_term(Term::new("iraq", "Iraq"))?;
/// raid.add_term(Term::new("anbar", "Anbar").broader("iraq"))?;
/// # Ok::<(), corroborate::Error>(())
/// ```
///
/// ```
/// use corroborate::Term;
///
/// let anbar = Term::new("anbar", "Anbar").broader("iraq");
/// assert_eq!((anbar.get_label(), anbar.get_broader()), ("Anbar", Some("iraq")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) broader: Option<String>,
}

impl Term {
    /// A term with its id and the label that people read.
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), aliases: Vec::new(), broader: None }
    }

    /// Says what else it is called: `Falluja`. Values may name it so.
    ///
    /// ```
    /// use corroborate::Term;
    ///
    /// let fallujah = Term::new("fallujah", "Fallujah").alias("Falluja").alias("Al-Fallujah");
    /// assert_eq!(fallujah.get_aliases(), ["Falluja", "Al-Fallujah"]);
    /// ```
    #[must_use]
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.aliases.push(alias.into());
        self
    }

    /// Says which term this one falls under: whatever is in Anbar is in Iraq.
    #[must_use]
    pub fn broader(mut self, term: impl Into<String>) -> Self {
        self.broader = Some(term.into());
        self
    }

    /// The id that other records and values name it by.
    pub fn get_id(&self) -> &str {
        &self.id
    }

    /// The label that people read.
    pub fn get_label(&self) -> &str {
        &self.label
    }

    /// What else it is called.
    pub fn get_aliases(&self) -> &[String] {
        &self.aliases
    }

    /// The id of the term that it falls under.
    pub fn get_broader(&self) -> Option<&str> {
        self.broader.as_deref()
    }
}

/// What was said in terms: any of some, each perhaps less some narrower ones; or anything but those.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Terms<T> {
    pub(crate) anything_but: bool,
    pub(crate) any_of: Box<[(T, Box<[T]>)]>,
}

impl<T> Terms<T> {
    pub(crate) fn map<U>(&self, mut name: impl FnMut(&T) -> U) -> Terms<U> {
        let mut any_of = Vec::with_capacity(self.any_of.len());
        for (term, except) in &self.any_of {
            any_of.push((name(term), except.iter().map(&mut name).collect()));
        }
        Terms { anything_but: self.anything_but, any_of: any_of.into() }
    }

    /// All that are named, in order.
    pub(crate) fn each(&self) -> impl Iterator<Item = &T> {
        self.any_of.iter().flat_map(|(term, except)| iter::once(term).chain(except))
    }
}

/// The taxonomy laid on a line: each term's number, and behind it those of all narrower terms.
///
/// So the answers that a term leaves possible are one interval, and the numbers from [`len`](Self::len) up
/// are "something else". A term's own number stands for "there, but nowhere more precise that has a name".
#[derive(Clone, Debug, Default)]
pub(crate) struct Taxonomy {
    broader: Vec<Option<u32>>,
    /// Where a term's interval begins, and the first number after it.
    stretch: Vec<(u32, u32)>,
    at: Vec<u32>,
}

impl Taxonomy {
    /// Lays out a forest given as each term's broader one. It must hold no ring.
    pub(crate) fn new(broader: Vec<Option<u32>>) -> Self {
        let mut narrower = vec![Vec::new(); broader.len()];
        let mut tops = Vec::new();
        for (term, above) in (0..).zip(&broader) {
            match above {
                Some(above) => narrower[*above as usize].push(term),
                None => tops.push(term),
            }
        }
        let mut stretch = vec![(0, 0); broader.len()];
        let mut at = Vec::with_capacity(broader.len());
        // Depth first, on a stack of our own, since a chain of terms may be longer than the call stack. A
        // term is pushed a second time behind its narrower ones: when it comes up again, all of them have
        // their numbers.
        let mut open: Vec<(u32, bool)> = tops.into_iter().rev().map(|top| (top, false)).collect();
        let mut number = 0;
        while let Some((term, closing)) = open.pop() {
            if closing {
                stretch[term as usize].1 = number; // the first number that is no longer below it
                continue;
            }
            stretch[term as usize].0 = number;
            at.push(term);
            number += 1;
            open.push((term, true));
            open.extend(narrower[term as usize].iter().rev().map(|below| (*below, false)));
        }
        Self { broader, stretch, at }
    }

    /// How many terms there are.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.at.len()).unwrap_or(u32::MAX)
    }

    /// Adds a term that falls under none, and that none falls under. Behind the others it moves none of them.
    pub(crate) fn push(&mut self) {
        let number = self.len();
        self.broader.push(None);
        self.stretch.push((number, number + 1));
        self.at.push(number);
    }

    /// Whether `term` falls under `broader`, or is it.
    pub(crate) fn is_within(&self, term: u32, broader: u32) -> bool {
        let (from, to) = self.stretch[broader as usize];
        (from..to).contains(&self.stretch[term as usize].0)
    }

    /// The term whose numbers begin there.
    pub(crate) fn beginning_at(&self, number: u64) -> Option<u32> {
        self.at.get(usize::try_from(number).ok()?).copied()
    }

    /// Where the numbers of a term and of all that falls under it begin, and the first number after them.
    pub(crate) fn stretch_of(&self, term: u32) -> (u32, u32) {
        self.stretch[term as usize]
    }

    /// The stretch of the term: itself and whatever falls under it.
    fn of_term(&self, term: u32) -> Ranges<u32> {
        let (from, to) = self.stretch[term as usize];
        (from..to).into()
    }

    /// What was said in terms, as points.
    pub(crate) fn answers(&self, terms: &Terms<u32>) -> Ranges<u32> {
        let mut intervals = Vec::with_capacity(terms.any_of.len());
        for (term, except) in &terms.any_of {
            let excluded: Ranges<u32> =
                except.iter().flat_map(|narrower| self.of_term(*narrower).intervals().to_vec()).collect();
            intervals.extend_from_slice(self.of_term(*term).meet(&excluded.complement()).intervals());
        }
        let set: Ranges<u32> = intervals.into_iter().collect();
        if terms.anything_but { set.complement() } else { set }
    }

    /// Terms for a set of points: the fewest that say it, or nothing for everything and nothing.
    pub(crate) fn describe(&self, set: &Ranges<u32>) -> Option<Terms<u32>> {
        if set.is_everything() || set.is_empty() {
            return None;
        }
        let anything_but = set.contains(self.len());
        let set = if anything_but { set.complement() } else { set.clone() };
        let ends = |interval: &Interval<u32>| match (interval.low(), interval.high()) {
            (Bound::Included(from), Bound::Included(to)) => Some((from, to)),
            _ => None,
        };
        let mut intervals = set.intervals().iter().filter_map(ends).peekable();
        let mut any_of: Vec<(u32, Vec<u32>)> = Vec::new();
        // The stretches that are entered but not left yet: where each ends, and what in the list its term is
        // said by.
        let mut open: Vec<(u32, Option<usize>)> = vec![(self.len(), None)];
        let mut number = 0;
        while number < self.len() {
            while intervals.next_if(|(_, to)| *to < number).is_some() {}
            while open.len() > 1 && open.last().is_some_and(|(end, _)| *end <= number) {
                open.pop();
            }
            let (from, to) = intervals.peek().copied().unwrap_or((u32::MAX, u32::MAX));
            let (left_at, said_by) = open.last().copied().unwrap_or((self.len(), None));
            let is_in = from <= number;
            let term = self.at[number as usize];
            let (_, end) = self.stretch[term as usize];
            // A term in the set is said by the one above it, or on its own; one outside is left out by name.
            let (said_by, is_settled) = match (is_in, said_by) {
                (false, None) => {
                    number = from.min(left_at);
                    continue;
                }
                (false, Some(above)) => {
                    any_of[above].1.push(term);
                    (None, end <= from)
                }
                (true, above) => {
                    let said_by = above.unwrap_or_else(|| {
                        any_of.push((term, Vec::new()));
                        any_of.len() - 1
                    });
                    (Some(said_by), end <= to.saturating_add(1))
                }
            };
            if is_settled {
                number = end;
            } else {
                open.push((end, said_by));
                number += 1;
            }
        }
        Some(Terms {
            anything_but,
            any_of: any_of.into_iter().map(|(term, except)| (term, except.into())).collect(),
        })
    }

    /// The narrowest term that covers everything from one number to another; nothing where "something else"
    /// is possible.
    pub(crate) fn nearest_broader(&self, first: u64, last: u64) -> Option<u32> {
        let mut term = self.beginning_at(first)?;
        while u64::from(self.stretch[term as usize].1) <= last {
            term = self.broader[term as usize]?;
        }
        Some(term)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;

    /// A forest of a few terms, each with the broader one that it falls under, and a set of their points.
    fn forest_and_set() -> impl Strategy<Value = (Taxonomy, Ranges<u32>)> {
        let terms = prop::collection::vec((any::<Option<Index>>(), any::<bool>()), 1..10);
        (terms, any::<bool>()).prop_map(|(terms, something_else)| {
            let broader =
                |n: usize, above: Option<Index>| above.filter(|_| n > 0).map(|above| above.index(n));
            let above = terms
                .iter()
                .enumerate()
                .map(|(n, (above, _))| broader(n, *above).and_then(|n| u32::try_from(n).ok()));
            let taxonomy = Taxonomy::new(above.collect());
            let points =
                (0..).zip(&terms).filter(|(_, (_, is_in))| *is_in).map(|(n, _)| Interval::exactly(n));
            let beyond = something_else.then(|| Interval::new(taxonomy.len()..)).flatten();
            let set = points.chain(beyond).collect();
            (taxonomy, set)
        })
    }

    proptest! {
        #[test]
        fn described_terms_read_back((taxonomy, set) in forest_and_set()) {
            match taxonomy.describe(&set) {
                Some(terms) => {
                    prop_assert_eq!(taxonomy.answers(&terms), set);
                    for (term, except) in &terms.any_of {
                        prop_assert!(except.iter().all(|narrower| narrower != term && taxonomy.is_within(*narrower, *term)));
                    }
                }
                None => prop_assert!(set.is_empty() || set.is_everything()),
            }
        }

        /// A term has to be named where it and the one above it part, and nowhere else.
        #[test]
        fn described_terms_are_the_fewest((taxonomy, set) in forest_and_set()) {
            let is_in = |point: u32| set.contains(point);
            let position = |term: u32| taxonomy.stretch[term as usize].0;
            let above = |term: u32| taxonomy.broader[term as usize].map_or(taxonomy.len(), position);
            let needed = (0..taxonomy.len()).filter(|term| is_in(position(*term)) != is_in(above(*term))).count();
            let terms = taxonomy.describe(&set);
            let named = terms.iter().flat_map(|terms| &*terms.any_of).map(|(_, except)| 1 + except.len()).sum::<usize>();
            prop_assert_eq!(named, needed);
        }
    }
}
