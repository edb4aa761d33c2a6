//! How values are read into a dossier: what was said, in the terms of its claim.

use super::Dossier;
use super::columns::{Columns, NONE, TermRow, ValueRow, index};
use crate::error::Shown;
use crate::model::assertion::Stance;
use crate::model::claim::Kind;
use crate::model::date::Date;
use crate::model::term::Terms;
use crate::model::value::{Approximation, Content};
use crate::wording;

impl Dossier {
    /// Reads a value, and keeps the words where they aren't the canonical text.
    pub(crate) fn read_value(
        &mut self,
        kind: Kind,
        text: &str,
        published: Option<Date>,
        stance: Stance,
    ) -> Result<u32, String> {
        let id = |name: &str| self.columns.terms.get_index_of(name).map(index);
        let (content, is_canonical) = match wording::read_fast(kind, text, id) {
            Some(plain) => plain,
            None => self.read_wording(kind, text, published)?,
        };
        if stance == Stance::Denies {
            deniable(&content, text)?;
        }
        let columns = &mut self.columns;
        let said = if is_canonical { NONE } else { columns.sayings.insert(text) };
        columns.values.push(ValueRow { content, said });
        Ok(index(columns.values.len() - 1))
    }

    /// Reads what may be said in any words, and says whether it is the canonical text.
    fn read_wording(
        &mut self,
        kind: Kind,
        text: &str,
        published: Option<Date>,
    ) -> Result<(Content<u32>, bool), String> {
        let columns = &self.columns;
        // In another case, words that join names may do so: `search or rescue` beside `Search or Rescue`.
        let is_term = |name: &str| columns.term_names.find_exactly(&columns.terms, name).is_some();
        let read = wording::read_canonical(kind, text, published, &is_term);
        let (content, is_canonical) = read.map_err(|error| error.to_string())?;
        let interned = self.intern(&content)?;
        // Canonical text names terms by id, and who said so may have used a label.
        let is_canonical = is_canonical
            && match (&interned, &content) {
                (Content::Terms(known), Content::Terms(said)) => {
                    known.each().zip(said.each()).all(|(term, name)| self.term_id(*term) == &**name)
                }
                _ => true,
            };
        Ok((interned, is_canonical))
    }

    /// Replaces the names in a value by numbers, taking terms in that nobody declared.
    ///
    /// Nothing is taken in before all is known to be right, so that what is refused leaves nothing behind.
    fn intern(&mut self, content: &Content<Box<str>>) -> Result<Content<u32>, String> {
        if let Content::Terms(terms) = content {
            self.check_terms(terms)?;
        }
        let is_text = matches!(content, Content::Text(_));
        Ok(content.map(|name| {
            if is_text {
                return self.columns.texts.insert(name);
            }
            let Columns { terms, term_names, .. } = &mut self.columns;
            if let Some(at) = term_names.find(terms, name).flatten() {
                term_names.mark_alike(terms, name, at);
                return at;
            }
            let row =
                TermRow { label: name.clone(), broader: None, aliases: Box::default(), declared: false };
            let at = terms.insert_with(name, || row);
            term_names.bring(name, at);
            at
        }))
    }

    /// The term that a name in a value stands for: by its id, label or alias, or by one of these
    /// folded, which several terms may share.
    fn named(&self, name: &str) -> Option<Option<u32>> {
        self.columns.term_names.find(&self.columns.terms, name)
    }

    /// Refuses a label of several terms, and what is left out of a term that it doesn't fall under.
    fn check_terms(&self, terms: &Terms<Box<str>>) -> Result<(), String> {
        if let Some(label) = terms.each().find(|name| self.named(name) == Some(None)) {
            return Err(format!("several terms are called {}; name one by its id", Shown(label)));
        }
        let above = |term: &u32| self.columns.terms[*term as usize].broader;
        for (term, except) in &terms.any_of {
            let whole = self.named(term).flatten();
            for narrower in except {
                // A term that nobody declared falls under none.
                let part = self.named(narrower).flatten();
                if !std::iter::successors(part.as_ref().and_then(above), above)
                    .any(|above| Some(above) == whole)
                {
                    return Err(format!(
                        "{} doesn't fall under {}, so it can't be left out of it",
                        Shown(narrower),
                        Shown(term)
                    ));
                }
            }
        }
        Ok(())
    }
}

/// Refuses to deny what leaves nothing else possible.
pub(super) fn deniable<T>(content: &Content<T>, text: &str) -> Result<(), String> {
    match content.answers(Approximation::default()) {
        Some(answers) if answers.complement().is_empty() => {
            Err(format!("denying {} leaves nothing possible", Shown(text)))
        }
        _ => Ok(()),
    }
}
