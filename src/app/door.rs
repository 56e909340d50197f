//! Coming in by a link: looking it up, showing the notice, letting somebody sit down.
//!
//! Does not know what the notice says (`domain::door`), nor what joining sets going (`domain::setup`).

use super::batch::{Actor, Batch};
use super::{HOME_ZONE, Result, desk, digest, manage};
use crate::domain::calendar::local_date;
use crate::domain::door::{self, Beside, Found, Leads};
use crate::domain::effect::{Effect, Look};
use crate::domain::event::{Command, Deed, Event, Other};
use crate::domain::ids::{Ids, PersonId, RoundId, TandemId};
use crate::domain::lang::Lang;
use crate::domain::message::{Message, say};
use crate::domain::notice::Notice;
use crate::domain::tandem::{
    AGREED_MINUTES, Mind, Person, Prefs, Promise, Reach, Role, Round, RoundPhase, Seat, Stage, Tandem, TandemPhase,
    Terms,
};
use crate::domain::tap::{DataTap, Door, Tap};
use crate::store::{Action, Known, Link, LinkState, Purpose, Who, hash};
use crate::telegram::incoming::Incoming;

/// Longest name that is stored, in characters.
const MAX_NAME: usize = 64;

/// Instead of a name that nobody needs.
const NAMELESS: &str = "–";

/// Where a link that holds leads to, with what is needed to let somebody in.
enum Way {
    Trainer,
    Colleague(Box<Round>),
    Round(RoundId),
    Tandem(TandemId),
    Contact(TandemId),
}

/// `/start CODE`: the notice, or why the link does not lead anywhere. Nothing is stored.
pub async fn knock(batch: &mut Batch<'_>, actor: &Actor, who: Option<&Known>, code: &str) -> Result<()> {
    let (found, way) = look_up(batch, code).await?;
    if let (Some(way), Some(who)) = (&way, who)
        && already_in(batch, who, way)
    {
        answer(batch, actor, Message::of(say("door-already-in")));
        return Ok(());
    }
    let message = match &found {
        Found::Good(leads) => door::notice(leads, code, &actor.lang, batch.texts.words.languages()),
        Found::Full { round, controller } => door::full(round, controller, code, &actor.lang),
        closed => door::closed(closed).unwrap_or_else(door::stranger),
    };
    answer(batch, actor, message);
    Ok(())
}

/// A button of the notice. Answers with the person if somebody came in.
pub async fn tapped(
    batch: &mut Batch<'_>,
    actor: &Actor,
    who: Option<&Known>,
    update: &Incoming,
    code: &str,
    tap: Door,
    lang: Lang,
) -> Result<Option<Known>> {
    let languages = batch.texts.words.languages().to_vec();
    let lang = if languages.contains(&lang) { lang } else { actor.lang.clone() };
    let actor = &Actor { lang: lang.clone(), ..actor.clone() };
    let (found, way) = look_up(batch, code).await?;
    if let (Some(way), Some(who)) = (&way, who)
        && already_in(batch, who, way)
    {
        batch.toast(actor, Some(&say("door-already-in")));
        return Ok(None);
    }
    if let (Found::Full { round, controller }, Some(Way::Round(id))) = (&found, &way) {
        if tap == Door::Wait {
            return wait(batch, actor, who, update, id).await.map(Some);
        }
        answer(batch, actor, door::full(round, controller, code, &lang));
        return Ok(None);
    }
    let (Found::Good(leads), Some(way)) = (&found, way) else {
        let message = door::closed(&found).unwrap_or_else(door::stranger);
        answer(batch, actor, message);
        return Ok(None);
    };
    match tap {
        Door::Language | Door::Less | Door::Wait => {
            answer(batch, actor, door::notice(leads, code, &lang, &languages));
            Ok(None)
        }
        Door::More => {
            answer(batch, actor, door::more(leads, code, &lang));
            Ok(None)
        }
        Door::Decline => {
            answer(batch, actor, door::declined());
            Ok(None)
        }
        Door::Unsure => {
            answer(batch, actor, door::unsure(leads, code, &lang));
            Ok(None)
        }
        Door::Forbidden => {
            answer(batch, actor, door::forbidden());
            Ok(None)
        }
        // The notice has changed since it was shown: nobody comes in by words that are not valid any more.
        Door::Enter { edition } if edition < leads.edition() => {
            answer(batch, actor, door::notice(leads, code, &lang, &languages));
            Ok(None)
        }
        Door::Enter { .. } => {
            if !batch.tx.consume(&hash(code), batch.now).await? {
                answer(batch, actor, door::closed(&Found::Used).unwrap_or_else(door::stranger));
                return Ok(None);
            }
            let known = enter(batch, actor, who, update, way, leads.notice()).await?;
            // The notice stays to be read; its buttons have done their work.
            if let Some(message) = actor.pressed.as_ref().and_then(|pressed| pressed.message) {
                batch.strip(&known.person.id, message);
            }
            Ok(Some(known))
        }
    }
}

