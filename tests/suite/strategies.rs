//! Dossiers for the laws: small worlds in which every case of the semantics turns up often.
//!
//! What is made here is always valid: every reference resolves, nothing that must be acyclic has a ring, and no value
//! leaves nothing possible. So a refusal is a bug, either here or in the library. The generator is tested at the foot
//! of this file, since a generator that never makes a dispute proves nothing about disputes.

#![expect(clippy::expect_used, reason = "what is made here is known to be sound")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

use crate::oracle::{self, Judgement, Universe, names};

/// The first day that a generated date can name.
pub(crate) const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2024, 8, 20).expect("a day of the calendar");

/// How many days a generated answer about a date can name.
pub(crate) const WINDOW: u64 = 14;

/// A whole dossier, schema `corroborate/1`.
pub(crate) fn dossier() -> impl Strategy<Value = Value> {
    (vec(source(), 2..=6), vec(term(), 0..=5), vec(document(), 1..=3), vec(claim(), 1..=3), any::<bool>()).prop_map(
        |(sources, terms, documents, claims, backwards)| {
            World::new(&sources, &terms, &documents).dossier(&claims, backwards)
        },
    )
}

#[derive(Clone, Debug)]
struct Source {
    part_of: Option<Index>,
    anonymous: bool,
}

fn source() -> impl Strategy<Value = Source> {
    (option::weighted(0.35, any::<Index>()), prop::bool::weighted(0.25))
        .prop_map(|(part_of, anonymous)| Source { part_of, anonymous })
}

/// The term that it is narrower than, if any.
fn term() -> impl Strategy<Value = Option<Index>> {
    option::weighted(0.6, any::<Index>())
}

#[derive(Clone, Debug)]
struct Document {
    published: Option<u64>,
    publisher: Option<Index>,
}

fn document() -> impl Strategy<Value = Document> {
    (option::weighted(0.6, 0..WINDOW), option::weighted(0.7, any::<Index>()))
        .prop_map(|(published, publisher)| Document { published, publisher })
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Count,
    Term,
    YesNo,
    Text,
    Date,
}

#[derive(Clone, Debug)]
struct Claim {
    kind: Kind,
    rising: bool,
    unit: Option<Index>,
    drafts: Vec<Draft>,
}

fn claim() -> impl Strategy<Value = Claim> {
    let kind = prop_oneof![
        5 => Just(Kind::Count),
        2 => Just(Kind::Term),
        1 => Just(Kind::YesNo),
        1 => Just(Kind::Text),
        2 => Just(Kind::Date),
    ];
    let drafts = prop_oneof![12 => vec(draft(), 0..=7), 1 => vec(reticent(), 1..=3)];
    (kind, prop::bool::weighted(0.4), option::weighted(0.5, any::<Index>()), drafts)
        .prop_map(|(kind, rising, unit, drafts)| Claim { kind, rising, unit, drafts })
}

/// An assertion before it is known what there is to refer to: each `Index` is a finger that will point at something.
#[derive(Clone, Debug)]
struct Draft {
    content: Content,
    by: Vec<Index>,
    via: Option<Index>,
    document: Option<Index>,
    asserted: Option<String>,
    valid_at: Option<String>,
    derived_from: Vec<Index>,
    /// Says what the first of `derived_from` says, rather than something of its own.
    faithful: bool,
    supersedes: Option<Index>,
    retracted: Option<u64>,
}

fn draft() -> impl Strategy<Value = Draft> {
    let by = prop_oneof![2 => vec(any::<Index>(), 0), 5 => vec(any::<Index>(), 1), 2 => vec(any::<Index>(), 2..=3)];
    let derived_from =
        prop_oneof![6 => vec(any::<Index>(), 0), 2 => vec(any::<Index>(), 1), 1 => vec(any::<Index>(), 2)];
    (
        (content(), by, option::weighted(0.1, any::<Index>()), option::weighted(0.6, any::<Index>())),
        (option::weighted(0.4, moment()), option::weighted(0.15, moment())),
        (
            derived_from,
            prop::bool::weighted(0.7),
            option::weighted(0.15, any::<Index>()),
            option::weighted(0.08, 0..WINDOW),
        ),
    )
        .prop_map(
            |((content, by, via, document), (asserted, valid_at), (derived_from, faithful, supersedes, retracted))| {
                Draft { content, by, via, document, asserted, valid_at, derived_from, faithful, supersedes, retracted }
            },
        )
}

