# Übersicht, Fortschritt, Kalender, Einstellungen, Datenschutz, Hilfe, Abschied.
# Eine Zeile darf nicht mit * beginnen; {""} davor erlaubt es.

## Übersicht

home-hello = Hallo { $name }!
home-lesson-open = Eine Lektion ist offen.
home-lesson-next = Nächste Lektion: *{ $day }*, { $hour }
home-before-start = Noch keine Lektion. Start der Runde: *{ $day }*
home-lessons-done = Derzeit ist keine Lektion geplant.
home-paused = Pause: Lektionen und Erinnerungen ruhen.
home-deputy-missing = Ihrem Tandem fehlt noch die zweite Person.
more-title = Was möchten Sie sehen?

button-lesson = Lektion
button-time = Zeit
button-away = Abwesend
button-more = Mehr
button-progress = Fortschritt
button-concept = Konzept
button-calendar = Kalender
button-cover = Vertretung
button-settings = Einstellungen
button-privacy = Datenschutz
button-help = Hilfe

## Fortschritt und Kalender

progress = *{ $done } von { $total }* Lektionen
    { $bar }
calendar-title = *Das steht an*
calendar-empty = Gerade nichts.
calendar-lesson = { $day }: nächste Lektion
calendar-away = { span-days }: Sie sind weg
calendar-cover = { span-days }: Sie vertreten

## Einstellungen

settings = *Einstellungen*

    Lektionen: { $days }, { $hour }
button-times = Tage und Uhrzeit
button-fewer = Weniger Erinnerungen
button-all = Alle Erinnerungen
button-pause = Pause
button-resume = Pause beenden
button-offer = Für andere Tandems einspringen
button-offer-no = Nicht mehr einspringen
pause-on = Pause. Lektionen und Erinnerungen ruhen, bis Sie sie wieder einschalten. Fragen zur Vertretung kommen weiterhin.
pause-over = Die Pause ist zu Ende. Schön, dass Sie wieder da sind!

## Datenschutz

privacy-controller = *Verantwortlich:* { $controller }
    {""}*Fragen zum Datenschutz:* { $contact }
privacy-short = *Wie lange?* Einträge und ihre Berichtigungen bleiben drei Monate, nachdem ihre Woche geschlossen ist, danach zwölf Monate lang nur die Summen der Woche. Die Nummern der Nachrichten in diesem Chat merke ich mir 48 Stunden. So kann ich sie entfernen, wenn Sie alles löschen.

    {""}*Was nie?* Gründe für Abwesenheit, Gesundheit, Telefonnummern. Tandem ist kein Arbeitszeitnachweis.

    {""}*Ihre Rechte:* ansehen mit /meinedaten, pausieren mit /pause, löschen mit /loeschen. Stimmt etwas nicht, wenden Sie sich an die Stelle oben.
privacy-edition = Hinweise: Fassung { $edition }, gelesen am { $day }
sees-title = *Wer sieht was?*
sees-row = *{ $matter }*
    { $who }
sees-cell = { $who }: { $what }
sees-hours = Stunden
sees-answers = Antworten in Lektionen und im Abschlusstest
sees-concept = Texte für das Konzept
sees-absence = Abwesenheit
sees-feedback = Rückmeldungen
sees-joining = Einstieg
sees-letters = Fragen und Bitten an die Kursleitung
sees-shared = Was Sie der Kursleitung oder der Runde zeigen
sees-both = Sie beide
sees-oneself = Sie
sees-partner = die andere Person
sees-asked = Gefragte in der Runde
sees-trainer = Kursleitung
sees-round = Alle in der Runde
sight-everything = alles
sight-total = die Summe der Woche
sight-days = die Tage
sight-name-and-days = Ihren Namen, die Organisation und die Tage
sight-figures = nur Zahlen ab fünf
sight-shuffled = ohne Namen, gemischt, erst ab fünf Antworten; Sätze im Wortlaut
sight-if-named = den Text; Ihren Namen bei einer Frage nur, wenn Sie das wählen
sight-answered = Frage und Antwort ohne Namen, wenn die Kursleitung allen antwortet
sight-given = was Sie dort zeigen, mit Ihrem Namen
sight-readiness = Ihre Organisation, was vor dem Start fehlt und wenn jemand geht
sees-note-hours = Aus der Summe lässt sich der Anteil der anderen Person ausrechnen.
sees-note-absence = Ein Grund wird nirgends gespeichert. Gefragt wird in der Runde nur, wenn Sie das wollen.
sees-note-feedback = Bis die Umfrage schließt, gehören die Antworten zu Ihnen. Danach wird gelöscht, was zu Ihnen führt; bei weniger als fünf Antworten alles. Anonym gegenüber der Kursleitung, nicht gegenüber Telegram.
sees-employer = *Arbeitgeber:* nichts, außer Sie schicken es selbst.
sees-operator = *Betrieb:* Wer das Programm betreibt, könnte die Datenbank lesen.
sees-telegram = *Telegram:* kann Chats mit Bots lesen. Solche Chats sind nicht Ende-zu-Ende-verschlüsselt.
button-who-sees = Wer sieht was?
button-my-data = Meine Daten
button-delete = Alles löschen
button-back-privacy = Zurück

## Löschen und gehen

delete-ask =
    Möchten Sie gehen und alles über Sie löschen?

    Ihre Stunden bleiben ohne Namen in der Summe Ihres Tandems. Die andere Person und die Kursleitung erfahren, dass jemand gegangen ist.

    Aus diesem Chat verschwinden die Nachrichten der letzten 48 Stunden, Ihre und meine. Ältere kann ich nicht löschen, das geht nur in Telegram selbst.

    Damit keine Sicherungskopie Sie zurückholt, bleibt 92 Tage lang eine Prüfsumme ohne Namen.
