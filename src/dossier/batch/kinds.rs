//! What kind of claim a table's values answer, and which figures a spreadsheet may have meant otherwise.

use std::borrow::Cow;

use super::super::columns::{NONE, Set, index};
use super::super::interner::Interner;
use super::super::place::FileForm;
use super::{Batch, IdStatus, RANGES, RangeCells, Thing, proofs};
use crate::error::{Error, ErrorKind, Shown};
use crate::model::claim::Kind;
use crate::model::date::Date;
use crate::model::hashing::FastMap;
use crate::model::lint::{Lint, LintKind};
use crate::wording;

/// The kinds that words can tell, the first that fits first.
const INFERABLE: [Kind; 4] = [Kind::YesNo, Kind::Count, Kind::Quantity, Kind::Date];

/// The words of a value. A range in cells of its own is put into the words of its kind.
pub(super) fn words_of<'w>(
    words: &'w Interner,
    ranges: &'w Set<RangeCells>,
    at: u32,
    kind: Kind,
) -> Cow<'w, str> {
    if at < RANGES {
        return words.get_index(at as usize).unwrap_or_default().into();
    }
    let Some((low, best, high)) = ranges.get_index((at & !RANGES) as usize) else { return "".into() };
    let range = match (low.as_ref(), high.as_ref(), kind) {
        (low, high, _) if low == high => low.into(),
        ("", high, Kind::Date) => format!("../{high}"),
        (low, "", Kind::Date) => format!("{low}/.."),
        (low, high, Kind::Date) => format!("{low}/{high}"),
        ("", high, _) => format!("at most {high}"),
        (low, "", _) => format!("at least {low}"),
        (low, high, _) => wording::range_of(low, high),
    };
    if best.is_empty() { range.into() } else { wording::with_best(&range, best).into() }
}

/// What a text may be, for claims of which nobody says what kind they are.
#[derive(Clone, Copy, Default)]
struct PossibleKinds {
    /// A bit for each kind of [`INFERABLE`] that it reads as.
    as_kinds: u8,
    /// A bit for each kind that it is meant to be, though it may not read as one.
    leans: u8,
    /// Whether only a figure or a date is written so.
    figure: bool,
    /// Whether what it is may depend on the day of its document.
    counts_back: bool,
    /// Whether it may be a spreadsheet's number of a day.
    serial: bool,
    /// Whether a spreadsheet may have made it of a range.
    made_of_range: bool,
    /// Whether it may be a year as well as a figure.
    year: bool,
}

/// What words may be, by their number and the date of the document that they count back from.
type PossibleKindsCache = FastMap<(u32, Option<Date>), PossibleKinds>;

/// What the values of one claim may be.
#[derive(Clone)]
struct KindTally {
    /// A bit for each kind that all of them read as.
    all: u8,
    /// How many are meant to be of each kind.
    counts: [u32; 4],
    values: u32,
    figures: u32,
    /// How many may be a spreadsheet's numbers of days, ...
    serials: u32,
    /// ... and how many may be days that it made of ranges.
    made_of_ranges: u32,
    /// How many of them may be years.
    years: u32,
    /// Of each kind the first assertion whose value reads as one, and the first whose doesn't.
    reads: [u32; 4],
    doesnt: [u32; 4],
}

impl KindTally {
    const NEW: Self = Self {
        all: u8::MAX,
        counts: [0; 4],
        values: 0,
        figures: 0,
        serials: 0,
        made_of_ranges: 0,
        years: 0,
        reads: [NONE; 4],
        doesnt: [NONE; 4],
    };

    /// Counts the value of an assertion, given what it may be.
    fn add(&mut self, at: u32, possible: PossibleKinds) {
        self.all &= possible.as_kinds;
        self.values += 1;
        for kind in 0..INFERABLE.len() {
            let bit = 1 << kind;
            self.counts[kind] += u32::from(possible.leans & bit != 0);
            let firsts = if possible.as_kinds & bit != 0 { &mut self.reads } else { &mut self.doesnt };
            firsts[kind] = at.min(firsts[kind]);
        }
        self.figures += u32::from(possible.figure);
        self.serials += u32::from(possible.serial);
        self.made_of_ranges += u32::from(possible.made_of_range);
        self.years += u32::from(possible.year);
    }

