//! Answers that nobody put into words: which words to make for them.

use std::ops::Bound;

use super::answers::{Line, Span};
use super::context::Context;
use crate::model::interval::Ranges;
use crate::model::term::Terms;
use crate::model::value::{AnswerSet, Content, Said};
use crate::outcome::Words;

impl Context<'_> {
    /// Words for answers, no matter who gave which of them; nothing where there is nothing to say.
    pub(crate) fn words_for(&self, answers: &AnswerSet) -> Option<Words> {
        let says_something = match answers {
            AnswerSet::Counts(set) => !set.is_everything(),
            AnswerSet::Quantities(set) => !set.is_everything(),
            AnswerSet::Dates(set) => !set.is_everything(),
            AnswerSet::YesNo(_) | AnswerSet::Terms(_) | AnswerSet::Texts(_) => true,
        };
        let content = match answers {
            _ if !says_something => return None,
            AnswerSet::Counts(set) => Content::Count(Said::describing(set)),
            AnswerSet::Quantities(set) => Content::Quantity(Said::describing(set)),
            AnswerSet::Dates(set) => Content::Date(Said::describing(set)),
            AnswerSet::YesNo(set) => Content::YesNo(set.exact_point()?),
            AnswerSet::Terms(set) => Content::Terms(self.terms_for(set)?),
            AnswerSet::Texts(set) => return self.texts_for(set),
        };
        Some(Words::Said(content))
    }

    /// Words for spans of the line that a claim's answers lie on.
    pub(crate) fn words_for_spans(&self, claim: u32, spans: &[(u64, u64)]) -> Option<Words> {
        let line = Line::of_steps(self.columns().claims[claim as usize].kind);
        let span = |(low, high): &(u64, u64)| Span { low: *low, high: *high };
        self.words_for(&match spans {
            [one] => line.answers(&[span(one)]),
            several => line.answers(&several.iter().map(span).collect::<Vec<_>>()),
        })
    }

    /// Terms in the order in which they were declared, then those that nobody declared.
    fn terms_for(&self, set: &Ranges<u32>) -> Option<Terms<u32>> {
        let mut terms = self.index.taxonomy.describe(set)?;
        terms.any_of.sort_by_key(|(term, _)| {
            let row = self.columns().terms.get_index(*term as usize);
            // When a value first named a term depends on what else was said; its name doesn't.
            row.map(|(id, row)| if row.declared { (false, *term, "") } else { (true, 0, id) })
        });
        Some(terms)
    }

    /// Texts that are possible, or that aren't, in alphabetical order for the same reason.
    fn texts_for(&self, set: &Ranges<u32>) -> Option<Words> {
        let anything_but = set.span().is_some_and(|span| span.high() == Bound::Unbounded);
        let listed = if anything_but { set.complement() } else { set.clone() };
        let mut texts = Vec::new();
        for interval in listed.intervals() {
            if let (Bound::Included(from), Bound::Included(to)) = (interval.low(), interval.high()) {
                texts.extend(from..=to);
            }
        }
        texts.sort_by_key(|text| self.columns().texts.get_index(*text as usize));
        (!texts.is_empty()).then_some(Words::Texts { anything_but, texts })
    }
}
