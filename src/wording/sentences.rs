//! Every sentence that a report says of a finding, in one place: an editor can read them in one sitting, and whoever
//! translates the reports finds all of them here.
//!
//! They are given answers with their units, names and dates as people write them, and know nothing of the record. What a
//! rule of a user's own gives as its reason is the user's.

use super::people::{capital, in_sentence, listed, says};

/// Who says an answer: `Iraq says 14 fighters`, `Army says there is no evidence`.
pub(crate) fn statement(who: &[String], answer: &str) -> String {
    let (names, says) = (listed(who), says(who));
    match answer {
        NO_EVIDENCE => format!("{names} {says} there is no evidence"),
        _ => format!("{names} {says} {answer}"),
    }
}

/// What is said where nobody has evidence of anything.
pub(crate) const NO_EVIDENCE: &str = "no evidence";

/// An answer with whom to credit, as a newspaper prints it: `14 fighters, says Iraq`.
pub(crate) fn credited(answer: &str, who: &[String], through: &str, in_one_statement: bool) -> String {
    let (names, says) = (in_sentence(&listed(who)), says(who));
    let through = if through.is_empty() { String::new() } else { format!(", according to {through}") };
    let jointly = if in_one_statement { " in one joint statement" } else { "" };
    match answer {
        NO_EVIDENCE => format!("{names} {says} there is no evidence{jointly}{through}"),
        _ if in_one_statement => format!("{answer}, {names} {says}{jointly}{through}"),
        _ => format!("{answer}, {says} {names}{through}"),
    }
}

// The verdicts.

/// What a verdict says, for whoever meets it for the first time.
pub(crate) mod meaning {
    pub(crate) const DISPUTED: &str = "Named sources give answers that can't all be true.";
    pub(crate) const UNATTRIBUTED: &str = "There is an answer, and no named source gives it.";
    pub(crate) const AGREED: &str = "Two sides or more say the same.";
    pub(crate) const COMPATIBLE: &str = "Two sides or more can all be right, though they don't say the same.";
    pub(crate) const SINGLE_SOURCE: &str = "Only one side says so. Print it with its credit.";
    pub(crate) const WITHHELD: &str = "Somebody declined to say, and nobody else says.";
    pub(crate) const UNADDRESSED: &str = "Nobody says, or only that they don't know.";
}

/// The statements of a dispute, and how many more answers there are.
pub(crate) fn dispute(statements: &[String], more: usize) -> String {
    let mut all = statements.join("; ");
    match more {
        0 => {}
        1 => all.push_str("; there is 1 more answer"),
        more => all.push_str(&format!("; there are {} more answers", super::grouped(&more.to_string()))),
    }
    all
}

/// Why answers that many are disputed.
pub(crate) fn disputed(answers: usize) -> &'static str {
    match answers {
        2 => "these can't both be true, so the claim is disputed",
        _ => "these can't all be true, so the claim is disputed",
    }
}
pub(crate) const ONE_MUST_BE_RIGHT: &str = "one of the two must be right";
pub(crate) const TEXTS_DIFFER: &str = "the texts differ; whether they say the same is for you to judge";
pub(crate) const WORDS_DIFFER: &str =
    "these words aren't all in your list of terms, so whether they overlap is for you to judge";

pub(crate) fn within_one_side(side: &str) -> String {
    format!("all of them speak for one side, {side}")
}

/// What holds whichever of the answers is right.
pub(crate) fn safe_either_way(safe: &str, answers: usize) -> String {
    let way = if answers == 2 { "either way" } else { "whichever is right" };
    format!("“{safe}” is safe {way}")
}

/// What follows from what several say, and nobody says just so.
pub(crate) fn two_sides_stand_behind(safe: &str) -> String {
    format!("two sides or more rule out everything but “{safe}”")
}

pub(crate) fn no_neutral_wording(answers: usize) -> String {
    let whom = if answers == 2 { "both" } else { "each" };
    format!("no neutral wording: attribute {whom}")
}

