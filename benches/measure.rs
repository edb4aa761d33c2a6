//! One run of everything that `benches/compare.sh` sets beside query engines, on data in a folder.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use corroborate::{Assertion, Dossier, Intake, Kind, LiveReport, Resolver};
use petgraph::Direction;
use petgraph::visit::{EdgeCount, IntoEdgesDirected, IntoNodeIdentifiers};
use serde::{Deserialize, Serialize};

use crate::clock::{self, Took, held, taken, timed};
use crate::newsroom::Newsroom;
use crate::numbers::Numbers;

/// Text of more assertions in JSON isn't measured: it would say nothing new, and fill the memory.
const MOST_IN_JSON: usize = 2_000_000;

/// Makes a newsroom's tables in a folder.
pub(crate) fn make(assertions: usize, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let to = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
    let newsroom = Newsroom::new(assertions);
    newsroom.write_csv(to("assertions.csv")?)?;
    newsroom.write_sources_csv(to("sources.csv")?)?;
    newsroom.write_peers_csv(to("peers.csv")?)
}

/// Prints what each stage takes, on lines of a name and a figure: nanoseconds or bytes an assertion, or what the name says.
///
/// Where a stage can be run twice, the second time counts, when memory is warm. So it is with the query engines.
pub(crate) fn measure(folder: &Path, to: &mut dyn Write) -> io::Result<()> {
    let open = |name: &str| File::open(folder.join(name));
    let before = held();
    let (sources, assertions) = (open("sources.csv")?, open("assertions.csv")?);
    let intake = || Intake::new().sources("sources.csv", sources).file("assertions.csv", assertions).finish();
    let (dossier, load) = timed(intake);
    let dossier = dossier.expect("sound tables").0;
    let many = dossier.assertions().len();
    let each = |took: Duration| took.as_secs_f64() * 1e9 / many as f64;
    let print = |to: &mut dyn Write, stage: &str, took: Took| {
        writeln!(to, "{stage}\t{:.1}\n{stage}-clock\t{:.1}", each(took.work), each(took.clock))
    };
    writeln!(to, "assertions\t{many}")?;
    writeln!(to, "held\t{:.1}", held().saturating_sub(before) as f64 / many as f64)?;
    // The graph is a view; walking backwards, it keeps what arrives at each node.
    let graph = dossier.graph();
    let arriving =
        graph.node_identifiers().map(|node| graph.edges_directed(node, Direction::Incoming).count());
    assert_eq!(arriving.sum::<usize>(), graph.edge_count(), "each edge arrives somewhere");
    writeln!(to, "held-with-graph\t{:.1}", held().saturating_sub(before) as f64 / many as f64)?;
    drop(graph);
    print(to, "load", load)?;
    let resolver = Resolver::standard();
    drop(resolver.resolve(&dossier));
    let (report, resolve) = timed(|| resolver.resolve(&dossier));
    print(to, "resolve", resolve)?;
    let (written, brief) = timed(|| report.write_brief_json(io::sink()));
    written?;
    print(to, "brief", brief)?;
    drop(report);
    if many <= MOST_IN_JSON {
        let lines = json_lines(&dossier);
        let (read, took) = timed(|| Intake::new().file("", lines.as_slice()).finish());
        drop(read.expect("sound lines"));
        print(to, "json-lines", took)?;
        let (rows, floor) = timed(|| rows_of_lines(&lines));
        rows?;
        print(to, "json-lines-floor", floor)?;
        drop(lines);
        let json = dossier.to_json();
        let (read, took) = timed(|| Dossier::from_json(&json));
        drop(read.expect("what was written"));
        print(to, "json", took)?;
        let (rows, floor) = timed(|| serde_json::from_str::<Whole<'_>>(&json));
        rows?;
        print(to, "json-floor", floor)?;
    }
    let [verdict, finding] = live(dossier)?;
    writeln!(to, "live-median\t{}\nlive-99\t{}", verdict.0, verdict.1)?;
    writeln!(to, "live-finding-median\t{}\nlive-finding-99\t{}", finding.0, finding.1)?;
    let raid = Dossier::from_json(include_str!("../tests/corpus/raid.json")).expect("the raid is sound");
    // Asking what work was done takes a fifth of that, so the clock is read instead.
    let raid = clock::median((0..200).map(|_| taken(|| resolver.resolve(&raid))).collect());
    writeln!(to, "raid-microseconds\t{:.1}", raid.as_secs_f64() * 1e6)
}

/// How long a live report takes for one more assertion, in nanoseconds: the median and the 99th percentile of many on
/// random claims, less what asking the clock takes. First until it says how the verdict changed; then, of a fifth as many,
/// until it has also handed over all that is found of the claim.
fn live(dossier: Dossier) -> io::Result<[(u128, u128); 2]> {
    let mut numbers = Numbers::new();
    let ids = |names: &mut dyn Iterator<Item = String>| names.collect::<Vec<_>>();
    let claims = ids(&mut dossier.claims().map(|claim| claim.id().to_owned()));
    let kinds: Vec<Kind> = dossier.claims().map(|claim| claim.kind()).collect();
    let sources = ids(&mut dossier.sources().map(|source| source.id().to_owned()));
    let mut desk = LiveReport::new(dossier, Resolver::standard());
    let mut clock: Vec<u128> =
        (0..1_000).map(|_| Instant::now()).map(|begun| begun.elapsed().as_nanos()).collect();
    clock.sort_unstable();
    let clock = clock[clock.len() / 2];
    let mut record = |many: usize, all: bool| {
        let mut times = Vec::with_capacity(many);
        for _ in 0..many {
            let claim = numbers.below(claims.len());
            let value = match kinds[claim] {
                Kind::Count => numbers.below(2_000).to_string(),
                Kind::Date => format!("2031-04-{:02}", 1 + numbers.below(28)),
                _ => format!("term-{}", numbers.below(500)),
            };
            let said = Assertion::new(&*claims[claim], value).by(&*sources[numbers.below(sources.len())]);
            let said = said.asserted("2031-05-06T07:08:09Z");
            let begun = Instant::now();
            let update = desk.record(said).expect("a sound assertion");
            black_box(update.change());
            if all {
                black_box(update.finding().verdict());
            }
            times.push(begun.elapsed().as_nanos());
        }
        times.sort_unstable();
        let less = |time: u128| time.saturating_sub(clock);
        (less(times[times.len() / 2]), less(times[times.len() * 99 / 100]))
    };
    let many = RECORDED.min(claims.len() * 4);
    Ok([record(many, false), record(many.div_ceil(5), true)])
}

/// So many assertions are recorded live.
const RECORDED: usize = 100_000;

/// A row as a program has it that does nothing with it: its texts are those of the file.
#[derive(Serialize, Deserialize)]
struct Row<'t> {
    claim: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'t str>,
    value: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asserted: Option<&'t str>,
}

