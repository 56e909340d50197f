# Das Bild der Stunden, und dasselbe in Worten darunter.

button-picture = Bild
button-picture-light = Heller Hintergrund
button-picture-dark = Dunkler Hintergrund
button-hours = Stunden
picture-title = *Ihre Stunden im Tandem*
# Steht auch im Bild
picture-week = KW { $week }: { $logged } von { $target }
picture-week-free = KW { $week }: { $logged }, kein Ziel
picture-day = { $day } { $minutes }
picture-days = Diese Woche: { $days }
picture-weeks =
    Davor:
    { $weeks }

## Nur im Bild

# $total wie viele Wochen zu sehen sind
picture-last = { $total ->
    [1] Diese Woche
   *[other] Kalenderwochen { $first } bis { $last }
}
picture-legend = Ziel der Woche
