//! The card of one claim: verdict, what can be printed, who says what, and why.

use maud::{Markup, html};

use super::{NAMED, formula, in_a_row, names, not_comparable, short_formula};
use crate::dossier::columns::Set;
use crate::dossier::{AssertionRef, DocumentRef, SourceRef};
use crate::model::date::Date;
use crate::outcome::Verdict;
use crate::report::in_words::own_voice;
use crate::report::outline::{
    SHOWN, claim_anchor, document_title, literal_words, question_or_id, split_at_backticks, web_address,
};
use crate::report::picture::{Mark, Marks, SpanPlot, marks};
use crate::report::words::{counted, few_in_a_row};
use crate::report::{ConstraintRef, Finding, Report, Step};
use crate::wording::sentences::sentence;
use crate::wording::{more, named};

/// At most this many affiliations above a speaker are followed.
const DEEP: usize = 16;

/// A finding, with the positions of the constraints and of the not-comparable entries that name its claim.
pub(super) struct Card<'r> {
    pub(super) report: &'r Report<'r>,
    pub(super) finding: Finding<'r>,
    pub(super) constraints: &'r [usize],
    pub(super) not_comparable: &'r [usize],
}

impl<'r> Card<'r> {
    pub(super) fn element(&self) -> Markup {
        let finding = self.finding;
        let claim = finding.claim();
        let anchor = claim_anchor(claim.id());
        let answers = &finding.details().answers;
        let marks = marks(finding, answers);
        let plot = SpanPlot::drawing(finding, answers, &marks).filter(SpanPlot::says_something);
        let timeline = self.report.timeline_of(finding);
        let steps = finding.steps();
        html! {
            article.card.(finding.verdict()) id=(anchor) tabindex="-1" aria-labelledby={ "q-" (anchor) }
                data-verdict=(finding.verdict()) data-by=(self.speakers()) {
                p.tag { (self.tag()) }
                h4 id={ "q-" (anchor) } dir="auto" { a href={ "#" (anchor) } { (question_or_id(claim)) } }
                (self.print())
                div.columns {
                    div.testimony {
                        (self.accounts(&marks))
                        (self.silences())
                    }
                    @if plot.is_some() || timeline.is_some() {
                        div.figures {
                            @if let Some(plot) = plot { figure { (plot.draw(false).element(0.0)) } }
                            @if let Some(timeline) = timeline {
                                figure { figcaption { "How it moved" } (timeline.draw(false).element(0.0)) }
                            }
                        }
                    }
                }
                (why_in_short(finding.verdict(), &steps))
                (self.remarks())
                (self.elsewhere())
                (why(&steps))
                (self.small_print())
            }
        }
    }

    /// The sources that speak here or relay, and whatever they are part of: what the page is filtered by.
    fn speakers(&self) -> String {
        let mut speakers: Set<u32> = Set::default();
        for assertion in self.finding.known() {
            for source in assertion.by().chain(assertion.via()) {
                let mut at = Some(source);
                // Whoever is there already has brought those above. Of a very long chain its end is enough.
                for _ in 0..DEEP {
                    let Some(source) = at.filter(|source| speakers.insert(source.index)) else { break };
                    at = source.part_of();
                }
                speakers.insert(self.finding.context().side(source.index));
            }
        }
        speakers.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")
    }

    fn tag(&self) -> Markup {
        let finding = self.finding;
        html! {
            strong { (finding.verdict()) }
            @if let Some(dispute) = finding.dispute_in_words() { " · " (dispute) }
            @if finding.within_one_side() == Some(true) { " · within one side" }
            @if let Some(apart) = finding.apart() { " · " (apart) }
        }
    }

    /// What can be printed, and whom to credit.
    fn print(&self) -> Markup {
        let is_safe = self.finding.safe_words().is_some();
        html! {
            @if let Some(print) = self.finding.print_line() {
                p.print.none[!is_safe] { span.label { "Print" } " " bdi.said { (prose(&sentence(&print))) } }
            }
        }
    }

    fn accounts(&self, marks: &Marks) -> Markup {
        let finding = self.finding;
        let several = finding.accounts_total() > 1;
        let left_out = finding.accounts_total() - finding.accounts().len();
        html! {
            @for account in finding.accounts() {
                @let mut said: Vec<AssertionRef<'_>> = account.assertions().collect();
                @let total = said.len();
                @let () = said.sort_by_key(|assertion| marks.get(&assertion.index).map(|mark| mark.rank()));
                @if several { h5 { "Either " bdi.said { (account.answer_for_people()) } } }
                ul.voices {
                    @for assertion in said.into_iter().take(SHOWN) { li { (self.voice(assertion, marks)) } }
                    @if total > SHOWN { li.more { "and " (counted(total - SHOWN, "more statement")) } }
                }
            }
            @if left_out > 0 { p.more { "And " (counted(left_out, "more account")) "." } }
        }
    }

