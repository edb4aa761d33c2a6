//! Tables as they come from a desk: other encodings, marks of empty cells, silence typed as a value, what
//! spreadsheets made of figures and dates.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use corroborate::{DateOrder, DecimalMark, Dossier, Intake, Lint, LintKind, Resolver, Stance, Verdict};
use proptest::prelude::*;

use crate::strategies::config;

/// The problems of a table, a line each.
fn problems(intake: Intake, table: &[u8]) -> String {
    let problems = intake.without_names().file("desk.csv", table).finish().expect_err("a problem");
    problems.problems().iter().map(|problem| format!("{problem}\n")).collect()
}

fn read(intake: Intake, table: &[u8]) -> (Dossier, Vec<Lint>) {
    intake.without_names().file("desk.csv", table).finish().expect("a sound table")
}

/// What was assumed, but for the kinds of claims.
fn lints(intake: Intake, table: &[u8]) -> Vec<String> {
    let lints = read(intake, table).1.into_iter().filter(|lint| lint.kind() != LintKind::KindsFromValues);
    lints.map(|lint| lint.to_string()).collect()
}

fn verdict(dossier: &Dossier, claim: &str) -> Option<Verdict> {
    Resolver::standard().resolve(dossier).finding(claim).map(|finding| finding.verdict())
}

#[test]
fn a_mark_of_an_empty_cell_is_nobody() {
    let table = b"claim,value,by\nkilled,7,nan\nkilled,7,ministry\n";
    assert_eq!(
        problems(Intake::new(), table),
        "line 2, column `by`: `nan` names no source; leave the cell empty, or pass `--null nan` to read all such cells as empty; if it is a name, list it in a table of sources\n"
    );
    let (dossier, _) = read(Intake::new().null("nan"), table);
    assert_eq!(verdict(&dossier, "killed"), Some(Verdict::SingleSource));
    assert_eq!(dossier.sources().map(|source| source.id()).collect::<Vec<_>>(), ["ministry"]);

    // All cells for ids, in every row.
    let all = b"claim,value,by,via,document,part_of\nN/A,1,a,,,\nb,2,a;TBC,,,\nc,3,a,NULL,,\nd,4,a,,-,\ne,5,a,,,None\ne,5,unknown,,,\n";
    let places: Vec<String> = problems(Intake::new(), all)
        .lines()
        .map(|line| line.split(':').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        places,
        [
            "line 2, column `claim`",
            "line 3, column `by`",
            "line 4, column `via`",
            "line 5, column `document`",
            "line 6, column `part_of`",
            "line 7, column `by`"
        ]
    );

    // Whoever declares such a name has it, wherever the declaration stands.
    let named = Intake::new()
        .file("a.csv", &table[..])
        .sources("s.csv", "id,name\nnan,Nan Province\nministry,\n".as_bytes());
    let (dossier, _) = named.finish().expect("a sound table");
    assert_eq!(verdict(&dossier, "killed"), Some(Verdict::Agreed));
    // Only one column, and only exactly that.
    let (dossier, _) = read(Intake::new().null_in("By", "nan"), table);
    assert_eq!(verdict(&dossier, "killed"), Some(Verdict::SingleSource));
    assert!(problems(Intake::new().null_in("via", "nan").null("NAN"), table).contains("names no source"));
    // A name that merely begins so is a name.
    let (dossier, _) =
        read(Intake::new(), b"claim,value,by\nkilled,7,Nana\nkilled,7,na\nkilled,7,Unknown Soldier\n");
    assert_eq!(dossier.sources().len(), 3);
}

