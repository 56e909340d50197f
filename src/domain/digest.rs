//! A trainer's weekly digest: when it comes, and what of a round's figures it names.
//!
//! Owns: the day, and the choice of at most three findings that somebody can act on. Does not know their words, which
//! name lessons and questions (`app::digest`).

use chrono::{DateTime, TimeDelta, Utc, Weekday};
use serde::{Deserialize, Serialize};

use super::calendar;
use super::record::Shortfall;
use super::report::{Figures, LessonFigure, Part, RatingFigure, Share, Spread, StepFigure, Telling};
use super::tandem::Person;

/// Most sentences of a digest.
pub const SENTENCES: usize = 3;

/// A question is worth a word from this share of wrong first answers on, in percent.
const HARD: u32 = 50;

/// Hours are said to be kept from this share of the tandems on, in percent; below it somebody should ask why not.
const KEPT: u32 = 60;

/// The question of a week's questionnaire that asks what held people back, and its answer "nothing".
const HURDLE: (&str, &str) = ("hurdle", "nothing");

/// When it comes, and what has been said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// `None`: never.
    pub day: Option<Weekday>,
    /// Whether it was said that there is nothing yet.
    #[serde(default)]
    pub told: bool,
}

/// Something to act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding<'a> {
    /// Promises that do not hold any more.
    Withdrawn(Part),
    /// Why the newest settled week fell short in most tandems that said so.
    Short { week: u32, why: Shortfall, tandems: Share },
    /// Hours were kept in few tandems of the newest settled week, and too few said why.
    Missed { week: u32, kept: Share },
    /// Cover was asked for and not found.
    Uncovered(Part),
    /// Fewer finished the lesson than opened it.
    Left { lesson: &'a LessonFigure, opened: u32, finished: u32 },
    /// A question that those who know the rest get wrong.
    Misleading { module: &'a str, step: &'a StepFigure },
    /// A question that many got wrong.
    Hard { module: &'a str, step: &'a StepFigure },
    /// What held people back most.
    Hurdle { rating: &'a RatingFigure, option: &'a str },
    /// The newest settled week, where nothing is to be done.
    Kept { week: u32, kept: Share },
}

impl Default for Digest {
    /// Mondays: figures have just been counted.
    fn default() -> Self {
        Self { day: Some(Weekday::Mon), told: false }
    }
}

impl Digest {
    /// When it comes next to this trainer; `None`: never.
    pub fn next(self, person: &Person, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let day = self.day?;
        let today = calendar::local_date(after, person.zone);
        let days = (0..=7).map(|n| today + TimeDelta::days(n)).filter(|date| chrono::Datelike::weekday(date) == day);
        days.map(|date| calendar::at(date, u32::from(person.prefs.hour), 0, person.zone)).find(|at| *at > after)
    }
}

/// What of these figures is named: the most pressing first, each kind once.
pub fn findings(figures: &Figures) -> Vec<Finding<'_>> {
    let Some(edition) = &figures.edition else { return Vec::new() };
    let week = edition.weeks.last();
    let number = |share: Share| match share {
        Share::Percent(share) => share,
        Share::AlmostAll => 100,
        Share::Hidden | Share::AlmostNobody => 0,
    };
    let shown = |part: Part| (part != Part::Hidden).then_some(part);
    let withdrawn = shown(edition.withdrawn).map(Finding::Withdrawn);
    let short = week.and_then(|week| {
        let (why, tandems) = week.reasons.iter().copied().max_by_key(|(_, share)| number(*share))?;
        (number(tandems) > 0).then_some(Finding::Short { week: week.week.number(), why, tandems })
    });
    let hours = week.filter(|week| week.kept != Share::Hidden).map(|week| (week.week.number(), week.kept));
    let missed = hours.filter(|(_, kept)| short.is_none() && number(*kept) < KEPT);
    let missed = missed.map(|(week, kept)| Finding::Missed { week, kept });
    let uncovered = edition.covers.and_then(|covers| shown(covers.open)).map(Finding::Uncovered);
    let left = edition.lessons.iter().filter_map(|lesson| match (lesson.opened, lesson.finished) {
        (Part::Count(opened), Part::Count(finished)) if finished < opened => {
            Some(Finding::Left { lesson, opened, finished })
        }
        _ => None,
    });
    let left = left.max_by_key(|finding| match finding {
        Finding::Left { opened, finished, .. } => opened - finished,
        _ => 0,
    });
    let steps =
        || figures.exercises.iter().rev().flat_map(|one| one.steps.iter().map(move |step| (one.module.as_str(), step)));
    let misleading = steps().find(|(_, step)| step.telling == Telling::Reversed);
    let hard = steps().filter(|(_, step)| wrong(step) >= HARD).max_by_key(|(_, step)| wrong(step));
    let hurdle = figures.ratings.iter().rev().filter(|rating| rating.question == HURDLE.0).find_map(|rating| {
        let option = match &rating.spread {
            Spread::AlmostAll(option) => option,
            Spread::Shares(shares) => {
                let named = shares.iter().filter(|(option, _)| option != HURDLE.1);
                &named.max_by_key(|(_, share)| *share)?.0
            }
        };
        (option != HURDLE.1).then_some(Finding::Hurdle { rating, option })
    });
    let kept = hours.filter(|(_, kept)| short.is_none() && number(*kept) >= KEPT);
    let kept = kept.map(|(week, kept)| Finding::Kept { week, kept });
    let misleading = misleading.map(|(module, step)| Finding::Misleading { module, step });
    let hard = hard.map(|(module, step)| Finding::Hard { module, step });
    let all = [withdrawn, short, missed, uncovered, hurdle, left, misleading, hard, kept];
    all.into_iter().flatten().take(SENTENCES).collect()
}

