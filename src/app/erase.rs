//! Erasing a person from the command line: the same decision as by their own tap.

use super::batch::{Actor, Batch};
use super::{App, Result};
use crate::domain::event::{Deed, Event};
use crate::domain::tap::{DataTap, Tap};
use crate::store::{Action, Who};
use crate::telegram::port::ChatId;

/// Erases everything about the person behind a chat. False if nobody is known by it.
///
/// # Errors
/// When the database cannot be written; then nothing is erased.
pub async fn erase(app: &App, chat: i64) -> Result<bool> {
    let mut batch = Batch::begin(app).await?;
    if !gone(&mut batch, chat).await? {
        return Ok(false);
    }
    batch.tx.note(Who::Operator, Action::PersonErased, None, batch.now).await?;
    // The farewell is not sent from here: whoever asked the operator hears it from them.
    batch.finish().await?;
    Ok(true)
}

/// The person behind a chat goes, within a transaction.
pub(super) async fn gone(batch: &mut Batch<'_>, chat: i64) -> Result<bool> {
    let Some(known) = batch.tx.known(&[chat]).await?.pop() else { return Ok(false) };
    let actor = Actor {
        person: Some(known.person.id.clone()),
        chat: ChatId(chat),
        lang: known.person.lang.clone(),
        pressed: None,
        said: None,
    };
    for (tandem, role) in &known.seats {
        batch.load(std::slice::from_ref(tandem)).await?;
        let deed = Deed::Tapped(Tap::Data(DataTap::DeleteReally));
        batch.step(tandem, Event::Did(*role, deed), &actor).await?;
    }
    batch.tx.erase(&known.person.id, batch.now).await?;
    Ok(true)
}
