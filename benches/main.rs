//! How fast it is. `cargo bench --all-features` times all that follows, `benches/compare.sh` sets it beside query engines.
//!
//! Without `cargo bench`, as `cargo test` does it, everything runs once and is small, so that it can't rot.

#![expect(clippy::expect_used, reason = "a benchmark builds what it knows to be sound")]

mod clock;
mod dimensions;
mod load;
mod measure;
mod newsroom;
mod numbers;
mod resolve;
mod scale;
mod slopes;

use std::{env, fmt, io};

fn main() -> Result<(), Told> {
    run().map_err(Told)
}

/// What went wrong, which Rust would show as it is made and not as it is said.
struct Told(io::Error);

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

fn run() -> io::Result<()> {
    let words: Vec<String> = env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut out = io::stdout().lock();
    match words[..] {
        ["slopes", most] => slopes::print(number(most)?, None, &mut out),
        ["slopes", most, only] => slopes::print(number(most)?, Some(only), &mut out),
        ["make", assertions, folder] => measure::make(number(assertions)?, folder.as_ref()),
        ["measure", folder] => measure::measure(folder.as_ref(), &mut out),
        _ => {
            divan::main();
            if is_measured() { Ok(()) } else { small() }
        }
    }
}

/// A number, which may be written as `1e6`.
fn number(word: &str) -> io::Result<usize> {
    let number = word.parse().ok().filter(|number| (1.0..=1e9).contains(number));
    let wrong =
        || io::Error::other(format!("found `{word}`, expected a number from 1 to 1e9, such as `1e6`"));
    number.map(|number: f64| number as usize).ok_or_else(wrong)
}

/// Whether times are asked for, and not merely whether everything runs.
fn is_measured() -> bool {
    env::args().any(|word| word == "--bench")
}

/// Sizes to measure; small ones, when nothing is measured.
fn sizes<const N: usize>(sizes: [usize; N]) -> Vec<usize> {
    if is_measured() { sizes.into() } else { vec![100] }
}

/// What isn't divan's, on little.
fn small() -> io::Result<()> {
    slopes::print(30, None, &mut io::sink())?;
    let folder = tempfile::tempdir()?;
    measure::make(number("5e2")?, folder.path())?;
    measure::measure(folder.path(), &mut io::sink())
}
