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

/// Points no further apart than this across stand one over the other.
const TOGETHER: f32 = 12.0;

/// Spots over and under a point, half a line apart.
const SPOTS: i16 = 12;

/// Places each word at the cheapest spot around its point: a spot costs what it covers. The words of
/// points that stand one over the other keep the order of the points, all on one side.
pub(super) fn place(
    scene: &mut Scene,
    frame: &mut Frame<'_>,
    within: Area,
    wishes: &[Wish],
    lines: &[Vec<(f32, f32)>],
    taken: &mut Vec<Area>,
) {
    for group in groups(wishes) {
        let widths: Vec<f32> = group.iter().map(|wish| (frame.measure)(&wish.text, TEXT, true)).collect();
        let surroundings = Surroundings { within, lines, taken };
        let places = match group.as_slice() {
            [one] => vec![alone(one, widths[0], &surroundings)],
            _ => stacked(&group, &widths, &surroundings),
        };
        for (wish, (area, anchor)) in group.into_iter().zip(places) {
            taken.push(area);
            write(scene, wish, area, anchor);
        }
    }
}

/// Wishes by where their points stand, each group from top to bottom.
fn groups(wishes: &[Wish]) -> Vec<Vec<&Wish>> {
    let mut groups: Vec<Vec<&Wish>> = Vec::new();
    for wish in wishes {
        let near = |group: &&mut Vec<&Wish>| (group[0].at.0 - wish.at.0).abs() <= TOGETHER;
        match groups.iter_mut().find(near) {
            Some(group) => group.push(wish),
            None => groups.push(vec![wish]),
        }
    }
    for group in &mut groups {
        group.sort_by(|a, b| a.at.1.total_cmp(&b.at.1));
    }
    groups
}

/// What words keep clear of.
struct Surroundings<'a> {
    within: Area,
    lines: &'a [Vec<(f32, f32)>],
    taken: &'a [Area],
}

/// The area of a word beside a point, or over or under it.
fn area((x, y): (f32, f32), width: f32, anchor: Anchor, shift: f32) -> Area {
    let left = match anchor {
        Anchor::Start => x + 5.0,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - 5.0 - width,
    };
    (left, y + shift - TALL / 2.0, left + width, y + shift + TALL / 2.0)
}

/// The cheapest spot of a point that stands alone.
fn alone(wish: &Wish, width: f32, around: &Surroundings<'_>) -> (Area, Anchor) {
    let mut best = (f32::INFINITY, (area(wish.at, width, Anchor::Start, 0.0), Anchor::Start));
    for step in 0..=2 * SPOTS {
        // 0, down 1, up 1, down 2, ... in halves of a line.
        let shift = f32::from((step + 1) / 2) * TALL / 2.0 * if step % 2 == 0 { 1.0 } else { -1.0 };
        for anchor in [Anchor::Start, Anchor::End, Anchor::Middle] {
            if anchor == Anchor::Middle && shift.abs() < TALL * 0.9 {
                continue;
            }
            let area = area(wish.at, width, anchor, shift);
            let side = if anchor == Anchor::Start { 0.0 } else { 1.5 };
            let cost = cost(area, around) + shift.abs() * 0.25 + side;
            if cost < best.0 {
                best = (cost, (area, anchor));
            }
        }
    }
    best.1
}

