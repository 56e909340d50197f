//! What lessons are compared with: an older state of their files that git remembers, or the people in a database.
//!
//! Only reads: nothing is fetched, checked out or migrated.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, bail, ensure};
use tandem::config::Config;
use tandem::content::{Files, Source, gone, stranded};
use tandem::domain::finding::Finding;
use tandem::domain::standing::Standing;
use tandem::store;

use super::super::setup;

/// Longest name of a revision: a full hash has 40 or 64 signs.
const MAX_REVISION: usize = 128;

/// Findings about what was there before. `dir` is the content folder, in which git is asked.
pub async fn findings(
    against: &str,
    config: &Config,
    dir: Option<&Path>,
    source: Source<'_>,
) -> anyhow::Result<Vec<Finding>> {
    if ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| against.starts_with(scheme)) {
        return Ok(stranded(source, &standing(against, config).await?));
    }
    let old = revision(against, dir.unwrap_or(Path::new(".")))?;
    Ok(gone(Source::Files(&old), source, against))
}

async fn standing(url: &str, config: &Config) -> anyhow::Result<Vec<Standing>> {
    const WHERE: &str = "--against";
    let look = store::look(url).await.context(WHERE)?;
    let Some(schema) = look.schema else { bail!("{WHERE}: this is no database of Tandem") };
    ensure!(
        schema == look.known,
        "{WHERE}: the database has schema {schema}, this program knows {}; `tandem migrate` brings it up",
        look.known
    );
    let db = store::Db::connect(url).await.context(WHERE)?.with_vault(setup::vault(config));
    let standings = async { db.read().await?.standings().await }.await;
    db.close().await;
    standings.context(WHERE)
}

/// The files below `lessons/` as they were at a revision.
fn revision(name: &str, dir: &Path) -> anyhow::Result<Files> {
    ensure!(
        is_revision(name),
        "--against: `{}` is neither a revision of git (a tag, a branch, a hash) nor a database (sqlite://…, postgres://…)",
        name.escape_debug()
    );
    let commit = format!("{name}^{{commit}}");
    let found = git(dir, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit], b"")?;
    let hash = String::from_utf8_lossy(&found.stdout).trim().to_owned();
    if !found.status.success() || hash.is_empty() {
        let said = String::from_utf8_lossy(&found.stderr);
        let why = said.lines().next().filter(|line| !line.is_empty()).unwrap_or("there is no such revision");
        bail!("--against: git knows no `{name}` in {}: {why}", dir.display());
    }
    let listed = git(dir, &["ls-tree", "-r", "-z", &hash, "lessons"], b"")?;
    ensure!(listed.status.success(), "--against: git cannot list the lessons at {name}");
    let entries: Vec<(String, String)> = listed.stdout.split(|byte| *byte == 0).filter_map(entry).collect();
    ensure!(!entries.is_empty(), "--against: there is no folder `lessons` in {} at {name}", dir.display());
    let asked: String = entries.iter().map(|(hash, _)| format!("{hash}\n")).collect();
    let contents = git(dir, &["cat-file", "--batch"], asked.as_bytes())?;
    ensure!(contents.status.success(), "--against: git cannot read the lessons at {name}");
    let mut rest = contents.stdout.as_slice();
    let mut files = BTreeMap::new();
    for (_, path) in entries {
        let (bytes, after) = object(rest).context("--against: git answered something unexpected")?;
        files.insert(path, bytes.to_vec());
        rest = after;
    }
    Ok(files)
}

/// Signs of tags, branches, hashes, and `HEAD~1`: nothing that git could take for an option, a path or a range.
fn is_revision(name: &str) -> bool {
    let sign = |c: char| c.is_ascii_alphanumeric() || "._/-~^@+".contains(c);
    (1..=MAX_REVISION).contains(&name.len())
        && !name.starts_with(['-', '.', '/'])
        && !name.contains("..")
        && name.chars().all(sign)
}

/// Hash and path of a file in git's listing: `100644 blob HASH\tPATH`. Links and modules are left out.
fn entry(line: &[u8]) -> Option<(String, String)> {
    let line = std::str::from_utf8(line).ok()?;
    let (about, path) = line.split_once('\t')?;
    let mut about = about.split(' ');
    let (mode, kind, hash) = (about.next()?, about.next()?, about.next()?);
    (mode.starts_with("100") && kind == "blob").then(|| (hash.to_owned(), path.to_owned()))
}

/// The first object of a batch, `HASH blob LENGTH\n…\n`, and what follows it.
fn object(batch: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = batch.iter().position(|byte| *byte == b'\n')?;
    let length: usize = std::str::from_utf8(batch.get(..end)?).ok()?.rsplit(' ').next()?.parse().ok()?;
    let rest = batch.get(end + 1..)?;
    Some((rest.get(..length)?, rest.get(length + 1..)?))
}

/// Asks git in a folder. Nothing is fetched, and nobody is asked for a password.
fn git(dir: &Path, args: &[&str], input: &[u8]) -> anyhow::Result<Output> {
    let mut command = Command::new("git");
    command.arg("-C").arg(dir).args(args);
    command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            bail!("--against: the command `git` is missing; it is needed to compare with a revision")
        }
        other => other.context("--against: git cannot be started")?,
    };
    // Written beside reading: git answers while it is still being asked.
    let asking = child.stdin.take().map(|mut stdin| {
        let input = input.to_vec();
        std::thread::spawn(move || drop(stdin.write_all(&input)))
    });
    let output = child.wait_with_output().context("--against: git broke off")?;
    asking.map(|asking| asking.join());
    Ok(output)
}
