//! The webhook on the server's side: set at the start, looked at from time to time, set again when it is not ours.
//!
//! Owns: when to look and what to say about it. Pushed updates come in by `intake`, whether or not the webhook could
//! be set: one of an earlier run may still be there.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use url::Url;

use super::App;
use super::metrics::Source;
use crate::telegram::port::{Refusal, WebhookInfo};

/// How often the webhook is looked at. Whoever takes it away, by polling with our token for example, leaves us deaf.
const LOOK: Duration = Duration::from_secs(600);

/// After a failure the next try waits this long, doubled each time up to half a minute.
const PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Whether we have set the webhook since this process began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    NotYet,
    Before,
}

/// What a look found.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    Ours,
    /// Another address, or none; and the secret that goes with it may be another as well.
    Other,
    /// Our address, but we refuse what comes: somebody set it with another secret.
    OtherSecret,
}

/// Sets the webhook and keeps it ours until `stop` says true.
pub async fn keep(app: Arc<App>, url: String, secret: String, mut stop: watch::Receiver<bool>) {
    let (mut set, mut pause) = (Set::NotYet, PAUSE);
    loop {
        let wait = match look(&app, &url, &secret, set).await {
            Ok(()) => {
                (set, pause) = (Set::Before, PAUSE);
                LOOK
            }
            Err(problem) => {
                tracing::warn!(problem, seconds = pause.as_secs_f32(), "the webhook is not set; trying again");
                let wait = pause;
                pause = (pause * 2).min(LONGEST_PAUSE);
                wait
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = stop.changed() => return,
        }
    }
}

/// One look. The first time it is set whatever stands there, since its secret cannot be asked for.
///
/// # Errors
/// What is wrong, when it is not ours afterwards.
pub async fn look(app: &App, url: &str, secret: &str, set: Set) -> Result<(), String> {
    let refused = |refusal: Refusal| refusal.to_string();
    if set == Set::Before {
        let info = app.telegram.webhook_info().await.map_err(refused)?;
        match found(&info, url) {
            Found::Ours => {
                app.metrics.heard(Source::Webhook, app.clock.now());
                return Ok(());
            }
            Found::Other => tracing::warn!(now = host(&info.url), "somebody changed the webhook; setting it again"),
            Found::OtherSecret => tracing::warn!("pushes come with another secret; setting the webhook again"),
        }
    }
    app.telegram.set_webhook(url, secret).await.map_err(refused)?;
    let info = app.telegram.webhook_info().await.map_err(refused)?;
    if !same(&info.url, url) {
        return Err(format!("it was accepted, but the server pushes to {}", host(&info.url)));
    }
    app.metrics.heard(Source::Webhook, app.clock.now());
    let last_error = info.last_error.unwrap_or_default();
    tracing::info!(host = host(url), pending = info.pending, last_error, "updates come by webhook");
    Ok(())
}

fn found(info: &WebhookInfo, url: &str) -> Found {
    let refused = info.last_error.as_deref().is_some_and(|error| error.contains("401"));
    match same(&info.url, url) {
        false => Found::Other,
        // An old error stands there until the next one; it says something about now only while updates wait.
        true if refused && info.pending > 0 => Found::OtherSecret,
        true => Found::Ours,
    }
}

/// Addresses may be written in several ways.
fn same(one: &str, other: &str) -> bool {
    match (Url::parse(one), Url::parse(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Of an address that is not ours only where it leads: its path may be somebody's secret.
fn host(url: &str) -> String {
    Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| "nowhere".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://Tandem.example/telegram/updates";

    fn info(url: &str, pending: u64, last_error: Option<&str>) -> WebhookInfo {
        WebhookInfo { url: url.to_owned(), pending, last_error: last_error.map(str::to_owned) }
    }

    #[test]
    fn a_webhook_is_ours_by_its_address_and_by_what_comes_of_it() {
        let normalised = "https://tandem.example:443/telegram/updates";
        assert_eq!(found(&info(normalised, 0, None), OURS), Found::Ours);
        assert_eq!(found(&info("", 0, None), OURS), Found::Other);
        assert_eq!(found(&info("https://other.example/telegram/updates", 0, None), OURS), Found::Other);
        let refused = Some("Wrong response from the webhook: 401 Unauthorized");
        assert_eq!(found(&info(OURS, 3, refused), OURS), Found::OtherSecret);
        assert_eq!(found(&info(OURS, 0, refused), OURS), Found::Ours, "over since then");
        assert_eq!(found(&info(OURS, 3, Some("Connection refused")), OURS), Found::Ours, "the webhook is right");
    }
}