/// An assertion that is no answer.
fn reticent() -> impl Strategy<Value = Draft> {
    (draft(), prop_oneof![2 => Just("withholds"), 1 => Just("does-not-know")])
        .prop_map(|(draft, stance)| Draft { content: Content { stance, ..draft.content }, ..draft })
}

/// When something was said: mostly to the day, now and then only to the month.
fn moment() -> impl Strategy<Value = String> {
    prop_oneof![8 => (0..WINDOW).prop_map(day), 1 => Just("2024-08".to_owned()), 1 => Just("2024-09".to_owned())]
}

fn day(offset: u64) -> String {
    (FIRST_DAY + Days::new(offset)).to_string()
}

/// What is said, whatever the kind of the claim: each kind takes what it needs of this.
#[derive(Clone, Debug)]
struct Content {
    stance: &'static str,
    hedge: u8,
    number: u64,
    /// Something else than `number`, by so much.
    further: u64,
    pick: Index,
    other: Index,
    unit: Option<Index>,
}

fn content() -> impl Strategy<Value = Content> {
    let stance = prop_oneof![
        20 => Just("affirms"),
        3 => Just("denies"),
        2 => Just("withholds"),
        1 => Just("does-not-know"),
        2 => Just("no-evidence"),
    ];
    let hedge = prop_oneof![5 => Just(0), 6 => 1..=HEDGES];
    let number = prop_oneof![3 => 4..=6_u64, 1 => 0..=12_u64];
    (stance, hedge, number, 1..=4_u64, any::<Index>(), any::<Index>(), option::weighted(0.25, any::<Index>())).prop_map(
        |(stance, hedge, number, further, pick, other, unit)| Content {
            stance,
            hedge,
            number,
            further,
            pick,
            other,
            unit,
        },
    )
}

/// The hedges are 0 (none) to this.
const HEDGES: u8 = 7;

impl Content {
    fn is_answer(&self) -> bool {
        matches!(self.stance, "affirms" | "denies")
    }

    fn value(&self, kind: Kind, world: &World) -> String {
        match kind {
            Kind::Count => self.count(),
            Kind::Date => self.date(),
            Kind::Term => self.term(world),
            Kind::YesNo => if self.number < 5 { "yes" } else { "no" }.to_owned(),
            Kind::Text => ["all quiet", "a steady decline", "a full recovery"][self.pick.index(3)].to_owned(),
        }
    }

    /// Never empty, nor everything: "fewer than 0" says nothing, and to deny "at least 0" leaves nothing.
    fn count(&self) -> String {
        let (number, above_zero, high) = (self.number, self.number.max(1), self.number + self.further);
        match self.hedge {
            1 => format!("at least {above_zero}"),
            2 => format!("at most {number}"),
            3 => format!("more than {number}"),
            4 => format!("fewer than {above_zero}"),
            5 => format!("{number} to {high}"),
            6 => format!("about {above_zero}"),
            7 if self.further == 1 => format!("anything but {number}"),
            7 => format!("{number} or {high}"),
            _ => number.to_string(),
        }
    }

    /// Approximate days keep off the window's ends, so that it holds their neighbours too.
    fn date(&self) -> String {
        let last = WINDOW - 1;
        let (exact, end) = (day(self.number.min(last)), day((self.number + self.further).min(last)));
        match self.hedge {
            1 => format!("{exact}/.."),
            2 => format!("../{exact}"),
            3 | 4 if exact < end => format!("{exact}/{end}"),
            5 => format!("{}~", day(self.number.clamp(1, last - 1))),
            _ => exact,
        }
    }

    fn term(&self, world: &World) -> String {
        let term = self.pick.index(world.broader.len());
        let narrower: Vec<usize> =
            (0..world.broader.len()).filter(|&other| other != term && world.is_within(other, term)).collect();
        let other = self.other.index(world.broader.len());
        match self.hedge {
            1 | 2 if other != term => format!("t{term} or t{other}"),
            3 | 4 if !narrower.is_empty() => {
                format!("t{term} but not t{}", self.other.get(&narrower))
            }
            5 => format!("anything but t{term}"),
            _ => format!("t{term}"),
        }
    }
}

