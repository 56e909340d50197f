//! From the last question to the licence: made out, checked, withdrawn, renewed; and a trainer's word where nobody else is
//! left to give one.

use insta::assert_snapshot;
use tandem::demo::phones::{Author, Media};

use crate::closing_test::{Pool, answers, takes_test};
use crate::support::{Feeds, PUBLIC_URL, Person, TOKEN, World};
use crate::whole_course::{GERMAN, walked_but};

/// Both have walked the course, and Ada has passed the closing test.
async fn passed(world: &World, tom: &Person) -> (Person, Person) {
    passed_but(world, tom, "").await
}

/// The same, with a task that Ben has put off.
async fn passed_but(world: &World, tom: &Person, put_off: &str) -> (Person, Person) {
    let round = world.round("2026-03-03", "Europe/Berlin", Some(tom)).await;
    let (ada, ben) = world.joins(&round, "Ada", "Ben").await;
    walked_but(world, &ada, &ben, put_off).await;
    ada.says("/fortschritt").await;
    ada.taps("Zum Abschlusstest").await;
    ada.taps(GERMAN.start).await;
    takes_test(&ada, &GERMAN, 18).await;
    (ada, ben)
}

/// Makes the licence out under another name than the chat's.
async fn makes_out(ada: &Person) {
    ada.says("/fortschritt").await;
    ada.taps("Was die Lizenz braucht").await;
    ada.taps("Lizenz ausstellen").await;
    ada.says("Ada  Lovelace").await;
    ada.taps("Ausstellen").await;
}

