//! What every report for people says of one finding: what can be printed, who says what, and what to look out for.

use indexmap::IndexMap;

use super::finding::{AccountRef, Finding, NoticeRef};
use super::outline::{NAMED, SHOWN, document_title, publisher_of, question_or_id};
use super::words::{capital, counted, few, grouped, listed, names};
use super::{NotComparableRef, Verdict};
use crate::dossier::columns::Set;
use crate::dossier::{AssertionRef, ClaimRef, SourceRef};
use crate::model::assertion::Stance;
use crate::model::claim::Kind;
use crate::model::hashing::FixedState;
use crate::outcome::{AccountDetails, Answer, Dispute, Notice, NoticeKind, Widened, Words};
use crate::wording::people::{date_for_people, dates_for_people, in_sentence, with_unit};
use crate::wording::sentences::{self, sentence};
use crate::wording::{more, named};

/// What a report says of an account: its answer, who states it, and who merely doesn't contradict it.
pub(super) struct AccountLine {
    pub(super) answer: String,
    pub(super) stated_by: Vec<String>,
    pub(super) not_contradicted_by: Vec<String>,
}

impl AccountLine {
    /// All whom it satisfies.
    pub(super) fn everybody(&self) -> String {
        listed(&[&self.stated_by[..], &self.not_contradicted_by].concat())
    }

    /// `nearly 2,000 (officials; not contradicted by the mayor)`.
    pub(super) fn in_words(&self) -> String {
        let others = in_sentence(&listed(&self.not_contradicted_by));
        let who = match (listed(&self.stated_by), others.is_empty()) {
            (stated, true) => stated,
            (stated, false) if stated.is_empty() => format!("fits {others}"),
            (stated, false) => format!("{stated}; not contradicted by {others}"),
        };
        if who.is_empty() { self.answer.clone() } else { format!("{} ({who})", self.answer) }
    }
}

impl<'r> Finding<'r> {
    /// The words of an answer, for people.
    pub(super) fn in_words(self, words: &Words) -> String {
        words.for_people(self.dossier(), self.claim().unit_for_people().as_deref())
    }

    /// What can be printed, with whom to credit: one fragment ready for a page.
    pub(super) fn printed(self) -> Option<String> {
        let safe = self.quoted(self.in_words(&self.safe_words()?));
        let credit = self.credit_in_words();
        match self.verdict() {
            // What one side's several statements leave together, and none of them says, is not its word.
            Verdict::SingleSource if credit.0.is_empty() => None,
            Verdict::Disputed => Some(safe),
            _ if credit.0.is_empty() => Some(safe),
            _ => {
                let in_one =
                    self.details().notices.iter().any(|notice| matches!(notice, Notice::OneStatement(_)));
                Some(sentences::credited(&safe, &credit.0, &credit.1, in_one))
            }
        }
    }

    /// A text in quotation marks; other answers as they are.
    fn quoted(self, answer: String) -> String {
        if self.claim().kind() == Kind::Text && answer != sentences::NO_EVIDENCE {
            format!("“{answer}”")
        } else {
            answer
        }
    }

