//! Pushing updates to webhooks: one attempt after the other per queue, queues beside each other, patience after a
//! failure.
//!
//! Knows which update is next from `phones`; owns the requests and the waiting.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::Value;
use tokio::task::JoinSet;

use crate::demo::phones::{Push, SharedPhones};

/// First and longest wait after a failed push (Telegram backs off to one or two minutes).
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// After this a push counts as failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// Serves every webhook that is set, now or later. Ends never.
pub(super) async fn push_all(phones: SharedPhones) {
    // A redirect would carry the secret to another place, so none is followed.
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE).build();
    let client = match client {
        Ok(client) => client,
        Err(why) => {
            tracing::error!(%why, "no HTTP client, so webhooks get nothing");
            return std::future::pending().await;
        }
    };
    let mut serving = HashSet::new();
    let mut tasks = JoinSet::new();
    loop {
        let bell = phones.webhook_bell();
        for (token, bot, hook) in phones.with(|p, _| p.webhooks()) {
            if serving.insert((bot, hook)) {
                tasks.spawn(push_one(phones.clone(), client.clone(), token, bot, hook));
            }
        }
        bell.await;
    }
}

/// Serves one webhook until it changes.
async fn push_one(phones: SharedPhones, client: reqwest::Client, token: String, bot: i64, hook: u64) {
    let mut running = JoinSet::new();
    loop {
        let bell = phones.bot_bell(bot);
        while let Ok(Some(push)) = phones.with(|p, now| p.next_push(now, &token, hook)) {
            running.spawn(deliver(phones.clone(), client.clone(), token.clone(), hook, push));
        }
        if is_over(&phones, &token, hook) {
            return;
        }
        tokio::select! {
            () = bell => {}
            Some(_) = running.join_next() => {}
        }
    }
}

fn is_over(phones: &SharedPhones, token: &str, hook: u64) -> bool {
    phones.with(|p, _| !p.webhooks().iter().any(|(t, _, h)| t == token && *h == hook))
}

/// Tries one update until it arrives, dies or the webhook changes.
async fn deliver(phones: SharedPhones, client: reqwest::Client, token: String, hook: u64, push: Push) {
    let mut wait = FIRST_WAIT;
    loop {
        let outcome = post(&client, &push).await;
        let ended = outcome.as_ref().map(|_| ()).map_err(String::as_str);
        let again = phones.with(|p, now| p.push_ended(now, &token, push.update_id, ended));
        if let Ok(Some(call)) = outcome
            && let Some(method) = call["method"].as_str()
        {
            phones.call(&token, method, &call, Vec::new()).await;
        }
        if !again || is_over(&phones, &token, hook) {
            return;
        }
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

/// One request; a bot may answer it with a call of its own.
async fn post(client: &reqwest::Client, push: &Push) -> Result<Option<Value>, String> {
    let mut request = client.post(&push.url).header("Content-Type", "application/json").body(push.body.to_string());
    if let Some(secret) = &push.secret {
        request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
    }
    let response = request.send().await.map_err(|why| why.without_url().to_string())?;
    let status = response.status();
    if !status.is_success() {
        return Err(format!("Wrong response from the webhook: {status}"));
    }
    let body = response.bytes().await.unwrap_or_default();
    Ok(serde_json::from_slice(&body).ok().filter(Value::is_object))
}
