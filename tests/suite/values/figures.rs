//! Figures as people type them: in words and signs, vague, in part, in India, in other scripts, and with their thousands
//! left out.

use corroborate::Kind;

use super::tables::{assert_refused, assert_table};

#[test]
fn counts_as_people_type_them() {
    assert_table(
        Kind::Count,
        None,
        r#"
        a couple of dozen | a couple of dozen | [24, 35]
        a couple dozen | a couple of dozen | [24, 35]
        a few dozen | a few dozen | [24, 119]
        several dozen | a few dozen | [24, 119]
        a handful of dozens | a few dozen | [24, 119]
        a couple of score | a couple of score | [40, 59]
        a couple of hundred | a couple of hundred | [200, 299]
        a couple hundred | a couple of hundred | [200, 299]
        a few hundred | a few hundred | [200, 999]
        few hundred | a few hundred | [200, 999]
        several hundred | a few hundred | [200, 999]
        Several hundreds | a few hundred | [200, 999]
        about a few hundred | a few hundred | [200, 999]
        a couple of thousand | a couple of thousand | [2000, 2999]
        a few thousand | a few thousand | [2000, 9999]
        several thousand | a few thousand | [2000, 9999]
        several tens of thousands | a few tens of thousands | [20000, 99999]
        a few million | a few million | [2000000, 9999999]
        many hundreds | hundreds | [200, 9999]
        many thousands | thousands | [2000, 99999]
        in the hundreds | in the hundreds | [100, 9999]
        in the thousands | in the thousands | [1000, 99999]
        in the dozens | in the dozens | [12, 999]
        a few | a few | [3, 9]
        a couple | 2 | [2, 2]
        20 ± 2 | 18 to 22 | [18, 22]
        20±2 | 18 to 22 | [18, 22]
        20 +/- 2 | 18 to 22 | [18, 22]
        2 to 3 million | 2000000 to 3000000 | [2000000, 3000000]
        between 2 and 3 million | 2000000 to 3000000 | [2000000, 3000000]
        2-3 million | 2000000 to 3000000 | [2000000, 3000000]
        10-15k | 10000 to 15000 | [10000, 15000]
        10 to 15 thousand | 10000 to 15000 | [10000, 15000]
        about 2 to 3 million | about 2000000 to 3000000 | [1800000, 3300000]
        800,000 to 1 million | 800000 to 1000000 | [800000, 1000000]
        0 to 15,000 | 0 to 15000 | [0, 15000]
        1 to 15,000 | 1 to 15000 | [1, 15000]
        10,000 to 15,000 | 10000 to 15000 | [10000, 15000]
        50 to 1,250 | 50 to 1250 | [50, 1250]
        300 to 5,000 | 300 to 5000 | [300, 5000]
        at least 10 and at most 15,000 | at least 10 and at most 15000 | [10, 15000]
        at least 14 but fewer than 20 | at least 14 and fewer than 20 | [14, 19]
        more than 10 but less than 15 | more than 10 and fewer than 15 | [11, 14]
        one point two million | 1200000 | [1200000, 1200000]
        two point seven five million | 2750000 | [2750000, 2750000]
        a quarter million | 250000 | [250000, 250000]
        a quarter of a million | 250000 | [250000, 250000]
        three quarters of a million | 750000 | [750000, 750000]
        half a million | 500000 | [500000, 500000]
        half-dozen | 6 | [6, 6]
        half dozen | 6 | [6, 6]
        a half dozen | 6 | [6, 6]
        1½ million | 1500000 | [1500000, 1500000]
        ½ million | 500000 | [500000, 500000]
        2¼ million | 2250000 | [2250000, 2250000]
        1 lakh | 100000 | [100000, 100000]
        1.2 lakh | 120000 | [120000, 120000]
        two lakh | 200000 | [200000, 200000]
        3 crore | 30000000 | [30000000, 30000000]
        1,00,000 | 100000 | [100000, 100000]
        12,34,567 | 1234567 | [1234567, 1234567]
        1,23,45,678 | 12345678 | [12345678, 12345678]
        1'200 | 1200 | [1200, 1200]
        1’200’000 | 1200000 | [1200000, 1200000]
        1.2m | 1200000 | [1200000, 1200000]
        3.4b | 3400000000 | [3400000000, 3400000000]
        3.4bn | 3400000000 | [3400000000, 3400000000]
        43k | 43000 | [43000, 43000]
        １４ | 14 | [14, 14]
        ١٤ | 14 | [14, 14]
        ۱۴ | 14 | [14, 14]
        १४ | 14 | [14, 14]
        at least １４ | at least 14 | [14, ∞)
        north of 200 | more than 200 | [201, ∞)
        well over 200 | more than 200 | [201, ∞)
        well under 200 | fewer than 200 | [0, 199]
        well below 200 | fewer than 200 | [0, 199]
        just shy of 200 | nearly 200 | [180, 199]
        est. 200 | about 200 | [180, 220]
        an estimated 200 | about 200 | [180, 220]
        min. 14 | at least 14 | [14, ∞)
        min 14 | at least 14 | [14, ∞)
        max. 14 | at most 14 | [0, 14]
        max 14 | at most 14 | [0, 14]
        14 so far | at least 14 | [14, ∞)
        14 and rising | at least 14 | [14, ∞)
        14 and counting | at least 14 | [14, ∞)
        14 confirmed | at least 14 | [14, ∞)
        no deaths | 0 | [0, 0]
        No casualties | 0 | [0, 0]
        none killed | 0 | [0, 0]
        none injured | 0 | [0, 0]
        no loss of life | 0 | [0, 0]
        "#,
    );
}

