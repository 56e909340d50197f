//! Senders at virtual time, as hasty as the budget lets them be.

use super::*;
use proptest::prelude::*;

const START: i64 = 1_785_000_000_000_000;

/// What left, in order: when, to whom, in which lane.
type Sent = Vec<(i64, i64, Lane)>;

/// Counts of sends in any window of this length must not exceed `most`.
fn holds(times: &[i64], window: i64, most: usize) -> bool {
    times.windows(most + 1).all(|some| some[most] - some[0] >= window)
}

/// A small generator, so that delays differ and runs do not.
struct Delays(u64);

impl Delays {
    fn below(&mut self, end: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap_or(0) % end.max(1)
    }
}

/// Runs a bulk sender that never lacks a message and replies that come at these times, each to a chat of
/// its own; every sender wakes up late by less than `late`. Returns what left and how long each reply waited.
fn run(budget: &mut Budget, length: i64, replies: &[i64], late: i64) -> (Sent, Vec<i64>) {
    let mut delays = Delays(7);
    let (mut sent, mut waits) = (Vec::new(), Vec::new());
    let mut bulk_chat = 1;
    let mut bulk_at = START;
    // Replies still to be sent: when to ask, when they came, their chat.
    let mut open: Vec<(i64, i64, i64)> =
        (1_000_000..).zip(replies).map(|(chat, at)| (START + at, START + at, chat)).collect();
    loop {
        let next_reply =
            open.iter().enumerate().min_by_key(|(_, reply)| reply.0).map(|(place, reply)| (place, reply.0));
        let now = next_reply.map_or(bulk_at, |(_, at)| at.min(bulk_at));
        if now >= START + length {
            return (sent, waits);
        }
        match next_reply {
            Some((place, at)) if at == now => match budget.ask(now, open[place].2, Lane::Reply) {
                Verdict::Go => {
                    let (_, came, chat) = open.swap_remove(place);
                    sent.push((now, chat, Lane::Reply));
                    waits.push(now - came);
                }
                Verdict::At(at) => {
                    assert!(at > now);
                    open[place].0 = at + delays.below(late);
                }
            },
            _ => match budget.ask(now, bulk_chat, Lane::Bulk) {
                Verdict::Go => {
                    sent.push((now, bulk_chat, Lane::Bulk));
                    bulk_chat += 1;
                    bulk_at = now + 1;
                }
                Verdict::At(at) => {
                    assert!(at > now);
                    bulk_at = at + delays.below(late);
                }
            },
        }
    }
}

fn times(sent: &Sent) -> Vec<i64> {
    sent.iter().map(|(at, ..)| *at).collect()
}

/// 0.97 of thirty a second for a minute.
const ENOUGH_FOR_A_MINUTE: usize = 1746;

#[test]
fn bulk_alone_uses_the_limit_and_keeps_it() {
    for late in [1, 3_000, 20_000] {
        let (sent, _) = run(&mut Budget::new(SendLimits::Telegram), 60 * SECOND, &[], late);
        assert!(sent.len() >= ENOUGH_FOR_A_MINUTE, "{} sent, up to {late} µs late", sent.len());
        assert!(holds(&times(&sent), SECOND, 30));
    }
}

#[test]
fn bulk_with_replies_uses_the_limit_and_no_reply_waits_long() {
    let mut delays = Delays(11);
    // Five a second at random.
    let replies: Vec<i64> = (0..300).map(|_| delays.below(60 * SECOND)).collect();
    let (sent, mut waits) = run(&mut Budget::new(SendLimits::Telegram), 60 * SECOND, &replies, 2_000);
    assert!(sent.len() >= ENOUGH_FOR_A_MINUTE, "{} sent", sent.len());
    assert!(holds(&times(&sent), SECOND, 30));
    // What leaves in order may arrive a little closer together.
    let mut arrivals: Vec<i64> = times(&sent).iter().map(|at| at + 30_000 + delays.below(9_000)).collect();
    arrivals.sort_unstable();
    assert!(holds(&arrivals, SECOND, 30));
    waits.sort_unstable();
    assert_eq!(waits.len(), 300);
    assert!(waits[296] <= 70_000, "the 99th of a hundred waited {} µs", waits[296]);
}

#[test]
fn a_lone_reply_waits_for_one_slot_at_most() {
    for at in (0..40).map(|n| 10 * SECOND + n * 7_919) {
        let (_, waits) = run(&mut Budget::new(SendLimits::Telegram), 20 * SECOND, &[at], 1);
        assert!(waits[0] <= 35_000, "{} µs at {at}", waits[0]);
    }
}

