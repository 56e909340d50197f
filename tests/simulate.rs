//! Small rounds at virtual speed: nothing is lost and no rule broken, whatever goes wrong, and a seed is a promise.

use tandem::demo::simulate::{Level, Report, Settings, run};

fn simulated(tandems: u32, weeks: u32, seed: u64, faults: Level) -> Report {
    run(Settings { tandems, weeks, seed, faults }).expect("a round")
}

fn holds(seed: u64, faults: Level) -> Report {
    let report = simulated(10, 2, seed, faults);
    assert!(report.holds(), "{report}");
    assert_eq!(report.lost, 0, "{report}");
    assert!(report.kinds["lesson"].owed >= 10 * 2 * 3, "{report}");
    assert!(report.kinds["week"].owed > 0 && report.kinds["cover"].owed > 0, "{report}");
    report
}

#[test]
fn a_round_in_which_nothing_goes_wrong_loses_and_doubles_nothing() {
    let report = holds(1, Level::None);
    assert_eq!((report.doubled, report.too_many), (0, 0), "{report}");
}

#[test]
fn a_round_with_failing_and_cut_off_calls_loses_nothing() {
    holds(2, Level::Mild);
}

#[test]
fn a_round_with_killed_processes_and_a_wrong_clock_loses_nothing() {
    for seed in 1..=2 {
        let report = holds(seed, Level::Wild);
        assert!(report.restarts > 0 && report.doubled > 0, "something went wrong on the way\n{report}");
    }
}

#[test]
fn the_same_seed_gives_the_same_round_and_another_seed_another() {
    let first = simulated(8, 1, 5, Level::Wild);
    let again = simulated(8, 1, 5, Level::Wild);
    assert_eq!(Report { cost: first.cost, ..again }, first, "only what it cost may differ");
    let other = simulated(8, 1, 6, Level::Wild);
    assert_ne!(other.kinds, first.kinds);
}
