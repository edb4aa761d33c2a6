//! The rule `latest word`.

use super::{Reading, Rule, Testimony};
use crate::wording::people::possessive;
use crate::wording::{few_in_a_row, sentences};

/// Sets aside a named source's earlier answer, once it has given a later one. A standard rule; its name is
/// `latest word`.
///
/// A later answer counts as one when it is on the same claim, by the same source, in the same unit, and on a
/// date that doesn't overlap the earlier one's. Both have to affirm or deny something, and neither may be
/// withdrawn. One that is stated to describe an earlier moment ("on the 3rd it was 40") replaces nothing.
///
/// Whoever repeats somebody else's answer as their own no longer stands by one of theirs that can't be true
/// beside it. And whoever contradicts what they said themselves, in an assertion that says it was derived
/// from that, has revised it.
///
/// A source leaves a joint statement when it has a later word. The others still stand by it.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, rules};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("mayor", "The mayor of Varn"))?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "30").by("mayor").asserted("2031-04-01"))?;
/// flood.record(Assertion::new("missing", "12").by("mayor").asserted("2031-04-03"))?;
///
/// let report = Resolver::without_rules().with_rule(rules::LatestWord).resolve(&flood);
/// let missing = report.finding("missing").ok_or("no such claim")?;
/// assert_eq!(missing.common_ground().as_deref(), Some("12"));
/// let aside = missing.set_aside().next().ok_or("nothing")?;
/// assert_eq!(aside.reason(), "replaced by its 12 (3 April 2031)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What it doesn't touch
///
/// Falling silent takes nothing back, and neither does "we don't know". An anonymous source has no later
/// word: two officials who aren't named may be two people.
///
/// ```
/// use corroborate::{Assertion, Claim, Dossier, Resolver, Source, Verdict};
///
/// let mut flood = Dossier::new("Flood at Varn");
/// flood.add_source(Source::new("official", "An official").anonymous())?;
/// flood.add_claim(Claim::count("missing", "How many people are missing?"))?;
/// flood.record(Assertion::new("missing", "30").by("official").asserted("2031-04-01"))?;
/// flood.record(Assertion::new("missing", "12").by("official").asserted("2031-04-03"))?;
///
/// let report = Resolver::standard().resolve(&flood);
/// assert_eq!(report.finding("missing").ok_or("no such claim")?.verdict(), Verdict::Disputed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Limits
///
/// It goes by dates. Undated answers, and answers of one day, all stand, unless one was derived from the
/// other. Two sources of one side don't replace each other's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LatestWord;

impl Rule for LatestWord {
    fn name(&self) -> &str {
        "latest word"
    }

    fn read(&self, testimony: &Testimony<'_>) -> Reading {
        let mut words = testimony.later_words();
        let Some((_, word)) = words.next() else { return Reading::as_said() };
        let by: Vec<String> = testimony.assertion().by().map(|source| source.name().to_owned()).collect();
        let later: Vec<String> =
            testimony.later_words().map(|(source, _)| source.name().to_owned()).collect();
        let whose = if by == later {
            sentences::its_own(&by).to_owned()
        } else {
            few_in_a_row(later.iter().map(|name| possessive(name)), " and ")
        };
        let reason = sentences::replaced_by(&whose, &word.for_people(), word.date_for_people().as_deref());
        Reading::without(testimony.later_words().map(|(source, _)| source), reason)
    }
}
