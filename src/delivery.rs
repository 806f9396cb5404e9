//! Bytes to disk, atomically: lock, temporary files, fsync, rename, manifest. Knows nothing of ours.
//!
//! All files are written in full beside their places before the first takes its place, and the
//! manifest comes last. A run killed at any moment leaves every file either old or new, none in part.

mod lock;
mod name;

pub use name::{file_name, file_names};

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::error::Error;
use lock::Lock;

/// The manifest's name in the output folder.
pub const MANIFEST: &str = "manifest.json";
/// How the names of unfinished files begin and end.
const UNFINISHED: (&str, &str) = (".earnest-", ".tmp");

/// Where a run writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The folder; made when it is not there.
    pub folder: PathBuf,
}

impl Settings {
    /// A folder.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }
}

/// What a delivery was made from, for the manifest.
#[derive(Clone, Debug, Default)]
pub struct Provenance {
    /// Project and status date as text (`2026-03-31`), sorted by project.
    pub status_dates: Vec<(String, String)>,
    /// The files read and the SHA-256 of their bytes in hexadecimal, in the order they were read.
    pub inputs: Vec<(Arc<str>, String)>,
}

#[derive(Serialize)]
struct Manifest<'a> {
    schema: &'static str,
    program: &'static str,
    version: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    status_dates: Vec<StatusDate<'a>>,
    inputs: Vec<Input<'a>>,
    outputs: Vec<Output<'a>>,
}

#[derive(Serialize)]
struct StatusDate<'a> {
    project: &'a str,
    status_date: &'a str,
}

#[derive(Serialize)]
struct Input<'a> {
    name: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
struct Output<'a> {
    name: &'a str,
    bytes: usize,
    sha256: String,
}

/// Writes the files (name, content) and the manifest; returns where the files are, in the order given.
///
/// # Errors
/// [`Error::Locked`] when another run writes to the folder, [`Error::Io`] when something cannot be
/// written, [`Error::Render`] when a name is no file name or occurs twice.
pub fn deliver(
    files: &[(&str, &[u8])],
    provenance: &Provenance,
    settings: &Settings,
) -> Result<Vec<PathBuf>, Error> {
    check_names(files)?;
    let folder = settings.folder.as_path();
    std::fs::create_dir_all(folder).map_err(Error::io("make", folder))?;
    let _lock = Lock::take(folder)?;
    clear_unfinished(folder)?;
    let manifest = manifest(files, provenance)?;
    let last = [(MANIFEST, manifest.as_slice())];
    let mut staged = Vec::with_capacity(files.len() + 1);
    for (name, bytes) in files.iter().chain(&last) {
        staged.push(stage(folder, name, |file| file.write_all(bytes))?);
    }
    let mut places = Vec::with_capacity(staged.len());
    for (file, place) in staged {
        if places.len() == files.len() {
            // The manifest must not reach the disk before the files it speaks of.
            sync_folder(folder)?;
        }
        file.persist(&place).map_err(|error| Error::io("write", &place)(error.error))?;
        places.push(place);
    }
    sync_folder(folder)?;
    places.truncate(files.len());
    Ok(places)
}

