//! Locale folders in the making.

use std::fs;

use tandem::domain::lang::Lang;
use tandem::l10n::Words;

use super::{DRAFT, root, texts, variables};

#[test]
fn a_draft_may_lack_texts_but_has_no_others_and_is_read_only_when_it_is_whole() {
    let words = Words::built_in().unwrap();
    let source = texts("de");
    let drafts: Vec<String> = folders().into_iter().filter(|lang| texts(lang).contains_key(DRAFT)).collect();
    assert_eq!(drafts, ["de-simple"]);
    assert_eq!(words.drafts().iter().map(Lang::code).collect::<Vec<_>>(), drafts);
    for lang in drafts {
        let draft = texts(&lang);
        for key in draft.keys().filter(|key| *key != DRAFT) {
            assert!(source.contains_key(key), "{lang}: {key} is in no other language");
            assert_eq!(variables(&source, key), variables(&draft, key), "variables of {key} in {lang}");
        }
        let whole = source.keys().all(|key| draft.contains_key(key));
        let (here, in_german) = (Lang::from(lang.as_str()), Lang::source());
        let same = |key: &str| words.get(&here, key) == words.get(&in_german, key);
        assert!(whole || source.keys().all(|key| same(key)), "{lang} lacks texts and is mixed with German");
        assert_ne!(words.language_name(&here), words.language_name(&in_german));
        assert!(!words.languages().contains(&here), "nobody gets a draft unasked");
    }
}

/// All languages that have a folder.
pub fn folders() -> Vec<String> {
    let mut languages: Vec<String> = fs::read_dir(root().join("locales"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    languages.sort();
    languages
}
