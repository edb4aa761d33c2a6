//! Questions that ask for a date, so that years in answer to them aren't taken for figures.

/// Words that ask for a date in a name of a claim: `Founded`, `date of birth`. "Died" isn't one: so many may have.
const DATED: [&str; 8] = ["born", "founded", "built", "established", "birthdate", "birthday", "date", "when"];

/// How questions that ask for a date begin.
const ASKED: [&str; 9] = [
    "when ",
    "since when ",
    "what year ",
    "which year ",
    "in what year ",
    "in which year ",
    "on what date ",
    "on which date ",
    "on what day ",
];

/// Whether a claim asks for a date, by its question, or, where it has none, by its id.
pub(crate) fn asks_when(id: &str, question: Option<&str>) -> bool {
    match question {
        Some(question) => {
            let question = question.trim_start().to_lowercase();
            ASKED.iter().any(|asked| question.starts_with(asked))
        }
        None => {
            let mut words = id.split(|c: char| !c.is_alphanumeric());
            words.any(|word| DATED.iter().any(|dated| word.eq_ignore_ascii_case(dated)))
        }
    }
}

/// Whether a text says one year in four digits, as `1956` and `about 1956` do.
pub(crate) fn names_a_year(text: &str) -> bool {
    let mut figures = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let year = figures.next().filter(|digits| digits.len() == 4).and_then(|digits| digits.parse().ok());
    year.is_some_and(|year: u32| (1000..=2100).contains(&year)) && figures.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_that_ask_when_are_known() {
        for (id, question) in [
            ("q", Some("When was it built?")),
            ("born", None),
            ("date of birth", None),
            ("town-founded", None),
        ] {
            assert!(asks_when(id, question), "{id} {question:?}");
        }
        for (id, question) in [
            ("born", Some("How many were born?")),
            ("died", None),
            ("updated", None),
            ("q", Some("Whenever?")),
        ] {
            assert!(!asks_when(id, question), "{id} {question:?}");
        }
    }

    #[test]
    fn years_have_four_digits() {
        assert!(["1956", "about 1956", "before 2001"].into_iter().all(names_a_year));
        assert!(!["956", "19560", "3000", "1,956", "1956 or 1957", "none"].into_iter().any(names_a_year));
    }
}
