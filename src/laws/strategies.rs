//! Dossiers in which every case of the semantics turns up often.

use proptest::collection::vec;
use proptest::prelude::*;

use super::story::Story;
use crate::dossier::Dossier;
use crate::model::assertion::Assertion;
use crate::model::claim::Claim;
use crate::model::source::Source;

/// Whole dossiers, sound and small.
pub fn dossiers() -> impl Strategy<Value = Dossier> {
    vec((0..3_u8, 13..16_u8), 0..5).prop_map(|said| {
        let story = Story {
            title: "A small world".to_owned(),
            sources: (0..3).map(|n| Source::new(format!("s{n}"), format!("Source {n}"))).collect(),
            claims: vec![Claim::count("c0", "How many?")],
            assertions: said
                .iter()
                .enumerate()
                .map(|(n, (by, figure))| {
                    Assertion::new("c0", figure.to_string()).id(format!("c0-a{n}")).by(format!("s{by}"))
                })
                .collect(),
            ..Story::default()
        };
        story.dossier().unwrap_or_default()
    })
}
