//! Names that may be short for another one, or a misspelling of it.

use std::hash::{BuildHasher, Hasher};

use super::fold_name;
use crate::model::hashing::FixedState;

/// Words that an acronym may pass over.
const SMALL: [&str; 22] = [
    "of", "the", "and", "for", "in", "on", "to", "at", "by", "a", "an", "de", "la", "le", "les", "du", "des",
    "et", "del", "der", "die", "und",
];

/// Whether the first name may be an acronym of the second: `WHO` of `World Health Organization`, with its small
/// words or without.
pub(crate) fn is_acronym_of(short: &str, long: &str) -> bool {
    let Some(letters) = letters_of(short) else { return false };
    let (letters, long): (Vec<char>, _) = (letters.chars().collect(), fold_name(long));
    let words: Vec<&str> = words_of(&long).collect();
    (2..=16).contains(&words.len()) && spells(&letters, &words, true)
}

/// What acronyms of a name can be: its initials, with its small words or without, behind its whole first word or not.
/// Nothing, where it has one word.
#[cfg(any(feature = "json", feature = "csv"))]
pub(crate) fn acronym_keys(long: &str) -> Vec<String> {
    let long = fold_name(long);
    let words: Vec<&str> = words_of(&long).collect();
    if !(2..=16).contains(&words.len()) {
        return Vec::new();
    }
    let initials = |words: &[&str], has_small: bool| -> String {
        let words = words.iter().filter(|word| has_small || !SMALL.contains(word));
        words.filter_map(|word| word.chars().next()).collect()
    };
    let mut keys = Vec::with_capacity(4);
    for has_small in [true, false] {
        keys.push(initials(&words, has_small));
        if (2..=4).contains(&words[0].chars().count()) {
            keys.push(format!("{}{}", words[0], initials(&words[1..], has_small)));
        }
    }
    keys.dedup();
    keys
}

/// The letters of a name that may be an acronym.
pub(crate) fn letters_of(short: &str) -> Option<String> {
    let short = fold_name(short);
    let is_plain = short.chars().all(|one| one.is_alphanumeric() || one == '.' || one == '&');
    let letters: String = short.chars().filter(|letter| letter.is_alphanumeric()).collect();
    (is_plain && (2..=12).contains(&letters.len())).then_some(letters)
}

