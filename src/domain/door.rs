//! The door: what somebody sees who is not in yet. Nothing about them is stored before they say yes.
//!
//! Owns: the notice by role, the friendly no to a link that does not work. Does not know how a link is
//! looked up, nor what joining sets going (`setup`, `trainer`).

use super::lang::Lang;
use super::message::{Arg, Button, Label, Message, Press, button, say};
use super::notice::Notice;
use super::tap::{Door, Tap};

/// What a link leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Leads {
    /// Running rounds.
    ToTrainer,
    /// Running this round together with others.
    ToColleagues { round: String },
    /// A place in a round, as the lead of a tandem.
    ToRound { round: String, controller: String, contact: String },
    /// A seat of a tandem in this round.
    ToTandem { beside: Option<Beside>, round: String, controller: String, contact: String },
    /// Being told of a tandem's open gaps.
    ToContact { asker: String, organisation: String, controller: String, contact: String },
}

/// Who sits in a tandem already.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    pub name: String,
    pub organisation: String,
}

impl Leads {
    /// What has to be read before.
    pub fn notice(&self) -> Option<Notice> {
        match self {
            Leads::ToTrainer | Leads::ToColleagues { .. } => Some(Notice::Trainer),
            Leads::ToRound { .. } | Leads::ToTandem { .. } => Some(Notice::Participant),
            // What a contact reads is about them alone, and one tap ends it.
            Leads::ToContact { .. } => None,
        }
    }

    /// Which edition of it is valid now.
    pub fn edition(&self) -> u32 {
        self.notice().map_or(0, Notice::edition)
    }
}

/// What was found under a link's code.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    Good(Leads),
    /// All its places are taken, or it was for one person.
    Used,
    /// All places of this round are taken; one can wait for the next.
    Full {
        round: String,
        controller: String,
    },
    Expired,
    /// Never made by us, or withdrawn.
    Nothing,
}

/// The notice, before anything is stored; the first button is the way in.
pub fn notice(leads: &Leads, code: &str, lang: &Lang, languages: &[Lang]) -> Message {
    let tap = |door, lang: &Lang| Tap::Door { code: code.to_owned(), door, lang: lang.clone() };
    let message = match leads {
        Leads::ToContact { asker, organisation, controller, .. } => Message::of(
            say("door-contact")
                .with("name", Arg::Text(asker.clone()))
                .with("organisation", Arg::Text(organisation.clone())),
        )
        .and(say("notice-contact").with("controller", super::home::named(controller))),
        Leads::ToTrainer => Message::of(say("door-trainer")).and(say("notice-trainer")),
        Leads::ToColleagues { round } => {
            Message::of(say("door-colleague").with("round", Arg::Text(round.clone()))).and(say("notice-trainer"))
        }
        Leads::ToRound { round, controller, .. } => {
            Message::of(say("door-lead").with("round", Arg::Text(round.clone())))
                .and(say("notice-participant").with("controller", super::home::named(controller)))
        }
        Leads::ToTandem { beside, round, controller, .. } => Message::of(match beside {
            Some(beside) => say("door-deputy")
                .with("name", Arg::Text(beside.name.clone()))
                .with("organisation", Arg::Text(beside.organisation.clone())),
            // Whoever sat there has left as well.
            None => say("door-first").with("round", Arg::Text(round.clone())),
        })
        .and(say("notice-participant").with("controller", super::home::named(controller)))
        .and(say("door-permission")),
    };
    let message = message.and(say("notice-nothing-yet"));
    let others = languages.iter().filter(|other| *other != lang).map(|other| Button {
        label: Label::Language(other.code().to_owned()),
        press: Press::Tap(tap(Door::Language, other)),
    });
    let enter = match leads {
        Leads::ToTandem { .. } | Leads::ToContact { .. } => say("button-im-in"),
        Leads::ToRound { .. } | Leads::ToTrainer | Leads::ToColleagues { .. } => say("button-understood"),
    };
    let message = message.row([button(enter, tap(enter_now(leads), lang))]);
    let more = button(say("button-read-more"), tap(Door::More, lang));
    match leads {
        Leads::ToTandem { .. } => message
            .row([button(say("button-no"), tap(Door::Decline, lang)), more])
            .row([button(say("button-telegram-unsure"), tap(Door::Unsure, lang))])
            .row(others),
        Leads::ToContact { .. } => message.row([button(say("button-no"), tap(Door::Decline, lang)), more]).row(others),
        Leads::ToRound { .. } | Leads::ToTrainer | Leads::ToColleagues { .. } => message.row([more]).row(others),
    }
}

