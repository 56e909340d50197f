//! A course of as many weeks as a simulation asks for, in the shape of `fuehrerschein`.
//!
//! Owns: the files, made from templates beside this one. They are written to a folder and read by the same code as
//! any lesson, so that neither the linter nor the translation lock is passed by. Does not know who takes the course.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::content::{self, Library, Source};
use crate::domain::finding::Finding;

/// The programme's id.
pub const PROGRAMME: &str = "simulation";

/// Lessons in each week.
pub const LESSONS_A_WEEK: usize = 2;

/// What each lesson says it takes; one tap at its end logs them.
pub const LESSON_MINUTES: u32 = 30;

/// Reads a course of so many weeks.
///
/// # Errors
/// When the machine's temporary folder cannot be written, or when the templates do not pass the linter.
pub fn library(weeks: u32) -> anyhow::Result<Library> {
    let folder = Folder::new()?;
    write(&folder.0, weeks).context("cannot write the simulated course")?;
    content::stamp(&folder.0, "en", None).context("cannot stamp the simulated course")?;
    // Texts may be shorter than reads well, and the linter says so; an error would be one of the templates'.
    if let Some(error) = content::check(Source::Folder(&folder.0)).into_iter().find(Finding::is_error) {
        anyhow::bail!("the simulated course is wrong: {error}");
    }
    Library::load(Source::Folder(&folder.0)).map_err(|_| anyhow::anyhow!("the simulated course cannot be read"))
}

/// The number of a lesson, counted from 0 over the whole course, by the title that stands in an announcement.
pub fn lesson_in(text: &str) -> Option<usize> {
    // The template gives every lesson a title that begins with its week and number: `Lesson 3.2 – …`.
    text.lines().find_map(|line| {
        let rest = line.strip_prefix("Lektion ").or_else(|| line.strip_prefix("Lesson "))?;
        number(rest.split_once(' ')?.0)
    })
}

/// The number of the lesson to which an open step belongs, counted as above, by the title of the step.
pub fn step_in(text: &str) -> Option<usize> {
    text.lines().find_map(|line| number(line.split_once(' ')?.0))
}

/// Reads `3.2`: the second lesson of the third week.
fn number(text: &str) -> Option<usize> {
    let (week, lesson) = text.split_once('.')?;
    let (week, lesson): (usize, usize) = (week.parse().ok()?, lesson.parse().ok()?);
    Some(week.checked_sub(1)? * LESSONS_A_WEEK + lesson.checked_sub(1)?)
}

fn write(folder: &Path, weeks: u32) -> std::io::Result<()> {
    let course = folder.join("lessons").join(PROGRAMME);
    let folders: Vec<String> = (1..=weeks).map(|week| format!("\"m{week}-dialog\"")).collect();
    fs::create_dir_all(&course)?;
    let head = include_str!("course/programme.toml").replace("{folders}", &folders.join(", "));
    fs::write(course.join("programme.toml"), head)?;
    fs::write(course.join("de.md"), include_str!("course/programme.de.md"))?;
    fs::write(course.join("en.md"), include_str!("course/programme.en.md"))?;
    for week in 1..=weeks {
        let module = course.join(format!("m{week}-dialog"));
        fs::create_dir_all(&module)?;
        let of_week = |template: &str| template.replace("{week}", &week.to_string());
        fs::write(module.join("module.toml"), of_week(include_str!("course/module.toml")))?;
        fs::write(module.join("de.md"), of_week(include_str!("course/module.de.md")))?;
        fs::write(module.join("en.md"), of_week(include_str!("course/module.en.md")))?;
    }
    Ok(())
}

/// A folder that is gone once the course is read.
struct Folder(PathBuf);

impl Folder {
    fn new() -> anyhow::Result<Self> {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let nth = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("tandem-simulate-{}-{nth}", std::process::id()));
        fs::create_dir_all(&path).with_context(|| format!("cannot create {}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed lies in the machine's temporary folder, which is cleaned anyway.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::way;

    #[test]
    fn a_course_passes_the_linter_and_has_two_lessons_for_each_week() {
        let library = library(12).expect("a course");
        let text = library.programme(PROGRAMME).expect("the programme");
        assert_eq!(way::lesson_count(&text.programme), 12 * LESSONS_A_WEEK);
        for (index, language) in [(0, "de"), (23, "en")] {
            let (module, lesson) = way::nth_lesson(&text.programme, index).expect("a lesson");
            let (words, found) = text.lesson_text(&module.id, &lesson.id, language).expect("its words");
            assert_eq!(found, language, "no language falls back");
            assert_eq!(lesson.minutes, LESSON_MINUTES);
            assert_eq!(lesson_in(&format!("Week\n\n{}\n\nmore", words.title)), Some(index));
        }
        assert_eq!(lesson_in("Lesson learned."), None);
        assert_eq!(step_in("3.2 Wer kommt hinein?\n\nHaken Sie ab."), Some(5));
        assert_eq!(step_in("Das dauert 1.5 Stunden"), None);
    }
}
