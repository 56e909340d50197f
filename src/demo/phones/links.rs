//! Addresses in messages: which ones Telegram takes, how it writes them, and what it finds in a text by itself.
//!
//! Owns: the check of a link and the search for commands, mentions, hashtags and written-out `http(s)://`
//! addresses. Bare domains, e-mail addresses and telephone numbers are not searched for. Does not know messages.

use super::text::{Entity, Kind};

/// The address as Telegram keeps it (scheme and host lower-case, a path always), or why it is refused.
pub fn check_link(raw: &str) -> Result<String, &'static str> {
    let raw = raw.trim();
    if raw.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("Wrong HTTP URL");
    }
    let (scheme, rest) = match raw.split_once("://") {
        Some((scheme, rest)) if scheme.bytes().all(|b| b.is_ascii_alphanumeric()) => {
            (scheme.to_ascii_lowercase(), rest)
        }
        _ => match raw.split_once(':') {
            Some((scheme @ ("tg" | "ton" | "tonsite"), rest)) => (scheme.to_owned(), rest),
            _ => ("http".to_owned(), raw),
        },
    };
    match scheme.as_str() {
        "tg" | "ton" | "tonsite" if !rest.is_empty() => Ok(format!("{scheme}://{rest}")),
        "http" | "https" => check_http(&scheme, rest),
        _ => Err("Unsupported URL protocol"),
    }
}

fn check_http(scheme: &str, rest: &str) -> Result<String, &'static str> {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let (user, place) = match authority.rsplit_once('@') {
        Some((user, place)) => (Some(user), place),
        None => (None, authority),
    };
    let (host, port) = match place.rsplit_once(':') {
        Some((host, port)) if !place.ends_with(']') => (host, Some(port)),
        _ => (place, None),
    };
    if port.is_some_and(|p| p.parse::<u16>().map_or(true, |p| p == 0)) {
        return Err("Wrong port number specified in the URL");
    }
    let numeric = host.starts_with('[') && host.ends_with(']');
    let named = host.split('.').count() > 1 && host.split('.').all(|label| !label.is_empty());
    let plain = host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '[' | ']' | ':' | '%'));
    if !(numeric || named) || !plain {
        return Err("Wrong HTTP URL");
    }
    let user = user.map(|u| format!("{u}@")).unwrap_or_default();
    let port = port.map(|p| format!(":{p}")).unwrap_or_default();
    let slash = if tail.starts_with('/') { "" } else { "/" };
    Ok(format!("{scheme}://{user}{}{port}{slash}{tail}", host.to_lowercase()))
}

/// Adds what Telegram recognises in a text, wherever no link or code lies over it already.
pub fn add_found(text: &str, entities: &mut Vec<Entity>) {
    if !text.bytes().any(|b| matches!(b, b'/' | b'@' | b'#')) {
        return;
    }
    let before = entities.len();
    let mut previous = ' ';
    let mut units = 0;
    let mut skip_to = 0;
    for (at, c) in text.char_indices() {
        let opens = !is_word(previous) && at >= skip_to;
        let found = match c {
            '/' if opens && !matches!(previous, '/' | '<' | '>') => command(&text[at..]).map(|n| (n, Kind::BotCommand)),
            '@' if opens => handle(&text[at + 1..]).map(|n| (n + 1, Kind::Mention)),
            '#' if opens => hashtag(&text[at + 1..]).map(|n| (n + 1, Kind::Hashtag)),
            'h' | 'H' if opens => address(&text[at..]).map(|n| (n, Kind::Url)),
            _ => None,
        };
        if let Some((bytes, kind)) = found {
            let length = super::text::utf16_len(&text[at..at + bytes]);
            let free = |e: &Entity| !blocks(&e.kind) || e.end() <= units || units + length <= e.offset;
            if entities[..before].iter().all(free) {
                entities.push(Entity { kind, offset: units, length });
            }
            skip_to = at + bytes;
        }
        units += c.len_utf16();
        previous = c;
    }
    if entities.len() > before {
        entities.sort_by(|a, b| a.offset.cmp(&b.offset).then(b.length.cmp(&a.length)));
    }
}

