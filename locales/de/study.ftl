# Alles um die Lektionen herum; die Lektionen selbst stehen unter lessons/.

## Eine Lektion kommt, wartet, ist zu Ende

lesson-here = Dauert etwa { $minutes } und lässt sich jederzeit unterbrechen.
lesson-behind = Diese Lektion ist neu und wartet auf Sie. Zuerst geht es dort weiter, wo Sie stehen.
lesson-later = In Ordnung. Die Lektion bleibt hier liegen; ich erinnere Sie höchstens einmal.
lesson-next = Die nächste Lektion kommt am *{ $day }*.
lesson-none = Gerade ist keine Lektion offen.
lesson-finished = ✓ *Lektion geschafft.*
lesson-finished-open = ✓ *Die Karten sind geschafft.* Die zurückgestellte Aufgabe wartet, bis es passt.
lesson-took = Vorgesehen waren { $minutes } dafür; ein Tipp trägt die Zeit ein. War es mehr oder weniger, schreiben Sie zum Beispiel „50 min“.

button-start = ▶ Los geht’s
button-continue = Weitermachen
button-open-lesson = Zur Lektion
button-next-lesson = Nächste Lektion
button-log = { $minutes } eintragen

## Fragen und Aufgaben

choose-one = Tippen Sie zuerst mindestens eine Antwort an.
write-hint = Schreiben Sie Ihre Antwort einfach als Nachricht.
link-hint = Schicken Sie mir die Adresse als Nachricht. Ich speichere sie und öffne sie nicht.
reflect-hint = Nur für Sie: Was Sie denken, wird nicht gespeichert.
reflect-private = Dieser Gedanke gehört Ihnen, ich habe ihn nicht gespeichert. Er steht nur noch hier im Chat.
link-unclear = Darin finde ich keine Adresse. Sie beginnt mit https://, zum Beispiel https://beispiel.org/beitrag
answer-saved = ✓ Gespeichert.
answer-long = Das sind { $length } Zeichen. Bis { $limit } passen. Bitte kürzen und noch einmal schicken.
unfit-why = Was passt nicht? Ein Satz genügt, dann geht es weiter. Auch ein begründetes Nein zählt.
task-finished = ✓ Notiert. Weiter geht es, wann es Ihnen passt.

button-check = Prüfen
button-again = Ändern
button-unfit = Passt nicht zu uns
button-thought = Habe ich überlegt
button-skip = Überspringen
button-take-up = Aufgabe öffnen
button-take-up-nth = Aufgabe { $nth } öffnen

## Erinnern

reminder-lesson = Ihre Lektion wartet noch.
reminder-task = Das hatten Sie zurückgestellt:
week-lesson-open = Ihre Lektion ist noch offen. Sie machen dort weiter, wo Sie waren.

# Nach einer Antwort
judged-right = *✓ Richtig: { $answer }*
judged-wrong =
    Ihre Antwort: { $answer }
    {""}*Richtig: { $right }*
answer-name = { $name }
step-gone = Diesen Schritt gibt es nicht mehr. Mit /lektion geht es weiter.

# Das Konzept
concept-title = *Ihr Konzept bisher*
concept-text = { $nth }. { $text }
concept-open = { $nth }. Noch offen.
concept-declined = { $nth }. Passt nicht zu uns, mit Begründung.
button-revise = ✎ { $nth }
button-sections = Einen Text zeigen
sections-which = Welchen Text möchten Sie zeigen? Vor dem Senden sehen Sie genau, was die anderen sehen.
section-whom = Wem möchten Sie ihn zeigen? Ihr Name steht dabei.
concept-hint = Die Texte entstehen in den Lektionen. Es reicht, wenn eine Person von Ihnen schreibt.

## Warum eine Nachricht kam, und weniger davon

button-why = Warum kommt das?
button-fewer-of-these = Weniger davon
why-week = Einmal in der Woche, an Ihrem letzten Arbeitstag darin, frage ich nach fehlenden Stunden und nach dem, was noch offen ist. Nicht, wenn alles da ist.
why-reminder = Das haben Sie zurückgestellt oder noch nicht geöffnet. Daran erinnere ich genau einmal.
fewer-of-these = Gut. Von jetzt an kommen nur Lektionen und Fragen zur Vertretung. Zurück geht es mit /einstellungen.

