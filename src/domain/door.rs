//! The door: what somebody sees who is not in yet. Nothing about them is stored before they say yes.
//!
//! Owns: the notice by role, the friendly no to a link that does not work. Does not know how a link is
//! looked up, nor what joining sets going (`setup`, `trainer`).

use super::lang::Lang;
use super::message::{Arg, Button, Label, Message, Press, button, say};
use super::tap::{Door, Tap};

/// What a link leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Leads {
    /// Running rounds.
    ToTrainer,
    /// A place in a round, as the lead of a tandem.
    ToRound { round: String, controller: String, contact: String },
    /// The second seat of a tandem.
    ToTandem { asker: String, organisation: String, controller: String, contact: String },
    /// Being told of a tandem's open gaps.
    ToContact { asker: String, organisation: String, controller: String, contact: String },
}

/// What was found under a link's code.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    Good(Leads),
    /// All its places are taken, or it was for one person.
    Used,
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
        Leads::ToRound { round, controller, .. } => {
            Message::of(say("door-lead").with("round", Arg::Text(round.clone())))
                .and(say("notice-participant").with("controller", super::home::named(controller)))
        }
        Leads::ToTandem { asker, organisation, controller, .. } => Message::of(
            say("door-deputy")
                .with("name", Arg::Text(asker.clone()))
                .with("organisation", Arg::Text(organisation.clone())),
        )
        .and(say("notice-participant").with("controller", super::home::named(controller))),
    };
    let others = languages.iter().filter(|other| *other != lang).map(|other| Button {
        label: Label::Language(other.code().to_owned()),
        press: Press::Tap(tap(Door::Language, other)),
    });
    let enter = match leads {
        Leads::ToTandem { .. } | Leads::ToContact { .. } => say("button-im-in"),
        Leads::ToRound { .. } | Leads::ToTrainer => say("button-understood"),
    };
    let message = message.row([button(enter, tap(Door::Enter, lang))]);
    let more = button(say("button-read-more"), tap(Door::More, lang));
    match leads {
        Leads::ToTandem { .. } | Leads::ToContact { .. } => {
            message.row([button(say("button-no"), tap(Door::Decline, lang)), more]).row(others)
        }
        Leads::ToRound { .. } | Leads::ToTrainer => message.row([more]).row(others),
    }
}

/// The whole of the notice: who sees what, for how long, whom to ask.
pub fn more(leads: &Leads, code: &str, lang: &Lang) -> Message {
    let back = Tap::Door { code: code.to_owned(), door: Door::Less, lang: lang.clone() };
    let message = match leads {
        Leads::ToTrainer => Message::of(say("notice-trainer-more")),
        Leads::ToContact { controller, contact, .. } => {
            Message::of(super::home::notice_controller(controller, contact)).and(say("notice-contact-more"))
        }
        Leads::ToRound { controller, contact, .. } | Leads::ToTandem { controller, contact, .. } => {
            Message::of(super::home::notice_controller(controller, contact)).and(say("privacy-who-sees"))
        }
    };
    message.row([button(say("button-back"), back)])
}

/// A link that does not lead anywhere.
pub fn closed(found: &Found) -> Option<Message> {
    match found {
        Found::Good(_) => None,
        Found::Used => Some(Message::of(say("door-used"))),
        Found::Expired => Some(Message::of(say("door-expired"))),
        Found::Nothing => Some(Message::of(say("door-nothing"))),
    }
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

    fn every() -> [Leads; 4] {
        let text = |text: &str| text.to_owned();
        let (controller, contact) = (text("Verband"), text("daten@example.org"));
        [
            Leads::ToTrainer,
            Leads::ToRound { round: text("Runde"), controller: controller.clone(), contact: contact.clone() },
            Leads::ToContact {
                asker: text("Ada"),
                organisation: text("<b>&"),
                controller: controller.clone(),
                contact: contact.clone(),
            },
            Leads::ToTandem { asker: text("Ada"), organisation: text("<b>&"), controller, contact },
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
            assert_eq!(doors.first(), Some(&(Door::Enter, de.clone())), "{leads:?}");
            assert_eq!(doors.last(), Some(&(Door::Language, en.clone())), "{leads:?}");
            assert_eq!(doors.len(), buttons.len());
            let declines = doors.iter().any(|(door, _)| *door == Door::Decline);
            assert_eq!(declines, matches!(leads, Leads::ToTandem { .. } | Leads::ToContact { .. }), "{leads:?}");
            let back = taps(&more(&leads, "code1234", &de));
            assert_eq!(back, [Tap::Door { code: "code1234".into(), door: Door::Less, lang: de.clone() }]);
        }
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
