//! Where a person stands in a tandem: joining, talking, learning.
//!
//! Owns: what is stored as one text for each seat. Does not know what moves it on (`study`, `setup`).

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::super::ids::EntryId;
use super::super::letter::Sheet;
use super::super::news::News;
use super::super::programme::TEST;
use super::super::record::Shortfall;
use super::exam::Exam;
use super::licence::Licensing;
use super::recall::Recall;

/// Where a person stands in this tandem; stored as one JSON text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mind {
    pub stage: Stage,
    /// What the next plain text will be taken for.
    #[serde(default)]
    pub talk: Talk,
    #[serde(default)]
    pub study: Study,
    #[serde(default, skip_serializing_if = "Exam::is_untouched")]
    pub exam: Exam,
    #[serde(default, skip_serializing_if = "Licensing::is_untouched")]
    pub licensing: Licensing,
    #[serde(default, skip_serializing_if = "Recall::is_untouched")]
    pub recall: Recall,
    #[serde(default, skip_serializing_if = "Surveys::is_untouched")]
    pub surveys: Surveys,
    /// Local days of the unasked messages of the last week, for the ceiling.
    #[serde(default)]
    pub unasked: Vec<NaiveDate>,
    /// When the person last did something within a lesson.
    #[serde(default)]
    pub busy_since: Option<DateTime<Utc>>,
    /// Since when a message that is due waits for the end of what the person is doing.
    #[serde(default)]
    pub held_since: Option<DateTime<Utc>>,
    /// Monday of the last week for which it was said why hours are missing: it is not asked about again.
    #[serde(default)]
    pub not_released: Option<NaiveDate>,
    /// Whether other tandems of the round may ask this person to stand in.
    #[serde(default)]
    pub offers: bool,
    /// What was said about that week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Shortfall>,
    /// Since when this person measures time; gone as soon as it is stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timer: Option<Timer>,
    /// First day in a tandem that was running already; `None`: from its beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
    /// What the round is told and this person has not been told yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub news: Vec<News>,
}

/// A timer that runs. It keeps an instant and no clock time, so that neither a change of clocks nor of zone
/// changes what it measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    pub since: DateTime<Utc>,
    /// Whether the person has said that it still runs; they are asked once.
    #[serde(default)]
    pub confirmed: bool,
}

/// How far joining has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Organisation,
    Promise,
    Times,
    Ready,
}

/// What the next plain text will be taken for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Talk {
    #[default]
    Nothing,
    /// The days of an absence.
    Away,
    /// The last day of this absence, which has begun.
    Until(String),
    /// An address for the hand-over of this cover.
    Handover(String),
    /// Who may be told of an open gap.
    Contact,
    /// The name that others read.
    Name,
    /// The name on the licence.
    Licence,
    /// The text or address that a step asks for.
    Step { module: String, step: String },
    /// Why a task does not fit.
    Reason { module: String, step: String },
    /// The optional sentence of a questionnaire.
    Sentence { module: String, step: String, question: String },
    /// The optional sentence of a questionnaire outside of its lesson.
    Opinion { module: String, question: String },
    /// The right time (and day) of an entry.
    Entry { entry: EntryId },
    /// Something for the trainers or the round.
    Letter(Sheet),
}

/// Progress through the programme, by ids that never change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Study {
    /// How many lessons of the programme have come so far.
    pub released: usize,
    /// The step the person stands on; `None` when all that has come is finished.
    pub at: Option<Spot>,
    /// What is ticked on that step so far.
    #[serde(default)]
    pub chosen: BTreeSet<String>,
    /// Whether that step has been answered and shows its explanation.
    #[serde(default)]
    pub judged: bool,
    /// Whether what is chosen is the answer, and the person is asked how sure they are of it.
    #[serde(default)]
    pub weighs: bool,
    /// Tasks put off, and whether their one reminder is used up.
    #[serde(default)]
    pub parked: Vec<Parked>,
    /// Whether the person has opened the newest lesson at all.
    #[serde(default)]
    pub opened: bool,
    /// Whether the newest lesson was recalled once; it is not recalled again.
    #[serde(default)]
    pub recalled: bool,
    /// While a task that was put off is on the screen: where the way goes on afterwards.
    #[serde(default)]
    pub detour: Option<Detour>,
    /// Lessons whose minutes were logged by their button, as `module/lesson`.
    #[serde(default)]
    pub took: BTreeSet<String>,
}

/// Questionnaires outside of their lessons. What was answered stands elsewhere, and goes when they close.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Surveys {
    /// Those about the course as a whole that were offered or opened.
    #[serde(default)]
    pub met: BTreeSet<String>,
    /// Those of them that were gone through to their end.
    #[serde(default)]
    pub through: BTreeSet<String>,
    /// The questionnaire that is on the screen, with the questions that are past.
    #[serde(default)]
    pub open: Option<Asking>,
}

/// A questionnaire on the screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asking {
    pub module: String,
    #[serde(default)]
    pub past: BTreeSet<String>,
    /// Whether it has been answered before, so that answers may be there to be taken back.
    #[serde(default)]
    pub again: bool,
}

impl Surveys {
    /// Whether nothing is to be written down.
    pub fn is_untouched(&self) -> bool {
        *self == Self::default()
    }
}

/// A step, by its module and id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Spot {
    pub module: String,
    pub step: String,
}

/// Where the way goes on after a task that was put off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Detour {
    pub back_to: Option<Spot>,
    /// What was ticked there.
    #[serde(default)]
    pub chosen: BTreeSet<String>,
    /// Whether the step there showed its explanation.
    #[serde(default)]
    pub judged: bool,
    /// Whether the lesson there had been opened.
    #[serde(default)]
    pub opened: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parked {
    pub spot: Spot,
    pub reminded: bool,
}

impl Mind {
    /// Somebody who has just sat down.
    pub fn new(stage: Stage) -> Self {
        Self {
            stage,
            talk: Talk::Nothing,
            study: Study::default(),
            exam: Exam::default(),
            licensing: Licensing::default(),
            recall: Recall::default(),
            surveys: Surveys::default(),
            unasked: Vec::new(),
            busy_since: None,
            held_since: None,
            not_released: None,
            missing: None,
            timer: None,
            since: None,
            offers: false,
            news: Vec::new(),
        }
    }

    /// What the programme must have so that this person can go on: the step on the screen and where its way leads
    /// back to, tasks that were put off, the questions of a test that is open, repeats that are being asked.
    pub fn needs(&self) -> BTreeSet<Spot> {
        let study = &self.study;
        let behind = study.detour.iter().filter_map(|detour| detour.back_to.as_ref());
        let parked = study.parked.iter().map(|parked| &parked.spot);
        let items = self.exam.items.iter().map(|item| Spot { module: TEST.to_owned(), step: item.clone() });
        study.at.iter().chain(behind).chain(parked).chain(&self.recall.queue).cloned().chain(items).collect()
    }
}