#[test]
fn silence_typed_as_a_value_is_a_stance() {
    let table = b"claim,value,by\ncause,fire,brigade\ncause,unknown,police\ncause,Under investigation,mayor\ncause,no comment,minister\ncause,None reported,wire\n";
    let (dossier, _) = read(Intake::new(), table);
    let stances: Vec<Stance> = dossier.assertions().map(|said| said.stance()).collect();
    use Stance::{Affirms, DoesNotKnow, NoEvidence, Withholds};
    assert_eq!(stances, [Affirms, DoesNotKnow, DoesNotKnow, Withholds, NoEvidence]);
    assert_eq!(
        lints(Intake::new(), table),
        [
            "silence read as a stance: `unknown` as `does-not-know` (line 3), `Under investigation` as `does-not-know` (line 4), `no comment` as `withholds` (line 5), `None reported` as `no-evidence` (line 6); state `affirms` in a column `stance` where it is an answer"
        ]
    );
    // Beside figures it is no word among them.
    let (dossier, _) = read(Intake::new(), b"claim,value,by\nkilled,unknown,police\nkilled,14,mayor\n");
    assert_eq!(verdict(&dossier, "killed"), Some(Verdict::SingleSource));

    // Not where it is meant: a text, an affirmed answer, a declared term.
    let stance = |intake: Intake, table: &str| {
        let (dossier, _) = read(intake, table.as_bytes());
        dossier.assertions().map(|said| said.stance()).next()
    };
    assert_eq!(stance(Intake::new(), "claim,kind,value,by\na,text,unknown,b\n"), Some(Affirms));
    assert_eq!(stance(Intake::new(), "claim,stance,value,by\na,affirms,unknown,b\n"), Some(Affirms));
    let terms = Intake::new().terms("terms.csv", "id,label\nunknown,Unknown\n".as_bytes());
    assert_eq!(stance(terms, "claim,value,by\na,unknown,b\n"), Some(Affirms));
    assert_eq!(stance(Intake::new(), "claim,value,by\na,unknown gunmen,b\n"), Some(Affirms));
}

#[test]
fn what_is_no_value_is_named_with_what_to_do() {
    assert_eq!(
        problems(Intake::new(), b"claim,value,by\nplace,#REF!,a\nplace,#N/A,b\nplace,=3+4,c\nplace,N/A,d\nkilled,None,e\nkilled,14,f\n"),
        "line 2, column `value`: `#REF!` is a spreadsheet's error; correct its formula or empty the cell, or pass `--null #REF!` to read all such cells as empty\n\
         line 3, column `value`: `#N/A` is a spreadsheet's error; correct its formula or empty the cell, or pass `--null #N/A` to read all such cells as empty\n\
         line 4, column `value`: `=3+4` is a spreadsheet's formula; write what it comes to\n\
         line 5, column `value`: `N/A` stands for no value; leave the cell empty, or pass `--null N/A` to read all such cells as empty\n\
         line 6, column `value`: is `None` zero, or nothing? write `0`, or leave the cell empty, or pass `--null None` to read all such cells as empty\n"
    );
    // In any cell.
    let everywhere = b"claim,value,by,unit,question,note,document,part_of\na,1,b,#VALUE!,#NAME?,#DIV/0!,#REF!,#NULL!\nc,1,=A1,,,,,\n";
    let everywhere = problems(Intake::new(), everywhere);
    assert_eq!(everywhere.matches("is a spreadsheet's error").count(), 2, "{everywhere}");
    let facts = problems(
        Intake::new(),
        b"claim,value,by,question,part_of\na,1,b,#NAME?,#NULL!\nc,1,=A1,,\nc,1,d;#REF!,,\n",
    );
    assert_eq!(facts.matches("is a spreadsheet's error").count(), 3, "{facts}");
    assert_eq!(facts.matches("is a spreadsheet's formula").count(), 1, "{facts}");
    // None of a count is zero.
    let (dossier, _) = read(Intake::new(), b"claim,value,by\nkilled,none,a\nkilled,14,b\n");
    assert_eq!(verdict(&dossier, "killed"), Some(Verdict::Disputed));
}

#[test]
fn a_row_that_says_nothing_is_left_out_and_counted() {
    let table = b"claim,value,by,stance\nkilled,14,a,\nkilled,,b,\nkilled,NA,c,\nkilled,,d,withholds\n";
    let (dossier, _) = read(Intake::new().null("NA"), table);
    assert_eq!(dossier.assertions().len(), 2);
    assert_eq!(
        lints(Intake::new().null("NA"), table),
        [
            "2 rows say nothing and were left out: line 3, line 4; where somebody kept silent, say so in a column `stance`: `withholds`, `does-not-know`, `no-evidence`"
        ]
    );
    let stated = problems(Intake::new(), b"claim,value,by,stance\nkilled,,a,affirms\n");
    assert!(stated.contains("nothing was said"), "{stated}");
}

