//! Settling weeks: when a week's grace is over its figures are written down once and stay.
//!
//! Owns: which weeks are due and what is written. Later entries change the people's own view and nothing that
//! was settled.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::super::calendar::{self, Week};
use super::super::effect::Effect;
use super::super::ledger::{self, Presence, WeekState};
use super::super::record::{Closing, Record};
use super::super::tandem::{Due, Role, Tandem};
use super::super::turn::Turn;
use super::standing::{logged, presence, target};

/// Entries are kept for so many weeks at least. After a longer standstill weeks before stay without figures: what is
/// not known is not invented.
const KEPT_WEEKS: i32 = 13;

/// So many weeks back somebody who leaves may still be missed.
const OPEN_WEEKS: i32 = 4;

/// The instant at which a week is settled.
pub fn closes_at(week: Week, zone: Tz) -> DateTime<Utc> {
    calendar::at(ledger::closes_on(week), 0, 0, zone)
}

/// Settles what is over, and plans the next time.
pub fn close(turn: &mut Turn<'_>) {
    let zone = turn.t.round.zone;
    let today = calendar::local_date(turn.now(), zone);
    let mut week = next(&turn.t);
    let known = Week::of(today).plus(-KEPT_WEEKS);
    if week < known {
        week = known;
    }
    while ledger::week_state(week, today) == WeekState::Closed {
        if !week.days().all(|day| turn.t.terms.over(day)) {
            let closing = Closing { week, target: target(&turn.t, week), minutes: logged(&turn.t, week) };
            turn.out.push(Effect::Record(Record::Closed(closing)));
        }
        turn.t.terms.closed = Some(week);
        turn.t.terms.gone.retain(|gone| gone.week > week);
        week = week.next();
    }
    schedule_close(turn);
}

/// Whether a week is settled: what touches it from now on is a revision.
pub fn is_settled(tandem: &Tandem, week: Week) -> bool {
    tandem.terms.closed.is_some_and(|closed| week <= closed)
}

/// From this day on entries and absences are needed to settle what is over; `None` if nothing is to be settled.
pub fn unsettled_since(tandem: &Tandem, now: DateTime<Utc>) -> Option<NaiveDate> {
    let kept = Week::of(calendar::local_date(now, tandem.round.zone)).plus(-KEPT_WEEKS);
    tandem.agenda.contains_key(&Due::Close).then(|| next(tandem).max(kept).monday())
}

/// Plans when the next week is settled, as long as there are hours and somebody has them, or had them in it.
pub fn schedule_close(turn: &mut Turn<'_>) {
    let week = next(&turn.t);
    let over = turn.t.terms.over(week.monday()) && turn.t.terms.again.is_none();
    let nobody = turn.t.seats().next().is_none() && turn.t.terms.gone.is_empty();
    match over || nobody {
        true => turn.unschedule(&Due::Close),
        false => {
            let at = closes_at(week, turn.t.round.zone);
            turn.schedule(Due::Close, at);
        }
    }
}

/// Somebody leaves: when they were there stays known, without their name, until those weeks are settled.
pub fn gone(turn: &mut Turn<'_>, role: Role) {
    let today = turn.today(role);
    let this = Week::of(today);
    let seat = turn.seat(role).clone();
    let open = (0..=OPEN_WEEKS).map(|back| this.plus(-back)).filter(|week| *week >= next(&turn.t));
    let left: Vec<Presence> = open.map(|week| presence(&turn.t, &seat, week).until(today)).collect();
    turn.t.terms.gone.extend(left.into_iter().filter(|presence| !presence.is_empty()));
}

/// The week to be settled next: the one after the last, or else the round's first.
fn next(tandem: &Tandem) -> Week {
    tandem.terms.closed.map_or_else(|| Week::of(tandem.round.start), Week::next)
}

#[cfg(test)]
mod tests {
    use super::super::super::ledger::Target;
    use super::super::super::tandem::Role::{Deputy, Lead};
    use super::super::super::tap::{DataTap, Setup, Tap};
    use super::super::super::testing::{Play, at, day, tandem};
    use super::super::standing::target as target_of;
    use super::*;
    use chrono::Weekday;

    /// What was settled by the last event, as `week target minutes`.
    fn settled(play: &Play) -> Vec<String> {
        let closing = |effect: &Effect| match effect {
            Effect::Record(Record::Closed(closing)) => {
                let target = match closing.target {
                    Target::None => "–".to_owned(),
                    Target::Minutes(minutes) => minutes.to_string(),
                };
                Some(format!("{} {target} {}", closing.week, closing.minutes))
            }
            _ => None,
        };
        play.last.iter().filter_map(closing).collect()
    }

    #[test]
    fn a_week_is_settled_once_on_the_monday_after_its_grace() {
        let mut play = Play::begun();
        play.says(Lead, "45 min");
        assert_eq!(play.t.agenda.get(&Due::Close), Some(&at("2026-12-07 00:00")));
        play.until("2026-12-06 23:00");
        play.says(Deputy, "29.11. 30 min");
        play.until("2026-12-07 00:00");
        assert_eq!(settled(&play), ["2026-W48 300 75"]);
        assert_eq!(play.t.terms.closed, Some(Week::of(day("2026-11-23"))));
        play.says(Lead, "27.11. 1 h");
        play.until("2026-12-14 00:00");
        assert_eq!(settled(&play), ["2026-W49 300 0"]);
        // The people's own view goes on counting.
        assert_eq!(logged(&play.t, Week::of(day("2026-11-23"))), 135);
    }

