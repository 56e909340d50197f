//! Faults of the chat service, of the database and of the clock: what was kept arrives, once, and in its time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use insta::assert_snapshot;
use tandem::demo::phones::Fault;
use tandem::telegram::port::*;

use crate::support::{TOKEN, World};

#[tokio::test]
async fn an_answer_that_waits_longer_than_its_lease_comes_once() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.fails("sendMessage", 1, Fault::TooMany(200));
    ada.says("45 min").await;
    ada.says("15 min").await;
    assert_eq!(world.answered(429), 1, "the second answer is not even tried while the chat rests");
    ben.says("10 min").await;
    assert_eq!(ben.new_messages(), 1, "nobody else has to wait");
    world.advance(TimeDelta::minutes(10)).await;
    assert_snapshot!(ada.screen(), @"
    ✓ 45 Min. für Mo., 2. März eingetragen.

    KW 10: 45 Min. von 5 Std.
    ▓░░░░░░░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ――――
    ✓ 15 Min. für Mo., 2. März eingetragen.

    KW 10: 1 Std. von 5 Std.
    ▓▓░░░░░░░░
    [Rückgängig]
    [−5 Min.] [+5 Min.]
    ");
}

#[tokio::test]
async fn a_reminder_that_was_only_claimed_when_the_power_failed_still_comes() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ben.says("/pause").await;
    world.until("Tue 10:00").await;
    ada.taps("▶ Los geht’s").await;
    ada.taps_all(&["Weiter", "C", "Weiter", "Weiter", "A", "Weiter", "Weiter", "B", "Weiter", "Später"]).await;
    world.until("Fri 09:59").await;
    world.is_down_until("2026-03-06 10:00");
    world.crashes_after_claiming().await;
    assert_eq!(ada.new_messages(), 0);
    world.settle().await;
    assert_eq!(ada.new_messages(), 1, "{}", ada.screen());
}

#[tokio::test]
async fn whatever_goes_wrong_on_the_way_a_lesson_comes_and_at_most_once_more_than_it_should() {
    for (fault, lessons) in [
        (Fault::ServerError(500), 1),
        (Fault::ServerError(503), 1),
        (Fault::DropBefore, 1),
        (Fault::TooMany(3), 1),
        (Fault::DelayMs(50), 1),
        // It came, and nobody could know: better twice than never.
        (Fault::DropAfter, 2),
    ] {
        let world = World::over_http().await;
        let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
        ben.says("/pause").await;
        world.until("Tue 09:59").await;
        world.fails("sendMessage", 1, fault);
        world.until("Tue 10:10").await;
        assert_eq!(ada.new_messages(), lessons, "{fault:?}: {}", ada.screen());
    }
}

#[tokio::test]
async fn updates_whose_answer_is_lost_on_the_way_count_once() {
    for fault in [Fault::ServerError(502), Fault::DropBefore, Fault::DropAfter, Fault::TooMany(1)] {
        let world = World::over_http().await;
        let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
        ada.writes("45 min");
        world.fails("getUpdates", 1, fault);
        world.settle().await;
        assert_eq!(ada.new_messages(), 1, "{fault:?}: {}", ada.screen());
        ada.says("/stunden").await;
        assert!(ada.screen().contains("45 Min. von 5 Std."), "{fault:?}: {}", ada.screen());
    }
}

#[tokio::test]
async fn a_storm_of_refusals_holds_up_nobody_whom_it_does_not_hit_and_passes() {
    let world = World::on_disk().await;
    let round = world.round("2026-03-03", "Europe/Berlin", None).await;
    let mut people = Vec::new();
    for n in 0..10 {
        let (lead, deputy) = world.joins(&round, &format!("Lead {n}"), &format!("Deputy {n}")).await;
        people.extend([lead, deputy]);
    }
    world.until("Tue 09:59").await;
    world.fails("sendMessage", 12, Fault::TooMany(30));
    world.until("Tue 10:00").await;
    assert!(world.answered(429) >= 2, "there was a storm");
    let last = people.iter().rev().find(|person| person.new_messages() == 0).expect("somebody still waits");
    world.fails("sendMessage", 0, Fault::TooMany(30));
    let asked = world.now();
    last.says("5 min").await;
    let arrivals = last.arrivals();
    let (answered, _) = arrivals.iter().find(|(_, text)| text.contains("✓ 5 Min.")).expect("an answer");
    assert!(answered - asked.timestamp_micros() < 2_000_000, "a reply waits for no storm: {arrivals:#?}");
    world.until("Tue 10:05").await;
    let lessons = "SELECT COUNT(*) FROM outbox WHERE kind = 'lesson' AND state = 'sent'";
    assert_eq!(world.count(lessons).await, 20);
    let heard = people.iter().filter(|person| person.chat().matches("Auftrag, Ziel, Dialog").count() == 1).count();
    assert_eq!(heard, 20, "each has the lesson once");
}

