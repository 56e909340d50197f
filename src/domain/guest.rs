//! Somebody who is known and sits nowhere: who left a round without erasing, or is told of a tandem's gaps.
//!
//! Owns: what they see and may do. Does not know what is stored about them.

use super::cover::contact;
use super::effect::{Effect, Look};
use super::event::{Command, Deed, Other};
use super::ids::{Ids, PersonId, TandemId};
use super::leaving::with_rights;
use super::message::{Message, button, say};
use super::paper::Paper;
use super::tap::{DataTap, Home, Tap};

/// What such a person did leads to this.
pub fn step(person: &PersonId, told_of: &[TandemId], deed: &Deed, ids: &mut dyn Ids) -> Vec<Effect> {
    let show = |message| vec![Effect::Redraw { message, slot: None }];
    let note = |key| vec![Effect::Toast(say(key))];
    match deed {
        Deed::Blocked | Deed::Unblocked | Deed::Joined | Deed::SentOther(Other::EditedText) => Vec::new(),
        Deed::SentOther(Other::ForeignButton) => note("button-foreign"),
        Deed::Commanded(Command::Delete) | Deed::Tapped(Tap::Data(DataTap::Delete)) => show(
            Message::of(say("guest-delete-ask"))
                .row([button(say("button-guest-keep"), Tap::Data(DataTap::Keep))])
                .row([button(say("button-delete-really"), Tap::Data(DataTap::DeleteReally))]),
        ),
        Deed::Tapped(Tap::Data(DataTap::DeleteReally)) => {
            vec![Effect::Erase { person: person.clone(), farewell: Message::of(say("delete-done")) }]
        }
        Deed::Commanded(Command::MyData) | Deed::Tapped(Tap::Data(DataTap::Mine)) => vec![Effect::Look(Look::Mine)],
        Deed::Tapped(Tap::Paper(paper @ Paper::Data)) => {
            vec![Effect::Paper { paper: *paper, secret: ids.secret() }]
        }
        Deed::Commanded(_)
        | Deed::Wrote(_)
        | Deed::SentOther(Other::Media)
        | Deed::Tapped(Tap::Data(DataTap::Keep | DataTap::WhoSees) | Tap::Home(Home::Privacy | Home::Open)) => {
            show(home(told_of))
        }
        Deed::Tapped(_) => note("stale"),
    }
}

fn home(told_of: &[TandemId]) -> Message {
    let message = Message::of(say(if told_of.is_empty() { "guest-home" } else { "guest-contact" }));
    told_of.iter().fold(with_rights(message), |message, tandem| message.row([contact::stop(tandem)]))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Numbers, keys, taps};
    use super::*;

    fn after(deed: Deed) -> Vec<Effect> {
        step(&PersonId("kimm00000000".into()), &[], &deed, &mut Numbers::default())
    }

    #[test]
    fn everything_that_a_guest_says_leads_to_what_is_kept_and_to_its_end() {
        for deed in [Deed::Wrote("45 min".into()), Deed::Commanded(Command::Start), Deed::SentOther(Other::Media)] {
            let effects = after(deed.clone());
            let [Effect::Redraw { message, .. }] = effects.as_slice() else { panic!("{deed:?}: {effects:?}") };
            assert_eq!(taps(message), [Tap::Data(DataTap::Mine), Tap::Data(DataTap::Delete)]);
        }
        let asked = after(Deed::Commanded(Command::Delete));
        let [Effect::Redraw { message, .. }] = asked.as_slice() else { panic!("{asked:?}") };
        assert_eq!(keys(message), ["guest-delete-ask"]);
        assert!(matches!(after(Deed::Tapped(Tap::Data(DataTap::DeleteReally))).as_slice(), [Effect::Erase { .. }]));
        assert_eq!(after(Deed::Tapped(Tap::Home(Home::Time))), [Effect::Toast(say("stale"))]);
        assert_eq!(after(Deed::Blocked), []);
        let taken = after(Deed::Tapped(Tap::Paper(Paper::Data)));
        assert!(matches!(taken.as_slice(), [Effect::Paper { paper: Paper::Data, .. }]), "{taken:?}");
    }
}
