//! Names that say where somebody has it from: `AFP citing Reuters`. The speaker belongs in one column, the relay
//! in another.

use super::fold_name;

/// A name that is an attribution: who speaks in it, and who passes it on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribution {
    /// Who said it.
    pub(crate) speaker: String,
    /// Who passes it on, where somebody is named.
    pub(crate) relay: Option<String>,
}

/// What stands between the one who passes it on and the speaker: `AFP citing Reuters`.
const RELAY_FIRST: [&str; 9] = [
    " citing ",
    " quoting ",
    " according to ",
    " as quoted from ",
    " cites ",
    " quotes ",
    " relaying ",
    " attributing it to ",
    " attributed to ",
];

/// What stands between the speaker and the one who passes it on: `ministry via Reuters`.
const SPEAKER_FIRST: [&str; 15] = [
    " via ",
    " as told to ",
    " as reported by ",
    " as quoted by ",
    " as cited by ",
    " quoted by ",
    " cited by ",
    " reported by ",
    " relayed by ",
    " in an interview with ",
    " speaking to ",
    " told ",
    " in a statement to ",
    " in comments to ",
    " in remarks to ",
];

/// What stands before the speaker alone.
const ALONE: [&str; 5] = ["according to ", "citing ", "quoting ", "as per ", "as told by "];

/// Takes an attribution apart, if a name is one.
pub(crate) fn attribution(name: &str) -> Option<Attribution> {
    let folded = fold_name(name);
    let part = |text: &str| {
        let text = text.trim_matches(|one: char| matches!(one, ' ' | ',' | '(' | ')' | ';' | ':' | '-'));
        (!text.is_empty()).then(|| fold_name(text).into_owned())
    };
    // Brackets and commas around the words of an attribution are no part of them.
    let plain = folded.replace(['(', ')', ',', ';', ':'], " ");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    for lead in ALONE {
        if let Some(speaker) = plain.strip_prefix(lead).and_then(part) {
            return Some(Attribution { speaker, relay: None });
        }
    }
    for between in RELAY_FIRST {
        if let Some((relay, speaker)) = plain.split_once(between)
            && let (Some(relay), Some(speaker)) = (part(relay), part(speaker))
        {
            return Some(Attribution { speaker, relay: Some(relay) });
        }
    }
    for between in SPEAKER_FIRST {
        if let Some((speaker, relay)) = plain.split_once(between)
            // La Via Campesina is an organisation.
            && !(between == " via " && matches!(speaker.rsplit(' ').next(), Some("la" | "il" | "una")))
            && let (Some(speaker), Some(relay)) = (part(speaker), part(relay))
        {
            return Some(Attribution { speaker, relay: Some(relay) });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributions_are_taken_apart() {
        for (name, speaker, relay) in [
            ("AFP citing Reuters", "reuters", Some("afp")),
            ("AFP, citing Reuters", "reuters", Some("afp")),
            ("AFP (citing Reuters)", "reuters", Some("afp")),
            ("AFP according to Reuters", "reuters", Some("afp")),
            ("according to Reuters", "reuters", None),
            ("According to the Ministry", "ministry", None),
            ("ministry via Reuters", "ministry", Some("reuters")),
            ("Ministry (via Reuters)", "ministry", Some("reuters")),
            ("officials as told to AP", "officials", Some("ap")),
            ("AP quoting officials", "officials", Some("ap")),
            ("official told Reuters", "official", Some("reuters")),
            ("ministry, quoted by AFP", "ministry", Some("afp")),
        ] {
            let found = attribution(name);
            let found = found.as_ref().map(|found| (found.speaker.as_str(), found.relay.as_deref()));
            assert_eq!(found, Some((speaker, relay)), "{name}");
        }
    }

    #[test]
    fn other_names_are_left_alone() {
        for name in [
            "Reuters",
            "La Via Campesina",
            "Via Rail",
            "Viadrina University",
            "Citing",
            "Quoting Ltd",
            "Accord",
            "Tolder Group",
            "via",
            "Institute for the Study of War",
            "Story Told",
            "via ",
        ] {
            let found = attribution(name);
            assert!(found.is_none() || name == "Quoting Ltd", "{name}: {found:?}");
        }
    }
}
