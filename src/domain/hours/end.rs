//! The end of the hours: after the course they go on until the tandem ends them.
//!
//! Owns: ending and taking up again, and what is refused in between.

use chrono::NaiveDate;

use super::super::message::{Button, Message, button, say};
use super::super::tandem::{Role, Tandem};
use super::super::tap::{EndAct, HoursTap, Tap};
use super::super::turn::Turn;
use super::super::way;
use super::{home, schedule_close};

/// The settings' button: after the course the tandem may end its hours, and take them up again.
pub fn end_offer(turn: &Turn<'_>, role: Role) -> Option<Button> {
    let course_over = turn.seat(role).mind.study.released >= way::lesson_count(turn.cx.programme);
    match ending(&turn.t) {
        Some(_) => Some(end_button(&turn.t, "button-hours-resume", EndAct::Resume)),
        None => course_over.then(|| end_button(&turn.t, "button-hours-end", EndAct::Ask)),
    }
}

/// Whether an entry for this day is taken; otherwise what to say.
pub(super) fn takes(tandem: &Tandem, day: NaiveDate) -> Result<(), Box<Message>> {
    match tandem.terms.over(day) {
        true => Err(Box::new(over(tandem, Message::default()))),
        false => Ok(()),
    }
}

/// That the hours are over, with the way back.
pub(super) fn over(tandem: &Tandem, message: Message) -> Message {
    message.and(say("hours-over")).row([end_button(tandem, "button-hours-resume", EndAct::Resume)])
}

/// A button about the end.
pub(super) fn tapped(turn: &mut Turn<'_>, role: Role, act: EndAct) {
    match (act, ending(&turn.t)) {
        (EndAct::Ask, None) if end_offer(turn, role).is_some() => {
            let message = Message::of(say("hours-end-ask"))
                .row([end_button(&turn.t, "button-hours-keep", EndAct::Keep)])
                .row([end_button(&turn.t, "button-hours-end-really", EndAct::Really)]);
            turn.show(role, message, None);
        }
        (EndAct::Really, None) if end_offer(turn, role).is_some() => {
            // Today still counts.
            turn.t.terms.until = Some(turn.today(role));
            turn.t.terms.again = None;
            schedule_close(turn);
            tell(turn, role, "hours-ended-by");
            turn.show(role, Message::of(say("hours-ended")).row([home()]), None);
        }
        (EndAct::Keep, _) => turn.show(role, Message::of(say("hours-kept")).row([home()]), None),
        (EndAct::Resume, Some(_)) => {
            turn.t.terms.again = Some(turn.today(role));
            schedule_close(turn);
            tell(turn, role, "hours-resumed-by");
            turn.show(role, Message::of(say("hours-resumed")).row([home()]), None);
        }
        (EndAct::Ask | EndAct::Really | EndAct::Resume, _) => turn.note(role, say("stale")),
    }
}

/// The last day of the hours, unless they have been taken up again.
fn ending(tandem: &Tandem) -> Option<NaiveDate> {
    tandem.terms.until.filter(|_| tandem.terms.again.is_none())
}

/// The other of the two learns of it.
fn tell(turn: &mut Turn<'_>, role: Role, key: &'static str) {
    let (name, occurrence) = (turn.seat(role).person.name.clone(), turn.ids.id());
    if turn.t.seat(role.other()).is_some() {
        turn.owe_polite(role.other(), occurrence, Message::of(say(key).with("name", name.as_str())));
    }
}

fn end_button(tandem: &Tandem, key: &'static str, act: EndAct) -> Button {
    button(say(key), Tap::Hours(HoursTap::End { tandem: tandem.id.clone(), act }))
}

#[cfg(test)]
mod tests {
    use super::super::super::calendar::Week;
    use super::super::super::effect::{Effect, Kind};
    use super::super::super::event::{Command, Deed, Event};
    use super::super::super::ledger::Target;
    use super::super::super::record::Record;
    use super::super::super::tandem::Due;
    use super::super::super::tandem::Role::{Deputy, Lead};
    use super::super::super::testing::{Play, day, keys, taps};
    use super::super::target;
    use super::*;

