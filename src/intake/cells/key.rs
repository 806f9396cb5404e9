//! A text as a few numbers, by which it is looked up.

use crate::source::Block;

/// The longest text that is told by its key alone.
const SHORT: usize = 23;
/// Bytes of a key.
const SIZE: usize = 24;
const _: () = assert!(SIZE <= Block::ROOM, "the bytes of a key can be read at every cell");

/// The bytes of a text, zeros behind them, and in the last byte its length. Of a text longer than [`SHORT`] it is
/// the beginning and a hash of the rest, and the last byte says so.
pub(super) type Key = [u64; 3];

/// The last byte of the key of a long text.
const LONG: u64 = 0xff << 56;

/// No text has that key: none is as long, and none longer has it in the last byte.
pub(super) const NO_KEY: Key = [0, 0, 0x80 << 56];

/// The key of a text among bytes that go on for at least a key's worth.
#[expect(clippy::inline_always, reason = "a key handed over in memory costs as much as finding it")]
#[inline(always)]
pub(super) fn key(bytes: &[u8], start: usize, length: usize) -> Option<Key> {
    let (words, _) = bytes.get(start..start + SIZE)?.as_chunks::<8>();
    let word = |nth: usize| u64::from_le_bytes(words[nth]);
    match KEPT.get(length) {
        Some([first, second, third, length]) => {
            Some([word(0) & first, word(1) & second, word(2) & third | length])
        }
        None => Some([word(0), word(1), hash_of_long(bytes.get(start + 16..start + length)?) | LONG]),
    }
}

/// Whether the key alone tells the text.
pub(super) fn tells([.., last]: Key) -> bool {
    last < LONG
}

/// The lower half chooses a place, the upper is there to recognise it.
#[expect(clippy::cast_possible_truncation, reason = "32 bits choose among all places there are")]
#[inline]
pub(super) fn hash([first, second, third]: Key) -> (usize, u32) {
    let hash = fold(first ^ STEPS[0], second ^ third.wrapping_mul(STEPS[2]) ^ STEPS[1]);
    (hash as usize, (hash >> 32) as u32)
}

#[inline(never)]
fn hash_of_long(text: &[u8]) -> u64 {
    text.iter().fold(0, |hash, byte| fold(hash ^ u64::from(*byte), STEPS[0]))
}

/// For texts of 0 to 23 bytes what is kept of three words of eight bytes, and what is added to the last.
const KEPT: [[u64; 4]; SHORT + 1] = {
    let mut kept = [[0; 4]; SHORT + 1];
    let mut length = 0;
    while length <= SHORT {
        let mut byte = 0;
        while byte < length {
            kept[length][byte / 8] |= 0xff << (byte % 8 * 8);
            byte += 1;
        }
        kept[length][3] = (length as u64) << 56;
        length += 1;
    }
    kept
};

/// Numbers without a pattern, that no text is likely to spell.
const STEPS: [u64; 3] = [0x2545_f491_4f6c_dd1d, 0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93];

/// One step of a hash: a product of which both halves are kept.
#[expect(clippy::cast_possible_truncation, reason = "both halves of the product are taken")]
fn fold(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    (product as u64) ^ ((product >> 64) as u64)
}
