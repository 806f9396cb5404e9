//! The gallery of problems: `tests/problems/<CODE>-<what>/` holds input files and, in `expected.txt`,
//! every diagnostic they provoke, word for word. `EARNEST_BLESS=1` rewrites the expected texts; read
//! them as the user who gets them would.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may stop and may write files")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use earnest::calendar::StatusDate;
use earnest::diagnostic::{CODES, Diagnostics};
use earnest::model::Portfolio;
use earnest::pipeline::previous::{self, Place};
use earnest::{assembly, intake, source};

const EXPECTED: &str = "expected.txt";

/// The cases, by name.
fn cases() -> Vec<PathBuf> {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/problems");
    let mut cases: Vec<PathBuf> = fs::read_dir(gallery).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    cases
}

/// The code that a case is about.
fn code(case: &Path) -> String {
    name(case).split('-').next().unwrap().to_owned()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// What the files of a case provoke, as the terminal shows it.
fn diagnostics(case: &Path) -> String {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("atlas");
    copy(case, &folder);
    let previous = set_aside(&folder);
    let mut problems = Diagnostics::default();
    let sources = source::read(std::slice::from_ref(&folder), &mut problems).unwrap();
    let records = intake::check(&sources, &settings(&folder), &mut problems);
    let mut portfolio = assembly::assemble(records, &mut problems);
    if let Some(previous) = previous {
        compare(&previous, &mut portfolio, &mut problems);
    }
    problems.sort();
    let all: Vec<String> = problems.all().iter().map(ToString::to_string).collect();
    let text = all.join("\n\n") + "\n";
    let bare = |text: String, path: &Path| {
        text.replace(&format!("{}/", path.to_string_lossy().replace('\\', "/")), "")
    };
    bare(bare(text, &folder), temporary.path())
}

/// Sets the last report of a case (`previous.json` or the folder `previous`) beside the project: it is no data of it.
fn set_aside(folder: &Path) -> Option<PathBuf> {
    let (within, beside): (Vec<_>, Vec<_>) = ["previous.json", "previous"]
        .iter()
        .map(|name| (folder.join(name), folder.with_file_name(name)))
        .unzip();
    let at = within.iter().position(|path| path.exists())?;
    fs::rename(&within[at], &beside[at]).unwrap();
    Some(beside[at].clone())
}

/// Looks for the last report before the end of March 2026.
fn compare(path: &Path, portfolio: &mut Portfolio, problems: &mut Diagnostics) {
    let days = vec![StatusDate::end_of("2026-03-31".parse().unwrap()); portfolio.projects.len()];
    previous::attach(portfolio, Place { path, is_output: false }, &days, problems);
}

/// The `[[source]]` entries of the case, if it has any.
fn settings(folder: &Path) -> intake::Settings {
    #[derive(Default, serde::Deserialize)]
    struct File {
        source: Vec<intake::SourceOverride>,
    }
    let text = fs::read_to_string(folder.join("earnest.toml"));
    let file: File = text.map_or_else(|_| File::default(), |text| toml::from_str(&text).unwrap());
    intake::Settings { sources: file.source }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let place = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &place);
        } else if name(&path) != EXPECTED {
            fs::copy(&path, &place).unwrap();
        }
    }
}

/// The lines of two texts, those that differ marked `-` (expected) and `+` (now).
fn difference(expected: &str, now: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), now.lines().collect());
    // Longest common subsequence, from the ends.
    let mut longest = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i][j] = if old[i] == new[j] {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut text) = (0, 0, String::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            writeln!(text, "  {}", old[i]).unwrap();
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && longest[i + 1][j] >= longest[i][j + 1]) {
            writeln!(text, "- {}", old[i]).unwrap();
            i += 1;
        } else {
            writeln!(text, "+ {}", new[j]).unwrap();
            j += 1;
        }
    }
    text
}

#[test]
fn every_case_says_what_is_expected() {
    let mut failures = String::new();
    for case in cases() {
        let now = diagnostics(&case);
        if env::var_os("EARNEST_BLESS").is_some() {
            fs::write(case.join(EXPECTED), &now).unwrap();
        }
        let expected = fs::read_to_string(case.join(EXPECTED)).unwrap_or_default();
        if expected != now {
            write!(failures, "\n{}:\n{}", name(&case), difference(&expected, &now)).unwrap();
        }
        if !now.contains(&format!("[{}]: ", code(&case))) {
            write!(failures, "\n{}: {} does not occur in\n{now}", name(&case), code(&case)).unwrap();
        }
    }
    assert!(
        failures.is_empty(),
        "{failures}\nEARNEST_BLESS=1 cargo test --test problems takes this as right"
    );
}

#[test]
fn every_case_is_about_a_code_of_the_catalogue() {
    let known: BTreeSet<&str> = CODES.iter().map(|code| code.id).collect();
    let strays: Vec<String> =
        cases().iter().filter(|case| !known.contains(code(case).as_str())).map(|case| name(case)).collect();
    assert!(strays.is_empty(), "no such code: {strays:?}");
}

/// What no file can provoke that is there: a file that goes away while it is read has a test in intake, one that
/// cannot be read in `tests/cli.rs`.
const WITHOUT_FILES: &[&str] = &["E008", "E215"];

/// Codes of source, intake and assembly (`x0xx` to `x3xx`): what input files can provoke.
#[test]
fn every_code_has_a_case() {
    let shown: BTreeSet<String> = cases().iter().map(|case| code(case)).collect();
    let missing: Vec<&str> = CODES
        .iter()
        .filter(|code| matches!(code.id.as_bytes()[1], b'0'..=b'3') && !shown.contains(code.id))
        .map(|code| code.id)
        .filter(|id| !WITHOUT_FILES.contains(id))
        .collect();
    assert!(missing.is_empty(), "codes without a folder in tests/problems: {missing:?}");
}
