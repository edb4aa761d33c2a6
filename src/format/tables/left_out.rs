//! What tables can't say: of an assertion it is refused, of all else it goes into the rest.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::cells::{is_listed, is_told};
use super::{FirstMentions, TableFormat, Tables};
use crate::dossier::batch::kinds::grouping;
use crate::dossier::columns::Set;
use crate::dossier::document::Rest;
use crate::dossier::place::Place;
use crate::dossier::{AssertionRef, ClaimRef, DocumentRef, Dossier, SourceRef, TermRef};
use crate::error::{ErrorKind, Problems, Shown};
use crate::format::table::bare;
use crate::model::claim::Kind;

/// Refuses assertions that no row gives back as they are.
pub(super) fn check(dossier: &Dossier, format: TableFormat) -> Result<(), Problems> {
    let mut problems = Vec::new();
    // Of each claim about a quantity, the first `14,000` and the first `14.000`, of which a table has one or
    // the other.
    let mut grouped: HashMap<u32, [Option<String>; 2], FixedState> = HashMap::default();
    for assertion in dossier.assertions() {
        let mut fail = |field: &str, problem: String| {
            problems.push(Place::of(&assertion.id()).field(field, ErrorKind::Invalid.because(problem)));
        };
        let odd = |id: &String| id.contains(';');
        let named = |source: SourceRef<'_>| source.id().to_owned();
        for (field, odd) in [
            ("by", assertion.by().map(named).find(odd)),
            ("via", assertion.via().map(named).find(odd)),
            ("supersedes", assertion.supersedes().map(AssertionRef::id).find(odd)),
            ("derived_from", assertion.derived_from().map(AssertionRef::id).find(odd)),
        ] {
            if let Some(id) = odd {
                let todo = "in a table it parts two ids; give it another id, or keep the dossier in JSON";
                fail(field, format!("the id {} holds a semicolon, and {todo}", Shown(&id)));
            }
        }
        let said = assertion.said();
        for (field, text) in [("value", said.as_deref()), ("unit", assertion.unit())] {
            if let Some(text) = text.filter(|text| !is_told(text)) {
                fail(field, unlike(text));
            }
        }
        for (field, text) in
            [("locator", assertion.locator()), ("quote", assertion.quote()), ("note", assertion.note())]
        {
            if let Some(text) = text.filter(|text| bare(text).is_empty() || text.contains('\0')) {
                fail(field, unlike(text));
            }
        }
        let claim = assertion.claim();
        if format == TableFormat::JsonLines || claim.kind() != Kind::Quantity {
            continue;
        }
        if let Some((_, separator)) = said.as_deref().and_then(grouping) {
            let [comma, point] = grouped.entry(claim.index).or_default();
            let (own, other) = if separator == ',' { (comma, point) } else { (point, comma) };
            if let Some(other) = other {
                let said = said.unwrap_or_default();
                let problem = format!(
                    "{} stands beside {} in `{}`, and in a table one of them is taken for a slip; write figures alike, or keep the dossier in JSON or JSON Lines",
                    Shown(&said),
                    Shown(other),
                    claim.id()
                );
                fail("value", problem);
            } else {
                *own = said;
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Problems::new(problems)) }
}

/// What to say of a text that a cell doesn't give back.
fn unlike(text: &str) -> String {
    if text.contains('\0') {
        return format!("{} holds a NUL character, which stands in no table; take it out", Shown(text));
    }
    if bare(text).is_empty() {
        return format!("found {}, and an empty cell says nothing at all; leave the field out", Shown(text));
    }
    format!(
        "found {}, and a cell is read without the spaces around it; take them out, or keep the dossier in JSON",
        Shown(text)
    )
}

/// The records that no row says in full.
pub(super) fn rest(dossier: &Dossier, dimensions: &[&str]) -> Rest {
    let used: Set<u32> =
        dossier.assertions().filter_map(AssertionRef::document).map(|document| document.index).collect();
    let told = |text: Option<&str>| text.is_none_or(is_told);
    let source = |source: &SourceRef<'_>| {
        !(is_told(source.name()) && told(source.kind()) && source.aliases().all(is_listed))
    };
    let term =
        |term: &TermRef<'_>| term.is_declared() && !(is_told(term.label()) && term.aliases().all(is_listed));
    let document = |document: &DocumentRef<'_>| {
        !(used.contains(&document.index) && told(document.title()) && told(document.url()))
    };
    let claim = |claim: &ClaimRef<'_>| {
        // A claim's scope is read in the order of the columns.
        let columns: Option<Vec<usize>> =
            claim.scope().map(|(name, _)| dimensions.iter().position(|known| *known == name)).collect();
        let scope = columns.is_some_and(|columns| columns.is_sorted())
            && claim.scope().all(|(_, value)| is_told(value));
        !(scope && is_told(claim.question()) && told(claim.unit()) && told(claim.topic()))
    };
    Rest {
        sources: dossier.sources().filter(source).map(|source| source.index).collect(),
        terms: dossier.terms().filter(term).map(|term| term.index).collect(),
        documents: dossier.documents().filter(document).map(|document| document.index).collect(),
        claims: dossier.claims().filter(claim).map(|claim| claim.index).collect(),
    }
}

