//! What is counted while the program runs, in the form that Prometheus reads.
//!
//! Owns: the names, and the instants by which `health` sees whether the loops get on. Belongs to one `App`: two of
//! them in one process share no count. No label names a person, a chat, a round or an organisation.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use prometheus::{
    Gauge, GaugeVec, Histogram, HistogramOpts, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry,
    TextEncoder,
};

use crate::domain::delivery::Outcome;
use crate::domain::effect::Kind;
use crate::domain::pacing::Lane;

/// A name or label that Prometheus does not allow.
pub use prometheus::Error as BadMetric;

/// What [`Metrics::render`] writes, as a content type.
pub const TEXT: &str = prometheus::TEXT_FORMAT;

/// Seconds: from an answer on a quiet machine to one that a 429 held up for a minute.
const REPLY_BUCKETS: [f64; 13] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0];

const LANES: [Lane; 2] = [Lane::Reply, Lane::Bulk];

/// How updates come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Poll,
    Webhook,
}

/// What the database says when it is asked for the figures.
#[derive(Clone, Copy, Debug, Default)]
pub struct Backlog {
    /// Messages owed: replies, bulk.
    pub owed: (i64, i64),
    /// When the oldest of them was to be sent.
    pub oldest_reply: Option<DateTime<Utc>>,
    pub oldest_bulk: Option<DateTime<Utc>>,
    /// When the next due item was, or will be, due.
    pub next_due: Option<DateTime<Utc>>,
}

/// The counts of one process.
pub struct Metrics {
    registry: Registry,
    messages: IntCounterVec,
    too_many: IntCounterVec,
    reply: Histogram,
    updates: IntCounter,
    batches: IntCounter,
    refused_pushes: IntCounter,
    owed: IntGaugeVec,
    owed_lag: GaugeVec,
    due_lag: Gauge,
    contact: GaugeVec,
    database_up: IntGauge,
    started: DateTime<Utc>,
    /// By source; microseconds since 1970, 0 is never.
    heard: [AtomicI64; 2],
    /// By lane.
    accepted: [AtomicI64; 2],
}

impl Metrics {
    /// Nothing has happened yet.
    ///
    /// # Errors
    /// When a name below is not allowed.
    pub fn new(database: &str, started: DateTime<Utc>) -> Result<Self, BadMetric> {
        let registry = Registry::new();
        let add = Adding(&registry);
        let build = add.gauges("tandem_build_info", "The program and its database.", &["version", "database"])?;
        build.with_label_values(&[env!("CARGO_PKG_VERSION"), database]).set(1.0);
        add.gauge("process_start_time_seconds", "When the process started.")?.set(seconds(started.timestamp_micros()));
        let metrics = Self {
            messages: add.counters(
                "tandem_messages_total",
                "What became of attempts to send a message; retry is tried again, all others are final.",
                &["kind", "lane", "outcome"],
            )?,
            too_many: add.counters("tandem_rate_limited_total", "Messages refused with 429.", &["lane"])?,
            reply: add.histogram(
                "tandem_reply_seconds",
                "From an update being taken to its answer being accepted by the server.",
                &REPLY_BUCKETS,
            )?,
            updates: add.counter("tandem_updates_total", "Updates kept, repeated ones included.")?,
            batches: add.counter("tandem_update_batches_total", "Groups of updates kept together.")?,
            refused_pushes: add
                .counter("tandem_webhook_refused_total", "Calls of the webhook that were no update with our secret.")?,
            owed: add.int_gauges(
                "tandem_outbox_owed",
                "Messages owed and on nobody's wire; above 10000 not counted further.",
                &["lane"],
            )?,
            owed_lag: add.gauges(
                "tandem_outbox_lag_seconds",
                "How late the oldest message is that could have been sent.",
                &["lane"],
            )?,
            due_lag: add.gauge("tandem_due_lag_seconds", "How late the oldest due item is.")?,
            contact: add.gauges(
                "tandem_last_contact_timestamp_seconds",
                "When updates were last polled and kept, or the webhook last found to be ours.",
                &["source"],
            )?,
            database_up: add.int_gauge("tandem_database_up", "Whether the database answered this request.")?,
            registry,
            started,
            heard: [AtomicI64::new(0), AtomicI64::new(0)],
            accepted: [AtomicI64::new(0), AtomicI64::new(0)],
        };
        metrics.begin_at_zero();
        Ok(metrics)
    }

