//! How a step's words become one message: used by the renderer and by the linter, so that what was checked
//! is what is sent. Buttons and everything that is not from a lesson (the way, right or wrong) come from `app`.

use super::text::{OptionText, StepText};
use crate::domain::text::{Rich, SpanKind};

/// Most answers that may stand on buttons as they are.
const MAX_LABELLED_BUTTONS: usize = 4;

/// Longest answer that a phone shows whole on a button of its own (a button's width holds about 30 characters).
const MAX_BUTTON_LABEL: usize = 24;

/// Longest address that is shown; the link leads to all of it.
const MAX_ADDRESS: usize = 48;

/// Code points that `app` may add to a step's words: where one is, what was chosen, right or wrong.
pub const FRAME: usize = 300;

/// Code points that `app` may add around the sources of a step.
pub const REVIEW_FRAME: usize = 200;

/// Whether a question's answers are short enough to stand on the buttons. Otherwise the message lists them
/// with letters, and the buttons carry the letters.
pub fn on_buttons<'a>(labels: impl IntoIterator<Item = &'a str>) -> bool {
    let mut labels = labels.into_iter();
    labels.by_ref().take(MAX_LABELLED_BUTTONS).all(|l| l.chars().count() <= MAX_BUTTON_LABEL) && labels.next().is_none()
}

/// The letter of an answer by its position: A, B, C …
pub fn letter(position: usize) -> char {
    u8::try_from(position).ok().and_then(|p| b'A'.checked_add(p)).map_or('?', char::from)
}

impl StepText {
    /// Whether this step's answers stand on the buttons ([`on_buttons`]).
    pub fn on_buttons(&self) -> bool {
        on_buttons(self.options.iter().map(|(_, o)| o.label.text.as_str()))
    }

    /// Title, body and, where they are not on the buttons, the lettered answers; a video as a link, and what is on a
    /// picture in words.
    pub fn screen(&self) -> Rich {
        let mut screen = Rich::default();
        if let Some(title) = &self.title {
            screen.push_marked(title, SpanKind::Bold);
        }
        paragraph(&mut screen, &self.body);
        if !self.on_buttons() {
            paragraph(&mut screen, &lettered(&self.options));
        }
        if let Some(video) = &self.video {
            let mut link = Rich::plain("▶ ");
            link.push_marked(&shortened(video), SpanKind::Link(video.clone()));
            paragraph(&mut screen, &link);
        }
        if let Some(alt) = &self.alt {
            let mut seen = Rich::plain("🖼 ");
            seen.push_marked(alt, SpanKind::Italic);
            paragraph(&mut screen, &seen);
        }
        screen
    }

    /// The screen after an answer: with the explanations of the given options that have one, in their order.
    pub fn explained(&self, options: &[&str]) -> Rich {
        let mut screen = self.screen();
        for (_, text) in self.options.iter().filter(|(id, _)| options.contains(&id.as_str())) {
            if let Some(why) = &text.why {
                paragraph(&mut screen, why);
            }
        }
        screen
    }
}

/// An address as people read it.
fn shortened(address: &str) -> String {
    let bare = address.strip_prefix("https://").unwrap_or(address);
    Rich::plain(bare.trim_end_matches('/')).truncate(MAX_ADDRESS).text
}

fn lettered(options: &[(String, OptionText)]) -> Rich {
    let mut list = Rich::default();
    for (position, (_, option)) in options.iter().enumerate() {
        if position > 0 {
            list.push_str("\n");
        }
        list.push_marked(&letter(position).to_string(), SpanKind::Bold);
        list.push_str("  ");
        list.push(&option.label);
    }
    list
}

fn paragraph(screen: &mut Rich, text: &Rich) {
    if text.text.is_empty() {
        return;
    }
    if !screen.text.is_empty() {
        screen.push_str("\n\n");
    }
    screen.push(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(labels: &[&str]) -> StepText {
        let option = |(i, label): (usize, &&str)| {
            (
                letter(i).to_ascii_lowercase().to_string(),
                OptionText { label: (*label).into(), why: Some("Weil.".into()) },
            )
        };
        StepText {
            title: Some("Titel".into()),
            body: "Frage?".into(),
            options: labels.iter().enumerate().map(option).collect(),
            ..StepText::default()
        }
    }

    #[test]
    fn short_answers_stand_on_buttons_and_longer_or_more_in_the_message() {
        assert!(on_buttons(["Ja", "Nein", "x".repeat(24).as_str(), "Weiß nicht"]));
        assert!(!on_buttons(["Ja", "x".repeat(25).as_str()]));
        assert!(!on_buttons(["1", "2", "3", "4", "5"]));
        assert_eq!(step(&["Ja", "Nein"]).screen().text, "Titel\n\nFrage?");
    }

    #[test]
    fn a_video_is_a_link_and_a_picture_is_told_in_words() {
        let card = StepText {
            title: Some("Titel".into()),
            body: "Text.".into(),
            alt: Some("Drei Leute pflanzen einen Baum".into()),
            video: Some("https://video.example/w/abc".into()),
            ..StepText::default()
        };
        let screen = card.screen();
        assert_eq!(screen.text, "Titel\n\nText.\n\n▶ video.example/w/abc\n\n🖼 Drei Leute pflanzen einen Baum");
        assert!(screen.spans.iter().any(|s| s.kind == SpanKind::Link("https://video.example/w/abc".into())));
        assert_eq!(screen.validate(4096), Ok(()));
    }

    #[test]
    fn the_message_lists_long_answers_with_letters_and_then_explains() {
        let step = step(&["Ja, wenn die Leitung das so sieht", "Nein"]);
        assert_eq!(
            step.explained(&["b"]).text,
            "Titel\n\nFrage?\n\nA  Ja, wenn die Leitung das so sieht\nB  Nein\n\nWeil."
        );
        assert_eq!(step.explained(&["a", "b"]).text.matches("Weil.").count(), 2);
    }
}
