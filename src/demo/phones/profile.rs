//! What a bot says about itself: commands, descriptions, name, menu button, each by language and audience.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::calls::{Answer, Call};
use super::refused::Refused;
use super::state::{Chat, ChatKind};

/// Commands of one list (Bot API, `setMyCommands`).
const COMMAND_LIMIT: usize = 100;
const COMMAND_NAME_LIMIT: usize = 32;
const COMMAND_DESCRIPTION_LIMIT: usize = 256;
/// Characters of the profile's texts (Bot API, `setMyDescription`, `setMyShortDescription`, `setMyName`).
const DESCRIPTION_LIMIT: usize = 512;
const SHORT_LIMIT: usize = 120;
const NAME_LIMIT: usize = 64;

/// One command of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    pub name: String,
    pub description: String,
}

impl Command {
    pub fn to_json(&self) -> Value {
        json!({"command": self.name, "description": self.description})
    }
}

/// Whom a list of commands is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Scope {
    Default,
    AllPrivate,
    AllGroups,
    AllAdministrators,
    Chat(i64),
    Administrators(i64),
    Member(i64, i64),
}

/// The texts of a profile, each with its own limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum About {
    Description,
    Short,
    Name,
}

impl About {
    /// The field's name, its limit, and the refusal's words.
    fn rule(self) -> (&'static str, usize, &'static str) {
        match self {
            About::Description => ("description", DESCRIPTION_LIMIT, "bot description is too long"),
            About::Short => ("short_description", SHORT_LIMIT, "bot short description is too long"),
            About::Name => ("name", NAME_LIMIT, "bot name is too long"),
        }
    }
}

/// One bot's profile.
#[derive(Debug, Default)]
pub struct Profile {
    commands: HashMap<(Scope, String), Vec<Command>>,
    about: HashMap<(About, String), String>,
    menu_buttons: HashMap<Option<i64>, Value>,
}

impl Profile {
    pub(super) fn display_name<'a>(&'a self, otherwise: &'a str) -> &'a str {
        self.about.get(&(About::Name, String::new())).map_or(otherwise, String::as_str)
    }

    /// The menu a person sees in a chat: the narrowest list, their language before the general one.
    pub(super) fn menu(&self, chat: &Chat, language: &str) -> &[Command] {
        let all = match chat.kind {
            ChatKind::Private => Scope::AllPrivate,
            ChatKind::Group { .. } => Scope::AllGroups,
        };
        let lists = [Scope::Chat(chat.id), all, Scope::Default];
        let found = lists.into_iter().flat_map(|s| [(s, language.to_owned()), (s, String::new())]);
        let mut found = found.filter_map(|key| self.commands.get(&key));
        found.next().map_or(&[], Vec::as_slice)
    }

    /// What an empty chat shows about the bot, in a language.
    pub(super) fn text(&self, about: About, language: &str) -> &str {
        let own = self.about.get(&(about, language.to_owned()));
        own.or_else(|| self.about.get(&(about, String::new()))).map_or("", String::as_str)
    }
}

