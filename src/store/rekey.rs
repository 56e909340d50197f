//! Which columns hold what people wrote, and sealing them anew with another key.
//!
//! Owns: the list of sealed columns, which keys the database needs, and going through all rows piece by piece. Does not know
//! how a text is sealed (`vault`).

use chrono::{DateTime, Utc};

use super::sets::{Arg, args};
use super::sql::Sql;
use super::vault::At;
use super::{Db, Result, StoreError, Tx};

pub(super) const ALL: &[&Sql] = &[
    &KEYS,
    &KEEP_KEY,
    &DROP_OTHER_KEYS,
    &DROP_KEYS,
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
];

/// Rows that are sealed anew within one transaction: few enough that nobody waits for it.
const PIECE: i64 = 200;

/// A column with what people wrote.
pub(super) struct Column {
    name: &'static str,
    /// How many columns name a row.
    keys: usize,
    /// How many of these a text is not bound to: sentences are published without their person.
    unbound: usize,
    page: &'static Sql,
    put: &'static Sql,
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

/// All of them.
const COLUMNS: [&Column; 8] =
    [&ORGANISATION, &CONTACT, &COVER_LINK, &ANSWER_TEXT, &RATING_SENTENCE, &OPINION_SENTENCE, &LETTER, &MESSAGE];

const KEYS: Sql = Sql { question: "which keys have sealed texts", text: "SELECT name FROM data_key ORDER BY name" };

const KEEP_KEY: Sql = Sql {
    question: "that a key seals texts",
    text: "INSERT INTO data_key (name, since) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
};

const DROP_OTHER_KEYS: Sql =
    Sql { question: "keys that seal nothing any more, to forget", text: "DELETE FROM data_key WHERE name <> $1" };

const DROP_KEYS: Sql = Sql { question: "keys, to forget when nothing is sealed", text: "DELETE FROM data_key" };

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

/// A text and the row it stands in.
type Text = (String, String, String, String, Option<String>);

impl Column {
    /// A place in this column: the row by its key, as far as texts are bound to it.
    pub fn at<'a>(&self, row: &'a [&'a str]) -> At<'a> {
        At { column: self.name, row }
    }
}

impl Db {
    /// Whether all keys are there that texts in the database are sealed with. From then on the database remembers the key
    /// that seals.
    ///
    /// # Errors
    /// [`StoreError::NoKey`] with the name of the key that is missing.
    pub async fn check_keys(&self, now: DateTime<Utc>) -> Result<()> {
        let needed = self.read().await?.keys().await?;
        if let Some(key) = needed.iter().find(|name| !self.vault().has(name)) {
            return Err(StoreError::NoKey { key: key.clone() });
        }
        if let Some(name) = self.vault().current_name().filter(|name| !needed.iter().any(|known| known == name)) {
            let mut tx = self.begin().await?;
            tx.run(&KEEP_KEY, args![name, now]).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Seals with the current key whatever is not, or, without one, opens what is sealed. Says how many texts that were.
    /// What was done stays done when it is killed: it goes on where it is started again.
    ///
    /// # Errors
    /// When the database cannot be written, or a key is missing: then what could be read was sealed anew and nothing is lost.
    pub async fn rekey(&self, now: DateTime<Utc>) -> Result<u64> {
        self.check_keys(now).await?;
        let mut all = 0;
        // Until nothing is found: somebody who still had the older key may have written behind the first pass.
        loop {
            let mut found = 0;
            for column in COLUMNS {
                found += self.rekey_column(column).await?;
            }
            all += found;
            if found == 0 {
                break;
            }
        }
        let mut tx = self.begin().await?;
        match self.vault().current_name() {
            Some(name) => tx.run(&DROP_OTHER_KEYS, args![name]).await?,
            None => tx.run(&DROP_KEYS, args![]).await?,
        };
        tx.commit().await?;
        Ok(all)
    }

    async fn rekey_column(&self, column: &Column) -> Result<u64> {
        let mut after = vec![String::new(); column.keys];
        let mut found = 0;
        loop {
            let mut tx = self.begin().await?;
            let page = tx.page(column, &after).await?;
            let Some(last) = page.last() else { return Ok(found) };
            let next = keys(column, last).into_iter().map(str::to_owned).collect();
            for text in &page {
                found += u64::from(tx.settle_text(column, text).await?);
            }
            tx.commit().await?;
            after = next;
        }
    }
}

impl Tx {
    /// The names of the keys with which texts are sealed.
    pub async fn keys(&mut self) -> Result<Vec<String>> {
        let rows: Vec<(String,)> = self.rows(&KEYS, args![]).await?;
        Ok(rows.into_iter().map(|(name,)| name).collect())
    }

    async fn page(&mut self, column: &Column, after: &[String]) -> Result<Vec<Text>> {
        let mut args: Vec<Arg> = after.iter().map(|key| Arg::from(key.as_str())).collect();
        args.push(Arg::from(PIECE));
        self.rows(column.page, args).await
    }

    /// Seals a text anew, unless it is as it should be. Whoever changed it meanwhile has sealed it themselves.
    async fn settle_text(&mut self, column: &Column, text: &Text) -> Result<bool> {
        let Some(stored) = text.4.as_deref().filter(|stored| !stored.is_empty()) else { return Ok(false) };
        if self.vault.is_settled(stored) {
            return Ok(false);
        }
        let row = keys(column, text);
        let at = column.at(&row[column.unbound..]);
        let plain = self.vault.open(at, stored)?;
        let mut args = args![self.vault.seal(at, &plain), stored].to_vec();
        args.extend(row.iter().map(|key| Arg::from(*key)));
        self.run(column.put, args).await?;
        Ok(true)
    }
}

fn keys<'a>(column: &Column, text: &'a Text) -> Vec<&'a str> {
    let all = [text.0.as_str(), text.1.as_str(), text.2.as_str(), text.3.as_str()];
    all.into_iter().take(column.keys).collect()
}
