//! Bytes to disk, atomically: lock, temporary file, fsync, rename, manifest. Knows nothing of ours.

use std::path::{Path, PathBuf};

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
