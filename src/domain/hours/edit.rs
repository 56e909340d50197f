//! Correcting entries: undo, the other reading, a little more or less, another day, another text.
//!
//! Owns: what may be changed and the screens for it. Every change is written down, with who made it and
//! what it was before.

use chrono::{NaiveDate, TimeDelta};

use super::super::calendar::Week;
use super::super::duration::{self, MAX_MINUTES_A_DAY};
use super::super::effect::{Effect, Look};
use super::super::ids::EntryId;
use super::super::message::{Arg, Button, Line, Message, button, say};
use super::super::study;
use super::super::tandem::{Entry, Role, Talk};
use super::super::tap::{EditTap, HoursTap, Tap};
use super::super::turn::Turn;
use super::standing::standing_line;
use super::{day_full, end, home, not_too_old, on_day, other, record, refused, steps};

/// Lengths that an entry can be given with one tap.
const OFFERED: [u32; 3] = [15, 30, 60];

/// Entries of a week that a screen has room for.
const MAX_LISTED: usize = 12;

/// Weeks whose entries may still be corrected.
const WEEKS: u8 = 4;

/// A button about an entry.
pub(super) fn tapped(turn: &mut Turn<'_>, role: Role, tap: EditTap) {
    match tap {
        EditTap::List(back) => list(turn, role, back),
        EditTap::Open(id) => match own(turn, role, &id) {
            Some(entry) => open(turn, role, &entry),
            None => turn.note(role, say("stale")),
        },
        EditTap::Step(id, by) => {
            let to = |entry: &Entry| (entry.day, entry.minutes.saturating_add_signed(by));
            if let Some((_, entry)) = changed(turn, role, &id, to) {
                let message = echo(turn, &entry, None);
                turn.show(role, message, None);
            }
        }
        EditTap::Set(id, minutes) => {
            if let Some((_, entry)) = changed(turn, role, &id, |entry| (entry.day, minutes)) {
                open(turn, role, &entry);
            }
        }
        EditTap::Move(id, days) => {
            let moved = |day: NaiveDate| day.checked_add_signed(TimeDelta::days(days.into())).unwrap_or(day);
            if let Some((_, entry)) = changed(turn, role, &id, |entry| (moved(entry.day), entry.minutes)) {
                open(turn, role, &entry);
            }
        }
        EditTap::Write(id) => match own(turn, role, &id) {
            Some(entry) => {
                turn.seat_mut(role).mind.talk = Talk::Entry { entry: id.clone() };
                let line = say("entry-write").with("minutes", Arg::Minutes(entry.minutes)).with("day", entry.day);
                let back = button(say("button-back"), Tap::Hours(HoursTap::Edit(EditTap::Open(id))));
                turn.show(role, Message::of(line).row([back]), None);
            }
            None => turn.note(role, say("stale")),
        },
        EditTap::Delete(id) => undo(turn, role, &id),
        EditTap::History => turn.out.push(Effect::Look(Look::Changes)),
    }
}

/// A text that stands for an entry's right time. Without a day in it the day stays what it was.
pub fn rewrite(turn: &mut Turn<'_>, role: Role, id: &EntryId, text: &str) {
    let readings = match duration::parse(text, turn.said_on(role)) {
        Ok(readings) => readings,
        Err(refusal) => return turn.reply(role, Message::of(refused(refusal))),
    };
    let [reading] = readings.as_slice() else {
        return turn.reply(role, Message::of(say("entry-one-only")));
    };
    study::listen(turn, role);
    let to = |entry: &Entry| (if reading.named { reading.date } else { entry.day }, reading.minutes);
    if let Some((_, entry)) = changed(turn, role, id, to) {
        let message = echo(turn, &entry, reading.other);
        turn.reply(role, message);
    }
}

/// An entry is taken back.
pub(super) fn undo(turn: &mut Turn<'_>, role: Role, id: &EntryId) {
    let mine = turn.id_of(role);
    let found = turn.t.entries.iter().position(|e| &e.id == id && e.by.as_ref() == Some(&mine));
    let Some(index) = found else { return turn.note(role, say("stale")) };
    let entry = turn.t.entries.remove(index);
    record(turn, role, id, Some((entry.day, entry.minutes)), None);
    let line = say("hours-undone").with("minutes", Arg::Minutes(entry.minutes)).with("day", entry.day);
    let message = Message::of(line).and(standing_line(&turn.t, Week::of(entry.day)));
    turn.show(role, message.row([home()]), None);
}

