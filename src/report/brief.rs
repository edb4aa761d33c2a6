//! What a report holds of each claim: all that a brief report prints, in numbers.
//!
//! The rest (lists of assertions, what was set aside, notices, reasons) is found again when somebody asks for it. So a
//! million findings take little room, and no words are made that nobody reads.

mod speakers;

use super::words::Words;
use super::{Dispute, Outcome, Verdict};
use crate::dossier::columns::index;
use crate::dossier::grouped::Row;
use crate::resolve::Bench;
pub(crate) use speakers::{Speakers, Who};

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
    /// As a figure.
    Figure(u32),
    /// In words made for a stretch of its claim's line.
    Stretch(u32),
    /// In words made for that stretch and all behind it.
    From(u32),
    /// In words for everything that some account leaves possible: as many stretches, from this one on.
    Union(u32),
    /// By the name of a term.
    Term(u32),
    /// In words that are made already.
    Made(u32),
}

/// The finding on one claim.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Brief {
    pub(crate) verdict: Verdict,
    pub(crate) dispute: Option<Dispute>,
    pub(crate) within_one_side: Option<bool>,
    pub(crate) common_ground: Put,
    pub(crate) safe_wording: Put,
    /// Whether who speaks is told by the claim's rows.
    pub(crate) by_rows: bool,
    pub(crate) sides: Who,
    pub(crate) credit: Who,
    accounts: Few,
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
        by_rows: false,
        sides: Who::NOBODY,
        credit: Who::NOBODY,
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
    pub(crate) sources: Who,
    /// So many sides are listed behind its sources; where it is told by rows, they are those of its sources.
    pub(crate) sides: u32,
    #[cfg_attr(not(feature = "json"), expect(dead_code, reason = "only files count them"))]
    pub(crate) assertions: u32,
}

/// The findings on some claims that follow one another.
#[derive(Debug, Default)]
pub(crate) struct Briefs {
    pub(crate) briefs: Vec<Brief>,
    accounts: Vec<BriefAccount>,
    /// Sides and sources, where rows don't tell them.
    who: Vec<u32>,
    /// Stretches of their claims' lines.
    stretches: Vec<(u64, u64)>,
    texts: String,
    made: Vec<Words>,
}

impl Briefs {
    /// None yet, with room for so many, as most dossiers need it.
    pub(crate) fn with_room(claims: usize, assertions: usize) -> Self {
        Self {
            briefs: Vec::with_capacity(claims),
            accounts: Vec::with_capacity(assertions / 2),
            who: Vec::new(),
            stretches: Vec::with_capacity(claims * 2),
            texts: String::with_capacity(claims * 4),
            made: Vec::new(),
        }
    }

    /// Forgets everything, and keeps its room.
    pub(crate) fn clear(&mut self) {
        let Self { briefs, accounts, who, stretches, texts, made } = self;
        briefs.clear();
        accounts.clear();
        who.clear();
        stretches.clear();
        texts.clear();
        made.clear();
    }

    /// Adds sides or sources.
    pub(crate) fn who(&mut self, who: impl IntoIterator<Item = u32>) -> Who {
        let from = self.who.len();
        self.who.extend(who);
        Who::listed(index(from), index(self.who.len() - from))
    }

    /// Adds a stretch of its claim's line.
    pub(crate) fn stretch(&mut self, low: u64, high: u64) -> u32 {
        self.stretches.push((low, high));
        index(self.stretches.len() - 1)
    }

    /// Adds an account to those of the claim that comes next.
    pub(crate) fn account(&mut self, account: BriefAccount) {
        self.accounts.push(account);
    }

    /// Adds the finding that the accounts from this one on belong to.
    pub(crate) fn push(&mut self, mut brief: Brief, first_account: usize) {
        brief.accounts = Few { from: index(first_account), len: index(self.accounts.len() - first_account) };
        self.briefs.push(brief);
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
    pub(crate) fn push_found(&mut self, found: &Outcome) {
        let from = self.accounts.len();
        for account in &found.accounts {
            let account = BriefAccount {
                answer: self.words(account.answer.clone()),
                sources: self.who(account.sources.iter().copied()),
                sides: index(self.who(account.sides.iter().copied()).len()),
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
            by_rows: false,
            sides: self.who(found.sides.iter().copied()),
            credit: self.who(found.credit.iter().copied()),
            accounts: Few::default(),
            spread: self.text(|texts| texts.push_str(found.spread.as_deref().unwrap_or_default())),
            accounts_total: index(found.accounts_total),
            unattributed: index(found.unattributed.len()),
            withheld: index(found.withheld.len()),
            does_not_know: index(found.does_not_know.len()),
            echoes: index(found.echoes.len()),
            set_aside: index(found.set_aside.len()),
        };
        self.push(brief, from);
    }

    /// The finding of that number, on a claim.
    pub(crate) fn on<'r>(&'r self, bench: Bench<'r>, claim: u32, nth: usize) -> BriefOn<'r> {
        BriefOn { bench, briefs: self, brief: &self.briefs[nth], claim, rows: bench.columns().rows_of(claim) }
    }
}

/// The finding on a claim, with all that it takes to read it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BriefOn<'r> {
    pub(crate) bench: Bench<'r>,
    briefs: &'r Briefs,
    pub(crate) brief: &'r Brief,
    pub(crate) claim: u32,
    rows: &'r [Row],
}

impl<'r> BriefOn<'r> {
    fn speakers(self, who: Who) -> Speakers<'r> {
        match self.brief.by_rows {
            true => who.answering(self.rows),
            false => who.on(&self.briefs.who),
        }
    }

