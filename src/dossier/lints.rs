//! What is worth a look in a record that is sound.

mod claims;
mod names;

use super::Dossier;
use crate::model::lint::{Lint, LintKind, LintLevel};
use crate::wording::{few_in_a_row, named};

impl Dossier {
    /// What can be read in two ways, and was read in the cautious one: a [`Lint`] for each, with what to do.
    ///
    /// They move no verdict. Figures of a growing toll, say, contradict one another until the claim says that
    /// it is rising; here is the question whether it is. Of thousands of one kind the first few are told one
    /// by one.
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
        lints.extend(claims::lints(self));
        // Lints come before notes; among each the order is that of the record.
        lints.sort_by_key(|lint| lint.level() == LintLevel::Note);
        lints
    }
}

/// Things of one kind that are worth a look: the first few, and how many there are.
struct Examples {
    kind: LintKind,
    advice: &'static str,
    count: usize,
    /// Where they are, and what is there. One more than is shown of many.
    first: Vec<(Option<String>, String)>,
}

impl Examples {
    fn of(kind: LintKind, advice: &'static str) -> Self {
        Self { kind, advice, count: 0, first: Vec::new() }
    }

    /// Adds an example. Its words are made only if it is among the first.
    fn add(&mut self, example: impl FnOnce() -> (Option<String>, String)) {
        self.count += 1;
        if self.count == self.first.len() + 1 && named(self.count) == self.count {
            self.first.push(example());
        }
    }

    /// A line for each of a few; of many for the first few, and how many more there are.
    fn lints(self) -> impl Iterator<Item = Lint> {
        let Self { kind, advice, count, first } = self;
        let shown = named(count);
        let more = (count > shown).then(|| {
            let more = crate::wording::grouped(&(count - shown).to_string());
            (None, format!("{more} more like these"))
        });
        let all = first.into_iter().take(shown).chain(more);
        all.map(move |(place, text)| Lint::new(kind, place, text).with_advice(advice))
    }
}

/// Ids or values in backticks, a few of many.
fn quoted<T: AsRef<str>>(texts: impl ExactSizeIterator<Item = T>) -> String {
    few_in_a_row(texts.map(|text| format!("`{}`", text.as_ref())), ", ")
}
