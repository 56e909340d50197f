//! Words at last: a decided message becomes text and buttons in the language of whoever reads it.
//!
//! Owns: putting paragraphs together, explanations, letters or labels on buttons. Lessons come from
//! `content`, everything else from `l10n`; nothing here is decided about learning.

use url::Url;

use super::texts::Texts;
use super::{App, HOME_ZONE};
use crate::content::text::{LessonText, StepText};
use crate::domain::calendar::local_date;
use crate::domain::ids::PersonId;
use crate::domain::lang::Lang;
use crate::domain::message::{Arg, Block, Button, Label, Line, Message, Phase, Press, StepView, say};
use crate::domain::programme::{Step, StepKind};
use crate::domain::tap::Tap;
use crate::domain::text::{CAPTION_LIMIT, Rich, SpanKind, TEXT_LIMIT};
use crate::telegram::port::{Key, Outgoing, Press as KeyPress};

/// Letters that stand side by side in one row of buttons.
const LETTERS_A_ROW: usize = 4;

/// Longest label of a button: Telegram shows more, a phone does not.
const MAX_LABEL: usize = 60;

/// A message, ready to be sent to this person but for a picture that must be drawn, which takes a while
/// (`app::picture`).
pub fn outgoing(app: &App, lang: &Lang, person: Option<&PersonId>, message: &Message) -> Outgoing {
    let renderer = Renderer { app, texts: app.texts.now(), lang, person };
    let mut text = Rich::default();
    for block in &message.blocks {
        let part = renderer.block(block);
        if part.text.is_empty() {
            continue;
        }
        if !text.text.is_empty() {
            text.push_str("\n\n");
        }
        text.push(&part);
    }
    let picture = message.blocks.iter().find_map(|block| renderer.card_picture(block)).map(<[u8]>::to_vec);
    let limit = if message.picture.is_some() || picture.is_some() { CAPTION_LIMIT } else { TEXT_LIMIT };
    if text.chars() > limit {
        tracing::warn!(chars = text.chars(), "a message was too long and has been cut");
        text = text.truncate(limit);
    }
    Outgoing { text, keyboard: renderer.keyboard(&message.rows), silent: false, picture }
}

struct Renderer<'a> {
    app: &'a App,
    texts: Texts,
    lang: &'a Lang,
    person: Option<&'a PersonId>,
}

