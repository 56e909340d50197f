//! A clock that is set, and clocks that change twice a year: nothing comes twice, nothing waits for as long as the
//! clock was wrong, and an hour is the hour on the wall.

use chrono::{DateTime, TimeDelta};
use insta::assert_snapshot;
use tandem::demo::phones::Fault;

use crate::support::{Person, World};

#[tokio::test]
async fn an_answer_does_not_wait_for_as_long_as_the_clock_was_ahead() {
    let world = World::new().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.clock_is_set_by(TimeDelta::hours(5));
    world.fails("sendMessage", 100, Fault::ServerError(502));
    ada.says("45 min").await;
    assert_eq!(ada.new_messages(), 0);
    world.fails("sendMessage", 0, Fault::ServerError(502));
    world.clock_is_set_by(TimeDelta::hours(-5));
    ada.says("15 min").await;
    assert_eq!(ada.new_messages(), 2, "{}", ada.chat());
    assert_eq!(ada.chat().matches("✓ 45 Min.").count(), 1);
}

#[tokio::test]
async fn a_clock_that_jumps_ahead_and_back_brings_as_many_messages_as_one_that_does_not() {
    let mut counts = Vec::new();
    for jumps in [false, true] {
        let world = World::new().await;
        let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
        world.until("Tue 08:00").await;
        let before = ada.arrivals().len() + ben.arrivals().len();
        if jumps {
            world.clock_is_set_by(TimeDelta::hours(3));
            world.settle().await;
            world.clock_is_set_by(TimeDelta::hours(-3));
            world.settle().await;
        }
        world.until("Fri 18:00").await;
        counts.push(ada.arrivals().len() + ben.arrivals().len() - before);
    }
    assert_eq!(counts[0], counts[1]);
}

#[tokio::test]
async fn an_hour_is_the_hour_on_the_wall_when_the_clocks_change() {
    let world = World::new().await;
    world.until_date("2026-10-19 08:00").await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until_date("2026-10-31 08:00").await;
    assert_snapshot!(unasked(&ada), @"
    Tue 20.10. 10:00 Auftrag, Ziel, Dialog
    Thu 22.10. 10:00 Gemeinsamer Auftritt, klare Zahlen
    Fri 23.10. 10:00 Die Woche geht zu Ende. Fehlt noch Zeit in Ihrer Liste?
    Tue 27.10. 10:00 Menschen, Botschaften, Plan
    Fri 30.10. 10:00 Die Woche geht zu Ende. Fehlt noch Zeit in Ihrer Liste?
    ");
    world.until_date("2027-03-22 08:00").await;
    let (eve, _) = world.tandem("Eve", "Finn", "Europe/Berlin").await;
    world.until_date("2027-04-03 08:00").await;
    // The 26th of March is Good Friday.
    assert_snapshot!(unasked(&eve), @"
    Tue 23.03. 10:00 Auftrag, Ziel, Dialog
    Thu 25.03. 10:00 Gemeinsamer Auftritt, klare Zahlen
    Tue 30.03. 10:00 Menschen, Botschaften, Plan
    Fri 02.04. 10:00 Die Woche geht zu Ende. Fehlt noch Zeit in Ihrer Liste?
    ");
}

/// When messages came that nobody had asked for, by the clock on the wall in Berlin.
fn unasked(person: &Person) -> String {
    let joined = person.arrivals().iter().map(|(at, _)| *at).take(4).max().unwrap_or_default();
    let came = person.arrivals().into_iter().filter(|(at, _)| at - joined > 60_000_000);
    let times = came.map(|(at, text)| {
        let at = DateTime::from_timestamp_micros(at).expect("a time").with_timezone(&chrono_tz::Europe::Berlin);
        format!("{} {}", at.format("%a %d.%m. %H:%M"), text.lines().next().unwrap_or_default())
    });
    times.collect::<Vec<_>>().join("\n")
}
