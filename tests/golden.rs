//! Whole reports as text: what `sample-data/` says today, line by line, in `tests/golden/`. A change of a
//! figure, a sentence or an order shows here as a line. `EARNEST_BLESS=1 cargo test --test golden` writes the
//! texts anew; read the difference as the report's reader would before you commit it.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may stop and may write files")]

use std::path::{Path, PathBuf};
use std::{env, fs};

use earnest::config::{Flags, Settings};
use earnest::document::Document;
use earnest::{pipeline, report};

/// The documents of a run over a folder; named from the package's root, so that the
/// files' names are the same on every machine.
fn documents(input: &str) -> Vec<Document> {
    by_template(input, "status")
}

/// The same by another template.
fn by_template(input: &str, template: &str) -> Vec<Document> {
    in_language(input, template, "en")
}

/// The same in another language.
fn in_language(input: &str, template: &str, language: &str) -> Vec<Document> {
    assert_eq!(env::current_dir().unwrap(), Path::new(env!("CARGO_MANIFEST_DIR")));
    let flags = Flags {
        inputs: vec![PathBuf::from(input)],
        template: Some(template.to_owned()),
        language: Some(language.to_owned()),
        ..Flags::default()
    };
    let settings = Settings::load(&flags).unwrap();
    let analyzed = pipeline::analyze(&settings, &mut |_| ()).unwrap();
    report::compose(&analyzed.portfolio, &analyzed.findings, &analyzed.problems, &settings.report)
}

/// Compares a document with the agreed text of that name.
fn agrees(document: &Document, name: &str) {
    let text = document.outline();
    let path = Path::new("tests/golden").join(name);
    if env::var_os("EARNEST_BLESS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let agreed = fs::read_to_string(&path).unwrap_or_default();
    let pairs = agreed.lines().zip(text.lines()).enumerate();
    let different: Vec<String> = pairs
        .filter(|(_, (agreed, now))| agreed != now)
        .map(|(line, (agreed, now))| format!("{}: - {agreed}\n{}: + {now}", line + 1, line + 1))
        .collect();
    assert!(
        agreed == text,
        "{} differs ({} lines agreed, {} now):\n{}\nEARNEST_BLESS=1 cargo test --test golden takes this as right",
        path.display(),
        agreed.lines().count(),
        text.lines().count(),
        different.join("\n")
    );
}

#[test]
fn the_status_report_of_atlas() {
    let documents = documents("sample-data/atlas");
    assert_eq!(documents.len(), 1);
    agrees(&documents[0], "atlas-status.txt");
}

#[test]
fn the_exception_report_of_atlas() {
    agrees(&by_template("sample-data/atlas", "exception")[0], "atlas-exception.txt");
}

#[test]
fn the_stage_end_report_of_atlas() {
    agrees(&by_template("sample-data/atlas", "stage-end")[0], "atlas-stage-end.txt");
}

#[test]
fn the_initiation_report_of_atlas() {
    agrees(&by_template("sample-data/atlas-start", "initiation")[0], "atlas-start-initiation.txt");
}

#[test]
fn the_closure_report_of_atlas() {
    agrees(&by_template("sample-data/atlas-closed", "closure")[0], "atlas-closed-closure.txt");
}

/// Page 1 with all that it says, in every language but English.
#[test]
fn page_one_of_atlas_in_other_languages() {
    for language in ["de", "fr", "es"] {
        let document = &in_language("sample-data/atlas", "executive", language)[0];
        agrees(document, &format!("atlas-executive-{language}.txt"));
    }
}

/// A machine reads the same in every language, but for the sentences of page 1.
#[test]
fn the_json_is_the_same_in_every_language_but_for_the_narrative() {
    let json = |language: &str| {
        let document = &in_language("sample-data/atlas", "executive", language)[0];
        let mut json: serde_json::Value = serde_json::from_str(document.machine.text()).unwrap();
        let narrative = json.as_object_mut().unwrap().remove("narrative").unwrap();
        (json, narrative)
    };
    let (english, sentences) = json("en");
    let (german, told) = json("de");
    assert_eq!(english, german);
    assert_eq!(sentences.as_array().map(Vec::len), told.as_array().map(Vec::len));
    assert_ne!(sentences, told);
}

#[test]
fn the_report_of_the_portfolio() {
    let documents = documents("sample-data/portfolio");
    agrees(documents.last().unwrap(), "portfolio-status.txt");
}

/// What changed in the first quarter of 2026: page 1 and the section, by a template that has nothing else.
#[test]
fn what_changed_in_atlas_since_the_last_report() {
    let folder = tempfile::tempdir().unwrap();
    let (last, template) = (folder.path().join("last.json"), folder.path().join("since.toml"));
    fs::write(&template, "name = \"since\"\ntitle = \"Since the last report\"\nsections = [\"since\"]\n")
        .unwrap();
    let on = |day: &str, previous: Option<&Path>| {
        let flags = Flags {
            inputs: vec![PathBuf::from("sample-data/atlas")],
            template: Some(template.to_string_lossy().into_owned()),
            status_date: earnest::config::status_date(day).ok(),
            previous: previous.map(Path::to_owned),
            ..Flags::default()
        };
        let settings = Settings::load(&flags).unwrap();
        let analyzed = pipeline::analyze(&settings, &mut |_| ()).unwrap();
        report::compose(&analyzed.portfolio, &analyzed.findings, &analyzed.problems, &settings.report)
            .remove(0)
    };
    fs::write(&last, on("2025-12-31", None).machine.text()).unwrap();
    agrees(&on("2026-03-31", Some(&last)), "atlas-since.txt");
}

/// A project that has not begun: flows with two rates of return, goals without measurements, a first plan.
#[test]
fn the_initiation_report_of_a_project_that_has_not_begun() {
    agrees(&by_template("tests/initiation/lighthouse", "initiation")[0], "lighthouse-initiation.txt");
}
