//! Compression, one piece after the other with the same memory: to set it up takes longer than a small piece.

use flate2::{Compress, Compression, FlushCompress, Status};

/// What compresses.
pub(super) struct Deflate(Compress);

impl Deflate {
    /// At this level of 9. `wrapped` pieces have head and checksum of their own (RFC 1950), others are bare (RFC 1951).
    pub(super) fn new(level: u32, wrapped: bool) -> Self {
        Self(Compress::new(Compression::new(level), wrapped))
    }

    /// Appends the compressed content.
    ///
    /// # Errors
    /// When it cannot be compressed: our own bug.
    pub(super) fn append(&mut self, content: &[u8], out: &mut Vec<u8>) -> Result<(), String> {
        self.0.reset();
        out.reserve(content.len() / 3 + 256);
        loop {
            let read = usize::try_from(self.0.total_in()).unwrap_or(usize::MAX);
            let rest = content.get(read..).unwrap_or_default();
            match self.0.compress_vec(rest, out, FlushCompress::Finish) {
                Ok(Status::StreamEnd) => return Ok(()),
                Ok(_) => out.reserve(rest.len() / 3 + 256),
                Err(error) => return Err(error.to_string()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

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
            let mut deflate = Deflate::new(2, wrapped);
            for content in [&b""[..], b"short", &vec![7; 300_000], &noise] {
                let (mut compressed, mut back) = (b"before".to_vec(), Vec::new());
                deflate.append(content, &mut compressed).unwrap();
                let piece = &compressed[6..];
                if wrapped {
                    flate2::read::ZlibDecoder::new(piece).read_to_end(&mut back).unwrap();
                } else {
                    flate2::read::DeflateDecoder::new(piece).read_to_end(&mut back).unwrap();
                }
                assert!(back == content, "{} bytes", content.len());
            }
        }
    }
}