/// The whole of the notice: who sees what, for how long, whom to ask.
pub fn more(leads: &Leads, code: &str, lang: &Lang) -> Message {
    let back = Tap::Door { code: code.to_owned(), door: Door::Less, lang: lang.clone() };
    let message = match leads {
        Leads::ToTrainer | Leads::ToColleagues { .. } => Message::of(say("notice-trainer-more")),
        Leads::ToContact { controller, contact, .. } => {
            Message::of(super::home::notice_controller(controller, contact)).and(say("notice-contact-more"))
        }
        Leads::ToRound { controller, contact, .. } | Leads::ToTandem { controller, contact, .. } => {
            let first = Message::of(super::home::notice_controller(controller, contact));
            super::rights::who_sees().into_iter().fold(first, Message::and).and(say("privacy-short"))
        }
    };
    message.row([button(say("button-back"), back)])
}

/// For whoever does not know whether they may use the chat program for work: whom to ask, and how.
pub fn unsure(leads: &Leads, code: &str, lang: &Lang) -> Message {
    let tap = |door| Tap::Door { code: code.to_owned(), door, lang: lang.clone() };
    let (controller, contact) = match leads {
        Leads::ToTrainer | Leads::ToColleagues { .. } => ("", ""),
        Leads::ToRound { controller, contact, .. }
        | Leads::ToTandem { controller, contact, .. }
        | Leads::ToContact { controller, contact, .. } => (controller.as_str(), contact.as_str()),
    };
    let letter = say("permission-letter")
        .with("controller", super::home::named(controller))
        .with("contact", super::home::named(contact));
    Message::of(say("permission-unsure"))
        .and(letter)
        .and(say("permission-link-waits"))
        .row([button(say("button-permission-settled"), tap(enter_now(leads)))])
        .row([button(say("button-permission-no"), tap(Door::Forbidden))])
        .row([button(say("button-back"), tap(Door::Less))])
}

/// Somebody who may not use the chat program for work: nothing was stored, and what they can do instead.
pub fn forbidden() -> Message {
    Message::of(say("permission-no"))
}

/// The way in for somebody who is reading the notice as it is now.
fn enter_now(leads: &Leads) -> Door {
    Door::Enter { edition: leads.edition() }
}

/// A link that does not lead anywhere.
pub fn closed(found: &Found) -> Option<Message> {
    match found {
        Found::Good(_) => None,
        Found::Used | Found::Full { .. } => Some(Message::of(say("door-used"))),
        Found::Expired => Some(Message::of(say("door-expired"))),
        Found::Nothing => Some(Message::of(say("door-nothing"))),
    }
}

/// The round is full. What is kept of whoever waits is said before they say yes.
pub fn full(round: &str, controller: &str, code: &str, lang: &Lang) -> Message {
    let wait = Tap::Door { code: code.to_owned(), door: Door::Wait, lang: lang.clone() };
    Message::of(say("door-full").with("round", Arg::Text(round.to_owned())))
        .and(say("door-full-notice").with("controller", super::home::named(controller)))
        .row([button(say("button-wait"), wait)])
}

