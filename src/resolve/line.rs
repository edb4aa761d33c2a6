//! What differs between kinds of claims: the line that their answers lie on, and how a stretch of it is put in words.

use std::ops::Bound;

use rust_decimal::Decimal;

use super::examine::Bench;
use crate::model::date::Moment;
use crate::model::interval::{Point, Ranges};
use crate::model::term::Terms;
use crate::model::value::{AnswerSet, Content, Said};
use crate::report::{Dispute, Words};

/// A line of answers, as the judgement of a claim needs it.
pub(super) struct Line<P: 'static> {
    pub(super) of: fn(&AnswerSet) -> Option<&Ranges<P>>,
    pub(super) wrap: fn(Ranges<P>) -> AnswerSet,
    /// Words for a set that nobody put words to; nothing where there is nothing to say.
    pub(super) say: fn(&Bench<'_>, &Ranges<P>) -> Option<Words>,
    /// What can be printed when everything within this common ground is disputed.
    pub(super) safe: fn(&Bench<'_>, &Ranges<P>) -> Option<Ranges<P>>,
    /// How far two answers are apart.
    pub(super) difference: Option<fn(P, P) -> String>,
    /// Whether what lies between two answers lies between them in the world too.
    pub(super) is_ordered: bool,
    /// What a dispute is, unless one of two answers must be true.
    pub(super) dispute: Dispute,
}

impl Bench<'_> {
    /// Words for a set of answers, whoever said what of it; nothing where there is nothing to say.
    #[cfg(feature = "proptest")]
    pub(crate) fn in_words(&self, answers: &AnswerSet) -> Option<Words> {
        match answers {
            AnswerSet::Counts(set) => (COUNTS.say)(self, set),
            AnswerSet::Quantities(set) => (QUANTITIES.say)(self, set),
            AnswerSet::Dates(set) => (DATES.say)(self, set),
            AnswerSet::YesNo(set) => (YES_NO.say)(self, set),
            AnswerSet::Terms(set) => (TERMS.say)(self, set),
            AnswerSet::Texts(set) => (TEXTS.say)(self, set),
        }
    }
}

macro_rules! of {
    ($variant:ident) => {
        |set| match set {
            AnswerSet::$variant(ranges) => Some(ranges),
            _ => None,
        }
    };
}

pub(super) static COUNTS: Line<u64> = Line {
    of: of!(Counts),
    wrap: AnswerSet::Counts,
    say: |_, set| said(set.is_everything(), || Content::Count(Said::describing(set))),
    safe: |_, set| floor_or_ceiling(set, |low| low > 0),
    difference: Some(|most, least| (most - least).to_string()),
    is_ordered: true,
    dispute: Dispute::Contrary,
};

pub(super) static QUANTITIES: Line<Decimal> = Line {
    of: of!(Quantities),
    wrap: AnswerSet::Quantities,
    say: |_, set| said(set.is_everything(), || Content::Quantity(Said::describing(set))),
    safe: |_, set| floor_or_ceiling(set, |low| low > Decimal::ZERO),
    difference: Some(|most, least| most.saturating_sub(least).normalize().to_string()),
    is_ordered: true,
    dispute: Dispute::Contrary,
};

pub(super) static DATES: Line<Moment> = Line {
    of: of!(Dates),
    wrap: AnswerSet::Dates,
    say: |_, set| said(set.is_everything(), || Content::Date(Said::describing(set))),
    safe: |_, set| (!set.is_everything()).then(|| set.clone()),
    difference: Some(time_between),
    is_ordered: true,
    dispute: Dispute::Contrary,
};

pub(super) static YES_NO: Line<bool> = Line {
    of: of!(YesNo),
    wrap: AnswerSet::YesNo,
    say: |_, set| set.is_exact().map(|yes| Words::Said(Content::YesNo(yes))),
    safe: |_, _| None,
    difference: None,
    is_ordered: false,
    dispute: Dispute::Contrary,
};

