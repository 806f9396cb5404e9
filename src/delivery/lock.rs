//! One run at a time in an output folder.

use std::fs::{File, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

use crate::error::Error;

/// The lock's name in the output folder. The file stays: to remove it would let two runs in at once,
/// one by the old file and one by a new.
const NAME: &str = ".earnest.lock";

/// Held until dropped; the system lets go of it when the process ends, however it ends.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a folder and writes the process's number into it.
    pub(super) fn take(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(NAME);
        let fail = || Error::io("lock", &path);
        let mut options = File::options();
        let mut file =
            options.read(true).write(true).create(true).truncate(false).open(&path).map_err(fail())?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::Error(error)) => return Err(fail()(error)),
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // Between lock and number the file is empty; that another run is there is what counts.
                let _ = file.take(20).read_to_string(&mut holder);
                let holder = if holder.trim().is_empty() { "unknown" } else { holder.trim() }.to_owned();
                return Err(Error::Locked { path: folder.to_owned(), holder });
            }
        }
        file.set_len(0).map_err(fail())?;
        writeln!(file, "{}", std::process::id()).map_err(fail())?;
        Ok(Self { _file: file })
    }
}