/// Of those who answered a question, how many were wrong at first, in percent, as far as that is published.
fn wrong(step: &StepFigure) -> u32 {
    match step.right {
        Share::Percent(right) => 100 - right,
        Share::AlmostNobody => 100,
        Share::Hidden | Share::AlmostAll => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::calendar::Week;
    use super::super::report::{CoverFigure, Edition, ModuleFigure, WeekFigure};
    use super::super::testing::{day, person};
    use super::*;

    #[test]
    fn three_findings_are_named_and_none_where_nothing_is_published() {
        assert_eq!(findings(&Figures::default()), []);
        assert_eq!(findings(&Figures { edition: Some(Edition::default()), ..Figures::default() }), []);
        let week = WeekFigure {
            week: Week::of(day("2026-11-23")),
            kept: Share::Percent(55),
            reasons: vec![(Shortfall::NotReleased, Share::Percent(40)), (Shortfall::Away, Share::AlmostNobody)],
        };
        let lesson = |lesson: &str, opened, finished| LessonFigure {
            module: "m1".into(),
            lesson: lesson.into(),
            opened: Part::Count(opened),
            finished: Part::Count(finished),
        };
        let covers = CoverFigure { asked: Part::Count(10), accepted: Part::Count(5), open: Part::Hidden };
        let lessons = vec![lesson("l1", 20, 15), lesson("l2", 20, 5)];
        let edition = Edition { weeks: vec![week], lessons, covers: Some(covers), ..Edition::default() };
        let step = StepFigure {
            step: "q".into(),
            reached: Part::Count(20),
            dealt: Part::Count(20),
            right: Share::Percent(30),
            trap: None,
            telling: Telling::Hidden,
            unfit: Part::Hidden,
        };
        let exercises = vec![ModuleFigure { module: "m1".into(), steps: vec![step] }];
        let mut figures = Figures { edition: Some(edition), exercises, ..Figures::default() };
        let found = findings(&figures);
        assert!(
            matches!(
                found.as_slice(),
                [
                    Finding::Short { why: Shortfall::NotReleased, tandems: Share::Percent(40), .. },
                    Finding::Left { opened: 20, finished: 5, .. },
                    Finding::Hard { module: "m1", .. }
                ]
            ),
            "{found:?}"
        );
        // Where nobody says why, hours are kept, or somebody has to ask; never both.
        for (kept, found) in [
            (Share::Percent(55), true),
            (Share::AlmostNobody, true),
            (Share::Percent(60), false),
            (Share::Hidden, false),
        ] {
            let week = &mut figures.edition.as_mut().unwrap().weeks[0];
            (week.kept, week.reasons) = (kept, vec![(Shortfall::Away, Share::AlmostNobody)]);
            let missed = findings(&figures).iter().any(|finding| matches!(finding, Finding::Missed { .. }));
            assert_eq!(missed, found, "{kept:?}");
        }
    }

    #[test]
    fn it_comes_on_the_chosen_day_at_the_trainers_hour_or_never() {
        let trainer = person("trix00000000", "Trix");
        // Monday, 23 November 2026, 09:00 in Berlin; the trainer's hour is ten.
        let now = day("2026-11-23").and_hms_opt(8, 0, 0).unwrap().and_utc();
        let next = |digest: Digest, now| digest.next(&trainer, now).map(|at| at.to_rfc3339());
        assert_eq!(next(Digest::default(), now).as_deref(), Some("2026-11-23T09:00:00+00:00"));
        let later = now + TimeDelta::hours(1);
        assert_eq!(next(Digest::default(), later).as_deref(), Some("2026-11-30T09:00:00+00:00"));
        assert_eq!(next(Digest { day: None, told: false }, now), None);
    }
}
