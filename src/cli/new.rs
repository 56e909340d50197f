//! `tandem new`: makes content from nothing, without a question.

use std::path::PathBuf;

use clap::Args;
use tandem::content::add_lesson;

#[derive(Args)]
pub struct Options {
    /// Where: programme, module and the lesson's new id, such as fuehrerschein/m1/l3
    #[arg(value_name = "PROGRAMME/MODULE/ID")]
    at: String,
    /// Folder that holds lessons/
    #[arg(long, default_value = ".")]
    dir: PathBuf,
}

/// Adds a lesson and says which files have changed.
pub fn lesson(options: &Options) -> anyhow::Result<()> {
    let changed = add_lesson(&options.dir, &options.at)?;
    for file in changed {
        println!("{}", options.dir.join(file).display());
    }
    println!("Now put your own words in, and run `tandem check` and `tandem i18n ok` for each translation.");
    Ok(())
}
