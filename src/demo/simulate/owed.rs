//! The oracle: what people must get, worked out from the programme, the calendar, what people did, and the rules.
//!
//! Owns: lessons, the week's hours and reminders (cover is in `cover`). It is pure and knows neither the outbox nor
//! any decision of the bot: of what was received it looks only at what the rules themselves make depend on it (when
//! the lesson before came, how often somebody was spoken to this week).

mod cover;
#[cfg(test)]
mod tests;

pub use cover::of_tandem as cover_of_tandem;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::course::LESSONS_A_WEEK;
use super::diary::{Diary, Mark, Slack, Sort, works};
use crate::domain::calendar::{self, Week, Workdays};
use crate::domain::days::Days;
use crate::domain::tandem::{AGREED_MINUTES, Role};

/// So long somebody in the middle of something is left in peace.
const BUSY: TimeDelta = TimeDelta::minutes(30);

/// Around an instant at which something changes, either side of it may still hold.
const UNSURE: TimeDelta = TimeDelta::minutes(45);

/// Unasked messages in a week.
const A_WEEK: usize = 3;

/// The round, as far as it says what is owed.
#[derive(Clone, Debug)]
pub struct Plan {
    pub start: NaiveDate,
    pub weeks: u32,
    /// The programme's days.
    pub days: Workdays,
    pub slack: Slack,
    /// What is not due by then is not judged.
    pub end: DateTime<Utc>,
    /// Times at which the bot's process died: what it had claimed and may not be sent twice is given up.
    pub deaths: Vec<DateTime<Utc>>,
}

/// Something that must arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    pub what: What,
    /// When the rules let it come.
    pub from: DateTime<Utc>,
    /// When it must have come.
    pub until: DateTime<Utc>,
    pub certainty: Certainty,
}

/// What it is, as far as the phone can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Lesson(usize),
    Hours,
    Reminder,
    Cover(Sort, Mark),
    Joined,
}

/// Whether it is lost if it does not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    Must,
    /// The person cannot be reached, or the rules let it go: it may still come.
    Expires,
    /// Depends on which of two things happened first.
    May,
}

impl Owed {
    fn new(what: What, from: DateTime<Utc>, until: DateTime<Utc>, certainty: Certainty) -> Self {
        Self { what, from, until, certainty }
    }
}

/// All lessons of a person. Each is due on the programme's next day after the one before has come, at the person's
/// own hour; absence, holidays and the ceilings postpone it, a block stops the plan until it is over.
pub fn lessons(plan: &Plan, who: &Diary) -> Vec<Owed> {
    let mut owed = Vec::new();
    let mut after = calendar::at(plan.start, 0, 0, who.zone) - TimeDelta::seconds(1);
    for lesson in 0..plan.weeks as usize * LESSONS_A_WEEK {
        let came = who.got.iter().find(|got| got.sort == Sort::Lesson(lesson)).map(|got| got.at);
        let Some((next, hour)) = lesson_after(plan, who, lesson, after, came) else { break };
        if next.from > plan.end {
            break;
        }
        if next.until > plan.end {
            owed.push(next);
            break;
        }
        // The bot's clock may be ahead: a lesson that came a little early is that hour's all the same.
        after = came.map_or(next.until, |at| at + plan.slack.early).max(hour);
        owed.push(next);
    }
    owed
}

/// The next lesson, and the hour at which it counts as come.
fn lesson_after(
    plan: &Plan,
    who: &Diary,
    lesson: usize,
    after: DateTime<Utc>,
    came: Option<DateTime<Utc>>,
) -> Option<(Owed, DateTime<Utc>)> {
    let mut slot = programme_day(plan, who, after)?;
    let mut first = None;
    let mut unsure = false;
    let mut day = who.date(slot);
    for _ in 0..800 {
        let hour = who.own_hour(day);
        if hour < slot {
            day = day.succ_opt()?;
            continue;
        }
        if let Some(back) = who.shut_until(hour) {
            if back > plan.end {
                return Some((Owed::new(What::Lesson(lesson), hour, back, Certainty::Expires), hour));
            }
            // The plan is laid anew once the bot is let in again; what was on its way then comes at once.
            slot = programme_day(plan, who, back)?;
            unsure = true;
            day = who.date(slot);
            continue;
        }
        if who.there(day, hour) {
            let until = hour + BUSY + plan.slack.late;
            let here = came.is_some_and(|at| at <= until);
            let from = *first.get_or_insert(hour);
            unsure |= queues(who, lesson, hour);
            let certainty = if unsure { Certainty::May } else { Certainty::Must };
            if here {
                let from = came.map_or(from, |at| from.min(at));
                return Some((Owed::new(What::Lesson(lesson), from, until, certainty), hour));
            }
            let changes = who.declares_between(Days { from: day, to: day }, hour - UNSURE, hour + UNSURE)
                || who.shut_between(hour - UNSURE, hour + UNSURE);
            if !changes && !may_wait(plan, who, day, hour) {
                return Some((Owed::new(What::Lesson(lesson), from, until, certainty), hour));
            }
            unsure |= changes;
            if !changes {
                // The ceiling is no lateness.
                first = None;
            }
        }
        day = day.succ_opt()?;
    }
    None
}

