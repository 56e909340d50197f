//! The settings, typed and checked. Every setting is an environment variable; all but secrets also a flag.
//!
//! Owns: reading, checking, and one clear line for what is wrong. A secret is never printed: its type
//! has no way to show itself.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use url::Url;

/// What is logged where nothing else is asked for.
pub const DEFAULT_LOG: &str = "info";

/// Flags that stand for environment variables of the same name. Secrets have no flags.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Settings")]
pub struct Flags {
    /// Root of a Bot API server [env: TANDEM_TELEGRAM_API_URL] [default: Telegram's]
    #[arg(long, alias = "tandem-telegram-api-url", value_name = "URL", global = true)]
    pub telegram_api_url: Option<String>,
    /// `telegram`, or `off` for a server of one's own without limits [env: TANDEM_SEND_LIMITS]
    #[arg(long, alias = "tandem-send-limits", value_name = "LIMITS", global = true)]
    pub send_limits: Option<String>,
    /// `sqlite://file` (created if missing) or `postgres://…` [env: TANDEM_DATABASE_URL] [default: sqlite://tandem.db]
    #[arg(long, alias = "tandem-database-url", value_name = "URL", global = true)]
    pub database_url: Option<String>,
    /// Folder with `lessons/` and `locales/` in place of the built-in ones [env: TANDEM_CONTENT_DIR]
    #[arg(long, alias = "tandem-content-dir", value_name = "DIR", global = true)]
    pub content_dir: Option<String>,
    /// Address for health checks and the webhook [env: TANDEM_LISTEN] [default: 127.0.0.1:8080]
    #[arg(long, alias = "tandem-listen", value_name = "ADDR", global = true)]
    pub listen: Option<String>,
    /// How people reach that address from outside [env: TANDEM_PUBLIC_URL]
    #[arg(long, alias = "tandem-public-url", value_name = "URL", global = true)]
    pub public_url: Option<String>,
    /// What is logged, e.g. `info` or `tandem=debug` [env: TANDEM_LOG]
    #[arg(long, alias = "tandem-log", value_name = "FILTER", global = true)]
    pub log: Option<String>,
    /// `text`, or `json` for machines [env: TANDEM_LOG_FORMAT]
    #[arg(long, alias = "tandem-log-format", value_name = "FORMAT", global = true)]
    pub log_format: Option<String>,
}

/// Names of the settings that hold keys.
pub const DATA_KEY: &str = "TANDEM_DATA_KEY";
const DATA_KEY_OLD: &str = "TANDEM_DATA_KEY_OLD";

/// A secret text. It can be used, and never be shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// A key, as `openssl rand -hex 32` prints one.
#[derive(Clone)]
pub struct DataKey(pub [u8; 32]);

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// All settings, checked.
#[derive(Clone, Debug)]
pub struct Config {
    pub token: Option<Secret>,
    pub api_url: Option<Url>,
    pub send_limits: Limits,
    pub database_url: String,
    pub content_dir: Option<PathBuf>,
    pub listen: SocketAddr,
    pub public_url: Option<Url>,
    pub webhook_secret: Option<Secret>,
    /// Seals what people wrote before it is stored.
    pub data_key: Option<DataKey>,
    /// Open what was sealed before.
    pub data_keys_old: Vec<DataKey>,
    pub log: String,
    pub log_format: LogFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    Telegram,
    Off,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

/// One setting that cannot be used, in one line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct Wrong {
    pub setting: &'static str,
    pub problem: String,
}

