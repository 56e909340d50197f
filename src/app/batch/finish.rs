//! The end of a batch: everything is saved, and what is owed is written, in one transaction.
//!
//! Owns: the order in which that happens. Does not know why anything is owed (`domain`), nor how it is sent (`deliver`).

use super::{Batch, LEASE, Ready, changed};
use crate::app::job::Job;
use crate::app::{Result, waiting};
use crate::domain::effect::Owed;
use crate::domain::ids::{Ids, OwedId};
use crate::domain::pacing::Lane;
use crate::store::{NewOwed, Purpose};

impl Batch<'_> {
    /// Saves everything and commits. Afterwards what is ready may be sent.
    pub async fn finish(mut self) -> Result<Ready> {
        let changed = changed(&self.order, &self.before, &self.after);
        self.tx.save(&changed, self.now).await?;
        self.free_places().await?;
        for (round, facts) in &self.facts {
            self.tx.record(round, facts, self.now).await?;
        }
        self.tx.record_hours(&self.records, &self.gone, self.now).await?;
        self.tx.keep_readers(&self.readers, &self.told).await?;
        self.tx.say(&self.said).await?;
        self.owe_all().await?;
        self.hand_over().await?;
        self.tx.commit().await?;
        Ok(self.ready)
    }

    /// Where everybody has left, the place is somebody else's; no link that went round leads there any more.
    async fn free_places(&mut self) -> Result<()> {
        for (round, tandem) in std::mem::take(&mut self.emptied) {
            self.tx.revoke(Purpose::Deputy, tandem.as_str()).await?;
            if let Some(round) = self.tx.rounds(&[round]).await?.pop() {
                waiting::places_changed(self, &round).await?;
            }
        }
        Ok(())
    }

    /// Writes what is owed; what can go out at once is claimed for this process in the same statement.
    async fn owe_all(&mut self) -> Result<()> {
        let (lease, worker) = (self.now + LEASE, self.app.worker.clone());
        let mut ids = self.app.ids.clone();
        let here = self.app.speaker.answers_at_once();
        let at_once = |owed: &Owed| {
            self.chats.get(&owed.to).filter(|_| here && owed.lane == Lane::Reply && owed.not_before <= self.now)
        };
        let rows: Vec<NewOwed<'_>> = self
            .owed
            .iter()
            .map(|(owed, target)| NewOwed {
                id: OwedId(ids.id()),
                owed,
                target: *target,
                claimed: at_once(owed).map(|_| (worker.as_str(), lease)),
            })
            .collect();
        let new = self.tx.owe(&rows, self.now).await?;
        for row in rows.into_iter().filter(|row| new.contains(&row.id)) {
            match at_once(row.owed) {
                Some((chat, lang)) => {
                    self.ready.jobs.push(Job::owed(row.id, row.owed, *chat, lang.clone(), row.target, lease));
                }
                None => self.ready.owes = true,
            }
        }
        Ok(())
    }

    /// What another process sends must not wait until that one looks by itself.
    async fn hand_over(&mut self) -> Result<()> {
        for loose in &self.handed {
            if !self.tx.ring(&loose.words()).await? {
                tracing::error!("an answer to somebody who is not stored is too long to be handed over");
            }
        }
        if !self.owed.is_empty() && !self.app.speaker.answers_at_once() {
            self.tx.ring("").await?;
        }
        Ok(())
    }
}
