//! How marks may lie over each other, and what Telegram does silently when they do not.
//!
//! Owns: overlaps, nesting, joining, and trimming a text together with its marks. Refuses nothing.

use super::text::{Entity, Formatted, Kind};

/// How marks of a kind may lie over each other (tdlib keeps the same three classes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// May overlap anything but code.
    Splittable,
    Quote,
    /// Overlaps no other of its class.
    Continuous,
}

impl Kind {
    fn class(&self) -> Class {
        match self {
            Kind::Bold | Kind::Italic | Kind::Underline | Kind::Strikethrough | Kind::Spoiler => Class::Splittable,
            Kind::Blockquote | Kind::ExpandableBlockquote => Class::Quote,
            _ => Class::Continuous,
        }
    }

    /// Holds no other mark.
    fn is_bare(&self) -> bool {
        matches!(self, Kind::Code | Kind::Pre(_) | Kind::DateTime { .. })
    }
}

/// Makes the marks lie over each other as Telegram allows: quotes do not overlap quotes, links and code not each
/// other, nothing lies over code, equal marks that touch become one.
pub(super) fn repair(entities: Vec<Entity>) -> Vec<Entity> {
    let (mut quotes, mut continuous, mut splittable) = (Vec::new(), Vec::new(), Vec::new());
    for entity in entities {
        match entity.kind.class() {
            Class::Quote => quotes.push(entity),
            Class::Continuous => continuous.push(entity),
            Class::Splittable => splittable.push(entity),
        }
    }
    drop_overlapping(&mut quotes);
    drop_overlapping(&mut continuous);
    continuous.retain(|c| quotes.iter().all(|q| c.end() <= q.offset || q.end() <= c.offset || inside(c, q)));
    let bare: Vec<(usize, usize)> =
        continuous.iter().filter(|c| c.kind.is_bare()).map(|c| (c.offset, c.end())).collect();
    let mut all = merge_splittable(splittable, &bare);
    all.append(&mut quotes);
    all.append(&mut continuous);
    sort(&mut all);
    all
}

fn sort(entities: &mut [Entity]) {
    let order = |kind: &Kind| match kind.class() {
        Class::Quote => 0,
        Class::Continuous => 1,
        Class::Splittable => 2,
    };
    entities.sort_by(|a, b| {
        a.offset.cmp(&b.offset).then(b.length.cmp(&a.length)).then(order(&a.kind).cmp(&order(&b.kind)))
    });
}

fn inside(inner: &Entity, outer: &Entity) -> bool {
    outer.offset <= inner.offset && inner.end() <= outer.end()
}

fn drop_overlapping(entities: &mut Vec<Entity>) {
    sort(entities);
    let mut free_from = 0;
    entities.retain(|e| {
        let fits = e.offset >= free_from;
        if fits {
            free_from = e.end();
        }
        fits
    });
}

fn merge_splittable(mut entities: Vec<Entity>, bare: &[(usize, usize)]) -> Vec<Entity> {
    sort(&mut entities);
    let mut merged = Vec::with_capacity(entities.len());
    for kind in [Kind::Bold, Kind::Italic, Kind::Underline, Kind::Strikethrough, Kind::Spoiler] {
        let mut open: Option<(usize, usize)> = None;
        for entity in entities.iter().filter(|e| e.kind == kind) {
            open = match open {
                Some((from, to)) if entity.offset <= to => Some((from, to.max(entity.end()))),
                Some(range) => {
                    cut_around(range, bare, &kind, &mut merged);
                    Some((entity.offset, entity.end()))
                }
                None => Some((entity.offset, entity.end())),
            };
        }
        if let Some(range) = open {
            cut_around(range, bare, &kind, &mut merged);
        }
    }
    merged
}

/// `bare` is sorted and free of overlaps.
fn cut_around((mut from, to): (usize, usize), bare: &[(usize, usize)], kind: &Kind, out: &mut Vec<Entity>) {
    let mut push = |from: usize, to: usize| {
        if from < to {
            out.push(Entity { kind: kind.clone(), offset: from, length: to - from });
        }
    };
    for &(start, end) in bare {
        if start < to && from < end {
            push(from, start);
            from = end;
        }
    }
    push(from, to);
}

/// Takes blanks off both ends, and off the start of marks; marks of blanks alone vanish.
pub(super) fn trim(clean: String, mut entities: Vec<Entity>) -> Formatted {
    let units: Vec<u16> = clean.encode_utf16().collect();
    let blank = |unit: u16| unit == u16::from(b' ') || unit == u16::from(b'\n');
    for entity in &mut entities {
        while entity.length > 0 && blank(units[entity.offset]) && !matches!(entity.kind, Kind::TextLink(_)) {
            entity.offset += 1;
            entity.length -= 1;
        }
    }
    let end = units.iter().rposition(|u| !blank(*u)).map_or(0, |last| last + 1);
    entities.retain_mut(|entity| {
        entity.length = entity.end().min(end).saturating_sub(entity.offset);
        entity.length > 0
    });
    sort(&mut entities);
    let first_mark = entities.first().map_or(end, |e| e.offset);
    let start = units.iter().position(|u| !blank(*u)).unwrap_or(end).min(first_mark);
    for entity in &mut entities {
        entity.offset -= start;
    }
    // What is cut off are blanks of one byte and one unit each.
    let kept_tail = clean.len() - (units.len() - end);
    let text = clean.get(start..kept_tail).unwrap_or_default().to_owned();
    Formatted { text, entities }
}

#[cfg(test)]
mod tests {
    use super::super::text::finish;
    use super::*;

    fn mark(kind: Kind, offset: usize, length: usize) -> Entity {
        Entity { kind, offset, length }
    }

    fn done(text: &str, entities: Vec<Entity>) -> (String, Vec<(Kind, usize, usize)>) {
        let done = finish(text, entities).unwrap();
        (done.text, done.entities.into_iter().map(|e| (e.kind, e.offset, e.length)).collect())
    }

    #[test]
    fn bold_is_cut_around_code_and_touching_bold_is_one() {
        let (_, marks) = done("abcdef", vec![mark(Kind::Bold, 0, 6), mark(Kind::Code, 2, 2)]);
        assert_eq!(marks, vec![(Kind::Bold, 0, 2), (Kind::Code, 2, 2), (Kind::Bold, 4, 2)]);
        let (_, marks) = done("abcdef", vec![mark(Kind::Bold, 0, 3), mark(Kind::Bold, 3, 3)]);
        assert_eq!(marks, vec![(Kind::Bold, 0, 6)]);
    }

    #[test]
    fn quotes_and_links_do_not_nest() {
        let link = |n: u8| Kind::TextLink(format!("https://a.b/{n}"));
        let (_, marks) = done("abcdef", vec![mark(link(1), 0, 6), mark(link(2), 1, 2)]);
        assert_eq!(marks, vec![(link(1), 0, 6)]);
        let (_, marks) = done("abcdef", vec![mark(Kind::Blockquote, 0, 6), mark(Kind::Blockquote, 1, 2)]);
        assert_eq!(marks, vec![(Kind::Blockquote, 0, 6)]);
        let (_, marks) = done("abcdef", vec![mark(Kind::Blockquote, 0, 4), mark(Kind::Code, 3, 2)]);
        assert_eq!(marks, vec![(Kind::Blockquote, 0, 4)]);
    }
}
