//! The lesson format: its description is true, and each mistake gets a finding that helps.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use tandem::content::{Library, Source, check};
use tempfile::TempDir;

#[path = "content/against.rs"]
mod against;
#[path = "content/broken.rs"]
mod broken;
#[path = "content/closing_test.rs"]
mod closing_test;
#[path = "content/command.rs"]
mod command;
#[path = "content/fuzz.rs"]
mod fuzz;
#[path = "content/new_lesson.rs"]
mod new_lesson;
#[path = "content/parts.rs"]
mod parts;
#[path = "content/stamps.rs"]
mod stamps;

/// Files by path from the content folder on.
type Files = BTreeMap<String, Vec<u8>>;

const PROGRAMME: &str = "lessons/beispiel/programme.toml";
const MODULE: &str = "lessons/beispiel/m1-anfang/module.toml";
const DE: &str = "lessons/beispiel/m1-anfang/de.md";
const EN: &str = "lessons/beispiel/m1-anfang/en.md";

/// What `check` says about a complete programme whose translations nobody has stamped yet.
const UNSTAMPED: &str = "lessons/beispiel/translations.lock: warning: no text in `en` is stamped yet
    hint: compare the texts with the source, then `tandem i18n ok en`
";

/// The files that lessons/README.md shows: a path in backticks, then a fenced block.
fn example() -> Files {
    let readme = include_str!("../lessons/README.md");
    let mut files = Files::new();
    let mut path = "";
    for (i, part) in readme.split("````").enumerate() {
        if i % 2 == 0 {
            path = part.trim_end().rsplit('\n').next().unwrap_or_default().trim_matches('`');
        } else {
            let body = part.split_once('\n').map_or("", |(_, body)| body);
            files.insert(path.to_owned(), body.as_bytes().to_vec());
        }
    }
    files
}

fn written(files: &Files) -> TempDir {
    let dir = TempDir::new().expect("a folder");
    for (path, bytes) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, bytes).expect("a file");
    }
    dir
}

fn findings(dir: &Path) -> String {
    check(Source::Folder(dir)).iter().map(|f| format!("{f}\n")).collect()
}

/// The findings about the example after an edit, without the warning that nothing is stamped.
fn after(edit: impl FnOnce(&mut Files)) -> String {
    let mut files = example();
    edit(&mut files);
    findings(written(&files).path()).replace(UNSTAMPED, "")
}

/// The findings after replacing a text that must be there.
fn replaced(path: &str, from: &str, to: &str) -> String {
    after(|files| replace(files, path, from, to))
}

fn replace(files: &mut Files, path: &str, from: &str, to: &str) {
    let old = String::from_utf8(files[path].clone()).expect("text");
    assert!(old.contains(from), "{path} holds no {from:?}");
    files.insert(path.to_owned(), old.replacen(from, to, 1).into_bytes());
}

