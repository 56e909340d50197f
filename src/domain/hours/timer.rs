//! The timer: started, stopped, asked after when it has run for long.
//!
//! Owns: turning the time between two instants into whole minutes on local dates. It never invents an end: whoever
//! forgot to stop says when it was. Once it is stopped only minutes are left.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::super::calendar;
use super::super::duration::Reading;
use super::super::ids::PersonId;
use super::super::message::{Arg, Button, Line, Message, button, say};
use super::super::tandem::{Due, Entry, Role, Tandem, Timer};
use super::super::tap::{HoursTap, Tap, TimerTap};
use super::super::turn::Turn;
use super::{echo, end, enter, home};

/// After this time it is asked once whether the timer still runs.
const ASKED_AFTER: TimeDelta = TimeDelta::hours(4);

/// What is longer than the longest working day (ArbZG § 3) was rather forgotten: it is asked about, not logged.
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(10);

/// "I stopped earlier": so many minutes after the start.
const EARLIER: [u32; 6] = [30, 60, 120, 180, 240, 360];

/// Buttons in a row.
const A_ROW: usize = 3;

/// What people write to start and to stop.
const STARTS: &[&str] = &["start", "starte", "starten", "timer start", "start timer", "timer starten", "timer an"];
const STOPS: &[&str] =
    &["stop", "stopp", "stoppen", "timer stop", "timer stopp", "stop timer", "timer stoppen", "timer aus"];

/// A word that stands for a button of the timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Start,
    Stop,
}

/// Whether a text is such a word, in either language.
pub fn word(text: &str) -> Option<Word> {
    let text = text.trim().trim_end_matches(['.', '!']).trim_end().to_lowercase();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.as_str() {
        text if STARTS.contains(&text) => Some(Word::Start),
        text if STOPS.contains(&text) => Some(Word::Stop),
        _ => None,
    }
}

/// A word is said.
pub fn spoken(turn: &mut Turn<'_>, role: Role, word: Word) {
    match word {
        Word::Start => start(turn, role),
        Word::Stop => stop(turn, role),
    }
}

/// Whether this person's timer runs in this tandem.
pub fn is_running(tandem: &Tandem, person: &PersonId) -> bool {
    tandem.seats().any(|seat| &seat.person.id == person && seat.mind.timer.is_some())
}

/// A button of the timer.
pub(super) fn tapped(turn: &mut Turn<'_>, role: Role, tap: TimerTap) {
    let timer = turn.seat(role).mind.timer;
    match (tap, timer) {
        (TimerTap::Start, _) => start(turn, role),
        (TimerTap::StartIn(tandem), _) if tandem == turn.t.id => start(turn, role),
        // It runs for another tandem: there is one for each person.
        (TimerTap::StartIn(_), Some(_)) => shown(turn, role, say("timer-elsewhere")),
        (TimerTap::StartIn(_), None) => turn.note(role, say("stale")),
        (_, None) => turn.note(role, say("timer-none")),
        (TimerTap::GoOn, Some(timer)) => {
            turn.seat_mut(role).mind.timer = Some(Timer { confirmed: true, ..timer });
            turn.unschedule(&Due::Timer(role));
            shown(turn, role, say("timer-goes-on"));
        }
        (TimerTap::Stop, Some(_)) => stop(turn, role),
        (TimerTap::StoppedAfter(minutes), Some(timer)) => {
            let end = timer.since + TimeDelta::minutes(minutes.into());
            match end <= turn.now() {
                true => finish(turn, role, timer, end),
                false => turn.note(role, say("stale")),
            }
        }
        (TimerTap::Discard, Some(_)) => {
            forget(turn, role);
            turn.show(role, Message::of(say("timer-discarded")).row([home()]), None);
        }
    }
}

