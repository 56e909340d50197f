//! Rounds from the command line.

use tandem::app::App;
use tandem::app::rounds::{self, NewRound};
use tandem::config::Config;
use tandem::domain::ids::RoundId;
use tandem::domain::report::RoundLine;

use super::{RoundCommand, setup};

/// `tandem round …`.
pub async fn round(config: &Config, command: RoundCommand) -> anyhow::Result<()> {
    let app = setup::app(config).await?;
    match command {
        RoundCommand::Create {
            programme,
            start,
            places,
            name,
            time_zone,
            controller,
            privacy_contact,
            land,
            trainer,
        } => {
            setup::learn_name(&app, config).await;
            let new = NewRound {
                programme,
                start,
                places,
                name,
                zone: time_zone,
                controller,
                privacy_contact,
                land,
                trainer,
            };
            let (id, secret) = rounds::create(&app, new).await?;
            println!("{id}");
            print_code(&app, &secret);
        }
        RoundCommand::Link { id } => {
            setup::learn_name(&app, config).await;
            let secret = rounds::link(&app, &RoundId(id)).await?;
            print_code(&app, &secret);
        }
        RoundCommand::Start { id } => {
            rounds::start_now(&app, &RoundId(id)).await?;
            println!("The round starts.");
        }
        RoundCommand::Release { id } => {
            let tandems = rounds::release(&app, &RoundId(id)).await?;
            println!("The next module is due now for the running ones of {tandems} tandems.");
        }
        RoundCommand::List { json } => {
            let lines = app.db.read().await?.round_lines().await?;
            if json {
                println!("{}", serde_json::to_string_pretty(&lines.iter().map(as_json).collect::<Vec<_>>())?);
            } else if lines.is_empty() {
                println!("There is no round yet; `tandem round create` makes one.");
            } else {
                lines.iter().for_each(print_line);
            }
        }
        RoundCommand::Show { id, json } => {
            let line = app.db.read().await?.round_line(&RoundId(id.clone())).await?;
            let Some(line) = line else { anyhow::bail!("no round has the id `{id}`") };
            if json {
                println!("{}", serde_json::to_string_pretty(&as_json(&line))?);
            } else {
                print_line(&line);
            }
        }
    }
    Ok(())
}

pub(super) fn print_code(app: &App, secret: &str) {
    println!("/start {secret}");
    if app.username.get().is_some() {
        println!("{}", app.join_link(secret));
    }
}

fn as_json(line: &RoundLine) -> serde_json::Value {
    serde_json::json!({
        "id": line.id,
        "name": line.name,
        "programme": line.programme,
        "start": line.start.to_string(),
        "state": line.state,
        "people": line.people,
        "tandems": line.tandems,
        "entries": line.entries,
        "delivered": line.delivered,
        "answers": line.answers,
    })
}

fn print_line(line: &RoundLine) {
    println!("{}  {}  ({}, {}, from {})", line.id, line.name, line.programme, line.state, line.start);
    println!(
        "    {} tandems, {} people, {} entries, {} lessons delivered, {} answers",
        line.tandems, line.people, line.entries, line.delivered, line.answers
    );
}
