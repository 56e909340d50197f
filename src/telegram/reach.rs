//! Asking an address as Telegram would: by HTTP, with the certificate looked at.
//!
//! For `tandem doctor` alone. No error of the transport is passed on as it is: an address may hold a token.

use std::time::Duration;

use chrono::{DateTime, Utc};
use url::Url;

/// An address that answers at all does so within this time.
const PATIENCE: Duration = Duration::from_secs(10);

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// The server's time, as it said.
    pub date: Option<DateTime<Utc>>,
}

/// Asks, and follows nowhere.
///
/// # Errors
/// Why there was no answer, in a few words and without the address.
pub async fn reach(url: &Url) -> Result<Answer, String> {
    let client = reqwest::Client::builder()
        .timeout(PATIENCE)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|_| "TLS cannot be set up on this machine".to_owned())?;
    let response = client.get(url.clone()).send().await.map_err(|error| reason(&error))?;
    let date = response.headers().get(reqwest::header::DATE).and_then(|date| date.to_str().ok());
    let date = date.and_then(|date| DateTime::parse_from_rfc2822(date).ok()).map(|date| date.to_utc());
    Ok(Answer { status: response.status().as_u16(), date })
}

fn reason(error: &reqwest::Error) -> String {
    let mut told = String::new();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        told = cause.to_string();
        source = cause.source();
    }
    if error.is_timeout() {
        "no answer within ten seconds".to_owned()
    } else if told.to_lowercase().contains("certificate") {
        "its certificate is not accepted".to_owned()
    } else if error.is_connect() {
        "no connection".to_owned()
    } else {
        "the connection broke".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// Answers one request with this text.
    async fn answers(text: &'static str) -> Url {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}/bot1:secret/", listener.local_addr().unwrap())).unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0; 1024];
            let _ = stream.read(&mut asked).await;
            let _ = stream.write_all(text.as_bytes()).await;
        });
        url
    }

    #[tokio::test]
    async fn a_status_and_the_servers_time_are_read_and_no_redirect_is_followed() {
        let text = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\
            Date: Fri, 27 Nov 2026 09:00:00 GMT\r\nContent-Length: 0\r\n\r\n";
        let answer = reach(&answers(text).await).await.unwrap();
        let date = Utc.with_ymd_and_hms(2026, 11, 27, 9, 0, 0).single();
        assert_eq!(answer, Answer { status: 302, date });
    }

    #[tokio::test]
    async fn an_address_that_does_not_answer_is_not_repeated() {
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let url = Url::parse(&format!("http://{closed}/bot1:secret/")).unwrap();
        assert_eq!(reach(&url).await, Err("no connection".to_owned()));
        assert_eq!(reach(&answers("").await).await, Err("the connection broke".to_owned()));
    }
}