/// "Two hours" was meant as two minutes, or the other way round.
pub(super) fn other_reading(turn: &mut Turn<'_>, role: Role, id: &EntryId, minutes: u32) {
    if let Some((before, entry)) = changed(turn, role, id, |entry| (entry.day, minutes)) {
        let message = echo(turn, &entry, Some(before.minutes));
        turn.show(role, message, None);
    }
}

/// How many weeks ago the newest of one's own entries lies that may be corrected.
pub(super) fn latest_with_entries(turn: &Turn<'_>, role: Role) -> Option<u8> {
    (0..=WEEKS).find(|back| !listed(turn, role, *back).is_empty())
}

/// A correction as a line of the history, made on this day.
pub fn change_line(made: NaiveDate, was: Option<(NaiveDate, u32)>, is: Option<(NaiveDate, u32)>) -> Line {
    let entry = |(day, minutes): (NaiveDate, u32)| say("entry").with("day", day).with("minutes", Arg::Minutes(minutes));
    match (was, is) {
        (Some(was), Some(is)) => say("change-changed").with("made", made).with("was", entry(was)).with("is", entry(is)),
        (Some(was), None) => say("change-removed").with("made", made).with("was", entry(was)),
        (None, Some(is)) => say("change-late").with("made", made).with("is", entry(is)),
        (None, None) => say("change-none"),
    }
}

fn list(turn: &mut Turn<'_>, role: Role, back: u8) {
    if back > WEEKS {
        return turn.note(role, say("stale"));
    }
    let week = Week::of(turn.today(role)).plus(-i32::from(back));
    let entries = listed(turn, role, back);
    let key = if entries.is_empty() { "entries-none" } else { "entries-title" };
    let mut message = Message::of(say(key).with("week", i64::from(week.number())));
    for entry in entries.iter().rev().take(MAX_LISTED).rev() {
        let label = say("entry").with("day", entry.day).with("minutes", Arg::Minutes(entry.minutes));
        message = message.row([button(label, Tap::Hours(HoursTap::Edit(EditTap::Open(entry.id.clone()))))]);
    }
    let turn_to = |label: &'static str, back: u8| button(say(label), Tap::Hours(HoursTap::Edit(EditTap::List(back))));
    let before = (back < WEEKS).then(|| turn_to("button-week-before", back + 1));
    let after = back.checked_sub(1).map(|back| turn_to("button-week-after", back));
    let history = button(say("button-history"), Tap::Hours(HoursTap::Edit(EditTap::History)));
    turn.show(role, message.row(before.into_iter().chain(after)).row([history]).row([home()]), None);
}

/// One's own entries of a week, in the order of their days.
fn listed(turn: &Turn<'_>, role: Role, back: u8) -> Vec<Entry> {
    let (mine, today) = (turn.id_of(role), turn.today(role));
    let week = Week::of(today).plus(-i32::from(back));
    let own = |entry: &&Entry| entry.by.as_ref() == Some(&mine) && week.contains(entry.day);
    let mut entries: Vec<Entry> =
        turn.t.entries.iter().filter(own).filter(|e| not_too_old(today, e.day).is_ok()).cloned().collect();
    entries.sort_by_key(|entry| (entry.day, entry.made));
    entries
}

/// One entry with everything that can be done about it.
fn open(turn: &mut Turn<'_>, role: Role, entry: &Entry) {
    study::listen(turn, role);
    let today = turn.today(role);
    let edit = |tap: EditTap| Tap::Hours(HoursTap::Edit(tap));
    let id = || entry.id.clone();
    let line = say("entry-open").with("day", entry.day).with("minutes", Arg::Minutes(entry.minutes));
    let set = OFFERED.into_iter().filter(|minutes| *minutes != entry.minutes).map(|minutes| {
        button(say("button-minutes").with("minutes", Arg::Minutes(minutes)), edit(EditTap::Set(id(), minutes)))
    });
    let earlier = not_too_old(today, entry.day - TimeDelta::days(1)).is_ok();
    let earlier = earlier.then(|| button(say("button-day-before"), edit(EditTap::Move(id(), -1))));
    let later = (entry.day < today).then(|| button(say("button-day-after"), edit(EditTap::Move(id(), 1))));
    let weeks = Week::of(today).since(Week::of(entry.day));
    let back = EditTap::List(u8::try_from(weeks).unwrap_or(0));
    let message = Message::of(line)
        .and(standing_line(&turn.t, Week::of(entry.day)))
        .row(set)
        .row(earlier.into_iter().chain(later))
        .row([button(say("button-write-anew"), edit(EditTap::Write(id())))])
        .row([button(say("button-delete-entry"), edit(EditTap::Delete(id()))), button(say("button-back"), edit(back))]);
    turn.show(role, message, None);
}