    /// Whom to credit by name, and through whom they were heard, where one source was heard only through others.
    fn credit_in_words(self) -> (Vec<String>, String) {
        let safe = self.safe_wording().unwrap_or_default();
        let relays_of = |source: SourceRef<'r>| {
            let standing = self.details().answers.iter().filter(|answer| answer.stands);
            let own = standing.map(|answer| self.assertion(answer.assertion));
            let own = own.filter(|said| said.by().any(|by| by == source));
            let (stating, others): (Vec<_>, Vec<_>) = own.partition(|said| said.to_string() == safe);
            let own = if stating.is_empty() { others } else { stating };
            let is_relayed = !own.is_empty() && own.iter().all(|said| said.via().len() > 0);
            own.first().filter(|_| is_relayed).map(|said| names(said.via())).unwrap_or_default()
        };
        let credit: Vec<SourceRef<'r>> = self.credit().collect();
        if let [one] = credit[..] {
            return (vec![one.name().to_owned()], relays_of(one));
        }
        let shown = named(credit.len());
        let mut all: Vec<String> = credit
            .iter()
            .take(shown)
            .map(|source| match relays_of(*source) {
                relays if relays.is_empty() => source.name().to_owned(),
                relays => format!("{} ({})", source.name(), sentences::through(&relays)),
            })
            .collect();
        all.extend(more(credit.len()));
        (all, String::new())
    }

    /// What stands and who says it, as said, those of the first accounts first; and how many statements more there are.
    pub(super) fn statements(self, most: usize) -> (Vec<String>, usize) {
        let details = self.details();
        let attributed = details.answers.iter().filter(|answer| answer.stands && !answer.sources.is_empty());
        let mut said: Vec<(usize, &Answer)> = attributed
            .map(|answer| {
                let holds =
                    |account: &AccountDetails| account.assertions.binary_search(&answer.assertion).is_ok();
                (details.accounts.iter().position(holds).unwrap_or(usize::MAX), answer)
            })
            .collect();
        said.sort_by_key(|(account, _)| *account);
        let mut groups: IndexMap<String, Vec<String>, FixedState> = IndexMap::default();
        for (_, answer) in said {
            let words = self.quoted(self.assertion(answer.assertion).for_people());
            let names = groups.entry(words).or_default();
            for source in &answer.sources {
                let name = self.source(*source).name();
                if !names.iter().any(|known| known == name) {
                    names.push(name.to_owned());
                }
            }
        }
        if groups.len() > 1 {
            groups.shift_remove(sentences::NO_EVIDENCE);
        }
        let total = groups.len();
        let shown = if total <= most + 1 { total } else { most };
        let statement =
            |(words, names): (&String, &Vec<String>)| sentences::statement(&few(names.iter()), words);
        (groups.iter().take(shown).map(statement).collect(), total - shown)
    }

    /// The statements in one sentence.
    pub(super) fn attributed(self) -> String {
        let (statements, more) = self.statements(NAMED);
        sentences::dispute(&statements, more)
    }

    /// What an editor can print, as a whole sentence or two; nothing where nobody says anything.
    pub(super) fn print_line(self) -> Option<String> {
        let safe = self.printed();
        let attributed = || self.attributed();
        let line = match (self.verdict(), safe) {
            (Verdict::Unaddressed, _) => return None,
            (Verdict::Withheld, _) => {
                let who: Vec<String> =
                    self.withheld().flat_map(AssertionRef::by).map(|by| by.name().to_owned()).collect();
                let who = listed(&few(who.iter()));
                let who = if who.is_empty() { sentences::THE_PAPER_ITSELF.to_owned() } else { who };
                format!("{who} {}", sentences::DECLINED)
            }
            (Verdict::Unattributed, _) => sentences::NO_NAMED_SOURCE.to_owned(),
            (Verdict::Disputed, Some(safe)) => format!("{safe}. Or: {}", attributed()),
            (Verdict::Disputed, None) => {
                let attribute = sentences::no_neutral_wording(self.accounts_total());
                format!("{attribute}. {}", capital(&attributed()))
            }
            (_, Some(safe)) if self.is_derived() => format!("{safe} ({})", sentences::DERIVED),
            (_, Some(safe)) => safe,
            (_, None) => attributed(),
        };
        Some(line)
    }

    /// How far the accounts are apart: `1 apart`, `3 days apart`.
    pub(super) fn apart(self) -> Option<String> {
        let gap = self.gap()?;
        Some(match (self.claim().kind(), gap) {
            (Kind::Date, "1") => "1 day apart".to_owned(),
            (Kind::Date, days) => format!("{} days apart", grouped(days)),
            _ => {
                let unit = self.claim().unit_for_people();
                format!("{} apart", unit.map_or_else(|| grouped(gap), |unit| with_unit(&grouped(gap), &unit)))
            }
        })
    }

    /// In which way it is disputed, where that says more than the verdict.
    pub(super) fn dispute_in_words(self) -> Option<&'static str> {
        match self.dispute()? {
            Dispute::Contradictory => Some(sentences::ONE_MUST_BE_RIGHT),
            Dispute::Wording if self.claim().kind() == Kind::Text => Some(sentences::TEXTS_DIFFER),
            Dispute::Wording => Some(sentences::WORDS_DIFFER),
            Dispute::Contrary => None,
        }
    }

    /// An account's answer, who states it, and who doesn't contradict it.
    pub(super) fn account_line(self, account: AccountRef<'r>) -> AccountLine {
        let stated: Vec<SourceRef<'r>> = account.stated_by().collect();
        let others: Vec<&str> =
            account.sources().filter(|source| !stated.contains(source)).map(SourceRef::name).collect();
        AccountLine {
            answer: self.quoted(account.answer_for_people()),
            stated_by: few(stated.iter().map(|source| source.name())),
            not_contradicted_by: few(others.iter()),
        }
    }

    /// The answer as it was said, with how it is read where that differs; for silence, words that say so.
    pub(super) fn answer_as_read(self, assertion: AssertionRef<'_>) -> String {
        match assertion.stance() {
            Stance::Withholds => sentences::DECLINED.to_owned(),
            Stance::DoesNotKnow => sentences::DOES_NOT_KNOW.to_owned(),
            _ => format!("{}{}", assertion.for_people(), self.reading_note(assertion)),
        }
    }

    /// How an assertion is read, where that is more loosely than it was said.
    pub(super) fn reading_note(self, assertion: AssertionRef<'_>) -> String {
        let widened = &self.details().widened;
        let Ok(at) = widened.binary_search_by_key(&assertion.index, |widened| widened.assertion) else {
            return String::new();
        };
        let Widened { read, reason, .. } = &widened[at];
        match &**reason {
            sentences::COUNTED_AS_MINIMUM | sentences::NARROWER_UNIT | sentences::BROADER_UNIT => {
                format!("; {reason}")
            }
            _ => format!("; read as {}: {reason}", self.in_words(read)),
        }
    }

    /// A remark on an answer that no named source gives; empty for others.
    pub(super) fn unattributed_note(self, assertion: AssertionRef<'_>) -> String {
        match (self.details().unattributed.binary_search(&assertion.index), assertion.by().len()) {
            (Ok(_), 0) => format!(", {}", sentences::NO_SOURCE_NAMED),
            (Ok(_), _) => format!(", {}", sentences::NO_ORIGINAL),
            (Err(_), _) => String::new(),
        }
    }

    /// A source's name, and its side where the name doesn't give it: `the Iraqi military (Iraq)`.
    pub(super) fn name_with_side(self, source: SourceRef<'_>) -> String {
        let side = self.source(self.context().side(source.index));
        if side.index == source.index {
            source.name().to_owned()
        } else {
            format!("{} ({})", source.name(), side.name())
        }
    }

    /// Who said what, as said and as read, without its id; a speaker is called by what is given, and behind the answer stands
    /// when and where it was said.
    pub(super) fn statement_line(
        self,
        assertion: AssertionRef<'r>,
        called: impl Fn(SourceRef<'r>) -> String,
        where_and_when: &str,
    ) -> String {
        let (said, note) = (assertion.for_people(), self.unattributed_note(assertion));
        let mut who = listed(&few(assertion.by().map(called)));
        if assertion.by().len() > 1 {
            who = sentences::jointly(&who);
        }
        if who.is_empty() {
            who = own_voice(assertion);
        }
        let via = names(assertion.via());
        if !via.is_empty() {
            who = format!("{who}, {}", sentences::through(&via));
        }
        format!("{who}: {said}{note}{where_and_when}{}", self.reading_note(assertion))
    }

    /// Who declined to say, and who doesn't know, each with the assertion.
    pub(super) fn silences(self) -> impl Iterator<Item = (String, AssertionRef<'r>)> {
        let silent = move |assertion: AssertionRef<'r>| {
            let who = names(assertion.by());
            let who = if who.is_empty() { own_voice(assertion) } else { who };
            (format!("{who}: {}", self.answer_as_read(assertion)), assertion)
        };
        self.withheld().chain(self.does_not_know()).map(silent)
    }

    /// Whether its answers are of several dates, so that no reader can do without them.
    pub(super) fn has_several_dates(self) -> bool {
        let mut dates = self.known().map(AssertionRef::date);
        let first = dates.next();
        first.is_some_and(|first| dates.any(|date| date != first))
    }

    /// Why the verdict is what it is, where the verdict alone doesn't say so.
    pub(super) fn why_in_short(self) -> Option<String> {
        let in_words = |words: Option<Words>| words.map(|words| self.quoted(self.in_words(&words)));
        let mut parts: Vec<String> = Vec::new();
        match self.verdict() {
            Verdict::Disputed => {
                if let Some(kind) = self.dispute_in_words() {
                    parts.push(kind.to_owned());
                } else {
                    parts.push(self.attributed());
                }
                if self.within_one_side() == Some(true) {
                    parts.push(sentences::within_one_side(&names(self.sides())));
                }
                let safe = in_words(self.safe_words());
                parts.extend(safe.map(|safe| sentences::safe_either_way(&safe, self.accounts_total())));
            }
            Verdict::Agreed if self.notices().any(|notice| notice.kind() == NoticeKind::OneStatement) => {
                return None;
            }
            Verdict::Agreed | Verdict::Compatible => parts.push(self.conclusion()),
            _ => return None,
        }
        Some(parts.iter().map(|text| sentence(text)).collect::<Vec<_>>().join(" "))
    }

    /// What else an editor should see, each under its heading: what was set aside, what only repeats, and notices.
    pub(super) fn remarks(self) -> Vec<(&'static str, String)> {
        let mut remarks: Vec<(&str, String)> = Vec::new();
        let is_elsewhere = |notice: &NoticeRef<'_>| {
            // What can be printed says so itself.
            notice.is_of_whole_dossier() || notice.kind() == NoticeKind::OneStatement
        };
        let notices = self.notices().filter(|notice| !is_elsewhere(notice));
        remarks.extend(notices.map(|notice| ("note", sentence(&notice.text()))));
        let aside = self.set_aside_lines();
        let left_out = aside.len().saturating_sub(SHOWN);
        remarks.extend(aside.into_iter().take(SHOWN).map(|line| ("set aside", sentence(&line))));
        remarks.extend((left_out > 0).then(|| ("set aside", counted(left_out, "more statement"))));
        remarks.extend(self.echo_lines().into_iter().map(|line| ("note", sentence(&line))));
        remarks
    }

    /// Each assertion that was set aside: who said what and when, and why it doesn't count, with the rules' names.
    pub(super) fn set_aside_lines(self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut last = None;
        for aside in self.set_aside() {
            let assertion = aside.assertion();
            let why = format!("{} [{}]", aside.reason(), aside.rule());
            match lines.last_mut().filter(|_| last == Some(assertion.index)) {
                Some(line) => line.push_str(&format!("; {why}")),
                None => lines.push(format!("{}: {why}", assertion.dated_statement())),
            }
            last = Some(assertion.index);
        }
        lines
    }

    /// What repeats others, and is no second source.
    pub(super) fn echo_lines(self) -> Vec<String> {
        let mut of_whom: IndexMap<String, Vec<String>, FixedState> = IndexMap::default();
        for echo in self.echoes() {
            let by = names(echo.by());
            let who = if by.is_empty() { own_voice(echo) } else { by };
            let at = self.details().answers.binary_search_by_key(&echo.index, |answer| answer.assertion).ok();
            let speakers: Vec<String> = at.map_or_else(Vec::new, |at| {
                let sources = self.details().answers[at].sources.iter();
                few(sources.map(|source| self.source(*source).name()).collect::<Vec<_>>().iter())
            });
            let copies = of_whom.entry(listed(&speakers)).or_default();
            if !copies.contains(&who) {
                copies.push(who);
            }
        }
        of_whom.iter().map(|(whom, copies)| sentences::repeats(whom, &few(copies.iter()))).collect()
    }

    /// How many accounts aren't listed.
    pub(super) fn accounts_left_out(self) -> usize {
        self.accounts_total() - self.accounts().len()
    }
}

