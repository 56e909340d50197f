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

report-progress = Lektionen
report-opened = geöffnet
report-finished = abgeschlossen

report-hours = Zugesagte Stunden
report-hours-week = Tandems mit voller Zeit in KW { $week }
report-not-released = Tandems ohne volle Zeit: nicht freigegeben
report-not-needed = Tandems ohne volle Zeit: nicht gebraucht
report-were-away = Tandems ohne volle Zeit: waren weg
report-withdrawn = Tandems, deren Zusage nicht mehr gilt

report-covers = Vertretung
report-covers-asked = Tandems, die gefragt haben
report-covers-accepted = davon mit Zusage
report-covers-open = davon mindestens einmal ohne Zusage

report-feedback = Rückmeldung
report-almost-all-chose = fast alle: { $option }
report-share = { $option } { $share } %
report-shares = { $shares }