    /// One line: who says what, as said and as read, and where it stands.
    fn voice(&self, assertion: AssertionRef<'r>, marks: &Marks) -> Markup {
        let by: Vec<SourceRef<'_>> = assertion.by().collect();
        let via: Vec<SourceRef<'_>> = assertion.via().collect();
        let mark = marks.get(&assertion.index).copied().unwrap_or(Mark::Nobody);
        let shown = assertion.for_people();
        html! {
            svg class={ "key " (mark.class()) } viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" { (mark.shape(7.0, 7.0)) }
            @if !by.is_empty() {
                (self.who(&by))
                @if !via.is_empty() { ", relayed by " (names(&via)) }
                ": " bdi.said { (shown) }
                (self.finding.unattributed_note(assertion))
            } @else {
                bdi.who { (own_voice(assertion)) } ": " bdi.said { (shown) } (self.finding.unattributed_note(assertion))
            }
            bdi { (self.finding.reading_note(assertion)) }
            (citation(assertion))
        }
    }

    /// Who speaks, each with the side where the name doesn't say it.
    fn who(&self, by: &[SourceRef<'r>]) -> Markup {
        let side = |source: &SourceRef<'r>| self.finding.source(self.finding.context().side(source.index));
        html! {
            (in_a_row(by, named(by.len()), |source| html! {
                bdi.who { (source.name()) }
                @if side(source).index != source.index { span.side { " (" bdi { (side(source).name()) } ")" } }
            }))
            @if by.len() > 1 { ", jointly" }
        }
    }

    fn silences(&self) -> Markup {
        let silent = |assertion: AssertionRef<'r>, says: &str| {
            let by: Vec<SourceRef<'r>> = assertion.by().collect();
            html! {
                li.silent {
                    @if by.is_empty() { (own_voice(assertion)) } @else { (self.who(&by)) }
                    ": " (says) (citation(assertion))
                }
            }
        };
        let (withheld, unknown) = (self.finding.withheld(), self.finding.does_not_know());
        let left_out = withheld.len().saturating_sub(SHOWN) + unknown.len().saturating_sub(SHOWN);
        html! {
            @if withheld.len() + unknown.len() > 0 {
                ul.voices {
                    @for assertion in withheld.take(SHOWN) { (silent(assertion, "declined to say")) }
                    @for assertion in unknown.take(SHOWN) { (silent(assertion, "don’t know")) }
                    @if left_out > 0 { li.more { "and " (counted(left_out, "more silence")) } }
                }
            }
            @if self.finding.known().next().is_none() { p.silent { "Nobody says." } }
        }
    }

    /// What was set aside and why, what only repeats, and what an editor should see beside the verdict.
    fn remarks(&self) -> Markup {
        let finding = self.finding;
        let (echoes, more) = (named(finding.echoes().len()), more(finding.echoes().len()));
        let left_out = finding.set_aside().len().saturating_sub(SHOWN);
        html! {
            @if finding.set_aside().len() > 0 {
                h5 { "Set aside" }
                ul.aside {
                    @for aside in finding.set_aside().take(SHOWN) {
                        @let assertion = aside.assertion();
                        @let by: Vec<_> = assertion.by().collect();
                        li {
                            @if by.is_empty() { (own_voice(assertion)) } @else { (self.who(&by)) }
                            ": " s { bdi.said { (assertion.for_people()) } }
                            " — " bdi { (aside.rule()) } ": " bdi { (aside.reason()) }
                            (citation(assertion))
                        }
                    }
                    @if left_out > 0 { li.more { "and " (grouped_more(left_out)) } }
                }
            }
            @if echoes > 0 {
                p.note {
                    span.label { "Echo" } " "
                    @for (n, echo) in finding.echoes().take(echoes).enumerate() { @if n > 0 { ", " } bdi { (echo.id()) } }
                    @if let Some(more) = more { " and " (more) }
                    ", which repeats and doesn’t corroborate"
                }
            }
            @for notice in finding.notices() { p.note { span.label { "Note" } " " bdi { (prose(&notice.text())) } } }
        }
    }

