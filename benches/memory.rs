//! How memory grows with everything that a dossier can have many of: `cargo bench --all-features --bench memory`.
//!
//! Every allocation is counted, which takes time. So this is a program of its own.

#![expect(clippy::expect_used, reason = "a benchmark builds what it knows to be sound")]

mod dimensions;
#[expect(dead_code, reason = "the tables that it writes are for query engines")]
mod newsroom;
mod numbers;

use std::env;
use std::io::{self, Write};

use corroborate::Resolver;
use dimensions::{DIMENSIONS, Dimension};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Prints what a dossier of each dimension holds at a thousand, ten thousand and a hundred thousand, what comes on top
/// until a brief report is written, and how steep that is, where both axes are logarithmic.
fn main() -> io::Result<()> {
    let is_measured = env::args().any(|word| word == "--bench");
    let sizes: &[usize] = if is_measured { &[1_000, 10_000, 100_000] } else { &[10, 100] };
    let mut out = io::stdout().lock();
    writeln!(out, "kilobytes at a thousand, ten thousand, … (and the slope from one to the next)")?;
    for dimension in DIMENSIONS {
        let (held, more): (Vec<_>, Vec<_>) = sizes.iter().map(|many| held(*dimension, *many)).unzip();
        writeln!(out, "{:30} held    {}", dimension.name, in_line(&held))?;
        writeln!(out, "{:30} report  {}", dimension.name, in_line(&more))?;
    }
    Ok(())
}

/// The bytes that a dossier holds, and how many more there are at most until a brief report on it is written.
fn held(dimension: Dimension, many: usize) -> (usize, usize) {
    let before = MEMORY.current_usage();
    let dossier = dimension.dossier(many);
    let held = MEMORY.current_usage() - before;
    MEMORY.reset_peak_usage();
    let report = Resolver::standard().resolve(&dossier);
    report.write_brief_json(io::sink()).expect("it takes everything");
    (held, MEMORY.peak_usage() - before - held)
}

fn in_line(bytes: &[usize]) -> String {
    let figure = |(at, bytes_at): (usize, &usize)| {
        let slope = at.checked_sub(1).map(|before| (*bytes_at as f64 / bytes[before] as f64).log10());
        let slope = slope.map(|slope| format!(" ({slope:.2})")).unwrap_or_default();
        format!("{:.0}{slope}", *bytes_at as f64 / 1e3)
    };
    bytes.iter().enumerate().map(figure).collect::<Vec<_>>().join(" ")
}