/// It has run for long: does it still? Asked once.
pub fn ask_timer(turn: &mut Turn<'_>, role: Role) {
    let Some(timer) = turn.t.seat(role).and_then(|seat| seat.mind.timer).filter(|timer| !timer.confirmed) else {
        return;
    };
    let minutes = elapsed(timer, turn.now());
    let message = Message::of(say("timer-still").with("minutes", Arg::Minutes(minutes))).row([
        button(say("button-timer-go-on"), Tap::Hours(HoursTap::Timer(TimerTap::GoOn))),
        button(say("button-timer-stop-now"), Tap::Hours(HoursTap::Timer(TimerTap::Stop))),
    ]);
    let message = earlier(message.and(say("timer-earlier")), minutes);
    // The occurrence tells nothing: when it was started is not to be left behind.
    let (to, occurrence) = (turn.id_of(role), turn.ids.id());
    turn.owe_notice(to, occurrence, message);
}

/// That it runs, as a line of the sheet.
pub(super) fn running_line(turn: &Turn<'_>, role: Role) -> Option<Line> {
    let timer = turn.seat(role).mind.timer?;
    Some(say("timer-runs").with("minutes", Arg::Minutes(elapsed(timer, turn.now()))))
}

/// The sheet's button: start, or stop.
pub(super) fn buttons(turn: &Turn<'_>, role: Role) -> Vec<Button> {
    let (key, tap) = match turn.seat(role).mind.timer {
        None => ("button-timer-start", TimerTap::Start),
        Some(_) => ("button-timer-stop", TimerTap::Stop),
    };
    vec![button(say(key), Tap::Hours(HoursTap::Timer(tap)))]
}

fn start(turn: &mut Turn<'_>, role: Role) {
    if let Err(message) = end::takes(&turn.t, turn.said_on(role)) {
        return turn.show(role, *message, None);
    }
    if turn.seat(role).mind.timer.is_some() {
        return shown(turn, role, say("timer-runs-already"));
    }
    // What was written while nobody listened was started then.
    let since = turn.said();
    turn.seat_mut(role).mind.timer = Some(Timer { since, confirmed: false });
    let ask_at = ask_at(turn, role, since);
    turn.schedule(Due::Timer(role), ask_at);
    shown(turn, role, say("timer-started"));
}

/// Four hours later, but not at night: whoever works on a free day is there on that day.
fn ask_at(turn: &Turn<'_>, role: Role, started: DateTime<Utc>) -> DateTime<Utc> {
    let zone = turn.seat(role).person.zone;
    let at = started + ASKED_AFTER;
    let today = calendar::local_date(started, zone);
    let morning = calendar::at(today, calendar::QUIET_ENDS, 0, zone);
    let night = calendar::at(today, calendar::QUIET_STARTS, 0, zone);
    if at < night { at.max(morning) } else { turn.polite(role, at) }
}

fn stop(turn: &mut Turn<'_>, role: Role) {
    let Some(timer) = turn.seat(role).mind.timer else {
        return turn.note(role, say("timer-none"));
    };
    let end = turn.said();
    if end - timer.since > FORGOTTEN_AFTER {
        let message = when(timer, end, Message::of(say("timer-long").with("minutes", minutes_arg(timer, turn))));
        return turn.show(role, message, None);
    }
    finish(turn, role, timer, end);
}

/// Logs what passed between start and end. What the ledger refuses leaves the timer as it is.
fn finish(turn: &mut Turn<'_>, role: Role, timer: Timer, end: DateTime<Utc>) {
    let zone = turn.seat(role).person.zone;
    let readings: Vec<Reading> =
        split(timer.since, end, zone).into_iter().map(|(day, minutes)| Reading::of(day, minutes)).collect();
    if readings.is_empty() {
        forget(turn, role);
        return turn.show(role, Message::of(say("timer-too-short")).row([home()]), None);
    }
    match enter(turn, role, &readings) {
        Ok(made) => {
            forget(turn, role);
            without_clock(turn, &made);
            let message = echo(turn, &made, &readings);
            turn.show(role, message, None);
        }
        Err(message) => {
            let message = when(timer, end, *message);
            turn.show(role, message, None);
        }
    }
}

/// The instant at which these were made is the one at which the timer was stopped: only the day is kept of it.
fn without_clock(turn: &mut Turn<'_>, made: &[Entry]) {
    for entry in turn.t.entries.iter_mut().filter(|entry| made.iter().any(|made| made.id == entry.id)) {
        entry.made = calendar::at(calendar::local_date(entry.made, Tz::UTC), 0, 0, Tz::UTC);
    }
}