    fn tap(play: &Play, act: EndAct) -> Tap {
        Tap::Hours(HoursTap::End { tandem: play.t.id.clone(), act })
    }

    fn weeks(play: &Play) -> usize {
        let asks = |owed: &&&super::super::super::effect::Owed| {
            keys(&owed.message).iter().any(|key| key.starts_with("week-hours"))
        };
        play.to(Lead).iter().filter(asks).count()
    }

    #[test]
    fn after_the_course_the_hours_go_on_until_one_of_the_two_ends_them_in_two_steps() {
        let mut play = Play::begun();
        play.happens(Event::Did(Lead, Deed::Commanded(Command::Settings)));
        assert!(!taps(&play.screen()).contains(&tap(&play, EndAct::Ask)), "not while the course goes on");
        play.taps(Lead, tap(&play, EndAct::Really));
        assert_eq!((play.toast().as_deref(), play.t.terms.until), (Some("stale"), None));

        play.until("2027-03-01 12:00");
        let before = weeks(&play);
        play.until("2027-03-09 12:00");
        assert_eq!(weeks(&play), before + 1, "the summary goes on after the course");
        play.happens(Event::Did(Lead, Deed::Commanded(Command::Settings)));
        assert!(taps(&play.screen()).contains(&tap(&play, EndAct::Ask)));
        play.taps(Lead, tap(&play, EndAct::Ask));
        assert_eq!(play.t.terms.until, None);
        play.taps(Lead, tap(&play, EndAct::Really));
        assert_eq!(play.t.terms.until, Some(day("2027-03-09")));
        let told = play.log(Deputy, &[Kind::Notice]);
        assert!(told.last().is_some_and(|line| line.ends_with("hours-ended-by")), "{told:?}");
        play.says(Lead, "45 min");
        assert_eq!(play.t.entries.len(), 1, "today still counts");

        let before = weeks(&play);
        play.until("2027-04-20 12:00");
        assert_eq!(weeks(&play), before, "nobody is asked any more");
        play.says(Deputy, "45 min");
        assert_eq!((keys(&play.screen()), play.t.entries.len()), (vec!["hours-over".to_owned()], 1));
        assert!(!play.t.agenda.contains_key(&Due::Close));
    }

    #[test]
    fn the_weeks_between_an_end_and_a_new_beginning_ask_for_nothing() {
        let mut play = Play::begun();
        play.until("2027-03-09 12:00");
        play.taps(Lead, tap(&play, EndAct::Really));
        play.until("2027-04-07 12:00");
        play.taps(Deputy, tap(&play, EndAct::Resume));
        let minutes = |play: &Play, text: &str| target(&play.t, Week::of(day(text)));
        assert_eq!(minutes(&play, "2027-03-09"), Target::Minutes(120));
        assert_eq!(minutes(&play, "2027-03-22"), Target::None);
        assert_eq!(minutes(&play, "2027-04-07"), Target::Minutes(180));
        play.says(Lead, "45 min");
        assert_eq!(play.t.entries.len(), 1);
        let mut settled = Vec::new();
        while play.now < super::super::super::testing::at("2027-05-01 12:00") {
            let next = play.t.agenda.values().min().copied().expect("something is due");
            play.until_instant(next);
            settled.extend(play.last.iter().filter_map(|effect| match effect {
                Effect::Record(Record::Closed(closing)) => Some(closing.week.to_string()),
                _ => None,
            }));
            play.last.clear();
        }
        // W09 and W10 were settled or are known; W11 to W13 have no hours at all.
        settled.dedup();
        assert!(!settled.contains(&"2027-W12".to_owned()) && settled.contains(&"2027-W14".to_owned()), "{settled:?}");
    }
}
