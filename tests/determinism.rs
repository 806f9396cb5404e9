//! The same inputs make the same bytes: twice, and on 1, 2 or 8 threads.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it cannot go on")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Every file of a run by its name.
fn run(input: &Path, threads: &str) -> BTreeMap<String, Vec<u8>> {
    let out = tempfile::tempdir().unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_earnest"))
        .args(["report", "-q", "--out"])
        .arg(out.path())
        .arg(input)
        .env("RAYON_NUM_THREADS", threads)
        .env("POLARS_MAX_THREADS", threads)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    fs::read_dir(out.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .filter(|(name, _)| !name.starts_with('.'))
        .collect()
}

fn same_bytes(input: &str) {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join(input);
    let one = run(&input, "1");
    assert!(one.len() >= 5);
    for threads in ["1", "2", "8"] {
        let other = run(&input, threads);
        assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
        let differing: Vec<_> =
            one.iter().filter(|(name, bytes)| other[*name] != **bytes).map(|(name, _)| name).collect();
        assert!(differing.is_empty(), "on {threads} threads: {differing:?}");
    }
}

#[test]
fn one_project() {
    same_bytes("sample-data/atlas");
}

#[test]
fn a_portfolio() {
    same_bytes("sample-data/portfolio");
}