/// Somebody waits for a place: from now on there is a chat to tell them in, and nothing else about them.
async fn wait(
    batch: &mut Batch<'_>,
    actor: &Actor,
    who: Option<&Known>,
    update: &Incoming,
    round: &RoundId,
) -> Result<Known> {
    let known = meet(batch, actor, who, update, Some(Notice::Participant), None).await?;
    batch.tx.wait(round, &known.person.id, batch.now).await?;
    batch.chats.insert(known.person.id.clone(), (update.chat, known.person.lang.clone()));
    let actor = &Actor { person: Some(known.person.id.clone()), ..actor.clone() };
    let message = match known.seats.is_empty() && !known.trainer {
        true => door::waits(),
        false => Message::of(say("door-waits")),
    };
    answer(batch, actor, message);
    Ok(known)
}

async fn meet(
    batch: &mut Batch<'_>,
    actor: &Actor,
    who: Option<&Known>,
    update: &Incoming,
    notice: Option<Notice>,
    way: Option<&Way>,
) -> Result<Known> {
    let contact = matches!(way, Some(Way::Contact(_)));
    if let Some(known) = who {
        let mut known = known.clone();
        if !contact {
            batch.tx.mark_back(&known.person.id).await?;
            // Whoever came as a contact and sits down now has a name.
            if known.person.name == NAMELESS {
                known.person.name = tidied(&update.from.first_name);
            }
        }
        told(batch, &mut known.person, notice, way);
        batch.tx.keep_people(&[&known.person], batch.now).await?;
        return Ok(known);
    }
    // Of a contact not even the name is needed.
    let name = if contact { NAMELESS } else { &update.from.first_name };
    let mut person = newcomer(batch, &actor.lang, name);
    told(batch, &mut person, notice, way);
    batch.tx.meet(&person, update.chat.0, batch.now).await?;
    Ok(Known { address: update.chat.0, person, seats: Vec::new(), trainer: false })
}

/// Somebody who waits for a place and is here for nothing else did something. False if they are not.
pub async fn waiting(batch: &mut Batch<'_>, actor: &Actor, who: &Known, deed: &Deed) -> Result<bool> {
    if !who.seats.is_empty() || who.trainer || batch.tx.waits_for(&who.person.id).await?.is_empty() {
        return Ok(false);
    }
    match deed {
        Deed::Tapped(Tap::Data(DataTap::DeleteReally)) | Deed::Commanded(Command::Delete) => {
            let farewell = Message::of(say("delete-done"));
            let effect = Effect::Erase { person: who.person.id.clone(), farewell };
            batch.apply(vec![effect], actor, None, None).await?;
        }
        Deed::Commanded(Command::MyData) => batch.apply(vec![Effect::Look(Look::Mine)], actor, None, None).await?,
        Deed::Blocked | Deed::Unblocked | Deed::SentOther(Other::EditedText) => {}
        Deed::Tapped(_) | Deed::SentOther(Other::ForeignButton) => batch.toast(actor, Some(&say("stale"))),
        Deed::Wrote(_) | Deed::Commanded(_) | Deed::SentOther(Other::Media) | Deed::Joined => {
            answer(batch, &Actor { pressed: None, ..actor.clone() }, door::waits());
        }
    }
    Ok(true)
}

