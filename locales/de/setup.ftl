# Die Tür (bevor etwas gespeichert ist), die Hinweise, die Fragen beim Einstieg, der Start.
# Eine Zeile darf nicht mit * beginnen; {""} davor erlaubt es.

## Die Tür

door-lead = Willkommen! Dieser Link führt zu Ihrem Platz in der Runde *{ $round }*.
door-deputy = *{ $name }* ({ $organisation }) möchte mit Ihnen ein Tandem bilden: Sie machen beide denselben Kurs und vertreten sich gegenseitig.
door-first = In der Runde *{ $round }* ist für Sie ein Platz in einem Tandem frei. Eine zweite Person kommt noch dazu: Sie machen beide denselben Kurs und vertreten sich gegenseitig.
door-contact = *{ $name }* ({ $organisation }) möchte Sie als Ansprechstelle angeben: für den Fall, dass eine Vertretung offen bleibt.
door-trainer = Willkommen! Mit diesem Link werden Sie Teil der Kursleitung: Sie können Runden anlegen und begleiten.
door-used = Dieser Link ist schon vergeben. Lassen Sie sich bitte einen neuen schicken.
door-expired = Dieser Link ist abgelaufen. Lassen Sie sich bitte einen neuen schicken.
door-nothing = Diesen Link kenne ich nicht. Vielleicht fehlt ein Stück? Öffnen Sie ihn bitte noch einmal oder lassen Sie sich einen neuen schicken.
door-stranger =
    Guten Tag. Tandem begleitet Kolleginnen und Kollegen, die zu zweit online für ihre Organisation sprechen.

    Zum Mitmachen brauchen Sie einen Einladungslink: von Ihrer Kursleitung oder von der Person, mit der Sie das Tandem bilden.
door-group = Ich arbeite nur im Einzelchat, damit niemand mitliest. Bitte schreiben Sie mir dort.
door-declined =
    In Ordnung. Über Sie wurde nichts gespeichert.

    Sagen Sie bitte selbst kurz Bescheid: Von mir erfährt niemand, dass Sie abgelehnt haben. Überlegen Sie es sich anders, öffnen Sie den Link noch einmal.
door-already-in = Sie sind schon dabei.

## Die Hinweise

notice-participant = *Was Tandem tut:* Es schickt kurze Lektionen, führt die Stundenliste Ihres Tandems und fragt nach Vertretung, wenn jemand weg ist.

    {""}*Wer sieht was?*
    • *Sie beide:* die Summe der Woche. Daraus lässt sich der Anteil der anderen Person ausrechnen.
    • *Kursleitung:* ob Ihr Tandem startklar ist, sonst nur Zahlen ab fünf.
    • *Arbeitgeber:* nichts, außer Sie schicken es selbst.
    • *Betrieb:* Wer das Programm betreibt, könnte die Datenbank lesen.
    • *Telegram:* kann Chats mit Bots lesen. Solche Chats sind nicht Ende-zu-Ende-verschlüsselt.

    Tandem ist kein Arbeitszeitnachweis. Gehen können Sie jederzeit: mit /loeschen.

    Verantwortlich: { $controller }
notice-nothing-yet = Noch ist nichts gespeichert.
notice-changed = *Unsere Hinweise haben sich geändert.* So lauten sie jetzt:
notice-noted = Danke. Nachlesen können Sie alles unter /datenschutz.
notice-contact = *Was dann kommt:* Ist jemand aus dem Tandem weg und niemand vertritt, bekommen Sie eine Nachricht mit dem Namen und den Tagen. Sie können sagen, dass jemand einspringt oder dass die Tage offen bleiben.

    {""}*Was über Sie gespeichert wird:* Ihre Telegram-Nummer für diesen Chat (nicht die Telefonnummer) und Ihre Sprache, kein Name. Dazu 48 Stunden lang die Nummern der Nachrichten hier, damit sie mitgelöscht werden können. Es wird gelöscht, sobald Sie es sagen oder das Tandem eine andere Stelle nennt.

    Telegram kann Chats mit Bots lesen. Verantwortlich: { $controller }
