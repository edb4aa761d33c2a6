//! Runs the service that the guide's chapter on embedding shows, with the requests that it shows.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Mutex;
use std::thread;

use corroborate::exchange::FindingDocument;
use corroborate::{Dossier, LiveReport, Resolver};
use serde_json::{Value, json};

use super::serve;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_default()
}

fn chapter() -> String {
    read("docs/guide/8-embedding.md")
}

/// Sends requests to the service through a socket, and gives its replies.
fn converse(desk: &Mutex<LiveReport>, requests: &[String]) -> Vec<Value> {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address");
    thread::scope(|scope| {
        scope.spawn(|| {
            let (stream, _) = listener.accept().expect("a caller");
            serve(desk, BufReader::new(&stream), &stream).expect("the caller reads all replies");
        });
        let mut caller = TcpStream::connect(address).expect("the service listens");
        caller.write_all((requests.join("\n") + "\n").as_bytes()).expect("the service reads");
        caller.shutdown(Shutdown::Write).expect("an end of the requests");
        let replies = BufReader::new(caller).lines().map(|line| line.expect("a reply is text"));
        replies.map(|line| serde_json::from_str(&line).expect("a reply is JSON")).collect()
    })
}

fn new_desk() -> Mutex<LiveReport> {
    Mutex::new(LiveReport::new(Dossier::new("Flood at Varn"), Resolver::standard()))
}

#[test]
fn the_chapter_shows_the_service_that_is_tested() {
    let code = read("tests/suite/service.rs");
    let (_, code) = code.split_once("mod tested;\n\n").expect("the code comes after its tests are named");
    assert!(chapter().contains(&format!("```rust,no_run\n{code}```")), "the chapter shows other code");
    assert!(code.lines().count() <= 60, "the chapter says that the service is short");
}

#[test]
fn the_requests_that_the_chapter_shows_are_answered_as_it_says() {
    let chapter = chapter();
    let requests: Vec<String> = chapter
        .lines()
        .filter_map(|line| line.trim().trim_end_matches(" \\").strip_prefix('\'')?.strip_suffix('\''))
        .map(str::to_owned)
        .collect();
    let desk = new_desk();
    let replies = converse(&desk, &requests);
    assert_eq!(replies.len(), requests.len());
    assert_eq!(replies[..3], [json!({}), json!({}), json!({})]);
    assert_eq!(replies[3]["change"], json!(["unaddressed", "single-source"]));
    assert_eq!(replies[4]["change"], json!(["single-source", "disputed"]));
    let last: FindingDocument = serde_json::from_value(replies[4]["finding"].clone()).expect("a finding");
    assert_eq!(last.safe_wording.as_deref(), Some("at least 12"));
    assert_eq!(replies[5]["place"], "missing#3.by");
    assert!(replies[5]["error"].as_str().is_some_and(|error| error.contains("did you mean `brigade`?")));

    // What was refused left nothing behind, and what was taken in can be kept as a file.
    let desk = desk.into_inner().expect("no thread gave up");
    assert_eq!(desk.dossier().assertions().len(), 2);
    let again = Dossier::from_json(&desk.dossier().to_json()).expect("what is written is read");
    assert_eq!(again.to_json(), desk.dossier().to_json());
}

#[test]
fn a_retraction_is_answered_and_lines_that_are_none_are_refused() {
    let desk = new_desk();
    let requests = [
        r#"{"source": {"id": "mayor", "name": "The mayor"}}"#,
        r#"{"claim": {"id": "missing", "question": "How many?", "kind": "count"}}"#,
        r#"{"assertion": {"claim": "missing", "value": "12", "by": "mayor"}}"#,
        r#"{"retraction": {"assertion": "missing#1"}}"#,
        r#"{"finding": "missing"}"#,
        r#"{"finding": "nothing"}"#,
        r#"{"assertion": {"claim": "missing", "vlaue": "12"}}"#,
        "",
    ];
    let replies = converse(&desk, &requests.map(str::to_owned));
    assert_eq!(replies[3]["change"], json!(["single-source", "unaddressed"]));
    assert_eq!(replies[4]["finding"]["verdict"], "unaddressed");
    assert_eq!(replies[5], json!({"finding": null}));
    assert!(replies[6]["error"].as_str().is_some_and(|error| error.contains("`vlaue`")), "{}", replies[6]);
    assert!(replies[7]["error"].is_string(), "{}", replies[7]);
}