/// How an entry reads now, with undo and a little more or less.
fn echo(turn: &Turn<'_>, entry: &Entry, meant: Option<u32>) -> Message {
    let line = say("hours-logged").with("minutes", Arg::Minutes(entry.minutes)).with("day", Arg::Day(entry.day));
    let undo = button(say("button-undo"), Tap::Hours(HoursTap::Undo(entry.id.clone())));
    let row: Vec<Button> = meant.map(|minutes| other(entry, minutes)).into_iter().chain([undo]).collect();
    Message::of(line).and(standing_line(&turn.t, Week::of(entry.day))).row(row).row(steps(entry))
}

fn own(turn: &Turn<'_>, role: Role, id: &EntryId) -> Option<Entry> {
    let mine = turn.id_of(role);
    turn.t.entries.iter().find(|e| &e.id == id && e.by.as_ref() == Some(&mine)).cloned()
}

/// Changes one of one's own entries and answers with how it was and how it is. What cannot be is said in a note.
fn changed(
    turn: &mut Turn<'_>,
    role: Role,
    id: &EntryId,
    to: impl Fn(&Entry) -> (NaiveDate, u32),
) -> Option<(Entry, Entry)> {
    let Some(before) = own(turn, role, id) else {
        turn.note(role, say("stale"));
        return None;
    };
    let (day, minutes) = to(&before);
    if let Err(line) = possible(turn, role, &before, day, minutes) {
        turn.note(role, line);
        return None;
    }
    let after = Entry { day, minutes, ..before.clone() };
    if let Some(found) = turn.t.entries.iter_mut().find(|e| e.id == after.id) {
        *found = after.clone();
    }
    record(turn, role, id, Some((before.day, before.minutes)), Some((day, minutes)));
    Some((before, after))
}

