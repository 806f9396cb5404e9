//! From what the user named to the files to read, in a stable order.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};
use crate::error::Error;

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
/// What `earnest` itself leaves in a folder.
const OURS: [&str; 3] = ["earnest.toml", "problems.csv", "manifest.json"];
/// Folders within folders that are followed.
const DEPTH: usize = 16;

/// The files of all inputs: inputs in the order given, within a folder by name, files before sub-folders.
/// A file that is found twice is read once.
pub(super) fn files(inputs: &[PathBuf], problems: &mut Diagnostics) -> Result<Vec<Found>, Error> {
    let mut search = Search { seen: BTreeSet::new(), found: Vec::new(), problems };
    for input in inputs {
        let real = input.canonicalize().map_err(Error::io("read", input))?;
        if real.is_dir() {
            search.folder(input, &real, 0)?;
        } else {
            search.file(input, &stem(input));
        }
    }
    Ok(search.found)
}

struct Search<'a> {
    seen: BTreeSet<PathBuf>,
    found: Vec<Found>,
    problems: &'a mut Diagnostics,
}

impl Search<'_> {
    fn folder(&mut self, folder: &Path, real: &Path, depth: usize) -> Result<(), Error> {
        if depth > DEPTH || !self.seen.insert(real.to_owned()) {
            return Ok(());
        }
        let group: Arc<str> = real.file_name().map_or("project".into(), |name| name.to_string_lossy().into());
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(Error::io("read", folder))? {
            entries.push(entry.map_err(Error::io("read", folder))?.path());
        }
        entries.sort();
        let produced = produced(folder);
        let (folders, files): (Vec<_>, Vec<_>) = entries.into_iter().partition(|path| path.is_dir());
        for path in files {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let extension = extension(&path);
            let known = TEXT.contains(&extension.as_str()) || WORKBOOKS.contains(&extension.as_str());
            if is_hidden(&name) || OURS.contains(&name.as_str()) || produced.contains(&name) {
                continue;
            }
            // Names of the readme kind are prose even as `.txt`; other prose is known by its ending.
            if name.to_ascii_uppercase().starts_with("README") || extension == "md" {
                continue;
            }
            if known {
                self.file(&path, &group);
            } else {
                self.problems.push(
                    Diagnostic::new(
                        &code::FILE_LEFT_OUT,
                        Location::file(shown(&path)),
                        format!("'{name}' is not a table: left out"),
                    )
                    .help(format!("tables are files that end in {}", endings())),
                );
            }
        }
        for path in folders {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if is_hidden(&name) || is_output(&path) {
                continue;
            }
            let real = path.canonicalize().map_err(Error::io("read", &path))?;
            self.folder(&path, &real, depth + 1)?;
        }
        Ok(())
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

/// `.csv, .tsv, ... or .ods`.
fn endings() -> String {
    let all: Vec<_> = TEXT.iter().chain(&WORKBOOKS).map(|e| format!(".{e}")).collect();
    let (last, others) = all.split_last().map_or(("", [].as_slice()), |(l, o)| (l.as_str(), o));
    format!("{} or {last}", others.join(", "))
}

fn extension(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

fn stem(path: &Path) -> Arc<str> {
    path.file_stem().unwrap_or_default().to_string_lossy().into()
}

/// Hidden files and the lock files that office programs leave beside an open document.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$")
}

/// Whether a sub-folder is one that a run writes to.
fn is_output(folder: &Path) -> bool {
    folder.join(".earnest.lock").exists() || !produced(folder).is_empty()
}

/// The files that an earlier run delivered into this folder, by its manifest.
fn produced(folder: &Path) -> BTreeSet<String> {
    let outputs = || {
        let text = std::fs::read_to_string(folder.join("manifest.json")).ok()?;
        let manifest: serde_json::Value = serde_json::from_str(&text).ok()?;
        manifest["schema"].as_str().filter(|s| s.starts_with("earnest/manifest/"))?;
        let names = manifest["outputs"].as_array()?.iter();
        Some(names.filter_map(|output| Some(output["name"].as_str()?.to_owned())).collect())
    };
    outputs().unwrap_or_default()
}

/// The path as the user would write it, with `/` between folders and without a leading `./`.
fn shown(path: &Path) -> Arc<str> {
    let parts = path.components().filter(|part| !matches!(part, std::path::Component::CurDir));
    let tidy: PathBuf = parts.collect();
    let text = tidy.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/").into()
    }
}
