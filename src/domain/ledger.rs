//! (being written)
use super::calendar::{Week, Workdays};
pub struct Availability {
    pub workdays: Workdays,
    pub away: Vec<super::days::Days>,
    pub from: Option<chrono::NaiveDate>,
    pub until: Option<chrono::NaiveDate>,
}
pub enum Target {
    None,
    Minutes(u32),
}
pub struct Bar {
    pub filled: u8,
}
pub fn target(_: u32, _: Week, _: &[Availability], _: impl Fn(chrono::NaiveDate) -> bool) -> Target {
    Target::Minutes(300)
}
pub fn bar(logged: u32, target: u32) -> Bar {
    Bar { filled: ((logged * 10).checked_div(target).unwrap_or(0)).min(10) as u8 }
}
