//! Tables for translators: nothing is lost on the way there and back, and nothing that is wrong gets in.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use tandem::app::translations::{Table, TableError, export, import, progress};
use tandem::content::{Source, check};
use tandem::domain::translation::{Refusal, State};
use tandem::l10n::Words;

#[path = "support/files.rs"]
mod files;

use files::ContentFolder;

const GERMAN: &str = "lessons/fuehrerschein/m1-dialog/de.md";
const ENGLISH: &str = "lessons/fuehrerschein/m1-dialog/en.md";

/// Every file of a folder with its bytes.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn walk(folder: &Path, all: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => walk(&path, all),
                false => drop(all.insert(path.clone(), fs::read(&path).unwrap())),
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(folder, &mut all);
    all
}

fn errors(folder: &Path) -> Vec<String> {
    check(Source::Folder(folder)).iter().filter(|f| f.is_error()).map(ToString::to_string).collect()
}

/// What is said about a table that must be refused as a whole.
fn refused(folder: &ContentFolder, table: Table, text: impl AsRef<[u8]>) -> Vec<Refusal> {
    let before = bytes(folder.path());
    let refusals = match import(folder.path(), "en", table, text.as_ref()) {
        Err(TableError::Refused(refusals)) => refusals,
        other => panic!("{other:?}"),
    };
    assert!(bytes(folder.path()) == before, "something was written");
    refusals
}

fn lines(refusals: &[Refusal]) -> String {
    refusals.iter().map(|refusal| format!("{refusal}\n")).collect()
}

#[test]
fn all_texts_of_all_languages_go_into_either_table_and_come_back_byte_for_byte() {
    let folder = ContentFolder::copied();
    let before = bytes(folder.path());
    for language in ["en", "de-simple"] {
        for table in [Table::Csv, Table::Po] {
            let text = export(folder.path(), language, table).unwrap();
            let taken = import(folder.path(), language, table, text.as_bytes()).unwrap();
            assert_eq!((taken.changed, taken.reviewed, taken.older), (0, 0, 0));
            assert!(bytes(folder.path()) == before, "{language} in {table:?} changed a file");
            // As a spreadsheet on another system saves it.
            let foreign = format!("\u{feff}{}", text.replace("\r\n", "\n").replace('\n', "\r\n"));
            import(folder.path(), language, table, foreign.as_bytes()).unwrap();
            assert!(bytes(folder.path()) == before, "{language} in {table:?} with other line ends changed a file");
        }
    }
}

#[test]
fn a_language_that_is_lost_is_whole_again_from_its_table() {
    for table in [Table::Csv, Table::Po] {
        let folder = ContentFolder::copied();
        let text = export(folder.path(), "en", table).unwrap();
        let english = Words::from_dir(&folder.file("locales")).unwrap();
        for path in bytes(folder.path()).keys() {
            if path.ends_with("en.md") || path.parent().unwrap().ends_with("locales/en") {
                fs::remove_file(path).unwrap();
            }
        }
        let locks = folder.file("lessons/fuehrerschein/translations.lock");
        fs::remove_file(&locks).unwrap();
        import(folder.path(), "en", table, text.as_bytes()).unwrap();
        assert_eq!(errors(folder.path()), [] as [String; 0]);
        let again = Words::from_dir(&folder.file("locales")).unwrap();
        let lang = "en".into();
        assert_eq!(again.starting_with(&lang, ""), english.starting_with(&lang, ""));
        assert_eq!(export(folder.path(), "en", table).unwrap(), text);
    }
}

#[test]
fn a_changed_translation_lands_in_its_place_and_counts_as_made_from_the_source_of_its_table() {
    let folder = ContentFolder::copied();
    folder.change(GERMAN, "### mandate: Ein Auftrag mit Arbeitszeit", "### mandate: Ein Auftrag braucht Arbeitszeit");
    assert_eq!(errors(folder.path()).len(), 1, "the English card is stale");
    let table = export(folder.path(), "en", Table::Po).unwrap();
    let old = folder.read(ENGLISH);
    let title = old.lines().find(|line| line.starts_with("### mandate:")).unwrap().to_owned();
    let new = "### mandate: A mandate needs time";
    let changed = table.replace(&format!("\"{title}\\n\""), &format!("\"{new}\\n\"")).replace("#, fuzzy\n", "");
    let taken = import(folder.path(), "en", Table::Po, changed.as_bytes()).unwrap();
    assert_eq!((taken.changed, taken.older), (1, 0));
    assert_eq!(folder.read(ENGLISH), old.replace(&title, new), "and nothing else has changed");
    assert_eq!(errors(folder.path()), [] as [String; 0]);
}

