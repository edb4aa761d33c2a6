//! `corroborate convert`: files anew, as one dossier or as tables.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use corroborate::{Table, TableFormat};

use super::failure::{Failure, print_message};
use super::input::Files;
use super::output::{self, OutputOption};

#[derive(Args)]
pub(crate) struct ConvertArgs {
    #[command(flatten)]
    files: Files,
    /// What to write
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: ConvertTo,
    #[command(flatten)]
    output: OutputOption,
    /// Write all tables into this folder, which is made unless it is there and empty; whole or not at all
    #[arg(long, value_name = "FOLDER", conflicts_with = "output")]
    into: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum ConvertTo {
    /// One dossier, schema corroborate/1
    Json,
    /// Tables with cells separated by commas
    Csv,
    /// Tables with cells separated by tabs
    Tsv,
    /// JSON Lines: a row as a JSON object on each line
    Jsonl,
}

impl ConvertArgs {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { files, to, output, into } = self;
        let dossier = files.read()?;
        let format = match to {
            ConvertTo::Json if into.is_some() => {
                return Err(Failure::new(
                    "--into goes with --to csv, tsv or jsonl; JSON is one file, for --output",
                ));
            }
            ConvertTo::Json => {
                return output.write(|to| {
                    dossier.write_json(&mut *to)?;
                    to.write_all(b"\n")
                });
            }
            ConvertTo::Csv => TableFormat::Csv,
            ConvertTo::Tsv => TableFormat::Tsv,
            ConvertTo::Jsonl => TableFormat::JsonLines,
        };
        let tables = dossier.tables(format)?;
        match (into, tables.left_out().as_slice()) {
            _ if tables.needed().next().is_none() => {
                return Err(Failure::new(
                    "there is nothing in this dossier, and a table of nothing can't be read back",
                ));
            }
            (Some(folder), _) => {
                let extension = |table| if table == Table::Rest { "json" } else { format.as_str() };
                let files = tables.needed().map(|table| (format!("{table}.{}", extension(table)), table));
                output::write_folder(&folder, files, |table, to| tables.write(table, to))?;
            }
            (None, []) => output.write(|to| tables.write_alone(to))?,
            (None, left_out) => {
                return Err(Failure::new(format_args!(
                    "nothing is written, since a table of assertions alone leaves out: {}; --into FOLDER writes what it takes to read it all back",
                    left_out.join("; ")
                )));
            }
        }
        if tables.has_formulas() {
            print_message(
                "some cells begin as a formula does (`=`, `+`, `-`, `@`); where you open this in a spreadsheet, import its columns as text",
            );
        }
        Ok(())
    }
}
