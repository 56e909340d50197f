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
