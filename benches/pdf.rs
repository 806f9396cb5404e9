//! Status PDFs in a batch of 100 (200 tasks each): time and size of each, against printpdf itself setting the
//! same cells in a built-in font, without measuring, wrapping, structure, charts or a font of its own.
//!
//! `cargo bench --bench pdf`. On one thread, turn by turn; the least of several runs.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use earnest::config::{Flags, Settings};
use earnest::document::{Block, Document};
use earnest::render::{FileFormat, render};
use earnest::{pipeline, report};
use printpdf::{
    BuiltinFont, Mm, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, TextItem,
};

const PROJECTS: usize = 100;
const TASKS: usize = 200;
const RUNS: usize = 5;

fn main() {
    let documents = documents();
    let formats = BTreeSet::from([FileFormat::Pdf]);
    let (mut ours, mut bare) = (Duration::MAX, Duration::MAX);
    let (mut sizes, mut bare_size) = (Vec::new(), 0);
    for _ in 0..RUNS {
        ours = ours.min(timed(|| {
            sizes = documents
                .iter()
                .map(|document| render(document, &formats, Ok).expect("a PDF")[0].bytes.len())
                .collect();
        }));
        bare =
            bare.min(timed(|| bare_size = documents.iter().map(|document| bare_pdf(document).len()).sum()));
    }
    let each = |time: Duration| time.as_secs_f64() * 1000.0 / documents.len() as f64;
    let kilobytes = |bytes: usize| bytes as f64 / 1000.0;
    let mean = kilobytes(sizes.iter().sum()) / sizes.len() as f64;
    let largest = kilobytes(sizes.iter().copied().max().unwrap_or_default());
    println!("a status PDF: {:.1} ms, {mean:.0} KB (the largest {largest:.0} KB)", each(ours));
    println!(
        "its cells by bare printpdf: {:.1} ms, {:.0} KB",
        each(bare),
        kilobytes(bare_size) / documents.len() as f64
    );
    println!(
        "a status PDF / its cells by bare printpdf       {:.2}",
        ours.as_secs_f64() / bare.as_secs_f64()
    );
}

fn timed(work: impl FnOnce()) -> Duration {
    let since = Instant::now();
    work();
    since.elapsed()
}

/// The reports of a generated portfolio.
fn documents() -> Vec<Document> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = earnest::sample::generate(PROJECTS, TASKS, 7).into_iter();
    let files: Vec<_> = files.map(|(name, text)| (name, text.into_bytes())).collect();
    earnest::delivery::write_new(folder.path(), &files).expect("files");
    let inputs = vec![folder.path().to_owned()];
    let settings = Settings::load(&Flags { inputs, ..Flags::default() }).expect("settings");
    let analyzed = pipeline::analyze(&settings, &mut |_| ()).expect("results");
    report::compose(&analyzed.portfolio, &analyzed.findings, &analyzed.problems, &settings.report)
}

/// The cells of a document's tables, fifty rows a page, as printpdf writes them.
fn bare_pdf(document: &Document) -> Vec<u8> {
    let mut pdf = PdfDocument::new(&document.title);
    for block in document.sections.iter().flat_map(|section| &section.blocks) {
        let Block::Table(table) = block else { continue };
        let shown = table.print_rows.unwrap_or(usize::MAX).min(table.rows.len());
        for rows in table.rows[..shown].chunks(50) {
            let mut ops = Vec::new();
            for (line, row) in rows.iter().enumerate() {
                for (column, value) in row.cells.iter().enumerate() {
                    let pos = Point { x: Pt(48.0 + 50.0 * column as f32), y: Pt(780.0 - 14.0 * line as f32) };
                    let font = PdfFontHandle::Builtin(BuiltinFont::Helvetica);
                    let items = vec![TextItem::Text(document.format.show(value))];
                    ops.push(Op::StartTextSection);
                    ops.push(Op::SetFont { font, size: Pt(7.6) });
                    ops.push(Op::SetTextCursor { pos });
                    ops.push(Op::ShowText { items });
                    ops.push(Op::EndTextSection);
                }
            }
            pdf.pages.push(PdfPage::new(Mm(210.0), Mm(297.0), ops));
        }
    }
    pdf.save(&PdfSaveOptions::default(), &mut Vec::new())
}
