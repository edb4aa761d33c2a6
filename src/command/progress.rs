//! What a terminal sees of long work; nothing goes to a pipe or a file, and nothing is said of short work.

use std::io::{self, IsTerminal, Read};
use std::time::Duration;

use corroborate::Dossier;
use indicatif::{ProgressBar, ProgressStyle};

/// Reading so much takes no time to speak of.
const SHORT: u64 = 8 << 20;

pub(super) fn reading<R: Read>(name: &str, reader: R, bytes: Option<u64>) -> impl Read {
    let bar = match bytes {
        Some(bytes) if bytes <= SHORT => ProgressBar::hidden(),
        Some(bytes) => {
            styled(ProgressBar::new(bytes), "reading {msg} {wide_bar} {bytes} of {total_bytes}, {eta} left")
        }
        None => styled(ProgressBar::no_length(), "reading {msg}: {bytes}"),
    };
    bar.with_message(name.to_owned()).wrap_read(reader)
}

pub(super) fn during<T>(what: &'static str, dossier: &Dossier, work: impl FnOnce() -> T) -> T {
    let assertions = dossier.assertions().len();
    let bar = if assertions < 100_000 {
        ProgressBar::hidden()
    } else {
        styled(ProgressBar::no_length(), "{spinner} {msg} ({elapsed})")
    };
    bar.set_message(format!("{what} {assertions} assertions"));
    bar.enable_steady_tick(Duration::from_millis(200));
    let done = work();
    bar.finish_and_clear();
    done
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style).with_finish(indicatif::ProgressFinish::AndClear),
        Err(_) => ProgressBar::hidden(),
    }
}
