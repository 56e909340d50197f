//! The table of rights against what really happens: every action, by everybody, to their own and to somebody else's round.
//!
//! Buttons are forged here as only a changed app can: with the presser's own mark on them. So it is the right that says no,
//! not the mark.

use tandem::domain::ids::{PersonId, TandemId};
use tandem::domain::rights::{Action, Capacity, Matter, Relation, Sight, Viewer, allows, sees};
use tandem::domain::tap::{
    AwayTap, CoverAct, ExamTap, Home, HoursTap, LetterTap, PreviewTap, RoundTap, Tap, TrainerTap,
};

use crate::support::{Carried, Person, Round, World};

/// What stands in the concepts of Ada's tandem and of the other one.
const CONCEPTS: [&str; 2] = ["Wir erzählen vom Garten.", "Wir erzählen vom Hafen."];

/// Everybody and everything that the table speaks of.
struct Stage {
    world: World,
    eve: Person,
    ada: Person,
    tom: Person,
    /// Ada's tandem, and one that she has nothing to do with.
    own: (TandemId, String),
    other: (TandemId, String),
    /// Rounds that have not begun: Tom's, and another trainer's.
    planned: [Round; 2],
    /// Tandems that wait to be admitted: in Tom's round, and in another trainer's.
    late: [TandemId; 2],
}

#[tokio::test]
async fn whatever_the_table_allows_happens_and_whatever_it_denies_does_not() {
    let stage = Stage::set().await;
    let mut tried = 0;
    for action in Action::ALL {
        // What is denied comes first: some things can be done only once.
        let mut cases: Vec<(Capacity, Relation)> =
            Capacity::ALL.into_iter().flat_map(|c| Relation::ALL.map(|r| (c, r))).collect();
        cases.sort_by_key(|(capacity, relation)| allows(*capacity, action, *relation));
        for (capacity, relation) in cases {
            let Some(happened) = stage.tries(capacity, action, relation).await else { continue };
            assert_eq!(happened, allows(capacity, action, relation), "{capacity:?} {action:?} {relation:?}");
            tried += 1;
        }
    }
    assert_eq!(tried, 84, "every case that can be tried");
}

#[tokio::test]
async fn only_who_was_asked_stands_in_for_another_tandem() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    let (kim, lea) = world.joins(&round, "Kim", "Lea").await;
    let eve = world.person("Eve");
    eve.says("/start").await;
    world.until("Tue 12:00").await;
    kim.says("/einstellungen").await;
    kim.taps("Für andere Tandems einspringen").await;
    ada.says("weg 16.-18.3.").await;
    ben.taps("Geht nicht").await;
    ada.taps("In der Runde fragen").await;
    let cover = {
        let app = world.app().await;
        let from = "2026-03-01".parse().unwrap();
        let tandem = tandem_of(&world, &ada).await;
        let stored = app.db.begin().await.unwrap().tandems(&[tandem], from, from).await.unwrap();
        stored[0].covers[0].clone()
    };
    let tap = Tap::Cover { cover: cover.id, version: cover.version, act: CoverAct::Accept };
    let taken = "SELECT COUNT(*) FROM cover WHERE phase LIKE '%accepted%'";
    // Lea sits in another tandem as well, and nobody has asked her.
    let cases = [
        (&eve, Capacity::Stranger, Relation::Own, false),
        (&eve, Capacity::Stranger, Relation::Other, false),
        (&tom, Capacity::Trainer, Relation::Own, false),
        (&tom, Capacity::Trainer, Relation::Other, false),
        (&ada, Capacity::Participant, Relation::Own, false),
        (&lea, Capacity::Participant, Relation::Other, false),
        (&kim, Capacity::Participant, Relation::Other, true),
    ];
    for (who, capacity, relation, asked) in cases {
        presses(&world, who, &tap).await;
        let happened = world.count(taken).await > 0;
        let may = asked && allows(capacity, Action::HelpOut, relation);
        assert_eq!(happened, may, "{} {capacity:?} {relation:?}: {}", who.name(), who.screen());
    }
}

