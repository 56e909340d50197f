# Der Bericht für Trainerinnen und Trainer, im Chat und als Datei. Keine Zahl unter fünf.

report-title = *Bericht: { $round }*
report-subtitle = { $programme }, Stand { $day } { $year }
report-section =
    {""}*{ $title }*
    { $lines }
report-line = { $label } { $value }

report-people = Wer ist dabei?
report-people-count = Teilnehmende
report-tandem-count = Tandems
report-too-few = keine Angabe unter { $floor }
report-hidden = keine Angabe
report-almost-all = fast alle
report-nothing-yet = Noch nichts zu zeigen

report-modules = Module (in Fünferschritten)
report-reached = erreicht

report-progress = Lektionen (in Fünferschritten)
report-opened = geöffnet
report-finished = abgeschlossen

# Ein Modul, Karte für Karte, sobald seine Umfrage geschlossen ist
report-exercises = { $module }: Karten und Aufgaben (in Fünferschritten)
report-exercises-none = Karten und Aufgaben
report-dealt = erledigt
report-right = gleich richtig
report-trap = häufigster Irrtum
report-telling = Trennschärfe
report-unfit = passt nicht
report-percent = { $share } %
report-almost-nobody = fast niemand
report-almost-none = fast keine
report-tells-well = wer sonst viel weiß, weiß es auch hier
report-tells-hardly = sagt wenig darüber, wer viel weiß
report-tells-reversed = wer sonst viel weiß, irrt sich hier öfter; bitte die Frage prüfen

report-hours = Zugesagte Stunden (Anteil der Tandems)
# Anteile aller Tandems
report-hours-week = Volle Zeit in KW { $week }
report-not-released = Zuletzt zu wenig, weil nicht freigegeben
report-not-needed = Zuletzt zu wenig, weil nicht gebraucht
report-were-away = Zuletzt zu wenig, weil weg
report-withdrawn = Tandems, deren Zusage nicht mehr gilt
report-fewer = Personen, die weniger oder keine Erinnerungen möchten

report-covers = Vertretung
report-covers-asked = Tandems, die gefragt haben
report-covers-accepted = davon mit Zusage
report-covers-open = davon mindestens einmal ohne Zusage

report-before-after = Vorher und nachher
report-before = am Anfang
report-asked-before = { $question } (am Anfang des Kurses)
report-after = am Ende

report-compared = Vergleich mit: { $round }
report-in-round = { $round }
report-finished-of = { $lesson }, abgeschlossen

report-feedback = Rückmeldung
# Wer den Kurs empfiehlt, weniger wer ihn nicht empfiehlt; erst ab zehn Antworten eine Zahl
report-net = { $score } auf einer Skala von −100 bis 100
report-net-for = überwiegend ja (zu wenige für eine Zahl)
report-net-even = gemischt (zu wenige für eine Zahl)
report-net-against = überwiegend nein (zu wenige für eine Zahl)
report-almost-all-chose = fast alle: { $option }
report-share = { $option } { $share } %
report-shares = { $shares }
