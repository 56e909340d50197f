//! Who may do what, and who sees what: the one place for both.
//!
//! Owns: two tables. The desk, the dashboard and the way from a chat to a tandem ask the first; *Who sees what?* in the
//! chat is written from the second. Does not know how anybody is recognised.

use super::message::{Arg, Line, say};
use super::tap::{RoundTap, TrainerTap};
use super::trainer::{RoundCard, Trainer};

/// In what capacity somebody acts. One person may have several; each deed is judged by one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// Nobody whom the program knows.
    Stranger,
    /// Lead or deputy.
    Participant,
    Trainer,
}

/// Whose round (for trainers) or tandem (for participants) it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Own,
    Other,
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Lessons, answers, tests of a tandem's round.
    Learn,
    /// Writing into a tandem's list of hours, and reading it.
    KeepHours,
    /// Being away, and answering for somebody who is.
    PlanCover,
    /// Reading a tandem's concept.
    ReadConcept,
    /// Standing in for a tandem of the round that asked.
    HelpOut,
    CreateRound,
    /// Seeing who is ready, in the chat or on the dashboard.
    OpenRound,
    InviteLeads,
    StartRound,
    AdmitLatecomer,
    ReadReport,
    /// Announcing, answering questions, a word about a hand-over.
    TalkToRound,
    /// Dates, places, meetings, other trainers, seats for somebody new, its end.
    ManageRound,
    OpenDashboard,
    /// Reading every lesson, without taking part.
    PreviewLessons,
}

impl Capacity {
    pub const ALL: [Capacity; 3] = [Capacity::Stranger, Capacity::Participant, Capacity::Trainer];
}

impl Relation {
    pub const ALL: [Relation; 2] = [Relation::Own, Relation::Other];
}

impl Action {
    pub const ALL: [Action; 15] = [
        Action::Learn,
        Action::KeepHours,
        Action::PlanCover,
        Action::ReadConcept,
        Action::HelpOut,
        Action::CreateRound,
        Action::OpenRound,
        Action::InviteLeads,
        Action::StartRound,
        Action::AdmitLatecomer,
        Action::ReadReport,
        Action::TalkToRound,
        Action::ManageRound,
        Action::OpenDashboard,
        Action::PreviewLessons,
    ];

    /// What a button of the desk wants.
    pub fn of(tap: &TrainerTap) -> Self {
        match tap {
            TrainerTap::Create | TrainerTap::Programme(_) | TrainerTap::Start(_) | TrainerTap::Places(_) => {
                Action::CreateRound
            }
            TrainerTap::Rounds => Action::OpenRound,
            TrainerTap::On(_, tap) => Action::on(*tap),
            TrainerTap::Admit(_) => Action::AdmitLatecomer,
            TrainerTap::Send
            | TrainerTap::SendLater
            | TrainerTap::SendAt(_)
            | TrainerTap::Rewrite
            | TrainerTap::Discard
            | TrainerTap::Withdraw(_)
            | TrainerTap::Answer(_)
            | TrainerTap::AnswerAll
            | TrainerTap::Vouch { .. } => Action::TalkToRound,
            TrainerTap::Rest(_)
            | TrainerTap::Dismiss(..)
            | TrainerTap::Shift(_)
            | TrainerTap::ShiftTo(..)
            | TrainerTap::Seat { .. }
            | TrainerTap::CancelMeeting(_) => Action::ManageRound,
            TrainerTap::Dashboard | TrainerTap::Settings | TrainerTap::Digest(_) | TrainerTap::NoDigest => {
                Action::OpenDashboard
            }
            TrainerTap::Preview(_) => Action::PreviewLessons,
        }
    }

    fn on(tap: RoundTap) -> Self {
        match tap {
            RoundTap::Open | RoundTap::News | RoundTap::Meetings | RoundTap::Colleagues => Action::OpenRound,
            RoundTap::Link => Action::InviteLeads,
            RoundTap::StartNow | RoundTap::StartReally => Action::StartRound,
            RoundTap::Report => Action::ReadReport,
            RoundTap::Announce | RoundTap::Changed | RoundTap::Letters | RoundTap::Vouches => Action::TalkToRound,
            RoundTap::Manage
            | RoundTap::Copy
            | RoundTap::Dates
            | RoundTap::Seats
            | RoundTap::Rest
            | RoundTap::Close
            | RoundTap::CloseReally
            | RoundTap::InviteColleague
            | RoundTap::Shift
            | RoundTap::Seat
            | RoundTap::NewMeeting
            | RoundTap::Group => Action::ManageRound,
        }
    }
}

