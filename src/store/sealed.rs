//! Which columns hold what people wrote.
//!
//! Owns: the list of sealed columns, and how their rows are gone through. Does not know how a text is sealed (`vault`), nor
//! when that is done anew (`rekey`). What stays in the open although somebody chose it is listed in SECURITY.md.

use super::sql::Sql;
use super::vault::At;

pub(super) const ALL: &[&Sql] = &[
    &ORGANISATIONS,
    &PUT_ORGANISATION,
    &CONTACTS,
    &PUT_CONTACT,
    &LINKS,
    &PUT_LINK,
    &ANSWERS,
    &PUT_ANSWER,
    &SENTENCES,
    &PUT_SENTENCE,
    &OPINIONS,
    &PUT_OPINION,
    &LETTERS,
    &PUT_LETTER,
    &MESSAGES,
    &PUT_MESSAGE,
    &PEOPLE,
    &PUT_PERSON,
    &MINDS,
    &PUT_MIND,
    &DESKS,
    &PUT_DESK,
    &ROUND_NAMES,
    &PUT_ROUND_NAME,
    &CONTROLLERS,
    &PUT_CONTROLLER,
    &PRIVACY_CONTACTS,
    &PUT_PRIVACY_CONTACT,
    &ROUND_PLANS,
    &PUT_PLANS,
    &ABOUTS,
    &PUT_ABOUT,
    &NEWS_TEXTS,
    &PUT_NEWS_TEXT,
    &LETTER_NAMES,
    &PUT_LETTER_NAME,
    &TITLES,
    &PUT_TITLE,
    &PLACES,
    &PUT_PLACE,
];

/// A column with what people wrote.
pub(super) struct Column {
    pub name: &'static str,
    /// How many columns name a row.
    pub keys: usize,
    /// How many of these a text is not bound to: sentences are published without their person.
    pub unbound: usize,
    pub page: &'static Sql,
    pub put: &'static Sql,
}

pub(super) const ORGANISATION: Column =
    Column { name: "tandem.organisation", keys: 1, unbound: 0, page: &ORGANISATIONS, put: &PUT_ORGANISATION };
pub(super) const CONTACT: Column =
    Column { name: "tandem.contact", keys: 1, unbound: 0, page: &CONTACTS, put: &PUT_CONTACT };
pub(super) const COVER_LINK: Column = Column { name: "cover.link", keys: 1, unbound: 0, page: &LINKS, put: &PUT_LINK };
pub(super) const ANSWER_TEXT: Column =
    Column { name: "answer.text", keys: 4, unbound: 0, page: &ANSWERS, put: &PUT_ANSWER };
pub(super) const RATING_SENTENCE: Column =
    Column { name: "rating.sentence", keys: 4, unbound: 1, page: &SENTENCES, put: &PUT_SENTENCE };
pub(super) const OPINION_SENTENCE: Column =
    Column { name: "opinion.sentence", keys: 1, unbound: 0, page: &OPINIONS, put: &PUT_OPINION };
pub(super) const LETTER: Column = Column { name: "letter.text", keys: 1, unbound: 0, page: &LETTERS, put: &PUT_LETTER };
pub(super) const MESSAGE: Column =
    Column { name: "outbox.message", keys: 3, unbound: 0, page: &MESSAGES, put: &PUT_MESSAGE };
pub(super) const PERSON_NAME: Column =
    Column { name: "person.name", keys: 1, unbound: 0, page: &PEOPLE, put: &PUT_PERSON };
pub(super) const MIND: Column = Column { name: "seat.mind", keys: 2, unbound: 0, page: &MINDS, put: &PUT_MIND };
pub(super) const DESK: Column = Column { name: "trainer.desk", keys: 1, unbound: 0, page: &DESKS, put: &PUT_DESK };
pub(super) const ROUND_NAME: Column =
    Column { name: "round.name", keys: 1, unbound: 0, page: &ROUND_NAMES, put: &PUT_ROUND_NAME };