#[test]
fn a_best_estimate_is_kept_within_its_range() {
    let table = b"claim,kind,value,low,high,by\nged-1,count,3,3,5,UCDP\n";
    let (dossier, _) = read(Intake::new(), table);
    let report = Resolver::standard().resolve(&dossier);
    let finding = report.finding("ged-1").expect("a finding");
    assert_eq!(finding.common_ground().as_deref(), Some("3 to 5"));
    assert!(report.to_text().contains("UCDP: 3 to 5 (best estimate 3) [ged-1#1]"), "{}", report.to_text());
    let again = Dossier::from_json(&dossier.to_json()).expect("a sound dossier");
    assert_eq!(again.to_json(), dossier.to_json());
    assert_eq!(
        problems(Intake::new(), b"claim,kind,value,low,high,by\nged-1,count,6,3,5,UCDP\n"),
        "line 2, column `value`: `6` isn't understood: the best estimate lies outside its range, `3 to 5`\n"
    );
    // One end is enough, and dates have ranges too.
    let (dossier, _) = read(
        Intake::new(),
        b"claim,value,low,high,by\nkilled,14,10,,a\nsank,2024-08-02,2024-08-01,2024-08-03,b\n",
    );
    let said: Vec<_> = dossier.assertions().filter_map(|said| said.said()).collect();
    assert_eq!(said, ["at least 10 (best estimate 14)", "2024-08-01/2024-08-03 (best estimate 2024-08-02)"]);
}

#[test]
fn days_and_months_are_told_apart_or_asked_for() {
    let table = b"claim,kind,value,by,asserted\nsank,date,13/12/2020,port,14/12/2020\nsank,date,11/12/2020,police,14.12.2020\n";
    assert_eq!(
        problems(Intake::new(), table),
        "line 3, column `value`: `11/12/2020` isn't understood: is that November or December? write the year first: `2020-11-12` or `2020-12-11`; `13/12/2020` (line 2) shows that days come first: pass `--date-order dmy`\n"
    );
    let (dossier, _) = read(Intake::new().date_order(DateOrder::DayFirst), table);
    let said: Vec<_> = dossier.assertions().filter_map(|said| said.said()).collect();
    assert_eq!(said, ["2020-12-13", "2020-12-11"]);
    let wrong = problems(Intake::new().date_order(DateOrder::MonthFirst), table);
    assert_eq!(wrong.lines().count(), 3, "{wrong}");
    assert!(wrong.contains("`13/12/2020` is no date with `--date-order mdy`"), "{wrong}");
    let asserted = problems(Intake::new(), b"claim,value,by,asserted\nkilled,3,a,8/9/2024\n");
    assert!(
        asserted.ends_with("or pass `--date-order dmy` or `--date-order mdy`, whichever holds for all\n"),
        "{asserted}"
    );
    // Documents are dated likewise.
    let published = b"claim,value,by,document,published\nkilled,3,a,d,8/9/2024\n";
    let (dossier, _) = read(Intake::new().date_order(DateOrder::DayFirst), published);
    let date = dossier.document("d").and_then(|document| document.published());
    assert_eq!(date.map(|date| date.to_string()).as_deref(), Some("2024-09-08"));
}

#[test]
fn decimals_behind_a_comma_are_asked_for() {
    let table = b"claim;kind;value;by\nrate;quantity;1,5;institute\nrate;quantity;14.000;ministry\n";
    let refused = problems(Intake::new(), table);
    assert!(
        refused.contains("or pass `--decimal comma`, if all decimals of the table stand so"),
        "{refused}"
    );
    assert!(
        refused.contains("`1,5` (line 2) has its decimals behind a comma: pass `--decimal comma`"),
        "{refused}"
    );
    let (dossier, _) = read(Intake::new().decimal(DecimalMark::Comma), table);
    let said: Vec<_> = dossier.assertions().filter_map(|said| said.said()).collect();
    assert_eq!(said, ["1.5", "14000"]);
    let wrong = problems(Intake::new().decimal(DecimalMark::Point), table);
    assert!(wrong.contains("`1,5` isn't written with decimals behind a point"), "{wrong}");
}

