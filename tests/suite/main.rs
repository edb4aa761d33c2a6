//! All tests of the crate, as one binary: properties first, then the corpus, then what is shown to users.

mod api;
mod brief;
mod charts;
mod command_line;
mod convert;
mod corpus;
mod desk;
mod distinct;
mod fickle;
mod files;
mod graph;
mod identity;
mod laws;
mod lints;
mod lists;
mod messages;
mod notes;
mod oracle;
#[cfg(unix)]
mod output;
mod pages;
mod pictures;
mod plain;
mod refused;
mod renderings;
mod rings;
mod rules;
mod schema;
#[expect(dead_code, reason = "its `main` waits on a port; tests call what that calls")]
mod service;
mod several;
mod sheets;
mod shown;
mod strategies;
mod tables;
mod text;
#[cfg(feature = "rayon")]
mod threads;
mod tidy;
mod timeline;
mod trials;
mod values;
mod views;