    #[test]
    fn after_a_standstill_the_weeks_that_are_known_are_settled_together() {
        let mut play = Play::begun();
        play.now = at("2026-12-16 09:00");
        play.due();
        assert_eq!(settled(&play), ["2026-W48 300 0", "2026-W49 300 0"]);
        let mut play = Play::begun();
        play.now = at("2027-02-03 09:00");
        play.due();
        // W52 and W53 have a holiday each.
        let all = ["48 300", "49 300", "50 300", "51 300", "52 240", "53 240"].map(|week| format!("2026-W{week} 0"));
        let later = ["01 300", "02 300", "03 300"].map(|week| format!("2027-W{week} 0"));
        assert_eq!(settled(&play), [all.as_slice(), later.as_slice()].concat());
        assert_eq!(play.t.agenda.get(&Due::Close), Some(&at("2027-02-08 00:00")));
        let mut play = Play::begun();
        play.now = at("2027-06-02 09:00");
        assert_eq!(unsettled_since(&play.t, play.now), Some(day("2027-03-01")), "entries are kept for three months");
        play.due();
        assert_eq!(settled(&play).first().map(String::as_str), Some("2027-W09 300 0"));
    }

    #[test]
    fn the_turn_of_the_year_is_one_week_with_its_holiday() {
        let mut play = Play::begun();
        play.until("2026-12-30 12:00");
        play.says(Lead, "28.12. 1 h");
        play.until("2027-01-03 12:00");
        play.says(Deputy, "2 h");
        play.until("2027-01-11 00:00");
        assert_eq!(settled(&play), ["2026-W53 240 180"]);
    }

    #[test]
    fn other_days_from_next_week_on_change_no_week_that_has_begun() {
        let mut play = Play::begun();
        play.until("2026-11-25 12:00");
        for role in [Lead, Deputy] {
            for day in [Weekday::Thu, Weekday::Fri] {
                play.taps(role, Tap::Setup(Setup::WorkDay(day)));
            }
            play.says(role, "weg 24.11. bis 25.11.");
            play.says(role, "weg 2.12.");
        }
        let minutes = |play: &Play, text: &str| target_of(&play.t, Week::of(day(text)));
        // Two of five days are off this week, one of three the next.
        assert_eq!(minutes(&play, "2026-11-23"), Target::Minutes(180));
        assert_eq!(minutes(&play, "2026-11-30"), Target::Minutes(200));
        play.until("2026-12-07 00:00");
        assert_eq!(settled(&play), ["2026-W48 180 0"]);
        let prefs = &play.t.lead.as_ref().expect("a lead").person.prefs;
        assert_eq!(prefs.days_on(day("2026-11-27")).count(), 5);
        assert_eq!(prefs.days_on(day("2026-11-30")).count(), 3);
    }

    #[test]
    fn a_tandem_that_is_let_in_late_has_a_smaller_first_week() {
        let mut late = tandem();
        late.phase = crate::domain::tandem::TandemPhase::Waiting;
        let mut play = Play::of(late, "2026-11-25 09:00");
        play.happens(crate::domain::event::Event::Admitted);
        assert_eq!(target_of(&play.t, Week::of(day("2026-11-25"))), Target::Minutes(180));
        assert_eq!(target_of(&play.t, Week::of(day("2026-11-30"))), Target::Minutes(300));
    }

    #[test]
    fn whoever_leaves_was_there_until_then() {
        let mut play = Play::begun();
        play.says(Lead, "weg 23.11. bis 11.12.");
        play.until("2026-11-25 12:00");
        play.taps(Deputy, Tap::Data(DataTap::DeleteReally));
        // Monday to Wednesday somebody was there.
        assert_eq!(target_of(&play.t, Week::of(day("2026-11-23"))), Target::Minutes(180));
        assert_eq!(target_of(&play.t, Week::of(day("2026-11-30"))), Target::None);
        play.until("2026-12-07 00:00");
        assert_eq!((settled(&play), play.t.terms.gone.len()), (vec!["2026-W48 180 0".to_owned()], 0));
        play.taps(Lead, Tap::Data(DataTap::DeleteReally));
        play.until("2026-12-21 00:00");
        assert!(!play.t.agenda.contains_key(&Due::Close), "nobody is left whose weeks would be settled");
    }

    #[test]
    fn another_time_zone_in_the_middle_of_a_week_moves_no_entry_and_asks_nobody_twice() {
        let mut play = Play::begun();
        play.says(Lead, "45 min");
        play.until("2026-11-26 12:00");
        let before = play.t.entries.clone();
        play.t.lead.as_mut().expect("a lead").person.zone = chrono_tz::America::New_York;
        play.until("2026-11-30 12:00");
        assert_eq!(play.t.entries, before);
        let asked = play
            .to(Lead)
            .into_iter()
            .filter(|owed| crate::domain::testing::keys(&owed.message).iter().any(|key| key.starts_with("week-hours")));
        assert_eq!(asked.count(), 1);
    }
}
