//! A person's rights: seeing what is kept, and having it erased.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::audit::{Action, Who};
use super::downloads::DROP_DOWNLOADS;
use super::due::DIGEST;
use super::feeds::DROP_FEED;
use super::letters::DROP_LETTERS;
use super::licences::{DROP_CODES, DROP_VOUCHES};
use super::links::Purpose;
use super::news::{DROP_READER, FORGET_WRITER};
use super::save::DROP_DUE;
use super::sessions::DROP_SESSIONS;
use super::sets::{Arg, args};
use super::sql::Sql;
use super::waiting::DROP_WAITING;
use super::{Result, StoreError, Tx};
use crate::domain::ids::{AbsenceId, CoverId, PersonId};
use crate::domain::tandem::{Due, Role};

pub(super) const ALL: &[&Sql] = &[
    &MINE,
    &SEATS_OF,
    &PLANS_OF,
    &DROP_HELP_FOR,
    &DROP_COVERS_OF,
    &FORGET_HANDOVERS,
    &DROP_HELP,
    &DROP_HELP_BY,
    &DROP_ABSENCES_OF,
    &DROP_SEATS_OF,
    &FORGET_ORGANISATION,
    &FORGET_TOLD,
    &UNSIGN_ENTRIES,
    &UNSIGN_CHANGES,
    &DROP_ANSWERS,
    &DROP_RATINGS,
    &DROP_MILESTONES,
    &DROP_FEED_EVENTS,
    &DROP_RECALL,
    &DROP_OUTBOX,
    &DROP_SCREENS,
    &DROP_DESK,
    &DROP_TRAINING,
    &DROP_CHAT,
    &DROP_PERSON,
];

/// How much is kept about a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Mine {
    pub tandems: i64,
    pub entries: i64,
    pub minutes: i64,
    pub changes: i64,
    pub absences: i64,
    pub answers: i64,
    pub ratings: i64,
    pub milestones: i64,
    /// Questions that are asked once more.
    pub repeats: i64,
    pub messages: i64,
}

const MINE: Sql = Sql {
    question: "how much is kept about a person",
    text: "SELECT (SELECT COUNT(*) FROM seat WHERE person_id = $1) AS tandems,
        (SELECT COUNT(*) FROM entry WHERE person_id = $1) AS entries,
        (SELECT CAST(COALESCE(SUM(minutes), 0) AS BIGINT) FROM entry WHERE person_id = $1) AS minutes,
        (SELECT COUNT(*) FROM entry_change WHERE person_id = $1) AS changes,
        (SELECT COUNT(*) FROM absence WHERE person_id = $1) AS absences,
        (SELECT COUNT(*) FROM answer WHERE person_id = $1) AS answers,
        (SELECT COUNT(*) FROM rating WHERE person_id = $1) AS ratings,
        (SELECT COUNT(*) FROM milestone WHERE person_id = $1) AS milestones,
        (SELECT COUNT(*) FROM recall WHERE person_id = $1) AS repeats,
        (SELECT COUNT(*) FROM outbox WHERE person_id = $1) AS messages",
};

const SEATS_OF: Sql =
    Sql { question: "where a person sits", text: "SELECT tandem_id, role FROM seat WHERE person_id = $1" };

const PLANS_OF: Sql = Sql {
    question: "a person's absences and their covers",
    text: "SELECT absence.tandem_id, absence.id, cover.id FROM absence LEFT JOIN cover ON cover.absence_id = absence.id
        WHERE absence.person_id = $1",
};

const DROP_HELP_FOR: Sql = Sql {
    question: "who was asked to help a person, to erase",
    text: "DELETE FROM help WHERE cover_id IN (SELECT cover.id FROM absence JOIN cover ON cover.absence_id = absence.id
        WHERE absence.person_id = $1)",
};

const DROP_HELP_BY: Sql =
    Sql { question: "where a person was asked to help, to erase", text: "DELETE FROM help WHERE person_id = $1" };

const FORGET_HANDOVERS: Sql = Sql {
    question: "what a person ticked for others, to erase",
    text: "UPDATE cover SET ticks = '[]' WHERE helper = $1",
};

const DROP_COVERS_OF: Sql = Sql {
    question: "covers of a person's absences, to erase",
    text: "DELETE FROM cover WHERE absence_id IN (SELECT id FROM absence WHERE person_id = $1)",
};

const DROP_HELP: Sql = Sql {
    question: "covers that a person was asked for, to forget who it was",
    text: "UPDATE cover SET helper = NULL WHERE helper = $1",
};

const DROP_ABSENCES_OF: Sql =
    Sql { question: "a person's absences, to erase", text: "DELETE FROM absence WHERE person_id = $1" };

const DROP_SEATS_OF: Sql =
    Sql { question: "a person's seats, to erase", text: "DELETE FROM seat WHERE person_id = $1" };

const FORGET_ORGANISATION: Sql = Sql {
    question: "the organisation of tandems that nobody sits in any more",
    text: "UPDATE tandem SET organisation = NULL, contact = NULL, told = NULL
        WHERE id IN {set} AND NOT EXISTS (SELECT 1 FROM seat WHERE seat.tandem_id = tandem.id)",
};

const FORGET_TOLD: Sql = Sql {
    question: "tandems whose gaps a person is told of, to forget who it was",
    text: "UPDATE tandem SET told = NULL WHERE told = $1",
};

const UNSIGN_ENTRIES: Sql = Sql {
    question: "a person's entries, to forget whose they were",
    text: "UPDATE entry SET person_id = NULL WHERE person_id = $1",
};

