//! What `--output` and `--into` write, onto whatever stands at the path.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::io::Read;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use proptest::prelude::*;
use tempfile::TempDir;

const RAID: &str = "tests/corpus/raid.json";

/// All that write into one file.
const COMMANDS: [&[&str]; 4] = [
    &["report", RAID],
    &["explain", RAID, "fighters-killed"],
    &["timeline", RAID, "fighters-killed"],
    &["convert", RAID, "--to", "json"],
];

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    command
}

/// Runs a command that writes to a path.
fn run(arguments: &[&str], path: impl AsRef<OsStr>) -> Output {
    command(arguments).arg("--output").arg(path).output().expect("the command runs")
}

fn printed(arguments: &[&str]) -> String {
    let output = command(arguments).output().expect("the command runs");
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout).expect("text")
}

fn done(output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), &*output.stdout, &*said), (Some(0), &b""[..], ""));
}

/// What a refused command says, which wrote nothing to standard output.
fn refused(output: &Output) -> String {
    assert_eq!((output.status.code(), &*output.stdout), (Some(2), &b""[..]));
    String::from_utf8_lossy(&output.stderr).trim_end().to_owned()
}

fn shell(script: &str, folder: &Path) {
    let status = Command::new("sh").args(["-c", script]).current_dir(folder).status().expect("a shell");
    assert!(status.success(), "{script}");
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("a file").permissions().mode() & 0o7777
}

/// Whether files are closed to us by their modes, as they aren't to root.
fn modes_hold(folder: &Path) -> bool {
    let probe = folder.join("probe");
    fs::write(&probe, "").expect("a file");
    fs::set_permissions(&probe, Permissions::from_mode(0o444)).expect("a mode");
    let holds = File::options().write(true).open(&probe).is_err();
    fs::remove_file(probe).expect("it goes");
    holds
}

/// What may stand at a path and lead to a regular file, or to where one is made.
#[derive(Clone, Debug)]
struct Stands {
    /// The mode of the file that is there.
    there: Option<u32>,
    /// The links that lead to it, each by an absolute path or not, in the same folder or in another.
    links: Vec<(bool, bool)>,
    umask: u32,
}

fn stands() -> impl Strategy<Value = Stands> {
    let modes = prop::sample::select(vec![0o600, 0o640, 0o644, 0o664, 0o666, 0o755, 0o606]);
    let umask = prop::sample::select(vec![0o000, 0o002, 0o022, 0o027, 0o077]);
    (prop::option::of(modes), prop::collection::vec(any::<(bool, bool)>(), 0..4), umask)
        .prop_map(|(there, links, umask)| Stands { there, links, umask })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Links lead on, the last one's target is written, and the mode is that of the file there or what the umask gives.
    #[test]
    fn a_regular_file_is_written_where_links_lead(stands in stands(), which in 0..COMMANDS.len()) {
        let folder = folder();
        let (here, there) = (folder.path().join("here"), folder.path().join("there"));
        fs::create_dir(&here).and_then(|()| fs::create_dir(&there)).expect("folders");
        let end = there.join("report");
        if let Some(mode) = stands.there {
            fs::write(&end, "an earlier report").expect("a file");
            fs::set_permissions(&end, Permissions::from_mode(mode)).expect("a mode");
        }
        let mut path = end.clone();
        let mut links = Vec::new();
        for (nth, (absolute, elsewhere)) in stands.links.iter().enumerate() {
            let link = if *elsewhere { &here } else { &there }.join(format!("link-{nth}"));
            let target = Path::new("..").join(path.strip_prefix(folder.path()).expect("within"));
            symlink(if *absolute { path } else { target }, &link).expect("a link");
            links.push(link.clone());
            path = link;
        }
        let script = format!("umask {:o}; exec \"$@\"", stands.umask);
        let run = Command::new("sh")
            .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_corroborate")])
            .args(COMMANDS[which])
            .arg("--output")
            .arg(&path)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("the command runs");
        done(&run);
        prop_assert_eq!(fs::read_to_string(&end).expect("a report"), printed(COMMANDS[which]));
        prop_assert_eq!(mode(&end), stands.there.unwrap_or(0o666 & !stands.umask));
        prop_assert!(fs::symlink_metadata(&end).expect("a file").is_file());
        for link in &links {
            prop_assert!(fs::symlink_metadata(link).expect("a link").is_symlink());
        }
        prop_assert_eq!(names(&here).len() + names(&there).len(), links.len() + 1, "something is left behind");
    }
}

