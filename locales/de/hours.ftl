# Die Stundenliste des Tandems. KW ist die Kalenderwoche.

hours-title = *Ihre Stunden im Tandem*
hours-standing =
    KW { $week }: *{ $logged }* von { $target }
    { $bar }
hours-standing-free = KW { $week }: *{ $logged }* eingetragen. Ein Ziel gibt es nicht: An keinem Tag ist jemand von Ihnen da.
hours-past =
    Die Wochen davor:
    { $weeks }
hours-week = KW { $week } { $bar } { $logged } / { $target }
hours-week-free = KW { $week }: { $logged }, kein Ziel

hours-logged = ✓ *{ $minutes }* für { $day } eingetragen.
hours-undone = Gelöscht: { $minutes } am { $day }.
hours-which = Für welches Tandem soll ich { $minutes } eintragen?
hours-already = Das ist schon eingetragen.

## Fragen am Ende der Woche

week-hours = Die Woche geht zu Ende. Fehlt noch Zeit in Ihrer Liste?
week-hours-late = Fehlt für die vergangene Woche noch Zeit in Ihrer Liste?
hours-not-released = Notiert: nicht freigegeben. Für diese Woche frage ich nicht mehr nach Stunden. Eintragen können Sie weiterhin.

## Was nicht geht

hours-not-positive = Die Zeit muss größer als null sein, zum Beispiel „15 min“.
hours-too-long = Mehr als 16 Stunden an einem Tag kann ich nicht eintragen. Meinten Sie Minuten? Dann zum Beispiel „45 min“.
hours-day-full = Mehr als 16 Stunden an einem Tag kann ich nicht eintragen. Für { $day } stehen schon { $already } da.
hours-future = Dieser Tag kommt erst noch. Tragen Sie die Zeit danach ein, zum Beispiel „gestern 45 min“.
hours-too-old = { $day } liegt zu weit zurück. Eintragen geht bis zu { $days } Tage später.

## Knöpfe

button-add = +{ $minutes }
button-undo = Rückgängig
button-undo-last = { $minutes } löschen
button-other = Gemeint: { $minutes }
button-not-released = Nicht freigegeben

## Nachträge, Notizen, Mittel

hours-note-not-kept = Den Text dazu speichere ich nicht.
hours-revision = KW { $week } ist schon abgeschlossen: Das zählt als Nachtrag. Die Zahlen für die Kursleitung ändert es nicht mehr.
hours-mean = Mittel aus { $count } Wochen: { $logged } von { $target }
hours-which-fewer = Sie sind in zwei Runden. Bitte höchstens { $limit } Einträge in einer Nachricht.

## Berichtigen

button-less = −{ $minutes }
button-minutes = { $minutes }
button-entries = Einträge ändern
button-week-before = Woche davor
button-week-after = Woche danach
button-day-before = Tag davor
button-day-after = Tag danach
button-write-anew = Neu schreiben
button-delete-entry = Löschen
entries-title = Ihre Einträge in KW { $week }. Welchen möchten Sie ändern?
entries-none = In KW { $week } haben Sie nichts eingetragen.
entry = { $day }: { $minutes }
entry-open = *{ $day }: { $minutes }*
entry-write = Wie muss es heißen? Bisher: { $minutes }, { $day }. Schreiben Sie zum Beispiel „1,5 Std.“ oder „gestern 45 min“.
entry-one-only = Bitte nur eine Zeit, zum Beispiel „45 min“.

## Uhr

button-timer-start = ▶ Uhr starten
button-timer-stop = ■ Stopp
button-timer-go-on = Ja, läuft weiter
button-timer-stop-now = Jetzt stoppen
button-timer-all = Alles: { $minutes }
button-timer-discard = Nichts eintragen
timer-started = ▶ Die Uhr läuft. Zum Beenden: „Stopp“.
timer-runs = ▶ Die Uhr läuft: { $minutes }
timer-runs-already = ▶ Die Uhr läuft schon. Zum Beenden: „Stopp“.
timer-goes-on = ▶ Gut, sie läuft weiter. Zum Beenden: „Stopp“.
timer-elsewhere = Ihre Uhr läuft schon für ein anderes Tandem. Stoppen Sie sie zuerst.
timer-which = Für welches Tandem soll die Uhr laufen?
timer-none = Es läuft keine Uhr.
timer-still = Läuft die Uhr noch? Sie haben sie vor { $minutes } gestartet.
timer-earlier = Früher aufgehört? Dann so lange nach dem Start:
timer-long = { $minutes } lief die Uhr. So viel trage ich nicht ungefragt ein. Wann haben Sie aufgehört? So lange nach dem Start:
timer-too-short = Das war weniger als eine Minute. Eingetragen ist nichts.
timer-discarded = Gut. Eingetragen ist nichts.

## Warum Zeit fehlt

button-not-needed = Nicht gebraucht
button-were-away = Waren weg
hours-not-needed = Notiert: nicht gebraucht. Für diese Woche frage ich nicht mehr nach Stunden. Eintragen können Sie weiterhin.
hours-were-away = Notiert: Sie waren weg. Für diese Woche frage ich nicht mehr nach Stunden. Eintragen können Sie weiterhin.

## Die Zusage

promise-ask = Ein halbes Jahr ist um: Gilt die Zusage Ihres Arbeitgebers weiter, { $minutes } Arbeitszeit in der Woche?
button-promise-holds = Gilt weiter
button-promise-withdrawn = Nicht mehr
button-promise-later = Ich frage nach
promise-holds = Notiert: Die Zusage gilt weiter. In einem halben Jahr frage ich wieder.
promise-withdrawn =
    Notiert: Die Zusage gilt nicht mehr. Die Kursleitung sieht davon nur eine Zahl ab fünf Tandems. Ihre Stundenliste läuft weiter.

    Dieses Blatt hilft vielleicht beim Gespräch. Sobald es eine neue Zusage gibt, tippen Sie unten, von wem sie kommt.
promise-given = Notiert: Die Zusage gilt. In einem halben Jahr frage ich wieder.
promise-later = Gut. Tippen Sie hier, sobald Sie es wissen.

## Nach dem Kurs

button-hours-end = Stundenliste beenden
button-hours-end-really = Ja, beenden
button-hours-keep = Nein, weiterführen
button-hours-resume = Wieder aufnehmen
hours-end-ask = Möchten Sie die Stundenliste beenden? Das gilt für Sie beide: Ab morgen gibt es kein Ziel und keine Fragen mehr. Ihre Einträge bleiben, und Sie können sie jederzeit wieder aufnehmen.
hours-ended = Die Stundenliste ist beendet. Der heutige Tag zählt noch.
hours-ended-by = { $name } hat Ihre Stundenliste beendet. Wieder aufnehmen können Sie sie in /stunden.
hours-kept = Gut. Die Stundenliste läuft weiter.
hours-over = Ihre Stundenliste ist beendet.
hours-resumed = Die Stundenliste läuft wieder.
hours-resumed-by = { $name } führt Ihre Stundenliste wieder weiter.

## Verlauf

button-history = Verlauf
changes =
    {""}*Ihre letzten Berichtigungen*
    { $lines }
change-changed = { $was } → { $is } ({ $made })
change-removed = { $was } gelöscht ({ $made })
change-late = { $is } nachgetragen ({ $made })
change-none = Sie haben nichts berichtigt.
