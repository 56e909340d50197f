//! Whatever stands in the files: no panic, every finding has a place that exists, and what is accepted is taken by the
//! strict server as it is.
//!
//! `TANDEM_FUZZ_CASES` asks for more cases than the few that every run tries.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tandem::content::markdown::to_rich;
use tandem::content::text::StepText;
use tandem::content::{Files, Library, Source, check};
use tandem::demo::phones::{Kind, Options, Phones, PhonesClient, SharedPhones};
use tandem::domain::text::{Rich, SPAN_LIMIT, SpanKind, TEXT_LIMIT};
use tandem::telegram::port::{ChatId, Outgoing, Telegram};

const TOKEN: &str = "1001:abc-DEF_9";
const ADA: i64 = 7;

/// So many cases unless somebody asks for more.
fn cases(few: u32) -> ProptestConfig {
    let asked = std::env::var("TANDEM_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(asked.unwrap_or(few)) }
}

/// A server with one chat, and time enough between two messages.
struct Server {
    client: PhonesClient,
    now: Arc<AtomicI64>,
    runtime: tokio::runtime::Runtime,
}

impl Server {
    fn new() -> Self {
        let now = Arc::new(AtomicI64::new(1_800_000_000_000_000));
        let mut phones = Phones::new(Options { own: Some((TOKEN.into(), "tandem_bot".into())), ..Options::default() });
        phones.set_limits(None);
        phones.person(ADA, "Ada", "de").expect("a person");
        phones.starts(TOKEN, ADA).expect("a chat");
        let time = Arc::clone(&now);
        let shared = SharedPhones::new(phones, Arc::new(move || time.load(Ordering::Relaxed)));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self { client: PhonesClient::new(shared, TOKEN), now, runtime }
    }

    /// Sends a text and says whether it arrived as it was.
    fn takes(&self, text: &Rich) -> Result<(), String> {
        self.now.fetch_add(60_000_000, Ordering::Relaxed);
        let outgoing = Outgoing { text: text.clone(), ..Outgoing::default() };
        let id = self.runtime.block_on(self.client.send(ChatId(ADA), &outgoing)).map_err(|why| format!("{why:?}"))?;
        let seen = self.client.phones().with(|phones, _| {
            phones.chat(TOKEN, ADA).and_then(|chat| chat.message(id.0)).map(|message| message.body.clone())
        });
        let seen = seen.ok_or("it is not there")?;
        if seen.text != text.text {
            return Err(format!("shown as {:?}", seen.text));
        }
        // What the server finds by itself (addresses, commands) comes on top.
        let found = |kind: &Kind| matches!(kind, Kind::Mention | Kind::Hashtag | Kind::BotCommand | Kind::Url);
        // Compared sign by sign: two marks of a kind that touch are one to the server, and look the same.
        let marks = |kind: &'static str, start: usize, length: usize| (start..start + length).map(move |at| (at, kind));
        let kept: BTreeSet<(usize, &str)> = seen
            .entities
            .iter()
            .filter(|entity| !found(&entity.kind))
            .flat_map(|entity| marks(entity.kind.name(), entity.offset, entity.length))
            .collect();
        let sent: BTreeSet<(usize, &str)> =
            text.spans.iter().flat_map(|span| marks(name(&span.kind), span.start, span.len)).collect();
        if kept == sent { Ok(()) } else { Err(format!("marks {sent:?} became {kept:?}")) }
    }
}

/// What a mark is called on the wire.
fn name(kind: &SpanKind) -> &'static str {
    match kind {
        SpanKind::Bold => "bold",
        SpanKind::Italic => "italic",
        SpanKind::Underline => "underline",
        SpanKind::Strike => "strikethrough",
        SpanKind::Code => "code",
        SpanKind::Pre => "pre",
        SpanKind::Spoiler => "spoiler",
        SpanKind::Quote => "blockquote",
        SpanKind::ExpandableQuote => "expandable_blockquote",
        SpanKind::Link(_) => "text_link",
    }
}

/// Pieces of Markdown that meet in all ways, besides any characters at all.
fn any_markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(vec![
            "**", "*", "_", "~~", "`", "||", "|", "```\n", "\n", "\n\n", "  \n", "\\\n", "> ", "> [!NOTE]\n> ", "- ",
            "  - ", "    - ", "1. ", "[a](https://a.example/?b=c&d)", "[", "](https://b.example)", "](c)", "![", "<b>",
            "<!--", "&amp;", "&#7;", "\\", "|a|b|\n|-|-|\n", "# ", "---\n", "- [ ] ", "<a@b.example>", "@ada", "#tag",
            "/start", "\t", "    ", "🌳", "👩\u{200d}👧", "ß", "\u{202e}", "\r\n", "||x||", "{x}", "https://c.example",
        ]).prop_map(str::to_owned),
        2 => "[a-zäöü ]{1,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..48).prop_map(|pieces| pieces.concat())
}

/// The good lesson's files, with a picture and a closing test.
fn good() -> Files {
    let mut files = Files::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/content/good/lessons"), "lessons", &mut files);
    files
}

fn gather(folder: &Path, path: &str, files: &mut Files) {
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let below = format!("{path}/{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => gather(&entry.path(), &below, files),
            false => drop(files.insert(below, std::fs::read(entry.path()).expect("bytes"))),
        }
    }
}