#[test]
fn counts_that_are_asked_about() {
    assert_refused(
        Kind::Count,
        None,
        r#"
        `10-15,000` isn't understood: is the first figure 10 or 10,000? write `10,000 to 15,000`, or `at least 10 and at most 15,000`
        `10 to 15,000` isn't understood: is the first figure 10 or 10,000? write `10,000 to 15,000`, or `at least 10 and at most 15,000`
        `between 10 and 15,000` isn't understood: is the first figure 10 or 10,000? write `10,000 to 15,000`, or `at least 10 and at most 15,000`
        `100-150,000` isn't understood: is the first figure 100 or 100,000? write `100,000 to 150,000`, or `at least 100 and at most 150,000`
        `about 10-15,000` isn't understood from character 7 on: is the first figure 10 or 10,000? write `10,000 to 15,000`, or `at least 10 and at most 15,000`
        `2 to 3,000` isn't understood: is the first figure 2 or 2,000? write `2,000 to 3,000`, or `at least 2 and at most 3,000`
        `1,000 to 1,000,000` isn't understood: is the first figure 1,000 or 1,000,000? write `1,000,000 to 1,000,000`, or `at least 1,000 and at most 1,000,000`
        `2 thousand to 5 million` isn't understood: is the first figure 2,000 or 2,000,000? write `2,000,000 to 5,000,000`, or `at least 2,000 and at most 5,000,000`
        `in the a few` isn't understood: expected a figure, found `in`
        `not one` isn't understood: does that say that there was none? write `0`, or `anything but 1`
        `not a single` isn't understood: does that say that there was none? write `0`, or `anything but 1`
        `not a few` isn't understood: say at least how many, as in `at least 10`
        `quite a few` isn't understood: say at least how many, as in `at least 10`
        `417b` isn't understood from character 4 on: is `b` a billion or a part of a name? write `billion`, or say that the claim is of kind `term`
        `5m` isn't understood from character 2 on: is `m` a million or a unit? write `million`, or put the unit into `unit`
        `1'20` isn't understood from character 2 on: group thousands with commas, as in `1,000`
        `1,00,00` isn't understood: a comma groups thousands, as in `1,500`; put decimals behind a point, as in `1.5`
        `2.5½` isn't understood: only a whole figure takes a part of one
        `½` isn't understood: a count can't be fractional; declare the claim as a quantity if it may be
        `20 ± -2` isn't understood from character 5 on: expected how far the figure may be off, as in `20 ± 2`
        `2 ± 5` isn't understood: a count can't be negative; declare the claim as a quantity if it may be
        `one point` isn't understood: expected digits in words behind `point`, as in `one point two million`
        `at least a few hundred` isn't understood from character 10 on: this is vague already, and takes no other hedge
        "#,
    );
}

#[test]
fn quantities_as_people_type_them() {
    assert_table(
        Kind::Quantity,
        None,
        r#"
        6.7 ± 0.1 | 6.6 to 6.8 | [6.6, 6.8]
        -5 ± 2 | -7 to -3 | [-7, -3]
        2½ | 2.5 | [2.5, 2.5]
        ¾ | 0.75 | [0.75, 0.75]
        one point five | 1.5 | [1.5, 1.5]
        1.2 crore | 12000000 | [12000000, 12000000]
        3.4b | 3400000000 | [3400000000, 3400000000]
        2 to 3 million | 2000000 to 3000000 | [2000000, 3000000]
        a few hundred | a few hundred | [200, 999]
        at least 0.5 and at most 1000 | at least 0.5 and at most 1000 | [0.5, 1000]
        "#,
    );
}