fn forget(turn: &mut Turn<'_>, role: Role) {
    turn.seat_mut(role).mind.timer = None;
    turn.unschedule(&Due::Timer(role));
}

fn shown(turn: &mut Turn<'_>, role: Role, line: Line) {
    let tap = |tap: TimerTap| Tap::Hours(HoursTap::Timer(tap));
    let message = Message::of(line)
        .row([button(say("button-timer-stop"), tap(TimerTap::Stop))])
        .row([button(say("button-timer-discard"), tap(TimerTap::Discard)), home()]);
    turn.show(role, message, None);
}

/// When was it really stopped?
fn when(timer: Timer, end: DateTime<Utc>, message: Message) -> Message {
    let minutes = elapsed(timer, end);
    let message = earlier(message, minutes);
    let all = say("button-timer-all").with("minutes", Arg::Minutes(minutes));
    // As long as it says, whenever it is pressed.
    message.row([button(all, Tap::Hours(HoursTap::Timer(TimerTap::StoppedAfter(minutes))))])
}

fn earlier(message: Message, minutes: u32) -> Message {
    let choices: Vec<Button> = EARLIER
        .into_iter()
        .filter(|earlier| *earlier < minutes)
        .map(|earlier| {
            let label = say("button-minutes").with("minutes", Arg::Minutes(earlier));
            button(label, Tap::Hours(HoursTap::Timer(TimerTap::StoppedAfter(earlier))))
        })
        .collect();
    let message = choices.chunks(A_ROW).fold(message, |message, row| message.row(row.iter().cloned()));
    message.row([button(say("button-timer-discard"), Tap::Hours(HoursTap::Timer(TimerTap::Discard)))])
}

fn minutes_arg(timer: Timer, turn: &Turn<'_>) -> Arg {
    Arg::Minutes(elapsed(timer, turn.said()))
}

fn elapsed(timer: Timer, now: DateTime<Utc>) -> u32 {
    u32::try_from((now - timer.since).num_minutes()).unwrap_or(0)
}

