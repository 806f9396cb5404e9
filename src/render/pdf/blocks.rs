//! The blocks of a section, one after the other down the pages.

use crate::document::{Block, Chart, ItemList, KeyFigure, Plot, Section, Value};
use crate::language::capital;
use crate::render::chart::{self, Anchor, Frame};

use super::canvas::Canvas;
use super::style::{BODY, CAPTION, FIGURE, GAP, HEADING, ITEM, LABEL, NOTE, SECTION, SIDE, Style, baseline};
use super::table::Ready;
use super::typeset::{Face, Typesetter};

/// Height of a row of tiles.
pub(super) const TILE: f32 = 47.5;

/// How the small line of a tile is set, until it fits: lines, size, leading, distance from the top.
const DETAILS: [(usize, f32, f32, f32); 4] =
    [(2, LABEL.size, 8.2, 28.6), (2, 6.1, 8.2, 28.6), (3, 6.1, 6.4, 27.9), (3, 5.4, 6.2, 27.9)];

/// A section begins lower on a page only when this much is left of it.
const SECTION_NEEDS: f32 = 120.0;

/// Lays a section.
pub(super) fn section(canvas: &mut Canvas<'_>, section: &Section) {
    canvas.gap(26.0);
    let shown = section.blocks.iter().filter(|block| !is_of_workbook(block));
    let pieces: Vec<Piece<'_>> = shown.map(|block| piece(canvas, block, &section.title)).collect();
    let follows = opening(canvas, &pieces);
    canvas.need(SECTION_NEEDS.max(SECTION.leading + 13.0 + follows));
    canvas.enter("Sect");
    canvas.bookmark(&section.title);
    canvas.enter("H1");
    let (accent, width) = (canvas.theme().accent, canvas.width());
    canvas.text((SIDE, canvas.y), SECTION, accent, &section.title, width);
    canvas.leave();
    canvas.y += SECTION.leading + 3.0;
    canvas.rule((SIDE, SIDE + width), canvas.y, accent, 0.8);
    canvas.y += 10.0;
    let mut rest = pieces.as_slice();
    while let Some((piece, next)) = rest.split_first() {
        if let Some(charts) = pair(rest) {
            abreast(canvas, charts);
            rest = &next[1..];
        } else {
            block(canvas, piece, next);
            rest = next;
        }
    }
    canvas.leave();
}

/// Two charts that follow each other and can stand side by side.
fn pair<'a>(pieces: &[Piece<'a>]) -> Option<[&'a Chart; 2]> {
    match pieces {
        [(Block::Chart(left), _), (Block::Chart(right), _), ..] => {
            (chart::is_narrow(left) && chart::is_narrow(right)).then_some([left, right])
        }
        _ => None,
    }
}

/// Whether a table is in the workbook only.
fn is_of_workbook(block: &Block) -> bool {
    matches!(block, Block::Table(table) if table.print_rows == Some(0) && !table.rows.is_empty())
}

/// A block, and if it is a table, that measured: once, for what stands over it asks for its height too.
type Piece<'a> = (&'a Block, Option<Ready<'a>>);

fn piece<'a>(canvas: &mut Canvas<'_>, block: &'a Block, title: &'a str) -> Piece<'a> {
    let table = if let Block::Table(table) = block { Some(Ready::of(canvas, table, title)) } else { None };
    (block, table)
}

