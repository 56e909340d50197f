//! What operators and trainers did: which role, when and to what, written by the transaction that does it.
//!
//! Owns: the rows and their words. Nothing in them is what anybody wrote. Looking into a backup, or into the database
//! with another program, leaves no row: this is a record for honest people, not a lock.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::sets::args;
use super::sql::Sql;
use super::{Result, StoreError, Tx, codec};
use crate::domain::ids::PersonId;

pub(super) const ALL: &[&Sql] = &[&NOTE, &NOTED, &FORGET_WHO];

/// In which role something was done, and by whom where it was a person of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who<'a> {
    /// On the command line; the program does not know who sits there.
    Operator,
    Trainer(&'a PersonId),
    /// Somebody who has just been erased.
    TrainerGone,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    TrainerInvited,
    InvitationWithdrawn,
    TrainerJoined,
    TrainerLeft,
    RoundCreated,
    LinkIssued,
    RoundStarted,
    ModuleReleased,
    TandemAdmitted,
    Announced,
    RoundChanged,
    RoundClosed,
    TrainerDismissed,
    TandemMoved,
    LetterAnswered,
    MeetingNamed,
    SeatFreed,
    ReportRead,
    PersonErased,
    DataExported,
    Purged,
    Restored,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    pub at: DateTime<Utc>,
    /// `operator` or `trainer`.
    pub role: String,
    /// The trainer's random id, as long as there is one.
    pub person: Option<String>,
    pub action: Action,
    /// The round that it was about.
    pub subject: Option<String>,
}

#[derive(FromRow)]
struct NotedRow {
    at: i64,
    role: String,
    person_id: Option<String>,
    action: String,
    subject: Option<String>,
}

const NOTE: Sql = Sql {
    question: "something that an operator or a trainer did",
    text: "INSERT INTO audit (at, role, person_id, action, subject) VALUES ($1, $2, $3, $4, $5)",
};

const NOTED: Sql = Sql {
    question: "what operators and trainers did since then",
    text: "SELECT at, role, person_id, action, subject FROM audit WHERE at >= $1 ORDER BY at",
};

const FORGET_WHO: Sql = Sql {
    question: "what a trainer did, to forget whose deed it was",
    text: "UPDATE audit SET person_id = NULL WHERE person_id = $1",
};

impl Tx {
    /// Notes what was done, in the transaction that does it.
    pub async fn note(
        &mut self,
        who: Who<'_>,
        action: Action,
        subject: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let (role, person) = match who {
            Who::Operator => ("operator", None),
            Who::Trainer(person) => ("trainer", Some(person.as_str())),
            Who::TrainerGone => ("trainer", None),
        };
        self.run(&NOTE, args![now, role, person, action.code(), subject]).await?;
        Ok(())
    }

    /// What was done, the oldest first.
    pub async fn noted(&mut self) -> Result<Vec<Noted>> {
        let rows: Vec<NotedRow> = self.rows(&NOTED, args![i64::MIN]).await?;
        rows.into_iter().map(NotedRow::read).collect()
    }

    /// The person goes; what they did as a trainer stays, by nobody in particular.
    pub(super) async fn forget_who(&mut self, person: &PersonId) -> Result<()> {
        self.run(&FORGET_WHO, args![person]).await?;
        Ok(())
    }
}

impl NotedRow {
    fn read(self) -> Result<Noted> {
        Ok(Noted {
            at: codec::instant(self.at)?,
            role: self.role,
            person: self.person_id,
            action: Action::from_code(&self.action).ok_or(StoreError::Unreadable("action"))?,
            subject: self.subject,
        })
    }
}

impl Action {
    const CODES: [(Self, &'static str); 22] = [
        (Self::TrainerInvited, "trainer_invited"),
        (Self::InvitationWithdrawn, "invitation_withdrawn"),
        (Self::TrainerJoined, "trainer_joined"),
        (Self::TrainerLeft, "trainer_left"),
        (Self::RoundCreated, "round_created"),
        (Self::LinkIssued, "link_issued"),
        (Self::RoundStarted, "round_started"),
        (Self::ModuleReleased, "module_released"),
        (Self::TandemAdmitted, "tandem_admitted"),
        (Self::Announced, "announced"),
        (Self::RoundChanged, "round_changed"),
        (Self::RoundClosed, "round_closed"),
        (Self::TrainerDismissed, "trainer_dismissed"),
        (Self::TandemMoved, "tandem_moved"),
        (Self::LetterAnswered, "letter_answered"),
        (Self::MeetingNamed, "meeting_named"),
        (Self::SeatFreed, "seat_freed"),
        (Self::ReportRead, "report_read"),
        (Self::PersonErased, "person_erased"),
        (Self::DataExported, "data_exported"),
        (Self::Purged, "purged"),
        (Self::Restored, "restored"),
    ];

    /// As it is stored and printed.
    pub fn code(self) -> &'static str {
        Self::CODES.iter().find(|(action, _)| *action == self).map_or("", |(_, code)| code)
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::CODES.iter().find(|(_, known)| *known == code).map(|(action, _)| *action)
    }
}

#[cfg(test)]
mod tests {
    use super::Action;

    #[test]
    fn every_action_comes_back_as_it_was_stored() {
        for (action, code) in Action::CODES {
            assert_eq!((action.code(), Action::from_code(code)), (code, Some(action)));
        }
    }
}
