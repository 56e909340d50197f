//! Lessons and locales are compiled into the program: whoever edits them gets a program with the new texts.

fn main() {
    for folder in ["lessons", "locales", "migrations"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
