//! A zip file (PKWARE's APPNOTE 6.3, 4.3) written part after part: in memory, with one state of compression for all of
//! them.

use libdeflater::Crc;

use crate::render::deflate::Deflate;

/// The signatures of a part, of its entry in the directory, and of the directory's end.
const PART: u32 = 0x0403_4b50;
const ENTRY: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// Version 2.0 of the format, which knows compressed parts, and the same made on Unix.
const VERSION: u16 = 20;
const ON_UNIX: u16 = 3 << 8 | VERSION;
/// A file that its owner reads and writes, as Unix says it.
const OWNERS: u32 = 0o100_600 << 16;
const DEFLATED: u16 = 8;
/// Names are in UTF-8.
const UTF_8: u16 = 1 << 11;
/// 1 January 1980, the first day there is.
const DAY: u16 = 1 << 5 | 1;

/// A zip file in the making.
pub(super) struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    parts: usize,
    deflate: Deflate,
}

/// A part as it stands in another zip file.
pub(super) struct Part<'b> {
    /// The compressed bytes.
    pub(super) bytes: &'b [u8],
    /// The checksum of what they hold.
    pub(super) crc: u32,
    /// The size of what they hold.
    pub(super) size: u64,
}

impl Archive {
    /// An empty one with room for this many bytes.
    pub(super) fn with_capacity(bytes: usize, level: u8) -> Self {
        Self {
            bytes: Vec::with_capacity(bytes),
            directory: Vec::new(),
            parts: 0,
            deflate: Deflate::new(level, false),
        }
    }

    /// Adds a part and compresses it.
    ///
    /// # Errors
    /// When the archive is too large for its format, or cannot be compressed: our own bug.
    pub(super) fn add(&mut self, name: &str, content: &str) -> Result<(), String> {
        self.add_all(name, &[content])
    }

    /// Adds a part that is made of these pieces and compresses it.
    ///
    /// # Errors
    /// As [`Self::add`].
    pub(super) fn add_all(&mut self, name: &str, pieces: &[&str]) -> Result<(), String> {
        let pieces: Vec<&[u8]> = pieces.iter().map(|piece| piece.as_bytes()).collect();
        let mut crc = Crc::new();
        for piece in &pieces {
            crc.update(piece);
        }
        let at = self.open(name)?;
        let from = self.bytes.len();
        self.deflate.append_all(&pieces, &mut self.bytes)?;
        let sizes = [self.bytes.len() - from, pieces.iter().map(|piece| piece.len()).sum()];
        self.close(name, at, crc.sum(), sizes)
    }

    /// Adds a part that is compressed already.
    ///
    /// # Errors
    /// When the archive is too large for its format.
    pub(super) fn copy(&mut self, name: &str, part: &Part<'_>) -> Result<(), String> {
        let at = self.open(name)?;
        self.bytes.extend_from_slice(part.bytes);
        let size = usize::try_from(part.size).map_err(too_large)?;
        self.close(name, at, part.crc, [part.bytes.len(), size])
    }

    /// The archive with its directory.
    ///
    /// # Errors
    /// When it is too large for its format.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, String> {
        let at = short(self.bytes.len())?;
        let size = short(self.directory.len())?;
        let parts = u16::try_from(self.parts).map_err(too_large)?;
        self.bytes.append(&mut self.directory);
        self.bytes.extend(END.to_le_bytes());
        // All of it is on the first disk.
        self.bytes.extend([0; 4]);
        for count in [parts, parts] {
            self.bytes.extend(count.to_le_bytes());
        }
        for number in [size, at] {
            self.bytes.extend(number.to_le_bytes());
        }
        // No comment.
        self.bytes.extend([0; 2]);
        Ok(self.bytes)
    }

    /// Begins a part and returns where: checksum and sizes follow once they are known.
    fn open(&mut self, name: &str) -> Result<usize, String> {
        let at = self.bytes.len();
        self.bytes.extend(PART.to_le_bytes());
        self.bytes.extend(common(0, [0; 2], name)?);
        self.bytes.extend([0; 2]);
        self.bytes.extend(name.as_bytes());
        Ok(at)
    }

    fn close(&mut self, name: &str, at: usize, crc: u32, [packed, size]: [usize; 2]) -> Result<(), String> {
        let common = common(crc, [short(packed)?, short(size)?], name)?;
        if let Some(head) = self.bytes.get_mut(at + 4..at + 4 + common.len()) {
            head.copy_from_slice(&common);
        }
        let directory = &mut self.directory;
        directory.extend(ENTRY.to_le_bytes());
        directory.extend(ON_UNIX.to_le_bytes());
        directory.extend(common);
        // Nothing extra, no comment, the first disk, no sort of its own.
        directory.extend([0; 8]);
        directory.extend(OWNERS.to_le_bytes());
        directory.extend(short(at)?.to_le_bytes());
        directory.extend(name.as_bytes());
        self.parts += 1;
        Ok(())
    }
}

/// What the head of a part and its entry in the directory have in common.
fn common(crc: u32, sizes: [u32; 2], name: &str) -> Result<Vec<u8>, String> {
    let length = u16::try_from(name.len()).map_err(too_large)?;
    let flags = if name.is_ascii() { 0 } else { UTF_8 };
    let mut common = Vec::with_capacity(24);
    for word in [VERSION, flags, DEFLATED, 0, DAY] {
        common.extend(word.to_le_bytes());
    }
    for number in [crc, sizes[0], sizes[1]] {
        common.extend(number.to_le_bytes());
    }
    common.extend(length.to_le_bytes());
    Ok(common)
}

fn short(number: usize) -> Result<u32, String> {
    u32::try_from(number).map_err(too_large)
}

fn too_large(_: std::num::TryFromIntError) -> String {
    "the workbook is too large for its format".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read};
    use zip::ZipArchive;

    #[test]
    fn another_program_reads_the_parts() {
        let mut first = Archive::with_capacity(0, 1);
        first.add("xl/a.xml", "<a>once once once once</a>").unwrap();
        let first = first.finish().unwrap();
        let mut read = ZipArchive::new(Cursor::new(first.as_slice())).unwrap();
        let mut bytes = Vec::new();
        let mut part = read.by_index_raw(0).unwrap();
        part.read_to_end(&mut bytes).unwrap();
        let (crc, size) = (part.crc32(), part.size());

        let mut second = Archive::with_capacity(0, 1);
        second.add_all("b/ü.xml", &["ä", &"ä".repeat(8_999)]).unwrap();
        second.copy("a.xml", &Part { bytes: &bytes, crc, size }).unwrap();
        let second = second.finish().unwrap();
        let mut read = ZipArchive::new(Cursor::new(second.as_slice())).unwrap();
        let mut text = |name: &str| {
            let mut text = String::new();
            read.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        assert_eq!(text("a.xml"), "<a>once once once once</a>");
        assert_eq!(text("b/ü.xml"), "ä".repeat(9_000));
        assert_eq!(read.len(), 2);
    }
}
