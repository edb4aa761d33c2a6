//! How long something takes, on a machine that does other things besides, and how much memory is held.

use std::fs;
use std::time::{Duration, Instant};

/// How much work the processor has done for this process.
///
/// Linux keeps that account to the nanosecond, and it stands still while others have the processor.
fn worked() -> Option<Duration> {
    // Giving way brings the account up to date.
    std::thread::yield_now();
    let threads = fs::read_dir("/proc/self/task").ok()?;
    let nanoseconds = threads.map(|thread| {
        let account = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        account.split_whitespace().next()?.parse::<u64>().ok()
    });
    nanoseconds.sum::<Option<u64>>().map(Duration::from_nanos)
}

/// What something took.
#[derive(Clone, Copy)]
pub(crate) struct Took {
    pub(crate) work: Duration,
    /// The time on the clock.
    pub(crate) clock: Duration,
}

/// What something makes, with what it took. Making it is measured, dropping it isn't.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Took) {
    let (before, start) = (worked(), Instant::now());
    let made = std::hint::black_box(work());
    let clock = start.elapsed();
    let work = before.zip(worked()).map_or(clock, |(before, after)| after.saturating_sub(before));
    (made, Took { work, clock })
}

/// The time on the clock that something takes to be made.
pub(crate) fn taken<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let made = std::hint::black_box(work());
    let clock = start.elapsed();
    drop(made);
    clock
}

/// The median of some.
pub(crate) fn median(mut some: Vec<Duration>) -> Duration {
    some.sort_unstable();
    some.get(some.len() / 2).copied().unwrap_or_default()
}

/// The median of the work that something takes: three times at least, and more where it is short.
pub(crate) fn usual<T>(mut work: impl FnMut() -> T) -> Duration {
    let start = Instant::now();
    let mut took = vec![timed(&mut work).1.work];
    while (took.len() < 3 && start.elapsed() < Duration::from_secs(2))
        || (took.len() < 50 && start.elapsed() < Duration::from_millis(50))
    {
        took.push(timed(&mut work).1.work);
    }
    median(took)
}

/// The bytes that the process holds in memory.
pub(crate) fn held() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    kilobytes.unwrap_or_default() * 1024
}