impl Call<'_> {
    pub(super) fn get_me(&self) -> Answer {
        let mut me = self.bot.user_json();
        for (field, value) in [
            ("can_join_groups", true),
            ("can_read_all_group_messages", false),
            ("supports_guest_queries", false),
            ("supports_inline_queries", false),
            ("can_connect_to_business", false),
            ("has_main_web_app", false),
            ("has_topics_enabled", false),
            ("allows_users_to_create_topics", false),
            ("can_manage_bots", false),
            ("supports_join_request_queries", false),
        ] {
            me[field] = value.into();
        }
        Ok(me)
    }

    pub(super) fn set_commands(&mut self) -> Answer {
        let key = (self.scope()?, self.language()?);
        let list = self.params.json("commands")?;
        let Some(Value::Array(items)) = list.as_deref() else {
            return Err(Refused::bad("can't parse BotCommands: expected an Array of BotCommand"));
        };
        if items.len() > COMMAND_LIMIT {
            return Err(Refused::bad("BOT_COMMANDS_TOO_MUCH"));
        }
        let commands = items.iter().map(read_command).collect::<Result<Vec<_>, _>>()?;
        if commands.is_empty() {
            self.bot.profile.commands.remove(&key);
        } else {
            self.bot.profile.commands.insert(key, commands);
        }
        Ok(true.into())
    }

    pub(super) fn get_commands(&mut self) -> Answer {
        let key = (self.scope()?, self.language()?);
        let commands = self.bot.profile.commands.get(&key).map_or(&[][..], Vec::as_slice);
        Ok(commands.iter().map(Command::to_json).collect())
    }

    pub(super) fn delete_commands(&mut self) -> Answer {
        let key = (self.scope()?, self.language()?);
        self.bot.profile.commands.remove(&key);
        Ok(true.into())
    }

    pub(super) fn set_about(&mut self, about: About) -> Answer {
        let (field, limit, too_long) = about.rule();
        let language = self.language()?;
        let text = self.params.text(field).unwrap_or_default().trim().to_owned();
        if text.chars().count() > limit {
            return Err(Refused::bad(too_long));
        }
        if text.is_empty() {
            self.bot.profile.about.remove(&(about, language));
        } else {
            self.bot.profile.about.insert((about, language), text);
        }
        Ok(true.into())
    }

    pub(super) fn get_about(&mut self, about: About) -> Answer {
        let language = self.language()?;
        let mut text = self.bot.profile.text(about, &language);
        if about == About::Name && text.is_empty() {
            text = &self.bot.username;
        }
        Ok(json!({about.rule().0: text}))
    }

    pub(super) fn set_menu_button(&mut self) -> Answer {
        let chat = self.params.int("chat_id");
        if let Some(id) = chat {
            self.known_chat(id)?;
        }
        let button = self.params.json("menu_button")?.map_or_else(|| json!({"type": "default"}), |b| b.into_owned());
        match button.get("type").and_then(Value::as_str) {
            Some("commands" | "default" | "web_app") => {}
            _ => return Err(Refused::bad("can't parse menu button: unsupported type")),
        }
        self.bot.profile.menu_buttons.insert(chat, button);
        Ok(true.into())
    }

    pub(super) fn get_menu_button(&mut self) -> Answer {
        let buttons = &self.bot.profile.menu_buttons;
        let button = buttons.get(&self.params.int("chat_id")).or_else(|| buttons.get(&None));
        Ok(button.cloned().unwrap_or_else(|| json!({"type": "commands"})))
    }

    fn language(&self) -> Result<String, Refused> {
        let language = self.params.text("language_code").unwrap_or_default().into_owned();
        let valid = language.is_empty() || (language.len() == 2 && language.bytes().all(|b| b.is_ascii_lowercase()));
        if valid { Ok(language) } else { Err(Refused::bad("invalid language code specified")) }
    }

    fn scope(&self) -> Result<Scope, Refused> {
        let Some(scope) = self.params.json("scope")? else { return Ok(Scope::Default) };
        let number = |field: &str| {
            let id = scope.get(field).and_then(super::text::as_int);
            id.ok_or_else(|| Refused::bad(format!("can't parse BotCommandScope: can't find field \"{field}\"")))
        };
        let chat = || {
            let id = number("chat_id")?;
            self.known_chat(id)?;
            Ok::<_, Refused>(id)
        };
        Ok(match scope.get("type").and_then(Value::as_str) {
            Some("default") => Scope::Default,
            Some("all_private_chats") => Scope::AllPrivate,
            Some("all_group_chats") => Scope::AllGroups,
            Some("all_chat_administrators") => Scope::AllAdministrators,
            Some("chat") => Scope::Chat(chat()?),
            Some("chat_administrators") => Scope::Administrators(chat()?),
            Some("chat_member") => Scope::Member(chat()?, number("user_id")?),
            _ => return Err(Refused::bad("can't parse BotCommandScope: unsupported type specified")),
        })
    }
}

fn read_command(item: &Value) -> Result<Command, Refused> {
    let field = |name: &str| {
        let text = item.get(name).and_then(Value::as_str);
        text.ok_or_else(|| Refused::bad(format!("can't parse BotCommand: can't find field \"{name}\"")))
    };
    let name = field("command")?;
    let name = name.strip_prefix('/').unwrap_or(name);
    let description = field("description")?.trim();
    let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if name.is_empty() || name.len() > COMMAND_NAME_LIMIT || !plain {
        return Err(Refused::bad("BOT_COMMAND_INVALID"));
    }
    if description.is_empty() || description.chars().count() > COMMAND_DESCRIPTION_LIMIT {
        return Err(Refused::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
    }
    Ok(Command { name: name.to_owned(), description: description.to_owned() })
}
