//! How a batch answers: a message changed or sent anew, buttons taken off, a note over the pressed one.
//!
//! Owns: which message that is, and what is never written down. Does not know why somebody is answered.

use super::super::Result;
use super::super::elected::Loose;
use super::super::job;
use super::{Actor, Batch, Toast};
use crate::domain::effect::{Kind, Owed, Slot};
use crate::domain::ids::{CoverId, Ids, PersonId};
use crate::domain::message::{Line, Message};
use crate::domain::pacing::Lane;
use crate::telegram::port::MessageId;

impl Batch<'_> {
    /// Changes the message whose button was pressed, or sends a new one.
    pub fn redraw(&mut self, actor: &Actor, message: Message, slot: Option<Slot>) {
        let Some(person) = actor.person.clone() else { return self.loose(actor, message) };
        let target = actor.pressed.as_ref().and_then(|pressed| pressed.message);
        let (kind, occurrence) = match target {
            Some(id) => (Kind::Edit, format!("edit:{}", id.0)),
            None => (Kind::Reply, self.app.ids.clone().id()),
        };
        let owed = Owed {
            to: person,
            kind,
            occurrence,
            lane: Lane::Reply,
            not_before: self.now,
            expires: None,
            slot,
            message,
        };
        self.owed.push((owed, target.map(|id| id.0)));
    }

    /// Takes the buttons off a message of this person.
    pub fn strip(&mut self, person: &PersonId, message: MessageId) {
        self.owed.push((job::strip(person, message.0, self.now), Some(message.0)));
    }

    /// Takes the buttons off what people were shown of a version of a cover, but for the message that is being pressed:
    /// that one is redrawn.
    pub(super) async fn withdraw(
        &mut self,
        people: &[PersonId],
        cover: &CoverId,
        version: u32,
        actor: &Actor,
    ) -> Result<()> {
        let pressed = actor.pressed.as_ref().and_then(|pressed| pressed.message);
        for (person, message) in self.tx.shown_of_cover(people, cover, version).await? {
            if actor.person.as_ref() != Some(&person) || pressed != Some(MessageId(message)) {
                self.strip(&person, MessageId(message));
            }
        }
        Ok(())
    }

    /// Answers whoever it is, strangers too: sent once, never written down.
    pub fn loose(&mut self, actor: &Actor, message: Message) {
        self.unwritten(actor, actor.person.clone(), message);
    }

    /// Answers with what must be in no table, such as a secret. If it is lost, the person asks again.
    pub fn unwritten(&mut self, actor: &Actor, person: Option<PersonId>, message: Message) {
        let target = actor.pressed.as_ref().and_then(|pressed| pressed.message).map(|id| id.0);
        let loose = Loose { chat: actor.chat.0, person, lang: actor.lang.0.clone(), target, message };
        match self.app.speaker.hands_over() {
            true => self.handed.push(loose),
            false => self.ready.jobs.push(loose.job()),
        }
    }

    /// Ends the waiting circle of the pressed button, with a note if there is one.
    pub fn toast(&mut self, actor: &Actor, line: Option<&Line>) {
        let Some(pressed) = &actor.pressed else { return };
        let note = line.map(|line| self.texts.words.plain(&actor.lang, line));
        match self.ready.toasts.iter_mut().find(|toast| toast.query == pressed.query) {
            Some(toast) => toast.note = toast.note.take().or(note),
            None => self.ready.toasts.push(Toast { query: pressed.query.clone(), note }),
        }
    }

    pub(super) async fn refresh(
        &mut self,
        person: PersonId,
        slot: Slot,
        message: Message,
        redrawn: Option<MessageId>,
    ) -> Result<()> {
        let screens = self.tx.screens(std::slice::from_ref(&person)).await?;
        let Some(target) = screens.get(&(person.clone(), slot)).copied() else { return Ok(()) };
        if redrawn == Some(MessageId(target)) {
            return Ok(());
        }
        let owed = Owed {
            to: person,
            kind: Kind::Edit,
            occurrence: format!("edit:{target}"),
            lane: Lane::Reply,
            not_before: self.now,
            expires: None,
            slot: Some(slot),
            message,
        };
        self.owed.push((owed, Some(target)));
        Ok(())
    }
}