/// A dossier likewise.
#[derive(Deserialize)]
#[expect(dead_code, reason = "it is made and not looked at")]
struct Whole<'t> {
    #[serde(borrow)]
    sources: Vec<SourceRow<'t>>,
    claims: Vec<ClaimRow<'t>>,
    assertions: Vec<Row<'t>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "it is made and not looked at")]
struct SourceRow<'t> {
    id: &'t str,
    name: &'t str,
    part_of: Option<&'t str>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "it is made and not looked at")]
struct ClaimRow<'t> {
    id: &'t str,
    question: &'t str,
    kind: &'t str,
}

fn rows_of_lines(lines: &[u8]) -> serde_json::Result<Vec<Row<'_>>> {
    lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(serde_json::from_slice).collect()
}

/// The assertions of a newsroom as JSON Lines.
pub(crate) fn json_lines(dossier: &Dossier) -> Vec<u8> {
    let mut lines = Vec::new();
    for assertion in dossier.assertions() {
        let said = assertion.said().unwrap_or_default();
        let kind = assertion.claim().kind().to_string();
        let asserted = assertion.asserted().map(|date| date.to_string());
        let row = Row {
            claim: assertion.claim().id(),
            kind: Some(&kind),
            value: &said,
            by: assertion.by().next().map(|source| source.id()),
            asserted: asserted.as_deref(),
        };
        serde_json::to_writer(&mut lines, &row).expect("memory takes it");
        lines.push(b'\n');
    }
    lines
}
