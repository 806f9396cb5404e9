//! The straight road against calamine: what it reads is what calamine reads, to the cell.

use std::io::Write as _;

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::source::RowCells;

const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/><numFmt numFmtId="165" formatCode="0.0&quot;%&quot;"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="46"/><xf numFmtId="165"/><xf numFmtId="30"/></cellXfs></styleSheet>"#;
const SHARED: &str = "<sst><si><t>id</t></si><si><t> R&amp;D </t></si><si><r><t>ri</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">ch </t></r></si>\
    <si/><si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh><phoneticPr fontId=\"1\"/></si></sst>";

/// A package with these rows as its second sheet; the first is another part and empty.
fn package(rows: &str, shared: &str, date_1904: bool) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            r#"<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>"#
        )
    };
    let parts = [
        (
            "_rels/.rels",
            format!(
                "<Relationships>{}</Relationships>",
                relation("rId1", "officeDocument", "xl/workbook.xml")
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook><workbookPr date1904="{}"/><sheets><sheet name="Notes" sheetId="1" r:id="rId2"/><sheet name="R&amp;D" sheetId="2" r:id="rId1"/></sheets></workbook>"#,
                u8::from(date_1904)
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships>{}{}</Relationships>",
                relation("rId1", "worksheet", "/xl/worksheets/first.xml"),
                relation("rId2", "worksheet", "worksheets/second.xml")
            ),
        ),
        ("xl/worksheets/second.xml", "<worksheet><sheetData/></worksheet>".to_owned()),
        (
            "xl/worksheets/first.xml",
            format!(
                r#"<?xml version="1.0" encoding="UTF-8"?><worksheet><cols><col min="1"/></cols><sheetData>{rows}</sheetData><pageMargins/></worksheet>"#
            ),
        ),
        ("xl/styles.xml", STYLES.to_owned()),
        ("xl/sharedStrings.xml", shared.to_owned()),
    ];
    for (name, text) in parts {
        package.start_file(name, SimpleFileOptions::default()).unwrap();
        package.write_all(text.as_bytes()).unwrap();
    }
    package.finish().unwrap().into_inner()
}

type Read = (Vec<RowCells>, Vec<(u32, usize, String)>, Vec<(u32, String)>);

fn all(grid: Grid) -> Read {
    (grid.rows, grid.beyond, grid.unknown_errors)
}

fn straight(package: &[u8]) -> Option<Read> {
    Plain::with(package, 0)?.straight("R&D").map(all)
}

fn by_calamine(package: &[u8]) -> Option<Read> {
    let mut workbook = Xlsx::new(Cursor::new(package)).ok()?;
    grid::of_xlsx(&mut workbook, "R&D").ok().map(all)
}

/// Cells as programs write them, with all that such cells may be.
const PLAIN: &[&str] = &[
    r#"<c r="A2" t="s"><v>0</v></c>"#,
    r#"<c r="B2" s="1" t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c><c t="s"><v>4</v></c>"#,
    r#"<c r="C2" s="1"><v>46112</v></c><c s="1"><v>46112.70833333333</v></c><c s="5"><v>1.5</v></c>"#,
    r#"<c r="F2" s="2"><v>0.45</v></c><c s="3"><v>1.5</v></c><c s="4"><v>0.5</v></c><c s="99"><v>7</v></c><c><v>7</v></c>"#,
    r#"<c r="AB2"><v>-12.5</v></c><c><v>-0</v></c><c><v>1E-3</v></c><c><v>123456789012345678</v></c><c><v>0.1</v></c>"#,
    r#"<c r="K2"><v>16247.17</v></c><c><v>999999999999999</v></c><c><v>.5</v></c><c><v>5.</v></c><c><v>1.7976931348623157e+308</v></c>"#,
    r#"<c r="D2" t="inlineStr"><is><t>Design &lt;b&gt; &#8364;</t></is></c><c t="inlineStr"><is><t xml:space="preserve"> a b </t></is></c>"#,
    r#"<c r="E2" t="inlineStr"><is><t> padded&#10;</t></is></c><c t="inlineStr"><is><r><t>ri</t></r><r><t>ch</t></r></is></c><c t="inlineStr"><is/></c>"#,
    r#"<c r="G2" t="str"><f>A1&amp;"x"</f><v>x &amp; y</v></c><c><f aca="false">1+1</f><v>2</v></c><c><f t="shared" si="0"/><v>3</v></c>"#,
    r#"<c r="H2" t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c>"#,
    "<c r=\"I2\" s=\"1\"/><c s=\"2\"></c><c><v></v></c><c><v/></c><c t=\"str\"><v></v></c>\n <c >\n <v>1</v> </c>",
];