fn block(canvas: &mut Canvas<'_>, (block, table): &Piece<'_>, next: &[Piece<'_>]) {
    let (ink, muted) = (canvas.theme().ink, canvas.theme().muted);
    match block {
        Block::Heading(text) => {
            canvas.gap(8.0);
            let follows = opening(canvas, next);
            canvas.need(HEADING.leading + 4.0 + follows);
            canvas.enter("H2");
            paragraph(canvas, HEADING, ink, text);
            canvas.leave();
            canvas.y += 4.0;
        }
        Block::Paragraph(text) => {
            canvas.enter("P");
            paragraph(canvas, BODY, ink, text);
            canvas.leave();
            canvas.y += 7.0;
        }
        Block::Note(text) => {
            canvas.enter("P");
            paragraph(canvas, NOTE, muted, text);
            canvas.leave();
            canvas.y += 7.0;
        }
        Block::Figures(figures) => {
            for row in figures.chunks(4) {
                canvas.need(TILE);
                tiles(canvas, row, canvas.y, 4);
                canvas.y += TILE;
            }
            canvas.y += GAP;
        }
        Block::Table(_) => table.iter().for_each(|table| table.flow(canvas)),
        Block::Chart(chart) => figure(canvas, chart),
        Block::List(list) => bullets(canvas, list),
    }
}

/// The height of the first piece of what follows: a heading stays with it.
fn opening(canvas: &Canvas<'_>, pieces: &[Piece<'_>]) -> f32 {
    let Some(((block, table), next)) = pieces.split_first() else { return 0.0 };
    if let Some(charts) = pair(pieces) {
        let height = |chart: &Chart| chart::least_height(chart, half(canvas));
        return 2.0 * CAPTION.leading + 4.0 + charts.map(height).into_iter().fold(0.0, f32::max);
    }
    match block {
        Block::Heading(_) => HEADING.leading + 4.0 + opening(canvas, next),
        Block::Paragraph(_) => 2.0 * BODY.leading,
        // A caveat over a table is nothing by itself.
        Block::Note(_) => {
            5.0 * NOTE.leading
                + if let Some((Block::Table(_), _)) = next.first() { opening(canvas, next) } else { 0.0 }
        }
        Block::Figures(_) => TILE,
        Block::Table(_) => table.as_ref().map_or(0.0, Ready::opening),
        Block::Chart(chart) => match &chart.plot {
            Plot::Gantt(_) => 130.0,
            _ => CAPTION.leading + 4.0 + chart::least_height(chart, canvas.width()),
        },
        Block::List(_) => 50.0,
    }
}

/// A caveat of no more lines than this is not broken.
const WHOLE: usize = 5;

/// Running text in the measure; of a long one at least two lines stay together at a page's foot and head.
fn paragraph(canvas: &mut Canvas<'_>, style: Style, colour: crate::document::Rgb, text: &str) {
    let measure = canvas.width().min(58.0 * style.size);
    let lines = canvas.setter.lines(text, style.face, style.size, measure, 400);
    let count = lines.len();
    if count <= WHOLE && style.leading <= NOTE.leading {
        #[expect(clippy::cast_precision_loss, reason = "lines of a caveat")]
        canvas.need(count as f32 * style.leading);
    }
    for (index, line) in lines.into_iter().enumerate() {
        let together = if index == 0 && count > 1 || index + 2 == count { 2.0 } else { 1.0 };
        canvas.need(together * style.leading);
        canvas.ink((SIDE, baseline(style, canvas.y)), style.size, colour, line);
        canvas.y += style.leading;
    }
}

/// Key figures side by side, `per_row` to the width: a rule, a label, a large value, a small line.
pub(super) fn tiles(canvas: &mut Canvas<'_>, figures: &[KeyFigure], top: f32, per_row: usize) {
    #[expect(clippy::cast_precision_loss, reason = "a handful of tiles")]
    let (count, gutter) = (per_row.max(1) as f32, 14.0);
    let width = (canvas.width() - gutter * (count - 1.0)) / count;
    let (ink, muted, accent) = (canvas.theme().ink, canvas.theme().muted, canvas.theme().accent);
    for (index, figure) in figures.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a handful of tiles")]
        let x = SIDE + index as f32 * (width + gutter);
        canvas.enter("P");
        canvas.rule((x, x + width), top, accent, 0.8);
        // A long label sets smaller before it is cut.
        let natural = canvas.setter.width(&figure.label, Face::BOLD, LABEL.size).max(1.0);
        let size = LABEL.size * (width / natural).clamp(0.8, 1.0);
        canvas.text((x, top + 3.4), Style { face: Face::BOLD, size, ..LABEL }, muted, &figure.label, width);
        let text = canvas.format().show(&figure.value);
        let mark = if figure.health.is_some() { 14.0 } else { 0.0 };
        // A long value sets smaller before it is cut.
        let natural = canvas.setter.width(&text, FIGURE.face, FIGURE.size).max(1.0);
        let size = FIGURE.size * ((width - mark) / natural).clamp(0.55, 1.0);
        let line = canvas.setter.fit(&text, FIGURE.face, size, width - mark);
        let advance = line.at(size);
        canvas.ink((x, baseline(FIGURE, top + 11.0)), size, ink, line);
        if let Some(health) = figure.health {
            canvas.health(Some(health), (x + advance + 9.0, top + 11.0 + FIGURE.leading / 2.0), 3.6);
        }
        let reason = match &figure.value {
            Value::Undefined(reason) if figure.detail.is_empty() => canvas.format().word(reason.text()),
            _ => String::new(),
        };
        let detail = if figure.detail.is_empty() { &reason } else { &figure.detail };
        let rating = figure.health.map(|health| capital(&canvas.format().word(health.word())));
        let detail = match rating {
            Some(rating) if detail.is_empty() => rating,
            Some(rating) => canvas.format().say(phrase!("{rating}: {detail}", rating, detail)),
            None => detail.to_owned(),
        };
        detail_lines(canvas, &detail, (x, top), width);
        canvas.leave();
    }
}

