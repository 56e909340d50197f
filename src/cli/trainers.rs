//! Trainers from the command line: inviting them, and taking an invitation back.
//!
//! Does not know how somebody becomes a trainer (`app::door`), nor how one leaves (`tandem erase`).

use chrono::TimeDelta;
use tandem::app::batch;
use tandem::config::Config;
use tandem::domain::ids::Ids;
use tandem::store::{Action, HOUSE_LINK, Link, Purpose, Who, hash};

use super::{rounds, setup};

/// Letters of a stored hash that tell one invitation from another. They say nothing about its secret.
const NUMBER: usize = 8;

/// `tandem trainer invite`.
pub async fn invite(config: &Config) -> anyhow::Result<()> {
    let app = setup::app(config).await?;
    setup::learn_name(&app, config).await;
    let secret = app.ids.clone().secret();
    let mut tx = app.db.begin().await?;
    let expires = app.clock.now() + TimeDelta::days(batch::LINK_DAYS);
    tx.issue(&hash(&secret), Purpose::Trainer, HOUSE_LINK, 1, expires).await?;
    tx.note(Who::Operator, Action::TrainerInvited, None, app.clock.now()).await?;
    tx.commit().await?;
    rounds::print_code(&app, &secret);
    Ok(())
}

/// `tandem trainer invitations`.
pub async fn invitations(config: &Config, json: bool) -> anyhow::Result<()> {
    let app = setup::app(config).await?;
    let open = app.db.read().await?.invitations(app.clock.now()).await?;
    if json {
        let list: Vec<_> = open
            .iter()
            .map(|link| serde_json::json!({"number": number(link), "expires": link.expires.to_rfc3339()}))
            .collect();
        println!("{}", serde_json::to_string_pretty(&list)?);
        return Ok(());
    }
    if open.is_empty() {
        println!("No invitation is open.");
    }
    for link in &open {
        println!("{}  ends {}", number(link), link.expires.date_naive());
    }
    Ok(())
}

/// `tandem trainer revoke NUMBER`.
pub async fn revoke(config: &Config, wanted: &str) -> anyhow::Result<()> {
    let app = setup::app(config).await?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let open = tx.invitations(now).await?;
    let Some(link) = open.iter().find(|link| number(link) == wanted) else {
        anyhow::bail!("no open invitation has the number {wanted}; see `tandem trainer invitations`");
    };
    if !tx.withdraw(&link.hash).await? {
        anyhow::bail!("the invitation {wanted} was used just now; whoever came in goes by `tandem erase`");
    }
    tx.note(Who::Operator, Action::InvitationWithdrawn, None, now).await?;
    tx.commit().await?;
    println!("The invitation {wanted} is withdrawn.");
    Ok(())
}

fn number(link: &Link) -> &str {
    link.hash.get(..NUMBER).unwrap_or(&link.hash)
}