#[tokio::test]
async fn what_each_sees_is_what_the_table_says() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    world.until("Tue 10:00").await;
    ada.says("77 min").await;
    ada.says("weg morgen").await;
    let screen = |person: &Person| person.screen();
    // The other of the two: the total, the days, nothing of single entries.
    ben.says("/stunden").await;
    assert_eq!(sees(Viewer::Partner, Matter::Hours), Sight::Total);
    assert!(screen(&ben).contains("1:17 Std."), "{}", screen(&ben));
    assert_eq!(sees(Viewer::Partner, Matter::Absence), Sight::Days);
    assert!(ben.chat().contains("4. März"), "{}", ben.chat());
    // The trainer: readiness, and no figure of so few.
    assert_eq!(sees(Viewer::Trainer, Matter::Joining), Sight::Readiness);
    assert_eq!(sees(Viewer::Trainer, Matter::Hours), Sight::Figures);
    tom.says("/runden").await;
    tom.taps("Frühjahr").await;
    let card = screen(&tom);
    tom.taps("Bericht").await;
    for what in [card, screen(&tom), world.report(&round, "de").await] {
        assert!(!what.contains("1:17") && !what.contains("77") && !what.contains("4. März"), "{what}");
    }
    // What the chat says is that table: a line for each matter, and every viewer who sees something of it.
    ada.says("/datenschutz").await;
    ada.taps("Wer sieht was?").await;
    let text = screen(&ada);
    for matter in Matter::ALL {
        let begins = text.find(title(matter)).unwrap_or_else(|| panic!("{matter:?}: {text}"));
        let lines: Vec<&str> = text[begins + 1..].lines().skip(1).take_while(|line| line.starts_with('•')).collect();
        let others =
            [(Viewer::Trainer, "Kursleitung:"), (Viewer::Asked, "Gefragte"), (Viewer::Round, "Alle in der Runde")];
        for (viewer, words) in others {
            let said = lines.iter().any(|line| line.contains(words));
            assert_eq!(said, sees(viewer, matter) != Sight::Nothing, "{viewer:?} {matter:?}: {lines:?}");
        }
        let partner = lines.iter().any(|line| line.contains("Sie beide") || line.contains("die andere Person"));
        assert_eq!(partner, sees(Viewer::Partner, matter) != Sight::Nothing, "{matter:?}: {lines:?}");
    }
    assert!(text.contains("Arbeitgeber: nichts"), "{text}");
}

#[tokio::test]
async fn a_question_is_seen_by_trainers_alone_and_what_is_shown_to_the_round_by_all_of_it() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    let (kim, _) = world.joins(&round, "Kim", "Lea").await;
    world.until("Tue 12:00").await;
    ada.says("/hilfe").await;
    let letter = async |button: &str, text: &str| {
        presses(&world, &ada, &Tap::Letter(LetterTap::Menu)).await;
        ada.taps(button).await;
        if button == "Frage an die Kursleitung" {
            ada.taps("Ohne Namen").await;
        }
        ada.says(text).await;
        ada.taps("Senden").await;
    };
    letter("Frage an die Kursleitung", "Wie lang darf ein Beitrag sein?").await;
    letter("Der Leitung zeigen", "Ein Beitrag vom Garten.").await;
    letter("Der Runde zeigen", "Ein Beitrag vom Hafen.").await;
    world.until("Thu 18:00").await;
    assert_eq!(sees(Viewer::Trainer, Matter::Letters), Sight::IfNamed);
    assert_eq!(sees(Viewer::Trainer, Matter::Shared), Sight::Given);
    assert!(tom.chat().contains("Frage (jemand aus der Runde)"), "{}", tom.chat());
    assert!(tom.chat().contains("Beitrag (Ada)"), "{}", tom.chat());
    // Before it is answered to everybody, nobody in the round has read the question.
    assert_eq!(
        (sees(Viewer::Partner, Matter::Letters), sees(Viewer::Round, Matter::Letters)),
        (Sight::Nothing, Sight::Answered)
    );
    assert_eq!(
        (sees(Viewer::Round, Matter::Shared), sees(Viewer::Round, Matter::Hours)),
        (Sight::Given, Sight::Nothing)
    );
    for person in [&ben, &kim] {
        let chat = person.chat();
        assert!(chat.contains("Ein Beitrag vom Hafen.") && chat.contains("Ada"), "{chat}");
        assert!(!chat.contains("Wie lang darf") && !chat.contains("vom Garten"), "{chat}");
    }
}