#[test]
fn a_pipe_is_written_to_and_stays() {
    for arguments in COMMANDS {
        let folder = folder();
        shell("mkfifo pipe && ln -s pipe link", folder.path());
        let path = folder.path().join("link");
        let reader = std::thread::spawn({
            let path = path.clone();
            move || {
                let mut read = String::new();
                File::open(path).and_then(|mut pipe| pipe.read_to_string(&mut read)).map(|_| read)
            }
        });
        done(&run(arguments, &path));
        assert_eq!(reader.join().expect("no panic").expect("what was written"), printed(arguments));
        assert_eq!(names(folder.path()), ["link", "pipe"]);
        assert!(fs::metadata(&path).expect("a pipe").file_type().is_fifo());
        assert!(fs::symlink_metadata(&path).expect("a link").is_symlink());
    }
}

#[test]
fn a_device_is_written_to_and_stays() {
    // A link to the device could be replaced without harm; the device itself isn't put at risk.
    let folder = folder();
    let device = |link: &str, to: &str| {
        symlink(to, folder.path().join(link)).expect("a link");
        folder.path().join(link)
    };
    let (null, full) = (device("null", "/dev/null"), device("full", "/dev/full"));
    for arguments in COMMANDS {
        done(&run(arguments, &null));
        let problem = refused(&run(arguments, &full));
        assert_eq!(problem, format!("{}: No space left on device (os error 28)", full.display()));
    }
    assert_eq!(names(folder.path()), ["full", "null"]);
    for link in [null, full] {
        assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
        assert!(fs::metadata(&link).expect("a device").file_type().is_char_device());
    }
}

#[test]
fn a_path_that_cannot_be_written_is_named_as_it_was_given() {
    let folder = folder();
    shell("mkdir inner && ln -s inner link && ln -s a b && ln -s b a && touch file", folder.path());
    let refused_at = |path: &str, problem: &str| {
        let path = folder.path().join(path);
        assert_eq!(refused(&run(&["report", RAID], &path)), format!("{}: {problem}", path.display()));
    };
    refused_at("inner", "this is a folder; name a file in it");
    refused_at("link", "this is a folder; name a file in it");
    refused_at("nowhere/report", "No such file or directory (os error 2)");
    refused_at("new/", "Not a directory (os error 20)");
    refused_at("file/report", "Not a directory (os error 20)");
    refused_at("a", "Too many levels of symbolic links (os error 40)");
    assert_eq!(names(folder.path()), ["a", "b", "file", "inner", "link"]);

    if modes_hold(folder.path()) {
        shell("echo earlier > inner/file && chmod 444 file && chmod 555 inner", folder.path());
        refused_at("file", "Permission denied (os error 13)");
        let through =
            "it is written through a new file in its folder, and there: Permission denied (os error 13)";
        refused_at("inner/file", through);
        refused_at("inner/new", through);
        assert_eq!(fs::read_to_string(folder.path().join("inner/file")).expect("a file"), "earlier\n");
        assert_eq!(names(&folder.path().join("inner")), ["file"]);
        shell("chmod 755 inner", folder.path());
    }
}

#[test]
fn bad_input_touches_nothing() {
    let folder = folder();
    let (file, new) = (folder.path().join("file"), folder.path().join("new"));
    fs::write(&file, "an earlier report").expect("a file");
    for path in [&file, &new] {
        refused(&run(&["report", "Cargo.toml"], path));
    }
    assert_eq!(fs::read_to_string(&file).expect("a file"), "an earlier report");
    assert_eq!(names(folder.path()), ["file"]);
}

