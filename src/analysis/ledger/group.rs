//! The grouping itself: priced rows by one integer code and the period of their day, in polars.

use chrono::{Datelike, Days, NaiveDate};
use polars::prelude::*;

use crate::quantity::{Money, Work};

/// The code a row is grouped by; null leaves the row out.
pub(super) const CODE: &str = "code";
/// The day of the row.
pub(super) const DAY: &str = "day";
/// Its seconds of work.
pub(super) const SECONDS: &str = "seconds";
/// Its cost.
pub(super) const COST: &str = "cost";

/// Whether its periods are weeks.
pub(super) const WEEKLY: &str = "weekly";

const KEY: &str = "key";
const FIRST: &str = "first";
const LAST: &str = "last";

/// Polars counts days from 1970-01-01, a Thursday; its week began three days before.
const MONDAY_BEFORE_EPOCH: i64 = 3;

/// The sum of the rows of one code in one period.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    /// What the rows were grouped by.
    pub(super) code: u32,
    /// Work.
    pub(super) work: Work,
    /// Cost.
    pub(super) cost: Money,
    /// First day with a row: the period is the one it lies in.
    pub(super) first_day: NaiveDate,
    /// Last day with a row.
    pub(super) last_day: NaiveDate,
}

/// Sums of [`SECONDS`] and [`COST`] by [`CODE`] and period, sorted by both. Rows without a code or day are
/// left out. Periods are weeks where [`WEEKLY`] says so, months elsewhere; a code is one or the other.
///
/// Code and period are packed into one integer: polars groups a single integer key several times faster
/// than two columns, and streams, so that nothing of the size of the table is held beside it.
pub(super) fn by_code_and_period(frame: DataFrame) -> PolarsResult<Vec<Cell>> {
    let week = (col(DAY).cast(DataType::Int32).cast(DataType::Int64) + lit(MONDAY_BEFORE_EPOCH))
        .floor_div(lit(7_i64));
    let month = col(DAY).dt().year().cast(DataType::Int64) * lit(12_i64)
        + col(DAY).dt().month().cast(DataType::Int64);
    let period = when(col(WEEKLY)).then(week).otherwise(month);
    // Moved far before any date, the period is positive and fills the lower half of the key.
    let key = col(CODE).cast(DataType::UInt64) * lit(1_u64 << 32)
        + (period + lit(1_i64 << 31)).cast(DataType::UInt64);
    let grouped = within_range(frame)?
        .lazy()
        .filter(col(CODE).is_not_null().and(col(DAY).is_not_null()))
        .select([key.alias(KEY), col(DAY), col(SECONDS), col(COST)])
        .group_by([col(KEY)])
        .agg([
            col(SECONDS).sum(),
            col(COST).sum(),
            col(DAY).min().cast(DataType::Int32).alias(FIRST),
            col(DAY).max().cast(DataType::Int32).alias(LAST),
        ])
        .collect_with_engine(Engine::Streaming)?
        .unwrap_single();
    let mut cells = cells(&grouped)?;
    cells.sort_unstable_by_key(|cell| (cell.code, cell.first_day));
    Ok(cells)
}

/// The grouped frame as cells.
fn cells(grouped: &DataFrame) -> PolarsResult<Vec<Cell>> {
    let (key, seconds) = (grouped.column(KEY)?.u64()?, grouped.column(SECONDS)?.i64()?);
    let (cost, first, last) =
        (grouped.column(COST)?.i64()?, grouped.column(FIRST)?.i32()?, grouped.column(LAST)?.i32()?);
    let rows = key.iter().zip(seconds.iter()).zip(cost.iter()).zip(first.iter().zip(last.iter()));
    Ok(rows
        .filter_map(|(((key, seconds), cost), (first, last))| {
            Some(Cell {
                code: u32::try_from(key? >> 32).ok()?,
                work: Work(seconds?),
                cost: Money(cost?),
                first_day: date(first?)?,
                last_day: date(last?)?,
            })
        })
        .collect())
}