/// Writes files that are not there yet, their folders with them; refuses when one is, before writing any.
/// Names may have folders in them (`atlas/tasks.csv`).
///
/// # Errors
/// [`Error::Io`] when a file is there already or cannot be written.
pub fn write_new(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<Vec<PathBuf>, Error> {
    if let Some((name, _)) = files.iter().find(|(name, _)| folder.join(name).exists()) {
        let taken = io::Error::new(
            io::ErrorKind::AlreadyExists,
            "it is already there; move it away or choose another folder",
        );
        return Err(Error::io("write", folder.join(name))(taken));
    }
    let mut places = Vec::with_capacity(files.len());
    for (name, bytes) in files {
        let place = folder.join(name);
        let within = place.parent().unwrap_or(folder);
        std::fs::create_dir_all(within).map_err(Error::io("make", within))?;
        let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (file, place) = stage(within, &name, |file| file.write_all(bytes))?;
        file.persist_noclobber(&place).map_err(|error| Error::io("write", &place)(error.error))?;
        places.push(place);
    }
    Ok(places)
}

/// Names that would leave the folder or overwrite each other are a bug of the caller.
fn check_names(files: &[(&str, &[u8])]) -> Result<(), Error> {
    let mut seen = std::collections::BTreeSet::from([MANIFEST]);
    for (name, _) in files {
        let message = if Path::new(name).file_name() != Some(name.as_ref()) {
            "its name is not the name of a file"
        } else if !seen.insert(name) {
            "its name occurs twice"
        } else {
            continue;
        };
        return Err(Error::Render { what: (*name).to_owned(), message: message.to_owned() });
    }
    Ok(())
}

fn manifest(files: &[(&str, &[u8])], provenance: &Provenance) -> Result<Vec<u8>, Error> {
    let dates = provenance.status_dates.iter();
    let manifest = Manifest {
        schema: "earnest/manifest/1",
        program: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        status_dates: dates.map(|(project, status_date)| StatusDate { project, status_date }).collect(),
        inputs: provenance.inputs.iter().map(|(name, sha256)| Input { name, sha256 }).collect(),
        outputs: files
            .iter()
            .map(|(name, bytes)| Output {
                name,
                bytes: bytes.len(),
                sha256: name::hex(&Sha256::digest(bytes)),
            })
            .collect(),
    };
    let mut json = serde_json::to_vec_pretty(&manifest)
        .map_err(|error| Error::Render { what: MANIFEST.to_owned(), message: error.to_string() })?;
    json.push(b'\n');
    Ok(json)
}

/// Writes a file in full beside its place. Dropped without [`NamedTempFile::persist`], it is gone.
fn stage(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<(NamedTempFile, PathBuf), Error> {
    let place = folder.join(name);
    let written = || {
        let mut builder = tempfile::Builder::new();
        builder.prefix(UNFINISHED.0).suffix(UNFINISHED.1);
        #[cfg(unix)]
        {
            // As any new file: what the umask leaves of it, not for the owner alone.
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let mut file = builder.tempfile_in(folder)?;
        write(file.as_file_mut())?;
        file.as_file().sync_all()?;
        Ok(file)
    };
    match written() {
        Ok(file) => Ok((file, place)),
        Err(error) => Err(Error::io("write", place)(error)),
    }
}

/// Removes what killed runs left; the lock says that nobody is still writing it.
fn clear_unfinished(folder: &Path) -> Result<(), Error> {
    for entry in std::fs::read_dir(folder).map_err(Error::io("read", folder))? {
        let entry = entry.map_err(Error::io("read", folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1) {
            std::fs::remove_file(entry.path()).map_err(Error::io("remove", entry.path()))?;
        }
    }
    Ok(())
}

/// Makes renames in a folder last through a power cut; other systems than Unix do so by themselves.
fn sync_folder(folder: &Path) -> Result<(), Error> {
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::io("write", folder))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> (tempfile::TempDir, Settings) {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::new(&folder.path().join("reports/march"));
        (folder, settings)
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn files_and_manifest_arrive_the_same_every_time() {
        let (_keep, settings) = settings();
        let provenance = Provenance {
            status_dates: vec![("atlas".into(), "2026-03-31".into())],
            inputs: vec![("atlas/tasks.csv".into(), "ab".repeat(32))],
        };
        let files: [(&str, &[u8]); 2] = [("b.json", b"abc"), ("a.pdf", b"")];
        let places = deliver(&files, &provenance, &settings).unwrap();
        assert_eq!(places, [settings.folder.join("b.json"), settings.folder.join("a.pdf")]);
        assert_eq!(names(&settings.folder), [".earnest.lock", "a.pdf", "b.json", "manifest.json"]);
        // SHA-256 of "abc" and of nothing: FIPS 180-2, appendix B.1, and NIST's test vectors.
        let expected = format!(
            r#"{{
  "schema": "earnest/manifest/1",
  "program": "earnest",
  "version": "{}",
  "status_dates": [
    {{
      "project": "atlas",
      "status_date": "2026-03-31"
    }}
  ],
  "inputs": [
    {{
      "name": "atlas/tasks.csv",
      "sha256": "{}"
    }}
  ],
  "outputs": [
    {{
      "name": "b.json",
      "bytes": 3,
      "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    }},
    {{
      "name": "a.pdf",
      "bytes": 0,
      "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    }}
  ]
}}
"#,
            env!("CARGO_PKG_VERSION"),
            "ab".repeat(32)
        );
        let read = || std::fs::read_to_string(settings.folder.join(MANIFEST)).unwrap();
        assert_eq!(read(), expected);
        deliver(&files, &provenance, &settings).unwrap();
        assert_eq!(read(), expected);
    }

    #[test]
    fn a_write_that_fails_leaves_the_old_file() {
        let (_keep, settings) = settings();
        deliver(&[("a.pdf", b"old")], &Provenance::default(), &settings).unwrap();
        let full = |file: &mut File| {
            file.write_all(b"ne")?;
            Err(io::Error::from(io::ErrorKind::StorageFull))
        };
        let error = stage(&settings.folder, "a.pdf", full).unwrap_err();
        assert!(error.to_string().starts_with("cannot write"), "{error}");
        assert!(error.to_string().contains("a.pdf"), "{error}");
        assert_eq!(std::fs::read(settings.folder.join("a.pdf")).unwrap(), b"old");
        assert_eq!(names(&settings.folder), [".earnest.lock", "a.pdf", "manifest.json"]);
    }

    #[test]
    fn what_a_killed_run_left_is_cleared_by_the_next() {
        let (_keep, settings) = settings();
        deliver(&[("a.pdf", b"old")], &Provenance::default(), &settings).unwrap();
        let (unfinished, _) = stage(&settings.folder, "a.pdf", |file| file.write_all(b"half")).unwrap();
        unfinished.keep().unwrap();
        assert_eq!(names(&settings.folder).len(), 4);
        assert_eq!(std::fs::read(settings.folder.join("a.pdf")).unwrap(), b"old");
        deliver(&[("a.pdf", b"new")], &Provenance::default(), &settings).unwrap();
        assert_eq!(names(&settings.folder), [".earnest.lock", "a.pdf", "manifest.json"]);
        assert_eq!(std::fs::read(settings.folder.join("a.pdf")).unwrap(), b"new");
    }

    #[test]
    fn a_second_run_is_refused_while_the_first_writes() {
        let (_keep, settings) = settings();
        std::fs::create_dir_all(&settings.folder).unwrap();
        let lock = Lock::take(&settings.folder).unwrap();
        let error = deliver(&[("a.pdf", b"")], &Provenance::default(), &settings).unwrap_err();
        assert!(matches!(&error, Error::Locked { holder, .. } if *holder == std::process::id().to_string()));
        drop(lock);
        deliver(&[("a.pdf", b"")], &Provenance::default(), &settings).unwrap();
    }

    #[test]
    fn names_that_leave_the_folder_or_meet_are_refused() {
        let (_keep, settings) = settings();
        for files in
            [&[("../a", b"".as_slice())][..], &[("a", b""), ("a", b"")], &[(MANIFEST, b"")], &[("", b"")]]
        {
            assert!(deliver(files, &Provenance::default(), &settings).is_err(), "{files:?}");
        }
        assert!(!settings.folder.exists());
    }
}
