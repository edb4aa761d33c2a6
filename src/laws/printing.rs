//! The laws of what is printed: whom it names, and what it rests on.

use super::Law;
use super::broken::Broken;
use crate::dossier::Dossier;
use crate::model::interval::Ranges;
use crate::model::value::{AnswerSet, Content};
use crate::outcome::{AccountDetails, Answer, Verdict, Words};
use crate::report::Finding;
use crate::resolve::Resolver;

/// Whoever is named beside an answer states it, as it was said or as it is read.
///
/// That holds of those whom a finding credits, of those who state an account's answer, and of every name in what is printed.
///
/// # Errors
///
/// When somebody is named beside an answer that they merely don't contradict.
pub fn credit_is_stated(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let report = resolver.resolve(dossier);
    for finding in report.findings() {
        let broken = |name: &str, answer: &str| {
            let expected = format!("only those who say {answer} are named beside it");
            let found = format!("{name} is, on {}", finding.claim().id());
            Err(Broken::new(Law::CreditIsStated, dossier, expected, found))
        };
        let safe = finding.safe_wording().unwrap_or_default();
        let printed = finding.safe_words().and_then(|words| set_of(finding, &words));
        for source in finding.credit() {
            if !states(finding, source.index, &safe, printed.as_ref()) {
                return broken(source.name(), &safe);
            }
        }
        for (account, details) in finding.accounts().zip(&finding.details().accounts) {
            for source in account.stated_by() {
                if !states(finding, source.index, &account.answer(), Some(&details.answers)) {
                    return broken(source.name(), &account.answer());
                }
            }
        }
        let credited = |name: &str| finding.credit().any(|source| source.name().contains(name));
        let relays = |name: &str| {
            finding.claim().assertions().any(|said| said.via().any(|relay| relay.name().contains(name)))
        };
        let print = finding.print().unwrap_or_default();
        let is_in_the_answer =
            |name: &str| finding.claim().assertions().any(|said| said.for_people().contains(name));
        for source in
            dossier.sources().filter(|source| print.contains(source.name()) && !source.name().is_empty())
        {
            if !credited(source.name()) && !relays(source.name()) && !is_in_the_answer(source.name()) {
                return broken(source.name(), &safe);
            }
        }
    }
    Ok(())
}

/// What is printed is backed: every answer that it excludes without naming anybody is excluded by at least two known sides, and
/// what is printed of a dispute holds whichever account is right.
///
/// Which sides count beside relays that answer too is another matter; there it is enough that two speak.
///
/// # Errors
///
/// When one side's word alone excludes an answer, and nobody is named for it; or when some account's answer is excluded.
pub fn print_is_backed(resolver: &Resolver, dossier: &Dossier) -> Result<(), Broken> {
    let report = resolver.resolve(dossier);
    for finding in report.findings() {
        let Some(print) = finding.print() else { continue };
        let Some(printed) = finding.safe_words().and_then(|words| set_of(finding, &words)) else { continue };
        let broken = |expected: &str, found: String| {
            Err(Broken::new(
                Law::PrintIsBacked,
                dossier,
                expected,
                format!("{found}, on {}", finding.claim().id()),
            ))
        };
        if finding.verdict() == Verdict::Disputed {
            let accounts = &finding.details().accounts;
            let excluded = accounts.iter().find(|account| !may_be_right(finding, account, &printed));
            if let Some(account) = excluded {
                return broken(
                    "what is printed of a dispute holds whichever account is right",
                    format!("{print} excludes {:?}", account.answers),
                );
            }
        } else if finding.credit().len() == 0
            && !printed.complement().entails(&excluded_by_two_sides(finding, &printed))
        {
            return broken("two known sides exclude whatever is printed as excluded", print);
        }
    }
    Ok(())
}