#[test]
fn replies_that_come_together_leave_in_the_time_of_their_slots() {
    let (sent, waits) = run(&mut Budget::new(SendLimits::Telegram), 20 * SECOND, &[10 * SECOND; 20], 1_000);
    assert_eq!(waits.len(), 20);
    assert!(waits.iter().all(|wait| *wait <= 21 * 36_000), "{waits:?}");
    assert!(holds(&times(&sent), SECOND, 30));
}

#[test]
fn bulk_is_not_starved_by_replies() {
    let replies: Vec<i64> = (0..2_400).map(|n| n * 25_000).collect();
    let (sent, _) = run(&mut Budget::new(SendLimits::Telegram), 60 * SECOND, &replies, 1_000);
    let bulk = sent.iter().filter(|(_, _, lane)| *lane == Lane::Bulk).count();
    assert!((25..=120).contains(&bulk), "{bulk} of {}", sent.len());
    assert!(holds(&times(&sent), SECOND, 30));
}

#[test]
fn a_person_takes_four_at_once_and_then_one_a_second() {
    let mut budget = Budget::new(SendLimits::Telegram);
    let verdicts: Vec<Verdict> = (0..5).map(|_| budget.ask(START, 7, Lane::Reply)).collect();
    let later = Verdict::At(START + SECOND);
    assert_eq!(verdicts, [Verdict::Go, Verdict::Go, Verdict::Go, Verdict::Go, later]);
    assert_eq!(budget.ask(START + SECOND, 7, Lane::Reply), Verdict::Go);
    assert_eq!(budget.ask(START + SECOND, 7, Lane::Reply), Verdict::At(START + 2 * SECOND));
}

#[test]
fn whoever_takes_over_a_second_later_asks_no_more_of_a_chat_than_it_takes() {
    for died in (0..50).map(|n| START + n * 100_000) {
        let (mut first, mut second) = (Budget::new(SendLimits::Telegram), Budget::new(SendLimits::Telegram));
        let begins = died + SECOND;
        second.take_over(begins);
        let hasty = |budget: &mut Budget, from: i64, to: i64| -> Vec<i64> {
            let moments = (from..to).step_by(10_000);
            moments.filter(|now| budget.ask(*now, 7, Lane::Reply) == Verdict::Go).collect()
        };
        let mut sent = hasty(&mut first, START, died);
        assert_eq!(second.ask(begins, 8, Lane::Reply), Verdict::Go);
        assert_eq!(second.ask(begins, 9, Lane::Bulk), Verdict::At(begins + SECOND / 4));
        sent.extend(hasty(&mut second, begins, begins + 10 * SECOND));
        for seconds in 1..10 {
            assert!(holds(&sent, seconds * SECOND + 200_000, 4 + seconds as usize), "five at once and one a second");
        }
    }
}

#[test]
fn bulk_leaves_a_person_one_reply() {
    let mut budget = Budget::new(SendLimits::Telegram);
    for _ in 0..3 {
        assert_eq!(budget.ask(START, 7, Lane::Bulk), Verdict::Go);
    }
    assert_eq!(budget.ask(START + 500_000, 7, Lane::Bulk), Verdict::At(START + SECOND));
    assert_eq!(budget.ask(START + 500_000, 7, Lane::Reply), Verdict::Go);
}

#[test]
fn a_refusal_rests_its_chat_and_a_second_one_the_bulk_lane_but_no_reply_to_others() {
    let mut budget = Budget::new(SendLimits::Telegram);
    budget.refused(START, 7, 5 * SECOND, Lane::Bulk);
    assert_eq!(budget.ask(START, 7, Lane::Reply), Verdict::At(START + 5 * SECOND));
    assert_eq!(budget.ask(START, 8, Lane::Bulk), Verdict::Go);
    budget.refused(START + SECOND, 7, 5 * SECOND, Lane::Bulk);
    assert_eq!(budget.ask(START + SECOND, 9, Lane::Bulk), Verdict::Go);
    budget.refused(START + SECOND, 8, 3 * SECOND, Lane::Bulk);
    assert_eq!(budget.ask(START + SECOND, 10, Lane::Bulk), Verdict::At(START + 4 * SECOND));
    assert_eq!(budget.ask(START + SECOND, 11, Lane::Reply), Verdict::Go);
    assert_eq!(budget.ask(START + 4 * SECOND, 10, Lane::Bulk), Verdict::Go);
    assert_eq!(budget.ask(START + 6 * SECOND, 7, Lane::Reply), Verdict::Go);
}

#[test]
fn a_refused_reply_rests_the_bulk_lane_at_once() {
    let mut budget = Budget::new(SendLimits::Telegram);
    budget.refused(START, 7, 5 * SECOND, Lane::Reply);
    assert_eq!(budget.ask(START, 8, Lane::Bulk), Verdict::At(START + 5 * SECOND));
    assert_eq!(budget.ask(START, 9, Lane::Reply), Verdict::Go);
}

