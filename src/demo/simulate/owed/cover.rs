//! What the rules of cover owe: the question, its consequences, and the gap while there is time.
//!
//! Owns: cutting absences into runs of days by who is there, and following each run through its answers. Where a
//! later absence cuts through a run that was asked for, what follows from it is no longer certain.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::super::diary::{Answered, Diary, Mark, Sort, works};
use super::{Certainty, Owed, Plan, What};
use crate::domain::calendar;
use crate::domain::days::Days;
use crate::domain::lang::Lang;

/// What starts sooner than this is asked about at once, whatever the hour.
const SOON: TimeDelta = TimeDelta::hours(48);

/// What starts later than this is asked about so early that the gap must show before it starts.
const EARLY: TimeDelta = TimeDelta::days(8);

/// The text of a message about cover in somebody's language: key, name of the other, days.
pub type Text<'a> = &'a dyn Fn(&Lang, &'static str, &str, Days) -> Mark;

/// Days for which somebody is asked.
struct Run {
    absent: usize,
    days: Days,
    asked: DateTime<Utc>,
    /// A later absence cuts through it.
    cut: Option<DateTime<Utc>>,
}

/// Everything about cover that the two of a tandem (lead and deputy) must get, each with the place of who gets it.
pub fn of_tandem(plan: &Plan, two: [&Diary; 2], text: Text<'_>) -> Vec<(usize, Owed)> {
    let mut owed = Vec::new();
    let mut runs: Vec<Run> = Vec::new();
    let mut declared: Vec<(DateTime<Utc>, usize, Days)> = two
        .iter()
        .enumerate()
        .flat_map(|(who, diary)| diary.declared.iter().map(move |d| (d.at, who, d.days)))
        .collect();
    declared.sort_by_key(|(at, ..)| *at);
    for (at, absent, days) in declared {
        let (me, other) = (two[absent], two[1 - absent]);
        // Whoever goes away cannot stand in: those days of the other's are open again.
        for run in runs.iter_mut().filter(|run| run.absent != absent && meets(run.days, days)) {
            run.cut.get_or_insert(at);
        }
        let today = me.date(at);
        let needed: Vec<NaiveDate> = days.each().filter(|day| *day >= today && works(*day)).collect();
        let (both, free): (Vec<NaiveDate>, Vec<NaiveDate>) = needed.into_iter().partition(|day| other.away(*day, at));
        for days in together(&both) {
            let from = when(me, at, days);
            let gap = text(&me.lang, "gap-both-away", &other.name, days);
            push(
                plan,
                &mut owed,
                two,
                absent,
                at,
                Owed::new(What::Cover(Sort::Gap, gap), from, from + plan.slack.late, Certainty::Must),
            );
        }
        for days in together(&free) {
            runs.push(Run { absent, days, asked: at, cut: None });
        }
    }
    for run in &runs {
        follow(plan, two, run, text, &mut owed);
    }
    owed
}

fn follow(plan: &Plan, two: [&Diary; 2], run: &Run, text: Text<'_>, owed: &mut Vec<(usize, Owed)>) {
    let (me, helper) = (two[run.absent], two[1 - run.absent]);
    let question = |key| text(&helper.lang, key, &me.name, run.days);
    let (first, again) = (question("cover-question"), question("cover-question-again"));
    let asked_for: Vec<&Answered> =
        helper.answers.iter().filter(|answer| [first, again].contains(&answer.question)).collect();
    let ask = |at: DateTime<Utc>| told(plan, What::Cover(Sort::Ask, first), helper, at, run.days);
    let cut_before = |at: DateTime<Utc>| run.cut.is_some_and(|cut| cut <= at);
    let mut add = |to: usize, at: DateTime<Utc>, mut what: Owed| {
        if cut_before(what.until) {
            what.certainty = Certainty::May;
        }
        push(plan, owed, two, to, at, what);
    };
    add(1 - run.absent, run.asked, ask(run.asked));
    let gaps = |key| text(&me.lang, key, &helper.name, run.days);
    let shown = [gaps("gap-declined"), gaps("gap-unanswered")];
    let mut before: Option<DateTime<Utc>> = None;
    for (at, _) in me.asked_again.iter().filter(|(_, gap)| shown.contains(gap)) {
        let mut asked = ask(*at);
        // A gap that was shown twice (its sending was unclear) has two sets of buttons: once it is left open, the other
        // set is out of date, and a question that still waits for its polite moment is not put. So are both sets once
        // somebody has taken it, and the second one once the question was put again from the first: it belongs to the
        // question before, until a no shows a gap with buttons of its own.
        let left_open = me.left_open.iter().any(|left| *left >= run.asked && *left <= asked.from);
        let taken = asked_for.iter().any(|answer| answer.yes && answer.at <= *at);
        let put_already =
            before.is_some_and(|before| !asked_for.iter().any(|answer| answer.at > before && answer.at <= *at));
        // Of days that have begun only the rest is asked for, in other words.
        let begun = me.date(*at) > run.days.from;
        if left_open || taken || put_already || begun {
            asked.certainty = Certainty::May;
        }
        before = Some(*at);
        add(1 - run.absent, *at, asked);
    }
    for answer in &asked_for {
        let (key, sort) = if answer.yes { ("cover-taken", Sort::Taken) } else { ("gap-declined", Sort::Gap) };
        let mut what = told(plan, What::Cover(sort, gaps(key)), me, answer.at, run.days);
        // A no to what was left open on purpose changes nothing.
        if me.left_open.iter().any(|at| *at >= run.asked && *at <= answer.at) {
            what.certainty = Certainty::May;
        }
        add(run.absent, answer.at, what);
    }
    if let Some(answer) = asked_for.last().filter(|answer| answer.yes) {
        let eve = last_day_before(helper, run.days.from, answer.at);
        let hour = helper.own_hour(eve);
        if hour > answer.at {
            let list = text(&helper.lang, "handover-title", &me.name, run.days);
            add(
                1 - run.absent,
                answer.at,
                Owed::new(What::Cover(Sort::Handover, list), hour, hour + plan.slack.late, Certainty::Must),
            );
        }
        let back = calendar::at(run.days.to.succ_opt().unwrap_or(run.days.to), u32::from(me.hour.min(9)), 0, me.zone);
        let from = helper.polite(back);
        let thanks = text(&helper.lang, "cover-released", &me.name, run.days);
        // A part of an absence ends with the whole of it. A yes does not outlive a block: nobody can rely on it.
        let whole = me.declared.iter().any(|declared| declared.days.to == run.days.to);
        let stands = whole && !helper.shut_between(answer.at, back);
        let certainty = if stands { Certainty::Must } else { Certainty::May };
        add(
            1 - run.absent,
            back,
            Owed::new(What::Cover(Sort::Released, thanks), from, from + plan.slack.late, certainty),
        );
    }
    if asked_for.is_empty() {
        let starts = calendar::at(run.days.from, 0, 0, me.zone);
        let early = starts - run.asked > EARLY;
        let until = if early { starts } else { calendar::at(run.days.to, 23, 0, me.zone) };
        // Asked on short notice, the days may be over before the working hours of waiting are.
        let certainty = if early { Certainty::Must } else { Certainty::May };
        add(
            run.absent,
            run.asked,
            Owed::new(What::Cover(Sort::Gap, gaps("gap-unanswered")), run.asked, until, certainty),
        );
    }
}

/// Notes what is owed to one of the two, unless it lies beyond the end.
fn push(
    plan: &Plan,
    owed: &mut Vec<(usize, Owed)>,
    two: [&Diary; 2],
    to: usize,
    caused: DateTime<Utc>,
    mut what: Owed,
) {
    if what.until > plan.end {
        return;
    }
    let who = two[to];
    // A message that met a block is dropped; a question is put anew once the block is over.
    if two.iter().any(|one| one.shut_between(caused - TimeDelta::hours(1), what.until)) {
        what.certainty = if who.shut_between(caused, what.until) { Certainty::Expires } else { Certainty::May };
    }
    // An absence declared meanwhile moves polite moments.
    let meanwhile = |one: &Diary| one.declared.iter().any(|d| d.at > caused && d.at <= what.until);
    if what.certainty == Certainty::Must && (meanwhile(two[0]) || meanwhile(two[1])) {
        what.certainty = Certainty::May;
    }
    owed.push((to, what));
}

/// What somebody is told about these days when something happens. Right when evening begins it may still be polite by the
/// bot's clock, or not be any more.
fn told(plan: &Plan, what: What, to: &Diary, at: DateTime<Utc>, days: Days) -> Owed {
    let (from, early) = (when(to, at, days), when(to, at - plan.slack.early, days));
    if from - early > plan.slack.early {
        return Owed::new(what, early, from + plan.slack.late, Certainty::May);
    }
    Owed::new(what, from, from + plan.slack.late, Certainty::Must)
}

/// When a message about these days may come: what starts soon waits for nothing. Whoever is away until it would be too
/// late hears of it all the same, on a working day if there is one before.
fn when(to: &Diary, now: DateTime<Utc>, days: Days) -> DateTime<Utc> {
    let starts = calendar::at(days.from, 0, 0, to.zone);
    if starts - now < SOON {
        return now;
    }
    [to.polite(now), to.by_day(now)].into_iter().find(|at| *at < starts).unwrap_or(now)
}

/// The last day before on which the person is there; the day before if there is none for long.
fn last_day_before(who: &Diary, day: NaiveDate, known: DateTime<Utc>) -> NaiveDate {
    let before = day.pred_opt().unwrap_or(day);
    std::iter::successors(Some(before), NaiveDate::pred_opt)
        .take(30)
        .find(|day| who.there(*day, known))
        .unwrap_or(before)
}

fn meets(a: Days, b: Days) -> bool {
    a.from <= b.to && b.from <= a.to
}

/// Days in a row; days off in between do not cut.
fn together(days: &[NaiveDate]) -> Vec<Days> {
    let mut runs: Vec<Days> = Vec::new();
    for day in days {
        match runs.last_mut() {
            Some(run) if run.to.iter_days().skip(1).take_while(|between| between < day).all(|d| !works(d)) => {
                run.to = *day
            }
            _ => runs.push(Days { from: *day, to: *day }),
        }
    }
    runs
}
