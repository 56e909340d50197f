//! Buttons of a preview: each holds all there is to know about the screen it leads to, since nothing of it is kept.
//!
//! Things are named by their places: their ids would not fit beside each other into a button. A place that lessons no
//! longer have leads nowhere, and at worst another step is shown.

use serde::{Deserialize, Serialize};

/// Where a preview goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PreviewTap {
    /// All programmes.
    Programmes,
    /// The modules of one, the closing test last.
    Modules(u8),
    /// The lessons of a module.
    Lessons {
        programme: u8,
        module: u8,
    },
    Step(StepPlace, Seen),
}

/// A step by its places in the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepPlace {
    pub programme: u8,
    pub module: u8,
    pub lesson: u8,
    pub step: u8,
}

/// How far somebody is within the step; answers are the bits of a number, in the order of the structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Seen {
    /// What is ticked.
    Open(u32),
    /// What was chosen.
    Judged(u32),
    /// How many questions of the questionnaire are behind.
    Asked(u8),
}

impl PreviewTap {
    pub(super) fn fields(self) -> Vec<String> {
        match self {
            Self::Programmes => Vec::new(),
            Self::Modules(programme) => vec![programme.to_string()],
            Self::Lessons { programme, module } => vec![programme.to_string(), module.to_string()],
            Self::Step(at, seen) => {
                let places = [at.programme, at.module, at.lesson, at.step].map(|place| place.to_string());
                let seen = match seen {
                    Seen::Open(bits) => format!("o{bits:x}"),
                    Seen::Judged(bits) => format!("j{bits:x}"),
                    Seen::Asked(number) => format!("a{number}"),
                };
                places.into_iter().chain([seen]).collect()
            }
        }
    }

    pub(super) fn read(fields: &[&str]) -> Option<Self> {
        let place = |text: &str| text.parse::<u8>().ok();
        Some(match fields {
            [] => Self::Programmes,
            [programme] => Self::Modules(place(programme)?),
            [programme, module] => Self::Lessons { programme: place(programme)?, module: place(module)? },
            [programme, module, lesson, step, seen] => {
                let at = StepPlace {
                    programme: place(programme)?,
                    module: place(module)?,
                    lesson: place(lesson)?,
                    step: place(step)?,
                };
                let (kind, number) = seen.split_at_checked(1)?;
                let seen = match kind {
                    "o" => Seen::Open(u32::from_str_radix(number, 16).ok()?),
                    "j" => Seen::Judged(u32::from_str_radix(number, 16).ok()?),
                    "a" => Seen::Asked(place(number)?),
                    _ => return None,
                };
                Self::Step(at, seen)
            }
            _ => return None,
        })
    }
}