#[test]
fn what_programs_write_is_read_straight_and_as_calamine_reads_it() {
    for cells in PLAIN.iter().filter(|cells| !cells.contains("<is/>")) {
        for date_1904 in [false, true] {
            let rows =
                format!("<row r=\"2\" spans=\"1:3\">{cells}</row>\n<row r=\"4\"/><row><c><v>9</v></c></row>");
            let package = package(&rows, SHARED, date_1904);
            let read = straight(&package);
            assert!(read.is_some(), "{cells}");
            assert_eq!(read, by_calamine(&package), "{cells}");
        }
    }
}

#[test]
fn a_sheet_longer_than_a_block_is_read_whole() {
    let rows: Vec<String> = (1..=20_000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c><c t=\"s\"><v>1</v></c></row>"))
        .collect();
    let package = package(&rows.concat(), SHARED, false);
    let (read, ..) = straight(&package).unwrap();
    assert_eq!((read.len(), read[19_999].row), (20_000, 20_000));
    assert_eq!(Some(read), by_calamine(&package).map(|(rows, ..)| rows));
}

#[test]
fn what_is_not_plain_is_left_to_calamine() {
    let crooked = [
        "<row r=\"1\"><!-- two --><c><v>1</v></c></row>",
        "<row r=\"1\"><c t=\"d\"><v>2026-03-31</v></c></row>",
        "<row r=\"1\"><c t=\"e\"><v>#SPILL!</v></c></row>",
        "<row r=\"1\"><c t=\"str\"><v>a_x000D_b</v></c></row>",
        "<row r=\"1\"><c t=\"str\"><v>a\r\nb</v></c></row>",
        "<row r=\"1\"><c t=\"str\"><v><![CDATA[a]]></v></c></row>",
        "<row r=\"1\"><c t=\"s\"><v>77</v></c></row>",
        "<row r=\"1\"><c><v>1,5</v></c></row>",
        "<row r=\"1\"><c><v>1</v><f>1</f></c></row>",
        "<row r=\"1\"><x:c><v>1</v></x:c></row>",
        "<row r='1'><c><v>1</v></c></row>",
        "<row r=\"1\"><c><v>1</v></c>",
    ];
    for rows in crooked {
        assert_eq!(straight(&package(rows, SHARED, false)), None, "{rows}");
    }
    // The sheet is read all the same.
    let package = package(crooked[0], SHARED, false);
    let grid = Plain::with(&package, 0).unwrap().grid("R&D").ok().map(all);
    assert_eq!(grid, by_calamine(&package));
    assert!(grid.is_some_and(|(rows, ..)| rows.len() == 1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(2), ..ProptestConfig::default() })]

    /// Whatever becomes of a sheet or its texts: what is read straight, calamine reads too, and the same.
    #[test]
    fn what_is_read_straight_is_what_calamine_reads(
        cells in prop::collection::vec(prop::sample::select(PLAIN), 1..6),
        damage in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"<>/\"'&;= crstvfi019AZ._x#!-\xff".as_slice())), 0..3),
        in_texts in any::<bool>(),
    ) {
        let rows: Vec<String> = cells.iter().map(|cells| format!("<row r=\"2\">{cells}</row>")).collect();
        let (mut rows, mut shared) = (rows.concat(), SHARED.to_owned());
        let damaged = if in_texts { &mut shared } else { &mut rows };
        let mut bytes = std::mem::take(damaged).into_bytes();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        *damaged = String::from_utf8_lossy(&bytes).into_owned();
        let package = package(&rows, &shared, false);
        if let Some(read) = straight(&package) {
            prop_assert_eq!(Some(read), by_calamine(&package), "{}\n{}", rows, shared);
        }
    }
}