/// The code on the licence, as its holder's own data tell it.
async fn code(world: &World, person: &Person) -> Option<String> {
    let app = world.app().await;
    let mut tx = app.db.read().await.expect("a look");
    let known = tx.known(&[person.id()]).await.expect("people").pop().expect("known");
    let given = tx.export(&known.person.id).await.expect("an export");
    let seats = &given.iter().find(|(export, _)| export.name == "seats").expect("seats").1;
    let mind = seats[0].0.iter().find(|(name, _)| name == "mind").map(|(_, cell)| format!("{cell:?}")).expect("a mind");
    let (_, rest) = mind.split_once(r#"\"code\":\""#)?;
    rest.split_once('\\').map(|(code, _)| code.to_owned())
}

/// What somebody reads who opens the address on a licence.
async fn page(place: &Feeds, code: &str) -> (u16, Vec<String>) {
    let answer = place.get(&format!("{PUBLIC_URL}/licence/{code}?lang=de")).await;
    assert!(!answer.body.contains("<script") && answer.header("x-robots-tag").contains("noindex"));
    let inside = |tag: &str| {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        let parts = answer.body.split(open.as_str()).skip(1);
        parts.filter_map(|part| part.split(close.as_str()).next().map(str::to_owned)).collect::<Vec<_>>()
    };
    (answer.status, [inside("h1"), inside("p")].concat())
}

fn pictures(world: &World, person: &Person) -> Vec<(u32, u32)> {
    world.phones(|phones, _| {
        let chat = phones.chat(TOKEN, person.id()).expect("the chat");
        let from_bot = chat.visible().filter(|message| message.author == Author::Bot);
        let photos = from_bot.filter_map(|message| match &message.media {
            Some(Media::Photo { width, height, .. }) => Some((*width, *height)),
            _ => None,
        });
        photos.collect()
    })
}

#[tokio::test]
async fn a_licence_is_made_out_as_its_holder_wants_it() {
    let world = World::on_disk().await;
    let place = world.feeds().await;
    let tom = world.trainer("Tom").await;
    let (ada, ben) = passed(&world, &tom).await;
    ada.says("/fortschritt").await;
    ada.taps("Was die Lizenz braucht").await;
    assert_snapshot!(ada.screen(), @"
    Das braucht die Lizenz

    ✓ Abschlusstest bestanden

    ✓ Texte im Konzept, geschrieben oder begründet abgelehnt: 7 von 7

    ✓ Übergabe geübt: Die andere Person hat die ganze Liste abgehakt

    ✓ Fünf Stunden zugesagt

    Alles ist da. Sie können sich die Lizenz jetzt ausstellen.
    [Lizenz ausstellen]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    let begin = ada.carried("Lizenz ausstellen");
    ada.taps("Lizenz ausstellen").await;
    assert_snapshot!(ada.screen(), @"
    Welcher Name soll auf der Lizenz stehen? Tippen Sie, oder schreiben Sie ihn, wie er dort stehen soll.
    [Ada]
    [Übersicht]
    ");
    ada.taps("Ada").await;
    ada.taps("Anderer Name").await;
    ada.says("Ada <b>Lovelace</b> \u{202e}& Co").await;
    assert_snapshot!(ada.screen(), @"
    So wird die Lizenz aussehen.

    Name: Ada <b>Lovelace</b> & Co

    Organisation: Verein Ada

    Runde: Frühjahr
    [Ausstellen]
    [Anderer Name]
    [Ohne Organisation]
    ");
    ada.taps("Ohne Organisation").await;
    assert!(ada.screen().contains("Ohne Organisation."), "{}", ada.screen());
    ada.taps("Mit Organisation").await;
    assert!(pictures(&world, &ada).is_empty(), "nothing is made out before the last tap");
    ada.taps("Ausstellen").await;
    assert_snapshot!(ada.screen(), @"
    Ihre Lizenz lautet auf Ada <b>Lovelace</b> & Co.

    Sie gilt bis zum 26. März 2028.

    Wer die Adresse auf der Lizenz öffnet, liest nur, ob sie gilt und bis wann. Ihr Name steht dort nicht.
    [Als Bild] [Als Datei]
    [Dort Namen zeigen]
    [Dort Organisation zeigen]
    [Prüfseite abschalten]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ――――
    (media)
    Lizenz für Ada <b>Lovelace</b> & Co. Gültig bis 26. März 2028
    ");
    assert_eq!(pictures(&world, &ada), [(1684, 1190)]);
    // A second licence is not made out.
    ada.presses_old(&begin).await;
    assert!(ada.screen().contains("(Dieser Knopf ist nicht mehr aktuell.)"), "{}", ada.screen());

    ada.says("/fortschritt").await;
    ada.taps("Meine Lizenz").await;
    ada.taps("Als Datei").await;
    let screen = ada.screen();
    let link = screen.lines().find(|line| line.contains("/papers/")).expect("a link").trim();
    let request = reqwest::Client::new().post(place.here(link)).form(&[("form", "pdf")]);
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 200);
    assert!(answer.headers()["content-disposition"].to_str().expect("text").contains("lizenz-2026-03-26.pdf"));
    assert!(answer.bytes().await.expect("a body").starts_with(b"%PDF-"));
    assert_eq!(place.get(link).await.status, 404);
    // Whoever sits in a newer round, too, still has the licence of the older one in its buttons.
    ada.says("/fortschritt").await;
    ada.taps("Meine Lizenz").await;
    let (picture, open) = (ada.carried("Als Bild"), ada.carried("Prüfseite abschalten"));
    let newer = world.round("2026-04-14", "Europe/Berlin", None).await;
    ada.opens(&newer.code).await;
    ada.taps("Verstanden").await;
    ada.says("Förderverein").await;
    ada.taps_all(&["Ja, Vorstand/Leitung", "Passt"]).await;
    ada.presses_old(&picture).await;
    assert_eq!(pictures(&world, &ada).len(), 2);
    ada.presses_old(&open).await;
    assert_eq!(world.count("SELECT COUNT(*) FROM licence_code").await, 0, "{}", ada.screen());
    ada.taps("Prüfseite einschalten").await;
    // Ben has not passed the test, and no forged button makes one out for him.
    ben.says("/progress").await;
    ben.taps("What the licence needs").await;
    assert!(!ben.screen().contains("Make out my licence"), "{}", ben.screen());
    ben.presses_in_chat_of(&ada, &begin).await;
    assert_eq!(world.count("SELECT COUNT(*) FROM licence_code").await, 1);
}

#[tokio::test]
async fn a_code_says_whether_a_licence_holds_and_no_more_than_its_holder_released() {
    let world = World::on_disk().await;
    let place = world.feeds().await;
    let tom = world.trainer("Tom").await;
    let (ada, _) = passed(&world, &tom).await;
    makes_out(&ada).await;
    let first = code(&world, &ada).await.expect("a code");
    assert_snapshot!(format!("{:#?}", page(&place, &first).await), @r#"
    (
        200,
        [
            "Gültig",
            "Kurs: Social-Media-Führerschein",
            "Diese Lizenz gilt bis zum 26. März 2028.",
            "Was hier steht, hat die Person freigegeben, der die Lizenz gehört. Mehr sagt diese Seite nicht.",
        ],
    )
    "#);
    ada.says("/fortschritt").await;
    ada.taps_all(&["Meine Lizenz", "Dort Namen zeigen"]).await;
    assert!(page(&place, &first).await.1.contains(&"Ausgestellt für: Ada Lovelace".to_owned()));
    ada.taps_all(&["Dort Namen weglassen", "Dort Organisation zeigen"]).await;
    let (_, lines) = page(&place, &first).await;
    assert!(
        lines.contains(&"Organisation: Verein Ada".to_owned()) && !lines.concat().contains("Lovelace"),
        "{lines:?}"
    );
    let english = place.get(&format!("{PUBLIC_URL}/licence/{first}?lang=en")).await.body;
    assert!(english.contains("<h1>Valid</h1>") && english.contains("<html lang=\"en\">"), "{english}");

    ada.taps("Prüfseite abschalten").await;
    assert_snapshot!(ada.screen(), @"
    Ihre Lizenz lautet auf Ada Lovelace.

    Sie gilt bis zum 26. März 2028.

    Prüfen lässt sie sich nicht: Die Prüfseite ist abgeschaltet.
    [Als Bild] [Als Datei]
    [Prüfseite einschalten]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    let none = page(&place, &first).await;
    assert_eq!(none, page(&place, "0000000000000000000000").await, "withdrawn is as if it had never been");
    assert_eq!(none.0, 404);
    ada.taps("Prüfseite einschalten").await;
    let second = code(&world, &ada).await.expect("a code");
    assert_ne!(first, second);
    assert_eq!((page(&place, &first).await.0, page(&place, &second).await.0), (404, 200));
    for _ in 0..40 {
        page(&place, &"x".repeat(22)).await;
    }
    assert_eq!(place.get(&format!("{PUBLIC_URL}/licence/{}", "y".repeat(22))).await.status, 429, "no guessing");
    assert_eq!(page(&place, &second).await.0, 200, "and good codes go on");
    ada.says("/loeschen").await;
    ada.taps("Ja, alles löschen").await;
    assert_eq!(world.count("SELECT COUNT(*) FROM licence_code").await, 0);
}

#[tokio::test]
async fn a_licence_that_ends_is_renewed_by_ten_questions_about_law() {
    let world = World::on_disk().await;
    let place = world.feeds().await;
    let tom = world.trainer("Tom").await;
    let (ada, _) = passed(&world, &tom).await;
    makes_out(&ada).await;
    let code = code(&world, &ada).await.expect("a code");
    ada.says("/fortschritt").await;
    assert!(!ada.screen().contains("Lizenz verlängern"), "{}", ada.screen());
    world.until_date("2028-02-12 09:59").await;
    assert!(!ada.screen().contains("Lizenz"), "{}", ada.screen());
    world.until_date("2028-02-14 12:00").await;
    assert!(ada.screen().contains("Ihre Lizenz gilt bis zum 26. März 2028."), "{}", ada.screen());
    let offered = ada.carried("Lizenz verlängern");

    // Too few the first time: other questions from the next day on.
    ada.taps("Lizenz verlängern").await;
    let first = renews(&ada, 7).await;
    assert_snapshot!(ada.screen(), @"
    7 von 10 richtig. Für die Verlängerung braucht es 8. Neue Fragen gibt es ab 15. Februar 2028.

    Dieses Ergebnis sehen nur Sie.
    [Meine Lizenz]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    ada.presses_old(&offered).await;
    assert!(ada.screen().contains("(Dieser Knopf ist nicht mehr aktuell.)"), "{}", ada.screen());
    world.until_date("2028-03-28 12:00").await;
    assert_eq!(page(&place, &code).await.1[0], "Abgelaufen");
    ada.says("/fortschritt").await;
    ada.taps("Lizenz verlängern").await;
    let second = renews(&ada, 8).await;
    assert!(second.iter().all(|item| !first.contains(item)), "{first:?}\n{second:?}");
    assert_snapshot!(ada.screen(), @"
    ✓ Verlängert: 8 von 10 richtig. Ihre Lizenz gilt jetzt bis zum 28. März 2030.

    Dieses Ergebnis sehen nur Sie.
    [Meine Lizenz]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    assert_eq!(page(&place, &code).await.1[0], "Gültig");
    ada.says("/fortschritt").await;
    assert!(!ada.screen().contains("Lizenz verlängern"), "once is enough: {}", ada.screen());
    assert!(ada.screen().contains("Abschlusstest: ✓ bestanden"), "{}", ada.screen());
}

/// Answers the ten questions, so many of them right.
async fn renews(person: &Person, right: usize) -> Vec<String> {
    let pool = Pool::new(&GERMAN);
    let mut asked = Vec::new();
    for nth in 0..10 {
        assert!(person.screen().contains(&format!("Frage {} von 10", nth + 1)), "{}", person.screen());
        asked.push(answers(person, &pool, &GERMAN, nth < right).await);
        person.taps(if nth < 9 { GERMAN.next } else { GERMAN.result }).await;
    }
    asked
}

#[tokio::test]
async fn whoever_has_no_second_person_any_more_asks_the_trainers_who_hear_of_it_once_a_day() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let una = world.trainer("Una").await;
    // Nothing is met for good by what the other never did.
    let (ada, ben) = passed_but(&world, &tom, "handover-check").await;
    ben.says("/delete").await;
    ben.taps("Yes, erase it all").await;
    world.advance(chrono::TimeDelta::hours(1)).await;
    ada.says("/fortschritt").await;
    ada.taps("Was die Lizenz braucht").await;
    assert_snapshot!(ada.screen(), @"
    Das braucht die Lizenz

    ✓ Abschlusstest bestanden

    ✓ Texte im Konzept, geschrieben oder begründet abgelehnt: 7 von 7

    ○ Übergabe geübt: Dafür fehlt Ihrem Tandem gerade die zweite Person

    ✓ Fünf Stunden zugesagt

    Ohne zweite Person kann die Kursleitung bestätigen, dass die Übergabe geübt ist. Fragen Sie, liest sie Ihren Namen und Ihre Organisation.
    [Kursleitung bitten]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    ada.taps("Kursleitung bitten").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Ihre Bitte kommt am nächsten Arbeitstag bei der Kursleitung an. Sie bekommen Bescheid.
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    assert!(!tom.screen().contains("Bestätigung"), "not today: {}", tom.screen());
    world.until("Fri 08:59").await;
    assert!(!tom.screen().contains("Bestätigung"), "{}", tom.screen());
    world.until("Fri 09:00").await;
    assert_snapshot!(tom.screen(), @"
    In der Runde Frühjahr bittet jemand um Ihre Bestätigung für die Lizenz.
    [Ansehen]
    ");
    tom.taps("Ansehen").await;
    assert_snapshot!(tom.screen(), @"
    Ada bittet um eine Bestätigung. Organisation: Verein Ada

    Im Tandem fehlt gerade die zweite Person. Ist die Übergabe geübt, also Zugänge, Aufgaben und Ansprechpersonen so geordnet, dass jemand einspringen kann?
    [Ja, ist geübt] [Noch nicht]
    [Zur Runde]
    ");
    // Another round's trainer has no say, whatever button they press.
    let yes = tom.carried("Ja, ist geübt");
    una.presses_in_chat_of(&tom, &yes).await;
    ada.says("/fortschritt").await;
    ada.taps("Was die Lizenz braucht").await;
    assert!(ada.screen().contains("noch nicht geantwortet"), "{}", ada.screen());
    tom.taps("Noch nicht").await;
    assert!(tom.screen().contains("Niemand wartet auf eine Bestätigung."), "{}", tom.screen());
    assert!(ada.screen().contains("kann die Übergabe noch nicht bestätigen"), "{}", ada.screen());
    ada.says("/fortschritt").await;
    ada.taps_all(&["Was die Lizenz braucht", "Kursleitung bitten"]).await;
    world.until("Mon 09:00").await;
    tom.taps_all(&["Ansehen", "Ja, ist geübt"]).await;
    assert_snapshot!(ada.screen(), @"
    Die Woche geht zu Ende. Fehlt noch Zeit in Ihrer Liste?

    KW 13: 0 Min. von 5 Std.
    ░░░░░░░░░░

    Zum Recht gibt es wieder eine kurze Auffrischung: höchstens zwei Fragen.

    Der Kurs ist zu Ende. Was hat er gebracht? Zwei Minuten, wenn Sie mögen.
    [+30 Min.] [+1 Std.]
    [Nicht freigegeben]
    [Nicht gebraucht] [Waren weg]
    [Auffrischen]
    [Zur Umfrage]
    [Warum kommt das?] [Weniger davon]
    ――――
    Die Kursleitung hat bestätigt, dass die Übergabe geübt ist.

    Alles ist da. Sie können sich die Lizenz jetzt ausstellen.
    [Zur Lizenz]
    ");
    ada.taps("Zur Lizenz").await;
    assert!(ada.screen().contains("[Lizenz ausstellen]"), "{}", ada.screen());
    assert_eq!(world.count("SELECT COUNT(*) FROM vouch").await, 0);
    let chat = ada.chat();
    world.until("Fri 18:00").await;
    assert!(ada.chat() == chat || !ada.screen().contains("Lizenz"), "what she knows is not said again");
}

#[tokio::test]
async fn whoever_waits_for_the_other_is_told_once_when_the_hand_over_is_practised() {
    let world = World::on_disk().await;
    let tom = world.trainer("Tom").await;
    let (ada, ben) = passed_but(&world, &tom, "handover-check").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Bestanden: 18 von 20 richtig. Herzlichen Glückwunsch!

    Sehen Sie sich das noch einmal an:

    Recht im Alltag

    Gemeinschaft, Konflikt, Netzwerk

    Dieses Ergebnis sehen nur Sie.
    [Was die Lizenz braucht]
    [Lektion] [Zeit]
    [Abwesend] [Mehr]
    ");
    ada.taps("Was die Lizenz braucht").await;
    assert!(ada.screen().contains("○ Übergabe geübt"), "{}", ada.screen());
    ben.says("/lesson").await;
    ben.taps("Open task").await;
    for item in ["A", "B", "C", "D", "E", "F"] {
        ben.taps(&format!("☐ {item}")).await;
    }
    let before = ada.chat();
    ben.taps("Done").await;
    assert_eq!(ada.chat(), before, "not at once: nobody has asked");
    world.until("Fri 09:59").await;
    assert_eq!(ada.chat(), before);
    world.until("Fri 10:00").await;
    assert_snapshot!(ada.screen(), @"
    Die Woche geht zu Ende. Fehlt noch Zeit in Ihrer Liste?

    KW 13: 0 Min. von 5 Std.
    ░░░░░░░░░░

    Zum Recht gibt es wieder eine kurze Auffrischung: höchstens zwei Fragen.

    Der Kurs ist zu Ende. Was hat er gebracht? Zwei Minuten, wenn Sie mögen.

    Für Ihre Lizenz ist jetzt alles da. Sie können sie sich ausstellen.
    [+30 Min.] [+1 Std.]
    [Nicht freigegeben]
    [Nicht gebraucht] [Waren weg]
    [Auffrischen]
    [Zur Umfrage]
    [Zur Lizenz]
    [Warum kommt das?] [Weniger davon]
    ");
    ada.taps("Zur Lizenz").await;
    assert!(ada.screen().contains("[Lizenz ausstellen]"), "{}", ada.screen());
    world.until_date("2026-04-20 12:00").await;
    assert!(!ada.chat().contains("alles da"), "her tap has redrawn it, and it is not said again");
    assert_eq!(world.too_many_unasked().await, (0, 0), "one a day and three a week");
}
