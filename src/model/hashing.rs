//! Hash maps that are fast and have one fixed seed, so that every run over the same files does the same.

use std::collections::{HashMap, HashSet};

pub(crate) use foldhash::fast::FixedState;

pub(crate) type FastMap<K, V> = HashMap<K, V, FixedState>;
pub(crate) type FastSet<T> = HashSet<T, FixedState>;