#[test]
fn a_spreadsheets_dates_are_blamed_and_not_those_beside_them() {
    let serial = problems(Intake::new(), b"claim,value,by\nsank,2024-03-21,police\nsank,45372,export\n");
    assert_eq!(serial.lines().count(), 1);
    assert!(serial.starts_with("line 3, column `value`: `45372`"), "{serial}");
    assert!(
        serial.contains("a spreadsheet's serial number, which stands for 21 March 2024; write `2024-03-21`"),
        "{serial}"
    );
    let several = problems(Intake::new(), b"claim,value,by\nsank,45372,a\nsank,45373,b\nsank,2024-03-21,c\n");
    assert!(several.lines().all(|line| line.contains("`4537")), "{several}");

    let table = b"claim,value,by,document,published\nkilled,15-Oct,sheet,report,2024-11-01\n";
    assert_eq!(
        lints(Intake::new(), table),
        [
            "line 2, column `value`: `15-Oct` is read as a date; a spreadsheet may have made it of `10-15`; if it was a range, write `10 to 15`"
        ]
    );
    let beside = problems(Intake::new(), b"claim,kind,value,by\nkilled,count,15-Oct,a\nkilled,,12,b\n");
    assert!(
        beside.contains("a spreadsheet may have made `15-Oct` of the range `10-15`; write `10 to 15`"),
        "{beside}"
    );
    // Among full dates it is one of them.
    let dates = b"claim,value,by,document,published\nsank,15-Oct,a,d,2024-11-01\nsank,2024-10-15,b,d,\n";
    assert_eq!(lints(Intake::new(), dates), [""; 0]);
}

#[test]
fn the_separator_that_a_first_line_names_is_used() {
    for table in [
        "sep=;\nclaim;value;by\nkilled;3;police\n",
        "SEP=|\r\nclaim|value|by\r\nkilled|3|police\r\n",
        "\u{feff}\"sep=\t\"\nclaim\tvalue\tby\nkilled\t3\tpolice\n",
    ] {
        let (dossier, _) = read(Intake::new(), table.as_bytes());
        assert_eq!(
            dossier.assertion("killed#1").and_then(|said| said.said()).as_deref(),
            Some("3"),
            "{table}"
        );
    }
    // Lines are counted with it.
    let wrong = problems(Intake::new(), b"sep=;\nclaim;value;by\nkilled;3\n");
    assert!(wrong.starts_with("line 3: found 2 cells"), "{wrong}");
    assert_eq!(
        problems(Intake::new(), b"sep=ab\nclaim;value;by\n"),
        "line 1: `sep=ab` names no separator of cells; expected one sign, as in `sep=;`\n"
    );
    let (dossier, _) = read(Intake::new(), b" Claim , VALUE,By \nkilled,3,police\n");
    assert_eq!(dossier.assertions().len(), 1);
}