fn words_of(name: &str) -> impl Iterator<Item = &str> {
    name.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether letters are the initials of words, in their order. The first word may be an acronym itself, and stand
/// whole: `UNHCR`.
fn spells(letters: &[char], words: &[&str], is_first: bool) -> bool {
    let Some((word, others)) = words.split_first() else { return letters.is_empty() };
    if SMALL.contains(word) && spells(letters, others, is_first) {
        return true;
    }
    if word.chars().next().is_some_and(|initial| letters.first() == Some(&initial))
        && spells(&letters[1..], others, false)
    {
        return true;
    }
    let len = word.chars().count();
    is_first
        && (2..=4).contains(&len)
        && letters.len() > len
        && word.chars().eq(letters[..len].iter().copied())
        && spells(&letters[len..], others, false)
}

/// Whether two names, which aren't one, differ so little that one may be a misspelling of the other: in a letter or
/// two of one word, or in where words are parted. Short words don't count, nor does what differs in digits.
pub(crate) fn is_near(one: &str, other: &str) -> bool {
    let (one, other) = (fold_name(one), fold_name(other));
    if one == other {
        return false;
    }
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    if digits(&one) != digits(&other) {
        return false;
    }
    let squeezed = |name: &str| name.chars().filter(|one| one.is_alphanumeric()).collect::<String>();
    let (whole, whole_other) = (squeezed(&one), squeezed(&other));
    if whole == whole_other {
        return whole.chars().count() >= 5;
    }
    let words = |name: &str| -> Vec<String> {
        name.split(|one: char| !one.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (words, others) = (words(&one), words(&other));
    if words.len() != others.len() {
        return false;
    }
    let mut differing = words.iter().zip(&others).filter(|(word, other)| word != other);
    match (differing.next(), differing.next()) {
        (Some((word, other)), None) => is_misspelling(word, other),
        _ => false,
    }
}

/// Numbers that names which are [near](is_near) have in common: hashes of what is left of a name without a letter or two
/// of one of its words.
pub(crate) fn near_keys(name: &str) -> Vec<u64> {
    let name = fold_name(name);
    let hash = |parts: &[&str]| {
        let mut hasher = FixedState::default().build_hasher();
        parts.iter().for_each(|part| hasher.write(part.as_bytes()));
        hasher.finish()
    };
    let words: Vec<&str> = words_of(&name).collect();
    let mut keys = vec![hash(&words)];
    for (nth, word) in words.iter().enumerate() {
        let letters: Vec<char> = word.chars().collect();
        // Names of a page each are nobody's misspellings.
        if !(5..=32).contains(&letters.len()) || words.len() > 12 {
            continue;
        }
        let (before, behind) = (words[..nth].join(" "), words[nth + 1..].join(" "));
        let mut add = |left: &str| keys.push(hash(&[&before, "\0", left, "\0", &behind]));
        add(word);
        for out in 0..letters.len() {
            let left: String =
                letters.iter().enumerate().filter(|(at, _)| *at != out).map(|(_, one)| one).collect();
            add(&left);
            // Two letters of a long word.
            let seconds = if letters.len() >= 9 { out + 1..letters.len() } else { 0..0 };
            for second in seconds {
                let kept = letters.iter().enumerate().filter(|(at, _)| *at != out && *at != second);
                add(&kept.map(|(_, one)| one).collect::<String>());
            }
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// One letter of five or more, or two of nine or more.
fn is_misspelling(word: &str, other: &str) -> bool {
    /// Words that are near and never the same.
    const OPPOSITES: [(&str, &str); 10] = [
        ("eastern", "western"),
        ("northeastern", "northwestern"),
        ("southeastern", "southwestern"),
        ("northeast", "northwest"),
        ("southeast", "southwest"),
        ("southern", "northern"),
        ("austrian", "australian"),
        ("slovenian", "slovakian"),
        ("slovakia", "slovenia"),
        ("international", "internal"),
    ];
    let is_opposite = |(a, b): &(&str, &str)| (*a == word && *b == other) || (*a == other && *b == word);
    if OPPOSITES.iter().any(is_opposite) {
        return false;
    }
    let len = word.chars().count().min(other.chars().count());
    // A plural isn't a misspelling that one can do anything about, but it is worth the look.
    let most = match len {
        0..=4 => return false,
        5..=8 => 1,
        _ => 2,
    };
    strsim::osa_distance(word, other) <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_spell_names() {
        for (short, long) in [
            ("WHO", "World Health Organization"),
            ("who", "World Health Organization"),
            ("W.H.O.", "world health organization"),
            ("UN", "United Nations"),
            ("U.S.", "the United States"),
            ("SOHR", "Syrian Observatory for Human Rights"),
            ("SOfHR", "Syrian Observatory for Human Rights"),
            ("ICRC", "International Committee of the Red Cross"),
            ("MSF", "Médecins Sans Frontières"),
            ("UNHCR", "UN High Commissioner for Refugees"),
            ("DoD", "Department of Defense"),
            ("DOD", "Department of Defense"),
            ("NGO", "Non-Governmental Organisation"),
            ("BBC", "British Broadcasting Corporation"),
            ("VDC", "Violations Documentation Center"),
            ("IDF", "Israel Defense Forces"),
        ] {
            assert!(is_acronym_of(short, long), "{short} of {long}");
        }
    }

    #[test]
    fn other_short_names_spell_nothing() {
        for (short, long) in [
            ("WHO", "World Bank"),
            ("UN", "UN Women"),
            ("AP", "AFP"),
            ("US", "USA"),
            ("CNN", "Central News"),
            ("police", "ministry of interior"),
            ("Iraq", "Iran"),
            ("W H O", "World Health Organization"),
            ("A", "Army"),
            ("AA", "Army"),
            ("NATO", "North Atlantic Alliance"),
            ("World Health Organization", "WHO"),
        ] {
            assert!(!is_acronym_of(short, long), "{short} of {long}");
        }
    }

    #[test]
    fn misspellings_are_near() {
        for (one, other) in [
            ("Reuters", "Reuter"),
            ("Reuters", "Rueters"),
            ("Al-Jazeera", "Al Jazeera"),
            ("Aljazeera", "Al Jazeera"),
            ("Ministry of Defence", "Ministry of Defense"),
            ("Ministry of Interor", "Ministry of Interior"),
            ("Observatory", "Observatroy"),
            ("Médecins Sans Frontières", "Medecins Sans Frontières"),
            ("hospital", "hospitals"),
        ] {
            assert!(is_near(one, other) && is_near(other, one), "{one}, {other}");
        }
    }

    #[test]
    fn other_names_are_not_near() {
        for (one, other) in [
            ("Reuters", "reuters"),
            ("Iran", "Iraq"),
            ("AP", "AFP"),
            ("Unit 1", "Unit 2"),
            ("Brigade 12", "Brigade 13"),
            ("Source A", "Source B"),
            ("North Korea", "South Korea"),
            ("Eastern Command", "Western Command"),
            ("Niger", "Nigeria"),
            ("Iraq army", "Iran army"),
            ("Army", "Navy"),
            ("police", "mayor"),
            ("Austria", "Australia"),
            ("Congo", "Congo Republic"),
            ("Battalion II", "Battalion III"),
        ] {
            assert!(!is_near(one, other) && !is_near(other, one), "{one}, {other}");
        }
    }
}