#[test]
fn without_limits_only_refusals_count() {
    let mut budget = Budget::new(SendLimits::Off);
    assert!((0..10_000).all(|_| budget.ask(START, 7, Lane::Bulk) == Verdict::Go));
    budget.refused(START, 7, SECOND, Lane::Bulk);
    assert_eq!(budget.ask(START, 7, Lane::Bulk), Verdict::At(START + SECOND));
    assert_eq!(budget.ask(START, 8, Lane::Bulk), Verdict::Go);
}

#[test]
fn a_clock_that_is_set_back_costs_no_more_than_the_wait_itself() {
    let mut budget = Budget::new(SendLimits::Telegram);
    let _ = run(&mut budget, 5 * SECOND, &[], 1);
    let hour_ago = START + 5 * SECOND - 3600 * SECOND;
    let Verdict::At(at) = budget.ask(hour_ago, 77, Lane::Bulk) else { panic!("the window is full") };
    assert!(at - hour_ago <= 2 * SECOND);
    assert_eq!(budget.ask(at, 77, Lane::Bulk), Verdict::Go);
    assert!(matches!(budget.ask(i64::MIN, 78, Lane::Bulk), Verdict::At(at) if at - i64::MIN <= 2 * SECOND));
    assert_eq!(budget.ask(i64::MAX, 79, Lane::Bulk), Verdict::Go);
}

#[test]
fn idle_chats_are_forgotten() {
    let mut budget = Budget::new(SendLimits::Telegram);
    let (sent, _) = run(&mut budget, 120 * SECOND, &[], 1);
    assert!(sent.len() > 3_000);
    assert!(budget.chats.len() <= 128, "{} chats kept", budget.chats.len());
    for chat in 1..=50_000 {
        budget.ask(START + 120 * SECOND, chat, Lane::Reply);
    }
    assert!(budget.chats.len() <= 256, "{} chats kept", budget.chats.len());
}

prop_compose! {
    /// Something that happens: the time since the last, the chat, the lane, whether it ends in a refusal.
    fn any_ask()(
        pause in prop_oneof![8 => 0..20_000i64, 2 => 0..SECOND, 1 => -SECOND..30 * SECOND],
        chat in prop_oneof![4 => -3..6i64, 6 => 100..400i64],
        bulk in any::<bool>(),
        refused in prop::option::weighted(0.02, 0..5 * SECOND),
    ) -> (i64, i64, Lane, Option<i64>) {
        (pause, chat, if bulk { Lane::Bulk } else { Lane::Reply }, refused)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_window_ever_holds_more_than_its_limit(asks in prop::collection::vec(any_ask(), 1..600)) {
        let mut budget = Budget::new(SendLimits::Telegram);
        let mut sent: Sent = Vec::new();
        // What really passes, which the clock outside may deny.
        let (mut passed, mut clock) = (0, START);
        for (pause, chat, lane, refused) in asks {
            passed += pause.max(0);
            clock += pause;
            match budget.ask(clock, chat, lane) {
                Verdict::Go => sent.push((passed, chat, lane)),
                Verdict::At(at) => prop_assert!(at > clock),
            }
            if let Some(wait) = refused {
                budget.refused(clock, chat, wait, lane);
            }
        }
        prop_assert!(holds(&times(&sent), SECOND, 30));
        let chats: std::collections::BTreeSet<i64> = sent.iter().map(|(_, chat, _)| *chat).collect();
        for chat in chats {
            let times: Vec<i64> = sent.iter().filter(|(_, to, _)| *to == chat).map(|(at, ..)| *at).collect();
            if chat < 0 {
                prop_assert!(holds(&times, 60 * SECOND, 20));
            } else {
                for seconds in 1..10u8 {
                    prop_assert!(holds(&times, i64::from(seconds) * SECOND, 3 + usize::from(seconds)));
                }
            }
        }
    }

    #[test]
    fn whoever_comes_back_when_told_goes_soon(asks in prop::collection::vec(any_ask(), 1..300), chat in -3..400i64, bulk in any::<bool>()) {
        let mut budget = Budget::new(SendLimits::Telegram);
        let mut clock = START;
        for (pause, chat, lane, refused) in asks {
            clock += pause;
            budget.ask(clock, chat, lane);
            if let Some(wait) = refused {
                budget.refused(clock, chat, wait, lane);
            }
        }
        let lane = if bulk { Lane::Bulk } else { Lane::Reply };
        let (mut at, mut asked) = (clock, 0);
        while let Verdict::At(later) = budget.ask(at, chat, lane) {
            at = later;
            asked += 1;
            prop_assert!(asked < 20, "told to come back {} times", asked);
        }
        prop_assert!(at - clock <= 20 * SECOND);
    }
}
