//! Learning: one card at a time, a question behind each, tasks that may wait or not fit.

use insta::assert_snapshot;

use crate::support::World;

#[tokio::test]
async fn a_lesson_goes_from_card_to_question_and_a_wrong_answer_is_explained() {
    let world = World::new().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    assert_snapshot!(ada.screen(), @"
    Auftrag, Ziel, Dialog

    Diese Woche geht es um die Grundlagen: Ihre Zeit, ein Ziel und die Art, mit Menschen ins Gespräch zu kommen. Am Ende haben Sie einen Satz, der sagt, wozu Ihr Haus online ist. Vielleicht sagt er auch, wozu nicht.

    Wozu sind wir online?

    Drei Karten mit je einer Frage, danach ein Satz für Ihr Konzept. Die Karten passen in eine Kaffeepause, für den Satz brauchen Sie etwas Ruhe.

    Dauert etwa 40 Min. und lässt sich jederzeit unterbrechen.
    [▶ Los geht’s] [Später]
    ");
    ada.taps("▶ Los geht’s").await;
    assert_snapshot!(ada.screen(), @"
    Ein Auftrag mit Arbeitszeit

    Sie sprechen online für Ihr Haus. Das heißt: planen, schreiben, mitlesen, antworten, auswerten. Dafür braucht Ihr Tandem Arbeitszeit, in der Regel fünf Stunden in der Woche, vom Arbeitgeber zugesagt.

    Damit die Zusage hält:

    • Fester Termin: Die Stunden stehen im Kalender wie eine Sprechstunde.
    • Zu zweit: Beide haben Zugang und üben mit, nicht erst vor dem Urlaub.
    • Vorher klären: Was fällt weg, wenn die Zeit knapp wird?

    Ein Beispiel: Im Advent werden bei der Tafel alle in der Ausgabe gebraucht. Vereinbart ist: Zwei Wochen lang erscheint nichts Neues. Wer fragt, bekommt trotzdem eine Antwort.
    [Weiter]
    ");
    ada.taps("Weiter").await;
    assert_snapshot!(ada.screen(), @"
    Auf dem Flur

    Die Leitung sagt im Vorbeigehen: „Lassen Sie Social Media diese Woche liegen, der Jahresbericht geht vor.“ Was hilft am meisten?

    A  Zustimmen und die Stunden am Wochenende nachholen
    B  Zustimmen und nächste Woche doppelt so viel veröffentlichen
    C  Gleich klären, was wegfällt und wer Fragen beantwortet
    D  Ablehnen, denn die Stunden sind fest zugesagt
    [A] [B] [C] [D]
    ");
    ada.taps("A").await;
    assert_snapshot!(ada.screen(), @"
    Auf dem Flur

    Die Leitung sagt im Vorbeigehen: „Lassen Sie Social Media diese Woche liegen, der Jahresbericht geht vor.“ Was hilft am meisten?

    A  Zustimmen und die Stunden am Wochenende nachholen
    B  Zustimmen und nächste Woche doppelt so viel veröffentlichen
    C  Gleich klären, was wegfällt und wer Fragen beantwortet
    D  Ablehnen, denn die Stunden sind fest zugesagt

    Ihre Antwort: A
    Richtig: C

    A: Dann arbeiten Sie in Ihrer Freizeit, und im Haus merkt niemand, dass die Stunden fehlen.

    C: Genau. Die Leitung darf entscheiden, was vorgeht. Danach wissen alle, was liegen bleibt und was nicht.
    [Weiter]
    ");
    ada.taps("Weiter").await;
    assert_snapshot!(ada.screen(), @"
    Erst das Ziel, dann der Kanal

    „Wir brauchen auch Instagram“ ist kein Ziel. Ein Ziel sagt, wer was tut, wie viele es sind und bis wann.

    Bis 30. Juni vereinbaren zwölf Menschen unter 30 ein erstes Gespräch mit unserer Freiwilligenagentur.

    Das lässt sich nachzählen. Jetzt lohnt sich die Frage nach dem Kanal:

    • Sind diese Menschen dort?
    • Haben wir etwas, das ihnen nützt?
    • Können wir dort auch antworten?

    Dreimal Ja: gut. Sonst kann „nicht dieser Kanal“ das richtige Ergebnis sein. Ein Aushang in der Berufsschule kann mehr bewirken als ein Konto, um das sich niemand kümmert.
    [Weiter] [Zurück]
    ");
    ada.taps_all(&["Weiter", "A", "Weiter", "Weiter", "B", "Weiter"]).await;
    assert_snapshot!(ada.screen(), @"
    Ihr Ziel in einem Satz

    Jetzt sind Sie dran: ein Ziel für Ihr Haus, in einem Satz. Am besten überlegen Sie zu zweit.

    Vorher:

    Wir wollen bekannter werden und auch junge Leute erreichen.

    Nachher:

    Bis 31. Mai fragen acht Menschen unter 30 bei unserer Tafel nach einem Probetag.

    Was dazugekommen ist:

    • Wer: Menschen unter 30
    • Was: nach einem Probetag fragen
    • Wie viele: acht
    • Bis wann: 31. Mai

    Klein anfangen ist klug. Lesen Sie den Satz in der Kaffeepause vor. Wird er sofort verstanden? Dann schicken Sie ihn als Nachricht hierher. Er kommt in Ihr Konzept, Abschnitt Ziele und Messgrößen.

    Sie finden kein Ziel, zu dem Social Media passt? Dann schreiben Sie in einem Satz, warum. Auch das ist ein Ergebnis.

    Schreiben Sie Ihre Antwort einfach als Nachricht.
    [Später]
    [Passt nicht zu uns]
    ");
    ada.taps("Später").await;
    assert_snapshot!(ada.screen(), @"
    ✓ Die Karten sind geschafft. Die zurückgestellte Aufgabe wartet, bis es passt.

    Vorgesehen waren 40 Min. dafür; ein Tipp trägt die Zeit ein. War es mehr oder weniger, schreiben Sie zum Beispiel „50 min“.
    [40 Min. eintragen]
    [Übersicht]
    ");
}

#[tokio::test]
async fn a_lesson_with_ticks_a_checklist_a_link_a_thought_and_a_questionnaire() {
    let world = World::new().await;
    let (ada, _) = world.tandem("Ada", "Ben", "Europe/Berlin").await;
    world.until("Tue 10:00").await;
    ada.taps("▶ Los geht’s").await;
    ada.taps_all(&["Weiter", "C", "Weiter", "Weiter", "A", "Weiter", "Weiter", "B", "Weiter", "Später"]).await;
    world.until("Thu 10:00").await;
    assert_snapshot!(ada.screen(), @"
    (“✓ Die Karten sind ge…” has no buttons any more)
    ――――
    Gemeinsamer Auftritt, klare Zahlen

    Zwei Karten mit Fragen, dann ein Blick auf Ihre Zugänge und auf einen gelungenen Beitrag. Zum Schluss erzählen Sie uns, wie die Woche war.

    Dauert etwa 50 Min. und lässt sich jederzeit unterbrechen.

    Das hatten Sie zurückgestellt:

    Ihr Ziel in einem Satz
    [▶ Los geht’s] [Später]
    [Aufgabe öffnen]
    [Warum kommt das?] [Weniger davon]
    ");
    ada.taps_all(&["▶ Los geht’s", "Gleich zur Lektion"]).await;
    ada.taps_all(&["Weiter", "☐ A", "☐ B"]).await;
    assert_snapshot!(ada.screen(), @"
    Was bleibt frei?

    Ein Kreisverband hat einen gemeinsamen Stil vereinbart. Was kann eine Ortsgruppe trotzdem selbst entscheiden? Mehreres ist richtig.

    A  Welche Geschichten aus dem Ort sie erzählt
    B  Ob das Logo zum Jubiläum andere Farben bekommt
    C  Ob der Gruß zum Dorffest auf Platt erscheint
    D  Ob sie für den Verband zur Landespolitik Stellung nimmt
    [☑ A] [☑ B] [☐ C] [☐ D]
    [Prüfen]
    ");
    ada.taps("Prüfen").await;
    assert_snapshot!(ada.screen(), @"
    Was bleibt frei?

    Ein Kreisverband hat einen gemeinsamen Stil vereinbart. Was kann eine Ortsgruppe trotzdem selbst entscheiden? Mehreres ist richtig.

    A  Welche Geschichten aus dem Ort sie erzählt
    B  Ob das Logo zum Jubiläum andere Farben bekommt
    C  Ob der Gruß zum Dorffest auf Platt erscheint
    D  Ob sie für den Verband zur Landespolitik Stellung nimmt

    Ihre Antwort: A und B
    Richtig: A und C

    A: Richtig. Was im Ort passiert, weiß dort niemand besser.

    B: Gut gemeint, aber am Logo erkennt man den Verband. Fürs Jubiläum reicht ein schönes Bild.

    C: Richtig. Lokalfarbe passt gut zu einem gemeinsamen Auftritt. Ein Satz auf Hochdeutsch dazu hilft allen anderen.
    [Weiter]
    ");
    ada.taps_all(&["Weiter", "Weiter", "☐ B", "☐ D", "Prüfen", "Weiter"]).await;
    assert_snapshot!(ada.screen(), @"
    Wer kommt hinein?

    Planen Sie zwanzig Minuten ein, am besten zu zweit. Haken Sie ab, was geprüft ist. Zwei-Faktor heißt: Nach dem Passwort kommt ein zweiter Nachweis, etwa ein Code. Passwörter und Codes gehören nicht in diesen Chat.

    Ihr Haus hat kein Konto? Dann passt die Aufgabe nicht zu Ihnen, und das ist in Ordnung.

    A  Alle Konten stehen auf einer Liste, auch die alten.
    B  Jedes Konto läuft über eine E-Mail-Adresse des Hauses.
    C  Die Zwei-Faktor-Anmeldung ist an.
    D  Ersatzcodes liegen sicher im Haus.
    E  Beide haben sich heute selbst angemeldet.
    F  Wer gegangen ist, hat keinen Zugang mehr.
    [☐ A] [☐ B] [☐ C] [☐ D]
    [☐ E] [☐ F]
    [Fertig] [Später]
    [Passt nicht zu uns]
    ");
    ada.taps("☐ A").await;
    ada.taps("Fertig").await;
    assert_snapshot!(ada.screen(), @"
    Ein Beitrag mit echten Antworten

    Suchen Sie einen Beitrag, auf den Menschen wirklich geantwortet haben: erzählt, nachgefragt, widersprochen. Ein Herz allein zählt diesmal nicht.

    Der Beitrag darf alt sein und auch von einem anderen Haus stammen. Überlegen Sie kurz: Was hat die Leute zum Schreiben gebracht?

    Schicken Sie dann die Adresse des Beitrags hierher. Bitte nur öffentliche Seiten von Einrichtungen, keine privaten Profile. Andere sehen den Link nur, wenn Sie ihn selbst teilen.

    Schicken Sie mir die Adresse als Nachricht. Ich speichere sie und öffne sie nicht.
    [Später]
    [Passt nicht zu uns]
    ");
    ada.says("https://museum.example/beitrag").await;
    assert_snapshot!(ada.screen(), @"
    (“Ein Beitrag mit echt…” has no buttons any more)
    ――――
    ✓ Gespeichert.
    [Weiter] [Ändern]
    ");
    ada.taps("Weiter").await;
    assert_snapshot!(ada.screen(), @"
    Was lassen Sie weg?

    Fünf Stunden in der Woche entstehen nicht von allein. Was tun Sie ab nächster Woche seltener, kürzer oder gar nicht mehr?

    So könnte es aussehen:

    • Der Newsletter kommt monatlich statt alle zwei Wochen.
    • Ein Konto, auf dem nie jemand fragt, wird geschlossen.
    • Fotos vom Fest macht, wer das Fest ausrichtet.

    Suchen Sie sich eine Sache aus und sprechen Sie mit jemandem darüber, mit der Leitung oder im Tandem. Hier brauchen Sie nichts zu schreiben. Der Gedanke bleibt bei Ihnen und wird nicht gespeichert.

    Nur für Sie: Was Sie denken, wird nicht gespeichert.
    [Habe ich überlegt] [Später]
    [Passt nicht zu uns]
    ");
    ada.taps_all(&["Habe ich überlegt", "Habe ich überlegt"]).await;
    assert_snapshot!(ada.screen(), @"
    Wie war die Woche?

    Drei Fragen zum Antippen und ein Satz, wenn Sie mögen. Alles ist freiwillig.

    Anonym gegenüber dem Trainingsteam, nicht gegenüber Telegram. Was Sie hier tippen, läuft über die Server von Telegram. Bis die Umfrage schließt, bleiben die Antworten mit Ihnen verknüpft, damit Sie sie ändern können. So lange könnte sie lesen, wer den Bot technisch betreibt. Danach werden die Antworten gemischt und ohne Ihren Namen gespeichert, die Verknüpfung wird gelöscht.

    Das Trainingsteam sieht Ergebnisse erst ab fünf Antworten. Bitte schreiben Sie keine Namen, auch nicht den Ihres Hauses.

    1/4  Ein Ziel formulieren, ein Gespräch anstoßen, vier Zahlen lesen: Wie sicher sind Sie dabei?
    [Noch unsicher]
    [Mit Hilfe geht es]
    [Es geht allein]
    [Ich kann es zeigen]
    [Überspringen]
    ");
    ada.taps_all(&["Es geht allein", "Freigaben", "Gerade richtig"]).await;
    assert_snapshot!(ada.screen(), @"
    Wie war die Woche?

    4/4  Ein Satz an das Trainingsteam, wenn Sie mögen
    [Überspringen]
    ");
    ada.says("Mehr Beispiele bitte").await;
    assert_snapshot!(ada.screen(), @"
    (“Wie war die Woche?

    …” has no buttons any more)
    ――――
    ✓ Lektion geschafft.

    Vorgesehen waren 50 Min. dafür; ein Tipp trägt die Zeit ein. War es mehr oder weniger, schreiben Sie zum Beispiel „50 min“.
    [50 Min. eintragen]
    [Übersicht]
    ");
}
