//! What is worth a look in a record that is sound.

mod claims;
mod names;

use super::Dossier;
use crate::model::lint::{Lint, LintKind, LintLevel};
use crate::wording::{few_in_a_row, named};

impl Dossier {
    /// What can be read in two ways, and was read in the cautious one: a [`Lint`] for each, with what to do.
    ///
    /// They move no verdict. Figures of a growing toll, say, contradict one another until the claim says that it is
    /// rising; here is the question whether it is. Of thousands of one kind the first few are told one by one.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, LintKind, Source};
    ///
    /// let mut flood = Dossier::new("Flood at Varn");
    /// flood.add_claim(Claim::count("dead", "How many people died?"))?;
    /// for (by, day, figure) in [("mayor", "2031-04-01", "3"), ("police", "2031-04-02", "12"), ("brigade", "2031-04-04", "15")] {
    ///     flood.add_source(Source::new(by, by))?;
    ///     flood.record(Assertion::new("dead", figure).by(by).asserted(day))?;
    /// }
    /// let lints = flood.lints();
    /// assert_eq!(lints[0].kind(), LintKind::OnlyRises);
    /// assert_eq!(lints[0].text(), "later figures on `dead` only rise: 3, 12, 15");
    /// # Ok::<(), corroborate::Error>(())
    /// ```
    pub fn lints(&self) -> Vec<Lint> {
        let mut lints = self.lints.clone();
        lints.extend(self.lints_of_names());
        lints.extend(claims::lints(&self.columns));
        // Lints come before notes; among each the order is that of the record.
        lints.sort_by_key(|lint| lint.level() == LintLevel::Note);
        lints
    }
}

/// A line for each of a few things of one kind; of many for the first few, and how many more there are.
fn of_kind(kind: LintKind, advice: &str, found: Vec<(Option<String>, String)>) -> Vec<Lint> {
    let (count, shown) = (found.len(), named(found.len()));
    let mut lints: Vec<Lint> = found
        .into_iter()
        .take(shown)
        .map(|(place, text)| Lint::new(kind, place, text).with_advice(advice))
        .collect();
    if count > shown {
        let more = crate::wording::grouped(&(count - shown).to_string());
        lints.push(Lint::new(kind, None, format!("{more} more like these")).with_advice(advice));
    }
    lints
}

/// Ids or values in backticks, a few of many.
fn quoted<T: AsRef<str>>(texts: impl ExactSizeIterator<Item = T>) -> String {
    few_in_a_row(texts.map(|text| format!("`{}`", text.as_ref())), ", ")
}
