//! Three processes that poll, of which one does: it dies, hangs, or loses its connection in the middle of its work.

use std::time::Duration;

use tokio::time::sleep;

use crate::cluster::{Cluster, FIRST, figure, news_since};

/// Leads who write meanwhile, and how many entries each of them makes.
const WRITERS: i64 = 6;
const ENTRIES: u32 = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_of_three_die_in_mid_broadcast_and_nothing_is_lost_or_doubled_beyond_their_wires() {
    let Some(mut cluster) = Cluster::polling("broadcast", 120).await else { return };
    let round = cluster.round.clone();
    cluster.command(&["round", "release", &round]);
    let begun = cluster.now();
    let (mut wires, mut gaps) = (0, Vec::new());
    let (mut written, mut share) = (0, 0.0);
    for until in [80, 160] {
        while cluster.sent() < until {
            write(&cluster, &mut written);
            sleep(Duration::from_millis(150)).await;
        }
        if until == 80 {
            let span = cluster.phones.with(|phones, now| now - phones.record().sent[0].at);
            share = (cluster.sent() - 1) as f64 / (span as f64 / 1e6) / 30.0;
        }
        let (killed, wire) = cluster.kill_elected().await;
        wires += wire;
        cluster.until("another takes over", |one| one.silence_after(killed).is_some()).await;
        gaps.push(cluster.silence_after(killed).unwrap());
    }
    while written < WRITERS * i64::from(ENTRIES) {
        write(&cluster, &mut written);
        sleep(Duration::from_millis(50)).await;
    }
    cluster.until_quiet().await;

    for person in FIRST..FIRST + cluster.people {
        assert!(cluster.lessons_of(person) >= 1, "no lesson for {person}");
    }
    let doubled = cluster.lessons() - cluster.people;
    assert!(doubled <= wires, "{doubled} lessons came twice, and only {wires} were on the wire");
    for lead in (FIRST..).step_by(2).take(WRITERS as usize) {
        cluster.assert_answered(lead, ENTRIES);
    }
    assert_eq!(cluster.count("SELECT COUNT(*) FROM entry").await, written);
    cluster.assert_polite();
    cluster.assert_calm();
    let seconds = (cluster.now() - begun) as f64 / 1e6;
    figure(&format!(
        "two of three killed in a broadcast: {} lessons, lost 0, doubled {doubled}, on the wire {wires}, \
         silence after a kill {:.2} s and {:.2} s, peak {} in a second, refused {}, {share:.3} of the limit used \
         before the first kill, all in {seconds:.1} s",
        cluster.people,
        gaps[0] as f64 / 1e6,
        gaps[1] as f64 / 1e6,
        cluster.phones.with(|phones, _| phones.peak_per_second()),
        cluster.too_many(),
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_hangs_is_replaced_and_says_nothing_more_when_it_comes_to() {
    let Some(cluster) = Cluster::polling("frozen", 60).await else { return };
    let round = cluster.round.clone();
    cluster.command(&["round", "release", &round]);
    cluster.until("the broadcast is under way", |one| one.sent() >= 20).await;
    let frozen = cluster.processes.iter().position(|one| one.is_elected()).unwrap();
    cluster.processes[frozen].freeze();
    let at = cluster.now();
    cluster.says(FIRST, "1 min");
    cluster.until("another takes over", |one| one.silence_after(at).is_some()).await;
    let gap = cluster.silence_after(at).unwrap();
    cluster.processes[frozen].thaw();
    cluster.until_quiet().await;
    cluster.until("it noticed", |one| !one.processes[frozen].is_elected()).await;

    assert_eq!(cluster.totals(FIRST), [1]);
    let known = "SELECT COUNT(*) FROM outbox WHERE kind = 'lesson' AND state = 'sent'";
    assert_eq!(cluster.count(known).await, cluster.people);
    for person in FIRST..FIRST + cluster.people {
        assert!((1..=2).contains(&cluster.lessons_of(person)), "{:?}", cluster.heard(person));
    }
    cluster.assert_polite();
    figure(&format!(
        "one of three frozen in a broadcast: silence {:.2} s, doubled {} of {} lessons",
        gap as f64 / 1e6,
        cluster.lessons() - cluster.people,
        cluster.people
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_connections_to_the_database_are_made_anew_and_one_process_goes_on() {
    let Some(cluster) = Cluster::polling("cut", 2).await else { return };
    cluster.says(FIRST, "1 min");
    cluster.until("the first answer", |one| one.totals(FIRST) == [1]).await;
    let at = cluster.now();
    let all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tandem'";
    cluster.run(all).await;
    cluster.says(FIRST, "1 min");
    cluster.until("an answer after that", |one| one.totals(FIRST).contains(&2)).await;
    let gap = cluster.phones.with(|phones, _| phones.record().sent.iter().map(|s| s.at - at).find(|gap| *gap > 0));
    cluster.until_quiet().await;
    cluster.until("they have elected one", Cluster::is_settled).await;
    cluster.says(FIRST, "1 min");
    cluster.until("the last answer", |one| one.totals(FIRST).contains(&3)).await;
    assert_eq!(cluster.totals(FIRST), [1, 2, 3]);
    assert_eq!(cluster.count("SELECT COUNT(*) FROM entry").await, 3);
    cluster.assert_polite();
    figure(&format!("every connection to PostgreSQL cut: the next answer after {:.2} s", gap.unwrap() as f64 / 1e6));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_command_releases_is_sent_within_a_moment_and_by_one_process_alone() {
    let Some(cluster) = Cluster::polling("release", 10).await else { return };
    let round = cluster.round.clone();
    cluster.command(&["round", "release", &round]);
    let at = cluster.now();
    cluster.until("every lesson", |one| one.lessons() >= one.people).await;
    cluster.until_quiet().await;
    assert_eq!(cluster.lessons(), cluster.people);
    assert_eq!(news_since(&cluster.phones, 0), usize::try_from(cluster.people).unwrap());
    cluster.assert_polite();
    cluster.assert_calm();
    let first = cluster.phones.with(|phones, _| phones.record().sent.first().map(|sent| sent.at)).unwrap();
    figure(&format!("`round release` to the first lesson: {:.2} s after the command ended", (first - at) as f64 / 1e6));
}

/// The next entry of the next lead.
fn write(cluster: &Cluster, written: &mut i64) {
    if *written < WRITERS * i64::from(ENTRIES) {
        cluster.says(FIRST + 2 * (*written % WRITERS), "1 min");
        *written += 1;
    }
}
