//! Names by two levels: a series a quarter, so that the legend names the quarters.

use rust_xlsxwriter::{Chart, ChartType};

use super::super::style::Style;
use super::super::text;
use super::ledger::Ledger;
use super::{legend, matrix};
use crate::document::Quadrants;

/// More names than these are left to the table.
const MOST: usize = 60;

/// Draws the names; `None` when there is none.
pub(super) fn draw(quadrants: &Quadrants, title: &str, ledger: &mut Ledger, style: &Style) -> Option<Chart> {
    if quadrants.items.is_empty() {
        return None;
    }
    let mut chart = Chart::new(ChartType::Scatter);
    ledger.open(title);
    let theme = &style.theme;
    let inks = [theme.amber, theme.red, theme.muted, theme.accent];
    for (number, (quarter, ink)) in quadrants.quarters.iter().zip(inks).enumerate() {
        let here = quadrants.items.iter().take(MOST).filter(|(_, at)| quadrants.quarter(*at) == number);
        let here: Vec<(&str, (u8, u8))> =
            here.map(|(name, (across, up))| (name.as_str(), (*up, *across))).collect();
        if !here.is_empty() {
            let name = style.language.word(word!("Name"));
            let heads = [name.as_str(), quadrants.across.as_str(), quadrants.up.as_str()];
            matrix::series(&mut chart, (&mut *ledger, style), heads, &text::line(quarter), &here, ink);
        }
    }
    let name = |word: &str| {
        style.language.say(phrase!("{dimension}, 1 very low to 5 very high", dimension = text::line(word)))
    };
    matrix::levels(&mut chart, style, [&name(&quadrants.across), &name(&quadrants.up)]);
    legend(&mut chart, style);
    Some(chart)
}
