//! What a report holds of each claim: all that a brief report prints, in numbers.
//!
//! The rest (lists of assertions, what was set aside, notices, reasons) is found again when somebody asks for it. So a
//! million findings take little room, and no words are made that nobody reads.

use super::words::Words;
use super::{Dispute, Outcome, Verdict};
use crate::dossier::columns::index;
use crate::resolve::Bench;

/// A stretch of a list: where it begins, and how long it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Few {
    from: u32,
    len: u32,
}

impl Few {
    fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.from as usize..(self.from + self.len) as usize).unwrap_or_default()
    }

    pub(crate) fn len(self) -> usize {
        self.len as usize
    }
}

/// How an answer is to be put, once somebody reads it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Put {
    #[default]
    Nothing,
    /// In the words of an assertion that said just that.
    Of(u32),
    /// In the words of a value.
    Value(u32),
    /// In words made for a stretch of its claim's line: of an account what it leaves possible, of a finding what lies from
    /// its first account to its last.
    Stretch,
    /// In words made for that stretch and all behind it, or before it.
    From,
    UpTo,
    /// In words for everything that some account leaves possible.
    Union,
    /// By the name of a term.
    Term(u32),
    /// In words that are made already.
    Made(u32),
}

impl Put {
    /// The stretch that words are to be made for, given the accounts that it is about.
    pub(crate) fn stretch(self, accounts: &[BriefAccount]) -> Option<(u64, u64)> {
        let low = accounts.iter().map(|account| account.low).min()?;
        let high = accounts.iter().map(|account| account.high).max()?;
        match self {
            Self::Stretch => Some((low, high)),
            Self::From => Some((low, u64::MAX)),
            Self::UpTo => Some((0, high)),
            _ => None,
        }
    }
}

/// The finding on one claim.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Brief {
    pub(crate) verdict: Verdict,
    pub(crate) dispute: Option<Dispute>,
    pub(crate) within_one_side: Option<bool>,
    pub(crate) common_ground: Put,
    pub(crate) safe_wording: Put,
    pub(crate) sides: Few,
    pub(crate) credit: Few,
    pub(crate) accounts: Few,
    pub(crate) spread: Few,
    pub(crate) accounts_total: u32,
    pub(crate) unattributed: u32,
    pub(crate) withheld: u32,
    pub(crate) does_not_know: u32,
    pub(crate) echoes: u32,
    pub(crate) set_aside: u32,
}

impl Brief {
    /// Of a claim of which nothing is known.
    pub(crate) const UNADDRESSED: Self = Self {
        verdict: Verdict::Unaddressed,
        dispute: None,
        within_one_side: None,
        common_ground: Put::Nothing,
        safe_wording: Put::Nothing,
        sides: Few { from: 0, len: 0 },
        credit: Few { from: 0, len: 0 },
        accounts: Few { from: 0, len: 0 },
        spread: Few { from: 0, len: 0 },
        accounts_total: 0,
        unattributed: 0,
        withheld: 0,
        does_not_know: 0,
        echoes: 0,
        set_aside: 0,
    };
}

/// One of its accounts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BriefAccount {
    pub(crate) answer: Put,
    /// What it leaves possible, of a claim that was judged in numbers.
    pub(crate) low: u64,
    pub(crate) high: u64,
    pub(crate) sides: Few,
    pub(crate) sources: Few,
    #[cfg_attr(not(feature = "json"), expect(dead_code, reason = "only files count them"))]
    pub(crate) assertions: u32,
}

/// The findings on some claims that follow one another.
#[derive(Debug, Default)]
pub(crate) struct Briefs {
    pub(crate) briefs: Vec<Brief>,
    accounts: Vec<BriefAccount>,
    /// Sides and sources.
    who: Vec<u32>,
    texts: String,
    made: Vec<Words>,
}

impl Briefs {
    /// None yet, with room for so many, as most dossiers need it.
    pub(crate) fn with_room(claims: usize, assertions: usize) -> Self {
        Self {
            briefs: Vec::with_capacity(claims),
            accounts: Vec::with_capacity(assertions / 2),
            who: Vec::with_capacity(assertions * 3),
            texts: String::with_capacity(claims * 4),
            made: Vec::new(),
        }
    }

    /// Forgets everything, and keeps its room.
    pub(crate) fn clear(&mut self) {
        let Self { briefs, accounts, who, texts, made } = self;
        briefs.clear();
        accounts.clear();
        who.clear();
        texts.clear();
        made.clear();
    }

    /// Adds sides or sources.
    pub(crate) fn who(&mut self, who: impl IntoIterator<Item = u32>) -> Few {
        let from = self.who.len();
        self.who.extend(who);
        Few { from: index(from), len: index(self.who.len() - from) }
    }

    /// Adds an account to those of the claim that comes next.
    pub(crate) fn account(&mut self, account: BriefAccount) {
        self.accounts.push(account);
    }

