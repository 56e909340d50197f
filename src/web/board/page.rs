//! Drawing pages: templates that escape whatever is put into them, with words from the locales.
//!
//! Owns: the templates and the headers of pages. Does not know figures: a page is given what it shows.

use std::borrow::Cow;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use minijinja::value::{Kwargs, Serde};
use minijinja::{Environment, Error, ErrorKind, State, Value, context};

use super::super::secret;
use super::access::Session;
use super::change::Draft;
use super::hand::{Handed, Seats};
use super::view::{Language, RoundPage, RoundsPage};
use crate::app::texts::Shelf;
use crate::app::{App, board};
use crate::domain::lang::Lang;
use crate::domain::message::{Arg, Line};
use crate::l10n::Words;

/// Styles and pictures from here alone, forms to here alone, nothing inline, no script at all.
pub(in crate::web) const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

const STYLE: &str = include_str!("style.css");

/// All pages.
pub struct Pages {
    templates: Environment<'static>,
    texts: Shelf,
    /// Where pages are, as a browser sees it.
    base: String,
}

/// The style sheet.
pub async fn style() -> Response {
    let head = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")];
    let mut answer = (head, STYLE).into_response();
    secret::headers(&mut answer);
    answer
}

impl Pages {
    pub fn new(app: &App) -> Self {
        let mut templates = Environment::new();
        let all = [
            ("frame.html", include_str!("frame.html")),
            ("note.html", include_str!("note.html")),
            ("rounds.html", include_str!("rounds.html")),
            ("round.html", include_str!("round.html")),
            ("manage.html", include_str!("manage.html")),
            ("draft.html", include_str!("draft.html")),
            ("handed.html", include_str!("handed.html")),
            ("seats.html", include_str!("seats.html")),
        ];
        for (name, text) in all {
            if let Err(error) = templates.add_template(name, text) {
                tracing::error!(%error, name, "a template cannot be read");
            }
        }
        let shelf = app.texts.clone();
        templates.add_function("t", move |state: &State, key: String, args: Kwargs| {
            say(&shelf.now().words, state, key, &args)
        });
        let path = app.public_url.as_ref().map_or("", |url| url.path().trim_end_matches('/'));
        Self { templates, texts: app.texts.clone(), base: format!("{path}{}", board::PATH) }
    }

    /// The page behind a link: one button.
    pub fn knock(&self, lang: &Lang) -> Response {
        self.note(StatusCode::OK, lang, None, "board-knock", true)
    }

    /// The link is over, used up, or never was.
    pub fn over(&self, lang: &Lang) -> Response {
        self.note(StatusCode::NOT_FOUND, lang, None, "board-over", false)
    }

    /// Nobody is logged in.
    pub fn outside(&self, lang: &Lang) -> Response {
        self.note(StatusCode::UNAUTHORIZED, lang, None, "board-outside", false)
    }

    /// No such page, or none of this trainer's.
    pub fn nothing(&self, lang: &Lang, session: &Session) -> Response {
        self.note(StatusCode::NOT_FOUND, lang, Some(session), "board-nothing", false)
    }

    pub fn rounds(&self, lang: &Lang, session: &Session, page: RoundsPage) -> Response {
        self.draw(StatusCode::OK, "rounds.html", lang, Some(session), context! { page => Value::from(Serde(page)) })
    }

    pub fn round(&self, lang: &Lang, session: &Session, round: RoundPage) -> Response {
        self.draw(StatusCode::OK, "round.html", lang, Some(session), context! { round => Value::from(Serde(round)) })
    }

    /// What a round is going to read, before it is sent.
    pub fn draft(&self, lang: &Lang, session: &Session, draft: Draft) -> Response {
        self.draw(StatusCode::OK, "draft.html", lang, Some(session), context! { draft => Value::from(Serde(draft)) })
    }

    /// A link that is shown this once.
    pub fn handed(&self, lang: &Lang, session: &Session, handed: Handed) -> Response {
        self.draw(StatusCode::OK, "handed.html", lang, Some(session), context! { handed => Value::from(Serde(handed)) })
    }

    /// A seat for somebody new.
    pub fn seats(&self, lang: &Lang, session: &Session, page: Seats) -> Response {
        self.draw(StatusCode::OK, "seats.html", lang, Some(session), context! { page => Value::from(Serde(page)) })
    }

    /// On to another page of ours.
    pub fn go(&self, path: &str) -> Response {
        let to = format!("{}{}", self.base.trim_end_matches(board::PATH), path);
        let mut answer = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
        secret::headers(&mut answer);
        answer
    }

    fn note(
        &self,
        status: StatusCode,
        lang: &Lang,
        session: Option<&Session>,
        key: &'static str,
        button: bool,
    ) -> Response {
        self.draw(status, "note.html", lang, session, context! { key, button })
    }

    fn draw(
        &self,
        status: StatusCode,
        template: &str,
        lang: &Lang,
        session: Option<&Session>,
        more: Value,
    ) -> Response {
        let words = self.texts.now().words;
        let languages: Vec<Language> = words
            .languages()
            .iter()
            .map(|known| Language { code: known.code().to_owned(), name: words.language_name(known) })
            .collect();
        let base = context! {
            lang => lang.code(),
            base => self.base.as_str(),
            token => session.map(|session| session.token.as_str()),
            languages => Value::from(Serde(languages)),
        };
        let drawn = self.templates.get_template(template).and_then(|page| page.render(context! { ..more, ..base }));
        let text = match drawn {
            Ok(text) => text,
            Err(error) => {
                // What a template was given stays out of the log.
                tracing::error!(kind = ?error.kind(), line = error.line(), template, "a page could not be drawn");
                return secret::failed();
            }
        };
        let mut answer = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response();
        secret::headers(&mut answer);
        answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        answer
    }
}

/// A sentence in the page's language, with what it is given.
fn say(words: &Words, state: &State, key: String, args: &Kwargs) -> Result<String, Error> {
    let lang = state.lookup("lang").map(|value| value.to_string()).unwrap_or_default();
    let mut line = Line { key: Cow::Owned(key), args: Vec::new() };
    for name in args.args() {
        let given: Value = args.get(name)?;
        let arg = match i64::try_from(given.clone()) {
            Ok(number) => Arg::from(number),
            Err(_) => Arg::Text(given.to_string()),
        };
        line.args.push((Cow::Owned(name.to_owned()), arg));
    }
    args.assert_all_used()?;
    match words.get(&Lang::from(lang.as_str()), &line.key) {
        _ if !line.args.is_empty() => Ok(words.plain(&Lang::from(lang.as_str()), &line)),
        Some(text) => Ok(text),
        None => Err(Error::new(ErrorKind::InvalidOperation, "no such sentence")),
    }
}