const UNSIGN_CHANGES: Sql = Sql {
    question: "a person's changes of entries, to forget whose they were",
    text: "UPDATE entry_change SET person_id = NULL WHERE person_id = $1",
};

const DROP_ANSWERS: Sql =
    Sql { question: "a person's answers, to erase", text: "DELETE FROM answer WHERE person_id = $1" };

const DROP_RATINGS: Sql =
    Sql { question: "a person's ratings, to erase", text: "DELETE FROM rating WHERE person_id = $1" };

const DROP_MILESTONES: Sql =
    Sql { question: "a person's milestones, to erase", text: "DELETE FROM milestone WHERE person_id = $1" };

const DROP_FEED_EVENTS: Sql =
    Sql { question: "what a person's feed has said, to erase", text: "DELETE FROM feed_event WHERE person_id = $1" };

const DROP_RECALL: Sql = Sql {
    question: "how well a person remembers questions, to erase",
    text: "DELETE FROM recall WHERE person_id = $1",
};

const DROP_OUTBOX: Sql =
    Sql { question: "a person's messages, to erase", text: "DELETE FROM outbox WHERE person_id = $1" };

const DROP_SCREENS: Sql =
    Sql { question: "a person's screens, to erase", text: "DELETE FROM screen WHERE person_id = $1" };

const DROP_DESK: Sql = Sql { question: "a trainer's desk, to erase", text: "DELETE FROM trainer WHERE person_id = $1" };

const DROP_TRAINING: Sql =
    Sql { question: "a trainer's rounds, to give up", text: "DELETE FROM round_trainer WHERE person_id = $1" };

const DROP_CHAT: Sql = Sql { question: "a person's chat, to erase", text: "DELETE FROM chat WHERE person_id = $1" };

const DROP_PERSON: Sql = Sql { question: "a person, to erase", text: "DELETE FROM person WHERE id = $1" };

impl Tx {
    /// How much is kept about a person.
    pub async fn mine(&mut self, person: &PersonId) -> Result<Mine> {
        Ok(self.row(&MINE, args![person]).await?.unwrap_or_default())
    }

    /// Erases everything about a person. What remains of them are minutes in their tandems' ledgers, unsigned, and for two
    /// days at most which chat is still to be emptied.
    /// In the same transaction it comes after whatever else is written about them.
    pub async fn erase(&mut self, person: &PersonId, now: DateTime<Utc>) -> Result<()> {
        let seats: Vec<(String, String)> = self.rows(&SEATS_OF, args![person]).await?;
        self.owe_unsay(person, now).await?;
        self.erase_plans(person, &seats).await?;
        self.revoke(Purpose::Dashboard, person.as_str()).await?;
        for (tandem, _) in &seats {
            self.revoke(Purpose::Deputy, tandem).await?;
        }
        let plans = [&DROP_HELP_FOR, &DROP_COVERS_OF, &FORGET_HANDOVERS, &DROP_HELP, &DROP_HELP_BY, &DROP_ABSENCES_OF];
        for sql in plans.into_iter().chain([&DROP_SEATS_OF, &FORGET_TOLD, &UNSIGN_ENTRIES, &UNSIGN_CHANGES]) {
            self.run(sql, args![person]).await?;
        }
        self.run_in(&FORGET_ORGANISATION, args![], seats.iter().map(|(tandem, _)| tandem.as_str())).await?;
        let learning = [&DROP_ANSWERS, &DROP_RATINGS, &DROP_MILESTONES, &DROP_RECALL];
        let talking = [&FORGET_WRITER, &DROP_READER, &DROP_LETTERS, &DROP_WAITING];
        let reaching = [&DROP_OUTBOX, &DROP_SCREENS, &DROP_TRAINING, &DROP_CHAT];
        let feed = [&DROP_FEED, &DROP_FEED_EVENTS, &DROP_SESSIONS];
        let papers = [&DROP_DOWNLOADS, &DROP_CODES, &DROP_VOUCHES];
        let rest = feed.into_iter().chain(papers).chain(talking).chain(reaching);
        for sql in learning.into_iter().chain(rest) {
            self.run(sql, args![person]).await?;
        }
        self.forget_who(person).await?;
        if self.run(&DROP_DESK, args![person]).await? > 0 {
            self.note(Who::TrainerGone, Action::TrainerLeft, None, now).await?;
        }
        if self.run(&DROP_PERSON, args![person]).await? > 0 {
            self.remember_erased(person, now).await?;
        }
        Ok(())
    }

    /// What would have been due for this person is not due any more.
    async fn erase_plans(&mut self, person: &PersonId, seats: &[(String, String)]) -> Result<()> {
        let mut due: Vec<[Arg; 2]> = vec![args![person, DIGEST]];
        for (tandem, role) in seats {
            let role = Role::from_code(role).ok_or(StoreError::Unreadable("role"))?;
            let own = [Due::Lesson(role), Due::ModuleNow(role), Due::Task(role), Due::Week(role), Due::Timer(role)];
            let all = own.into_iter().chain([Due::News(role), Due::Renewal(role)]);
            due.extend(all.map(|what| args![tandem.as_str(), what.code()]));
        }
        let plans: Vec<(String, String, Option<String>)> = self.rows(&PLANS_OF, args![person]).await?;
        for (tandem, absence, cover) in plans {
            due.push(args![tandem.as_str(), Due::Return(AbsenceId(absence)).code()]);
            for cover in cover.into_iter().map(CoverId) {
                let all = Due::of_cover(&cover);
                due.extend(all.map(|what| args![tandem.as_str(), what.code()]));
            }
        }
        self.run_rows(&DROP_DUE, args![], due).await?;
        Ok(())
    }
}