pub(super) const CONTROLLER: Column =
    Column { name: "round.controller", keys: 1, unbound: 0, page: &CONTROLLERS, put: &PUT_CONTROLLER };
pub(super) const PRIVACY_CONTACT: Column =
    Column { name: "round.privacy_contact", keys: 1, unbound: 0, page: &PRIVACY_CONTACTS, put: &PUT_PRIVACY_CONTACT };
pub(super) const PLANS: Column =
    Column { name: "round.plans", keys: 1, unbound: 0, page: &ROUND_PLANS, put: &PUT_PLANS };
pub(super) const NEWS_ABOUT: Column =
    Column { name: "news.about", keys: 1, unbound: 0, page: &ABOUTS, put: &PUT_ABOUT };
pub(super) const NEWS_TEXT: Column =
    Column { name: "news.text", keys: 1, unbound: 0, page: &NEWS_TEXTS, put: &PUT_NEWS_TEXT };
pub(super) const LETTER_NAME: Column =
    Column { name: "letter.name", keys: 1, unbound: 0, page: &LETTER_NAMES, put: &PUT_LETTER_NAME };
pub(super) const MEETING_TITLE: Column =
    Column { name: "meeting.title", keys: 1, unbound: 0, page: &TITLES, put: &PUT_TITLE };
pub(super) const MEETING_PLACE: Column =
    Column { name: "meeting.place", keys: 1, unbound: 0, page: &PLACES, put: &PUT_PLACE };

/// All of them.
pub(super) const COLUMNS: [&Column; 20] = [
    &ORGANISATION,
    &CONTACT,
    &COVER_LINK,
    &ANSWER_TEXT,
    &RATING_SENTENCE,
    &OPINION_SENTENCE,
    &LETTER,
    &MESSAGE,
    &PERSON_NAME,
    &MIND,
    &DESK,
    &ROUND_NAME,
    &CONTROLLER,
    &PRIVACY_CONTACT,
    &PLANS,
    &NEWS_ABOUT,
    &NEWS_TEXT,
    &LETTER_NAME,
    &MEETING_TITLE,
    &MEETING_PLACE,
];

