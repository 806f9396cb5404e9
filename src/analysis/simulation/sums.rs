//! Sums over trials, from which means, deviations and correlations follow.

#![expect(clippy::inline_always, reason = "what is not inlined does not get the vectors of its caller")]

use super::block::Lanes;

/// What is summed up of a node over trials; values are taken from the node's centre.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NodeSums {
    pub(super) critical: u64,
    pub(super) duration: Sums,
    pub(super) cost: Shares,
}

/// What is summed up of an event.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct EventSums {
    pub(super) delay: Shares,
    pub(super) loss: Shares,
}

/// Sums of a value x, and of its products with itself and with the value y it is set against.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) x: f64,
    pub(super) xx: f64,
    pub(super) xy: f64,
}

impl Sums {
    pub(super) fn add(&mut self, other: Self) {
        self.x += other.x;
        self.xx += other.xx;
        self.xy += other.xy;
    }
}

/// Sums of what is part of a whole: its own values, and their products with the whole.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shares {
    pub(super) x: f64,
    pub(super) xy: f64,
}

impl Shares {
    pub(super) fn add(&mut self, other: Self) {
        self.x += other.x;
        self.xy += other.xy;
    }
}

impl From<Sums> for Shares {
    #[inline(always)]
    fn from(Sums { x, xy, .. }: Sums) -> Self {
        Self { x, xy }
    }
}

/// Sums over a row, in eight partial sums that the compiler keeps in vector registers.
#[inline(always)]
pub(super) fn products(values: &Lanes, centre: f32, against: &Lanes) -> Sums {
    const PARTS: usize = 8;
    let (mut x, mut xx, mut xy) = ([0.0_f32; PARTS], [0.0_f32; PARTS], [0.0_f32; PARTS]);
    for (values, against) in values.as_chunks::<PARTS>().0.iter().zip(against.as_chunks::<PARTS>().0) {
        for k in 0..PARTS {
            let value = values[k] - centre;
            x[k] += value;
            xx[k] += value * value;
            xy[k] += value * against[k];
        }
    }
    let sum = |parts: [f32; PARTS]| {
        let parts = parts.map(f64::from);
        // By halves: one after the other they would wait for each other.
        let halves: [f64; 4] = std::array::from_fn(|k| parts[k] + parts[k + 4]);
        (halves[0] + halves[2]) + (halves[1] + halves[3])
    };
    Sums { x: sum(x), xx: sum(xx), xy: sum(xy) }
}
