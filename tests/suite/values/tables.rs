//! Tables: what was said, the canonical text, and what that leaves possible; and what is refused, with the message.

use std::fmt::Debug;

use corroborate::{AnswerSet, Approximation, Date, Kind, Value};

pub(super) fn assert_table(kind: Kind, published: Option<&str>, table: &str) {
    let published = published.map(|date| date.parse::<Date>().expect("a date"));
    let mut differences = Vec::new();
    for row in table.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let said = row.split(" | ").next().unwrap_or_default();
        let value = published.map_or_else(|| Value::read(kind, said), |on| Value::read_on(kind, said, on));
        let found = match value {
            Ok(value) => {
                let text = value.to_string();
                assert_eq!(Value::read(kind, &text).as_ref(), Ok(&value), "`{text}` reads back");
                let answers = value.answers(Approximation::default());
                answers.map_or_else(
                    || format!("{said} | {text}"),
                    |answers| format!("{said} | {text} | {}", bare(&answers)),
                )
            }
            Err(error) => error.to_string(),
        };
        if found != row {
            differences.push(format!("expected {row}\n   found {found}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The set without the name of its line.
fn bare(answers: &AnswerSet) -> String {
    match answers {
        AnswerSet::Counts(set) => debug(set),
        AnswerSet::Quantities(set) => debug(set),
        AnswerSet::Dates(set) => debug(set).replace("T00:00:00Z", "").replace("T23:59:59.999999Z", "°"),
        AnswerSet::YesNo(set) => debug(set),
        other => debug(other),
    }
}

fn debug(set: &impl Debug) -> String {
    format!("{set:?}")
}

/// Rows that are messages, each with the text that it refuses.
pub(super) fn assert_refused(kind: Kind, published: Option<&str>, table: &str) {
    let published = published.map(|date| date.parse::<Date>().expect("a date"));
    let mut differences = Vec::new();
    for row in table.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let said = row.split("` isn't understood").next().unwrap_or_default().trim_start_matches('`');
        let value = published.map_or_else(|| Value::read(kind, said), |on| Value::read_on(kind, said, on));
        let found = value.map_or_else(|error| error.to_string(), |value| format!("`{said}` is {value}"));
        if found != row {
            differences.push(format!("expected {row}\n   found {found}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn what_is_said_of_counts() {
    assert_table(
        Kind::Count,
        None,
        r#"
        14 | 14 | [14, 14]
        fourteen | 14 | [14, 14]
        a dozen | 12 | [12, 12]
        two dozen | 24 | [24, 24]
        half a dozen | 6 | [6, 6]
        a couple | 2 | [2, 2]
        a pair | 2 | [2, 2]
        a score | 20 | [20, 20]
        1.2 million | 1200000 | [1200000, 1200000]
        43,000 | 43000 | [43000, 43000]
        43 000 | 43000 | [43000, 43000]
        43 000 | 43000 | [43000, 43000]
        half a million | 500000 | [500000, 500000]
        two and a half million | 2500000 | [2500000, 2500000]
        2 and a half million | 2500000 | [2500000, 2500000]
        one hundred and five | 105 | [105, 105]
        Twelve hundred | 1200 | [1200, 1200]
        a thousand and one | 1001 | [1001, 1001]
        fourteen thousand two hundred | 14200 | [14200, 14200]
        nine hundred and ninety-nine thousand nine hundred and ninety-nine | 999999 | [999999, 999999]
        one million two hundred thousand | 1200000 | [1200000, 1200000]
        14k | 14000 | [14000, 14000]
        1.5bn | 1500000000 | [1500000000, 1500000000]
        14.0 | 14 | [14, 14]
        none | 0 | [0, 0]
        no | 0 | [0, 0]
        nil | 0 | [0, 0]
        zero | 0 | [0, 0]
        nobody | 0 | [0, 0]
        at least 14 | at least 14 | [14, ∞)
        no fewer than 14 | at least 14 | [14, ∞)
        not less than 14 | at least 14 | [14, ∞)
        a minimum of 14 | at least 14 | [14, ∞)
        14 or more | at least 14 | [14, ∞)
        14+ | at least 14 | [14, ∞)
        14 and counting | at least 14 | [14, ∞)
        ≥ 14 | at least 14 | [14, ∞)
        >=14 | at least 14 | [14, ∞)
        at  least 14 | at least 14 | [14, ∞)
        At Least Fourteen | at least 14 | [14, ∞)
        more than 200 | more than 200 | [201, ∞)
        over 200 | more than 200 | [201, ∞)
        upwards of 200 | more than 200 | [201, ∞)
        in excess of 200 | more than 200 | [201, ∞)
        > 200 | more than 200 | [201, ∞)
        at most 20 | at most 20 | [0, 20]
        up to 20 | at most 20 | [0, 20]
        no more than 20 | at most 20 | [0, 20]
        not more than 20 | at most 20 | [0, 20]
        a maximum of 20 | at most 20 | [0, 20]
        as many as 20 | at most 20 | [0, 20]
        20 or fewer | at most 20 | [0, 20]
        ≤20 | at most 20 | [0, 20]
        fewer than 20 | fewer than 20 | [0, 19]
        less than 20 | fewer than 20 | [0, 19]
        under 20 | fewer than 20 | [0, 19]
        <20 | fewer than 20 | [0, 19]
        about 2,500 | about 2500 | [2250, 2750]
        some 2,500 | about 2500 | [2250, 2750]
        around 2,500 | about 2500 | [2250, 2750]
        roughly 2,500 | about 2500 | [2250, 2750]
        approximately 2,500 | about 2500 | [2250, 2750]
        an estimated 2,500 | about 2500 | [2250, 2750]
        ~2,500 | about 2500 | [2250, 2750]
        2,500 or so | about 2500 | [2250, 2750]
        some 2,500 or so | about 2500 | [2250, 2750]
        14-odd | about 14 | [13, 15]
        about 3 | about 3 | [2, 4]
        about 0 | about 0 | [0, 1]
        nearly 200 | nearly 200 | [180, 199]
        almost 200 | nearly 200 | [180, 199]
        close to 200 | nearly 200 | [180, 199]
        just under 200 | nearly 200 | [180, 199]
        nearly 1 | nearly 1 | [0, 0]
        just over 200 | just over 200 | [201, 220]
        slightly more than 200 | just over 200 | [201, 220]
        just over 3 | just over 3 | [4, 4]
        exactly 14 | 14 | [14, 14]
        only 14 | 14 | [14, 14]
        a total of 14 | 14 | [14, 14]
        between 10 and 15 | 10 to 15 | [10, 15]
        from 10 to 15 | 10 to 15 | [10, 15]
        10 to 15 | 10 to 15 | [10, 15]
        10–15 | 10 to 15 | [10, 15]
        10 — 15 | 10 to 15 | [10, 15]
        10-15 | 10 to 15 | [10, 15]
        ten to fifteen | 10 to 15 | [10, 15]
        about 10 to 15 | about 10 to 15 | [9, 16]
        about 10 to 10 | about 10 to 10 | [9, 11]
        between one hundred and one hundred and five | 100 to 105 | [100, 105]
        800,000 to 1 million | 800000 to 1000000 | [800000, 1000000]
        ten to a hundred | 10 to 100 | [10, 100]
        more than 10 and at most 15 | more than 10 and at most 15 | [11, 15]
        at most 15 and more than 10 | more than 10 and at most 15 | [11, 15]
        tens | tens | [20, 999]
        dozens | dozens | [24, 999]
        scores | scores | [40, 999]
        hundreds | hundreds | [200, 9999]
        thousands | thousands | [2000, 99999]
        tens of thousands | tens of thousands | [20000, 999999]
        hundreds of thousands | hundreds of thousands | [200000, 9999999]
        millions | millions | [2000000, 99999999]
        hundreds of billions | hundreds of billions | [200000000000, 9999999999999]
        a few | a few | [3, 9]
        several | a few | [3, 9]
        a handful | a few | [3, 9]
        a few dozen | a few dozen | [24, 119]
        a couple of hundred | a couple of hundred | [200, 299]
        several hundred | a few hundred | [200, 999]
        many thousands | thousands | [2000, 99999]
        some dozens | dozens | [24, 999]
        dozens or hundreds | dozens or hundreds | [24, 9999]
        4 or 6 | 4 or 6 | [4, 4] ∪ [6, 6]
        either 4 or 6 | 4 or 6 | [4, 4] ∪ [6, 6]
        2, 3 or 4 | 2 or 3 or 4 | [2, 4]
        2, 3, or 4 | 2 or 3 or 4 | [2, 4]
        1,500, 2,000 or more than 3,000 | 1500 or 2000 or more than 3000 | [1500, 1500] ∪ [2000, 2000] ∪ [3001, ∞)
        2 million or 3 million | 2000000 or 3000000 | [2000000, 2000000] ∪ [3000000, 3000000]
        14 or over 20 | 14 or more than 20 | [14, 14] ∪ [21, ∞)
        about 4 or about 6 | about 4 or about 6 | [3, 7]
        about 4 or exactly 6 | about 4 or exactly 6 | [3, 6]
        under 5 or exactly 6 | fewer than 5 or exactly 6 | [0, 4] ∪ [6, 6]
        5 or 6 or more | 5 or at least 6 | [5, ∞)
        5 or fewer or 8 | at most 5 or exactly 8 | [0, 5] ∪ [8, 8]
        anything but 5 | anything but 5 | [0, 4] ∪ [6, ∞)
        not 5 | anything but 5 | [0, 4] ∪ [6, ∞)
        other than 5 or 6 | anything but 5 or 6 | [0, 4] ∪ [7, ∞)
        18446744073709551614 | 18446744073709551614 | [18446744073709551614, 18446744073709551614]
        "#,
    );
}

#[test]
fn what_is_said_of_quantities() {
    assert_table(
        Kind::Quantity,
        None,
        r#"
        1.1 | 1.1 | [1.1, 1.1]
        0.10 | 0.1 | [0.1, 0.1]
        1.50 | 1.5 | [1.5, 1.5]
        14.000 | 14 | [14, 14]
        1,000.5 | 1000.5 | [1000.5, 1000.5]
        1 000.5 | 1000.5 | [1000.5, 1000.5]
        12.5 million | 12500000 | [12500000, 12500000]
        two and a half | 2.5 | [2.5, 2.5]
        -5 | -5 | [-5, -5]
        −5 | -5 | [-5, -5]
        minus five | -5 | [-5, -5]
        -5 to 3 | -5 to 3 | [-5, 3]
        -5 to -3 | -5 to -3 | [-5, -3]
        at least 0.5 | at least 0.5 | [0.5, ∞)
        more than 0.1 | more than 0.1 | (0.1, ∞)
        up to 20 | at most 20 | (-∞, 20]
        fewer than 20 | fewer than 20 | (-∞, 20)
        about 2.5 | about 2.5 | [2.25, 2.75]
        about -5 | about -5 | [-5.5, -4.5]
        about 0 | about 0 | [0, 0]
        nearly 200 | nearly 200 | [180, 200)
        just over 0.1 | just over 0.1 | (0.1, 0.11]
        1.5 to 2 | 1.5 to 2 | [1.5, 2]
        more than 1.5 and at most 2 | more than 1.5 and at most 2 | (1.5, 2]
        dozens | dozens | [24, 999]
        2 or 3.5 | 2 or 3.5 | [2, 2] ∪ [3.5, 3.5]
        anything but 5 | anything but 5 | (-∞, 5) ∪ (5, ∞)
        79228162514264337593543950335 | 79228162514264337593543950335 | [79228162514264337593543950335, 79228162514264337593543950335]
        "#,
    );
}

#[test]
fn what_is_said_of_dates() {
    assert_table(
        Kind::Date,
        None,
        r#"
        2024 | 2024 | [2024-01-01, 2024-12-31°]
        2024-08 | 2024-08 | [2024-08-01, 2024-08-31°]
        2024-08-29 | 2024-08-29 | [2024-08-29, 2024-08-29°]
        2024-02-29 | 2024-02-29 | [2024-02-29, 2024-02-29°]
        2024-08-29T14:30Z | 2024-08-29T14:30Z | [2024-08-29T14:30:00Z, 2024-08-29T14:30:59.999999Z]
        2024-08-29T14:30:05Z | 2024-08-29T14:30:05Z | [2024-08-29T14:30:05Z, 2024-08-29T14:30:05.999999Z]
        2024-08-29T14:30:05.123456Z | 2024-08-29T14:30:05.123456Z | [2024-08-29T14:30:05.123456Z, 2024-08-29T14:30:05.123456Z]
        2024-08-29 14:30 | 2024-08-29T14:30Z | [2024-08-29T14:30:00Z, 2024-08-29T14:30:59.999999Z]
        2024-08-29T14:30+03:00 | 2024-08-29T11:30Z | [2024-08-29T11:30:00Z, 2024-08-29T11:30:59.999999Z]
        2024-12-31T23:30-0500 | 2025-01-01T04:30Z | [2025-01-01T04:30:00Z, 2025-01-01T04:30:59.999999Z]
        29 August 2024 | 2024-08-29 | [2024-08-29, 2024-08-29°]
        August 29, 2024 | 2024-08-29 | [2024-08-29, 2024-08-29°]
        Aug. 29, 2024 | 2024-08-29 | [2024-08-29, 2024-08-29°]
        the 29th of August, 2024 | 2024-08-29 | [2024-08-29, 2024-08-29°]
        29-Aug-2024 | 2024-08-29 | [2024-08-29, 2024-08-29°]
        Thursday, 29 August 2024 | 2024-08-29 | [2024-08-29, 2024-08-29°]
        August 2024 | 2024-08 | [2024-08-01, 2024-08-31°]
        in August 2024 | 2024-08 | [2024-08-01, 2024-08-31°]
        2024-08~ | 2024-08~ | [2024-07-01, 2024-09-30°]
        2024-08? | 2024-08~ | [2024-07-01, 2024-09-30°]
        about 2024-08 | 2024-08~ | [2024-07-01, 2024-09-30°]
        circa 1990 | 1990~ | [1989-01-01, 1991-12-31°]
        about 2024-12-31 | 2024-12-31~ | [2024-12-30, 2025-01-01°]
        [1667,1668] | 1667 or 1668 | [1667-01-01, 1668-12-31°]
        [1667,1668,1670..1672] | 1667 or 1668 or 1670/1672 | [1667-01-01, 1668-12-31°] ∪ [1670-01-01, 1672-12-31°]
        [..1983] | ../1983 | (-∞, 1983-12-31°]
        [1667, 1668] or 1670 | 1667 or 1668 or 1670 | [1667-01-01, 1668-12-31°] ∪ [1670-01-01, 1670-12-31°]
        ../1990 | ../1990 | (-∞, 1990-12-31°]
        1990/.. | 1990/.. | [1990-01-01, ∞)
        2024-08-26/2024-09-01 | 2024-08-26/2024-09-01 | [2024-08-26, 2024-09-01°]
        2024-08~/2024-10~ | 2024-08~/2024-10~ | [2024-07-01, 2024-11-30°]
        before 1990 | before 1990 | (-∞, 1989-12-31°]
        after 2017 | after 2017 | [2018-01-01, ∞)
        since 2017 | 2017/.. | [2017-01-01, ∞)
        from 2017 | 2017/.. | [2017-01-01, ∞)
        2017 onwards | 2017/.. | [2017-01-01, ∞)
        2017 or later | 2017/.. | [2017-01-01, ∞)
        by 2017 | ../2017 | (-∞, 2017-12-31°]
        until 2017 | ../2017 | (-∞, 2017-12-31°]
        no later than 2017 | ../2017 | (-∞, 2017-12-31°]
        on or before 2024-08-29 | ../2024-08-29 | (-∞, 2024-08-29°]
        on or about 2024-08-29 | 2024-08-29~ | [2024-08-28, 2024-08-30°]
        not before 1990 | 1990/.. | [1990-01-01, ∞)
        not until 1990 | 1990/.. | [1990-01-01, ∞)
        2017 to 2019 | 2017/2019 | [2017-01-01, 2019-12-31°]
        between 2017 and 2019 | 2017/2019 | [2017-01-01, 2019-12-31°]
        from 2017 to 2019 | 2017/2019 | [2017-01-01, 2019-12-31°]
        2017–2019 | 2017/2019 | [2017-01-01, 2019-12-31°]
        2017-2019 | 2017/2019 | [2017-01-01, 2019-12-31°]
        after 2017 and before 2020 | after 2017 and before 2020 | [2018-01-01, 2019-12-31°]
        since 2017 and until 2020 | 2017/2020 | [2017-01-01, 2020-12-31°]
        1990s | 1990/1999 | [1990-01-01, 1999-12-31°]
        in the 1990s | 1990/1999 | [1990-01-01, 1999-12-31°]
        199X | 1990/1999 | [1990-01-01, 1999-12-31°]
        since the 1990s | 1990/.. | [1990-01-01, ∞)
        about the 1990s | 1990~/1999~ | [1989-01-01, 2000-12-31°]
        26–29 August 2024 | 2024-08-26/2024-08-29 | [2024-08-26, 2024-08-29°]
        August 26-29, 2024 | 2024-08-26/2024-08-29 | [2024-08-26, 2024-08-29°]
        26 August to 2 September 2024 | 2024-08-26/2024-09-02 | [2024-08-26, 2024-09-02°]
        August 26, 2024 to September 2 | 2024-08-26/2024-09-02 | [2024-08-26, 2024-09-02°]
        December to February 2020 | 2019-12/2020-02 | [2019-12-01, 2020-02-29°]
        August 29, 2024 or August 30, 2024 | 2024-08-29 or 2024-08-30 | [2024-08-29, 2024-08-30°]
        2022, 2023 or 2024 | 2022 or 2023 or 2024 | [2022-01-01, 2024-12-31°]
        anything but 2024 | anything but 2024 | (-∞, 2023-12-31°] ∪ [2025-01-01, ∞)
        not 2024 or 2025 | anything but 2024 or 2025 | (-∞, 2023-12-31°] ∪ [2026-01-01, ∞)
        0000 | 0000 | [0000-01-01, 0000-12-31°]
        9999 | 9999 | [9999-01-01, 9999-12-31°]
        about 9999 | 9999~ | [9998-01-01, +10000-12-31°]
        -0043-03-15 | -0043-03-15 | [-0043-03-15, -0043-03-15°]
        "#,
    );
}

#[test]
fn dates_that_count_back_from_their_document() {
    assert_table(
        Kind::Date,
        Some("2024-09-03"),
        r#"
        Thursday | 2024-08-29 | [2024-08-29, 2024-08-29°]
        on Thursday | 2024-08-29 | [2024-08-29, 2024-08-29°]
        Thurs. | 2024-08-29 | [2024-08-29, 2024-08-29°]
        Tuesday | 2024-09-03 | [2024-09-03, 2024-09-03°]
        last Tuesday | 2024-08-27 | [2024-08-27, 2024-08-27°]
        last Thursday | 2024-08-29 | [2024-08-29, 2024-08-29°]
        yesterday | 2024-09-02 | [2024-09-02, 2024-09-02°]
        today | 2024-09-03 | [2024-09-03, 2024-09-03°]
        last week | 2024-08-26/2024-09-01 | [2024-08-26, 2024-09-01°]
        this week | 2024-09-02/2024-09-08 | [2024-09-02, 2024-09-08°]
        last month | 2024-08 | [2024-08-01, 2024-08-31°]
        last year | 2023 | [2023-01-01, 2023-12-31°]
        in July | 2024-07 | [2024-07-01, 2024-07-31°]
        in September | 2024-09 | [2024-09-01, 2024-09-30°]
        in October | 2023-10 | [2023-10-01, 2023-10-31°]
        29 August | 2024-08-29 | [2024-08-29, 2024-08-29°]
        August 29 | 2024-08-29 | [2024-08-29, 2024-08-29°]
        Thursday, August 29 | 2024-08-29 | [2024-08-29, 2024-08-29°]
        29 February | 2024-02-29 | [2024-02-29, 2024-02-29°]
        4 September | 2023-09-04 | [2023-09-04, 2023-09-04°]
        since Thursday | 2024-08-29/.. | [2024-08-29, ∞)
        by last week | ../2024-09-01 | (-∞, 2024-09-01°]
        Thursday or Friday | 2024-08-29 or 2024-08-30 | [2024-08-29, 2024-08-30°]
        Monday to Thursday | 2024-08-26/2024-08-29 | [2024-08-26, 2024-08-29°]
        26–29 August | 2024-08-26/2024-08-29 | [2024-08-26, 2024-08-29°]
        December 26 to January 2 | 2023-12-26/2024-01-02 | [2023-12-26, 2024-01-02°]
        about last week | 2024-08-26~/2024-09-01~ | [2024-08-25, 2024-09-02°]
        "#,
    );
}

#[test]
fn yes_and_no() {
    assert_table(
        Kind::YesNo,
        None,
        r#"
        yes | yes | [true, true]
        No | no | [false, false]
        TRUE | yes | [true, true]
        false | no | [false, false]
        "#,
    );
}

#[test]
fn what_is_said_in_terms() {
    assert_table(
        Kind::Term,
        None,
        r#"
        falls | falls
        falls or shrapnel | falls or shrapnel
        red, blue or green | red or blue or green
        red, blue, or green | red or blue or green
        Either falls or shrapnel | falls or shrapnel
        anything but Anbar | anything but Anbar
        Anything except red or blue | anything but red or blue
        Anbar but not Al Hazimi | Anbar but not Al Hazimi
        Anbar but not Al Hazimi and not Hit or Iraq | Anbar but not Al Hazimi and not Hit or Iraq
        Anbar, Iraq | "Anbar, Iraq"
        Truth Or Dare | Truth Or Dare
        not known | not known
        "this or that" | "this or that"
        "this or that" or "not, known" | "this or that" or "not, known"
        Mike "The Knife" Smith | Mike "The Knife" Smith
        "Mike" Smith | "Mike" Smith
        search and rescue | search and rescue
        two  spaces | two spaces
        "two  spaces" | "two  spaces"
        "#,
    );
}

#[test]
fn free_text_keeps_its_words() {
    assert_table(
        Kind::Text,
        None,
        r#"
        led the first raid | led the first raid
        "#,
    );
}

#[test]
fn refused_counts() {
    assert_refused(
        Kind::Count,
        None,
        r#"
        `lots` isn't understood: expected a figure, found `lots`
        `a lot` isn't understood from character 3 on: expected a figure, found `lot`
        `14 fighters` isn't understood from character 4 on: `fighters` isn't part of a figure; if it says what is counted, put it into `unit`
        `14 or more fighters` isn't understood from character 4 on: what follows `or` is no figure; if it says what is counted, put it into `unit`
        `dozens of fighters` isn't understood from character 11 on: `fighters` isn't part of a figure; if it says what is counted, put it into `unit`
        `a couple of fighters` isn't understood from character 13 on: `fighters` isn't part of a figure; if it says what is counted, put it into `unit`
        `half a dozen eggs` isn't understood from character 14 on: `eggs` isn't part of a figure; if it says what is counted, put it into `unit`
        `fourteen-ish` isn't understood from character 10 on: `ish` isn't part of a figure; if it says what is counted, put it into `unit`
        `$5 million` isn't understood: `$` isn't part of a figure; put the currency into `unit`
        `5 million dollars` isn't understood from character 11 on: `dollars` isn't part of a figure; if it says what is counted, put it into `unit`
        `12%` isn't understood from character 3 on: `%` isn't part of a figure; put `%` into `unit`
        `12 per cent` isn't understood from character 4 on: `per` isn't part of a figure; put `%` into `unit`
        `1e6` isn't understood from character 2 on: exponents aren't read; write the figure out, as in `1 million` or `0.001`
        `14.000` isn't understood: is that 14 or 14000? a count has no decimals, and commas group thousands
        `1,5` isn't understood: a comma groups thousands, as in `1,500`; put decimals behind a point, as in `1.5`
        `0,500` isn't understood: a comma groups thousands, as in `1,500`; put decimals behind a point, as in `1.5`
        `1.234,5` isn't understood: a comma after the point: group thousands with commas and put decimals behind a point, as in `1,000.5`
        `1.000.000` isn't understood: a point stands before decimals only; group thousands with commas, as in `1,000,000`
        `14.` isn't understood: the figure breaks off; end it with a digit, and part alternatives with `or`
        `.5` isn't understood: write a zero before the point, as in `0.5`
        `+5` isn't understood: leave the sign out, or write `5+` for at least that many
        `2.5` isn't understood: a count can't be fractional; declare the claim as a quantity if it may be
        `-5` isn't understood: a count can't be negative; declare the claim as a quantity if it may be
        `minus five` isn't understood: a count can't be negative; declare the claim as a quantity if it may be
        `–5` isn't understood: write a minus sign as `-`
        `nearly 0` isn't understood: it leaves nothing possible: no answer is nearly 0
        `fewer than 0` isn't understood: it leaves nothing possible: no answer is fewer than 0
        `15 to 10` isn't understood: the range runs backwards; write `10 to 15`
        `about 15 to 10` isn't understood from character 7 on: the range runs backwards; write `10 to 15`
        `between 15 and 10` isn't understood: the range runs backwards; write `10 to 15`
        `between 10 and` isn't understood: expected two figures, as in `between 10 and 15`
        `more than 15 and fewer than 10` isn't understood: it leaves nothing possible: no answer is more than 15 and fewer than 10
        `anything but at least 0` isn't understood: it leaves nothing possible: every answer is excluded
        `4 or nearly 0` isn't understood from character 6 on: it leaves nothing possible: no answer is nearly 0
        `2 or 3 million` isn't understood: is that 2 or 2 million? write the scale with both figures
        `one or two hundred` isn't understood: is that one or one hundred? write the scale with both figures
        `between one thousand and two hundred and three thousand` isn't understood: it can be parted in two ways; write both ends in digits
        `about 4 or 6` isn't understood: is the hedge meant for both? write it with each, or `exactly` with the other
        `under 5 or 6` isn't understood: is the hedge meant for both? write it with each, or `exactly` with the other
        `more than 5 or 6` isn't understood: is the hedge meant for both? write it with each, or `exactly` with the other
        `3, at least 5 or 6` isn't understood from character 4 on: is the hedge meant for both? write it with each, or `exactly` with the other
        `4 or 6 or more` isn't understood: is the hedge meant for both? write it with each, or `exactly` with the other
        `10 or 12 or so` isn't understood: is the hedge meant for both? write it with each, or `exactly` with the other
        `4 or anything but 6` isn't understood from character 6 on: an exclusion stands at the very beginning, and excludes all that follows
        `at least about 14` isn't understood from character 10 on: this is a second hedge; keep the one that was meant
        `about 14 or more` isn't understood from character 9 on: this is a second hedge; keep the one that was meant
        `at least dozens` isn't understood from character 10 on: this is vague already, and takes no other hedge
        `nearly 10 to 15` isn't understood: a range takes no other hedge than `about`
        `5 million thousand` isn't understood from character 11 on: a figure has `thousand` once at most, and never behind a smaller scale
        `14 or` isn't understood from character 4 on: what follows `or` is no figure; if it says what is counted, put it into `unit`
        `at least` isn't understood from character 9 on: a figure is missing
        `1 000 00` isn't understood from character 7 on: `00` isn't part of a figure
        `anything` isn't understood: it leaves everything possible; use the stance `no-evidence`
        `18446744073709551616` isn't understood: the figure is too large for a count
        `99999999999999999999999999999999` isn't understood: the figure has too many digits to be kept exactly
        "#,
    );
}

#[test]
fn refused_quantities() {
    assert_refused(
        Kind::Quantity,
        None,
        r#"
        `5 km` isn't understood from character 3 on: `km` isn't part of a figure; if it says what is counted, put it into `unit`
        `1,5` isn't understood: a comma groups thousands, as in `1,500`; put decimals behind a point, as in `1.5`
        `1e-6` isn't understood from character 2 on: exponents aren't read; write the figure out, as in `1 million` or `0.001`
        `nearly -5` isn't understood: is `nearly -5` above or below -5? write the range
        `nearly 0` isn't understood: it leaves nothing possible: no answer is nearly 0
        `1/3` isn't understood from character 2 on: `/3` isn't part of a figure
        `0.00000000000000000000000000001` isn't understood: the figure has too many digits to be kept exactly
        "#,
    );
}

#[test]
fn refused_dates() {
    assert_refused(
        Kind::Date,
        None,
        r#"
        `Thursday` isn't understood: it counts back from the day of its document; give the document's `published`, or write the date itself
        `last week` isn't understood: it counts back from the day of its document; give the document's `published`, or write the date itself
        `in July` isn't understood: it counts back from the day of its document; give the document's `published`, or write the date itself
        `29 August` isn't understood: it counts back from the day of its document; give the document's `published`, or write the date itself
        `29 August or 30 August 2024` isn't understood: write the year of this date too
        `8/9/2024` isn't understood: is that August or September? write the year first: `2024-08-09` or `2024-09-08`
        `8.9.2024` isn't understood: is that August or September? write the year first: `2024-08-09` or `2024-09-08`
        `8/9/24` isn't understood: write the year in full, and first, as in `2024-08-29`
        `before 8/9/2024` isn't understood from character 8 on: is that August or September? write the year first: `2024-08-09` or `2024-09-08`
        `2023-02-29` isn't understood: there is no such day or month in the calendar
        `31 June 2024` isn't understood: there is no such day in the calendar
        `2024-13` isn't understood: there is no such day or month in the calendar
        `2024-08-29T25:00Z` isn't understood: expected a time such as `14:30` or `14:30:05`, with `Z` or an offset such as `+03:00` behind it
        `2024-08T10:00` isn't understood: a time needs its day, as in `2024-08-29T14:30Z`
        `14:30` isn't understood: a time needs its day, as in `29 August 2024, 14:30`
        `2024-8-29` isn't understood: expected a date such as `2024`, `2024-08`, `2024-08-29` or `2024-08-29T14:30Z`
        `24-08-29` isn't understood: expected a date such as `2024`, `2024-08`, `2024-08-29` or `2024-08-29T14:30Z`
        `20240-08-29` isn't understood: expected a date such as `2024`, `2024-08`, `2024-08-29` or `2024-08-29T14:30Z`
        `++024-08-29` isn't understood: expected a date such as `2024`, `2024-08`, `2024-08-29` or `2024-08-29T14:30Z`
        `2024-+8-29` isn't understood: expected a date such as `2024`, `2024-08`, `2024-08-29` or `2024-08-29T14:30Z`
        `12345/8/9` isn't understood: expected a date such as `2024`, `2024-08`, `2024-08-29` or `2024-08-29T14:30Z`
        `+8/9/2024` isn't understood: expected a date such as `2024`, `2024-08`, `2024-08-29` or `2024-08-29T14:30Z`
        `2024-08-29T4:30Z` isn't understood: expected a time such as `14:30` or `14:30:05`, with `Z` or an offset such as `+03:00` behind it
        `2024-08-29T14:30:05.Z` isn't understood: expected a time such as `14:30` or `14:30:05`, with `Z` or an offset such as `+03:00` behind it
        `2024-08-29T14:30:05.1234567890Z` isn't understood: expected a time such as `14:30` or `14:30:05`, with `Z` or an offset such as `+03:00` behind it
        `Friday, 29 August 2024` isn't understood: `2024-08-29` is a Thursday, not a Friday; leave one of them out
        `Thursday morning` isn't understood: it counts back from the day of its document; give the document's `published`, or write the date itself
        `Thursday last week` isn't understood: a weekday stands alone, or before its day and month
        `tomorrow` isn't understood: `tomorrow` counts forward; write the date itself
        `Juli 2024` isn't understood: `juli` isn't part of a date; expected one such as `2024-08-29`, `29 August 2024`, `August 2024` or `2024`
        `2025/2024` isn't understood: the stretch runs backwards; write `2024/2025`
        `after 2020 and before 2017` isn't understood: it leaves nothing possible: no answer is after 2020 and before 2017
        `../..` isn't understood: a stretch that is open at both ends says nothing
        `about before 1990` isn't understood from character 7 on: this is a second hedge; keep the one that was meant
        `before 2020 or 2022` isn't understood: is the hedge meant for both? write it with each, or `exactly` with the other
        `exactly 2024~` isn't understood from character 9 on: this is a second hedge; keep the one that was meant
        `about 2024 or 2025` isn't understood: is the hedge meant for both? write it with each, or `exactly` with the other
        `[1667,1668a]` isn't understood from character 7 on: expected a date such as `2024`, `2024-08`, `2024-08-29` or `2024-08-29T14:30Z`
        `soon` isn't understood: `soon` isn't part of a date; expected one such as `2024-08-29`, `29 August 2024`, `August 2024` or `2024`
        "#,
    );
}

/// What programs write, figure by figure. Words around a date are another matter.
#[test]
fn dates_in_figures() {
    const TABLE: &str = r#"
        2024 | 2024
        -0043 | -0043
        +12024-02 | +12024-02
        +262142-12-31 | +262142-12-31
        24 | expected a date
        202 | expected a date
        12024 | expected a date
        +024 | expected a date
        +1234567 | expected a date
        2024-8 | expected a date
        2024-+8 | expected a date
        2024-08-9 | expected a date
        2024-08-+9 | expected a date
        2024-08-099 | expected a date
        8/9 | expected a date
        aa/9/2024 | `aa/9/2024` isn't part of a date; expected one
        +8/9/2024 | expected a date
        8/+9/2024 | expected a date
        8/9/20240 | expected a date
        8/8/2024 | 2024-08-08
        31/12/2024 | 2024-12-31
        12/31/2024 | 2024-12-31
        31.12.2024 | 2024-12-31
        31-12-2024 | 2024-12-31
        2024/12/31 | 2024-12-31
        31/12-2024 | expected a date
        31-12/2024 | expected a date
        31/12/2024 14:30Z | 2024-12-31T14:30Z
        8-9-2024 | is that August or September? write the year first: `2024-08-09` or `2024-09-08`
        13/13/2024 | write the year first, as in `2024-08-29`
        8.9.24 | write the year in full, and first, as in `2024-08-29`
        2024/13/40 | write it with hyphens, as in `2024-08-29`
        2024-08-29T14:30:05.5 | 2024-08-29T14:30:05.500000Z
        2024-08-29T14:30:05.123456789Z | 2024-08-29T14:30:05.123456Z
        2024-08-29T23:59:59Z | 2024-08-29T23:59:59Z
        2024-08-29T14:30+03:00 | 2024-08-29T11:30Z
        2024-08-29T14:30-0330 | 2024-08-29T18:00Z
        2024-08-29T14:30+14 | 2024-08-29T00:30Z
        2024-08-29T14:30+03:59 | 2024-08-29T10:31Z
        2024-08-29T14:30+23:59 | 2024-08-28T14:31Z
        2024-08-29T23:30-01:00 | 2024-08-30T00:30Z
        2024-08-29T14:30:05.1234567890Z | expected a time
        2024-08-29T14:30:05. | expected a time
        2024-08-29T14:30:05.+5 | expected a time
        2024-08-29T14:30.5 | expected a time
        2024-08-29T1:30 | expected a time
        2024-08-29T+1:30 | expected a time
        2024-08-29T14:3 | expected a time
        2024-08-29T14:030 | expected a time
        2024-08-29T14 | expected a time
        2024-08-29T24:00Z | expected a time
        2024-08-29T23:60Z | expected a time
        2024-08-29T23:59:60Z | expected a time
        2024-08-29T14:30+24:00 | expected a time
        2024-08-29T14:30+03:60 | expected a time
        2024-08-29T14:30+3 | expected a time
        2024-08-29T14:30+3:00 | expected a time
        2024-08-29T14:30+03:0 | expected a time
        2024-08-29T14:30+003 | expected a time
        2024-08-29T14:30++3 | expected a time
        2024-08-29T14:30+03:+5 | expected a time
        2024-08-29T14:30+ | expected a time
    "#;
    for row in TABLE.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let (text, expected) = row.split_once(" | ").expect("two columns");
        let found = text.parse::<Date>().map_or_else(|error| error.to_string(), |date| date.to_string());
        let said = found.split("isn't understood: ").last().unwrap_or_default();
        assert_eq!(said.split(" such as").next(), Some(expected), "`{text}`: {found}");
    }
}

#[test]
fn refused_dates_of_a_document() {
    assert_refused(
        Kind::Date,
        Some("2024-09"),
        r#"
        `Thursday` isn't understood: its document is dated only `2024-09`; give `published` to the day, or write the date itself
        `last week` isn't understood: its document is dated only `2024-09`; give `published` to the day, or write the date itself
        `July to 2025` isn't understood: write the year of this date too
        "#,
    );
}

#[test]
fn refused_terms() {
    assert_refused(
        Kind::Term,
        None,
        r#"
        `falls or` isn't understood from character 9 on: a term is missing
        `Anbar but not` isn't understood from character 14 on: a term is missing
        `"falls or shrapnel` isn't understood: the quotation mark isn't closed
        `anything but` isn't understood from character 13 on: a term is missing
        `red or anything but blue` isn't understood from character 8 on: an exclusion stands at the very beginning, and excludes all that follows
        `" red"` isn't understood: an id has no space at its beginning or end
        "#,
    );
}

#[test]
fn refused_yes_and_no() {
    assert_refused(
        Kind::YesNo,
        None,
        r#"
        `maybe` isn't understood: expected `yes` or `no`
        "#,
    );
}

#[test]
fn where_a_text_stops_being_understood_is_counted_in_its_own_characters() {
    let at = |text: &str| Value::read(Kind::Count, text).map_err(|error| error.at());
    assert_eq!(at("14 dogs"), Err(3));
    assert_eq!(at("  14 dogs"), Err(5));
    assert_eq!(at("\u{200b}≥\u{a0}\u{a0}1 400 chiens"), Err(10));
    assert_eq!(at("dogs"), Err(0));
    assert_eq!(at("  "), Err(0));
    assert_eq!(at(""), Err(0));
}