async fn enter(
    batch: &mut Batch<'_>,
    actor: &Actor,
    who: Option<&Known>,
    update: &Incoming,
    way: Way,
    notice: Option<Notice>,
) -> Result<Known> {
    let mut known = meet(batch, actor, who, update, notice, Some(&way)).await?;
    let actor = &Actor { person: Some(known.person.id.clone()), ..actor.clone() };
    batch.chats.insert(known.person.id.clone(), (update.chat, known.person.lang.clone()));
    match way {
        Way::Trainer => {
            batch.tx.make_trainer(&known.person.id).await?;
            if let Some(trainer) = batch.tx.trainers(std::slice::from_ref(&known.person.id)).await?.pop() {
                digest::plan(batch, &trainer).await?;
            }
            let who = Who::Trainer(&known.person.id);
            batch.tx.note(who, Action::TrainerJoined, None, batch.now).await?;
            known.trainer = true;
            batch.ready.menus.push((update.chat, known.person.lang.clone()));
            desk::did(batch, actor, &known.person.id, Deed::Joined).await?;
        }
        Way::Colleague(round) => {
            if !known.trainer {
                batch.tx.make_trainer(&known.person.id).await?;
                known.trainer = true;
                batch.ready.menus.push((update.chat, known.person.lang.clone()));
            }
            let who = Who::Trainer(&known.person.id);
            batch.tx.note(who, Action::TrainerJoined, Some(round.id.as_str()), batch.now).await?;
            manage::joined(batch, &round, &known.person.id, &known.person.name).await?;
            batch.desks.remove(&known.person.id);
            desk::did(batch, actor, &known.person.id, Deed::Joined).await?;
        }
        Way::Round(round) => {
            let Some(round) = batch.tx.rounds(&[round]).await?.pop() else { return Ok(known) };
            batch.tx.waits_no_more(&round.id, &known.person.id).await?;
            let mut person = known.person.clone();
            if who.is_none() {
                person.zone = round.zone;
            }
            let tandem = new_tandem(batch, round, person);
            known.seats.push((tandem.id.clone(), Role::Lead));
            let id = tandem.id.clone();
            batch.add(tandem);
            batch.step(&id, Event::Did(Role::Lead, Deed::Joined), actor).await?;
        }
        Way::Tandem(id) => {
            batch.load(std::slice::from_ref(&id)).await?;
            let Some(mut tandem) = batch.tandem(&id).cloned() else { return Ok(known) };
            let mut person = known.person.clone();
            if who.is_none() {
                person.zone = tandem.round.zone;
            }
            let (role, stage) = tandem.free_seat();
            let seat = Seat { person, role, mind: Mind::new(stage) };
            match role {
                Role::Lead => tandem.lead = Some(seat),
                Role::Deputy => tandem.deputy = Some(seat),
            }
            batch.put(tandem);
            known.seats.push((id.clone(), role));
            batch.step(&id, Event::Did(role, Deed::Joined), actor).await?;
        }
        Way::Contact(id) => {
            batch.load(std::slice::from_ref(&id)).await?;
            batch.step(&id, Event::ContactJoined(known.person.id.clone()), actor).await?;
        }
    }
    Ok(known)
}

/// What this person has read before coming in. Whoever comes in as a deputy has said with it that they may use the chat
/// program for work; a lead is asked about it together with the hours.
fn told(batch: &Batch<'_>, person: &mut Person, notice: Option<Notice>, way: Option<&Way>) {
    let today = local_date(batch.now, person.zone);
    if let Some(notice) = notice {
        person.prefs.told.confirm(notice, today);
    }
    if matches!(way, Some(Way::Tandem(_))) {
        person.prefs.permitted = Some(today);
    }
}

fn tidied(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_NAME).collect()
}

fn newcomer(batch: &Batch<'_>, lang: &Lang, first_name: &str) -> Person {
    Person {
        id: PersonId(batch.app.ids.clone().id()),
        name: tidied(first_name),
        lang: lang.clone(),
        zone: HOME_ZONE,
        reach: Reach::Open,
        prefs: Prefs::default(),
    }
}

fn new_tandem(batch: &Batch<'_>, round: Round, person: Person) -> Tandem {
    Tandem {
        id: TandemId(batch.app.ids.clone().id()),
        round: std::sync::Arc::new(round),
        organisation: None,
        contact: None,
        told: None,
        agreed: AGREED_MINUTES,
        promise: Promise::Unasked,
        terms: Terms::default(),
        phase: TandemPhase::Forming,
        lead: Some(Seat { person, role: Role::Lead, mind: Mind::new(Stage::Organisation) }),
        deputy: None,
        entries: Vec::new(),
        absences: Vec::new(),
        covers: Vec::new(),
        agenda: std::collections::BTreeMap::new(),
    }
}

