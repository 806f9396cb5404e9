//! From what the user named to the files to read, in a stable order.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};
use crate::language::Phrase;

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Where it is.
    pub(super) path: PathBuf,
    /// As the user named it, with `/` between folders.
    pub(super) name: Arc<str>,
    /// The folder's name, or the file's stem when the user named the file.
    pub(super) group: Arc<str>,
    /// Whether its name is a workbook's.
    pub(super) workbook: bool,
}

const TEXT: [&str; 3] = ["csv", "tsv", "txt"];
const WORKBOOKS: [&str; 5] = ["xlsx", "xlsm", "xlsb", "xls", "ods"];
/// The settings of a run.
const SETTINGS: &str = "earnest.toml";
/// What `earnest` itself leaves in a folder.
const OURS: [&str; 3] = [SETTINGS, "problems.csv", "manifest.json"];
/// Folders within folders that are followed.
const DEPTH: usize = 16;

/// The files of all inputs: inputs in the order given, within a folder by name, files before sub-folders.
/// A file that is found twice is read once; what cannot be looked into is a problem, and the rest is found.
pub(super) fn files(inputs: &[PathBuf], problems: &mut Diagnostics) -> Vec<Found> {
    let mut search = Search { seen: BTreeSet::new(), found: Vec::new(), problems };
    for input in inputs {
        match input.canonicalize() {
            Ok(real) if real.is_dir() => search.folder(input, &real, 0),
            Ok(_) => search.file(input, &stem(input)),
            Err(error) => search.problems.push(unreadable(shown(input), &error)),
        }
    }
    search.found
}

/// Says that a file or folder cannot be read, and what may be done about it.
pub(super) fn unreadable(name: Arc<str>, error: &io::Error) -> Diagnostic {
    let help = match error.kind() {
        io::ErrorKind::NotFound => word!("correct the path, or name it no more; everything else is read"),
        io::ErrorKind::PermissionDenied => {
            word!(
                "let the account that runs earnest read it (folders need the right to be entered); everything else is read"
            )
        }
        _ => word!("see whether it opens in another program and copy it anew; everything else is read"),
    };
    let message = phrase!("it cannot be read: {reason}", reason = error.to_string());
    Diagnostic::new(&code::UNREADABLE, Location::file(name), message).help(help)
}

struct Search<'a> {
    seen: BTreeSet<PathBuf>,
    found: Vec<Found>,
    problems: &'a mut Diagnostics,
}

impl Search<'_> {
    fn folder(&mut self, folder: &Path, real: &Path, depth: usize) {
        if depth > DEPTH {
            self.problems.push(
                Diagnostic::new(
                    &code::FILE_LEFT_OUT,
                    Location::file(shown(folder)),
                    phrase!("more than {n} folders within each other: left out", n = DEPTH),
                )
                .help(word!("name the folder itself as an input")),
            );
            return;
        }
        if !self.seen.insert(real.to_owned()) {
            return;
        }
        let group: Arc<str> = real.file_name().map_or("project".into(), |name| name.to_string_lossy().into());
        let listed =
            || std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>();
        let mut entries = match listed() {
            Ok(entries) => entries,
            Err(error) => {
                self.problems.push(unreadable(shown(folder), &error));
                return;
            }
        };
        entries.sort();
        let delivered = delivered(folder).unwrap_or_default();
        let (folders, files): (Vec<_>, Vec<_>) = entries.into_iter().partition(|path| path.is_dir());
        for path in files {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let extension = extension(&path);
            let known = TEXT.contains(&extension.as_str()) || WORKBOOKS.contains(&extension.as_str());
            if name == SETTINGS && depth > 0 {
                self.problems.push(settings_within(&path));
            }
            if is_hidden(&name) || OURS.contains(&name.as_str()) || delivered.outputs.contains(&name) {
                continue;
            }
            // Names of the readme kind are prose even as `.txt`; other prose is known by its ending.
            if name.to_ascii_uppercase().starts_with("README") || extension == "md" {
                continue;
            }
            // To read a pipe that nobody writes to would wait for ever.
            let is_special = || std::fs::metadata(&path).is_ok_and(|about| !about.is_file());
            if known && is_special() {
                self.problems.push(
                    Diagnostic::new(
                        &code::UNREADABLE,
                        Location::file(shown(&path)),
                        word!("it is neither a file nor a folder: left out"),
                    )
                    .help(word!("put a file in its place, or name it as an input of its own")),
                );
            } else if known {
                self.file(&path, &group);
            } else {
                self.problems.push(
                    Diagnostic::new(
                        &code::FILE_LEFT_OUT,
                        Location::file(shown(&path)),
                        phrase!("'{name}' is not a table: left out", name),
                    )
                    .help(endings()),
                );
            }
        }
        for path in folders {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            // A folder of reports is no project.
            let is_output = || self::delivered(&path).is_some_and(|d| !d.has_inputs);
            if is_hidden(&name) || is_output() {
                continue;
            }
            match path.canonicalize() {
                Ok(real) => self.folder(&path, &real, depth + 1),
                Err(error) => self.problems.push(unreadable(shown(&path), &error)),
            }
        }
    }

    fn file(&mut self, path: &Path, group: &Arc<str>) {
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if self.seen.insert(real) {
            self.found.push(Found {
                path: path.to_owned(),
                name: shown(path),
                group: group.clone(),
                workbook: WORKBOOKS.contains(&extension(path).as_str()),
            });
        }
    }
}

/// Says that settings do not count: those of a run stand beside its inputs and hold for all of its projects.
fn settings_within(path: &Path) -> Diagnostic {
    Diagnostic::new(
        &code::SETTINGS_WITHIN,
        Location::file(shown(path)),
        word!("settings are looked for beside the inputs, not in folders within them: not used"),
    )
    .help(word!(
        "report the project by itself (earnest report FOLDER), or move what holds for all projects into the \
         earnest.toml beside them"
    ))
}

