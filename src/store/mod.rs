//! The only place with SQL: what is kept, in SQLite or PostgreSQL, by one text for both.
//!
//! Owns: the tables, how state is read and written, and what of it may ever be read for whom (`publish`, `report`).
//! Does not know why anything is written, nor a chat program beyond the number a message goes to.
//!
//! - Everything goes through a [`Tx`]: [`Db::begin`] to write, [`Db::read`] to look.
//! - Each statement is a [`Sql`] constant beside the row it answers with; `statements` lists them all.
//! - Work is done in sets: as many rows as there are, in as few statements as there are kinds of rows.

mod audit;
mod backup;
mod codec;
mod cohort;
mod db;
mod downloads;
mod due;
mod elect;
mod erased;
mod export;
mod facts;
mod feeds;
mod help;
mod inbox;
mod ledger;
mod left;
mod letters;
mod licences;
mod links;
mod look;
mod meetings;
mod news;
mod old;
mod outbox;
mod people;
mod privacy;
mod publish;
mod recall;
mod rekey;
mod report;
mod restore;
mod retention;
mod rounds;
mod said;
mod sample;
mod save;
mod sealed;
mod seats;
mod sessions;
mod sets;
mod settle;
mod sql;
mod tandems;
mod trainers;
mod trouble;
mod vault;
mod waiting;

pub use audit::{Action, Noted, Who};
pub use backup::{BackupError, Copy, backup};
pub use db::{Db, StoreError, Tx, migrator};
pub use downloads::Download;
pub use due::{DIGEST, HOUSE, NowDue};
pub use elect::{Bell, Candidate, Guard};
pub use erased::{ERASED_DAYS, Gone, read_list};
pub use export::{Cell, EXPORTED, Export, NOT_EXPORTED, Record};
pub use facts::Given;
pub use feeds::{Feed, Revision, Said};
pub use ledger::Made;
pub use licences::Asking;
pub use links::{HOUSE_LINK, Link, LinkState, Purpose, hash};
pub use look::{Look, file_of, look};
pub use outbox::{Claimed, NewOwed, NextOwed, Whose};
pub use people::Known;
pub use privacy::Mine;
pub use restore::{RestoreError, Unpacked, Voided, gone_in, unpack};
pub use retention::{Keep, RETENTION};
pub use said::{DELETABLE, Spoken, Unsaid, Unsay};
pub use sample::Synthetic;
pub use settle::Replaced;
pub use sql::{Sql, statements};
pub use vault::{KEY_BYTES, NONCE_BYTES, Nonces, Vault};

/// What every call here answers with.
pub type Result<T> = std::result::Result<T, StoreError>;
