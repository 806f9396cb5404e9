//! Where the words at the ends of lines go: beside their point, clear of each other and of the lines.

use crate::document::Rgb;

use super::{Anchor, Frame, Label, Scene, Stroke, TEXT};

/// Height of a word.
const TALL: f32 = TEXT * 1.25;

/// A word that wants to be beside a point.
pub(super) struct Wish {
    /// The point.
    pub(super) at: (f32, f32),
    /// The word.
    pub(super) text: String,
    /// Its colour.
    pub(super) colour: Rgb,
}

/// A rectangle: left, top, right, bottom.
type Area = (f32, f32, f32, f32);

/// Places each word at the cheapest spot around its point: a spot costs what it covers.
pub(super) fn place(
    scene: &mut Scene,
    frame: &mut Frame<'_>,
    within: Area,
    wishes: &[Wish],
    lines: &[Vec<(f32, f32)>],
    taken: &mut Vec<Area>,
) {
    for wish in wishes {
        let width = (frame.measure)(&wish.text, TEXT, true);
        let (x, y) = wish.at;
        let mut best: Option<(f32, Area, Anchor)> = None;
        for step in 0..=24_i16 {
            // 0, up 1, down 1, up 2, ... in thirds of a line.
            let shift = f32::from((step + 1) / 2) * TALL / 2.0 * if step % 2 == 0 { 1.0 } else { -1.0 };
            for (anchor, left) in
                [(Anchor::Start, x + 5.0), (Anchor::End, x - 5.0 - width), (Anchor::Middle, x - width / 2.0)]
            {
                if anchor == Anchor::Middle && shift.abs() < TALL * 0.9 {
                    continue;
                }
                let area = (left, y + shift - TALL / 2.0, left + width, y + shift + TALL / 2.0);
                let cost = cost(area, within, lines, taken)
                    + shift.abs() * 0.25
                    + if anchor == Anchor::Start { 0.0 } else { 1.5 };
                if best.is_none_or(|(least, ..)| cost < least) {
                    best = Some((cost, area, anchor));
                }
            }
        }
        if let Some((_, area, anchor)) = best {
            taken.push(area);
            let centre = f32::midpoint(area.1, area.3);
            if (centre - y).abs() > TALL {
                let near = match anchor {
                    Anchor::Start => area.0 - 1.0,
                    Anchor::End => area.2 + 1.0,
                    Anchor::Middle => x,
                };
                let to = if centre > y { area.1 } else { area.3 };
                let to = if anchor == Anchor::Middle { to } else { centre };
                scene.line((x, y), (near, to), Stroke::solid(super::tint(wish.colour, 0.6), 0.4));
            }
            scene.label(
                Label::new((area.0, centre + TEXT * 0.36), &wish.text, wish.colour, Anchor::Start).bold(),
            );
        }
    }
}

fn cost(area: Area, within: Area, lines: &[Vec<(f32, f32)>], taken: &[Area]) -> f32 {
    let outside = (within.0 - area.0).max(0.0)
        + (area.2 - within.2).max(0.0)
        + (within.1 - area.1).max(0.0)
        + (area.3 - within.3).max(0.0);
    let mut cost = outside * 20.0;
    for other in taken {
        let wide = (area.2.min(other.2) - area.0.max(other.0)).max(0.0);
        let high = (area.3.min(other.3) - area.1.max(other.1)).max(0.0);
        if wide > 0.0 && high > 0.0 {
            cost += 60.0 + wide * high;
        }
    }
    for line in lines {
        cost += line.windows(2).map(|piece| covered(piece[0], piece[1], area)).sum::<f32>() * 1.2;
    }
    cost
}

/// How much of a straight piece lies in an area: Liang and Barsky's clipping.
fn covered(from: (f32, f32), to: (f32, f32), area: Area) -> f32 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0_f32, 1.0_f32);
    for (p, q) in
        [(-dx, from.0 - area.0), (dx, area.2 - from.0), (-dy, from.1 - area.1), (dy, area.3 - from.1)]
    {
        if p.abs() < 1e-6 {
            if q < 0.0 {
                return 0.0;
            }
        } else if p < 0.0 {
            enter = enter.max(q / p);
        } else {
            leave = leave.min(q / p);
        }
    }
    if enter < leave { (leave - enter) * dx.hypot(dy) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::covered;

    #[test]
    fn a_line_covers_what_lies_inside() {
        let area = (0.0, 0.0, 10.0, 10.0);
        assert!((covered((-5.0, 5.0), (15.0, 5.0), area) - 10.0).abs() < 1e-4);
        assert!((covered((5.0, 5.0), (5.0, 50.0), area) - 5.0).abs() < 1e-4);
        assert!(covered((-5.0, 20.0), (15.0, 20.0), area) < 1e-4);
    }
}
