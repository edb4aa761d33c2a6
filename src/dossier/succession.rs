//! Assertions that point at others: which they repeat, which they replace, and who may replace what.

use super::Dossier;
use super::columns::NONE;
use super::draft::Ids;
use super::place::Place;
use crate::error::{Error, ErrorKind, Shown};

impl Dossier {
    /// The assertions that one on this claim repeats or replaces, each with the id it was named by.
    pub(super) fn link<'a>(
        &self,
        field: &str,
        ids: Ids<'a>,
        claim: u32,
        place: &Place,
        suggest: bool,
        problems: &mut Vec<Error>,
    ) -> Vec<(&'a str, u32)> {
        let mut targets: Vec<(&str, u32)> = Vec::new();
        let name = |claim: u32| self.columns.claims.get_index(claim as usize).map_or("", |(id, _)| id);
        for id in ids.iter() {
            match self.columns.assertion(id) {
                None => {
                    let problem = ErrorKind::UnknownReference.because(self.no_such_assertion(id, suggest));
                    problems.push(place.field(field, problem));
                }
                Some(target) if self.columns.claim[target as usize] != claim => {
                    let problem = format!(
                        "{} answers another claim, {}; name an assertion of {}",
                        Shown(id),
                        Shown(name(self.columns.claim[target as usize])),
                        Shown(name(claim))
                    );
                    problems.push(place.field(field, ErrorKind::Invalid.because(problem)));
                }
                Some(target) => targets.push((id, target)),
            }
        }
        targets
    }

    /// Only the same source, side or publisher may replace what it said.
    pub(super) fn check_supersedes(
        &self,
        by: u32,
        document: u32,
        targets: &[(&str, u32)],
        side: impl Fn(u32) -> u32,
        place: &Place,
        problems: &mut Vec<Error>,
    ) {
        if targets.is_empty() {
            return;
        }
        let columns = &self.columns;
        let sides = |by: &[u32]| by.iter().map(|source| side(*source)).collect::<Vec<_>>();
        let publisher =
            |document: u32| columns.documents.get_index(document as usize).and_then(|(_, row)| row.publisher);
        let own = sides(columns.credited(&by));
        for (id, target) in targets {
            let theirs = sides(columns.by(*target));
            let their_document = columns.document[*target as usize];
            let narrations = own.is_empty() && theirs.is_empty();
            let same_publisher = (document != NONE && document == their_document)
                || (publisher(document).is_some() && publisher(document) == publisher(their_document));
            let may = if narrations { same_publisher } else { own.iter().any(|side| theirs.contains(side)) };
            if !may {
                let problem = if narrations {
                    "the two stand in documents that aren't known to have one publisher; only its own publisher can replace what a document says"
                } else {
                    "the two are credited to different sides; only the same source or side can replace what it said, and a contradiction by another is a dispute"
                };
                let problem = format_args!("it can't replace {}: {problem}", Shown(id));
                problems.push(place.field("supersedes", ErrorKind::Invalid.because(problem)));
            }
        }
    }
}
