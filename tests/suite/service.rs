//! The service that `docs/guide/8-embedding.md` shows, line for line.

mod tested;

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Mutex, PoisonError};
use std::thread;

use corroborate::exchange::FindingDocument;
use corroborate::{Assertion, Claim, Dossier, Error, LiveReport, Resolver, Retraction, Source};
use serde::Deserialize;
use serde_json::{Value, json};

/// One line of input: a record, or the id of a claim whose finding is asked for.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Request {
    Source(Source),
    Claim(Claim),
    Assertion(Assertion),
    Retraction(Retraction),
    Finding(String),
}

fn answer(desk: &mut LiveReport, request: Request) -> Result<Value, Error> {
    let update = match request {
        Request::Source(source) => return desk.add_source(source).map(|()| json!({})),
        Request::Claim(claim) => return desk.add_claim(claim).map(|()| json!({})),
        Request::Finding(id) => return Ok(json!({"finding": desk.finding(&id).map(FindingDocument::from)})),
        Request::Assertion(assertion) => desk.record(assertion)?,
        Request::Retraction(retraction) => desk.retract(retraction)?,
    };
    Ok(json!({"change": update.change(), "finding": FindingDocument::from(update.finding())}))
}

fn serve(desk: &Mutex<LiveReport>, input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    for line in input.lines() {
        let reply = match serde_json::from_str(&line?) {
            Ok(request) => {
                let mut desk = desk.lock().unwrap_or_else(PoisonError::into_inner);
                answer(&mut desk, request)
                    .unwrap_or_else(|error| json!({"error": error.problem(), "place": error.place()}))
            }
            Err(error) => json!({"error": error.to_string()}),
        };
        writeln!(output, "{reply}")?;
    }
    Ok(())
}

fn main() -> io::Result<()> {
    let desk = Mutex::new(LiveReport::new(Dossier::new("Flood at Varn"), Resolver::standard()));
    let listener = TcpListener::bind("127.0.0.1:7000")?;
    thread::scope(|scope| {
        for stream in listener.incoming().flatten() {
            let desk = &desk;
            scope.spawn(move || serve(desk, BufReader::new(&stream), &stream));
        }
    });
    Ok(())
}
