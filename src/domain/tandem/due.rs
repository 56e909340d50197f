//! What will be due in a tandem, and how it is written down.
//!
//! Owns: the kinds of items on a tandem's agenda. Does not know what happens when one is due (`step`).

use super::super::ids::{AbsenceId, CoverId};
use super::Role;

/// Something that will be due. Each has one stored instant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// The next lesson of the programme.
    Lesson(Role),
    /// The next module, at once and whatever the hour (a trainer or the operator said so).
    ModuleNow(Role),
    /// The one reminder of tasks put off.
    Task(Role),
    /// The week's merged message.
    Week(Role),
    /// Ask the helper, at a moment that is polite.
    Ask(CoverId),
    /// Ask the helper once more.
    Chase(CoverId),
    /// Remind the helper who said yes, with the checklist.
    Handover(CoverId),
    /// Tell the absent person that nobody stands in.
    Gap(CoverId),
    /// The absence is over.
    Return(AbsenceId),
    /// The round's start, for this tandem.
    Start,
    /// Ask whether a timer that has run for long still runs.
    Timer(Role),
    /// A week's grace is over: its figures are settled.
    Close,
    /// What everybody in the round is told.
    News(Role),
    /// A licence ends soon.
    Renewal(Role),
    /// All is there that a licence asks for.
    Licence(Role),
}

impl Due {
    /// All that can be due about a cover.
    pub fn of_cover(id: &CoverId) -> [Due; 4] {
        [Due::Ask(id.clone()), Due::Chase(id.clone()), Due::Handover(id.clone()), Due::Gap(id.clone())]
    }

    /// As it is stored: a kind, then whom or what it is about.
    pub fn code(&self) -> String {
        match self {
            Due::Lesson(role) => format!("lesson:{}", role.code()),
            Due::ModuleNow(role) => format!("module-now:{}", role.code()),
            Due::Task(role) => format!("task:{}", role.code()),
            Due::Week(role) => format!("week:{}", role.code()),
            Due::Ask(cover) => format!("ask:{cover}"),
            Due::Chase(cover) => format!("chase:{cover}"),
            Due::Handover(cover) => format!("handover:{cover}"),
            Due::Gap(cover) => format!("gap:{cover}"),
            Due::Return(absence) => format!("return:{absence}"),
            Due::Start => "start:".to_owned(),
            Due::Timer(role) => format!("timer:{}", role.code()),
            Due::Close => "close:".to_owned(),
            Due::News(role) => format!("news:{}", role.code()),
            Due::Renewal(role) => format!("renewal:{}", role.code()),
            Due::Licence(role) => format!("licence:{}", role.code()),
        }
    }

    /// Reads what `code` wrote.
    pub fn from_code(code: &str) -> Option<Self> {
        let (kind, about) = code.split_once(':')?;
        Some(match kind {
            "lesson" => Due::Lesson(Role::from_code(about)?),
            "module-now" => Due::ModuleNow(Role::from_code(about)?),
            "task" => Due::Task(Role::from_code(about)?),
            "week" => Due::Week(Role::from_code(about)?),
            "ask" => Due::Ask(about.into()),
            "chase" => Due::Chase(about.into()),
            "handover" => Due::Handover(about.into()),
            "gap" => Due::Gap(about.into()),
            "return" => Due::Return(about.into()),
            "start" => Due::Start,
            "timer" => Due::Timer(Role::from_code(about)?),
            "close" => Due::Close,
            "news" => Due::News(Role::from_code(about)?),
            "renewal" => Due::Renewal(Role::from_code(about)?),
            "licence" => Due::Licence(Role::from_code(about)?),
            _ => return None,
        })
    }
}
