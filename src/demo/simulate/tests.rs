//! What a broken record looks like, and that the judge finds it: a small round is simulated once, and each test spoils
//! a copy of what its phones received.

use std::sync::OnceLock;

use super::*;
use diary::{Declared, Got, Logged, Mark, Shut, Sort};
use wire::Try;

struct Record {
    plan: Plan,
    people: Vec<Diary>,
    words: Words,
}

/// A round in which nothing goes wrong.
fn record() -> &'static Record {
    static RECORD: OnceLock<Record> = OnceLock::new();
    RECORD.get_or_init(|| {
        let settings = Settings { tandems: 8, weeks: 2, seed: 8, faults: Level::None };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let mut run = Run::new(settings).await.expect("a run");
            run.lives().await.expect("a round");
            assert_eq!(run.broken, Vec::<String>::new(), "the ledger holds");
            let people = run.crowd.people.into_iter().map(|person| person.diary).collect();
            Record { plan: run.plan, people, words: Words::built_in().expect("words") }
        })
    })
}

fn judged(people: &[Diary], notes: &Notes) -> Verdict {
    let people: Vec<&Diary> = people.iter().collect();
    judge_all(&record().plan, &people, notes, &record().words)
}

/// The verdict over a record that was changed.
fn spoiled(change: impl FnOnce(&mut Vec<Diary>)) -> Verdict {
    let mut people = record().people.clone();
    change(&mut people);
    judged(&people, &Notes::default())
}

fn found(verdict: &Verdict, beginning: &str) -> bool {
    verdict.broken.iter().any(|broken| broken.starts_with(beginning))
}

/// Somebody who was never away nor shut the bot out, and the place of one of their lessons in what they got.
fn with_lesson(people: &[Diary]) -> (usize, usize) {
    let quiet = |who: &Diary| who.declared.is_empty() && who.shut.is_empty();
    let who = people.iter().position(quiet).expect("somebody who is always there");
    let place = people[who].got.iter().position(|got| matches!(got.sort, Sort::Lesson(_))).expect("a lesson");
    (who, place)
}

#[test]
fn the_record_as_it_is_holds() {
    let verdict = judged(&record().people, &Notes::default());
    assert_eq!(verdict.broken, Vec::<String>::new());
    assert!(verdict.kinds["lesson"].owed > 16 * 3, "most of four lessons for each of sixteen people");
}

#[test]
fn a_message_that_is_missing_is_lost() {
    let verdict = spoiled(|people| {
        let (who, place) = with_lesson(people);
        people[who].got.remove(place);
    });
    assert_eq!(verdict.kinds["lesson"].lost, 1, "{:?}", verdict.broken);
    assert!(found(&verdict, "lost: Lesson"));
}

#[test]
fn an_answer_that_never_came_is_lost() {
    let verdict = spoiled(|people| people[0].deeds[3].answered = None);
    assert!(found(&verdict, "lost: the answer"), "{:?}", verdict.broken);
}

#[test]
fn a_message_that_came_twice_is_doubled_unless_its_fate_was_unclear() {
    let mut people = record().people.clone();
    let (who, place) = with_lesson(&people);
    let again = Got { at: people[who].got[place].at + TimeDelta::seconds(30), ..people[who].got[place] };
    people[who].got.insert(place + 1, again);
    let verdict = judged(&people, &Notes::default());
    assert_eq!(verdict.kinds["lesson"].doubled, 1);
    assert!(found(&verdict, "doubled: a lesson"), "{:?}", verdict.broken);
    let chat = FIRST_CHAT + who as i64;
    let mut notes = Notes::default();
    notes.unclear.push(Try { chat, at: again.at.timestamp_micros(), text: again.text });
    let verdict = judged(&people, &notes);
    assert_eq!((verdict.kinds["lesson"].doubled, verdict.broken), (1, Vec::new()), "counted, and no rule is broken");
}

#[test]
fn what_may_come_at_any_time_does_not_take_what_had_to_come() {
    let (plan, words) = (&record().plan, Mark::of("thanks"));
    let mut who = record().people[0].clone();
    let at = |day: i64| calendar::at(plan.start + TimeDelta::days(day), 9, 0, HOME_ZONE);
    who.got = vec![Got { at: at(8), sort: Sort::Released, text: words, ..who.got[0] }];
    let owed = |day, certainty| owed::Owed {
        what: owed::What::Cover(Sort::Released, words),
        from: at(day),
        until: at(day) + TimeDelta::minutes(20),
        certainty,
    };
    let mut verdict = Verdict::new();
    let two = vec![owed(1, owed::Certainty::May), owed(8, owed::Certainty::Must)];
    verdict.messages(plan, [&who, &record().people[1]], two, &Unclear::default(), FIRST_CHAT);
    assert_eq!(verdict.broken, Vec::<String>::new());
}

#[test]
fn a_question_that_was_put_again_on_purpose_is_not_doubled() {
    let question = |people: &mut Vec<Diary>, seconds| {
        let at = people[1].got[0].at + TimeDelta::seconds(seconds);
        let got = Got { at, sort: Sort::Ask, text: Mark::of("a question"), ..people[1].got[0] };
        people[1].got.push(got);
    };
    let twice = |again: Option<TimeDelta>| {
        spoiled(|people| {
            question(people, 0);
            question(people, 600);
            let at = again.map(|after| (people[1].got[0].at + after, Mark::of("a gap")));
            people[0].asked_again.extend(at);
        })
    };
    assert!(found(&twice(None), "doubled: a cover"), "nobody asked again");
    assert!(!found(&twice(Some(TimeDelta::seconds(300))), "doubled: a cover"));
}

