//! Sums, orders and equalities of claims that can be tied so.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::assertions::Draft;
use super::records::ClaimDraft;
use crate::model::claim::{Claim, Kind, Nature};
use crate::model::constraint::Constraint;

/// A constraint before it is known which claims there are.
#[derive(Clone, Debug)]
pub(super) struct Tie {
    form: Form,
    fingers: Vec<Index>,
    fit: Fit,
}

/// How far the answers to tied claims are made to fit.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fit {
    ByChance,
    /// All figures are moved so that the first of each claim fit.
    First,
    /// Only the first are left, plainly.
    Plainly,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    AtMost,
    Equal,
    Sum,
}

pub(super) fn ties() -> impl Strategy<Value = Tie> {
    let form = prop_oneof![1 => Just(Form::AtMost), 1 => Just(Form::Equal), 2 => Just(Form::Sum)];
    let fit = prop_oneof![2 => Just(Fit::ByChance), 1 => Just(Fit::First), 2 => Just(Fit::Plainly)];
    (form, vec(any::<Index>(), 2..=3), fit).prop_map(|(form, fingers, fit)| Tie { form, fingers, fit })
}

impl Tie {
    /// The places of the claims that it ties, if there are enough that it can tie.
    pub(super) fn tied(&self, claims: &[Claim]) -> Option<Vec<usize>> {
        let is_number = |at: &usize| matches!(claims[*at].kind, Kind::Count | Kind::Quantity);
        let mut left: Vec<usize> =
            (0..claims.len()).filter(|at| claims[*at].nature == Nature::Fact).collect();
        left.retain(|at| match self.form {
            Form::Sum => is_number(at),
            Form::AtMost => is_number(at) || claims[*at].kind == Kind::Date,
            Form::Equal => true,
        });
        let wanted = if self.form == Form::AtMost { 2 } else { self.fingers.len() };
        let mut tied: Vec<usize> = Vec::new();
        for finger in self.fingers.iter().take(wanted) {
            if left.is_empty() {
                break;
            }
            let taken = left.remove(finger.index(left.len()));
            let mixed = self.form != Form::Sum && is_number(&taken);
            left.retain(|at| claims[*at].kind == claims[taken].kind || (mixed && is_number(at)));
            tied.push(taken);
        }
        (tied.len() > 1).then_some(tied)
    }

    pub(super) fn constraint(&self, tied: &[usize], claims: &[Claim]) -> Constraint {
        let id = |at: &usize| claims[*at].id.clone();
        match self.form {
            Form::Sum => Constraint::sum(id(&tied[0]), tied[1..].iter().map(id)),
            Form::AtMost => Constraint::at_most(id(&tied[0]), id(&tied[1])),
            Form::Equal => Constraint::equal(tied.iter().map(id)),
        }
    }

    /// Makes what is said about the tied claims fit, as far as it is meant to.
    pub(super) fn fit(&self, tied: &[usize], claims: &mut [(ClaimDraft, Vec<Draft>)]) {
        if self.fit == Fit::Plainly {
            for at in tied {
                let first = std::mem::take(&mut claims[*at].1).into_iter().take(1);
                claims[*at].1 = first.map(Draft::plain).collect();
            }
        }
        let figure = |at: &usize| claims[*at].1.first().map_or(0, |draft| draft.content.saying.number);
        let figures: Vec<u64> = tied.iter().map(figure).collect();
        let moved: Vec<(usize, u64)> = match (self.fit, self.form) {
            (Fit::ByChance, _) => Vec::new(),
            (_, Form::Sum) => vec![(tied[0], figures[1..].iter().sum())],
            // Among other answers, the greater comes one short of the lesser.
            (Fit::First, Form::AtMost) => vec![(tied[1], figures[0].saturating_sub(1))],
            (_, Form::AtMost | Form::Equal) => tied[1..].iter().map(|at| (*at, figures[0])).collect(),
        };
        moved.into_iter().for_each(|(at, figure)| move_figures(&mut claims[at].1, figure));
    }
}

/// Constraints among these claims: sums, orders and equalities of facts, none where no two claims can be tied.
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
    vec(ties(), 0..=3).prop_map(move |ties| {
        let constraint = |tie: &Tie| Some(tie.constraint(&tie.tied(&claims)?, &claims));
        ties.iter().filter_map(constraint).collect()
    })
}

/// Moves all figures of a claim so that the first becomes this one.
fn move_figures(drafts: &mut [Draft], to: u64) {
    let Some(from) = drafts.first().map(|draft| draft.content.saying.number) else { return };
    for draft in drafts {
        let number = &mut draft.content.saying.number;
        *number = (*number + to).saturating_sub(from);
    }
}
