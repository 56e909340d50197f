//! Figures of two rounds side by side: those that are published of both.

use super::wording::Wording;
use super::{Cell, Row, Section, Value};
use crate::domain::message::{Arg, say};
use crate::domain::report::{Edition, Figures, Part, Share};
use crate::domain::tandem::Round;

impl Wording<'_> {
    /// This round beside one before it. Shares, since rounds differ in size.
    pub fn compared(&self, here: &Figures, other: &Round, there: &Figures) -> Option<Section> {
        let (Some(now), Some(then)) = (&here.edition, &there.edition) else { return None };
        let (ours, theirs) = (Arg::Text(self.round.name.clone()), Arg::Text(other.name.clone()));
        let heads = [say("report-in-round").with("round", ours), say("report-in-round").with("round", theirs)];
        let [ours, theirs] = heads.map(|line| self.say(line));
        let cells = |a: Value, b: Value| {
            let cell = |head: &String, value| Cell { head: head.clone(), value };
            vec![cell(&ours, a), cell(&theirs, b)]
        };
        let in_words = |rating| Value::Words(self.rating(rating).in_words());
        let lessons = now.lessons.iter().filter_map(|lesson| {
            let same = then.lessons.iter().find(|old| old.module == lesson.module && old.lesson == lesson.lesson)?;
            let (a, b) = (self.share_of(now, lesson.finished)?, self.share_of(then, same.finished)?);
            let (programme, module) = (&self.round.programme, &lesson.module);
            let title = self.app.library().lesson_title(programme, module, &lesson.lesson, self.lang);
            let label = self.say(say("report-finished-of").with("lesson", Arg::Text(title)));
            Some(Row { label, cells: cells(a, b) })
        });
        let ratings = here.ratings.iter().filter_map(|rating| {
            let same =
                there.ratings.iter().find(|old| old.module == rating.module && old.question == rating.question)?;
            let (programme, module) = (&self.round.programme, &rating.module);
            let label = self.app.library().question_title(programme, module, &rating.question, self.lang);
            Some(Row { label, cells: cells(in_words(rating), in_words(same)) })
        });
        let recommended = here.recommended.iter().filter_map(|asked| {
            let same =
                there.recommended.iter().find(|old| old.module == asked.module && old.question == asked.question)?;
            let (programme, module) = (&self.round.programme, &asked.module);
            let label = self.app.library().question_title(programme, module, &asked.question, self.lang);
            Some(Row { label, cells: cells(self.net(asked), self.net(same)) })
        });
        let rows: Vec<Row> = lessons.chain(ratings).chain(recommended).collect();
        let title = say("report-compared").with("round", Arg::Text(other.name.clone()));
        (!rows.is_empty()).then(|| self.titled(title, rows))
    }

    /// A part of all people of a round, in percent, in steps of five.
    fn share_of(&self, edition: &Edition, part: Part) -> Option<Value> {
        match part {
            Part::Hidden => None,
            Part::AlmostAll => self.share(Share::AlmostAll),
            Part::Count(count) => {
                let people = edition.people.filter(|people| *people >= count)?;
                Some(self.percent(count * 20 / people * 5))
            }
        }
    }
}
