//! The commands and their options, as `--help` shows them.

mod check;
mod data;
mod doctor;
mod i18n;
mod new;
mod restore;
mod rounds;
mod serve;
mod setup;
mod simulate;
mod trainers;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use chrono_tz::Tz;
use clap::{Parser, Subcommand};
use tandem::app::report::Format;
use tandem::config::{self, Config, Flags};
use tandem::domain::holidays::Land;

/// A Telegram bot that keeps three promises: a lesson a week, five agreed hours, a second person.
///
/// Every option of the settings is also an environment variable of the same name (TANDEM_…). The token and
/// other secrets are environment variables only, or files named by …_FILE.
#[derive(Parser)]
#[command(name = "tandem", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The service: takes updates, sends what is due, answers health checks
    Run,
    /// Everything on this machine, without a Telegram account: a local server, the bot, and a page with phones
    ///
    /// The page is at --listen.
    Demo {
        /// Where the local Bot API server listens; port 0 takes a free one
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
        api_listen: SocketAddr,
        /// Keep the database in this folder and go on with it next time
        #[arg(long, value_name = "DIR")]
        keep: Option<PathBuf>,
    },
    /// A lesson on phones, one for each language, read anew as its files are saved; the page is at --listen
    ///
    /// The files are those of --content-dir, or of the folder where this is started, or else the built-in ones.
    Preview {
        /// What to begin with: a lesson (m1/l2) or one of its steps (m1/mandate) [default: the first]
        lesson: Option<String>,
    },
    /// Checks lessons and locales; exit code 1 if there are errors
    Check(check::Options),
    /// Makes new content
    New {
        #[command(subcommand)]
        command: NewCommand,
    },
    /// Translations of lessons and locales: how far they are, tables for translators
    I18n {
        #[command(subcommand)]
        command: i18n::I18nCommand,
    },
    /// Trainers
    Trainer {
        #[command(subcommand)]
        command: TrainerCommand,
    },
    /// Rounds
    Round {
        #[command(subcommand)]
        command: RoundCommand,
    },
    /// Writes the trainers' report of a round: figures over at least five, never a single person
    Report {
        /// The round's id (see `tandem round list`)
        round: String,
        #[arg(long, value_enum)]
        format: Format,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// The report's language
        #[arg(long, default_value = "de")]
        language: String,
    },
    /// Fills an empty database with a synthetic running round; refuses a database in use
    SampleData {
        /// Number of tandems; each is two people
        #[arg(long)]
        tandems: u32,
        /// The same seed gives the same data
        #[arg(long)]
        seed: u64,
        /// Chat id of the first person; the others follow
        #[arg(long, default_value_t = 1_000_000)]
        first_chat_id: i64,
        /// Chat id of the round's trainer
        #[arg(long)]
        trainer_chat: Option<i64>,
    },
    /// A whole round at virtual speed against the strict server; exit code 1 if anything is lost or a rule is broken
    ///
    /// What is owed is worked out from programme, calendar and rules, and compared with what the phones received.
    Simulate(simulate::Options),
    /// Erases everything about one person
    Erase {
        /// The person's chat id
        #[arg(long)]
        chat: i64,
    },
    /// Writes all that is stored about one person into a file, to hand it over to them
    Export {
        /// The person's chat id
        #[arg(long)]
        chat: i64,
        /// A ZIP file; it must not exist yet
        #[arg(long)]
        out: PathBuf,
    },
    /// Deletes what is older than its retention period (the service does so daily)
    Purge {
        /// Only show what would be deleted, and why
        #[arg(long)]
        dry_run: bool,
    },
    /// Copies the database into a new SQLite file, also while the service runs, and opens it to see that it is whole
    Backup {
        /// The file to write; it must not be there yet
        file: PathBuf,
    },
    /// Makes a database of a backup: into an empty one, without whoever was erased since, and nothing owed is sent
    Restore {
        /// The backup
        file: PathBuf,
        /// A newer backup, or a list of the erased (FILE.erased beside a SQLite database); may be given several times
        #[arg(long, value_name = "FILE")]
        erased: Vec<PathBuf>,
        /// Nobody was erased since the backup was made
        #[arg(long)]
        nobody_erased: bool,
    },
    /// Looks at settings, files, clock, database, webhook, address, backups and content; exit code 1 on errors
    Doctor {
        /// The folder with the backups, to look at their age
        #[arg(long, value_name = "DIR")]
        backups: Option<PathBuf>,
        /// For machines
        #[arg(long)]
        json: bool,
    },
    /// What operators and trainers did: role, when, and to which round; no contents
    Audit {
        /// For machines
        #[arg(long)]
        json: bool,
    },
    /// Asks the service on this machine whether it is alive; exit code 1 if not (for containers)
    Healthcheck {
        /// Whether it gets on with its work, too
        #[arg(long)]
        ready: bool,
    },
    /// Seals what people wrote with TANDEM_DATA_KEY, whatever sealed it before; without that key it opens it
    ///
    /// Older keys are given as TANDEM_DATA_KEY_OLD. It can be stopped at any time and started again.
    Rekey,
    /// Applies database migrations and exits
    Migrate,
}

