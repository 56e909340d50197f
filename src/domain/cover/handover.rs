//! The hand-over: five points that one hands over and the other takes, and one address.
//!
//! Kept are ticks and the address, nothing that somebody wrote. Whoever falls ill hands nothing over: then the
//! helper's ticks are enough.

use std::collections::BTreeSet;

use super::super::ids::CoverId;
use super::super::message::{Message, say};
use super::super::study;
use super::super::tandem::{Cover, CoverPhase, Due, Role, Talk};
use super::super::turn::Turn;
use super::{absence_of, find, helper_role, screens, tell_helper};

/// The hand-over checklist: accounts, open threads, drafts, approvals, contacts.
pub const HANDOVER: [&str; 5] =
    ["handover-accounts", "handover-threads", "handover-drafts", "handover-approvals", "handover-contacts"];

/// Longest address that is kept, in bytes.
const MAX_LINK: usize = 300;

/// Ticks or unticks an item, on the absent person's side or on the helper's.
pub(super) fn tick(turn: &mut Turn<'_>, id: &CoverId, item: u8, absent: bool) {
    let Some(found) = turn.t.covers.iter_mut().find(|c| &c.id == id) else { return };
    let side = if absent { &mut found.given } else { &mut found.ticks };
    if !side.remove(&item) {
        side.insert(item);
    }
}

/// Whether everything is handed over and taken. Once the absence has begun, what the helper ticks is enough.
pub(super) fn complete(turn: &Turn<'_>, cover: &Cover) -> bool {
    let all: BTreeSet<u8> = (0_u8..).zip(HANDOVER).map(|(item, _)| item).collect();
    let begun = absence_of(turn, cover).and_then(|absence| turn.t.role_of(&absence.who)).is_none_or(|absent| {
        cover.days.from <= turn.today(absent) || turn.t.away(&turn.id_of(absent), turn.today(absent))
    });
    cover.ticks == all && (begun || cover.given == all)
}

/// Nobody takes anything over any more.
pub(super) fn forget(cover: &mut Cover) {
    cover.ticks.clear();
    cover.given.clear();
    cover.link = None;
}

/// The next text is an address.
pub(super) fn ask_link(turn: &mut Turn<'_>, role: Role, id: &CoverId) {
    turn.seat_mut(role).mind.talk = Talk::Handover(id.0.clone());
    turn.show(role, Message::of(say("handover-link-ask")), None);
}

/// A text that was asked for as an address.
pub fn linked(turn: &mut Turn<'_>, role: Role, id: &str, text: &str) {
    study::listen(turn, role);
    let me = turn.id_of(role);
    let mine = |cover: &Cover| {
        cover.phase == CoverPhase::Accepted && absence_of(turn, cover).is_some_and(|absence| absence.who == me)
    };
    let id = CoverId(id.to_owned());
    if find(turn, &id).filter(mine).is_none() {
        return turn.reply(role, Message::of(say("handover-link-late")));
    }
    let Some(link) = address(text) else {
        turn.seat_mut(role).mind.talk = Talk::Handover(id.0);
        return turn.reply(role, Message::of(say("handover-link-bad")));
    };
    if let Some(found) = turn.t.covers.iter_mut().find(|c| c.id == id) {
        found.link = Some(link);
    }
    let message = screens::giving(turn, &id);
    turn.reply(role, message);
    // Whoever has the list already must not miss it.
    if !turn.t.agenda.contains_key(&Due::Handover(id.clone()))
        && let Some(cover) = find(turn, &id)
    {
        let occurrence = format!("link:{id}:{}", turn.ids.id());
        let message = match helper_role(turn, &cover) {
            Some(_) => screens::checklist(turn, &id),
            None => screens::checklist_elsewhere(turn, &id),
        };
        tell_helper(turn, &cover, occurrence, message);
    }
}

/// A text that is nothing but an address: `https`, with a host that has a dot, and short. It is kept, never opened.
fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let url = url::Url::parse(text).ok().filter(|url| url.scheme() == "https" && url.username().is_empty())?;
    url.host_str().filter(|host| host.contains('.'))?;
    let link = url.as_str().replace('|', "%7C");
    (link.len() <= MAX_LINK && !link.contains(char::is_whitespace)).then_some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_https_short_and_nothing_else() {
        for good in ["https://wiki.example.org/a|b?c=d#e", " https://example.org/Übergabe "] {
            let kept = address(good).expect(good);
            assert!(kept.starts_with("https://") && !kept.contains(['|', ' ']), "{kept}");
        }
        let long = format!("https://example.org/{}", "a".repeat(MAX_LINK));
        for bad in [
            "http://example.org",
            "https://localhost/x",
            "https://user:secret@example.org",
            "javascript:alert(1)",
            "siehe https://example.org",
            "ftp://example.org",
            "https://",
            "",
            long.as_str(),
        ] {
            assert_eq!(address(bad), None, "{bad}");
        }
    }
}
