//! Shapes and rules as paths: what looks the same painted together is painted at once.

use crate::render::chart::{Outline, Shape, Stroke};

use super::super::super::page::Rule;
use super::super::syntax::fixed;
use super::Painter;

/// What a path takes in before it is painted: shapes painted one by one would look the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joins {
    /// Lines in the stroke at hand.
    Lines,
    /// Rectangles in the colour at hand: they run the same way around, so that none cuts a hole.
    Rectangles,
    /// Nothing.
    Nothing,
}

impl Painter<'_> {
    /// Paints the path at hand.
    pub(super) fn end_path(&mut self) {
        if let Some((operator, _)) = self.path.take() {
            self.operator(operator);
        }
    }

    /// Rules of one stroke are one path, and all of them one artifact.
    pub(super) fn rules(&mut self, rules: &[Rule]) {
        if rules.is_empty() {
            return;
        }
        self.operator("/Artifact BMC");
        let mut strokes: Vec<Stroke> = Vec::new();
        for rule in rules {
            if !strokes.contains(&rule.stroke) {
                strokes.push(rule.stroke);
            }
        }
        for stroke in strokes {
            self.stroked(stroke);
            for Rule { span: (from, to), y, .. } in rules.iter().filter(|rule| rule.stroke == stroke) {
                self.point(self.place((*from, *y)), "m");
                self.point(self.place((*to, *y)), "l");
            }
            self.operator("S");
        }
        self.operator("EMC");
    }

    /// Adds a shape, moved, to the path at hand, or begins one.
    pub(super) fn shape(&mut self, (dx, dy): (f32, f32), shape: &Shape) {
        if let Outline::Path { points, .. } = &shape.outline
            && points.len() < 2
        {
            return;
        }
        if let Some(colour) = shape.fill {
            self.filled(colour);
        }
        if let Some(stroke) = shape.stroke {
            self.stroked(stroke);
        }
        let (operator, joins) = painted(shape);
        if self.path.is_some_and(|path| path != (operator, joins) || joins == Joins::Nothing) {
            self.end_path();
        }
        match &shape.outline {
            Outline::Path { points, .. } => {
                for (index, (x, y)) in points.iter().enumerate() {
                    self.point(self.place((x + dx, y + dy)), if index == 0 { "m" } else { "l" });
                }
            }
            Outline::Rectangle { x, y, width, height } => {
                let (left, bottom) = self.place((x + dx, y + dy + height));
                let (right, top) = self.place((x + dx + width, y + dy));
                for operand in [left, bottom, right - left, top - bottom] {
                    fixed(&mut self.out, operand, 2);
                    self.out.push(b' ');
                }
                self.operator("re");
            }
            Outline::Circle { x, y, radius } => self.circle((x + dx, y + dy), *radius),
        }
        self.path = Some((operator, joins));
    }

    /// Four cubic curves that differ from the circle by less than a thousandth.
    fn circle(&mut self, (x, y): (f32, f32), r: f32) {
        let k = r * 0.552_285;
        self.point(self.place((x + r, y)), "m");
        for [a, b, end] in [
            [(x + r, y + k), (x + k, y + r), (x, y + r)],
            [(x - k, y + r), (x - r, y + k), (x - r, y)],
            [(x - r, y - k), (x - k, y - r), (x, y - r)],
            [(x + k, y - r), (x + r, y - k), (x + r, y)],
        ] {
            for (handle, operator) in [(a, ""), (b, ""), (end, "c")] {
                self.point(self.place(handle), operator);
            }
        }
    }
}

/// What paints a shape, and what may join it.
fn painted(shape: &Shape) -> (&'static str, Joins) {
    let open = matches!(shape.outline, Outline::Path { closed: false, .. });
    let rectangle = matches!(shape.outline, Outline::Rectangle { .. });
    match (shape.fill, shape.stroke) {
        (Some(_), Some(_)) => ("b", Joins::Nothing),
        (Some(_), None) if rectangle => ("f", Joins::Rectangles),
        (Some(_), None) => ("f", Joins::Nothing),
        (None, Some(_)) if open => ("S", Joins::Lines),
        // A rectangle closes itself.
        (None, Some(_)) if rectangle => ("S", Joins::Lines),
        (None, Some(_)) => ("s", Joins::Nothing),
        (None, None) => ("n", Joins::Nothing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Rgb;
    use crate::render::pdf::page::Pages;
    use crate::render::pdf::typeset::Typesetter;
    use crate::render::pdf::write::fonts::Subsets;

    /// The operators of shapes, in a row.
    fn operators(shapes: &[Shape]) -> String {
        let subsets = Subsets::of(&Typesetter::new(), &Pages::default());
        let mut painter = Painter::new(&subsets, 100.0);
        for shape in shapes {
            painter.shape((0.0, 0.0), shape);
        }
        painter.end_path();
        String::from_utf8(painter.out).unwrap().replace('\n', " ").trim_end().to_owned()
    }

    fn rectangle(x: f32, fill: Option<Rgb>, stroke: Option<Stroke>) -> Shape {
        Shape { outline: Outline::Rectangle { x, y: 0.0, width: 5.0, height: 10.0 }, fill, stroke }
    }

    const BLACK: Rgb = Rgb(0, 0, 0);
    const RED: Rgb = Rgb(255, 0, 0);

    #[test]
    fn shapes_of_one_paint_are_one_path() {
        let filled = |x, colour| rectangle(x, Some(colour), None);
        assert_eq!(
            operators(&[filled(1.0, BLACK), filled(7.0, BLACK), filled(20.0, RED)]),
            "0 0 0 rg 1 90 5 10 re 7 90 5 10 re f 1 0 0 rg 20 90 5 10 re f"
        );
        let line = Shape {
            outline: Outline::Path { points: vec![(0.0, 0.0), (9.0, 0.0)], closed: false },
            fill: None,
            stroke: Some(Stroke::solid(BLACK, 1.0)),
        };
        assert_eq!(operators(&[line.clone(), line]), "0 0 0 RG 1 w 0 100 m 9 100 l 0 100 m 9 100 l S");
    }

    #[test]
    fn shapes_that_could_cover_each_other_are_not() {
        let both = |x| rectangle(x, Some(BLACK), Some(Stroke::solid(RED, 1.0)));
        assert_eq!(operators(&[both(1.0), both(3.0)]).matches(" b").count(), 2);
        let circle =
            |x| Shape { outline: Outline::Circle { x, y: 9.0, radius: 2.0 }, fill: Some(RED), stroke: None };
        assert_eq!(operators(&[circle(1.0), circle(2.0)]).matches(" f").count(), 2);
    }
}
