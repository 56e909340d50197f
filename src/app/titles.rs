//! Titles of things in lessons, for lists and reports; an id where there is no title.

use crate::content::Library;
use crate::content::text::StepText;
use crate::domain::lang::Lang;
use crate::domain::programme::StepKind;

/// Longest beginning of a step that stands for its title, in characters: a line of a report.
const TITLE: usize = 80;

impl Library {
    /// The ids of all programmes.
    pub fn ids(&self) -> Vec<String> {
        self.programmes.iter().map(|text| text.programme.id.clone()).collect()
    }

    /// A programme's title.
    pub fn programme_title(&self, programme: &str, lang: &Lang) -> String {
        let words = self.programme(programme).and_then(|text| text.words(lang.code()));
        words.map_or_else(|| programme.to_owned(), |(words, _)| words.title.clone())
    }

    /// A module's title.
    pub fn module_title(&self, programme: &str, module: &str, lang: &Lang) -> String {
        let text = self.module_text(programme, module, lang.code());
        text.map_or_else(|| module.to_owned(), |(text, _)| text.title.clone())
    }

    /// A lesson's title.
    pub fn lesson_title(&self, programme: &str, module: &str, lesson: &str, lang: &Lang) -> String {
        let text = self.lesson_text(programme, module, lesson, lang.code());
        text.map_or_else(|| lesson.to_owned(), |(text, _)| text.title.clone())
    }

    /// A step's title, or how it begins.
    pub fn step_title(&self, programme: &str, module: &str, step: &str, lang: &Lang) -> String {
        let found = self.step_text(programme, module, step, lang);
        found.map_or_else(
            || step.to_owned(),
            |text| match &text.title {
                Some(title) => title.clone(),
                None => text.body.truncate(TITLE).text.split_whitespace().collect::<Vec<_>>().join(" "),
            },
        )
    }

    /// Whether this is a week of the course.
    pub fn is_module(&self, programme: &str, module: &str) -> bool {
        self.programme(programme).is_some_and(|text| text.programme.module(module).is_some())
    }

    /// An answer of a question in a lesson.
    pub fn answer_title(&self, programme: &str, module: &str, step: &str, option: &str, lang: &Lang) -> String {
        let found = self.step_text(programme, module, step, lang);
        let label = found.and_then(|text| text.options.iter().find(|(id, _)| id == option));
        label.map_or_else(|| option.to_owned(), |(_, text)| text.label.text.clone())
    }

    fn step_text(&self, programme: &str, module: &str, step: &str, lang: &Lang) -> Option<&StepText> {
        let structure = self.programme(programme)?.programme.part(module)?;
        let lesson = structure.lessons.iter().find(|lesson| lesson.step_index(step).is_some())?;
        let (text, _) = self.lesson_text(programme, module, &lesson.id, lang.code())?;
        text.step(step)
    }

    /// A question of a module's questionnaire.
    pub fn question_title(&self, programme: &str, module: &str, question: &str, lang: &Lang) -> String {
        self.question(programme, module, question, lang).map_or_else(|| question.to_owned(), |text| text.text.clone())
    }

    /// An answer of a module's questionnaire.
    pub fn question_option(&self, programme: &str, module: &str, question: &str, option: &str, lang: &Lang) -> String {
        let found = self.question(programme, module, question, lang);
        let label = found.and_then(|text| text.options.iter().find(|(id, _)| id == option));
        label.map_or_else(|| option.to_owned(), |(_, label)| label.clone())
    }

    fn question(
        &self,
        programme: &str,
        module: &str,
        question: &str,
        lang: &Lang,
    ) -> Option<&crate::content::text::QuestionText> {
        let structure = self.programme(programme)?.programme.part(module)?;
        let (lesson, step) = structure.lessons.iter().find_map(|lesson| {
            let step = lesson.steps.iter().find(|step| match &step.kind {
                StepKind::Questionnaire { questions } => questions.iter().any(|q| q.id == question),
                _ => false,
            })?;
            Some((lesson, step))
        })?;
        let (text, _) = self.lesson_text(programme, module, &lesson.id, lang.code())?;
        text.step(&step.id)?.question(question)
    }
}
