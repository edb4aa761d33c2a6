//! `corroborate report`: the whole report, in one of its forms.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use corroborate::{Resolver, Verdict};

use super::failure::Failure;
use super::input::Files;
use super::output::OutputOption;
use super::progress;
use super::settings::Settings;

#[derive(Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    files: Files,
    #[command(flatten)]
    settings: Settings,
    /// How to print it
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
    /// Leave explanations, notices and questions out of JSON, and count assertions
    #[arg(long)]
    brief: bool,
    /// In text: keep what must not be missed, and the disputes
    #[arg(long)]
    short: bool,
    /// In text: add dates, documents and quotations to every statement
    #[arg(long)]
    details: bool,
    /// Which picture to draw in SVG
    #[arg(long, value_enum, value_name = "WHICH")]
    picture: Option<Picture>,
    /// Report only the claim of this id, in any format
    #[arg(long, value_name = "ID")]
    claim: Option<String>,
    /// Exit with status 1 when a claim has one of these verdicts: `disputed,unattributed`
    #[arg(long, value_name = "VERDICTS", value_delimiter = ',')]
    fail_on: Vec<Verdict>,
    #[command(flatten)]
    output: OutputOption,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// For a terminal
    Text,
    /// For a story's notes
    Markdown,
    /// Schema corroborate-report/2
    Json,
    /// A page for browsers, in one file
    Html,
    /// A table with a row for each finding, for spreadsheets and pipelines
    Csv,
    /// A picture, by --picture; else what each answer about a figure or a date leaves possible
    Svg,
    /// Who says what, and whose words are whose, for Graphviz
    Dot,
    /// The same for Mermaid
    Mermaid,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Picture {
    /// What each answer about a figure or a date leaves possible
    Span,
    /// How the findings moved as assertions came in
    Timeline,
    /// Who is part of whom, and whose words are whose
    Sources,
    /// Who agrees with whom, in how many claims
    Sides,
}

impl ReportArgs {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let Self { files, settings, format, brief, short, details, picture, claim, fail_on, output } = self;
        if brief && format != ReportFormat::Json {
            return Err(Failure::new("--brief goes with --format json"));
        }
        if let (Some(option), true) = (
            [("--short", short), ("--details", details)].iter().find(|(_, is_set)| *is_set),
            format != ReportFormat::Text,
        ) {
            return Err(Failure::new(format_args!("{} goes with --format text", option.0)));
        }
        if picture.is_some() && format != ReportFormat::Svg {
            return Err(Failure::new("--picture goes with --format svg"));
        }
        // Those who read a report find its lints there, and programs that ask for a brief one or a table aren't told.
        let shows_lints = !brief
            && matches!(
                format,
                ReportFormat::Text | ReportFormat::Markdown | ReportFormat::Html | ReportFormat::Json
            );
        let dossier = if shows_lints { files.read_without_lints()? } else { files.read()? };
        let resolver = settings.resolver(&dossier)?;
        let report = progress::during("reconciling", &dossier, || resolver.resolve(&dossier));
        let (report, drawn) = match &claim {
            Some(claim) => {
                let Some(report) = report.of_claim(claim) else {
                    return Err(Failure::new(dossier.no_such_claim(claim)));
                };
                let drawn = drawing_of(&report, &resolver, format, picture)?;
                (report, drawn)
            }
            None => (report, None),
        };
        output.write(|to| match format {
            ReportFormat::Text => {
                let layout = output.layout();
                let layout = if short { layout.short() } else { layout };
                report.write_text_as(if details { layout.details() } else { layout }, to)
            }
            ReportFormat::Markdown => report.write_markdown(to),
            ReportFormat::Html => report.write_html(to),
            ReportFormat::Csv => report.write_csv(to),
            ReportFormat::Json => write_json(&report, brief, to),
            ReportFormat::Svg | ReportFormat::Dot | ReportFormat::Mermaid => {
                match (drawn, format, picture.unwrap_or(Picture::Span)) {
                    (Some(drawn), ..) => to.write_all(drawn.as_bytes()),
                    (None, ReportFormat::Dot, _) => report.write_dot(to),
                    (None, ReportFormat::Mermaid, _) => report.write_mermaid(to),
                    (None, _, Picture::Span) => report.write_span_plots(to),
                    (None, _, Picture::Timeline) => report.write_timelines(to),
                    (None, _, Picture::Sources) => report.write_source_graph(to),
                    (None, _, Picture::Sides) => report.write_side_matrix(to),
                }
            }
        })?;
        let fails: BTreeSet<Verdict> =
            fail_on.into_iter().filter(|verdict| report.tally(*verdict) > 0).collect();
        Ok(if fails.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

/// The drawing of the only claim of a report, where there is one of a claim alone.
fn drawing_of(
    report: &corroborate::Report<'_>,
    resolver: &Resolver,
    format: ReportFormat,
    picture: Option<Picture>,
) -> Result<Option<String>, Failure> {
    let Some(finding) = report.findings().next() else { return Ok(None) };
    let claim = finding.claim().id();
    Ok(match (format, picture.unwrap_or(Picture::Span)) {
        (ReportFormat::Dot, _) => Some(finding.to_dot()),
        (ReportFormat::Mermaid, _) => Some(finding.to_mermaid()),
        (ReportFormat::Svg, Picture::Sources) => Some(finding.source_graph()),
        (ReportFormat::Svg, Picture::Timeline) => {
            resolver.timeline(report.dossier(), claim).map(|timeline| timeline.to_svg())
        }
        (ReportFormat::Svg, Picture::Span) => Some(finding.span_plot().ok_or_else(|| {
            Failure::new(format_args!(
                "there is nothing to draw of `{claim}`: it needs an answer, and to be a count, a quantity or a date"
            ))
        })?),
        _ => None,
    })
}

fn write_json(report: &corroborate::Report<'_>, brief: bool, to: &mut dyn Write) -> io::Result<()> {
    if brief {
        report.write_brief_json(&mut *to)?
    } else {
        report.write_json(&mut *to)?
    }
    to.write_all(b"\n")
}
