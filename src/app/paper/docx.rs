//! A paper as a Word file (ECMA-376, Office Open XML): styles that a reader can change, and page numbers.
//!
//! Owns: the few parts of the package that a paper of titles and paragraphs needs. Does not know what is in it.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Body, Document, NotWritten};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>"#;

const OF_THE_DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/>
</Relationships>"#;

/// "Page / pages", counted by whatever opens the file.
const FOOTER: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr>
<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> / </w:t></w:r>
<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>"#;

/// A4 with margins of 2 cm, in twentieths of a point.
const PAGE: &str = r#"<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>"#;

pub(super) fn docx(paper: &Document) -> Result<Vec<u8>, NotWritten> {
    let lang = escape(paper.lang.code());
    let parts = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("docProps/core.xml", properties(paper, &lang)),
        ("word/document.xml", body(paper)),
        ("word/styles.xml", styles(&lang)),
        ("word/footer1.xml", FOOTER.to_owned()),
        ("word/_rels/document.xml.rels", OF_THE_DOCUMENT.to_owned()),
    ];
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        package.start_file(name, SimpleFileOptions::default())?;
        package.write_all(text.as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}

fn body(paper: &Document) -> String {
    let mut out = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#,
    );
    paragraph(&mut out, "Title", &paper.title);
    for line in &paper.head {
        paragraph(&mut out, "Note", line);
    }
    for section in &paper.sections {
        paragraph(&mut out, "Heading1", &section.title);
        if !section.lead.is_empty() {
            paragraph(&mut out, "Note", &section.lead);
        }
        match &section.body {
            Body::Text(paragraphs) => paragraphs.iter().for_each(|text| paragraph(&mut out, "Normal", text)),
            Body::Missing(why) => paragraph(&mut out, "Note", why),
        }
    }
    out.push_str(PAGE);
    out.push_str("</w:body></w:document>");
    out
}

fn paragraph(out: &mut String, style: &str, text: &str) {
    let text = escape(text);
    out.push_str(&format!(
        r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#
    ));
}

fn properties(paper: &Document, lang: &str) -> String {
    let title = escape(&paper.title);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>Tandem</dc:creator><dc:language>{lang}</dc:language></cp:coreProperties>"#
    )
}

/// Sizes in half points; a title stays with what follows it.
fn styles(lang: &str) -> String {
    let style = |id: &str, name: &str, paragraph: &str, run: &str| {
        format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"#
        )
    };
    let all = [
        style("Normal", "Normal", r#"<w:spacing w:after="120"/>"#, r#"<w:sz w:val="22"/>"#),
        style("Title", "Title", r#"<w:spacing w:after="120"/>"#, r#"<w:b/><w:sz w:val="40"/>"#),
        style(
            "Heading1",
            "heading 1",
            r#"<w:keepNext/><w:spacing w:before="320" w:after="80"/><w:outlineLvl w:val="0"/>"#,
            r#"<w:b/><w:sz w:val="28"/>"#,
        ),
        style("Note", "Note", r#"<w:spacing w:after="80"/>"#, r#"<w:color w:val="4F5B67"/><w:sz w:val="20"/>"#),
    ];
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:lang w:val="{lang}"/></w:rPr></w:rPrDefault></w:docDefaults>{}</w:styles>"#,
        all.concat()
    )
}

/// As text within XML. What XML cannot hold has been left out (`super::harmless`), and is here once more.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in super::harmless(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}