/// `tables are files that end in .csv, .tsv, ... or .ods`.
fn endings() -> Phrase {
    let all: Vec<_> = TEXT.iter().chain(&WORKBOOKS).map(|e| format!(".{e}")).collect();
    let (last, others) = all.split_last().map_or(("", [].as_slice()), |(l, o)| (l.as_str(), o));
    phrase!("tables are files that end in {endings} or {last}", endings = others.join(", "), last)
}

fn extension(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

fn stem(path: &Path) -> Arc<str> {
    path.file_stem().unwrap_or_default().to_string_lossy().into()
}

/// Hidden files and the lock files that office programs leave beside an open document.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$")
}

/// What an earlier run delivered into a folder, by its manifest.
#[derive(Default)]
struct Delivered {
    /// The files it wrote.
    outputs: BTreeSet<String>,
    /// Whether it read files of this folder too: then the folder is a project's, not one of reports only.
    has_inputs: bool,
}

fn delivered(folder: &Path) -> Option<Delivered> {
    let text = std::fs::read_to_string(folder.join("manifest.json")).ok()?;
    let manifest: serde_json::Value = serde_json::from_str(&text).ok()?;
    manifest["schema"].as_str().filter(|schema| schema.starts_with("earnest/manifest/"))?;
    let names = |list: &str| -> BTreeSet<String> {
        let entries = manifest[list].as_array().into_iter().flatten();
        entries.filter_map(|entry| Some(entry["name"].as_str()?.to_owned())).collect()
    };
    let is_here = |input: &String| input.rsplit('/').next().is_some_and(|name| folder.join(name).exists());
    Some(Delivered { outputs: names("outputs"), has_inputs: names("inputs").iter().any(is_here) })
}

/// The path as the user would write it, with `/` between folders and without a leading `./`.
#[must_use]
pub fn shown(path: &Path) -> Arc<str> {
    let parts = path.components().filter(|part| !matches!(part, std::path::Component::CurDir));
    let tidy: PathBuf = parts.collect();
    let text = tidy.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/").into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, files: &[(&str, &str)]) {
        for (name, content) in files {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::io::Write::write_all(&mut std::fs::File::create(path).unwrap(), content.as_bytes()).unwrap();
        }
    }

    fn found(folder: &Path, inputs: &[&str]) -> (Vec<String>, Vec<String>) {
        let inputs: Vec<PathBuf> = inputs.iter().map(|input| folder.join(input)).collect();
        let mut problems = Diagnostics::default();
        let strip = |name: &str| name.replace(&format!("{}/", shown(folder)), "");
        let files = files(&inputs, &mut problems);
        let files = files.iter().map(|f| format!("{}: {}", f.group, strip(&f.name))).collect();
        (files, problems.all().iter().map(|p| strip(&p.at[0].file)).collect())
    }

    #[test]
    fn every_folder_is_a_group_and_nothing_but_tables_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let ours = r#"{"schema": "earnest/manifest/1", "inputs": [{"name": "p/b/tasks.csv"}],
            "outputs": [{"name": "b-status.xlsx"}]}"#;
        write(
            folder.path(),
            &[
                ("p/b/tasks.csv", ""),
                ("p/a/tasks.CSV", ""),
                ("p/a/costs.xlsx", ""),
                ("p/a/~$costs.xlsx", ""),
                ("p/a/.hidden.csv", ""),
                ("p/a/README.txt", ""),
                ("p/a/notes.md", ""),
                ("p/a/earnest.toml", ""),
                ("p/a/scan.png", ""),
                ("p/a/problems.csv", ""),
                ("p/a/reports/manifest.json", ours),
                ("p/a/reports/old.xlsx", ""),
                ("p/b/manifest.json", ours),
                ("p/b/b-status.xlsx", ""),
                ("p/portfolio.ods", ""),
            ],
        );
        let (files, notes) = found(folder.path(), &["p"]);
        let expected = ["p: p/portfolio.ods", "a: p/a/costs.xlsx", "a: p/a/tasks.CSV", "b: p/b/tasks.csv"]
            .map(str::to_owned);
        assert_eq!(
            (files, notes),
            (expected.to_vec(), vec!["p/a/earnest.toml".to_owned(), "p/a/scan.png".to_owned()])
        );
    }

    #[test]
    fn files_named_one_by_one_keep_their_order_and_are_read_once() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("x/plan.xlsx", ""), ("x/ledger.dat", "")]);
        let (files, _) = found(folder.path(), &["x/plan.xlsx", "x/ledger.dat", "x"]);
        assert_eq!(files, ["plan: x/plan.xlsx", "ledger: x/ledger.dat"]);
    }

    #[test]
    fn an_input_that_is_not_there_is_a_problem_and_the_others_are_found() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("x/tasks.csv", "")]);
        let (files, problems) = found(folder.path(), &["nowhere", "x"]);
        assert_eq!((files, problems), (vec!["x: x/tasks.csv".to_owned()], vec!["nowhere".to_owned()]));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_a_folder_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("x/tasks.csv", "")]);
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("x/costs.csv")).unwrap();
        let (files, problems) = found(folder.path(), &["x"]);
        assert_eq!((files, problems), (vec!["x: x/tasks.csv".to_owned()], vec!["x/costs.csv".to_owned()]));
    }

    #[test]
    fn names_are_shown_as_the_user_writes_them() {
        assert_eq!(&*shown(Path::new("./a/./b.csv")), "a/b.csv");
    }
}
