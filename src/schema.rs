//! JSON Schema of the files: what an editor or a validator of the user's own checks them against.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};

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

/// The JSON Schema (draft 2020-12) of a report, schema `corroborate-report/2`.
///
/// ```
/// let schema: serde_json::Value = serde_json::from_str(&corroborate::schema::report())?;
/// assert_eq!(schema["properties"]["schema"]["const"], "corroborate-report/2");
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
