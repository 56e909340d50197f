//! How a short text falls into numbers, words and marks.
//!
//! Does not know what any of them means.

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub kind: Kind,
    /// Lower case; dashes and apostrophes are the ASCII ones.
    pub text: String,
    /// Whether white space (or the text's start) stands before it.
    pub spaced: bool,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// ASCII digits, with `.`, `,`, `:` or `/` only between digits.
    Number,
    /// Letters of any script, with apostrophes between them.
    Word,
    /// Any other character, alone. A line's end is the mark `\n`.
    Mark,
}

impl Token {
    /// The text of a word, of nothing else.
    pub fn word(&self) -> Option<&str> {
        (self.kind == Kind::Word).then_some(self.text.as_str())
    }

    /// The text of a number, of nothing else.
    pub fn number(&self) -> Option<&str> {
        (self.kind == Kind::Number).then_some(self.text.as_str())
    }

    /// A number of at most four digits with nothing between them.
    pub fn whole(&self) -> Option<u32> {
        self.number().filter(|digits| digits.len() <= 4).and_then(|digits| digits.parse().ok())
    }

    pub fn is_word_of(&self, words: &[&str]) -> bool {
        self.word().is_some_and(|word| words.contains(&word))
    }

    /// Like [`Self::is_word_of`], for a list that is one text with spaces.
    pub fn is_word_in(&self, words: &str) -> bool {
        self.word().is_some_and(|word| words.split_ascii_whitespace().any(|listed| listed == word))
    }

    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark && self.text.starts_with(mark)
    }
}

/// Cuts a text into tokens. Invisible characters vanish, the many dashes become one, and letters written
/// as base and combining diaeresis (as some systems type them) become umlauts.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let chars = normal_chars(text);
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut spaced = true;
    while let Some(&first) = chars.get(at) {
        if first.is_whitespace() && first != '\n' {
            spaced = true;
            at += 1;
            continue;
        }
        let (kind, end) = token_end(&chars, at);
        tokens.push(Token { kind, text: chars[at..end].iter().collect(), spaced });
        spaced = first == '\n';
        at = end;
    }
    tokens
}

fn token_end(chars: &[char], start: usize) -> (Kind, usize) {
    type Test = fn(&char) -> bool;
    let holds = |at: usize, test: Test| chars.get(at).is_some_and(test);
    let (kind, part, joint): (Kind, Test, Test) = match chars[start] {
        '0'..='9' => (Kind::Number, char::is_ascii_digit, |c| matches!(c, '.' | ',' | ':' | '/')),
        letter if letter.is_alphabetic() => (Kind::Word, |c| c.is_alphabetic(), |c| *c == '\''),
        _ => return (Kind::Mark, start + 1),
    };
    let mut end = start + 1;
    while holds(end, part) || (holds(end, joint) && holds(end + 1, part)) {
        end += 1;
    }
    (kind, end)
}

fn normal_chars(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = Vec::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{307}' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' => chars.push('-'),
            '\u{2018}' | '\u{2019}' => chars.push('\''),
            '\u{308}' => match chars.last_mut() {
                Some(c @ 'a') => *c = 'ä',
                Some(c @ 'o') => *c = 'ö',
                Some(c @ 'u') => *c = 'ü',
                _ => chars.push(c),
            },
            c => chars.push(c),
        }
    }
    chars
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_numbers_words_and_marks() {
        let parts: Vec<String> = tokens("Mo 3.8.: 1h30,\u{a0}1,5\u{200b} Std.").into_iter().map(|t| t.text).collect();
        assert_eq!(parts, ["mo", "3.8", ".", ":", "1", "h", "30", ",", "1,5", "std", "."]);
    }

    #[test]
    fn umlauts_typed_in_two_parts_are_umlauts() {
        assert_eq!(tokens("u\u{308}bermorgen")[0].text, "übermorgen");
    }
}