/// The small line of a tile. A long one takes smaller type and a third line before it is cut.
fn detail_lines(canvas: &mut Canvas<'_>, detail: &str, (x, top): (f32, f32), width: f32) {
    let fits = |canvas: &mut Canvas<'_>, (most, size, ..): (usize, f32, f32, f32)| {
        canvas.setter.lines(detail, LABEL.face, size, width, most + 1).len() <= most
    };
    let last = DETAILS[DETAILS.len() - 1];
    let (most, size, leading, down) = DETAILS.into_iter().find(|step| fits(canvas, *step)).unwrap_or(last);
    let style = Style { face: LABEL.face, size, leading };
    let lines = canvas.setter.lines(detail, style.face, style.size, width, most);
    canvas.lines((x, top + down), style, canvas.theme().muted, lines);
}

/// A chart with its title over it.
fn figure(canvas: &mut Canvas<'_>, chart: &Chart) {
    let caption = if chart.title.is_empty() { 0.0 } else { CAPTION.leading + 4.0 };
    let width = canvas.width();
    if let Plot::Gantt(gantt) = &chart.plot {
        let mut first = 0;
        while first < gantt.rows.len() || first == 0 {
            canvas.need(caption + chart::rows_height(gantt.rows.len().saturating_sub(first).min(6)));
            let left = gantt.rows.len().saturating_sub(first);
            let fits = chart::rows_that_fit(canvas.room() - caption).min(left).max(1);
            let title = if first == 0 {
                chart.title.clone()
            } else {
                canvas.format().say(phrase!("{title} (continued)", title = &chart.title))
            };
            let height = chart::rows_height(fits);
            framed(canvas, chart, &title, height, first);
            first += fits;
            if first < gantt.rows.len() {
                canvas.new_page();
            }
        }
    } else {
        // A chart gives way a little before it leaves a hole at the foot of a page.
        let whole = canvas.bottom() - super::style::TOP - caption;
        canvas.need(caption + chart::least_height(chart, width).min(whole));
        let height = chart::height(chart, width).min(canvas.room() - caption);
        framed(canvas, chart, &chart.title, height, 0);
    }
    canvas.y += GAP + 4.0;
}

/// Between two charts side by side.
const BETWEEN: f32 = 20.0;

/// The width of each of two charts.
fn half(canvas: &Canvas<'_>) -> f32 {
    (canvas.width() - BETWEEN) / 2.0
}

/// Two charts side by side, each under its title.
fn abreast(canvas: &mut Canvas<'_>, charts: [&Chart; 2]) {
    let width = half(canvas);
    let titles = charts.map(|chart| canvas.setter.lines(&chart.title, CAPTION.face, CAPTION.size, width, 2));
    #[expect(clippy::cast_precision_loss, reason = "lines of a title")]
    let lines = titles.iter().map(Vec::len).max().unwrap_or(0) as f32;
    let caption = if lines > 0.0 { lines * CAPTION.leading + 4.0 } else { 0.0 };
    let heights = |height: fn(&Chart, f32) -> f32| {
        charts.map(|chart| height(chart, width)).into_iter().fold(0.0_f32, f32::max)
    };
    canvas.need(caption + heights(chart::least_height));
    let height = heights(chart::height).min(canvas.room() - caption);
    let top = canvas.y;
    for ((chart, title), x) in charts.into_iter().zip(titles).zip([SIDE, SIDE + width + BETWEEN]) {
        canvas.enter_figure(&chart.alt);
        canvas.lines((x, top), CAPTION, canvas.theme().ink, title);
        draw(canvas, chart, (x, top + caption), (width, height), 0);
        canvas.leave();
    }
    canvas.y = top + caption + height + GAP + 4.0;
}