/// Everything that assertions can refer to. A part or a narrower term comes after its whole, so that there is no ring.
struct World {
    part_of: Vec<Option<usize>>,
    anonymous: Vec<bool>,
    broader: Vec<Option<usize>>,
    documents: Vec<(Option<u64>, Option<usize>)>,
}

impl World {
    fn new(sources: &[Source], terms: &[Option<Index>], documents: &[Document]) -> Self {
        let earlier =
            |place: usize, finger: Option<Index>| finger.filter(|_| place > 0).map(|finger| finger.index(place));
        Self {
            part_of: sources.iter().enumerate().map(|(place, source)| earlier(place, source.part_of)).collect(),
            anonymous: sources.iter().map(|source| source.anonymous).collect(),
            broader: terms.iter().enumerate().map(|(place, finger)| earlier(place, *finger)).collect(),
            documents: documents
                .iter()
                .map(|document| (document.published, document.publisher.map(|finger| finger.index(sources.len()))))
                .collect(),
        }
    }

    fn root(&self, source: usize) -> usize {
        self.part_of[source].map_or(source, |whole| self.root(whole))
    }

    fn is_within(&self, term: usize, other: usize) -> bool {
        term == other || self.broader[term].is_some_and(|broader| self.is_within(broader, other))
    }

    /// A term, or a unit that no term describes.
    fn unit(&self, finger: Index) -> String {
        let unit = finger.index(self.broader.len() + 1);
        if unit < self.broader.len() { format!("t{unit}") } else { "vessel".to_owned() }
    }

    fn dossier(&self, claims: &[Claim], backwards: bool) -> Value {
        let (mut assertions, mut retractions) = (Vec::new(), Vec::new());
        for (number, claim) in claims.iter().enumerate() {
            let recorded = Recorded::new(self, claim);
            for place in 0..claim.drafts.len() {
                assertions.push(recorded.assertion(number, place));
                retractions.extend(recorded.retraction(number, place));
            }
        }
        let (mut sources, mut terms) = (self.sources(), self.terms());
        if backwards {
            // Nothing may depend on whether a reference points forwards or back.
            for entries in [&mut sources, &mut terms, &mut assertions] {
                entries.reverse();
            }
        }
        json!({
            "schema": "corroborate/1",
            "title": "A small world",
            "sources": sources,
            "terms": terms,
            "documents": self.documents(),
            "claims": claims.iter().enumerate().map(|(number, claim)| self.claim(number, claim)).collect::<Vec<_>>(),
            "assertions": assertions,
            "retractions": retractions,
        })
    }

    fn sources(&self) -> Vec<Value> {
        let source = |place: usize| {
            let mut entry = Map::new();
            entry.insert("id".into(), json!(format!("s{place}")));
            entry.insert("name".into(), json!(format!("Source {place}")));
            if let Some(whole) = self.part_of[place] {
                entry.insert("part_of".into(), json!(format!("s{whole}")));
            }
            if self.anonymous[place] {
                entry.insert("anonymous".into(), json!(true));
            }
            Value::Object(entry)
        };
        (0..self.part_of.len()).map(source).collect()
    }

    fn terms(&self) -> Vec<Value> {
        let term = |(place, broader): (usize, &Option<usize>)| match broader {
            Some(broader) => {
                json!({"id": format!("t{place}"), "label": format!("Term {place}"), "broader": format!("t{broader}")})
            }
            None => json!({"id": format!("t{place}"), "label": format!("Term {place}")}),
        };
        self.broader.iter().enumerate().map(term).collect()
    }

    fn documents(&self) -> Vec<Value> {
        let document = |(place, (published, publisher)): (usize, &(Option<u64>, Option<usize>))| {
            let mut entry = Map::new();
            entry.insert("id".into(), json!(format!("d{place}")));
            entry.insert("title".into(), json!(format!("Document {place}")));
            if let Some(published) = published {
                entry.insert("published".into(), json!(day(*published)));
            }
            if let Some(publisher) = publisher {
                entry.insert("publisher".into(), json!(format!("s{publisher}")));
            }
            Value::Object(entry)
        };
        self.documents.iter().enumerate().map(document).collect()
    }

