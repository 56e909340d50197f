//! Forms by which a trainer changes a round: shown, and carried out.
//!
//! Owns: that a form comes from our own page and session, and the preview of what a round is going to read. What a form may
//! ask for is decided in `domain::trainer`.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;

use super::{Asks, Board, Shared, asking, failed, spoken};
use crate::app::{App, board};
use crate::domain::calendar;
use crate::domain::ids::{PersonId, RoundId};
use crate::domain::lang::Lang;
use crate::domain::letter;
use crate::domain::message::{Line, say};
use crate::domain::news::{self, About, Standing};
use crate::domain::rights::Action;
use crate::domain::tandem::{RoundPhase, TandemPhase};
use crate::domain::trainer::{self, Arrived, NewsCard, NewsState, RoundCard};

/// What can be changed about a round, as a page shows it.
#[derive(Serialize)]
pub struct Changes {
    open: bool,
    planned: bool,
    running: bool,
    start: String,
    places: u32,
    group: String,
    rests: Vec<Named>,
    letters: Vec<LetterRow>,
    meetings: Vec<Named>,
    colleagues: Vec<Named>,
    /// Whether one of them may go.
    several: bool,
    /// Tandems that do not run yet.
    tandems: Vec<TandemRow>,
    /// Rounds in which they may sit instead.
    others: Vec<Named>,
    news: Vec<NewsRow>,
}

#[derive(Serialize)]
struct TandemRow {
    id: String,
    words: String,
    /// Whether it waits for a yes.
    waits: bool,
}

#[derive(Serialize)]
struct NewsRow {
    id: String,
    words: String,
    /// Whether it can still be taken back.
    planned: bool,
}

/// Something with an id, in words.
#[derive(Serialize)]
struct Named {
    id: String,
    words: String,
}

#[derive(Serialize)]
struct LetterRow {
    id: String,
    words: String,
    /// Whether the answer may go to everybody.
    shareable: bool,
}

/// News before they are sent.
#[derive(Serialize)]
pub struct Draft {
    pub round: String,
    pub lines: Vec<String>,
    pub to: String,
    /// When they come.
    when: Vec<String>,
    text: String,
    sort: String,
    at: String,
}

pub fn changes(
    app: &App,
    rounds: &[RoundCard],
    card: &RoundCard,
    told: &[(NewsCard, Arrived)],
    lang: &Lang,
) -> Changes {
    let now = app.clock.now();
    let plain = |line: &Line| app.words().plain(lang, line);
    let ahead = card.meetings.iter().filter(|meeting| meeting.starts > now);
    let meetings = ahead.map(|meeting| Named {
        id: meeting.id.to_string(),
        words: in_words(app, lang, &meeting.news(Standing::Soon, card.zone), "").join("\n"),
    });
    let letters = card.letters.iter().map(|found| LetterRow {
        id: found.id.to_string(),
        words: plain(&letter::line(&found.letter)),
        shareable: found.letter.purpose == letter::Purpose::Question,
    });
    let day = |day| plain(&say("day").with("day", day));
    Changes {
        open: card.phase != RoundPhase::Closed,
        planned: card.phase == RoundPhase::Planned,
        running: card.phase == RoundPhase::Running,
        start: card.start.to_string(),
        places: card.places,
        group: card.plans.group.clone().unwrap_or_default(),
        rests: card
            .plans
            .rests
            .iter()
            .filter(|monday| **monday > calendar::local_date(now, card.zone))
            .map(|monday| Named { id: monday.to_string(), words: day(*monday) })
            .collect(),
        letters: letters.collect(),
        meetings: meetings.collect(),
        colleagues: card
            .colleagues
            .iter()
            .map(|(id, name)| Named { id: id.to_string(), words: name.clone() })
            .collect(),
        several: card.colleagues.len() > 1,
        tandems: card
            .tandems
            .iter()
            .map(|tandem| TandemRow {
                id: tandem.id.to_string(),
                words: tandem.organisation.clone().unwrap_or_else(|| plain(&say("organisation-unnamed"))),
                waits: tandem.phase == TandemPhase::Waiting,
            })
            .collect(),
        others: card
            .fitting(rounds)
            .map(|other| Named { id: other.id.to_string(), words: other.name.clone() })
            .collect(),
        news: told
            .iter()
            .map(|(news, arrived)| NewsRow {
                id: news.news.id.to_string(),
                words: plain(&trainer::news_line(card, news, *arrived)),
                planned: news.state == NewsState::Planned,
            })
            .collect(),
    }
}

