//! The report as a page for browsers: one file, that needs no network and can be read with scripts off.
//!
//! Every text goes through maud, which escapes it. The page forbids itself, by its content security policy, whatever it
//! doesn't bring along. It is written finding by finding, so that a long one isn't kept in memory.

mod card;

use std::collections::HashMap;
use std::io;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::outline::{AT_A_GLANCE, ORDER, Section, claim_anchor, meaning, question_or_id};
use super::picture::{self, SideMatrix, SourceGraph, write_markup};
use super::words::counted;
use super::{ConstraintRef, NotComparableRef, Report, Status, Verdict};
use crate::dossier::{ClaimRef, SourceRef};
use crate::model::claim::Nature;
use crate::model::constraint::ConstraintKind;
use crate::wording::{more, named};
use card::Card;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// What the page lets a browser do: no request, and no script but the one whose SHA-256 it names, that of `page.js`.
const POLICY: &str = include_str!("html/policy.txt");

/// So many claims are named where a constraint is mentioned beside one of them; longer ones stand further down.
const NAMED: usize = 6;

/// For each claim, positions in a list of the report: of its constraints, or of what it can't be compared with.
type NumbersByClaim = HashMap<u32, Vec<usize>, foldhash::fast::FixedState>;

impl Report<'_> {
    /// Writes the report as a page for browsers: one file of HTML that needs nothing else.
    ///
    /// First how many claims have which verdict, and the disputes at a glance; then a card for each claim, facts before
    /// assessments and projections; then what ties claims together. Every explanation is there, folded. Answers about
    /// figures and dates that differ are drawn, as [`Finding::span_plot`](crate::Finding::span_plot) draws them.
    ///
    /// The page follows the reader's choice of light or dark, prints with its explanations unfolded, and can be
    /// read with scripts off. With them it can be filtered by verdict, source and text. A claim is linked to as
    /// `#claim-ID`; in an id of more than letters, digits, `-`, `_` and `.` the other characters are written in
    /// hexadecimal digits behind a `~`.
    ///
    /// ```
    /// use corroborate::{Assertion, Claim, Dossier, Resolver, Source};
    ///
    /// let mut raid = Dossier::new("Raid");
    /// raid.add_source(Source::new("iraq", "Iraq"))?;
    /// raid.add_claim(Claim::count("killed", "How many <fighters> were killed?"))?;
    /// raid.record(Assertion::new("killed", "14").by("iraq"))?;
    ///
    /// let mut page = Vec::new();
    /// Resolver::standard().resolve(&raid).write_html(&mut page)?;
    /// let page = String::from_utf8(page)?;
    /// assert!(page.starts_with("<!DOCTYPE html>"));
    /// assert!(page.contains("How many &lt;fighters&gt; were killed?")); // no text becomes markup
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the writer fails.
    pub fn write_html(&self, mut to: impl io::Write) -> io::Result<()> {
        HtmlPage { report: self }.write(&mut to)
    }

    /// The report as a page for browsers, as one text.
    pub fn to_html(&self) -> String {
        let mut page = Vec::new();
        // Writing into memory doesn't fail, and what is written is text.
        let _ = self.write_html(&mut page);
        String::from_utf8(page).unwrap_or_default()
    }
}

/// The parts of the page.
struct HtmlPage<'r> {
    report: &'r Report<'r>,
}