button-delete-keep = Nein, bleiben
button-delete-really = Ja, alles löschen
delete-kept = Gut. Es bleibt alles, wie es ist.
delete-done = Ihre Daten sind gelöscht. Die Nachrichten der letzten 48 Stunden verschwinden gleich aus diesem Chat. Ältere löschen Sie bitte selbst in Telegram. Alles Gute!
left-partner = { $name } hat Ihr Tandem verlassen. Ihre Lektionen und Stunden gehen weiter, nur die Vertretung fehlt jetzt.
button-new-deputy = Zweite Person einladen

## Gehen, ohne zu löschen

button-changes = Wechsel im Tandem
changes-ask = Was soll sich in Ihrem Tandem ändern?
button-leave-round = Runde verlassen
leave-ask =
    Möchten Sie die Runde verlassen?

    Lektionen und Erinnerungen enden. Die andere Person und die Kursleitung erfahren, dass jemand gegangen ist. Was über Sie gespeichert ist, bleibt zunächst. Sind Sie drei Monate später in keiner Runde, wird es gelöscht.
button-leave-really = Ja, Runde verlassen
leave-done = Sie haben die Runde verlassen. Danke, dass Sie dabei waren! Möchten Sie, dass alles über Sie sofort gelöscht wird? Dafür ist der Knopf da.
button-replace = Anderen Platz neu besetzen
replace-ask =
    Soll jemand anderes den Platz von { $name } übernehmen?

    { $name } verliert den Platz sofort und erfährt es von mir, die Kursleitung auch. Die Stunden bleiben in der Summe Ihres Tandems. Zugesagte Vertretungen werden wieder offen.
button-replace-keep = Nein, es bleibt so
button-replace-really = Ja, neu besetzen
replaced-told =
    Ihr Platz im Tandem ({ $organisation }) wird neu besetzt. Danke für alles bisher!

    Lektionen und Erinnerungen enden damit. Sind Sie drei Monate später in keiner Runde, wird alles über Sie gelöscht. Mit dem Knopf geht es sofort.
replaced-partner = Die Kursleitung besetzt den Platz von { $name } neu. Ihre Lektionen und Stunden gehen weiter, nur die Vertretung fehlt, bis jemand dazukommt.
guest-home =
    Sie sitzen gerade in keinem Tandem.

    Was über Sie gespeichert ist, sehen Sie hier. Sie können es auch sofort löschen. Haben Sie eine Runde verlassen, löscht es sich nach drei Monaten von selbst.
guest-contact = Sie sind die Ansprechstelle eines Tandems: Bleibt eine Vertretung offen, sage ich Ihnen hier Bescheid, und auch, was daraus wird. Mehr kommt nicht.
guest-delete-ask =
    Möchten Sie alles über sich löschen?

    Eingetragene Stunden bleiben ohne Namen in der Summe.

    Aus diesem Chat verschwinden die Nachrichten der letzten 48 Stunden, Ihre und meine. Ältere kann ich nicht löschen, das geht nur in Telegram selbst.

    Damit keine Sicherungskopie Sie zurückholt, bleibt 92 Tage lang eine Prüfsumme ohne Namen.
button-guest-keep = Nein, behalten

## Hilfe

help = *Das können Sie einfach schreiben:*
    • „45 min“ oder „1,5 Std. gestern“ trägt Zeit ein.
    • „Start“ und „Stopp“ messen sie.
    • „weg 3.–7.8.“ meldet Sie ab und fragt nach Vertretung.

    {""}*Befehle:*
    /lektion – weiterlernen
    /stunden – Ihre Woche
    /weg – Abwesenheit
    /vertretung – wer wen vertritt
    /fortschritt – wie weit Sie sind
    /einstellungen – Sprache, Tage, Uhrzeit
    /pause – Ruhe, bis Sie zurück sind
    /datenschutz – wer was sieht
    /meinedaten – was gespeichert ist
    /loeschen – gehen
not-a-trainer = Dieser Befehl ist für die Kursleitung.

# Meine Daten
mine-nothing = Über Sie ist nichts gespeichert.
mine-person =
    {""}*Das ist über Sie gespeichert*

    Name: { $name }
    Sprache: { $language }
mine-counts =
    Einträge in der Stundenliste: { $entries } (zusammen { $minutes })
    Abwesenheiten: { $absences }
    Antworten in Lektionen: { $answers }
    Rückmeldungen, die noch zu Ihnen gehören: { $ratings }
    Fragen, die noch einmal kommen: { $repeats }
mine-rest =
    Dazu: Ihre Telegram-Nummer für diesen Chat, Ihr Platz im Tandem, Ihr Stand im Kurs, Ihre Einstellungen und Nachrichten, die noch zu Ihnen unterwegs sind.
mine-rest-trainer = Dazu: Ihre Telegram-Nummer für diesen Chat, Ihre Runden, was Sie im letzten Jahr damit getan haben, und Nachrichten, die noch zu Ihnen unterwegs sind.
mine-changes = Berichtigungen der Stundenliste: { $changes }

# Arbeitstage und Zusage in den Einstellungen
button-workdays = Arbeitstage
workdays =
    Ihre Arbeitstage: { $days }

    Ab { $from }: { $later }. Tippen Sie an, was dann gelten soll.
workdays-one = Mindestens ein Arbeitstag muss bleiben.
settings-promise = Zusage: { $minutes } in der Woche, { $by }, { $when }
promise-by-board = Vorstand/Leitung
promise-by-head = Abteilungsleitung
settings-promise-since = { $day }
settings-promise-undated = ohne Datum
settings-promise-open = Zusage: noch offen
settings-promise-withdrawn = Zusage: gilt nicht mehr