/// Whether a lesson comes without a message of its own: somebody who is still in an earlier module hears of each
/// module that falls due, and not of its other lessons; and whoever came to it that way has it behind them.
fn queues(who: &Diary, lesson: usize, hour: DateTime<Utc>) -> bool {
    let begins_module = lesson.is_multiple_of(LESSONS_A_WEEK);
    let stood = who.stood_at(hour);
    stood > lesson || (!begins_module && stood / LESSONS_A_WEEK < lesson / LESSONS_A_WEEK)
}

/// Whether the ceilings let something wait on this day: one a day, three a week, the last kept for the week's own.
fn may_wait(plan: &Plan, who: &Diary, day: NaiveDate, hour: DateTime<Utc>) -> bool {
    let week = Week::of(day);
    let died = plan.deaths.iter().any(|at| week.contains(who.date(*at)));
    // What a dying process had claimed counts for the bot, although it never arrived.
    let most = if died { A_WEEK - 2 } else { A_WEEK - 1 };
    who.unasked_on(day, hour + plan.slack.late) || who.unasked_before(day, hour) >= most
}

/// The programme's next day after an instant, at the person's hour.
fn programme_day(plan: &Plan, who: &Diary, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
    who.date(after)
        .iter_days()
        .take(15)
        .filter(|day| plan.days.contains(*day))
        .map(|day| who.own_hour(day))
        .find(|at| *at > after)
}

/// The week's hours: asked of the lead on the last own day of each week, while the week's target is not reached. While
/// the deputy stands in to the end of the week, the deputy is asked.
pub fn hours(plan: &Plan, lead: &Diary, deputy: &Diary) -> Vec<Owed> {
    let first = Week::of(plan.start);
    (0..plan.weeks).filter_map(|nth| hours_of(plan, lead, deputy, first.plus(i32::try_from(nth).ok()?))).collect()
}

fn hours_of(plan: &Plan, lead: &Diary, deputy: &Diary, week: Week) -> Option<Owed> {
    let sunday = calendar::at(week.sunday(), 23, 0, lead.zone);
    let last = lead.last_day(week, sunday)?;
    // The question about hours keeps to nine to five, whatever hour lessons come at; with a lesson it comes at its hour.
    let from = lead.own_hour(last);
    let until = from.max(calendar::at(last, 9, 0, lead.zone)) + BUSY + plan.slack.late;
    if until > plan.end {
        return None;
    }
    let days = Days { from: week.monday(), to: week.sunday() };
    let touched = |who: &Diary| who.declared.iter().any(|d| d.days.from <= days.to && days.from <= d.days.to);
    let missing = |at| logged(lead, deputy, week, at) < target(lead, deputy, week, at);
    let silent = lead.not_released.iter().any(|at| week.contains(lead.date(*at)));
    let certainty = match () {
        () if lead.shut_between(from - UNSURE, until) => Certainty::Expires,
        // Whoever is away at some time of the week: who is asked depends on the deputy's answer.
        () if touched(lead) || touched(deputy) => Certainty::May,
        () if !missing(from - UNSURE) => return None,
        () if !missing(until) || silent => Certainty::May,
        () if may_wait(plan, lead, last, from) && !lead.unasked_on(last, until) => Certainty::May,
        () if lead.unasked_on(last, from - TimeDelta::minutes(1)) => Certainty::May,
        () => Certainty::Must,
    };
    Some(Owed::new(What::Hours, from, until, certainty))
}

/// Minutes of a week that were logged by then.
pub fn logged(lead: &Diary, deputy: &Diary, week: Week, until: DateTime<Utc>) -> u32 {
    let entries = lead.logged.iter().chain(&deputy.logged);
    entries.filter(|entry| entry.at <= until && week.contains(entry.day)).map(|entry| entry.minutes).sum()
}

/// Agreed minutes × available days ÷ scheduled days, as far as absences were known then.
pub fn target(lead: &Diary, deputy: &Diary, week: Week, known: DateTime<Utc>) -> u32 {
    // Both work from Monday to Friday, so five days are scheduled.
    let available = week.days().filter(|day| works(*day) && (lead.there(*day, known) || deputy.there(*day, known)));
    (AGREED_MINUTES * u32::try_from(available.count()).unwrap_or(5) + 2) / 5
}

/// Each task that was put off comes up once more, with a message that comes anyway.
pub fn reminders(plan: &Plan, who: &Diary) -> Vec<Owed> {
    let reminder = |at: &DateTime<Utc>| {
        let until = *at + TimeDelta::days(14);
        let quiet = who.shut_between(*at - TimeDelta::days(1), until)
            || who.declared.iter().any(|d| d.days.to >= who.date(*at) && d.days.from <= who.date(until));
        let certainty = if quiet { Certainty::May } else { Certainty::Must };
        (until <= plan.end).then(|| Owed::new(What::Reminder, *at, until, certainty))
    };
    who.put_off.iter().filter_map(reminder).collect()
}

/// The lead hears that the second person came in.
pub fn joined(plan: &Plan, who: &Diary) -> Option<Owed> {
    let at = who.partner_joined.filter(|_| who.role == Role::Lead)?;
    Some(Owed::new(What::Joined, at, at + plan.slack.late, Certainty::Must))
}