    /// A series that appears with its first event hides that event from `increase`.
    fn begin_at_zero(&self) {
        for lane in LANES {
            self.too_many.with_label_values(&[code(lane)]);
            for kind in Kind::ALL {
                for outcome in ["sent", "retry", "expired", "unreachable", "unknown", "failed"] {
                    self.messages.with_label_values(&[kind.code(), code(lane), outcome]);
                }
            }
        }
    }

    /// Updates were kept together.
    pub fn kept(&self, updates: usize) {
        self.updates.inc_by(updates as u64);
        self.batches.inc();
    }

    /// The server answered and whatever it had for us is kept, or the webhook was found to be ours.
    pub fn heard(&self, from: Source, now: DateTime<Utc>) {
        self.heard[from as usize].store(now.timestamp_micros(), Ordering::Relaxed);
        self.contact.with_label_values(&[from.code()]).set(seconds(now.timestamp_micros()));
    }

    /// A call of the webhook was refused.
    pub fn refused_push(&self) {
        self.refused_pushes.inc();
    }

    /// The server accepted an answer to an update that was taken then.
    pub fn replied(&self, taken: DateTime<Utc>, now: DateTime<Utc>) {
        self.reply.observe(seconds((now - taken).max(TimeDelta::zero()).num_microseconds().unwrap_or(i64::MAX)));
    }

    /// The server asked for patience.
    pub fn rate_limited(&self, lane: Lane) {
        self.too_many.with_label_values(&[code(lane)]).inc();
    }

    /// What became of an attempt.
    pub fn settled(&self, kind: Kind, lane: Lane, outcome: Outcome, now: DateTime<Utc>) {
        let name = match outcome {
            Outcome::Sent(_) => {
                self.accepted[lane as usize].store(now.timestamp_micros(), Ordering::Relaxed);
                "sent"
            }
            Outcome::Retry(_) => "retry",
            Outcome::Expired => "expired",
            Outcome::Unreachable => "unreachable",
            Outcome::Unknown => "unknown",
            Outcome::Failed => "failed",
        };
        self.messages.with_label_values(&[kind.code(), code(lane), name]).inc();
    }

    /// When the process started.
    pub fn started(&self) -> DateTime<Utc> {
        self.started
    }

    /// When [`heard`](Self::heard) was last called, and from where.
    pub fn last_heard(&self) -> Option<(Source, DateTime<Utc>)> {
        let times = [Source::Poll, Source::Webhook].map(|from| Some((from, instant(&self.heard[from as usize])?)));
        times.into_iter().flatten().max_by_key(|(_, at)| *at)
    }

    /// When a message of this lane was last accepted.
    pub fn last_accepted(&self, lane: Lane) -> Option<DateTime<Utc>> {
        instant(&self.accepted[lane as usize])
    }

    /// Everything as text; `None`: the database did not answer, and its figures stand as they were.
    ///
    /// # Errors
    /// When a figure cannot be written.
    pub fn render(&self, backlog: Option<Backlog>, now: DateTime<Utc>) -> Result<String, BadMetric> {
        self.database_up.set(i64::from(backlog.is_some()));
        if let Some(backlog) = backlog {
            let late = |at: Option<DateTime<Utc>>| {
                let late = at.map_or(TimeDelta::zero(), |at| (now - at).max(TimeDelta::zero()));
                seconds(late.num_microseconds().unwrap_or(i64::MAX))
            };
            for (lane, owed, oldest) in
                [(Lane::Reply, backlog.owed.0, backlog.oldest_reply), (Lane::Bulk, backlog.owed.1, backlog.oldest_bulk)]
            {
                self.owed.with_label_values(&[code(lane)]).set(owed);
                self.owed_lag.with_label_values(&[code(lane)]).set(late(oldest));
            }
            self.due_lag.set(late(backlog.next_due));
        }
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }
}

impl Source {
    fn code(self) -> &'static str {
        match self {
            Self::Poll => "poll",
            Self::Webhook => "webhook",
        }
    }
}

/// Makes a metric and lists it.
struct Adding<'a>(&'a Registry);

