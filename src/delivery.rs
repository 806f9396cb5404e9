//! Bytes to disk, atomically: lock, temporary files, fsync, rename, manifest. Knows nothing of ours.
//!
//! All files are written in full beside their places, each as soon as it is made, before the first takes its place,
//! and the manifest comes last. A run killed at any moment leaves every file either old or new, none in part.

mod lock;
mod name;

pub use name::{file_name, file_names, meet};

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
    outputs: Vec<&'a Output>,
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

#[derive(Clone, Debug, Serialize)]
struct Output {
    name: String,
    bytes: usize,
    sha256: String,
}

/// A folder that files are being delivered to; no other run is while it lasts.
pub struct Delivery {
    folder: PathBuf,
    _lock: Lock,
}

/// A file written in full beside its place. Dropped before the delivery is closed, it is gone.
#[derive(Debug)]
pub struct Staged {
    file: NamedTempFile,
    place: PathBuf,
    output: Output,
}

impl Delivery {
    /// Makes the folder where it is not there, takes its lock and clears what killed runs left.
    ///
    /// # Errors
    /// [`Error::Locked`] when another run writes to the folder, [`Error::Io`] when it cannot be made or read.
    pub fn open(settings: &Settings) -> Result<Self, Error> {
        let folder = settings.folder.clone();
        std::fs::create_dir_all(&folder).map_err(Error::io("make", &folder))?;
        let lock = Lock::take(&folder)?;
        clear_unfinished(&folder)?;
        Ok(Self { folder, _lock: lock })
    }

    /// Writes a file beside its place: several threads may, each as soon as it has one.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be written, [`Error::Render`] when its name is no file name.
    pub fn stage(&self, name: &str, bytes: &[u8]) -> Result<Staged, Error> {
        check_name(name)?;
        let sha256 = name::hex(&Sha256::digest(bytes));
        let output = Output { name: name.to_owned(), bytes: bytes.len(), sha256 };
        let (file, place) = stage(&self.folder, name, |file| file.write_all(bytes))?;
        Ok(Staged { file, place, output })
    }

    /// Puts the files in their places and the manifest last; returns where they are, in the order given.
    ///
    /// # Errors
    /// [`Error::Io`] when something cannot be written, [`Error::Render`] when a name occurs twice.
    pub fn close(self, staged: Vec<Staged>, provenance: &Provenance) -> Result<Vec<PathBuf>, Error> {
        check_once(staged.iter().map(|staged| staged.output.name.as_str()))?;
        let manifest = manifest(staged.iter().map(|staged| &staged.output), provenance)?;
        let (manifest, last) = stage(&self.folder, MANIFEST, |file| file.write_all(&manifest))?;
        let persist = |file: NamedTempFile, place: &Path| {
            file.persist(place).map(drop).map_err(|error| Error::io("write", place)(error.error))
        };
        let mut places = Vec::with_capacity(staged.len());
        for Staged { file, place, .. } in staged {
            persist(file, &place)?;
            places.push(place);
        }
        // The manifest must not reach the disk before the files it speaks of.
        sync_folder(&self.folder)?;
        persist(manifest, &last)?;
        sync_folder(&self.folder)?;
        Ok(places)
    }
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

/// A name that would leave the folder is a bug of the caller.
fn check_name(name: &str) -> Result<(), Error> {
    if Path::new(name).file_name() == Some(name.as_ref()) {
        Ok(())
    } else {
        Err(refused(name, "its name is not the name of a file"))
    }
}

/// So are names that would overwrite each other.
fn check_once<'n>(names: impl Iterator<Item = &'n str>) -> Result<(), Error> {
    let mut seen = std::collections::BTreeSet::from([MANIFEST]);
    for name in names {
        if !seen.insert(name) {
            return Err(refused(name, "its name occurs twice"));
        }
    }
    Ok(())
}

fn refused(name: &str, message: &str) -> Error {
    Error::Render { what: name.to_owned(), message: message.to_owned() }
}

fn manifest<'o>(
    outputs: impl Iterator<Item = &'o Output>,
    provenance: &'o Provenance,
) -> Result<Vec<u8>, Error> {
    let dates = provenance.status_dates.iter();
    let manifest = Manifest {
        schema: "earnest/manifest/1",
        program: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        status_dates: dates.map(|(project, status_date)| StatusDate { project, status_date }).collect(),
        inputs: provenance.inputs.iter().map(|(name, sha256)| Input { name, sha256 }).collect(),
        outputs: outputs.collect(),
    };
    let mut json =
        serde_json::to_vec_pretty(&manifest).map_err(|error| refused(MANIFEST, &error.to_string()))?;
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

    fn deliver(
        files: &[(&str, &[u8])],
        provenance: &Provenance,
        settings: &Settings,
    ) -> Result<Vec<PathBuf>, Error> {
        let delivery = Delivery::open(settings)?;
        let staged = files.iter().map(|(name, bytes)| delivery.stage(name, bytes));
        let staged = staged.collect::<Result<_, _>>()?;
        delivery.close(staged, provenance)
    }

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
        assert_eq!(names(&settings.folder), [".earnest.lock"]);
    }
}
