//! What befalls a world: faults of the server, a power failure, a broken row, a clock that is set.

use std::path::Path;
use std::sync::Arc;

use chrono::{NaiveDateTime, TimeDelta};
use tandem::app::deliver::Deliver;
use tandem::app::restore::{Cleaned, clean};
use tandem::app::{intake, plan};
use tandem::demo::phones::{Fault, Faults, Scripted};

use tandem::store::{self, Gone};

use super::{Engine, World, errors, local, process};

impl World {
    /// The next calls of this kind go wrong in this way.
    pub fn fails(&self, method: &str, times: u32, fault: Fault) {
        let scripted = vec![Scripted { method: Some(method.to_owned()), chat: None, after: 0, times, fault }];
        self.0.phones.with(|phones, _| phones.set_faults(Faults { scripted, ..Faults::default() }));
    }

    /// The bot's machine is off meanwhile.
    pub fn is_down_until(&self, when: &str) {
        let at = NaiveDateTime::parse_from_str(when, "%Y-%m-%d %H:%M").expect("a date and a time");
        self.forget_screens();
        self.0.clock.set(local(at));
    }

    /// The updates at hand are kept, and the power fails before anything is sent.
    pub async fn crashes_before_sending(&self) {
        let mut engine = self.0.engine.lock().await;
        intake::once(&engine.app).await.expect("updates can be kept");
        self.new_process(&mut engine).await;
    }

    /// What is due is done and claimed, and the power fails before anything is sent.
    pub async fn crashes_after_claiming(&self) {
        let mut engine = self.0.engine.lock().await;
        plan::tick(&engine.app).await.expect("what is due can be done");
        engine.deliver.refill().await.expect("what is owed can be claimed");
        self.new_process(&mut engine).await;
    }

    /// The machine's clock is set, forwards or back, without anything being done on the way.
    pub fn clock_is_set_by(&self, by: TimeDelta) {
        self.0.clock.set(self.now() + by);
    }

    /// Changes something behind the program's back. Needs a database that can be looked into.
    pub async fn breaks(&self, statement: &str) {
        self.0.place.run(statement).await;
    }

    /// A copy, as the operator makes one beside the running service.
    pub async fn is_backed_up(&self, file: &Path) {
        store::backup(&self.0.place.url(), file).await.expect("a backup");
    }

    /// The database is lost and made anew of a backup; some have been erased since it was made.
    pub async fn is_restored(&self, file: &Path, gone: &Gone) -> Cleaned {
        let mut engine = self.0.engine.lock().await;
        engine.app.db.close().await;
        self.0.place.lose().await;
        let unpacked = store::unpack(file).await.expect("a whole backup");
        let inner = &self.0;
        let app = process(&unpacked.db, &inner.clock, &inner.ids, &inner.telegram, &inner.texts, "restorer").await;
        let cleaned = clean(&app, gone).await.expect("a copy that can be cleaned");
        unpacked.put(&inner.place.url(), self.now()).await.expect("room for what is restored");
        let db = inner.place.open().await;
        engine.app = process(&db, &inner.clock, &inner.ids, &inner.telegram, &inner.texts, "before").await;
        self.new_process(&mut engine).await;
        cleaned
    }

    /// The program starts anew without an address under which people could reach its pages.
    pub async fn loses_its_address(&self) {
        let mut engine = self.0.engine.lock().await;
        let (inner, db) = (&self.0, engine.app.db.clone());
        let app = process(&db, &inner.clock, &inner.ids, &inner.telegram, &inner.texts, "unreachable").await;
        let mut app = Arc::into_inner(app).expect("nobody else has it yet");
        app.public_url = None;
        let app = Arc::new(app);
        *engine = Engine { deliver: Deliver::new(Arc::clone(&app)), app };
    }

    /// What the bot logged as errors, where a story expects some.
    pub fn logged(&self) -> Vec<String> {
        errors::take()
    }
}
