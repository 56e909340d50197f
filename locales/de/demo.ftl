# Die Seite von „tandem demo“. Nur einfache Texte ohne Argumente: Sie gehen als JSON an die Seite.
# %lead%, %deputy% und %trainer% ersetzt die Seite durch die Namen der drei Personen.

## Rahmen

demo-title-note = zum Ausprobieren
demo-page-language = Sprache der Seite
demo-theme = Dunkle Darstellung
demo-guide-toggle = Rundgang ein- oder ausblenden
demo-close = Schließen
demo-cancel = Abbrechen
demo-phones = Die drei Telefone
demo-offline = Die Demo antwortet nicht. Läuft „tandem demo“ noch? Die Seite versucht es weiter.
demo-no-answer = Der Bot hat nicht geantwortet. Versuchen Sie es noch einmal.

## Uhr

demo-clock = Uhr der Demo
demo-clock-next = Zum nächsten Termin
demo-clock-nothing = nichts geplant
demo-clock-jump = Springen
demo-clock-jump-to = Zu diesem Zeitpunkt springen
demo-clock-working = Die Zeit vergeht, alles Fällige wird erledigt

## Telefone

demo-role-lead = Erste Person
demo-role-deputy = Zweite Person
demo-role-trainer = Trainerteam
demo-chat = Chat mit Tandem
demo-phone-language = Sprache der App auf diesem Telefon
demo-phone-language-hint = Die App ist jetzt deutsch. Der Bot bleibt bei seiner Sprache. Ändern können Sie sie mit /einstellungen.
demo-typing = schreibt
demo-edited = bearbeitet
demo-unread = ungelesen
demo-newest = Zur neuesten Nachricht
demo-message = Nachricht
demo-send = Senden
demo-commands = Befehle
demo-commands-none = Der Bot hat hier noch keine Befehle.
demo-spoiler = Verdeckter Text, zum Aufdecken drücken
demo-quote-more = Mehr zeigen
demo-quote-less = Weniger zeigen
demo-document = Datei
demo-download = Herunterladen
demo-start = Start
demo-empty-lead = %trainer% hat Ihnen einen Link geschickt.
demo-empty-deputy = Hier ist noch nichts. Den Link für die zweite Person schickt %lead%.
demo-empty-trainer = Hier ist noch nichts. Sobald es in der Runde etwas zu tun gibt, meldet sich der Bot.
demo-empty-invited = Hier liegt die Einladung ins Trainerteam.
demo-share-title = Link senden an
demo-share-text = Er öffnet sich dort, als hätte jemand darauf getippt.
demo-share-done = Der Link ist unterwegs an

## Rundgang

demo-guide-title = Eine Woche in drei Minuten
demo-guide-intro = Bedienen Sie die drei Telefone selbst, oder lassen Sie es sich vorführen.
demo-guide-do = Für mich erledigen
demo-guide-show = Zu
demo-guide-play = Alles vorführen
demo-guide-stop = Anhalten
demo-guide-stopped = Angehalten.
demo-guide-failed = Hier ging es nicht weiter:
demo-guide-done = erledigt
demo-guide-end = Geschafft: Das war eine Woche mit Tandem. Die Telefone gehören jetzt Ihnen. Versuchen Sie /stunden, lehnen Sie eine Vertretung ab oder springen Sie einen Monat weiter.

demo-step-join = %lead% macht mit
demo-step-join-text = Tippen Sie bei %lead% auf Start und dann jeweils auf den ersten Knopf. Als Organisation schreiben Sie irgendeinen Namen.
demo-step-pair = %deputy% kommt dazu
demo-step-pair-text = Teilen Sie bei %lead% den Link mit %deputy%. Auf dem Telefon von %deputy% genügen zwei Tipps.
demo-step-admit = %trainer% nimmt das Tandem auf
demo-step-admit-text = Die Runde läuft schon. %trainer% entscheidet mit einem Tipp, ob die beiden noch einsteigen.
demo-step-lesson = Die erste Lektion kommt
demo-step-lesson-text = Stellen Sie oben die Uhr weiter: „Zum nächsten Termin“, bis bei %lead% die erste Lektion ankommt.
demo-step-learn = %lead% lernt
demo-step-learn-text = Öffnen Sie die Lektion, lesen Sie die erste Karte und beantworten Sie die Frage dahinter.
demo-step-hours = %lead% trägt Zeit ein
demo-step-hours-text = Schreiben Sie bei %lead%: „45 min“. Mehr braucht es nicht.
demo-step-away = %lead% ist weg
demo-step-away-text = Schreiben Sie bei %lead%: „weg morgen bis Freitag“. Nach einem Grund fragt niemand.
demo-step-cover = %deputy% springt ein
demo-step-cover-text = %deputy% wird gefragt. Sagen Sie dort mit dem ersten Knopf zu.
demo-step-report = %trainer% liest den Bericht
demo-step-report-text = Schreiben Sie bei %trainer%: „/bericht“. Zahlen gibt es erst ab fünf Tandems, damit niemand erkennbar ist.

## Was der Rundgang schreibt

demo-sample-organisation = Kulturverein Lindenhof
demo-sample-hours = 45 min
demo-sample-away = weg morgen bis Freitag
demo-sample-report = /bericht
