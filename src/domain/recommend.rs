//! Whether people would recommend the course: a scale from nought to ten, its three bands, and what may be said of it.
//!
//! Owns: the scale and its codes. Which figure comes of it, and from how many people on, is `store::report`'s.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// Fewest people over whom the net score is given as a number; below that only which way it leans.
pub const SCORED: u32 = 10;

/// From this far off nought on the net score leans to a side, in percent.
pub const LEANS: u32 = 20;

/// Begins a point of the scale. Ids that authors give have no point in them.
const POINT: &str = "score.";

const HIGHEST: u32 = 10;

/// All points of the scale, as they are answered.
pub static SCALE: LazyLock<Vec<String>> =
    LazyLock::new(|| (0..=HIGHEST).map(|point| format!("{POINT}{point}")).collect());

/// What becomes of a point when a questionnaire closes: where in a band it was is forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    /// Nine and ten.
    Recommend,
    /// Seven and eight.
    Between,
    /// All others.
    Not,
}

/// Which way the net score (those who recommend, less those who do not) leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lean {
    For,
    Even,
    Against,
}

impl Band {
    pub const ALL: [Band; 3] = [Band::Recommend, Band::Between, Band::Not];

    /// The band of a point as it was answered; `None` if it is none of the scale.
    pub fn of(choice: &str) -> Option<Self> {
        Some(match number(choice)?.parse::<u32>().ok()? {
            9..=HIGHEST => Band::Recommend,
            7..=8 => Band::Between,
            0..=6 => Band::Not,
            _ => return None,
        })
    }

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Band::Recommend => "band.recommend",
            Band::Between => "band.between",
            Band::Not => "band.not",
        }
    }
}

impl Lean {
    /// As the query answers it.
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "for" => Lean::For,
            "even" => Lean::Even,
            "against" => Lean::Against,
            _ => return None,
        })
    }
}

/// What stands on the button of a point.
pub fn number(choice: &str) -> Option<&str> {
    choice.strip_prefix(POINT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_of_the_scale_is_in_a_band_and_nothing_else_is() {
        let bands: Vec<Option<Band>> = SCALE.iter().map(|point| Band::of(point)).collect();
        assert_eq!(bands[..7], [Some(Band::Not); 7]);
        assert_eq!(bands[7..], [Band::Between, Band::Between, Band::Recommend, Band::Recommend].map(Some));
        for other in ["", "7", "score.", "score.11", "score.-1", "score. 7", "yes", "band.not"] {
            assert_eq!(Band::of(other), None, "{other}");
        }
    }
}
