//! A percentile of sorted values, between two of them in proportion: Hyndman and Fan, *Sample Quantiles in Statistical
//! Packages*, The American Statistician 50(4), 1996, definition 7, that of worksheets.

/// The value that a share of the sorted values does not exceed; 0 of none.
pub(super) fn percentile<T: Copy + Into<f64>>(sorted: &[T], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let (below, part) = place(last, share);
    let (low, high): (f64, f64) = (sorted[below].into(), sorted[(below + 1).min(last)].into());
    low + part * (high - low)
}

/// Where a percentile lies among values up to this index: the value below it, and the part of the way to the next.
pub(super) fn place(last: usize, share: f64) -> (usize, f64) {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    let at = share.clamp(0.0, 1.0) * last as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturating; not negative")]
    let below = (at.floor() as usize).min(last);
    (below, at.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_worksheets() {
        // PERCENTILE.INC({1, 2, 3, 4}, 0.3) is documented as 1.9.
        for (share, expected) in [(0.0, 1.0), (0.3, 1.9), (0.5, 2.5), (1.0, 4.0)] {
            assert!((percentile(&[1, 2, 3, 4], share) - expected).abs() < 1e-12, "{share}");
        }
        assert!((percentile(&[7.0_f32], 0.8) - 7.0).abs() < 1e-12);
        assert!(percentile::<f64>(&[], 0.5).abs() < 1e-12);
    }
}
