//! The list of edge cases names tests that exist.

use std::fs;

/// The tests that a line of the table names, as `part::of::the::path::name`.
fn named(line: &str) -> impl Iterator<Item = &str> {
    line.rsplit('|').nth(1).unwrap_or_default().split('`').skip(1).step_by(2)
}

#[test]
fn each_edge_case_names_tests_that_exist() {
    let files: Vec<(String, String)> =
        super::all_rust().iter().map(|path| (super::name_of(path), fs::read_to_string(path).unwrap())).collect();
    let list = fs::read_to_string(super::root().join("docs/edge-cases.md")).unwrap();
    let rows: Vec<&str> = list.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| edge")).collect();
    assert!(rows.len() > 40, "{} rows", rows.len());
    for row in rows {
        assert!(named(row).next().is_some(), "no test is named: {row}");
        for test in named(row) {
            let (place, name) = test.rsplit_once("::").expect("where it stands, and its name");
            let head = format!("fn {name}(");
            let here = |(path, text): &(String, String)| {
                let path = path.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
                path.contains(place.trim_end_matches("::tests")) && text.contains(&head)
            };
            assert!(files.iter().any(here), "{test} does not exist: {row}");
        }
    }
}