fn title(matter: Matter) -> &'static str {
    match matter {
        Matter::Hours => "\nStunden\n",
        Matter::Answers => "\nAntworten in Lektionen",
        Matter::Concept => "\nTexte für das Konzept\n",
        Matter::Absence => "\nAbwesenheit\n",
        Matter::Feedback => "\nRückmeldungen\n",
        Matter::Joining => "\nEinstieg\n",
        Matter::Letters => "\nFragen und Bitten an die Kursleitung\n",
        Matter::Shared => "\nWas Sie der Kursleitung oder der Runde zeigen\n",
    }
}

impl Stage {
    /// Tuesday; two tandems learn, two rounds are planned, and in two that run a tandem came late.
    async fn set() -> Self {
        let world = World::on_disk().await;
        let (tom, rhea) = (world.trainer("Tom").await, world.trainer("Rhea").await);
        let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
        let (cleo, _) = world.tandem("Cleo", "Dan", "Europe/Berlin").await;
        let mut planned = Vec::new();
        let mut late = Vec::new();
        for trainer in [&tom, &rhea] {
            planned.push(world.round("2026-03-16", "Europe/Berlin", Some(trainer)).await);
            let running = world.round("2026-02-23", "Europe/Berlin", Some(trainer)).await;
            let (lead, _) = world.joins(&running, "Lea", "Leo").await;
            late.push(tandem_of(&world, &lead).await);
        }
        world.until("Tue 10:00").await;
        let mut away = Vec::new();
        for (person, concept) in [(&ada, CONCEPTS[0]), (&cleo, CONCEPTS[1])] {
            person.taps("▶ Los geht’s").await;
            person.taps_all(&["Weiter", "C", "Weiter", "Weiter", "A", "Weiter", "Weiter", "B", "Weiter"]).await;
            person.says(concept).await;
            person.says("weg 6.4.–8.4.").await;
            let tandem = tandem_of(&world, person).await;
            let app = world.app().await;
            let from = "2026-03-01".parse().unwrap();
            let stored =
                app.db.begin().await.unwrap().tandems(std::slice::from_ref(&tandem), from, from).await.unwrap();
            away.push((tandem, stored[0].absences[0].id.to_string()));
        }
        let [own, other] = <[_; 2]>::try_from(away).expect("two");
        drop(ben);
        let eve = world.person("Eve");
        eve.says("/start").await;
        let (planned, late) = (planned.try_into().expect("two"), late.try_into().expect("two"));
        Self { world, eve, ada, tom, own, other, planned, late }
    }