impl Renderer<'_> {
    fn block(&self, block: &Block) -> Rich {
        match block {
            Block::Say(line) => self.texts.words.rich(self.lang, line),
            Block::Step(view) => self.step(view),
            Block::Module { programme, module } => {
                match self.texts.library.module_text(programme, module, self.lang.code()) {
                    Some((text, _)) => titled(&text.title, &text.intro),
                    None => Rich::default(),
                }
            }
            Block::Lesson { programme, module, lesson } => {
                match self.texts.library.lesson_text(programme, module, lesson, self.lang.code()) {
                    Some((text, _)) => titled(&text.title, &text.intro),
                    None => Rich::default(),
                }
            }
            Block::StepTitle { programme, module, step } => {
                let title = self.texts(programme, module, step).and_then(|(_, _, text)| text.title.clone());
                titled(&title.unwrap_or_else(|| step.clone()), &Rich::default())
            }
        }
    }

    /// A step, the lesson around it, and its words.
    fn texts(&self, programme: &str, module: &str, step: &str) -> Option<(&Step, &LessonText, &StepText)> {
        let library = &self.texts.library;
        let structure = &library.programme(programme)?.programme;
        let module_of = structure.part(module)?;
        let lesson = module_of.lessons.iter().find(|lesson| lesson.steps.iter().any(|s| s.id == step))?;
        let found = lesson.steps.iter().find(|s| s.id == step)?;
        let (text, _) = library.lesson_text(programme, module, &lesson.id, self.lang.code())?;
        Some((found, text, text.step(step)?))
    }

    fn step(&self, view: &StepView) -> Rich {
        let Some((step, _, text)) = self.texts(&view.programme, &view.module, &view.step) else {
            return self.texts.words.rich(self.lang, &say("step-gone"));
        };
        match &view.phase {
            // Before an answer the sources might give it away.
            Phase::Open { .. } if step.kind.is_quiz() => text.screen(),
            Phase::Open { .. } => self.reviewed(step, text.screen()),
            Phase::Judged { chosen } => {
                let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
                self.reviewed(step, self.judged(step, text, &chosen))
            }
            Phase::Asking { question, .. } => asking(step, text, question),
        }
    }

    /// The picture of the card that is shown, if it has one.
    fn card_picture(&self, block: &Block) -> Option<&[u8]> {
        let Block::Step(view) = block else { return None };
        let (step, _, _) = self.texts(&view.programme, &view.module, &view.step)?;
        let StepKind::Card { picture: Some(name), .. } = &step.kind else { return None };
        self.texts.library.picture(&view.programme, &view.module, name)
    }

    /// The sources of what may go out of date, folded away; in sight, with its date, once it is overdue.
    fn reviewed(&self, step: &Step, mut screen: Rich) -> Rich {
        let Some(review) = &step.review else { return screen };
        let overdue = review.by < local_date(self.app.clock.now(), HOME_ZONE);
        let (source, day) = (Arg::Text(review.source.clone()), Arg::Text(review.by.format("%-d.%-m.%Y").to_string()));
        let (line, kind) = match overdue {
            false => (say("review-source").with("source", source).with("day", day), SpanKind::ExpandableQuote),
            true => (say("review-overdue").with("source", source).with("day", day), SpanKind::Quote),
        };
        screen.push_str("\n\n");
        screen.push_within(&self.texts.words.rich(self.lang, &line), kind);
        screen
    }

    /// The question again, what was chosen, what is right, and why.
    fn judged(&self, step: &Step, text: &StepText, chosen: &[&str]) -> Rich {
        let right: Vec<&str> =
            step.kind.option_ids().iter().map(String::as_str).filter(|o| step.kind.is_right(o) == Some(true)).collect();
        let verdict = if same(chosen, &right) {
            say("judged-right").with("answer", self.names(text, &right))
        } else {
            say("judged-wrong").with("answer", self.names(text, chosen)).with("right", self.names(text, &right))
        };
        let mut screen = text.screen();
        screen.push_str("\n\n");
        screen.push(&self.texts.words.rich(self.lang, &verdict));
        let explained =
            step.kind.option_ids().iter().map(String::as_str).filter(|o| chosen.contains(o) || right.contains(o));
        for option in explained {
            if let Some(why) = text.option(option).and_then(|option| option.why.as_ref()) {
                screen.push_str("\n\n");
                if right.len() + chosen.len() > 2 || !same(chosen, &right) {
                    screen.push_marked(&self.name(text, option), SpanKind::Bold);
                    screen.push_str(": ");
                }
                screen.push(why);
            }
        }
        screen
    }

    fn names(&self, text: &StepText, options: &[&str]) -> Arg {
        let names = options.iter().map(|option| say("answer-name").with("name", Arg::Text(self.name(text, option))));
        Arg::List(names.collect())
    }

    /// An answer by its letter, or by its words where these stand on the buttons.
    fn name(&self, text: &StepText, option: &str) -> String {
        let position = text.options.iter().position(|(id, _)| id == option).unwrap_or(0);
        match text.option(option) {
            Some(words) if text.on_buttons() => words.label.text.clone(),
            _ => crate::content::screen::letter(position).to_string(),
        }
    }

    fn keyboard(&self, rows: &[Vec<Button>]) -> Vec<Vec<Key>> {
        let mut keyboard: Vec<Vec<Key>> = Vec::new();
        let mut letters = false;
        for row in rows {
            let lettered = row.len() == 1 && self.is_letter(&row[0].label);
            let keys: Vec<Key> = row.iter().filter_map(|button| self.key(button)).collect();
            match keyboard.last_mut() {
                Some(last) if letters && lettered && last.len() < LETTERS_A_ROW => last.extend(keys),
                _ if keys.is_empty() => {}
                _ => keyboard.push(keys),
            }
            letters = lettered;
        }
        keyboard
    }

    fn is_letter(&self, label: &Label) -> bool {
        match label {
            Label::Option { programme, module, step, .. } => {
                self.texts(programme, module, step).is_some_and(|(_, _, text)| !text.on_buttons())
            }
            _ => false,
        }
    }

    fn key(&self, button: &Button) -> Option<Key> {
        let press = match &button.press {
            // Nobody could open what it leads to.
            Press::Tap(Tap::Paper(_)) if self.app.public_url.is_none() => return None,
            Press::Tap(tap) => KeyPress::Data(tap.encode(self.person)),
            Press::Share { code, with } => KeyPress::Url(self.share(&self.app.join_link(code), with)?),
            Press::Pass { with } => KeyPress::Url(self.share(&self.app.bot_link(), with)?),
        };
        let label: String = self.label(&button.label).chars().take(MAX_LABEL).collect();
        Some(Key { label, press })
    }

    fn label(&self, label: &Label) -> String {
        let library = &self.texts.library;
        match label {
            Label::Say(line) => self.texts.words.plain(self.lang, line),
            Label::Tick(on, line) => ticked(Some(*on), &self.texts.words.plain(self.lang, line)),
            Label::Option { programme, module, step, option, ticked: on } => {
                let name = self.texts(programme, module, step).map(|(_, _, text)| self.name(text, option));
                ticked(*on, &name.unwrap_or_else(|| option.clone()))
            }
            Label::Pick { programme, module, question, option, .. } => {
                library.question_option(programme, module, question, option, self.lang)
            }
            Label::Survey { programme, module, step } => match library.module_text(programme, module, self.lang.code())
            {
                Some((text, _)) if library.is_module(programme, module) => text.title.clone(),
                _ => library.step_title(programme, module, step, self.lang),
            },
            Label::Language(code) => self.texts.words.language_name(&Lang(code.clone())),
            Label::Name(name) => name.clone(),
            Label::Programme(id) => library.programme_title(id, self.lang),
            Label::Module { programme, module } => library.module_title(programme, module, self.lang),
            Label::Lesson { programme, module, lesson } => library.lesson_title(programme, module, lesson, self.lang),
        }
    }

    /// Telegram's "share" address: a link, which it insists on, and a sentence to go with it.
    fn share(&self, link: &str, with: &Line) -> Option<String> {
        let mut share = Url::parse("https://t.me/share/url").ok()?;
        let text = self.texts.words.plain(self.lang, with);
        share.query_pairs_mut().append_pair("url", link).append_pair("text", &text);
        Some(share.to_string())
    }
}

