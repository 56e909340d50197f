//! Two processes that are given the same or related things at the same moment: one outcome, nothing lost, nobody
//! apologised to. Both live in this program, so that they really meet.

use std::sync::atomic::AtomicI64;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tandem::app::elected::Speaker;
use tandem::app::flood::Flood;
use tandem::app::metrics::Metrics;
use tandem::app::texts::{Shelf, Texts};
use tandem::app::{App, handle, plan, rounds};
use tandem::clock::{Clock, IdSource};
use tandem::content::{Library, Source};
use tandem::demo::phones::PhonesClient;
use tandem::domain::ids::RoundId;
use tandem::domain::lang::Lang;
use tandem::domain::notice::Notice;
use tandem::domain::pacing::SendLimits;
use tandem::domain::tap::{Door, Tap};
use tandem::l10n::Words;
use tandem::store::Db;
use tandem::telegram::incoming::{Incoming, Place, Sender, What};
use tandem::telegram::port::{ChatId, MessageId};

use crate::cluster::{Cluster, FIRST, TOKEN};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_updates_given_to_two_processes_count_once() {
    let Some(cluster) = Cluster::prepare("twice", 2).await else { return };
    let (one, two) = (process(&cluster, "one").await, process(&cluster, "two").await);
    for round in 0..10 {
        let texts: Vec<Incoming> = (0..4).map(|n| says(100 * round + n, FIRST + n, "1 min")).collect();
        let back: Vec<Incoming> = texts.iter().rev().cloned().collect();
        let (done, too) = tokio::join!(handle::handle(&one, &texts), handle::handle(&two, &back));
        let loose = done.unwrap().jobs.len() + too.unwrap().jobs.len();
        assert_eq!(loose, 0, "somebody was apologised to");
    }
    assert_eq!(cluster.count("SELECT COUNT(*) FROM entry").await, 40);
    assert_eq!(cluster.count("SELECT COUNT(*) FROM outbox WHERE kind = 'reply'").await, 40);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_taps_twice_on_two_processes_comes_in_once() {
    let Some(cluster) = Cluster::prepare("enter", 1).await else { return };
    let (one, two) = (process(&cluster, "one").await, process(&cluster, "two").await);
    let code = rounds::link(&one, &RoundId(cluster.round.clone())).await.unwrap_or_default();
    cluster.run("UPDATE link SET uses_left = 20 WHERE purpose = 'lead'").await;
    for stranger in 10..20 {
        let taps = [1, 2].map(|nth| {
            let tap = Tap::Door {
                code: code.clone(),
                door: Door::Enter { edition: Notice::Participant.edition() },
                lang: Lang::source(),
            };
            let press =
                What::Press { query: format!("{stranger}-{nth}"), message: Some(MessageId(1)), data: tap.encode(None) };
            update(10 * stranger + nth, stranger, press)
        });
        let (done, too) = tokio::join!(handle::handle(&one, &taps[..1]), handle::handle(&two, &taps[1..]));
        assert_eq!(done.unwrap().jobs.len() + too.unwrap().jobs.len(), 0, "somebody was apologised to");
    }
    assert_eq!(cluster.count("SELECT COUNT(*) FROM chat WHERE address < 100").await, 10);
    assert_eq!(cluster.count("SELECT COUNT(*) FROM tandem").await, 11);
    assert_eq!(cluster.count("SELECT uses_left FROM link WHERE purpose = 'lead'").await, 10);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lead_and_deputy_on_two_processes_lose_nothing_of_each_other() {
    let Some(cluster) = Cluster::prepare("both", 1).await else { return };
    let (one, two) = (process(&cluster, "one").await, process(&cluster, "two").await);
    for nth in 0..20 {
        let (lead, deputy) = ([says(2 * nth, FIRST, "1 min")], [says(2 * nth + 1, FIRST + 1, "2 min")]);
        let (done, too) = tokio::join!(handle::handle(&one, &lead), handle::handle(&two, &deputy));
        assert_eq!(done.unwrap().jobs.len() + too.unwrap().jobs.len(), 0);
    }
    assert_eq!(cluster.count("SELECT CAST(SUM(minutes) AS BIGINT) FROM entry").await, 60);
    // Of each two answers the second knows of both entries: three more than before.
    let total = r#"CAST(substring(message FROM '"logged",{"Minutes":([0-9]+)}') AS BIGINT)"#;
    let threes = format!("SELECT COUNT(*) FROM outbox WHERE kind = 'reply' AND {total} % 3 = 0");
    assert_eq!(cluster.count(&threes).await, 20);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_falls_asleep_in_the_middle_of_a_transaction_does_not_keep_its_rows() {
    let Some(cluster) = Cluster::prepare("asleep", 1).await else { return };
    let (one, two) = (process(&cluster, "one").await, process(&cluster, "two").await);
    let mut asleep = one.db.begin().await.unwrap();
    let day = one.clock.now().date_naive();
    let tandem = asleep.known(&[FIRST]).await.unwrap()[0].seats[0].0.clone();
    assert_eq!(asleep.tandems(&[tandem], day, day).await.unwrap().len(), 1);
    // It holds the tandem and says nothing more. The other one waits for the server to let go, and for no longer.
    let update = [says(1, FIRST, "1 min")];
    let done = tokio::time::timeout(Duration::from_secs(20), handle::handle(&two, &update)).await;
    assert_eq!(done.expect("it still waits").unwrap().jobs.len(), 0);
    assert_eq!(cluster.count("SELECT COUNT(*) FROM entry").await, 1);
    let late = asleep.commit().await.expect_err("what it had begun is undone");
    assert!(late.is_passing(), "{late}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_due_is_done_once_by_two_processes_that_look_at_the_same_time() {
    let Some(cluster) = Cluster::prepare("due", 300).await else { return };
    let round = cluster.round.clone();
    cluster.command(&["round", "release", &round]);
    let (one, two) = (process(&cluster, "one").await, process(&cluster, "two").await);
    plan::plan_house(&one).await.unwrap();
    cluster.run("UPDATE due SET at = 0 WHERE owner = 'house'").await;
    let all = async |app: &App| {
        let mut ticks = 0;
        while plan::tick(app).await.unwrap().1.is_some_and(|at| at <= app.clock.now() + chrono::TimeDelta::seconds(1)) {
            ticks += 1;
        }
        ticks
    };
    let (ticks, too) = tokio::join!(all(&one), all(&two));
    assert!(ticks > 0 && too > 0, "{ticks} and {too}");
    assert_eq!(cluster.count("SELECT COUNT(*) FROM outbox WHERE kind = 'lesson'").await, cluster.people);
    let soon = format!("SELECT COUNT(*) FROM due WHERE at <= {}", cluster.now());
    assert_eq!(cluster.count(&soon).await, 0);
    assert_eq!(cluster.count("SELECT COUNT(*) FROM due WHERE owner = 'house'").await, 1);
}

fn says(update_id: i64, chat: i64, text: &str) -> Incoming {
    update(update_id, chat, What::Text(text.to_owned()))
}

fn update(update_id: i64, chat: i64, what: What) -> Incoming {
    let from = Sender { first_name: "Jemand".to_owned(), language: Some("de".to_owned()) };
    Incoming { update_id, chat: ChatId(chat), place: Place::Private, written: None, message: None, from, what }
}

/// A process that is not elected: what it owes stays owed, and only an apology would be sent from here.
async fn process(cluster: &Cluster, worker: &str) -> App {
    let library = Library::load(Source::BuiltIn).unwrap_or_else(|findings| panic!("{findings:#?}"));
    let (db, clock) = (Db::open(&cluster.url).await.unwrap(), Clock::real());
    App {
        metrics: Metrics::new(db.kind(), clock.now()).unwrap(),
        db,
        clock,
        ids: IdSource::random(),
        telegram: Arc::new(PhonesClient::new(cluster.phones.clone(), TOKEN)),
        texts: Shelf::new(Texts::new(library, Words::built_in().unwrap())),
        limits: SendLimits::Off,
        worker: worker.to_owned(),
        speaker: Speaker::never(),
        flood: Flood::new(false),
        public_url: None,
        username: OnceLock::new(),
        offset: AtomicI64::new(0),
    }
}