/// Keeps sums inside 64 bits. Amounts whose absolute sum would not fit are absurd (900 billion units of
/// a currency together); they are cut so that a sum saturates, as [`Money`] does, instead of wrapping.
fn within_range(mut frame: DataFrame) -> PolarsResult<DataFrame> {
    for name in [SECONDS, COST] {
        let values = frame.column(name)?.i64()?;
        let total: u128 = values.iter().flatten().map(|v| u128::from(v.unsigned_abs())).sum();
        if i64::try_from(total).is_err() {
            let limit = i64::MAX / i64::try_from(values.len().max(1)).unwrap_or(i64::MAX);
            let cut = values.apply_values(|v| v.clamp(-limit, limit));
            frame.with_column(cut.into_column())?;
        }
    }
    Ok(frame)
}

/// A date from polars' days since 1970-01-01.
pub(super) fn date(days: i32) -> Option<NaiveDate> {
    let epoch = NaiveDate::default();
    let distance = Days::new(u64::from(days.unsigned_abs()));
    if days < 0 { epoch.checked_sub_days(distance) } else { epoch.checked_add_days(distance) }
}

/// Days since 1970-01-01, as polars counts them.
pub(super) fn days(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - NaiveDate::default().num_days_from_ce()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::PeriodKind;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn frame(rows: &[(Option<u32>, &str, i64, i64)], kind: PeriodKind) -> DataFrame {
        let code: Vec<_> = rows.iter().map(|r| r.0).collect();
        let dates: Vec<_> = rows.iter().map(|r| days(day(r.1))).collect();
        let seconds: Vec<_> = rows.iter().map(|r| r.2).collect();
        let cost: Vec<_> = rows.iter().map(|r| r.3).collect();
        DataFrame::new_infer_height(vec![
            Column::new(CODE.into(), code),
            Column::new(WEEKLY.into(), vec![kind == PeriodKind::Week; rows.len()]),
            Column::new(DAY.into(), dates).cast(&DataType::Date).unwrap(),
            Column::new(SECONDS.into(), seconds),
            Column::new(COST.into(), cost),
        ])
        .unwrap()
    }

    #[test]
    fn days_fall_together_exactly_where_the_calendar_says_so() {
        // Four years from before polars' epoch on, every day: leap days, ends of weeks, months and years.
        let all: Vec<_> = (-800..660).filter_map(date).map(|d| d.to_string()).collect();
        let rows: Vec<_> = all.iter().map(|d| (Some(7), d.as_str(), 1, 2)).collect();
        for kind in [PeriodKind::Week, PeriodKind::Month] {
            let cells = by_code_and_period(frame(&rows, kind)).unwrap();
            let mut next = day(&all[0]);
            for cell in cells {
                let period = kind.period_of(cell.first_day);
                assert_eq!(cell.first_day, next, "{kind:?}");
                assert_eq!(cell.last_day, period.last().min(day(&all[all.len() - 1])), "{kind:?}");
                let count = (cell.last_day - cell.first_day).num_days() + 1;
                assert_eq!((cell.work, cell.cost), (Work(count), Money(2 * count)));
                next = period.next;
            }
            assert!(next > day(&all[all.len() - 1]));
        }
    }

    #[test]
    fn rows_without_a_code_are_left_out_and_the_rest_is_summed() {
        let rows = [
            (Some(u32::MAX), "2026-03-31", 10, 5),
            (None, "2026-03-31", 99, 99),
            (Some(u32::MAX), "2026-03-02", 1, -7),
            (Some(0), "2026-04-01", 3, 3),
        ];
        let cells = by_code_and_period(frame(&rows, PeriodKind::Month)).unwrap();
        assert_eq!(cells.len(), 2);
        assert_eq!((cells[0].code, cells[0].work, cells[0].cost), (0, Work(3), Money(3)));
        assert_eq!((cells[1].code, cells[1].work, cells[1].cost), (u32::MAX, Work(11), Money(-2)));
        assert_eq!((cells[1].first_day, cells[1].last_day), (day("2026-03-02"), day("2026-03-31")));
    }

    #[test]
    fn absurd_amounts_saturate_instead_of_wrapping() {
        let rows = [(Some(1), "2026-03-31", 1, i64::MAX), (Some(1), "2026-03-30", 1, i64::MAX)];
        let cells = by_code_and_period(frame(&rows, PeriodKind::Month)).unwrap();
        assert!(cells[0].cost.0 > i64::MAX / 2, "{:?}", cells[0].cost);
    }
}
