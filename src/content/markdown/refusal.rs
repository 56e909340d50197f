//! What Markdown may hold that a chat message cannot show.

use std::ops::Range;

use crate::domain::finding::Code;

/// Something that cannot be drawn, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Bytes of the source.
    pub range: Range<usize>,
    pub what: Refused,
}

/// The kinds of things that cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("HTML is not shown in messages")]
    Html,
    #[error("a picture cannot stand in a text")]
    Image,
    #[error("a heading cannot stand here")]
    Heading,
    #[error("the table is {0} characters wide, a phone shows {limit}", limit = super::table::MAX_WIDTH)]
    WideTable(usize),
    #[error("a table's cell can hold plain text only")]
    CellMark,
    #[error("a quotation cannot stand in a quotation")]
    NestedQuote,
    #[error("a quotation cannot stand in a list")]
    QuoteInList,
    #[error("a list is nested more than {limit} deep", limit = super::painter::MAX_DEPTH)]
    DeepList,
    #[error("the link `{0}` is not a full address")]
    BadLink(String),
    #[error("the link has no text")]
    EmptyLink,
    #[error("code cannot stand in a link")]
    CodeInLink,
    #[error("`||` opens or closes a spoiler across another mark or a paragraph")]
    Spoiler,
    #[error("the invisible character U+{:04X}", *.0 as u32)]
    Control(char),
    #[error("this Markdown is not supported")]
    Unsupported,
}

impl Refused {
    /// What kind of finding it is.
    pub fn code(&self) -> Code {
        match self {
            Self::BadLink(_) | Self::EmptyLink => Code::Link,
            Self::Html
            | Self::Image
            | Self::Heading
            | Self::WideTable(_)
            | Self::CellMark
            | Self::NestedQuote
            | Self::QuoteInList
            | Self::DeepList
            | Self::CodeInLink
            | Self::Spoiler
            | Self::Control(_)
            | Self::Unsupported => Code::Markdown,
        }
    }

    /// What an author can do instead.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Html => Some("use Markdown; write `<` as `\\<`"),
            Self::Image => Some("give the step `picture = \"…\"` in module.toml"),
            Self::Heading => Some("headings name lessons, steps and questions; use **bold** within a text"),
            Self::WideTable(_) => Some("draw it as a list"),
            Self::BadLink(_) => Some("links begin with https://, http:// or mailto:"),
            Self::Spoiler => Some("close `||` in the same paragraph, or write the bars as `\\|\\|`"),
            Self::CodeInLink => Some("drop the backticks"),
            Self::Control(_) => Some("delete it; it may have come along when pasting"),
            Self::CellMark
            | Self::NestedQuote
            | Self::QuoteInList
            | Self::DeepList
            | Self::EmptyLink
            | Self::Unsupported => None,
        }
    }
}

/// Where a link may lead.
pub(super) enum Address {
    Web,
    /// Telegram opens no `mailto:` from a link's text, but recognises an address written out.
    Mail(String),
}

/// Reads a link's destination: a web address with a dotted host (Telegram drops others silently), or mail.
pub(super) fn address(destination: &str) -> Option<Address> {
    if destination.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let (scheme, rest) = destination.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => is_web(rest.strip_prefix("//")?).then_some(Address::Web),
        "mailto" => {
            let mail = rest.split('?').next().unwrap_or(rest);
            let (name, host) = mail.split_once('@')?;
            (!name.is_empty() && is_dotted(host)).then(|| Address::Mail(mail.to_owned()))
        }
        _ => None,
    }
}

fn is_web(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    is_dotted(host) && !port.is_empty() && port.chars().all(|c| c.is_ascii_digit())
}

fn is_dotted(host: &str) -> bool {
    let label = |l: &str| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || c == '-');
    host.contains('.') && host.split('.').all(label)
}
