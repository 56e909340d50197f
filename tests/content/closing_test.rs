//! The pool of the closing test, and facts that must be looked at again: each mistake gets a finding that helps.

use insta::assert_snapshot;
use tandem::content::{Library, Source, overdue};

use super::{Files, MODULE, PROGRAMME, after, example, replace, replaced, written};

const POOL: &str = "lessons/beispiel/test/pool.toml";
const POOL_DE: &str = "lessons/beispiel/test/de.md";

/// A closing test beside the example: four questions, of which a test asks two.
fn with_test(files: &mut Files) {
    replace(files, PROGRAMME, "[\"m1-anfang\"]", "[\"m1-anfang\"]\ntest = \"test\"");
    let item = |n: usize, correct: &str| {
        format!(
            "\n[[topic.item]]\nid = \"q{n}\"\nkind = \"choice\"\noptions = [\"a\", \"b\"]\ncorrect = \"{correct}\"\n"
        )
    };
    let items: String = ["a", "b", "a", "b"].iter().enumerate().map(|(n, right)| item(n, right)).collect();
    files.insert(POOL.into(), format!("[[topic]]\nmodule = \"m1\"\ndraw = 2\n{items}").into_bytes());
    let words = |n: usize| format!("\n### q{n}: Fall {n}\n\nWas tun?\n\n- a: Dies\n  > Weil.\n- b: Das\n  > Darum.\n");
    let text: String = (0..4).map(words).collect();
    for path in [POOL_DE, "lessons/beispiel/test/en.md"] {
        files.insert(path.into(), format!("# Test\n\nZwei Fragen.\n\n## m1: Thema\n{text}").into_bytes());
    }
}

fn tested(edit: impl FnOnce(&mut Files)) -> String {
    after(|files| {
        with_test(files);
        edit(files);
    })
}

