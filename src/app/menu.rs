//! What the chat's menu offers, and how the bot describes itself there, in every language.
//!
//! Scopes are a convenience, not a right: what a command may do is decided where it is handled.

use super::App;
use crate::domain::event::Command;
use crate::domain::lang::Lang;
use crate::telegram::port::{ChatId, MenuCommand, MenuScope, Refusal};

/// What a trainer who takes part in no round can use.
const AT_THE_DESK: [Command; 10] = [
    Command::Rounds,
    Command::Report,
    Command::Dashboard,
    Command::Announce,
    Command::Preview,
    Command::Settings,
    Command::Privacy,
    Command::MyData,
    Command::Delete,
    Command::Help,
];

/// Tells the server the bot's commands and descriptions, in every language. Not worth stopping for.
///
/// # Errors
/// The first refusal.
pub async fn introduce(app: &App) -> std::result::Result<(), Refusal> {
    let words = app.words();
    for lang in std::iter::once(None).chain(words.languages().iter().map(Some)) {
        let code = lang.map(Lang::code);
        // Without a language of ours a person gets English, if there is any.
        let english = Lang::from("en");
        let spoken = lang.unwrap_or(&english);
        let everybody = |command: Command| !command.for_trainers();
        let commands = menu(app, spoken, code == Some("de"), everybody);
        app.telegram.set_menu(MenuScope::AllPrivateChats, code, &commands).await?;
        let text = |key: &str| words.get(spoken, key).unwrap_or_default();
        app.telegram.set_profile(code, &text("profile-description"), &text("profile-short")).await?;
    }
    Ok(())
}

/// Gives a trainer's chat a trainer's menu.
///
/// # Errors
/// The refusal.
pub async fn of_trainer(app: &App, chat: ChatId, lang: &Lang) -> std::result::Result<(), Refusal> {
    let commands = menu(app, lang, lang.code() == "de", |command| AT_THE_DESK.contains(&command));
    app.telegram.set_menu(MenuScope::Chat(chat), None, &commands).await
}

/// These commands, with German names where German is read.
fn menu(app: &App, lang: &Lang, german: bool, wanted: impl Fn(Command) -> bool) -> Vec<MenuCommand> {
    Command::NAMES
        .iter()
        .filter(|(_, command)| wanted(*command))
        .map(|(name, command)| {
            let alias = Command::GERMAN.iter().find(|(_, known)| known == command).map(|(alias, _)| *alias);
            let shown = alias.filter(|_| german).unwrap_or(name);
            let description = app.words().get(lang, &format!("command-{name}")).unwrap_or_else(|| (*name).to_owned());
            MenuCommand { name: shown.to_owned(), description }
        })
        .collect()
}