#[test]
fn an_answer_that_came_twice_is_doubled() {
    let verdict = spoiled(|people| {
        let answer = people[0].got.iter().find(|got| got.sort == Sort::Reply).copied().expect("an answer");
        people[0].got.push(answer);
    });
    assert!(verdict.broken.iter().any(|broken| broken.contains("answers more than once")), "{:?}", verdict.broken);
}

#[test]
fn a_message_at_night_breaks_the_quiet_hours() {
    let verdict = spoiled(|people| {
        let (who, place) = with_lesson(people);
        people[who].got[place].at += TimeDelta::hours(12);
    });
    assert!(found(&verdict, "quiet hours"), "{:?}", verdict.broken);
}

#[test]
fn a_second_unasked_message_on_a_day_breaks_the_ceiling() {
    let verdict = spoiled(|people| {
        let (who, place) = with_lesson(people);
        let at = people[who].got[place].at + TimeDelta::hours(1);
        let more =
            Got { at, message: 0, sort: Sort::Reminder, week: false, reminder: true, late: false, text: Mark(1) };
        people[who].got.insert(place + 1, more);
    });
    assert!(found(&verdict, "ceiling"), "{:?}", verdict.broken);
}

#[test]
fn speaking_to_somebody_who_is_away_is_found() {
    let verdict = spoiled(|people| {
        let (who, place) = with_lesson(people);
        let day = people[who].date(people[who].got[place].at);
        let at = people[who].got[place].at - TimeDelta::days(1);
        let days = crate::domain::days::Days { from: day, to: day };
        people[who].declared.push(Declared { at, days });
    });
    assert!(found(&verdict, "away"), "{:?}", verdict.broken);
}

#[test]
fn asking_for_hours_that_are_reached_is_found() {
    let verdict = spoiled(|people| {
        let asked = |who: &Diary| who.got.iter().find(|got| got.week && !got.late).copied();
        let (who, got) =
            people.iter().enumerate().find_map(|(who, d)| Some((who, asked(d)?))).expect("a week's message");
        let day = people[who].date(got.at);
        people[who].logged.push(Logged { at: got.at - TimeDelta::hours(2), day, minutes: 300 });
    });
    assert!(found(&verdict, "on target"), "{:?}", verdict.broken);
}

#[test]
fn a_question_about_cover_that_is_put_twice_is_found() {
    let verdict = spoiled(|people| {
        let ask = |who: &Diary| who.got.iter().position(|got| got.sort == Sort::Ask);
        let asked = people.iter().enumerate().find_map(|(who, diary)| Some((who, ask(diary)?)));
        let (who, place) = asked.expect("a question about cover");
        let again = Got { at: people[who].got[place].at + TimeDelta::days(1), ..people[who].got[place] };
        people[who].got.push(again);
        people[who ^ 1].asked_again.clear();
        people[who].shut.clear();
        people[who].got.push(again);
    });
    assert!(found(&verdict, "asked twice"), "{:?}", verdict.broken);
}

#[test]
fn writing_to_somebody_whose_block_is_known_is_found() {
    let mut people = record().people.clone();
    let from = record().plan.end - TimeDelta::hours(5);
    let (who, _) = with_lesson(&people);
    people[who].shut.push(Shut { from, until: None });
    let at = (from + TimeDelta::hours(1)).timestamp_micros();
    let mut notes = Notes::default();
    notes.shut.push(Try { chat: FIRST_CHAT + who as i64, at, text: Mark(1) });
    assert!(found(&judged(&people, &notes), "block"));
    notes.shut[0].at = from.timestamp_micros();
    assert!(!found(&judged(&people, &notes), "block"), "what was on its way is no fault");
}

#[test]
fn an_entry_that_is_stored_twice_is_found() {
    assert_eq!(rules::ledger(3, (2, 90), (2, 90)), None);
    assert!(rules::ledger(3, (2, 90), (3, 135)).is_some_and(|broken| broken.starts_with("ledger: tandem 3")));
}

#[test]
fn a_week_in_which_too_little_happens_is_found() {
    let mut people = record().people.clone();
    let (who, _) = with_lesson(&people);
    let before = rules::fewest_actions(&record().plan, people.iter()).expect("weeks").0;
    assert!(before >= FEWEST_ACTIONS, "{before}");
    people[who].deeds.clear();
    assert_eq!(rules::fewest_actions(&record().plan, people.iter()).map(|(least, _)| least), Some(0));
}

#[test]
fn sizes_beyond_reason_are_refused_in_one_line() {
    let settings = Settings { tandems: 10, weeks: 3, seed: 1, faults: Level::None };
    assert!(settings.check().is_ok());
    for (wrong, says) in [
        (Settings { tandems: 0, ..settings }, "--tandems must be 1 to 20000, not 0"),
        (Settings { tandems: 1_000_000, ..settings }, "--tandems must be 1 to 20000, not 1000000"),
        (Settings { weeks: 0, ..settings }, "--weeks must be 1 to 52, not 0"),
        (Settings { weeks: 53, ..settings }, "--weeks must be 1 to 52, not 53"),
    ] {
        assert_eq!(wrong.check().expect_err("a refusal").to_string(), says);
    }
}
