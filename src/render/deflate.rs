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
        self.append_all(&[content], out)
    }

    /// Appends the compressed content of pieces that follow each other.
    ///
    /// # Errors
    /// When it cannot be compressed: our own bug.
    pub(super) fn append_all(&mut self, pieces: &[&[u8]], out: &mut Vec<u8>) -> Result<(), String> {
        self.0.reset();
        out.reserve(pieces.iter().map(|piece| piece.len()).sum::<usize>() / 3 + 256);
        let (last, before) =
            pieces.split_last().map_or((&b""[..], &[][..]), |(last, before)| (*last, before));
        for piece in before.iter().filter(|piece| !piece.is_empty()) {
            self.push(piece, FlushCompress::None, out)?;
        }
        self.push(last, FlushCompress::Finish, out)
    }

    fn push(&mut self, mut rest: &[u8], flush: FlushCompress, out: &mut Vec<u8>) -> Result<(), String> {
        loop {
            let before = self.0.total_in();
            let status = self.0.compress_vec(rest, out, flush).map_err(|error| error.to_string())?;
            let read = usize::try_from(self.0.total_in() - before).unwrap_or(usize::MAX);
            rest = rest.get(read..).unwrap_or_default();
            let done = match flush {
                FlushCompress::Finish => status == Status::StreamEnd,
                _ => rest.is_empty(),
            };
            if done {
                return Ok(());
            }
            out.reserve(rest.len() / 3 + 256);
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
                let (one, other) = content.split_at(content.len() / 3);
                deflate.append_all(&[one, b"", other], &mut compressed).unwrap();
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