    /// The accounts that were added since there were so many.
    pub(crate) fn accounts_since(&self, from: usize) -> Few {
        Few { from: index(from), len: index(self.accounts.len() - from) }
    }

    pub(crate) fn accounts_so_far(&self) -> usize {
        self.accounts.len()
    }

    /// Adds a text.
    pub(crate) fn text(&mut self, write: impl FnOnce(&mut String)) -> Few {
        let from = self.texts.len();
        write(&mut self.texts);
        Few { from: index(from), len: index(self.texts.len() - from) }
    }

    /// Adds words that are made already.
    pub(crate) fn words(&mut self, words: Words) -> Put {
        match words {
            Words::Of(assertion) => Put::Of(assertion),
            words => {
                self.made.push(words);
                Put::Made(index(self.made.len() - 1))
            }
        }
    }

    /// Adds what was found of a claim in the general way.
    pub(crate) fn push(&mut self, found: &Outcome) {
        let from = self.accounts.len();
        for account in &found.accounts {
            let account = BriefAccount {
                answer: self.words(account.answer.clone()),
                low: 0,
                high: 0,
                sides: self.who(account.sides.iter().copied()),
                sources: self.who(account.sources.iter().copied()),
                assertions: index(account.assertions.len()),
            };
            self.accounts.push(account);
        }
        let mut put = |words: &Option<Words>| words.clone().map_or(Put::Nothing, |words| self.words(words));
        let (common_ground, safe_wording) = (put(&found.common_ground), put(&found.safe_wording));
        let brief = Brief {
            verdict: found.verdict,
            dispute: found.dispute,
            within_one_side: found.within_one_side,
            common_ground,
            safe_wording,
            sides: self.who(found.sides.iter().copied()),
            credit: self.who(found.credit.iter().copied()),
            accounts: self.accounts_since(from),
            spread: self.text(|texts| texts.push_str(found.spread.as_deref().unwrap_or_default())),
            accounts_total: index(found.accounts_total),
            unattributed: index(found.unattributed.len()),
            withheld: index(found.withheld.len()),
            does_not_know: index(found.does_not_know.len()),
            echoes: index(found.echoes.len()),
            set_aside: index(found.set_aside.len()),
        };
        self.briefs.push(brief);
    }

    /// Sides or sources of a finding or an account.
    pub(crate) fn these(&self, who: Few) -> &[u32] {
        who.of(&self.who)
    }

    /// The accounts of a finding.
    pub(crate) fn accounts(&self, brief: &Brief) -> &[BriefAccount] {
        brief.accounts.of(&self.accounts)
    }

    /// How far its accounts are apart, if they are.
    pub(crate) fn spread(&self, brief: &Brief) -> Option<&str> {
        let Few { from, len } = brief.spread;
        self.texts.get(from as usize..(from + len) as usize).filter(|text| !text.is_empty())
    }

    /// All that is said of the first finding, in text.
    #[cfg(all(test, feature = "proptest"))]
    pub(crate) fn shown(&self, bench: &Bench<'_>, claim: u32) -> String {
        let Some(brief) = self.briefs.first() else { return String::new() };
        let text = |put, of| self.put(bench, claim, of, put).map(|words| words.text(bench.dossier));
        let all = self.accounts(brief);
        let accounts = all.iter().map(|account| {
            (
                text(account.answer, std::slice::from_ref(account)),
                self.these(account.sides),
                self.these(account.sources),
                account.assertions,
            )
        });
        let Brief { verdict, dispute, within_one_side, accounts_total, .. } = brief;
        let Brief { unattributed, withheld, does_not_know, echoes, set_aside, .. } = brief;
        format!(
            "{verdict} {dispute:?} {within_one_side:?} {accounts_total} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            (unattributed, withheld, does_not_know, echoes, set_aside),
            accounts.collect::<Vec<_>>(),
            self.these(brief.sides),
            self.these(brief.credit),
            text(brief.common_ground, all),
            text(brief.safe_wording, all),
            self.spread(brief),
        )
    }

    /// Words for what is to be put in words, about some accounts.
    pub(crate) fn put(&self, bench: &Bench<'_>, claim: u32, accounts: &[BriefAccount], put: Put) -> Option<Words> {
        match put {
            Put::Nothing => None,
            Put::Of(assertion) => Some(Words::Of(assertion)),
            Put::Value(value) => {
                let value = bench.dossier.columns.values.get(value as usize)?;
                Some(Words::Said(value.content.clone()))
            }
            Put::Stretch | Put::From | Put::UpTo => bench.say_stretches(claim, put.stretch(accounts)),
            Put::Union => bench.say_stretches(claim, accounts.iter().map(|account| (account.low, account.high))),
            Put::Term(term) => Some(Words::term(term)),
            Put::Made(at) => self.made.get(at as usize).cloned(),
        }
    }
}
