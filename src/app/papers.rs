//! Papers to take along: the link in the chat, and what it gives once.
//!
//! Owns: how long a link lasts, who gets what by it, and the names of files. The secret stands in no table and in no
//! message that is kept. Does not know pages (`web::papers`) nor how a paper is written (`paper`).

use chrono::TimeDelta;

use super::batch::{Actor, Batch};
use super::licence::sheet::Sheet;
use super::paper::{Document, Format, NotWritten};
use super::{App, AppError, Result, concept, mydata};
use crate::domain::calendar::local_date;
use crate::domain::ids::{PersonId, TandemId};
use crate::domain::lang::Lang;
use crate::domain::licence::card::Card;
use crate::domain::message::{Line, say};
use crate::domain::paper::{self, Paper};
use crate::domain::tandem::Tandem;
use crate::store::{Download, Tx, hash};

/// Where links to papers lead, below the public address; behind it comes the secret.
pub const PATH: &str = "/papers/";

/// Long enough to go from the chat to a browser, as for the dashboard.
const LINK_LASTS: TimeDelta = TimeDelta::minutes(15);

/// A file, as a browser gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Letters, digits, `-` and `.` alone.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    pub bytes: Vec<u8>,
}

/// In which form somebody takes a paper along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Pdf,
    Docx,
    Markdown,
    Zip,
}

/// All that is needed to write a paper, without the database.
enum Content {
    Document(Document),
    Data(mydata::Everything),
    Sheet(Sheet),
}

impl Form {
    /// What there is of a paper, the usual one first.
    pub fn of(paper: Paper) -> &'static [Form] {
        match paper {
            Paper::Concept => &[Form::Pdf, Form::Docx, Form::Markdown],
            Paper::Data => &[Form::Zip],
            Paper::Licence => &[Form::Pdf],
        }
    }

    /// The ending of its files, which is also its name in forms.
    pub fn ending(self) -> &'static str {
        match self {
            Form::Pdf => "pdf",
            Form::Docx => "docx",
            Form::Markdown => "md",
            Form::Zip => "zip",
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Form::Pdf => "application/pdf",
            Form::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Form::Markdown => "text/markdown; charset=utf-8",
            Form::Zip => "application/zip",
        }
    }
}

/// Gives somebody a link; the one before to the same paper is worth nothing any more.
pub async fn offer(
    batch: &mut Batch<'_>,
    actor: &Actor,
    paper: Paper,
    secret: &str,
    tandem: Option<&TandemId>,
) -> Result<()> {
    let Some(person) = actor.person.clone() else { return Ok(()) };
    let Some(public) = &batch.app.public_url else {
        batch.toast(actor, Some(&say("stale")));
        return Ok(());
    };
    let link = format!("{}{PATH}{secret}", public.as_str().trim_end_matches('/'));
    let tandem = tandem.filter(|_| paper != Paper::Data).cloned();
    let download = Download { person: person.clone(), paper, tandem };
    batch.tx.keep_download(&download, &hash(secret), batch.now + LINK_LASTS).await?;
    // What the button stands under is still to be read: the link is a message of its own.
    batch.unwritten(&Actor { pressed: None, ..actor.clone() }, Some(person), paper::link(&link));
    Ok(())
}

/// What a link would give. Looking does not use it up: chat programs look, too.
///
/// # Errors
/// When the database cannot be used.
pub async fn opens(app: &App, link: &str) -> Result<Option<Paper>> {
    let mut tx = app.db.read().await?;
    Ok(tx.find_download(link, app.clock.now()).await?.map(|download| download.paper))
}

/// Uses a link up and gives what it is for. The paper is written first: whoever meets an error may try again.
///
/// # Errors
/// When the database cannot be used, or the paper cannot be written.
pub async fn take(app: &App, link: &str, form: &str) -> Result<Option<File>> {
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let Some(download) = tx.find_download(link, now).await? else { return Ok(None) };
    let Some(form) = Form::of(download.paper).iter().copied().find(|known| known.ending() == form) else {
        return Ok(None);
    };
    let Some(person) = tx.people(std::slice::from_ref(&download.person)).await?.pop() else { return Ok(None) };
    let content = content(app, &mut tx, &download, &person.lang).await?;
    tx.rollback().await?;
    let Some(content) = content else { return Ok(None) };
    let name = app.words().plain(&person.lang, &name(download.paper));
    let name = format!("{name}-{}.{}", local_date(now, person.zone), form.ending());
    let bytes = write(content, form).await?;
    let mut tx = app.db.begin().await?;
    if !tx.use_download(link, now).await? {
        return Ok(None);
    }
    tx.commit().await?;
    Ok(Some(File { name, kind: form.kind(), bytes }))
}

fn name(paper: Paper) -> Line {
    match paper {
        Paper::Concept => say("file-concept"),
        Paper::Data => say("file-data"),
        Paper::Licence => say("file-licence"),
    }
}

async fn content(app: &App, tx: &mut Tx, download: &Download, lang: &Lang) -> Result<Option<Content>> {
    Ok(match download.paper {
        Paper::Data => Some(Content::Data(mydata::everything(app, tx, &download.person, lang).await?)),
        Paper::Concept => match seated(app, tx, download).await? {
            Some(tandem) => concept::document(app, tx, &tandem, lang).await?.map(Content::Document),
            None => None,
        },
        Paper::Licence => match seated(app, tx, download).await? {
            Some(tandem) => {
                let card = tandem.role_of(&download.person).and_then(|role| Card::of(&tandem, role));
                let sheet = card.map(|card| Sheet::of(app, lang, &card)).transpose();
                sheet.map_err(|error| unwritten(&error.into()))?.map(Content::Sheet)
            }
            None => None,
        },
    })
}

/// The tandem that the paper is about, while the person sits in it.
async fn seated(app: &App, tx: &mut Tx, download: &Download) -> Result<Option<Tandem>> {
    let Some(id) = &download.tandem else { return Ok(None) };
    let today = local_date(app.clock.now(), super::HOME_ZONE);
    let found = tx.tandems(std::slice::from_ref(id), today, today).await?.pop();
    Ok(found.filter(|tandem| is_seated(tandem, &download.person)))
}

fn is_seated(tandem: &Tandem, person: &PersonId) -> bool {
    tandem.role_of(person).is_some()
}

/// Writes beside the loops: pages take some hundredths of a second.
async fn write(content: Content, form: Form) -> Result<Vec<u8>> {
    let written = tokio::task::spawn_blocking(move || match (content, form) {
        (Content::Document(paper), Form::Pdf | Form::Zip) => paper.write(Format::Pdf),
        (Content::Document(paper), Form::Docx) => paper.write(Format::Docx),
        (Content::Document(paper), Form::Markdown) => paper.write(Format::Markdown),
        (Content::Data(everything), _) => everything.zip(),
        (Content::Sheet(sheet), _) => sheet.pdf(),
    });
    written.await.map_err(|_| AppError::Panicked)?.map_err(|error| unwritten(&error))
}

fn unwritten(error: &NotWritten) -> AppError {
    AppError::Refused(format!("a paper cannot be written: {error}"))
}
