//! How time grows with everything that a dossier can have many of: `cargo bench --all-features --bench speed -- slopes 100000`.

use std::io::{self, Write};
use std::time::Duration;

use corroborate::{Dossier, Report, Resolver};

use crate::clock::{timed, usual};
use crate::dimensions::{DIMENSIONS, Dimension};

/// A stage that took longer isn't tried on ten times as much.
const PATIENCE: Duration = Duration::from_secs(4);

/// What is done with a dossier, in the order in which it is done.
const STAGES: [&str; 6] = ["build", "read", "resolve", "brief", "full", "text"];

/// How long each stage took, at a thousand, ten thousand, and so on, as far as it was tried.
type Times = [Vec<Duration>; STAGES.len()];

/// Prints how long each stage takes on each dimension, and how steep that is, where both axes are logarithmic.
///
/// One is in proportion, and two is quadratic. Memory that no longer fits a cache adds a tenth or two.
pub(crate) fn print(most: usize, only: Option<&str>, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "milliseconds at a thousand, ten thousand, … (and the slope from one to the next)")?;
    for dimension in
        DIMENSIONS.iter().filter(|dimension| only.is_none_or(|only| dimension.name.contains(only)))
    {
        let mut times = Times::default();
        let mut many = most.min(1_000);
        while many <= most {
            measure(*dimension, many, &mut times);
            many *= 10;
        }
        for (stage, times) in STAGES.iter().zip(&times) {
            write!(to, "{:30} {stage:8}", dimension.name)?;
            for (at, time) in times.iter().enumerate() {
                let slope = at
                    .checked_sub(1)
                    .map(|before| (time.as_secs_f64() / times[before].as_secs_f64()).log10());
                let slope = slope.map(|slope| format!(" ({slope:.2})")).unwrap_or_default();
                write!(to, " {:.3}{slope}", time.as_secs_f64() * 1e3)?;
            }
            writeln!(to)?;
        }
        to.flush()?;
    }
    Ok(())
}

/// Adds what each stage takes on a dossier with so many.
fn measure(dimension: Dimension, many: usize, times: &mut Times) {
    let [build, read, resolve, brief, full, text] = times;
    let is_tried = |times: &[Duration]| times.last().is_none_or(|last| *last < PATIENCE);
    if !is_tried(build) {
        return;
    }
    let (dossier, took) = timed(|| dimension.dossier(many));
    build.push(took.work);
    if is_tried(read) {
        let json = dossier.to_json();
        read.push(usual(|| Dossier::from_json(&json).expect("what was written")));
    }
    if !is_tried(resolve) {
        return;
    }
    let resolver = Resolver::standard();
    resolve.push(usual(|| resolver.resolve(&dossier)));
    let report = resolver.resolve(&dossier);
    brief.push(usual(|| report.write_brief_json(io::sink()).expect("it takes everything")));
    // A report keeps what it was asked for, so that each is asked for one thing, once.
    let write_json = |report: &Report<'_>| report.write_json(io::sink());
    let write_text = |report: &Report<'_>| report.write_text(io::sink());
    type Write = dyn Fn(&Report<'_>) -> io::Result<()>;
    let writers: [(_, &Write); 2] = [(full, &write_json), (text, &write_text)];
    for (times, write) in writers {
        if is_tried(times) {
            let report = resolver.resolve(&dossier);
            times.push(timed(|| write(&report).expect("it takes everything")).1.work);
        }
    }
}
