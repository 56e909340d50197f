//! What becomes of a backup before it is a database again: the erased stay erased, and nothing that was owed is sent.
//!
//! Works on a private copy (`store::unpack`), so that nobody serves from it half cleaned. What falls due meanwhile stays
//! on the agendas: after a restore it is as after a time without a server, one message for each kind and person.

use super::batch::Batch;
use super::{App, Result, erase};
use crate::store::{Action, Gone, Voided, Who};

/// What was done to the copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// People who were in the backup and have been erased since.
    pub erased: usize,
    pub voided: Voided,
}

/// Cleans the copy that this app works on.
///
/// # Errors
/// When the copy cannot be written.
pub async fn clean(app: &App, gone: &Gone) -> Result<Cleaned> {
    let people = app.db.read().await?.to_be_gone(gone).await?;
    let chats = app.db.read().await?.addresses(&people).await?;
    for person in &people {
        let mut batch = Batch::begin(app).await?;
        // The same decision as then: covers reopen, the seat is free. That the others hear of it is owed, and voided.
        let known = match chats.get(person) {
            Some(chat) => erase::gone(&mut batch, *chat).await?,
            None => false,
        };
        if !known {
            batch.tx.erase(person, batch.now).await?;
        }
        batch.finish().await?;
    }
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    tx.remember_all(gone, now).await?;
    let voided = tx.void(now).await?;
    tx.purge(now, false).await?;
    tx.note(Who::Operator, Action::Restored, None, now).await?;
    tx.commit().await?;
    Ok(Cleaned { erased: people.len(), voided })
}
