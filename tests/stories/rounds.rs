//! What trainers and participants of a round say to each other, and what trainers change while people are in it.

mod by_page;
mod changing;
mod pages;
mod saying_when;
mod seats;
mod sharing;
mod talking;

use crate::support::{Person, Round, World};

/// A trainer, a round that starts tomorrow (Tuesday), and three tandems in it: six people.
async fn six(world: &World) -> (Person, Round, Vec<Person>) {
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let mut people = Vec::new();
    for (lead, deputy) in [("Ada", "Ben"), ("Cem", "Dora"), ("Eve", "Finn")] {
        let (lead, deputy) = world.joins(&round, lead, deputy).await;
        people.extend([lead, deputy]);
    }
    (tom, round, people)
}