#[test]
fn a_translation_of_an_older_source_is_taken_and_stays_stale() {
    let folder = ContentFolder::copied();
    let table = export(folder.path(), "en", Table::Csv).unwrap();
    folder.change(GERMAN, "### mandate: Ein Auftrag mit Arbeitszeit", "### mandate: Ein Auftrag braucht Arbeitszeit");
    let title = folder.read(ENGLISH).lines().find(|line| line.starts_with("### mandate:")).unwrap().to_owned();
    let changed = table.replace(&title, "### mandate: Time");
    let taken = import(folder.path(), "en", Table::Csv, changed.as_bytes()).unwrap();
    assert_eq!((taken.changed, taken.older), (1, 1));
    assert!(folder.read(ENGLISH).contains("### mandate: Time\n"));
    assert_eq!(errors(folder.path()).len(), 1);
}

#[test]
fn whoever_confirms_a_stale_translation_in_the_table_has_looked_at_it() {
    let folder = ContentFolder::copied();
    folder.change(GERMAN, "### mandate: Ein Auftrag mit Arbeitszeit", "### mandate: Ein Auftrag, mit Arbeitszeit");
    let table = export(folder.path(), "en", Table::Csv).unwrap();
    assert_eq!(table.matches(",stale").count(), 1);
    let taken = import(folder.path(), "en", Table::Csv, table.replace(",stale", ",current").as_bytes()).unwrap();
    assert_eq!((taken.changed, taken.reviewed), (0, 1));
    assert_eq!(errors(folder.path()), [] as [String; 0]);
}

#[test]
fn sentences_of_the_locale_files_land_in_their_places_too() {
    let folder = ContentFolder::copied();
    let before = folder.read("locales/en/study.ftl");
    let table = "id;source;translation\n\"study.ftl judged-right\";\"\";\"Right!\n{ $answer }\"\n";
    let taken = import(folder.path(), "en", Table::Csv, table.as_bytes()).unwrap();
    assert_eq!(taken.changed, 1);
    let after = folder.read("locales/en/study.ftl");
    assert!(after.contains("\njudged-right = Right!\n    { $answer }\n"), "{after}");
    let changed = before.lines().filter(|line| !after.lines().any(|other| other == *line)).count();
    assert!(changed <= 2, "only this text has changed");
    Words::from_dir(&folder.file("locales")).unwrap();
}

