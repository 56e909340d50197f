//! How much there is of a programme: lessons, cards, questions, tasks, and the pool of its closing test.

use serde::Serialize;

use super::library::ProgrammeText;
use crate::domain::programme::{Programme, StepKind};

/// What a programme consists of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub programme: String,
    /// Codes of its languages.
    pub languages: Vec<String>,
    pub modules: usize,
    pub lessons: usize,
    /// Minutes of all lessons together.
    pub minutes: u32,
    pub cards: usize,
    /// Questions with right answers, behind the cards.
    pub questions: usize,
    /// Things to do at work or to think about.
    pub tasks: usize,
    pub questionnaires: usize,
    /// Questions that the closing test can ask.
    pub pool: usize,
    /// Questions that one closing test asks.
    pub drawn: usize,
}

impl Counts {
    pub(super) fn of(text: &ProgrammeText) -> Self {
        let languages = text.languages.keys().cloned().collect();
        Self { languages, ..Self::structure(&text.programme) }
    }

    fn structure(programme: &Programme) -> Self {
        let mut counts = Self { programme: programme.id.clone(), modules: programme.modules.len(), ..Self::default() };
        for module in &programme.modules {
            counts.lessons += module.lessons.len();
            counts.minutes += module.minutes();
            for step in module.steps() {
                let count = match &step.kind {
                    // The parts of a long card are one card.
                    StepKind::Card { .. } if step.part_of().is_some() => continue,
                    StepKind::Card { .. } => &mut counts.cards,
                    StepKind::Choice { .. } | StepKind::Multi { .. } => &mut counts.questions,
                    StepKind::Write { .. } | StepKind::Checklist { .. } | StepKind::Link | StepKind::Reflect => {
                        &mut counts.tasks
                    }
                    StepKind::Questionnaire { .. } => &mut counts.questionnaires,
                };
                *count += 1;
            }
        }
        if let Some(test) = &programme.test {
            (counts.pool, counts.drawn) = (test.pool.steps().count(), test.length());
        }
        counts
    }
}

/// One line for people.
impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let many = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        write!(f, "{} ({}): ", self.programme, self.languages.join(", "))?;
        write!(f, "{}, {} of ", many(self.modules, "module"), many(self.lessons, "lesson"))?;
        write!(f, "{} minutes, {}, ", self.minutes, many(self.cards, "card"))?;
        write!(f, "{}, {}, ", many(self.questions, "question"), many(self.tasks, "task"))?;
        write!(f, "{}", many(self.questionnaires, "questionnaire"))?;
        match self.pool {
            0 => Ok(()),
            pool => write!(f, ", closing test of {} out of {}", self.drawn, many(pool, "question")),
        }
    }
}