#[test]
fn the_example_in_the_description_is_complete_and_clean() {
    let files = example();
    assert_eq!(files.len(), 6);
    assert_eq!(after(|_| {}), "");
    let library = Library::load(Source::Folder(written(&files).path())).expect("loads");
    let (lesson, language) = library.lesson_text("beispiel", "m1", "l1", "en").expect("there");
    assert_eq!(language, "en");
    assert_snapshot!(lesson.step("reply-q").expect("there").explained(&["a"]).text, @r"
    Friday, four o'clock

    Somebody asks about the summer party. You do not know the date yet. What do you do?

    A  Wait until the date is fixed
    B  Say thank you and when you will write again

    Until then nobody knows whether the question has arrived.
    ");
    let feedback = lesson.step("feedback").expect("there");
    assert_eq!(feedback.question("able").expect("there").options[1], ("2".to_owned(), "In part".to_owned()));
}

#[test]
fn the_lessons_of_this_repository_have_no_errors_and_are_the_ones_built_in() {
    let here = Source::Folder(Path::new(env!("CARGO_MANIFEST_DIR")));
    let [built_in, folder]: [Vec<String>; 2] =
        [Source::BuiltIn, here].map(|source| check(source).iter().map(ToString::to_string).collect());
    assert_eq!(built_in, folder);
    assert_eq!(built_in.iter().filter(|f| f.contains(": error: ")).collect::<Vec<_>>(), Vec::<&String>::new());
    let library = Library::load(Source::BuiltIn).expect("loads");
    for programme in &library.programmes {
        let structure = &programme.programme;
        for module in structure.modules.iter().chain(structure.test.iter().map(|test| &test.pool)) {
            for lesson in &module.lessons {
                for code in programme.languages.keys() {
                    let (text, _) = programme.lesson_text(&module.id, &lesson.id, code).expect("in some language");
                    assert_eq!(text.steps.len(), lesson.steps.len());
                }
            }
        }
    }
}

#[test]
fn a_programmes_settings_are_checked_one_by_one() {
    let set = |from: &str, to: &str| replaced(PROGRAMME, from, to);
    assert_snapshot!(set("pass_percent = 80", "pass_percent = 101"), @"lessons/beispiel/programme.toml:3:16: error: `pass_percent` must be from 1 to 100");
    assert_snapshot!(set("pass_percent = 80", "pass_percent = 80\ncolour = \"red\""), @"lessons/beispiel/programme.toml:4:1: error: unknown field `colour`, expected one of `id`, `release`, `pass_percent`, `languages`, `modules`, `test`, `surveys`");
    assert_snapshot!(set("id = \"beispiel\"", "id = \"Beispiel 1\""), @r"
    lessons/beispiel/programme.toml:1:6: error: `Beispiel 1` is no id for a programme
        hint: 1 to 32 of a–z, 0–9 and -
    lessons/beispiel/programme.toml:1:6: error: the programme `Beispiel 1` lies in the folder `beispiel`
        hint: give both the same name
    ");
    assert_snapshot!(set("[\"m1-anfang\"]", "[\"m1-anfang\", \"m2-ende\", \"../x\", \"m1-anfang\"]"), @r"
    lessons/beispiel/m2-ende/module.toml: error: the file is missing
    lessons/beispiel/programme.toml:5:36: error: `../x` is no id for a module's folder
        hint: 1 to 32 of a–z, 0–9 and -
    lessons/beispiel/programme.toml:5:44: error: the module `m1-anfang` is listed twice
    ");
    assert_snapshot!(set("[\"m1-anfang\"]", "[]"), @r"
    lessons/beispiel/programme.toml:5:11: error: the programme has no modules
    lessons/beispiel/m1-anfang: warning: the folder is no module of the programme
        hint: add it to `modules` in programme.toml, or delete it
    ");
    assert_snapshot!(set("id = ", "id "), @"lessons/beispiel/programme.toml:1:4: error: key with no value, expected `=`");
}

#[test]
fn the_release_names_weekdays_and_one_time_of_day() {
    let set = |to: &str| replaced(PROGRAMME, "0 0 10 * * Tue,Thu", to);
    assert_snapshot!(set("0 0 10 * * 3,5"), @r"
    lessons/beispiel/programme.toml:2:11: error: `release` names weekdays by number
        hint: write `Tue,Thu`
    ");
    assert_snapshot!(set("0 10 * * Tue"), @r"
    lessons/beispiel/programme.toml:2:11: error: `release` has 5 fields, it needs 6
        hint: write second, minute, hour, day, month and weekdays: `0 0 10 * * Tue,Thu`
    ");
    assert_snapshot!(set("0 0 8-10 * * Tue"), @r"
    lessons/beispiel/programme.toml:2:11: error: `release` has more than one time of day
        hint: write second, minute, hour, day, month and weekdays: `0 0 10 * * Tue,Thu`
    ");
    assert_snapshot!(set("0 0 10 * * Dienstag"), @r"
    lessons/beispiel/programme.toml:2:11: error: `release` is no cron expression: 'Dienstag' is not a valid day of the week.
        hint: write second, minute, hour, day, month and weekdays: `0 0 10 * * Tue,Thu`
    ");
    assert_snapshot!(set("0 0 10 31 2 *"), @r"
    lessons/beispiel/programme.toml:2:11: error: `release` never comes
        hint: write second, minute, hour, day, month and weekdays: `0 0 10 * * Tue,Thu`
    ");
    assert_eq!(set("0 30 7 * * Mon-Fri"), "");
}

#[test]
fn languages_have_one_source_and_known_states() {
    let set = |to: &str| replaced(PROGRAMME, "{ de = \"source\", en = \"live\" }", to);
    assert_snapshot!(set("{ de = \"live\", en = \"live\" }"), @"lessons/beispiel/programme.toml:4:13: error: 0 languages are the source, it must be one");
    assert_snapshot!(set("{ de = \"source\", en = \"ready\" }"), @r"
    lessons/beispiel/programme.toml:4:35: error: `ready` is no state of a language
        hint: write `source`, `live` or `draft`
    ");
    assert_snapshot!(set("{ de = \"source\", uk = \"draft\", en = \"live\" }"), @r"
    lessons/beispiel/translations.lock: warning: no text in `uk` is stamped yet
        hint: compare the texts with the source, then `tandem i18n ok uk`
    ");
    assert_snapshot!(set("{ de = \"source\" }"), @r"
    lessons/beispiel/en.md: warning: `en` is no language of the programme
        hint: add it to `languages`
    lessons/beispiel/m1-anfang/en.md: warning: `en` is no language of the programme
        hint: add it to `languages`
    ");
}

#[test]
fn a_modules_structure_is_checked() {
    let set = |from: &str, to: &str| replaced(MODULE, from, to);
    assert_snapshot!(set("kind = \"write\"", "kind = \"essay\""), @r"
    lessons/beispiel/m1-anfang/module.toml:25:8: error: `essay` is no kind of step
        hint: one of card, choice, multi, write, checklist, link, reflect, questionnaire
    ");
    assert_snapshot!(set("correct = \"b\"", "correct = \"z\""), @"lessons/beispiel/m1-anfang/module.toml:15:11: error: the right answer `z` is not among the options");
    assert_snapshot!(set("correct = \"b\"", "correct = [\"b\"]"), @r#"
    lessons/beispiel/m1-anfang/module.toml:15:11: error: a `choice` has one right answer
        hint: write `kind = "multi"` if there are several
    "#);
    assert_snapshot!(set("correct = [\"a\", \"c\"]", "correct = []"), @r#"
    lessons/beispiel/m1-anfang/module.toml:21:11: error: a `multi` has a list of right answers
        hint: write `correct = ["a", "c"]`
    "#);
    assert_snapshot!(set("correct = \"b\"", ""), @"lessons/beispiel/m1-anfang/module.toml:12:6: error: the step `reply-q` of the kind `choice` needs `correct`");
    assert_snapshot!(set("options = [\"a\", \"b\"]", "options = [\"a\", \"b\", \"b\", \"Ä\"]"), @r"
    lessons/beispiel/m1-anfang/module.toml:14:22: error: `b` is listed twice in `options`
    lessons/beispiel/m1-anfang/module.toml:14:27: error: `Ä` is no id for an answer or item
        hint: 1 to 16 of a–z, 0–9, - and _
    ");
    assert_snapshot!(set("id = \"goal\"", "id = \"reply\""), @"lessons/beispiel/m1-anfang/module.toml:24:6: error: the id `reply` is taken by another step of this module");
    assert_snapshot!(set("id = \"goal\"", "id = \"Goal!\""), @r"
    lessons/beispiel/m1-anfang/module.toml:24:6: error: `Goal!` is no id for a step
        hint: 1 to 32 of a–z, 0–9 and -
    ");
    assert_snapshot!(set("concept = \"K2\"", "concept = \"K15\""), @r"
    lessons/beispiel/m1-anfang/module.toml:26:11: error: `K15` is no section of the concept
        hint: K1 to K14
    ");
    assert_snapshot!(set("concept = \"K2\"", "correct = \"a\""), @"lessons/beispiel/m1-anfang/module.toml:26:11: error: `correct` does not go with the kind `write`");
    assert_snapshot!(set("minutes = 30", "minutes = 301"), @"lessons/beispiel/m1-anfang/module.toml:5:11: error: `minutes` must be from 1 to 300");
    assert_snapshot!(set("kind = \"pick\"", "kind = \"sentence\""), @r"
    lessons/beispiel/m1-anfang/module.toml:34:6: error: a questionnaire asks for one sentence at most
    lessons/beispiel/m1-anfang/module.toml:34:6: error: a questionnaire needs at least one question of the kind `pick`
    lessons/beispiel/m1-anfang/module.toml:40:11: error: `options` does not go with the kind `sentence`
    ");
    assert_snapshot!(set("kind = \"card\"", "kind = \"card\"\npicture = \"baum.jpg\"\nvideo = \"http://x\""), @r"
    lessons/beispiel/m1-anfang/module.toml:10:11: error: the picture `baum.jpg` is missing
    lessons/beispiel/m1-anfang/module.toml:11:9: error: `video` must be a full address that begins with https://
    ");
    assert_snapshot!(set("kind = \"card\"", "kind = \"card\"\nurl = \"https://example.org\""), @"lessons/beispiel/m1-anfang/module.toml:10:1: error: unknown field `url`, expected one of `id`, `kind`, `picture`, `video`, `parts`, `options`, `correct`, `concept`, `items`, `law`, `source`, `review_by`, `handover`, `question`");
}

#[test]
fn a_module_fits_into_its_week() {
    let more = r#"minutes = 200
        [[lesson.step]]
        id = "x"
        kind = "link"
        [[lesson]]
        id = "l2"
        minutes = 101
        [[lesson.step]]
        id = "y"
        kind = "link"
        [[lesson]]
        id = "l3"
        minutes = 1
        [[lesson]]
        id = "l3"
        minutes = 1"#;
    assert_snapshot!(replaced(MODULE, "minutes = 30", more), @r"
    lessons/beispiel/m1-anfang/module.toml:1:6: error: the lessons take 303 minutes, a week has 300
    lessons/beispiel/m1-anfang/module.toml:16:14: error: the lesson `l3` has no steps
    lessons/beispiel/m1-anfang/module.toml:19:14: error: the id `l3` is taken by another lesson of this module
    lessons/beispiel/m1-anfang/module.toml:1:6: warning: 4 lessons, but a week has 2 lesson days
        hint: the rest waits for the next week's days
    ");
}

#[test]
fn headings_must_be_those_of_the_structure() {
    let set = |from: &str, to: &str| replaced(DE, from, to);
    assert_snapshot!(set("### goal:", "### ziel:"), @r"
    lessons/beispiel/m1-anfang/de.md:5:1: error: the step `goal` is missing in the lesson `l1`
        hint: add a heading `### goal: …`
    lessons/beispiel/m1-anfang/de.md:34:1: error: module.toml has no step `ziel` here
        hint: it has reply, reply-q, thanks-q, goal, accounts, feedback
    ");
    assert_snapshot!(set("### goal:", "### reply:"), @r"
    lessons/beispiel/m1-anfang/de.md:5:1: error: the step `goal` is missing in the lesson `l1`
        hint: add a heading `### goal: …`
    lessons/beispiel/m1-anfang/de.md:34:1: error: the heading `reply` stands twice, first in line 7
    ");
    assert_snapshot!(set("### goal: Ein Satz", "### Ein Satz"), @r"
    lessons/beispiel/m1-anfang/de.md:5:1: error: the step `goal` is missing in the lesson `l1`
        hint: add a heading `### goal: …`
    lessons/beispiel/m1-anfang/de.md:34:1: error: the heading `Ein Satz für Ihr Konzept` does not begin with an id
        hint: write the id from module.toml, a colon and the title: `### mandate: Ein Auftrag`
    ");
    assert_snapshot!(set("### goal: Ein Satz für Ihr Konzept", "### goal:"), @"lessons/beispiel/m1-anfang/de.md:34:1: error: the title is empty");
    assert_snapshot!(set("### reply: Auch ein kurzes Wort zählt", "### reply"), @"lessons/beispiel/m1-anfang/de.md:7:1: error: the card `reply` has no title");
    assert_snapshot!(set("### goal: Ein Satz", "### goal: Ein **Satz**"), @"lessons/beispiel/m1-anfang/de.md:34:15: error: a heading holds plain words only");
    assert_snapshot!(set("## l1:", "## l2:"), @r"
    lessons/beispiel/m1-anfang/de.md: error: the lesson `l1` is missing
        hint: add a heading `## l1: …`
    lessons/beispiel/m1-anfang/de.md:5:1: error: module.toml has no lesson `l2` here
        hint: it has l1
    ");
    assert_snapshot!(set("# Der Anfang\n", "Der Anfang\n"), @r"
    lessons/beispiel/m1-anfang/de.md: error: the file has no title
        hint: begin it with `# Title`
    lessons/beispiel/m1-anfang/de.md:1:1: error: a text stands above the first heading
    ");
    assert_snapshot!(set("#### word:", "#### wort:"), @r"
    lessons/beispiel/m1-anfang/de.md:43:1: error: the question `word` is missing in the step `feedback`
        hint: add a heading `#### word: …`
    lessons/beispiel/m1-anfang/de.md:53:1: error: the step `feedback` has no question `wort`
    ");
    assert_snapshot!(set("#### able:", "##### able:"), @r"
    lessons/beispiel/m1-anfang/de.md:43:1: error: the question `able` is missing in the step `feedback`
        hint: add a heading `#### able: …`
    lessons/beispiel/m1-anfang/de.md:47:1: error: a heading has one to four `#`
    ");
    assert_snapshot!(set("### goal: Ein Satz", "#### able: Schon da?\n\n### goal: Ein Satz"), @"lessons/beispiel/m1-anfang/de.md:34:1: error: the step `thanks-q` is no questionnaire");
}

#[test]
fn answers_have_ids_words_and_explanations() {
    let set = |from: &str, to: &str| replaced(DE, from, to);
    assert_snapshot!(set("  > Bis dahin weiß niemand, ob die Frage angekommen ist.\n", ""), @r"
    lessons/beispiel/m1-anfang/de.md:20:1: error: the wrong answer `a` has no explanation
        hint: add a line below it, indented by two: `  > Because …`
    ");
    assert_snapshot!(set("- a: Warten", "- x: Warten"), @r"
    lessons/beispiel/m1-anfang/de.md:16:1: error: the step `reply-q` lacks the answers a
        hint: write `- a: the answer`, and the explanation below it as `  > …`
    lessons/beispiel/m1-anfang/de.md:20:1: error: module.toml has no answer `x` in the step `reply-q`
    ");
    assert_snapshot!(set("- b: Danken und", "- Danken und"), @r"
    lessons/beispiel/m1-anfang/de.md:16:1: error: the step `reply-q` lacks the answers b
        hint: write `- a: the answer`, and the explanation below it as `  > …`
    lessons/beispiel/m1-anfang/de.md:22:1: error: `Danken und sagen, wann Sie sich melden` has no id before it
        hint: write `- a: the answer`, and the explanation below it as `  > …`
    ");
    assert_snapshot!(set("- b: Danken und sagen, wann Sie sich melden", "- b:"), @"lessons/beispiel/m1-anfang/de.md:22:1: error: the answer `b` has no words");
    assert_snapshot!(set("eine Liste aller Konten.", "eine Liste aller Konten.\n  > Gut."), @"lessons/beispiel/m1-anfang/de.md:40:1: error: only answers that are right or wrong have an explanation");
    assert_snapshot!(set("  > Genau. Das", "  ```\n  code\n  ```\n  > Genau. Das"), @r"
    lessons/beispiel/m1-anfang/de.md:23:3: error: an answer is one line and one explanation
        hint: write `- a: the answer`, and the explanation below it as `  > …`
    ");
    assert_snapshot!(set("- c: Ein Grund", "- c: Ein Grund\n\nNoch ein Satz."), @r"
    lessons/beispiel/m1-anfang/de.md:34:1: error: a text stands below the answers
        hint: write `- a: the answer`, and the explanation below it as `  > …`
    ");
    assert_snapshot!(set("Was sollen wir ändern?", "Was sollen wir ändern?\n\n- 1: Nichts"), @"lessons/beispiel/m1-anfang/de.md:55:1: error: module.toml has no answer `1` in the question `word`");
}

#[test]
fn texts_obey_what_a_chat_can_show() {
    let set = |to: &str| replaced(DE, "Wer Ihnen schreibt, möchte gehört werden.", to);
    assert_snapshot!(set("Siehe [hier](seite.html), <b>dort</b> und ![Baum](baum.jpg)."), @r#"
    lessons/beispiel/m1-anfang/de.md:9:7: error: the link `seite.html` is not a full address
        hint: links begin with https://, http:// or mailto:
    lessons/beispiel/m1-anfang/de.md:9:27: error: HTML is not shown in messages
        hint: use Markdown; write `<` as `\<`
    lessons/beispiel/m1-anfang/de.md:9:34: error: HTML is not shown in messages
        hint: use Markdown; write `<` as `\<`
    lessons/beispiel/m1-anfang/de.md:9:43: error: a picture cannot stand in a text
        hint: give the step `picture = "…"` in module.toml
    "#);
    assert_snapshot!(set("Liebe {name}, schön!"), @"lessons/beispiel/m1-anfang/de.md:7:1: error: the screen of `reply` has the placeholder `{name}`, which nothing fills");
    assert_snapshot!(set(&"Viel Text. ".repeat(400)), @"
    lessons/beispiel/m1-anfang/de.md:7:1: error: the screen of `reply`: 4728 characters, 3796 are possible
        hint: shorten it, or let it come in several: `parts = 2` in module.toml
    ");
    let both = after(|files| {
        replace(files, DE, "Bis dahin weiß", &format!("{}Bis dahin weiß", "Weil es so ist. ".repeat(120)));
        replace(files, DE, "Genau. Das", &format!("Genau. {}Das", "Weil es so ist. ".repeat(120)));
    });
    assert_snapshot!(both, @"lessons/beispiel/m1-anfang/de.md:16:1: error: the screen of `reply-q`: 4103 characters, 3796 are possible");
    assert_snapshot!(set(&"Viel Text. ".repeat(80)), @"lessons/beispiel/m1-anfang/de.md:7:1: warning: the card has 1180 characters, 400 to 700 read well");
    assert_snapshot!(replaced(DE, "- 1: Ja", &format!("- 1: {}", "Ja ".repeat(30))), @"lessons/beispiel/m1-anfang/de.md:43:1: error: an answer to `able` has 89 characters, a button holds 64");
    assert_snapshot!(replaced(DE, "Am Freitag um vier", &"Freitag ".repeat(11)), @"lessons/beispiel/m1-anfang/de.md:16:1: error: the title has 87 characters, 80 are possible");
}

#[test]
fn a_picture_must_exist_and_makes_its_text_a_caption() {
    let with_picture = |more: usize| {
        after(|files| {
            replace(files, MODULE, "kind = \"card\"", "kind = \"card\"\npicture = \"baum.png\"");
            let words = format!("![Ein Baum](baum.png)\n\n{}Wer Ihnen schreibt", "Bild. ".repeat(more));
            replace(files, DE, "Wer Ihnen schreibt", &words);
            replace(files, EN, "People who write", "![A tree](baum.png)\n\nPeople who write");
            files.insert("lessons/beispiel/m1-anfang/baum.png".to_owned(), parts::PICTURE.to_vec());
        })
    };
    assert_eq!(with_picture(0), "");
    assert_snapshot!(with_picture(90), @"
    lessons/beispiel/m1-anfang/de.md:7:1: error: the screen of `reply`: 921 characters, 724 are possible
        hint: shorten it, or let it come in several: `parts = 2` in module.toml
    ");
}

#[test]
fn files_that_are_missing_or_unreadable_are_named() {
    let without = |path: &str| after(|files| drop(files.remove(path)));
    let with = |path: &str, bytes: Vec<u8>| after(|files| drop(files.insert(path.to_owned(), bytes)));
    assert_snapshot!(without(PROGRAMME), @"lessons/beispiel/programme.toml: error: the file is missing");
    assert_snapshot!(without(MODULE), @"lessons/beispiel/m1-anfang/module.toml: error: the file is missing");
    assert_snapshot!(without(DE), @"lessons/beispiel/m1-anfang/de.md: error: the file is missing");
    assert_snapshot!(with(EN, b"# A\n\n\xff".to_vec()), @r"
    lessons/beispiel/m1-anfang/en.md:3:1: error: the file is not UTF-8
        hint: save it as UTF-8
    ");
    assert_snapshot!(with(EN, vec![b'a'; 2 << 20]), @"lessons/beispiel/m1-anfang/en.md: error: the file cannot be read: it has 2097152 bytes, 1048576 are possible");
    assert_snapshot!(with("lessons/beispiel/m2/module.toml", vec![]), @r"
    lessons/beispiel/m2: warning: the folder is no module of the programme
        hint: add it to `modules` in programme.toml, or delete it
    ");
    let empty = TempDir::new().expect("a folder");
    assert!(findings(empty.path()).starts_with("lessons: error: cannot read the folder "));
}

#[test]
fn a_gap_is_an_error_in_a_live_language_and_a_warning_in_a_draft() {
    let heading = "### goal: A sentence for your concept\n";
    assert_snapshot!(replaced(EN, heading, ""), @r"
    lessons/beispiel/m1-anfang/en.md:5:1: error: the step `goal` is missing in the lesson `l1`
        hint: add a heading `### goal: …`
    lessons/beispiel/m1-anfang/en.md:35:1: error: a text stands below the answers
        hint: write `- a: the answer`, and the explanation below it as `  > …`
    ");
    let draft = after(|files| {
        replace(files, PROGRAMME, "en = \"live\"", "en = \"draft\"");
        replace(files, EN, heading, "");
        files.remove("lessons/beispiel/en.md");
    });
    assert_snapshot!(draft, @r"
    lessons/beispiel/m1-anfang/en.md:5:1: warning: the step `goal` is missing in the lesson `l1`
        hint: add a heading `### goal: …`
    lessons/beispiel/m1-anfang/en.md:35:1: warning: a text stands below the answers
        hint: write `- a: the answer`, and the explanation below it as `  > …`
    ");
}

#[test]
fn a_faulty_translation_falls_back_whole_and_a_faulty_source_stops_the_load() {
    let mut files = example();
    replace(&mut files, EN, "  > They are loud, but they mean nobody.\n", "");
    let library = Library::load(Source::Folder(written(&files).path())).expect("a translation never stops the load");
    let (lesson, language) = library.lesson_text("beispiel", "m1", "l1", "en").expect("there");
    assert_eq!((lesson.title.as_str(), language), ("Wer fragt, bekommt Antwort", "de"));
    let module = library.module_text("beispiel", "m1", "en-GB");
    assert_eq!(module.map(|(m, l)| (m.title.as_str(), l)), Some(("The beginning", "en")));
    assert_eq!(library.lesson_text("beispiel", "m1", "l1", "fr").map(|(_, l)| l), Some("de"));
    assert!(library.lesson_text("beispiel", "m2", "l1", "de").is_none());

    replace(&mut files, DE, "  > Sie sind laut, aber sie meinen niemanden.\n", "");
    let stopped = Library::load(Source::Folder(written(&files).path())).expect_err("stops");
    assert_eq!(stopped.iter().map(|f| f.file.as_str()).collect::<Vec<_>>(), [DE]);
}
