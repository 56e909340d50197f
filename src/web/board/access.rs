//! Who is logged in, by the browser's cookie, and whether a form comes from our own page.
//!
//! Owns: the cookie and the forms' token. Does not know whose session it is (`app::board`).

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use subtle::ConstantTimeEq;
use url::Url;

use crate::app::board::{PATH, SESSION_LASTS};
use crate::store::hash;

/// The cookie that holds a session's secret.
const COOKIE: &str = "tandem_session";

/// A session, as far as the browser tells.
pub struct Session {
    /// What is kept of its secret.
    pub hash: String,
    /// What a form of this session carries. It cannot be guessed by whoever does not know the secret, and does not
    /// tell it.
    pub token: String,
}

impl Session {
    /// Whether a form carries this session's token.
    pub fn signed(&self, token: &str) -> bool {
        self.token.as_bytes().ct_eq(token.as_bytes()).into()
    }
}

/// The session of a browser. Whatever else is in its cookies does not matter.
pub fn session(headers: &HeaderMap) -> Option<Session> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let secret = cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, secret)| secret)?;
    Some(Session { hash: hash(secret), token: hash(&format!("form {secret}")) })
}

/// Lets the browser remember a session: for our pages alone, for no script, and for nobody who links here.
pub fn remember(answer: &mut Response, secret: &str, public: Option<&Url>) {
    let secure = if public.is_some_and(|url| url.scheme() == "https") { "; Secure" } else { "" };
    let lasts = SESSION_LASTS.num_seconds();
    set(answer, &format!("{COOKIE}={secret}; Path={PATH}; Max-Age={lasts}; HttpOnly; SameSite=Strict{secure}"));
}

pub fn forget(answer: &mut Response) {
    set(answer, &format!("{COOKIE}=; Path={PATH}; Max-Age=0; HttpOnly; SameSite=Strict"));
}

fn set(answer: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Whether a browser says that a form was sent from another site. Old browsers say nothing.
pub fn from_elsewhere(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    site.is_some_and(|site| site != b"same-origin" && site != b"none")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(cookies: &str) -> Option<Session> {
        session(&HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(cookies).expect("a header"))]))
    }

    #[test]
    fn a_session_is_found_among_other_cookies_and_only_its_own_token_signs() {
        let session = with("a=b; tandem_session=abc; c=d").expect("a session");
        assert_eq!(session.hash, hash("abc"));
        assert!(session.signed(&with("tandem_session=abc").expect("a session").token));
        assert!(!session.signed(&with("tandem_session=abd").expect("a session").token));
        assert!(!session.signed("") && !session.signed(&session.hash));
        assert!(with("tandem_sessions=abc").is_none() && with("").is_none());
    }

    #[test]
    fn a_form_from_another_site_is_known_as_one() {
        let from = |site: &'static str| {
            from_elsewhere(&HeaderMap::from_iter([(
                "sec-fetch-site".parse().expect("a name"),
                HeaderValue::from_static(site),
            )]))
        };
        assert!(from("cross-site") && from("same-site"));
        assert!(!from("same-origin") && !from("none") && !from_elsewhere(&HeaderMap::new()));
    }
}
