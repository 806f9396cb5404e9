//! The generator's own chance: `SplitMix64` (Steele, Lea and Flood 2014), the same on every machine.

/// A stream of numbers that depends on nothing but its seed.
pub(super) struct Random(u64);

impl Random {
    /// The stream of one project: neighbours share nothing.
    pub(super) fn of(seed: u64, project: u64) -> Self {
        let mut mixed = Self(seed);
        let start = mixed.next() ^ Self(project.wrapping_add(1)).next();
        Self(start)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 up to, not including, `count`; 0 when there is nothing to choose from.
    pub(super) fn below(&mut self, count: usize) -> usize {
        let wide = u128::from(self.next()) * count as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// Between the two, evenly.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are kept")]
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        let unit = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        low + (high - low) * unit
    }

    /// True this often.
    pub(super) fn chance(&mut self, share: f64) -> bool {
        self.between(0.0, 1.0) < share
    }

    /// One of these.
    pub(super) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from.get(self.below(from.len())).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_stream() {
        // First numbers of SplitMix64 from seed 1234567: the reference of Vigna's splitmix64.c as used by
        // the Rosetta Code task "Pseudo-random numbers/Splitmix64".
        let mut random = Random(1_234_567);
        let found: Vec<u64> = (0..5).map(|_| random.next()).collect();
        assert_eq!(
            found,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821
            ]
        );
    }

    #[test]
    fn chance_stays_within_its_bounds() {
        let mut random = Random::of(7, 0);
        for _ in 0..1_000 {
            assert!(random.below(7) < 7);
            assert!((2.0..3.0).contains(&random.between(2.0, 3.0)));
        }
        assert_eq!(random.below(0), 0);
    }
}