/// Whether a source says just this in a statement that stands, as said or as read.
fn states(finding: Finding<'_>, source: u32, answer: &str, set: Option<&AnswerSet>) -> bool {
    standing(finding).filter(|said| said.sources.contains(&source)).any(|said| {
        let assertion = finding.assertion(said.assertion);
        assertion.to_string() == answer || Some(&said.read) == set || as_said(finding, said).as_ref() == set
    })
}

fn standing(finding: Finding<'_>) -> impl Iterator<Item = &Answer> {
    finding.details().answers.iter().filter(|answer| answer.stands)
}

/// What at least two known sides exclude together.
fn excluded_by_two_sides(finding: Finding<'_>, printed: &AnswerSet) -> AnswerSet {
    let context = finding.context();
    let nothing = printed.everything().complement();
    let mut by_side: Vec<(u32, AnswerSet)> = Vec::new();
    for said in standing(finding) {
        let excluded = with_named_ends(finding, said).complement();
        for source in &said.sources {
            let side = context.side(*source);
            if context.is_unknown(side) {
                continue;
            }
            match by_side.iter_mut().find(|(known, _)| *known == side) {
                Some((_, all)) => *all = all.join(&excluded),
                None => by_side.push((side, excluded.clone())),
            }
        }
    }
    let pairs = by_side
        .iter()
        .enumerate()
        .flat_map(|(nth, one)| by_side[..nth].iter().map(move |other| (one, other)));
    pairs.fold(nothing, |all, ((_, one), (_, other))| all.join(&one.meet(other)))
}

/// What a statement leaves possible as it is read, but for the leeway of a tolerance: its ends aren't printed.
fn with_named_ends(finding: Finding<'_>, said: &Answer) -> AnswerSet {
    let Some(as_said) = as_said(finding, said) else { return said.read.clone() };
    let read = &said.read;
    match (read.or_fewer().is_everything(), read.or_more().is_everything()) {
        // Denied figures, between which nothing is left.
        (true, true) => read.meet(&as_said),
        (true, false) => read.meet(&as_said.or_more()),
        (false, true) => read.meet(&as_said.or_fewer()),
        (false, false) => read.meet(&as_said.or_fewer()).meet(&as_said.or_more()),
    }
}

/// Whether what is printed holds if an account is right: all that the account leaves possible but for the leeway of a
/// tolerance, and where that is nothing, some of it.
fn may_be_right(finding: Finding<'_>, account: &AccountDetails, printed: &AnswerSet) -> bool {
    let own = standing(finding)
        .filter(|said| !said.sources.is_empty() && account.assertions.binary_search(&said.assertion).is_ok());
    let named = own.fold(account.answers.clone(), |all, said| all.meet(&with_named_ends(finding, said)));
    if named.is_empty() { !account.answers.meet(printed).is_empty() } else { named.entails(printed) }
}

/// What an assertion leaves possible as it was said, where it is in the claim's own words and unit.
fn as_said(finding: Finding<'_>, said: &Answer) -> Option<AnswerSet> {
    finding.context().said_set(finding.claim_index(), said.assertion)
}

/// The answers that words stand for.
fn set_of(finding: Finding<'_>, words: &Words) -> Option<AnswerSet> {
    let context = finding.context();
    let of_content = |content: &Content<u32>| match content {
        Content::Terms(terms) => Some(AnswerSet::Terms(context.term_set(terms))),
        Content::Text(text) => Some(AnswerSet::Texts(Ranges::exactly(*text))),
        _ => content.answers(context.resolver.approximation),
    };
    match words {
        Words::Value(value) => of_content(&context.columns().values.get(*value as usize)?.content),
        Words::Said(content) => of_content(content),
        Words::Of(assertion) => context.said_set(finding.claim_index(), *assertion),
        Words::Texts { anything_but, texts } => {
            let texts = AnswerSet::Texts(
                texts.iter().map(|text| Ranges::exactly(*text).span()).collect::<Option<_>>()?,
            );
            Some(if *anything_but { texts.complement() } else { texts })
        }
        Words::Anything => None,
    }
}
