//! Where results go: to standard output, or into a file or a folder that is written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use clap::Args;
use corroborate::TextLayout;

use super::failure::Failure;

#[derive(Args)]
pub(super) struct OutputOption {
    /// Write to this file, whole or not at all, instead of standard output
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,
}

impl OutputOption {
    pub(super) const STANDARD: Self = Self { output: None };

    /// As wide as the terminal, or as `COLUMNS` says, up to what reads well, and in colour where the reader wants it; plain
    /// elsewhere.
    pub(super) fn layout(&self) -> TextLayout {
        const WIDEST: u16 = 120;
        let layout = TextLayout::default();
        if self.output.is_some() {
            return layout;
        }
        let of_terminal = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0);
        let stated = || std::env::var("COLUMNS").ok()?.trim().parse().ok();
        let layout = match of_terminal.or_else(stated) {
            Some(width) => layout.width(width.min(WIDEST).into()),
            None => layout,
        };
        // It knows of NO_COLOR, CLICOLOR, CLICOLOR_FORCE and terminals that have no colour.
        match anstream::AutoStream::choice(&io::stdout()) {
            anstream::ColorChoice::Never => layout,
            _ => layout.in_colour(),
        }
    }

    /// Writes what is to be written.
    pub(super) fn write(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        match &self.output {
            Some(path) => write_file(path, write).map_err(|error| Failure::at(path, error)),
            None => write_directly(io::stdout().lock(), write)
                .map_err(|error| Failure(format!("standard output: {error}"))),
        }
    }
}

/// Writes to a path: a regular file whole or not at all, anything else directly.
fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let there = match fs::metadata(path) {
        Ok(there) if there.is_dir() => return Err(io::Error::other("this is a folder; name a file in it")),
        Ok(there) => Some(there),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let mut new = OpenOptions::new();
    new.write(true).create_new(true);
    let end = if let Some(there) = &there {
        // What may not be written to may not be replaced, either.
        let opened = OpenOptions::new().write(true).open(path)?;
        if !there.is_file() {
            return write_directly(opened, write);
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
            // It is closed from the start to whoever the file is closed to.
            new.mode(there.permissions().mode() & 0o777);
        }
        fs::canonicalize(path)?
    } else {
        end_of_links(path)
    };
    let made = UnfinishedFile::make(folder_of(&end), |hidden| new.open(hidden));
    let (unfinished, file) = made.map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied => {
            io::Error::other(format!("it is written through a new file in its folder, and there: {error}"))
        }
        _ => error,
    })?;
    if let Some(there) = there {
        file.set_permissions(there.permissions())?;
    }
    write_through(file, write)?;
    unfinished.finish(|hidden| fs::rename(hidden, &end))
}

/// Writes files into a folder that isn't there yet or is empty, all of them or none.
pub(super) fn write_folder<T>(
    folder: &Path,
    files: impl Iterator<Item = (String, T)>,
    write: impl Fn(T, &mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    fill(folder, files, write).map_err(|error| Failure::at(folder, error))
}

fn fill<T>(
    folder: &Path,
    files: impl Iterator<Item = (String, T)>,
    write: impl Fn(T, &mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let is_there = match fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
        Ok(true) => {
            return Err(io::Error::other("there are files in this folder; name one that is new or empty"));
        }
        Ok(false) => true,
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => return Err(error),
    };
    let end = if is_there { folder.to_owned() } else { end_of_links(folder) };
    let around = if is_there { &end } else { folder_of(&end) };
    let (unfinished, ()) = UnfinishedFile::make(around, |hidden| fs::create_dir(hidden))?;
    let mut names = Vec::new();
    for (name, what) in files {
        write_through(File::create_new(unfinished.path.join(&name))?, |to| write(what, to))?;
        names.push(name);
    }
    unfinished.finish(|hidden| {
        if !is_there {
            return fs::rename(hidden, &end);
        }
        // A folder that is there stays that folder: somebody may be in it, and it may be a disk.
        for (name, nth) in names.iter().zip(0..) {
            if let Err(error) = fs::rename(hidden.join(name), end.join(name)) {
                names[..nth].iter().for_each(|name| drop(fs::remove_file(end.join(name))));
                return Err(error);
            }
        }
        Ok(())
    })
}

/// Writes to what takes things as they come: a terminal, a pipe, a device.
fn write_directly(to: impl Write, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    match write_through(to, write) {
        // Whoever read the pipe has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

fn write_through(to: impl Write, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, to);
    write(&mut out)?;
    out.flush()
}

/// Where a path leads on which nothing is yet: links are followed, so that the last one's target is made.
fn end_of_links(path: &Path) -> PathBuf {
    let follow = |link: &PathBuf| Some(folder_of(link).join(fs::read_link(link).ok()?));
    std::iter::successors(Some(path.to_owned()), follow).last().unwrap_or_default()
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file or a folder that is being written, under a hidden name beside its own.
///
/// Whatever is still there under the hidden name is taken away in the end: when it is done, when writing
/// fails, and when the command is interrupted.
struct UnfinishedFile {
    path: PathBuf,
}

/// What to take away when the command is interrupted. Whoever holds the lock can't be interrupted.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

fn uninterrupted() -> MutexGuard<'static, Option<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

impl UnfinishedFile {
    /// Makes one in a folder, by a function that fails where something is there already.
    fn make<T>(folder: &Path, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<(Self, T)> {
        // Where signals can't be caught, an interruption leaves a hidden file behind, and never one with the
        // real name.
        let _ = ctrlc::set_handler(|| {
            let unfinished = uninterrupted();
            unfinished.iter().for_each(|path| remove(path));
            std::process::exit(130);
        });
        let mut unfinished = uninterrupted();
        let mut number = 0_u64;
        loop {
            let path = folder.join(format!(".corroborate-{}-{number}", std::process::id()));
            match make(&path) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
                made => {
                    let made = made?;
                    *unfinished = Some(path.clone());
                    return Ok((Self { path }, made));
                }
            }
        }
    }

    /// Takes the last step: the one that gives it its own name.
    fn finish(self, last: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
        let _unfinished = uninterrupted();
        last(&self.path)
        // The lock goes before `self` does, which needs it.
    }
}

impl Drop for UnfinishedFile {
    fn drop(&mut self) {
        let mut unfinished = uninterrupted();
        remove(&self.path);
        *unfinished = None;
    }
}

fn remove(path: &Path) {
    let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
}
