//! Each of the dimensions of a dossier, at sizes that lie beside each other: the figures per item must not grow.

use corroborate::{Dossier, Resolver};
use divan::Bencher;
use divan::counter::ItemsCount;

use crate::dimensions::{DIMENSIONS, Dimension};
use crate::sizes;

/// A dimension, and how many of it.
#[derive(Clone, Copy, Debug)]
struct Case(Dimension, usize);

fn cases() -> impl Iterator<Item = Case> {
    DIMENSIONS
        .iter()
        .flat_map(|dimension| sizes([1_000, 10_000]).into_iter().map(|many| Case(*dimension, many)))
}

#[divan::bench(args = cases(), sample_count = 5, sample_size = 1)]
fn read(bencher: Bencher<'_, '_>, Case(dimension, many): Case) {
    let json = dimension.dossier(many).to_json();
    bencher.counter(ItemsCount::new(many)).bench(|| Dossier::from_json(&json).expect("what was written"));
}

#[divan::bench(args = cases(), sample_count = 5, sample_size = 1)]
fn resolve(bencher: Bencher<'_, '_>, Case(dimension, many): Case) {
    let dossier = dimension.dossier(many);
    bencher.counter(ItemsCount::new(many)).bench(|| Resolver::standard().resolve(&dossier).findings().len());
}
