//! What is special about cards: pictures, videos, and long ones that may come in parts.

use toml::Spanned;

use super::module::{RawStep, Reader};
use crate::domain::finding::Code;
use crate::domain::programme::{Step, StepKind};

/// Most parts of a card: whoever needs more has several thoughts.
const MAX_PARTS: usize = 4;

/// Largest sum of width and height, and the most that one may be of the other (Bot API, sendPhoto: "The photo's width
/// and height must not exceed 10000 in total. Width and height ratio must be at most 20").
const MAX_SIDES: usize = 10_000;
const MAX_RATIO: usize = 20;

impl Reader<'_> {
    pub(super) fn card(&mut self, raw: &RawStep) -> StepKind {
        if let Some(picture) = &raw.picture {
            self.picture(picture);
        }
        if let Some(video) = &raw.video
            && (!video.get_ref().starts_with("https://") || !crate::content::markdown::is_address(video.get_ref()))
        {
            self.error(Code::Link, video, "`video` must be a full address that begins with https://".to_owned());
        }
        StepKind::Card {
            picture: raw.picture.as_ref().map(|p| p.get_ref().clone()),
            video: raw.video.as_ref().map(|v| v.get_ref().clone()),
        }
    }

    fn picture(&mut self, picture: &Spanned<String>) {
        let name = picture.get_ref();
        let known = [".jpg", ".jpeg", ".png"].iter().any(|ending| name.ends_with(ending));
        if !known || name.contains(['/', '\\']) {
            let message = "`picture` must name a .jpg or .png file in the module's folder".to_owned();
            self.error(Code::Setting, picture, message);
            return;
        }
        match self.tree.bytes(&format!("{}/{name}", self.folder)) {
            None => self.error(Code::File, picture, format!("the picture `{name}` is missing")),
            Some(Err(why)) => self.error(Code::File, picture, format!("the picture `{name}` cannot be read: {why}")),
            Some(Ok(bytes)) => match imagesize::blob_size(bytes) {
                Err(_) => self.error(Code::File, picture, format!("`{name}` is no picture that can be read")),
                Ok(size) if !fits(size.width, size.height) => {
                    let message = format!("the picture `{name}` has {} × {} dots", size.width, size.height);
                    self.error(Code::Limit, picture, message);
                    self.hint(&format!("both sides together at most {MAX_SIDES}, neither {MAX_RATIO} times the other"));
                }
                Ok(_) => {}
            },
        }
    }

    /// A card in the parts that its author allows: the first bears its id, the others are numbered. What it shows
    /// besides text comes first, and where its facts come from last.
    pub(super) fn in_parts(&mut self, raw: &RawStep, step: Step) -> Vec<Step> {
        let Some(parts) = &raw.parts else { return vec![step] };
        let count = usize::try_from(*parts.get_ref()).unwrap_or(0);
        if !(2..=MAX_PARTS).contains(&count) {
            self.error(Code::Setting, parts, format!("`parts` must be from 2 to {MAX_PARTS}"));
            return vec![step];
        }
        let part = |number: usize| Step {
            review: step.review.clone().filter(|_| number == count),
            ..Step::new(step.part_id(number), StepKind::Card { picture: None, video: None })
        };
        let first = Step { review: None, ..step.clone() };
        std::iter::once(first).chain((2..=count).map(part)).collect()
    }
}

fn fits(width: usize, height: usize) -> bool {
    let (short, long) = (width.min(height), width.max(height));
    short > 0 && short.saturating_add(long) <= MAX_SIDES && long <= short.saturating_mul(MAX_RATIO)
}
