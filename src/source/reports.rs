//! Earlier reports: JSON files that a user names, alone or by their folder. Of each only the beginning is read, which
//! says whose report it is; the whole of one that is wanted is read later.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

pub use super::find::shown;
use super::find::{is_hidden, unreadable};
use super::hex;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};

/// A report's first keys lie within so many bytes.
const BEGINNING: u64 = 64 * 1024;
/// Larger than the report of a project of 200,000 tasks; what is larger is no report.
const LARGEST: u64 = 512 * 1024 * 1024;

/// A JSON file that may be an earlier report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    path: PathBuf,
    /// As the user named it, with `/` between folders.
    pub name: Arc<str>,
    /// Whether the user named the file itself, not the folder it lies in.
    pub named: bool,
    /// Its first bytes.
    pub beginning: Vec<u8>,
}

/// The file a user named, or every JSON file of the folder, by name; folders within it are not looked into. What
/// cannot be read is a problem; a folder that is not there yet is none where it is `coming`, made by this very run.
#[must_use]
pub fn candidates(from: &Path, coming: bool, problems: &mut Diagnostics) -> Vec<Candidate> {
    let about = match std::fs::metadata(from) {
        Ok(about) => about,
        Err(error) if coming && error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            problems.push(unreadable(shown(from), &error));
            return Vec::new();
        }
    };
    let (paths, named) = if about.is_dir() {
        match listed(from) {
            Ok(paths) => (paths, false),
            Err(error) => {
                problems.push(unreadable(shown(from), &error));
                return Vec::new();
            }
        }
    } else {
        (vec![from.to_owned()], true)
    };
    let mut found = Vec::new();
    for path in paths {
        let name = shown(&path);
        match beginning(&path) {
            Ok(beginning) => found.push(Candidate { path, name, named, beginning }),
            Err(error) => problems.push(unreadable(name, &error)),
        }
    }
    found
}

impl Candidate {
    /// All of it, and its SHA-256 in hexadecimal.
    ///
    /// # Errors
    /// The problem: it cannot be read any more, or it is too large.
    pub fn read(&self) -> Result<(Vec<u8>, String), Box<Diagnostic>> {
        let read = || {
            let mut bytes = Vec::new();
            file(&self.path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let bytes = read().map_err(|error: io::Error| Box::new(unreadable(self.name.clone(), &error)))?;
        if bytes.len() as u64 > LARGEST {
            let message = phrase!(
                "it is larger than {n} megabytes: left out",
                n = usize::try_from(LARGEST >> 20).unwrap_or(0)
            );
            return Err(Box::new(
                Diagnostic::new(&code::NO_REPORT, Location::file(self.name.clone()), message)
                    .help(word!("name a JSON file that earnest wrote")),
            ));
        }
        let sha256 = hex(&Sha256::digest(&bytes));
        Ok((bytes, sha256))
    }
}

/// The JSON files of a folder, by name.
fn listed(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .filter(|path: &io::Result<PathBuf>| path.as_ref().map_or(true, |path| is_json(path)))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Whether its name is that of a JSON file that is there for people.
fn is_json(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) && !is_hidden(&name)
}

fn beginning(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file(path)?.take(BEGINNING).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens what is a file: to read a pipe that nobody writes to would wait for ever.
fn file(path: &Path) -> io::Result<File> {
    if std::fs::metadata(path)?.is_file() {
        File::open(path)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "neither a file nor a folder"))
    }
}
