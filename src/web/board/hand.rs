//! Links that a trainer hands on: shown once, on the answer to a form, and in no address.
//!
//! Owns: the page with a link, and the way to the one for a seat, which says before what follows. What a link lets in is
//! decided elsewhere (`app::board`, `app::seats`).

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;

use super::{Asks, Shared, asking, failed, known, spoken};
use crate::app::App;
use crate::app::batch::LINK_DAYS;
use crate::app::board::{self, Handout};
use crate::domain::ids::{RoundId, TandemId};
use crate::domain::lang::Lang;
use crate::domain::message::{Arg, Block, Line, Message, say};
use crate::domain::rights::Action;
use crate::domain::tandem::{Role, RoundPhase};
use crate::domain::tap::Chair;
use crate::domain::trainer::{RoundCard, SeatCard, seat_ask};

/// A link, and what to know about it.
#[derive(Serialize)]
pub struct Handed {
    pub round: String,
    lines: Vec<String>,
    link: String,
}

/// Choosing a seat, and what follows.
#[derive(Serialize)]
pub struct Seats {
    pub round: String,
    name: String,
    tandems: Vec<Choice>,
    role: &'static str,
    asked: Option<Question>,
}

#[derive(Serialize)]
struct Choice {
    id: String,
    words: String,
    chosen: bool,
}

/// Whether it is meant.
#[derive(Serialize)]
struct Question {
    lines: Vec<String>,
    tandem: String,
    role: &'static str,
    who: String,
    free: bool,
}

/// Which seat: by fields of the address, since nothing is changed by looking.
pub async fn seats(
    State(board): Shared,
    Path(id): Path<String>,
    Query(asks): Query<Asks>,
    Query(said): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let (session, trainer) = match known(&board, &headers).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let lang = spoken(&board, &trainer, &asks);
    let found = board::own(&trainer, Action::ManageRound, &RoundId(id));
    let Some(card) = found.filter(|card| card.phase != RoundPhase::Closed) else {
        return board.pages.nothing(&lang, &session);
    };
    let all = match board::tandems(&board.app, &card.id).await {
        Ok(all) => sorted(all),
        Err(error) => return failed(&error),
    };
    let role = role(&said).unwrap_or(Role::Deputy);
    let chosen = said.get("tandem").and_then(|id| all.iter().find(|seat| seat.id.as_str() == id));
    let asked = chosen.map(|seat| {
        let chair = seat.chair(role);
        Question {
            lines: in_words(&board.app, &lang, &seat_ask(&card.id, seat, &chair)),
            tandem: seat.id.to_string(),
            role: code(role),
            free: chair.is_free(),
            who: chair.who().to_owned(),
        }
    });
    let words = |seat: &SeatCard| board.app.words().plain(&lang, &seat.named());
    let tandems = all.iter().map(|seat| Choice {
        id: seat.id.to_string(),
        words: words(seat),
        chosen: chosen.is_some_and(|chosen| chosen.id == seat.id),
    });
    let page = Seats {
        round: card.id.to_string(),
        name: card.name.clone(),
        tandems: tandems.collect(),
        role: code(role),
        asked,
    };
    board.pages.seats(&lang, &session, page)
}

/// Makes a link and shows it.
pub async fn hand(
    State(board): Shared,
    Path((id, what)): Path<(String, String)>,
    Query(asks): Query<Asks>,
    headers: HeaderMap,
    Form(said): Form<BTreeMap<String, String>>,
) -> Response {
    let (session, trainer) = match asking(&board, &headers, &said).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let lang = spoken(&board, &trainer, &asks);
    let Some(card) = board::own(&trainer, Action::OpenRound, &RoundId(id)) else {
        return board.pages.nothing(&lang, &session);
    };
    let back = board.pages.go(&format!("{}/rounds/{}?lang={}&said=no", board::PATH, card.id, lang.code()));
    let Some((handout, line)) = wanted(card, &what, &said) else { return back };
    match board::hand_out(&board.app, &trainer.person.id, &card.id, handout).await {
        Ok(Some(link)) => {
            let lines = in_words(&board.app, &lang, &Message::of(line));
            board.pages.handed(&lang, &session, Handed { round: card.id.to_string(), lines, link })
        }
        Ok(None) => back,
        Err(error) => failed(&error),
    }
}

/// What a form asks for, and what is said beside the link.
fn wanted(card: &RoundCard, what: &str, said: &BTreeMap<String, String>) -> Option<(Handout, Line)> {
    let round = Arg::Text(card.name.clone());
    Some(match what {
        "leads" => (Handout::Leads, say("round-link").with("name", round)),
        "colleague" => (Handout::Colleague, say("colleague-link").with("name", round)),
        "seat" => {
            let chair = Chair::read(role(said)?, said.get("who")?);
            let tandem = TandemId(said.get("tandem")?.clone());
            (Handout::Seat(tandem, chair), say("board-seat-freed").with("days", LINK_DAYS))
        }
        _ => return None,
    })
}

/// A message's paragraphs.
fn in_words(app: &App, lang: &Lang, message: &Message) -> Vec<String> {
    let said = message.blocks.iter().filter_map(|block| match block {
        Block::Say(line) => Some(app.words().plain(lang, line)),
        Block::Step(_) | Block::Module { .. } | Block::Lesson { .. } | Block::StepTitle { .. } => None,
    });
    said.flat_map(|text| text.split("\n\n").map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn sorted(mut all: Vec<SeatCard>) -> Vec<SeatCard> {
    all.sort_by_cached_key(|seat| (seat.organisation.to_lowercase(), seat.since, seat.id.clone()));
    all
}

fn role(said: &BTreeMap<String, String>) -> Option<Role> {
    match said.get("role").map(String::as_str) {
        Some("lead") => Some(Role::Lead),
        Some("deputy") => Some(Role::Deputy),
        _ => None,
    }
}

fn code(role: Role) -> &'static str {
    match role {
        Role::Lead => "lead",
        Role::Deputy => "deputy",
    }
}
