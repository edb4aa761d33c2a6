//! What was said, as people write it: in the speaker's own words, with the unit, digits in groups, dates in words.

use super::{AssertionRef, ClaimRef, Dossier};
use crate::model::assertion::Stance;
use crate::model::date::Date;
use crate::model::value::{Content, Hedge, Said};
use crate::wording::people::{date_for_people, dates_for_people, with_unit};
use crate::wording::{self, Length, grouped, split_best, with_best};

/// Longer words than these are put in ours.
const LONGEST_QUOTED: usize = 60;

/// A choice of up to four dates is written out, as in `3 May or 5 May 2024`. A longer one is given in canonical text.
const MOST_DATES: usize = 4;

impl AssertionRef<'_> {
    /// What the assertion says, for people; of a long list a few.
    pub(crate) fn for_people(self) -> String {
        self.for_people_of(Length::Few)
    }

    /// The same, with all that it lists.
    pub(crate) fn for_people_in_full(self) -> String {
        self.for_people_of(Length::Whole)
    }

    fn for_people_of(self, length: Length) -> String {
        let dossier = self.dossier;
        let value = dossier.columns.value[self.index as usize];
        let unit = self.unit_for_people();
        let unit = unit.as_deref();
        match (dossier.columns.content(self.index), self.stance()) {
            (Some(content), Stance::Denies) => match content {
                Content::YesNo(_) => self.in_words(length),
                _ => format!("anything but {}", dossier.content_for_people(content, unit, length)),
            },
            (None, _) => self.in_words(length),
            (Some(_), _) => dossier.value_for_people(value, unit, length),
        }
    }

    /// What the unit that the assertion was said in is called, else its claim's.
    fn unit_for_people(self) -> Option<String> {
        self.unit().or(self.claim().unit()).map(|unit| self.dossier.unit_for_people(unit))
    }

    /// When it was said, for people.
    pub(crate) fn date_for_people(self) -> Option<String> {
        Some(date_for_people(&self.date()?.to_string()))
    }
}

impl Dossier {
    /// A value in the words in which it was said, for people, where those are a figure's; else in ours.
    pub(crate) fn value_for_people(&self, value: u32, unit: Option<&str>, length: Length) -> String {
        let Some(row) = self.columns.values.get(value as usize) else { return String::new() };
        let said = self.columns.sayings.get_index(row.said as usize).map(str::trim).unwrap_or_default();
        if matches!(row.content, Content::Count(_) | Content::Quantity(_)) {
            if split_best(said).is_none() && is_quotable(said) {
                return in_unit(&grouped(&lowered(said)), unit);
            }
            if let Some((_, best)) = split_best(said) {
                let range = self.content_for_people(&row.content, None, length);
                return in_unit(&with_best(&range, &grouped(best)), unit);
            }
        }
        self.content_for_people(&row.content, unit, length)
    }

    /// A value's meaning in our words, for people: digits in groups, terms by their labels, dates in words.
    pub(crate) fn content_for_people(
        &self,
        content: &Content<u32>,
        unit: Option<&str>,
        length: Length,
    ) -> String {
        let canonical = || {
            let mut text = String::new();
            let _ = self.write_as(content, length, &mut text); // a string takes whatever is written
            text
        };
        match content {
            Content::Count(_) | Content::Quantity(_) => in_unit(&grouped(&canonical()), unit),
            Content::Date(said) => date_in_words(said).unwrap_or_else(canonical),
            Content::Terms(_) => {
                let label = |term: &u32| {
                    self.columns.terms.get_index(*term as usize).map_or("", |(_, row)| &*row.label)
                };
                let mut text = String::new();
                let _ = wording::write_named(content, label, length, &mut text);
                text
            }
            _ => canonical(),
        }
    }

    /// What a unit is called: a term's label where it names one, else its own words.
    pub(crate) fn unit_for_people(&self, unit: &str) -> String {
        let columns = &self.columns;
        let term = columns.term_names.find_unit(&columns.terms, unit);
        let label = term
            .and_then(|term| columns.terms.get_index(term as usize))
            .map(|(_, row)| row.label.to_string());
        label.unwrap_or_else(|| unit.replace(['-', '_'], " "))
    }
}

impl ClaimRef<'_> {
    /// What its unit is called, for people.
    pub(crate) fn unit_for_people(self) -> Option<String> {
        self.unit().map(|unit| self.dossier.unit_for_people(unit))
    }
}

/// A date, a hedged date, a stretch or a few of these, for people; nothing of many.
fn date_in_words(said: &Said<Date>) -> Option<String> {
    let date = |date: &Date| date_for_people(&date.to_string());
    let stretch = |from: &Date, to: &Date| match from == to {
        true => date(from),
        false => dates_for_people(&from.to_string(), &to.to_string()),
    };
    Some(match said {
        Said::Hedged(Hedge::AtLeast, day) => format!("{} or later", date(day)),
        Said::Hedged(Hedge::AtMost, day) => format!("{} or earlier", date(day)),
        Said::Hedged(Hedge::MoreThan, day) => format!("after {}", date(day)),
        Said::Hedged(Hedge::FewerThan, day) => format!("before {}", date(day)),
        Said::Hedged(Hedge::About, day) => format!("about {}", date(day)),
        Said::Hedged(_, day) => date(day),
        Said::Between(from, to) => stretch(from, to),
        Said::AboutBetween(from, to) => format!("about {}", stretch(from, to)),
        Said::Both(Hedge::About, from, Hedge::AtMost, to) => format!("about {} to {}", date(from), date(to)),
        Said::Both(Hedge::AtLeast, from, Hedge::About, to) => format!("{} to about {}", date(from), date(to)),
        Said::Part(part, from, to) => format!("{} {}", part.words(), stretch(from, to)),
        // A hedge of one of several isn't to be taken for that of all.
        Said::AnyOf(parts) if parts.len() <= MOST_DATES && parts.iter().all(Said::is_unhedged) => {
            parts.iter().map(date_in_words).collect::<Option<Vec<String>>>()?.join(" or ")
        }
        _ => return None,
    })
}

fn in_unit(figure: &str, unit: Option<&str>) -> String {
    unit.map_or_else(|| figure.to_owned(), |unit| with_unit(figure, unit))
}

/// Whether words can be shown as they were said: short, in one line, with nothing in it that would be taken for markup.
fn is_quotable(said: &str) -> bool {
    !said.is_empty()
        && said.len() <= LONGEST_QUOTED
        && !said.chars().any(|c| c.is_control() || "`[]<>*_#|\\".contains(c))
}

/// Without the capital letter of a sentence's beginning.
fn lowered(said: &str) -> String {
    let mut letters = said.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(said.chars().skip(1)).collect()
        }
        _ => said.to_owned(),
    }
}
