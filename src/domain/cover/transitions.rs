//! Both machines as tables: each state, each thing that can happen in it, where it leads and what follows.
//!
//! What a table does not list changes nothing; that is asserted for each pair of a state and a thing. The tables are
//! snapshots: read a change of them as one reads a rule.

use std::collections::BTreeSet;
use std::fmt::Write;

use chrono::TimeDelta;
use insta::assert_snapshot;

use super::super::dates::Half;
use super::super::days::Days;
use super::super::effect::Effect;
use super::super::event::{Deed, Event};
use super::super::ids::{AbsenceId, CoverId, PersonId};
use super::super::message::Message;
use super::super::tandem::Role::{Deputy, Lead};
use super::super::tandem::{Absence, AbsencePhase, Cover, CoverPhase, Due, Ending, Neighbour, Role, Said, Tandem};
use super::super::tap::{AwayTap, CoverAct, DataTap, LeaveAct, Tap};
use super::super::testing::{Play, at, day, keys};
use super::{Decided, Helped};

const PHASES: [CoverPhase; 8] = [
    CoverPhase::Asked,
    CoverPhase::Accepted,
    CoverPhase::Declined,
    CoverPhase::Unanswered,
    CoverPhase::Conflict,
    CoverPhase::LeftOpen,
    CoverPhase::Done,
    CoverPhase::Cancelled,
];

/// Somebody of another tandem who was asked.
fn kim() -> PersonId {
    PersonId("kimm00000000".into())
}

/// Ada is away from Wednesday 2 to Friday 4 December; Ben is asked. It is Friday, 27 November, noon. Where nobody has
/// said yes, Kim of another tandem was asked as well.
fn covered(phase: CoverPhase, ending: Ending) -> Play {
    let mut play = Play::begun();
    play.now = at("2026-11-27 12:00");
    play.t.agenda.clear();
    let (who, helper) = (play.id(Lead), play.id(Deputy));
    let days = Days { from: day("2026-12-02"), to: day("2026-12-04") };
    let over = matches!(phase, CoverPhase::Done);
    let absence = AbsenceId("absence00001".into());
    let of = if over { AbsencePhase::Ended } else { AbsencePhase::Planned };
    play.t.absences.push(Absence { id: absence.clone(), who, days, half: None, ending, phase: of });
    let asked = matches!(phase, CoverPhase::Declined | CoverPhase::Unanswered | CoverPhase::Conflict);
    let kim = Neighbour { person: kim(), name: "Kim".into(), said: Said::Nothing };
    play.t.covers.push(Cover {
        id: CoverId("cover0000001".into()),
        absence,
        days,
        half: None,
        version: 1,
        helper: Some(helper),
        phase,
        ticks: BTreeSet::new(),
        given: BTreeSet::new(),
        link: None,
        neighbours: asked.then_some(kim).into_iter().collect(),
    });
    play
}

fn id() -> CoverId {
    CoverId("cover0000001".into())
}

