//! Hours: what a text is logged as, how the week stands, undo.
//!
//! Owns: entering and showing minutes. Does not know how a text is read (`duration`), nor how a week's
//! target comes about (`ledger`).

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};

use super::calendar::Week;
use super::duration::{self, MAX_MINUTES_A_DAY, Reading, Refusal};
use super::holidays;
use super::ids::{EntryId, PersonId};
use super::ledger::{self, Availability, Away, Target};
use super::message::{Arg, Line, Message, button, say};
use super::study;
use super::tandem::{AbsencePhase, Entry, Role, Tandem};
use super::tap::{Home, HoursTap, Tap};
use super::turn::Turn;

/// Entries reach back this far. What comes after a week's seven days of grace is late, and still counts here.
const MAX_BACK: i64 = 28;

/// Two presses of one button within this time are one.
const DOUBLE_TAP: TimeDelta = TimeDelta::seconds(2);

/// Whether a text is a duration and nothing else.
pub fn nothing_but_hours(turn: &Turn<'_>, role: Role, text: &str) -> bool {
    duration::is_nothing_but_a_duration(text) && readable(turn, role, text)
}

/// Whether a text is to be taken for an entry, rightly or wrongly written.
pub fn readable(turn: &Turn<'_>, role: Role, text: &str) -> bool {
    !matches!(duration::parse(text, turn.today(role)), Err(Refusal::NotADuration))
}

/// Logs what a text says, or says why not.
pub fn log(turn: &mut Turn<'_>, role: Role, text: &str) {
    match duration::parse(text, turn.today(role)) {
        Ok(readings) => {
            let message = match enter(turn, role, &readings) {
                Ok(made) => {
                    let other = match (readings.as_slice(), made.as_slice()) {
                        ([reading], [entry]) => reading.other.map(|minutes| (entry.id.clone(), minutes)),
                        _ => None,
                    };
                    echo(&turn.t, &made, other)
                }
                Err(line) => Message::of(line),
            };
            turn.reply(role, message);
        }
        Err(refusal) => turn.reply(role, Message::of(refused(refusal))),
    }
}

/// A button about hours.
pub fn tapped(turn: &mut Turn<'_>, role: Role, tap: HoursTap) {
    let today = turn.today(role);
    match tap {
        HoursTap::Add(minutes) => pressed(turn, role, today, minutes),
        HoursTap::On { tandem, day, minutes } if tandem == turn.t.id => pressed(turn, role, day, minutes),
        HoursTap::Into { tandem, day, minutes } if tandem == turn.t.id => {
            if let Some(message) = pressed_once(turn, role, day, minutes) {
                turn.show(role, message, None);
            }
        }
        HoursTap::Undo(entry) => undo(turn, role, &entry),
        HoursTap::Other(entry, minutes) => other_reading(turn, role, &entry, minutes),
        HoursTap::Took { module, lesson } => took(turn, role, &module, &lesson),
        HoursTap::NotReleased { tandem, day } if tandem == turn.t.id => {
            let monday = Some(Week::of(day).monday());
            let mind = &mut turn.seat_mut(role).mind;
            if mind.not_released == monday {
                return turn.note(role, say("stale"));
            }
            mind.not_released = monday;
            turn.reply(role, Message::of(say("hours-not-released")));
        }
        HoursTap::On { .. } | HoursTap::Into { .. } | HoursTap::NotReleased { .. } => turn.note(role, say("stale")),
    }
}

/// A button with minutes under a message that stays: the echo is a message of its own.
fn pressed(turn: &mut Turn<'_>, role: Role, day: NaiveDate, minutes: u32) {
    if let Some(message) = pressed_once(turn, role, day, minutes) {
        turn.reply(role, message);
    }
}

/// Logs what a button says, unless it was pressed twice in one go.
fn pressed_once(turn: &mut Turn<'_>, role: Role, day: NaiveDate, minutes: u32) -> Option<Message> {
    let (mine, now) = (turn.id_of(role), turn.now());
    let twice = turn.t.entries.iter().any(|entry| {
        entry.by.as_ref() == Some(&mine)
            && (entry.day, entry.minutes) == (day, minutes)
            && now - entry.made < DOUBLE_TAP
    });
    if twice {
        turn.note(role, say("hours-already"));
        return None;
    }
    if day > turn.today(role) || !(1..=MAX_MINUTES_A_DAY).contains(&minutes) {
        turn.note(role, say("stale"));
        return None;
    }
    Some(match enter(turn, role, &[Reading { date: day, minutes, other: None, note: false }]) {
        Ok(made) => echo(&turn.t, &made, None),
        Err(line) => Message::of(line),
    })
}