impl Config {
    /// Reads flags first, then the environment, then defaults.
    ///
    /// # Errors
    /// The first setting that cannot be used.
    pub fn read(flags: &Flags, env: impl Fn(&str) -> Option<String>) -> Result<Self, Wrong> {
        let text = |flag: &Option<String>, name: &str| {
            flag.clone().or_else(|| env(name)).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty())
        };
        let config = Self {
            token: secret("TANDEM_TELEGRAM_TOKEN", "TANDEM_TELEGRAM_TOKEN_FILE", &env)?.map(token).transpose()?,
            api_url: url("TANDEM_TELEGRAM_API_URL", text(&flags.telegram_api_url, "TANDEM_TELEGRAM_API_URL"))?,
            send_limits: limits(text(&flags.send_limits, "TANDEM_SEND_LIMITS"))?,
            database_url: database(match &flags.database_url {
                Some(flag) => Some(flag.trim().to_owned()).filter(|v| !v.is_empty()),
                // It may hold a password.
                None => secret("TANDEM_DATABASE_URL", "TANDEM_DATABASE_URL_FILE", &env)?.map(|secret| secret.0),
            })?,
            content_dir: folder(text(&flags.content_dir, "TANDEM_CONTENT_DIR"))?,
            listen: listen(text(&flags.listen, "TANDEM_LISTEN"))?,
            public_url: url("TANDEM_PUBLIC_URL", text(&flags.public_url, "TANDEM_PUBLIC_URL"))?,
            webhook_secret: secret("TANDEM_WEBHOOK_SECRET", "TANDEM_WEBHOOK_SECRET_FILE", &env)?
                .map(webhook_secret)
                .transpose()?,
            data_key: secret(DATA_KEY, "TANDEM_DATA_KEY_FILE", &env)?
                .map(|key| data_key(DATA_KEY, key.expose()))
                .transpose()?,
            data_keys_old: secret(DATA_KEY_OLD, "TANDEM_DATA_KEY_OLD_FILE", &env)?
                .map_or_else(String::new, |keys| keys.0)
                .split_whitespace()
                .map(|key| data_key(DATA_KEY_OLD, key))
                .collect::<Result<_, _>>()?,
            log: text(&flags.log, "TANDEM_LOG").unwrap_or_else(|| DEFAULT_LOG.to_owned()),
            log_format: log_format(text(&flags.log_format, "TANDEM_LOG_FORMAT"))?,
        };
        check_log(&config.log)?;
        config.check_public_url()?;
        Ok(config)
    }

    /// What Telegram would refuse later is refused now. A Bot API server of one's own may push by plain HTTP and to
    /// any port (Bot API, "Using a Local Bot API Server"), and so may any to this machine.
    fn check_public_url(&self) -> Result<(), Wrong> {
        const NAME: &str = "TANDEM_PUBLIC_URL";
        let Some(url) = &self.public_url else {
            return match self.webhook_secret {
                Some(_) => Err(wrong(NAME, "is needed with TANDEM_WEBHOOK_SECRET, or no update would find its way")),
                None => Ok(()),
            };
        };
        if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
            return Err(wrong(NAME, "must be an address without a user, `?` and `#`"));
        }
        if self.api_url.is_some() || is_this_machine(url) {
            return Ok(());
        }
        if url.scheme() != "https" {
            return Err(wrong(NAME, format!("`{url}` must begin with https://, or Telegram pushes nothing there")));
        }
        let port = url.port_or_known_default();
        if self.webhook_secret.is_some() && !matches!(port, Some(443 | 80 | 88 | 8443)) {
            return Err(wrong(NAME, format!("`{url}`: Telegram pushes to the ports 443, 80, 88 and 8443 only")));
        }
        Ok(())
    }

    /// The token, which only some commands need.
    ///
    /// # Errors
    /// Names the setting when there is none.
    pub fn needed_token(&self) -> Result<&Secret, Wrong> {
        self.token.as_ref().ok_or_else(|| {
            wrong("TANDEM_TELEGRAM_TOKEN", "is not set; BotFather gives a bot its token (see README.md)")
        })
    }
}

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself, for the one call that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

fn wrong(setting: &'static str, problem: impl Into<String>) -> Wrong {
    Wrong { setting, problem: problem.into() }
}