fn already_in(batch: &Batch<'_>, who: &Known, way: &Way) -> bool {
    match way {
        Way::Trainer => who.trainer,
        Way::Colleague(round) => round.trainers.contains(&who.person.id),
        Way::Round(round) => {
            who.seats.iter().any(|(id, _)| batch.tandem(id).is_some_and(|tandem| &tandem.round.id == round))
        }
        Way::Tandem(tandem) => who.seats.iter().any(|(id, _)| id == tandem),
        Way::Contact(tandem) => batch.tandem(tandem).is_some_and(|t| t.told.as_ref() == Some(&who.person.id)),
    }
}

/// What stands behind a code. Codes of a wrong length or alphabet are not even looked up.
async fn look_up(batch: &mut Batch<'_>, code: &str) -> Result<(Found, Option<Way>)> {
    let well_formed =
        (8..=64).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if !well_formed {
        return Ok((Found::Nothing, None));
    }
    let now = batch.now;
    let link = match batch.tx.find(&hash(code), now).await? {
        LinkState::Good(link) => link,
        LinkState::Used(link) => return used(batch, link).await,
        LinkState::Expired => return Ok((Found::Expired, None)),
        LinkState::Nothing => return Ok((Found::Nothing, None)),
    };
    Ok(match link.purpose {
        // It opens a page, and no chat.
        Purpose::Dashboard => (Found::Nothing, None),
        Purpose::Trainer => (Found::Good(Leads::ToTrainer), Some(Way::Trainer)),
        Purpose::Colleague => match batch.tx.rounds(&[RoundId(link.subject)]).await?.pop() {
            Some(round) => {
                (Found::Good(Leads::ToColleagues { round: round.name.clone() }), Some(Way::Colleague(Box::new(round))))
            }
            None => (Found::Nothing, None),
        },
        Purpose::Lead | Purpose::Place => {
            let id = RoundId(link.subject);
            match batch.tx.rounds(std::slice::from_ref(&id)).await?.pop() {
                Some(round) => (
                    Found::Good(Leads::ToRound {
                        round: round.name,
                        controller: round.controller,
                        contact: round.privacy_contact,
                    }),
                    Some(Way::Round(id)),
                ),
                None => (Found::Nothing, None),
            }
        }
        Purpose::Contact => {
            let id = TandemId(link.subject);
            batch.load(std::slice::from_ref(&id)).await?;
            let asked = batch.tandem(&id).filter(|tandem| tandem.contact.is_some());
            match asked.and_then(|tandem| Some((tandem, tandem.seats().next()?))) {
                Some((tandem, seat)) => (
                    Found::Good(Leads::ToContact {
                        asker: seat.person.name.clone(),
                        organisation: tandem.organisation.clone().unwrap_or_default(),
                        controller: tandem.round.controller.clone(),
                        contact: tandem.round.privacy_contact.clone(),
                    }),
                    Some(Way::Contact(id)),
                ),
                None => (Found::Nothing, None),
            }
        }
        Purpose::Deputy => {
            let id = TandemId(link.subject);
            batch.load(std::slice::from_ref(&id)).await?;
            match batch.tandem(&id) {
                Some(tandem) if tandem.seats().count() == 2 => (Found::Used, None),
                Some(tandem) => (
                    Found::Good(Leads::ToTandem {
                        beside: tandem.seats().next().map(|seat| Beside {
                            name: seat.person.name.clone(),
                            organisation: tandem.organisation.clone().unwrap_or_default(),
                        }),
                        round: tandem.round.name.clone(),
                        controller: tandem.round.controller.clone(),
                        contact: tandem.round.privacy_contact.clone(),
                    }),
                    Some(Way::Tandem(id)),
                ),
                None => (Found::Nothing, None),
            }
        }
    })
}

/// A link that nobody gets in by any more. Whoever comes to a full round may wait.
async fn used(batch: &mut Batch<'_>, link: Link) -> Result<(Found, Option<Way>)> {
    if link.purpose != Purpose::Lead {
        return Ok((Found::Used, None));
    }
    let id = RoundId(link.subject);
    let round = batch.tx.rounds(std::slice::from_ref(&id)).await?.pop();
    Ok(match round.filter(|round| round.phase != RoundPhase::Closed) {
        Some(round) => (Found::Full { round: round.name, controller: round.controller }, Some(Way::Round(id))),
        None => (Found::Used, None),
    })
}

/// Whoever is not stored is answered without a trace; others by a message that is owed.
fn answer(batch: &mut Batch<'_>, actor: &Actor, message: Message) {
    batch.redraw(actor, message, None);
}
