//! The moments at which something was said on a claim, or taken back.

use std::collections::BTreeMap;

use super::context::Context;
use crate::model::date::{Date, Moment, Precision};
use crate::model::interval::Point;

/// What came to be known of a claim at one moment.
#[derive(Debug)]
pub(crate) struct Arrival {
    /// The moment, as the coarsest date that ends with it; nothing for what isn't dated.
    pub(crate) date: Option<Date>,
    /// The as-of date on which so much is known, and no more.
    pub(crate) as_of: Option<Date>,
    pub(crate) heard: Vec<u32>,
    pub(crate) withdrawn: Vec<u32>,
}

impl Context<'_> {
    /// What came to be known of a claim, moment by moment, up to the as-of date; what isn't dated comes
    /// first.
    pub(crate) fn arrivals(&self, claim: u32) -> Vec<Arrival> {
        let assertions: Vec<u32> = self.columns().assertions_of(claim).collect();
        let (lineage, _) = self.lineage(claim, &assertions);
        let mut moments: BTreeMap<Option<Moment>, (Vec<u32>, Vec<u32>)> = BTreeMap::new();
        for (assertion, said) in assertions.iter().zip(self.said_on(&lineage, &assertions)) {
            let said = said.map(|said| said.last);
            moments.entry(said).or_default().0.push(*assertion);
            if let Some(row) = self.index.retractions.get(assertion) {
                // What wasn't heard yet can't be withdrawn.
                let on = self.columns().retractions[*row].on.map(Date::last);
                moments.entry(on.max(said)).or_default().1.push(*assertion);
            }
        }
        let end = self.resolver.as_of;
        let before_the_first = match (moments.keys().find_map(|moment| *moment), end) {
            (Some(first), Some(end)) if end.last() < first => Some(end),
            (Some(first), _) => Some(before(first)),
            (None, _) => end,
        };
        let is_over =
            |moment: &Option<Moment>| moment.zip(end).is_some_and(|(moment, end)| moment > end.last());
        let moments = moments.into_iter().filter(|(moment, _)| !is_over(moment));
        let arrivals = moments.map(|(moment, (heard, withdrawn))| {
            let date = moment.map(Date::ending);
            Arrival { date, as_of: date.or(before_the_first), heard, withdrawn }
        });
        arrivals.collect()
    }
}

/// The day before a moment's own; before the calendar's first day, the moment before it.
fn before(moment: Moment) -> Date {
    let day = Date::ending(moment).at(Precision::Day).shift(-1);
    day.unwrap_or_else(|| Date::ending(moment.previous().unwrap_or(moment)))
}
