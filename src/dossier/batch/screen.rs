//! What stands for nothing in tables: marks of empty cells, words of silence, a spreadsheet's errors and
//! formulas.
//!
//! It is looked for at the end, in each distinct text once. Only then is it known what was declared: a record
//! of that name wins, wherever its file stands.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use super::super::columns::{NONE, index};
use super::super::place::{FileForm, Place};
use super::{Batch, IdStatus, RANGES, Thing};
use crate::error::{ErrorKind, Shown};
use crate::model::assertion::Stance;
use crate::model::claim::Kind;
use crate::model::lint::{Lint, LintKind};
use crate::wording::silence;

/// What a text in a cell for a value is, where it is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NoAnswer {
    /// The silence of a source.
    Silence(Stance),
    /// A mark of an empty cell.
    Empty,
    SpreadsheetError,
    Formula,
}

impl NoAnswer {
    fn of(text: &str) -> Option<Self> {
        // Most values begin with a digit, and none of these does.
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            None
        } else if silence::is_spreadsheet_error(text) || silence::is_too_wide(text) {
            Some(Self::SpreadsheetError)
        } else if silence::is_no_value(text) {
            Some(Self::Empty)
        } else if silence::is_formula(text) {
            Some(Self::Formula)
        } else {
            silence::stance_of(text).map(Self::Silence)
        }
    }

    /// What is wrong with a cell that says so, and what to do.
    fn problem(self, text: &str) -> String {
        let shown = Shown(text);
        match self {
            Self::SpreadsheetError => format!(
                "{shown} is a spreadsheet's error; correct its formula or empty the cell, or pass `--null {text}` to read all such cells as empty"
            ),
            Self::Formula => format!("{shown} is a spreadsheet's formula; write what it comes to"),
            Self::Empty if text == "None" => format!(
                "is {shown} zero, or nothing? write `0`, or leave the cell empty, or pass `--null {text}` to read all such cells as empty"
            ),
            Self::Empty | Self::Silence(_) => format!(
                "{shown} stands for no value; leave the cell empty, or pass `--null {text}` to read all such cells as empty"
            ),
        }
    }
}

impl Batch {
    /// Whether a text in a cell for a value may be no answer, so that a row that affirms it is remembered.
    pub(crate) fn may_be_no_answer(text: &str) -> bool {
        NoAnswer::of(text).is_some()
    }

    /// Refuses marks of empty cells where an id should stand, unless a record of that name was declared.
    pub(super) fn refuse_nobody(&mut self) {
        let marks = |thing: Thing| {
            let standings = self.standing[thing as usize].iter().zip(0u32..);
            let named = standings.filter(|(standing, _)| **standing == IdStatus::Named).map(|(_, at)| at);
            named.filter(|at| is_no_id(self.id_of(thing, *at))).collect::<HashSet<u32>>()
        };
        let (claims, sources, documents) =
            (marks(Thing::Claim), marks(Thing::Source), marks(Thing::Document));
        if claims.is_empty() && sources.is_empty() && documents.is_empty() {
            return;
        }
        let columns = &self.dossier.columns;
        let mut problems = Vec::new();
        for at in (0..columns.len()).filter(|at| self.form_of(*at) != FileForm::Entries) {
            let mut refuse = |thing: Thing, number: u32, field: &str| {
                let problem = nobody(self.id_of(thing, number), thing.word());
                problems.push(self.place_of(at).field(field, ErrorKind::InvalidId.because(problem)));
            };
            let (claim, document) = (columns.claim[at as usize], columns.document[at as usize]);
            if claims.contains(&claim) {
                refuse(Thing::Claim, claim, "claim");
            }
            columns
                .by(at)
                .iter()
                .filter(|by| sources.contains(by))
                .for_each(|by| refuse(Thing::Source, *by, "by"));
            let via = columns.extra(at).map_or(&[][..], |extra| &extra.via);
            via.iter().filter(|via| sources.contains(via)).for_each(|via| refuse(Thing::Source, *via, "via"));
            if documents.contains(&document) {
                refuse(Thing::Document, document, "document");
            }
        }
        self.problems.extend(problems);
    }

    /// Refuses a mark of an empty cell in a field for an id, unless a record of that name was declared.
    pub(super) fn refuse_mark(&self, thing: Thing, id: &str) -> Result<(), String> {
        let columns = &self.dossier.columns;
        let known = match thing {
            Thing::Term => columns.terms.get_index_of(id),
            _ => columns.sources.get_index_of(id),
        };
        let standing = known.and_then(|at| self.standing[thing as usize].get(at));
        let is_declared = standing.is_some_and(|standing| *standing >= IdStatus::Listed);
        if is_declared || !is_no_id(id) { Ok(()) } else { Err(nobody(id, thing.word())) }
    }

