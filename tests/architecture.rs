//! The house rules: which room may speak to which, and which outside crate lives where. Reads the
//! `use` lines and paths of `src/` and compares them with the tables below (and ARCHITECTURE.md tells why).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it cannot go on")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const VOCABULARIES: &[&str] =
    &["quantity", "calendar", "diagnostic", "model", "document", "language", "wording", "error"];

/// Room -> what of ours it may use, beside itself.
fn allowed() -> BTreeMap<&'static str, Vec<&'static str>> {
    let vocabularies = VOCABULARIES.to_vec();
    let with = |more: &[&'static str]| [&vocabularies[..], more].concat();
    BTreeMap::from([
        ("quantity", vec![]),
        ("error", vec![]),
        ("calendar", vec!["quantity"]),
        ("language", vec!["quantity", "wording"]),
        ("diagnostic", vec!["quantity", "language"]),
        ("model", vec!["quantity", "calendar", "diagnostic"]),
        ("wording", vec!["quantity"]),
        ("document", vec!["quantity", "calendar", "language", "wording"]),
        ("source", vec!["diagnostic", "language", "wording", "error"]),
        ("intake", vec!["source", "quantity", "calendar", "diagnostic", "language", "model"]),
        ("assembly", vec!["intake", "quantity", "calendar", "diagnostic", "language", "model", "wording"]),
        ("analysis", vec!["model", "quantity", "calendar", "language", "wording"]),
        ("report", with(&["analysis"])),
        ("render", vec!["document", "quantity", "calendar", "language", "wording", "error"]),
        ("delivery", vec!["error"]),
        ("sample", vec!["quantity", "calendar"]),
        (
            "config",
            vec![
                "analysis", "calendar", "error", "intake", "language", "model", "quantity", "render",
                "report",
            ],
        ),
        (
            "pipeline",
            with(&["source", "intake", "assembly", "analysis", "report", "render", "delivery", "config"]),
        ),
        (
            "cli",
            with(&["pipeline", "config", "sample", "intake", "analysis", "report", "render", "delivery"]),
        ),
        ("main", vec!["cli"]),
    ])
}

/// Outside crate (or module of the standard library) -> the rooms that may name it.
const CONFINED: &[(&str, &[&str])] = &[
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("indicatif", &["cli"]),
    ("calamine", &["source"]),
    ("csv", &["diagnostic", "intake", "sample", "source"]),
    ("encoding_rs", &["source"]),
    ("chardetng", &["source"]),
    ("polars", &["intake", "assembly", "analysis", "model"]),
    ("rayon", &["analysis", "render"]),
    ("printpdf", &["render"]),
    ("parley", &["render"]),
    ("subsetter", &["render"]),
    ("rust_xlsxwriter", &["render"]),
    ("zip", &["render", "source"]),
    ("tempfile", &["delivery", "source"]),
    ("strsim", &["assembly", "report"]),
    ("sha2", &["delivery", "render", "source"]),
    ("toml", &["config", "language", "report"]),
    ("std::fs", &["source", "config", "report", "delivery"]),
    ("std::net", &[]),
    ("std::process::Command", &[]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The files of modules that a file declares for its tests only.
fn test_modules(path: &Path) -> Vec<PathBuf> {
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let declared = lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]").filter_map(|pair| {
        let name = pair[1].trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
        name.strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned)
    });
    let folder = path.with_extension("");
    declared.map(|name| folder.join(name).with_extension("rs")).collect()
}

/// `(room, path as shown, code without comments and tests)` of every file.
fn files() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    let of_tests: BTreeSet<PathBuf> = paths.iter().flat_map(|path| test_modules(path)).collect();
    paths
        .into_iter()
        .filter(|path| !of_tests.contains(path))
        .map(|path| {
            let shown = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            let room = shown.split(['/', '.']).next().unwrap().to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let code: Vec<&str> = text
                .split("#[cfg(test)]\nmod tests")
                .next()
                .unwrap()
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect();
            (room, shown, code.join("\n"))
        })
        .collect()
}

/// Rooms named after `crate::` (or `earnest::` in main), also inside braces: `crate::{a, b::c}`.
fn rooms_used(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for prefix in ["crate::", "earnest::"] {
        for (at, _) in code.match_indices(prefix) {
            let rest = &code[at + prefix.len()..];
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !name.is_empty() {
                used.insert(name);
            } else if let Some(inner) = rest.strip_prefix('{') {
                for part in inner.split('}').next().unwrap_or_default().split(',') {
                    used.insert(part.trim().split("::").next().unwrap_or_default().to_owned());
                }
            }
        }
    }
    used.retain(|name| !name.is_empty());
    used
}

fn names(code: &str, what: &str) -> bool {
    let needle = format!("{what}::");
    code.match_indices(&needle).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    }) || code.lines().any(|line| line.trim() == format!("use {what};"))
}

#[test]
fn the_flow_is_one_way() {
    let allowed = allowed();
    let mut broken = Vec::new();
    for (room, path, code) in files() {
        if room == "lib" {
            continue;
        }
        let may = allowed
            .get(room.as_str())
            .unwrap_or_else(|| panic!("{path}: '{room}' is not a room of the house"));
        for used in rooms_used(&code) {
            if used != room && allowed.contains_key(used.as_str()) && !may.contains(&used.as_str()) {
                broken.push(format!("{path} uses {used}"));
            }
        }
    }
    assert!(broken.is_empty(), "rooms that reach where they may not:\n{}", broken.join("\n"));
}

#[test]
fn outside_crates_stay_in_their_rooms() {
    let mut broken = Vec::new();
    for (room, path, code) in files() {
        for (outside, rooms) in CONFINED {
            if names(&code, outside) && !rooms.contains(&room.as_str()) {
                broken.push(format!("{path} names {outside}"));
            }
        }
    }
    assert!(broken.is_empty(), "crates outside their rooms:\n{}", broken.join("\n"));
}

#[test]
fn files_say_one_thing() {
    let too_long: Vec<String> = files()
        .into_iter()
        .filter(|(_, _, code)| code.lines().count() > 450)
        .map(|(_, path, code)| format!("{path}: {} lines", code.lines().count()))
        .collect();
    assert!(too_long.is_empty(), "files that say more than one thing:\n{}", too_long.join("\n"));
    let vague: Vec<String> = files()
        .into_iter()
        .map(|(_, path, _)| path)
        .filter(|path| {
            let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
            ["util", "utils", "common", "helper", "helpers", "types", "misc", "mod"].contains(&stem)
        })
        .collect();
    assert!(vague.is_empty(), "names that say nothing: {vague:?}");
}

#[test]
fn the_rules_can_catch_a_breach() {
    assert_eq!(
        rooms_used("use crate::{analysis::x, model};\nlet a = crate::intake::y();"),
        BTreeSet::from(["analysis".to_owned(), "model".to_owned(), "intake".to_owned()])
    );
    assert!(names("use clap::Parser;", "clap"));
    assert!(!names("use my_clap::Parser;", "clap"));
    assert!(names("    std::fs::read(path)", "std::fs"));
}
