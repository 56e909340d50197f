//! Which questions a test asks.
//!
//! Pure: chance is an argument, and the same one draws the same questions.

use std::collections::BTreeMap;

use super::super::programme::Test;

/// Draws the questions of a test: of each topic as many as it says, first those that were never asked, then those
/// asked longest ago; in an order that mixes the topics.
pub fn draw(test: &Test, asked: &BTreeMap<String, u32>, chance: &str) -> Vec<String> {
    let mut drawn: Vec<&str> = Vec::new();
    for (group, count) in test.groups() {
        let mut items: Vec<&str> = group.steps.iter().map(|step| step.id.as_str()).collect();
        items.sort_by_key(|item| (asked.get(*item).copied().unwrap_or(0), lot("draw", chance, item)));
        drawn.extend(items.into_iter().take(count));
    }
    drawn.sort_by_key(|item| lot("order", chance, item));
    drawn.into_iter().map(str::to_owned).collect()
}

/// Draws so many questions about law, whatever their topic, by the same rule.
pub fn draw_law(test: &Test, count: usize, asked: &BTreeMap<String, u32>, chance: &str) -> Vec<String> {
    let mut items: Vec<&str> = test.pool.steps().filter(|step| step.law).map(|step| step.id.as_str()).collect();
    items.sort_by_key(|item| (asked.get(*item).copied().unwrap_or(0), lot("draw", chance, item)));
    items.truncate(count);
    items.sort_by_key(|item| lot("order", chance, item));
    items.into_iter().map(str::to_owned).collect()
}

/// A number that depends on chance and an item alone: 64-bit FNV-1a, stirred at the end (as SplitMix64 does), so that
/// ids which differ in their last letter do not stay neighbours. It mixes cards, it keeps no secret.
fn lot(what: &str, chance: &str, item: &str) -> u64 {
    let words = what.bytes().chain([0]).chain(chance.bytes()).chain([0]).chain(item.bytes());
    let hash = words.fold(0xcbf2_9ce4_8422_2325_u64, |h, byte| (h ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::programme::{Lesson, Module, Step, StepKind, TEST};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn pool(sizes: &[(usize, usize)]) -> Test {
        let group = |(g, (there, _)): (usize, &(usize, usize))| Lesson {
            id: format!("m{g}"),
            minutes: 0,
            steps: (0..*there).map(|i| Step::new(format!("m{g}-i{i}"), StepKind::Reflect)).collect(),
        };
        let lessons = sizes.iter().enumerate().map(group).collect();
        Test { pool: Module { id: TEST.into(), lessons }, draw: sizes.iter().map(|(_, draw)| *draw).collect() }
    }

    /// Groups that hold at least what is drawn of them.
    fn any_pool() -> impl Strategy<Value = Test> {
        let group = (1..6usize).prop_flat_map(|draw| (draw..draw * 4, Just(draw)));
        prop::collection::vec(group, 1..6).prop_map(|sizes| pool(&sizes))
    }

    proptest! {
        #[test]
        fn a_test_asks_of_each_topic_as_many_different_questions_as_it_says(test in any_pool(), chance in "[a-z]{12}") {
            let drawn = draw(&test, &BTreeMap::new(), &chance);
            prop_assert_eq!(drawn.len(), test.length());
            prop_assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), drawn.len());
            for (group, count) in test.groups() {
                let here = drawn.iter().filter(|item| group.steps.iter().any(|step| &&step.id == item)).count();
                prop_assert_eq!(here, count);
            }
        }

        #[test]
        fn no_question_comes_again_while_one_of_its_topic_was_asked_less_recently(
            test in any_pool(), chances in prop::collection::vec("[a-z]{12}", 1..8)
        ) {
            let mut asked: BTreeMap<String, u32> = BTreeMap::new();
            for (attempt, chance) in chances.iter().enumerate() {
                let drawn = draw(&test, &asked, chance);
                for (group, _) in test.groups() {
                    let when = |id: &String| asked.get(id).copied().unwrap_or(0);
                    let ids: Vec<&String> = group.steps.iter().map(|step| &step.id).collect();
                    let newest_drawn = ids.iter().filter(|id| drawn.contains(id)).map(|id| when(id)).max();
                    let oldest_left = ids.iter().filter(|id| !drawn.contains(id)).map(|id| when(id)).min();
                    prop_assert!(oldest_left.is_none() || newest_drawn <= oldest_left);
                }
                asked.extend(drawn.into_iter().map(|id| (id, u32::try_from(attempt).unwrap() + 1)));
            }
        }
    }

    #[test]
    fn the_same_chance_draws_the_same_and_another_draws_others_in_another_order() {
        let test = pool(&[(12, 4), (26, 8)]);
        let none = BTreeMap::new();
        assert_eq!(draw(&test, &none, "abc"), draw(&test, &none, "abc"));
        assert_ne!(draw(&test, &none, "abc"), draw(&test, &none, "abd"));
        // Every question is drawn by some chance, and can stand first.
        let many: Vec<Vec<String>> = (0..500).map(|n| draw(&test, &none, &format!("chance{n}"))).collect();
        let ever: BTreeSet<&String> = many.iter().flatten().collect();
        let first: BTreeSet<&String> = many.iter().map(|drawn| &drawn[0]).collect();
        assert_eq!((ever.len(), first.len()), (38, 38));
    }
}
