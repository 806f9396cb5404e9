//! `calendars`: working days, hours and holidays.

use super::ColumnKind::{Choice, Day, Spans, Text};
use super::{ColumnSpec, TableSpec};

/// The table.
pub(super) const TABLE: TableSpec = TableSpec {
    name: "calendars",
    aliases: &["calendar", "holidays", "holiday", "working days", "work calendar", "working time", "kalender", "feiertage", "jours fériés", "festivos"],
    about: "Working time of a weekday, or of one day that differs from its weekday (a holiday has 0 hours).",
    facts: false,
    example: &["Default", "2026-12-25", "", "0", "Christmas Day", "Atlas"],
    columns: &[
        ColumnSpec::new("calendar", Text, "Name of the calendar; `Default` is the project's own, and so is an empty one.").aliases(&[
            "Calendar name", "Kalender", "Calendrier", "Calendario",
        ]),
        ColumnSpec::new("date", Day, "The day that differs; empty for a weekday.").aliases(&["Day", "Holiday date", "Datum", "Fecha", "Data"]),
        ColumnSpec::new("weekday",
            Choice(&["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]),
            "The weekday; empty for one day.")
            .words(&[
                ("monday", &["mon", "mo", "montag", "lundi", "lunes", "lunedì", "segunda", "måndag", "понедельник", "1"]),
                ("tuesday", &["tue", "tu", "tues", "dienstag", "mardi", "martes", "martedì", "terça", "tisdag", "вторник", "2"]),
                ("wednesday", &["wed", "we", "mittwoch", "mercredi", "miércoles", "mercoledì", "quarta", "onsdag", "среда", "3"]),
                ("thursday", &["thu", "th", "thur", "thurs", "donnerstag", "jeudi", "jueves", "giovedì", "quinta", "torsdag", "четверг", "4"]),
                ("friday", &["fri", "fr", "freitag", "vendredi", "viernes", "venerdì", "sexta", "fredag", "пятница", "5"]),
                ("saturday", &["sat", "sa", "samstag", "sonnabend", "samedi", "sábado", "sabato", "lördag", "суббота", "6"]),
                ("sunday", &["sun", "su", "sonntag", "dimanche", "domingo", "domenica", "söndag", "воскресенье", "7", "0"]),
            ])
            .aliases(&["Day of week", "Wochentag", "Jour de la semaine", "Día de la semana"]),
        ColumnSpec::new("hours", Spans,
            "Working spans `08:00-12:00 13:00-17:00`, or a number of hours (from 08:00, with a break from 12:00 to 13:00); 0 is no work, and \
             so is an empty cell beside a date.")
            .aliases(&["Working hours", "Working time", "Spans", "Shifts", "Working spans", "Stunden", "Arbeitszeit", "Heures", "Horas"]),
        ColumnSpec::new("name", Text, "What the day is: `Christmas Day`.").aliases(&["Holiday", "Holiday name", "Description", "Reason", "Feiertag", "Bezeichnung", "Nom"]),
        ColumnSpec::new("project", Text, "The project it holds for; all projects of the input when empty.").aliases(&[
            "project_id", "Project key", "Project code", "Projekt", "Projet", "Proyecto",
        ]),
    ],
};
