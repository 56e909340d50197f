//! Three processes behind a round robin, as behind a reverse proxy: updates are pushed to any of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use tandem::demo::phones::Phones;
use tokio::net::TcpListener;
use tokio::time::sleep;

use crate::cluster::{Cluster, FIRST, figure, free_port};

/// Entries that each lead makes.
const ENTRIES: u32 = 12;

/// Leads who write at the same time.
const WRITERS: i64 = 5;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pushed_to_any_of_three_every_entry_counts_once_and_answers_come_in_order() {
    let Some(mut cluster) = Cluster::prepare("pushed", 100).await else { return };
    let ports = [free_port(), free_port(), free_port()];
    let robin = round_robin(ports).await;
    for port in ports {
        let public = ("TANDEM_PUBLIC_URL", robin.clone());
        cluster.start(port, &[public, ("TANDEM_WEBHOOK_SECRET", "a-secret-of-the-cluster".to_owned())]);
    }
    cluster.until("they have elected one", |cluster| cluster.is_settled()).await;
    cluster.until("each has set the webhook", |one| one.phones.with(|phones, _| hooks(phones)) == 3).await;
    let round = cluster.round.clone();
    cluster.command(&["round", "release", &round]);
    let (mut killed, mut waits) = (None, Vec::new());
    for nth in 0..ENTRIES {
        for lead in (FIRST..).step_by(2).take(WRITERS as usize) {
            cluster.says(lead, "1 min");
        }
        // A stranger knocks: nothing is stored, and whoever speaks answers.
        cluster.says(7, "hallo");
        if nth == 3 {
            killed = Some(cluster.kill_elected().await);
        }
        let asked = cluster.now();
        sleep(Duration::from_millis(1_000)).await;
        waits.extend(first_answer(&cluster, asked));
    }
    cluster.until_quiet().await;
    let (at, wire) = killed.unwrap();
    cluster.until("another takes over", |one| one.silence_after(at).is_some()).await;

    for lead in (FIRST..).step_by(2).take(WRITERS as usize) {
        cluster.assert_answered(lead, ENTRIES);
    }
    assert_eq!(cluster.count("SELECT COUNT(*) FROM entry").await, WRITERS * i64::from(ENTRIES));
    let doubled = cluster.lessons() - cluster.people;
    assert!((0..=wire).contains(&doubled), "{doubled} doubled, {wire} on the wire");
    assert!(!cluster.heard(7).is_empty(), "strangers are answered");
    assert_eq!(cluster.count("SELECT COUNT(*) FROM chat WHERE address = 7").await, 0);
    cluster.assert_polite();
    cluster.assert_calm();
    waits.sort_unstable();
    figure(&format!(
        "pushed to three, the sender killed: silence {:.2} s, doubled {doubled}, on the wire {wire}; an answer during \
         the broadcast after {} ms (median, 60 ms of them the server's)",
        cluster.silence_after(at).unwrap() as f64 / 1e6,
        waits.get(waits.len() / 2).copied().unwrap_or_default() / 1_000,
    ));
}

fn hooks(phones: &Phones) -> u64 {
    phones.record().by_method.get("setWebhook").copied().unwrap_or_default()
}

/// Micros until the first of the writers got an answer.
fn first_answer(cluster: &Cluster, asked: i64) -> Option<i64> {
    let writers: Vec<i64> = (FIRST..).step_by(2).take(WRITERS as usize).collect();
    cluster.phones.with(|phones, _| {
        let mut sent = phones.record().sent.iter().filter(|sent| writers.contains(&sent.chat));
        sent.find(|sent| sent.at > asked).map(|sent| sent.at - asked)
    })
}

/// Passes each request on to the next process that takes it. Answers with its own address.
async fn round_robin(ports: [u16; 3]) -> String {
    struct Robin {
        ports: [u16; 3],
        next: AtomicUsize,
        client: reqwest::Client,
    }
    async fn pass_on(State(robin): State<Arc<Robin>>, request: Request) -> StatusCode {
        let (parts, body) = request.into_parts();
        let Ok(body) = axum::body::to_bytes(body, 1 << 20).await else { return StatusCode::BAD_REQUEST };
        for _ in robin.ports {
            let port = robin.ports[robin.next.fetch_add(1, Ordering::Relaxed) % robin.ports.len()];
            let to = format!("http://127.0.0.1:{port}{}", parts.uri);
            let sent = robin.client.request(parts.method.clone(), to).headers(parts.headers.clone()).body(body.clone());
            match sent.send().await {
                Ok(answer) => return answer.status(),
                Err(error) if error.is_connect() => {}
                // It may have been dealt with: whoever pushes tries again.
                Err(_) => return StatusCode::BAD_GATEWAY,
            }
        }
        StatusCode::BAD_GATEWAY
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let robin = Arc::new(Robin { ports, next: AtomicUsize::new(0), client: reqwest::Client::new() });
    let router = Router::new().fallback(pass_on).with_state(robin);
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}
