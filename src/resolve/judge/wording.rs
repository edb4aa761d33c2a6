//! Disputes that may be about words alone.

use super::{Answers, Judge};
use crate::model::claim::Kind;
use crate::resolve::answers::Span;

impl<A: Answers> Judge<'_, A> {
    /// Whether all that was said could be true if terms that nobody declared meant whatever they might.
    ///
    /// What such a term means isn't known, but it means the same in every answer. So each is true of the right answer or
    /// isn't. Whoever denies some says that those aren't. Then all others may be, which makes true whatever names one of
    /// them; and of the declared terms there must be one, or something else, that the remaining answers leave possible.
    pub(super) fn is_of_wording(&self) -> bool {
        if !matches!(self.line.kind, Kind::Term | Kind::Place) {
            return false;
        }
        let undeclared = &self.context.index.undeclared;
        let answers = || self.scratch.groups.iter().map(|group| &group.answers);
        let is_denial = |answers: &A| answers.spans().last().is_some_and(|last| last.high == u64::MAX);
        // Mostly nobody denies anything, and no term is declared: then everybody may be right.
        let none_is_declared = undeclared.len() == self.context.index.taxonomy.len() as usize;
        if none_is_declared && !answers().any(is_denial) {
            return true;
        }
        let within = |span: Span| {
            let from = undeclared.partition_point(|term| *term < span.low);
            undeclared[from..].iter().copied().take_while(move |term| *term <= span.high)
        };
        // Of what is denied the gaps are gone through, and of what is affirmed no more than is needed.
        let mut denied: Vec<u64> = Vec::new();
        for denial in answers().filter(|answers| is_denial(answers)) {
            let mut low = 0;
            for span in denial.spans() {
                if low < span.low {
                    denied.extend(within(Span { low, high: span.low - 1 }));
                }
                low = span.high.saturating_add(1);
            }
        }
        denied.sort_unstable();
        let may_be = |answers: &A| {
            let named = answers.spans().iter().flat_map(|span| within(*span));
            named.into_iter().any(|term| denied.binary_search(&term).is_err())
        };
        let left = answers().filter(|answers| is_denial(answers) || !may_be(answers));
        let meet = A::meet(left.collect::<Vec<_>>().into_iter());
        // What no more than undeclared terms would make true is settled above.
        let holds_others =
            |span: &Span| !span.is_empty() && within(*span).count() as u64 <= span.high - span.low;
        meet.spans().iter().any(holds_others)
    }
}