/// The minutes of a finished lesson, once: the message with the button becomes the echo.
fn took(turn: &mut Turn<'_>, role: Role, module: &str, lesson: &str) {
    let Some(minutes) = turn.cx.programme.lesson(module, lesson).map(|lesson| lesson.minutes) else {
        return turn.note(role, say("stale"));
    };
    let key = format!("{module}/{lesson}");
    if turn.seat(role).mind.study.took.contains(&key) {
        return turn.note(role, say("hours-already"));
    }
    let today = turn.today(role);
    match enter(turn, role, &[Reading { date: today, minutes, other: None, note: false }]) {
        Ok(made) => {
            turn.seat_mut(role).mind.study.took.insert(key);
            let message = study::onward(turn, role, echo(&turn.t, &made, None));
            turn.show(role, message, None);
        }
        Err(line) => turn.reply(role, Message::of(line)),
    }
}

fn undo(turn: &mut Turn<'_>, role: Role, entry: &EntryId) {
    let mine = turn.id_of(role);
    let found = turn.t.entries.iter().position(|e| &e.id == entry && e.by.as_ref() == Some(&mine));
    let Some(index) = found else { return turn.note(role, say("stale")) };
    let entry = turn.t.entries.remove(index);
    let line = say("hours-undone").with("minutes", Arg::Minutes(entry.minutes)).with("day", entry.day);
    let message = Message::of(line).and(standing_line(&turn.t, Week::of(entry.day)));
    turn.show(role, message.row([button(say("button-home"), Tap::Home(Home::Open))]), None);
}

/// "Two hours" was meant as two minutes, or the other way round.
fn other_reading(turn: &mut Turn<'_>, role: Role, entry: &EntryId, minutes: u32) {
    let mine = turn.id_of(role);
    let found = turn.t.entries.iter().find(|e| &e.id == entry && e.by.as_ref() == Some(&mine)).cloned();
    let Some(before) = found.filter(|e| e.minutes != minutes && minutes > 0) else {
        return turn.note(role, say("stale"));
    };
    let already = on_day(&turn.t, &mine, before.day) - before.minutes;
    if already.saturating_add(minutes) > MAX_MINUTES_A_DAY {
        return turn.note(role, day_full(before.day, already));
    }
    let entry = Entry { minutes, ..before.clone() };
    if let Some(found) = turn.t.entries.iter_mut().find(|e| e.id == entry.id) {
        *found = entry.clone();
    }
    let message = echo(&turn.t, std::slice::from_ref(&entry), Some((entry.id.clone(), before.minutes)));
    turn.show(role, message, None);
}

/// `/hours`: this week and the last four.
pub fn show(turn: &mut Turn<'_>, role: Role) {
    let this = Week::of(turn.today(role));
    let mut message = Message::of(say("hours-title")).and(standing_line(&turn.t, this));
    let mut week = this;
    let mut past = Vec::new();
    for _ in 0..4 {
        week = week.prev();
        // Before the round began nothing was agreed.
        if week.sunday() >= turn.t.round.start || logged(&turn.t, week) > 0 {
            past.push(week_line(&turn.t, week));
        }
    }
    if !past.is_empty() {
        message = message.and(say("hours-past").with("weeks", Arg::Lines(past)));
    }
    let add = |minutes: u32| {
        button(say("button-add").with("minutes", Arg::Minutes(minutes)), Tap::Hours(HoursTap::Add(minutes)))
    };
    message = message.row([15, 30, 60].map(add));
    let mine = turn.id_of(role);
    let last = turn.t.entries.iter().filter(|e| e.by.as_ref() == Some(&mine)).max_by_key(|e| e.made);
    if let Some(entry) = last {
        let undo = say("button-undo-last").with("minutes", Arg::Minutes(entry.minutes));
        message = message.row([button(undo, Tap::Hours(HoursTap::Undo(entry.id.clone())))]);
    }
    let message = message.row([button(say("button-home"), Tap::Home(Home::Open))]);
    turn.show(role, message, None);
}

/// How a week stands, as a sentence with its bar.
pub fn standing_line(tandem: &Tandem, week: Week) -> Line {
    let logged = logged(tandem, week);
    match target(tandem, week) {
        Target::Minutes(target) => say("hours-standing")
            .with("week", i64::from(week.number()))
            .with("logged", Arg::Minutes(logged))
            .with("target", Arg::Minutes(target))
            .with("bar", Arg::Bar(filled(logged, target))),
        Target::None => {
            say("hours-standing-free").with("week", i64::from(week.number())).with("logged", Arg::Minutes(logged))
        }
    }
}

