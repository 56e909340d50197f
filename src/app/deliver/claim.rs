//! What the sender has in hand: claiming from the outbox, holding on to it, letting go of it.
//!
//! Owns: how much is claimed and when to look again, leases, and whose turn it is to send. What is sent when is
//! `deliver`'s.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::Result;
use super::super::batch::LEASE;
use super::super::job::Job;
use super::Deliver;
use crate::domain::ids::OwedId;
use crate::domain::pacing::Lane;
use crate::store::Whose;

/// Bulk messages claimed at a time: about two seconds' worth at thirty a second.
const CLAIM: u32 = 60;

/// Replies out of the database that wait in memory at most; beyond that they wait there.
const REPLIES: usize = 240;

/// Chats of the erased that are emptied at a time.
const EMPTIED: u32 = 10;

/// What waits in memory has its lease renewed when so much of it is left.
const RENEW: TimeDelta = TimeDelta::seconds(30);

/// A step of the clock that is more than a correction.
const SET_BACK: TimeDelta = TimeDelta::seconds(2);

/// What the outbox holds beyond what was just claimed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outlook {
    /// When to look again.
    pub next: Option<DateTime<Utc>>,
    /// Whether bulk is due that finds no room yet.
    pub bulk_waits: bool,
}

impl Deliver {
    /// Claims what is due in the database. Bulk only as much as will soon be sent. What could not be written
    /// before comes first: else a message that has arrived would be claimed anew when its lease is over.
    ///
    /// # Errors
    /// When the database cannot be asked; what was claimed before goes on.
    pub async fn refill(&mut self) -> Result<Outlook> {
        if !self.take_turn().await? {
            return Ok(Outlook::default());
        }
        self.settle().await?;
        self.look_at_the_clock().await?;
        self.renew().await?;
        let next = {
            let mut tx = self.app.db.read().await?;
            tx.next_owed().await?
        };
        let now = self.app.clock.now();
        let due = |at: Option<DateTime<Utc>>| at.is_some_and(|at| at <= now);
        // Replies out of the database go before those that were committed just now.
        let older = self.replies.iter().take_while(|job| job.from_outbox).count();
        let wants_replies = due(next.reply) && older < REPLIES;
        let bulk_due = due(next.bulk) || due(next.unsay);
        if wants_replies || (bulk_due && self.wants_bulk()) || due(next.lease) {
            let mut tx = self.app.db.begin().await?;
            // Whoever waited for the database has a lease from now on.
            let now = self.app.clock.now();
            if due(next.lease) {
                tx.end_leases(now).await?;
            }
            let lease = now + LEASE;
            let replies = match wants_replies {
                true => tx.claim(Lane::Reply, now, &self.app.worker, lease, CLAIM).await?,
                false => Vec::new(),
            };
            let bulk = match self.wants_bulk() {
                true => tx.claim(Lane::Bulk, now, &self.app.worker, lease, CLAIM).await?,
                false => Vec::new(),
            };
            let unsay = match due(next.unsay) && self.wants_bulk() {
                true => tx.take_unsay(now, lease, EMPTIED).await?,
                false => Vec::new(),
            };
            tx.commit().await?;
            let younger = self.replies.split_off(older);
            self.replies.extend(replies.into_iter().map(|row| Job::claimed(row, lease)));
            self.replies.extend(younger);
            self.bulk.extend(bulk.into_iter().map(|row| Job::claimed(row, lease)));
            let unsay: Vec<Job> = unsay.into_iter().map(|row| Job::unsay(row, lease)).collect();
            self.bulk.extend(unsay.into_iter().filter(|job| !self.empties(job)).collect::<Vec<_>>());
            return Ok(Outlook { next: Some(now), bulk_waits: false });
        }
        let lease = self.waiting().filter_map(|job| job.lease).min();
        let renew = lease.map(|lease| lease - RENEW + TimeDelta::milliseconds(1));
        let next_look = [next.after(now), renew.filter(|at| *at > now)].into_iter().flatten().min();
        Ok(Outlook { next: next_look, bulk_waits: bulk_due })
    }

    /// Whether this process already has that chat in hand: it may wait here for longer than its row does.
    fn empties(&self, job: &Job) -> bool {
        let in_hand = self.waiting().chain(self.wire.values().map(AsRef::as_ref));
        in_hand
            .chain(self.settled.iter().map(|(job, _)| job))
            .any(|other| other.kind == job.kind && other.person == job.person)
    }

    /// Whether there is room for more bulk.
    pub fn wants_bulk(&self) -> bool {
        self.bulk.len() < CLAIM as usize / 2
    }

    /// Whether it is for this process to send. When its turn begins, what others had claimed is owed again; when it
    /// ends, so is what it claimed itself and has not sent.
    async fn take_turn(&mut self) -> Result<bool> {
        let (spoke, speaks) = (self.speaks, self.app.speaker.speaks());
        if spoke && speaks {
            return Ok(true);
        }
        self.speaks = false;
        let unsent: Vec<OwedId> = self.waiting().chain(&self.boarding).filter_map(|job| job.id.clone()).collect();
        if speaks || !unsent.is_empty() {
            let now = self.app.clock.now();
            let mut tx = self.app.db.begin().await?;
            tx.hand_back(&self.app.worker, &unsent).await?;
            let freed = if speaks { tx.release_claims(Whose::OthersThan(&self.app.worker), now).await? } else { 0 };
            tx.commit().await?;
            if freed > 0 {
                tracing::info!(freed, "another process stopped while sending; going on for it");
            }
        }
        // What is written nowhere came in since this process was elected, or is too old by now.
        self.replies.retain(|job| speaks && job.id.is_none());
        self.bulk.clear();
        for job in self.boarding.drain(..) {
            self.busy.remove(&job.chat);
        }
        if speaks {
            self.budget.take_over(self.app.clock.micros());
        }
        self.speaks = speaks;
        Ok(speaks)
    }

    async fn look_at_the_clock(&mut self) -> Result<()> {
        let now = self.app.clock.now();
        if now < self.latest - SET_BACK {
            tracing::warn!(seconds = (self.latest - now).num_seconds(), "the clock was set back");
            self.behind.clear();
            let mut tx = self.app.db.begin().await?;
            tx.clock_went_back(now, now + LEASE).await?;
            tx.commit().await?;
        }
        self.latest = now;
        Ok(())
    }

    /// Holds on to what waits for its turn here. What is not ours any more is another's to send.
    async fn renew(&mut self) -> Result<()> {
        let now = self.app.clock.now();
        let waits_long = self.waiting().any(|job| !job.has_left(RENEW, now));
        // Calls end before their lease does, unless the clock jumped.
        let jumped = self.wire.values().any(|job| !job.has_left(TimeDelta::zero(), now));
        if !waits_long && !jumped {
            return Ok(());
        }
        let flying = self.wire.values().filter_map(|job| job.id.clone());
        let held: Vec<OwedId> = self.waiting().filter_map(|job| job.id.clone()).chain(flying).collect();
        let mut tx = self.app.db.begin().await?;
        let lease = self.app.clock.now() + LEASE;
        let ours = tx.renew(&held, &self.app.worker, lease).await?;
        tx.commit().await?;
        let still = |job: &mut Job| {
            job.lease = job.lease.map(|_| lease);
            job.id.as_ref().is_none_or(|id| ours.contains(id))
        };
        self.replies.retain_mut(still);
        self.bulk.retain_mut(still);
        Ok(())
    }
}
