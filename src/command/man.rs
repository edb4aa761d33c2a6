//! `corroborate man`: the manual page.

use std::io::{self, Write};

use clap::{Args, Command};

use super::failure::Failure;
use super::output::OutputOption;

#[derive(Args)]
pub(crate) struct ManArgs {
    #[command(flatten)]
    output: OutputOption,
}

impl ManArgs {
    /// Prints the page of a whole command line.
    pub(super) fn run(self, whole: Command) -> Result<(), Failure> {
        self.output.write(|to| write_page(whole, to))
    }
}

/// Writes one page for all: the sections of the command itself, and then a section for each subcommand.
///
/// The generator by itself makes a page of each subcommand, so that one file wouldn't have their options.
fn write_page(mut whole: Command, to: &mut dyn Write) -> io::Result<()> {
    // Subcommands learn their full names, such as `corroborate report`.
    whole.build();
    let page = clap_mangen::Man::new(whole.clone());
    page.render_title(to)?;
    write_part(to, ".SH", |part| page.render_name_section(part))?;
    write_part(to, ".SH", |part| write_usage(&page, part))?;
    for command in whole.get_subcommands() {
        let name = command.get_bin_name().unwrap_or(command.get_name());
        writeln!(to, ".SH \"{}\"", name.to_uppercase())?;
        let page = clap_mangen::Man::new(command.clone());
        write_part(to, ".SS", |part| write_usage(&page, part))?;
    }
    write_part(to, ".SH", |part| page.render_version_section(part))
}

/// How a command is called, what it does, and its arguments.
fn write_usage(page: &clap_mangen::Man, to: &mut dyn Write) -> io::Result<()> {
    page.render_synopsis_section(to)?;
    page.render_description_section(to)?;
    page.render_options_section(to)
}

/// Writes generated sections under headings of this level.
///
/// Lines that begin with a dot are all the generator's own, since it escapes those of texts. Each section
/// defines the apostrophe again, by `.ie` and `.el`; the page's title has done so once.
fn write_part(
    to: &mut dyn Write,
    level: &str,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut part = Vec::new();
    render(&mut part)?;
    for line in String::from_utf8_lossy(&part).lines() {
        match line.strip_prefix(".SH") {
            Some(heading) => writeln!(to, "{level}{heading}")?,
            None if line.starts_with(".ie ") || line.starts_with(".el ") => {}
            None => writeln!(to, "{line}")?,
        }
    }
    Ok(())
}