#[test]
fn a_table_with_anything_wrong_is_refused_with_each_line_and_nothing_is_written() {
    let folder = ContentFolder::copied();
    let csv = |rows: &str| refused(&folder, Table::Csv, format!("id,source,translation\n{rows}"));
    let good = "study.ftl judged-right,x,{ $answer }\n";
    assert_snapshot!(lines(&csv(&format!("{good}fuehrerschein m9/none,x,y\n{good}"))), @"
    3: there is no text `fuehrerschein m9/none`
    4: study.ftl judged-right: stands twice, also in line 2
    ");
    assert_snapshot!(lines(&csv("study.ftl judged-right,x,Right\n\"study.ftl judged-wrong\",x,{ $answer } { $right } { $name }\n")), @"
    2: study.ftl judged-right: lacks $answer
    3: study.ftl judged-wrong: has $name, which the source does not have
    ");
    assert_snapshot!(lines(&csv("study.ftl judged-right,x,{ $answer\n")), @r#"2: study.ftl judged-right: is no Fluent text: Expected a token starting with "}""#);
    assert_snapshot!(lines(&csv("study.ftl judged-right,x,\"{ $answer }\n}\nother = text\"\n")), @r#"2: study.ftl judged-right: is no Fluent text: Expected one of "a-zA-Z""#);
    assert_snapshot!(lines(&csv("fuehrerschein m1/mandate,x,No heading at all\n")), @"2: fuehrerschein m1/mandate: must begin with `### mandate: …` and hold no other such heading");
    assert_snapshot!(lines(&csv("fuehrerschein m1/mandate,x,\"### mandate: Time\n\nSome <b>words</b> for { $name }\n\n### goal: Another\n\nText\"\n")), @"2: fuehrerschein m1/mandate: must begin with `### mandate: …` and hold no other such heading");
    assert_snapshot!(lines(&csv("fuehrerschein m1/mandate,x,\"### mandate: Time\n\nSome <b>words</b> for { $name }\"\n")), @r#"
    2: fuehrerschein m1/mandate: HTML is not shown in messages (use Markdown; write `<` as `\<`)
    2: fuehrerschein m1/mandate: HTML is not shown in messages (use Markdown; write `<` as `\<`)
    "#);
    assert_snapshot!(lines(&csv("fuehrerschein m1/mandate-q,x,\"### mandate-q: Time\n\nWhat now?\n\n- a: This\n- z: That\"\n")), @"
    2: fuehrerschein m1/mandate-q: the step `mandate-q` lacks the answers b, c, d (write `- a: the answer`, and the explanation below it as `  > …`)
    2: fuehrerschein m1/mandate-q: module.toml has no answer `z` in the step `mandate-q`
    2: fuehrerschein m1/mandate-q: the wrong answer `a` has no explanation (add a line below it, indented by two: `  > Because …`)
    ");
    assert_snapshot!(lines(&csv("study.ftl judged-right,x\n")), @"2: has 2 columns, 3 belong here");
    assert_snapshot!(lines(&refused(&folder, Table::Csv, "name,text\na,b\n")), @"1: there is no column `id`");
    assert_snapshot!(lines(&refused(&folder, Table::Csv, b"id,source,translation\nstudy.ftl judged-right,x,\xff\xfe\n")), @"2: is not UTF-8; save the file as UTF-8");
}

#[test]
fn a_po_file_that_is_none_is_refused_with_its_line() {
    let folder = ContentFolder::copied();
    let po = |text: &str| lines(&refused(&folder, Table::Po, text));
    assert_snapshot!(po("msgctxt \"study.ftl judged-right\"\nmsgid \"x\"\nmsgstr \"\n"), @"3: neither a comment nor a text in quotation marks");
    assert_snapshot!(po("\"\n"), @"1: neither a comment nor a text in quotation marks");
    assert_snapshot!(po("msgid \"a \" b\"\n"), @r#"1: a quotation mark within a text needs a `\` before it"#);
    assert_snapshot!(po("msgid \"a\\q\"\n"), @r#"1: a `\` before something that does not need one"#);
    assert_snapshot!(po("msgid \"one\"\nmsgid_plural \"many\"\n"), @"2: plural forms are part of the text here");
    assert_snapshot!(po("<html>\n"), @"1: neither a comment nor a text in quotation marks");
    assert_snapshot!(po("msgid \"without a context\"\nmsgstr \"text\"\n"), @"1: has no id (`msgctxt` in a PO file, the column `id` in a table)");
}

#[test]
fn progress_counts_every_text_and_names_those_that_need_somebody() {
    let folder = ContentFolder::copied();
    let count = |of: &str, state: State| -> usize {
        let all = progress(folder.path()).unwrap();
        let english =
            all.iter().filter(|one| one.language == "en" && one.programme.as_deref().unwrap_or("locales") == of);
        english.map(|one| one.counts.get(&state).copied().unwrap_or_default()).sum()
    };
    let (lessons, locales) = (count("fuehrerschein", State::Current), count("locales", State::Current));
    assert!(lessons > 100 && locales > 300, "{lessons} {locales}");
    folder.change(GERMAN, "### mandate: Ein Auftrag mit Arbeitszeit", "### mandate: Zeit");
    folder.cut(ENGLISH, "### mandate-q:", "### goal:");
    folder.change("locales/en/study.ftl", "judged-right = ", "# judged-right = ");
    assert_eq!(count("fuehrerschein", State::Current), lessons - 2);
    assert_eq!((count("fuehrerschein", State::Stale), count("fuehrerschein", State::Missing)), (1, 1));
    assert_eq!((count("locales", State::Current), count("locales", State::Missing)), (locales - 1, 1));
    let all = progress(folder.path()).unwrap();
    let open = &all.iter().find(|one| one.language == "en" && one.programme.is_some()).unwrap().open;
    let named: Vec<&str> = open.iter().map(|(_, id)| id.as_str()).collect();
    assert_eq!(named, ["fuehrerschein m1/mandate", "fuehrerschein m1/mandate-q"]);
}
