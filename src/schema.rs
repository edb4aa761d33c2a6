//! JSON Schema of the files: what an editor or a validator of the user's own checks them against.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::dossier::document::WholeFile;
use crate::report::document::ReportDocument;
use crate::report::timeline::document::TimelineDocument;

/// The JSON Schema (draft 2020-12) of a dossier, schema `corroborate/1`.
///
/// It says what shape a file has. What it can't say (that an id exists, that a value is understood) the reader checks.
///
/// ```
/// let schema: serde_json::Value = serde_json::from_str(&corroborate::schema::dossier())?;
/// assert_eq!(schema["properties"]["schema"]["const"], "corroborate/1");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn dossier() -> String {
    written::<WholeFile>(SchemaSettings::draft2020_12())
}

/// The JSON Schema (draft 2020-12) of a report, schema `corroborate-report/1`.
///
/// ```
/// let schema: serde_json::Value = serde_json::from_str(&corroborate::schema::report())?;
/// assert_eq!(schema["properties"]["schema"]["const"], "corroborate-report/1");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn report() -> String {
    // As it is written: every field is always there.
    written::<ReportDocument>(SchemaSettings::draft2020_12().for_serialize())
}

/// The JSON Schema (draft 2020-12) of a timeline, schema `corroborate-timeline/1`.
///
/// ```
/// let schema: serde_json::Value = serde_json::from_str(&corroborate::schema::timeline())?;
/// assert_eq!(schema["properties"]["schema"]["const"], "corroborate-timeline/1");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn timeline() -> String {
    written::<TimelineDocument>(SchemaSettings::draft2020_12().for_serialize())
}

fn written<T: JsonSchema>(settings: SchemaSettings) -> String {
    let schema = SchemaGenerator::new(settings).into_root_schema_for::<T>();
    serde_json::to_string_pretty(&schema).unwrap_or_default() // a schema is made of texts and lists
}

/// One of some words.
pub(crate) fn one_of(words: impl Iterator<Item = &'static str>) -> Schema {
    let words: Vec<&str> = words.collect();
    json_schema!({"type": "string", "enum": words})
}

/// Declares a type that stands for a field whose schema serde's types don't tell.
macro_rules! field {
    ($($(#[$doc:meta])* $name:ident: $schema:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }

            fn inline_schema() -> bool {
                true
            }
        }
    )*};
}

field! {
    /// The version of a dossier's schema.
    Version: json_schema!({"const": "corroborate/1"});
    /// The version of a report's schema.
    ReportVersion: json_schema!({"const": "corroborate-report/1"});
    /// The version of a timeline's schema.
    TimelineVersion: json_schema!({"const": "corroborate-timeline/1"});
    /// What was said: a text, or a plain JSON number or truth value that says the same.
    Said: json_schema!({"type": ["string", "number", "boolean", "null"]});
    /// An id or a list of ids.
    OneOrMore: json_schema!({"type": ["string", "array", "null"], "items": {"type": "string"}});
    /// The kinds of constraints.
    ConstraintKind: one_of(["sum", "at-most", "equal"].into_iter());
}