    fn fits_all(&self) -> Option<Kind> {
        (0..INFERABLE.len()).find(|kind| self.all & (1 << kind) != 0).map(|kind| INFERABLE[kind])
    }

    fn figures_are_few(&self) -> bool {
        self.figures * 2 < self.values
    }

    /// The kind that most of the values are meant to be.
    fn fits_most(&self) -> (usize, Kind) {
        // Beside dates, figures that a spreadsheet may have made of dates are odd, however many there are.
        let date = INFERABLE.len() - 1;
        if self.counts[date] > 0 && self.serials + self.counts[date] == self.values {
            return (date, INFERABLE[date]);
        }
        let most = (0..INFERABLE.len()).rev().max_by_key(|kind| self.counts[*kind]).unwrap_or_default();
        (most, INFERABLE[most])
    }
}

impl Batch {
    /// Infers the kinds that nobody stated: all yes or no, else counts, quantities, dates, terms.
    ///
    /// Figures beside words are refused: either the words are mistyped, or the figures are names.
    pub(super) fn infer_kinds(&mut self, kinds: &mut [Option<Kind>]) {
        let unknown = self.claims_of_unknown_kind(kinds);
        if !unknown.contains(&true) {
            return;
        }
        let mut cache = PossibleKindsCache::default();
        let mut answers = vec![KindTally::NEW; kinds.len()];
        let columns = &self.dossier.columns;
        for at in 0..columns.len() {
            let claim = columns.claim[at as usize] as usize;
            if unknown[claim] && columns.value[at as usize] != NONE {
                answers[claim].add(at, self.possible_kinds(at, &mut cache));
            }
        }
        let mut mixed = vec![None; kinds.len()];
        let mut years = Vec::new();
        for (claim, one) in answers.iter().enumerate().filter(|(claim, _)| unknown[*claim]) {
            let kind = match one.fits_all() {
                Some(_) if one.values > 0 && one.years == one.values && self.asks_when(claim) => {
                    years.push(claim);
                    Kind::Date
                }
                Some(kind) if one.values > 0 => kind,
                _ if one.figures == 0 => Kind::Term,
                _ => {
                    mixed[claim] = Some(one.fits_most());
                    continue;
                }
            };
            kinds[claim] = Some(kind);
        }
        let mut problems = Vec::new();
        for at in (0..columns.len()).filter(|at| columns.value[*at as usize] != NONE) {
            let claim = columns.claim[at as usize] as usize;
            let Some(kind) = mixed[claim] else { continue };
            let possible = self.possible_kinds(at, &mut cache);
            problems.extend(self.odd_value(at, possible, &answers[claim], kind).map(|problem| (at, problem)));
        }
        for (claim, mixed) in mixed.iter().enumerate() {
            if let Some((_, most)) = mixed {
                kinds[claim] = Some(if answers[claim].figures_are_few() { Kind::Term } else { *most });
            }
        }
        for (at, problem) in problems {
            // Once is enough.
            self.dossier.columns.value[at as usize] = NONE;
            self.problems.push(problem);
        }
        for (claim, kind) in kinds.iter().enumerate().filter(|(claim, _)| unknown[*claim]) {
            if let Some(kind) = kind {
                self.dossier.columns.claims[claim].kind = *kind;
            }
        }
        self.lint_kinds(kinds, &unknown);
        self.lint_years(&years);
        let dates = answers.iter().map(|one| one.made_of_ranges > 0 && one.made_of_ranges == one.values);
        let dates: Vec<bool> = dates.zip(&unknown).map(|(made, unknown)| made && *unknown).collect();
        self.lint_spreadsheet_dates(&dates);
    }

