//! The command line: reads files, resolves, prints. Everything that thinks is in the library.

mod command;

use std::process::ExitCode;

use clap::Parser;
use command::CommandLine;
use command::failure::{Failure, print_message};

fn main() -> ExitCode {
    match CommandLine::parse().run() {
        Ok(status) => status,
        Err(Failure(message)) => {
            print_message(&message);
            ExitCode::from(2)
        }
    }
}
