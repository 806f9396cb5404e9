//! Workbooks as people keep them, written by another hand and read cell by cell.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop and may write files")]

use std::path::Path;

use chrono::NaiveDate;
use earnest::diagnostic::Diagnostics;
use earnest::source::{self, Body, Cell, Sheet};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, XlsxError};

fn read(path: &Path) -> (Vec<Sheet>, Vec<String>) {
    let mut problems = Diagnostics::default();
    let sources = source::read(&[path.to_owned()], &mut problems).unwrap();
    let seen = problems.all().iter().map(|p| format!("{} {}", p.code.id, p.message)).collect();
    (sources.sheets, seen)
}

fn rows(sheet: &Sheet) -> Vec<(u32, Vec<Cell>)> {
    let Body::Rows(rows) = &sheet.body else { panic!("not rows") };
    rows.iter().map(|row| (row.row, row.cells.clone())).collect()
}

fn text(text: &str) -> Cell {
    Cell::Text(text.into())
}

fn number(value: f64) -> Cell {
    Cell::Number { value, percent: false }
}

fn day(year: i32, month: u32, day: u32) -> Cell {
    Cell::Moment(NaiveDate::from_ymd_opt(year, month, day).unwrap().and_hms_opt(0, 0, 0).unwrap())
}

#[test]
fn cells_are_what_their_type_and_format_say() -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Tasks")?;
    let format = |code: &str| Format::new().set_num_format(code);
    sheet.write_row(0, 0, ["id", "start", "finish", "done", "spent", "cost", "ok", "check"])?;
    sheet.write(1, 0, "T1")?;
    sheet.write_with_format(1, 1, ExcelDateTime::from_ymd(2026, 3, 31)?, &format("dd/mm/yyyy"))?;
    let finish = ExcelDateTime::from_ymd(2026, 4, 2)?.and_hms(17, 0, 0)?;
    sheet.write_with_format(1, 2, finish, &format("yyyy-mm-dd hh:mm"))?;
    sheet.write_with_format(1, 3, 0.45, &format("0%"))?;
    sheet.write_with_format(1, 4, 1.5, &format("[h]:mm"))?;
    sheet.write_formula(1, 5, Formula::new("=2*600.25").set_result("1200.5"))?;
    sheet.write(1, 6, true)?;
    sheet.write_formula(1, 7, Formula::new("=1/0").set_result("#DIV/0!"))?;
    let file = tempfile::Builder::new().suffix(".xlsx").tempfile()?;
    workbook.save(file.path())?;

    let (sheets, problems) = read(file.path());
    assert_eq!(problems, [""; 0]);
    assert_eq!(sheets[0].name.as_deref(), Some("Tasks"));
    let finish = NaiveDate::from_ymd_opt(2026, 4, 2).unwrap().and_hms_opt(17, 0, 0).unwrap();
    let expected = vec![
        text("T1"),
        day(2026, 3, 31),
        Cell::Moment(finish),
        Cell::Number { value: 0.45, percent: true },
        Cell::Duration(129_600.0),
        number(1200.5),
        Cell::Bool(true),
        Cell::Error("#DIV/0!".into()),
    ];
    assert_eq!(rows(&sheets[0]), [(2, expected)]);
    Ok(())
}

#[test]
fn titles_merged_headers_and_gaps_do_not_confuse() -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Empty")?;
    let sheet = workbook.add_worksheet().set_name("Plan")?;
    let plain = Format::new();
    sheet.merge_range(0, 1, 0, 5, "Project Atlas, plan of record", &plain)?;
    sheet.write(1, 1, "exported")?;
    sheet.merge_range(3, 1, 4, 1, "ID", &plain)?;
    sheet.merge_range(3, 2, 3, 3, "Baseline", &plain)?;
    sheet.write_row(4, 2, ["Start", "Finish"])?;
    sheet.merge_range(3, 4, 4, 4, "Cost", &plain)?;
    sheet.set_row_hidden(5)?;
    sheet.write(7, 1, "A")?;
    sheet.write(7, 4, 10)?;
    sheet.write(7, 7, "a remark beside the table")?;
    sheet.write(8, 1, "   ")?;
    let hidden = workbook.add_worksheet().set_name("Lists")?;
    hidden.set_hidden(true);
    hidden.write(0, 0, "x")?;
    let file = tempfile::Builder::new().suffix(".xlsx").tempfile()?;
    workbook.save(file.path())?;

    let (sheets, problems) = read(file.path());
    let expected = [
        "W004 'a remark beside the table' stands to the right of the last header: left out",
        "N004 the sheet 'Lists' is hidden: left out",
    ];
    assert_eq!(problems, expected);
    assert_eq!(sheets.len(), 1);
    let sheet = &sheets[0];
    let headers: Vec<String> =
        sheet.headers.iter().map(|h| h.replace(earnest::source::GROUP_END, " ")).collect();
    let headers: Vec<&str> = headers.iter().map(AsRef::as_ref).collect();
    assert_eq!((sheet.header_row, headers), (5, vec!["", "ID", "Baseline Start", "Baseline Finish", "Cost"]));
    assert_eq!(sheet.preamble.iter().map(|row| row.row).collect::<Vec<_>>(), [1, 2, 4]);
    assert_eq!(rows(sheet), [(8, vec![Cell::Empty, text("A"), Cell::Empty, Cell::Empty, number(10.0)])]);

    // Another row of the candidates can be made the header.
    let other = sheet.with_header_row(2).unwrap();
    assert_eq!((other.header_row, other.preamble.len(), rows(&other).len()), (2, 1, 3));
    Ok(())
}

/// The xls and ods were made with `LibreOffice`, the xlsb byte by byte after its specification; `LibreOffice`
/// finds the same cells in it. None of the three says which numbers are percentages.
#[test]
fn old_and_open_formats_say_the_same() {
    for name in ["plan.xls", "plan.ods", "plan.xlsb"] {
        let (sheets, problems) = read(&Path::new("tests/workbooks").join(name));
        assert_eq!(problems, [""; 0], "{name}");
        assert_eq!(sheets[0].name.as_deref(), Some("Tasks"), "{name}");
        let expected = [
            (2, vec![text("T1"), text("Größe prüfen"), day(2026, 3, 31), number(0.45), number(1200.5)]),
            (3, vec![text("T2"), text("Ship"), day(2026, 4, 2), number(1.0), number(-3.0)]),
        ];
        assert_eq!(rows(&sheets[0]), expected, "{name}");
    }
}