#[tokio::test]
async fn a_group_that_moved_is_answered_where_it_is_now() {
    let world = World::new().await;
    let ada = world.person("Ada");
    world.group_hears(-7, &ada, "/hilfe").await;
    world.phones(|phones, now| {
        phones.says_in_group(now, TOKEN, -7, ada.id(), "/hilfe").expect("a message");
        phones.upgrades_group(now, TOKEN, -7, -1007).expect("a supergroup");
    });
    world.settle().await;
    assert_eq!(world.group_chat(-1007), world.group_chat(-7), "asked in the old one, answered in the new one");
    world
        .phones(|phones, now| phones.says_in_group(now, TOKEN, -1007, ada.id(), "/hilfe").map(drop))
        .expect("a message");
    world.settle().await;
    assert_eq!(world.group_chat(-1007).matches("――――").count(), 1, "{}", world.group_chat(-1007));
}

#[tokio::test]
async fn update_ids_may_start_again_lower_come_back_or_grow_beyond_32_bits() {
    let world = World::over_http().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.says("10 min").await;
    world.until("Mon 08:00").await;
    world.until("Mon 08:00").await;
    world.phones(|phones, _| phones.next_update(TOKEN, 77));
    ada.says("20 min").await;
    assert!(ada.screen().contains("✓ 20 Min."), "lower after two weeks of silence: {}", ada.screen());
    world.phones(|phones, _| phones.next_update(TOKEN, 77));
    ada.says("1 h").await;
    assert_eq!(ada.new_messages(), 0, "an update that was dealt with is not dealt with again: {}", ada.screen());
    world.phones(|phones, _| phones.next_update(TOKEN, i64::from(i32::MAX) + 5));
    ada.says("30 min").await;
    assert!(ada.screen().contains("✓ 30 Min."), "beyond 32 bits: {}", ada.screen());
    ada.says("5 min").await;
    assert!(ada.screen().contains("KW 12: 55 Min."), "and on: {}", ada.screen());
}

#[tokio::test]
async fn a_day_of_texts_at_once_after_a_day_without_a_server_is_no_flood() {
    let world = World::new().await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    let start = world.now();
    for n in 0..35 {
        ada.writes("1 min");
        if n % 2 == 0 {
            ben.writes("1 min");
        }
        world.clock_is_set_by(TimeDelta::minutes(15));
    }
    world.settle().await;
    world.settle().await;
    assert!(world.now() - start < TimeDelta::hours(10));
    assert_eq!(ada.chat().matches("✓ 1 Min.").count(), 35, "{}", ada.chat());
    assert_eq!(ben.chat().matches("✓ 1 Min.").count(), 18);
    let sums: Vec<u32> = (1..=53).collect();
    let said = |sum: &u32| [&ada, &ben].iter().any(|person| person.chat().contains(&format!("KW 10: {sum} Min. von")));
    assert!(sums.iter().all(said), "each was counted in its turn");
    for _ in 0..32 {
        ada.writes("1 min");
    }
    world.settle().await;
    assert_eq!(ada.chat().matches("✓ 1 Min.").count(), 35 + 30, "thirty in one minute, and no more");
}