    /// Whether each claim is one that only rows name, without a kind. A kind that was stated and isn't one is
    /// a problem already.
    fn claims_of_unknown_kind(&self, kinds: &[Option<Kind>]) -> Vec<bool> {
        let made = |claim: usize| {
            let standing = self.standing[Thing::Claim as usize].get(claim);
            standing.is_some_and(|standing| matches!(standing, IdStatus::Named | IdStatus::Listed))
        };
        let stated = |claim: usize| self.place_of_stated(Thing::Claim, index(claim), "kind").is_some();
        let kinds = kinds.iter().enumerate();
        kinds.map(|(claim, kind)| kind.is_none() && made(claim) && !stated(claim)).collect()
    }

    /// What is wrong with a value on a claim whose values fit no one kind, where most are of a kind; if it is
    /// this one that is odd. `bit` is the kind's place in [`INFERABLE`].
    fn odd_value(
        &self,
        at: u32,
        possible: PossibleKinds,
        answers: &KindTally,
        (bit, kind): (usize, Kind),
    ) -> Option<Error> {
        let columns = &self.dossier.columns;
        let (words, claim) = (columns.value[at as usize], columns.claim[at as usize]);
        let id = Shown(self.id_of(Thing::Claim, claim));
        let text = |at: u32| words_of(&self.words, &self.ranges, columns.value[at as usize], kind);
        let place = self.place_of(at);
        let cited = |at: u32| format!("{} ({})", Shown(&text(at)), self.place_of(at).seen_from(&place));
        let problem = match (answers.figures_are_few(), possible.figure) {
            (true, true) => {
                // What is a name among names may be a figure here, and what one is taken for is seen from
                // another.
                let told = (1..INFERABLE.len()).find(|bit| possible.as_kinds & (1 << bit) != 0);
                let (is, unlike) = match told {
                    Some(bit) => (format!("reads as a {}", INFERABLE[bit]), answers.doesnt[bit]),
                    None => ("begins as a figure does".to_owned(), NONE),
                };
                let but = match unlike {
                    NONE => String::new(),
                    other => format!(", but {} doesn't", cited(other)),
                };
                format!(
                    "{} {is}{but}; correct one of them, or say in a column `kind` what {id} is: `term`, if its figures are names",
                    Shown(&text(at)),
                )
            }
            (false, _) if possible.as_kinds & (1 << bit) == 0 => {
                let published = columns.counts_back_from(at);
                let why = wording::read(kind, &text(at), published, &|_| false).err();
                let why = why.map_or_else(
                    || format!("{} groups thousands or has decimals: which?", Shown(&text(at))),
                    |why| why.to_string(),
                );
                let like = match answers.reads[bit] {
                    NONE => String::new(),
                    like => format!(", as {} is", cited(like)),
                };
                let hint = self.hint(at, kind, &text(at));
                format!(
                    "{why}; {id} is taken for a {kind}{like}: correct the value, or say another kind in a column `kind`{hint}"
                )
            }
            _ => return None,
        };
        let field = if words >= RANGES { "low" } else { "value" };
        Some(place.field(field, ErrorKind::Wording.because(problem)))
    }

    /// What the value of an assertion may be, found once for equal words.
    fn possible_kinds(&self, at: u32, cache: &mut PossibleKindsCache) -> PossibleKinds {
        let words = self.dossier.columns.value[at as usize];
        let undated = *cache.entry((words, None)).or_insert_with(|| self.possible_kinds_of(words, None));
        match self.dossier.columns.counts_back_from(at).filter(|_| undated.counts_back) {
            None => undated,
            published => {
                *cache.entry((words, published)).or_insert_with(|| self.possible_kinds_of(words, published))
            }
        }
    }