fn possible(turn: &Turn<'_>, role: Role, before: &Entry, day: NaiveDate, minutes: u32) -> Result<(), Line> {
    let (mine, today) = (turn.id_of(role), turn.today(role));
    if (day, minutes) == (before.day, before.minutes) {
        return Err(say("stale"));
    }
    if minutes == 0 {
        return Err(say("hours-not-positive"));
    }
    if day > today {
        return Err(say("hours-future"));
    }
    not_too_old(today, day)?;
    not_too_old(today, before.day)?;
    if end::takes(&turn.t, day).is_err() {
        return Err(say("hours-over"));
    }
    let same_day = if day == before.day { before.minutes } else { 0 };
    let already = on_day(&turn.t, &mine, day) - same_day;
    match already.saturating_add(minutes) > MAX_MINUTES_A_DAY {
        true => Err(day_full(day, already)),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::event::{Command, Deed, Event};
    use super::super::super::message::Block;
    use super::super::super::record::{Change, Record, Timing};
    use super::super::super::tandem::Role::{Deputy, Lead};
    use super::super::super::testing::{Play, day, keys, taps};
    use super::super::MAX_BACK;
    use super::*;

    fn edit(tap: EditTap) -> Tap {
        Tap::Hours(HoursTap::Edit(tap))
    }

    fn entries(play: &Play) -> Vec<(String, u32)> {
        play.t.entries.iter().map(|entry| (entry.day.to_string(), entry.minutes)).collect()
    }

    fn changes(play: &Play) -> Vec<Change> {
        let change = |effect: &Effect| match effect {
            Effect::Record(Record::Changed(change)) => Some(change.clone()),
            _ => None,
        };
        play.last.iter().filter_map(change).collect()
    }

    #[test]
    fn the_weeks_that_are_listed_are_those_that_may_be_corrected() {
        assert!(i64::from(WEEKS) * 7 >= MAX_BACK.num_days() && i64::from(WEEKS - 1) * 7 < MAX_BACK.num_days());
    }

    #[test]
    fn a_little_more_or_less_is_one_tap_each_and_all_of_it_is_written_down() {
        let mut play = Play::begun();
        play.says(Lead, "12 min");
        let id = play.t.entries[0].id.clone();
        assert!(changes(&play).is_empty());
        for (by, minutes) in [(5, 17), (-5, 12), (-5, 7), (-5, 2)] {
            play.taps(Lead, edit(EditTap::Step(id.clone(), by)));
            assert_eq!(play.t.entries[0].minutes, minutes);
        }
        let [change] = changes(&play).try_into().expect("one change");
        let today = day("2026-11-23");
        assert_eq!((change.entry, change.by), (id.clone(), play.id(Lead)));
        assert_eq!((change.was, change.is, change.timing), (Some((today, 7)), Some((today, 2)), Timing::InTime));
        assert!(
            !taps(&play.screen()).contains(&edit(EditTap::Step(id.clone(), -5))),
            "nothing below a minute is offered"
        );
        play.taps(Lead, edit(EditTap::Step(id, -5)));
        assert_eq!((play.toast().as_deref(), play.t.entries[0].minutes), (Some("hours-not-positive"), 2));
    }

    #[test]
    fn own_entries_of_a_week_are_listed_opened_moved_and_deleted() {
        let mut play = Play::begun();
        play.until("2026-12-02 12:00");
        play.says(Lead, "gestern 45 min");
        play.says(Lead, "Fr 20 min");
        play.says(Deputy, "1 h");
        play.happens(Event::Did(Lead, Deed::Commanded(Command::Hours)));
        assert!(taps(&play.screen()).contains(&edit(EditTap::List(0))));
        play.taps(Lead, edit(EditTap::List(0)));
        let mine = play.t.entries[0].id.clone();
        let of_entries = |play: &Play| {
            let open = |tap: Tap| match tap {
                Tap::Hours(HoursTap::Edit(EditTap::Open(id))) => Some(id),
                _ => None,
            };
            taps(&play.screen()).into_iter().filter_map(open).collect::<Vec<_>>()
        };
        assert_eq!(of_entries(&play), std::slice::from_ref(&mine));
        play.taps(Lead, edit(EditTap::List(1)));
        assert_eq!(of_entries(&play), [play.t.entries[1].id.clone()]);
        play.taps(Lead, edit(EditTap::Open(mine.clone())));
        play.taps(Lead, edit(EditTap::Move(mine.clone(), -1)));
        // Across the Monday into the week before.
        play.taps(Lead, edit(EditTap::Move(mine.clone(), -1)));
        assert_eq!(entries(&play)[0], ("2026-11-29".to_owned(), 45));
        assert_eq!(super::super::logged(&play.t, Week::of(day("2026-11-29"))), 65);
        play.taps(Lead, edit(EditTap::Set(mine.clone(), 60)));
        assert_eq!(entries(&play)[0], ("2026-11-29".to_owned(), 60));
        play.taps(Lead, edit(EditTap::Delete(mine.clone())));
        assert_eq!(changes(&play)[0].was, Some((day("2026-11-29"), 60)));
        assert_eq!((changes(&play)[0].is, play.t.entries.len()), (None, 2));
        play.taps(Lead, edit(EditTap::Open(mine)));
        assert_eq!(play.toast().as_deref(), Some("stale"));
    }

    #[test]
    fn an_entry_is_written_anew_with_or_without_its_day() {
        let mut play = Play::begun();
        play.until("2026-12-02 12:00");
        play.says(Lead, "gestern 45 min");
        let id = play.t.entries[0].id.clone();
        let write = edit(EditTap::Write(id.clone()));
        play.taps(Lead, write.clone());
        play.says(Lead, "1,5 Std.");
        assert_eq!(entries(&play), [("2026-12-01".to_owned(), 90)]);
        play.taps(Lead, write.clone());
        play.says(Lead, "am 29.11. 20 min");
        assert_eq!(entries(&play), [("2026-11-29".to_owned(), 20)]);
        // Ambiguous: the likelier one, with the other one tap away.
        play.taps(Lead, write.clone());
        play.says(Lead, "2");
        assert_eq!(entries(&play), [("2026-11-29".to_owned(), 120)]);
        assert!(taps(&play.screen()).contains(&Tap::Hours(HoursTap::Other(id.clone(), 2))));
        // What is no time is asked for again; another topic ends it.
        play.taps(Lead, write.clone());
        for (text, key) in [("0 min", "hours-not-positive"), ("1 h, gestern 2 h", "entry-one-only")] {
            play.says(Lead, text);
            assert_eq!(keys(&play.screen()), [key]);
        }
        play.happens(Event::Did(Lead, Deed::Commanded(Command::Hours)));
        play.says(Lead, "30 min");
        assert_eq!(play.t.entries.len(), 2);
    }

    #[test]
    fn what_is_not_ones_own_too_old_or_too_much_changes_nothing() {
        let mut play = Play::begun();
        play.says(Lead, "26.10. 45 min");
        play.says(Lead, "heute 15 h, gestern 1 h");
        let [old, full, before] = [0, 1, 2].map(|n| play.t.entries[n].id.clone());
        let untouched = entries(&play);
        for (role, tap, key) in [
            (Deputy, EditTap::Step(full.clone(), 5), "stale"),
            (Deputy, EditTap::Delete(full.clone()), "stale"),
            (Deputy, EditTap::Open(full.clone()), "stale"),
            (Lead, EditTap::Set(full.clone(), 961), "hours-day-full"),
            (Lead, EditTap::Set(full.clone(), 0), "hours-not-positive"),
            (Lead, EditTap::Set(full.clone(), u32::MAX), "hours-day-full"),
            (Lead, EditTap::Step(full.clone(), i32::MAX), "hours-day-full"),
            (Lead, EditTap::Step(full.clone(), i32::MIN), "hours-not-positive"),
            (Lead, EditTap::Move(full.clone(), 1), "hours-future"),
            (Lead, EditTap::Move(full.clone(), i32::MAX), "stale"),
            (Lead, EditTap::Move(full, -60), "hours-too-old"),
            (Lead, EditTap::Move(old, -1), "hours-too-old"),
            (Lead, EditTap::Step(before, 901), "hours-day-full"),
            (Lead, EditTap::Write("made-up".into()), "stale"),
            (Lead, EditTap::List(9), "stale"),
        ] {
            play.taps(role, edit(tap.clone()));
            assert_eq!((play.toast().as_deref(), entries(&play)), (Some(key), untouched.clone()), "{tap:?}");
        }
    }

    #[test]
    fn an_entry_of_a_settled_week_says_that_it_comes_late_and_is_marked() {
        let mut play = Play::begun();
        play.until("2026-12-16 12:00");
        play.says(Lead, "9.12. 30 min");
        assert!(!keys(&play.screen()).contains(&"hours-revision".to_owned()), "in its days of grace it is in time");
        play.says(Lead, "26.11. 30 min");
        assert!(keys(&play.screen()).contains(&"hours-revision".to_owned()));
        assert_eq!(changes(&play)[0].timing, Timing::Revision);
        assert_eq!((changes(&play)[0].was, changes(&play)[0].is), (None, Some((day("2026-11-26"), 30))));
        // Moved out of the settled week, it is a revision of that week, too.
        let id = play.t.entries.iter().find(|entry| entry.minutes == 30 && entry.day == day("2026-11-26"));
        let id = id.expect("an entry").id.clone();
        play.taps(Lead, edit(EditTap::Move(id, 5)));
        assert_eq!(changes(&play)[0].timing, Timing::Revision);
    }

    #[test]
    fn whoever_adds_words_is_told_that_they_are_not_kept() {
        let mut play = Play::begun();
        play.says(Lead, "45 min Kommentare");
        assert!(keys(&play.screen()).contains(&"hours-note-not-kept".to_owned()));
        let kept = serde_json::to_string(
            &play
                .last
                .iter()
                .filter_map(|effect| match effect {
                    Effect::Owe(owed) => Some(owed.message.clone()),
                    _ => None,
                })
                .collect::<Vec<_>>(),
        );
        assert!(!kept.expect("a message").contains("Kommentare"));
        assert!(play.screen().blocks.iter().all(|block| matches!(block, Block::Say(_))));
    }
}
