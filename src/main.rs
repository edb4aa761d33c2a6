//! The command line: reads files, resolves, prints. Everything that thinks is in the library.

mod command;

use std::process::ExitCode;

use clap::Parser;
use command::Command;
use command::failure::{Failure, tell};

/// Says where sources agree, where they disagree, and what goes unattributed.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    match Cli::parse().command.run() {
        Ok(status) => status,
        Err(Failure(message)) => {
            tell(&message);
            ExitCode::from(2)
        }
    }
}