pub(super) static TERMS: Line<u32> = Line {
    of: of!(Terms),
    wrap: AnswerSet::Terms,
    say: terms,
    safe: |bench, set| {
        let term = bench.ground.taxonomy.nearest_broader(set)?;
        Some(
            bench
                .ground
                .taxonomy
                .answers(&Terms { anything_but: false, any_of: Box::new([(term, Box::default())]) }),
        )
    },
    difference: None,
    is_ordered: false,
    dispute: Dispute::Contrary,
};

pub(super) static TEXTS: Line<u32> = Line {
    of: of!(Texts),
    wrap: AnswerSet::Texts,
    say: texts,
    safe: |_, _| None,
    difference: None,
    is_ordered: false,
    dispute: Dispute::Wording,
};

fn said(says_nothing: bool, content: impl FnOnce() -> Content<u32>) -> Option<Words> {
    (!says_nothing).then(|| Words::Said(content()))
}

/// "At least" the lower end where that says something, else "at most" the upper end.
fn floor_or_ceiling<P: Point>(set: &Ranges<P>, says_something: fn(P) -> bool) -> Option<Ranges<P>> {
    let span = set.span()?;
    match (span.low(), span.high()) {
        (low @ (Bound::Included(point) | Bound::Excluded(point)), _) if says_something(point) => {
            Some((low, Bound::Unbounded).into())
        }
        (_, Bound::Unbounded) => None,
        (_, high) => Some((Bound::Unbounded, high).into()),
    }
}

/// Days where there are any, else minutes.
fn time_between(last: Moment, first: Moment) -> String {
    let (figure, unit) = match last.days_since(first) {
        0 => (last.minutes_since(first), "minute"),
        days => (days, "day"),
    };
    format!("{figure} {unit}{}", if figure == 1 { "" } else { "s" })
}

/// Terms in the order in which they were declared, then those that nobody declared.
fn terms(bench: &Bench<'_>, set: &Ranges<u32>) -> Option<Words> {
    bench.ground.taxonomy.describe(set).map(|terms| in_order(bench, terms))
}

/// The same for stretches that don't overlap, each of which is all that some term leaves possible: so those are the terms.
pub(super) fn whole_terms(bench: &Bench<'_>, stretches: impl Iterator<Item = (u64, u64)>) -> Option<Words> {
    let taxonomy = &bench.ground.taxonomy;
    let whole = |(low, high): (u64, u64)| {
        let term = taxonomy.beginning_at(low)?;
        let (from, to) = taxonomy.stretch_of(term);
        ((low, high.checked_add(1)?) == (from.into(), to.into())).then(|| (term, Box::default()))
    };
    let any_of: Vec<_> = stretches.map(whole).collect::<Option<_>>()?;
    (!any_of.is_empty()).then(|| in_order(bench, Terms { anything_but: false, any_of: any_of.into() }))
}

fn in_order(bench: &Bench<'_>, mut terms: Terms<u32>) -> Words {
    terms.any_of.sort_by_key(|(term, _)| {
        let row = bench.dossier.columns.terms.get_index(*term as usize);
        // When a value first named a term depends on what else was said; its name doesn't.
        row.map(|(id, row)| if row.declared { (false, *term, "") } else { (true, 0, id) })
    });
    Words::Said(Content::Terms(terms))
}

/// Texts that are possible, or that aren't, in alphabetical order for the same reason.
fn texts(bench: &Bench<'_>, set: &Ranges<u32>) -> Option<Words> {
    let anything_but = set.span().is_some_and(|span| span.high() == Bound::Unbounded);
    let listed = if anything_but { set.complement() } else { set.clone() };
    let mut texts = Vec::new();
    for interval in listed.intervals() {
        if let (Bound::Included(from), Bound::Included(to)) = (interval.low(), interval.high()) {
            texts.extend(from..=to);
        }
    }
    texts.sort_by_key(|text| bench.dossier.columns.texts.get_index(*text as usize));
    (!texts.is_empty()).then_some(Words::Texts { anything_but, texts })
}