impl NoticeRef<'_> {
    /// What it says, in a sentence.
    pub fn text(self) -> String {
        let finding = self.finding;
        let names = |sources: &[u32]| few(sources.iter().map(|source| finding.source(*source).name()));
        let who = |assertion: AssertionRef<'_>| -> Vec<String> {
            let by = few(assertion.by().map(SourceRef::name));
            if by.is_empty() { vec![own_voice(assertion)] } else { by }
        };
        let everybody = |assertions: &[u32]| -> Vec<String> {
            let all: Set<String> = assertions.iter().flat_map(|at| who(finding.assertion(*at))).collect();
            few(all.iter())
        };
        match self.notice {
            Notice::CircularSourcing(ring) => sentences::circular(&everybody(ring), ring.len()),
            Notice::UnattributedOutside(outside) => {
                let mut said: IndexMap<String, Set<String>, FixedState> = IndexMap::default();
                for assertion in outside.iter().map(|at| finding.assertion(*at)) {
                    said.entry(assertion.for_people()).or_default().extend(who(assertion));
                }
                let statement =
                    |(words, who): (&String, &Set<String>)| sentences::statement(&few(who.iter()), words);
                let are_copies = outside.iter().all(|at| finding.assertion(*at).by().len() > 0);
                sentences::unattributed_outside(&few(said.iter().map(statement)), are_copies)
            }
            Notice::NoEvidenceBesideAnswer(beside) => sentences::no_evidence_beside(&everybody(beside)),
            Notice::OnlyDoesNotKnow => sentences::ONLY_DOES_NOT_KNOW.to_owned(),
            Notice::LeftJointStatement { assertion, sources } => {
                sentences::left_joint_statement(&names(sources), &finding.assertion(*assertion).for_people())
            }
            Notice::UndeclaredTerms(terms) => {
                let named = |term: &u32| format!("`{}`", finding.dossier().term_id(*term));
                sentences::undeclared(&listed(&few(terms.iter().map(named))), terms.len() > 1)
            }
            Notice::UnknownSide(sources) => sentences::unknown_side(&names(sources)),
            Notice::RelayAnswers(relays) => sentences::relay_answers(&names(relays)),
            Notice::OneChannel(relay) => sentences::one_channel(finding.source(*relay).name()),
            Notice::OneDocument(document) => {
                sentences::one_document(document_title(finding.document(*document)))
            }
            Notice::OneStatement(assertion) => {
                sentences::one_statement(&few(finding.assertion(*assertion).by().map(SourceRef::name)))
            }
            Notice::RestsOnUnnamed(sources) => sentences::rests_on_unnamed(&names(sources)),
            Notice::OnBothSides(sources) => sentences::on_both_sides(&names(sources)),
            Notice::SeveralUnits => sentences::SEVERAL_UNITS.to_owned(),
        }
    }

    /// Whether it holds for all of a dossier that has one document, and is said once for all.
    pub(super) fn is_of_whole_dossier(self) -> bool {
        matches!(self.notice, Notice::OneDocument(_)) && self.finding.dossier().documents().len() == 1
    }
}