#[tokio::test]
async fn one_unreadable_row_stops_nobody_else() {
    let world = World::on_disk().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    let (eve, _) = world.tandem("Eve", "Finn", "Europe/Berlin").await;
    world.until("Tue 09:00").await;
    world.breaks("UPDATE tandem SET promise = 'x' || promise WHERE organisation = 'Verein Ada'").await;
    ada.writes("45 min");
    eve.writes("15 min");
    world.settle().await;
    assert!(eve.screen().contains("✓ 15 Min."), "{}", eve.screen());
    assert_snapshot!(ada.screen(), @"Da ist bei mir etwas schiefgegangen, und Ihre Eingabe ging verloren. Bitte versuchen Sie es noch einmal.");
    world.until("Tue 11:30").await;
    assert!(eve.screen().contains("Auftrag, Ziel, Dialog"), "{}", eve.screen());
    assert_eq!(ada.new_messages(), 0);
    let logged = world.logged();
    assert!(!logged.is_empty() && logged.iter().all(|line| !line.contains("45 min")), "{logged:#?}");
    world.breaks("UPDATE tandem SET promise = substr(promise, 2) WHERE organisation = 'Verein Ada'").await;
    world.until("Tue 13:00").await;
    assert!(ada.screen().contains("Auftrag, Ziel, Dialog"), "put off and not dropped: {}", ada.screen());
    ada.says("45 min").await;
    assert!(ada.screen().contains("✓ 45 Min."), "{}", ada.screen());
}

#[tokio::test]
async fn a_mistake_in_sending_one_message_costs_nobody_else_theirs() {
    let world = World::with_port(|port| Arc::new(Trips { port, tripped: AtomicBool::new(false) })).await;
    let (ada, ben) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    ada.writes("45 min");
    ben.writes("15 min");
    world.settle().await;
    assert_eq!((ada.new_messages(), ben.new_messages()), (1, 1), "{}", ada.screen());
    let logged = world.logged();
    assert!(logged.len() == 1 && logged[0].contains("a sending task ended"), "{logged:#?}");
}

/// Somebody between the bot and the server who panics once, at Ada's entry.
struct Trips {
    port: Arc<dyn Telegram>,
    tripped: AtomicBool,
}

#[async_trait::async_trait]
impl Telegram for Trips {
    async fn send(&self, to: ChatId, message: &Outgoing) -> Result<MessageId, Refusal> {
        let meant = message.text.text.contains("✓ 45 Min.");
        assert!(!meant || self.tripped.swap(true, Ordering::Relaxed), "a mistake");
        self.port.send(to, message).await
    }

    async fn me(&self) -> Result<Me, Refusal> {
        self.port.me().await
    }

    async fn edit(&self, at: ChatId, id: MessageId, message: &Outgoing) -> Result<(), Refusal> {
        self.port.edit(at, id, message).await
    }

    async fn strip(&self, at: ChatId, id: MessageId) -> Result<(), Refusal> {
        self.port.strip(at, id).await
    }

    async fn delete_all(&self, at: ChatId, ids: &[MessageId]) -> Result<(), Refusal> {
        self.port.delete_all(at, ids).await
    }

    async fn send_document(&self, to: ChatId, document: &Document) -> Result<MessageId, Refusal> {
        self.port.send_document(to, document).await
    }

    async fn answer_press(&self, query: &str, note: Option<&str>) -> Result<(), Refusal> {
        self.port.answer_press(query, note).await
    }

    async fn updates(&self, offset: i64, limit: u8, wait: Duration) -> Result<Vec<String>, Refusal> {
        self.port.updates(offset, limit, wait).await
    }

    async fn set_menu(&self, scope: MenuScope, language: Option<&str>, menu: &[MenuCommand]) -> Result<(), Refusal> {
        self.port.set_menu(scope, language, menu).await
    }

    async fn set_profile(&self, language: Option<&str>, description: &str, short: &str) -> Result<(), Refusal> {
        self.port.set_profile(language, description, short).await
    }

    async fn set_webhook(&self, url: &str, secret: &str) -> Result<(), Refusal> {
        self.port.set_webhook(url, secret).await
    }

    async fn webhook_info(&self) -> Result<WebhookInfo, Refusal> {
        self.port.webhook_info().await
    }

    async fn delete_webhook(&self) -> Result<(), Refusal> {
        self.port.delete_webhook().await
    }
}