pub(crate) fn agreement(sides: &[String], answer: &str) -> String {
    let all = match sides.len() {
        2 => "both say",
        _ => "all say",
    };
    match answer {
        NO_EVIDENCE => format!("{} {all} there is no evidence", listed(sides)),
        _ => format!("{} {all} {answer}", listed(sides)),
    }
}

pub(crate) const NO_KNOWN_LINK: &str = "we know of no link between them";

pub(crate) fn only_one_gives(who: &[String], answer: &str) -> String {
    let gives = if says(who) == "say" { "give" } else { "gives" };
    format!("only {} {gives} {answer}; nobody contradicts it, and nobody confirms it", listed(who))
}

pub(crate) fn compatible(common: Option<&str>) -> String {
    match common {
        Some(common) => {
            format!("all of this can be true together, which would leave {common}; no two sides say the same")
        }
        None => "all of this can be true together; no two sides say the same".to_owned(),
    }
}

pub(crate) const NEVER_ZERO: &str = "several sides have no evidence, which doesn't mean none";

pub(crate) fn only_one_says(side: &str) -> String {
    let says = says(&[side.to_owned()]);
    format!("only {} {says} so", in_sentence(side))
}

pub(crate) fn only_one_behind_relays(side: &str) -> String {
    format!("{}; whoever passes its word on is no second source", only_one_says(side))
}

pub(crate) const NO_NAMED_SOURCE: &str = "no named source says so";
pub(crate) const NO_ORIGINAL_SOURCE: &str = "no original source was found";
pub(crate) const WITHHELD: &str = "nobody else says";
pub(crate) const NOBODY_ANSWERS: &str = "nobody says";

/// What can be printed that nobody says in so many words.
pub(crate) const DERIVED: &str = "nobody says just this; it follows from what several say";

// Who speaks.

/// Above statements that more than one answer of a dispute satisfies, and that none does.
pub(crate) const FITS_SEVERAL: &str = "fits more than one of these";
pub(crate) const FITS_NONE: &str = "fits none of these";

pub(crate) fn fits(who: &str) -> String {
    format!("fits what {who} say together")
}

pub(crate) const THE_PAPER_ITSELF: &str = "the document itself";

pub(crate) fn in_its_own_voice(publisher: &str) -> String {
    format!("{publisher} itself")
}

pub(crate) fn jointly(names: &str) -> String {
    format!("{names}, jointly")
}

pub(crate) fn through(relays: &str) -> String {
    format!("according to {relays}")
}

pub(crate) const NO_SOURCE_NAMED: &str = "no source named";
pub(crate) const NO_ORIGINAL: &str = "no original source found";
pub(crate) const DECLINED: &str = "declined to say";
pub(crate) const DOES_NOT_KNOW: &str = "doesn't know";

// What was set aside, and why.

pub(crate) fn replaced_by(whose: &str, answer: &str, date: Option<&str>) -> String {
    format!("replaced by {whose} {answer}{}", in_brackets(date))
}

pub(crate) fn corrected_to(answer: &str, date: Option<&str>) -> String {
    match date {
        Some(date) => format!("corrected to {answer} on {date}"),
        None => format!("corrected to {answer}"),
    }
}

pub(crate) fn withdrawn(date: Option<&str>, reason: Option<&str>) -> String {
    let on = date.map(|date| format!(" on {date}")).unwrap_or_default();
    let why = reason.map(|reason| format!(": “{reason}”")).unwrap_or_default();
    format!("withdrawn{on}{why}")
}

pub(crate) fn misquotes(copy: &str, origins: &str) -> String {
    format!("says {copy}, where its source says {origins}")
}

/// Of a copy that fell with what it copies.
pub(crate) fn copies_what(fell: Option<&str>) -> String {
    match fell {
        Some("retracted") => "repeats what its source has since withdrawn".to_owned(),
        Some("superseded" | "latest word") => {
            "copies a figure that its source has since corrected".to_owned()
        }
        _ => "repeats what is set aside".to_owned(),
    }
}

