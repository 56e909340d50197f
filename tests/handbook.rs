//! What the handbook and the other papers tell of is what the program has, and the other way round: commands, options,
//! settings, chat commands, buttons, links, and the tests that SECURITY.md names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tandem::domain::event::Command as ChatCommand;
use tandem::store::{ERASED_DAYS, RETENTION};

/// What belongs to BotFather, and what the service answers over HTTP.
const NOT_OURS: [&str; 6] = ["/newbot", "/revoke", "/setjoingroups", "/healthz", "/readyz", "/metrics"];

/// Every command by its words (`""` is the program itself), with its own options.
struct Tree(BTreeMap<String, BTreeSet<String>>);

impl Tree {
    /// As the program's own help tells it.
    fn of_the_program() -> Self {
        let mut tree = Self(BTreeMap::new());
        let mut open = vec![String::new()];
        while let Some(path) = open.pop() {
            let words = path.split_whitespace();
            let out = Command::new(env!("CARGO_BIN_EXE_tandem")).args(words).arg("--help").output().unwrap();
            let help = String::from_utf8(out.stdout).unwrap();
            let (mut commands, mut options) = (false, BTreeSet::new());
            for line in help.lines() {
                if !line.starts_with(' ') {
                    commands = line == "Commands:";
                } else if commands && line.starts_with("  ") && !line.starts_with("   ") {
                    let name = line.split_whitespace().next().unwrap();
                    if name != "help" {
                        open.push(format!("{path} {name}").trim().to_owned());
                    }
                } else if let Some(option) = line.split_whitespace().take(2).find(|word| word.starts_with("--")) {
                    options.insert(option.to_owned());
                }
            }
            tree.0.insert(path, options);
        }
        let everywhere = tree.0[""].clone();
        for (path, options) in &mut tree.0 {
            if !path.is_empty() {
                options.retain(|option| !everywhere.contains(option));
            }
        }
        assert!(tree.0.len() > 15 && everywhere.len() > 8, "the help was not understood: {:?}", tree.0);
        tree
    }

    fn has_commands_below(&self, path: &str) -> bool {
        self.0.keys().any(|other| other.strip_prefix(path).is_some_and(|rest| rest.starts_with(' ')) || path.is_empty())
    }

    /// The commands that do something.
    fn leaves(&self) -> impl Iterator<Item = (&String, &BTreeSet<String>)> {
        self.0.iter().filter(|(path, _)| !path.is_empty() && !self.has_commands_below(path))
    }

    /// What is wrong with a line that begins with `tandem`.
    fn wrong(&self, line: &str) -> Option<String> {
        let mut path = String::new();
        let mut words = line.split_whitespace().skip(1).peekable();
        while let Some(word) = words.peek() {
            let deeper = format!("{path} {word}").trim().to_owned();
            if !self.0.contains_key(&deeper) {
                break;
            }
            path = deeper;
            words.next();
        }
        let named = words.peek().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
        if named && self.has_commands_below(&path) {
            return Some(format!("no such command: `{line}`"));
        }
        let options: Vec<&str> = words.filter(|word| word.starts_with("--")).map(option_name).collect();
        let unknown = options.iter().find(|option| !self.0[&path].contains(**option) && !self.0[""].contains(**option));
        unknown.map(|option| format!("`tandem {path}` has no {option}: `{line}`"))
    }
}

