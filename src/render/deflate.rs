//! Compression, one piece after the other with the same memory: to set it up takes longer than a small piece.

use libdeflater::{CompressionLvl, Compressor};

/// What compresses.
pub(super) struct Deflate {
    compressor: Compressor,
    wrapped: bool,
    /// What is made of several pieces: the compressor wants it in one.
    whole: Vec<u8>,
    /// Where it writes; its size is that of the largest piece so far.
    room: Vec<u8>,
}

impl Deflate {
    /// At this level of 12. `wrapped` pieces have head and checksum of their own (RFC 1950), others are bare (RFC 1951).
    pub(super) fn new(level: u8, wrapped: bool) -> Self {
        let level = CompressionLvl::new(level.into()).unwrap_or_default();
        Self { compressor: Compressor::new(level), wrapped, whole: Vec::new(), room: Vec::new() }
    }

    /// Appends the compressed content.
    ///
    /// # Errors
    /// When it cannot be compressed: our own bug.
    pub(super) fn append(&mut self, content: &[u8], out: &mut Vec<u8>) -> Result<(), String> {
        let Self { compressor, wrapped, room, .. } = self;
        let most = if *wrapped {
            compressor.zlib_compress_bound(content.len())
        } else {
            compressor.deflate_compress_bound(content.len())
        };
        room.resize(room.len().max(most), 0);
        let size = if *wrapped {
            compressor.zlib_compress(content, room)
        } else {
            compressor.deflate_compress(content, room)
        };
        let size = size.map_err(|error| error.to_string())?;
        out.extend_from_slice(room.get(..size).unwrap_or_default());
        Ok(())
    }

    /// Appends the compressed content of pieces that follow each other.
    ///
    /// # Errors
    /// When it cannot be compressed: our own bug.
    pub(super) fn append_all(&mut self, pieces: &[&[u8]], out: &mut Vec<u8>) -> Result<(), String> {
        if let [piece] = pieces {
            return self.append(piece, out);
        }
        let mut whole = std::mem::take(&mut self.whole);
        whole.clear();
        for piece in pieces {
            whole.extend_from_slice(piece);
        }
        let done = self.append(&whole, out);
        self.whole = whole;
        done
    }
}

#[cfg(test)]
mod tests {
    use libdeflater::Decompressor;

    use super::*;

    #[test]
    fn pieces_come_back_whole() {
        let mut seed = 1_u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed.to_be_bytes()[0]
        })
        .take(200_000)
        .collect();
        for wrapped in [false, true] {
            let mut deflate = Deflate::new(1, wrapped);
            for content in [&b""[..], b"short", &vec![7; 300_000], &noise] {
                let (one, other) = content.split_at(content.len() / 3);
                let mut compressed = b"before".to_vec();
                deflate.append_all(&[one, b"", other], &mut compressed).unwrap();
                let (piece, mut back) = (&compressed[6..], vec![0; content.len()]);
                let mut decompressor = Decompressor::new();
                let size = if wrapped {
                    decompressor.zlib_decompress(piece, &mut back)
                } else {
                    decompressor.deflate_decompress(piece, &mut back)
                };
                assert_eq!(size, Ok(content.len()));
                assert!(back == content, "{} bytes", content.len());
            }
        }
    }
}
