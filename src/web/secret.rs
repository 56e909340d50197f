//! Addresses that a secret opens: who may ask, and how they are answered.
//!
//! Owns: the shape of a secret, the limit on guesses, and the headers of all that lies behind such a link. What is not
//! there, is over or was never there gets one and the same answer. Does not know what a link opens.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};

use crate::store::hash;

/// Letters of a secret (`Ids::secret`).
const LETTERS: usize = 22;

/// Secrets that opened nothing, a minute, before only those that have opened something are looked up. Nobody guesses
/// 132 bits; what is kept from being worn out is the database.
const GUESSES: u32 = 30;

const MINUTE: TimeDelta = TimeDelta::minutes(1);

/// Links remembered as good, so that a flood of guesses keeps nobody from their own.
const REMEMBERED: usize = 4_096;

/// The limit on guesses, for all links of this process together.
#[derive(Default)]
pub struct Guard(Mutex<Guesses>);

#[derive(Default)]
struct Guesses {
    since: DateTime<Utc>,
    wrong: u32,
    good: HashSet<String>,
}

/// What may be looked up.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// The secret's hash.
    LookUp(String),
    /// It cannot be one of ours.
    Nothing,
    /// Not now.
    TooMany,
}

impl Guard {
    /// Whether what stands in an address may be looked up.
    pub fn asked(&self, secret: &str, now: DateTime<Utc>) -> Asked {
        if !is_secret(secret) {
            return Asked::Nothing;
        }
        let hash = hash(secret);
        match self.with(|guesses| guesses.allow(&hash, now)) {
            true => Asked::LookUp(hash),
            false => Asked::TooMany,
        }
    }

    /// It opened something.
    pub fn opened(&self, hash: String) {
        self.with(|guesses| guesses.opened(hash));
    }

    /// It opened nothing.
    pub fn opened_nothing(&self, hash: &str) {
        self.with(|guesses| guesses.opened_nothing(hash));
    }

    fn with<R>(&self, act: impl FnOnce(&mut Guesses) -> R) -> R {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Guesses {
    fn allow(&mut self, hash: &str, now: DateTime<Utc>) -> bool {
        // A clock that was set back begins a new minute, too.
        if !(TimeDelta::zero()..MINUTE).contains(&(now - self.since)) {
            (self.since, self.wrong) = (now, 0);
        }
        self.wrong < GUESSES || self.good.contains(hash)
    }

    fn opened(&mut self, hash: String) {
        if self.good.len() >= REMEMBERED {
            self.good.clear();
        }
        self.good.insert(hash);
    }

    fn opened_nothing(&mut self, hash: &str) {
        self.good.remove(hash);
        self.wrong = self.wrong.saturating_add(1);
    }
}

/// What every answer behind a secret link says to whatever stands between: keep nothing, guess nothing, load nothing,
/// and tell nobody where this came from.
pub fn headers(answer: &mut Response) {
    const ALL: [(HeaderName, &str); 4] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    ];
    for (name, value) in ALL {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    // Whoever allows more has said so already.
    answer.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// The answer to every secret that opens nothing, whatever the reason.
pub fn nothing() -> Response {
    refused((StatusCode::NOT_FOUND, "there is nothing here\n").into_response())
}

/// Later, perhaps.
pub fn too_many() -> Response {
    refused((StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "60")], "too many\n").into_response())
}

/// The database is away.
pub fn failed() -> Response {
    refused((StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "60")], "not now\n").into_response())
}

fn refused(mut answer: Response) -> Response {
    headers(&mut answer);
    answer
}

fn is_secret(text: &str) -> bool {
    text.len() == LETTERS && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::IdSource;
    use crate::domain::ids::Ids;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).expect("an instant")
    }

    #[test]
    fn whatever_cannot_be_a_secret_is_not_looked_up() {
        let guard = Guard::default();
        let secret = IdSource::seeded(1).secret();
        assert_eq!(guard.asked(&secret, at(0)), Asked::LookUp(hash(&secret)));
        for text in ["", "abc", &secret[1..], &format!("{secret}x"), &format!("{}/", &secret[1..]), "äääääääääää"]
        {
            assert_eq!(guard.asked(text, at(0)), Asked::Nothing, "{text}");
        }
    }

    #[test]
    fn many_guesses_are_stopped_and_keep_nobody_from_their_own_link() {
        let guard = Guard::default();
        let mut ids = IdSource::seeded(2);
        let mine = ids.secret();
        guard.opened(hash(&mine));
        for _ in 0..GUESSES {
            let Asked::LookUp(guess) = guard.asked(&ids.secret(), at(0)) else { panic!("stopped too early") };
            guard.opened_nothing(&guess);
        }
        assert_eq!(guard.asked(&ids.secret(), at(59)), Asked::TooMany);
        assert_eq!(guard.asked(&mine, at(59)), Asked::LookUp(hash(&mine)));
        assert!(matches!(guard.asked(&ids.secret(), at(60)), Asked::LookUp(_)), "a new minute");
    }

    #[test]
    fn a_link_that_was_good_and_is_over_is_a_guess_like_any_other() {
        let guard = Guard::default();
        let mut ids = IdSource::seeded(3);
        let old = ids.secret();
        guard.opened(hash(&old));
        for _ in 0..GUESSES {
            guard.opened_nothing(&hash(&old));
        }
        assert_eq!(guard.asked(&old, at(0)), Asked::TooMany);
    }
}