    fn sides_among(self, who: Who) -> Speakers<'r> {
        self.speakers(who).sides(self.bench.sides())
    }

    /// The sides that speak.
    pub(crate) fn sides(self) -> Speakers<'r> {
        self.sides_among(self.brief.sides)
    }

    /// Whom to name.
    pub(crate) fn credit(self) -> Speakers<'r> {
        self.speakers(self.brief.credit)
    }

    pub(crate) fn accounts(self) -> &'r [BriefAccount] {
        self.brief.accounts.of(&self.briefs.accounts)
    }

    pub(crate) fn sources_of(self, account: &BriefAccount) -> Speakers<'r> {
        self.speakers(account.sources)
    }

    pub(crate) fn sides_of(self, account: &BriefAccount) -> Speakers<'r> {
        match self.brief.by_rows {
            true => self.sides_among(account.sources),
            false => self.speakers(account.sources.behind(account.sides)),
        }
    }

    /// The sources that its record names one by one, each with its side.
    #[cfg(feature = "json")]
    pub(crate) fn named(self) -> impl Iterator<Item = (u32, u32)> {
        let sides = self.bench.sides();
        self.rows.iter().filter_map(|row| Some((row.by, *sides.get(row.by as usize)?)))
    }

    /// Whether an account's sources are its sides, one by one.
    #[cfg(feature = "json")]
    pub(crate) fn sources_are_sides(self, account: &BriefAccount) -> bool {
        match self.brief.by_rows {
            true => account.sources.are_their_own_sides(self.rows, self.bench.sides()),
            false => self.sides_of(account).eq(self.sources_of(account)),
        }
    }

    /// How far its accounts are apart, if they are.
    pub(crate) fn spread(self) -> Option<&'r str> {
        let Few { from, len } = self.brief.spread;
        self.briefs.texts.get(from as usize..(from + len) as usize).filter(|text| !text.is_empty())
    }

    /// The stretch that words are to be made for.
    pub(crate) fn stretch(self, put: Put) -> Option<(u64, u64)> {
        let stretch = |at: u32| self.briefs.stretches.get(at as usize).copied();
        match put {
            Put::Figure(figure) => Some((figure.into(), figure.into())),
            Put::Stretch(at) => stretch(at),
            Put::From(at) => stretch(at).map(|(low, _)| (low, u64::MAX)),
            _ => None,
        }
    }

    /// Words for what is to be put in words.
    pub(crate) fn words(self, put: Put) -> Option<Words> {
        match put {
            Put::Nothing => None,
            Put::Of(assertion) => Some(Words::Of(assertion)),
            Put::Value(value) => {
                let value = self.bench.columns().values.get(value as usize)?;
                Some(Words::Said(value.content.clone()))
            }
            Put::Figure(_) | Put::Stretch(_) | Put::From(_) => {
                self.bench.say_stretches(self.claim, self.stretch(put).into_iter())
            }
            Put::Union(from) => {
                let stretches = Few { from, len: self.brief.accounts_total }.of(&self.briefs.stretches);
                self.bench.say_stretches(self.claim, stretches.iter().copied())
            }
            Put::Term(term) => Some(Words::term(term)),
            Put::Made(at) => self.briefs.made.get(at as usize).cloned(),
        }
    }

    /// All that it says, in text.
    #[cfg(all(test, feature = "proptest"))]
    pub(crate) fn shown(self) -> String {
        let text = |put| self.words(put).map(|words| words.text(self.bench.dossier));
        let listed = |who: Speakers<'_>| who.collect::<Vec<_>>();
        let accounts = self.accounts().iter().map(|account| {
            let (sides, sources) = (self.sides_of(account), self.sources_of(account));
            (text(account.answer), listed(sides), listed(sources), account.assertions)
        });
        let Brief { verdict, dispute, within_one_side, accounts_total, .. } = self.brief;
        let Brief { unattributed, withheld, does_not_know, echoes, set_aside, .. } = self.brief;
        format!(
            "{verdict} {dispute:?} {within_one_side:?} {accounts_total} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            (unattributed, withheld, does_not_know, echoes, set_aside),
            accounts.collect::<Vec<_>>(),
            listed(self.sides()),
            listed(self.credit()),
            text(self.brief.common_ground),
            text(self.brief.safe_wording),
            self.spread(),
        )
    }
}
