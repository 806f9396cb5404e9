//! What holds for any bytes: the readers answer with sheets and diagnostics, never with a panic, and a
//! table survives the way through quoting.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may stop and may write files"
)]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use earnest::diagnostic::{CODES, Diagnostics, Severity};
use earnest::source::{self, Body, Cell, Sheet};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// No small file may take longer, on a slow machine without optimisation.
const PATIENCE: Duration = Duration::from_secs(10);

fn cases(number: u32) -> ProptestConfig {
    // A fixed seed: the suite says the same on every run; `PROPTEST_RNG_SEED` tries others.
    let rng_seed = match std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok()) {
        Some(seed) => RngSeed::Fixed(seed),
        None => RngSeed::Fixed(2026),
    };
    ProptestConfig { cases: number, failure_persistence: None, rng_seed, ..ProptestConfig::default() }
}

/// Reads a file of these bytes and checks what every result has in common.
fn read(name: &str, bytes: &[u8]) -> (Vec<Sheet>, Diagnostics) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let mut problems = Diagnostics::default();
    let begun = Instant::now();
    let sources = source::read(&[path], &mut problems).unwrap();
    assert!(begun.elapsed() < PATIENCE, "{name} of {} bytes took {:?}", bytes.len(), begun.elapsed());
    problems.sort();
    assert!(problems.all().iter().all(|problem| CODES.contains(&problem.code)));
    for sheet in &sources.sheets {
        let Body::Rows(rows) = &sheet.body else { panic!("a small file is held as rows") };
        assert!(rows.iter().all(|row| row.cells.len() == sheet.headers.len()), "cells as many as headers");
        assert!(rows.iter().all(|row| row.row > sheet.header_row), "the body lies below the header");
        assert!(rows.is_sorted_by_key(|row| row.row), "rows are in order");
        for candidate in sheet.header_candidates() {
            assert!(sheet.with_header_row(candidate.row).is_some());
        }
    }
    if sources.sheets.is_empty() && name.ends_with("csv") {
        assert!(!problems.all().is_empty(), "a file is not passed over in silence");
    }
    (sources.sheets, problems)
}

/// Changes some bytes, and perhaps cuts the end off.
fn damage(
    mut bytes: Vec<u8>,
    changes: &[(prop::sample::Index, u8)],
    keep: Option<prop::sample::Index>,
) -> Vec<u8> {
    for (at, value) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *value;
    }
    if let Some(keep) = keep {
        bytes.truncate(keep.index(bytes.len()));
    }
    bytes
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbooks").join(name)).unwrap()
}

/// Text made of what matters to a reader of CSV.
fn crooked() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("\""),
        Just("\"\""),
        Just(","),
        Just(";"),
        Just("\t"),
        Just("|"),
        Just("\n"),
        Just("\r\n"),
        Just("\r"),
        Just(" "),
        Just("a"),
        Just("Größe"),
        Just("7"),
        Just("2026-03-31"),
        Just("\u{feff}"),
        Just("sep=;\n"),
    ];
    prop::collection::vec(pieces, 0..200).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_bytes_can_be_named_csv(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        read("table.csv", &bytes);
    }

    #[test]
    fn any_text_can_be_named_csv(text in crooked()) {
        read("table.csv", text.as_bytes());
    }

    #[test]
    fn a_table_survives_quoting(
        (separator, rows) in (prop::sample::select(b",;\t|".to_vec()), 2..5_usize).prop_flat_map(|(separator, columns)| {
            let field = prop_oneof![
                3 => "[a-z0-9äß€ ]{0,6}",
                1 => prop::sample::select(vec!["x\"y", "\"", "a,b", "a;b", "a\tb", "a|b", "two\nlines", "\r\n", "\"\"", "#"])
                        .prop_map(str::to_owned),
            ];
            let row = prop::collection::vec(field, columns);
            (Just(separator), prop::collection::vec(row, 1..12))
        })
    ) {
        // The csv crate writes, we read.
        let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
        let header: Vec<String> = (0..rows[0].len()).map(|i| format!("column {}", char::from(b'a' + u8::try_from(i).unwrap()))).collect();
        writer.write_record(&header).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let (sheets, problems) = read("table.csv", &writer.into_inner().unwrap());
        prop_assert_eq!(problems.count(Severity::Error), 0, "{:?}", problems.all());
        let Body::Rows(body) = &sheets[0].body else { panic!("rows") };
        let expected: Vec<(u32, Vec<String>)> = (2..).zip(rows).filter(|(_, row)| row.iter().any(|f| !f.trim().is_empty())).collect();
        let blank = |text: String| if text.trim().is_empty() { String::new() } else { text };
        let expected: Vec<(u32, Vec<String>)> =
            expected.into_iter().map(|(row, fields)| (row, fields.into_iter().map(blank).collect())).collect();
        let found: Vec<(u32, Vec<String>)> =
            body.iter().map(|row| (row.row, row.cells.iter().map(Cell::to_string).collect())).collect();
        prop_assert_eq!(found, expected);
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn any_bytes_can_be_named_xlsx(bytes in prop::collection::vec(any::<u8>(), 0..1000), zip in any::<bool>()) {
        let magic: &[u8] = if zip { b"PK\x03\x04" } else { b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" };
        read("book.xlsx", &[magic, &bytes].concat());
    }

    // The parts of this one are stored without compression: a changed byte reaches the XML.
    #[test]
    fn a_damaged_xlsx_is_read_or_refused(changes in changes(), keep in proptest::option::weighted(0.2, any::<prop::sample::Index>())) {
        read("book.xlsx", &damage(fixture("plan.xlsx"), &changes, keep));
    }

    #[test]
    fn a_damaged_ods_is_read_or_refused(changes in changes(), keep in proptest::option::weighted(0.2, any::<prop::sample::Index>())) {
        read("book.ods", &damage(fixture("plan.ods"), &changes, keep));
    }

    #[test]
    fn a_damaged_xlsb_is_read_or_refused(
        changes in changes(),
        keep in proptest::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        read("book.xlsb", &damage(fixture("plan.xlsb"), &changes, keep));
    }

    #[test]
    fn a_damaged_xls_is_read_or_refused(changes in changes(), keep in proptest::option::weighted(0.2, any::<prop::sample::Index>())) {
        read("book.xls", &damage(fixture("plan.xls"), &changes, keep));
    }
}