notice-contact-more = Die beiden im Tandem sehen, dass Sie zugestimmt haben und wie Sie eine Lücke klären. Die Kursleitung sieht davon nichts. Wer das Programm betreibt, könnte die Datenbank lesen.

    Ansehen und löschen können Sie jederzeit: mit /meinedaten und /loeschen.
office-unnamed = die Stelle, von der Sie den Link haben
notice-trainer = *Was Sie sehen:* wer startklar ist und was noch fehlt. Stunden und Antworten Einzelner sehen Sie nie, Zahlen erst ab fünf.

    {""}*Was andere sehen:* Wer das Programm betreibt, könnte die Datenbank lesen; das sollte jemand anderes sein als Sie. Telegram kann Chats mit Bots lesen.

    Gehen können Sie jederzeit: mit /loeschen.
notice-trainer-more = *Über Sie gespeichert:* Ihre Telegram-Nummer für diesen Chat (nicht die Telefonnummer), Name, Sprache, Ihre Runden und ein Jahr lang, was Sie damit tun, etwa dass Sie den Bericht gelesen haben. Dazu 48 Stunden lang die Nummern der Nachrichten in diesem Chat, damit ich sie mit Ihren Daten löschen kann. Das andere bleibt, bis Sie mit /loeschen gehen; danach steht dort nur noch die Rolle.

    {""}*Über Teilnehmende sehen Sie:* den Namen der Organisation und was vor dem Start fehlt. Zahlen zu Stunden, Fortschritt und Rückmeldungen erst ab fünf Personen oder Tandems und nie nach Organisation.

    {""}*Ihre Aufgabe:* Sie nennen für jede Runde, wer für die Daten verantwortlich ist und wer Fragen dazu beantwortet. Beides lesen alle, bevor sie mitmachen.

    Tandem ist kein Arbeitszeitnachweis.

button-understood = Verstanden
button-read-more = Mehr dazu
button-im-in = Ich bin dabei
button-no = Nein, danke

## Telegram im Dienst

door-permission = *Dürfen Sie Telegram im Dienst nutzen?* Wenn ja: „Ich bin dabei“. Wenn nein oder unklar: „Telegram im Dienst?“
button-telegram-unsure = Telegram im Dienst?
permission-unsure = *Noch unklar, ob Sie Telegram im Dienst nutzen dürfen?* Fragen Sie Ihre Leitung, bevor Sie mitmachen. Dieser Text hilft dabei:
permission-letter = _Für einen Kurs möchte ich Telegram im Dienst nutzen. Dort bekomme ich kurze Lektionen, und wir tragen unsere Stunden ein. Gespeichert werden Vorname, Organisation, Antworten, Stunden und Tage der Abwesenheit, nie ein Grund. Telegram kann mitlesen._

    _Verantwortlich: { $controller }. Fragen dazu: { $contact }._

    _Darf ich das?_
permission-link-waits = Ihr Link wartet so lange. Noch ist nichts gespeichert.
button-permission-settled = Geklärt: Ich bin dabei
button-permission-no = Ich darf nicht
permission-no = In Ordnung, dann ohne Telegram. Über Sie wurde nichts gespeichert.

    {""}*Was Sie jetzt tun können:*
    • Sagen Sie bitte der Person Bescheid, von der Sie den Link haben. Von mir erfährt sie nichts.
    • Fragen Sie Ihre Leitung, ob sie es für den Kurs erlaubt. Dann öffnen Sie den Link noch einmal.
permission-no-lead = Dann geht es über Telegram leider nicht weiter.

    {""}*Was Sie jetzt tun können:*
    • Geben Sie den Vordruck Ihrer Leitung. Erlaubt sie es, geht es hier weiter.
    • Bleibt es beim Nein, löschen Sie alles über sich. Und sprechen Sie Ihre Kursleitung an.
button-back-form = Zurück zum Vordruck

## Fragen beim Einstieg