/// Interrupts a command as soon as something hidden stands in a folder. Whether it came before the end.
fn interrupted(mut command: Command, folder: &Path) -> bool {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command runs");
    loop {
        if names(folder).iter().any(|name| name.starts_with('.')) {
            shell(&format!("kill -INT {} 2>&1 || true", child.id()), folder);
            break;
        }
        if child.try_wait().expect("a status").is_some() {
            break;
        }
    }
    child.wait().expect("it ends").code() == Some(130)
}

#[test]
fn an_interruption_leaves_nothing_behind() {
    let folder = folder();
    let table = folder.path().join("table.csv");
    let rows = (0..20_000).map(|n| format!("claim-{n},{n},source-{n}\n"));
    fs::write(&table, format!("claim,value,by\n{}", rows.collect::<String>())).expect("a table");
    let (written, into) = (folder.path().join("written"), folder.path().join("into"));
    fs::create_dir(&written).and_then(|()| fs::create_dir(&into)).expect("folders");
    let report = written.join("report");
    fs::write(&report, "an earlier report").expect("a file");

    let to_file = || {
        let mut command = command(&["report"]);
        command.arg(&table).args(["--format", "html", "--output"]).arg(&report);
        interrupted(command, &written)
    };
    let to_folder = || {
        let mut command = command(&["convert"]);
        command.arg(&table).args(["--to", "csv", "--into"]).arg(&into);
        interrupted(command, &into)
    };
    // Whether it is in time is chance, so it has some chances.
    assert!((0..10).any(|_| to_file()), "never in time");
    assert_eq!(names(&written), ["report"]);
    let now = fs::read_to_string(&report).expect("a file");
    assert!(now == "an earlier report" || now.ends_with("</html>\n"), "half a report");
    let in_time = (0..10).any(|_| {
        fs::read_dir(&into)
            .expect("a folder")
            .flatten()
            .for_each(|entry| drop(fs::remove_file(entry.path())));
        to_folder()
    });
    assert!(in_time, "never in time");
    assert_eq!(names(&into), [""; 0]);
}

fn convert(into: &Path) -> Output {
    command(&["convert", RAID, "--to", "csv", "--into"]).arg(into).output().expect("the command runs")
}

/// An empty folder stays what it is: where somebody is, a link's target, with its own mode.
#[test]
fn a_folder_is_filled_where_it_is() {
    let folder = folder();
    shell("mkdir -m 750 there && ln -s there link && ln -s new dangling", folder.path());
    let at = |name: &str| folder.path().join(name);
    let before = fs::metadata(at("there")).expect("a folder").ino();
    done(&convert(&at("link")));
    assert_eq!((mode(&at("there")), fs::metadata(at("there")).expect("a folder").ino()), (0o750, before));
    assert!(fs::symlink_metadata(at("link")).expect("a link").is_symlink());

    done(&convert(&at("dangling")));
    done(&convert(&at("slash/")));
    assert!(fs::symlink_metadata(at("dangling")).expect("a link").is_symlink());
    assert!(names(&at("there")).contains(&"assertions.csv".to_owned()));
    for name in ["new", "slash"] {
        assert_eq!(names(&at(name)), names(&at("there")));
        assert_eq!(mode(&at(name)) | 0o022, 0o777);
    }

    let filled = refused(&convert(&at("link")));
    let problem = "there are files in this folder; name one that is new or empty";
    assert_eq!(filled, format!("{}: {problem}", at("link").display()));
    let file: PathBuf = at("file");
    fs::write(&file, "").expect("a file");
    assert_eq!(refused(&convert(&file)), format!("{}: Not a directory (os error 20)", file.display()));
    assert_eq!(names(folder.path()), ["dangling", "file", "link", "new", "slash", "there"]);
}