/// What is put into a file: what its format knows, or anything.
fn any_piece() -> impl Strategy<Value = Vec<u8>> {
    let known = select(vec![
        "id = \"x\"\n",
        "id = \"reply\"\n",
        "[[lesson]]\n",
        "[[lesson.step]]\n",
        "kind = \"card\"\n",
        "kind = \"multi\"\n",
        "kind = \"checklist\"\nitems = [\"a\"]\n",
        "kind = \"questionnaire\"\n",
        "[[lesson.step.question]]\n",
        "options = []\n",
        "options = [\"a\", \"b\"]\n",
        "correct = [\"a\"]\n",
        "correct = \"a\"\n",
        "minutes = -1\n",
        "minutes = 99999999999\n",
        "parts = 2\n",
        "parts = 3\n",
        "picture = \"a.png\"\n",
        "video = \"https://a.example/\"\n",
        "law = true\n",
        "source = \"x\"\n",
        "review_by = 2027-05-31\n",
        "concept = \"K2\"\n",
        "test = \"m1-start\"\n",
        "\"",
        "[",
        "]",
        "=",
        "#",
        "# T\n",
        "## l1: L\n",
        "### reply: R\n",
        "### goal\n",
        "#### q: Q\n",
        "- a: A\n",
        "  > W\n",
        "- ",
        "> ",
        "\n",
        "\n\n",
        "**",
        "||",
        "`",
        "```\n",
        "<b>",
        "![a](a.png)\n",
        "|a|\n|-|\n",
        "{x}",
        "🌳",
        "0 0 10 * * Mon\n",
        "\\",
    ]);
    prop_oneof![
        6 => known.prop_map(|piece| piece.as_bytes().to_vec()),
        1 => any::<char>().prop_map(|c| c.to_string().into_bytes()),
        1 => prop::collection::vec(any::<u8>(), 1..8),
    ]
}

/// The good lesson with a few bytes of a few files replaced.
fn damaged() -> impl Strategy<Value = Files> {
    let edit = (any::<Index>(), any::<Index>(), prop_oneof![3 => 0..6_usize, 1 => 0..120_usize], any_piece());
    prop::collection::vec(edit, 0..5).prop_map(|edits| {
        let mut files = good();
        let paths: Vec<String> = files.keys().cloned().collect();
        for (file, at, gone, piece) in edits {
            let Some(bytes) = files.get_mut(&paths[file.index(paths.len())]) else { continue };
            let at = at.index(bytes.len() + 1);
            let end = (at + gone).min(bytes.len());
            bytes.splice(at..end, piece);
        }
        files
    })
}

/// Every screen that a step may show.
fn screens(step: &StepText) -> Vec<Rich> {
    let ids: Vec<&str> = step.options.iter().map(|(id, _)| id.as_str()).collect();
    ids.iter().map(|id| step.explained(&[id])).chain([step.screen(), step.explained(&ids)]).collect()
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn any_markdown_is_refused_with_a_place_or_taken_by_the_server_as_it_is(
        markdown in prop_oneof![4 => any_markdown(), 1 => any::<String>()]
    ) {
        match to_rich(&markdown) {
            Err(refusals) => {
                prop_assert!(!refusals.is_empty());
                for refusal in refusals {
                    prop_assert!(markdown.get(refusal.range.clone()).is_some(), "{refusal:?} lies outside");
                }
            }
            Ok(rich) => {
                let mut before = 0;
                for span in &rich.spans {
                    prop_assert!(span.len > 0 && span.start >= before, "marks are in order: {:?}", rich.spans);
                    before = span.start;
                }
                // How much a message holds is the linter's affair.
                if !rich.is_empty() && rich.chars() <= TEXT_LIMIT && rich.spans.len() <= SPAN_LIMIT {
                    prop_assert_eq!(rich.validate(TEXT_LIMIT), Ok(()));
                    prop_assert_eq!(Server::new().takes(&rich), Ok(()), "{:?}", rich);
                }
            }
        }
    }

    #[test]
    fn any_files_at_all_are_whole_or_reported_with_a_place(files in damaged()) {
        let findings = check(Source::Files(&files));
        for finding in &findings {
            let Some(line) = finding.line else { continue };
            let text = String::from_utf8_lossy(&files[&finding.file]).into_owned();
            prop_assert!((line as usize) <= text.matches('\n').count() + 1, "{finding} lies outside of its file");
            prop_assert!(finding.column.is_some_and(|column| column >= 1));
        }
        if findings.iter().any(|finding| finding.is_error()) {
            return Ok(());
        }
        let library = Library::load(Source::Files(&files)).map_err(|_| TestCaseError::fail("no error and not loaded"))?;
        let server = Server::new();
        for programme in &library.programmes {
            for (module, lesson) in programme.programme.modules.iter().flat_map(|m| m.lessons.iter().map(move |l| (m, l))) {
                for code in programme.languages.keys() {
                    let (words, _) = programme.lesson_text(&module.id, &lesson.id, code).expect("whole in some language");
                    prop_assert_eq!(words.steps.len(), lesson.steps.len());
                    for screen in words.steps.values().flat_map(screens) {
                        prop_assert_eq!(server.takes(&screen), Ok(()), "{:?}", screen);
                    }
                }
            }
        }
    }

    #[test]
    fn any_bytes_as_any_file_are_reported(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        file in any::<Index>(),
    ) {
        let mut files = good();
        let paths: Vec<String> = files.keys().cloned().collect();
        files.insert(paths[file.index(paths.len())].clone(), bytes);
        // Whatever is said of them, the other files' findings stay whole and nothing breaks off.
        let findings = check(Source::Files(&files));
        prop_assert!(findings.iter().all(|finding| !finding.message.is_empty()));
    }
}

#[test]
fn the_server_of_these_tests_refuses_what_telegram_refuses() {
    let server = Server::new();
    assert_eq!(server.takes(&Rich::plain("x".repeat(TEXT_LIMIT))), Ok(()));
    assert!(server.takes(&Rich::plain("x".repeat(TEXT_LIMIT + 1))).is_err());
    assert!(server.takes(&Rich::plain("a\u{202e}b")).is_err(), "it would be shown otherwise");
}