/// What the table of assertions alone leaves out.
pub(super) fn of_assertions(tables: &Tables<'_>) -> Vec<String> {
    let (dossier, rest) = (tables.dossier, &tables.rest);
    let mut left_out = Vec::new();
    if !dossier.title().is_empty() {
        left_out.push("the title".to_owned());
    }
    let mut firsts = FirstMentions::default();
    // Sources and claims come back in the order in which rows name them, and what rows state of them comes
    // after.
    let (mut sources, mut stated): (Set<u32>, Set<u32>) = Default::default();
    let mut claims: Set<u32> = Set::default();
    let mut publisher_first = None;
    for assertion in dossier.assertions() {
        let row = firsts.row(assertion);
        claims.insert(assertion.claim().index);
        sources.extend(assertion.by().chain(assertion.via()).map(|source| source.index));
        let above = row.source.and_then(SourceRef::part_of);
        let publisher = row.document.and_then(DocumentRef::publisher);
        // Columns are read in their order, and fields of JSON Lines in the order in which they come up.
        if tables.format == TableFormat::JsonLines && (above.is_some() || publisher.is_some()) {
            publisher_first.get_or_insert(above.is_none());
        }
        let (first, second) =
            if publisher_first == Some(true) { (publisher, above) } else { (above, publisher) };
        stated.extend(first.into_iter().chain(second).map(|source| source.index));
    }
    sources.extend(stated);
    let untold = |source: &SourceRef<'_>| {
        let plain = source.name() == source.id()
            && source.kind().is_none()
            && source.aliases().len() == 0
            && sources.contains(&source.index);
        let alone = source.part_of().is_none() && !source.is_anonymous();
        !(plain && (alone || firsts.sources.contains(&source.index)))
    };
    let untold: Vec<&str> = dossier.sources().filter(untold).map(SourceRef::id).collect();
    let orderly = |indices: &Set<u32>| indices.iter().is_sorted();
    left_out.extend(several(&untold, "source", "sources", ", in part or in whole"));
    if untold.is_empty() && !orderly(&sources) {
        left_out.push("the order of the sources".to_owned());
    }
    let terms: Vec<&str> = tables.declared_terms().map(TermRef::id).collect();
    left_out.extend(several(&terms, "term", "terms", ""));
    let documents: Vec<&str> =
        dossier.documents().filter(|d| rest.documents.contains(&d.index)).map(DocumentRef::id).collect();
    left_out.extend(several(&documents, "document", "documents", ", in part or in whole"));
    let untold = |claim: &ClaimRef<'_>| {
        claim.unit().is_some() || !claims.contains(&claim.index) || rest.claims.contains(&claim.index)
    };
    let untold: Vec<&str> = dossier.claims().filter(untold).map(ClaimRef::id).collect();
    left_out.extend(several(&untold, "claim", "claims", ", in part or in whole"));
    if untold.is_empty() && !orderly(&claims) {
        left_out.push("the order of the claims".to_owned());
    }
    let retracted = dossier.columns.retractions.iter().map(|row| dossier.columns.assertion_id(row.assertion));
    let retracted: Vec<String> = retracted.collect();
    let retracted: Vec<&str> = retracted.iter().map(String::as_str).collect();
    left_out.extend(several(&retracted, "retraction", "retractions", ""));
    let constraints: Vec<&str> =
        dossier.constraints().iter().map(|constraint| constraint.kind().as_str()).collect();
    left_out.extend(several(&constraints, "constraint", "constraints", ""));
    left_out
}

/// How many there are of a sort, and the first of them.
fn several(ids: &[&str], one: &str, many: &str, what: &str) -> Option<String> {
    const NAMED: usize = 3;
    let mut named: Vec<String> = ids.iter().take(NAMED).map(|id| Shown(id).to_string()).collect();
    if ids.len() > NAMED {
        named.push(format!("{} more", ids.len() - NAMED));
    }
    let of = if ids.len() == 1 { one } else { many };
    (!ids.is_empty()).then(|| format!("{} {of}{what} ({})", ids.len(), named.join(", ")))
}