/// Somebody waits from now on.
pub fn waits() -> Message {
    Message::of(say("door-waits"))
        .row([button(say("button-wait-no-more"), Tap::Data(super::tap::DataTap::DeleteReally))])
}

/// A place is free for somebody who has waited; the button leads to the notice.
pub fn place_free(round: &str, code: &str, lang: &Lang, days: i64) -> Message {
    let look = Tap::Door { code: code.to_owned(), door: Door::Less, lang: lang.clone() };
    Message::of(say("door-place-free").with("round", Arg::Text(round.to_owned())).with("days", days))
        .row([button(say("button-see-place"), look)])
}

/// Somebody without an invitation.
pub fn stranger() -> Message {
    Message::of(say("door-stranger"))
}

/// A group: the bot works in private chats.
pub fn group() -> Message {
    Message::of(say("door-group"))
}

/// Somebody who said no: nothing was stored.
pub fn declined() -> Message {
    Message::of(say("door-declined"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{keys, taps};
    use super::*;

    fn every() -> [Leads; 6] {
        let text = |text: &str| text.to_owned();
        let (controller, contact) = (text("Verband"), text("daten@example.org"));
        [
            Leads::ToTrainer,
            Leads::ToColleagues { round: text("Runde") },
            Leads::ToRound { round: text("Runde"), controller: controller.clone(), contact: contact.clone() },
            Leads::ToContact {
                asker: text("Ada"),
                organisation: text("<b>&"),
                controller: controller.clone(),
                contact: contact.clone(),
            },
            Leads::ToTandem {
                beside: None,
                round: text("Runde"),
                controller: controller.clone(),
                contact: contact.clone(),
            },
            Leads::ToTandem {
                beside: Some(Beside { name: text("Ada"), organisation: text("<b>&") }),
                round: text("Runde"),
                controller,
                contact,
            },
        ]
    }

    #[test]
    fn the_first_button_of_each_notice_is_the_way_in_and_the_other_language_is_offered() {
        let (de, en) = (Lang::source(), Lang::from("en"));
        for leads in every() {
            let buttons = taps(&notice(&leads, "code1234", &de, &[de.clone(), en.clone()]));
            let door = |tap: &Tap| match tap {
                Tap::Door { code, door, lang } if code == "code1234" => Some((*door, lang.clone())),
                _ => None,
            };
            let doors: Vec<_> = buttons.iter().filter_map(door).collect();
            assert_eq!(doors.first(), Some(&(enter_now(&leads), de.clone())), "{leads:?}");
            assert_eq!(doors.last(), Some(&(Door::Language, en.clone())), "{leads:?}");
            assert_eq!(doors.len(), buttons.len());
            let declines = doors.iter().any(|(door, _)| *door == Door::Decline);
            assert_eq!(declines, matches!(leads, Leads::ToTandem { .. } | Leads::ToContact { .. }), "{leads:?}");
            let back = taps(&more(&leads, "code1234", &de));
            assert_eq!(back, [Tap::Door { code: "code1234".into(), door: Door::Less, lang: de.clone() }]);
        }
    }

    #[test]
    fn a_link_into_a_tandem_that_everybody_has_left_names_its_round() {
        let named = |leads: &Leads| keys(&notice(leads, "code1234", &Lang::source(), &[]))[0].clone();
        let [.., alone, beside] = every();
        assert_eq!((named(&alone), named(&beside)), ("door-first".to_owned(), "door-deputy".to_owned()));
    }

    #[test]
    fn a_link_that_leads_nowhere_says_why() {
        let said = |found| closed(&found).map(|message| keys(&message)[0].clone());
        assert_eq!(said(Found::Good(Leads::ToTrainer)), None);
        assert_eq!(said(Found::Used).as_deref(), Some("door-used"));
        assert_eq!(said(Found::Expired).as_deref(), Some("door-expired"));
        assert_eq!(said(Found::Nothing).as_deref(), Some("door-nothing"));
    }
}
