//! Chance for a block of trials: `xoshiro128++` (Blackman and Vigna, ACM TOMS 47, 2021), one generator a lane,
//! seeded by `SplitMix64` (Steele, Lea and Flood 2014) from the seed, the project and the block. A block's
//! numbers depend on nothing else, so neither the number of threads nor the order of blocks matters.

#![expect(clippy::inline_always, reason = "what is not inlined does not get the vectors of its caller")]

use super::block::LANES;

/// The chances of one block.
pub(super) struct Chances {
    state: [Draws; 4],
}

/// A chance a lane, as a whole number of 2^-32.
pub(super) type Draws = [u32; LANES];

impl Chances {
    /// The stream of a block.
    pub(super) fn of(seed: u64, project: u64, block: u64) -> Self {
        let mut mixed = seed;
        for key in [project, block] {
            mixed = next(&mut mixed) ^ key;
        }
        let mut words = next(&mut mixed);
        let mut state = [[0; LANES]; 4];
        for lane in 0..LANES {
            for pair in 0..2 {
                let bits = next(&mut words);
                state[2 * pair][lane] = (bits >> 32) as u32;
                state[2 * pair + 1][lane] = (bits & 0xFFFF_FFFF) as u32;
            }
            // The one state that a generator never leaves.
            if state.iter().all(|word| word[lane] == 0) {
                state[0][lane] = 1;
            }
        }
        Self { state }
    }

    /// The next chance of every lane.
    // The state is read and written lane by lane, in memory: kept in local variables it would be taken apart
    // into scalars, and nothing would be done in vector registers.
    #[inline(always)]
    pub(super) fn draw(&mut self, draws: &mut Draws) {
        let [first, second, third, fourth] = &mut self.state;
        for k in 0..LANES {
            let (one, two) = (first[k], second[k]);
            draws[k] = one.wrapping_add(fourth[k]).rotate_left(7).wrapping_add(one);
            let (three, four) = (third[k] ^ one, fourth[k] ^ two);
            first[k] = one ^ four;
            second[k] = two ^ three;
            third[k] = three ^ (two << 9);
            fourth[k] = four.rotate_left(11);
        }
    }
}

/// `SplitMix64`.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A project's key: FNV-1a of its id, so that it has the same trials alone and in a batch.
pub(super) fn key(id: &str) -> u64 {
    id.bytes()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_stream() {
        // xoshiro128plusplus.c by Blackman and Vigna, from state 1, 2, 3, 4: as in the tests of the crate
        // rand_xoshiro 0.6, which took them from the reference implementation.
        let mut chances = Chances { state: [[1; LANES], [2; LANES], [3; LANES], [4; LANES]] };
        let mut draws = [0; LANES];
        let found: Vec<u32> = (0..10)
            .map(|_| {
                chances.draw(&mut draws);
                draws[LANES - 1]
            })
            .collect();
        assert_eq!(
            found,
            [
                641,
                1_573_767,
                3_222_811_527,
                3_517_856_514,
                836_907_274,
                4_247_214_768,
                3_867_114_732,
                1_355_841_295,
                495_546_011,
                621_204_420
            ]
        );
    }

    #[test]
    fn every_block_of_every_project_has_a_stream_of_its_own() {
        let first = |seed, project, block| {
            let mut draws = [0; LANES];
            Chances::of(seed, project, block).draw(&mut draws);
            draws
        };
        let one = first(1, key("A"), 0);
        assert_eq!(one, first(1, key("A"), 0));
        for other in [first(2, key("A"), 0), first(1, key("B"), 0), first(1, key("A"), 1)] {
            assert!(one.iter().zip(other).filter(|(a, b)| **a == *b).count() < 2);
        }
    }

    #[test]
    fn lanes_are_uniform_and_do_not_follow_each_other() {
        // 2,000 draws of 64 lanes: the mean of a uniform is 0.5 with a standard error of 0.0008, and the
        // correlation of neighbouring lanes 0 with 0.0028; five of them.
        let mut chances = Chances::of(3, 4, 5);
        let mut draws = [0; LANES];
        let (mut sum, mut product) = (0.0, 0.0);
        for _ in 0..2_000 {
            chances.draw(&mut draws);
            let centred = draws.map(|draw| f64::from(draw) / 4_294_967_296.0 - 0.5);
            sum += centred.iter().sum::<f64>();
            product += centred.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>();
        }
        assert!((sum / 128_000.0).abs() < 0.004);
        assert!((product / 126_000.0 * 12.0).abs() < 0.014);
    }
}
