//! What a long list shows on paper: the rows that matter, in the order of the list. The workbook has all.

use crate::document::Row;

/// Leaves rows out of the print where there are more than `most`: those without a weight, and of the others
/// all but the `most` heaviest. Returns whether any was left out.
pub(super) fn heaviest(rows: &mut [Row], most: usize, weight: impl Fn(usize) -> Option<f64>) -> bool {
    if rows.len() <= most {
        return false;
    }
    let mut weighed: Vec<(usize, f64)> =
        (0..rows.len()).filter_map(|index| Some((index, weight(index)?))).collect();
    // A stable sort: of equals the first of the list are shown.
    weighed.sort_by(|a, b| b.1.total_cmp(&a.1));
    for row in rows.iter_mut() {
        row.workbook_only = true;
    }
    for (index, _) in weighed.into_iter().take(most) {
        rows[index].workbook_only = false;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(weights: &[Option<f64>], most: usize) -> Vec<usize> {
        let mut rows = vec![Row::new(Vec::new()); weights.len()];
        heaviest(&mut rows, most, |index| weights[index]);
        (0..rows.len()).filter(|index| !rows[*index].workbook_only).collect()
    }

    #[test]
    fn a_list_within_its_limit_is_whole() {
        assert_eq!(shown(&[None, Some(1.0), None], 3), [0, 1, 2]);
    }

    #[test]
    fn of_a_longer_one_the_heaviest_stay_in_their_order() {
        assert_eq!(shown(&[Some(1.0), None, Some(3.0), Some(2.0), Some(1.0)], 3), [0, 2, 3]);
        assert_eq!(shown(&[None, Some(1.0), None], 2), [1]);
        assert_eq!(shown(&[None, None], 1), [0; 0]);
    }
}