impl HtmlPage<'_> {
    fn write(&self, to: &mut dyn io::Write) -> io::Result<()> {
        // What is open over many cards is written in pieces. The pieces are ours, and no text from outside is in them.
        write_markup(to, &html! { (DOCTYPE) }.0)?;
        write_markup(to, "<html lang=\"en\">\n")?;
        write_markup(to, &self.head().0)?;
        write_markup(to, "\n<body>\n")?;
        write_markup(to, &html! { a.skip href="#findings" { "Skip to the findings" } }.0)?;
        write_markup(to, &self.masthead().0)?;
        write_markup(to, "\n<main id=\"findings\" tabindex=\"-1\">\n")?;
        write_markup(to, &self.to_check().0)?;
        write_markup(to, &self.at_a_glance().0)?;
        write_markup(to, &self.filters().0)?;
        let (constraints, not_comparable) = self.constraints_by_claim();
        let mut open = None;
        for section in self.report.sections() {
            let nature = section.nature;
            if open.replace(nature) != Some(nature) {
                write_markup(to, &html! { h2.nature id=(nature) { (plural(nature)) } }.0)?;
            }
            let anchor = anchor_of(section.verdict, nature);
            write_markup(
                to,
                &format!(
                    "\n<section class=\"verdict\" aria-label=\"{}{}\">\n",
                    section.verdict,
                    section.nature_suffix()
                ),
            )?;
            write_markup(to, &section_heading(&section, &anchor).0)?;
            for finding in section.findings {
                let card = Card {
                    report: self.report,
                    finding,
                    constraints: constraints.get(&finding.claim_index()).map_or(&[], Vec::as_slice),
                    not_comparable: not_comparable.get(&finding.claim_index()).map_or(&[], Vec::as_slice),
                };
                write_markup(to, "\n")?;
                write_markup(to, &card.element().0)?;
            }
            write_markup(to, "\n</section>\n")?;
        }
        write_markup(to, &self.between_claims().0)?;
        write_markup(to, &self.sources().0)?;
        write_markup(to, "\n</main>\n")?;
        write_markup(to, &self.colophon().0)?;
        write_markup(to, &html! { script { (PreEscaped(SCRIPT)) } }.0)?;
        write_markup(to, "\n</body>\n</html>\n")
    }

    fn head(&self) -> Markup {
        html! {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (self.report.title_for_people()) }
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) (PreEscaped(picture::STYLE)) }
            }
        }
    }

    fn masthead(&self) -> Markup {
        html! {
            header.masthead {
                h1 dir="auto" { (self.report.title_for_people()) }
                p.standfirst { (self.report.size()) }
                @if self.report.findings().len() > 0 { (self.tallies()) }
            }
        }
    }

    /// How many claims have which verdict, as links to the first of them.
    fn tallies(&self) -> Markup {
        let most = ORDER.iter().map(|verdict| self.report.tally(*verdict)).max().unwrap_or(0).max(1);
        html! {
            nav.tally aria-label="Verdicts" {
                ul {
                    @for verdict in ORDER {
                        @let count = self.report.tally(verdict);
                        @if count > 0 {
                            li class=(verdict) {
                                a href={ "#" (self.first_of(verdict)) } {
                                    span.count { (grouped(count)) } " " span.name { (verdict) }
                                    // Its length says once more what the number says.
                                    span.share aria-hidden="true" style={ "width:" (count * 100 / most) "%" } {}
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn first_of(&self, verdict: Verdict) -> String {
        let with = self.report.findings().filter(|finding| finding.verdict() == verdict);
        let natures: Vec<Nature> = with.map(|finding| finding.claim().nature()).collect();
        let first =
            Nature::ALL.iter().find(|nature| natures.contains(nature)).copied().unwrap_or(Nature::Fact);
        anchor_of(verdict, first)
    }

    /// What can be read in two ways, before all that rests on it.
    fn to_check(&self) -> Markup {
        let lints = self.report.to_check();
        html! {
            @if !lints.is_empty() {
                section.glance aria-labelledby="please-check" {
                    h2 #please-check { "Please check" }
                    ul.lints { @for lint in lints { li dir="auto" { (lint) } } }
                }
            }
        }
    }

    /// What an editor must not miss, and the constraints that fail or are open.
    fn at_a_glance(&self) -> Markup {
        let with_status = |status: Status| {
            self.report.constraints().enumerate().filter(move |(_, tie)| tie.status() == status)
        };
        let all = self.report.at_a_glance();
        html! {
            section.glance aria-labelledby="at-a-glance" {
                h2 #at-a-glance { "At a glance" }
                @if all.is_empty() { p { (self.report.nothing_to_miss()) } }
                @for glance in &all {
                    h3 { (glance.heading.replace('\'', "’")) }
                    ul.disputes {
                        @for (finding, line) in &glance.lines {
                            li {
                                a href={ "#" (claim_anchor(finding.claim().id())) } dir="auto" { (question_or_id(finding.claim())) }
                                " " bdi.answers { (card::prose(line)) }
                            }
                        }
                    }
                    @let more = glance.total - glance.lines.len();
                    @if more > 0 { p { "And " (grouped(more)) " further down." } }
                }
                @for (status, what) in [(Status::Fails, "don’t add up"), (Status::Open, "may or may not add up")] {
                    @let count = with_status(status).count();
                    @if count > 0 {
                        p.tied {
                            (counted(count, "constraint")) " between claims " @if count == 1 && status == Status::Fails { "doesn’t add up" } @else { (what) } ": "
                            @for (n, (tie, constraint)) in with_status(status).take(AT_A_GLANCE).enumerate() {
                                @if n > 0 { "; " }
                                a href={ "#tie-" (tie) } { bdi { (short_formula(constraint)) } }
                            }
                            @if count > AT_A_GLANCE { "; and " (grouped(count - AT_A_GLANCE)) " more" }
                            "."
                        }
                    }
                }
            }
        }
    }

    /// What the script filters by. Without it there is nothing to be seen of this.
    fn filters(&self) -> Markup {
        html! {
            @if self.report.findings().len() > 0 {
                form.filters #filters role="search" aria-label="Filter the findings" hidden="" {
                    p {
                        label for="filter-text" { "Text" }
                        input #filter-text type="search" autocomplete="off" spellcheck="false";
                    }
                    p {
                        label for="filter-verdict" { "Verdict" }
                        select #filter-verdict {
                            option value="" { "any" }
                            @for verdict in ORDER {
                                @if self.report.tally(verdict) > 0 { option value=(verdict) { (verdict) } }
                            }
                        }
                    }
                    p {
                        label for="filter-source" { "Source" }
                        select #filter-source {
                            option value="" { "any" }
                            @for source in self.report.dossier.sources() { option value=(source.index) { (self.option_name(source)) } }
                        }
                    }
                    p.actions {
                        button type="reset" { "Show all" }
                        button #unfold type="button" aria-pressed="false" { "Unfold explanations" }
                    }
                    output #shown for="filter-text filter-verdict filter-source" {
                        (counted(self.report.findings().len(), "claim"))
                    }
                }
            }
        }
    }

    fn option_name(&self, source: SourceRef<'_>) -> String {
        let side = SourceRef { index: self.report.shared.context().side(source.index), ..source };
        if side.index == source.index {
            source.name().to_owned()
        } else {
            format!("{} ({})", source.name(), side.name())
        }
    }

    /// For each claim the constraints that tie it, and what it can't be compared with.
    fn constraints_by_claim(&self) -> (NumbersByClaim, NumbersByClaim) {
        let (mut constraints, mut not_comparable) = (NumbersByClaim::default(), NumbersByClaim::default());
        for (number, constraint) in self.report.constraints().enumerate() {
            for claim in constraint.claims() {
                let list = constraints.entry(claim.index).or_default();
                if list.last() != Some(&number) {
                    list.push(number);
                }
            }
        }
        for (number, entry) in self.report.not_comparable().enumerate() {
            entry.claims().for_each(|claim| not_comparable.entry(claim.index).or_default().push(number));
        }
        (constraints, not_comparable)
    }

    fn between_claims(&self) -> Markup {
        html! {
            @if self.report.constraints().len() > 0 {
                section.between aria-labelledby="between-claims" {
                    h2 #between-claims { "Between claims" }
                    ul {
                        @for (number, constraint) in self.report.constraints().enumerate() {
                            li id={ "tie-" (number) } tabindex="-1" {
                                p { (formula(constraint)) ": " strong.status.(constraint.status()) { (constraint.status()) } }
                                p.small dir="auto" { (constraint.why()) }
                            }
                        }
                    }
                }
            }
            @if self.report.not_comparable().len() > 0 {
                section.between aria-labelledby="not-comparable" {
                    h2 #not-comparable { "Not comparable" }
                    p.small { "These claims share a topic and differ in scope. They answer different questions, and their answers neither support nor contradict each other." }
                    ul {
                        @for (number, entry) in self.report.not_comparable().enumerate() {
                            li id={ "apart-" (number) } tabindex="-1" { (not_comparable(self.report, entry)) }
                        }
                    }
                }
            }
        }
    }

    /// Whose words they are, and who agrees with whom, where that can be seen at a glance.
    fn sources(&self) -> Markup {
        let graph = Some(SourceGraph::of(self.report.dossier.title(), &self.report.provenance()))
            .filter(SourceGraph::says_something);
        let matrix = Some(SideMatrix::of(self.report)).filter(SideMatrix::says_something);
        html! {
            @if graph.is_some() || matrix.is_some() {
                section.sources aria-labelledby="sources" {
                    h2 #sources { "Sources" }
                    div.pair {
                        @if let Some(graph) = graph {
                            figure { figcaption { "Who is part of whom, and whose words are passed on" } (graph.draw(false).element(0.0)) }
                        }
                        @if let Some(matrix) = matrix {
                            figure { figcaption { "Who agrees with whom" } (matrix.draw(false).element(0.0)) }
                        }
                    }
                }
            }
        }
    }

    fn colophon(&self) -> Markup {
        html! {
            footer.colophon {
                p {
                    "A verdict says what the record shows: who says what, and where they agree. It doesn’t say what is true. "
                    em { "Agreed" } " means that two sides or more, not known to be dependent, state the same answer. "
                    em { "Single-source" } " findings belong to whoever is credited."
                }
                p { "Made with corroborate." }
            }
        }
    }
}

fn section_heading(section: &Section<'_>, anchor: &str) -> Markup {
    html! {
        h3 id=(anchor) tabindex="-1" class=(section.verdict) {
            (section.verdict) " " span.count { (grouped(section.findings.len())) }
        }
        p.meaning { (meaning(section.verdict).replace('\'', "’")) }
    }
}

/// Names in a row, each kept to itself, whatever its direction; of many the first few.
fn names(sources: &[SourceRef<'_>]) -> Markup {
    in_a_row(sources, named(sources.len()), |source| html! { bdi { (source.name()) } })
}

/// The first entries of a list, and how many more there are.
fn in_a_row<T>(all: &[T], named: usize, entry: impl Fn(&T) -> Markup) -> Markup {
    html! {
        @for (n, one) in all.iter().take(named).enumerate() {
            @if n > 0 { @if n + 1 == all.len() { " and " } @else { ", " } }
            (entry(one))
        }
        @if all.len() > named { " and " (grouped(all.len() - named)) " more" }
    }
}

fn formula(constraint: ConstraintRef<'_>) -> Markup {
    let claims: Vec<ClaimRef<'_>> = constraint.claims().collect();
    let between = |n: usize| match (constraint.kind(), n) {
        (_, 0) => "",
        (ConstraintKind::Sum, 1) => " = ",
        (ConstraintKind::Sum, _) => " + ",
        (ConstraintKind::AtMost, _) => " ≤ ",
        _ => " = ",
    };
    let whole = usize::from(constraint.kind() == ConstraintKind::Sum);
    let (shown, more) = (whole + named(claims.len() - whole), more(claims.len() - whole));
    html! {
        @for (n, claim) in claims.iter().take(shown).enumerate() { (between(n)) (link(constraint.report, *claim)) }
        @if let Some(more) = more { (between(shown)) (more) }
    }
}

/// A formula that stays short, without links.
fn short_formula(constraint: ConstraintRef<'_>) -> String {
    if constraint.outcome.tied.len() <= NAMED {
        return constraint.formula(str::to_owned);
    }
    let first = constraint.claims().next().map_or("", |claim| claim.id());
    format!("{first} and {} others", grouped(constraint.outcome.tied.len() - 1))
}

fn not_comparable(report: &Report<'_>, entry: NotComparableRef<'_>) -> Markup {
    let (shown, more) = (named(entry.claims().len()), more(entry.claims().len()));
    html! {
        p {
            @for (n, claim) in entry.claims().take(shown).enumerate() { @if n > 0 { ", " } (link(report, claim)) }
            @if let Some(more) = more { " and " (more) }
            ": " bdi { (entry.differences()) }
        }
    }
}

/// A claim's id, with a link to its finding where the page has it.
fn link(report: &Report<'_>, claim: ClaimRef<'_>) -> Markup {
    let id = html! { bdi { (claim.id()) } };
    if report.claims.contains(&claim.index) {
        html! { a href={ "#" (claim_anchor(claim.id())) } { (id) } }
    } else {
        id
    }
}

fn anchor_of(verdict: Verdict, nature: Nature) -> String {
    if nature == Nature::Fact { verdict.to_string() } else { format!("{verdict}-{nature}") }
}

fn plural(nature: Nature) -> &'static str {
    match nature {
        Nature::Fact => "Facts",
        Nature::Assessment => "Assessments",
        Nature::Projection => "Projections",
    }
}

fn grouped(count: usize) -> String {
    super::words::grouped(&count.to_string())
}