    fn possible_kinds_of(&self, words: u32, published: Option<Date>) -> PossibleKinds {
        let mut reads = PossibleKinds::default();
        for (bit, kind) in INFERABLE.iter().enumerate() {
            let text = words_of(&self.words, &self.ranges, words, *kind);
            // A best estimate that lies outside its range is a slip that tells nothing of the kind.
            let text = wording::split_best(&text).map_or(&*text, |(range, _)| range);
            if wording::read(*kind, text, published, &|_| false).is_ok() {
                reads.as_kinds |= 1 << bit;
            }
        }
        let text = words_of(&self.words, &self.ranges, words, Kind::Count);
        // A year reads as a count and as a date.
        reads.year = reads.as_kinds & 0b1010 == 0b1010 && wording::names_a_year(&text);
        reads.counts_back = reads.as_kinds == 0 && wording::may_count_back(&text);
        reads.serial = wording::day_of_serial(&text).is_some();
        reads.made_of_range = proofs::range_behind(&text).is_some();
        // Where nobody says that there are decimals, "14.000" is no quantity of fourteen.
        let ambiguous = grouping(&text).is_some_and(|(_, separator)| separator == '.');
        if ambiguous {
            reads.as_kinds = 0;
        }
        let none = ["none", "no", "nil", "nobody", "no one", "yes"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word));
        // What two cells hold the ends of can't be names.
        let digits = words >= RANGES || wording::begins_with_figure(&text);
        reads.figure = digits || (reads.as_kinds & 0b1110 != 0 && !none);
        reads.leans = match (reads.as_kinds, digits) {
            (0, true) if text.matches(['/', '-', '.']).count() == 2 && !text.contains(',') => 0b1000,
            (0, true) if ambiguous || !text.contains(['.', ',']) => 0b0110,
            (0, true) => 0b0100,
            (as_kinds, _) => as_kinds,
        };
        reads
    }

    fn asks_when(&self, claim: usize) -> bool {
        let question = self.dossier.columns.claims[claim].question();
        wording::asks_when(self.id_of(Thing::Claim, index(claim)), question)
    }

    /// Reports claims whose years were taken for dates, since they ask for one.
    fn lint_years(&mut self, claims: &[usize]) {
        if claims.is_empty() {
            return;
        }
        let ids = claims.iter().map(|claim| Shown(self.id_of(Thing::Claim, index(*claim))).to_string());
        let ids = wording::few_in_a_row(ids.collect::<Vec<_>>().iter(), ", ");
        let text = format!("years are read as dates, since the claims ask for one: {ids}");
        let lint = Lint::new(LintKind::YearsAsDates, None, text);
        self.lints.push(lint.with_advice("if they are figures, say so in a column `kind`: `count`"));
    }

    fn lint_kinds(&mut self, kinds: &[Option<Kind>], inferred: &[bool]) {
        let mut told = Vec::new();
        for kind in Kind::ALL {
            let claims =
                || (0u32..).zip(kinds).filter(|(at, k)| **k == Some(*kind) && inferred[*at as usize]);
            let some: Vec<String> =
                claims().take(4).map(|(at, _)| Shown(self.id_of(Thing::Claim, at)).to_string()).collect();
            let plural = match kind {
                Kind::Quantity => "quantities",
                Kind::YesNo => "yes or no",
                Kind::Count => "counts",
                Kind::Date => "dates",
                _ => "terms",
            };
            match claims().count() {
                0 => {}
                count if count <= 3 => told.push(format!("{plural}: {}", some.join(", "))),
                count => told.push(format!("{plural}: {count} claims")),
            }
        }
        if !told.is_empty() {
            let text = format!("kinds taken from the values ({})", told.join("; "));
            let lint = Lint::new(LintKind::KindsFromValues, None, text);
            self.lints.push(lint.with_advice("add a column `kind` to change this"));
        }
    }

    /// Reports days on claims that have no other dates: where figures are asked for, a spreadsheet made them
    /// of ranges.
    fn lint_spreadsheet_dates(&mut self, claims: &[bool]) {
        if !claims.contains(&true) {
            return;
        }
        let columns = &self.dossier.columns;
        for at in 0..columns.len() {
            let text = self.words.get_index(columns.value[at as usize] as usize);
            let (Some(text), true) = (text, claims[columns.claim[at as usize] as usize]) else { continue };
            let Some(range) = proofs::range_behind(text) else { continue };
            let read =
                format!("{} is read as a date; a spreadsheet may have made it of `{range}`", Shown(text));
            let place = self.place_of(at).text("value");
            let lint = Lint::new(LintKind::SpreadsheetDate, place, read);
            let range = range.replace('-', " to ");
            self.lints.push(lint.with_advice(format_args!("if it was a range, write `{range}`")));
        }
    }

    pub(super) fn form_of(&self, assertion: u32) -> FileForm {
        let file = self.begins.partition_point(|(first, _)| *first <= assertion).checked_sub(1);
        file.and_then(|file| self.begins.get(file)).map_or(FileForm::Entries, |(_, file)| file.form)
    }
}