pub(crate) fn counts_another(theirs: &str, ours: &str) -> String {
    format!("counts {theirs}, not {ours}")
}

/// Whose later word it is that replaces an earlier one, where that is the same source's.
pub(crate) fn its_own(who: &[String]) -> &'static str {
    if says(who) == "say" { "their" } else { "its" }
}

pub(crate) const COUNTED_AS_MINIMUM: &str = "counted as a minimum, since the toll has grown";
pub(crate) const NARROWER_UNIT: &str = "counted as a minimum, since it counts only some of them";
pub(crate) const BROADER_UNIT: &str = "counted as a maximum, since it counts others too";

/// Who copies whom.
pub(crate) fn repeats(whom: &str, copies: &[String]) -> String {
    match says(copies) {
        "say" => format!("{} repeat {whom} (not second sources)", listed(copies)),
        _ => format!("{} repeats {whom} (not a second source)", listed(copies)),
    }
}

// What an editor should see.

pub(crate) fn circular(names: &[String], statements: usize) -> String {
    match names {
        [one] if statements > 1 => {
            format!("circular: {statements} statements by {one} quote only one another; treat as unsourced")
        }
        [one] => format!("circular: {one} quotes only itself; treat as unsourced"),
        several => format!("circular: {} quote only one another; treat as unsourced", listed(several)),
    }
}

/// What nobody put their name to and no answer leaves possible; `are_copies` where sources repeat only one another.
pub(crate) fn unattributed_outside(statements: &[String], are_copies: bool) -> String {
    let why = if are_copies { NO_ORIGINAL_SOURCE } else { NO_NAMED_SOURCE };
    format!("{}; {why}", statements.join("; "))
}

pub(crate) fn no_evidence_beside(who: &[String]) -> String {
    let has = if says(who) == "say" { "they have" } else { "it has" };
    format!("{} {} {has} no evidence; that is neither yes nor no", listed(who), says(who))
}

pub(crate) const ONLY_DOES_NOT_KNOW: &str = "all that anybody says is that they don't know";

pub(crate) fn left_joint_statement(who: &[String], answer: &str) -> String {
    let stands = if says(who) == "say" { "no longer stand" } else { "no longer stands" };
    format!("{} {stands} by the joint statement, {answer}", listed(who))
}

pub(crate) fn undeclared(terms: &str, several: bool) -> String {
    let (is, they) = if several { ("aren't", "they overlap") } else { ("isn't", "it overlaps") };
    format!("{terms} {is} in your list of terms, so we can't tell whether {they} with what others say")
}

pub(crate) fn unknown_side(who: &[String]) -> String {
    match who {
        [one] if says(who) == "say" => {
            format!("we don't know which {one} these are; they may belong to a source already quoted")
        }
        [one] => format!("we don't know who {one} is; it may be a source already quoted"),
        several => {
            format!("we don't know who {} are; they may belong to a source already quoted", listed(several))
        }
    }
}

pub(crate) fn relay_answers(who: &[String]) -> String {
    let (passes, is) = if who.len() == 1 { ("passes on", "isn't") } else { ("pass on", "aren't") };
    format!(
        "{} also {passes} what others say, so {} {is} counted beside them",
        listed(who),
        if who.len() == 1 { "it" } else { "they" }
    )
}

pub(crate) fn one_channel(relay: &str) -> String {
    format!("all of this came through {relay}; nobody else was heard directly")
}

pub(crate) fn one_document(title: &str) -> String {
    format!("all of this stands in one document, {title}")
}

pub(crate) fn one_statement(who: &[String]) -> String {
    format!("{} say so in one joint statement", listed(who))
}

pub(crate) fn rests_on_unnamed(who: &[String]) -> String {
    format!("only unnamed people say so: {}", listed(who))
}