    /// What a claim really asks: without terms there is no asking for one.
    fn kind(&self, claim: &Claim) -> Kind {
        if claim.kind == Kind::Term && self.broader.is_empty() { Kind::YesNo } else { claim.kind }
    }

    fn claim(&self, number: usize, claim: &Claim) -> Value {
        let kind = self.kind(claim);
        let mut entry = Map::new();
        entry.insert("id".into(), json!(format!("c{number}")));
        entry.insert("question".into(), json!(format!("Question {number}?")));
        let name = match kind {
            Kind::Count => "count",
            Kind::Term => "term",
            Kind::YesNo => "yes-no",
            Kind::Text => "text",
            Kind::Date => "date",
        };
        entry.insert("kind".into(), json!(name));
        if kind == Kind::Count && claim.rising {
            entry.insert("evolves".into(), json!("rising"));
        }
        if let (Kind::Count, Some(finger)) = (kind, claim.unit) {
            entry.insert("unit".into(), json!(self.unit(finger)));
        }
        Value::Object(entry)
    }
}

/// One claim's drafts, with every finger resolved to the place that it points at.
struct Recorded<'w> {
    world: &'w World,
    kind: Kind,
    drafts: &'w [Draft],
    by: Vec<Vec<usize>>,
    documents: Vec<Option<usize>>,
    derived_from: Vec<Vec<usize>>,
}

impl<'w> Recorded<'w> {
    fn new(world: &'w World, claim: &'w Claim) -> Self {
        let drafts = &claim.drafts;
        let resolve = |fingers: &[Index], len: usize| {
            let mut seen = BTreeSet::new();
            fingers.iter().map(|finger| finger.index(len)).filter(|&place| seen.insert(place)).collect::<Vec<usize>>()
        };
        let derived_from = |(place, draft): (usize, &Draft)| {
            resolve(&draft.derived_from, drafts.len()).into_iter().filter(|&other| other != place).collect()
        };
        Self {
            world,
            kind: world.kind(claim),
            drafts,
            by: drafts.iter().map(|draft| resolve(&draft.by, world.part_of.len())).collect(),
            documents: drafts
                .iter()
                .map(|draft| draft.document.map(|finger| finger.index(world.documents.len())))
                .collect(),
            derived_from: drafts.iter().enumerate().map(derived_from).collect(),
        }
    }

    fn content(&self, place: usize) -> &Content {
        let draft = &self.drafts[place];
        match self.derived_from[place].first() {
            Some(&original) if draft.faithful => &self.drafts[original].content,
            _ => &draft.content,
        }
    }

    /// Who speaks, where nobody can doubt it: a copy does so only when it repeats the same sources' own words.
    fn voice(&self, place: usize) -> Option<BTreeSet<usize>> {
        let own = |place: usize| self.by[place].iter().copied().collect::<BTreeSet<usize>>();
        let is_own = |&original: &usize| {
            self.derived_from[original].is_empty() && !own(place).is_empty() && own(original) == own(place)
        };
        self.derived_from[place].iter().all(is_own).then(|| own(place))
    }

    /// Only the same source or side may supersede, or, between narrations, the same publisher.
    fn may_supersede(&self, place: usize, other: usize) -> bool {
        let (Some(voice), Some(others)) = (self.voice(place), self.voice(other)) else {
            return false;
        };
        if voice.is_empty() && others.is_empty() {
            let publisher = |place: usize| self.documents[place].and_then(|document| self.world.documents[document].1);
            return publisher(place).is_some() && publisher(place) == publisher(other);
        }
        let roots: BTreeSet<usize> = voice.union(&others).map(|&source| self.world.root(source)).collect();
        let one_side = roots.len() == 1 && roots.iter().all(|&root| !self.world.anonymous[root]);
        voice == others || (!voice.is_empty() && !others.is_empty() && one_side)
    }

