//! How findings are shown: to people with the line they are about, to machines as JSON.
//!
//! Owns: the drawing and the shape of the JSON, which is described in the handbook and only ever grows. Does not know
//! what is right or wrong.

use std::fmt;
use std::ops::Range;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, MietteError, MietteSpanContents,
    Severity, SourceCode, SourceSpan, SpanContents,
};
use serde::Serialize;
use tandem::content::Counts;
use tandem::domain::finding::{self, Finding};

/// Characters of a long line that are shown; a paragraph in a lesson is often one line.
const WINDOW: usize = 96;

/// Characters of it before the place itself.
const BEFORE: usize = 32;

/// Draws one finding: `file:line:column: severity: message`, then the line with the place marked, then the hint.
/// `text` is the file it is about, if there is one.
pub fn drawn(finding: &Finding, text: Option<&str>, theme: &GraphicalTheme) -> String {
    let mut theme = theme.clone();
    let place = printable(&format!("{}:", finding.place()));
    (theme.characters.error, theme.characters.warning) = (place.clone(), place);
    let severity = match finding.severity {
        finding::Severity::Error => Severity::Error,
        finding::Severity::Warning => Severity::Warning,
    };
    let mut report = MietteDiagnostic::new(printable(&finding.message)).with_severity(severity);
    report.help = finding.hint.as_deref().map(printable);
    let window = text.and_then(|text| Window::around(finding, text));
    if let Some(window) = &window {
        report.labels = Some(vec![LabeledSpan::underline((window.at, window.len))]);
    }
    let report = Shown { report, window };
    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = handler(theme).render_report(&mut out, &report);
    out.trim_start().to_owned()
}

fn handler(theme: GraphicalTheme) -> GraphicalReportHandler {
    GraphicalReportHandler::new_themed(theme).with_wrap_lines(false).with_links(false).without_syntax_highlighting()
}

/// A report with the only line of its source that is shown.
#[derive(Debug)]
struct Shown {
    report: MietteDiagnostic,
    window: Option<Window>,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.report.fmt(f)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn severity(&self) -> Option<Severity> {
        self.report.severity
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.report.help()
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.window.as_ref().map(|window| window as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.report.labels()
    }
}

/// The part of a line around a finding's place.
#[derive(Debug)]
struct Window {
    text: String,
    /// Number of the line, from 0.
    line: usize,
    /// The place in `text`, in bytes.
    at: usize,
    len: usize,
}

/// A source that consists of this line: it is shown as a whole, and nothing around it.
impl SourceCode for Window {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let all = (0, self.text.len()).into();
        Ok(Box::new(MietteSpanContents::new(self.text.as_bytes(), all, self.line, 0, 1)))
    }
}

impl Window {
    fn around(finding: &Finding, text: &str) -> Option<Self> {
        let (line, column) = (usize::try_from(finding.line?).ok()?, usize::try_from(finding.column?).ok()?);
        let chars: Vec<char> = printable(text.lines().nth(line.checked_sub(1)?)?).chars().collect();
        let at = column.checked_sub(1)?.min(chars.len());
        let first = if chars.len() > WINDOW { at.saturating_sub(BEFORE) } else { 0 };
        let end = chars.len().min(first + WINDOW);
        let marked_end = end.min(at + usize::try_from(finding.width).ok()?.max(1));
        let part = |range: Range<usize>| chars.get(range).unwrap_or_default().iter().collect::<String>();
        let cut = |cut: bool| if cut { "…" } else { "" };
        let before = format!("{}{}", cut(first > 0), part(first..at));
        let marked = part(at..marked_end);
        let text = format!("{before}{marked}{}{}", part(marked_end..end), cut(end < chars.len()));
        Some(Self { text, line: line - 1, at: before.len(), len: marked.len() })
    }
}

/// Without what a terminal would obey or turn around: files are other people's.
fn printable(text: &str) -> String {
    let turns = |c: char| ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c);
    text.chars()
        .map(|c| match c {
            '\t' => ' ',
            c if c.is_control() || turns(c) => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

/// A check's outcome for machines.
#[derive(Serialize)]
struct Json<'a> {
    errors: usize,
    warnings: usize,
    findings: Vec<JsonFinding<'a>>,
    programmes: &'a [Counts],
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    severity: &'static str,
    code: &'static str,
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    message: &'a str,
    hint: Option<&'a str>,
}

/// Everything for machines. Names never change their meaning; more of them may come.
pub fn json(findings: &[Finding], programmes: &[Counts]) -> anyhow::Result<String> {
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    let findings: Vec<JsonFinding<'_>> = findings
        .iter()
        .map(|finding| JsonFinding {
            severity: finding.severity.name(),
            code: finding.code.name(),
            file: &finding.file,
            line: finding.line,
            column: finding.column,
            message: &finding.message,
            hint: finding.hint.as_deref(),
        })
        .collect();
    let warnings = findings.len() - errors;
    Ok(serde_json::to_string_pretty(&Json { errors, warnings, findings, programmes })?)
}