macro_rules! adders {
    ($($one:ident: $kind:ty),+; $($many:ident: $vec:ty),+) => {
        impl Adding<'_> {
            $(fn $one(&self, name: &str, help: &str) -> Result<$kind, BadMetric> {
                let metric = <$kind>::new(name, help)?;
                self.0.register(Box::new(metric.clone()))?;
                Ok(metric)
            })+
            $(fn $many(&self, name: &str, help: &str, labels: &[&str]) -> Result<$vec, BadMetric> {
                let metric = <$vec>::new(Opts::new(name, help), labels)?;
                self.0.register(Box::new(metric.clone()))?;
                Ok(metric)
            })+
        }
    };
}

adders!(counter: IntCounter, gauge: Gauge, int_gauge: IntGauge;
    counters: IntCounterVec, gauges: GaugeVec, int_gauges: IntGaugeVec);

impl Adding<'_> {
    fn histogram(&self, name: &str, help: &str, buckets: &[f64]) -> Result<Histogram, BadMetric> {
        let metric = Histogram::with_opts(HistogramOpts::new(name, help).buckets(buckets.to_vec()))?;
        self.0.register(Box::new(metric.clone()))?;
        Ok(metric)
    }
}

fn code(lane: Lane) -> &'static str {
    match lane {
        Lane::Reply => "reply",
        Lane::Bulk => "bulk",
    }
}

fn seconds(micros: i64) -> f64 {
    micros as f64 / 1e6
}

fn instant(at: &AtomicI64) -> Option<DateTime<Utc>> {
    let micros = at.load(Ordering::Relaxed);
    DateTime::from_timestamp_micros(micros).filter(|_| micros != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
    }

    fn fresh() -> Metrics {
        Metrics::new("sqlite", noon()).unwrap()
    }

    fn text(metrics: &Metrics) -> String {
        metrics.render(Some(Backlog::default()), noon()).unwrap()
    }

    #[test]
    fn names_and_labels_are_allowed_and_every_outcome_begins_at_zero() {
        let text = text(&fresh());
        assert!(text.contains("tandem_messages_total{kind=\"lesson\",lane=\"bulk\",outcome=\"failed\"} 0\n"), "{text}");
        assert!(text.contains("tandem_rate_limited_total{lane=\"reply\"} 0\n"), "{text}");
        let version = env!("CARGO_PKG_VERSION");
        assert!(
            text.contains(&format!("tandem_build_info{{database=\"sqlite\",version=\"{version}\"}} 1\n")),
            "{text}"
        );
        for line in text.lines().filter(|line| line.starts_with("# TYPE ")) {
            let (name, kind) = line["# TYPE ".len()..].split_once(' ').unwrap();
            assert!(name.starts_with("tandem_") || name.starts_with("process_"), "{line}");
            assert_eq!(name.ends_with("_total"), kind == "counter", "{line}");
        }
    }

    #[test]
    fn two_programs_in_one_process_share_no_count() {
        let (one, other) = (fresh(), fresh());
        one.kept(3);
        assert!(text(&one).contains("tandem_updates_total 3\n"));
        assert!(text(&other).contains("tandem_updates_total 0\n"));
    }

    #[test]
    fn an_answer_is_counted_in_its_bucket_and_a_clock_that_steps_back_counts_as_no_time() {
        let metrics = fresh();
        metrics.replied(noon(), noon() + TimeDelta::milliseconds(40));
        metrics.replied(noon(), noon() - TimeDelta::hours(1));
        let text = text(&metrics);
        assert!(text.contains("tandem_reply_seconds_bucket{le=\"0.025\"} 1\n"), "{text}");
        assert!(text.contains("tandem_reply_seconds_bucket{le=\"0.05\"} 2\n"), "{text}");
        assert!(text.contains("tandem_reply_seconds_sum 0.04\n"), "{text}");
    }

    #[test]
    fn what_is_not_due_yet_is_not_late() {
        let metrics = fresh();
        let backlog = Backlog {
            owed: (0, 7),
            oldest_bulk: Some(noon() - TimeDelta::seconds(90)),
            next_due: Some(noon() + TimeDelta::hours(1)),
            ..Backlog::default()
        };
        let text = metrics.render(Some(backlog), noon()).unwrap();
        assert!(text.contains("tandem_outbox_owed{lane=\"bulk\"} 7\n"), "{text}");
        assert!(text.contains("tandem_outbox_lag_seconds{lane=\"bulk\"} 90\n"), "{text}");
        assert!(text.contains("tandem_due_lag_seconds 0\n"), "{text}");
        assert!(metrics.render(None, noon()).unwrap().contains("tandem_database_up 0\n"));
    }
}