setup-organisation = Für welche Organisation sind Sie hier? Schreiben Sie mir den Namen, zum Beispiel: Stadtbücherei Musterstadt
setup-organisation-long = Bitte nur den Namen, höchstens { $limit } Zeichen. Zum Beispiel: Stadtbücherei Musterstadt
setup-promise =
    Hat Ihr Arbeitgeber für das Tandem *{ $minutes } Arbeitszeit in der Woche* zugesagt und Telegram im Dienst erlaubt?

    Ich merke mir nur, welche Stelle zugesagt hat, keinen Namen.
setup-granted-board = Ja, Vorstand/Leitung
setup-granted-head = Ja, Abteilungsleitung
setup-granted-not = Noch nicht
setup-granted-forbidden = Telegram ist nicht erlaubt
setup-form-intro =
    Dann hilft vielleicht dieses Blatt. Sie können es kopieren oder ausdrucken und unterschreiben lassen.

    Sobald die Zusage da ist, geht es mit den Knöpfen weiter.
setup-form = *Zusage für ein Tandem*

    Zwei von uns sprechen künftig online für unser Haus und vertreten sich gegenseitig. Dafür sagen wir zu:

    1. { $minutes } Arbeitszeit in der Woche, für beide zusammen und auf Dauer.
    2. Beide dürfen für den Kurs Telegram dienstlich nutzen.

    Erste Person: ……………………
    Zweite Person: ……………………
    Für die Leitung (Name, Amt): ……………………
    Datum, Unterschrift: ……………………

setup-times = Ihre Lektionen kommen am *{ $days }* um *{ $hour }*. Passt das?
setup-times-change = Tippen Sie an, was gelten soll, und dann auf „Fertig“.
setup-one-day = Mindestens ein Tag muss bleiben, Montag bis Freitag.
button-fine = Passt
button-change = Ändern

setup-invite =
    Jetzt fehlt noch die zweite Person. Schicken Sie ihr diesen Link.

    Sie liest zuerst, worum es geht und wer was sieht, und entscheidet dann selbst.
invite-deputy-text =
    Ich suche eine zweite Person für unser Tandem: kurze Lektionen im Chat, zugesagte Arbeitszeit, gegenseitige Vertretung. Unter diesem Link steht, worum es geht.

    Viele Grüße, { $name }
deputy-joined = ✓ *{ $name }* hat Ihre Einladung angenommen.
setup-ready =
    ✓ Fertig. Start der Runde: *{ $day }*

    Die erste Lektion kommt von selbst, sobald Ihr Tandem vollständig ist. Läuft die Runde dann schon, entscheidet die Kursleitung über den Einstieg.
setup-waiting = ✓ Ihr Tandem ist vollständig. Die Runde läuft schon: Ich habe die Kursleitung gefragt, ob Sie noch einsteigen. Sobald sie zusagt, sage ich Ihnen Bescheid.
setup-ready-late = ✓ Fertig. Die Runde läuft schon: Sobald Ihr Tandem vollständig ist, frage ich die Kursleitung, ob Sie noch einsteigen können.

## Der Start

start-begins = Es geht los! Ihre erste Lektion kommt am *{ $day }* um { $hour }.
start-missing =
    Die Runde hat begonnen. Ihr Tandem wartet noch auf: { $missing }.

    In den ersten 14 Tagen können Sie noch einsteigen. Ist alles da, frage ich die Kursleitung.
start-too-late = Ihr Tandem ist jetzt vollständig, aber die Runde läuft schon seit mehr als { $days } Tagen. Ein Einstieg ist nicht mehr möglich. Bitte fragen Sie Ihre Kursleitung nach der nächsten Runde; ich habe sie informiert.

missing-lead = die erste Person
missing-organisation = den Namen der Organisation
missing-promise = die Zusage des Arbeitgebers
missing-lead-times = die Lektionszeiten der ersten Person
missing-deputy = die zweite Person
missing-deputy-times = die Lektionszeiten der zweiten Person
