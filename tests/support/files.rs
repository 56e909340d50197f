//! A content folder of one's own, to change: a copy of the lessons and locales that are built in.

use std::fs;
use std::path::{Path, PathBuf};

/// Lessons and locales in a folder that goes with the test.
pub struct ContentFolder(tempfile::TempDir);

impl ContentFolder {
    pub fn copied() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for part in ["lessons", "locales"] {
            copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(part), &folder.path().join(part));
        }
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn file(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.file(path)).expect("a text")
    }

    pub fn write(&self, path: &str, text: &str) {
        fs::write(self.file(path), text).expect("a file");
    }

    /// Replaces words that must be there.
    pub fn change(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not say {from:?}");
        self.write(path, &text.replacen(from, to, 1));
    }

    /// Takes out what stands between two places, the first of them included.
    pub fn cut(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        let begin = text.find(from).expect("where it begins");
        let end = begin + from.len() + text[begin + from.len()..].find(to).expect("where it ends");
        self.write(path, &format!("{}{}", &text[..begin], &text[end..]));
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let below = to.join(path.file_name().expect("a name"));
        match path.is_dir() {
            true => copy(&path, &below),
            false => drop(fs::copy(&path, &below).expect("a copy")),
        }
    }
}