fn same(a: &[&str], b: &[&str]) -> bool {
    a.len() == b.len() && a.iter().all(|item| b.contains(item))
}

fn ticked(on: Option<bool>, label: &str) -> String {
    match on {
        Some(true) => format!("☑ {label}"),
        Some(false) => format!("☐ {label}"),
        None => label.to_owned(),
    }
}

fn titled(title: &str, text: &Rich) -> Rich {
    let mut rich = Rich::default();
    rich.push_marked(title, SpanKind::Bold);
    if !text.text.is_empty() {
        rich.push_str("\n\n");
        rich.push(text);
    }
    rich
}

/// A question of a questionnaire. The statement before it stands with the first question only.
fn asking(step: &Step, text: &StepText, question: &str) -> Rich {
    let StepKind::Questionnaire { questions } = &step.kind else { return text.screen() };
    let position = questions.iter().position(|q| q.id == question).unwrap_or(0);
    let mut screen = titled(text.title.as_deref().unwrap_or_default(), &Rich::default());
    if position == 0 && !text.body.text.is_empty() {
        screen.push_str("\n\n");
        screen.push(&text.body);
    }
    if let Some(words) = text.question(question) {
        screen.push_str(&format!("\n\n{}/{}  ", position + 1, questions.len()));
        screen.push_marked(&words.text, SpanKind::Bold);
    }
    screen
}