    /// Only an earlier place can be superseded, so that there is no ring; only an answer supersedes.
    fn superseded(&self, place: usize) -> Option<usize> {
        let finger = self.drafts[place].supersedes.filter(|_| self.content(place).is_answer())?;
        let allowed: Vec<usize> = (0..place).filter(|&other| self.may_supersede(place, other)).collect();
        (!allowed.is_empty()).then(|| *finger.get(&allowed))
    }

    fn assertion(&self, claim: usize, place: usize) -> Value {
        let (draft, content) = (&self.drafts[place], self.content(place));
        let id = |place: usize| format!("c{claim}-a{place}");
        let mut entry = Map::new();
        entry.insert("id".into(), json!(id(place)));
        entry.insert("claim".into(), json!(format!("c{claim}")));
        if content.stance != "affirms" {
            entry.insert("stance".into(), json!(content.stance));
        }
        if content.is_answer() {
            entry.insert("value".into(), json!(content.value(self.kind, self.world)));
            if let (Kind::Count, Some(finger)) = (self.kind, content.unit) {
                entry.insert("unit".into(), json!(self.world.unit(finger)));
            }
            if let Some(valid_at) = &draft.valid_at {
                entry.insert("valid_at".into(), json!(valid_at));
            }
        }
        let by = &self.by[place];
        match by.as_slice() {
            [] => {}
            [source] => drop(entry.insert("by".into(), json!(format!("s{source}")))),
            sources => drop(entry.insert("by".into(), sources.iter().map(|source| format!("s{source}")).collect())),
        }
        let relay = draft.via.map(|finger| finger.index(self.world.part_of.len()));
        if let Some(relay) = relay.filter(|relay| !by.is_empty() && !by.contains(relay)) {
            entry.insert("via".into(), json!([format!("s{relay}")]));
        }
        if let Some(document) = self.documents[place] {
            entry.insert("document".into(), json!(format!("d{document}")));
        }
        if let Some(asserted) = &draft.asserted {
            entry.insert("asserted".into(), json!(asserted));
        }
        if !self.derived_from[place].is_empty() {
            entry
                .insert("derived_from".into(), self.derived_from[place].iter().map(|&original| id(original)).collect());
        }
        if let Some(other) = self.superseded(place) {
            entry.insert("supersedes".into(), json!([id(other)]));
        }
        Value::Object(entry)
    }

    fn retraction(&self, claim: usize, place: usize) -> Option<Value> {
        let on = self.drafts[place].retracted?;
        Some(json!({"assertion": format!("c{claim}-a{place}"), "on": day(on), "reason": "withdrawn"}))
    }
}

// The generator, held to its promises.

/// The entries of a list, by their ids.
fn by_id<'d>(dossier: &'d Value, entries: &str) -> BTreeMap<&'d str, &'d Value> {
    let entries = dossier[entries].as_array().expect("a list");
    entries.iter().map(|entry| (entry["id"].as_str().expect("an id"), entry)).collect()
}

