//! Where marks go: the page at hand, the cursor, page breaks, and what the marks belong to.

use std::rc::Rc;

use crate::document::{Document, Format, Rgb, Theme};
use crate::quantity::Health;
use crate::render::chart::{Outline, Shape, Stroke, tint};

use super::page::{Element, Mark, Page, Pages, Placed, Rule};
use super::style::{self, BOTTOM, RUNNING, SIDE, Style, TOP};
use super::typeset::{Line, Typesetter};

/// Lays marks on pages, from top to bottom.
pub(super) struct Canvas<'a> {
    /// Shapes text.
    pub(super) setter: &'a mut Typesetter,
    /// What is rendered.
    pub(super) document: &'a Document,
    /// The cursor: everything above it on the page is used.
    pub(super) y: f32,
    size: (f32, f32),
    held: bool,
    out: Pages,
    /// The element at hand and those around it.
    open: Vec<usize>,
}

impl<'a> Canvas<'a> {
    /// A canvas with its first page.
    pub(super) fn new(setter: &'a mut Typesetter, document: &'a Document) -> Self {
        let mut canvas = Self {
            setter,
            document,
            y: 0.0,
            size: style::page(document.theme.page),
            held: false,
            out: Pages::default(),
            open: Vec::new(),
        };
        canvas.new_page();
        canvas
    }

