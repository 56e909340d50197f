//! What is written for operators, held against the program: files that an image is made of, settings, figures.
//!
//! No container engine is needed here, and none is replaced: whether the image works shows where it is built.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What `cargo build` reads: the manifest, the build script, and the folders that are compiled in.
const BUILD_NEEDS: [&str; 8] =
    ["Cargo.toml", "Cargo.lock", "build.rs", "benches", "src", "lessons", "locales", "migrations"];

#[test]
fn an_image_is_made_of_all_that_a_build_needs_and_of_nothing_that_is_not_there() {
    let dockerfile = read("Dockerfile");
    let mut copied = BTreeSet::new();
    for line in dockerfile.lines().filter(|line| line.starts_with("COPY ") && !line.contains("--from=")) {
        let mut places: Vec<&str> = line.split_whitespace().skip(1).collect();
        places.pop();
        copied.extend(places);
    }
    for place in &copied {
        assert!(root().join(place).exists(), "COPY {place}: it is not there");
    }
    let needed = BTreeSet::from(BUILD_NEEDS);
    assert_eq!(copied, needed, "the image is not made of what a build needs");
    let ignore = read(".dockerignore");
    let sent: BTreeSet<&str> = ignore.lines().filter_map(|line| line.strip_prefix('!')).collect();
    assert_eq!(sent, needed, "what is sent to the builder is not what a build needs");
    let script = read("build.rs");
    for place in BUILD_NEEDS.iter().filter(|place| root().join(place).is_dir() && !["src", "benches"].contains(place)) {
        assert!(script.contains(&format!("\"{place}\"")), "{place} is compiled in, and build.rs does not watch it");
    }
}

#[test]
fn the_image_runs_as_nobody_in_particular_and_asks_itself_whether_it_is_alive() {
    let dockerfile = read("Dockerfile");
    let after = dockerfile.rsplit("FROM ").next().unwrap();
    let user = after.find("USER tandem").expect("it runs as root");
    assert!(user < after.find("ENTRYPOINT [\"tandem\"]").expect("it runs something else"));
    assert!(after.contains("CMD [\"tandem\", \"healthcheck\"]"), "{after}");
    for image in dockerfile.lines().filter_map(|line| line.strip_prefix("FROM ")) {
        assert!(image.contains(':') && !image.contains(":latest"), "{image} is another one tomorrow");
    }
}

#[test]
fn every_setting_that_operators_are_told_of_exists() {
    let known = words(&read("src/config.rs"), "TANDEM_");
    let own = BTreeSet::from(["TANDEM_HOST".to_owned()]);
    for file in for_operators() {
        let told = words(&fs::read_to_string(&file).unwrap(), "TANDEM_");
        let unknown: Vec<_> = told.difference(&known).filter(|name| !own.contains(*name)).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", file.display());
    }
    let told = words(&read("README.md"), "TANDEM_");
    let secret: Vec<_> = known.iter().filter(|name| !told.contains(*name) && !name.ends_with("_FILE")).collect();
    assert!(secret.is_empty(), "README.md does not tell of {secret:?}");
}

#[test]
fn every_figure_that_operators_are_told_of_exists_and_each_is_told_of() {
    let source = read("src/app/metrics.rs");
    let written = words(source.split("#[cfg(test)]").next().unwrap(), "tandem_");
    let page = words(&read("docs/operating.md"), "tandem_");
    // Prometheus makes a series of each bucket.
    let told: BTreeSet<String> = page.iter().map(|name| name.trim_end_matches("_bucket").to_owned()).collect();
    assert_eq!(told, written);
}

#[test]
fn the_files_of_the_operators_name_the_address_of_the_webhook_as_the_program_does() {
    for file in ["docs/deploy/Caddyfile", "docs/deploy/nginx.conf"] {
        assert!(read(file).contains(&format!(" {} ", tandem::web::HOOK_PATH)), "{file}");
    }
}

/// All words with this beginning.
fn words(text: &str, beginning: &str) -> BTreeSet<String> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.split(|c| !word(c))
        .filter(|found| found.starts_with(beginning) && found.len() > beginning.len() && !found.ends_with('_'))
        .map(str::to_owned)
        .collect()
}

fn for_operators() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("docs/deploy")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() >= 4, "{files:?}");
    files.extend(["docs/operating.md", "README.md", "Dockerfile"].map(|name| root().join(name)));
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}