# Der Abschlusstest
exam-after-lessons = Abschlusstest: nach der letzten Lektion
exam-ready = Der Abschlusstest wartet auf Sie, wann es Ihnen passt.
exam-open = Abschlusstest: angefangen, Frage { $nth } von { $of }
exam-again-from = Einen neuen Test mit anderen Fragen gibt es ab *{ $day }*.
exam-passed-on = Abschlusstest: ✓ bestanden am { $day }
exam-not-yet = Der Abschlusstest kommt nach der letzten Lektion.
exam-place = Frage { $nth } von { $of }
exam-passed = ✓ *Bestanden: { $right } von { $of } richtig.* Herzlichen Glückwunsch!
exam-failed = *{ $right } von { $of } richtig.* Zum Bestehen braucht es { $needed }.
exam-look-again = Sehen Sie sich das noch einmal an:
exam-private = Dieses Ergebnis sehen nur Sie.
button-exam = Zum Abschlusstest
button-exam-continue = Weiter im Abschlusstest
button-exam-result = Zum Ergebnis

# Unter Texten mit Angaben, die veralten können
review-source = Quellen: { $source }. Nächste Prüfung: { $day }
review-overdue = Achtung: Diese Angaben sollten bis zum { $day } geprüft werden, und das ist noch nicht geschehen. Fragen Sie im Zweifel nach. Quellen: { $source }

# Fragen, die noch einmal kommen
recall-title = *Wissen Sie es noch?*
recall-how-sure = Wie sicher sind Sie?
recall-done = ✓ Danke, das war’s schon. Fragen kommen umso seltener, je besser Sie sie wissen.
recall-after-course = Zum Recht gibt es wieder eine kurze Auffrischung: höchstens zwei Fragen.
button-sure = Sicher
button-unsure = Unsicher
button-recall = Auffrischen
button-recall-skip = Gleich zur Lektion

# Die Lizenz
licence-title = *Das braucht die Lizenz*
licence-done = ✓ { $what }
licence-missing = ○ { $what }
licence-test = Abschlusstest bestanden
licence-concept = Texte im Konzept, geschrieben oder begründet abgelehnt: { $done } von { $of }
licence-handover = Übergabe geübt: Die andere Person hat die ganze Liste abgehakt
licence-handover-alone = Übergabe geübt: Dafür fehlt Ihrem Tandem gerade die zweite Person
licence-handover-met = Übergabe geübt
licence-promise = Fünf Stunden zugesagt
button-licence = Was die Lizenz braucht

# Umfragen
surveys-title =
    {""}*Ihre Rückmeldungen*

    Diese Umfragen sind offen. Bis sie schließen, können Sie Ihre Antworten ändern oder zurücknehmen. Alles ist freiwillig.
surveys-none = Gerade ist keine Umfrage offen.
survey-closed = Diese Umfrage ist geschlossen. Ihre Antwort wird nicht mehr gespeichert.
survey-thanks = ✓ Danke! Bis die Umfrage schließt, können Sie alles ändern.
survey-offer-start = Wie sicher fühlen Sie sich heute? Vier Fragen zum Antippen, wenn Sie mögen. Am Ende des Kurses sehen wir, was er gebracht hat.
survey-offer-end = Der Kurs ist zu Ende. Was hat er gebracht? Zwei Minuten, wenn Sie mögen.
survey-offer-later = Der Kurs ist drei Monate her. Was ist geblieben? Drei Fragen und ein Satz, wenn Sie mögen. Danach frage ich nicht wieder.
button-survey = Zur Umfrage
button-survey-start = Wie sicher sind Sie? (1 min)
button-survey-end = Rückblick auf den Kurs (2 min)
button-survey-keep = So lassen
button-survey-withdraw = Antwort löschen
button-surveys = Rückmeldungen