/// Whether what is named in `field` can be followed from one entry to the next without ever coming back.
fn is_acyclic(entries: &BTreeMap<&str, &Value>, field: &str) -> bool {
    let mut left: BTreeSet<&str> = entries.keys().copied().collect();
    let leads_nowhere =
        |id: &str, left: &BTreeSet<&str>| !names(&entries[id][field]).iter().any(|next| left.contains(next.as_str()));
    while let Some(end) = left.iter().copied().find(|id| leads_nowhere(id, &left)) {
        left.remove(end);
    }
    left.is_empty()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_references_resolve(dossier in dossier()) {
        for entries in ["sources", "terms", "documents", "claims", "assertions"] {
            let all = dossier[entries].as_array().expect("a list");
            prop_assert_eq!(by_id(&dossier, entries).len(), all.len(), "ids are unique");
        }
        let references = [
            ("sources", "part_of", "sources"),
            ("terms", "broader", "terms"),
            ("documents", "publisher", "sources"),
            ("assertions", "claim", "claims"),
            ("assertions", "by", "sources"),
            ("assertions", "via", "sources"),
            ("assertions", "document", "documents"),
            ("assertions", "derived_from", "assertions"),
            ("assertions", "supersedes", "assertions"),
        ];
        for (entries, field, targets) in references {
            let targets = by_id(&dossier, targets);
            for (id, entry) in by_id(&dossier, entries) {
                let named = names(&entry[field]);
                let distinct: BTreeSet<&String> = named.iter().collect();
                prop_assert_eq!(distinct.len(), named.len(), "{}.{} repeats itself", id, field);
                for target in &named {
                    prop_assert!(targets.contains_key(target.as_str()), "{}.{} names {}", id, field, target);
                }
            }
        }
        for retraction in dossier["retractions"].as_array().expect("a list") {
            prop_assert!(by_id(&dossier, "assertions").contains_key(retraction["assertion"].as_str().expect("an id")));
        }
    }

    #[test]
    fn generated_claims_are_islands(dossier in dossier()) {
        let assertions = by_id(&dossier, "assertions");
        for (id, assertion) in &assertions {
            for other in [names(&assertion["derived_from"]), names(&assertion["supersedes"])].iter().flatten() {
                prop_assert_eq!(&assertions[other.as_str()]["claim"], &assertion["claim"]);
                prop_assert_ne!(other, id);
            }
        }
    }

    #[test]
    fn only_derivation_has_rings(dossier in dossier()) {
        prop_assert!(is_acyclic(&by_id(&dossier, "sources"), "part_of"));
        prop_assert!(is_acyclic(&by_id(&dossier, "terms"), "broader"));
        prop_assert!(is_acyclic(&by_id(&dossier, "assertions"), "supersedes"));
    }

    #[test]
    fn generated_values_leave_something_possible(dossier in dossier()) {
        let claims = by_id(&dossier, "claims");
        for assertion in by_id(&dossier, "assertions").values() {
            let universe = Universe::new(&dossier, claims[assertion["claim"].as_str().expect("an id")]);
            if let Some(value) = assertion["value"].as_str() {
                let possible = universe.read(value);
                prop_assert!(!possible.is_empty(), "{}", value);
                prop_assert_ne!(possible, universe.read("no evidence"), "to deny {} leaves nothing", value);
            }
        }
    }
}

/// What a judgement is an example of.
fn features(judgement: &Judgement) -> Vec<String> {
    let mut features = vec![judgement.verdict.clone()];
    if let Some(dispute) = &judgement.dispute {
        features.push(format!("{dispute} dispute"));
        features.push(match judgement.within_one_side {
            Some(true) => "dispute within one side".to_owned(),
            Some(false) => "dispute between sides".to_owned(),
            None => "dispute with an unknown side".to_owned(),
        });
    }
    if judgement.accounts.len() > 2 {
        features.push("more than two accounts".to_owned());
    }
    if !judgement.echoes.is_empty() {
        features.push("echo".to_owned());
    }
    features.extend(judgement.set_aside.iter().map(|(_, rule)| rule.clone()));
    features
}

/// Every kind of finding is an everyday matter here, or the laws held against these dossiers would be idle talk.
#[test]
fn generated_dossiers_cover_the_semantics() {
    let mut runner = TestRunner::deterministic();
    let strategy = dossier();
    let mut seen = BTreeMap::<String, usize>::new();
    let mut rings = 0;
    for _ in 0..400 {
        let dossier = strategy.new_tree(&mut runner).expect("nothing is filtered").current();
        for feature in oracle::judge(&dossier).iter().flat_map(|(_, judgement)| features(judgement)) {
            *seen.entry(feature).or_default() += 1;
        }
        rings += usize::from(!is_acyclic(&by_id(&dossier, "assertions"), "derived_from"));
    }
    let everyday = [
        "agreed",
        "compatible",
        "disputed",
        "single-source",
        "unattributed",
        "withheld",
        "unaddressed",
        "contrary dispute",
        "contradictory dispute",
        "wording dispute",
        "dispute within one side",
        "dispute between sides",
        "dispute with an unknown side",
        "more than two accounts",
        "echo",
        "superseded",
        "latest word",
        "retracted",
        "unit differs",
        "misquoted",
        "origin set aside",
    ];
    for feature in everyday {
        assert!(seen.get(feature).is_some_and(|&times| times >= 10), "{feature} is too rare in {seen:?}");
    }
    assert!(rings >= 10, "only {rings} rings of derivation");
}