fn secret(
    name: &'static str,
    file: &'static str,
    env: &impl Fn(&str) -> Option<String>,
) -> Result<Option<Secret>, Wrong> {
    let set = |name: &str| env(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
    match (set(name), set(file)) {
        (Some(_), Some(_)) => Err(wrong(name, format!("is set twice, also as {file}"))),
        (Some(text), None) => Ok(Some(Secret(text))),
        (None, Some(path)) => std::fs::read_to_string(&path)
            .map(|text| Some(Secret(text.trim().to_owned())))
            .map_err(|error| wrong(file, format!("cannot read {path}: {error}"))),
        (None, None) => Ok(None),
    }
}

/// `digits:[A-Za-z0-9_-]+`, as BotFather writes it. The value is never repeated in the complaint.
fn token(secret: Secret) -> Result<Secret, Wrong> {
    let good = secret.0.split_once(':').is_some_and(|(id, key)| {
        !id.is_empty()
            && id.bytes().all(|b| b.is_ascii_digit())
            && !key.is_empty()
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    });
    if good {
        Ok(secret)
    } else {
        Err(wrong("TANDEM_TELEGRAM_TOKEN", "is not a bot token; it looks like 123456:letters, digits, _ and -"))
    }
}

/// 64 hexadecimal digits. The value is never repeated in the complaint.
fn data_key(name: &'static str, text: &str) -> Result<DataKey, Wrong> {
    let pair = |at: usize| text.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes: Option<Vec<u8>> = (0..32).map(|nth| pair(2 * nth)).collect();
    let digits = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match bytes.filter(|_| digits).and_then(|bytes| bytes.try_into().ok()) {
        Some(key) => Ok(DataKey(key)),
        None => Err(wrong(name, "must be 64 hexadecimal digits, such as `openssl rand -hex 32` prints")),
    }
}

/// 1–256 of `[A-Za-z0-9_-]`: Bot API, setWebhook.secret_token.
fn webhook_secret(secret: Secret) -> Result<Secret, Wrong> {
    let good = (16..=256).contains(&secret.0.len())
        && secret.0.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if good { Ok(secret) } else { Err(wrong("TANDEM_WEBHOOK_SECRET", "must be 16 to 256 letters, digits, _ or -")) }
}

fn url(setting: &'static str, text: Option<String>) -> Result<Option<Url>, Wrong> {
    let Some(text) = text else { return Ok(None) };
    match Url::parse(&text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.host().is_some() => Ok(Some(url)),
        _ => Err(wrong(setting, format!("`{text}` is not an http or https address"))),
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn limits(text: Option<String>) -> Result<Limits, Wrong> {
    match text.as_deref() {
        None | Some("telegram") => Ok(Limits::Telegram),
        Some("off") => Ok(Limits::Off),
        Some(other) => Err(wrong("TANDEM_SEND_LIMITS", format!("`{other}` is neither `telegram` nor `off`"))),
    }
}

fn database(text: Option<String>) -> Result<String, Wrong> {
    let text = text.unwrap_or_else(|| "sqlite://tandem.db".to_owned());
    let known = ["sqlite://", "postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
    // The address may hold a password: it is not repeated.
    if known { Ok(text) } else { Err(wrong("TANDEM_DATABASE_URL", "must begin with sqlite:// or postgres://")) }
}

fn folder(text: Option<String>) -> Result<Option<PathBuf>, Wrong> {
    let Some(path) = text.map(PathBuf::from) else { return Ok(None) };
    if has_content(&path) {
        Ok(Some(path))
    } else {
        Err(wrong("TANDEM_CONTENT_DIR", format!("{} has no folder lessons/ and no folder locales/", path.display())))
    }
}

fn has_content(path: &Path) -> bool {
    path.join("lessons").is_dir() || path.join("locales").is_dir()
}

fn listen(text: Option<String>) -> Result<SocketAddr, Wrong> {
    let text = text.unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    text.parse()
        .map_err(|_| wrong("TANDEM_LISTEN", format!("`{text}` is not an address and port, such as 127.0.0.1:8080")))
}

fn log_format(text: Option<String>) -> Result<LogFormat, Wrong> {
    match text.as_deref() {
        None | Some("text") => Ok(LogFormat::Text),
        Some("json") => Ok(LogFormat::Json),
        Some(other) => Err(wrong("TANDEM_LOG_FORMAT", format!("`{other}` is neither `text` nor `json`"))),
    }
}

fn check_log(filter: &str) -> Result<(), Wrong> {
    filter
        .parse::<tracing_subscriber::filter::EnvFilter>()
        .map(|_| ())
        .map_err(|_| wrong("TANDEM_LOG", format!("`{filter}` is not a filter; `info` or `tandem=debug` are")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &[(&str, &str)]) -> Result<Config, Wrong> {
        let settings: Vec<(String, String)> =
            settings.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Config::read(&Flags::default(), |name| {
            settings.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
        })
    }

    #[test]
    fn nothing_set_gives_the_documented_defaults() {
        let config = read(&[]).unwrap();
        assert_eq!(config.database_url, "sqlite://tandem.db");
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.send_limits, Limits::Telegram);
        assert_eq!(config.needed_token().unwrap_err().setting, "TANDEM_TELEGRAM_TOKEN");
    }

    #[test]
    fn each_wrong_setting_is_named_in_one_line() {
        for (setting, value) in [
            ("TANDEM_TELEGRAM_TOKEN", "not-a-token"),
            ("TANDEM_TELEGRAM_API_URL", "ftp://example.org"),
            ("TANDEM_SEND_LIMITS", "sometimes"),
            ("TANDEM_DATABASE_URL", "mysql://x"),
            ("TANDEM_CONTENT_DIR", "/nowhere/at/all"),
            ("TANDEM_LISTEN", "8080"),
            ("TANDEM_PUBLIC_URL", "example.org"),
            ("TANDEM_WEBHOOK_SECRET", "short"),
            ("TANDEM_DATA_KEY", "abcd"),
            ("TANDEM_DATA_KEY_OLD", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg"),
            ("TANDEM_LOG", "tandem=loud=very"),
            ("TANDEM_LOG_FORMAT", "xml"),
        ] {
            let error = read(&[(setting, value)]).unwrap_err();
            assert_eq!(error.setting, setting);
            assert!(!error.to_string().contains('\n'));
        }
    }

    #[test]
    fn a_wrong_token_or_database_password_is_never_repeated() {
        let token = read(&[("TANDEM_TELEGRAM_TOKEN", "123:ab cd")]).unwrap_err().to_string();
        assert!(!token.contains("ab cd"), "{token}");
        let database = read(&[("TANDEM_DATABASE_URL", "mysql://me:hunter2@host/db")]).unwrap_err().to_string();
        assert!(!database.contains("hunter2"), "{database}");
        let config = read(&[("TANDEM_TELEGRAM_TOKEN", "123:abcd")]).unwrap();
        assert!(!format!("{config:?}").contains("abcd"));
    }

    #[test]
    fn a_database_address_may_stand_in_a_file_like_a_secret() {
        let file = std::env::temp_dir().join(format!("tandem-config-{}", std::process::id()));
        std::fs::write(&file, "postgres://me:hunter2@host/db\n").unwrap();
        let named = ("TANDEM_DATABASE_URL_FILE", file.to_str().unwrap());
        assert_eq!(read(&[named]).unwrap().database_url, "postgres://me:hunter2@host/db");
        let twice = read(&[named, ("TANDEM_DATABASE_URL", "sqlite://x")]).unwrap_err();
        assert_eq!(twice.to_string(), "TANDEM_DATABASE_URL: is set twice, also as TANDEM_DATABASE_URL_FILE");
        std::fs::remove_file(file).unwrap();
    }

    #[test]
    fn a_public_address_that_telegram_would_not_push_to_is_refused_at_the_start() {
        const SECRET: (&str, &str) = ("TANDEM_WEBHOOK_SECRET", "0123456789abcdef");
        let public = |url, more: &[_]| {
            let settings = [&[("TANDEM_PUBLIC_URL", url)], more].concat();
            read(&settings).map(|_| ()).map_err(|wrong| wrong.setting)
        };
        for (url, more) in [
            ("https://tandem.example", &[][..]),
            ("https://tandem.example:9443/bot", &[]),
            ("https://tandem.example:8443/bot", &[SECRET]),
            ("http://127.0.0.1:8080", &[SECRET]),
            ("http://[::1]:8080", &[SECRET]),
            ("http://tandem:8080", &[SECRET, ("TANDEM_TELEGRAM_API_URL", "http://bot-api:8081")]),
        ] {
            assert_eq!(public(url, more), Ok(()), "{url} {more:?}");
        }
        for (url, more) in [
            ("http://tandem.example", &[][..]),
            ("http://tandem.example", &[SECRET]),
            ("https://tandem.example:9443", &[SECRET]),
            ("https://tandem.example/?a=b", &[]),
            ("https://me:pw@tandem.example/", &[]),
        ] {
            assert_eq!(public(url, more), Err("TANDEM_PUBLIC_URL"), "{url} {more:?}");
        }
        assert_eq!(read(&[SECRET]).unwrap_err().setting, "TANDEM_PUBLIC_URL", "a secret alone leads nowhere");
    }

    #[test]
    fn a_flag_wins_over_the_environment() {
        let flags = Flags { listen: Some("127.0.0.1:9".to_owned()), ..Flags::default() };
        let config = Config::read(&flags, |_| Some("text".to_owned()).filter(|_| false)).unwrap();
        assert_eq!(config.listen.port(), 9);
    }
}