/// Who speaks where nobody is credited: the paper itself, as far as it is known.
pub(super) fn own_voice(assertion: AssertionRef<'_>) -> String {
    match publisher_of(assertion) {
        Some(publisher) => sentences::in_its_own_voice(publisher.name()),
        None => sentences::THE_PAPER_ITSELF.to_owned(),
    }
}

impl AssertionRef<'_> {
    /// Who said what, and when: `Varn Hospital: 31 people (6 February 2025)`.
    pub(super) fn dated_statement(self) -> String {
        let who = names(self.by());
        let who = if who.is_empty() { own_voice(self) } else { who };
        let date = self.date_for_people().map(|date| format!(" ({date})")).unwrap_or_default();
        format!("{who}: {}{date}", self.for_people())
    }
}

/// When and where something was said: `, 6 February 2025, Evening bulletin, page 2`.
pub(super) fn where_and_when(assertion: AssertionRef<'_>) -> String {
    let mut text = String::new();
    let mut add = |part: &str| {
        text.push_str(", ");
        text.push_str(part);
    };
    if let Some(date) = assertion.date_for_people() {
        add(&date);
    }
    if let Some(moment) = assertion.valid_at() {
        add(&format!("as of {}", date_for_people(&moment.to_string())));
    }
    // The name of a single document needn't be said each time.
    if let Some(document) = assertion.document().filter(|_| assertion.dossier.documents().len() > 1) {
        add(document_title(document));
    }
    if let Some(locator) = assertion.locator() {
        add(locator);
    }
    text
}

