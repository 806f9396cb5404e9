//! Hours booked, as they stand in the sheets they were read from.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Coded, SheetRows};
use crate::quantity::{Money, Work};

/// Hours booked: one row a line of a timesheet.
///
/// Their columns are numbers of few different values, not a frame: there are millions of them, nothing asks for
/// them but loops over all, and as a frame they are three times as large.
#[derive(Clone, Debug, Default)]
pub struct Bookings {
    /// The bookings of each sheet, in the order of [`crate::model::Portfolio::tables`].
    pub sheets: Vec<BookedSheet>,
}

/// The bookings of a sheet. All columns have as many rows.
#[derive(Clone, Debug, Default)]
pub struct BookedSheet {
    /// Index into `Portfolio::tables`.
    pub source: u32,
    /// The rows as a spreadsheet counts them.
    pub rows: SheetRows,
    /// What the hours are for.
    pub aim: Coded<Aim>,
    /// The task as written by the number of an aim that names none of the plan.
    pub written: BTreeMap<u32, Arc<str>>,
    /// The day worked, counted from 1970-01-01.
    pub day: Coded<Option<i32>>,
    /// The hours worked; `None` counts as none.
    pub work: Coded<Option<Work>>,
    /// Who; `None` when not said.
    pub person: Option<Coded<Option<Arc<str>>>>,
    /// As what; from the row, else from the person's resource row.
    pub role: Option<Coded<Option<Arc<str>>>>,
    /// Kind of activity.
    pub activity: Option<Coded<Option<Arc<str>>>>,
    /// Cost as the row states it, `None` when it states none.
    pub cost: Option<Coded<Option<Money>>>,
    /// Hourly rate as the row states it, `None` when it states none.
    pub rate: Option<Coded<Option<Money>>>,
}

/// Project and task of bookings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aim {
    /// Index into `Portfolio::projects`; `None` when there is no such project: then the rows count nowhere.
    pub project: Option<u32>,
    /// Index into the project's tasks; `None` when the rows name no known task.
    pub task: Option<u32>,
    /// The last day booked, counted from 1970-01-01.
    pub last: Option<i32>,
}

impl Bookings {
    /// Gives the projects other numbers: `places[old]` is the new one, `None` leaves their bookings out.
    pub(super) fn renumber(&mut self, places: &[Option<u32>]) {
        for aim in self.sheets.iter_mut().flat_map(|sheet| &mut sheet.aim.values) {
            aim.project = aim.project.and_then(|old| places.get(old as usize).copied().flatten());
        }
    }
}
