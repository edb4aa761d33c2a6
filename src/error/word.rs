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

        #[cfg(feature = "json")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "json")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::error::deserialize_word(from, $what)
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

/// Reads a member of a vocabulary from its word; the error suggests what may have been meant, as `FromStr`
/// does.
#[cfg(feature = "json")]
pub(crate) fn deserialize_word<'de, D, T>(from: D, what: &'static str) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: std::str::FromStr<Err = crate::error::UnknownWord>,
{
    struct WordVisitor<T>(&'static str, std::marker::PhantomData<T>);

    impl<T: std::str::FromStr<Err = crate::error::UnknownWord>> serde::de::Visitor<'_> for WordVisitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "the word of a {}", self.0)
        }

        fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<T, E> {
            word.parse().map_err(E::custom)
        }
    }

    from.deserialize_str(WordVisitor(what, std::marker::PhantomData))
}

#[cfg(all(test, feature = "json"))]
mod tests {
    use crate::error::ErrorKind;
    use crate::model::assertion::Stance;
    use crate::model::claim::{Evolves, Kind, Nature};
    use crate::model::lint::{LintKind, LintLevel};
    use crate::outcome::{Dispute, Status, Verdict};

    /// Every member reads back from its word, and nothing else does.
    macro_rules! assert_words {
        ($($name:ident)*) => {$({
            for member in $name::ALL {
                let written = serde_json::to_string(member).unwrap_or_default();
                assert_eq!(written, format!("\"{member}\""));
                assert_eq!(serde_json::from_str::<$name>(&written).ok(), Some(*member));
            }
            for other in ["\"\"", "\"no such word\"", "0", "null", "[]", "{}"] {
                assert!(serde_json::from_str::<$name>(other).is_err(), "{other}");
            }
        })*};
    }

    #[test]
    fn members_are_written_as_their_words() {
        assert_words!(Stance Evolves Kind Nature LintKind LintLevel Dispute Status Verdict ErrorKind);
        let error = serde_json::from_str::<Kind>("\"cuont\"").err().map(|error| error.to_string());
        assert!(error.is_some_and(|error| error.contains("did you mean `count`?")));
    }
}
