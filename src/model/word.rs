//! Closed vocabularies: enums whose members are written as one word in files and on the command line.

/// Declares an enum with the word of each member, `ALL`, `as_str`, `Display` and a `FromStr` that suggests.
macro_rules! words {
    (
        $(#[$meta:meta])*
        $visibility:vis enum $name:ident ($what:literal) {
            $($(#[$member_meta:meta])* $member:ident = $word:literal,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility enum $name {
            $($(#[$member_meta])* $member,)*
        }

        impl $name {
            /// Every member, in the order in which they are declared.
            pub const ALL: &'static [Self] = &[$(Self::$member,)*];

            /// The word that files and the command line use for it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$member => $word,)*
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let words: Vec<&str> = Self::ALL.iter().map(|member| member.as_str()).collect();
                schemars::json_schema!({"type": "string", "enum": words})
            }

            fn inline_schema() -> bool {
                true
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::error::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                let known = || Self::ALL.iter().map(|member| member.as_str());
                let found = Self::ALL.iter().find(|member| member.as_str() == word);
                found.copied().ok_or_else(|| crate::error::UnknownWord::new($what, word, known()))
            }
        }
    };
}

pub(crate) use words;
