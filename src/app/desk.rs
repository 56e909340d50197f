//! A trainer's deeds: which of them concern the desk, loading it, keeping what changed.

use super::batch::{Actor, Batch};
use super::texts::Texts;
use super::{HOME_ZONE, Result, digest};
use crate::domain::event::Deed;
use crate::domain::ids::PersonId;
use crate::domain::lang::Lang;
use crate::domain::notice::Notice;
use crate::domain::programme::Programme;
use crate::domain::tap::Tap;
use crate::domain::trainer::{Desk, DeskContext, step};

/// Whether the deed of somebody who both trains and learns is meant for the desk.
pub async fn concerns(batch: &mut Batch<'_>, person: &PersonId, deed: &Deed) -> Result<bool> {
    Ok(match deed {
        Deed::Tapped(Tap::Trainer(_) | Tap::Notice { notice: Notice::Trainer, .. }) => true,
        Deed::Commanded(command) if command.for_trainers() => true,
        Deed::Wrote(_) => {
            load(batch, person).await?;
            batch.desks.get(person).is_some_and(|trainer| trainer.desk != Desk::Clear)
        }
        _ => false,
    })
}

/// Lets a trainer's deed happen.
pub async fn did(batch: &mut Batch<'_>, actor: &Actor, person: &PersonId, deed: Deed) -> Result<()> {
    load(batch, person).await?;
    let Some(trainer) = batch.desks.remove(person) else { return Ok(()) };
    let before = (trainer.desk.clone(), trainer.person.clone());
    let digest_before = trainer.digest;
    let texts = batch.texts.clone();
    let programmes = programmes(&texts, &trainer.person.lang);
    let courses: Vec<&Programme> = texts.library.programmes.iter().map(|text| &text.programme).collect();
    let cx = DeskContext {
        now: batch.now,
        programmes: &programmes,
        courses: &courses,
        languages: texts.words.languages(),
        zone: HOME_ZONE,
    };
    let (trainer, effects) = step(trainer, deed, &cx, &mut batch.app.ids.clone());
    if trainer.desk != before.0 {
        batch.tx.keep_desk(person, &trainer.desk).await?;
    }
    if trainer.digest != digest_before {
        batch.tx.keep_digest(person, &trainer.digest).await?;
        digest::plan(batch, &trainer).await?;
    }
    if trainer.person != before.1 {
        batch.tx.keep_people(&[&trainer.person], batch.now).await?;
        if let Some((_, lang)) = batch.chats.get_mut(person) {
            *lang = trainer.person.lang.clone();
            batch.ready.menus.push((actor.chat, trainer.person.lang.clone()));
        }
    }
    // Rounds may change by what follows, so the desk is loaded anew for the next deed.
    batch.apply(effects, actor, None, None).await
}

/// Programmes to choose from: id, and title in this language.
pub fn programmes(texts: &Texts, lang: &Lang) -> Vec<(String, String)> {
    let titled = |id: String| (id.clone(), texts.library.programme_title(&id, lang));
    texts.library.ids().into_iter().map(titled).collect()
}

async fn load(batch: &mut Batch<'_>, person: &PersonId) -> Result<()> {
    if !batch.desks.contains_key(person)
        && let Some(trainer) = batch.tx.trainers(std::slice::from_ref(person)).await?.pop()
    {
        batch.desks.insert(person.clone(), trainer);
    }
    Ok(())
}
