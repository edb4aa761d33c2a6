//! However many threads work on it, a large table comes to the same dossier, and to the same bytes of a report.

use std::fmt::Write as _;

use corroborate::{Intake, Resolver};

/// A table of so many rows that each stage has work for several threads, and of which some rows take more than a look.
fn table() -> String {
    let mut table = "claim,kind,value,by,asserted,note\n".to_owned();
    let mut chance = 20_310_405_u64;
    let mut below = |most: u64| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (chance >> 33) % most
    };
    for row in 0..70_000 {
        let (claim, value, day) = (below(9_000), below(30), 1 + below(28));
        let value = match below(8) {
            0 => format!("at least {value}"),
            1 => format!("{value} to {}", value + 5),
            _ => value.to_string(),
        };
        let by = match below(40) {
            0 => String::new(),
            1 => format!("s{};s{}", below(20), 20 + below(20)),
            _ => format!("s{}", below(300)),
        };
        let note = if row % 9_973 == 0 { "\"as he said, \"\"so it is\"\"\nand went\"" } else { "" };
        let _ = writeln!(table, "c{claim},count,{value},{by},2031-04-{day:02},{note}");
    }
    table
}

/// The dossier and its report, in JSON.
fn outcome(table: &str) -> Result<(String, Vec<u8>), Box<dyn std::error::Error + Send + Sync>> {
    let (dossier, _) = Intake::new().file("table.csv", table.as_bytes()).finish()?;
    let mut report = Vec::new();
    Resolver::standard().resolve(&dossier).write_brief_json(&mut report)?;
    Ok((dossier.to_json(), report))
}

#[test]
fn any_number_of_threads_comes_to_the_same() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let table = table();
    let with =
        |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build()?.install(|| outcome(&table));
    let alone = with(1)?;
    for threads in [2, 3, 7] {
        let several = with(threads)?;
        assert!(several.0 == alone.0, "{threads} threads come to another dossier");
        assert!(several.1 == alone.1, "{threads} threads come to another report");
    }
    Ok(())
}