fn framed(canvas: &mut Canvas<'_>, chart: &Chart, title: &str, height: f32, first: usize) {
    canvas.enter_figure(&chart.alt);
    if !title.is_empty() {
        canvas.text((SIDE, canvas.y), CAPTION, canvas.theme().ink, title, canvas.width());
        canvas.y += CAPTION.leading + 4.0;
    }
    draw(canvas, chart, (SIDE, canvas.y), (canvas.width(), height), first);
    canvas.leave();
    canvas.y += height;
}

/// Paints a chart's scene with its upper left corner at a place.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    chart: &Chart,
    (x, y): (f32, f32),
    (width, height): (f32, f32),
    first: usize,
) {
    let scene = {
        let (theme, format) = (canvas.theme(), canvas.format());
        let setter: &mut Typesetter = canvas.setter;
        let mut measure = |text: &str, size: f32, bold: bool| setter.width(text, face(bold), size);
        let mut frame = Frame { width, height, theme, format, measure: &mut measure };
        chart::scene(chart, &mut frame, first)
    };
    for mark in scene.marks {
        match mark {
            chart::Mark::Shape(shape) => canvas.figure_shape((x, y), shape),
            chart::Mark::Label(label) => {
                let most = label.most.unwrap_or(f32::INFINITY);
                let line = canvas.setter.fit(&label.text, face(label.bold), label.size, most);
                let shift = match label.anchor {
                    Anchor::Start => 0.0,
                    Anchor::Middle => line.at(label.size) / 2.0,
                    Anchor::End => line.at(label.size),
                };
                canvas.ink((x + label.x - shift, y + label.y), label.size, label.colour, line);
            }
        }
    }
}

const fn face(bold: bool) -> Face {
    if bold { Face::BOLD_FIGURES } else { Face::FIGURES }
}

/// A bulleted list over the width.
fn bullets(canvas: &mut Canvas<'_>, list: &ItemList) {
    let (ink, muted, width) = (canvas.theme().ink, canvas.theme().muted, canvas.width());
    if !list.title.is_empty() {
        canvas.need(CAPTION.leading + 2.0 * ITEM.leading);
        canvas.enter("P");
        canvas.text((SIDE, canvas.y), CAPTION, ink, &list.title, width);
        canvas.leave();
        canvas.y += CAPTION.leading + 2.0;
    }
    if list.items.is_empty() {
        canvas.enter("P");
        paragraph(canvas, ITEM, muted, &list.empty);
        canvas.leave();
    }
    canvas.enter("L");
    for item in &list.items {
        let detail = canvas.setter.width(&item.detail, ITEM.face, ITEM.size).min(width * 0.4);
        let measure = (width - detail - 24.0).min(62.0 * ITEM.size);
        let lines = canvas.setter.lines(&item.text, ITEM.face, ITEM.size, measure, 6);
        #[expect(clippy::cast_precision_loss, reason = "lines of an item")]
        canvas.need(lines.len().max(1) as f32 * ITEM.leading);
        let top = canvas.y;
        canvas.enter("LI");
        let dot = chart::Outline::Circle { x: SIDE + 2.0, y: top + ITEM.leading / 2.0, radius: 1.2 };
        canvas.shape(dot, Some(canvas.theme().accent), None);
        canvas.y = canvas.lines((SIDE + 10.0, top), ITEM, ink, lines).max(top + ITEM.leading) + 2.0;
        canvas.text_right((SIDE + width, top), ITEM, muted, &item.detail, detail + 0.1);
        canvas.leave();
    }
    canvas.leave();
    canvas.y += GAP - 4.0;
}