fn in_words(app: &App, lang: &Lang, about: &About, text: &str) -> Vec<String> {
    news::lines(about, text).iter().map(|line| app.words().plain(lang, line)).collect()
}

/// Carries out what a form asks for, and shows the round again.
pub async fn change(
    State(board): Shared,
    Path((id, act)): Path<(String, String)>,
    Query(asks): Query<Asks>,
    headers: HeaderMap,
    Form(said): Form<BTreeMap<String, String>>,
) -> Response {
    let (session, trainer) = match asking(&board, &headers, &said).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let lang = spoken(&board, &trainer, &asks);
    let id = RoundId(id);
    let Some(card) = board::own(&trainer, Action::ManageRound, &id) else {
        return board.pages.nothing(&lang, &session);
    };
    if act == "copy" {
        return create(&board, &trainer.person.id, Some(&id), &lang, &said).await;
    }
    if act == "announce" && !said.contains_key("sure") {
        let field = |name: &str| said.get(name).cloned().unwrap_or_default();
        let Some(text) = news::readable(&field("text")) else {
            return board.pages.go(&format!("{}/rounds/{id}?lang={}&said=no", board::PATH, lang.code()));
        };
        let about = match field("sort").as_str() {
            "changed" => About::Changed,
            _ => About::Word,
        };
        let to = match board::people(&board.app, &id).await {
            Ok(to) => to,
            Err(error) => return failed(&error),
        };
        let draft = Draft {
            round: card.id.to_string(),
            lines: in_words(&board.app, &lang, &about, &text),
            to: board.app.words().plain(&lang, &trainer::how_many(to)),
            when: trainer::when(card, &about, &text, board.app.clock.now())
                .iter()
                .map(|line| board.app.words().plain(&lang, line))
                .collect(),
            text,
            sort: field("sort"),
            at: field("at"),
        };
        return board.pages.draft(&lang, &session, draft);
    }
    match board::change(&board.app, &trainer.person.id, &id, &act, &said).await {
        Ok(Some(done)) => {
            let how = if done { "yes" } else { "no" };
            board.pages.go(&format!("{}/rounds/{id}?lang={}&said={how}", board::PATH, lang.code()))
        }
        Ok(None) => board.pages.nothing(&lang, &session),
        Err(error) => failed(&error),
    }
}

/// Creates a round, and shows it.
pub async fn new(
    State(board): Shared,
    Query(asks): Query<Asks>,
    headers: HeaderMap,
    Form(said): Form<BTreeMap<String, String>>,
) -> Response {
    let (_, trainer) = match asking(&board, &headers, &said).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let lang = spoken(&board, &trainer, &asks);
    create(&board, &trainer.person.id, None, &lang, &said).await
}

async fn create(
    board: &Board,
    trainer: &PersonId,
    like: Option<&RoundId>,
    lang: &Lang,
    said: &BTreeMap<String, String>,
) -> Response {
    let (path, code) = (board::PATH, lang.code());
    match (board::create(&board.app, trainer, like, said).await, like) {
        (Ok(Some(id)), _) => board.pages.go(&format!("{path}/rounds/{id}?lang={code}&said=new")),
        (Ok(None), Some(id)) => board.pages.go(&format!("{path}/rounds/{id}?lang={code}&said=no")),
        (Ok(None), None) => board.pages.go(&format!("{path}?lang={code}&said=no")),
        (Err(error), _) => failed(&error),
    }
}