/// Whether this is allowed.
pub fn allows(capacity: Capacity, action: Action, relation: Relation) -> bool {
    match (capacity, action) {
        (Capacity::Stranger, _) => false,
        // Participants: everything about their own tandem. Of another one, no more than what it asks them for.
        (Capacity::Participant, Action::Learn | Action::KeepHours | Action::PlanCover | Action::ReadConcept) => {
            relation == Relation::Own
        }
        (Capacity::Participant, Action::HelpOut) => relation == Relation::Other,
        (
            Capacity::Participant,
            Action::CreateRound
            | Action::OpenRound
            | Action::InviteLeads
            | Action::StartRound
            | Action::AdmitLatecomer
            | Action::ReadReport
            | Action::TalkToRound
            | Action::ManageRound
            | Action::OpenDashboard
            | Action::PreviewLessons,
        ) => false,
        // Trainers: their own rounds as a whole, and nothing of a single tandem but whether it is ready.
        (
            Capacity::Trainer,
            Action::Learn | Action::KeepHours | Action::PlanCover | Action::ReadConcept | Action::HelpOut,
        ) => false,
        (Capacity::Trainer, Action::CreateRound | Action::OpenDashboard | Action::PreviewLessons) => true,
        (
            Capacity::Trainer,
            Action::OpenRound
            | Action::InviteLeads
            | Action::StartRound
            | Action::AdmitLatecomer
            | Action::ReadReport
            | Action::TalkToRound
            | Action::ManageRound,
        ) => relation == Relation::Own,
    }
}

/// The round that a trainer wants to do something to, if they may. Other rounds do not even exist for them.
pub fn round(trainer: &Trainer, action: Action, is: impl Fn(&RoundCard) -> bool) -> Option<&RoundCard> {
    let found = trainer.rounds.iter().find(|card| is(card));
    let relation = if found.is_some() { Relation::Own } else { Relation::Other };
    found.filter(|_| allows(Capacity::Trainer, action, relation))
}

/// What there is to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    Hours,
    /// Answers in lessons and in the closing test.
    Answers,
    Concept,
    Absence,
    Feedback,
    /// Organisation, what is missing before the start, whether somebody leaves.
    Joining,
    /// Questions to the trainers, and asking them to speak to the employer.
    Letters,
    /// Posts and sections of the concept that somebody shows to trainers or to the round.
    Shared,
}

/// Who may look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    Oneself,
    /// The other of the two.
    Partner,
    /// Somebody of another tandem who is asked to stand in.
    Asked,
    Trainer,
    /// Everybody in the round.
    Round,
    Employer,
    /// Whoever runs the program.
    Operator,
    Telegram,
}

/// How much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    Nothing,
    Everything,
    /// The week's sum.
    Total,
    Days,
    /// Name, organisation and days.
    NameAndDays,
    /// Figures over at least five.
    Figures,
    /// Without names, shuffled, from five on; sentences as they were written.
    Shuffled,
    Readiness,
    /// The text; the name of whoever asks only if they choose so.
    IfNamed,
    /// Question and answer without a name, where trainers answer everybody.
    Answered,
    /// What was shown to them, with the name.
    Given,
    /// Not by the program, but whoever holds the machine could.
    Could,
}

impl Matter {
    pub const ALL: [Matter; 8] = [
        Matter::Hours,
        Matter::Answers,
        Matter::Concept,
        Matter::Absence,
        Matter::Feedback,
        Matter::Joining,
        Matter::Letters,
        Matter::Shared,
    ];
}

impl Viewer {
    pub const ALL: [Viewer; 8] = [
        Viewer::Oneself,
        Viewer::Partner,
        Viewer::Asked,
        Viewer::Trainer,
        Viewer::Round,
        Viewer::Employer,
        Viewer::Operator,
        Viewer::Telegram,
    ];
}

/// How much of what is kept about a person somebody sees.
pub fn sees(viewer: Viewer, matter: Matter) -> Sight {
    match (viewer, matter) {
        (Viewer::Oneself, Matter::Absence) => Sight::Days,
        (Viewer::Oneself, _) => Sight::Everything,
        (Viewer::Partner, Matter::Hours) => Sight::Total,
        (Viewer::Partner, Matter::Concept | Matter::Joining) => Sight::Everything,
        (Viewer::Partner, Matter::Absence) => Sight::Days,
        (Viewer::Partner, Matter::Answers | Matter::Feedback | Matter::Letters | Matter::Shared) => Sight::Nothing,
        (Viewer::Asked, Matter::Absence) => Sight::NameAndDays,
        (Viewer::Asked, _) => Sight::Nothing,
        (Viewer::Trainer, Matter::Hours | Matter::Answers | Matter::Concept | Matter::Absence) => Sight::Figures,
        (Viewer::Trainer, Matter::Feedback) => Sight::Shuffled,
        (Viewer::Trainer, Matter::Joining) => Sight::Readiness,
        (Viewer::Trainer, Matter::Letters) => Sight::IfNamed,
        (Viewer::Round, Matter::Letters) => Sight::Answered,
        (Viewer::Trainer | Viewer::Round, Matter::Shared) => Sight::Given,
        (
            Viewer::Round,
            Matter::Hours | Matter::Answers | Matter::Concept | Matter::Absence | Matter::Feedback | Matter::Joining,
        ) => Sight::Nothing,
        (Viewer::Employer, _) => Sight::Nothing,
        (Viewer::Operator | Viewer::Telegram, _) => Sight::Could,
    }
}