fn blocks(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Code
            | Kind::Pre(_)
            | Kind::TextLink(_)
            | Kind::TextMention(_)
            | Kind::CustomEmoji(_)
            | Kind::DateTime { .. }
    )
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn run(text: &str, keep: impl Fn(char) -> bool) -> usize {
    text.find(|c| !keep(c)).unwrap_or(text.len())
}

fn command(text: &str) -> Option<usize> {
    let name = run(&text[1..], |c| c.is_ascii_alphanumeric() || c == '_');
    if !(1..=64).contains(&name) {
        return None;
    }
    let rest = &text[1 + name..];
    let to = rest.strip_prefix('@').and_then(handle).map_or(0, |n| n + 1);
    let next = text[1 + name + to..].chars().next();
    (!next.is_some_and(|c| is_word(c) || matches!(c, '/' | '<' | '>'))).then_some(1 + name + to)
}

/// A user name of 2 to 32 characters, without its `@`.
fn handle(text: &str) -> Option<usize> {
    let length = run(text, |c| c.is_ascii_alphanumeric() || c == '_');
    let next = text[length..].chars().next();
    ((2..=32).contains(&length) && !next.is_some_and(is_word)).then_some(length)
}

fn hashtag(text: &str) -> Option<usize> {
    let bytes = run(text, is_word);
    let tag = &text[..bytes];
    (tag.chars().any(|c| !c.is_numeric() && c != '_') && tag.chars().count() <= 256).then_some(bytes)
}

fn address(text: &str) -> Option<usize> {
    let lower: String = text.chars().take(8).collect::<String>().to_ascii_lowercase();
    if !lower.starts_with("http://") && !lower.starts_with("https://") {
        return None;
    }
    let end = run(text, |c| !c.is_whitespace() && !matches!(c, '<' | '>' | '"' | '«' | '»'));
    let trimmed = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', '…']);
    check_link(trimmed).is_ok().then_some(trimmed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&'static str, usize, usize)> {
        let mut entities = Vec::new();
        add_found(text, &mut entities);
        entities.iter().map(|e| (e.kind.name(), e.offset, e.length)).collect()
    }

    #[test]
    fn links_are_written_as_telegram_writes_them() {
        assert_eq!(check_link("Example.ORG"), Ok("http://example.org/".into()));
        assert_eq!(check_link("HTTPS://a.b?x=Y"), Ok("https://a.b/?x=Y".into()));
        assert_eq!(check_link("http://127.0.0.1:8080/x"), Ok("http://127.0.0.1:8080/x".into()));
        assert_eq!(check_link("tg://user?id=5"), Ok("tg://user?id=5".into()));
        assert_eq!(check_link("https://u:p@a.b/"), Ok("https://u:p@a.b/".into()));
    }

    #[test]
    fn links_without_a_dot_or_with_a_strange_scheme_are_refused() {
        for bad in
            ["http://localhost/", "javascript://a.b", "ftp://a.b", "", "http://a..b", "http://a.b:99999", "a b.c"]
        {
            assert!(check_link(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn commands_are_found_with_utf16_offsets() {
        assert_eq!(found("/start abc"), vec![("bot_command", 0, 6)]);
        assert_eq!(found("😀 /help@some_bot, a/b"), vec![("bot_command", 3, 14)]);
        assert_eq!(found("1/2 and /größe"), vec![]);
    }

    #[test]
    fn mentions_hashtags_and_addresses_are_found() {
        assert_eq!(found("@ada_l #müll2 #12"), vec![("mention", 0, 6), ("hashtag", 7, 6)]);
        assert_eq!(found("see https://a.b/c?d=/x, ok"), vec![("url", 4, 18)]);
        assert_eq!(found("mail me@example.org"), vec![]);
    }

    #[test]
    fn nothing_is_found_inside_code_or_links() {
        let mut entities = vec![Entity { kind: Kind::Code, offset: 0, length: 6 }];
        add_found("/start", &mut entities);
        assert_eq!(entities.len(), 1);
    }
}
