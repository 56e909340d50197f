//! A world whose lessons and locales lie in a folder that the bot follows.

use tandem::app::reload::{Looked, Watch};

use super::World;
use crate::support::files::ContentFolder;

/// The folder, and the bot's watch over it.
pub struct Followed {
    pub files: ContentFolder,
    watch: Watch,
}

impl World {
    /// From now on the bot follows a folder that holds what it serves.
    pub fn follows(&self) -> Followed {
        let files = ContentFolder::copied();
        let watch = Watch::new(files.path());
        Followed { files, watch }
    }

    /// The bot looks at its folder until it has read what changed there.
    pub async fn looks_at(&self, followed: &mut Followed) -> Looked {
        let app = self.app().await;
        let first = followed.watch.look(&app).await.expect("a look");
        assert_eq!(first, Looked::Unchanged, "files that have just changed may still be written");
        let second = followed.watch.look(&app).await.expect("a look");
        let third = followed.watch.look(&app).await.expect("a look");
        assert_eq!(third, Looked::Unchanged, "what was read once is not read again");
        second
    }
}
