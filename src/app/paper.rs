//! A paper that somebody can take along: one model of sections, written as Markdown, as a Word file, as pages.
//!
//! Owns: the model, and that what people wrote stays letters in every format. Does not know what a paper is about.

mod docx;
mod markdown;
pub mod pages;
mod printed;

use crate::domain::lang::Lang;

/// A paper, all words already in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub title: String,
    /// Whose it is and of which day: what stands below the title.
    pub head: Vec<String>,
    pub lang: Lang,
    pub sections: Vec<Section>,
}

/// A part of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub title: String,
    /// What the part is for, in one sentence of ours; may be empty.
    pub lead: String,
    pub body: Body,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// What people wrote, paragraph by paragraph.
    Text(Vec<String>),
    /// Why there is nothing, in a sentence of ours.
    Missing(String),
}

/// How a paper is written to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Pdf,
    Docx,
    Markdown,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    #[error(transparent)]
    Printed(#[from] pages::NotPrinted),
    #[error("the file cannot be packed: {0}")]
    Packed(#[from] zip::result::ZipError),
    #[error("the file cannot be packed: {0}")]
    Io(#[from] std::io::Error),
}

impl Document {
    /// As the bytes of a file.
    ///
    /// # Errors
    /// When a library cannot put it together.
    pub fn write(&self, format: Format) -> Result<Vec<u8>, NotWritten> {
        match format {
            Format::Pdf => Ok(printed::pdf(self)?),
            Format::Docx => docx::docx(self),
            Format::Markdown => Ok(markdown::markdown(self).into_bytes()),
        }
    }
}

impl Body {
    /// What somebody wrote, in paragraphs.
    pub fn of(text: &str) -> Self {
        let lines = text.lines().map(harmless).map(|line| line.trim().to_owned());
        Self::Text(lines.filter(|line| !line.is_empty()).collect())
    }
}

/// A text without what cannot be seen and changes what can: control characters, and marks that turn the direction of what
/// follows (UAX 9). Neither has a place in XML 1.0 or on paper.
pub fn harmless(text: &str) -> String {
    let keep = |c: char| match c {
        '\t' | '\n' | '\r' => Some(' '),
        '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        '\u{fffe}' | '\u{ffff}' => Some('\u{fffd}'),
        c if c.is_control() => Some('\u{fffd}'),
        c => Some(c),
    };
    text.chars().filter_map(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    /// What hostile people write: markup of every kind, control characters, turned text, a word without end.
    pub(super) const HOSTILE: &str = "<script>alert(1)</script> & ]]> *x* _y_ `z` [a](http://b)\n# no title\n1. no list\n\
        \u{0}\u{7}\u{1b}[31m red \u{202e}turned\u{202c} \u{2066}isolated\u{2069}\n\u{5e9}\u{5dc}\u{5d5}\u{5dd} مرحبا\n\
        🙂👩‍👩‍👧‍👦 \u{ffff}=1+1\n";

    pub(super) fn document(texts: &[&str]) -> Document {
        let sections = texts.iter().map(|text| Section {
            title: "Ziel & Weg".to_owned(),
            lead: "Wozu?".to_owned(),
            body: Body::of(text),
        });
        let missing = Section {
            title: "Fünf Regeln".to_owned(),
            lead: String::new(),
            body: Body::Missing("Noch offen.".to_owned()),
        };
        Document {
            title: "Konzept".to_owned(),
            head: vec![harmless("Rathaus <Musterstadt>"), "Stand: 2. März 2026".to_owned()],
            lang: Lang::source(),
            sections: sections.chain([missing]).collect(),
        }
    }

    #[test]
    fn what_cannot_be_seen_is_left_out() {
        assert_eq!(harmless("a\u{202e}b\u{0}c\td\u{200f}"), "ab\u{fffd}c d");
        assert_eq!(Body::of("a\r\n\n  b \u{2028}"), Body::Text(vec!["a".into(), "b".into()]));
    }

    #[test]
    fn a_word_file_is_a_package_whose_parts_are_whole_and_whose_text_is_what_was_written() {
        let endless = "x".repeat(5_000);
        let bytes = document(&[HOSTILE, &endless]).write(Format::Docx).expect("a file");
        let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
        let names = package.file_names().map(|name| name.expect("a name").into_owned());
        let names: Vec<String> = names.collect();
        for name in ["[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml", "word/footer1.xml"] {
            assert!(names.iter().any(|known| known == name), "{names:?}");
        }
        for name in names {
            let mut text = String::new();
            package.by_name(&name).expect("a part").read_to_string(&mut text).expect("UTF-8");
            // usvg's parser of XML is strict, and at hand.
            let parsed = resvg::usvg::roxmltree::Document::parse(&text);
            let parsed = parsed.unwrap_or_else(|error| panic!("{name}: {error}"));
            if name == "word/document.xml" {
                let words: String = parsed
                    .descendants()
                    .filter(|n| n.has_tag_name(("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "t")))
                    .filter_map(|n| n.text())
                    .collect();
                assert!(words.contains("<script>alert(1)</script> & ]]> *x*"), "{words}");
                assert!(words.contains(&endless) && words.contains("🙂") && !words.contains('\u{202e}'));
                assert_eq!(parsed.descendants().filter(|n| n.tag_name().name() == "script").count(), 0);
            }
        }
    }

    #[test]
    fn pages_of_whatever_was_written_are_printed_and_long_texts_go_on_on_further_pages() {
        let long = "Mehr Beispiele aus dem Rathaus, bitte. ".repeat(400);
        for text in [HOSTILE, &"W".repeat(4_000), &long] {
            let bytes = document(&[text]).write(Format::Pdf).expect("pages");
            assert!(bytes.starts_with(b"%PDF-"));
        }
    }

    #[test]
    fn papers_can_be_looked_at() {
        let Some(folder) = std::env::var_os("TANDEM_TEST_PICTURES").map(std::path::PathBuf::from) else { return };
        let long =
            "Bis 31. Mai fragen zwölf Menschen nach einem Probetag. Das schaffen wir mit zwei Beiträgen in der Woche. \
            "
            .repeat(30);
        let paper = document(&[&long, HOSTILE, &"W".repeat(400), &long, "- eins\n- zwei"]);
        for (format, name) in [(Format::Pdf, "paper.pdf"), (Format::Docx, "paper.docx"), (Format::Markdown, "paper.md")]
        {
            std::fs::write(folder.join(name), paper.write(format).expect("a file")).expect("a file");
        }
    }
}