/// Minutes of a week.
pub fn logged(tandem: &Tandem, week: Week) -> u32 {
    tandem.entries.iter().filter(|entry| Week::of(entry.day) == week).map(|entry| entry.minutes).sum()
}

/// What the tandem owes itself in a week.
pub fn target(tandem: &Tandem, week: Week) -> Target {
    let people: Vec<Availability> = tandem
        .seats()
        .map(|seat| Availability {
            workdays: seat.person.prefs.workdays,
            away: tandem
                .absences
                .iter()
                .filter(|a| a.who == seat.person.id && a.phase != AbsencePhase::Cancelled)
                .map(|a| Away { from: a.days.from, to: a.days.to, half: None })
                .collect(),
            from: None,
            until: None,
        })
        .collect();
    let land = tandem.round.land;
    ledger::target(tandem.agreed, week, &people, |day: NaiveDate| {
        land.is_some_and(|land| holidays::is_holiday(land, day).is_some())
    })
}

/// Whether the week's target is reached, or there is none.
pub fn on_target(tandem: &Tandem, week: Week) -> bool {
    match target(tandem, week) {
        Target::Minutes(target) => logged(tandem, week) >= target,
        Target::None => true,
    }
}

fn filled(logged: u32, target: u32) -> u8 {
    ledger::bar(logged, Target::Minutes(target)).map_or(0, |bar| bar.filled)
}

fn week_line(tandem: &Tandem, week: Week) -> Line {
    let logged = logged(tandem, week);
    match target(tandem, week) {
        Target::Minutes(target) => say("hours-week")
            .with("week", i64::from(week.number()))
            .with("logged", Arg::Minutes(logged))
            .with("target", Arg::Minutes(target))
            .with("bar", Arg::Bar(filled(logged, target))),
        Target::None => {
            say("hours-week-free").with("week", i64::from(week.number())).with("logged", Arg::Minutes(logged))
        }
    }
}

/// Adds the entries, or says why not; all or none.
fn enter(turn: &mut Turn<'_>, role: Role, readings: &[Reading]) -> Result<Vec<Entry>, Line> {
    let (mine, today, now) = (turn.id_of(role), turn.today(role), turn.now());
    for reading in readings {
        if (today - reading.date).num_days() > MAX_BACK {
            return Err(say("hours-too-old").with("day", reading.date).with("days", MAX_BACK));
        }
        let asked: u32 = readings.iter().filter(|r| r.date == reading.date).map(|r| r.minutes).sum();
        let already = on_day(&turn.t, &mine, reading.date);
        if already.saturating_add(asked) > MAX_MINUTES_A_DAY {
            return Err(day_full(reading.date, already));
        }
    }
    let mut made = Vec::new();
    for reading in readings {
        let id = turn.ids.id().into();
        made.push(Entry { id, by: Some(mine.clone()), day: reading.date, minutes: reading.minutes, made: now });
    }
    turn.t.entries.extend(made.iter().cloned());
    Ok(made)
}

/// Minutes that a person has logged for a day.
fn on_day(tandem: &Tandem, who: &PersonId, day: NaiveDate) -> u32 {
    tandem.entries.iter().filter(|e| e.day == day && e.by.as_ref() == Some(who)).map(|e| e.minutes).sum()
}

fn day_full(day: NaiveDate, already: u32) -> Line {
    say("hours-day-full").with("day", day).with("already", Arg::Minutes(already))
}

/// What was entered, how the week stands now, undo, and the other reading if there is one.
fn echo(tandem: &Tandem, made: &[Entry], other: Option<(EntryId, u32)>) -> Message {
    let mut message = Message::default();
    for entry in made {
        message = message
            .and(say("hours-logged").with("minutes", Arg::Minutes(entry.minutes)).with("day", Arg::Day(entry.day)));
    }
    let weeks: BTreeSet<Week> = made.iter().map(|entry| Week::of(entry.day)).collect();
    for week in weeks {
        message = message.and(standing_line(tandem, week));
    }
    let mut row = Vec::new();
    if let Some((entry, minutes)) = other {
        let label = say("button-other").with("minutes", Arg::Minutes(minutes));
        row.push(button(label, Tap::Hours(HoursTap::Other(entry, minutes))));
    }
    for entry in made {
        let label = match made.len() {
            1 => say("button-undo"),
            _ => say("button-undo-last").with("minutes", Arg::Minutes(entry.minutes)),
        };
        row.push(button(label, Tap::Hours(HoursTap::Undo(entry.id.clone()))));
    }
    row.truncate(8);
    message.row(row)
}