#[test]
fn every_command_and_option_that_is_told_of_exists() {
    let tree = Tree::of_the_program();
    let all: BTreeSet<&str> = tree.0.values().flatten().map(String::as_str).collect();
    let mut wrong = Vec::new();
    for file in papers() {
        let text = fs::read_to_string(&file).unwrap();
        for piece in code(&text) {
            let found = match piece.split_whitespace().next() {
                Some("tandem") => tree.wrong(&piece),
                Some(first) if first.starts_with("--") && !all.contains(option_name(first)) => {
                    Some(format!("no such option: {piece}"))
                }
                _ => None,
            };
            wrong.extend(found.map(|what| format!("{}: {what}", file.display())));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_handbook_tells_of_every_command_and_option_in_both_languages() {
    let tree = Tree::of_the_program();
    for language in ["de", "en"] {
        let text = handbook(language);
        let told: BTreeSet<String> = code(&text).into_iter().collect();
        let mut missing = Vec::new();
        for (path, options) in tree.leaves() {
            let name = format!("tandem {path}");
            let is_it = |piece: &String| *piece == name || piece.starts_with(&format!("{name} "));
            if !told.iter().any(is_it) {
                missing.push(name.clone());
            }
            // An option belongs into the line of its command.
            let row: String = text.lines().filter(|line| code(line).iter().any(is_it)).collect();
            let here: BTreeSet<String> = code(&row).iter().flat_map(|piece| options_in(piece)).collect();
            missing.extend(options.iter().filter(|option| !here.contains(*option)).map(|o| format!("{name} {o}")));
        }
        let everywhere: BTreeSet<String> = told.iter().flat_map(|piece| options_in(piece)).collect();
        let hidden = ["--help", "--version"];
        let global = tree.0[""].iter().filter(|o| !everywhere.contains(*o) && !hidden.contains(&o.as_str()));
        missing.extend(global.cloned());
        assert!(missing.is_empty(), "docs/handbook/{language} does not tell of {missing:#?}");
    }
}

#[test]
fn the_front_page_names_every_command() {
    let readme = read("README.md");
    let tree = Tree::of_the_program();
    let first = |path: &str| path.split(' ').next().unwrap_or_default().to_owned();
    let commands: BTreeSet<String> = tree.leaves().map(|(path, _)| first(path)).collect();
    let missing: Vec<_> = commands.iter().filter(|name| !readme.contains(&format!("`tandem {name}"))).collect();
    assert!(missing.is_empty(), "README.md does not name {missing:?}");
}

#[test]
fn every_setting_is_told_of_in_both_languages_and_every_one_that_is_exists() {
    let known = words(&read("src/config.rs"), "TANDEM_");
    for language in ["de", "en"] {
        let told = words(&handbook(language), "TANDEM_");
        assert_eq!(told, known, "docs/handbook/{language} and the settings");
    }
    for file in papers() {
        let told = words(&fs::read_to_string(&file).unwrap(), "TANDEM_");
        let of_tests =
            |name: &str| ["TANDEM_TEST_", "TANDEM_CRASH_", "TANDEM_FUZZ_"].iter().any(|known| name.starts_with(known));
        let unknown: Vec<_> = told.difference(&known).filter(|name| !of_tests(name)).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", file.display());
    }
}

#[test]
fn every_chat_command_is_told_of_in_both_languages_and_every_one_that_is_exists() {
    let names = ChatCommand::NAMES.iter().chain(ChatCommand::GERMAN.iter());
    let known: BTreeSet<String> = names.map(|(name, _)| format!("/{name}")).collect();
    let is_command = |piece: &str| {
        piece.strip_prefix('/').is_some_and(|name| name.len() > 1 && name.bytes().all(|b| b.is_ascii_lowercase()))
    };
    let told = |text: &str| -> BTreeSet<String> {
        let pieces = code(text).into_iter().filter_map(|piece| piece.split(' ').next().map(str::to_owned));
        pieces.filter(|piece| is_command(piece) && !NOT_OURS.contains(&piece.as_str())).collect()
    };
    for language in ["de", "en"] {
        assert_eq!(told(&handbook(language)), known, "docs/handbook/{language} and the chat's commands");
    }
    for file in papers() {
        let told = told(&fs::read_to_string(&file).unwrap());
        let unknown: Vec<_> = told.difference(&known).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", file.display());
    }
}

#[test]
fn every_button_in_the_handbook_stands_in_the_chat() {
    for language in ["de", "en"] {
        let mut labels = BTreeSet::new();
        for file in files(&root().join("locales").join(language), "ftl") {
            let text = fs::read_to_string(file).unwrap();
            labels.extend(text.lines().filter_map(|line| line.split_once(" = ")).map(|(_, label)| label.to_owned()));
        }
        let pieces = code(&handbook(language));
        let buttons: Vec<&str> = pieces.iter().filter_map(|piece| piece.strip_prefix('[')?.strip_suffix(']')).collect();
        assert!(buttons.len() > 10, "{buttons:?}");
        let unknown: Vec<_> = buttons.iter().filter(|button| !labels.contains(**button)).collect();
        assert!(unknown.is_empty(), "docs/handbook/{language}: no such button: {unknown:?}");
    }
}

#[test]
fn the_periods_in_the_record_of_processing_are_those_of_the_program() {
    let kept: Vec<(String, u64)> = RETENTION.iter().map(|keep| (keep.what.to_owned(), keep.days)).collect();
    for page in ["de/verarbeitungsverzeichnis.md", "en/record-of-processing.md"] {
        let text = read(&format!("docs/data-protection/{page}"));
        let rows = text.lines().filter_map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let name = cells.get(1)?.strip_prefix('`')?.strip_suffix('`')?;
            Some((name.to_owned(), cells.get(2)?.parse().ok()?))
        });
        assert_eq!(rows.collect::<Vec<_>>(), kept, "{page}");
    }
}

#[test]
fn the_chat_names_the_days_for_which_the_erased_are_remembered() {
    for language in ["de", "en"] {
        for (file, key) in [("home.ftl", "delete-ask"), ("trainer.ftl", "trainer-delete-ask")] {
            let text = read(&format!("locales/{language}/{file}"));
            let message = text.split(&format!("\n{key} =")).nth(1).unwrap_or_default();
            let message: String = message.lines().take(8).collect();
            assert!(message.contains(&format!(" {ERASED_DAYS} ")), "{language}: {key}: {message}");
        }
    }
}

#[test]
fn every_page_is_in_its_table_of_contents_and_every_link_leads_somewhere() {
    let mut wrong = Vec::new();
    for language in ["de", "en"] {
        let source = root().join("docs/handbook").join(language).join("src");
        let contents = fs::read_to_string(source.join("SUMMARY.md")).unwrap();
        for page in files(&source, "md") {
            let name = page.file_name().unwrap().to_str().unwrap();
            if name != "SUMMARY.md" && !contents.contains(&format!("({name})")) {
                wrong.push(format!("{language}: {name} is not in SUMMARY.md"));
            }
        }
    }
    for file in papers() {
        let text = fs::read_to_string(&file).unwrap();
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://") && !target.starts_with('#')) {
            let path = target.split('#').next().unwrap_or_default();
            if !file.parent().unwrap().join(path).exists() {
                wrong.push(format!("{}: {target}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_test_that_the_threat_model_names_exists() {
    let mut sources = String::new();
    for file in files(&root().join("tests"), "rs").into_iter().chain(files(&root().join("src"), "rs")) {
        sources.push_str(&fs::read_to_string(file).unwrap());
    }
    let text = read("SECURITY.md");
    let named = |piece: &String| piece.matches('_').count() > 2 && !piece.contains([' ', '…', '/', '.']);
    let tests: Vec<String> =
        code(&text).into_iter().filter(|piece| named(piece) && !piece.starts_with("TANDEM_")).collect();
    assert!(tests.len() > 20, "{tests:?}");
    let unknown: Vec<_> = tests.iter().filter(|name| !sources.contains(&format!("fn {name}("))).collect();
    assert!(unknown.is_empty(), "SECURITY.md: no such test: {unknown:?}");
}

/// What stands between single backticks, and the lines of blocks between three.
fn code(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let (mut block, mut prose) = (false, String::new());
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            block = !block;
        } else if block {
            pieces.push(line.trim().to_owned());
        } else {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    for paragraph in prose.split("\n\n") {
        let inside = paragraph.split('`').skip(1).step_by(2);
        pieces.extend(inside.map(|piece| piece.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    pieces
}

fn option_name(word: &str) -> &str {
    word.split(|c: char| c != '-' && !c.is_ascii_lowercase()).next().unwrap_or(word)
}

fn options_in(piece: &str) -> Vec<String> {
    piece.split_whitespace().filter(|word| word.starts_with("--")).map(|word| option_name(word).to_owned()).collect()
}

/// All words with this beginning.
fn words(text: &str, beginning: &str) -> BTreeSet<String> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let found = text.split(|c| !word(c)).filter(|found| found.starts_with(beginning));
    found.filter(|found| found.len() > beginning.len() && !found.ends_with('_')).map(str::to_owned).collect()
}

/// The pages of one language, one after another.
fn handbook(language: &str) -> String {
    let pages = files(&root().join("docs/handbook").join(language).join("src"), "md");
    assert!(pages.len() >= 6, "{pages:?}");
    pages.iter().map(|page| fs::read_to_string(page).unwrap() + "\n\n").collect()
}

/// Everything that is written for people.
fn papers() -> Vec<PathBuf> {
    let mut all = files(&root().join("docs"), "md");
    all.extend(["README.md", "SECURITY.md", "CONTRIBUTING.md", "lessons/README.md"].map(|name| root().join(name)));
    all
}

/// Files with this ending in a folder and all below it, in the order of their names.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|is| is == ending) {
            found.push(path);
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}
