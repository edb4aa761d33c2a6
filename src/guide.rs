//! The guide: five minutes to the first finding, then what else there is to know.
//!
//! The chapters are the files of `docs/guide`. Every block of Rust in them runs as a test, and so does every command.

/// [next]: crate::guide::chapter_2
#[doc = include_str!("../docs/guide/1-your-first-dossier.md")]
pub mod chapter_1 {}

/// [before]: crate::guide::chapter_1
/// [next]: crate::guide::chapter_3
#[doc = include_str!("../docs/guide/2-what-people-say.md")]
pub mod chapter_2 {}

/// [before]: crate::guide::chapter_2
/// [next]: crate::guide::chapter_4
#[doc = include_str!("../docs/guide/3-who-says-it.md")]
pub mod chapter_3 {}

/// [before]: crate::guide::chapter_3
/// [next]: crate::guide::chapter_5
#[doc = include_str!("../docs/guide/4-reading-a-report.md")]
pub mod chapter_4 {}

/// [before]: crate::guide::chapter_4
/// [next]: crate::guide::chapter_6
#[cfg_attr(feature = "csv", doc = include_str!("../docs/guide/5-from-a-spreadsheet.md"))]
#[cfg_attr(
    not(feature = "csv"),
    doc = "5. From a spreadsheet. Its code needs the feature `csv`, and so does the page."
)]
pub mod chapter_5 {}

/// [before]: crate::guide::chapter_5
/// [next]: crate::guide::chapter_7
#[cfg_attr(feature = "proptest", doc = include_str!("../docs/guide/6-rules-of-your-own.md"))]
#[cfg_attr(
    not(feature = "proptest"),
    doc = "6. Rules of your own. Its code needs the feature `proptest`, and so does the page."
)]
pub mod chapter_6 {}

/// [before]: crate::guide::chapter_6
/// [next]: crate::guide::chapter_8
#[doc = include_str!("../docs/guide/7-words.md")]
pub mod chapter_7 {}

/// [before]: crate::guide::chapter_7
#[cfg_attr(feature = "json", doc = include_str!("../docs/guide/8-embedding.md"))]
#[cfg_attr(
    not(feature = "json"),
    doc = "8. In a program of yours. Its code needs the feature `json`, and so does the page."
)]
pub mod chapter_8 {}
