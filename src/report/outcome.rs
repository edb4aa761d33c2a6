//! An outcome with all that it takes to read it.

use crate::dossier::grouped::GroupedRow;
use crate::outcome::{Account, AnswerText, Outcome, Outcomes, SpeakerSet, Speakers, Words};
use crate::resolve::Context;

/// The outcome on a claim, with all that it takes to read it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OutcomeRef<'r> {
    pub(crate) context: Context<'r>,
    outcomes: &'r Outcomes,
    outcome: &'r Outcome,
    pub(crate) claim: u32,
    rows: &'r [GroupedRow],
}

impl<'r> OutcomeRef<'r> {
    /// The outcome on a claim: of some outcomes the one of that number.
    pub(crate) fn new(context: Context<'r>, outcomes: &'r Outcomes, nth: usize, claim: u32) -> Self {
        let outcome = outcomes.get(nth).unwrap_or(&Outcome::UNADDRESSED);
        Self { context, outcomes, outcome, claim, rows: context.columns().rows_of(claim) }
    }

    /// What is found, in numbers.
    pub(crate) fn numbers(self) -> &'r Outcome {
        self.outcome
    }

    fn speakers(self, who: SpeakerSet) -> Speakers<'r> {
        match self.outcome.by_rows {
            true => who.answering(self.rows),
            false => who.on(self.outcomes.speakers()),
        }
    }

    /// The sides that speak.
    pub(crate) fn sides(self) -> Speakers<'r> {
        self.speakers(self.outcome.sides).sides(self.context.sides())
    }

    /// Whom to name.
    pub(crate) fn credit(self) -> Speakers<'r> {
        self.speakers(self.outcome.credit)
    }

    pub(crate) fn accounts(self) -> &'r [Account] {
        self.outcomes.accounts_of(self.outcome)
    }

    pub(crate) fn sources_of(self, account: &Account) -> Speakers<'r> {
        self.speakers(account.sources)
    }

    pub(crate) fn sides_of(self, account: &Account) -> Speakers<'r> {
        match self.outcome.by_rows {
            true => self.speakers(account.sources).sides(self.context.sides()),
            false => self.speakers(account.sources.behind(account.sides)),
        }
    }

    /// Whether an account's sources are its sides, one by one.
    #[cfg(feature = "json")]
    pub(crate) fn sources_are_sides(self, account: &Account) -> bool {
        match self.outcome.by_rows {
            true => account.sources.are_their_own_sides(self.rows, self.context.sides()),
            false => self.sides_of(account).eq(self.sources_of(account)),
        }
    }

    /// How far its accounts are apart at least, if they are.
    pub(crate) fn gap(self) -> Option<&'r str> {
        self.outcomes.text(self.outcome.gap)
    }

    /// The sources that state an account's answer.
    pub(crate) fn stated_by(self, account: &Account) -> Speakers<'r> {
        self.speakers(account.stated_by)
    }

    /// The words of an answer; nothing where there is none.
    pub(crate) fn words(self, text: AnswerText) -> Option<Words> {
        let made = |spans: &[(u64, u64)]| self.context.words_for_spans(self.claim, spans);
        match text {
            AnswerText::Nothing => None,
            AnswerText::Assertion(assertion) => Some(Words::Of(assertion)),
            AnswerText::Value(value) => Some(Words::Value(value)),
            AnswerText::Figure(figure) => made(&[(figure.into(), figure.into())]),
            AnswerText::Span(at) => made(&[self.outcomes.span(at)?]),
            AnswerText::Union(at) => made(self.outcomes.union(at)),
            AnswerText::Term(term) => Some(Words::term(term)),
            AnswerText::Made(at) => self.outcomes.words(at).cloned(),
        }
    }
}