fn refused(refusal: Refusal) -> Line {
    match refusal {
        Refusal::NotADuration => say("text-unclear"),
        Refusal::NotPositive => say("hours-not-positive"),
        Refusal::TooMuch(_) => say("hours-too-long"),
        Refusal::Future(_) => say("hours-future"),
        Refusal::ImpossibleDate(_) => say("date-impossible"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::effect::Effect;
    use super::super::event::{Command, Deed, Event};
    use super::super::message::Block;
    use super::super::tandem::Role::{Deputy, Lead};
    use super::super::testing::{Play, day, keys, taps};
    use super::*;

    /// The minutes that a sentence of the last screen names.
    fn shown(play: &Play, key: &str, arg: &str) -> Vec<Arg> {
        let args = play.screen().blocks.into_iter().filter_map(|block| match block {
            Block::Say(line) if line.key == key => line.args.into_iter().find(|(name, _)| name == arg),
            _ => None,
        });
        args.map(|(_, value)| value).collect()
    }

    fn entries(play: &Play) -> Vec<(String, u32)> {
        play.t.entries.iter().map(|entry| (entry.day.to_string(), entry.minutes)).collect()
    }

    #[test]
    fn each_echo_shows_the_week_as_of_that_entry() {
        let mut play = Play::begun();
        for (role, text, total) in [(Lead, "1h30", 90), (Deputy, "45 min", 135), (Lead, "gestern 30m", 30)] {
            play.says(role, text);
            assert_eq!(shown(&play, "hours-standing", "logged"), [Arg::Minutes(total)], "{text}");
        }
        assert_eq!(entries(&play), [("2026-11-23".into(), 90), ("2026-11-23".into(), 45), ("2026-11-22".into(), 30)]);
    }

    #[test]
    fn entries_of_two_weeks_show_both() {
        let mut play = Play::begun();
        play.says(Lead, "heute 30 min, gestern 45 min");
        assert_eq!(shown(&play, "hours-standing", "logged"), [Arg::Minutes(45), Arg::Minutes(30)]);
    }

    #[test]
    fn one_message_answers_each_entry() {
        let mut play = Play::begun();
        play.says(Lead, "1 min");
        assert_eq!(play.last.iter().filter(|effect| matches!(effect, Effect::Owe(_))).count(), 1);
    }

    #[test]
    fn the_other_reading_takes_the_place_of_the_first_and_can_be_taken_back() {
        let mut play = Play::begun();
        play.says(Lead, "2");
        assert_eq!(play.t.entries[0].minutes, 120);
        let other = Tap::Hours(HoursTap::Other(play.t.entries[0].id.clone(), 2));
        assert!(taps(&play.screen()).contains(&other));
        play.taps(Lead, other.clone());
        assert_eq!((play.t.entries[0].minutes, shown(&play, "hours-standing", "logged")), (2, vec![Arg::Minutes(2)]));
        assert!(taps(&play.screen()).contains(&Tap::Hours(HoursTap::Other(play.t.entries[0].id.clone(), 120))));
        play.taps(Lead, other);
        assert_eq!((play.t.entries[0].minutes, play.toast().as_deref()), (2, Some("stale")));
    }

    #[test]
    fn undo_takes_an_entry_back_once_and_only_ones_own() {
        let mut play = Play::begun();
        play.says(Lead, "45 min");
        let undo = Tap::Hours(HoursTap::Undo(play.t.entries[0].id.clone()));
        play.taps(Deputy, undo.clone());
        assert_eq!((play.t.entries.len(), play.toast().as_deref()), (1, Some("stale")));
        play.taps(Lead, undo.clone());
        assert_eq!((play.t.entries.len(), keys(&play.screen())[0].as_str()), (0, "hours-undone"));
        play.taps(Lead, undo);
        assert_eq!(play.toast().as_deref(), Some("stale"));
    }

    #[test]
    fn a_day_holds_sixteen_hours_of_one_person_whatever_way_they_come() {
        let mut play = Play::begun();
        play.says(Lead, "15 h");
        play.says(Lead, "61 min");
        assert_eq!(keys(&play.screen()), ["hours-day-full"]);
        play.says(Lead, "2 min");
        let bare = play.t.entries[1].id.clone();
        play.taps(Lead, Tap::Hours(HoursTap::Other(bare, 120)));
        assert_eq!(play.toast().as_deref(), Some("hours-day-full"));
        play.says(Deputy, "10 h");
        play.taps(Lead, Tap::Hours(HoursTap::Add(60)));
        assert_eq!(keys(&play.screen()), ["hours-day-full"]);
        assert_eq!(entries(&play).iter().map(|(_, minutes)| minutes).sum::<u32>(), 900 + 2 + 600);
    }

    #[test]
    fn late_entries_count_up_to_four_weeks_back() {
        let mut play = Play::begun();
        play.says(Lead, "26.10. 45 min");
        assert_eq!(entries(&play), [("2026-10-26".into(), 45)]);
        play.says(Lead, "25.10. 45 min");
        assert_eq!((keys(&play.screen()), play.t.entries.len()), (vec!["hours-too-old".to_owned()], 1));
    }

    #[test]
    fn what_cannot_be_is_refused_in_words() {
        for (text, key) in [
            ("0 min", "hours-not-positive"),
            ("17 h", "hours-too-long"),
            ("morgen 30 min", "hours-future"),
            ("30.2. 30 min", "date-impossible"),
        ] {
            let mut play = Play::begun();
            play.says(Lead, text);
            assert_eq!((keys(&play.screen()), play.t.entries.len()), (vec![key.to_owned()], 0), "{text}");
        }
    }

    #[test]
    fn a_button_pressed_twice_in_one_go_logs_once() {
        let mut play = Play::begun();
        let add = Tap::Hours(HoursTap::Add(30));
        play.taps(Lead, add.clone());
        play.taps(Lead, add.clone());
        assert_eq!((play.t.entries.len(), play.toast().as_deref()), (1, Some("hours-already")));
        play.later(DOUBLE_TAP);
        play.taps(Lead, add.clone());
        assert_eq!(play.t.entries.len(), 2);
        // The other person's press is another one, and so is a text.
        play.taps(Deputy, add);
        play.says(Lead, "30 min");
        play.says(Lead, "30 min");
        assert_eq!(play.t.entries.len(), 5);
    }

    #[test]
    fn forged_minutes_days_and_tandems_are_refused() {
        let mut play = Play::begun();
        let (here, today) = (play.t.id.clone(), day("2026-11-23"));
        for tap in [
            HoursTap::Add(0),
            HoursTap::Add(u32::MAX),
            HoursTap::On { tandem: here.clone(), day: day("2026-11-24"), minutes: 30 },
            HoursTap::Into { tandem: "elsewhere".into(), day: today, minutes: 30 },
            HoursTap::On { tandem: "elsewhere".into(), day: today, minutes: 30 },
            HoursTap::NotReleased { tandem: "elsewhere".into(), day: today },
            HoursTap::Took { module: "m1".into(), lesson: "made-up".into() },
            HoursTap::Other("made-up".into(), 30),
        ] {
            play.taps(Lead, Tap::Hours(tap.clone()));
            assert_eq!((play.toast().as_deref(), play.t.entries.len()), (Some("stale"), 0), "{tap:?}");
        }
        play.taps(Lead, Tap::Hours(HoursTap::On { tandem: here, day: day("2020-01-01"), minutes: 30 }));
        assert_eq!((keys(&play.screen()), play.t.entries.len()), (vec!["hours-too-old".to_owned()], 0));
    }

    #[test]
    fn not_released_is_noted_once_a_week() {
        let mut play = Play::begun();
        let tap = Tap::Hours(HoursTap::NotReleased { tandem: play.t.id.clone(), day: day("2026-11-25") });
        play.taps(Lead, tap.clone());
        assert_eq!(keys(&play.screen()), ["hours-not-released"]);
        play.taps(Lead, tap);
        assert_eq!(play.toast().as_deref(), Some("stale"));
    }

    #[test]
    fn the_sheet_shows_this_week_and_the_last_four() {
        let mut play = Play::begun();
        play.says(Lead, "45 min");
        play.happens(Event::Did(Lead, Deed::Commanded(Command::Hours)));
        assert_eq!(keys(&play.screen()), ["hours-title", "hours-standing", "hours-past"]);
        let Some(Arg::Lines(weeks)) = shown(&play, "hours-past", "weeks").pop() else { panic!("no weeks") };
        assert_eq!(weeks.len(), 4);
        assert!(taps(&play.screen()).contains(&Tap::Hours(HoursTap::Undo(play.t.entries[0].id.clone()))));
    }

    #[test]
    fn a_week_in_which_both_are_away_has_no_target() {
        let mut play = Play::begun();
        play.says(Lead, "weg 7.12. bis 11.12.");
        play.says(Deputy, "weg 7.12. bis 10.12.");
        let week = Week::of(day("2026-12-07"));
        assert_eq!(target(&play.t, week), Target::Minutes(60));
        play.says(Deputy, "weg 11.12.");
        assert_eq!((target(&play.t, week), on_target(&play.t, week)), (Target::None, true));
    }
}