/// *Who sees what?*, written from the table.
pub fn who_sees() -> Vec<Line> {
    let rows = Matter::ALL.into_iter().map(|matter| {
        let row = say("sees-row").with("matter", say(named(matter))).with("who", Arg::Lines(cells(matter)));
        (row, note(matter).map(say))
    });
    let everywhere = Viewer::ALL.into_iter().filter_map(everywhere);
    std::iter::once(say("sees-title"))
        .chain(rows.flat_map(|(row, note)| std::iter::once(row).chain(note)))
        .chain(everywhere.map(say))
        .collect()
}

/// A line for everybody who sees something of it; one for both, if they see the same.
fn cells(matter: Matter) -> Vec<Line> {
    let cell = |who: &'static str, sight| {
        seen(sight).map(|what| say("sees-cell").with("who", say(who)).with("what", say(what)))
    };
    let (own, partner) = (sees(Viewer::Oneself, matter), sees(Viewer::Partner, matter));
    let pair = match own == partner {
        true => [cell("sees-both", own), None],
        false => [cell("sees-oneself", own), cell("sees-partner", partner)],
    };
    let others = [("sees-asked", Viewer::Asked), ("sees-trainer", Viewer::Trainer), ("sees-round", Viewer::Round)];
    let others = others.map(|(who, viewer)| cell(who, sees(viewer, matter)));
    pair.into_iter().chain(others).flatten().collect()
}

/// Who sees as much of one thing as of another has a line of their own below the table.
fn everywhere(viewer: Viewer) -> Option<&'static str> {
    match viewer {
        Viewer::Employer => Some("sees-employer"),
        Viewer::Operator => Some("sees-operator"),
        Viewer::Telegram => Some("sees-telegram"),
        Viewer::Oneself | Viewer::Partner | Viewer::Asked | Viewer::Trainer | Viewer::Round => None,
    }
}

fn named(matter: Matter) -> &'static str {
    match matter {
        Matter::Hours => "sees-hours",
        Matter::Answers => "sees-answers",
        Matter::Concept => "sees-concept",
        Matter::Absence => "sees-absence",
        Matter::Feedback => "sees-feedback",
        Matter::Joining => "sees-joining",
        Matter::Letters => "sees-letters",
        Matter::Shared => "sees-shared",
    }
}

/// What has to be known besides.
fn note(matter: Matter) -> Option<&'static str> {
    match matter {
        Matter::Hours => Some("sees-note-hours"),
        Matter::Absence => Some("sees-note-absence"),
        Matter::Feedback => Some("sees-note-feedback"),
        Matter::Answers | Matter::Concept | Matter::Joining | Matter::Letters | Matter::Shared => None,
    }
}

fn seen(sight: Sight) -> Option<&'static str> {
    match sight {
        // Who sees nothing or could see all of it has a line of their own below the table.
        Sight::Nothing | Sight::Could => None,
        Sight::Everything => Some("sight-everything"),
        Sight::Total => Some("sight-total"),
        Sight::Days => Some("sight-days"),
        Sight::NameAndDays => Some("sight-name-and-days"),
        Sight::Figures => Some("sight-figures"),
        Sight::Shuffled => Some("sight-shuffled"),
        Sight::Readiness => Some("sight-readiness"),
        Sight::IfNamed => Some("sight-if-named"),
        Sight::Answered => Some("sight-answered"),
        Sight::Given => Some("sight-given"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_may_do_the_same_to_their_own_and_to_others_rounds_unless_there_is_no_round_yet() {
        for action in Action::ALL {
            for capacity in Capacity::ALL {
                let [own, other] = Relation::ALL.map(|relation| allows(capacity, action, relation));
                let roundless = matches!(action, Action::CreateRound | Action::OpenDashboard | Action::PreviewLessons);
                assert!(!(own && other) || roundless, "{capacity:?} {action:?}");
            }
            assert!(
                Capacity::ALL
                    .into_iter()
                    .any(|capacity| { Relation::ALL.into_iter().any(|relation| allows(capacity, action, relation)) }),
                "nobody may {action:?}"
            );
        }
    }

    #[test]
    fn a_stranger_may_do_nothing_and_the_employer_sees_nothing() {
        for action in Action::ALL {
            assert!(Relation::ALL.into_iter().all(|relation| !allows(Capacity::Stranger, action, relation)));
        }
        assert!(Matter::ALL.into_iter().all(|matter| sees(Viewer::Employer, matter) == Sight::Nothing));
        assert!(Matter::ALL.into_iter().all(|matter| sees(Viewer::Trainer, matter) != Sight::Everything));
    }
}