    /// Colours.
    pub(super) fn theme(&self) -> &'a Theme {
        &self.document.theme
    }

    /// How quantities are written.
    pub(super) fn format(&self) -> &'a Format {
        &self.document.format
    }

    /// Width of the page.
    pub(super) fn page_width(&self) -> f32 {
        self.size.0
    }

    /// Width between the margins.
    pub(super) fn width(&self) -> f32 {
        self.size.0 - 2.0 * SIDE
    }

    /// Where text ends on a page.
    pub(super) fn bottom(&self) -> f32 {
        self.size.1 - BOTTOM
    }

    /// What is left of the page.
    pub(super) fn room(&self) -> f32 {
        self.bottom() - self.y
    }

    /// Whether anything stands on the page but its running head.
    pub(super) fn is_fresh(&self) -> bool {
        self.y <= TOP
    }

    /// The number of the page at hand, from 0.
    pub(super) fn page_index(&self) -> usize {
        self.out.list.len().saturating_sub(1)
    }

    /// Begins a page.
    pub(super) fn new_page(&mut self) {
        self.out.list.push(Page::default());
        self.y = TOP;
    }

    /// Begins a page when less than `height` is left, unless the page is fresh: then it is all there is.
    pub(super) fn need(&mut self, height: f32) -> bool {
        let turn = height > self.room() && !self.is_fresh() && !self.held;
        if turn {
            self.new_page();
        }
        turn
    }

    /// Holds the page: what does not fit does not turn it.
    pub(super) fn hold(&mut self, held: bool) {
        self.held = held;
    }

    /// Moves the cursor down, but leaves no gap on top of a page.
    pub(super) fn gap(&mut self, height: f32) {
        if !self.is_fresh() {
            self.y += height;
        }
    }

    /// What follows belongs to a new element of this role, until [`Canvas::leave`].
    pub(super) fn enter(&mut self, role: &'static str) {
        let element = Element { role, parent: self.open.last().copied(), alt: None };
        self.out.elements.push(element);
        self.open.push(self.out.elements.len() - 1);
    }

    /// Like [`Canvas::enter`], for a figure and what it shows in words.
    pub(super) fn enter_figure(&mut self, alt: &str) {
        self.enter("Figure");
        if let Some(element) = self.out.elements.last_mut() {
            element.alt = Some(alt.to_owned());
        }
    }

    /// Ends the element at hand.
    pub(super) fn leave(&mut self) {
        self.open.pop();
    }

    /// Notes that a section begins at the cursor.
    pub(super) fn bookmark(&mut self, title: &str) {
        let mark = (title.to_owned(), self.page_index(), self.y);
        self.out.bookmarks.push(mark);
    }

    /// Paints a line of text with its baseline at `y`.
    pub(super) fn ink(&mut self, (x, y): (f32, f32), size: f32, colour: Rgb, line: Rc<Line>) {
        if !line.runs.is_empty() {
            self.push(self.open.last().copied(), Mark::Text { x, y, size, colour, line });
        }
    }

    /// Paints a text on one line whose box begins at `top`, cut at `width`.
    pub(super) fn text(&mut self, (x, top): (f32, f32), style: Style, colour: Rgb, text: &str, width: f32) {
        let line = self.setter.fit(text, style.face, style.size, width);
        self.ink((x, style::baseline(style, top)), style.size, colour, line);
    }

    /// Like [`Canvas::text`], ending at `right`.
    pub(super) fn text_right(
        &mut self,
        (right, top): (f32, f32),
        style: Style,
        colour: Rgb,
        text: &str,
        width: f32,
    ) {
        let line = self.setter.fit(text, style.face, style.size, width);
        let x = right - line.at(style.size);
        self.ink((x, style::baseline(style, top)), style.size, colour, line);
    }

    /// Paints lines one under the other; returns where the last one's box ends.
    pub(super) fn lines(
        &mut self,
        (x, top): (f32, f32),
        style: Style,
        colour: Rgb,
        lines: Vec<Rc<Line>>,
    ) -> f32 {
        let mut y = top;
        for line in lines {
            self.ink((x, style::baseline(style, y)), style.size, colour, line);
            y += style.leading;
        }
        y
    }

    /// Paints a shape; decoration, not content.
    pub(super) fn shape(&mut self, outline: Outline, fill: Option<Rgb>, stroke: Option<Stroke>) {
        self.push(None, Mark::Shape { x: 0.0, y: 0.0, shape: Shape { outline, fill, stroke } });
    }

    /// Paints a shape of the element at hand, moved.
    pub(super) fn figure_shape(&mut self, (x, y): (f32, f32), shape: Shape) {
        self.push(self.open.last().copied(), Mark::Shape { x, y, shape });
    }

    /// A horizontal rule. It lies under everything else of the page.
    pub(super) fn rule(&mut self, span: (f32, f32), y: f32, colour: Rgb, width: f32) {
        if let Some(page) = self.out.list.last_mut() {
            page.rules.push(Rule { span, y, stroke: Stroke::solid(colour, width) });
        }
    }

    /// The colour of hairlines.
    pub(super) fn hair(&self) -> Rgb {
        tint(self.theme().muted, 0.35)
    }

    /// The logo, its upper left corner and its size.
    pub(super) fn logo(&mut self, (x, y): (f32, f32), (width, height): (f32, f32)) {
        self.push(None, Mark::Logo { x, y, width, height });
    }

    /// The mark of a rating around a centre: a circle, a triangle or a diamond, so that nothing rests
    /// on colour.
    pub(super) fn health(&mut self, health: Option<Health>, (x, y): (f32, f32), radius: f32) {
        let theme = self.theme();
        let path = |points: Vec<(f32, f32)>| Outline::Path { points, closed: true };
        let (outline, colour) = match health {
            Some(Health::Green) => (Outline::Circle { x, y, radius: radius * 0.92 }, Some(theme.green)),
            Some(Health::Amber) => {
                let r = radius * 1.12;
                (
                    path(vec![(x, y - r), (x + r * 0.98, y + r * 0.76), (x - r * 0.98, y + r * 0.76)]),
                    Some(theme.amber),
                )
            }
            Some(Health::Red) => {
                let r = radius * 1.16;
                (path(vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)]), Some(theme.red))
            }
            None => (Outline::Circle { x, y, radius: radius * 0.8 }, None),
        };
        let stroke = colour.is_none().then(|| Stroke::solid(theme.muted, 0.8));
        self.shape(outline, colour, stroke);
    }

    /// The pages, each with its running head and foot.
    pub(super) fn finish(mut self) -> Pages {
        let count = self.out.list.len();
        let mut pages = std::mem::take(&mut self.out.list);
        for (index, page) in pages.iter_mut().enumerate() {
            self.out.list = vec![std::mem::take(page)];
            self.open.clear();
            self.running(index, count);
            if let Some(done) = self.out.list.pop() {
                *page = done;
            }
        }
        self.out.list = pages;
        self.out
    }

    fn running(&mut self, index: usize, count: usize) {
        let document = self.document;
        let (left, right) = (SIDE, SIDE + self.width());
        let (muted, half) = (self.theme().muted, self.width() / 2.0 - 12.0);
        let date = self.format().day(document.status_date);
        if index > 0 {
            self.text((left, 34.0), RUNNING, self.theme().ink, &document.title, half);
            let what = self.format().say(phrase!(
                "{subtitle} \u{b7} status {day}",
                subtitle = &document.subtitle,
                day = &date
            ));
            self.text_right((right, 34.0), RUNNING, muted, &what, half);
            self.rule((left, right), 48.0, self.hair(), 0.5);
        }
        let foot = self.size.1 - 36.0;
        self.rule((left, right), foot - 6.0, self.hair(), 0.5);
        if index == 0 {
            let what = format!("{} \u{b7} {date}", document.title);
            self.text((left, foot), RUNNING, muted, &what, self.width() * 0.36);
        }
        if let Some(marking) = document.marking.as_deref().filter(|marking| !marking.is_empty()) {
            let style = Style { face: super::typeset::Face::BOLD, ..RUNNING };
            let line = self.setter.fit(marking, style.face, style.size, self.width() * 0.24);
            let (x, colour) = if index == 0 {
                ((left + right - line.at(style.size)) / 2.0, self.theme().ink)
            } else {
                (left, self.theme().ink)
            };
            self.ink((x, style::baseline(style, foot)), style.size, colour, line);
        }
        let page = self.format().say(phrase!(
            "Page {n} of {count}",
            n = (index + 1).to_string(),
            count = count.to_string()
        ));
        self.text_right((right, foot), RUNNING, muted, &page, half);
    }

    fn push(&mut self, element: Option<usize>, mark: Mark) {
        if let Some(page) = self.out.list.last_mut() {
            page.marks.push(Placed { element, mark });
        }
    }
}