    /// Links to what this claim is tied to, and to what it can't be compared with.
    fn elsewhere(&self) -> Markup {
        let report = self.report;
        let tied = self.constraints.iter().take(NAMED).filter_map(|number| {
            let outcome = report.constraints.get(*number)?;
            Some((*number, ConstraintRef { report, outcome }))
        });
        let entries = self.not_comparable.iter().take(NAMED).filter_map(|number| {
            let entry = report.not_comparable.get(*number)?;
            Some((*number, super::NotComparableRef { dossier: report.dossier, entry }))
        });
        html! {
            @for (number, constraint) in tied {
                div.note {
                    span.label { "Tied" } " "
                    @if constraint.outcome.tied.len() <= NAMED { (formula(constraint)) } @else { bdi { (short_formula(constraint)) } }
                    ": " a href={ "#tie-" (number) } { (constraint.status()) }
                }
            }
            @if self.constraints.len() > NAMED { p.note { "and " (counted(self.constraints.len() - NAMED, "more constraint")) } }
            @for (number, entry) in entries {
                div.note {
                    span.label { "Not comparable" } " "
                    @if entry.claims().len() <= NAMED { (not_comparable(report, entry)) } @else {
                        a href={ "#apart-" (number) } { (counted(entry.claims().len(), "claim")) " on " bdi { (entry.topic()) } }
                    }
                }
            }
        }
    }

    fn small_print(&self) -> Markup {
        let claim = self.finding.claim();
        let scope: Vec<(&str, &str)> = claim.scope().collect();
        html! {
            p.small {
                code { (claim.id()) } " · " (claim.kind())
                @if let Some(unit) = claim.unit() { " · unit " bdi { (unit) } }
                @if let Some(topic) = claim.topic() { " · topic " bdi { (topic) } }
                @for (dimension, value) in scope { " · " bdi { (dimension) } " " bdi { (value) } }
            }
        }
    }
}

fn grouped_more(count: usize) -> String {
    counted(count, "more").trim_end_matches('s').to_owned()
}

/// The assertion's id, how it was put, when, and in which document.
fn citation(assertion: AssertionRef<'_>) -> Markup {
    html! {
        span.provenance {
            bdi { (assertion.id()) }
            @if let Some(said) = literal_words(assertion) { ", in the words “" bdi { (said) } "”" }
            @if let Some(asserted) = assertion.asserted() { ", " (date(asserted)) }
            @if let Some(at) = assertion.valid_at() { ", as of " (date(at)) }
            @if let Some(unit) = assertion.unit() { ", in " bdi { (unit) } }
            @if let Some(document) = assertion.document() { ", " (source_of(document)) }
            @if let Some(locator) = assertion.locator() { ", " bdi { (locator) } }
            @if let Some(quote) = assertion.quote() { q dir="auto" { (quote) } }
            @if let Some(note) = assertion.note() { span.remark dir="auto" { (note) } }
        }
    }
}

/// A date that isn't broken at its hyphens.
fn date(date: Date) -> Markup {
    html! { span.date { (date) } }
}

fn source_of(document: DocumentRef<'_>) -> Markup {
    html! {
        @match web_address(document) {
            Some(address) => a href=(address) rel="noreferrer" { bdi { (document_title(document)) } },
            None => bdi { (document_title(document)) },
        }
        @if document.title().is_some() { @if let Some(published) = document.published() { ", " (date(published)) } }
    }
}

/// Text in which backticks set words apart, as print does it.
pub(super) fn prose(text: &str) -> Markup {
    html! {
        @for (n, part) in split_at_backticks(text).into_iter().enumerate() {
            @if n.is_multiple_of(2) { (part) } @else { "“" bdi { (part) } "”" }
        }
    }
}

fn why_in_short(verdict: Verdict, steps: &[Step<'_>]) -> Markup {
    let follows = steps.iter().filter(|step| !step.because().is_empty());
    let short: Vec<String> = follows.map(|step| sentence(step.text())).collect();
    html! {
        @if matches!(verdict, Verdict::Disputed | Verdict::Agreed | Verdict::Compatible) {
            p.short dir="auto" { (prose(&short.join(" "))) }
        }
    }
}

/// The explanation, folded. A step names those that it follows from.
fn why(steps: &[Step<'_>]) -> Markup {
    html! {
        details.why {
            summary { "Why, step by step" }
            ol {
                @for step in steps {
                    li {
                        bdi { (prose(&sentence(step.text()))) }
                        @match step.because() {
                            [] => {}
                            [one] => span.because { " From step " (one) "." },
                            [first, .., last] if last - first + 1 == step.because().len() => span.because { " From steps " (first) " to " (last) "." },
                            several => span.because { " From steps " (few_in_a_row(several.iter(), ", ")) "." },
                        }
                    }
                }
            }
        }
    }
}
