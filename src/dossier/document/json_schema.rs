//! What JSON Schema can't tell from the types of files.

use schemars::json_schema;

use super::SCHEMA;

/// Declares a type that stands for a field whose schema serde's types don't tell.
macro_rules! field {
    ($($(#[$doc:meta])* $name:ident: $schema:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $name;

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $schema
            }

            fn inline_schema() -> bool {
                true
            }
        }
    )*};
}

pub(crate) use field;

field! {
    /// The version of a dossier's schema.
    DossierVersion: json_schema!({"const": SCHEMA});
    /// What was said: a text, or a plain JSON number or truth value that says the same.
    SaidSchema: json_schema!({"type": ["string", "number", "boolean", "null"]});
    /// An id or a list of ids.
    OneOrMoreSchema: json_schema!({"type": ["string", "array", "null"], "items": {"type": "string"}});
}
