//! How high each part of page 1 is, and what gives way where not all of it has room.

use super::{GAP, STORY, list_height, list_rows, narrative_lines, paragraph_gaps, tiles_abreast, u16_f32};
use crate::document::{Chart, Front, Plot};
use crate::render::chart;
use crate::render::pdf::blocks::TILE;
use crate::render::pdf::canvas::Canvas;
use crate::render::pdf::style::CAPTION;
use crate::render::pdf::table::Excerpt;

/// The chart is never lower than this, unless nothing else can give way.
const LEAST_CHART: f32 = 96.0;

/// The chart is this high before the lists get longer than they must be.
const GOOD_CHART: f32 = 124.0;

/// Nor is it higher than this.
const MOST_CHART: f32 = 240.0;

/// Lines of narrative, rows of milestones and items of lists that page 1 keeps if it can ...
const SOFT: [usize; 3] = [12, 6, 4];

/// ... and keeps in any case. The narrative ends with what is asked of the sponsor: that stays whole.
const HARD: [usize; 3] = [12, 1, 1];

/// What counts as much as another where one must give way: two milestones and an item of every list.
const SHARE: [usize; 3] = [12, 2, 1];

/// The heights of what can give way.
pub(super) struct Plan {
    /// Lines of the narrative.
    pub(super) narrative: usize,
    /// Height of the chart.
    pub(super) chart: f32,
    /// Height of the milestones.
    pub(super) milestones: f32,
    /// Items of a list.
    pub(super) items: usize,
}

impl Plan {
    /// What page 1 has room for in this height.
    pub(super) fn of(
        canvas: &mut Canvas<'_>,
        front: &Front,
        milestones: Option<&Excerpt<'_>>,
        room: f32,
    ) -> Self {
        let tiles =
            f32::from(u8::try_from(front.figures.chunks(tiles_abreast(front)).take(2).count()).unwrap_or(2));
        let tiles = if tiles > 0.0 { tiles * TILE + GAP - 3.0 } else { 0.0 };
        let chart = if front.chart.is_some() { CAPTION.leading + 2.0 + GAP - 3.0 } else { 0.0 };
        let all = front.milestones.as_ref().map_or(0, |table| table.rows.len().min(8));
        let mut rows = all;
        let mut items = front.lists.iter().map(|list| list.items.len()).max().unwrap_or(0).min(10);
        let mut lines = narrative_lines(canvas, front).min(12);
        // Two rows of lists show half as much of each.
        let soft_items = SOFT[2].div_ceil(list_rows(&front.lists).count().max(1));
        // Bars do not get better with more height than they need.
        let most = match &front.chart {
            Some(bars @ Chart { plot: Plot::Bars(_), .. }) => {
                chart::height(bars, canvas.width()).min(MOST_CHART)
            }
            _ => MOST_CHART,
        };
        // The height of the milestones, and what is left for the chart.
        let mut left = |lines: usize, rows: usize, items: usize| {
            let words = if lines > 0 {
                u16_f32(lines) * STORY.leading + paragraph_gaps(front) + GAP - 1.0
            } else {
                0.0
            };
            let milestones = milestones.map_or(0.0, |excerpt| excerpt.height(rows));
            let gap = if milestones > 0.0 { GAP } else { 0.0 };
            let used = words + tiles + chart + milestones + gap + list_height(canvas, &front.lists, items);
            (milestones, room - used)
        };
        let (least, good) = if front.chart.is_some() { (LEAST_CHART, GOOD_CHART) } else { (0.0, 0.0) };
        loop {
            let (mut milestones, mut rest) = left(lines, rows, items);
            let soft = lines <= SOFT[0] && rows <= SOFT[1] && items <= soft_items;
            let hard = lines <= HARD[0] && rows <= HARD[1] && items <= HARD[2];
            if rest >= good || soft && rest >= least || hard {
                // An item less of every list may have left room for milestones again.
                while rows < all {
                    let (higher, less) = left(lines, rows + 1, items);
                    if less < least {
                        break;
                    }
                    (rows, milestones, rest) = (rows + 1, higher, less);
                }
                return Self {
                    narrative: lines,
                    chart: rest.clamp(LEAST_CHART * 0.7, most.max(LEAST_CHART * 0.7)),
                    milestones,
                    items,
                };
            }
            // What is longest for its share gives way first, down to its least.
            let floor = if soft { HARD } else { [SOFT[0], SOFT[1], soft_items] };
            let share = if soft { SHARE } else { floor };
            let over = |part: usize, now: usize| {
                if now > floor[part] { u16_f32(now) / u16_f32(share[part]) } else { 0.0 }
            };
            let [words, table, list] = [over(0, lines), over(1, rows), over(2, items)];
            if words >= table && words >= list {
                lines -= 1;
            } else if table >= list {
                rows -= 1;
            } else {
                items -= 1;
            }
        }
    }
}