    /// Reads words of silence in cells for values as stances, and refuses what else is no value.
    ///
    /// A row that states the stance `affirms` means what it says, and so does a declared term of that name.
    pub(super) fn screen_values(&mut self, kinds: &[Option<Kind>]) {
        let mut no_answers: HashMap<u32, (NoAnswer, &str), FixedState> = HashMap::default();
        for at in 0..index(self.words.len()) {
            let text = self.words.get_index(at as usize).unwrap_or_default();
            no_answers.extend(NoAnswer::of(text).map(|found| (at, (found, text))));
        }
        for ((low, best, high), at) in self.ranges.iter().zip(RANGES..) {
            let found = [low, best, high].into_iter().find_map(|text| Some((NoAnswer::of(text)?, &**text)));
            no_answers.extend(found.map(|found| (at, found)));
        }
        if no_answers.is_empty() {
            return;
        }
        let columns = &self.dossier.columns;
        let is_declared = |text: &str| {
            let term = columns.term_names.find(&columns.terms, text).flatten();
            let status = term.and_then(|at| self.standing[Thing::Term as usize].get(at as usize));
            status.is_some_and(|term| *term >= IdStatus::Listed)
        };
        let (mut silent, mut problems) = (Vec::new(), Vec::new());
        for at in (0..columns.len()).filter(|at| columns.value[*at as usize] != NONE) {
            let words = columns.value[at as usize];
            let Some((found, text)) = no_answers.get(&words).copied() else { continue };
            let kind = kinds.get(columns.claim[at as usize] as usize).copied().flatten();
            if self.form_of(at) == FileForm::Entries || self.affirmed.contains(&at) || is_declared(text) {
                continue;
            }
            let affirms = columns.stance[at as usize] == Stance::Affirms;
            match found {
                NoAnswer::Silence(_) if words < RANGES && (kind == Some(Kind::Text) || !affirms) => {}
                NoAnswer::Silence(stance) if words < RANGES => silent.push((at, stance, text)),
                _ => {
                    let field = if words < RANGES { "value" } else { "low" };
                    problems.push((
                        at,
                        self.place_of(at).field(field, ErrorKind::Wording.because(found.problem(text))),
                    ));
                }
            }
        }
        let examples: Vec<(String, String)> = silent
            .iter()
            .map(|(at, stance, text)| {
                (format!("{} as `{stance}`", Shown(text)), self.cited(&self.place_of(*at)))
            })
            .take(EXAMPLES)
            .collect();
        for (at, stance) in silent.iter().map(|(at, stance, _)| (*at, *stance)).collect::<Vec<_>>() {
            self.dossier.columns.stance.replace(at as usize, stance);
            self.dossier.columns.value[at as usize] = NONE;
        }
        if !examples.is_empty() {
            let examples = examples.into_iter().map(|(what, place)| format!("{what} ({place})"));
            let text = format!("silence read as a stance: {}", and_more(examples.collect(), silent.len()));
            let lint = Lint::new(LintKind::SilenceAsStance, None, text);
            self.lints.push(lint.with_advice("state `affirms` in a column `stance` where it is an answer"));
        }
        for (at, problem) in problems {
            self.dossier.columns.value[at as usize] = NONE;
            self.problems.push(problem);
        }
    }

    /// Notes how many rows were left out since they say nothing.
    pub(super) fn lint_left_out(&mut self) {
        let count = self.left_out.len();
        if count == 0 {
            return;
        }
        let examples = self.left_out.iter().take(EXAMPLES).map(|place| self.cited(place)).collect();
        let rows = match count {
            1 => "1 row says nothing and was".to_owned(),
            _ => format!("{count} rows say nothing and were"),
        };
        let text = format!("{rows} left out: {}", and_more(examples, count));
        let lint = Lint::new(LintKind::RowWithoutValue, None, text);
        self.lints.push(lint.with_advice(
            "where somebody kept silent, say so in a column `stance`: `withholds`, `does-not-know`, `no-evidence`",
        ));
    }
}

impl Batch {
    /// A place within a sentence, with the name of its file unless there is one file only.
    fn cited(&self, place: &Place) -> String {
        if self.nameless { place.seen_from(place) } else { place.among_files() }
    }
}

/// Examples that a lint names, of any number.
const EXAMPLES: usize = 4;

fn and_more(mut examples: Vec<String>, all: usize) -> String {
    if all > examples.len() {
        examples.push(format!("{} more", all - examples.len()));
    }
    examples.join(", ")
}

/// What is wrong with a cell, in whatever column, that shows a spreadsheet's error. A quotation or a note may
/// well begin as a formula does.
pub(crate) fn spreadsheet_slip(text: &str) -> Option<String> {
    silence::is_spreadsheet_error(text).then(|| NoAnswer::SpreadsheetError.problem(text))
}

fn is_no_id(text: &str) -> bool {
    silence::is_nobody(text) || silence::is_spreadsheet_error(text) || silence::is_formula(text)
}

/// What to say of a mark of an empty cell where an id should stand.
fn nobody(text: &str, what: &str) -> String {
    if let Some(slip @ (NoAnswer::SpreadsheetError | NoAnswer::Formula)) = NoAnswer::of(text) {
        return slip.problem(text);
    }
    format!(
        "{} names no {what}; leave the cell empty, or pass `--null {text}` to read all such cells as empty; if it is a name, list it in a table of {what}s",
        Shown(text)
    )
}
