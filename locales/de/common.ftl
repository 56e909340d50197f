# Formate, Knöpfe, die an vielen Stellen stehen, und Antworten auf Unlesbares.
# Marken: *fett* und _kursiv_. Argumente kommen fertig geschrieben an (Zeiten, Tage, Uhrzeiten).

language-name = Deutsch

## Formate

# $hours ganze Stunden, $minutes der Rest von 0 bis 59
fmt-duration = { $hours ->
    [0] { $minutes } Min.
   *[other] { $minutes ->
        [0] { $hours } Std.
        [1] { $hours }:01 Std.
        [2] { $hours }:02 Std.
        [3] { $hours }:03 Std.
        [4] { $hours }:04 Std.
        [5] { $hours }:05 Std.
        [6] { $hours }:06 Std.
        [7] { $hours }:07 Std.
        [8] { $hours }:08 Std.
        [9] { $hours }:09 Std.
       *[other] { $hours }:{ $minutes } Std.
    }
}
# $weekday 1 (Montag) bis 7, $day, $month 1 bis 12, $year
fmt-day = { $weekday ->
    [1] Mo.
    [2] Di.
    [3] Mi.
    [4] Do.
    [5] Fr.
    [6] Sa.
   *[7] So.
}, { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
fmt-weekday = { $weekday ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
}
fmt-hour = { $hour } Uhr
fmt-list-comma = ,{ " " }
fmt-list-last = { " " }und{ " " }
fmt-bullet = •{ " " }

weekday = { $day ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
}
weekday-short = { $day ->
    [1] Mo
    [2] Di
    [3] Mi
    [4] Do
    [5] Fr
    [6] Sa
   *[7] So
}
day = { $day }
hour = { $hour }

# Tage einer Abwesenheit, in anderen Sätzen verwendet. $span: one oder many
span-when = { $span ->
    [one] am { $from }
    [morning] am { $from } vormittags
    [afternoon] am { $from } nachmittags
   *[many] vom { $from } bis { $to }
}
span-days = { $span ->
    [one] { $from }
    [morning] { $from } vormittags
    [afternoon] { $from } nachmittags
   *[many] { $from } bis { $to }
}

## Knöpfe

button-next = Weiter
button-back = Zurück
button-done = Fertig
button-later = Später
button-home = Übersicht
button-share = Link teilen

## Was nicht zu lesen war

text-unclear =
    Das habe ich nicht verstanden.

    Zeit tragen Sie so ein: „45 min“. Sind Sie weg, dann zum Beispiel: „weg 3.–7.8.“

    Mehr zeigt /hilfe.
media-unreadable = Bilder, Sprachnachrichten und Dateien kann ich nicht lesen. Schreiben Sie es mir bitte als Text.
edit-ignored = Geänderte Nachrichten lese ich nicht noch einmal. Schreiben Sie es bitte neu. Eine falsche Zeit nehmen Sie mit dem Knopf darunter zurück.
command-unknown = Diesen Befehl kenne ich nicht. Was geht, zeigt /hilfe.
apology = Da ist bei mir etwas schiefgegangen, und Ihre Eingabe ging verloren. Bitte versuchen Sie es noch einmal.
flood = Das war sehr viel auf einmal. Was jetzt noch kommt, lese ich nicht; in einer Minute geht es weiter.
flood-presses = Das waren sehr viele Knöpfe auf einmal. In einer Minute geht es weiter.
stale = Dieser Knopf ist nicht mehr aktuell.
button-foreign = Dieser Knopf gilt hier nicht.
date-impossible = Diesen Tag gibt es im Kalender nicht. Schreiben Sie ihn bitte noch einmal, zum Beispiel „24.11.“
