//! The world failed: I/O, a broken template, our own bug. What is wrong with the data is a
//! [`crate::diagnostic::Diagnostic`] instead.

use std::path::PathBuf;

/// Why a run stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("cannot {doing} {path}: {source}", path = path.display())]
    Io {
        /// `read`, `write`, `lock`.
        doing: &'static str,
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Settings or a template say something that cannot be.
    #[error("{path}: {message}", path = path.display())]
    Settings {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do, with the line where known.
        message: String,
    },
    /// Another run is writing to the same folder.
    #[error("{path} is in use by another run (process {holder}); wait for it or choose another --out", path = path.display())]
    Locked {
        /// The output folder.
        path: PathBuf,
        /// Who holds it.
        holder: String,
    },
    /// A file could not be made.
    #[error("cannot make {what}: {message}")]
    Render {
        /// `atlas-status-2026-03-31.pdf`.
        what: String,
        /// What went wrong.
        message: String,
    },
}

impl Error {
    /// Makes an I/O error that names what was being done and to what.
    pub fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { doing, path, source }
    }
}