impl NotComparableRef<'_> {
    /// Which claims can't be compared, and how they differ: `one is about Iraq, the other about Syria`.
    pub(super) fn in_words(self) -> String {
        let questions = few(self.claims().map(|claim| format!("{} [{}]", question_or_id(claim), claim.id())));
        format!("{}: {}", questions.join(" / "), self.differences())
    }

    /// How its claims differ: `one is about Iraq, the other about Syria`.
    pub(super) fn differences(self) -> String {
        let dimensions: Vec<&str> = self.differs_in().collect();
        let differences = few(dimensions.iter().map(|dimension| {
            let stated = |claim: ClaimRef<'_>| {
                let (_, value) = claim.scope().find(|(name, _)| name == dimension)?;
                Some(value_for_people(claim, value))
            };
            let values: Set<String> = self.claims().filter_map(stated).collect();
            let all_say = self.claims().all(|claim| stated(claim).is_some());
            sentences::differ(dimension, &few(values.iter()), all_say, self.claims().len())
        }));
        differences.join("; ")
    }
}

/// A value of a claim's scope: a term by its label, a date as people write it.
fn value_for_people(claim: ClaimRef<'_>, value: &str) -> String {
    match claim.dossier.term(value) {
        Some(term) => term.label().to_owned(),
        None => match value.split_once('/') {
            Some((from, to)) => dates_for_people(from, to),
            None => date_for_people(value),
        },
    }
}
