//! What the bot logged as an error, so that no story passes over one.
//!
//! A story runs on one thread with everything that belongs to it, so each thread has its own list.

use std::cell::RefCell;
use std::fmt::{self, Write};
use std::sync::Once;

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

thread_local! {
    static LOGGED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Listens from now on, in every story of this program.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let subscriber = tracing_subscriber::registry().with(Errors);
        tracing::subscriber::set_global_default(subscriber).expect("nobody else listens");
    });
}

/// The errors logged on this thread since the last call.
pub fn take() -> Vec<String> {
    LOGGED.take()
}

struct Errors;

impl<S: Subscriber> Layer<S> for Errors {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let ours = event.metadata().target().starts_with("tandem");
        if ours && *event.metadata().level() == Level::ERROR {
            let mut line = Fields(String::new());
            event.record(&mut line);
            LOGGED.with_borrow_mut(|logged| logged.push(line.0));
        }
    }
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, "{}={value:?} ", field.name());
    }
}
