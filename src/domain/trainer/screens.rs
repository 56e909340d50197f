//! A trainer's own screens: what more there is, the notice, settings, help, leaving.
//!
//! Does not know rounds (`cards`, `manage`).

use chrono::Weekday;

use super::{AtDesk, all_rounds, more};
use crate::domain::effect::Effect;
use crate::domain::message::{Button, Label, Message, Press, button, say};
use crate::domain::notice::{self, Notice};
use crate::domain::tandem::Person;
use crate::domain::tap::{DataTap, Home, PreviewTap, SettingsTap, Tap, TrainerTap};

impl AtDesk<'_, '_> {
    pub(super) fn more(&mut self) {
        let item = |key: &'static str, home: Home| button(say(key), Tap::Home(home));
        self.show(
            Message::of(say("more-title"))
                .row([all_rounds(), button(say("button-dashboard"), Tap::Trainer(TrainerTap::Dashboard))])
                .row([
                    button(say("button-preview"), Tap::Trainer(TrainerTap::Preview(PreviewTap::Programmes))),
                    item("button-settings", Home::Settings),
                ])
                .row([item("button-privacy", Home::Privacy), item("button-help", Home::Help)]),
        );
    }

    pub(super) fn dashboard(&mut self) {
        let secret = self.ids.secret();
        self.out.push(Effect::Dashboard { secret });
    }

    pub(super) fn privacy(&mut self) {
        self.show(
            notice::edition_line(&self.t.person.prefs.told, Notice::Trainer)
                .into_iter()
                .fold(Message::of(say("notice-trainer-more")), Message::and)
                .row([
                    button(say("button-my-data"), Tap::Data(DataTap::Mine)),
                    button(say("button-delete"), Tap::Data(DataTap::Delete)),
                ])
                .row([all_rounds()]),
        );
    }

    /// A notice that has changed since this trainer was shown it, once.
    pub(super) fn notice_again(&mut self) {
        let today = self.today();
        let Person { id, prefs, .. } = &mut self.t.person;
        let owed = notice::owed(&mut prefs.told, Notice::Trainer, id.clone(), "", self.cx.now, today);
        self.out.extend(owed);
    }

    pub(super) fn understood(&mut self, edition: u32) {
        if edition < Notice::Trainer.edition() {
            return self.show(notice::changed(Notice::Trainer, ""));
        }
        let today = self.today();
        self.t.person.prefs.told.confirm(Notice::Trainer, today);
        self.show(Message::of(say("notice-noted")).row([all_rounds(), more()]));
    }

    pub(super) fn help(&mut self) {
        self.show(Message::of(say("trainer-help")).row([all_rounds(), more()]));
    }

    pub(super) fn ask_delete(&mut self) {
        self.show(
            Message::of(say("trainer-delete-ask"))
                .row([button(say("button-delete-keep"), Tap::Data(DataTap::Keep))])
                .row([button(say("button-delete-really"), Tap::Data(DataTap::DeleteReally))]),
        );
    }

    pub(super) fn settings(&mut self) {
        let current = self.t.person.lang.clone();
        let languages = self.cx.languages.iter().filter(|lang| **lang != current).map(|lang| Button {
            label: Label::Language(lang.code().to_owned()),
            press: Press::Tap(Tap::Settings(SettingsTap::Language(lang.code().to_owned()))),
        });
        let now = match self.t.digest.day {
            Some(day) => say("digest-day").with("day", say("weekday").with("day", day)),
            None => say("digest-never"),
        };
        let day = |day: Weekday| {
            let number = u8::try_from(day.num_days_from_monday()).unwrap_or(0);
            let label = say("weekday-short").with("day", i64::from(number) + 1);
            button(label, Tap::Trainer(TrainerTap::Digest(number)))
        };
        let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
        let days = days.into_iter().filter(|day| self.t.digest.day != Some(*day)).map(day);
        let off = self.t.digest.day.map(|_| button(say("button-no-digest"), Tap::Trainer(TrainerTap::NoDigest)));
        let message =
            Message::of(say("trainer-settings")).row(languages).and(now).row(days).row(off).row([all_rounds()]);
        self.show(message);
    }
}