/// The cheapest spots of points one over the other: on one side, in the order of the points, and each
/// word nearer to its own point than to the others if it can.
fn stacked(group: &[&Wish], widths: &[f32], around: &Surroundings<'_>) -> Vec<(Area, Anchor)> {
    let mut best: Option<(f32, Vec<(Area, Anchor)>)> = None;
    for anchor in [Anchor::Start, Anchor::End] {
        // Per word and spot: the least cost of it and all words above, and the spot of the word above.
        let mut ways: Vec<Vec<(f32, Area, usize)>> = Vec::new();
        for (wish, width) in group.iter().zip(widths) {
            let spots = (-SPOTS..=SPOTS).map(|step| {
                let shift = f32::from(step) * TALL / 2.0;
                let area = area(wish.at, *width, anchor, shift);
                let centre = wish.at.1 + shift;
                let strays = group.iter().any(|other| (other.at.1 - centre).abs() + 0.1 < shift.abs());
                let own = cost(area, around) + shift.abs() * 0.25 + if strays { 40.0 } else { 0.0 };
                let above = ways.last().map_or(Some((0.0, 0)), |above| {
                    let clear = above.iter().enumerate().filter(|(_, (_, over, _))| over.3 <= area.1 + 0.5);
                    clear.map(|(spot, way)| (way.0, spot)).min_by(|a, b| a.0.total_cmp(&b.0))
                });
                let (before, spot) = above.unwrap_or((f32::INFINITY, 0));
                (before + own, area, spot)
            });
            let spots = spots.collect();
            ways.push(spots);
        }
        let last = ways.last().into_iter().flatten().enumerate();
        let Some((mut spot, total)) =
            last.map(|(spot, way)| (spot, way.0)).min_by(|a, b| a.1.total_cmp(&b.1))
        else {
            continue;
        };
        if best.as_ref().is_some_and(|(least, _)| *least <= total) {
            continue;
        }
        let mut places = Vec::with_capacity(ways.len());
        for way in ways.iter().rev() {
            let (_, area, above) = way[spot];
            places.push((area, anchor));
            spot = above;
        }
        places.reverse();
        best = Some((total, places));
    }
    best.map(|(_, places)| places).unwrap_or_default()
}

/// Writes a word into its area, with a line to its point when it is far.
fn write(scene: &mut Scene, wish: &Wish, area: Area, anchor: Anchor) {
    let (x, y) = wish.at;
    let centre = f32::midpoint(area.1, area.3);
    if (centre - y).abs() > TALL {
        let to = match anchor {
            Anchor::Start => (area.0 - 1.0, centre),
            Anchor::End => (area.2 + 1.0, centre),
            Anchor::Middle => (x, if centre > y { area.1 } else { area.3 }),
        };
        scene.line((x, y), to, Stroke::solid(super::tint(wish.colour, 0.6), 0.4));
    }
    scene.label(Label::new((area.0, centre + TEXT * 0.36), &wish.text, wish.colour, Anchor::Start).bold());
}

fn cost(area: Area, around: &Surroundings<'_>) -> f32 {
    let Surroundings { within, lines, taken } = *around;
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
    use super::{Area, Surroundings, TALL, Wish, covered, groups, stacked};
    use crate::document::Rgb;

    #[test]
    fn a_line_covers_what_lies_inside() {
        let area = (0.0, 0.0, 10.0, 10.0);
        assert!((covered((-5.0, 5.0), (15.0, 5.0), area) - 10.0).abs() < 1e-4);
        assert!((covered((5.0, 5.0), (5.0, 50.0), area) - 5.0).abs() < 1e-4);
        assert!(covered((-5.0, 20.0), (15.0, 20.0), area) < 1e-4);
    }

    #[test]
    fn words_keep_the_order_of_their_points_on_one_side() {
        let within = (0.0, 0.0, 300.0, 150.0);
        let wish = |text: &str, y| Wish { at: (150.0, y), text: text.to_owned(), colour: Rgb(0, 0, 0) };
        for (distance, top) in [(3.0, 60.0), (9.0, 1.0), (9.0, 140.0), (30.0, 60.0)] {
            let wishes = [wish("lower", top + distance), wish("upper", top)];
            // A line that runs into the lower point from the left and on from the upper one to the right.
            let lines = [vec![(0.0, 140.0), (150.0, top + distance)], vec![(150.0, top), (300.0, top - 5.0)]];
            let groups = groups(&wishes);
            assert_eq!(groups.len(), 1);
            let texts: Vec<&str> = groups[0].iter().map(|wish| wish.text.as_str()).collect();
            assert_eq!(texts, ["upper", "lower"]);
            let around = Surroundings { within, lines: &lines, taken: &[] };
            let places = stacked(&groups[0], &[80.0, 90.0], &around);
            let [(upper, one), (lower, other)]: [(Area, _); 2] = places.try_into().unwrap();
            assert_eq!(one, other, "both on one side");
            assert!(upper.3 <= lower.1 + 0.5, "{upper:?} is over {lower:?}");
            assert!(upper.1 >= -TALL && lower.3 <= 150.0 + TALL);
        }
    }
}