#[derive(Subcommand)]
enum NewCommand {
    /// Adds a lesson that is complete and passes `tandem check`, to be filled with your own words
    Lesson(new::Options),
}

#[derive(Subcommand)]
enum TrainerCommand {
    /// Prints a one-time invitation for a trainer
    Invite,
    /// Lists invitations that nobody has used yet, by number
    Invitations {
        /// For machines
        #[arg(long)]
        json: bool,
    },
    /// Withdraws an invitation that nobody has used yet
    Revoke {
        /// Its number (see `tandem trainer invitations`)
        number: String,
    },
}

#[derive(Subcommand)]
enum RoundCommand {
    /// Creates a round; prints its id and the link for its participants
    Create {
        /// The programme's id, such as fuehrerschein
        #[arg(long)]
        programme: String,
        /// First day, such as 2027-01-11
        #[arg(long)]
        start: NaiveDate,
        /// Number of tandems
        #[arg(long)]
        places: u32,
        /// What people read [default: programme and month]
        #[arg(long)]
        name: Option<String>,
        /// Time zone of the round
        #[arg(long, default_value = "Europe/Berlin")]
        time_zone: Tz,
        /// Who is responsible for the data; the notice names it
        #[arg(long, default_value = "")]
        controller: String,
        /// Whom people ask about data protection; the notice names it
        #[arg(long, default_value = "")]
        privacy_contact: String,
        /// Land whose public holidays count, such as NI [default: those of all Germany]
        #[arg(long)]
        land: Option<Land>,
        /// Chat id of the trainer who runs it
        #[arg(long)]
        trainer: Option<i64>,
    },
    /// Issues a new link for participants; earlier ones end
    Link { id: String },
    /// Starts a round now
    Start { id: String },
    /// Makes the next module due now for everybody in the round
    Release { id: String },
    /// Lists all rounds
    List {
        #[arg(long)]
        json: bool,
    },
    /// Shows one round
    Show {
        id: String,
        #[arg(long)]
        json: bool,
    },
}

/// Carries out a command.
pub async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let read = Config::read(&cli.flags, |name| std::env::var(name).ok());
    if let (Command::Doctor { json, .. }, Err(wrong)) = (&cli.command, &read) {
        return doctor::run(Err(wrong), None, *json).await;
    }
    let mut config = read?;
    if matches!(cli.command, Command::Simulate(_)) && config.log == config::DEFAULT_LOG {
        // Misfortunes are asked for; their thousands of lines in the log are not.
        config.log = "error".to_owned();
    }
    setup::logging(&config)?;
    match cli.command {
        Command::Simulate(options) => return simulate::run(options).await,
        Command::Run => serve::run(&config).await?,
        Command::Demo { api_listen, keep } => serve::demo(config.listen, api_listen, keep).await?,
        Command::Preview { lesson } => serve::preview(&config, lesson.as_deref()).await?,
        Command::Check(options) => return check::check(&options, &config).await,
        Command::New { command: NewCommand::Lesson(options) } => new::lesson(&options)?,
        Command::I18n { command } => return i18n::run(command),
        Command::Trainer { command: TrainerCommand::Invite } => trainers::invite(&config).await?,
        Command::Trainer { command: TrainerCommand::Invitations { json } } => {
            trainers::invitations(&config, json).await?;
        }
        Command::Trainer { command: TrainerCommand::Revoke { number } } => trainers::revoke(&config, &number).await?,
        Command::Round { command } => rounds::round(&config, command).await?,
        Command::Report { round, format, out, language } => {
            data::report(&config, &round, format, &out, &language).await?;
        }
        Command::SampleData { tandems, seed, first_chat_id, trainer_chat } => {
            data::sample(&config, tandems, seed, first_chat_id, trainer_chat).await?;
        }
        Command::Erase { chat } => data::erase(&config, chat).await?,
        Command::Export { chat, out } => data::export(&config, chat, &out).await?,
        Command::Purge { dry_run } => data::purge(&config, dry_run).await?,
        Command::Backup { file } => data::backup(&config, &file).await?,
        Command::Restore { file, erased, nobody_erased } => {
            restore::restore(&config, &file, &erased, nobody_erased).await?;
        }
        Command::Doctor { backups, json } => return doctor::run(Ok(&config), backups.as_deref(), json).await,
        Command::Audit { json } => data::audit(&config, json).await?,
        Command::Healthcheck { ready } => return serve::healthcheck(config.listen, ready).await,
        Command::Rekey => setup::rekey(&config).await?,
        Command::Migrate => setup::migrate(&config).await?,
    }
    Ok(ExitCode::SUCCESS)
}
