//! Sums, orders and equalities of claims that can be tied so.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::assertions::GeneratedAssertion;
use super::records::ClaimDraft;
use crate::model::claim::{Claim, Kind, Nature};
use crate::model::constraint::Constraint;

/// A generated constraint whose claims aren't picked yet.
#[derive(Clone, Debug)]
pub(super) struct ConstraintDraft {
    form: ConstraintForm,
    picks: Vec<Index>,
    fit: FiguresFit,
}

/// How far the answers to tied claims are made to fit.
#[derive(Clone, Copy, Debug, PartialEq)]
enum FiguresFit {
    ByChance,
    /// All figures are moved so that the first of each claim fit.
    First,
    /// Only the first are left, plainly.
    Plainly,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum ConstraintForm {
    AtMost,
    Equal,
    Sum,
}

pub(super) fn constraint_drafts() -> impl Strategy<Value = ConstraintDraft> {
    let form = prop_oneof![1 => Just(ConstraintForm::AtMost), 1 => Just(ConstraintForm::Equal), 2 => Just(ConstraintForm::Sum)];
    let fit = prop_oneof![2 => Just(FiguresFit::ByChance), 1 => Just(FiguresFit::First), 2 => Just(FiguresFit::Plainly)];
    (form, vec(any::<Index>(), 2..=3), fit).prop_map(|(form, picks, fit)| ConstraintDraft {
        form,
        picks,
        fit,
    })
}

impl ConstraintDraft {
    /// The places of the claims that it ties, if there are enough that it can tie.
    pub(super) fn tied(&self, claims: &[Claim]) -> Option<Vec<usize>> {
        let is_number = |at: &usize| matches!(claims[*at].kind, Kind::Count | Kind::Quantity);
        let mut left: Vec<usize> =
            (0..claims.len()).filter(|at| claims[*at].nature == Nature::Fact).collect();
        left.retain(|at| match self.form {
            ConstraintForm::Sum => is_number(at),
            ConstraintForm::AtMost => is_number(at) || claims[*at].kind == Kind::Date,
            ConstraintForm::Equal => true,
        });
        let wanted = if self.form == ConstraintForm::AtMost { 2 } else { self.picks.len() };
        let mut tied: Vec<usize> = Vec::new();
        for pick in self.picks.iter().take(wanted) {
            if left.is_empty() {
                break;
            }
            let taken = left.remove(pick.index(left.len()));
            let mixed = self.form != ConstraintForm::Sum && is_number(&taken);
            left.retain(|at| claims[*at].kind == claims[taken].kind || (mixed && is_number(at)));
            tied.push(taken);
        }
        (tied.len() > 1).then_some(tied)
    }

    pub(super) fn constraint(&self, tied: &[usize], claims: &[Claim]) -> Constraint {
        let id = |at: &usize| claims[*at].id.clone();
        match self.form {
            ConstraintForm::Sum => Constraint::sum(id(&tied[0]), tied[1..].iter().map(id)),
            ConstraintForm::AtMost => Constraint::at_most(id(&tied[0]), id(&tied[1])),
            ConstraintForm::Equal => Constraint::equal(tied.iter().map(id)),
        }
    }

    /// Makes what is said about the tied claims fit, as far as it is meant to.
    pub(super) fn fit(&self, tied: &[usize], claims: &mut [(ClaimDraft, Vec<GeneratedAssertion>)]) {
        if self.fit == FiguresFit::Plainly {
            for at in tied {
                let first = std::mem::take(&mut claims[*at].1).into_iter().take(1);
                claims[*at].1 = first.map(GeneratedAssertion::plain).collect();
            }
        }
        let figure = |at: &usize| claims[*at].1.first().map_or(0, |draft| draft.content.saying.number);
        let figures: Vec<u64> = tied.iter().map(figure).collect();
        let moved: Vec<(usize, u64)> = match (self.fit, self.form) {
            (FiguresFit::ByChance, _) => Vec::new(),
            (_, ConstraintForm::Sum) => vec![(tied[0], figures[1..].iter().sum())],
            // Among other answers, the greater comes one short of the lesser.
            (FiguresFit::First, ConstraintForm::AtMost) => vec![(tied[1], figures[0].saturating_sub(1))],
            (_, ConstraintForm::AtMost | ConstraintForm::Equal) => {
                tied[1..].iter().map(|at| (*at, figures[0])).collect()
            }
        };
        moved.into_iter().for_each(|(at, figure)| move_figures(&mut claims[at].1, figure));
    }
}

/// Constraints among these claims: sums, orders and equalities of facts, none where no two claims can be
/// tied.
///
/// ```
/// use corroborate::{Claim, Dossier, laws};
/// use proptest::prelude::*;
///
/// let claims = ["injured", "returned", "flown-out"].map(|id| Claim::count(id, format!("How many: {id}?")));
/// proptest!(|(constraints in laws::constraints(&claims))| {
///     let mut raid = Dossier::new("Raid");
///     for claim in claims.clone() {
///         raid.add_claim(claim)?;
///     }
///     for constraint in constraints {
///         raid.add_constraint(constraint)?;
///     }
/// });
/// ```
pub fn constraints(claims: &[Claim]) -> impl Strategy<Value = Vec<Constraint>> + use<> {
    let claims = claims.to_vec();
    vec(constraint_drafts(), 0..=3).prop_map(move |ties| {
        let constraint = |tie: &ConstraintDraft| Some(tie.constraint(&tie.tied(&claims)?, &claims));
        ties.iter().filter_map(constraint).collect()
    })
}

/// Moves all figures of a claim so that the first becomes this one.
fn move_figures(drafts: &mut [GeneratedAssertion], to: u64) {
    let Some(from) = drafts.first().map(|draft| draft.content.saying.number) else { return };
    for draft in drafts {
        let number = &mut draft.content.saying.number;
        *number = (*number + to).saturating_sub(from);
    }
}