/// The first figure in a text with one separator and three digits behind it, and that separator: `14,000`,
/// `14.000`.
pub(crate) fn grouping(text: &str) -> Option<(&str, char)> {
    if !text.contains([',', '.']) {
        return None;
    }
    let is_part = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
    text.split(|c| !is_part(c)).find_map(|figure| {
        let figure = figure.trim_end_matches(['.', ',']);
        let mut separators = figure.char_indices().filter(|(_, c)| !c.is_ascii_digit());
        let (at, separator) = separators.next()?;
        let grouped = separators.next().is_none() && (1..=3).contains(&at) && figure.len() == at + 4;
        (grouped && !figure.starts_with('0')).then_some((figure, separator))
    })
}

/// Both readings of such a figure: with its thousands grouped, and with decimals.
fn readings(figure: &str) -> (String, String) {
    let separator = [',', '.'];
    let decimal = figure.replace(separator, ".");
    let short = decimal.trim_end_matches('0').trim_end_matches('.');
    // Three decimals would be asked about again.
    let decimal = if short.len() == decimal.len() { format!("{decimal}0") } else { short.to_owned() };
    (figure.replace(separator, ""), decimal)
}

/// An assertion with the number of its words.
type ValueUse = (u32, u32);

/// Figures that a spreadsheet may have written for others.
#[derive(Default)]
pub(super) struct Figures {
    /// Of each claim about a quantity, the first `14,000` and every `14.000`.
    commas: FastMap<u32, ValueUse>,
    points: Vec<(u32, ValueUse)>,
}

impl Figures {
    /// Refuses what a table with semicolons can mean in two ways, and remembers what other rows can make
    /// doubtful.
    pub(super) fn check(
        &mut self,
        kind: Kind,
        claim: u32,
        written: ValueUse,
        text: &str,
        form: FileForm,
    ) -> Result<(), String> {
        let (FileForm::Columns { decimal_comma }, Some((figure, separator))) = (form, grouping(text)) else {
            return Ok(());
        };
        if decimal_comma {
            let (grouped, decimal) = readings(figure);
            let or = if kind == Kind::Quantity { format!(" or `{decimal}`") } else { String::new() };
            return Err(format!(
                "is {} {grouped} or {decimal}? semicolons separate the cells of this file, as where decimals stand behind a comma; write `{grouped}`{or}",
                Shown(figure),
            ));
        }
        if kind == Kind::Quantity {
            match separator {
                ',' => drop(self.commas.entry(claim).or_insert(written)),
                _ => self.points.push((claim, written)),
            }
        }
        Ok(())
    }

    /// What to say of every `14.000` that a `14,000` stands beside.
    pub(super) fn mixed(&self, batch: &Batch) -> Vec<Error> {
        let text = |(_, words): ValueUse| words_of(&batch.words, &batch.ranges, words, Kind::Quantity);
        let beside = self.points.iter().filter_map(|(claim, point)| Some((*point, *self.commas.get(claim)?)));
        beside
            .filter_map(|(point, comma)| {
                let (here, there) = (batch.place_of(point.0), batch.place_of(comma.0));
                let (here_text, there_text) = (text(point), text(comma));
                let (grouped, decimal) = readings(grouping(&here_text)?.0);
                let problem = format!(
                    "is {} {grouped} or {decimal}? {} on {} groups thousands with a comma; write `{grouped}` or `{decimal}`",
                    Shown(&here_text),
                    Shown(&there_text),
                    there.seen_from(&here)
                );
                Some(here.field("value", ErrorKind::Wording.because(problem)))
            })
            .collect()
    }
}