pub(crate) fn on_both_sides(who: &[String]) -> String {
    let says = if who.len() == 1 { "says" } else { "each say" };
    format!(
        "{} {says} two things that can't both be true; where the later one replaces the other, mark it with `supersedes`",
        listed(who)
    )
}

pub(crate) const SEVERAL_UNITS: &str =
    "the answers are in several units, and the claim states none; give it a `unit` to tell them apart";

// Between claims.

pub(crate) fn sum(whole: &str, parts: &str, total: &str) -> String {
    if total == UNKNOWN || whole == UNKNOWN {
        return format!("can't be checked: the whole is {whole}, and the parts are {parts}");
    }
    format!("the whole is {whole}, and the parts come to {parts} = {total}")
}

pub(crate) fn order(lesser: &str, greater: &str) -> String {
    let what = match (lesser == UNKNOWN, greater == UNKNOWN) {
        (true, true) => "can't be checked, since both are unknown",
        (true, false) => "can't be checked, since the first is unknown",
        (false, true) => "can't be checked, since the second is unknown",
        (false, false) => return format!("the first is {lesser}, the second {greater}"),
    };
    what.to_owned()
}

pub(crate) fn equality(answers: &str) -> String {
    format!("they are {answers}")
}

/// What a constraint asks of claims, by their questions.
pub(crate) fn is_sum(whole: &str, parts: &[String]) -> String {
    format!("“{whole}” must be the sum of {}", listed(parts))
}

pub(crate) fn is_at_most(lesser: &str, greater: &str) -> String {
    format!("“{lesser}” must be no more than “{greater}”")
}

pub(crate) fn are_equal(questions: &[String]) -> String {
    format!("{} must have the same answer", listed(questions))
}

pub(crate) fn quoted(question: &str) -> String {
    format!("“{question}”")
}

/// How a constraint fares, before the reason.
pub(crate) mod fares {
    pub(crate) const HOLDS: &str = "holds";
    pub(crate) const FAILS: &str = "doesn't hold";
    pub(crate) const OPEN: &str = "open";
}

pub(crate) const UNKNOWN: &str = "unknown";

pub(crate) fn only_fits(question: &str, answer: &str) -> String {
    format!("of the answers to “{question}” only {answer} fits")
}

pub(crate) fn cannot_be(question: &str, answers: &str) -> String {
    format!("of the answers to “{question}” {answers} can't be")
}

pub(crate) const SCOPE_WITHIN: &str = "what the first is about is part of what the second is about";

/// How claims of one topic differ: `one is about Iraq, the other about Syria`.
pub(crate) fn differ(dimension: &str, values: &[String], all_say: bool, claims: usize) -> String {
    let other = if claims == 2 { "the other" } else { "another" };
    match (values, all_say) {
        ([one], false) => format!("one is about {one}, {other} states no {dimension}"),
        ([one, second], true) => format!("one is about {one}, {other} about {second}"),
        (_, true) => format!("they differ in {dimension}: {}", listed(values)),
        (_, false) => format!("they differ in {dimension}: {}; some state none", listed(values)),
    }
}

// At a glance.

pub(crate) const NOTHING_TO_MISS: &str =
    "Nothing is disputed, circular, withdrawn or without a named source.";
pub(crate) const NO_CLAIMS: &str = "There are no claims in this dossier.";

/// How much came after the day that was asked about.
pub(crate) fn later(entries: usize) -> String {
    match entries {
        1 => "1 later entry isn't shown".to_owned(),
        several => format!("{} later entries aren't shown", super::grouped(&several.to_string())),
    }
}

pub(crate) fn all_in_one_document(title: &str) -> String {
    format!("Everything here stands in one document: {title}.")
}

/// A sentence: with a capital letter at its beginning, and a full stop at its end.
pub(crate) fn sentence(text: &str) -> String {
    capital(text) + if text.ends_with(['.', '?', '!']) { "" } else { "." }
}

fn in_brackets(date: Option<&str>) -> String {
    date.map(|date| format!(" ({date})")).unwrap_or_default()
}
