//! Meetings that rounds have named.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::sealed::{MEETING_PLACE, MEETING_TITLE};
use super::sets::args;
use super::sql::Sql;
use super::vault::Vault;
use super::{Result, Tx, codec};
use crate::domain::ids::{MeetingId, RoundId};
use crate::domain::meeting::{Held, Meeting};

pub(super) const ALL: &[&Sql] = &[&NEW_MEETING, &CANCEL_MEETING, &MEETINGS];

const NEW_MEETING: Sql = Sql {
    question: "a new meeting of a round",
    text: "INSERT INTO meeting (id, round_id, title, place, starts, minutes, state) VALUES ($1, $2, $3, $4, $5, $6, $7)",
};

const CANCEL_MEETING: Sql = Sql {
    question: "a meeting that is called off",
    text: "UPDATE meeting SET state = 'cancelled' WHERE id = $1 AND round_id = $2 AND state = 'planned' AND starts > $3",
};

#[derive(FromRow)]
struct MeetingRow {
    id: String,
    round_id: String,
    title: String,
    place: String,
    starts: i64,
    minutes: i64,
    state: String,
}

const MEETINGS: Sql = Sql {
    question: "meetings of these rounds since then",
    text: "SELECT id, round_id, title, place, starts, minutes, state FROM meeting
        WHERE round_id IN {set} AND starts >= $1 ORDER BY starts, id",
};

impl Tx {
    /// Keeps a new meeting.
    pub async fn new_meeting(&mut self, round: &RoundId, meeting: &Meeting) -> Result<()> {
        let at = [meeting.id.as_str()];
        let title = self.vault.seal(MEETING_TITLE.at(&at), &meeting.title);
        let place = self.vault.seal(MEETING_PLACE.at(&at), &meeting.place);
        let standing = codec::code(&meeting.standing);
        self.run(&NEW_MEETING, args![&meeting.id, round, title, place, meeting.starts, meeting.minutes, standing])
            .await?;
        Ok(())
    }

    /// Calls a meeting off that is still to come. False if it was, is over, or is none of this round's.
    pub async fn cancel_meeting(&mut self, id: &MeetingId, round: &RoundId, now: DateTime<Utc>) -> Result<bool> {
        Ok(self.run(&CANCEL_MEETING, args![id, round, now]).await? > 0)
    }

    /// Those meetings of these rounds that take place, as far as they are kept.
    pub async fn planned_meetings(&mut self, rounds: &[RoundId]) -> Result<Vec<(RoundId, Meeting)>> {
        let mut all = self.meetings(rounds, DateTime::<Utc>::UNIX_EPOCH).await?;
        all.retain(|(_, meeting)| meeting.standing == Held::Planned);
        Ok(all)
    }

    /// Meetings of these rounds that begin then or later, those that were called off among them.
    pub async fn meetings(&mut self, rounds: &[RoundId], since: DateTime<Utc>) -> Result<Vec<(RoundId, Meeting)>> {
        let rows: Vec<MeetingRow> = self.rows_in(&MEETINGS, args![since], rounds).await?;
        rows.into_iter().map(|row| row.read(&self.vault)).collect()
    }
}

impl MeetingRow {
    fn read(self, vault: &Vault) -> Result<(RoundId, Meeting)> {
        let at = [self.id.as_str()];
        let title = vault.open(MEETING_TITLE.at(&at), &self.title)?;
        let place = vault.open(MEETING_PLACE.at(&at), &self.place)?;
        let standing: Held = codec::from_code(&self.state, "state of a meeting")?;
        let (starts, minutes) = (codec::instant(self.starts)?, codec::count(self.minutes)?);
        let meeting = Meeting { id: self.id.into(), title, place, starts, minutes, standing };
        Ok((self.round_id.into(), meeting))
    }
}