impl Column {
    /// A place in this column: the row by its key, as far as texts are bound to it.
    pub fn at<'a>(&self, row: &'a [&'a str]) -> At<'a> {
        At { column: self.name, row }
    }
}

const ORGANISATIONS: Sql = Sql {
    question: "organisations, to seal",
    text: "SELECT id, '' AS k2, '' AS k3, '' AS k4, organisation AS text FROM tandem
        WHERE id > $1 ORDER BY id LIMIT $2",
};

const PUT_ORGANISATION: Sql = Sql {
    question: "an organisation, sealed anew",
    text: "UPDATE tandem SET organisation = $1 WHERE organisation = $2 AND id = $3",
};

const CONTACTS: Sql = Sql {
    question: "contacts, to seal",
    text: "SELECT id, '' AS k2, '' AS k3, '' AS k4, contact AS text FROM tandem WHERE id > $1 ORDER BY id LIMIT $2",
};

const PUT_CONTACT: Sql =
    Sql { question: "a contact, sealed anew", text: "UPDATE tandem SET contact = $1 WHERE contact = $2 AND id = $3" };

const LINKS: Sql = Sql {
    question: "addresses for hand-overs, to seal",
    text: "SELECT id, '' AS k2, '' AS k3, '' AS k4, link AS text FROM cover WHERE id > $1 ORDER BY id LIMIT $2",
};

const PUT_LINK: Sql = Sql {
    question: "an address for a hand-over, sealed anew",
    text: "UPDATE cover SET link = $1 WHERE link = $2 AND id = $3",
};

const ANSWERS: Sql = Sql {
    question: "written answers, to seal",
    text: "SELECT person_id, round_id, module, step, text FROM answer
        WHERE (person_id, round_id, module, step) > ($1, $2, $3, $4)
        ORDER BY person_id, round_id, module, step LIMIT $5",
};

const PUT_ANSWER: Sql = Sql {
    question: "a written answer, sealed anew",
    text: "UPDATE answer SET text = $1 WHERE text = $2
        AND person_id = $3 AND round_id = $4 AND module = $5 AND step = $6",
};

const SENTENCES: Sql = Sql {
    question: "sentences of feedback, to seal",
    text: "SELECT person_id, round_id, module, question, sentence FROM rating
        WHERE (person_id, round_id, module, question) > ($1, $2, $3, $4)
        ORDER BY person_id, round_id, module, question LIMIT $5",
};

const PUT_SENTENCE: Sql = Sql {
    question: "a sentence of feedback, sealed anew",
    text: "UPDATE rating SET sentence = $1 WHERE sentence = $2
        AND person_id = $3 AND round_id = $4 AND module = $5 AND question = $6",
};

const OPINIONS: Sql = Sql {
    question: "published sentences of feedback, to seal",
    text: "SELECT id, '' AS k2, '' AS k3, '' AS k4, sentence AS text FROM opinion WHERE id > $1 ORDER BY id LIMIT $2",
};

const PUT_OPINION: Sql = Sql {
    question: "a published sentence of feedback, sealed anew",
    text: "UPDATE opinion SET sentence = $1 WHERE sentence = $2 AND id = $3",
};

const LETTERS: Sql = Sql {
    question: "what people wrote to trainers, to seal",
    text: "SELECT id, '' AS k2, '' AS k3, '' AS k4, text FROM letter WHERE id > $1 ORDER BY id LIMIT $2",
};

const PUT_LETTER: Sql = Sql {
    question: "what somebody wrote to trainers, sealed anew",
    text: "UPDATE letter SET text = $1 WHERE text = $2 AND id = $3",
};

/// Of what was sent the words are gone.
const MESSAGES: Sql = Sql {
    question: "the words of messages, to seal",
    text: "SELECT person_id, kind, occurrence, '' AS k4, message FROM outbox
        WHERE (person_id, kind, occurrence) > ($1, $2, $3)
        ORDER BY person_id, kind, occurrence LIMIT $4",
};

const PUT_MESSAGE: Sql = Sql {
    question: "the words of a message, sealed anew",
    text: "UPDATE outbox SET message = $1 WHERE message = $2 AND person_id = $3 AND kind = $4 AND occurrence = $5",
};

const PEOPLE: Sql = Sql {
    question: "names of people, to seal",
    text: "SELECT id, '' AS k2, '' AS k3, '' AS k4, name AS sealed FROM person
        WHERE id > $1 ORDER BY id LIMIT $2",
};

const PUT_PERSON: Sql = Sql {
    question: "a name of a person, sealed anew",
    text: "UPDATE person SET name = $1 WHERE name = $2 AND id = $3",
};

const MINDS: Sql = Sql {
    question: "where people stand and what they are writing, to seal",
    text: "SELECT tandem_id, role, '' AS k3, '' AS k4, mind AS sealed FROM seat
        WHERE (tandem_id, role) > ($1, $2) ORDER BY tandem_id, role LIMIT $3",
};

const PUT_MIND: Sql = Sql {
    question: "where somebody stands, sealed anew",
    text: "UPDATE seat SET mind = $1 WHERE mind = $2 AND tandem_id = $3 AND role = $4",
};

const DESKS: Sql = Sql {
    question: "what trainers are writing, to seal",
    text: "SELECT person_id, '' AS k2, '' AS k3, '' AS k4, desk AS sealed FROM trainer
        WHERE person_id > $1 ORDER BY person_id LIMIT $2",
};

const PUT_DESK: Sql = Sql {
    question: "what a trainer is writing, sealed anew",
    text: "UPDATE trainer SET desk = $1 WHERE desk = $2 AND person_id = $3",
};

const ROUND_NAMES: Sql = Sql {
    question: "names of rounds, to seal",
    text: "SELECT id, '' AS k2, '' AS k3, '' AS k4, name AS sealed FROM round
        WHERE id > $1 ORDER BY id LIMIT $2",
};

const PUT_ROUND_NAME: Sql =
    Sql { question: "a name of a round, sealed anew", text: "UPDATE round SET name = $1 WHERE name = $2 AND id = $3" };

const CONTROLLERS: Sql = Sql {
    question: "who is responsible for rounds, to seal",
    text: "SELECT id, '' AS k2, '' AS k3, '' AS k4, controller AS sealed FROM round
        WHERE id > $1 ORDER BY id LIMIT $2",
};

const PUT_CONTROLLER: Sql = Sql {
    question: "who is responsible for a round, sealed anew",
    text: "UPDATE round SET controller = $1 WHERE controller = $2 AND id = $3",
};

const PRIVACY_CONTACTS: Sql = Sql {
    question: "whom to ask about data in rounds, to seal",
    text: "SELECT id, '' AS k2, '' AS k3, '' AS k4, privacy_contact AS sealed FROM round
        WHERE id > $1 ORDER BY id LIMIT $2",
};

const PUT_PRIVACY_CONTACT: Sql = Sql {
    question: "whom to ask about data in a round, sealed anew",
    text: "UPDATE round SET privacy_contact = $1 WHERE privacy_contact = $2 AND id = $3",
};

const ROUND_PLANS: Sql = Sql {
    question: "plans of rounds, to seal",
    text: "SELECT id, '' AS k2, '' AS k3, '' AS k4, plans AS sealed FROM round
        WHERE id > $1 ORDER BY id LIMIT $2",
};

const PUT_PLANS: Sql =
    Sql { question: "plans of a round, sealed anew", text: "UPDATE round SET plans = $1 WHERE plans = $2 AND id = $3" };

const ABOUTS: Sql = Sql {
    question: "what news are about, to seal",
    text: "SELECT id, '' AS k2, '' AS k3, '' AS k4, about AS sealed FROM news
        WHERE id > $1 ORDER BY id LIMIT $2",
};

const PUT_ABOUT: Sql = Sql {
    question: "what news are about, sealed anew",
    text: "UPDATE news SET about = $1 WHERE about = $2 AND id = $3",
};

const NEWS_TEXTS: Sql = Sql {
    question: "what rounds are told, to seal",
    text: "SELECT id, '' AS k2, '' AS k3, '' AS k4, text AS sealed FROM news
        WHERE id > $1 ORDER BY id LIMIT $2",
};

const PUT_NEWS_TEXT: Sql = Sql {
    question: "what a round is told, sealed anew",
    text: "UPDATE news SET text = $1 WHERE text = $2 AND id = $3",
};

const LETTER_NAMES: Sql = Sql {
    question: "names below letters, to seal",
    text: "SELECT id, '' AS k2, '' AS k3, '' AS k4, name AS sealed FROM letter
        WHERE id > $1 ORDER BY id LIMIT $2",
};

const PUT_LETTER_NAME: Sql = Sql {
    question: "a name below a letter, sealed anew",
    text: "UPDATE letter SET name = $1 WHERE name = $2 AND id = $3",
};

const TITLES: Sql = Sql {
    question: "titles of meetings, to seal",
    text: "SELECT id, '' AS k2, '' AS k3, '' AS k4, title AS sealed FROM meeting
        WHERE id > $1 ORDER BY id LIMIT $2",
};

const PUT_TITLE: Sql = Sql {
    question: "a title of a meeting, sealed anew",
    text: "UPDATE meeting SET title = $1 WHERE title = $2 AND id = $3",
};

const PLACES: Sql = Sql {
    question: "places of meetings, to seal",
    text: "SELECT id, '' AS k2, '' AS k3, '' AS k4, place AS sealed FROM meeting
        WHERE id > $1 ORDER BY id LIMIT $2",
};

const PUT_PLACE: Sql = Sql {
    question: "a place of a meeting, sealed anew",
    text: "UPDATE meeting SET place = $1 WHERE place = $2 AND id = $3",
};