#[test]
fn other_encodings_are_read_and_said() {
    let table = "claim,value,by\nkilled,3,Préfecture de l’Isère\nkilled,4,Bürgermeisterin Öztürk\n";
    let utf_16 = |bytes: fn(u16) -> [u8; 2]| table.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let with_mark = |mark: &[u8], text: Vec<u8>| [mark, &text].concat();
    let windows: Vec<u8> = table
        .chars()
        .map(|c| match c {
            '’' => 0x92,
            c => u8::try_from(u32::from(c)).expect("a letter of Windows-1252"),
        })
        .collect();
    for (bytes, encoding) in [
        (utf_16(u16::to_le_bytes), "UTF-16LE"),
        (utf_16(u16::to_be_bytes), "UTF-16BE"),
        (with_mark(b"\xff\xfe", utf_16(u16::to_le_bytes)), "UTF-16LE"),
        (with_mark(b"\xfe\xff", utf_16(u16::to_be_bytes)), "UTF-16BE"),
        (windows.clone(), "Windows-1252"),
    ] {
        let (dossier, _) = read(Intake::new(), &bytes);
        let names: Vec<&str> = dossier.sources().map(|source| source.id()).collect();
        assert_eq!(names, ["Préfecture de l’Isère", "Bürgermeisterin Öztürk"], "{encoding}");
        assert_eq!(
            lints(Intake::new(), &bytes),
            [format!("read as {encoding}; save it as UTF-8 to be sure")]
        );
    }
    // Cyrillic, as a Russian Windows saves it.
    let cyrillic: Vec<u8> = "claim,value,by\nkilled,3,"
        .bytes()
        .chain([
            0xcc, 0xe8, 0xed, 0xe8, 0xf1, 0xf2, 0xe5, 0xf0, 0xf1, 0xf2, 0xe2, 0xee, b' ', 0xee, 0xe1, 0xee,
            0xf0, 0xee, 0xed, 0xfb, b'\n',
        ])
        .collect();
    let (dossier, _) = read(Intake::new(), &cyrillic);
    assert_eq!(dossier.sources().map(|source| source.id()).collect::<Vec<_>>(), ["Министерство обороны"]);
    // What is half in UTF-8 and half not can't be read as either.
    let mixed = [table.as_bytes(), b"killed,5,Orl\xe9ans\n"].concat();
    let refused = problems(Intake::new(), &mixed);
    assert!(refused.starts_with("line 4: the text isn't UTF-8"), "{refused}");
    // A large file in UTF-8 is read as it streams in, and refused where it goes wrong.
    let large =
        [table.as_bytes(), &b"killed,3,police\n".repeat(100_000), &b"killed,5,Orl\xe9ans\n"[..]].concat();
    assert!(problems(Intake::new(), &large).contains("isn't UTF-8"));
    // An accent in the last letter of a file, too.
    let (dossier, _) = read(Intake::new(), b"claim,value,by\nkilled,3,caf\xe9");
    assert_eq!(dossier.sources().map(|source| source.id()).collect::<Vec<_>>(), ["café"]);
}

proptest! {
    #![proptest_config(config())]

    /// What the options rewrite reads as the same table in the crate's own way of writing.
    #[test]
    fn figures_and_dates_read_alike_however_a_table_writes_them(
        rows in prop::collection::vec((0..1_000_000_u32, 0..100_u32, 2000..2030_u32, 1..=12_u32, 1..=28_u32), 1..20),
    ) {
        let grouped = |whole: u32, group: &str| {
            let digits = whole.to_string();
            let (first, rest) = digits.split_at((digits.len() + 2) % 3 + 1);
            rest.as_bytes().chunks(3).fold(first.to_owned(), |text, three| {
                text + group + std::str::from_utf8(three).expect("digits")
            })
        };
        let table = |figure: &dyn Fn(u32, u32) -> String, date: &dyn Fn(u32, u32, u32) -> String| {
            let rows = rows.iter().enumerate().map(|(n, (whole, decimals, year, month, day))| {
                format!("rate\tquantity\t{}\ts{n}\nsank\tdate\t{}\ts{n}\n", figure(*whole, *decimals), date(*year, *month, *day))
            });
            format!("claim\tkind\tvalue\tby\n{}", rows.collect::<String>())
        };
        let own = table(&|whole, decimals| format!("{whole}.{decimals:02}"), &|y, m, d| format!("{y}-{m:02}-{d:02}"));
        let (own, _) = read(Intake::new(), own.as_bytes());
        let comma = table(&|whole, decimals| format!("{},{decimals:02}", grouped(whole, ".")), &|y, m, d| format!("{d}.{m}.{y}"));
        let (comma, _) = read(Intake::new().decimal(DecimalMark::Comma).date_order(DateOrder::DayFirst), comma.as_bytes());
        prop_assert_eq!(comma.to_json(), own.to_json());
        let point = table(&|whole, decimals| format!("{}.{decimals:02}", grouped(whole, ",")), &|y, m, d| format!("{m}/{d}/{y}"));
        let (point, _) = read(Intake::new().decimal(DecimalMark::Point).date_order(DateOrder::MonthFirst), point.as_bytes());
        prop_assert_eq!(point.to_json(), own.to_json());
    }
}