/// Whole minutes between two instants, by local date. Days are as long as they are: 23 or 25 hours when the
/// clocks change. Together they are what has passed, rounded down once.
fn split(since: DateTime<Utc>, end: DateTime<Utc>, zone: Tz) -> Vec<(NaiveDate, u32)> {
    let mut pieces = Vec::new();
    let mut counted = 0;
    for day in calendar::local_date(since, zone).iter_days() {
        let Some(next) = day.succ_opt() else { break };
        let midnight = calendar::at(next, 0, 0, zone);
        let until = (end.min(midnight) - since).num_minutes().max(0);
        if until > counted {
            pieces.push((day, u32::try_from(until - counted).unwrap_or(u32::MAX)));
            counted = until;
        }
        if midnight >= end {
            break;
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::super::tandem::Role::{Deputy, Lead};
    use super::super::super::tandem::Talk;
    use super::super::super::testing::{Play, keys, taps};
    use super::*;
    use chrono_tz::Europe::Berlin;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn told(pieces: &[(NaiveDate, u32)]) -> String {
        pieces.iter().map(|(day, minutes)| format!("{day} {minutes}")).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn what_runs_over_midnight_is_split_there_and_days_are_as_long_as_they_are() {
        for (since, end, pieces) in [
            ("2026-11-23T21:30:00Z", "2026-11-24T00:15:00Z", "2026-11-23 90, 2026-11-24 75"),
            ("2026-11-23T09:00:00Z", "2026-11-23T09:00:59Z", ""),
            ("2026-11-23T09:00:30Z", "2026-11-23T10:30:29Z", "2026-11-23 89"),
            // 25 October 2026 has 25 hours, 28 March 2027 has 23.
            ("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", "2026-10-25 1500"),
            ("2027-03-27T23:00:00Z", "2027-03-28T22:00:00Z", "2027-03-28 1380"),
            ("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25 60"),
            ("2027-03-28T00:30:00Z", "2027-03-28T01:30:00Z", "2027-03-28 60"),
            // Half a minute on either side of midnight is a minute of the second day.
            ("2026-11-23T22:59:30Z", "2026-11-23T23:00:30Z", "2026-11-24 1"),
            ("2026-12-31T22:30:00Z", "2026-12-31T23:30:00Z", "2026-12-31 30, 2027-01-01 30"),
        ] {
            assert_eq!(told(&split(at(since), at(end), Berlin)), pieces, "{since} to {end}");
        }
    }

    #[test]
    fn words_start_and_stop_it_in_both_languages() {
        for text in ["start", "Start", " START! ", "Timer  start", "starten"] {
            assert_eq!(word(text), Some(Word::Start), "{text}");
        }
        for text in ["stop", "Stopp", "stopp.", "Timer stoppen"] {
            assert_eq!(word(text), Some(Word::Stop), "{text}");
        }
        for text in ["", "starten wir?", "stop it", "Startseite", "non-stop", "start 2h"] {
            assert_eq!(word(text), None, "{text}");
        }
    }

    fn tap(tap: TimerTap) -> Tap {
        Tap::Hours(HoursTap::Timer(tap))
    }

    fn entries(play: &Play) -> Vec<(String, u32)> {
        play.t.entries.iter().map(|entry| (entry.day.to_string(), entry.minutes)).collect()
    }

    #[test]
    fn it_is_stopped_in_the_middle_of_a_text_and_the_text_is_still_waited_for() {
        let mut play = Play::begun();
        play.says(Lead, "start");
        play.later(chrono::TimeDelta::minutes(45));
        let talk = Talk::Step { module: "m1".into(), step: "write".into() };
        play.mind(Lead).talk = talk.clone();
        play.says(Lead, "Stopp");
        assert_eq!((play.t.entries.len(), play.mind(Lead).talk.clone()), (1, talk));
        assert_eq!(play.t.entries[0].minutes, 45);
    }

    /// How often it was asked whether the timer still runs.
    fn asked(play: &Play) -> usize {
        play.to(Lead).iter().filter(|owed| keys(&owed.message).first().is_some_and(|key| key == "timer-still")).count()
    }

    #[test]
    fn what_is_measured_is_logged_in_whole_minutes_and_no_clock_time_stays() {
        let mut play = Play::begun();
        play.says(Lead, "Start");
        play.says(Deputy, "start");
        play.later(TimeDelta::seconds(95 * 60 + 40));
        play.says(Lead, "Stopp");
        assert_eq!(entries(&play), [("2026-11-23".to_owned(), 95)]);
        let lead = play.t.lead.clone().expect("a lead");
        assert_eq!((lead.mind.timer, play.t.agenda.contains_key(&Due::Timer(Lead))), (None, false));
        assert!(play.t.deputy.as_ref().is_some_and(|seat| seat.mind.timer.is_some()), "the other's goes on");
        assert_eq!(play.t.entries[0].made.time(), chrono::NaiveTime::MIN);
        play.taps(Lead, tap(TimerTap::Stop));
        assert_eq!((play.toast().as_deref(), play.t.entries.len()), (Some("timer-none"), 1));
    }

    #[test]
    fn there_is_one_for_each_person_and_less_than_a_minute_is_nothing() {
        let mut play = Play::begun();
        play.taps(Lead, tap(TimerTap::Start));
        let since = play.t.lead.as_ref().and_then(|seat| seat.mind.timer);
        play.later(TimeDelta::seconds(59));
        play.says(Lead, "start");
        assert_eq!(keys(&play.screen()), ["timer-runs-already"]);
        assert_eq!(play.t.lead.as_ref().and_then(|seat| seat.mind.timer), since);
        play.taps(Lead, tap(TimerTap::Stop));
        assert_eq!((keys(&play.screen()), play.t.entries.len()), (vec!["timer-too-short".to_owned()], 0));
    }

    #[test]
    fn after_four_hours_it_is_asked_once_and_nothing_ends_by_itself() {
        let mut play = Play::begun();
        play.says(Lead, "start");
        play.until("2026-11-23 11:59");
        assert_eq!(asked(&play), 0);
        play.until("2026-11-23 12:01");
        assert_eq!(asked(&play), 1);
        play.until("2026-11-27 12:00");
        assert_eq!((asked(&play), play.t.entries.len()), (1, 0));
        // Four days later nobody believes the clock.
        play.says(Lead, "stop");
        assert_eq!((keys(&play.screen()), play.t.entries.len()), (vec!["timer-long".to_owned()], 0));
        assert!(taps(&play.screen()).contains(&tap(TimerTap::StoppedAfter(120))));
        let all = taps(&play.screen()).pop().expect("all that has passed, as long as the button says");
        assert_eq!(all, tap(TimerTap::StoppedAfter(4 * 24 * 60 + 4 * 60)));
        play.later(TimeDelta::hours(1));
        play.taps(Lead, all);
        assert_eq!((keys(&play.screen())[0].as_str(), play.t.entries.len()), ("hours-day-full", 0));
        play.taps(Lead, tap(TimerTap::StoppedAfter(120)));
        assert_eq!(entries(&play), [("2026-11-23".to_owned(), 120)]);
        play.taps(Lead, tap(TimerTap::StoppedAfter(120)));
        assert_eq!((play.toast().as_deref(), play.t.entries.len()), (Some("timer-none"), 1));
    }

    #[test]
    fn whoever_says_that_it_goes_on_is_not_asked_again() {
        let mut play = Play::begun();
        play.says(Lead, "start");
        play.until("2026-11-23 12:00");
        play.taps(Lead, tap(TimerTap::GoOn));
        play.until("2026-11-23 13:30");
        play.taps(Lead, tap(TimerTap::StoppedAfter(400)));
        assert_eq!(play.toast().as_deref(), Some("stale"), "an end that is still to come is none");
        play.taps(Lead, tap(TimerTap::Stop));
        assert_eq!((asked(&play), entries(&play)), (1, vec![("2026-11-23".to_owned(), 330)]));
    }

    #[test]
    fn at_night_nobody_is_asked_and_an_end_before_midnight_stays_on_its_day() {
        let mut play = Play::begun();
        play.until("2026-11-23 21:00");
        play.says(Lead, "start");
        play.until("2026-11-24 07:59");
        assert_eq!(asked(&play), 0);
        play.until("2026-11-24 08:01");
        assert_eq!(asked(&play), 1);
        play.taps(Lead, tap(TimerTap::StoppedAfter(240)));
        assert_eq!(entries(&play), [("2026-11-23".to_owned(), 180), ("2026-11-24".to_owned(), 60)]);
    }

    #[test]
    fn words_that_waited_count_from_when_they_were_written() {
        let mut play = Play::begun();
        play.until("2026-11-24 08:00");
        play.said_at(Lead, "2026-11-23 22:30", "start");
        assert_eq!(play.t.agenda.get(&Due::Timer(Lead)), Some(&super::super::super::testing::at("2026-11-24 08:00")));
        play.said_at(Lead, "2026-11-24 00:15", "stopp");
        assert_eq!(entries(&play), [("2026-11-23".to_owned(), 90), ("2026-11-24".to_owned(), 15)]);
    }

    #[test]
    fn a_measurement_can_be_thrown_away() {
        let mut play = Play::begun();
        play.says(Lead, "start");
        play.later(TimeDelta::minutes(30));
        play.taps(Lead, tap(TimerTap::Discard));
        assert_eq!((keys(&play.screen()), play.t.entries.len()), (vec!["timer-discarded".to_owned()], 0));
        assert!(!play.t.agenda.contains_key(&Due::Timer(Lead)));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_won_by_splitting(
            since in 1_770_000_000..1_830_000_000i64, seconds in 0..400_000i64,
            zone in prop::sample::select(vec![Berlin, chrono_tz::Europe::Lisbon, chrono_tz::America::Santiago]),
        ) {
            let since = DateTime::from_timestamp(since, 0).expect("an instant");
            let end = since + TimeDelta::seconds(seconds);
            let pieces = split(since, end, zone);
            let sum: i64 = pieces.iter().map(|(_, minutes)| i64::from(*minutes)).sum();
            prop_assert_eq!(sum, seconds / 60);
            for (day, minutes) in &pieces {
                prop_assert!(*minutes > 0 && *minutes <= 25 * 60);
                prop_assert!(calendar::local_date(since, zone) <= *day && *day <= calendar::local_date(end, zone));
            }
            prop_assert!(pieces.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }
}