#[test]
fn a_closing_test_is_checked_like_a_module() {
    assert_eq!(tested(|_| {}), "");
    let pool = |from: &str, to: &str| tested(|files| replace(files, POOL, from, to));
    assert_snapshot!(pool("draw = 2", "draw = 3"), @"
    lessons/beispiel/test/pool.toml:3:8: warning: a second test would repeat questions: there are 4, and each asks 3
        hint: 6 would do
    ");
    assert_snapshot!(pool("draw = 2", "draw = 5"), @"lessons/beispiel/test/pool.toml:3:8: error: a test asks 5 questions of this topic, and there are 4");
    assert_snapshot!(pool("draw = 2", "draw = 0"), @"lessons/beispiel/test/pool.toml:3:8: error: `draw` must be at least 1");
    assert_snapshot!(pool("module = \"m1\"", "module = \"m7\""), @"
    lessons/beispiel/test/pool.toml:2:10: error: the programme has no module `m7`
        hint: it has m1
    ");
    assert_snapshot!(pool("kind = \"choice\"\noptions = [\"a\", \"b\"]\ncorrect = \"a\"", "kind = \"reflect\""), @"
    lessons/beispiel/test/pool.toml:7:8: error: `reflect` is no kind of question for a test
        hint: `choice` or `multi`
    lessons/beispiel/test/pool.toml:3:8: warning: a second test would repeat questions: there are 3, and each asks 2
        hint: 4 would do
    ");
    assert_snapshot!(pool("correct = \"a\"", "correct = \"a\"\nlaw = true"), @"
    lessons/beispiel/test/pool.toml:6:6: error: the step `q0` is about law and needs `source`
        hint: and `review_by`, the day by which somebody should look whether it still holds
    ");
    assert_snapshot!(tested(|files| replace(files, POOL_DE, "- a: Dies\n  > Weil.\n", "- a: Dies\n")), @"
    lessons/beispiel/test/de.md:7:1: warning: the right answer `a` to `q0` has no explanation
        hint: in a test there is no card before it that explains
    ");
    assert_snapshot!(tested(|files| replace(files, MODULE, "id = \"m1\"", "id = \"test\"")), @"
    lessons/beispiel/m1-anfang/module.toml:1:6: error: the id `test` is the closing test's
        hint: give the module another id
    lessons/beispiel/test/pool.toml:2:10: error: the programme has no module `m1`
        hint: it has test
    ");
    assert_snapshot!(tested(|files| { files.remove(POOL); }), @"lessons/beispiel/test/pool.toml: error: the file is missing");
}

#[test]
fn always_choosing_the_same_place_must_not_pass() {
    let more = |files: &mut Files| {
        let pool = String::from_utf8(files[POOL].clone()).expect("text").replace("correct = \"b\"", "correct = \"a\"");
        let again = pool.split_once("\n[[topic.item]]").expect("items").1.replace("\"q", "\"r");
        files.insert(POOL.into(), format!("{pool}\n[[topic.item]]{again}").into_bytes());
        for path in [POOL_DE, "lessons/beispiel/test/en.md"] {
            let text = String::from_utf8(files[path].clone()).expect("text");
            let again = text.split_once("\n### ").expect("items").1.replace("### q", "### r").replacen('q', "r", 1);
            files.insert(path.into(), format!("{text}\n### {again}").into_bytes());
        }
    };
    assert_snapshot!(tested(more), @"
    lessons/beispiel/test/pool.toml:1:1: warning: the right answer stands in place 1 in 8 of 8 questions
        hint: change the order of some answers, in all languages
    ");
}

#[test]
fn a_test_comes_in_one_language_as_a_whole() {
    let mut files = example();
    with_test(&mut files);
    replace(&mut files, "lessons/beispiel/test/en.md", "### q3: Fall 3", "### q9: Fall 3");
    let library = Library::load(Source::Folder(written(&files).path())).expect("loads");
    let (words, language) = library.lesson_text("beispiel", "test", "m1", "en").expect("in some language");
    assert_eq!((words.steps.len(), language), (4, "de"));
}

#[test]
fn facts_that_may_go_out_of_date_name_their_source_and_the_day_to_look_at_them_again() {
    let dated = "kind = \"card\"\nsource = \"§ 1 X\"\nreview_by = 2027-05-31";
    assert_eq!(replaced(MODULE, "kind = \"card\"", dated), "");
    let set = |to: &str| replaced(MODULE, "kind = \"card\"", &format!("kind = \"card\"\n{to}"));
    assert_snapshot!(set("source = \"§ 1 X\""), @"
    lessons/beispiel/m1-anfang/module.toml:10:10: error: a `source` comes with `review_by`
        hint: write the day by which somebody should look at it again: `review_by = 2027-05-31`
    ");
    assert_snapshot!(set("review_by = 2027-05-31"), @"lessons/beispiel/m1-anfang/module.toml:10:13: error: `review_by` comes with a `source`");
    assert_snapshot!(set("source = \"\"\nreview_by = 2027-05-31T10:00:00"), @"
    lessons/beispiel/m1-anfang/module.toml:10:10: error: the source has 0 characters, 1 to 160 are possible
    lessons/beispiel/m1-anfang/module.toml:11:13: error: `review_by` must be a day, such as 2027-05-31
    ");
    assert_snapshot!(set("law = true"), @"lessons/beispiel/m1-anfang/module.toml:10:7: error: `law` does not go with the kind `card`");
    let mut files = example();
    replace(&mut files, MODULE, "kind = \"card\"", dated);
    let dir = written(&files);
    let on = |day: &str| {
        let findings = overdue(Source::Folder(dir.path()), day.parse().expect("a day"));
        findings.iter().map(|f| format!("{f}\n")).collect::<String>()
    };
    assert_eq!(on("2027-05-31"), "");
    assert_snapshot!(on("2027-06-01"), @"
    lessons/beispiel/m1-anfang/module.toml:11:13: warning: `reply` was to be looked at by 2027-05-31
        hint: see whether its facts still hold, then move `review_by`
    ");
}

#[test]
fn the_closing_test_of_the_course_has_sixty_cases_and_asks_twenty() {
    let library = Library::load(Source::BuiltIn).expect("loads");
    let course = &library.programme("fuehrerschein").expect("is built in").programme;
    let test = course.test.as_ref().expect("has a test");
    assert_eq!((test.length(), test.pool.steps().count()), (20, 64));
    // A third test can still ask questions of its own.
    assert!(test.groups().all(|(group, draw)| group.steps.len() >= 3 * draw));
    assert_eq!(test.pool.steps().filter(|step| step.law).count(), 31);
    assert!(test.pool.steps().all(|step| step.law == step.review.is_some()));
}
