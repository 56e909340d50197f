# Kalender für andere Programme: der Link im Chat, und die Einträge, wie das Kalenderprogramm sie zeigt.

button-feed-new = Kalender abonnieren
button-feed-renew = Neuer Link
button-feed-off = Link abschalten
calendar-feed-on = Ihr Kalender lässt sich über einen geheimen Link abonnieren. Zeigen kann ich ihn nicht noch einmal, nur einen neuen machen.
# $link die Adresse
calendar-feed-link = *Ihr Kalender-Link*

    { $link }
calendar-feed-how = Fügen Sie ihn in Ihrem Kalenderprogramm dort ein, wo sich Kalender aus dem Internet abonnieren lassen. Will das Programm eine Adresse, die mit webcal beginnt, ersetzen Sie https am Anfang durch webcal.
calendar-feed-secret = Der Link ist geheim: Wer ihn hat, sieht Ihre Abwesenheiten, Vertretungen und Lektionen. Ich zeige ihn nur dieses eine Mal. „Neuer Link“ macht den alten sofort ungültig.
calendar-feed-off = Der Link ist abgeschaltet und ab sofort ungültig. Was Ihr Kalenderprogramm schon geladen hat, löschen Sie bitte dort.
mine-feed = Für Ihren Kalender gibt es einen geheimen Link. Gespeichert ist davon nur eine Prüfsumme.

## Einträge im Kalenderprogramm

feed-name = Tandem
feed-away = Abwesend
feed-cover = Vertretung für { $name }
feed-cover-somebody = Vertretung
feed-lesson = Lektion: { $title }
feed-starts = Kursbeginn: { $title }
feed-ends = Kursende: { $title }
