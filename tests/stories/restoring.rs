//! The database is lost and made anew of a backup: nobody hears twice, and nobody who was erased is back.

use insta::{allow_duplicates, assert_snapshot};
use tandem::store::{Gone, hash};

use crate::support::World;

#[tokio::test]
async fn after_a_restore_nobody_hears_twice_and_nobody_who_was_erased_is_back() {
    story(World::on_disk().await).await;
}

#[tokio::test]
async fn after_a_restore_on_postgresql_it_is_the_same() {
    let Some(world) = World::on_postgres("restored").await else { return };
    story(world).await;
}

async fn story(world: World) {
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("tuesday.db");
    let tom = world.trainer("Tom").await;
    let round = world.round("2026-03-03", "Europe/Berlin", Some(&tom)).await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    world.until("Tue 10:00").await;
    ben.says("90 min").await;
    ada.says("weg 9.–11.3.").await;
    ben.taps("Ja, übernehme ich").await;

    // At the moment of the backup both lessons are on their way.
    world.breaks("UPDATE outbox SET state = 'owed', settled = NULL WHERE kind = 'lesson'").await;
    world.is_backed_up(&backup).await;
    world.breaks("UPDATE outbox SET state = 'sent', settled = made WHERE state = 'owed'").await;

    ben.says("/loeschen").await;
    ben.taps("Ja, alles löschen").await;
    ada.says("30 min").await;
    let gone = gone(&world).await;
    assert_eq!(gone.len(), 1);

    // Nine days later, at eleven: two lessons and a week's message would have been due meanwhile.
    world.is_down_until("2026-03-12 11:00");
    for person in [&ada, &ben, &tom] {
        person.new_messages();
    }
    let cleaned = world.is_restored(&backup, &gone).await;
    // What was owed then, and the words to Ada and Tom that somebody has left, which they have read long ago.
    assert_eq!((cleaned.erased, cleaned.voided.links > 0), (1, true));
    assert!(cleaned.voided.messages >= 2, "{cleaned:?}");
    assert_eq!(world.count("SELECT COUNT(*) FROM person WHERE name = 'Ben'").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM outbox WHERE state IN ('owed', 'claimed')").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM outbox WHERE message LIKE '%Ben%'").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM cover WHERE helper IS NOT NULL").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM link").await, 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM entry WHERE person_id IS NULL AND minutes = 90").await, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM audit WHERE action = 'restored'").await, 1);

    world.settle().await;
    assert_eq!((ada.new_messages(), ben.new_messages(), tom.new_messages()), (1, 0, 0), "one message, no burst");
    allow_duplicates! {
        assert_snapshot!(ada.screen(), @"
        (“Auftrag, Ziel, Dialo…” has no buttons any more)
        ――――
        Gemeinsamer Auftritt, klare Zahlen

        Zwei Karten mit Fragen, dann ein Blick auf Ihre Zugänge und auf einen gelungenen Beitrag. Zum Schluss erzählen Sie uns, wie die Woche war.

        Diese Lektion ist neu und wartet auf Sie. Zuerst geht es dort weiter, wo Sie stehen.

        Fehlt für die vergangene Woche noch Zeit in Ihrer Liste?

        KW 10: 1:30 Std. von 5 Std.
        ▓▓▓░░░░░░░

        Wie sicher fühlen Sie sich heute? Vier Fragen zum Antippen, wenn Sie mögen. Am Ende des Kurses sehen wir, was er gebracht hat.
        [Weitermachen] [Später]
        [+30 Min.] [+1 Std.]
        [Nicht freigegeben]
        [Nicht gebraucht] [Waren weg]
        [Zur Umfrage]
        [Warum kommt das?] [Weniger davon]
        ");
    }
    ben.says("45 min").await;
    assert!(ben.screen().starts_with("Guten Tag."), "a stranger: {}", ben.screen());
    // The link of the round, as it was before the backup, opens nothing.
    let eve = world.person("Eve");
    eve.says(&format!("/start {}", round.code)).await;
    assert!(eve.screen().starts_with("Diesen Link kenne ich nicht."), "{}", eve.screen());
    // What was written after the backup is lost, and can be written again.
    ada.says("30 min").await;
    assert_eq!(world.count("SELECT CAST(SUM(minutes) AS BIGINT) FROM entry").await, 120);
}

/// Who was erased, as it is remembered outside of what is lost.
async fn gone(world: &World) -> Gone {
    let app = world.app().await;
    let day = world.now().date_naive();
    let gone = app.db.read().await.unwrap().erased(day).await.unwrap();
    assert!(gone.values().all(|erased| *erased == day) && !gone.contains_key(&hash("")));
    gone
}