    /// Whether it happened; `None` where there is no way to ask for it.
    async fn tries(&self, capacity: Capacity, action: Action, relation: Relation) -> Option<bool> {
        let who = match capacity {
            Capacity::Stranger => &self.eve,
            Capacity::Participant => &self.ada,
            Capacity::Trainer => &self.tom,
        };
        let nth = usize::from(relation == Relation::Other);
        let (tandem, absence) = if relation == Relation::Own { &self.own } else { &self.other };
        let round = &self.planned[nth].id;
        let in_tandem = |sql: &str| format!("{sql} '{}'", tandem.as_str());
        let in_round = |sql: &str| format!("{sql} '{}'", round.as_str());
        let day = "2026-03-03".parse().unwrap();
        let (tap, evidence) = match action {
            Action::KeepHours => (
                Tap::Hours(HoursTap::On { tandem: tandem.clone(), day, minutes: 30 }),
                in_tandem("SELECT COUNT(*) FROM entry WHERE tandem_id ="),
            ),
            Action::PlanCover => (
                Tap::Away(AwayTap::Cancel(absence.as_str().into())),
                in_tandem("SELECT COUNT(*) FROM absence WHERE phase = 'cancelled' AND tandem_id ="),
            ),
            Action::Learn => {
                let screen = self.presses(who, &Tap::Exam(ExamTap::Open(tandem.clone()))).await;
                return Some(screen.contains("Abschlusstest"));
            }
            Action::CreateRound => {
                self.presses(who, &Tap::Trainer(TrainerTap::Create)).await;
                // A draft that was begun is gone on with: then nothing on the screen is new.
                return Some(who.chat().contains("Wann soll die Runde beginnen?"));
            }
            Action::OpenRound => {
                let screen = self.presses(who, &Tap::Trainer(TrainerTap::On(round.clone(), RoundTap::Open))).await;
                return Some(screen.contains("Frühjahr"));
            }
            // A new link takes the place of the one before, so that their number stays.
            Action::InviteLeads => {
                let tap = Tap::Trainer(TrainerTap::On(round.clone(), RoundTap::Link));
                return Some(self.presses(who, &tap).await.contains("[Link teilen]"));
            }
            Action::StartRound => (
                Tap::Trainer(TrainerTap::On(round.clone(), RoundTap::StartReally)),
                in_round("SELECT COUNT(*) FROM round WHERE phase = 'running' AND id ="),
            ),
            Action::AdmitLatecomer => (
                Tap::Trainer(TrainerTap::Admit(self.late[nth].clone())),
                format!("SELECT COUNT(*) FROM tandem WHERE phase = 'running' AND id = '{}'", self.late[nth].as_str()),
            ),
            Action::ReadReport => (
                Tap::Trainer(TrainerTap::On(round.clone(), RoundTap::Report)),
                in_round("SELECT COUNT(*) FROM audit WHERE action = 'report_read' AND subject ="),
            ),
            Action::TalkToRound => {
                let screen = self.presses(who, &Tap::Trainer(TrainerTap::On(round.clone(), RoundTap::Announce))).await;
                return Some(screen.contains("Was möchten Sie"));
            }
            Action::ManageRound => {
                let tap = Tap::Trainer(TrainerTap::On(round.clone(), RoundTap::InviteColleague));
                return Some(self.presses(who, &tap).await.contains("[Link teilen]"));
            }
            Action::OpenDashboard => (
                Tap::Trainer(TrainerTap::Dashboard),
                "SELECT COUNT(*) FROM link WHERE purpose = 'dashboard'".to_owned(),
            ),
            Action::PreviewLessons => {
                let tap = Tap::Trainer(TrainerTap::Preview(PreviewTap::Programmes));
                self.presses(who, &tap).await;
                // Whoever presses once more has it there already.
                return Some(who.chat().contains("[Recht im Alltag]"));
            }
            // No button names a tandem: one's own is the only one there is to ask for.
            Action::ReadConcept => {
                self.presses(who, &Tap::Home(Home::Concept)).await;
                // Whoever presses once more has it there already; what they wrote themselves does not count.
                let chat = who.chat();
                let mut shown = chat.split("――――").filter(|message| !message.trim_start().starts_with('>'));
                return Some(shown.any(|message| message.contains(CONCEPTS[nth])));
            }
            // Told in a round of its own, below: somebody has to have been asked.
            Action::HelpOut => return None,
        };
        let before = self.world.count(&evidence).await;
        let screen = self.presses(who, &tap).await;
        let happened = self.world.count(&evidence).await > before;
        // A new link for the dashboard takes the place of the one before.
        Some(happened || (action == Action::OpenDashboard && screen.contains("https://")))
    }

    async fn presses(&self, who: &Person, tap: &Tap) -> String {
        presses(&self.world, who, tap).await
    }
}

/// Presses a button that carries the presser's own mark, whoever it was made for.
async fn presses(world: &World, who: &Person, tap: &Tap) -> String {
    let app = world.app().await;
    let known = app.db.read().await.unwrap().known(&[who.id()]).await.unwrap().pop();
    let owner: Option<PersonId> = known.map(|known| known.person.id);
    drop(app);
    let message = who.last_message();
    who.presses_old(&Carried { message, data: tap.encode(owner.as_ref()) }).await;
    who.screen()
}

async fn tandem_of(world: &World, person: &Person) -> TandemId {
    let app = world.app().await;
    let known = app.db.read().await.unwrap().known(&[person.id()]).await.unwrap();
    known[0].seats[0].0.clone()
}