type Thing = (&'static str, fn(&mut Play));

fn act(play: &mut Play, role: Role, act: CoverAct) {
    play.taps(role, Tap::Cover { cover: id(), version: 1, act });
}

fn due(play: &mut Play, due: Due, when: &str) {
    play.now = at(when);
    play.t.agenda.insert(due.clone(), play.now);
    play.happens(Event::Due(vec![due]));
}

fn helped(play: &mut Play, act: CoverAct) {
    let (by, name) = (kim(), "Kim".to_owned());
    play.happens(Event::Helped(Box::new(Helped { by, name, cover: id(), version: 1, act, free: true })));
}

fn leaves(play: &mut Play, role: Role) {
    let tandem = play.t.id.clone();
    play.taps(role, Tap::Leave { tandem, act: LeaveAct::Really });
}

fn replaced(play: &mut Play, role: Role) {
    let by = PersonId("trix00000000".into());
    play.happens(Event::Replaced { role, secret: "successor0000001".into(), by });
}

/// Kim is told of the tandem's gaps.
fn decided(play: &mut Play, act: CoverAct) {
    play.t.told = Some(kim());
    play.happens(Event::ContactDecided(Decided { by: kim(), cover: id(), version: 1, act }));
}

/// All that can happen to a cover.
const THINGS: &[Thing] = &[
    ("helper: yes", |p| act(p, Deputy, CoverAct::Accept)),
    ("helper: no", |p| act(p, Deputy, CoverAct::Decline)),
    ("helper: tick", |p| act(p, Deputy, CoverAct::Tick(0))),
    ("helper: no such tick", |p| act(p, Deputy, CoverAct::Tick(5))),
    ("helper: ask again", |p| act(p, Deputy, CoverAct::AskAgain)),
    ("helper: leave open", |p| act(p, Deputy, CoverAct::LeaveOpen)),
    ("helper: link", |p| act(p, Deputy, CoverAct::Link)),
    ("absent: yes", |p| act(p, Lead, CoverAct::Accept)),
    ("absent: no", |p| act(p, Lead, CoverAct::Decline)),
    ("absent: tick", |p| act(p, Lead, CoverAct::Tick(0))),
    ("absent: ask again", |p| act(p, Lead, CoverAct::AskAgain)),
    ("absent: ask the round", |p| act(p, Lead, CoverAct::AskRound)),
    ("absent: leave open", |p| act(p, Lead, CoverAct::LeaveOpen)),
    ("absent: link", |p| act(p, Lead, CoverAct::Link)),
    ("an older number: yes", |p| p.taps(Deputy, Tap::Cover { cover: id(), version: 0, act: CoverAct::Accept })),
    ("after the days: yes", |p| {
        p.now = at("2026-12-05 09:00");
        act(p, Deputy, CoverAct::Accept);
    }),
    ("neighbour: yes", |p| helped(p, CoverAct::Accept)),
    ("neighbour: no", |p| helped(p, CoverAct::Decline)),
    ("neighbour: tick", |p| helped(p, CoverAct::Tick(0))),
    ("neighbour: leave open", |p| helped(p, CoverAct::LeaveOpen)),
    ("contact: somebody found", |p| decided(p, CoverAct::Found)),
    ("contact: leave open", |p| decided(p, CoverAct::LeaveOpen)),
    ("contact: yes", |p| decided(p, CoverAct::Accept)),
    ("due: ask", |p| due(p, Due::Ask(id()), "2026-11-27 12:00")),
    ("due: ask, after the days", |p| due(p, Due::Ask(id()), "2026-12-05 12:00")),
    ("due: chase", |p| due(p, Due::Chase(id()), "2026-11-27 12:00")),
    ("due: last chase", |p| due(p, Due::Chase(id()), "2026-12-01 10:00")),
    ("due: chase, at night", |p| due(p, Due::Chase(id()), "2026-11-27 23:00")),
    ("due: chase, after the days", |p| due(p, Due::Chase(id()), "2026-12-05 12:00")),
    ("due: gap", |p| due(p, Due::Gap(id()), "2026-12-01 14:00")),
    ("due: gap, at night", |p| due(p, Due::Gap(id()), "2026-11-27 23:00")),
    ("due: gap, after the days", |p| due(p, Due::Gap(id()), "2026-12-05 12:00")),
    ("due: hand-over", |p| due(p, Due::Handover(id()), "2026-12-01 10:00")),
    ("due: hand-over, after the days", |p| due(p, Due::Handover(id()), "2026-12-05 10:00")),
    ("absence: over", |p| due(p, Due::Return(AbsenceId("absence00001".into())), "2026-12-05 09:00")),
    ("absence: called off", |p| p.taps(Lead, Tap::Away(AwayTap::Cancel(AbsenceId("absence00001".into()))))),
    ("absence: shorter", |p| p.says(Lead, "weg 2.12. bis 3.12.")),
    ("absence: longer", |p| p.says(Lead, "weg 2.12. bis 7.12.")),
    ("absence: back early", |p| {
        p.now = at("2026-12-03 08:00");
        p.taps(Lead, Tap::Away(AwayTap::Cancel(AbsenceId("absence00001".into()))));
    }),
    ("helper: away on all days", |p| p.says(Deputy, "weg 2.12. bis 4.12.")),
    ("helper: away on one day", |p| p.says(Deputy, "weg 3.12.")),
    ("helper: away for half a day", |p| p.says(Deputy, "weg 3.12. vormittags")),
    ("helper: there after all", |p| {
        p.says(Deputy, "weg 8.12.");
        let own = p.t.absences.last().expect("an absence").id.clone();
        p.taps(Deputy, Tap::Away(AwayTap::Cancel(own)));
    }),
    ("helper: shuts the bot out", |p| p.happens(Event::Did(Deputy, Deed::Blocked))),
    ("helper: lets the bot in", |p| p.happens(Event::Did(Deputy, Deed::Unblocked))),
    ("helper: leaves", |p| p.taps(Deputy, Tap::Data(DataTap::DeleteReally))),
    ("absent: leaves", |p| p.taps(Lead, Tap::Data(DataTap::DeleteReally))),
    ("helper: leaves, without erasing", |p| leaves(p, Deputy)),
    ("absent: leaves, without erasing", |p| leaves(p, Lead)),
    ("helper: is replaced", |p| replaced(p, Deputy)),
    ("absent: is replaced", |p| replaced(p, Lead)),
];

#[test]
fn every_thing_in_every_phase_of_a_cover_leads_where_the_table_says_or_nowhere() {
    let mut table = String::new();
    let mut pairs = 0;
    for (name, happens) in THINGS {
        for phase in PHASES {
            pairs += 1;
            let mut play = covered(phase, Ending::Known);
            let before = play.t.clone();
            let sent = play.owed.len();
            happens(&mut play);
            let covers = became(&before, &play.t);
            let follows = follows(&play, &before, sent);
            if covers.is_empty() && follows.is_empty() {
                continue;
            }
            let covers = if covers.is_empty() { "stays".to_owned() } else { covers };
            writeln!(table, "{name} | {phase:?} → {covers} | {follows}").expect("a text");
        }
    }
    assert_eq!(pairs, THINGS.len() * PHASES.len());
    assert_snapshot!(table);
}

/// All that can happen to an absence.
const TO_AN_ABSENCE: &[Thing] = &[
    ("the same days", |p| p.says(Lead, "weg 2.12. bis 4.12.")),
    ("longer", |p| p.says(Lead, "weg 4.12. bis 7.12.")),
    ("earlier", |p| p.says(Lead, "weg 1.12. bis 2.12.")),
    ("shorter", |p| p.says(Lead, "weg 2.12. bis 3.12.")),
    ("days beside it", |p| p.says(Lead, "weg 9.12.")),
    ("half a day of it", |p| p.says(Lead, "weg 3.12. nachmittags")),
    ("another half day", |p| p.says(Lead, "weg 9.12. nachmittags")),
    ("from now on", |p| p.says(Lead, "weg ab heute")),
    ("called off", |p| p.taps(Lead, Tap::Away(AwayTap::Cancel(AbsenceId("absence00001".into()))))),
    ("back early", |p| {
        p.now = at("2026-12-03 08:00");
        p.taps(Lead, Tap::Away(AwayTap::Cancel(AbsenceId("absence00001".into()))));
    }),
    ("called off by the other", |p| p.taps(Deputy, Tap::Away(AwayTap::Cancel(AbsenceId("absence00001".into()))))),
    ("the morning after", |p| due(p, Due::Return(AbsenceId("absence00001".into())), "2026-12-07 09:00")),
    ("a Saturday after", |p| due(p, Due::Return(AbsenceId("absence00001".into())), "2026-12-05 09:00")),
    ("today too", |p| {
        p.now = at("2026-12-07 09:30");
        let absence = AbsenceId("absence00001".into());
        p.taps(Lead, Tap::Away(AwayTap::TodayToo { absence, day: day("2026-12-07") }));
    }),
    ("today too, of a day to come", |p| {
        let absence = AbsenceId("absence00001".into());
        p.taps(Lead, Tap::Away(AwayTap::TodayToo { absence, day: day("2026-12-07") }));
    }),
    ("until a later day", |p| {
        p.now = at("2026-12-07 09:30");
        p.taps(Lead, Tap::Away(AwayTap::Until(AbsenceId("absence00001".into()))));
        p.says(Lead, "Mittwoch");
    }),
    ("until a day before it begins", |p| {
        p.taps(Lead, Tap::Away(AwayTap::Until(AbsenceId("absence00001".into()))));
        p.says(Lead, "1.12.");
    }),
    ("leaves", |p| p.taps(Lead, Tap::Data(DataTap::DeleteReally))),
];

#[test]
fn every_thing_in_every_phase_of_an_absence_leads_where_the_table_says_or_nowhere() {
    let mut table = String::new();
    let states = [
        (AbsencePhase::Planned, Ending::Known),
        (AbsencePhase::Planned, Ending::Open),
        (AbsencePhase::Planned, Ending::Asked),
        (AbsencePhase::Ended, Ending::Known),
        (AbsencePhase::Cancelled, Ending::Known),
    ];
    for (name, happens) in TO_AN_ABSENCE {
        for (phase, ending) in states {
            let mut play = covered(CoverPhase::Accepted, ending);
            play.t.absences[0].phase = phase;
            play.t.covers[0].phase = match phase {
                AbsencePhase::Planned => CoverPhase::Accepted,
                AbsencePhase::Ended => CoverPhase::Done,
                AbsencePhase::Cancelled => CoverPhase::Cancelled,
            };
            let before = play.t.clone();
            let sent = play.owed.len();
            happens(&mut play);
            let own = |t: &Tandem| -> Vec<String> { t.absences.iter().map(of_absence).collect() };
            let (was, is) = (own(&before), own(&play.t));
            let stays = if was == is { "stays".to_owned() } else { is.join(" & ") };
            writeln!(table, "{name} | {} → {stays} | {}", was.join(" & "), follows(&play, &before, sent))
                .expect("a text");
        }
    }
    assert_snapshot!(table);
}

fn of_absence(absence: &Absence) -> String {
    let ending = if absence.ending == Ending::Known { String::new() } else { format!(", end {:?}", absence.ending) };
    format!("{:?} {}{ending}", absence.phase, span(absence.days, absence.half))
}

fn span(days: Days, half: Option<Half>) -> String {
    let from = days.from.format("%-d.%-m.");
    let half = half.map_or(String::new(), |half| format!(" {half:?}"));
    if days.from == days.to { format!("{from}{half}") } else { format!("{from}–{}", days.to.format("%-d.%-m.")) }
}

/// The covers that are new or different.
fn became(before: &Tandem, after: &Tandem) -> String {
    let line = |cover: &Cover| {
        let others: Vec<String> = cover.neighbours.iter().map(|other| format!("Kim {:?}", other.said)).collect();
        let ticks = cover.ticks.len() + cover.given.len();
        format!("{:?} v{} {} {} {ticks}", cover.phase, cover.version, span(cover.days, cover.half), others.join(""))
    };
    let changed = after.covers.iter().filter(|cover| before.covers.iter().all(|was| was != *cover));
    let gone = before.covers.iter().any(|was| after.covers.iter().all(|is| is.id != was.id));
    let mut lines: Vec<String> =
        changed.map(line).map(|line| line.trim_end_matches(" 0").trim_end().to_owned()).collect();
    if gone {
        lines.push("gone".to_owned());
    }
    lines.join(" & ")
}

/// Who is told what; what is shown or noted to whoever acted; what will be due about covers.
fn follows(play: &Play, before: &Tandem, sent: usize) -> String {
    let name = |to: &PersonId| {
        before.seats().find(|seat| &seat.person.id == to).map_or_else(
            || if *to == kim() { "Kim".to_owned() } else { "trainer".to_owned() },
            |seat| seat.person.name.clone(),
        )
    };
    let words = |message: &Message| keys(message).first().cloned().unwrap_or_default();
    let mut all: Vec<String> = play.owed[sent..]
        .iter()
        .map(|owed| {
            let later = if owed.not_before > play.now + TimeDelta::seconds(1) { " later" } else { "" };
            format!("{}: {}{later}", name(&owed.to), words(&owed.message))
        })
        .collect();
    for effect in &play.last {
        match effect {
            Effect::Redraw { message, .. } => all.push(format!("shows {}", words(message))),
            // A note that nothing follows is what every other pair has.
            Effect::Toast(line) if !matches!(line.key.as_ref(), "stale" | "neighbour-late") => {
                all.push(format!("notes {}", line.key))
            }
            Effect::AskRound(_) => all.push("asks the round".to_owned()),
            _ => {}
        }
    }
    let about =
        |due: &&Due| matches!(due, Due::Ask(_) | Due::Chase(_) | Due::Gap(_) | Due::Handover(_) | Due::Return(_));
    for due in play.t.agenda.keys().filter(about) {
        all.push(format!("+{}", due.code().split(':').next().unwrap_or_default()));
    }
    all.join(", ")
}
